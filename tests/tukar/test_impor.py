"""Importing CSV: all of it or nothing, every bad line named."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikikec.buku.register import SEMUA, SURVEI
from ikikec.galat import Galat
from ikikec.tukar.tabel_masuk import baca_berkas
from tests.conftest import CONTOH, REGISTER, Kantor

DUA_MESIN = True

KEPALA = "nomor,tanggal,kepuasan"


def entri(kantor: Kantor) -> dict[str, int]:
    return kantor("info", "-O", "json").json["register"]


@pytest.mark.parametrize("register", REGISTER)
def test_the_sample_office_comes_in_whole(contoh: Kantor, register: str) -> None:
    baris = (CONTOH / f"{register}.csv").read_text().splitlines()
    assert entri(contoh)[register] == len(baris) - 1
    keluar = contoh("daftar", register, "-O", "json").json
    assert all(list(satu) == list(SEMUA[register].nama_bidang) for satu in keluar)


@pytest.mark.parametrize("pengodean", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("pemisah", [",", ";"])
@pytest.mark.parametrize("akhir", ["\n", "\r\n"])
def test_the_forms_of_csv_that_offices_have(kantor: Kantor, pengodean: str, pemisah: str, akhir: str) -> None:
    isi = akhir.join(["tanggal,layanan,kepuasan", '2026-01-05,"a, b",4', "", "2026-01-06,c,3", ""])
    berkas = kantor.folder / "a.csv"
    berkas.write_bytes(isi.replace('"a, b"', "«").replace(",", pemisah).replace("«", '"a, b"').encode(pengodean))
    assert kantor("impor", "survei", str(berkas)).keluar.startswith("2 entri")
    assert [satu["layanan"] for satu in kantor("daftar", "survei", "-O", "json").json] == ["a, b", "c"]


def test_given_numbers_are_kept_and_blank_ones_filled_after_them(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "1")
    berkas = kantor.csv(
        "a.csv", KEPALA, ",2026-01-05,2", "SKM-2026-0007,2026-01-05,3", ",2026-01-06,4", ",2025-01-06,1"
    )
    kantor("impor", "survei", berkas)
    tercatat = {satu["nomor"]: satu["kepuasan"] for satu in kantor("daftar", "survei", "-O", "json").json}
    assert tercatat == {
        "SKM-2025-0001": 1, "SKM-2026-0001": 1, "SKM-2026-0007": 3, "SKM-2026-0008": 2, "SKM-2026-0009": 4,
    }  # fmt: skip


def test_the_largest_number_of_a_file_leaves_room(kantor: Kantor) -> None:
    kantor("impor", "survei", kantor.csv("a.csv", KEPALA, "SKM-2026-999999999,2026-01-05,4"))
    for urut in (1000000000, 1000000001):
        assert kantor("catat", "survei", "--kepuasan", "4").keluar.startswith(f"SKM-2026-{urut} ")
    kantor("batalkan", "SKM-2026-1000000000", "--alasan", "x", "--ya")
    kantor("periksa")


def test_a_given_deadline_is_kept_and_an_empty_one_computed(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,pemohon,topik,batas", "2026-11-02,A,B,2026-12-24", "2026-11-02,A,B,")
    kantor("impor", "informasi", berkas)
    assert [satu["batas"] for satu in kantor("daftar", "informasi", "-O", "json").json] == [
        "2026-12-24",
        "2026-11-16",
    ]


def test_an_entry_may_come_in_cancelled(kantor: Kantor) -> None:
    berkas = kantor.csv(
        "a.csv", "tanggal,kepuasan,batal,alasan_batal", "2026-11-02,4,ya,ganda", "2026-11-02,4,tidak,"
    )
    kantor("impor", "survei", berkas)
    assert kantor.angka("pengolah-pip", "2026-11")["1"] == 1


@pytest.mark.sqlite
def test_every_bad_line_is_named_and_nothing_is_written(kantor: Kantor) -> None:
    baik = [f",2026-01-{hari:02d},4" for hari in range(1, 29)] * 2
    baris = [
        KEPALA,
        *baik[:55],
        ",05-01,4",
        ",2026-01-05,5",
        ",2027-01-05,4",
        "SKM-26-1,2026-01-05,4",
        ",,4",
        "a,b",
    ]
    jawab = kantor("impor", "survei", kantor.csv("a.csv", *baris), kode=3)
    salah = [satu.strip(" -") for satu in jawab.galat.splitlines()[1:]]
    assert [satu.split(":")[0] for satu in salah] == [
        "baris 57, tanggal", "baris 58, kepuasan", "baris 59, tanggal", "baris 60, nomor", "baris 61, tanggal",
        "baris 62, bentuk",
    ]  # fmt: skip
    assert not kantor.buku.exists()


def test_line_numbers_count_line_ends_inside_cells_and_blank_lines(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,kepuasan,saran", '2026-01-05,4,"a', 'b"', "", "2026-01-05,9,x")
    assert "baris 5, kepuasan" in kantor("impor", "survei", berkas, kode=3).galat


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("register", "baris", "sebut"),
    [
        ("survei", ["tanggal,kepuasn", "2026-01-05,4"], "kepuasn: kolom ini tidak dikenal; maksudnya kepuasan?"),
        ("survei", ["kepuasan", "4"], "tanggal: kolom wajib ini tidak ada"),
        ("survei", ["tanggal,kepuasan,kepuasan", "2026-01-05,4,4"], "dua kali"),
        ("survei", ["tanggal,kepuasan,,usia", "2026-01-05,4,x,9"], "baris 2, kolom C: kolom ini berisi, tetapi tidak berjudul"),
        ("survei", [""], "tanggal: kolom wajib"),
        ("survei", ['"tanggal"x,kepuasan', "2026-01-05,4"], "baris 1, bentuk"),
        ("survei", ['"tanggal,kepuasan', "2026-01-05,4"], "baris 1, bentuk"),
        ("survei", ["tanggal,kepuasan\r2026-01-05,4\r"], "baris 1, bentuk"),
        ("survei", ["tanggal,kepuasan", '2026-01-05,"4'], "baris 2, bentuk"),
        ("survei", ["tanggal,kepuasan", '2026-01-05,"4"x'], "baris 2, bentuk"),
        ("survei", [KEPALA, "SKM-2026-0001,2026-01-05,4", "SKM-2026-0001,2026-01-05,4"], "sudah dipakai baris 2"),
        ("survei", [KEPALA, "SKM-2025-0001,2026-01-05,4"], "tidak setahun"),
        ("survei", [KEPALA, "PGD-2026-0001,2026-01-05,4"], "bukan nomor survei"),
        ("survei", [KEPALA, "SKM-2026-00001,2026-01-05,4"], "baris 2, nomor"),
        ("survei", [KEPALA, "skm-2026-0001,2026-01-05,4"], "baris 2, nomor"),
        ("survei", [KEPALA, "SKM-2026-1000000000,2026-01-05,4"], "terlalu besar"),
        ("survei", [KEPALA + ",batal,alasan_batal", ",2026-01-05,4,tidak,x"], "alasan_batal"),
        ("rekomendasi", ["tanggal,pemohon,jenis", "2026-01-05,A,gali"], "baris 2, jenis"),
        ("rekomendasi", ["tanggal,pemohon,jenis,tanggal_terbit", "2026-01-05,A,lainnya,2026-01-05"], "nomor_surat"),
        ("pengaduan", ["tanggal,uraian", "2026-01-05,A"], "baris 2, pelapor"),
        ("pengaduan", ["tanggal,uraian,anonim,kontak", "2026-01-05,A,ya,0812"], "baris 2, kontak"),
        ("tindak-lanjut", ["pengaduan,tanggal,tindakan", "PGD-2026-0001,2026-01-05,A"], "tidak ada pengaduan"),
        ("tindak-lanjut", ["pengaduan,tanggal,tindakan", "pengaduan itu,2026-01-05,A"], "baris 2"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("uji", [[], ["--uji"]])
def test_a_bad_file(kantor: Kantor, register: str, baris: list[str], sebut: str, uji: list[str]) -> None:
    jawab = kantor("impor", register, kantor.csv("a.csv", *baris), *uji, kode=3)
    assert sebut in jawab.galat
    assert jawab.keluar == ""
    assert not kantor.buku.exists()


def test_a_file_that_is_not_utf8_names_the_line(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,kepuasan,saran", "2026-01-05,4,ok", "2026-01-05,4,café", pengodean="cp1252")
    assert "baris 3 bukan teks UTF-8" in kantor("impor", "survei", berkas, kode=3).galat


def test_numbers_already_in_the_ledger_and_unknown_complaints_are_found(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "1")
    berkas = kantor.csv("a.csv", KEPALA, "SKM-2026-0002,2026-01-05,4", "SKM-2026-0001,2026-01-05,4")
    for uji in ([], ["--uji"]):
        jawab = kantor("impor", "survei", berkas, *uji, kode=3)
        assert "baris 3, nomor: SKM-2026-0001 sudah ada di buku" in jawab.galat
    assert entri(kantor)["survei"] == 1


def test_follow_ups_are_checked_against_their_complaint(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-02")
    berkas = kantor.csv(
        "a.csv", "nomor,pengaduan,tanggal,tindakan", ",PGD-2026-0001,2026-11-01,X", ",PGD-2026-0002,2026-11-03,X",
        "PGD-2026-0002/1,PGD-2026-0001,2026-11-03,X",
    )  # fmt: skip
    salah = kantor("impor", "tindak-lanjut", berkas, kode=3).galat
    assert "baris 4, nomor" in salah
    berkas = kantor.csv(
        "a.csv", "nomor,pengaduan,tanggal,tindakan", ",PGD-2026-0001,2026-11-01,X", ",PGD-2026-0002,2026-11-03,X"
    )
    salah = kantor("impor", "tindak-lanjut", berkas, kode=3).galat
    assert "baris 2, tanggal" in salah
    assert "baris 3, pengaduan" in salah
    berkas = kantor.csv(
        "a.csv", "nomor,pengaduan,tanggal,tindakan", ",PGD-2026-0001,2026-11-03,X", "PGD-2026-0001/5,PGD-2026-0001,2026-11-03,Y"
    )  # fmt: skip
    kantor("impor", "tindak-lanjut", berkas)
    assert [satu["nomor"] for satu in kantor("daftar", "tindak-lanjut", "-O", "json").json] == [
        "PGD-2026-0001/5", "PGD-2026-0001/6",
    ]  # fmt: skip


@pytest.mark.sqlite
def test_a_trial_run_writes_nothing_and_takes_a_missing_ledger_as_empty(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", KEPALA, ",2026-01-05,4")
    assert "tidak ada yang dicatat" in kantor("impor", "survei", berkas, "--uji").keluar
    assert not kantor.buku.exists()
    kantor("impor", "survei", berkas)
    sebelum = kantor.buku.read_bytes()
    kantor("impor", "survei", berkas, "--uji", "--catat-duplikat")
    assert kantor.buku.read_bytes() == sebelum


def test_a_file_with_a_header_alone_is_no_error(kantor: Kantor) -> None:
    assert kantor("impor", "survei", kantor.csv("a.csv", KEPALA)).keluar.startswith("0 entri")


def test_a_list_as_csv_can_be_imported_again(contoh: Kantor, tmp_path: Path) -> None:
    lain = Kantor(tmp_path / "lain")
    lain.folder.mkdir()
    for register in REGISTER:
        keluar = contoh("daftar", register, "-O", "csv").keluar
        lain("impor", register, lain.csv(f"{register}.csv", keluar))
        assert lain("daftar", register, "-O", "csv").keluar == keluar
    assert lain.angka("kasi-pip", "2026") == contoh.angka("kasi-pip", "2026")


@settings(max_examples=150, deadline=None)
@given(
    isi=st.binary(max_size=300), kepala=st.sampled_from([b"", b"tanggal,kepuasan,saran\n", b"tanggal;kepuasan\r\n"])
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, isi: bytes, kepala: bytes) -> None:
    berkas = tmp_path_factory.getbasetemp() / "acak.csv"
    berkas.write_bytes(kepala + isi)
    try:
        hasil = baca_berkas(berkas, SURVEI, lambda _jumlah: None)
    except Galat as galat:
        assert galat.kode == 3
        return
    hasil.titipan.tutup()
    assert all(satu.nomor_baris >= 1 for satu in hasil.cacat)


def test_a_number_far_beyond_the_last_of_a_ledger_in_use_is_refused(kantor: Kantor) -> None:
    """It would make every later number of that year one that no step accepts."""
    kepala = "nomor,tanggal,anonim,uraian"
    jauh = kantor.csv("a.csv", kepala, "PGD-2026-999999999,2026-01-05,ya,x")
    kantor("catat", "pengaduan", "--anonim", "--uraian", "y", "--tanggal", "2026-01-05")
    for uji in ([], ["--uji"]):
        galat = kantor("impor", "pengaduan", jauh, *uji, kode=3).galat
        assert "baris 2, nomor: PGD-2026-999999999 terlalu jauh melewati nomor terakhir (1)" in galat
    kantor("impor", "pengaduan", kantor.csv("b.csv", kepala, "PGD-2026-5000,2026-01-05,ya,x"))
    kantor("impor", "pengaduan", kantor.csv("c.csv", kepala, "PGD-2025-20000,2025-01-05,ya,x"))
    lanjut = "nomor,pengaduan,tanggal,tindakan"
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "x", "--tanggal", "2026-01-06")
    galat = kantor(
        "impor",
        "tindak-lanjut",
        kantor.csv("d.csv", lanjut, "PGD-2026-0001/99999,PGD-2026-0001,2026-01-07,x"),
        kode=3,
    ).galat
    assert "terlalu jauh" in galat
