"""``ikikec impor``: a register from a CSV file or a workbook, all of it or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import angka
from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.buku.register import Register
from ikikec.cli.keluaran import pasangan
from ikikec.cli.kemajuan import hitung_baris, tanpa_pemungut
from ikikec.cli.opsi import argumen_register
from ikikec.cli.sesi import Sesi, jalur
from ikikec.galat import SalahPakai, Terputus

if TYPE_CHECKING:
    from ikikec.buku.masuk import Masukan
    from ikikec.tukar.tabel_masuk import HasilBaca

_KEMBAR = Bidang(
    "baris_itu",
    "yang sudah ada di buku: lewati, catat lagi, atau berhenti",
    Jenis.PILIHAN,
    kata=("lewati", "catat", "berhenti"),
    bawaan="berhenti",
)
# How many of the rows left out are named.
TERSEBUT = 20


def impor(
    ctx: typer.Context,
    register: Annotated[Register, argumen_register()],
    berkas: Annotated[
        str, typer.Argument(metavar="BERKAS", help="Berkas CSV (UTF-8) atau XLSX.", show_default=False)
    ],
    uji: Annotated[
        bool, typer.Option("--uji", help="Periksa saja dan tunjukkan entri pertama; tidak ada yang dicatat.")
    ] = False,
    peta: Annotated[
        str | None,
        typer.Option("--peta", metavar="BERKAS", help="Arti judul dan kata berkas dari program lain (TOML)."),
    ] = None,
    lewati_duplikat: Annotated[
        bool, typer.Option("--lewati-duplikat", help="Lewati baris yang sudah ada di buku, dan sebut mana saja.")
    ] = False,
    catat_duplikat: Annotated[
        bool, typer.Option("--catat-duplikat", help="Catat semua baris, juga yang sudah ada di buku.")
    ] = False,
) -> None:
    """Import one file."""
    sesi: Sesi = ctx.obj
    if lewati_duplikat and catat_duplikat:
        raise SalahPakai("--lewati-duplikat dan --catat-duplikat tidak dapat bersama")
    with tanpa_pemungut():
        terbaca = _baca(sesi, register, berkas, peta)
        with terbaca.titipan as titipan, hitung_baris("mencatat", sesi.hening) as tercatat:
            tulis = partial(sesi.buku().impor, register, titipan, cacat=terbaca.cacat, uji=uji, kemajuan=tercatat)
            hasil = _catat(sesi, tulis, lewati=lewati_duplikat, catat=catat_duplikat)
    _sebut_kembar(sesi, hasil.kembar)
    akibat = "siap diimpor; tidak ada yang dicatat (--uji)" if uji else f"tercatat di register {register.slug}"
    rincian = f"{angka(titipan.banyak)} baris dibaca, {angka(len(hasil.kembar))} dilewati"
    print(f"{angka(hasil.banyak)} entri {akibat}; {rincian}")
    if uji:
        _tampilkan(register, hasil.contoh)


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


def _baca(sesi: Sesi, register: Register, berkas: str, peta: str | None) -> "HasilBaca":
    from ikikec.tukar.peta import TANPA_PETA, muat_peta
    from ikikec.tukar.tabel_masuk import baca_berkas

    # The permit kinds are the office's own, so that they are matched as other coded words are.
    kantor = replace(register, bidang=tuple(sesi.bidang(register, nama) for nama in register.nama_bidang))
    arti = muat_peta(jalur(peta), kantor) if peta else TANPA_PETA
    with hitung_baris("membaca", sesi.hening) as terbaca:
        return baca_berkas(jalur(berkas), kantor, terbaca, arti, sesi.konfig.waktu_setempat)


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
