"""A table as plain values, made once and drawn by every form: terminal, CSV, workbook."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Jenis

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

# What may stand in a table; a figure's form on paper is its column's business.
Sel = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column: its heading, and how the terminal words a figure in it.

    Without ``ungkap`` it holds words, which stand to the left and may be folded; figures stand to the right.
    ``jenis``: what its texts are, where they may be days in ISO form or words of a list.
    """

    judul: str
    ungkap: Callable[[Any], str] | None = None
    jenis: Jenis = Jenis.TEKS


@dataclass(frozen=True, slots=True)
class Tabel:
    """Rows under headings; ``judul`` is the name of the tab it fills, ``atas`` what stands above it there."""

    judul: str
    kolom: Sequence[Kolom]
    baris: Iterable[Sequence[Any]]
    atas: Sequence[str] = ()

    @property
    def judul_kolom(self) -> list[str]:
        """The headings."""
        return [satu.judul for satu in self.kolom]

    @property
    def bebas(self) -> list[int]:
        """Where texts stand that may begin with anything."""
        return [letak for letak, satu in enumerate(self.kolom) if satu.jenis is Jenis.TEKS]


def susun_tabel(tabel: Tabel) -> "Table":
    """The table as a rich console prints it."""
    from rich.table import Table
    from rich.text import Text

    hasil = Table(box=None, pad_edge=False, header_style="bold")
    for satu in tabel.kolom:
        if satu.ungkap:
            hasil.add_column(satu.judul, justify="right", no_wrap=True)
        else:
            hasil.add_column(satu.judul, overflow="fold", min_width=4)
    for baris in tabel.baris:
        sel = zip((satu.ungkap or bersih for satu in tabel.kolom), baris, strict=True)
        hasil.add_row(*(Text(bersih(isi) if isinstance(isi, str) else ungkap(isi)) for ungkap, isi in sel))
    return hasil


def teks_polos(isi: "RenderableType", lebar: int = 100) -> str:
    """What a rich console would print, as plain text."""
    from rich.console import Console

    sasaran = io.StringIO()
    Console(file=sasaran, width=lebar, markup=False, emoji=False, highlight=False).print(isi)
    return sasaran.getvalue()


def pasangan(isi: Iterable[tuple[str, str]]) -> "Table":
    """Names and values under each other for a rich console, blank values left out."""
    from rich.table import Table
    from rich.text import Text

    tabel = Table.grid(padding=(0, 2))
    tabel.add_column(no_wrap=True, style="bold")
    tabel.add_column(overflow="fold")
    for nama, nilai in isi:
        if nilai:
            tabel.add_row(Text(nama), Text("\n".join(map(bersih, nilai.splitlines()))))
    return tabel
