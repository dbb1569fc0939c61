"""Commands made only when they are asked for: help, completion and a mistyped name need their names alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module

import typer
from typer._click.core import Command
from typer.main import get_command, get_group


class Malas(Mapping[str, Command]):
    """The commands of a group by name, each made by ``buat`` when it is first looked up."""

    def __init__(self, nama: Iterable[str], buat: Callable[[str], Command]) -> None:
        self._nama = tuple(nama)
        self._buat = buat
        self._jadi: dict[str, Command] = {}

    def __getitem__(self, nama: str) -> Command:
        if nama not in self._nama:
            raise KeyError(nama)
        if nama not in self._jadi:
            self._jadi[nama] = self._buat(nama)
        return self._jadi[nama]

    def __contains__(self, nama: object) -> bool:
        return nama in self._nama

    def __iter__(self) -> Iterator[str]:
        return iter(self._nama)

    def __len__(self) -> int:
        return len(self._nama)


def susun(nama: str, daftarkan: Callable[[typer.Typer], None]) -> Command:
    """The one command called ``nama`` of those that ``daftarkan`` adds to a program."""
    wadah = typer.Typer(add_completion=False, rich_markup_mode=None)
    daftarkan(wadah)
    wadah.registered_commands = [satu for satu in wadah.registered_commands if satu.name == nama]
    return get_command(wadah)


def muat(nama: str, modul: str) -> Command:
    """Load a module of ``ikikec.cli`` and make its command, or its group of commands, called ``nama``."""
    isi = import_module(f"ikikec.cli.{modul}")
    return get_group(isi.app) if hasattr(isi, "app") else susun(nama, isi.daftarkan)
