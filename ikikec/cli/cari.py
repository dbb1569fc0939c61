"""``ikikec cari``: find a text in any field of any register."""

from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import angka, bersih
from ikikec.cli.akar import Perintah
from ikikec.cli.nilai import pembaca
from ikikec.cli.opsi import baca_terisi, opsi_keluaran
from ikikec.cli.sesi import Sesi

if TYPE_CHECKING:
    from ikikec.buku.saring import Temu

# Letters of context on either side of what was found.
SISI = 30


def daftarkan(app: typer.Typer) -> None:
    """Add ``cari`` to the program."""
    app.command(
        "cari",
        cls=Perintah,
        help="Cari teks di semua isian semua register, huruf besar dan kecil sama saja.",
        epilog='ikikec cari "lampu jalan"\nikikec cari Warga -O json',
    )(cari)


def cari(
    ctx: typer.Context,
    teks: Annotated[
        str, typer.Argument(parser=pembaca(baca_terisi), metavar="TEKS", help="Yang dicari.", show_default=False)
    ],
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """Find a text."""
    from ikikec.buku.saring import cari_teks
    from ikikec.tukar.json import tulis_json

    sesi: Sesi = ctx.obj
    with sesi.bacaan() as bacaan:
        temu = list(cari_teks(bacaan.koneksi, teks))
    if keluaran == "json":
        isi = [satu._asdict() for satu in temu]
        print(tulis_json(isi), end="")
        return
    _cetak(temu, teks)
    sesi.kabar(f"{angka(len({satu.nomor for satu in temu}))} entri")


def _cetak(temu: "list[Temu]", teks: str) -> None:
    from ikikec.cli.tampil import pasangan

    isi = []
    for satu in temu:
        batal = " (dibatalkan)" if satu.batal else ""
        isi.append((satu.nomor, f"{satu.tanggal}  {satu.isian.replace('_', ' ')}: {_kutip(satu.teks, teks)}{batal}"))
    pasangan(isi)


def _kutip(isi: str, teks: str) -> str:
    """What was found with some letters around it."""
    rata = bersih(isi)
    letak = max(rata.lower().find(bersih(teks).lower()), 0)
    awal, akhir = max(letak - SISI, 0), letak + len(teks) + SISI
    return f"{'…' if awal else ''}{rata[awal:akhir]}{'…' if akhir < len(rata) else ''}"
