"""From measures to a sheet: the figures of a position for a period, as one frozen value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat
from ikikec.buku.bacaan import Bacaan
from ikikec.kinerja.jabatan import Butir, Jabatan, Penanda
from ikikec.kinerja.ukuran import UKURAN, Pilih, Ukuran
from ikikec.konfigurasi import Konfigurasi, Pejabat
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Realisasi:
    """A figure: ``pembilang`` alone for a count, over ``penyebut`` for a ratio."""

    pembilang: int
    penyebut: int | None = None

    @property
    def nilai(self) -> int | Decimal | None:
        """The count, or the percentage with two decimals half up; None where there is nothing to divide by."""
        if self.penyebut is None:
            return self.pembilang
        if self.penyebut == 0:
            return None
        return bagi_bulat(self.pembilang * 100, self.penyebut, 2)


@dataclass(frozen=True, slots=True)
class Indikator:
    """One line of the sheet with its figure; ``bukti`` lists the entries behind it, None where not asked for."""

    butir: Butir
    ukuran: Ukuran
    realisasi: Realisasi
    bukti: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class KelompokSasaran:
    """A goal with its indicators, as the sheet groups them."""

    nomor: str
    uraian: str
    indikator: tuple[Indikator, ...]


@dataclass(frozen=True, slots=True)
class Tertanda:
    """One half of the signature block; blank name or number prints as dots. ``plt``: acts for a vacant post."""

    sebutan: str
    nama: str
    nip: str
    plt: bool = False

    @property
    def judul(self) -> str:
        """The title as it stands above the name: ``CAMAT BATUI SELATAN``, ``Plt. CAMAT BATUI SELATAN``."""
        return f"{'Plt. ' if self.plt else ''}{self.sebutan.upper()}"


@dataclass(frozen=True, slots=True)
class Laporan:
    """The sheet of one position for one period, and which state of the ledger it was made from.

    ``tempat`` and ``tanggal`` stand above the signatures.
    """

    jabatan: Jabatan
    periode: Periode
    sasaran: tuple[KelompokSasaran, ...]
    entri: int
    sidik: str
    tempat: str
    tanggal: date
    mengetahui: Tertanda
    pembuat: Tertanda
    rinci: bool


def susun_laporan(
    bacaan: Bacaan, jabatan: Jabatan, periode: Periode, konfig: Konfigurasi, tanggal: date, *, rinci: bool
) -> Laporan:
    """Compute every indicator of a position; with ``rinci`` also the numbers of the entries behind each.

    ``tanggal`` is the date above the signatures.
    """
    entri, sidik = bacaan.ujung()
    sasaran = tuple(
        KelompokSasaran(
            satu.nomor, satu.uraian, tuple(_indikator(bacaan, butir, periode, rinci) for butir in satu.indikator)
        )
        for satu in jabatan.sasaran
    )
    return Laporan(
        jabatan=jabatan,
        periode=periode,
        sasaran=sasaran,
        entri=entri,
        sidik=sidik,
        tempat=konfig.tempat or konfig.kecamatan,
        tanggal=tanggal,
        mengetahui=tertanda(jabatan.tanda_tangan.mengetahui, konfig),
        pembuat=tertanda(jabatan.tanda_tangan.pembuat, konfig),
        rinci=rinci,
    )


def tertanda(penanda: Penanda, konfig: Konfigurasi) -> Tertanda:
    """Who signs, with the name and number the configuration has for them."""
    pejabat = konfig.pejabat.get(penanda.pejabat, Pejabat())
    return Tertanda(penanda.sebutan, pejabat.nama, pejabat.nip, pejabat.plt)


def _indikator(bacaan: Bacaan, butir: Butir, periode: Periode, rinci: bool) -> Indikator:
    ukuran = UKURAN[butir.ukuran]
    pilih = dalam_periode(ukuran, periode)
    return Indikator(butir, ukuran, hitung(bacaan, ukuran, pilih), bukti(bacaan, pilih) if rinci else None)


def dalam_periode(ukuran: Ukuran, periode: Periode) -> Pilih:
    """The entries of a measure that count in ``periode``."""
    return ukuran.pilih().where(ukuran.tanggal >= periode.awal, ukuran.tanggal < periode.sesudah)


def hitung(bacaan: Bacaan, ukuran: Ukuran, pilih: Pilih) -> Realisasi:
    """The figure that the entries of ``pilih`` add up to."""
    baris = pilih.subquery()
    jumlah, banyak = bacaan.koneksi.execute(
        sa.select(sa.func.coalesce(sa.func.sum(baris.c.nilai), 0), sa.func.count()).select_from(baris)
    ).one()
    return Realisasi(int(jumlah), int(banyak) if ukuran.penyebut else None)


def bukti(bacaan: Bacaan, pilih: Pilih) -> tuple[str, ...]:
    """The numbers of the entries of ``pilih``, by date and then by number."""
    baris = pilih.subquery()
    urut = sa.select(baris.c.nomor).order_by(baris.c.tanggal, sa.func.length(baris.c.nomor), baris.c.nomor)
    return tuple(bacaan.koneksi.scalars(urut))


def angka_semua(bacaan: Bacaan, periode: Periode) -> dict[str, list[int | None]]:
    """Every measure's figure in ``periode`` by name, as [pembilang, penyebut]; kept when a month is closed.

    By measure and not by position, since an office may change its positions.
    """
    hasil = {nama: hitung(bacaan, ukuran, dalam_periode(ukuran, periode)) for nama, ukuran in UKURAN.items()}
    return {nama: [satu.pembilang, satu.penyebut] for nama, satu in hasil.items()}
