"""A foreign file as a table of texts: opened once, bounded, and CSV of any making read row by row.

A pipe can be read only once, so it is set aside first; what is no file at all (a device, a terminal) is refused.
"""

import codecs
import csv
import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from ikikec.bahasa import angka, deret, rapi
from ikikec.berkas_csv import pulihkan
from ikikec.galat import AturanDilanggar, Pelanggaran, SalahPakai, sebab
from ikikec.tukar.sel import sel_galat

Baris = tuple[int, Sequence[str]]

# The largest file, line and cell that are read: far above what an office has, and far below what stops a computer.
BERKAS_TERBESAR = 512 << 20
BARIS_TERPANJANG = 8 << 20
SEL_TERPANJANG = 1 << 20
csv.field_size_limit(SEL_TERPANJANG)

PENYANDIAN = ("utf-8", "windows-1252")
# How much of a file is looked at to find out how it is written, and how many rows to find its headings.
AWAL = 64 << 10
BARIS_AWAL = 50
_PEMISAH = ";,\t"
_SEP = re.compile(r"sep=(.)\s*", re.DOTALL | re.IGNORECASE)
# What only some cells have that are to be looked at one by one.
_ISTIMEWA = re.compile("['#\t]|Err:")
_SARAN_SANDI = "Baca dengan --penyandian windows-1252, atau simpan ulang sebagai CSV UTF-8 atau .xlsx."
_SARAN_BENTUK = 'Simpan ulang dari pengolah lembar kerja sebagai "CSV UTF-8", atau sebagai .xlsx.'


class TabelRusak(Exception):
    """The table cannot be followed any further from line ``nomor_baris``."""

    def __init__(self, nomor_baris: int, pesan: str) -> None:
        super().__init__(pesan)
        self.pelanggaran = Pelanggaran("bentuk", pesan, nomor_baris)


@dataclass(frozen=True, slots=True)
class Lembar:
    """A table as its file has it: line number and cells of every row that is not blank, in order.

    ``gabungan``: first row, first column, last row, and last column of each merged area, counted from 1 and 0;
    ``tersembunyi``: the rows that the file hides; ``kolom_tersembunyi``: first and last, from 0, of its
    hidden columns.
    """

    baris: Iterator[Baris]
    gabungan: tuple[tuple[int, int, int, int], ...] = ()
    tersembunyi: frozenset[int] = frozenset()
    kolom_tersembunyi: tuple[tuple[int, int], ...] = ()


def kosong(sel: str) -> bool:
    """Whether a cell holds nothing that anybody sees."""
    return not sel or sel.isspace() or (not sel.isascii() and not rapi(sel).strip())


@contextmanager
def buka(berkas: Path) -> Iterator[IO[bytes]]:
    """The file's bytes, to be gone through as often as one likes; its first bytes tell what it is.

    Raises SalahPakai where it cannot be opened, is no file, or is larger than any that is read.
    """
    try:
        with berkas.open("rb") as aliran:
            keadaan = os.fstat(aliran.fileno())
            if stat.S_ISCHR(keadaan.st_mode) or stat.S_ISBLK(keadaan.st_mode):
                raise SalahPakai(f"{berkas} bukan berkas", "Sebut nama berkas, atau alirkan isinya lewat pipa.")
            if stat.S_ISREG(keadaan.st_mode):
                _tolak_besar(berkas, keadaan.st_size)
                yield aliran
            else:
                with SpooledTemporaryFile(1 << 20) as salinan:
                    _salin(berkas, aliran, salinan)
                    yield salinan
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None


def _salin(berkas: Path, asal: IO[bytes], tujuan: IO[bytes]) -> None:
    banyak = 0
    while bagian := asal.read(1 << 20):
        banyak += len(bagian)
        _tolak_besar(berkas, banyak)
        tujuan.write(bagian)
    tujuan.seek(0)


def _tolak_besar(berkas: Path, bita: int) -> None:
    if bita > BERKAS_TERBESAR:
        batas = f"{angka(BERKAS_TERBESAR >> 20)} MiB"
        raise SalahPakai(f"berkas {berkas} terlalu besar: lebih dari {batas}", "Bagi menjadi beberapa berkas.")


def baris_csv(
    aliran: IO[bytes], kenal: Callable[[Sequence[str]], int], penyandian: str = PENYANDIAN[0]
) -> Iterator[Baris]:
    """Line number and cells of every row of a text that is not blank; a cell may hold line ends.

    ``kenal``: how many of a row's cells are headings, by which the mark between cells is told. Raises
    AturanDilanggar where the text is not in ``penyandian``, TabelRusak where the table breaks off.
    """
    pemisah, lewati = _cari_pemisah(aliran, kenal, penyandian)
    aliran.seek(0)
    pembaca = csv.reader(islice(_teks(aliran, penyandian), lewati, None), delimiter=pemisah, strict=True)
    awal = 1 + lewati
    try:
        for sel in pembaca:
            isi = "".join(sel)
            if not kosong(isi):
                yield awal, [pulihkan(sel_galat(satu)) for satu in sel] if _ISTIMEWA.search(isi) else sel
            awal = pembaca.line_num + 1 + lewati
    except csv.Error as galat:
        if "field larger" in str(galat):
            pesan = f"satu sel lebih dari {angka(SEL_TERPANJANG)} huruf"
        else:
            pesan = "tanda kutip atau akhir baris rusak"
        raise TabelRusak(awal, f"{pesan}; baris ini dan sesudahnya tidak terbaca") from None


def _cari_pemisah(aliran: IO[bytes], kenal: Callable[[Sequence[str]], int], penyandian: str) -> tuple[str, int]:
    """The mark between the cells, and how many lines before the table only tell it.

    It is the one by which most headings are known; where none are, the one that parts the first row most.
    """
    aliran.seek(0)
    awal = aliran.read(AWAL).decode(penyandian, "replace").removeprefix("\ufeff")
    kata = _SEP.match(awal)
    if kata and kata[1] in _PEMISAH + "|":
        return kata[1], 1

    def kecocokan(pemisah: str) -> tuple[int, int]:
        baris: list[list[str]] = []
        with suppress(csv.Error):
            baris.extend(islice(csv.reader(io.StringIO(awal, newline=""), delimiter=pemisah), BARIS_AWAL))
        return max(map(kenal, baris), default=0), len(baris[0]) if baris else 0

    return max(_PEMISAH, key=kecocokan), 0


def _teks(aliran: IO[bytes], penyandian: str) -> Iterator[str]:
    """The file's lines as text; says which line is not, and what it seems to be instead."""
    nomor, mentah = 0, b""
    try:
        while mentah := aliran.readline(BARIS_TERPANJANG + 1):
            nomor += 1
            if len(mentah) > BARIS_TERPANJANG:
                raise TabelRusak(nomor, f"baris lebih dari {BARIS_TERPANJANG >> 20} MiB; sesudahnya tidak terbaca")
            if penyandian != "utf-8" and not mentah.isascii():
                # By chance no other text with letters beyond ASCII is UTF-8.
                with suppress(UnicodeDecodeError):
                    mentah.decode()
                    raise _salah_sandi(nomor, mentah, penyandian)
            yield (mentah.removeprefix(codecs.BOM_UTF8) if nomor == 1 else mentah).decode(penyandian)
    except UnicodeDecodeError:
        raise _salah_sandi(nomor, mentah, penyandian) from None


def _salah_sandi(nomor: int, mentah: bytes, penyandian: str) -> AturanDilanggar:
    if mentah.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tampak, saran = 'UTF-16 ("Teks Unicode")', _SARAN_BENTUK
    elif b"\0" in mentah:
        tampak, saran = "biner", _SARAN_BENTUK
    elif penyandian == "utf-8":
        tampak, saran = 'Windows-1252 ("CSV" biasa dari Excel)', _SARAN_SANDI
    else:
        tampak, saran = deret(satu for satu in PENYANDIAN if satu != penyandian).upper(), _SARAN_BENTUK
    return AturanDilanggar(f"baris {nomor} bukan teks {penyandian.upper()}, tampaknya {tampak}", saran=saran)
