"""Copying a ledger file as of one moment, whatever others write meanwhile.

A plain copy of a live database can lose everything, so every copy is made by SQLite's backup API, into a file that is
private from its first byte.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from ikikec.buku.mesin.galat_sqlite import arti_galat, jelaskan
from ikikec.buku.mesin.tautan import tautan
from ikikec.galat import BerkasTakTertulis, BukuSibuk


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
