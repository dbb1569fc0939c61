"""Forgetting citizens: nothing of them is left, the figures and the chain stay, and nothing else can make it so."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ikikec.buku.register import SEMUA
from tests.buku.test_periksa import rusak, temuan
from tests.conftest import Kantor
from tests.skema_lama import buku_pertama
from tests.unix import KODE_TERBUNUH, SIGKILL

DUA_MESIN = True
# A value of every field that tells of the citizen, none of which stands anywhere else.
KATA = {
    "pelapor": "Zulaikha Tersembunyi", "kontak": "081299887766", "alamat": "Dusun Zaitun", "lokasi": "Pasar Zamrud",
    "uraian": "Keluhan Zirkon yang panjang",
}  # fmt: skip
KOREKSI = {"pelapor": "Zubaidah Tersembunyi", "kontak": "082255443322", "uraian": "Keluhan Zirkonia"}
TINDAKAN = ("Bertemu Pak Zulkarnain", "Surat kepada Zainuddin")
SEMUA_KATA = [*KATA.values(), *KOREKSI.values(), *TINDAKAN]


def opsi(isi: dict[str, str]) -> list[str]:
    return [kata for nama, nilai in isi.items() for kata in (f"--{nama}", nilai)]


@pytest.fixture
def pengaduan(contoh: Kantor) -> str:
    """A complaint with every field, three corrections and two follow-ups, in the sample office."""
    jawab = contoh("catat", "pengaduan", *opsi(KATA), "--tanggal", "2026-10-05")
    nomor = jawab.keluar.split()[0]
    for nama, nilai in KOREKSI.items():
        contoh("koreksi", nomor, "--alasan", "keliru", f"--{nama}", nilai, "--ya")
    for tindakan in TINDAKAN:
        contoh("tindaklanjuti", nomor, "--tindakan", tindakan, "--status", "selesai", "--tanggal", "2026-10-09")
    return nomor


def isi_buku(kantor: Kantor) -> str:
    """All that is kept anywhere: the file's bytes, or every row of a server's tables."""
    if "://" not in kantor.alamat:
        return b"".join(satu.read_bytes() for satu in kantor.folder.glob("buku.db*")).decode("latin-1")
    with psycopg.connect(kantor.alamat) as koneksi:
        tabel = [nama for (nama,) in koneksi.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        return "\n".join(str(koneksi.execute(f"SELECT * FROM {satu}".encode()).fetchall()) for satu in tabel)


def jurnal(kantor: Kantor, sql: str) -> list[Any]:
    if "://" not in kantor.alamat:
        with closing(sqlite3.connect(kantor.buku)) as buku:
            return buku.execute(sql).fetchall()
    with psycopg.connect(kantor.alamat) as koneksi:
        return koneksi.execute(sql.encode()).fetchall()


LUPAKAN = ("--semua", "--tindak-lanjut", "--alasan", "diminta", "--ya")
LEMBAR = ("laporan", "--jabatan", "semua", "--periode", "2026-10", "--rinci", "-O", "json")


def lembar(kantor: Kantor) -> list[dict[str, Any]]:
    """October's sheets without what tells the state of the ledger."""
    return [{nama: isi for nama, isi in satu.items() if nama != "buku"} for satu in kantor(*LEMBAR).json]


def test_nothing_of_a_forgotten_citizen_is_left_and_no_figure_moves(contoh: Kantor, pengaduan: str) -> None:
    sebelum, sampai = lembar(contoh), contoh("info", "-O", "json").json["buku"]["entri"]
    assert all(kata in isi_buku(contoh) for kata in SEMUA_KATA)
    jawab = contoh("lupakan", pengaduan, *LUPAKAN)
    assert jawab.keluar.splitlines() == [
        f"{pengaduan}  dilupakan: pelapor, kontak, alamat, lokasi, uraian",
        f"{pengaduan}/1  dilupakan: tindakan", f"{pengaduan}/2  dilupakan: tindakan",
    ]  # fmt: skip
    assert ("VACUUM (FULL)" in jawab.galat) == ("://" in contoh.alamat)
    isi = isi_buku(contoh)
    assert [kata for kata in SEMUA_KATA if kata in isi] == []
    contoh("periksa")
    assert lembar(contoh) == sebelum
    assert contoh("info", "-O", "json").json["buku"]["entri"] == sampai + 3
    kartu = contoh("lihat", pengaduan, "-O", "json").json
    assert [kartu[nama] for nama in KATA] == ["(dihapus)", None, None, None, "(dihapus)"]
    (acara,) = [satu for satu in kartu["riwayat"] if satu["aksi"] == "lupakan" and satu["nomor"] == pengaduan]
    assert (acara["alasan"], acara["petugas"]) == ("diminta", "Siti Petugas")
    assert acara["lupa"] == sorted(KATA)
    assert "hilang: alamat, kontak, lokasi, pelapor, uraian" in contoh("lihat", pengaduan).keluar
    assert "tidak ada" in contoh("cari", "Zirkon").galat.lower() or contoh("cari", "Zirkon", "-O", "json").json == []
    assert contoh("lupakan", pengaduan, *LUPAKAN).keluar.startswith("Tidak ada yang dilupakan")


def test_by_default_who_it_was_goes_and_named_fields_alone_where_they_are_named(
    contoh: Kantor, pengaduan: str
) -> None:
    contoh("lupakan", pengaduan, "--bidang", "kontak", "--alasan", "x", "--ya")
    kartu = contoh("lihat", pengaduan, "-O", "json").json
    assert (kartu["kontak"], kartu["pelapor"]) == (None, KOREKSI["pelapor"])
    assert KATA["kontak"] not in isi_buku(contoh)
    contoh("periksa")
    contoh("lupakan", pengaduan, "--alasan", "x", "--ya")
    kartu = contoh("lihat", pengaduan, "-O", "json").json
    assert (kartu["pelapor"], kartu["uraian"]) == ("(dihapus)", KOREKSI["uraian"])
    contoh("tindaklanjuti", pengaduan, "--tindakan", "arsip", "--tanggal", "2026-11-02")
    contoh("koreksi", pengaduan, "--alasan", "x", "--kategori", "perizinan", "--ya")
    contoh("periksa")
    isi = isi_buku(contoh)
    assert [kata for kata in (*KATA.values(), *KOREKSI.values()) if kata in isi] == [
        satu for satu in (KATA["lokasi"], KATA["uraian"], KOREKSI["uraian"]) if satu in isi
    ]
    assert not any(kata in isi for kata in ("Zulaikha", "Zubaidah", "Zaitun", "0822554"))


def test_the_journal_holds_commitments_of_which_no_two_are_equal(kantor: Kantor) -> None:
    for _ in range(2):
        kantor("catat", "pengaduan", *opsi(KATA), "--tanggal", "2026-10-05")
    isi = [json.loads(satu) for (satu,) in jurnal(kantor, "SELECT isi FROM jurnal WHERE register = 'pengaduan'")]
    tertutup = [satu[nama]["sha256"] for satu in isi for nama in KATA]
    assert len(set(tertutup)) == 2 * len(KATA)
    assert all(re.fullmatch("[0-9a-f]{64}", satu) for satu in tertutup)
    simpanan = jurnal(kantor, "SELECT nomor, revisi, isi FROM pribadi ORDER BY nomor")
    for (_nomor, _revisi, teks), baris in zip(simpanan, isi, strict=True):
        for nama, (garam, nilai) in json.loads(teks).items():
            assert nilai == KATA[nama]
            assert sha256(bytes.fromhex(garam) + nilai.encode()).hexdigest() == baris[nama]["sha256"]
    assert not any(kata in json.dumps(isi, ensure_ascii=False) for kata in KATA.values())


def test_a_named_complaint_becomes_anonymous(contoh: Kantor, pengaduan: str) -> None:
    contoh("tutup", "2026-10")
    contoh("koreksi", pengaduan, "--alasan", "diminta", "--anonim", "ya", "--ya")
    kartu = contoh("lihat", pengaduan, "-O", "json").json
    assert [kartu[nama] for nama in ("anonim", "pelapor", "kontak", "alamat")] == [True, None, None, None]
    isi = isi_buku(contoh)
    assert not any(kata in isi for kata in (KATA["pelapor"], KOREKSI["pelapor"], KATA["kontak"], KATA["alamat"]))
    contoh("periksa")


def test_the_reason_of_a_cancellation_goes_with_the_free_texts(contoh: Kantor) -> None:
    nomor = contoh("catat", "survei", "--kepuasan", "4", "--saran", "Kata Zoologi").keluar.split()[0]
    contoh("batalkan", nomor, "--alasan", "formulir Pak Zamzam", "--ya")
    assert "alasan: formulir Pak Zamzam" in contoh("lihat", nomor).keluar
    contoh("lupakan", nomor, "--semua", "--alasan", "diminta", "--ya")
    assert not any(kata in isi_buku(contoh) for kata in ("Zoologi", "Zamzam"))
    assert "alasan: (dihapus)" in contoh("lihat", nomor).keluar
    contoh("periksa")


# Retention


def test_what_ended_long_ago_is_forgotten_after_a_question(kantor: Kantor) -> None:
    berkas = {
        "pengaduan": ["tanggal,pelapor,uraian", "2019-02-01,Lama Selesai,A", "2019-02-02,Lama Terbuka,B", "2024-02-01,Baru,C"],
        "tindak-lanjut": ["pengaduan,tanggal,tindakan,status", "PGD-2019-0001,2019-03-01,x,selesai",
                          "PGD-2024-0001,2024-03-01,x,selesai"],
        "informasi": ["tanggal,pemohon,topik,tanggal_selesai,hasil", "2019-02-01,Pemohon Lama,T,2019-02-05,terlaksana",
                      "2019-02-01,Pemohon Menunggu,T,,"],
        "rekomendasi": ["tanggal,pemohon,jenis,tanggal_tolak,alasan_tolak", "2019-02-01,Pemohon Izin,domisili,2019-02-09,x"],
    }  # fmt: skip
    for register, baris in berkas.items():
        kantor("impor", register, kantor.csv("a.csv", *baris))
    jawab = kantor("lupakan", "--sebelum", "2021-01-01", kode=2)
    assert "1 pengaduan" in jawab.galat
    assert "1 layanan informasi" in jawab.galat
    assert "--ya" in jawab.galat
    kantor("lupakan", "--sebelum", "2021-01-01", "--register", "informasi", "--ya")
    sisa = isi_buku(kantor)
    assert "Pemohon Lama" not in sisa
    assert all(nama in sisa for nama in ("Lama Selesai", "Lama Terbuka", "Pemohon Menunggu", "Pemohon Izin", "Baru"))
    konfig = kantor.folder / "config" / "ikikec" / "ikikec.toml"
    konfig.parent.mkdir(parents=True)
    konfig.write_text("[retensi]\npengaduan = 5\nrekomendasi = 5\n")
    assert kantor("ringkasan", "-O", "json").json["lewat_simpan"] == 2
    assert "2 entri lewat masa simpan: ikikec lupakan --retensi" in kantor("ringkasan").keluar
    kantor("lupakan", "--retensi", "--ya")
    sisa = isi_buku(kantor)
    assert not any(nama in sisa for nama in ("Lama Selesai", "Pemohon Izin"))
    assert all(nama in sisa for nama in ("Lama Terbuka", "Pemohon Menunggu"))
    assert kantor("ringkasan", "-O", "json").json["lewat_simpan"] == 0
    kantor("periksa")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("args", "pesan"),
    [("", "sebut satu nomor"), ("pgd-1", "--alasan wajib"), ("pgd-1 --sebelum 2020-01-01 --alasan x", "sebut satu nomor"),
     ("--retensi", "masa simpan belum diatur"), ("--sebelum 2020-01-01 --register pengaduann", "maksudnya pengaduan?"),
     ("pgd-1 --alasan x --register pengaduan", "hanya berlaku bersama --sebelum"),
     ("pgd-1 --alasan x --bidang kanal", "'kanal' tidak dikenal; pilihannya pelapor"),
     ("pgd-1 --alasan x --bidang saran", "isian saran tidak dapat dilupakan di register pengaduan")],
)  # fmt: skip
def test_what_is_no_such_act_is_told(contoh: Kantor, args: str, pesan: str) -> None:
    assert pesan in contoh("lupakan", *args.split(), kode=2).galat


# What else could make it so


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("sql", "pesan"),
    [
        ("DELETE FROM pribadi WHERE nomor = '{0}' AND revisi = 1", "pelapor revisi 1 hilang tanpa pernah dilupakan"),
        ("UPDATE pribadi SET isi = replace(isi, 'Zulaikha', 'Zubaidah') WHERE nomor = '{0}'", "tidak sesuai dengan jurnal"),
        ("UPDATE pribadi SET isi = replace(isi, '[\"', '[\"ff') WHERE nomor = '{0}'", "tidak sesuai dengan jurnal"),
        ("UPDATE pribadi SET nomor = 'PGD-2026-0002' WHERE nomor = '{0}' AND revisi = 2", "revisi 2"),
        ("INSERT INTO pribadi VALUES ('SKM-2026-9999', 1, '{{}}')", "jurnal tidak menyebutnya"),
        ("UPDATE pengaduan SET pelapor = 'Zainab' WHERE nomor = '{0}'", "pelapor tidak sama dengan jurnal"),
    ],
)  # fmt: skip
def test_tampering_with_what_is_committed_to_is_found(contoh: Kantor, pengaduan: str, sql: str, pesan: str) -> None:
    rusak(contoh, sql.format(pengaduan))
    assert any(pesan in satu for semua in temuan(contoh).values() for satu in semua)


@pytest.mark.sqlite
def test_what_was_forgotten_and_put_back_is_found(contoh: Kantor, pengaduan: str) -> None:
    (lama,) = jurnal(contoh, f"SELECT isi FROM pribadi WHERE nomor = '{pengaduan}' AND revisi = 1")
    contoh("lupakan", pengaduan, *LUPAKAN)
    rusak(contoh, lambda buku: buku.execute("INSERT INTO pribadi VALUES (?, 1, ?)", (pengaduan, lama[0])))
    assert any("masih tersimpan, padahal sudah dilupakan" in satu for satu in temuan(contoh)["pribadi"])


SERANGAN = [
    "UPDATE pribadi SET isi = '{}'", "DELETE FROM pribadi",
    "INSERT INTO pribadi SELECT nomor, revisi + 7, isi FROM pribadi",
]  # fmt: skip


@pytest.mark.parametrize(
    "sql", [*SERANGAN, "INSERT OR REPLACE INTO pribadi SELECT * FROM pribadi", "TRUNCATE pribadi"]
)
def test_the_database_itself_refuses(contoh: Kantor, pengaduan: str, sql: str) -> None:
    peladen = "://" in contoh.alamat
    if ("TRUNCATE" in sql) != peladen and sql not in SERANGAN:
        pytest.skip("the other engine's words")
    if peladen:
        with psycopg.connect(contoh.alamat) as koneksi, pytest.raises(psycopg.Error):
            koneksi.execute(sql.encode())
    else:
        with closing(sqlite3.connect(contoh.buku)) as buku, pytest.raises(sqlite3.IntegrityError):
            buku.execute(sql)
    contoh("periksa")


# What was written before, and what travels


@pytest.mark.sqlite
def test_lines_from_before_are_whole_and_say_why_they_cannot_forget(contoh: Kantor, tmp_path: Path) -> None:
    lama = Kantor(tmp_path / "lama")
    lama.folder.mkdir()
    buku_pertama(contoh.buku, lama.buku)
    rantai = jurnal(lama, "SELECT * FROM jurnal ORDER BY seq")
    lama("--boleh-migrasi", "catat", "pengaduan", *opsi(KATA))
    lama("periksa")
    assert jurnal(lama, f"SELECT * FROM jurnal WHERE seq <= {len(rantai)} ORDER BY seq") == rantai
    galat = lama("lupakan", "PGD-2026-0001", "--alasan", "x", "--ya", kode=3).galat
    assert "dicatat sebelum buku ini dapat melupakan" in galat
    assert "Warga 246" not in galat
    lama("koreksi", "PGD-2026-0001", "--alasan", "x", "--anonim", "ya", "--ya", kode=3)
    lama("koreksi", "PGD-2026-0001", "--alasan", "x", "--pelapor", "Baru", "--ya")
    lama("lupakan", "PGD-2026-0001", "--alasan", "x", "--ya", kode=3)
    lama("periksa")
    assert "Warga 246" in lama("lihat", "PGD-2026-0001").keluar
    # An export into a new ledger has the new form.
    baru = Kantor(tmp_path / "baru")
    baru.folder.mkdir()
    lama("ekspor", "-o", str(tmp_path / "semua"), "-O", "csv")
    baru("impor", "pengaduan", str(tmp_path / "semua" / "pengaduan.csv"))
    baru("lupakan", "PGD-2026-0001", "--alasan", "x", "--ya")
    baru("periksa")


def test_what_is_forgotten_travels_as_forgotten(contoh: Kantor, pengaduan: str, tmp_path: Path) -> None:
    contoh("lupakan", pengaduan, *LUPAKAN)
    contoh("ekspor", "-o", str(tmp_path / "semua"), "-O", "csv")
    samar = contoh("ekspor", "pengaduan", "--samarkan", "-O", "json").json
    (milik,) = [satu for satu in samar if satu["nomor"] == pengaduan]
    assert milik["pelapor"] == "(dihapus)"
    baru = Kantor(tmp_path / "baru")
    baru.folder.mkdir()
    for register in ("pengaduan", "tindak-lanjut"):
        baru("impor", register, str(tmp_path / "semua" / f"{register}.csv"))
    assert baru("lihat", pengaduan, "-O", "json").json["uraian"] == "(dihapus)"
    assert baru("lupakan", pengaduan, *LUPAKAN).keluar.startswith("Tidak ada yang dilupakan")
    tujuan = tmp_path / "pindah.db"
    contoh("pindahkan", contoh.alamat, str(tujuan), "--ya")
    baru.alamat = baru.env["IKIKEC_BUKU"] = str(tujuan)
    baru("periksa")
    assert not any(kata.encode() in tujuan.read_bytes() for kata in SEMUA_KATA)


@pytest.mark.sqlite
def test_older_copies_that_still_hold_it_are_named(contoh: Kantor, pengaduan: str) -> None:
    lama = contoh("cadangkan").keluar.strip()
    assert lama in contoh("lupakan", pengaduan, *LUPAKAN).galat
    baru = contoh("cadangkan", "-o", str(contoh.folder / "baru.db"))
    assert lama in baru.galat
    assert "baru.db" not in baru.galat


# Killed on the way

TERBUNUH = """
import os, sys
from ikikec.buku import halaman
from ikikec.buku.mesin.sqlite import MesinSqlite
titik = {"jurnal": (halaman, "tambah_jurnal"), "halaman": (halaman, "_ganti"), "hapus": (halaman, "hapus_pribadi"),
         "akhir": (MesinSqlite, "tandai_sisa"), "sesudah": (MesinSqlite, "bersihkan")}
apa, kali = sys.argv[1], int(sys.argv[2])
milik, nama = titik[apa]
asli, hitung = getattr(milik, nama), [0]
def bunuh(*args, **isi):
    hitung[0] += 1
    if hitung[0] == kali:
        os.kill(os.getpid(), int(sys.argv[3]))
    return asli(*args, **isi)
setattr(milik, nama, bunuh)
from ikikec.cli.app import app
app(sys.argv[4:], prog_name="ikikec")
"""


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("titik", "kali", "hilang"),
    [("jurnal", 1, False), ("jurnal", 3, False), ("halaman", 1, False), ("hapus", 1, False), ("hapus", 3, False),
     ("akhir", 1, False), ("sesudah", 1, True)],
)  # fmt: skip
def test_killed_anywhere_all_of_it_is_forgotten_or_nothing(
    contoh: Kantor, pengaduan: str, titik: str, kali: int, hilang: bool
) -> None:
    args = [sys.executable, "-c", TERBUNUH, titik, str(kali), str(int(SIGKILL)), "lupakan", pengaduan, *LUPAKAN]
    hasil = subprocess.run(args, env={**os.environ, **contoh.env}, capture_output=True, check=False)
    assert hasil.returncode == KODE_TERBUNUH, hasil.stderr
    kartu = contoh("lihat", pengaduan, "-O", "json").json
    assert (kartu["pelapor"] == "(dihapus)") is hilang
    assert (kartu["tindak_lanjut"][1]["tindakan"] == "(dihapus)") is hilang
    contoh("periksa")
    if hilang:
        assert (
            "sisa yang dilupakan belum dibersihkan: ikikec lupakan --bersihkan"
            in contoh("periksa", "--jelaskan").keluar
        )
        contoh("lupakan", "--bersihkan")
        assert "belum dibersihkan" not in contoh("periksa", "--jelaskan").keluar
    else:
        contoh("lupakan", pengaduan, *LUPAKAN)
    isi = isi_buku(contoh)
    assert [kata for kata in SEMUA_KATA if kata in isi] == []


def test_every_field_that_tells_of_a_citizen_is_kept_that_way() -> None:
    for register in SEMUA.values():
        terbuka = set(register.nama_bidang) - set(register.rahasia)
        assert not [nama for nama in terbuka if register[nama].pribadi or register[nama].bebas]
