"""The entries behind a figure, told so that an inspector can follow each, and those that just missed it.

Both are joined to the register's page from a measure's own SELECTs. A field that may not leave the office is not even
read unless it is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.dasar import SEKALI_BACA, jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.register import SEMUA
from ikikec.kinerja.ukuran import Pilih, Ukuran
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Cerita:
    """Which fields tell what an entry is about, whom it concerns, and in which words; each where it may leave."""

    perihal: tuple[str, ...]
    nama: str = ""
    uraian: str = ""


CERITA: Mapping[str, Cerita] = {
    "pengaduan": Cerita(("klasifikasi", "kategori", "lokasi"), "pelapor", "uraian"),
    "informasi": Cerita(("topik",), "pemohon", "uraian"),
    "rekomendasi": Cerita(("jenis",), "pemohon"),
    "surat-kabar": Cerita(("media", "edisi")),
    "survei": Cerita(("layanan",)),
}


@dataclass(frozen=True, slots=True)
class BarisBukti:
    """One entry: the date it counts by, its matter, deadline, outcome (or why it missed), and what it adds.

    ``nilai`` is 0 for one that missed; ``nama`` and ``uraian`` are None unless identities were asked for.
    """

    nomor: str
    tanggal: date
    perihal: str
    batas: date | None
    hasil: str | None
    nilai: int
    nama: str | None = None
    uraian: str | None = None


@dataclass(frozen=True, slots=True)
class Rincian:
    """All entries behind a figure, by date, and those that just missed it.

    ``berbatas``, ``berhasil``, ``bernama``: whether such a column can hold anything.
    """

    bukti: tuple[BarisBukti, ...]
    luput: tuple[BarisBukti, ...]
    berbatas: bool
    berhasil: bool
    bernama: bool

    @property
    def jumlah(self) -> int:
        """What the entries add up to: the figure, or the upper part of a ratio."""
        return sum(satu.nilai for satu in self.bukti)


def rinci(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, *, dengan_identitas: bool) -> Rincian:
    """The entries behind a measure's figure of ``periode``, and those that just missed it."""
    luput = ukuran.luput_dalam(periode)
    return Rincian(
        tuple(_baris(bacaan, ukuran, ukuran.dalam(periode), dengan_identitas=dengan_identitas)),
        () if luput is None else tuple(_baris(bacaan, ukuran, luput, dengan_identitas=dengan_identitas)),
        berbatas="batas" in HALAMAN[ukuran.register].c,
        berhasil=ukuran.hasil is not None,
        bernama=dengan_identitas and bool(CERITA[ukuran.register].nama),
    )


def _baris(bacaan: Bacaan, ukuran: Ukuran, pilih: Pilih, *, dengan_identitas: bool) -> Iterator[BarisBukti]:
    """One query: the entries of ``pilih``, by date and then by number, with what their page says of them."""
    halaman, cerita, register = HALAMAN[ukuran.register], CERITA[ukuran.register], SEMUA[ukuran.register]
    baris = pilih.subquery()
    luput = "alasan" in baris.c
    kosong = sa.null()

    def kolom(nama: str) -> Any:
        ada = nama in register.nama_bidang and register.boleh_keluar(nama, diminta=dengan_identitas)
        return halaman.c[nama] if ada else kosong

    kueri = (
        sa.select(
            baris.c.nomor,
            baris.c.tanggal,
            kolom("batas"),
            baris.c.alasan if luput else kosong if ukuran.hasil is None else ukuran.hasil,
            sa.literal_column("0") if luput else baris.c.nilai,
            *map(kolom, (cerita.nama, cerita.uraian, *cerita.perihal)),
        )
        .join_from(baris, halaman, halaman.c.nomor == baris.c.nomor)
        .order_by(baris.c.tanggal, sa.func.length(baris.c.nomor), baris.c.nomor)
    )
    with jelaskan_isi(f"register {ukuran.register}"):
        for satu in bacaan.koneksi.execute(kueri.execution_options(yield_per=SEKALI_BACA)):
            yield _susun(*satu)


def _susun(
    nomor: str,
    tanggal: date,
    batas: date | None,
    hasil: Any,
    nilai: int,
    nama: str | None,
    uraian: str | None,
    *perihal: Any,
) -> BarisBukti:
    tentang = ", ".join(str(satu) for satu in perihal if satu is not None)
    return BarisBukti(nomor, tanggal, tentang, batas, None if hasil is None else str(hasil), nilai, nama, uraian)
