"""A value becomes a sheet, printed as the office chose: from which templates, on which paper, under which head."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ikikec.kertas import KERTAS_BAWAAN, Kertas


@dataclass(frozen=True, slots=True)
class Kop:
    """The office's letterhead: its lines, and its emblem as a ``data:`` address, blank where there is none."""

    baris: tuple[str, ...]
    gambar: str


@dataclass(frozen=True, slots=True)
class Cetakan:
    """What the office chose; ``templat`` is the folder of its own templates. None is for what it has not.

    ``kantor``: its name, where no template tells it. ``untuk_excel``: as CSV for a double click. ``kabar`` is told
    what does not come out on paper as it stands in the ledger.
    """

    templat: Path | None = None
    kertas: Kertas = KERTAS_BAWAAN
    kop: Kop | None = None
    kantor: str = ""
    untuk_excel: bool = False
    kabar: Callable[[str], None] | None = None
