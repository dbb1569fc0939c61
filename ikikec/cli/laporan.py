"""``ikikec laporan``: the performance sheets of one position or all, for a period."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.cli import lengkapi
from ikikec.cli.keluaran import Bentuk, Olah, pilih_periode, pilih_tujuan
from ikikec.cli.opsi import (
    CONTOH_PERIODE,
    opsi_berkas,
    opsi_buka,
    opsi_keluaran,
    opsi_kertas,
    opsi_periode,
    opsi_untuk_excel,
    parser_tanggal,
)
from ikikec.cli.sesi import Sesi, jalur
from ikikec.galat import SalahPakai
from ikikec.tanggal import tanggal_panjang

if TYPE_CHECKING:
    from ikikec.kinerja.susun import Laporan

    Lembar = Sequence[Laporan]


BENTUK = (
    Bentuk("layar", "lembar.layar:susun_layar", olah=Olah.LAYAR),
    Bentuk("md", "lembar", (".md",), Olah.TEMPLAT),
    Bentuk("html", "lembar", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("pdf", "lembar", (".pdf",), Olah.TEMPLAT, biner=True),
    Bentuk("xlsx", "lembar.xlsx:laporan_xlsx", (".xlsx",), Olah.KERTAS, biner=True),
    Bentuk("csv", "lembar.nilai:tabel_laporan", (".csv",), Olah.TABEL),
    Bentuk("json", "lembar.nilai:laporan_json", (".json",), Olah.NILAI),
)

BERTEMPLAT = [satu.nama for satu in BENTUK if satu.olah is Olah.TEMPLAT]
BERBUKTI = [satu.nama for satu in BENTUK if satu.nama != "csv"]

_JABATAN = typer.Option(
    metavar="SLUG|semua",
    help="Jabatan; daftarnya: ikikec jabatan. [wajib]",
    show_default=False,
    autocompletion=lengkapi.jabatan,
)
_PERIODE = opsi_periode(f"{CONTOH_PERIODE} [bawaan: bulan-lalu]")
_RINCI = typer.Option("--rinci", help="Sertakan entri di balik setiap angka, dan yang nyaris terhitung.")
_BANDINGKAN = typer.Option("--bandingkan", help="Bandingkan dengan periode sebelumnya dan tahun lalu.")
_TREN = typer.Option("--tren", help="Sertakan angka dua belas bulan, atau bulan-bulannya.")
_DENGAN_IDENTITAS = typer.Option(
    "--dengan-identitas", help="Bersama --rinci: sertakan nama, lokasi, dan uraian warga."
)
_TANGGAL_TTD = typer.Option(
    "--tanggal-ttd",
    parser=parser_tanggal,
    metavar="TANGGAL",
    help="Tanggal di atas tanda tangan; boleh yang akan datang. [bawaan: hari ini]",
    show_default=False,
)
_TEMPLAT = typer.Option("--templat", metavar="FOLDER", help="Templat kantor sendiri untuk md, html, dan pdf.")
_CONTOH_TEMPLAT = typer.Option(
    "--contoh-templat", metavar="FOLDER", help="Tulis templat bawaan ke folder itu sebagai awal, lalu selesai."
)


def laporan(
    ctx: typer.Context,
    jabatan: Annotated[str | None, _JABATAN] = None,
    periode: Annotated[str | None, _PERIODE] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    buka: Annotated[bool, opsi_buka()] = False,
    kertas: Annotated[str | None, opsi_kertas()] = None,
    untuk_excel: Annotated[bool, opsi_untuk_excel()] = False,
    rinci: Annotated[bool, _RINCI] = False,
    bandingkan: Annotated[bool, _BANDINGKAN] = False,
    tren: Annotated[bool, _TREN] = False,
    dengan_identitas: Annotated[bool, _DENGAN_IDENTITAS] = False,
    tanggal_ttd: Annotated[date | None, _TANGGAL_TTD] = None,
    templat: Annotated[str | None, _TEMPLAT] = None,
    contoh_templat: Annotated[str | None, _CONTOH_TEMPLAT] = None,
) -> None:
    """Compute and show the sheets."""
    if contoh_templat is not None:
        _tulis_contoh(jalur(contoh_templat), ctx.obj)
        return
    if jabatan is None:
        raise SalahPakai("opsi --jabatan wajib diisi", "Daftarnya: ikikec jabatan. Semua sekaligus: --jabatan semua")
    if dengan_identitas and not rinci:
        raise SalahPakai(
            "--dengan-identitas hanya berlaku bersama --rinci", "Tambahkan --rinci, atau hapus opsi itu."
        )
    sesi: Sesi = ctx.obj
    hanya = {"--templat": BERTEMPLAT} if templat else {}
    # A CSV tells the numbers behind a figure, and nothing of their entries.
    hanya |= {"--dengan-identitas": BERBUKTI} if dengan_identitas else {}
    cetak: dict[str, Any] = {"kertas": kertas, "templat": templat, "untuk_excel": untuk_excel}
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas, hanya, buka=buka, **cetak)
    from ikikec.kinerja.jabatan import pilih_jabatan
    from ikikec.kinerja.susun import Permintaan, susun_laporan

    # What is wrong with the line is told before anything else is.
    terpilih = pilih_jabatan(sesi.jabatan, jabatan)
    rentang = pilih_periode(sesi, periode, "bulan-lalu")
    tanggal = tanggal_ttd or sesi.hari_ini
    if tanggal_ttd is not None and tanggal <= rentang.akhir:
        sesi.kabar(f"Tanggal tanda tangan {tanggal_panjang(tanggal)} mendahului akhir periode {rentang.label}.")
    minta = Permintaan(rinci, bandingkan, tren, dengan_identitas)
    with sesi.bacaan() as bacaan:
        lembar = [susun_laporan(bacaan, satu, rentang, sesi.konfig, tanggal, minta) for satu in terpilih]
    tujuan.kirim(lembar)


def _tulis_contoh(folder: Path, sesi: Sesi) -> None:
    """Write the built-in templates into ``folder``, all of them or, where one is there already, none."""
    from ikikec.berkas import tulis_folder
    from ikikec.lembar.templat import contoh

    isi = contoh()
    ada = [nama for nama in isi if (folder / nama).exists()]
    if ada:
        raise SalahPakai(
            f"di {folder} sudah ada berkas templat ({', '.join(ada[:3])} …); tidak ditimpa",
            "Sebut folder lain, atau pindahkan dulu.",
        )
    tulis_folder(folder, {nama: [satu] for nama, satu in isi.items()}, sesi.dibaca, boleh=(".j2",))
    for nama in isi:
        print(folder / nama)
    print(f'Pakai dengan --templat {folder}, atau templat = "…" di ikikec.toml.', file=sys.stderr)
