"""What stands beside the figures: comparison, trend, and the entries behind them."""

import io
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rich.console import Console

from ikikec.buku.register import SEMUA
from ikikec.istilah import UNSUR
from ikikec.kinerja.hitung import CERITA, Realisasi, Titik
from ikikec.lembar.ungkapan import PERCIK_ASCII, bagian, batang, percik
from ikikec.periode import bulan_bulan, periode_bulan
from tests.conftest import CONTOH, Kantor, lewati_layar_windows
from tests.kinerja.test_laporan import EMAS, JABATAN, KONFIG, case_by_hand

HARAPAN = json.loads((CONTOH / "harapan.json").read_text())
# A telephone number by itself: a fingerprint may hold such digits.
KONTAK = re.compile(r"\b08\d{8}")
PRIBADI = re.compile(rf"Warga \d|{KONTAK.pattern}")


def lembar(kantor: Kantor, periode: str, *args: str, jabatan: str = "kasi-pip") -> dict[str, dict[str, Any]]:
    """The indicators of a sheet by number."""
    (laporan,) = kantor("laporan", "--jabatan", jabatan, "--periode", periode, "-O", "json", *args).json
    return {satu["nomor"]: satu for satu in laporan["indikator"]}


# Comparison


def test_a_month_beside_the_one_before_and_the_one_a_year_ago(kantor: Kantor) -> None:
    berkas = kantor.csv(
        "s.csv", "tanggal,kepuasan", "2025-10-05,4", "2025-10-06,1", "2025-10-07,4", "2026-09-01,1", "2026-09-30,4",
        "2026-10-01,4", "2026-10-31,3", "2026-10-31,1",
    )  # fmt: skip
    kantor("impor", "survei", berkas)
    satu = lembar(kantor, "2026-10", "--bandingkan")["1"]
    assert satu["banding"] == {
        "sebelumnya": {
            "periode": {"label": "September 2026", "awal": "2026-09-01", "akhir": "2026-09-30"},
            "realisasi": 50.0, "selisih": 16.67,
        },
        "tahun_lalu": {
            "periode": {"label": "Oktober 2025", "awal": "2025-10-01", "akhir": "2025-10-31"},
            "realisasi": 66.67, "selisih": 0.0,
        },
    }  # fmt: skip
    satu = lembar(kantor, "2026-09", "--bandingkan")["1"]["banding"]
    assert (satu["sebelumnya"]["realisasi"], satu["sebelumnya"]["selisih"]) == (None, None)
    satu = lembar(kantor, "2026-10", "--bandingkan", jabatan="pengolah-pip")["1"]["banding"]
    assert (satu["sebelumnya"]["selisih"], satu["tahun_lalu"]["selisih"]) == (1, 0)


@pytest.mark.parametrize("periode", ["2026-10", "2026-T3", "2026-S2", "2026", "2026-10-05..2026-10-20"])
def test_compared_figures_are_those_of_the_sheets_they_name(contoh: Kantor, periode: str) -> None:
    for satu in lembar(contoh, periode, "--bandingkan").values():
        for lama in satu["banding"].values():
            rentang = f"{lama['periode']['awal']}..{lama['periode']['akhir']}"
            dulu = lembar(contoh, rentang)[satu["nomor"]]["realisasi"]
            assert dulu == lama["realisasi"]
            if dulu is not None and satu["realisasi"] is not None:
                assert lama["selisih"] == pytest.approx(satu["realisasi"] - dulu)


@pytest.mark.parametrize("bentuk", ["md", "html", "layar"])
def test_a_year_is_compared_once(contoh: Kantor, bentuk: str) -> None:
    args = ("laporan", "--jabatan", "kasi-pip", "--bandingkan", "-O", bentuk)
    assert contoh(*args, "--periode", "2026").keluar.count("Tahun 2025") == 1
    keluar = contoh(*args, "--periode", "2026-10").keluar
    assert (keluar.count("September 2026"), keluar.count("Oktober 2025")) == (1, 1)
    assert "−32,39 poin" in keluar


# Trend


@pytest.mark.parametrize("jabatan", JABATAN)
@pytest.mark.parametrize(
    ("periode", "bulan"),
    [
        ("2026-10", "2025-11..2026-10"), ("2026-T3", "2026-T3"), ("2026-S1", "2026-S1"), ("2026", "2026"),
        ("2026-08..2026-09", "2025-10..2026-09"), ("2026-10-05..2026-10-20", "2025-11..2026-10"),
    ],
)  # fmt: skip
def test_the_trend_is_the_months_own_figures(contoh: Kantor, jabatan: str, periode: str, bulan: str) -> None:
    from ikikec.periode import baca_periode

    semua = [satu.kode for satu in bulan_bulan(baca_periode(bulan, periode_bulan(2026, 11, 1).awal))]
    angka = {satu: contoh.angka(jabatan, satu) for satu in semua}
    for satu in lembar(contoh, periode, "--tren", jabatan=jabatan).values():
        nilai = {nama: angka[nama][satu["nomor"]] if nama <= "2026-11" else None for nama in semua}
        assert satu["tren"] == [{"periode": nama, "realisasi": isi} for nama, isi in nilai.items()]


def test_the_trend_is_one_query_per_measure(contoh: Kantor) -> None:
    perintah: list[str] = []

    def dengar(_koneksi: object, _kursor: object, sql: str, *_lain: object) -> None:
        perintah.append(sql)

    def jumlah(*args: str) -> int:
        perintah.clear()
        lembar(contoh, "2026-10", *args)
        return len(perintah)

    sa.event.listen(sa.Engine, "before_cursor_execute", dengar)
    try:
        tanpa, dengan = jumlah(), jumlah("--tren")
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", dengar)
    assert dengan - tanpa == 5
    assert sum("UNION ALL" in sql for sql in perintah) == 5


def titik(*angka: int | tuple[int, int] | None) -> list[Titik]:
    """A trend of counts, or of (satisfied, respondents)."""
    nilai = [Realisasi(0, 0) if n is None else Realisasi(n) if isinstance(n, int) else Realisasi(*n) for n in angka]
    return [Titik(periode_bulan(2026, urut, 1), satu) for urut, satu in enumerate(nilai, 1)]


@pytest.mark.parametrize(
    ("tren", "tinggi"),
    [
        (titik(0, 0), [0, 0]),
        (titik(0, 1, 100), [0, 1, 94]),
        (titik(5, 10), [47, 94]),
        (titik(None, (1, 2), (2, 2), (0, 3)), [None, 47, 94, 0]),
        (titik((1, 4)), [23]),
    ],
)
def test_bars_are_in_proportion(tren: list[Titik], tinggi: list[int | None]) -> None:
    assert bagian(tren, 94) == tinggi
    assert [satu.tinggi for satu in batang(tren)] == [satu or 0 for satu in tinggi]


def test_the_spark_line_tells_no_data_from_zero() -> None:
    assert percik(titik(0, 1, 4, 8)) == "▁▂▄█"
    assert percik(titik(None, (0, 4), (1, 1))) == " ▁█"
    assert percik(titik(0, 1, 4, 8), PERCIK_ASCII) == "_.:#"


@pytest.mark.parametrize(("pengodean", "garis"), [("utf-8", "█"), ("cp1252", "#"), ("ascii", "#")])
def test_on_a_poor_terminal_the_spark_line_is_plain(pengodean: str, garis: str) -> None:
    from ikikec.lembar.layar import _Percik

    keluar = io.BytesIO()
    aliran = io.TextIOWrapper(keluar, encoding=pengodean, errors="replace")
    Console(file=aliran, width=100, legacy_windows=False).print(_Percik(tuple(titik(0, 4, 8))))
    aliran.flush()
    teks = keluar.getvalue().decode(pengodean)
    assert garis in teks
    assert "Jan 2026 [" in teks
    assert "?" not in teks


def test_the_drawing_needs_neither_colour_nor_script(contoh: Kantor) -> None:
    html = contoh("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "--tren", "-O", "html").keluar
    assert not re.search(r"<script|<link|src=|https?://|url\(", html)
    gambar = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert len(gambar) == 5
    for satu in gambar:
        assert 'role="img"' in satu
        assert "<title>Tren " in satu
        assert re.search('aria-label="Nov 2025: (–|0); .*Okt 2026: ', satu)
    # every figure stands there as text
    tren = lembar(contoh, "2026-10", "--tren")["2.1"]["tren"]
    teks = re.findall(r'<text x="\d+" y="\d+">(\d+)</text>', re.sub(r'y="1(41|27)">.*?</text>', "", gambar[1]))
    assert teks == [str(satu["realisasi"]) for satu in tren]


# Evidence


@pytest.mark.parametrize("periode", HARAPAN)
@pytest.mark.parametrize("jabatan", JABATAN)
def test_the_entries_add_up_to_the_figure(contoh: Kantor, jabatan: str, periode: str) -> None:
    for satu in lembar(contoh, periode, "--rinci", jabatan=jabatan).values():
        assert [baris["nomor"] for baris in satu["rincian"]] == satu["bukti"]
        jumlah = sum(baris["nilai"] for baris in satu["rincian"])
        assert jumlah == satu.get("pembilang", satu["realisasi"])
        tanggal = [baris["tanggal"] for baris in satu["rincian"]]
        assert tanggal == sorted(tanggal)
        assert not set(satu["bukti"]) & {baris["nomor"] for baris in satu["luput"]}


def test_the_evidence_of_the_case_by_hand(kantor: Kantor) -> None:
    case_by_hand(kantor)
    satu = lembar(kantor, "2026-01", "--rinci")["2.3"]
    assert satu["rincian"] == [
        {"nomor": "RIZ-2025-0002", "tanggal": "2026-01-02", "perihal": "usaha-mikro", "batas": "2026-01-02",
         "hasil": "2", "nilai": 1},
    ]  # fmt: skip
    assert satu["luput"] == [
        {"nomor": "RIZ-2025-0001", "tanggal": "2026-01-05", "perihal": "usaha-mikro", "batas": "2026-01-02",
         "alasan": "terbit sesudah batas waktu"},
    ]  # fmt: skip
    satu = lembar(kantor, "2026-11", "--rinci")["2.1"]
    assert [(baris["nomor"], baris["hasil"]) for baris in satu["rincian"]] == [("INF-2026-0001", "terlaksana")]
    assert [(baris["nomor"], baris["alasan"]) for baris in satu["luput"]] == [
        ("INF-2026-0002", "selesai sesudah batas waktu")
    ]
    satu = lembar(kantor, "2026-11", "--rinci")["3"]
    assert satu["rincian"] == [
        {"nomor": "KRN-2026-0001", "tanggal": "2026-11-02", "perihal": "M", "batas": None,
         "hasil": "dari 5 eksemplar", "nilai": 2},
    ]  # fmt: skip
    # it counts by the earliest follow-up, so its state is told too, not the later one's
    satu = lembar(kantor, "2026-10", "--rinci")["2.2"]
    assert [(baris["tanggal"], baris["hasil"], baris["batas"]) for baris in satu["rincian"]] == [
        ("2026-10-30", "diproses", "2026-11-09")
    ]
    satu = lembar(kantor, "2026-11", "--rinci")["1"]
    assert [baris["hasil"] for baris in satu["rincian"]] == ["puas", "tidak puas", "puas"]


def test_services_that_missed_say_why(kantor: Kantor) -> None:
    (kantor.folder / "k.toml").write_text('[batas]\ninformasi = "tanpa"\n')
    layanan = ("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02",
               "--tanggal-selesai", "2026-11-03", "--hasil")  # fmt: skip
    kantor(*layanan, "tidak-terlaksana")
    kantor("--konfig", str(kantor.folder / "k.toml"), *layanan, "terlaksana")
    kantor(*layanan, "terlaksana")
    kantor(*layanan, "tidak-terlaksana")
    kantor("batalkan", "INF-2026-0004", "--alasan", "x", "--ya")
    satu = lembar(kantor, "2026-11", "--rinci")["2.1"]
    assert satu["bukti"] == ["INF-2026-0003"]
    assert [(baris["nomor"], baris["alasan"]) for baris in satu["luput"]] == [
        ("INF-2026-0001", "tidak terlaksana"), ("INF-2026-0002", "tidak punya batas waktu"),
    ]  # fmt: skip
    assert lembar(kantor, "2026-10", "--rinci")["2.1"]["luput"] == []


@pytest.mark.parametrize("bentuk", ["md", "html", "layar", "json"])
@pytest.mark.parametrize("jabatan", JABATAN)
def test_names_and_dictated_texts_only_where_they_are_asked_for(contoh: Kantor, bentuk: str, jabatan: str) -> None:
    args = ("laporan", "--jabatan", jabatan, "--periode", "2026", "-O", bentuk, "--rinci", "--tren", "--bandingkan")
    tanpa = contoh(*args).keluar
    dengan = contoh(*args, "--dengan-identitas").keluar
    assert not PRIBADI.search(tanpa)
    assert "Lampu jalan padam" not in tanpa
    assert re.search(r"Warga \d", dengan)
    assert not KONTAK.search(dengan)  # names, never contacts
    if jabatan != "pengolah-perizinan":
        assert "Lampu jalan padam" in dengan
    for saran in ("<b>cepat", "&lt;b&gt;cepat", "&lt;b>cepat"):
        assert saran not in tanpa + dengan


def test_identities_belong_to_the_evidence(contoh: Kantor) -> None:
    galat = contoh("laporan", "--jabatan", "kasi-pip", "--dengan-identitas", kode=2).galat
    assert "--rinci" in galat


def test_json_names_and_texts(contoh: Kantor) -> None:
    satu = lembar(contoh, "2026-01", "--rinci", "--dengan-identitas", jabatan="pengolah-pip")
    (pertama, *_lain) = satu["2.2"]["rincian"]
    assert pertama == {
        "nomor": "PGD-2026-0001", "tanggal": "2026-01-02", "perihal": "tidak-berkadar, perizinan, Dusun I",
        "nama": "Warga 246", "uraian": "Lampu jalan padam", "batas": pertama["batas"], "hasil": None, "nilai": 1,
    }  # fmt: skip
    assert "nama" not in satu["1"]["rincian"][0]  # a respondent has none


def test_no_personal_field_is_told_unasked() -> None:
    for slug, cerita in CERITA.items():
        assert not [nama for nama in cerita.perihal if SEMUA[slug][nama].pribadi]
        assert "uraian" not in cerita.perihal
        assert "saran" not in (*cerita.perihal, cerita.nama, cerita.uraian)
        assert not cerita.nama or SEMUA[slug][cerita.nama].pribadi
    assert set(CERITA) == set(SEMUA)


def test_an_anonymous_complaint_has_no_name_to_tell(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--anonim", "--uraian", "Jalan | [rusak] <b>", "--tanggal", "2026-10-05")
    args = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-10", "--rinci", "--dengan-identitas")
    assert r"non-perizinan: Jalan \| \[rusak\] &lt;b> | – |" in kantor(*args, "-O", "md").keluar
    assert "non-perizinan: Jalan | [rusak] &lt;b&gt;</td><td>–</td>" in kantor(*args, "-O", "html").keluar
    assert "non-perizinan: Jalan | [rusak] <b>" in kantor(*args, "-O", "layar").keluar


@pytest.mark.parametrize("bentuk", ["md", "layar"])
def test_what_was_typed_disturbs_no_terminal(kantor: Kantor, bentuk: str) -> None:
    kantor(
        "catat",
        "informasi",
        "--pemohon",
        "A\x1b[31m",
        "--topik",
        "B\x1b]0;x\x07\u202eC\nD",
        "--tanggal",
        "2026-10-05",
    )
    args = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-10", "--rinci", "--dengan-identitas")
    keluar = kantor(*args, "-O", bentuk).keluar
    assert not re.search("[\x1b\x07\u202e]", keluar)
    assert "C D" in keluar


def test_a_damaged_entry_behind_a_figure_is_told_as_damage(contoh: Kantor) -> None:
    from tests.buku.test_periksa import rusak

    rusak(contoh, "UPDATE informasi SET batas = 'x' WHERE nomor = 'INF-2026-0001'")
    args = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026")
    contoh(*args)
    assert "ikikec periksa" in contoh(*args, "--rinci", kode=6).galat


def test_a_thousand_respondents_are_told_one_by_one(kantor: Kantor) -> None:
    berkas = kantor.csv(
        "s.csv", "tanggal," + ",".join(UNSUR), *("2026-10-05," + ",".join("3" * 9) for _ in range(2500))
    )
    kantor("impor", "survei", berkas)
    satu = lembar(kantor, "2026-10", "--rinci")["1"]
    assert len(satu["rincian"]) == satu["penyebut"] == 2500
    assert satu["bukti"][-1] == "SKM-2026-2500"


def test_no_view_reads_a_whole_register(contoh: Kantor) -> None:
    kueri: list[tuple[str, Any]] = []

    def dengar(_koneksi: object, _kursor: object, sql: str, parameter: Any, *_lain: object) -> None:
        kueri.append((sql, parameter))

    sa.event.listen(sa.Engine, "before_cursor_execute", dengar)
    try:
        contoh("laporan", "--jabatan", "semua", "--periode", "2026-10", "--rinci", "--dengan-identitas", "--tren")
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", dengar)
    register = "|".join(satu.tabel for satu in SEMUA.values())
    diperiksa = 0
    with closing(sqlite3.connect(contoh.buku)) as buku:
        for sql, parameter in kueri:
            if sql.startswith("SELECT") and re.search(rf"FROM ({register})\b", sql):
                rencana = [baris[3] for baris in buku.execute(f"EXPLAIN QUERY PLAN {sql}", parameter)]
                assert not [satu for satu in rencana if re.match(rf"SCAN ({register}|lain)\b", satu)], (sql, rencana)
                diperiksa += 1
    assert diperiksa >= 30  # ten figures, ten trends, ten lists and what missed


# How they look


@pytest.mark.parametrize(
    ("nama", "periode", "args"),
    [
        ("target", "2026-10", ()),
        ("triwulan", "2026-T3", ("--bandingkan", "--tren")),
        ("identitas", "2026-10", ("--rinci", "--dengan-identitas")),
    ],
)
@pytest.mark.parametrize("bentuk", ["md", "html", "layar", "json"])
def test_golden_views(
    contoh: Kantor, nama: str, periode: str, args: tuple[str, ...], bentuk: str, request: pytest.FixtureRequest
) -> None:
    if bentuk == "layar":
        lewati_layar_windows()
    (contoh.folder / "k.toml").write_text(KONFIG)
    if nama == "target":
        for isi in ("1 85,5 --periode 2026-T4", "2.1 24 --periode 2026", "2.2 6 --periode 2026-10",
                    "3 40 --periode 2026"):  # fmt: skip
            contoh("target", "tetapkan", "kasi-pip", *isi.split())
    konfig = ("--konfig", str(contoh.folder / "k.toml"))
    teks = contoh(*konfig, "laporan", "--jabatan", "kasi-pip", "--periode", periode, "-O", bentuk, *args).keluar
    teks = re.sub(r"\b[0-9a-f]{64}\b", "SIDIK", teks)
    emas = Path(EMAS) / f"kasi-pip-{nama}.{bentuk}"
    if request.config.getoption("--tulis-emas"):
        emas.write_text(teks)
    assert teks == emas.read_text()
