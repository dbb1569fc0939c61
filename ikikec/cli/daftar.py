"""``ikikec daftar``: the entries of one register."""

import sys
from typing import Annotated

import typer

from ikikec.buku.register import Register
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import argumen_register, opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.periode import baca_periode

BENTUK = ("tabel", "csv", "json")


def daftarkan(app: typer.Typer) -> None:
    """Add ``daftar`` to the program."""
    app.command(
        "daftar",
        cls=Perintah,
        help="Tampilkan daftar entri satu register, semuanya atau menurut periode.",
        epilog="ikikec daftar pengaduan --periode bulan-ini\nikikec daftar survei --periode 2026-T3 -O csv",
    )(daftar)


def daftar(
    ctx: typer.Context,
    register: Annotated[Register, argumen_register()],
    periode: Annotated[str | None, typer.Option(metavar="PERIODE", help="Menurut tanggal entri.")] = None,
    keluaran: Annotated[str | None, opsi_keluaran(BENTUK)] = None,
) -> None:
    """List one register."""
    from ikikec.cli import tampil
    from ikikec.lembar.json import tulis_json

    sesi: Sesi = ctx.obj
    rentang = baca_periode(periode, sesi.hari_ini) if periode is not None else None
    with sesi.bacaan() as bacaan:
        entri = bacaan.daftar(register, rentang)
        bentuk = keluaran or ("tabel" if sys.stdout.isatty() else "csv")
        if bentuk == "csv":
            tampil.kirim(tampil.baris_csv(register, entri), None)
        elif bentuk == "json":
            print(tulis_json([tampil.entri_json(register, satu) for satu in entri]), end="")
        else:
            tampil.tabel_entri(register, entri)
