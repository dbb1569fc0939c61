"""Copying a ledger file as of one moment, whatever others write meanwhile.

A plain copy of a live database can lose everything, so every copy is made by SQLite's backup API, into a file that is
private from its first byte.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ikikec.berkas import sementara
from ikikec.buku.mesin.galat_sqlite import jelaskan
from ikikec.buku.mesin.tautan import tautan
from ikikec.galat import BerkasTakTertulis

__all__ = ["salin", "sementara"]


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
