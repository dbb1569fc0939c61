"""Reading a register from CSV: UTF-8, ``,`` or ``;``, every bad line named, nothing guessed."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ikikec.bahasa import terdekat
from ikikec.buku.aturan import susun
from ikikec.buku.bidang import Bidang, Nilai
from ikikec.buku.penerimaan import Baris
from ikikec.buku.register import Register
from ikikec.buku.tabel import Isian
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran, SalahPakai, sebab
from ikikec.tukar.csv_keluar import pulihkan

# A complaint may be long; csv's own limit of 128 KiB for a cell would call it broken.
csv.field_size_limit(16 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class HasilBaca:
    """The rows that could be read, and what was wrong with the others."""

    baris: tuple[Baris, ...]
    cacat: tuple[Pelanggaran, ...]


def baca_csv(berkas: Path, register: Register, kemajuan: Callable[[int], None]) -> HasilBaca:
    """Read a whole file; ``kemajuan`` hears of every row.

    Raises SalahPakai where the file cannot be opened, AturanDilanggar for its encoding or header.
    """
    baris: list[Baris] = []
    cacat: list[Pelanggaran] = []
    isi = _baris_csv(berkas)
    try:
        kolom = [register[nama] for nama in _baca_kepala(berkas, register, next(isi, (1, []))[1])]
        for nomor_baris, sel in isi:
            kemajuan(1)
            hasil = _baca_baris(register, kolom, sel)
            if isinstance(hasil, Isian):
                baris.append(Baris(hasil, nomor_baris))
            else:
                cacat += (replace(satu, nomor_baris=nomor_baris) for satu in hasil)
    except _Rusak as rusak:
        cacat.append(rusak.pelanggaran)
    return HasilBaca(tuple(baris), tuple(cacat))


class _Rusak(Exception):
    """The file cannot be followed any further from here."""

    def __init__(self, nomor_baris: int, pesan: str) -> None:
        super().__init__(pesan)
        self.pelanggaran = Pelanggaran("bentuk", pesan, nomor_baris)


def _baris_csv(berkas: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line that is not blank; a cell may hold line ends."""
    try:
        with berkas.open("rb") as aliran:
            teks = _Teks(aliran)
            pembaca = csv.reader(teks, delimiter=_pemisah(berkas), strict=True)
            awal = 1
            try:
                for sel in pembaca:
                    if any(satu.strip() for satu in sel):
                        yield awal, sel
                    awal = pembaca.line_num + 1
            except csv.Error:
                raise _Rusak(
                    awal, "tanda kutip atau akhir baris rusak; baris ini dan sesudahnya tidak terbaca"
                ) from None
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None


class _Teks:
    """The file's lines as text; says which line is not UTF-8."""

    def __init__(self, aliran: Iterator[bytes]) -> None:
        self._aliran = aliran
        self._nomor = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        mentah = next(self._aliran)
        self._nomor += 1
        try:
            return mentah.decode("utf-8-sig" if self._nomor == 1 else "utf-8")
        except UnicodeDecodeError:
            raise AturanDilanggar(
                f"baris {self._nomor} bukan teks UTF-8",
                saran='Simpan ulang dari pengolah lembar kerja sebagai "CSV UTF-8".',
            ) from None


def _pemisah(berkas: Path) -> str:
    with berkas.open("rb") as aliran:
        kepala = aliran.readline()
    return ";" if kepala.count(b";") > kepala.count(b",") else ","


def _baca_kepala(berkas: Path, register: Register, kepala: Sequence[str]) -> tuple[str, ...]:
    kolom = tuple(nama.strip() for nama in kepala)
    salah = [
        Pelanggaran(nama or "(kosong)", f"kolom ini tidak dikenal{terdekat(nama, register.nama_bidang)}", 1)
        for nama in kolom
        if nama not in register.nama_bidang
    ]
    salah += [
        Pelanggaran(nama, "kolom ini tertulis dua kali", 1) for nama in sorted(set(kolom)) if kolom.count(nama) > 1
    ]
    salah += [
        Pelanggaran(bidang.nama, "kolom wajib ini tidak ada", 1)
        for bidang in register.bidang
        if bidang.wajib and bidang.nama not in kolom
    ]
    if salah:
        raise AturanDilanggar(
            f"judul kolom {berkas} tidak sesuai register {register.slug}:",
            tuple(salah),
            f"Kolom yang dikenal: {', '.join(register.nama_bidang)}.",
        )
    return kolom


def _baca_baris(register: Register, kolom: Sequence[Bidang], sel: Sequence[str]) -> Isian | tuple[Pelanggaran, ...]:
    if len(sel) != len(kolom):
        return (Pelanggaran("bentuk", f"ada {len(sel)} kolom, padahal judulnya {len(kolom)}"),)
    nilai: dict[str, Nilai] = {}
    cacat: list[Pelanggaran] = []
    for bidang, teks in zip(kolom, sel, strict=True):
        try:
            nilai[bidang.nama] = bidang.baca(pulihkan(teks))
        except NilaiSalah as galat:
            cacat.append(Pelanggaran(bidang.nama, galat.pesan))
    return tuple(cacat) or susun(register, nilai)
