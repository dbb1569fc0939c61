"""What every engine offers: where one ledger is, how it is opened for one act, and the few pieces of SQL that differ.

Code that is handed a connection finds the engine from it (``mesin_dari``).
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, ClassVar, Literal

import sqlalchemy as sa

from ikikec.buku.register import Register
from ikikec.galat import BukanBuku, BukuRusak, Galat

# One row as SQLite keeps it, whatever engine it comes from or goes to: dates as ISO text, yes and no as 1 and 0.
BarisPolos = tuple[Any, ...]

# Rows taken from the database at once.
SEKALI_BACA = 1000

# What a connection is for; a migration meets a ledger that may not be there yet.
Cara = Literal["baca", "tulis", "mutakhirkan"]

# Every part of a schema by kind and name, with its definition where that can be compared.
BagianSkema = dict[str, str | None]


class Mesin(ABC):
    """One ledger's place, and how its database is spoken to where portable SQL does not reach.

    What the base says holds where an engine has nothing of its own to say.
    """

    __slots__ = ()

    # The engine as SQLAlchemy calls it.
    nama: ClassVar[str]
    # Marks a value in a statement; stands between two that may be NULL and asks whether they differ.
    tanda: ClassVar[str]
    beda: ClassVar[str]
    # What the driver raises; two queries: every table's name, and kind, name and definition of the schema's parts.
    galat_pengemudi: ClassVar[tuple[type[Exception], ...]]
    # The engine's own INSERT, which knows what to do where a key is there already.
    sisipan: ClassVar[Any]
    cari_tabel: ClassVar[str]
    cari_skema: ClassVar[str]
    # That a date's or a whole number's column holds none; a server's columns hold nothing else.
    bukan_tanggal: ClassVar[str] = "false"
    bukan_bilangan: ClassVar[str] = "false"
    # The condition that a field of page ``h`` is what its line ``j`` commits to.
    rahasia_sama: ClassVar[str]

    @property
    @abstractmethod
    def sebutan(self) -> str:
        """What a user is told of the place, never a password."""

    @abstractmethod
    def jati_diri(self) -> Hashable:
        """What tells the place from every other, however it is written; None where nothing is there."""

    @abstractmethod
    def versi(self) -> str | None:
        """The schema version of the ledger, None where there is none yet.

        Raises BukuTidakTerbaca where something else is there, BukuSibuk where it is locked too long.
        """

    def _versi(self, jalankan: Callable[[str], Any]) -> str | None:
        """The same by the driver's own ``jalankan``. A ledger is one even where somebody dropped a table from it."""
        tabel = {nama for (nama,) in jalankan(self.cari_tabel)}
        if not tabel:
            return None
        if "alembic_version" not in tabel or not {"jurnal", "pengaduan"} & tabel:
            raise BukanBuku(f"{self.sebutan} bukan buku ikikec", "Tunjuk bukunya dengan --buku.")
        (versi,) = jalankan("SELECT version_num FROM alembic_version").fetchone() or ("",)
        return str(versi)

    def buat(self) -> None:
        """Make the place ready for a first migration, private to its user. Raises BerkasTakTertulis."""

    def tempati(self) -> AbstractContextManager[None]:
        """The same for what the block writes; where it fails, a place that was made for it is gone again."""
        return nullcontext()

    def simpan_sebelum_mutakhir(self, dari: str, ke: str) -> None:
        """Keep a copy of the ledger before its schema is upgraded, where the engine can."""

    @abstractmethod
    def engine(self, cara: Cara) -> sa.Engine:
        """What makes connections that begin as this engine's transactions do, ``mesin_dari`` finding it from them."""

    def baca(self) -> AbstractContextManager[sa.Connection]:
        """One read transaction, hence one moment of the ledger; the database's errors become ours."""
        return self._transaksi("baca")

    def tulis(self) -> AbstractContextManager[sa.Connection]:
        """One write transaction that alone may write, committed where the block ends well."""
        return self._transaksi("tulis")

    def mutakhirkan(self) -> AbstractContextManager[sa.Connection]:
        """The same for a migration, of a ledger that may not be there yet."""
        return self._transaksi("mutakhirkan")

    @contextmanager
    def tengok(self) -> Iterator[sa.Connection]:
        """A ledger that may be damaged, for reading; a commit at the end is what such a one may refuse."""
        with self.jelaskan(), self.engine("baca").connect() as koneksi:
            koneksi.begin()
            yield koneksi

    @contextmanager
    def _transaksi(self, cara: Cara) -> Iterator[sa.Connection]:
        with self.jelaskan(menulis=cara != "baca"), self.engine(cara).begin() as koneksi:
            yield koneksi

    @contextmanager
    def jelaskan(self, *, menulis: bool = False) -> Iterator[None]:
        """The database's errors become those a user can act on; ``menulis``: whether something was to be recorded."""
        try:
            yield
        except sa.exc.DBAPIError as galat:
            if isinstance(galat.orig, self.galat_pengemudi):
                raise self.arti_galat(galat.orig, menulis=menulis) from galat
            raise
        except self.galat_pengemudi as galat:
            raise self.arti_galat(galat, menulis=menulis) from galat

    @abstractmethod
    def arti_galat(self, galat: BaseException, *, menulis: bool) -> Galat:
        """Which of our errors one of the driver's is. Its own text may quote what is stored, so it is never shown."""

    @abstractmethod
    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Rows as the database holds them, without any type put on them and without holding them all."""

    def kerusakan(self, koneksi: sa.Connection) -> Iterator[str]:
        """What the database itself finds wrong with what it is kept in; a server looks after its own files."""
        return iter(())

    def bagian_skema(self, koneksi: sa.Connection) -> BagianSkema:
        """Every part of the ledger's schema that is there."""
        return {f"{jenis} {nama}": isi for jenis, nama, isi in self.baris(koneksi, self.cari_skema)}

    def skema_di_sini(self, koneksi: sa.Connection, umum: BagianSkema) -> BagianSkema:
        """What any ledger of this engine has (``migrations/skema_*.json``) as one where ``koneksi`` is has it."""
        return umum

    def hak(self, koneksi: sa.Connection) -> Iterator[tuple[str, str, bool]]:
        """Whoever may do more with a ledger than docs/banyak-meja.md grants, and what is not shown to who asks.

        Where, who may what, and whether that is worth knowing but no fault; a file knows none of it.
        """
        return iter(())

    def tandai_sisa(self, koneksi: sa.Connection) -> None:
        """In the transaction that forgets: remember that the file may hold remnants until it was cleaned."""

    def ada_sisa(self, koneksi: sa.Connection) -> bool:
        """Whether an act that forgot was cut off before the file was cleaned of remnants."""
        return False

    @abstractmethod
    def bersihkan(self) -> str:
        """Let nothing that was forgotten be left in what the ledger is kept in; returns what its owner must do."""

    @abstractmethod
    def perintah_pemicu(self, koneksi: sa.Connection) -> Iterator[str]:
        """The statements that make every trigger anew."""

    def tolak_putus(self, koneksi: sa.Connection) -> None:
        """Raise Galat where a migration left a row that refers to none; most servers refuse that by themselves."""

    def halaman_sama(self, register: Register, *, teliti: bool) -> str:
        """The condition that journal line ``j`` holds what page ``h`` does, and commits to it.

        One that is not ``teliti`` is quicker, and may fail at what is no value of its column.
        """
        rahasia = (self.rahasia_sama.format(nama=nama) for nama in register.rahasia)
        return " AND ".join([self._terbuka_sama(register, teliti=teliti), *rahasia])

    @abstractmethod
    def _terbuka_sama(self, register: Register, *, teliti: bool) -> str:
        """The same of the fields that the line tells openly."""

    @abstractmethod
    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Every journal line in order: its seq, the JSON array that is hashed (``jurnal.larik``), its fingerprint."""

    @abstractmethod
    def mirip(self, kolom: sa.ColumnElement[str], pola: str) -> sa.ColumnElement[bool]:
        """Whether a column is LIKE ``pola``, ASCII letters in either case."""

    def polos(self, kolom: "sa.Column[Any]") -> str:
        """A column as ``BarisPolos`` holds it."""
        return kolom.name

    def alir(self, koneksi: sa.Connection, tabel: sa.Table) -> Iterator[BarisPolos]:
        """Every row in the order of the key's letters, few of them in memory at a time."""
        kolom, kunci = ", ".join(map(self.polos, tabel.c)), ", ".join(tabel.primary_key.c.keys())
        return self.baris(koneksi, f"SELECT {kolom} FROM {tabel.name} ORDER BY {kunci}")

    @abstractmethod
    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Fill an empty table, as quickly as the engine can; raises the driver's own errors."""


def mesin_dari(koneksi: sa.Connection) -> Mesin:
    """The ledger behind a connection that its ``Mesin`` made."""
    mesin: Mesin = koneksi.get_execution_options()["mesin"]
    return mesin


@contextmanager
def jelaskan_isi(tempat: str) -> Iterator[None]:
    """What is stored at ``tempat`` cannot even be read as what it should be: the ledger was tampered with."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as galat:
        raise BukuRusak(
            f"isi {tempat} di buku rusak", "Jalankan ikikec periksa; pakai cadangan dengan ikikec pulihkan."
        ) from galat
