"""The sheets: the figures, what stands behind them, and how they look."""

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from openpyxl import load_workbook

from ikikec.buku.register import SEMUA
from tests.conftest import AKAR, CONTOH, EMAS, Kantor, lewati_layar_windows
from tests.unix import pribadi

DUA_MESIN = True

HARAPAN = json.loads((CONTOH / "harapan.json").read_text())
JABATAN = ("kasi-pip", "pengolah-perizinan", "pengolah-pip")
KONFIG = """
kecamatan = "Batui Selatan"
kabupaten = "Banggai"

[pejabat.camat]
nama = "Drs. Contoh Camat, M.Si."
nip = "19660101 199003 1 001"

[pejabat.kasi-pip]
nama = "Contoh Kasi, S.Sos."
nip = "197802022005012002"
"""


@pytest.mark.parametrize("periode", HARAPAN)
@pytest.mark.parametrize("jabatan", JABATAN)
def test_the_sample_office_s_figures(contoh: Kantor, periode: str, jabatan: str) -> None:
    assert contoh.angka(jabatan, periode) == HARAPAN[periode][jabatan]


@pytest.mark.parametrize("periode", HARAPAN)
def test_every_figure_can_be_opened_into_its_entries(contoh: Kantor, periode: str) -> None:
    semua = contoh("laporan", "--jabatan", "semua", "--periode", periode, "--rinci", "-O", "json").json
    eksemplar = {satu["nomor"]: satu for satu in contoh("daftar", "surat-kabar", "-O", "json").json}
    for laporan in semua:
        for satu in laporan["indikator"]:
            bukti = satu["bukti"]
            assert len(set(bukti)) == len(bukti)
            if "penyebut" in satu:
                assert len(bukti) == satu["penyebut"]
            elif satu["satuan"] == "eksemplar":
                bidang = "dimanfaatkan" if laporan["jabatan"] == "kasi-pip" else "eksemplar"
                assert sum(eksemplar[nomor][bidang] for nomor in bukti) == satu["realisasi"]
            else:
                assert len(bukti) == satu["realisasi"]


def test_json_has_the_contract_s_shape(contoh: Kantor) -> None:
    (laporan,) = contoh("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "-O", "json").json
    assert laporan["periode"] == {"label": "Oktober 2026", "awal": "2026-10-01", "akhir": "2026-10-31"}
    assert laporan["nama"] == "Kepala Seksi Pelayanan, Informasi dan Pengaduan"
    persen = laporan["indikator"][0]
    assert (persen["satuan"], persen["realisasi"], persen["pembilang"], persen["penyebut"]) == ("%", 36.36, 4, 11)
    assert "bukti" not in persen
    assert [satu["nomor"] for satu in laporan["indikator"]] == ["1", "2.1", "2.2", "2.3", "3"]
    info = contoh("info", "-O", "json").json["buku"]
    assert laporan["buku"] == {"entri": info["entri"], "sidik": info["sidik"]}


def test_no_respondent_is_no_data_and_never_zero(contoh: Kantor) -> None:
    args = ("laporan", "--jabatan", "kasi-pip", "--periode", "2025-12")
    (laporan,) = contoh(*args, "-O", "json").json
    assert (laporan["indikator"][0]["realisasi"], laporan["indikator"][0]["penyebut"]) == (None, 0)
    for bentuk in ("md", "html", "layar"):
        assert "tidak ada data" in contoh(*args, "-O", bentuk).keluar


def test_the_period_defaults_to_last_month_and_says_so(contoh: Kantor) -> None:
    jawab = contoh("laporan", "--jabatan", "kasi-pip", "-O", "json")
    assert jawab.json[0]["periode"]["label"] == "Oktober 2026"
    assert "Oktober 2026" in jawab.galat
    assert contoh("report", "--jabatan", "kasi-pip", "-O", "json").json == jawab.json


def test_into_a_pipe_it_writes_markdown(contoh: Kantor) -> None:
    args = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10")
    assert contoh(*args).keluar == contoh(*args, "-O", "md").keluar
    assert contoh(*args).keluar.startswith("# INDIKATOR KINERJA INDIVIDU\n")


@pytest.mark.parametrize(("berkas", "awal"), [("a.md", "# IND"), ("a.HTML", "<!DOC"), ("a.json", "[\n")])
def test_a_file_s_ending_names_the_format(contoh: Kantor, berkas: str, awal: str) -> None:
    tujuan = contoh.folder / berkas
    tujuan.write_text("lama")
    jawab = contoh("laporan", "--jabatan", "semua", "--periode", "2026", "-o", str(tujuan))
    assert jawab.keluar == ""
    assert tujuan.read_text().startswith(awal)
    assert pribadi(tujuan)
    assert not list(contoh.folder.glob(".*"))


def test_dash_is_stdout(contoh: Kantor) -> None:
    args = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026", "-O", "json")
    assert contoh(*args, "-o", "-").keluar == contoh(*args).keluar


@pytest.mark.parametrize("jabatan", JABATAN)
@pytest.mark.parametrize("bentuk", ["md", "html", "layar", "csv"])
def test_golden_sheets(contoh: Kantor, jabatan: str, bentuk: str, request: pytest.FixtureRequest) -> None:
    if bentuk == "layar":
        lewati_layar_windows()
    konfig = contoh.folder / "k.toml"
    konfig.write_text(KONFIG)
    args = ("--konfig", str(konfig), "laporan", "--jabatan", jabatan, "--periode", "2026-10", "-O", bentuk, "--rinci")
    teks = contoh(*args).keluar
    assert contoh(*args).keluar == teks
    # The fingerprint holds the moment of the import; all else is the same on every run.
    teks = re.sub(r"\b[0-9a-f]{64}\b", "SIDIK", teks)
    emas = EMAS / f"{jabatan}.{bentuk}"
    if request.config.getoption("--tulis-emas"):
        emas.write_text(teks)
    assert teks == emas.read_text()


def test_a_blank_office_prints_dots(contoh: Kantor) -> None:
    html = contoh("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "-O", "html").keluar
    assert html.count("NIP. …") == 2
    assert "CAMAT …" in html


def test_the_html_page_stands_alone(contoh: Kantor) -> None:
    html = contoh("laporan", "--jabatan", "semua", "--periode", "2026-10", "-O", "html").keluar
    assert '<html lang="id">' in html
    assert not re.search(r"<script|<link|src=|https?://|url\(", html)
    assert html.count("<article") == 3


def case_by_hand(kantor: Kantor) -> None:
    """One small office whose sheets were worked out on paper."""
    # A complaint; its follow-ups are typed in reverse order across the end of October.
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-10-20")
    kantor(
        "tindaklanjuti", "PGD-2026-0001", "--tindakan", "Selesai", "--status", "selesai", "--tanggal", "2026-11-03"
    )
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "Tinjau", "--tanggal", "2026-10-30")
    # Two permits due two working days after 30 December, across the New Year holiday: one had an incomplete file
    # and is issued late, the other in time. A third is refused.
    kantor(
        "catat",
        "rekomendasi",
        "--pemohon",
        "A",
        "--jenis",
        "usaha-mikro",
        "--belum-lengkap",
        "--tanggal",
        "2025-12-29",
    )
    kantor("lengkapi", "RIZ-2025-0001", "--tanggal", "2025-12-30")
    kantor("terbitkan", "RIZ-2025-0001", "--nomor-surat", "1", "--tanggal", "2026-01-05")
    kantor("catat", "rekomendasi", "--pemohon", "B", "--jenis", "usaha-mikro", "--tanggal", "2025-12-30")
    kantor("terbitkan", "RIZ-2025-0002", "--nomor-surat", "2", "--tanggal", "2026-01-02")
    kantor("catat", "rekomendasi", "--pemohon", "C", "--jenis", "bangunan", "--tanggal", "2026-01-05")
    kantor("tolak", "RIZ-2026-0001", "--alasan", "Lahan", "--tanggal", "2026-01-06")
    # A service finished on its last day, 16 November, and one finished a day too late.
    for akhir in ("2026-11-16", "2026-11-17"):
        kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02",
               "--tanggal-selesai", akhir, "--hasil", "terlaksana")  # fmt: skip
    # Papers: five came, two were used, a month later.
    kantor("catat", "surat-kabar", "--media", "M", "--eksemplar", "5", "--tanggal", "2026-10-15")
    kantor("manfaatkan", "KRN-2026-0001", "--dimanfaatkan", "2", "--tanggal", "2026-11-02")
    # Three forms: overall only (puas), all nine with a mean just below 3, some blank with a mean of exactly 3.
    hari = ("--tanggal", "2026-11-10")
    kantor("catat", "survei", *hari, "--kepuasan", "3")
    unsur = [
        "persyaratan",
        "prosedur",
        "waktu",
        "biaya",
        "produk",
        "kompetensi",
        "perilaku",
        "penanganan-pengaduan",
        "sarana",
    ]
    kantor(
        "catat", "survei", *hari, *(bagian for satu in unsur[:8] for bagian in (f"--{satu}", "3")), "--sarana", "2"
    )
    kantor("catat", "survei", *hari, "--persyaratan", "2", "--prosedur", "4", "--sarana", "3")


@pytest.mark.parametrize(
    ("jabatan", "periode", "angka"),
    [
        ("kasi-pip", "2026-10", {"1": None, "2.1": 0, "2.2": 1, "2.3": 0, "3": 0}),
        ("kasi-pip", "2026-11", {"1": 66.67, "2.1": 1, "2.2": 0, "2.3": 0, "3": 2}),
        ("kasi-pip", "2026-01", {"1": None, "2.1": 0, "2.2": 0, "2.3": 1, "3": 0}),
        ("pengolah-perizinan", "2026-01", {"1": 2, "2": 0}),
        ("pengolah-perizinan", "2026-10", {"1": 0, "2": 5}),
        ("pengolah-pip", "2026-11", {"1": 3, "2.1": 2, "2.2": 0}),
        ("pengolah-pip", "2026-10", {"1": 0, "2.1": 0, "2.2": 1}),
    ],
)
def test_a_whole_case_by_hand(kantor: Kantor, jabatan: str, periode: str, angka: dict[str, object]) -> None:
    case_by_hand(kantor)
    # 30 December + 2 working days, New Year's Day being free, is 2 January: one is on time, one is late.
    assert kantor("lihat", "RIZ-2025-0001", "-O", "json").json["batas"] == "2026-01-02"
    assert kantor.angka(jabatan, periode) == angka


@pytest.mark.parametrize(
    ("jawaban", "puas"),
    [
        ({"kepuasan": 3}, 1),
        ({"kepuasan": 2, "waktu": 4}, 0),
        ({"kepuasan": 4, "waktu": 1}, 1),
        ({"waktu": 3}, 1),
        ({"waktu": 2, "biaya": 4}, 1),
        ({"waktu": 2, "biaya": 3}, 0),
        ({"waktu": 2, "biaya": 3, "sarana": 3, "produk": 4}, 1),
    ],
)
def test_who_is_satisfied(kantor: Kantor, jawaban: dict[str, int], puas: int) -> None:
    kantor("catat", "survei", *(bagian for nama, nilai in jawaban.items() for bagian in (f"--{nama}", str(nilai))))
    (laporan,) = kantor("laporan", "--jabatan", "kasi-pip", "--periode", "2026-11", "-O", "json").json
    assert (laporan["indikator"][0]["pembilang"], laporan["indikator"][0]["penyebut"]) == (puas, 1)


def test_cancelled_entries_count_nowhere_nor_do_their_follow_ups(kantor: Kantor) -> None:
    batal = "2026-11-02,ya,salah"
    berkas = kantor.csv("p.csv", "tanggal,batal,alasan_batal,pelapor,uraian", f"{batal},A,B", "2026-11-02,tidak,,A,B")
    kantor("impor", "pengaduan", berkas)
    berkas = kantor.csv(
        "t.csv", "pengaduan,tanggal,tindakan,batal,alasan_batal", "PGD-2026-0001,2026-11-03,X,tidak,",
        "PGD-2026-0002,2026-11-03,X,ya,salah", "PGD-2026-0002,2026-11-05,X,tidak,",
    )  # fmt: skip
    kantor("impor", "tindak-lanjut", berkas)
    isi = {
        "informasi": ("pemohon,topik,tanggal_selesai,hasil", "A,B,2026-11-03,terlaksana"),
        "rekomendasi": ("pemohon,jenis,tanggal_terbit,nomor_surat", "A,bangunan,2026-11-03,1"),
        "surat-kabar": ("media,eksemplar,tanggal_dimanfaatkan,dimanfaatkan", "M,2,2026-11-03,1"),
        "survei": ("kepuasan", "4"),
    }
    for register, (kepala, baris) in isi.items():
        kantor("impor", register, kantor.csv("r.csv", f"tanggal,batal,alasan_batal,{kepala}", f"{batal},{baris}"))
    assert kantor.angka("kasi-pip", "2026-11") == {"1": None, "2.1": 0, "2.2": 1, "2.3": 0, "3": 0}
    assert kantor.angka("pengolah-perizinan", "2026-11") == {"1": 0, "2": 0}
    assert kantor.angka("pengolah-pip", "2026-11") == {"1": 0, "2.1": 0, "2.2": 1}
    hari = ("--jabatan", "kasi-pip", "--periode", "2026-11-05..2026-11-05", "-O", "json", "--rinci")
    assert kantor("laporan", *hari).json[0]["indikator"][2]["bukti"] == ["PGD-2026-0002"]


def test_ten_services_finished_without_success_or_deadline_do_not_count(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02",
           "--tanggal-selesai", "2026-11-03", "--hasil", "tidak-terlaksana")  # fmt: skip
    assert kantor.angka("kasi-pip", "2026-11")["2.1"] == 0


@pytest.mark.sqlite
def test_no_report_query_reads_a_whole_register(contoh: Kantor) -> None:
    from datetime import date

    from sqlalchemy.dialects import sqlite

    from ikikec.kinerja.ukuran import ukuran_bawaan
    from ikikec.periode import Periode

    periode = Periode(date(2026, 10, 1), date(2026, 10, 31), "")
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        semua = [
            (ukuran, pilih)
            for ukuran in ukuran_bawaan().values()
            for pilih in (ukuran.dalam(periode), ukuran.luput_dalam(periode))
        ]
        for ukuran, pilih in semua:
            if pilih is None:
                continue
            sql = str(pilih.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
            rencana = [baris[3] for baris in buku.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert not [satu for satu in rencana if satu.startswith("SCAN")], (ukuran.nama, rencana)
            utama = [satu for satu in rencana if "tanggal" in satu and "COVERING" in satu]
            assert utama, (ukuran.nama, rencana)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "args", ["laporan --jabatan semua --periode 2026-10 -O json", "catat pengaduan --pelapor A --uraian B",
             "laporan --jabatan semua --periode 2026-10 -O json --rinci --tren --bandingkan"]
)  # fmt: skip
def test_no_query_of_a_daily_command_reads_a_whole_register(
    contoh: Kantor, args: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    terdengar: list[str] = []
    sambung = sqlite3.connect

    def dengar(*args: Any, **opsi: Any) -> sqlite3.Connection:
        koneksi: sqlite3.Connection = sambung(*args, **opsi)
        koneksi.set_trace_callback(terdengar.append)
        return koneksi

    monkeypatch.setattr(sqlite3, "connect", dengar)
    contoh(*args.split())
    monkeypatch.undo()
    kueri = {satu for satu in terdengar if satu.startswith(("SELECT", "WITH"))}
    assert len(kueri) > 4
    besar = {"jurnal", *(satu.tabel for satu in SEMUA.values())}
    with closing(sqlite3.connect(contoh.buku)) as buku:
        for sql in kueri:
            rencana = [baris[3] for baris in buku.execute(f"EXPLAIN QUERY PLAN {sql}")]
            # Whoever wants the last row, or two, only walks an index to its first end.
            satu_baris = re.search(r"LIMIT [12]\b", sql) and not any("TEMP B-TREE" in satu for satu in rencana)
            utuh = [satu for satu in rencana if satu.startswith("SCAN") and satu.split()[1] in besar]
            assert satu_baris or not utuh, (sql, rencana)


def test_an_office_may_add_or_replace_a_position(contoh: Kantor) -> None:
    folder = contoh.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    isi = """
nama = "Staf"
tugas = ["Mencatat"]
[tanda_tangan]
mengetahui = { pejabat = "camat", sebutan = "Camat {kecamatan}" }
pembuat = { pejabat = "staf", sebutan = "Staf" }
[[sasaran]]
nomor = "1"
uraian = "Tercatat"
[[sasaran.indikator]]
nomor = "1"
uraian = "Pengaduan"
formulasi = "Jumlah"
sumber = "Buku"
ukuran = "pengaduan-teragenda"
"""
    (folder / "staf.toml").write_text(isi)
    (folder / "kasi-pip.toml").write_text(isi)
    slug = [satu["jabatan"] for satu in contoh("jabatan", "-O", "json").json]
    assert slug == ["pengolah-perizinan", "pengolah-pip", "kasi-pip", "staf"]
    assert contoh.angka("staf", "2026-10") == {"1": 10}
    assert contoh.angka("kasi-pip", "2026-10") == {"1": 10}


@pytest.mark.parametrize(
    ("ganti", "sebut"),
    [
        (('ukuran = "pengaduan-teragenda"', 'ukuran = "pengaduan-teragend"'), "maksudnya pengaduan-teragenda?"),
        (('nama = "Staf"', ""), "nama: wajib diisi"),
        (('nama = "Staf"', 'nama = "Staf"\ntuga = 1'), "maksudnya tugas?"),
        (('nama = "Staf"', "nama = "), "bukan TOML"),
        (('tugas = ["Mencatat"]', 'tugas = "Mencatat"'), "tugas: harus berupa daftar"),
    ],
)
def test_a_wrong_position_names_file_and_key(contoh: Kantor, ganti: tuple[str, str], sebut: str) -> None:
    folder = contoh.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    asal = AKAR / "ikikec" / "jabatan" / "pengolah-pip.toml"
    isi = asal.read_text().replace('nama = "Pengolah Data (Pelayanan Informasi dan Pengaduan)"', 'nama = "Staf"')
    isi = isi[: isi.index("tugas = [")] + 'tugas = ["Mencatat"]\n' + isi[isi.index("fungsi = []") :]
    assert ganti[0] in isi
    (folder / "staf.toml").write_text(isi.replace(*ganti))
    galat = contoh("jabatan", kode=3).galat
    assert "staf.toml" in galat
    assert sebut in galat


BENTUK_LEMBAR = ("layar", "md", "html", "csv", "json")


@pytest.mark.parametrize("bentuk", BENTUK_LEMBAR)
def test_a_period_that_is_not_over_says_so(contoh: Kantor, bentuk: str) -> None:
    for perintah in (("laporan", "--jabatan", "kasi-pip"), ("skm",), ("rekap", "--buku", contoh.alamat)):
        if bentuk == "csv" and perintah[0] != "laporan":
            continue
        berjalan, lewat = (contoh(*perintah, "--periode", satu, "-O", bentuk).keluar for satu in ("2026", "2026-10"))
        kata = {"csv": "2026-11-22", "json": '"sampai": "2026-11-22"'}.get(
            bentuk, "sampai 22 November 2026; periode belum berakhir"
        )
        assert kata in " ".join(berjalan.split()), perintah
        assert "belum berakhir" not in lewat
        if bentuk == "json":
            assert "sampai" not in lewat


def test_the_last_day_is_a_day_of_the_period(contoh: Kantor) -> None:
    for hari, ada in (("2026-10-31", True), ("2026-11-01", False)):
        minta = ("--hari-ini", hari, "laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "-O", "json")
        assert ("sampai" in contoh(*minta).json[0]["periode"]) is ada


def test_months_to_come_have_no_figure_in_a_trend(contoh: Kantor) -> None:
    minta = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026", "--tren")
    tren = contoh(*minta, "-O", "json").json[0]["indikator"][0]["tren"]
    assert tren[-1] == {"periode": "2026-12", "realisasi": None}
    assert tren[-2]["realisasi"] is not None
    for bentuk in ("layar", "html", "md"):
        assert "belum" in contoh(*minta, "-O", bentuk).keluar.replace("belum berakhir", "")


def test_a_signature_before_the_period_s_end_is_told(contoh: Kantor) -> None:
    minta = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "-O", "json", "--tanggal-ttd")
    assert "mendahului akhir periode Oktober 2026" in contoh(*minta, "2026-10-30").galat
    assert contoh(*minta, "2026-11-02").galat == ""


@pytest.mark.parametrize("bentuk", ["layar", "md", "html", "xlsx"])
def test_a_comparison_and_a_target_name_the_part_of_a_period(contoh: Kantor, bentuk: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "12", "--periode", "2026-11")
    minta = ("laporan", "--jabatan", "kasi-pip", "--bandingkan", "--periode")
    for bulan, ada in (("2026-11", True), ("2026-10", False)):
        tujuan = contoh.folder / f"{bulan}.{bentuk}"
        contoh(*minta, bulan, "-O", bentuk, "-o", str(tujuan))
        if bentuk == "xlsx":
            teks = " ".join(str(sel) for lembar in load_workbook(tujuan) for baris in lembar.values for sel in baris)
        else:
            teks = " ".join(tujuan.read_text("utf-8").split())
        assert ("s.d. 22 nov 2026" in teks.lower()) is ada
        assert bentuk == "xlsx" or ("realisasi baru s.d. 22 Nov 2026" in teks) is ada


def test_an_option_that_a_form_cannot_honour_is_an_error(contoh: Kantor) -> None:
    minta = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "--templat", str(contoh.folder))
    for bentuk in ("layar", "xlsx", "csv", "json"):
        galat = contoh(*minta, "-O", bentuk, kode=2).galat
        assert f"--templat tidak berlaku untuk bentuk {bentuk}" in galat
    contoh(*minta, "-O", "md")
