"""One entry more: at the shell, at the open desk, in a large ledger, and by many at once."""

from collections.abc import Iterator
from pathlib import Path

from bench import data
from bench.alat import jrnl, program
from bench.tolok import Syarat, Tempat, Tolok
from bench.ukur import Pasangan, Pekerja, Perintah, Ukur, berpasangan, ikikec, python

_ENTRI = ("catat", "pengaduan", "--pelapor", "Siti", "--uraian", "Lampu jalan padam")
# Lines the desk gets beyond the first; what they cost more, divided by their number, is what one costs.
_LEBIH = 100


def satu_catat(buku: Path) -> Perintah:
    """``catat pengaduan`` as one process."""
    return ikikec(*_ENTRI, buku=buku)


def _catat(tempat: Tempat) -> Iterator[Pasangan]:
    buku = tempat.salinan("tumbuh-10000")
    yield berpasangan(satu_catat(buku), python("-c", "import typer, sqlmodel"))


def _catat_juta(tempat: Tempat) -> Iterator[Pasangan]:
    besar = tempat.salinan("tumbuh-1000000")
    yield berpasangan(satu_catat(besar), satu_catat(data.buku_kosong(tempat.folder)), anggaran=12)


def _satu_di_meja(tempat: Tempat) -> Ukur:
    buku = tempat.salinan("tumbuh-10000")
    baris = " ".join(f'"{kata}"' if " " in kata else kata for kata in _ENTRI)
    sedikit, banyak = tempat.folder / "sedikit.txt", tempat.folder / "banyak.txt"
    sedikit.write_text(f"{baris}\n")
    banyak.write_text(f"{baris}\n" * (1 + _LEBIH))

    def ukur() -> float:
        lama, sebentar = (ikikec("meja", buku=buku, masukan=isi)() for isi in (banyak, sedikit))
        return (lama - sebentar) / _LEBIH

    return ukur


def _meja(tempat: Tempat) -> Iterator[Pasangan]:
    satu = _satu_di_meja(tempat)
    baris = tempat.folder / "baris.json"
    baris.write_text('{"tanggal": "2026-12-01", "pelapor": "Siti", "uraian": "Lampu jalan padam"}')
    lain = str(tempat.folder / "lain.db")
    yield berpasangan(satu, program("sqlite-utils", "insert", lain, "pengaduan", "-", masukan=baris), anggaran=10)
    yield berpasangan(satu, jrnl(tempat.folder, "Lampu jalan padam. Siti"), anggaran=10)


def _penulis(tempat: Tempat) -> Iterator[Pasangan]:
    ramai, sendiri = tempat.folder / "ramai.db", tempat.folder / "sendiri.db"
    for buku in (ramai, sendiri):
        data.salin(tempat.buku("tumbuh-10000"), buku)
    with Pekerja("penulis", str(ramai)) as banyak, Pekerja("penulis", str(sendiri)) as satu:
        yield berpasangan(lambda: banyak("8 25"), lambda: satu("1 200"), anggaran=15)


_MEJA = "one more `catat` inside `ikikec meja`"
_CARA_MEJA = f"the desk reads a pipe: ({_LEBIH + 1} lines − 1 line) / {_LEBIH}, in a ledger of 10 000 entries"

TOLOK = (
    Tolok(
        "catat",
        (
            Syarat(
                "catat",
                "`ikikec catat pengaduan …`, whole process, 10 000-entry ledger",
                '`python -c "import typer, sqlmodel"`',
                1.2,
            ),
        ),
        _catat,
    ),
    Tolok(
        "meja",
        (
            Syarat("meja-sqlite-utils", _MEJA, "a whole `sqlite-utils insert` of one row", 0.1, _CARA_MEJA),
            Syarat("meja-jrnl", _MEJA, "a whole `jrnl` entry", 0.1, _CARA_MEJA),
        ),
        _meja,
        ("sqlite-utils", "jrnl"),
    ),
    Tolok(
        "catat-juta",
        (
            Syarat(
                "catat-juta",
                "`catat` on a 1 000 000-entry ledger",
                "the same on an empty one",
                1.1,
                "whole processes; the empty ledger has its schema, its calendar and the entries of this run",
            ),
        ),
        _catat_juta,
    ),
    Tolok(
        "penulis",
        (
            Syarat(
                "penulis",
                "8 concurrent in-process writers, 25 entries each",
                "one writer, 200 entries",
                3,
                "threads, each with its own `Buku`; imports not counted, commits (fsync) are",
            ),
        ),
        _penulis,
    ),
)
