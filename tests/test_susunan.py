"""The house: imports point down only, the core is silent, and start-up stays light."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Kantor

PAKET = Path(__file__).parent.parent / "ikikec"

# A floor may import from the floors above it in this list, never from those below. Modules of one floor may use
# each other; the two rooms of a floor (tukar and lembar) may not.
LANTAI: tuple[tuple[str, ...], ...] = (
    ("galat", "istilah", "tanggal", "ketikan", "periode", "bahasa", "letak", "nip"),
    ("kalender", "berkas_toml", "konfigurasi"),
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


@pytest.mark.parametrize("berkas", BERKAS, ids=lambda satu: str(satu.relative_to(PAKET)))
def test_imports_point_down_only(berkas: Path) -> None:
    if berkas == PAKET / "__init__.py":
        return
    dari = kamar(berkas)
    for nama in impor(berkas):
        bagian = nama.split(".")
        if bagian[0] != "ikikec" or len(bagian) == 1 or bagian[1] == "__version__":
            continue
        ke = bagian[1]
        assert lantai(ke) < lantai(dari) or ke == dari or lantai(ke) == lantai(dari) < 2, f"{berkas} -> {nama}"


@pytest.mark.parametrize("berkas", [satu for satu in BERKAS if kamar(satu) in LANTAI[0]], ids=lambda satu: satu.name)
def test_the_ground_floor_needs_no_third_party(berkas: Path) -> None:
    for nama in impor(berkas):
        assert nama.split(".")[0] in {"ikikec", *sys.stdlib_module_names}, nama


@pytest.mark.parametrize("berkas", [satu for satu in BERKAS if kamar(satu) != "cli"], ids=lambda satu: satu.name)
def test_below_the_face_nothing_prints_exits_asks_or_reads_the_clock(berkas: Path) -> None:
    terlarang = {"print", "input", "exit", "quit"}
    lewat = {("sys", "exit"), ("datetime", "now"), ("date", "today"), ("os", "environ"), ("os", "getenv"),
             ("time", "time"), ("datetime", "today"), ("datetime", "utcnow")}  # fmt: skip
    for simpul in ast.walk(ast.parse(berkas.read_text())):
        if isinstance(simpul, ast.Call) and isinstance(simpul.func, ast.Name):
            assert simpul.func.id not in terlarang, f"{berkas}:{simpul.lineno}"
        if isinstance(simpul, ast.Attribute) and isinstance(simpul.value, ast.Name):
            assert (simpul.value.id, simpul.attr) not in lewat, f"{berkas}:{simpul.lineno}"
        if isinstance(simpul, ast.Attribute):
            assert simpul.attr not in ("isatty", "stdout", "stderr", "stdin"), f"{berkas}:{simpul.lineno}"


BERAT = (
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "jinja2",
    "holidays",
    "rich.table",
    "platformdirs",
    "openpyxl",
    "weasyprint",
)


@pytest.mark.parametrize(
    ("perintah", "kode"),
    [
        ("--help", 0), ("--version", 0), ("", 0), ("catat --help", 0), ("catat pengaduan --help", 0),
        ("laporan --help", 0), ("skm --help", 0), ("rekap --help", 0), ("rekap", 2), ("rekap --buku a.db -o a.doc", 2), ("skm --populasi 0", 2), ("skm -o a.doc", 2), ("laporan", 2), ("laporan --jabatan x -o a.docx", 2), ("catta", 2), ("catat pengaduan --kanal fax", 2), ("catat pengaduan", 2),
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
    hasil = subprocess.run(
        [sys.executable, "-c", program],
        env=kantor.env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert hasil.returncode == 0, hasil.stderr


def test_a_counter_command_loads_neither_alembic_nor_holidays(contoh: Kantor) -> None:
    program = (
        "import sys\n"
        "from ikikec.cli.app import app\n"
        "try:\n    app(['catat', 'pengaduan', '--pelapor', 'A', '--uraian', 'B'], prog_name='ikikec')\n"
        "except SystemExit as selesai:\n"
        "    berat = [n for n in ('alembic', 'holidays', 'jinja2', 'rich.table') if n in sys.modules]\n"
        "    sys.exit(str(berat) if selesai.code or berat else 0)\n"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", program], env=contoh.env, capture_output=True, text=True, check=False
    )
    assert hasil.returncode == 0, hasil.stderr
