"""How two ledgers are related: whether one is a copy of the other, up to which line they are the same, or moved.

The chain makes it easy: equal fingerprints at a line mean that all lines before it are equal too.
"""

from dataclasses import asdict, dataclass
from enum import Enum
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku.halaman import ujung
from ikikec.buku.model import JURNAL, PINDAHAN
from ikikec.buku.register import SEMUA
from ikikec.galat import AturanDilanggar
from ikikec.tanggal import saat_setempat


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
    panjang_ini, panjang_itu = ujung(ini)[0], ujung(itu)[0]
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
    sama, beda = 0, min(ujung(ini)[0], ujung(itu)[0]) + 1
    while beda - sama > 1:
        tengah = (sama + beda) // 2
        if sama_sampai(ini, itu, tengah):
            sama = tengah
        else:
            beda = tengah
    return sama


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
    return koneksi.scalar(entri) or ujung(koneksi)[0]


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
    """The ledger's mark; None where it was not moved."""
    baris = koneksi.execute(sa.select(*(PINDAHAN.c[nama] for nama in Tanda.__slots__))).first()
    return None if baris is None else Tanda(*baris)


def tandai(koneksi: sa.Connection, tanda: Tanda) -> None:
    """Mark the ledger as moved."""
    koneksi.execute(sa.insert(PINDAHAN), {"urut": 1, **asdict(tanda)})


def tolak_pindah(koneksi: sa.Connection, zona: ZoneInfo) -> None:
    """Raise AturanDilanggar, naming where the ledger lives now, if it was moved."""
    tanda = baca_tanda(koneksi)
    if tanda is not None:
        raise AturanDilanggar(
            f"buku ini sudah dipindahkan ke {tanda.kabar(zona)}; di sini tidak ada lagi yang dicatat",
            saran=f'Pakai buku di tempat barunya: --buku, IKIKEC_BUKU, atau buku = "{tanda.tujuan}" di ikikec.toml.',
        )
