"""Importing what other programs write: workbooks, foreign headings and words, dates as people write them, duplicates."""

import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from ikikec.galat import NilaiSalah
from ikikec.istilah import UNSUR_URUTAN_FORMULIR
from ikikec.tukar.sel import baca_tanggal_masuk
from tests.conftest import CONTOH, REGISTER, Kantor

DUA_MESIN = True


def buku_kerja(kantor: Kantor, *baris: list[Any], **lembar: list[list[Any]]) -> str:
    """Write a workbook with one tab, or with tabs by name; returns its path."""
    buku = Workbook()
    buku.remove(buku.active)
    for nama, isi in ({"Sheet1": [*baris]} if baris else lembar).items():
        tab = buku.create_sheet(nama)
        for satu in isi:
            tab.append(satu)
    berkas = kantor.folder / "a.xlsx"
    buku.save(berkas)
    return str(berkas)


def survei(kantor: Kantor) -> list[dict[str, Any]]:
    return kantor("daftar", "survei", "-O", "json").json


@pytest.mark.parametrize(
    ("teks", "hari"),
    [
        ("2026-10-05", "2026-10-05"), ("5/10/2026", "2026-10-05"), ("05-10-2026", "2026-10-05"),
        ("5.10.2026", "2026-10-05"), ("5 Oktober 2026", "2026-10-05"), (" 5 okt 2026 ", "2026-10-05"),
        ("2026/10/05 9:12:33 AM GMT+8", "2026-10-05"), ("05/10/2026 14.22.10", "2026-10-05"), ("2026/1/5", "2026-01-05"),
        ("2026-10-05T14:22:10.123Z", "2026-10-05"), ("10/5/26", "2026-05-10"), ("5/10/2026 9:12\u202fPM", "2026-10-05"), ("5 Oktober 2026, 14:22", "2026-10-05"), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_full_dates_of_files(teks: str, hari: str | None) -> None:
    assert baca_tanggal_masuk(teks) == (date.fromisoformat(hari) if hari else None)


@pytest.mark.parametrize(
    ("teks", "sebut"),
    [
        ("5/10", "tidak lengkap"), ("kemarin", "tidak lengkap"), ("senin", "tidak lengkap"), ("5", "tidak lengkap"),
        ("5 Oktober", "tidak lengkap"), ("2 hari lalu", "tidak lengkap"), ("10/25/2026", "bulan 25"),
        ("5/10/026", "empat angka"), ("31/11/2026", "tidak ada"), ("nanti", "tidak dikenali"), ("14:22", "tidak dikenali"),
    ],
)  # fmt: skip
def test_dates_that_a_file_may_not_have(teks: str, sebut: str) -> None:
    with pytest.raises(NilaiSalah, match=sebut):
        baca_tanggal_masuk(teks)


@pytest.mark.parametrize(
    ("teks", "hari"),
    [
        ("2026-09-30T20:00:00Z", "2026-10-01"), ("2026-09-30 15:59 UTC", "2026-09-30"), ("2026/09/30 11:30:00 PM GMT+7", "2026-10-01"),
        ("30/09/2026 23.30 WIB", "2026-10-01"), ("30/09/2026 23.30 WITA", "2026-09-30"), ("1 Oktober 2026 00.30 WIT", "2026-09-30"),
        ("2026-10-01T00:30:00+09:00", "2026-09-30"), ("2026-10-01 00:30 GMT+8", "2026-10-01"), ("30/09/2026 23:30", "2026-09-30"),
        ("2026-10-01 00:30:00 -0500", "2026-10-01"), ("2026-09-30 12:30 AM +08", "2026-09-30"),
    ],
)  # fmt: skip
def test_a_moment_with_an_offset_is_a_day_of_the_office(kantor: Kantor, teks: str, hari: str) -> None:
    kantor("impor", "survei", kantor.csv("a.csv", "tanggal,kepuasan", f"{teks},4"))
    assert survei(kantor)[0]["tanggal"] == hari


def test_a_moment_that_no_clock_shows(kantor: Kantor) -> None:
    galat = kantor("impor", "survei", kantor.csv("a.csv", "tanggal,kepuasan", "2026-09-30T25:00:00Z,4"), kode=3).galat
    assert "baris 2, tanggal: jam" in galat


def test_a_sheet_with_american_dates_says_so() -> None:
    assert baca_tanggal_masuk("10/5/2026 14:22:10", bulan_dulu=True) == date(2026, 10, 5)
    assert baca_tanggal_masuk("2026-10-05", bulan_dulu=True) == date(2026, 10, 5)
    with pytest.raises(NilaiSalah):
        baca_tanggal_masuk("25/10/2026", bulan_dulu=True)


def test_a_workbook_with_real_dates_and_numbers(kantor: Kantor) -> None:
    berkas = buku_kerja(
        kantor,
        ["Tanggal", "Jenis Kelamin", "PENANGANAN_pengaduan", "usia", "saran", None],
        [date(2026, 10, 5), "l", 4, 31.0, None, None],
        [],
        [datetime.fromisoformat("2026-10-06T14:22"), None, "3", None, 628110000000, " "],
        ["7 Oktober 2026", "P", 1.0, 20, True],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        keluar = kantor("impor", "survei", berkas).keluar
    assert keluar == "3 entri tercatat di register survei; 3 baris dibaca, 0 dilewati\n"
    kolom = ("tanggal", "jenis_kelamin", "penanganan_pengaduan", "usia", "saran")
    assert [[satu[nama] for nama in kolom] for satu in survei(kantor)] == [
        ["2026-10-05", "L", 4, 31, None],
        ["2026-10-06", None, 3, None, "628110000000"],
        ["2026-10-07", "P", 1, 20, "ya"],
    ]


def test_columns_and_rows_may_begin_anywhere_and_charts_are_no_tabs(kantor: Kantor) -> None:
    buku = Workbook()
    buku.create_chartsheet("grafik", 0)
    for sel, nilai in {"A3": "tanggal", "B3": "kepuasan", "A6": date(2026, 10, 5), "B6": 4}.items():
        buku["Sheet"][sel] = nilai
    buku["Sheet"]["D9"].number_format = "0.00"
    buku.save(kantor.folder / "a.xlsx")
    assert kantor("impor", "survei", str(kantor.folder / "a.xlsx")).keluar.startswith("1 entri tercatat")
    buku["Sheet"]["A7"] = "salah"
    buku["Sheet"].insert_cols(1)
    buku["Sheet"]["A6"] = "catatan di tepi"
    buku.save(kantor.folder / "a.xlsx")
    galat = kantor("impor", "survei", str(kantor.folder / "a.xlsx"), kode=3).galat
    assert "baris 6, kolom A: kolom ini berisi, tetapi tidak berjudul" in galat
    assert "baris 7, tanggal: tanggal 'salah' tidak dikenali" in galat


@pytest.mark.parametrize("nama", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_a_damaged_part_or_another_kind_of_workbook_is_refused(kantor: Kantor, nama: str) -> None:
    berkas = Path(buku_kerja(kantor, ["tanggal", "kepuasan"], [date(2026, 10, 5), 4]))
    with zipfile.ZipFile(berkas) as asal:
        isi = {satu: asal.read(satu) for satu in asal.namelist()}
    isi["content.xml"] = isi[nama][: len(isi.pop(nama)) // 2]
    with zipfile.ZipFile(berkas, "w") as tujuan:
        for satu, teks in isi.items():
            tujuan.writestr(satu, teks)
    assert "bukan lembar kerja .xlsx yang utuh" in kantor("impor", "survei", str(berkas), kode=3).galat


def test_the_tab_is_the_register_s(kantor: Kantor) -> None:
    isi = [["tanggal", "kepuasan"], ["2026-10-05", 4]]
    kantor("impor", "survei", buku_kerja(kantor, Catatan=[["x"]], Survei=isi))
    galat = kantor("impor", "informasi", buku_kerja(kantor, satu=isi, dua=isi), kode=3).galat
    assert "satu atau dua" in galat


@pytest.mark.parametrize(
    ("isi", "sebut"),
    [
        (b"PK\x03\x04rusak", "bukan lembar kerja"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bukan lembar kerja"),
        ("tanggal,kepuasan\n".encode("utf-16"), "UTF-16"),
        ("tanggal,kepuasan,saran\n2026-10-05,4,café\n".encode("cp1252"), "Windows-1252"),
        (b"tanggal\xff\x00", "biner"),
    ],
)
def test_files_that_are_something_else_are_named(kantor: Kantor, isi: bytes, sebut: str) -> None:
    berkas = kantor.folder / "a.csv"
    berkas.write_bytes(isi)
    assert sebut in kantor("impor", "survei", str(berkas), kode=3).galat


def test_bad_rows_of_a_workbook_are_named_by_their_row(kantor: Kantor) -> None:
    berkas = buku_kerja(
        kantor,
        ["tanggal", "kepuasan"],
        ["2026-10-05", 4],
        [],
        ["2026-10-05", 3.5],
        [45000, 4],
        ["2026-10-05", 4, "x"],
    )
    galat = kantor("impor", "survei", berkas, kode=3).galat
    for sebut in ("baris 4, kepuasan: '3,5'", "baris 5, tanggal", "baris 6, bentuk: ada 3 kolom"):
        assert sebut in galat
    assert "tidak dapat dibaca" in kantor("impor", "survei", str(kantor.folder), kode=2).galat


@pytest.mark.parametrize("pemisah", [",", ";", "\t"])
def test_headings_without_case_spaces_or_underscores(kantor: Kantor, pemisah: str) -> None:
    baris = ['TANGGAL,Jenis Kelamin,penangananPengaduan,"sa\nran"', "5/10/2026,p,2,a"]  # fmt: skip
    kantor("impor", "survei", kantor.csv("a.csv", *(satu.replace(",", pemisah) for satu in baris)))
    (isi,) = survei(kantor)
    assert (isi["jenis_kelamin"], isi["penanganan_pengaduan"], isi["saran"]) == ("P", 2, "a")
    galat = kantor("impor", "survei", kantor.csv("a.csv", "tanggal,usia,USIA", "x"), kode=3).galat
    assert "usia: kolom ini tertulis dua kali" in galat


def test_permit_kinds_are_matched_without_case(kantor: Kantor) -> None:
    kantor("impor", "rekomendasi", kantor.csv("a.csv", "tanggal,pemohon,jenis", "2026-10-05,A,Dispensasi-NIKAH"))
    assert kantor("lihat", "RIZ-2026-0001", "-O", "json").json["jenis"] == "dispensasi-nikah"


PERTANYAAN = [f"{n}. Bagaimana pendapat Anda tentang {kata}?" for n, kata in enumerate(
    ("persyaratan, bila ada", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana", "pengaduan"), 1
)]  # fmt: skip
PETA = f"""
abaikan = ["Kode unik"]
formulir = {PERTANYAAN}
[kolom]
"Stempel waktu" = "tanggal"
"Jenis  kelamin Anda" = "jenis_kelamin"
[tetap]
layanan = "KTP"
[kata.jenis_kelamin]
"Laki-laki" = "L"
"Perempuan" = "P"
[kata.sarana]
"Buruk" = "1"
"""


def formulir(kantor: Kantor, *jawaban: list[str], peta: str = PETA) -> list[str]:
    """An export of Google Forms and its mapping; returns the command line."""
    kepala = ["Stempel waktu", "Kode unik", *PERTANYAAN, "Jenis kelamin anda"]
    baris = [kepala, *(["5/10/2026 14.22.10", "k7", *satu, "perempuan"] for satu in jawaban)]
    berkas = kantor.csv("f.csv", *(",".join(f'"{sel}"' for sel in satu) for satu in baris))
    (kantor.folder / "peta.toml").write_text(peta, "utf-8")
    return ["impor", "survei", berkas, "--peta", str(kantor.folder / "peta.toml")]


KATA = ["Sangat baik", "kurang baik", "Baik", "Gratis", "3. Baik", "4", "tidak baik", "Buruk", "Dikelola dengan baik"]


def test_a_survey_form_is_mapped_by_name(kantor: Kantor) -> None:
    kantor(*formulir(kantor, KATA, ["1", "2", "3", "4", "1", "2", "3", "4", ""]))
    satu, dua = survei(kantor)
    assert [satu[nama] for nama in UNSUR_URUTAN_FORMULIR] == [4, 2, 3, 4, 3, 4, 1, 1, 4]
    assert [dua[nama] for nama in UNSUR_URUTAN_FORMULIR] == [1, 2, 3, 4, 1, 2, 3, 4, None]
    assert (satu["sarana"], satu["penanganan_pengaduan"]) == (1, 4)
    assert (satu["tanggal"], satu["layanan"], satu["jenis_kelamin"]) == ("2026-10-05", "KTP", "P")


@pytest.mark.parametrize(
    ("kata", "sebut"),
    [("Lumayan", "biaya?\"): 'Lumayan'"), ("4. Tidak baik", "bertentangan"), ("5", 'biaya?"): 5 di luar'), ("Cukup", "biaya?\"): 'Cukup'")],
)  # fmt: skip
def test_a_word_that_is_not_on_the_form(kantor: Kantor, kata: str, sebut: str) -> None:
    jawaban = ["4"] * 9
    jawaban[3] = kata
    assert sebut in kantor(*formulir(kantor, jawaban), kode=3).galat


@pytest.mark.parametrize(
    ("lama", "baru", "sebut"),
    [
        ("[tetap]", "[tetap]\nlayann = 'x'", "tetap.layann: 'layann' bukan isian survei; maksudnya layanan?"),
        ('"P"', '"X"', "kata.jenis_kelamin.Perempuan"),
        ("formulir = [", "formulir = ['x', ", "formulir"),
        (f"{PERTANYAAN[7]}', '{PERTANYAAN[8]}", f"{PERTANYAAN[8]}', '{PERTANYAAN[7]}", "tampak menanyakan"),
        (f", '{PERTANYAAN[8]}'", "", "harus sembilan"),
        ("abaikan", "abaikn", "abaikn"),
        ('"Kode unik"', "", "Kode unik: kolom ini tidak dikenal"),
        ("abaikan", 'urutan_tanggal = "x"\nabaikan', "urutan_tanggal"),
    ],
)
def test_a_mapping_that_is_wrong(kantor: Kantor, lama: str, baru: str, sebut: str) -> None:
    assert lama in PETA
    assert sebut in kantor(*formulir(kantor, KATA, peta=PETA.replace(lama, baru)), kode=3).galat


def test_a_mapping_serves_its_register(kantor: Kantor) -> None:
    formulir(kantor, KATA)
    peta = ["--peta", str(kantor.folder / "peta.toml")]
    galat = kantor("impor", "informasi", kantor.csv("a.csv", "x"), *peta, kode=3).galat
    assert "formulir: hanya untuk register survei" in galat
    assert kantor("impor", "survei", kantor.csv("a.csv", "x"), "--peta", "tiada.toml", kode=2).galat


@pytest.mark.parametrize("register", REGISTER)
def test_what_is_there_already_is_skipped(contoh: Kantor, register: str) -> None:
    berkas = str(CONTOH / f"{register}.csv")
    sebelum = contoh("ekspor", "-O", "json").keluar
    banyak = len(Path(berkas).read_text().splitlines()) - 1
    jawab = contoh("impor", register, berkas, "--lewati-duplikat")
    assert jawab.keluar == f"0 entri tercatat di register {register}; {banyak} baris dibaca, {banyak} dilewati\n"
    assert f"… dan {banyak - 20} baris lagi" in jawab.galat
    assert contoh("ekspor", "-O", "json").keluar == sebelum


def test_equal_answers_are_skipped_as_often_as_they_are_there(kantor: Kantor) -> None:
    kepala, sama = "tanggal,kepuasan,saran", "2026-10-05,4,x"
    kantor("impor", "survei", kantor.csv("a.csv", kepala, sama, sama))
    berkas = kantor.csv("a.csv", kepala, sama, sama, sama, "2026-10-05,3,x")
    for uji in (["--uji"], []):
        jawab = kantor("impor", "survei", berkas, "--lewati-duplikat", *uji)
        assert jawab.keluar.startswith("2 entri")
        assert "4 baris dibaca, 2 dilewati" in jawab.keluar
        assert "baris 2 dilewati: sudah ada sebagai SKM-2026-0001" in jawab.galat
    assert len(survei(kantor)) == 4
    assert kantor("impor", "survei", berkas, "--catat-duplikat").keluar.startswith("4 entri")


def test_what_stands_already_is_told_before_anything_is_written(kantor: Kantor) -> None:
    kepala, sama = "tanggal,pemohon,topik", [f"2026-10-0{n},A,topik {n}" for n in range(1, 6)]
    kantor("--petugas", "Siti", "impor", "informasi", kantor.csv("a.csv", kepala, *sama))
    sebelum = kantor.buku.read_bytes() if "://" not in kantor.alamat else b""
    berkas = kantor.csv("b.csv", kepala, *sama, "2026-10-06,A,baru")
    galat = kantor("impor", "informasi", berkas, kode=3).galat
    assert "5 dari 6 baris sudah ada di buku, terakhir diimpor " in galat
    assert "oleh Siti" in galat
    tersebut = [n for n in range(2, 7) if f"baris {n}, nomor: sama dengan INF-2026-000{n - 1}" in galat]
    assert tersebut == [2, 3, 4]
    assert "--lewati-duplikat" in galat
    assert "--catat-duplikat" in galat
    assert not sebelum or kantor.buku.read_bytes() == sebelum
    assert kantor("impor", "informasi", berkas, "--catat-duplikat").keluar.startswith("6 entri")
    kantor("impor", "informasi", berkas, "--catat-duplikat", "--lewati-duplikat", kode=2)


def test_a_correction_or_another_form_of_quotes_hides_no_row_that_came_in_before(kantor: Kantor) -> None:
    kepala, baris = "tanggal,pemohon,topik", "2026-10-05,Nur\u2019aini,surat \u201cpindah\u201d"
    kantor("impor", "informasi", kantor.csv("a.csv", kepala, baris))
    lagi = kantor.csv("a.csv", kepala, baris.translate({0x2019: "'", 0x201C: '"', 0x201D: '"', ord(" "): "\u00a0"}))
    assert "1 dari 1 baris sudah ada di buku" in kantor("impor", "informasi", lagi, kode=3).galat
    kantor(
        "koreksi",
        "INF-2026-0001",
        "--pemohon",
        "Nuraini",
        "--tanggal",
        "2026-10-06",
        "--alasan",
        "salah baca",
        "--ya",
    )
    for berkas in (lagi, kantor.csv("b.csv", kepala, "2026-10-06,Nuraini,surat \u201cpindah\u201d")):
        assert "sama dengan INF-2026-0001" in kantor("impor", "informasi", berkas, kode=3).galat
        assert kantor("impor", "informasi", berkas, "--lewati-duplikat").keluar.startswith("0 entri")


def test_an_entry_that_went_on_since_is_still_the_same(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,pemohon,topik", "2026-10-05,A,B", "2026-10-06,A,B")
    kantor("impor", "informasi", berkas)
    kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "--tanggal", "2026-10-07")
    kantor("batalkan", "INF-2026-0002", "--alasan", "x", "--ya")
    assert kantor("impor", "informasi", berkas, "--lewati-duplikat").keluar.startswith("0 entri")
    lain = kantor.csv("b.csv", "tanggal,pemohon,topik,tanggal_selesai,hasil", "2026-10-05,A,B,2026-10-08,terlaksana")
    assert kantor("impor", "informasi", lain, "--lewati-duplikat").keluar.startswith("1 entri")


def test_a_row_takes_the_entry_that_is_most_like_it(kantor: Kantor) -> None:
    kepala = "tanggal,pemohon,topik,tanggal_selesai,hasil"
    selesai, belum = "2026-10-05,A,B,2026-10-08,terlaksana", "2026-10-05,A,B,,"
    kantor("impor", "informasi", kantor.csv("a.csv", kepala, selesai, belum))
    berkas = kantor.csv("a.csv", kepala, belum, selesai)
    assert kantor("impor", "informasi", berkas, "--lewati-duplikat").keluar.startswith("0 entri")


def test_a_number_that_is_taken_by_another_entry_stays_a_fault(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "1", "--tanggal", "2026-10-05")
    berkas = kantor.csv("a.csv", "nomor,tanggal,kepuasan", "SKM-2026-0001,2026-10-05,2")
    assert "sudah ada" in kantor("impor", "survei", berkas, "--lewati-duplikat", kode=3).galat
    berkas = kantor.csv("a.csv", "nomor,tanggal,kepuasan", ",2026-10-05,1", "SKM-2026-0001,2026-10-05,1")
    assert kantor("impor", "survei", berkas, "--lewati-duplikat").keluar.startswith("1 entri")


@pytest.mark.sqlite
def test_a_trial_run_shows_what_would_be_written(kantor: Kantor) -> None:
    baris = [f"2026-11-02,A,topik {n}" for n in range(5)]
    berkas = kantor.csv("a.csv", "tanggal,pemohon,topik", *baris)
    keluar = kantor("impor", "informasi", berkas, "--uji").keluar
    assert "INF-2026-0001" in keluar
    assert "2026-11-16" in keluar
    assert "topik 2" in keluar
    assert "topik 3" not in keluar
    assert not kantor.buku.exists()
    kantor("impor", "informasi", berkas)
    sebelum = kantor.buku.read_bytes()
    assert "5 dari 5 baris" in kantor("impor", "informasi", berkas, "--uji", kode=3).galat
    assert "INF-2026-0006" in kantor("impor", "informasi", berkas, "--uji", "--catat-duplikat").keluar
    assert kantor.buku.read_bytes() == sebelum


def test_an_escaped_formula_comes_in_as_it_was(kantor: Kantor) -> None:
    kantor(
        "impor",
        "survei",
        kantor.csv("a.csv", "tanggal,kepuasan,saran", "2026-10-05,4,'=1", "2026-10-05,4,'a", "2026-10-05,4,''=1"),
    )
    assert [satu["saran"] for satu in survei(kantor)] == ["=1", "'a", "'=1"]
