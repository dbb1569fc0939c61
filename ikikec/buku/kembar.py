"""Which rows of a file are in the ledger already: the same entry, whatever became of it since.

Equal entries count as often as they are there: two respondents may answer alike, so of three equal rows against two
entries one is new. A row that has a number is the entry of that number or none.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ikikec.buku.penerimaan import Baris
from ikikec.buku.penomoran import potong
from ikikec.buku.register import Register
from ikikec.buku.tabel import HALAMAN, Isian


@dataclass(frozen=True, slots=True)
class Pilahan:
    """The rows that are new, and those that are there already, each with the entry's number."""

    baru: tuple[Baris, ...]
    kembar: tuple[tuple[Baris, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HasilImpor:
    """The entries a file brought in, and the rows left out, each with the number it is in the ledger by."""

    entri: list[Isian]
    kembar: tuple[tuple[Baris, str], ...]


def pilah_kembar(koneksi: sa.Connection | None, register: Register, baris: Sequence[Baris]) -> Pilahan:
    """Set the rows that the ledger holds already apart; None stands for an empty ledger."""
    if koneksi is None:
        return Pilahan(tuple(baris))
    longgar = {langkah for satu in register.langkah for langkah in (satu.tanggal, satu.pasangan) if langkah}
    longgar |= {"batas", "batal", "alasan_batal"} & set(register.nama_bidang)
    tegas = [nama for nama in register.nama_bidang if nama not in longgar and nama != "nomor"]
    ada = _entri(koneksi, register, tegas, baris)
    kembar: dict[int, str] = {}
    # Rows with a number take their entries before those without can.
    for letak, satu in sorted(enumerate(baris), key=lambda isi: isi[1].isian.nomor is None):
        isi = satu.isian.__dict__
        calon = ada.get(_kunci(isi, tegas), [])
        cocok = _terdekat(isi, calon, longgar)
        if cocok is not None:
            calon.remove(cocok)
            kembar[letak] = cocok["nomor"]
    return Pilahan(
        tuple(satu for letak, satu in enumerate(baris) if letak not in kembar),
        tuple((satu, kembar[letak]) for letak, satu in enumerate(baris) if letak in kembar),
    )


def _entri(
    koneksi: sa.Connection, register: Register, tegas: Sequence[str], baris: Sequence[Baris]
) -> dict[tuple[Any, ...], list[Any]]:
    """The ledger's entries of the rows' days, by what they have in common with a row that is the same."""
    tabel = HALAMAN[register.slug]
    hasil = defaultdict(list)
    for hari in potong(sorted({satu.isian.tanggal for satu in baris})):
        cari = sa.select(tabel).where(tabel.c.tanggal.in_(hari)).order_by(tabel.c.nomor)
        for isi in koneksi.execute(cari).mappings():
            hasil[_kunci(isi, tegas)].append(isi)
    return hasil


def _kunci(isi: Any, tegas: Sequence[str]) -> tuple[Any, ...]:
    return tuple(isi[nama] for nama in tegas)


def _terdekat(baris: dict[str, Any], calon: Sequence[Any], longgar: set[str]) -> Any:
    """Of the candidates that nothing in the row contradicts, the first that differs least; None without any."""
    sama = (isi for isi in calon if _sama(baris, isi, longgar))
    return min(sama, key=lambda isi: sum(baris[nama] != isi[nama] for nama in longgar), default=None)


def _sama(baris: dict[str, Any], entri: Any, longgar: set[str]) -> bool:
    """Whether nothing the row says of its later life contradicts the entry."""
    if baris["nomor"] not in (None, entri["nomor"]):
        return False
    return all(not baris[nama] or baris[nama] == entri[nama] for nama in longgar)
