"""Mistakes a tired person makes: each with the contract's exit code and a clear line, and nothing written."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Kantor

PEMOHON = "--pemohon A --topik B"


def _layani(kantor: Kantor) -> None:
    """One entry of each register, and permits at each of their steps."""
    hari = ("--tanggal", "2026-11-02")
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", *hari)
    kantor("catat", "informasi", *PEMOHON.split(), *hari)
    izin = ("catat", "rekomendasi", "--pemohon", "A", "--jenis", "lainnya", *hari)
    kantor(*izin, "--belum-lengkap")
    kantor(*izin, "--tanggal-lengkap", "2026-11-03")
    kantor(*izin, "--tanggal-terbit", "2026-11-03", "--nomor-surat", "1")
    kantor("catat", "surat-kabar", "--media", "M", "--eksemplar", "3", *hari)


@pytest.mark.parametrize(
    ("perintah", "kode", "sebut"),
    [
        # exit 2: the command line is not understood
        ("catta", 2, "maksudnya catat?"),
        ("catat", 2, "perintah belum ditulis"),
        ("catat pengadua", 2, "maksudnya pengaduan?"),
        ("catat survei --kepuasa 4", 2, "--kepuasan"),
        ("catat survei --kepuasan", 2, "memerlukan nilai"),
        ("catat survei --kepuasan 0", 2, "1 sampai 4"),
        ("catat survei --kepuasan 5", 2, "1 sampai 4"),
        ("catat survei --kepuasan empat", 2, "1 sampai 4"),
        ("catat survei --kepuasan 4 --tanggal 32-13-2026", 2, "bulan hanya 1 sampai 12"),
        ("catat survei --kepuasan 4 --tanggal 2026-02-30", 2, "tidak ada di kalender"),
        ("catat survei --kepuasan 4 tambahan", 2, "argumen berlebih: tambahan"),
        ("catat survei --kepuasan 4 --jenis-kelamin X", 2, "L atau P"),
        ("catat pengaduan --uraian B", 2, "--pelapor"),
        ("catat pengaduan --pelapor A", 2, "--uraian"),
        (f"catat informasi {PEMOHON} --kanal fax", 2, "tatap-muka"),
        ("catat rekomendasi --pemohon A --jenis nikah", 2, "dispensasi-nikah"),
        ("catat rekomendasi --pemohon A --jenis lainnya --belum-lengkap --tanggal-lengkap 2026-11-01", 2, "bersama"),
        ("catat surat-kabar --media A --eksemplar 0", 2, "1 sampai"),
        ("catat surat-kabar --media A --eksemplar 1,5", 2, "bilangan"),
        ("selesaikan INF-2026-0001", 2, "--hasil"),
        ("selesaikan PGD-2026-0001 --hasil terlaksana", 2, "bukan nomor layanan informasi"),
        ("lihat XYZ", 2, "tidak dikenali"),
        ("lihat", 2, "NOMOR wajib diisi"),
        ("lihat INF-2026-0001/1", 2, "tidak dikenali"),
        ("laporan", 2, "--jabatan wajib diisi"),
        ("laporan --jabatan kasi", 2, "maksudnya kasi-pip?"),
        ("laporan --jabatan kasi-pip --periode 2026-13", 2, "tidak ada bulan 13"),
        ("laporan --jabatan kasi-pip --periode besok", 2, "bulan-lalu"),
        ("laporan --jabatan kasi-pip --periode=", 2, "tidak boleh kosong"),
        ("daftar survei --periode=", 2, "tidak boleh kosong"),
        ("catat rekomendasi --pemohon A --jenis kramaian", 2, "opsi --jenis"),
        ("laporan --jabatan kasi-pip -O docx", 2, "pilihannya"),
        ("laporan --jabatan kasi-pip -o lembar.doc", 2, "akhirannya"),
        ("daftar buku", 2, "pengaduan"),
        ("impor survei tidak-ada.csv", 2, "tidak-ada.csv"),
        ("impor survei .", 2, "itu sebuah folder"),
        ("--hari-ini 22-11-2026 info", 2, "--hari-ini"),
        ("--konfig tidak-ada.toml info", 2, "tidak-ada.toml"),
        ("--buku", 2, "memerlukan nilai"),
        # exit 3: a rule is broken
        ("catat survei --kepuasan 4 --tanggal 2026-11-23", 3, "masa depan"),
        ("catat survei --layanan KTP", 3, "formulir tanpa jawaban"),
        (f"catat informasi {PEMOHON} --tanggal-selesai 2026-11-22", 3, "hasil: harus diisi bersama tanggal_selesai"),
        (f"catat informasi {PEMOHON} --tanggal-selesai 2026-11-01 --hasil terlaksana", 3, "mendahului tanggal"),
        ("catat rekomendasi --pemohon A --jenis lainnya --tanggal-terbit 2026-11-22", 3, "nomor_surat"),
        ("catat surat-kabar --media A --eksemplar 2 --dimanfaatkan 3 --tanggal-dimanfaatkan 2026-11-22", 3, "melebihi"),
        ("tindaklanjuti PGD-2026-0001 --tindakan X --tanggal 2026-11-01", 3, "mendahului"),
        ("tindaklanjuti PGD-2026-0001 --tindakan X --tanggal 2026-11-23", 3, "masa depan"),
        ("selesaikan INF-2026-0001 --hasil terlaksana --tanggal 2026-11-01", 3, "mendahului"),
        ("lengkapi RIZ-2026-0001 --tanggal 2026-11-01", 3, "mendahului"),
        ("terbitkan RIZ-2026-0002 --nomor-surat 1 --tanggal 2026-11-02", 3, "mendahului berkas lengkap"),
        ("terbitkan RIZ-2026-0003 --nomor-surat 2", 3, "sekali"),
        ("manfaatkan KRN-2026-0001 --dimanfaatkan 4", 3, "melebihi 3 eksemplar"),
        # exit 4: no such entry
        ("lihat PGD-2026-0009", 4, "PGD-2026-0009"),
        ("tindaklanjuti PGD-2026-0009 --tindakan X", 4, "PGD-2026-0009"),
        ("terbitkan RIZ-2026-0009 --nomor-surat 1", 4, "RIZ-2026-0009"),
        ("lihat PGD-2026-0001/9", 4, "PGD-2026-0001/9"),
        # exit 9: a file that cannot be written
        ("laporan --jabatan kasi-pip -o /tidak/ada/lembar.md", 9, str(Path("/tidak/ada/lembar.md"))),
        ("--buku /proc/ikikec/buku.db catat survei --kepuasan 4", 9, "tidak dapat dibuat"),
    ],
)  # fmt: skip
def test_mistake(kantor: Kantor, perintah: str, kode: int, sebut: str) -> None:
    kantor.seperti(_layani)
    sebelum = kantor("info", "-O", "json").json
    jawab = kantor(*perintah.split(), kode=kode)
    assert jawab.galat.startswith("Galat: ") or "\nGalat: " in jawab.galat
    assert sebut in jawab.galat
    assert not re.search(r"Error|No such|Permission|directory", jawab.galat)
    assert jawab.keluar == ""
    assert kantor("info", "-O", "json").json == sebelum


@pytest.mark.parametrize(
    "perintah", ["info", "lihat PGD-2026-0001", "daftar survei", "laporan --jabatan semua",
                 "tindaklanjuti PGD-2026-0001 --tindakan X", "terbitkan RIZ-2026-0001 --nomor-surat 1"]
)  # fmt: skip
def test_reading_before_the_first_entry_says_how_to_begin(kantor: Kantor, perintah: str) -> None:
    assert "ikikec catat" in kantor(*perintah.split(), kode=6).galat
    assert not kantor.buku.exists()


@pytest.mark.parametrize("perintah", ["info", "catat survei --kepuasan 4", "laporan --jabatan kasi-pip"])
@pytest.mark.parametrize("isi", [b"bukan buku" * 200, b"SQLite format 3\x00" + b"\x07" * 5000])
def test_a_file_that_is_no_ledger(kantor: Kantor, perintah: str, isi: bytes) -> None:
    kantor.buku.write_bytes(isi)
    assert "bukan buku ikikec" in kantor(*perintah.split(), kode=6).galat
    assert kantor.buku.read_bytes() == isi


@pytest.mark.parametrize("perintah", ["info", "catat survei --kepuasan 4"])
def test_a_database_of_another_program(kantor: Kantor, perintah: str) -> None:
    import sqlite3

    with closing(sqlite3.connect(kantor.buku)) as lain, lain:
        lain.execute("CREATE TABLE kontak (nama TEXT)")
    lain.close()
    sebelum = kantor.buku.read_bytes()
    assert "bukan buku ikikec" in kantor(*perintah.split(), kode=6).galat
    assert kantor.buku.read_bytes() == sebelum


def test_a_folder_is_no_ledger(kantor: Kantor) -> None:
    kantor("--buku", str(kantor.folder), "info", kode=6)
    kantor("--buku", str(kantor.folder), "catat", "survei", "--kepuasan", "4", kode=6)


def test_a_newer_ledger_is_refused(contoh: Kantor) -> None:
    import sqlite3

    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        buku.execute("UPDATE alembic_version SET version_num = '9999'")
    buku.close()
    for perintah in ("info", "catat survei --kepuasan 4"):
        assert "lebih baru" in contoh(*perintah.split(), kode=7).galat


def test_a_held_lock_is_waited_for_and_then_named(contoh: Kantor) -> None:
    import sqlite3

    konfig = contoh.folder / "k.toml"
    konfig.write_text("tunggu = 0\n")
    lain = sqlite3.connect(contoh.buku, isolation_level=None)
    lain.execute("BEGIN EXCLUSIVE")
    for perintah in ("info", "catat survei --kepuasan 4"):
        assert "sedang dipakai" in contoh("--konfig", str(konfig), *perintah.split(), kode=5).galat
    lain.execute("ROLLBACK")
    lain.close()
    contoh("--konfig", str(konfig), "info")


def test_a_full_or_read_only_place_for_a_sheet(contoh: Kantor) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    contoh("laporan", "--jabatan", "kasi-pip", "-o", "/dev/full", "-O", "md", kode=9)


def test_unexpected_faults_tell_kind_and_place_but_no_content(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rusak(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("Warga 246")

    monkeypatch.setattr("ikikec.buku.baca.Bacaan.jumlah", rusak)
    jawab = contoh("info", kode=1)
    assert "RuntimeError di test_galat.py" in jawab.galat
    assert "Warga" not in jawab.galat
