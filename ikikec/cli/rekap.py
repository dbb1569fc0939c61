"""``ikikec rekap``: the indicators of several offices side by side and in sum."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import bersih
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.cli.aliran import lipat
from ikikec.cli.keluaran import Bentuk, Olah, pilih_periode, pilih_tujuan
from ikikec.cli.kemajuan import sebut_pekerjaan
from ikikec.cli.opsi import CONTOH_PERIODE, opsi_berkas, opsi_keluaran, opsi_kertas, opsi_periode
from ikikec.cli.sesi import Sesi, jalur
from ikikec.galat import Galat, SalahPakai

if TYPE_CHECKING:
    from ikikec.kinerja.antarkantor import AngkaKantor, BarisRekap, Kantor, Lajur
    from ikikec.konfigurasi import Konfigurasi
    from ikikec.periode import Periode


BENTUK = (
    Bentuk("layar", "lembar.layar:susun_rekap_layar", olah=Olah.LAYAR),
    Bentuk("md", "lembar.templat:rekap_markdown", (".md",), Olah.TEMPLAT),
    Bentuk("html", "lembar.templat:rekap_html", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("pdf", "lembar.templat:rekap_pdf", (".pdf",), Olah.TEMPLAT, biner=True),
    Bentuk("xlsx", "lembar.xlsx:rekap_xlsx", (".xlsx",), Olah.KERTAS, biner=True),
    Bentuk("json", "lembar.nilai:susun_rekap_json", (".json",), Olah.NILAI),
)

CONTOH = "ikikec rekap --buku batui.db --buku toili.db"


_BUKU = typer.Option(
    "--buku",
    metavar="BERKAS",
    help="Buku satu kantor (berkas atau postgresql://…), boleh berulang. [wajib tanpa --daftar]",
)
_DAFTAR = typer.Option(
    "--daftar", metavar="BERKAS", help="Daftar kantor (TOML): [[kantor]] dengan nama dan buku.", show_default=False
)
_PERIODE = opsi_periode(f"{CONTOH_PERIODE} [bawaan: bulan-lalu]")
_LEWATI = typer.Option("--lewati-galat", help="Kantor yang bukunya tak terbaca disebut saja, tidak ikut dijumlah.")


def rekap(
    ctx: typer.Context,
    buku: Annotated[list[str] | None, _BUKU] = None,
    daftar: Annotated[str | None, _DAFTAR] = None,
    periode: Annotated[str | None, _PERIODE] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    kertas: Annotated[str | None, opsi_kertas()] = None,
    lewati_galat: Annotated[bool, _LEWATI] = False,
) -> None:
    """Read the offices and show their figures."""
    sesi: Sesi = ctx.obj
    if bool(buku) == bool(daftar):
        pesan = "--buku dan --daftar tidak dipakai bersama" if buku else "kantornya belum disebut"
        raise SalahPakai(pesan, f"Misalnya: {CONTOH}, atau: ikikec rekap --daftar kantor.toml")
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas, kertas=kertas)
    rentang = pilih_periode(sesi, periode, "bulan-lalu")
    from ikikec.kinerja.antarkantor import Rekap, baca_daftar, namai, susun_lajur, tolak_kembar
    from ikikec.lembar.ungkapan import catatan

    kantor = baca_daftar(jalur(daftar)) if daftar else namai([baca_alamat(satu) for satu in buku or ()])
    tolak_kembar(kantor)
    lajur = susun_lajur(list(sesi.jabatan.values()))
    baris = _baca(sesi, kantor, lajur, rentang, lewati=lewati_galat)
    isi = Rekap(rentang, sesi.hari_ini, sesi.konfig.kabupaten, lajur, tuple(baris))
    for satu in catatan(isi):
        print(lipat(f"Peringatan: {satu}", sys.stderr, "  "), file=sys.stderr)
    tujuan.kirim(isi)


def _baca(
    sesi: Sesi, kantor: "Sequence[Kantor]", lajur: "Sequence[Lajur]", periode: "Periode", *, lewati: bool
) -> "list[BarisRekap]":
    """Every office's figures, read at the same time.

    One that cannot be read ends the command with its own error; with ``lewati`` only where all are so.
    """
    from contextlib import closing

    from ikikec.kinerja.antarkantor import serentak

    hasil: list[AngkaKantor | Galat] = []
    kerja = partial(_angka, sesi.konfig, lajur, periode)
    with sebut_pekerjaan("membaca buku", sesi.hening) as kabar, closing(serentak(kantor, kerja)) as arus:
        for urut, satu in enumerate(kantor, 1):
            kabar(f"{satu.nama} ({urut} dari {len(kantor)})")
            hasil.append(next(arus))
            if not lewati:
                _tolak(satu, hasil[-1], "Tanpa kantor itu: tambahkan --lewati-galat.")
    if all(isinstance(satu, Galat) for satu in hasil):
        _tolak(kantor[0], hasil[0], "Tidak satu kantor pun terbaca.")
    return [_baris(satu, isi) for satu, isi in zip(kantor, hasil, strict=True)]


def _angka(konfig: "Konfigurasi", lajur: "Sequence[Lajur]", periode: "Periode", kantor: "Kantor") -> "AngkaKantor":
    from ikikec.buku.baca import buka_bacaan
    from ikikec.buku.mesin import mesin_di
    from ikikec.kinerja.antarkantor import hitung_kantor

    with buka_bacaan(mesin_di(kantor.alamat, konfig.tunggu)) as bacaan:
        return hitung_kantor(bacaan, lajur, periode, konfig)


def _tolak(kantor: "Kantor", hasil: "AngkaKantor | Galat", saran: str) -> None:
    """Raise the error an office's ledger ended with, if it did, the office named."""
    if isinstance(hasil, Galat):
        hasil.pesan = f"kantor {kantor.nama}: {hasil.pesan}"
        hasil.saran = f"{hasil.saran} {saran}".strip()
        raise hasil


def _baris(kantor: "Kantor", hasil: "AngkaKantor | Galat") -> "BarisRekap":
    from ikikec.buku.mesin.alamat import sebut_alamat
    from ikikec.kinerja.antarkantor import BarisRekap, Kendala

    tempat = bersih(sebut_alamat(kantor.alamat))
    if isinstance(hasil, Galat):
        return BarisRekap(kantor.nama, tempat, None, Kendala(hasil.kode, bersih(hasil.pesan)))
    return BarisRekap(kantor.nama, tempat, hasil)
