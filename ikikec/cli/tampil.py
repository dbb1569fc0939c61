"""Showing results: one line, JSON, or a table on the terminal; to stdout or into a file."""

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register
from ikikec.cli.lipat import lipat
from ikikec.tanggal import hari_tanggal

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def cetak_entri(
    register: Register, tersimpan: Mapping[str, Any], keluaran: str | None, kabar: str, bertanggal: str = "tanggal"
) -> None:
    """The answer of a writing command: one line beginning with the number, or the stored entry as JSON.

    ``tersimpan`` is the entry's state, ``bertanggal`` the field whose date the line tells.
    """
    isi = register.nilai(tersimpan)
    if keluaran == "json":
        from ikikec.tukar.json import tulis_json

        print(tulis_json(register.json(isi)), end="")
        return
    tanggal, batas = isi[bertanggal], isi.get("batas")
    rincian = [f"{register.sebutan} {kabar}"]
    if isinstance(tanggal, date):
        rincian.append(hari_tanggal(tanggal))
    if isinstance(batas, date):
        rincian.append(f"batas {hari_tanggal(batas)}")
    print(lipat(f"{isi['nomor']}  {'; '.join(rincian)}", sys.stdout, "  "))


def layar() -> "Console":
    """The terminal, with nothing in data read as markup."""
    from rich.console import Console

    class Layar(Console):
        def on_broken_pipe(self) -> None:
            """Leave a reader that goes away to the one place that knows what it means; rich would exit with 1."""
            raise  # noqa: PLE0704

    return Layar(file=sys.stdout, markup=False, emoji=False, highlight=False)


def tabel_entri(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> int:
    """Print a register's main columns as a table that fits the terminal; returns how many entries there were."""
    tabel = susun_tabel(register, entri)
    if tabel.row_count:
        layar().print(tabel)
    return tabel.row_count


def susun_tabel(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> "Table":
    """A register's main columns as a table, cancelled entries struck through."""
    from rich.table import Table
    from rich.text import Text

    tabel = Table(box=None, pad_edge=False, header_style="bold")
    for nama in register.ringkas:
        tabel.add_column(nama.replace("_", " "), overflow="fold", no_wrap=nama == "nomor")
    for isi in entri:
        tertulis = register.tulis(isi)
        gaya = "dim strike" if isi["batal"] else ""
        tabel.add_row(*(Text(bersih(tertulis[nama]), style=gaya) for nama in register.ringkas))
    return tabel


def pasangan(isi: Iterable[tuple[str, str]]) -> None:
    """Print names and values under each other, blank values left out."""
    from ikikec.lembar.tabel import pasangan as susun

    layar().print(susun(isi))
