"""A change of the configuration under way: the file as it is, what is to be changed, and the result, checked.

Comments and the order of lines stay as they are.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_origin

from ikikec.berkas import buat_folder, tulis_berkas
from ikikec.berkas_toml import TAK_DIKENAL, baca_toml, jenis_dalam, jenis_kunci, susun
from ikikec.galat import AturanDilanggar, BerkasTakTertulis, NilaiSalah, Pelanggaran, SalahPakai, sebab
from ikikec.istilah import IZIN_BAWAAN
from ikikec.konfigurasi import Konfigurasi

Isi = str | int | bool | list[str]
# How a key of yes or no is typed, besides TOML's own words.
_YA_TIDAK = {"ya": True, "tidak": False, "true": True, "false": False}
Kunci = tuple[str, ...]
Perubahan = Mapping[Kunci, Isi | None]


@dataclass(frozen=True)
class Ubahan:
    """Changes of one configuration file, which need not exist yet; nothing is written before ``simpan``."""

    berkas: Path
    asal: dict[str, Any]
    perubahan: Perubahan = field(default_factory=dict)

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
        baru = replace(self, perubahan={**self.perubahan, **self._perubahan(kunci, _baca_nilai(kunci, teks))})
        try:
            _ = baru.konfig
        except AturanDilanggar as galat:
            keluhan = next((satu for satu in galat.pelanggaran if _menyangkut(satu, kunci)), None)
            if keluhan is None:
                raise
            raise NilaiSalah(f"kunci {'.'.join(kunci)}: {keluhan.pesan}") from None
        return baru

    def simpan(self) -> None:
        """Write the file whole, its comments kept, its folder too where it is missing; raises BerkasTakTertulis."""
        teks = self.berkas.read_bytes().decode("utf-8-sig") if os.path.isfile(self.berkas) else ""
        baru = ubah_toml(teks, self.perubahan).encode()
        try:
            buat_folder(self.berkas.parent)
        except OSError as galat:
            raise BerkasTakTertulis(
                f"folder {self.berkas.parent} tidak dapat dibuat: {sebab(galat)}",
                "Pilih tempat lain dengan --konfig.",
            ) from None
        tulis_berkas(self.berkas, [baru], boleh=(".toml",))

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


def _baca_nilai(kunci: Kunci, teks: str) -> Isi | None:
    """What a typed text means for this key: a list, a yes or no or a whole number where its type is that."""
    bersih = teks.strip()
    if bersih in ("", "-"):
        return None
    jenis = jenis_kunci(Konfigurasi, kunci)
    if get_origin(jenis) is tuple:
        # A line of a letterhead may have commas.
        return [satu.strip() for satu in bersih.split("|" if "|" in bersih else ",") if satu.strip()]
    if jenis is bool:
        return _YA_TIDAK.get(bersih.casefold(), bersih)
    bilangan = bersih.removeprefix("-").isdecimal() and bersih.isascii() and len(bersih) < 19
    return int(bersih) if bilangan and str not in jenis_dalam(jenis) else bersih


def _menyangkut(pelanggaran: Pelanggaran, kunci: Kunci) -> bool:
    """Whether a complaint is about this key, a part of it, or the table it stands in."""
    tempat, milik = f"{pelanggaran.bidang}.", f"{'.'.join(kunci)}."
    return tempat.startswith(milik) or milik.startswith(tempat)


def daun(isi: Mapping[str, Any], awalan: Kunci = ()) -> dict[Kunci, Any]:
    """Every value that is no table, by its whole key."""
    hasil: dict[Kunci, Any] = {}
    for nama, nilai in isi.items():
        hasil |= daun(nilai, (*awalan, nama)) if isinstance(nilai, Mapping) else {(*awalan, nama): nilai}
    return hasil


def ubah_isi(isi: Mapping[str, Any], perubahan: Perubahan) -> dict[str, Any]:
    """``isi`` with keys set, or removed where the value is None.

    Raises NilaiSalah where a key leads through something that is no table.
    """
    hasil = deepcopy(dict(isi))
    _tulis(hasil, perubahan, lambda _induk: {})
    return hasil


def ubah_toml(teks: str, perubahan: Perubahan) -> str:
    """The same for the text of a TOML file.

    Raises NilaiSalah as ``ubah_isi`` does, AturanDilanggar where the file is written in a way that cannot be kept.
    """
    harap = ubah_isi(tomllib.loads(teks), perubahan)
    hasil = _ubah_dokumen(teks, perubahan)
    # tomlkit puts some keys of unusual files (dotted keys beside tables) into the wrong table.
    if hasil is None or daun(tomllib.loads(hasil)) != daun(harap):
        raise AturanDilanggar(
            "susunan berkas konfigurasi ini tidak dapat diubah dengan aman",
            saran="Ubah sendiri dengan penyunting teks.",
        )
    return hasil


def _ubah_dokumen(teks: str, perubahan: Perubahan) -> str | None:
    """The changed text, None where tomlkit cannot make it."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import InlineTable

    def tabel_baru(induk: Any) -> Any:
        return tomlkit.inline_table() if isinstance(induk, InlineTable) else tomlkit.table(is_super_table=True)

    try:
        dokumen = tomlkit.parse(teks)
        _tulis(dokumen, perubahan, tabel_baru)
        hasil = tomlkit.dumps(dokumen)
        tomllib.loads(hasil)
    except (TOMLKitError, ValueError):
        return None
    return hasil


def _tulis(isi: Any, perubahan: Perubahan, tabel_baru: Callable[[Any], Any]) -> None:
    for kunci, nilai in perubahan.items():
        if nilai is not None:
            _masuk(isi, kunci, tabel_baru)[kunci[-1]] = nilai
        elif _ada(isi, kunci):
            del _masuk(isi, kunci, tabel_baru)[kunci[-1]]


def _ada(isi: Any, kunci: Kunci) -> bool:
    for nama in kunci:
        if not isinstance(isi, Mapping) or nama not in isi:
            return False
        isi = isi[nama]
    return True


def _masuk(isi: Any, kunci: Kunci, tabel_baru: Callable[[Any], Any]) -> Any:
    """The table that holds the last part of ``kunci``, made where it is missing."""
    for letak, nama in enumerate(kunci[:-1], 1):
        if nama not in isi:
            isi[nama] = tabel_baru(isi)
        # Fetched anew: tomlkit keeps a copy of what it is given.
        isi = isi[nama]
        if not isinstance(isi, Mapping):
            raise NilaiSalah(f"kunci {'.'.join(kunci[:letak])} bukan tabel")
    return isi
