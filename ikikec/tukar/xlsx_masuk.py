"""Reading a register from a workbook (.xlsx): dates and numbers as such, row by row."""

import re
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ikikec.bahasa import deret
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar, Galat, SalahPakai, sebab
from ikikec.tukar.peta import TANPA_PETA, Peta, rata
from ikikec.tukar.tabel_masuk import HasilBaca, baca_tabel

# ECMA-376 Part 1, 22.9.2.19: characters that XML cannot hold.
_LOLOS = re.compile(r"_x([0-9A-Fa-f]{4})_")


def baca_xlsx(
    berkas: Path, register: Register, kemajuan: Callable[[int], None], peta: Peta = TANPA_PETA
) -> HasilBaca:
    """Read the tab named like the register, or the only one; ``kemajuan`` hears how many rows more were read.

    Raises SalahPakai where the file cannot be opened, AturanDilanggar where it is no workbook, or for its header.
    """
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out (styles, lists of choices); none of it is data.
        warnings.simplefilter("ignore")
        return baca_tabel(berkas, register, _baris_xlsx(berkas, register), kemajuan, peta)


def _baris_xlsx(berkas: Path, register: Register) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells as text of every row that is not blank, all as many as there are headings."""
    try:
        with berkas.open("rb") as aliran:
            buku = load_workbook(aliran, read_only=True, data_only=True)
            lembar = _pilih_lembar(buku, register)
            lembar.reset_dimensions()
            lebar = 0
            for nomor, baris in enumerate(lembar.iter_rows(values_only=True), 1):
                sel = [_teks(nilai) for nilai in baris]
                while len(sel) > lebar and not sel[-1].strip():
                    sel.pop()
                if sel:
                    lebar = lebar or len(sel)
                    yield nomor, sel + [""] * (lebar - len(sel))
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None
    except Galat:
        raise
    except Exception:
        # A broken archive shows as nearly any error of zipfile, the XML parser or openpyxl.
        raise AturanDilanggar(
            f"berkas {berkas} bukan lembar kerja .xlsx yang utuh",
            saran="Buka dan simpan ulang sebagai .xlsx atau CSV UTF-8.",
        ) from None


def _pilih_lembar(buku: Any, register: Register) -> Any:
    lembar = buku.worksheets
    for satu in lembar:
        if rata(satu.title) == rata(register.slug):
            return satu
    if len(lembar) == 1:
        return lembar[0]
    raise AturanDilanggar(
        f"tidak jelas lembar mana yang dimaksud: {deret(satu.title for satu in lembar)}",
        saran=f"Beri lembar itu nama {register.slug}.",
    )


def _teks(nilai: Any) -> str:
    """A cell as text: dates ISO, whole numbers without a point, yes/no in Indonesian."""
    if nilai is None:
        return ""
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, datetime) and nilai.time() == time():
        return nilai.date().isoformat()
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, float) and nilai.is_integer():
        return str(int(nilai))
    return _LOLOS.sub(lambda cocok: chr(int(cocok[1], 16)), str(nilai))
