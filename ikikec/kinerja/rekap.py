"""The figures of several offices side by side and in sum: values, and what is computed from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ikikec.buku.baca import Bacaan
from ikikec.buku.silsilah import baca_tanda
from ikikec.kinerja.jabatan import Butir, Jabatan
from ikikec.kinerja.realisasi import Realisasi, hitung
from ikikec.kinerja.ukuran import UKURAN, Ukuran
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Lajur:
    """One indicator of one position, a column of the table."""

    jabatan: Jabatan
    butir: Butir

    @property
    def ukuran(self) -> Ukuran:
        """The measure that fills it."""
        return UKURAN[self.butir.ukuran]


@dataclass(frozen=True, slots=True)
class KelompokLajur:
    """The columns of one position."""

    jabatan: Jabatan
    lajur: tuple[Lajur, ...]


@dataclass(frozen=True, slots=True)
class AngkaKantor:
    """One office's figure per column, and which state of its ledger they were made from.

    ``asal`` is the first entry's fingerprint, None where there is no entry: ledgers that share it are copies.
    ``pindah``: whether the ledger was moved, so that later entries stand in another one.
    """

    angka: tuple[Realisasi, ...]
    entri: int
    sidik: str
    asal: str | None
    pindah: bool


@dataclass(frozen=True, slots=True)
class Kendala:
    """Why an office's ledger could not be read: an error's exit code and words."""

    kode: int
    pesan: str


@dataclass(frozen=True, slots=True)
class BarisRekap:
    """One office: its name, where its ledger is (never a password), and its figures, or why there are none."""

    nama: str
    alamat: str
    isi: AngkaKantor | None
    kendala: Kendala | None = None


@dataclass(frozen=True, slots=True)
class Rekap:
    """Several offices for one period, in the order they were named. ``tanggal`` is the day it was made."""

    periode: Periode
    tanggal: date
    kabupaten: str
    lajur: tuple[Lajur, ...]
    kantor: tuple[BarisRekap, ...]

    @property
    def kelompok(self) -> tuple[KelompokLajur, ...]:
        """The columns by position."""
        semua = (tuple(isi) for _slug, isi in groupby(self.lajur, lambda satu: satu.jabatan.slug))
        return tuple(KelompokLajur(isi[0].jabatan, isi) for isi in semua)

    @property
    def terbaca(self) -> tuple[AngkaKantor, ...]:
        """The figures of every office that could be read."""
        return tuple(satu.isi for satu in self.kantor if satu.isi is not None)

    @property
    def dilewati(self) -> tuple[BarisRekap, ...]:
        """The offices that could not be read and stand outside the sum."""
        return tuple(satu for satu in self.kantor if satu.isi is None)

    @property
    def jumlah(self) -> tuple[Realisasi, ...]:
        """The sum per column; a percentage is that of the summed parts, so a large office weighs more."""
        per_lajur = zip(*(satu.angka for satu in self.terbaca), strict=True)
        return tuple(jumlahkan(isi) for isi in per_lajur)

    @property
    def salinan(self) -> tuple[tuple[str, ...], ...]:
        """Names of offices whose ledgers begin with the same entry: copies of one, added up more than once."""
        asal: dict[str, list[str]] = {}
        for satu in self.kantor:
            if satu.isi is not None and satu.isi.asal is not None:
                asal.setdefault(satu.isi.asal, []).append(satu.nama)
        return tuple(tuple(nama) for nama in asal.values() if len(nama) > 1)


def susun_lajur(jabatan: Sequence[Jabatan]) -> tuple[Lajur, ...]:
    """The columns: every indicator of every position in the order of the sheets."""
    return tuple(Lajur(satu, butir) for satu in jabatan for butir in satu.butir)


def hitung_kantor(bacaan: Bacaan, lajur: Sequence[Lajur], periode: Periode) -> AngkaKantor:
    """One office's figures, all from the moment its ledger was opened."""
    entri, sidik = bacaan.ujung()
    pertama = bacaan.entri_pertama()
    angka = tuple(hitung(bacaan, satu.ukuran, periode) for satu in lajur)
    return AngkaKantor(angka, entri, sidik, pertama[0] if pertama else None, baca_tanda(bacaan.koneksi) is not None)


def jumlahkan(angka: Sequence[Realisasi]) -> Realisasi:
    """Figures of one measure in sum, parts with parts; of at least one."""
    pembilang = sum(satu.pembilang for satu in angka)
    if angka[0].penyebut is None:
        return Realisasi(pembilang)
    return Realisasi(pembilang, sum(satu.penyebut or 0 for satu in angka))
