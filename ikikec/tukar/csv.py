"""A register as CSV, harmless to spreadsheets and read back to the letter.

Written is RFC 4180 with lines ending in a line feed.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from ikikec.buku.baca import Entri
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.mesin.dasar import SEKALI_BACA
from ikikec.buku.register import Register
from ikikec.tukar.sel import jinakkan

_AWALAN = (*"=+-@\t'#", "Err:")


def register_csv(kumpulan: Sequence[tuple[Register, Iterable[Mapping[str, Nilai]]]]) -> Iterator[str]:
    """The one register of ``kumpulan`` as CSV, the header first; some hundred lines at a time."""
    ((register, entri),) = kumpulan
    yield _tulis([register.nama_bidang])
    bebas = [urut for urut, bidang in enumerate(register.bidang) if bidang.jenis is Jenis.TEKS]
    for bagian in _tertulis(register, entri):
        if _berbahaya(bagian, bebas):
            yield "".join(_tulis_aman(baris) for baris in bagian)
        else:
            yield _tulis(bagian)


def _tertulis(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> Iterator[Sequence[Sequence[Any]]]:
    """The cells of the lines, batch by batch."""
    if isinstance(entri, Entri):
        yield from entri.tertulis()
        return
    urutan = iter(entri)
    while bagian := [tuple(register.tulis(isi).values()) for isi in islice(urutan, SEKALI_BACA)]:
        yield bagian


def _berbahaya(bagian: Sequence[Sequence[Any]], bebas: Sequence[int]) -> bool:
    """Whether a cell of a batch may begin like a formula, or has a carriage return in it."""
    sel = filter(None, chain.from_iterable(map(itemgetter(*bebas), bagian)))
    try:
        teks = "\n" + "\n".join(sel)
    except TypeError:
        # No text stands where one should: whoever put it there is not to be trusted with the rest.
        return True
    return "\r" in teks or any(tanda in teks and f"\n{tanda}" in teks for tanda in _AWALAN)


def _tulis(bagian: Iterable[Sequence[Any]], akhir: str = "\n") -> str:
    sangga = io.StringIO()
    csv.writer(sangga, lineterminator=akhir).writerows(bagian)
    return sangga.getvalue()


def _tulis_aman(baris: Sequence[Any]) -> str:
    sel = [jinakkan(nilai) if isinstance(nilai, str) else nilai for nilai in baris]
    # Only the characters of the line end are quoted, and a text may hold either of them.
    return _tulis([sel], "\r\n").removesuffix("\r\n") + "\n"
