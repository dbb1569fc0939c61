"""Every command with nothing around it: no terminal, home, input or letters; a reader that goes away; a full pipe."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ikikec.cli.app import app
from tests.conftest import Kantor, perintah

# One line per command, with its exit code where nobody can be asked; most of them find something to do.
BARIS = {
    "catat pengaduan --pelapor A --uraian B": 0, "catat informasi --pemohon A --topik B": 0,
    "catat rekomendasi --pemohon A --jenis domisili": 0, "catat surat-kabar --media A --eksemplar 1": 0,
    "catat survei --kepuasan 4": 0, "catat pengaduan": 2, "tindaklanjuti pgd-20 --tindakan A": 0,
    "tindaklanjuti pgd-20": 2, "selesaikan inf-70 --hasil terlaksana": 0, "lengkapi riz-1": 3, "terbitkan riz-4": 2,
    "tolak riz-4 --alasan A": 0, "manfaatkan krn-1 --dimanfaatkan 1": 3, "koreksi pgd-20 --alasan A --lokasi B": 2,
    "koreksi pgd-20 --alasan A --lokasi B --ya": 0, "batalkan pgd-20 --alasan A": 2, "batalkan pgd-20 --alasan A --ya": 0,
    "lihat pgd-20": 0, "lupakan pgd-20 --alasan A": 2, "lupakan pgd-20 --alasan A --ya": 0, "daftar pengaduan": 0, "cari padam": 0, "ringkasan": 0, "laporan --jabatan semua": 0,
    "report --jabatan kasi-pip": 0, "rekap --buku {cadangan}": 0, "rekap": 2, "skm": 0, "impor survei {berkas}": 0, "ekspor pengaduan": 0, "ekspor -O json": 0,
    "libur daftar": 0, "libur tambah 2026-12-04 --nama A": 0, "libur hapus 2026-12-24 --alasan A": 0,
    "libur muat 2027": 0, "libur hitung-ulang": 0, "target tetapkan kasi-pip 2.1 24 --periode 2026": 0, "target daftar": 0,
    "rtl tetapkan --unsur waktu --rencana A --penanggung-jawab B --tenggat 2027-01-05 --periode 2026": 0, "rtl tetapkan": 2,
    "rtl selesai RTL-2026-1 --keterangan A": 4, "rtl daftar": 0, "rtl hapus RTL-2026-1 --alasan A": 4,
    "target hapus kasi-pip 2.1 --periode 2026 --alasan A": 4, "tutup 2026-01": 0, "buka 2026-01 --alasan A": 3,
    "periksa": 0, "cadangkan": 0, "pulihkan {cadangan}": 2, "pindahkan {cadangan} {konfig}": 2,
    "pindahkan {cadangan} {konfig} --ya": 0, "pindahkan {cadangan} --batal --alasan A --ya": 3, "jabatan": 0, "ukuran": 0, "ukuran periksa {konfig}": 2, "info": 0, "atur": 2, "atur lihat": 0,
    "atur periksa": 0, "--konfig {konfig} atur tetapkan kecamatan A": 0, "pelengkapan bash": 0, "meja": 0,
}  # fmt: skip
BERBICARA = ["lihat pgd-20", "daftar pengaduan", "cari a", "ringkasan", "laporan --jabatan semua", "skm", "ekspor survei", "rekap --buku {cadangan}",
             "ekspor -O json", "libur daftar", "jabatan", "ukuran", "info", "atur lihat", "pelengkapan bash", "periksa --jelaskan"]  # fmt: skip
# What goes to stdout goes one of few ways; all commands are tried in "make test-long".
BERSUARA = BERBICARA if os.environ.get("IKIKEC_UJI_SEMUA") else BERBICARA[::3]
MEMBACA = [satu for satu in BERBICARA if not satu.startswith(("pelengkapan", "atur"))]


def jalankan(contoh: Kantor, baris: str, akhir: str = "") -> subprocess.CompletedProcess[bytes]:
    berkas = contoh.csv("survei.csv", "tanggal,kepuasan", "2026-10-05,4")
    args = baris.format(berkas=berkas, cadangan=contoh.buku, konfig=contoh.folder / "k.toml").split()
    env = {nama: isi for nama, isi in contoh.env.items() if nama.startswith("IKIKEC")}
    env |= {"PATH": os.environ["PATH"], "LANG": "C"}
    if "PYTHONPATH" in os.environ:
        env["PYTHONPATH"] = os.environ["PYTHONPATH"]
    if os.name == "nt":
        # What reads NUL there is what runs without a console.
        env |= {nama: os.environ[nama] for nama in ("SYSTEMROOT", "PYTHONUTF8") if nama in os.environ}
        return subprocess.run(perintah(args), env=env, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    kulit = ["bash", "-o", "pipefail", "-c", f'"$@" <&- {akhir}', "bash", *perintah(args)]
    return subprocess.run(kulit, env=env, cwd="/proc", capture_output=True, check=False)


@pytest.mark.parametrize(("baris", "kode"), BARIS.items())
def test_nothing_around_it(contoh: Kantor, baris: str, kode: int) -> None:
    hasil = jalankan(contoh, baris)
    assert hasil.returncode == kode, hasil.stderr
    assert b"Traceback" not in hasil.stderr
    assert (b"Galat: " in hasil.stderr) == (kode != 0), hasil.stderr


@pytest.mark.unix
@pytest.mark.parametrize("baris", BERSUARA)
def test_a_reader_that_goes_away(contoh: Kantor, baris: str) -> None:
    hasil = jalankan(contoh, baris, "| head -c 1 >/dev/null")
    assert (hasil.returncode, hasil.stdout) == (0, b""), hasil.stderr
    assert b"Galat" not in hasil.stderr
    assert b"Exception" not in hasil.stderr


@pytest.mark.unix
@pytest.mark.parametrize("baris", BERSUARA)
def test_a_full_pipe(contoh: Kantor, baris: str) -> None:
    hasil = jalankan(contoh, baris, ">/dev/full")
    assert hasil.returncode == 9, hasil.stderr
    assert b"tidak dapat ditulis ke keluaran" in hasil.stderr
    assert b"Exception" not in hasil.stderr


def sidik(folder: Path) -> dict[str, str]:
    return {satu.name: hashlib.sha256(satu.read_bytes()).hexdigest() for satu in folder.iterdir() if satu.is_file()}


@pytest.mark.parametrize("baris", MEMBACA)
def test_reading_writes_nothing(contoh: Kantor, baris: str) -> None:
    sebelum = sidik(contoh.folder)
    contoh(*baris.format(cadangan=contoh.buku).split())
    assert sidik(contoh.folder) == sebelum


def jalur(perintah: Any, depan: tuple[str, ...] = ()) -> Iterator[str]:
    for nama, anak in perintah.commands.items():
        yield from jalur(anak, (*depan, nama)) if hasattr(anak, "commands") else (" ".join((*depan, nama)),)


def test_no_command_is_left_out() -> None:
    for satu in jalur(typer.main.get_command(app)):
        assert any(satu in baris for baris in BARIS), satu
