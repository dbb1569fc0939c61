"""``ikikec skm``: the survey's index for a period, with who answered and how many wished for something."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.cli.keluaran import Bentuk, pilih_periode, pilih_tujuan
from ikikec.cli.opsi import CONTOH_PERIODE, opsi_berkas, opsi_bilangan, opsi_keluaran, opsi_periode
from ikikec.cli.sesi import Sesi

if TYPE_CHECKING:
    from ikikec.kinerja.skm import LaporanSurvei


def _tampil(laporan: "LaporanSurvei") -> None:
    from ikikec.cli.keluaran import layar
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


_POPULASI = opsi_bilangan(
    "--populasi", "Banyaknya orang yang dilayani, untuk menghitung sampel minimum.", 1, 2_000_000_000
)


def skm(
    ctx: typer.Context,
    periode: Annotated[str | None, opsi_periode(f"{CONTOH_PERIODE} [bawaan: tahun-ini]")] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
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
