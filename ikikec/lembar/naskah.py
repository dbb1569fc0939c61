"""Sheets as Markdown and as one self-contained HTML page, from the templates."""

from collections.abc import Sequence
from pathlib import Path

from ikikec.kinerja.hitung import Laporan
from ikikec.lembar.templat import isi_templat


def markdown(laporan: Sequence[Laporan], templat: Path | None = None) -> str:
    """The sheets one after the other as Markdown; ``templat`` is the folder of the office's own templates."""
    return isi_templat("lembar.md.j2", templat, semua=laporan)


def html(laporan: Sequence[Laporan], templat: Path | None = None) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when printed."""
    return isi_templat("lembar.html.j2", templat, semua=laporan)
