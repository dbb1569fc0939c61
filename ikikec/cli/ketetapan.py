"""What the office lays down: the year's free days, targets of indicators, plans after a survey, closed months."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from ikikec.bahasa import angka, bersih, deret
from ikikec.buku.bidang import Bidang, Nilai
from ikikec.buku.butir_rtl import BIDANG, PELAKSANAAN, RENCANA, ButirRtl, baca_nomor_rtl
from ikikec.cli import lengkapi
from ikikec.cli.aliran import beri_tahu, sebagian
from ikikec.cli.keluaran import cetak_json, layar, pasangan, pilih_periode
from ikikec.cli.opsi import (
    Alasan,
    TeksAtauJson,
    Ya,
    argumen,
    baca_hari,
    baca_opsi,
    opsi,
    opsi_periode,
    opsi_tanggal,
    opsi_teks,
    parameter,
)
from ikikec.cli.sesi import Sesi
from ikikec.cli.tanya import pastikan
from ikikec.cli.typer_dalam import terurai
from ikikec.galat import NilaiSalah, SalahPakai
from ikikec.periode import Periode, baca_periode, bulan_bulan, periode_hari
from ikikec.tanggal import hari_tanggal, tahun_wajar, tanggal_pendek

if TYPE_CHECKING:
    from ikikec.buku.libur import HariLibur
    from ikikec.buku.target import Kunci, Target


def _baca_tahun(teks: str) -> int:
    if not (teks.isascii() and teks.isdecimal() and len(teks) == 4):
        raise NilaiSalah(f"tahun {teks!r} tidak dikenali; tulis empat angka, misalnya 2026")
    return tahun_wajar(int(teks))


_TAHUN = argumen("TAHUN", "Empat angka.", _baca_tahun)
_TANGGAL = argumen("TANGGAL", "Harinya.", baca_hari, lengkapi.kata(lengkapi.KATA_TANGGAL))


def daftar_libur(
    sesi: Sesi,
    tahun: Annotated[int | None, _TAHUN] = None,
    keluaran: TeksAtauJson = None,
) -> None:
    """List a year's free days."""
    dicari = tahun or sesi.hari_ini.year
    with sesi.bacaan() as bacaan:
        hari = bacaan.libur(dicari)
    if hari is None:
        sesi.kabar(f"Hari libur {dicari} belum dimuat; muat dengan: ikikec libur muat {dicari}")
    if keluaran == "json":
        cetak_json([satu._asdict() for satu in hari or []])
        return
    for satu in hari or []:
        keterangan = "" if satu.berlaku else " – dihapus, hari kerja"
        pasangan([(f"{hari_tanggal(satu.tanggal):<28}", f"{satu.nama} ({satu.jenis}){keterangan}")])


def tambah_libur(
    sesi: Sesi,
    tanggal: Annotated[date, _TANGGAL],
    nama: Annotated[str, opsi_teks("--nama", "Nama hari libur.")],
) -> None:
    """Add a free day."""
    from ikikec.buku import libur

    hari = sesi.buku().lakukan(lambda tindakan: libur.ubah(tindakan, tanggal, nama))
    _kabarkan_libur(sesi, hari.tanggal, f"libur: {hari.nama}")


def hapus_libur(sesi: Sesi, tanggal: Annotated[date, _TANGGAL], alasan: Alasan) -> None:
    """Take a free day back."""
    from ikikec.buku import libur

    hari = sesi.buku().lakukan(lambda tindakan: libur.ubah(tindakan, tanggal, None, alasan))
    _kabarkan_libur(sesi, hari.tanggal, f"hari kerja lagi ({hari.nama} dihapus)")


def muat_libur(sesi: Sesi, tahun: Annotated[int, _TAHUN], ya: Ya = False) -> None:
    """Load a year, or take over what has changed of it."""
    buku = sesi.buku()
    beda = buku.muat_libur(tahun)
    beri_tahu(
        *(f"  {hari_tanggal(baru.tanggal)}: {_sebut_libur(lama)} → {_sebut_libur(baru)}" for lama, baru in beda)
    )
    if beda:
        pastikan(f"Ambil alih {len(beda)} perubahan hari libur {tahun}?", ya=ya)
        buku.perbarui_libur(tahun)
    with sesi.bacaan() as bacaan:
        banyak = sum(satu.berlaku for satu in bacaan.libur(tahun) or [])
    print(f"{banyak} hari libur {tahun} ada di buku")
    if beda:
        _kabarkan_batas(sesi)


def _sebut_libur(hari: "HariLibur | None") -> str:
    return f"{bersih(hari.nama)} ({hari.jenis})" if hari is not None and hari.berlaku else "hari kerja"


def _kabarkan_libur(sesi: Sesi, tanggal: date, kabar: str) -> None:
    print(f"{hari_tanggal(tanggal)}: {bersih(kabar)}")
    _kabarkan_batas(sesi)


def _kabarkan_batas(sesi: Sesi) -> None:
    """That deadlines stay as they were written, and how many of the open ones could be reckoned anew."""
    sesi.kabar("Batas waktu yang sudah tertulis tidak berubah.")
    from ikikec.buku.batas import rencana_ulang

    if banyak := len(sesi.buku().melihat(rencana_ulang).rencana):
        sesi.kabar(f"{angka(banyak)} entri yang belum selesai mendapat batas lain dengan: ikikec libur hitung-ulang")


def hitung_ulang(sesi: Sesi, ya: Ya = False) -> None:
    """Reckon the deadlines of open entries anew."""
    from ikikec.buku import batas

    buku = sesi.buku()
    ulang = buku.melihat(batas.rencana_ulang)
    banyak = len(ulang.rencana)
    for baris in sebagian(ulang.rencana, lambda satu: f"{satu[1]['nomor']}: {satu[1]['batas']} → {satu[2]['batas']}"):
        beri_tahu(f"  {baris}")
    if ulang.tertutup:
        sesi.kabar(f"{angka(ulang.tertutup)} entri lain tetap: batasnya tercetak di lembar bulan tertutup.")
    if banyak:
        pastikan(f"Hitung ulang batas {angka(banyak)} entri ini?", ya=ya)
    buku.lakukan(lambda tindakan: batas.hitung_ulang(tindakan, ulang), harus_ada=True)
    print(f"{angka(banyak)} entri mendapat batas baru")


_JABATAN = argumen("JABATAN", "Daftarnya: ikikec jabatan.", usul=lengkapi.jabatan)
_NOMOR = argumen("NOMOR", "Nomor indikator, misalnya 2.1.")
_PERIODE_TARGET = opsi_periode("Misalnya 2026, 2026-T3, 2026-10.")


def tetapkan_target(
    sesi: Sesi,
    jabatan: Annotated[str, _JABATAN],
    nomor: Annotated[str, _NOMOR],
    nilai: Annotated[str, argumen("NILAI", "Bilangan, atau rentang seperti 80..90.")],
    periode: Annotated[str, _PERIODE_TARGET],
) -> None:
    """Set a target."""
    from ikikec.buku.target import tetapkan
    from ikikec.kinerja.capaian import baca_target
    from ikikec.kinerja.jabatan import cari_butir

    ukuran = cari_butir(sesi.jabatan, jabatan, nomor).ukuran
    try:
        target = baca_target(nilai, ukuran, _kunci(sesi, jabatan, nomor, periode))
    except NilaiSalah as galat:
        raise NilaiSalah(f"argumen NILAI: {galat.pesan}") from None
    ditetapkan = sesi.buku().lakukan(lambda tindakan: tetapkan(tindakan, [target]))
    kabar = "ditetapkan" if ditetapkan else "sudah demikian; tidak ada yang dicatat"
    _kabarkan_target(target, kabar)


def hapus_target(
    sesi: Sesi,
    jabatan: Annotated[str, _JABATAN],
    nomor: Annotated[str, _NOMOR],
    periode: Annotated[str, _PERIODE_TARGET],
    alasan: Alasan,
) -> None:
    """Take a target back."""
    from ikikec.buku.target import hapus
    from ikikec.kinerja.jabatan import cari_butir

    cari_butir(sesi.jabatan, jabatan, nomor)
    kunci = _kunci(sesi, jabatan, nomor, periode)
    lama = sesi.buku().lakukan(lambda tindakan: hapus(tindakan, kunci, alasan), harus_ada=True)
    _kabarkan_target(lama, "dihapus")


def daftar_target(
    sesi: Sesi,
    jabatan: Annotated[str | None, opsi("--jabatan", "SLUG", "Hanya jabatan ini.")] = None,
    periode: Annotated[str | None, opsi_periode("Hanya yang menyentuh periode ini.")] = None,
    keluaran: TeksAtauJson = None,
) -> None:
    """List the targets in force."""
    from ikikec.buku.target import daftar
    from ikikec.kinerja.jabatan import cari_jabatan

    if jabatan is not None:
        cari_jabatan(sesi.jabatan, jabatan)
    menyentuh = None if periode is None else baca_periode(periode, sesi.hari_ini)
    with sesi.bacaan() as bacaan:
        semua = daftar(bacaan.koneksi, jabatan, menyentuh)
    if keluaran == "json":
        cetak_json([_target_json(satu) for satu in semua])
        return
    _cetak_target(semua)


def _kunci(sesi: Sesi, jabatan: str, nomor: str, periode: str) -> "Kunci":
    """The target meant; a period in words becomes the days it means today."""
    from ikikec.buku.target import Kunci

    rentang = baca_periode(periode, sesi.hari_ini)
    return Kunci(jabatan, nomor, periode_hari(rentang.awal, rentang.akhir))


def _kabarkan_target(target: "Target", kabar: str) -> None:
    print(f"{target.kunci.nomor}  {target.kunci.periode.label}: {_nilai_target(target)} {kabar}")


def _nilai_target(target: "Target") -> str:
    from ikikec.kinerja.capaian import atas_utuh, nilai_utuh, tulis_nilai

    isi = [angka(tulis_nilai(satu)) for satu in (nilai_utuh(target), atas_utuh(target)) if satu is not None]
    return f"{'–'.join(isi)} {target.satuan}"


def _target_json(target: "Target") -> dict[str, Any]:
    from ikikec.kinerja.capaian import atas_utuh, nilai_utuh, tulis_nilai

    kunci, atas = target.kunci, atas_utuh(target)
    return {
        "nomor": kunci.nomor,
        "jabatan": kunci.jabatan,
        "indikator": kunci.indikator,
        "periode": kunci.periode,
        "target": tulis_nilai(nilai_utuh(target)),
        **({} if atas is None else {"target_atas": tulis_nilai(atas)}),
        "satuan": target.satuan,
    }


def _cetak_target(semua: "list[Target]") -> None:
    from ikikec.lembar.tabel import Kolom, Tabel, susun_tabel

    kolom = [Kolom("jabatan"), Kolom("indikator"), Kolom("periode"), Kolom("target", ungkap=_nilai_target)]
    baris = [(satu.kunci.jabatan, satu.kunci.indikator, satu.kunci.periode.label, satu) for satu in semua]
    if semua:
        layar().print(susun_tabel(Tabel("", kolom, baris)))
    beri_tahu(f"{len(semua)} target")


_CONTOH_NOMOR = "Nomor rencana, misalnya RTL-2026-1."
_NOMOR_RTL = argumen("NOMOR", _CONTOH_NOMOR, baca_nomor_rtl)
_KOREKSI = opsi("--nomor", "NOMOR", f"Koreksi yang ini. {_CONTOH_NOMOR}", baca=baca_nomor_rtl)


def _opsi_rtl(bidang: Bidang) -> Any:
    """The option of one field, whose text is read once it is known whether a line is made or corrected."""
    kata = f": {deret(bidang.kata)}" if bidang.kata else ""
    hanya = " (hanya dengan --nomor)" if bidang in PELAKSANAAN else ""
    return opsi(bidang.opsi, "NILAI", bidang.arti + kata + hanya, usul=lengkapi.bidang(bidang))


@terurai(teks=lambda: [parameter(satu.nama, str | None, _opsi_rtl(satu)) for satu in BIDANG.values()])
def tetapkan_rtl(
    sesi: Sesi,
    *,
    periode: Annotated[str | None, opsi_periode("Periode surveinya. [bawaan: tahun-ini]")] = None,
    teks: dict[str, str | None],
    nomor: Annotated[str | None, _KOREKSI] = None,
    alasan: Annotated[str | None, opsi_teks("--alasan", "Alasan koreksi; tercatat di riwayat.")] = None,
    keluaran: TeksAtauJson = None,
) -> None:
    """Lay a plan line down, or correct one."""
    diberi = {nama: baca_opsi(sesi, BIDANG[nama], isi) for nama, isi in teks.items() if isi is not None}
    if kosong := [BIDANG[nama].opsi for nama, isi in diberi.items() if isi is None and BIDANG[nama].wajib]:
        raise SalahPakai(f"opsi {deret(kosong)}: tidak boleh kosong")
    if nomor is None:
        _kabarkan_rtl(_tambah_rtl(sesi, periode, alasan, diberi), "ditetapkan", keluaran)
        return
    if periode is not None:
        raise SalahPakai("opsi --periode tidak dapat dikoreksi", "Hapus rencananya, lalu tetapkan yang baru.")
    if alasan is None:
        raise SalahPakai("koreksi memerlukan --alasan")
    if not diberi:
        raise SalahPakai("belum ada isian yang dikoreksi", "Sebut isiannya, misalnya: --tenggat NILAI.")
    _kabarkan_rtl(_ubah_rtl(sesi, nomor, diberi, alasan), "dikoreksi", keluaran)


def _tambah_rtl(sesi: Sesi, periode: str | None, alasan: str | None, diberi: Mapping[str, Nilai]) -> ButirRtl:
    lampau = [satu.opsi for satu in PELAKSANAAN if satu.nama in diberi]
    if alasan is not None or lampau:
        opsi = lampau[0] if lampau else "--alasan"
        raise SalahPakai(f"opsi {opsi} hanya dengan --nomor", "Pelaksanaannya: ikikec rtl selesai NOMOR.")
    rentang = pilih_periode(sesi, periode, "tahun-ini")
    if kurang := [satu.opsi for satu in RENCANA if satu.nama not in diberi]:
        raise SalahPakai(f"belum diisi: {', '.join(kurang)}")
    from ikikec.buku import rtl

    isi: dict[str, Any] = dict(diberi)
    baru = ButirRtl("", periode_hari(rentang.awal, rentang.akhir), **isi)
    return sesi.buku().lakukan(lambda tindakan: rtl.tambah(tindakan, baru))


def _ubah_rtl(sesi: Sesi, nomor: str, diberi: Mapping[str, Nilai], alasan: str | None) -> ButirRtl:
    from ikikec.buku import rtl

    return sesi.buku().lakukan(lambda tindakan: rtl.ubah(tindakan, nomor, diberi, alasan), harus_ada=True)


def selesai_rtl(
    sesi: Sesi,
    nomor: Annotated[str, _NOMOR_RTL],
    keterangan: Annotated[str, opsi_teks("--keterangan", "Apa yang dilakukan.")],
    bukti: Annotated[str | None, opsi_teks("--bukti", "Nomor surat, foto, atau tautan.")] = None,
    tanggal: Annotated[date | None, opsi_tanggal("--tanggal", "Hari selesainya. [bawaan: hari ini]")] = None,
    keluaran: TeksAtauJson = None,
) -> None:
    """Tell that a plan line was carried out."""
    isi: dict[str, Nilai] = {"tanggal_selesai": tanggal or sesi.hari_ini, "keterangan": keterangan, "bukti": bukti}
    _kabarkan_rtl(_ubah_rtl(sesi, nomor, isi, None), "selesai", keluaran)


def hapus_rtl(sesi: Sesi, nomor: Annotated[str, _NOMOR_RTL], alasan: Alasan) -> None:
    """Take a plan line back."""
    from ikikec.buku import rtl

    lama = sesi.buku().lakukan(lambda tindakan: rtl.hapus(tindakan, nomor, alasan), harus_ada=True)
    _kabarkan_rtl(lama, "dihapus", None)


def daftar_rtl(
    sesi: Sesi,
    periode: Annotated[str | None, opsi_periode("Hanya yang menyentuh periode ini.")] = None,
    keluaran: TeksAtauJson = None,
) -> None:
    """List the plan lines in force."""
    from ikikec.buku.rtl import daftar
    from ikikec.lembar.nilai import butir_json
    from ikikec.lembar.tabel import Kolom, Tabel, susun_tabel

    menyentuh = None if periode is None else baca_periode(periode, sesi.hari_ini)
    with sesi.bacaan() as bacaan:
        semua = daftar(bacaan.koneksi, menyentuh)
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
    beri_tahu(f"{len(semua)} rencana tindak lanjut")


def _kabarkan_rtl(butir: ButirRtl, kabar: str, keluaran: str | None) -> None:
    """The answer of a writing command: one line that begins with the number, or the line as it stands."""
    from ikikec.lembar.nilai import butir_json

    if keluaran == "json":
        cetak_json(butir_json(butir))
        return
    hari = butir.tanggal_selesai if kabar == "selesai" and butir.tanggal_selesai else None
    waktu = hari_tanggal(hari) if hari else f"tenggat {hari_tanggal(butir.tenggat)}"
    print(f"{butir.nomor}  {butir.judul_unsur}: {bersih(butir.rencana)} {kabar}; {waktu}")


_BULAN = argumen("PERIODE", "Bulan, atau beberapa bulan utuh.", usul=lengkapi.periode)


def tutup(sesi: Sesi, periode: Annotated[str, _BULAN]) -> None:
    """Close months."""
    from ikikec.kinerja.hitung import angka_semua

    rentang = baca_periode(periode, sesi.hari_ini)
    angka = partial(angka_semua, semua=sesi.ukuran, konfig=sesi.konfig)
    bulan = sesi.buku().tutup(bulan_bulan(rentang), angka)
    _kabarkan_bulan(bulan, "ditutup", "sudah ditutup sebelumnya", rentang)


def buka(
    sesi: Sesi,
    periode: Annotated[str, _BULAN],
    alasan: Alasan,
) -> None:
    """Open months again."""
    from ikikec.buku import penutupan

    rentang = baca_periode(periode, sesi.hari_ini)
    bulan = bulan_bulan(rentang)
    dibuka = sesi.buku().lakukan(lambda tindakan: penutupan.buka(tindakan, bulan, alasan), harus_ada=True)
    _kabarkan_bulan(dibuka, "dibuka lagi", "", rentang)


def _kabarkan_bulan(bulan: list[Periode], kabar: str, sudah: str, rentang: Periode) -> None:
    for satu in bulan:
        print(f"{satu.label} {kabar}")
    if not bulan:
        print(f"{rentang.label} {sudah}")
