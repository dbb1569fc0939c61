"""A ledger in a database on a PostgreSQL server: how it is opened and spoken to.

One ledger per schema, one writer at a time. A writer's first statement takes the lock, under READ COMMITTED:
each later statement then sees all that earlier writers committed, so numbers have no gaps and no repeats. A stricter
level would keep the view from before the lock was there and fail. A reader sees one moment (REPEATABLE READ, READ
ONLY) and waits for nobody. A server's copies are made by pg_dump, and a migration that fails changes nothing.
"""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.pool import NullPool

from ikikec.buku.jurnal import Baris, larik
from ikikec.buku.mesin.alamat import sebut_alamat
from ikikec.buku.mesin.dasar import SEKALI_BACA, BagianSkema, BarisPolos, Mesin
from ikikec.buku.mesin.sambungan import MULAI_MUTAKHIR, MULAI_TULIS, arti_galat, psycopg, sambung
from ikikec.buku.mesin.skema_peladen import BAGIAN, BEDA, HAK_LEBIH, PERAN, perintah_pemicu
from ikikec.buku.register import LUPA, Register
from ikikec.galat import Galat, SalahPakai


@dataclass(frozen=True, slots=True)
class MesinPostgres(Mesin):
    """A ledger at a URL; ``tunggu`` is how many seconds server and lock are waited for."""

    nama = "postgresql"
    tanda = "%s"
    beda = BEDA
    galat_pengemudi = (psycopg.Error,)
    sisipan = staticmethod(insert)
    cari_tabel = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    cari_skema = BAGIAN

    url: str
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The URL without its password."""
        return sebut_alamat(self.url)

    def jati_diri(self) -> tuple[str, ...]:
        """The server's own number, the database and the schema, the same by whatever name the server is reached."""
        with self.jelaskan(), self.sambung(menulis=False) as koneksi:
            ini = "SELECT system_identifier::text, current_database(), current_schema() FROM pg_control_system()"
            return koneksi.execute(ini).fetchone() or ()

    def versi(self) -> str | None:
        """The schema version, None where the schema holds no table yet."""
        with self.jelaskan(), self.sambung(menulis=False) as koneksi:
            return self._versi(lambda sql: koneksi.execute(sql.encode()))

    def engine(self, *, menulis: bool) -> sa.Engine:
        """One that connects anew for each transaction."""
        return _engine(self, MULAI_TULIS if menulis else "")

    def mutakhirkan(self) -> AbstractContextManager[sa.Connection]:
        """With the lock of a ledger that may not be there yet."""
        return self._transaksi(_engine(self, MULAI_MUTAKHIR), menulis=True)

    def sambung(self, *, menulis: bool) -> psycopg.Connection:
        """A connection of its own, its level set for one transaction."""
        try:
            return sambung(self.url, self.tunggu, menulis=menulis)
        except psycopg.ProgrammingError:
            raise SalahPakai(
                f"alamat {self.sebutan} tidak dapat dibaca", "Bentuknya: postgresql://peran@peladen/basis-data"
            ) from None

    def arti_galat(self, galat: BaseException, *, menulis: bool) -> Galat:
        """Which of our errors an error of the server is."""
        return arti_galat(galat, self.sebutan, menulis=menulis)

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Through a cursor of the server's, since the driver would fetch all rows at once."""
        with _sambungan(koneksi).cursor(f"baris_{uuid4().hex}") as kursor:
            kursor.itersize = SEKALI_BACA
            yield from kursor.execute(sql.encode())

    def skema_di_sini(self, koneksi: sa.Connection, umum: BagianSkema) -> BagianSkema:
        """Functions name the ledger's schema."""
        skema = _skema(koneksi)
        return {nama: isi and isi.replace("{skema}", skema) for nama, isi in umum.items()}

    def hak_lebih(self, koneksi: sa.Connection) -> Iterator[tuple[str, str]]:
        """Rights, and owners other than the journal's."""
        return self.baris(koneksi, HAK_LEBIH)

    def pemeriksa(self, koneksi: sa.Connection) -> tuple[str, str]:
        """The session's role, and the tables that it may not read."""
        peran, tertutup = next(self.baris(koneksi, PERAN))
        return peran, tertutup or ""

    def perintah_pemicu(self, koneksi: sa.Connection) -> Iterator[str]:
        """Functions and triggers, harmless where they are there already."""
        return perintah_pemicu(_skema(koneksi))

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Made here: the server's JSON has blanks in it."""
        kolom = ", ".join((*Baris._fields, "sidik"))
        for *isi, sidik in self.baris(koneksi, f"SELECT {kolom} FROM jurnal{syarat} ORDER BY seq"):
            yield isi[0], larik(isi), sidik

    def halaman_sama(self, halaman: str, register: Register, *, teliti: bool) -> str:
        """Both as JSON values, and what the line commits to."""
        tertutup = ", ".join(f"'{nama}'" for nama in (*register.rahasia, LUPA, "revisi"))
        sama = [f"j.isi::jsonb - ARRAY[{tertutup}] IS NOT DISTINCT FROM to_jsonb({halaman}) - ARRAY[{tertutup}]"]
        for nama in register.rahasia:
            simpanan = (
                f"SELECT p.isi::jsonb -> '{nama}' ->> 1 FROM pribadi AS p"
                f" WHERE p.nomor = {halaman}.nomor AND p.revisi = {halaman}.revisi"
            )
            sama.append(
                f"j.isi::jsonb -> '{nama}' IS NOT NULL"
                f" AND {halaman}.{nama} IS NOT DISTINCT FROM CASE jsonb_typeof(j.isi::jsonb -> '{nama}')"
                f" WHEN 'object' THEN ({simpanan}) ELSE j.isi::jsonb ->> '{nama}' END"
            )
        return " AND ".join(sama)

    def bersihkan(self) -> str:
        """A server keeps rows that are gone until they are vacuumed, which only the tables' owner may do."""
        return "VACUUM (FULL) pribadi, pengaduan, informasi, rekomendasi, surat_kabar, survei, tindak_lanjut;"

    def mirip(self, kolom: sa.ColumnElement[str], pola: str) -> sa.ColumnElement[bool]:
        """ILIKE."""
        return kolom.ilike(pola, escape="/")

    def polos(self, kolom: "sa.Column[Any]") -> str:
        """Dates as ISO text, yes and no as numbers."""
        if isinstance(kolom.type, sa.Date):
            return f"to_char({kolom.name}, 'YYYY-MM-DD')"
        return f"{kolom.name}::integer" if isinstance(kolom.type, sa.Boolean) else kolom.name

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Copy rows in, then count them, so that the planner knows the table from the first question on."""
        with _sambungan(koneksi).cursor() as kursor:
            with kursor.copy(f"COPY {tabel.name} ({', '.join(tabel.c.keys())}) FROM STDIN".encode()) as salinan:
                for satu in baris:
                    salinan.write_row(satu)
            kursor.execute(f"ANALYZE {tabel.name}".encode())


def _sambungan(koneksi: sa.Connection) -> psycopg.Connection:
    sambungan: psycopg.Connection = koneksi.connection.driver_connection  # type: ignore[assignment]
    return sambungan


def _skema(koneksi: sa.Connection) -> str:
    """The schema the ledger is in, quoted where it must be."""
    return str(koneksi.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())


@lru_cache(maxsize=8)
def _engine(mesin: MesinPostgres, mulai: str) -> sa.Engine:
    """Connections whose transactions begin with the statement ``mulai``; those without one only read."""
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=lambda: mesin.sambung(menulis=bool(mulai)),
        poolclass=NullPool,
        hide_parameters=True,
        use_native_hstore=False,
        execution_options={"mesin": mesin},
    )
    if mulai:
        sa.event.listen(engine, "begin", lambda koneksi: koneksi.exec_driver_sql(mulai))
    return engine
