"""Changing single keys of a configuration file; its comments, its order and its style stay as they are."""

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ikikec.berkas import buat_folder, tulis_berkas
from ikikec.galat import AturanDilanggar, BerkasTakTertulis, NilaiSalah, sebab

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


def tulis_konfig(berkas: Path, teks: str) -> None:
    """Write a configuration file whole, its folder too where it is missing; raises BerkasTakTertulis."""
    try:
        buat_folder(berkas.parent)
    except OSError as galat:
        raise BerkasTakTertulis(
            f"folder {berkas.parent} tidak dapat dibuat: {sebab(galat)}", "Pilih tempat lain dengan --konfig."
        ) from None
    tulis_berkas(berkas, [teks.encode()], boleh=(".toml",))


def _salin(isi: Mapping[str, Any]) -> dict[str, Any]:
    return {nama: _salin(nilai) if isinstance(nilai, Mapping) else nilai for nama, nilai in isi.items()}


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
