"""The schema: what migrations make is what the models expect, triggers included."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from ikikec.buku.mesin import mesin_di
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.buku.mesin.pemicu import pemicu_sqlite
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.model import HALAMAN, ISIAN
from ikikec.buku.register import SEMUA
from ikikec.buku.skema import VERSI, berkas_skema, pasang_jaga, pasang_tabel
from ikikec.istilah import UNSUR, UNSUR_URUTAN_FORMULIR
from ikikec.letak import bawaan
from tests.conftest import Kantor

DUA_MESIN = True


@pytest.fixture
def koneksi(tmp_path: Path) -> Iterator[sa.Connection]:
    mesin = MesinSqlite(tmp_path / "buku.db", 1)
    mesin.buat()
    with mesin.mutakhirkan() as satu:
        pasang_tabel(satu)
        pasang_jaga(satu)
        yield satu


def test_the_golden_schema_is_what_the_migrations_make(kantor: Kantor, request: pytest.FixtureRequest) -> None:
    """``periksa`` holds every ledger against it; written anew, on the engine it is of, with ``--tulis-emas``."""
    kantor("catat", "survei", "--kepuasan", "4")
    mesin = mesin_di(baca_alamat(kantor.alamat), 1)
    with mesin.tengok() as koneksi:
        ada = mesin.bagian_skema(koneksi)
        if request.config.getoption("--tulis-emas"):
            # What a function of PostgreSQL's names is in its ledger's schema, whichever that is.
            umum = {bagian: isi and isi.replace("public.", "{skema}.") for bagian, isi in sorted(ada.items())}
            berkas_skema(mesin).write_text(json.dumps(umum, indent=1) + "\n", encoding="utf-8")
        assert mesin.skema_di_sini(koneksi, json.loads(berkas_skema(mesin).read_text(encoding="utf-8"))) == ada


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
def test_models_and_migrations_agree(koneksi: sa.Connection) -> None:
    def milik_kita(objek: object, nama: str | None, jenis: str, *_lain: object) -> bool:
        # Indexes and CHECKs are the migrations' business; the models only describe columns.
        return jenis in ("table", "column") or (jenis == "foreign_key_constraint")

    konteks = MigrationContext.configure(koneksi, opts={"compare_type": True, "include_object": milik_kita})
    assert compare_metadata(konteks, SQLModel.metadata) == []


def test_the_version_constant_is_the_newest_migration() -> None:
    assert ScriptDirectory(str(bawaan("migrations"))).get_current_head() == VERSI


def test_every_trigger_is_there_after_every_migration(koneksi: sa.Connection) -> None:
    ada = set(koneksi.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    assert ada == set(pemicu_sqlite())
    # Journal, registers, free days, closings, targets, what the journal commits to, plan.
    assert len(ada) == 4 + 3 * len(HALAMAN) + 3 + 3 + 3 + 3 + 3


def test_no_register_has_a_second_unique_key(koneksi: sa.Connection) -> None:
    for tabel in HALAMAN.values():
        unik = [baris for baris in koneksi.execute(sa.text(f"PRAGMA index_list({tabel.name})")) if baris[2]]
        assert len(unik) == 1


def test_every_constraint_has_a_name(koneksi: sa.Connection) -> None:
    for (sql,) in koneksi.execute(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table'")):
        if "alembic_version" not in sql:
            assert sql.count("CHECK") == sql.count("CONSTRAINT ck_")
            assert sql.count("PRIMARY KEY") == sql.count("CONSTRAINT pk_")
            assert sql.count("FOREIGN KEY") == sql.count("CONSTRAINT fk_")


def test_installing_twice_changes_nothing(koneksi: sa.Connection) -> None:
    sebelum = set(koneksi.execute(sa.text("SELECT type, name, sql FROM sqlite_master")))
    pasang_tabel(koneksi)
    pasang_jaga(koneksi)
    assert set(koneksi.execute(sa.text("SELECT type, name, sql FROM sqlite_master"))) == sebelum


@pytest.mark.sqlite
@pytest.mark.parametrize("slug", SEMUA)
def test_fields_are_the_same_in_register_model_and_table(slug: str, contoh: Kantor) -> None:
    nama = SEMUA[slug].nama_bidang
    assert tuple(ISIAN[slug].model_fields) == nama
    assert set(HALAMAN[slug].c.keys()) == {*nama, "revisi"}
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        kolom = [baris[1] for baris in buku.execute(f"PRAGMA table_info({SEMUA[slug].tabel})")]
    assert sorted(kolom) == sorted([*nama, "revisi"])  # a field that joined later stands at the table's end


def test_the_survey_s_orders_hold_the_same_nine() -> None:
    assert len(UNSUR) == 9
    assert set(UNSUR) == set(UNSUR_URUTAN_FORMULIR)
    assert UNSUR_URUTAN_FORMULIR[7:] == ("sarana", "penanganan_pengaduan")
    assert tuple(UNSUR)[7:] == ("penanganan_pengaduan", "sarana")
