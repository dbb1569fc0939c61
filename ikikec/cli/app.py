"""The program: its root options. Importing it loads no command."""

from datetime import date
from typing import Annotated

import typer

from ikikec import __version__
from ikikec.cli.akar import Akar
from ikikec.cli.nilai import pembaca
from ikikec.tanggal import baca_tanggal

app = typer.Typer(
    cls=Akar,
    name="ikikec",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    subcommand_metavar="PERINTAH …",
)


def _versi(ctx: typer.Context, minta: bool) -> None:
    if minta and not ctx.resilient_parsing:
        print(f"ikikec {__version__}")
        raise typer.Exit


@app.callback(
    help="Buku pencatatan pelayanan kecamatan dan penghitung Indikator Kinerja Individu.",
    epilog='ikikec catat pengaduan --pelapor "Siti" --uraian "Lampu jalan padam"\nikikec laporan --jabatan kasi-pip',
)
def akar(
    ctx: typer.Context,
    buku: Annotated[
        str | None,
        typer.Option("--buku", envvar="IKIKEC_BUKU", metavar="BERKAS", help="Berkas buku.", show_default=False),
    ] = None,
    konfig: Annotated[
        str | None,
        typer.Option("--konfig", envvar="IKIKEC_KONFIG", metavar="BERKAS", help="Berkas konfigurasi (TOML)."),
    ] = None,
    petugas: Annotated[
        str | None,
        typer.Option("--petugas", envvar="IKIKEC_PETUGAS", metavar="NAMA", help="Nama petugas yang mencatat."),
    ] = None,
    hari_ini: Annotated[
        date | None,
        typer.Option(
            "--hari-ini",
            envvar="IKIKEC_HARI_INI",
            parser=pembaca(baca_tanggal),
            metavar="TANGGAL",
            help="Anggap hari ini tanggal itu (TAHUN-BULAN-HARI).",
            show_default=False,
        ),
    ] = None,
    hening: Annotated[bool, typer.Option("-q", "--hening", help="Hanya hasil dan galat, tanpa keterangan.")] = False,
    boleh_migrasi: Annotated[
        bool,
        typer.Option("--boleh-migrasi", help="Buku berskema lama boleh dimutakhirkan, walau tidak di terminal."),
    ] = False,
    versi: Annotated[
        bool, typer.Option("--version", "--versi", callback=_versi, is_eager=True, help="Tampilkan versi program.")
    ] = False,
) -> None:
    """Keep the root options for the command that follows."""
    from ikikec.cli.sesi import Sesi

    # A desk hands in which ledger it was opened with.
    ctx.obj = Sesi(buku, konfig, petugas, hari_ini, hening, boleh_migrasi, ctx.obj)
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())
