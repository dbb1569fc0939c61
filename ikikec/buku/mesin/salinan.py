"""Copying a ledger file as of one moment, whatever others write meanwhile.

A plain copy of a live database can lose everything, so every copy is made by SQLite's backup API, into a file that is
private from its first byte.
"""

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from ikikec.buku.mesin.galat_sqlite import arti_galat, jelaskan
from ikikec.buku.mesin.tautan import tautan
from ikikec.galat import BerkasTakTertulis, BukuSibuk, sebab


def salin(sumber: Path, tujuan: Path, tunggu: int) -> None:
    """Copy a database over ``tujuan``, an existing file; raises BukuSibuk, BukuTidakTerbaca, BerkasTakTertulis."""
    with (
        _sebut_tujuan(tujuan),
        jelaskan(sumber),
        closing(sqlite3.connect(tautan(sumber), uri=True, timeout=tunggu)) as asal,
        closing(sqlite3.connect(tautan(tujuan), uri=True)) as salinan,
    ):
        asal.backup(salinan)


@contextmanager
def _sebut_tujuan(tujuan: Path) -> Iterator[None]:
    """What cannot be written while copying is the copy, never the ledger it is made from."""
    try:
        yield
    except BerkasTakTertulis:
        pesan = f"salinan di {tujuan.parent} tidak dapat ditulis: cakram penuh atau tidak diizinkan"
        raise BerkasTakTertulis(
            pesan, "Buku itu sendiri tidak berubah. Kosongkan ruang cakram, lalu ulangi."
        ) from None


@contextmanager
def kunci_berkas(buku: Path, tunggu: int) -> Iterator[None]:
    """Hold a ledger's lock while its file is replaced; one too damaged to be locked has no other users either.

    Raises BukuSibuk.
    """
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


def tautkan(asal: Path, nama: Iterable[Path]) -> Path:
    """Give a file a further name, the first of ``nama`` that is free, nothing being overwritten; returns it."""
    for satu in nama:
        try:
            _tautkan(asal, satu)
        except FileExistsError:
            continue
        return satu
    raise AssertionError


def _tautkan(asal: Path, nama: Path) -> None:
    try:
        os.link(asal, nama)
    except OSError as galat:
        if galat.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS):
            raise
        # A file system without links (a USB stick, a network share).
        pribadi = os.open(nama, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(pribadi, "wb") as tujuan, asal.open("rb") as sumber:
            shutil.copyfileobj(sumber, tujuan)
            tujuan.flush()
            os.fsync(tujuan.fileno())


@contextmanager
def sementara(tujuan: Path) -> Iterator[Path]:
    """A private, empty file beside ``tujuan``, gone afterwards unless it was moved into place."""
    try:
        tujuan.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pegangan, nama = tempfile.mkstemp(prefix=f".{tujuan.name}.", dir=tujuan.parent)
        os.close(pegangan)
        try:
            yield Path(nama)
        finally:
            for sisa in (nama, f"{nama}-journal"):
                Path(sisa).unlink(missing_ok=True)
    except OSError as galat:
        raise BerkasTakTertulis(
            f"berkas {tujuan} tidak dapat ditulis: {sebab(galat)}", "Periksa folder, izin, dan ruang cakramnya."
        ) from None
