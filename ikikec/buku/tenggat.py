"""The deadline (batas) of an entry: which day it counts from and how many working days it has. Pure."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from ikikec.bahasa import deret, terdekat
from ikikec.buku.kelompok import Kelompok, tersimpan
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI, Register
from ikikec.buku.tabel import ISIAN, Isian
from ikikec.galat import AturanDilanggar, Pelanggaran
from ikikec.istilah import Klasifikasi
from ikikec.kalender import Kalender
from ikikec.konfigurasi import Konfigurasi

# What a deadline rests on: the day it counts from, then what says how long it is.
FAKTA: dict[str, tuple[str, ...]] = {
    PENGADUAN.slug: ("tanggal", "klasifikasi"),
    INFORMASI.slug: ("tanggal",),
    REKOMENDASI.slug: ("tanggal_lengkap", "jenis"),
}


def fakta_batas(isian: Isian) -> tuple[Any, ...]:
    """What an entry's deadline rests on; the deadline is computed again where this changes, and only there."""
    return tuple(tersimpan(getattr(isian, nama)) for nama in FAKTA.get(_slug(isian), ()))


def tenggat(isian: Isian, konfig: Konfigurasi) -> tuple[date, int] | None:
    """The start day and the working days of this entry's deadline, None where it has none.

    Contract, "Deadlines": a complaint and an information service count from ``tanggal``, a permit from the day
    its file was complete. Raises AturanDilanggar for a permit kind the configuration does not know.
    """
    return _tenggat(_slug(isian), fakta_batas(isian), konfig)


def _slug(isian: Isian) -> str:
    return next(slug for slug, jenis in ISIAN.items() if isinstance(isian, jenis))


def _tenggat(slug: str, fakta: tuple[Any, ...], konfig: Konfigurasi) -> tuple[date, int] | None:
    if not fakta:
        return None
    lama: int | None = konfig.batas.informasi
    if slug == PENGADUAN.slug:
        lama = konfig.batas.pengaduan.lama(Klasifikasi(fakta[1]))
    if slug == REKOMENDASI.slug:
        if fakta[1] not in konfig.izin:
            raise AturanDilanggar("entri tidak dapat dicatat:", (jenis_tidak_dikenal(fakta[1], konfig),))
        lama = konfig.izin[fakta[1]]
    return None if fakta[0] is None or lama is None else (date.fromisoformat(fakta[0]), lama)


def jenis_tidak_dikenal(jenis: str, konfig: Konfigurasi) -> Pelanggaran:
    """What to say of a permit kind that stands in no ``[izin]`` table."""
    return Pelanggaran(
        "jenis", f"{jenis!r} tidak ada di tabel [izin]; pilihannya {deret(konfig.izin)}{terdekat(jenis, konfig.izin)}"
    )


def beri_batas(isian: Isian, konfig: Konfigurasi, kalender: Kalender) -> Isian:
    """The entry with its deadline filled in where it has none yet; one that came with a file is kept."""
    ketentuan = tenggat(isian, konfig) if getattr(isian, "batas", None) is None else None
    if ketentuan is None:
        return isian
    return isian.model_copy(update={"batas": kalender.jatuh_tempo(*ketentuan)})


def beri_batas_semua(
    register: Register, semua: Iterable[Kelompok], konfig: Konfigurasi, kalender: Kalender
) -> Iterator[Kelompok]:
    """The same for batches of a register that knows deadlines. Raises TahunBelumDimuat."""

    @cache
    def hari(*fakta: str | None) -> str | None:
        ketentuan = _tenggat(register.slug, fakta, konfig)
        return None if ketentuan is None else kalender.jatuh_tempo(*ketentuan).isoformat()

    for kelompok in semua:
        nilai = kelompok.ambil("batas", *FAKTA[register.slug])
        yield kelompok.ganti("batas", [ada or hari(*fakta) for ada, *fakta in nilai])
