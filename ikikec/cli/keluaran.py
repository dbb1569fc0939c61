"""Where a sheet goes and in which format: the part that ``laporan`` and ``skm`` have in common."""

import sys
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

import typer

from ikikec.bahasa import deret
from ikikec.galat import SalahPakai

if TYPE_CHECKING:
    from rich.console import RenderableType

BENTUK = ("layar", "md", "html", "json")
_AKHIRAN = {".md": "md", ".html": "html", ".htm": "html", ".json": "json"}

OPSI_BERKAS = typer.Option("-o", "--berkas", metavar="BERKAS", help="Tulis ke berkas; - berarti keluaran baku.")


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
