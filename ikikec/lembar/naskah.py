"""Sheets as Markdown and as one self-contained HTML page, from the templates."""

from collections.abc import Sequence
from pathlib import Path

from ikikec.kinerja.rekap import Rekap
from ikikec.kinerja.skm import LaporanSurvei
from ikikec.kinerja.susun import Laporan
from ikikec.lembar.rekap import ATURAN_JUMLAH, catatan
from ikikec.lembar.templat import isi_templat


def markdown(laporan: Sequence[Laporan], templat: Path | None = None) -> str:
    """The sheets one after the other as Markdown; ``templat`` is the folder of the office's own templates."""
    return isi_templat("lembar.md.j2", templat, semua=laporan)


def html(laporan: Sequence[Laporan], templat: Path | None = None) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when printed."""
    return isi_templat("lembar.html.j2", templat, semua=laporan)


def survei_markdown(laporan: LaporanSurvei, templat: Path | None = None) -> str:
    """The survey's report as Markdown."""
    return isi_templat("skm.md.j2", templat, laporan=laporan, nilai=laporan.nilai)


def survei_html(laporan: LaporanSurvei, templat: Path | None = None) -> str:
    """The survey's report as one HTML page."""
    return isi_templat("skm.html.j2", templat, laporan=laporan, nilai=laporan.nilai)


def rekap_markdown(rekap: Rekap, templat: Path | None = None) -> str:
    """Several offices side by side as Markdown."""
    return isi_templat("rekap.md.j2", templat, rekap=rekap, catatan=catatan(rekap), aturan=ATURAN_JUMLAH)


def rekap_html(rekap: Rekap, templat: Path | None = None) -> str:
    """Several offices side by side as one HTML page for A4 landscape."""
    return isi_templat("rekap.html.j2", templat, rekap=rekap, catatan=catatan(rekap), aturan=ATURAN_JUMLAH)
