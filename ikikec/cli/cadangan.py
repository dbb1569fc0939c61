"""``ikikec cadangkan`` and ``ikikec pulihkan``: keep verified copies of the ledger, and put one back."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.cli.akar import Perintah
from ikikec.cli.nilai import pembaca
from ikikec.cli.opsi import opsi_ya
from ikikec.cli.periksa import periksa_buku, tolak_temuan
from ikikec.cli.sesi import Sesi, jalur, jam
from ikikec.galat import NilaiSalah, SalahPakai

if TYPE_CHECKING:
    from ikikec.buku.mesin.sqlite import MesinSqlite

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
    mesin = _mesin_berkas(sesi)
    berkas, folder = _tujuan(sesi, mesin.berkas, tujuan)
    if simpan is not None and folder is None:
        raise SalahPakai("opsi --simpan hanya untuk folder cadangan", "Beri -o sebuah folder, atau tanpa -o.")
    cadangan.cadangkan(mesin, berkas, lambda salinan: _verifikasi(sesi, salinan))
    if simpan is not None and folder is not None:
        cadangan.sisakan(folder, mesin.berkas, SEBUTAN, simpan)
    print(berkas)


def _tujuan(sesi: Sesi, buku: Path, tujuan: str | None) -> tuple[Path, Path | None]:
    """The file to write, and the folder of dated copies where it is one of those."""
    from ikikec.buku.cadangan import nama_bertanggal

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
    from ikikec.buku.mesin.pilih import mesin_di

    tolak_temuan(periksa_buku(sesi, mesin_di(salinan, sesi.konfig.tunggu)))


def _mesin_berkas(sesi: Sesi) -> "MesinSqlite":
    """This run's ledger where it is a file; raises SalahPakai for one on a server, which is copied by other means."""
    from ikikec.buku.mesin.sqlite import MesinSqlite

    if not isinstance(sesi.mesin, MesinSqlite):
        raise SalahPakai(
            f"{sesi.mesin.sebutan} ada di peladen; cadangannya dibuat di sana dengan pg_dump",
            "Caranya ada di docs/banyak-meja.md; salinan sebagai berkas: ikikec pindahkan.",
        )
    return sesi.mesin


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
    mesin, asal = _mesin_berkas(sesi), jalur(sumber)
    buku = mesin.berkas
    if not os.path.isfile(asal):
        raise SalahPakai(f"berkas {asal} tidak ada")
    # One of an older schema is checked once its copy is brought to today's, before anything is replaced.
    if not berskema_lama(replace(mesin, berkas=asal)):
        _verifikasi(sesi, asal)
    if buku.exists():
        print(f"Buku yang dipakai sekarang: {buku}\nAkan diganti dengan: {asal}", file=sys.stderr)
    pastikan("Pulihkan?", bertanya=sesi.bertanya, ya=ya)
    nama = cadangan.nama_bertanggal(buku, "diganti", jam().astimezone(sesi.konfig.waktu_setempat))
    disimpan = cadangan.pulihkan(
        asal, mesin, buku.resolve().with_name(nama), lambda salinan: _verifikasi(sesi, salinan)
    )
    print(f"{buku} dipulihkan dari {asal}" + (f"; buku yang diganti disimpan di {disimpan}" if disimpan else ""))
