"""``ikikec pindahkan``: move a ledger to another place, from a file to a server or back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import angka
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.cli.akar import Perintah
from ikikec.cli.kemajuan import sebut_tahap
from ikikec.cli.opsi import opsi_ya
from ikikec.cli.penjaga import peringatkan_terbuka
from ikikec.cli.sesi import Sesi, jam

if TYPE_CHECKING:
    from ikikec.buku.mesin.dasar import Mesin

_ALAMAT = "BERKAS|postgresql://…"


def daftarkan(app: typer.Typer) -> None:
    """Add ``pindahkan`` to the program."""
    app.command(
        "pindahkan",
        cls=Perintah,
        help="Pindahkan buku seutuhnya ke tempat lain. Buku asal sesudahnya hanya dapat dibaca.",
        epilog="ikikec pindahkan buku.db postgresql://petugas@peladen/kecamatan",
    )(pindahkan)


def pindahkan(
    ctx: typer.Context,
    asal: Annotated[
        str, typer.Argument(metavar="ASAL", help=f"Buku yang dipindahkan: {_ALAMAT}", show_default=False)
    ],
    tujuan: Annotated[
        str, typer.Argument(metavar="TUJUAN", help=f"Tempat barunya, masih kosong: {_ALAMAT}", show_default=False)
    ],
    ya: Annotated[bool, opsi_ya()] = False,
) -> None:
    """Move a ledger."""
    from ikikec.buku.pindah import Pemindahan
    from ikikec.cli.tanya import pastikan

    sesi: Sesi = ctx.obj
    dari, ke = _mesin(sesi, asal), _mesin(sesi, tujuan)
    pemindahan = Pemindahan(dari, ke, sesi.petugas, jam, sesi.konfig.waktu_setempat)
    rencana = pemindahan.rencana()
    if not ya:
        apa = "Isinya sudah ada di sana; tinggal tanda pindahnya." if rencana.tinggal_tanda else "Semuanya disalin."
        print(f"Buku: {dari.sebutan} ({angka(rencana.baris)} baris jurnal)\nKe: {ke.sebutan}", file=sys.stderr)
        print(f"{apa} Sesudah itu buku asal hanya dapat dibaca.", file=sys.stderr)
    pastikan("Pindahkan?", bertanya=sesi.bertanya, ya=ya)
    with sebut_tahap(sesi.hening) as kabar:
        hasil = pemindahan.pindahkan(kabar)
    for satu in (asal, tujuan):
        letak = baca_alamat(satu)
        if isinstance(letak, Path):
            peringatkan_terbuka(letak)
    kata = "sudah ada di tujuan dan sama; buku asal kini bertanda pindah" if hasil.tinggal_tanda else "dipindahkan"
    print(f"{angka(hasil.entri)} entri, {angka(hasil.baris)} baris jurnal {kata}: {dari.sebutan} → {ke.sebutan}")
    print(f'Mulai sekarang: IKIKEC_BUKU={ke.sebutan}, atau buku = "{ke.sebutan}" di ikikec.toml.')


def _mesin(sesi: Sesi, teks: str) -> "Mesin":
    """The ledger at an address; a file by its whole path, since the mark is read from anywhere."""
    from ikikec.buku.mesin.pilih import mesin_di

    letak = baca_alamat(teks)
    return mesin_di(letak.absolute() if isinstance(letak, Path) else letak, sesi.konfig.tunggu)
