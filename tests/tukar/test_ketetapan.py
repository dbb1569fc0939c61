"""A ledger made anew from an export: its free days, targets and closed months go with it, and it answers as the old."""

import re
from pathlib import Path

import pytest

from ikikec.cli.masuk_keluar import KETETAPAN
from ikikec.tukar.ketetapan_csv import KOLOM
from tests.conftest import REGISTER, Kantor

DUA_MESIN = True
RAMAI = (
    "libur muat 2027", "libur tambah 2026-12-04 --nama =Hari;jadi", "libur hapus 2026-12-24 --alasan A",
    "target tetapkan kasi-pip 2.1 24 --periode 2026-06..2026-12", "target tetapkan kasi-pip 1 87,5 --periode 2026-T3",
    "target tetapkan kasi-pip 1 90 --periode 2026-04..2026-09", "target tetapkan kasi-pip 1 85 --periode 2026-T2",
    "rtl tetapkan --unsur waktu --rencana =A --penanggung-jawab B --tenggat 2027-01-05 --periode 2026-T3",
    "rtl tetapkan --unsur biaya --rencana A --penanggung-jawab B --tenggat 2027-01-05 --periode 2026-T3",
    "rtl hapus RTL-2026-T3-1 --alasan A",
    "rtl tetapkan --unsur sarana --rencana =A --penanggung-jawab B --tenggat 2027-01-05 --periode 2026-T3",
    "rtl selesai RTL-2026-T3-2 --keterangan C --bukti D",
    "tutup 2026-01..2026-03", "buka 2026-02 --alasan A",
)  # fmt: skip
RTL = ",".join(KOLOM["rtl"])
MENJAWAB = (
    "libur daftar 2026 -O json", "libur daftar 2027 -O json", "target daftar -O json", "rtl daftar -O json",
    "laporan --jabatan semua --periode 2026-T3 -O csv", "laporan --jabatan semua --periode 2026-05 -O csv",
)  # fmt: skip


@pytest.fixture(params=[(), ("--untuk-excel",)], ids=["programs", "double click"])
def ekspor(contoh: Kantor, request: pytest.FixtureRequest) -> Path:
    """The sample office, with things settled, as a folder of files."""
    for satu in RAMAI:
        contoh(*satu.replace(";", " ").split(maxsplit=4) if "--nama" in satu else satu.split())
    jawab = contoh("ekspor", "--ketetapan", *request.param, "-o", f"{contoh.folder}/ekspor/")
    assert jawab.galat == ""
    nama = [Path(satu).name for satu in jawab.keluar.splitlines()]
    assert set(nama) == {f"{satu}.csv" for satu in (*REGISTER, *KOLOM)}
    return contoh.folder / "ekspor"


@pytest.fixture
def baru(ekspor: Path, contoh: Kantor) -> Kantor:
    """The ledger made anew from it."""
    satu = Kantor(contoh.folder, str(contoh.folder / "baru.db"))
    assert satu("impor", "libur", str(ekspor / "libur.csv")).keluar.endswith(" hari libur berubah\n")
    for register in REGISTER:
        satu("impor", register, str(ekspor / f"{register}.csv"))
    assert satu("impor", "target", str(ekspor / "target.csv")).keluar == "4 target ditetapkan\n"
    assert satu("impor", "rtl", str(ekspor / "rtl.csv")).keluar == "2 rencana tindak lanjut ditetapkan\n"
    assert satu("impor", "penutupan", str(ekspor / "penutupan.csv")).keluar == "2 bulan ditutup\n"
    return satu


def test_it_answers_as_the_old_one(contoh: Kantor, baru: Kantor) -> None:
    for args in MENJAWAB:
        lama, kini = (re.sub(r"\d+,[0-9a-f]{64}", "", satu(*args.split()).keluar) for satu in (contoh, baru))
        assert kini == lama, args
    baru("periksa")
    isian = "catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-20", "-O", "json"
    assert baru(*isian).json["batas"] == contoh(*isian).json["batas"]
    for kantor in (contoh, baru):
        kantor("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-01-05", kode=3)
        kantor("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-02-05")


def test_taken_over_again_it_changes_nothing(baru: Kantor, ekspor: Path) -> None:
    sebelum = baru("info", "-O", "json").json["buku"]["entri"]
    for jenis, kata in zip(
        KOLOM,
        ("0 hari libur berubah", "0 target ditetapkan", "0 rencana tindak lanjut ditetapkan", "0 bulan ditutup"),
        strict=True,
    ):
        assert baru("impor", jenis, str(ekspor / f"{jenis}.csv")).keluar == f"{kata}\n"
    assert baru("info", "-O", "json").json["buku"]["entri"] == sebelum


def test_a_closing_keeps_who_closed_it_and_periksa_compares_its_figures(baru: Kantor, ekspor: Path) -> None:
    teks = (ekspor / "penutupan.csv").read_text("utf-8-sig").replace('"', "").replace(";", ",").replace("\t", "")
    assert teks.startswith("bulan,petugas,waktu,bobot_skm,angka\n2026-01,Siti Petugas,")
    lain = Kantor(baru.folder, str(baru.folder / "lain.db"))
    lain("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-01-05")
    lain("impor", "penutupan", str(ekspor / "penutupan.csv"))
    assert "Januari 2026, bacaan-dimanfaatkan: waktu ditutup 7, sekarang 0" in lain("periksa", kode=8).keluar


def test_what_stays_in_the_ledger_is_told(contoh: Kantor) -> None:
    tetap = "Hari libur, target, rencana tindak lanjut, dan bulan tertutup tetap di buku"
    assert tetap in " ".join(contoh("ekspor", "-O", "json").galat.split())
    assert contoh("-q", "ekspor", "-O", "json").galat == ""
    assert contoh("ekspor", "survei").galat == ""
    assert "--ketetapan ditulis ke folder" in contoh("ekspor", "--ketetapan", "-O", "json", kode=2).galat


@pytest.mark.sqlite
def test_the_two_lists_are_one() -> None:
    assert tuple(KOLOM) == KETETAPAN


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("jenis", "baris", "kata"),
    [
        ("libur", ["tanggal,nama,jenis", "2026-12-04,A,kantor"], "kolom berlaku tidak ada"),
        ("libur", ["tanggal,nama,jenis,berlaku", "2026-02-30,A,kantor,ya"], "baris 2, tanggal"),
        ("libur", ["tanggal,nama,jenis,berlaku", "2026-12-04,,kantor,ya"], "baris 2, nama: wajib diisi"),
        ("libur", ["tanggal,nama,jenis,berlaku", "2026-12-04,A,desa,ya"], "jenis: bukan salah satu dari nasional"),
        ("libur", ["tanggal,nama,jenis,berlaku", "2026-12-04,A,kantor,mungkin"], "berlaku: bukan"),
        ("libur", ["tanggal,nama,jenis,berlaku", *["2026-12-04,A,kantor,ya"] * 2], "sudah ada di baris sebelumnya"),
        ("rtl", [RTL, "RTL-2026-1,2026-01-01,2026-12-31,loket,A,B,2027-01-05,,,"], "unsur: 'loket' tidak dikenal"),
        ("rtl", [RTL, "RTL-2026-1,2026-01-01,2026-06-30,waktu,A,B,2027-01-05,,,"], "bukan nomor rencana Semester I 2026"),
        ("rtl", [RTL, "RTL-2026,2026-01-01,2026-12-31,waktu,A,B,2027-01-05,,,"], "bukan nomor rencana tindak lanjut"),
        ("rtl", [RTL, "RTL-2026-1,2026-12-31,2026-01-01,waktu,A,B,2027-01-05,,,"], "akhir: mendahului awal"),
        ("rtl", [RTL, "RTL-2026-1,2026-01-01,2026-12-31,waktu,,B,2027-01-05,,,"], "rencana: wajib diisi"),
        ("rtl", [RTL, "RTL-2026-1,2026-01-01,2026-12-31,waktu,A,B,2025-01-05,,,"], "tenggat: 5 Januari 2025 mendahului"),
        ("rtl", [RTL, "RTL-2026-1,2026-01-01,2026-12-31,waktu,A,B,2027-01-05,2026-02-02,,"], "keterangan: "),
        ("target", [",".join(KOLOM["target"]), "kasi-pip,9,2026-01-01,2026-12-31,1,kegiatan"], "tidak punya indikator"),
        ("target", [",".join(KOLOM["target"]), "camat,1,2026-01-01,2026-12-31,1,%"], "camat"),
        ("target", [",".join(KOLOM["target"]), "kasi-pip,1,2026-01-01,2026-12-31,1,kegiatan"], "seharusnya %"),
        ("target", [",".join(KOLOM["target"]), "kasi-pip,1,2026-12-31,2026-01-01,1,%"], "akhir: mendahului awal"),
        ("target", [",".join(KOLOM["target"]), "kasi-pip,1,2026-01-01,2026-12-31,-1,%"], "nilai: bukan bilangan"),
        ("penutupan", [",".join(KOLOM["penutupan"]), "2026-13,A,w,,{}"], "bulan"),
        ("penutupan", [",".join(KOLOM["penutupan"]), "2026-10,A,w,,[1]"], "angka: tidak seperti diekspor"),
        ("penutupan", [",".join(KOLOM["penutupan"]), "2026-11,A,w,,{}"], "belum berakhir"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named_and_nothing_recorded(contoh: Kantor, jenis: str, baris: list[str], kata: str) -> None:
    sebelum = contoh("info").keluar
    galat = contoh("impor", jenis, contoh.csv("k.csv", *baris), kode=3).galat
    assert kata in " ".join(galat.split())
    assert contoh("info").keluar == sebelum


@pytest.mark.sqlite
@pytest.mark.parametrize("opsi", ["--uji", "--peta x.toml", "--lewati-duplikat", "-O json", "--lembar A"])
def test_options_of_registers_do_not_belong(contoh: Kantor, opsi: str) -> None:
    galat = contoh("impor", "libur", "x.csv", *opsi.split(), kode=2).galat
    assert f"opsi {opsi.split(maxsplit=1)[0]} tidak berlaku untuk libur" in galat
