"""``ikikec cadangkan`` and ``ikikec pulihkan``: keep verified copies of the ledger, and put one back."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import angka
from ikikec.buku.nomor import URUT_TERBESAR, Nomor, baca_nomor, rentang_nomor
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI
from ikikec.cli.akar import Perintah
from ikikec.cli.nilai import pembaca
from ikikec.cli.opsi import opsi_ya
from ikikec.cli.penjaga import jaga_baca, peringatkan_terbuka
from ikikec.cli.periksa import periksa_buku, tolak_temuan
from ikikec.cli.sesi import Sesi, jalur, jam
from ikikec.galat import NilaiSalah, SalahPakai

if TYPE_CHECKING:
    from ikikec.buku.mesin.sqlite import MesinSqlite
    from ikikec.buku.pemulihan import Akhir, Hasil, Pemulihan, Penggantian

SEBUTAN = "cadangan"
# How many spans of numbers are told of each kind.
TERSEBUT = 20
# The registers whose citizens are given a receipt with the number.
BERTANDA_TERIMA = (PENGADUAN, INFORMASI, REKOMENDASI)


def daftarkan(app: typer.Typer) -> None:
    """Add both commands to the program."""
    app.command(
        "cadangkan",
        cls=Perintah,
        help="Buat salinan buku yang diperiksa dan bernama tanggal, di folder cadangan di sisi buku.",
        epilog="ikikec cadangkan\nikikec cadangkan -o . --simpan 30",
    )(cadangkan)
    app.command(
        "pulihkan",
        cls=Perintah,
        help="Pakai lagi satu cadangan sebagai buku. Buku yang diganti tetap disimpan di sisinya,"
        " dan nomor yang pernah diberikannya tidak diberikan lagi.",
        epilog="ikikec pulihkan buku-cadangan-2026-11-22T140500.db\n"
        "ikikec pulihkan cadangan.db --lanjut-sesudah PGD-2026-0120",
    )(pulihkan)


def _baca_banyak(teks: str) -> int:
    if not (teks.isascii() and teks.isdecimal() and int(teks) >= 1):
        raise NilaiSalah(f"{teks!r} bukan bilangan bulat 1 atau lebih")
    return int(teks)


def cadangkan(
    ctx: typer.Context,
    tujuan: Annotated[
        str | None, typer.Option("-o", "--tujuan", metavar="BERKAS|FOLDER", help="Berkas atau folder tujuan.")
    ] = None,
    simpan: Annotated[
        int | None,
        typer.Option(
            "--simpan",
            parser=pembaca(_baca_banyak),
            metavar="N",
            help="Sisakan N cadangan terbaru buku ini di folder itu.",
        ),
    ] = None,
) -> None:
    """Make a verified copy."""
    from ikikec.buku import cadangan

    sesi: Sesi = ctx.obj
    jaga_baca(sesi)
    mesin = _mesin_berkas(sesi)
    berkas, bertanggal = _tujuan(sesi, mesin.berkas, tujuan)
    if not bertanggal:
        if simpan is not None:
            raise SalahPakai("opsi --simpan hanya untuk folder cadangan", "Beri -o sebuah folder, atau tanpa -o.")
        cadangan.cadangkan(mesin, berkas, lambda salinan: _verifikasi(sesi, salinan))
    else:
        berkas = cadangan.cadangkan_bertanggal(mesin, berkas, lambda salinan: _verifikasi(sesi, salinan))
        for asing, sebab in cadangan.sisakan(mesin, berkas, SEBUTAN, simpan) if simpan is not None else ():
            sesi.kabar(f"dibiarkan: {asing} ({sebab})")
    print(berkas)


def _tujuan(sesi: Sesi, buku: Path, tujuan: str | None) -> tuple[Path, bool]:
    """The file to write, and whether it is one of a folder's dated copies."""
    from ikikec.buku.cadangan import nama_bertanggal

    if tujuan == "-":
        raise SalahPakai("cadangan tidak dapat ditulis ke keluaran baku", "Beri -o sebuah berkas atau folder.")
    letak = buku.parent / "cadangan" if tujuan is None else jalur(tujuan)
    if tujuan is not None and not (os.path.isdir(letak) or tujuan.endswith(("/", os.sep))):
        return letak, False
    return letak / nama_bertanggal(buku, SEBUTAN, jam().astimezone(sesi.konfig.waktu_setempat)), True


def _verifikasi(sesi: Sesi, salinan: Path) -> None:
    from ikikec.buku.mesin.pilih import mesin_di

    tolak_temuan(periksa_buku(sesi, mesin_di(salinan, sesi.konfig.tunggu)))


def _mesin_berkas(sesi: Sesi) -> "MesinSqlite":
    """This run's ledger where it is a file; raises SalahPakai for one on a server, which is copied by other means."""
    from ikikec.buku.mesin.sqlite import MesinSqlite

    if not isinstance(sesi.mesin, MesinSqlite):
        raise SalahPakai(
            f"{sesi.mesin.sebutan} ada di peladen; cadangannya dibuat di sana dengan pg_dump",
            "Caranya ada di docs/banyak-meja.md; salinan sebagai berkas: ikikec pindahkan.",
        )
    return sesi.mesin


def _baca_terakhir(teks: str) -> Nomor:
    nomor = baca_nomor(teks)
    if max(nomor.urut, nomor.langkah) > URUT_TERBESAR:
        raise NilaiSalah(f"nomor {nomor} terlalu besar")
    return nomor


def pulihkan(
    ctx: typer.Context,
    sumber: Annotated[str, typer.Argument(metavar="BERKAS", help="Cadangan yang dipakai lagi.", show_default=False)],
    lanjut_sesudah: Annotated[
        list[Nomor] | None,
        typer.Option(
            "--lanjut-sesudah",
            parser=pembaca(_baca_terakhir),
            metavar="NOMOR",
            help="Nomor terakhir yang pernah diberikan, bila buku yang diganti tidak terbaca; boleh berulang.",
            show_default=False,
        ),
    ] = None,
    kantor_lain: Annotated[
        bool, typer.Option("--dari-kantor-lain", help="Cadangan itu boleh dari buku lain, bukan dari buku ini.")
    ] = False,
    ya: Annotated[bool, opsi_ya()] = False,
) -> None:
    """Put a copy back."""
    from ikikec.buku.cadangan import nama_bertanggal
    from ikikec.buku.pemulihan import Pemulihan
    from ikikec.buku.penomoran import kunci_nomor
    from ikikec.buku.skema import berskema_lama
    from ikikec.cli.tanya import pastikan

    sesi: Sesi = ctx.obj
    mesin, berkas = _mesin_berkas(sesi), jalur(sumber)
    if not os.path.isfile(berkas):
        raise SalahPakai(f"berkas {berkas} tidak ada")
    asal, saat = replace(mesin, berkas=berkas), jam()
    lanjut: dict[str, int] = {}
    for kunci, urut in map(kunci_nomor, lanjut_sesudah or ()):
        lanjut[kunci] = max(urut, lanjut.get(kunci, 0))
    pemulihan = Pemulihan(asal, mesin, sesi.petugas, saat, lanjut, kantor_lain)
    rencana = pemulihan.rencana()
    # One of an older schema is checked once its copy is brought to today's, before anything is replaced.
    if not berskema_lama(asal):
        _verifikasi(sesi, berkas)
    for baris in _rincian(sesi, pemulihan, rencana):
        print(baris, file=sys.stderr)
    pastikan("Pulihkan?", bertanya=sesi.bertanya, ya=ya)
    nama = nama_bertanggal(mesin.berkas, "diganti", saat.astimezone(sesi.konfig.waktu_setempat))
    hasil = pemulihan.pulihkan(mesin.berkas.resolve().with_name(nama), lambda salinan: _verifikasi(sesi, salinan))
    _jawab(mesin.berkas, berkas, hasil)
    peringatkan_terbuka(mesin.berkas)


def _rincian(sesi: Sesi, pemulihan: "Pemulihan", rencana: "Penggantian") -> Iterable[str]:
    """What the clerk should know before the ledger is replaced."""
    if pemulihan.buku.berkas.exists():
        kini = f" ({_akhir(sesi, rencana.sekarang)})" if rencana.sekarang else ""
        yield f"Buku yang dipakai sekarang: {pemulihan.buku.berkas}{kini}"
    yield f"Akan diganti dengan: {pemulihan.asal.berkas} ({_akhir(sesi, rencana.cadangan)})"
    if rencana.kendala:
        yield f"Buku sekarang tidak terbaca: {rencana.kendala}. Entri mana yang keluar tidak diketahui."
        yield "Nomor terakhir yang pernah diberikan, bila ada di tanda terima: --lanjut-sesudah NOMOR."
        return
    if not (rencana.entri_keluar or rencana.ubahan_keluar):
        yield "Tidak ada entri yang keluar dari buku."
        return
    yield f"Keluar dari buku: {_sebut_nomor('entri', rencana.entri_keluar)}"
    bernomor = [satu for satu in rencana.entri_keluar if baca_nomor(satu).register in BERTANDA_TERIMA]
    if bernomor:
        yield f"Mungkin tertulis di tanda terima warga: {_sebut_nomor('entri', bernomor)}"
    if rencana.ubahan_keluar:
        yield f"Kembali ke keadaan sebelumnya: {_sebut_nomor('entri', rencana.ubahan_keluar)}"
    if rencana.entri_keluar:
        yield "Nomor-nomor itu tidak akan diberikan lagi; catat lagi entrinya dari buku yang diganti."


def _akhir(sesi: Sesi, akhir: "Akhir") -> str:
    """``480 baris jurnal, terakhir 22 November 2026 14.05, 3 hari yang lalu``."""
    if not akhir.baris:
        return "jurnalnya kosong"
    hari = (sesi.hari_ini - sesi.hari(akhir.waktu)).days
    umur = {0: ", hari ini", 1: ", kemarin"}.get(hari, f", {angka(hari)} hari yang lalu" if hari > 0 else "")
    return f"{angka(akhir.baris)} baris jurnal, terakhir {sesi.saat(akhir.waktu)}{umur}"


def _sebut_nomor(apa: str, nomor: Sequence[str]) -> str:
    rentang = rentang_nomor(nomor)
    lebih = f", … dan {angka(len(rentang) - TERSEBUT)} rentang lagi" if len(rentang) > TERSEBUT else ""
    return f"{angka(len(nomor))} {apa}: {', '.join(rentang[:TERSEBUT]) or '–'}{lebih}"


def _jawab(buku: Path, asal: Path, hasil: "Hasil") -> None:
    if hasil.kurang:
        print(
            f"Peringatan: nomor terakhir tidak diketahui untuk {', '.join(hasil.kurang)}, karena buku yang diganti"
            " tidak terbaca; nomor yang pernah diberikan dapat terulang. Nomor yang tertulis di tanda terima atau"
            " lembar diberitahukan dengan memulihkan sekali lagi memakai --lanjut-sesudah.",
            file=sys.stderr,
        )
    print(
        f"{buku} dipulihkan dari {asal}"
        + (f"; buku yang diganti disimpan di {hasil.disimpan}" if hasil.disimpan else "")
    )
