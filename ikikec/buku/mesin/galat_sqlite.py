"""What SQLite's own errors mean to a user."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from ikikec.galat import BerkasTakTertulis, BukanBuku, BukuRusak, BukuSibuk, BukuTidakTerbaca, Galat, pemilik


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
            f"buku {berkas} tidak boleh ditulis{pemilik(berkas)}",
            "Periksa izin berkas dan foldernya; tidak ada yang tercatat.",
        )
    if kode in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return BukuTidakTerbaca(
            f"buku {berkas} tidak dapat dibuka{pemilik(berkas)}", "Periksa letak dan izin berkasnya."
        )
    if kode == sqlite3.SQLITE_NOTADB:
        return BukanBuku(f"{berkas} bukan buku ikikec", "Tunjuk berkas bukunya dengan --buku.")
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
