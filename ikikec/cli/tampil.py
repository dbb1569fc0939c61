"""Showing results: one line, JSON, CSV, or a table on the terminal; to stdout or into a file."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import bersih
from ikikec.buku.register import Nilai, Register
from ikikec.cli.sesi import jalur
from ikikec.tanggal import hari_tanggal

if TYPE_CHECKING:
    from rich.console import Console


def cetak_entri(
    register: Register, isi: Mapping[str, Nilai], keluaran: str | None, kabar: str, bertanggal: str = "tanggal"
) -> None:
    """The answer of a writing command: one line beginning with the number, or the stored entry as JSON.

    ``bertanggal`` is the field whose date the line tells.
    """
    if keluaran == "json":
        from ikikec.lembar.json import tulis_json

        print(tulis_json(entri_json(register, isi)), end="")
        return
    tanggal, batas = isi[bertanggal], isi.get("batas")
    rincian = [f"{register.sebutan} {kabar}"]
    if isinstance(tanggal, date):
        rincian.append(hari_tanggal(tanggal))
    if isinstance(batas, date):
        rincian.append(f"batas {hari_tanggal(batas)}")
    print(f"{isi['nomor']}  {'; '.join(rincian)}")


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


def kirim(potongan: Iterable[str | bytes], berkas: str | None) -> None:
    """Write text or bytes to a file, whole or not at all, or to stdout where the file is absent or ``-``."""
    if berkas in (None, "-"):
        for satu in potongan:
            if isinstance(satu, bytes):
                sys.stdout.buffer.write(satu)
            else:
                sys.stdout.write(satu)
        return
    from ikikec.tukar.berkas import tulis_berkas

    isi = b"".join(satu if isinstance(satu, bytes) else satu.encode() for satu in potongan)
    tulis_berkas(jalur(str(berkas)), isi)


def layar() -> "Console":
    """The terminal, with nothing in data read as markup."""
    from rich.console import Console

    return Console(file=sys.stdout, markup=False, emoji=False, highlight=False)


def tabel_entri(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> None:
    """A register's main columns as a table that fits the terminal, and the count below it."""
    from rich.table import Table
    from rich.text import Text

    tabel = Table(box=None, pad_edge=False, header_style="bold")
    for nama in register.ringkas:
        tabel.add_column(nama.replace("_", " "), overflow="fold", no_wrap=nama == "nomor")
    jumlah = 0
    for isi in entri:
        tertulis = register.tulis(isi)
        gaya = "dim strike" if isi["batal"] else ""
        tabel.add_row(*(Text(bersih(tertulis[nama]), style=gaya) for nama in register.ringkas))
        jumlah += 1
    if jumlah:
        layar().print(tabel)
    print(f"{jumlah} entri", file=sys.stderr)


def pasangan(isi: Sequence[tuple[str, str]]) -> None:
    """Names and values under each other, blank values left out."""
    from rich.table import Table
    from rich.text import Text

    tabel = Table.grid(padding=(0, 2))
    tabel.add_column(no_wrap=True, style="bold")
    tabel.add_column(overflow="fold")
    for nama, nilai in isi:
        if nilai:
            tabel.add_row(Text(nama), Text(bersih(nilai)))
    layar().print(tabel)
