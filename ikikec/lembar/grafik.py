"""The trend as bars: where each stands in the drawing, in whole units, so that every run draws the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ikikec.kinerja.hitung import Titik
from ikikec.lembar.ungkapan import angka_realisasi
from ikikec.tanggal import BULAN, bulan_pendek

LANGKAH = 53
LEBAR_BATANG = 31
ALAS = 112
TERTINGGI = 94
PERCIK = "▁▂▃▄▅▆▇█"
PERCIK_ASCII = "_.-:=+*#"


@dataclass(frozen=True, slots=True)
class Batang:
    """One month's bar: its middle, height, figure and month; the year where it is told."""

    tengah: int
    tinggi: int
    nilai: str
    bulan: str
    tahun: str

    @property
    def kiri(self) -> int:
        """Its left side."""
        return self.tengah - LEBAR_BATANG // 2

    @property
    def atas(self) -> int:
        """Its upper side; drawings count downwards."""
        return ALAS - self.tinggi


def batang(titik: Sequence[Titik]) -> list[Batang]:
    """A bar per month, as high as its part of the highest figure (of 100 for a percentage)."""
    tinggi = bagian(titik, TERTINGGI)
    return [
        Batang(
            LANGKAH * urut + LANGKAH // 2,
            tinggi[urut] or 0,
            angka_realisasi(satu.realisasi),
            BULAN[satu.bulan.awal.month - 1][:3],
            str(satu.bulan.awal.year) if urut == 0 or satu.bulan.awal.month == 1 else "",
        )
        for urut, satu in enumerate(titik)
    ]


def bagian(titik: Sequence[Titik], tertinggi: int) -> list[int | None]:
    """Each month's figure on a scale of 0 to ``tertinggi``, at least 1 where it is above 0; None without data."""
    tepat = [satu.realisasi.tepat for satu in titik]
    persen = any(satu.realisasi.penyebut is not None for satu in titik)
    skala = Fraction(100) if persen else max([Fraction(1), *(satu for satu in tepat if satu is not None)])
    return [None if satu is None else max(int(satu * tertinggi / skala), int(satu > 0)) for satu in tepat]


def percik(titik: Sequence[Titik], huruf: str = PERCIK) -> str:
    """The trend as one letter per month, the eight of ``huruf`` from low to high; a blank without data."""
    return "".join(" " if satu is None else huruf[satu] for satu in bagian(titik, len(huruf) - 1))


def uraian_tren(titik: Sequence[Titik]) -> str:
    """The trend in words, for whoever cannot see the drawing."""
    return "; ".join(f"{bulan_pendek(satu.bulan.awal)}: {angka_realisasi(satu.realisasi)}" for satu in titik)
