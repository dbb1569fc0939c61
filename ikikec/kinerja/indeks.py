"""The survey's index (PermenPAN-RB 14/2017): exact fractions until it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat
from ikikec.buku.model import HALAMAN
from ikikec.istilah import KODE_UNSUR, PEMBULATAN, UNSUR
from ikikec.konfigurasi import BOBOT_SKM


@dataclass(frozen=True, slots=True)
class Mutu:
    """A quality letter, its words, and the index it begins at."""

    huruf: str
    kinerja: str
    mulai: Decimal


MUTU = (
    Mutu("A", "Sangat Baik", Decimal("88.31")),
    Mutu("B", "Baik", Decimal("76.61")),
    Mutu("C", "Kurang Baik", Decimal("65.00")),
    Mutu("D", "Tidak Baik", Decimal(0)),
)


def mutu(ikm: Decimal) -> Mutu:
    """The quality of an index that is already rounded to two decimals."""
    return next(satu for satu in MUTU if ikm >= satu.mulai)


def bulatkan(nilai: Fraction | None, desimal: int) -> Decimal | None:
    """``nilai`` (not negative) rounded half up; None stays None."""
    return None if nilai is None else bagi_bulat(nilai.numerator, nilai.denominator, desimal)


# To how many decimals a mean is rounded before it goes on into the index.
_DESIMAL: dict[str, int | None] = dict(zip(PEMBULATAN, (None, 2), strict=True))


def ikm_dari(indeks: Fraction | None) -> Decimal | None:
    """What is published of an exact index: × 25, rounded once to two decimals."""
    return None if indeks is None else bulatkan(indeks * 25, 2)


@dataclass(frozen=True, slots=True)
class Unsur:
    """One of the nine elements: field name, code (U1 …), title, sum of its answers, how many forms answered it.

    ``desimal``: how many its mean is rounded to before it goes on; None for none.
    """

    nama: str
    kode: str
    judul: str
    jumlah: int
    terjawab: int
    bobot: Fraction
    desimal: int | None = None

    @property
    def rata(self) -> Fraction | None:
        """The mean of its answers (NRR) that the index is made of, 1 to 4; None where nobody answered."""
        if not self.terjawab:
            return None
        tepat = Fraction(self.jumlah, self.terjawab)
        return tepat if self.desimal is None else Fraction(bagi_bulat(self.jumlah, self.terjawab, self.desimal))

    @property
    def nrr(self) -> Decimal | None:
        """The mean with three decimals, or as many as it was rounded to."""
        return bulatkan(self.rata, 3 if self.desimal is None else self.desimal)

    @property
    def nilai(self) -> Decimal | None:
        """The mean × 25 with two decimals."""
        return None if self.rata is None else bulatkan(self.rata * 25, 2)

    @property
    def tertimbang(self) -> Decimal | None:
        """The weighted mean (NRR tertimbang) with three decimals."""
        return None if self.rata is None else bulatkan(self.rata * self.bobot, 3)


@dataclass(frozen=True, slots=True)
class Indeks:
    """The nine elements together. ``bobot`` is the weight as the office writes it, ``pembulatan`` the way of it."""

    unsur: tuple[Unsur, ...]
    bobot: str
    pembulatan: str = PEMBULATAN[0]

    @property
    def pasti(self) -> Fraction | None:
        """The exact index, 1 to 4; None where an element was answered by nobody."""
        bagian = [satu.rata * satu.bobot for satu in self.unsur if satu.rata is not None]
        return sum(bagian, Fraction(0)) if len(bagian) == len(self.unsur) else None

    @property
    def indeks(self) -> Decimal | None:
        """The index with four decimals, as the regulation's table has it."""
        return bulatkan(self.pasti, 4)

    @property
    def ikm(self) -> Decimal | None:
        """The index × 25 with two decimals."""
        return ikm_dari(self.pasti)

    @property
    def mutu(self) -> Mutu | None:
        """The quality of the published index."""
        return None if self.ikm is None else mutu(self.ikm)

    @property
    def tak_terjawab(self) -> tuple[Unsur, ...]:
        """The elements that nobody answered, for which there is no index."""
        return tuple(satu for satu in self.unsur if not satu.terjawab)

    @property
    def peringkat(self) -> tuple[Unsur, ...]:
        """The answered elements from the lowest mean, equal ones in the regulation's order."""
        terjawab = [(satu.rata, satu) for satu in self.unsur if satu.rata is not None]
        return tuple(satu for _, satu in sorted(terjawab, key=lambda pasangan: pasangan[0]))


def kolom_indeks() -> list[Any]:
    """What to ask of the survey's page: the sum of each element's answers, then how many forms answered it."""
    survei = HALAMAN["survei"].c
    jumlah = [sa.func.coalesce(sa.func.sum(survei[nama]), 0) for nama in UNSUR]
    return [*jumlah, *(sa.func.count(survei[nama]) for nama in UNSUR)]


def susun_indeks(angka: Sequence[int], bobot: str, pembulatan: str = PEMBULATAN[0]) -> Indeks:
    """The index from what ``kolom_indeks`` asks for; ``bobot`` as the configuration has it."""
    banyak, desimal = len(UNSUR), _DESIMAL[pembulatan]
    unsur = (
        Unsur(nama, KODE_UNSUR[nama], judul, int(angka[urut]), int(angka[urut + banyak]), BOBOT_SKM[bobot], desimal)
        for urut, (nama, judul) in enumerate(UNSUR.items())
    )
    return Indeks(tuple(unsur), bobot, pembulatan)
