"""A change of the configuration under way: the file as it is, what is to be changed, and the result, checked."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ikikec.berkas_toml import TAK_DIKENAL, Kunci, baca_toml, susun, tulis_konfig, ubah_isi, ubah_toml
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran, SalahPakai
from ikikec.istilah import IZIN_BAWAAN
from ikikec.konfigurasi import Konfigurasi

Isi = str | int | list[str]


@dataclass(frozen=True)
class Ubahan:
    """Changes of one configuration file, which need not exist yet; nothing is written before ``simpan``."""

    berkas: Path
    asal: dict[str, Any]
    perubahan: Mapping[Kunci, Isi | None] = field(default_factory=dict)

    @property
    def isi(self) -> dict[str, Any]:
        """What the file will hold."""
        return ubah_isi(self.asal, self.perubahan)

    @property
    def konfig(self) -> Konfigurasi:
        """What it will mean; raises AturanDilanggar naming every wrong key."""
        return susun(Konfigurasi, self.isi, self.berkas)

    def tetapkan(self, kunci: Kunci, teks: str) -> "Ubahan":
        """With a key set to what ``teks`` means there, or removed where that is blank or ``-``.

        Raises NilaiSalah where it is not fit for this key, AturanDilanggar where the file has other faults.
        """
        keluhan: list[str] = []
        for nilai in _calon(teks):
            calon = replace(self, perubahan={**self.perubahan, **self._perubahan(kunci, nilai)})
            try:
                _ = calon.konfig
            except AturanDilanggar as galat:
                milik = [satu.pesan for satu in galat.pelanggaran if _menyangkut(satu, kunci)]
                if not milik:
                    raise
                keluhan += milik
            else:
                return calon
        # "harus bilangan bulat" only tells that this reading of the text was not the one that fits.
        utama = next((satu for satu in keluhan if not satu.startswith("harus ")), keluhan[0])
        raise NilaiSalah(f"kunci {'.'.join(kunci)}: {utama}")

    def simpan(self) -> None:
        """Write the file, its comments kept."""
        teks = self.berkas.read_bytes().decode("utf-8-sig") if os.path.isfile(self.berkas) else ""
        tulis_konfig(self.berkas, ubah_toml(teks, self.perubahan))

    def _perubahan(self, kunci: Kunci, nilai: Isi | None) -> dict[Kunci, Isi | None]:
        """The change of one key. A first kind of permit brings the default list along, which it would replace."""
        berarti = nilai is not None or kunci[-1] in IZIN_BAWAAN
        if kunci[0] == "izin" and len(kunci) == 2 and "izin" not in self.isi and berarti:
            return {**{("izin", nama): hari for nama, hari in IZIN_BAWAAN.items()}, kunci: nilai}
        return {kunci: nilai}


def mulai_ubah(berkas: Path) -> Ubahan:
    """Begin with the file as it is; raises AturanDilanggar where it is no TOML."""
    return Ubahan(berkas, baca_toml(berkas) if os.path.isfile(berkas) else {})


def baca_kunci(teks: str) -> Kunci:
    """A key as it is typed, ``pejabat.camat.nip``; raises SalahPakai where there is no such key."""
    kunci = tuple(bagian.strip() for bagian in teks.split("."))
    if not all(kunci):
        raise SalahPakai(f"kunci {teks!r} tidak dikenali; contoh: kecamatan, pejabat.camat.nip, izin.usaha-mikro")
    try:
        susun(Konfigurasi, ubah_isi({}, {kunci: ""}), Path())
    except AturanDilanggar as galat:
        for satu in galat.pelanggaran:
            if satu.pesan.startswith(TAK_DIKENAL):
                raise SalahPakai(f"kunci {satu.bidang}: {satu.pesan}") from None
            if len(satu.bidang) < len(".".join(kunci)):
                raise SalahPakai(f"kunci {satu.bidang} bukan tabel") from None
    return kunci


def _calon(teks: str) -> Iterator[Isi | None]:
    """What a typed text can mean in TOML, the most literal first; the key tells which of them fits."""
    bersih = teks.strip()
    if bersih in ("", "-"):
        yield None
        return
    yield bersih
    if bersih.removeprefix("-").isdecimal() and bersih.isascii() and len(bersih) < 19:
        yield int(bersih)
    yield [satu.strip() for satu in bersih.split(",") if satu.strip()]


def _menyangkut(pelanggaran: Pelanggaran, kunci: Kunci) -> bool:
    """Whether a complaint is about this key, a part of it, or the table it stands in."""
    tempat, milik = f"{pelanggaran.bidang}.", f"{'.'.join(kunci)}."
    return tempat.startswith(milik) or milik.startswith(tempat)
