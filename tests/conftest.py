"""What the tests stand on: a ledger of their own, a fixed day, and the command line as its users meet it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ikikec.cli.app import app

HARI_INI = "2026-11-22"
CONTOH = Path(__file__).parent / "contoh"
REGISTER = ("pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei", "tindak-lanjut")


@dataclass(frozen=True)
class Jawaban:
    """What a command answered."""

    kode: int
    keluar: str
    galat: str

    @property
    def json(self) -> Any:
        return json.loads(self.keluar)


class Kantor:
    """An office with an empty ledger: runs commands on it, in this process or in one of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.buku = folder / "buku.db"
        self.env = {
            "IKIKEC_BUKU": str(self.buku),
            "IKIKEC_HARI_INI": HARI_INI,
            "IKIKEC_PETUGAS": "Siti Petugas",
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "NO_COLOR": "1",
            "COLUMNS": "100",
        }

    def __call__(self, *args: str, kode: int = 0, **env: str) -> Jawaban:
        """Run a command in this process and hold its exit code against ``kode``."""
        hasil = CliRunner().invoke(app, list(args), env={**self.env, **env}, prog_name="ikikec")
        jawaban = Jawaban(hasil.exit_code, hasil.stdout, hasil.stderr)
        assert jawaban.kode == kode, jawaban
        assert "Traceback" not in jawaban.galat
        return jawaban

    def proses(self, *args: str, kode: int = 0, env: Mapping[str, str] | None = None, masukan: str = "") -> Jawaban:
        """Run a command as a real process."""
        hasil = subprocess.run(
            perintah(args),
            env={**os.environ, **self.env, **(env or {})},
            input=masukan.encode(),
            capture_output=True,
            cwd=self.folder,
            check=False,
        )
        jawaban = Jawaban(hasil.returncode, hasil.stdout.decode(), hasil.stderr.decode())
        assert jawaban.kode == kode, jawaban
        return jawaban

    def csv(self, nama: str, *baris: str, pengodean: str = "utf-8") -> str:
        """Write a CSV file into the office's folder; returns its path."""
        berkas = self.folder / nama
        berkas.write_bytes("\n".join(baris).encode(pengodean))
        return str(berkas)

    def angka(self, jabatan: str, periode: str) -> dict[str, Any]:
        """The figures of one sheet by indicator number."""
        (laporan,) = self("laporan", "--jabatan", jabatan, "--periode", periode, "-O", "json").json
        return {satu["nomor"]: satu["realisasi"] for satu in laporan["indikator"]}


def perintah(args: Sequence[str]) -> list[str]:
    """The command line that runs ``ikikec`` with this interpreter."""
    return [sys.executable, "-m", "ikikec", *args]


@pytest.fixture
def kantor(tmp_path: Path) -> Kantor:
    """An office without a ledger yet."""
    return Kantor(tmp_path)


@pytest.fixture(scope="session")
def buku_contoh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office's ledger, imported once."""
    kantor = Kantor(tmp_path_factory.mktemp("contoh"))
    for register in REGISTER:
        kantor("impor", register, str(CONTOH / f"{register}.csv"))
    return kantor.buku


@pytest.fixture
def contoh(kantor: Kantor, buku_contoh: Path) -> Kantor:
    """The sample office, with a ledger of its own to change."""
    shutil.copy(buku_contoh, kantor.buku)
    return kantor


@pytest.fixture
def pengaduan(kantor: Kantor) -> Callable[..., str]:
    """Records a complaint and returns its number."""

    def catat(*args: str, tanggal: str = "2026-11-02") -> str:
        jawab = kantor("catat", "pengaduan", "--tanggal", tanggal, "--pelapor", "A", "--uraian", "B", *args)
        return jawab.keluar.split()[0]

    return catat


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--tulis-emas`` writes the golden sheets anew; look at the difference before you commit it."""
    parser.addoption("--tulis-emas", action="store_true", help="write the golden files anew")


@pytest.fixture
def weasyprint() -> None:
    """WeasyPrint, for what makes a PDF; its libraries are the system's, so a developer may lack them, CI does not."""
    try:
        import weasyprint  # noqa: F401
    except OSError as galat:
        pytest.skip(f"WeasyPrint finds no Pango: {galat}")
