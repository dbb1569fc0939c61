"""Which entries are open, and by when: the conditions, and the table that keeps it so that nobody looks through all.

Contract: a complaint is open until its latest follow-up by date is selesai or ditolak; an information service until
it has a tanggal_selesai; a permit until it is issued or refused. Open and past batas is late.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.mesin.dasar import mesin_dari
from ikikec.buku.model import HALAMAN, KEADAAN
from ikikec.buku.penomoran import menurut_nomor, potong
from ikikec.buku.register import BERTENGGAT, PENGADUAN, SEMUA, Register
from ikikec.galat import SalahPakai
from ikikec.istilah import Status

# As the index says it, which is used for nothing else; a bound value would not do.
_TERBUKA = KEADAAN.c.terbuka == sa.literal_column("1")
# What ends a complaint.
BERAKHIR = (Status.SELESAI, Status.DITOLAK)


def status_terakhir(pengaduan: Any, sampai: date | None = None) -> sa.ScalarSelect[Any]:
    """The status of the latest follow-up of the complaint of that number; with ``sampai`` as it stood on that day."""
    lanjut = HALAMAN["tindak-lanjut"].alias("akhir").c
    milik = [lanjut.pengaduan == pengaduan, ~lanjut.batal, *([] if sampai is None else [lanjut.tanggal <= sampai])]
    urut = (satu.desc() for satu in _urut(lanjut))
    return sa.select(lanjut.status).where(*milik).order_by(*urut).limit(1).scalar_subquery()


def tindak_lanjut_pertama(kolom: str, pengaduan: Any, sampai: date | None = None) -> sa.ScalarSelect[Any]:
    """A column of a complaint's earliest follow-up by date: one index look-up; NULL where it is after ``sampai``."""
    lain = HALAMAN["tindak-lanjut"].alias("lain").c
    milik = [lain.pengaduan == pengaduan, ~lain.batal, *([] if sampai is None else [lain.tanggal <= sampai])]
    return sa.select(lain[kolom]).where(*milik).order_by(*_urut(lain)).limit(1).scalar_subquery()


def tindak_lanjut_penutup(kolom: str, pengaduan: Any, sampai: date) -> sa.ScalarSelect[Any]:
    """A column of the follow-up that ended a complaint, as it stood on ``sampai``; NULL where it was open.

    The first that ends it and has none behind it that leaves it open: one that says so again ends nothing.
    """
    satu, lain = (HALAMAN["tindak-lanjut"].alias(nama).c for nama in ("tutup", "sesudah"))
    ada = sa.exists().where(lain.pengaduan == satu.pengaduan, ~lain.batal, lain.tanggal <= sampai)
    dibuka = ada.where(lain.status.not_in(BERAKHIR), sa.tuple_(*_urut(lain)) > sa.tuple_(*_urut(satu)))
    milik = (satu.pengaduan == pengaduan, ~satu.batal, satu.tanggal <= sampai, satu.status.in_(BERAKHIR))
    return sa.select(satu[kolom]).where(*milik, ~dibuka).order_by(*_urut(satu)).limit(1).scalar_subquery()


def _urut(lanjut: Any) -> tuple[Any, ...]:
    return (lanjut.tanggal, *menurut_nomor(lanjut.nomor)[1:])


def terbuka(register: Register, sampai: date | None = None) -> sa.ColumnElement[bool]:
    """The condition that an entry is open and not cancelled; with ``sampai`` that it was at the end of that day.

    Raises SalahPakai for a register that knows no such.
    """
    kolom = HALAMAN[register.slug].c
    if not register.tenggat:
        raise SalahPakai(
            f"entri {register.sebutan} tidak punya keadaan selesai",
            f"Pakai untuk {', '.join(satu.slug for satu in BERTENGGAT)}.",
        )
    if register.akhir:
        akhir = [kolom[nama] for nama in register.akhir]
        belum = (sa.or_(satu.is_(None), *([] if sampai is None else [satu > sampai])) for satu in akhir)
        return sa.and_(*belum, ~kolom.batal)
    terakhir = status_terakhir(kolom.nomor, sampai)
    return sa.and_(sa.or_(terakhir.is_(None), terakhir.not_in(BERAKHIR)), ~kolom.batal)


def segarkan(koneksi: sa.Connection, register: str, nomor: Iterable[str]) -> None:
    """Keep anew whether these entries of a register are open; of follow-ups, their complaints.

    An entry that is over when it comes in, as most of an old book are, gets no row.
    """
    if register == "tindak-lanjut":
        register, nomor = PENGADUAN.slug, (satu.partition("/")[0] for satu in nomor)
    if register not in (satu.slug for satu in BERTENGGAT):
        return
    kolom, keadaan = HALAMAN[register].c, terbuka(SEMUA[register])
    for bagian in potong(sorted(set(nomor))):
        kini = (
            sa.select(kolom.nomor, sa.literal(register), kolom.batas, sa.cast(keadaan, sa.Integer))
            .where(kolom.nomor.in_(bagian))
            .where(sa.or_(keadaan, kolom.nomor.in_(sa.select(KEADAAN.c.nomor).where(KEADAAN.c.nomor.in_(bagian)))))
        )
        sisip = mesin_dari(koneksi).sisipan(KEADAAN).from_select(KEADAAN.c.keys(), kini)
        ganti = {nama: sisip.excluded[nama] for nama in ("batas", "terbuka")}
        koneksi.execute(sisip.on_conflict_do_update(index_elements=["nomor"], set_=ganti))


@dataclass(frozen=True, slots=True)
class Beban:
    """Counts of one register's open entries: all, past their deadline, and due from today to a given day."""

    register: Register
    terbuka: int
    terlambat: int
    jatuh_tempo: int


def beban(koneksi: sa.Connection, hari_ini: date, sampai: date) -> tuple[Beban, ...]:
    """How each register that knows deadlines stands; ``sampai`` is the last day that counts as soon."""
    lambat, segera = KEADAAN.c.batas < hari_ini, KEADAAN.c.batas.between(hari_ini, sampai)
    hitung = sa.func.count()
    cari = sa.select(KEADAAN.c.register, hitung, hitung.filter(lambat), hitung.filter(segera)).where(_TERBUKA)
    banyak = {slug: isi for slug, *isi in koneksi.execute(cari.group_by(KEADAAN.c.register))}
    return tuple(Beban(satu, *banyak.get(satu.slug, (0, 0, 0))) for satu in BERTENGGAT)


def banyak_terlambat(koneksi: sa.Connection, hari_ini: date, maks: int) -> int:
    """How many open entries are past their deadline, counted up to ``maks``: it costs the same in any ledger."""
    banyak = 0
    for register in BERTENGGAT:
        milik = (_TERBUKA, KEADAAN.c.register == register.slug, KEADAAN.c.batas < hari_ini)
        lambat = sa.select(KEADAAN.c.nomor).where(*milik).limit(maks - banyak).subquery()
        banyak += koneksi.scalar(sa.select(sa.func.count()).select_from(lambat)) or 0
    return banyak


def mendesak(
    koneksi: sa.Connection, sejak: date, sampai: date, maks: int | None = None
) -> list[tuple[date, Register, str]]:
    """The open entries due from ``sejak`` to ``sampai``, the most urgent first: deadline, register and number."""
    kolom = KEADAAN.c
    semua: list[tuple[date, Register, str]] = []
    for register in BERTENGGAT:
        milik = (_TERBUKA, kolom.register == register.slug, kolom.batas.between(sejak, sampai))
        cari = sa.select(kolom.batas, kolom.nomor).where(*milik)
        cari = cari.order_by(kolom.batas, *menurut_nomor(kolom.nomor)).limit(maks)
        semua += ((batas, register, nomor) for batas, nomor in koneksi.execute(cari))
    return sorted(semua, key=lambda satu: satu[0])[:maks]


def beda_keadaan(koneksi: sa.Connection) -> Iterator[str]:
    """The numbers of entries about which the kept table says something else than their registers do."""
    kolom = KEADAAN.c
    kata = sa.select(kolom.nomor, kolom.register, kolom.batas).where(_TERBUKA)
    semua = sa.union_all(
        *(
            sa.select(HALAMAN[satu.slug].c.nomor, sa.literal(satu.slug), HALAMAN[satu.slug].c.batas).where(
                terbuka(satu)
            )
            for satu in BERTENGGAT
        )
    )
    # SQLite takes no compound within another.
    benar = sa.select(semua.subquery())
    for satu, lain in ((kata, benar), (benar, kata)):
        yield from (str(baris[0]) for baris in koneksi.execute(sa.except_(satu, lain)))
