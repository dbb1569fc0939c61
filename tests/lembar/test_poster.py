"""The poster: one page, large enough, with all that a notice board must tell, and nothing else."""

import io
import os
import re

import pytest
from pypdf import PdfReader

from ikikec.istilah import UNSUR
from ikikec.kertas import SEMUA_KERTAS, Kertas
from tests.conftest import EMAS, Kantor
from tests.kinerja.test_skm import KONFIG, Halaman, isi
from tests.lembar.test_kertas import ukuran_halaman

# The narrowest and the lowest.
KERTAS = [
    satu for satu in SEMUA_KERTAS.values() if os.environ.get("IKIKEC_UJI_SEMUA") or satu.nama in ("A4", "Letter")
]
PANJANG = f'kecamatan = "{"Lalolae Mokupa " * 4}"\nkabupaten = "{"Kepulauan Siau " * 4}"\n'
# As long as names may be for the lines to stand further apart.
SEDANG = f'kecamatan = "{"Lalolae Mokupa "[:11] * 2}"\nkabupaten = "{"Kepulauan S" * 2}"\n'


def konfig(kantor: Kantor, teks: str = KONFIG) -> tuple[str, str]:
    berkas = kantor.folder / "k.toml"
    berkas.write_text(teks)
    return "--konfig", str(berkas)


def test_it_tells_what_must_be_published(contoh: Kantor) -> None:
    args = (*konfig(contoh), "skm", "--periode", "2026-S1")
    hasil = contoh(*args, "-O", "json").json
    html = contoh(*args, "--poster", "-O", "html").keluar
    teks = re.sub(r"<[^>]*>", " ", html.split("</style>")[1])
    for kata in (
        "Batui Selatan",
        "Banggai",
        "Semester I 2026",
        hasil["mutu"],
        hasil["kinerja"],
        str(hasil["responden"]),
    ):
        assert kata in teks
    unsur = hasil["layanan"] and contoh(*args, "-O", "csv").keluar.splitlines()[1].split(",")[7:16]
    for judul, nilai in zip(UNSUR.values(), unsur, strict=True):
        assert judul in teks
        assert nilai.replace(".", ",") in teks
    assert f"{hasil['ikm']:.2f}".replace(".", ",") in teks


def test_all_that_is_read_from_afar_is_large(contoh: Kantor) -> None:
    """Capitals of 18 pt are 4.4 mm high, five minutes of arc from three metres; small print is the footer alone."""
    html = contoh("skm", "--periode", "2026-S1", "--poster", "-O", "html").keluar
    gaya, badan = html.split("</style>")
    ukuran = re.findall(r"([^{}]*)\{[^{}]*font(?:-size)?: ([\d.]+)pt", gaya)
    assert len(ukuran) > 5
    assert [aturan.strip() for aturan, besar in ukuran if float(besar) < 18] == ["footer"]
    assert "font-size" not in badan


@pytest.mark.parametrize(
    ("formulir", "lain"),
    [([], ()), ([{"kepuasan": 3}], ()), ([dict.fromkeys(UNSUR, 4)] * 3, ()),
     ([dict.fromkeys(UNSUR, 3), {"waktu": 4}], ("--pembulatan", "nrr2"))],
)  # fmt: skip
@pytest.mark.parametrize("teks", ["", SEDANG, PANJANG])
@pytest.mark.parametrize("kertas", KERTAS, ids=lambda satu: satu.nama)
def test_it_is_always_one_page(
    kantor: Kantor,
    formulir: list[dict[str, int]],
    lain: tuple[str, ...],
    teks: str,
    kertas: Kertas,
    weasyprint: None,
) -> None:
    kantor("catat", "survei", "--kepuasan", "3", "--tanggal", "2025-01-02")
    if formulir:
        isi(kantor, formulir)
    berkas = kantor.folder / "poster.pdf"
    args = (*konfig(kantor, teks), "skm", "--poster", *lain, "--kertas", kertas.nama, "-o", str(berkas))
    kantor(*args)
    bita = berkas.read_bytes()
    (halaman,) = PdfReader(io.BytesIO(bita)).pages
    assert ukuran_halaman(halaman) == (kertas.lebar, kertas.tinggi)
    assert "Sarana dan Prasarana" in halaman.extract_text()
    kantor(*args)
    assert berkas.read_bytes() == bita


def test_other_forms_and_wishes_are_no_poster(contoh: Kantor) -> None:
    for args in ((), ("-O", "md"), ("-o", "a.xlsx"), ("-O", "json")):
        assert "--poster tidak berlaku untuk bentuk" in contoh("skm", "--poster", *args, kode=2).galat
    assert "tidak memuat saran" in contoh("skm", "--poster", "-O", "html", "--dengan-saran", kode=2).galat


def test_an_office_s_own_poster_goes_first(contoh: Kantor) -> None:
    folder = contoh.folder / "templat"
    folder.mkdir()
    (folder / "poster.html.j2").write_text("{{ nilai.responden }} {{ laporan.kecamatan }}")
    args = konfig(contoh, f"templat = '{folder}'\nkecamatan = \"A\"\n")
    assert contoh(*args, "skm", "--periode", "2026-S1", "--poster", "-O", "html").keluar == "87 A"


def test_golden_poster(contoh: Kantor, request: pytest.FixtureRequest) -> None:
    teks = contoh(*konfig(contoh), "skm", "--periode", "2026-S2", "--poster", "-O", "html").keluar
    halaman = Halaman(teks)
    assert not re.search(r"<script|<link|src=|https?:|url\(|@import", teks)
    assert all("scope" in satu for tag, satu in halaman.unsur if tag == "th")
    teks = re.sub(r"\b[0-9a-f]{64}\b", "SIDIK", teks)
    emas = EMAS / "skm-poster.html"
    if request.config.getoption("--tulis-emas"):
        emas.write_text(teks)
    assert teks == emas.read_text()
