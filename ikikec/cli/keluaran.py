"""How results leave: the formats as data, which one a command line asks for, where it goes, and the short answers."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum
from importlib import import_module
from inspect import Parameter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import deret
from ikikec.buku.register import Register
from ikikec.cli.aliran import beri_tahu, lipat, mentah
from ikikec.cli.opsi import opsi, opsi_keluaran, opsi_pilihan, parameter, saklar
from ikikec.cli.sesi import Sesi, jalur
from ikikec.cli.typer_dalam import berkas_disebut, get_current_context
from ikikec.galat import BerkasTakTertulis, SalahPakai
from ikikec.kertas import SEMUA_KERTAS
from ikikec.periode import Periode, baca_periode
from ikikec.tanggal import hari_tanggal

if TYPE_CHECKING:
    from rich.console import Console

    from ikikec.lembar import Cetakan


# The form that a browser shows.
HALAMAN = "html"
# Those that are laid out on a paper, and those that bear the letterhead's emblem.
BERKERTAS = (HALAMAN, "pdf", "xlsx")
BERGAMBAR = (HALAMAN, "pdf")


class Olah(Enum):
    """What the function of a format returns, and so what is done with it."""

    JADI = "text or bytes, perhaps piece by piece"
    TEMPLAT = "the same, made from the template that is named instead of a function"
    KERTAS = "the same, laid out for the office's paper: the function takes the Cetakan too"
    LAYAR = "what a rich console prints"
    NILAI = "plain values, to be JSON"
    TABEL = "tables, the only one to be CSV"
    BUKU = "tables, to be a workbook"


# The form that --untuk-excel is for.
CSV = "csv"


@dataclass(frozen=True, slots=True)
class Bentuk:
    """One format: its name for ``-O``, the function of ``ikikec`` or the template that makes it, its files' endings.

    ``biner``: no text, so nothing for a terminal. What may be long comes piece by piece.
    """

    nama: str
    tempat: str
    akhiran: tuple[str, ...] = ()
    olah: Olah = Olah.JADI
    biner: bool = False

    def buat(self, isi: Any, cetakan: "Cetakan") -> Any:
        """What the function or the template makes of ``isi``."""
        if self.olah is Olah.TEMPLAT:
            from ikikec.lembar.templat import cetak

            return cetak(self.tempat, self.nama, isi, cetakan)
        modul, _, nama = self.tempat.partition(":")
        fungsi = getattr(import_module(f"ikikec.{modul}"), nama)
        return fungsi(isi, cetakan) if self.olah is Olah.KERTAS else fungsi(isi)

    def potong(self, isi: Any, cetakan: "Cetakan") -> Iterator[str | bytes]:
        """The text or bytes, piece by piece."""
        hasil = self.buat(isi, cetakan)
        if self.olah is Olah.LAYAR:
            from ikikec.lembar.tabel import teks_polos

            hasil = teks_polos(hasil)
        elif self.olah is Olah.NILAI:
            from ikikec.tukar.json import tulis_json

            hasil = tulis_json(hasil)
        elif self.olah is Olah.TABEL:
            from ikikec.berkas_csv import tulis_csv

            (tabel,) = hasil
            hasil = tulis_csv(tabel.judul_kolom, tabel.baris, tabel.bebas, untuk_excel=cetakan.untuk_excel)
        elif self.olah is Olah.BUKU:
            from ikikec.lembar.buku_kerja import tabel_xlsx

            hasil = tabel_xlsx(hasil, cetakan)
        return iter([hasil]) if isinstance(hasil, str | bytes) else iter(hasil)

    def bita(self, isi: Any, cetakan: "Cetakan") -> Iterator[bytes]:
        """What stands in a file of this form, piece by piece."""
        return (satu if isinstance(satu, bytes) else satu.encode() for satu in self.potong(isi, cetakan))


# The endings of what is made from templates.
_BERTEMPLAT = {"md": (".md",), HALAMAN: (".html", ".htm"), "pdf": (".pdf",)}


def bertemplat(templat: str, *nama: str) -> tuple[Bentuk, ...]:
    """The forms of these names, made from the template ``templat``."""
    return tuple(Bentuk(satu, templat, _BERTEMPLAT[satu], Olah.TEMPLAT, biner=satu == "pdf") for satu in nama)


@dataclass(frozen=True, slots=True)
class Tujuan:
    """Where a result goes, in which form and on what. Made by ``pilih_tujuan`` before the work, for a free way.

    ``berkas``: None is the terminal or pipe, ``-`` is stdout. ``buka``: a page, into the browser instead.
    """

    bentuk: Bentuk
    berkas: str | None
    dibaca: Mapping[Path, str]
    cetakan: "Cetakan"
    buka: bool = False

    @property
    def di_layar(self) -> bool:
        """Whether it is drawn on the terminal, as wide as that is."""
        return self.berkas is None and self.bentuk.olah is Olah.LAYAR

    def kirim(self, isi: Any) -> None:
        """Write ``isi``: to a file, whole or not at all, or to stdout."""
        if self.buka:
            print(_buka_halaman(self.bentuk.bita(isi, self.cetakan)))
        elif self.di_layar:
            layar().print(self.bentuk.buat(isi, self.cetakan))
        elif self.berkas in (None, "-"):
            for satu in self.bentuk.potong(isi, self.cetakan):
                if isinstance(satu, bytes):
                    sys.stdout.buffer.write(satu)
                else:
                    sys.stdout.write(satu)
        else:
            from ikikec.berkas import tulis_berkas

            tulis_berkas(jalur(str(self.berkas)), self.bentuk.bita(isi, self.cetakan), self.dibaca)


def opsi_cetak(semua: Sequence[Bentuk], *lain: str, berkas: Any = None) -> Callable[[], list[Parameter]]:
    """What makes ``-O`` and ``-o`` of a command, and which of --buka, --kertas, --untuk-excel it has.

    ``pilih_tujuan`` takes their values. ``berkas``: another ``-o``.
    """

    def buat() -> list[Parameter]:
        arti_berkas = "Tulis ke berkas, bentuknya menurut akhirannya; - berarti keluaran baku."
        arti_kertas = "Kertas untuk mencetak; F4 = folio, 215 × 330 mm. [bawaan: konfigurasi, lalu A4]"
        buka = "Buka sebagai halaman di peramban, untuk dibaca atau dicetak."
        excel = "CSV untuk klik dua kali di Excel: titik koma, koma desimal, nol di depan tetap."
        opsional = (
            parameter("buka", bool, saklar("--buka", buka), bawaan=False),
            parameter("kertas", str | None, opsi_pilihan("--kertas", [*SEMUA_KERTAS], arti_kertas)),
            parameter("untuk_excel", bool, saklar("--untuk-excel", excel), bawaan=False),
        )
        tertulis = berkas or opsi("-o --berkas", "BERKAS", arti_berkas)
        return [
            parameter("keluaran", str | None, opsi_keluaran(list(dict.fromkeys(satu.nama for satu in semua)))),
            parameter("berkas", str | None, tertulis),
            *(satu for satu in opsional if satu.name in lain),
        ]

    return buat


def pilih_periode(sesi: Sesi, teks: str | None, bawaan: str) -> Periode:
    """The period that was asked for, or else the one ``bawaan`` (``bulan-lalu`` …) names, which is told on stderr."""
    periode = baca_periode(bawaan if teks is None else teks, sesi.hari_ini).pada(sesi.hari_ini)
    if teks is None:
        sesi.kabar(f"Periode: {periode.label} ({bawaan.replace('-', ' ')})")
    return periode


def pilih_tujuan(
    sesi: Sesi,
    semua: Sequence[Bentuk],
    keluaran: str | None,
    berkas: str | None,
    hanya: Mapping[str, Sequence[str]] | None = None,
    *,
    buka: bool = False,
    **cetak: Any,
) -> Tujuan:
    """Where to and in which form, into a file that is nothing the office keeps; ``opsi_cetak`` reads the options.

    ``hanya``: options that were given, each with the forms that can honour it. ``buka``: as a page, into the browser.
    ``cetak``: as ``susun_cetakan`` takes it. Raises SalahPakai for a form that cannot honour an option, and for what
    is no text where stdout is a terminal.
    """
    if buka and (berkas is not None or keluaran not in (None, HALAMAN)):
        raise SalahPakai(
            f"--buka membuat {HALAMAN} di tempat sementara", "Pakai tanpa -o dan tanpa -O lain, atau hapus --buka."
        )
    bentuk = _pilih_bentuk(semua, HALAMAN if buka else keluaran, berkas)
    if bentuk.biner and berkas in (None, "-") and sys.stdout.isatty():
        raise SalahPakai(
            f"bentuk {bentuk.nama} bukan teks, jadi tidak untuk layar",
            f"Tulis ke berkas, misalnya -o lembar{bentuk.akhiran[0]}",
        )
    for diberi, bisa in (hanya or {}).items():
        _tolak_opsi(diberi, bentuk, bisa)
    cetakan = susun_cetakan(sesi, semua, bentuk, **cetak)
    if berkas in (None, "-"):
        return Tujuan(bentuk, berkas, {}, cetakan, buka)
    from ikikec.berkas import tolak_timpa

    dibaca = yang_dibaca(sesi)
    tolak_timpa(jalur(str(berkas)), dibaca)
    return Tujuan(bentuk, berkas, dibaca, cetakan)


def _tolak_opsi(diberi: str, bentuk: Bentuk, bisa: Sequence[str]) -> None:
    if bentuk.nama not in bisa:
        raise SalahPakai(
            f"{diberi} tidak berlaku untuk bentuk {bentuk.nama}", f"Pakai -O {deret(bisa)}, atau hapus {diberi}."
        )


def susun_cetakan(
    sesi: Sesi,
    semua: Sequence[Bentuk],
    bentuk: Bentuk,
    *,
    kertas: str | None = None,
    templat: str | None = None,
    untuk_excel: bool = False,
) -> "Cetakan":
    """How a result is printed in that form: as the options say, then the configuration.

    Raises SalahPakai for an option that the form cannot honour.
    """
    from ikikec.lembar import Cetakan, Kop

    if kertas:
        _tolak_opsi("--kertas", bentuk, [satu.nama for satu in semua if satu.nama in BERKERTAS])
    if untuk_excel:
        _tolak_opsi("--untuk-excel", bentuk, [CSV])
    if bentuk.olah not in (Olah.TEMPLAT, Olah.KERTAS, Olah.BUKU):
        return Cetakan(untuk_excel=untuk_excel)
    folder = sesi.templat(templat) if bentuk.olah is Olah.TEMPLAT else None
    from ikikec.gambar import baca_gambar

    gambar = sesi.gambar_kop if bentuk.nama in BERGAMBAR else None
    baris = sesi.konfig.kop.baris
    kop = Kop(baris, baca_gambar(gambar) if gambar else "") if baris else None
    return Cetakan(folder, SEMUA_KERTAS[kertas or sesi.konfig.kertas], kop, sesi.konfig.kantor, kabar=_perhatian)


def _perhatian(teks: str) -> None:
    beri_tahu(lipat(f"Perhatian: {teks}", sys.stderr, "  "))


def yang_dibaca(sesi: Sesi) -> dict[Path, str]:
    """What the command that is running reads: what every one may, and the files and folders its line names.

    A parameter that takes a file or a folder says so in its metavar; ``-o`` alone is what is written.
    """
    ctx = get_current_context()
    berkas = [param.name for param in ctx.command.params if berkas_disebut(param) and "-o" not in param.opts]
    nilai = [ctx.params.get(nama or "") or () for nama in berkas]
    disebut = [satu for isi in nilai for satu in ([isi] if isinstance(isi, str) else isi)]
    return {jalur(satu): "sumber yang dibaca perintah ini" for satu in disebut if "://" not in satu} | sesi.dibaca


def _pilih_bentuk(semua: Sequence[Bentuk], keluaran: str | None, berkas: str | None) -> Bentuk:
    """The format: as named, or by the file's ending, or the first one at a terminal and the second into a pipe.

    Raises SalahPakai for an ending no format has, and for one of another format than is named.
    """
    menurut_akhiran = {akhiran: satu for satu in semua for akhiran in satu.akhiran}
    akhiran = PurePath(berkas or "").suffix.lower()
    if keluaran:
        milik = menurut_akhiran.get(akhiran)
        if milik is not None and milik.nama != keluaran:
            raise SalahPakai(
                f"-O {keluaran} tidak cocok dengan akhiran {akhiran}, yang milik bentuk {milik.nama}: {berkas}",
                f"Pakai -O {milik.nama}, atau nama berkas lain.",
            )
        return next(satu for satu in semua if satu.nama == keluaran)
    if berkas in (None, "-"):
        layar, pipa = semua[:2]
        return layar if sys.stdout.isatty() and berkas is None else pipa
    if akhiran not in menurut_akhiran:
        dikenal = deret(menurut_akhiran)
        raise SalahPakai(
            f"bentuk berkas {berkas} tidak dikenal dari akhirannya", f"Pakai {dikenal}, atau sebut dengan -O."
        )
    return menurut_akhiran[akhiran]


def cetak_json(isi: Any) -> None:
    """Plain values to stdout as JSON: the one way of every ``-O json``."""
    from ikikec.tukar.json import tulis_json

    sys.stdout.write(tulis_json(isi))


def cetak_entri(
    register: Register,
    tersimpan: Mapping[str, Any],
    keluaran: str | None,
    kabar: str,
    bertanggal: str = "tanggal",
    catatan: Sequence[str] = (),
) -> None:
    """The answer of a writing command: one line beginning with the number, or the stored entry as JSON.

    ``tersimpan`` is the entry's state, ``bertanggal`` the field whose date the line tells; ``catatan`` ends it.
    """
    isi = register.nilai(tersimpan)
    if keluaran == "json":
        cetak_json(register.json(isi))
        return
    tanggal, batas = isi[bertanggal], isi.get("batas")
    rincian = [f"{register.sebutan} {kabar}"]
    if isinstance(tanggal, date):
        rincian.append(hari_tanggal(tanggal))
    if isinstance(batas, date):
        rincian.append(f"batas {hari_tanggal(batas)}")
    print(lipat(f"{isi['nomor']}  {'; '.join([*rincian, *catatan])}", sys.stdout, "  "))


def layar() -> "Console":
    """The terminal, with nothing in data read as markup."""
    from rich.console import Console

    class Layar(Console):
        def on_broken_pipe(self) -> None:
            """Leave a reader that goes away to the one place that knows what it means; rich would exit with 1."""
            raise  # noqa: PLE0704

    return Layar(file=mentah(sys.stdout), markup=False, emoji=False, highlight=False)


def pasangan(isi: Iterable[tuple[str, str]]) -> None:
    """Print names and values under each other, blank values left out."""
    from ikikec.lembar.tabel import pasangan as susun

    layar().print(susun(isi))


_AWALAN = "ikikec-halaman-"
# A page is nobody's any more after so many seconds; until then a browser may load it anew.
_USANG = 24 * 3600
# Seconds in which what opens a page says that it cannot; later it is the browser itself that runs.
_SEBENTAR = 3


def _buka_halaman(isi: Iterable[bytes]) -> Path:
    """Write a page where only its owner may read it, and open it in the user's own browser; returns its place."""
    import tempfile

    from ikikec.berkas import tulis_berkas

    _sapu()
    halaman = Path(tempfile.mkdtemp(prefix=_AWALAN), "lembar.html")
    tulis_berkas(halaman, isi)
    if not _jalankan_pembuka(halaman):
        raise BerkasTakTertulis(
            f"peramban tidak dapat dibuka di komputer ini; halamannya ada di {halaman}",
            "Buka sendiri berkas itu, atau tulis ke tempat lain dengan -o lembar.html.",
        )
    return halaman


def _jalankan_pembuka(halaman: Path) -> bool:
    """Whether the system's opener took the page; one that is still there after a while has."""
    import subprocess

    if sys.platform == "win32":
        with suppress(OSError):
            os.startfile(halaman)  # noqa: S606
            return True
        return False
    letak = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if letak is None:
        return False
    tanpa = subprocess.DEVNULL
    proses = subprocess.Popen([letak, str(halaman)], stdin=tanpa, stdout=tanpa, stderr=tanpa, start_new_session=True)  # noqa: S603
    try:
        return proses.wait(_SEBENTAR) == 0
    except subprocess.TimeoutExpired:
        return True


def _sapu() -> None:
    """Remove earlier pages, which may hold names of citizens."""
    import tempfile

    for satu in Path(tempfile.gettempdir()).glob(f"{_AWALAN}*"):
        with suppress(OSError):
            if not satu.is_symlink() and time.time() - satu.stat().st_mtime > _USANG:
                shutil.rmtree(satu)
