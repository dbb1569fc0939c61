"""Exporting registers: every format tells the same, files are private and whole, citizens can be hidden."""

import csv
import gc
import io
import json
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ikikec.berkas import tulis_berkas
from ikikec.berkas_csv import jinakkan, pulihkan, tahan, tulis_csv
from ikikec.buku.baca import IsiRegister
from ikikec.buku.register import PENGADUAN, SEMUA, SURVEI, Register
from ikikec.galat import BerkasTakTertulis
from ikikec.lembar import Cetakan
from ikikec.lembar.buku_kerja import tabel_xlsx
from ikikec.lembar.entri import tabel_register
from ikikec.tukar.json import tulis_jsonl, tulis_register
from tests.conftest import REGISTER, Kantor
from tests.lembar_kerja import baca_tab
from tests.unix import pribadi

DUA_MESIN = True

GANJIL = "=1+1 \"kutip\" 'a' ; , baris\r\nsatu\rdua\n_x000D_ \x0b\x1b <b>&amp;</b> 😀 كتاب"


def isi_json(kantor: Kantor) -> dict[str, Any]:
    return {register: kantor("daftar", register, "-O", "json").json for register in REGISTER}


def isi_xlsx(berkas: Path) -> dict[str, list[dict[str, Any]]]:
    buku = load_workbook(berkas)
    hasil = {}
    for lembar in buku:
        _atas, kepala, baris = baca_tab(lembar)
        hasil[lembar.title] = [dict(zip(kepala, map(_nilai, satu), strict=True)) for satu in baris]
    return hasil


def _nilai(nilai: Any) -> Any:
    return nilai.date().isoformat() if isinstance(nilai, datetime) else nilai


def ya_tidak(isi: dict[str, Any]) -> dict[str, Any]:
    return {nama: ("tidak", "ya")[nilai] if isinstance(nilai, bool) else nilai for nama, nilai in isi.items()}


def test_every_format_holds_every_register_with_the_contract_s_fields(contoh: Kantor) -> None:
    contoh("batalkan", "PGD-2026-0003", "--alasan", "ganda", "--ya")
    harap = isi_json(contoh)
    assert any(satu["batal"] and satu["alasan_batal"] == "ganda" for satu in harap["pengaduan"])
    assert list(harap) == [*REGISTER]
    assert contoh("ekspor", "-O", "json").json == harap
    jsonl = [json.loads(baris) for baris in contoh("ekspor", "-O", "jsonl").keluar.splitlines()]
    assert jsonl == [{"register": nama, **isi} for nama, semua in harap.items() for isi in semua]
    contoh("ekspor", "-o", str(contoh.folder / "a.xlsx"))
    assert isi_xlsx(contoh.folder / "a.xlsx") == {nama: [*map(ya_tidak, semua)] for nama, semua in harap.items()}
    nama = contoh("ekspor", "-o", str(contoh.folder / "csv")).keluar.split()
    assert nama == [str(contoh.folder / "csv" / f"{register}.csv") for register in REGISTER]
    for register in REGISTER:
        baris = csv.DictReader(io.StringIO((contoh.folder / "csv" / f"{register}.csv").read_bytes().decode()))
        assert tuple(baris.fieldnames or ()) == SEMUA[register].nama_bidang
        teks = [{nama: str(isi or "") for nama, isi in ya_tidak(satu).items()} for satu in harap[register]]
        assert [{nama: pulihkan(isi) for nama, isi in satu.items()} for satu in baris] == teks


def test_one_register_goes_to_stdout(contoh: Kantor) -> None:
    teks = contoh("ekspor", "survei").keluar
    assert teks == contoh("daftar", "survei", "-O", "csv").keluar
    assert (
        contoh("ekspor", "survei", "-o", "-", "-O", "json").keluar == contoh("daftar", "survei", "-O", "json").keluar
    )
    assert "register" not in json.loads(contoh("ekspor", "survei", "-O", "jsonl").keluar.splitlines()[0])
    assert contoh("ekspor", "survei", "--periode", "2026-10").keluar == (
        contoh("daftar", "survei", "--periode", "2026-10", "-O", "csv").keluar
    )
    assert contoh("ekspor", "survei", "--periode", "1999").keluar.count("\n") == 1


@pytest.mark.parametrize("register", [[SURVEI], [SURVEI, PENGADUAN]], ids=["one", "two"])
def test_an_empty_register_is_well_formed(register: list[Register]) -> None:
    kumpulan = [IsiRegister(satu, [], "") for satu in register]
    kosong = [] if len(kumpulan) == 1 else {"survei": [], "pengaduan": []}
    assert json.loads("".join(tulis_register(kumpulan))) == kosong
    assert "".join(tulis_jsonl(kumpulan)) == ""
    assert b"".join(tabel_xlsx(tabel_register(kumpulan), Cetakan())).startswith(b"PK")


@pytest.mark.parametrize(
    ("tujuan", "bentuk", "jadi"),
    [
        ("f/", None, "f/survei.csv f/tindak-lanjut.csv"),
        ("f", None, "f/survei.csv f/tindak-lanjut.csv"),
        ("f.2026", "csv", "f.2026/survei.csv f.2026/tindak-lanjut.csv"),
        ("f/", "jsonl", "f/survei.jsonl f/tindak-lanjut.jsonl"),
        ("ada", "json", "ada/survei.json ada/tindak-lanjut.json"),
        ("f", "json", "f"),
        ("f.xlsx", None, "f.xlsx"),
        ("f.ndjson", None, "f.ndjson"),
    ],
)
def test_where_it_is_written(contoh: Kantor, tujuan: str, bentuk: str | None, jadi: str) -> None:
    (contoh.folder / "ada").mkdir()
    pilihan = ["-O", bentuk] if bentuk else []
    contoh("ekspor", "tindak-lanjut", "survei", *pilihan, "-o", f"{contoh.folder}/{tujuan}")
    berkas = [satu for satu in contoh.folder.rglob("*") if satu.is_file() and satu.suffix != ".db"]
    assert sorted(satu.relative_to(contoh.folder).as_posix() for satu in berkas) == sorted(jadi.split())
    assert all(map(pribadi, berkas))


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("args", "kode", "sebut"),
    [
        ("-O csv", 2, "-o ekspor/"),
        ("", 2, "-o ekspor/"),
        ("-o a.csv", 2, "-o ekspor/"),
        ("-o a.doc", 2, "akhirannya"),
        ("survei -o a", 2, "akhirannya"),
        ("surve", 2, "survei"),
        ("survei --periode besok", 2, "besok"),
        ("-o buku.db/x/", 9, "tidak dapat dibuat"),
        ("survei -o tiada/a.csv", 9, "tiada"),
        ("-O json -o buku.db", 2, "buku ini sendiri"),
    ],
)
def test_what_cannot_be_written(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch, args: str, kode: int, sebut: str
) -> None:
    monkeypatch.chdir(contoh.folder)
    jawab = contoh("ekspor", *args.split(), kode=kode)
    assert sebut in jawab.galat
    assert jawab.keluar == ""


def test_without_a_ledger_nothing_is_made(kantor: Kantor) -> None:
    kantor("ekspor", "-o", str(kantor.folder / "f.xlsx"), kode=6)
    assert list(kantor.folder.iterdir()) == []


def test_awkward_text_in_every_format(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "'=a", "--uraian", GANJIL, "--kontak", "+62 811")
    harap = isi_json(kantor)["pengaduan"]
    assert (harap[0]["uraian"], harap[0]["kontak"]) == (GANJIL, "+62 811")
    kantor("ekspor", "pengaduan", "-o", str(kantor.folder / "a.csv"))
    with (kantor.folder / "a.csv").open(newline="", encoding="utf-8") as aliran:
        (baris,) = csv.DictReader(aliran)
    assert (baris["uraian"], baris["pelapor"], baris["kontak"]) == (f"'{GANJIL}", "''=a", "'+62 811")
    assert json.loads(kantor("ekspor", "pengaduan", "-O", "jsonl").keluar) == harap[0]
    berkas = kantor.folder / "a.xlsx"
    kantor("ekspor", "pengaduan", "-o", str(berkas))
    (sel,) = [
        sel
        for (sel, *_) in load_workbook(berkas)["pengaduan"].iter_cols(min_row=6)
        if str(sel.value).startswith("=1")
    ]
    assert (sel.data_type, sel.quotePrefix) == ("s", True)


def test_text_like_the_writer_s_own_markup_stays_text(kantor: Kantor) -> None:
    teks = [
        "<r><t>a</t></r>",
        "<r>&&amp;<r>\n</r>",
        "<r></r>",
        "{=1+1}",
        "https://contoh.id",
        "mailto:a@b.id",
        "1e5",
    ]
    for satu in teks:
        kantor("catat", "pengaduan", "--anonim", "--uraian", satu)
    kantor("ekspor", "pengaduan", "-o", str(kantor.folder / "a.xlsx"))
    tiba = Kantor(kantor.folder / "tiba")
    tiba.folder.mkdir()
    tiba("impor", "pengaduan", str(kantor.folder / "a.xlsx"))
    assert [satu["uraian"] for satu in isi_json(tiba)["pengaduan"]] == teks
    sel = load_workbook(kantor.folder / "a.xlsx")["pengaduan"]["K6"]
    assert sel.data_type == "s"


@pytest.mark.sqlite
def test_nothing_is_left_of_a_workbook_that_failed(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    sementara = contoh.folder / "sementara"
    sementara.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(sementara))
    contoh("impor", "survei", contoh.csv("s.csv", "tanggal,kepuasan,saran", f"2026-11-02,4,{'x' * 40_000}"))
    contoh("ekspor", "-o", str(contoh.folder / "a.xlsx"), kode=3)
    assert list(sementara.iterdir()) == []


@given(st.text(alphabet="'=+-@a\t\r\n ", max_size=8) | st.text())
def test_a_tamed_cell_is_no_formula_and_comes_back(teks: str) -> None:
    assert not jinakkan(teks).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert pulihkan(jinakkan(teks)) == teks
    assert not tahan(teks).startswith(("=", "+", "-", "@", "\r"))
    assert pulihkan(tahan(teks)) == teks


def test_the_same_ledger_makes_the_same_bytes(contoh: Kantor) -> None:
    for akhiran in ("xlsx", "json", "jsonl"):
        satu, dua = (contoh.folder / f"{nama}.{akhiran}" for nama in "ab")
        for berkas in (satu, dua):
            contoh("ekspor", "--samarkan", "-o", str(berkas))
        assert satu.read_bytes() == dua.read_bytes()


@pytest.mark.sqlite
def test_a_file_that_fails_half_way_leaves_the_old_one(contoh: Kantor) -> None:
    berkas = contoh.folder / "a.xlsx"
    berkas.write_text("lama")
    contoh("impor", "survei", contoh.csv("s.csv", "tanggal,kepuasan,saran", f"2026-11-02,4,{'x' * 40_000}"))
    galat = contoh("ekspor", "-o", str(berkas), kode=3).galat
    assert "SKM-2026-0141: saran" in galat
    assert "xxx" not in galat
    assert berkas.read_text() == "lama"
    assert {satu.name for satu in contoh.folder.iterdir()} == {"a.xlsx", "buku.db", "s.csv"}
    contoh("ekspor", "-o", str(contoh.folder / "a.json"))


def test_a_stream_that_breaks_is_told_as_the_file_s(tmp_path: Path) -> None:
    def putus() -> Iterator[bytes]:
        yield b"a"
        raise OSError(28, "")

    with pytest.raises(BerkasTakTertulis, match="cakram penuh"):
        tulis_berkas(tmp_path / "a", putus())
    assert list(tmp_path.iterdir()) == []


def tulis_tabel(kumpulan: list[IsiRegister], bentuk: str) -> Iterator[Any]:
    if bentuk == "xlsx":
        return tabel_xlsx(tabel_register(kumpulan), Cetakan())
    (tabel,) = tabel_register(kumpulan)
    return tulis_csv(tabel.judul_kolom, tabel.baris, tabel.bebas, untuk_excel=bentuk == "excel")


@pytest.mark.parametrize(
    "tulis",
    [tulis_register, tulis_jsonl, *(partial(tulis_tabel, bentuk=satu) for satu in ("xlsx", "csv", "excel"))],
    ids=["json", "jsonl", "xlsx", "csv", "excel"],
)
def test_memory_does_not_grow_with_the_register(tulis: Callable[[Any], Iterator[Any]]) -> None:
    isi = dict.fromkeys(SURVEI.nama_bidang) | {"nomor": "SKM-2026-0001", "tanggal": date(2026, 1, 5), "batal": False}
    ambang = gc.get_threshold()
    gc.set_threshold(700)
    tracemalloc.start()
    panjang = sum(
        len(x) for x in tulis([IsiRegister(SURVEI, ({**isi, "saran": "x" * 500} for _ in range(5000)), "")])
    )
    puncak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    gc.set_threshold(*ambang)
    assert puncak < 1_000_000
    assert panjang > 2_500_000 or tulis.keywords["bentuk"] == "xlsx"


@pytest.fixture
def warga(kantor: Kantor) -> Kantor:
    for nama in ("Budi Santoso", "budi  santoso", "Wati"):
        kantor("catat", "pengaduan", "--pelapor", nama, "--uraian", "lapor Pak Amir", "--alamat", "Jl. Mawar 7",
               "--kontak", "081122334455", "--lokasi", "rumah Pak Amir")  # fmt: skip
    kantor("catat", "pengaduan", "--anonim", "--uraian", "lapor Pak Amir")
    kantor("catat", "informasi", "--pemohon", "Wati", "--topik", "KTP", "--uraian", "KTP Pak Amir")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "memanggil Pak Amir")
    kantor("batalkan", "PGD-2026-0002", "--alasan", "permintaan Pak Amir", "--ya")
    return kantor


def test_pseudonyms_are_the_same_for_the_same_person_and_tell_nobody(warga: Kantor) -> None:
    jawab = warga("ekspor", "--samarkan", "-O", "json")
    for kata in ("Budi", "Wati", "Amir", "Mawar", "081122334455"):
        assert kata.lower() not in jawab.keluar.lower()
    aduan = jawab.json["pengaduan"]
    nama = [satu["pelapor"] for satu in aduan]
    assert nama[0] == nama[1] != nama[2]
    assert nama[2] == jawab.json["informasi"][0]["pemohon"]
    assert nama[3] is aduan[3]["kontak"] is None
    assert nama[0].startswith("Orang-")
    assert len({satu["alamat"] for satu in aduan[:3]}) == 1
    assert jawab.json["informasi"][0]["topik"] == "KTP"
    asli = warga("ekspor", "-O", "json").json["pengaduan"]
    tetap = [bidang.nama for bidang in PENGADUAN.bidang if not (bidang.pribadi or bidang.bebas)]
    assert [[satu[nama] for nama in tetap] for satu in aduan] == [[satu[nama] for nama in tetap] for satu in asli]


def test_pseudonyms_stay_as_the_ledger_grows_and_differ_between_ledgers(warga: Kantor, tmp_path: Path) -> None:
    def samaran(kantor: Kantor) -> str:
        return str(kantor("ekspor", "pengaduan", "--samarkan", "-O", "json").json[0]["pelapor"])

    semula = samaran(warga)
    warga("catat", "pengaduan", "--pelapor", "Lain", "--uraian", "B")
    assert samaran(warga) == semula
    lain = Kantor(tmp_path / "lain")
    lain.folder.mkdir()
    lain("catat", "pengaduan", "--pelapor", "Budi Santoso", "--uraian", "lain")
    assert samaran(lain) != semula
