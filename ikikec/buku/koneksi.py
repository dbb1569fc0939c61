"""Connections to a SQLite ledger: how a transaction begins, and what its errors mean to a user.

A writer takes the lock at once (BEGIN IMMEDIATE), so that nobody can slip in between reading the last number and
using the next. A reader opens the file for writing but sets ``query_only``: only so can it roll back the hot journal
that a killed writer leaves behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from ikikec.buku.tautan import tautan
from ikikec.galat import BerkasTakTertulis, BukuRusak, BukuSibuk, BukuTidakTerbaca, Galat


# An engine holds no connection and remembers what it compiled: at the desk every command but the first profits.
@lru_cache(maxsize=8)
def mesin(berkas: Path, *, tunggu: int, baca_saja: bool, kunci_asing: bool = True) -> sa.Engine:
    """An engine on an existing ledger file; ``tunggu`` is how many seconds a lock is waited for.

    Only a migration turns ``kunci_asing`` off: with it on, rebuilding a table can delete the rows that refer to it.
    """

    def sambung() -> sqlite3.Connection:
        koneksi = sqlite3.connect(tautan(berkas), uri=True, timeout=tunggu, isolation_level=None)
        koneksi.execute(f"PRAGMA foreign_keys = {int(kunci_asing)}")
        koneksi.execute("PRAGMA recursive_triggers = ON")
        koneksi.execute(f"PRAGMA query_only = {int(baca_saja)}")
        return koneksi

    engine = sa.create_engine("sqlite://", creator=sambung, poolclass=NullPool, hide_parameters=True)
    sa.event.listen(engine, "begin", _mulai_baca if baca_saja else _mulai_tulis)
    return engine


def _mulai_tulis(koneksi: sa.Connection) -> None:
    koneksi.exec_driver_sql("BEGIN IMMEDIATE")


def _mulai_baca(koneksi: sa.Connection) -> None:
    koneksi.exec_driver_sql("BEGIN")


@contextmanager
def transaksi(engine: sa.Engine, berkas: Path) -> Iterator[sa.Connection]:
    """One transaction on the ledger, committed where the block ends well; database errors become ours.

    A ledger that was replaced (``pulihkan``) while we waited for its lock is opened anew: what is written must not
    vanish with the old file.
    """
    with jelaskan(berkas):
        while True:
            dibuka = _jati_diri(berkas)
            with engine.begin() as koneksi:
                if _jati_diri(berkas) == dibuka:
                    yield koneksi
                    return


def _jati_diri(berkas: Path) -> tuple[int, int] | None:
    try:
        keadaan = berkas.stat()
    except OSError:
        return None
    return keadaan.st_dev, keadaan.st_ino


@contextmanager
def jelaskan(berkas: Path) -> Iterator[None]:
    """Turn the database's own errors into those a user can act on."""
    try:
        yield
    except sa.exc.DBAPIError as galat:
        if isinstance(galat.orig, sqlite3.Error):
            raise arti_galat(galat.orig, berkas) from galat
        raise
    except sqlite3.Error as galat:
        raise arti_galat(galat, berkas) from galat
    except UnicodeDecodeError as galat:
        raise _rusak(berkas) from galat


@contextmanager
def jelaskan_isi(tempat: str) -> Iterator[None]:
    """What is stored at ``tempat`` cannot even be read as what it should be: the ledger was tampered with."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError) as galat:
        raise BukuRusak(
            f"isi {tempat} di buku rusak", "Jalankan ikikec periksa; pakai cadangan dengan ikikec pulihkan."
        ) from galat


def arti_galat(galat: sqlite3.Error, berkas: Path) -> Galat:
    """Which of our errors a SQLite error is."""
    # The low byte is the primary code, whatever extended code SQLite reports on top of it.
    kode = getattr(galat, "sqlite_errorcode", 0) & 0xFF
    if kode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BukuSibuk(
            f"buku {berkas} sedang dipakai program lain",
            "Tutup program yang membukanya (ikikec di jendela lain, impor yang berjalan, DB Browser), lalu ulangi.",
        )
    if kode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return BerkasTakTertulis(
            f"buku {berkas} tidak dapat ditulis: cakram penuh atau rusak",
            "Tidak ada yang tercatat. Kosongkan ruang cakram, lalu ulangi.",
        )
    if kode == sqlite3.SQLITE_READONLY:
        return BerkasTakTertulis(
            f"buku {berkas} tidak boleh ditulis", "Periksa izin berkas dan foldernya; tidak ada yang tercatat."
        )
    if kode in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return BukuTidakTerbaca(f"buku {berkas} tidak dapat dibuka", "Periksa letak dan izin berkasnya.")
    if kode == sqlite3.SQLITE_NOTADB:
        return BukuTidakTerbaca(f"{berkas} bukan buku ikikec", "Tunjuk berkas bukunya dengan --buku.")
    if kode == sqlite3.SQLITE_CORRUPT or str(galat).startswith(_TANDA_RUSAK):
        return _rusak(berkas)
    # Its own text may quote what is stored.
    return Galat(f"buku {berkas}: galat basis data yang tak terduga ({type(galat).__name__} {kode})")


_TANDA_RUSAK = ("no such table", "no such column", "Could not decode")


def _rusak(berkas: Path) -> BukuRusak:
    return BukuRusak(
        f"buku {berkas} rusak",
        "Jalankan ikikec periksa untuk melihat kerusakannya; pakai cadangan dengan ikikec pulihkan.",
    )
