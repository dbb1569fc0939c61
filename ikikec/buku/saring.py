"""Finding entries: what a list is narrowed to and how it is ordered, and which fields hold a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from ikikec.bahasa import kunci_teks, setara
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.mesin.dasar import jelaskan_isi, mesin_dari
from ikikec.buku.model import HALAMAN
from ikikec.buku.penomoran import menurut_nomor, urutan_nomor
from ikikec.buku.register import SEMUA, Register
from ikikec.buku.terbuka import terbuka
from ikikec.galat import SalahPakai
from ikikec.periode import Periode

# As far as an engine compares (SQLite refuses patterns of over 50,000 bytes); the whole text is compared after it.
POLA_TERPANJANG = 1_000


@dataclass(frozen=True, slots=True)
class Saringan:
    """What a list is narrowed to; ``jatuh_tempo`` holds first and last day, both included."""

    periode: Periode | None = None
    belum_selesai: bool = False
    terlambat_pada: date | None = None
    jatuh_tempo: tuple[date, date] | None = None
    batal: bool = False
    sama: Mapping[str, Nilai] = field(default_factory=dict)
    nomor: Sequence[str] | None = None
    urut: str = ""
    maks: int | None = None


def terapkan(register: Register, kueri: sa.Select[Any], saringan: Saringan) -> sa.Select[Any]:
    """``kueri`` on a register's page narrowed to what ``saringan`` says; raises SalahPakai where it cannot be."""
    kolom = HALAMAN[register.slug].c
    if saringan.periode is not None:
        kueri = kueri.where(kolom.tanggal >= saringan.periode.awal, kolom.tanggal < saringan.periode.sesudah)
    if saringan.belum_selesai or saringan.terlambat_pada or saringan.jatuh_tempo:
        kueri = kueri.where(terbuka(register))
    if saringan.terlambat_pada is not None:
        kueri = kueri.where(kolom.batas < saringan.terlambat_pada)
    if saringan.jatuh_tempo is not None:
        kueri = kueri.where(kolom.batas.between(*saringan.jatuh_tempo))
    if saringan.batal:
        kueri = kueri.where(kolom.batal)
    if saringan.nomor is not None:
        kueri = kueri.where(kolom.nomor.in_(saringan.nomor))
    for nama, nilai in saringan.sama.items():
        kueri = kueri.where(kolom[nama] == nilai)
    return kueri.limit(saringan.maks)


def urutan(register: Register, nama: str) -> tuple[Any, ...]:
    """The order by field ``nama``, backwards with ``-`` before it, blank ones last; by number where it is blank.

    Numbers stand by year and sequence, and entries that are alike in a field by their numbers.
    """
    bawaan = urutan_nomor(register)
    if not nama:
        return bawaan
    bidang = nama.removeprefix("-").replace("-", "_")
    if bidang not in register.nama_bidang:
        raise SalahPakai(f"register {register.slug} tidak punya isian {bidang!r} untuk --urut")
    kolom = HALAMAN[register.slug].c[bidang]
    urut = bawaan if bidang == "nomor" else menurut_nomor(kolom) if bidang == "pengaduan" else (kolom,)
    return (kolom.is_(None), *(satu.desc() if nama.startswith("-") else satu for satu in urut), *bawaan)


class Temu(NamedTuple):
    """One field that holds the text: its entry's number and date, the field, all of it, whether it is cancelled."""

    register: str
    nomor: str
    tanggal: date
    isian: str
    teks: str
    batal: bool


def cari_teks(koneksi: sa.Connection, teks: str) -> Iterator[Temu]:
    """Every text field that holds ``teks``, register by register, the newest entry first.

    Letters in either case; blanks, quotes and hyphens of every form are one, also in what earlier versions took in as
    it came. Nothing in ``teks`` is a wild card.
    """
    for pola in _pola(teks):
        temu = (satu for register in SEMUA.values() for satu in _cari(koneksi, register, teks, pola))
        if pertama := next(temu, None):
            yield pertama
            yield from temu
            return


def _cari(koneksi: sa.Connection, register: Register, teks: str, pola: str) -> Iterator[Temu]:
    tabel = HALAMAN[register.slug]
    nama = [bidang.nama for bidang in register.bidang if bidang.jenis is Jenis.TEKS]
    mesin = mesin_dari(koneksi)
    cocok = [mesin.mirip(tabel.c[satu], pola) for satu in nama]
    # No index can give this order: one would be followed from row to row all over the register.
    tanggal = sa.func.coalesce(tabel.c.tanggal, tabel.c.tanggal)
    kueri = (
        sa.select(tabel)
        .where(sa.or_(*cocok))
        .order_by(tanggal.desc(), *(satu.desc() for satu in urutan_nomor(register)))
    )
    with jelaskan_isi(f"register {register.slug}"):
        for baris in koneksi.execute(kueri).mappings():
            for satu in nama:
                isi = baris[satu]
                if isi is not None and _memuat(isi, teks):
                    yield Temu(register.slug, baris["nomor"], baris["tanggal"], satu, isi, baris["batal"])


def _pola(teks: str) -> tuple[str, str]:
    """LIKE patterns (``/`` before what is plain) that texts meet that hold ``teks``, and some others.

    The second finds it also where marks that nobody sees stand between the letters, as they may in what earlier
    versions took in; it takes five times as long, and is for a text that the first does not find.
    """
    huruf = [
        "%" if satu.isspace() else "_" if satu in "-'\"" else f"/{satu}" if satu in "%_/" else satu
        for satu in setara(teks).strip()[:POLA_TERPANJANG]
    ]
    return f"%{''.join(huruf)}%", f"%{'%'.join(huruf)}%"


def _memuat(isi: str, teks: str) -> bool:
    return kunci_teks(teks) in kunci_teks(isi) or teks.lower() in isi.lower()
