"""The formats of a sheet: the same figures in each, and each fit for what it is opened with."""

import csv
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from tests.conftest import CONTOH, Kantor, perintah
from tests.lembar_kerja import baca_tab
from tests.unix import pty

JABATAN = ("kasi-pip", "pengolah-perizinan", "pengolah-pip")
HARAPAN = json.loads((CONTOH / "harapan.json").read_text())
SEMUA = ("laporan", "--jabatan", "semua")
OKTOBER = (*SEMUA, "--periode", "2026-10")

# A figure as the sheets print it, on a line of its own, and what it counts or was made of on the next: a rule's own
# number ("dikali 100") may stand alone on a line too, where the fonts break it so.
ANGKA = re.compile(
    r"^(\d{1,3}(?:\.\d{3})*(?:,\d\d %)?|tidak ada data)\n(?=\d+ dari |(?:responden|layanan|pengaduan|rekomendasi|eksemplar)$)",
    re.MULTILINE,
)


def berkas(kantor: Kantor, nama: str, *args: str) -> Path:
    """Make one file and return its path."""
    tujuan = kantor.folder / nama
    kantor(*args, "-o", str(tujuan))
    return tujuan


def tercetak(nilai: float | None) -> str:
    """A figure of the expected ones as a sheet prints it."""
    if nilai is None:
        return "tidak ada data"
    return f"{nilai:.2f} %".replace(".", ",") if isinstance(nilai, float) else str(nilai)


def dari_md(satu: Path) -> list[str]:
    baris = [re.split(r"(?<!\\)\|", teks) for teks in satu.read_text().splitlines() if teks.startswith("| ")]
    sel = [kolom[5] for kolom in baris if len(kolom) == 8 and "**" in kolom[5]]
    return [re.findall(r"\*\*(.+?)\*\*", isi)[0] for isi in sel]


class Pembaca(HTMLParser):
    """Collects the figures of a page, and the tags it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.angka: list[str] = []
        self.tanda: list[tuple[str, dict[str, str | None]]] = []
        self.di_hasil = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tanda.append((tag, dict(attrs)))
        if tag == "td":
            self.di_hasil = ("class", "hasil") in attrs
        elif tag == "b" and self.di_hasil:
            self.angka.append("")

    def handle_endtag(self, tag: str) -> None:
        self.di_hasil = self.di_hasil and tag != "b"

    def handle_data(self, data: str) -> None:
        if self.di_hasil and self.angka:
            self.angka[-1] += data.strip()


def baca_html(teks: str) -> Pembaca:
    pembaca = Pembaca()
    pembaca.feed(teks)
    return pembaca


def dari_html(satu: Path) -> list[str]:
    return baca_html(satu.read_text()).angka


def dari_pdf(satu: Path) -> list[str]:
    teks = "\n".join(halaman.extract_text() for halaman in PdfReader(satu).pages)
    return ANGKA.findall("\n".join(baris.strip() for baris in teks.splitlines()))


def dari_json(satu: Path) -> list[str]:
    return [tercetak(isi["realisasi"]) for lembar in json.loads(satu.read_text()) for isi in lembar["indikator"]]


def dari_csv(satu: Path) -> list[str]:
    with satu.open(newline="", encoding="utf-8") as isi:
        angka = [baris["realisasi"] for baris in csv.DictReader(isi)]
    return [tercetak(float(teks) if "." in teks else int(teks) if teks else None) for teks in angka]


def dari_xlsx(satu: Path) -> list[str]:
    hasil = []
    for lembar in openpyxl.load_workbook(satu):
        kepala = [sel.value for sel in lembar[int(lembar.print_title_rows.split(":")[0].strip("$"))]]
        for baris in lembar.iter_rows(min_row=int(lembar.print_title_rows.split("$")[1].strip(":")) + 1):
            if baris[kepala.index("REALISASI")].border.left.style:
                nilai = baris[kepala.index("REALISASI")].value
                hasil.append(nilai if isinstance(nilai, str) else tercetak(nilai))
    return hasil


PEMBACA: dict[str, Callable[[Path], list[str]]] = {
    "md": dari_md, "html": dari_html, "json": dari_json, "csv": dari_csv, "xlsx": dari_xlsx, "pdf": dari_pdf,
}  # fmt: skip


@pytest.mark.parametrize("periode", HARAPAN)
def test_the_figures_are_the_same_in_every_format(contoh: Kantor, periode: str, weasyprint: None) -> None:
    harapan = [tercetak(nilai) for jabatan in JABATAN for nilai in HARAPAN[periode][jabatan].values()]
    for akhiran, baca in PEMBACA.items():
        satu = berkas(contoh, f"lembar.{akhiran}", *SEMUA, "--periode", periode)
        assert baca(satu) == harapan, akhiran


@pytest.mark.parametrize("akhiran", PEMBACA)
def test_the_same_ledger_period_and_day_give_the_same_bytes(contoh: Kantor, akhiran: str, weasyprint: None) -> None:
    # Two processes: other seconds, other hash seeds.
    hasil = []
    for nama in ("a", "b"):
        contoh.proses(*OKTOBER, "--rinci", "-o", f"{nama}.{akhiran}")
        hasil.append((contoh.folder / f"{nama}.{akhiran}").read_bytes())
    assert hasil[0] == hasil[1]


def test_no_time_of_making_is_in_the_workbook(contoh: Kantor) -> None:
    satu = berkas(contoh, "a.xlsx", *OKTOBER, "--tanggal-ttd", "2026-12-01")
    with zipfile.ZipFile(satu) as arsip:
        assert {isi.date_time for isi in arsip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    sifat = openpyxl.load_workbook(satu).properties
    assert str(sifat.created) == str(sifat.modified) == "2026-12-01 00:00:00"


def test_csv_is_one_line_per_indicator(contoh: Kantor) -> None:
    mentah = berkas(contoh, "a.csv", *OKTOBER, "--rinci").read_bytes()
    assert b"\r" not in mentah
    assert not mentah.startswith(b"\xef\xbb\xbf")
    baris = list(csv.DictReader(io.StringIO(mentah.decode())))
    semua = contoh(*OKTOBER, "--rinci", "-O", "json").json
    assert len(baris) == len(mentah.decode().splitlines()) - 1 == sum(len(satu["indikator"]) for satu in semua)
    isi = [(lembar, satu) for lembar in semua for satu in lembar["indikator"]]
    for tertulis, (lembar, satu) in zip(baris, isi, strict=True):
        assert (tertulis["jabatan"], tertulis["nama"]) == (lembar["jabatan"], lembar["nama"])
        assert [tertulis[f"periode_{nama}"] for nama in lembar["periode"]] == [*lembar["periode"].values()]
        for nama in ("nomor", "sasaran", "indikator", "formulasi", "aturan", "sumber", "satuan"):
            assert tertulis[nama] == satu[nama]
        assert tertulis["pembilang"] == str(satu.get("pembilang", ""))
        assert tertulis["penyebut"] == str(satu.get("penyebut", ""))
        assert tertulis["bukti"].split() == satu["bukti"]
        assert (tertulis["buku_entri"], tertulis["buku_sidik"]) == (
            str(lembar["buku"]["entri"]),
            lembar["buku"]["sidik"],
        )


JABATAN_NAKAL = """
nama = "=NAMA()"
tugas = ["=TUGAS()"]
[tanda_tangan]
mengetahui = { pejabat = "camat", sebutan = "+Camat" }
pembuat = { pejabat = "staf", sebutan = "@Staf" }
[[sasaran]]
nomor = "1"
uraian = "-sasaran"
[[sasaran.indikator]]
nomor = "=1+1"
uraian = '=HYPERLINK("http://contoh.invalid","klik")'
formulasi = "+1"
sumber = "@SUM(A1)"
ukuran = "pengaduan-teragenda"
"""


def test_no_text_becomes_a_formula(contoh: Kantor) -> None:
    folder = contoh.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    (folder / "a'b[c]=yang namanya terlalu panjang untuk tab.toml").write_text(JABATAN_NAKAL)
    (folder / "a'b[c]=yang namanya terlalu panjang untuk sebuah tab.toml").write_text(JABATAN_NAKAL)
    baris = [*csv.reader(io.StringIO(contoh(*OKTOBER, "-O", "csv").keluar))]
    assert not [sel for satu in baris for sel in satu if sel.startswith(("=", "+", "-", "@"))]
    assert '\'=HYPERLINK("http://contoh.invalid","klik")' in baris[-1]
    satu = berkas(contoh, "a.xlsx", *OKTOBER)
    buku = openpyxl.load_workbook(satu)
    assert len(buku.sheetnames) == 5
    assert all(len(nama) <= 31 for nama in buku.sheetnames)
    isi = [sel for lembar in buku for baris in lembar.iter_rows() for sel in baris]
    assert "f" not in {sel.data_type for sel in isi}
    nakal = [sel for sel in isi if str(sel.value).startswith(("=", "+", "-", "@"))]
    assert len(nakal) >= 2 * 7
    assert all(sel.quotePrefix for sel in nakal)


def test_the_workbook_is_the_sheet(contoh: Kantor) -> None:
    (contoh.folder / "k.toml").write_text(
        'kecamatan = "Batui Selatan"\n[pejabat.camat]\nnama = "Drs. A"\nnip = "196601011990031001"\n'
    )
    buku = openpyxl.load_workbook(
        berkas(contoh, "a.xlsx", "--konfig", str(contoh.folder / "k.toml"), *OKTOBER, "--rinci")
    )
    assert buku.sheetnames == ["kasi-pip", "pengolah-perizinan", "pengolah-pip", "bukti"]
    lembar = buku["kasi-pip"]
    nilai = [sel.value for baris in lembar.iter_rows() for sel in baris if sel.value is not None]
    assert nilai[:2] == ["INDIKATOR KINERJA INDIVIDU", "Oktober 2026"]
    hari = [satu.date() for satu in nilai if isinstance(satu, datetime)]
    assert hari == [date(2026, 10, 1), date(2026, 10, 31)]
    assert {36.36, 4, 11} <= set(nilai)
    for teks in ("Mengetahui,", "CAMAT BATUI SELATAN", "Drs. A", "NIP. 19660101 199003 1 001",
                 "Batui Selatan, 22 November 2026", "KEPALA SEKSI PIP"):  # fmt: skip
        assert teks in nilai
    assert any(str(teks).startswith("12. Melaksanakan tugas kedinasan lain") for teks in nilai)
    kepala = int(lembar.print_title_rows.split(":")[0].strip("$"))
    assert lembar.cell(kepala, 1).value == "NO"
    assert lembar.print_area == f"'kasi-pip'!$A$1:$K${lembar.max_row}"
    cetak = lembar.page_setup
    assert (cetak.paperSize, cetak.orientation, cetak.fitToWidth or 1) == (9, "landscape", 1)
    assert lembar.sheet_properties.pageSetUpPr.fitToPage
    assert all(lembar.cell(kepala + 1, kolom).alignment.wrap_text for kolom in range(1, 10))
    assert lembar.column_dimensions["D"].width > 30
    assert lembar.row_dimensions[kepala + 1].height > 40


def test_the_comparison_stands_in_csv_and_workbook_too(contoh: Kantor) -> None:
    harap = [
        (lembar["jabatan"], satu["nomor"], satu["realisasi"], lama["periode"]["label"], lama["realisasi"], lama["selisih"])
        for lembar in contoh(*OKTOBER, "--bandingkan", "-O", "json").json for satu in lembar["indikator"]
        for lama in (satu["banding"]["sebelumnya"], satu["banding"]["tahun_lalu"])
    ]  # fmt: skip
    tab = openpyxl.load_workbook(berkas(contoh, "a.xlsx", *OKTOBER, "--bandingkan"))["perbandingan"]
    _atas, _kepala, isi = baca_tab(tab)
    assert [(b[0], b[1], None if b[3] == "tidak ada data" else b[3], *b[4:7]) for b in isi] == harap
    lajur = [
        (satu["jabatan"], satu["nomor"], satu["realisasi"], satu[f"{kata}_label"], satu[f"{kata}_realisasi"],
         satu[f"{kata}_selisih"])
        for satu in csv.DictReader(io.StringIO(contoh(*OKTOBER, "--bandingkan", "-O", "csv").keluar))
        for kata in ("sebelumnya", "tahun_lalu")
    ]  # fmt: skip
    angka = [tuple("" if nilai is None else str(nilai) for nilai in satu) for satu in harap]
    assert [tuple(re.sub(r"(\.\d)0$|\.00$", r"\1", nilai) for nilai in satu) for satu in lajur] == [
        tuple(re.sub(r"\.0$", "", nilai) for nilai in satu) for satu in angka
    ]


def iso(hari: datetime | None) -> str | None:
    return hari.date().isoformat() if hari else None


def test_a_trend_is_a_tab_of_a_workbook_and_columns_of_a_csv_file(contoh: Kantor) -> None:
    minta = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026", "--tren")
    semua = contoh(*minta, "-O", "json").json[0]["indikator"]
    tab = openpyxl.load_workbook(berkas(contoh, "a.xlsx", *minta))["tren"]
    baris = [(satu[1], satu[4]) for satu in baca_tab(tab)[2]]
    nilai = [(satu["nomor"], titik["realisasi"]) for satu in semua for titik in satu["tren"]]
    assert baris == [(nomor, "belum" if isi is None else isi) for nomor, isi in nilai]
    (pertama, *_) = csv.DictReader(contoh(*minta, "-O", "csv").keluar.splitlines())
    assert [pertama[f"tren_2026-{bulan:02d}"] for bulan in range(1, 13)] == [
        "" if isi is None else str(isi) for nomor, isi in nilai if nomor == "1"
    ]


def test_the_evidence_tab_holds_the_entries_behind_the_figures(contoh: Kantor) -> None:
    bukti = openpyxl.load_workbook(berkas(contoh, "a.xlsx", *OKTOBER, "--rinci"))["bukti"]
    atas, kepala, isi = baca_tab(bukti)
    assert atas == ["Bukti", "Kecamatan …………………", "Oktober 2026"]
    assert kepala == ["JABATAN", "NO", "INDIKATOR KINERJA", "ENTRI", "TANGGAL", "PERIHAL", "BATAS", "HASIL", "NILAI"]
    semua = contoh(*OKTOBER, "--rinci", "-O", "json").json
    harap = [
        [lembar["jabatan"], satu["nomor"], satu["indikator"], entri["nomor"], entri["tanggal"], entri["batas"],
         entri.get("hasil", entri.get("alasan")), entri.get("nilai", 0)]
        for lembar in semua for satu in lembar["indikator"] for entri in (*satu["rincian"], *satu["luput"])
    ]  # fmt: skip
    assert [[*baris[:4], iso(baris[4]), iso(baris[6]), *baris[7:]] for baris in isi] == harap
    assert "bukti" not in openpyxl.load_workbook(berkas(contoh, "b.xlsx", *OKTOBER)).sheetnames


@pytest.mark.parametrize(("bentuk", "awal"), [("xlsx", b"PK"), ("pdf", b"%PDF-")])
def test_what_is_no_text_goes_into_a_pipe_but_not_onto_a_terminal(
    contoh: Kantor, bentuk: str, awal: bytes, weasyprint: None
) -> None:
    args = perintah([*OKTOBER, "-O", bentuk])
    env = {**os.environ, **contoh.env}
    hasil = subprocess.run(args, env=env, capture_output=True, check=True)
    assert hasil.stdout.startswith(awal)
    assert hasil.stdout == berkas(contoh, f"a.{bentuk}", *OKTOBER).read_bytes()
    for tujuan in ([], ["-o", "-"]):
        tuan, budak = pty.openpty()
        hasil = subprocess.run([*args, *tujuan], env=env, stdout=budak, stderr=subprocess.PIPE, check=False)
        os.close(budak)
        os.close(tuan)
        assert hasil.returncode == 2
        assert f"-o lembar.{bentuk}" in hasil.stderr.decode()


def test_an_unknown_ending_names_the_known_ones(contoh: Kantor) -> None:
    galat = contoh(*OKTOBER, "-o", "a.docx", kode=2).galat
    assert ".md, .html, .htm, .pdf, .xlsx, .csv, atau .json" in galat


@pytest.mark.parametrize(
    ("camat", "tertulis"),
    [
        ("", ["CAMAT BATUI SELATAN", "…………………", "NIP. …………………"]),
        ('nama = "Drs. A"', ["CAMAT BATUI SELATAN", "Drs. A", "NIP. …………………"]),
        (
            'nama = "Drs. A"\nnip = "196601011990031001"\nplt = true',
            ["Plt. CAMAT BATUI SELATAN", "Drs. A", "NIP. 19660101 199003 1 001"],
        ),
    ],
)
def test_the_signature_block(contoh: Kantor, camat: str, tertulis: list[str], weasyprint: None) -> None:
    konfig = contoh.folder / "k.toml"
    konfig.write_text(f'kecamatan = "Batui Selatan"\ntempat = "Sinorang"\n[pejabat.camat]\n{camat}\n')
    args = ("--konfig", str(konfig), "laporan", "--jabatan", "kasi-pip", "--periode", "2026-10",
            "--tanggal-ttd", "1 desember 2026")  # fmt: skip
    md, html = (berkas(contoh, nama, *args).read_text() for nama in ("a.md", "a.html"))
    pdf = PdfReader(berkas(contoh, "a.pdf", *args)).pages[-1].extract_text()
    lembar = openpyxl.load_workbook(berkas(contoh, "a.xlsx", *args)).worksheets[0]
    sel = [sel.value for baris in lembar.iter_rows() for sel in baris]
    for teks in [*tertulis, "Sinorang, 1 Desember 2026", "KEPALA SEKSI PIP"]:
        assert teks in md
        assert f">{teks}<" in html
        assert teks in pdf
        assert teks in sel
    (isi,) = contoh(*args, "-O", "json").json
    assert (isi["tanda_tangan"]["tempat"], isi["tanda_tangan"]["tanggal"]) == ("Sinorang", "2026-12-01")
    assert isi["tanda_tangan"]["mengetahui"]["jabatan"] == tertulis[0]
    assert "2026-12-01" in contoh(*args, "-O", "csv").keluar
    assert "Sinorang, 1 Desember 2026" in contoh(*args, "-O", "layar").keluar


def test_a_signing_date_is_typed_as_everywhere(contoh: Kantor) -> None:
    assert "21 November 2026" in contoh(*OKTOBER, "--tanggal-ttd", "kemarin").keluar
    assert "--tanggal-ttd" in contoh(*OKTOBER, "--tanggal-ttd", "31/2/2026", kode=2).galat


def test_acting_is_yes_or_no(contoh: Kantor) -> None:
    (contoh.folder / "k.toml").write_text('[pejabat.camat]\nplt = "ya"')
    assert "pejabat.camat.plt: harus true (ya) atau false (tidak)" in contoh(
        "--konfig", str(contoh.folder / "k.toml"), "jabatan", kode=3
    ).galat  # fmt: skip


def test_the_position_is_required_and_the_error_says_where_they_are(contoh: Kantor) -> None:
    galat = contoh("laporan", kode=2).galat
    assert "opsi --jabatan wajib diisi" in galat
    assert "ikikec jabatan" in galat
