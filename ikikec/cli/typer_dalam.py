"""What ikikec takes from inside Typer, and the only module that does: whatever a new release moves breaks here.

Typer vendors Click and words it in English, reads values with pydantic (60 ms of a usage error or a press of Tab) and
makes every command before one is run. Here stand the Indonesian help, the light reading of values, commands that are
made when asked for, and what completes lines. ``tests/cli/test_typer_dalam.py`` names each thing it relies on.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from inspect import Parameter as Isian
from inspect import Signature, signature
from itertools import pairwise
from typing import Any, NamedTuple

import typer
from typer import BadParameter
from typer._click.core import Command, Context, Parameter
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer._click.formatting import HelpFormatter
from typer._click.globals import get_current_context
from typer._click.shell_completion import (
    CompletionItem,
    _resolve_context,
    _resolve_incomplete,
    split_arg_string,
)
from typer._coercion import RuntimeParam
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command, get_group

from ikikec.bahasa import rapi, terdekat
from ikikec.galat import NilaiSalah, SalahPakai

__all__ = ["CompletionItem", "Context", "UsageError", "get_current_context", "split_arg_string"]

Fungsi = Callable[..., Any]
_ISTILAH_BANTUAN = (("[required]", "[wajib]"), ("[default: ", "[bawaan: "), ("[env var: ", "[variabel: "))
YA_TIDAK = "[ya|tidak]"


def pembaca(baca: Callable[[str], Any]) -> Callable[[str], Any]:
    """``baca`` for Typer: a value it refuses becomes a usage error of the option it stands behind."""

    def parse(teks: str) -> Any:
        try:
            return baca(teks)
        except NilaiSalah as galat:
            raise BadParameter(galat.pesan) from None

    return parse


@dataclass(frozen=True)
class _Ringan(RuntimeParam):
    """A value as it is taken in, read by the option's own parser; a switch, or a file's name, stays as it is."""

    def _coerce_value(self, value: Any, param: Any, ctx: Context) -> Any:
        baca = self.parameter_info.parser or (lambda teks: teks)
        rapikan = str if berkas_disebut(param) else rapi

        def satu(teks: Any) -> Any:
            return baca(rapikan(teks) if isinstance(teks, str) else teks)

        return list(map(satu, value)) if isinstance(value, list | tuple) else satu(value)


def berkas_disebut(param: Any) -> bool:
    """Whether a parameter names a file or a folder."""
    return any(kata in (param.metavar or "") for kata in ("BERKAS", "FOLDER"))


def _ringankan(params: Iterable[Any]) -> None:
    """Have every option and argument that has a parser, or is a text or a switch, read without pydantic."""
    for param in params:
        bentuk = param.type_descriptor
        if bentuk.parameter_info.parser or bentuk.annotation in (str, bool):
            param._runtime_param = _Ringan(bentuk.parameter_info, bentuk.annotation)


class _Wajah(Command):
    """Help in Indonesian, and a way on after every usage error, for commands and groups alike."""

    def __init__(self, *args: Any, **isi: Any) -> None:
        super().__init__(*args, **isi)
        _ringankan(self.params)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the command line; an error of it knows which command's help to point to."""
        try:
            if ctx.resilient_parsing:
                return super().parse_args(ctx, args)
            _tolak_tempelan({opsi for param in self.params for opsi in param.opts}, args)
            _tolak_tanpa_nilai(self.params, args)
            nilai, _, urutan = self.make_parser(ctx).parse_args(list(args))
            _tolak_kosong(nilai, urutan, PENGHAPUS.get(self.name or "", ()))
            sisa = super().parse_args(ctx, args)
            _tolak_variabel_kosong(self.params)
        except UsageError as galat:
            galat.ctx = galat.ctx or ctx
            raise
        return sisa

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
            _ringankan([option])
        return option

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write arguments and options."""
        for judul, jenis in (("Argumen", "argument"), ("Opsi", "option")):
            params = [param for param in self.get_params(ctx) if param.param_type_name == jenis]
            isi = [baris for param in params if (baris := param.get_help_record(ctx)) is not None]
            if isi:
                with formatter.section(judul):
                    # An argument's name ends with that of its Python type, which says nothing to a clerk.
                    formatter.write_dl([(nama.partition(" <")[0], _indonesia(arti)) for nama, arti in isi])

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the example, its lines kept as they are."""
        if self.epilog:
            with formatter.section("Contoh"):
                for baris in self.epilog.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{baris}\n")


# Word processors and phones make one dash of two hyphens, and quotes that no shell takes for quotes.
_GARIS = re.compile("[‐-―−]{1,2}([a-z][a-z-]*)(?:=|$)")
_KUTIP = re.compile("[“”„][^\\s“”]*")


def _tolak_tempelan(opsi: set[str], args: Sequence[str]) -> None:
    """Raise UsageError for a word that was pasted: an option behind a dash, or a quote that did not quote."""
    for satu in args:
        garis = _GARIS.match(satu)
        if garis and f"--{garis[1]}" in opsi:
            raise UsageError(f"{satu}: tanda hubungnya bukan dari papan ketik; ketik --{garis[1]}")
        if _KUTIP.fullmatch(satu):
            raise UsageError(f"{satu}: tanda kutipnya bukan dari papan ketik; ketik ulang dengan \"…\" atau '…'")


def _tolak_tanpa_nilai(params: Sequence[Any], args: Sequence[str]) -> None:
    """Raise UsageError for an option that the next option follows at once, where its value should be."""
    semua = {opsi: param for param in params for opsi in param.opts if opsi.startswith("--")}
    baris = args[: args.index("--")] if "--" in args else args
    for satu, berikut in pairwise(baris):
        param = semua.get(satu)
        if param is not None and not param.is_flag and param.metavar != YA_TIDAK and berikut in semua:
            raise UsageError(f"opsi {satu} belum berisi; sesudahnya langsung {berikut}")


_KENDALI = re.compile("[\x00-\x1f\x7f-\x9f]")
# Bytes that are no letters: no ledger, file or answer could take them.
_RUSAK = re.compile("[\ud800-\udfff]")

# The commands that clear by an empty value, and what they call such a value.
PENGHAPUS = {"koreksi": ("NILAI", YA_TIDAK), "tetapkan": ("NILAI",)}
# A script whose variable failed must not write into another ledger or on another day.
_VARIABEL_TERISI = ("IKIKEC_BUKU", "IKIKEC_HARI_INI")


def _tolak_kosong(nilai: Mapping[str, Any], urutan: Sequence[Any], boleh: Sequence[str]) -> None:
    """Raise UsageError for what stands on the command line empty or blank, and for an option that stands there twice.

    Empty is never "not given": a script's variable may have failed. ``boleh``: the metavars of what may be.
    """
    for param in urutan:
        opsi = isinstance(param, TyperOption)
        sebutan = f"opsi {param.opts[-1]}" if opsi else f"argumen {param.metavar or param.name}"
        semua = nilai[param.name] if isinstance(nilai[param.name], list | tuple) else [nilai[param.name]]
        teks = [satu for satu in semua if isinstance(satu, str)]
        if param.metavar not in boleh and not all(map(str.strip, teks)):
            raise UsageError(f"{sebutan}: tidak boleh kosong")
        if not berkas_disebut(param) and any(map(_RUSAK.search, teks)):
            raise UsageError(f"{sebutan}: memuat huruf yang rusak (bukan UTF-8); tulis ulang")
        if berkas_disebut(param) and any(map(_KENDALI.search, teks)):
            raise UsageError(f"{sebutan}: nama berkas memuat huruf kendali; ganti namanya dulu")
        if opsi and not param.multiple and urutan.count(param) > 1:
            raise UsageError(f"{sebutan} ditulis lebih dari sekali; tulis sekali saja")


def _tolak_variabel_kosong(params: Iterable[Any]) -> None:
    for param in params:
        if param.envvar in _VARIABEL_TERISI and not os.environ.get(param.envvar, "isi").strip():
            raise UsageError(f"variabel lingkungan {param.envvar} kosong; isi, atau hapus")


def _indonesia(bantuan: str) -> str:
    for asing, kita in _ISTILAH_BANTUAN:
        bantuan = bantuan.replace(asing, kita)
    return bantuan


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


class Perkenalan(NamedTuple):
    """All that is known of a command before it is loaded.

    ``tempat``: its function, ``module:function`` of ``ikikec.cli``; with ``()`` behind it what makes the function of
    the command's name; blank for a group that does nothing by itself. A first parameter ``sesi`` is the session.
    ``ringkas`` is the first sentence of its help and what lists say of it, ``lanjut`` the rest. ``bagian``: the
    heading it stands under. ``harian``: also shown by the program alone. ``tersembunyi``: help and completion keep
    silent about it.
    """

    tempat: str
    ringkas: str
    contoh: str
    lanjut: str = ""
    bagian: str = "Perintah"
    harian: bool = False
    tersembunyi: bool = False


class Malas(Mapping[str, Command]):
    """The commands of a group by name, each made when it is first looked up: help needs their names alone.

    ``tabel`` holds all commands of the program; those of the group ``induk`` are called ``induk nama`` there.
    """

    def __init__(self, tabel: Mapping[str, Perkenalan], induk: str = "") -> None:
        self._tabel, self._depan = tabel, f"{induk} " if induk else ""
        milik = (nama.removeprefix(self._depan) for nama in tabel if nama.startswith(self._depan))
        self.kenal = {nama: tabel[self._depan + nama] for nama in milik if " " not in nama}
        self._jadi: dict[str, Command] = {}

    def __getitem__(self, nama: str) -> Command:
        if nama not in self.kenal:
            raise KeyError(nama)
        if nama not in self._jadi:
            self._jadi[nama] = _susun(self._tabel, self._depan + nama)
        return self._jadi[nama]

    def __contains__(self, nama: object) -> bool:
        return nama in self.kenal

    def __iter__(self) -> Iterator[str]:
        return iter(self.kenal)

    def __len__(self) -> int:
        return len(self.kenal)


def _susun(tabel: Mapping[str, Perkenalan], jalur: str) -> Command:
    """Load what a command of the table needs and make it, or the group of commands that it is."""
    satu, nama = tabel[jalur], jalur.rpartition(" ")[2]
    fungsi = _fungsi(satu.tempat, nama) if satu.tempat else None
    isi: dict[str, Any] = {"help": f"{satu.ringkas} {satu.lanjut}".strip(), "epilog": satu.contoh}
    bawahan = Malas(tabel, jalur)
    if not bawahan:
        wadah = typer.Typer(add_completion=False, rich_markup_mode=None)
        wadah.command(nama, cls=Perintah, hidden=satu.tersembunyi, **isi)(fungsi or (lambda: None))
        return get_command(wadah)
    wadah = typer.Typer(
        name=nama,
        cls=KelompokPerintah,
        callback=fungsi,
        invoke_without_command=fungsi is not None,
        no_args_is_help=False,
        subcommand_metavar="[PERINTAH …]" if fungsi else "PERINTAH …",
        rich_markup_mode=None,
        **isi,
    )
    kelompok = get_group(wadah)
    kelompok.commands = bawahan  # type: ignore[assignment]
    return kelompok


def _fungsi(tempat: str, nama: str) -> Fungsi:
    modul, _, fungsi = tempat.partition(":")
    ada: Fungsi = getattr(import_module(f"ikikec.cli.{modul}"), fungsi.removesuffix("()"))
    return _untuk_typer(ada(nama) if fungsi.endswith("()") else ada)


def terurai(**bagian: Callable[[], Sequence[Isian]]) -> Callable[[Fungsi], Fungsi]:
    """Let a parameter of a command, one behind its ``*``, stand for several, whose values it gets by their names.

    They are made only where the command is run.
    """

    def hias(fungsi: Fungsi) -> Fungsi:
        fungsi.bagian = bagian  # type: ignore[attr-defined]
        return fungsi

    return hias


def _untuk_typer(fungsi: Fungsi) -> Fungsi:
    """What Typer is given for a command: the session comes from the context, the rest as ``terurai`` says."""
    bagian = {nama: buat() for nama, buat in getattr(fungsi, "bagian", {}).items()}
    sesi, *lain = signature(fungsi).parameters.values()
    if sesi.name != "sesi":
        return fungsi

    def perintah(ctx: Context, **isi: Any) -> Any:
        kumpulan = {nama: {satu.name: isi.pop(satu.name) for satu in semua} for nama, semua in bagian.items()}
        return fungsi(ctx.obj, **isi, **kumpulan)

    ctx = Isian("ctx", Isian.KEYWORD_ONLY, annotation=typer.Context)
    urut = [ctx, *(satu for param in lain for satu in bagian.get(param.name, [param]))]
    perintah.__signature__ = Signature([satu.replace(kind=Isian.KEYWORD_ONLY) for satu in urut])  # type: ignore[attr-defined]
    return perintah


class KelompokPerintah(_Wajah, TyperGroup):
    """A group of commands."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of the commands, none of which is loaded for that."""
        return list(self.commands)

    @property
    def kenal(self) -> Mapping[str, Perkenalan]:
        """What is known of the commands that may be seen."""
        semua = self.commands.kenal if isinstance(self.commands, Malas) else {}
        return {nama: satu for nama, satu in semua.items() if not satu.tersembunyi}

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write options, then the commands."""
        super().format_options(ctx, formatter)
        tulis_kelompok(formatter, self.kenal, sela="\n")

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """The commands and options that begin so, the commands with what they do."""
        cocok = [
            CompletionItem(nama, help=satu.ringkas)
            for nama, satu in self.kenal.items()
            if nama.startswith(incomplete)
        ]
        return cocok + super(TyperGroup, self).shell_complete(ctx, incomplete)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        """Find the command, or name the nearest one."""
        nama = args[0]
        if nama not in self.commands and not ctx.resilient_parsing:
            raise UsageError(f"perintah {nama!r} tidak dikenal{terdekat(nama, self.commands)}", ctx)
        return super().resolve_command(ctx, args)


def tulis_kelompok(formatter: HelpFormatter, kenal: Mapping[str, Perkenalan], sela: str = "") -> None:
    """Write commands under their headings, one line each, however wide; ``sela`` goes before each heading."""
    lebar = max(map(len, kenal), default=0) + 2
    for bagian in dict.fromkeys(satu.bagian for satu in kenal.values()):
        formatter.write(f"{sela}{bagian}:\n")
        for nama, satu in kenal.items():
            if satu.bagian == bagian:
                formatter.write(f"  {nama:<{lebar}}{satu.ringkas}\n")


def salah_pakai(galat: UsageError) -> SalahPakai:
    """A usage error of Typer as one of ours, with the way to the command's help."""
    return SalahPakai(_arti(galat), _bantuan(galat.ctx) if galat.ctx else "")


def _bantuan(ctx: Context) -> str:
    return f"Bantuan: {ctx.command_path} --help"


_BERLEBIH = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


def _arti(galat: UsageError) -> str:
    """What a usage error means to whoever typed the line."""
    if isinstance(galat, MissingParameter):
        return f"{_sebut(galat)} wajib diisi"
    if isinstance(galat, BadParameter):
        return f"{_sebut(galat)}: {galat.message}" if galat.param or galat.param_hint else galat.message
    if isinstance(galat, NoSuchOption):
        akar = galat.ctx.find_root().command.params if galat.ctx else []
        if any(galat.option_name in param.opts for param in akar):
            return f"opsi {galat.option_name} ditulis sebelum perintahnya: ikikec {galat.option_name} …"
        if re.fullmatch(r"-[\d.,]+", galat.option_name):
            return f"bilangan negatif tidak dipakai di sini: {galat.option_name}"
        mirip = f"; maksudnya {galat.possibilities[0]}?" if galat.possibilities else ""
        return f"opsi {galat.option_name} tidak dikenal{mirip}"
    if isinstance(galat, BadOptionUsage):
        saklar = "does not take a value" in galat.message
        return f"opsi {galat.option_name} {'tidak memakai nilai' if saklar else 'memerlukan nilai'}"
    if galat.message == "Missing command.":
        return "perintah belum ditulis"
    berlebih = _BERLEBIH.fullmatch(galat.message)
    return f"argumen berlebih: {berlebih[1]}" if berlebih else galat.message


def _sebut(galat: BadParameter) -> str:
    if galat.param is None:
        return str(galat.param_hint)
    if galat.param.param_type_name == "argument":
        return f"argumen {galat.param.metavar or galat.param.name}"
    return f"opsi {galat.param.opts[0]}"


def lengkapi(akar: Command, kata: Sequence[str], belum: str, opsi_akar: Sequence[str] = ()) -> list[CompletionItem]:
    """What can stand for the unfinished word ``belum`` behind the words ``kata`` of a command line.

    ``opsi_akar`` are root options that go before (a ledger already open, say). An item of type ``file`` stands for
    any file name. Each value is the whole word that replaces ``belum``.
    """
    args = [*opsi_akar, *kata]
    ctx = _resolve_context(akar, {}, "ikikec", args)
    sasaran, sisa = _resolve_incomplete(ctx, args, belum)
    if isinstance(sasaran, Parameter) and berkas_disebut(sasaran):
        return [CompletionItem(belum, type="file")]
    if isinstance(sasaran, TyperOption):
        # The parser stops at an option without a value, and so before the arguments that its words may depend on.
        ctx = _resolve_context(akar, {}, "ikikec", args[:-1])
    usul = sasaran.shell_complete(ctx, sisa)
    if not usul and not sisa and isinstance(sasaran, Command):
        usul = sasaran.shell_complete(ctx, "--")
    # Of ``--kanal=ta`` only the part behind the sign was completed.
    depan = belum.removesuffix(sisa)
    return [CompletionItem(depan + str(satu.value), help=satu.help) for satu in usul]
