"""Where ``bench.skala`` measures: ledgers as files, the same in databases of a server, and a long line to it."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import data
from bench.ukur import ikikec, lingkungan, python
from ikikec.buku.skema import VERSI
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

    def di_peladen(self, entri: int, sebutan: str = "") -> tuple[str, float]:
        """The same ledger moved into a database of its own; returns its address, and how long moving took."""
        url = self.basis(f"{sebutan}{entri}", "template0")
        berkas = self.berkas(entri, "pindah")
        detik = ikikec("--hening", "pindahkan", berkas, url, "--ya")()
        Path(berkas).unlink()
        with psycopg.connect(url, autocommit=True) as koneksi:
            # What the server would do by itself some time later.
            koneksi.execute("VACUUM ANALYZE")
            koneksi.execute("CHECKPOINT")
        return url, detik

    def kantor(self, sebutan: str, banyak: int) -> list[str]:
        """The ledgers of so many offices, a database each; returns their addresses."""
        self.di_peladen(10_000, sebutan)
        return [self.basis(f"{sebutan}-{urut}", f"{sebutan}10000") for urut in range(banyak)]


@contextmanager
def kabel(porta: int, milidetik: int) -> Iterator[int]:
    """A long line to the server; tells the port at its near end."""
    kata = (*python("-m", "bench.kabel", str(porta), str(milidetik)).kata,)
    with subprocess.Popen(kata, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=lingkungan()) as proses:
        assert proses.stdout
        yield int(proses.stdout.readline())
