"""Measures as data: a TOML table each, and what can be wrong with one. docs/ukuran.md is the guide.

The vocabulary is closed: a definition says what is counted, nothing in it is run.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from ikikec.bahasa import deret, terdekat
from ikikec.berkas_toml import Bagian, salah_satu
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.register import REKOMENDASI, SEMUA, SURVEI, Register
from ikikec.kinerja.syarat import KEADAAN, KOSONG, MEDAN, TERDALAM, TERISI, Kumpulan, Syarat
from ikikec.konfigurasi import Konfigurasi, Terisi

Kesalahan = tuple[str, str]
"""Where in a definition, as its key, and what is wrong there."""

PERSEN = "%"
NAMA = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)
# A field within the text that tells an entry's outcome.
TEMPAT = re.compile(r"\{(\w+)\}", re.ASCII)


class Hitungan(StrEnum):
    """What is computed of the entries that count."""

    CACAH = "cacah"
    JUMLAH = "jumlah"
    RASIO = "rasio"
    RERATA = "rerata"
    MEDIAN = "median"
    SISA = "sisa"
    IKM = "ikm"


_SELALU = ("satuan", "aturan", "hitung")
_HIMPUNAN, _SYARAT = ("register", "tanggal"), ("syarat", "syarat_penyebut")
_RENTANG = (*_HIMPUNAN, "dari", "sampai", "hari"), ("syarat", "hasil", "sebutan")
# Which keys a kind of figure must have, and which it may have beside those that all have.
KUNCI: Mapping[Hitungan, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Hitungan.CACAH: (("satuan", *_HIMPUNAN), ("syarat", "hasil")),
    Hitungan.JUMLAH: (("satuan", *_HIMPUNAN, "bidang"), ("syarat", "hasil")),
    Hitungan.RASIO: ((), (*_HIMPUNAN, *_SYARAT, "pembilang", "penyebut", "hasil", "sebutan")),
    Hitungan.RERATA: _RENTANG,
    Hitungan.MEDIAN: _RENTANG,
    Hitungan.SISA: (("satuan", "register"), ("syarat", "hasil")),
    Hitungan.IKM: (("satuan", *_HIMPUNAN), ("syarat", "sebutan")),
}
HARI = {"kerja": "hari kerja", "kalender": "hari"}


class Definisi(Bagian):
    """One measure as it is written; ``periksa`` tells whether it makes sense."""

    aturan: Terisi
    hitung: Annotated[Hitungan, BeforeValidator(salah_satu("hitungan", tuple(Hitungan)))]
    satuan: str = ""
    # The attribute cannot be called register: pydantic's metaclass has a method of that name.
    nama_register: Annotated[str, Field(alias="register")] = ""
    tanggal: str = ""
    syarat: Kumpulan = ()
    bidang: str = ""
    pembilang: str = ""
    penyebut: str = ""
    syarat_penyebut: Kumpulan = ()
    dari: str = ""
    sampai: str = ""
    hari: str = ""
    hasil: str = ""
    sebutan: str = ""

    def __getitem__(self, kunci: str) -> Any:
        """What stands under a key of the file."""
        return getattr(self, "nama_register" if kunci == "register" else kunci)

    @property
    def ditulis(self) -> frozenset[str]:
        """The keys that were written."""
        return frozenset(type(self).model_fields[nama].alias or nama for nama in self.model_fields_set)


def periksa(nama: str, satu: Definisi, semua: Mapping[str, Definisi], konfig: Konfigurasi) -> Iterator[Kesalahan]:
    """What is wrong with the definition called ``nama`` among ``semua``: every mistake, by its key."""
    if not NAMA.fullmatch(nama):
        yield "", f"nama ukuran {nama!r} hanya boleh huruf kecil, angka, dan tanda -, misalnya izin-tepat-waktu"
    yield from _periksa_kunci(satu)
    if satu.hitung is Hitungan.RASIO and (satu.pembilang or satu.penyebut):
        yield from _periksa_rujukan(nama, satu, semua)
    register = satu["register"]
    if register and register not in SEMUA:
        yield "register", tak_dikenal("register", register, SEMUA)
    elif register:
        yield from _periksa_himpunan(satu, SEMUA[register], konfig)


def tak_dikenal(sebutan: str, kata: str, dikenal: Iterable[str]) -> str:
    """That a word is none of those known, and which these are."""
    dikenal = tuple(dikenal)
    pilihan = f"; pilihannya {deret(dikenal)}" if dikenal else ""
    return f"{sebutan} {kata!r} tidak dikenal{pilihan}{terdekat(kata, dikenal)}"


def _periksa_kunci(satu: Definisi) -> Iterator[Kesalahan]:
    """Keys that are missing, and such as this kind of figure does not have."""
    ada, (wajib, boleh) = satu.ditulis, KUNCI[satu.hitung]
    if satu.hitung is Hitungan.RASIO:
        wajib = ("pembilang", "penyebut") if satu.pembilang else (*_HIMPUNAN, "syarat")
    for kunci in wajib:
        if not satu[kunci]:
            yield kunci, f"wajib diisi untuk {satu.hitung}"
    terlarang = {"pembilang": (*_HIMPUNAN, *_SYARAT), "penyebut": ("syarat_penyebut",)}
    bertentangan = {lain for kunci, semua in terlarang.items() if kunci in ada for lain in semua}
    for kunci in sorted(ada):
        if kunci in bertentangan:
            yield kunci, "tidak dipakai bersama pembilang atau penyebut yang menunjuk ukuran lain"
        elif kunci not in (*_SELALU, *wajib, *boleh):
            yield kunci, f"tidak dipakai untuk {satu.hitung}"
    if satu.hitung is Hitungan.RASIO and satu.satuan not in ("", PERSEN):
        yield "satuan", f"rasio selalu dalam persen; tulis {PERSEN!r} atau hapus kunci ini"
    elif satu.hitung is not Hitungan.RASIO and satu.satuan == PERSEN:
        yield "satuan", "hanya rasio yang dalam persen"


def _periksa_rujukan(nama: str, satu: Definisi, semua: Mapping[str, Definisi]) -> Iterator[Kesalahan]:
    """The measures that a ratio is made of: counts, sums or what is left open, never a ratio again."""
    for kunci in ("pembilang", "penyebut"):
        lain = satu[kunci]
        if not lain:
            continue
        if lain not in semua:
            yield kunci, tak_dikenal("ukuran", lain, [calon for calon in semua if calon != nama])
        elif nama in _terjangkau(lain, semua):
            yield kunci, f"berputar: {lain} kembali ke {nama}"
        elif semua[lain].hitung not in (Hitungan.CACAH, Hitungan.JUMLAH, Hitungan.SISA):
            yield kunci, f"{lain} adalah {semua[lain].hitung}; rasio dibuat dari cacah, jumlah, atau sisa"


def _terjangkau(awal: str, semua: Mapping[str, Definisi]) -> set[str]:
    """The measures that a definition rests on, itself included."""
    jalan, dilihat = [awal], set[str]()
    while jalan:
        nama = jalan.pop()
        if nama in semua and nama not in dilihat:
            jalan += [semua[nama].pembilang, semua[nama].penyebut]
        dilihat.add(nama)
    return dilihat


def _periksa_himpunan(satu: Definisi, register: Register, konfig: Konfigurasi) -> Iterator[Kesalahan]:
    if satu.hitung is Hitungan.IKM and register is not SURVEI:
        yield "register", f"ikm dihitung dari register {SURVEI.slug}"
    if satu.hitung is Hitungan.SISA and register.slug not in KEADAAN:
        yield "register", f"entri {register.sebutan} tidak punya keadaan terbuka; pakai {deret(KEADAAN)}"
    yield from _periksa_tanggal(satu, register)
    if satu.hari and satu.hari not in HARI:
        yield "hari", tak_dikenal("hari", satu.hari, HARI)
    for kunci, salah in (("bidang", _salah_bilangan), ("hasil", _salah_hasil)):
        if satu[kunci]:
            yield from ((kunci, pesan) for pesan in salah(satu[kunci], register))
    for kunci in _SYARAT:
        for urut, syarat in enumerate(satu[kunci]):
            yield from _periksa_syarat(syarat, f"{kunci}.{urut}", register, konfig)


def _periksa_tanggal(satu: Definisi, register: Register) -> Iterator[Kesalahan]:
    for kunci in ("tanggal", "dari", "sampai"):
        if nama := satu[kunci]:
            yield from ((kunci, pesan) for pesan in _salah_tanggal(nama, register))
    if satu.dari and satu.dari == satu.sampai:
        yield "sampai", "sama dengan dari; selisihnya selalu 0"


def _salah_bidang(nama: str, register: Register, jenis: Jenis | None = None) -> Iterator[str]:
    """What is wrong with the name of a field, which must be of that kind if one is said."""
    medan = MEDAN[register.slug]
    cocok = [satu for satu, bidang in medan.items() if jenis in (None, bidang.jenis)]
    apa = "isian" if jenis is None else jenis.value
    if nama not in medan:
        milik = [slug for slug, lain in MEDAN.items() if nama in lain]
        lain = f" (itu isian register {deret(milik)})" if milik else ""
        yield f"{tak_dikenal(f'{apa} register {register.slug}', nama, cocok)}{lain}"
    elif nama not in cocok:
        ada = f"{apa} register ini {deret(cocok)}" if cocok else f"register ini tidak punya {apa}"
        yield f"{nama} bukan {apa}; {ada}"


_salah_tanggal = partial(_salah_bidang, jenis=Jenis.TANGGAL)
_salah_bilangan = partial(_salah_bidang, jenis=Jenis.BILANGAN)


def _salah_hasil(teks: str, register: Register) -> Iterator[str]:
    """The text that tells an entry's outcome stands on sheets, so nothing that identifies a citizen may."""
    for nama in TEMPAT.findall(teks):
        yield from _salah_bidang(nama, register)
        bidang = MEDAN[register.slug].get(nama)
        if bidang and (bidang.pribadi or bidang.bebas):
            yield f"{nama} dapat memuat data warga dan tidak dicetak di lembar"
    if set("{}") & set(TEMPAT.sub("", teks)):
        yield "tanda { dan } hanya untuk nama isian, misalnya {nomor_surat}"


def _periksa_syarat(syarat: Syarat, letak: str, register: Register, konfig: Konfigurasi) -> Iterator[Kesalahan]:
    """One condition: exactly one test, of a field that it suits."""
    if len(syarat.uji) != 1:
        contoh = 'misalnya { bidang = "hasil", adalah = "terlaksana" }'
        yield letak, f"ada {deret(syarat.uji)}; satu saja" if syarat.uji else f"kosong; tulis satu syarat, {contoh}"
        return
    uji = syarat.uji[0]
    if uji in _TANPA_BIDANG:
        if syarat.bidang:
            yield f"{letak}.bidang", f"tidak dipakai bersama {uji}"
        yield from _TANPA_BIDANG[uji](syarat, letak, register, konfig)
    elif not syarat.bidang:
        yield f"{letak}.bidang", f"wajib diisi bersama {uji}"
    elif salah := list(_salah_bidang(syarat.bidang, register)):
        yield from ((f"{letak}.bidang", pesan) for pesan in salah)
    else:
        bidang = MEDAN[register.slug][syarat.bidang]
        yield from ((f"{letak}.{kunci}", pesan) for kunci, pesan in _salah_uji(syarat, bidang, register, konfig))


def _periksa_gabungan(syarat: Syarat, letak: str, register: Register, konfig: Konfigurasi) -> Iterator[Kesalahan]:
    if not syarat.isinya:
        yield f"{letak}.{syarat.uji[0]}", "tidak boleh kosong"
    if letak.count(".") > 2 * TERDALAM:
        yield letak, f"terlalu dalam; paling banyak {TERDALAM} tingkat"
        return
    for urut, satu in enumerate(syarat.isinya):
        yield from _periksa_syarat(satu, f"{letak}.{syarat.uji[0]}.{urut}", register, konfig)


def _salah_uji(syarat: Syarat, bidang: Bidang, register: Register, konfig: Konfigurasi) -> Iterator[Kesalahan]:
    """What is wrong with a test of a known field."""
    uji, isi = syarat.uji[0], syarat.isinya
    if uji in ("adalah", "bukan"):
        yield from ((uji, pesan) for pesan in _salah_kata(isi, bidang, register, konfig))
    elif uji == "isi":
        if isi not in (TERISI, KOSONG):
            yield uji, tak_dikenal("isi", isi, (TERISI, KOSONG))
    elif uji in ("paling_sedikit", "paling_banyak"):
        yield from (("bidang", pesan) for pesan in _salah_bilangan(bidang.nama, register))
    else:
        yield from (("bidang", pesan) for pesan in _salah_tanggal(bidang.nama, register))
        yield from ((uji, pesan) for pesan in _salah_tanggal(isi, register))
        if isi == bidang.nama:
            yield uji, "membandingkan tanggal dengan dirinya sendiri"


def _salah_kata(kata: tuple[str, ...], bidang: Bidang, register: Register, konfig: Konfigurasi) -> Iterator[str]:
    """Words that never stand in a field; those of a free one are whatever was written there."""
    dikenal = tuple(konfig.izin) if bidang is REKOMENDASI["jenis"] else bidang.kata
    if not kata:
        yield "tidak boleh kosong"
    if dikenal:
        yield from (tak_dikenal(bidang.nama, satu, dikenal) for satu in kata if satu not in dikenal)
    elif not bidang.dikenal or bidang.bebas or bidang.pribadi:
        berkata = [
            satu.nama
            for satu in MEDAN[register.slug].values()
            if satu.kata or satu is REKOMENDASI["jenis"] or (satu.dikenal and not satu.bebas)
        ]
        yield f"{bidang.nama} tidak punya daftar kata; yang punya {deret(berkata)}"


def _periksa_keadaan(syarat: Syarat, letak: str, register: Register, _konfig: Konfigurasi) -> Iterator[Kesalahan]:
    tempat, dikenal = f"{letak}.keadaan", KEADAAN.get(register.slug)
    if dikenal is None:
        yield tempat, f"entri {register.sebutan} tidak punya keadaan; pakai untuk register {deret(KEADAAN)}"
        return
    if not syarat.keadaan:
        yield tempat, "tidak boleh kosong"
    yield from ((tempat, tak_dikenal("keadaan", satu, dikenal)) for satu in syarat.keadaan if satu not in dikenal)


def _periksa_puas(syarat: Syarat, letak: str, register: Register, _konfig: Konfigurasi) -> Iterator[Kesalahan]:
    if register is not SURVEI:
        yield f"{letak}.puas", f"hanya untuk register {SURVEI.slug}"
    if syarat.puas not in ("ya", "tidak"):
        yield f"{letak}.puas", tak_dikenal("puas", syarat.puas, ("ya", "tidak"))


_TANPA_BIDANG = {
    "salah_satu": _periksa_gabungan,
    "semua": _periksa_gabungan,
    "keadaan": _periksa_keadaan,
    "puas": _periksa_puas,
}


def sebut_tanggal(satu: Definisi) -> str:
    """By which date the entries count, in words."""
    if satu.hitung is Hitungan.SISA:
        return "yang masih terbuka pada akhir periode"
    return f"menurut {MEDAN[satu['register']][satu.tanggal].arti.partition(',')[0]}"
