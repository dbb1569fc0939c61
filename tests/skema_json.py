"""The JSON Schema of an entry, made from the registers: what docs/jawaban.schema.json must say of them."""

import json
from typing import Any

from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.register import SEMUA, Register

_JENIS = {Jenis.BILANGAN: "integer", Jenis.YA_TIDAK: "boolean"}


def bidang_skema(bidang: Bidang) -> dict[str, Any]:
    """What may stand in a field: its type or words, and null where it may be blank."""
    jenis = _JENIS.get(bidang.jenis, "string")
    # ``ekspor --samarkan`` leaves free text out, even where an entry must have it.
    wajib = (
        (bidang.wajib and not bidang.bebas)
        or bidang.nama == "nomor"
        or bool(bidang.bawaan)
        or bidang.jenis is Jenis.YA_TIDAK
    )
    skema: dict[str, Any] = {"description": bidang.arti, "type": jenis if wajib else [jenis, "null"]}
    if bidang.jenis is Jenis.TANGGAL:
        skema["format"] = "date"
    if bidang.jenis is Jenis.PILIHAN:
        skema["enum"] = [*bidang.kata] if wajib else [*bidang.kata, None]
    if bidang.jenis is Jenis.BILANGAN:
        skema |= {"minimum": bidang.terkecil, "maximum": bidang.terbesar}
    return skema


def register_skema(register: Register) -> dict[str, Any]:
    """An entry of one register: every field of the contract; what else may stand beside is said where it is used."""
    return {
        "title": register.sebutan,
        "type": "object",
        "properties": {bidang.nama: bidang_skema(bidang) for bidang in register.bidang},
        "required": list(register.nama_bidang),
    }


def entri_skema() -> dict[str, Any]:
    """The definitions made from the registers: an entry's fields, the entry as it is, and as ``lihat`` shows it."""
    isi = {f"isi-{register.slug}": register_skema(register) for register in SEMUA.values()}
    entri = {slug: {"$ref": f"#/$defs/isi-{slug}", "unevaluatedProperties": False} for slug in SEMUA}
    return {**isi, **entri, "lihat": {"anyOf": [_lihat(slug) for slug in SEMUA]}}


def _lihat(slug: str) -> dict[str, Any]:
    tambahan: dict[str, Any] = {
        "tenggat": {"anyOf": [{"$ref": "#/$defs/tenggat"}, {"type": "null"}]},
        "riwayat": {"type": "array", "items": {"$ref": "#/$defs/riwayat"}},
    }
    if slug == "pengaduan":
        tambahan["tindak_lanjut"] = {"type": "array", "items": {"$ref": "#/$defs/tindak-lanjut"}}
    return {
        "$ref": f"#/$defs/isi-{slug}",
        "properties": tambahan,
        "required": [*tambahan],
        "unevaluatedProperties": False,
    }


def tata(isi: Any, menjorok: int = 0, depan: int = 0, lebar: int = 118) -> str:
    """``isi`` as JSON: on one line what fits there, else a member a line."""
    sebaris = json.dumps(isi, ensure_ascii=False)
    if menjorok + depan + len(sebaris) <= lebar or not isinstance(isi, dict | list) or not isi:
        return sebaris
    buka, tutup = "{}" if isinstance(isi, dict) else "[]"
    pasangan = (
        [(f"{json.dumps(nama)}: ", satu) for nama, satu in isi.items()]
        if isinstance(isi, dict)
        else [("", satu) for satu in isi]
    )
    baris = [
        f"{' ' * (menjorok + 1)}{nama}{tata(satu, menjorok + 1, len(nama) + 1, lebar)}" for nama, satu in pasangan
    ]
    return "\n".join([buka, ",\n".join(baris), " " * menjorok + tutup])
