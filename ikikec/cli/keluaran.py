"""The formats of a sheet as data, which of them a command line asks for, and where the result goes."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Generic, TypeVar

from typer._click.globals import get_current_context

from ikikec.bahasa import deret
from ikikec.cli.sesi import Sesi, jalur
from ikikec.galat import SalahPakai
from ikikec.periode import Periode, baca_periode

Isi = TypeVar("Isi")


@dataclass(frozen=True)
class Bentuk(Generic[Isi]):
    """One format: its name for ``-O``, the endings of its files, and what makes its text or bytes.

    ``tulis`` takes the value and the folder of the office's own templates. ``tampil`` shows the value on the terminal
    itself, where that is more than its text. ``biner``: no text, so nothing for a terminal.
    What may be long comes piece by piece.
    """

    nama: str
    tulis: Callable[[Isi, Path | None], str | bytes | Iterator[str] | Iterator[bytes]]
    akhiran: tuple[str, ...] = ()
    biner: bool = False
    tampil: Callable[[Isi], None] | None = None

    def potong(self, isi: Isi, templat: Path | None = None) -> Iterator[str] | Iterator[bytes]:
        """The text or bytes, piece by piece."""
        hasil = self.tulis(isi, templat)
        if isinstance(hasil, str):
            return iter([hasil])
        return iter([hasil]) if isinstance(hasil, bytes) else hasil

    def bita(self, isi: Isi, templat: Path | None = None) -> Iterator[bytes]:
        """What stands in a file of this form, piece by piece."""
        return (satu if isinstance(satu, bytes) else satu.encode() for satu in self.potong(isi, templat))


@dataclass(frozen=True)
class Tujuan(Generic[Isi]):
    """Where a result goes and in which form. Made by ``pilih_tujuan`` before the work, so that nothing is in its way.

    ``berkas``: None is the terminal or pipe, as ``bentuk`` shows itself there, ``-`` is stdout.
    """

    bentuk: Bentuk[Isi]
    berkas: str | None
    dibaca: Mapping[Path, str]

    def kirim(self, isi: Isi, templat: Path | None = None) -> None:
        """Write ``isi``: to a file, whole or not at all, or to stdout."""
        if self.berkas is None and self.bentuk.tampil is not None:
            self.bentuk.tampil(isi)
        elif self.berkas in (None, "-"):
            for satu in self.bentuk.potong(isi, templat):
                if isinstance(satu, bytes):
                    sys.stdout.buffer.write(satu)
                else:
                    sys.stdout.write(satu)
        else:
            from ikikec.berkas import tulis_berkas

            tulis_berkas(jalur(str(self.berkas)), self.bentuk.bita(isi, templat), self.dibaca)


def pilih_periode(sesi: Sesi, teks: str | None, bawaan: str) -> Periode:
    """The period that was asked for, or else the one ``bawaan`` (``bulan-lalu`` …) names, which is told on stderr."""
    periode = baca_periode(bawaan if teks is None else teks, sesi.hari_ini)
    if teks is None:
        sesi.kabar(f"Periode: {periode.label} ({bawaan.replace('-', ' ')})")
    return periode


def pilih_tujuan(sesi: Sesi, semua: Sequence[Bentuk[Isi]], keluaran: str | None, berkas: str | None) -> Tujuan[Isi]:
    """Where to and in which form: as ``pilih_bentuk`` says, into a file that is nothing the office keeps."""
    bentuk = pilih_bentuk(semua, keluaran, berkas)
    if berkas in (None, "-"):
        return Tujuan(bentuk, berkas, {})
    from ikikec.berkas import tolak_timpa

    dibaca = yang_dibaca(sesi)
    tolak_timpa(jalur(str(berkas)), dibaca)
    return Tujuan(bentuk, berkas, dibaca)


def yang_dibaca(sesi: Sesi) -> dict[Path, str]:
    """What the command that is running reads: what every one may, and the files and folders its line names.

    A parameter that takes a file or a folder says so in its metavar; ``-o`` alone is what is written.
    """
    ctx = get_current_context()
    berkas = [
        param.name
        for param in ctx.command.params
        if any(kata in (param.metavar or "") for kata in ("BERKAS", "FOLDER")) and "-o" not in param.opts
    ]
    nilai = [ctx.params.get(nama or "") or () for nama in berkas]
    disebut = [satu for isi in nilai for satu in ([isi] if isinstance(isi, str) else isi)]
    return {jalur(satu): "sumber yang dibaca perintah ini" for satu in disebut if "://" not in satu} | sesi.dibaca


def pilih_bentuk(semua: Sequence[Bentuk[Isi]], keluaran: str | None, berkas: str | None) -> Bentuk[Isi]:
    """The format: as named, or by the file's ending, or the first one at a terminal and the second into a pipe.

    Raises SalahPakai for an ending no format has, for one of another format than is named, and for what is no text
    where stdout is a terminal.
    """
    bentuk = _pilih(semua, keluaran, berkas)
    if bentuk.biner and berkas in (None, "-") and sys.stdout.isatty():
        akhiran = bentuk.akhiran[0]
        raise SalahPakai(
            f"bentuk {bentuk.nama} bukan teks, jadi tidak untuk layar",
            f"Tulis ke berkas, misalnya -o lembar{akhiran}",
        )
    return bentuk


def _pilih(semua: Sequence[Bentuk[Isi]], keluaran: str | None, berkas: str | None) -> Bentuk[Isi]:
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
