"""A quick look into a ledger without SQLAlchemy, for completion.

A suggestion is a courtesy: a ledger that is missing, busy, damaged or slow to answer yields nothing, or less.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from ikikec.buku.mesin.alamat import Alamat
from ikikec.buku.mesin.tautan import tautan

_Jalankan = Callable[[str, Sequence[Any]], Iterable[Any]]

# Seconds to wait for a lock, and how often SQLite may do a hundred thousand steps more before it is stopped.
TUNGGU = 0.2
LANGKAH, PUTARAN = 100_000, 20
# Seconds for the server to be reached, and milliseconds for it to answer.
SAMBUNG, JAWAB = 2, 1000


def intip(alamat: Alamat, kueri: str, nilai: Sequence[Any]) -> Iterator[Any]:
    """The rows of one SELECT, its values marked by ``?``, as they are found; whatever goes wrong ends them."""
    with suppress(Exception), _berkas(alamat) if isinstance(alamat, Path) else _peladen(alamat) as jalankan:
        yield from jalankan(kueri, nilai)


@contextmanager
def _berkas(berkas: Path) -> Iterator[_Jalankan]:
    import sqlite3

    with closing(sqlite3.connect(tautan(berkas), uri=True, timeout=TUNGGU)) as koneksi:
        koneksi.execute("PRAGMA query_only = ON")
        hitung = count()
        koneksi.set_progress_handler(lambda: next(hitung) >= PUTARAN, LANGKAH)
        yield koneksi.execute


@contextmanager
def _peladen(url: str) -> Iterator[_Jalankan]:
    import psycopg

    with psycopg.connect(url, connect_timeout=SAMBUNG) as koneksi:
        koneksi.read_only = True
        koneksi.execute(f"SET statement_timeout = {JAWAB}")
        yield lambda kueri, nilai: koneksi.execute(kueri.replace("?", "%s").encode(), nilai)
