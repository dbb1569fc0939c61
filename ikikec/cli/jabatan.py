"""``ikikec jabatan``: the positions that have a sheet."""

from typing import Annotated

import typer

from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.sesi import Sesi


def daftarkan(app: typer.Typer) -> None:
    """Add ``jabatan`` to the program."""
    app.command(
        "jabatan",
        cls=Perintah,
        help="Tampilkan jabatan yang punya lembar kinerja, dengan indikatornya.",
        epilog="ikikec jabatan",
    )(jabatan)


def jabatan(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """List the positions."""
    sesi: Sesi = ctx.obj
    if keluaran == "json":
        from ikikec.tukar.json import tulis_json

        print(tulis_json([{"jabatan": satu.slug, "nama": satu.nama} for satu in sesi.jabatan.values()]), end="")
        return
    from ikikec.cli.tampil import pasangan

    for satu in sesi.jabatan.values():
        pasangan([(satu.slug, satu.nama), *((f"  {isi.nomor}", isi.uraian) for isi in satu.butir)])
