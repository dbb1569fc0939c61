"""Bulk: files in, files out, the whole ledger checked; and that memory does not grow with them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bench import data
from bench.alat import program
from bench.tolok import Syarat, Tempat, Tolok
from bench.ukur import Pasangan, Perintah, berpasangan, ikikec, memori, python

_DATAR = 1.3


def periksa(buku: Path) -> Perintah:
    """All checks, as one process."""
    return ikikec("periksa", buku=buku)


def _impor(tempat: Tempat) -> Iterator[Pasangan]:
    banyak, sedikit = str(data.csv_survei(100_000)), str(data.csv_survei(10_000))
    kita, lain, polos = (tempat.folder / f"{nama}.db" for nama in ("kita", "lain", "polos"))
    impor = replace(ikikec("impor", "survei", banyak, buku=kita), hapus=kita)
    utils = replace(program("sqlite-utils", "insert", str(lain), "survei", banyak, "--csv"), hapus=lain)
    cangkang = Perintah(("sqlite3", str(polos), f".import --csv {banyak} survei"), hapus=polos)
    yield berpasangan(impor, utils)
    yield berpasangan(impor, cangkang)
    yield memori(impor, replace(ikikec("impor", "survei", sedikit, buku=kita), hapus=kita))


def _ekspor(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("survei-1000000"), tempat.buku("survei-100000")
    kita = ikikec("ekspor", "survei", "-O", "csv", buku=besar)
    cangkang = Perintah(("sqlite3", "-readonly", "-csv", "-header", str(besar), "SELECT * FROM survei"))
    yield berpasangan(kita, cangkang)
    yield memori(kita, ikikec("ekspor", "survei", "-O", "csv", buku=kecil), kali=1)
    buku_kerja = tempat.folder / "survei.xlsx"
    xlsx = ikikec("ekspor", "survei", "-o", str(buku_kerja), buku=kecil)
    yield berpasangan(replace(xlsx, hapus=buku_kerja), ikikec("ekspor", "survei", "-O", "csv", buku=kecil))


def _periksa(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("tumbuh-1000000"), tempat.buku("tumbuh-100000")
    rantai = str(Path(__file__).with_name("rantai.py"))
    yield berpasangan(periksa(besar), python(rantai, str(besar)))
    yield memori(periksa(besar), periksa(kecil), kali=1)


TOLOK = (
    Tolok(
        "impor",
        (
            Syarat(
                "impor-utils",
                "`impor survei`, 100 000 rows, checked, numbered, journalled",
                "`sqlite-utils insert --csv` with its defaults, unchecked",
                0.33,
                "whole processes, each into a new file",
            ),
            Syarat("impor-sqlite", "`impor survei`, the same 100 000 rows", "`sqlite3 .import`, unchecked", 16),
            Syarat("impor-memori", "`impor survei`: peak memory, 100 000 rows", "10 000 rows", _DATAR, satuan="MiB"),
        ),
        _impor,
        ("sqlite-utils", "sqlite3"),
    ),
    Tolok(
        "ekspor",
        (
            Syarat(
                "ekspor",
                "`ekspor survei -O csv`, 1 000 000 rows",
                "`sqlite3 -csv` of the same table",
                3.5,
                "whole processes, to /dev/null",
            ),
            Syarat(
                "ekspor-memori",
                "`ekspor survei -O csv`: peak memory, 1 000 000 rows",
                "100 000 rows",
                _DATAR,
                satuan="MiB",
            ),
            Syarat(
                "ekspor-xlsx",
                "`ekspor survei -o survei.xlsx`, 100 000 rows",
                "the same rows as CSV",
                15,
                "whole processes; XlsxWriter, a row at a time",
            ),
        ),
        _ekspor,
        ("sqlite3",),
    ),
    Tolok(
        "periksa",
        (
            Syarat(
                "periksa",
                "`periksa`, 1 000 000 journal lines",
                "a bare Python loop that reads the rows and hashes them",
                4,
                "whole processes, all checks; the loop is `bench/rantai.py`",
            ),
            Syarat(
                "periksa-memori",
                "`periksa`: peak memory, 1 000 000 journal lines",
                "100 000 journal lines",
                _DATAR,
                satuan="MiB",
            ),
        ),
        _periksa,
    ),
)
