"""Rows of a foreign table become entries: headings matched to fields, every bad line named, nothing guessed."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ikikec.bahasa import terdekat
from ikikec.buku.aturan import susun
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.penerimaan import Baris
from ikikec.buku.register import Register
from ikikec.buku.tabel import Isian
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran
from ikikec.tukar.peta import TANPA_PETA, Peta, rata
from ikikec.tukar.tanggal_masuk import baca_tanggal_masuk

Sel = Iterator[tuple[int, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class HasilBaca:
    """The rows that could be read, and what was wrong with the others."""

    baris: tuple[Baris, ...]
    cacat: tuple[Pelanggaran, ...]


class TabelRusak(Exception):
    """The table cannot be followed any further from line ``nomor_baris``."""

    def __init__(self, nomor_baris: int, pesan: str) -> None:
        super().__init__(pesan)
        self.pelanggaran = Pelanggaran("bentuk", pesan, nomor_baris)


def lembar_kerja(berkas: Path) -> bool:
    """Whether a file is a workbook and no text, by its first bytes; False where it cannot be read."""
    try:
        with berkas.open("rb") as aliran:
            awal = aliran.read(8)
    except OSError:
        return False
    return awal.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of the file: the field it fills and how its text is read; ``nama`` is blank for one left out."""

    nama: str
    baca: Callable[[str], Nilai] = str


def baca_tabel(
    berkas: Path, register: Register, isi: Sel, kemajuan: Callable[[int], None], peta: Peta = TANPA_PETA
) -> HasilBaca:
    """Make entries of the table ``isi``, line number and cells of each row, the headings first.

    ``berkas`` is for messages; ``kemajuan`` hears of every row. Raises AturanDilanggar for the headings.
    """
    baris: list[Baris] = []
    cacat: list[Pelanggaran] = []
    try:
        kolom = _baca_kepala(berkas, register, next(isi, (1, []))[1], peta)
        tetap = peta.nilai_tetap(register)
        for nomor_baris, sel in isi:
            kemajuan(1)
            hasil = _baca_baris(register, kolom, sel, tetap)
            if isinstance(hasil, Isian):
                baris.append(Baris(hasil, nomor_baris))
            else:
                cacat += (replace(satu, nomor_baris=nomor_baris) for satu in hasil)
    except TabelRusak as rusak:
        cacat.append(rusak.pelanggaran)
    return HasilBaca(tuple(baris), tuple(cacat))


def _baca_kepala(berkas: Path, register: Register, kepala: Sequence[str], peta: Peta) -> tuple[Kolom, ...]:
    dikenal = {rata(nama): nama for nama in register.nama_bidang} | peta.judul()
    judul = [re.sub(r"\s+", " ", satu).strip() for satu in kepala]
    nama = [dikenal.get(rata(satu)) for satu in judul]
    salah = [
        Pelanggaran(satu or "(kosong)", f"kolom ini tidak dikenal{terdekat(satu, register.nama_bidang)}", 1)
        for satu, arti in zip(judul, nama, strict=True)
        if arti is None
    ]
    terisi = [satu for satu in nama if satu]
    salah += [
        Pelanggaran(satu, "kolom ini tertulis dua kali", 1) for satu in sorted(set(terisi)) if terisi.count(satu) > 1
    ]
    salah += [
        Pelanggaran(bidang.nama, "kolom wajib ini tidak ada", 1)
        for bidang in register.bidang
        if bidang.wajib and bidang.nama not in (*terisi, *peta.tetap)
    ]
    if salah:
        raise AturanDilanggar(
            f"judul kolom {berkas} tidak sesuai register {register.slug}:",
            tuple(salah),
            f"Kolom yang dikenal: {', '.join(register.nama_bidang)}. Judul lain dapat dipetakan dengan --peta.",
        )
    return tuple(_kolom(register, satu or "", peta) for satu in nama)


def _kolom(register: Register, nama: str, peta: Peta) -> Kolom:
    if not nama:
        return Kolom("")
    bidang = register[nama]
    if bidang.jenis is Jenis.TANGGAL:
        return Kolom(nama, partial(baca_tanggal_masuk, bulan_dulu=peta.bulan_dulu))
    kata = peta.arti(nama)
    return Kolom(nama, (lambda teks: bidang.baca(kata(teks))) if kata else bidang.baca)


def _baca_baris(
    register: Register, kolom: Sequence[Kolom], sel: Sequence[str], tetap: dict[str, Nilai]
) -> Isian | tuple[Pelanggaran, ...]:
    if len(sel) != len(kolom):
        return (Pelanggaran("bentuk", f"ada {len(sel)} kolom, padahal judulnya {len(kolom)}"),)
    nilai: dict[str, Nilai] = {}
    cacat: list[Pelanggaran] = []
    for satu, teks in zip(kolom, sel, strict=True):
        if satu.nama:
            try:
                nilai[satu.nama] = satu.baca(teks)
            except NilaiSalah as galat:
                cacat.append(Pelanggaran(satu.nama, galat.pesan))
    for nama, isi in tetap.items():
        if nilai.get(nama) is None:
            nilai[nama] = isi
    return tuple(cacat) or susun(register, nilai)
