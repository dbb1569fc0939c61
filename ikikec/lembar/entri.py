"""An entry as text for people: names and values under each other."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ikikec.bahasa import bersih

if TYPE_CHECKING:
    from rich.table import Table


def pasangan(isi: Iterable[tuple[str, str]]) -> "Table":
    """Names and values under each other, blank values left out."""
    from rich.table import Table
    from rich.text import Text

    tabel = Table.grid(padding=(0, 2))
    tabel.add_column(no_wrap=True, style="bold")
    tabel.add_column(overflow="fold")
    for nama, nilai in isi:
        if nilai:
            tabel.add_row(Text(nama), Text("\n".join(map(bersih, nilai.splitlines()))))
    return tabel
