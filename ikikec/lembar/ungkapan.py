"""Figures as a sheet words them, the same in every form."""

from decimal import Decimal

from ikikec import bahasa
from ikikec.bahasa import angka, persen
from ikikec.kinerja.bukti import BarisBukti, Rincian
from ikikec.kinerja.hitung import Pembanding, Realisasi
from ikikec.kinerja.target import PERSEN, TargetBerlaku
from ikikec.kinerja.ukuran import Ukuran
from ikikec.periode import Periode

TIADA = "–"


def realisasi(nilai: Realisasi) -> str:
    """A figure: ``8``, ``36,36 %``, or that there is no data."""
    return angka_realisasi(nilai) if nilai.nilai is not None else "tidak ada data"


def angka_realisasi(nilai: Realisasi) -> str:
    """A figure where there is little room: ``8``, ``36,36 %``, or a dash."""
    hasil = nilai.nilai
    if hasil is None:
        return TIADA
    return angka(hasil) if isinstance(hasil, int) else persen(hasil)


def target(nilai: TargetBerlaku | None) -> str:
    """What was to be reached: ``10``, ``3,33``, ``85,5 %``, or a dash."""
    return TIADA if nilai is None else _bersatuan(nilai.tertulis, nilai.asal.satuan)


def asal_target(nilai: TargetBerlaku | None, periode: Periode) -> str:
    """Of which wider target it is a part: ``dari 120, Tahun 2026``; for a percentage only of which period.

    Blank where there is none, or where it was set for ``periode`` itself.
    """
    if nilai is None or nilai.persis(periode):
        return ""
    label = nilai.asal.kunci.periode.label
    return label if nilai.asal.satuan == PERSEN else f"dari {angka(nilai.utuh)}, {label}"


def capaian(nilai: Decimal | None) -> str:
    """How much of a target was reached: ``106,67 %``, or a dash."""
    return TIADA if nilai is None else persen(nilai)


def selisih(pembanding: Pembanding) -> str:
    """What the present figure is more: ``+3``, ``−32,39 poin`` (percentage points), or a dash."""
    beda = pembanding.selisih
    if beda is None:
        return TIADA
    return f"{bahasa.selisih(beda)}{'' if pembanding.realisasi.penyebut is None else ' poin'}"


def angka_atau_strip(nilai: int | Decimal | None) -> str:
    """A number, or a dash where there is none."""
    return TIADA if nilai is None else angka(nilai)


def selisih_atau_strip(nilai: int | Decimal | None) -> str:
    """A difference with its sign, or a dash where there is none."""
    return TIADA if nilai is None else bahasa.selisih(nilai)


def perihal(baris: BarisBukti) -> str:
    """What an entry is about, with the citizen's own words where identities were asked for."""
    return ": ".join(satu for satu in (baris.perihal, baris.uraian) if satu) or TIADA


def jumlah(rincian: Rincian, ukuran: Ukuran) -> str:
    """What the entries behind a figure add up to: ``8 pengaduan``, ``4 dari 11 responden``."""
    if not ukuran.penyebut:
        return f"{angka(rincian.jumlah)} {ukuran.satuan}"
    return f"{angka(rincian.jumlah)} dari {angka(len(rincian.bukti))} {ukuran.penyebut}"


def _bersatuan(nilai: int | Decimal, satuan: str) -> str:
    return f"{angka(nilai)} %" if satuan == PERSEN else angka(nilai)
