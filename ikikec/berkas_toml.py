"""TOML files: read into a checked value, every wrong key named in Indonesian; single keys of one changed.

Serves the configuration and the positions alike. What is changed keeps its comments, its order and its style.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ikikec.bahasa import terdekat
from ikikec.berkas import buat_folder, tulis_berkas
from ikikec.galat import AturanDilanggar, BerkasTakTertulis, NilaiSalah, Pelanggaran, SalahPakai, sebab


class Bagian(BaseModel):
    """Base of everything read from TOML: frozen, unknown keys refused, texts trimmed."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _tanpa_kendali(cls, nilai: Any) -> Any:
        """Control characters would reach the terminal and the sheets."""
        for teks in nilai if isinstance(nilai, list) else [nilai]:
            if isinstance(teks, str) and not all(huruf.isprintable() or huruf in "\n\t" for huruf in teks):
                raise ValueError("memuat huruf kendali; ketik ulang teksnya")
        return nilai


M = TypeVar("M", bound=Bagian)


def baca_toml(berkas: Path) -> dict[str, Any]:
    """The content of a TOML file; raises SalahPakai where it cannot be read, AturanDilanggar where it is no TOML."""
    import tomllib

    try:
        # The line end lets tomllib name the line of a fault at the end, too.
        return tomllib.loads(berkas.read_bytes().decode("utf-8-sig") + "\n")
    except OSError as galat:
        raise SalahPakai(f"berkas {berkas} tidak dapat dibaca: {sebab(galat)}") from None
    except UnicodeDecodeError:
        raise AturanDilanggar(f"berkas {berkas} bukan teks UTF-8") from None
    except tomllib.TOMLDecodeError as galat:
        raise _bukan_toml(berkas, str(galat)) from None


_TEMPAT = re.compile(r"\(at line (\d+), column (\d+)\)$")
_SINTAKS = {
    "Cannot": "kunci atau tabel ini sudah ada di atasnya",
    "Expected '=' after": "sesudah nama kunci harus ada =",
    "Expected newline": "ada yang berlebih sesudah nilainya",
    "Expected ']'": "tabel atau daftar belum ditutup dengan ]",
    "Unclosed": "daftar belum ditutup",
    "Invalid hex": "tanda \\ di dalam teks ditulis dua kali",
    "Unescaped": "tanda \\ di dalam teks ditulis dua kali",
    "Unterminated": "teks belum ditutup tanda kutip",
    "Illegal character": "teks belum ditutup tanda kutip, atau memuat huruf kendali",
    "Invalid value": "nilainya tidak dapat dibaca; teks ditulis di antara tanda kutip",
}


def _bukan_toml(berkas: Path, pesan: str) -> AturanDilanggar:
    """What ``tomllib`` says in English, with the place it names."""
    letak = _TEMPAT.search(pesan)
    tempat = f"baris {letak[1]}, huruf {letak[2]}" if letak else "akhir berkas"
    arti = next((kita for awal, kita in _SINTAKS.items() if pesan.startswith(awal)), "tidak dapat dibaca")
    return AturanDilanggar(
        f"isi {berkas} tidak dapat dipakai:",
        (Pelanggaran(tempat, f"bukan TOML yang benar; {arti}"),),
        'Betulkan dengan penyunting teks; setiap baris berbentuk: kunci = "nilai".',
    )


def susun(model: type[M], isi: Mapping[str, Any], berkas: Path) -> M:
    """Check what a TOML file holds; raises AturanDilanggar naming every wrong key of ``berkas``."""
    try:
        return model.model_validate(isi)
    except ValidationError as galat:
        pelanggaran = tuple(_jelaskan(model, satu) for satu in galat.errors())
        raise AturanDilanggar(f"isi {berkas} tidak dapat dipakai:", pelanggaran) from None


TAK_DIKENAL = "kunci ini tidak dikenal"
_PESAN = {
    "missing": "wajib diisi",
    "string_type": "harus teks di antara tanda kutip",
    "int_type": "harus bilangan bulat",
    "bool_type": "harus true atau false",
    "int_from_float": "harus bilangan bulat",
    "int_parsing": "harus bilangan bulat",
    "greater_than_equal": "paling kecil {ge}",
    "less_than_equal": "paling besar {le}",
    "dict_type": "harus berupa tabel [ … ]",
    "model_type": "harus berupa tabel [ … ]",
    "tuple_type": "harus berupa daftar di antara [ dan ]",
    "too_short": "tidak boleh kosong",
    "string_too_short": "tidak boleh kosong",
    "string_pattern_mismatch": "bentuknya tidak sesuai",
}


def _jelaskan(model: type[BaseModel], galat: Any) -> Pelanggaran:
    letak = galat["loc"]
    if letak[-1] == "[key]":
        return Pelanggaran(".".join(map(str, letak[:-2])), "nama kunci di dalamnya tidak boleh kosong")
    kunci = ".".join(str(bagian) for bagian in letak)
    if galat["type"] == "extra_forbidden":
        return Pelanggaran(kunci, f"{TAK_DIKENAL}{terdekat(str(letak[-1]), _dikenal(model, letak[:-1]))}")
    if galat["type"] == "value_error":
        return Pelanggaran(kunci, str(galat["ctx"]["error"]))
    pola = _PESAN.get(galat["type"], "nilainya tidak dapat dipakai")
    return Pelanggaran(kunci, pola.format(**galat.get("ctx", {})))


def _dikenal(model: type[BaseModel], letak: Sequence[str | int]) -> list[str]:
    """The keys that may stand at ``letak`` of the file: those of the model found by walking down to it."""
    for bagian in letak:
        if isinstance(bagian, str) and bagian in model.model_fields:
            isi = model.model_fields[bagian].annotation
            model = next((jenis for jenis in _jenis_di_dalam(isi) if issubclass(jenis, BaseModel)), model)
    return [bidang.alias or nama for nama, bidang in model.model_fields.items()]


def _jenis_di_dalam(anotasi: Any) -> list[type]:
    if isinstance(anotasi, type) and not getattr(anotasi, "__args__", ()):
        return [anotasi]
    return [jenis for bagian in getattr(anotasi, "__args__", ()) for jenis in _jenis_di_dalam(bagian)]


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
    hasil = deepcopy(dict(isi))
    _tulis(hasil, perubahan, lambda _induk: {})
    return hasil


def ubah_toml(teks: str, perubahan: Perubahan) -> str:
    """The same for the text of a TOML file.

    Raises NilaiSalah as ``ubah_isi`` does, AturanDilanggar where the file is written in a way that cannot be kept.
    """
    import tomllib

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
    import tomllib

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
