"""A server's settings are not ours: whatever a role or a database is set to, figures, exports and periksa say the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.conftest import Kantor, kelola, nama_basis

pytestmark = pytest.mark.unix

SETELAN = {
    "DateStyle": "SQL, DMY",
    "IntervalStyle": "sql_standard",
    "TimeZone": "Pacific/Kiritimati",
    "search_path": "lain, pg_catalog",
    "quote_all_identifiers": "on",
    "standard_conforming_strings": "off",
    "backslash_quote": "on",
    "transform_null_equals": "on",
    "array_nulls": "off",
    "client_encoding": "LATIN1",
    "default_transaction_isolation": "serializable",
    "default_transaction_read_only": "on",
    "default_transaction_deferrable": "on",
    "statement_timeout": "1ms",
    "lock_timeout": "1ms",
    "idle_in_transaction_session_timeout": "1ms",
    "extra_float_digits": "-15",
    "bytea_output": "escape",
    "xmlbinary": "hex",
    "row_security": "on",
    "synchronous_commit": "off",
    "check_function_bodies": "off",
    "enable_seqscan": "off",
    "plan_cache_mode": "force_generic_plan",
    "escape_string_warning": "off",
    "default_statistics_target": "1",
}
TANPA_BATAS = "-cstatement_timeout=0 -cidle_in_transaction_session_timeout=0"
MEMBACA = (
    "laporan --jabatan semua --periode 2026-10 --tren --bandingkan -O json", "ekspor -O json", "ekspor pengaduan",
    "daftar pengaduan --terlambat --urut batas", "cari padam", "ringkasan", "skm --periode 2026 -O json", "periksa",
    "lihat pgd-20 -O json", "libur daftar 2026 -O json",
)  # fmt: skip


@contextmanager
def peran_bersetelan(peladen: str, url: str, setelan: dict[str, str]) -> Iterator[str]:
    """The address of a role with settings of its own; the database is set to the same, its owner being that role."""
    basis, peran = url.rsplit("/", 1)[-1], f"peran_{nama_basis().replace('-', '_')}"
    kelola(peladen, f'CREATE ROLE "{peran}" LOGIN')
    try:
        with psycopg.connect(url) as koneksi:
            koneksi.execute(f'GRANT CREATE, USAGE ON SCHEMA public TO "{peran}"'.encode())
            koneksi.execute(f'GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO "{peran}"'.encode())
        # As ALTER ROLE checks values by those in force, each comes on a connection of its own.
        for nama, isi in setelan.items():
            nilai = isi if nama == "search_path" else f"'{isi}'"
            kelola(peladen, f'ALTER ROLE "{peran}" SET {nama} = {nilai}')
            kelola(peladen, f'ALTER DATABASE "{basis}" SET {nama} = {nilai}')
        yield url.replace("ikikec@", f"{peran}@")
    finally:
        with psycopg.connect(url, options=f"{TANPA_BATAS} -cdefault_transaction_read_only=off") as koneksi:
            koneksi.execute(f'DROP OWNED BY "{peran}"'.encode())
        kelola(peladen, f'DROP ROLE "{peran}"')


def test_twenty_settings_change_nothing(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str], peladen: str
) -> None:
    assert len(SETELAN) >= 20
    url = basis_data(basis_contoh)
    sebelum = [kantor("--buku", url, *satu.split()).keluar for satu in MEMBACA]
    with peran_bersetelan(peladen, url, SETELAN) as alamat:
        with psycopg.connect(alamat, options=TANPA_BATAS) as koneksi:
            assert koneksi.execute("SHOW DateStyle").fetchone() == ("SQL, DMY",)
        for perintah, harap in zip(MEMBACA, sebelum, strict=True):
            jawab = kantor.bebas("--buku", alamat, *perintah.split())
            # The rights that this role was given are more than the documented ones, which periksa tells.
            assert jawab.keluar == harap or perintah == "periksa", perintah
        isian = "--pelapor", "A", "--uraian", "É ʼ 東 '\\x'"
        nomor = kantor("--buku", alamat, "catat", "pengaduan", *isian).keluar.split()[0]
        assert kantor("--buku", url, "lihat", nomor, "-O", "json").json["uraian"] == isian[-1]
        kantor("--buku", alamat, "koreksi", nomor, "--uraian", "B", "--alasan", "x", "--ya")
        temuan = kantor.bebas("--buku", alamat, "periksa").keluar
        assert {baris.split(")")[0] for baris in temuan.splitlines()} == {"temuan (hak"}, temuan
        assert kantor("--buku", url, "laporan", "--jabatan", "semua", "-O", "json").keluar


def test_a_ledger_is_made_under_any_setting(kantor: Kantor, basis_data: Callable[[str], str], peladen: str) -> None:
    url = basis_data("template0")
    with peran_bersetelan(peladen, url, SETELAN) as alamat:
        kantor("--buku", alamat, "catat", "survei", "--kepuasan", "4")
        kantor("--buku", alamat, "target", "tetapkan", "kasi-pip", "1", "80", "--periode", "2026")
        hasil = kantor.bebas("--buku", alamat, "periksa").keluar
        assert hasil == "" or set(hasil.split(")")[0].splitlines()) == {"temuan (hak"}, hasil


def test_acknowledged_waits_for_the_disk(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str], peladen: str
) -> None:
    """``remote_apply``, which waits for a standby too, stays; whatever waits for less becomes ``on``."""
    from ikikec.buku.mesin import mesin_di

    url = basis_data(basis_contoh)
    for setelan, berlaku in (
        ("off", "on"),
        ("local", "on"),
        ("remote_write", "on"),
        ("remote_apply", "remote_apply"),
    ):
        kelola(peladen, f'ALTER DATABASE "{url.rsplit("/", 1)[-1]}" SET synchronous_commit = {setelan}')
        with mesin_di(url, 5).tulis() as koneksi:
            assert koneksi.exec_driver_sql("SHOW synchronous_commit").scalar_one() == berlaku


def test_a_role_whose_triggers_are_off_writes_nothing(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str], peladen: str
) -> None:
    url = basis_data(basis_contoh)
    kelola(peladen, f'ALTER DATABASE "{url.rsplit("/", 1)[-1]}" SET session_replication_role = replica')
    galat = kantor("--buku", url, "catat", "survei", "--kepuasan", "4", kode=9).galat
    assert "mematikan pemicu" in galat
    kantor("--buku", url, "laporan", "--jabatan", "semua")


@pytest.mark.parametrize(
    ("kode", "menulis", "keluar", "kata"),
    [
        ("55P03", True, 5, "sedang dipakai meja lain"),
        ("40P01", True, 5, "sedang dipakai meja lain"),
        ("57014", True, 5, "menghentikan perintah ini"),
        ("57014", False, 5, "menghentikan perintah ini"),
        ("53300", True, 9, "kehabisan sambungan"),
        ("53100", True, 9, "cakram peladen"),
        ("53200", True, 9, "kehabisan memori"),
        ("53000", True, 9, "kehabisan sumber daya"),
        ("57P03", True, 9, "belum menerima sambungan"),
        ("57P01", True, 9, "terputus"),
        ("57P01", False, 6, "tidak dapat dihubungi"),
        ("25P03", True, 9, "terputus"),
        ("25006", True, 9, "hanya dapat dibaca"),
        ("0A000", True, 9, "hanya dapat dibaca"),
        ("0A000", False, 1, "tak terduga"),
        ("42501", True, 9, "tidak boleh ditulis"),
        ("42P01", False, 6, "rusak"),
        ("XX000", False, 1, "tak terduga"),
    ],
)
def test_what_a_server_says_is_named_as_what_it_is(kode: str, menulis: bool, keluar: int, kata: str) -> None:
    from ikikec.buku.mesin.sambungan import arti_galat

    galat = arti_galat(psycopg.errors.lookup(kode)("isi warga"), "postgresql://x/y", menulis=menulis)
    assert (galat.kode, kata in galat.pesan) == (keluar, True), galat.pesan
    assert "isi warga" not in " ".join(galat.baris())


def test_out_of_connections_and_time_is_told(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str], peladen: str
) -> None:
    url = basis_data(basis_contoh)
    peran = f"sedikit_{nama_basis().replace('-', '_')}"
    kelola(peladen, f'CREATE ROLE "{peran}" LOGIN CONNECTION LIMIT 0')
    try:
        alamat = url.replace("ikikec@", f"{peran}@")
        for args in ("catat survei --kepuasan 4", "laporan --jabatan semua"):
            assert "kehabisan sambungan" in kantor("--buku", alamat, *args.split(), kode=9).galat
    finally:
        kelola(peladen, f'DROP ROLE "{peran}"')
