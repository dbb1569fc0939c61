"""The sheets of figures for a period: ``laporan`` of positions, ``skm`` of the survey, ``rekap`` of many offices."""

import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from ikikec.bahasa import bersih
from ikikec.buku.mesin.alamat import baca_alamat, sebut_alamat
from ikikec.cli import lengkapi
from ikikec.cli.aliran import beri_tahu, lipat, sebut_pekerjaan
from ikikec.cli.keluaran import CSV, Bentuk, Olah, bertemplat, opsi_cetak, pilih_periode, pilih_tujuan
from ikikec.cli.opsi import CONTOH_PERIODE, opsi, opsi_bilangan, opsi_periode, opsi_pilihan, opsi_tanggal, saklar
from ikikec.cli.sesi import Sesi, jalur
from ikikec.cli.typer_dalam import terurai
from ikikec.galat import Galat, SalahPakai
from ikikec.istilah import PEMBULATAN
from ikikec.tanggal import tanggal_panjang

if TYPE_CHECKING:
    from ikikec.kinerja.antarkantor import AngkaKantor, BarisRekap, Kantor, Lajur
    from ikikec.konfigurasi import Konfigurasi
    from ikikec.periode import Periode

_BULAN_LALU = opsi_periode(f"{CONTOH_PERIODE} [bawaan: bulan-lalu]")
BENTUK = (
    Bentuk("layar", "lembar.layar:susun_layar", olah=Olah.LAYAR),
    *bertemplat("lembar", "md", "html", "pdf"),
    Bentuk("xlsx", "lembar.xlsx:laporan_xlsx", (".xlsx",), Olah.KERTAS, biner=True),
    Bentuk("csv", "lembar.nilai:tabel_laporan", (".csv",), Olah.TABEL),
    Bentuk("json", "lembar.nilai:laporan_json", (".json",), Olah.NILAI),
)
_JABATAN = opsi("--jabatan", "SLUG|semua", "Jabatan; daftarnya: ikikec jabatan. [wajib]", usul=lengkapi.jabatan)
_TANGGAL_TTD = opsi_tanggal(
    "--tanggal-ttd", "Tanggal di atas tanda tangan; boleh yang akan datang. [bawaan: hari ini]"
)
_TEMPLAT = opsi("--templat", "FOLDER", "Templat kantor sendiri untuk md, html, dan pdf.")
_CONTOH_TEMPLAT = opsi("--contoh-templat", "FOLDER", "Tulis templat bawaan ke folder itu sebagai awal, lalu selesai.")


@terurai(cetak=opsi_cetak(BENTUK, "buka", "kertas", "untuk_excel"))
def laporan(
    sesi: Sesi,
    *,
    jabatan: Annotated[str | None, _JABATAN] = None,
    periode: Annotated[str | None, _BULAN_LALU] = None,
    cetak: dict[str, Any],
    rinci: Annotated[
        bool, saklar("--rinci", "Sertakan entri di balik setiap angka, dan yang nyaris terhitung.")
    ] = False,
    bandingkan: Annotated[
        bool, saklar("--bandingkan", "Bandingkan dengan periode sebelumnya dan tahun lalu.")
    ] = False,
    tren: Annotated[bool, saklar("--tren", "Sertakan angka dua belas bulan, atau bulan-bulannya.")] = False,
    dengan_identitas: Annotated[
        bool, saklar("--dengan-identitas", "Bersama --rinci: sertakan nama, lokasi, dan uraian warga.")
    ] = False,
    tanggal_ttd: Annotated[date | None, _TANGGAL_TTD] = None,
    templat: Annotated[str | None, _TEMPLAT] = None,
    contoh_templat: Annotated[str | None, _CONTOH_TEMPLAT] = None,
) -> None:
    """Compute and show the sheets."""
    if contoh_templat is not None:
        _tulis_contoh(jalur(contoh_templat), sesi)
        return
    if jabatan is None:
        raise SalahPakai("opsi --jabatan wajib diisi", "Daftarnya: ikikec jabatan. Semua sekaligus: --jabatan semua")
    if dengan_identitas and not rinci:
        raise SalahPakai(
            "--dengan-identitas hanya berlaku bersama --rinci", "Tambahkan --rinci, atau hapus opsi itu."
        )
    hanya = {"--templat": [satu.nama for satu in BENTUK if satu.olah is Olah.TEMPLAT]} if templat else {}
    hanya |= {"--dengan-identitas": _selain_csv(BENTUK)} if dengan_identitas else {}
    tujuan = pilih_tujuan(sesi, BENTUK, hanya=hanya, templat=templat, **cetak)
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


def _selain_csv(semua: Sequence[Bentuk]) -> list[str]:
    """The forms that tell more than the numbers behind a figure."""
    return [satu.nama for satu in semua if satu.nama != CSV]


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
    beri_tahu(f'Pakai dengan --templat {folder}, atau templat = "…" di ikikec.toml.')


BENTUK_SKM = (
    Bentuk("layar", "lembar.layar:susun_survei_layar", olah=Olah.LAYAR),
    *bertemplat("skm", "md", "html", "pdf"),
    Bentuk("xlsx", "lembar.xlsx:survei_xlsx", (".xlsx",), Olah.KERTAS, biner=True),
    Bentuk("csv", "lembar.nilai:tabel_survei", (".csv",), Olah.TABEL),
    Bentuk("json", "lembar.nilai:susun_survei_json", (".json",), Olah.NILAI),
)

# What reads the forms themselves, and so while the ledger is open.
SEUTUHNYA = "xlsx"
# The page for the notice board instead of the report, in the forms that are printed.
POSTER = {satu.nama: satu for satu in bertemplat("poster", "html", "pdf")}
# Whose sheet is signed as the survey's report is: by the Camat and the head of the section.
PENANDA_TANGAN = "kasi-pip"

_POPULASI = opsi_bilangan(
    "--populasi", "Banyaknya orang yang dilayani, untuk menghitung sampel minimum.", 1, 2_000_000_000
)
_PEMBULATAN = opsi_pilihan(
    "--pembulatan",
    PEMBULATAN,
    "tepat: sekali di akhir; nrr2: NRR dibulatkan dulu ke dua desimal, seperti hitungan tangan. [bawaan: tepat]",
)


@terurai(cetak=opsi_cetak(BENTUK_SKM, "buka", "kertas", "untuk_excel"))
def skm(
    sesi: Sesi,
    *,
    periode: Annotated[str | None, opsi_periode(f"{CONTOH_PERIODE} [bawaan: tahun-ini]")] = None,
    cetak: dict[str, Any],
    populasi: Annotated[int | None, _POPULASI] = None,
    bandingkan: Annotated[
        bool, saklar("--bandingkan", "Bandingkan dengan periode sebelumnya yang sama panjang.")
    ] = False,
    dengan_saran: Annotated[
        bool, saklar("--dengan-saran", "Sertakan isi saran responden, bukan banyaknya saja.")
    ] = False,
    pembulatan: Annotated[str | None, _PEMBULATAN] = None,
    poster: Annotated[bool, saklar("--poster", "Satu halaman untuk papan pengumuman (pdf atau html).")] = False,
) -> None:
    """Compute and show the survey's report."""
    if poster and dengan_saran:
        raise SalahPakai("--poster tidak memuat saran", "Hapus --dengan-saran, atau buat laporannya tanpa --poster.")
    hanya = {"--dengan-saran": _selain_csv(BENTUK_SKM)} if dengan_saran else {}
    hanya |= {"--poster": list(POSTER)} if poster else {}
    tujuan = pilih_tujuan(sesi, BENTUK_SKM, hanya=hanya, **cetak)
    if poster:
        tujuan = replace(tujuan, bentuk=POSTER[tujuan.bentuk.nama])
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


BENTUK_REKAP = (
    Bentuk("layar", "lembar.layar:susun_rekap_layar", olah=Olah.LAYAR),
    *bertemplat("rekap", "md", "html", "pdf"),
    Bentuk("xlsx", "lembar.xlsx:rekap_xlsx", (".xlsx",), Olah.KERTAS, biner=True),
    Bentuk("json", "lembar.nilai:susun_rekap_json", (".json",), Olah.NILAI),
)

CONTOH = "ikikec rekap --buku batui.db --buku toili.db"
_BUKU = opsi(
    "--buku", "BERKAS", "Buku satu kantor (berkas atau postgresql://…), boleh berulang. [wajib tanpa --daftar]"
)
_DAFTAR = opsi("--daftar", "BERKAS", "Daftar kantor (TOML): [[kantor]] dengan nama dan buku.")


@terurai(cetak=opsi_cetak(BENTUK_REKAP, "kertas"))
def rekap(
    sesi: Sesi,
    *,
    buku: Annotated[list[str] | None, _BUKU] = None,
    daftar: Annotated[str | None, _DAFTAR] = None,
    periode: Annotated[str | None, _BULAN_LALU] = None,
    cetak: dict[str, Any],
    lewati_galat: Annotated[
        bool, saklar("--lewati-galat", "Kantor yang bukunya tak terbaca disebut saja, tidak ikut dijumlah.")
    ] = False,
) -> None:
    """Read the offices and show their figures."""
    if bool(buku) == bool(daftar):
        pesan = "--buku dan --daftar tidak dipakai bersama" if buku else "kantornya belum disebut"
        raise SalahPakai(pesan, f"Misalnya: {CONTOH}, atau: ikikec rekap --daftar kantor.toml")
    tujuan = pilih_tujuan(sesi, BENTUK_REKAP, **cetak)
    rentang = pilih_periode(sesi, periode, "bulan-lalu")
    from ikikec.kinerja.antarkantor import Rekap, baca_daftar, namai, susun_lajur, tolak_kembar
    from ikikec.lembar.ungkapan import catatan

    kantor = baca_daftar(jalur(daftar)) if daftar else namai([baca_alamat(satu) for satu in buku or ()])
    tolak_kembar(kantor)
    lajur = susun_lajur(list(sesi.jabatan.values()))
    baris = _baca(sesi, kantor, lajur, rentang, lewati=lewati_galat)
    isi = Rekap(rentang, sesi.hari_ini, sesi.konfig.kabupaten, lajur, tuple(baris))
    for satu in catatan(isi):
        beri_tahu(lipat(f"Peringatan: {satu}", sys.stderr, "  "))
    tujuan.kirim(isi)


def _baca(
    sesi: Sesi, kantor: "Sequence[Kantor]", lajur: "Sequence[Lajur]", periode: "Periode", *, lewati: bool
) -> "list[BarisRekap]":
    """Every office's figures, read at the same time.

    One that cannot be read ends the command with its own error; with ``lewati`` only where all are so.
    """
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
    from ikikec.kinerja.antarkantor import BarisRekap, Kendala

    tempat = bersih(sebut_alamat(kantor.alamat))
    if isinstance(hasil, Galat):
        return BarisRekap(kantor.nama, tempat, None, Kendala(hasil.kode, bersih(hasil.pesan)))
    return BarisRekap(kantor.nama, tempat, hasil)
