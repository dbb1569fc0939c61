"""The JSON Schema of an entry, made from the registers: what docs/jawaban.schema.json must say of them."""

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
    """An entry of one register: every field of the contract, nothing else."""
    return {
        "title": register.sebutan,
        "type": "object",
        "properties": {bidang.nama: bidang_skema(bidang) for bidang in register.bidang},
        "required": list(register.nama_bidang),
        "additionalProperties": False,
    }


def entri_skema() -> dict[str, Any]:
    """The entries of all registers, by the names they have among the definitions."""
    return {register.slug: register_skema(register) for register in SEMUA.values()}
