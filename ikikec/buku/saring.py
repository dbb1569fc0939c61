"""Finding entries: what a list is narrowed to, how much is open and late, and which fields hold a text.

Contract: a complaint is open until its latest follow-up by date is selesai or ditolak; an information service until
it has a tanggal_selesai; a permit until it is issued or refused. Open and past batas is late.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from ikikec.bahasa import kunci_teks, setara
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.mesin.dasar import jelaskan_isi, mesin_dari
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.penomoran import menurut_nomor, potong, urutan_nomor
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI, SEMUA, Register
from ikikec.galat import SalahPakai
from ikikec.istilah import Status
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
    urut: str = ""
    maks: int | None = None


def _pengaduan_terbuka() -> sa.ColumnElement[bool]:
    lanjut, pengaduan = HALAMAN["tindak-lanjut"].c, HALAMAN["pengaduan"].c
    terakhir = (
        sa.select(lanjut.status)
        .where(lanjut.pengaduan == pengaduan.nomor, ~lanjut.batal)
        .order_by(lanjut.tanggal.desc(), *(satu.desc() for satu in menurut_nomor(lanjut.nomor)[1:]))
        .limit(1)
        .scalar_subquery()
    )
    return sa.or_(terakhir.is_(None), terakhir.not_in([Status.SELESAI, Status.DITOLAK]))


_TERBUKA: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
    "pengaduan": _pengaduan_terbuka,
    "informasi": lambda: HALAMAN["informasi"].c.tanggal_selesai.is_(None),
    "rekomendasi": lambda: sa.and_(
        HALAMAN["rekomendasi"].c.tanggal_terbit.is_(None), HALAMAN["rekomendasi"].c.tanggal_tolak.is_(None)
    ),
}


def terbuka(register: Register) -> sa.ColumnElement[bool]:
    """The condition that an entry is open and not cancelled; raises SalahPakai for a register that knows no such."""
    if register.slug not in _TERBUKA:
        raise SalahPakai(
            f"entri {register.sebutan} tidak punya keadaan selesai", f"Pakai untuk {', '.join(_TERBUKA)}."
        )
    return sa.and_(_TERBUKA[register.slug](), ~HALAMAN[register.slug].c.batal)


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


BERTENGGAT = (PENGADUAN, INFORMASI, REKOMENDASI)


@dataclass(frozen=True, slots=True)
class Beban:
    """Counts of one register's open entries: all, past their deadline, and due from today to a given day."""

    register: Register
    terbuka: int
    terlambat: int
    jatuh_tempo: int


def beban(koneksi: sa.Connection, hari_ini: date, sampai: date) -> tuple[Beban, ...]:
    """How each register that knows deadlines stands; ``sampai`` is the last day that counts as soon."""
    return tuple(_beban(koneksi, register, hari_ini, sampai) for register in BERTENGGAT)


@dataclass(frozen=True, slots=True)
class Terlambat:
    """The numbers of the open entries past their deadline on a day, as of a journal line (place and fingerprint).

    ``pokok`` is what was counted once that day, and never copied; ``tambah`` and ``kurang`` what came and went since.
    """

    hari_ini: date
    seq: int
    sidik: str
    pokok: frozenset[str]
    tambah: frozenset[str] = frozenset()
    kurang: frozenset[str] = frozenset()

    @property
    def banyak(self) -> int:
        """How many they are."""
        return len(self.pokok) + len(self.tambah) - len(self.kurang)

    @property
    def nomor(self) -> frozenset[str]:
        """All of them."""
        return (self.pokok - self.kurang) | self.tambah


def terlambat(
    koneksi: sa.Connection, ujung: tuple[int, str], hari_ini: date, lama: Terlambat | None = None
) -> Terlambat:
    """What is late now that the journal ends in ``ujung``; of what was known before only what was touched since.

    An open entry is looked at once a day, not once a command: an office may have thousands of them.
    """
    seq, sidik = ujung
    if lama is None or lama.hari_ini != hari_ini or not _sambung(koneksi, lama):
        return Terlambat(hari_ini, seq, sidik, frozenset(_terlambat(koneksi, hari_ini, None)))
    if seq == lama.seq:
        return lama
    cari = sa.select(JURNAL.c.nomor).where(JURNAL.c.seq > lama.seq).distinct()
    tersentuh = {nomor.partition("/")[0] for nomor in koneksi.scalars(cari)}
    kini = {satu for bagian in potong(tersentuh) for satu in _terlambat(koneksi, hari_ini, bagian)}
    tambah = (lama.tambah - tersentuh) | {satu for satu in kini if satu not in lama.pokok}
    kurang = (lama.kurang - tersentuh) | {satu for satu in tersentuh if satu in lama.pokok and satu not in kini}
    return replace(lama, seq=seq, sidik=sidik, tambah=tambah, kurang=kurang)


def _sambung(koneksi: sa.Connection, lama: Terlambat) -> bool:
    """Whether the journal still has the line that was its last: no other copy took its place."""
    return koneksi.scalar(sa.select(JURNAL.c.sidik).where(JURNAL.c.seq == lama.seq)) == (lama.sidik or None)


def _terlambat(koneksi: sa.Connection, hari_ini: date, nomor: Sequence[str] | None) -> Iterator[str]:
    for register in BERTENGGAT:
        kolom = HALAMAN[register.slug].c
        cari = sa.select(kolom.nomor).where(terbuka(register), kolom.batas < hari_ini)
        yield from koneksi.scalars(cari if nomor is None else cari.where(kolom.nomor.in_(nomor)))


def _beban(koneksi: sa.Connection, register: Register, hari_ini: date, sampai: date) -> Beban:
    batas = HALAMAN[register.slug].c.batas
    hitung: Sequence[sa.ColumnElement[int]] = (
        sa.func.count(),
        sa.func.count().filter(batas < hari_ini),
        sa.func.count().filter(batas.between(hari_ini, sampai)),
    )
    baris = koneksi.execute(sa.select(*hitung).where(terbuka(register))).one()
    return Beban(register, baris[0], baris[1], baris[2])


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
