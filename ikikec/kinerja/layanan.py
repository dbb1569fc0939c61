"""The services that were judged: which of the ways to write them are one, and the index of each and of them all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import add

from ikikec.bahasa import angka, kunci_teks, terdekat
from ikikec.galat import kutip
from ikikec.kinerja.indeks import Indeks, Mutu, ikm_dari, mutu
from ikikec.kinerja.sebaran import KOSONG, Penyebut, urutkan

# What was written for the service, how many forms have it, and what ``indeks.kolom_indeks`` asks of them.
BarisMentah = tuple[str | None, int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class BarisSurvei:
    """One line of a table of services or of periods; ``asing``: the office names its services, but not this."""

    nama: str
    responden: int
    hasil: Indeks
    asing: bool = False


@dataclass(frozen=True, slots=True)
class RataLayanan:
    """The mean of the services' indexes, exact until it is rounded once; of how many services, and without which."""

    pasti: Fraction | None
    banyak: int
    tanpa: tuple[str, ...]

    @property
    def nama(self) -> str:
        """What this index of a unit is called, beside that of all respondents."""
        return f"IKM unit: rata-rata IKM {angka(self.banyak)} layanan"

    @property
    def ikm(self) -> Decimal | None:
        """The mean × 25 with two decimals."""
        return ikm_dari(self.pasti)

    @property
    def mutu(self) -> Mutu | None:
        """Its quality."""
        return None if self.ikm is None else mutu(self.ikm)


def isyarat_layanan(teks: str, nama: Mapping[str, str]) -> str:
    """What to say of a service that the office has no name for; blank where it has, or names none at all.

    ``nama``: the configuration's ``nama_layanan``. It is taken all the same.
    """
    if not nama or kunci_teks(teks) in nama:
        return ""
    mirip = terdekat(kunci_teks(teks), nama)
    return f"layanan {kutip(teks)} bukan nama atau alias di [layanan]{mirip}"


def susun_layanan(
    baris: Sequence[BarisMentah],
    sebut: Penyebut,
    bernama: Collection[str],
    indeks: Callable[[Sequence[int]], Indeks],
) -> tuple[BarisSurvei, ...]:
    """The services, the one with most respondents first, those who named none last; ``bernama``: the office's own."""
    responden, isi = Counter[str](), dict[str, Sequence[int]]()
    for teks, banyak, satu in baris:
        nama = sebut(teks)
        responden[nama] += banyak
        isi[nama] = jumlahkan([isi[nama], satu]) if nama in isi else satu
    return tuple(
        BarisSurvei(satu, responden[satu], indeks(isi[satu]), bool(bernama) and satu not in {KOSONG, *bernama})
        for satu in urutkan(responden)
    )


def rata_layanan(semua: Iterable[BarisSurvei]) -> RataLayanan:
    """The mean of the services that were named and have an index."""
    bernama = [satu for satu in semua if satu.nama != KOSONG]
    pasti = [satu.hasil.pasti for satu in bernama if satu.hasil.pasti is not None]
    tanpa = tuple(satu.nama for satu in bernama if satu.hasil.pasti is None)
    return RataLayanan(sum(pasti, Fraction(0)) / len(pasti) if pasti else None, len(pasti), tanpa)


def jumlahkan(semua: Iterable[Sequence[int]]) -> list[int]:
    """Rows of figures added up, each place by itself."""
    hasil: list[int] = []
    for satu in semua:
        hasil = list(map(add, hasil, satu)) if hasil else list(satu)
    return hasil
