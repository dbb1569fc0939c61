"""``ikikec daftar``: the entries of one register, all or those asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.register import SEMUA, Register
from ikikec.cli import lengkapi
from ikikec.cli.keluaran import Bentuk, pilih_tujuan
from ikikec.cli.opsi import (
    argumen_register,
    baca_opsi,
    bertanda_tangan,
    bidang_tersebut,
    opsi_berkas,
    opsi_bilangan,
    opsi_keluaran,
    opsi_periode,
    parameter_bersama,
    saklar,
)
from ikikec.cli.sesi import Sesi
from ikikec.galat import NilaiSalah
from ikikec.periode import baca_periode
from ikikec.tanggal import tanggal_panjang

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan
    from ikikec.buku.saring import Saringan


@dataclass(frozen=True, slots=True)
class Daftar:
    """What a list shows: the entries of a register, read as they are written, and what they were narrowed to."""

    sesi: Sesi
    register: Register
    entri: Iterable[Mapping[str, Nilai]]
    saringan: str
    dengan_identitas: bool


def _tampil(daftar: Daftar) -> None:
    from ikikec.cli.keluaran import tabel_entri

    daftar.sesi.kabar(f"{tabel_entri(daftar.register, daftar.entri)} entri")


def _tabel(daftar: Daftar, _templat: Path | None) -> str:
    from ikikec.cli.keluaran import susun_tabel
    from ikikec.lembar.tabel import teks_polos

    return teks_polos(susun_tabel(daftar.register, daftar.entri))


def _csv(daftar: Daftar, _templat: Path | None) -> Iterator[str]:
    from ikikec.tukar.csv import baris_csv

    return baris_csv(daftar.register, daftar.entri)


def _json(daftar: Daftar, _templat: Path | None) -> str:
    from ikikec.tukar.json import tulis_json

    return tulis_json([daftar.register.json(satu) for satu in daftar.entri])


def _cetak(daftar: Daftar, templat: Path | None, *, html: bool) -> str:
    from ikikec.lembar.naskah import cetak_agenda, susun_agenda

    konfig, dengan_identitas = daftar.sesi.konfig, daftar.dengan_identitas
    isi = susun_agenda(daftar.register, daftar.entri, konfig, daftar.saringan, dengan_identitas=dengan_identitas)
    return cetak_agenda(isi, templat, html=html)


BENTUK: tuple[Bentuk[Daftar], ...] = (
    Bentuk("tabel", _tabel, (".txt",), tampil=_tampil),
    Bentuk("csv", _csv, (".csv",)),
    Bentuk("json", _json, (".json",)),
    Bentuk("md", lambda daftar, templat: _cetak(daftar, templat, html=False), (".md",)),
    Bentuk("html", lambda daftar, templat: _cetak(daftar, templat, html=True), (".html", ".htm")),
)

# The coded fields of all registers, by which a list can be narrowed, each with the registers that have it.
BERKODE: dict[str, list[Register]] = {
    bidang.nama: [satu for satu in SEMUA.values() if bidang.nama in satu.nama_bidang]
    for register in SEMUA.values()
    for bidang in register.isian
    if bidang.jenis in (Jenis.PILIHAN, Jenis.YA_TIDAK) or bidang.nama == "jenis"
}


def perintah_daftar(_nama: str) -> Callable[..., None]:
    """The command ``daftar``."""

    def daftar(
        ctx: typer.Context, register: Register, keluaran: str | None, berkas: str | None, **pilihan: Any
    ) -> None:
        _daftar(ctx.obj, register, keluaran, berkas, pilihan)

    register = Annotated[Register, argumen_register()]
    return bertanda_tangan(
        daftar,
        [
            Parameter("register", Parameter.POSITIONAL_OR_KEYWORD, annotation=register),
            _opsi("periode", str | None, opsi_periode("Menurut tanggal entri.")),
            *(saklar(nama, bantuan) for nama, bantuan in _SAKLAR.items()),
            _opsi("jatuh_tempo", int | None, _JATUH_TEMPO),
            *(parameter_bersama(nama, milik, "KATA") for nama, milik in BERKODE.items()),
            _opsi("urut", str | None, _URUT),
            _opsi("maks", int | None, opsi_bilangan("--maks", "Paling banyak N entri.", 0)),
            _opsi("keluaran", str | None, opsi_keluaran([satu.nama for satu in BENTUK])),
            _opsi("berkas", str | None, opsi_berkas()),
        ],
    )


_JATUH_TEMPO = opsi_bilangan("--jatuh-tempo", "Yang batasnya dalam N hari kerja ke depan.", 0)
_URUT = typer.Option(
    metavar="[-]ISIAN", help="Urut menurut isian; - dari yang terbesar.", autocompletion=lengkapi.nama_isian
)
_SAKLAR = {
    "belum_selesai": "Yang belum selesai saja.",
    "terlambat": "Yang belum selesai dan lewat batas.",
    "batal": "Yang dibatalkan saja.",
    "dengan_identitas": "Di md dan html: sertakan nama, kontak, alamat, dan uraian warga.",
}


def _opsi(nama: str, jenis: Any, opsi: Any, bawaan: Any = None) -> Parameter:
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=bawaan, annotation=Annotated[jenis, opsi])


def _daftar(
    sesi: Sesi, register: Register, keluaran: str | None, berkas: str | None, pilihan: dict[str, Any]
) -> None:
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas)
    with sesi.bacaan() as bacaan:
        saringan = _saringan(sesi, register, pilihan, bacaan)
        entri = bacaan.daftar(register, saringan)
        isi = Daftar(sesi, register, entri, _sebut(pilihan, saringan), dengan_identitas=pilihan["dengan_identitas"])
        tujuan.kirim(isi, sesi.templat(None))


def _sebut(pilihan: dict[str, Any], saringan: "Saringan") -> str:
    """What the list was narrowed to, in words for its heading."""
    kata = [saringan.periode.label] if saringan.periode else []
    kata += [nama.replace("_", " ") for nama in ("belum_selesai", "terlambat", "batal") if pilihan[nama]]
    if saringan.jatuh_tempo:
        kata.append(f"jatuh tempo sampai {tanggal_panjang(saringan.jatuh_tempo[1])}")
    kata += [f"{nama.replace('_', ' ')} {pilihan[nama]}" for nama in saringan.sama]
    return ", ".join(kata) or "semua entri"


def _saringan(sesi: Sesi, register: Register, pilihan: dict[str, Any], bacaan: "Bacaan") -> "Saringan":
    from ikikec.buku.saring import Saringan

    periode, hari = pilihan["periode"], pilihan["jatuh_tempo"]
    berkode = {nama: isi for nama in BERKODE if (isi := pilihan[nama]) is not None}
    return Saringan(
        periode=None if periode is None else baca_periode(periode, sesi.hari_ini),
        belum_selesai=pilihan["belum_selesai"],
        terlambat_pada=sesi.hari_ini if pilihan["terlambat"] else None,
        jatuh_tempo=None if hari is None else (sesi.hari_ini, sesi.hari_kerja_ke(bacaan, hari)),
        batal=pilihan["batal"],
        sama={nama: _baca_berkode(register, nama, isi) for nama, isi in berkode.items()},
        urut=pilihan["urut"] or "",
        maks=pilihan["maks"],
    )


def _baca_berkode(register: Register, nama: str, isi: str) -> Nilai:
    bidang = bidang_tersebut(register, nama)
    nilai = baca_opsi(bidang, isi)
    if nilai is None:
        raise NilaiSalah(f"opsi {bidang.opsi}: tidak boleh kosong")
    return nilai
