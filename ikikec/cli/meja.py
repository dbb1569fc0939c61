"""``ikikec meja``: the desk kept open all day; it takes the same commands in one warm process."""

import shlex
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import typer

from ikikec.bahasa import angka
from ikikec.cli.aliran import Diakhiri, beri_tahu, tampilkan_galat
from ikikec.cli.app import Akar
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import CompletionItem, UsageError, lengkapi
from ikikec.galat import BukuRusak, BukuTidakTerbaca, Galat, SalahPakai, Terputus
from ikikec.tanggal import BULAN, HARI, hari_tanggal

TUTUP = ("keluar", "exit", "quit")
# What a clerk types to go on where the desk's ledger vanished.
BUKU_BARU = ["buku", "baru"]
# Seconds after which the prompt line looks at the ledger again while nobody types.
SEGAR = 20.0
# More late entries than this are not counted for it.
TERBANYAK = 999


@dataclass(frozen=True, slots=True)
class Papan:
    """What the prompt line tells: the day, the ledger's last journal line and its fingerprint, how many are late.

    ``hilang``: the desk's ledger is not there, or another one is.
    """

    hari_ini: date
    ujung: tuple[int, str]
    terlambat: int = 0
    hilang: bool = False


@dataclass(frozen=True, slots=True)
class Meja:
    """The desk: the program it runs, and the session whose root options and ledger every command inherits."""

    akar: Akar
    sesi: Sesi

    def jalankan(self, baris: str) -> int:
        """Run one typed line; returns its exit code. An error ends the command, never the desk."""
        try:
            kata = pecah(baris)
        except SalahPakai as galat:
            return tampilkan_galat(galat)
        if kata[:1] == ["meja"]:
            return tampilkan_galat(SalahPakai("meja sudah terbuka"))
        if kata == BUKU_BARU:
            replace(self.sesi).penjaga.lupakan()
            self.sesi.kabar("Catatan berikutnya memakai buku yang ada di sana, atau memulai buku baru.")
            return 0
        return self.akar.jalankan([*_opsi(self.sesi), *kata], "ikikec", obj=self.sesi.asal)

    def sesudah(self, baris: str) -> "Meja":
        """The desk after a line was run: it may have begun the ledger, or given up the one it had."""
        try:
            sesi = replace(self.sesi, asal=None if pecah(baris) == BUKU_BARU else self.sesi.asal)
            return replace(self, sesi=replace(sesi, asal=sesi.penjaga.asal_kini()))
        except Galat:
            return self

    def lengkapi(self, baris: str) -> tuple[str, list[CompletionItem]]:
        """The unfinished word at the end of a line, and what can stand for it."""
        awal, belum = _belum_selesai(baris)
        try:
            return belum, lengkapi(self.akar, pecah(awal), belum, _opsi(self.sesi))
        except (Galat, UsageError):
            return belum, []

    def tengok(self, lama: Papan | None = None, tunggu: int | None = None) -> Papan:
        """Look at day and ledger as they are now; a ledger that is not there yet has nothing late.

        ``lama``: what was seen before, which still holds where nobody wrote since.
        """
        sesi = replace(self.sesi)
        try:
            from ikikec.buku.baca import buka_bacaan
            from ikikec.buku.mesin import mesin_di
            from ikikec.buku.terbuka import banyak_terlambat

            sesi.penjaga.pastikan_asal()
            mesin = sesi.mesin if tunggu is None else mesin_di(sesi.alamat_buku, tunggu)
            with buka_bacaan(mesin) as bacaan:
                ujung = bacaan.ujung()
                if lama and (lama.hari_ini, lama.ujung) == (sesi.hari_ini, ujung):
                    return replace(lama, hilang=False)
                return Papan(sesi.hari_ini, ujung, banyak_terlambat(bacaan.koneksi, sesi.hari_ini, TERBANYAK + 1))
        except BukuRusak:
            raise
        except BukuTidakTerbaca:
            return Papan(sesi.hari_ini, (0, ""), hilang=sesi.asal is not None)


def meja(
    ctx: typer.Context,
    lanjut: Annotated[bool, typer.Option("--lanjut", help="Dari pipa: teruskan sesudah baris yang galat.")] = False,
) -> None:
    """Keep the desk open."""
    akar = ctx.find_root().command
    assert isinstance(akar, Akar)
    sesi: Sesi = ctx.obj
    kerja = Meja(akar, replace(sesi, asal=replace(sesi).penjaga.asal_kini()))
    if sesi.bertanya:
        _di_terminal(kerja)
    elif kode := _dari_pipa(kerja, lanjut=lanjut):
        raise typer.Exit(kode)


def pecah(baris: str) -> list[str]:
    """The words of one line, quotes holding words together; ``?`` asks for help, a leading ``ikikec`` is dropped.

    A backslash is a letter like any other, since paths of Windows hold it. Raises SalahPakai for an open quote.
    """
    if baris.lstrip().startswith("#"):
        return []
    pemecah = shlex.shlex(baris, posix=True)
    pemecah.whitespace_split, pemecah.escape, pemecah.commenters = True, "", ""
    try:
        kata = list(pemecah)
    except ValueError:
        raise SalahPakai("tanda kutip belum ditutup") from None
    if kata[:1] == ["ikikec"]:
        kata = kata[1:]
    if "?" in (kata[:1] or [""])[0] or kata[-1:] == ["?"]:
        return [*(satu for satu in kata if satu != "?"), "--help"]
    return kata


def _belum_selesai(baris: str) -> tuple[str, str]:
    """A line up to its last word, and that word: what stands behind the last blank that no quotes hold."""
    kutip, letak = "", 0
    for urut, huruf in enumerate(baris):
        if huruf == kutip:
            kutip = ""
        elif not kutip and huruf in "'\"":
            kutip = huruf
        elif not kutip and huruf.isspace():
            letak = urut + 1
    return baris[:letak], baris[letak:].replace("'", "").replace('"', "")


def _opsi(sesi: Sesi) -> list[str]:
    """The root options of the desk, as every command of it gets them."""
    isi = {
        "--buku": sesi.opsi_buku,
        "--konfig": sesi.opsi_konfig,
        "--petugas": sesi.opsi_petugas,
        "--hari-ini": sesi.opsi_hari_ini,
    }
    opsi = [kata for nama, nilai in isi.items() if nilai is not None for kata in (nama, str(nilai))]
    saklar = {"--hening": sesi.hening, "--boleh-migrasi": sesi.boleh_migrasi}
    return [*opsi, *(nama for nama, ya in saklar.items() if ya)]


def _dari_pipa(kerja: Meja, *, lanjut: bool) -> int:
    """Run the lines of stdin; returns the exit code of the first that failed, 0 where none did."""
    pertama = 0
    for nomor, baris in enumerate(sys.stdin or (), 1):
        if baris.strip() in TUTUP:
            break
        if not _berisi(baris):
            continue
        kode = kerja.jalankan(baris)
        kerja = kerja.sesudah(baris)
        if kode:
            pertama = pertama or kode
            beri_tahu(f"  (baris {nomor}{'' if lanjut else '; berhenti di sini'})")
            if not lanjut:
                break
    return pertama


def _berisi(baris: str) -> bool:
    """Whether a line holds a command at all; one with an open quote does."""
    try:
        return bool(pecah(baris))
    except SalahPakai:
        return True


def _di_terminal(kerja: Meja) -> None:
    """Prompt for commands until the clerk closes the desk."""
    from ikikec.cli.penyunting import PelengkapPerintah, baca_suntingan, penyunting
    from ikikec.cli.tanya import baca_polos, polos_saja

    papan = kerja.tengok()
    kerja.sesi.kabar(f"{hari_tanggal(papan.hari_ini)}. ? bantuan · Tab melengkapi · keluar menutup meja.")
    editor = None
    if not polos_saja():
        editor = penyunting(refresh_interval=SEGAR, completer=PelengkapPerintah(kerja.lengkapi))
    while True:
        try:
            pesan = _pesan(kerja, papan)
            baris = (baca_suntingan(editor, pesan) if editor else baca_polos(pesan())).strip()
        except Diakhiri:
            raise
        except KeyboardInterrupt:
            continue
        except EOFError:
            break
        if baris in TUTUP:
            break
        papan = _kabarkan_perubahan(kerja, papan)
        if _berisi(baris):
            kerja.jalankan(baris)
            kerja = kerja.sesudah(baris)
            papan = _tengok_tenang(kerja, papan)
    kerja.sesi.kabar("Meja ditutup.")


def _pesan(kerja: Meja, papan: Papan) -> Callable[[], str]:
    """The prompt line, which looks again now and then while nobody types."""
    terakhir, ditengok = papan, time.monotonic()

    def pesan() -> str:
        nonlocal terakhir, ditengok
        if time.monotonic() - ditengok >= SEGAR:
            terakhir, ditengok = _tengok_tenang(kerja, terakhir, tunggu=0), time.monotonic()
        hari = terakhir.hari_ini
        tanggal = f"{HARI[hari.weekday()][:3]} {hari.day} {BULAN[hari.month - 1][:3]}"
        lewat = angka(terakhir.terlambat) if terakhir.terlambat <= TERBANYAK else f"{TERBANYAK}+"
        lambat = f" · {lewat} terlambat" if terakhir.terlambat else ""
        return f"{tanggal}{' · BUKU HILANG' if terakhir.hilang else lambat} > "

    return pesan


def _tengok_tenang(kerja: Meja, papan: Papan, tunggu: int | None = None) -> Papan:
    """The picture now, or as it was where the ledger cannot be read at this moment: a command will say why."""
    try:
        return kerja.tengok(papan, tunggu)
    except (Galat, Terputus):
        return papan


def _kabarkan_perubahan(kerja: Meja, lama: Papan) -> Papan:
    """Tell what changed while the prompt stood there: midnight, or lines that others wrote."""
    kini = _tengok_tenang(kerja, lama)
    if kini.hari_ini != lama.hari_ini:
        kerja.sesi.kabar(f"Hari sudah berganti: {hari_tanggal(kini.hari_ini)}.")
    if kini.hilang and not lama.hilang:
        kerja.sesi.kabar("Buku yang dibuka meja ini tidak ada lagi di tempatnya; tidak ada yang dicatat.")
    if lama.hilang and not kini.hilang:
        kerja.sesi.kabar("Buku meja ini sudah kembali di tempatnya.")
    elif kini.ujung[0] > lama.ujung[0]:
        kerja.sesi.kabar(f"{angka(kini.ujung[0] - lama.ujung[0])} catatan baru dari petugas lain.")
    return kini
