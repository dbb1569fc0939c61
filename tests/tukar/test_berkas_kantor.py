"""Files as offices have them: what surrounds the table, cells that say nothing, words, numbers, and what is too much."""

import os
import threading
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from ikikec.buku.register import SEMUA
from ikikec.istilah import UNSUR_URUTAN_FORMULIR
from ikikec.tukar import sumber, tabel_masuk, xlsx_masuk
from tests.conftest import Kantor

DUA_MESIN = True
KEPALA = ["tanggal", "pelapor", "kontak", "uraian"]
SATU = [date(2026, 10, 5), "Siti", "0812", "Lampu padam"]


def xlsx(kantor: Kantor, *baris: list[Any], ubah: Callable[[Worksheet], None] = lambda _tab: None) -> str:
    buku = Workbook()
    tab = buku["Sheet"]
    for satu in baris:
        tab.append(satu)
    ubah(tab)
    buku.save(kantor.folder / "a.xlsx")
    return str(kantor.folder / "a.xlsx")


def ganti_xml(berkas: str, lama: bytes, baru: bytes, bagian: str = "xl/worksheets/sheet1.xml") -> str:
    """The workbook with other bytes in one part."""
    with zipfile.ZipFile(berkas) as asal:
        isi = {nama: asal.read(nama) for nama in asal.namelist()}
    assert lama in isi[bagian]
    isi[bagian] = isi[bagian].replace(lama, baru)
    with zipfile.ZipFile(berkas, "w", zipfile.ZIP_DEFLATED) as tujuan:
        for nama, teks in isi.items():
            tujuan.writestr(nama, teks)
    return berkas


def isi(kantor: Kantor, register: str = "pengaduan") -> list[dict[str, Any]]:
    return kantor("daftar", register, "-O", "json").json


@pytest.mark.parametrize(
    ("sel", "sebut"),
    [("=1+1", "hasil rumusnya belum tersimpan"), ("#N/A", "galat #N/A"), ("#REF!", "galat #REF!"), ("#DIV/0!", "galat #DIV/0!")],
)  # fmt: skip
@pytest.mark.parametrize("kolom", [0, 2, 3])
def test_a_cell_that_cannot_be_read_is_never_blank(kantor: Kantor, sel: str, sebut: str, kolom: int) -> None:
    baris = [*SATU[:kolom], sel, *SATU[kolom + 1 :]]
    galat = kantor("impor", "pengaduan", xlsx(kantor, KEPALA, SATU, baris), kode=3).galat
    assert f"baris 3, {KEPALA[kolom]}: {'selnya berisi ' if '#' in sel else ''}{sebut}" in galat


def test_the_error_of_a_formula_is_one_in_a_text_file_too_but_not_the_office_s_own_word(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,kepuasan,saran", "2026-10-05,4,#N/A", "2026-10-05,#REF!,")
    galat = kantor("impor", "survei", berkas, kode=3).galat
    assert "baris 2, saran: selnya berisi galat #N/A" in galat
    assert "baris 3, kepuasan: selnya berisi galat #REF!" in galat
    kantor("catat", "survei", "--kepuasan", "4", "--saran", "#N/A")
    for akhiran in ("csv", "xlsx"):
        kantor("ekspor", "survei", "-o", str(kantor.folder / f"b.{akhiran}"))
        kantor("impor", "survei", str(kantor.folder / f"b.{akhiran}"), "--lewati-duplikat")
        lain = Kantor(kantor.folder / akhiran)
        lain.folder.mkdir()
        lain("impor", "survei", str(kantor.folder / f"b.{akhiran}"))
        assert isi(lain, "survei")[0]["saran"] == "#N/A"


def test_a_formula_s_empty_text_is_blank_and_its_result_is_taken(kantor: Kantor) -> None:
    berkas = xlsx(kantor, KEPALA, [date(2026, 10, 5), "Siti", "=A1", "=B1"])
    ganti_xml(berkas, b'<c r="C2"><f>A1</f><v /></c>', b'<c r="C2" t="str"><f>A1</f><v></v></c>')
    ganti_xml(berkas, b'<c r="D2"><f>B1</f><v /></c>', b'<c r="D2" t="str"><f>B1</f><v>Lampu</v></c>')
    kantor("impor", "pengaduan", berkas)
    assert [isi(kantor)[0][nama] for nama in ("kontak", "uraian")] == [None, "Lampu"]


@pytest.mark.parametrize("nilai", [9_999_999, -5, time(14, 0), 45_000])
def test_a_date_cell_that_is_no_day(kantor: Kantor, nilai: Any) -> None:
    def ubah(tab: Worksheet) -> None:
        tab["A3"].number_format = "General" if nilai == 45_000 else "dd/mm/yyyy"

    galat = kantor("impor", "pengaduan", xlsx(kantor, KEPALA, SATU, [nilai, *SATU[1:]], ubah=ubah), kode=3).galat
    assert "baris 3, tanggal: " in galat


def bergaris(tab: Worksheet) -> None:
    for baris in range(1, 20):
        for kolom in range(1, 12):
            tab.cell(baris, kolom).border = Border(left=Side(style="thin"))


def test_a_row_of_empty_cells_is_no_row(kantor: Kantor) -> None:
    peta = kantor.folder / "peta.toml"
    peta.write_text('[tetap]\nuraian = "tetap"\npelapor = "A"\ntanggal = "2026-10-05"\n', "utf-8")
    berkas = xlsx(kantor, KEPALA, SATU, [None, " ", "\u200b", "\xa0"], [], ["", "", "", ""], ubah=bergaris)
    assert kantor("impor", "pengaduan", berkas, "--peta", str(peta)).keluar.startswith("1 entri")
    csv = kantor.csv("a.csv", "tanggal;uraian;pelapor;;", "2026-10-06;x;B;;", ";;;;", ' ;"";;;', "")
    assert kantor("impor", "pengaduan", csv, "--peta", str(peta)).keluar.startswith("1 entri")


def test_a_merged_cell_stands_for_all_of_its_column(kantor: Kantor) -> None:
    def ubah(tab: Worksheet) -> None:
        tab.merge_cells("A1:D1")
        tab.merge_cells("A3:A5")
        tab.merge_cells("B4:B6")

    baris = [["BUKU PENGADUAN"], KEPALA, SATU, [None, "Ani", None, "b"], [None, None, None, "c"], [date(2026, 10, 7), None, None, "d"], []]  # fmt: skip
    berkas = xlsx(kantor, *baris, ubah=ubah)
    jawab = kantor("impor", "pengaduan", berkas)
    assert "judul kolom dibaca dari baris 2" in jawab.galat
    assert [(satu["tanggal"][-2:], satu["pelapor"]) for satu in isi(kantor)] == [
        ("05", "Siti"), ("05", "Ani"), ("05", "Ani"), ("07", "Ani"),
    ]  # fmt: skip


def test_a_cell_merged_across_columns_is_refused_by_name(kantor: Kantor) -> None:
    berkas = xlsx(kantor, KEPALA, SATU, SATU, ubah=lambda tab: tab.merge_cells("B3:C3"))
    galat = kantor("impor", "pengaduan", berkas, kode=3).galat
    assert "baris 3, pelapor: sel gabungan B3:C3 melintasi kolom" in galat


def test_hidden_rows_and_columns_count_and_are_told_once(kantor: Kantor) -> None:
    def ubah(tab: Worksheet) -> None:
        tab.row_dimensions[3].hidden = True
        tab.row_dimensions[9].hidden = True
        tab.column_dimensions["C"].hidden = True
        tab.column_dimensions["H"].hidden = True

    jawab = kantor("impor", "pengaduan", xlsx(kantor, KEPALA, SATU, SATU, ubah=ubah))
    assert jawab.keluar.startswith("2 entri")
    assert jawab.galat.count("yang tersembunyi ikut dibaca: 1 baris dan 1 kolom") == 1


def test_headings_below_a_title_with_running_numbers_and_stray_marks(kantor: Kantor) -> None:
    kepala = ["No.", "Tgl.", "Nama\xa0Pelapor", "No. HP\u200b", " Isi  Pengaduan ", None, ""]
    baris = [["BUKU PENGADUAN KECAMATAN"], ["Tahun 2026"], [], kepala, [1, *SATU], [2, *SATU], [3], kepala]
    jawab = kantor("impor", "pengaduan", xlsx(kantor, *baris))
    assert jawab.keluar.startswith("2 entri")
    assert "kolom yang tidak dicatat: No." in jawab.galat
    assert [isi(kantor)[0][nama] for nama in ("pelapor", "kontak", "uraian")] == ["Siti", "0812", "Lampu padam"]


def test_a_column_no_that_holds_the_register_s_numbers_is_read(kantor: Kantor) -> None:
    kantor("impor", "survei", kantor.csv("a.csv", "No,tanggal,kepuasan", "SKM-2026-0007,2026-10-05,4"))
    assert isi(kantor, "survei")[0]["nomor"] == "SKM-2026-0007"


def test_a_table_without_headings_says_what_was_looked_for(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "5/10/2026,Siti Aminah,0812,Lampu", "6/10/2026,Budi,0813,Jalan")
    galat = kantor("impor", "pengaduan", berkas, kode=3).galat
    assert "tidak ada baris judul kolom di 2 baris pertama; yang dicari kolom tanggal, uraian" in galat
    assert "Siti" not in galat


@pytest.mark.parametrize(
    "baris",
    [
        ['tanggal;sarana;"Saran, kritik,', 'masukan, dan lain, lain"', "2026-10-05;3;x"],
        ["sep=;", 'tanggal;sarana;"saran"', "2026-10-05;3;x"],
        ["sep=|", "tanggal|sarana|saran", "2026-10-05|3|x"],
        ["Survei, bulan, Oktober, 2026", "tanggal;sarana;saran", "2026-10-05;3;x"],
        ["\u200btanggal\tsarana\tsaran\t\t", "2026-10-05\t3\tx\t\t"],
    ],
)
def test_the_mark_between_cells(kantor: Kantor, baris: list[str]) -> None:
    (kantor.folder / "peta.toml").write_text('[kolom]\n"Saran, kritik, masukan, dan lain, lain" = "saran"\n', "utf-8")
    kantor("impor", "survei", kantor.csv("a.csv", *baris), "--peta", str(kantor.folder / "peta.toml"))
    (satu,) = isi(kantor, "survei")
    assert (satu["tanggal"], satu["sarana"], satu["saran"]) == ("2026-10-05", 3, "x")


def test_windows_1252(kantor: Kantor) -> None:
    baris = ["tanggal;pelapor;uraian", "2026-10-05;André;Jalan “rusak” – parah"]
    berkas = kantor.csv("a.csv", *baris, pengodean="cp1252")
    assert "--penyandian windows-1252" in kantor("impor", "pengaduan", berkas, kode=3).galat
    kantor("impor", "pengaduan", berkas, "--penyandian", "windows-1252")
    assert (isi(kantor)[0]["pelapor"], isi(kantor)[0]["uraian"]) == ("André", "Jalan “rusak” – parah")
    utf8 = kantor.csv("b.csv", *baris)
    assert "tampaknya UTF-8" in kantor("impor", "pengaduan", utf8, "--penyandian", "windows-1252", kode=3).galat


JAWABAN = {
    "persyaratan": ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    "prosedur": ["Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"],
    "waktu": ["Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"],
    "biaya": ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"],
    "produk": ["Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"],
    "kompetensi": ["Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"],
    "perilaku": ["Tidak sopan dan ramah", "Kurang sopan dan ramah", "Sopan dan ramah", "Sangat sopan dan ramah"],
    "sarana": ["Buruk", "Cukup", "Baik", "Sangat baik"],
    "penanganan_pengaduan": ["Tidak ada", "Ada tetapi tidak berfungsi", "Berfungsi kurang maksimal", "Dikelola dengan baik"],
    "kepuasan": ["Tidak puas", "Kurang puas", "Puas", "Sangat puas"],
}  # fmt: skip


@pytest.mark.parametrize("nama", JAWABAN)
def test_the_words_of_each_question(kantor: Kantor, nama: str) -> None:
    baris = [f"2026-10-05,{kata},{kata},L" for kata in JAWABAN[nama]]
    berkas = kantor.csv("a.csv", f"tanggal,{nama},saran,jenis_kelamin", *baris)
    kantor("impor", "survei", berkas)
    assert [satu[nama] for satu in isi(kantor, "survei")] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("sel", "angka"),
    [
        ("4 (Gratis)", 4),
        ("3. Murah", 3),
        ("2", 2),
        ("3,0", 3),
        ("4.0", 4),
        ("0", None),
        ("3 - Setuju", 3),
        ("MURAH", 3),
    ],
)
def test_an_answer_in_figures_and_words(kantor: Kantor, sel: str, angka: int | None) -> None:
    kantor("impor", "survei", kantor.csv("a.csv", "tanggal,biaya,kepuasan", f'2026-10-05,"{sel}",4'))
    assert isi(kantor, "survei")[0]["biaya"] == angka


@pytest.mark.parametrize("sel", ["3,5", "4 hari", "5", "1 (Gratis)", "Cukup", "1.000", "Mudah", "34", "-", "x"])
def test_no_cell_becomes_an_answer_that_it_does_not_say(kantor: Kantor, sel: str) -> None:
    galat = kantor("impor", "survei", kantor.csv("a.csv", "tanggal,biaya", f'2026-10-05,"{sel}"'), kode=3).galat
    assert "baris 2, biaya: " in galat


@pytest.mark.parametrize(
    ("kolom", "sel", "nilai"),
    [
        ("kanal", "Tatap muka", "tatap-muka"), ("kanal", "WA", "whatsapp"), ("kanal", "E-mail", "email"),
        ("kanal", "SP4N LAPOR!", "sp4n-lapor"), ("kanal", "Telp.", "telepon"), ("kanal", "Kotak Saran", "kotak-saran"),
        ("klasifikasi", "Tidak berkadar pengawasan", "tidak-berkadar"), ("kategori", "Non Perizinan", "non-perizinan"),
    ],
)  # fmt: skip
def test_words_people_use(kantor: Kantor, kolom: str, sel: str, nilai: str) -> None:
    kantor("impor", "pengaduan", kantor.csv("a.csv", f"tanggal,pelapor,uraian,{kolom}", f"2026-10-05,A,B,{sel}"))
    assert isi(kantor)[0][kolom] == nilai


@pytest.mark.parametrize(("sel", "nilai"), [("1.250", 1250), ("3.0", 3), ("3,0", 3), ("1.250,00", 1250), ("12", 12)])
def test_whole_numbers_people_write(kantor: Kantor, sel: str, nilai: int) -> None:
    kantor("impor", "surat-kabar", kantor.csv("a.csv", "tanggal,media,jumlah", f'2026-10-05,A,"{sel}"'))
    assert isi(kantor, "surat-kabar")[0]["eksemplar"] == nilai


@pytest.mark.parametrize("sel", ["1,250", "1.25", "3,5", "1.2500", "12.50", "1 250"])
def test_numbers_that_may_mean_two_things(kantor: Kantor, sel: str) -> None:
    kantor("impor", "surat-kabar", kantor.csv("a.csv", "tanggal,media,jumlah", f'2026-10-05,A,"{sel}"'), kode=3)


def test_what_a_spreadsheet_has_eaten(kantor: Kantor) -> None:
    kepala = "tanggal,pemohon,jenis,kontak,nomor_surat,tanggal_terbit"
    berkas = kantor.csv("a.csv", kepala, '2026-10-05,A,usaha-mikro,"8,12346E+11",1,2026-10-05', '2026-10-05,A,usaha-mikro,0812,"5,03E+14",2026-10-05')  # fmt: skip
    galat = kantor("impor", "rekomendasi", berkas, kode=3).galat
    assert "baris 2, kontak: angkanya sudah dibulatkan Excel" in galat
    assert "baris 3, nomor_surat: angkanya sudah dibulatkan Excel" in galat
    assert (
        "kontak: angkanya sudah dibulatkan"
        in kantor("impor", "pengaduan", xlsx(kantor, KEPALA, [*SATU[:2], 5.03e15, "x"]), kode=3).galat
    )


def test_what_may_not_be_meant_is_told_by_count_and_line(kantor: Kantor) -> None:
    baris = [[date(2026, 10, 5), "Siti", 81234567890 + n, n] for n in range(7)]
    berkas = xlsx(kantor, KEPALA, *baris, [*SATU[:2], 3.5, date(2026, 10, 6)])
    jawab = kantor("impor", "pengaduan", berkas)
    assert "kontak diawali 8, tampaknya kehilangan angka 0 di depannya: 7 (baris 2, 3, 4, 5, 6, …)" in jawab.galat
    assert "kontak berupa tanggal, jam, atau pecahan" in jawab.galat
    assert isi(kantor)[-1]["kontak"] == "3,5"
    assert isi(kantor)[-1]["uraian"] == "2026-10-06"


def test_a_permit_taken_for_complete_is_told(kantor: Kantor) -> None:
    kepala = "tanggal,pemohon,jenis,nomor_surat,tanggal_terbit"
    jawab = kantor("impor", "rekomendasi", kantor.csv("a.csv", kepala, "2026-10-05,A,usaha-mikro,1,2026-10-06"))
    assert "berkas dianggap lengkap pada tanggal diterima: 1 (baris 2)" in jawab.galat


def test_the_escapes_of_a_workbook_are_letters(kantor: Kantor) -> None:
    berkas = xlsx(kantor, KEPALA, [*SATU[:3], "GANTI"])
    ganti_xml(berkas, b"GANTI", b"_xD83D__xDE0A_ _x0041_ _x005F_x0042_")
    kantor("impor", "pengaduan", berkas)
    kantor("catat", "pengaduan", "--anonim", "--uraian", "😊 _xD83D__xDE0A_", "--tanggal", "2026-10-06")
    assert [satu["uraian"] for satu in isi(kantor)] == ["😊 A _x0042_", "😊 _xD83D__xDE0A_"]
    kantor("ekspor", "pengaduan", "-o", str(kantor.folder / "b.xlsx"))
    lain = Kantor(kantor.folder / "lain")
    lain.folder.mkdir()
    lain("impor", "pengaduan", str(kantor.folder / "b.xlsx"))
    assert [satu["uraian"] for satu in isi(lain)] == [satu["uraian"] for satu in isi(kantor)]


TANYA = [
    "1. Bagaimana pendapat Saudara tentang kesesuaian persyaratan pelayanan dengan jenis pelayanannya?",
    "2. Bagaimana pemahaman Saudara tentang kemudahan prosedur pelayanan di unit ini?",
    "3. Bagaimana pendapat Saudara tentang kecepatan waktu dalam memberikan pelayanan?",
    "4. Bagaimana pendapat Saudara tentang kewajaran biaya/tarif dalam pelayanan?",
    "5. Bagaimana pendapat Saudara tentang kesesuaian produk pelayanan antara yang tercantum dalam standar pelayanan dengan hasil yang diberikan?",
    "6. Bagaimana pendapat Saudara tentang kompetensi/kemampuan petugas dalam pelayanan?",
    "7. Bagaimana pendapat Saudara tentang perilaku petugas dalam pelayanan terkait kesopanan dan keramahan?",
    "8. Bagaimana pendapat Saudara tentang kualitas sarana dan prasarana?",
    "9. Bagaimana pendapat Saudara tentang penanganan pengaduan pengguna layanan?",
]  # fmt: skip


def test_a_google_form_of_the_nine_elements_needs_no_mapping(kantor: Kantor) -> None:
    kepala = ["Timestamp", "Email Address", "Nama", "Umur", "Jenis Kelamin", "Jenis Layanan yang diterima", *TANYA, "Saran dan Masukan"]  # fmt: skip
    sel = ["2026/10/05 9:12:33 AM GMT+8", "a@b.id", "Siti", "31", "Perempuan", "KTP"]
    sel += [JAWABAN[nama][urut % 4] for urut, nama in enumerate(UNSUR_URUTAN_FORMULIR)]
    berkas = kantor.csv("f.csv", *(",".join(f'"{satu}"' for satu in baris) for baris in (kepala, [*sel, "bagus"])))
    jawab = kantor("impor", "survei", berkas)
    assert "kolom yang tidak dicatat: Email Address, Nama" in jawab.galat
    (satu,) = isi(kantor, "survei")
    assert [satu[nama] for nama in UNSUR_URUTAN_FORMULIR] == [urut % 4 + 1 for urut in range(9)]
    assert (satu["tanggal"], satu["usia"], satu["jenis_kelamin"], satu["layanan"], satu["saran"]) == ("2026-10-05", 31, "P", "KTP", "bagus")  # fmt: skip


def test_two_columns_that_ask_the_same_are_refused(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,Waktu pelayanan,Kecepatan waktu layanan", "2026-10-05,3,4")
    assert "waktu: kolom ini tertulis dua kali" in kantor("impor", "survei", berkas, kode=3).galat
    berkas = kantor.csv("a.csv", "tanggal,Biaya dan waktu layanan", "2026-10-05,3")
    assert "Biaya dan waktu layanan: kolom ini tidak dikenal" in kantor("impor", "survei", berkas, kode=3).galat


def test_many_faults_are_counted_and_long_cells_cut(kantor: Kantor) -> None:
    berkas = kantor.csv(
        "a.csv", "tanggal,kanal,uraian,pelapor", *["2026-10-05,Siti Aminah binti Abdullah,x,A"] * 1500
    )
    galat = kantor("impor", "pengaduan", berkas, kode=3).galat
    assert "… dan 1.480 lagi" in galat
    assert galat.count("baris ") == 20
    assert "'Siti Aminah binti Ab…' tidak dikenal" in galat


def test_what_identifies_a_citizen_or_is_told_freely_is_in_no_fault(kantor: Kantor) -> None:
    """Faults end up in cron's mail; a name that slipped under a coded heading is cut, and line and heading are there."""
    rahasia = {satu.nama: f"rahasia {satu.nama}" for satu in SEMUA["pengaduan"].bidang if satu.pribadi or satu.bebas}
    kepala = ["tanggal", "anonim", "klasifikasi", *rahasia]
    isi_baris = ["2027-01-05", "ya", "tidak ada", *rahasia.values()]
    berkas = kantor.csv("a.csv", ",".join(kepala), ",".join(isi_baris))
    galat = kantor("impor", "pengaduan", berkas, kode=3).galat
    assert "rahasia" not in galat
    assert "baris 2, klasifikasi: 'tidak ada' tidak dikenal" in galat


def test_the_answer_for_scripts(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "No,tanggal,kepuasan", "1,2026-10-05,4", "2,2026-10-06,4")
    harap = {"register": "survei", "uji": True, "dibaca": 2, "tercatat": 0, "siap": 2, "dilewati": [], "peringatan": ["kolom yang tidak dicatat: No"]}  # fmt: skip
    assert kantor("impor", "survei", berkas, "--uji", "-O", "json").json == harap
    kantor("impor", "survei", berkas)
    jawab = kantor("impor", "survei", berkas, "--lewati-duplikat", "-O", "json").json
    assert jawab["dilewati"] == [{"baris": 2, "nomor": "SKM-2026-0001"}, {"baris": 3, "nomor": "SKM-2026-0002"}]
    assert (jawab["dibaca"], jawab["tercatat"]) == (2, 0)


def test_the_tab_may_be_named(kantor: Kantor) -> None:
    buku = Workbook()
    for nama, hari in (("Okt", 5), ("Nov", 6)):
        tab = buku.create_sheet(nama)
        tab.append(KEPALA)
        tab.append([date(2026, 10, hari), *SATU[1:]])
    buku.save(kantor.folder / "a.xlsx")
    berkas = str(kantor.folder / "a.xlsx")
    assert "--lembar" in kantor("impor", "pengaduan", berkas, kode=3).galat
    assert "yang ada: Sheet, Okt, Nov" in kantor("impor", "pengaduan", berkas, "--lembar", "Des", kode=3).galat
    kantor("impor", "pengaduan", berkas, "--lembar", "nov")
    assert isi(kantor)[0]["tanggal"] == "2026-10-06"


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("lama", "baru"),
    [
        (b'<row r="2">', b'<row r="99999999999">'), (b'<row r="2">', b'<row r="0">'), (b'<row r="2">', b'<row r="-1">'),
        (b'r="A2"', b'r="XFD1048576"'), (b'r="A2"', b'r="A1048576"'), (b'<row r="2">', b'<row r="1048576">'),
        (b'r="A2"', b'r="ZZZZZZZZ2"'), (b'r="A2"', b'r="A0"'), (b'r="A2"', b'r=""'),
    ],
)  # fmt: skip
def test_places_that_no_sheet_has_end_at_once(kantor: Kantor, lama: bytes, baru: bytes) -> None:
    """Each of these asks for memory, or for time without end, in five kilobytes; none may be taken as it stands."""
    baris = [*KEPALA, *["x"] * 30]
    berkas = ganti_xml(xlsx(kantor, baris, [*SATU, *["x"] * 30]), lama, baru)
    hasil = kantor.proses("impor", "pengaduan", berkas, "--uji", kode=3)
    assert "Traceback" not in hasil.galat


@pytest.mark.sqlite
def test_a_text_that_takes_all_memory_is_refused(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    berkas = ganti_xml(xlsx(kantor, KEPALA, [*SATU[:3], "GANTI"]), b"GANTI", b"x" * (sumber.SEL_TERPANJANG + 1))
    assert Path(berkas).stat().st_size < 50_000
    assert "satu selnya lebih dari" in kantor("impor", "pengaduan", berkas, kode=3).galat
    csv = kantor.csv("a.csv", "tanggal,pelapor,uraian", f'2026-10-05,A,"{"x" * (sumber.SEL_TERPANJANG + 1)}"')
    assert "baris 2, bentuk: satu sel lebih dari" in kantor("impor", "pengaduan", csv, kode=3).galat
    monkeypatch.setattr(sumber, "BARIS_TERPANJANG", 1000)
    assert "baris 2, bentuk: baris lebih dari" in kantor("impor", "pengaduan", csv, kode=3).galat
    monkeypatch.setattr(sumber, "BERKAS_TERBESAR", 1000)
    assert "terlalu besar" in kantor("impor", "pengaduan", csv, kode=2).galat
    monkeypatch.setattr(xlsx_masuk, "TERBESAR_DIBUKA", 1000)
    monkeypatch.setattr(sumber, "BERKAS_TERBESAR", 1 << 30)
    assert "isinya lebih dari" in kantor("impor", "pengaduan", berkas, kode=3).galat


@pytest.mark.unix
@pytest.mark.sqlite
def test_a_pipe_is_read_once_and_a_device_refused(kantor: Kantor) -> None:
    isi_berkas = "tanggal,pelapor,uraian\n" + "2026-10-05,A,satu dua tiga\n" * 5000
    jawab = kantor.proses("impor", "pengaduan", "/dev/stdin", masukan=isi_berkas)
    assert jawab.keluar.startswith("5.000 entri")
    for perangkat in ("/dev/zero", "/dev/null"):
        assert "bukan berkas" in kantor.proses("impor", "pengaduan", perangkat, kode=2).galat
    pipa = kantor.folder / "pipa"
    os.mkfifo(pipa)
    buku = Path(xlsx(kantor, KEPALA, SATU)).read_bytes()
    penulis = threading.Thread(target=pipa.write_bytes, args=(buku,))
    penulis.start()
    assert kantor.proses("impor", "pengaduan", str(pipa)).keluar.startswith("1 entri")
    penulis.join()


def test_a_fault_of_ours_is_not_the_file_s(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    def rusak(*_apa: object) -> Any:
        raise IndexError("rahasia warga")

    berkas = xlsx(kantor, KEPALA, SATU)
    for modul, nama in ((xlsx_masuk, "_teks"), (xlsx_masuk, "_tandai_ganjil"), (tabel_masuk, "_rapikan")):
        with monkeypatch.context() as tambal:
            tambal.setattr(modul, nama, rusak)
            galat = kantor("impor", "pengaduan", berkas, kode=1).galat
        assert "kesalahan di dalam program" in galat
        assert "rahasia" not in galat


@pytest.mark.sqlite
def test_a_mangled_workbook_is_read_or_refused(kantor: Kantor) -> None:
    """Bytes of each part changed here and there: never a fault of the program."""
    asal = Path(xlsx(kantor, KEPALA, SATU, SATU)).read_bytes()
    for awal in range(0, len(asal), 97):
        rusak = bytearray(asal)
        rusak[awal] ^= 0x5A
        (kantor.folder / "a.xlsx").write_bytes(rusak)
        kode = subprocess_kode(kantor)
        assert kode in (0, 3), awal


def subprocess_kode(kantor: Kantor) -> int:
    from typer.testing import CliRunner

    from ikikec.cli.app import app

    args = ["impor", "pengaduan", str(kantor.folder / "a.xlsx"), "--uji"]
    return CliRunner().invoke(app, args, env=kantor.env, prog_name="ikikec").exit_code
