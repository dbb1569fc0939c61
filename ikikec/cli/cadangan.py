"""``ikikec cadangkan`` and ``ikikec pulihkan``: keep verified copies of the ledger, and put one back."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ikikec.cli.akar import Perintah
from ikikec.cli.nilai import pembaca
from ikikec.cli.opsi import opsi_ya
from ikikec.cli.periksa import periksa_buku, tolak_temuan
from ikikec.cli.sesi import Sesi, jalur, jam
from ikikec.galat import NilaiSalah, SalahPakai

SEBUTAN = "cadangan"


def daftarkan(app: typer.Typer) -> None:
    """Add both commands to the program."""
    app.command(
        "cadangkan",
        cls=Perintah,
        help="Buat salinan buku yang diperiksa dan bernama tanggal, di folder cadangan di sisi buku.",
        epilog="ikikec cadangkan\nikikec cadangkan -o . --simpan 30",
    )(cadangkan)
    app.command(
        "pulihkan",
        cls=Perintah,
        help="Pakai lagi satu cadangan sebagai buku. Buku yang diganti tetap disimpan di sisinya.",
        epilog="ikikec pulihkan buku-cadangan-2026-11-22T140500.db",
    )(pulihkan)


def _baca_banyak(teks: str) -> int:
    if not (teks.isascii() and teks.isdecimal() and int(teks) >= 1):
        raise NilaiSalah(f"{teks!r} bukan bilangan bulat 1 atau lebih")
    return int(teks)


def cadangkan(
    ctx: typer.Context,
    tujuan: Annotated[
        str | None, typer.Option("-o", "--tujuan", metavar="BERKAS|FOLDER", help="Berkas atau folder tujuan.")
    ] = None,
    simpan: Annotated[
        int | None,
        typer.Option(
            "--simpan", parser=pembaca(_baca_banyak), metavar="N", help="Sisakan N cadangan terbaru di folder itu."
        ),
    ] = None,
) -> None:
    """Make a verified copy."""
    from ikikec.buku import cadangan

    sesi: Sesi = ctx.obj
    berkas, folder = _tujuan(sesi, tujuan)
    if simpan is not None and folder is None:
        raise SalahPakai("opsi --simpan hanya untuk folder cadangan", "Beri -o sebuah folder, atau tanpa -o.")
    cadangan.cadangkan(sesi.berkas_buku, berkas, sesi.konfig.tunggu, lambda salinan: _verifikasi(sesi, salinan))
    if simpan is not None and folder is not None:
        cadangan.sisakan(folder, sesi.berkas_buku, SEBUTAN, simpan)
    print(berkas)


def _tujuan(sesi: Sesi, tujuan: str | None) -> tuple[Path, Path | None]:
    """The file to write, and the folder of dated copies where it is one of those."""
    from ikikec.buku.cadangan import nama_bertanggal

    buku = sesi.berkas_buku
    if tujuan is None:
        folder = buku.parent / "cadangan"
    else:
        if tujuan == "-":
            raise SalahPakai("cadangan tidak dapat ditulis ke keluaran baku", "Beri -o sebuah berkas atau folder.")
        letak = jalur(tujuan)
        if not (os.path.isdir(letak) or tujuan.endswith(("/", os.sep))):
            return letak, None
        folder = letak
    return folder / nama_bertanggal(buku, SEBUTAN, jam().astimezone(sesi.konfig.waktu_setempat)), folder


def _verifikasi(sesi: Sesi, salinan: Path) -> None:
    tolak_temuan(periksa_buku(sesi, salinan))


def pulihkan(
    ctx: typer.Context,
    sumber: Annotated[str, typer.Argument(metavar="BERKAS", help="Cadangan yang dipakai lagi.", show_default=False)],
    ya: Annotated[bool, opsi_ya()] = False,
) -> None:
    """Put a copy back."""
    from ikikec.buku import cadangan
    from ikikec.buku.skema import berskema_lama
    from ikikec.cli.tanya import pastikan

    sesi: Sesi = ctx.obj
    buku, asal = sesi.berkas_buku, jalur(sumber)
    if not os.path.isfile(asal):
        raise SalahPakai(f"berkas {asal} tidak ada")
    # One of an older schema is checked once its copy is brought to today's, before anything is replaced.
    if not berskema_lama(asal, sesi.konfig.tunggu):
        _verifikasi(sesi, asal)
    if buku.exists():
        print(f"Buku yang dipakai sekarang: {buku}\nAkan diganti dengan: {asal}", file=sys.stderr)
    pastikan("Pulihkan?", bertanya=sesi.bertanya, ya=ya)
    nama = cadangan.nama_bertanggal(buku, "diganti", jam().astimezone(sesi.konfig.waktu_setempat))
    disimpan = cadangan.pulihkan(
        asal, buku, buku.resolve().with_name(nama), sesi.konfig.tunggu, lambda salinan: _verifikasi(sesi, salinan)
    )
    print(f"{buku} dipulihkan dari {asal}" + (f"; buku yang diganti disimpan di {disimpan}" if disimpan else ""))
