"""``ikikec impor`` and ``ekspor``: registers from files, all of one or nothing, and into files for other programs."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any

from ikikec.bahasa import angka
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.register import SEMUA, SURVEI, Register
from ikikec.cli.aliran import sebagian, sebut_tahap, tanpa_pemungut
from ikikec.cli.keluaran import (
    CSV,
    Bentuk,
    Olah,
    cetak_json,
    opsi_cetak,
    pasangan,
    pilih_tujuan,
    susun_cetakan,
    yang_dibaca,
)
from ikikec.cli.opsi import argumen, argumen_register, opsi, opsi_keluaran, opsi_periode, opsi_pilihan, saklar
from ikikec.cli.sesi import Sesi, jalur
from ikikec.cli.tanya import keluhkan, tanya
from ikikec.cli.typer_dalam import terurai
from ikikec.galat import SalahPakai, Terputus
from ikikec.periode import Periode, baca_periode
from ikikec.tukar.json import Kumpulan
from ikikec.tukar.sumber import PENYANDIAN

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan
    from ikikec.buku.kelompok import Titipan
    from ikikec.buku.masuk import Masukan
    from ikikec.tukar.tabel_masuk import HasilBaca

    Pengirim = Callable[[Bacaan, Kumpulan], None]

_KEMBAR = Bidang(
    "baris_itu",
    "yang sudah ada di buku: lewati, catat lagi, atau berhenti",
    Jenis.PILIHAN,
    kata=("lewati", "catat", "berhenti"),
    bawaan="berhenti",
)
# What is no register, but taken over as well.
KETETAPAN = ("libur", "target", "rtl", "penutupan")


_PETA = opsi("--peta", "BERKAS", "Arti judul dan kata berkas dari program lain (TOML).")
_PENYANDIAN = opsi_pilihan("--penyandian", PENYANDIAN, "Penyandian berkas CSV", metavar="NAMA")


def impor(
    sesi: Sesi,
    register: Annotated[Any, argumen_register(KETETAPAN)],
    berkas: Annotated[str, argumen("BERKAS", "Berkas CSV atau XLSX.")],
    uji: Annotated[
        bool, saklar("--uji", "Periksa saja dan tunjukkan entri pertama; tidak ada yang dicatat.")
    ] = False,
    peta: Annotated[str | None, _PETA] = None,
    penyandian: Annotated[str | None, _PENYANDIAN] = None,
    lembar: Annotated[str | None, opsi("--lembar", "NAMA", "Lembar XLSX yang dibaca.")] = None,
    lewati_duplikat: Annotated[
        bool, saklar("--lewati-duplikat", "Lewati baris yang sudah ada di buku, dan sebut mana saja.")
    ] = False,
    catat_duplikat: Annotated[
        bool, saklar("--catat-duplikat", "Catat semua baris, juga yang sudah ada di buku.")
    ] = False,
    keluaran: Annotated[str | None, opsi_keluaran(("json",))] = None,
) -> None:
    """Import one file."""
    if isinstance(register, str):
        lain: dict[str, object] = {"--peta": peta, "--penyandian": penyandian, "--lembar": lembar, "-O": keluaran}
        lain |= {"--uji": uji, "--lewati-duplikat": lewati_duplikat, "--catat-duplikat": catat_duplikat}
        for nama in (nama for nama, nilai in lain.items() if nilai):
            raise SalahPakai(f"opsi {nama} tidak berlaku untuk {register}, yang dibaca seperti ditulis ekspor")
        _ketetapan(sesi, register, jalur(berkas))
        return
    if lewati_duplikat and catat_duplikat:
        raise SalahPakai("--lewati-duplikat dan --catat-duplikat tidak dapat bersama")
    with tanpa_pemungut():
        terbaca = _baca(sesi, register, berkas, peta=peta, penyandian=penyandian, lembar=lembar)
        with terbaca.titipan as titipan, sebut_tahap(sesi.hening) as kabar:
            tercatat = partial(kabar, "mencatat")
            tulis = partial(sesi.buku().impor, register, titipan, cacat=terbaca.cacat, uji=uji, kemajuan=tercatat)
            hasil = _catat(sesi, tulis, lewati=lewati_duplikat, catat=catat_duplikat)
            peringatan = [*terbaca.peringatan, *_layanan_asing(sesi, register, titipan)]
    for satu in peringatan:
        sesi.kabar(f"Perhatian: {satu}")
    for baris in sebagian(
        hasil.kembar, lambda satu: f"baris {satu} dilewati: sudah ada sebagai {hasil.kembar[satu]}", "baris"
    ):
        sesi.kabar(baris)
    if keluaran == "json":
        cetak_json(_ringkas(register, titipan.banyak, hasil, peringatan, uji=uji))
        return
    akibat = "siap diimpor; tidak ada yang dicatat (--uji)" if uji else f"tercatat di register {register.slug}"
    rincian = f"{angka(titipan.banyak)} baris dibaca, {angka(len(hasil.kembar))} dilewati"
    print(f"{angka(hasil.banyak)} entri {akibat}; {rincian}")
    # The first entries as they would be written.
    for contoh in hasil.contoh if uji else ():
        print()
        pasangan(register.tulis(contoh).items())


def _ketetapan(sesi: Sesi, jenis: str, berkas: Path) -> None:
    """Take over free days, targets, plan lines or closed months from a file that ``ekspor --ketetapan`` wrote."""
    from ikikec.buku import libur, rtl, target
    from ikikec.kinerja.jabatan import cari_butir
    from ikikec.tukar.ketetapan_csv import baca_libur, baca_penutupan, baca_rtl, baca_target

    buku = sesi.buku()
    if jenis == "libur":
        banyak, apa = buku.lakukan(partial(libur.terapkan, semua=baca_libur(berkas))), "hari libur berubah"
        sesi.kabar("Batas waktu yang sudah tertulis tidak berubah.")
    elif jenis == "target":
        satuan = lambda jabatan, nomor: cari_butir(sesi.jabatan, jabatan, nomor).ukuran.satuan  # noqa: E731
        banyak, apa = buku.lakukan(partial(target.tetapkan, semua=baca_target(berkas, satuan))), "target ditetapkan"
    elif jenis == "rtl":
        banyak, apa = buku.lakukan(partial(rtl.terapkan, semua=baca_rtl(berkas))), "rencana tindak lanjut ditetapkan"
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
        keluhkan("\n".join(galat.baris()[:-1]))
        jawab = tanya(_KEMBAR, lambda: sesi.hari_ini)
        if jawab == "berhenti":
            raise Terputus("dihentikan; tidak ada yang dicatat") from None
        return tulis(kembar=Kembar.LEWATI if jawab == "lewati" else Kembar.CATAT)


def _baca(
    sesi: Sesi, register: Register, berkas: str, *, peta: str | None, penyandian: str | None, lembar: str | None
) -> "HasilBaca":
    from ikikec.tukar.judul import TANPA_PETA, muat_peta
    from ikikec.tukar.tabel_masuk import CaraBaca, baca_berkas

    # The permit kinds are the office's own, so that they are matched as other coded words are.
    kantor = replace(register, bidang=tuple(sesi.bidang(register, nama) for nama in register.nama_bidang))
    rinci = CaraBaca(
        muat_peta(jalur(peta), kantor) if peta else TANPA_PETA,
        penyandian or PENYANDIAN[0],
        lembar or "",
        sesi.konfig.waktu_setempat,
        # What stands in an unknown file may be anything; away from a terminal it would end up in somebody's mail.
        kutip_isi=sys.stderr.isatty(),
    )
    with sebut_tahap(sesi.hening) as kabar:
        return baca_berkas(jalur(berkas), kantor, partial(kabar, "membaca"), rinci)


def _layanan_asing(sesi: Sesi, register: Register, titipan: "Titipan") -> list[str]:
    """Of a survey's file, the services that the office's own list has no name for."""
    if register is not SURVEI or not sesi.konfig.layanan:
        return []
    from ikikec.kinerja.sebaran import isyarat_layanan

    ada = {satu for kelompok in titipan for satu in kelompok.kolom["layanan"] if satu}
    nama = sesi.konfig.nama_layanan
    return sebagian([pesan for satu in sorted(ada) if (pesan := isyarat_layanan(satu, nama))], str, "layanan")


# Without a word on the form: CSV, on a terminal as into a pipe.
_CSV = Bentuk(CSV, "lembar.entri:tabel_register", (".csv",), Olah.TABEL)
BENTUK_EKSPOR = (
    _CSV,
    _CSV,
    Bentuk("json", "tukar.json:tulis_register", (".json",)),
    Bentuk("jsonl", "tukar.json:tulis_jsonl", (".jsonl", ".ndjson")),
    Bentuk("xlsx", "lembar.entri:tabel_register", (".xlsx",), Olah.BUKU, biner=True),
)


_BERKAS = opsi(
    "-o --berkas",
    "BERKAS|FOLDER",
    "Tulis ke berkas, bentuknya menurut akhirannya, atau ke folder, satu berkas tiap register.",
)


@terurai(cetak=opsi_cetak(BENTUK_EKSPOR, "kertas", "untuk_excel", berkas=_BERKAS))
def ekspor(
    sesi: Sesi,
    *,
    register: Annotated[list[Register] | None, argumen_register()] = None,
    periode: Annotated[str | None, opsi_periode("Menurut tanggal entri. [bawaan: semuanya]")] = None,
    cetak: dict[str, Any],
    ketetapan: Annotated[
        bool,
        saklar("--ketetapan", "Ke folder juga: hari libur, target, rencana tindak lanjut, bulan tertutup (CSV)."),
    ] = False,
    samarkan: Annotated[
        bool,
        saklar(
            "--samarkan", "Ganti nama, kontak, dan alamat dengan samaran; kosongkan isian yang diceritakan bebas."
        ),
    ] = False,
) -> None:
    """Export registers."""
    terpilih = [satu for satu in SEMUA.values() if not register or satu in register]
    keluaran, berkas = cetak.pop("keluaran"), cetak.pop("berkas")
    folder = _folder(berkas, keluaran, banyak=len(terpilih) > 1)
    if folder is None and ketetapan:
        raise SalahPakai("--ketetapan ditulis ke folder", "Sebut foldernya, misalnya -o ekspor/.")
    if folder is None:
        kirim = _kirim_berkas(sesi, terpilih, keluaran, berkas, cetak)
    else:
        kirim = _kirim_folder(sesi, terpilih, keluaran, folder, cetak, ketetapan=ketetapan)
    rentang = None if periode is None else baca_periode(periode, sesi.hari_ini)
    with tanpa_pemungut(), sesi.bacaan() as bacaan:
        kirim(bacaan, _kumpulkan(bacaan, terpilih, rentang, samarkan=samarkan))
    if len(terpilih) == len(SEMUA) and not ketetapan:
        sesi.kabar(
            "Hari libur, target, rencana tindak lanjut, dan bulan tertutup tetap di buku; ikut ditulis dengan:"
            " --ketetapan -o FOLDER"
        )


def _kirim_berkas(
    sesi: Sesi, terpilih: Sequence[Register], keluaran: str | None, berkas: str | None, cetak: Mapping[str, Any]
) -> "Pengirim":
    """What writes all registers into one file or stdout, once nothing is in its way."""
    tujuan = pilih_tujuan(sesi, BENTUK_EKSPOR, keluaran, berkas, **cetak)
    if tujuan.bentuk.nama == CSV and len(terpilih) > 1:
        raise SalahPakai(
            "satu CSV hanya memuat satu register",
            "Sebut satu register, atau tulis ke folder (-o ekspor/), atau pakai -O json, jsonl, atau xlsx.",
        )
    return lambda _bacaan, kumpulan: tujuan.kirim(kumpulan)


def _kirim_folder(
    sesi: Sesi,
    terpilih: Sequence[Register],
    keluaran: str | None,
    folder: Path,
    cetak: Mapping[str, Any],
    *,
    ketetapan: bool,
) -> "Pengirim":
    """What writes a file per register into a folder, all of them or none, and names them."""
    from ikikec.berkas import tolak_timpa_folder, tulis_folder
    from ikikec.tukar.ketetapan_csv import KOLOM, ketetapan_csv

    bentuk = next(satu for satu in BENTUK_EKSPOR if satu.nama == (keluaran or CSV))
    dibaca, cetakan = yang_dibaca(sesi), susun_cetakan(sesi, BENTUK_EKSPOR, bentuk, **cetak)
    nama = {satu.slug: f"{satu.slug}{bentuk.akhiran[0]}" for satu in terpilih}
    semua = [*nama.values(), *(f"{satu}.csv" for satu in KOLOM if ketetapan)]
    tolak_timpa_folder(folder, semua, dibaca)

    def kirim(bacaan: "Bacaan", kumpulan: Kumpulan) -> None:
        isi: dict[str, Iterable[bytes]] = {
            nama[satu.register.slug]: bentuk.bita([satu], cetakan) for satu in kumpulan
        }
        if ketetapan:
            isi |= ketetapan_csv(bacaan.koneksi, untuk_excel=cetakan.untuk_excel)
        tulis_folder(folder, isi, dibaca)
        for berkas in semua:
            print(folder / berkas)

    return kirim


def _folder(berkas: str | None, keluaran: str | None, *, banyak: bool) -> Path | None:
    """The folder that ``-o`` names: one that is there, one written so, or where several registers need one."""
    if berkas is None or berkas == "-":
        return None
    akhiran = PurePath(berkas).suffix.lower()
    milik_berkas = any(akhiran in satu.akhiran for satu in BENTUK_EKSPOR)
    perlu = banyak and (not milik_berkas if keluaran == CSV else not (keluaran or akhiran))
    tertulis = berkas.endswith(("/", os.sep))
    return jalur(berkas) if tertulis or perlu or os.path.isdir(jalur(berkas)) else None


def _kumpulkan(
    bacaan: "Bacaan", terpilih: Iterable[Register], periode: Periode | None, *, samarkan: bool
) -> Kumpulan:
    """Each register with its entries, which are read only as they are written."""
    from ikikec.buku.baca import IsiRegister, Saringan
    from ikikec.tukar.samaran import kunci_samaran, samarkan_entri

    sebutan = periode.label if periode else "semua entri"
    kumpulan = [IsiRegister(satu, bacaan.daftar(satu, Saringan(periode)), sebutan) for satu in terpilih]
    pertama = bacaan.entri_pertama() if samarkan else None
    if pertama is None:
        return kumpulan
    kunci = kunci_samaran("\n".join(pertama))
    return [replace(satu, entri=samarkan_entri(satu.register, satu.entri, kunci)) for satu in kumpulan]
