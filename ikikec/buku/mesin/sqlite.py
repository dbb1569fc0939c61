"""A ledger in a SQLite file: how it is opened, spoken to and copied, and what SQLite's errors mean to a user.

A writer takes the lock at once (BEGIN IMMEDIATE), so that nobody can slip in between reading the last number and
using the next. A reader opens the file for writing but sets ``query_only``: only so can it roll back the hot journal
that a killed writer leaves behind. A plain copy of a live database can lose everything, so every copy is made by
SQLite's backup API, into a file that is private from its first byte.
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.pool import NullPool

from ikikec.berkas import buat_folder, sementara, tempatkan
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.jurnal import KOLOM
from ikikec.buku.mesin.alamat import tautan
from ikikec.buku.mesin.dasar import SEKALI_BACA, BarisPolos, Cara, Mesin
from ikikec.buku.mesin.pemicu import pemicu_sqlite
from ikikec.buku.register import LUPA, Register
from ikikec.galat import BerkasTakTertulis, BukanBuku, BukuRusak, BukuSibuk, BukuTidakTerbaca, Galat, pemilik, sebab

_TANDA_RUSAK = ("no such table", "no such column", "Could not decode")


@dataclass(frozen=True, slots=True)
class MesinSqlite(Mesin):
    """A ledger file; ``tunggu`` is how many seconds a lock is waited for."""

    nama = "sqlite"
    tanda = "?"
    beda = "IS NOT"
    galat_pengemudi = (sqlite3.Error, UnicodeDecodeError)
    sisipan = staticmethod(insert)
    cari_tabel = "SELECT name FROM sqlite_master WHERE type = 'table'"
    # Tables, indexes and triggers as the statements that made them; what SQLite makes by itself only in this form.
    cari_skema = """SELECT type, name, tbl_name || ': ' || sql FROM sqlite_master
        WHERE NOT (type = 'index' AND sql IS NULL AND name GLOB 'sqlite_autoindex_*')
        AND NOT (type = 'table' AND sql IN ('CREATE TABLE sqlite_stat1(tbl,idx,stat)',
                                            'CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)'))"""
    # ``+0 days`` makes SQLite count the days: 2026-02-30 is none. Any column may hold anything.
    bukan_tanggal = "{0} IS NOT date({0}, '+0 days')"
    bukan_bilangan = "typeof({0}) NOT IN ('integer', 'null')"
    rahasia_sama = (
        "json_type(j.isi, '$.{nama}') IS NOT NULL AND h.{nama} IS CASE json_type(j.isi, '$.{nama}') WHEN 'object'"
        " THEN (SELECT json_extract(p.isi, '$.{nama}[1]') FROM pribadi AS p"
        " WHERE p.nomor = h.nomor AND p.revisi = h.revisi) ELSE json_extract(j.isi, '$.{nama}') END"
    )

    berkas: Path
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The file's path."""
        return str(self.berkas)

    def jati_diri(self) -> tuple[int, int] | None:
        """The file's place on its disk, the same for every name it has."""
        try:
            keadaan = self.berkas.stat()
        except OSError:
            return None
        return keadaan.st_dev, keadaan.st_ino

    def _buka(self) -> sqlite3.Connection:
        """A connection of the driver's, which begins and ends nothing by itself."""
        return sqlite3.connect(tautan(self.berkas), uri=True, timeout=self.tunggu, isolation_level=None)

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
        with self.jelaskan(), closing(self._buka()) as koneksi:
            koneksi.execute("BEGIN")
            versi = self._versi(koneksi.execute)
            # SQLite notices a missing page, but not one whose end is missing; asked under the lock of a reading.
            utuh = koneksi.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            if self.berkas.stat().st_size < utuh.fetchone()[0]:
                raise BukuRusak(f"buku {self.berkas} terpotong", "Pakai cadangan dengan ikikec pulihkan.")
            return versi

    def buat(self) -> None:
        """Make an empty, private file."""
        try:
            buat_folder(self.berkas.parent)
            pegangan = os.open(self.berkas, os.O_CREAT | os.O_RDWR, 0o600)
            # Windows has no modes, and before Python 3.13 no such function.
            if os.name != "nt":
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

        Under its lock: another first writer may wait for that, or have been quicker. Windows removes no open file, so
        there an empty one stays, which is no ledger either.
        """
        with suppress(sqlite3.Error, OSError), closing(replace(self, tunggu=0)._buka()) as koneksi:
            koneksi.execute("BEGIN IMMEDIATE")
            if koneksi.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,) and hapus:
                self.berkas.resolve().unlink()

    def simpan_sebelum_mutakhir(self, dari: str, ke: str) -> None:
        """Keep a copy beside the file."""
        buku = self.berkas.resolve()
        tujuan = buku.with_name(f"{buku.stem}-sebelum-skema-{ke}-dari-{dari}{buku.suffix}")
        if not tujuan.exists():
            with sementara(tujuan) as salinan:
                replace(self, berkas=buku).salin(salinan)
                tempatkan(salinan, tujuan)

    def salin(self, tujuan: Path) -> None:
        """Copy the ledger as of one moment over ``tujuan``, an existing file, whatever others write meanwhile.

        Raises BukuSibuk, BukuTidakTerbaca, BerkasTakTertulis; what cannot be written while copying is the copy, never
        the ledger it is made from.
        """
        try:
            with (
                self.jelaskan(),
                closing(self._buka()) as asal,
                closing(replace(self, berkas=tujuan)._buka()) as salinan,
            ):
                asal.backup(salinan)
        except BerkasTakTertulis:
            raise BerkasTakTertulis(
                f"salinan di {tujuan.parent} tidak dapat ditulis: cakram penuh atau tidak diizinkan",
                "Buku itu sendiri tidak berubah. Kosongkan ruang cakram, lalu ulangi.",
            ) from None

    @contextmanager
    def terkunci(self) -> Iterator[None]:
        """Hold the lock while the file is replaced; one that is not there, or too damaged for it, has no other users.

        Raises BukuSibuk.
        """
        with ExitStack() as tumpukan:
            try:
                tumpukan.enter_context(closing(self._buka())).execute("BEGIN IMMEDIATE")
            except sqlite3.DatabaseError as galat:
                arti = self.arti_galat(galat)
                if isinstance(arti, BukuSibuk):
                    raise arti from None
            yield

    def gantikan(self, baru: Path, lepas: Callable[[], None]) -> None:
        """Put another ledger's file in the place of this one; ``lepas`` lets go of the lock that is held on it.

        Windows replaces no file that anybody has open, us included: there the content is replaced, in one
        transaction. Raises OSError, BukuSibuk.
        """
        if os.name == "nt":
            tercatat = _hitungan(self.berkas)
            lepas()
            with suppress(BukuTidakTerbaca):
                self._isi_dari(baru, tercatat)
                return
        tempatkan(baru, self.berkas)

    def _isi_dari(self, baru: Path, tercatat: bytes) -> None:
        """Replace the content, unless somebody wrote since the file's count of changes was ``tercatat``."""
        langkah = count()

        def pastikan_tetap(*_sisa: int) -> None:
            # After its first step the backup holds the file for itself alone, and nothing of it is written yet.
            if next(langkah) == 0 and _hitungan(self.berkas) != tercatat:
                raise BukuSibuk(f"buku {self.berkas} baru saja ditulis program lain", "Ulangi perintahnya.")

        with self.jelaskan(), closing(replace(self, berkas=baru)._buka()) as asal, closing(self._buka()) as tujuan:
            asal.backup(tujuan, pages=1, progress=pastikan_tetap)

    def engine(self, cara: Cara) -> sa.Engine:
        """One that opens the file anew for each transaction."""
        return _engine(self, cara)

    @contextmanager
    def _transaksi(self, cara: Cara) -> Iterator[sa.Connection]:
        """One transaction, committed where the block ends well.

        A ledger that was replaced (``pulihkan``) while we waited for its lock is opened anew: what is written must
        not vanish with the old file.
        """
        with self.jelaskan(menulis=cara != "baca"):
            while True:
                dibuka = self.jati_diri()
                with self.engine(cara).begin() as koneksi:
                    if self.jati_diri() == dibuka:
                        yield koneksi
                        return

    def arti_galat(self, galat: BaseException, *, menulis: bool = False) -> Galat:
        """Which of our errors a SQLite error is, by its code; a text that is none is damage."""
        berkas = self.berkas
        # The low byte is the primary code, whatever extended code SQLite reports on top of it.
        kode = getattr(galat, "sqlite_errorcode", 0) & 0xFF
        if kode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return BukuSibuk(
                f"buku {berkas} sedang dipakai program lain",
                "Tutup program yang membukanya (ikikec di jendela lain, impor yang berjalan, DB Browser),"
                " lalu ulangi.",
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
        if (
            kode == sqlite3.SQLITE_CORRUPT
            or isinstance(galat, UnicodeDecodeError)
            or str(galat).startswith(_TANDA_RUSAK)
        ):
            return BukuRusak(
                f"buku {berkas} rusak",
                "Jalankan ikikec periksa untuk melihat kerusakannya; pakai cadangan dengan ikikec pulihkan.",
            )
        return Galat(f"buku {berkas}: galat basis data yang tak terduga ({type(galat).__name__} {kode})")

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Straight from the driver."""
        kursor = koneksi.connection.cursor()
        kursor.execute(sql)
        while bagian := kursor.fetchmany(SEKALI_BACA):
            yield from bagian

    def kerusakan(self, koneksi: sa.Connection) -> Iterator[str]:
        """The complaints of SQLite's own check of the file."""
        return (pesan.splitlines()[0] for (pesan,) in self.baris(koneksi, "PRAGMA integrity_check") if pesan != "ok")

    def perintah_pemicu(self, koneksi: sa.Connection) -> Iterator[str]:
        """Each dropped first."""
        for nama, perintah in pemicu_sqlite().items():
            yield from (f"DROP TRIGGER IF EXISTS {nama}", perintah)

    def tolak_putus(self, koneksi: sa.Connection) -> None:
        """Raise Galat where a row refers to none; foreign keys are off while a migration runs."""
        if koneksi.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise Galat("pemutakhiran skema memutus hubungan antartabel; tidak ada yang diubah")

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Made by the database at half the price; a test holds that it is the same to the letter."""
        kolom = ", ".join(KOLOM)
        return self.baris(koneksi, f"SELECT seq, json_array({kolom}), sidik FROM jurnal{syarat} ORDER BY seq")

    def _terbuka_sama(self, register: Register, *, teliti: bool) -> str:
        """The page as canonical JSON, made by the database, against the line's text."""
        terbuka = sorted(set(register.nama_bidang) - set(register.rahasia))
        bagian = ", ".join(f"'{nama}', {_json(f'h.{nama}', register[nama], teliti=teliti)}" for nama in terbuka)
        tertutup = ", ".join(f"'$.{nama}'" for nama in (*register.rahasia, LUPA))
        return f"json_remove(j.isi, {tertutup}) IS json_object({bagian})"

    def tandai_sisa(self, koneksi: sa.Connection) -> None:
        """A number in the file's head that SQLite keeps for programs; it goes with the transaction."""
        koneksi.exec_driver_sql("PRAGMA user_version = 1")

    def ada_sisa(self, koneksi: sa.Connection) -> bool:
        """Whether that number is still there."""
        return bool(koneksi.exec_driver_sql("PRAGMA user_version").scalar())

    def bersihkan(self) -> str:
        """Write the file anew: deleted and moved rows leave their bytes in the pages, secure_delete or not."""
        with self.jelaskan(menulis=True), closing(self._buka()) as koneksi:
            koneksi.execute("PRAGMA synchronous = EXTRA")
            koneksi.execute("VACUUM")
            koneksi.execute("PRAGMA user_version = 0")
        return ""

    def mirip(self, kolom: sa.ColumnElement[str], pola: str) -> sa.ColumnElement[bool]:
        """A bare LIKE, which takes letters in either case by itself: lower() would double what a search costs."""
        return kolom.like(pola, escape="/")

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Insert rows by one statement that is prepared once."""
        kolom, tanda = ", ".join(tabel.c.keys()), ", ".join("?" * len(tabel.c))
        sambungan: sqlite3.Connection = koneksi.connection.driver_connection  # type: ignore[assignment]
        sambungan.executemany(f"INSERT INTO {tabel.name} ({kolom}) VALUES ({tanda})", baris)


def _hitungan(berkas: Path) -> bytes:
    """How often a database's file was changed, as its header counts it. Not while SQLite has it open on Unix."""
    with berkas.open("rb") as aliran:
        return aliran.read(28)[24:]


def _json(kolom: str, bidang: Bidang, *, teliti: bool) -> str:
    if bidang.jenis is Jenis.YA_TIDAK:
        return f"json(CASE {kolom} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    if not teliti:
        return kolom
    # json_object refuses a blob; a list in its place never is what the journal says.
    return f"CASE typeof({kolom}) WHEN 'blob' THEN json_array('blob') ELSE {kolom} END"


# An engine holds no connection and remembers what it compiled: at the desk every command but the first profits.
@lru_cache(maxsize=8)
def _engine(mesin: MesinSqlite, cara: Cara) -> sa.Engine:
    menulis = cara != "baca"

    def sambung() -> sqlite3.Connection:
        koneksi = mesin._buka()
        # With foreign keys on, a migration that rebuilds a table can delete the rows that refer to it.
        koneksi.execute(f"PRAGMA foreign_keys = {int(cara != 'mutakhirkan')}")
        koneksi.execute("PRAGMA recursive_triggers = ON")
        koneksi.execute(f"PRAGMA query_only = {int(not menulis)}")
        if menulis:
            # The folder too is on the disk before an entry is acknowledged: else the journal's removal may be lost in
            # a power cut, and the journal, found again, would take the entry back.
            koneksi.execute("PRAGMA synchronous = EXTRA")
        return koneksi

    engine = sa.create_engine(
        "sqlite://", creator=sambung, poolclass=NullPool, hide_parameters=True, execution_options={"mesin": mesin}
    )
    sa.event.listen(engine, "begin", _mulai_tulis if menulis else _mulai_baca)
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
