"""``ikikec ringkasan``: today's desk on one screen."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.periode import baca_periode

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan
    from ikikec.buku.saring import Saringan
    from ikikec.lembar.ringkas import Ringkasan, Tenggat

# Due within this many working days is soon.
SEGERA = 3


def daftarkan(app: typer.Typer) -> None:
    """Add ``ringkasan`` to the program."""
    app.command(
        "ringkasan",
        cls=Perintah,
        help="Tampilkan meja hari ini: yang terlambat, yang segera jatuh tempo, dan angka bulan ini sampai hari ini.",
        epilog="ikikec ringkasan\nikikec ringkasan -O json",
    )(ringkasan)


def ringkasan(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """Show today's desk."""
    from ikikec.cli.tampil import layar
    from ikikec.lembar.ringkas import ringkasan_json, susun_ringkasan
    from ikikec.tukar.json import tulis_json

    isi = _susun(ctx.obj)
    if keluaran == "json":
        print(tulis_json(ringkasan_json(isi)), end="")
        return
    konsol = layar()
    konsol.print(susun_ringkasan(isi, konsol.width, konsol.height))


def _susun(sesi: Sesi) -> "Ringkasan":
    from ikikec.buku.saring import Saringan, beban
    from ikikec.kinerja.susun import Permintaan, susun_laporan
    from ikikec.lembar.ringkas import Ringkasan

    bulan = baca_periode("bulan-ini", sesi.hari_ini)
    with sesi.bacaan() as bacaan:
        segera = sesi.hari_kerja_ke(bacaan, SEGERA)
        return Ringkasan(
            hari_ini=sesi.hari_ini,
            kantor=sesi.konfig.kecamatan,
            segera=segera,
            keadaan=beban(bacaan.koneksi, sesi.hari_ini, segera),
            terlambat=_tenggat(sesi, bacaan, Saringan(terlambat_pada=sesi.hari_ini)),
            jatuh_tempo=_tenggat(sesi, bacaan, Saringan(jatuh_tempo=(sesi.hari_ini, segera))),
            lembar=[
                susun_laporan(bacaan, satu, bulan, sesi.konfig, sesi.hari_ini, Permintaan())
                for satu in sesi.jabatan.values()
            ],
        )


def _tenggat(sesi: Sesi, bacaan: "Bacaan", saringan: "Saringan") -> "list[Tenggat]":
    """The open entries of all registers that ``saringan`` asks for, the most urgent first."""
    from ikikec.buku.saring import BERTENGGAT
    from ikikec.lembar.ringkas import Tenggat

    semua = [(register, isi) for register in BERTENGGAT for isi in bacaan.daftar(register, saringan)]
    semua.sort(key=lambda satu: (str(satu[1]["batas"]), str(satu[1]["nomor"])))
    batas = [hari for _register, isi in semua if isinstance(hari := isi["batas"], date)]
    sisa = bacaan.dengan_kalender(
        sesi.konfig, lambda kalender: [kalender.sisa(sesi.hari_ini, hari) for hari in batas]
    )
    return [Tenggat(register, isi, hari) for (register, isi), hari in zip(semua, sisa, strict=True)]
