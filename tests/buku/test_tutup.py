"""Closed months: no act writes, changes or displaces a date in one, and their figures stay."""

import sqlite3
from contextlib import closing

import pytest

from tests.conftest import Kantor

DUA_MESIN = True

ALASAN = ("--alasan", "x", "--ya")


@pytest.fixture
def tertutup(kantor: Kantor) -> Kantor:
    """An office whose October is closed, with entries on both sides of its ends."""
    kantor.seperti(_tutup_oktober)
    return kantor


def _tutup_oktober(kantor: Kantor) -> None:
    for tanggal in ("2026-09-15", "2026-10-15"):
        kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", tanggal)
        kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", tanggal)
        kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "bangunan", "--tanggal", tanggal)
        kantor("catat", "surat-kabar", "--media", "A", "--eksemplar", "3", "--tanggal", tanggal)
        kantor("catat", "survei", "--kepuasan", "4", "--tanggal", tanggal)
    kantor("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-11-02")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--tanggal", "2026-10-20")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "Y", "--tanggal", "2026-10-25")
    kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "--tanggal", "2026-10-20")
    kantor("catat", "surat-kabar", "--media", "A", "--eksemplar", "3", "--tanggal", "2026-09-16")
    kantor("manfaatkan", "KRN-2026-0003", "--dimanfaatkan", "2", "--tanggal", "2026-10-10")
    assert kantor("tutup", "2026-10").keluar == "Oktober 2026 ditutup\n"


@pytest.mark.parametrize(
    "perintah",
    [
        "catat survei --kepuasan 4 --tanggal 2026-10-01",
        "catat survei --kepuasan 4 --tanggal 2026-10-31",
        "catat informasi --pemohon A --topik B --tanggal 2026-09-01 --tanggal-selesai 2026-10-01 --hasil terlaksana",
        "tindaklanjuti PGD-2026-0002 --tindakan X --tanggal 2026-10-31",
        # back-dated into an open month, it would take the complaint out of October
        "tindaklanjuti PGD-2026-0001 --tindakan X --tanggal 2026-09-30",
        "selesaikan INF-2026-0002 --hasil terlaksana --tanggal 2026-10-31",
        "terbitkan RIZ-2026-0001 --nomor-surat 1 --tanggal 2026-10-01",
        "tolak RIZ-2026-0002 --alasan X --tanggal 2026-10-30",
        "manfaatkan KRN-2026-0001 --dimanfaatkan 1 --tanggal 2026-10-10",
        "koreksi SKM-2026-0002 --kepuasan 1",
        "koreksi SKM-2026-0002 --tanggal 2026-11-01",
        "koreksi SKM-2026-0003 --tanggal 2026-10-31",
        "koreksi INF-2026-0001 --hasil tidak-terlaksana",
        # its deadline decides whether the service that was finished in October was in time
        "koreksi INF-2026-0001 --tanggal 2026-09-01",
        # what the closed month's sheet prints of the entries behind its figures
        "koreksi INF-2026-0001 --topik Z",
        "koreksi KRN-2026-0003 --eksemplar 2",
        "koreksi PGD-2026-0001 --klasifikasi berkadar",
        "koreksi PGD-2026-0001 --lokasi Pasar",
        "koreksi PGD-2026-0001/1 --tindakan Z",
        "koreksi PGD-2026-0001/1 --tanggal 2026-11-01",
        "koreksi PGD-2026-0001/2 --tanggal 2026-09-30",
        "batalkan SKM-2026-0002",
        "batalkan INF-2026-0001",
        "batalkan PGD-2026-0001",
        "batalkan PGD-2026-0001/1",
    ],
)
def test_an_act_that_touches_a_closed_month_is_refused(tertutup: Kantor, perintah: str) -> None:
    sebelum = tertutup("info", "-O", "json").json
    args = perintah.split()
    galat = tertutup(*args, *(ALASAN if args[0] in ("koreksi", "batalkan") else ()), kode=3).galat
    assert "Oktober 2026 sudah ditutup" in galat
    assert "oleh Siti Petugas" in galat
    assert "ikikec buka 2026-10" in galat
    assert tertutup("info", "-O", "json").json == sebelum


@pytest.mark.parametrize(
    "perintah",
    [
        "catat survei --kepuasan 4 --tanggal 2026-09-30",
        "catat survei --kepuasan 4 --tanggal 2026-11-01",
        "tindaklanjuti PGD-2026-0001 --tindakan X --tanggal 2026-11-01",
        "tindaklanjuti PGD-2026-0002 --tindakan X --tanggal 2026-11-01",
        "selesaikan INF-2026-0002 --hasil terlaksana --tanggal 2026-11-01",
        "terbitkan RIZ-2026-0002 --nomor-surat 1 --tanggal 2026-11-01",
        "manfaatkan KRN-2026-0002 --dimanfaatkan 1 --tanggal 2026-11-01",
        "koreksi SKM-2026-0001 --kepuasan 1",
        "koreksi KRN-2026-0001 --eksemplar 2",
        "batalkan SKM-2026-0003",
    ],
)
def test_an_act_that_touches_open_months_alone_goes_on(tertutup: Kantor, perintah: str) -> None:
    args = perintah.split()
    tertutup(*args, *(ALASAN if args[0] in ("koreksi", "batalkan") else ()))
    tertutup("periksa")


def test_an_import_names_the_lines_that_touch_a_closed_month(tertutup: Kantor) -> None:
    berkas = tertutup.csv("a.csv", "tanggal,kepuasan", "2026-09-30,4", "2026-10-05,4", "2026-11-05,4")
    for uji in ([], ["--uji"]):
        galat = tertutup("impor", "survei", berkas, *uji, kode=3).galat
        assert "baris 3, tanggal" in galat
        assert galat.count("baris") == 1
    berkas = tertutup.csv("a.csv", "pengaduan,tanggal,tindakan", "PGD-2026-0001,2026-09-30,X")
    assert "Oktober 2026" in tertutup("impor", "tindak-lanjut", berkas, kode=3).galat


def test_a_follow_up_in_a_file_that_would_displace_a_closed_one_is_named_by_its_line(tertutup: Kantor) -> None:
    berkas = tertutup.csv(
        "a.csv", "pengaduan,tanggal,tindakan", "PGD-2026-0001,2026-11-03,X", "PGD-2026-0001,2026-09-20,X"
    )
    for uji in ([], ["--uji"]):
        galat = tertutup("impor", "tindak-lanjut", berkas, *uji, kode=3).galat
        assert "baris 3, tanggal: 2026-09-20 mendahului tindak lanjut terawal PGD-2026-0001" in galat


@pytest.mark.parametrize("ya", [["--ya"], []])
def test_what_is_refused_or_not_confirmed_writes_no_line_at_all(tertutup: Kantor, ya: list[str]) -> None:
    tertutup("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-20")
    sebelum = tertutup("info", "-O", "json").json
    # The deadline it would get lies in a year whose free days are not in the ledger yet.
    tertutup("koreksi", "PGD-2026-0002", "--klasifikasi", "berkadar", "--alasan", "x", *ya, kode=3)
    tertutup("koreksi", "PGD-2026-0003", "--klasifikasi", "berkadar", "--alasan", "x", kode=2)
    assert tertutup("info", "-O", "json").json == sebelum


@pytest.mark.sqlite
def test_a_closing_that_is_cut_off_is_found(tertutup: Kantor) -> None:
    with closing(sqlite3.connect(tertutup.buku)) as buku, buku:
        buku.execute("DROP TRIGGER jurnal_hapus")
        buku.execute("DELETE FROM jurnal WHERE seq = (SELECT max(seq) FROM jurnal)")
    buku.close()
    assert "temuan (penutupan) TUTUP-2026-10" in tertutup("periksa", kode=8).keluar


@pytest.mark.sqlite
def test_closings_are_guarded_as_pages_are(tertutup: Kantor) -> None:
    with closing(sqlite3.connect(tertutup.buku)) as buku, buku:
        for perintah in ("UPDATE penutupan SET ditutup = 0", "DELETE FROM penutupan", "UPDATE penutupan SET ditutup = 0, revisi = 2",
                         "INSERT INTO penutupan VALUES ('TUTUP-2026-09', 1, 1)"):  # fmt: skip
            with pytest.raises(sqlite3.IntegrityError):
                buku.execute(perintah)
    buku.close()


@pytest.mark.sqlite
def test_a_month_opens_again_with_a_reason_and_both_are_in_the_journal(tertutup: Kantor) -> None:
    tertutup("buka", "2026-10", kode=2)
    assert tertutup("buka", "2026-10", "--alasan", "laporan susulan").keluar == "Oktober 2026 dibuka lagi\n"
    tertutup("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-10-05")
    tertutup("buka", "2026-10", "--alasan", "x", kode=3)
    tertutup("tutup", "2026-10")
    with closing(sqlite3.connect(tertutup.buku)) as buku, buku:
        baris = buku.execute(
            "SELECT aksi, nomor, revisi, alasan, petugas FROM jurnal WHERE register = 'penutupan'"
        ).fetchall()
    assert [satu[:4] for satu in baris] == [
        ("tutup", "TUTUP-2026-10", 1, None), ("buka", "TUTUP-2026-10", 2, "laporan susulan"),
        ("tutup", "TUTUP-2026-10", 3, None),
    ]  # fmt: skip
    tertutup("periksa")


def test_a_quarter_closes_its_months(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    assert kantor("tutup", "2026-08").keluar == "Agustus 2026 ditutup\n"
    assert kantor("tutup", "2026-T3").keluar == "Juli 2026 ditutup\nSeptember 2026 ditutup\n"
    assert "sudah ditutup" in kantor("tutup", "2026-T3").keluar


@pytest.mark.parametrize(
    ("periode", "kode"), [("2026-11", 3), ("bulan-ini", 3), ("2026", 3), ("2026-10-01..2026-10-15", 2), ("x", 2)]
)
def test_only_whole_past_months_close(tertutup: Kantor, periode: str, kode: int) -> None:
    tertutup("tutup", periode, kode=kode)


@pytest.mark.sqlite
def test_periksa_finds_figures_that_no_longer_agree(tertutup: Kantor) -> None:
    tertutup("periksa")
    with closing(sqlite3.connect(tertutup.buku)) as buku, buku:
        for (nama,) in buku.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'survei'"
        ).fetchall():
            buku.execute(f"DROP TRIGGER {nama}")
        buku.execute("UPDATE survei SET kepuasan = 1 WHERE nomor = 'SKM-2026-0002'")
    buku.close()
    temuan = tertutup("periksa", kode=8).keluar
    assert "temuan (bulan-tertutup) Oktober 2026, responden-puas: waktu ditutup 1 dari 1, sekarang 0 dari 1" in temuan


def test_the_survey_s_weight_of_a_closed_month_stays_as_it_was_signed(tertutup: Kantor) -> None:
    for nama in ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "sarana"):
        tertutup("koreksi", "SKM-2026-0001", f"--{nama}", "4", *ALASAN)
    tertutup("koreksi", "SKM-2026-0001", "--penanganan-pengaduan", "4", *ALASAN)
    (tertutup.folder / "lain.toml").write_text('bobot_skm = "0,11"\n')
    lain = ("--konfig", str(tertutup.folder / "lain.toml"))

    def ikm(periode: str) -> float:
        return float(tertutup(*lain, "skm", "--periode", periode, "-O", "json").json["ikm"])

    assert ikm("2026-09") == 99.0
    tertutup("tutup", "2026-09")
    assert ikm("2026-09") == 100.0, "closed with 1/9"
    assert ikm("2026") == 99.0, "some of its months are open"
