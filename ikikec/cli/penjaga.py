"""Whether the ledger that is meant is there: one that vanished is told, and none begins in its place unasked.

A small note beside the configuration remembers which ledger files were in use, so that an unplugged disk is not taken
for an office without a ledger. A desk remembers which ledger it was opened with.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ikikec.galat import BukuTidakTerbaca, Galat

if TYPE_CHECKING:
    from ikikec.cli.sesi import Sesi

CATATAN = "buku-dikenal.txt"
# Ledgers remembered, the latest ones.
PALING_BANYAK = 50


@dataclass(frozen=True, slots=True)
class Asal:
    """The ledger file a desk works on, and its first line's fingerprint, blank while none is known."""

    berkas: Path
    sidik: str


def jaga_baca(sesi: "Sesi") -> None:
    """Raise BukuTidakTerbaca where the ledger that is meant was there once and is gone, or is the desk's no more."""
    pastikan_asal(sesi)
    if _lenyap(sesi):
        raise BukuTidakTerbaca(
            f"{_kabar_lenyap(sesi)}; tidak ada yang dicatat",
            "Pasang lagi cakram atau folder tempatnya, atau pakai cadangan dengan ikikec pulihkan. Bila memang mulai"
            f' buku baru di sana: ikikec --buku "{sesi.alamat_buku}" …',
        )


def jaga_tulis(sesi: "Sesi") -> None:
    """The same before something is written, but a clerk is asked (``buku_baru``); who else may read it is told."""
    if not sesi.bertanya:
        jaga_baca(sesi)
    pastikan_asal(sesi)
    berkas = sesi.alamat_buku
    if isinstance(berkas, Path) and _ada(berkas):
        peringatkan_terbuka(berkas)
        _ingat(sesi, berkas)


def jaga_isian(sesi: "Sesi") -> None:
    """The same before a new entry's questions, so that nobody answers them in vain: a clerk is asked, once."""
    if not sesi.bertanya:
        jaga_baca(sesi)
    pastikan_asal(sesi)
    if _lenyap(sesi):
        _ = sesi.setuju_baru


@contextmanager
def buku_baru(sesi: "Sesi") -> Iterator[None]:
    """What a new ledger is made inside: asks where one was before, and tells afterwards where it is."""
    jaga_isian(sesi)
    yield
    print(f"Buku baru dibuat di {sesi.mesin.sebutan}", file=sys.stderr)
    berkas = sesi.alamat_buku
    if isinstance(berkas, Path):
        from ikikec.buku.mesin.lingkungan import bersama, kembaran

        _peringatkan([*bersama(berkas), *kembaran(berkas)])
        _ingat(sesi, berkas)


def tanya_baru(sesi: "Sesi") -> bool:
    """Ask whether a new ledger begins where one was; raises Terputus where it does not."""
    from ikikec.cli.tanya import pastikan

    pesan = _kabar_lenyap(sesi)
    print(f"{pesan[0].upper()}{pesan[1:]}.", file=sys.stderr)
    pastikan("Mulai buku baru yang kosong di sana?", bertanya=True, ya=False)
    return True


def _kabar_lenyap(sesi: "Sesi") -> str:
    return f"buku di {sesi.alamat_buku} pernah ada dan sekarang tidak ditemukan"


def _lenyap(sesi: "Sesi") -> bool:
    """Whether the ledger file was in use and is gone; never of one that the command line or environment names."""
    berkas = sesi.alamat_buku
    return not sesi.opsi_buku and isinstance(berkas, Path) and not _ada(berkas) and _letak(berkas) in _dikenal(sesi)


def _ada(berkas: Path) -> bool:
    """Whether a ledger may be there: an empty file is none."""
    return os.path.isfile(berkas) and berkas.stat().st_size > 0


def pastikan_asal(sesi: "Sesi") -> None:
    """Raise BukuTidakTerbaca where the ledger that a desk was opened with is gone, or another one is in its place."""
    keadaan = hilang(sesi, sesi.asal) if sesi.asal else ""
    if keadaan:
        raise BukuTidakTerbaca(
            f"buku {sesi.mesin.sebutan} {keadaan}",
            'Kembalikan buku atau cakramnya, lalu ulangi; atau ketik "buku baru" untuk memakai yang ada di sana.',
        )


def hilang(sesi: "Sesi", asal: Asal) -> str:
    """What became of a desk's ledger; blank where it is there, or where this run works on another one."""
    if sesi.alamat_buku != asal.berkas:
        return ""
    if not _ada(asal.berkas):
        return "hilang sejak meja dibuka"
    lain = asal.sidik and _sidik_pertama(asal.berkas) not in (None, asal.sidik)
    return "sudah diganti buku lain sejak meja dibuka" if lain else ""


def asal_buku(sesi: "Sesi", lama: Asal | None = None) -> Asal | None:
    """The ledger file that is there now, None where there is none; ``lama`` stays while it is what this run means."""
    berkas = sesi.alamat_buku
    if not isinstance(berkas, Path):
        return None
    if lama and lama.berkas == berkas and (lama.sidik or not _ada(berkas)):
        return lama
    return Asal(berkas, _sidik_pertama(berkas) or "") if _ada(berkas) else None


def _sidik_pertama(berkas: Path) -> str | None:
    """The fingerprint of a ledger's first line, blank where it has no line; None where it cannot be told now."""
    from ikikec.buku.mesin.alamat import intip

    kueri = "SELECT (SELECT sidik FROM jurnal WHERE seq = 1)"
    return next((str(sidik or "") for (sidik,) in intip(berkas, kueri, ())), None)


def lupakan(sesi: "Sesi") -> None:
    """Let the next entry begin a new ledger where one was."""
    berkas, dikenal = sesi.alamat_buku, _dikenal(sesi)
    if isinstance(berkas, Path) and _letak(berkas) in dikenal:
        _tulis(sesi, [satu for satu in dikenal if satu != _letak(berkas)])


def peringatkan_terbuka(berkas: Path) -> None:
    """Tell who else may read a ledger file, and what mends it."""
    from ikikec.buku.mesin.lingkungan import terbuka

    _peringatkan(terbuka(berkas))


def _peringatkan(pesan: Iterable[str]) -> None:
    for satu in pesan:
        print(f"Peringatan: {satu}", file=sys.stderr)


def _letak(berkas: Path) -> str:
    """The place as the note holds it, from whatever folder it was named."""
    return os.path.normpath(berkas.absolute())


def _berkas_catatan(sesi: "Sesi") -> Path:
    return sesi.letak_konfig.parent / CATATAN


def _dikenal(sesi: "Sesi") -> list[str]:
    """The ledger files that were in use, the latest last."""
    # Windows decodes no name that is none there, as a note from another system may hold it.
    with suppress(OSError, UnicodeDecodeError):
        return [os.fsdecode(satu) for satu in _berkas_catatan(sesi).read_bytes().split(b"\n") if satu]
    return []


def _ingat(sesi: "Sesi", berkas: Path) -> None:
    dikenal = _dikenal(sesi)
    if sesi.opsi_buku or _letak(berkas) in dikenal:
        return
    # What is no ledger yet, as a killed first writer leaves it, was none. Whatever is wrong, the writer will tell.
    with suppress(Galat):
        if sesi.mesin.versi() is not None:
            _tulis(sesi, [*dikenal, _letak(berkas)][-PALING_BANYAK:])


def _tulis(sesi: "Sesi", semua: Iterable[str]) -> None:
    """A note that cannot be written is none: no entry fails for it."""
    from ikikec.berkas import buat_folder, tulis_berkas

    with suppress(OSError, Galat):
        berkas = _berkas_catatan(sesi)
        buat_folder(berkas.parent)
        tulis_berkas(berkas, [os.fsencode(satu) + b"\n" for satu in semua])
