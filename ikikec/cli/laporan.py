"""``ikikec laporan``: the performance sheets of one position or all, for a period."""

import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import deret
from ikikec.cli import pelengkap
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.galat import SalahPakai
from ikikec.periode import baca_periode

if TYPE_CHECKING:
    from ikikec.kinerja.hitung import Laporan

BENTUK = ("layar", "md", "html", "json")
_AKHIRAN = {".md": "md", ".html": "html", ".htm": "html", ".json": "json"}


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
        str,
        typer.Option(
            metavar="SLUG|semua",
            help="Jabatan; daftarnya: ikikec jabatan.",
            show_default=False,
            autocompletion=pelengkap.jabatan,
        ),
    ],
    periode: Annotated[
        str | None,
        typer.Option(
            metavar="PERIODE",
            help="Misalnya 2026-10, 2026-T3, 2026, bulan-ini. [bawaan: bulan-lalu]",
            autocompletion=pelengkap.periode,
        ),
    ] = None,
    keluaran: Annotated[str | None, opsi_keluaran(BENTUK)] = None,
    berkas: Annotated[
        str | None, typer.Option("-o", "--berkas", metavar="BERKAS", help="Tulis ke berkas; - berarti keluaran baku.")
    ] = None,
    rinci: Annotated[bool, typer.Option("--rinci", help="Sertakan nomor entri di balik setiap angka.")] = False,
) -> None:
    """Compute and show the sheets."""
    bentuk = _bentuk(keluaran, berkas)
    sesi: Sesi = ctx.obj
    rentang = baca_periode("bulan-lalu" if periode is None else periode, sesi.hari_ini)
    if periode is None:
        print(f"Periode: {rentang.label} (bulan lalu)", file=sys.stderr)
    from ikikec.kinerja.hitung import susun_laporan
    from ikikec.kinerja.jabatan import pilih_jabatan

    terpilih = pilih_jabatan(sesi.jabatan, jabatan)
    with sesi.bacaan() as bacaan:
        lembar = [susun_laporan(bacaan, satu, rentang, sesi.konfig, sesi.hari_ini, rinci=rinci) for satu in terpilih]
    _keluarkan(lembar, bentuk, berkas)


def _bentuk(keluaran: str | None, berkas: str | None) -> str:
    """The format: as named, or by the file's ending, or the screen at a terminal and Markdown into a pipe."""
    if keluaran:
        return keluaran
    if berkas in (None, "-"):
        return "layar" if sys.stdout.isatty() and berkas is None else "md"
    akhiran = PurePath(str(berkas)).suffix.lower()
    if akhiran not in _AKHIRAN:
        raise SalahPakai(
            f"bentuk berkas {berkas} tidak dikenal dari akhirannya", f"Pakai {deret(_AKHIRAN)}, atau sebut dengan -O."
        )
    return _AKHIRAN[akhiran]


def _keluarkan(lembar: "Sequence[Laporan]", bentuk: str, berkas: str | None) -> None:
    from ikikec.cli.tampil import kirim, layar

    if bentuk == "layar" and berkas is None:
        from ikikec.lembar.layar import susun_layar

        for satu in lembar:
            layar().print(susun_layar(satu))
        return
    kirim([_teks(lembar, bentuk)], berkas)


def _teks(lembar: "Sequence[Laporan]", bentuk: str) -> str:
    if bentuk == "json":
        from ikikec.lembar.json import susun_json, tulis_json

        return tulis_json([susun_json(satu) for satu in lembar])
    if bentuk == "layar":
        from ikikec.lembar.layar import teks_layar

        return "".join(teks_layar(satu) for satu in lembar)
    from ikikec.lembar import naskah

    return naskah.html(lembar) if bentuk == "html" else naskah.markdown(lembar)
