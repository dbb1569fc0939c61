"""The configuration by questions and key by key: always checked before it is written, comments kept."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ikikec.bahasa import periksa_nip
from ikikec.cli.lengkapi import KUNCI_TETAP
from ikikec.galat import AturanDilanggar, NilaiSalah
from ikikec.istilah import IZIN_BAWAAN
from ikikec.konfigurasi import Konfigurasi
from ikikec.ubahan import daun, ubah_isi, ubah_toml
from tests.cli.test_tanya import di_terminal
from tests.conftest import FOLDER_KONFIG, Kantor
from tests.unix import ROOT, pribadi

NIP = "197001011995031001"


def berkas(kantor: Kantor) -> Path:
    return kantor.folder / "config" / "ikikec" / "ikikec.toml"


def isi(kantor: Kantor) -> dict[str, Any]:
    return tomllib.loads(berkas(kantor).read_text())


def tulis(kantor: Kantor, teks: str) -> None:
    berkas(kantor).parent.mkdir(parents=True, exist_ok=True)
    berkas(kantor).write_text(teks)


# --- tetapkan


@pytest.mark.parametrize(
    ("kunci", "nilai", "harap"),
    [
        ("kecamatan", "Batui Selatan", {"kecamatan": "Batui Selatan"}),
        ("kecamatan", "007", {"kecamatan": "007"}),
        ("tempat", "Sinorang, Banggai", {"tempat": "Sinorang, Banggai"}),
        ("tunggu", "3", {"tunggu": 3}),
        ("kertas", "F4", {"kertas": "F4"}),
        ("hari_kerja", "senin, selasa", {"hari_kerja": ["senin", "selasa"]}),
        ("hari_kerja", "senin", {"hari_kerja": ["senin"]}),
        ("batas.informasi", "7", {"batas": {"informasi": 7}}),
        ("batas.pengaduan.aspirasi", "tanpa", {"batas": {"pengaduan": {"aspirasi": "tanpa"}}}),
        ("pejabat.camat.nip", NIP, {"pejabat": {"camat": {"nip": NIP}}}),
        ("pejabat.camat.plt", "ya", {"pejabat": {"camat": {"plt": True}}}),
        ("pejabat.camat.plt", "false", {"pejabat": {"camat": {"plt": False}}}),
        ("bawaan.informasi.topik", "7", {"bawaan": {"informasi": {"topik": "7"}}}),
        ("izin.usaha-mikro", "3", {"izin": {**IZIN_BAWAAN, "usaha-mikro": 3}}),
        ("izin.izin reklame", "4", {"izin": {**IZIN_BAWAAN, "izin reklame": 4}}),
        ("izin.bangunan", "-", {"izin": {k: v for k, v in IZIN_BAWAAN.items() if k != "bangunan"}}),
    ],
)
def test_a_key_is_set_in_a_new_file(kantor: Kantor, kunci: str, nilai: str, harap: dict[str, Any]) -> None:
    jawab = kantor("atur", "tetapkan", kunci, nilai)
    assert isi(kantor) == harap
    assert jawab.keluar.startswith(kunci)
    assert str(berkas(kantor)) in jawab.galat
    assert pribadi(berkas(kantor))
    assert os.name == "nt" or berkas(kantor).parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("kunci", "nilai", "sebut"),
    [
        ("kecamatn", "x", "kunci kecamatn: kunci ini tidak dikenal; maksudnya kecamatan?"),
        ("kecamatn", "", "maksudnya kecamatan?"),
        ("batas.pengaduan.berkadr", "3", "maksudnya berkadar?"),
        ("pejabat.camat.namo", "x", "maksudnya nama?"),
        ("pejabat.camat", "x", "kunci pejabat.camat: harus berupa tabel"),
        ("kecamatan.x", "y", "kunci kecamatan bukan tabel"),
        ("a..b", "x", "kunci 'a..b' tidak dikenali"),
        ("tunggu", "sebentar", "kunci tunggu: harus bilangan bulat"),
        ("kertas", "F5", "kunci kertas: kertas 'F5' tidak dikenal; pilihannya A4, F4, Legal, atau Letter"),
        ("tunggu", "601", "kunci tunggu: paling besar 600"),
        ("izin.x", "999", "kunci izin.x: paling besar 366"),
        ("izin.x", "1,2", "kunci izin.x: harus bilangan bulat"),
        ("zona", "Asia/Palu", "zona waktu 'Asia/Palu' tidak dikenal"),
        ("hari_kerja", "senen,selasa", "hari 'senen' tidak dikenal"),
        ("pejabat.camat.nip", "123", "NIP harus 18 angka"),
        ("pejabat.camat.plt", "mungkin", "pejabat.camat.plt: harus true (ya) atau false (tidak)"),
        ("kecamatan", "\x1b[31mX", "huruf kendali"),
    ],
)
def test_what_cannot_stand_in_the_file_is_not_written(kantor: Kantor, kunci: str, nilai: str, sebut: str) -> None:
    assert sebut in kantor("atur", "tetapkan", kunci, nilai, kode=2).galat
    assert not berkas(kantor).exists()


def test_comments_and_order_of_the_file_are_kept(kantor: Kantor) -> None:
    lama = "# kantor kami\nkabupaten = \"Banggai\"  # benar\nkecamatan = 'Batui'\n\n[izin]\n# ringan\ntambang = 9\n"
    tulis(kantor, lama)
    kantor("atur", "tetapkan", "kecamatan", "Batui Selatan")
    kantor("atur", "tetapkan", "zona", "Asia/Jayapura")
    kantor("atur", "tetapkan", "izin.pasar", "2")
    kantor("atur", "tetapkan", "pejabat.camat.nama", 'Drs. "A"')
    baru = berkas(kantor).read_text()
    assert baru.startswith('# kantor kami\nkabupaten = "Banggai"  # benar\nkecamatan = "Batui Selatan"\n')
    assert "[izin]\n# ringan\ntambang = 9\npasar = 2\n" in baru
    assert isi(kantor)["pejabat"] == {"camat": {"nama": 'Drs. "A"'}}
    for kunci in ("zona", "izin.pasar", "pejabat.camat.nama"):
        kantor("atur", "tetapkan", kunci, "")
    kantor("atur", "tetapkan", "kecamatan", "Batui")
    assert berkas(kantor).read_text().startswith(lama.replace("'", '"').rstrip())


def test_what_is_set_is_in_force(kantor: Kantor) -> None:
    kantor("atur", "tetapkan", "batas.pengaduan.tidak-berkadar", "1")
    isian = ("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-19", "-O", "json")
    assert kantor(*isian).json["batas"] == "2026-11-20"


def test_a_key_that_stays_writes_nothing(kantor: Kantor) -> None:
    assert "tempat tidak berubah" in kantor("atur", "tetapkan", "tempat", "").keluar
    assert not berkas(kantor).exists()


def test_a_whole_table_goes_back_to_its_defaults(kantor: Kantor) -> None:
    assert "Jenis izin bawaan ikut ditulis" in kantor("atur", "tetapkan", "izin.tambang", "9").galat
    kantor("atur", "tetapkan", "izin", "")
    assert isi(kantor) == {}


def test_taking_away_a_permit_that_is_not_there_changes_nothing(kantor: Kantor) -> None:
    assert "izin.takada tidak berubah" in kantor("atur", "tetapkan", "izin.takada", "-").keluar
    assert not berkas(kantor).exists()


def test_one_wrong_key_can_be_mended_but_not_built_upon(kantor: Kantor) -> None:
    tulis(kantor, 'zona = "Asia/Palu"\n')
    assert "zona: zona waktu 'Asia/Palu'" in kantor("atur", "tetapkan", "kecamatan", "X", kode=3).galat
    kantor("atur", "tetapkan", "zona", "Asia/Makassar")
    assert isi(kantor) == {"zona": "Asia/Makassar"}


def test_the_file_that_konfig_names_is_made(kantor: Kantor) -> None:
    baru = kantor.folder / "kantor" / "baru.toml"
    assert "tidak ada" in kantor("--konfig", str(baru), "atur", "lihat", kode=2).galat
    kantor("--konfig", str(baru), "atur", "tetapkan", "kecamatan", "X")
    kantor("atur", "tetapkan", "kabupaten", "Y", IKIKEC_KONFIG=str(baru))
    assert tomllib.loads(baru.read_text()) == {"kecamatan": "X", "kabupaten": "Y"}


def test_a_place_that_cannot_be_written(kantor: Kantor) -> None:
    (kantor.folder / "penghalang").write_text("")
    konfig = str(kantor.folder / "penghalang" / "k.toml")
    assert "tidak dapat dibuat" in kantor("--konfig", konfig, "atur", "tetapkan", "kecamatan", "X", kode=9).galat


def test_an_odd_nip_is_written_with_a_note(kantor: Kantor) -> None:
    galat = kantor("atur", "tetapkan", "pejabat.camat.nip", "197013011995031001").galat
    assert "Catatan: 8 angka pertama NIP (19701301) bukan tanggal lahir" in galat
    assert isi(kantor)["pejabat"]["camat"]["nip"] == "197013011995031001"


def test_a_style_that_cannot_be_kept_is_refused() -> None:
    teks = 'kecamatan = "A"\npejabat.camat.nama = "B"\n[izin]\ntambang = 1\n'
    with pytest.raises(AturanDilanggar, match="tidak dapat diubah dengan aman"):
        ubah_toml(teks, {("zona",): "Asia/Makassar", ("pejabat", "kasi-pip", "nama"): "C"})


@pytest.mark.parametrize(
    "teks",
    [
        'pejabat.camat.nama = "B"\n',
        'pejabat = { camat = { nama = "B" } }\n[izin]\ntambang = 1\n',
        '[pejabat]\ncamat = { nama = "B" }\n',
        "[batas]\ninformasi = 1\n[izin]\ntambang = 1\n[batas.pengaduan]\nberkadar = 3\n",
    ],
)
@pytest.mark.parametrize(
    "perubahan",
    [
        {("pejabat", "camat", "nip"): NIP},
        {("pejabat", "camat", "nama"): None},
        {("pejabat", "kasi-pip", "nama"): "C", ("pejabat", "kasi-pip", "nip"): NIP},
        {("batas", "pengaduan", "aspirasi"): 9, ("izin", "pasar"): 1},
        {("zona",): "Asia/Makassar", ("tunggu",): 4},
    ],
)
def test_unusual_styles_of_the_same_file(teks: str, perubahan: dict[tuple[str, ...], Any]) -> None:
    assert daun(tomllib.loads(ubah_toml(teks, perubahan))) == daun(ubah_isi(tomllib.loads(teks), perubahan))


def test_a_key_through_a_value_is_refused() -> None:
    with pytest.raises(NilaiSalah, match="kunci kecamatan bukan tabel"):
        ubah_isi({"kecamatan": "A"}, {("kecamatan", "x"): "B"})


nama = st.text("abz-_", min_size=1, max_size=4)
nilai = st.one_of(st.text("aé \"'\\\n#=[", max_size=6), st.integers(-9, 999), st.none())


@given(st.dictionaries(st.one_of(st.tuples(nama), st.tuples(st.just("t"), nama)), nilai, max_size=6))
def test_any_change_of_a_file_means_the_same_as_of_its_content(perubahan: dict[tuple[str, ...], Any]) -> None:
    teks = 'a = 1 # satu\n[t] # tabel\nz = "x"\n\n[akhir]\nb = 2'
    perubahan = {k: v for k, v in perubahan.items() if k not in (("t",), ("akhir",))}
    assert tomllib.loads(ubah_toml(teks, perubahan)) == ubah_isi(tomllib.loads(teks), perubahan)


# --- the questions


@pytest.mark.unix
def test_the_questions_fill_a_new_file(kantor: Kantor) -> None:
    jawaban = [
        "Batui Selatan",
        "Banggai",
        "",
        "Asia/Palu",
        "",
        "Siti",
        "folio",
        "f4",
        "Drs. A",
        "123",
        "19700101 199503 1 001",
    ]
    jawab = di_terminal(kantor, "atur", ("\n".join([*jawaban, "B", "", "", "", "y"]) + "\n").encode())
    assert jawab.kode == 0, jawab.galat
    assert isi(kantor) == {
        "kecamatan": "Batui Selatan",
        "kabupaten": "Banggai",
        "petugas": "Siti",
        "kertas": "f4",
        "pejabat": {"camat": {"nama": "Drs. A", "nip": NIP}, "kasi-pip": {"nama": "B"}},
    }
    for teks in (
        "Zona waktu [Asia/Makassar]: ",
        "NIP Camat Batui Selatan: ",
        "NIP harus 18 angka",
        "'Asia/Palu'",
        "Kertas untuk mencetak: A4, F4, Legal, atau Letter [A4]: ",
        "kertas 'folio' tidak dikenal",
    ):
        assert teks in jawab.galat
    assert "kecamatan: (kosong) → Batui Selatan" in jawab.galat
    assert jawab.keluar == f"Konfigurasi ditulis ke {berkas(kantor)}\n"


@pytest.mark.unix
def test_the_questions_can_be_gone_back_over_and_answers_are_not_lost_unasked(kantor: Kantor) -> None:
    ketikan = b"Batui\n<\nBatui Selatan\n\n\n\n\n\nA\n<\n<\n<\nPetugas\n\n\n\n\n\n\nt\nt\n\n"
    jawab = di_terminal(kantor, "atur", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert (isi(kantor)["kecamatan"], isi(kantor)["petugas"]) == ("Batui Selatan", "Petugas")
    assert isi(kantor)["pejabat"]["camat"] == {"nama": "A"}
    assert "Buang yang sudah diisi?" in jawab.galat
    assert "Nama kecamatan: (kosong) → Batui Selatan" in jawab.galat


@pytest.mark.unix
def test_enter_keeps_and_a_dash_empties(kantor: Kantor) -> None:
    tulis(
        kantor,
        'kecamatan = "Batui" # lama\ntempat = "Sinorang"\n[pejabat.camat]\nnama = "A"\nnip = "999999999999999999"\n',
    )
    jawab = di_terminal(kantor, "atur", b"\n\n-\n\n\n\n\n\n\n\n\ny\n")
    assert jawab.kode == 0, jawab.galat
    assert berkas(kantor).read_text().startswith('kecamatan = "Batui" # lama\n[pejabat.camat]')
    assert isi(kantor)["pejabat"]["camat"] == {"nama": "A", "nip": "999999999999999999"}
    assert "Tempat di atas tanda tangan, bila bukan nama kecamatan: Sinorang → (kosong)" in jawab.galat


@pytest.mark.unix
def test_nothing_new_asks_nothing_more(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "atur", b"\n" * 10)
    assert jawab.kode == 0, jawab.galat
    assert "Tidak ada yang berubah." in jawab.galat
    assert not berkas(kantor).exists()


@pytest.mark.unix
@pytest.mark.parametrize(
    ("ketikan", "sebut"), [(b"X\n" + b"\n" * 9 + b"t\n", "dibatalkan"), (b"X\n\x04", "masukan berakhir")]
)
def test_a_no_or_an_end_writes_nothing(kantor: Kantor, ketikan: bytes, sebut: str) -> None:
    jawab = di_terminal(kantor, "atur", ketikan)
    assert jawab.kode == 130
    assert sebut in jawab.galat
    assert not berkas(kantor).exists()


def test_without_a_terminal_it_points_to_tetapkan(kantor: Kantor) -> None:
    assert "ikikec atur tetapkan KUNCI NILAI" in kantor.proses("atur", kode=2, masukan="X\n").galat


@pytest.mark.unix
def test_a_position_that_cannot_be_read_is_told_before_the_first_question(kantor: Kantor) -> None:
    tulis(kantor, "")
    (berkas(kantor).parent / "jabatan").mkdir()
    (berkas(kantor).parent / "jabatan" / "p.toml").write_text("nama = 1")
    jawab = di_terminal(kantor, "atur", b"X\n")
    assert jawab.kode == 3
    assert "Nama kecamatan" not in jawab.galat


# --- lihat


def test_every_value_has_its_source(kantor: Kantor) -> None:
    tulis(kantor, 'kecamatan = "Batui"\npetugas = "Budi"\n[pejabat.camat]\nnama = "A"\n')
    semua = {satu["kunci"]: satu for satu in kantor("--petugas", "Ani", "atur", "lihat", "-O", "json").json}
    assert semua["petugas"] == {"kunci": "petugas", "nilai": "Ani", "sumber": "opsi", "rincian": "--petugas"}
    assert (semua["buku"]["sumber"], semua["buku"]["rincian"]) == ("lingkungan", "IKIKEC_BUKU")
    assert (semua["kecamatan"]["nilai"], semua["kecamatan"]["sumber"]) == ("Batui", "berkas")
    assert (semua["tunggu"]["nilai"], semua["tunggu"]["sumber"]) == (10, "bawaan")
    assert semua["batas.pengaduan.aspirasi"]["nilai"] is None
    assert (semua["konfig"]["nilai"], semua["konfig"]["sumber"]) == (str(berkas(kantor)), "bawaan")
    assert semua["pejabat.camat.nip"]["sumber"] == "bawaan"
    teks = kantor("atur", "lihat", IKIKEC_PETUGAS="").keluar
    assert "petugas = Budi  (berkas)\n" in teks
    assert "batas.pengaduan.aspirasi = tanpa  (bawaan)\n" in teks
    assert "hari_ini = 2026-11-22  (lingkungan IKIKEC_HARI_INI)\n" in teks
    assert "kabupaten = (kosong)  (bawaan)\n" in teks


# --- periksa


def test_a_sound_configuration(kantor: Kantor) -> None:
    nama = {"camat": "A", "kasi-pip": "B", "pengolah-pip": "C", "pengolah-perizinan": "D"}
    tulis(kantor, "".join(f'[pejabat.{satu}]\nnama = "{isi}"\nnip = "{NIP}"\n' for satu, isi in nama.items()))
    assert kantor("atur", "periksa").keluar == "Konfigurasi baik.\n"


def test_notes_are_no_faults(kantor: Kantor) -> None:
    tulis(kantor, '[pejabat.camat]\nnama = "A"\nnip = "199913011995031001"\n[pejabat.kasi_pip]\nnama = "B"\n')
    (kantor.folder / "penghalang").write_text("")
    jawab = kantor("--buku", str(kantor.folder / "penghalang" / "buku.db"), "atur", "periksa").keluar
    assert "catatan pejabat.camat.nip: 8 angka pertama NIP" in jawab
    assert "catatan pejabat.kasi_pip: tidak menandatangani lembar mana pun; maksudnya kasi-pip?" in jawab
    assert "catatan pejabat.kasi-pip.nama: Kepala Seksi PIP belum bernama" in jawab
    assert "catatan buku: " in jawab
    assert jawab.endswith("Konfigurasi baik.\n")
    lain = dict.fromkeys(FOLDER_KONFIG, str(kantor.folder))
    assert "belum ada; semua nilai bawaan" in kantor("atur", "periksa", **lain).keluar


@pytest.mark.unix
@pytest.mark.skipif(ROOT, reason="root may write everything")
def test_a_ledger_in_a_folder_of_others_is_a_note(kantor: Kantor) -> None:
    assert "catatan buku: " in kantor("--buku", "/usr/buku.db", "atur", "periksa").keluar


def test_all_faults_are_told_at_once(kantor: Kantor) -> None:
    tulis(kantor, 'kecamatn = "X"\nzona = "Asia/Palu"\n[pejabat.camat]\nnip = "1"\n')
    (berkas(kantor).parent / "jabatan").mkdir()
    (berkas(kantor).parent / "jabatan" / "satu.toml").write_text("nama = ")
    (berkas(kantor).parent / "jabatan" / "dua.toml").write_text('nama = "x"')
    jawab = kantor("atur", "periksa", kode=3)
    for teks in (
        "maksudnya kecamatan?",
        "Asia/Palu",
        "pejabat.camat.nip: NIP harus 18",
        "satu.toml",
        "dua.toml, tugas",
    ):
        assert teks in jawab.galat
    assert "Konfigurasi baik" not in jawab.keluar
    tulis(kantor, "kecamatan = ")
    assert "bukan TOML yang benar" in kantor("atur", "periksa", kode=3).galat


# --- the number of an official


@pytest.mark.parametrize(
    ("teks", "keluhan"),
    [
        (NIP, None),
        ("19700101 199503 1 001", None),
        ("199002282022212003", None),
        ("200002292024012001", None),
        ("1970010119950310", "18 angka"),
        ("19700101199503100a", "18 angka"),
        ("197002301995031001", "tanggal lahir"),
        ("000001011995031001", "tanggal lahir"),
        ("199002282022210003", "angka ke-15"),
        ("199002281990211003", "tahun pengangkatan"),
    ],
)
def test_the_parts_of_a_nip(teks: str, keluhan: str | None) -> None:
    if keluhan is None:
        assert periksa_nip(teks) == teks.replace(" ", "")
    else:
        with pytest.raises(NilaiSalah, match=keluhan):
            periksa_nip(teks)


# --- completion of keys


def test_keys_are_suggested(kantor: Kantor) -> None:
    def usul(belum: str) -> list[str]:
        jawab = kantor("atur", "tetapkan", IKIKEC_LENGKAPI="fish", IKIKEC_BELUM=belum)
        return jawab.keluar.splitlines()

    assert usul("ke") == ["kecamatan", "kertas"]
    assert usul("pejabat.c") == ["pejabat.camat.nama", "pejabat.camat.nip"]
    assert usul("izin.u") == ["izin.usaha-mikro"]
    tetap = {".".join(kunci) for kunci in daun(Konfigurasi().model_dump(by_alias=True)) if kunci[0] != "izin"}
    assert set(KUNCI_TETAP) == tetap
