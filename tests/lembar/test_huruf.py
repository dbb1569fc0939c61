"""Letters of other scripts on paper: printed where the computer has a font for them, named where it has none."""

import re
import shutil
import subprocess
import sys

import pytest

from ikikec.lembar.pdf import buat_pdf, cari_peramban
from tests.conftest import Kantor

# It is not among the libraries of the tests that run on Windows.
pypdfium2 = pytest.importorskip("pypdfium2")

RINCI = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-10", "--rinci", "--dengan-identitas")
# Of a plane for private use, for which nobody makes a font.
TANPA_FONT = "\U00100abc"
AKSARA = {"Jepang": "日本語", "Dewanagari": "नमस्ते", "Jawa": "ꦗꦮ", "Arab": "سلام", "emoji": "😀👍🏽❤️", "Latin": "éñ…–"}


def punya(huruf: str) -> bool:
    """Whether fontconfig knows a font with that letter."""
    perintah = ["fc-list", f":charset={ord(huruf):x}", "family"]
    return bool(subprocess.run(perintah, capture_output=True, check=True).stdout)


def disebut(galat: str) -> set[str]:
    return {chr(int(kode, 16)) for kode in re.findall(r"\(U\+([0-9A-F]+)\)", galat)}


@pytest.fixture(params=["weasyprint", "browser"])
def pencetak(
    request: pytest.FixtureRequest, kantor: Kantor, monkeypatch: pytest.MonkeyPatch, weasyprint: None
) -> str:
    if shutil.which("fc-list") is None:
        pytest.skip("no fontconfig to ask on this machine")
    if request.param == "browser":
        if cari_peramban() is None:
            pytest.skip("no browser on this machine")
        monkeypatch.setitem(sys.modules, "weasyprint", None)
    return request.param


@pytest.mark.unix
def test_what_no_font_has_is_named_on_stderr_and_the_rest_is_printed(kantor: Kantor, pencetak: str) -> None:
    for nama, teks in AKSARA.items():
        kantor("catat", "pengaduan", "--uraian", f"Aksara {nama}", "--pelapor", teks, "--tanggal", "2026-10-05")
    berkas = kantor.folder / "a.pdf"
    galat = kantor(*RINCI, "-o", str(berkas)).galat
    # Joiners and marks that choose a shape have none of their own.
    kotak = {huruf for teks in AKSARA.values() for huruf in teks if huruf != "\ufe0f" and not punya(huruf)}
    assert disebut(galat) == set(sorted(kotak)[:5])
    assert ("tidak punya fontnya" in galat) == bool(kotak)
    assert (f"dan {len(kotak) - 5} huruf lain" in galat) == (len(kotak) > 5)
    with pypdfium2.PdfDocument(berkas) as pdf:
        tercetak = "".join("".join(satu.get_textpage().get_text_range().split()) for satu in pdf)
    assert [nama for nama in AKSARA if nama not in tercetak] == []


@pytest.mark.unix
def test_a_letter_of_nobody_s_is_named_whoever_prints(kantor: Kantor, pencetak: str) -> None:
    kabar: list[str] = []
    assert buat_pdf(f"<p>Warga {TANPA_FONT}</p>", kabar.append).startswith(b"%PDF")
    (satu,) = kabar
    assert f"{TANPA_FONT} (U+100ABC)" in satu
    assert "apt install fonts-noto" in satu
    assert buat_pdf("<p>Warga Batui Selatan</p>", kabar.append).startswith(b"%PDF")
    assert len(kabar) == 1


@pytest.mark.unix
def test_html_and_quiet_commands(kantor: Kantor, pencetak: str) -> None:
    """Of a page nothing is told, the reader's computer shows it; of a PDF the clerk who wants quiet is told too."""
    asing = next((huruf for huruf in "ꦗ𓀀𒀀𝛀𖠀" if not punya(huruf)), None)
    if asing is None:
        pytest.skip("this machine has a font for everything")
    kantor("catat", "pengaduan", "--uraian", "x", "--pelapor", asing, "--tanggal", "2026-10-05")
    for nama, kata in (("a.html", False), ("a.pdf", True)):
        jawab = kantor("--hening", *RINCI, "-o", str(kantor.folder / nama))
        assert ("Perhatian: tercetak sebagai kotak" in jawab.galat) == kata
