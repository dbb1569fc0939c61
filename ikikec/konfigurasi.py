"""The office's configuration: one TOML file, every key optional, each wrong one named in Indonesian.

Defaults are those of the contract: a five-day week, the deadlines of PermenPAN-RB 62/2018 and UU 14/2008, and
the permit kinds of a typical kecamatan.
"""

from fractions import Fraction
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

from ikikec.bahasa import baca_nip, deret, kunci_teks, terdekat
from ikikec.berkas_toml import Bagian, baca_toml, salah_satu, susun
from ikikec.galat import NilaiSalah
from ikikec.istilah import IZIN_BAWAAN, Klasifikasi
from ikikec.kertas import KERTAS_BAWAAN, SEMUA_KERTAS
from ikikec.tanggal import HARI

NAMA_HARI = tuple(hari.lower() for hari in HARI)

# The weight of one of the nine elements (PermenPAN-RB 14/2017): exact, or cut off as many reports have it.
BOBOT_SKM = {"1/9": Fraction(1, 9), "0,111": Fraction(111, 1000), "0,11": Fraction(11, 100)}


def _zona(nama: str) -> str:
    try:
        ZoneInfo(nama)
    except (OSError, ValueError, KeyError):
        raise ValueError(f"zona waktu {nama!r} tidak dikenal; contoh: Asia/Makassar, Asia/Jakarta") from None
    return nama


def _nip(teks: str) -> str:
    try:
        return baca_nip(teks) if teks else ""
    except NilaiSalah as galat:
        raise ValueError(galat.pesan) from None


def _hari_kerja(nama: tuple[str, ...]) -> tuple[str, ...]:
    for satu in nama:
        if satu not in NAMA_HARI:
            raise ValueError(f"hari {satu!r} tidak dikenal; pilihannya {deret(NAMA_HARI)}")
    if not nama:
        raise ValueError("sedikitnya satu hari kerja")
    return nama


def _bobot(teks: str) -> str:
    if teks not in BOBOT_SKM:
        pilihan = deret(f'"{satu}"' for satu in BOBOT_SKM)
        raise ValueError(f"bobot {teks!r} tidak dikenal; pilihannya {pilihan}{terdekat(teks, BOBOT_SKM)}")
    return teks


def _kertas(teks: str) -> str:
    """The paper's name, which may be typed in either case."""
    menurut = {nama.casefold(): nama for nama in SEMUA_KERTAS}
    return salah_satu("kertas", SEMUA_KERTAS)(menurut.get(teks.casefold(), teks))


def _layanan(semua: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    milik: dict[str, str] = {}
    for nama, lain in semua.items():
        for teks in (nama, *lain):
            if milik.setdefault(kunci_teks(teks), nama) != nama:
                raise ValueError(f"{teks!r} milik dua layanan: {milik[kunci_teks(teks)]} dan {nama}")
    return semua


def _tanpa_batas(nilai: object) -> object:
    return None if nilai == "tanpa" else nilai


def _usulan(nilai: object) -> str | int:
    if not isinstance(nilai, str | int) or isinstance(nilai, bool):
        raise ValueError("harus teks di antara tanda kutip, atau bilangan bulat")  # noqa: TRY004 -- pydantic's way
    return nilai


HariKerja = Annotated[int, Field(ge=0, le=366, strict=True)]
LamaSimpan = Annotated[int | None, Field(ge=1, le=100, strict=True)]
BatasHari = Annotated[HariKerja | None, BeforeValidator(_tanpa_batas)]
Terisi = Annotated[str, Field(min_length=1)]


class Pejabat(Bagian):
    """An official who signs; a blank name prints as dotted lines, ``plt`` is one who acts for a vacant post."""

    nama: str = ""
    nip: Annotated[str, AfterValidator(_nip)] = ""
    plt: Annotated[bool, Field(strict=True)] = False


class BatasPengaduan(Bagian):
    """Working days for a complaint by its class (PermenPAN-RB 62/2018); None is no deadline."""

    model_config = ConfigDict(alias_generator=lambda nama: nama.replace("_", "-"))

    tidak_berkadar: BatasHari = 14
    berkadar: BatasHari = 60
    permintaan_informasi: BatasHari = 5
    aspirasi: BatasHari = None

    def lama(self, klasifikasi: Klasifikasi) -> int | None:
        """Working days allowed for a complaint of this class."""
        lama: int | None = getattr(self, klasifikasi.value.replace("-", "_"))
        return lama


class Batas(Bagian):
    """Working days allowed per kind of entry; UU 14/2008 gives an information service ten."""

    informasi: BatasHari = 10
    pengaduan: BatasPengaduan = BatasPengaduan()


class Retensi(Bagian):
    """Years after its end that an entry of a register may tell who the citizen is; None is for ever."""

    pengaduan: LamaSimpan = None
    informasi: LamaSimpan = None
    rekomendasi: LamaSimpan = None

    @property
    def tahun(self) -> dict[str, int]:
        """The registers that have a bound, and their years."""
        return {nama: tahun for nama, tahun in self if tahun is not None}


class KopSurat(Bagian):
    """The letterhead above what is printed; ``gambar`` may be relative to the file it stands in."""

    baris: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=120)], ...], Field(max_length=5)] = ()
    gambar: str = ""

    @model_validator(mode="after")
    def _berbaris(self) -> "KopSurat":
        """An emblem alone heads nothing."""
        if self.gambar and not self.baris:
            raise ValueError('gambar tanpa baris; isi juga baris, misalnya baris = ["PEMERINTAH KABUPATEN …"]')
        return self


class Konfigurasi(Bagian):
    """All an office can set; ``buku`` and ``templat`` may be relative to the file they stand in."""

    kecamatan: str = ""
    kabupaten: str = ""
    tempat: str = ""
    kontak: str = ""
    zona: Annotated[str, AfterValidator(_zona)] = "Asia/Makassar"
    petugas: str = ""
    buku: str = ""
    templat: str = ""
    kertas: Annotated[str, AfterValidator(_kertas)] = KERTAS_BAWAAN.nama
    kop: KopSurat = KopSurat()
    tunggu: Annotated[int, Field(ge=0, le=600, strict=True)] = 10
    hari_kerja: Annotated[tuple[str, ...], AfterValidator(_hari_kerja)] = NAMA_HARI[:5]
    batas: Batas = Batas()
    bawaan: dict[str, dict[str, Annotated[str | int, PlainValidator(_usulan)]]] = Field(default_factory=dict)
    retensi: Retensi = Retensi()
    bobot_skm: Annotated[str, AfterValidator(_bobot)] = "1/9"
    layanan: Annotated[dict[Terisi, tuple[Terisi, ...]], AfterValidator(_layanan)] = Field(default_factory=dict)
    izin: dict[Terisi, HariKerja] = Field(default_factory=IZIN_BAWAAN.copy, min_length=1)
    pejabat: dict[str, Pejabat] = Field(default_factory=dict)

    @property
    def waktu_setempat(self) -> ZoneInfo:
        """The office's time zone."""
        return ZoneInfo(self.zona)

    @property
    def nama_layanan(self) -> dict[str, str]:
        """The services' names by every way to write them (``kunci_teks``); empty where the office names none."""
        return {kunci_teks(teks): nama for nama, lain in self.layanan.items() for teks in (nama, *lain)}

    @property
    def indeks_hari_kerja(self) -> frozenset[int]:
        """The working week as weekday numbers, Monday being 0."""
        return frozenset(NAMA_HARI.index(hari) for hari in self.hari_kerja)


def muat(berkas: Path) -> Konfigurasi:
    """Read and check one configuration file.

    Raises SalahPakai where the file cannot be read, AturanDilanggar naming every wrong key otherwise.
    """
    return susun(Konfigurasi, baca_toml(berkas), berkas)
