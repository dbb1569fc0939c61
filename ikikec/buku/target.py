"""Targets of an indicator in a period, each with its journal lines (``TARGET-kasi-pip-2.1-2026``).

A target is part of what is signed: one whose period touches a closed month is neither set nor removed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku import penutupan
from ikikec.buku.halaman import JenisHalaman, Tulisan, tulis
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import JURNAL, TARGET
from ikikec.galat import AturanDilanggar, EntriTidakAda, Pelanggaran, tolak_pelanggaran
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

    @property
    def tertulis(self) -> tuple[int, str, int | None, int | None]:
        """What is kept of it beside its key."""
        return self.nilai, self.satuan, self.atas, self.desimal


def tetapkan(koneksi: sa.Connection, target: Target, tulisan: Tulisan, zona: ZoneInfo) -> bool:
    """Set a target, or replace it; False, and nothing written, where it stands so already.

    Raises AturanDilanggar where its period touches a closed month.
    """
    lama = _halaman(koneksi, target.kunci)
    if lama is not None and lama.berlaku and (lama.nilai, lama.satuan, lama.atas, lama.desimal) == target.tertulis:
        return False
    _tulis(koneksi, target, tulisan, zona, berlaku=True)
    return True


def hapus(koneksi: sa.Connection, kunci: Kunci, tulisan: Tulisan, zona: ZoneInfo) -> Target:
    """Take a target out of force; returns it. Raises EntriTidakAda, or AturanDilanggar as ``tetapkan`` does."""
    lama = _halaman(koneksi, kunci)
    if lama is None or not lama.berlaku:
        raise EntriTidakAda(f"tidak ada {kunci}", "Yang ada: ikikec target daftar.")
    target = Target(kunci, lama.nilai, lama.satuan, lama.atas, lama.desimal)
    _tulis(koneksi, target, tulisan, zona, berlaku=False)
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
        return [_target(*baris) for baris in koneksi.execute(cari)]


def _target(jabatan: str, indikator: str, awal: date, akhir: date, *isi: Any) -> Target:
    return Target(Kunci(jabatan, indikator, periode_hari(awal, akhir)), *isi)


def _halaman(koneksi: sa.Connection, kunci: Kunci) -> sa.Row[Any] | None:
    baris = koneksi.execute(sa.select(TARGET).where(_T.nomor == kunci.nomor)).first()
    if baris is not None and (baris.jabatan, baris.indikator) != (kunci.jabatan, kunci.indikator):
        # A slug or an indicator's number may hold a hyphen itself.
        raise AturanDilanggar(f"{kunci} bernomor sama dengan target {baris.jabatan} {baris.indikator}")
    return baris


def _tulis(koneksi: sa.Connection, target: Target, tulisan: Tulisan, zona: ZoneInfo, *, berlaku: bool) -> None:
    _tolak_tertutup(koneksi, target.kunci.periode, zona)
    kunci = target.kunci
    isi = {
        "nomor": kunci.nomor,
        "jabatan": kunci.jabatan,
        "indikator": kunci.indikator,
        "awal": kunci.periode.awal.isoformat(),
        "akhir": kunci.periode.akhir.isoformat(),
        "nilai": target.nilai,
        "satuan": target.satuan,
        "berlaku": berlaku,
        # A line says of a target only what there is to say, and so do those from before there were ranges.
        **{nama: isi for nama, isi in (("atas", target.atas), ("desimal", target.desimal)) if isi is not None},
    }
    tulis(koneksi, JENIS, tulisan, kunci.nomor, isi)


def _tolak_tertutup(koneksi: sa.Connection, periode: Periode, zona: ZoneInfo) -> None:
    kena = _menyentuh(penutupan.tertutup(koneksi), periode)
    tolak_pelanggaran(
        (
            Pelanggaran("periode", f"{periode.label} menyentuh bulan tertutup: {satu.penolakan(zona)}")
            for satu in kena
        ),
        "Atau tetapkan target untuk bulan-bulan yang masih terbuka saja.",
    )


def _menyentuh(tutup: Iterable[penutupan.KeadaanBulan], periode: Periode) -> list[penutupan.KeadaanBulan]:
    return [satu for satu in tutup if satu.bulan.awal <= periode.akhir and satu.bulan.akhir >= periode.awal]
