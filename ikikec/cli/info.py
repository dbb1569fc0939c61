"""What the program tells about itself and the office: today's desk, the ledger, the positions, completion."""

import os
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec import __version__
from ikikec.bahasa import angka, bersih
from ikikec.buku.bidang import pilih_kata
from ikikec.buku.register import SEMUA
from ikikec.cli import lengkapi
from ikikec.cli.keluaran import Bentuk, Olah, cetak_json, layar, pasangan, pilih_tujuan
from ikikec.cli.opsi import opsi_berkas, opsi_keluaran, opsi_kertas
from ikikec.cli.sesi import Sesi, jalur
from ikikec.cli.typer_dalam import pembaca
from ikikec.periode import baca_periode

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan
    from ikikec.lembar.ringkas import Ringkasan, Tenggat

# Due within this many working days is soon.
SEGERA = 3


_MEJA = Bentuk("teks", "lembar.ringkas:susun_ringkasan", (".txt",), Olah.LAYAR)
BENTUK_RINGKASAN = (
    _MEJA,
    _MEJA,
    Bentuk("json", "lembar.ringkas:ringkasan_json", (".json",), Olah.NILAI),
    Bentuk("xlsx", "lembar.ringkas:tabel_ringkasan", (".xlsx",), Olah.BUKU, biner=True),
)


def ringkasan(
    ctx: typer.Context,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK_RINGKASAN[1:]])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    kertas: Annotated[str | None, opsi_kertas()] = None,
) -> None:
    """Show today's desk."""
    tujuan = pilih_tujuan(ctx.obj, BENTUK_RINGKASAN, keluaran, berkas, kertas=kertas)
    if not tujuan.di_layar:
        tujuan.kirim(_susun(ctx.obj, None))
        return
    from ikikec.lembar.ringkas import susun_ringkasan

    konsol = layar()
    konsol.print(susun_ringkasan(_susun(ctx.obj, konsol.height), konsol.width, konsol.height))


def _susun(sesi: Sesi, paling_banyak: int | None) -> "Ringkasan":
    """Today's desk, its lists no longer than can be shown."""
    from ikikec.buku.terbuka import beban
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
            terlambat=_tenggat(sesi, bacaan, date.min, sesi.hari_ini - timedelta(days=1), paling_banyak),
            jatuh_tempo=_tenggat(sesi, bacaan, sesi.hari_ini, segera, paling_banyak),
            lembar=[
                susun_laporan(bacaan, satu, bulan, sesi.konfig, sesi.hari_ini, Permintaan())
                for satu in sesi.jabatan.values()
            ],
            lewat_simpan=_lewat_simpan(sesi, bacaan),
        )


def _lewat_simpan(sesi: Sesi, bacaan: "Bacaan") -> int:
    """How many entries are past the office's retention; 0 where it has none."""
    from ikikec.buku.pelupaan import banyak_lewat
    from ikikec.cli.lupa import sebelum_retensi

    batas = sebelum_retensi(sesi).items()
    return sum(banyak_lewat(bacaan.koneksi, SEMUA[slug], hari) for slug, hari in batas)


def _tenggat(sesi: Sesi, bacaan: "Bacaan", sejak: date, sampai: date, paling_banyak: int | None) -> "list[Tenggat]":
    """The first open entries of all registers due from ``sejak`` to ``sampai``, the most urgent first."""
    from ikikec.buku.penomoran import potong
    from ikikec.buku.saring import Saringan
    from ikikec.buku.terbuka import BERTENGGAT, mendesak
    from ikikec.lembar.ringkas import Tenggat

    semua = mendesak(bacaan.koneksi, sejak, sampai, paling_banyak)
    isi = {
        satu["nomor"]: satu
        for register in BERTENGGAT
        for bagian in potong(nomor for _batas, miliknya, nomor in semua if miliknya is register)
        for satu in bacaan.daftar(register, Saringan(nomor=bagian))
    }
    sisa = bacaan.dengan_kalender(
        sesi.konfig, lambda kalender: [kalender.sisa(sesi.hari_ini, batas) for batas, _register, _nomor in semua]
    )
    return [Tenggat(register, isi[nomor], hari) for (_batas, register, nomor), hari in zip(semua, sisa, strict=True)]


def info(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """Tell about the ledger."""
    from ikikec.buku.mesin.lingkungan import sekitar
    from ikikec.buku.skema import VERSI
    from ikikec.lembar.pdf import sebut_pembuat

    sesi: Sesi = ctx.obj
    with sesi.bacaan() as bacaan:
        entri, sidik = bacaan.ujung()
        jumlah, pindah = bacaan.jumlah(), bacaan.tanda_pindah()
    alamat, pembuat = sesi.alamat_buku, sebut_pembuat()
    peringatan = sekitar(alamat) if isinstance(alamat, Path) else []
    konfig = str(sesi.berkas_konfig) if os.path.isfile(sesi.berkas_konfig) else None
    if keluaran == "json":
        buku = {"berkas": sesi.mesin.sebutan, "skema": VERSI, "entri": entri, "sidik": sidik}
        cetak_json(
            {
                "program": __version__,
                "buku": {**buku, "dipindahkan": None if pindah is None else asdict(pindah)},
                "register": jumlah,
                "konfigurasi": konfig,
                "pdf": pembuat or None,
                "peringatan": peringatan,
            }
        )
        return
    pasangan(
        [
            ("buku", sesi.mesin.sebutan),
            *([("dipindahkan ke", pindah.kabar(sesi.konfig.waktu_setempat))] if pindah else []),
            ("skema", VERSI),
            ("program", f"ikikec {__version__}"),
            ("konfigurasi", konfig or f"bawaan (tidak ada {sesi.berkas_konfig})"),
            ("petugas", sesi.petugas),
            ("pdf", pembuat or "tidak dapat dibuat di komputer ini"),
            *((slug, f"{angka(banyak)} entri") for slug, banyak in jumlah.items()),
            ("jurnal", f"{angka(entri)} baris"),
            ("sidik", sidik),
            *(("peringatan", satu) for satu in peringatan),
        ]
    )


def jabatan(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """List the positions."""
    sesi: Sesi = ctx.obj
    if keluaran == "json":
        cetak_json([{"jabatan": satu.slug, "nama": satu.nama} for satu in sesi.jabatan.values()])
        return

    for satu in sesi.jabatan.values():
        pasangan([(satu.slug, satu.nama), *((f"  {isi.nomor}", isi.uraian) for isi in satu.butir)])


def ukuran(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """List the measures in force."""
    if ctx.invoked_subcommand is not None:
        return
    from ikikec.lembar.ungkapan import baris_ukuran, ukuran_json

    sesi: Sesi = ctx.obj
    if keluaran == "json":
        cetak_json([ukuran_json(satu) for satu in sesi.ukuran.values()])
        return
    for satu in sesi.ukuran.values():
        print(bersih(f"{satu.nama} ({satu.satuan})"))
        pasangan(baris_ukuran(satu))


def periksa_ukuran(
    ctx: typer.Context,
    berkas: Annotated[str, typer.Argument(metavar="BERKAS", help="Berkas definisi (TOML).", show_default=False)],
) -> None:
    """Check a file of definitions."""
    from ikikec.kinerja.periksa_kantor import periksa_berkas_ukuran

    sesi: Sesi = ctx.obj
    banyak = periksa_berkas_ukuran(jalur(berkas), sesi.konfig, sesi.berkas_konfig.parent)
    print(f"{angka(banyak)} ukuran baik")


def pelengkapan(
    cangkang: Annotated[
        str,
        typer.Argument(
            parser=pembaca(lambda teks: pilih_kata(teks, lengkapi.CANGKANG)),
            metavar="|".join(lengkapi.CANGKANG),
            help="Nama cangkangnya.",
            show_default=False,
            autocompletion=lengkapi.kata(lengkapi.CANGKANG),
        ),
    ],
) -> None:
    """Print one shell's script."""
    print(lengkapi.skrip(cangkang), end="")
