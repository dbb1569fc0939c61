"""The latest numbers of a register, for whoever is typing one. Plain sqlite3: completion must not cost start-up.

A suggestion is a courtesy: a ledger that is missing, busy, damaged or slow to answer suggests nothing, or less.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Jenis
from ikikec.buku.register import REKOMENDASI, TINDAK_LANJUT, Register
from ikikec.buku.tautan import tautan

if TYPE_CHECKING:
    from sqlite3 import Connection

# Seconds to wait for a lock, and how often SQLite may do a hundred thousand steps more before it is stopped.
TUNGGU = 0.2
LANGKAH, PUTARAN = 100_000, 20

SEMUA = "1"
HIDUP = "NOT batal"
# The same rule as saringan.terbuka, which a test holds: open until the latest follow-up by date closes it.
PENGADUAN_TERBUKA = (
    f"{HIDUP} AND coalesce((SELECT t.status FROM tindak_lanjut AS t"
    " WHERE t.pengaduan = pengaduan.nomor AND NOT t.batal"
    " ORDER BY t.tanggal DESC, length(t.nomor) DESC, t.nomor DESC LIMIT 1), '') NOT IN ('selesai', 'ditolak')"
)


def belum_diambil(register: Register, tanggal: str) -> str:
    """The condition that an entry can still take the step that sets ``tanggal``: issued or refused is the end."""
    kosong = {tanggal} | ({"tanggal_terbit", "tanggal_tolak"} if register is REKOMENDASI else set())
    return " AND ".join([HIDUP, *(f"{nama} IS NULL" for nama in sorted(kosong))])


def nomor_terakhir(
    berkas: Path, register: Register, awalan: str, banyak: int, syarat: Sequence[str] = (SEMUA,)
) -> list[tuple[str, str]]:
    """The ``banyak`` latest numbers that begin with ``awalan``, the newest first, each with its day and subject.

    Entries that meet the first condition of ``syarat`` come before those that meet the next. Follow-ups are found
    only by a complaint's whole number with the stroke behind it.
    """
    import sqlite3

    hasil: dict[str, str] = {}
    try:
        with closing(sqlite3.connect(tautan(berkas), uri=True, timeout=TUNGGU)) as koneksi:
            koneksi.execute("PRAGMA query_only = ON")
            for satu in syarat:
                for nomor, bantuan in _cari(koneksi, register, awalan, satu):
                    hasil.setdefault(nomor, bantuan)
                    if len(hasil) == banyak:
                        return list(hasil.items())
    except (sqlite3.Error, OSError, ValueError):
        pass
    return list(hasil.items())


def _cari(koneksi: "Connection", register: Register, awalan: str, syarat: str) -> Iterator[tuple[str, str]]:
    """Rows as they are found, so that those read before SQLite is stopped count."""
    hitung = count()
    koneksi.set_progress_handler(lambda: next(hitung) >= PUTARAN, LANGKAH)
    milik, urut = "substr(nomor, 1, ?) = ?", "substr(nomor, 5, 4) DESC, length(nomor) DESC, nomor DESC"
    nilai: tuple[str | int, ...] = (len(awalan), awalan)
    if register is TINDAK_LANJUT:
        milik, urut = f"pengaduan = ? AND {milik}", "length(nomor) DESC, nomor DESC"
        nilai = (awalan.partition("/")[0], *nilai)
    kueri = (
        f"SELECT nomor, tanggal, {_pokok(register)} FROM {register.tabel} WHERE {milik} AND {syarat} ORDER BY {urut}"
    )
    for nomor, tanggal, pokok in koneksi.execute(kueri, nilai):
        yield str(nomor), f"{tanggal} {bersih(str(pokok or ''))}".strip()


def _pokok(register: Register) -> str:
    """The field that tells what an entry is about: the first free text of the short list. None of them is a name."""
    return next(nama for nama in register.ringkas if register[nama].jenis is Jenis.TEKS and not register[nama].sistem)
