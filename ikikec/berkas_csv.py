"""CSV as the program writes it everywhere, harmless to spreadsheets and read back to the letter; two dialects.

For programs RFC 4180 with lines ending in a line feed; for a double click in an Indonesian spreadsheet a byte-order
mark, semicolons, decimal commas, and texts that it does not take for figures.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from operator import itemgetter
from typing import Any

# Rows that are written at a time.
SEKALI_TULIS = 200
# What a spreadsheet shows where a formula failed.
GALAT_LEMBAR = (
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|BUSY!|EXTERNAL!"
    r"|PYTHON!|GETTING_DATA)|Err:5\d\d"
)
# What a spreadsheet runs (tab and carriage return make some look at what follows), and what looks like its error.
_RUMUS = re.compile(rf"'*(?:[=+\-@\t\r]|(?:{GALAT_LEMBAR})\Z)")
_AWALAN = (*"=+-@\t'#", "Err:")
# Texts of which it makes numbers, dates, times, amounts or truths: 0812…, +62 812…, 1/9, 5 Mei, Mei 2026, Rp5.000.
_BERUBAH = re.compile(
    r"\s*(?:\+[\d\s().-]*\Z|[(.,]*\d|(?:rp|[%$€£¥])[\s.]*\d|(?:true|false|benar|salah)\s*\Z"
    r"|(?:jan|feb|mar|apr|mei|may|jun|jul|ag|aug|sep|okt|oct|nov|des|dec)[a-z]*[\s./-]*\d)",
    re.IGNORECASE,
)


def jinakkan(teks: str) -> str:
    """A cell's text as it stands in a CSV file: with one apostrophe before what a spreadsheet would run as a formula.

    The same before what looks like the error of one, so that it is read back as the text it is.

    A text that has apostrophes before such a sign already gets one too, so that taking exactly one away where the
    rest would need it always gives back what was there.
    """
    return f"'{teks}" if _RUMUS.match(teks) else teks


def tahan(teks: str) -> str:
    """The same for a double click, what would become a figure behind a tab.

    Excel and LibreOffice keep such a text and show nothing of the tab; a formula they might look for behind it.
    """
    return f"\t{teks}" if _BERUBAH.match(teks) else jinakkan(teks)


def pulihkan(teks: str) -> str:
    """The reverse of both."""
    pola = {"'": _RUMUS, "\t": _BERUBAH}.get(teks[:1])
    return teks[1:] if pola and pola.match(teks, 1) else teks


def tulis_csv(
    judul: Sequence[str], baris: Iterable[Sequence[Any]], bebas: Sequence[int] | None = None, *, untuk_excel: bool
) -> Iterator[str]:
    """The rows under their headings, many at a time; ``bebas``: where texts stand that may begin with anything.

    Dates are ISO, no value is empty. Without ``bebas`` every column holds such texts.
    """
    letak = range(len(judul)) if bebas is None else bebas
    yield "\ufeff" + _tulis([judul], _EXCEL) if untuk_excel else _tulis([judul])
    urutan = iter(baris)
    while bagian := list(islice(urutan, SEKALI_TULIS)):
        if untuk_excel:
            yield _tulis((_baris_excel(satu, letak) for satu in bagian), _EXCEL)
        elif _berbahaya(bagian, letak):
            yield "".join(map(_tulis_aman, bagian))
        else:
            yield _tulis(bagian)


_EXCEL = {"delimiter": ";", "lineterminator": "\r\n", "quoting": csv.QUOTE_NONNUMERIC}
_PROGRAM = {"lineterminator": "\n"}


def _tulis(bagian: Iterable[Sequence[Any]], ragam: Any = _PROGRAM) -> str:
    sangga = io.StringIO()
    csv.writer(sangga, **ragam).writerows(bagian)
    return sangga.getvalue()


def _berbahaya(bagian: Sequence[Sequence[Any]], bebas: Sequence[int]) -> bool:
    """Whether a cell may begin like a formula, or has a carriage return in it."""
    try:
        teks = "\n" + "\n".join(filter(None, chain.from_iterable(map(itemgetter(*bebas), bagian))))
    except TypeError:
        # No text stands where one should: whoever put it there is not to be trusted with the rest.
        return True
    return "\r" in teks or any(tanda in teks and f"\n{tanda}" in teks for tanda in _AWALAN)


def _tulis_aman(baris: Sequence[Any]) -> str:
    sel = [jinakkan(nilai) if isinstance(nilai, str) else nilai for nilai in baris]
    # Only the characters of the line end are quoted, and a text may hold either of them.
    return _tulis([sel], {"lineterminator": "\r\n"}).removesuffix("\r\n") + "\n"


def _baris_excel(baris: Sequence[Any], bebas: Sequence[int]) -> list[Any]:
    sel = list(baris)
    for letak in bebas:
        if isinstance(sel[letak], str):
            sel[letak] = tahan(sel[letak])
        elif isinstance(sel[letak], Decimal):
            sel[letak] = str(sel[letak]).replace(".", ",")
    return sel
