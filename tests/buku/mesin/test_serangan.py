"""What somebody with a grudge can do to the database itself: refused at once, or seen by periksa, and never a figure."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import psycopg
import pytest

from tests.buku.mesin.test_banyak_meja import KantorPeladen, meja
from tests.buku.test_periksa import temuan
from tests.conftest import Kantor

pytestmark = pytest.mark.unix

__all__ = ["meja"]

# A file: as its owner does it, who may rewrite the schema itself.

SQLITE = {
    "a trigger that ignores, under a reserved name": (
        "CREATE TRIGGER x BEFORE INSERT ON survei BEGIN SELECT RAISE(IGNORE); END;"
        "UPDATE sqlite_master SET name = 'sqlite_x',"
        " sql = 'CREATE TRIGGER sqlite_x BEFORE INSERT ON survei BEGIN SELECT RAISE(IGNORE); END' WHERE name = 'x'",
        "trigger sqlite_x: bukan bagian buku",
    ),
    "the same on the journal": (
        "CREATE TRIGGER x BEFORE INSERT ON jurnal BEGIN SELECT RAISE(IGNORE); END;"
        "UPDATE sqlite_master SET name = 'sqlite_autoindex_jurnal_9', sql = replace(sql, 'TRIGGER x',"
        " 'TRIGGER sqlite_autoindex_jurnal_9') WHERE name = 'x'",
        "trigger sqlite_autoindex_jurnal_9: bukan bagian buku",
    ),
    "an update that is ignored": (
        "CREATE TRIGGER x BEFORE UPDATE ON pengaduan BEGIN SELECT RAISE(IGNORE); END;"
        "UPDATE sqlite_master SET name = 'sqlite_y', sql = replace(sql, 'TRIGGER x', 'TRIGGER sqlite_y')"
        " WHERE name = 'x'",
        "trigger sqlite_y: bukan bagian buku",
    ),
    "a table that looks like SQLite's own": (
        "CREATE TABLE x (a); UPDATE sqlite_master SET name = 'sqlite_stat1', tbl_name = 'sqlite_stat1',"
        " sql = 'CREATE TABLE sqlite_stat1 (a)' WHERE name = 'x'",
        "table sqlite_stat1: bukan bagian buku",
    ),
}


@pytest.mark.parametrize(("perintah", "ditemukan"), SQLITE.values(), ids=SQLITE)
def test_what_stands_in_a_file_s_schema_is_seen_whatever_it_is_called(
    contoh: Kantor, perintah: str, ditemukan: str
) -> None:
    with closing(sqlite3.connect(contoh.buku)) as buku:
        buku.execute("PRAGMA writable_schema = ON")
        buku.executescript(perintah)
    assert ditemukan in temuan(contoh)["skema"]
    contoh("cadangkan", kode=8)
    tabel = "survei" if "ON survei" in perintah else "jurnal" if "ON jurnal" in perintah else ""
    if tabel:
        galat = " ".join(contoh("catat", "survei", "--kepuasan", "4", kode=6).galat.split())
        assert f"diam-diam tidak menerima isi {tabel}; tidak ada yang tercatat" in galat
    if "ON pengaduan" in perintah:
        galat = contoh("koreksi", "pgd-20", "--lokasi", "Pasar", "--alasan", "x", "--ya", kode=6).galat
        assert "diam-diam tidak menerima isi pengaduan" in " ".join(galat.split())
    assert len(contoh("daftar", "survei", "-O", "json").json) == 140


@pytest.mark.parametrize("tabel", ["sqlite_stat1", "sqlite_sequence"])
def test_sqlite_s_own_tables_are_known(contoh: Kantor, tabel: str) -> None:
    with closing(sqlite3.connect(contoh.buku)) as buku:
        buku.execute("ANALYZE")
    contoh("periksa")


def test_moments_that_run_backwards_are_a_note(kantor: Kantor) -> None:
    from datetime import UTC, date, datetime

    from ikikec.buku.aturan import susun
    from ikikec.buku.buku import Buku
    from ikikec.buku.mesin import mesin_di
    from ikikec.buku.register import SURVEI
    from ikikec.konfigurasi import Konfigurasi

    isian = susun(SURVEI, {"tanggal": date(2026, 11, 2), "kepuasan": 4})
    for jam in (10, 9, 8):
        saat = datetime(2026, 11, 22, jam, tzinfo=UTC)
        buku = Buku(mesin_di(kantor.buku, 5), Konfigurasi(), "p", date(2026, 11, 22), lambda saat=saat: saat)
        buku.catat(SURVEI, isian)
    (rantai,) = [satu for satu in kantor("periksa", "-O", "json").json if satu["pemeriksaan"] == "rantai"]
    (catatan,) = rantai["temuan"]
    assert (catatan["jenis"], rantai["bersih"]) == ("catatan", True)
    assert "waktunya sebelum baris di depannya" in catatan["pesan"]
    assert "1 kali lagi" in catatan["pesan"]


def test_another_spelling_of_json_is_no_tampering(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    """As another SQLite might write it: blanks in the array that the database makes."""
    from ikikec.buku.mesin.sqlite import MesinSqlite

    asli = MesinSqlite.larik_jurnal

    def lain(mesin, koneksi, syarat):
        return ((seq, teks.replace(",", ", ", 1), sidik) for seq, teks, sidik in asli(mesin, koneksi, syarat))

    monkeypatch.setattr(MesinSqlite, "larik_jurnal", lain)
    contoh("periksa")


# A server: by a superuser, the owner, a clerk, a reader.

PELADEN = {
    "a trigger that calls a namesake elsewhere": (
        "CREATE SCHEMA lain; CREATE FUNCTION lain.ikikec_tolak() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE OR REPLACE TRIGGER jurnal_ubah BEFORE UPDATE ON jurnal FOR EACH ROW"
        " EXECUTE FUNCTION lain.ikikec_tolak('jurnal tidak boleh diubah')",
        "skema", "pemicu jurnal jurnal_ubah: berbeda dari seharusnya",
    ),
    "a trigger for one column only": (
        "CREATE OR REPLACE TRIGGER jurnal_ubah BEFORE UPDATE OF seq ON jurnal FOR EACH ROW"
        " EXECUTE FUNCTION ikikec_tolak('jurnal tidak boleh diubah')",
        "skema", "pemicu jurnal jurnal_ubah: berbeda dari seharusnya",
    ),
    "a trigger with a condition": (
        "CREATE OR REPLACE TRIGGER jurnal_hapus BEFORE DELETE ON jurnal FOR EACH ROW WHEN (OLD.seq < 5)"
        " EXECUTE FUNCTION ikikec_tolak('jurnal tidak boleh dihapus')",
        "skema", "pemicu jurnal jurnal_hapus: berbeda dari seharusnya",
    ),
    "a rule instead of an insert": (
        "CREATE RULE bungkam AS ON INSERT TO survei DO INSTEAD NOTHING",
        "skema", "perintah pengganti survei bungkam: bukan bagian buku",
    ),
    "a policy that hides rows": (
        "CREATE POLICY tutup ON survei USING (kepuasan > 2); ALTER TABLE survei ENABLE ROW LEVEL SECURITY",
        "skema", "saringan baris survei tutup: bukan bagian buku",
    ),
    "row security without a policy": (
        "ALTER TABLE survei ENABLE ROW LEVEL SECURITY", "skema", "tabel survei: berbeda dari seharusnya",
    ),
    "a table that a crash empties": (
        "ALTER TABLE survei SET UNLOGGED", "skema", "tabel survei: berbeda dari seharusnya",
    ),
    "a child table": (
        "CREATE TABLE anak () INHERITS (survei)", "skema", "turunan survei anak: bukan bagian buku",
    ),
    "a function found before the server's": (
        "CREATE FUNCTION length(varchar) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "skema", "fungsi length(character varying): bukan bagian buku",
    ),
    "an operator": (
        "CREATE FUNCTION sama(varchar, varchar) RETURNS boolean LANGUAGE sql AS 'SELECT true';"
        "CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = sama)",
        "skema", "operator =(character varying,character varying): bukan bagian buku",
    ),
    "a function that runs as its owner": (
        "ALTER FUNCTION ikikec_tolak() SECURITY DEFINER", "skema", "fungsi ikikec_tolak(): berbeda dari seharusnya",
    ),
    "a function with a search path of its own": (
        "ALTER FUNCTION ikikec_jurnal_tambah() SET search_path = lain",
        "skema", "fungsi ikikec_jurnal_tambah(): berbeda dari seharusnya",
    ),
    "a default": ("ALTER TABLE survei ALTER batal SET DEFAULT true", "skema", "tabel survei: berbeda dari seharusnya"),
    "an index on less": (
        "DROP INDEX ix_survei_tanggal; CREATE INDEX ix_survei_tanggal ON survei (tanggal) WHERE kepuasan > 2",
        "skema", "indeks ix_survei_tanggal: berbeda dari seharusnya",
    ),
    "the right to delete": (
        "GRANT DELETE ON survei TO petugas", "hak", "tabel survei: peran petugas boleh DELETE",
    ),
    "the right to change the journal": (
        "GRANT UPDATE ON jurnal TO petugas", "hak", "tabel jurnal: peran petugas boleh UPDATE",
    ),
    "a right of one column": (
        "GRANT UPDATE (isi) ON jurnal TO pembaca", "hak", "tabel jurnal: hak atas kolom isi diberikan tersendiri",
    ),
    "a right for all": ("GRANT SELECT ON pengaduan TO PUBLIC", "hak", "tabel pengaduan: peran PUBLIC boleh SELECT"),
    "room for anybody's functions": (
        "GRANT CREATE ON SCHEMA public TO petugas", "hak", "skema public: peran petugas boleh CREATE",
    ),
    "another owner": ("ALTER TABLE survei OWNER TO petugas", "hak", "tabel survei: milik peran petugas"),
    "a clerk among the owners": ("GRANT pemilik TO petugas", "hak", "peran petugas: anggota peran yang memiliki buku"),
}  # fmt: skip


@pytest.mark.parametrize(("perintah", "pemeriksaan", "ditemukan"), PELADEN.values(), ids=PELADEN)
def test_what_a_server_s_owner_does_is_seen(
    meja: KantorPeladen, perintah: str, pemeriksaan: str, ditemukan: str
) -> None:
    with psycopg.connect(meja.peladen + meja.nama["batui"]) as koneksi:
        koneksi.execute(meja.ganti(perintah).encode())
    assert meja.ganti(ditemukan) in temuan(meja.kantor["pemilik"])[pemeriksaan]


def test_a_rule_that_swallows_an_entry_is_told(meja: KantorPeladen) -> None:
    meja.sql("CREATE RULE bungkam AS ON INSERT TO survei DO INSTEAD NOTHING", "pemilik")
    galat = meja.kantor["petugas"]("catat", "survei", "--kepuasan", "4", kode=6).galat
    assert "diam-diam tidak menerima isi survei" in " ".join(galat.split())


def test_hidden_rows_are_an_error_and_not_a_lower_figure(meja: KantorPeladen) -> None:
    meja.kantor["petugas"]("catat", "survei", "--kepuasan", "1")
    meja.sql("CREATE POLICY tutup ON survei FOR SELECT USING (kepuasan > 2)", "pemilik")
    meja.sql("ALTER TABLE survei ENABLE ROW LEVEL SECURITY", "pemilik")
    for args in ("skm --periode 2026", "daftar survei", "laporan --jabatan semua --periode 2026"):
        galat = meja.kantor["pembaca"](*args.split(), kode=6).galat
        assert "disembunyikan dari peran ini" in " ".join(galat.split())
    assert "skema" in temuan(meja.kantor["pembaca"])


@pytest.mark.parametrize("peran", ["pemilik", "petugas"])
@pytest.mark.parametrize(
    "sidik", ["repeat('0', 64)", "repeat('f', 64)", "NULL", "(SELECT max(sidik) FROM jurnal)", "''"]
)
def test_a_line_with_a_wrong_fingerprint_is_refused(meja: KantorPeladen, peran: str, sidik: str) -> None:
    with psycopg.connect(meja.url(peran)) as koneksi, pytest.raises(psycopg.Error, match=r"menyambung|null value"):
        koneksi.execute(
            "INSERT INTO jurnal (seq, waktu, petugas, aksi, register, nomor, revisi, isi, sidik)"
            f" SELECT max(seq) + 1, 'w', 'p', 'catat', 'survei', 'SKM-2026-0001', 1, '{{}}', {sidik} FROM jurnal".encode()
        )
    meja.kantor["petugas"]("catat", "survei", "--kepuasan", "4")
    meja.kantor["pembaca"]("periksa")


@pytest.mark.parametrize("teks", ["biasa", "kutip \" ' \\ /", "é ʼ 東 😀 \u2028", "\x01\x1f\x7f\t\r\n", "<b>&</b>"])
def test_the_server_reckons_the_fingerprint_as_we_do(meja: KantorPeladen, teks: str) -> None:
    """Whatever a text holds: the server's JSON of it must be ours to the letter, or nothing could be recorded."""
    from ikikec.buku.halaman import Tulisan, tambah_jurnal
    from ikikec.buku.mesin import mesin_di
    from ikikec.istilah import Aksi

    tulisan = Tulisan("survei", Aksi.CATAT, teks, "2026-11-22T00:00:00Z", teks)
    with mesin_di(meja.url("petugas"), 5).tulis() as koneksi:
        tambah_jurnal(koneksi, tulisan, "SKM-2026-0001", 1, {"saran": teks})


@pytest.mark.parametrize(
    "kunci",
    ["SELECT pg_advisory_xact_lock(1229670219, hashtext('public'))", "SELECT count(*) FROM penutupan",
     "LOCK TABLE penutupan IN ACCESS SHARE MODE", "LOCK TABLE jurnal IN ACCESS SHARE MODE"],
)  # fmt: skip
def test_a_reader_stops_no_desk(meja: KantorPeladen, kunci: str) -> None:
    meja.kantor["petugas"].env["IKIKEC_KONFIG"] = meja.kantor["petugas"].csv("k.toml", "tunggu = 1")
    with psycopg.connect(meja.url("pembaca")) as koneksi:
        koneksi.execute(kunci.encode())
        meja.kantor["petugas"]("catat", "survei", "--kepuasan", "4")
    for mode in ("ROW SHARE", "ROW EXCLUSIVE", "SHARE", "EXCLUSIVE", "ACCESS EXCLUSIVE"):
        with psycopg.connect(meja.url("pembaca")) as koneksi, pytest.raises(psycopg.errors.InsufficientPrivilege):
            koneksi.execute(f"LOCK TABLE penutupan IN {mode} MODE".encode())


@pytest.mark.parametrize("peran", ["petugas", "pembaca"])
@pytest.mark.parametrize(
    "perintah",
    ["CREATE FUNCTION public.length(varchar) RETURNS integer LANGUAGE sql AS 'SELECT 1'", "CREATE TABLE public.x (a int)",
     "ALTER TABLE survei DISABLE TRIGGER ALL", "DROP TRIGGER jurnal_ubah ON jurnal", "SET session_replication_role = replica"],
)  # fmt: skip
def test_who_only_works_with_a_ledger_changes_nothing_of_the_database(
    meja: KantorPeladen, peran: str, perintah: str
) -> None:
    with psycopg.connect(meja.url(peran)) as koneksi, pytest.raises(psycopg.errors.InsufficientPrivilege):
        koneksi.execute(perintah.encode())


def test_periksa_tells_as_whom_it_looked_and_what_that_one_cannot_see(meja: KantorPeladen) -> None:
    def hak() -> list[str]:
        hasil = meja.kantor["pembaca"].bebas("periksa", "-O", "json").json
        return [
            f"{isi['tempat']}: {isi['pesan']}"
            for satu in hasil
            if satu["pemeriksaan"] == "hak"
            for isi in satu["temuan"]
        ]

    peran = meja.nama["pembaca"]
    assert hak() == [f"peran {peran}: buku diperiksa sebagai peran ini, yang melihat seluruh isinya"]
    meja.sql("REVOKE SELECT ON survei FROM pembaca", "pemilik")
    assert hak() == [f"peran {peran}: tidak boleh melihat survei, jadi isinya tidak diperiksa"]


def test_a_desk_refuses_to_go_on_behind_a_broken_last_line(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str]
) -> None:
    url = basis_data(basis_contoh)
    with psycopg.connect(url) as koneksi:
        koneksi.execute("SET session_replication_role = replica")
        koneksi.execute("UPDATE jurnal SET petugas = 'x' WHERE seq = (SELECT max(seq) FROM jurnal)")
    galat = " ".join(kantor("--buku", url, "catat", "survei", "--kepuasan", "4", kode=6).galat.split())
    assert "yang terakhir, tidak sesuai sidiknya; tidak ada yang dicatat sesudahnya" in galat
    assert "ikikec periksa" in galat
