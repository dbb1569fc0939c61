"""How PostgreSQL is spoken to where portable SQL does not reach."""

import io
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import uuid4

import psycopg
import sqlalchemy as sa

from ikikec.buku.jurnal import Baris, larik
from ikikec.buku.mesin.dasar import SEKALI_BACA, BagianSkema, BarisPolos, Migrasi
from ikikec.buku.mesin.pemicu_postgres import perintah_pemicu
from ikikec.buku.mesin.skema_postgres import BAGIAN_SKEMA, skema_postgres
from ikikec.buku.register import Register


class DialekPostgres:
    """How PostgreSQL is spoken to."""

    tanda = "%s"
    beda = "IS DISTINCT FROM"

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Through a cursor of the server's, since the driver would fetch all rows at once."""
        with _sambungan(koneksi).cursor(f"baris_{uuid4().hex}") as kursor:
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

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Made here: the server's JSON has blanks in it."""
        kolom = ", ".join((*Baris._fields, "sidik"))
        for *isi, sidik in self.baris(koneksi, f"SELECT {kolom} FROM jurnal{syarat} ORDER BY seq"):
            yield isi[0], larik(isi), sidik

    def halaman_sama(self, halaman: str, register: Register, *, teliti: bool) -> str:
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

    def alir(self, koneksi: sa.Connection, tabel: sa.Table) -> Iterator[BarisPolos]:
        """Every row by a cursor on the server."""
        kolom, kunci = ", ".join(map(_polos, tabel.c)), ", ".join(tabel.primary_key.c.keys())
        return self.baris(koneksi, f"SELECT {kolom} FROM {tabel.name} ORDER BY {kunci}")

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Copy rows in, then count them, so that the planner knows the table from the first question on."""
        with _sambungan(koneksi).cursor() as kursor:
            with kursor.copy(f"COPY {tabel.name} ({', '.join(tabel.c.keys())}) FROM STDIN".encode()) as salinan:
                for satu in baris:
                    salinan.write_row(satu)
            kursor.execute(f"ANALYZE {tabel.name}".encode())


def _polos(kolom: "sa.Column[Any]") -> str:
    if isinstance(kolom.type, sa.Date):
        return f"to_char({kolom.name}, 'YYYY-MM-DD')"
    return f"{kolom.name}::integer" if isinstance(kolom.type, sa.Boolean) else kolom.name


def _sambungan(koneksi: sa.Connection) -> "psycopg.Connection":
    sambungan: psycopg.Connection = koneksi.connection.driver_connection  # type: ignore[assignment]
    return sambungan


def _skema(koneksi: sa.Connection) -> str:
    """The schema the ledger is in, quoted where it must be."""
    return str(koneksi.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())
