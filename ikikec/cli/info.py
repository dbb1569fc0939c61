"""``ikikec info``: where the ledger is, its version, and how much it holds."""

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ikikec import __version__
from ikikec.bahasa import angka
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.sesi import Sesi


def daftarkan(app: typer.Typer) -> None:
    """Add ``info`` to the program."""
    app.command(
        "info",
        cls=Perintah,
        help="Tampilkan letak buku, versinya, dan jumlah entrinya.",
        epilog="ikikec info",
    )(info)


def info(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """Tell about the ledger."""
    from ikikec.buku.mesin.lingkungan import sekitar
    from ikikec.buku.skema import VERSI
    from ikikec.cli.tampil import pasangan
    from ikikec.tukar.json import tulis_json

    sesi: Sesi = ctx.obj
    with sesi.bacaan() as bacaan:
        entri, sidik = bacaan.ujung()
        jumlah, pindah = bacaan.jumlah(), bacaan.tanda_pindah()
    alamat = sesi.alamat_buku
    peringatan = sekitar(alamat) if isinstance(alamat, Path) else []
    konfig = str(sesi.berkas_konfig) if os.path.isfile(sesi.berkas_konfig) else None
    if keluaran == "json":
        isi = {
            "program": __version__,
            "buku": {
                "berkas": sesi.mesin.sebutan,
                "skema": VERSI,
                "entri": entri,
                "sidik": sidik,
                "dipindahkan": None if pindah is None else asdict(pindah),
            },
            "register": jumlah,
            "konfigurasi": konfig,
            "peringatan": peringatan,
        }
        print(tulis_json(isi), end="")
        return
    pasangan(
        [
            ("buku", sesi.mesin.sebutan),
            *([("dipindahkan ke", pindah.kabar(sesi.konfig.waktu_setempat))] if pindah else []),
            ("skema", VERSI),
            ("program", f"ikikec {__version__}"),
            ("konfigurasi", konfig or f"bawaan (tidak ada {sesi.berkas_konfig})"),
            ("petugas", sesi.petugas),
            *((slug, f"{angka(banyak)} entri") for slug, banyak in jumlah.items()),
            ("jurnal", f"{angka(entri)} baris"),
            ("sidik", sidik),
            *(("peringatan", satu) for satu in peringatan),
        ]
    )
