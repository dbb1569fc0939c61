"""Whether the ledger that is meant is there: one that vanished is told, and none begins in its place unasked.

A small note beside the configuration remembers which ledger files were in use, so that an unplugged disk is not taken
for an office without a ledger. A desk remembers which ledger it was opened with.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ikikec.galat import BerkasTakTertulis, BukuTidakTerbaca

if TYPE_CHECKING:
    from ikikec.cli.sesi import Sesi

CATATAN = "buku-dikenal.txt"
# Ledgers remembered, the latest ones.
PALING_BANYAK = 50


def jaga_tulis(sesi: "Sesi") -> None:
    """Before something is written: the desk's own ledger must be there; who else may read it is told."""
    pastikan_asal(sesi)
    berkas = sesi.alamat_buku
    if isinstance(berkas, Path) and berkas.is_file():
        from ikikec.buku.mesin.lingkungan import terbuka

        _peringatkan(terbuka(berkas))
        _ingat(sesi, berkas)


@contextmanager
def buku_baru(sesi: "Sesi") -> Iterator[None]:
    """What a new ledger is made inside: asks where one was before, and tells afterwards where it is.

    Raises BukuTidakTerbaca where one was and nobody can be asked.
    """
    berkas = sesi.alamat_buku
    if isinstance(berkas, Path) and str(berkas.absolute()) in _dikenal(sesi):
        _tanya_baru(sesi, berkas)
    yield
    print(f"Buku baru dibuat di {sesi.mesin.sebutan}", file=sys.stderr)
    if isinstance(berkas, Path):
        from ikikec.buku.mesin.lingkungan import bersama, kembaran

        _peringatkan([*bersama(berkas), *kembaran(berkas)])
        _ingat(sesi, berkas)


def _tanya_baru(sesi: "Sesi", berkas: Path) -> None:
    from ikikec.cli.tanya import pastikan

    pesan = f"buku di {berkas} pernah ada dan sekarang tidak ditemukan"
    if not sesi.bertanya:
        raise BukuTidakTerbaca(
            f"{pesan}; tidak ada yang dicatat",
            "Pasang lagi cakram atau folder tempatnya, atau pakai cadangan dengan ikikec pulihkan. Bila memang mulai"
            f" buku baru di sana: ikikec --buku {berkas} …",
        )
    print(f"{pesan[0].upper()}{pesan[1:]}.", file=sys.stderr)
    pastikan("Mulai buku baru yang kosong di sana?", bertanya=True, ya=False)


def pastikan_asal(sesi: "Sesi") -> None:
    """Raise BukuTidakTerbaca where the ledger that a desk was opened with is gone, or another one is in its place."""
    if sesi.asal is None:
        return
    keadaan = hilang(sesi, sesi.asal)
    if keadaan:
        raise BukuTidakTerbaca(
            f"buku {sesi.mesin.sebutan} {keadaan}",
            'Kembalikan buku atau cakramnya, lalu ulangi; atau ketik "buku baru" untuk memakai yang ada di sana.',
        )


def hilang(sesi: "Sesi", asal: str) -> str:
    """What became of the ledger file whose first line has the fingerprint ``asal``; blank where it is there."""
    berkas = sesi.alamat_buku
    if not isinstance(berkas, Path):
        return ""
    if not os.path.isfile(berkas) or berkas.stat().st_size == 0:
        return "hilang sejak meja dibuka"
    kini = asal_buku(sesi)
    return "sudah diganti buku lain sejak meja dibuka" if asal and kini and kini != asal else ""


def asal_buku(sesi: "Sesi") -> str | None:
    """The fingerprint of a ledger file's first line, blank where it cannot be told now; None where there is none."""
    berkas = sesi.alamat_buku
    if not isinstance(berkas, Path) or not os.path.isfile(berkas):
        return None
    from ikikec.buku.mesin.intip import intip

    return next((str(sidik) for (sidik,) in intip(berkas, "SELECT sidik FROM jurnal WHERE seq = 1", ())), "")


def lupakan(sesi: "Sesi") -> None:
    """Let the next entry begin a new ledger where one was."""
    berkas = sesi.alamat_buku
    if isinstance(berkas, Path):
        _tulis(sesi, [satu for satu in _dikenal(sesi) if satu != str(berkas.absolute())])


def _peringatkan(pesan: Iterable[str]) -> None:
    for satu in pesan:
        print(f"Peringatan: {satu}", file=sys.stderr)


def _berkas_catatan(sesi: "Sesi") -> Path:
    return sesi.letak_konfig.parent / CATATAN


def _dikenal(sesi: "Sesi") -> list[str]:
    """The ledger files that were in use; nothing for one that the command line or environment names itself."""
    if sesi.opsi_buku:
        return []
    with suppress(OSError, ValueError):
        return _berkas_catatan(sesi).read_text(encoding="utf-8").splitlines()
    return []


def _ingat(sesi: "Sesi", berkas: Path) -> None:
    letak, dikenal = str(berkas.absolute()), _dikenal(sesi)
    if not sesi.opsi_buku and letak not in dikenal:
        _tulis(sesi, [*dikenal, letak][-PALING_BANYAK:])


def _tulis(sesi: "Sesi", semua: Iterable[str]) -> None:
    """A note that cannot be written is none: no entry fails for it."""
    from ikikec.berkas import buat_folder, tulis_berkas

    with suppress(OSError, BerkasTakTertulis):
        berkas = _berkas_catatan(sesi)
        buat_folder(berkas.parent)
        tulis_berkas(berkas, [f"{satu}\n".encode() for satu in semua])
