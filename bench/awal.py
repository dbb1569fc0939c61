"""Start-up: what a person waits for before anything is done."""

from collections.abc import Iterator
from dataclasses import replace

from bench.alat import jalankan_polos, typer_polos
from bench.tolok import Syarat, Tempat, Tolok
from bench.ukur import Pasangan, berpasangan, ikikec, python

_TYPER = '`python -c "import typer"`'
_POLOS = "the same act of a bare Typer app with as many commands"
_SALAH = ("catat", "pengaduan", "--zzz")
_BELUM = ("catat", "pengaduan", "--ka")


def _bantuan(_tempat: Tempat) -> Iterator[Pasangan]:
    typer = python("-c", "import typer")
    for perintah in (ikikec("--help"), ikikec("--version"), ikikec("cattat", kode=2)):
        yield berpasangan(perintah, typer)


def _salah(tempat: Tempat) -> Iterator[Pasangan]:
    fakta = tempat.fakta
    bentuk = (fakta["perintah"], fakta["perintah_catat"], fakta["opsi_pengaduan"])
    lengkapi = replace(ikikec(*_BELUM[:-1]), env={"IKIKEC_LENGKAPI": "bash", "IKIKEC_BELUM": _BELUM[-1]})
    for rich in (True, False):
        polos = typer_polos(tempat.folder, *bentuk, rich=rich)
        yield berpasangan(ikikec(*_SALAH, kode=2), jalankan_polos(polos, *_SALAH, kode=2))
        yield berpasangan(lengkapi, jalankan_polos(polos, lengkapi=_BELUM))


TOLOK = (
    Tolok(
        "bantuan",
        (
            Syarat("bantuan", "`ikikec --help`", _TYPER, 1.5),
            Syarat("versi", "`ikikec --version`", _TYPER, 1.5),
            Syarat("tak-dikenal", "`ikikec` with an unknown command", _TYPER, 1.5),
        ),
        _bantuan,
    ),
    Tolok(
        "salah-pakai",
        (
            Syarat(
                "salah", "a usage error inside `catat pengaduan`", _POLOS, 1.3, "Typer as it comes, Rich draws errors"
            ),
            Syarat("lengkapi", "one completion (`catat pengaduan --ka` Tab)", _POLOS, 1.3, "Typer as it comes"),
            Syarat(
                "salah-teks",
                "the usage error inside `catat pengaduan`",
                f"{_POLOS}, without Rich",
                1.3,
                "stricter than asked: plain text on both sides",
            ),
            Syarat("lengkapi-teks", "the completion", f"{_POLOS}, without Rich", 1.3),
        ),
        _salah,
    ),
)
