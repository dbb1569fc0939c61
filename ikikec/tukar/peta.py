"""What a foreign table's headings, words and dates mean: a TOML file beside an export of Google Forms or the like.

urutan_tanggal = "hari-bulan-tahun"          # or "bulan-hari-tahun", as sheets with American settings write
formulir = ["judul pertanyaan 1", …]         # the nine questions of the survey in the form's order
abaikan = ["Alamat email"]
[kolom]
"Timestamp" = "tanggal"
[tetap]
layanan = "KTP"
[kata.jenis_kelamin]
"Laki-laki" = "L"
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from ikikec.bahasa import terdekat
from ikikec.berkas_toml import Bagian, baca_toml, susun
from ikikec.buku.bidang import Nilai
from ikikec.buku.register import SURVEI, Register
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran
from ikikec.istilah import UNSUR, UNSUR_URUTAN_FORMULIR
from ikikec.tukar.sel import rata, rata_judul

# What a question about one of the two that programs swap would hardly leave out.
_TANDA = {"sarana": "sarana", "penanganan_pengaduan": "pengaduan"}


class Peta(Bagian):
    """The headings of a file by the fields they fill, and what its words mean."""

    urutan_tanggal: Literal["hari-bulan-tahun", "bulan-hari-tahun"] = "hari-bulan-tahun"
    formulir: Annotated[tuple[str, ...], Field(max_length=9)] = ()
    abaikan: tuple[str, ...] = ()
    kolom: dict[str, str] = Field(default_factory=dict)
    tetap: dict[str, str] = Field(default_factory=dict)
    kata: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def bulan_dulu(self) -> bool:
        """Whether dates in figures have the month first."""
        return self.urutan_tanggal == "bulan-hari-tahun"

    def judul(self) -> dict[str, str]:
        """The field of each evened-out heading, blank for one that is left out."""
        formulir = dict(zip(map(rata_judul, self.formulir), UNSUR_URUTAN_FORMULIR, strict=False))
        abaikan = {rata_judul(satu): "" for satu in self.abaikan}
        return abaikan | formulir | {rata_judul(satu): nama for satu, nama in self.kolom.items()}

    def nilai_tetap(self, register: Register) -> dict[str, Nilai]:
        """What every row has that does not say otherwise."""
        return {nama: register[nama].baca(teks) for nama, teks in self.tetap.items()}

    def arti(self, nama: str) -> dict[str, str]:
        """What the file's words for field ``nama`` mean, by ``rata``."""
        return {rata(satu): isi for satu, isi in self.kata.get(nama, {}).items()}


TANPA_PETA = Peta()


def muat_peta(berkas: Path, register: Register) -> Peta:
    """Read a mapping for ``register``.

    Raises SalahPakai where the file cannot be read, AturanDilanggar naming every wrong key.
    """
    peta = susun(Peta, baca_toml(berkas), berkas)
    salah = (*_isian_asing(peta, register), *_formulir_janggal(peta, register), *_nilai_asing(peta, register))
    if salah:
        raise AturanDilanggar(f"isi {berkas} tidak dapat dipakai:", salah)
    return peta


def _isian_asing(peta: Peta, register: Register) -> tuple[Pelanggaran, ...]:
    dipakai = [
        *((f"kolom.{judul}", nama) for judul, nama in peta.kolom.items()),
        *((f"tetap.{nama}", nama) for nama in peta.tetap),
        *((f"kata.{nama}", nama) for nama in peta.kata),
    ]
    return tuple(
        Pelanggaran(kunci, f"{nama!r} bukan isian {register.slug}{terdekat(nama, register.nama_bidang)}")
        for kunci, nama in dipakai
        if nama not in register.nama_bidang
    )


def _formulir_janggal(peta: Peta, register: Register) -> tuple[Pelanggaran, ...]:
    """The nine questions must be nine, and the two that are often swapped must not look so."""
    if not peta.formulir:
        return ()
    if register.slug != SURVEI.slug:
        return (Pelanggaran("formulir", f"hanya untuk register {SURVEI.slug}"),)
    if len(set(map(rata_judul, peta.formulir))) != len(UNSUR):
        urutan = ", ".join(UNSUR_URUTAN_FORMULIR)
        return (Pelanggaran("formulir", f"harus sembilan judul yang berbeda, menurut urutan formulir: {urutan}"),)
    tertanya = dict(zip(UNSUR_URUTAN_FORMULIR, (satu.casefold() for satu in peta.formulir), strict=True))
    return tuple(
        Pelanggaran("formulir", f"pertanyaan {nama} tampak menanyakan {lain}; sarana ke-8, penanganan pengaduan ke-9")
        for nama, lain in (("sarana", "penanganan_pengaduan"), ("penanganan_pengaduan", "sarana"))
        if _TANDA[lain] in tertanya[nama] and _TANDA[nama] not in tertanya[nama]
    )


def _nilai_asing(peta: Peta, register: Register) -> tuple[Pelanggaran, ...]:
    """Values that the fields they are meant for do not take."""
    nilai = [(f"tetap.{nama}", nama, teks) for nama, teks in peta.tetap.items()]
    nilai += [(f"kata.{nama}.{asal}", nama, teks) for nama, kata in peta.kata.items() for asal, teks in kata.items()]
    salah = []
    for kunci, nama, teks in nilai:
        try:
            if nama in register.nama_bidang:
                register[nama].baca(teks)
        except NilaiSalah as galat:
            salah.append(Pelanggaran(kunci, galat.pesan))
    return tuple(salah)
