"""Dates and periods: the grammar, the labels, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.galat import NilaiSalah
from ikikec.periode import KATA, baca_periode, dua_belas_bulan, periode_hari
from ikikec.tanggal import baca_tanggal, hari_tanggal

HARI_INI = date(2026, 11, 22)
TANGGAL = st.dates(date(1945, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("teks", "awal", "akhir", "label"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "Oktober 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "Februari 2024"),
        ("2026-12", "2026-12-01", "2026-12-31", "Desember 2026"),
        ("2026-T1", "2026-01-01", "2026-03-31", "Triwulan I 2026"),
        ("2026-T3", "2026-07-01", "2026-09-30", "Triwulan III 2026"),
        ("2026-t4", "2026-10-01", "2026-12-31", "Triwulan IV 2026"),
        ("2026-S1", "2026-01-01", "2026-06-30", "Semester I 2026"),
        ("2026-S2", "2026-07-01", "2026-12-31", "Semester II 2026"),
        ("2026", "2026-01-01", "2026-12-31", "Tahun 2026"),
        ("2026-01..2026-03", "2026-01-01", "2026-03-31", "Januari–Maret 2026"),
        ("2025-11..2026-02", "2025-11-01", "2026-02-28", "November 2025–Februari 2026"),
        ("2026-05..2026-05", "2026-05-01", "2026-05-31", "Mei 2026"),
        ("2026-10-01..2026-10-15", "2026-10-01", "2026-10-15", "1–15 Oktober 2026"),
        ("2026-09-28..2026-10-03", "2026-09-28", "2026-10-03", "28 September–3 Oktober 2026"),
        ("2025-12-30..2026-01-02", "2025-12-30", "2026-01-02", "30 Desember 2025–2 Januari 2026"),
        ("2026-10-05..2026-10-05", "2026-10-05", "2026-10-05", "5 Oktober 2026"),
        (" bulan-ini ", "2026-11-01", "2026-11-30", "November 2026"),
        ("bulan-lalu", "2026-10-01", "2026-10-31", "Oktober 2026"),
        ("triwulan-ini", "2026-10-01", "2026-12-31", "Triwulan IV 2026"),
        ("triwulan-lalu", "2026-07-01", "2026-09-30", "Triwulan III 2026"),
        ("semester-ini", "2026-07-01", "2026-12-31", "Semester II 2026"),
        ("semester-lalu", "2026-01-01", "2026-06-30", "Semester I 2026"),
        ("tahun-ini", "2026-01-01", "2026-12-31", "Tahun 2026"),
        ("tahun-lalu", "2025-01-01", "2025-12-31", "Tahun 2025"),
    ],
)
def test_period_grammar(teks: str, awal: str, akhir: str, label: str) -> None:
    periode = baca_periode(teks, HARI_INI)
    assert (str(periode.awal), str(periode.akhir), periode.label) == (awal, akhir, label)


@pytest.mark.parametrize(
    ("teks", "sebelumnya", "tahun_lalu"),
    [
        ("2026-10", "September 2026", "Oktober 2025"),
        ("2026-01", "Desember 2025", "Januari 2025"),
        ("2024-03", "Februari 2024", "Maret 2023"),
        ("2025-02", "Januari 2025", "Februari 2024"),
        ("2026-T3", "Triwulan II 2026", "Triwulan III 2025"),
        ("2026-T1", "Triwulan IV 2025", "Triwulan I 2025"),
        ("2026-S1", "Semester II 2025", "Semester I 2025"),
        ("2026", "Tahun 2025", "Tahun 2025"),
        ("2026-01..2026-03", "Oktober–Desember 2025", "Januari–Maret 2025"),
        ("2026-02..2026-03", "Desember 2025–Januari 2026", "Februari–Maret 2025"),
        ("2025-11..2027-02", "Juli 2024–Oktober 2025", "November 2024–Februari 2026"),
        ("2026-10-01..2026-10-31", "September 2026", "Oktober 2025"),
        ("2026-10-01..2026-10-15", "16–30 September 2026", "1–15 Oktober 2025"),
        ("2026-10-16..2026-10-31", "30 September–15 Oktober 2026", "16–31 Oktober 2025"),
        ("2024-02-15..2024-02-29", "31 Januari–14 Februari 2024", "15–28 Februari 2023"),
        ("2024-02-29..2024-02-29", "28 Februari 2024", "28 Februari 2023"),
        ("2025-02-15..2025-02-28", "1–14 Februari 2025", "15–28 Februari 2024"),
        ("2025-12-30..2026-01-02", "26–29 Desember 2025", "30 Desember 2024–2 Januari 2025"),
        ("2024-03-01..2024-03-10", "20–29 Februari 2024", "1–10 Maret 2023"),
    ],
)
def test_the_period_before_and_the_same_a_year_ago(teks: str, sebelumnya: str, tahun_lalu: str) -> None:
    periode = baca_periode(teks, HARI_INI)
    assert (periode.sebelumnya().label, periode.tahun_lalu().label) == (sebelumnya, tahun_lalu)
    assert periode.sebelumnya().sesudah == periode.awal


@pytest.mark.parametrize(
    ("teks", "kode", "label", "bulan", "hari"),
    [
        ("oktober 2026", "2026-10", "Oktober 2026", 1, 31),
        ("tw3 2026", "2026-T3", "Triwulan III 2026", 3, 92),
        ("2026-S2", "2026-S2", "Semester II 2026", 6, 184),
        ("2024", "2024", "Tahun 2024", 12, 366),
        ("2026-01..2026-03", "2026-T1", "Triwulan I 2026", 3, 90),
        ("2026-02..2026-04", "2026-02..2026-04", "Februari–April 2026", 3, 89),
        ("2025-07..2026-06", "2025-07..2026-06", "Juli 2025–Juni 2026", 12, 365),
        ("2026-01..2027-12", "2026-01..2027-12", "Januari 2026–Desember 2027", 24, 730),
        ("2026-10-01..2026-10-31", "2026-10", "Oktober 2026", 1, 31),
        ("2026-10-01..2026-10-30", "2026-10-01..2026-10-30", "1–30 Oktober 2026", 0, 30),
        ("2026-10-05..2026-10-05", "2026-10-05..2026-10-05", "5 Oktober 2026", 0, 1),
    ],
)
def test_the_same_days_have_one_code_that_is_read_back(
    teks: str, kode: str, label: str, bulan: int, hari: int
) -> None:
    periode = baca_periode(teks, HARI_INI)
    assert (periode.kode, periode.bulan, periode.hari) == (kode, bulan, hari)
    assert periode_hari(periode.awal, periode.akhir) == baca_periode(kode, HARI_INI)
    assert periode_hari(periode.awal, periode.akhir).label == label


@given(TANGGAL, st.integers(0, 800))
def test_a_code_is_read_back_as_the_same_days(awal: date, lama: int) -> None:
    periode = periode_hari(awal, min(awal + timedelta(days=lama), date(2999, 12, 31)))
    assert baca_periode(periode.kode, HARI_INI) == periode


def test_the_twelve_months_to_a_day() -> None:
    assert dua_belas_bulan(date(2026, 10, 15)).kode == "2025-11..2026-10"
    assert dua_belas_bulan(date(2026, 12, 31)).kode == "2026"


@pytest.mark.parametrize("kata", [kata for kata in KATA if kata.endswith("lalu")])
def test_last_period_in_january_lies_in_the_year_before(kata: str) -> None:
    periode = baca_periode(kata, date(2026, 1, 15))
    assert periode.akhir == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("teks", "awal", "akhir", "label"),
    [
        ("2026", "2025-01-01", "2025-12-31", "Tahun 2025"),
        ("2026-S2", "2026-01-01", "2026-06-30", "Semester I 2026"),
        ("2026-T1", "2025-10-01", "2025-12-31", "Triwulan IV 2025"),
        ("2026-03", "2026-02-01", "2026-02-28", "Februari 2026"),
        ("2026-01", "2025-12-01", "2025-12-31", "Desember 2025"),
        ("2025-11..2026-02", "2025-07-01", "2025-10-31", "Juli–Oktober 2025"),
        ("2026-01..2027-12", "2024-01-01", "2025-12-31", "Januari 2024–Desember 2025"),
        ("2026-10-01..2026-10-31", "2026-09-01", "2026-09-30", "September 2026"),
        ("2026-10-01..2026-10-15", "2026-09-16", "2026-09-30", "16–30 September 2026"),
        ("2026-10-05..2026-10-05", "2026-10-04", "2026-10-04", "4 Oktober 2026"),
    ],
)
def test_the_period_before(teks: str, awal: str, akhir: str, label: str) -> None:
    periode = baca_periode(teks, HARI_INI).sebelumnya()
    assert (str(periode.awal), str(periode.akhir), periode.label) == (awal, akhir, label)


@given(st.dates(date(1950, 1, 1), date(2990, 12, 31)), st.integers(0, 800))
def test_the_period_before_ends_the_day_before_and_is_as_long(awal: date, panjang: int) -> None:
    periode = baca_periode(f"{awal}..{awal + timedelta(days=panjang)}", HARI_INI)
    dulu = periode.sebelumnya()
    assert dulu.sesudah == periode.awal
    utuh = periode.awal.day == periode.sesudah.day == 1
    assert utuh or dulu.akhir - dulu.awal == periode.akhir - periode.awal
    assert not utuh or dulu.awal.day == 1


@pytest.mark.parametrize("teks", ["1945", "1945-01", "1945-01-01..1945-01-10"])
def test_there_is_no_period_before_the_first_year(teks: str) -> None:
    with pytest.raises(NilaiSalah, match="1944"):
        baca_periode(teks, HARI_INI).sebelumnya()


@pytest.mark.parametrize(
    "teks",
    ["", "2026-13", "2026-00", "2026-T5", "2026-S3", "kemarin", "2026-10-01", "2026-03..2026-01",
     "2026-10-15..2026-10-01", "2026-02-30..2026-03-01", "2026-01..", "..", "0000", "9999", "2026-1", "٢٠٢٦",
     "2026-01..2026-03-15"],
)  # fmt: skip
def test_unknown_period_is_refused_with_the_known_forms(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_periode(teks, HARI_INI)


@pytest.mark.parametrize(
    "teks",
    ["2026-2-3", "03-02-2026", "2026/02/03", "2026-02-30", "20260203", "1736035200", "", "0026-01-01", "٢٠٢٦-٠١-٠١"],
)
def test_malformed_date_is_refused(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_tanggal(teks)


def test_date_in_words() -> None:
    assert hari_tanggal(date(2026, 11, 22)) == "Minggu, 22 November 2026"


@given(TANGGAL)
def test_every_date_is_read_back(hari: date) -> None:
    assert baca_tanggal(hari.isoformat()) == hari


@given(TANGGAL, st.sampled_from(["bulan", "triwulan", "semester", "tahun"]))
def test_this_period_holds_today_and_the_last_one_ends_just_before_it(hari: date, satuan: str) -> None:
    if hari.year == 1945:
        hari = hari.replace(year=1946)
    ini, lalu = baca_periode(f"{satuan}-ini", hari), baca_periode(f"{satuan}-lalu", hari)
    assert ini.memuat(hari)
    assert lalu.sesudah == ini.awal


@given(TANGGAL, st.integers(0, 800))
def test_a_span_of_days_includes_both_ends(awal: date, lama: int) -> None:
    akhir = min(awal + timedelta(days=lama), date(2999, 12, 31))
    periode = baca_periode(f"{awal}..{akhir}", HARI_INI)
    assert (periode.awal, periode.akhir) == (awal, akhir)
    assert periode.memuat(awal)
    assert periode.memuat(akhir)
    assert not periode.memuat(periode.sesudah)


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused_in_one_way(teks: str) -> None:
    try:
        periode = baca_periode(teks, HARI_INI)
    except NilaiSalah:
        return
    assert periode.awal <= periode.akhir
