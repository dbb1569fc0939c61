"""What every engine offers: opening a ledger for one act, and the few pieces of SQL that differ.

A ``Mesin`` is where one ledger is and how long to wait for it; a ``Dialek`` is how its database is spoken to. Code
that is handed a connection finds the dialect from it.
"""

from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import sqlalchemy as sa

from ikikec.galat import BukuRusak, BukuTidakTerbaca, Galat


class Dialek(Protocol):
    """How one kind of database is spoken to where portable SQL does not reach."""

    tanda: str

    def memuat(self, kolom: sa.ColumnElement[str], teks: str) -> sa.ColumnElement[bool]:
        """Whether a column holds ``teks``, ASCII letters in either case; nothing in ``teks`` is a wild card."""

    def pasang_pemicu(self, koneksi: sa.Connection) -> None:
        """Make every trigger anew, in the transaction ``koneksi`` is in."""

    def tolak_putus(self, koneksi: sa.Connection) -> None:
        """Raise Galat where a migration left a row that refers to none."""


class Mesin(Protocol):
    """One ledger's place."""

    @property
    def sebutan(self) -> str:
        """What a user is told of the place, never a password."""

    @property
    def tunggu(self) -> int:
        """How many seconds a lock is waited for."""

    def versi(self) -> str | None:
        """The schema version of the ledger, None where there is none yet.

        Raises BukuTidakTerbaca where something else is there, BukuSibuk where it is locked too long.
        """

    def buat(self) -> None:
        """Make the place ready for a first migration, private to its user. Raises BerkasTakTertulis."""

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


@contextmanager
def jelaskan_isi(tempat: str) -> Iterator[None]:
    """What is stored at ``tempat`` cannot even be read as what it should be: the ledger was tampered with."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as galat:
        raise BukuRusak(
            f"isi {tempat} di buku rusak", "Jalankan ikikec periksa; pakai cadangan dengan ikikec pulihkan."
        ) from galat


def bukan_buku(sebutan: str) -> BukuTidakTerbaca:
    """What is at that place belongs to another program."""
    return BukuTidakTerbaca(f"{sebutan} bukan buku ikikec", "Tunjuk bukunya dengan --buku.")


def terputus_migrasi() -> Galat:
    """A migration left a row that refers to none."""
    return Galat("pemutakhiran skema memutus hubungan antartabel; tidak ada yang diubah")


def tabel_buku(tabel: Collection[str]) -> bool:
    """Whether tables of these names are a ledger's, even one that somebody dropped a table from."""
    return "alembic_version" in tabel and bool({"jurnal", "pengaduan"} & set(tabel))
