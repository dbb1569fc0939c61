"""``ikikec daftar``: the entries of one register, all or those asked for."""

import sys
from collections.abc import Callable
from datetime import timedelta
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.buku.register import SEMUA, Jenis, Nilai, Register
from ikikec.cli import pelengkap
from ikikec.cli.akar import YA_TIDAK, Perintah
from ikikec.cli.opsi import argumen_register, baca_opsi, bertanda_tangan, opsi_keluaran, pembaca
from ikikec.cli.sesi import Sesi
from ikikec.galat import NilaiSalah, SalahPakai
from ikikec.periode import baca_periode

if TYPE_CHECKING:
    from ikikec.buku.saringan import Saringan

BENTUK = ("tabel", "csv", "json")

# The coded fields of all registers, by which a list can be narrowed, each with the registers that have it.
BERKODE: dict[str, list[Register]] = {
    bidang.nama: [satu for satu in SEMUA.values() if bidang.nama in satu.nama_bidang]
    for register in SEMUA.values()
    for bidang in register.isian
    if bidang.jenis in (Jenis.PILIHAN, Jenis.YA_TIDAK) or bidang.nama == "jenis"
}


def daftarkan(app: typer.Typer) -> None:
    """Add ``daftar`` to the program."""
    app.command(
        "daftar",
        cls=Perintah,
        help="Tampilkan daftar entri satu register: semuanya, menurut periode, atau yang disaring.",
        epilog="ikikec daftar pengaduan --terlambat\n"
        "ikikec daftar rekomendasi --belum-selesai --urut batas --maks 10\n"
        "ikikec daftar survei --periode 2026-T3 -O csv",
    )(_perintah())


def _perintah() -> Callable[..., None]:
    def daftar(ctx: typer.Context, register: Register, keluaran: str | None, **pilihan: Any) -> None:
        _daftar(ctx.obj, register, keluaran, pilihan)

    return bertanda_tangan(
        daftar,
        [
            Parameter(
                "register", Parameter.POSITIONAL_OR_KEYWORD, annotation=Annotated[Register, argumen_register()]
            ),
            _opsi(
                "periode",
                str | None,
                typer.Option(metavar="PERIODE", help="Menurut tanggal entri.", autocompletion=pelengkap.periode),
            ),
            _opsi("belum_selesai", bool, typer.Option("--belum-selesai", help="Yang belum selesai saja."), False),
            _opsi("terlambat", bool, typer.Option("--terlambat", help="Yang belum selesai dan lewat batas."), False),
            _opsi("jatuh_tempo", int | None, _bilangan("--jatuh-tempo", "Yang batasnya dalam N hari ke depan.")),
            _opsi("batal", bool, typer.Option("--batal", help="Yang dibatalkan saja."), False),
            *(_opsi(nama, str | None, _berkode(nama)) for nama in BERKODE),
            _opsi(
                "urut",
                str | None,
                typer.Option(
                    metavar="[-]ISIAN",
                    help="Urut menurut isian; - dari yang terbesar.",
                    autocompletion=pelengkap.nama_isian,
                ),
            ),
            _opsi("maks", int | None, _bilangan("--maks", "Paling banyak N entri.")),
            _opsi("keluaran", str | None, opsi_keluaran(BENTUK)),
        ],
    )


def _opsi(nama: str, jenis: Any, opsi: Any, bawaan: Any = None) -> Parameter:
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=bawaan, annotation=Annotated[jenis, opsi])


def _bilangan(nama: str, bantuan: str) -> Any:
    def baca(teks: str) -> int:
        if not (teks.isascii() and teks.isdecimal() and len(teks) <= 6):
            raise NilaiSalah(f"{teks!r} bukan bilangan bulat 0 atau lebih")
        return int(teks)

    return typer.Option(nama, parser=pembaca(baca), metavar="N", help=bantuan, show_default=False)


def _berkode(nama: str) -> Any:
    """The option of one coded field, its value read once the register is known."""
    milik = BERKODE[nama]
    bidang = milik[-1][nama]
    metavar = YA_TIDAK if bidang.jenis is Jenis.YA_TIDAK else "KATA"
    bantuan = f"{bidang.arti} ({', '.join(register.slug for register in milik)})"
    usul = pelengkap.isian(milik, nama)
    return typer.Option(bidang.opsi, metavar=metavar, help=bantuan, show_default=False, autocompletion=usul)


def _daftar(sesi: Sesi, register: Register, keluaran: str | None, pilihan: dict[str, Any]) -> None:
    from ikikec.cli import tampil
    from ikikec.lembar.json import tulis_json

    saringan = _saringan(sesi, register, pilihan)
    with sesi.bacaan() as bacaan:
        entri = bacaan.daftar(register, saringan)
        bentuk = keluaran or ("tabel" if sys.stdout.isatty() else "csv")
        if bentuk == "csv":
            tampil.kirim(tampil.baris_csv(register, entri), None)
        elif bentuk == "json":
            print(tulis_json([tampil.entri_json(register, satu) for satu in entri]), end="")
        else:
            tampil.tabel_entri(register, entri)


def _saringan(sesi: Sesi, register: Register, pilihan: dict[str, Any]) -> "Saringan":
    from ikikec.buku.saringan import Saringan

    periode, hari = pilihan["periode"], pilihan["jatuh_tempo"]
    berkode = {nama: isi for nama in BERKODE if (isi := pilihan[nama]) is not None}
    return Saringan(
        periode=None if periode is None else baca_periode(periode, sesi.hari_ini),
        belum_selesai=pilihan["belum_selesai"],
        terlambat_pada=sesi.hari_ini if pilihan["terlambat"] else None,
        jatuh_tempo=None if hari is None else (sesi.hari_ini, sesi.hari_ini + timedelta(days=hari)),
        batal=pilihan["batal"],
        sama={nama: _baca_berkode(register, nama, isi) for nama, isi in berkode.items()},
        urut=pilihan["urut"] or "",
        maks=pilihan["maks"],
    )


def _baca_berkode(register: Register, nama: str, isi: str) -> Nilai:
    opsi = f"--{nama.replace('_', '-')}"
    if nama not in register.nama_bidang:
        raise SalahPakai(f"opsi {opsi} bukan isian {register.sebutan}")
    nilai = baca_opsi(register[nama], isi)
    if nilai is None:
        raise NilaiSalah(f"opsi {opsi}: tidak boleh kosong")
    return nilai
