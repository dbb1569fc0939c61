"""Sheets in the user's own browser: opened as a page, and printed as PDF where WeasyPrint cannot load."""

import io
import os
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from ikikec.galat import AturanDilanggar
from ikikec.lembar.pdf import buat_pdf, cari_peramban
from tests.conftest import Kantor
from tests.lembar.test_bentuk import OKTOBER, berkas


@pytest.fixture(params=["raise ImportError", "raise OSError('cannot load library')"])
def tanpa_weasyprint(contoh: Kantor, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    (contoh.folder / "weasyprint.py").write_text(request.param)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.syspath_prepend(contoh.folder)


def test_without_weasyprint_and_browser_the_clerk_is_told_what_to_install(
    contoh: Kantor, tanpa_weasyprint: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ikikec.lembar.pdf.cari_peramban", lambda: None)
    galat = contoh(*OKTOBER, "-o", str(contoh.folder / "a.pdf"), kode=9).galat
    assert "WeasyPrint belum terpasang" in galat
    assert "tidak ada Edge, Chrome, atau Chromium" in galat
    assert f"{sys.executable} -m pip install weasyprint" in " ".join(galat.split())
    assert not (contoh.folder / "a.pdf").exists()
    assert contoh("info", "-O", "json").json["pdf"] is None
    assert "tidak dapat dibuat di komputer ini" in contoh("info").keluar


# A browser that notes how it was asked, and makes what it is told to.
PERAMBAN = """#!{python}
import pathlib, sys
minta = dict(satu.lstrip("-").partition("=")[::2] for satu in sys.argv[1:])
assert pathlib.Path(minta["user-data-dir"]).parent.stat().st_mode & 0o077 == 0
pathlib.Path({catatan!r}).write_text(pathlib.Path(sys.argv[-1].removeprefix("file://")).read_text())
{hasil}
"""


def pasang_peramban(kantor: Kantor, monkeypatch: pytest.MonkeyPatch, hasil: str) -> Path:
    catatan, program = kantor.folder / "catatan.html", kantor.folder / "bin" / "chromium"
    program.parent.mkdir()
    program.write_text(PERAMBAN.format(python=sys.executable, catatan=str(catatan), hasil=hasil))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return catatan


@pytest.mark.unix
def test_without_weasyprint_an_installed_browser_prints(
    contoh: Kantor, tanpa_weasyprint: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    isi = "%PDF-1.4 /CreationDate (D:20261122140500+00'00') /ModDate (D:20261122140500+00'00')"
    catatan = pasang_peramban(contoh, monkeypatch, f'pathlib.Path(minta["print-to-pdf"]).write_text({isi!r})')
    berkas(contoh, "a.pdf", *OKTOBER)
    assert (contoh.folder / "a.pdf").read_text() == isi.replace("20261122140500", "20000101000000")
    assert catatan.read_text() == contoh(*OKTOBER, "-O", "html").keluar
    assert contoh("info", "-O", "json").json["pdf"] == str(contoh.folder / "bin" / "chromium")


@pytest.mark.unix
@pytest.mark.parametrize("hasil", ["sys.exit(1)", ""])
def test_a_browser_that_prints_nothing_is_told(
    contoh: Kantor, tanpa_weasyprint: None, monkeypatch: pytest.MonkeyPatch, hasil: str
) -> None:
    pasang_peramban(contoh, monkeypatch, hasil)
    assert "gagal atau terlalu lama" in contoh(*OKTOBER, "-o", str(contoh.folder / "a.pdf"), kode=9).galat
    assert not (contoh.folder / "a.pdf").exists()


def test_a_browser_is_not_asked_for_what_a_page_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    monkeypatch.setattr("ikikec.lembar.pdf.cari_peramban", lambda: sys.executable)
    for minta in ('<img src="logo.png">', "<style>a { background: url(logo.png) }</style>", "<link href='logo.png'>"):
        with pytest.raises(AturanDilanggar, match=r"meminta berkas lain: logo\.png"):
            buat_pdf(minta, print)


@pytest.mark.unix
def test_the_installed_browser_prints_the_same_bytes(contoh: Kantor, tanpa_weasyprint: None) -> None:
    if cari_peramban() is None:
        pytest.skip("no browser on this machine")
    dua = [berkas(contoh, nama, *OKTOBER).read_bytes() for nama in ("a.pdf", "b.pdf")]
    assert dua[0] == dua[1]
    teks = "".join(satu.extract_text() for satu in PdfReader(io.BytesIO(dua[0])).pages)
    assert teks.count("INDIKATOR KINERJA INDIVIDU") == 3
    assert teks.replace("\n", "").count(contoh("info", "-O", "json").json["buku"]["sidik"]) == 3


# What opens a page keeps a copy, so that it can be looked at.
PEMBUKA = '#!/bin/sh\ncp "$1" {0}\nstat -c %a "$1" "$(dirname "$1")" > {0}.modus\nexit {1}\n'
HALAMAN = {
    "laporan --jabatan kasi-pip --periode 2026-10": "INDIKATOR KINERJA",
    "skm": "SURVEI KEPUASAN",
    "lihat pgd-20": "PGD-2026-0020",
    "daftar pengaduan --periode 2026-10": "<table",
}


@pytest.mark.unix
@pytest.mark.parametrize(("baris", "isi"), HALAMAN.items())
def test_a_page_is_opened_in_the_browser(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch, baris: str, isi: str
) -> None:
    pembuka, terbuka, letak = contoh.folder / "xdg-open", contoh.folder / "terbuka.html", contoh.folder / "sementara"
    letak.mkdir()
    pembuka.write_text(PEMBUKA.format(terbuka, 0))
    pembuka.chmod(0o755)
    monkeypatch.setenv("PATH", f"{contoh.folder}:{os.environ['PATH']}")
    monkeypatch.setattr("tempfile.tempdir", str(letak))
    lama = letak / "ikikec-halaman-lama"
    lama.mkdir()
    os.utime(lama, (0, 0))
    halaman = Path(contoh(*baris.split(), "--buka").keluar.strip())
    assert terbuka.read_bytes() == halaman.read_bytes()
    assert isi in terbuka.read_text()
    assert Path(f"{terbuka}.modus").read_text() == "600\n700\n"
    assert not lama.exists()
    assert halaman.parent.parent == letak
    pembuka.write_text(PEMBUKA.format(terbuka, 3))
    assert "peramban tidak dapat dibuka" in contoh(*baris.split(), "--buka", kode=9).galat
    for lain in ("-O json", "-o a.html", "-o -"):
        assert "--buka" in contoh(*baris.split(), "--buka", *lain.split(), kode=2).galat
