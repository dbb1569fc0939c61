"""Checking the ledger: what a check is, what it finds, and running them all over one moment of the ledger."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date

from ikikec.buku.bacaan import Bacaan
from ikikec.buku.mesin.dasar import Mesin
from ikikec.buku.skema import pastikan_ada, tolak_versi_lain
from ikikec.galat import BukuRusak


@dataclass(frozen=True, slots=True)
class Temuan:
    """One finding: where, and what is wrong there; a ``catatan`` is worth knowing but no fault."""

    tempat: str
    pesan: str
    catatan: bool = False


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """One check: its name, what it holds the ledger to, what to do about a finding, and the search itself."""

    nama: str
    arti: str
    saran: str
    cari: Callable[[Bacaan, date], Iterable[Temuan]]


@dataclass(frozen=True, slots=True)
class HasilPeriksa:
    """A check and all it found."""

    pemeriksaan: Pemeriksaan
    temuan: tuple[Temuan, ...]

    @property
    def bersih(self) -> bool:
        """Whether nothing is wrong; notes do not count."""
        return all(satu.catatan for satu in self.temuan)


def jalankan(
    bacaan: Bacaan, pemeriksaan: Sequence[Pemeriksaan], hari_ini: date, kabar: Callable[[str], None]
) -> list[HasilPeriksa]:
    """Run every check to its end, whatever the others find; ``kabar`` hears which one is next."""
    hasil = []
    for satu in pemeriksaan:
        kabar(satu.nama)
        hasil.append(HasilPeriksa(satu, tuple(_cari(bacaan, satu, hari_ini))))
    return hasil


def _cari(bacaan: Bacaan, pemeriksaan: Pemeriksaan, hari_ini: date) -> Iterator[Temuan]:
    try:
        yield from pemeriksaan.cari(bacaan, hari_ini)
    except Exception as galat:
        # A ledger that was tampered with may lack a table or hold anything; that is a finding too. The error's own
        # text could quote what is stored, so only its kind is told.
        asal = getattr(galat, "orig", None) or galat
        mulai_lagi(bacaan)
        yield Temuan("buku", f"tidak dapat diperiksa sampai selesai ({type(asal).__name__})")


def mulai_lagi(bacaan: Bacaan) -> None:
    """Go on after a search that failed: a server answers nothing more in the transaction it failed in."""
    with suppress(Exception):
        bacaan.koneksi.rollback()
        bacaan.koneksi.begin()


@contextmanager
def buka_periksa(mesin: Mesin) -> Iterator[Bacaan]:
    """Open a ledger that may be damaged; raises BukuTidakTerbaca where it is not even recognizable as one."""
    # Where even the version cannot be read, the checks say what is damaged.
    with suppress(BukuRusak):
        tolak_versi_lain(mesin, pastikan_ada(mesin))
    with mesin.tengok() as koneksi:
        yield Bacaan(koneksi)
