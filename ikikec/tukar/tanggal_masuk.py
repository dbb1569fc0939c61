"""Dates as foreign files have them: full ones only, the day first, a moment cut down to its day. Pure.

A file may not depend on the day it is read on, so a form that leaves out the year is refused.
"""

import re
from datetime import date

from ikikec.galat import NilaiSalah
from ikikec.tanggal import baca_ketikan, baca_tanggal

# A form's moment: 2026/10/05 9:12:33 AM GMT+8, 05/10/2026 14.22.10, 2026-10-05T14:22:10Z
_JAM = re.compile(
    r"(.*?)[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(?: ?(?:Z|(?:GMT|UTC)?[+-][\d:]+))?",
    re.IGNORECASE | re.ASCII,
)
_TAHUN_DULU = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_BULAN_DULU = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_PANJANG_ISO = len("2026-10-05")


def baca_tanggal_masuk(teks: str, *, bulan_dulu: bool = False) -> date | None:
    """The day of a cell, None where it is blank; with ``bulan_dulu`` ``10/5/2026`` is 5 October.

    Raises NilaiSalah.
    """
    bersih = teks.strip()
    if not bersih:
        return None
    if len(bersih) == _PANJANG_ISO and bersih[4] == "-":
        return baca_tanggal(bersih)
    if len(bersih) > _PANJANG_ISO and (saat := _JAM.fullmatch(bersih)):
        bersih = saat[1]
    if tahun := _TAHUN_DULU.fullmatch(bersih):
        bersih = f"{tahun[1]}-{int(tahun[2]):02d}-{int(tahun[3]):02d}"
    elif bulan_dulu and (bulan := _BULAN_DULU.fullmatch(bersih)):
        bersih = f"{bulan[3]}/{bulan[1]}/{bulan[4]}"

    def tanpa_hari_ini() -> date:
        raise NilaiSalah(
            f"tanggal {teks.strip()!r} tidak lengkap; di berkas tulis hari, bulan, dan tahun, misalnya 2026-11-22,"
            " 22/11/2026, atau 22 November 2026"
        )

    return baca_ketikan(bersih, tanpa_hari_ini)
