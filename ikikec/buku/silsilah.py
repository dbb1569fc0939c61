"""How two ledgers are related: whether one is a copy of the other, up to which line they are the same, or moved.

The chain makes it easy: equal fingerprints at a line mean that all lines before it are equal too.
"""

import json
from bisect import bisect_left
from dataclasses import dataclass
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku.halaman import KOLOM_JURNAL, Tulisan, revisi_terakhir, tambah_jurnal, ujung
from ikikec.buku.jurnal import SIDIK_AWAL, larik, sidik
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import JURNAL
from ikikec.buku.register import SEMUA
from ikikec.galat import AturanDilanggar, BukuRusak
from ikikec.istilah import Aksi
from ikikec.tanggal import saat_setempat

REGISTER = "pindahan"
# The number under which a move, and that it was taken back, stand in the journal.
PINDAH = "PINDAH"


class Hubungan(Enum):
    """What ``itu`` is to ``ini``."""

    SALINAN = "an older or equal copy: all its lines are here"
    LEBIH_JAUH = "all lines from here, and more"
    BERCABANG = "the same ledger for a while, then another way"
    LAIN = "the ledger of another office"


def hubungan(ini: sa.Connection, itu: sa.Connection) -> Hubungan:
    """What the ledger behind ``itu`` is to the one behind ``ini``.

    Two offices whose ledgers were begun in the same second by the same clerk share the line of that year's free days,
    so the first line that is an entry decides. A ledger without any line is nobody's copy.
    """
    panjang_ini, panjang_itu = ujung(ini).seq, ujung(itu).seq
    if not panjang_itu:
        return Hubungan.LAIN
    if sama_sampai(ini, itu, panjang_itu):
        return Hubungan.SALINAN
    if panjang_ini and sama_sampai(ini, itu, panjang_ini):
        return Hubungan.LEBIH_JAUH
    awal = min(_awal(ini), _awal(itu))
    return Hubungan.BERCABANG if sama_sampai(ini, itu, awal) else Hubungan.LAIN


def baris_bersama(ini: sa.Connection, itu: sa.Connection) -> int:
    """The number of journal lines at the beginning that both have."""
    calon = range(1, min(ujung(ini).seq, ujung(itu).seq) + 1)
    return bisect_left(calon, True, key=lambda seq: not sama_sampai(ini, itu, seq))


def sama_sampai(ini: sa.Connection, itu: sa.Connection, seq: int) -> bool:
    """Whether both have the journal line ``seq`` and all before it in common."""
    sidik = sidik_di(itu, seq)
    return sidik is not None and sidik == sidik_di(ini, seq)


def sidik_di(koneksi: sa.Connection, seq: int) -> str | None:
    """The fingerprint of a journal line; None where there is none of that number."""
    sidik: str | None = koneksi.scalar(sa.select(JURNAL.c.sidik).where(JURNAL.c.seq == seq))
    return sidik


def _awal(koneksi: sa.Connection) -> int:
    """The first journal line that is an entry, else the last one of all."""
    entri = sa.select(JURNAL.c.seq).where(JURNAL.c.register.in_(list(SEMUA))).order_by(JURNAL.c.seq).limit(1)
    return koneksi.scalar(entri) or ujung(koneksi).seq


@dataclass(frozen=True, slots=True)
class Tanda:
    """Where a ledger was moved, when (ISO, UTC), by whom, and its journal's end at that moment."""

    waktu: str
    petugas: str
    tujuan: str
    seq: int
    sidik: str

    def kabar(self, zona: ZoneInfo) -> str:
        """Where, when and by whom."""
        return f"{self.tujuan}, {saat_setempat(self.waktu, zona)}, oleh {self.petugas}"


def baca_tanda(koneksi: sa.Connection) -> Tanda | None:
    """The mark, which is the last line of a moved ledger's journal; None where it was not moved."""
    akhir, sebelum = _akhir(koneksi)
    if akhir is None or akhir.aksi != Aksi.PINDAH:
        return None
    with jelaskan_isi(f"jurnal baris {akhir.seq}"):
        return Tanda(akhir.waktu, akhir.petugas, str(json.loads(akhir.isi)["tujuan"]), *sebelum)


def _akhir(koneksi: sa.Connection) -> tuple[sa.Row[Any] | None, tuple[int, str]]:
    """The journal's last line, and seq and fingerprint of the one that it follows."""
    kolom = [JURNAL.c[nama] for nama in KOLOM_JURNAL]
    baris = koneksi.execute(sa.select(*kolom).order_by(JURNAL.c.seq.desc()).limit(2)).all()
    sebelum = (baris[1].seq, baris[1].sidik) if len(baris) > 1 else (0, SIDIK_AWAL)
    return (baris[0] if baris else None), sebelum


def tandai(koneksi: sa.Connection, tulisan: Tulisan, tujuan: str) -> None:
    """Append the line that says that the ledger was moved to ``tujuan``, or that it was not."""
    tambah_jurnal(koneksi, tulisan, PINDAH, revisi_terakhir(koneksi, PINDAH) + 1, {"tujuan": tujuan})


def tolak_pindah(koneksi: sa.Connection, zona: ZoneInfo) -> None:
    """Raise AturanDilanggar, naming where the ledger lives now, if it was moved."""
    tanda = baca_tanda(koneksi)
    if tanda is not None:
        raise AturanDilanggar(
            f"buku ini sudah dipindahkan ke {tanda.kabar(zona)}; di sini tidak ada lagi yang dicatat",
            saran=f'Pakai buku di tempat barunya: --buku, IKIKEC_BUKU, atau buku = "{tanda.tujuan}" di ikikec.toml.',
        )


def tolak_ujung_putus(koneksi: sa.Connection) -> None:
    """Raise BukuRusak where the last journal line has a wrong fingerprint: what follows it would hide that."""
    akhir, (_seq, sebelum) = _akhir(koneksi)
    if akhir is not None and sidik(sebelum, larik(akhir[:-1])) != akhir.sidik:
        raise BukuRusak(
            f"jurnal baris {akhir.seq}, yang terakhir, tidak sesuai sidiknya; tidak ada yang dicatat sesudahnya",
            "Baris itu rusak, atau ditulis tanpa ikikec. Jalankan ikikec periksa; pakai cadangan dengan"
            " ikikec pulihkan.",
        )
