"""Indonesian conventions for numbers, lists and officials' numbers (NIP); how text is taken in and compared. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from ikikec.galat import NilaiSalah


def bagi_bulat(pembilang: int, penyebut: int, angka: int) -> Decimal:
    """``pembilang / penyebut`` rounded half up, once, to ``angka`` decimals; whole numbers in, exact Decimal out.

    The contract's only rounding: from whole numbers, at the end. ``penyebut`` must be greater than zero.
    """
    skala: int = 10**angka
    utuh, sisa = divmod(pembilang * skala, penyebut)
    if sisa * 2 >= penyebut:
        utuh += 1
    return Decimal(utuh).scaleb(-angka)


def angka(nilai: int | Decimal) -> str:
    """A number with Indonesian marks: ``1.234``, ``−1.234,50``; decimals as many as ``nilai`` has."""
    return f"{nilai:,}".translate(str.maketrans(",.-", ".,−"))


def persen(nilai: int | Decimal) -> str:
    """A percentage with the decimals it has: ``91,48 %``."""
    return f"{angka(nilai)} %"


def selisih(nilai: int | Decimal) -> str:
    """A difference with its sign: ``+2,69``, ``−3``, ``0,00``."""
    tanda = "+" if nilai > 0 else ""
    return tanda + angka(nilai)


def deret(kata: Iterable[str]) -> str:
    """Words in a row: ``a``, ``a atau b``, ``a, b, atau c``."""
    daftar = list(kata)
    if len(daftar) < 3:
        return " atau ".join(daftar)
    return f"{', '.join(daftar[:-1])}, atau {daftar[-1]}"


def terdekat(kata: str, dikenal: Iterable[str]) -> str:
    """The known word nearest to a mistyped one, as a question to append to a message, or an empty text."""
    import difflib

    menurut = {satu.lower(): satu for satu in dikenal}
    mirip = difflib.get_close_matches(kata.lower(), menurut, n=1)
    return f"; maksudnya {menurut[mirip[0]]}?" if mirip else ""


def titik_titik(teks: str) -> str:
    """``teks``, or the dotted line that stands where an office has not filled it in."""
    return teks or "…………………"


def nip(teks: str) -> str:
    """An official's number grouped 8 6 1 3, as signature blocks write it."""
    return " ".join((teks[:8], teks[8:14], teks[14:15], teks[15:])) if teks else ""


def bersih(teks: str) -> str:
    """``teks`` without the control and direction characters that disturb a terminal; blanks of any kind are plain."""
    return "".join(huruf if huruf.isprintable() else " " if huruf.isspace() else "" for huruf in teks)


# What phones and word processors put among what people type: blanks of other widths, marks that nobody sees (a
# zero-width joiner holds an emoji together and stays there), hyphens and quotes of other forms.
_SPASI_LAIN = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_TAK_TAMPAK = "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_SPASI = re.compile(f"[{_SPASI_LAIN}]")
_BUANG = re.compile(f"[{_TAK_TAMPAK}]|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_HUBUNG = dict.fromkeys((*range(0x2010, 0x2014), 0x2212), "-")
_SETARA = _HUBUNG | dict.fromkeys(map(ord, "‘’‚‛`´"), "'") | dict.fromkeys(map(ord, "“”„‟«»"), '"')


_KENDALI = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def jinak(teks: str) -> str:
    """``teks`` as a terminal may have it, lines and tabs kept: whatever else it would obey is shown as a sign."""
    if teks.isascii() and not _KENDALI.search(teks):
        return teks
    rata = _SPASI.sub(" ", teks)
    return "".join(satu if satu.isprintable() or satu in "\n\t" else ascii(satu)[1:-1] for satu in rata)


def rapi(teks: str) -> str:
    """``teks`` as it is taken in, however it was pasted; what it says does not change.

    Blanks become plain ones, marks that nobody sees go, and so do the dashes of numbers, dates and words written as
    one (a text without blanks, or without letters): they are hyphens.
    """
    if teks.isascii():
        return teks
    teks = _BUANG.sub("", _SPASI.sub(" ", teks))
    satu = " " not in teks.strip() or not any(map(str.isalpha, teks))
    return teks.translate(_HUBUNG) if satu else teks


def setara(teks: str) -> str:
    """``teks`` with the one form of each blank, quote and hyphen: two texts that differ only there are the same."""
    return teks if teks.isascii() else rapi(teks).translate(_SETARA)


def kunci_teks(teks: str) -> str:
    """What texts have in common that differ only in letter case, blanks, quotes and hyphens."""
    return " ".join(setara(teks).casefold().split())


_SUREL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def tampak_kontak(teks: str) -> bool:
    """Whether somebody may be reached by ``teks``: it holds an address, or six digits and more."""
    return bool(_SUREL.search(teks)) or sum(map(str.isdecimal, teks)) >= 6


def baca_nip(teks: str) -> str:
    """The eighteen digits, blanks between them left out; raises NilaiSalah where they are not eighteen."""
    bersih = teks.replace(" ", "")
    if len(bersih) != 18 or not (bersih.isascii() and bersih.isdecimal()):
        raise NilaiSalah("NIP harus 18 angka (8 6 1 3)")
    return bersih


def periksa_nip(teks: str) -> str:
    """The digits of a NIP whose parts can be right; raises NilaiSalah naming the part that cannot."""
    nip = baca_nip(teks)
    lahir, angkat, kelamin = nip[:8], nip[8:12], nip[14]
    try:
        tahun_lahir = date(int(lahir[:4]), int(lahir[4:6]), int(lahir[6:])).year
    except ValueError:
        raise NilaiSalah(f"8 angka pertama NIP ({lahir}) bukan tanggal lahir (TAHUN BULAN HARI)") from None
    if int(angkat) <= tahun_lahir:
        raise NilaiSalah(f"angka ke-9 sampai 12 NIP ({angkat}) bukan tahun pengangkatan: tidak sesudah tahun lahir")
    if kelamin not in "12":
        raise NilaiSalah(f"angka ke-15 NIP ({kelamin}) bukan 1 (laki-laki) atau 2 (perempuan)")
    return nip
