"""Measures as an office writes them: the guide's examples, what can be wrong with one, what its figures keep to."""

import csv
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import holidays
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy.dialects import sqlite

from ikikec.berkas_toml import baca_toml
from ikikec.istilah import UNSUR
from ikikec.kinerja.definisi import Definisi, Hitungan
from ikikec.kinerja.syarat import KEADAAN, MEDAN, UJI
from ikikec.kinerja.ukuran import muat_ukuran
from ikikec.konfigurasi import Konfigurasi
from ikikec.letak import bawaan
from ikikec.periode import Periode
from tests.cli.test_jawaban import periksa
from tests.conftest import AKAR, CONTOH, EMAS, HARI_INI, Kantor, lewati_layar_windows

DUA_MESIN = True
PANDUAN = (AKAR / "docs" / "ukuran.md").read_text("utf-8")
CONTOH_PANDUAN = re.findall(r"```toml\n(.*?)```", PANDUAN, re.DOTALL)
SEKCAM = ("laporan", "--jabatan", "sekcam")
Baris = dict[str, str]


@pytest.fixture
def kantor_lain(contoh: Kantor) -> Kantor:
    """The sample office with the measures of the guide and a position that another office wrote."""
    folder = contoh.folder / "config" / "ikikec"
    shutil.copytree(CONTOH / "kantor-lain", folder)
    (folder / "ukuran.toml").write_text("\n".join(CONTOH_PANDUAN), "utf-8")
    return contoh


def tulis_ukuran(kantor: Kantor, isi: str, jabatan: str = "ukuran") -> Path:
    """Write an office's measures; returns the file."""
    folder = kantor.folder / "config" / "ikikec"
    folder.mkdir(parents=True, exist_ok=True)
    berkas = folder / f"{jabatan}.toml"
    berkas.write_text(isi, "utf-8")
    return berkas


def tulis_jabatan(kantor: Kantor, *ukuran: str) -> None:
    """A position whose indicators are these measures, numbered from 1."""
    butir = "".join(
        f'[[sasaran.indikator]]\nnomor = "{urut}"\nuraian = "U"\nformulasi = "F"\nsumber = "S"\nukuran = "{satu}"\n'
        for urut, satu in enumerate(ukuran, 1)
    )
    tanda = (
        '[tanda_tangan]\nmengetahui = {pejabat = "camat", sebutan = "C"}\npembuat = {pejabat = "x", sebutan = "X"}\n'
    )
    folder = kantor.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.toml").write_text(
        f'nama = "X"\ntugas = ["T"]\n{tanda}[[sasaran]]\nnomor = "1"\nuraian = "S"\n{butir}', "utf-8"
    )


# The guide


def test_the_guide_names_the_whole_vocabulary_and_nothing_else() -> None:
    tabel = [
        re.findall(r"`([^`]+)`", baris.split("|")[1]) for baris in PANDUAN.splitlines() if baris.startswith("| `")
    ]
    pertama = [satu for baris in tabel for satu in baris]
    kunci = {bidang.alias or nama for nama, bidang in Definisi.model_fields.items()}
    assert sorted(pertama) == sorted({*kunci, *map(str, Hitungan), *UJI, *MEDAN})
    for slug, medan in MEDAN.items():
        (baris,) = [satu.split("|") for satu in PANDUAN.splitlines() if satu.startswith(f"| `{slug}` |")]
        tertulis = [set(re.findall(r"`([^`]+)`", satu)) for satu in baris[2:6]]
        assert tertulis[0] == {nama for nama, bidang in medan.items() if bidang.jenis.value == "tanggal"}
        berkata = {nama for nama, b in medan.items() if b.kata or (b.dikenal and not b.bebas) or nama == "jenis"}
        assert tertulis[1] == berkata
        bilangan = {nama for nama, bidang in medan.items() if bidang.jenis.value == "bilangan"}
        assert tertulis[2] == bilangan - (set(UNSUR) if "kesembilan unsur" in baris[4] else set())
        assert tertulis[3] == set(KEADAAN.get(slug, ()))


LIBUR = holidays.country_holidays("ID", years=2026, categories=("public", "government"))


def hari_kerja(dari: str, sampai: str) -> int:
    awal, akhir = date.fromisoformat(dari), date.fromisoformat(sampai)
    semua = (awal + timedelta(n) for n in range(1, (akhir - awal).days + 1))
    return sum(hari.weekday() < 5 and hari not in LIBUR for hari in semua)


def di(isi: list[Baris], bidang: str, awal: str, akhir: str) -> list[Baris]:
    return [satu for satu in isi if awal <= satu[bidang] <= akhir]


def lanjut(buku: dict[str, list[Baris]], pengaduan: Baris, akhir: str) -> list[str]:
    """The states of a complaint's follow-ups up to a day, by date."""
    milik = [
        satu for satu in buku["tindak-lanjut"] if satu["pengaduan"] == pengaduan["nomor"] and satu["tanggal"] <= akhir
    ]
    return [
        satu["status"] for satu in sorted(milik, key=lambda satu: (satu["tanggal"], int(satu["nomor"].split("/")[1])))
    ]


def sisa(buku: dict[str, list[Baris]], akhir: str) -> list[Baris]:
    masuk = [satu for satu in buku["pengaduan"] if satu["tanggal"] <= akhir]
    return [satu for satu in masuk if not {"selesai", "ditolak"} & set(lanjut(buku, satu, akhir)[-1:])]


def persen(atas: int, bawah: int) -> float | None:
    return None if bawah == 0 else float(round(Decimal(atas * 100) / bawah + Decimal("1e-9"), 2))


def angka_panduan(buku: dict[str, list[Baris]], awal: str, akhir: str) -> dict[str, Any]:
    """The guide's ten examples, each by a calculation of its own from the exported files."""
    masuk = di(buku["pengaduan"], "tanggal", awal, akhir)
    selesai = di(buku["informasi"], "tanggal_selesai", awal, akhir)
    terbit = di(buku["rekomendasi"], "tanggal_terbit", awal, akhir)
    berbatas = [satu for satu in terbit if satu["batas"]]
    terbuka = sisa(buku, akhir)
    lama = [hari_kerja(satu["tanggal_lengkap"], satu["tanggal_terbit"]) for satu in terbit]
    izin = [satu for satu in di(buku["survei"], "tanggal", awal, akhir) if satu["layanan"] == "rekomendasi izin"]
    jawab = [[int(satu[nama]) for satu in izin if satu[nama]] for nama in UNSUR]
    ikm = sum(Fraction(sum(satu), len(satu)) for satu in jawab) / 9 * 25 if all(jawab) else None
    tutup = []
    for satu in buku["pengaduan"]:
        milik = sorted(baris["tanggal"] for baris in buku["tindak-lanjut"]
                       if baris["pengaduan"] == satu["nomor"] and baris["status"] in ("selesai", "ditolak"))  # fmt: skip
        if satu["klasifikasi"] != "aspirasi" and satu not in terbuka and milik and awal <= milik[0] <= akhir:
            tutup.append((date.fromisoformat(milik[0]) - date.fromisoformat(satu["tanggal"])).days)
    pakai = sum(int(satu["dimanfaatkan"]) for satu in di(buku["surat-kabar"], "tanggal_dimanfaatkan", awal, akhir))
    ada = sum(int(satu["eksemplar"]) for satu in di(buku["surat-kabar"], "tanggal", awal, akhir))
    telat = [satu for satu in terbuka if satu["batas"] and satu["batas"] < akhir]
    return {
        "pengaduan-ditindaklanjuti-persen": persen(
            sum(bool(lanjut(buku, satu, akhir)) for satu in masuk), len(masuk)
        ),
        "informasi-tepat-waktu": persen(
            sum(
                s["hasil"] == "terlaksana" and s["batas"] != "" and s["tanggal_selesai"] <= s["batas"]
                for s in selesai
            ),
            len(selesai),
        ),
        "izin-tepat-waktu": persen(sum(s["tanggal_terbit"] <= s["batas"] for s in berbatas), len(berbatas)),
        "izin-median-hari": float(median(lama)) if lama else None,
        "pengaduan-sisa": len(terbuka),
        "pengaduan-sisa-terlambat-persen": persen(len(telat), len(terbuka)),
        "permohonan-usaha-masuk": sum(
            satu["jenis"] in ("usaha-mikro", "bangunan") for satu in di(buku["rekomendasi"], "tanggal", awal, akhir)
        ),
        "ikm-rekomendasi-izin": None if ikm is None else round(float(ikm) + 1e-9, 2),
        "pengaduan-rerata-selesai": round(sum(tutup) / len(tutup) + 1e-9, 1) if tutup else None,
        "bacaan-termanfaatkan": persen(pakai, ada),
    }


PERIODE = {
    "2026-10": ("2026-10-01", "2026-10-31"), "2026-03": ("2026-03-01", "2026-03-31"), "2026-T3": ("2026-07-01", "2026-09-30"),
    "2026-S1": ("2026-01-01", "2026-06-30"), "2026": ("2026-01-01", HARI_INI), "2025-12": ("2025-12-01", "2025-12-31"),
}  # fmt: skip


def buku_terekspor(kantor: Kantor) -> dict[str, list[Baris]]:
    kantor("ekspor", "-o", str(kantor.folder / "semua"), "-O", "csv")
    hasil = {}
    for berkas in (kantor.folder / "semua").glob("*.csv"):
        with berkas.open(newline="") as isi:
            hasil[berkas.stem] = list(csv.DictReader(isi))
    return hasil


def test_the_ten_examples_of_the_guide_count_what_they_say(kantor_lain: Kantor) -> None:
    nama = [satu for blok in CONTOH_PANDUAN for satu in re.findall(r"^\[([a-z-]+)\]", blok, re.MULTILINE)[-1:]]
    assert len(nama) == 10
    tulis_jabatan(kantor_lain, *nama)
    buku = buku_terekspor(kantor_lain)
    for periode, (awal, akhir) in PERIODE.items():
        angka = kantor_lain.angka("x", periode)
        assert dict(zip(nama, angka.values(), strict=True)) == angka_panduan(buku, awal, akhir), periode


# Another office's position


@pytest.mark.parametrize("bentuk", ["md", "html", "layar", "csv", "json"])
@pytest.mark.sqlite
def test_golden_sheets_of_another_office_s_position(
    kantor_lain: Kantor, bentuk: str, request: pytest.FixtureRequest
) -> None:
    kantor_lain("target", "tetapkan", "sekcam", "2.1", "1,5..2", "--periode", "2026")
    kantor_lain("target", "tetapkan", "sekcam", "1.1", "80..90", "--periode", "2026")
    if bentuk == "layar":
        lewati_layar_windows()
    lengkap = () if bentuk in ("html", "layar") else ("--rinci",)
    args = ("--periode", "2026-10", *lengkap, "--tren", "--bandingkan", "-O", bentuk)
    keluar = re.sub(r"\b[0-9a-f]{64}\b", "SIDIK", kantor_lain(*SEKCAM, *args).keluar)
    emas = EMAS / f"sekcam.{bentuk}"
    if request.config.getoption("--tulis-emas"):
        emas.write_text(keluar, "utf-8")
    assert keluar == emas.read_text("utf-8")


@pytest.mark.sqlite
def test_units_and_decimals_in_a_workbook_and_on_paper(kantor_lain: Kantor, weasyprint: None) -> None:
    kantor_lain("target", "tetapkan", "sekcam", "2.1", "1,5", "--periode", "2026")
    kantor_lain("target", "tetapkan", "sekcam", "1.1", "80..90", "--periode", "2026")
    for bentuk in ("xlsx", "pdf"):
        kantor_lain(*SEKCAM, "--periode", "2026-10", "-o", str(kantor_lain.folder / f"a.{bentuk}"))
    tab = load_workbook(kantor_lain.folder / "a.xlsx").worksheets[0]
    sel = {tuple(satu.value for satu in baris)[2]: baris for baris in tab.iter_rows() if baris[2].value}
    median_izin = sel["Lama penerbitan rekomendasi izin"]
    assert [median_izin[letak].value for letak in (4, 5, 6, 9)] == [1.5, 4, "hari kerja (dari 5 rekomendasi)", -66.67]
    assert median_izin[5].number_format == "#,##0.0"
    ratio = sel["Persentase pengaduan yang ditindaklanjuti"]
    assert [ratio[letak].value for letak in (4, 5, 6, 7, 8, 9)] == ["80–90 %", 30, "%", 3, 10, 37.5]
    teks = " ".join("".join(hal.extract_text() for hal in PdfReader(kantor_lain.folder / "a.pdf").pages).split())
    for kata in ("4,0", "hari kerja", "dari 5 rekomendasi", "61,11", "80–90 %", "37,50 %", "−66,67 %"):
        assert kata in teks


def test_its_answers_are_what_the_schema_says(kantor_lain: Kantor) -> None:
    kantor_lain("target", "tetapkan", "sekcam", "2.1", "1,5..2", "--periode", "2026")
    for perintah, nama in (
        ("laporan --jabatan sekcam --periode 2026-08 --rinci --dengan-identitas --bandingkan --tren", "laporan"),
        (f"rekap --buku {kantor_lain.alamat} --periode 2026-08", "rekap"), ("ukuran", "ukuran"), ("target daftar", "target"),
    ):  # fmt: skip
        periksa(kantor_lain(*perintah.split(), "-O", "json").json, nama)


# What just missed, and the day it is judged by

OKTOBER = """
[a]
satuan = "layanan"
aturan = "A"
hitung = "cacah"
register = "informasi"
tanggal = "tanggal"
syarat = [
    { bidang = "kanal", adalah = ["telepon", "surat"] },
    { bidang = "tanggal_selesai", paling_lambat = "batas" },
    { salah_satu = [{ bidang = "topik", adalah = "KTP" }, { bidang = "hasil", bukan = "terlaksana" }] },
]
"""


def test_what_just_missed_says_the_first_condition_that_it_fails(kantor: Kantor) -> None:
    tulis_ukuran(kantor, OKTOBER)
    tulis_jabatan(kantor, "a")
    catat = ("catat", "informasi", "--pemohon", "A", "--tanggal", "2026-10-05")
    for topik, kanal, selesai in (
        ("KTP", "telepon", "2026-10-06"), ("ktp", "surat", "2026-10-06"), ("KTP", "whatsapp", "2026-10-06"),
        ("KTP", "telepon", "2026-10-30"), ("KK", "telepon", "2026-10-06"), ("KTP", "surat", ""),
    ):  # fmt: skip
        langkah = ("--tanggal-selesai", selesai, "--hasil", "terlaksana") if selesai else ()
        kantor(*catat, "--topik", topik, "--kanal", kanal, *langkah)
    (laporan,) = kantor("laporan", "--jabatan", "x", "--periode", "2026-10", "--rinci", "-O", "json").json
    (butir,) = laporan["indikator"]
    assert (butir["realisasi"], butir["bukti"]) == (2, ["INF-2026-0001", "INF-2026-0002"])
    assert {satu["nomor"][-1]: satu["alasan"] for satu in butir["luput"]} == {
        "3": "kanal whatsapp", "4": "selesai sesudah batas waktu", "6": "belum selesai",
        "5": "bukan topik KTP atau hasil bukan terlaksana",
    }  # fmt: skip


def test_what_happens_later_changes_no_earlier_figure(kantor: Kantor, pengaduan: Callable[..., str]) -> None:
    shutil.copytree(CONTOH / "kantor-lain", kantor.folder / "config" / "ikikec")
    tulis_ukuran(kantor, "\n".join(CONTOH_PANDUAN))
    satu, dua = pengaduan(tanggal="2026-10-05"), pengaduan(tanggal="2026-10-06")
    izin = kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "domisili", "--tanggal", "2026-10-07")
    kantor("tindaklanjuti", satu, "--tindakan", "x", "--status", "selesai", "--tanggal", "2026-10-20")
    oktober = kantor.angka("sekcam", "2026-10")
    assert oktober == {"1.1": 50, "1.2": 15, "1.3": 1, "1.4": 100, "2.1": None, "2.2": None}
    kantor("tutup", "2026-10")
    # Reopened, ended again, and the other one followed up: November's work.
    kantor("tindaklanjuti", satu, "--tindakan", "x", "--tanggal", "2026-11-03")
    kantor("tindaklanjuti", satu, "--tindakan", "x", "--status", "selesai", "--tanggal", "2026-11-10")
    kantor("tindaklanjuti", satu, "--tindakan", "arsip", "--status", "selesai", "--tanggal", "2026-11-12")
    kantor("tindaklanjuti", dua, "--tindakan", "x", "--tanggal", "2026-11-04")
    kantor("terbitkan", izin.keluar.split()[0], "--nomor-surat", "1", "--tanggal", "2026-11-09")
    assert kantor.angka("sekcam", "2026-10") == oktober
    kantor("periksa")
    november = kantor.angka("sekcam", "2026-11")
    assert (november["1.2"], november["1.3"], november["2.1"]) == (36, 1, 23)
    assert kantor.angka("sekcam", "2026-10..2026-11")["1.2"] == 36


# Closed months


def test_a_closed_month_keeps_its_working_days(kantor_lain: Kantor) -> None:
    sebelum = kantor_lain.angka("sekcam", "2026-10")
    kantor_lain("tutup", "2026-10")
    for hari in ("2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-19", "2026-10-20"):
        kantor_lain("libur", "tambah", hari, "--nama", "X")
    assert kantor_lain.angka("sekcam", "2026-10") == sebelum
    kantor_lain("periksa")
    kantor_lain("buka", "2026-10", "--alasan", "x")
    assert kantor_lain.angka("sekcam", "2026-10")["2.1"] < sebelum["2.1"]


def test_a_measure_defined_anew_is_a_note_and_a_changed_entry_a_finding(kantor_lain: Kantor) -> None:
    kantor_lain("tutup", "2026-10")
    berkas = kantor_lain.folder / "config" / "ikikec" / "ukuran.toml"
    berkas.write_text(berkas.read_text().replace('hitung = "median"', 'hitung = "rerata"'))
    hasil = {satu["pemeriksaan"]: satu for satu in kantor_lain("periksa", "-O", "json").json}
    (temuan,) = hasil["bulan-tertutup"]["temuan"]
    assert temuan["tempat"] == "Oktober 2026, izin-median-hari"
    assert "waktu ditutup 4 dari 1, sekarang 22 dari 5" in temuan["pesan"]
    assert "mungkin berubah" in temuan["pesan"]


def test_closings_from_before_a_measure_came_still_hold(contoh: Kantor) -> None:
    contoh("tutup", "2026-09")
    tulis_ukuran(contoh, "\n".join(CONTOH_PANDUAN))
    contoh("tutup", "2026-10")
    contoh("periksa")
    berkas = contoh.folder / "config" / "ikikec" / "ukuran.toml"
    berkas.unlink()
    contoh("periksa")


# Several offices


def test_a_sum_of_offices_adds_parts_and_leaves_a_median_out(kantor_lain: Kantor) -> None:
    satu = str(kantor_lain.buku)
    if "postgres" in kantor_lain.alamat:
        pytest.skip("one ledger file twice")
    dua = str(kantor_lain.folder / "dua.db")
    shutil.copy(satu, dua)
    kantor_lain("--buku", dua, "catat", "rekomendasi", "--pemohon", "A", "--jenis", "lainnya", "--tanggal", "2026-08-03",
                "--tanggal-lengkap", "2026-08-03", "--tanggal-terbit", "2026-08-31", "--nomor-surat", "1")  # fmt: skip
    kantor_lain("--buku", dua, "tindaklanjuti", "PGD-2026-0039", "--tindakan", "x", "--status", "selesai",
                "--tanggal", "2026-08-31")  # fmt: skip
    args = ("rekap", "--buku", satu, "--buku", dua, "--periode", "2026-08")
    jawab = kantor_lain(*args, "-O", "json")
    butir = {s["nomor"]: s for s in jawab.json["indikator"] if s["jabatan"] == "sekcam"}
    rerata = [(kantor["realisasi"], kantor["banyak"]) for kantor in butir["1.2"]["kantor"]]
    hari = sum(round(nilai * banyak) for nilai, banyak in rerata)
    assert butir["1.2"]["jumlah"]["banyak"] == sum(banyak for _, banyak in rerata)
    assert butir["1.2"]["jumlah"]["realisasi"] == round(hari / butir["1.2"]["jumlah"]["banyak"] + 1e-9, 1)
    assert butir["1.3"]["jumlah"]["realisasi"] == sum(kantor["realisasi"] for kantor in butir["1.3"]["kantor"])
    assert butir["1.4"]["jumlah"]["penyebut"] == butir["1.3"]["jumlah"]["realisasi"]
    assert butir["2.1"]["jumlah"] == {"realisasi": None}
    assert "sekcam 2.1 tidak dijumlah: median semua kantor tidak dapat" in jawab.galat
    md = kantor_lain(*args, "-O", "md").keluar
    assert re.search(r"\*\*JUMLAH\*\*.*\| \*\*–\*\* \| \*\*–\*\* \|", md)
    kantor_lain(*args, "-o", str(kantor_lain.folder / "r.xlsx"))
    isi = [sel.value for baris in load_workbook(kantor_lain.folder / "r.xlsx")["rekap"].iter_rows() for sel in baris]
    assert "–" in isi


# The list of measures


def test_the_measures_in_force_are_listed_with_where_they_come_from(kantor_lain: Kantor) -> None:
    semua = {satu["ukuran"]: satu for satu in kantor_lain("ukuran", "-O", "json").json}
    assert list(semua)[:2] == ["responden-puas", "informasi-terlaksana"]
    assert semua["responden-puas"]["asal"] == "bawaan"
    assert semua["pengaduan-sisa"]["asal"].endswith("ukuran.toml")
    assert semua["pengaduan-sisa"]["seluruh_register"]
    assert not semua["izin-median-hari"]["seluruh_register"]
    assert semua["izin-median-hari"]["cara"] == (
        "median hari kerja dari tanggal_lengkap sampai tanggal_terbit register rekomendasi, menurut tanggal rekomendasi"
        " diterbitkan"
    )
    teks = kantor_lain("ukuran").keluar
    assert "pengaduan-sisa (pengaduan)" in teks
    assert "membaca seluruh register pengaduan setiap kali" in teks
    assert "rasio pengaduan-sisa-terlambat per pengaduan-sisa" in " ".join(teks.split())


def test_an_office_may_replace_a_measure_that_came_with_the_program(contoh: Kantor) -> None:
    tulis_ukuran(contoh, '[responden]\nsatuan = "responden"\naturan = "Perempuan saja."\nhitung = "cacah"\n'
                 'register = "survei"\ntanggal = "tanggal"\nsyarat = [{ bidang = "jenis_kelamin", adalah = "P" }]\n')  # fmt: skip
    with (CONTOH / "survei.csv").open(newline="") as berkas:
        isi = [satu for satu in csv.DictReader(berkas) if satu["tanggal"].startswith("2026-10")]
    banyak = sum(satu["jenis_kelamin"] == "P" for satu in isi)
    assert 0 < banyak < len(isi)
    assert contoh.angka("pengolah-pip", "2026-10")["1"] == banyak
    # The survey's own report stays what the regulation wants.
    assert contoh("skm", "--periode", "2026-10", "-O", "json").json["responden"] == len(isi)


@pytest.mark.sqlite
def test_measures_by_an_indexed_date_read_no_whole_register(kantor_lain: Kantor) -> None:
    semua = muat_ukuran(Konfigurasi(), kantor_lain.folder / "config" / "ikikec")
    periode = Periode(date(2026, 10, 1), date(2026, 10, 31), "")
    with closing(sqlite3.connect(kantor_lain.buku)) as buku:
        for ukuran in semua.values():
            for satu in ukuran.bagian or (ukuran,):
                pilih = satu.dalam(periode, lambda _bidang: ["rekomendasi izin"])
                sql = str(pilih.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
                rencana = [baris[3] for baris in buku.execute(f"EXPLAIN QUERY PLAN {sql}")]
                pindai = any(baris.startswith("SCAN") for baris in rencana)
                assert not (pindai and satu.lewat_indeks), (ukuran.nama, rencana)


# What is wrong with a definition

AWAL = '[a]\nsatuan = "x"\naturan = "A"\n'
INFORMASI = f'{AWAL}hitung = "cacah"\nregister = "informasi"\ntanggal = "tanggal"\n'
PUAS = '{ puas = "ya" }'
SALAH: Mapping[str, tuple[str, str]] = {
    "kata hitung": (f'{AWAL}hitung = "cacahan"\n', "baris 4, a.hitung: hitungan 'cacahan' tidak dikenal; pilihannya cacah"),
    "hitung bilangan": (f"{AWAL}hitung = 3\n", "baris 4, a.hitung: harus teks di antara tanda kutip"),
    "tanpa hitung": (AWAL, "baris 1, a.hitung: wajib diisi"),
    "tanpa aturan": ('[a]\nhitung = "cacah"\n', "a.aturan: wajib diisi"),
    "kunci": (f"{INFORMASI}syarad = []\n", "baris 7, a.syarad: kunci ini tidak dikenal; maksudnya syarat?"),
    "register": (INFORMASI.replace("informasi", "informas"), "a.register: register 'informas' tidak dikenal"),
    "terdekat": (INFORMASI.replace("informasi", "informas"), "maksudnya informasi?"),
    "tanggal lain": (
        INFORMASI.replace('"tanggal"', '"tanggal_terbit"'),
        "baris 6, a.tanggal: tanggal register informasi 'tanggal_terbit' tidak dikenal",
    ),
    "register lain": (INFORMASI.replace('"tanggal"', '"tanggal_terbit"'), "(itu isian register rekomendasi)"),
    "bukan tanggal": (INFORMASI.replace('"tanggal"', '"topik"'), "a.tanggal: topik bukan tanggal; tanggal register ini"),
    "tanpa tanggal": (INFORMASI.replace('tanggal = "tanggal"\n', ""), "a.tanggal: wajib diisi untuk cacah"),
    "syarat kosong": (f"{INFORMASI}syarat = [{{}}]\n", "baris 7, a.syarat.0: kosong; tulis satu syarat, misalnya"),
    "dua uji": (
        f'{INFORMASI}syarat = [{{ bidang = "hasil", adalah = "terlaksana", isi = "terisi" }}]\n',
        "a.syarat.0: ada adalah atau isi; satu saja",
    ),
    "syarat kedua": (
        f'{INFORMASI}syarat = [\n    {{ bidang = "hasil", isi = "terisi" }},\n    {{ bidang = "hasil", isi = "penuh" }},\n]\n',
        "baris 9, a.syarat.1.isi: isi 'penuh' tidak dikenal; pilihannya terisi atau kosong",
    ),
    "tanpa bidang": (f'{INFORMASI}syarat = [{{ adalah = "x" }}]\n', "a.syarat.0.bidang: wajib diisi bersama adalah"),
    "bidang": (f'{INFORMASI}syarat = [{{ bidang = "hasl", isi = "terisi" }}]\n', "a.syarat.0.bidang: isian register informasi 'hasl'"),
    "kata": (
        f'{INFORMASI}syarat = [{{ bidang = "hasil", adalah = "terlaksan" }}]\n',
        "a.syarat.0.adalah: hasil 'terlaksan' tidak dikenal; pilihannya terlaksana atau tidak-terlaksana; maksudnya terlaksana?",
    ),
    "izin": (
        f'{INFORMASI.replace("informasi", "rekomendasi")}syarat = [{{ bidang = "jenis", adalah = "domisil" }}]\n',
        "jenis 'domisil' tidak dikenal",
    ),
    "tanpa kata": (
        f'{INFORMASI}syarat = [{{ bidang = "pemohon", adalah = "Budi" }}]\n',
        "a.syarat.0.adalah: pemohon tidak punya daftar kata; yang punya kanal, topik, atau hasil",
    ),
    "bukan bilangan": (
        f'{INFORMASI}syarat = [{{ bidang = "hasil", paling_sedikit = 3 }}]\n',
        "a.syarat.0.bidang: hasil bukan bilangan; register ini tidak punya bilangan",
    ),
    "teks untuk bilangan": (
        f'{INFORMASI}syarat = [{{ bidang = "usia", paling_sedikit = "3" }}]\n',
        "a.syarat.0.paling_sedikit: harus bilangan bulat",
    ),
    "dirinya": (
        f'{INFORMASI}syarat = [{{ bidang = "batas", sesudah = "batas" }}]\n',
        "a.syarat.0.sesudah: membandingkan tanggal dengan dirinya sendiri",
    ),
    "keadaan": (
        f'{INFORMASI}syarat = [{{ keadaan = "ditindaklanjuti" }}]\n',
        "a.syarat.0.keadaan: keadaan 'ditindaklanjuti' tidak dikenal; pilihannya terbuka, terlambat, atau selesai",
    ),
    "keadaan survei": (
        f'{INFORMASI.replace("informasi", "survei")}syarat = [{{ keadaan = "selesai" }}]\n',
        "entri jawaban survei tidak punya keadaan",
    ),
    "puas": (f'{INFORMASI}syarat = [{{ puas = "ya" }}]\n', "a.syarat.0.puas: hanya untuk register survei"),
    "gabungan kosong": (f"{INFORMASI}syarat = [{{ salah_satu = [] }}]\n", "a.syarat.0.salah_satu: tidak boleh kosong"),
    "gabungan": (
        f'{INFORMASI}syarat = [{{ salah_satu = [{{ bidang = "hasil", isi = "x" }}] }}]\n',
        "a.syarat.0.salah_satu.0.isi: isi 'x' tidak dikenal",
    ),
    "bukan daftar": (f'{INFORMASI}syarat = "hasil"\n', "a.syarat: harus berupa daftar di antara [ dan ]"),
    "jumlah": (f'{INFORMASI.replace("cacah", "jumlah")}bidang = "topik"\n', "a.bidang: topik bukan bilangan"),
    "jumlah tanpa bidang": (INFORMASI.replace("cacah", "jumlah"), "a.bidang: wajib diisi untuk jumlah"),
    "kunci lain": (f'{INFORMASI}dari = "tanggal"\n', "a.dari: tidak dipakai untuk cacah"),
    "sisa bertanggal": (INFORMASI.replace("cacah", "sisa"), "a.tanggal: tidak dipakai untuk sisa"),
    "sisa survei": (f'{AWAL}hitung = "sisa"\nregister = "survei"\n', "a.register: entri jawaban survei tidak punya keadaan terbuka"),
    "ikm": (INFORMASI.replace("cacah", "ikm"), "a.register: ikm dihitung dari register survei"),
    "rentang": (
        f'{INFORMASI.replace("cacah", "median")}dari = "tanggal"\nsampai = "tanggal"\nhari = "libur"\n',
        "a.hari: hari 'libur' tidak dikenal; pilihannya kerja atau kalender",
    ),
    "rentang nol": (
        f'{INFORMASI.replace("cacah", "median")}dari = "tanggal"\nsampai = "tanggal"\nhari = "kerja"\n',
        "a.sampai: sama dengan dari; selisihnya selalu 0",
    ),
    "satuan persen": (INFORMASI.replace('"x"', '"%"'), "a.satuan: hanya rasio yang dalam persen"),
    "rasio bersatuan": (
        f'{INFORMASI.replace("cacah", "rasio")}syarat = [{{ keadaan = "selesai" }}]\n',
        "a.satuan: rasio selalu dalam persen",
    ),
    "rasio tanpa syarat": (INFORMASI.replace("cacah", "rasio"), "a.syarat: wajib diisi untuk rasio"),
    "penyebut": (
        '[a]\naturan = "A"\nhitung = "rasio"\npembilang = "responden"\npenyebut = "respoden"\n',
        "baris 5, a.penyebut: ukuran 'respoden' tidak dikenal",
    ),
    "lingkaran": (
        '[a]\naturan = "A"\nhitung = "rasio"\npembilang = "b"\npenyebut = "responden"\n'
        '[b]\naturan = "B"\nhitung = "rasio"\npembilang = "responden"\npenyebut = "a"\n',
        "baris 4, a.pembilang: berputar: b kembali ke a",
    ),
    "rasio dari rasio": (
        '[a]\naturan = "A"\nhitung = "rasio"\npembilang = "responden-puas"\npenyebut = "responden"\n',
        "a.pembilang: responden-puas adalah rasio; rasio dibuat dari cacah, jumlah, atau sisa",
    ),
    "hasil pribadi": (f'{INFORMASI}hasil = "{{pemohon}}"\n', "a.hasil: pemohon dapat memuat data warga dan tidak dicetak"),
    "hasil rumus": (f'{INFORMASI}hasil = "{{{{ 1 + 1 }}}}"\n', "a.hasil: tanda { dan } hanya untuk nama isian"),
    "nama": (INFORMASI.replace("[a]", '["A b"]'), "nama ukuran 'A b' hanya boleh huruf kecil"),
    "bukan tabel": ('a = "cacah"\n', "a: harus berupa tabel"),
    "kendali": (INFORMASI.replace('"A"', '"A\\u001b"'), "a.aturan: memuat huruf kendali"),
    "bukan TOML": ("[a\n", "bukan TOML yang benar"),
    "terlalu banyak": (
        f"{INFORMASI}syarat = [{', '.join(51 * [PUAS])}]\n",
        "a.syarat: paling banyak 50 butir",
    ),
    "terlalu dalam": (
        f'{INFORMASI}syarat = [{"{ semua = [" * 9}{{ keadaan = "selesai" }}{"] }" * 9}]\n',
        "terlalu dalam; paling banyak 4 tingkat",
    ),
    "sangat dalam": (f'{INFORMASI}syarat = [{"{ semua = [" * 90}{"] }" * 90}]\n', "a.syarat"),
}  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize("apa", list(SALAH))
def test_a_broken_definition_is_answered_with_what_is_wrong_and_where(kantor: Kantor, apa: str) -> None:
    isi, pesan = SALAH[apa]
    berkas = tulis_ukuran(kantor, isi)
    galat = " ".join(kantor("ukuran", "periksa", str(berkas), kode=3).galat.split())
    assert pesan in galat
    assert str(berkas) in galat
    # The same wherever it would be used.
    assert pesan in " ".join(kantor("ukuran", kode=3).galat.split())
    assert pesan.split(": ", 1)[-1] in " ".join(kantor("atur", "periksa", kode=3).galat.split())


@pytest.mark.sqlite
def test_every_mistake_of_a_file_is_named_at_once(kantor: Kantor) -> None:
    berkas = tulis_ukuran(
        kantor, f'{INFORMASI}dari = "x"\n\n[b]\naturan = "B"\nhitung = "sisa"\nregister = "survei"\n'
    )
    galat = kantor("ukuran", "periksa", str(berkas), kode=3).galat
    assert re.findall(r"- baris (\d+), ([a-z.]+):", galat) == [
        ("7", "a.dari"), ("7", "a.dari"), ("9", "b.satuan"), ("12", "b.register"),
    ]  # fmt: skip


@pytest.mark.sqlite
def test_a_file_of_definitions_anywhere_can_be_checked(kantor: Kantor) -> None:
    lain = kantor.folder / "lain.toml"
    lain.write_text("\n".join(CONTOH_PANDUAN), "utf-8")
    assert kantor("ukuran", "periksa", str(lain)).keluar == "11 ukuran baik\n"
    assert "tidak dapat dibaca" in kantor("ukuran", "periksa", str(kantor.folder / "tiada.toml"), kode=2).galat
    # What the office's other files define may be named.
    tulis_ukuran(kantor, INFORMASI.replace("[a]", "[dasar]"))
    lain.write_text('[a]\naturan = "A"\nhitung = "rasio"\npembilang = "dasar"\npenyebut = "informasi-teragenda"\n')
    assert kantor("ukuran", "periksa", str(lain)).keluar == "1 ukuran baik\n"


@pytest.mark.sqlite
def test_the_same_name_in_two_files_of_an_office_is_told(kantor: Kantor) -> None:
    tulis_ukuran(kantor, INFORMASI)
    folder = kantor.folder / "config" / "ikikec" / "ukuran"
    folder.mkdir()
    (folder / "lagi.toml").write_text(INFORMASI)
    galat = kantor("ukuran", kode=3).galat
    assert "lagi.toml" in galat
    assert "sudah ada di" in galat


@pytest.mark.sqlite
def test_a_position_whose_measure_is_not_there_is_named(kantor: Kantor) -> None:
    tulis_jabatan(kantor, "responden", "pengaduan-sis")
    for args in (("jabatan",), ("atur", "periksa"), ("laporan", "--jabatan", "x")):
        galat = kantor(*args, kode=3).galat
        assert "sasaran.0.indikator.1.ukuran: ukuran 'pengaduan-sis' tidak dikenal" in galat
    tulis_ukuran(kantor, INFORMASI.replace("[a]", "[pengaduan-sisa]"))
    assert "maksudnya pengaduan-sisa?" in kantor("jabatan", kode=3).galat


def test_every_definition_that_comes_with_the_program_is_sound(kantor: Kantor) -> None:
    for berkas in bawaan("ukuran").glob("*.toml"):
        assert len(baca_toml(berkas)) == 10
        assert "10 ukuran baik" in kantor("ukuran", "periksa", str(berkas)).keluar


# Targets

RENTANG = [
    ("80..90", "70", "87.50"), ("80..90", "80", "100.00"), ("80..90", "85.55", "100.00"), ("80..90", "90", "100.00"),
    ("80..90", "99", "110.00"), ("0..90", "45", "100.00"), ("0..10", "0", "100.00"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "realisasi", "hasil"), RENTANG)
def test_within_a_range_all_is_reached(target: str, realisasi: str, hasil: str) -> None:
    from ikikec.buku.target import Kunci
    from ikikec.istilah import Arah
    from ikikec.kinerja.capaian import baca_target, capaian, pilih_target
    from ikikec.kinerja.hitung import Realisasi
    from ikikec.kinerja.ukuran import ukuran_bawaan

    ukuran = ukuran_bawaan()["responden-puas"]
    periode = Periode(date(2026, 10, 1), date(2026, 10, 31), "")
    satu = baca_target(target, ukuran, Kunci("x", "1", periode))
    berlaku = pilih_target([satu], "1", ukuran, periode)
    nilai = Fraction(realisasi)
    angka = Realisasi(nilai.numerator, nilai.denominator * 100)
    assert capaian(angka, berlaku, Arah.BESAR) == Decimal(hasil)
    if Decimal(hasil) != 100:
        assert capaian(angka, berlaku, Arah.KECIL) == 200 - Decimal(hasil)


def test_a_range_is_told_on_every_form_and_kept(contoh: Kantor) -> None:
    jawab = contoh("target", "tetapkan", "kasi-pip", "1", "80..90", "--periode", "2026")
    assert jawab.keluar == "TARGET-kasi-pip-1-2026  Tahun 2026: 80–90 % ditetapkan\n"
    contoh("target", "tetapkan", "kasi-pip", "2.1", "12..24", "--periode", "2026")
    args = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10")
    butir = {satu["nomor"]: satu for satu in contoh(*args, "-O", "json").json[0]["indikator"]}
    assert (butir["1"]["target"], butir["1"]["target_atas"], butir["1"]["capaian"]) == (80, 90, 45.45)
    assert (butir["2.1"]["target"], butir["2.1"]["target_atas"], butir["2.1"]["capaian"]) == (1, 2, 100)
    assert "target_atas" not in butir["2.2"]
    csv_ = contoh(*args, "-O", "csv").keluar.splitlines()
    assert "target_atas" in csv_[0].split(",")
    assert "| 80–90 %<br>(Tahun 2026) |" in contoh(*args, "-O", "md").keluar
    assert "| 1–2<br>(dari 12–24, Tahun 2026) |" in contoh(*args, "-O", "md").keluar
    (persen_, banyak) = contoh("target", "daftar", "-O", "json").json
    assert (persen_["target"], persen_["target_atas"], banyak["target_atas"]) == (80, 90, 24)
    assert "80–90 %" in contoh("target", "daftar").keluar
    contoh("periksa")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("nilai", "pesan"),
    [("90..80", "yang pertama harus lebih kecil"), ("80..80", "yang pertama harus lebih kecil"),
     ("80..", "bukan persentase"), ("..90", "bukan persentase"), ("80..90..95", "bukan persentase"),
     ("80..101", "bukan persentase"), ("..", "bukan persentase")],
)  # fmt: skip
def test_a_range_that_is_none_is_refused(contoh: Kantor, nilai: str, pesan: str) -> None:
    assert pesan in contoh("target", "tetapkan", "kasi-pip", "1", nilai, "--periode", "2026", kode=2).galat


def test_a_target_in_working_days_may_have_decimals_and_is_never_divided(kantor_lain: Kantor) -> None:
    for nomor, nilai in (("2.1", "3,5"), ("1.3", "20"), ("2.2", "80")):
        kantor_lain("target", "tetapkan", "sekcam", nomor, nilai, "--periode", "2026")
    (laporan,) = kantor_lain(*SEKCAM, "--periode", "2026-10", "-O", "json").json
    butir = {satu["nomor"]: satu for satu in laporan["indikator"]}
    assert [butir[nomor]["target"] for nomor in ("2.1", "1.3", "2.2")] == [3.5, 20, 80]
    # Smaller is better: 2 − 4/3,5 and 2 − 45/20.
    assert [butir[nomor]["capaian"] for nomor in ("2.1", "1.3")] == [85.71, -25.0]
    galat = kantor_lain("target", "tetapkan", "sekcam", "2.1", "tiga", "--periode", "2026", kode=2).galat
    assert "bukan bilangan; paling banyak dua desimal" in galat
    folder = kantor_lain.folder / "keluar"
    kantor_lain("ekspor", "--ketetapan", "-o", str(folder))
    lama = kantor_lain("target", "daftar", "-O", "json").keluar
    for nomor in ("2.1", "1.3", "2.2"):
        kantor_lain("target", "hapus", "sekcam", nomor, "--periode", "2026", "--alasan", "x")
    kantor_lain("impor", "target", str(folder / "target.csv"))
    assert json.loads(kantor_lain("target", "daftar", "-O", "json").keluar) == json.loads(lama)
    kantor_lain("periksa")
