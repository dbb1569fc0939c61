"""A ledger in a database on a PostgreSQL server: one ledger per schema, one writer at a time.

A writer's first statement takes an advisory lock, under READ COMMITTED: each later statement then sees all that
earlier writers committed, so numbers have no gaps and no repeats. A stricter level would keep the view from before
the lock was there and fail. A reader sees one moment (REPEATABLE READ, READ ONLY) and waits for nobody.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from ikikec.buku.mesin.alamat import sebut_alamat
from ikikec.buku.mesin.dasar import (
    bukan_buku,
    tabel_buku,
)
from ikikec.galat import SalahPakai

try:
    import psycopg
    from psycopg import conninfo

    from ikikec.buku.mesin.galat_postgres import jelaskan
except ImportError:
    raise SalahPakai(
        "buku di peladen memerlukan psycopg, yang belum terpasang", 'Pasang dengan: pip install "ikikec[postgres]"'
    ) from None

# Any two numbers that no other program is likely to use; the second is the schema's.
KUNCI = 0x494B494B

# A writer or its line that dies must not hold the lock for hours.
_SETELAN = {
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_SAMBUNGAN = {
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "client_encoding": "utf8",
}


@dataclass(frozen=True, slots=True)
class MesinPostgres:
    """A ledger at a URL; ``tunggu`` is how many seconds server and lock are waited for."""

    url: str
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The URL without its password."""
        return sebut_alamat(self.url)

    def jati_diri(self) -> tuple[str, ...]:
        """The server's own number, the database and the schema, the same by whatever name the server is reached."""
        with jelaskan(self.sebutan, menulis=False), self.sambung(menulis=False) as koneksi:
            ini = "SELECT system_identifier::text, current_database(), current_schema() FROM pg_control_system()"
            return koneksi.execute(ini).fetchone() or ()

    def versi(self) -> str | None:
        """The schema version, None where the schema holds no table yet."""
        with jelaskan(self.sebutan, menulis=False), self.sambung(menulis=False) as koneksi:
            tabel = {
                nama
                for (nama,) in koneksi.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            }
            if not tabel:
                return None
            if not tabel_buku(tabel):
                raise bukan_buku(self.sebutan)
            (versi,) = koneksi.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
            return str(versi)

    def buat(self) -> None:
        """Nothing: whoever keeps the server made the database."""

    def tempati(self) -> AbstractContextManager[None]:
        """Nothing either: what fails is rolled back."""
        return nullcontext()

    def simpan_sebelum_mutakhir(self, dari: str, ke: str) -> None:
        """Nothing: a server's copies are made by pg_dump, and a migration that fails changes nothing."""

    @contextmanager
    def baca(self) -> Iterator[sa.Connection]:
        """One read transaction, all from one moment."""
        with jelaskan(self.sebutan, menulis=False), _engine(self, menulis=False).begin() as koneksi:
            yield koneksi

    @contextmanager
    def tulis(self) -> Iterator[sa.Connection]:
        """One write transaction; the lock is its first statement."""
        with jelaskan(self.sebutan, menulis=True), _engine(self, menulis=True).begin() as koneksi:
            yield koneksi

    mutakhirkan = tulis

    @contextmanager
    def tengok(self) -> Iterator[sa.Connection]:
        """Reading without an end to commit."""
        with jelaskan(self.sebutan, menulis=False), _engine(self, menulis=False).connect() as koneksi:
            koneksi.begin()
            yield koneksi

    def jelaskan(self) -> AbstractContextManager[None]:
        """The database's errors become ours."""
        return jelaskan(self.sebutan, menulis=False)

    def sambung(self, *, menulis: bool) -> "psycopg.Connection":
        """A connection of its own, its level set for one transaction."""
        try:
            isi: dict[str, Any] = conninfo.conninfo_to_dict(self.url)
        except psycopg.ProgrammingError:
            raise SalahPakai(
                f"alamat {self.sebutan} tidak dapat dibaca", "Bentuknya: postgresql://peran@peladen/basis-data"
            ) from None
        # 0 would mean to wait for ever.
        setelan = _SETELAN | {"lock_timeout": f"{max(self.tunggu * 1000, 1)}ms"}
        isi |= {
            "options": " ".join([isi.get("options", ""), *(f"-c {nama}={nilai}" for nama, nilai in setelan.items())]),
            "connect_timeout": isi.get("connect_timeout", str(max(self.tunggu, 2))),
            "application_name": isi.get("application_name", "ikikec"),
        }
        koneksi = psycopg.connect(conninfo.make_conninfo("", **(_SAMBUNGAN | isi)))
        koneksi.isolation_level = (
            psycopg.IsolationLevel.READ_COMMITTED if menulis else psycopg.IsolationLevel.REPEATABLE_READ
        )
        koneksi.read_only = not menulis
        return koneksi


@lru_cache(maxsize=8)
def _engine(mesin: MesinPostgres, *, menulis: bool) -> sa.Engine:
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=lambda: mesin.sambung(menulis=menulis),
        poolclass=NullPool,
        hide_parameters=True,
        use_native_hstore=False,
    )
    if menulis:
        sa.event.listen(engine, "begin", _kunci)
    return engine


def _kunci(koneksi: sa.Connection) -> None:
    koneksi.exec_driver_sql(f"SELECT pg_advisory_xact_lock({KUNCI}, hashtext(current_schema()))")
