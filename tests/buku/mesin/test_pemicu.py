"""What the database itself refuses, tried with the plain sqlite3 module and its default settings."""

import sqlite3
from collections.abc import Iterator

import pytest

from ikikec.buku.jurnal import SIDIK_AWAL
from tests.conftest import Kantor

HALAMAN = ("pengaduan", "informasi", "rekomendasi", "surat_kabar", "survei", "tindak_lanjut")
BARIS_BARU = (
    "INSERT {cara} INTO jurnal (seq, waktu, petugas, aksi, register, nomor, revisi, isi, sidik)"
    " VALUES ({seq}, 'w', 'p', 'a', '{register}', '{nomor}', {revisi}, '{{}}', '" + "f" * 64 + "')"
)
UJUNG = "(SELECT max(seq) FROM jurnal)"


@pytest.fixture
def buku(contoh: Kantor) -> Iterator[sqlite3.Connection]:
    koneksi = sqlite3.connect(contoh.buku)
    yield koneksi
    koneksi.close()


def baris_baru(nomor: str, revisi: int, tabel: str = "survei", cara: str = "", seq: str = f"{UJUNG} + 1") -> str:
    """A statement that appends a forged journal line."""
    register = tabel.replace("_", "-")
    return BARIS_BARU.format(cara=cara, seq=seq, register=register, nomor=nomor, revisi=revisi)


def refused(buku: sqlite3.Connection, perintah: str) -> None:
    """The statement fails, and nothing of it stays."""
    sebelum = list(buku.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        buku.execute(perintah)
    buku.rollback()
    assert list(buku.iterdump()) == sebelum


@pytest.mark.parametrize(
    "perintah",
    [
        "UPDATE jurnal SET petugas = 'x' WHERE seq = 5",
        "UPDATE OR REPLACE jurnal SET seq = 6 WHERE seq = 5",
        "UPDATE jurnal SET sidik = sidik",
        "DELETE FROM jurnal",
        f"DELETE FROM jurnal WHERE seq = {UJUNG}",
        baris_baru("SKM-2026-9999", 1, seq=f"{UJUNG} + 2"),
        baris_baru("SKM-2026-9999", 1, seq="5"),
        baris_baru("SKM-2026-9999", 1, cara="OR REPLACE", seq="5"),
        baris_baru("SKM-2026-0001", 1, cara="OR REPLACE"),
        baris_baru("SKM-2026-9999", 2),
        baris_baru("SKM-2026-9999", 1, seq="NULL"),
        "INSERT OR REPLACE INTO jurnal SELECT * FROM jurnal WHERE seq = 5",
    ],
)
def test_the_journal_only_grows_line_by_line(buku: sqlite3.Connection, perintah: str) -> None:
    refused(buku, perintah)


def _kolom(buku: sqlite3.Connection, tabel: str) -> list[str]:
    return [baris[1] for baris in buku.execute(f"PRAGMA table_info({tabel})")]


def _salin(buku: sqlite3.Connection, tabel: str, cara: str = "", **ganti: str) -> str:
    """A statement that inserts a copy of one page with some columns changed."""
    kolom = _kolom(buku, tabel)
    nilai = [ganti.get(nama, nama) for nama in kolom]
    rowid = (", rowid", f", {ganti['rowid']}") if "rowid" in ganti else ("", "")
    asal = f"(SELECT * FROM {tabel} ORDER BY rowid LIMIT 1)"
    return (
        f"INSERT {cara} INTO {tabel} ({', '.join(kolom)}{rowid[0]}) SELECT {', '.join(nilai)}{rowid[1]} FROM {asal}"
    )


@pytest.mark.parametrize("tabel", HALAMAN)
def test_a_page_is_never_deleted(buku: sqlite3.Connection, tabel: str) -> None:
    refused(buku, f"DELETE FROM {tabel}")
    refused(buku, f"DELETE FROM {tabel} WHERE rowid = 1")


@pytest.mark.parametrize("tabel", HALAMAN)
def test_a_page_is_never_replaced_or_invented(buku: sqlite3.Connection, tabel: str) -> None:
    refused(buku, _salin(buku, tabel, "OR REPLACE"))
    refused(buku, _salin(buku, tabel, "OR REPLACE", tanggal="'2026-01-31'"))
    refused(buku, _salin(buku, tabel, nomor="'XYZ-2026-9999'"))
    refused(buku, _salin(buku, tabel, "OR REPLACE", nomor="'XYZ-2026-9999'", rowid="1"))


@pytest.mark.parametrize("tabel", HALAMAN)
def test_a_new_page_takes_no_other_s_place_even_with_a_journal_line(buku: sqlite3.Connection, tabel: str) -> None:
    buku.execute(baris_baru("XYZ-2026-9999", 1, tabel))
    buku.commit()
    refused(buku, _salin(buku, tabel, "OR REPLACE", nomor="'XYZ-2026-9999'", rowid="1"))
    refused(buku, _salin(buku, tabel, nomor="'XYZ-2026-9999'", revisi="2"))


@pytest.mark.parametrize("nomor", ["KRN-2026-0001", "PGD-2026-0001/1", "INF-2026-0001", "LIBUR-2026"])
def test_a_line_of_another_register_vouches_for_no_page(buku: sqlite3.Connection, nomor: str) -> None:
    refused(
        buku,
        f"INSERT INTO survei (nomor, tanggal, kepuasan, batal, revisi) VALUES ('{nomor}', '2026-10-01', 4, 0, 1)",
    )


@pytest.mark.parametrize("tabel", HALAMAN)
@pytest.mark.parametrize(
    "ubah",
    [
        "tanggal = '2026-01-31'",
        "tanggal = tanggal",
        "revisi = revisi + 1",
        "revisi = 7",
        "nomor = 'XYZ-2026-9999', revisi = revisi + 1",
        "rowid = 2, revisi = revisi + 1",
        "batal = 1, alasan_batal = 'x', revisi = revisi + 1",
    ],
)
@pytest.mark.parametrize("cara", ["", "OR REPLACE"])
def test_a_page_changes_only_with_a_journal_line(buku: sqlite3.Connection, tabel: str, ubah: str, cara: str) -> None:
    refused(buku, f"UPDATE {cara} {tabel} SET {ubah} WHERE rowid = 1")


@pytest.mark.parametrize("tabel", HALAMAN)
def test_a_page_keeps_its_place_even_with_a_journal_line(buku: sqlite3.Connection, tabel: str) -> None:
    (nomor,) = buku.execute(f"SELECT nomor FROM {tabel} WHERE rowid = 1").fetchone()
    buku.execute(baris_baru(nomor, 2, tabel))
    buku.commit()
    refused(buku, f"UPDATE OR REPLACE {tabel} SET rowid = 2, revisi = 2 WHERE rowid = 1")
    refused(buku, f"UPDATE OR REPLACE {tabel} SET nomor = (SELECT nomor FROM {tabel} WHERE rowid = 2), revisi = 2"
                  " WHERE rowid = 1")  # fmt: skip


def test_what_still_passes_is_a_forged_line_with_its_page_and_the_chain_shows_it(buku: sqlite3.Connection) -> None:
    buku.execute(baris_baru("SKM-2026-0001", 2))
    buku.execute("UPDATE survei SET kepuasan = 1, revisi = 2 WHERE nomor = 'SKM-2026-0001'")
    buku.commit()
    assert broken_line(buku) == buku.execute("SELECT max(seq) FROM jurnal").fetchone()[0]


@pytest.mark.parametrize(
    "perintah",
    [
        "DELETE FROM hari_libur WHERE tanggal = '2026-08-17'",
        "UPDATE hari_libur SET berlaku = 0 WHERE tanggal = '2026-08-17'",
        "UPDATE hari_libur SET berlaku = 0, revisi = 2 WHERE tanggal = '2026-08-17'",
        "UPDATE OR REPLACE hari_libur SET tanggal = '2026-12-25' WHERE tanggal = '2026-08-17'",
        "INSERT INTO hari_libur VALUES ('2030-08-18', 'x', 'kantor', 1, 1)",
        "INSERT INTO hari_libur VALUES ('2026-11-24', 'x', 'kantor', 1, 1)",
        "INSERT OR REPLACE INTO hari_libur VALUES ('2026-08-17', 'x', 'kantor', 1, 1)",
        "INSERT OR REPLACE INTO hari_libur (rowid, tanggal, nama, jenis, berlaku, revisi)"
        " VALUES (1, '2026-08-18', 'x', 'kantor', 1, 1)",
    ],
)
def test_the_calendar_changes_only_with_a_journal_line(buku: sqlite3.Connection, perintah: str) -> None:
    refused(buku, perintah)


@pytest.mark.parametrize(
    ("tabel", "ubah"),
    [
        ("survei", "tanggal = '2026-02-30'"),
        ("survei", "kepuasan = 5"),
        ("survei", "kepuasan = 'baik'"),
        ("survei", "jenis_kelamin = 'X'"),
        ("survei", "saran = ''"),
        ("pengaduan", "kanal = 'fax'"),
        ("pengaduan", "anonim = 1"),
        ("pengaduan", "pelapor = NULL"),
        ("pengaduan", "alasan_batal = 'x'"),
        ("informasi", "hasil = NULL, tanggal_selesai = '2026-11-01'"),
        ("informasi", "hasil = 'terlaksana', tanggal_selesai = '2025-01-01'"),
        ("rekomendasi", "tanggal_tolak = '2026-11-01', alasan_tolak = 'x'"),
        ("rekomendasi", "tanggal_lengkap = NULL"),
        ("surat_kabar", "dimanfaatkan = eksemplar + 1"),
        ("surat_kabar", "eksemplar = 0"),
        ("surat_kabar", "eksemplar = 'tiga'"),
        ("tindak_lanjut", "status = 'lupa'"),
    ],
)
def test_the_schema_s_checks_are_the_second_wall(buku: sqlite3.Connection, tabel: str, ubah: str) -> None:
    (nomor,) = buku.execute(f"SELECT nomor FROM {tabel} WHERE rowid = 1").fetchone()
    buku.execute(baris_baru(nomor, 2, tabel))
    buku.commit()
    refused(buku, f"UPDATE {tabel} SET revisi = 2, {ubah} WHERE rowid = 1")


def broken_line(buku: sqlite3.Connection) -> int | None:
    """The first journal line that does not follow from the one before it, by the contract's words alone."""
    import hashlib
    import json

    sebelum = SIDIK_AWAL
    kolom = "seq, waktu, petugas, aksi, register, nomor, revisi, alasan, isi, sidik"
    for *isi, sidik in buku.execute(f"SELECT {kolom} FROM jurnal ORDER BY seq"):
        larik = json.dumps(isi, ensure_ascii=False, separators=(",", ":"))
        if hashlib.sha256((sebelum + "\n" + larik).encode()).hexdigest() != sidik:
            return isi[0]
        sebelum = sidik
    return None


def test_the_chain_is_whole(buku: sqlite3.Connection) -> None:
    assert broken_line(buku) is None


def test_every_page_is_its_last_journal_line(buku: sqlite3.Connection) -> None:
    import json

    buku.row_factory = sqlite3.Row
    for tabel in HALAMAN:
        for halaman in buku.execute(f"SELECT * FROM {tabel}"):
            isi = dict(halaman)
            revisi = isi.pop("revisi")
            cari = "SELECT isi, max(revisi) AS revisi FROM jurnal WHERE nomor = ?"
            baris = buku.execute(cari, (isi["nomor"],)).fetchone()
            tercatat = json.loads(baris["isi"])
            simpanan = buku.execute("SELECT isi FROM pribadi WHERE nomor = ? AND revisi = ?", (isi["nomor"], revisi))
            for nama, (_garam, nilai) in json.loads((simpanan.fetchone() or {"isi": "{}"})["isi"]).items():
                assert set(tercatat[nama]) == {"sha256"}
                tercatat[nama] = nilai
            assert (tercatat, baris["revisi"]) == (isi, revisi)
