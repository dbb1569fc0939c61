"""What is taken from inside Typer: in one module only, and each thing still there, so that a new version tells at once."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer import core
from typer._click import core as klik
from typer._click.formatting import HelpFormatter
from typer._coercion import RuntimeParam

from ikikec.cli import typer_dalam
from ikikec.cli.app import Akar, app
from ikikec.cli.perintah import PERINTAH
from ikikec.cli.typer_dalam import KelompokPerintah, Perintah
from tests.conftest import AKAR, Kantor

PAKET = AKAR / "ikikec"


def nama_impor(berkas: Path) -> set[str]:
    pohon = list(ast.walk(ast.parse(berkas.read_text())))
    dari = {simpul.module or "" for simpul in pohon if isinstance(simpul, ast.ImportFrom)}
    return dari | {satu.name for simpul in pohon if isinstance(simpul, ast.Import) for satu in simpul.names}


def test_one_module_alone_reaches_inside() -> None:
    luar = {"typer", "typer.core", "typer.main"}
    dalam = {
        berkas.name: sorted(asing)
        for berkas in PAKET.rglob("*.py")
        if (asing := {nama for nama in nama_impor(berkas) if nama.split(".")[0] == "typer"} - {"typer"})
    }
    assert list(dalam) == ["typer_dalam.py"]
    assert set(dalam["typer_dalam.py"]) - luar == {
        "typer._click.core", "typer._click.exceptions", "typer._click.formatting", "typer._click.globals",
        "typer._click.shell_completion", "typer._coercion",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kelas", "induk", "nama"),
    [
        *((Perintah, core.TyperCommand, nama) for nama in (
            "parse_args", "invoke", "format_usage", "get_help_option", "format_options", "format_epilog",
        )),
        *((KelompokPerintah, core.TyperGroup, nama) for nama in (
            "parse_args", "format_usage", "list_commands", "format_options", "shell_complete", "resolve_command",
        )),
        (Akar, core.TyperGroup, "main"),
        (typer_dalam._Ringan, RuntimeParam, "_coerce_value"),
    ],
)  # fmt: skip
def test_what_is_overridden_is_still_called_so(kelas: type, induk: type, nama: str) -> None:
    def isian(milik: type) -> list[str]:
        semua = inspect.signature(getattr(milik, nama)).parameters.values()
        return [satu.name for satu in semua if satu.kind is not inspect.Parameter.VAR_KEYWORD]

    assert getattr(kelas, nama) is not getattr(induk, nama)
    assert isian(kelas) == isian(induk)


@pytest.mark.unix
@pytest.mark.parametrize(
    ("tempat", "nama"),
    [
        (klik.Command, "collect_usage_pieces"), (klik.Command, "get_params"), (klik.Context, "find_root"),
        (klik.Context, "make_formatter"), (klik.Context, "get_parameter_source"), (HelpFormatter, "write_dl"),
        (HelpFormatter, "write_usage"), (HelpFormatter, "section"), (HelpFormatter, "current_indent"),
        (klik.Parameter, "get_help_record"), (typer_dalam, "_resolve_context"), (typer_dalam, "_resolve_incomplete"),
    ],
)  # fmt: skip
def test_what_is_used_is_still_there(tempat: Any, nama: str) -> None:
    ada = hasattr(tempat, nama) or nama in inspect.getsource(tempat)
    assert ada, nama


def test_values_are_read_by_our_readers_and_not_by_pydantic() -> None:
    perintah = typer.main.get_command(app).commands["terbitkan"]
    semua = {param.name: param for param in perintah.params}
    for nama in ("nomor", "nomor_surat", "tanggal", "keluaran"):
        assert isinstance(semua[nama]._runtime_param, typer_dalam._Ringan), nama


def semua_opsi() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with each of its options that takes a value, the root options before a command."""
    akar = typer.main.get_command(app)
    yield from (((), param) for param in akar.params)
    for nama in PERINTAH:
        perintah: Any = akar
        for kata in nama.split():
            perintah = perintah.get_command(None, kata)
        yield from ((tuple(nama.split()), param) for param in perintah.params)


def test_no_option_of_any_command_is_taken_empty_or_twice(kantor: Kantor) -> None:
    banyak = 0
    for kata, param in semua_opsi():
        if not isinstance(param, core.TyperOption) or "--help" in param.opts or param.name == "versi":
            continue
        sebelum, sesudah = (kata, ()) if kata else ((), ("info",))
        sekali = (param.opts[-1],) if param.is_flag else (param.opts[-1], "2026-10-05")
        hapus = typer_dalam.PENGHAPUS.get(kata[-1] if kata else "", ())
        if not param.is_flag and param.metavar not in hapus:
            for kosong in ("", "  ", "\u00a0"):
                galat = kantor(*sebelum, param.opts[-1], kosong, *sesudah, kode=2).galat
                assert f"opsi {param.opts[-1]}: tidak boleh kosong" in " ".join(galat.split()), (kata, param.opts)
        if not param.multiple:
            galat = kantor(*sebelum, *sekali, *sekali, *sesudah, kode=2).galat
            assert f"opsi {param.opts[-1]} ditulis lebih dari sekali" in " ".join(galat.split()), (kata, param.opts)
        banyak += 1
    assert banyak > 150
    assert not kantor.buku.exists()


def test_a_variable_that_is_set_and_empty(kantor: Kantor) -> None:
    """It counts as unset, but for the two by which a script would write elsewhere or on another day."""
    kantor("catat", "survei", "--kepuasan", "4")
    for nama in ("IKIKEC_BUKU", "IKIKEC_HARI_INI"):
        assert f"variabel lingkungan {nama} kosong" in kantor("info", kode=2, **{nama: ""}).galat
        kantor("--help", **{nama: ""})
    kantor("info", IKIKEC_PETUGAS="", IKIKEC_KONFIG="")


@pytest.mark.parametrize(
    ("args", "sebut"),
    [
        ("target tetapkan kasi-pip 2.1 -5 --periode 2026", "bilangan negatif tidak dipakai di sini: -5"),
        ("daftar rekomendasi --jenis bukan-jenis", "pilihannya keramaian"),
        ("daftar pengaduan --jatuh-tempo 99999", "0 sampai 1.000"),
        ("catat pengaduan --uraian --anonim", "opsi --uraian belum berisi; sesudahnya langsung --anonim"),
        ("koreksi skm-1 --alasan --ya", "opsi --alasan belum berisi; sesudahnya langsung --ya"),
        ("laporan --jabatan kasi-pip -O json -o x.html", "tidak cocok dengan akhiran .html"),
    ],
)
def test_what_else_is_named_for_what_it_is(kantor: Kantor, args: str, sebut: str) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    assert sebut in " ".join(kantor(*args.split(), kode=2).galat.split())


def test_a_mistake_is_told_before_the_period(kantor: Kantor) -> None:
    assert "Periode" not in kantor("laporan", "--jabatan", "salah", kode=2).galat


@pytest.mark.parametrize(
    ("args", "pesan"),
    [
        (("--pelapor", "\u201cSiti", "Aminah\u201d"), "\u201cSiti: tanda kutipnya bukan dari papan ketik"),
        (("--pelapor", "\u201dSiti", "Aminah\u201d"), "\u201dSiti: tanda kutipnya"),
        (("\u2014pelapor", "Siti"), "ketik --pelapor"),
        (("\u2013\u2013pelapor=Siti",), "ketik --pelapor"),
    ],
)
def test_what_a_word_processor_made_of_a_line_is_named(kantor: Kantor, args: tuple[str, ...], pesan: str) -> None:
    assert pesan in kantor("catat", "pengaduan", *args, "--uraian", "x", kode=2).galat


def test_dashes_and_quotes_inside_a_value_are_nobody_s_fault(kantor: Kantor) -> None:
    for uraian in ("\u2014pelapor lupa", "\u201cLampu padam\u201d katanya", "\u2018Aisyah"):
        kantor("catat", "pengaduan", "--pelapor", "\u2019Abdul", "--uraian", uraian)
