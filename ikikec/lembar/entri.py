"""Entries as text: JSON objects, CSV lines, names and values under each other."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register

if TYPE_CHECKING:
    from rich.table import Table


def entri_json(register: Register, isi: Mapping[str, Nilai]) -> dict[str, Any]:
    """An entry as JSON has it: the contract's fields in order, dates as text, yes/no as true/false."""
    return {
        nama: nilai.isoformat() if isinstance(nilai := isi[nama], date) else nilai for nama in register.nama_bidang
    }


def baris_csv(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> Iterator[str]:
    """A register as CSV, line by line, the header first."""
    sangga = io.StringIO()
    penulis = csv.writer(sangga, lineterminator="\n")
    penulis.writerow(register.nama_bidang)
    for isi in entri:
        penulis.writerow(register.tulis(isi).values())
        yield _ambil(sangga)
    yield _ambil(sangga)


def _ambil(sangga: io.StringIO) -> str:
    teks = sangga.getvalue()
    sangga.seek(0)
    sangga.truncate()
    return teks


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
