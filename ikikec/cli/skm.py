"""``ikikec skm``: the survey's index for a period, with who answered and how many wished for something."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from ikikec.cli.keluaran import Bentuk, Olah, Tujuan, pilih_periode, pilih_tujuan
from ikikec.cli.opsi import (
    CONTOH_PERIODE,
    opsi_berkas,
    opsi_bilangan,
    opsi_buka,
    opsi_keluaran,
    opsi_kertas,
    opsi_periode,
    opsi_pilihan,
    opsi_untuk_excel,
)
from ikikec.cli.sesi import Sesi
from ikikec.galat import SalahPakai
from ikikec.istilah import PEMBULATAN

BENTUK = (
    Bentuk("layar", "lembar.layar:susun_survei_layar", olah=Olah.LAYAR),
    Bentuk("md", "skm", (".md",), Olah.TEMPLAT),
    Bentuk("html", "skm", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("pdf", "skm", (".pdf",), Olah.TEMPLAT, biner=True),
    Bentuk("xlsx", "lembar.xlsx:survei_xlsx", (".xlsx",), Olah.KERTAS, biner=True),
    Bentuk("csv", "lembar.nilai:tabel_survei", (".csv",), Olah.TABEL),
    Bentuk("json", "lembar.nilai:susun_survei_json", (".json",), Olah.NILAI),
)

# What reads the forms themselves, and so while the ledger is open.
SEUTUHNYA = "xlsx"
# The page for the notice board instead of the report, in the forms that are printed.
POSTER = (
    Bentuk("html", "poster", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("pdf", "poster", (".pdf",), Olah.TEMPLAT, biner=True),
)

# Whose sheet is signed as the survey's report is: by the Camat and the head of the section.
PENANDA_TANGAN = "kasi-pip"


_POPULASI = opsi_bilangan(
    "--populasi", "Banyaknya orang yang dilayani, untuk menghitung sampel minimum.", 1, 2_000_000_000
)
_PEMBULATAN = opsi_pilihan(
    "--pembulatan",
    kata=PEMBULATAN,
    bantuan="tepat: sekali di akhir; nrr2: NRR dibulatkan dulu ke dua desimal, seperti hitungan tangan."
    " [bawaan: tepat]",
)


def skm(
    ctx: typer.Context,
    periode: Annotated[str | None, opsi_periode(f"{CONTOH_PERIODE} [bawaan: tahun-ini]")] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    buka: Annotated[bool, opsi_buka()] = False,
    kertas: Annotated[str | None, opsi_kertas()] = None,
    untuk_excel: Annotated[bool, opsi_untuk_excel()] = False,
    populasi: Annotated[int | None, _POPULASI] = None,
    bandingkan: Annotated[
        bool, typer.Option("--bandingkan", help="Bandingkan dengan periode sebelumnya yang sama panjang.")
    ] = False,
    dengan_saran: Annotated[
        bool, typer.Option("--dengan-saran", help="Sertakan isi saran responden, bukan banyaknya saja.")
    ] = False,
    pembulatan: Annotated[str | None, _PEMBULATAN] = None,
    poster: Annotated[
        bool, typer.Option("--poster", help="Satu halaman untuk papan pengumuman (pdf atau html).")
    ] = False,
) -> None:
    """Compute and show the survey's report."""
    sesi: Sesi = ctx.obj
    pilih = partial(pilih_tujuan, sesi, BENTUK, keluaran, berkas, buka=buka, kertas=kertas, untuk_excel=untuk_excel)
    tujuan = _tujuan(pilih, poster=poster, dengan_saran=dengan_saran)
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
            pembulatan=pembulatan or PEMBULATAN[0],
        )
        if tujuan.bentuk.nama == SEUTUHNYA:
            tujuan.kirim(laporan)
            return
    # The ledger is let go of before a page is drawn: who writes in it would wait.
    tujuan.kirim(laporan)


def _tujuan(pilih: Callable[[dict[str, list[str]]], Tujuan], *, poster: bool, dengan_saran: bool) -> Tujuan:
    """Where to and in which form; of the poster in its own."""
    hanya = {"--dengan-saran": [satu.nama for satu in BENTUK if satu.nama != "csv"]} if dengan_saran else {}
    if not poster:
        return pilih(hanya)
    if dengan_saran:
        raise SalahPakai("--poster tidak memuat saran", "Hapus --dengan-saran, atau buat laporannya tanpa --poster.")
    bentuk = {satu.nama: satu for satu in POSTER}
    tujuan = pilih({"--poster": list(bentuk)})
    return replace(tujuan, bentuk=bentuk[tujuan.bentuk.nama])
