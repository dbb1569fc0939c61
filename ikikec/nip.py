"""The number of a civil servant (NIP). Pure.

Eighteen digits: birth date, year and month of appointment (for PPPK a code in the month's place), sex, sequence.
"""

from datetime import date

from ikikec.galat import NilaiSalah


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
