"""The deadline (batas) of an entry: which day it counts from and how many working days it has. Pure."""

from datetime import date
from typing import Any

from ikikec.bahasa import deret, terdekat
from ikikec.buku.tabel import InformasiIsian, Isian, PengaduanIsian, RekomendasiIsian
from ikikec.galat import AturanDilanggar, Pelanggaran
from ikikec.kalender import Kalender
from ikikec.konfigurasi import Konfigurasi


def tenggat(isian: Isian, konfig: Konfigurasi) -> tuple[date, int] | None:
    """The start day and the working days of this entry's deadline, None where it has none.

    Contract, "Deadlines": a complaint and an information service count from ``tanggal``, a permit from the day
    its file was complete. Raises AturanDilanggar for a permit kind the configuration does not know.
    """
    if isinstance(isian, PengaduanIsian):
        return _sejak(isian.tanggal, konfig.batas.pengaduan.lama(isian.klasifikasi))
    if isinstance(isian, InformasiIsian):
        return _sejak(isian.tanggal, konfig.batas.informasi)
    if isinstance(isian, RekomendasiIsian):
        if isian.jenis not in konfig.izin:
            raise AturanDilanggar("entri tidak dapat dicatat:", (jenis_tidak_dikenal(isian.jenis, konfig),))
        return _sejak(isian.tanggal_lengkap, konfig.izin[isian.jenis])
    return None


def fakta_batas(isian: Isian) -> tuple[Any, ...]:
    """What an entry's deadline rests on; the deadline is computed again where this changes, and only there."""
    if isinstance(isian, PengaduanIsian):
        return isian.tanggal, isian.klasifikasi
    if isinstance(isian, InformasiIsian):
        return (isian.tanggal,)
    if isinstance(isian, RekomendasiIsian):
        return isian.tanggal_lengkap, isian.jenis
    return ()


def _sejak(mulai: date | None, lama: int | None) -> tuple[date, int] | None:
    return None if mulai is None or lama is None else (mulai, lama)


def jenis_tidak_dikenal(jenis: str, konfig: Konfigurasi) -> Pelanggaran:
    """What to say of a permit kind that stands in no ``[izin]`` table."""
    return Pelanggaran(
        "jenis", f"{jenis!r} tidak ada di tabel [izin]; pilihannya {deret(konfig.izin)}{terdekat(jenis, konfig.izin)}"
    )


def batas(isian: Isian, konfig: Konfigurasi, kalender: Kalender) -> date | None:
    """The last day this entry is in time, None where it has no deadline."""
    ketentuan = tenggat(isian, konfig)
    return None if ketentuan is None else kalender.jatuh_tempo(*ketentuan)


def beri_batas(isian: Isian, konfig: Konfigurasi, kalender: Kalender) -> Isian:
    """The entry with its deadline filled in where it has none yet; one that came with a file is kept."""
    if getattr(isian, "batas", None) is not None:
        return isian
    hari = batas(isian, konfig, kalender)
    return isian if hari is None else isian.model_copy(update={"batas": hari})
