"""The configuration: all optional, every wrong key named, and where ledger and clerk come from."""

from pathlib import Path

import pytest

from ikikec.konfigurasi import Konfigurasi
from tests.conftest import Kantor

LENGKAP = """
kecamatan = "Batui Selatan"
kabupaten = "Banggai"
tempat = "Sinorang"
zona = "Asia/Jayapura"
petugas = "Budi"
buku = "buku-kantor.db"
tunggu = 3
hari_kerja = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu"]

[batas]
informasi = 7

[batas.pengaduan]
tidak-berkadar = 3
berkadar = "tanpa"
aspirasi = 20

[izin]
keramaian = 0
tambang = 9

[pejabat.camat]
nama = "Drs. A"
nip = "19660101 199003 1 001"
"""


def pakai(kantor: Kantor, isi: str) -> tuple[str, str]:
    berkas = kantor.folder / "kantor.toml"
    berkas.write_text(isi)
    return "--konfig", str(berkas)


def test_every_key_is_obeyed(kantor: Kantor) -> None:
    opsi = pakai(kantor, LENGKAP)
    del kantor.env["IKIKEC_BUKU"]
    bersih = {"IKIKEC_PETUGAS": ""}
    args = ("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-19", "-O", "json")
    assert kantor(*opsi, *args, **bersih).json["batas"] == "2026-11-23"
    assert kantor(*opsi, *args, "--klasifikasi", "berkadar", **bersih).json["batas"] is None
    assert kantor(*opsi, *args, "--klasifikasi", "aspirasi", **bersih).json["batas"] == "2026-12-12"
    info = kantor(*opsi, "info", "-O", "json", **bersih).json
    assert info["buku"]["berkas"] == str(kantor.folder / "buku-kantor.db")
    assert info["konfigurasi"] == opsi[1]
    riwayat = kantor(*opsi, "lihat", "PGD-2026-0001", "-O", "json", **bersih).json["riwayat"]
    assert riwayat[0]["petugas"] == "Budi"
    md = kantor(*opsi, "laporan", "--jabatan", "kasi-pip", "--periode", "2026", **bersih).keluar
    assert "Sinorang, 22 November 2026" in md
    assert "CAMAT BATUI SELATAN" in md
    assert "19660101 199003 1 001" in md


def test_no_file_means_the_contract_s_defaults() -> None:
    konfig = Konfigurasi()
    assert konfig.izin == {
        "keramaian": 0, "domisili": 0, "dispensasi-nikah": 0, "fasilitas-umum": 1, "usaha-mikro": 2, "bangunan": 5,
        "lainnya": 5,
    }  # fmt: skip
    assert (konfig.batas.informasi, konfig.zona, konfig.indeks_hari_kerja) == (10, "Asia/Makassar", {0, 1, 2, 3, 4})


@pytest.mark.parametrize(
    ("isi", "sebut"),
    [
        ("kecamatn = 'x'", "kecamatn: kunci ini tidak dikenal; maksudnya kecamatan?"),
        ("kecamatan = 5", "kecamatan: harus teks"),
        ("zona = 'Asia/Palu'", "zona: zona waktu 'Asia/Palu' tidak dikenal"),
        ("zona = '../etc'", "zona: zona waktu"),
        ("hari_kerja = ['senen']", "hari_kerja: hari 'senen' tidak dikenal"),
        ("hari_kerja = []", "hari_kerja: sedikitnya satu"),
        ("tunggu = -1", "tunggu: paling kecil 0"),
        ("tunggu = 2.5", "tunggu: harus bilangan bulat"),
        ("bobot_skm = 0.11", "bobot_skm: harus teks di antara tanda kutip"),
        ("bobot_skm = '0.111'", 'bobot_skm: bobot \'0.111\' tidak dikenal; pilihannya "1/9", "0,111", atau "0,11"'),
        (
            "kertas = 'Leter'",
            "kertas: kertas 'Leter' tidak dikenal; pilihannya A4, F4, Legal, atau Letter; maksudnya Letter?",
        ),
        ("kertas = 4", "kertas: harus teks di antara tanda kutip"),
        ("[kop]\nbaris = ['a', 'b', 'c', 'd', 'e', 'f']", "kop.baris: paling banyak 5 butir"),
        (f"[kop]\nbaris = ['{'a' * 121}']", "kop.baris.0: paling banyak 120 huruf"),
        ("[kop]\nbaris = ['a', ' ']", "kop.baris.1: tidak boleh kosong"),
        ("[kop]\nbaris = 'KECAMATAN'", "kop.baris: harus berupa daftar di antara [ dan ]"),
        ("[kop]\nbris = ['a']", "kop.bris: kunci ini tidak dikenal; maksudnya baris?"),
        ("[kop]\ngambar = 'a.png'", "kop: gambar tanpa baris; isi juga baris"),
        ("kop = 'a'", "kop: harus berupa tabel"),
        ("[batas]\ninformas = 3", "batas.informas: kunci ini tidak dikenal; maksudnya informasi?"),
        ("[batas]\ninformasi = '10'", "batas.informasi: harus bilangan bulat"),
        ("[batas.pengaduan]\nberkadr = 3", "batas.pengaduan.berkadr: kunci ini tidak dikenal; maksudnya berkadar?"),
        ("[izin]", "izin: tidak boleh kosong"),
        ("[izin]\ndomisili = 999", "izin.domisili: paling besar 366"),
        ("[pejabat.camat]\nnip = '123'", "pejabat.camat.nip: NIP harus 18 angka"),
        ("[pejabat.camat]\nnamo = 'x'", "maksudnya nama?"),
        ("pejabat = 3", "pejabat: harus berupa tabel"),
        ("a = ", "bukan TOML yang benar"),
        ('kecamatan = "\\u001b[31mX"', "kecamatan: memuat huruf kendali"),
    ],
)
def test_a_wrong_key_is_named(kantor: Kantor, isi: str, sebut: str) -> None:
    galat = kantor(*pakai(kantor, isi), "jabatan", kode=3).galat
    assert sebut in galat
    assert "kantor.toml" in galat


def test_a_configuration_that_is_no_text(kantor: Kantor) -> None:
    opsi = pakai(kantor, "")
    Path(opsi[1]).write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in kantor(*opsi, "jabatan", kode=3).galat


def test_the_user_s_folder_and_the_environment_name_the_configuration(kantor: Kantor) -> None:
    folder = kantor.folder / "config" / "ikikec"
    folder.mkdir(parents=True)
    (folder / "ikikec.toml").write_text("salah = 1")
    assert "ikikec.toml" in kantor("jabatan", kode=3).galat
    _, lain = pakai(kantor, "")
    kantor("jabatan", IKIKEC_KONFIG=lain)


def test_the_clerk_is_the_option_then_the_environment_then_the_login_name(kantor: Kantor) -> None:
    def petugas(*args: str, **env: str) -> str:
        nomor = kantor(*args, "catat", "survei", "--kepuasan", "4", **env).keluar.split()[0]
        return str(kantor("lihat", nomor, "-O", "json").json["riwayat"][0]["petugas"])

    assert petugas("--petugas", "Ani") == "Ani"
    assert petugas() == "Siti Petugas"
    assert petugas(IKIKEC_PETUGAS="", LOGNAME="wati") == "wati"


def test_today_follows_the_office_s_zone(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    monkeypatch.setattr("ikikec.cli.sesi.jam", lambda: datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    monkeypatch.delitem(kantor.env, "IKIKEC_HARI_INI")
    isi = kantor("catat", "survei", "--kepuasan", "4", "-O", "json").json
    assert (isi["nomor"], isi["tanggal"]) == ("SKM-2026-0001", "2026-01-01")
    riwayat = kantor("lihat", "SKM-2026-0001", "-O", "json").json["riwayat"]
    assert riwayat[0]["waktu"] == "2025-12-31T16:30:00Z"
    assert "1 Januari 2026 00.30" in kantor("lihat", "SKM-2026-0001").keluar


@pytest.mark.parametrize(
    "isi",
    [
        "kecamatan = " + "9" * 4301,
        "kecamatan = " + "[" * 900 + "]" * 900,
        "pejabat = " + "{a=" * 900 + "1" + "}" * 900,
        "kecamatan" + ".a" * 60_000 + " = 1",
        "pejabat.camat" + '."a"' * 20_000 + " = 1",
        "[izin" + ".a" * 60_000 + "]\nx = 1",
        "# " + "x" * (128 << 10),
    ],
    ids=["digits", "brackets", "tables", "key", "quoted key", "table's name", "size"],
)
def test_what_no_office_writes_is_refused_at_once_in_every_kind_of_file(kantor: Kantor, isi: str) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    berkas = kantor.folder / "jahat.toml"
    berkas.write_text(isi)
    for args in (("info",), ("atur", "lihat"), ("atur", "periksa")):
        kantor("--konfig", str(berkas), *args, kode=3)
    kantor("rekap", "--daftar", str(berkas), kode=3)
    kantor("impor", "survei", kantor.csv("a.csv", "tanggal,kepuasan", "2026-10-05,4"), "--peta", str(berkas), kode=3)
