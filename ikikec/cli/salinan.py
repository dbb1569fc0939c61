"""``ikikec cadangkan``, ``pulihkan`` and ``pindahkan``: verified copies of the ledger, one put back, and a move."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import angka
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.buku.nomor import URUT_TERBESAR, Nomor, baca_nomor, rentang_nomor
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI
from ikikec.cli.kemajuan import sebut_tahap
from ikikec.cli.lupa import masih_memuat
from ikikec.cli.opsi import opsi_alasan, opsi_bilangan, opsi_ya
from ikikec.cli.penjaga import jaga_baca, peringatkan_terbuka
from ikikec.cli.periksa import periksa_buku, tolak_temuan
from ikikec.cli.sesi import Sesi, jalur, jam
from ikikec.cli.tanya import pastikan
from ikikec.cli.typer_dalam import pembaca
from ikikec.galat import NilaiSalah, SalahPakai

if TYPE_CHECKING:
    from ikikec.buku.cadangan import HasilPulih, Pemulihan, Penggantian
    from ikikec.buku.halaman import Ujung
    from ikikec.buku.mesin.dasar import Mesin
    from ikikec.buku.mesin.sqlite import MesinSqlite

SEBUTAN = "cadangan"
# How many spans of numbers are told of each kind.
TERSEBUT = 20
# The registers whose citizens are given a receipt with the number.
BERTANDA_TERIMA = (PENGADUAN, INFORMASI, REKOMENDASI)


def cadangkan(
    ctx: typer.Context,
    tujuan: Annotated[
        str | None, typer.Option("-o", "--tujuan", metavar="BERKAS|FOLDER", help="Berkas atau folder tujuan.")
    ] = None,
    simpan: Annotated[
        int | None,
        opsi_bilangan("--simpan", "Sisakan N cadangan terbaru buku ini di folder itu.", 1),
    ] = None,
) -> None:
    """Make a verified copy."""
    from ikikec.buku import cadangan

    sesi: Sesi = ctx.obj
    jaga_baca(sesi)
    mesin = _mesin_berkas(sesi)
    berkas, bertanggal = _tujuan(sesi, mesin.berkas, tujuan)
    if simpan is not None and not bertanggal:
        raise SalahPakai("opsi --simpan hanya untuk folder cadangan", "Beri -o sebuah folder, atau tanpa -o.")
    berkas = cadangan.cadangkan(mesin, berkas, lambda salinan: _verifikasi(sesi, salinan), bertanggal=bertanggal)
    for asing, sebab in cadangan.sisakan(mesin, berkas, SEBUTAN, simpan) if simpan is not None else ():
        sesi.kabar(f"dibiarkan: {asing} ({sebab})")
    print(berkas)
    for lama in masih_memuat(sesi):
        sesi.kabar(f"Cadangan dari sebelum ada yang dilupakan, jadi masih memuatnya: {lama}")


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
    from ikikec.buku.mesin import mesin_di

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
    from ikikec.buku.cadangan import Pemulihan, nama_bertanggal
    from ikikec.buku.penomoran import kunci_nomor
    from ikikec.buku.skema import berskema_lama

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


def _akhir(sesi: Sesi, akhir: "Ujung") -> str:
    """``480 baris jurnal, terakhir 22 November 2026 14.05, 3 hari yang lalu``."""
    if not akhir.seq:
        return "jurnalnya kosong"
    hari = (sesi.hari_ini - sesi.hari(akhir.waktu)).days
    umur = {0: ", hari ini", 1: ", kemarin"}.get(hari, f", {angka(hari)} hari yang lalu" if hari > 0 else "")
    return f"{angka(akhir.seq)} baris jurnal, terakhir {sesi.saat(akhir.waktu)}{umur}"


def _sebut_nomor(apa: str, nomor: Sequence[str]) -> str:
    rentang = rentang_nomor(nomor)
    lebih = f", … dan {angka(len(rentang) - TERSEBUT)} rentang lagi" if len(rentang) > TERSEBUT else ""
    return f"{angka(len(nomor))} {apa}: {', '.join(rentang[:TERSEBUT]) or '–'}{lebih}"


def _jawab(buku: Path, asal: Path, hasil: "HasilPulih") -> None:
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


_ALAMAT = "BERKAS|postgresql://…"


def pindahkan(
    ctx: typer.Context,
    asal: Annotated[
        str, typer.Argument(metavar="ASAL", help=f"Buku yang dipindahkan: {_ALAMAT}", show_default=False)
    ],
    tujuan: Annotated[
        str | None,
        typer.Argument(metavar="TUJUAN", help=f"Tempat barunya, masih kosong: {_ALAMAT}", show_default=False),
    ] = None,
    batal: Annotated[
        bool, typer.Option("--batal", help="Batalkan tanda pindah ASAL, yang bukunya tidak ada di tempat barunya.")
    ] = False,
    alasan: Annotated[str | None, opsi_alasan()] = None,
    ya: Annotated[bool, opsi_ya()] = False,
) -> None:
    """Move a ledger, or take the mark of a move back."""
    if batal != (alasan is not None):
        raise SalahPakai("--batal dan --alasan dipakai bersama")
    if batal == (tujuan is not None):
        raise SalahPakai("TUJUAN tidak dipakai bersama --batal" if batal else "TUJUAN belum disebut")
    if tujuan is None:
        _batalkan_pindah(ctx.obj, asal, alasan or "", ya=ya)
    else:
        _pindahkan(ctx.obj, asal, tujuan, ya=ya)


def _batalkan_pindah(sesi: Sesi, asal: str, alasan: str, *, ya: bool) -> None:
    from ikikec.buku.pindah import Pembatalan

    buku, zona = _mesin(sesi, asal), sesi.konfig.waktu_setempat
    pembatalan = Pembatalan(buku, lambda letak: _mesin(sesi, letak), sesi.petugas, alasan, jam, zona)
    tanda, kendala = pembatalan.rencana()
    print(f"Buku: {buku.sebutan}\nBertanda pindah ke: {tanda.kabar(zona)}", file=sys.stderr)
    print(
        f"Peringatan: tempat itu tidak dapat dilihat: {kendala}. Bila bukunya ada di sana, nomor yang sama akan"
        " diberikan di dua buku."
        if kendala
        else "Bukunya tidak ada di sana.",
        file=sys.stderr,
    )
    pastikan("Batalkan tanda pindahnya?", bertanya=sesi.bertanya, ya=ya)
    pembatalan.batalkan()
    print(f"tanda pindah dibatalkan; {buku.sebutan} dapat ditulis lagi")


def _pindahkan(sesi: Sesi, asal: str, tujuan: str, *, ya: bool) -> None:
    from ikikec.buku.pindah import Pemindahan

    dari, ke = _mesin(sesi, asal), _mesin(sesi, tujuan)
    pemindahan = Pemindahan(dari, ke, sesi.petugas, jam, sesi.konfig.waktu_setempat)
    rencana = pemindahan.rencana()
    if not ya:
        apa = "Isinya sudah ada di sana; tinggal tanda pindahnya." if rencana.tinggal_tanda else "Semuanya disalin."
        print(f"Buku: {dari.sebutan} ({angka(rencana.baris)} baris jurnal)\nKe: {ke.sebutan}", file=sys.stderr)
        print(f"{apa} Sesudah itu buku asal hanya dapat dibaca.", file=sys.stderr)
    pastikan("Pindahkan?", bertanya=sesi.bertanya, ya=ya)
    with sebut_tahap(sesi.hening) as kabar:
        hasil = pemindahan.pindahkan(kabar)
    for satu in (asal, tujuan):
        letak = baca_alamat(satu)
        if isinstance(letak, Path):
            peringatkan_terbuka(letak)
    kata = "sudah ada di tujuan dan sama; buku asal kini bertanda pindah" if hasil.tinggal_tanda else "dipindahkan"
    print(f"{angka(hasil.entri)} entri, {angka(hasil.baris)} baris jurnal {kata}: {dari.sebutan} → {ke.sebutan}")
    print(f'Mulai sekarang: IKIKEC_BUKU={ke.sebutan}, atau buku = "{ke.sebutan}" di ikikec.toml.')


def _mesin(sesi: Sesi, teks: str) -> "Mesin":
    """The ledger at an address; a file by its whole path, since the mark is read from anywhere."""
    from ikikec.buku.mesin import mesin_di

    letak = baca_alamat(teks)
    return mesin_di(letak.absolute() if isinstance(letak, Path) else letak, sesi.konfig.tunggu)
