"""The figures of several offices side by side and in sum: who they are, reading them at once, the table's value."""

import os
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Annotated, TypeVar
from urllib.parse import unquote

from pydantic import AfterValidator, Field

from ikikec.bahasa import bersih
from ikikec.berkas_toml import Bagian, baca_toml, susun
from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.alamat import Alamat, alamat_di, sebut_alamat
from ikikec.buku.silsilah import baca_tanda
from ikikec.galat import Galat, SalahPakai
from ikikec.kinerja.definisi import Hitungan
from ikikec.kinerja.hitung import Realisasi, Takaran, hitung
from ikikec.kinerja.jabatan import Butir, Jabatan
from ikikec.kinerja.ukuran import Ukuran
from ikikec.konfigurasi import Konfigurasi, Terisi
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Kantor:
    """One office; ``nama`` is its own among all that are named together."""

    nama: str
    alamat: Alamat


class _Tertulis(Bagian):
    nama: Annotated[Terisi, AfterValidator(bersih)]
    buku: Terisi


def _nama_berbeda(kantor: tuple[_Tertulis, ...]) -> tuple[_Tertulis, ...]:
    for nama, banyak in Counter(satu.nama for satu in kantor).items():
        if banyak > 1:
            raise ValueError(f"nama {nama!r} dipakai {banyak} kali; setiap kantor perlu nama sendiri")
    return kantor


class _Daftar(Bagian):
    kantor: Annotated[tuple[_Tertulis, ...], Field(min_length=1), AfterValidator(_nama_berbeda)]


def baca_daftar(berkas: Path) -> list[Kantor]:
    """The offices of a TOML list, in its order; a ledger's path is relative to the list.

    Raises SalahPakai where the file cannot be read, AturanDilanggar naming every wrong key otherwise.
    """
    semua = susun(_Daftar, baca_toml(berkas), berkas).kantor
    return [Kantor(satu.nama, alamat_di(berkas.parent, satu.buku)) for satu in semua]


def namai(alamat: Sequence[Alamat]) -> list[Kantor]:
    """Offices called after their ledgers; where that would be one name for two, by the whole address."""
    nama = [_nama(satu) for satu in alamat]
    banyak = Counter(nama)
    return [
        Kantor(satu if banyak[satu] == 1 else bersih(sebut_alamat(letak)), letak)
        for satu, letak in zip(nama, alamat, strict=True)
    ]


def _nama(alamat: Alamat) -> str:
    """The file's stem or the database's name; all of the address that may be shown where it has none."""
    utuh = sebut_alamat(alamat)
    nama = alamat.stem if isinstance(alamat, Path) else unquote(utuh.partition("?")[0].rpartition("/")[2])
    return bersih(nama) or bersih(utuh)


def tolak_kembar(kantor: Sequence[Kantor]) -> None:
    """Raise SalahPakai where two offices have the same ledger: it would be added up twice."""
    letak: dict[str, str] = {}
    for satu in kantor:
        kunci = os.path.realpath(satu.alamat) if isinstance(satu.alamat, Path) else satu.alamat
        if kunci in letak:
            raise SalahPakai(
                f"buku {sebut_alamat(satu.alamat)} disebut dua kali ({letak[kunci]} dan {satu.nama})",
                "Sebut setiap buku sekali saja, supaya tidak terhitung dua kali.",
            )
        letak[kunci] = satu.nama


Isi = TypeVar("Isi")
Jadi = TypeVar("Jadi")

# A server lets so many in from one program; most of the time is spent waiting for answers.
PALING_BANYAK = 16


def serentak(semua: Sequence[Isi], kerja: Callable[[Isi], Jadi]) -> Generator[Jadi | Galat, None, None]:
    """What ``kerja`` makes of each, or the error it ended with; runs in threads, so it must share nothing.

    Closed early, it lets nothing begin any more and waits for what has.
    """

    def coba(satu: Isi) -> Jadi | Galat:
        try:
            return kerja(satu)
        except Galat as galat:
            return galat

    with ThreadPoolExecutor(max_workers=PALING_BANYAK) as kumpulan:
        yield from kumpulan.map(coba, semua)


@dataclass(frozen=True, slots=True)
class Lajur:
    """One indicator of one position, a column of the table."""

    jabatan: Jabatan
    butir: Butir

    @property
    def ukuran(self) -> Ukuran:
        """The measure that fills it."""
        return self.butir.ukuran


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
        return tuple(jumlahkan(lajur.ukuran, isi) for lajur, isi in zip(self.lajur, per_lajur, strict=True))

    @property
    def tak_terjumlah(self) -> tuple[Lajur, ...]:
        """The columns that have no sum: a median or an index of all cannot be told from the offices' own."""
        return tuple(satu for satu in self.lajur if satu.ukuran.hitung in _TAK_TERJUMLAH)

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


def hitung_kantor(bacaan: Bacaan, lajur: Sequence[Lajur], periode: Periode, konfig: Konfigurasi) -> AngkaKantor:
    """One office's figures, all from the moment its ledger was opened."""
    entri, sidik = bacaan.ujung()
    pertama = bacaan.entri_pertama()
    angka = tuple(hitung(bacaan, satu.ukuran, periode, konfig) for satu in lajur)
    return AngkaKantor(angka, entri, sidik, pertama[0] if pertama else None, baca_tanda(bacaan.koneksi) is not None)


_TAK_TERJUMLAH = (Hitungan.MEDIAN, Hitungan.IKM)


def jumlahkan(ukuran: Ukuran, angka: Sequence[Realisasi]) -> Realisasi:
    """Figures of one measure in sum, parts with parts, a mean by its days and entries; of at least one."""
    if ukuran.hitung in _TAK_TERJUMLAH:
        return Realisasi(0, takaran=Takaran(None, 0, 0), terjumlah=False)
    if takaran := [satu.takaran for satu in angka if satu.takaran is not None]:
        banyak = sum(satu.banyak for satu in takaran)
        hari = sum((satu.tepat * satu.banyak for satu in takaran if satu.tepat is not None), Fraction(0))
        return Realisasi(0, takaran=Takaran(hari / banyak if banyak else None, takaran[0].desimal, banyak))
    pembilang = sum(satu.pembilang for satu in angka)
    if angka[0].penyebut is None:
        return Realisasi(pembilang)
    return Realisasi(pembilang, sum(satu.penyebut or 0 for satu in angka))
