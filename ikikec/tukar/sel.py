"""What one cell of a foreign file says, as its field has it: words, whole numbers, days, and what is no value at all.

A file may not depend on the day it is read on, and no cell may become a value that it does not say.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import partial

from ikikec.bahasa import setara
from ikikec.berkas_csv import GALAT_LEMBAR
from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.galat import NilaiSalah, kutip
from ikikec.istilah import JAWABAN, SEBUTAN_LAIN, SIFAT, SIFAT_UMUM, TINGKAT
from ikikec.tanggal import BENTUK, baca_ketikan, baca_tanggal

_GALAT_LEMBAR = re.compile(GALAT_LEMBAR)
# A long number that a spreadsheet has rounded, and the fields that hold some.
_TERBULATKAN = re.compile(r"[+-]?\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
_BERANGKA_PANJANG = ("kontak", "nomor_surat", "edisi")
_BERNOL = re.compile(r"([+-]?\d+)[.,]0{1,2}|([+-]?\d{1,3}(?:\.\d{3})+),0+", re.ASCII)
_SERI = re.compile(r"-?\d{4,}(?:[.,]\d+)?", re.ASCII)
_BERANGKA = re.compile(r"([1-4])\s*([.):=(–-]*)\s*\(?([^\W\d_].*?)\)?", re.DOTALL)

# A form's moment: 2026/10/05 9:12:33 AM GMT+8, 05/10/2026 14.22.10, 2026-10-05T14:22:10Z, 5 Oktober 2026 14.22 WITA
_SAAT = re.compile(
    r"(?P<hari>.*?)(?:[T ,]| pukul | jam )+(?P<jam>\d{1,2})[:.](?P<menit>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?: ?(?P<paruh>[AP])\.?M\.?)?"
    r"(?: ?(?P<zona>Z|WIB|WITA|WIT|(?:GMT|UTC)?(?P<tanda>[+-])(?P<geser>\d{1,2})(?::?(?P<lebih>\d{2}))?|GMT|UTC))?",
    re.IGNORECASE | re.ASCII,
)
_JAM_ZONA = {"WIB": 7, "WITA": 8, "WIT": 9}
_TAHUN_DULU = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII)
_BULAN_DULU = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_PANJANG_ISO = len("2026-10-05")
_BENTUK_BERKAS = "di berkas tulis hari, bulan, dan tahun, misalnya 2026-11-22, 22/11/2026, atau 22 November 2026"


class SelBukanTeks(str):
    """A cell that holds a date, a time, or a number with decimals: its text is ours, not what the office sees."""

    __slots__ = ()


class SelTakTerbaca(str):
    """A cell whose value cannot be told; its text says why."""

    __slots__ = ()


def sel_galat(teks: str) -> str:
    """A cell of a text file, marked where it says only that a formula failed."""
    bersih = teks.strip()
    return SelTakTerbaca(pesan_galat(bersih)) if _GALAT_LEMBAR.fullmatch(bersih) else teks


def pesan_galat(galat: str) -> str:
    """What to say of a cell that shows ``galat``."""
    return f"selnya berisi galat {galat}; betulkan rumusnya di lembar kerja, lalu simpan ulang"


def rata(kata: str) -> str:
    """A word without what people write differently: case, blanks, underscores, hyphens, marks around it."""
    return re.sub(r"[\s_-]+", "", setara(kata)).strip(".:*!?").casefold()


def rata_judul(judul: str) -> str:
    """A heading likewise, dots left out and ``tgl`` written in full."""
    polos = rata(judul).replace(".", "")
    return f"tanggal{polos[3:]}" if polos.startswith("tgl") else polos


def pembaca_sel(
    bidang: Bidang, kata: Mapping[str, str], *, bulan_dulu: bool, zona: tzinfo | None
) -> Callable[[str], Nilai]:
    """What reads the cells of a column into ``bidang``; ``kata``: what its words mean, by ``rata``, before our own.

    What it returns gives None for a blank cell and raises NilaiSalah for one that it cannot read.
    """
    if bidang.jenis is Jenis.TANGGAL:
        return partial(_terbaca, partial(baca_tanggal_masuk, bulan_dulu=bulan_dulu, zona=zona))
    if bidang.jenis is Jenis.TEKS and not bidang.kata:
        return partial(_terbaca, partial(_baca_teks, bidang, kata))
    if bidang.nama in SIFAT:
        return partial(_terbaca, partial(_baca_jawaban, bidang, kata_jawaban(bidang.nama) | {"0": ""} | dict(kata)))
    return partial(_terbaca, partial(_baca_kata, bidang, _kata_isian(bidang) | dict(kata)))


def _terbaca(baca: Callable[[str], Nilai], teks: str) -> Nilai:
    if isinstance(teks, SelTakTerbaca):
        raise NilaiSalah(str(teks))
    return baca(teks)


def _baca_teks(bidang: Bidang, kata: Mapping[str, str], teks: str) -> Nilai:
    if bidang.nama in _BERANGKA_PANJANG and _TERBULATKAN.fullmatch(teks.strip()):
        raise NilaiSalah("angkanya sudah dibulatkan Excel; jadikan kolomnya teks, lalu tulis lagi")
    return bidang.baca(kata.get(rata(teks), teks) if kata else teks)


def _baca_kata(bidang: Bidang, kata: Mapping[str, str], teks: str) -> Nilai:
    return bidang.baca(kata.get(rata(teks), _utuh(teks) if bidang.jenis is Jenis.BILANGAN else teks))


def _kata_isian(bidang: Bidang) -> dict[str, str]:
    """What people write for a field's coded words."""
    lain = {sebutan: arti for sebutan, arti in SEBUTAN_LAIN.items() if arti in bidang.kata}
    return lain | {rata(satu): satu for satu in bidang.kata}


def _utuh(teks: str) -> str:
    """A whole number without the decimals of zeros that people and spreadsheets write."""
    cocok = _BERNOL.fullmatch(teks.strip())
    return cocok[1] or cocok[2] if cocok else teks


def kata_jawaban(nama: str) -> dict[str, str]:
    """The figure of each word of the form's question about an element, by ``rata``."""
    umum = [[f"{tingkat} {sifat}" for tingkat in TINGKAT] for sifat in (*SIFAT[nama], *SIFAT_UMUM)]
    semua = (*umum, JAWABAN.get(nama, ()))
    return {rata(satu): str(angka) for kata in semua for angka, satu in enumerate(kata, 1)}


def _baca_jawaban(bidang: Bidang, kata: Mapping[str, str], teks: str) -> Nilai:
    """A word by its meaning, a figure before it by itself where the word does not say otherwise; 0 is no answer."""
    utuh = _utuh(teks)
    if (langsung := kata.get(rata(utuh))) is not None:
        return bidang.baca(langsung)
    berangka = _BERANGKA.fullmatch(utuh.strip())
    angka, tanda, sisa = berangka.groups() if berangka else ("", "", "")
    if rata(sisa) not in kata and not tanda:
        # A figure before any other word counts something else ("4 hari").
        return bidang.baca(utuh)
    if kata.get(rata(sisa), angka) != angka:
        raise NilaiSalah(f"{kutip(teks)} bertentangan: angkanya {angka}, katanya {kata[rata(sisa)]}")
    return bidang.baca(angka)


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

    if _SERI.fullmatch(bersih):
        raise NilaiSalah(f"selnya berisi angka {kutip(teks)}, bukan tanggal; {_BENTUK_BERKAS}")

    def tanpa_hari_ini() -> date:
        raise NilaiSalah(f"tanggal {kutip(teks)} tidak lengkap; {_BENTUK_BERKAS}")

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
        raise NilaiSalah(f"jam {kutip(teks)} tidak ada") from None


def _geser(saat: re.Match[str]) -> timedelta:
    if not saat["geser"]:
        return timedelta(hours=_JAM_ZONA.get(saat["zona"].upper(), 0))
    geser = timedelta(hours=int(saat["geser"]), minutes=int(saat["lebih"] or 0))
    return -geser if saat["tanda"] == "-" else geser
