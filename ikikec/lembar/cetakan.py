"""How a result is printed, whatever it tells: with which templates, on which paper."""

from dataclasses import dataclass
from pathlib import Path

from ikikec.kertas import KERTAS_BAWAAN, Kertas


@dataclass(frozen=True, slots=True)
class Cetakan:
    """What the office chose; ``templat`` is the folder of its own templates, None where it has none."""

    templat: Path | None = None
    kertas: Kertas = KERTAS_BAWAAN
