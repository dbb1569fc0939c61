"""Several desks on one server: docs/banyak-meja.md as it stands, roles, refusals, and a line that goes down."""

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from ikikec.buku.skema import VERSI
from tests.conftest import AKAR, Kantor, kelola, nama_basis
from tests.peladen import Peladen

pytestmark = pytest.mark.unix

DOKUMEN = (AKAR / "docs" / "banyak-meja.md").read_text()
PERAN = ("pemilik", "petugas", "pembaca")


def blok(bahasa: str) -> list[str]:
    """The document's fenced blocks of one language, outside lists and inside."""
    isi = re.findall(rf"^( *)```{bahasa}\n(.*?)^ *```$", DOKUMEN, re.DOTALL | re.MULTILINE)
    return [re.sub(rf"^{inden}", "", teks, flags=re.MULTILINE) for inden, teks in isi]


class KantorPeladen:
    """The office the document sets up: a database and its three roles, under names of this test's own."""

    def __init__(self, peladen: str, folder: Path) -> None:
        self.peladen, self.folder = peladen, folder
        akhiran = nama_basis().replace("-", "_")
        self.nama = {lama: f"{lama}_{akhiran}" for lama in (*PERAN, "batui")}
        self.kantor = {peran: Kantor(folder, self.url(peran)) for peran in PERAN}

    def ganti(self, teks: str) -> str:
        """The document's words with this office's names in them."""
        return re.sub(r"\b(pemilik|petugas|pembaca|batui)\b", lambda satu: self.nama[satu[1]], teks)

    def url(self, peran: str) -> str:
        return self.peladen.replace("//ikikec@", f"//{self.nama[peran]}@") + self.nama["batui"]

    def sql(self, perintah: str, peran: str = "", di: str = "") -> None:
        """Run statements one by one, as the server's owner where no role is named."""
        alamat = self.url(peran) if peran else self.peladen + (self.nama[di] if di else "postgres")
        with psycopg.connect(alamat, autocommit=True) as koneksi:
            for satu in re.sub(r"^--.*$", "", self.ganti(perintah), flags=re.MULTILINE).split(";"):
                if satu.strip():
                    koneksi.execute(satu.encode())

    def buang(self) -> None:
        kelola(self.peladen, f'DROP DATABASE IF EXISTS "{self.nama["batui"]}" WITH (FORCE)')
        for peran in PERAN:
            kelola(self.peladen, f'DROP ROLE IF EXISTS "{self.nama[peran]}"')


@pytest.fixture
def meja(peladen: str, tmp_path: Path):
    """The office as the document sets it up, its ledger made by its owner."""
    satu = KantorPeladen(peladen, tmp_path)
    dasar, tempat, hak, cabut = blok("sql")[:4]
    try:
        satu.sql(dasar)
        satu.sql(tempat, di="batui")
        satu.sql(hak, "pemilik")
        buat, _lihat = blok("sh")
        args = shlex.split(buat)
        assert args[:3] == ["ikikec", "--buku", "postgresql://pemilik@localhost/batui"]
        satu.kantor["pemilik"](*args[3:])
        satu.sql(cabut, "pemilik")
        yield satu
    finally:
        satu.buang()


def test_the_document_s_roles_can_do_what_they_are_for_and_no_more(meja: KantorPeladen) -> None:
    petugas, pembaca = meja.kantor["petugas"], meja.kantor["pembaca"]
    assert petugas("catat", "pengaduan", "--pelapor", "A", "--uraian", "B").keluar.startswith("PGD-2026-0001")
    petugas("tindaklanjuti", "pgd-1", "--tindakan", "x")
    petugas("koreksi", "pgd-1", "--lokasi", "Pasar", "--alasan", "x", "--ya")
    petugas("batalkan", "pgd-1", "--alasan", "x", "--ya")
    petugas("tutup", "2026-10")
    petugas("target", "tetapkan", "kasi-pip", "1", "80", "--periode", "2026-11")
    rencana = ("--unsur", "waktu", "--rencana", "A", "--penanggung-jawab", "B", "--tenggat", "2027-01-05")
    petugas("rtl", "tetapkan", *rencana, "--periode", "2026-11")
    petugas("rtl", "selesai", "RTL-2026-11-1", "--keterangan", "C")
    petugas("libur", "tambah", "2026-12-28", "--nama", "Cuti kantor")
    assert "hubungan" not in petugas(*shlex.split(blok("sh")[1])[1:]).galat
    pembaca("laporan", "--jabatan", "semua", "--periode", "2026")
    pembaca("periksa")
    assert "tidak boleh ditulis" in pembaca("catat", "survei", "--kepuasan", "4", kode=9).galat


@pytest.mark.parametrize("peran", PERAN)
@pytest.mark.parametrize(
    "perintah",
    ["UPDATE jurnal SET petugas = 'x'", "DELETE FROM jurnal", "TRUNCATE jurnal", "DELETE FROM survei",
     "TRUNCATE survei CASCADE", "UPDATE survei SET kepuasan = 1", "UPDATE survei SET kepuasan = 1, revisi = 2",
     "UPDATE hari_libur SET berlaku = false", "DELETE FROM hari_libur", "TRUNCATE penutupan, target, rtl",
     "INSERT INTO jurnal SELECT seq + 2, waktu, petugas, aksi, register, 'X', 1, alasan, isi, sidik FROM jurnal"
     " ORDER BY seq DESC LIMIT 1"],
)  # fmt: skip
def test_no_role_not_even_the_owner_changes_what_was_recorded(meja: KantorPeladen, peran: str, perintah: str) -> None:
    meja.kantor["petugas"]("catat", "survei", "--kepuasan", "4")
    with psycopg.connect(meja.url(peran)) as koneksi, pytest.raises(psycopg.Error):
        koneksi.execute(perintah.encode())
    assert meja.kantor["pembaca"]("lihat", "skm-1", "-O", "json").json["kepuasan"] == 4
    meja.kantor["pembaca"]("periksa")


def test_a_table_of_the_session_s_own_vouches_for_nothing(meja: KantorPeladen) -> None:
    """A temporary table is found before the ledger's own by whoever names it without its schema."""
    with psycopg.connect(meja.url("pemilik")) as koneksi:
        koneksi.execute(
            "CREATE TEMPORARY TABLE jurnal AS SELECT 'SKM-2026-0009' AS nomor, 1 AS revisi, 'survei' AS register"
        )
        with pytest.raises(psycopg.errors.RaiseException):
            koneksi.execute(
                "INSERT INTO public.survei (nomor, tanggal, kepuasan, batal, revisi)"
                " VALUES ('SKM-2026-0009', '2026-11-02', 4, false, 1)"
            )


def test_only_the_owner_upgrades_a_schema(meja: KantorPeladen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ikikec.buku.skema.VERSI", f"{int(VERSI) + 1:04d}")
    galat = meja.kantor["petugas"]("catat", "survei", "--kepuasan", "4", kode=7).galat
    assert "berskema lama" in galat
    assert meja.kantor["pembaca"]("info", kode=7).galat.startswith("Galat: buku postgresql://")


def test_two_offices_may_share_a_database_in_schemas_of_their_own(
    kantor: Kantor, basis_data: Callable[[str], str]
) -> None:
    url = basis_data()
    with psycopg.connect(url, autocommit=True) as koneksi:
        koneksi.execute("CREATE SCHEMA batui; CREATE SCHEMA toili")
    for skema in ("batui", "toili"):
        satu = ["--buku", f"{url}?options=-csearch_path%3D{skema}"]
        assert kantor(*satu, "catat", "survei", "--kepuasan", "4").keluar.startswith("SKM-2026-0001")
        kantor(*satu, "periksa")


@pytest.mark.parametrize(
    ("url", "kode", "kata"),
    [
        ("postgresql://ikikec:rahasia@127.0.0.1:1/x", 6, "tidak ada PostgreSQL yang menjawab"),
        ("postgresql://ikikec:rahasia@nama.yang.tidak.ada/x", 6, "tidak dikenal"),
        ("postgresql://127.0.0.1/x?password=rahasia&sslmode=ngawur", 6, ""),
        ("postgresql://127.0.0.1:abc/x", 2, "tidak dapat dibaca"),
        ("postgresql://127.0.0.1/x?ngawur=rahasia", 2, "tidak dapat dibaca"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("args", ["info", "catat survei --kepuasan 4", "periksa", "laporan --jabatan kasi-pip"])
def test_a_server_that_is_not_there(kantor: Kantor, url: str, kode: int, kata: str, args: str) -> None:
    jawab = kantor("--buku", url, *args.split(), kode=kode)
    assert kata in jawab.galat
    assert "password=rahasia" not in jawab.galat
    assert ":rahasia@" not in jawab.galat


def test_a_database_that_is_not_there_or_is_none_of_ours(
    kantor: Kantor, peladen: str, basis_data: Callable[[str], str]
) -> None:
    assert "belum ada" in kantor("--buku", f"{peladen}entah", "catat", "survei", "--kepuasan", "4", kode=6).galat
    url = basis_data()
    with psycopg.connect(url, autocommit=True) as koneksi:
        koneksi.execute("CREATE TABLE pelanggan (nama text)")
    for args in ("info", "catat survei --kepuasan 4"):
        assert "bukan buku ikikec" in kantor("--buku", url, *args.split(), kode=6).galat


def test_a_ledger_in_use_is_waited_for_and_then_given_up(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str]
) -> None:
    url = basis_data(basis_contoh)
    (kantor.folder / "k.toml").write_text("tunggu = 0\n")
    with psycopg.connect(url) as lain:
        lain.execute("LOCK TABLE penutupan IN EXCLUSIVE MODE")
        args = ["--buku", url, "--konfig", str(kantor.folder / "k.toml")]
        assert "meja lain" in kantor(*args, "catat", "survei", "--kepuasan", "4", kode=5).galat
        kantor(*args, "laporan", "--jabatan", "kasi-pip", "--periode", "2026")


@pytest.mark.parametrize("args", ["cadangkan", "pulihkan x.db --ya"])
def test_copies_of_a_server_s_ledger_are_pg_dump_s(
    kantor: Kantor, basis_contoh: str, peladen: str, args: str
) -> None:
    galat = kantor("--buku", peladen + basis_contoh, *args.split(), kode=2).galat
    assert "pg_dump" in galat


def test_without_the_driver_the_message_says_what_to_install(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    for nama in [
        satu
        for satu in sys.modules
        if satu.startswith(("psycopg", "ikikec.buku.mesin.postgres", "ikikec.buku.mesin.sambungan"))
    ]:
        monkeypatch.delitem(sys.modules, nama)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    galat = kantor("--buku", "postgresql://x/y", "info", kode=2).galat
    assert '-m pip install "psycopg[binary]"' in " ".join(galat.split())
    assert "ikikec[" not in galat


PETUGAS, KALI = 8, 50
MEJA = """
import sys
from datetime import UTC, date, datetime
from ikikec.buku.aturan import susun
from ikikec.buku.buku import Buku
from ikikec.buku.mesin import mesin_di
from ikikec.buku.register import SURVEI
from ikikec.galat import BerkasTakTertulis, BukuTidakTerbaca
from ikikec.konfigurasi import Konfigurasi
isian = susun(SURVEI, {"tanggal": date(2026, 11, 2), "kepuasan": 4})
tercatat = 0
while tercatat < int(sys.argv[2]):
    buku = Buku(mesin_di(sys.argv[1], 60), Konfigurasi(), "p", date(2026, 11, 22), lambda: datetime.now(UTC))
    try:
        print(buku.catat(SURVEI, isian)["nomor"], flush=True)
        tercatat += 1
    except (BerkasTakTertulis, BukuTidakTerbaca):
        continue
"""


def test_eight_clerks_one_killed_and_the_server_restarted_lose_nothing(kantor: Kantor) -> None:
    peladen = Peladen(tahan=True)
    try:
        kantor.env["IKIKEC_BUKU"] = peladen.url("postgres")
        # What a server's owner sets to be quicker takes nothing of what was acknowledged.
        with psycopg.connect(peladen.url("postgres"), autocommit=True) as koneksi:
            koneksi.execute("ALTER DATABASE postgres SET synchronous_commit = off")
        kantor("catat", "survei", "--kepuasan", "4")
        meja = [
            subprocess.Popen(
                [sys.executable, "-c", MEJA, peladen.url("postgres"), str(KALI)], stdout=subprocess.PIPE, text=True
            )
            for _ in range(PETUGAS)
        ]
        awal = [[_baris(satu) for _ in range(5)] for satu in meja]
        meja[0].send_signal(signal.SIGKILL)
        peladen.henti("immediate")
        peladen.mulai()
        diakui = {nomor for satu in awal for nomor in satu}
        for satu in meja:
            diakui |= set(satu.communicate()[0].split())
        assert [satu.returncode for satu in meja] == [-signal.SIGKILL, *[0] * (PETUGAS - 1)]
        tersimpan = [satu["nomor"] for satu in kantor("daftar", "survei", "-O", "json").json]
        assert diakui <= set(tersimpan)
        assert len(diakui) >= KALI * (PETUGAS - 1) + 5
        assert tersimpan == [f"SKM-2026-{urut:04d}" for urut in range(1, len(tersimpan) + 1)]
        kantor("periksa")
    finally:
        peladen.buang()


def _baris(proses: subprocess.Popen[str]) -> str:
    assert proses.stdout is not None
    return proses.stdout.readline().strip()


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str]
) -> None:
    from ikikec.buku.baca import buka_bacaan
    from ikikec.buku.mesin import mesin_di

    url = basis_data(basis_contoh)
    with buka_bacaan(mesin_di(url, 5)) as bacaan:
        sebelum = (bacaan.ujung(), bacaan.jumlah())
        kantor("--buku", url, "catat", "survei", "--kepuasan", "4")
        assert (bacaan.ujung(), bacaan.jumlah()) == sebelum


def test_completion_knows_the_server_s_numbers(kantor: Kantor, basis_contoh: str, peladen: str) -> None:
    from ikikec.buku.register import PENGADUAN
    from ikikec.buku.usulan import PENGADUAN_TERBUKA, nomor_terakhir

    ada = nomor_terakhir(peladen + basis_contoh, PENGADUAN, "PGD-", 3, (PENGADUAN_TERBUKA,))
    assert len(ada) == 3
    assert nomor_terakhir(peladen + "entah", PENGADUAN, "PGD-", 3) == []


@pytest.mark.parametrize(
    ("perintah", "pemeriksaan", "tempat"),
    [
        ("DROP TRIGGER jurnal_ubah ON jurnal", "skema", "pemicu jurnal jurnal_ubah: hilang"),
        ("ALTER TABLE survei DISABLE TRIGGER survei_ubah", "skema", "pemicu survei survei_ubah: berbeda dari seharusnya"),
        ("CREATE OR REPLACE FUNCTION ikikec_tolak() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
         "skema", "fungsi ikikec_tolak(): berbeda dari seharusnya"),
        ("ALTER TABLE survei DROP CONSTRAINT ck_survei_kepuasan", "skema", "ketentuan survei ck_survei_kepuasan: hilang"),
        ("DROP INDEX ix_survei_tanggal", "skema", "indeks ix_survei_tanggal: hilang"),
        ("ALTER TABLE survei ADD COLUMN catatan varchar", "skema", "tabel survei: berbeda dari seharusnya"),
        ("CREATE TABLE lain (a integer)", "skema", "tabel lain: bukan bagian buku"),
        ("UPDATE survei SET kepuasan = 1 WHERE nomor = 'SKM-2026-0003'", "halaman",
         "SKM-2026-0003: kepuasan tidak sama dengan jurnal"),
        ("UPDATE pengaduan SET batal = true WHERE nomor = 'PGD-2026-0003'", "halaman",
         "PGD-2026-0003: batal tidak sama dengan jurnal"),
        ("DELETE FROM survei WHERE nomor = 'SKM-2026-0003'", "halaman",
         "SKM-2026-0003: ada di jurnal, tetapi halamannya hilang"),
        ("UPDATE jurnal SET petugas = 'x' WHERE seq = 100", "rantai",
         "jurnal baris 100: isi baris ini, atau urutannya, tidak sesuai sidiknya"),
        ("DELETE FROM jurnal WHERE seq = 100", "rantai", "jurnal baris 100: baris ini hilang"),
        ("UPDATE hari_libur SET berlaku = false WHERE tanggal = '2026-08-17'", "kalender",
         "hari libur 2026-08-17: tidak sama dengan jurnal"),
        ("DROP TABLE target CASCADE", "target", "buku: tidak dapat diperiksa sampai selesai"),
    ],
)  # fmt: skip
def test_tampering_by_the_server_s_owner_is_found(
    kantor: Kantor, basis_contoh: str, basis_data: Callable[[str], str], perintah: str, pemeriksaan: str, tempat: str
) -> None:
    url = basis_data(basis_contoh)
    with psycopg.connect(url) as koneksi:
        # What a superuser can do: no trigger fires while this is set.
        koneksi.execute("SET session_replication_role = replica")
        koneksi.execute(perintah.encode())
    hasil = kantor("--buku", url, "periksa", "-O", "json", kode=8).json
    ditemukan = {
        satu["pemeriksaan"]: [f"{isi['tempat']}: {isi['pesan']}" for isi in satu["temuan"]] for satu in hasil
    }
    assert any(satu.startswith(tempat) for satu in ditemukan[pemeriksaan]), ditemukan
