"""Backups: a copy of a ledger that is known to be good, and keeping the newest of them.

A copy comes to be under a passing name and gets its own only when it has been verified.
"""

import glob
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from ikikec.berkas import sementara, tautkan, tempatkan
from ikikec.buku.halaman import ujung
from ikikec.buku.mesin.dasar import Mesin
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.model import JURNAL
from ikikec.buku.silsilah import Hubungan, hubungan
from ikikec.buku.skema import pastikan_ada, siapkan_baca
from ikikec.galat import Galat, SalahPakai, sebab
from ikikec.istilah import Aksi

# Looks a copy over and raises where something is wrong with it.
Verifikasi = Callable[[Path], None]

_POLA_SAAT = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]"
_BUKAN_SALINAN = {
    Hubungan.LEBIH_JAUH: "memuat baris jurnal yang tidak ada di buku ini",
    Hubungan.BERCABANG: "memuat baris jurnal yang tidak ada di buku ini",
    Hubungan.LAIN: "buku lain, bukan cadangan buku ini",
}


def nama_bertanggal(buku: Path, sebutan: str, saat: datetime) -> str:
    """``buku-cadangan-2026-11-22T140500.db``: which ledger, what kind of copy, and when (in the zone of ``saat``)."""
    return f"{buku.stem}-{sebutan}-{saat:%Y-%m-%dT%H%M%S}{buku.suffix}"


def nama_bebas(nama: Path) -> Iterator[Path]:
    """``nama``, then the same with a number behind it, as many as it takes to find one that is free."""
    yield nama
    for urut in itertools.count(2):
        yield nama.with_name(f"{nama.stem}-{urut}{nama.suffix}")


def cadangkan(mesin: MesinSqlite, tujuan: Path, verifikasi: Verifikasi) -> None:
    """Copy a ledger to ``tujuan``, an earlier copy there replaced in one stroke once the new one is verified.

    A symlink is followed. Raises SalahPakai where ``tujuan`` is anything else than an older copy of this very ledger,
    BerkasTakTertulis where it cannot be written, and what opening the ledger or ``verifikasi`` raises.
    """
    siapkan_baca(mesin)
    tujuan = tujuan.resolve()
    if tujuan.exists():
        _tolak_timpa(mesin, tujuan)
    with sementara(tujuan) as salinan:
        mesin.salin(salinan)
        verifikasi(salinan)
        tempatkan(salinan, tujuan)


def cadangkan_bertanggal(mesin: MesinSqlite, tujuan: Path, verifikasi: Verifikasi) -> Path:
    """The same under a name of its own: where that is taken, a number is put behind it; returns the copy's place."""
    siapkan_baca(mesin)
    with sementara(tujuan) as salinan:
        mesin.salin(salinan)
        verifikasi(salinan)
        return tautkan(salinan, nama_bebas(tujuan))


def _tolak_timpa(mesin: MesinSqlite, tujuan: Path) -> None:
    """Nothing but an older copy of this ledger may be written over."""
    if tujuan.samefile(mesin.berkas):
        alasan = "buku itu sendiri"
    elif not tujuan.is_file():
        alasan = "bukan berkas"
    else:
        alasan = _bukan_salinan(mesin, tujuan)
    if alasan:
        raise SalahPakai(f"{tujuan} tidak ditimpa: {alasan}", "Pilih berkas atau folder lain dengan -o.")


def _bukan_salinan(mesin: MesinSqlite, berkas: Path) -> str:
    """Why a file is no copy of this ledger that may go; blank where it is one."""
    salinan = replace(mesin, berkas=berkas)
    try:
        pastikan_ada(salinan)
        with mesin.tengok() as ini, salinan.tengok() as itu:
            return _BUKAN_SALINAN.get(hubungan(ini, itu), "")
    except Galat as galat:
        return f"tidak dikenali sebagai cadangan buku ini ({galat.pesan})"


def sisakan(mesin: MesinSqlite, baru: Path, sebutan: str, banyak: int) -> list[tuple[Path, str]]:
    """Remove all but ``banyak`` dated copies of this ledger beside ``baru``, which stays whatever its name says.

    The others go by the length of their journal, then by their own moment: a clock may have run ahead. Returns what
    is named like one of them and stays all the same, each with the reason: it is no copy of this ledger, or is open.
    """
    buku = mesin.berkas
    pola = f"{glob.escape(buku.stem)}-{sebutan}-{_POLA_SAAT}*{glob.escape(buku.suffix)}"
    asing: list[tuple[Path, str]] = []
    milik: list[tuple[int, float, str, Path]] = []
    for satu in sorted(baru.parent.glob(pola)):
        if satu == baru:
            continue
        alasan = _bukan_salinan(mesin, satu)
        if alasan:
            asing.append((satu, alasan))
        else:
            milik.append((_panjang(mesin, satu), satu.stat().st_mtime, satu.name, satu))
    for *_, satu in sorted(milik, reverse=True)[banyak - 1 :]:
        # Another run of the same job may be quicker.
        try:
            satu.unlink(missing_ok=True)
        except OSError as galat:
            asing.append((satu, sebab(galat)))
    return asing


def _panjang(mesin: MesinSqlite, berkas: Path) -> int:
    with replace(mesin, berkas=berkas).tengok() as koneksi:
        return ujung(koneksi)[0]


def sebelum_lupa(mesin: Mesin, buku: Path) -> Iterator[Path]:
    """The copies of a ledger, beside it and in its folder ``cadangan``, from before something was last forgotten."""
    with mesin.tengok() as koneksi:
        terakhir = koneksi.scalar(sa.select(sa.func.max(JURNAL.c.seq)).where(JURNAL.c.aksi == Aksi.LUPA))
    pola = f"{glob.escape(buku.stem)}-*{glob.escape(buku.suffix)}"
    calon = [*sorted(buku.parent.glob(pola)), *sorted((buku.parent / "cadangan").glob(pola))]
    if terakhir is None or not isinstance(mesin, MesinSqlite):
        return
    for satu in calon:
        if not _bukan_salinan(mesin, satu) and _panjang(mesin, satu) < terakhir:
            yield satu
