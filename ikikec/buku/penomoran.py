"""Which number an entry gets: the highest of its register and year plus one, a follow-up's behind its complaint."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from ikikec.buku.nomor import Nomor, baca_nomor
from ikikec.buku.register import TINDAK_LANJUT, Register
from ikikec.buku.tabel import HALAMAN, Isian

# Literal text, since an index on expressions serves only a query that spells them alike.
URUTAN_NOMOR: tuple[sa.ColumnElement[Any], ...] = (
    sa.literal_column("substr(nomor, 5, 4)"),
    sa.literal_column("length(nomor)"),
    sa.column("nomor"),
)

SEKALI_CARI = 500


def potong(isi: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut a long list into parts that fit into one ``IN (…)``."""
    urutan = iter(isi)
    while bagian := list(islice(urutan, SEKALI_CARI)):
        yield bagian


def beri_nomor(koneksi: sa.Connection | None, register: Register, isian: Sequence[Isian]) -> Iterator[Isian]:
    """The entries in their order, blank numbers filled after the highest of ledger and list.

    None stands for a ledger that is not there yet.
    """
    tertinggi = _tertinggi(koneksi, register, isian)
    for satu in isian:
        if satu.nomor is not None:
            yield satu
            continue
        kunci = _kunci(register, satu)
        tertinggi[kunci] += 1
        yield satu.model_copy(update={"nomor": _bentuk(register, kunci, tertinggi[kunci])})


def _kunci(register: Register, isian: Any) -> Any:
    """What a number counts within: the year of an entry, the complaint of a follow-up."""
    return isian.pengaduan if register is TINDAK_LANJUT else isian.tanggal.year


def _bentuk(register: Register, kunci: Any, urut: int) -> str:
    return f"{kunci}/{urut}" if register is TINDAK_LANJUT else str(Nomor(register, kunci, urut))


def _tertinggi(koneksi: sa.Connection | None, register: Register, isian: Sequence[Isian]) -> dict[Any, int]:
    kosong = {_kunci(register, satu) for satu in isian if satu.nomor is None}
    if koneksi is None:
        tertinggi: dict[Any, int] = dict.fromkeys(kosong, 0)
    elif register is TINDAK_LANJUT:
        tertinggi = dict.fromkeys(kosong, 0) | _langkah_tertinggi(koneksi, kosong)
    else:
        tertinggi = {tahun: _urut_tertinggi(koneksi, register, tahun) for tahun in kosong}
    for satu in isian:
        if satu.nomor is not None and (kunci := _kunci(register, satu)) in tertinggi:
            nomor = baca_nomor(satu.nomor)
            tertinggi[kunci] = max(tertinggi[kunci], nomor.langkah or nomor.urut)
    return tertinggi


def _urut_tertinggi(koneksi: sa.Connection, register: Register, tahun: int) -> int:
    tabel = HALAMAN[register.slug]
    cari = (
        sa.select(tabel.c.nomor)
        .where(URUTAN_NOMOR[0] == f"{tahun:04d}")
        .order_by(*(kolom.desc() for kolom in URUTAN_NOMOR[1:]))
        .limit(1)
    )
    nomor = koneksi.scalar(cari)
    return baca_nomor(nomor).urut if nomor else 0


def _langkah_tertinggi(koneksi: sa.Connection, pengaduan: Iterable[str]) -> dict[str, int]:
    tabel = HALAMAN[TINDAK_LANJUT.slug]
    tertinggi: dict[str, int] = {}
    for bagian in potong(sorted(pengaduan)):
        for nomor in koneksi.scalars(sa.select(tabel.c.nomor).where(tabel.c.pengaduan.in_(bagian))):
            bagian_nomor = baca_nomor(nomor)
            tertinggi[bagian_nomor.induk] = max(tertinggi.get(bagian_nomor.induk, 0), bagian_nomor.langkah)
    return tertinggi
