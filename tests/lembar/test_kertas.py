"""The paper of everything that is printed: by the option, by the configuration, in every form that has one."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PageObject, PdfReader

from ikikec.kertas import SEMUA_KERTAS
from tests.conftest import Kantor
from tests.lembar.test_bentuk import berkas
from tests.lembar.test_cetak import halaman_chromium, jabatan_panjang

# Measured with a ruler: short and long side in millimetres, and the number that ECMA-376 has for the paper.
UKURAN = {"A4": (210, 297, 9), "F4": (215, 330, 14), "Legal": (215.9, 355.6, 5), "Letter": (215.9, 279.4, 1)}

PENCETAK = {
    "laporan": ("laporan", "--jabatan", "semua", "--periode", "2026-10"),
    "rinci": ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "--rinci", "--tren"),
    "skm": ("skm", "--periode", "2026"),
    "poster": ("skm", "--periode", "2026", "--poster"),
    "rekap": ("rekap", "--buku", "{buku}", "--periode", "2026-10"),
    "daftar": ("daftar", "pengaduan"),
    "ekspor": ("ekspor",),
    "cari": ("cari", "warga"),
    "ringkasan": ("ringkasan",),
}
PDF = ("laporan", "rinci", "skm", "poster", "rekap")
XLSX = ("laporan", "rinci", "skm", "rekap", "daftar", "ekspor", "cari", "ringkasan")
HTML = (*PDF, "daftar")
MENDATAR = ("rekap", "daftar")


def baris(kantor: Kantor, nama: str) -> list[str]:
    return [satu.format(buku=kantor.buku) for satu in PENCETAK[nama]]


def konfigurasi(kantor: Kantor, isi: str) -> tuple[str, str]:
    (kantor.folder / "k.toml").write_text(isi)
    return "--konfig", str(kantor.folder / "k.toml")


def ukuran_halaman(halaman: PageObject) -> tuple[float, ...]:
    """A page's sides in millimetres as a ruler has them."""
    sisi = (round(float(satu) * 25.4 / 72, 1) for satu in halaman.mediabox[2:])
    return tuple(int(satu) if satu == int(satu) else satu for satu in sisi)


def diminta(html: str) -> set[tuple[float, ...]]:
    """The papers a page asks for, each with its longer side last, in millimetres."""
    baku = {nama: satu[:2] for nama, satu in UKURAN.items()}
    hasil = set()
    for satu in re.findall(r"@page[^{]*\{\s*size: ([^;]+);", html):
        nama, _, _arah = satu.partition(" ")
        hasil.add(baku[nama] if nama in baku else tuple(sorted(float(sisi[:-2]) for sisi in satu.split())))
    return hasil


def test_the_papers_are_those_that_a_ruler_measures() -> None:
    assert {satu.nama: (satu.lebar, satu.tinggi, satu.nomor) for satu in SEMUA_KERTAS.values()} == UKURAN


# Every paper of one form and one paper of every form; what each asks for is looked at in its HTML below.
@pytest.mark.parametrize(
    ("nama", "kertas"), [*(("laporan", satu) for satu in UKURAN), *((satu, "F4") for satu in PDF[1:])]
)
def test_a_pdf_has_the_paper_that_is_asked_for(contoh: Kantor, nama: str, kertas: str, weasyprint: None) -> None:
    lebar, tinggi, _nomor = UKURAN[kertas]
    halaman = PdfReader(berkas(contoh, "a.pdf", *baris(contoh, nama), "--kertas", kertas)).pages
    assert {ukuran_halaman(satu) for satu in halaman} == {(tinggi, lebar) if nama in MENDATAR else (lebar, tinggi)}


@pytest.mark.parametrize("kertas", ["F4", "Letter"])
def test_a_browser_prints_on_it(contoh: Kantor, kertas: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "1", "80", "--periode", "2026")
    lebar, tinggi, _nomor = UKURAN[kertas]
    satu = berkas(contoh, "a.html", *baris(contoh, "laporan"), "--kertas", kertas)
    halaman_chromium(satu)
    halaman = [ukuran_halaman(satu) for satu in PdfReader(satu.with_suffix(".pdf")).pages]
    # A browser rounds to a point.
    mendatar, tegak = (tinggi, lebar), (lebar, tinggi)
    assert halaman[0] == pytest.approx(mendatar, abs=0.4)
    assert halaman[-1] == pytest.approx(tegak, abs=0.4)


@pytest.mark.parametrize("kertas", UKURAN)
@pytest.mark.parametrize("nama", HTML)
def test_a_page_asks_for_no_other_paper(contoh: Kantor, nama: str, kertas: str) -> None:
    html = contoh(*baris(contoh, nama), "-O", "html", "--kertas", kertas.lower()).keluar
    assert diminta(html) == {UKURAN[kertas][:2]}
    # On the screen it is as wide as on the paper.
    assert f"{UKURAN[kertas][0]}mm" in html


@pytest.mark.parametrize("kertas", UKURAN)
@pytest.mark.parametrize("nama", XLSX)
def test_every_tab_of_a_workbook_has_the_paper(contoh: Kantor, nama: str, kertas: str) -> None:
    buku = load_workbook(berkas(contoh, "a.xlsx", *baris(contoh, nama), "--kertas", kertas))
    assert {int(tab.page_setup.paperSize) for tab in buku} == {UKURAN[kertas][2]}
    assert {(tab.page_setup.orientation, tab.page_setup.fitToWidth) for tab in buku} <= {
        ("landscape", 1),
        ("landscape", None),
    }


def test_a_sheet_is_shrunk_onto_one_page_where_the_paper_is_high_enough(kantor: Kantor) -> None:
    """A4 on its side is 210 mm high, F4 215: a sheet of a line or two more fits one page."""
    folder = kantor.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    kantor("catat", "survei", "--kepuasan", "4")
    muat: dict[str, list[int]] = {"A4": [], "F4": []}
    for banyak in range(26, 38):
        isi = jabatan_panjang(1).replace('"Mencatat"', '"Mencatat", ' * banyak)
        (folder / "p.toml").write_text(isi)
        for kertas, semua in muat.items():
            args = ("laporan", "--jabatan", "p", "--periode", "2026-10", "--kertas", kertas)
            (tab,) = load_workbook(berkas(kantor, "a.xlsx", *args))
            # One page high is what a workbook that says nothing means; 0 is as many as there are.
            semua.extend([banyak] if tab.page_setup.fitToHeight is None else [])
    assert muat["F4"] == list(range(26, max(muat["F4"]) + 1))
    assert max(muat["A4"]) < max(muat["F4"]) <= max(muat["A4"]) + 2


def test_the_configuration_s_paper_is_taken_and_the_option_goes_first(contoh: Kantor, weasyprint: None) -> None:
    konfig = konfigurasi(contoh, 'kertas = "f4"\n')
    (satu,) = PdfReader(berkas(contoh, "a.pdf", *konfig, *baris(contoh, "poster"))).pages
    assert ukuran_halaman(satu) == (215, 330)
    for nama in HTML:
        assert diminta(contoh(*konfig, *baris(contoh, nama), "-O", "html").keluar) == {(215, 330)}
        lain = contoh(*konfig, *baris(contoh, nama), "-O", "html", "--kertas", "Letter").keluar
        assert diminta(lain) == {(215.9, 279.4)}
    for nama in XLSX:
        buku = load_workbook(berkas(contoh, "a.xlsx", *konfig, *baris(contoh, nama)))
        assert {int(tab.page_setup.paperSize) for tab in buku} == {14}


@pytest.mark.parametrize("nama", HTML)
def test_without_a_word_on_it_all_is_for_a4(contoh: Kantor, nama: str) -> None:
    html = contoh(*baris(contoh, nama), "-O", "html").keluar
    assert diminta(html) == {(210, 297)}
    assert html == contoh(*baris(contoh, nama), "-O", "html", "--kertas", "A4").keluar


@pytest.mark.parametrize(
    ("nama", "bentuk", "pakai"),
    [
        ("laporan", ("layar", "md", "csv", "json"), "html, pdf, atau xlsx"),
        ("skm", ("layar", "md", "csv", "json"), "html, pdf, atau xlsx"),
        ("rekap", ("layar", "md", "json"), "html, pdf, atau xlsx"),
        ("daftar", ("tabel", "csv", "json", "md"), "html atau xlsx"),
        ("cari", ("teks", "csv", "json"), "xlsx"),
        ("ringkasan", ("teks", "json"), "xlsx"),
        ("ekspor", ("json", "jsonl"), "xlsx"),
    ],
)
def test_a_form_without_a_paper_refuses_one(contoh: Kantor, nama: str, bentuk: tuple[str, ...], pakai: str) -> None:
    for satu in bentuk:
        jawab = contoh(*baris(contoh, nama), "-O", satu, "--kertas", "F4", kode=2)
        assert f"--kertas tidak berlaku untuk bentuk {satu}" in jawab.galat
        assert f"Pakai -O {pakai}, atau hapus --kertas." in jawab.galat
        assert jawab.keluar == ""


def test_a_folder_of_workbooks_has_it_and_one_of_csv_refuses_it(contoh: Kantor) -> None:
    folder = contoh.folder / "keluar"
    assert "bentuk csv" in contoh("ekspor", "-o", f"{folder}/", "--kertas", "F4", kode=2).galat
    assert not folder.exists()
    contoh("ekspor", "-O", "xlsx", "-o", f"{folder}/", "--kertas", "F4")
    for satu in folder.iterdir():
        assert {int(tab.page_setup.paperSize) for tab in load_workbook(satu)} == {14}


def test_a_paper_nobody_sells_is_named_with_the_nearest(contoh: Kantor) -> None:
    galat = contoh("laporan", "--jabatan", "semua", "-O", "html", "--kertas", "legl", kode=2).galat
    assert "opsi --kertas: 'legl' tidak dikenal; pilihannya A4, F4, Legal, atau Letter; maksudnya Legal?" in galat
    assert "lebih dari sekali" in contoh(*baris(contoh, "skm"), "--kertas", "A4", "--kertas", "F4", kode=2).galat


def test_an_office_s_own_template_knows_the_paper(contoh: Kantor) -> None:
    folder = contoh.folder / "templat"
    folder.mkdir()
    isi = (
        "{{ ukuran_kertas.nama }}|{{ ukuran_kertas.lebar }}|{{ ukuran_kertas.tegak }}|{{ ukuran_kertas.mendatar }}\n"
    )
    pakai = '{% from "bagian/kertas.css.j2" import kertas %}{{ kertas("Kaki", "x", "landscape") }}'
    (folder / "lembar.html.j2").write_text(isi + pakai)
    (folder / "lembar.md.j2").write_text(isi)
    args = (*konfigurasi(contoh, 'templat = "templat"\nkertas = "F4"\n'), *baris(contoh, "laporan"))
    html = contoh(*args, "-O", "html").keluar
    assert html.startswith("F4|215|215mm 330mm|330mm 215mm\n")
    assert "@page x { size: 330mm 215mm;" in html
    assert contoh(*args, "-O", "md").keluar == "F4|215|215mm 330mm|330mm 215mm\n"
    assert contoh(*args, "-O", "html", "--kertas", "Legal").keluar.startswith(
        "Legal|215.9|Legal portrait|Legal landscape\n"
    )


def test_a_receipt_is_always_a5_and_says_so(contoh: Kantor) -> None:
    konfig = konfigurasi(contoh, 'kertas = "F4"\n')
    assert "size: A5 landscape" in contoh(*konfig, "lihat", "PGD-2026-0001", "-O", "html").keluar
    assert "A5" in contoh("lihat", "--help").keluar
    assert "--kertas" in contoh("lihat", "PGD-2026-0001", "-O", "html", "--kertas", "F4", kode=2).galat


def test_the_same_paper_makes_the_same_bytes(contoh: Kantor, weasyprint: None) -> None:
    for nama in ("a.pdf", "a.xlsx", "a.html"):
        satu, dua = (
            Path(berkas(contoh, f"{urut}{nama}", *baris(contoh, "laporan"), "--kertas", "F4")) for urut in (1, 2)
        )
        assert satu.read_bytes() == dua.read_bytes()
