"""The mark of a ledger that was moved: where it lives now. From then on it is read, never written."""

from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku.tabel import PINDAHAN
from ikikec.galat import AturanDilanggar
from ikikec.tanggal import saat_setempat


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
