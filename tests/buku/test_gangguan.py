"""Faults provoked for real: killed writers, full disks, read-only places, damaged files, interrupted imports."""

import ctypes
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.buku.test_cadangan import isi
from tests.conftest import Kantor, perintah
from tests.unix import resource

PENULIS = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from ikikec.buku.aturan import susun
from ikikec.buku.buku import Buku
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.register import PENGADUAN
from ikikec.konfigurasi import Konfigurasi
isian = susun(PENGADUAN, {"tanggal": date(2026, 11, 2), "pelapor": "A", "uraian": "B"})
for _ in range(int(sys.argv[2])):
    buku = Buku(MesinSqlite(Path(sys.argv[1]), 60), Konfigurasi(), "p", date(2026, 11, 22), lambda: datetime.now(UTC))
    print(buku.catat(PENGADUAN, isian)["nomor"], flush=True)
"""

PUTARAN_BUNUH = int(os.environ.get("IKIKEC_UJI_BUNUH", "6"))


def penulis(kantor: Kantor, kali: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PENULIS, str(kantor.buku), str(kali)], stdout=subprocess.PIPE, text=True
    )


def nomor_tersimpan(kantor: Kantor) -> list[str]:
    with closing(sqlite3.connect(kantor.buku)) as buku:
        return [baris[0] for baris in buku.execute("SELECT nomor FROM pengaduan ORDER BY nomor")]


def test_eight_processes_at_once(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B")
    semua = [penulis(kantor, 12) for _ in range(8)]
    keluar = [satu.communicate()[0].split() for satu in semua]
    assert [satu.returncode for satu in semua] == [0] * 8
    assert sorted(nomor for satu in keluar for nomor in satu) == [f"PGD-2026-{urut:04d}" for urut in range(2, 98)]
    kantor("periksa")


def test_a_writer_killed_at_any_moment_loses_nothing_it_acknowledged(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B")
    diakui = nomor_tersimpan(kantor)
    for putaran in range(PUTARAN_BUNUH):
        with penulis(kantor, 10**6) as korban:
            assert korban.stdout is not None
            for _ in range(2 + 3 * putaran):
                diakui.append(korban.stdout.readline().strip())
            korban.kill()
            diakui += korban.stdout.read().split()
        # The reader comes right after the kill, before anybody has tidied up.
        kantor("lihat", diakui[-1])
        assert set(diakui) <= set(nomor_tersimpan(kantor))
        kantor("periksa")


def terbatas(kantor: Kantor, args: list[str], batas: int) -> subprocess.CompletedProcess[bytes]:
    """Run a command that cannot write any file beyond ``batas`` bytes: a disk that is full."""

    def pasang() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (batas, batas))

    return subprocess.run(
        perintah(args), env={**os.environ, **kantor.env, "COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""},
        preexec_fn=pasang, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.unix
@pytest.mark.parametrize(
    "args",
    [
        "impor survei {folder}/besar.csv", "cadangkan", "cadangkan -o {folder}/x.db",
        "laporan --jabatan semua --periode 2026 -o {folder}/lembar.html",
    ],
)  # fmt: skip
def test_a_full_disk_harms_nothing(contoh: Kantor, args: str) -> None:
    baris = "\n".join(f"2026-01-05,4,{'x' * 200}" for _ in range(3000))
    (contoh.folder / "besar.csv").write_text(f"tanggal,kepuasan,saran\n{baris}\n")
    sebelum, nama = isi(contoh.buku), sorted(satu.name for satu in contoh.folder.iterdir())
    batas = contoh.buku.stat().st_size + 4096 if args.startswith("impor") else 8192
    hasil = terbatas(contoh, args.format(folder=contoh.folder).split(), batas)
    assert hasil.returncode == 9, hasil
    assert b"Traceback" not in hasil.stderr
    assert args.startswith("impor") or str(contoh.buku).encode() not in hasil.stderr
    assert isi(contoh.buku) == sebelum
    assert [satu for satu in sorted(satu.name for satu in contoh.folder.iterdir()) if satu != "cadangan"] == nama
    contoh("periksa")


@pytest.mark.unix
def test_a_full_disk_in_an_import_leaves_no_free_days_either(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    sebelum = isi(kantor.buku)
    berkas = kantor.csv("a.csv", "tanggal,pelapor,uraian", *(f"2026-01-05,A,{'x' * 200}" for _ in range(3000)))
    # Room for a year's free days, and for some of the entries behind them.
    hasil = terbatas(kantor, ["impor", "pengaduan", berkas], kantor.buku.stat().st_size + 200_000)
    assert hasil.returncode == 9, hasil
    assert "Tidak ada yang tercatat" in hasil.stderr.decode()
    assert isi(kantor.buku) == sebelum
    kantor("impor", "pengaduan", berkas)
    kantor("periksa")


@pytest.mark.unix
def test_a_disk_that_is_full_from_the_start_leaves_no_half_ledger(kantor: Kantor) -> None:
    hasil = terbatas(kantor, ["catat", "survei", "--kepuasan", "4"], 20000)
    assert hasil.returncode == 9, hasil
    kantor("catat", "survei", "--kepuasan", "4")
    kantor("periksa")


def tanpa_kuasa() -> None:
    """Take root's right to overrule file modes, so that the tests mean the same for every user."""
    libc = ctypes.CDLL(None)
    for hak in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        libc.prctl(24, hak, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.unix
@pytest.mark.parametrize(
    ("folder", "berkas", "args", "kode"),
    [
        (0o500, 0o400, "info", 0),
        (0o500, 0o400, "laporan --jabatan kasi-pip --periode 2026", 0),
        (0o500, 0o400, "periksa", 0),
        (0o500, 0o400, "catat survei --kepuasan 4", 9),
        (0o700, 0o400, "catat survei --kepuasan 4", 9),
        (0o500, 0o600, "catat survei --kepuasan 4", 9),
        (0o500, 0o600, "cadangkan", 9),
        (0o500, 0o400, "laporan --jabatan kasi-pip --periode 2026 -o {folder}/a.md", 9),
        (0o700, 0o000, "info", 6),
        (0o700, 0o000, "catat survei --kepuasan 4", 6),
    ],
)
def test_read_only_places(contoh: Kantor, folder: int, berkas: int, args: str, kode: int) -> None:
    tempat = contoh.folder / "tempat"
    tempat.mkdir()
    buku = Path(shutil.copy(contoh.buku, tempat))
    sebelum = buku.read_bytes()
    buku.chmod(berkas)
    tempat.chmod(folder)
    try:
        hasil = subprocess.run(
            perintah(["--buku", str(buku), *args.format(folder=tempat).split()]), env={**os.environ, **contoh.env},
            preexec_fn=tanpa_kuasa, capture_output=True, check=False,
        )  # fmt: skip
        assert hasil.returncode == kode, hasil
        assert b"Traceback" not in hasil.stderr
    finally:
        tempat.chmod(0o700)
        buku.chmod(0o600)
    assert buku.read_bytes() == sebelum


@pytest.mark.parametrize("panjang", [0.5, 0.9, 4096, 100, -1000])
@pytest.mark.parametrize(
    "args", ["info", "periksa", "catat survei --kepuasan 4", "laporan --jabatan semua --periode 2026", "cadangkan"]
)
def test_a_truncated_ledger(contoh: Kantor, panjang: float, args: str) -> None:
    utuh = contoh.buku.read_bytes()
    terpotong = utuh[: int(panjang * len(utuh)) if 0 < panjang < 1 else int(panjang)]
    contoh.buku.write_bytes(terpotong)
    hasil = contoh.proses(*args.split(), kode=8 if args == "periksa" else 6)
    assert "Traceback" not in hasil.galat
    assert contoh.buku.read_bytes() == terpotong


@pytest.mark.unix
def test_ctrl_c_in_an_import_leaves_nothing_half_done(contoh: Kantor) -> None:
    besar = contoh.csv("besar.csv", "tanggal,kepuasan,saran", *(f"2026-01-05,4,{'x' * 100}" for _ in range(30000)))
    sebelum = isi(contoh.buku)
    with subprocess.Popen(
        perintah(["impor", "survei", besar]),
        env={**os.environ, **contoh.env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL) and None,
    ) as proses:
        while not contoh.buku.with_name("buku.db-journal").exists():
            assert proses.poll() is None
        proses.send_signal(signal.SIGINT)
        keluar, galat = proses.communicate()
    assert (proses.returncode, keluar) == (130, b""), galat
    assert b"dihentikan" in galat
    assert isi(contoh.buku) == sebelum
    contoh("catat", "survei", "--kepuasan", "4")


def test_a_ledger_in_use_is_waited_for(contoh: Kantor) -> None:
    lain = sqlite3.connect(contoh.buku, isolation_level=None)
    lain.execute("BEGIN IMMEDIATE")
    with subprocess.Popen(
        perintah(["catat", "survei", "--kepuasan", "4"]), env={**os.environ, **contoh.env}, stdout=subprocess.PIPE
    ) as proses:
        with pytest.raises(subprocess.TimeoutExpired):
            proses.wait(2)
        lain.execute("ROLLBACK")
        lain.close()
        assert proses.stdout is not None
        assert proses.stdout.read().startswith(b"SKM-2026-0141")
    assert proses.returncode == 0
