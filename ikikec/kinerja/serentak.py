"""The same work for several offices at once, its results in the order the offices were named."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from ikikec.galat import Galat

Isi = TypeVar("Isi")
Hasil = TypeVar("Hasil")

# A server lets so many in from one program; most of the time is spent waiting for answers.
PALING_BANYAK = 16


def serentak(semua: Sequence[Isi], kerja: Callable[[Isi], Hasil]) -> Generator[Hasil | Galat, None, None]:
    """What ``kerja`` makes of each, or the error it ended with; runs in threads, so it must share nothing.

    Closed early, it lets nothing begin any more and waits for what has.
    """
    kumpulan = ThreadPoolExecutor(max_workers=PALING_BANYAK)

    def coba(satu: Isi) -> Hasil | Galat:
        try:
            return kerja(satu)
        except Galat as galat:
            return galat

    try:
        for tugas in [kumpulan.submit(coba, satu) for satu in semua]:
            yield tugas.result()
    finally:
        kumpulan.shutdown(cancel_futures=True)
