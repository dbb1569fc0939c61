"""A ledger that is not where it was, that others may read, or that another program keeps the same elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from ikikec.buku.mesin import lingkungan, mesin_di
from ikikec.buku.mesin.lingkungan import bersama, kembaran
from ikikec.buku.skema import siapkan_tulis
from ikikec.cli.sesi import Sesi
from tests.cli.test_meja import CATAT, layar  # noqa: F401  # a fixture
from tests.cli.test_tanya import di_terminal
from tests.conftest import Kantor
from tests.unix import pribadi

SATU = ("catat", "survei", "--kepuasan", "4")


@pytest.fixture
def dengan_konfig(kantor: Kantor) -> Kantor:
    """An office whose configuration says where its ledger is, on a disk that can be taken away."""
    (kantor.folder / "cakram").mkdir()
    kantor.buku = kantor.folder / "cakram" / "buku.db"
    konfig = kantor.folder / "ikikec.toml"
    konfig.write_text('buku = "cakram/buku.db"\n')
    del kantor.env["IKIKEC_BUKU"]
    kantor.env["IKIKEC_KONFIG"] = str(konfig)
    return kantor


def test_a_new_ledger_is_told(kantor: Kantor) -> None:
    for args in (SATU, ("impor", "survei", kantor.csv("a.csv", "tanggal,kepuasan", "2026-11-02,4"))):
        jawab = kantor("-q", *args)
        assert f"Buku baru dibuat di {kantor.buku}" in jawab.galat
        assert "Buku baru" not in jawab.keluar
        assert kantor(*SATU).galat == ""
        kantor.buku.unlink()


def test_a_ledger_that_was_there_is_not_begun_anew_by_a_script(dengan_konfig: Kantor) -> None:
    dengan_konfig(*SATU)
    shutil.move(dengan_konfig.folder / "cakram", dengan_konfig.folder / "dicabut")
    berkas = dengan_konfig.csv("a.csv", "tanggal,kepuasan", "2026-11-02,4")
    for args in (SATU, ("impor", "survei", berkas), ("libur", "muat", "2027")):
        galat = " ".join(dengan_konfig(*args, kode=6).galat.split())
        assert "pernah ada dan sekarang tidak ditemukan" in galat
        assert f'--buku "{dengan_konfig.buku}"' in galat
    assert not (dengan_konfig.folder / "cakram").exists()
    shutil.move(dengan_konfig.folder / "dicabut", dengan_konfig.folder / "cakram")
    assert dengan_konfig(*SATU).keluar.startswith("SKM-2026-0002")


def test_whoever_reads_is_told_too(dengan_konfig: Kantor) -> None:
    dengan_konfig(*SATU)
    dengan_konfig.buku.rename(dengan_konfig.folder / "dicabut.db")
    berkas = dengan_konfig.csv("a.csv", "tanggal,kepuasan", "2026-11-02,4")
    for args in (("daftar", "survei"), ("info",), ("periksa",), ("cadangkan",), ("lihat", "SKM-2026-0001"),
                 ("batalkan", "SKM-2026-0001", "--alasan", "x", "--ya"), ("impor", "survei", berkas, "--uji")):  # fmt: skip
        assert "pernah ada dan sekarang tidak ditemukan" in " ".join(dengan_konfig(*args, kode=6).galat.split())


def test_it_is_the_same_ledger_from_every_folder(dengan_konfig: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    lain = dengan_konfig.folder / "lain"
    lain.mkdir()
    dengan_konfig(*SATU)
    dengan_konfig.buku.unlink()
    monkeypatch.chdir(lain)
    dengan_konfig.env["IKIKEC_KONFIG"] = "../ikikec.toml"
    dengan_konfig(*SATU, kode=6)


def test_an_empty_file_was_no_ledger(dengan_konfig: Kantor) -> None:
    dengan_konfig.buku.write_bytes(b"")
    dengan_konfig.buku.chmod(0o644)
    assert dengan_konfig(*SATU).galat == f"Buku baru dibuat di {dengan_konfig.buku}\n"
    dengan_konfig.buku.write_bytes(b"")
    dengan_konfig(*SATU, kode=6)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text")
def test_a_folder_whose_name_is_no_text(dengan_konfig: Kantor) -> None:
    folder = dengan_konfig.folder / os.fsdecode(b"h\xff")
    del dengan_konfig.env["IKIKEC_KONFIG"]
    dengan_konfig.env |= {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    for urut in (1, 2):
        assert dengan_konfig.proses(*SATU).keluar.startswith(f"SKM-2026-000{urut}")
    (folder / "ikikec" / "buku.db").unlink()
    dengan_konfig.proses(*SATU, kode=6)


@pytest.mark.unix
@pytest.mark.parametrize(("jawaban", "kode"), [(b"t\n", 130), (b"y\n", 0)])
def test_at_a_terminal_it_asks(dengan_konfig: Kantor, jawaban: bytes, kode: int) -> None:
    dengan_konfig(*SATU)
    dengan_konfig.buku.unlink()
    jawab = di_terminal(dengan_konfig, " ".join(SATU), jawaban)
    assert "Mulai buku baru" in jawab.galat
    assert jawab.kode == kode
    assert dengan_konfig.buku.exists() == (kode == 0)


@pytest.mark.unix
def test_it_asks_before_the_questions_and_once(dengan_konfig: Kantor) -> None:
    dengan_konfig(*SATU)
    dengan_konfig.buku.unlink()
    assert "Media" not in di_terminal(dengan_konfig, "catat surat-kabar", b"t\n").galat
    jawab = di_terminal(dengan_konfig, "catat surat-kabar", b"y\n\nKompas\n\n\n2\n\n\ny\n")
    assert jawab.galat.count("Mulai buku baru") == 1
    assert "KRN-2026-0001" in jawab.keluar


def test_the_ledger_s_own_address_begins_anew_without_a_question(dengan_konfig: Kantor) -> None:
    dengan_konfig(*SATU)
    dengan_konfig.buku.unlink()
    dengan_konfig("--buku", str(dengan_konfig.buku), *SATU)


def test_the_note_costs_no_entry_and_holds_only_places(dengan_konfig: Kantor) -> None:
    catatan = dengan_konfig.folder / "buku-dikenal.txt"
    catatan.mkdir()
    dengan_konfig(*SATU)
    catatan.rmdir()
    dengan_konfig(*SATU)
    assert catatan.read_text() == f"{dengan_konfig.buku}\n"
    assert pribadi(catatan)
    for urut in range(60):
        konfig = dengan_konfig.folder / "ikikec.toml"
        konfig.write_text(f'buku = "{urut}.db"\n')
        shutil.copy(dengan_konfig.buku, dengan_konfig.folder / f"{urut}.db")
        if urut in (0, 59):
            dengan_konfig(*SATU)
    assert len(catatan.read_text().splitlines()) == 3


def test_a_desk_whose_ledger_vanished_records_nothing(kantor: Kantor) -> None:
    kantor(*SATU)
    pindah = f"{kantor.folder}/dicabut.db"
    masukan = f"{CATAT}\n!pindah\n{CATAT}\ndaftar pengaduan\nringkasan\n!kembali\n{CATAT}\n"
    # A line that begins with ! moves the file, for the test: it is run by the desk's own process.
    skrip = (
        "import os, sys\n"
        "from ikikec.cli import meja\n"
        "asli = meja.Meja.jalankan\n"
        "def jalankan(satu, baris):\n"
        f"    berkas = ({str(kantor.buku)!r}, {pindah!r})\n"
        "    if baris.startswith('!'):\n"
        "        os.rename(*(berkas if 'pindah' in baris else berkas[::-1]))\n"
        "        return 0\n"
        "    return asli(satu, baris)\n"
        "meja.Meja.jalankan = jalankan\n"
        "from ikikec.cli.app import app\n"
        "app(['meja', '--lanjut'], prog_name='ikikec')\n"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", skrip], input=masukan, env={**os.environ, **kantor.env}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert hasil.returncode == 6
    assert hasil.stderr.count("hilang sejak meja dibuka") == 3
    assert [baris.split()[0] for baris in hasil.stdout.splitlines()] == ["PGD-2026-0001", "PGD-2026-0002"]


def test_a_desk_minds_its_own_ledger_only(dengan_konfig: Kantor) -> None:
    """Another one named in a line is none of its business; to give up its own forgets no other."""
    dengan_konfig(*SATU)
    lain, catatan = dengan_konfig.folder / "lain.db", dengan_konfig.folder / "buku-dikenal.txt"
    dengan_konfig("--buku", str(lain), *SATU)
    kabar = dengan_konfig.proses("meja", masukan=f"--buku {lain} info\natur tetapkan buku lain.db\ninfo\n")
    assert kabar.galat == f"Ditulis ke {dengan_konfig.folder / 'ikikec.toml'}.\n"
    semula = catatan.read_text()
    dengan_konfig.proses("--buku", str(lain), "meja", masukan="buku baru\n")
    assert catatan.read_text() == semula


@pytest.mark.parametrize("isi", ["kosong", "tanpa-baris"])
def test_a_desk_knows_a_ledger_without_lines(kantor: Kantor, isi: str) -> None:
    """An empty file at its opening is no ledger that vanishes; a ledger without lines in its place is another."""
    if isi == "kosong":
        kantor.buku.write_bytes(b"")
        assert kantor.proses("meja", masukan=f"{CATAT}\n").kode == 0
        return
    kantor(*SATU)
    lain = kantor.folder / "lain.db"
    siapkan_tulis(mesin_di(lain, 1), boleh_migrasi=True, baru=nullcontext)
    sesi = Sesi(opsi_buku=str(kantor.buku))
    asal = sesi.penjaga.asal_kini()
    assert asal
    lain.replace(kantor.buku)
    assert "diganti" in replace(sesi, asal=asal).penjaga.hilang()


@pytest.mark.unix
def test_at_the_desk_the_clerk_may_say_that_a_new_one_begins(
    kantor: Kantor,
    layar: Callable[..., object],  # noqa: F811
) -> None:
    kantor(*SATU)
    meja = layar()
    meja.tunggu("Min 22 Nov >")
    kantor.buku.rename(kantor.folder / "dicabut.db")
    meja.ketik("catat survei --kepuasan 3")
    meja.tunggu("tidak ada lagi di tempatnya")
    meja.tunggu("Kembalikan buku")
    meja.tunggu("BUKU HILANG >")
    assert not kantor.buku.exists()
    meja.ketik("buku baru")
    meja.tunggu("memulai buku baru")
    meja.ketik("catat survei --kepuasan 3")
    meja.tunggu("Buku baru dibuat di")
    meja.tunggu("SKM-2026-0001")
    meja.tunggu("Min 22 Nov >")
    kantor.buku.rename(kantor.folder / "baru.db")
    meja.ketik("info")
    meja.tunggu("BUKU HILANG >")
    (kantor.folder / "baru.db").rename(kantor.buku)
    meja.ketik("info")
    meja.tunggu("sudah kembali di tempatnya")
    meja.tunggu("Min 22 Nov >")
    shutil.copy(kantor.folder / "dicabut.db", kantor.buku)
    meja.ketik("catat survei --kepuasan 2")
    meja.tunggu("Kembalikan buku")
    meja.ketik("keluar")
    assert meja.selesai() == 0


@pytest.mark.unix
def test_a_ledger_that_others_may_read_is_named_with_what_mends_it(kantor: Kantor) -> None:
    kantor(*SATU)
    kantor.buku.chmod(0o644)
    tutup = f"chmod 600 {kantor.buku}"
    for args in (
        SATU,
        ("koreksi", "SKM-2026-0001", "--kepuasan", "3", "--alasan", "x", "--ya"),
        ("libur", "muat", "2027"),
    ):
        assert tutup in kantor(*args).galat
    assert tutup in kantor("periksa").keluar
    assert tutup in " ".join(kantor("info", "-O", "json").json["peringatan"])
    kantor.buku.chmod(0o600)
    assert kantor(*SATU).galat == ""
    assert kantor("periksa").keluar == ""


@pytest.mark.unix
def test_where_a_file_has_no_mode_another_way_is_told(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    kantor(*SATU)
    kantor.buku.chmod(0o644)
    monkeypatch.setattr(lingkungan, "_jenis_cakram", lambda _letak: "vfat")
    galat = kantor(*SATU).galat
    assert "chmod" not in galat
    assert "Cakramnya (vfat) tidak mengenal izin berkas" in galat


@pytest.mark.unix
def test_moving_and_restoring_name_it_too(kantor: Kantor) -> None:
    kantor(*SATU)
    salinan = kantor("cadangkan").keluar.strip()
    kantor.buku.chmod(0o644)
    tutup = f"chmod 600 {kantor.buku}"
    assert tutup in kantor("pulihkan", salinan, "--ya").galat
    assert tutup in kantor("pindahkan", str(kantor.buku), str(kantor.folder / "baru.db"), "--ya").galat


@pytest.mark.parametrize(
    ("folder", "tanda", "program"),
    [
        ("OneDrive - Kantor Camat/buku", "", "OneDrive"),
        ("Dropbox", "", "Dropbox"),
        ("Google Drive/data", "", "Google Drive"),
        ("iCloudDrive", "", "iCloud"),
        ("data/ikikec", "data/.stfolder", "Syncthing"),
        ("data/ikikec", ".dropbox.cache", "Dropbox"),
        ("data", "data/.tmp.driveupload", "Google Drive"),
        ("Nextcloud/x", "", "Nextcloud"),
        ("Library/CloudStorage/OneDrive-Kantor", "", "program awan"),
        ("data/ikikec", "data/.sync_0a1b2c.db:", "Nextcloud"),
        ("data/ikikec", "data/.dropbox:", "Dropbox"),
        ("home/mega/.dropbox", "", ""),
        ("data/onedrive-catatan", "", ""),
        ("data", "data/desktop.ini", ""),
    ],
)
def test_a_synced_folder_is_named(kantor: Kantor, folder: str, tanda: str, program: str) -> None:
    buku = kantor.folder / folder / "buku.db"
    buku.parent.mkdir(parents=True)
    # A colon behind a mark's name makes it a file.
    if tanda.endswith(":"):
        (kantor.folder / tanda[:-1]).write_bytes(b"")
    elif tanda:
        (kantor.folder / tanda).mkdir(parents=True)
    kantor.env["IKIKEC_BUKU"] = str(buku)
    galat = kantor(*SATU).galat
    assert ("diselaraskan" in galat) == bool(program)
    if program:
        assert f"diselaraskan {program}" in galat
        assert f"diselaraskan {program}" in kantor("periksa").keluar
        assert f"diselaraskan {program}" in kantor("info", COLUMNS="1000").keluar
    # Told once, when the ledger begins, and then by those who are asked.
    assert kantor(*SATU).galat == ""


@pytest.mark.parametrize("letak", ["//peladen/bagi/buku.db", "\\\\peladen\\bagi\\buku.db"])
def test_a_share_is_named(letak: str) -> None:
    assert any("ada di jaringan" in satu for satu in bersama(Path(letak)))


SALINAN = [
    "buku (conflicted copy 2026-11-22).db", "buku (Siti's conflicted copy 2026-11-22).db", "buku-DESKTOP-AB12CD3.db",
    "buku.sync-conflict-20261122-101010-ABCDEFG.db", "buku (1).db", "buku_conflict-20261122.db",
]  # fmt: skip


@pytest.mark.parametrize("nama", SALINAN)
def test_a_conflict_copy_is_named(kantor: Kantor, nama: str) -> None:
    kantor(*SATU)
    assert not list(kembaran(kantor.buku))
    for lain in (
        "buku-cadangan-2026-11-22T100000.db",
        "buku-diganti-2026-11-22T100000.db",
        "buku-lama.db",
        "bukuku.db",
    ):
        shutil.copy(kantor.buku, kantor.folder / lain)
    assert not list(kembaran(kantor.buku))
    shutil.copy(kantor.buku, kantor.folder / nama)
    for keluar in (kantor("periksa").keluar, kantor("info", COLUMNS="1000").keluar):
        assert nama in keluar
