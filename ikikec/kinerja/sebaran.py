"""Who answered the survey, what for, and what they wished: a table per field, a line per service, form by form.

Texts that differ only in how they are written are one; nothing here leads back to who wrote a form.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import angka, bersih, kunci_teks, terdekat
from ikikec.buku.mesin.dasar import SEKALI_BACA
from ikikec.buku.model import HALAMAN
from ikikec.buku.register import SURVEI
from ikikec.galat import kutip
from ikikec.istilah import UNSUR, JenisKelamin
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.indeks import Indeks, Mutu, ikm_dari, mutu
from ikikec.kinerja.ukuran import Pilih

KOSONG = "tidak diisi"
# What a field's value is called.
Penyebut = Callable[[Any], str]

_KELAMIN = {JenisKelamin.L: "Laki-laki", JenisKelamin.P: "Perempuan"}
# The regulation leaves the age groups to the office; these, by ten years, are what published reports mostly use.
_USIA = {
    20: "20 tahun ke bawah",
    30: "21–30 tahun",
    40: "31–40 tahun",
    50: "41–50 tahun",
    60: "51–60 tahun",
    150: "61 tahun ke atas",
}


@dataclass(frozen=True, slots=True)
class Golongan:
    """One line of a table: what was filled in, and how many forms of all say so."""

    nama: str
    banyak: Realisasi


@dataclass(frozen=True, slots=True)
class Sebaran:
    """How the respondents are spread over one field."""

    bidang: str
    judul: str
    golongan: tuple[Golongan, ...]


def sebut_teks(teks: str) -> str:
    """A free text as a table has it: one line, nothing in it that disturbs a terminal."""
    return " ".join(bersih(teks).split())


# Per field of the form: the table's title, and what a value is called in it.
BIDANG: dict[str, tuple[str, Callable[[Any], str]]] = {
    "jenis_kelamin": ("Jenis kelamin", _KELAMIN.__getitem__),
    "usia": ("Usia", lambda usia: _USIA[min(atas for atas in _USIA if usia <= atas)]),
    "pendidikan": ("Pendidikan", sebut_teks),
    "pekerjaan": ("Pekerjaan", sebut_teks),
    "disabilitas": ("Penyandang disabilitas", {"ya": "Ya", "tidak": "Tidak"}.__getitem__),
    "layanan": ("Layanan", sebut_teks),
}


def penyebut(bidang: str, baris: Iterable[tuple[Any, int]], tetap: Mapping[str, str]) -> Penyebut:
    """What the values of a field are called: by ``tetap``, the office's own names by their keys, else as most wrote.

    ``baris`` are all values and how many forms have each.
    """
    sebut = BIDANG[bidang][1]
    rapi: Penyebut = cache(lambda isi: KOSONG if isi is None else sebut(isi) or KOSONG)
    nama = satukan((rapi(isi), banyak) for isi, banyak in baris) | dict(tetap)
    return cache(lambda isi: nama[kunci_teks(rapi(isi))])


def susun_sebaran(bidang: str, baris: Iterable[Sequence[Any]], sebut: Penyebut) -> Sebaran:
    """One field's table from (value, number of forms): the most frequent first, ages in their order, blanks last."""
    tetap = tuple(_USIA.values()) if bidang == "usia" else ()
    jumlah = {nama: banyak for nama, (banyak,) in kelompokkan(baris, sebut).items()}
    urut = sorted(jumlah, key=lambda nama: (nama == KOSONG, tetap.index(nama) if nama in tetap else 0))
    semua = sum(jumlah.values())
    golongan = tuple(Golongan(nama, Realisasi(jumlah[nama], semua)) for nama in urut)
    return Sebaran(bidang, BIDANG[bidang][0], golongan)


def susun_saran(baris: Iterable[Sequence[Any]]) -> tuple[Golongan, ...]:
    """The wishes from (text, number of forms), the most frequent first.

    Equal ones are one line and the order is not that of the forms, so that no wish leads back to who wrote it.
    """
    isi = [(sebut_teks(teks) or KOSONG, banyak) for teks, banyak in baris if teks is not None]
    nama = satukan(isi)
    jumlah = kelompokkan(isi, lambda teks: nama[kunci_teks(teks)])
    return tuple(Golongan(satu, Realisasi(banyak)) for satu, (banyak,) in jumlah.items() if satu != KOSONG)


def satukan(baris: Iterable[tuple[str, int]]) -> dict[str, str]:
    """What texts that differ in capitals, blanks, quotes or hyphens alone are called, as most wrote it, by their key.

    ``baris`` are texts and how many forms have each.
    """
    ejaan: dict[str, Counter[str]] = {}
    for teks, banyak in baris:
        ejaan.setdefault(kunci_teks(teks), Counter())[teks] += banyak
    return {kunci: min(satu, key=lambda teks: (-satu[teks], teks)) for kunci, satu in ejaan.items()}


def kelompokkan(baris: Iterable[Sequence[Any]], sebut: Penyebut) -> dict[str, list[int]]:
    """Rows of a value, how many forms have it, and other figures: these added up by what the value is called.

    The most frequent first, equal ones by the alphabet, blanks last.
    """
    semua: dict[str, list[Sequence[int]]] = {}
    for isi, *bilangan in baris:
        semua.setdefault(sebut(isi), []).append(bilangan)
    jumlah = {nama: jumlahkan(isi) for nama, isi in semua.items()}
    return dict(sorted(jumlah.items(), key=lambda satu: (satu[0] == KOSONG, -satu[1][0], satu[0].casefold())))


def jumlahkan(semua: Iterable[Sequence[int]]) -> list[int]:
    """Rows of figures added up, each place by itself."""
    return [sum(satu) for satu in zip(*semua, strict=True)]


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
    baris: Iterable[Sequence[Any]],
    sebut: Penyebut,
    bernama: Collection[str],
    indeks: Callable[[Sequence[int]], Indeks],
) -> tuple[BarisSurvei, ...]:
    """The services, the one with most respondents first, those who named none last; ``bernama``: the office's own.

    ``baris``: what was written for one, how many forms have it, and what ``indeks.kolom_indeks`` asks of them.
    """
    dikenal = {KOSONG, *bernama}
    return tuple(
        BarisSurvei(nama, responden, indeks(isi), bool(bernama) and nama not in dikenal)
        for nama, (responden, *isi) in kelompokkan(baris, sebut).items()
    )


def rata_layanan(semua: Iterable[BarisSurvei]) -> RataLayanan:
    """The mean of the services that were named and have an index."""
    bernama = [satu for satu in semua if satu.nama != KOSONG]
    pasti = [satu.hasil.pasti for satu in bernama if satu.hasil.pasti is not None]
    tanpa = tuple(satu.nama for satu in bernama if satu.hasil.pasti is None)
    return RataLayanan(sum(pasti, Fraction(0)) / len(pasti) if pasti else None, len(pasti), tanpa)


@dataclass(frozen=True, slots=True)
class JawabanSurvei:
    """The forms of ``formulir``, read only as they are gone through, as long as the ledger is open.

    Neither number nor day is told, and their order is that of what they say, so that no line leads back to a form.
    ``sebut`` tells what a value is called, by field.
    """

    koneksi: sa.Connection
    formulir: Pilih
    sebut: Mapping[str, Penyebut]
    dengan_saran: bool

    @property
    def kolom(self) -> tuple[str, ...]:
        """The fields that stand in each: the answers, who answered, and what was wished for where that was asked."""
        saran = ("saran",) if SURVEI.boleh_keluar("saran", diminta=self.dengan_saran) else ()
        siapa = (nama for nama in self.sebut if nama != "layanan")
        return ("layanan", "kepuasan", *UNSUR, *siapa, *saran)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        kolom = [HALAMAN[SURVEI.slug].c[nama] for nama in self.kolom]
        kueri = self.formulir.with_only_columns(*kolom).order_by(*map(sa.nulls_first, kolom))
        sebut: list[Penyebut] = [self.sebut.get(nama, _rapi) for nama in self.kolom]
        for baris in self.koneksi.execute(kueri.execution_options(yield_per=SEKALI_BACA)):
            yield tuple(satu(isi) for satu, isi in zip(sebut, baris, strict=True))


def _rapi(isi: Any) -> Any:
    """A wish in one line; an answer as it is."""
    return sebut_teks(isi) if isinstance(isi, str) else isi
