"""The figure of a measure in a period, beside earlier ones and by month: queries that add up its entries."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat
from ikikec.buku.baca import Bacaan
from ikikec.kinerja.ukuran import UKURAN, Ukuran
from ikikec.periode import Periode, bulan_bulan, dua_belas_bulan


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


@dataclass(frozen=True, slots=True)
class Pembanding:
    """An earlier figure, and what the present one is more than it.

    ``selisih`` is in the measure's unit, percentage points for a percentage, taken between the figures as they are
    shown, so that it can be checked on paper; None where either has no data.
    """

    periode: Periode
    realisasi: Realisasi
    selisih: int | Decimal | None


@dataclass(frozen=True, slots=True)
class Banding:
    """The two earlier figures; for a year they are the same."""

    sebelumnya: Pembanding
    tahun_lalu: Pembanding

    @property
    def kolom(self) -> tuple[Pembanding, ...]:
        """Those that differ in their days."""
        if self.sebelumnya.periode.awal == self.tahun_lalu.periode.awal:
            return (self.sebelumnya,)
        return (self.sebelumnya, self.tahun_lalu)


def bandingkan(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, kini: Realisasi) -> Banding:
    """Compare ``kini``, the figure of ``periode``, with the two earlier ones."""
    return Banding(
        _pembanding(bacaan, ukuran, periode.sebelumnya(), kini),
        _pembanding(bacaan, ukuran, periode.tahun_lalu(), kini),
    )


def _pembanding(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, kini: Realisasi) -> Pembanding:
    lama = hitung(bacaan, ukuran, periode)
    selisih = None if kini.nilai is None or lama.nilai is None else kini.nilai - lama.nilai
    return Pembanding(periode, lama, selisih)


@dataclass(frozen=True, slots=True)
class Titik:
    """One month's figure."""

    bulan: Periode
    realisasi: Realisasi


def masa_tren(periode: Periode) -> Periode:
    """Which months a sheet's trend shows: those of a quarter, half year or year, else the twelve to its last one."""
    return periode if periode.bagian_tahun else dua_belas_bulan(periode.akhir)


def tren(bacaan: Bacaan, ukuran: Ukuran, periode: Periode) -> tuple[Titik, ...]:
    """A measure's figure in every month of the trend of ``periode``; a month without entries counts 0 of 0."""
    masa = masa_tren(periode)
    baris = ukuran.dalam(masa).subquery()
    # A date as text begins with its year and month on every database.
    bulan = sa.func.substr(sa.cast(baris.c.tanggal, sa.String), 1, 7)
    kueri = sa.select(bulan, sa.func.sum(baris.c.nilai), sa.func.count()).group_by(bulan)
    ada = {nama: (jumlah, banyak) for nama, jumlah, banyak in bacaan.koneksi.execute(kueri)}
    return tuple(Titik(satu, susun_realisasi(ukuran, *ada.get(satu.kode, (0, 0)))) for satu in bulan_bulan(masa))
