"""Positions as data: TOML files with each sheet's wording and the measures that fill it.

The three that come with the program follow the office's own sheets of 2019. An office's folder ``jabatan`` beside its
configuration may add positions, or replace one by a file of the same name.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo

from ikikec.bahasa import deret, titik_titik
from ikikec.berkas_toml import Bagian, baca_toml, salah_satu, susun
from ikikec.galat import SalahPakai
from ikikec.istilah import Arah
from ikikec.kinerja.definisi import tak_dikenal
from ikikec.kinerja.ukuran import DaftarUkuran, Ukuran
from ikikec.konfigurasi import Konfigurasi, Terisi
from ikikec.letak import SEMUA_JABATAN, berkas_jabatan


def _ukuran(nama: object, info: ValidationInfo) -> Ukuran:
    """The measure of that name among those in force."""
    dikenal: DaftarUkuran = info.context or {}
    return dikenal[salah_satu("ukuran", tuple(dikenal))(nama)]


class Butir(Bagian):
    """One indicator of a sheet: its number, wording, the measure that fills it, and which figure is better."""

    nomor: Terisi
    uraian: Terisi
    formulasi: Terisi
    sumber: Terisi
    ukuran: Annotated[Ukuran, PlainValidator(_ukuran)]
    arah: Annotated[Arah, BeforeValidator(salah_satu("arah", tuple(Arah)))] = Arah.BESAR


class Sasaran(Bagian):
    """A goal and the indicators grouped under its number."""

    nomor: Terisi
    uraian: Terisi
    indikator: Annotated[tuple[Butir, ...], Field(min_length=1)]


class Penanda(Bagian):
    """Who signs: the key of the configuration's ``[pejabat]`` table, and the title above the name."""

    pejabat: Terisi
    sebutan: Terisi


class TandaTangan(Bagian):
    """The signature block: the superior on the left, the maker on the right."""

    mengetahui: Penanda
    pembuat: Penanda


class Jabatan(Bagian):
    """One position; ``slug`` is its file's name without the ending, ``urutan`` its place in lists."""

    slug: Terisi
    nama: Terisi
    urutan: int = 100
    tugas: Annotated[tuple[Terisi, ...], Field(min_length=1)]
    fungsi: tuple[Terisi, ...] = ()
    tanda_tangan: TandaTangan
    sasaran: Annotated[tuple[Sasaran, ...], Field(min_length=1)]

    @property
    def butir(self) -> tuple[Butir, ...]:
        """Its indicators in order."""
        return tuple(butir for sasaran in self.sasaran for butir in sasaran.indikator)


def cari_butir(semua: dict[str, Jabatan], slug: str, nomor: str) -> Butir:
    """One indicator of one position; raises SalahPakai naming the known positions, or its known indicators."""
    butir = {satu.nomor: satu for satu in cari_jabatan(semua, slug).butir}
    if nomor not in butir:
        raise SalahPakai(f"jabatan {slug} tidak punya indikator {nomor!r}; pilihannya {deret(butir)}")
    return butir[nomor]


def cari_jabatan(semua: dict[str, Jabatan], slug: str) -> Jabatan:
    """The position of that slug; raises SalahPakai naming the known ones."""
    return semua[_dikenal(slug, tuple(semua))]


def _dikenal(slug: str, dikenal: Sequence[str]) -> str:
    if slug not in dikenal:
        raise SalahPakai(tak_dikenal("jabatan", slug, dikenal))
    return slug


def muat_jabatan(konfig: Konfigurasi, folder_kantor: Path, ukuran: DaftarUkuran) -> dict[str, Jabatan]:
    """Every position by slug, in order, ``{kecamatan}`` and ``{kabupaten}`` in their texts filled in.

    ``folder_kantor`` is the office's own folder of positions, which need not exist; ``ukuran`` are the measures in
    force. Raises AturanDilanggar naming file and key where one cannot be used.
    """
    semua = (muat_satu(slug, satu, konfig, ukuran) for slug, satu in berkas_jabatan(folder_kantor).items())
    return {jabatan.slug: jabatan for jabatan in sorted(semua, key=lambda satu: (satu.urutan, satu.slug))}


def pilih_jabatan(semua: dict[str, Jabatan], slug: str) -> tuple[Jabatan, ...]:
    """The position of that slug, or all for ``semua``; raises SalahPakai naming the known ones otherwise."""
    terpilih = _dikenal(slug, (*semua, SEMUA_JABATAN))
    return tuple(semua.values()) if terpilih == SEMUA_JABATAN else (semua[terpilih],)


def muat_satu(slug: str, berkas: Path, konfig: Konfigurasi, ukuran: DaftarUkuran) -> Jabatan:
    """One position from its file; raises AturanDilanggar naming file and key where it cannot be used."""
    isi = _isi_nama(baca_toml(berkas), konfig)
    return susun(Jabatan, {**isi, "slug": slug}, berkas, ukuran)


def _isi_nama(isi: Any, konfig: Konfigurasi) -> Any:
    if isinstance(isi, str):
        kecamatan, kabupaten = titik_titik(konfig.kecamatan), titik_titik(konfig.kabupaten)
        return isi.replace("{kecamatan}", kecamatan).replace("{kabupaten}", kabupaten)
    if isinstance(isi, dict):
        return {kunci: _isi_nama(nilai, konfig) for kunci, nilai in isi.items()}
    if isinstance(isi, list):
        return [_isi_nama(nilai, konfig) for nilai in isi]
    return isi
