"""A register as CSV, harmless to spreadsheets and read back to the letter, and the rows of CSV files of any making.

Written is RFC 4180 with lines ending in a line feed; read is UTF-8 with ``,`` or ``;`` or tabs between the cells.
A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula; one apostrophe before it makes
it text. A text that has apostrophes before such a sign already gets one more, so that taking exactly one away where
the rest would need it always gives back what was there.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from ikikec.buku.baca import Entri
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.mesin.dasar import SEKALI_BACA
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar, Pelanggaran, SalahPakai, sebab

# A complaint may be long; csv's own limit of 128 KiB for a cell would call it broken.
csv.field_size_limit(16 * 1024 * 1024)

# Tab and carriage return make some spreadsheets look at what follows them.
_RUMUS = re.compile(r"'*[=+\-@\t\r]")
_AWALAN = "=+-@\t'"
_SARAN = 'Simpan ulang dari pengolah lembar kerja sebagai "CSV UTF-8", atau sebagai .xlsx.'
_BERKUTIP = re.compile(rb'"[^"]*"')


def jinakkan(teks: str) -> str:
    """A cell's text as it stands in the file: with one apostrophe more where a spreadsheet would run it."""
    return f"'{teks}" if _RUMUS.match(teks) else teks


def pulihkan(teks: str) -> str:
    """The reverse of ``jinakkan``."""
    return teks[1:] if teks.startswith("'") and _RUMUS.match(teks, 1) else teks


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


class TabelRusak(Exception):
    """The table cannot be followed any further from line ``nomor_baris``."""

    def __init__(self, nomor_baris: int, pesan: str) -> None:
        super().__init__(pesan)
        self.pelanggaran = Pelanggaran("bentuk", pesan, nomor_baris)


def baca_baris(berkas: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line that is not blank; a cell may hold line ends.

    Raises SalahPakai where the file cannot be opened, AturanDilanggar where it is not UTF-8, TabelRusak where it
    breaks off.
    """
    try:
        with berkas.open("rb") as aliran:
            pembaca = csv.reader(_teks(aliran), delimiter=_pemisah(berkas), strict=True)
            awal = 1
            try:
                for sel in pembaca:
                    isi = "".join(sel)
                    if isi and not isi.isspace():
                        yield awal, [pulihkan(satu) for satu in sel] if "'" in isi else sel
                    awal = pembaca.line_num + 1
            except csv.Error:
                raise TabelRusak(
                    awal, "tanda kutip atau akhir baris rusak; baris ini dan sesudahnya tidak terbaca"
                ) from None
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None


def _teks(aliran: Iterable[bytes]) -> Iterator[str]:
    """The file's lines as text; says which line is not UTF-8, and what it seems to be instead."""
    nomor, mentah = 0, b""
    try:
        for nomor, mentah in enumerate(aliran, 1):
            yield mentah.decode("utf-8" if nomor > 1 else "utf-8-sig")
    except UnicodeDecodeError:
        raise AturanDilanggar(
            f"baris {nomor} bukan teks UTF-8, tampaknya {_sebut_pengodean(mentah)}", saran=_SARAN
        ) from None


def _sebut_pengodean(mentah: bytes) -> str:
    if mentah.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return 'UTF-16 ("Teks Unicode")'
    return "biner" if b"\0" in mentah else 'Windows-1252 ("CSV" biasa dari Excel)'


def _pemisah(berkas: Path) -> str:
    """The mark between the cells: the one that stands most often outside quotes in the first line."""
    with berkas.open("rb") as aliran:
        kepala = _BERKUTIP.sub(b"", aliran.readline())
    return max(",", ";", "\t", key=lambda satu: kepala.count(satu.encode()))
