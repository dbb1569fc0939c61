"""``ikikec skm``: the survey's index for a period, with who answered and how many wished for something."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.buku.bidang import Bidang, Jenis
from ikikec.cli.akar import Perintah
from ikikec.cli.keluaran import Bentuk, pilih_periode, pilih_tujuan
from ikikec.cli.nilai import pembaca
from ikikec.cli.opsi import opsi_berkas, opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.galat import NilaiSalah

if TYPE_CHECKING:
    from ikikec.kinerja.skm import LaporanSurvei


def _tampil(laporan: "LaporanSurvei") -> None:
    from ikikec.cli.tampil import layar
    from ikikec.lembar.layar import susun_survei_layar

    layar().print(susun_survei_layar(laporan))


def _layar(laporan: "LaporanSurvei", _templat: Path | None) -> str:
    from ikikec.lembar.layar import susun_survei_layar
    from ikikec.lembar.tabel import teks_polos

    return teks_polos(susun_survei_layar(laporan))


def _md(laporan: "LaporanSurvei", templat: Path | None) -> str:
    from ikikec.lembar.naskah import survei_markdown

    return survei_markdown(laporan, templat)


def _html(laporan: "LaporanSurvei", templat: Path | None) -> str:
    from ikikec.lembar.naskah import survei_html

    return survei_html(laporan, templat)


def _pdf(laporan: "LaporanSurvei", templat: Path | None) -> bytes:
    from ikikec.lembar.naskah import pdf

    return pdf(_html(laporan, templat))


def _json(laporan: "LaporanSurvei", _templat: Path | None) -> str:
    from ikikec.lembar.skm import susun_survei_json
    from ikikec.tukar.json import tulis_json

    return tulis_json(susun_survei_json(laporan))


BENTUK: "tuple[Bentuk[LaporanSurvei], ...]" = (
    Bentuk("layar", _layar, tampil=_tampil),
    Bentuk("md", _md, (".md",)),
    Bentuk("html", _html, (".html", ".htm")),
    Bentuk("pdf", _pdf, (".pdf",), biner=True),
    Bentuk("json", _json, (".json",)),
)

# Whose sheet is signed as the survey's report is: by the Camat and the head of the section.
PENANDA_TANGAN = "kasi-pip"


def daftarkan(app: typer.Typer) -> None:
    """Add ``skm`` to the program."""
    app.command(
        "skm",
        cls=Perintah,
        help="Hitung Indeks Kepuasan Masyarakat (PermenPAN-RB 14/2017) dari jawaban survei.",
        epilog="ikikec skm\n"
        "ikikec skm --periode 2026-S1 --bandingkan --populasi 1200 -o skm.html\n"
        "ikikec skm --periode 2026-T3 -O json",
    )(skm)


def _baca_populasi(teks: str) -> int:
    banyak = Bidang("populasi", "", Jenis.BILANGAN).baca(teks)
    if not isinstance(banyak, int):
        raise NilaiSalah("tidak boleh kosong")
    return banyak


OPSI_POPULASI = typer.Option(
    "--populasi",
    parser=pembaca(_baca_populasi),
    metavar="N",
    help="Banyaknya orang yang dilayani, untuk menghitung sampel minimum.",
    show_default=False,
)


def skm(
    ctx: typer.Context,
    periode: Annotated[
        str | None,
        typer.Option(metavar="PERIODE", help="Misalnya 2026-10, 2026-T3, 2026, bulan-ini. [bawaan: tahun-ini]"),
    ] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    populasi: Annotated[int | None, OPSI_POPULASI] = None,
    bandingkan: Annotated[
        bool, typer.Option("--bandingkan", help="Bandingkan dengan periode sebelumnya yang sama panjang.")
    ] = False,
    dengan_saran: Annotated[
        bool, typer.Option("--dengan-saran", help="Sertakan isi saran responden, bukan banyaknya saja.")
    ] = False,
) -> None:
    """Compute and show the survey's report."""
    sesi: Sesi = ctx.obj
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas)
    folder = sesi.templat(None)
    rentang = pilih_periode(sesi, periode, "tahun-ini")
    from ikikec.kinerja.skm import susun_survei

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
