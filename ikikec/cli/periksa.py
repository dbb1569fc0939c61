"""``ikikec periksa``: whether the ledger is whole, and whether a printed fingerprint still leads into it."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.bahasa import angka
from ikikec.cli.keluaran import cetak_json
from ikikec.cli.kemajuan import sebut_pekerjaan
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.penjaga import jaga_baca
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import pembaca
from ikikec.galat import NilaiSalah, TemuanPeriksa

if TYPE_CHECKING:
    from ikikec.buku.keutuhan import HasilPeriksa
    from ikikec.buku.mesin.dasar import Mesin

SEKITAR = "sekitar"
_SIDIK = re.compile(r"[0-9a-f]{8,64}", re.ASCII)


def _baca_sidik(teks: str) -> str:
    bersih = teks.strip().lower()
    if not _SIDIK.fullmatch(bersih):
        raise NilaiSalah("sidik ditulis 8 sampai 64 angka heksadesimal (0-9, a-f), seperti di kaki lembar")
    return bersih


def periksa(
    ctx: typer.Context,
    sidik: Annotated[
        str | None,
        typer.Option(
            "--sidik", parser=pembaca(_baca_sidik), metavar="HEX", help="Cari sidik dari lembar yang dicetak."
        ),
    ] = None,
    jelaskan: Annotated[bool, typer.Option("--jelaskan", help="Jelaskan setiap pemeriksaan.")] = False,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """Check the ledger."""
    sesi: Sesi = ctx.obj
    jaga_baca(sesi)
    if sidik is not None:
        _cari_sidik(sesi, sidik, keluaran)
        return
    hasil = [*periksa_buku(sesi, sesi.mesin), _sekitar(sesi)]
    if keluaran == "json":
        cetak_json([_json(satu) for satu in hasil])
    else:
        _cetak(hasil, jelaskan=jelaskan)
    tolak_temuan(hasil)


def periksa_buku(sesi: Sesi, mesin: "Mesin") -> "list[HasilPeriksa]":
    """Every check of ledger and figures on one ledger."""
    from ikikec.buku.keutuhan import PEMERIKSAAN, buka_periksa, jalankan
    from ikikec.kinerja.periksa_kantor import bulan_tertutup

    with (
        buka_periksa(mesin) as bacaan,
        sebut_pekerjaan(f"memeriksa {mesin.sebutan}", sesi.hening) as kabar,
    ):
        return jalankan(bacaan, (*PEMERIKSAAN, bulan_tertutup(sesi.ukuran, sesi.konfig)), sesi.hari_ini, kabar)


def _sekitar(sesi: Sesi) -> "HasilPeriksa":
    """What around the ledger's file endangers it: nothing is wrong with the ledger yet, so these are notes."""
    from ikikec.buku.keutuhan import HasilPeriksa, Pemeriksaan, Temuan
    from ikikec.buku.mesin.lingkungan import sekitar

    alamat = sesi.alamat_buku
    pesan = sekitar(alamat) if isinstance(alamat, Path) else []
    arti = "Hanya komputer ini dan pemiliknya yang memegang berkas buku."
    pemeriksaan = Pemeriksaan(SEKITAR, arti, "Ikuti sarannya, satu per satu.", lambda _bacaan, _hari: ())
    return HasilPeriksa(pemeriksaan, tuple(Temuan("buku", satu, catatan=True) for satu in pesan))


def tolak_temuan(hasil: "list[HasilPeriksa]") -> None:
    """Raise TemuanPeriksa where a check found a fault."""
    kena = [satu for satu in hasil if not satu.bersih]
    if kena:
        banyak = sum(1 for satu in kena for temuan in satu.temuan if not temuan.catatan)
        saran = dict.fromkeys(satu.pemeriksaan.saran for satu in kena)
        raise TemuanPeriksa(f"{angka(banyak)} temuan di buku", " ".join(saran))


def _json(hasil: "HasilPeriksa") -> dict[str, Any]:
    return {
        "pemeriksaan": hasil.pemeriksaan.nama,
        "arti": hasil.pemeriksaan.arti,
        "saran": hasil.pemeriksaan.saran,
        "bersih": hasil.bersih,
        "temuan": [
            {"tempat": satu.tempat, "pesan": satu.pesan, "jenis": "catatan" if satu.catatan else "galat"}
            for satu in hasil.temuan
        ],
    }


def _cetak(hasil: "list[HasilPeriksa]", *, jelaskan: bool) -> None:
    """Faults and what is around the ledger always; explanations where asked for, other notes also at a terminal."""
    for satu in hasil:
        if jelaskan:
            print(f"{satu.pemeriksaan.nama}: {satu.pemeriksaan.arti} {'Baik.' if satu.bersih else 'ADA TEMUAN.'}")
        for temuan in satu.temuan:
            if temuan.catatan and not (jelaskan or satu.pemeriksaan.nama == SEKITAR or sys.stdout.isatty()):
                continue
            kata = "catatan" if temuan.catatan else "temuan"
            print(f"{kata} ({satu.pemeriksaan.nama}) {temuan.tempat}: {temuan.pesan}")
        if jelaskan and not satu.bersih:
            print(f"  {satu.pemeriksaan.saran}")


def _cari_sidik(sesi: Sesi, sidik: str, keluaran: str | None) -> None:
    from ikikec.buku.keutuhan import baris_putus, buka_periksa

    with buka_periksa(sesi.mesin) as bacaan:
        baris = bacaan.baris_bersidik(sidik)
        putus = None if baris is None else baris_putus(bacaan)
        terakhir, _ = bacaan.ujung()
    if baris is None:
        raise TemuanPeriksa(
            f"sidik {sidik} tidak ada di buku {sesi.mesin.sebutan}",
            "Lembar itu dari buku lain, atau baris jurnal sesudahnya hilang atau diubah. Bandingkan dengan cadangan.",
        )
    if putus is not None:
        raise TemuanPeriksa(
            f"sidik itu baris jurnal {baris.seq}, tetapi rantainya putus di baris {putus[0]}: {putus[1]}",
            "Jalankan ikikec periksa untuk semua temuan.",
        )
    if keluaran == "json":
        isi = {"seq": baris.seq, "waktu": baris.waktu, "nomor": baris.nomor, "aksi": baris.aksi, "terakhir": terakhir}
        cetak_json(isi)
        return
    print(
        f"Sidik itu baris jurnal {angka(baris.seq)} dari {angka(terakhir)}: {baris.nomor} {baris.aksi}, "
        f"{sesi.saat(baris.waktu)}. Buku masih menyambung dari sana."
    )
