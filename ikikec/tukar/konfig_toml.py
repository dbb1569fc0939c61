"""Changing single keys of a configuration file; its comments, its order and its style stay as they are."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ikikec.galat import AturanDilanggar, BerkasTakTertulis, NilaiSalah, sebab
from ikikec.tukar.berkas import tulis_berkas

Kunci = tuple[str, ...]
Perubahan = Mapping[Kunci, str | int | list[str] | None]


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
    hasil = _salin(isi)
    _tulis(hasil, perubahan, dict)
    return hasil


def ubah_toml(teks: str, perubahan: Perubahan) -> str:
    """The same for the text of a TOML file.

    Raises NilaiSalah as ``ubah_isi`` does, AturanDilanggar where the file is written in a way that cannot be kept.
    """
    import tomlkit

    harap = ubah_isi(tomllib.loads(teks), perubahan)
    dokumen = tomlkit.parse(teks)
    _tulis(dokumen, perubahan, lambda: tomlkit.table(is_super_table=True))
    hasil = tomlkit.dumps(dokumen)
    if not _sama(hasil, harap):
        raise AturanDilanggar(
            "susunan berkas konfigurasi ini tidak dapat diubah dengan aman", saran="Ubah berkasnya sendiri."
        )
    return hasil


def tulis_konfig(berkas: Path, teks: str) -> None:
    """Write a configuration file whole, its folder too where it is missing; raises BerkasTakTertulis."""
    try:
        berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as galat:
        raise BerkasTakTertulis(
            f"folder {berkas.parent} tidak dapat dibuat: {sebab(galat)}", "Pilih tempat lain dengan --konfig."
        ) from None
    tulis_berkas(berkas, teks.encode())


def _salin(isi: Mapping[str, Any]) -> dict[str, Any]:
    return {nama: _salin(nilai) if isinstance(nilai, Mapping) else nilai for nama, nilai in isi.items()}


def _tulis(isi: Any, perubahan: Perubahan, tabel_baru: Any) -> None:
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


def _masuk(isi: Any, kunci: Kunci, tabel_baru: Any) -> Any:
    """The table that holds the last part of ``kunci``, made where it is missing."""
    for letak, nama in enumerate(kunci[:-1], 1):
        if nama not in isi:
            isi[nama] = tabel_baru()
        # Fetched anew: tomlkit keeps a copy of what it is given.
        isi = isi[nama]
        if not isinstance(isi, Mapping):
            raise NilaiSalah(f"kunci {'.'.join(kunci[:letak])} bukan tabel")
    return isi


def _sama(teks: str, harap: dict[str, Any]) -> bool:
    try:
        return tomllib.loads(teks) == harap
    except tomllib.TOMLDecodeError:
        return False
