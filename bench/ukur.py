"""Measuring: one process or one act, pairs of them in turn, medians and peak memory.

The harness itself loads nothing heavy: on Linux a child's peak memory is never reported below that of the process
that started it. What must run inside a Python process of ours runs in a ``Pekerja``.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Self

AKAR = Path(__file__).parent.parent
TERSEDIKIT, TERBANYAK = 5, 25
# Seconds one comparison may take once it has its fewest pairs.
ANGGARAN = 6.0

# Names the other checkout, where two are compared instead of ours with something known.
BANDING = "BENCH_BANDING"

Ukur = Callable[[], float]


class GagalJalan(Exception):
    """A measured command ended otherwise than it should; nothing measured with it would mean anything."""


@dataclass(frozen=True, slots=True)
class Perintah:
    """A command line to measure.

    ``env`` stands on top of the harness's own; ``kode`` is the exit code it must have; ``hapus`` a file that it
    makes, removed with its companions before each run.
    """

    kata: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    masukan: Path = Path(os.devnull)
    kode: int = 0
    hapus: Path | None = None

    def __call__(self) -> float:
        """Run it; returns the seconds from start to end of the process."""
        return self.jalankan()[0]

    def puncak(self) -> float:
        """Run it; returns its peak memory in MiB."""
        return self.jalankan()[1]

    def jalankan(self) -> tuple[float, float]:
        """Run it, its output thrown away; returns seconds and MiB. Raises GagalJalan."""
        self._bersihkan()
        with self.masukan.open("rb") as masuk, tempfile.TemporaryFile() as galat:
            mulai = time.perf_counter()
            proses = subprocess.Popen(
                self.kata,
                stdin=masuk,
                stdout=subprocess.DEVNULL,
                stderr=galat,
                env={**lingkungan(), **self.env},
            )
            _pid, status, pakai = os.wait4(proses.pid, 0)
            detik = time.perf_counter() - mulai
            proses.returncode = os.waitstatus_to_exitcode(status)
            if proses.returncode != self.kode:
                galat.seek(0)
                pesan = galat.read().decode(errors="replace")
                raise GagalJalan(f"{' '.join(self.kata)[:300]}: exit code {proses.returncode}\n{pesan}")
        return detik, pakai.ru_maxrss / 1024

    def _bersihkan(self) -> None:
        for satu in self.hapus.parent.glob(f"{self.hapus.name}*") if self.hapus else ():
            satu.unlink()


def lingkungan() -> dict[str, str]:
    """The harness's environment without what would steer ikikec, and with a home that holds no configuration."""
    rumah = AKAR / "build" / "bench" / "rumah"
    # PYTHONPATH would put this checkout's modules into the other one's programs.
    bersih = {nama: isi for nama, isi in os.environ.items() if not nama.startswith(("IKIKEC_", "PYTHONPATH"))}
    tetap = {
        "IKIKEC_HARI_INI": "2026-12-01",
        "IKIKEC_PETUGAS": "Petugas Contoh",
        "XDG_CONFIG_HOME": str(rumah),
        "XDG_DATA_HOME": str(rumah),
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
    }
    return bersih | tetap


def python(*args: str) -> Perintah:
    """This interpreter."""
    return Perintah((sys.executable, *args))


def ikikec(*args: str, buku: Path | str | None = None, kode: int = 0, masukan: Path | None = None) -> Perintah:
    """The program as it is installed beside this interpreter."""
    letak = ("--buku", str(buku)) if buku else ()
    program = str(Path(sys.executable).parent / "ikikec")
    return Perintah((program, *letak, *args), kode=kode, masukan=masukan or Path(os.devnull))


@dataclass(frozen=True, slots=True)
class Selisih:
    """What one act costs that a process does ``kali`` times more often in its long run than in its short one."""

    banyak: Perintah
    sedikit: Perintah
    kali: int

    def __call__(self) -> float:
        """Run both; returns the seconds of one act."""
        return (self.banyak() - self.sedikit()) / self.kali


def seberang(kita: Ukur, folder: Path) -> Ukur | None:
    """The same command of another checkout, installed in its ``.venv``; None for what is no command of ours."""
    if isinstance(kita, Selisih):
        return Selisih(_seberang(kita.banyak, folder), _seberang(kita.sedikit, folder), kita.kali)
    return _seberang(kita, folder) if isinstance(kita, Perintah) and kita.kata[0] == ikikec().kata[0] else None


def _seberang(kita: Perintah, folder: Path) -> Perintah:
    return replace(kita, kata=(str(folder / ".venv" / "bin" / "ikikec"), *kita.kata[1:]))


class Pekerja:
    """A warm Python process of ours that does one act (see pekerja.py) each time it is called."""

    def __init__(self, *args: str) -> None:
        self._proses = subprocess.Popen(
            (sys.executable, "-m", "bench.pekerja", *args),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=AKAR,
            env=lingkungan(),
        )

    def __enter__(self) -> Self:
        return self

    def __call__(self, kata: str = "") -> float:
        """Do the act once; returns the seconds it took inside that process. Raises GagalJalan."""
        assert self._proses.stdin
        assert self._proses.stdout
        self._proses.stdin.write(f"{kata}\n")
        self._proses.stdin.flush()
        jawab = self._proses.stdout.readline()
        if not jawab:
            raise GagalJalan(f"{' '.join(map(str, self._proses.args))} ended")  # type: ignore[arg-type]
        return float(jawab)

    def __exit__(self, jenis: type[BaseException] | None, galat: object, jejak: TracebackType | None) -> None:
        assert self._proses.stdin
        self._proses.stdin.close()
        self._proses.wait()


@dataclass(frozen=True, slots=True)
class Pasangan:
    """What was measured of both sides, pair by pair."""

    kita: tuple[float, ...]
    mereka: tuple[float, ...]

    @property
    def nisbah(self) -> list[float]:
        """Each pair's ratio, ours to theirs."""
        return [satu / lain for satu, lain in zip(self.kita, self.mereka, strict=True)]


def berpasangan(kita: Ukur, mereka: Ukur, anggaran: float = ANGGARAN, tersedikit: int = TERSEDIKIT) -> Pasangan:
    """Measure both in turn, after one run of each that does not count; who goes first changes with each pair."""
    if folder := os.environ.get(BANDING):
        lama = seberang(kita, Path(folder))
        if lama is None:
            return Pasangan((), ())
        mereka = lama
    kita()
    mereka()
    hasil: list[tuple[float, float]] = []
    mulai = time.perf_counter()
    while len(hasil) < tersedikit or (time.perf_counter() - mulai < anggaran and len(hasil) < TERBANYAK):
        if len(hasil) % 2:
            lain = mereka()
            hasil.append((kita(), lain))
        else:
            satu = kita()
            hasil.append((satu, mereka()))
    return Pasangan(tuple(satu for satu, _ in hasil), tuple(lain for _, lain in hasil))


def memori(besar: Perintah, kecil: Perintah, kali: int = 2) -> Pasangan:
    """Peak memory of both in turn, in MiB; it hardly varies, so that few runs tell it."""
    if folder := os.environ.get(BANDING):
        kecil = _seberang(besar, Path(folder))
    hasil = [(besar.puncak(), kecil.puncak()) for _ in range(kali)]
    return Pasangan(tuple(satu for satu, _ in hasil), tuple(lain for _, lain in hasil))


def bergiliran(ukur: Mapping[str, Ukur], anggaran: float = 60.0) -> dict[str, float]:
    """The median of each, measured in rounds after one that does not count; three to seven rounds."""
    mulai = time.perf_counter()
    for satu in ukur.values():
        satu()
    kali = max(3, min(7, int(anggaran / (time.perf_counter() - mulai))))
    putaran = [{kunci: satu() for kunci, satu in ukur.items()} for _ in range(kali)]
    return {kunci: median(satu[kunci] for satu in putaran) for kunci in ukur}
