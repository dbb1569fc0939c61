"""Ledgers as earlier versions of the program made them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ikikec.buku.mesin.sqlite import pemicu_sqlite
from ikikec.letak import bawaan


def buku_pertama(asal: Path, tujuan: Path) -> None:
    """A ledger as the first version of the program made it, with the content of ``asal``."""
    engine = sa.create_engine(f"sqlite:///{tujuan}")
    with engine.begin() as koneksi:
        pengaturan = Config()
        pengaturan.set_main_option("script_location", str(bawaan("migrations")))
        pengaturan.attributes["connection"] = koneksi
        command.upgrade(pengaturan, "0001")
    engine.dispose()
    with closing(sqlite3.connect(tujuan)) as buku:
        tabel = [nama for (nama,) in buku.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        buku.execute("ATTACH ? AS asal", (str(asal),))
        for nama in tabel:
            if nama != "alembic_version":
                kolom = ", ".join(satu[1] for satu in buku.execute(f"PRAGMA main.table_info({nama})"))
                buku.execute(f"INSERT INTO main.{nama} ({kolom}) SELECT {kolom} FROM asal.{nama}")
        for nama, perintah in pemicu_sqlite().items():
            if not nama.startswith(("target_", "rtl_", "jurnal_pindah")):
                buku.execute(perintah)
        buku.commit()
