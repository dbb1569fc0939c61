"""How SQLite is spoken to where portable SQL does not reach."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.jurnal import Baris
from ikikec.buku.mesin.dasar import SEKALI_BACA, BagianSkema, BarisPolos, Migrasi, terputus_migrasi
from ikikec.buku.mesin.pemicu_sqlite import pemicu_sqlite
from ikikec.buku.register import Register


class DialekSqlite:
    """How SQLite is spoken to."""

    tanda = "?"
    beda = "IS NOT"

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Straight from the driver."""
        kursor = koneksi.connection.cursor()
        kursor.execute(sql)
        while bagian := kursor.fetchmany(SEKALI_BACA):
            yield from bagian

    def kerusakan(self, koneksi: sa.Connection) -> Iterator[str]:
        """The complaints of SQLite's own check of the file."""
        return (pesan.splitlines()[0] for (pesan,) in self.baris(koneksi, "PRAGMA integrity_check") if pesan != "ok")

    def bagian_skema(self, koneksi: sa.Connection) -> BagianSkema:
        """Tables, indexes and triggers as the statements that made them."""
        semua = self.baris(koneksi, "SELECT type, name, sql FROM sqlite_master")
        return {(jenis, nama): sql for jenis, nama, sql in semua if not nama.startswith("sqlite_")}

    def skema_seharusnya(self, _koneksi: sa.Connection, migrasi: Migrasi) -> BagianSkema:
        """Those of a ledger made in memory."""
        engine = sa.create_engine("sqlite://")
        with engine.begin() as contoh:
            migrasi.pasang(contoh)
            bagian = self.bagian_skema(contoh)
        engine.dispose()
        return bagian

    def bukan_tanggal(self, nama: str) -> str:
        """``+0 days`` makes SQLite count the days: 2026-02-30 is none."""
        return f"{nama} IS NOT date({nama}, '+0 days')"

    def bukan_bilangan(self, nama: str) -> str:
        """Any column may hold anything."""
        return f"typeof({nama}) NOT IN ('integer', 'null')"

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Made by the database at half the price; a test holds that it is the same to the letter."""
        kolom = ", ".join(Baris._fields)
        return self.baris(koneksi, f"SELECT seq, json_array({kolom}), sidik FROM jurnal{syarat} ORDER BY seq")

    def halaman_sama(self, halaman: str, register: Register, *, teliti: bool) -> str:
        """The page as canonical JSON, made by the database, against the line's text."""
        semua = [(f"'{nama}'", f"{halaman}.{nama}", register[nama]) for nama in sorted(register.nama_bidang)]
        bagian = ", ".join(f"{nama}, {_json(kolom, bidang, teliti=teliti)}" for nama, kolom, bidang in semua)
        return f"j.isi IS json_object({bagian})"

    def memuat(self, kolom: sa.ColumnElement[str], teks: str) -> sa.ColumnElement[bool]:
        """A bare LIKE, which takes letters in either case by itself: lower() would double what a search costs."""
        return kolom.contains(teks, autoescape=True)

    def pasang_pemicu(self, koneksi: sa.Connection) -> None:
        """Make every trigger anew."""
        for nama, perintah in pemicu_sqlite().items():
            koneksi.exec_driver_sql(f"DROP TRIGGER IF EXISTS {nama}")
            koneksi.exec_driver_sql(perintah)

    def tolak_putus(self, koneksi: sa.Connection) -> None:
        """Raise Galat where a row refers to none; foreign keys are off while a migration runs."""
        if koneksi.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise terputus_migrasi()

    def alir(self, koneksi: sa.Connection, tabel: sa.Table) -> Iterator[BarisPolos]:
        """Every row, read as the cursor moves on."""
        kolom, kunci = ", ".join(tabel.c.keys()), ", ".join(tabel.primary_key.c.keys())
        return self.baris(koneksi, f"SELECT {kolom} FROM {tabel.name} ORDER BY {kunci}")

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Insert rows by one statement that is prepared once."""
        kolom, tanda = ", ".join(tabel.c.keys()), ", ".join("?" * len(tabel.c))
        sambungan: sqlite3.Connection = koneksi.connection.driver_connection  # type: ignore[assignment]
        sambungan.executemany(f"INSERT INTO {tabel.name} ({kolom}) VALUES ({tanda})", baris)


def _json(kolom: str, bidang: Bidang, *, teliti: bool) -> str:
    if bidang.jenis is Jenis.YA_TIDAK:
        return f"json(CASE {kolom} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    if not teliti:
        return kolom
    # json_object refuses a blob; a list in its place never is what the journal says.
    return f"CASE typeof({kolom}) WHEN 'blob' THEN json_array('blob') ELSE {kolom} END"
