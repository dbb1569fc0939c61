"""Dates and periods as people type them: day first, never month first, and never a guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.galat import NilaiSalah
from ikikec.periode import Periode, baca_periode, periode_bulan
from ikikec.tanggal import BULAN, HARI, baca_bulan, baca_ketikan, tanggal_panjang
from tests.conftest import Kantor

MINGGU = date(2026, 11, 22)
HARI_SAH = st.dates(date(1960, 1, 1), date(2999, 12, 31))


def baca(teks: str, hari_ini: date = MINGGU) -> date:
    return baca_ketikan(teks, lambda: hari_ini)


@pytest.mark.parametrize(
    ("teks", "hari"),
    [
        ("hari ini", "2026-11-22"), ("Hari-ini", "2026-11-22"), ("kemarin", "2026-11-21"),
        ("0 hari lalu", "2026-11-22"), ("2 hari lalu", "2026-11-20"), ("10 hari yang lalu", "2026-11-12"),
        ("minggu", "2026-11-22"), ("senin", "2026-11-16"), ("Sabtu", "2026-11-21"), ("jum'at", "2026-11-20"),
        ("22", "2026-11-22"), ("23", "2026-10-23"), ("5", "2026-11-05"), ("05", "2026-11-05"), ("31", "2026-10-31"),
        ("5/3", "2026-03-05"), ("22/11", "2026-11-22"), ("23/11", "2025-11-23"), ("5-3", "2026-03-05"),
        ("5.3", "2026-03-05"), ("20/11/26", "2026-11-20"), ("5 mar 26", "2026-03-05"), ("3/12", "2025-12-03"), ("12/3", "2026-03-12"),
        ("5/3/2026", "2026-03-05"), ("5-3-2026", "2026-03-05"), ("05.03.2026", "2026-03-05"), ("1/12/2026", "2026-12-01"),
        ("5 Maret 2026", "2026-03-05"), ("5 mar", "2026-03-05"), ("5mar", "2026-03-05"), ("  5   MAR  2025 ", "2025-03-05"),
        ("5 mei", "2026-05-05"), ("5 agt", "2026-08-05"), ("1 des", "2025-12-01"), ("5 Nop 2026", "2026-11-05"),
        ("5 okt.", "2026-10-05"), ("2026-03-05", "2026-03-05"),
    ],
)  # fmt: skip
def test_the_day_that_is_meant(teks: str, hari: str) -> None:
    assert str(baca(teks)) == hari


@pytest.mark.parametrize(
    ("hari_ini", "teks"), [("1945-01-01", "kemarin"), ("1945-01-01", "31"), ("1945-03-01", "9000 hari lalu")]
)
def test_days_that_words_make_obey_the_same_limits(hari_ini: str, teks: str) -> None:
    with pytest.raises(NilaiSalah, match="tidak wajar"):
        baca(teks, date.fromisoformat(hari_ini))


def test_a_leap_day_is_the_year_s_that_is_meant() -> None:
    assert baca("29/2", date(2024, 3, 1)) == date(2024, 2, 29)
    with pytest.raises(NilaiSalah, match=r"29 Februari 2100, tanggal itu tidak ada .yang terdekat 2096 dan 2104"):
        baca("29/2", date(2100, 3, 1))


def test_the_31st_goes_back_over_short_months() -> None:
    assert baca("31", date(2026, 3, 15)) == date(2026, 1, 31)
    assert baca("30", date(2026, 3, 15)) == date(2026, 1, 30)


@pytest.mark.parametrize(
    ("teks", "sebut"),
    [
        ("5/13", "bulan 13"), ("2026/3/5", "tidak dikenali"), ("3/25/2026", "hari ditulis dulu"), ("32", "1 sampai 31"),
        ("0", "1 sampai 31"), ("31/2", "31 Februari 2026, tanggal itu tidak ada; "),
        ("29/2/2025", "29 Februari 2025, tanggal itu tidak ada (yang terdekat 2024 dan 2028)"), ("29/2", "29 Februari 2026"),
        ("5/3/026", "dua atau empat angka"), ("5 mar 6", "dua atau empat angka"), ("5/3-2026", "tidak dikenali"), ("lusa", "hari ditulis dulu, misalnya"),
        ("besok", "hari ditulis dulu, misalnya"), ("5 ma", "hari ditulis dulu, misalnya"), ("5 ju", "hari ditulis dulu, misalnya"), ("", "hari ditulis dulu, misalnya"),
        ("5 march", "hari ditulis dulu, misalnya"), ("2026-02-30", "tidak ada di kalender"), ("1/1/0001", "tidak wajar"),
        ("٥/٣", "hari ditulis dulu, misalnya"), ("5/3/", "hari ditulis dulu, misalnya"), ("senen", "hari ditulis dulu, misalnya"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_what_was_understood(teks: str, sebut: str) -> None:
    with pytest.raises(NilaiSalah) as galat:
        baca(teks)
    assert sebut in galat.value.pesan
    assert "5 Maret 2026" in galat.value.pesan or "kalender" in galat.value.pesan or "wajar" in galat.value.pesan


def test_month_names() -> None:
    for nomor, nama in enumerate(BULAN, 1):
        for panjang in range(3, len(nama) + 1):
            assert baca_bulan(nama[:panjang].lower()) == nomor
    assert baca_bulan("ma") is None


@given(HARI_SAH, HARI_SAH)
def test_a_full_date_means_itself_in_every_form_whatever_today(hari: date, kini: date) -> None:
    for teks in (f"{hari.day}/{hari.month}/{hari.year}", f"{hari:%d-%m-%Y}", tanggal_panjang(hari), hari.isoformat()):
        assert baca(teks, kini) == hari


@given(HARI_SAH)
def test_what_leaves_a_part_out_is_the_latest_not_after_today(kini: date) -> None:
    for nama in HARI:
        hari = baca(nama.lower(), kini)
        assert kini - timedelta(days=7) < hari <= kini
        assert HARI[hari.weekday()] == nama
    for nomor in range(1, 32):
        hari = baca(str(nomor), kini)
        assert hari.day == nomor
        assert kini - timedelta(days=62) <= hari <= kini
    for nomor in range(1, 13):
        hari = baca(f"15/{nomor}", kini)
        assert (hari.day, hari.month) == (15, nomor)
        assert kini - timedelta(days=366) < hari <= kini


@given(st.text(max_size=15), HARI_SAH)
def test_any_text_is_a_day_or_refused_in_one_way(teks: str, kini: date) -> None:
    try:
        assert isinstance(baca(teks, kini), date)
    except NilaiSalah as galat:
        assert galat.kode == 2


@pytest.mark.parametrize(
    ("teks", "awal", "akhir"),
    [
        ("oktober 2026", "2026-10-01", "2026-10-31"), ("okt", "2026-10-01", "2026-10-31"),
        ("Nov", "2026-11-01", "2026-11-30"), ("des", "2025-12-01", "2025-12-31"), ("Nop 2025", "2025-11-01", "2025-11-30"),
        ("10/2026", "2026-10-01", "2026-10-31"), ("tw3 2026", "2026-07-01", "2026-09-30"),
        ("TW 3", "2026-07-01", "2026-09-30"), ("triwulan III 2026", "2026-07-01", "2026-09-30"),
        ("triwulan 4", "2026-10-01", "2026-12-31"), ("semester 1 2026", "2026-01-01", "2026-06-30"),
        ("smt 2", "2026-07-01", "2026-12-31"), ("Semester II 2025", "2025-07-01", "2025-12-31"),
        ("tahun 2026", "2026-01-01", "2026-12-31"), ("bulan lalu", "2026-10-01", "2026-10-31"),
        ("Triwulan  Ini", "2026-10-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_periods_as_people_type_them(teks: str, awal: str, akhir: str) -> None:
    periode = baca_periode(teks, MINGGU)
    assert (str(periode.awal), str(periode.akhir)) == (awal, akhir)


@pytest.mark.parametrize(
    "teks", ["tw5", "tw 0 2026", "semester 3", "13/2026", "oktober 26", "minggu lalu", "triwulan", "okt okt"]
)
def test_what_is_no_period_is_refused(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_periode(teks, MINGGU)


@given(st.integers(1960, 2998), st.integers(1, 12), st.sampled_from([1, 3, 6, 12]))
def test_every_label_of_months_is_read_back(tahun: int, bulan: int, panjang: int) -> None:
    periode = periode_bulan(tahun, (bulan - 1) // panjang * panjang + 1, panjang)
    assert baca_periode(periode.label, MINGGU) == Periode(periode.awal, periode.akhir, periode.label)


def test_everywhere_a_date_is_asked(kantor: Kantor) -> None:
    jawab = kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2 hari lalu")
    assert "Jumat, 20 November 2026" in jawab.keluar
    jawab = kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "--tanggal", "kemarin")
    assert "Sabtu, 21 November 2026" in jawab.keluar
    kantor("koreksi", "INF-2026-0001", "--alasan", "x", "--ya", "--tanggal", "18 nov")
    isi = kantor("lihat", "INF-2026-0001", "-O", "json").json
    assert (isi["tanggal"], isi["tanggal_selesai"]) == ("2026-11-18", "2026-11-21")
    assert kantor.angka("pengolah-pip", "nov 2026")["2.1"] == 1


def test_a_future_date_is_refused_however_it_is_typed(kantor: Kantor) -> None:
    for teks in ("23/11/2026", "1 Desember 2026"):
        assert "masa depan" in kantor("catat", "survei", "--kepuasan", "4", "--tanggal", teks, kode=3).galat


def test_files_are_not_guessed_at(kantor: Kantor) -> None:
    berkas = kantor.csv("a.csv", "tanggal,kepuasan", "5/3,4")
    assert "baris 2, tanggal" in kantor("impor", "survei", berkas, kode=3).galat
