"""What the tests stand on: a ledger of their own, a fixed day, and the command line as its users meet it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hemat import SIAP, hemat, jalankan, siapkan
from tests.peladen import Peladen, letak_program
from tests.unix import TANPA_UNIX, fcntl

HARI_INI = "2026-11-22"
AKAR = Path(__file__).parent.parent
CONTOH = AKAR / "tests" / "contoh"
EMAS = AKAR / "tests" / "emas"
REGISTER = ("pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei", "tindak-lanjut")
# What says where the user's configuration is; Windows has one folder for it and the ledger.
FOLDER_KONFIG = ("XDG_CONFIG_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA")


@dataclass(frozen=True)
class Jawaban:
    """What a command answered."""

    kode: int
    keluar: str
    galat: str

    @property
    def json(self) -> Any:
        return json.loads(self.keluar)


Resep = Callable[["Kantor"], None]
JADI: dict[Resep, bytes] = {}


class Kantor:
    """An office with an empty ledger: runs commands on it, in this process or in one of their own."""

    def __init__(self, folder: Path, alamat: str = "") -> None:
        self.folder = folder
        self.buku = folder / "buku.db"
        self.alamat = alamat or str(self.buku)
        self.env = {
            "IKIKEC_BUKU": self.alamat,
            "IKIKEC_HARI_INI": HARI_INI,
            "IKIKEC_PETUGAS": "Siti Petugas",
            **dict.fromkeys(FOLDER_KONFIG, str(folder / "config")),
            "XDG_DATA_HOME": str(folder / "data"),
            "NO_COLOR": "1",
            "COLUMNS": "100",
        }

    def __call__(self, *args: str, kode: int = 0, **env: str) -> Jawaban:
        """Run a command in this process and hold its exit code against ``kode``."""
        jawaban = self.bebas(*args, **env)
        assert jawaban.kode == kode, jawaban
        assert "Traceback" not in jawaban.galat
        return jawaban

    def bebas(self, *args: str, **env: str) -> Jawaban:
        """Run a command in this process, whatever its exit code."""
        return Jawaban(*jalankan(args, {**self.env, **env}))

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

    def seperti(self, resep: Resep) -> None:
        """Fill the ledger as ``resep`` does, whose file is made once a process; a server's is made each time."""
        if self.alamat != str(self.buku):
            resep(self)
        elif resep in JADI:
            self.buku.write_bytes(JADI[resep])
        else:
            resep(self)
            JADI[resep] = self.buku.read_bytes()

    def csv(self, nama: str, *baris: str, pengodean: str = "utf-8") -> str:
        """Write a CSV file into the office's folder; returns its path."""
        berkas = self.folder / nama
        berkas.write_bytes("\n".join(baris).encode(pengodean))
        return str(berkas)

    def angka(self, jabatan: str, periode: str) -> dict[str, Any]:
        """The figures of one sheet by indicator number."""
        (laporan,) = self("laporan", "--jabatan", jabatan, "--periode", periode, "-O", "json").json
        return {satu["nomor"]: satu["realisasi"] for satu in laporan["indikator"]}


def lewati_layar_windows() -> None:
    """Skip where rich leaves the last column of an old console free, so that no line is as wide as elsewhere."""
    if os.name == "nt":
        pytest.skip("a console of Windows is a column narrower")


def perintah(args: Sequence[str]) -> list[str]:
    """The command line that runs ``ikikec`` with this interpreter."""
    return [sys.executable, "-m", "ikikec", *args]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A module that says ``DUA_MESIN = True`` runs on both engines, but for tests marked ``sqlite``."""
    if not getattr(metafunc.module, "DUA_MESIN", False) or "jenis_mesin" not in metafunc.fixturenames:
        return
    # The tests' server is one of Unix.
    satu = os.name == "nt" or metafunc.definition.get_closest_marker("sqlite") is not None
    metafunc.parametrize("jenis_mesin", ["sqlite"] if satu else ["sqlite", "postgres"])


# How many cases of one test run on the second engine too; all of them do in "make test-long".
KASUS_KEDUA = 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every behaviour test runs on both engines; of a table of cases the first does."""
    if os.name == "nt":
        for satu in items:
            if satu.get_closest_marker("unix"):
                satu.add_marker(pytest.mark.skip(TANPA_UNIX))
    if os.environ.get("IKIKEC_UJI_SEMUA"):
        return
    terhitung: Counter[str] = Counter()
    lebih = []
    for satu in items:
        params = getattr(getattr(satu, "callspec", None), "params", {})
        if params.get("jenis_mesin") == "postgres":
            uji = satu.nodeid.partition("[")[0]
            terhitung[uji] += 1
            if terhitung[uji] > KASUS_KEDUA:
                lebih.append(satu)
                continue
        # What is moved from one engine to the other shows what either may do wrong.
        if params.get("jenis_mesin") == params.get("tujuan", "") and not satu.get_closest_marker("sqlite"):
            lebih.append(satu)
    if lebih:
        config.hook.pytest_deselected(items=lebih)
        items[:] = [satu for satu in items if satu not in set(lebih)]


@pytest.fixture
def jenis_mesin() -> str:
    """The engine a test's ledger lives on."""
    return "sqlite"


@pytest.fixture
def kantor(tmp_path: Path, jenis_mesin: str, request: pytest.FixtureRequest) -> Kantor:
    """An office without a ledger yet."""
    if jenis_mesin == "sqlite":
        return Kantor(tmp_path)
    return Kantor(tmp_path, request.getfixturevalue("basis_data")())


@pytest.fixture(scope="session")
def buku_contoh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office's ledger, imported once."""
    kantor = Kantor(tmp_path_factory.mktemp("contoh"))
    isi_contoh(kantor)
    return kantor.buku


def isi_contoh(kantor: Kantor) -> None:
    """Import the sample office."""
    for register in REGISTER:
        kantor("impor", register, str(CONTOH / f"{register}.csv"))


@pytest.fixture
def contoh(tmp_path: Path, jenis_mesin: str, request: pytest.FixtureRequest) -> Kantor:
    """The sample office, with a ledger of its own to change."""
    if jenis_mesin == "sqlite":
        kantor = Kantor(tmp_path)
        shutil.copy(request.getfixturevalue("buku_contoh"), kantor.buku)
        return kantor
    return Kantor(tmp_path, request.getfixturevalue("basis_data")(request.getfixturevalue("basis_contoh")))


@pytest.fixture(scope="session")
def peladen() -> str:
    """The address of the tests' PostgreSQL server, its database left out; started by whoever needs it first."""
    if os.name == "nt":
        pytest.skip(TANPA_UNIX)
    folder = Path(os.environ[FOLDER_PELADEN])
    with (folder / "kunci").open("w") as kunci:
        fcntl.flock(kunci, fcntl.LOCK_EX)
        url = folder / "url"
        if not url.exists():
            if letak_program() is None:
                tanpa_peladen()
            alamat = Peladen(folder / "klaster").url("")
            buat_basis(alamat, SIAP, "template0")
            siapkan(alamat + SIAP)
            url.write_text(alamat)
        return url.read_text()


TANPA_PELADEN = "PostgreSQL is not installed (Debian: apt-get install postgresql)"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was left out for want of a server."""
    lewat = [satu for satu in terminalreporter.stats.get("skipped", ()) if TANPA_PELADEN in str(satu.longrepr)]
    if lewat:
        terminalreporter.write_line(f"{len(lewat)} tests left out: {TANPA_PELADEN}", yellow=True)


def tanpa_peladen() -> None:
    """Say that PostgreSQL is left out; in CI that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(TANPA_PELADEN)
    pytest.skip(TANPA_PELADEN)


@pytest.fixture
def basis_data(peladen: str) -> Iterator[Callable[..., str]]:
    """Makes databases, empty ones or copies of the template that is named, and drops them afterwards."""
    dibuat: list[str] = []

    def buat(templat: str = SIAP) -> str:
        dibuat.append(nama_basis())
        buat_basis(peladen, dibuat[-1], templat)
        return peladen + dibuat[-1]

    yield buat
    for nama in dibuat:
        kelola(peladen, f'DROP DATABASE "{nama}" WITH (FORCE)')


@pytest.fixture(scope="session")
def basis_contoh(peladen: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database that holds the sample office, imported once."""
    nama = nama_basis()
    buat_basis(peladen, nama, SIAP)
    isi_contoh(Kantor(tmp_path_factory.mktemp("contoh-peladen"), peladen + nama))
    return nama


def nama_basis() -> str:
    """A name no other database has."""
    return f"uji-{uuid.uuid4().hex[:12]}"


def buat_basis(peladen: str, nama: str, templat: str) -> None:
    """Make a database as a copy of another, file by file, which is the quicker way in memory."""
    import psycopg

    with psycopg.connect(peladen + "postgres", autocommit=True) as koneksi:
        # The only way before PostgreSQL 15, which has to be told.
        cara = "STRATEGY FILE_COPY" if koneksi.info.server_version >= 150000 else ""
        koneksi.execute(f'CREATE DATABASE "{nama}" TEMPLATE "{templat}" {cara}'.encode())


def kelola(peladen: str, perintah: str) -> None:
    """Run a statement as the server's owner, outside any transaction."""
    import psycopg

    with psycopg.connect(peladen + "postgres", autocommit=True) as koneksi:
        koneksi.execute(perintah.encode())


@pytest.fixture
def pengaduan(kantor: Kantor) -> Callable[..., str]:
    """Records a complaint and returns its number."""

    def catat(*args: str, tanggal: str = "2026-11-02") -> str:
        jawab = kantor("catat", "pengaduan", "--tanggal", tanggal, "--pelapor", "A", "--uraian", "B", *args)
        return jawab.keluar.split()[0]

    return catat


FOLDER_PELADEN = "IKIKEC_UJI_PELADEN"


def pytest_configure(config: pytest.Config) -> None:
    """Name the place of the server that the workers of this run share, and forget the developer's own surroundings.

    What a shell says of ledger and configuration would else be what the tests write to. The tests' own folders are in
    memory where there is room: each act waits until its bytes are on a disk; ``--basetemp`` puts them elsewhere.
    """
    for nama in [satu for satu in os.environ if satu.startswith("IKIKEC_") and not satu.startswith("IKIKEC_UJI_")]:
        del os.environ[nama]
    hemat()
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="ikikec-uji-", dir=_memori()))
        folder.chmod(0o755)
        os.environ[FOLDER_PELADEN] = str(folder)
        if _memori():
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))


def _memori() -> str | None:
    """A folder in memory with room for the server, where databases are made and dropped several times as quickly."""
    ada = Path("/dev/shm")
    return str(ada) if ada.is_dir() and shutil.disk_usage(ada).free > 2**31 else None


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server."""
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ[FOLDER_PELADEN])
        if (folder / "url").exists():
            Peladen.di(folder / "klaster").buang()
        shutil.rmtree(folder, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--tulis-emas`` writes the golden sheets anew; look at the difference before you commit it."""
    parser.addoption("--tulis-emas", action="store_true", help="write the golden files anew")


@pytest.fixture
def weasyprint() -> None:
    """WeasyPrint, for what makes a PDF; its libraries are the system's, so a developer may lack them, CI does not."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as galat:
        pytest.skip(f"WeasyPrint or its Pango is not there: {galat}")
