"""What an office opens in a spreadsheet: every command's workbook, and CSV for a double click, cell by cell.

LibreOffice, in Indonesian, opens them all in two runs; what it has then is held against the ledger.
"""

import csv
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from ikikec.berkas_csv import pulihkan
from ikikec.buku.bidang import Jenis
from ikikec.buku.register import SEMUA
from tests.conftest import Kantor, isi_contoh
from tests.lembar_kerja import (
    baca_tab,
    csv_lewat_libreoffice,
    kepala,
    lewat_libreoffice,
    tampil_di_libreoffice,
    tanpa_hasil,
)

KONFIG = 'kecamatan = "Batui & Selatan"\nkabupaten = "Banggai"\nkertas = "F4"\n'
# What a spreadsheet would make figures, days, truths or formulas of, or cut.
SULIT = [
    "081234567890", "+62 812-3456", "7201012345678901", "(021) 555", "00123", "1e5", "1/9", "5 Mei", "Mei 2026", "12:30",
    "TRUE", "benar", "Rp5.000", "5%", "=1+1", "+1", "-1", "@a", "'0812", "'=1", "#N/A", "36,36", "1.234", 'a;b\t"c"',
    "baris\nlain", "<r><t>a</t></r>", "x" * 300, "2026-11-05", "05/11/2026",
]  # fmt: skip
PERINTAH = {
    **{f"daftar-{slug}": ("daftar", slug) for slug in SEMUA},
    "saringan": ("daftar", "pengaduan", "--periode", "2026-10", "--kanal", "surat"),
    "kosong": ("daftar", "informasi", "--periode", "1999"),
    "cari": ("cari", "a"),
    "ringkasan": ("ringkasan",),
    "lihat": ("lihat", "PGD-2026-0061"),
    **{f"lihat-{nomor[:3]}": ("lihat", nomor) for nomor in ("INF-2026-0001", "RIZ-2026-0001", "KRN-2026-0001", "SKM-2026-0001")},
    "lihat-lanjut": ("lihat", "PGD-2026-0061/1"),
    "skm": ("skm", "--periode", "2026", "--dengan-saran"),
    "laporan": ("laporan", "--jabatan", "semua", "--periode", "2026-10", "--rinci", "--bandingkan", "--tren",
                "--dengan-identitas"),
    "ekspor": ("ekspor",),
}  # fmt: skip
BERCSV = {nama: args for nama, args in PERINTAH.items() if args[0] in ("daftar", "cari")} | {
    "skm": ("skm", "--periode", "2026"),
    "laporan": ("laporan", "--jabatan", "semua", "--periode", "2026-10", "--rinci", "--bandingkan", "--tren"),
}


@pytest.fixture(scope="module")
def buatan(tmp_path_factory: pytest.TempPathFactory) -> Kantor:
    """The sample office with awkward entries, and a workbook and a CSV of every command in its folder."""
    kantor = Kantor(tmp_path_factory.mktemp("lembar-kerja"))
    isi_contoh(kantor)
    for teks in SULIT:
        kantor("catat", "pengaduan", "--pelapor", teks, "--kontak", teks, "--uraian", teks, "--tanggal", "2026-11-05")
        kantor("catat", "survei", "--kepuasan", "4", "--pekerjaan", teks, "--saran", teks)
    kantor("koreksi", "PGD-2026-0061", "--tanggal", "2026-11-06", "--kontak", "0813", "--alasan", "=salah", "--ya")
    kantor("tindaklanjuti", "PGD-2026-0061", "--tindakan", "0812", "--tanggal", "2026-11-07")
    (kantor.folder / "k.toml").write_text(KONFIG)
    for nama, args in PERINTAH.items():
        jalankan(kantor, nama, *args, akhiran="xlsx")
    jalankan(kantor, "rekap", "rekap", "--buku", str(kantor.buku), "--periode", "2026-10", akhiran="xlsx")
    for nama, args in BERCSV.items():
        jalankan(kantor, f"csv-{nama}", *args, "--untuk-excel", akhiran="csv")
    return kantor


def jalankan(kantor: Kantor, nama: str, *args: str, akhiran: str) -> Path:
    berkas = kantor.folder / f"{nama}.{akhiran}"
    kantor("--konfig", str(kantor.folder / "k.toml"), *args, "-o", str(berkas))
    return berkas


def semua_tab(kantor: Kantor) -> list[tuple[str, Worksheet]]:
    return [
        (f"{nama}/{tab.title}", tab)
        for nama in (*PERINTAH, "rekap")
        for tab in openpyxl.load_workbook(kantor.folder / f"{nama}.xlsx")
    ]


@pytest.fixture(scope="module")
def dibuka(buatan: Kantor) -> Path:
    """The folder of what LibreOffice made of all workbooks, computed anew where they hold formulas."""
    semua = [buatan.folder / f"{nama}.xlsx" for nama in (*PERINTAH, "rekap")]
    return lewat_libreoffice(buatan.folder, [*semua, tanpa_hasil(buatan.folder / "skm.xlsx")])[0].parent


@pytest.fixture(scope="module")
def csv_dibuka(buatan: Kantor) -> Path:
    """The same of the CSV."""
    return csv_lewat_libreoffice(buatan.folder, [buatan.folder / f"csv-{nama}.csv" for nama in BERCSV])[0].parent


def test_texts_are_texts_days_days_and_figures_figures(buatan: Kantor) -> None:
    for nama, tab in semua_tab(buatan):
        for baris in tab.iter_rows():
            for sel in baris:
                if isinstance(sel.value, str) and sel.data_type == "s":
                    assert sel.number_format == "@", (nama, sel.coordinate)
                elif isinstance(sel.value, datetime):
                    assert sel.number_format in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"), (nama, sel.coordinate)
                elif sel.value is not None:
                    assert sel.data_type in "nf", (nama, sel.coordinate)


def test_what_is_typed_into_a_blank_cell_of_texts_stays_too(buatan: Kantor) -> None:
    tab = openpyxl.load_workbook(buatan.folder / "daftar-pengaduan.xlsx").active
    assert isinstance(tab, Worksheet)
    for letak, bidang in enumerate(SEMUA["pengaduan"].bidang, 1):
        harap = "dd/mm/yyyy" if bidang.jenis is Jenis.TANGGAL else "@"
        assert kolom(tab)[letak].number_format == harap


@pytest.mark.parametrize("nama", [*PERINTAH, "rekap"])
def test_the_office_and_what_it_is_stand_on_top_of_every_tab_and_below_every_page(buatan: Kantor, nama: str) -> None:
    for tab in openpyxl.load_workbook(buatan.folder / f"{nama}.xlsx"):
        atas = [str(sel.value) for baris in tab.iter_rows(max_row=4) for sel in baris if sel.value is not None]
        kantor = "Kabupaten Banggai" if nama == "rekap" else "Kecamatan Batui & Selatan, Kabupaten Banggai"
        assert any(kantor in satu for satu in atas)
        assert kantor.replace("&", "&&") in tab.oddFooter.left.text
        assert tab.oddFooter.right.text == "hal. &P dari &N"
        assert (tab.page_setup.paperSize, tab.page_setup.orientation) == (14, "landscape")
        assert tab.sheet_properties.pageSetUpPr.fitToPage


def test_what_was_asked_for_stands_there_too(buatan: Kantor) -> None:
    def atas(nama: str, tab: str) -> list[str]:
        return baca_tab(openpyxl.load_workbook(buatan.folder / f"{nama}.xlsx")[tab])[0]

    kantor = "Kecamatan Batui & Selatan, Kabupaten Banggai"
    assert atas("saringan", "pengaduan") == ["Register pengaduan", kantor, "Oktober 2026, kanal surat"]
    assert atas("ekspor", "survei") == ["Register jawaban survei", kantor, "semua entri"]
    assert atas("cari", "cari") == ["Pencarian", kantor, "Yang dicari: a"]
    assert atas("ringkasan", "terlambat") == ["Terlambat", kantor, "Minggu, 22 November 2026"]
    assert atas("lihat", "riwayat") == ["Riwayat PGD-2026-0061", kantor]
    assert atas("laporan", "bukti") == ["Bukti", kantor, "Oktober 2026"]
    tahun = "Tahun 2026 (sampai 22 November 2026; periode belum berakhir)"
    assert atas("skm", "Data") == ["Jawaban survei", kantor, tahun]
    assert atas("rekap", "kantor") == ["Kantor", "Kabupaten Banggai", "Oktober 2026"]


def kolom(tab: Worksheet) -> dict[int, ColumnDimension]:
    """What a tab says of each of its columns; those that are alike stand together in the file."""
    return {letak: satu for satu in tab.column_dimensions.values() for letak in range(satu.min, satu.max + 1)}


# Sheets, which are signed, and several tables below each other.
BUKAN_DAFTAR = ("kasi-pip", "pengolah-perizinan", "pengolah-pip", "Rekap")


def test_headings_stay_in_sight_filter_and_stand_on_every_page(buatan: Kantor) -> None:
    for nama, tab in semua_tab(buatan):
        if tab.title in BUKAN_DAFTAR:
            continue
        judul = kepala(tab)
        assert str(tab.freeze_panes).lstrip("ABC") == str(judul + 1), nama
        assert str(tab.auto_filter.ref).startswith(f"A{judul}:"), nama
        assert tab.print_title_rows, nama


def test_columns_are_as_wide_as_what_stands_in_them(buatan: Kantor) -> None:
    for nama, tab in semua_tab(buatan):
        if tab.title in (*BUKAN_DAFTAR, "rekap"):
            continue
        lebar_kolom = kolom(tab)
        for baris in tab.iter_rows(min_row=kepala(tab) + 1):
            for sel in baris:
                lebar = lebar_kolom[sel.column].width
                if isinstance(sel.value, str) and not sel.alignment.wrap_text:
                    assert len(sel.value) <= lebar + 0.1, (nama, sel.coordinate)
                elif isinstance(sel.value, datetime):
                    assert lebar > 10, (nama, sel.coordinate)
                elif isinstance(sel.value, str):
                    baris_teks = max(sel.value.count("\n") + 1, len(sel.value) // 56 + 1)
                    assert tab.row_dimensions[sel.row].height >= 13 * baris_teks, (nama, sel.coordinate)


@pytest.mark.parametrize("nama", [*PERINTAH, "rekap"])
def test_the_same_bytes_twice_and_private(buatan: Kantor, nama: str) -> None:
    args = PERINTAH.get(nama, ("rekap", "--buku", str(buatan.buku), "--periode", "2026-10"))
    lama = buatan.folder / f"{nama}.xlsx"
    baru = jalankan(buatan, "lagi", *args, akhiran="xlsx")
    assert baru.read_bytes() == lama.read_bytes()
    with zipfile.ZipFile(baru) as arsip:
        assert arsip.testzip() is None


@pytest.mark.unix
def test_nobody_else_may_read_them(buatan: Kantor) -> None:
    assert {satu.stat().st_mode & 0o777 for satu in buatan.folder.glob("*.xlsx")} == {0o600}
    assert {satu.stat().st_mode & 0o777 for satu in buatan.folder.glob("csv-*.csv")} == {0o600}


# In LibreOffice.


@pytest.mark.parametrize("nama", [*PERINTAH, "rekap"])
def test_libreoffice_has_every_cell_as_it_was_written(buatan: Kantor, dibuka: Path, nama: str) -> None:
    kita, mereka = (openpyxl.load_workbook(folder / f"{nama}.xlsx") for folder in (buatan.folder, dibuka))
    assert kita.sheetnames == mereka.sheetnames
    for tab in kita:
        for baris in tab.iter_rows():
            for sel in baris:
                lain = mereka[tab.title][sel.coordinate]
                if sel.data_type != "f":
                    assert (lain.value, lain.data_type) == (sel.value, sel.data_type), (tab.title, sel.coordinate)
                    if isinstance(sel.value, str):
                        assert lain.number_format == "@"


def test_libreoffice_computes_the_survey_s_figures(buatan: Kantor, dibuka: Path) -> None:
    hasil = openpyxl.load_workbook(dibuka / "kosong-skm.xlsx", data_only=True)["Rekap"]
    isi = {str(baris[0].value): [sel.value for sel in baris] for baris in reversed(list(hasil.iter_rows()))}
    skm = buatan("skm", "--periode", "2026", "-O", "json").json
    assert isi["IKM (indeks × 25)"][5] == skm["ikm"]
    assert isi["Mutu pelayanan"][5] == skm["mutu"]
    kode = {satu["kode"]: satu for satu in skm["unsur"]}
    for nama, satu in kode.items():
        assert isi[nama][2] == satu["terjawab"]
        assert round(isi[nama][3], 3) == satu["nrr"]
    data = openpyxl.load_workbook(dibuka / "kosong-skm.xlsx", data_only=True)["Data"]
    assert len(baca_tab(data)[2]) == skm["responden"]


@pytest.mark.parametrize("slug", SEMUA)
def test_a_register_in_libreoffice_is_the_ledger(buatan: Kantor, dibuka: Path, slug: str) -> None:
    harap = [list(satu.values()) for satu in buatan("daftar", slug, "-O", "json").json]
    for nama in (f"daftar-{slug}", "ekspor"):
        _atas, judul, isi = baca_tab(openpyxl.load_workbook(dibuka / f"{nama}.xlsx")[slug])
        assert tuple(judul) == SEMUA[slug].nama_bidang
        assert [[polos(sel) for sel in baris] for baris in isi] == [[polos(sel) for sel in satu] for satu in harap]


def polos(nilai: Any) -> Any:
    if isinstance(nilai, datetime):
        return nilai.date().isoformat()
    return ("tidak", "ya")[nilai] if isinstance(nilai, bool) else nilai


def test_days_are_shown_as_an_office_writes_them(buatan: Kantor) -> None:
    isi = tampil_di_libreoffice(buatan.folder, buatan.folder / "daftar-pengaduan.xlsx")
    baris = {satu[0]: satu for satu in isi}
    assert baris["PGD-2026-0062"][1] == "05/11/2026"
    assert [baris[f"PGD-2026-{61 + urut:04d}"][2] for urut in range(len(SULIT))] == SULIT


def test_the_history_tells_what_was_and_what_is(buatan: Kantor) -> None:
    _atas, judul, isi = baca_tab(openpyxl.load_workbook(buatan.folder / "lihat.xlsx")["riwayat"])
    assert judul == ["waktu", "nomor", "aksi", "petugas", "alasan", "isian", "lama", "baru"]
    riwayat = buatan("lihat", "PGD-2026-0061", "-O", "json").json["riwayat"]
    assert len({(satu[0], satu[1], satu[2]) for satu in isi}) <= len(riwayat) <= len(isi)
    koreksi = {satu[5]: satu[6:] for satu in isi if satu[2] == "koreksi"}
    assert [satu.date() for satu in koreksi["tanggal"]] == [date(2026, 11, 5), date(2026, 11, 6)]
    assert koreksi["kontak"] == [SULIT[0], "0813"]
    assert {satu[4] for satu in isi if satu[2] == "koreksi"} == {"=salah"}
    assert all(isinstance(satu[0], datetime) for satu in isi)


def test_nothing_forgotten_is_in_the_history(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "Wati", "--kontak", "0812", "--uraian", "B")
    kantor("koreksi", "pgd-1", "--pelapor", "Wati Lagi", "--alasan", "x", "--ya")
    kantor("lupakan", "pgd-1", "--alasan", "diminta", "--ya")
    berkas = kantor.folder / "a.xlsx"
    kantor("lihat", "pgd-1", "-o", str(berkas))
    with zipfile.ZipFile(berkas) as arsip:
        assert b"Wati" not in b"".join(map(arsip.read, arsip.namelist()))
    isi = baca_tab(openpyxl.load_workbook(berkas)["riwayat"])[2]
    assert ["pelapor", "(dihapus)", "(dihapus)"] in [satu[5:] for satu in isi]


@pytest.mark.parametrize("nama", BERCSV)
def test_a_double_click_on_csv_shows_what_the_other_csv_holds(buatan: Kantor, csv_dibuka: Path, nama: str) -> None:
    polos_csv = buatan("--konfig", str(buatan.folder / "k.toml"), *BERCSV[nama], "-O", "csv").keluar
    judul, *baris = csv.reader(polos_csv.splitlines(keepends=True))
    mentah = (buatan.folder / f"csv-{nama}.csv").read_bytes()
    assert mentah.startswith(b"\xef\xbb\xbf" + ";".join(f'"{satu}"' for satu in judul).encode() + b"\r\n")
    assert mentah.endswith(b"\r\n")
    tab = openpyxl.load_workbook(csv_dibuka / f"csv-{nama}.xlsx").active
    assert isinstance(tab, Worksheet)
    isi = [[sel.value for sel in satu] for satu in tab.iter_rows()]
    assert isi[0] == judul
    assert len(isi) == len(baris) + 1
    for kita, mereka in zip(baris, isi[1:], strict=True):
        for letak, (tulisan, sel) in enumerate(zip(kita, mereka, strict=True)):
            assert sama(tulisan, sel), (judul[letak], tulisan, sel)


def sama(tulisan: str, sel: Any) -> bool:
    """Whether a cell shows what the CSV for programs says."""
    if sel is None:
        return tulisan == ""
    if isinstance(sel, datetime):
        return date.fromisoformat(tulisan) == sel.date()
    if isinstance(sel, int | float):
        return float(tulisan) == sel
    return pulihkan(str(sel)) == pulihkan(tulisan)


def test_in_csv_for_a_double_click_texts_stay_texts_and_days_become_days(buatan: Kantor, csv_dibuka: Path) -> None:
    tab = openpyxl.load_workbook(csv_dibuka / "csv-daftar-pengaduan.xlsx").active
    assert isinstance(tab, Worksheet)
    judul, *isi = [[sel.value for sel in baris] for baris in tab.iter_rows()]
    baris = {satu[0]: dict(zip(judul, satu, strict=True)) for satu in isi}
    for urut, teks in enumerate(SULIT):
        satu = baris[f"PGD-2026-{61 + urut:04d}"]
        assert isinstance(satu["pelapor"], str)
        # Of what is put before it nothing is seen but the apostrophe of formulas.
        assert satu["pelapor"].strip() in (teks, f"'{teks}")
        assert isinstance(satu["tanggal"], datetime)
    assert baris["PGD-2026-0062"]["kontak"] == f"\t{SULIT[1]}"
    laporan = openpyxl.load_workbook(csv_dibuka / "csv-laporan.xlsx").active
    assert isinstance(laporan, Worksheet)
    judul, pertama, *_ = [[sel.value for sel in baris] for baris in laporan.iter_rows()]
    assert dict(zip(judul, pertama, strict=True))["realisasi"] == 36.36
    assert dict(zip(judul, pertama, strict=True))["nomor"] == "\t1"


@pytest.mark.parametrize(
    "args", ["daftar survei", "laporan --jabatan semua", "skm", "ekspor survei", "cari a", "ekspor -o {}/f/"]
)
def test_another_form_is_not_for_a_double_click(contoh: Kantor, args: str) -> None:
    minta = args.format(contoh.folder).split()
    for bentuk in ("json", "xlsx"):
        galat = contoh(*minta, "--untuk-excel", "-O", bentuk, kode=2).galat
        assert f"--untuk-excel tidak berlaku untuk bentuk {bentuk}" in galat
        assert "Pakai -O csv" in galat
    assert not (contoh.folder / "f").exists()
