"""What the tests of one process do once and not anew in each: the program's commands, an empty ledger's migrations,
a year's official free days. Processes of their own (``kantor.proses``) do all of it each time, as users' do.
"""

import functools
import gc
import sys
from collections.abc import Mapping, Sequence

import psycopg
import sqlalchemy as sa
import typer.main
from alembic import command
from alembic.config import Config
from typer.testing import CliRunner

from ikikec.buku import libur
from ikikec.buku.mesin import mesin_di
from ikikec.buku.skema import pasang_tabel
from ikikec.cli.app import app

PROGRAM = typer.main.get_command(app)
PELARI = CliRunner()

# The schema where a template database of PostgreSQL keeps the tables that a first writer needs.
SIAP = "siap"
_PINDAHKAN = f"""
DO $$ DECLARE satu text; BEGIN
  FOR satu IN SELECT tablename FROM pg_tables WHERE schemaname = '{SIAP}' LOOP
    EXECUTE 'ALTER TABLE {SIAP}.' || satu || ' SET SCHEMA ' || quote_ident(current_schema());
  END LOOP;
  DROP SCHEMA {SIAP};
END $$
"""

_mutakhirkan = command.upgrade
# What makes an empty SQLite database a ledger, by migrations and version.
_rekaman: dict[tuple[str | None, str], list[str]] = {}


def hemat() -> None:
    """Put the short ways in place."""
    libur.libur_resmi = functools.cache(libur.libur_resmi)
    command.upgrade = _mutakhirkan_sekali
    # As the program itself does: most of what is looked through for garbage stays to the end.
    gc.set_threshold(50_000, *gc.get_threshold()[1:])


def siapkan(alamat: str) -> None:
    """Make an empty database on a server the template whose copies need no migrations."""
    with psycopg.connect(alamat, autocommit=True) as koneksi:
        koneksi.execute(f"CREATE SCHEMA {SIAP}".encode())
    with mesin_di(f"{alamat}?options=-csearch_path%3D{SIAP}", 5).mutakhirkan() as satu:
        pasang_tabel(satu)


def jalankan(args: Sequence[str], env: Mapping[str, str]) -> tuple[int, str, str]:
    """Run a command line in this process; returns exit code, stdout and stderr."""
    with PELARI.isolation(env=env) as (keluar, galat, _keduanya):
        kode = PROGRAM.main(args, "ikikec", standalone_mode=False)
        sys.stdout.flush()
        sys.stderr.flush()
        return kode, keluar.getvalue().decode(), galat.getvalue().decode()


def _mutakhirkan_sekali(pengaturan: Config, versi: str) -> None:
    """Alembic's upgrade; an empty database gets what the migrations made of the first one."""
    koneksi: sa.Connection = pengaturan.attributes["connection"]
    periksa = sa.inspect(koneksi)
    if periksa.get_table_names():
        _mutakhirkan(pengaturan, versi)
    elif koneksi.dialect.name == "postgresql":
        if versi == "head" and periksa.has_table("alembic_version", SIAP):
            koneksi.exec_driver_sql(_PINDAHKAN)
        else:
            _mutakhirkan(pengaturan, versi)
    else:
        _ulangi(koneksi, pengaturan, versi)


def _ulangi(koneksi: sa.Connection, pengaturan: Config, versi: str) -> None:
    kunci = (pengaturan.get_main_option("script_location"), versi)
    if kunci in _rekaman:
        for perintah in _rekaman[kunci]:
            koneksi.exec_driver_sql(perintah)
        return
    _mutakhirkan(pengaturan, versi)
    skema = koneksi.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").scalars()
    (jadi,) = koneksi.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()
    _rekaman[kunci] = [*skema, f"INSERT INTO alembic_version VALUES ('{jadi}')"]
