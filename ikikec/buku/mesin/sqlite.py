"""A ledger in a SQLite file: how it is opened, how a transaction begins, what version it is.

A writer takes the lock at once (BEGIN IMMEDIATE), so that nobody can slip in between reading the last number and
using the next. A reader opens the file for writing but sets ``query_only``: only so can it roll back the hot journal
that a killed writer leaves behind.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from ikikec.berkas import buat_folder, sementara
from ikikec.buku.mesin.dasar import (
    bukan_buku,
    tabel_buku,
)
from ikikec.buku.mesin.galat_sqlite import jelaskan
from ikikec.buku.mesin.salinan import salin
from ikikec.buku.mesin.tautan import tautan
from ikikec.galat import BerkasTakTertulis, BukanBuku, BukuRusak, BukuTidakTerbaca, sebab


@dataclass(frozen=True, slots=True)
class MesinSqlite:
    """A ledger file; ``tunggu`` is how many seconds a lock is waited for."""

    berkas: Path
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The file's path."""
        return str(self.berkas)

    def jati_diri(self) -> tuple[int, int] | None:
        """The file's place on its disk, the same for every name it has."""
        return _jati_diri(self.berkas)

    def versi(self) -> str | None:
        """The schema version, None where there is no ledger yet: no file, or an empty one."""
        try:
            keadaan = self.berkas.stat()
        except FileNotFoundError:
            return None
        except OSError as galat:
            raise BukuTidakTerbaca(
                f"buku {self.berkas} tidak dapat dibuka: {sebab(galat)}", "Periksa letaknya."
            ) from None
        if not stat.S_ISREG(keadaan.st_mode):
            raise BukanBuku(f"{self.berkas} bukan berkas buku", "Tunjuk berkasnya dengan --buku.")
        with (
            jelaskan(self.berkas),
            closing(sqlite3.connect(tautan(self.berkas), uri=True, timeout=self.tunggu)) as koneksi,
        ):
            koneksi.execute("BEGIN")
            versi = self._baca_versi(koneksi)
            self._tolak_terpotong(koneksi)
            return versi

    def _baca_versi(self, koneksi: sqlite3.Connection) -> str | None:
        tabel = {nama for (nama,) in koneksi.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tabel:
            return None
        if not tabel_buku(tabel):
            raise bukan_buku(self.sebutan)
        (versi,) = koneksi.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
        return str(versi)

    def _tolak_terpotong(self, koneksi: sqlite3.Connection) -> None:
        """SQLite notices a missing page, but not one whose end is missing; asked under the lock of a reading."""
        (halaman,), (ukuran,) = (
            koneksi.execute("PRAGMA page_count").fetchone(),
            koneksi.execute("PRAGMA page_size").fetchone(),
        )
        if self.berkas.stat().st_size < halaman * ukuran:
            raise BukuRusak(f"buku {self.berkas} terpotong", "Pakai cadangan dengan ikikec pulihkan.")

    def buat(self) -> None:
        """Make an empty, private file."""
        try:
            buat_folder(self.berkas.parent)
            pegangan = os.open(self.berkas, os.O_CREAT | os.O_RDWR, 0o600)
            os.fchmod(pegangan, 0o600)
            os.close(pegangan)
        except OSError as galat:
            raise BerkasTakTertulis(
                f"buku {self.berkas} tidak dapat dibuat: {sebab(galat)}", "Pilih tempat lain dengan --buku."
            ) from None

    @contextmanager
    def tempati(self) -> Iterator[None]:
        """The same for what the block writes; where it fails, a file that was made for it is gone again."""
        baru = not self.berkas.exists()
        self.buat()
        try:
            yield
        except BaseException:
            self._lepas(hapus=baru)
            raise

    def _lepas(self, *, hapus: bool) -> None:
        """Take back what a full disk left half written, and the file where nothing is in it and ``hapus`` says so.

        Under its lock: another first writer may wait for that, or have been quicker.
        """
        with (
            suppress(sqlite3.Error, OSError),
            closing(sqlite3.connect(tautan(self.berkas), uri=True, timeout=0, isolation_level=None)) as koneksi,
        ):
            koneksi.execute("BEGIN IMMEDIATE")
            if koneksi.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,) and hapus:
                self.berkas.resolve().unlink()

    def simpan_sebelum_mutakhir(self, dari: str, ke: str) -> None:
        """Keep a copy beside the file."""
        buku = self.berkas.resolve()
        tujuan = buku.with_name(f"{buku.stem}-sebelum-skema-{ke}-dari-{dari}{buku.suffix}")
        if not tujuan.exists():
            with sementara(tujuan) as salinan:
                salin(buku, salinan, self.tunggu)
                salinan.replace(tujuan)

    @contextmanager
    def baca(self) -> Iterator[sa.Connection]:
        """One read transaction."""
        with self._transaksi(_engine(self, baca_saja=True)) as koneksi:
            yield koneksi

    @contextmanager
    def tulis(self) -> Iterator[sa.Connection]:
        """One write transaction, the lock taken at its beginning."""
        with self._transaksi(_engine(self, baca_saja=False)) as koneksi:
            yield koneksi

    @contextmanager
    def mutakhirkan(self) -> Iterator[sa.Connection]:
        """The same with foreign keys off: with them on, rebuilding a table can delete the rows that refer to it."""
        with self._transaksi(_engine(self, baca_saja=False, kunci_asing=False)) as koneksi:
            yield koneksi

    @contextmanager
    def tengok(self) -> Iterator[sa.Connection]:
        """Reading without an end to commit: a damaged file can refuse even that."""
        with jelaskan(self.berkas), _engine(self, baca_saja=True).connect() as koneksi:
            koneksi.begin()
            yield koneksi

    def jelaskan(self) -> AbstractContextManager[None]:
        """The database's errors become ours."""
        return jelaskan(self.berkas)

    @contextmanager
    def _transaksi(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        """One transaction, committed where the block ends well.

        A ledger that was replaced (``pulihkan``) while we waited for its lock is opened anew: what is written must
        not vanish with the old file.
        """
        with jelaskan(self.berkas):
            while True:
                dibuka = _jati_diri(self.berkas)
                with engine.begin() as koneksi:
                    if _jati_diri(self.berkas) == dibuka:
                        yield koneksi
                        return


# An engine holds no connection and remembers what it compiled: at the desk every command but the first profits.
@lru_cache(maxsize=8)
def _engine(mesin: MesinSqlite, *, baca_saja: bool, kunci_asing: bool = True) -> sa.Engine:
    def sambung() -> sqlite3.Connection:
        koneksi = sqlite3.connect(tautan(mesin.berkas), uri=True, timeout=mesin.tunggu, isolation_level=None)
        koneksi.execute(f"PRAGMA foreign_keys = {int(kunci_asing)}")
        koneksi.execute("PRAGMA recursive_triggers = ON")
        koneksi.execute(f"PRAGMA query_only = {int(baca_saja)}")
        return koneksi

    engine = sa.create_engine("sqlite://", creator=sambung, poolclass=NullPool, hide_parameters=True)
    sa.event.listen(engine, "begin", _mulai_baca if baca_saja else _mulai_tulis)
    sa.event.listen(engine, "handle_error", _tetap_tersambung)
    return engine


def _tetap_tersambung(keadaan: sa.ExceptionContext) -> None:
    """An interrupted statement is closed and the transaction rolled back, as any other that fails.

    SQLAlchemy would let go of the connection as it stands, and its journal would stay beside the ledger.
    """
    if not isinstance(keadaan.original_exception, Exception):
        keadaan.is_disconnect = False


def _mulai_tulis(koneksi: sa.Connection) -> None:
    koneksi.exec_driver_sql("BEGIN IMMEDIATE")


def _mulai_baca(koneksi: sa.Connection) -> None:
    koneksi.exec_driver_sql("BEGIN")


def _jati_diri(berkas: Path) -> tuple[int, int] | None:
    try:
        keadaan = berkas.stat()
    except OSError:
        return None
    return keadaan.st_dev, keadaan.st_ino
