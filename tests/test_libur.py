"""Free days: listed, added, taken back, each with a journal line; deadlines already written stay."""

import pytest

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
        ("tambah 2026-08-17 --nama X", 3), ("tambah 2026-11-10", 2), ("tambah 2026-11-10 --nama=", 2),
        ("hapus 2026-11-10 --alasan x", 3), ("hapus 2026-08-17", 2), ("daftar 26", 2), ("muat 20266", 2), ("muat", 2),
        ("tambah 31/2 --nama X", 2), ("", 2), ("tamba x", 2),
    ],
)  # fmt: skip
def test_what_is_refused(kantor: Kantor, args: str, kode: int) -> None:
    kantor("libur", "muat", "2026")
    sebelum = kantor("info", "-O", "json").json
    kantor("libur", *args.split(), kode=kode)
    assert kantor("info", "-O", "json").json == sebelum
