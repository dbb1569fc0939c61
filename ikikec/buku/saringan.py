"""Which entries of a register a list shows, as conditions of one query: open, late, due, cancelled, coded fields.

Contract: a complaint is open until its latest follow-up by date is selesai or ditolak; an information service until
it has a tanggal_selesai; a permit until it is issued or refused. Open and past batas is late.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register
from ikikec.buku.tabel import HALAMAN
from ikikec.galat import SalahPakai
from ikikec.istilah import Status
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Saringan:
    """What a list is narrowed to; ``jatuh_tempo`` holds first and last day, both included."""

    periode: Periode | None = None
    belum_selesai: bool = False
    terlambat_pada: date | None = None
    jatuh_tempo: tuple[date, date] | None = None
    batal: bool = False
    sama: Mapping[str, Nilai] = field(default_factory=dict)
    urut: str = ""
    maks: int | None = None


def _pengaduan_terbuka() -> sa.ColumnElement[bool]:
    lanjut, pengaduan = HALAMAN["tindak-lanjut"].c, HALAMAN["pengaduan"].c
    terakhir = (
        sa.select(lanjut.status)
        .where(lanjut.pengaduan == pengaduan.nomor, ~lanjut.batal)
        .order_by(lanjut.tanggal.desc(), sa.func.length(lanjut.nomor).desc(), lanjut.nomor.desc())
        .limit(1)
        .scalar_subquery()
    )
    return sa.or_(terakhir.is_(None), terakhir.not_in([Status.SELESAI, Status.DITOLAK]))


_TERBUKA: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
    "pengaduan": _pengaduan_terbuka,
    "informasi": lambda: HALAMAN["informasi"].c.tanggal_selesai.is_(None),
    "rekomendasi": lambda: sa.and_(
        HALAMAN["rekomendasi"].c.tanggal_terbit.is_(None), HALAMAN["rekomendasi"].c.tanggal_tolak.is_(None)
    ),
}


def terbuka(register: Register) -> sa.ColumnElement[bool]:
    """The condition that an entry is open and not cancelled; raises SalahPakai for a register that knows no such."""
    if register.slug not in _TERBUKA:
        raise SalahPakai(
            f"entri {register.sebutan} tidak punya keadaan selesai", f"Pakai untuk {', '.join(_TERBUKA)}."
        )
    return sa.and_(_TERBUKA[register.slug](), ~HALAMAN[register.slug].c.batal)


def terapkan(register: Register, kueri: sa.Select[Any], saringan: Saringan) -> sa.Select[Any]:
    """``kueri`` on a register's page narrowed to what ``saringan`` says; raises SalahPakai where it cannot be."""
    kolom = HALAMAN[register.slug].c
    if saringan.periode is not None:
        kueri = kueri.where(kolom.tanggal >= saringan.periode.awal, kolom.tanggal < saringan.periode.sesudah)
    if saringan.belum_selesai or saringan.terlambat_pada or saringan.jatuh_tempo:
        kueri = kueri.where(terbuka(register))
    if saringan.terlambat_pada is not None:
        kueri = kueri.where(kolom.batas < saringan.terlambat_pada)
    if saringan.jatuh_tempo is not None:
        kueri = kueri.where(kolom.batas.between(*saringan.jatuh_tempo))
    if saringan.batal:
        kueri = kueri.where(kolom.batal)
    for nama, nilai in saringan.sama.items():
        kueri = kueri.where(kolom[nama] == nilai)
    return kueri.limit(saringan.maks)


def urutan(register: Register, nama: str, bawaan: tuple[Any, ...]) -> tuple[Any, ...]:
    """The order by field ``nama``, backwards with ``-`` before it, blank ones last; ``bawaan`` where it is blank."""
    if not nama:
        return bawaan
    bidang = nama.removeprefix("-").replace("-", "_")
    if bidang not in register.nama_bidang:
        raise SalahPakai(f"register {register.slug} tidak punya isian {bidang!r} untuk --urut")
    kolom = HALAMAN[register.slug].c[bidang]
    return (kolom.is_(None), kolom.desc() if nama.startswith("-") else kolom.asc(), *bawaan)
