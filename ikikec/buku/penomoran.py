"""Which number an entry gets: the highest of its register and year plus one, a follow-up's behind its complaint.

The highest is that of the pages, or the one a restored ledger had given before it was replaced: each restore leaves a
journal line, one more revision of ``PULIH``, that says how far the numbers of every register and year had come.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from ikikec.buku.kelompok import Kelompok
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.nomor import Nomor, baca_nomor
from ikikec.buku.register import TINDAK_LANJUT, Register

# Literal text, since an index on expressions serves only a query that spells them alike.
URUTAN_NOMOR: tuple[sa.ColumnElement[Any], ...] = (
    sa.literal_column("substr(nomor, 5, 4)"),
    sa.literal_column("length(nomor)"),
    sa.column("nomor"),
)


def menurut_nomor(nomor: Any) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of a column of entries' numbers, or of one complaint's follow-ups: year and sequence as numbers."""
    return sa.func.substr(nomor, 5, 4), sa.func.length(nomor), nomor


def urutan_nomor(register: Register) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of a register's numbers; follow-ups stand by their complaints."""
    if register is not TINDAK_LANJUT:
        return URUTAN_NOMOR
    return (*menurut_nomor(sa.column("pengaduan")), *URUTAN_NOMOR[1:])


SEKALI_CARI = 500


def potong(isi: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut a long list into parts that fit into one ``IN (…)``."""
    urutan = iter(isi)
    while bagian := list(islice(urutan, SEKALI_CARI)):
        yield bagian


PEMULIHAN = "pemulihan"
PULIH = "PULIH"


@dataclass(frozen=True, slots=True)
class Celah:
    """Numbers that a ledger gave before it was restored: those of ``kunci`` after ``ada`` up to ``sampai``.

    ``kunci`` is code and year (``PGD-2026``), or the complaint of follow-ups; ``seq`` the restore's journal line.
    """

    kunci: str
    ada: int
    sampai: int
    seq: int

    def memuat(self, kunci: str, urut: int) -> bool:
        """Whether a number of ``kunci`` is among these."""
        return kunci == self.kunci and self.ada < urut <= self.sampai


def kunci_nomor(nomor: Nomor) -> tuple[str, int]:
    """What a number counts within, as ``Celah`` names it, and its place there."""
    if nomor.langkah:
        return nomor.induk, nomor.langkah
    return f"{nomor.register.kode}-{nomor.tahun:04d}", nomor.urut


def celah(koneksi: sa.Connection) -> list[Celah]:
    """What every restore of this ledger left out; raises BukuRusak where a line cannot be read."""
    cari = sa.select(JURNAL.c.seq, JURNAL.c.isi).where(JURNAL.c.nomor == PULIH).order_by(JURNAL.c.revisi)
    with jelaskan_isi(PULIH):
        return [
            Celah(kunci, satu["ada"], satu["sampai"], seq)
            for seq, isi in koneksi.execute(cari)
            for kunci, satu in json.loads(isi)["nomor"].items()
        ]


def nomor_tertinggi(koneksi: sa.Connection | None, register: Register, semua: Iterable[Kelompok]) -> dict[str, int]:
    """The highest sequence of ledger and list in each year, or complaint, that has blank numbers to fill.

    None stands for a ledger that is not there yet.
    """
    kosong, ada_bernomor = set[str](), False
    for tertulis, kunci in _berbeda(register, semua):
        if tertulis is None:
            kosong.add(kunci)
        else:
            ada_bernomor = True
    tertinggi = dict.fromkeys(kosong, 0)
    if koneksi is not None:
        tertinggi |= _tertinggi_di_halaman(koneksi, register, kosong)
        for satu in celah(koneksi):
            if satu.kunci in tertinggi:
                tertinggi[satu.kunci] = max(satu.sampai, tertinggi[satu.kunci])
    for teks, kunci in _berbeda(register, semua) if kosong and ada_bernomor else ():
        if teks is not None and kunci in tertinggi:
            tertinggi[kunci] = max(tertinggi[kunci], kunci_nomor(baca_nomor(teks))[1])
    return tertinggi


# How far behind the last number of a ledger in use a file's may begin: numbers that were given on paper meanwhile.
TERJAUH = 10_000


def nomor_terlalu_jauh(
    koneksi: sa.Connection, register: Register, semua: Iterable[Kelompok]
) -> Iterator[tuple[str, int, int]]:
    """Numbers far beyond the last one of a year, or complaint, that is in use: each, its line, and that last one.

    One such makes every later number so long that it can hardly be typed, and there is no way back.
    """
    kunci_semua = {kunci for nomor, kunci in _berbeda(register, semua) if nomor is not None}
    tertinggi = _tertinggi_di_halaman(koneksi, register, kunci_semua)
    batas = TERJAUH + sum(map(len, semua))
    for kelompok in semua if any(tertinggi.values()) else ():
        for (teks, kunci), baris in zip(_berkunci(register, kelompok), kelompok.baris, strict=True):
            terakhir = tertinggi.get(kunci, 0)
            if teks is not None and terakhir and kunci_nomor(baca_nomor(teks))[1] > terakhir + batas:
                yield teks, baris, terakhir


def _berbeda(register: Register, semua: Iterable[Kelompok]) -> Iterator[tuple[str | None, str]]:
    """Every number and what it counts within, those of a batch that are alike once."""
    for kelompok in semua:
        yield from set(_berkunci(register, kelompok))


def beri_nomor(register: Register, semua: Iterable[Kelompok], tertinggi: dict[str, int]) -> Iterator[Kelompok]:
    """The entries in their order, blank numbers filled after the highest ones, which are counted up."""
    pola = "%s/%d" if register is TINDAK_LANJUT else "%s-%04d"

    def berikut(kunci: str) -> str:
        tertinggi[kunci] = urut = tertinggi[kunci] + 1
        return pola % (kunci, urut)

    for kelompok in semua:
        yield kelompok.ganti("nomor", [nomor or berikut(kunci) for nomor, kunci in _berkunci(register, kelompok)])


def _berkunci(register: Register, kelompok: Kelompok) -> Iterator[tuple[str | None, str]]:
    """Each number and what it counts within, as ``Celah`` names it."""
    if register is TINDAK_LANJUT:
        return zip(kelompok.kolom["nomor"], kelompok.kolom["pengaduan"], strict=True)
    awalan = f"{register.kode}-"
    return zip(kelompok.kolom["nomor"], [awalan + hari[:4] for hari in kelompok.kolom["tanggal"]], strict=True)


def _tertinggi_di_halaman(koneksi: sa.Connection, register: Register, semua: Iterable[str]) -> dict[str, int]:
    """The highest sequence that the pages have of each; complaints without follow-ups are left out."""
    kolom = HALAMAN[register.slug].c
    tertinggi: dict[str, int] = {}
    if register is TINDAK_LANJUT:
        for bagian in potong(sorted(semua)):
            for nomor in koneksi.scalars(sa.select(kolom.nomor).where(kolom.pengaduan.in_(bagian))):
                induk, langkah = kunci_nomor(baca_nomor(nomor))
                tertinggi[induk] = max(tertinggi.get(induk, 0), langkah)
        return tertinggi
    urut = (satu.desc() for satu in URUTAN_NOMOR[1:])
    cari = sa.select(kolom.nomor).order_by(*urut).limit(1)
    for kunci in semua:
        nomor = koneksi.scalar(cari.where(URUTAN_NOMOR[0] == kunci[4:]))
        tertinggi[kunci] = baca_nomor(nomor).urut if nomor else 0
    return tertinggi
