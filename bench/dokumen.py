"""The documents made from what was measured, docs/kinerja.md and docs/skala.md, each from its template.

Templates hold the words, the tables and what is reckoned from the figures; here is what they say figures with.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.hasil import SKALA, TUMBUH, Hasil
from bench.isi import BANYAK
from bench.kinerja import BARIS, Baris
from bench.ukur import AKAR

Ukuran = Mapping[str, float]


def bulat(nilai: float, angka: int = 3) -> str:
    """A figure to so many digits, thousands apart."""
    if nilai >= 10 ** (angka - 1):
        kelipatan = 10 ** (len(str(int(nilai))) - angka) if nilai >= 10**angka else 1
        return f"{round(nilai / kelipatan) * kelipatan:,}".replace(",", " ")
    return f"{nilai:.{angka}g}"


def lama(detik: float) -> str:
    """A time to two digits or so, in the unit that suits it."""
    if detik < 1:
        return f"{detik * 1000:.2g} ms" if detik < 0.1 else f"{detik * 1000:.0f} ms"
    return f"{detik:.2g} s" if detik < 10 else f"{detik:.0f} s" if detik < 120 else f"{detik / 60:.0f} min"


def mb(bita: float) -> str:
    """Bytes in megabytes."""
    return f"{bulat(bita / 1e6, 2 if bita < 1e8 else 3)} MB"


def laju(isi: Ukuran) -> str:
    """Acts in a second, the median and the longest wait for one."""
    return f"{bulat(isi['per_detik'], 2)} /s ({lama(isi['tengah'])}, {lama(isi['terlama'])})"


def batas(baris: Baris) -> str:
    """A row's limit."""
    return f"{'≥' if baris.sekurangnya else '≤'} {baris.batas:g} ×"


def jumlah(nilai: float, baris: Baris) -> str:
    """What was measured for a row, in its unit."""
    if baris.satuan == "s":
        return f"{nilai * 1000:.3g} ms" if nilai < 1 else f"{nilai:.3g} s"
    return f"{nilai:.0f} {baris.satuan}"


def terpenuhi(baris: Baris, nisbah: float) -> bool:
    """Whether a ratio keeps the row's limit."""
    return nisbah >= baris.batas if baris.sekurangnya else nisbah <= baris.batas


def baris_layar(hasil: Hasil, baris: Baris) -> str:
    """A row as text for a terminal."""
    isi = hasil.isi[baris.kunci]
    if "absen" in isi:
        return f"left out  {baris.apa}: {isi['absen']}"
    tanda = "met" if terpenuhi(baris, isi["nisbah"]) else "NOT MET"
    rentang = f"{isi['terkecil']:.2f}–{isi['terbesar']:.2f}, {isi['pasang']} pairs"
    angka = f"{jumlah(isi['kita'], baris)} : {jumlah(isi['mereka'], baris)}"
    return f"{tanda:8}  {isi['nisbah']:.3g} × ({rentang}) {batas(baris)}  {angka}  {baris.apa} | {baris.banding}"


def tulis(hasil: Hasil) -> None:
    """Write the documents that lack nothing; tell what the others lack."""
    semua = [satu for isi in BARIS.values() for satu in isi]
    skala = {nama.removeprefix("skala-"): hasil.isi.get(nama) for nama in SKALA}
    _tulis("kinerja.md", hasil, [*(satu.kunci for satu in semua), TUMBUH], baris=semua, tumbuh=hasil.isi.get(TUMBUH))
    _tulis("skala.md", hasil, SKALA, **skala, banyak=BANYAK)


def _tulis(nama: str, hasil: Hasil, kunci: Sequence[str], **isi: Any) -> None:
    if kurang := [satu for satu in kunci if satu not in hasil.isi]:
        print(f"docs/{nama} not written; not measured yet: {', '.join(kurang)}", file=sys.stderr)
        return
    # Loaded late: a child's peak memory is never reported below that of the process that started it.
    import jinja2

    lingkungan = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    lingkungan.filters |= {"bulat": bulat, "lama": lama, "mb": mb, "laju": laju}
    alat = {"batas": batas, "jumlah": jumlah, "terpenuhi": terpenuhi, "hasil": hasil, "hari": hasil.rentang(kunci)}
    naskah = lingkungan.get_template(f"{nama}.j2").render(**alat, **isi)
    (AKAR / "docs" / nama).write_text(naskah, encoding="utf-8")
