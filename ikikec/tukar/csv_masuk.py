"""Reading a register from CSV: UTF-8, ``,`` or ``;`` or tabs between the cells."""

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar, SalahPakai, sebab
from ikikec.tukar.csv_keluar import pulihkan
from ikikec.tukar.peta import TANPA_PETA, Peta
from ikikec.tukar.tabel_masuk import HasilBaca, TabelRusak, baca_tabel

# A complaint may be long; csv's own limit of 128 KiB for a cell would call it broken.
csv.field_size_limit(16 * 1024 * 1024)

_SARAN = 'Simpan ulang dari pengolah lembar kerja sebagai "CSV UTF-8", atau sebagai .xlsx.'
_BERKUTIP = re.compile(rb'"[^"]*"')


def baca_csv(berkas: Path, register: Register, kemajuan: Callable[[int], None], peta: Peta = TANPA_PETA) -> HasilBaca:
    """Read a whole file; ``kemajuan`` hears how many rows more were read.

    Raises SalahPakai where the file cannot be opened, AturanDilanggar for its encoding or header.
    """
    return baca_tabel(berkas, register, _baris_csv(berkas), kemajuan, peta)


def _baris_csv(berkas: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every line that is not blank; a cell may hold line ends."""
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
