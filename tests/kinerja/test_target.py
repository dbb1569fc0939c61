"""Targets: set, replaced, removed, guarded; which one serves a sheet, and what was reached of it."""

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.buku.skema import VERSI
from ikikec.buku.target import Kunci, Target
from ikikec.galat import NilaiSalah
from ikikec.istilah import Arah
from ikikec.kinerja.capaian import baca_nilai, capaian, nilai_utuh, pilih_target, tulis_nilai
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.ukuran import ukuran_bawaan
from ikikec.periode import baca_periode
from tests.buku.test_periksa import rusak, temuan
from tests.conftest import AKAR, HARI_INI, Kantor
from tests.skema_lama import buku_pertama

DUA_MESIN = True

KINI = date.fromisoformat(HARI_INI)
UKURAN = ukuran_bawaan()
JUMLAH, PERSEN = UKURAN["informasi-terlaksana"], UKURAN["responden-puas"]


def sheet(kantor: Kantor, periode: str, jabatan: str = "kasi-pip") -> dict[str, tuple[object, object, object]]:
    (laporan,) = kantor("laporan", "--jabatan", jabatan, "--periode", periode, "-O", "json").json
    return {satu["nomor"]: (satu["target"], satu["realisasi"], satu["capaian"]) for satu in laporan["indikator"]}


def test_a_target_and_what_was_reached_stand_on_the_sheet(contoh: Kantor) -> None:
    assert sheet(contoh, "2026-10")["2.1"] == (None, 2, None)
    jawab = contoh("target", "tetapkan", "kasi-pip", "2.1", "3", "--periode", "2026-10")
    assert jawab.keluar == "TARGET-kasi-pip-2.1-2026-10  Oktober 2026: 3 layanan ditetapkan\n"
    contoh("target", "tetapkan", "kasi-pip", "1", "85,5", "--periode", "oktober 2026")
    angka = sheet(contoh, "2026-10")
    assert angka["2.1"] == (3, 2, 66.67)
    assert angka["1"] == (85.5, 36.36, 42.53)  # 4/11 × 100 / 85,5 × 100, from the whole numbers
    assert angka["2.2"] == (None, 8, None)
    assert sheet(contoh, "2026-09")["2.1"] == (None, 3, None)
    contoh("periksa")


def test_a_percentage_without_data_has_a_target_and_nothing_reached(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "kasi-pip", "1", "80", "--periode", "2025-12")
    assert sheet(contoh, "2025-12")["1"] == (80, None, None)
    md = contoh("laporan", "--jabatan", "kasi-pip", "--periode", "2025-12", "-O", "md").keluar
    assert "| 80 % | **tidak ada data**<br>(0 dari 0 responden) | – |" in md


def test_a_target_of_zero_is_shown_and_nothing_is_reached_of_it(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "0", "--periode", "2026-10")
    assert sheet(contoh, "2026-10")["2.1"] == (0, 2, None)


def test_without_a_target_a_sheet_has_no_such_columns(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "pengolah-pip", "1", "5", "--periode", "2026-10")
    for bentuk, tanda in (("md", "| TARGET |"), ("html", ">TARGET<"), ("layar", "capaian")):
        args = ("--periode", "2026-10", "-O", bentuk)
        assert tanda not in contoh("laporan", "--jabatan", "kasi-pip", *args).keluar
        assert tanda in contoh("laporan", "--jabatan", "pengolah-pip", *args).keluar


def test_words_mean_the_days_of_today(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "kasi-pip", "3", "10", "--periode", "bulan-ini")
    contoh("--hari-ini", "2026-12-05", "target", "tetapkan", "kasi-pip", "3", "11", "--periode", "bulan-ini")
    semua = contoh("target", "daftar", "-O", "json").json
    assert [(satu["nomor"], satu["target"]) for satu in semua] == [
        ("TARGET-kasi-pip-3-2026-11", 10), ("TARGET-kasi-pip-3-2026-12", 11),
    ]  # fmt: skip


@pytest.mark.sqlite
def test_setting_again_replaces_and_the_same_value_writes_nothing(contoh: Kantor) -> None:
    tetapkan = ("target", "tetapkan", "kasi-pip", "2.1")
    contoh(*tetapkan, "24", "--periode", "2026-T1")
    contoh(*tetapkan, "36", "--periode", "2026-01..2026-03")
    sebelum = contoh.buku.read_bytes()
    assert "sudah demikian" in contoh(*tetapkan, "36", "--periode", "tw1 2026").keluar
    assert contoh.buku.read_bytes() == sebelum
    with closing(sqlite3.connect(contoh.buku)) as buku:
        baris = buku.execute(
            "SELECT aksi, nomor, revisi, alasan, petugas, isi FROM jurnal WHERE register = 'target' ORDER BY seq"
        ).fetchall()
        (halaman,) = buku.execute("SELECT * FROM target").fetchall()
    assert [satu[:5] for satu in baris] == [
        ("target", "TARGET-kasi-pip-2.1-2026-T1", 1, None, "Siti Petugas"),
        ("target", "TARGET-kasi-pip-2.1-2026-T1", 2, None, "Siti Petugas"),
    ]
    assert baris[1][5] == (
        '{"akhir":"2026-03-31","awal":"2026-01-01","berlaku":true,"indikator":"2.1","jabatan":"kasi-pip",'
        '"nilai":36,"nomor":"TARGET-kasi-pip-2.1-2026-T1","satuan":"layanan"}'
    )
    assert halaman == (
        "TARGET-kasi-pip-2.1-2026-T1", "kasi-pip", "2.1", "2026-01-01", "2026-03-31", 36, "layanan", 1, 2, None, None,
    )  # fmt: skip
    contoh("periksa")


def test_a_removed_target_serves_no_longer_and_may_be_set_again(contoh: Kantor) -> None:
    target = ("kasi-pip", "2.1", "--periode", "2026")
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    contoh("target", "hapus", *target, kode=2)
    assert "dihapus" in contoh("target", "hapus", *target, "--alasan", "rencana diubah").keluar
    assert sheet(contoh, "2026-10")["2.1"][0] is None
    assert contoh("target", "daftar", "-O", "json").json == []
    galat = contoh("target", "hapus", *target, "--alasan", "x", kode=4).galat
    assert "tidak ada target kasi-pip 2.1, Tahun 2026" in galat
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    assert sheet(contoh, "2026-10")["2.1"][0] == 2
    contoh("periksa")


def test_the_list_is_narrowed_by_position_and_period(contoh: Kantor) -> None:
    for args in ("kasi-pip 2.1 24 --periode 2026", "kasi-pip 1 85.5 --periode 2026-T3",
                 "pengolah-pip 1 100 --periode 2027"):  # fmt: skip
        contoh("target", "tetapkan", *args.split())

    def nomor(*args: str) -> list[str]:
        return [satu["nomor"] for satu in contoh("target", "daftar", *args, "-O", "json").json]

    assert nomor() == ["TARGET-kasi-pip-1-2026-T3", "TARGET-kasi-pip-2.1-2026", "TARGET-pengolah-pip-1-2027"]
    assert nomor("--periode", "2026-10") == ["TARGET-kasi-pip-2.1-2026"]
    assert nomor("--periode", "2026-09", "--jabatan", "kasi-pip") == nomor("--jabatan", "kasi-pip")
    jawab = contoh("target", "daftar", "--jabatan", "kasi-pip")
    assert "85,5 %" in jawab.keluar
    assert jawab.galat == "2 target\n"
    (satu,) = contoh("target", "daftar", "--periode", "2026-T3", "--jabatan", "kasi-pip", "-O", "json").json[:1]
    assert satu == {
        "nomor": "TARGET-kasi-pip-1-2026-T3", "jabatan": "kasi-pip", "indikator": "1",
        "periode": {"label": "Triwulan III 2026", "awal": "2026-07-01", "akhir": "2026-09-30"},
        "target": 85.5, "satuan": "%",
    }  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("args", "sebut"),
    [
        ("tetapkan kasi 2.1 3 --periode 2026", "maksudnya kasi-pip?"),
        ("tetapkan semua 2.1 3 --periode 2026", "pilihannya kasi-pip, pengolah-perizinan, atau pengolah-pip"),
        ("tetapkan kasi-pip 2.4 3 --periode 2026", "pilihannya 1, 2.1, 2.2, 2.3, atau 3"),
        ("tetapkan kasi-pip 2.1 2,5 --periode 2026", "argumen NILAI"),
        ("tetapkan kasi-pip 2.1 -- -3 --periode 2026", ""),
        ("tetapkan kasi-pip 1 100,01 --periode 2026", "0 sampai 100"),
        ("tetapkan kasi-pip 2.1 3", "--periode wajib diisi"),
        ("tetapkan kasi-pip 2.1 3 --periode besok", "tidak dikenali"),
        ("hapus kasi-pip 2.4 --periode 2026 --alasan x", "pilihannya 1, 2.1"),
        ("daftar --jabatan kasi", "maksudnya kasi-pip?"),
        ("daftar --periode x", "tidak dikenali"),
    ],
)
def test_what_is_not_understood(contoh: Kantor, args: str, sebut: str) -> None:
    sebelum = contoh.buku.read_bytes()
    assert sebut in contoh("target", *args.split(), kode=2).galat
    assert contoh.buku.read_bytes() == sebelum


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [("85", 8500), ("85,5", 8550), ("85.5", 8550), ("85,05", 8505), ("0", 0), ("100", 10000), ("100,00", 10000),
     (" 7 % ", 700), ("085", 8500)],
)  # fmt: skip
def test_percentages_are_kept_in_hundredths(teks: str, nilai: int) -> None:
    assert baca_nilai(teks, PERSEN) == nilai


@pytest.mark.parametrize(
    "teks", ["", "85,555", "1e2", "85,", ",5", "-1", "100,01", "101", "٨٥", "delapan", "1.000,5"]
)
def test_no_percentage(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_nilai(teks, PERSEN)


@pytest.mark.parametrize("teks", ["", "1.200", "2,5", "-1", "+1", "1e3", "2000000001", "99999999999", "5 %", "٣"])
def test_no_count(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_nilai(teks, JUMLAH)


def target(periode: str, nilai: int, satuan: str = "layanan") -> Target:
    return Target(Kunci("kasi-pip", "2.1", baca_periode(periode, KINI)), nilai, satuan)


@pytest.mark.parametrize(
    ("asal", "lembar", "nilai", "tertulis"),
    [
        ("2026", "2026-10", Fraction(10), "10"),
        ("2026", "2026-T3", Fraction(30), "30"),
        ("2026", "2026", Fraction(120), "120"),
        ("2026-T3", "2026-08", Fraction(40), "40"),
        ("2026-01..2026-07", "2026-02", Fraction(120, 7), "17.14"),
        ("2024", "2024-02", Fraction(10), "10"),  # by months, however long they are
        ("2026-10", "2026-10-01..2026-10-15", Fraction(120 * 15, 31), "58.06"),
        ("2026", "2026-10-01..2026-10-01", Fraction(120, 365), "0.33"),
        ("2026-10-01..2026-11-15", "2026-10", Fraction(120 * 31, 46), "80.87"),
    ],
)
def test_a_wider_target_serves_its_parts(asal: str, lembar: str, nilai: Fraction, tertulis: str) -> None:
    ada = pilih_target([target(asal, 120)], "2.1", JUMLAH, baca_periode(lembar, KINI))
    assert ada is not None
    assert (ada.nilai, str(ada.tertulis)) == (nilai, tertulis)


def test_a_percentage_serves_its_parts_unchanged() -> None:
    ada = pilih_target([target("2026", 8550, "%")], "2.1", PERSEN, baca_periode("2026-10", KINI))
    assert ada is not None
    assert ada.nilai == Fraction(171, 2)


@pytest.mark.parametrize(
    ("ada", "menang"),
    [
        ([("2026", 1), ("2026-S2", 2), ("2026-T4", 3), ("2026-10", 4)], 4),
        ([("2026-S2", 2), ("2026", 1)], 2),
        ([("2026-10-01..2026-11-15", 1), ("2026-T4", 2)], 1),
        # equally long: the one set later, which the ledger tells first
        ([("2026-10-01..2026-11-15", 1), ("2026-09-16..2026-10-31", 2)], 1),
    ],
)
def test_the_shortest_covering_period_wins(ada: list[tuple[str, int]], menang: int) -> None:
    semua = [target(periode, nilai) for periode, nilai in ada]
    terpilih = pilih_target(semua, "2.1", JUMLAH, baca_periode("2026-10", KINI))
    assert terpilih is not None
    assert terpilih.asal.nilai == menang
    assert pilih_target(semua, "2.2", JUMLAH, baca_periode("2026-10", KINI)) is None
    assert pilih_target(semua, "2.1", PERSEN, baca_periode("2026-10", KINI)) is None


def test_of_two_equally_long_ones_the_one_set_later_serves(contoh: Kantor) -> None:
    for periode, nilai in (("2026-09-16..2026-10-31", "46"), ("2026-10-01..2026-11-15", "92")):
        contoh("target", "tetapkan", "kasi-pip", "2.1", nilai, "--periode", periode)
    assert sheet(contoh, "2026-10")["2.1"][0] == 62
    contoh("target", "tetapkan", "kasi-pip", "2.1", "138", "--periode", "2026-09-16..2026-10-31")
    assert sheet(contoh, "2026-10")["2.1"][0] == 93


def test_shorter_targets_do_not_add_up(contoh: Kantor) -> None:
    for bulan in ("2026-07", "2026-08", "2026-09"):
        contoh("target", "tetapkan", "kasi-pip", "2.1", "3", "--periode", bulan)
    assert sheet(contoh, "2026-T3")["2.1"][0] is None


@pytest.mark.parametrize(
    ("realisasi", "nilai", "arah", "hasil"),
    [
        (Realisasi(8), 10, "besar", "80.00"),
        (Realisasi(2), 3, "besar", "66.67"),
        (Realisasi(12), 10, "besar", "120.00"),
        (Realisasi(0), 10, "besar", "0.00"),
        (Realisasi(8), 10, "kecil", "120.00"),
        (Realisasi(12), 10, "kecil", "80.00"),
        (Realisasi(25), 10, "kecil", "-50.00"),
        (Realisasi(0), 10, "kecil", "200.00"),
        (Realisasi(1), 800, "besar", "0.13"),  # half up, once
        (Realisasi(4, 11), 85, "besar", "42.78"),
        (Realisasi(0, 0), 85, "besar", None),
        (Realisasi(8), 0, "besar", None),
    ],
)
def test_what_was_reached(realisasi: Realisasi, nilai: int, arah: str, hasil: str | None) -> None:
    ukuran = JUMLAH if realisasi.penyebut is None else PERSEN
    satu = target("2026-10", nilai * (1 if ukuran is JUMLAH else 100), ukuran.satuan)
    berlaku = pilih_target([satu], "2.1", ukuran, baca_periode("2026-10", KINI))
    dicapai = capaian(realisasi, berlaku, Arah(arah))
    assert (None if dicapai is None else str(dicapai)) == hasil
    assert capaian(realisasi, None, Arah(arah)) is None


@given(st.integers(0, 10000))
def test_a_percentage_is_written_as_it_is_read(seratus: int) -> None:
    tertulis = str(tulis_nilai(nilai_utuh(target("2026", seratus, "%"))))
    assert baca_nilai(tertulis, PERSEN) == baca_nilai(tertulis.replace(".", ","), PERSEN) == seratus


def test_smaller_is_better_where_the_position_says_so(contoh: Kantor) -> None:
    asal = (AKAR / "ikikec" / "jabatan" / "kasi-pip.toml").read_text()
    folder = contoh.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    ukuran = 'ukuran = "informasi-terlaksana"'
    (folder / "kasi-pip.toml").write_text(asal.replace(ukuran, f'{ukuran}\narah = "kecil"'))
    contoh("target", "tetapkan", "kasi-pip", "2.1", "4", "--periode", "2026-10")
    assert sheet(contoh, "2026-10")["2.1"] == (4, 2, 150.0)
    (folder / "kasi-pip.toml").write_text(asal.replace(ukuran, f'{ukuran}\narah = "keci"'))
    assert "pilihannya besar atau kecil; maksudnya kecil?" in contoh("jabatan", kode=3).galat


def test_a_closed_month_keeps_its_targets(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    contoh("tutup", "2026-09")
    sebelum = contoh("info", "-O", "json").json
    for args in ("tetapkan kasi-pip 2.1 30 --periode 2026", "hapus kasi-pip 2.1 --periode 2026 --alasan x",
                 "tetapkan kasi-pip 1 80 --periode 2026-T3", "tetapkan kasi-pip 1 80 --periode 2026-09-30..2026-10-01"):  # fmt: skip
        galat = contoh("target", *args.split(), kode=3).galat
        assert "menyentuh bulan tertutup: September 2026 sudah ditutup" in galat
        assert "ikikec buka 2026-09 --alasan" in galat
    # what stands already may be said again
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    assert contoh("info", "-O", "json").json == sebelum
    contoh("target", "tetapkan", "kasi-pip", "2.1", "6", "--periode", "2026-T4")
    contoh("buka", "2026-09", "--alasan", "target keliru")
    contoh("target", "tetapkan", "kasi-pip", "2.1", "30", "--periode", "2026")
    contoh("periksa")


def test_two_positions_never_share_a_number(contoh: Kantor) -> None:
    asal = (AKAR / "ikikec" / "jabatan" / "pengolah-pip.toml").read_text()
    folder = contoh.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(asal.replace('nomor = "2.1"', 'nomor = "b-2"'))
    (folder / "a-b.toml").write_text(asal.replace('nomor = "2.1"', 'nomor = "2"'))
    contoh("target", "tetapkan", "a", "b-2", "5", "--periode", "2026")
    assert "bernomor sama dengan target a b-2" in contoh(
        "target", "tetapkan", "a-b", "2", "5", "--periode", "2026", kode=3
    ).galat  # fmt: skip


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "perintah",
    [
        "UPDATE target SET nilai = 1", "UPDATE target SET nilai = 1, revisi = 2", "DELETE FROM target",
        "INSERT INTO target VALUES ('TARGET-x', 'x', '1', '2026-01-01', '2026-12-31', 1, '%', 1, 1, NULL, NULL)",
        "INSERT OR REPLACE INTO target SELECT * FROM target",
        "INSERT INTO target SELECT 'SKM-2026-0001', jabatan, indikator, awal, akhir, nilai, satuan, berlaku, 1, atas, desimal FROM target",
    ],
)  # fmt: skip
def test_targets_are_guarded_as_pages_are(contoh: Kantor, perintah: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    with closing(sqlite3.connect(contoh.buku)) as buku, pytest.raises(sqlite3.IntegrityError):
        buku.execute(perintah)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "isi",
    ["awal = '2026-02-30'", "akhir = '2025-01-01'", "nilai = -1", "nilai = 2000000001", "satuan = ''", "jabatan = ''",
     "berlaku = 2", "revisi = 0", "indikator = NULL", "atas = nilai", "atas = 2000000001", "desimal = 1"],
)  # fmt: skip
def test_the_schema_refuses_what_no_target_is(contoh: Kantor, isi: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    with closing(sqlite3.connect(contoh.buku)) as buku:
        for (nama,) in buku.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            buku.execute(f"DROP TRIGGER {nama}")
        with pytest.raises(sqlite3.IntegrityError):
            buku.execute(f"UPDATE target SET {isi}")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "ubah",
    [
        "UPDATE target SET nilai = 25", "UPDATE target SET satuan = '%'", "UPDATE target SET awal = '2026-02-01'",
        "UPDATE target SET berlaku = 0", "UPDATE target SET jabatan = 'x'", "UPDATE target SET revisi = 2",
        "DELETE FROM target", "UPDATE target SET indikator = '3'", "UPDATE target SET akhir = '2027-01-01'",
    ],
)  # fmt: skip
def test_a_tampered_target_is_found(contoh: Kantor, ubah: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    rusak(contoh, ubah)
    assert temuan(contoh) == {"target": ["TARGET-kasi-pip-2.1-2026: tidak sama dengan jurnal"]}


@pytest.mark.sqlite
def test_a_target_that_cannot_be_read_any_more_is_told_as_damage(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    rusak(contoh, "UPDATE target SET awal = 'x'")
    assert "ikikec periksa" in contoh("target", "daftar", kode=6).galat


@pytest.mark.sqlite
def test_a_backup_holds_the_targets(contoh: Kantor) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    cadangan = contoh("cadangkan").keluar.strip()
    contoh("target", "hapus", "kasi-pip", "2.1", "--periode", "2026", "--alasan", "x")
    contoh("pulihkan", cadangan, "--ya")
    assert sheet(contoh, "2026-10")["2.1"][0] == 2


@pytest.mark.sqlite
def test_a_ledger_of_the_first_schema_is_upgraded_with_a_copy_and_stays_the_same(contoh: Kantor) -> None:
    contoh("tutup", "2026-09")
    asal = contoh.folder / "asal.db"
    shutil.move(contoh.buku, asal)
    buku_pertama(asal, contoh.buku)
    lama = dump(contoh.buku)
    assert "berskema lama (0001" in contoh("laporan", "--jabatan", "semua", "--periode", "2026", kode=7).galat
    contoh("--boleh-migrasi", "target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026-10")
    (cadangan,) = contoh.folder.glob(f"buku-sebelum-skema-{VERSI}-dari-0001.db")
    assert dump(cadangan) == lama
    contoh("periksa")
    assert contoh("info", "-O", "json").json["buku"]["skema"] == VERSI
    jurnal = "SELECT * FROM jurnal WHERE register <> 'target' ORDER BY seq"
    with closing(sqlite3.connect(cadangan)) as satu, closing(sqlite3.connect(contoh.buku)) as dua:
        assert dua.execute(jurnal).fetchall() == satu.execute(jurnal).fetchall()
    for periode in ("2026-09", "2026-10", "2026"):
        for jabatan in ("kasi-pip", "pengolah-perizinan", "pengolah-pip"):
            sekarang = {nomor: isi[1] for nomor, isi in sheet(contoh, periode, jabatan).items()}
            contoh.env["IKIKEC_BUKU"] = str(asal)
            assert sekarang == {nomor: isi[1] for nomor, isi in sheet(contoh, periode, jabatan).items()}
            contoh.env["IKIKEC_BUKU"] = str(contoh.buku)


@pytest.mark.sqlite
def test_a_backup_of_the_first_schema_can_be_put_back(contoh: Kantor) -> None:
    angka = sheet(contoh, "2026-10")
    lama = cadangan_lama(contoh)
    sebelum = lama.read_bytes()
    contoh("pulihkan", str(lama), "--ya")
    assert lama.read_bytes() == sebelum
    assert sheet(contoh, "2026-10") == angka
    contoh("periksa")
    contoh("target", "tetapkan", "kasi-pip", "1", "85", "--periode", "2026")


@pytest.mark.sqlite
def test_a_tampered_backup_of_the_first_schema_is_not_put_back(contoh: Kantor) -> None:
    lama = cadangan_lama(contoh)
    with closing(sqlite3.connect(lama)) as buku, buku:
        buku.execute("DROP TRIGGER survei_ubah")
        buku.execute("UPDATE survei SET kepuasan = 4 WHERE nomor = 'SKM-2026-0130'")
    sebelum = contoh.buku.read_bytes()
    contoh("pulihkan", str(lama), "--ya", kode=8)
    assert contoh.buku.read_bytes() == sebelum


def cadangan_lama(contoh: Kantor) -> Path:
    """A copy of the office's ledger as the first version made it; the ledger itself was upgraded and has an entry more."""
    asal, lama = contoh.folder / "asal.db", contoh.folder / "lama.db"
    shutil.move(contoh.buku, asal)
    buku_pertama(asal, contoh.buku)
    shutil.copy(contoh.buku, lama)
    contoh("--boleh-migrasi", "catat", "survei", "--kepuasan", "1", "--tanggal", "2026-10-05")
    return lama


def dump(berkas: Path) -> list[str]:
    with closing(sqlite3.connect(berkas)) as buku:
        return list(buku.iterdump())


def test_the_first_act_in_an_office_may_be_a_target(kantor: Kantor) -> None:
    kantor("target", "daftar", kode=6)
    kantor("target", "hapus", "kasi-pip", "1", "--periode", "2026", "--alasan", "x", kode=6)
    kantor("target", "tetapkan", "kasi-pip", "1", "85", "--periode", HARI_INI[:4])
    assert sheet(kantor, "2026-10")["1"] == (85, None, None)
    kantor("periksa")
