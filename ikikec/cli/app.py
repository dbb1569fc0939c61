"""The program: its root options, and the one place where an error becomes text and an exit code.

Importing it loads no command.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Annotated, Any

import typer

from ikikec import __version__
from ikikec.cli.aliran import (
    Diakhiri,
    aliran_putus,
    konsol_sendiri,
    siapkan_aliran,
    siram,
    tahan_jendela,
    tak_terduga,
    tampilkan_galat,
)
from ikikec.cli.perintah import PERINTAH
from ikikec.cli.typer_dalam import (
    KelompokPerintah,
    Malas,
    UsageError,
    get_current_context,
    pembaca,
    salah_pakai,
    tulis_kelompok,
)
from ikikec.galat import Galat, Terputus
from ikikec.tanggal import baca_tanggal


class Akar(KelompokPerintah):
    """The whole program."""

    def __init__(self, **isi: Any) -> None:
        super().__init__(**{**isi, "commands": Malas(PERINTAH)})

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run one command line; ends the process with its exit code, or returns it in non-standalone mode."""
        siapkan_aliran()
        kata = list(sys.argv[1:] if args is None else args)
        sendiri = args is None and not kata and konsol_sendiri()
        if sendiri:
            kata = ["meja"]
        cangkang = os.environ.get("IKIKEC_LENGKAPI")
        kode = self._lengkapi(cangkang, kata) if cangkang else self.jalankan(kata, prog_name or "ikikec", **extra)
        if sendiri and kode:
            tahan_jendela()
        if standalone_mode:
            sys.exit(kode)
        return kode

    def _lengkapi(self, cangkang: str, kata: list[str]) -> int:
        """Answer a shell that is completing a command line. Whatever goes wrong, there is just no suggestion."""
        from ikikec.cli.lengkapi import jawab

        # Not an argument, since Windows PowerShell drops empty ones.
        belum = os.environ.get("IKIKEC_BELUM", "")
        with suppress(Exception):
            sys.stdout.write("".join(f"{baris}\n" for baris in jawab(self, cangkang, kata, belum)))
        return siram(0)

    def jalankan(self, args: list[str], nama: str, **extra: Any) -> int:
        """Run one command line and return its exit code; nothing escapes but the end of the whole run at the desk."""
        try:
            with self.make_context(nama, args, **extra) as ctx:
                self.invoke(ctx)
            sys.stdout.flush()
        except typer.Exit as selesai:
            return siram(selesai.exit_code)
        except (KeyboardInterrupt, EOFError, typer.Abort) as sebabnya:
            if isinstance(sebabnya, Diakhiri) and get_current_context(silent=True) is not None:
                # A command of the desk: not it alone ends.
                raise
            siram(0)
            return tampilkan_galat(Terputus("dihentikan"))
        except UsageError as galat:
            return tampilkan_galat(salah_pakai(galat))
        except Galat as galat:
            return tampilkan_galat(galat)
        except OSError as galat:
            return aliran_putus(galat)
        except Exception as galat:
            return tampilkan_galat(tak_terduga(galat))
        return 0

    def sambutan(self, ctx: typer.Context) -> str:
        """The daily commands on one small screen."""
        formatter = ctx.make_formatter()
        self.format_usage(ctx, formatter)
        formatter.write("\n")
        tulis_kelompok(formatter, {nama: satu for nama, satu in self.kenal.items() if satu.harian})
        formatter.write("\nSemua perintah: ikikec --help. Satu perintah: ikikec catat --help")
        return formatter.getvalue()


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
        assert isinstance(ctx.command, Akar)
        print(ctx.command.sambutan(ctx))
