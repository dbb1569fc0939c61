"""Lists: what is open, late, due, cancelled, or of one kind; in order, and as many as asked for."""

import pytest

from tests.conftest import Kantor

DUA_MESIN = True


@pytest.fixture
def meja(kantor: Kantor) -> Kantor:
    """An office on 22 November 2026 with something of every state."""
    for tanggal in ("2026-10-01", "2026-11-02", "2026-11-20"):
        kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", tanggal)
        kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", tanggal)
        kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "bangunan", "--tanggal", tanggal)
    # Typed last but dated first: by date the latest follow-up is the one that finishes the complaint.
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--status", "selesai", "--tanggal", "2026-11-10")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--tanggal", "2026-11-05")
    kantor("tindaklanjuti", "PGD-2026-0002", "--tindakan", "X", "--status", "diteruskan", "--tanggal", "2026-11-05")
    kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "--tanggal", "2026-11-01")
    kantor("terbitkan", "RIZ-2026-0001", "--nomor-surat", "1", "--tanggal", "2026-11-01")
    kantor("tolak", "RIZ-2026-0002", "--alasan", "x", "--tanggal", "2026-11-05")
    kantor("batalkan", "INF-2026-0002", "--alasan", "x", "--ya")
    kantor("catat", "pengaduan", "--anonim", "--uraian", "B", "--kanal", "surat", "--klasifikasi", "aspirasi")
    return kantor


@pytest.mark.parametrize(
    ("args", "nomor"),
    [
        ("pengaduan", [1, 2, 3, 4]),
        ("pengaduan --belum-selesai", [2, 3, 4]),
        ("pengaduan --terlambat", [2]),
        ("pengaduan --jatuh-tempo 30", [3]),
        ("pengaduan --jatuh-tempo 0", []),
        ("pengaduan --kanal surat", [4]),
        ("pengaduan --anonim", [4]),
        ("pengaduan --anonim tidak --maks 2", [1, 2]),
        ("pengaduan --urut -tanggal", [4, 3, 2, 1]),
        ("pengaduan --urut batas", [1, 2, 3, 4]),
        ("pengaduan --urut -batas --maks 1", [3]),
        ("pengaduan --periode 2026-11 --belum-selesai --urut -nomor", [4, 3, 2]),
        ("informasi --belum-selesai", [3]),
        ("informasi --hasil terlaksana", [1]),
        ("informasi --batal", [2]),
        ("rekomendasi --belum-selesai", [3]),
        ("rekomendasi --terlambat", []),
        ("rekomendasi --jenis bangunan --maks 0", []),
        ("tindak-lanjut --status selesai", [1]),
    ],
)
def test_what_is_listed(meja: Kantor, args: str, nomor: list[int]) -> None:
    hasil = meja("daftar", *args.split(), "-O", "json").json
    assert [int(satu["nomor"].split("-")[2].split("/")[0]) for satu in hasil] == nomor


@pytest.mark.parametrize(
    ("args", "sebut"),
    [
        ("survei --belum-selesai", "pengaduan, informasi, rekomendasi"),
        ("survei --kanal surat", "bukan isian jawaban survei"),
        ("pengaduan --kanal fax", "opsi --kanal"),
        ("pengaduan --kanal=", "tidak boleh kosong"),
        ("pengaduan --urut warna", "--urut"),
        ("pengaduan --maks x", "bilangan"),
        ("pengaduan --jatuh-tempo -1", "bilangan"),
    ],
)
def test_a_list_that_makes_no_sense(meja: Kantor, args: str, sebut: str) -> None:
    assert sebut in meja("daftar", *args.split(), kode=2).galat


def test_cancelled_entries_are_never_open(meja: Kantor) -> None:
    meja("batalkan", "PGD-2026-0002", "--alasan", "x", "--ya")
    assert meja("daftar", "pengaduan", "--terlambat", "-O", "json").json == []


def test_a_cancelled_last_follow_up_opens_the_complaint_again(meja: Kantor) -> None:
    meja("batalkan", "PGD-2026-0001/1", "--alasan", "x", "--ya")
    hasil = meja("daftar", "pengaduan", "--terlambat", "-O", "json").json
    assert [satu["nomor"] for satu in hasil] == ["PGD-2026-0001", "PGD-2026-0002"]
