"""``ikikec rtl``: the plan that follows a survey, and what became of it."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from inspect import Parameter
from typing import Annotated, Any

import typer

from ikikec.bahasa import bersih, deret
from ikikec.buku.bidang import Bidang, Nilai
from ikikec.buku.butir_rtl import BIDANG, PELAKSANAAN, RENCANA, ButirRtl, baca_nomor_rtl
from ikikec.cli import lengkapi
from ikikec.cli.keluaran import cetak_json, layar, pilih_periode
from ikikec.cli.opsi import (
    baca_opsi,
    bertanda_tangan,
    opsi_alasan,
    opsi_keluaran,
    opsi_periode,
    opsi_teks,
    parameter_keluaran,
    parser_tanggal,
)
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import pembaca
from ikikec.galat import SalahPakai
from ikikec.periode import baca_periode, periode_hari
from ikikec.tanggal import hari_tanggal, tanggal_pendek

_CONTOH_NOMOR = "Nomor rencana, misalnya RTL-2026-1."
_NOMOR = typer.Argument(parser=pembaca(baca_nomor_rtl), metavar="NOMOR", help=_CONTOH_NOMOR, show_default=False)


def perintah_tetapkan(_nama: str) -> Callable[..., None]:
    """The command ``rtl tetapkan``, whose options are the fields of a plan line."""
    nomor = typer.Option(
        "--nomor", parser=pembaca(baca_nomor_rtl), metavar="NOMOR", help=f"Koreksi yang ini. {_CONTOH_NOMOR}"
    )
    alasan = opsi_teks("--alasan", "Alasan koreksi; tercatat di riwayat.")
    periode = opsi_periode("Periode surveinya. [bawaan: tahun-ini]")
    parameter = {"periode": periode, **{nama: _opsi(satu) for nama, satu in BIDANG.items()}}
    parameter |= {"nomor": nomor, "alasan": alasan}
    bernama = [
        Parameter(nama, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, opsi])
        for nama, opsi in parameter.items()
    ]
    return bertanda_tangan(_tetapkan, [*bernama, parameter_keluaran(("teks", "json"))])


def _opsi(bidang: Bidang) -> Any:
    """The option of one field, whose text is read once it is known whether a line is made or corrected."""
    kata = f": {deret(bidang.kata)}" if bidang.kata else ""
    hanya = " (hanya dengan --nomor)" if bidang in PELAKSANAAN else ""
    return typer.Option(
        bidang.opsi,
        metavar="NILAI",
        help=bidang.arti + kata + hanya,
        show_default=False,
        autocompletion=lengkapi.bidang(bidang),
    )


def _tetapkan(
    ctx: typer.Context, periode: str | None, nomor: str | None, alasan: str | None, keluaran: str | None, **teks: Any
) -> None:
    sesi: Sesi = ctx.obj
    diberi = {
        nama: baca_opsi(BIDANG[nama], isi, lambda: sesi.hari_ini) for nama, isi in teks.items() if isi is not None
    }
    if kosong := [BIDANG[nama].opsi for nama, isi in diberi.items() if isi is None and BIDANG[nama].wajib]:
        raise SalahPakai(f"opsi {deret(kosong)}: tidak boleh kosong")
    if nomor is None:
        _kabarkan(_tambah(sesi, periode, alasan, diberi), "ditetapkan", keluaran)
        return
    if periode is not None:
        raise SalahPakai("opsi --periode tidak dapat dikoreksi", "Hapus rencananya, lalu tetapkan yang baru.")
    if alasan is None:
        raise SalahPakai("koreksi memerlukan --alasan")
    if not diberi:
        raise SalahPakai("belum ada isian yang dikoreksi", "Sebut isiannya, misalnya: --tenggat NILAI.")
    _kabarkan(_ubah(sesi, nomor, diberi, alasan), "dikoreksi", keluaran)


def _tambah(sesi: Sesi, periode: str | None, alasan: str | None, diberi: Mapping[str, Nilai]) -> ButirRtl:
    lampau = [satu.opsi for satu in PELAKSANAAN if satu.nama in diberi]
    if alasan is not None or lampau:
        opsi = lampau[0] if lampau else "--alasan"
        raise SalahPakai(f"opsi {opsi} hanya dengan --nomor", "Pelaksanaannya: ikikec rtl selesai NOMOR.")
    rentang = pilih_periode(sesi, periode, "tahun-ini")
    if kurang := [satu.opsi for satu in RENCANA if satu.nama not in diberi]:
        raise SalahPakai(f"belum diisi: {', '.join(kurang)}", "Bantuan: ikikec rtl tetapkan --help")
    from ikikec.buku import rtl

    isi: dict[str, Any] = dict(diberi)
    baru = ButirRtl("", periode_hari(rentang.awal, rentang.akhir), **isi)
    return sesi.buku().lakukan(lambda tindakan: rtl.tambah(tindakan, baru))


def _ubah(sesi: Sesi, nomor: str, diberi: Mapping[str, Nilai], alasan: str | None) -> ButirRtl:
    from ikikec.buku import rtl

    return sesi.buku().lakukan(lambda tindakan: rtl.ubah(tindakan, nomor, diberi, alasan), harus_ada=True)


def selesai(
    ctx: typer.Context,
    nomor: Annotated[str, _NOMOR],
    keterangan: Annotated[str, opsi_teks("--keterangan", "Apa yang dilakukan.")],
    bukti: Annotated[str | None, opsi_teks("--bukti", "Nomor surat, foto, atau tautan.")] = None,
    tanggal: Annotated[
        date | None,
        typer.Option(
            "--tanggal", parser=parser_tanggal, metavar="TANGGAL", help="Hari selesainya. [bawaan: hari ini]"
        ),
    ] = None,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """Tell that a plan line was carried out."""
    sesi: Sesi = ctx.obj
    isi: dict[str, Nilai] = {"tanggal_selesai": tanggal or sesi.hari_ini, "keterangan": keterangan, "bukti": bukti}
    _kabarkan(_ubah(sesi, nomor, isi, None), "selesai", keluaran)


def hapus(ctx: typer.Context, nomor: Annotated[str, _NOMOR], alasan: Annotated[str, opsi_alasan()]) -> None:
    """Take a plan line back."""
    from ikikec.buku import rtl

    lama = ctx.obj.buku().lakukan(lambda tindakan: rtl.hapus(tindakan, nomor, alasan), harus_ada=True)
    _kabarkan(lama, "dihapus", None)


def daftar(
    ctx: typer.Context,
    periode: Annotated[str | None, opsi_periode("Hanya yang menyentuh periode ini.")] = None,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """List the plan lines in force."""
    from ikikec.buku.rtl import daftar as semua_butir
    from ikikec.lembar.nilai import butir_json
    from ikikec.lembar.tabel import Kolom, Tabel, susun_tabel

    sesi: Sesi = ctx.obj
    menyentuh = None if periode is None else baca_periode(periode, sesi.hari_ini)
    with sesi.bacaan() as bacaan:
        semua = semua_butir(bacaan.koneksi, menyentuh)
    if keluaran == "json":
        cetak_json([butir_json(satu) for satu in semua])
        return
    kolom = [Kolom(nama) for nama in ("nomor", "unsur", "rencana", "penanggung jawab", "tenggat", "selesai")]
    baris = [
        (satu.nomor, satu.judul_unsur, satu.rencana, satu.penanggung_jawab, tanggal_pendek(satu.tenggat),
         tanggal_pendek(satu.tanggal_selesai) if satu.tanggal_selesai else "belum")
        for satu in semua
    ]  # fmt: skip
    if semua:
        layar().print(susun_tabel(Tabel("", kolom, baris)))
    print(f"{len(semua)} rencana tindak lanjut", file=sys.stderr)


def _kabarkan(butir: ButirRtl, kabar: str, keluaran: str | None) -> None:
    """The answer of a writing command: one line that begins with the number, or the line as it stands."""
    from ikikec.lembar.nilai import butir_json

    if keluaran == "json":
        cetak_json(butir_json(butir))
        return
    hari = butir.tanggal_selesai if kabar == "selesai" and butir.tanggal_selesai else None
    waktu = hari_tanggal(hari) if hari else f"tenggat {hari_tanggal(butir.tenggat)}"
    print(f"{butir.nomor}  {butir.judul_unsur}: {bersih(butir.rencana)} {kabar}; {waktu}")
