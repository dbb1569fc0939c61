"""What a benchmark is: the rows of the table it fills, what it needs, and the measuring itself."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import alat, data
from bench.ukur import Pasangan


@dataclass(frozen=True, slots=True)
class Syarat:
    """One row: what is measured against what, and how large the ratio of ours to theirs may be.

    ``sekurangnya``: the ratio is theirs to ours instead, and must reach ``batas``. ``dihitung`` says what exactly is
    counted, where the row's words leave it open.
    """

    kunci: str
    apa: str
    banding: str
    batas: float
    dihitung: str = ""
    satuan: str = "s"
    sekurangnya: bool = False


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a benchmark works: an empty folder of its own, and facts of the program (see ``pekerja``)."""

    folder: Path
    fakta: dict[str, Any]

    def buku(self, nama: str) -> Path:
        """A ledger for reading."""
        return data.buku(nama, self.fakta["skema"])

    def salinan(self, nama: str) -> Path:
        """A copy of a ledger for writing."""
        return data.salin(self.buku(nama), self.folder / f"{nama}.db")


@dataclass(frozen=True, slots=True)
class Tolok:
    """One benchmark: ``ukur`` yields what it measured for each of ``syarat`` in order."""

    nama: str
    syarat: tuple[Syarat, ...]
    ukur: Callable[[Tempat], Iterator[Pasangan]]
    perlu: tuple[str, ...] = ()

    def kurang(self) -> str:
        """Why it cannot be run here; blank where it can."""
        tiada = [program for program in self.perlu if program not in alat.PYPI and not shutil.which(program)]
        return f"{', '.join(tiada)} not found (Debian: apt-get install {' '.join(tiada)})" if tiada else ""
