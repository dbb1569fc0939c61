"""The target that serves a sheet, and how much of it was reached. Pure, exact until the one rounding at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ikikec.bahasa import bagi_bulat
from ikikec.buku.target import TERBESAR, Target
from ikikec.galat import NilaiSalah
from ikikec.istilah import Arah
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.ukuran import Ukuran
from ikikec.periode import Periode

PERSEN = "%"
_BULAT = re.compile(r"\d{1,10}", re.ASCII)
_PERSEN = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


def baca_nilai(teks: str, ukuran: Ukuran) -> int:
    """A target as typed, as the whole number the ledger keeps; raises NilaiSalah.

    A count is a whole number from 0. A percentage is 0 to 100 with up to two decimals (``85``, ``85,5``, ``85.5``),
    kept in hundredths.
    """
    bersih = teks.strip()
    if ukuran.satuan == PERSEN:
        cocok = _PERSEN.fullmatch(bersih.removesuffix("%").strip())
        nilai = int(cocok[1]) * 100 + int((cocok[2] or "").ljust(2, "0")) if cocok else -1
        if not 0 <= nilai <= 100_00:
            raise NilaiSalah(f"target {teks!r} bukan persentase; tulis 0 sampai 100, misalnya 85 atau 85,5")
        return nilai
    if not _BULAT.fullmatch(bersih) or int(bersih) > TERBESAR:
        raise NilaiSalah(
            f"target {teks!r} bukan jumlah {ukuran.satuan}; tulis bilangan bulat 0 sampai {TERBESAR} tanpa titik"
        )
    return int(bersih)


def tulis_nilai(nilai: Fraction) -> int | Decimal:
    """A target as sheets and JSON show it: whole, or with up to two decimals, half up."""
    bulat = bagi_bulat(nilai.numerator, nilai.denominator, 2)
    return int(bulat) if bulat == int(bulat) else bulat.normalize()


def nilai_utuh(target: Target) -> Fraction:
    """What was set, for the whole of its own period."""
    return Fraction(target.nilai, 100 if target.satuan == PERSEN else 1)


@dataclass(frozen=True, slots=True)
class TargetBerlaku:
    """The target of a sheet's period; ``nilai`` is exact, ``asal`` the target it is, or is a part of."""

    nilai: Fraction
    asal: Target

    def persis(self, periode: Periode) -> bool:
        """Whether it was set for ``periode`` itself."""
        utuh = self.asal.kunci.periode
        return (utuh.awal, utuh.akhir) == (periode.awal, periode.akhir)

    @property
    def tertulis(self) -> int | Decimal:
        """As sheets and JSON show it."""
        return tulis_nilai(self.nilai)

    @property
    def utuh(self) -> int | Decimal:
        """What was set for the period of ``asal``."""
        return tulis_nilai(nilai_utuh(self.asal))


def pilih_target(
    meliputi: Sequence[Target], indikator: str, ukuran: Ukuran, periode: Periode
) -> TargetBerlaku | None:
    """The target that serves an indicator in ``periode``: the one of the shortest period that covers it.

    ``meliputi`` are the position's targets that cover ``periode``, the one set last first; it wins among equally
    long ones. One in another unit was set for another measure and serves no longer.
    """
    milik = [satu for satu in meliputi if satu.kunci.indikator == indikator and satu.satuan == ukuran.satuan]
    if not milik:
        return None
    asal = min(milik, key=lambda satu: satu.kunci.periode.hari)
    return TargetBerlaku(nilai_utuh(asal) * _bagian(asal, periode), asal)


def _bagian(asal: Target, periode: Periode) -> Fraction:
    """Which part of a target falls to ``periode``: all of a percentage, a count by months, else by days."""
    utuh = asal.kunci.periode
    if asal.satuan == PERSEN:
        return Fraction(1)
    if utuh.bulan and periode.bulan:
        return Fraction(periode.bulan, utuh.bulan)
    return Fraction(periode.hari, utuh.hari)


def capaian(realisasi: Realisasi, target: TargetBerlaku | None, arah: Arah) -> Decimal | None:
    """Realisasi / target × 100, or where smaller is better (2 − realisasi / target) × 100; two decimals half up.

    None where there is no target, a target of 0, or no realisasi.
    """
    tepat = realisasi.tepat
    if target is None or target.nilai == 0 or tepat is None:
        return None
    rasio = tepat / target.nilai
    hasil = 100 * (2 - rasio if arah is Arah.KECIL else rasio)
    return bagi_bulat(hasil.numerator, hasil.denominator, 2)
