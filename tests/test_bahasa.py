"""Indonesian conventions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.bahasa import angka, bagi_bulat, bersih, deret, nip, persen, selisih, terdekat


@pytest.mark.parametrize(
    ("pembilang", "penyebut", "hasil"),
    [(100, 3, "33.33"), (200, 3, "66.67"), (1, 8, "0.13"), (5, 1000, "0.01"), (4, 1000, "0.00"), (500, 10, "50.00")],
)
def test_rounding_half_up(pembilang: int, penyebut: int, hasil: str) -> None:
    assert str(bagi_bulat(pembilang, penyebut, 2)) == hasil


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_rounding_is_never_off_by_more_than_half(pembilang: int, penyebut: int) -> None:
    selisih = Fraction(bagi_bulat(pembilang, penyebut, 2)) - Fraction(pembilang, penyebut)
    assert Fraction(-1, 200) < selisih <= Fraction(1, 200)


def test_numbers_as_indonesians_write_them() -> None:
    assert angka(1234567) == "1.234.567"
    assert angka(Decimal("1234.50")) == "1.234,50"
    assert [selisih(Decimal(satu)) for satu in ("1234.5", "-0.12", "0.00")] == ["+1.234,5", "−0,12", "0,00"]
    assert persen(Decimal("91.48")) == "91,48 %"
    assert nip("196601011990031001") == "19660101 199003 1 001"
    assert nip("") == ""


def test_words_in_a_row() -> None:
    assert [deret("a"), deret("ab"), deret("abc")] == ["a", "a atau b", "a, b, atau c"]
    assert terdekat("pengadua", ["pengaduan", "survei"]) == "; maksudnya pengaduan?"
    assert terdekat("xyz", ["pengaduan"]) == ""


def test_control_characters_do_not_reach_a_terminal() -> None:
    assert bersih("a\x1b[31mb\nc\u202ed\x07") == "a[31mb cd"
