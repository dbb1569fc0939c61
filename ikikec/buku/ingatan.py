"""What the ledger remembers for the next entry: the last one's values, and words that were used lately."""

import sqlalchemy as sa

from ikikec.buku.bidang import Nilai
from ikikec.buku.penomoran import URUTAN_NOMOR
from ikikec.buku.register import Register
from ikikec.buku.tabel import HALAMAN

# How many of the latest entries are looked through for words, so that it costs the same in a large ledger.
DITENGOK = 500


def terakhir(koneksi: sa.Connection, register: Register) -> dict[str, Nilai]:
    """What the entry of the highest number holds in the fields proposed again; nothing where there is none."""
    tabel = HALAMAN[register.slug]
    kolom = [tabel.c[bidang.nama] for bidang in register.isian if bidang.ulang]
    if not kolom:
        return {}
    cari = sa.select(*kolom).where(~tabel.c.batal).order_by(*(satu.desc() for satu in URUTAN_NOMOR))
    baris = koneksi.execute(cari.limit(1)).mappings().first()
    return dict(baris) if baris else {}


def dikenal(koneksi: sa.Connection, register: Register) -> dict[str, tuple[str, ...]]:
    """The words lately written in each field that offers them again, in the alphabet's order."""
    tabel = HALAMAN[register.slug]
    nama = [bidang.nama for bidang in register.isian if bidang.dikenal]
    baru = (
        sa.select(*(tabel.c[satu] for satu in nama))
        .where(~tabel.c.batal)
        .order_by(tabel.c.tanggal.desc())
        .limit(DITENGOK)
    )
    baris = koneksi.execute(baru).all() if nama else []
    return {satu: tuple(sorted({isi[urut] for isi in baris} - {None})) for urut, satu in enumerate(nama)}
