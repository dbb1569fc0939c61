"""Which rows of a file are in the ledger already: the same entry, whatever became of it since.

Equal entries count as often as they are there: two respondents may answer alike, so of three equal rows against two
entries one is new. A row that has a number is the entry of that number or none.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.kelompok import Kelompok, tersimpan
from ikikec.buku.penomoran import potong
from ikikec.buku.register import Register
from ikikec.buku.tabel import HALAMAN

# What the ledger holds, by what an entry has in common with a row that is the same.
Simpanan = dict[tuple[Any, ...], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Pilahan:
    """The rows of a file without those that are in the ledger already; can be gone through again and again.

    ``kembar``: the number of the entry that each row left out is there by, by the row's line.
    """

    semua: Iterable[Kelompok]
    kembar: dict[int, str]

    def __iter__(self) -> Iterator[Kelompok]:
        for kelompok in self.semua:
            letak = [urut for urut, baris in enumerate(kelompok.baris) if baris in self.kembar]
            if len(letak) < len(kelompok):
                yield kelompok.tanpa(letak) if letak else kelompok


def pilah_kembar(koneksi: sa.Connection | None, register: Register, semua: Iterable[Kelompok]) -> Pilahan:
    """Set the rows that the ledger holds already apart; None stands for an empty ledger."""
    if koneksi is None:
        return Pilahan(semua, {})
    longgar = {langkah for satu in register.langkah for langkah in (satu.tanggal, satu.pasangan) if langkah}
    longgar |= {"batas", "batal", "alasan_batal"} & set(register.nama_bidang)
    tegas = [nama for nama in register.nama_bidang if nama not in longgar and nama != "nomor"]
    ada = _entri(koneksi, register, tegas, semua)
    kembar: dict[int, str] = {}
    # Rows with a number take their entries before those without can.
    for bernomor in (True, False):
        for baris, isi in _baris(semua):
            calon = ada.get(_kunci(isi, tegas), [])
            if calon and (isi["nomor"] is not None) is bernomor:
                cocok = _terdekat(isi, calon, longgar)
                if cocok is not None:
                    calon.remove(cocok)
                    kembar[baris] = cocok["nomor"]
    return Pilahan(semua, dict(sorted(kembar.items())))


def _baris(semua: Iterable[Kelompok]) -> Iterator[tuple[int, dict[str, Any]]]:
    for kelompok in semua:
        yield from zip(kelompok.baris, kelompok.isi(), strict=True)


def _entri(koneksi: sa.Connection, register: Register, tegas: Sequence[str], semua: Iterable[Kelompok]) -> Simpanan:
    """The ledger's entries of the rows' days, in stored values."""
    tabel = HALAMAN[register.slug]
    hasil = defaultdict(list)
    tanggal = sorted({satu for kelompok in semua for satu in kelompok.kolom["tanggal"]})
    for hari in potong(map(date.fromisoformat, tanggal)):
        cari = sa.select(tabel).where(tabel.c.tanggal.in_(hari)).order_by(tabel.c.nomor)
        for baris in koneksi.execute(cari).mappings():
            isi = {nama: tersimpan(nilai) for nama, nilai in baris.items()}
            hasil[_kunci(isi, tegas)].append(isi)
    return hasil


def _kunci(isi: dict[str, Any], tegas: Sequence[str]) -> tuple[Any, ...]:
    return tuple(isi[nama] for nama in tegas)


def _terdekat(baris: dict[str, Any], calon: Sequence[dict[str, Any]], longgar: set[str]) -> dict[str, Any] | None:
    """Of the candidates that nothing in the row contradicts, the first that differs least; None without any."""
    sama = (isi for isi in calon if _sama(baris, isi, longgar))
    return min(sama, key=lambda isi: sum(baris[nama] != isi[nama] for nama in longgar), default=None)


def _sama(baris: dict[str, Any], entri: dict[str, Any], longgar: set[str]) -> bool:
    """Whether nothing the row says of its later life contradicts the entry."""
    if baris["nomor"] not in (None, entri["nomor"]):
        return False
    return all(not baris[nama] or baris[nama] == entri[nama] for nama in longgar)
