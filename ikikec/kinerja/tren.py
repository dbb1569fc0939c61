"""The figures of a measure month by month, all from one query."""

from dataclasses import dataclass

import sqlalchemy as sa

from ikikec.buku.baca import Bacaan
from ikikec.kinerja.realisasi import Realisasi, susun_realisasi
from ikikec.kinerja.ukuran import Ukuran
from ikikec.periode import Periode, bulan_bulan, dua_belas_bulan


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
