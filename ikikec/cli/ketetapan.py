"""What the office lays down: the year's free days, targets of indicators, closed months."""

import sys
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.bahasa import angka, bersih
from ikikec.cli import lengkapi
from ikikec.cli.keluaran import cetak_json, layar, pasangan
from ikikec.cli.opsi import opsi_alasan, opsi_keluaran, opsi_periode, opsi_teks, opsi_ya, parser_tanggal
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import pembaca
from ikikec.galat import NilaiSalah
from ikikec.periode import Periode, baca_periode, bulan_bulan, periode_hari
from ikikec.tanggal import hari_tanggal, tahun_wajar

if TYPE_CHECKING:
    from ikikec.buku.libur import HariLibur
    from ikikec.buku.target import Kunci, Target

# How many of the entries are named.
TERSEBUT = 20


def _baca_tahun(teks: str) -> int:
    if not (teks.isascii() and teks.isdecimal() and len(teks) == 4):
        raise NilaiSalah(f"tahun {teks!r} tidak dikenali; tulis empat angka, misalnya 2026")
    return tahun_wajar(int(teks))


_TAHUN = typer.Argument(parser=pembaca(_baca_tahun), metavar="TAHUN", help="Empat angka.", show_default=False)
_TANGGAL = typer.Argument(
    parser=parser_tanggal,
    metavar="TANGGAL",
    help="Harinya.",
    show_default=False,
    autocompletion=lengkapi.kata(lengkapi.KATA_TANGGAL),
)


def daftar_libur(
    ctx: typer.Context,
    tahun: Annotated[int | None, _TAHUN] = None,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """List a year's free days."""
    sesi: Sesi = ctx.obj
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
    ctx: typer.Context,
    tanggal: Annotated[date, _TANGGAL],
    nama: Annotated[str, opsi_teks("--nama", "Nama hari libur.")],
) -> None:
    """Add a free day."""
    from ikikec.buku import libur

    hari = ctx.obj.buku().lakukan(lambda tindakan: libur.ubah(tindakan, tanggal, nama))
    _kabarkan_libur(ctx.obj, hari.tanggal, f"libur: {hari.nama}")


def hapus_libur(
    ctx: typer.Context, tanggal: Annotated[date, _TANGGAL], alasan: Annotated[str, opsi_alasan()]
) -> None:
    """Take a free day back."""
    from ikikec.buku import libur

    hari = ctx.obj.buku().lakukan(lambda tindakan: libur.ubah(tindakan, tanggal, None, alasan))
    _kabarkan_libur(ctx.obj, hari.tanggal, f"hari kerja lagi ({hari.nama} dihapus)")


def muat_libur(ctx: typer.Context, tahun: Annotated[int, _TAHUN], ya: Annotated[bool, opsi_ya()] = False) -> None:
    """Load a year, or take over what has changed of it."""
    sesi: Sesi = ctx.obj
    buku = sesi.buku()
    beda = buku.muat_libur(tahun)
    for lama, baru in beda:
        print(f"  {hari_tanggal(baru.tanggal)}: {_sebut_libur(lama)} → {_sebut_libur(baru)}", file=sys.stderr)
    if beda:
        from ikikec.cli.tanya import pastikan

        pastikan(f"Ambil alih {len(beda)} perubahan hari libur {tahun}?", bertanya=sesi.bertanya, ya=ya)
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


def hitung_ulang(ctx: typer.Context, ya: Annotated[bool, opsi_ya()] = False) -> None:
    """Reckon the deadlines of open entries anew."""
    from ikikec.buku import batas
    from ikikec.cli.tanya import pastikan

    sesi: Sesi = ctx.obj
    buku = sesi.buku()
    ulang = buku.melihat(batas.rencana_ulang)
    for _register, lama, baru in ulang.rencana[:TERSEBUT]:
        print(f"  {lama['nomor']}: {lama['batas']} → {baru['batas']}", file=sys.stderr)
    banyak = len(ulang.rencana)
    if banyak > TERSEBUT:
        print(f"  … dan {angka(banyak - TERSEBUT)} lagi", file=sys.stderr)
    if ulang.tertutup:
        sesi.kabar(f"{angka(ulang.tertutup)} entri lain tetap: batasnya tercetak di lembar bulan tertutup.")
    if banyak:
        pastikan(f"Hitung ulang batas {angka(banyak)} entri ini?", bertanya=sesi.bertanya, ya=ya)
    buku.lakukan(lambda tindakan: batas.hitung_ulang(tindakan, ulang), harus_ada=True)
    print(f"{angka(banyak)} entri mendapat batas baru")


_JABATAN = typer.Argument(
    metavar="JABATAN", help="Daftarnya: ikikec jabatan.", show_default=False, autocompletion=lengkapi.jabatan
)
_NOMOR = typer.Argument(metavar="NOMOR", help="Nomor indikator, misalnya 2.1.", show_default=False)
_PERIODE_TARGET = opsi_periode("Misalnya 2026, 2026-T3, 2026-10.")


def tetapkan_target(
    ctx: typer.Context,
    jabatan: Annotated[str, _JABATAN],
    nomor: Annotated[str, _NOMOR],
    nilai: Annotated[
        str,
        typer.Argument(metavar="NILAI", help="Bilangan, atau rentang seperti 80..90.", show_default=False),
    ],
    periode: Annotated[str, _PERIODE_TARGET],
) -> None:
    """Set a target."""
    from ikikec.buku.target import tetapkan
    from ikikec.kinerja.capaian import baca_target
    from ikikec.kinerja.jabatan import cari_butir

    sesi: Sesi = ctx.obj
    ukuran = cari_butir(sesi.jabatan, jabatan, nomor).ukuran
    try:
        target = baca_target(nilai, ukuran, _kunci(sesi, jabatan, nomor, periode))
    except NilaiSalah as galat:
        raise NilaiSalah(f"argumen NILAI: {galat.pesan}") from None
    ditetapkan = sesi.buku().lakukan(lambda tindakan: tetapkan(tindakan, [target]))
    kabar = "ditetapkan" if ditetapkan else "sudah demikian; tidak ada yang dicatat"
    _kabarkan_target(target, kabar)


def hapus_target(
    ctx: typer.Context,
    jabatan: Annotated[str, _JABATAN],
    nomor: Annotated[str, _NOMOR],
    periode: Annotated[str, _PERIODE_TARGET],
    alasan: Annotated[str, opsi_alasan()],
) -> None:
    """Take a target back."""
    from ikikec.buku.target import hapus
    from ikikec.kinerja.jabatan import cari_butir

    sesi: Sesi = ctx.obj
    cari_butir(sesi.jabatan, jabatan, nomor)
    kunci = _kunci(sesi, jabatan, nomor, periode)
    lama = sesi.buku().lakukan(lambda tindakan: hapus(tindakan, kunci, alasan), harus_ada=True)
    _kabarkan_target(lama, "dihapus")


def daftar_target(
    ctx: typer.Context,
    jabatan: Annotated[str | None, typer.Option("--jabatan", metavar="SLUG", help="Hanya jabatan ini.")] = None,
    periode: Annotated[str | None, opsi_periode("Hanya yang menyentuh periode ini.")] = None,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """List the targets in force."""
    from ikikec.buku.target import daftar
    from ikikec.kinerja.jabatan import cari_jabatan

    sesi: Sesi = ctx.obj
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
    print(f"{len(semua)} target", file=sys.stderr)


_BULAN = typer.Argument(
    metavar="PERIODE",
    help="Bulan, atau beberapa bulan utuh.",
    show_default=False,
    autocompletion=lengkapi.periode,
)


def tutup(ctx: typer.Context, periode: Annotated[str, _BULAN]) -> None:
    """Close months."""
    from ikikec.kinerja.hitung import angka_semua

    sesi: Sesi = ctx.obj
    rentang = baca_periode(periode, sesi.hari_ini)
    angka = partial(angka_semua, semua=sesi.ukuran, konfig=sesi.konfig)
    bulan = sesi.buku().tutup(bulan_bulan(rentang), angka)
    _kabarkan_bulan(bulan, "ditutup", "sudah ditutup sebelumnya", rentang)


def buka(
    ctx: typer.Context,
    periode: Annotated[str, _BULAN],
    alasan: Annotated[str, opsi_alasan()],
) -> None:
    """Open months again."""
    from ikikec.buku import penutupan

    sesi: Sesi = ctx.obj
    rentang = baca_periode(periode, sesi.hari_ini)
    bulan = bulan_bulan(rentang)
    dibuka = sesi.buku().lakukan(lambda tindakan: penutupan.buka(tindakan, bulan, alasan), harus_ada=True)
    _kabarkan_bulan(dibuka, "dibuka lagi", "", rentang)


def _kabarkan_bulan(bulan: list[Periode], kabar: str, sudah: str, rentang: Periode) -> None:
    for satu in bulan:
        print(f"{satu.label} {kabar}")
    if not bulan:
        print(f"{rentang.label} {sudah}")
