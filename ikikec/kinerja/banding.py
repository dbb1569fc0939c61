"""A figure beside those of the period before and of the same period a year ago."""

from dataclasses import dataclass
from decimal import Decimal

from ikikec.buku.baca import Bacaan
from ikikec.kinerja.realisasi import Realisasi, hitung
from ikikec.kinerja.ukuran import Ukuran
from ikikec.periode import Periode


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
