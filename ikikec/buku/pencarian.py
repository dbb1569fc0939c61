"""Finding a text in every text field of every register, and in numbers."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from ikikec.buku.bidang import Jenis
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.mesin.pilih import dialek
from ikikec.buku.register import SEMUA, Register
from ikikec.buku.tabel import HALAMAN


class Temu(NamedTuple):
    """One field that holds the text: its entry's number and date, the field, all of it, whether it is cancelled."""

    register: str
    nomor: str
    tanggal: date
    isian: str
    teks: str
    batal: bool


def cari_teks(koneksi: sa.Connection, teks: str) -> Iterator[Temu]:
    """Every text field that holds ``teks``, letters in either case, register by register, the newest entry first.

    Nothing in ``teks`` is a wild card.
    """
    for register in SEMUA.values():
        yield from _cari(koneksi, register, teks)


def _cari(koneksi: sa.Connection, register: Register, teks: str) -> Iterator[Temu]:
    tabel = HALAMAN[register.slug]
    nama = [bidang.nama for bidang in register.bidang if bidang.jenis is Jenis.TEKS]
    bahasa = dialek(koneksi)
    cocok = [bahasa.memuat(tabel.c[satu], teks) for satu in nama]
    # No index can give this order: one would be followed from row to row all over the register.
    tanggal = sa.func.coalesce(tabel.c.tanggal, tabel.c.tanggal)
    kueri = sa.select(tabel).where(sa.or_(*cocok)).order_by(tanggal.desc(), tabel.c.nomor.desc())
    with jelaskan_isi(f"register {register.slug}"):
        for baris in koneksi.execute(kueri).mappings():
            for satu in nama:
                isi = baris[satu]
                if isi is not None and _memuat(isi, teks):
                    yield Temu(register.slug, baris["nomor"], baris["tanggal"], satu, isi, baris["batal"])


def _memuat(isi: str, teks: str) -> bool:
    return teks.casefold() in isi.casefold() or teks.lower() in isi.lower()
