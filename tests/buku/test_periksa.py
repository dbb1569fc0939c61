"""Tampering of every kind is found, and a good ledger is passed in silence."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ikikec.buku.jurnal import KOLOM, SIDIK_AWAL, kanonik, larik, sidik
from ikikec.buku.keutuhan import PEMERIKSAAN as SEMUA
from ikikec.buku.register import INFORMASI
from ikikec.buku.register import SEMUA as SEMUA_REGISTER
from tests.buku.mesin.test_pemicu import HALAMAN
from tests.conftest import Kantor

Ubah = Callable[[sqlite3.Connection], object]


def rusak(kantor: Kantor, *ubah: Ubah | str) -> None:
    """Change the ledger as somebody would who drops the triggers first, and puts them back afterwards."""
    with closing(sqlite3.connect(kantor.buku)) as buku, buku:
        pemicu = buku.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for nama, _ in pemicu:
            buku.execute(f"DROP TRIGGER {nama}")
        buku.execute("PRAGMA ignore_check_constraints = ON")
        for satu in ubah:
            buku.execute(satu) if isinstance(satu, str) else satu(buku)
        for _, sql in pemicu:
            buku.execute(sql)


def temuan(kantor: Kantor) -> dict[str, list[str]]:
    """The faults ``periksa`` finds, by check."""
    hasil = kantor("periksa", "-O", "json", kode=8).json
    return {
        satu["pemeriksaan"]: [f"{isi['tempat']}: {isi['pesan']}" for isi in satu["temuan"] if isi["jenis"] == "galat"]
        for satu in hasil
        if not satu["bersih"]
    }


def test_a_good_ledger_is_passed_in_silence(contoh: Kantor) -> None:
    jawab = contoh("periksa")
    assert (jawab.keluar, jawab.galat) == ("", "")
    assert all(satu["bersih"] for satu in contoh("periksa", "-O", "json").json)


def test_every_check_is_explained(contoh: Kantor) -> None:
    keluar = contoh("periksa", "--jelaskan").keluar
    for satu in SEMUA:
        assert f"{satu.nama}: {satu.arti} Baik." in keluar


def test_gaps_that_came_with_a_file_are_a_note(kantor: Kantor) -> None:
    kantor("impor", "survei", kantor.csv("a.csv", "nomor,tanggal,kepuasan", "SKM-2026-0003,2026-01-05,4"))
    assert kantor("periksa").keluar == ""
    assert "catatan (nomor) SKM-2026-0003: 2 nomor sebelumnya tidak ada" in kantor("periksa", "--jelaskan").keluar


@pytest.mark.parametrize(
    "kolom", ["waktu", "petugas", "aksi", "register", "nomor", "revisi", "alasan", "isi", "sidik"]
)
@pytest.mark.parametrize("seq", [1, 250, 481])
def test_any_changed_column_of_any_journal_line_is_found(contoh: Kantor, kolom: str, seq: int) -> None:
    baru = "revisi + 1" if kolom == "revisi" else f"coalesce({kolom}, '') || 'x'"
    if kolom == "sidik":
        baru = f"'{'e' * 64}'"
    rusak(contoh, f"UPDATE jurnal SET {kolom} = {baru} WHERE seq = {seq}")
    assert temuan(contoh)["rantai"][0].startswith(f"jurnal baris {seq}: ")


@pytest.mark.parametrize("tabel", HALAMAN)
def test_any_changed_column_of_any_page_is_found(contoh: Kantor, tabel: str) -> None:
    asal = contoh.folder / "asal.db"
    shutil.copy(contoh.buku, asal)
    with closing(sqlite3.connect(asal)) as buku:
        kolom = [baris[1] for baris in buku.execute(f"PRAGMA table_info({tabel})")]
        (nomor,) = buku.execute(f"SELECT nomor FROM {tabel} WHERE rowid = 3").fetchone()
    for nama in kolom:
        shutil.copy(asal, contoh.buku)
        baru = {"batal": "1 - batal", "anonim": "1 - anonim", "revisi": "revisi + 1"}.get(
            nama, f"CASE WHEN typeof({nama}) = 'integer' THEN {nama} + 1 ELSE coalesce({nama}, '') || 'x' END"
        )
        rusak(contoh, f"UPDATE {tabel} SET {nama} = {baru} WHERE rowid = 3")
        ditemukan = temuan(contoh)["halaman"]
        assert any(nomor in satu for satu in ditemukan), (nama, ditemukan)


def test_a_number_stored_as_text_is_found(contoh: Kantor) -> None:
    rusak(contoh, "UPDATE survei SET kepuasan = CAST(CAST(kepuasan AS TEXT) AS BLOB) WHERE rowid = 3")
    assert temuan(contoh)["halaman"] == ["SKM-2026-0003: kepuasan tidak sama dengan jurnal"]


def test_a_removed_journal_line_is_found(contoh: Kantor) -> None:
    rusak(contoh, "DELETE FROM jurnal WHERE seq = 100")
    assert temuan(contoh)["rantai"] == ["jurnal baris 100: baris ini hilang"]


def test_a_removed_last_line_leaves_its_page_without_one(contoh: Kantor) -> None:
    contoh("catat", "survei", "--kepuasan", "4")
    rusak(contoh, "DELETE FROM jurnal WHERE seq = (SELECT max(seq) FROM jurnal)")
    assert temuan(contoh) == {"halaman": ["SKM-2026-0141: halaman ini tidak punya baris jurnal"]}


def test_swapped_lines_are_found(contoh: Kantor) -> None:
    rusak(
        contoh,
        "UPDATE jurnal SET seq = -1 WHERE seq = 10",
        "UPDATE jurnal SET seq = 10 WHERE seq = 11",
        "UPDATE jurnal SET seq = 11 WHERE seq = -1",
    )
    assert temuan(contoh)["rantai"][0].startswith("jurnal baris 10: ")


def test_a_forged_line_with_its_page_is_found(contoh: Kantor) -> None:
    rusak(
        contoh,
        "UPDATE survei SET kepuasan = 4, revisi = 2 WHERE nomor = 'SKM-2026-0003'",
        "INSERT INTO jurnal SELECT 482, waktu, petugas, 'koreksi', register, nomor, 2, 'x',"
        " json_set(isi, '$.kepuasan', 4), sidik FROM jurnal WHERE nomor = 'SKM-2026-0003'",
        "INSERT INTO pribadi SELECT nomor, 2, isi FROM pribadi WHERE nomor = 'SKM-2026-0003'",
    )
    assert list(temuan(contoh)) == ["rantai"]


def test_a_removed_page_and_a_page_from_nowhere_are_found(contoh: Kantor) -> None:
    rusak(contoh, "DELETE FROM survei WHERE nomor = 'SKM-2026-0070'")
    hasil = temuan(contoh)
    assert hasil["halaman"] == ["SKM-2026-0070: ada di jurnal, tetapi halamannya hilang"]
    assert "nomor" not in hasil  # the numbers came with a file: a gap is only a note
    rusak(
        contoh,
        "INSERT INTO survei (nomor, tanggal, kepuasan, batal, revisi) VALUES ('SKM-2026-0900', '2026-01-05', 4, 0, 1)",
    )
    assert "SKM-2026-0900: halaman ini tidak punya baris jurnal" in temuan(contoh)["halaman"]


def test_a_gap_in_numbers_the_program_gave_is_a_fault(kantor: Kantor) -> None:
    for _ in range(3):
        kantor("catat", "survei", "--kepuasan", "4")
    rusak(kantor, "DELETE FROM survei WHERE nomor = 'SKM-2026-0002'")
    assert temuan(kantor)["nomor"] == ["SKM-2026-0003: 1 nomor sebelumnya tidak ada"]


@pytest.mark.parametrize("tabel", [*HALAMAN, "hari_libur", "jurnal"])
def test_a_dropped_table_is_found(contoh: Kantor, tabel: str) -> None:
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        buku.execute(f"DROP TABLE {tabel}")
    assert f"table {tabel}: hilang" in temuan(contoh)["skema"]
    if tabel != "hari_libur":  # no report reads the calendar
        assert "ikikec periksa" in contoh("laporan", "--jabatan", "semua", "--periode", "2026", kode=6).galat


@pytest.mark.parametrize(
    ("ubah", "sebut"),
    [
        ("DROP TRIGGER survei_ubah", "trigger survei_ubah: hilang"),
        ("DROP INDEX ix_survei_tanggal", "index ix_survei_tanggal: hilang"),
        ("CREATE TABLE catatan (isi)", "table catatan: bukan bagian buku"),
        ("CREATE TRIGGER x AFTER INSERT ON survei BEGIN SELECT 1; END", "trigger x: bukan bagian buku"),
        ("ALTER TABLE survei ADD COLUMN lain", "table survei: berbeda dari seharusnya"),
    ],
)
def test_a_changed_schema_is_found(contoh: Kantor, ubah: str, sebut: str) -> None:
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        buku.execute(ubah)
    assert sebut in temuan(contoh)["skema"]


@pytest.mark.parametrize(
    ("ubah", "sebut"),
    [
        ("UPDATE survei SET kepuasan = 9 WHERE rowid = 3", "kepuasan di luar rentangnya"),
        ("UPDATE survei SET tanggal = '2026-02-30' WHERE rowid = 3", "tanggal bukan tanggal"),
        ("UPDATE survei SET tanggal = '2025-01-01' WHERE rowid = 3", "nomor tidak setahun dengan tanggalnya"),
        ("UPDATE pengaduan SET kanal = 'fax' WHERE rowid = 3", "kanal di luar pilihannya"),
        ("UPDATE pengaduan SET uraian = '' WHERE rowid = 3", "uraian kosong"),
        ("UPDATE pengaduan SET anonim = 1, pelapor = NULL WHERE rowid = 3", "anonim, tetapi memuat identitas"),
        ("UPDATE informasi SET hasil = NULL WHERE rowid = 1", "hasil tidak berpasangan"),
        ("UPDATE surat_kabar SET dimanfaatkan = eksemplar + 1 WHERE rowid = 1", "dimanfaatkan melebihi eksemplar"),
        (
            "UPDATE rekomendasi SET tanggal_terbit = '2026-01-01', tanggal = '2026-01-01' WHERE rowid = 1",
            "terbit mendahului",
        ),
        ("UPDATE tindak_lanjut SET tanggal = '2026-01-01' WHERE rowid = 1", "mendahului tanggal pengaduannya"),
    ],
)
def test_rules_broken_by_old_data_are_found(contoh: Kantor, ubah: str, sebut: str) -> None:
    rusak(contoh, ubah)
    assert any(sebut in satu for satu in temuan(contoh)["aturan"])


@pytest.mark.parametrize("ubah", ["kepuasan = 9", "tanggal = 'kemarin'", "jenis_kelamin = 'X'"])
def test_an_entry_that_cannot_be_read_any_more_is_told_as_damage(contoh: Kantor, ubah: str) -> None:
    rusak(contoh, f"UPDATE survei SET {ubah} WHERE nomor = 'SKM-2026-0003'")
    for args in ("lihat SKM-2026-0003", "koreksi SKM-2026-0003 --alasan x --usia 30 --ya"):
        assert "ikikec periksa" in contoh(*args.split(), kode=6).galat
    if "kepuasan" not in ubah:
        contoh("daftar", "survei", "-O", "csv", kode=6)


def test_a_journal_line_that_is_no_json_is_told_as_damage(contoh: Kantor) -> None:
    rusak(contoh, "UPDATE jurnal SET isi = 'x' WHERE nomor = 'SKM-2026-0003'")
    assert "SKM-2026-0003" in contoh("lihat", "SKM-2026-0003", kode=6).galat


@pytest.mark.parametrize(
    "ubah",
    [
        "UPDATE jurnal SET isi = '[]' WHERE seq = 2",
        "UPDATE jurnal SET isi = '1' WHERE seq = 2",
        "UPDATE jurnal SET waktu = '9999-12-31T00:00:00Z' WHERE seq = 481",
        "UPDATE jurnal SET isi = '{}' WHERE seq = 1",
        "UPDATE hari_libur SET revisi = revisi + 1",
        "UPDATE pengaduan SET uraian = x'626c6f62' WHERE rowid = 3",
        "INSERT INTO alembic_version VALUES ('0000')",
        "UPDATE pengaduan SET pelapor = CAST(CAST('Budi Rahasia' AS BLOB) || x'ff' AS TEXT) WHERE rowid = 3",
    ],
)
def test_whatever_is_stored_the_checks_go_on_to_the_end(contoh: Kantor, ubah: str) -> None:
    rusak(contoh, ubah)
    jawab = contoh("periksa", kode=8)
    assert "temuan (" in jawab.keluar
    assert "Rahasia" not in jawab.keluar + jawab.galat


def test_an_entry_recorded_under_a_later_today_is_a_note(kantor: Kantor) -> None:
    kantor("--hari-ini", "2027-06-01", "catat", "survei", "--kepuasan", "4", "--tanggal", "2027-05-31")
    assert kantor("periksa").keluar == ""
    assert "catatan (aturan) SKM-2027-0001: tanggal ada di masa depan" in kantor("periksa", "--jelaskan").keluar


def test_errors_tell_nothing_that_is_stored(contoh: Kantor) -> None:
    rusak(
        contoh, "UPDATE pengaduan SET pelapor = CAST(CAST('Budi Rahasia' AS BLOB) || x'ff' AS TEXT) WHERE rowid = 3"
    )
    for args in ("daftar pengaduan", "lihat PGD-2026-0003", "koreksi PGD-2026-0003 --alasan x --lokasi y --ya"):
        jawab = contoh(*args.split(), kode=6)
        assert "Rahasia" not in jawab.galat


@pytest.mark.parametrize("versi", ["", "0000", "abcd"])
def test_a_version_nobody_knows(contoh: Kantor, versi: str) -> None:
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        buku.execute("UPDATE alembic_version SET version_num = ?", (versi,))
    for args in ("info", "catat survei --kepuasan 4"):
        assert "versi skema" in contoh(*args.split(), kode=6).galat
    assert "alembic_version" in contoh("periksa", kode=8).keluar
    assert [satu.name for satu in contoh.folder.iterdir()] == ["buku.db"]


def test_a_follow_up_without_its_complaint_and_a_changed_calendar_are_found(contoh: Kantor) -> None:
    rusak(
        contoh,
        "DELETE FROM pengaduan WHERE nomor = 'PGD-2026-0001'",
        "DELETE FROM hari_libur WHERE tanggal = '2026-08-17'",
    )
    hasil = temuan(contoh)
    assert "kunci-asing" in hasil
    assert hasil["kalender"] == ["hari libur 2026-08-17: tidak sama dengan jurnal"]


def test_all_findings_come_in_one_run(contoh: Kantor) -> None:
    rusak(contoh, "UPDATE jurnal SET petugas = 'x' WHERE seq = 9", "UPDATE survei SET saran = 'x' WHERE rowid = 3")
    with closing(sqlite3.connect(contoh.buku)) as buku, buku:
        buku.execute("DROP TABLE hari_libur")
    assert {"skema", "rantai", "halaman", "kalender"} <= set(temuan(contoh))
    keluar = contoh("periksa", kode=8)
    assert "temuan (rantai) jurnal baris 9" in keluar.keluar
    assert "temuan di buku" in keluar.galat


def test_damaged_bytes_in_the_file_are_found(contoh: Kantor) -> None:
    isi = bytearray(contoh.buku.read_bytes())
    for letak in range(40960, 45056, 7):
        isi[letak] ^= 0x5A
    contoh.buku.write_bytes(bytes(isi))
    jawab = contoh("periksa", kode=8)
    assert "temuan (berkas)" in jawab.keluar


def test_a_printed_fingerprint_leads_back_into_the_ledger(contoh: Kantor) -> None:
    md = contoh("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10").keluar
    sidik = md.rsplit("sidik ", 1)[1].strip()
    contoh("catat", "survei", "--kepuasan", "4")
    assert "baris jurnal 481 dari 482" in contoh("periksa", "--sidik", sidik).keluar
    assert contoh("periksa", "--sidik", sidik[:16].upper(), "-O", "json").json["seq"] == 481
    assert "tidak ada di buku" in contoh("periksa", "--sidik", "0" * 64, kode=8).galat
    contoh("periksa", "--sidik", "bukan", kode=2)
    rusak(contoh, "UPDATE jurnal SET petugas = 'x' WHERE seq = 9")
    assert "putus di baris 9" in contoh("periksa", "--sidik", sidik, kode=8).galat


def test_an_end_cut_off_with_its_pages_is_seen_only_by_a_printed_fingerprint(contoh: Kantor) -> None:
    contoh("catat", "survei", "--kepuasan", "1")
    sidik = contoh("info", "-O", "json").json["buku"]["sidik"]
    rusak(contoh, "DELETE FROM jurnal WHERE seq = 482", "DELETE FROM survei WHERE nomor = 'SKM-2026-0141'")
    # A chain cannot see that its own end was cut off together with what it spoke of …
    assert contoh("periksa").keluar == ""
    # … but the sheet that was printed in between can.
    assert "hilang" in contoh("periksa", "--sidik", sidik, kode=8).galat


@pytest.mark.parametrize(
    "teks", ['\x01\x1f\x7f"\\/\b\f\n\r\t', "é😀\u2028\ufeff\u202e", "{}[]:,", "a" * 5000, " spasi"]
)
def test_awkward_texts_compare_equal_inside_the_database(kantor: Kantor, teks: str) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", f"x{teks}x")
    kantor("periksa")


def rantai_ulang(buku: sqlite3.Connection, ubah: Callable[[str, dict[str, Any]], None]) -> None:
    """Write every line's state anew as ``ubah`` changes it, and the chain over them."""
    sebelum = SIDIK_AWAL
    for *baris, isi in buku.execute(f"SELECT {', '.join(KOLOM)} FROM jurnal ORDER BY seq").fetchall():
        keadaan = json.loads(isi)
        ubah(baris[4], keadaan)
        tersurat = kanonik(keadaan)
        sebelum = sidik(sebelum, larik((*baris, tersurat)))
        buku.execute("UPDATE jurnal SET isi = ?, sidik = ? WHERE seq = ?", (tersurat, sebelum, baris[0]))


def test_lines_from_before_a_field_came_to_be_are_whole(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version adds a field to a register; the ledgers there are keep their lines, which do not have it."""
    contoh("koreksi", "inf-1", "--keterangan", "dari sesudahnya", "--alasan", "x", "--ya")

    def tanpa_keterangan(register: str, keadaan: dict[str, Any]) -> None:
        if register == "informasi" and keadaan["keterangan"] is None:
            del keadaan["keterangan"]

    rusak(contoh, lambda buku: rantai_ulang(buku, tanpa_keterangan))
    assert list(temuan(contoh)) == ["halaman"]
    bidang = tuple(replace(satu, sejak="0003") if satu.nama == "keterangan" else satu for satu in INFORMASI.bidang)
    monkeypatch.setitem(SEMUA_REGISTER, "informasi", replace(INFORMASI, bidang=bidang))
    assert contoh("periksa").keluar == ""
    assert "keterangan: (kosong) → dari sesudahnya" in contoh("lihat", "inf-1").keluar
    rusak(contoh, "UPDATE informasi SET keterangan = 'x' WHERE nomor = 'INF-2026-0002'")
    assert temuan(contoh)["halaman"] == ["INF-2026-0002: keterangan tidak sama dengan jurnal"]


def test_json_answer(contoh: Kantor) -> None:
    hasil = json.loads(contoh("periksa", "-O", "json").keluar)
    assert [satu["pemeriksaan"] for satu in hasil] == [*(satu.nama for satu in SEMUA), "bulan-tertutup", "sekitar"]
    assert all(satu["arti"] and satu["saran"] for satu in hasil)


def test_periksa_writes_nothing(contoh: Kantor) -> None:
    sebelum = contoh.buku.read_bytes()
    contoh("periksa")
    assert contoh.buku.read_bytes() == sebelum
    assert sorted(satu.name for satu in Path(contoh.folder).iterdir()) == ["buku.db"]
