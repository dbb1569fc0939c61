"""What must hold of an entry to count: the conditions of a definition, in SQL and in words.

Each is judged as the ledger stood at the end of the period (``Sudut``), so that what is recorded later changes no
earlier figure. A condition that the database leaves open (NULL) does not hold. docs/ukuran.md has the vocabulary.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BeforeValidator, Field

from ikikec.bahasa import deret, kunci_teks
from ikikec.berkas_toml import Bagian
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.model import HALAMAN
from ikikec.buku.register import PENGADUAN, REKOMENDASI, SEMUA, SURVEI, Register
from ikikec.buku.terbuka import status_terakhir, terbuka, tindak_lanjut_penutup, tindak_lanjut_pertama
from ikikec.istilah import UNSUR, Status

Benar = sa.ColumnElement[bool]
Sebab = sa.ColumnElement[str]

PERTAMA, PENUTUP, BATAS = "tindak_lanjut_pertama", "tindak_lanjut_penutup", "batas"
# What a complaint has from its follow-ups, beside the fields of its own.
_DARI_TINDAK_LANJUT = (
    Bidang(PERTAMA, "tanggal tindak lanjut terawal", Jenis.TANGGAL),
    Bidang(PENUTUP, "tanggal tindak lanjut yang mengakhirinya", Jenis.TANGGAL),
    Bidang("status", "status tindak lanjut terakhir", Jenis.PILIHAN, kata=tuple(Status)),
)
_BUKAN_MEDAN = ("nomor", "pengaduan", "batal", "alasan_batal")
MEDAN: Mapping[str, Mapping[str, Bidang]] = {
    slug: {
        bidang.nama: bidang
        for bidang in (*register.bidang, *(_DARI_TINDAK_LANJUT if register is PENGADUAN else ()))
        if bidang.nama not in _BUKAN_MEDAN
    }
    for slug, register in SEMUA.items()
}
"""The fields that a definition may name, by register."""

# How a date is told: what happened on it.
KABAR: Mapping[str, str] = {
    "tanggal": "diterima",
    PERTAMA: "ditindaklanjuti",
    PENUTUP: "berakhir",
    BATAS: BATAS,
    **{langkah.tanggal: langkah.kabar for register in SEMUA.values() for langkah in register.langkah},
}
_TANPA_BATAS = "tidak punya batas waktu"


def _kata(isi: object) -> object:
    return (isi,) if isinstance(isi, str) else isi


# Far more than an office asks for; a database takes no expression of any length and depth.
TERBANYAK, TERDALAM = 50, 4
Kata = Annotated[tuple[str, ...], BeforeValidator(_kata), Field(max_length=TERBANYAK)]
Kumpulan = Annotated[tuple["Syarat", ...], Field(max_length=TERBANYAK)]
Banyak = Annotated[int, Field(ge=0, le=2_000_000_000, strict=True)]


class Syarat(Bagian):
    """One condition: a test of one field (``bidang`` and one key more), a state, or several conditions."""

    bidang: str = ""
    adalah: Kata = ()
    bukan: Kata = ()
    isi: str = ""
    paling_lambat: str = ""
    sesudah: str = ""
    sebelum: str = ""
    paling_awal: str = ""
    paling_sedikit: Banyak = 0
    paling_banyak: Banyak = 0
    keadaan: Kata = ()
    puas: str = ""
    salah_satu: Kumpulan = ()
    semua: Kumpulan = ()

    @property
    def uji(self) -> tuple[str, ...]:
        """The tests that were written; a sound condition has one."""
        return tuple(nama for nama in UJI if nama in self.model_fields_set)

    @property
    def isinya(self) -> Any:
        """What its one test asks for."""
        return getattr(self, self.uji[0])

    @property
    def sebutan(self) -> str:
        """Its field in words."""
        return self.bidang.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Sudut:
    """A register as it stood at the end of ``hari``, its entries counted by the date ``menurut``.

    ``ejaan`` tells all that was ever written in a field of free words.
    """

    register: Register
    hari: date
    menurut: str
    ejaan: Callable[[str], Iterable[str]]

    def kolom(self, nama: str) -> sa.ColumnElement[Any]:
        """A field's value in SQL; NULL where it was filled in only later."""
        if self.register is PENGADUAN and nama in (PERTAMA, PENUTUP, "status"):
            return self._lanjut(nama, "status" if nama == "status" else "tanggal", self.hari)
        tabel, sejak = HALAMAN[self.register.slug].c, dikenal_sejak(self.register, nama)
        kolom: sa.ColumnElement[Any] = tabel[nama]
        # No entry that counts has these dates after the end.
        if sejak in ("", self.menurut, "tanggal_lengkap" if self.menurut == "tanggal_terbit" else ""):
            return kolom
        return sa.case((tabel[sejak] > self.hari, sa.null()), else_=kolom)

    def pasti(self, nama: str) -> bool:
        """Whether the field is filled in every entry that counts."""
        wajib = MEDAN[self.register.slug][nama].wajib
        return nama == self.menurut or wajib or dikenal_sejak(self.register, nama) == self.menurut != ""

    def status_terhitung(self) -> Any:
        """The status of the follow-up that a complaint counts by, else of its latest."""
        # The first has its own date in the period, even where that is after the day of the report.
        return self._lanjut(self.menurut, "status", None)

    def _lanjut(self, mana: str, kolom: str, pertama_sampai: date | None) -> sa.ColumnElement[Any]:
        """A column of the complaint's first, ending, or else latest follow-up."""
        nomor = HALAMAN[PENGADUAN.slug].c.nomor
        if mana == PERTAMA:
            return tindak_lanjut_pertama(kolom, nomor, pertama_sampai)
        if mana == PENUTUP:
            return tindak_lanjut_penutup(kolom, nomor, self.hari)
        return status_terakhir(nomor, self.hari)


def dikenal_sejak(register: Register, nama: str) -> str:
    """The date from which a field is filled in, blank where that is so from the start.

    A step's date and what stands with it come with the step; a permit's deadline with the complete file.
    """
    if register is REKOMENDASI and nama == BATAS:
        return "tanggal_lengkap"
    milik = (satu.tanggal for satu in register.langkah if nama in (satu.tanggal, satu.pasangan))
    return next(milik, "")


def _puas(sudut: Sudut) -> Benar:
    """Contract: kepuasan of 3 or 4; where that is blank, the mean of the answered elements is at least 3.

    It is exactly when the answers' distances from 3 add up to 0 or more.
    """
    survei = HALAMAN[SURVEI.slug].c
    nol: sa.ColumnElement[int] = sa.literal_column("0")
    selisih = sum((sa.func.coalesce(survei[nama] - 3, 0) for nama in UNSUR), nol)
    nilai = sa.case((survei.kepuasan >= 3, 1), (survei.kepuasan.is_not(None), 0), (selisih >= 0, 1), else_=0)
    return nilai == sa.literal_column("1")


def _terisi(nama: str) -> Callable[[Sudut], Benar]:
    return lambda sudut: sudut.kolom(nama).is_not(None)


_TENGGAT: Mapping[str, Callable[[Sudut], Benar]] = {
    "terbuka": lambda sudut: terbuka(sudut.register, sudut.hari),
    "terlambat": lambda sudut: sa.and_(terbuka(sudut.register, sudut.hari), sudut.kolom(BATAS) < sudut.hari),
}
KEADAAN: Mapping[str, Mapping[str, Callable[[Sudut], Benar]]] = {
    "pengaduan": {
        **_TENGGAT,
        "ditindaklanjuti": _terisi(PERTAMA),
        "selesai": lambda sudut: sudut.kolom("status") == Status.SELESAI,
        "ditolak": lambda sudut: sudut.kolom("status") == Status.DITOLAK,
    },
    "informasi": {**_TENGGAT, "selesai": _terisi("tanggal_selesai")},
    "rekomendasi": {**_TENGGAT, "selesai": _terisi("tanggal_terbit"), "ditolak": _terisi("tanggal_tolak")},
}
"""The states an entry can be in, by register; an entry can be in several."""


@dataclass(frozen=True, slots=True)
class Uji:
    """One kind of test: its SQL, what it says where it holds, and why it does not (in SQL)."""

    sql: Callable[[Syarat, Sudut], Benar]
    sebut: Callable[[Syarat], str]
    sebab: Callable[[Syarat, Sudut], Sebab]


def sql(syarat: Syarat, sudut: Sudut) -> Benar:
    """The condition in SQL."""
    return UJI[syarat.uji[0]].sql(syarat, sudut)


def sebut(syarat: Syarat) -> str:
    """The condition in words."""
    return UJI[syarat.uji[0]].sebut(syarat)


def sebab_pertama(semua: Sequence[Syarat], sudut: Sudut) -> Any:
    """Why an entry fails the first of several conditions that it fails, in SQL; NULL where it fails none."""
    hasil: Any = sa.null()
    for satu in reversed(semua):
        hasil = sa.case((sql(satu, sudut), hasil), else_=UJI[satu.uji[0]].sebab(satu, sudut))
    return hasil


def _cocok(syarat: Syarat, sudut: Sudut) -> Benar:
    """Whether one of the words stands in the field; of free ones however it was written."""
    bidang, kata = MEDAN[sudut.register.slug][syarat.bidang], syarat.isinya
    if bidang.jenis is Jenis.YA_TIDAK:
        kata = [satu == "ya" for satu in kata]
    elif bidang.dikenal:
        dicari = set(map(kunci_teks, kata))
        kata = [satu for satu in sudut.ejaan(syarat.bidang) if kunci_teks(satu) in dicari]
    return sudut.kolom(syarat.bidang).in_(kata)


def _sebab_lain(syarat: Syarat, sudut: Sudut) -> Sebab:
    """What stands there instead; a word that a step leaves behind speaks for itself."""
    bidang, kolom = MEDAN[sudut.register.slug][syarat.bidang], sudut.kolom(syarat.bidang)
    sendiri = bidang.jenis is not Jenis.BILANGAN and dikenal_sejak(sudut.register, bidang.nama)
    if bidang.jenis is Jenis.YA_TIDAK:
        kolom = sa.case((kolom, "ya"), else_="tidak")
    isi = sa.func.replace(sa.cast(kolom, sa.String), "-", " ")
    awal = "" if sendiri else f"{syarat.sebutan} "
    return sa.func.coalesce(sa.literal(awal) + isi, f"{syarat.sebutan} belum diisi")


def _uji_bilangan(operasi: Callable[[Any, int], Benar], kata: str) -> Uji:
    """The test of a number against a bound."""
    return Uji(
        lambda satu, sudut: operasi(sudut.kolom(satu.bidang), satu.isinya),
        lambda satu: f"{satu.sebutan} {kata} {satu.isinya}",
        _sebab_lain,
    )


def _uji_tanggal(operasi: Callable[[Any, Any], Benar], kata: str, gagal: str) -> Uji:
    """The test of one date against another: what stands between the two where it holds, and where it fails."""

    def sebab(syarat: Syarat, sudut: Sudut) -> Sebab:
        kosong = [(sudut.kolom(satu).is_(None), _tanpa(satu)) for satu in (syarat.bidang, syarat.isinya)]
        return sa.case(*kosong, else_=f"{KABAR[syarat.bidang]} {gagal} {_sebut_tanggal(syarat.isinya)}")

    def ujar(syarat: Syarat) -> str:
        tepat = syarat.uji[0] == "paling_lambat" and syarat.isinya == BATAS
        return f"{KABAR[syarat.bidang]} {'tepat waktu' if tepat else f'{kata} {_sebut_tanggal(syarat.isinya)}'}"

    return Uji(lambda satu, sudut: operasi(sudut.kolom(satu.bidang), sudut.kolom(satu.isinya)), ujar, sebab)


def _tanpa(tanggal: str) -> str:
    return _TANPA_BATAS if tanggal == BATAS else f"belum {KABAR[tanggal]}"


def _sebut_tanggal(nama: str) -> str:
    return "batas waktu" if nama == BATAS else f"tanggal {KABAR[nama]}"


def _terisi_atau_kosong(syarat: Syarat, sudut: Sudut) -> Benar:
    kolom = sudut.kolom(syarat.bidang)
    return kolom.is_not(None) if syarat.isi == TERISI else kolom.is_(None)


def _sebab_isi(syarat: Syarat, _sudut: Sudut) -> Sebab:
    if syarat.isi != TERISI:
        return sa.literal(f"{syarat.sebutan} terisi")
    return sa.literal(_tanpa(syarat.bidang) if syarat.bidang in KABAR else f"{syarat.sebutan} kosong")


def _sebab_keadaan(syarat: Syarat, sudut: Sudut) -> Sebab:
    biasa = f"tidak {deret(syarat.keadaan)}"
    if syarat.keadaan == ("terlambat",):
        return sa.case((sudut.kolom(BATAS).is_(None), _TANPA_BATAS), else_=biasa)
    belum = syarat.keadaan[0] in ("selesai", "ditindaklanjuti")
    return sa.literal(f"belum {deret(syarat.keadaan)}" if belum else biasa)


TERISI, KOSONG = "terisi", "kosong"
UJI: Mapping[str, Uji] = {
    "adalah": Uji(_cocok, lambda satu: f"{satu.sebutan} {deret(satu.adalah)}", _sebab_lain),
    "bukan": Uji(
        lambda satu, sudut: sa.func.coalesce(~_cocok(satu, sudut), sa.true()),
        lambda satu: f"{satu.sebutan} bukan {deret(satu.bukan)}",
        _sebab_lain,
    ),
    "isi": Uji(_terisi_atau_kosong, lambda satu: f"{satu.sebutan} {satu.isi}", _sebab_isi),
    "paling_lambat": _uji_tanggal(operator.le, "paling lambat", "sesudah"),
    "sesudah": _uji_tanggal(operator.gt, "sesudah", "tidak sesudah"),
    "sebelum": _uji_tanggal(operator.lt, "sebelum", "tidak sebelum"),
    "paling_awal": _uji_tanggal(operator.ge, "paling awal", "sebelum"),
    "paling_sedikit": _uji_bilangan(operator.ge, "paling sedikit"),
    "paling_banyak": _uji_bilangan(operator.le, "paling banyak"),
    "keadaan": Uji(
        lambda satu, sudut: sa.or_(*(KEADAAN[sudut.register.slug][kata](sudut) for kata in satu.keadaan)),
        lambda satu: deret(satu.keadaan),
        _sebab_keadaan,
    ),
    "puas": Uji(
        lambda satu, sudut: _puas(sudut) if satu.puas == "ya" else ~_puas(sudut),
        lambda satu: "puas" if satu.puas == "ya" else "tidak puas",
        lambda satu, _sudut: sa.literal("tidak puas" if satu.puas == "ya" else "puas"),
    ),
    "salah_satu": Uji(
        lambda satu, sudut: sa.or_(*(sql(bagian, sudut) for bagian in satu.salah_satu)),
        lambda satu: deret(map(sebut, satu.salah_satu)),
        lambda satu, _sudut: sa.literal(f"bukan {deret(map(sebut, satu.salah_satu))}"),
    ),
    "semua": Uji(
        lambda satu, sudut: sa.and_(*(sql(bagian, sudut) for bagian in satu.semua)),
        lambda satu: " dan ".join(map(sebut, satu.semua)),
        lambda satu, sudut: sebab_pertama(satu.semua, sudut),
    ),
}
"""The whole vocabulary of tests by the key that asks for each."""
