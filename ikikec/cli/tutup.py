"""``ikikec tutup`` and ``ikikec buka``: close past months once their sheets are signed, and open them again."""

from typing import Annotated

import typer

from ikikec.cli import pelengkap
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import opsi_alasan
from ikikec.cli.sesi import Sesi
from ikikec.periode import Periode, baca_periode, bulan_bulan

_PERIODE = typer.Argument(
    metavar="PERIODE",
    help="Bulan, atau beberapa bulan utuh.",
    show_default=False,
    autocompletion=pelengkap.periode,
)

# Neither act asks, since each is undone by the other; a script that answers every act with --ya is not refused.
_YA = typer.Option("--ya", hidden=True)


def daftarkan(app: typer.Typer) -> None:
    """Add both commands to the program."""
    app.command(
        "tutup",
        cls=Perintah,
        help="Tutup bulan yang sudah lewat: tanggal di dalamnya tidak dapat ditulis atau diubah lagi.",
        epilog="ikikec tutup bulan-lalu\nikikec tutup 2026-T3",
    )(tutup)
    app.command(
        "buka",
        cls=Perintah,
        help="Buka lagi bulan yang sudah ditutup.",
        epilog='ikikec buka 2026-09 --alasan "laporan desa menyusul"',
    )(buka)


def tutup(
    ctx: typer.Context,
    periode: Annotated[str, _PERIODE],
    ya: Annotated[bool, _YA] = False,
) -> None:
    """Close months."""
    from ikikec.kinerja.hitung import angka_semua

    sesi: Sesi = ctx.obj
    rentang = baca_periode(periode, sesi.hari_ini)
    _kabarkan(sesi.buku().tutup(bulan_bulan(rentang), angka_semua), "ditutup", "sudah ditutup sebelumnya", rentang)


def buka(
    ctx: typer.Context,
    periode: Annotated[str, _PERIODE],
    alasan: Annotated[str, opsi_alasan()],
    ya: Annotated[bool, _YA] = False,
) -> None:
    """Open months again."""
    sesi: Sesi = ctx.obj
    rentang = baca_periode(periode, sesi.hari_ini)
    _kabarkan(sesi.buku().buka(bulan_bulan(rentang), alasan), "dibuka lagi", "", rentang)


def _kabarkan(bulan: list[Periode], kabar: str, sudah: str, rentang: Periode) -> None:
    for satu in bulan:
        print(f"{satu.label} {kabar}")
    if not bulan:
        print(f"{rentang.label} {sudah}")
