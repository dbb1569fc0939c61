"""The errors a user can meet: one class per kind, each with its exit code.

Code below ``cli/`` raises these and nothing else on purpose; ``cli/akar.py`` is the one place that prints
them and turns them into an exit code. A message says what happened and where; ``saran`` says what to do.
"""

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

_SEBAB = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EROFS: "tempatnya hanya dapat dibaca",
    errno.EISDIR: "itu sebuah folder",
    errno.ENOTDIR: "sebagian jalurnya bukan folder",
    errno.EEXIST: "sudah ada",
    errno.ENOSPC: "cakram penuh",
    errno.EFBIG: "berkas terlalu besar bagi cakramnya",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautannya berputar",
    errno.EIO: "cakram rusak",
}


# What Windows says where another program holds a file, or a part of it, and where a path is too long for it.
_DIPEGANG, _PANJANG = (32, 33), 206


def sebab(galat: OSError) -> str:
    """Why the system refused, in Indonesian; ``strerror`` would be English."""
    windows = getattr(galat, "winerror", None)
    if windows == _PANJANG:
        return _SEBAB[errno.ENAMETOOLONG]
    if windows in _DIPEGANG or (os.name == "nt" and galat.errno == errno.EACCES):
        return _sebab_windows(galat)
    teks = _SEBAB.get(galat.errno or 0, f"galat sistem {galat.errno}")
    if galat.errno in (errno.EACCES, errno.EPERM) and isinstance(galat.filename, str):
        return teks + pemilik(Path(galat.filename))
    return teks


def _sebab_windows(galat: OSError) -> str:
    """Why Windows does not allow it: opening tells neither a folder nor what another program holds, renaming does."""
    if getattr(galat, "winerror", None) in _DIPEGANG:
        return "sedang dibuka program lain, mungkin Excel; tutup dulu"
    if galat.filename and os.path.isdir(galat.filename):
        return _SEBAB[errno.EISDIR]
    if isinstance(galat.filename, str) and os.path.isfile(galat.filename):
        try:
            Path(galat.filename).rename(galat.filename)
        except OSError as lagi:
            if getattr(lagi, "winerror", None) in _DIPEGANG:
                return _sebab_windows(lagi)
    return _SEBAB[errno.EACCES]


def pemilik(berkas: Path) -> str:
    """``; /srv/buku.db milik root``: whose a file, or the folder around it, is; blank where it is the user's own."""
    for satu in (berkas, *berkas.parents):
        try:
            keadaan = satu.stat()
            if keadaan.st_uid == os.geteuid():
                return ""
            return f"; {satu} milik {satu.owner()}"
        except KeyError:
            return f"; {satu} milik pengguna nomor {keadaan.st_uid}"
        except (OSError, NotImplementedError, AttributeError):
            # Not there, not to be looked at, or a system without owners as these.
            continue
    return ""


# Letters of a value that a message quotes: enough to find it again, and seldom a whole story about somebody.
KUTIPAN = 20

# Broken rules that a message names one by one.
TERBANYAK = 20


def kutip(teks: str) -> str:
    """``teks`` as a message quotes it: in quotes, without blanks around it, and cut where it is long."""
    bersih = teks.strip()
    return repr(bersih if len(bersih) <= KUTIPAN else f"{bersih[:KUTIPAN]}…")


class Galat(Exception):
    """A fault of the program (exit code 1), and the base of every error below."""

    kode: ClassVar[int] = 1

    def __init__(self, pesan: str, saran: str = "") -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.saran = saran

    def baris(self) -> tuple[str, ...]:
        """The lines to show, the first one being what happened."""
        return (self.pesan, self.saran) if self.saran else (self.pesan,)


class SalahPakai(Galat):
    """The command line is not understood, or names a file that is not there."""

    kode = 2


class NilaiSalah(SalahPakai):
    """A single value cannot be read: a malformed date, a word outside its list, a number out of range."""


@dataclass(frozen=True, slots=True)
class Pelanggaran:
    """One broken rule: the field it shows in, what is wrong, and the line of the file (0 outside a file)."""

    bidang: str
    pesan: str
    nomor_baris: int = 0

    @property
    def tempat(self) -> str:
        """Line and field."""
        return f"baris {self.nomor_baris}, {self.bidang}" if self.nomor_baris else self.bidang

    def __str__(self) -> str:
        return f"{self.tempat}: {self.pesan}"


class AturanDilanggar(Galat):
    """An entry, or the content of a file, breaks one or more rules."""

    kode = 3

    def __init__(self, pesan: str, pelanggaran: tuple[Pelanggaran, ...] = (), saran: str = "") -> None:
        super().__init__(pesan, saran)
        self.pelanggaran = pelanggaran

    def baris(self) -> tuple[str, ...]:
        """What happened, then the broken rules (of very many the first, and how many more), then what to do."""
        rinci = [f"- {satu}" for satu in self.pelanggaran[:TERBANYAK]]
        if lebih := len(self.pelanggaran) - len(rinci):
            rinci.append(f"… dan {lebih:,} lagi".replace(",", "."))
        return (self.pesan, *rinci, *([self.saran] if self.saran else []))


def tolak_pelanggaran(pelanggaran: Iterable[Pelanggaran], saran: str = "") -> None:
    """Raise AturanDilanggar naming every broken rule, if there is one: then nothing was recorded."""
    semua = tuple(pelanggaran)
    if semua:
        raise AturanDilanggar("tidak ada yang dicatat:", semua, saran)


class EntriTidakAda(Galat):
    """The ledger holds no entry of that number."""

    kode = 4


class BukuSibuk(Galat):
    """Another program holds the ledger's lock for longer than we wait."""

    kode = 5


class BukuTidakTerbaca(Galat):
    """The ledger is missing, unreadable, or not a ledger."""

    kode = 6


class BukanBuku(BukuTidakTerbaca):
    """What is there is something else than a ledger."""


class BukuRusak(BukuTidakTerbaca):
    """The ledger is one, but damaged."""


class VersiBukuLain(Galat):
    """The ledger's schema is newer than the program, or older where nobody may upgrade it."""

    kode = 7


class TemuanPeriksa(Galat):
    """``periksa`` found something wrong with the ledger."""

    kode = 8


class BerkasTakTertulis(Galat):
    """A file, the ledger included, could not be written."""

    kode = 9


class Terputus(Galat):
    """The user stopped the command (Ctrl-C or end of input at a question), or the system did."""

    kode = 130
