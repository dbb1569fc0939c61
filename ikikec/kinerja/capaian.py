"""Targets on a sheet: read as they are typed, the one that serves a period, and what of it was reached.

Exact until the one rounding at the end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ikikec.bahasa import bagi_bulat
from ikikec.buku.target import TERBESAR, Kunci, Target
from ikikec.galat import NilaiSalah
from ikikec.istilah import Arah
from ikikec.kinerja.definisi import PERSEN
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.ukuran import Ukuran
from ikikec.periode import Periode

_BULAT = re.compile(r"\d{1,10}", re.ASCII)
_PECAHAN = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?", re.ASCII)
_RENTANG = re.compile(r"\s*(?:\.\.|–|s\.d\.)\s*")
# A figure with decimals is kept in hundredths.
DESIMAL = 2


def baca_nilai(teks: str, ukuran: Ukuran) -> int:
    """A target as typed, as the whole number the ledger keeps; raises NilaiSalah.

    A count is a whole number from 0. A percentage is 0 to 100 with up to two decimals (``85``, ``85,5``, ``85.5``),
    kept in hundredths, and so is any other figure that has decimals.
    """
    bersih = teks.strip()
    if ukuran.berdesimal:
        cocok = _PECAHAN.fullmatch(bersih.removesuffix("%").strip() if ukuran.satuan == PERSEN else bersih)
        nilai = int(cocok[1]) * 100 + int((cocok[2] or "").ljust(2, "0")) if cocok else -1
        if ukuran.satuan == PERSEN and not 0 <= nilai <= 100_00:
            raise NilaiSalah(f"target {teks!r} bukan persentase; tulis 0 sampai 100, misalnya 85 atau 85,5")
        if nilai < 0:
            raise NilaiSalah(f"target {teks!r} bukan bilangan; paling banyak dua desimal, misalnya 3 atau 3,5")
        return nilai
    if not _BULAT.fullmatch(bersih) or int(bersih) > TERBESAR:
        raise NilaiSalah(
            f"target {teks!r} bukan jumlah {ukuran.satuan}; tulis bilangan bulat 0 sampai {TERBESAR} tanpa titik"
        )
    return int(bersih)


def baca_target(teks: str, ukuran: Ukuran, kunci: Kunci) -> Target:
    """A target as typed, a figure or a range of two (``80..90``); raises NilaiSalah."""
    bagian = [baca_nilai(satu, ukuran) for satu in _RENTANG.split(teks.strip(), maxsplit=1)]
    bawah, atas = bagian[0], bagian[1] if len(bagian) > 1 else None
    if atas is not None and atas <= bawah:
        raise NilaiSalah(f"target {teks!r}: yang pertama harus lebih kecil dari yang kedua, misalnya 80..90")
    desimal = DESIMAL if ukuran.berdesimal and ukuran.satuan != PERSEN else None
    return Target(kunci, bawah, ukuran.satuan, atas, desimal)


def tulis_nilai(nilai: Fraction) -> int | Decimal:
    """A target as sheets and JSON show it: whole, or with up to two decimals, half up."""
    bulat = bagi_bulat(nilai.numerator, nilai.denominator, 2)
    return int(bulat) if bulat == int(bulat) else bulat.normalize()


def nilai_utuh(target: Target) -> Fraction:
    """What was set, for the whole of its own period; of a range its lower end."""
    return Fraction(target.nilai, target.skala)


def atas_utuh(target: Target) -> Fraction | None:
    """The upper end of a range, for the whole of its own period."""
    return None if target.atas is None else Fraction(target.atas, target.skala)


@dataclass(frozen=True, slots=True)
class TargetBerlaku:
    """The target of a sheet's period; ``nilai`` is exact, ``asal`` the target it is, or is a part of.

    ``atas`` is the upper end of a range, whose lower end ``nilai`` is; ``terbagi``: a part of a period has its part.
    """

    nilai: Fraction
    asal: Target
    atas: Fraction | None = None
    terbagi: bool = True

    def persis(self, periode: Periode) -> bool:
        """Whether it was set for ``periode`` itself."""
        utuh = self.asal.kunci.periode
        return (utuh.awal, utuh.akhir) == (periode.awal, periode.akhir)

    @property
    def tertulis(self) -> int | Decimal:
        """As sheets and JSON show it."""
        return tulis_nilai(self.nilai)

    @property
    def tertulis_atas(self) -> int | Decimal | None:
        """The upper end as sheets and JSON show it."""
        return None if self.atas is None else tulis_nilai(self.atas)

    @property
    def utuh(self) -> int | Decimal:
        """What was set for the period of ``asal``."""
        return tulis_nilai(nilai_utuh(self.asal))

    @property
    def utuh_atas(self) -> int | Decimal | None:
        """The upper end that was set for the period of ``asal``."""
        atas = atas_utuh(self.asal)
        return None if atas is None else tulis_nilai(atas)


def pilih_target(semua: Sequence[Target], indikator: str, ukuran: Ukuran, periode: Periode) -> TargetBerlaku | None:
    """The target that serves an indicator in ``periode``: the one of the shortest period that covers it.

    ``semua`` are the position's targets that cover ``periode``, the one set last first; it wins among equally
    long ones. One in another unit was set for another measure and serves no longer.
    """
    milik = [satu for satu in semua if satu.kunci.indikator == indikator and satu.satuan == ukuran.satuan]
    if not milik:
        return None
    asal = min(milik, key=lambda satu: satu.kunci.periode.hari)
    bagian = _bagian(asal, periode) if ukuran.terbagi else Fraction(1)
    atas = atas_utuh(asal)
    return TargetBerlaku(nilai_utuh(asal) * bagian, asal, None if atas is None else atas * bagian, ukuran.terbagi)


def _bagian(asal: Target, periode: Periode) -> Fraction:
    """Which part of a count's target falls to ``periode``: by months, else by days."""
    utuh = asal.kunci.periode
    if utuh.bulan and periode.bulan:
        return Fraction(periode.bulan, utuh.bulan)
    return Fraction(periode.hari, utuh.hari)


def capaian(realisasi: Realisasi, target: TargetBerlaku | None, arah: Arah) -> Decimal | None:
    """Realisasi / target × 100, or where smaller is better (2 − realisasi / target) × 100; two decimals half up.

    Within a range it is 100; below it its lower end is the target, above it its upper. None where there is no
    target, a target of 0, or no realisasi.
    """
    tepat = realisasi.tepat
    if target is None or tepat is None:
        return None
    tuju = target.nilai
    if target.atas is not None and tepat >= tuju:
        if tepat <= target.atas:
            return bagi_bulat(100, 1, 2)
        tuju = target.atas
    if tuju == 0:
        return None
    rasio = tepat / tuju
    hasil = 100 * (2 - rasio if arah is Arah.KECIL else rasio)
    return bagi_bulat(hasil.numerator, hasil.denominator, 2)
