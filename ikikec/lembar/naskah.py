"""Sheets as Markdown and as one self-contained HTML page, from the templates."""

from collections.abc import Sequence

from ikikec.kinerja.hitung import Laporan
from ikikec.kinerja.survei import LaporanSurvei
from ikikec.lembar.jinja import lingkungan


def markdown(laporan: Sequence[Laporan]) -> str:
    """The sheets one after the other as Markdown."""
    return lingkungan(html=False).get_template("lembar.md.j2").render(semua=laporan)


def html(laporan: Sequence[Laporan]) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when printed."""
    return lingkungan(html=True).get_template("lembar.html.j2").render(semua=laporan)


def survei_markdown(laporan: LaporanSurvei) -> str:
    """The survey's report as Markdown."""
    return lingkungan(html=False).get_template("skm.md.j2").render(laporan=laporan, nilai=laporan.nilai)


def survei_html(laporan: LaporanSurvei) -> str:
    """The survey's report as one HTML page."""
    return lingkungan(html=True).get_template("skm.html.j2").render(laporan=laporan, nilai=laporan.nilai)
