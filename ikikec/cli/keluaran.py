"""The formats of a sheet as data, and which of them a command line asks for; shared by all that have some."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Generic, TypeVar

from ikikec.bahasa import deret
from ikikec.cli.sesi import Sesi
from ikikec.galat import SalahPakai
from ikikec.periode import Periode, baca_periode

Isi = TypeVar("Isi")


@dataclass(frozen=True)
class Bentuk(Generic[Isi]):
    """One format: its name for ``-O``, the endings of its files, and what makes its text or bytes.

    ``tulis`` takes the value and the folder of the office's own templates. ``tampil`` shows the value on the terminal
    itself, where that is more than its text. ``biner``: no text, so nothing for a terminal.
    What may be long comes piece by piece.
    """

    nama: str
    tulis: Callable[[Isi, Path | None], str | bytes | Iterator[str] | Iterator[bytes]]
    akhiran: tuple[str, ...] = ()
    biner: bool = False
    tampil: Callable[[Isi], None] | None = None

    def kirim(self, isi: Isi, berkas: str | None, templat: Path | None = None) -> None:
        """Write ``isi`` to a file, whole or not at all, or to stdout where the file is absent or ``-``."""
        if self.tampil is not None and berkas is None:
            self.tampil(isi)
            return
        from ikikec.cli.tampil import kirim

        potongan = self.tulis(isi, templat)
        kirim([potongan] if isinstance(potongan, str | bytes) else potongan, berkas)


def pilih_periode(sesi: Sesi, teks: str | None, bawaan: str) -> Periode:
    """The period that was asked for, or else the one ``bawaan`` (``bulan-lalu`` …) names, which is told on stderr."""
    periode = baca_periode(bawaan if teks is None else teks, sesi.hari_ini)
    if teks is None:
        sesi.kabar(f"Periode: {periode.label} ({bawaan.replace('-', ' ')})")
    return periode


def pilih_bentuk(semua: Sequence[Bentuk[Isi]], keluaran: str | None, berkas: str | None) -> Bentuk[Isi]:
    """The format: as named, or by the file's ending, or the first one at a terminal and the second into a pipe.

    Raises SalahPakai for an ending no format has, and for one that is no text where stdout is a terminal.
    """
    bentuk = _pilih(semua, keluaran, berkas)
    if bentuk.biner and berkas in (None, "-") and sys.stdout.isatty():
        akhiran = bentuk.akhiran[0]
        raise SalahPakai(
            f"bentuk {bentuk.nama} bukan teks, jadi tidak untuk layar",
            f"Tulis ke berkas, misalnya -o lembar{akhiran}",
        )
    return bentuk


def _pilih(semua: Sequence[Bentuk[Isi]], keluaran: str | None, berkas: str | None) -> Bentuk[Isi]:
    if keluaran:
        return next(satu for satu in semua if satu.nama == keluaran)
    if berkas in (None, "-"):
        layar, pipa = semua[:2]
        return layar if sys.stdout.isatty() and berkas is None else pipa
    menurut_akhiran = {akhiran: satu for satu in semua for akhiran in satu.akhiran}
    akhiran = PurePath(str(berkas)).suffix.lower()
    if akhiran not in menurut_akhiran:
        dikenal = deret(menurut_akhiran)
        raise SalahPakai(
            f"bentuk berkas {berkas} tidak dikenal dari akhirannya", f"Pakai {dikenal}, atau sebut dengan -O."
        )
    return menurut_akhiran[akhiran]
