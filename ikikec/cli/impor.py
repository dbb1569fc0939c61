"""``ikikec impor``: a register from a CSV file, all of it or nothing."""

from typing import Annotated

import typer

from ikikec.bahasa import angka
from ikikec.buku.register import Register
from ikikec.cli.akar import Perintah
from ikikec.cli.kemajuan import hitung_baris
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
    with hitung_baris("membaca", sesi.hening) as terbaca:
        hasil = baca_csv(jalur(berkas), register, terbaca)
    with hitung_baris("mencatat", sesi.hening) as tercatat:
        jumlah = sesi.buku().impor(register, hasil.baris, cacat=hasil.cacat, uji=uji, kemajuan=tercatat)
    akibat = "siap diimpor; tidak ada yang dicatat (--uji)" if uji else f"tercatat di register {register.slug}"
    print(f"{angka(jumlah)} entri {akibat}")
