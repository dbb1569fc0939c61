"""The survey by service and over the periods: an office of three services worked out by hand, names, rounding."""

from typing import Any

import pytest

from ikikec.istilah import UNSUR
from tests.conftest import Kantor
from tests.kinerja.test_skm import isi, skm

DUA_MESIN = True

NAMA = tuple(UNSUR)
KONFIG = """
[layanan]
"Surat Keterangan" = ["suket", "SKTM"]
"KTP-el" = []
"Nikah" = ["dispensasi nikah"]
"""


def formulir(layanan: str, nilai: int, **lain: int) -> dict[str, object]:
    """A form that answers all nine alike but for ``lain``."""
    return {"layanan": layanan, **dict.fromkeys(NAMA, nilai), **lain}


def tiga_layanan(kantor: Kantor) -> tuple[str, str]:
    """Eight forms on three services, one of them written in four ways; returns the options of its configuration."""
    isi(
        kantor,
        [
            formulir("Surat Keterangan", 4), formulir("surat   keterangan", 4), formulir("SURAT KETERANGAN", 3),
            formulir("Suket", 3),
            formulir("KTP-el", 3, persyaratan=1), formulir("ktp-el", 3, persyaratan=2), formulir("KTP‑el", 3),
            formulir("Nikah", 4, sarana=1),
        ],
    )  # fmt: skip
    (kantor.folder / "k.toml").write_text(KONFIG)
    return "--konfig", str(kantor.folder / "k.toml")


def baris(hasil: Any) -> list[tuple[Any, ...]]:
    return [(satu["nama"], satu["responden"], satu["ikm"], satu["mutu"]) for satu in hasil]


def test_three_services_by_hand(kantor: Kantor) -> None:
    konfig = tiga_layanan(kantor)
    hasil = kantor(*konfig, "skm", "-O", "json").json
    # Surat Keterangan: each mean is 14/4; KTP-el: 6/3 and eight times 3; Nikah: eight times 4 and 1. Times 25/9.
    assert baris(hasil["layanan"]) == [
        ("Surat Keterangan", 4, 87.5, "B"),
        ("KTP-el", 3, 72.22, "C"),  # 26 × 25/9 = 72,222…
        ("Nikah", 1, 91.67, "A"),  # 33 × 25/9 = 91,666…
    ]
    unsur = {satu["nama"]: list(satu["unsur"].values()) for satu in hasil["layanan"]}
    assert unsur["Surat Keterangan"] == [87.5] * 9
    assert unsur["KTP-el"] == [50.0, *[75.0] * 8]
    assert unsur["Nikah"] == [*[100.0] * 8, 25.0]
    # All eight forms: 24/8, seven times 27/8, 24/8; their sum 29,625 × 25/9 = 82,2916…
    assert (hasil["ikm"], hasil["mutu"]) == (82.29, "B")
    # (87,5 + 72,222… + 91,666…) / 3 = 83,796…; of the rounded ones it would be the same here.
    assert hasil["rata_layanan"] == {"ikm": 83.8, "mutu": "B", "layanan": 3}
    assert hasil["catatan"] == []
    assert [(satu["nama"], satu["jumlah"]) for satu in hasil["demografi"]["layanan"]] == [
        ("Surat Keterangan", 4), ("KTP-el", 3), ("Nikah", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("bentuk", ["md", "html", "layar"])
def test_both_indices_of_the_unit_are_named_as_such(kantor: Kantor, bentuk: str) -> None:
    teks = kantor(*tiga_layanan(kantor), "skm", "-O", bentuk, COLUMNS="200").keluar
    satu_baris = " ".join(teks.split())
    assert "IKM unit: seluruh responden (angka utama)" in satu_baris
    assert "IKM unit: rata-rata IKM 3 layanan" in satu_baris
    for angka in ("87,50", "72,22", "91,67", "82,29", "83,80"):
        assert angka in teks


def test_the_hand_calculation_rounds_the_means_first_and_says_so(kantor: Kantor) -> None:
    konfig = tiga_layanan(kantor)
    hasil = kantor(*konfig, "skm", "--pembulatan", "nrr2", "-O", "json").json
    # 3,375 becomes 3,38: (6 + 7 × 3,38) × 25/9 = 82,3888…
    assert (hasil["ikm"], hasil["pembulatan"]) == (82.39, "nrr2")
    assert [satu["nrr"] for satu in hasil["unsur"]] == [3.0, *[3.38] * 7, 3.0]
    for bentuk in ("md", "html", "layar"):
        teks = kantor(*konfig, "skm", "--pembulatan", "nrr2", "-O", bentuk).keluar
        assert "--pembulatan nrr2" in " ".join(teks.split())
        assert "nrr2" not in kantor(*konfig, "skm", "-O", bentuk).keluar
    biasa = kantor(*konfig, "skm", "-O", "json").json
    assert biasa == kantor(*konfig, "skm", "--pembulatan", "tepat", "-O", "json").json
    assert "pilihannya tepat atau nrr2" in kantor("skm", "--pembulatan", "nrr3", kode=2).galat
    kantor("skm", "--pembulatan", "", kode=2)


def test_without_names_in_the_configuration_every_spelling_that_differs_in_letters_is_its_own(kantor: Kantor) -> None:
    tiga_layanan(kantor)
    hasil = skm(kantor)
    assert baris(hasil["layanan"])[:2] == [("KTP-el", 3, 72.22, "C"), ("SURAT KETERANGAN", 3, 91.67, "A")]
    assert {satu["nama"] for satu in hasil["layanan"][2:]} == {"Nikah", "Suket"}
    assert hasil["catatan"] == []


def test_what_stands_outside_the_mean_is_said(kantor: Kantor) -> None:
    konfig = tiga_layanan(kantor)
    setengah = {"layanan": "Legalisir", "persyaratan": 4}
    isi(kantor, [setengah, {"kepuasan": 3}])
    hasil = kantor(*konfig, "skm", "-O", "json").json
    assert baris(hasil["layanan"])[2:] == [
        ("Legalisir", 1, None, None), ("Nikah", 1, 91.67, "A"), ("tidak diisi", 1, None, None),
    ]  # fmt: skip
    assert hasil["rata_layanan"] == {"ikm": 83.8, "mutu": "B", "layanan": 3}
    asing, tanpa, kosong = hasil["catatan"]
    assert asing == "Bukan nama atau alias di daftar layanan kantor ([layanan]): Legalisir (1)."
    assert "tidak dijawab seorang pun: Legalisir" in tanpa
    assert kosong.startswith("1 responden tidak menyebut layanan")
    assert asing.replace("[", "\\[").replace("]", "\\]") in kantor(*konfig, "skm").keluar
    assert asing in kantor(*konfig, "skm", "-O", "html").keluar


def test_a_service_that_is_no_alias_is_taken_with_a_warning(kantor: Kantor) -> None:
    konfig = tiga_layanan(kantor)
    catat = (*konfig, "catat", "survei", "--kepuasan", "3", "--layanan")
    galat = kantor(*catat, "Suratt keterangan").galat
    assert "'Suratt keterangan' bukan nama atau alias di [layanan]; maksudnya surat keterangan?" in galat
    for layanan in ("suket", " Surat  KETERANGAN ", "dispensasi nikah"):
        assert kantor(*catat, layanan).galat == ""
    assert kantor("catat", "survei", "--kepuasan", "3", "--layanan", "apa saja").galat == ""
    koreksi = (*konfig, "koreksi", "SKM-2026-0001", "--alasan", "x", "--ya", "--layanan")
    assert "bukan nama atau alias" in kantor(*koreksi, "Legalisir").galat
    berkas = kantor.csv("b.csv", "tanggal,layanan,kepuasan", "2026-11-02,Legalisir,3", "2026-11-02,suket,3")
    jawab = kantor(*konfig, "impor", "survei", berkas, "-O", "json")
    assert jawab.json["peringatan"] == ["layanan 'Legalisir' bukan nama atau alias di [layanan]"]
    assert "'Legalisir'" in jawab.galat


def test_an_alias_of_two_services_is_refused(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "3")
    (kantor.folder / "k.toml").write_text('[layanan]\nA = ["x"]\nB = ["X "]\n')
    galat = kantor("--konfig", str(kantor.folder / "k.toml"), "skm", kode=3).galat
    assert "- layanan: 'X' milik dua layanan: A dan B" in galat


def test_the_trend_is_this_period_and_the_four_before(kantor: Kantor) -> None:
    for tahun, nilai in ((2021, 1), (2022, 2), (2024, 3), (2025, 4)):
        isi(kantor, [formulir("A", nilai)], f"{tahun}-05-04")
    isi(kantor, [formulir("A", 4), formulir("A", 3)])
    hasil = skm(kantor)
    assert baris(hasil["tren"]) == [
        ("Tahun 2022", 1, 50.0, "D"),
        ("Tahun 2023", 0, None, None),
        ("Tahun 2024", 1, 75.0, "C"),
        ("Tahun 2025", 1, 100.0, "A"),
        ("Tahun 2026 (s.d. 22 Nov 2026)", 2, 87.5, "B"),
    ]
    for satu in hasil["tren"][2:4]:
        tahun = satu["nama"].split()[1]
        assert skm(kantor, "--periode", tahun)["ikm"] == satu["ikm"]
    assert skm(kantor, "--periode", "2026-T2")["tren"][0]["nama"] == "Triwulan II 2025"
    for bentuk in ("md", "html", "layar"):
        assert "Tahun 2023" in kantor("skm", "-O", bentuk).keluar
    assert kantor("skm", "-O", "html").keluar.count("tidak ada data") == 1
    # Where a ledger takes no earlier year there are fewer.
    assert len(skm(kantor, "--periode", "1946")["tren"]) == 2
    assert skm(kantor, "--periode", "1945")["rtl"]["sebelumnya"]["periode"] is None
