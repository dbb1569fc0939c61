"""A ledger moved between files and servers: all of it or nothing, and its source is only read from then on."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.buku.mesin.test_sekitar import BARIS, MEMBACA
from tests.buku.test_cadangan import isi
from tests.buku.test_gangguan import tanpa_kuasa, terbatas
from tests.buku.test_periksa import rusak, temuan
from tests.cli.test_jawaban import periksa as periksa_skema
from tests.cli.test_tanya import di_terminal
from tests.conftest import FOLDER_PELADEN, HARI_INI, Kantor, letak_program, nama_basis, tanpa_peladen
from tests.peladen import Peladen
from tests.unix import KODE_TERBUNUH, SIGKILL, pribadi, pty

DUA_MESIN = True
HALAMAN = (
    "pengaduan",
    "informasi",
    "rekomendasi",
    "surat_kabar",
    "survei",
    "tindak_lanjut",
    "penutupan",
    "target",
    "rtl",
)
RAMAI = (
    "koreksi pgd-20 --alasan A --lokasi Pasar --ya", "koreksi pgd-20 --alasan B --lokasi Masjid --ya",
    "batalkan pgd-21 --alasan A --ya", "tindaklanjuti pgd-20 --tindakan Dicek --status selesai",
    "koreksi PGD-2026-0003/1 --alasan A --tindakan Diperiksa --ya", "catat pengaduan --anonim --uraian Gelap",
    "selesaikan inf-70 --hasil terlaksana", "tolak riz-4 --alasan A", "batalkan krn-2 --alasan A --ya",
    "koreksi skm-20 --alasan A --kepuasan 1 --ya", "libur muat 2027", "libur tambah 2026-12-04 --nama Hari-jadi",
    "libur hapus 2026-12-24 --alasan A", "libur tambah 2026-12-24 --nama Lagi", "tutup 2026-01..2026-03",
    "buka 2026-02 --alasan A", "tutup 2026-02", "buka 2026-03 --alasan A",
    "target tetapkan kasi-pip 2.1 24 --periode 2026-06..2026-12", "target tetapkan kasi-pip 1 87,5 --periode 2026-T3",
    "target tetapkan kasi-pip 2.1 36 --periode 2026-06..2026-12",
    "target hapus kasi-pip 1 --periode 2026-T3 --alasan A",
    "rtl tetapkan --unsur waktu --rencana A --penanggung-jawab B --tenggat 2027-01-05 --periode 2026",
    "rtl tetapkan --unsur biaya --rencana A --penanggung-jawab B --tenggat 2027-01-05 --periode 2026",
    "rtl selesai RTL-2026-1 --keterangan C --bukti D", "rtl tetapkan --nomor RTL-2026-2 --rencana E --alasan F",
)  # fmt: skip
MENJAWAB = (
    "ekspor -O json", "libur daftar 2026 -O json", "libur daftar 2027 -O json", "target daftar -O json", "rtl daftar -O json",
    "lihat pgd-20 -O json", "lihat skm-20 -O json", "cari padam -O json", "ringkasan -O json", "skm --periode 2026 -O json",
    *(f"laporan --jabatan semua --periode {satu} --rinci -O json" for satu in ("2026", "2026-T1", "2026-10", "2025")),
    "laporan --jabatan semua --periode 2026-10 --tren --bandingkan -O html",
)  # fmt: skip


@pytest.fixture
def ramai(contoh: Kantor) -> Kantor:
    """The sample office after corrections, cancellations, targets, closed months and changed free days."""
    for baris in RAMAI:
        contoh(*baris.split())
    return contoh


@pytest.fixture(params=["sqlite", "postgres"])
def tujuan(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place."""
    if request.param == "sqlite":
        return str(tmp_path / "baru" / "pindah.db")
    alamat: str = request.getfixturevalue("basis_data")()
    return alamat


@contextmanager
def sambung(alamat: str) -> Iterator[Any]:
    """The bare database of a ledger."""
    if "://" in alamat:
        import psycopg

        with psycopg.connect(alamat) as koneksi:
            yield koneksi
    else:
        with closing(sqlite3.connect(alamat)) as koneksi, koneksi:
            yield koneksi


def baris(alamat: str, sql: str) -> list[tuple[Any, ...]]:
    with sambung(alamat) as koneksi:
        return list(koneksi.execute(sql))


def jurnal(alamat: str) -> list[tuple[Any, ...]]:
    kolom = "seq, waktu, petugas, aksi, register, nomor, revisi, alasan, isi, sidik"
    return baris(alamat, f"SELECT {kolom} FROM jurnal ORDER BY seq")


def revisi(alamat: str) -> list[list[tuple[Any, ...]]]:
    return [baris(alamat, f"SELECT nomor, revisi FROM {tabel} ORDER BY nomor") for tabel in HALAMAN]


def jawaban(kantor: Kantor, alamat: str) -> list[str]:
    return [kantor("--buku", alamat, *satu.split()).keluar for satu in MENJAWAB]


def kosong(alamat: str) -> bool:
    """Whether nothing is left at a place: no file, or an empty one; no table in the schema."""
    if "://" not in alamat:
        berkas = Path(alamat)
        return not berkas.exists() or berkas.stat().st_size == 0
    return baris(alamat, "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()") == []


def bertanda(alamat: str) -> bool:
    return [satu[3] for satu in jurnal(alamat)[-1:]] == ["pindah"]


def tanpa_tanda(alamat: str) -> list[tuple[Any, ...]]:
    """The journal up to the mark, which is in no other ledger."""
    semua = jurnal(alamat)
    return semua[:-1] if bertanda(alamat) else semua


def pindahkan(kantor: Kantor, tujuan: str, kode: int = 0) -> str:
    jawab = kantor("pindahkan", kantor.alamat, tujuan, "--ya", kode=kode)
    return jawab.keluar + " ".join(jawab.galat.split())


def test_all_of_it_is_there_afterwards_and_goes_on(ramai: Kantor, tujuan: str) -> None:
    sebelum = jurnal(ramai.alamat), revisi(ramai.alamat), jawaban(ramai, ramai.alamat)
    assert any(ke > 1 for halaman in sebelum[1] for _nomor, ke in halaman)
    keluar = pindahkan(ramai, tujuan)
    assert keluar.startswith(f"482 entri, {len(sebelum[0])} baris jurnal dipindahkan: {ramai.alamat} → {tujuan}\n")
    assert f'IKIKEC_BUKU={tujuan}, atau buku = "{tujuan}"' in keluar
    assert (jurnal(tujuan), revisi(tujuan), jawaban(ramai, tujuan)) == sebelum
    assert ramai("--buku", tujuan, "info", "-O", "json").json["buku"]["dipindahkan"] is None


def test_it_goes_on_at_the_target_and_is_clean_when_it_comes_back(ramai: Kantor, tujuan: str) -> None:
    pindahkan(ramai, tujuan)
    for alamat in (ramai.alamat, tujuan):
        assert ramai("--buku", alamat, "periksa").keluar == ""
    assert ramai("--buku", tujuan, "catat", "survei", "--kepuasan", "4").keluar.startswith("SKM-2026-0141")
    ramai("--buku", tujuan, "koreksi", "pgd-20", "--alasan", "A", "--lokasi", "Balai", "--ya")
    ramai("--buku", tujuan, "koreksi", "pgd-1", "--alasan", "A", "--tanggal", "2026-01-05", "--ya", kode=3)
    kembali = str(ramai.folder / "kembali.db")
    ramai("pindahkan", tujuan, kembali, "--ya")
    assert (jurnal(kembali), revisi(kembali)) == (tanpa_tanda(tujuan), revisi(tujuan))
    assert pribadi(Path(kembali))
    ramai("--buku", kembali, "catat", "survei", "--kepuasan", "4")
    ramai("--buku", kembali, "periksa")


@pytest.mark.sqlite
def test_the_triggers_stand_at_the_target(contoh: Kantor, tujuan: str) -> None:
    pindahkan(contoh, tujuan)
    for perintah in (
        "DELETE FROM jurnal",
        "UPDATE pengaduan SET lokasi = 'x'",
        "DELETE FROM survei WHERE kepuasan = 1",
    ):
        with pytest.raises(Exception, match=r"tidak boleh|harus tercatat"), sambung(tujuan) as koneksi:
            koneksi.execute(perintah)


def menulis() -> list[str]:
    """Every command line of test_sekitar that writes into the ledger."""
    awal = ("catat", "tindak", "selesai", "terbit", "tolak", "koreksi", "batal", "impor", "libur", "target", "tutup")
    bukan = ("libur daftar", "target daftar", "target hapus")
    return [
        satu for satu, kode in BARIS.items() if kode == 0 and satu.startswith(awal) and not satu.startswith(bukan)
    ]


def test_the_source_refuses_every_writing_command_and_is_still_read(contoh: Kantor, tujuan: str) -> None:
    # What these tell is where the ledger is and whether it was moved.
    membaca = [satu for satu in MEMBACA if not satu.startswith(("info", "periksa", "rekap"))]
    sebelum = [contoh(*satu.split()).keluar for satu in membaca]
    awal = jurnal(contoh.alamat)
    pindahkan(contoh, tujuan)
    berkas = contoh.csv("survei.csv", "tanggal,kepuasan", "2026-10-05,4")
    assert len(menulis()) > 10
    for satu in menulis():
        galat = " ".join(contoh(*satu.format(berkas=berkas).split(), kode=3).galat.split())
        assert f"sudah dipindahkan ke {tujuan}, " in galat, satu
        assert "oleh Siti Petugas" in galat
    assert [contoh(*satu.split()).keluar for satu in membaca] == sebelum
    assert tanpa_tanda(contoh.alamat) == awal


def test_the_database_itself_refuses_a_line_after_the_mark(contoh: Kantor, tujuan: str) -> None:
    pindahkan(contoh, tujuan)
    garis = "SELECT max(seq) + 1, 'w', 'p', 'catat', 'survei', 'X', 1, NULL, '{}', max(sidik) FROM jurnal"
    with pytest.raises(Exception, match="sudah dipindahkan"), sambung(contoh.alamat) as koneksi:
        koneksi.execute(f"INSERT INTO jurnal {garis}")


def test_info_and_periksa_know_the_mark(contoh: Kantor) -> None:
    tujuan = str(contoh.folder / "pindah.db")
    akhir = contoh("info", "-O", "json").json["buku"]
    pindahkan(contoh, tujuan)
    jawab = contoh("info", "-O", "json").json
    periksa_skema(jawab, "info")
    tanda = jawab["buku"]["dipindahkan"]
    assert {nama: tanda[nama] for nama in ("petugas", "tujuan", "seq", "sidik")} == {
        "petugas": "Siti Petugas", "tujuan": tujuan, "seq": akhir["entri"], "sidik": akhir["sidik"]
    }  # fmt: skip
    assert f"dipindahkan ke  {tujuan}," in contoh("info", COLUMNS="300").keluar


@pytest.mark.sqlite
def test_a_moved_ledger_that_grew_all_the_same_is_found(contoh: Kantor) -> None:
    salinan = shutil.copy(contoh.buku, contoh.folder / "salinan.db")
    contoh("--buku", str(salinan), "catat", "survei", "--kepuasan", "4")
    (tambahan,) = baris(str(salinan), "SELECT * FROM jurnal ORDER BY seq DESC LIMIT 1")
    (halaman,) = baris(str(salinan), "SELECT * FROM survei WHERE nomor = 'SKM-2026-0141'")
    tambahan = (tambahan[0] + 1, *tambahan[1:])
    pindahkan(contoh, str(contoh.folder / "pindah.db"))
    contoh("periksa")
    rusak(contoh, lambda buku: buku.execute(f"INSERT INTO jurnal VALUES ({','.join('?' * len(tambahan))})", tambahan),
          lambda buku: buku.execute(f"INSERT INTO survei VALUES ({','.join('?' * len(halaman))})", halaman))  # fmt: skip
    assert temuan(contoh)["pindahan"] == [
        f"jurnal baris {tambahan[0] - 1}: buku dipindahkan di sini, tetapi jurnalnya berlanjut"
    ]


@pytest.mark.sqlite
def test_a_password_is_told_nowhere(contoh: Kantor, basis_data: Callable[[str], str]) -> None:
    url = basis_data().replace("ikikec@", "ikikec:rahasia@")
    keluar = pindahkan(contoh, url)
    keluar += contoh("info").keluar + " ".join(contoh("catat", "survei", "--kepuasan", "4", kode=3).galat.split())
    assert "rahasia" not in keluar + str(isi(contoh.buku))
    assert "ikikec:…@" in keluar


@pytest.mark.unix
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("asal", "tujuan", "kode", "kata"),
    [
        ("tidak-ada.db", "baru.db", 6, "belum ada buku"),
        ("teks.txt", "baru.db", 6, "bukan buku ikikec"),
        ("lama.db", "baru.db", 7, "berskema lama"),
        ("putus.db", "baru.db", 6, "rantai jurnal putus di baris 9"),
        ("buku.db", "buku.db", 2, "buku itu sendiri"),
        ("buku.db", "./sub/../buku.db", 2, "buku itu sendiri"),
        ("buku.db", "tautan.db", 2, "buku itu sendiri"),
        ("buku.db", "teks.txt", 2, "sudah berisi hal lain"),
        ("buku.db", "sub", 2, "sudah berisi hal lain"),
        ("buku.db", "asing.db", 2, "sudah berisi hal lain"),
        ("buku.db", "lain.db", 2, "sudah berisi buku lain"),
        ("buku.db", "lama.db", 2, "sudah berisi buku berskema lain"),
        ("buku.db", "lebih.db", 2, "sudah lebih jauh"),
        ("lebih.db", "buku.db", 2, "berisi salinan lama"),
        ("buku.db", "/proc/tidak/ada.db", 9, "tidak dapat dibuat"),
        ("buku.db", "postgresql://x@127.0.0.1:1/x", 6, "tidak ada PostgreSQL yang menjawab"),
        ("buku.db", "postgresql://[", 2, "tidak dapat dibaca"),
    ],
)
def test_what_is_refused_changes_nothing(contoh: Kantor, asal: str, tujuan: str, kode: int, kata: str) -> None:
    folder = contoh.folder
    (folder / "sub").mkdir()
    (folder / "teks.txt").write_text("bukan buku" * 500)
    (folder / "tautan.db").symlink_to("buku.db")
    for nama in ("lama.db", "lebih.db", "putus.db"):
        shutil.copy(contoh.buku, folder / nama)
    with closing(sqlite3.connect(folder / "asing.db")) as asing, asing:
        asing.execute("CREATE TABLE belanja (isi)")
    with closing(sqlite3.connect(folder / "lama.db")) as lama, lama:
        lama.execute("UPDATE alembic_version SET version_num = '0002'")
    for nama in ("lain.db", "lebih.db"):
        contoh("--buku", str(folder / nama), "catat", "survei", "--kepuasan", "4")
    lain = Kantor(folder)
    lain.buku = folder / "putus.db"
    rusak(lain, "UPDATE jurnal SET petugas = 'x' WHERE seq = 9")
    sebelum = {satu: satu.read_bytes() for satu in folder.iterdir() if satu.is_file()}
    tempat = [satu if satu.startswith(("/", "postgresql:")) else str(folder / satu) for satu in (asal, tujuan)]
    galat = contoh("pindahkan", *tempat, "--ya", kode=kode).galat
    assert kata in " ".join(galat.split())
    assert {satu: satu.read_bytes() for satu in folder.iterdir() if satu.is_file()} == sebelum


@pytest.mark.sqlite
def test_a_schema_with_tables_of_others_is_refused(contoh: Kantor, basis_data: Callable[[str], str]) -> None:
    url = basis_data()
    with sambung(url) as koneksi:
        koneksi.execute("CREATE TABLE belanja (isi text)")
    assert "sudah berisi hal lain" in pindahkan(contoh, url, kode=2)
    assert baris(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("belanja",)]
    assert not bertanda(contoh.alamat)


def test_two_names_of_one_database_are_one_place(contoh: Kantor) -> None:
    sama = contoh.alamat.replace("127.0.0.1", "localhost") if "://" in contoh.alamat else contoh.alamat
    assert "buku itu sendiri" in pindahkan(contoh, sama, kode=2)


def test_a_moved_ledger_neither_moves_again_nor_takes_its_successor_back(contoh: Kantor, tujuan: str) -> None:
    pindahkan(contoh, tujuan)
    assert "sudah dipindahkan" in pindahkan(contoh, str(contoh.folder / "ketiga.db"), kode=3)
    assert "sudah dipindahkan" in pindahkan(contoh, tujuan, kode=3)
    galat = contoh("pindahkan", tujuan, contoh.alamat, "--ya", kode=2).galat
    assert "berisi buku yang sudah dipindahkan" in " ".join(galat.split())
    assert not bertanda(tujuan)
    contoh("--buku", tujuan, "catat", "survei", "--kepuasan", "4")


@pytest.mark.unix
@pytest.mark.sqlite
@pytest.mark.parametrize(("ketikan", "kode"), [(b"y\n", 0), (b"t\n", 130), (b"\n", 130)])
def test_at_a_terminal_it_asks(contoh: Kantor, ketikan: bytes, kode: int) -> None:
    tujuan = contoh.folder / "pindah.db"
    jawab = di_terminal(contoh, f"pindahkan {contoh.buku} {tujuan}", ketikan)
    assert jawab.kode == kode, jawab.galat
    assert "buku asal hanya dapat dibaca" in " ".join(jawab.galat.split())
    assert (tujuan.exists(), bertanda(contoh.alamat)) == (kode == 0, kode == 0)


@pytest.mark.sqlite
def test_nobody_to_ask_and_no_ya(contoh: Kantor) -> None:
    tujuan = contoh.folder / "pindah.db"
    assert "--ya" in contoh.proses("pindahkan", contoh.alamat, str(tujuan), kode=2).galat
    assert not tujuan.exists()


@pytest.mark.unix
@pytest.mark.sqlite
def test_progress_is_shown_at_a_terminal(contoh: Kantor) -> None:

    tuan, budak = pty.openpty()
    args = [sys.executable, "-m", "ikikec", "pindahkan", contoh.alamat, str(contoh.folder / "p.db"), "--ya"]
    proses = subprocess.Popen(
        args, env={**os.environ, **contoh.env, "TERM": "xterm"}, stdout=subprocess.PIPE, stderr=budak
    )
    os.close(budak)
    layar = b""
    while True:
        try:
            layar += os.read(tuan, 4096)
        except OSError:
            break
    assert proses.communicate()[0].startswith(b"480 entri")
    assert b"baris" in layar
    # Whichever stage the terminal was told of in time; on a quick machine some last no moment.
    assert any(tahap in layar for tahap in (b"menyalin", b"memasang penjaga", b"membandingkan", b"memeriksa rantai"))


# Runs the command line, and waits for a line on stdin at one moment: before or after the n-th call of a function.
BERHENTI = """
import importlib, itertools, sys
modul, nama, saat, ke = sys.argv[1:5]
*jalur, akhir = nama.split(".")
induk = importlib.import_module(modul)
for satu in jalur:
    induk = getattr(induk, satu)
asli, hitung = getattr(induk, akhir), itertools.count(1)
def jeda():
    print("jeda", flush=True)
    sys.stdin.readline()
def ganti(*args, **kata):
    kini = next(hitung) == int(ke)
    if kini and saat == "sebelum":
        jeda()
    hasil = asli(*args, **kata)
    if kini and saat == "sesudah":
        jeda()
    return hasil
setattr(induk, akhir, ganti)
from ikikec.cli.app import app
app(sys.argv[5:], prog_name="ikikec")
"""
PEMINDAHAN = "ikikec.buku.pindah"
SAAT = {
    "the source just marked": (PEMINDAHAN, "Pemindahan._tandai", "sesudah", "1"),
    "the target's tables made": (PEMINDAHAN, "pasang_tabel", "sesudah", "1"),
    "in the middle of the copying": (PEMINDAHAN, "_hitung", "sebelum", "4"),
    "everything copied": (PEMINDAHAN, "pasang_jaga", "sebelum", "1"),
    "everything verified": (PEMINDAHAN, "Pemindahan._samakan", "sesudah", "1"),
}
DI_ANTARA = (PEMINDAHAN, "Pemindahan._salin", "sesudah", "1")


@contextmanager
def berhenti(kantor: Kantor, tujuan: str, saat: tuple[str, ...]) -> Iterator[subprocess.Popen[str]]:
    """The move, held at one moment."""
    with subprocess.Popen(
        [sys.executable, "-c", BERHENTI, *saat, "pindahkan", kantor.alamat, tujuan, "--ya"],
        env={**os.environ, **kantor.env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as proses:  # fmt: skip
        assert proses.stdout is not None
        assert proses.stdout.readline() == "jeda\n", proses.communicate()
        yield proses


def bunuh(kantor: Kantor, tujuan: str, saat: tuple[str, ...]) -> None:
    with berhenti(kantor, tujuan, saat) as proses:
        os.kill(proses.pid, SIGKILL)
    assert proses.returncode == KODE_TERBUNUH


@pytest.mark.sqlite
@pytest.mark.parametrize("saat", SAAT.values(), ids=SAAT)
def test_killed_before_the_target_counts_nothing_has_happened(
    contoh: Kantor, tujuan: str, saat: tuple[str, ...]
) -> None:
    sebelum = jurnal(contoh.alamat)
    bunuh(contoh, tujuan, saat)
    assert "belum ada buku" in " ".join(contoh("--buku", tujuan, "info", kode=6).galat.split())
    assert kosong(tujuan)
    assert jurnal(contoh.alamat) == sebelum
    contoh("catat", "survei", "--kepuasan", "4")
    assert "dipindahkan" in pindahkan(contoh, tujuan)
    assert jurnal(tujuan) == tanpa_tanda(contoh.alamat)
    assert len(jurnal(tujuan)) == len(sebelum) + 1


def test_killed_between_the_two_commits_the_same_command_finishes_the_mark(contoh: Kantor, tujuan: str) -> None:
    bunuh(contoh, tujuan, DI_ANTARA)
    assert not bertanda(contoh.alamat)
    assert jurnal(tujuan) == tanpa_tanda(contoh.alamat)
    keluar = pindahkan(contoh, tujuan)
    assert "sudah ada di tujuan dan sama; buku asal kini bertanda pindah" in keluar
    assert bertanda(contoh.alamat)
    contoh("catat", "survei", "--kepuasan", "4", kode=3)
    contoh("--buku", tujuan, "catat", "survei", "--kepuasan", "4")


def test_a_source_that_went_on_meanwhile_is_not_marked(contoh: Kantor, tujuan: str) -> None:
    bunuh(contoh, tujuan, DI_ANTARA)
    contoh("catat", "survei", "--kepuasan", "4")
    galat = pindahkan(contoh, tujuan, kode=2)
    assert "berisi salinan lama" in galat
    assert "sisa pemindahan yang terputus" in galat
    assert not bertanda(contoh.alamat)
    assert not bertanda(tujuan)
    contoh("catat", "survei", "--kepuasan", "4")


def test_a_target_that_went_on_meanwhile_is_named(contoh: Kantor, tujuan: str) -> None:
    bunuh(contoh, tujuan, DI_ANTARA)
    contoh("--buku", tujuan, "catat", "survei", "--kepuasan", "4")
    assert "jangan mencatat lagi di buku asal" in pindahkan(contoh, tujuan, kode=2)
    assert not bertanda(contoh.alamat)


@pytest.mark.sqlite
def test_pages_that_differ_behind_equal_journals_are_found(contoh: Kantor) -> None:
    lain = Kantor(contoh.folder)
    lain.buku = contoh.folder / "pindah.db"
    shutil.copy(contoh.buku, lain.buku)
    rusak(lain, "UPDATE survei SET kepuasan = 1 WHERE nomor = 'SKM-2026-0020'")
    assert f"survei di {lain.buku} tidak sama" in pindahkan(contoh, str(lain.buku), kode=6)
    assert not bertanda(contoh.alamat)


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "ubah",
    [
        "UPDATE survei SET tanggal = 'kapan' WHERE nomor = 'SKM-2026-0020'",
        "UPDATE survei SET usia = 'tua' WHERE nomor = 'SKM-2026-0020'",
        "UPDATE survei SET tanggal = '2026-1-5' WHERE nomor = 'SKM-2026-0020'",
        "UPDATE survei SET saran = x'00ff' WHERE nomor = 'SKM-2026-0020'",
        "UPDATE survei SET saran = 'a' || char(0) || 'b' WHERE nomor = 'SKM-2026-0020'",
        "UPDATE tindak_lanjut SET pengaduan = 'PGD-2026-9999' WHERE nomor = 'PGD-2026-0003/1'",
        "UPDATE jurnal SET isi = '{}' WHERE seq = 9",
    ],
)
def test_what_no_program_of_ours_wrote_is_not_moved_to_a_server(
    contoh: Kantor, basis_data: Callable[[str], str], ubah: str
) -> None:
    url = basis_data()
    rusak(contoh, ubah)
    sebelum = isi(contoh.buku)
    assert "ikikec periksa" in pindahkan(contoh, url, kode=6)
    assert kosong(url)
    assert isi(contoh.buku) == sebelum


@pytest.mark.sqlite
def test_a_source_that_cannot_be_read_to_its_end_is_named(contoh: Kantor) -> None:
    tujuan = contoh.folder / "pindah.db"
    rusak(contoh, "UPDATE survei SET saran = CAST(x'ff' AS TEXT) WHERE nomor = 'SKM-2026-0020'")
    assert f"Galat: buku {contoh.buku} rusak" in pindahkan(contoh, str(tujuan), kode=6)
    assert kosong(str(tujuan))


@pytest.mark.unix
@pytest.mark.sqlite
@pytest.mark.parametrize("ada", [False, True], ids=["no file", "an empty file"])
@pytest.mark.parametrize("batas", [8192, 200_000, 700_000])
def test_a_full_disk_leaves_the_target_as_it_was(contoh: Kantor, ada: bool, batas: int) -> None:
    contoh(
        "impor",
        "survei",
        contoh.csv("s.csv", "tanggal,kepuasan,saran", *(f"2026-01-05,4,{'x' * 200}" for _ in range(3000))),
    )
    tujuan, sebelum = contoh.folder / "pindah.db", isi(contoh.buku)
    if ada:
        tujuan.touch()
    hasil = terbatas(contoh, ["pindahkan", contoh.alamat, str(tujuan), "--ya"], batas)
    assert hasil.returncode == 9, hasil
    assert b"Traceback" not in hasil.stderr
    galat = " ".join(hasil.stderr.decode().split())
    # With room for two pages not even the mark can be tried.
    assert f"buku {contoh.buku if batas == 8192 else tujuan} tidak dapat ditulis: cakram penuh" in galat
    assert "Buku asal tidak berubah" in galat
    assert tujuan.exists() == ada
    assert kosong(str(tujuan))
    assert not list(contoh.folder.glob("pindah.db-*"))
    assert isi(contoh.buku) == sebelum
    pindahkan(contoh, str(tujuan))


@pytest.mark.sqlite
def test_a_killed_move_that_had_filled_the_file_leaves_it_empty(contoh: Kantor) -> None:
    contoh(
        "impor",
        "survei",
        contoh.csv("s.csv", "tanggal,kepuasan,saran", *(f"2026-01-05,4,{'x' * 400}" for _ in range(6000))),
    )
    tujuan = contoh.folder / "pindah.db"
    with berhenti(contoh, str(tujuan), SAAT["everything copied"]) as proses:
        assert tujuan.stat().st_size > 0
        os.kill(proses.pid, SIGKILL)
    pindahkan(contoh, str(tujuan))
    contoh("--buku", str(tujuan), "periksa")


@pytest.mark.unix
@pytest.mark.sqlite
@pytest.mark.parametrize(("folder", "berkas"), [(0o500, 0o400), (0o700, 0o400), (0o500, 0o600)])
def test_a_source_that_may_not_be_written_is_not_moved(contoh: Kantor, folder: int, berkas: int) -> None:
    tempat, tujuan = contoh.folder / "tempat", contoh.folder / "pindah.db"
    tempat.mkdir()
    buku = Path(shutil.copy(contoh.buku, tempat))
    buku.chmod(berkas)
    tempat.chmod(folder)
    try:
        hasil = subprocess.run(
            [sys.executable, "-m", "ikikec", "pindahkan", str(buku), str(tujuan), "--ya"],
            env={**os.environ, **contoh.env}, preexec_fn=tanpa_kuasa, capture_output=True, check=False,
        )  # fmt: skip
    finally:
        tempat.chmod(0o700)
        buku.chmod(0o600)
    assert hasil.returncode == 9, hasil
    assert not tujuan.exists()
    assert not bertanda(str(buku))


def test_nobody_writes_into_the_source_meanwhile(contoh: Kantor, tujuan: str) -> None:
    contoh.env["IKIKEC_KONFIG"] = contoh.csv("k.toml", "tunggu = 1")
    with berhenti(contoh, tujuan, SAAT["everything copied"]) as proses:
        contoh("catat", "survei", "--kepuasan", "4", kode=5)
        contoh("info")
        keluar, galat = proses.communicate("\n")
    assert proses.returncode == 0, galat
    assert keluar.startswith("480 entri")
    contoh("catat", "survei", "--kepuasan", "4", kode=3)


def test_a_source_in_use_is_not_moved(contoh: Kantor, tujuan: str) -> None:
    contoh.env["IKIKEC_KONFIG"] = contoh.csv("k.toml", "tunggu = 1")
    with berhenti(contoh, str(contoh.folder / "lain.db"), SAAT["everything copied"]) as proses:
        pindahkan(contoh, tujuan, kode=5)
        proses.kill()
    assert kosong(tujuan)


def test_whoever_is_quicker_keeps_the_place(contoh: Kantor, tujuan: str) -> None:
    with berhenti(contoh, tujuan, (PEMINDAHAN, "Pemindahan._tandai", "sesudah", "1")) as proses:
        contoh("--buku", tujuan, "catat", "survei", "--kepuasan", "4")
        _keluar, galat = proses.communicate("\n")
    assert proses.returncode == 2, galat
    assert "baru saja diisi program lain" in " ".join(galat.split())
    assert contoh("--buku", tujuan, "info", "-O", "json").json["register"]["survei"] == 1
    assert not bertanda(contoh.alamat)


@pytest.mark.sqlite
def test_a_place_made_for_the_move_and_taken_by_another_stays(contoh: Kantor) -> None:
    tujuan = str(contoh.folder / "pindah.db")
    with berhenti(contoh, tujuan, ("ikikec.buku.mesin.sqlite", "MesinSqlite.buat", "sesudah", "1")) as proses:
        contoh("--buku", tujuan, "catat", "survei", "--kepuasan", "4")
        proses.communicate("\n")
    assert proses.returncode == 2
    contoh("--buku", tujuan, "periksa")


@pytest.fixture
def peladen_sendiri() -> Iterator[Peladen]:
    """A server that a test may stop."""
    if letak_program() is None:
        tanpa_peladen()
    peladen = Peladen(Path(os.environ[FOLDER_PELADEN]) / nama_basis(), tahan=True)
    yield peladen
    peladen.buang()


@pytest.mark.unix
@pytest.mark.sqlite
@pytest.mark.parametrize("saat", ["in the middle of the copying", "everything verified"])
def test_a_target_server_that_goes_away(contoh: Kantor, peladen_sendiri: Peladen, saat: str) -> None:
    url = peladen_sendiri.url("postgres")
    with berhenti(contoh, url, SAAT[saat]) as proses:
        peladen_sendiri.henti("immediate")
        _keluar, galat = proses.communicate("\n")
    assert proses.returncode == 9, galat
    galat = " ".join(galat.split())
    assert f"hubungan ke {url} terputus" in galat
    assert "Buku asal tidak berubah" in galat
    contoh("catat", "survei", "--kepuasan", "4")
    peladen_sendiri.mulai()
    assert kosong(url)
    pindahkan(contoh, url)
    assert jurnal(url) == tanpa_tanda(contoh.alamat)


@pytest.mark.unix
@pytest.mark.sqlite
@pytest.mark.parametrize("saat", ["in the middle of the copying", "between"])
def test_a_source_server_that_goes_away(contoh: Kantor, peladen_sendiri: Peladen, saat: str) -> None:
    url, tujuan = peladen_sendiri.url("postgres"), contoh.folder / "kembali.db"
    pindahkan(contoh, url)
    kantor = Kantor(contoh.folder, url)
    with berhenti(kantor, str(tujuan), SAAT.get(saat, DI_ANTARA)) as proses:
        peladen_sendiri.henti("immediate")
        _keluar, galat = proses.communicate("\n")
    assert proses.returncode == 9, galat
    peladen_sendiri.mulai()
    assert tujuan.exists() == (saat == "between")
    if saat == "between":
        galat = " ".join(galat.split())
        assert f"isi buku sudah utuh di {tujuan}, tetapi {url} mungkin belum bertanda pindah" in galat
        assert "ulangi perintah yang sama" in galat
    keluar = pindahkan(kantor, str(tujuan))
    assert ("sudah ada di tujuan dan sama" in keluar) == (saat == "between")
    assert bertanda(url)
    kantor("--buku", str(tujuan), "periksa")


def test_an_office_that_only_looked_can_move_too(kantor: Kantor, tujuan: str) -> None:
    kantor("libur", "muat", "2026")
    assert pindahkan(kantor, tujuan).startswith("0 entri, 1 baris jurnal dipindahkan")
    assert kantor("--buku", tujuan, "catat", "survei", "--kepuasan", "4", "--tanggal", HARI_INI).kode == 0


# The mark stands in the journal, and one that leads nowhere is taken back with a trace.


def palsukan(kantor: Kantor, tujuan: str) -> None:
    """A mark as somebody puts it who may write the ledger and knows the form of a line."""
    from ikikec.buku.halaman import Tulisan
    from ikikec.buku.mesin import mesin_di
    from ikikec.buku.silsilah import REGISTER, tandai
    from ikikec.istilah import Aksi

    alamat = kantor.alamat if "://" in kantor.alamat else Path(kantor.alamat)
    with mesin_di(alamat, 5).tulis() as koneksi:
        tandai(koneksi, Tulisan(REGISTER, Aksi.PINDAH, "x", "2026-11-22T00:00:00Z"), tujuan)


def batalkan(kantor: Kantor, kode: int = 0) -> str:
    jawab = kantor("pindahkan", kantor.alamat, "--batal", "--alasan", "salah", "--ya", kode=kode)
    return " ".join((jawab.keluar + jawab.galat).split())


def test_a_mark_that_leads_nowhere_is_taken_back_and_both_stay_in_the_journal(contoh: Kantor) -> None:
    palsukan(contoh, str(contoh.folder / "tidak-ada.db"))
    contoh("catat", "survei", "--kepuasan", "4", kode=3)
    assert "Bukunya tidak ada di sana." in batalkan(contoh)
    assert [(satu[3], satu[6], satu[7]) for satu in jurnal(contoh.alamat)[-2:]] == [
        ("pindah", 1, None), ("batal-pindah", 2, "salah")
    ]  # fmt: skip
    contoh("catat", "survei", "--kepuasan", "4")
    contoh("periksa")
    assert contoh("info", "-O", "json").json["buku"]["dipindahkan"] is None
    assert "tidak bertanda pindah" in batalkan(contoh, kode=3)


def test_a_mark_is_not_taken_back_where_the_ledger_lives_at_its_target(contoh: Kantor, tujuan: str) -> None:
    pindahkan(contoh, tujuan)
    sebelum = jurnal(contoh.alamat)
    assert f"buku ini memang ada di {tujuan}, " in batalkan(contoh, kode=3)
    contoh("--buku", tujuan, "catat", "survei", "--kepuasan", "4")
    batalkan(contoh, kode=3)
    assert jurnal(contoh.alamat) == sebelum


@pytest.mark.sqlite
@pytest.mark.parametrize("isi_tujuan", ["", "bukan buku" * 500, "lain"])
def test_another_s_ledger_or_no_ledger_at_the_target_is_none(contoh: Kantor, isi_tujuan: str) -> None:
    tujuan = contoh.folder / "pindah.db"
    pindahkan(contoh, str(tujuan))
    tujuan.unlink()
    if isi_tujuan == "lain":
        contoh("--buku", str(tujuan), "catat", "survei", "--kepuasan", "4")
    else:
        tujuan.write_text(isi_tujuan)
    batalkan(contoh)
    contoh("catat", "survei", "--kepuasan", "4")


@pytest.mark.unix
@pytest.mark.sqlite
def test_a_target_that_cannot_be_looked_at_is_told_and_asked(contoh: Kantor) -> None:
    palsukan(contoh, "postgresql://x@127.0.0.1:1/x")
    baris = f"pindahkan {contoh.alamat} --batal --alasan A"
    jawab = di_terminal(contoh, baris, b"t\n")
    assert jawab.kode == 130
    assert "tempat itu tidak dapat dilihat: tidak ada PostgreSQL yang menjawab" in " ".join(jawab.galat.split())
    assert bertanda(contoh.alamat)
    assert di_terminal(contoh, baris, b"y\n").kode == 0
    contoh("catat", "survei", "--kepuasan", "4")


@pytest.mark.sqlite
@pytest.mark.parametrize("args", ["", "x.db --batal --alasan A", "--batal", "x.db --alasan A", "--batal --alasan "])
def test_what_goes_together_with_taking_back(contoh: Kantor, args: str) -> None:
    contoh("pindahkan", contoh.alamat, *args.split(" "), "--ya", kode=2)


def test_a_mark_that_was_removed_or_reworded_is_found(contoh: Kantor, tujuan: str) -> None:
    """As somebody does who drops the triggers: the ledger would go on, and give out numbers of its successor."""
    pindahkan(contoh, tujuan)
    (akhir,) = baris(contoh.alamat, "SELECT max(seq) FROM jurnal")[0]
    sepakat = "SET LOCAL session_replication_role = replica"
    with sambung(contoh.alamat) as koneksi:
        if "://" in contoh.alamat:
            koneksi.execute(sepakat)
            koneksi.execute(f"UPDATE jurnal SET aksi = 'batal-pindah' WHERE seq = {akhir}")
        else:
            koneksi.execute("DROP TRIGGER jurnal_ubah")
            koneksi.execute(f"UPDATE jurnal SET aksi = 'batal-pindah' WHERE seq = {akhir}")
    assert "tidak sesuai sidiknya" in " ".join(contoh("catat", "survei", "--kepuasan", "4", kode=6).galat.split())
    assert "rantai" in temuan(contoh)
