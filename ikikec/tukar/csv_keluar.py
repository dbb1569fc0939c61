"""A register as CSV (RFC 4180, lines ending in a line feed), harmless to spreadsheets and read back to the letter.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula; one apostrophe before it makes
it text. A text that has apostrophes before such a sign already gets one more, so that taking exactly one away where
the rest would need it always gives back what was there.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register

# Tab and carriage return make some spreadsheets look at what follows them.
_RUMUS = re.compile(r"'*[=+\-@\t\r]")


def jinakkan(teks: str) -> str:
    """A cell's text as it stands in the file: with one apostrophe more where a spreadsheet would run it."""
    return f"'{teks}" if _RUMUS.match(teks) else teks


def pulihkan(teks: str) -> str:
    """The reverse of ``jinakkan``."""
    return teks[1:] if teks.startswith("'") and _RUMUS.match(teks, 1) else teks


def baris_csv(register: Register, entri: Iterable[Mapping[str, Nilai]]) -> Iterator[str]:
    """A register as CSV, line by line, the header first."""
    sangga = io.StringIO()
    # Only the characters of the line end are quoted, and a text may hold either of them.
    penulis = csv.writer(sangga, lineterminator="\r\n")
    penulis.writerow(register.nama_bidang)
    yield _ambil(sangga)
    for isi in entri:
        penulis.writerow(map(jinakkan, register.tulis(isi).values()))
        yield _ambil(sangga)


def _ambil(sangga: io.StringIO) -> str:
    teks = sangga.getvalue().removesuffix("\r\n") + "\n"
    sangga.seek(0)
    sangga.truncate()
    return teks
