"""Recording an entry of each register, and the steps that follow it."""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from tests.conftest import Kantor
from tests.unix import pribadi

DUA_MESIN = True

NOMOR = re.compile(r"[A-Z]{3}-2026-0001\b")


@pytest.mark.parametrize(
    ("args", "isi"),
    [
        (
            "pengaduan --tanggal 2026-11-02 --pelapor Siti --kontak 0812 --alamat Jl.1 --kanal whatsapp"
            " --klasifikasi berkadar --kategori perizinan --lokasi Pasar --uraian Rusak",
            {
                "nomor": "PGD-2026-0001", "tanggal": "2026-11-02", "pelapor": "Siti", "anonim": False, "kontak": "0812",
                "alamat": "Jl.1", "kanal": "whatsapp", "klasifikasi": "berkadar", "kategori": "perizinan",
                "lokasi": "Pasar", "uraian": "Rusak", "batas": "2027-01-29", "batal": False, "alasan_batal": None,
            },
        ),
        (
            "informasi --pemohon Budi --topik KTP --tanggal 2026-11-02 --tanggal-selesai 2026-11-03 --hasil terlaksana"
            " --uraian u --keterangan k --kanal surat --kontak 1 --alamat 2",
            {
                "nomor": "INF-2026-0001", "tanggal": "2026-11-02", "pemohon": "Budi", "kontak": "1", "alamat": "2",
                "kanal": "surat", "topik": "KTP", "uraian": "u", "batas": "2026-11-16", "tanggal_selesai": "2026-11-03",
                "hasil": "terlaksana", "keterangan": "k", "batal": False, "alasan_batal": None,
            },
        ),
        (
            "rekomendasi --pemohon Wati --jenis bangunan --tanggal 2026-11-02 --tanggal-lengkap 2026-11-03"
            " --tanggal-terbit 2026-11-04 --nomor-surat 503/1",
            {
                "nomor": "RIZ-2026-0001", "tanggal": "2026-11-02", "pemohon": "Wati", "kontak": None, "alamat": None,
                "jenis": "bangunan", "tanggal_lengkap": "2026-11-03", "batas": "2026-11-10",
                "tanggal_terbit": "2026-11-04", "nomor_surat": "503/1", "tanggal_tolak": None, "alasan_tolak": None,
                "keterangan": None, "batal": False, "alasan_batal": None,
            },
        ),
        (
            "surat-kabar --media Tempo --jenis majalah --edisi 12 --eksemplar 3 --tanggal 2026-11-02"
            " --tanggal-dimanfaatkan 2026-11-05 --dimanfaatkan 2",
            {
                "nomor": "KRN-2026-0001", "tanggal": "2026-11-02", "media": "Tempo", "jenis": "majalah", "edisi": "12",
                "eksemplar": 3, "tanggal_dimanfaatkan": "2026-11-05", "dimanfaatkan": 2, "keterangan": None,
                "batal": False, "alasan_batal": None,
            },
        ),
        (
            "survei --tanggal 2026-11-02 --layanan KTP --kepuasan 4 --persyaratan 1 --prosedur 2 --waktu 3 --biaya 4"
            " --produk 1 --kompetensi 2 --perilaku 3 --penanganan-pengaduan 4 --sarana 1 --jenis-kelamin p --usia 34"
            " --pendidikan SMA --pekerjaan Petani --disabilitas tidak --saran Cepat",
            {
                "nomor": "SKM-2026-0001", "tanggal": "2026-11-02", "layanan": "KTP", "kepuasan": 4, "persyaratan": 1,
                "prosedur": 2, "waktu": 3, "biaya": 4, "produk": 1, "kompetensi": 2, "perilaku": 3,
                "penanganan_pengaduan": 4, "sarana": 1, "jenis_kelamin": "P", "usia": 34, "pendidikan": "SMA",
                "pekerjaan": "Petani", "disabilitas": "tidak", "saran": "Cepat", "batal": False, "alasan_batal": None,
            },
        ),
    ],
)  # fmt: skip
def test_every_field_of_every_register(kantor: Kantor, args: str, isi: dict[str, object]) -> None:
    tercatat = kantor("catat", *args.split(), "-O", "json").json
    assert tercatat == isi
    assert list(tercatat) == list(isi)
    assert {k: v for k, v in kantor("lihat", str(isi["nomor"]), "-O", "json").json.items() if k in isi} == isi


def test_defaults_of_the_counter(kantor: Kantor) -> None:
    isi = kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "-O", "json").json
    assert (isi["tanggal"], isi["kanal"], isi["klasifikasi"]) == ("2026-11-22", "tatap-muka", "tidak-berkadar")
    assert (isi["kategori"], isi["anonim"]) == ("non-perizinan", False)
    assert (
        kantor("catat", "surat-kabar", "--media", "M", "--eksemplar", "1", "-O", "json").json["jenis"]
        == "surat-kabar"
    )


def test_one_line_begins_with_the_number(kantor: Kantor) -> None:
    jawab = kantor("catat", "informasi", "--pemohon", "Budi", "--topik", "KTP")
    assert NOMOR.match(jawab.keluar)
    assert jawab.keluar.count("\n") == 1
    assert "Minggu, 22 November 2026" in jawab.keluar
    # The first entry of all begins the ledger, which is told beside the answer; the next ones say nothing more.
    assert jawab.galat.startswith("Buku baru dibuat di ")
    assert jawab.galat.count("\n") == 1
    assert kantor("catat", "informasi", "--pemohon", "Budi", "--topik", "KTP").galat == ""


@pytest.mark.parametrize(
    ("klasifikasi", "batas"),
    [
        ("tidak-berkadar", "2026-11-20"),
        ("berkadar", "2027-01-29"),
        ("permintaan-informasi", "2026-11-09"),
        ("aspirasi", None),
    ],
)
def test_deadline_of_a_complaint_goes_by_its_class(kantor: Kantor, klasifikasi: str, batas: str | None) -> None:
    args = ("--tanggal", "2026-11-02", "--klasifikasi", klasifikasi)
    isi = kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", *args, "-O", "json").json
    assert isi["batas"] == batas


@pytest.mark.parametrize(
    ("jenis", "batas"),
    [
        ("keramaian", "2026-11-02"), ("domisili", "2026-11-02"), ("dispensasi-nikah", "2026-11-02"),
        ("fasilitas-umum", "2026-11-03"), ("usaha-mikro", "2026-11-04"), ("bangunan", "2026-11-09"),
        ("lainnya", "2026-11-09"),
    ],
)  # fmt: skip
def test_deadline_of_a_permit_goes_by_its_kind(kantor: Kantor, jenis: str, batas: str) -> None:
    isi = kantor(
        "catat", "rekomendasi", "--tanggal", "2026-11-02", "--pemohon", "A", "--jenis", jenis, "-O", "json"
    ).json
    assert (isi["tanggal_lengkap"], isi["batas"]) == ("2026-11-02", batas)


def test_an_incomplete_permit_has_no_deadline_until_its_file_is_complete(kantor: Kantor) -> None:
    args = ("--pemohon", "A", "--jenis", "usaha-mikro", "--belum-lengkap", "--tanggal", "2026-11-02")
    isi = kantor("catat", "rekomendasi", *args, "-O", "json").json
    assert (isi["tanggal_lengkap"], isi["batas"]) == (None, None)
    isi = kantor("lengkapi", "RIZ-2026-0001", "--tanggal", "2026-11-05", "-O", "json").json
    assert (isi["tanggal_lengkap"], isi["batas"]) == ("2026-11-05", "2026-11-09")


def test_a_permit_issued_without_a_complete_date_counts_from_the_day_it_came(kantor: Kantor) -> None:
    kantor(
        "catat",
        "rekomendasi",
        "--pemohon",
        "A",
        "--jenis",
        "usaha-mikro",
        "--belum-lengkap",
        "--tanggal",
        "2026-11-02",
    )
    isi = kantor("terbitkan", "RIZ-2026-0001", "--nomor-surat", "1", "--tanggal", "2026-11-10", "-O", "json").json
    assert (isi["tanggal_lengkap"], isi["batas"], isi["tanggal_terbit"]) == ("2026-11-02", "2026-11-04", "2026-11-10")


def test_a_deadline_once_written_is_kept_when_the_rule_changes(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02")
    konfig = kantor.folder / "baru.toml"
    konfig.write_text("[batas]\ninformasi = 1\n")
    args = ("--konfig", str(konfig), "selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "-O", "json")
    assert kantor(*args).json["batas"] == "2026-11-16"


@pytest.mark.parametrize("cara", [["--anonim"], ["--anonim", "YA"], ["--anonim=ya"]])
def test_an_anonymous_complaint_holds_no_identity(kantor: Kantor, cara: list[str]) -> None:
    isi = kantor("catat", "pengaduan", "--uraian", "B", *cara, "-O", "json").json
    assert (isi["anonim"], isi["pelapor"]) == (True, None)


@pytest.mark.sqlite
@pytest.mark.parametrize("opsi", ["--pelapor", "--kontak", "--alamat"])
def test_identity_with_an_anonymous_complaint_is_refused_and_stored_nowhere(kantor: Kantor, opsi: str) -> None:
    kantor("catat", "pengaduan", "--anonim", "--uraian", "A")
    jawab = kantor("catat", "pengaduan", "--anonim", "--uraian", "B", opsi, "RahasiaBesar", kode=3)
    assert "anonim" in jawab.galat
    assert b"RahasiaBesar" not in kantor.buku.read_bytes()


def test_numbers_run_per_register_and_year(kantor: Kantor, pengaduan: Callable[..., str]) -> None:
    assert [pengaduan(), pengaduan(), pengaduan(tanggal="2025-12-31"), pengaduan()] == [
        "PGD-2026-0001", "PGD-2026-0002", "PGD-2025-0001", "PGD-2026-0003",
    ]  # fmt: skip
    assert kantor("catat", "survei", "--kepuasan", "4").keluar.startswith("SKM-2026-0001")


def test_numbers_grow_past_four_digits_and_stay_in_order(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "nomor,tanggal,kepuasan", "SKM-2026-9999,2026-01-02,4", "SKM-2026-9998,2026-01-02,4")
    kantor("impor", "survei", berkas)
    kantor("catat", "survei", "--kepuasan", "4")
    kantor("catat", "survei", "--kepuasan", "4")
    baris = kantor("daftar", "survei", "-O", "csv").keluar.splitlines()[1:]
    assert [satu.split(",")[0] for satu in baris] == [
        "SKM-2026-9998", "SKM-2026-9999", "SKM-2026-10000", "SKM-2026-10001",
    ]  # fmt: skip


def test_follow_ups_are_numbered_behind_their_complaint(kantor: Kantor, pengaduan: Callable[..., str]) -> None:
    pengaduan()
    pengaduan()
    for nomor, harap in (("pgd-2026-0001", "1"), ("PGD-2026-0001", "2"), ("PGD-2026-0002", "1")):
        jawab = kantor("tindaklanjuti", nomor, "--tindakan", "Cek", "--status", "selesai")
        assert jawab.keluar.startswith(f"{nomor.upper()}/{harap} ")
    isi = kantor("lihat", "PGD-2026-0001", "-O", "json").json
    assert [satu["nomor"] for satu in isi["tindak_lanjut"]] == ["PGD-2026-0001/1", "PGD-2026-0001/2"]
    assert [satu["aksi"] for satu in isi["riwayat"]] == ["catat", "tindak-lanjut", "tindak-lanjut"]
    assert kantor("lihat", "PGD-2026-0001/2", "-O", "json").json["tindakan"] == "Cek"


@pytest.mark.parametrize(
    ("catat", "langkah"),
    [
        ("informasi --pemohon A --topik B", "selesaikan INF-2026-0001 --hasil terlaksana"),
        ("rekomendasi --pemohon A --jenis lainnya --belum-lengkap", "lengkapi RIZ-2026-0001"),
        ("rekomendasi --pemohon A --jenis lainnya", "terbitkan RIZ-2026-0001 --nomor-surat 1"),
        ("rekomendasi --pemohon A --jenis lainnya", "tolak RIZ-2026-0001 --alasan X"),
        ("surat-kabar --media A --eksemplar 2", "manfaatkan KRN-2026-0001 --dimanfaatkan 2"),
    ],
)
def test_each_step_is_taken_once(kantor: Kantor, catat: str, langkah: str) -> None:
    kantor("catat", *catat.split(), "--tanggal", "2026-11-02")
    perintah = [*langkah.split(), "--tanggal", "2026-11-03"]
    nomor = perintah[1]
    assert kantor(*perintah).keluar.startswith(nomor)
    assert "sekali" in kantor(*perintah, kode=3).galat
    riwayat = kantor("lihat", nomor, "-O", "json").json["riwayat"]
    assert [(satu["revisi"], satu["petugas"]) for satu in riwayat] == [(1, "Siti Petugas"), (2, "Siti Petugas")]


def test_a_refused_permit_is_not_issued_and_the_other_way_round(kantor: Kantor) -> None:
    for _ in range(2):
        kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "lainnya")
    kantor("tolak", "RIZ-2026-0001", "--alasan", "X")
    kantor("terbitkan", "RIZ-2026-0001", "--nomor-surat", "1", kode=3)
    kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "lainnya", "--belum-lengkap")
    kantor("tolak", "RIZ-2026-0003", "--alasan", "X")
    kantor("lengkapi", "RIZ-2026-0003", kode=3)
    kantor("terbitkan", "RIZ-2026-0002", "--nomor-surat", "1")
    kantor("tolak", "RIZ-2026-0002", "--alasan", "X", kode=3)


def test_the_line_of_a_step_tells_the_step_s_date(kantor: Kantor) -> None:
    kantor("catat", "surat-kabar", "--media", "M", "--eksemplar", "3", "--tanggal", "2026-11-20")
    keluar = kantor("manfaatkan", "KRN-2026-0001", "--dimanfaatkan", "3", "--tanggal", "2026-11-21").keluar
    assert "dimanfaatkan; Sabtu, 21 November 2026" in keluar


def test_a_permit_whose_kind_left_the_list_can_still_be_refused(kantor: Kantor) -> None:
    konfig = kantor.folder / "k.toml"
    konfig.write_text("[izin]\naneh = 3\n")
    for opsi in ((), ("--belum-lengkap",)):
        kantor("--konfig", str(konfig), "catat", "rekomendasi", "--pemohon", "A", "--jenis", "aneh", *opsi)
    kantor("terbitkan", "RIZ-2026-0001", "--nomor-surat", "1")
    assert "[izin]" in kantor("lengkapi", "RIZ-2026-0002", kode=3).galat
    kantor("tolak", "RIZ-2026-0002", "--alasan", "x")


def test_a_cancelled_entry_takes_no_step(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,pemohon,topik,batal,alasan_batal", "2026-11-02,A,B,ya,salah ketik")
    kantor("impor", "informasi", berkas)
    assert "dibatalkan" in kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", kode=3).galat
    berkas = kantor.csv("b.csv", "tanggal,pelapor,uraian,batal,alasan_batal", "2026-11-02,A,B,ya,salah ketik")
    kantor("impor", "pengaduan", berkas)
    assert "dibatalkan" in kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", kode=3).galat


@pytest.mark.sqlite
def test_the_ledger_is_private_and_made_by_the_first_write(kantor: Kantor) -> None:
    buku = kantor.folder / "data" / "dalam" / "buku.db"
    kantor("--buku", str(buku), "catat", "survei", "--kepuasan", "4")
    assert pribadi(buku)
    assert not kantor.buku.exists()


def test_the_ledger_lives_in_the_data_folder_unless_told_otherwise(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(kantor.env, "IKIKEC_BUKU")
    kantor("catat", "survei", "--kepuasan", "4")
    data = "config" if os.name == "nt" else "data"
    assert (kantor.folder / data / "ikikec" / "buku.db").is_file()


@pytest.mark.sqlite
def test_a_refused_first_entry_leaves_no_ledger(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-11-23", kode=3)
    assert not kantor.buku.exists()


def test_a_permit_kind_may_be_the_office_s_own(kantor: Kantor) -> None:
    konfig = kantor.folder / "k.toml"
    konfig.write_text('[izin]\n"tambang rakyat" = 3\n')
    args = ("catat", "rekomendasi", "--pemohon", "A", "--tanggal", "2026-11-02", "-O", "json", "--jenis")
    assert kantor("--konfig", str(konfig), *args, "tambang rakyat").json["batas"] == "2026-11-05"
    assert "tambang rakyat" in kantor("--konfig", str(konfig), *args, "domisili", kode=2).galat


@pytest.mark.sqlite
def test_the_calendar_is_copied_once_and_only_where_needed(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    with closing(sqlite3.connect(kantor.buku)) as buku, buku:
        assert buku.execute("SELECT count(*) FROM hari_libur").fetchone() == (0,)
    for _ in range(2):
        kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--klasifikasi", "berkadar")
    with closing(sqlite3.connect(kantor.buku)) as buku, buku:
        baris = buku.execute("SELECT nomor, aksi, register FROM jurnal WHERE nomor LIKE 'LIBUR-%'").fetchall()
        assert baris == [("LIBUR-2026", "libur", "libur"), ("LIBUR-2027", "libur", "libur")]
        hari = buku.execute("SELECT jenis, nama FROM hari_libur WHERE tanggal = '2026-03-18'").fetchone()
    assert hari == ("cuti-bersama", "Cuti Bersama Hari Suci Nyepi")
