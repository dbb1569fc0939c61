"""Free days: listed, added, taken back, each with a journal line; deadlines already written stay."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from ikikec.buku import libur
from ikikec.istilah import JenisLibur
from tests.conftest import Kantor
from tests.unix import KODE_TERBUNUH, SIGKILL

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
import os, sys
from ikikec.buku import halaman
asli = getattr(halaman, sys.argv[1])
def tulis(*args):
    asli(*args)
    os.kill(os.getpid(), int(sys.argv[2]))
setattr(halaman, sys.argv[1], tulis)
from ikikec.cli.app import app
app(sys.argv[3:])
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
    perintah = [sys.executable, "-c", TERBUNUH, letak, str(int(SIGKILL)), *args.format(folder=kantor.folder).split()]
    hasil = subprocess.run(perintah, env={**os.environ, **kantor.env}, capture_output=True, check=False)
    assert hasil.returncode == KODE_TERBUNUH, hasil
    assert keadaan(kantor) == sebelum
    kantor(*args.format(folder=kantor.folder).split())
    kantor("periksa")


@pytest.fixture
def berubah(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> Kantor:
    """An office whose year was loaded before a day was declared free, one moved, and one became certain."""
    kini = libur.libur_resmi(2026)
    sejati = libur.libur_resmi

    def dulu(tahun: int) -> libur.Resmi:
        if tahun != 2026:
            return sejati(tahun)
        hari = dict(kini)
        hari.pop(date(2026, 12, 24))
        nama, jenis = hari.pop(date(2026, 12, 25))
        hari |= {date(2026, 12, 28): (nama, jenis), date(2026, 12, 31): ("Tutup buku", JenisLibur.CUTI_BERSAMA)}
        agustus = date(2026, 8, 17)
        nama, jenis = hari[agustus]
        return dict(sorted((hari | {agustus: (f"{nama} (perkiraan)", jenis)}).items()))

    monkeypatch.setattr(libur, "libur_resmi", dulu)
    kantor("libur", "muat", "2026")
    monkeypatch.undo()
    return kantor


def test_what_is_known_otherwise_by_now_is_told_and_taken_over(berubah: Kantor) -> None:
    berubah("libur", "tambah", "2026-12-30", "--nama", "Hari jadi")
    lama = batas(berubah, "2026-11-20")
    sebelum = berubah("info", "-O", "json").json
    galat = berubah("libur", "muat", "2026", kode=2).galat
    assert "Kamis, 24 Desember 2026: hari kerja →" in galat
    assert "Jumat, 25 Desember 2026: hari kerja →" in galat
    assert "Senin, 28 Desember 2026:" in galat
    assert "Kamis, 31 Desember 2026: Tutup buku (cuti-bersama) → hari kerja" in galat
    assert "(perkiraan) (nasional) →" in galat
    assert "Hari jadi" not in galat
    assert berubah("info", "-O", "json").json == sebelum, "asked, and nobody answered"
    berubah("libur", "muat", "2026", "--ya")
    hari = {satu["tanggal"]: satu for satu in berubah("libur", "daftar", "2026", "-O", "json").json}
    berlaku = {satu[5:] for satu, isi in hari.items() if isi["berlaku"] and satu >= "2026-12"}
    assert berlaku == {"12-24", "12-25", "12-30"}
    assert "perkiraan" not in hari["2026-08-17"]["nama"]
    assert berubah("lihat", "inf-1", "-O", "json").json["batas"] == lama
    assert "→" not in berubah("libur", "muat", "2026").galat, "nothing is left to be told"
    berubah("periksa")


def test_open_entries_are_reckoned_anew_when_asked_and_ended_ones_keep_their_verdict(kantor: Kantor) -> None:
    for _ in range(3):
        assert batas(kantor) == "2026-11-16"
    kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "--tanggal", "2026-11-17")
    kantor("batalkan", "INF-2026-0002", "--alasan", "x", "--ya")
    kantor("catat", "pengaduan", "--anonim", "--uraian", "x", "--tanggal", "2026-11-02")
    tambah = kantor("libur", "tambah", "2026-11-10", "--nama", "Hari Jadi Kabupaten")
    assert "2 entri yang belum selesai mendapat batas lain" in " ".join(tambah.galat.split())
    sebelum = kantor("info", "-O", "json").json
    assert "INF-2026-0003: 2026-11-16 → 2026-11-17" in kantor("libur", "hitung-ulang", kode=2).galat
    assert kantor("info", "-O", "json").json == sebelum
    assert kantor("libur", "hitung-ulang", "--ya").keluar == "2 entri mendapat batas baru\n"
    sesudah = [kantor("lihat", f"inf-{n}", "-O", "json").json for n in (1, 2, 3)]
    assert [satu["batas"] for satu in sesudah] == ["2026-11-16", "2026-11-16", "2026-11-17"]
    assert sesudah[0]["tenggat"]["terlambat"] is True
    assert sesudah[2]["riwayat"][-1]["aksi"] == "hitung-ulang"
    assert sesudah[2]["riwayat"][-1]["perubahan"] == {"batas": ["2026-11-16", "2026-11-17"]}
    assert kantor("libur", "hitung-ulang").keluar == "0 entri mendapat batas baru\n"
    kantor("periksa")


def test_a_deadline_that_a_closed_month_s_sheet_printed_stays(kantor: Kantor) -> None:
    for _ in range(2):
        kantor("catat", "pengaduan", "--anonim", "--uraian", "x", "--tanggal", "2026-10-30")
    # One that was followed up stands in October's sheet, by its follow-up.
    kantor("tindaklanjuti", "pgd-1", "--tindakan", "x", "--tanggal", "2026-10-31")
    kantor("tutup", "2026-10")
    kantor("libur", "tambah", "2026-11-10", "--nama", "Hari Jadi Kabupaten")
    ulang = kantor("libur", "hitung-ulang", "--ya")
    assert ulang.keluar == "1 entri mendapat batas baru\n"
    assert "1 entri lain tetap: batasnya tercetak di lembar bulan tertutup" in " ".join(ulang.galat.split())
    kantor("periksa")
