"""Long work: signs of life on stderr, silent where that is no terminal, and no search for garbage in between."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ikikec.bahasa import angka
from ikikec.cli.aliran import mentah


@contextmanager
def hitung_baris(kata: str, hening: bool) -> Iterator[Callable[[int], None]]:
    """Count rows: the block calls what it is given with how many more are done."""
    with sebut_tahap(hening) as kabar:
        yield lambda jumlah: kabar(kata, jumlah)


@contextmanager
def sebut_tahap(hening: bool) -> Iterator[Callable[[str, int], None]]:
    """Count rows stage by stage: the block calls what it is given with the stage and how many more are done."""
    if hening or not sys.stderr.isatty():
        yield lambda _tahap, _jumlah: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    kolom = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*kolom, console=Console(file=mentah(sys.stderr)), transient=True) as kemajuan:
        tugas = kemajuan.add_task("", total=None)
        kini, banyak = "", 0

        def kabar(tahap: str, jumlah: int) -> None:
            nonlocal kini, banyak
            kini, banyak = tahap, jumlah + (banyak if tahap == kini else 0)
            kemajuan.update(tugas, description=f"{kini} {angka(banyak)} baris")

        yield kabar


@contextmanager
def sebut_pekerjaan(kata: str, hening: bool) -> Iterator[Callable[[str], None]]:
    """Name what is being done: the block calls what it is given with the next piece of work."""
    if hening or not sys.stderr.isatty():
        yield lambda _kata: None
        return
    from rich.console import Console

    with Console(file=mentah(sys.stderr)).status(kata) as status:
        yield lambda berikut: status.update(f"{kata}: {berikut}")


@contextmanager
def tanpa_pemungut() -> Iterator[None]:
    """Millions of short-lived tuples and no cycle among them: looking for some would cost a fifth of the time."""
    menyala = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if menyala:
            gc.enable()
