"""How a result is printed, whatever it tells: with which templates, on which paper, under which letterhead."""

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
    """What the office chose; ``templat`` is the folder of its own templates. None is for what it has not."""

    templat: Path | None = None
    kertas: Kertas = KERTAS_BAWAAN
    kop: Kop | None = None
