"""Rows of a foreign table (CSV or workbook) become entries: headings matched to fields, every bad line named.

A batch of rows is read column by column, each text that stands there more than once only once. Where anything in it
is not as it should be, the batch is read again row by row through the input model, which says what is wrong.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipFile

from ikikec.bahasa import deret, terdekat
from ikikec.buku.aturan import susun
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.kelompok import SEKALI, Kelompok, Titipan, susun_kelompok, tersimpan
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar, Galat, NilaiSalah, Pelanggaran, SalahPakai, sebab
from ikikec.tukar.csv import TabelRusak, baca_baris
from ikikec.tukar.peta import TANPA_PETA, Peta, rata
from ikikec.tukar.saat import baca_tanggal_masuk

Sel = Iterator[tuple[int, Sequence[str]]]
BarisSel = Sequence[tuple[int, Sequence[str]]]

# Texts of one column that are remembered before all are forgotten: what repeats does so within fewer.
DIINGAT = 10_000


@dataclass(frozen=True, slots=True)
class HasilBaca:
    """The rows that could be read, to be closed, and what was wrong with the others."""

    titipan: Titipan
    cacat: tuple[Pelanggaran, ...]


class KolomBerkas(dict[str, Any]):
    """A column of the file: the field it fills, blank for one left out, and the stored value of each text so far."""

    def __init__(self, nama: str, baca: Callable[[str], Nilai] = str) -> None:
        super().__init__()
        self.nama = nama
        self.baca = baca

    def __missing__(self, teks: str) -> Nilai:
        nilai = self[teks] = tersimpan(self.baca(teks))
        return nilai

    def semua(self, teks: Sequence[str]) -> list[Any]:
        """The stored values of many texts; raises NilaiSalah where one has none."""
        if len(self) > DIINGAT:
            self.clear()
        return list(map(self.__getitem__, teks))


@dataclass(frozen=True, slots=True)
class Pembaca:
    """What a file's columns mean, and what stands in every row that does not say otherwise."""

    register: Register
    kolom: Sequence[KolomBerkas]
    tetap: dict[str, Nilai]

    def baca(self, isi: BarisSel) -> tuple[Kelompok, list[Pelanggaran]]:
        """The entries of a batch of rows, and what is wrong with the rows that are none."""
        kelompok = self._baca_kolom(isi)
        return (kelompok, []) if kelompok else self._baca_baris(isi)

    def _baca_kolom(self, isi: BarisSel) -> Kelompok | None:
        """The batch column by column; None where it is not all good."""
        baris, sel = zip(*isi, strict=True)
        if {*map(len, sel)} != {len(self.kolom)}:
            return None
        try:
            terbaca = {
                satu.nama: satu.semua(teks)
                for satu, teks in zip(self.kolom, zip(*sel, strict=True), strict=True)
                if satu.nama
            }
        except NilaiSalah:
            return None
        kolom = {bidang.nama: terbaca.get(bidang.nama, [None] * len(isi)) for bidang in self.register.bidang}
        for nama, bawaan in self._bawaan():
            kolom[nama] = [bawaan if nilai is None else nilai for nilai in kolom[nama]]
        if any(bidang.wajib and None in kolom[bidang.nama] for bidang in self.register.bidang):
            return None
        return Kelompok(baris, kolom)

    def _bawaan(self) -> Iterator[tuple[str, Nilai]]:
        """The values of blank cells: first those of this file, then the register's own."""
        yield from ((nama, tersimpan(nilai)) for nama, nilai in self.tetap.items() if nilai is not None)
        yield from ((satu.nama, satu.baca(satu.bawaan)) for satu in self.register.bidang if satu.bawaan)

    def _baca_baris(self, isi: BarisSel) -> tuple[Kelompok, list[Pelanggaran]]:
        """The same row by row."""
        baik: list[tuple[int, dict[str, Any]]] = []
        cacat: list[Pelanggaran] = []
        for nomor_baris, sel in isi:
            hasil = self._baca_satu(sel)
            if isinstance(hasil, tuple):
                cacat += (replace(satu, nomor_baris=nomor_baris) for satu in hasil)
            else:
                baik.append((nomor_baris, hasil))
        return susun_kelompok(self.register, [satu for _, satu in baik], [nomor for nomor, _ in baik]), cacat

    def _baca_satu(self, sel: Sequence[str]) -> dict[str, Any] | tuple[Pelanggaran, ...]:
        if len(sel) != len(self.kolom):
            return (Pelanggaran("bentuk", f"ada {len(sel)} kolom, padahal judulnya {len(self.kolom)}"),)
        nilai: dict[str, Nilai] = {}
        cacat: list[Pelanggaran] = []
        for satu, teks in zip(self.kolom, sel, strict=True):
            if satu.nama:
                try:
                    nilai[satu.nama] = satu.baca(teks)
                except NilaiSalah as galat:
                    cacat.append(Pelanggaran(satu.nama, galat.pesan))
        for nama, isi in self.tetap.items():
            if nilai.get(nama) is None:
                nilai[nama] = isi
        return tuple(cacat) or susun(self.register, nilai)


def baca_berkas(
    berkas: Path,
    register: Register,
    kemajuan: Callable[[int], None],
    peta: Peta = TANPA_PETA,
    zona: tzinfo | None = None,
) -> HasilBaca:
    """Make entries of a whole file, a workbook or a text as its first bytes say; ``kemajuan`` hears of the rows read.

    ``zona``: where a moment that tells its offset has its day.
    Raises SalahPakai where it cannot be opened, AturanDilanggar for its encoding or header.
    """
    isi = baris_xlsx(berkas, register) if _lembar_kerja(berkas) else baca_baris(berkas)
    return baca_tabel(berkas, register, isi, kemajuan, peta, zona)


def _lembar_kerja(berkas: Path) -> bool:
    """Whether a file is a workbook and no text; False where it cannot be read."""
    try:
        with berkas.open("rb") as aliran:
            awal = aliran.read(8)
    except OSError:
        return False
    return awal.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def baca_tabel(
    berkas: Path,
    register: Register,
    isi: Sel,
    kemajuan: Callable[[int], None],
    peta: Peta = TANPA_PETA,
    zona: tzinfo | None = None,
) -> HasilBaca:
    """Make entries of the table ``isi``, line number and cells of each row, the headings first.

    ``berkas`` is for messages; ``kemajuan`` hears how many rows more were read. Raises AturanDilanggar for the
    headings, BerkasTakTertulis where there is no room to set the rows aside.
    """
    titipan = Titipan()
    cacat: list[Pelanggaran] = []
    try:
        kolom = _baca_kepala(berkas, register, next(isi, (1, []))[1], peta, zona)
        pembaca = Pembaca(register, kolom, peta.nilai_tetap(register))
        for bagian in _potong(isi):
            kelompok, salah = pembaca.baca(bagian)
            titipan.taruh(kelompok)
            cacat += salah
            kemajuan(len(bagian))
    except TabelRusak as rusak:
        cacat.append(rusak.pelanggaran)
    except BaseException:
        titipan.tutup()
        raise
    return HasilBaca(titipan, tuple(cacat))


def _potong(isi: Sel) -> Iterator[BarisSel]:
    """The rows in batches; where the table breaks off, those before come first."""
    bagian: list[tuple[int, Sequence[str]]] = []
    try:
        for satu in isi:
            bagian.append(satu)
            if len(bagian) == SEKALI:
                yield bagian
                bagian = []
    except TabelRusak:
        if bagian:
            yield bagian
        raise
    if bagian:
        yield bagian


def _baca_kepala(
    berkas: Path, register: Register, kepala: Sequence[str], peta: Peta, zona: tzinfo | None
) -> tuple[KolomBerkas, ...]:
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
    return tuple(_kolom(register, satu or "", peta, zona) for satu in nama)


def _kolom(register: Register, nama: str, peta: Peta, zona: tzinfo | None) -> KolomBerkas:
    if not nama:
        return KolomBerkas("")
    bidang = register[nama]
    if bidang.jenis is Jenis.TANGGAL:
        return KolomBerkas(nama, partial(baca_tanggal_masuk, bulan_dulu=peta.bulan_dulu, zona=zona))
    kata = peta.arti(nama)
    return KolomBerkas(nama, (lambda teks: bidang.baca(kata(teks))) if kata else bidang.baca)


# Of what XML cannot hold and workbooks therefore write so, calamine leaves these two as they stand.
_LOLOS = re.compile("_x(FFF[EF])_")
_SEL_GALAT = re.compile(rb"""(<(?:\w+:)?c\s[^>]*\bt=)(["'])e\2""")


def baris_xlsx(berkas: Path, register: Register) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells as text of every row that is not blank, all as many as there are headings.

    They stand in the tab named like the register, or the only one. Raises SalahPakai where the file cannot be
    opened, AturanDilanggar where it is no workbook.
    """
    try:
        with berkas.open("rb") as aliran:
            lembar = _pilih_lembar(_tanpa_galat(aliran), register)
            # The blank columns before the first one are not told, the rows are.
            depan = [""] * (lembar.start or (0, 0))[1]
            lebar = 0
            for nomor, baris in enumerate(lembar.iter_rows(), 1):
                sel = depan + [_teks(satu) for satu in baris]
                while len(sel) > lebar and not sel[-1].strip():
                    sel.pop()
                if any(map(str.strip, sel)):
                    lebar = lebar or len(sel)
                    yield nomor, sel + [""] * (lebar - len(sel))
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None
    except Galat:
        raise
    except Exception:
        # A broken archive shows as nearly any error of zipfile or calamine.
        raise AturanDilanggar(
            f"berkas {berkas} bukan lembar kerja .xlsx yang utuh",
            saran="Buka dan simpan ulang sebagai .xlsx atau CSV UTF-8.",
        ) from None


def _tanpa_galat(aliran: BinaryIO) -> BinaryIO:
    """The workbook with its formulas' errors (#N/A …) as texts; calamine would tell of blank cells."""
    with ZipFile(aliran) as asal:
        asal.getinfo("xl/workbook.xml")  # another kind of workbook is none
        tabel = [nama for nama in asal.namelist() if nama.startswith("xl/worksheets/") and nama.endswith(".xml")]
        if not any(tanda in asal.read(nama) for nama in tabel for tanda in (b't="e"', b"t='e'")):
            return aliran
        salinan = io.BytesIO()
        with ZipFile(salinan, "w") as tujuan:
            for nama in asal.namelist():
                isi = asal.read(nama)
                tujuan.writestr(nama, _SEL_GALAT.sub(rb"\1\2str\2", isi) if nama in tabel else isi)
    return salinan


def _pilih_lembar(aliran: BinaryIO, register: Register) -> Any:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    aliran.seek(0)
    buku = CalamineWorkbook.from_filelike(aliran)
    nama = [satu.name for satu in buku.sheets_metadata if satu.typ is SheetTypeEnum.WorkSheet]
    cocok = [satu for satu in nama if rata(satu) == rata(register.slug)] or nama
    if len(nama) > 1 and cocok is nama:
        raise AturanDilanggar(
            f"tidak jelas lembar mana yang dimaksud: {deret(nama)}", saran=f"Beri lembar itu nama {register.slug}."
        )
    return buku.get_sheet_by_name(cocok[0])


def _teks(nilai: Any) -> str:
    """A cell as text: dates ISO, whole numbers without a point, yes/no in Indonesian."""
    if isinstance(nilai, str):
        return _LOLOS.sub(lambda cocok: chr(int(cocok[1], 16)), nilai) if "_xFFF" in nilai else nilai
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, datetime) and nilai.time() == time():
        return nilai.date().isoformat()
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, float) and nilai.is_integer():
        return str(int(nilai))
    return str(nilai)
