"""``ikikec laporan``: the performance sheets of one position or all, for a period."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.cli.akar import Perintah
from ikikec.cli.keluaran import BENTUK, OPSI_BERKAS, keluarkan, pilih_bentuk, pilih_periode
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.sesi import Sesi

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ikikec.kinerja.hitung import Laporan


def daftarkan(app: typer.Typer) -> None:
    """Add ``laporan`` and its alias ``report`` to the program."""
    contoh = (
        "ikikec laporan --jabatan kasi-pip\n"
        "ikikec laporan --jabatan semua --periode 2026-T3 -o triwulan3.html\n"
        "ikikec laporan --jabatan pengolah-pip --periode 2026 -O json --rinci"
    )
    bantuan = "Susun lembar Indikator Kinerja Individu satu jabatan, atau semua."
    app.command("laporan", cls=Perintah, help=bantuan, epilog=contoh)(laporan)
    app.command("report", cls=Perintah, help=bantuan, epilog=contoh, hidden=True)(laporan)


def laporan(
    ctx: typer.Context,
    jabatan: Annotated[
        str, typer.Option(metavar="SLUG|semua", help="Jabatan; daftarnya: ikikec jabatan.", show_default=False)
    ],
    periode: Annotated[
        str | None,
        typer.Option(metavar="PERIODE", help="Misalnya 2026-10, 2026-T3, 2026, bulan-ini. [bawaan: bulan-lalu]"),
    ] = None,
    keluaran: Annotated[str | None, opsi_keluaran(BENTUK)] = None,
    berkas: Annotated[str | None, OPSI_BERKAS] = None,
    rinci: Annotated[bool, typer.Option("--rinci", help="Sertakan nomor entri di balik setiap angka.")] = False,
) -> None:
    """Compute and show the sheets."""
    bentuk = pilih_bentuk(keluaran, berkas)
    sesi: Sesi = ctx.obj
    rentang = pilih_periode(periode, "bulan-lalu", sesi.hari_ini)
    from ikikec.kinerja.hitung import susun_laporan
    from ikikec.kinerja.jabatan import pilih_jabatan

    terpilih = pilih_jabatan(sesi.jabatan, jabatan)
    with sesi.bacaan() as bacaan:
        lembar = [susun_laporan(bacaan, satu, rentang, sesi.konfig, sesi.hari_ini, rinci=rinci) for satu in terpilih]
    keluarkan(bentuk, berkas, lambda: _layar(lembar), lambda: _teks(lembar, bentuk))


def _layar(lembar: "Sequence[Laporan]") -> "list[RenderableType]":
    from ikikec.lembar.layar import susun_layar

    return [susun_layar(satu) for satu in lembar]


def _teks(lembar: "Sequence[Laporan]", bentuk: str) -> str:
    if bentuk == "json":
        from ikikec.lembar.json import susun_json, tulis_json

        return tulis_json([susun_json(satu) for satu in lembar])
    from ikikec.lembar import naskah

    return naskah.html(lembar) if bentuk == "html" else naskah.markdown(lembar)
