"""The day that a cell of a file tells, a moment with an offset being one of the office's own day."""

import re
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from ikikec.galat import NilaiSalah
from ikikec.tanggal import BENTUK, baca_ketikan, baca_tanggal

# A form's moment: 2026/10/05 9:12:33 AM GMT+8, 05/10/2026 14.22.10, 2026-10-05T14:22:10Z, 5 Oktober 2026 14.22 WITA
_SAAT = re.compile(
    r"(?P<hari>.*?)(?:[T ,]| pukul | jam )+(?P<jam>\d{1,2})[:.](?P<menit>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?: ?(?P<paruh>[AP])\.?M\.?)?"
    r"(?: ?(?P<zona>Z|WIB|WITA|WIT|(?:GMT|UTC)?(?P<geser>[+-]\d{1,2}(?::?\d{2})?)|GMT|UTC))?",
    re.IGNORECASE | re.ASCII,
)
_JAM_ZONA = {"WIB": 7, "WITA": 8, "WIT": 9}
_GESER = re.compile(r"([+-])(\d{1,2}):?(\d{2})?", re.ASCII)
_TAHUN_DULU = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_BULAN_DULU = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_PANJANG_ISO = len("2026-10-05")
_BENTUK_BERKAS = "di berkas tulis hari, bulan, dan tahun, misalnya 2026-11-22, 22/11/2026, atau 22 November 2026"


def baca_tanggal_masuk(teks: str, *, bulan_dulu: bool = False, zona: tzinfo | None = None) -> date | None:
    """The day of a cell, None where it is blank; with ``bulan_dulu`` ``10/5/2026`` is 5 October.

    A moment is cut down to its day; one that tells its offset to the day it was in ``zona``. A file may not depend on
    the day it is read on, so a form that leaves out the year is refused: raises NilaiSalah.
    """
    bersih = teks.strip()
    if not bersih:
        return None
    if len(bersih) == _PANJANG_ISO and bersih[4] == "-":
        return baca_tanggal(bersih)
    # Forms write a blank that does not break, narrow or not, before AM and PM.
    saat = _SAAT.fullmatch(" ".join(bersih.split())) if len(bersih) > _PANJANG_ISO else None
    hari = _baca_hari(saat["hari"] if saat else bersih, teks, bulan_dulu=bulan_dulu)
    return _di_kantor(hari, saat, zona, teks) if saat and saat["zona"] and zona else hari


def _baca_hari(bersih: str, teks: str, *, bulan_dulu: bool) -> date:
    if tahun := _TAHUN_DULU.fullmatch(bersih):
        bersih = f"{tahun[1]}-{int(tahun[2]):02d}-{int(tahun[3]):02d}"
    elif bulan_dulu and (bulan := _BULAN_DULU.fullmatch(bersih)):
        bersih = f"{bulan[3]}/{bulan[1]}/{bulan[4]}"

    def tanpa_hari_ini() -> date:
        raise NilaiSalah(f"tanggal {teks.strip()!r} tidak lengkap; {_BENTUK_BERKAS}")

    try:
        return baca_ketikan(bersih, tanpa_hari_ini)
    except NilaiSalah as galat:
        # What may be typed at the counter (yesterday, a day without its month) no file may hold.
        raise NilaiSalah(galat.pesan.replace(BENTUK, _BENTUK_BERKAS)) from None


def _di_kantor(hari: date, saat: re.Match[str], zona: tzinfo, teks: str) -> date:
    """The day in the office when it was that moment where its offset says; raises NilaiSalah where there is none."""
    jam, paruh = int(saat["jam"]), (saat["paruh"] or "").upper()
    if paruh and 1 <= jam <= 12:
        jam = jam % 12 + (12 if paruh == "P" else 0)
    try:
        setempat = datetime.combine(hari, time(jam, int(saat["menit"])), timezone(_geser(saat)))
        return setempat.astimezone(zona).date()
    except (ValueError, OverflowError):
        raise NilaiSalah(f"jam {teks.strip()!r} tidak ada") from None


def _geser(saat: re.Match[str]) -> timedelta:
    if not saat["geser"]:
        return timedelta(hours=_JAM_ZONA.get(saat["zona"].upper(), 0))
    cocok = _GESER.fullmatch(saat["geser"])
    assert cocok is not None
    tanda = -1 if cocok[1] == "-" else 1
    return tanda * timedelta(hours=int(cocok[2]), minutes=int(cocok[3] or 0))
