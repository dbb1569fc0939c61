"""Which number an entry gets: the highest of its register and year plus one, a follow-up's behind its complaint.

The highest is that of the pages, or the one a restored ledger had given before it was replaced: each restore leaves a
journal line, one more revision of ``PULIH``, that says how far the numbers of every register and year had come.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
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
_TAHUN = itemgetter(slice(4))


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


def _pernah_diberi(koneksi: sa.Connection) -> dict[str, int]:
    """The highest number of each ``kunci_nomor`` that was given before a restore."""
    pernah: dict[str, int] = {}
    for satu in celah(koneksi):
        pernah[satu.kunci] = max(satu.sampai, pernah.get(satu.kunci, 0))
    return pernah


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
    if koneksi is None:
        tertinggi = dict.fromkeys(kosong, 0)
    elif register is TINDAK_LANJUT:
        tertinggi = dict.fromkeys(kosong, 0) | _langkah_tertinggi(koneksi, kosong)
    else:
        tertinggi = {tahun: _urut_tertinggi(koneksi, register, tahun) for tahun in kosong}
    pernah = _pernah_diberi(koneksi) if koneksi is not None else {}
    for kunci in kosong if pernah else ():
        lengkap = kunci if register is TINDAK_LANJUT else f"{register.kode}-{kunci}"
        tertinggi[kunci] = max(tertinggi[kunci], pernah.get(lengkap, 0))
    for teks, kunci in _berbeda(register, semua) if kosong and ada_bernomor else ():
        if teks is not None and kunci in tertinggi:
            nomor = baca_nomor(teks)
            tertinggi[kunci] = max(tertinggi[kunci], nomor.langkah or nomor.urut)
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
    if register is TINDAK_LANJUT:
        tertinggi = _langkah_tertinggi(koneksi, kunci_semua)
    else:
        tertinggi = {tahun: _urut_tertinggi(koneksi, register, tahun) for tahun in kunci_semua}
    batas = TERJAUH + sum(map(len, semua))
    for kelompok in semua if any(tertinggi.values()) else ():
        for (teks, kunci), baris in zip(_berkunci(register, kelompok), kelompok.baris, strict=True):
            terakhir = tertinggi.get(kunci, 0)
            if teks is not None and terakhir:
                nomor = baca_nomor(teks)
                if (nomor.langkah or nomor.urut) > terakhir + batas:
                    yield teks, baris, terakhir


def _berbeda(register: Register, semua: Iterable[Kelompok]) -> Iterator[tuple[str | None, str]]:
    """Every number and what it counts within, those of a batch that are alike once."""
    for kelompok in semua:
        yield from set(_berkunci(register, kelompok))


def beri_nomor(register: Register, semua: Iterable[Kelompok], tertinggi: dict[str, int]) -> Iterator[Kelompok]:
    """The entries in their order, blank numbers filled after the highest ones, which are counted up."""
    pola = "%s/%d" if register is TINDAK_LANJUT else f"{register.kode}-%s-%04d"

    def berikut(kunci: str) -> str:
        tertinggi[kunci] = urut = tertinggi[kunci] + 1
        return pola % (kunci, urut)

    for kelompok in semua:
        yield kelompok.ganti("nomor", [nomor or berikut(kunci) for nomor, kunci in _berkunci(register, kelompok)])


def _berkunci(register: Register, kelompok: Kelompok) -> Iterator[tuple[str | None, str]]:
    """Each number and what it counts within: the year of an entry, the complaint of a follow-up."""
    if register is TINDAK_LANJUT:
        return zip(kelompok.kolom["nomor"], kelompok.kolom["pengaduan"], strict=True)
    return zip(kelompok.kolom["nomor"], map(_TAHUN, kelompok.kolom["tanggal"]), strict=True)


def _urut_tertinggi(koneksi: sa.Connection, register: Register, tahun: str) -> int:
    tabel = HALAMAN[register.slug]
    cari = (
        sa.select(tabel.c.nomor)
        .where(URUTAN_NOMOR[0] == tahun)
        .order_by(*(kolom.desc() for kolom in URUTAN_NOMOR[1:]))
        .limit(1)
    )
    nomor = koneksi.scalar(cari)
    return baca_nomor(nomor).urut if nomor else 0


def _langkah_tertinggi(koneksi: sa.Connection, pengaduan: Iterable[str]) -> dict[str, int]:
    tabel = HALAMAN[TINDAK_LANJUT.slug]
    tertinggi: dict[str, int] = {}
    for bagian in potong(sorted(pengaduan)):
        for nomor in koneksi.scalars(sa.select(tabel.c.nomor).where(tabel.c.pengaduan.in_(bagian))):
            bagian_nomor = baca_nomor(nomor)
            tertinggi[bagian_nomor.induk] = max(tertinggi.get(bagian_nomor.induk, 0), bagian_nomor.langkah)
    return tertinggi
