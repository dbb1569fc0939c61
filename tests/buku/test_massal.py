"""The bulk path and the counter: what one accepts, refuses and stores, the other does, value by value."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ikikec.berkas_csv import jinakkan, tulis_csv
from ikikec.buku.aturan import Lengkap, langgar, susun
from ikikec.buku.baca import IsiRegister, buka_bacaan
from ikikec.buku.batas import jenis_tidak_dikenal
from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.buku.jurnal import kanonik, kanonik_kolom, larik, rantai, sidik
from ikikec.buku.kelompok import DI_INGATAN, SEKALI, Kelompok, Titipan, susun_kelompok
from ikikec.buku.masuk import periksa_kembar, periksa_sendiri
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.register import REKOMENDASI, SEMUA, SURVEI, Register
from ikikec.galat import NilaiSalah, Pelanggaran
from ikikec.konfigurasi import Konfigurasi
from ikikec.lembar.entri import tabel_register
from ikikec.tukar.sel import pembaca_sel
from ikikec.tukar.sumber import Lembar
from ikikec.tukar.tabel_masuk import CaraBaca, baca_lembar
from tests.buku.test_gangguan import terbatas
from tests.buku.test_periksa import rusak
from tests.conftest import HARI_INI, Kantor

HARI, KONFIG = date.fromisoformat(HARI_INI), Konfigurasi()
BENAR = {
    Jenis.TANGGAL: ["2026-11-02", "5/10/2026", "2026-11-22", "2026-11-23", "1 Jan 2025"],
    Jenis.BILANGAN: ["1", "4", " 3", "+2"],
    Jenis.YA_TIDAK: ["ya", "tidak", "Ya"],
    Jenis.TEKS: ["Siti", "keramaian", "gali", "a\x1fb", "\x1fx\x1f", "\xa0x\u2003", "é😀\n\"'", "=1", "None"],
}
SALAH = ["\x00", "5", "-3", "200", "2026-02-30", "x", "1.0", "\ud800"]
NOMOR = ["2026-0001", "2026-0002", "2025-0001", "2026-0001/1", "26-1"]
Baris = list[tuple[int, list[str]]]


def sel(register: Register, bidang: Bidang, *, buruk: bool) -> st.SearchStrategy[str]:
    """A cell as a file may have it: what can be read there, and in a bad file anything."""
    isi = [*bidang.kata, *(kata.upper() for kata in bidang.kata)] or BENAR[bidang.jenis]
    if bidang.nama in ("nomor", "pengaduan"):
        isi = [f"{kode}-{nomor}" for kode in ("PGD", register.kode) for nomor in NOMOR]
    kosong = [] if bidang.wajib and not buruk else ["", "  "]
    return st.sampled_from([*isi, *kosong, *(SALAH if buruk else ())])


@st.composite
def berkas(gambar: st.DrawFn) -> tuple[Register, list[str], Baris]:
    """A register, headings and numbered rows; a bad file's may be too short."""
    register, buruk = gambar(st.sampled_from([*SEMUA.values()])), gambar(st.booleans())
    wajib = {satu.nama for satu in register.bidang if satu.wajib}
    judul = gambar(st.permutations(sorted(wajib | gambar(st.sets(st.sampled_from(register.nama_bidang))))))
    satu = st.tuples(*(sel(register, register[nama], buruk=buruk) for nama in judul)).map(list)
    baris = gambar(st.lists(satu | satu.map(lambda isi: isi[1:]) if buruk else satu, max_size=5))
    berisi = [isi for isi in baris if any(map(str.strip, isi))]
    return register, list(judul), [(2 + 3 * urut, isi) for urut, isi in enumerate(berisi)]


def isian(register: Register, judul: list[str], isi: list[str]) -> dict[str, object] | tuple[Pelanggaran, ...]:
    if len(isi) != len(judul):
        return (Pelanggaran("bentuk", f"ada {len(isi)} kolom, padahal judulnya {len(judul)}"),)
    nilai, cacat = {}, []
    for nama, teks in zip(judul, isi, strict=True):
        try:
            nilai[nama] = pembaca_sel(register[nama], {}, bulan_dulu=False, zona=None)(teks)
        except NilaiSalah as galat:
            cacat.append(Pelanggaran(nama, galat.pesan))
    return tuple(cacat) or susun(register, nilai)


def satu_satu(register: Register, judul: list[str], baris: Baris) -> tuple[list[str], list[Pelanggaran]]:
    """What the counter makes of the rows, by the input model and the rules: entries and refusals."""
    entri, salah = [], []
    for nomor_baris, isi in baris:
        hasil = isian(register, judul, isi)
        if isinstance(hasil, dict):
            ((satu,),) = (kelompok.isi() for kelompok in Lengkap(register, [susun_kelompok(register, [hasil])]))
            entri.append(json.dumps(satu))
            pelanggaran = langgar(register, satu, HARI)
            if register is REKOMENDASI and satu["jenis"] not in KONFIG.izin:
                pelanggaran = (*pelanggaran, jenis_tidak_dikenal(satu["jenis"], KONFIG))
        else:
            pelanggaran = hasil
        salah += [replace(satu, nomor_baris=nomor_baris) for satu in pelanggaran]
    return entri, salah


@settings(max_examples=500, deadline=None)
@given(berkas())
def test_a_file_is_taken_as_the_counter_takes_each_row(isi: tuple[Register, list[str], Baris]) -> None:
    register, judul, baris = isi
    # A column of mere counting is no column of numbers: what "No" is in a clerk's own list.
    utuh = [dict(zip(judul, satu, strict=True)) for _, satu in baris if len(satu) == len(judul)]
    assume(not any(satu.get("nomor", "").strip().isdigit() for satu in utuh))
    hasil = baca_lembar(register, Lembar(iter([(1, judul), *baris])), lambda _banyak: None, CaraBaca())
    with hasil.titipan as titipan:
        siap = Lengkap(register, titipan)
        salah = [*hasil.cacat, *periksa_sendiri(register, siap, HARI, KONFIG)]
        entri = [json.dumps(satu) for kelompok in siap for satu in kelompok.isi()]
    assert (entri, sorted(salah, key=lambda satu: satu.nomor_baris)) == satu_satu(register, judul, baris)


TEKS = st.text(st.characters(exclude_categories=["Cs"]))
NILAI = {"teks": TEKS, "angka": st.integers(0, 3), "ya": st.booleans(), "kunci\né": st.none() | TEKS}


@given(st.lists(st.fixed_dictionaries(NILAI)), TEKS, st.none() | TEKS)
def test_columns_are_written_and_chained_as_single_lines_are(
    semua: list[dict[str, object]], petugas: str, alasan: str | None
) -> None:
    kolom = {nama: [satu[nama] for satu in semua] for nama in NILAI}
    tertutup = [None if satu["angka"] == 0 else f"{satu['angka']:064}" for satu in semua]
    teks = list(kanonik_kolom(kolom, {"angka": tertutup}, "k"))
    assert teks == [
        kanonik({**satu, "angka": None if isi is None else {"k": isi}})
        for satu, isi in zip(semua, tertutup, strict=True)
    ]
    sebelum = "0" * 64
    for *isi, tertulis in rantai((7, sebelum), ("w", petugas, "a", "r"), alasan, (("N", 1, satu) for satu in teks)):
        sebelum = sidik(sebelum, larik(isi))
        assert tertulis == sebelum
        assert json.loads(larik(isi))[1:] == ["w", petugas, "a", "r", "N", 1, alasan, isi[-1]]


@given(st.lists(st.none() | st.sampled_from([f"{kode}-{nomor}" for kode in ("PGD", "SKM") for nomor in NOMOR])))
def test_a_number_that_stands_twice_is_told_with_its_first_line(nomor: list[str | None]) -> None:
    semua = [Kelompok([urut], {"nomor": [satu]}) for urut, satu in enumerate(nomor, 2)]
    harap = [
        Pelanggaran("nomor", f"{satu} sudah dipakai baris {nomor.index(satu) + 2} berkas ini", urut)
        for urut, satu in enumerate(nomor, 2)
        if satu is not None and nomor.index(satu) + 2 != urut
    ]
    assert list(periksa_kembar(semua)) == harap


def test_numbers_in_the_order_of_an_export_are_no_duplicates(kantor: Kantor) -> None:
    urut = [9998, 9999, 10000, 10001]
    baris = [f"SKM-2026-{n},2026-01-05,4" for n in urut]
    kantor("impor", "survei", kantor.csv("a.csv", "nomor,tanggal,kepuasan", *baris))
    lain = kantor.csv("a.csv", "nomor,tanggal,kepuasan", *(satu.replace(",4", ",3") for satu in baris))
    galat = kantor("impor", "survei", lain, kode=3).galat
    assert [satu.split(":")[0].strip(" -") for satu in galat.splitlines()[1:5]] == [
        f"baris {n}, nomor" for n in range(2, 6)
    ]


@pytest.mark.parametrize("besar", [1, DI_INGATAN])
def test_what_is_set_aside_comes_back_however_much_it_is(besar: int) -> None:
    semua = [Kelompok([n], {"teks": [f"{n}" * besar], "ya": [True], "kosong": [None]}) for n in range(3)]
    with Titipan() as titipan:
        for satu in semua:
            titipan.taruh(satu)
            assert list(titipan)[-1] == satu
        assert list(titipan) == list(titipan) == semua
        assert titipan.banyak == 3


@pytest.mark.unix
def test_no_room_to_set_rows_aside_is_told_and_leaves_nothing(contoh: Kantor) -> None:
    berkas = contoh.csv("a.csv", "tanggal,kepuasan,saran", *(f"2026-01-05,4,{n:0500d}" for n in range(3000)))
    contoh.env["TMPDIR"] = str(contoh.folder)
    sebelum, nama = contoh.buku.read_bytes(), sorted(contoh.folder.iterdir())
    hasil = terbatas(contoh, ["impor", "survei", berkas], DI_INGATAN)
    assert hasil.returncode == 9, hasil
    assert "berkas sementara tidak dapat ditulis" in hasil.stderr.decode()
    assert (contoh.buku.read_bytes(), sorted(contoh.folder.iterdir())) == (sebelum, nama)


def test_a_file_of_several_batches_is_one_import(kantor: Kantor) -> None:
    banyak = 2 * SEKALI + 7
    baik = [f"2026-01-05,4,kesan {n}" for n in range(banyak)]
    salah = [*baik]
    for letak in (0, SEKALI - 1, SEKALI, banyak - 1):
        salah[letak] = "2027-01-05,5,x"
    salah[SEKALI + 1] = "2027-01-05,4,x"
    berkas_csv = partial(kantor.csv, "a.csv", "tanggal,kepuasan,saran")
    galat = kantor("impor", "survei", berkas_csv(*salah), kode=3).galat.splitlines()[1:]
    assert [satu.split(":")[0].strip(" -") for satu in galat] == [
        f"baris {2 + letak}, {bidang}"
        for letak, bidang in ((0, "kepuasan"), (SEKALI - 1, "kepuasan"), (SEKALI, "kepuasan"), (SEKALI + 1, "tanggal"),
                              (banyak - 1, "kepuasan"))
    ]  # fmt: skip
    assert not kantor.buku.exists()
    assert kantor("impor", "survei", berkas_csv(*baik)).keluar.startswith("2.007 entri")
    kantor("periksa")
    with closing(sqlite3.connect(kantor.buku)) as buku:
        tercatat = buku.execute("SELECT nomor, saran FROM survei ORDER BY rowid").fetchall()
    assert tercatat == [(f"SKM-2026-{n + 1:04d}", f"kesan {n}") for n in range(banyak)]


SEL = st.none() | st.text(alphabet="'=+-@a\"\t\r\n ,;é\u2028", min_size=1, max_size=4) | TEKS.filter(bool)


def register_csv(register: Register, entri: Iterable[dict[str, Nilai]]) -> str:
    """A register as CSV, as the command line writes it."""
    (tabel,) = tabel_register([IsiRegister(register, entri, "")])
    return "".join(tulis_csv(tabel.judul_kolom, tabel.baris, tabel.bebas, untuk_excel=False))


def baris_demi_baris(register: Register, entri: list[dict[str, Nilai]]) -> str:
    """A register as CSV, cell by cell."""
    sangga = io.StringIO()
    penulis = csv.writer(sangga, lineterminator="\r\n")
    tertulis = [register.nama_bidang, *([jinakkan(sel) for sel in register.tulis(isi).values()] for isi in entri)]
    hasil = ""
    for satu in tertulis:
        penulis.writerow(satu)
        hasil += sangga.getvalue().removesuffix("\r\n") + "\n"
        sangga.seek(0)
        sangga.truncate()
    return hasil


@given(st.lists(st.tuples(SEL, SEL)))
def test_batches_are_written_as_single_lines_are(teks: list[tuple[str | None, str | None]]) -> None:
    kosong = dict.fromkeys(SURVEI.nama_bidang) | {"nomor": "SKM-2026-0001", "tanggal": HARI, "batal": False}
    entri = [kosong | {"layanan": satu, "saran": dua, "usia": 31} for satu, dua in teks]
    assert register_csv(SURVEI, entri) == baris_demi_baris(SURVEI, entri)


def test_what_the_database_writes_is_what_the_values_are(contoh: Kantor) -> None:
    for teks in ("=1+1", "a\r\nb", "a\nb", "'x", '"', "- x", "biasa"):
        contoh("catat", "pengaduan", "--pelapor", teks, "--uraian", f"x{teks}", "--alamat", f"{teks}x")
        contoh("catat", "survei", "--kepuasan", "4", "--saran", teks)
    with buka_bacaan(MesinSqlite(contoh.buku, 5)) as bacaan:
        for register in SEMUA.values():
            entri = bacaan.daftar(register)
            assert register_csv(register, entri) == baris_demi_baris(register, [*entri])


@pytest.mark.parametrize("ubah", ["tanggal = 'kemarin'", "tanggal = '=1+1'", "jenis_kelamin = 'X'"])
@pytest.mark.parametrize("bentuk", ["csv", "json"])
def test_an_entry_that_cannot_be_read_is_not_exported(contoh: Kantor, ubah: str, bentuk: str) -> None:
    rusak(contoh, f"UPDATE survei SET {ubah} WHERE nomor = 'SKM-2026-0003'")
    assert "register survei" in contoh("ekspor", "survei", "-O", bentuk, kode=6).galat


def test_a_blob_in_place_of_a_text_is_exported_as_before(contoh: Kantor) -> None:
    rusak(contoh, "UPDATE survei SET saran = x'3d31' WHERE nomor = 'SKM-2026-0003'")
    assert "b'=1'" in contoh("ekspor", "survei", "-O", "csv").keluar


@given(TEKS, st.none() | TEKS, st.integers(1, 2**62))
def test_the_database_writes_a_journal_line_as_it_is_hashed(teks: str, alasan: str | None, seq: int) -> None:
    baris = (seq, "w", teks, "a", "r", "N", 1, alasan, kanonik({"isi": teks, "kosong": None, "ya": True}))
    with closing(sqlite3.connect(":memory:")) as basis_data:
        tanda = ", ".join("?" * len(baris))
        assert basis_data.execute(f"SELECT json_array({tanda})", baris).fetchone() == (larik(baris),)
