"""The figure of a measure in a period: one query that adds up the entries behind it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat
from ikikec.buku.baca import Bacaan
from ikikec.kinerja.ukuran import UKURAN, Ukuran
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Realisasi:
    """A figure: ``pembilang`` alone for a count, over ``penyebut`` for a ratio."""

    pembilang: int
    penyebut: int | None = None

    @property
    def tepat(self) -> Fraction | None:
        """The count or the percentage, exact; None where there is nothing to divide by."""
        if self.penyebut is None:
            return Fraction(self.pembilang)
        return Fraction(self.pembilang * 100, self.penyebut) if self.penyebut else None

    @property
    def nilai(self) -> int | Decimal | None:
        """The count, or the percentage with two decimals half up; None where there is nothing to divide by."""
        if self.penyebut is None:
            return self.pembilang
        if self.penyebut == 0:
            return None
        return bagi_bulat(self.pembilang * 100, self.penyebut, 2)


def hitung(bacaan: Bacaan, ukuran: Ukuran, periode: Periode) -> Realisasi:
    """The figure that a measure's entries of ``periode`` add up to."""
    baris = ukuran.dalam(periode).subquery()
    jumlah, banyak = bacaan.koneksi.execute(
        sa.select(sa.func.coalesce(sa.func.sum(baris.c.nilai), 0), sa.func.count()).select_from(baris)
    ).one()
    return susun_realisasi(ukuran, jumlah, banyak)


def susun_realisasi(ukuran: Ukuran, jumlah: int, banyak: int) -> Realisasi:
    """The figure of ``banyak`` entries whose values add up to ``jumlah``."""
    return Realisasi(int(jumlah), int(banyak) if ukuran.penyebut else None)


def angka_semua(bacaan: Bacaan, periode: Periode) -> dict[str, list[int | None]]:
    """Every measure's figure in ``periode`` by name, as [pembilang, penyebut]; kept when a month is closed.

    By measure and not by position, since an office may change its positions.
    """
    hasil = {nama: hitung(bacaan, ukuran, periode) for nama, ukuran in UKURAN.items()}
    return {nama: [satu.pembilang, satu.penyebut] for nama, satu in hasil.items()}
