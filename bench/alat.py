"""The programs ikikec is measured beside, and the bare Typer program."""

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from bench.data import KERJA, kabar
from bench.ukur import Perintah

# Installed from PyPI into an environment of their own; what else a benchmark needs is the system's.
PYPI = ("sqlite-utils", "jrnl")
_LINGKUNGAN = KERJA / "venv"


def program(nama: str, *args: str, masukan: Path | None = None) -> Perintah:
    """A command of one of the programs from PyPI, installed where it is missing."""
    letak = _LINGKUNGAN / "bin" / nama
    if not letak.exists():
        kabar(f"installing {', '.join(PYPI)}")
        venv.create(_LINGKUNGAN, with_pip=True)
        pip = (str(_LINGKUNGAN / "bin" / "python"), "-m", "pip", "install", "-qq")
        subprocess.run((*pip, "--disable-pip-version-check", *PYPI), check=True)
    perintah = Perintah((str(letak), *args))
    return Perintah(perintah.kata, masukan=masukan) if masukan else perintah


def jrnl(folder: Path, teks: str) -> Perintah:
    """One more entry in a plain journal of its own."""
    konfig = folder / "jrnl.yaml"
    konfig.write_text(
        "colors: {body: none, date: none, tags: none, title: none}\n"
        "default_hour: 9\ndefault_minute: 0\neditor: ''\nencrypt: false\nhighlight: false\n"
        f"indent_character: '|'\njournals: {{default: {{journal: '{folder / 'jrnl.txt'}'}}}}\n"
        "linewrap: 79\ntagsymbols: '@'\ntemplate: false\ntimeformat: '%F %r'\ndisplay_format: pretty\nversion: v4\n"
    )
    return program("jrnl", "--config-file", str(konfig), teks)


def typer_polos(folder: Path, perintah: int, catat: Sequence[str], opsi: Sequence[str], *, rich: bool) -> Path:
    """A bare Typer program with as many commands, and a ``catat pengaduan`` with as many options.

    ``rich``: as Typer makes it, its errors drawn by Rich; otherwise in plain text, as ikikec's are.
    """
    polos = "" if rich else "rich_markup_mode=None, pretty_exceptions_enable=False"
    isian = ", ".join(f"{satu.lstrip('-').replace('-', '_')}: str = ''" for satu in opsi if len(satu) > 2)
    baris = ["import typer", f"app = typer.Typer({polos})", f"catat = typer.Typer({polos})"]
    for nama in catat:
        tanda = isian if nama == "pengaduan" else ""
        baris.append(f"@catat.command('{nama}')\ndef catat_{nama.replace('-', '_')}({tanda}): pass")
    baris += [f"@app.command()\ndef perintah{urut}(): pass" for urut in range(perintah - len(catat))]
    berkas = folder / f"polos_{'rich' if rich else 'teks'}.py"
    berkas.write_text("\n".join([*baris, "app.add_typer(catat, name='catat')", ""]))
    return berkas


def jalankan_polos(berkas: Path, *args: str, lengkapi: tuple[str, ...] = (), kode: int = 0) -> Perintah:
    """Run the bare program; with ``lengkapi`` as bash does at the Tab key, the last of these words unfinished."""
    kata = (
        f"import sys; sys.path.insert(0, {str(berkas.parent)!r}); from {berkas.stem} import app; app(prog_name='app')"
    )
    env = {}
    if lengkapi:
        env = {
            "_APP_COMPLETE": "complete_bash",
            "COMP_WORDS": " ".join(("app", *lengkapi)),
            "COMP_CWORD": str(len(lengkapi)),
        }
    return Perintah((sys.executable, "-c", kata, *args), env=env, kode=kode)
