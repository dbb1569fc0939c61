"""The wheel: in a fresh environment and another folder it records an entry and renders a report."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.unix

AKAR = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def roda(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roda")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=AKAR, check=True, capture_output=True,
    )  # fmt: skip
    (berkas,) = folder.glob("*.whl")
    return berkas


def test_the_wheel_carries_templates_migrations_and_positions(roda: Path) -> None:
    isi = set(zipfile.ZipFile(roda).namelist())
    assert {
        "ikikec/templates/lembar.html.j2", "ikikec/templates/bagian/dasar.css.j2", "ikikec/templates/lembar.md.j2", "ikikec/templates/bagian/rinci.html.j2",
        "ikikec/migrations/env.py", "ikikec/migrations/versions/0002_target.py",
        "ikikec/migrations/versions/0001_buku_pertama.py",
        "ikikec/migrations/skema_sqlite.json", "ikikec/migrations/skema_postgresql.json", "ikikec/jabatan/kasi-pip.toml",
    } <= isi  # fmt: skip
    assert not [nama for nama in isi if nama.startswith(("tests", "migrations", "templates"))]


def test_the_wheel_works_in_a_fresh_environment(roda: Path, tmp_path: Path) -> None:
    # Not in an embeddable Python.
    import venv

    lingkungan = tmp_path / "venv"
    venv.create(lingkungan, with_pip=False)
    python = lingkungan / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(roda)],
        check=True, capture_output=True,
    )  # fmt: skip
    # The dependencies are those of this environment, since tests use no network; ikikec itself is the wheel's.
    situs = Path(subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                                check=True, capture_output=True, text=True).stdout.strip())  # fmt: skip
    (situs / "ketergantungan.pth").write_text(sysconfig.get_path("purelib") + "\n")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "IKIKEC_HARI_INI": "2026-11-22"}
    luar = tmp_path / "luar"
    luar.mkdir()

    def ikikec(*args: str) -> str:
        hasil = subprocess.run(
            [lingkungan / "bin" / "ikikec", *args], env=env, cwd=luar, capture_output=True, text=True, check=False
        )
        assert hasil.returncode == 0, hasil.stderr
        return hasil.stdout

    dari = subprocess.run([python, "-c", "import ikikec; print(ikikec.__file__)"], env=env, cwd=luar, check=True,
                          capture_output=True, text=True).stdout  # fmt: skip
    assert str(lingkungan) in dari
    assert ikikec("catat", "pengaduan", "--pelapor", "A", "--uraian", "B").startswith("PGD-2026-0001")
    assert "| **1** pengaduan |" in ikikec("laporan", "--jabatan", "pengolah-pip", "--periode", "2026")
    assert '<html lang="id">' in ikikec("skm", "-O", "html")
    ikikec("laporan", "--jabatan", "semua", "--periode", "2026", "-o", "a.html")
    ikikec("periksa")
    assert (tmp_path / ".local" / "share" / "ikikec" / "buku.db").is_file()
