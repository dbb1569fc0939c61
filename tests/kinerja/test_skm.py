"""The survey's report: the index, who answered, what is shown of it, and what never is."""

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ikikec.istilah import UNSUR
from ikikec.kinerja.ikm import sampel_minimum
from ikikec.kinerja.indeks import Indeks, Unsur, mutu
from ikikec.konfigurasi import BOBOT_SKM
from tests.conftest import CONTOH, EMAS, Kantor, lewati_layar_windows
from tests.unix import pribadi

DUA_MESIN = True

HARAPAN = json.loads((CONTOH / "harapan.json").read_text())
KONFIG = """
kecamatan = "Batui Selatan"
kabupaten = "Banggai"

[pejabat.camat]
nama = "Drs. Contoh Camat, M.Si."
nip = "19660101 199003 1 001"
"""
NAMA = tuple(UNSUR)
# 29 respondents, the published report that this is worked out from: the totals of the nine elements.
TOTAL_29 = (105, 101, 100, 116, 102, 105, 106, 105, 115)

Formulir = Mapping[str, object]


def isi(kantor: Kantor, formulir: Sequence[Formulir], tanggal: str = "2026-11-02") -> None:
    """Import forms; what a form does not name is blank."""
    kolom = sorted({nama for satu in formulir for nama in satu})
    baris = [",".join([tanggal, *(f'"{satu.get(nama, "")}"' for nama in kolom)]) for satu in formulir]
    kantor("impor", "survei", kantor.csv("survei.csv", ",".join(["tanggal", *kolom]), *baris))


def skm(kantor: Kantor, *args: str) -> Any:
    return kantor("skm", *args, "-O", "json").json


def dengan_bobot(kantor: Kantor, bobot: str) -> tuple[str, str]:
    berkas = kantor.folder / "k.toml"
    berkas.write_text(f'bobot_skm = "{bobot}"\n')
    return "--konfig", str(berkas)


def formulir_29() -> list[dict[str, int]]:
    """29 forms whose answers add up to the totals of the published report."""
    return [
        {nama: 3 + (urut < total - 3 * 29) for nama, total in zip(NAMA, TOTAL_29, strict=True)} for urut in range(29)
    ]


@pytest.mark.parametrize("periode", HARAPAN)
def test_the_sample_office_s_figures(contoh: Kantor, periode: str) -> None:
    hasil = skm(contoh, "--periode", periode)
    terjawab = [satu["terjawab"] for satu in hasil["unsur"]]
    angka = {kunci: hasil[kunci] for kunci in ("responden", "puas", "ikm", "mutu")}
    assert {**angka, "terjawab": terjawab} == HARAPAN[periode]["skm"]
    assert [satu["nama"] for satu in hasil["unsur"]] == list(NAMA)


@pytest.mark.parametrize(
    ("bobot", "puluh_sembilan", "semua_4"), [("1/9", 91.48, 100.0), ("0,111", 91.38, 99.9), ("0,11", 90.56, 99.0)]
)
def test_the_published_examples_with_every_weight(
    kantor: Kantor, bobot: str, puluh_sembilan: float, semua_4: float
) -> None:
    konfig = dengan_bobot(kantor, bobot)
    isi(kantor, formulir_29(), "2026-10-05")
    isi(kantor, [dict.fromkeys(NAMA, 4)] * 2, "2026-09-05")
    hasil = kantor(*konfig, "skm", "--periode", "2026-10", "-O", "json").json
    assert (hasil["responden"], hasil["ikm"], hasil["mutu"], hasil["bobot"]) == (29, puluh_sembilan, "A", bobot)
    assert kantor(*konfig, "skm", "--periode", "2026-09", "-O", "json").json["ikm"] == semua_4
    for bentuk in ("md", "html", "layar"):
        assert f"(bobot {bobot})" in kantor(*konfig, "skm", "-O", bentuk).keluar


def test_three_everywhere_is_75_and_c(kantor: Kantor) -> None:
    isi(kantor, [dict.fromkeys(NAMA, 3)] * 7)
    hasil = skm(kantor)
    assert (hasil["ikm"], hasil["mutu"], hasil["kinerja"], hasil["indeks"]) == (75.0, "C", "Kurang Baik", 3.0)
    assert "**75,00** | **C** | Kurang Baik | 7 |" in kantor("skm").keluar


@pytest.mark.parametrize(
    ("ikm", "huruf"),
    [
        ("100.00", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D"),
        ("25.00", "D"),
    ],
)  # fmt: skip
def test_the_quality_begins_where_the_regulation_says(ikm: str, huruf: str) -> None:
    assert mutu(Decimal(ikm)).huruf == huruf


def indeks(jumlah: Sequence[int], terjawab: Sequence[int], bobot: str = "1/9") -> Indeks:
    baris = zip(UNSUR.items(), jumlah, terjawab, strict=True)
    return Indeks(tuple(Unsur(n, "U", j, jml, tj, BOBOT_SKM[bobot]) for (n, j), jml, tj in baris), bobot)


def test_the_quality_is_that_of_the_rounded_index() -> None:
    # An index of exactly 3.5322 is an IKM of 88.305, published as 88.31.
    tepat = indeks([35322] * 9, [10000] * 9)
    assert (tepat.ikm, tepat.mutu and tepat.mutu.huruf) == (Decimal("88.31"), "A")
    kurang = indeks([353219] * 9, [100000] * 9)
    assert (kurang.ikm, kurang.mutu and kurang.mutu.huruf) == (Decimal("88.30"), "B")


@pytest.mark.parametrize(
    ("populasi", "sampel"),
    [
        (1, 1), (10, 10), (50, 44), (100, 80), (200, 132), (500, 217), (1000, 278), (2000, 322), (10000, 370),
        (1_000_000, 384), (2_000_000_000, 384),
    ],
)  # fmt: skip
def test_the_smallest_sample_is_the_printed_table_s(populasi: int, sampel: int) -> None:
    assert sampel_minimum(populasi) == sampel


def test_the_sample_stands_beside_what_was_reached(contoh: Kantor) -> None:
    args = ("--periode", "2026", "--populasi", "1000")
    assert skm(contoh, *args)["sampel"] == {"populasi": 1000, "minimum": 278, "tercapai": 140}
    assert skm(contoh, "--periode", "2026")["sampel"] is None
    assert "Sampel minimum 278 / tercapai 140 responden" in contoh("skm", *args).keluar
    assert "Sampel minimum <b>278</b> / tercapai <b>140</b>" in contoh("skm", *args, "-O", "html").keluar
    assert "278 / tercapai 140" in contoh("skm", *args, "-O", "layar").keluar


@pytest.mark.parametrize("populasi", ["0", "-3", "seribu", "", "1,5"])
def test_a_population_that_is_no_number_of_people(contoh: Kantor, populasi: str) -> None:
    assert "--populasi" in contoh("skm", "--populasi", populasi, kode=2).galat


def test_a_blank_answer_is_no_number(kantor: Kantor) -> None:
    isi(kantor, [dict.fromkeys(NAMA, 4), {"waktu": 1}, {"kepuasan": 4}])
    unsur = {satu["nama"]: (satu["terjawab"], satu["nrr"], satu["nrr_tertimbang"]) for satu in skm(kantor)["unsur"]}
    assert unsur["waktu"] == (2, 2.5, 0.278)
    assert unsur["sarana"] == (1, 4.0, 0.444)
    assert skm(kantor)["responden"] == 3


def test_an_element_nobody_answered_leaves_no_index_and_is_named(kantor: Kantor) -> None:
    isi(kantor, [{nama: 4 for nama in NAMA if nama != "biaya"}])
    hasil = skm(kantor)
    assert [hasil[kunci] for kunci in ("ikm", "mutu", "kinerja", "indeks")] == [None] * 4
    assert hasil["unsur"][3]["nrr"] is None
    assert "biaya" not in hasil["peringkat"]
    for bentuk in ("md", "html", "layar"):
        teks = " ".join(kantor("skm", "-O", bentuk).keluar.split())
        assert "Tidak ada IKM, karena ada unsur yang tidak dijawab seorang pun: U4 Biaya/Tarif." in teks
    assert "tidak dijawab</text>" in kantor("skm", "-O", "html").keluar


def test_no_respondents_is_said_plainly(contoh: Kantor) -> None:
    hasil = skm(contoh, "--periode", "2025", "--bandingkan")
    assert (hasil["responden"], hasil["puas"], hasil["persen_puas"], hasil["ikm"], hasil["mutu"]) == (0, 0) + (
        None,
    ) * 3
    assert (hasil["jumlah_saran"], hasil["peringkat"]) == (0, [])
    assert hasil["sebelumnya"]["selisih"] == {"responden": 0, "ikm": None, **dict.fromkeys(NAMA)}
    for bentuk in ("md", "html", "layar"):
        teks = contoh("skm", "--periode", "2025", "--bandingkan", "-O", bentuk).keluar
        assert "Tidak ada responden pada periode ini, maka tidak ada IKM." in teks
        assert "tidak ada data" in teks
        assert bentuk != "md" or "\n\n| Mengetahui, |" in teks


def test_cancelled_forms_count_nowhere(kantor: Kantor) -> None:
    isi(kantor, [{**dict.fromkeys(NAMA, 3), "saran": "Tetap", "layanan": "A"}])
    sebelum = skm(kantor, "--bandingkan", "--populasi", "9", "--dengan-saran")
    batal = {**dict.fromkeys(NAMA, 1), "saran": "Batal", "layanan": "B", "batal": "ya", "alasan_batal": "ganda"}
    isi(kantor, [batal, batal])
    sesudah = skm(kantor, "--bandingkan", "--populasi", "9", "--dengan-saran")
    assert {**sesudah, "buku": None} == {**sebelum, "buku": None}


def test_the_lowest_comes_first_and_equal_ones_in_the_regulation_s_order(kantor: Kantor) -> None:
    # Prosedur, (3 + 1) / 2, is equal to biaya, 2 / 1, whatever the number of forms behind them.
    isi(kantor, [{**dict.fromkeys(NAMA, 3), "sarana": 1, "penanganan_pengaduan": 1, "biaya": 2, "prosedur": 3},
                 {"prosedur": 1}])  # fmt: skip
    hasil = skm(kantor)["peringkat"]
    assert hasil[:5] == ["penanganan_pengaduan", "sarana", "prosedur", "biaya", "persyaratan"]
    assert "1. U8 Penanganan Pengaduan, Saran, dan Masukan: 1,000\n2. U9 Sarana" in kantor("skm").keluar


def test_who_answered_is_counted_by_what_the_form_says(kantor: Kantor) -> None:
    orang: list[Formulir] = [
        {"usia": 20, "jenis_kelamin": "P", "pekerjaan": "Petani", "pendidikan": "SD", "layanan": "Surat"},
        {"usia": 21, "jenis_kelamin": "P", "pekerjaan": "petani", "pendidikan": "D3", "layanan": "A|B"},
        {"usia": 61, "jenis_kelamin": "L", "pekerjaan": " Petani  ", "pendidikan": "SD", "layanan": "<i>"},
        {"usia": 30, "pekerjaan": "Nelayan", "pendidikan": "sd", "disabilitas": "ya"},
        {},
        {},
    ]
    isi(kantor, [{**satu, "kepuasan": 3} for satu in orang])
    tabel = {
        bidang: [(satu["nama"], satu["jumlah"], satu["persen"]) for satu in baris]
        for bidang, baris in skm(kantor)["demografi"].items()
    }
    assert tabel == {
        "jenis_kelamin": [("Perempuan", 2, 33.33), ("Laki-laki", 1, 16.67), ("tidak diisi", 3, 50.0)],
        "usia": [("20 tahun ke bawah", 1, 16.67), ("21–30 tahun", 2, 33.33), ("61 tahun ke atas", 1, 16.67),
                 ("tidak diisi", 2, 33.33)],
        "pekerjaan": [("Petani", 3, 50.0), ("Nelayan", 1, 16.67), ("tidak diisi", 2, 33.33)],
        "pendidikan": [("SD", 3, 50.0), ("D3", 1, 16.67), ("tidak diisi", 2, 33.33)],
        "disabilitas": [("Ya", 1, 16.67), ("tidak diisi", 5, 83.33)],
        "layanan": [("<i>", 1, 16.67), ("A|B", 1, 16.67), ("Surat", 1, 16.67), ("tidak diisi", 3, 50.0)],
    }  # fmt: skip
    assert "| A\\|B | 1 | 16,67 % |" in kantor("skm").keluar
    assert "&lt;i&gt;" in kantor("skm", "-O", "html").keluar


@pytest.mark.parametrize(
    ("usia", "golongan"),
    [(1, "20 tahun ke bawah"), (20, "20 tahun ke bawah"), (21, "21–30 tahun"), (40, "31–40 tahun"), (41, "41–50 tahun"),
     (60, "51–60 tahun"), (61, "61 tahun ke atas"), (150, "61 tahun ke atas")],
)  # fmt: skip
def test_age_groups(kantor: Kantor, usia: int, golongan: str) -> None:
    isi(kantor, [{"kepuasan": 3, "usia": usia}])
    assert [satu["nama"] for satu in skm(kantor)["demografi"]["usia"]] == [golongan]


def test_wishes_are_shown_without_who_wrote_them_and_do_no_harm(kantor: Kantor) -> None:
    saran = ["Loket | <script>x</script> `a`", "cepat", "Cepat", "cepat", "merah\x1b[31m\u202e", "dua\nbaris", "\x07"]
    isi(kantor, [{"kepuasan": 3, "saran": satu} for satu in saran])
    hasil = skm(kantor, "--dengan-saran")
    assert [(satu["saran"], satu["jumlah"]) for satu in hasil["saran"]] == [
        ("cepat", 3), ("dua baris", 1), ("Loket | <script>x</script> `a`", 1), ("merah[31m", 1),
    ]  # fmt: skip
    assert hasil["jumlah_saran"] == 6
    md = kantor("skm", "--dengan-saran").keluar
    assert "| Loket \\| &lt;script>x&lt;/script> \\`a\\` | 1 |" in md
    html = kantor("skm", "--dengan-saran", "-O", "html").keluar
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    lain = [kantor("skm", "--dengan-saran", "-O", bentuk).keluar for bentuk in ("layar", "json")]
    for teks in (md, html, *lain):
        assert "SKM-2026" not in teks
        assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", teks)


@pytest.mark.parametrize("bentuk", ["md", "html", "layar", "json"])
def test_how_many_wished_for_something_is_told_and_what_only_when_asked(kantor: Kantor, bentuk: str) -> None:
    kantor("catat", "survei", "--kepuasan", "3")
    assert skm(kantor)["jumlah_saran"] == 0
    isi(kantor, [{"kepuasan": 3, "saran": satu} for satu in ("Pak Amir ketus", "pak amir ketus", "Kursi kurang")])
    tanpa, dengan = kantor("skm", "-O", bentuk).keluar, kantor("skm", "--dengan-saran", "-O", bentuk).keluar
    for teks in (tanpa, dengan):
        assert re.search('Banyaknya saran: 3|"jumlah_saran": 3', teks)
    assert "Amir" not in tanpa
    assert "Kursi" not in tanpa
    assert '"saran": [' not in tanpa
    assert "Pak Amir ketus" in dengan
    assert ("--dengan-saran" in tanpa) == (bentuk == "layar")


def test_the_period_before_stands_beside(contoh: Kantor) -> None:
    hasil = skm(contoh, "--periode", "2026-S2", "--bandingkan")
    dulu = skm(contoh, "--periode", "2026-S1")
    sebelumnya = hasil["sebelumnya"]
    for kunci in ("periode", "responden", "puas", "ikm", "mutu", "unsur"):
        assert sebelumnya[kunci] == dulu[kunci]
    selisih = sebelumnya["selisih"]
    assert selisih["responden"] == hasil["responden"] - dulu["responden"] == -34
    assert Decimal(str(selisih["ikm"])) == Decimal(str(hasil["ikm"])) - Decimal(str(dulu["ikm"]))
    for kini, lama in zip(hasil["unsur"], dulu["unsur"], strict=True):
        assert Decimal(str(selisih[kini["nama"]])) == Decimal(str(kini["nrr"])) - Decimal(str(lama["nrr"]))
    md = contoh("skm", "--periode", "2026-S2", "--bandingkan").keluar
    assert "| Responden | 87 | 53 | −34 |" in md
    assert "+0,053" in md
    assert skm(contoh, "--periode", "2026-S2")["sebelumnya"] is None


def test_the_contract_s_shape(contoh: Kantor) -> None:
    hasil = skm(contoh, "--periode", "2026-10")
    assert hasil["periode"] == {"label": "Oktober 2026", "awal": "2026-10-01", "akhir": "2026-10-31"}
    assert all({"nama", "terjawab", "nrr"} <= set(satu) for satu in hasil["unsur"])
    assert len(hasil["unsur"]) == 9
    info = contoh("info", "-O", "json").json["buku"]
    assert hasil["buku"] == {"entri": info["entri"], "sidik": info["sidik"]}
    # The same people are satisfied here and on the section head's sheet.
    (laporan,) = contoh("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "-O", "json").json
    puas = laporan["indikator"][0]
    assert (puas["pembilang"], puas["penyebut"], puas["realisasi"]) == (
        hasil["puas"], hasil["responden"], hasil["persen_puas"],
    )  # fmt: skip


def test_the_period_defaults_to_this_year_and_says_so(contoh: Kantor) -> None:
    jawab = contoh("skm", "-O", "json")
    assert jawab.json["periode"]["label"] == "Tahun 2026"
    assert jawab.galat == "Periode: Tahun 2026 (tahun ini)\n"
    assert contoh("skm", "--periode", "2026", "-O", "json").galat == ""


def test_where_it_goes(contoh: Kantor) -> None:
    assert contoh("skm").keluar == contoh("skm", "-O", "md").keluar == contoh("skm", "-o", "-").keluar
    for nama, awal in (("a.md", "# LAP"), ("a.htm", "<!DOC"), ("a.json", "{\n")):
        tujuan = contoh.folder / nama
        assert contoh("skm", "-o", str(tujuan)).keluar == ""
        assert tujuan.read_text().startswith(awal)
        assert pribadi(tujuan)
    assert "akhirannya" in contoh("skm", "-o", "a.doc", kode=2).galat


def test_before_the_first_entry_it_says_how_to_begin(kantor: Kantor) -> None:
    assert "ikikec catat" in kantor("skm", kode=6).galat


@pytest.mark.sqlite
@pytest.mark.parametrize(("bidang", "nilai"), [("jenis_kelamin", "X"), ("usia", 200), ("usia", "tua")])
def test_a_damaged_form_is_told_as_damage(contoh: Kantor, bidang: str, nilai: object) -> None:
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        buku.execute("PRAGMA ignore_check_constraints = ON")
        for (pemicu,) in buku.execute(
            "SELECT name FROM sqlite_master WHERE tbl_name = 'survei' AND type = 'trigger'"
        ):
            buku.execute(f"DROP TRIGGER {pemicu}")
        buku.execute(f"UPDATE survei SET {bidang} = ? WHERE nomor = 'SKM-2026-0001'", (nilai,))
    assert "ikikec periksa" in contoh("skm", kode=6).galat


@pytest.mark.parametrize("bentuk", ["md", "html", "json", "layar", "csv"])
def test_golden_reports(contoh: Kantor, bentuk: str, request: pytest.FixtureRequest) -> None:
    if bentuk == "layar":
        lewati_layar_windows()
    konfig = contoh.folder / "k.toml"
    konfig.write_text(KONFIG)
    for unsur, rencana, periode in (("perilaku", "Latih petugas loket", "2026-S2"), ("biaya", "Pasang papan tarif", "2026-S1"),
                                    ("sarana", "Tambah kursi tunggu", "2026-S1")):  # fmt: skip
        contoh("rtl", "tetapkan", "--unsur", unsur, "--rencana", rencana, "--penanggung-jawab", "Kepala Seksi PIP",
               "--tenggat", "2026-10-31" if periode == "2026-S1" else "2027-03-31", "--periode", periode)  # fmt: skip
    contoh(
        "rtl",
        "selesai",
        "RTL-2026-S1-1",
        "--keterangan",
        "Dipasang di loket",
        "--bukti",
        "Foto",
        "--tanggal",
        "2026-09-02",
    )
    args = (
        "--konfig",
        str(konfig),
        "skm",
        "--periode",
        "2026-S2",
        "--bandingkan",
        "--populasi",
        "1200",
        "-O",
        bentuk,
    )
    teks = contoh(*args).keluar
    assert contoh(*args).keluar == teks
    # The fingerprint holds the moment of the import; all else is the same on every run.
    teks = re.sub(r"\b[0-9a-f]{64}\b", "SIDIK", teks)
    emas = EMAS / f"skm-semester.{bentuk}"
    if request.config.getoption("--tulis-emas"):
        emas.write_text(teks)
    assert teks == emas.read_text()


class Halaman(HTMLParser):
    """What a screen reader would ask of the page."""

    def __init__(self, teks: str) -> None:
        super().__init__()
        self.unsur: list[tuple[str, dict[str, str | None]]] = []
        self.id: list[str] = []
        self.feed(teks)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        isi = dict(attrs)
        self.unsur.append((tag, isi))
        self.id += [isi["id"] or ""] if "id" in isi else []


def test_the_html_page_stands_alone_and_can_be_read_aloud(contoh: Kantor) -> None:
    html = contoh("skm", "--periode", "2026-S2", "--bandingkan", "-O", "html").keluar
    assert '<html lang="id">' in html
    assert not re.search(r"<script|<link|src=|https?:|url\(|@import", html)
    halaman = Halaman(html)
    assert all("scope" in isi for tag, isi in halaman.unsur if tag == "th")
    gambar = [isi for tag, isi in halaman.unsur if tag == "svg"]
    assert [satu["role"] for satu in gambar] == ["img", "img"]
    rujukan = [isi.get("aria-labelledby") or "" for _, isi in halaman.unsur]
    assert {satu for isi in rujukan for satu in isi.split()} <= set(halaman.id)
    assert len(set(halaman.id)) == len(halaman.id)
    # Nine unsur, and the two of five half years that had respondents.
    assert len([1 for tag, _ in halaman.unsur if tag == "rect"]) == 9 + 2


@pytest.mark.sqlite
@pytest.mark.parametrize("bandingkan", [False, True])
def test_the_queries_are_few_and_read_by_the_index(contoh: Kantor, bandingkan: bool) -> None:
    from ikikec.buku.baca import buka_bacaan
    from ikikec.buku.mesin.sqlite import MesinSqlite
    from ikikec.kinerja.ikm import susun_survei
    from ikikec.kinerja.jabatan import muat_jabatan
    from ikikec.kinerja.ukuran import ukuran_bawaan
    from ikikec.konfigurasi import Konfigurasi
    from ikikec.periode import baca_periode

    konfig, hari_ini = Konfigurasi(), date(2026, 11, 22)
    kueri: list[tuple[str, Any]] = []

    def catat(_koneksi: Any, _kursor: Any, sql: str, nilai: Any, *_lain: Any) -> None:
        kueri.append((sql, nilai))

    with buka_bacaan(MesinSqlite(contoh.buku, 1)) as bacaan:
        sa.event.listen(bacaan.koneksi, "before_cursor_execute", catat)
        susun_survei(bacaan, baca_periode("2026-10", hari_ini), konfig,
                     muat_jabatan(konfig, contoh.folder, ukuran_bawaan())["kasi-pip"].tanda_tangan, hari_ini, bandingkan=bandingkan)  # fmt: skip
    survei = [satu for satu in kueri if "survei" in satu[0]]
    assert len(survei) == 9 + 2 * bandingkan
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        for sql, nilai in survei:
            rencana = [baris[3] for baris in buku.execute(f"EXPLAIN QUERY PLAN {sql}", nilai)]
            assert any(satu.startswith("SEARCH survei USING") and "(tanggal>?" in satu for satu in rencana), (
                sql,
                rencana,
            )


JAWABAN = st.none() | st.integers(1, 4)
FORMULIR = st.lists(JAWABAN, min_size=9, max_size=9)


def lurus(formulir: Sequence[Sequence[int | None]], bobot: Decimal | None) -> Decimal | None:
    """The index computed the long way, in decimals of many places; ``bobot`` None is one ninth."""
    with localcontext() as konteks:
        konteks.prec = 60
        jumlah = Decimal(0)
        for kolom in zip(*formulir, strict=True):
            jawaban = [Decimal(satu) for satu in kolom if satu is not None]
            if not jawaban:
                return None
            jumlah += sum(jawaban) / len(jawaban)
        ikm = jumlah * 25 / 9 if bobot is None else jumlah * bobot * 25
        # Sixty places are so many that what lies this near to a half is one.
        return ikm.quantize(Decimal("1e-40"), ROUND_HALF_UP).quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(st.lists(FORMULIR, min_size=1, max_size=40), st.sampled_from(sorted(BOBOT_SKM)))
@example([[4] * 9], "0,11")
@example([[1] * 9, [2] * 9], "1/9")
def test_the_index_is_that_of_a_naive_computation(formulir: list[list[int | None]], bobot: str) -> None:
    kolom = [[satu for satu in isi if satu is not None] for isi in zip(*formulir, strict=True)]
    hasil = indeks([sum(isi) for isi in kolom], [len(isi) for isi in kolom], bobot)
    assert hasil.ikm == lurus(formulir, None if bobot == "1/9" else Decimal(bobot.replace(",", ".")))
    for isi, unsur in zip(kolom, hasil.unsur, strict=True):
        assert (unsur.nrr is None) == (not isi)
        if unsur.nrr is not None:
            assert Fraction(-1, 2000) < Fraction(unsur.nrr) - Fraction(sum(isi), len(isi)) <= Fraction(1, 2000)


@settings(max_examples=8, deadline=None)
@given(formulir=st.lists(FORMULIR.filter(any), min_size=1, max_size=30))
def test_so_is_that_of_the_whole_program(
    tmp_path_factory: pytest.TempPathFactory, formulir: list[list[int | None]]
) -> None:
    kantor = Kantor(tmp_path_factory.mktemp("kantor"))
    isi(kantor, [{n: j for n, j in zip(NAMA, satu, strict=True) if j is not None} for satu in formulir])
    hasil, ikm = skm(kantor), lurus(formulir, None)
    assert hasil["ikm"] == (None if ikm is None else float(ikm))
    puas = [sum(ada) >= 3 * len(ada) for satu in formulir if (ada := [jawab for jawab in satu if jawab is not None])]
    assert (hasil["responden"], hasil["puas"]) == (len(formulir), sum(puas))
