"""Growth: four commands, whole processes, in ledgers of 10² to 10⁶ entries."""

from collections.abc import Callable
from pathlib import Path

from bench import data
from bench.baca import cari, laporan
from bench.catat import satu_catat
from bench.massal import periksa
from bench.tolok import Tempat
from bench.ukur import Perintah, tengah

NAMA = "tumbuh"
_BULAN_KECIL = "2026-11"
# The month reported holds the same 100 entries in every ledger, so that what grows is the ledger alone.
_PERINTAH: dict[str, Callable[[Path], Perintah]] = {
    "catat": satu_catat,
    "laporan": lambda buku: laporan(buku, _BULAN_KECIL),
    "cari": cari,
    "periksa": periksa,
}

Tumbuh = dict[str, dict[int, float]]


def ukur_tumbuh(tempat: Tempat) -> Tumbuh:
    """The median seconds of each command by ledger size."""
    hasil: Tumbuh = {nama: {} for nama in _PERINTAH}
    for ukuran in data.UKURAN:
        # Last, since it is the one that writes.
        for nama in reversed(_PERINTAH):
            buku = tempat.salinan(f"tumbuh-{ukuran}") if nama == "catat" else tempat.buku(f"tumbuh-{ukuran}")
            hasil[nama][ukuran] = tengah(_PERINTAH[nama](buku))
        data.kabar(f"{ukuran:,} entries: " + ", ".join(f"{nama} {isi[ukuran]:.2f} s" for nama, isi in hasil.items()))
    return hasil
