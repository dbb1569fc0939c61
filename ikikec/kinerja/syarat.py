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


@dataclass(frozen=True, slots=True)
class Sudut:
    """A register as it stood at the end of ``hari``, its entries counted by the date ``menurut``.

    ``ejaan`` tells all that was ever written in a field of free words.
    """

    register: Register
    hari: date
    menurut: str
    ejaan: Callable[[str], Iterable[str]]

    def kolom(self, nama: str) -> Any:
        """A field's value in SQL; NULL where it was filled in only later."""
        tabel = HALAMAN[self.register.slug].c
        turunan = self._turunan(nama)
        if turunan is not None:
            return turunan
        sejak = dikenal_sejak(self.register, nama)
        if not sejak or sejak in self._berlalu:
            return tabel[nama]
        return sa.case((tabel[sejak] > self.hari, sa.null()), else_=tabel[nama])

    def pasti(self, nama: str) -> bool:
        """Whether the field is filled in every entry that counts."""
        wajib = MEDAN[self.register.slug][nama].wajib
        return nama == self.menurut or wajib or dikenal_sejak(self.register, nama) == self.menurut != ""

    @property
    def _berlalu(self) -> tuple[str, ...]:
        """The dates that no entry can have after the end, as it is counted."""
        return (self.menurut, *(("tanggal_lengkap",) if self.menurut == "tanggal_terbit" else ()))

    def _turunan(self, nama: str) -> Any:
        if self.register is not PENGADUAN:
            return None
        nomor = HALAMAN[PENGADUAN.slug].c.nomor
        if nama == PERTAMA:
            return tindak_lanjut_pertama("tanggal", nomor, self.hari)
        if nama == PENUTUP:
            return tindak_lanjut_penutup("tanggal", nomor, self.hari)
        return status_terakhir(nomor, self.hari) if nama == "status" else None

    def status_terhitung(self) -> Any:
        """The status of the follow-up that a complaint counts by, else of its latest."""
        nomor = HALAMAN[PENGADUAN.slug].c.nomor
        if self.menurut == PERTAMA:
            return tindak_lanjut_pertama("status", nomor)
        if self.menurut == PENUTUP:
            return tindak_lanjut_penutup("status", nomor, self.hari)
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
    benar: Benar = nilai == sa.literal_column("1")
    return benar


def _terisi(nama: str) -> Callable[[Sudut], Benar]:
    return lambda sudut: sudut.kolom(nama).is_not(None)


def _terbuka(sudut: Sudut) -> Benar:
    return terbuka(sudut.register, sudut.hari)


def _terlambat(sudut: Sudut) -> Benar:
    return sa.and_(terbuka(sudut.register, sudut.hari), sudut.kolom(BATAS) < sudut.hari)


def _berstatus(status: Status) -> Callable[[Sudut], Benar]:
    return lambda sudut: status_terakhir(HALAMAN[PENGADUAN.slug].c.nomor, sudut.hari) == status


_TENGGAT = {"terbuka": _terbuka, "terlambat": _terlambat}
KEADAAN: Mapping[str, Mapping[str, Callable[[Sudut], Benar]]] = {
    "pengaduan": {
        **_TENGGAT,
        "ditindaklanjuti": _terisi(PERTAMA),
        "selesai": _berstatus(Status.SELESAI),
        "ditolak": _berstatus(Status.DITOLAK),
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


def _sebut_bidang(nama: str) -> str:
    return nama.replace("_", " ")


def _teks(isi: str) -> Sebab:
    return sa.literal(isi)


def _cocok(syarat: Syarat, sudut: Sudut, kata: tuple[str, ...]) -> Benar:
    bidang, kolom = MEDAN[sudut.register.slug][syarat.bidang], sudut.kolom(syarat.bidang)
    isi: list[str] | list[bool] = list(kata)
    if bidang.jenis is Jenis.YA_TIDAK:
        isi = [satu == "ya" for satu in kata]
    elif bidang.dikenal:
        dicari = set(map(kunci_teks, kata))
        isi = [satu for satu in sudut.ejaan(syarat.bidang) if kunci_teks(satu) in dicari]
    cocok: Benar = kolom.in_(isi)
    return cocok


def _sebab_kata(syarat: Syarat, sudut: Sudut) -> Sebab:
    """The word that stands there instead; what a step leaves behind speaks for itself."""
    bidang, kolom = MEDAN[sudut.register.slug][syarat.bidang], sudut.kolom(syarat.bidang)
    nama = _sebut_bidang(bidang.nama)
    awal = "" if dikenal_sejak(sudut.register, bidang.nama) else f"{nama} "
    if bidang.jenis is Jenis.YA_TIDAK:
        kolom = sa.case((kolom, "ya"), else_="tidak")
    isi = sa.func.replace(sa.cast(kolom, sa.String), "-", " ")
    return sa.func.coalesce(sa.literal(awal) + isi, f"{nama} belum diisi")


def _banding_tanggal(nama: str, operasi: Callable[[Any, Any], Any], gagal: str) -> Uji:
    """The test of one date against another; ``gagal`` stands between the two where it fails."""

    def banding(syarat: Syarat, sudut: Sudut) -> Benar:
        benar: Benar = operasi(sudut.kolom(syarat.bidang), sudut.kolom(getattr(syarat, nama)))
        return benar

    def sebab(syarat: Syarat, sudut: Sudut) -> Sebab:
        lain = getattr(syarat, nama)
        kosong = [(sudut.kolom(satu).is_(None), _tanpa(satu)) for satu in (syarat.bidang, lain)]
        return sa.case(*kosong, else_=f"{KABAR.get(syarat.bidang, BATAS)} {gagal} {_sebut_tanggal(lain)}")

    def ujar(syarat: Syarat) -> str:
        lain = getattr(syarat, nama)
        if lain == BATAS and nama == "paling_lambat":
            return f"{KABAR.get(syarat.bidang, BATAS)} tepat waktu"
        return f"{KABAR.get(syarat.bidang, BATAS)} {_sebut_bidang(nama)} {_sebut_tanggal(lain)}"

    return Uji(banding, ujar, sebab)


def _tanpa(tanggal: str) -> str:
    return _TANPA_BATAS if tanggal == BATAS else f"belum {KABAR[tanggal]}"


def _sebut_tanggal(nama: str) -> str:
    return "batas waktu" if nama == BATAS else f"tanggal {KABAR[nama]}"


def _sql_isi(syarat: Syarat, sudut: Sudut) -> Benar:
    kolom = sudut.kolom(syarat.bidang)
    terisi: Benar = kolom.is_not(None) if syarat.isi == TERISI else kolom.is_(None)
    return terisi


def _sebab_isi(syarat: Syarat, _sudut: Sudut) -> Sebab:
    if syarat.isi != TERISI:
        return _teks(f"{_sebut_bidang(syarat.bidang)} terisi")
    tanggal = syarat.bidang in KABAR or syarat.bidang == BATAS
    return _teks(_tanpa(syarat.bidang) if tanggal else f"{_sebut_bidang(syarat.bidang)} kosong")


def _sebab_bilangan(syarat: Syarat, sudut: Sudut) -> Sebab:
    isi = sa.cast(sudut.kolom(syarat.bidang), sa.String)
    nama = _sebut_bidang(syarat.bidang)
    return sa.func.coalesce(sa.literal(f"{nama} ") + isi, f"{nama} belum diisi")


def _sebab_keadaan(syarat: Syarat, sudut: Sudut) -> Sebab:
    biasa = f"tidak {deret(syarat.keadaan)}"
    if syarat.keadaan == ("terlambat",):
        return sa.case((sudut.kolom(BATAS).is_(None), _TANPA_BATAS), else_=biasa)
    belum = syarat.keadaan[0] in ("selesai", "ditindaklanjuti")
    return _teks(f"belum {deret(syarat.keadaan)}" if belum else biasa)


def _sql_puas(syarat: Syarat, sudut: Sudut) -> Benar:
    return _puas(sudut) if syarat.puas == "ya" else ~_puas(sudut)


def _ujar_puas(syarat: Syarat) -> str:
    return "puas" if syarat.puas == "ya" else "tidak puas"


TERISI, KOSONG = "terisi", "kosong"
UJI: Mapping[str, Uji] = {
    "adalah": Uji(
        lambda satu, sudut: _cocok(satu, sudut, satu.adalah),
        lambda satu: f"{_sebut_bidang(satu.bidang)} {deret(satu.adalah)}",
        _sebab_kata,
    ),
    "bukan": Uji(
        lambda satu, sudut: sa.func.coalesce(~_cocok(satu, sudut, satu.bukan), sa.true()),
        lambda satu: f"{_sebut_bidang(satu.bidang)} bukan {deret(satu.bukan)}",
        _sebab_kata,
    ),
    "isi": Uji(_sql_isi, lambda satu: f"{_sebut_bidang(satu.bidang)} {satu.isi}", _sebab_isi),
    "paling_lambat": _banding_tanggal("paling_lambat", operator.le, "sesudah"),
    "sesudah": _banding_tanggal("sesudah", operator.gt, "tidak sesudah"),
    "sebelum": _banding_tanggal("sebelum", operator.lt, "tidak sebelum"),
    "paling_awal": _banding_tanggal("paling_awal", operator.ge, "sebelum"),
    "paling_sedikit": Uji(
        lambda satu, sudut: sudut.kolom(satu.bidang) >= satu.paling_sedikit,
        lambda satu: f"{_sebut_bidang(satu.bidang)} paling sedikit {satu.paling_sedikit}",
        _sebab_bilangan,
    ),
    "paling_banyak": Uji(
        lambda satu, sudut: sudut.kolom(satu.bidang) <= satu.paling_banyak,
        lambda satu: f"{_sebut_bidang(satu.bidang)} paling banyak {satu.paling_banyak}",
        _sebab_bilangan,
    ),
    "keadaan": Uji(
        lambda satu, sudut: sa.or_(*(KEADAAN[sudut.register.slug][kata](sudut) for kata in satu.keadaan)),
        lambda satu: deret(satu.keadaan),
        _sebab_keadaan,
    ),
    "puas": Uji(
        _sql_puas,
        _ujar_puas,
        lambda satu, _sudut: _teks("tidak puas" if satu.puas == "ya" else "puas"),
    ),
    "salah_satu": Uji(
        lambda satu, sudut: sa.or_(*(sql(bagian, sudut) for bagian in satu.salah_satu)),
        lambda satu: deret(map(sebut, satu.salah_satu)),
        lambda satu, _sudut: _teks(f"bukan {deret(map(sebut, satu.salah_satu))}"),
    ),
    "semua": Uji(
        lambda satu, sudut: sa.and_(*(sql(bagian, sudut) for bagian in satu.semua)),
        lambda satu: " dan ".join(map(sebut, satu.semua)),
        lambda satu, sudut: sebab_pertama(satu.semua, sudut),
    ),
}
"""The whole vocabulary of tests by the key that asks for each."""
