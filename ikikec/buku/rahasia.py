"""What identifies a citizen or is told freely: the journal holds a commitment to it, a table of its own the value.

A commitment is SHA-256 over a salt of 16 random bytes and the value in UTF-8. In a line it stands where the value
would, as ``{"sha256": "<64 hex>"}``, which no text can be taken for. Whoever has salt and value can show that the
line means them; whoever has not learns nothing from it, not even that two entries name the same person. So a citizen
can be forgotten (UU 27/2022 art. 43 and 44), and the chain still holds.

The table has one row for each line that commits to anything: ``{"kontak": ["<salt in hex>", "<value>"], …}``. A row
for each field would cost an import of complaints twice the time.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from ikikec.buku.jurnal import kanonik
from ikikec.buku.kelompok import Isi, Kelompok
from ikikec.buku.model import PRIBADI
from ikikec.buku.penomoran import potong
from ikikec.buku.register import DIHAPUS, SEMUA, Register

KOLOM = ("nomor", "revisi", "isi")
BYTE_GARAM = 16
KUNCI = "sha256"

Simpanan = tuple[str, int, str]
"""A row of the table: number, revision, and salts and values by field as canonical JSON."""


def komitmen(garam: bytes, nilai: str) -> str:
    """The commitment to ``nilai`` in hex."""
    return sha256(garam + nilai.encode()).hexdigest()


def tutup_isi(slug: str, nomor: str, revisi: int, isi: Isi) -> tuple[Isi, list[Simpanan]]:
    """An entry's state as its line holds it, and what the table keeps of it, if anything."""
    tertutup: dict[str, Any] = dict(isi)
    simpanan: dict[str, tuple[str, str]] = {}
    for bidang in SEMUA[slug].rahasia if slug in SEMUA else ():
        if (nilai := isi[bidang]) is not None:
            garam = os.urandom(BYTE_GARAM)
            tertutup[bidang] = {KUNCI: komitmen(garam, nilai)}
            simpanan[bidang] = (garam.hex(), nilai)
    return tertutup, [(nomor, revisi, kanonik(simpanan))] if simpanan else []


def tutup_kelompok(register: Register, kelompok: Kelompok) -> tuple[dict[str, list[str | None]], list[Simpanan]]:
    """The commitments of many new entries by field, and what the table keeps of them."""
    bidang = register.rahasia
    simpanan: list[Simpanan] = []
    tertutup: dict[str, list[str | None]] = {nama: [] for nama in bidang}
    acak = os.urandom(BYTE_GARAM * len(bidang) * len(kelompok))
    letak = 0
    for nomor, nilai in zip(kelompok.kolom["nomor"], kelompok.ambil(*bidang), strict=True) if bidang else ():
        milik: dict[str, tuple[str, str]] = {}
        for nama, isi in zip(bidang, nilai, strict=True):
            if isi is None:
                tertutup[nama].append(None)
                continue
            garam = acak[letak : letak + BYTE_GARAM]
            letak += BYTE_GARAM
            tertutup[nama].append(komitmen(garam, isi))
            milik[nama] = (garam.hex(), isi)
        if milik:
            simpanan.append((nomor, 1, kanonik(milik)))
    return tertutup, simpanan


def bertutup(nilai: Any) -> bool:
    """Whether a value of a line is a commitment; one from before there were any is the text itself."""
    return isinstance(nilai, dict)


def sesuai(isi: str, simpanan: str | None) -> bool:
    """Whether a line's text commits to just what the table keeps of it, seen without reading the line as JSON.

    A quote within a value is escaped there, so that a commitment's letters stand nowhere else. False is no verdict:
    that takes a closer look.
    """
    try:
        ada = json.loads(simpanan or "{}").items()
        anggota = [
            f'"{nama}":{{"{KUNCI}":"{komitmen(bytes.fromhex(garam), nilai)}"}}' for nama, (garam, nilai) in ada
        ]
        return isi.count(f'{{"{KUNCI}":"') == len(anggota) and all(satu in isi for satu in anggota)
    except (TypeError, ValueError, AttributeError):
        return False


def buka_baris(koneksi: sa.Connection, baris: Sequence[tuple[str, int, str]]) -> Iterator[dict[str, Any]]:
    """The state that each journal line of an entry (number, revision, ``isi``) tells, commitments opened.

    What was forgotten is ``DIHAPUS``; the line of an act that forgets has the fields it forgot under ``LUPA``.
    """
    simpanan = _simpanan(koneksi, sorted({nomor for nomor, _revisi, _isi in baris}))
    for nomor, revisi, isi in baris:
        ada = simpanan.get((nomor, revisi), {})
        yield {
            bidang: ada.get(bidang, ("", DIHAPUS))[1] if bertutup(nilai) else nilai
            for bidang, nilai in json.loads(isi).items()
        }


def _simpanan(koneksi: sa.Connection, nomor: Sequence[str]) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Salts and values by number and revision."""
    return {
        (satu.nomor, satu.revisi): json.loads(satu.isi)
        for bagian in potong(nomor)
        for satu in koneksi.execute(sa.select(PRIBADI).where(PRIBADI.c.nomor.in_(bagian)))
    }


def hapus(koneksi: sa.Connection, nomor: str, bidang: Collection[str], sebelum: int) -> None:
    """Let salts and values of an entry's fields go, of all revisions before ``sebelum``; the others stay."""
    for (_nomor, revisi), isi in _simpanan(koneksi, [nomor]).items():
        sisa = {nama: satu for nama, satu in isi.items() if nama not in bidang}
        if revisi < sebelum and len(sisa) < len(isi):
            koneksi.execute(sa.delete(PRIBADI).where(PRIBADI.c.nomor == nomor, PRIBADI.c.revisi == revisi))
            if sisa:
                koneksi.execute(sa.insert(PRIBADI).values(nomor=nomor, revisi=revisi, isi=kanonik(sisa)))
