"""The satisfaction index of PermenPAN-RB 14/2017: arithmetic alone, no ledger.

Everything inside is exact (whole numbers and fractions); each figure shown is rounded once, half up, from the exact
value. Only the quality letter is taken from a rounded figure, the index as it is published.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ikikec.bahasa import bagi_bulat

ATURAN = (
    "NRR adalah jumlah nilai jawaban dibagi jumlah formulir yang menjawab unsur itu; jawaban kosong tidak dihitung."
    " Indeks adalah jumlah kesembilan NRR tertimbang (NRR × bobot); IKM adalah indeks × 25. Semua dihitung dari"
    " pecahan utuh dan dibulatkan sekali. Mutu menurut IKM yang sudah dibulatkan: A mulai 88,31; B mulai 76,61; C"
    " mulai 65,00; D di bawahnya (PermenPAN-RB 14/2017)."
)


@dataclass(frozen=True, slots=True)
class Mutu:
    """A quality letter, its words, and the index it begins at."""

    huruf: str
    kinerja: str
    mulai: Decimal


_MUTU = (
    Mutu("A", "Sangat Baik", Decimal("88.31")),
    Mutu("B", "Baik", Decimal("76.61")),
    Mutu("C", "Kurang Baik", Decimal("65.00")),
    Mutu("D", "Tidak Baik", Decimal(0)),
)


def mutu(ikm: Decimal) -> Mutu:
    """The quality of an index that is already rounded to two decimals."""
    return next(satu for satu in _MUTU if ikm >= satu.mulai)


def bulatkan(nilai: Fraction | None, desimal: int) -> Decimal | None:
    """``nilai`` (not negative) rounded half up; None stays None."""
    return None if nilai is None else bagi_bulat(nilai.numerator, nilai.denominator, desimal)


def sampel_minimum(populasi: int) -> int:
    """The smallest sample for so many people served (at least 1), after Krejcie and Morgan, rounded half up.

    S = 3,841·N·¼ / (0,0025·(N−1) + 3,841·¼), both parts taken times 4000 so that they are whole.
    """
    return int(bagi_bulat(3841 * populasi, 10 * (populasi - 1) + 3841, 0))


@dataclass(frozen=True, slots=True)
class Unsur:
    """One of the nine elements: field name, code (U1 …), title, sum of its answers, how many forms answered it."""

    nama: str
    kode: str
    judul: str
    jumlah: int
    terjawab: int
    bobot: Fraction

    @property
    def rata(self) -> Fraction | None:
        """The exact mean of its answers (NRR), 1 to 4; None where nobody answered."""
        return Fraction(self.jumlah, self.terjawab) if self.terjawab else None

    @property
    def nrr(self) -> Decimal | None:
        """The mean with three decimals."""
        return bulatkan(self.rata, 3)

    @property
    def tertimbang(self) -> Decimal | None:
        """The weighted mean (NRR tertimbang) with three decimals."""
        return None if self.rata is None else bulatkan(self.rata * self.bobot, 3)


@dataclass(frozen=True, slots=True)
class Indeks:
    """The nine elements together. ``bobot`` is the weight as the office writes it."""

    unsur: tuple[Unsur, ...]
    bobot: str

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
        return None if self.pasti is None else bulatkan(self.pasti * 25, 2)

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
