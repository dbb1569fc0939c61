"""What is written where: an output never replaces what the office keeps, and whatever ends a run leaves no halves."""

import os
import shlex
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from ikikec.berkas import buat_folder, sementara, tolak_timpa, tulis_berkas, tulis_folder
from ikikec.galat import BerkasTakTertulis, SalahPakai
from tests.cli.test_indonesia import SEMUA
from tests.conftest import Kantor
from tests.unix import SIGHUP, pribadi

# Those that write a copy of the ledger, and so over an earlier one: what they may replace is in test_cadangan.py.
MENYALIN_BUKU = {("cadangkan",)}
BERKELUARAN = {
    jalur: perintah
    for jalur, perintah in SEMUA.items()
    if any("-o" in satu.opts for satu in perintah.params) and jalur not in MENYALIN_BUKU
}


def args(jalur: tuple[str, ...]) -> list[str]:
    """A command line as the command's help shows it first, without where to and in which form."""
    kata = shlex.split(SEMUA[jalur].epilog.splitlines()[0])[1:]
    assert tuple(kata[: len(jalur)]) == jalur or jalur == ("report",)
    tanpa = {urut + tambah for urut, satu in enumerate(kata) if satu in ("-o", "-O") for tambah in (0, 1)}
    return [satu for urut, satu in enumerate(kata) if urut not in tanpa]


def potret(folder: Path) -> dict[str, bytes | str]:
    """All that is in a folder and below it: contents, and where links lead."""
    return {
        satu.relative_to(folder).as_posix(): str(satu.readlink()) if satu.is_symlink() else satu.read_bytes()
        for satu in folder.rglob("*")
        if satu.is_symlink() or satu.is_file()
    }


def basis_data(berkas: Path) -> Path:
    with closing(sqlite3.connect(berkas)) as buku, buku:
        buku.execute("CREATE TABLE foto (isi)")
    return berkas


def tulis(berkas: Path, isi: str = "") -> Path:
    berkas.parent.mkdir(exist_ok=True)
    berkas.write_text(isi)
    return berkas


def taut(berkas: Path, asal: Path, cara: Callable[[Path, Path], None]) -> Path:
    cara(asal, berkas)
    return berkas


def simlink(asal: Path, berkas: Path) -> None:
    if os.name == "nt":
        pytest.skip("symbolic links need a right on Windows, and Wine does not follow them")
    berkas.symlink_to(asal)


def cadangan(kantor: Kantor) -> Path:
    kantor("cadangkan", "-o", str(kantor.folder / "simpanan.db"))
    return kantor.folder / "simpanan.db"


# What must not be replaced, and the path of ours that would do it.
SASARAN: dict[str, Callable[[Kantor], Path]] = {
    "the ledger": lambda kantor: kantor.buku,
    "a symlink to it": lambda kantor: taut(kantor.folder / "a.json", kantor.buku, simlink),
    "a link to a link to it": lambda kantor: taut(
        kantor.folder / "a.json", taut(kantor.folder / "b.json", kantor.buku, simlink), simlink
    ),
    "a hard link to it": lambda kantor: taut(kantor.folder / "a.json", kantor.buku, os.link),
    "its path with a detour": lambda kantor: kantor.folder / "config" / ".." / "buku.db",
    "its name in capitals": lambda kantor: kantor.folder / "BUKU.DB",
    "its name with a dot behind it": lambda kantor: kantor.folder / "buku.db.",
    "its name with a blank behind it": lambda kantor: kantor.folder / "buku.db ",
    "its stream on Windows": lambda kantor: kantor.folder / "buku.db::$DATA",
    "another office's ledger": lambda kantor: taut(
        kantor.folder / "toili.json", kantor.buku, lambda asal, baru: baru.write_bytes(asal.read_bytes())
    ),
    "a foreign database": lambda kantor: basis_data(kantor.folder / "foto.json"),
    "a database that is not there yet": lambda kantor: kantor.folder / "baru.sqlite3",
    "a link to one that is not there yet": lambda kantor: taut(
        kantor.folder / "a.json", kantor.folder / "baru.db", simlink
    ),
    "an empty database": lambda kantor: tulis(kantor.folder / "kosong.db"),
    "the journal's name": lambda kantor: kantor.folder / "buku.db-journal",
    "a journal": lambda kantor: tulis(kantor.folder / "buku.db-journal", "isi"),
    "a log": lambda kantor: tulis(kantor.folder / "toili.db-wal", "isi"),
    "its index": lambda kantor: tulis(kantor.folder / "toili.db-shm", "isi"),
    "a journal by another name": lambda kantor: taut(
        kantor.folder / "a.json", kantor.buku, lambda _asal, baru: baru.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    ),
    "the configuration": lambda kantor: kantor.folder / "ikikec.toml",
    "a hard link to the configuration": lambda kantor: taut(
        kantor.folder / "a.json", kantor.folder / "ikikec.toml", os.link
    ),
    "a configuration": lambda kantor: kantor.folder / "lain" / ".." / "IKIKEC.TOML",
    "a map": lambda kantor: tulis(kantor.folder / "peta.toml", '[kolom]\na = "tanggal"\n'),
    "a list of offices": lambda kantor: tulis(kantor.folder / "kantor.toml"),
    "a position": lambda kantor: tulis(kantor.folder / "jabatan" / "x.toml"),
    "a template": lambda kantor: tulis(kantor.folder / "templat" / "kop.md.j2", "kop"),
    "what a template includes": lambda kantor: tulis(kantor.folder / "templat" / "gambar.json", "kop"),
    "a backup": cadangan,
    "a backup by another name": lambda kantor: cadangan(kantor).rename(kantor.folder / "simpanan.json"),
}  # fmt: skip


@pytest.fixture
def kantor_penuh(contoh: Kantor) -> Kantor:
    """The sample office with a configuration and templates of its own."""
    tulis(contoh.folder / "ikikec.toml", 'templat = "templat"\n')
    (contoh.folder / "templat").mkdir()
    (contoh.folder / "config").mkdir()
    (contoh.folder / "lain").mkdir()
    return contoh


@pytest.mark.parametrize("sasaran", SASARAN)
@pytest.mark.parametrize("jalur", BERKELUARAN, ids=" ".join)
def test_no_output_replaces_what_the_office_keeps(kantor_penuh: Kantor, jalur: tuple[str, ...], sasaran: str) -> None:
    tujuan = SASARAN[sasaran](kantor_penuh)
    sebelum = potret(kantor_penuh.folder)
    konfig = ("--konfig", str(kantor_penuh.folder / "ikikec.toml"))
    jawab = kantor_penuh(*konfig, *args(jalur), "-O", "json", "-o", str(tujuan), kode=2)
    assert "tidak ditimpa" in jawab.galat
    assert jawab.keluar == ""
    assert potret(kantor_penuh.folder) == sebelum


@pytest.mark.parametrize("jalur", BERKELUARAN, ids=" ".join)
def test_it_is_refused_before_the_work_begins(kantor: Kantor, jalur: tuple[str, ...]) -> None:
    peta = tulis(kantor.folder / "peta.toml")
    # There is no ledger, which the work would end with exit 6 for.
    assert "peta.toml" in kantor(*args(jalur), "-O", "json", "-o", str(peta), kode=2).galat
    assert "buku ini sendiri" in kantor(*args(jalur), "-O", "json", "-o", str(kantor.buku), kode=2).galat
    assert sorted(potret(kantor.folder)) == ["peta.toml"]


@pytest.mark.parametrize("jalur", BERKELUARAN, ids=" ".join)
def test_a_form_and_the_ending_of_another_are_a_usage_error(kantor: Kantor, jalur: tuple[str, ...]) -> None:
    jawab = kantor(*args(jalur), "-O", "json", "-o", f"{kantor.folder}/x.xlsx", kode=2)
    assert "-O json tidak cocok dengan akhiran" in jawab.galat
    assert ".xlsx" in jawab.galat
    assert potret(kantor.folder) == {}


def test_an_ending_that_no_form_of_the_command_has_goes_with_any(contoh: Kantor) -> None:
    for nama in ("hasil.dat", "hasil", "hasil.JSON"):
        contoh("daftar", "survei", "-O", "json", "-o", str(contoh.folder / nama))
        assert (contoh.folder / nama).read_bytes().startswith(b"[")


def test_what_the_line_itself_names_is_not_replaced(contoh: Kantor) -> None:
    """A list of offices and a folder of templates may have any name."""
    daftar = tulis(contoh.folder / "kantor.json", '[[kantor]]\nnama = "Batui"\nbuku = "buku.db"\n')
    gambar = tulis(contoh.folder / "rupa" / "logo.md", "logo")
    konfig = tulis(contoh.folder / "konf.md", 'kecamatan = "Batui"\n')
    tulis(contoh.folder / "catatan.json", "")
    sebelum = potret(contoh.folder)
    contoh("rekap", "--daftar", str(daftar), "-o", str(daftar), kode=2)
    contoh("laporan", "--jabatan", "semua", "--templat", str(gambar.parent), "-o", str(gambar), kode=2)
    contoh("--konfig", str(konfig), "laporan", "--jabatan", "semua", "-o", str(konfig), kode=2)
    # An empty file that is this run's ledger.
    kosong = str(contoh.folder / "catatan.json")
    contoh("--buku", kosong, "daftar", "survei", "-o", kosong, kode=2)
    contoh("--buku", kosong, "daftar", "survei", "-o", kosong.upper(), kode=2)
    assert potret(contoh.folder) == sebelum
    # A new file in a template folder takes nobody's place.
    contoh("laporan", "--jabatan", "semua", "--templat", str(gambar.parent), "-o", str(gambar.parent / "baru.md"))


def test_an_export_into_a_folder_replaces_nothing_of_the_office_either(contoh: Kantor) -> None:
    folder = contoh.folder / "ekspor"
    folder.mkdir()
    tulis(folder / "pengaduan.csv", "lama")
    os.link(contoh.buku, folder / "survei.csv")
    sebelum = potret(contoh.folder)
    assert "survei.csv" in contoh("ekspor", "-o", str(folder), kode=2).galat
    for tujuan in (f"{contoh.buku}/", f"{contoh.folder}/baru.db/", f"{contoh.folder}/x.toml/"):
        contoh("ekspor", "survei", "-o", tujuan, kode=2)
        contoh("laporan", "--contoh-templat", tujuan, kode=2)
    contoh("--buku", f"{contoh.folder}/tiada", "ekspor", "survei", "-o", f"{contoh.folder}/TIADA/", kode=2)
    assert potret(contoh.folder) == sebelum


@pytest.mark.unix
def test_devices_and_pipes_are_written_to(contoh: Kantor) -> None:
    pipa = contoh.folder / "pipa"
    os.mkfifo(pipa)
    with subprocess.Popen(["cat", str(pipa)], stdout=subprocess.PIPE) as pembaca:
        contoh("daftar", "survei", "-O", "json", "-o", str(pipa))
        assert pembaca.communicate()[0].startswith(b"[")
    contoh("daftar", "survei", "-O", "json", "-o", os.devnull)


def test_a_file_that_cannot_be_looked_at_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tujuan = tulis(tmp_path / "a.html", "isi")

    def tolak(*_args: object, **_isi: object) -> None:
        raise PermissionError(13, "")

    monkeypatch.setattr(Path, "open", tolak)
    with pytest.raises(BerkasTakTertulis, match="tidak dapat dibaca"):
        tulis_berkas(tujuan, [b"baru"])


def test_endings_that_are_being_written_are_allowed_but_no_database(tmp_path: Path) -> None:
    tolak_timpa(tmp_path / "a.toml", boleh=(".toml",))
    with pytest.raises(SalahPakai, match="basis data"):
        tolak_timpa(basis_data(tmp_path / "b.toml"), boleh=(".toml",))


# --- what ends a run from outside ---

# Runs the program up to the moment its last file is written and not yet moved, says so, and goes on when told to.
BERHENTI = """
import os, pathlib, signal, sys
def tunda(tempat, nama):
    asli = getattr(tempat, nama)
    def pindah(satu, tujuan):
        if not sys.stdin.closed:
            sys.stderr.write("SIAP\\n"); sys.stderr.flush()
            sys.stdin.readline()
            sys.stdin.close()
        return asli(satu, tujuan)
    setattr(tempat, nama, pindah)
tunda(pathlib.Path, "replace"), tunda(pathlib.Path, "rename"), tunda(os, "link")
from ikikec.__main__ import utama
utama()
"""

AKSI = {
    "a file": "ekspor -o {folder}/e.json",
    "a file anew": "ekspor -o {folder}/lama.json",
    "a sheet": "laporan --jabatan semua --periode 2026-10 -o {folder}/lembar.html",
    "a folder": "ekspor -o {folder}/baru/",
    "a folder anew": "ekspor -o {folder}/lama/",
    "a backup": "cadangkan -o {folder}/b.db",
    "a dated backup": "cadangkan -o {folder}/lama/",
    "templates": "laporan --contoh-templat {folder}/templat",
}


def tertunda(kantor: Kantor, baris: str, abaikan: int | None = None) -> "subprocess.Popen[bytes]":
    """A run that stands before it moves its first file into place."""

    def pasang() -> None:
        # A test run in the background is started with Ctrl-C ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if abaikan is not None:
            signal.signal(abaikan, signal.SIG_IGN)

    proses = subprocess.Popen(
        [sys.executable, "-c", BERHENTI, *baris.format(folder=kantor.folder).split()],
        env={**os.environ, **kantor.env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=pasang,
    )  # fmt: skip
    assert proses.stderr is not None
    assert proses.stderr.readline() == b"SIAP\n"
    return proses


@pytest.fixture
def berisi(contoh: Kantor) -> Kantor:
    """The sample office with earlier exports, and something of somebody else's beside them."""
    tulis(contoh.folder / "lama.json", "lama")
    tulis(contoh.folder / "lama" / "survei.csv", "lama").chmod(0o600)
    tulis(contoh.folder / "lama" / "milik-lain.txt", "lain")
    return contoh


@pytest.mark.unix
@pytest.mark.parametrize("sinyal", [signal.SIGTERM, SIGHUP, signal.SIGINT], ids=lambda satu: satu.name)
@pytest.mark.parametrize("aksi", AKSI)
def test_a_signal_ends_a_run_and_leaves_nothing(berisi: Kantor, aksi: str, sinyal: signal.Signals) -> None:
    sebelum = potret(berisi.folder)
    with tertunda(berisi, AKSI[aksi]) as proses:
        assert len(potret(berisi.folder)) > len(sebelum)
        proses.send_signal(sinyal)
        keluar, galat = proses.communicate()
    assert (proses.returncode, keluar) == (130, b""), galat
    assert galat == b"Galat: dihentikan\n"
    assert potret(berisi.folder) == sebelum
    assert not (berisi.folder / "baru").exists()


@pytest.mark.unix
def test_a_second_signal_does_not_disturb_the_undoing(berisi: Kantor) -> None:
    sebelum = potret(berisi.folder)
    with tertunda(berisi, AKSI["a folder"]) as proses:
        # All are there before the first of them is taken up again.
        proses.send_signal(signal.SIGSTOP)
        proses.send_signal(SIGHUP)
        proses.send_signal(signal.SIGTERM)
        proses.send_signal(signal.SIGCONT)
        assert proses.communicate()[1].startswith(b"Galat: dihentikan")
    assert proses.returncode == 130
    assert potret(berisi.folder) == sebelum


@pytest.mark.unix
def test_a_signal_that_the_starter_ignores_stays_ignored(berisi: Kantor) -> None:
    with tertunda(berisi, AKSI["a file"], abaikan=SIGHUP) as proses:
        proses.send_signal(SIGHUP)
        _keluar, galat = proses.communicate(b"\n")
    assert proses.returncode == 0
    assert b"dihentikan" not in galat
    assert (berisi.folder / "e.json").exists()


TERTELAN = """
import os, signal, weakref
from ikikec.cli.aliran import Diakhiri, tangani_sinyal
class Benda:
    pass
tangani_sinyal()
benda = Benda()
acuan = weakref.ref(benda, lambda _acuan: os.kill(os.getpid(), signal.SIGTERM))
try:
    del benda
    signal.pause()
    signal.pause()
except Diakhiri:
    print("berakhir")
"""


@pytest.mark.unix
def test_a_signal_that_comes_where_python_drops_it_comes_again() -> None:
    hasil = subprocess.run([sys.executable, "-c", TERTELAN], capture_output=True, check=False, timeout=30)
    assert (hasil.returncode, hasil.stdout, hasil.stderr) == (0, b"berakhir\n", b"")


@pytest.mark.unix
@pytest.mark.parametrize("sinyal", [signal.SIGTERM, SIGHUP], ids=lambda satu: satu.name)
def test_a_signal_in_an_import_leaves_nothing_half_done(contoh: Kantor, sinyal: signal.Signals) -> None:
    besar = contoh.csv("besar.csv", "tanggal,kepuasan,saran", *(f"2026-01-05,4,{'x' * 100}" for _ in range(30000)))
    sebelum = potret(contoh.folder)
    with subprocess.Popen(
        [sys.executable, "-m", "ikikec", "impor", "survei", besar],
        env={**os.environ, **contoh.env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as proses:  # fmt: skip
        while not contoh.buku.with_name("buku.db-journal").exists():
            assert proses.poll() is None
        proses.send_signal(sinyal)
        keluar, galat = proses.communicate()
    assert (proses.returncode, keluar, galat) == (130, b"", b"Galat: dihentikan\n")
    assert potret(contoh.folder) == sebelum


@pytest.mark.unix
@pytest.mark.parametrize("aksi", AKSI)
def test_what_a_kill_leaves_is_swept_by_the_next_run_there_once_it_is_an_hour_old(berisi: Kantor, aksi: str) -> None:
    sebelum = set(berisi.folder.rglob("*"))
    with tertunda(berisi, AKSI[aksi]) as proses:
        proses.kill()
    sisa = {satu for satu in set(berisi.folder.rglob("*")) - sebelum if satu.name.startswith(".")}
    assert sisa, "the kill left nothing to sweep"
    assert {satu.stat().st_mode & 0o077 for satu in sisa} == {0}
    # Another target in the same folder; first while they might still be somebody's, then an hour later.
    tempat = min(len(satu.parts) for satu in sisa)
    folder = next(satu.parent for satu in sisa if len(satu.parts) == tempat)
    lain = ("daftar", "survei", "-o", str(folder / "lain.json"))
    berisi(*lain)
    assert all(satu.exists() for satu in sisa)
    for satu in {berkas for awal in sisa for berkas in (awal, *awal.rglob("*"))}:
        dulu = satu.stat().st_mtime - 3700
        os.utime(satu, (dulu, dulu))
    berisi(*lain)
    assert not [satu for satu in sisa if satu.exists()]
    assert (berisi.folder / "lama.json").read_text() == "lama"


@pytest.mark.parametrize(
    ("nama", "umur", "tersapu"),
    [
        (".e.json.ab12cd34", 3601, True), (".e.json.ab12cd34", 3500, False), (".e.json.ab12cd34-journal", 3601, True),
        (".b-cadangan-2025-01-02T030405.db.x_y9z8w7", 3601, True), (".lain.html.abcdefgh.ikikec", 3601, True),
        (".lain.json.ab12cd34", 9999, False), (".e.json.swp", 9999, False), (".e.json", 9999, False),
        ("e.json.ab12cd34", 9999, False), (".b.ab12cd34", 9999, False), ("lain.ikikec", 9999, False),
    ],
)  # fmt: skip
def test_only_leftovers_of_ours_are_swept(tmp_path: Path, nama: str, umur: int, tersapu: bool) -> None:
    sisa = tulis(tmp_path / nama, "nama warga")
    kini = sisa.stat().st_mtime
    os.utime(sisa, (kini - umur, kini - umur))
    tulis_berkas(tmp_path / "e.json", [b"1"])
    with sementara(tmp_path / "b-cadangan-2026-11-22T140500.db"):
        pass
    assert sisa.exists() is not tersapu


def test_a_folder_of_which_something_was_written_just_now_is_not_swept(tmp_path: Path) -> None:
    sisa = tmp_path / ".f.abcdefgh.ikikec"
    isi = tulis(sisa / "survei.csv", "isi")
    kini = isi.stat().st_mtime
    os.utime(sisa, (kini - 9999, kini - 9999))
    tulis_folder(tmp_path / "g", {"a": [b"1"]})
    assert isi.exists()
    os.utime(isi, (kini - 9999, kini - 9999))
    tulis_folder(tmp_path / "g", {"a": [b"2"]})
    assert isi.exists(), "the folder beside it is not where it wrote"
    tulis_folder(tmp_path / "h", {"a": [b"1"]})
    assert not sisa.exists()


# --- folders ---


def putus() -> Iterator[bytes]:
    yield b"sebagian"
    raise OSError(28, "")


def test_a_folder_is_whole_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(BerkasTakTertulis, match="cakram penuh"):
        tulis_folder(tmp_path / "baru", {"a.csv": [b"1"], "b.csv": putus()})
    assert list(tmp_path.iterdir()) == []
    tulis_folder(tmp_path / "baru", {"a.csv": [b"1"], "di/b.csv": [b"2"]})
    tulis(tmp_path / "baru" / "lain.txt", "lain")
    sebelum = potret(tmp_path)
    with pytest.raises(BerkasTakTertulis, match="cakram penuh"):
        tulis_folder(tmp_path / "baru", {"a.csv": [b"3"], "di/b.csv": putus()})
    assert potret(tmp_path) == sebelum
    tulis_folder(tmp_path / "baru", {"a.csv": [b"3"], "c.csv": [b"4"]})
    assert potret(tmp_path / "baru") == {"a.csv": b"3", "c.csv": b"4", "di/b.csv": b"2", "lain.txt": b"lain"}


@pytest.mark.parametrize("bertaut", [True, False])
def test_a_file_that_cannot_be_moved_leaves_the_earlier_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bertaut: bool
) -> None:
    """One file is open in a spreadsheet, on Windows; without hard links, what was moved before stays moved."""
    tulis_folder(tmp_path / "f", {"a.csv": [b"1"], "c.csv": [b"1"]})
    sebelum, asli = potret(tmp_path), Path.replace

    def pindah(satu: Path, tujuan: Path) -> Path:
        if tujuan.name == "c.csv" and "-lama" not in satu.name:
            raise PermissionError(13, "")
        return asli(satu, tujuan)

    def tolak(*_args: object) -> None:
        raise PermissionError(1, "")

    monkeypatch.setattr(Path, "replace", pindah)
    if not bertaut:
        monkeypatch.setattr(os, "link", tolak)
    with pytest.raises(BerkasTakTertulis, match="tidak diizinkan"):
        tulis_folder(tmp_path / "f", {"a.csv": [b"2"], "b.csv": [b"2"], "c.csv": [b"2"]})
    assert potret(tmp_path) == (sebelum if bertaut else {**sebelum, "f/a.csv": b"2"})


@pytest.mark.unix
def test_an_export_that_is_ended_half_way_keeps_the_earlier_one(berisi: Kantor) -> None:
    with tertunda(berisi, AKSI["a folder anew"]) as proses:
        proses.kill()
    assert (berisi.folder / "lama" / "survei.csv").read_text() == "lama"
    berisi("ekspor", "-o", str(berisi.folder / "lama"))
    assert (berisi.folder / "lama" / "survei.csv").read_text().startswith("nomor,")
    assert (berisi.folder / "lama" / "milik-lain.txt").read_text() == "lain"


@pytest.mark.unix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077], ids=oct)
def test_every_new_folder_is_its_owner_s_alone(contoh: Kantor, umask: int, request: pytest.FixtureRequest) -> None:
    akar = contoh.folder / "akar"
    akar.mkdir()
    akar.chmod(0o755)
    request.addfinalizer(partial(os.umask, os.umask(umask)))
    for baris in (
        "--buku {a}/a/b/c/buku.db catat survei --kepuasan 4", "--konfig {a}/d/e/ikikec.toml atur tetapkan kecamatan Batui",
        "ekspor -o {a}/f/g/h/", "ekspor -o {a}/f/g/h/", "cadangkan -o {a}/i/j/", "cadangkan -o {a}/k/l/b.db",
        "laporan --contoh-templat {a}/m/n", "--buku {a}/a/b/c/buku.db cadangkan", "daftar survei -o {a}/daftar.json",
    ):  # fmt: skip
        contoh(*baris.format(a=akar).split())
    isi = list(akar.rglob("*"))
    assert {satu.stat().st_mode & 0o777 for satu in isi if satu.is_dir()} == {0o700}
    assert all(pribadi(satu) for satu in isi if satu.is_file())
    assert akar.stat().st_mode & 0o777 == 0o755, "a folder that was there stays as it was"


def test_a_folder_that_somebody_makes_meanwhile_is_taken(tmp_path: Path) -> None:
    buat_folder(tmp_path / "a" / "b")
    buat_folder(tmp_path / "a" / "b")
    with pytest.raises(FileExistsError):
        buat_folder(tulis(tmp_path / "berkas"))


def test_the_longest_name_a_disk_takes_can_be_written(tmp_path: Path) -> None:
    tujuan = tmp_path / f"{'á' * 125}.html"
    tulis_berkas(tujuan, [b"1"])
    assert [satu.name for satu in tmp_path.iterdir()] == [tujuan.name]


# Kept through a power cut.


@pytest.mark.unix
@pytest.mark.parametrize(
    "args",
    ["cadangkan", "cadangkan -o {0}/c.db", "ekspor survei -o {0}/s.csv", "ekspor -o {0}/ekspor -O json",
     "laporan --jabatan semua --periode 2026 -o {0}/l.html", "pulihkan {0}/lama.db --ya"],
)  # fmt: skip
def test_what_was_moved_into_place_is_made_to_last(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch, args: str
) -> None:
    """After the last rename or link the folder itself goes to the disk; nobody else's call is counted."""
    contoh("cadangkan", "-o", f"{contoh.folder}/lama.db")
    peristiwa: list[tuple[str, str]] = []
    fsync, pindah, taut = os.fsync, Path.replace, os.link

    def catat(nama: str, letak: Path) -> None:
        peristiwa.append((nama, str(letak.resolve())))

    def dengar_fsync(pegangan: int) -> None:
        letak = Path(f"/proc/self/fd/{pegangan}").readlink()
        if letak.is_dir():
            catat("sinkron", letak)
        fsync(pegangan)

    def dengar_pindah(asal: Path, tujuan: Path) -> Path:
        catat("pindah", Path(tujuan).parent)
        return pindah(asal, tujuan)

    def dengar_taut(asal: Path, tujuan: Path) -> None:
        catat("pindah", Path(tujuan).parent)
        taut(asal, tujuan)

    monkeypatch.setattr(os, "fsync", dengar_fsync)
    monkeypatch.setattr(Path, "replace", dengar_pindah)
    monkeypatch.setattr(os, "link", dengar_taut)
    contoh(*args.format(contoh.folder).split())
    pindahan = [letak for nama, letak in peristiwa if nama == "pindah"]
    assert pindahan
    for folder in set(pindahan):
        terakhir = max(urut for urut, satu in enumerate(peristiwa) if satu == ("pindah", folder))
        assert ("sinkron", folder) in peristiwa[terakhir:], peristiwa


@pytest.mark.sqlite
def test_the_journal_s_removal_is_on_the_disk_before_an_entry_is_acknowledged(contoh: Kantor) -> None:
    """SQLite's EXTRA; with FULL the removal may be lost in a power cut, and the entry is taken back."""
    from ikikec.buku.mesin import mesin_di

    with mesin_di(contoh.buku, 5).tulis() as koneksi:
        assert koneksi.exec_driver_sql("PRAGMA synchronous").scalar_one() == 3
        assert koneksi.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
