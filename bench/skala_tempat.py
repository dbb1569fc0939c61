"""Where ``bench.skala`` measures: ledgers as files, the same in databases of a server, and a long line to it."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import data
from bench.ukur import lingkungan, python
from ikikec.buku.mesin.pilih import mesin_di
from ikikec.buku.skema import VERSI, siapkan_tulis
from tests.peladen import Peladen

UKURAN = {10_000: "tumbuh-10000", 100_000: "tumbuh-100000", 1_000_000: "tumbuh-1000000", 3_000_000: "besar-3000000"}


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where is measured: a folder and a server, both new, and the largest ledger wanted."""

    folder: Path
    peladen: Peladen
    maks: int

    def berkas(self, entri: int, sebutan: str = "buku") -> str:
        """A copy of a ledger of that size, as a file to write in."""
        return str(data.salin(data.buku(UKURAN[entri], VERSI), self.folder / f"{sebutan}{entri}.db"))

    def basis(self, nama: str, templat: str) -> str:
        """A new database made from another; returns its address."""
        with psycopg.connect(self.peladen.url("postgres"), autocommit=True) as koneksi:
            koneksi.execute(f'CREATE DATABASE "{nama}" TEMPLATE "{templat}" STRATEGY file_copy'.encode())
        return self.peladen.url(nama)

    def di_peladen(self, entri: int, sebutan: str = "") -> str:
        """The same ledger in a database of its own; returns its address."""
        url = self.basis(f"{sebutan}{entri}", "template0")
        _ke_peladen(data.buku(UKURAN[entri], VERSI), url)
        return url

    def kantor(self, sebutan: str, banyak: int) -> list[str]:
        """The ledgers of so many offices, a database each; returns their addresses."""
        self.di_peladen(10_000, sebutan)
        return [self.basis(f"{sebutan}-{urut}", f"{sebutan}10000") for urut in range(banyak)]


def _ke_peladen(berkas: Path, url: str) -> None:
    """Copy every table of a ledger file into an empty database, journal and all."""
    siapkan_tulis(mesin_di(url, 60), boleh_migrasi=True)
    with closing(sqlite3.connect(berkas)) as asal, psycopg.connect(url) as tujuan:
        # Neither triggers nor foreign keys, row by row: the rows are a ledger's already.
        tujuan.execute("SET session_replication_role = replica")
        tabel = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        for (nama,) in asal.execute(tabel).fetchall():
            baris = asal.execute(f"SELECT * FROM {nama}")
            kolom = ", ".join(satu[0] for satu in baris.description)
            with tujuan.cursor().copy(f"COPY {nama} ({kolom}) FROM STDIN".encode()) as masuk:
                for satu in baris:
                    masuk.write_row(satu)
    with psycopg.connect(url, autocommit=True) as tujuan:
        tujuan.execute("VACUUM ANALYZE")
        tujuan.execute("CHECKPOINT")


@contextmanager
def kabel(porta: int, milidetik: int) -> Iterator[int]:
    """A long line to the server; tells the port at its near end."""
    kata = (*python("-m", "bench.kabel", str(porta), str(milidetik)).kata,)
    with subprocess.Popen(kata, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=lingkungan()) as proses:
        assert proses.stdout
        yield int(proses.stdout.readline())
