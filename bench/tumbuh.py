"""Growth: four commands, whole processes, in ledgers of 10² to 10⁶ entries."""

from collections.abc import Callable
from pathlib import Path

from bench import data
from bench.baca import cari, laporan
from bench.catat import satu_catat
from bench.massal import periksa
from bench.tolok import Tempat
from bench.ukur import Perintah, bergiliran

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
    """The median seconds of each command by ledger size, the sizes measured in turn."""
    hasil: Tumbuh = {}
    for nama, perintah in _PERINTAH.items():
        letak = tempat.salinan if nama == "catat" else tempat.buku
        hasil[nama] = bergiliran({ukuran: perintah(letak(f"tumbuh-{ukuran}")) for ukuran in data.UKURAN})
        data.kabar(f"{nama}: " + ", ".join(f"{ukuran:,} {detik:.2f} s" for ukuran, detik in hasil[nama].items()))
    return hasil
