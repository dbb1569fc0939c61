"""Reading a register's rows from a workbook (.xlsx): dates and numbers as such, a formula's error as its text."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipFile

from ikikec.bahasa import deret
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar, Galat, SalahPakai, sebab
from ikikec.tukar.peta import rata

# Of what XML cannot hold and workbooks therefore write so, calamine leaves these two as they stand.
_LOLOS = re.compile("_x(FFF[EF])_")
_SEL_GALAT = re.compile(rb"""(<(?:\w+:)?c\s[^>]*\bt=)(["'])e\2""")


def baris_xlsx(berkas: Path, register: Register) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells as text of every row that is not blank, all as many as there are headings.

    They stand in the tab named like the register, or the only one. Raises SalahPakai where the file cannot be
    opened, AturanDilanggar where it is no workbook.
    """
    try:
        with berkas.open("rb") as aliran:
            lembar = _pilih_lembar(_tanpa_galat(aliran), register)
            # The blank columns before the first one are not told, the rows are.
            depan = [""] * (lembar.start or (0, 0))[1]
            lebar = 0
            for nomor, baris in enumerate(lembar.iter_rows(), 1):
                sel = depan + [_teks(satu) for satu in baris]
                while len(sel) > lebar and not sel[-1].strip():
                    sel.pop()
                if any(map(str.strip, sel)):
                    lebar = lebar or len(sel)
                    yield nomor, sel + [""] * (lebar - len(sel))
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None
    except Galat:
        raise
    except Exception:
        # A broken archive shows as nearly any error of zipfile or calamine.
        raise AturanDilanggar(
            f"berkas {berkas} bukan lembar kerja .xlsx yang utuh",
            saran="Buka dan simpan ulang sebagai .xlsx atau CSV UTF-8.",
        ) from None


def _tanpa_galat(aliran: BinaryIO) -> BinaryIO:
    """The workbook with its formulas' errors (#N/A …) as texts; calamine would tell of blank cells."""
    with ZipFile(aliran) as asal:
        asal.getinfo("xl/workbook.xml")  # another kind of workbook is none
        tabel = [nama for nama in asal.namelist() if nama.startswith("xl/worksheets/") and nama.endswith(".xml")]
        if not any(tanda in asal.read(nama) for nama in tabel for tanda in (b't="e"', b"t='e'")):
            return aliran
        salinan = io.BytesIO()
        with ZipFile(salinan, "w") as tujuan:
            for nama in asal.namelist():
                isi = asal.read(nama)
                tujuan.writestr(nama, _SEL_GALAT.sub(rb"\1\2str\2", isi) if nama in tabel else isi)
    return salinan


def _pilih_lembar(aliran: BinaryIO, register: Register) -> Any:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    aliran.seek(0)
    buku = CalamineWorkbook.from_filelike(aliran)
    nama = [satu.name for satu in buku.sheets_metadata if satu.typ is SheetTypeEnum.WorkSheet]
    cocok = [satu for satu in nama if rata(satu) == rata(register.slug)] or nama
    if len(nama) > 1 and cocok is nama:
        raise AturanDilanggar(
            f"tidak jelas lembar mana yang dimaksud: {deret(nama)}", saran=f"Beri lembar itu nama {register.slug}."
        )
    return buku.get_sheet_by_name(cocok[0])


def _teks(nilai: Any) -> str:
    """A cell as text: dates ISO, whole numbers without a point, yes/no in Indonesian."""
    if isinstance(nilai, str):
        return _LOLOS.sub(lambda cocok: chr(int(cocok[1], 16)), nilai) if "_xFFF" in nilai else nilai
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, datetime) and nilai.time() == time():
        return nilai.date().isoformat()
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, float) and nilai.is_integer():
        return str(int(nilai))
    return str(nilai)
