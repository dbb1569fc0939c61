"""How every command speaks: Indonesian help and usage errors, one layout for errors, one place for exit codes.

Typer vendors Click and words its help in English; the few methods overridden here are where that text is made.
"""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from typer import Abort, Exit
from typer._click.core import Command, Context
from typer._click.exceptions import UsageError
from typer._click.formatting import HelpFormatter
from typer._click.globals import get_current_context
from typer._click.shell_completion import CompletionItem
from typer._click.utils import make_default_short_help
from typer.core import TyperCommand, TyperGroup

from ikikec.bahasa import bersih, terdekat
from ikikec.cli.lipat import lipat
from ikikec.cli.malas import Malas, muat
from ikikec.cli.nilai import ringankan
from ikikec.cli.perintah import PERINTAH
from ikikec.cli.sinyal import Diakhiri
from ikikec.galat import BerkasTakTertulis, Galat, SalahPakai, Terputus, sebab

_ISTILAH_BANTUAN = (("[required]", "[wajib]"), ("[default: ", "[bawaan: "), ("[env var: ", "[variabel: "))


class _Wajah(Command):
    """Help in Indonesian, and a way on after every usage error, for commands and groups alike."""

    def __init__(self, *args: Any, **isi: Any) -> None:
        super().__init__(*args, **isi)
        ringankan(self.params)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the command line; an error of it knows which command's help to point to."""
        try:
            return super().parse_args(ctx, args)
        except UsageError as galat:
            galat.ctx = galat.ctx or ctx
            raise

    def invoke(self, ctx: Context) -> Any:
        """Run the command; a usage error it raises without a hint points to its help."""
        try:
            return super().invoke(ctx)
        except SalahPakai as galat:
            galat.saran = galat.saran or _bantuan(ctx)
            raise

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace("[OPTIONS]", "[OPSI]")
        formatter.write_usage(ctx.command_path, pieces.replace("{", "").replace("}", ""), "Pemakaian: ")

    def get_help_option(self, ctx: Context) -> Any:
        """The ``--help`` option with an Indonesian text."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
            ringankan([option])
        return option

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write arguments, options and, for a group, its commands."""
        records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                # An argument's record ends with the name of its Python type, which says nothing to a clerk.
                records[param.param_type_name].append((record[0].partition(" <")[0], _indonesia(record[1])))
        for judul, isi in (("Argumen", records["argument"]), ("Opsi", records["option"])):
            if isi:
                with formatter.section(judul):
                    formatter.write_dl(isi)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the example, its lines kept as they are."""
        if self.epilog:
            with formatter.section("Contoh"):
                for baris in self.epilog.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{baris}\n")


class Perintah(_Wajah, TyperCommand):
    """A command. A yes/no field may be given as ``--anonim`` or as ``--anonim ya``."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Give a bare yes/no option the value it stands for."""
        saklar = {opsi for param in self.params if param.metavar == YA_TIDAK for opsi in param.opts}
        lengkap: list[str] = []
        for letak, argumen in enumerate(args):
            lengkap.append(argumen)
            if argumen in saklar and (letak + 1 == len(args) or args[letak + 1].startswith("-")):
                lengkap.append("ya")
        return super().parse_args(ctx, lengkap)


YA_TIDAK = "[ya|tidak]"


class Kelompok(_Wajah, TyperGroup):
    """A group of commands."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of the commands, none of which is loaded for that."""
        return list(self.commands)

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write options, then the commands."""
        super().format_options(ctx, formatter)
        ringkasan = ((nama, self.ringkasan(nama, 60)) for nama in self.list_commands(ctx))
        with formatter.section("Perintah"):
            formatter.write_dl([(nama, ringkas) for nama, ringkas in ringkasan if ringkas is not None])

    def ringkasan(self, nama: str, lebar: int) -> str | None:
        """What is said of a command in about ``lebar`` letters; None where it is hidden."""
        satu = self.commands[nama]
        return None if satu.hidden else satu.get_short_help_str(lebar)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """The commands and options that begin so, the commands with their help at length."""
        cocok = ((nama, self.ringkasan(nama, 100)) for nama in self.list_commands(ctx) if nama.startswith(incomplete))
        perintah = [CompletionItem(nama, help=ringkas) for nama, ringkas in cocok if ringkas is not None]
        return perintah + super(TyperGroup, self).shell_complete(ctx, incomplete)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        """Find the command, or name the nearest one."""
        nama = args[0]
        if nama not in self.commands and not ctx.resilient_parsing:
            raise UsageError(f"perintah {nama!r} tidak dikenal{terdekat(nama, self.commands)}", ctx)
        return super().resolve_command(ctx, args)


class Akar(Kelompok):
    """The whole program: the one place where an error becomes text and an exit code."""

    def __init__(self, **isi: Any) -> None:
        commands = Malas(PERINTAH, lambda nama: muat(nama, PERINTAH[nama].modul))
        super().__init__(**{**isi, "commands": commands})

    def ringkasan(self, nama: str, lebar: int) -> str | None:
        """What is said of a command; none is loaded for that."""
        satu = PERINTAH[nama]
        if satu.tersembunyi:
            return None
        return satu.ringkas if satu.utuh else make_default_short_help(satu.ringkas, lebar)

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
        cangkang = os.environ.get("IKIKEC_LENGKAPI")
        kode = self._lengkapi(cangkang, kata) if cangkang else self.jalankan(kata, prog_name or "ikikec", **extra)
        if standalone_mode:
            sys.exit(kode)
        return kode

    def _lengkapi(self, cangkang: str, kata: list[str]) -> int:
        """Answer a shell that is completing a command line."""
        from ikikec.cli.pelengkapan import jawab

        jawab(self, cangkang, kata)
        return _siram(0)

    def jalankan(self, args: list[str], nama: str, **extra: Any) -> int:
        """Run one command line and return its exit code; nothing escapes but the end of the whole run at the desk."""
        try:
            with self.make_context(nama, args, **extra) as ctx:
                self.invoke(ctx)
            sys.stdout.flush()
        except Exit as selesai:
            return _siram(selesai.exit_code)
        except (KeyboardInterrupt, EOFError, Abort) as sebabnya:
            if isinstance(sebabnya, Diakhiri) and get_current_context(silent=True) is not None:
                # A command of the desk: not it alone ends.
                raise
            _siram(0)
            return tampilkan_galat(Terputus("dihentikan"))
        except UsageError as galat:
            return tampilkan_galat(_salah_pakai(galat))
        except Galat as galat:
            return tampilkan_galat(galat)
        except OSError as galat:
            return _aliran_putus(galat)
        except Exception as galat:
            return tampilkan_galat(_tak_terduga(galat))
        return 0


def siapkan_aliran() -> None:
    """Make stdout and stderr fit for any letter and for being closed.

    A letter the terminal's encoding lacks shows as ``?``; files and pipes are UTF-8 whatever the locale. What goes to
    a stream that was closed before the start goes nowhere, never to the other one.
    """
    sys.stdout = _siapkan(sys.stdout)
    sys.stderr = _siapkan(sys.stderr)


def _siapkan(aliran: Any) -> Any:
    if aliran is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    reconfigure = getattr(aliran, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace", encoding=None if aliran.isatty() else "utf-8")
    return aliran


def tampilkan_galat(galat: Galat) -> int:
    """Write an error to stderr in the layout all errors have; returns its exit code."""
    pokok, *rinci = galat.baris()
    baris = [f"Galat: {bersih(pokok)}", *(f"  {bersih(satu)}" for satu in rinci)]
    try:
        print("\n".join(lipat(satu, sys.stderr, "  ") for satu in baris), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _buang(sys.stderr)
    return galat.kode


def _siram(kode: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as galat:
        return _aliran_putus(galat)
    return kode


def _aliran_putus(galat: OSError) -> int:
    """The reader of a pipe that goes away is no error; anything else about a stream or file is told."""
    if galat.errno == errno.EPIPE:
        _buang(sys.stdout)
        return 0
    if galat.filename is None:
        _buang(sys.stdout)
        pesan = f"hasil tidak dapat ditulis ke keluaran: {sebab(galat)}"
        return tampilkan_galat(BerkasTakTertulis(pesan, "Yang sudah tercatat tetap tercatat; jangan diulang."))
    return tampilkan_galat(BerkasTakTertulis(f"berkas {galat.filename} tidak dapat dipakai: {sebab(galat)}"))


def _buang(aliran: Any) -> None:
    """Send what is still in the stream's buffer nowhere, so that the interpreter's exit does not complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), aliran.fileno())
    except (OSError, ValueError, AttributeError):
        return


def _tak_terduga(galat: Exception) -> Galat:
    """A fault of ours. Its text may hold what the clerk typed, so only its kind and place are told."""
    if os.environ.get("IKIKEC_LACAK"):
        raise galat
    jejak = galat.__traceback__
    while jejak is not None and jejak.tb_next is not None:
        jejak = jejak.tb_next
    tempat = f"{PurePath(jejak.tb_frame.f_code.co_filename).name}:{jejak.tb_lineno}" if jejak else "?"
    return Galat(
        f"kesalahan di dalam program ({type(galat).__name__} di {tempat})",
        "Ini bukan salah Anda. Ulangi dengan IKIKEC_LACAK=1 dan kirim hasilnya kepada pengembang.",
    )


def _salah_pakai(galat: UsageError) -> SalahPakai:
    from ikikec.cli.salah_pakai import arti

    return SalahPakai(arti(galat), _bantuan(galat.ctx) if galat.ctx else "")


def _bantuan(ctx: Context) -> str:
    return f"Bantuan: {ctx.command_path} --help"


def _indonesia(bantuan: str) -> str:
    for asing, kita in _ISTILAH_BANTUAN:
        bantuan = bantuan.replace(asing, kita)
    return bantuan
