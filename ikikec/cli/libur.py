"""``ikikec libur``: the year's free days, which move every deadline that is still to be written."""

from datetime import date
from typing import Annotated

import typer

from ikikec.cli import pelengkap
from ikikec.cli.akar import Kelompok, Perintah
from ikikec.cli.nilai import pembaca
from ikikec.cli.opsi import baca_terisi, opsi_alasan, opsi_keluaran, parser_tanggal
from ikikec.cli.sesi import Sesi
from ikikec.galat import NilaiSalah
from ikikec.tanggal import hari_tanggal, tahun_wajar

_CONTOH = "ikikec libur daftar 2026\nikikec libur tambah 2026-12-04 --nama Pilkada"

app = typer.Typer(
    cls=Kelompok,
    name="libur",
    help="Hari libur setahun: lihat, tambah, hapus, atau muat.",
    epilog=_CONTOH,
    rich_markup_mode=None,
    subcommand_metavar="PERINTAH …",
)


def _baca_tahun(teks: str) -> int:
    if not (teks.isascii() and teks.isdecimal() and len(teks) == 4):
        raise NilaiSalah(f"tahun {teks!r} tidak dikenali; tulis empat angka, misalnya 2026")
    return tahun_wajar(int(teks))


_TAHUN = typer.Argument(parser=pembaca(_baca_tahun), metavar="TAHUN", help="Empat angka.", show_default=False)
_TANGGAL = typer.Argument(
    parser=parser_tanggal,
    metavar="TANGGAL",
    help="Harinya.",
    show_default=False,
    autocompletion=pelengkap.kata(pelengkap.KATA_TANGGAL),
)


@app.command(
    "daftar",
    cls=Perintah,
    help="Tampilkan hari libur setahun. [bawaan: tahun ini]",
    epilog="ikikec libur daftar\nikikec libur daftar 2027",
)
def daftar(
    ctx: typer.Context,
    tahun: Annotated[int | None, _TAHUN] = None,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """List a year's free days."""
    from ikikec.cli.tampil import pasangan
    from ikikec.tukar.json import tulis_json

    sesi: Sesi = ctx.obj
    dicari = tahun or sesi.hari_ini.year
    with sesi.bacaan() as bacaan:
        hari = bacaan.libur(dicari)
    if hari is None:
        sesi.kabar(f"Hari libur {dicari} belum dimuat; muat dengan: ikikec libur muat {dicari}")
    if keluaran == "json":
        isi = [satu._asdict() for satu in hari or []]
        print(tulis_json(isi), end="")
        return
    for satu in hari or []:
        keterangan = "" if satu.berlaku else " – dihapus, hari kerja"
        pasangan([(f"{hari_tanggal(satu.tanggal):<28}", f"{satu.nama} ({satu.jenis}){keterangan}")])


@app.command(
    "tambah",
    cls=Perintah,
    help="Tambahkan hari libur kantor atau yang baru ditetapkan pemerintah.",
    epilog="ikikec libur tambah 2026-12-04 --nama Pilkada",
)
def tambah(
    ctx: typer.Context,
    tanggal: Annotated[date, _TANGGAL],
    nama: Annotated[
        str,
        typer.Option(
            "--nama", parser=pembaca(baca_terisi), metavar="TEKS", help="Nama hari libur.", show_default=False
        ),
    ],
) -> None:
    """Add a free day."""
    hari = ctx.obj.buku().ubah_libur(tanggal, nama, None)
    _kabarkan(ctx.obj, hari.tanggal, f"libur: {hari.nama}")


@app.command(
    "hapus",
    cls=Perintah,
    help="Jadikan satu hari libur hari kerja lagi.",
    epilog='ikikec libur hapus 2026-12-24 --alasan "cuti bersama dicabut"',
)
def hapus(ctx: typer.Context, tanggal: Annotated[date, _TANGGAL], alasan: Annotated[str, opsi_alasan()]) -> None:
    """Take a free day back."""
    hari = ctx.obj.buku().ubah_libur(tanggal, None, alasan)
    _kabarkan(ctx.obj, hari.tanggal, f"hari kerja lagi ({hari.nama} dihapus)")


@app.command(
    "muat",
    cls=Perintah,
    help="Muat libur nasional dan cuti bersama satu tahun ke dalam buku.",
    epilog="ikikec libur muat 2027",
)
def muat(ctx: typer.Context, tahun: Annotated[int, _TAHUN]) -> None:
    """Load a year."""
    sesi: Sesi = ctx.obj
    sesi.buku().muat_libur(tahun)
    with sesi.bacaan() as bacaan:
        banyak = len(bacaan.libur(tahun) or [])
    print(f"{banyak} hari libur {tahun} ada di buku")


def _kabarkan(sesi: Sesi, tanggal: date, kabar: str) -> None:
    print(f"{hari_tanggal(tanggal)}: {kabar}")
    sesi.kabar("Batas waktu yang sudah tertulis tidak berubah.")
