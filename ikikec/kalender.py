"""Working days and deadlines. Pure: working week and free days in, a date out."""

from dataclasses import dataclass
from datetime import date, timedelta


class TahunBelumDimuat(Exception):
    """A deadline reaches into a year whose free days are not known yet; ``tahun`` names it."""

    def __init__(self, tahun: int) -> None:
        super().__init__(tahun)
        self.tahun = tahun


@dataclass(frozen=True, slots=True)
class Kalender:
    """The working week (0 = Monday), the years whose free days are known, and those free days."""

    hari_kerja: frozenset[int]
    tahun: frozenset[int]
    libur: frozenset[date]

    def kerja(self, hari: date) -> bool:
        """Whether the office works on ``hari``; raises TahunBelumDimuat for a year that is not known."""
        if hari.year not in self.tahun:
            raise TahunBelumDimuat(hari.year)
        return hari.weekday() in self.hari_kerja and hari not in self.libur

    def jatuh_tempo(self, mulai: date, lama: int) -> date:
        """The ``lama``-th working day after ``mulai``, which itself is not counted.

        With ``lama`` 0 it is ``mulai`` itself, or the next working day where ``mulai`` is free. Raises
        TahunBelumDimuat where the way there passes a year whose free days are not known.
        """
        hari = self._kerja_sejak(mulai) if lama == 0 else mulai
        for _ in range(lama):
            hari = self._kerja_sejak(hari + timedelta(days=1))
        return hari

    def sisa(self, hari_ini: date, batas: date) -> int:
        """Working days after ``hari_ini`` up to ``batas``: 0 on the last day, negative where it is past.

        Raises TahunBelumDimuat.
        """
        awal, akhir = sorted((hari_ini, batas))
        hari = (akhir - awal).days - len(self.bebas(awal, akhir))
        return hari if batas >= hari_ini else -hari

    def bebas(self, mulai: date, akhir: date) -> tuple[date, ...]:
        """The days after ``mulai`` up to ``akhir`` on which nobody works; raises TahunBelumDimuat."""
        semua = (mulai + timedelta(days=n) for n in range(1, (akhir - mulai).days + 1))
        return tuple(hari for hari in semua if not self.kerja(hari))

    def _kerja_sejak(self, hari: date) -> date:
        while not self.kerja(hari):
            hari += timedelta(days=1)
        return hari
