"""A page of HTML as PDF: by WeasyPrint, and where that cannot load (on Windows), by an installed browser.

Either takes what stands in the page and nothing else: no file, no network.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ikikec.galat import AturanDilanggar, BerkasTakTertulis
from ikikec.letak import cara_pasang

_PASANG = (
    "Cara pertama: pasang Edge, Chrome, atau Chromium; Windows 10 dan 11 sudah punya Edge. Cara kedua:"
    f" {cara_pasang('weasyprint')} (di Debian dan Ubuntu juga: apt install libpangoft2-1.0-0 libharfbuzz-subset0)."
    " Atau buat HTML dengan -o lembar.html dan cetak dari peramban."
)
_PERAMBAN = ("msedge", "chrome", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
             "microsoft-edge", "microsoft-edge-stable")  # fmt: skip
_PROGRAM_MAC = ("Google Chrome", "Microsoft Edge", "Chromium")
_PASANG_FONT = (
    "Pasang font Noto (di Debian dan Ubuntu: apt install fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji), lalu"
    " buat lagi."
)
# So many letters are named of those that no font has.
_DISEBUT = 5
# Controls, joiners and ends of lines have no shape, nor have the marks that choose one of a letter's shapes.
_TAK_TERCETAK = ("Cc", "Cf", "Zl", "Zp")
_PEMILIH = re.compile("[\ufe00-\ufe0f]")
# Seconds that a browser may take for one file of pages.
_TERLAMA = 90
# A page of ours asks for nothing; should a template's do, nobody answers.
_SENDIRI = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
    "--print-to-pdf-no-header",
)  # fmt: skip
_DIMINTA = re.compile(
    r"""(?:\bsrc\s*=\s*|<link\b[^>]*\bhref\s*=\s*|url\()["']?(?!data:|\#)([^"')\s>]+)""", re.IGNORECASE
)
# When it was made, which a browser writes and nobody reads; the same number of letters keeps the file's table right.
_SAAT = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def buat_pdf(html: str, kabar: Callable[[str], None] | None) -> bytes:
    """``html`` as PDF, the same bytes each time by the same means; nothing is fetched, all must stand in it.

    ``kabar`` is told which letters are printed as boxes, where that can be known.
    Raises BerkasTakTertulis where no means is there or it fails, AturanDilanggar where the page asks for a file.
    """
    if weasyprint := _weasyprint():
        hasil, kotak = _lewat_weasyprint(weasyprint, html)
    elif peramban := cari_peramban():
        hasil, kotak = _lewat_peramban(peramban, html), _tanpa_font(html)
    else:
        raise BerkasTakTertulis(
            "PDF tidak dapat dibuat: WeasyPrint belum terpasang di komputer ini, dan tidak ada Edge, Chrome, atau"
            " Chromium",
            _PASANG,
        )
    if kotak and kabar:
        disebut = ", ".join(f"{huruf} (U+{ord(huruf):04X})" for huruf in sorted(kotak)[:_DISEBUT])
        lagi = f", dan {len(kotak) - _DISEBUT} huruf lain" if len(kotak) > _DISEBUT else ""
        kabar(f"tercetak sebagai kotak, karena komputer ini tidak punya fontnya: {disebut}{lagi}. {_PASANG_FONT}")
    return hasil


def _weasyprint() -> Any:
    """The library, None where it or what it needs is not there."""
    try:
        import weasyprint
    except (ImportError, OSError):
        return None
    return weasyprint


def _tanpa_font(html: str) -> set[str]:
    """The letters that no font on this computer has; none where fontconfig cannot be asked, as on Windows."""
    try:
        jawab = subprocess.check_output(["fc-list", "--format", "%{charset} "], text=True, timeout=_TERLAMA)  # noqa: S607
    except (OSError, subprocess.SubprocessError):
        return set()
    batas = (satu.partition("-") for satu in set(jawab.split()))
    rentang = [(int(awal, 16), int(akhir or awal, 16)) for awal, _, akhir in batas]
    tercetak = (huruf for huruf in set(_PEMILIH.sub("", html)) if unicodedata.category(huruf) not in _TAK_TERCETAK)
    return {huruf for huruf in tercetak if not any(awal <= ord(huruf) <= akhir for awal, akhir in rentang)}


def sebut_pembuat() -> str:
    """What makes the PDFs on this computer: ``WeasyPrint``, a browser's place, or blank for none."""
    return "WeasyPrint" if _weasyprint() else cari_peramban() or ""


def cari_peramban() -> str | None:
    """The first installed browser that can print by itself."""
    for nama in _PERAMBAN:
        ada = shutil.which(nama) or _terdaftar(f"{nama}.exe")
        if ada:
            return ada
    mac = (Path("/Applications") / f"{nama}.app" / "Contents" / "MacOS" / nama for nama in _PROGRAM_MAC)
    return next((str(satu) for satu in mac if satu.is_file()), None)


def _terdaftar(program: str) -> str | None:
    """A program's place as Windows keeps it; browsers are not on its PATH."""
    if sys.platform == "win32":
        import winreg

        for pohon in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
            try:
                letak = winreg.QueryValue(
                    pohon, rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{program}"
                ).strip('"')
            except OSError:
                continue
            if os.path.isfile(letak):
                return letak
    return None


def _lewat_peramban(program: str, html: str) -> bytes:
    if diminta := _DIMINTA.search(html):
        raise _minta_lain(diminta[1])
    with tempfile.TemporaryDirectory(prefix="ikikec-", ignore_cleanup_errors=True) as folder:
        halaman, hasil = Path(folder, "lembar.html"), Path(folder, "lembar.pdf")
        halaman.write_text(html, encoding="utf-8")
        perintah = [
            program, *_SENDIRI, f"--user-data-dir={Path(folder, 'profil')}", f"--print-to-pdf={hasil}",
            # Chromium's own sandbox refuses root, whose containers have nobody else.
            *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []), halaman.as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(perintah, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TERLAMA, check=True)  # noqa: S603
            isi = hasil.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise BerkasTakTertulis(
                f"PDF tidak dapat dibuat: {program} gagal atau terlalu lama mencetaknya",
                "Buat HTML dengan -o lembar.html, lalu cetak dari peramban.",
            ) from None
    return _SAAT.sub(rb"/\1 (D:20000101000000", isi)


def _lewat_weasyprint(weasyprint: Any, html: str) -> tuple[bytes, set[str]]:
    """By WeasyPrint, which would leave out a missing picture without a word; with the letters it had no font for."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class HanyaTertanam(URLFetcher):  # type: ignore[misc]
        """Gives what stands in the page itself."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise FatalURLFetchingError(url)
            return super().fetch(url, headers)

    kotak: set[str] = set()

    def catat(dokumen: Any, _pdf: Any) -> None:
        kotak.update(chr(kode) for font in dokumen.fonts.values() for kode in font.missing)

    halaman = weasyprint.HTML(string=html, base_url="file:///", url_fetcher=HanyaTertanam())
    try:
        hasil: bytes = halaman.write_pdf(finisher=catat, pdf_identifier=True)
    except FatalURLFetchingError as galat:
        raise _minta_lain(str(galat).removeprefix("file:///")) from None
    return hasil, kotak


def _minta_lain(apa: str) -> AturanDilanggar:
    return AturanDilanggar(
        f"lembar meminta berkas lain: {apa}",
        saran='Lembar harus utuh dalam satu berkas; tanam gambar dengan {{ gambar("nama.png") }}.',
    )
