"""What was measured on this machine, kept between runs, so that single rows and parts can be measured again."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from statistics import median
from typing import Any

from bench.data import KERJA
from bench.kinerja import Baris
from bench.ukur import Pasangan
from tests.peladen import letak_program

# What docs/kinerja.md holds beside its rows, and the parts of docs/skala.md.
TUMBUH = "tumbuh"
SKALA = ("skala-isi", "skala-penulis", "skala-impor", "skala-jarak", "skala-rekap")

_SIMPANAN = KERJA / "terukur.json"


@dataclass(slots=True)
class Hasil:
    """What was measured by key (a row, the growth, a part of the study of scale), and on which day each."""

    mesin: dict[str, str]
    isi: dict[str, Any] = field(default_factory=dict)
    hari: dict[str, str] = field(default_factory=dict)

    def terima(self, kunci: str, isi: object, hari: date) -> None:
        """Keep what was measured in place of what was before."""
        self.isi[kunci], self.hari[kunci] = isi, hari.isoformat()
        _SIMPANAN.write_text(json.dumps(asdict(self), indent=1))

    def rentang(self, kunci: Sequence[str]) -> str:
        """The days on which these were measured."""
        hari = sorted(self.hari[satu] for satu in kunci)
        return " to ".join(sorted({hari[0], hari[-1]}))


def susun_baris(baris: Baris, pasangan: Pasangan) -> dict[str, Any]:
    """What is kept of a row that was measured."""
    nisbah = [1 / satu if baris.sekurangnya else satu for satu in pasangan.nisbah]
    return {
        "kita": median(pasangan.kita),
        "mereka": median(pasangan.mereka),
        "nisbah": median(nisbah),
        "terkecil": min(nisbah),
        "terbesar": max(nisbah),
        "pasang": len(nisbah),
    }


def muat() -> Hasil:
    """What earlier runs on this machine left; what another machine or version measured does not count."""
    if _SIMPANAN.exists():
        lama = Hasil(**json.loads(_SIMPANAN.read_text()))
        if lama.mesin == _mesin():
            return lama
    return Hasil(_mesin())


def _mesin() -> dict[str, str]:
    ram = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    peladen = letak_program()
    tentang = {
        "System": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {ram:.0f} GiB",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "sqlite3 shell": _versi("sqlite3", "--version")[:6],
        "hledger": _versi("hledger", "--version"),
        "PostgreSQL": _versi(str(peladen / "postgres"), "--version") if peladen else "",
    }
    return {nama: isi for nama, isi in tentang.items() if isi}


def _versi(*kata: str) -> str:
    """What a program says of its version, its first line; blank where it is not there."""
    try:
        hasil = subprocess.run(kata, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (hasil.stdout.splitlines() or [""])[0]
