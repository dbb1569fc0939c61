"""Whether the ledger that is meant is there: one that vanished is told, and none begins in its place unasked.

A small note beside the configuration remembers which ledger files were in use, so that an unplugged disk is not taken
for an office without a ledger. A desk remembers which ledger it was opened with.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ikikec.buku.mesin.alamat import Alamat, intip
from ikikec.cli.aliran import beri_tahu
from ikikec.galat import BukuTidakTerbaca, Galat

if TYPE_CHECKING:
    from ikikec.buku.mesin.dasar import Mesin

CATATAN = "buku-dikenal.txt"
# Ledgers remembered, the latest ones.
PALING_BANYAK = 50


@dataclass(frozen=True, slots=True)
class Asal:
    """The ledger file a desk works on, and its first line's fingerprint, blank while none is known."""

    berkas: Path
    sidik: str


@dataclass(frozen=True)
class Penjaga:
    """Who looks after the ledger of one run before it is opened.

    ``disebut``: command line or environment name it. ``folder``: where the note is. ``bertanya``: a clerk can be
    asked. ``asal``: the ledger of the desk; None where there is none, or no desk.
    """

    mesin: "Callable[[], Mesin]"
    alamat: Alamat
    disebut: bool
    folder: Path
    bertanya: bool
    asal: Asal | None

    def jaga_baca(self) -> None:
        """Raise BukuTidakTerbaca where the ledger that is meant was there and is gone, or is the desk's no more."""
        self.pastikan_asal()
        if self._lenyap():
            raise BukuTidakTerbaca(
                f"{self._kabar_lenyap()}; tidak ada yang dicatat",
                "Pasang lagi cakram atau folder tempatnya, atau pakai cadangan dengan ikikec pulihkan. Bila memang"
                f' mulai buku baru di sana: ikikec --buku "{self.alamat}" …',
            )

    def jaga_tulis(self) -> None:
        """The same before something is written, but a clerk is asked (``buku_baru``); tells who else may read it."""
        self._jaga()
        if isinstance(self.alamat, Path) and _ada(self.alamat):
            peringatkan_terbuka(self.alamat)
            self._ingat(self.alamat)

    def jaga_isian(self) -> None:
        """The same before a new entry's questions, so that nobody answers them in vain: a clerk is asked, once."""
        self._jaga()
        if self._lenyap():
            _ = self.setuju_baru

    def _jaga(self) -> None:
        """``jaga_baca``, but that a vanished ledger is left to the question a clerk is asked."""
        if self.bertanya:
            self.pastikan_asal()
        else:
            self.jaga_baca()

    @contextmanager
    def buku_baru(self) -> Iterator[None]:
        """What a new ledger is made inside: asks where one was before, and tells afterwards where it is."""
        self.jaga_isian()
        yield
        beri_tahu(f"Buku baru dibuat di {self.mesin().sebutan}")
        if isinstance(self.alamat, Path):
            from ikikec.buku.mesin.lingkungan import bersama, kembaran

            _peringatkan([*bersama(self.alamat), *kembaran(self.alamat)])
            self._ingat(self.alamat)

    @cached_property
    def setuju_baru(self) -> bool:
        """That a new ledger begins where one was; raises Terputus where it does not. The clerk is asked once."""
        from ikikec.cli.tanya import pastikan

        pesan = self._kabar_lenyap()
        beri_tahu(f"{pesan[0].upper()}{pesan[1:]}.")
        pastikan("Mulai buku baru yang kosong di sana?", ya=False)
        return True

    def _kabar_lenyap(self) -> str:
        return f"buku di {self.alamat} pernah ada dan sekarang tidak ditemukan"

    def _lenyap(self) -> bool:
        """Whether the ledger file was in use and is gone; never of one that the command line or environment names."""
        letak = self.alamat
        return (
            not self.disebut and isinstance(letak, Path) and not _ada(letak) and _tertulis(letak) in self._dikenal()
        )

    def pastikan_asal(self) -> None:
        """Raise BukuTidakTerbaca where the ledger that a desk was opened with is gone, or another is in its place."""
        if keadaan := self.hilang():
            raise BukuTidakTerbaca(
                f"buku {self.mesin().sebutan} {keadaan}",
                'Kembalikan buku atau cakramnya, lalu ulangi; atau ketik "buku baru" untuk memakai yang ada di sana.',
            )

    def hilang(self) -> str:
        """What became of the desk's ledger; blank where it is there, or where this run works on another one."""
        if self.asal is None or self.alamat != self.asal.berkas:
            return ""
        if not _ada(self.asal.berkas):
            return "hilang sejak meja dibuka"
        lain = self.asal.sidik and _sidik_pertama(self.asal.berkas) not in (None, self.asal.sidik)
        return "sudah diganti buku lain sejak meja dibuka" if lain else ""

    def asal_kini(self) -> Asal | None:
        """The desk's ledger from now on: its own while this run means that one, else the file that is there."""
        letak, lama = self.alamat, self.asal
        if not isinstance(letak, Path):
            return None
        if lama and lama.berkas == letak and (lama.sidik or not _ada(letak)):
            return lama
        return Asal(letak, _sidik_pertama(letak) or "") if _ada(letak) else None

    def lupakan(self) -> None:
        """Let the next entry begin a new ledger where one was."""
        dikenal = self._dikenal()
        if isinstance(self.alamat, Path) and _tertulis(self.alamat) in dikenal:
            self._tulis(satu for satu in dikenal if satu != _tertulis(self.alamat))

    def _dikenal(self) -> list[str]:
        """The ledger files that were in use, the latest last."""
        # Windows decodes no name that is none there, as a note from another system may hold it.
        with suppress(OSError, UnicodeDecodeError):
            return [os.fsdecode(satu) for satu in (self.folder / CATATAN).read_bytes().split(b"\n") if satu]
        return []

    def _ingat(self, berkas: Path) -> None:
        dikenal = self._dikenal()
        if self.disebut or _tertulis(berkas) in dikenal:
            return
        # What is no ledger yet, as a killed first writer leaves it, was none. What is wrong, the writer will tell.
        with suppress(Galat):
            if self.mesin().versi() is not None:
                self._tulis([*dikenal, _tertulis(berkas)][-PALING_BANYAK:])

    def _tulis(self, semua: Iterable[str]) -> None:
        """A note that cannot be written is none: no entry fails for it."""
        from ikikec.berkas import buat_folder, tulis_berkas

        with suppress(OSError, Galat):
            buat_folder(self.folder)
            tulis_berkas(self.folder / CATATAN, [os.fsencode(satu) + b"\n" for satu in semua])


def _tertulis(berkas: Path) -> str:
    """The place as the note holds it, from whatever folder it was named."""
    return os.path.normpath(berkas.absolute())


def _ada(berkas: Path) -> bool:
    """Whether a ledger may be there: an empty file is none."""
    return os.path.isfile(berkas) and berkas.stat().st_size > 0


def _sidik_pertama(berkas: Path) -> str | None:
    """The fingerprint of a ledger's first line, blank where it has no line; None where it cannot be told now."""
    kueri = "SELECT (SELECT sidik FROM jurnal WHERE seq = 1)"
    return next((str(sidik or "") for (sidik,) in intip(berkas, kueri, ())), None)


def peringatkan_terbuka(berkas: Path) -> None:
    """Tell who else may read a ledger file, and what mends it."""
    from ikikec.buku.mesin.lingkungan import terbuka

    _peringatkan(terbuka(berkas))


def _peringatkan(pesan: Iterable[str]) -> None:
    beri_tahu(*(f"Peringatan: {satu}" for satu in pesan))
