"""What every engine offers: opening a ledger for one act, and the few pieces of SQL that differ.

A ``Mesin`` is where one ledger is and how long to wait for it; a ``Dialek`` is how its database is spoken to. Code
that is handed a connection finds the dialect from it.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TextIO

import sqlalchemy as sa

from ikikec.buku.register import Register
from ikikec.galat import BukanBuku, BukuRusak, Galat

# One row as SQLite keeps it, whatever engine it comes from or goes to: dates as ISO text, yes and no as 1 and 0.
BarisPolos = tuple[Any, ...]

# Rows taken from the database at once.
SEKALI_BACA = 1000

# Part of a schema by kind and name, with its definition where that can be compared.
BagianSkema = dict[tuple[str, str], str | None]


class Migrasi(Protocol):
    """The way of a ledger to head: taken on a connection, or only written down as statements."""

    def pasang(self, koneksi: sa.Connection) -> None:
        """Bring the ledger behind ``koneksi`` to head, in the transaction it is in."""

    def tulis(self, dialek: str, keluar: TextIO) -> None:
        """Write the statements that would make a new ledger on that kind of database."""


class Dialek(Protocol):
    """How one kind of database is spoken to where portable SQL does not reach.

    ``tanda`` marks a value in a statement; ``beda`` stands between two that may be NULL and asks whether they differ.
    """

    tanda: str
    beda: str

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Rows as the database holds them, without any type put on them and without holding them all."""

    def kerusakan(self, koneksi: sa.Connection) -> Iterator[str]:
        """What the database itself finds wrong with what it is kept in."""

    def bagian_skema(self, koneksi: sa.Connection) -> BagianSkema:
        """Every part of the ledger's schema that is there."""

    def skema_seharusnya(self, koneksi: sa.Connection, migrasi: Migrasi) -> BagianSkema:
        """Every part that a ledger at head has, where ``koneksi`` is."""

    def bukan_tanggal(self, nama: str) -> str:
        """The condition that a date's column holds none."""

    def bukan_bilangan(self, nama: str) -> str:
        """The condition that a whole number's column holds none."""

    def halaman_sama(self, halaman: str, register: Register, *, teliti: bool) -> str:
        """The condition that journal line ``j`` holds what the page called ``halaman`` does.

        One that is not ``teliti`` is quicker, and may fail at what is no value of its column.
        """

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Every journal line in order: its seq, the JSON array that is hashed (``jurnal.larik``), its fingerprint."""

    def memuat(self, kolom: sa.ColumnElement[str], teks: str) -> sa.ColumnElement[bool]:
        """Whether a column holds ``teks``, ASCII letters in either case; nothing in ``teks`` is a wild card."""

    def pasang_pemicu(self, koneksi: sa.Connection) -> None:
        """Make every trigger anew, in the transaction ``koneksi`` is in."""

    def tolak_putus(self, koneksi: sa.Connection) -> None:
        """Raise Galat where a migration left a row that refers to none."""

    def alir(self, koneksi: sa.Connection, tabel: sa.Table) -> Iterator[BarisPolos]:
        """Every row in the order of the key's letters, few of them in memory at a time."""

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Fill an empty table, as quickly as the engine can; raises the driver's own errors."""


class Mesin(Protocol):
    """One ledger's place."""

    @property
    def sebutan(self) -> str:
        """What a user is told of the place, never a password."""

    @property
    def tunggu(self) -> int:
        """How many seconds a lock is waited for."""

    def jati_diri(self) -> Hashable:
        """What tells the place from every other, however it is written; None where nothing is there."""

    def versi(self) -> str | None:
        """The schema version of the ledger, None where there is none yet.

        Raises BukuTidakTerbaca where something else is there, BukuSibuk where it is locked too long.
        """

    def buat(self) -> None:
        """Make the place ready for a first migration, private to its user. Raises BerkasTakTertulis."""

    def tempati(self) -> AbstractContextManager[None]:
        """The same for what the block writes; where it fails, a place that was made for it is gone again."""

    def simpan_sebelum_mutakhir(self, dari: str, ke: str) -> None:
        """Keep a copy of the ledger before its schema is upgraded, where the engine can."""

    def baca(self) -> AbstractContextManager[sa.Connection]:
        """One read transaction, hence one moment of the ledger; the database's errors become ours."""

    def tulis(self) -> AbstractContextManager[sa.Connection]:
        """One write transaction that alone may write, committed where the block ends well."""

    def mutakhirkan(self) -> AbstractContextManager[sa.Connection]:
        """The same for a migration."""

    def tengok(self) -> AbstractContextManager[sa.Connection]:
        """A ledger that may be damaged, for reading; nothing is committed at the end."""

    def jelaskan(self) -> AbstractContextManager[None]:
        """The database's errors become ours, for what is read from this ledger while another one is written."""


@contextmanager
def jelaskan_isi(tempat: str) -> Iterator[None]:
    """What is stored at ``tempat`` cannot even be read as what it should be: the ledger was tampered with."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as galat:
        raise BukuRusak(
            f"isi {tempat} di buku rusak", "Jalankan ikikec periksa; pakai cadangan dengan ikikec pulihkan."
        ) from galat


def bukan_buku(sebutan: str) -> BukanBuku:
    """What is at that place belongs to another program."""
    return BukanBuku(f"{sebutan} bukan buku ikikec", "Tunjuk bukunya dengan --buku.")


def terputus_migrasi() -> Galat:
    """A migration left a row that refers to none."""
    return Galat("pemutakhiran skema memutus hubungan antartabel; tidak ada yang diubah")


def tabel_buku(tabel: Collection[str]) -> bool:
    """Whether tables of these names are a ledger's, even one that somebody dropped a table from."""
    return "alembic_version" in tabel and bool({"jurnal", "pengaduan"} & set(tabel))
