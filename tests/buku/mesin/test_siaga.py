"""A second server: read while it stands by, written to once it is promoted, under a desk that was left open."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.buku.mesin.test_banyak_meja import MEJA
from tests.conftest import FOLDER_PELADEN, Kantor, letak_program, nama_basis, perintah, tanpa_peladen
from tests.peladen import Peladen

pytestmark = pytest.mark.unix


@dataclass(frozen=True)
class Pasangan:
    """A server and its synchronous standby, and the address that names both."""

    utama: Peladen
    siaga: Peladen

    @property
    def alamat(self) -> str:
        tuan = ",".join(f"127.0.0.1:{satu.porta}" for satu in (self.utama, self.siaga))
        return f"postgresql://ikikec@{tuan}/postgres?target_session_attrs=read-write"


@pytest.fixture
def pasangan(kantor: Kantor) -> Iterator[Pasangan]:
    if letak_program() is None:
        tanpa_peladen()
    folder = Path(os.environ[FOLDER_PELADEN])
    utama = Peladen(folder / nama_basis(), tahan=True)
    siaga = None
    try:
        kantor("--buku", utama.url("postgres"), "catat", "survei", "--kepuasan", "4")
        siaga = utama.siaga(folder / nama_basis())
        yield Pasangan(utama, siaga)
    finally:
        for satu in (siaga, utama):
            if satu is not None:
                satu.buang()


def test_a_standby_is_read_and_says_what_it_is_to_a_writer(kantor: Kantor, pasangan: Pasangan) -> None:
    alamat = pasangan.siaga.url("postgres")
    kantor("--buku", pasangan.utama.url("postgres"), "catat", "survei", "--kepuasan", "3")
    with psycopg.connect(pasangan.utama.url("postgres")) as koneksi:
        (sampai,) = koneksi.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
    with psycopg.connect(alamat, autocommit=True) as koneksi:
        while koneksi.execute("SELECT pg_last_wal_replay_lsn() < %s::pg_lsn", [sampai]).fetchone() == (True,):
            pass
    for args in ("laporan --jabatan semua", "daftar survei", "periksa", "info", "ringkasan", "ekspor survei"):
        kantor("--buku", alamat, *args.split())
    assert len(kantor("--buku", alamat, "daftar", "survei", "-O", "json").json) == 2
    for args in ("catat survei --kepuasan 4", "koreksi skm-1 --kepuasan 3 --alasan x --ya", "tutup 2026-10"):
        galat = kantor("--buku", alamat, *args.split(), kode=9).galat
        assert "hanya dapat dibaca: peladennya siaga" in " ".join(galat.split()), args


def test_a_failover_under_an_open_desk_keeps_every_acknowledged_entry(kantor: Kantor, pasangan: Pasangan) -> None:
    with subprocess.Popen(
        perintah(["--buku", pasangan.alamat, "meja"]), env={**os.environ, **kantor.env}, cwd=kantor.folder,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as meja, subprocess.Popen(
        [sys.executable, "-c", MEJA, pasangan.alamat, "60"], stdout=subprocess.PIPE, text=True
    ) as lain:  # fmt: skip
        diakui = [_catat(meja) for _ in range(5)]
        assert lain.stdout is not None
        diakui += [lain.stdout.readline().strip() for _ in range(10)]
        pasangan.utama.henti("immediate")
        pasangan.siaga.naikkan()
        diakui += lain.communicate()[0].split()
        diakui += [_catat(meja) for _ in range(5)]
        meja.communicate("keluar\n")
    assert (meja.returncode, lain.returncode) == (0, 0)
    assert len(diakui) == len(set(diakui)) == 70
    tersimpan = [satu["nomor"] for satu in kantor("--buku", pasangan.alamat, "daftar", "survei", "-O", "json").json]
    assert set(diakui) <= set(tersimpan)
    assert tersimpan == [f"SKM-2026-{urut:04d}" for urut in range(1, len(tersimpan) + 1)]
    kantor("--buku", pasangan.alamat, "periksa")


def _catat(meja: "subprocess.Popen[str]") -> str:
    """One entry typed at the desk; its number."""
    assert meja.stdin is not None
    assert meja.stdout is not None
    meja.stdin.write("catat survei --kepuasan 4\n")
    meja.stdin.flush()
    return meja.stdout.readline().split()[0]


def test_nobody_to_write_to_is_told(kantor: Kantor, pasangan: Pasangan) -> None:
    pasangan.utama.henti("immediate")
    galat = kantor("--buku", pasangan.alamat, "catat", "survei", "--kepuasan", "4", kode=6).galat
    assert "tidak ada peladen di" in " ".join(galat.split())
    with psycopg.connect(pasangan.siaga.url("postgres")) as koneksi:
        assert koneksi.execute("SELECT count(*) FROM survei").fetchone() == (1,)


def test_a_receipt_shows_an_entry_that_a_lagging_standby_lost(kantor: Kantor, pasangan: Pasangan) -> None:
    """Without synchronous replication an acknowledged entry may be lost; its fingerprint then is in no line."""
    with psycopg.connect(pasangan.utama.url("postgres"), autocommit=True) as koneksi:
        koneksi.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
        koneksi.execute("SELECT pg_reload_conf()")
    pasangan.siaga.henti("immediate")
    kantor("--buku", pasangan.utama.url("postgres"), "catat", "survei", "--kepuasan", "2")
    sidik = kantor("--buku", pasangan.utama.url("postgres"), "info", "-O", "json").json["buku"]["sidik"]
    pasangan.utama.henti("immediate")
    pasangan.siaga.mulai()
    pasangan.siaga.naikkan()
    assert len(kantor("--buku", pasangan.alamat, "daftar", "survei", "-O", "json").json) == 1
    hasil = kantor.bebas("--buku", pasangan.alamat, "periksa", "--sidik", sidik)
    assert hasil.kode == 8, hasil
    assert sidik in hasil.keluar + hasil.galat
