"""``ikikec impor``: a register from a CSV file, all of it or nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from ikikec.bahasa import angka
from ikikec.buku.register import Register
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import argumen_register
from ikikec.cli.sesi import Sesi, jalur


def daftarkan(app: typer.Typer) -> None:
    """Add ``impor`` to the program."""
    app.command(
        "impor",
        cls=Perintah,
        help="Masukkan isi berkas CSV ke satu register: semuanya, atau tidak sama sekali.",
        epilog="ikikec impor survei survei-oktober.csv --uji\nikikec impor survei survei-oktober.csv",
    )(impor)


def impor(
    ctx: typer.Context,
    register: Annotated[Register, argumen_register()],
    berkas: Annotated[str, typer.Argument(metavar="BERKAS", help="Berkas CSV (UTF-8).", show_default=False)],
    uji: Annotated[bool, typer.Option("--uji", help="Periksa saja; tidak ada yang dicatat.")] = False,
) -> None:
    """Import one file."""
    from ikikec.tukar.csv_masuk import baca_csv

    sesi: Sesi = ctx.obj
    with _kemajuan("membaca") as terbaca:
        hasil = baca_csv(jalur(berkas), register, terbaca)
    with _kemajuan("mencatat") as tercatat:
        jumlah = sesi.buku().impor(register, hasil.baris, cacat=hasil.cacat, uji=uji, kemajuan=tercatat)
    akibat = "siap diimpor; tidak ada yang dicatat (--uji)" if uji else f"tercatat di register {register.slug}"
    print(f"{angka(jumlah)} entri {akibat}")


@contextmanager
def _kemajuan(kata: str) -> Iterator[Callable[[int], None]]:
    """A counter on stderr that shows a long import is alive; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _jumlah: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    kolom = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed} baris"),
        TimeElapsedColumn(),
    )
    with Progress(*kolom, console=Console(stderr=True), transient=True) as kemajuan:
        tugas = kemajuan.add_task(kata, total=None)
        yield lambda jumlah: kemajuan.advance(tugas, jumlah)
