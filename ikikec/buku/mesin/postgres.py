"""A ledger in a database on a PostgreSQL server: one ledger per schema, one writer at a time.

A writer's first statement takes an advisory lock, under READ COMMITTED: each later statement then sees all that
earlier writers committed, so numbers have no gaps and no repeats. A stricter level would keep the view from before
the lock was there and fail. A reader sees one moment (REPEATABLE READ, READ ONLY) and waits for nobody.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from ikikec.buku.mesin.alamat import sebut_alamat
from ikikec.buku.mesin.dasar import SEKALI_BACA, BagianSkema, Migrasi, bukan_buku, tabel_buku
from ikikec.buku.mesin.pemicu_postgres import perintah_pemicu
from ikikec.buku.mesin.skema_postgres import BAGIAN_SKEMA, skema_postgres
from ikikec.buku.register import Register
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


class DialekPostgres:
    """How PostgreSQL is spoken to."""

    tanda = "%s"
    beda = "IS DISTINCT FROM"

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Through a cursor of the server's, since the driver would fetch all rows at once."""
        asli = koneksi.connection.driver_connection
        assert isinstance(asli, psycopg.Connection)
        with asli.cursor(f"baris_{uuid4().hex}") as kursor:
            kursor.itersize = SEKALI_BACA
            yield from kursor.execute(sql.encode())

    def kerusakan(self, koneksi: sa.Connection) -> Iterator[str]:
        """Nothing: the server looks after its own files."""
        return iter(())

    def bagian_skema(self, koneksi: sa.Connection) -> BagianSkema:
        """Tables with their columns, constraints and indexes by name, triggers and their functions as they are."""
        return {(jenis, nama): isi for jenis, nama, isi in self.baris(koneksi, BAGIAN_SKEMA)}

    def skema_seharusnya(self, koneksi: sa.Connection, migrasi: Migrasi) -> BagianSkema:
        """Those that the migrations' statements would make."""
        pernyataan = io.StringIO()
        migrasi.tulis("postgresql", pernyataan)
        return skema_postgres(pernyataan.getvalue(), _skema(koneksi))

    def bukan_tanggal(self, nama: str) -> str:
        """A date's column holds nothing else."""
        return "false"

    bukan_bilangan = bukan_tanggal

    def halaman_sama(self, halaman: str, register: Register) -> str:
        """Both as JSON values."""
        return f"j.isi::jsonb IS NOT DISTINCT FROM to_jsonb({halaman}) - 'revisi'"

    def memuat(self, kolom: sa.ColumnElement[str], teks: str) -> sa.ColumnElement[bool]:
        """ILIKE."""
        return kolom.icontains(teks, autoescape=True)

    def pasang_pemicu(self, koneksi: sa.Connection) -> None:
        """Make every trigger and its function anew."""
        for perintah in perintah_pemicu(_skema(koneksi)):
            koneksi.exec_driver_sql(perintah)

    def tolak_putus(self, koneksi: sa.Connection) -> None:
        """Nothing: the server itself refuses a row that refers to none, during a migration too."""


def _skema(koneksi: sa.Connection) -> str:
    """The schema the ledger is in, quoted where it must be."""
    return str(koneksi.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())


@dataclass(frozen=True, slots=True)
class MesinPostgres:
    """A ledger at a URL; ``tunggu`` is how many seconds server and lock are waited for."""

    url: str
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The URL without its password."""
        return sebut_alamat(self.url)

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
