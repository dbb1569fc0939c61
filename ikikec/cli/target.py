"""``ikikec target``: what the office set for an indicator in a period."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.bahasa import angka
from ikikec.cli import pelengkap
from ikikec.cli.akar import Kelompok, Perintah
from ikikec.cli.opsi import opsi_alasan, opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.galat import NilaiSalah
from ikikec.periode import baca_periode, periode_hari

if TYPE_CHECKING:
    from ikikec.buku.target import Kunci, Target

app = typer.Typer(
    cls=Kelompok,
    name="target",
    help="Target indikator: tetapkan, lihat, atau hapus.",
    epilog="ikikec target tetapkan kasi-pip 2.1 120 --periode 2026\nikikec target daftar --periode 2026-10",
    rich_markup_mode=None,
    subcommand_metavar="PERINTAH …",
)

_JABATAN = typer.Argument(
    metavar="JABATAN", help="Daftarnya: ikikec jabatan.", show_default=False, autocompletion=pelengkap.jabatan
)
_NOMOR = typer.Argument(metavar="NOMOR", help="Nomor indikator, misalnya 2.1.", show_default=False)
_PERIODE = typer.Option(
    "--periode",
    metavar="PERIODE",
    help="Misalnya 2026, 2026-T3, 2026-10.",
    show_default=False,
    autocompletion=pelengkap.periode,
)


@app.command(
    "tetapkan",
    cls=Perintah,
    help="Tetapkan atau ganti target satu indikator. Target setahun berlaku juga bagi bulan dan triwulan di dalamnya:"
    " jumlah menurut banyaknya bulan, persentase tetap. Target bulanan tidak dijumlahkan menjadi target setahun."
    " Bulan yang sudah ditutup tidak dapat diberi target lagi.",
    epilog="ikikec target tetapkan kasi-pip 2.1 120 --periode 2026\n"
    "ikikec target tetapkan kasi-pip 1 85,5 --periode 2026-T3",
)
def tetapkan(
    ctx: typer.Context,
    jabatan: Annotated[str, _JABATAN],
    nomor: Annotated[str, _NOMOR],
    nilai: Annotated[
        str,
        typer.Argument(metavar="NILAI", help="Bilangan bulat; persentase boleh berdesimal.", show_default=False),
    ],
    periode: Annotated[str, _PERIODE],
) -> None:
    """Set a target."""
    from ikikec.buku.target import Target
    from ikikec.kinerja.jabatan import cari_butir
    from ikikec.kinerja.target import baca_nilai
    from ikikec.kinerja.ukuran import UKURAN

    sesi: Sesi = ctx.obj
    ukuran = UKURAN[cari_butir(sesi.jabatan, jabatan, nomor).ukuran]
    try:
        isi = baca_nilai(nilai, ukuran)
    except NilaiSalah as galat:
        raise NilaiSalah(f"argumen NILAI: {galat.pesan}") from None
    target = Target(_kunci(sesi, jabatan, nomor, periode), isi, ukuran.satuan)
    kabar = "ditetapkan" if sesi.buku().tetapkan_target(target) else "sudah demikian; tidak ada yang dicatat"
    _kabarkan(target, kabar)


@app.command(
    "hapus",
    cls=Perintah,
    help="Hapus target satu indikator; riwayatnya tetap di jurnal.",
    epilog='ikikec target hapus kasi-pip 2.1 --periode 2026 --alasan "rencana diubah"',
)
def hapus(
    ctx: typer.Context,
    jabatan: Annotated[str, _JABATAN],
    nomor: Annotated[str, _NOMOR],
    periode: Annotated[str, _PERIODE],
    alasan: Annotated[str, opsi_alasan()],
) -> None:
    """Take a target back."""
    from ikikec.kinerja.jabatan import cari_butir

    sesi: Sesi = ctx.obj
    cari_butir(sesi.jabatan, jabatan, nomor)
    _kabarkan(sesi.buku().hapus_target(_kunci(sesi, jabatan, nomor, periode), alasan), "dihapus")


@app.command(
    "daftar",
    cls=Perintah,
    help="Tampilkan target yang berlaku.",
    epilog="ikikec target daftar\nikikec target daftar --jabatan kasi-pip --periode 2026-T3",
)
def daftar(
    ctx: typer.Context,
    jabatan: Annotated[str | None, typer.Option("--jabatan", metavar="SLUG", help="Hanya jabatan ini.")] = None,
    periode: Annotated[
        str | None, typer.Option("--periode", metavar="PERIODE", help="Hanya yang menyentuh periode ini.")
    ] = None,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """List the targets in force."""
    from ikikec.buku.target import daftar as daftar_target
    from ikikec.kinerja.jabatan import cari_jabatan
    from ikikec.tukar.json import tulis_json

    sesi: Sesi = ctx.obj
    if jabatan is not None:
        cari_jabatan(sesi.jabatan, jabatan)
    menyentuh = None if periode is None else baca_periode(periode, sesi.hari_ini)
    with sesi.bacaan() as bacaan:
        semua = daftar_target(bacaan.koneksi, jabatan, menyentuh)
    if keluaran == "json":
        print(tulis_json([_json(satu) for satu in semua]), end="")
        return
    _tabel(semua)


def _kunci(sesi: Sesi, jabatan: str, nomor: str, periode: str) -> "Kunci":
    """The target meant; a period in words becomes the days it means today."""
    from ikikec.buku.target import Kunci

    rentang = baca_periode(periode, sesi.hari_ini)
    return Kunci(jabatan, nomor, periode_hari(rentang.awal, rentang.akhir))


def _kabarkan(target: "Target", kabar: str) -> None:
    print(f"{target.kunci.nomor}  {target.kunci.periode.label}: {_nilai(target)} {kabar}")


def _nilai(target: "Target") -> str:
    from ikikec.kinerja.target import nilai_utuh, tulis_nilai

    return f"{angka(tulis_nilai(nilai_utuh(target)))} {target.satuan}"


def _json(target: "Target") -> dict[str, Any]:
    from ikikec.kinerja.target import nilai_utuh, tulis_nilai

    kunci = target.kunci
    return {
        "nomor": kunci.nomor,
        "jabatan": kunci.jabatan,
        "indikator": kunci.indikator,
        "periode": kunci.periode,
        "target": tulis_nilai(nilai_utuh(target)),
        "satuan": target.satuan,
    }


def _tabel(semua: "list[Target]") -> None:
    from ikikec.cli.tampil import layar
    from ikikec.lembar.tabel import Kolom, Tabel, susun_tabel

    kolom = [Kolom("jabatan"), Kolom("indikator"), Kolom("periode"), Kolom("target", ungkap=_nilai)]
    baris = [(satu.kunci.jabatan, satu.kunci.indikator, satu.kunci.periode.label, satu) for satu in semua]
    if semua:
        layar().print(susun_tabel(Tabel("", kolom, baris)))
    print(f"{len(semua)} target", file=sys.stderr)
