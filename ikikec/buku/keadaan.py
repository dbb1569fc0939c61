"""How things stand now: open, late and soon due entries per register. What one look at the desk needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI, Register
from ikikec.buku.saringan import terbuka
from ikikec.buku.tabel import HALAMAN

BERTENGGAT = (PENGADUAN, INFORMASI, REKOMENDASI)


@dataclass(frozen=True, slots=True)
class Keadaan:
    """Counts of one register's open entries: all, past their deadline, and due from today to a given day."""

    register: Register
    terbuka: int
    terlambat: int
    jatuh_tempo: int


def keadaan(koneksi: sa.Connection, hari_ini: date, sampai: date) -> tuple[Keadaan, ...]:
    """How each register that knows deadlines stands; ``sampai`` is the last day that counts as soon."""
    return tuple(_keadaan(koneksi, register, hari_ini, sampai) for register in BERTENGGAT)


def terlambat(koneksi: sa.Connection, hari_ini: date) -> int:
    """How many open entries are past their deadline."""
    return sum(satu.terlambat for satu in keadaan(koneksi, hari_ini, hari_ini))


def _keadaan(koneksi: sa.Connection, register: Register, hari_ini: date, sampai: date) -> Keadaan:
    batas = HALAMAN[register.slug].c.batas
    hitung: Sequence[sa.ColumnElement[int]] = (
        sa.func.count(),
        sa.func.count().filter(batas < hari_ini),
        sa.func.count().filter(batas.between(hari_ini, sampai)),
    )
    baris = koneksi.execute(sa.select(*hitung).where(terbuka(register))).one()
    return Keadaan(register, baris[0], baris[1], baris[2])
