"""Working days and deadlines."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.buku.libur import libur_resmi
from ikikec.kalender import Kalender, TahunBelumDimuat

LIMA_HARI = frozenset(range(5))


@pytest.fixture(scope="module")
def kalender() -> Kalender:
    tahun = (2025, 2026, 2027)
    return Kalender(LIMA_HARI, frozenset(tahun), frozenset(hari for satu in tahun for hari in libur_resmi(satu)))


@pytest.mark.parametrize(
    ("mulai", "lama", "batas"),
    [
        ("2026-03-17", 3, "2026-03-27"),  # the contract's own check: Nyepi, Idul Fitri and their cuti bersama
        ("2026-03-17", 0, "2026-03-17"),
        ("2026-03-18", 0, "2026-03-25"),  # a free start day: the next working day
        ("2026-11-20", 1, "2026-11-23"),  # over a weekend
        ("2026-11-21", 1, "2026-11-23"),  # from a Saturday
        ("2026-11-21", 0, "2026-11-23"),
        ("2026-12-23", 1, "2026-12-28"),  # Christmas and its cuti bersama
        ("2026-12-30", 2, "2027-01-04"),  # into the next year
        ("2026-11-02", 14, "2026-11-20"),
        ("2026-11-02", 5, "2026-11-09"),
    ],
)
def test_deadline(kalender: Kalender, mulai: str, lama: int, batas: str) -> None:
    assert kalender.jatuh_tempo(date.fromisoformat(mulai), lama) == date.fromisoformat(batas)


def test_six_day_week_counts_saturday() -> None:
    kalender = Kalender(frozenset(range(6)), frozenset({2026}), frozenset())
    assert kalender.jatuh_tempo(date(2026, 11, 20), 1) == date(2026, 11, 21)


def test_an_unknown_year_is_asked_for_and_never_guessed() -> None:
    kalender = Kalender(LIMA_HARI, frozenset({2026}), frozenset())
    with pytest.raises(TahunBelumDimuat) as belum:
        kalender.jatuh_tempo(date(2026, 12, 31), 1)
    assert belum.value.tahun == 2027


@given(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(0, 90),
    st.frozensets(st.dates(date(2025, 1, 1), date(2028, 12, 31)), max_size=40),
)
def test_a_deadline_is_a_working_day_with_that_many_working_days_before_it(
    mulai: date, lama: int, libur: frozenset[date]
) -> None:
    kalender = Kalender(LIMA_HARI, frozenset(range(2025, 2030)), libur)
    batas = kalender.jatuh_tempo(mulai, lama)
    sesudah = [mulai + timedelta(days=n) for n in range(1, (batas - mulai).days + 1)]
    assert kalender.kerja(batas)
    if lama:
        assert sum(kalender.kerja(hari) for hari in sesudah) == lama
    else:
        assert not any(kalender.kerja(hari) for hari in [mulai, *sesudah][:-1])
