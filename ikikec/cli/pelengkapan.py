"""``ikikec pelengkapan``: the script that lets a shell complete commands, and the answer to what that script asks."""

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer._click.core import Command, Parameter
from typer._click.shell_completion import _resolve_context, _resolve_incomplete, split_arg_string
from typer.core import TyperOption

from ikikec.bahasa import bersih
from ikikec.buku.bidang import pilih_kata
from ikikec.cli.akar import Perintah
from ikikec.cli.nilai import pembaca
from ikikec.cli.pelengkap import Usul, kata
from ikikec.cli.skrip import SKRIP

if TYPE_CHECKING:
    from ikikec.cli.akar import Akar

# Stands alone where the shell is to complete a file name.
BERKAS = Usul(":berkas")

_BANTUAN = """Cetak skrip pelengkapan untuk bash, zsh, fish, atau powershell: tombol Tab lalu melengkapi perintah,
opsi, kata pilihan, periode, jabatan, dan nomor entri. Tidak ada yang dipasang sendiri; simpan skripnya di:

\b
bash        ~/.local/share/bash-completion/completions/ikikec
            (tanpa paket bash-completion: tambahkan isinya ke ~/.bashrc)
zsh         ~/.zfunc/_ikikec, dan di ~/.zshrc:
            fpath+=~/.zfunc; autoload -Uz compinit; compinit
fish        ~/.config/fish/completions/ikikec.fish
powershell  di berkas $PROFILE, baris:
            ikikec pelengkapan powershell | Out-String | Invoke-Expression

Misalnya: ikikec pelengkapan fish > ~/.config/fish/completions/ikikec.fish; lalu buka terminal baru."""


def daftarkan(app: typer.Typer) -> None:
    """Add ``pelengkapan`` to the program."""
    app.command(
        "pelengkapan",
        cls=Perintah,
        help=_BANTUAN,
        short_help="Cetak skrip yang membuat tombol Tab melengkapi perintah di bash, zsh, fish, atau powershell.",
        epilog="ikikec pelengkapan bash",
    )(pelengkapan)


def pelengkapan(
    cangkang: Annotated[
        str,
        typer.Argument(
            parser=pembaca(lambda teks: pilih_kata(teks, tuple(SKRIP))),
            metavar="|".join(SKRIP),
            help="Nama cangkangnya.",
            show_default=False,
            autocompletion=kata(tuple(SKRIP)),
        ),
    ],
) -> None:
    """Print one shell's script."""
    print(SKRIP[cangkang], end="")


def lengkapi(akar: "Akar", kata: Sequence[str], belum: str, opsi_akar: Sequence[str] = ()) -> list[Usul]:
    """What can stand for the unfinished word ``belum`` behind the words ``kata`` of a command line.

    ``opsi_akar`` are root options that go before (a ledger already open, say). ``[BERKAS]`` means any file name. Each
    value is the whole word that replaces ``belum``.
    """
    args = [*opsi_akar, *kata]
    ctx = _resolve_context(akar, {}, "ikikec", args)
    sasaran, sisa = _resolve_incomplete(ctx, args, belum)
    if isinstance(sasaran, Parameter) and "BERKAS" in (sasaran.metavar or ""):
        return [BERKAS]
    if isinstance(sasaran, TyperOption):
        # The parser stops at an option without a value, and so before the arguments that its words may depend on.
        ctx = _resolve_context(akar, {}, "ikikec", args[:-1])
    usul = sasaran.shell_complete(ctx, sisa)
    if not usul and not sisa and isinstance(sasaran, Command):
        usul = sasaran.shell_complete(ctx, "--")
    # Of ``--kanal=ta`` only the part behind the sign was completed.
    depan = belum.removesuffix(sisa)
    return [Usul(depan + str(satu.value), satu.help or "") for satu in usul]


def jawab(akar: "Akar", cangkang: str, kata: Sequence[str]) -> None:
    """Write what a shell's script asks for: one suggestion a line. Whatever goes wrong, there is just none.

    The words before the unfinished one come as arguments, that one in IKIKEC_BELUM, since Windows PowerShell drops
    empty arguments.
    """
    belum = os.environ.get("IKIKEC_BELUM", "")
    try:
        if cangkang == "bash":
            kata, belum = _kata_bash(kata, belum)
        usul = lengkapi(akar, kata, belum)
        tulis = _BENTUK[cangkang]
        sys.stdout.write("".join(f"{satu.nilai if satu == BERKAS else tulis(satu)}\n" for satu in usul))
    except Exception:
        return


def _kata_bash(kata: Sequence[str], belum: str) -> tuple[list[str], str]:
    """Bash hands words over as typed, quotes included, and ``--kanal=ta`` in three."""
    tanpa_kutip = ["".join(split_arg_string(satu)) for satu in (*kata, belum)]
    *utuh, akhir = ("" if satu == "=" else satu for satu in tanpa_kutip)
    return [satu for satu, asal in zip(utuh, kata, strict=True) if asal != "="], akhir


def _bash(usul: Usul) -> str:
    return shlex.quote(usul.nilai)


def _zsh(usul: Usul) -> str:
    nilai = usul.nilai.replace("\\", "\\\\").replace(":", "\\:")
    return f"{nilai}:{bersih(usul.bantuan)}" if usul.bantuan else nilai


def _bertab(usul: Usul) -> str:
    return f"{usul.nilai}\t{bersih(usul.bantuan)}" if usul.bantuan else usul.nilai


_BENTUK: dict[str, Callable[[Usul], str]] = {"bash": _bash, "zsh": _zsh, "fish": _bertab, "powershell": _bertab}
