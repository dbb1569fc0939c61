"""A restore tells what leaves, never gives a number twice, and keeps whose the ledger is."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_tanya import di_terminal
from tests.conftest import Kantor
from tests.unix import ROOT

BUKAN_ROOT = pytest.mark.skipif(not ROOT, reason="only root can be two users")
SIAPA = 65534


@pytest.fixture
def lama(kantor: Kantor) -> str:
    """A backup of a ledger that has since gone on."""
    for nama in ("A", "B"):
        kantor("catat", "pengaduan", "--pelapor", nama, "--uraian", "x")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "x")
    cadangan = kantor("cadangkan").keluar.strip()
    for nama in ("C", "D", "E"):
        kantor("catat", "pengaduan", "--pelapor", nama, "--uraian", "x")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "y")
    kantor("catat", "survei", "--kepuasan", "4")
    kantor("koreksi", "PGD-2026-0002", "--alasan", "salah", "--uraian", "baru", "--ya")
    return cadangan


def test_it_tells_what_leaves_before_it_asks(kantor: Kantor, lama: str) -> None:
    galat = kantor("--hari-ini", "2026-11-25", "pulihkan", lama, kode=2).galat
    assert "Keluar dari buku: 5 entri: PGD-2026-0001/2, PGD-2026-0003–0005, SKM-2026-0001" in galat
    assert "tanda terima warga: 3 entri: PGD-2026-0003–0005\n" in galat
    assert "Kembali ke keadaan sebelumnya: 1 entri: PGD-2026-0002" in galat
    assert "4 baris jurnal" in galat
    assert "--ya" in galat


def test_no_number_is_given_twice(kantor: Kantor, lama: str) -> None:
    kantor("pulihkan", lama, "--ya")
    assert kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x").keluar.startswith("PGD-2026-0006")
    assert kantor("catat", "survei", "--kepuasan", "4").keluar.startswith("SKM-2026-0002")
    assert kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "z").keluar.startswith("PGD-2026-0001/3")
    # Others count from their own beginning.
    assert kantor("tindaklanjuti", "PGD-2026-0002", "--tindakan", "z").keluar.startswith("PGD-2026-0002/1")
    assert kantor(
        "catat", "pengaduan", "--pelapor", "F", "--uraian", "x", "--tanggal", "2025-12-30"
    ).keluar.startswith("PGD-2025-0001")
    catatan = kantor("periksa", "--jelaskan").keluar
    for teks in (
        "PGD-2026-0006: 3 nomor sebelumnya tidak ada; diberikan sebelum buku dipulihkan",
        "SKM-2026-0002: 1 nomor sebelumnya tidak ada; diberikan sebelum buku dipulihkan",
        "PGD-2026-0001/3: 1 nomor sebelumnya tidak ada; diberikan sebelum buku dipulihkan",
    ):
        assert teks in catatan
    for nomor in ("PGD-2026-0004", "pgd-4", "PGD-2026-0001/2"):
        assert "pernah diberikan, sebelum buku dipulihkan" in kantor("lihat", nomor, kode=4).galat
    assert "pernah diberikan" not in kantor("lihat", "PGD-2026-0099", kode=4).galat


def test_a_file_after_a_restore_counts_on_behind_it_too(kantor: Kantor, lama: str) -> None:
    kantor("pulihkan", lama, "--ya")
    kantor("impor", "survei", kantor.csv("s.csv", "tanggal,kepuasan", "2026-11-02,4", "2026-11-03,3"))
    nomor = [satu["nomor"] for satu in kantor("daftar", "survei", "-O", "json").json]
    assert nomor == ["SKM-2026-0002", "SKM-2026-0003"]


def test_restoring_again_and_again_forgets_no_number(kantor: Kantor, lama: str) -> None:
    for berikut in ("PGD-2026-0006", "PGD-2026-0007", "PGD-2026-0008"):
        kantor("pulihkan", lama, "--ya")
        assert kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x").keluar.startswith(berikut)
    kantor("periksa")


def test_a_gap_that_several_restores_left_together_is_explained(kantor: Kantor, lama: str) -> None:
    kantor("pulihkan", lama, "--ya")
    for kali in "abc":
        salinan = str(kantor.folder / f"{kali}.db")
        kantor("cadangkan", "-o", salinan)
        kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x")
        kantor("pulihkan", salinan, "--ya")
    assert kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x").keluar.startswith("PGD-2026-0009")
    kantor("periksa")
    assert "pernah diberikan" in kantor("lihat", "pgd-7", kode=4).galat


def test_the_journal_says_what_was_replaced(kantor: Kantor, lama: str) -> None:
    sebelum = kantor("info", "-O", "json").json["buku"]
    kantor("pulihkan", lama, "--ya")
    jejak = kantor("periksa", "--sidik", kantor("info", "-O", "json").json["buku"]["sidik"], "-O", "json").json
    assert (jejak["nomor"], jejak["aksi"]) == ("PULIH", "pulih")
    with closing(sqlite3.connect(kantor.buku)) as buku:
        ((isi,),) = buku.execute("SELECT isi FROM jurnal WHERE nomor = 'PULIH'").fetchall()
    assert f'"diganti":{{"baris":{sebelum["entri"]},"sidik":"{sebelum["sidik"]}"}}' in isi
    assert '"PGD-2026":{"ada":2,"sampai":5}' in isi
    assert "uraian" not in isi


def test_where_the_replaced_ledger_is_gone_or_broken_the_clerk_may_say_the_last_numbers(
    kantor: Kantor, lama: str
) -> None:
    kantor.buku.write_bytes(b"rusak" * 1000)
    jawab = kantor("pulihkan", lama, "--ya", "--lanjut-sesudah", "PGD-2026-0120", "--lanjut-sesudah", "pgd-2026-0005")
    assert "tidak terbaca" in jawab.galat
    assert "nomor terakhir tidak diketahui untuk pengaduan" in jawab.galat
    assert kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x").keluar.startswith("PGD-2026-0121")
    kantor("periksa")
    kantor("pulihkan", lama, "--ya", "--lanjut-sesudah", "XX-1", kode=2)
    kantor("pulihkan", lama, "--ya", "--lanjut-sesudah", "PGD-2026-123456789012", kode=2)


def test_a_damaged_page_of_the_replaced_ledger_still_tells_the_numbers(kantor: Kantor, lama: str) -> None:
    with closing(sqlite3.connect(kantor.buku, isolation_level=None)) as buku:
        buku.execute("DROP TABLE jurnal")
    galat = kantor("pulihkan", lama, "--ya").galat
    assert "tidak terbaca" in galat
    assert "nomor terakhir tidak diketahui" not in galat
    assert kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x").keluar.startswith("PGD-2026-0006")


def test_another_office_s_ledger_is_refused_unless_it_is_meant(kantor: Kantor, lama: str, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    lain = Kantor(tmp_path / "lain")
    lain("catat", "pengaduan", "--pelapor", "Z", "--uraian", "x")
    sebelum = kantor.buku.read_bytes()
    assert "kantor lain" in kantor("pulihkan", str(lain.buku), "--ya", kode=2).galat
    assert kantor.buku.read_bytes() == sebelum
    kantor("pulihkan", str(lain.buku), "--ya", "--dari-kantor-lain")
    assert kantor("catat", "pengaduan", "--pelapor", "F", "--uraian", "x").keluar.startswith("PGD-2026-0006")


def test_offices_begun_in_the_same_second_are_two(
    kantor: Kantor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    monkeypatch.setattr("ikikec.cli.sesi.jam", lambda: datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
    (tmp_path / "lain").mkdir()
    lain = Kantor(tmp_path / "lain")
    for satu, nama in ((kantor, "A"), (lain, "B")):
        satu("catat", "pengaduan", "--pelapor", nama, "--uraian", "x")
    with closing(sqlite3.connect(kantor.buku)) as ini, closing(sqlite3.connect(lain.buku)) as itu:
        pertama = "SELECT sidik FROM jurnal WHERE seq = 1"
        assert ini.execute(pertama).fetchone() == itu.execute(pertama).fetchone()
    kantor("pulihkan", str(lain.buku), "--ya", kode=2)


@pytest.mark.unix
def test_at_a_terminal_the_rest_is_told_and_no_changes_nothing(kantor: Kantor, lama: str) -> None:
    sebelum = kantor.buku.read_bytes()
    jawab = di_terminal(kantor, f"pulihkan {lama}", b"t\n")
    assert jawab.kode == 130
    assert "PGD-2026-0003–0005" in jawab.galat
    assert kantor.buku.read_bytes() == sebelum


GAGAL = """
import os
import sys
from pathlib import Path
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.cli.app import app
asli = Path.replace
def ganti(asal, tujuan):
    if Path(tujuan).name == "buku.db":
        {galat}
    return asli(asal, tujuan)
def isi(mesin, baru, tercatat):
    {galat}
Path.replace, MesinSqlite._isi_dari = ganti, isi
app(["pulihkan", sys.argv[1], "--ya"], prog_name="ikikec")
"""


def _gagal(kantor: Kantor, lama: str, galat: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", GAGAL.format(galat=galat), lama],
        env={**os.environ, **kantor.env},
        capture_output=True,
        check=False,
    ).returncode


@pytest.mark.parametrize(("galat", "kode"), [("raise PermissionError(13, 'x')", 9), ("raise KeyboardInterrupt", 130)])
def test_a_replace_that_fails_leaves_everything_as_it_was(kantor: Kantor, lama: str, galat: str, kode: int) -> None:
    jurnal = kantor.buku.with_name("buku.db-journal")
    sebelum, isi = sorted(kantor.folder.iterdir()), kantor.buku.read_bytes()
    assert _gagal(kantor, lama, galat) == kode
    assert sorted(kantor.folder.iterdir()) == sebelum
    assert kantor.buku.read_bytes() == isi
    assert kantor.buku.stat().st_nlink == 1
    assert not jurnal.exists()


@pytest.mark.parametrize(
    "galat",
    ["os._exit(9)", "Path.unlink = lambda *_, **__: os._exit(9); raise PermissionError(13, 'x')"],
)
def test_a_replace_that_fails_leaves_no_second_name_even_where_nothing_can_be_undone(
    kantor: Kantor, lama: str, galat: str
) -> None:
    isi = kantor("daftar", "pengaduan", "-O", "json").keluar
    assert _gagal(kantor, lama, galat) == 9
    (simpanan,) = kantor.folder.glob("buku-diganti-*.db")
    assert kantor.buku.stat().st_nlink == simpanan.stat().st_nlink == 1
    assert kantor.buku.stat().st_ino != simpanan.stat().st_ino
    assert kantor("--buku", str(simpanan), "daftar", "pengaduan", "-O", "json").keluar == isi
    kantor("catat", "survei", "--kepuasan", "4")
    assert (
        kantor("--buku", str(simpanan), "daftar", "survei", "-O", "json").json
        != kantor("daftar", "survei", "-O", "json").json
    )


@pytest.mark.unix
@BUKAN_ROOT
def test_root_restores_for_the_clerk(kantor: Kantor, lama: str) -> None:
    kantor.folder.chmod(0o755)
    os.chown(kantor.folder, SIAPA, SIAPA)
    os.chown(kantor.buku, SIAPA, SIAPA)
    kantor.buku.chmod(0o640)
    kantor("pulihkan", lama, "--ya")
    keadaan = kantor.buku.stat()
    assert (keadaan.st_uid, keadaan.st_gid, keadaan.st_mode & 0o777) == (SIAPA, SIAPA, 0o640)
    kantor.buku.unlink()
    kantor("pulihkan", lama, "--ya")
    keadaan = kantor.buku.stat()
    assert (keadaan.st_uid, keadaan.st_mode & 0o777) == (SIAPA, 0o600)


ORANG_LAIN = """
import os
from ikikec.cli.app import app
# What the command needs is loaded before the user who may not read it takes over.
app(["info"], prog_name="ikikec", standalone_mode=False)
import pwd
os.setuid({siapa})
app(["info"], prog_name="ikikec")
"""


@pytest.mark.unix
@BUKAN_ROOT
def test_what_cannot_be_read_is_told_with_its_owner(kantor: Kantor, lama: str) -> None:
    hasil = subprocess.run(
        [sys.executable, "-c", ORANG_LAIN.format(siapa=SIAPA)],
        env={**os.environ, **kantor.env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert hasil.returncode == 6, hasil
    assert "milik root" in hasil.stderr


def test_a_copy_of_a_moved_ledger_stays_readable_only(kantor: Kantor, lama: str) -> None:
    kantor("pindahkan", str(kantor.buku), str(kantor.folder / "baru.db"), "--ya")
    salinan = kantor.folder / "salinan.db"
    shutil.copy(kantor.buku, salinan)
    kantor("pulihkan", str(salinan), "--ya")
    kantor("periksa")
    assert "sudah dipindahkan" in kantor("catat", "survei", "--kepuasan", "4", kode=3).galat
