"""The package as an office meets it, under Wine: installed, used from the first entry to the restore, removed.

"make test-windows" runs this; the names of tests tell what was seen.
"""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from build import DIST, WORK, launcher, version
from office import SETUP, TODAY, Office
from parts import ROOT, tools
from wine import PATIENCE, Wine

# A moment that a zip can hold.
EPOCH = 1_000_000_000
SAMPLE = ROOT / "tests" / "contoh"
REGISTERS = ("pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei", "tindak-lanjut")


def on_linux(folder: Path, *args: str) -> str:
    """The same command on this system."""
    ledger = ("--buku", str(folder / "buku.db"), "--konfig", str(shutil.copy(SAMPLE / "ikikec.toml", folder)))
    done = subprocess.run(
        [ROOT / ".venv" / "bin" / "ikikec", *ledger, *TODAY, *args], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (args, done.stderr)
    return done.stdout


def test_from_the_installer_to_the_first_entry(office: Office, tell: Callable[[str], None]) -> None:
    begin = time.monotonic()
    assert office.setup() == 0  # again, over the one that is there
    installed = time.monotonic() - begin
    answer = office.running("pertama")("catat", "pengaduan", "--pelapor", "Siti Ámbo", "--uraian", "Lampu padam")
    total = time.monotonic() - begin
    assert answer.startswith("PGD-")
    assert sorted(one.name for one in office.menu.iterdir()) == ["Panduan ikikec.lnk", "ikikec.lnk"]
    assert "<h1>Panduan ikikec</h1>" in (office.programs / "panduan" / "panduan.html").read_text()
    assert (office.folder("pertama") / "buku.db").stat().st_size > 0
    path = office.wine.run("reg", "query", r"HKCU\Environment", "/v", "Path").stdout.decode()
    assert path.count(r"Programs\ikikec") == 1
    tell(f"{SETUP.name}: {SETUP.stat().st_size / 1e6:.1f} MB; installed in {installed:.1f} s")
    tell(f"from the installer's start to the first entry: {total:.1f} s")


def test_the_figures_of_the_sample_office_are_those_of_linux(office: Office, tmp_path: Path) -> None:
    run = office.running("contoh")
    config = ("--konfig", office.wine.path(Path(shutil.copy(SAMPLE / "ikikec.toml", office.wine.drive))), *TODAY)
    for register in REGISTERS:
        answer = run(*config, "impor", register, office.wine.path(SAMPLE / f"{register}.csv"))
        assert answer == on_linux(tmp_path, "impor", register, str(SAMPLE / f"{register}.csv"))
    for period in ("2026-10", "2026-T3", "2026"):
        sheet = ("laporan", "--jabatan", "semua", "--periode", period, "--rinci", "-O", "json")
        here, there = json.loads(on_linux(tmp_path, *sheet)), json.loads(run(*config, *sheet))
        # The moments in the journal are each system's own, and so is the fingerprint.
        assert [one.pop("buku")["entri"] for one in here] == [one.pop("buku")["entri"] for one in there]
        assert here == there
        survey = ("skm", "--periode", period, "-O", "json")
        assert re.sub(r'"sidik": "\w+"', "", on_linux(tmp_path, *survey)) == re.sub(
            r'"sidik": "\w+"', "", run(*config, *survey)
        )
    run(*config, "ekspor", "-o", r"C:\semua é")
    on_linux(tmp_path, "ekspor", "-o", str(tmp_path / "semua"))
    for one in sorted((tmp_path / "semua").iterdir()):
        assert (office.wine.drive / "semua é" / one.name).read_bytes() == one.read_bytes(), one.name
    assert run(*config, "daftar", "pengaduan", "-O", "csv") == on_linux(tmp_path, "daftar", "pengaduan", "-O", "csv")


def test_a_month_s_work(office: Office) -> None:
    run = office.running("kerja")
    run(*TODAY, "atur", "tetapkan", "kecamatan", "Batui Selatan")
    run(*TODAY, "catat", "pengaduan", "--tanggal", "2026-10-05", "--pelapor", "A", "--uraian", "x")
    run(*TODAY, "catat", "informasi", "--tanggal", "2026-10-05", "--pemohon", "B", "--topik", "y")
    permit = ("--tanggal", "2026-10-05", "--pemohon", "C", "--jenis", "keramaian", "--belum-lengkap")
    run(*TODAY, "catat", "rekomendasi", *permit)
    run(*TODAY, "catat", "surat-kabar", "--tanggal", "2026-10-05", "--media", "D", "--eksemplar", "2")
    run(*TODAY, "catat", "survei", "--tanggal", "2026-10-05", "--kepuasan", "4")
    run(*TODAY, "tindaklanjuti", "pgd-1", "--tindakan", "z", "--status", "selesai", "--tanggal", "2026-10-06")
    run(*TODAY, "selesaikan", "inf-1", "--hasil", "terlaksana", "--tanggal", "2026-10-06")
    run(*TODAY, "lengkapi", "riz-1", "--tanggal", "2026-10-06")
    run(*TODAY, "terbitkan", "riz-1", "--nomor-surat", "7/X", "--tanggal", "2026-10-06")
    run(*TODAY, "manfaatkan", "krn-1", "--dimanfaatkan", "2", "--tanggal", "2026-10-06")
    run(*TODAY, "koreksi", "pgd-1", "--alasan", "salah", "--uraian", "lain", "--ya")
    run(*TODAY, "catat", "survei", "--tanggal", "2026-10-05", "--kepuasan", "1")
    run(*TODAY, "batalkan", "skm-2", "--alasan", "dobel", "--ya")
    for form in ("md", "html", "xlsx", "csv", "json"):
        run(*TODAY, "laporan", "--jabatan", "semua", "--periode", "2026-10", "-o", rf"C:\lembar Oktober.{form}")
        assert (office.wine.drive / f"lembar Oktober.{form}").stat().st_size > 500
    assert "<title>" in (office.wine.drive / "lembar Oktober.html").read_text()
    run(*TODAY, "tutup", "2026-10")
    backup = run(*TODAY, "cadangkan").strip()
    run(*TODAY, "catat", "pengaduan", "--pelapor", "E", "--uraian", "x")
    restored = run(*TODAY, "pulihkan", backup, "--ya")
    kept = restored.partition("disimpan di ")[2].strip()
    assert run(*TODAY, "--buku", kept, "daftar", "pengaduan", "-O", "csv").count("PGD-2026-0002") == 1
    assert run(*TODAY, "catat", "pengaduan", "--pelapor", "F", "--uraian", "x").startswith("PGD-2026-0003")
    run(*TODAY, "cadangkan", "--simpan", "1")
    run(*TODAY, "periksa")
    desk = "﻿catat survei --kepuasan 3\r\nlihat pgd-3\r\nkeluar\r\n"
    assert "SKM-2026-0003" in run(*TODAY, "meja", stdin=desk)
    assert "peringatan" not in run("info")
    (office.folder("kerja") / "buku.db").chmod(0o644)
    assert 'Tutup dengan: icacls "' in " ".join(run("info").split())


HOLD = r"""
import ctypes, subprocess, sys
buka = ctypes.windll.kernel32.CreateFileW
buka.restype = ctypes.c_void_p
assert buka(sys.argv[1], 0xC0000000, int(sys.argv[2]), None, 3, 0, None) != 2**64 - 1
sys.exit(subprocess.run(sys.argv[3:], stdin=subprocess.DEVNULL).returncode)
"""


@pytest.mark.parametrize("shared", ["1", "3"], ids=["to read", "to write"])
def test_what_another_program_holds_is_not_replaced(office: Office, shared: str) -> None:
    run, name = office.running("dipegang"), rf"C:\survei {shared}.csv"
    run(*TODAY, "catat", "survei", "--kepuasan", "4")
    run(*TODAY, "daftar", "survei", "-o", name)
    script, kept = office.wine.drive / "hold.py", office.wine.drive / f"survei {shared}.csv"
    script.write_text(HOLD)
    before = kept.read_bytes()
    run(*TODAY, "catat", "survei", "--kepuasan", "4")
    command = (office.program("python\\python.exe"), r"C:\hold.py")
    done = office.wine.run(
        *command, name, shared, office.program(), *TODAY, "daftar", "survei", "-o", name,
        env=office.data("dipegang"), ok=(9,),
    )  # fmt: skip
    assert "sedang dibuka program lain, mungkin Excel; tutup dulu" in done.stderr.decode()
    assert kept.read_bytes() == before
    # So are the configuration, and an older copy that was to go.
    config = office.folder("dipegang") / "ikikec.toml"
    run(*TODAY, "atur", "tetapkan", "kecamatan", "Batui")
    done = office.wine.run(
        *command, office.wine.path(config), shared, office.program(), *TODAY, "atur", "tetapkan", "kecamatan", "X",
        env=office.data("dipegang"), ok=(9,),
    )  # fmt: skip
    assert "sedang dibuka program lain" in done.stderr.decode()
    assert config.read_text() == 'kecamatan = "Batui"\n'
    older = run("cadangkan", "-o", r"C:\salinan lama\\").strip()
    done = office.wine.run(
        *command, older, shared, office.program(), *TODAY, "cadangkan", "-o", r"C:\salinan lama\\", "--simpan", "1",
        env=office.data("dipegang"),
    )  # fmt: skip
    assert f"dibiarkan: {older} (sedang dibuka program lain" in " ".join(done.stderr.decode().split())
    run("--buku", older, "periksa")
    run("--buku", done.stdout.decode().strip(), "periksa")
    # The ledger itself is restored though a browser of databases has it open.
    backup = run("cadangkan").strip()
    office.wine.run(
        *command, office.wine.path(office.folder("dipegang") / "buku.db"), "3",
        office.program(), *TODAY, "pulihkan", backup, "--ya", env=office.data("dipegang"),
    )  # fmt: skip
    run("periksa")


def test_eight_writers_at_once_leave_no_gap(office: Office) -> None:
    run = office.running("delapan")
    run(*TODAY, "catat", "survei", "--kepuasan", "4")
    desks = [office.wine.start(office.program(), *TODAY, "meja", env=office.data("delapan")) for _ in range(8)]
    answers = [desk.communicate(b"catat survei --kepuasan 4\n" * 5, timeout=120) for desk in desks]
    assert [desk.returncode for desk in desks] == [0] * 8, answers
    numbers = sorted(re.findall(r"^SKM-2026-(\d+)", b"".join(out for out, _ in answers).decode(), re.MULTILINE))
    assert numbers == [f"{one:04}" for one in range(2, 42)]
    run("periksa")


def test_killed_writers_lose_nothing_acknowledged(office: Office) -> None:
    run = office.running("dibunuh")
    run(*TODAY, "catat", "survei", "--kepuasan", "4")
    acknowledged = []
    for kept in range(1, 7):
        writer = office.wine.start(
            office.program("python\\python.exe"), "-m", "ikikec", *TODAY, "meja", env=office.data("dibunuh")
        )
        assert writer.stdin
        assert writer.stdout
        writer.stdin.write(b"catat survei --kepuasan 4\n" * 20)
        writer.stdin.flush()
        acknowledged += [writer.stdout.readline().split()[0].decode() for _ in range(kept)]
        writer.kill()
        writer.communicate()
        run("periksa")
    there = {one["nomor"] for one in json.loads(run(*TODAY, "daftar", "survei", "-O", "json"))}
    assert len(acknowledged) == 21
    assert set(acknowledged) <= there
    assert len(there) == max(int(one.rpartition("-")[2]) for one in there)


def test_names_of_devices_folders_and_shares(office: Office) -> None:
    run = office.running("nama")
    run(*TODAY, "catat", "survei", "--kepuasan", "4")
    assert "perangkat" in run(*TODAY, "skm", "-o", "con.html", code=2)
    assert "itu sebuah folder" in run(*TODAY, "impor", "survei", "C:\\windows", code=2)
    assert "tidak ada" in run("--buku", r"\\localhost\x\a.db", "catat", "survei", "--kepuasan", "4", code=9)
    assert "tidak ada" in run("--buku", r"Q:\x\a.db", "catat", "survei", "--kepuasan", "4", code=9)
    run("--buku", r"C:\OneDrive - Kantor\buku.db", *TODAY, "catat", "survei", "--kepuasan", "4")
    assert "diselaraskan OneDrive" in run("--buku", r"C:\OneDrive - Kantor\buku.db", "info")
    run(*TODAY, "skm", "-O", "json", "-o", "nul")
    assert "tidak ada Edge, Chrome, atau Chromium" in " ".join(run(*TODAY, "skm", "-o", r"C:\a.pdf", code=9).split())


def test_a_drive_of_another_computer_is_warned_of(office: Office) -> None:
    office.wine.run("reg", "add", r"HKLM\Software\Wine\Drives", "/v", "n:", "/d", "network", "/f")
    share = office.wine.folder / "share"
    share.mkdir()
    (office.wine.folder / "dosdevices" / "n:").symlink_to(share)
    # Read as the system starts.
    office.wine.stop()
    Wine(office.wine.folder)
    done = office.wine.run(
        office.program(), "--buku", r"N:\buku.db", *TODAY, "catat", "survei", "--kepuasan", "4",
        env=office.data("jaringan"),
    )  # fmt: skip
    assert "ada di jaringan, tempat kunci berkas tidak dapat diandalkan" in " ".join(done.stderr.decode().split())


BROWSER = r"""
import pathlib, sys
asked = dict(one[2:].partition("=")[::2] for one in sys.argv[1:-1])
page = pathlib.Path.from_uri(sys.argv[-1]) if sys.argv[-1].startswith("file:") else pathlib.Path(sys.argv[-1])
pathlib.Path(r"C:\\seen.html").write_bytes(page.read_bytes())
if "print-to-pdf" in asked:
    assert pathlib.Path(asked["user-data-dir"]).parent == page.parent
    pathlib.Path(asked["print-to-pdf"]).write_bytes(b"%PDF-1.4 /CreationDate (D:20261122140500")
"""


def test_the_browser_that_windows_knows_prints_the_pdf_and_opens_the_page(office: Office) -> None:
    run, seen = office.running("peramban"), office.wine.drive / "seen.html"
    run(*TODAY, "catat", "survei", "--kepuasan", "4")
    place = office.wine.drive / "Edge (uji) é"
    place.mkdir()
    # A program of ours in the place of Edge, which no Wine has: it sees what Edge would be asked for.
    stub, interpreter = tools(WORK / "tools")["t64.exe"], office.program("python\\python.exe")
    (place / "msedge.exe").write_bytes(launcher(stub, f'"{interpreter}"', BROWSER.encode(), EPOCH))
    edge = office.wine.path(place / "msedge.exe")
    for key, value in (
        (r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\msedge.exe", edge),
        (r"HKCR\.html", "uji"),
        (r"HKCR\uji\shell\open\command", f'"{edge}" "%1"'),
    ):
        office.wine.run("reg", "add", key, "/ve", "/d", value, "/f")
    assert json.loads(run("info", "-O", "json"))["pdf"] == edge
    run(*TODAY, "skm", "-o", r"C:\skm é.pdf")
    assert (office.wine.drive / "skm é.pdf").read_bytes() == b"%PDF-1.4 /CreationDate (D:20000101000000"
    page = run(*TODAY, "skm", "-O", "html")
    assert seen.read_text() == page
    seen.unlink()
    assert "ikikec-halaman-" in run(*TODAY, "skm", "--buka")
    end = time.monotonic() + PATIENCE
    while not seen.exists() or seen.read_text() != page:
        assert time.monotonic() < end
        time.sleep(0.5)


def test_the_folder_runs_from_anywhere(office: Office) -> None:
    stick = office.wine.drive / "Stik USB é"
    shutil.unpack_archive(DIST / f"ikikec-{version()}-windows.zip", stick)
    (folder,) = stick.iterdir()
    before = sorted(folder.rglob("*"))
    program = office.wine.path(folder / "ikikec.exe")
    done = office.wine.run(program, "catat", "survei", "--kepuasan", "4", env=office.data("stik"))
    assert done.stdout.startswith(b"SKM-")
    assert sorted(folder.rglob("*")) == before
    # Without a console, as the Task Scheduler runs it.
    silent = office.wine.path(folder / "ikikecw.exe")
    assert office.wine.run_window(silent, "-q", "cadangkan", "--simpan", "1", env=office.data("stik")) == 0
    assert len(list((office.folder("stik") / "cadangan").iterdir())) == 1
    assert office.wine.run_window(silent, "lihat", "skm-9", env=office.data("stik")) == 4


def test_an_update_waits_for_the_desk_and_the_uninstaller_leaves_the_ledger(office: Office) -> None:
    desk = office.wine.start(office.program(), *TODAY, "meja")
    assert desk.stdin
    assert desk.stdout
    desk.stdin.write(b"catat survei --kepuasan 4\n")
    desk.stdin.flush()
    assert desk.stdout.readline().startswith(b"SKM-")
    assert office.setup() == 5
    out, _ = desk.communicate(b"info\n", timeout=60)
    assert b"survei         1 entri" in out
    assert office.setup() == 0
    # "_?=" keeps it from going on as a copy of itself, so that its end can be waited for.
    gone = office.wine.run_window(office.program("hapus-ikikec.exe"), "/S", f"_?={office.wine.path(office.programs)}")
    assert gone == 0
    assert [one.name for one in office.programs.glob("*")] in ([], ["hapus-ikikec.exe"])
    assert (office.local / "ikikec" / "buku.db").exists()
    assert not office.menu.exists()
    path = office.wine.run("reg", "query", r"HKCU\Environment", "/v", "Path", ok=()).stdout.decode()
    assert r"Programs\ikikec" not in path
