"""Entry numbers: whole ones, and the short ones that clerks type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.buku.nomor import Nomor, NomorPendek, baca_nomor, baca_nomor_ketikan
from ikikec.buku.register import LIMA, PENGADUAN, TINDAK_LANJUT
from ikikec.galat import NilaiSalah
from tests.conftest import Kantor


@given(st.sampled_from(LIMA), st.integers(1945, 2999), st.integers(1, 10**9 - 1))
def test_every_number_is_read_back(register: object, tahun: int, urut: int) -> None:
    nomor = Nomor(register, tahun, urut)  # type: ignore[arg-type]
    assert baca_nomor(str(nomor)) == nomor
    assert baca_nomor_ketikan(str(nomor).lower()) == nomor


@pytest.mark.parametrize(
    "teks",
    [
        "",
        "PGD",
        "PGD-2026-",
        "PGD-2026-0000",
        "PGD-2026-00001",
        "ABC-2026-0001",
        "INF-2026-0001/1",
        "PGD-2026-0001/0",
        "PGD-2026-0001/01",
        "PGD-2026-1",
    ],
)
def test_a_malformed_number_is_refused(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_nomor(teks)


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("pgd-12", NomorPendek(PENGADUAN, 12)), ("PGD12", NomorPendek(PENGADUAN, 12)), ("pgd-0012", NomorPendek(PENGADUAN, 12)),
        ("pgd-12/3", NomorPendek(TINDAK_LANJUT, 12, 3)), ("pgd-2026-12", Nomor(PENGADUAN, 2026, 12)),
        ("PGD-2026-0012/3", Nomor(TINDAK_LANJUT, 2026, 12, 3)),
    ],
)  # fmt: skip
def test_short_numbers(teks: str, hasil: object) -> None:
    assert baca_nomor_ketikan(teks) == hasil


@pytest.mark.parametrize("teks", ["pgd", "pgd-0", "inf-1/2", "12", "abc-1", "pgd-1/0", ""])
def test_what_is_no_short_number_either(teks: str) -> None:
    with pytest.raises(NilaiSalah):
        baca_nomor_ketikan(teks)


def test_a_short_number_is_enough_where_it_is_clear(kantor: Kantor) -> None:
    for tanggal in ("2026-11-02", "2026-11-03", "2025-06-02"):
        kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", tanggal)
    assert kantor("lihat", "pgd-2", "-O", "json").json["nomor"] == "PGD-2026-0002"
    assert kantor("tindaklanjuti", "pgd2", "--tindakan", "X").keluar.startswith("PGD-2026-0002/1")
    assert kantor("koreksi", "pgd-2/1", "--alasan", "x", "--ya", "--status", "selesai").keluar.startswith(
        "PGD-2026-0002/1"
    )
    assert kantor("batalkan", "PGD-2026-2", "--alasan", "x", "--ya").keluar.startswith("PGD-2026-0002")
    galat = kantor("lihat", "pgd-1", kode=2).galat
    assert "PGD-2026-0001 atau PGD-2025-0001" in galat
    kantor("lihat", "pgd-9", kode=4)
    kantor("selesaikan", "pgd-2", "--hasil", "terlaksana", kode=2)
