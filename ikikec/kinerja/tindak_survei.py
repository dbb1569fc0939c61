"""What follows a survey: the lowest unsur to plan for, this period's plan, and what became of the last one's."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from ikikec.buku import rtl
from ikikec.buku.butir_rtl import ButirRtl
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.indeks import Indeks, Unsur
from ikikec.periode import Periode

# How many of the lowest unsur a report proposes a line for.
TERENDAH = 2


@dataclass(frozen=True, slots=True)
class ButirLalu:
    """A line of the last period's plan as it stood on a day: carried out, late, or neither."""

    butir: ButirRtl
    terlaksana: bool
    terlambat: bool


@dataclass(frozen=True, slots=True)
class RencanaSurvei:
    """``usul``: the lowest unsur that the plan does not know yet; ``lalu`` is the plan of ``periode_lalu``."""

    usul: tuple[Unsur, ...]
    kini: tuple[ButirRtl, ...]
    periode_lalu: Periode | None
    lalu: tuple[ButirLalu, ...]

    @property
    def terlaksana(self) -> Realisasi:
        """How many lines of the last plan were carried out, of all."""
        return Realisasi(sum(satu.terlaksana for satu in self.lalu), len(self.lalu))


def susun_rencana(koneksi: sa.Connection, periode: Periode, lalu: Periode | None, hasil: Indeks) -> RencanaSurvei:
    """The plans of a period and the one before (if any), the latter as it stood at the end of ``periode``."""
    kini = tuple(rtl.milik(koneksi, periode))
    terencana = {satu.unsur for satu in kini}
    usul = tuple(satu for satu in hasil.peringkat[:TERENDAH] if satu.nama not in terencana)
    hari = periode.sampai or periode.akhir
    semua = rtl.milik(koneksi, lalu) if lalu else ()
    return RencanaSurvei(usul, kini, lalu, tuple(_nilai(satu, hari) for satu in semua))


def _nilai(butir: ButirRtl, hari: date) -> ButirLalu:
    terlaksana = butir.terlaksana(hari)
    return ButirLalu(butir, terlaksana, not terlaksana and butir.tenggat < hari)
