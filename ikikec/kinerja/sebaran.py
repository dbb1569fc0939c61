"""Who answered the survey and what they wished for: a table per field, and how texts of one meaning become one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from ikikec.bahasa import bersih, kunci_teks
from ikikec.istilah import JenisKelamin
from ikikec.kinerja.hitung import Realisasi

KOSONG = "tidak diisi"
# What a field's value is called.
Penyebut = Callable[[Any], str]
TANPA_NAMA: Mapping[str, str] = MappingProxyType({})

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


def _sebut_usia(usia: int) -> str:
    return _USIA[min(atas for atas in _USIA if usia <= atas)]


def sebut_teks(teks: str) -> str:
    """A free text as a table has it: one line, nothing in it that disturbs a terminal."""
    return " ".join(bersih(teks).split())


# Per field of the form: the table's title, and what a value is called in it.
BIDANG: dict[str, tuple[str, Callable[[Any], str]]] = {
    "jenis_kelamin": ("Jenis kelamin", _KELAMIN.__getitem__),
    "usia": ("Usia", _sebut_usia),
    "pendidikan": ("Pendidikan", sebut_teks),
    "pekerjaan": ("Pekerjaan", sebut_teks),
    "disabilitas": ("Penyandang disabilitas", {"ya": "Ya", "tidak": "Tidak"}.__getitem__),
    "layanan": ("Layanan", sebut_teks),
}


def penyebut(bidang: str, baris: Iterable[tuple[Any, int]], tetap: Mapping[str, str] = TANPA_NAMA) -> Penyebut:
    """What the values of a field are called: by ``tetap``, the office's own names by their keys, else as most wrote.

    ``baris`` are all values and how many forms have each.
    """
    sebut = BIDANG[bidang][1]
    rapi: Penyebut = cache(lambda isi: KOSONG if isi is None else sebut(isi) or KOSONG)
    nama = satukan((rapi(isi), banyak) for isi, banyak in baris) | dict(tetap)
    return cache(lambda isi: nama[kunci_teks(rapi(isi))])


def susun_sebaran(bidang: str, baris: Iterable[tuple[Any, int]], sebut: Penyebut) -> Sebaran:
    """One field's table from (value, number of forms): the most frequent first, ages in their order, blanks last."""
    tetap = tuple(_USIA.values()) if bidang == "usia" else ()
    jumlah = Counter[str]()
    for isi, banyak in baris:
        jumlah[sebut(isi)] += banyak
    urut = sorted(urutkan(jumlah), key=lambda nama: (nama == KOSONG, tetap.index(nama) if nama in tetap else 0))
    golongan = tuple(Golongan(nama, Realisasi(jumlah[nama], jumlah.total())) for nama in urut)
    return Sebaran(bidang, BIDANG[bidang][0], golongan)


def susun_saran(baris: Iterable[tuple[str | None, int]]) -> tuple[Golongan, ...]:
    """The wishes from (text, number of forms), the most frequent first.

    Equal ones are one line and the order is not that of the forms, so that no wish leads back to who wrote it.
    """
    isi = [(sebut_teks(teks) or KOSONG, banyak) for teks, banyak in baris if teks is not None]
    nama, jumlah = satukan(isi), Counter[str]()
    for teks, banyak in isi:
        jumlah[nama[kunci_teks(teks)]] += banyak
    return tuple(Golongan(satu, Realisasi(jumlah[satu])) for satu in urutkan(jumlah) if satu != KOSONG)


def satukan(baris: Iterable[tuple[str, int]]) -> dict[str, str]:
    """What texts that differ in capitals, blanks, quotes or hyphens alone are called, as most wrote it, by their key.

    ``baris`` are texts and how many forms have each.
    """
    ejaan: dict[str, Counter[str]] = {}
    for teks, banyak in baris:
        ejaan.setdefault(kunci_teks(teks), Counter())[teks] += banyak
    return {kunci: min(satu, key=lambda teks: (-satu[teks], teks)) for kunci, satu in ejaan.items()}


def urutkan(jumlah: Mapping[str, int]) -> list[str]:
    """Names from the most frequent, equal ones by the alphabet, blanks last."""
    return sorted(jumlah, key=lambda nama: (nama == KOSONG, -jumlah[nama], nama.casefold()))
