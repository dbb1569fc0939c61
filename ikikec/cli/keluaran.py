"""What ``laporan`` and ``skm`` have in common: for which period a sheet is, where it goes, and in which format."""

import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from ikikec.bahasa import deret
from ikikec.galat import SalahPakai
from ikikec.periode import Periode, baca_periode

if TYPE_CHECKING:
    from rich.console import RenderableType

BENTUK = ("layar", "md", "html", "json")
_AKHIRAN = {".md": "md", ".html": "html", ".htm": "html", ".json": "json"}

OPSI_BERKAS = typer.Option("-o", "--berkas", metavar="BERKAS", help="Tulis ke berkas; - berarti keluaran baku.")


def pilih_periode(teks: str | None, bawaan: str, hari_ini: date) -> Periode:
    """The period that was asked for, or else the one ``bawaan`` (``bulan-lalu`` …) names, which is told on stderr."""
    periode = baca_periode(bawaan if teks is None else teks, hari_ini)
    if teks is None:
        print(f"Periode: {periode.label} ({bawaan.replace('-', ' ')})", file=sys.stderr)
    return periode


def pilih_bentuk(keluaran: str | None, berkas: str | None) -> str:
    """The format: as named, or by the file's ending, or the screen at a terminal and Markdown into a pipe.

    Raises SalahPakai where the ending is not known.
    """
    if keluaran:
        return keluaran
    if berkas in (None, "-"):
        return "layar" if sys.stdout.isatty() and berkas is None else "md"
    akhiran = PurePath(str(berkas)).suffix.lower()
    if akhiran not in _AKHIRAN:
        raise SalahPakai(
            f"bentuk berkas {berkas} tidak dikenal dari akhirannya", f"Pakai {deret(_AKHIRAN)}, atau sebut dengan -O."
        )
    return _AKHIRAN[akhiran]


def keluarkan(
    bentuk: str, berkas: str | None, layar: Callable[[], "Iterable[RenderableType]"], teks: Callable[[], str]
) -> None:
    """Show what ``layar`` makes, or write it or, for any other format, ``teks`` to stdout or into a file."""
    from ikikec.cli import tampil

    if bentuk != "layar":
        tampil.kirim([teks()], berkas)
    elif berkas is None:
        for satu in layar():
            tampil.layar().print(satu)
    else:
        from ikikec.lembar.layar import sebagai_teks

        tampil.kirim([sebagai_teks(satu) for satu in layar()], berkas)
