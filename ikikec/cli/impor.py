"""``ikikec impor``: a register from a CSV file or a workbook, all of it or nothing."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ikikec.bahasa import angka
from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.buku.register import SURVEI, Register
from ikikec.cli.keluaran import cetak_json, pasangan
from ikikec.cli.kemajuan import hitung_baris, tanpa_pemungut
from ikikec.cli.opsi import argumen_register, opsi_keluaran, opsi_pilihan
from ikikec.cli.sesi import Sesi, jalur
from ikikec.galat import SalahPakai, Terputus
from ikikec.tukar.sumber import PENYANDIAN

if TYPE_CHECKING:
    from ikikec.buku.kelompok import Titipan
    from ikikec.buku.masuk import Masukan
    from ikikec.tukar.tabel_masuk import HasilBaca

_KEMBAR = Bidang(
    "baris_itu",
    "yang sudah ada di buku: lewati, catat lagi, atau berhenti",
    Jenis.PILIHAN,
    kata=("lewati", "catat", "berhenti"),
    bawaan="berhenti",
)
# What is no register, but taken over as well.
KETETAPAN = ("libur", "target", "rtl", "penutupan")
# How many of the rows left out are named.
TERSEBUT = 20


class _Cara(NamedTuple):
    """How the clerk says that the file is written."""

    peta: str | None
    penyandian: str | None
    lembar: str | None


def impor(
    ctx: typer.Context,
    register: Annotated[Any, argumen_register(KETETAPAN)],
    berkas: Annotated[str, typer.Argument(metavar="BERKAS", help="Berkas CSV atau XLSX.", show_default=False)],
    uji: Annotated[
        bool, typer.Option("--uji", help="Periksa saja dan tunjukkan entri pertama; tidak ada yang dicatat.")
    ] = False,
    peta: Annotated[
        str | None,
        typer.Option("--peta", metavar="BERKAS", help="Arti judul dan kata berkas dari program lain (TOML)."),
    ] = None,
    penyandian: Annotated[
        str | None, opsi_pilihan("--penyandian", kata=PENYANDIAN, bantuan="Penyandian berkas CSV", metavar="NAMA")
    ] = None,
    lembar: Annotated[
        str | None, typer.Option("--lembar", metavar="NAMA", help="Lembar XLSX yang dibaca.", show_default=False)
    ] = None,
    lewati_duplikat: Annotated[
        bool, typer.Option("--lewati-duplikat", help="Lewati baris yang sudah ada di buku, dan sebut mana saja.")
    ] = False,
    catat_duplikat: Annotated[
        bool, typer.Option("--catat-duplikat", help="Catat semua baris, juga yang sudah ada di buku.")
    ] = False,
    keluaran: Annotated[str | None, opsi_keluaran(("json",))] = None,
) -> None:
    """Import one file."""
    sesi: Sesi = ctx.obj
    if isinstance(register, str):
        lain: dict[str, object] = {"--peta": peta, "--penyandian": penyandian, "--lembar": lembar, "-O": keluaran}
        lain |= {"--uji": uji, "--lewati-duplikat": lewati_duplikat, "--catat-duplikat": catat_duplikat}
        for nama in (nama for nama, nilai in lain.items() if nilai):
            raise SalahPakai(f"opsi {nama} tidak berlaku untuk {register}, yang dibaca seperti ditulis ekspor")
        _ketetapan(sesi, register, jalur(berkas))
        return
    cara = _Cara(peta, penyandian, lembar)
    if lewati_duplikat and catat_duplikat:
        raise SalahPakai("--lewati-duplikat dan --catat-duplikat tidak dapat bersama")
    with tanpa_pemungut():
        terbaca = _baca(sesi, register, berkas, cara)
        with terbaca.titipan as titipan, hitung_baris("mencatat", sesi.hening) as tercatat:
            tulis = partial(sesi.buku().impor, register, titipan, cacat=terbaca.cacat, uji=uji, kemajuan=tercatat)
            hasil = _catat(sesi, tulis, lewati=lewati_duplikat, catat=catat_duplikat)
            peringatan = [*terbaca.peringatan, *_layanan_asing(sesi, register, titipan)]
    for satu in peringatan:
        sesi.kabar(f"Perhatian: {satu}")
    _sebut_kembar(sesi, hasil.kembar)
    if keluaran == "json":
        cetak_json(_ringkas(register, titipan.banyak, hasil, peringatan, uji=uji))
        return
    akibat = "siap diimpor; tidak ada yang dicatat (--uji)" if uji else f"tercatat di register {register.slug}"
    rincian = f"{angka(titipan.banyak)} baris dibaca, {angka(len(hasil.kembar))} dilewati"
    print(f"{angka(hasil.banyak)} entri {akibat}; {rincian}")
    if uji:
        _tampilkan(register, hasil.contoh)


def _ketetapan(sesi: Sesi, jenis: str, berkas: Path) -> None:
    """Take over free days, targets, plan lines or closed months from a file that ``ekspor --ketetapan`` wrote."""
    from ikikec.kinerja.jabatan import cari_butir
    from ikikec.tukar.ketetapan_csv import baca_libur, baca_penutupan, baca_rtl, baca_target

    buku = sesi.buku()
    if jenis == "libur":
        banyak, apa = buku.terapkan_libur(baca_libur(berkas)), "hari libur berubah"
        sesi.kabar("Batas waktu yang sudah tertulis tidak berubah.")
    elif jenis == "target":
        satuan = lambda jabatan, nomor: cari_butir(sesi.jabatan, jabatan, nomor).ukuran.satuan  # noqa: E731
        banyak, apa = buku.tetapkan_semua(baca_target(berkas, satuan)), "target ditetapkan"
    elif jenis == "rtl":
        banyak, apa = buku.terapkan_rtl(baca_rtl(berkas)), "rencana tindak lanjut ditetapkan"
    else:
        banyak, apa = buku.tutup_seperti(baca_penutupan(berkas)), "bulan ditutup"
        sesi.kabar("Angkanya seperti yang disimpan dulu; ikikec periksa membandingkannya dengan entri di buku ini.")
    print(f"{angka(banyak)} {apa}")


def _ringkas(
    register: Register, dibaca: int, hasil: "Masukan", peringatan: Sequence[str], *, uji: bool
) -> dict[str, Any]:
    """What happened, for scripts: rows read, entries taken, rows skipped by line and number, warnings."""
    dilewati = [{"baris": baris, "nomor": nomor} for baris, nomor in hasil.kembar.items()]
    return {
        "register": register.slug,
        "uji": uji,
        "dibaca": dibaca,
        "tercatat": 0 if uji else hasil.banyak,
        "siap": hasil.banyak,
        "dilewati": dilewati,
        "peringatan": list(peringatan),
    }


def _catat(sesi: Sesi, tulis: "Callable[..., Masukan]", *, lewati: bool, catat: bool) -> "Masukan":
    """Write the rows; who sits at a terminal is asked what becomes of those that are in the ledger already."""
    from ikikec.buku.masuk import AdaKembar, Kembar

    try:
        return tulis(kembar=Kembar.LEWATI if lewati else Kembar.CATAT if catat else Kembar.TOLAK)
    except AdaKembar as galat:
        if not sesi.bertanya:
            raise
        from ikikec.cli.tanya import keluhkan, tanya

        keluhkan("\n".join(galat.baris()[:-1]))
        jawab = tanya(_KEMBAR, lambda: sesi.hari_ini)
        if jawab == "berhenti":
            raise Terputus("dihentikan; tidak ada yang dicatat") from None
        return tulis(kembar=Kembar.LEWATI if jawab == "lewati" else Kembar.CATAT)


def _baca(sesi: Sesi, register: Register, berkas: str, cara: _Cara) -> "HasilBaca":
    from ikikec.tukar.judul import TANPA_PETA, muat_peta
    from ikikec.tukar.tabel_masuk import CaraBaca, baca_berkas

    # The permit kinds are the office's own, so that they are matched as other coded words are.
    kantor = replace(register, bidang=tuple(sesi.bidang(register, nama) for nama in register.nama_bidang))
    rinci = CaraBaca(
        muat_peta(jalur(cara.peta), kantor) if cara.peta else TANPA_PETA,
        cara.penyandian or PENYANDIAN[0],
        cara.lembar or "",
        sesi.konfig.waktu_setempat,
        # What stands in an unknown file may be anything; away from a terminal it would end up in somebody's mail.
        kutip_isi=sys.stderr.isatty(),
    )
    with hitung_baris("membaca", sesi.hening) as terbaca:
        return baca_berkas(jalur(berkas), kantor, terbaca, rinci)


def _layanan_asing(sesi: Sesi, register: Register, titipan: "Titipan") -> list[str]:
    """Of a survey's file, the services that the office's own list has no name for."""
    if register is not SURVEI or not sesi.konfig.layanan:
        return []
    from ikikec.kinerja.sebaran import isyarat_layanan

    ada = {satu for kelompok in titipan for satu in kelompok.kolom["layanan"] if satu}
    nama = sesi.konfig.nama_layanan
    pesan = [pesan for satu in sorted(ada) if (pesan := isyarat_layanan(satu, nama))]
    lebih = [f"… dan {angka(len(pesan) - TERSEBUT)} layanan lagi"] if len(pesan) > TERSEBUT else []
    return pesan[:TERSEBUT] + lebih


def _sebut_kembar(sesi: Sesi, kembar: Mapping[int, str]) -> None:
    for baris, nomor in islice(kembar.items(), TERSEBUT):
        sesi.kabar(f"baris {baris} dilewati: sudah ada sebagai {nomor}")
    if len(kembar) > TERSEBUT:
        sesi.kabar(f"… dan {angka(len(kembar) - TERSEBUT)} baris lagi")


def _tampilkan(register: Register, contoh: Sequence[Mapping[str, Nilai]]) -> None:
    """The first entries as they would be written."""
    for isi in contoh:
        print()
        pasangan((nama, teks) for nama, teks in register.tulis(isi).items())
