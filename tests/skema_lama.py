"""Ledgers as earlier versions of the program made them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from ikikec.buku.jurnal import KOLOM, SIDIK_AWAL, kanonik, larik, sidik
from ikikec.buku.mesin.pemicu import pemicu_sqlite
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
        _tanpa_komitmen(buku)
        for nama, perintah in pemicu_sqlite().items():
            if not nama.startswith(("target_", "pribadi_", "rtl_", "jurnal_pindah")):
                buku.execute(perintah)
        buku.commit()


def _tanpa_komitmen(buku: sqlite3.Connection) -> None:
    """The journal as it was when it held every text itself, chained anew."""
    simpanan = {
        (nomor, revisi): json.loads(isi)
        for nomor, revisi, isi in buku.execute("SELECT nomor, revisi, isi FROM asal.pribadi")
    }
    sebelum = SIDIK_AWAL
    for *baris, teks in buku.execute(f"SELECT {', '.join(KOLOM)} FROM main.jurnal ORDER BY seq").fetchall():
        isi = json.loads(teks)
        nomor, revisi = baris[5:7]
        ada = simpanan.get((nomor, revisi), {})
        isi |= {nama: ada[nama][1] for nama, nilai in isi.items() if isinstance(nilai, dict) and nama in ada}
        baru = kanonik(isi)
        sebelum = sidik(sebelum, larik((*baris, baru)))
        buku.execute("UPDATE main.jurnal SET isi = ?, sidik = ? WHERE seq = ?", (baru, sebelum, baris[0]))
