"""A sheet as rows of plain values, for the formats that are tables: one row per indicator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ikikec.kinerja.hitung import Banding
from ikikec.kinerja.susun import Indikator, KelompokSasaran, Laporan

Sel = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Baris:
    """An indicator with the goal and the sheet it belongs to; ``pertama`` of its goal or not."""

    laporan: Laporan
    sasaran: KelompokSasaran
    indikator: Indikator
    pertama: bool

    @property
    def pembilang(self) -> int | None:
        """What a ratio counts; None for a count, as in JSON."""
        return None if self.penyebut is None else self.indikator.realisasi.pembilang

    @property
    def penyebut(self) -> int | None:
        """What a ratio is taken of; None for a count."""
        return self.indikator.realisasi.penyebut

    @property
    def banding(self) -> Banding:
        """The earlier figures; only for a sheet that was made with them."""
        assert self.indikator.banding is not None
        return self.indikator.banding

    @property
    def target(self) -> int | Decimal | None:
        """What was to be reached; None where no target covers the period."""
        target = self.indikator.target
        return None if target is None else target.tertulis


def baris(laporan: Laporan) -> Iterator[Baris]:
    """The rows of one sheet in its order."""
    for sasaran in laporan.sasaran:
        for urut, indikator in enumerate(sasaran.indikator):
            yield Baris(laporan, sasaran, indikator, urut == 0)
