"""Indonesian conventions."""

import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.bahasa import angka, bagi_bulat, bersih, deret, kunci_teks, nip, persen, rapi, selisih, setara, terdekat
from ikikec.letak import cara_pasang


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


@pytest.mark.parametrize(
    ("tempelan", "masuk"),
    [
        ("Siti\u00a0Aminah", "Siti Aminah"),
        ("a\u2009b\u202fc\u3000d", "a b c d"),
        ("\ufeffSi\u200bti\u200e \u202aAminah\u202c", "Siti Aminah"),
        ("Si\u200dti", "Siti"),
        ("\U0001f468\u200d\U0001f467", "\U0001f468\u200d\U0001f467"),
        ("2026\u201110\u201205", "2026-10-05"),
        ("PGD\u20132026\u20130001", "PGD-2026-0001"),
        ("0812\u20133456 7890", "0812-3456 7890"),
        ("Senin \u2013 Jumat tutup", "Senin \u2013 Jumat tutup"),
        ("\u201cLampu\u201d Jum\u2019at", "\u201cLampu\u201d Jum\u2019at"),
    ],
)
def test_pasted_text_is_taken_in_as_what_it_says(tempelan: str, masuk: str) -> None:
    assert rapi(tempelan) == masuk
    assert rapi(masuk) == masuk


@given(st.text())
def test_taking_in_twice_changes_nothing_more(teks: str) -> None:
    assert rapi(rapi(teks)) == rapi(teks)
    assert setara(setara(teks)) == setara(teks)


def test_texts_that_differ_in_their_marks_alone_are_the_same() -> None:
    assert setara("Jum\u2019at \u201cpagi\u201d") == 'Jum\'at "pagi"'
    assert kunci_teks("KTP\u00a0\u2013  el") == kunci_teks("ktp - EL")
    assert kunci_teks("a") != kunci_teks("b")


@pytest.mark.parametrize(
    ("awalan", "cara"),
    [
        ("/home/siti/.local/share/pipx/venvs/ikikec", "pipx inject ikikec psycopg"),
        ("/home/siti/.local/share/uv/tools/ikikec", "uv pip install --python /home/siti/.local/share/uv/tools/ikikec psycopg"),
        ("/opt/venv", f"{sys.executable} -m pip install psycopg"),
    ],
)  # fmt: skip
def test_a_library_is_added_by_the_installation_s_own_means(awalan: str, cara: str) -> None:
    assert cara_pasang("psycopg", awalan) == cara
