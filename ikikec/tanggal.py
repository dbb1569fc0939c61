"""Dates as files write them and as Indonesian offices read them. Pure; knows no clock."""

import re
from datetime import date, datetime, tzinfo

from ikikec.galat import NilaiSalah

BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

# A year outside this span is a slip of the keyboard, and the span keeps every deadline inside what dates can hold.
TAHUN_TERAWAL, TAHUN_TERAKHIR = 1945, 2999

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def tahun_wajar(tahun: int) -> int:
    """Return ``tahun`` unchanged; raise NilaiSalah where it lies outside 1945 to 2999."""
    if not TAHUN_TERAWAL <= tahun <= TAHUN_TERAKHIR:
        raise NilaiSalah(f"tahun {tahun:04d} tidak wajar; tulis tahun {TAHUN_TERAWAL} sampai {TAHUN_TERAKHIR}")
    return tahun


def baca_tanggal(teks: str) -> date:
    """Read a date written ``YYYY-MM-DD``; raise NilaiSalah, naming what is wrong with it, otherwise."""
    cocok = _ISO.fullmatch(teks.strip())
    if cocok is None:
        raise NilaiSalah(f"tanggal {teks!r} tidak dikenali; tulis TAHUN-BULAN-HARI, misalnya 2026-11-22")
    tahun, bulan, hari = (int(bagian) for bagian in cocok.groups())
    tahun_wajar(tahun)
    try:
        return date(tahun, bulan, hari)
    except ValueError:
        raise NilaiSalah(f"tanggal {teks.strip()} tidak ada di kalender") from None


def tanggal_panjang(hari: date) -> str:
    """``22 November 2026``."""
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def tanggal_pendek(hari: date) -> str:
    """``22 Nov 2026``, for tables."""
    return f"{hari.day} {bulan_pendek(hari)}"


def bulan_pendek(hari: date) -> str:
    """The month of a day, for tables: ``Nov 2026``."""
    return f"{BULAN[hari.month - 1][:3]} {hari.year}"


def saat_setempat(waktu: str, zona: tzinfo) -> str:
    """A moment in ISO text, shown in ``zona``: ``22 November 2026 14.05``."""
    setempat = datetime.fromisoformat(waktu).astimezone(zona)
    return f"{tanggal_panjang(setempat.date())} {setempat:%H.%M}"


def hari_tanggal(hari: date) -> str:
    """``Minggu, 22 November 2026``."""
    return f"{HARI[hari.weekday()]}, {tanggal_panjang(hari)}"
