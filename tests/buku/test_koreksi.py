"""Corrections and cancellations: the rules hold, nothing is lost, and nothing happens unasked."""

import os
from collections.abc import Callable

import pytest

from tests.cli.test_tanya import di_terminal, polos
from tests.conftest import Kantor, perintah
from tests.unix import pty

DUA_MESIN = True

ALASAN = ("--alasan", "salah ketik", "--ya")


def koreksi(kantor: Kantor, nomor: str, *args: str, kode: int = 0) -> object:
    jawab = kantor("koreksi", nomor, *ALASAN, *args, "-O", "json", kode=kode)
    return jawab.json if kode == 0 else jawab.galat


@pytest.mark.parametrize(
    ("catat", "nomor", "ubah", "isi"),
    [
        (
            "pengaduan --pelapor A --uraian B",
            "PGD-2026-0001",
            "--lokasi Pasar --kanal surat",
            {"lokasi": "Pasar", "kanal": "surat"},
        ),
        ("informasi --pemohon A --topik B", "INF-2026-0001", "--topik KTP", {"topik": "KTP"}),
        (
            "rekomendasi --pemohon A --jenis bangunan",
            "RIZ-2026-0001",
            "--jenis domisili",
            {"jenis": "domisili", "batas": "2026-11-02"},
        ),
        (
            "surat-kabar --media A --eksemplar 3",
            "KRN-2026-0001",
            "--eksemplar 5 --jenis majalah",
            {"eksemplar": 5, "jenis": "majalah"},
        ),
        (
            "survei --kepuasan 4 --saran x",
            "SKM-2026-0001",
            "--kepuasan 1 --saran= --usia 40",
            {"kepuasan": 1, "saran": None, "usia": 40},
        ),
    ],
)
def test_every_register_can_be_corrected(
    kantor: Kantor, catat: str, nomor: str, ubah: str, isi: dict[str, object]
) -> None:
    kantor("catat", *catat.split(), "--tanggal", "2026-11-02")
    hasil = koreksi(kantor, nomor, *ubah.split())
    assert isinstance(hasil, dict)
    assert {nama: hasil[nama] for nama in isi} == isi
    riwayat = kantor("lihat", nomor, "-O", "json").json["riwayat"]
    assert [(satu["aksi"], satu["alasan"], satu["revisi"]) for satu in riwayat] == [
        ("catat", None, 1), ("koreksi", "salah ketik", 2),
    ]  # fmt: skip
    assert {nama: baru for nama, (_, baru) in riwayat[1]["perubahan"].items()} == isi
    kantor("periksa")


def test_a_follow_up_can_be_corrected_and_cancelled(kantor: Kantor, pengaduan: Callable[..., str]) -> None:
    pengaduan()
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--tanggal", "2026-11-03")
    assert koreksi(kantor, "PGD-2026-0001/1", "--status", "selesai", "--tanggal", "2026-11-04")["status"] == "selesai"
    assert kantor.angka("kasi-pip", "2026-11")["2.2"] == 1
    kantor("batalkan", "PGD-2026-0001/1", *ALASAN)
    assert kantor.angka("kasi-pip", "2026-11")["2.2"] == 0
    assert "mendahului" not in str(koreksi(kantor, "PGD-2026-0001", "--tanggal", "2026-11-10"))


def test_a_follow_up_of_a_complaint_that_came_in_cancelled_takes_no_correction(kantor: Kantor) -> None:
    kantor("impor", "pengaduan", kantor.csv("p.csv", "tanggal,pelapor,uraian,batal", "2026-11-02,A,B,ya"))
    kantor("impor", "tindak-lanjut", kantor.csv("t.csv", "pengaduan,tanggal,tindakan", "PGD-2026-0001,2026-11-03,X"))
    assert "dibatalkan" in str(koreksi(kantor, "PGD-2026-0001/1", "--tindakan", "Y", kode=3))


def test_the_history_shows_who_what_why_old_and_new(kantor: Kantor, pengaduan: Callable[..., str]) -> None:
    pengaduan("--lokasi", "Dusun I")
    kantor("--petugas", "Budi", "koreksi", "PGD-2026-0001", *ALASAN, "--lokasi", "Dusun II", "--kontak", "0812")
    keluar = kantor("lihat", "PGD-2026-0001").keluar
    for kata in ("koreksi oleh Budi", "alasan: salah ketik", "lokasi: Dusun I → Dusun II", "kontak: (kosong) → 0812"):
        assert kata in keluar


@pytest.mark.parametrize(
    ("ubah", "batas"),
    [
        ("--uraian C", "2026-11-20"),
        ("--klasifikasi permintaan-informasi", "2026-11-09"),
        ("--klasifikasi aspirasi", None),
        ("--tanggal 2026-11-03", "2026-11-23"),
    ],
)
def test_the_deadline_follows_the_facts_behind_it(
    kantor: Kantor, pengaduan: Callable[..., str], ubah: str, batas: str | None
) -> None:
    pengaduan()
    assert koreksi(kantor, "PGD-2026-0001", *ubah.split())["batas"] == batas


def test_a_given_deadline_stays_unless_the_facts_change(kantor: Kantor) -> None:
    kantor("impor", "informasi", kantor.csv("a.csv", "tanggal,pemohon,topik,batas", "2026-11-02,A,B,2026-12-24"))
    assert koreksi(kantor, "INF-2026-0001", "--topik", "C")["batas"] == "2026-12-24"
    assert koreksi(kantor, "INF-2026-0001", "--tanggal", "2026-11-03")["batas"] == "2026-11-17"


def test_a_permit_whose_file_was_not_complete_after_all(kantor: Kantor) -> None:
    kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "bangunan", "--tanggal", "2026-11-02")
    isi = koreksi(kantor, "RIZ-2026-0001", "--tanggal-lengkap", "")
    assert (isi["tanggal_lengkap"], isi["batas"]) == (None, None)


@pytest.mark.parametrize(
    ("nomor", "ubah", "kode", "sebut"),
    [
        ("PGD-2026-0001", "--tanggal 2025-12-31", 3, "catat lagi"),
        ("PGD-2026-0001", "--tanggal 2026-11-23", 3, "masa depan"),
        ("PGD-2026-0001", "--tanggal 2026-11-05", 3, "tindak lanjutnya"),
        ("PGD-2026-0001", "--anonim --pelapor B", 3, "identitas tidak boleh tersimpan"),
        ("PGD-2026-0001", "--uraian=", 3, "tidak boleh dikosongkan"),
        ("PGD-2026-0001", "--kanal=", 3, "tidak boleh dikosongkan"),
        ("PGD-2026-0001", "--anonim=", 3, "tidak boleh dikosongkan"),
        ("PGD-2026-0001", "--anonim mungkin", 2, "ya atau tidak"),
        ("PGD-2026-0001", "--pelapor=", 3, "pelapor: wajib"),
        ("PGD-2026-0001", "--pelapor A", 3, "sudah berisi seperti itu"),
        ("PGD-2026-0001", "--kanal fax", 2, "--kanal"),
        ("PGD-2026-0001", "--media Tempo", 2, "bukan isian pengaduan"),
        ("PGD-2026-0001", "", 2, "belum ada isian"),
        ("PGD-2026-0001", "--batas 2026-12-01", 2, "--batas"),
        ("PGD-2026-0001", "--nomor PGD-2026-0009", 2, "--nomor"),
        ("PGD-2026-0001/1", "--tanggal 2026-11-01", 3, "mendahului"),
        ("PGD-2026-0001/1", "--pengaduan PGD-2026-0002", 2, "--pengaduan"),
        ("KRN-2026-0001", "--eksemplar 1", 3, "melebihi"),
        ("KRN-2026-0001", "--dimanfaatkan=", 3, "bersama"),
        ("RIZ-2026-0001", "--jenis nikah", 2, "dispensasi-nikah"),
        ("SKM-2026-0001", "--kepuasan=", 3, "tanpa jawaban"),
        ("SKM-2026-0009", "--kepuasan 1", 4, "SKM-2026-0009"),
    ],
)
def test_a_correction_that_is_refused(
    kantor: Kantor, pengaduan: Callable[..., str], nomor: str, ubah: str, kode: int, sebut: str
) -> None:
    pengaduan()
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--tanggal", "2026-11-03")
    kantor("catat", "surat-kabar", "--media", "A", "--eksemplar", "3", "--tanggal", "2026-11-02")
    kantor("manfaatkan", "KRN-2026-0001", "--dimanfaatkan", "2", "--tanggal", "2026-11-03")
    kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "bangunan", "--tanggal", "2026-11-02")
    kantor("catat", "survei", "--kepuasan", "4")
    sebelum = kantor("info", "-O", "json").json
    assert sebut in str(koreksi(kantor, nomor, *ubah.split(), kode=kode))
    assert kantor("info", "-O", "json").json == sebelum


def test_a_cancelled_entry_takes_no_correction_and_is_cancelled_once(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    isi = kantor("batalkan", "SKM-2026-0001", *ALASAN, "-O", "json").json
    assert (isi["batal"], isi["alasan_batal"]) == (True, "salah ketik")
    assert "dibatalkan" in str(koreksi(kantor, "SKM-2026-0001", "--kepuasan", "3", kode=3))
    kantor("batalkan", "SKM-2026-0001", *ALASAN, kode=3)
    assert kantor("catat", "survei", "--kepuasan", "4").keluar.startswith("SKM-2026-0002")


@pytest.mark.parametrize("perintah_", ["koreksi SKM-2026-0001 --kepuasan 3", "batalkan SKM-2026-0001"])
def test_reason_and_certainty_are_needed(kantor: Kantor, perintah_: str) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    assert "--alasan" in kantor(*perintah_.split(), "--ya", kode=2).galat
    assert "--alasan" in kantor(*perintah_.split(), "--ya", "--alasan", " ", kode=2).galat
    assert "--ya" in kantor(*perintah_.split(), "--alasan", "x", kode=2).galat
    assert kantor("lihat", "SKM-2026-0001", "-O", "json").json["batal"] is False


@pytest.mark.unix
@pytest.mark.parametrize(
    ("jawaban", "kode"), [(b"y\n", 0), (b"ya\n", 0), (b"\n", 130), (b"mungkin\nt\n", 130), (b"\x04", 130)]
)
@pytest.mark.parametrize("perintah_", ["koreksi SKM-2026-0001 --kepuasan 3", "batalkan SKM-2026-0001"])
def test_at_a_terminal_it_shows_and_asks(kantor: Kantor, perintah_: str, jawaban: bytes, kode: int) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    jawab = di_terminal(kantor, f"{perintah_} --alasan x", jawaban)
    assert jawab.kode == kode, jawab
    assert "4 → 3" in jawab.galat or "batal: tidak → ya" in jawab.galat
    assert len(kantor("lihat", "SKM-2026-0001", "-O", "json").json["riwayat"]) == (2 if kode == 0 else 1)


@pytest.mark.unix
def test_an_entry_that_changed_while_the_clerk_thought_is_not_overwritten(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    pid, tuan = pty.fork()
    if pid == 0:
        args = perintah(["koreksi", "SKM-2026-0001", "--alasan", "x", "--kepuasan", "3"])
        os.execve(args[0], args, {**os.environ, **kantor.env})
    terbaca = b""
    while not polos(terbaca).endswith(b"[y/T]:"):
        terbaca += os.read(tuan, 1024)
    koreksi(kantor, "SKM-2026-0001", "--kepuasan", "1")
    os.write(tuan, b"y\r")
    try:
        while potong := os.read(tuan, 1024):
            terbaca += potong
    except OSError:
        pass
    _, status = os.waitpid(pid, 0)
    os.close(tuan)
    assert os.waitstatus_to_exitcode(status) == 3
    assert "baru saja diubah" in terbaca.decode()
    assert kantor("lihat", "SKM-2026-0001", "-O", "json").json["kepuasan"] == 1


def test_a_deadline_returns_with_the_facts_it_rested_on(kantor: Kantor) -> None:
    """To and fro: a holiday that was declared in between turns no late entry into one on time."""
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-10-05")
    kantor("selesaikan", "inf-1", "--hasil", "terlaksana", "--tanggal", "2026-10-20")
    batas = kantor("lihat", "inf-1", "-O", "json").json["batas"]
    assert batas == "2026-10-19"
    kantor("libur", "tambah", "2026-10-14", "--nama", "Hari jadi")
    for hari, jadi in (("2026-10-06", "2026-10-21"), ("2026-10-05", batas), ("2026-10-06", "2026-10-21")):
        kantor("koreksi", "inf-1", "--tanggal", hari, "--alasan", "x", "--ya")
        assert kantor("lihat", "inf-1", "-O", "json").json["batas"] == jadi
    kantor("periksa")


def test_a_correction_that_turns_the_verdict_says_so_before_and_after(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-10-05")
    kantor("selesaikan", "inf-1", "--hasil", "terlaksana", "--tanggal", "2026-10-20")
    ubah = ("koreksi", "inf-1", "--tanggal", "2026-10-06", "--alasan", "x")
    assert "terlambat → tepat waktu" in kantor(*ubah, kode=2).galat
    assert "terlambat → tepat waktu" in kantor(*ubah, "--ya").keluar
    kembali = kantor("koreksi", "inf-1", "--tanggal-selesai", "2026-10-21", "--alasan", "x", "--ya").keluar
    assert "tepat waktu → terlambat" in kembali
    assert "→" not in kantor("koreksi", "inf-1", "--topik", "C", "--alasan", "x", "--ya").keluar


def test_a_late_step_says_so(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--anonim", "--uraian", "B", "--tanggal", "2026-10-01")
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-10-05")
    for hari in ("2026-10-01", "2026-10-02"):
        kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "bangunan", "--tanggal", hari, "--belum-lengkap")
    assert "terlambat" not in kantor("tindaklanjuti", "pgd-1", "--tindakan", "x", "--tanggal", "2026-10-21").keluar
    akhir = kantor("tindaklanjuti", "pgd-1", "--tindakan", "x", "--status", "selesai", "--tanggal", "2026-10-22")
    assert "terlambat, batasnya Rabu, 21 Oktober 2026" in " ".join(akhir.keluar.split())
    assert "terlambat" in kantor("selesaikan", "inf-1", "--hasil", "terlaksana", "--tanggal", "2026-10-20").keluar
    kantor("lengkapi", "riz-1", "--tanggal", "2026-10-05")
    terbit = kantor("terbitkan", "riz-1", "--nomor-surat", "1", "--tanggal", "2026-10-12").keluar
    assert "tepat" not in terbit
    assert "dianggap" not in terbit
    dianggap = " ".join(kantor("terbitkan", "riz-2", "--nomor-surat", "1", "--tanggal", "2026-10-12").keluar.split())
    assert "berkas dianggap lengkap Jumat, 2 Oktober 2026; terlambat" in dianggap


def test_what_was_cancelled_by_mistake_is_recorded_again(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--anonim", "--uraian", "B", "--tanggal", "2026-10-01")
    kantor("tindaklanjuti", "pgd-1", "--tindakan", "x", "--tanggal", "2026-10-02")
    for nomor, jalan in (
        ("PGD-2026-0001/1", "tindaklanjuti PGD-2026-0001 --tindakan"),
        ("pgd-1", "catat pengaduan"),
    ):
        kantor("batalkan", nomor, "--alasan", "keliru", "--ya")
        galat = " ".join(kantor("koreksi", nomor, "--tanggal", "2026-10-03", "--alasan", "x", kode=3).galat.split())
        assert f"catat lagi sebagai entri baru: ikikec {jalan}" in galat
