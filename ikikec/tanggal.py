"""Dates as files write them, as people type them, and as Indonesian offices read them. Pure; knows no clock."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from ikikec.galat import NilaiSalah, kutip

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
        raise NilaiSalah(f"tanggal {kutip(teks)} tidak dikenali; tulis TAHUN-BULAN-HARI, misalnya 2026-11-22")
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


HariIni = Callable[[], date]

BENTUK = (
    "hari ditulis dulu, misalnya: hari ini, kemarin, 2 hari lalu, senin, 5, 5/3, 5-3-2026, 5 Maret 2026, 2026-03-05"
)
_LALU = re.compile(r"(\d{1,4}) hari (?:yang )?lalu", re.ASCII)
_ANGKA = re.compile(r"(\d{1,2})(?:([/.-])(\d{1,2})(?:\2(\d+))?)?", re.ASCII)
_BERNAMA = re.compile(r"(\d{1,2}) ?([a-z]+)\.?(?: ?(\d+))?", re.ASCII)

# Spellings that are no beginning of the month's name.
_EJAAN = {"peb": 2, "pebruari": 2, "agt": 8, "ags": 8, "nop": 11, "nopember": 11}


def baca_bulan(kata: str) -> int | None:
    """The month (1 to 12) that a name, its first three letters or more, or a usual short form means."""
    if kata in _EJAAN:
        return _EJAAN[kata]
    cocok = [nomor for nomor, nama in enumerate(BULAN, 1) if len(kata) >= 3 and nama.lower().startswith(kata)]
    return cocok[0] if len(cocok) == 1 else None


def baca_ketikan(teks: str, hari_ini: HariIni) -> date:
    """The day that ``teks`` means; what it leaves out is the latest that is not after ``hari_ini``.

    A day that is written in full may lie in the future; whether it may be recorded is for the rules. ``hari_ini`` is
    called only where it matters. Raises NilaiSalah.
    """
    bersih = " ".join(teks.lower().replace("jum'at", "jumat").split())
    if _ISO.fullmatch(bersih):
        return baca_tanggal(bersih)
    hari, bagian = _kata(bersih, hari_ini), _bagian(bersih)
    if bagian is not None:
        hari = _susun(bersih, *bagian, hari_ini)
    if hari is None:
        raise NilaiSalah(f"tanggal {kutip(teks)} tidak dikenali; {BENTUK}")
    tahun_wajar(hari.year)
    return hari


def _kata(teks: str, hari_ini: HariIni) -> date | None:
    if teks in ("hari ini", "hari-ini", "sekarang"):
        return hari_ini()
    if teks == "kemarin":
        return hari_ini() - timedelta(days=1)
    lalu = _LALU.fullmatch(teks)
    if lalu:
        return hari_ini() - timedelta(days=int(lalu[1]))
    nama = [hari.lower() for hari in HARI]
    if teks in nama:
        kini = hari_ini()
        return kini - timedelta(days=(kini.weekday() - nama.index(teks)) % 7)
    return None


def _bagian(teks: str) -> tuple[int, int | None, str | None] | None:
    """Day, month and year of ``5``, ``5/3``, ``5-3-2026``, ``5 mar``, ``5 maret 2026``."""
    if angka := _ANGKA.fullmatch(teks):
        return int(angka[1]), int(angka[3]) if angka[3] else None, angka[4]
    bernama = _BERNAMA.fullmatch(teks)
    bulan = baca_bulan(bernama[2]) if bernama else None
    return (int(bernama[1]), bulan, bernama[3]) if bernama and bulan else None


def _susun(teks: str, hari: int, bulan: int | None, tahun: str | None, hari_ini: HariIni) -> date:
    if bulan is not None and not 1 <= bulan <= 12:
        raise NilaiSalah(f"{teks}: dibaca hari {hari} bulan {bulan}, padahal bulan hanya 1 sampai 12; {BENTUK}")
    if not 1 <= hari <= 31:
        raise NilaiSalah(f"{teks}: dibaca hari ke-{hari}; hari hanya 1 sampai 31; {BENTUK}")
    if tahun is not None and len(tahun) not in (2, 4):
        raise NilaiSalah(f"{kutip(teks)}: tahun {kutip(tahun)} kurang jelas, tulis dua atau empat angka; {BENTUK}")
    if bulan is None:
        return _hari_terakhir(hari, hari_ini())
    if tahun is None:
        kini = hari_ini()
        tahun_dicari = kini.year - ((bulan, hari) > (kini.month, kini.day))
    else:
        tahun_dicari = tahun_wajar(int(tahun) if len(tahun) == 4 else 2000 + int(tahun))
    ada = _tanggal(tahun_dicari, bulan, hari)
    if ada is None:
        raise NilaiSalah(
            f"{teks}: dibaca {hari} {BULAN[bulan - 1]} {tahun_dicari}, tanggal itu tidak ada"
            f"{_terdekat(tahun_dicari, bulan, hari)}; {BENTUK}"
        )
    return ada


def _hari_terakhir(hari: int, kini: date) -> date:
    """The latest such day (1 to 31) of a month that is not after today: one of three months has it."""
    indeks = kini.year * 12 + kini.month - 1
    calon = (_tanggal(satu // 12, satu % 12 + 1, hari) for satu in range(indeks, indeks - 3, -1))
    return next(ada for ada in calon if ada is not None and ada <= kini)


def _terdekat(tahun: int, bulan: int, hari: int) -> str:
    """The nearest years that have a 29 February; blank for a day that no year has."""
    ada = [satu for satu in range(tahun - 8, tahun + 9) if _tanggal(satu, bulan, hari)]
    sebelum, sesudah = [satu for satu in ada if satu < tahun], [satu for satu in ada if satu > tahun]
    return f" (yang terdekat {sebelum[-1]} dan {sesudah[0]})" if ada else ""


def _tanggal(tahun: int, bulan: int, hari: int) -> date | None:
    try:
        return date(tahun, bulan, hari)
    except ValueError:
        return None
