"""Lists: what is open, late, due, cancelled, or of one kind; in order, and as many as asked for."""

from datetime import date

import pytest

from ikikec.buku.baca import buka_bacaan
from ikikec.buku.mesin import mesin_di
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.buku.terbuka import banyak_terlambat, beda_keadaan, mendesak
from tests.conftest import HARI_INI, Kantor

DUA_MESIN = True


@pytest.fixture
def meja(kantor: Kantor) -> Kantor:
    """An office on 22 November 2026 with something of every state."""
    kantor.seperti(_isi_meja)
    return kantor


def _isi_meja(kantor: Kantor) -> None:
    for tanggal in ("2026-10-01", "2026-11-02", "2026-11-20"):
        kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", tanggal)
        kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", tanggal)
        kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "bangunan", "--tanggal", tanggal)
    # Typed last but dated first: by date the latest follow-up is the one that finishes the complaint.
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--status", "selesai", "--tanggal", "2026-11-10")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--tanggal", "2026-11-05")
    kantor("tindaklanjuti", "PGD-2026-0002", "--tindakan", "X", "--status", "diteruskan", "--tanggal", "2026-11-05")
    kantor("selesaikan", "INF-2026-0001", "--hasil", "terlaksana", "--tanggal", "2026-11-01")
    kantor("terbitkan", "RIZ-2026-0001", "--nomor-surat", "1", "--tanggal", "2026-11-01")
    kantor("tolak", "RIZ-2026-0002", "--alasan", "x", "--tanggal", "2026-11-05")
    kantor("batalkan", "INF-2026-0002", "--alasan", "x", "--ya")
    kantor("catat", "pengaduan", "--anonim", "--uraian", "B", "--kanal", "surat", "--klasifikasi", "aspirasi")


@pytest.mark.parametrize(
    ("args", "nomor"),
    [
        ("pengaduan", [1, 2, 3, 4]),
        ("pengaduan --belum-selesai", [2, 3, 4]),
        ("pengaduan --terlambat", [2]),
        ("pengaduan --jatuh-tempo 30", [3]),
        ("pengaduan --jatuh-tempo 1.000", [3]),
        ("pengaduan --jatuh-tempo 0", []),
        ("pengaduan --kanal surat", [4]),
        ("pengaduan --anonim", [4]),
        ("pengaduan --anonim tidak --maks 2", [1, 2]),
        ("pengaduan --urut -tanggal", [4, 3, 2, 1]),
        ("pengaduan --urut batas", [1, 2, 3, 4]),
        ("pengaduan --urut -batas --maks 1", [3]),
        ("pengaduan --periode 2026-11 --belum-selesai --urut -nomor", [4, 3, 2]),
        ("informasi --belum-selesai", [3]),
        ("informasi --hasil terlaksana", [1]),
        ("informasi --batal", [2]),
        ("rekomendasi --belum-selesai", [3]),
        ("rekomendasi --terlambat", []),
        ("rekomendasi --jenis bangunan --maks 0", []),
        ("tindak-lanjut --status selesai", [1]),
    ],
)
def test_what_is_listed(meja: Kantor, args: str, nomor: list[int]) -> None:
    hasil = meja("daftar", *args.split(), "-O", "json").json
    assert [int(satu["nomor"].split("-")[2].split("/")[0]) for satu in hasil] == nomor


def test_numbers_stand_by_year_and_sequence_everywhere(kantor: Kantor) -> None:
    """Ten thousand comes after 9999, and the tenth follow-up after the ninth; so it is with what counts first."""
    nomor = ["PGD-2025-0001", "PGD-2025-10000", "PGD-2026-0001", "PGD-2026-9999", "PGD-2026-10000"]
    baris = [f"{satu},{satu[4:8]}-10-01,ya,Lampu padam" for satu in nomor]
    kantor("impor", "pengaduan", kantor.csv("a.csv", "nomor,tanggal,anonim,uraian", *reversed(baris)))
    lanjut = [f"{induk}/{n}" for induk in nomor[-2:] for n in (1, 2, 9, 10)]
    tindakan = [f"{satu},{satu.split('/')[0]},2026-10-02,tindakan {satu[-2:]},diproses" for satu in lanjut]
    kepala = "nomor,pengaduan,tanggal,tindakan,status"
    kantor("impor", "tindak-lanjut", kantor.csv("b.csv", kepala, *reversed(tindakan)))

    def terdaftar(*args: str) -> list[str]:
        return [satu["nomor"] for satu in kantor("daftar", *args, "-O", "json").json]

    for urut in ([], ["--urut", "nomor"]):
        assert terdaftar("pengaduan", *urut) == terdaftar("pengaduan", "--urut", "kanal") == nomor
        assert terdaftar("tindak-lanjut", *urut) == terdaftar("tindak-lanjut", "--urut", "status") == lanjut
    assert terdaftar("tindak-lanjut", "--urut", "pengaduan") == lanjut
    for register, semua in (("pengaduan", nomor), ("tindak-lanjut", lanjut)):
        assert terdaftar(register, "--urut", "-nomor") == semua[::-1]
        assert [satu["nomor"] for satu in kantor("ekspor", "-O", "json").json[register]] == semua
    temu = [satu["nomor"] for satu in kantor("cari", "lampu", "-O", "json").json]
    assert temu == [*nomor[:1:-1], *nomor[1::-1]]
    minta = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-10", "--rinci", "-O", "json")
    assert kantor(*minta).json[0]["indikator"][-1]["bukti"] == nomor[2:]


def test_of_follow_ups_on_one_day_the_first_is_the_earliest(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--anonim", "--uraian", "B", "--tanggal", "2026-10-01")
    kepala, induk = "nomor,pengaduan,tanggal,tindakan,status", "PGD-2026-0001"
    baris = [f"{induk}/{n},{induk},2026-10-02,x,{status}" for n, status in ((10, "selesai"), (2, "diteruskan"))]
    kantor("impor", "tindak-lanjut", kantor.csv("a.csv", kepala, *baris))
    minta = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "--rinci")
    lembar = kantor(*minta, "-O", "md").keluar
    (bukti,) = [satu for satu in lembar.splitlines() if induk in satu]
    assert "diteruskan" in bukti
    assert kantor("daftar", "pengaduan", "--belum-selesai", "-O", "json").json == [], "the tenth is the latest"


@pytest.mark.parametrize(
    ("args", "sebut"),
    [
        ("survei --belum-selesai", "pengaduan, informasi, rekomendasi"),
        ("survei --kanal surat", "bukan isian jawaban survei"),
        ("pengaduan --kanal fax", "opsi --kanal"),
        ("pengaduan --kanal=", "tidak boleh kosong"),
        ("pengaduan --urut warna", "--urut"),
        ("pengaduan --maks x", "bilangan"),
        ("pengaduan --jatuh-tempo -1", "bilangan"),
        ("pengaduan --jatuh-tempo 1.001", "1.001 di luar rentang"),
        ("pengaduan --jatuh-tempo 10.00", "bukan bilangan"),
    ],
)
def test_a_list_that_makes_no_sense(meja: Kantor, args: str, sebut: str) -> None:
    assert sebut in meja("daftar", *args.split(), kode=2).galat


def test_cancelled_entries_are_never_open(meja: Kantor) -> None:
    meja("batalkan", "PGD-2026-0002", "--alasan", "x", "--ya")
    assert meja("daftar", "pengaduan", "--terlambat", "-O", "json").json == []


def test_a_cancelled_last_follow_up_opens_the_complaint_again(meja: Kantor) -> None:
    meja("batalkan", "PGD-2026-0001/1", "--alasan", "x", "--ya")
    hasil = meja("daftar", "pengaduan", "--terlambat", "-O", "json").json
    assert [satu["nomor"] for satu in hasil] == ["PGD-2026-0001", "PGD-2026-0002"]


def test_what_is_cancelled_shows_in_every_form(meja: Kantor) -> None:
    meja("tindaklanjuti", "PGD-2026-0002", "--tindakan", "Y", "--tanggal", "2026-11-06")
    meja("batalkan", "PGD-2026-0002/2", "--alasan", "x", "--ya")
    for register, nomor, jumlah in (
        ("informasi", "INF-2026-0002", "3 entri, 1 dibatalkan"),
        ("tindak-lanjut", "PGD-2026-0002/2", "4 entri, 1 dibatalkan"),
        ("pengaduan", "", "4 entri"),
    ):
        for bentuk in ("tabel", "md", "html"):
            jawab = meja("daftar", register, "-O", bentuk)
            assert jawab.keluar.count("(batal)") == bool(nomor)
            assert f"{nomor} (batal)" in jawab.keluar or not nomor
            if bentuk != "tabel":
                assert jumlah in jawab.keluar
    assert meja("daftar", "informasi", "-O", "tabel").keluar.count("INF-") == 3


def test_what_is_open_and_late_is_kept_after_each_act_as_the_registers_have_it(kantor: Kantor) -> None:
    hari = date.fromisoformat(HARI_INI)
    kantor("catat", "pengaduan", "--anonim", "--uraian", "x", "--tanggal", "2026-01-05")
    for acara, banyak in (
        ("catat informasi --pemohon A --topik B --tanggal 2026-01-05", 2),
        ("catat rekomendasi --pemohon A --jenis domisili --tanggal 2026-01-05", 3),
        ("catat rekomendasi --pemohon A --jenis domisili --belum-lengkap --tanggal 2026-01-05", 3),
        ("lengkapi RIZ-2026-0002 --tanggal 2026-01-06", 4),
        ("tindaklanjuti PGD-2026-0001 --tindakan x --status diproses", 4),
        ("tindaklanjuti PGD-2026-0001 --tindakan x --status selesai", 3),
        ("batalkan PGD-2026-0001/2 --alasan x --ya", 4),
        ("selesaikan INF-2026-0001 --hasil terlaksana", 3),
        ("terbitkan RIZ-2026-0001 --nomor-surat 1", 2),
        ("koreksi RIZ-2026-0002 --tanggal-lengkap 2026-11-20 --jenis bangunan --alasan x --ya", 1),
        ("koreksi PGD-2026-0001 --klasifikasi aspirasi --alasan x --ya", 0),
        ("daftar pengaduan", 0),
        ("koreksi PGD-2026-0001 --klasifikasi tidak-berkadar --alasan x --ya", 1),
        ("batalkan PGD-2026-0001 --alasan x --ya", 0),
    ):
        kantor(*acara.split())
        with buka_bacaan(mesin_di(baca_alamat(kantor.alamat), 10)) as bacaan:
            assert list(beda_keadaan(bacaan.koneksi)) == []
            assert banyak_terlambat(bacaan.koneksi, hari, 9) == banyak, acara
            assert len(mendesak(bacaan.koneksi, date.min, date(2026, 11, 21))) == banyak
            assert banyak_terlambat(bacaan.koneksi, hari, 1) == min(banyak, 1)
            esok = banyak_terlambat(bacaan.koneksi, date(2027, 1, 4), 9)
        assert banyak <= esok
        assert len(kantor("daftar", "pengaduan", "--terlambat", "-O", "json").json) <= banyak
