"""The survey's follow-up plan: lines set, carried out, corrected, removed; closed months; the report; what it guards."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import Any

import pytest

from ikikec.istilah import UNSUR
from tests.conftest import Kantor
from tests.kinerja.test_skm import isi, skm
from tests.kinerja.test_target import rusak, temuan
from tests.skema_lama import buku_pertama

DUA_MESIN = True


def rencana(kantor: Kantor, *lain: str, kode: int = 0, periode: str = "2026", **isian: str) -> Any:
    """Set a plan line; returns the command's answer."""
    semua = {"unsur": "waktu", "rencana": "Buka loket kedua", "penanggung-jawab": "Kasi PIP", "tenggat": "2027-03-31"}
    opsi = [kata for nama, nilai in (semua | isian).items() for kata in (f"--{nama}", nilai)]
    return kantor("rtl", "tetapkan", *opsi, "--periode", periode, *lain, kode=kode)


def daftar(kantor: Kantor, *args: str) -> Any:
    return kantor("rtl", "daftar", *args, "-O", "json").json


def test_a_line_is_set_carried_out_corrected_and_removed(kantor: Kantor) -> None:
    jawab = rencana(kantor)
    assert jawab.keluar == (
        "RTL-2026-1  U3 Waktu Penyelesaian: Buka loket kedua ditetapkan; tenggat Rabu, 31 Maret 2027\n"
    )
    assert rencana(kantor, unsur="biaya", rencana="Papan tarif").keluar.startswith("RTL-2026-2  U4 Biaya/Tarif: ")
    assert rencana(kantor, periode="2026-S1").keluar.startswith("RTL-2026-S1-1 ")
    selesai = kantor("rtl", "selesai", "rtl-2026-1", "--keterangan", "Loket dibuka", "--bukti", "SK 12/2026")
    assert selesai.keluar.endswith(" selesai; Minggu, 22 November 2026\n")
    galat = kantor("rtl", "selesai", "RTL-2026-1", "--keterangan", "Lagi", kode=3).galat
    assert "sudah dilaksanakan" in galat
    assert "--nomor RTL-2026-1 --alasan" in galat
    koreksi = ("rtl", "tetapkan", "--nomor", "RTL-2026-1", "--alasan", "salah ketik")
    kantor(*koreksi, "--bukti", "", "--tanggal-selesai", "2026-11-20", "--tenggat", "2027-06-30")
    (satu,) = [satu for satu in daftar(kantor) if satu["nomor"] == "RTL-2026-1"]
    assert satu == {
        "nomor": "RTL-2026-1", "periode": {"label": "Tahun 2026", "awal": "2026-01-01", "akhir": "2026-12-31"},
        "unsur": "waktu", "rencana": "Buka loket kedua", "penanggung_jawab": "Kasi PIP", "tenggat": "2027-06-30",
        "tanggal_selesai": "2026-11-20", "keterangan": "Loket dibuka", "bukti": None,
    }  # fmt: skip
    kantor("rtl", "hapus", "RTL-2026-2", "--alasan", "digabung")
    assert [satu["nomor"] for satu in daftar(kantor)] == ["RTL-2026-S1-1", "RTL-2026-1"]
    assert [satu["nomor"] for satu in daftar(kantor, "--periode", "2026-T4")] == ["RTL-2026-1"]
    # The number stays used, and the journal tells all of it.
    assert rencana(kantor).keluar.startswith("RTL-2026-3 ")
    kantor("periksa")


@pytest.mark.sqlite
def test_every_act_is_a_line_of_the_journal_with_its_reason(kantor: Kantor) -> None:
    rencana(kantor)
    kantor("rtl", "selesai", "RTL-2026-1", "--keterangan", "A")
    kantor("rtl", "tetapkan", "--nomor", "RTL-2026-1", "--rencana", "B", "--alasan", "keliru")
    kantor("rtl", "hapus", "RTL-2026-1", "--alasan", "tidak jadi")
    with closing(sqlite3.connect(kantor.buku)) as buku:
        baris = buku.execute("SELECT register, aksi, nomor, revisi, alasan, isi FROM jurnal ORDER BY seq").fetchall()
    assert [satu[:5] for satu in baris] == [
        ("rtl", "rtl", "RTL-2026-1", 1, None), ("rtl", "rtl-selesai", "RTL-2026-1", 2, None),
        ("rtl", "rtl", "RTL-2026-1", 3, "keliru"), ("rtl", "hapus-rtl", "RTL-2026-1", 4, "tidak jadi"),
    ]  # fmt: skip
    assert json.loads(baris[-1][-1])["berlaku"] is False


@pytest.mark.parametrize(
    ("isian", "kode", "kata"),
    [
        ({"unsur": "loket"}, 2, "opsi --unsur: 'loket' tidak dikenal; pilihannya persyaratan, "),
        ({"unsur": ""}, 2, "opsi --unsur: tidak boleh kosong"),
        ({"rencana": " "}, 2, "opsi --rencana: tidak boleh kosong"),
        ({"tenggat": "31-02-2027"}, 2, "opsi --tenggat: "),
        ({"tenggat": "2025-12-31"}, 3, "tenggat: 31 Desember 2025 mendahului periode surveinya (Tahun 2026)"),
        ({"keterangan": "sudah"}, 2, "opsi --keterangan hanya dengan --nomor"),
        ({"alasan": "x"}, 2, "opsi --alasan hanya dengan --nomor"),
        ({"periode": ""}, 2, "opsi --periode: tidak boleh kosong"),
        ({"periode": "besok"}, 2, "periode 'besok' tidak dikenali"),
    ],
)
def test_what_is_no_plan_is_refused(kantor: Kantor, isian: dict[str, str], kode: int, kata: str) -> None:
    kantor("catat", "survei", "--kepuasan", "3")
    lain = {nama: nilai for nama, nilai in isian.items() if nama != "periode"}
    galat = rencana(kantor, kode=kode, periode=isian.get("periode", "2026"), **lain).galat
    assert kata in " ".join(galat.split())
    assert daftar(kantor) == []


@pytest.mark.parametrize(
    ("args", "kode", "kata"),
    [
        ("selesai RTL-2026-9 --keterangan A", 4, "tidak ada rencana tindak lanjut RTL-2026-9"),
        ("hapus RTL-2026-9 --alasan A", 4, "ikikec rtl daftar"),
        ("selesai PGD-2026-0001 --keterangan A", 2, "bukan nomor rencana tindak lanjut"),
        ("selesai RTL-2026-1", 2, "opsi --keterangan wajib diisi"),
        ("selesai RTL-2026-1 --keterangan A --tanggal 2026-11-23", 3, "23 November 2026 ada di masa depan"),
        ("selesai RTL-2026-1 --keterangan A --tanggal 2025-11-23", 3, "mendahului periode surveinya"),
        ("tetapkan --nomor RTL-2026-1 --rencana B", 2, "koreksi memerlukan --alasan"),
        ("tetapkan --nomor RTL-2026-1 --alasan B", 2, "belum ada isian yang dikoreksi"),
        ("tetapkan --nomor RTL-2026-1 --alasan B --periode 2025 --rencana C", 2, "--periode tidak dapat dikoreksi"),
        ("tetapkan --nomor RTL-2026-1 --alasan B --unsur waktu", 3, "sudah demikian"),
        ("tetapkan --nomor RTL-2026-1 --alasan B --keterangan C", 3, "diisi bersama"),
        ("tetapkan --nomor RTL-2026-1 --alasan B --bukti C", 3, "hanya untuk rencana yang sudah dilaksanakan"),
        ("tetapkan --unsur waktu", 2, "belum diisi: --rencana, --penanggung-jawab, --tenggat"),
    ],
)
def test_what_cannot_be_done_with_one_is_refused(kantor: Kantor, args: str, kode: int, kata: str) -> None:
    rencana(kantor)
    sebelum = daftar(kantor)
    assert kata in " ".join(kantor("rtl", *args.split(), kode=kode).galat.split())
    assert daftar(kantor) == sebelum


def test_a_closed_month_guards_the_plan_of_its_survey_and_what_was_done_in_it(kantor: Kantor) -> None:
    rencana(kantor, periode="2026-T3", tenggat="2026-12-31")
    kantor("catat", "survei", "--kepuasan", "3", "--tanggal", "2026-09-01")
    kantor("tutup", "2026-09..2026-10")
    # As long as a month of it is open the survey is not over; a year's plan is made when most months are closed.
    rencana(kantor)
    kantor("rtl", "tetapkan", "--nomor", "RTL-2026-T3-1", "--tenggat", "2026-12-30", "--alasan", "C")
    kantor("tutup", "2026-07..2026-08")
    for baris in (
        "tetapkan --unsur waktu --rencana A --penanggung-jawab B --tenggat 2026-12-31 --periode 2026-T3",
        "tetapkan --unsur waktu --rencana A --penanggung-jawab B --tenggat 2026-12-31 --periode 2026-09",
        "tetapkan --nomor RTL-2026-T3-1 --rencana B --alasan C", "hapus RTL-2026-T3-1 --alasan C",
        "selesai RTL-2026-T3-1 --keterangan A --tanggal 2026-10-15",
    ):  # fmt: skip
        galat = kantor("rtl", *baris.split(), kode=3).galat
        assert "sudah ditutup" in galat
        assert "ikikec buka 2026-" in galat
    # What was done after it is told all the same, and may be put right.
    kantor("rtl", "selesai", "RTL-2026-T3-1", "--keterangan", "A", "--tanggal", "2026-11-03")
    kantor("rtl", "tetapkan", "--nomor", "RTL-2026-T3-1", "--keterangan", "B", "--alasan", "C")
    kantor("tutup", "2026-10", kode=0)
    kantor("periksa")


def test_the_report_proposes_prints_and_looks_back(kantor: Kantor) -> None:
    angka = dict.fromkeys(UNSUR, 4)
    isi(kantor, [{**angka, "waktu": 2, "sarana": 1, "biaya": 3}])
    assert skm(kantor)["rtl"]["usul"] == ["sarana", "waktu"]
    rencana(kantor, unsur="sarana", rencana="Kursi | <b>")
    rencana(kantor, periode="2025", tenggat="2026-03-31")
    rencana(kantor, periode="2025", unsur="biaya", tenggat="2026-12-31")
    rencana(kantor, periode="2025", unsur="produk", tenggat="2026-06-30")
    kantor("rtl", "selesai", "RTL-2025-1", "--keterangan", "Dibuka", "--bukti", "SK 1", "--tanggal", "2026-02-03")
    hasil = skm(kantor)["rtl"]
    assert hasil["usul"] == ["waktu"]
    assert [satu["nomor"] for satu in hasil["rencana"]] == ["RTL-2026-1"]
    lalu = hasil["sebelumnya"]
    assert [(satu["terlaksana"], satu["terlambat"]) for satu in lalu["rencana"]] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip
    assert (lalu["periode"]["label"], lalu["terlaksana"], lalu["persen"]) == ("Tahun 2025", 1, 33.33)
    md, html = (kantor("skm", "-O", bentuk).keluar for bentuk in ("md", "html"))
    for teks in (md, html, kantor("skm", "-O", "layar", COLUMNS="200").keluar):
        assert "terlaksana 3 Feb 2026: Dibuka (bukti: SK 1)" in teks
        assert "belum, lewat tenggat" in teks
        assert "1 dari 3 rencana (33,33 %)" in teks
    assert "| U9 Sarana dan Prasarana | Kursi \\| &lt;b> | Kasi PIP | 31 Maret 2027 |" in md
    assert "| U3 Waktu Penyelesaian | ………………… | ………………… | ………………… |" in md
    # As it stood at the end of the period, whenever the report is made.
    lama = kantor("skm", "--periode", "2026-T1", "-O", "json").json["rtl"]
    assert (lama["rencana"], lama["sebelumnya"]["rencana"]) == ([], [])
    rencana(kantor, periode="2025-T4", tenggat="2026-02-01")
    kantor("rtl", "selesai", "RTL-2025-T4-1", "--keterangan", "A", "--tanggal", "2026-04-01")
    (satu,) = kantor("skm", "--periode", "2026-T1", "-O", "json").json["rtl"]["sebelumnya"]["rencana"]
    assert (satu["terlaksana"], satu["terlambat"]) == (False, True)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "perintah",
    ["UPDATE rtl SET rencana = 'x'", "UPDATE rtl SET rencana = 'x', revisi = 2", "DELETE FROM rtl",
     "INSERT OR REPLACE INTO rtl SELECT * FROM rtl"],
)  # fmt: skip
def test_plan_lines_are_guarded_as_pages_are(kantor: Kantor, perintah: str) -> None:
    rencana(kantor)
    with closing(sqlite3.connect(kantor.buku)) as buku, pytest.raises(sqlite3.IntegrityError):
        buku.execute(perintah)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "satu",
    ["awal = '2026-02-30'", "akhir = '2025-01-01'", "unsur = 'loket'", "rencana = ''", "tenggat = '2025-01-01'",
     "penanggung_jawab = NULL", "berlaku = 2", "revisi = 0", "keterangan = 'x'", "bukti = 'x'",
     "tanggal_selesai = '2026-11-02'"],
)  # fmt: skip
def test_the_schema_refuses_what_no_plan_line_is(kantor: Kantor, satu: str) -> None:
    rencana(kantor)
    with closing(sqlite3.connect(kantor.buku)) as buku:
        for (nama,) in buku.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            buku.execute(f"DROP TRIGGER {nama}")
        with pytest.raises(sqlite3.IntegrityError):
            buku.execute(f"UPDATE rtl SET {satu}")


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "ubah",
    ["UPDATE rtl SET rencana = 'x'", "UPDATE rtl SET berlaku = 0", "UPDATE rtl SET revisi = 2", "DELETE FROM rtl"],
)
def test_a_tampered_plan_is_found(kantor: Kantor, ubah: str) -> None:
    rencana(kantor)
    rusak(kantor, ubah)
    assert temuan(kantor) == {"rtl": ["RTL-2026-1: tidak sama dengan jurnal"]}


@pytest.mark.sqlite
def test_answers_from_before_disability_are_whole_without_it(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-11-02")
    asal = kantor.folder / "asal.db"
    kantor.buku.rename(asal)
    buku_pertama(asal, kantor.buku)
    _lupakan_disabilitas(kantor)
    kantor("--boleh-migrasi", "catat", "survei", "--kepuasan", "2", "--disabilitas", "ya")
    kantor("periksa")
    assert kantor("lihat", "skm-1", "-O", "json").json["disabilitas"] is None
    kantor("koreksi", "skm-1", "--disabilitas", "tidak", "--alasan", "dari formulir", "--ya")
    kantor("periksa")
    assert [(satu["nama"], satu["jumlah"]) for satu in skm(kantor)["demografi"]["disabilitas"]] == [
        ("Tidak", 1),
        ("Ya", 1),
    ]


def _lupakan_disabilitas(kantor: Kantor) -> None:
    """Make the ledger's one line what the program wrote before it knew of the field."""
    with closing(sqlite3.connect(kantor.buku)) as buku:
        baris = list(
            buku.execute(
                "SELECT seq, waktu, petugas, aksi, register, nomor, revisi, alasan, isi FROM jurnal"
            ).fetchone()
        )
        isi_lama = json.loads(baris[-1])
        assert isi_lama.pop("disabilitas", "tidak ada") is None
        padat = lambda satu: json.dumps(satu, ensure_ascii=False, separators=(",", ":"))  # noqa: E731
        assert padat(json.loads(baris[-1])) == baris[-1]
        baris[-1] = padat(isi_lama)
        sidik = sha256(f"{'0' * 64}\n{padat(baris)}".encode()).hexdigest()
        buku.execute("DROP TRIGGER jurnal_ubah")
        buku.execute("UPDATE jurnal SET isi = ?, sidik = ?", (baris[-1], sidik))
        buku.execute("CREATE TRIGGER jurnal_ubah BEFORE UPDATE ON jurnal BEGIN SELECT raise(ABORT, 'x'); END")
        buku.commit()
