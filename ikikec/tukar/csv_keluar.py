"""A register as CSV (RFC 4180, lines ending in a line feed), harmless to spreadsheets and read back to the letter.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula; one apostrophe before it makes
it text. A text that has apostrophes before such a sign already gets one more, so that taking exactly one away where
the rest would need it always gives back what was there.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import Any

from ikikec.buku.baca import Entri
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.mesin.dasar import SEKALI_BACA
from ikikec.buku.register import Register

# Tab and carriage return make some spreadsheets look at what follows them.
_RUMUS = re.compile(r"'*[=+\-@\t\r]")
_AWALAN = "=+-@\t'"


def jinakkan(teks: str) -> str:
    """A cell's text as it stands in the file: with one apostrophe more where a spreadsheet would run it."""
    return f"'{teks}" if _RUMUS.match(teks) else teks


def pulihkan(teks: str) -> str:
    """The reverse of ``jinakkan``."""
    return teks[1:] if teks.startswith("'") and _RUMUS.match(teks, 1) else teks


def baris_csv(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> Iterator[str]:
    """A register as CSV, the header first; some hundred lines at a time."""
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
