"""Where the program is installed, and the files that travel with it: migrations, templates, positions, measures."""

import sys
from itertools import pairwise
from pathlib import Path, PurePath

_PAKET = Path(__file__).parent


def bawaan(nama: str) -> Path:
    """The folder ``migrations``, ``templates``, ``jabatan`` or ``ukuran`` of this program.

    A wheel carries all of them inside the package; an editable install finds the first two at the top of the
    repository.
    """
    dalam = _PAKET / nama
    return dalam if dalam.is_dir() else _PAKET.parent / nama


def cara_pasang(paket: str, awalan: str = sys.prefix) -> str:
    """The command that adds a library to this very installation, however it was made.

    Never by the program's own name: it is on no registry, so whoever took it there would be installed instead.
    """
    bagian = PurePath(awalan).parts
    if "pipx" in bagian:
        return f"pipx inject {bagian[-1]} {paket}"
    if ("uv", "tools") in pairwise(bagian):
        return f"uv pip install --python {awalan} {paket}"
    return f"{sys.executable} -m pip install {paket}"


SEMUA_JABATAN = "semua"


def berkas_jabatan(folder_kantor: Path) -> dict[str, Path]:
    """The position files by slug: the program's, and those of the office's folder, which need not exist.

    An office's file replaces one of the same name. ``semua`` means all of them and can be no position.
    """
    folder = (bawaan("jabatan"), folder_kantor)
    berkas = {toml.stem: toml for satu in folder if satu.is_dir() for toml in sorted(satu.glob("*.toml"))}
    berkas.pop(SEMUA_JABATAN, None)
    return berkas


def berkas_ukuran(folder_konfig: Path) -> list[Path]:
    """The files of measures that an office has beside its configuration: ``ukuran.toml``, and those in ``ukuran``."""
    calon = (folder_konfig / "ukuran.toml", *sorted(folder_konfig.glob("ukuran/*.toml")))
    return [satu for satu in calon if satu.is_file()]
