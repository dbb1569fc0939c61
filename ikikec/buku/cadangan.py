"""Copies of a ledger: making one that is known to be good, keeping the newest, and putting one back.

A copy comes to be under a passing name and gets its own only when it has been verified.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from ikikec.buku.koneksi import arti_galat, tautan
from ikikec.buku.salinan import salin, sementara
from ikikec.buku.skema import siapkan_baca
from ikikec.galat import BukuSibuk, SalahPakai

# Looks a copy over and raises where something is wrong with it.
Verifikasi = Callable[[Path], None]

_POLA_SAAT = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]"


def nama_bertanggal(buku: Path, sebutan: str, saat: datetime) -> str:
    """``buku-cadangan-2026-11-22T140500.db``: which ledger, what kind of copy, and when (in the zone of ``saat``)."""
    return f"{buku.stem}-{sebutan}-{saat:%Y-%m-%dT%H%M%S}{buku.suffix}"


def cadangkan(buku: Path, tujuan: Path, tunggu: int, verifikasi: Verifikasi) -> None:
    """Copy a ledger to ``tujuan``, an existing file there replaced in one stroke once the copy is verified.

    Raises SalahPakai where ``tujuan`` is the ledger itself, BerkasTakTertulis where it cannot be written, and what
    opening the ledger or ``verifikasi`` raises.
    """
    siapkan_baca(buku, tunggu)
    if tujuan.exists() and tujuan.samefile(buku):
        raise SalahPakai(f"{tujuan} adalah buku itu sendiri", "Pilih berkas atau folder lain dengan -o.")
    with sementara(tujuan) as salinan:
        salin(buku, salinan, tunggu)
        verifikasi(salinan)
        salinan.replace(tujuan)


def sisakan(folder: Path, buku: Path, sebutan: str, banyak: int) -> list[Path]:
    """Remove all but the newest ``banyak`` dated copies of this ledger in ``folder``; returns those removed."""
    pola = f"{buku.stem}-{sebutan}-{_POLA_SAAT}{buku.suffix}"
    lama = sorted(folder.glob(pola), reverse=True)[banyak:]
    for satu in lama:
        satu.unlink()
    return lama


def pulihkan(sumber: Path, buku: Path, disimpan: Path, tunggu: int, verifikasi: Verifikasi) -> bool:
    """Put a verified copy of ``sumber`` in the place of ``buku``, the replaced ledger kept as ``disimpan``.

    Whoever waits for the old ledger's lock meanwhile finds the new one. Returns whether there was an old one. Raises
    BukuTidakTerbaca where ``sumber`` is no ledger, BukuSibuk where the old one is in use, BerkasTakTertulis.
    """
    siapkan_baca(sumber, tunggu)
    if buku.exists() and buku.samefile(sumber):
        raise SalahPakai(f"{sumber} adalah buku yang sedang dipakai")
    buku = buku.resolve()
    with sementara(buku) as salinan:
        salin(sumber, salinan, tunggu)
        verifikasi(salinan)
        with _kunci(buku, tunggu):
            ada = buku.exists()
            if ada:
                _simpan(buku, disimpan)
            salinan.replace(buku)
    return ada


@contextmanager
def _kunci(buku: Path, tunggu: int) -> Iterator[None]:
    """Hold the old ledger's lock while it is replaced; one too damaged to be locked has no other users either."""
    if not buku.exists():
        yield
        return
    with closing(sqlite3.connect(tautan(buku), uri=True, timeout=tunggu, isolation_level=None)) as koneksi:
        try:
            koneksi.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as galat:
            arti = arti_galat(galat, buku)
            if isinstance(arti, BukuSibuk):
                raise arti from None
        yield


def _simpan(buku: Path, disimpan: Path) -> None:
    """Keep the replaced file under a second name, so that at no moment there is none under the first.

    A journal that a killed writer left goes with it: beside the new file it would ruin that one.
    """
    try:
        os.link(buku, disimpan)
    except OSError:
        # A file system without links (a USB stick, a network share).
        shutil.copyfile(buku, disimpan)
    disimpan.chmod(0o600)
    with suppress(FileNotFoundError):
        buku.with_name(f"{buku.name}-journal").replace(disimpan.with_name(f"{disimpan.name}-journal"))
