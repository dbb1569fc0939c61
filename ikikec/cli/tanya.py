"""Asking at the terminal for what was not given; each answer is checked at once."""

import sys
from collections.abc import Callable, Iterable

from ikikec.bahasa import deret
from ikikec.buku.register import Bidang, Nilai
from ikikec.galat import NilaiSalah, SalahPakai, Terputus
from ikikec.ketikan import HariIni


def tanya(bidang: Bidang, hari_ini: HariIni, *, wajib: bool = True) -> Nilai:
    """Ask for one field until the answer can be read; an empty answer passes where the field is not ``wajib``.

    Raises Terputus on Ctrl-C or end of input.
    """
    pilihan = f" ({deret(bidang.kata)})" if bidang.kata else ""
    boleh_kosong = "" if wajib else " [Enter: lewati]"
    while True:
        try:
            jawab = _baca_baris(f"{bidang.nama.replace('_', ' ')} – {bidang.arti}{pilihan}{boleh_kosong}: ")
            nilai = bidang.baca(jawab, hari_ini)
        except NilaiSalah as galat:
            keluhkan(galat.pesan)
            continue
        if nilai is not None or not wajib:
            return nilai
        keluhkan("wajib diisi")


def tanya_semua(bidang: Iterable[Bidang], hari_ini: HariIni, *, wajib: bool) -> dict[str, Nilai]:
    """Ask for several fields in order."""
    return {satu.nama: tanya(satu, hari_ini, wajib=wajib) for satu in bidang}


def _baca_baris(pertanyaan: str) -> str:
    # input() would write the question to stdout when that is no terminal; results alone belong there.
    try:
        print(pertanyaan, end="", file=sys.stderr, flush=True)
        baris = sys.stdin.readline()
    except KeyboardInterrupt:
        print(file=sys.stderr)
        raise Terputus("dihentikan; tidak ada yang dicatat") from None
    if not baris:
        raise Terputus("masukan berakhir; tidak ada yang dicatat")
    return baris


def pastikan(pertanyaan: str, *, bertanya: bool, ya: bool) -> None:
    """Let an act be confirmed that is not easily undone.

    Raises Terputus where the answer is no, SalahPakai where nobody can be asked and ``--ya`` was not given.
    """
    if ya:
        return
    if not bertanya:
        raise SalahPakai("tindakan ini perlu kepastian, dan tidak ada yang dapat ditanya", "Tambahkan --ya.")
    while True:
        jawab = _baca_baris(f"{pertanyaan} [y/T]: ").strip().lower()
        if jawab in ("y", "ya"):
            return
        if jawab in ("", "t", "tidak"):
            raise Terputus("dibatalkan; tidak ada yang diubah")
        keluhkan("jawab y atau t")


def keluhkan(pesan: str) -> None:
    """Say what is wrong with the answer just given."""
    print(f"  {pesan}", file=sys.stderr)


def tanya_teks(pertanyaan: str, bawaan: str, periksa: Callable[[str], str]) -> str:
    """Ask for one text; Enter keeps ``bawaan``. What ``periksa`` refuses with NilaiSalah is asked again.

    Returns what ``periksa`` made of the answer. Raises Terputus on Ctrl-C or end of input.
    """
    kini = f" [{bawaan}]" if bawaan else ""
    while True:
        jawab = _baca_baris(f"{pertanyaan}{kini}: ").strip()
        if not jawab:
            return bawaan
        try:
            return periksa(jawab)
        except NilaiSalah as galat:
            keluhkan(galat.pesan)
