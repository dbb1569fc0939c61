"""Finding a text anywhere in the ledger."""

from datetime import UTC, date, datetime

import pytest

from ikikec.buku.aturan import susun
from ikikec.buku.buku import Buku
from ikikec.buku.mesin import mesin_di
from ikikec.buku.register import INFORMASI
from ikikec.konfigurasi import Konfigurasi
from tests.conftest import HARI_INI, Kantor

DUA_MESIN = True


@pytest.fixture
def meja(kantor: Kantor) -> Kantor:
    kantor(
        "catat",
        "pengaduan",
        "--pelapor",
        "Siti Aminah",
        "--uraian",
        "Lampu jalan 100% padam\ndi Pasar_Lama",
        "--lokasi",
        "pasar",
    )
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "Lampu diganti")
    kantor("catat", "informasi", "--pemohon", "Budi", "--topik", "[/x] <b>", "--tanggal", "2026-11-02")
    kantor("catat", "survei", "--kepuasan", "4", "--saran", "x" * 100 + "lampu" + "y" * 100)
    kantor("batalkan", "INF-2026-0001", "--alasan", "keliru", "--ya")
    return kantor


@pytest.mark.parametrize(
    ("teks", "temu"),
    [
        ("LAMPU", [("PGD-2026-0001", "uraian"), ("SKM-2026-0001", "saran"), ("PGD-2026-0001/1", "tindakan")]),
        ("pasar", [("PGD-2026-0001", "lokasi"), ("PGD-2026-0001", "uraian")]),
        ("100%", [("PGD-2026-0001", "uraian")]),
        ("%", [("PGD-2026-0001", "uraian")]),
        ("r_l", [("PGD-2026-0001", "uraian")]),
        ("padam\ndi", [("PGD-2026-0001", "uraian")]),
        ("[/x]", [("INF-2026-0001", "topik")]),
        ("keliru", [("INF-2026-0001", "alasan_batal")]),
        ("inf-2026-0001", [("INF-2026-0001", "nomor")]),
        ("tidak ada di mana pun", []),
    ],
)
def test_what_is_found(meja: Kantor, teks: str, temu: list[tuple[str, str]]) -> None:
    hasil = meja("cari", teks, "-O", "json").json
    assert [(satu["nomor"], satu["isian"]) for satu in hasil] == temu
    meja("cari", teks)


def test_it_shows_where_and_counts_entries(meja: Kantor) -> None:
    jawab = meja("cari", "lampu")
    assert "PGD-2026-0001    2026-11-22  uraian: Lampu jalan 100% padam di" in jawab.keluar
    assert f"…{'x' * 30}lampu{'y' * 30}…" in jawab.keluar.replace("\n", "").replace(" ", "")
    assert jawab.galat == "3 entri\n"
    assert "(dibatalkan)" in meja("cari", "budi").keluar


def test_nothing_to_look_for(meja: Kantor) -> None:
    meja("cari", " ", kode=2)
    meja("cari", kode=2)


def test_what_an_earlier_version_took_in_as_it_was_pasted_is_found(kantor: Kantor) -> None:
    isi = {"tanggal": date(2026, 11, 2), "pemohon": "Siti\u00a0Am\u200binah", "topik": "hari Jum\u2019at"}
    siap = susun(INFORMASI, isi)
    assert isinstance(siap, dict)
    jam = lambda: datetime(2026, 11, 22, 3, tzinfo=UTC)  # noqa: E731
    mesin = mesin_di(kantor.alamat if "://" in kantor.alamat else kantor.buku, 10)
    Buku(mesin, Konfigurasi(), "Siti", date.fromisoformat(HARI_INI), jam).catat(INFORMASI, siap)
    for teks in ("siti aminah", "SITI\u202fAMINAH", "jum'at", "jum\u2018at"):
        assert [satu["nomor"] for satu in kantor("cari", teks, "-O", "json").json] == ["INF-2026-0001"], teks
    assert "Siti Aminah" in kantor("lihat", "INF-2026-0001").keluar
    kantor("cari", "sitiaminah", "-O", "json")


def test_what_is_pasted_is_found_as_it_is_typed(kantor: Kantor) -> None:
    kantor(
        "catat",
        "informasi",
        "--pemohon",
        "Siti\u00a0Aminah",
        "--topik",
        "\u201cKTP\u201d",
        "--tanggal",
        "5\u201011\u20102026",
    )
    (temu,) = kantor("cari", "siti aminah", "-O", "json").json
    assert temu["teks"] == "Siti Aminah"
    assert kantor("cari", '"ktp"', "-O", "json").json[0]["teks"] == "\u201cKTP\u201d"
