"""The figure of a measure in a period, beside earlier ones and by month, and the entries behind it.

All come from the measure's own SELECTs, so that an inspector can follow each entry and sees those that just missed. A
field that may not leave the office is not even read unless it is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat
from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.dasar import SEKALI_BACA, jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.penomoran import menurut_nomor
from ikikec.buku.register import SEMUA
from ikikec.kinerja.ukuran import UKURAN, Pilih, Ukuran
from ikikec.periode import Periode, bulan_bulan, dua_belas_bulan


@dataclass(frozen=True, slots=True)
class Realisasi:
    """A figure: ``pembilang`` alone for a count, over ``penyebut`` for a ratio."""

    pembilang: int
    penyebut: int | None = None

    @property
    def tepat(self) -> Fraction | None:
        """The count or the percentage, exact; None where there is nothing to divide by."""
        if self.penyebut is None:
            return Fraction(self.pembilang)
        return Fraction(self.pembilang * 100, self.penyebut) if self.penyebut else None

    @property
    def nilai(self) -> int | Decimal | None:
        """The count, or the percentage with two decimals half up; None where there is nothing to divide by."""
        if self.penyebut is None:
            return self.pembilang
        if self.penyebut == 0:
            return None
        return bagi_bulat(self.pembilang * 100, self.penyebut, 2)


def hitung(bacaan: Bacaan, ukuran: Ukuran, periode: Periode) -> Realisasi:
    """The figure that a measure's entries of ``periode`` add up to."""
    baris = ukuran.dalam(periode).subquery()
    jumlah, banyak = bacaan.koneksi.execute(
        sa.select(sa.func.coalesce(sa.func.sum(baris.c.nilai), 0), sa.func.count()).select_from(baris)
    ).one()
    return susun_realisasi(ukuran, jumlah, banyak)


def susun_realisasi(ukuran: Ukuran, jumlah: int, banyak: int) -> Realisasi:
    """The figure of ``banyak`` entries whose values add up to ``jumlah``."""
    return Realisasi(int(jumlah), int(banyak) if ukuran.penyebut else None)


def angka_semua(bacaan: Bacaan, periode: Periode) -> dict[str, list[int | None]]:
    """Every measure's figure in ``periode`` by name, as [pembilang, penyebut]; kept when a month is closed.

    By measure and not by position, since an office may change its positions.
    """
    hasil = {nama: hitung(bacaan, ukuran, periode) for nama, ukuran in UKURAN.items()}
    return {nama: [satu.pembilang, satu.penyebut] for nama, satu in hasil.items()}


@dataclass(frozen=True, slots=True)
class Pembanding:
    """An earlier figure, and what the present one is more than it.

    ``selisih`` is in the measure's unit, percentage points for a percentage, taken between the figures as they are
    shown, so that it can be checked on paper; None where either has no data.
    """

    periode: Periode
    realisasi: Realisasi
    selisih: int | Decimal | None


@dataclass(frozen=True, slots=True)
class Banding:
    """The two earlier figures; for a year they are the same."""

    sebelumnya: Pembanding
    tahun_lalu: Pembanding

    @property
    def kolom(self) -> tuple[Pembanding, ...]:
        """Those that differ in their days."""
        if self.sebelumnya.periode.awal == self.tahun_lalu.periode.awal:
            return (self.sebelumnya,)
        return (self.sebelumnya, self.tahun_lalu)


def bandingkan(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, kini: Realisasi) -> Banding:
    """Compare ``kini``, the figure of ``periode``, with the two earlier ones."""
    return Banding(
        _pembanding(bacaan, ukuran, periode.sebelumnya(), kini),
        _pembanding(bacaan, ukuran, periode.tahun_lalu(), kini),
    )


def _pembanding(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, kini: Realisasi) -> Pembanding:
    lama = hitung(bacaan, ukuran, periode)
    selisih = None if kini.nilai is None or lama.nilai is None else kini.nilai - lama.nilai
    return Pembanding(periode, lama, selisih)


@dataclass(frozen=True, slots=True)
class Titik:
    """One month's figure; ``belum``: the month has not begun."""

    bulan: Periode
    realisasi: Realisasi
    belum: bool = False


def masa_tren(periode: Periode) -> Periode:
    """Which months a sheet's trend shows: those of a quarter, half year or year, else the twelve to its last one."""
    return periode if periode.bagian_tahun else dua_belas_bulan(periode.akhir)


def tren(bacaan: Bacaan, ukuran: Ukuran, periode: Periode) -> tuple[Titik, ...]:
    """A measure's figure in every month of the trend of ``periode``; a month without entries counts 0 of 0."""
    masa = masa_tren(periode)
    baris = ukuran.dalam(masa).subquery()
    # A date as text begins with its year and month on every database.
    bulan = sa.func.substr(sa.cast(baris.c.tanggal, sa.String), 1, 7)
    kueri = sa.select(bulan, sa.func.sum(baris.c.nilai), sa.func.count()).group_by(bulan)
    ada = {nama: (jumlah, banyak) for nama, jumlah, banyak in bacaan.koneksi.execute(kueri)}
    kini = periode.sampai or date.max
    return tuple(
        Titik(satu, susun_realisasi(ukuran, *ada.get(satu.kode, (0, 0))), satu.awal > kini)
        for satu in bulan_bulan(masa)
    )


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
        .order_by(baris.c.tanggal, *menurut_nomor(baris.c.nomor))
    )
    with jelaskan_isi(f"register {ukuran.register}"):
        for satu in bacaan.koneksi.execute(kueri.execution_options(yield_per=SEKALI_BACA)):
            nomor, tanggal, batas, hasil, nilai, nama, uraian, *perihal = satu
            tentang = ", ".join(str(isi) for isi in perihal if isi is not None)
            telah = None if hasil is None else str(hasil)
            yield BarisBukti(nomor, tanggal, tentang, batas, telah, nilai, nama, uraian)
