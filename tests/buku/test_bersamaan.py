"""Several clerks at once, and a writer that is killed."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from ikikec.buku.aturan import susun
from ikikec.buku.buku import Buku
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.register import PENGADUAN, SURVEI
from ikikec.konfigurasi import Konfigurasi
from tests.buku.mesin.test_pemicu import broken_line
from tests.conftest import Kantor, perintah
from tests.unix import KODE_TERBUNUH, SIGKILL

PENULIS, KALI = 8, 15


def buka(kantor: Kantor) -> Buku:
    return Buku(
        MesinSqlite(kantor.buku, 60),
        Konfigurasi(),
        "p",
        date(2026, 11, 22),
        lambda: datetime(2026, 11, 22, tzinfo=UTC),
    )


def test_eight_writers_in_one_process_leave_no_gap_and_no_repeat(kantor: Kantor) -> None:
    isian = susun(SURVEI, {"tanggal": date(2026, 11, 2), "kepuasan": 4})
    assert isinstance(isian, dict)

    def tulis(_penulis: int) -> list[str | None]:
        buku = buka(kantor)
        return [buku.catat(SURVEI, isian)["nomor"] for _ in range(KALI)]

    with ThreadPoolExecutor(PENULIS) as penulis:
        nomor = [satu for hasil in penulis.map(tulis, range(PENULIS)) for satu in hasil]
    assert sorted(map(str, nomor)) == [f"SKM-2026-{urut:04d}" for urut in range(1, PENULIS * KALI + 1)]
    with closing(sqlite3.connect(kantor.buku)) as buku, buku:
        assert broken_line(buku) is None


def test_processes_may_all_be_the_first_to_write(kantor: Kantor) -> None:
    args = perintah(["catat", "pengaduan", "--pelapor", "A", "--uraian", "B"])
    proses = [
        subprocess.Popen(args, env={**os.environ, **kantor.env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    keluar = [satu.communicate() for satu in proses]
    assert [satu.returncode for satu in proses] == [0] * 4, keluar
    assert sorted(keluar_satu.split()[0] for keluar_satu, _ in keluar) == [
        f"PGD-2026-{urut:04d}".encode() for urut in range(1, 5)
    ]
    with closing(sqlite3.connect(kantor.buku)) as buku, buku:
        assert broken_line(buku) is None
        assert buku.execute("SELECT count(*) FROM jurnal WHERE nomor LIKE 'LIBUR-%'").fetchone() == (1,)


PENULIS_TERBUNUH = """
import sqlite3, sys, os
koneksi = sqlite3.connect(sys.argv[1], isolation_level=None)
koneksi.execute("PRAGMA cache_size = 1")
koneksi.execute("BEGIN IMMEDIATE")
koneksi.execute("CREATE TABLE sampah (isi)")
koneksi.executemany("INSERT INTO sampah VALUES (?)", [("x" * 1000,)] * 2000)
os.kill(os.getpid(), int(sys.argv[2]))
"""


def test_a_reader_comes_right_after_a_killed_writer(contoh: Kantor) -> None:
    sebelum = contoh("info", "-O", "json").json
    hasil = subprocess.run([sys.executable, "-c", PENULIS_TERBUNUH, str(contoh.buku), str(int(SIGKILL))], check=False)
    assert hasil.returncode == KODE_TERBUNUH
    assert contoh.buku.with_name("buku.db-journal").exists()
    assert contoh("info", "-O", "json").json == sebelum
    contoh("catat", "survei", "--kepuasan", "4")


def test_one_act_that_fails_halfway_leaves_nothing(contoh: Kantor) -> None:

    buku = buka(contoh)
    isian = susun(PENGADUAN, {"tanggal": date(2026, 11, 2), "pelapor": "A", "uraian": "B"})
    assert isinstance(isian, dict)
    sebelum = contoh("info", "-O", "json").json

    def putus() -> datetime:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Buku(buku.mesin, buku.konfig, "p", buku.hari_ini, putus).catat(PENGADUAN, isian)
    assert contoh("info", "-O", "json").json == sebelum
    assert buku.catat(PENGADUAN, isian)["nomor"] == "PGD-2026-0061"
