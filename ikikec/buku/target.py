"""Targets of an indicator in a period, each with its journal lines (``TARGET-kasi-pip-2.1-2026``).

A target is part of what is signed: one whose period touches a closed month is neither set nor removed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ikikec.buku.halaman import JenisHalaman
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import JURNAL, TARGET
from ikikec.buku.penutupan import Tindakan
from ikikec.galat import AturanDilanggar, EntriTidakAda, Pelanggaran, tolak_pelanggaran
from ikikec.istilah import Aksi
from ikikec.periode import Periode, periode_hari

REGISTER = "target"
TERBESAR = 2_000_000_000
JENIS = JenisHalaman(REGISTER, TARGET, uraikan=lambda _nomor, isi: ({"atas": None, "desimal": None, **isi},))

_T = TARGET.c
_KOLOM = (_T.jabatan, _T.indikator, _T.awal, _T.akhir, _T.nilai, _T.satuan, _T.atas, _T.desimal)


@dataclass(frozen=True, slots=True)
class Kunci:
    """Which target: of a position (slug), an indicator (number) and a period."""

    jabatan: str
    indikator: str
    periode: Periode

    @property
    def nomor(self) -> str:
        """Its journal number; the same days are the same target, however they were typed."""
        return f"TARGET-{self.jabatan}-{self.indikator}-{self.periode.kode}"

    def __str__(self) -> str:
        return f"target {self.jabatan} {self.indikator}, {self.periode.label}"


@dataclass(frozen=True, slots=True)
class Target:
    """A target in force: ``nilai`` in ``satuan``, of a range its lower end and ``atas`` the upper.

    Both are whole numbers, their last ``desimal`` digits behind the mark; where that is not said, two for ``%``.
    """

    kunci: Kunci
    nilai: int
    satuan: str
    atas: int | None = None
    desimal: int | None = None

    @property
    def skala(self) -> int:
        """What its whole numbers are parts of."""
        biasa = 2 if self.satuan == "%" else 0
        return int(10 ** (biasa if self.desimal is None else self.desimal))


def tetapkan(tindakan: Tindakan, semua: Iterable[Target]) -> int:
    """Set targets one after the other, or replace them; returns how many did not stand so already.

    Raises AturanDilanggar where the period of one touches a closed month.
    """
    banyak = 0
    for satu in semua:
        if _berlaku(tindakan.koneksi, satu.kunci) != satu:
            _tulis(tindakan, Aksi.TARGET, satu)
            banyak += 1
    return banyak


def hapus(tindakan: Tindakan, kunci: Kunci, alasan: str) -> Target:
    """Take a target out of force; returns it. Raises EntriTidakAda, or AturanDilanggar as ``tetapkan`` does."""
    target = _berlaku(tindakan.koneksi, kunci)
    if target is None:
        raise EntriTidakAda(f"tidak ada {kunci}", "Yang ada: ikikec target daftar.")
    _tulis(tindakan, Aksi.HAPUS_TARGET, target, alasan)
    return target


def daftar(koneksi: sa.Connection, jabatan: str | None = None, menyentuh: Periode | None = None) -> list[Target]:
    """The targets in force by position, indicator and period; those whose period shares a day with ``menyentuh``."""
    cari = sa.select(*_KOLOM).where(_T.berlaku).order_by(_T.jabatan, _T.indikator, _T.awal, _T.akhir)
    if jabatan is not None:
        cari = cari.where(_T.jabatan == jabatan)
    if menyentuh is not None:
        cari = cari.where(_T.awal <= menyentuh.akhir, _T.akhir >= menyentuh.awal)
    return _baca(koneksi, cari)


def menurut_penetapan(koneksi: sa.Connection) -> list[Target]:
    """The targets in force, the one set last at the end."""
    return _baca(koneksi, sa.select(*_KOLOM).where(_T.berlaku).order_by(_penetapan()))


def _penetapan() -> sa.ScalarSelect[int]:
    """The journal line that set a target. Asked of each: a join would be read along the journal, all of it."""
    return sa.select(JURNAL.c.seq).where(JURNAL.c.nomor == _T.nomor, JURNAL.c.revisi == _T.revisi).scalar_subquery()


def meliputi(koneksi: sa.Connection, jabatan: str, periode: Periode) -> list[Target]:
    """The targets of a position in force whose period covers all of ``periode``, the one set last first."""
    meliputi = (_T.berlaku, _T.jabatan == jabatan, _T.awal <= periode.awal, _T.akhir >= periode.akhir)
    return _baca(koneksi, sa.select(*_KOLOM).where(*meliputi).order_by(_penetapan().desc()))


def _baca(koneksi: sa.Connection, cari: sa.Select[Any]) -> list[Target]:
    with jelaskan_isi("halaman target"):
        return [
            Target(Kunci(jabatan, indikator, periode_hari(awal, akhir)), *isi)
            for jabatan, indikator, awal, akhir, *isi in koneksi.execute(cari)
        ]


def _berlaku(koneksi: sa.Connection, kunci: Kunci) -> Target | None:
    """What is in force under a key."""
    baris = koneksi.execute(sa.select(TARGET).where(_T.nomor == kunci.nomor)).first()
    if baris is None:
        return None
    if (baris.jabatan, baris.indikator) != (kunci.jabatan, kunci.indikator):
        # A slug or an indicator's number may hold a hyphen itself.
        raise AturanDilanggar(f"{kunci} bernomor sama dengan target {baris.jabatan} {baris.indikator}")
    return Target(kunci, baris.nilai, baris.satuan, baris.atas, baris.desimal) if baris.berlaku else None


def _tulis(tindakan: Tindakan, aksi: Aksi, target: Target, alasan: str | None = None) -> None:
    kunci, periode = target.kunci, target.kunci.periode
    tolak_pelanggaran(
        (
            Pelanggaran("periode", f"{periode.label} menyentuh bulan tertutup: {satu.penolakan(tindakan.zona)}")
            for satu in tindakan.tutup
            if satu.bulan.awal <= periode.akhir and satu.bulan.akhir >= periode.awal
        ),
        "Atau tetapkan target untuk bulan-bulan yang masih terbuka saja.",
    )
    isi = {
        "nomor": kunci.nomor,
        "jabatan": kunci.jabatan,
        "indikator": kunci.indikator,
        "awal": periode.awal.isoformat(),
        "akhir": periode.akhir.isoformat(),
        "nilai": target.nilai,
        "satuan": target.satuan,
        "berlaku": aksi is Aksi.TARGET,
        # A line says of a target only what there is to say, and so do those from before there were ranges.
        **{nama: isi for nama, isi in (("atas", target.atas), ("desimal", target.desimal)) if isi is not None},
    }
    tindakan.tulis(JENIS, aksi, kunci.nomor, isi, alasan)
