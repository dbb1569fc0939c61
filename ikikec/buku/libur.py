"""The year's free days: copied once from the ``holidays`` package into the ledger, then read from there."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from ikikec.buku.halaman import Tulisan, tambah_jurnal
from ikikec.buku.tabel import HARI_LIBUR, JURNAL
from ikikec.istilah import JenisLibur

REGISTER = "libur"
AWALAN = "LIBUR-"


def libur_resmi(tahun: int) -> Mapping[date, tuple[str, JenisLibur]]:
    """Indonesia's national holidays and cuti bersama of one year, by date, with their Indonesian names.

    Importing ``holidays`` costs a quarter of a second, so this is never called while the ledger is locked.
    """
    from holidays.constants import GOVERNMENT, PUBLIC
    from holidays.countries.indonesia import Indonesia

    resmi: dict[date, tuple[str, JenisLibur]] = {}
    for golongan, jenis in ((GOVERNMENT, JenisLibur.CUTI_BERSAMA), (PUBLIC, JenisLibur.NASIONAL)):
        hari = Indonesia(years=tahun, categories=golongan, language="id")
        resmi |= {tanggal: (nama, jenis) for tanggal, nama in hari.items()}
    return dict(sorted(resmi.items()))


def tahun_dimuat(koneksi: sa.Connection) -> frozenset[int]:
    """The years whose free days the ledger holds."""
    kunci = sa.select(JURNAL.c.nomor).where(JURNAL.c.nomor >= AWALAN, JURNAL.c.nomor < "LIBUR.").distinct()
    return frozenset(int(nomor.removeprefix(AWALAN)) for nomor in koneksi.scalars(kunci))


def hari_libur(koneksi: sa.Connection) -> frozenset[date]:
    """Every free day in force, of all years."""
    return frozenset(koneksi.scalars(sa.select(HARI_LIBUR.c.tanggal).where(HARI_LIBUR.c.berlaku)))


def muat(koneksi: sa.Connection, tahun: int, resmi: Mapping[date, tuple[str, JenisLibur]], tulisan: Tulisan) -> None:
    """Write a year's free days and their journal line; does nothing where another writer was quicker."""
    if tahun in tahun_dimuat(koneksi):
        return
    hari = [
        {"tanggal": tanggal.isoformat(), "nama": nama, "jenis": jenis.value, "berlaku": True}
        for tanggal, (nama, jenis) in resmi.items()
    ]
    tambah_jurnal(koneksi, tulisan, [(f"{AWALAN}{tahun:04d}", 1, {"tahun": tahun, "hari": hari})])
    if resmi:
        koneksi.execute(
            sa.insert(HARI_LIBUR),
            [
                {"tanggal": tanggal, "nama": nama, "jenis": jenis, "berlaku": True, "revisi": 1}
                for tanggal, (nama, jenis) in resmi.items()
            ],
        )
