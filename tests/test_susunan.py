"""The house: imports point down only, the core is silent, and start-up stays light."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from ikikec.cli import typer_dalam
from ikikec.cli.app import app
from ikikec.cli.perintah import PERINTAH
from tests import hemat
from tests.conftest import AKAR, Kantor

PAKET = AKAR / "ikikec"

# A floor may import from the floors above it in this list, never from those below. Modules of one floor may use
# each other; the two rooms of a floor (tukar and lembar) may not.
LANTAI: tuple[tuple[str, ...], ...] = (
    ("galat", "istilah", "tanggal", "periode", "bahasa", "letak", "berkas", "kertas", "gambar", "berkas_csv"),
    ("kalender", "berkas_toml", "konfigurasi", "ubahan"),
    ("buku",),
    ("kinerja",),
    ("lembar", "tukar"),
    ("cli",),
)
BERKAS = sorted(satu for satu in PAKET.rglob("*.py") if satu.name != "__main__.py")


def kamar(berkas: Path) -> str:
    bagian = berkas.relative_to(PAKET).with_suffix("").parts
    return bagian[0]


def impor(berkas: Path) -> Iterator[str]:
    for simpul in ast.walk(ast.parse(berkas.read_text())):
        if isinstance(simpul, ast.ImportFrom):
            assert simpul.level == 0, f"{berkas}: relative import"
            yield simpul.module or ""
            yield from (f"{simpul.module}.{nama.name}" for nama in simpul.names)
        elif isinstance(simpul, ast.Import):
            yield from (nama.name for nama in simpul.names)


def lantai(nama: str) -> int:
    return next(nomor for nomor, isi in enumerate(LANTAI) if nama in isi)


def milik_sendiri(berkas: Path) -> Iterator[str]:
    """The rooms or modules of the ground floors that a file imports from."""
    for nama in impor(berkas):
        bagian = nama.split(".")
        if bagian[0] == "ikikec" and len(bagian) > 1 and bagian[1] != "__version__":
            yield bagian[1]


def test_imports_point_down_only() -> None:
    for berkas in BERKAS:
        dari = kamar(berkas)
        for ke in milik_sendiri(berkas) if dari != "__init__" else ():
            assert lantai(ke) < lantai(dari) or ke == dari or lantai(ke) == lantai(dari) < 2, f"{berkas} -> {ke}"


def test_a_name_stands_for_one_thing_and_files_and_functions_are_short() -> None:
    kelas = [
        simpul.name
        for berkas in BERKAS
        for simpul in ast.walk(ast.parse(berkas.read_text()))
        if isinstance(simpul, ast.ClassDef) and not simpul.name.startswith("_")
    ]
    assert sorted({satu for satu in kelas if kelas.count(satu) > 1}) == []
    modul = [satu.stem for satu in BERKAS if satu.name != "__init__.py"]
    assert sorted({satu for satu in modul if modul.count(satu) > 1}) == []
    for berkas in BERKAS:
        teks = berkas.read_text()
        assert teks.count("\n") <= 500, berkas
        for simpul in ast.walk(ast.parse(teks)):
            if isinstance(simpul, ast.FunctionDef):
                isi = simpul.body[1:] if ast.get_docstring(simpul) else simpul.body
                panjang = (simpul.end_lineno or 0) - isi[0].lineno + 1 if isi else 0
                assert panjang <= 40, f"{berkas}: {simpul.name} has {panjang} lines"


def test_the_ground_floor_needs_no_third_party() -> None:
    for berkas in BERKAS:
        for nama in impor(berkas) if kamar(berkas) in LANTAI[0] else ():
            assert nama.split(".")[0] in {"ikikec", *sys.stdlib_module_names}, f"{berkas}: {nama}"


def test_below_the_face_nothing_prints_exits_asks_or_reads_the_clock() -> None:
    terlarang = {"print", "input", "exit", "quit"}
    lewat = {("sys", "exit"), ("datetime", "now"), ("date", "today"), ("os", "environ"), ("os", "getenv"),
             ("time", "time"), ("datetime", "today"), ("datetime", "utcnow")}  # fmt: skip
    bawah = [satu for satu in BERKAS if kamar(satu) != "cli"]
    for berkas, simpul in ((satu, simpul) for satu in bawah for simpul in ast.walk(ast.parse(satu.read_text()))):
        if isinstance(simpul, ast.Call) and isinstance(simpul.func, ast.Name):
            assert simpul.func.id not in terlarang, f"{berkas}:{simpul.lineno}"
        if isinstance(simpul, ast.Attribute) and isinstance(simpul.value, ast.Name):
            assert (simpul.value.id, simpul.attr) not in lewat, f"{berkas}:{simpul.lineno}"
        if isinstance(simpul, ast.Attribute):
            assert simpul.attr not in ("isatty", "stdout", "stderr", "stdin"), f"{berkas}:{simpul.lineno}"


def jalankan(kantor: Kantor, program: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, without a terminal."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **kantor.env},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


BERAT = (
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "jinja2",
    "holidays",
    "rich.table",
    "platformdirs",
    "xlsxwriter",
    "python_calamine",
    "weasyprint",
)


@pytest.mark.parametrize(
    ("perintah", "kode"),
    [
        ("--help", 0), ("--version", 0), ("", 0), ("catat --help", 0), ("catat pengaduan --help", 0),
        ("laporan --help", 0), ("skm --help", 0), ("rekap --help", 0), ("rekap", 2), ("rekap --buku a.db -o a.doc", 2), ("skm --populasi 0", 2), ("skm -o a.doc", 2), ("rtl --help", 0), ("rtl tetapkan", 2), ("rtl selesai x", 2), ("laporan", 2), ("laporan --jabatan x -o a.docx", 2), ("catta", 2), ("catat pengaduan --kanal fax", 2), ("catat pengaduan", 2),
        ("lihat", 2), ("ekspor --help", 0), ("ekspor -O csv", 2), ("ekspor --periode x", 2), ("impor --help", 0),
    ],
)  # fmt: skip
def test_help_version_and_usage_errors_load_nothing_heavy(kantor: Kantor, perintah: str, kode: int) -> None:
    program = (
        "import sys\n"
        "from ikikec.cli.app import app\n"
        f"try:\n    app({perintah.split()!r}, prog_name='ikikec')\n"
        "except SystemExit as selesai:\n"
        f"    berat = [nama for nama in {BERAT!r} if nama in sys.modules]\n"
        f"    sys.exit(f'{{selesai.code}} {{berat}}' if (selesai.code or 0) != {kode} or berat else 0)\n"
    )
    hasil = jalankan(kantor, program)
    assert hasil.returncode == 0, hasil.stderr


@pytest.mark.parametrize("baris", ["catat pengaduan --pelapor A --uraian B", "periksa"])
def test_a_ledger_at_head_is_used_without_alembic_and_holidays(contoh: Kantor, baris: str) -> None:
    program = (
        "import sys\n"
        "from ikikec.cli.app import app\n"
        f"try:\n    app({baris.split()!r}, prog_name='ikikec')\n"
        "except SystemExit as selesai:\n"
        "    berat = [n for n in ('alembic', 'holidays', 'jinja2', 'rich.table') if n in sys.modules]\n"
        "    sys.exit(str(berat) if selesai.code or berat else 0)\n"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **contoh.env}, capture_output=True, text=True, check=False
    )
    assert hasil.returncode == 0, hasil.stderr


@pytest.mark.parametrize(
    ("baris", "dimuat"),
    [
        ("--help", ""), ("--version", ""), ("", ""), ("catta", ""), ("--salah", ""), ("--hari-ini x info", ""),
        ("catat --help", ""), ("libur --help", ""), ("catat pengaduan --kanal fax", "catat"), ("catat pengaduan --hlep", "catat"),
        ("selesaikan INF", "catat"), ("daftar --help", "lihat"), ("laporan --periode", "laporan"),
        ("tutup", "ketetapan"), ("libur daftar x", "ketetapan"), ("ekspor x", "masuk_keluar"), ("pelengkapan x", "atur"),
    ],
)  # fmt: skip
def test_only_the_command_that_is_run_is_loaded(kantor: Kantor, baris: str, dimuat: str) -> None:
    milik = sorted({satu.tempat.partition(":")[0] for satu in PERINTAH.values()} - {""})
    program = (
        "import sys\n"
        "from ikikec.cli.app import app\n"
        f"try:\n    app({baris.split()!r}, prog_name='ikikec')\n"
        "except SystemExit:\n"
        f"    dimuat = [nama for nama in {milik!r} if 'ikikec.cli.' + nama in sys.modules]\n"
        "    sys.exit(' '.join([*dimuat, *(['pydantic'] if 'pydantic' in sys.modules else [])]) or '-')\n"
    )
    hasil = jalankan(kantor, program)
    assert hasil.stderr.splitlines()[-1] == (dimuat or "-")


def test_only_the_register_that_is_recorded_in_has_its_options_made(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    dibuat: list[str] = []
    asli = typer_dalam._susun

    def susun(tabel: dict[str, typer_dalam.Perkenalan], jalur: str) -> object:
        dibuat.append(jalur)
        return asli(tabel, jalur)

    monkeypatch.setattr(typer_dalam, "_susun", susun)
    monkeypatch.setattr(hemat, "PROGRAM", typer.main.get_command(app))
    kantor("catat", "survei", "--kepuasan", "9", kode=2)
    assert dibuat == ["catat", "catat survei"]


def test_no_garbage_is_collected_before_an_entry_is_recorded(contoh: Kantor) -> None:
    program = (
        "import gc, sys\n"
        "from ikikec.__main__ import utama\n"
        "sys.argv = ['ikikec', 'catat', 'pengaduan', '--pelapor', 'A', '--uraian', 'B']\n"
        "banyak = lambda: sum(satu['collections'] for satu in gc.get_stats())\n"
        "gc.collect()\n"
        "awal = banyak()\n"
        "try:\n    utama()\n"
        "except SystemExit as selesai:\n"
        "    sys.exit(str([selesai.code, banyak() - awal, gc.isenabled(), gc.get_freeze_count() > 0]))\n"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **contoh.env}, capture_output=True, text=True, check=False
    )
    assert hasil.stderr.splitlines()[-1] == "[0, 0, True, True]"


MESIN = PAKET / "buku" / "mesin"
# What only one engine understands, and the drivers themselves.
KHUSUS = re.compile(
    r"\bPRAGMA\b|sqlite_master|\browid\b|\btypeof\(|json_object|json_array|\bprintf\(|to_jsonb|::(jsonb|varchar|integer|text)|\bpg_(?!dump)|IS NOT DISTINCT"
)


def test_what_differs_between_the_engines_stands_in_one_place() -> None:
    for berkas in BERKAS:
        if berkas.is_relative_to(MESIN):
            bawah = {nama.split(".")[2] for nama in impor(berkas) if re.match(r"ikikec\.buku\.\w", nama)}
            assert bawah <= {"mesin", "register", "bidang", "jurnal"}, f"{berkas} knows what stands on the engines"
            continue
        assert not {nama.split(".")[0] for nama in impor(berkas)} & {"sqlite3", "psycopg"}, berkas
        tetap = [
            simpul.value for simpul in ast.walk(ast.parse(berkas.read_text())) if isinstance(simpul, ast.Constant)
        ]
        assert not [satu for satu in tetap if isinstance(satu, str) and KHUSUS.search(satu)], berkas
