"""Copies of a ledger: making one that is known to be good, keeping the newest, and putting one back.

A copy comes to be under a passing name and gets its own only when it has been verified.
"""

import errno
import glob
import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ikikec.buku.mesin.galat_sqlite import arti_galat
from ikikec.buku.mesin.salinan import salin, sementara
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.mesin.tautan import tautan
from ikikec.buku.skema import berskema_lama, mutakhirkan, siapkan_baca
from ikikec.galat import BukuSibuk, SalahPakai

# Looks a copy over and raises where something is wrong with it.
Verifikasi = Callable[[Path], None]

_POLA_SAAT = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]"


def nama_bertanggal(buku: Path, sebutan: str, saat: datetime) -> str:
    """``buku-cadangan-2026-11-22T140500.db``: which ledger, what kind of copy, and when (in the zone of ``saat``)."""
    return f"{buku.stem}-{sebutan}-{saat:%Y-%m-%dT%H%M%S}{buku.suffix}"


def cadangkan(mesin: MesinSqlite, tujuan: Path, verifikasi: Verifikasi) -> None:
    """Copy a ledger to ``tujuan``, an earlier copy there replaced in one stroke once the new one is verified.

    A symlink is followed. Raises SalahPakai where ``tujuan`` is the ledger itself or anything else than a copy of
    one, BerkasTakTertulis where it cannot be written, and what opening the ledger or ``verifikasi`` raises.
    """
    siapkan_baca(mesin)
    tujuan = tujuan.resolve()
    if tujuan.exists():
        _tolak_timpa(mesin.berkas, tujuan)
    with sementara(tujuan) as salinan:
        salin(mesin.berkas, salinan, mesin.tunggu)
        verifikasi(salinan)
        salinan.replace(tujuan)


def _tolak_timpa(buku: Path, tujuan: Path) -> None:
    """Nothing but an earlier copy may be written over."""
    if tujuan.samefile(buku):
        raise SalahPakai(f"{tujuan} adalah buku itu sendiri", "Pilih berkas atau folder lain dengan -o.")
    if not tujuan.is_file() or _kepala(tujuan) not in (b"", b"SQLite format 3\x00"):
        raise SalahPakai(f"{tujuan} bukan cadangan; tidak ditimpa", "Pilih berkas atau folder lain dengan -o.")


def _kepala(berkas: Path) -> bytes:
    with berkas.open("rb") as aliran:
        return aliran.read(16)


def sisakan(folder: Path, buku: Path, sebutan: str, banyak: int) -> list[Path]:
    """Remove all but the newest ``banyak`` dated copies of this ledger in ``folder``; returns those removed."""
    pola = f"{glob.escape(buku.stem)}-{sebutan}-{_POLA_SAAT}{glob.escape(buku.suffix)}"
    lama = sorted(folder.glob(pola), reverse=True)[banyak:]
    for satu in lama:
        satu.unlink()
    return lama


def pulihkan(sumber: Path, mesin: MesinSqlite, disimpan: Path, verifikasi: Verifikasi) -> Path | None:
    """Put a verified copy of ``sumber`` in the place of the ledger, the replaced ledger kept as ``disimpan``.

    A copy of an older schema is brought to today's, ``sumber`` itself staying as it is.

    Whoever waits for the old ledger's lock meanwhile finds the new one. Returns where the old one is kept, which has
    a number behind its name where ``disimpan`` was taken; None where there was no old one. Raises BukuTidakTerbaca
    where ``sumber`` is no ledger, BukuSibuk where the old one is in use, BerkasTakTertulis.
    """
    buku, tunggu = mesin.berkas, mesin.tunggu
    asal = replace(mesin, berkas=sumber)
    lama = berskema_lama(asal)
    if not lama:
        siapkan_baca(asal)
    if buku.exists() and buku.samefile(sumber):
        raise SalahPakai(f"{sumber} adalah buku yang sedang dipakai")
    if buku.is_dir():
        raise SalahPakai(f"{buku} adalah folder, bukan berkas buku", "Tunjuk berkas bukunya dengan --buku.")
    buku = buku.resolve()
    with sementara(buku) as salinan:
        salin(sumber, salinan, tunggu)
        if lama:
            mutakhirkan(replace(mesin, berkas=salinan))
        verifikasi(salinan)
        with _kunci(buku, tunggu):
            tersimpan = _simpan(buku, disimpan) if buku.exists() else None
            salinan.replace(buku)
    return tersimpan


@contextmanager
def _kunci(buku: Path, tunggu: int) -> Iterator[None]:
    """Hold the old ledger's lock while it is replaced; one too damaged to be locked has no other users either."""
    with ExitStack() as tumpukan:
        if buku.exists():
            try:
                koneksi = sqlite3.connect(tautan(buku), uri=True, timeout=tunggu, isolation_level=None)
                tumpukan.enter_context(closing(koneksi))
                koneksi.execute("BEGIN IMMEDIATE")
            except sqlite3.DatabaseError as galat:
                arti = arti_galat(galat, buku)
                if isinstance(arti, BukuSibuk):
                    raise arti from None
        yield


def _simpan(buku: Path, disimpan: Path) -> Path:
    """Keep the replaced file under a second name, so that at no moment there is none under the first; returns it.

    Never over anything that is there: two restores in one second must not overwrite what the first one kept. A
    journal that a killed writer left goes with the file: beside the new one it would ruin that one.
    """
    for urut in itertools.count(1):
        nama = disimpan if urut == 1 else disimpan.with_name(f"{disimpan.stem}-{urut}{disimpan.suffix}")
        try:
            _tautkan(buku, nama)
        except FileExistsError:
            continue
        break
    nama.chmod(0o600)
    with suppress(FileNotFoundError):
        buku.with_name(f"{buku.name}-journal").replace(nama.with_name(f"{nama.name}-journal"))
    return nama


def _tautkan(asal: Path, nama: Path) -> None:
    try:
        os.link(asal, nama)
    except OSError as galat:
        if galat.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS):
            raise
        # A file system without links (a USB stick, a network share).
        with nama.open("xb") as tujuan, asal.open("rb") as sumber:
            shutil.copyfileobj(sumber, tujuan)
