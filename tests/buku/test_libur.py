"""Free days: listed, added, taken back, each with a journal line; deadlines already written stay."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from ikikec.buku import libur
from tests.conftest import Kantor

DUA_MESIN = True


def batas(kantor: Kantor, tanggal: str = "2026-11-02") -> str:
    args = ("--pemohon", "A", "--topik", "B", "--tanggal", tanggal, "-O", "json")
    return str(kantor("catat", "informasi", *args).json["batas"])


def test_a_day_that_is_added_moves_deadlines_to_come_and_no_other(kantor: Kantor) -> None:
    assert batas(kantor) == "2026-11-16"
    jawab = kantor("libur", "tambah", "2026-11-10", "--nama", "Hari Jadi Kabupaten")
    assert jawab.keluar == "Selasa, 10 November 2026: libur: Hari Jadi Kabupaten\n"
    assert "tidak berubah" in jawab.galat
    assert batas(kantor) == "2026-11-17"
    assert kantor("lihat", "INF-2026-0001", "-O", "json").json["batas"] == "2026-11-16"
    kantor("periksa")


def test_a_national_day_can_be_taken_back_and_set_again(kantor: Kantor) -> None:
    kantor("libur", "muat", "2026")
    kantor("libur", "hapus", "2026-08-17", "--alasan", "dipindah")
    kantor("libur", "hapus", "2026-08-17", "--alasan", "dipindah", kode=3)
    hari = {satu["tanggal"]: satu for satu in kantor("libur", "daftar", "-O", "json").json}
    assert hari["2026-08-17"]["berlaku"] is False
    kantor("libur", "tambah", "17/8/2026", "--nama", "Kemerdekaan")
    hari = {satu["tanggal"]: satu for satu in kantor("libur", "daftar", "2026", "-O", "json").json}
    assert (hari["2026-08-17"]["nama"], hari["2026-08-17"]["jenis"]) == ("Kemerdekaan", "nasional")
    assert list(hari) == sorted(hari)
    kantor("periksa")


def test_a_year_is_loaded_once_and_listed(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    assert "belum dimuat" in kantor("libur", "daftar", "2027").galat
    assert kantor("libur", "muat", "2027").keluar == kantor("libur", "muat", "2027").keluar
    keluar = kantor("libur", "daftar", "2027").keluar
    assert "Jumat, 1 Januari 2027" in keluar
    assert "Tahun Baru Masehi (nasional)" in keluar
    kantor("libur", "tambah", "2028-01-03", "--nama", "X")
    assert len(kantor("libur", "daftar", "2028", "-O", "json").json) > 10


@pytest.mark.parametrize(
    ("args", "kode"),
    [
        ("tambah 2026-08-17 --nama X", 3), ("hapus 2030-01-02 --alasan x", 3), ("tambah 2026-11-10", 2), ("tambah 2026-11-10 --nama=", 2),
        ("hapus 2026-11-10 --alasan x", 3), ("hapus 2026-08-17", 2), ("daftar 26", 2), ("muat 20266", 2), ("muat", 2),
        ("tambah 31/2 --nama X", 2), ("", 2), ("tamba x", 2),
    ],
)  # fmt: skip
def test_what_is_refused(kantor: Kantor, args: str, kode: int) -> None:
    kantor("libur", "muat", "2026")
    sebelum = kantor("info", "-O", "json").json
    kantor("libur", *args.split(), kode=kode)
    assert kantor("info", "-O", "json").json == sebelum


def keadaan(kantor: Kantor) -> list[object]:
    """What a failed act must leave as it was: the journal, and which years' free days are there."""
    tahun = [kantor("libur", "daftar", str(satu), "-O", "json").json for satu in (2025, 2026, 2027)]
    return [kantor("info", "-O", "json").json["buku"], *tahun]


@pytest.fixture
def disela(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets another clerk act at the ``kali``-th time that a year's free days are looked up."""

    def pasang(*args: str, kali: int) -> None:
        asli, sisa = libur.libur_resmi, [kali]

        def cari(tahun: int) -> libur.Resmi:
            sisa[0] -= 1
            if not sisa[0]:
                # A process of its own: it is let in, since nobody holds the ledger meanwhile.
                kantor.proses(*args)
            return asli(tahun)

        monkeypatch.setattr(libur, "libur_resmi", cari)

    return pasang


def test_an_import_that_another_clerk_defeats_leaves_no_free_days(
    kantor: Kantor, disela: Callable[..., None]
) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    kepala = "nomor,tanggal,pelapor,uraian,batas"
    lain = kantor.csv("lain.csv", kepala, "PGD-2026-0002,2026-11-02,B,B,2026-11-20")
    disela("impor", "pengaduan", lain, kali=2)
    baris = ("PGD-2025-0001,2025-11-03,A,A,", "PGD-2026-0002,2026-11-03,A,A,")
    galat = kantor("impor", "pengaduan", kantor.csv("a.csv", kepala, *baris), kode=3).galat
    assert "PGD-2026-0002 sudah ada di buku" in galat
    assert kantor("info", "-O", "json").json["buku"]["entri"] == 2
    assert keadaan(kantor)[1:] == [[], [], []]
    kantor("periksa")


def test_a_correction_that_another_clerk_defeats_leaves_no_free_days(
    kantor: Kantor, pengaduan: Callable[..., str], disela: Callable[..., None]
) -> None:
    nomor = pengaduan()
    disela("batalkan", nomor, "--alasan", "x", "--ya", kali=1)
    kantor("koreksi", nomor, "--klasifikasi", "berkadar", "--alasan", "x", "--ya", kode=3)
    assert keadaan(kantor)[3] == []
    assert [satu["aksi"] for satu in kantor("lihat", nomor, "-O", "json").json["riwayat"]] == ["catat", "batal"]
    kantor("periksa")


TERBUNUH = """
import os, signal, sys
from ikikec.buku import halaman
asli = getattr(halaman, sys.argv[1])
def tulis(*args):
    asli(*args)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(halaman, sys.argv[1], tulis)
from ikikec.cli.app import app
app(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("letak", "args"),
    [
        ("sisip", "catat pengaduan --pelapor A --uraian B --klasifikasi berkadar"),
        ("_ganti", "koreksi pgd-1 --klasifikasi berkadar --alasan x --ya"),
        ("sisip", "impor pengaduan {folder}/a.csv"),
    ],
)
def test_an_act_killed_before_its_end_leaves_no_free_days(kantor: Kantor, letak: str, args: str) -> None:
    kantor.csv("a.csv", "tanggal,pelapor,uraian,klasifikasi", "2025-11-03,A,B,", "2026-11-03,A,B,berkadar")
    lengkap = kantor.csv("b.csv", "tanggal,pelapor,uraian,batas", "2026-11-02,A,B,2026-11-20")
    kantor("impor", "pengaduan", lengkap)
    sebelum = keadaan(kantor)
    perintah = [sys.executable, "-c", TERBUNUH, letak, *args.format(folder=kantor.folder).split()]
    hasil = subprocess.run(perintah, env={**os.environ, **kantor.env}, capture_output=True, check=False)
    assert hasil.returncode == -signal.SIGKILL, hasil
    assert keadaan(kantor) == sebelum
    kantor(*args.format(folder=kantor.folder).split())
    kantor("periksa")
