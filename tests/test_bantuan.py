"""Help: every command has one, in Indonesian, with an example that runs."""

import re
import shlex
from collections.abc import Iterator

import pytest
import typer

from ikikec.cli.app import app
from tests.conftest import Kantor

ASING = re.compile(r"\b(Usage|Options|Arguments|Commands|Show|this|message|exit|default|required|env var|TEXT)\b")


def semua() -> Iterator[tuple[str, ...]]:
    akar = typer.main.get_command(app)
    for nama, perintah in akar.commands.items():
        yield (nama,)
        yield from ((nama, anak) for anak in getattr(perintah, "commands", {}))


@pytest.mark.parametrize("jalur", list(semua()), ids=" ".join)
def test_every_command_s_help_is_indonesian_and_shows_an_example(kantor: Kantor, jalur: tuple[str, ...]) -> None:
    bantuan = kantor(*jalur, "--help").keluar
    assert bantuan.startswith("Pemakaian: ikikec")
    assert "\nContoh:\n  ikikec" in bantuan
    assert not ASING.search(bantuan), ASING.search(bantuan)


def test_the_program_s_help_lists_the_commands(kantor: Kantor) -> None:
    bantuan = kantor("--help").keluar
    assert bantuan == kantor().keluar
    assert not ASING.search(bantuan)
    for jalur in semua():
        assert jalur[0] == "report" or f"\n  {jalur[0]} " in bantuan


def contoh_perintah() -> list[str]:
    akar = typer.main.get_command(app)
    isi = [akar, *akar.commands.values(), *akar.commands["catat"].commands.values()]
    return sorted({baris for perintah in isi for baris in (perintah.epilog or "").splitlines()})


@pytest.mark.parametrize("baris", contoh_perintah())
def test_the_examples_run(contoh: Kantor, baris: str) -> None:
    """Each example on the sample office, whose entries of those numbers are put where the example needs them."""
    hari = ("--tanggal", "2026-11-02")
    program, *args = shlex.split(baris)
    assert program == "ikikec"
    (contoh.folder / "survei-oktober.csv").write_text("tanggal,kepuasan\n2026-10-05,4\n")
    segar = {"INF-2026-0001": ("informasi", "--pemohon", "A", "--topik", "B"),
             "RIZ-2026-0001": ("rekomendasi", "--pemohon", "A", "--jenis", "lainnya"),
             "RIZ-2026-0002": ("rekomendasi", "--pemohon", "A", "--jenis", "lainnya"),
             "KRN-2026-0001": ("surat-kabar", "--media", "A", "--eksemplar", "3")}  # fmt: skip
    for letak, satu in enumerate(args):
        if satu in segar and args[0] != "lihat":
            belum = ("--belum-lengkap",) if args[0] == "lengkapi" else ()
            args[letak] = contoh("catat", *segar[satu], *belum, *hari).keluar.split()[0]
        elif satu.endswith((".csv", ".html")):
            args[letak] = str(contoh.folder / satu)
    contoh(*args)
