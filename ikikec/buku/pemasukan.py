"""Entries into the ledger, one or many: what an act does to them inside its transaction. Used by ``Buku`` alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import sqlalchemy as sa

from ikikec.buku import halaman, libur
from ikikec.buku.halaman import Tulisan
from ikikec.buku.kelompok import Kelompok
from ikikec.buku.penerimaan import periksa_buku
from ikikec.buku.penomoran import beri_nomor, nomor_tertinggi
from ikikec.buku.register import Register
from ikikec.buku.tenggat import FAKTA, beri_batas_semua
from ikikec.galat import tolak_pelanggaran
from ikikec.konfigurasi import Konfigurasi

Kemajuan = Callable[[int], None]

# How many of the entries an act tells of.
CONTOH = 3


@dataclass(frozen=True, slots=True)
class Masukan:
    """What came in: how many entries, the first few of them, and the rows of the file left out.

    ``kembar``: the number of the entry that each row left out is there by, by the row's line.
    """

    banyak: int
    contoh: tuple[dict[str, Any], ...]
    kembar: Mapping[int, str]


def siapkan(
    koneksi: sa.Connection | None,
    register: Register,
    semua: Iterable[Kelompok],
    konfig: Konfigurasi,
    tahun_lain: Mapping[int, Iterable[date]] = libur.TIDAK_ADA,
) -> Iterator[Kelompok]:
    """The entries with number and deadline, as they are written; the ledger is asked at once, not as they come.

    ``tahun_lain`` adds free days of years that the ledger does not hold. What it returns raises TahunBelumDimuat.
    """
    siap = beri_nomor(register, semua, nomor_tertinggi(koneksi, register, semua))
    if register.slug in FAKTA:
        kalender = libur.kalender(koneksi, konfig.indeks_hari_kerja, tahun_lain)
        siap = beri_batas_semua(register, siap, konfig, kalender)
    return siap


def tambah(
    koneksi: sa.Connection,
    register: Register,
    semua: Iterable[Kelompok],
    konfig: Konfigurasi,
    tulisan: Tulisan,
    kemajuan: Kemajuan,
) -> Iterator[Kelompok]:
    """Check entries against the ledger, then append them batch by batch; each is told once it is written.

    ``kemajuan`` hears how many more are. Raises AturanDilanggar naming every bad line before the first is written.
    """
    tolak_pelanggaran(periksa_buku(koneksi, register, semua, konfig))
    siap = siapkan(koneksi, register, semua, konfig)
    for susunan in halaman.susun_tulisan(register, tulisan, halaman.ujung(koneksi), siap):
        halaman.sisip(koneksi, register, susunan)
        kemajuan(len(susunan.kelompok))
        yield susunan.kelompok


def hitung(semua: Iterable[Kelompok], kembar: Mapping[int, str]) -> Masukan:
    """Go through all batches; returns what they were."""
    banyak, contoh = 0, list[dict[str, Any]]()
    for kelompok in semua:
        banyak += len(kelompok)
        contoh += islice(kelompok.isi(), CONTOH - len(contoh))
    return Masukan(banyak, tuple(contoh), kembar)
