"""``ikikec skm``: the survey's index for a period, with who answered and how many wished for something."""

from typing import Annotated

import typer

from ikikec.cli.keluaran import Bentuk, Olah, pilih_periode, pilih_tujuan
from ikikec.cli.opsi import CONTOH_PERIODE, opsi_berkas, opsi_bilangan, opsi_buka, opsi_keluaran, opsi_periode
from ikikec.cli.sesi import Sesi

BENTUK = (
    Bentuk("layar", "lembar.layar:susun_survei_layar", olah=Olah.LAYAR),
    Bentuk("md", "lembar.templat:survei_markdown", (".md",), Olah.TEMPLAT),
    Bentuk("html", "lembar.templat:survei_html", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("pdf", "lembar.templat:survei_pdf", (".pdf",), Olah.TEMPLAT, biner=True),
    Bentuk("json", "lembar.nilai:susun_survei_json", (".json",), Olah.NILAI),
)

# Whose sheet is signed as the survey's report is: by the Camat and the head of the section.
PENANDA_TANGAN = "kasi-pip"


_POPULASI = opsi_bilangan(
    "--populasi", "Banyaknya orang yang dilayani, untuk menghitung sampel minimum.", 1, 2_000_000_000
)


def skm(
    ctx: typer.Context,
    periode: Annotated[str | None, opsi_periode(f"{CONTOH_PERIODE} [bawaan: tahun-ini]")] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    buka: Annotated[bool, opsi_buka()] = False,
    populasi: Annotated[int | None, _POPULASI] = None,
    bandingkan: Annotated[
        bool, typer.Option("--bandingkan", help="Bandingkan dengan periode sebelumnya yang sama panjang.")
    ] = False,
    dengan_saran: Annotated[
        bool, typer.Option("--dengan-saran", help="Sertakan isi saran responden, bukan banyaknya saja.")
    ] = False,
) -> None:
    """Compute and show the survey's report."""
    sesi: Sesi = ctx.obj
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas, buka=buka)
    folder = sesi.templat(None)
    rentang = pilih_periode(sesi, periode, "tahun-ini")
    from ikikec.kinerja.ikm import susun_survei

    tanda_tangan = sesi.jabatan[PENANDA_TANGAN].tanda_tangan
    with sesi.bacaan() as bacaan:
        laporan = susun_survei(
            bacaan,
            rentang,
            sesi.konfig,
            tanda_tangan,
            sesi.hari_ini,
            populasi=populasi,
            bandingkan=bandingkan,
            dengan_saran=dengan_saran,
        )
    tujuan.kirim(laporan, folder)
