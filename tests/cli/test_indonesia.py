"""Indonesian throughout: every command answers every usual mistake in Indonesian, with a way on, within 80 columns."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from ikikec.cli.app import app
from ikikec.cli.typer_dalam import YA_TIDAK
from tests.conftest import Kantor

# Words that only Typer, Click, pydantic, SQLAlchemy, tomllib, Jinja2, XlsxWriter, calamine or prompt_toolkit would say.
ASING = re.compile(
    r"\b(argument|argument\(s\)|be|cannot|column|command|commands|could|does|error|exception|expected|extra|fail|"
    r"failed|found|from|got|in|input|integer|invalid|is|line|missing|must|no|none|not|of|open|option|options|or|"
    r"parameter|required|requires|should|string|such|take|the|traceback|try|type|unable|undefined|unexpected|unknown|"
    r"unsupported|usage|valid|value|with)\b|constrained|validation",
    re.IGNORECASE,
)
# What the program itself is called by, or what was typed: no sentence of a library.
MILIK = re.compile(r"'[^']*'|--?[a-z][\w-]*|[\w./-]*/[\w./-]*|\bikikec\.toml\b")

BUKAN = "§§"
AKAR = typer.main.get_command(app)


def semua(perintah: Any = AKAR, jalur: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command and group by its path, the program itself being the empty one."""
    yield jalur, perintah
    for nama, anak in getattr(perintah, "commands", {}).items():
        yield from semua(anak, (*jalur, nama))


SEMUA = dict(semua())


def opsi(perintah: Any) -> Iterator[tuple[str, bool]]:
    """The options of a command, and whether each is a switch."""
    for satu in perintah.params:
        if satu.param_type_name == "option":
            yield from ((nama, satu.is_flag) for nama in satu.opts)


def satu_nilai(perintah: Any, nama: str) -> bool:
    """Whether the option must be given a value; a yes/no field stands for yes without one."""
    return all(satu.metavar != YA_TIDAK for satu in perintah.params if nama in satu.opts)


def kekeliruan(jalur: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Usual mistakes on one command line, and what the answer must name."""
    perintah = SEMUA[jalur]
    argumen = [satu for satu in perintah.params if satu.param_type_name == "argument"]
    yield ("--opsi-aneh",), "--opsi-aneh tidak dikenal"
    yield ("--opsi-aneh=1",), "--opsi-aneh tidak dikenal"
    yield ("-Z",), "-Z tidak dikenal"
    if hasattr(perintah, "commands"):
        yield ("-",), "tidak dikenal"
        yield ("--", "--opsi"), "tidak dikenal"
        for nama in perintah.commands:
            yield (f"{nama}x",), f"maksudnya {nama}?"
    elif argumen:
        if argumen[0].required:
            yield (), "wajib diisi"
    else:
        yield ("lebih", "lagi"), "argumen berlebih: lebih lagi"
    for nama, saklar in opsi(perintah):
        if saklar:
            yield (f"{nama}=1",) if nama.startswith("--") else (f"{nama}1",), "tidak"
        elif satu_nilai(perintah, nama):
            yield (nama,), f"opsi {nama} memerlukan nilai"
        if len(nama) > 5:
            yield (f"{nama}x",), "tidak dikenal; maksudnya --"


def periksa_galat(galat: str) -> None:
    """The layout of every usage error: what happened in Indonesian, and below it what to do."""
    pokok, _, saran = galat.partition("\n")
    assert pokok.startswith("Galat: "), galat
    assert saran.startswith("  "), galat
    asing = ASING.search(MILIK.sub("", galat))
    assert not asing, f"{asing}\n{galat}"


@pytest.mark.parametrize("jalur", SEMUA, ids=" ".join)
def test_the_usual_mistakes_are_answered_in_indonesian(kantor: Kantor, jalur: tuple[str, ...]) -> None:
    for kata, sebut in kekeliruan(jalur):
        jawab = kantor(*jalur, *kata, kode=2)
        assert jawab.keluar == ""
        assert sebut in jawab.galat, (kata, jawab.galat)
        periksa_galat(jawab.galat)
    assert not kantor.buku.exists()


# Options and arguments whose values are free text, a path or a field read later; all others refuse what is none.
BEBAS = ("TEKS", "BERKAS", "ASAL", "TUJUAN", "BERKAS|FOLDER", "FOLDER", "NAMA", "NILAI", "KATA", "KUNCI")


@pytest.mark.parametrize("jalur", [satu for satu in SEMUA if satu], ids=" ".join)
def test_a_value_that_is_none_is_refused_in_indonesian(contoh: Kantor, jalur: tuple[str, ...]) -> None:
    perintah = SEMUA[jalur]
    if hasattr(perintah, "commands"):
        return
    nilai = {satu.name: _patut(jalur, satu) for satu in perintah.params if satu.param_type_name == "argument"}
    wajib = {satu.name: (satu.opts[0], _patut(jalur, satu)) for satu in perintah.params if _opsi_wajib(satu)}
    for satu in perintah.params:
        if satu.metavar in BEBAS or getattr(satu, "is_flag", False) or satu.metavar is None:
            continue
        if satu.param_type_name == "argument":
            args = [*{**nilai, satu.name: BUKAN}.values(), *(kata for pasang in wajib.values() for kata in pasang)]
        else:
            lain = [kata for nama, pasang in wajib.items() if nama != satu.name for kata in pasang]
            args = [*nilai.values(), *lain, satu.opts[0], BUKAN]
        jawab = contoh(*jalur, *args, kode=2)
        assert BUKAN in jawab.galat or "ditulis" in jawab.galat, (args, jawab.galat)
        periksa_galat(jawab.galat[jawab.galat.index("Galat: ") :])


def _opsi_wajib(satu: Any) -> bool:
    return bool(satu.param_type_name == "option" and (satu.required or "[wajib" in (satu.help or "")))


def _patut(jalur: tuple[str, ...], satu: Any) -> str:
    """A value that the parameter takes, so that another one's fault is the first to be seen."""
    menurut_nama = {
        "nomor": "2.1" if jalur[0] == "target" else "PGD-2026-0001", "register": "pengaduan", "berkas": "a.csv", "periode": "2026-10", "tanggal": "5/3",
        "tahun": "2026", "jabatan": "kasi-pip", "cangkang": "bash", "nilai": "3", "jenis": "bangunan",
    }  # fmt: skip
    return menurut_nama.get(str(satu.name), "3")


@pytest.mark.parametrize(
    ("perintah", "kode"),
    [
        ("impor survei tidak-ada.csv", 2), ("pulihkan tidak-ada.db", 2), ("--konfig tidak-ada.toml info", 2),
        ("laporan --jabatan kasi-pip --templat tidak-ada", 2), ("laporan --jabatan kasi-pip -o lembar.doc", 2),
        ("daftar survei -o a.doc", 2), ("skm -o a.doc", 2), ("daftar survei --urut umur", 2),
        ("daftar survei --kanal surat", 2), ("daftar pengaduan --kanal fax", 2), ("daftar survei --periode besok", 2),
        ("koreksi pgd-1 --alasan x", 2), ("koreksi pgd-1 --alasan x --usia 4", 2), ("batalkan pgd-1 --alasan x", 2),
        ("atur tetapkan tunggu lama", 2), ("atur tetapkan zona Makasar", 2), ("atur tetapkan kecamtan x", 2),
        ("catat survei --berulang", 2), ("catat pengaduan", 2), ("atur", 2), ("tutup 2026-10-01..2026-10-15", 2),
        ("target tetapkan kasi-pip 9 1 --periode 2026", 2), ("target tetapkan kasi-pip 2.1 x --periode 2026", 2),
    ],
)  # fmt: skip
def test_further_mistakes(contoh: Kantor, perintah: str, kode: int) -> None:
    galat = contoh(*perintah.split(), kode=kode).galat
    periksa_galat(galat[galat.index("Galat: ") :])


RUSAK = [
    "kecamatan", "kecamatan = Batui", 'kecamatan = "x', "a = 1\na = 2", "[izin", "[izin]\n[izin]", "x = [1,", "x = 1 2",
    'x = "c:\\users"', 'x = """y', "= 3", "x = {a = 1", "\x01", "kecamatan = 5", "tunggu = 'x'", "tunggu = 1.5",
    "tunggu = -1", "hari_kerja = 'senin'", "hari_kerja = [1]", "batas = 3", "[batas]\ninformasi = true", "[izin]",
    "[izin]\n'' = 3", "[izin]\na = 'x'", "[bawaan]\nx = 1", "[bawaan.survei]\nlayanan = 1.5", "[pejabat]\ncamat = 3",
    "[pejabat.camat]\nplt = 'ya'", "[pejabat.camat]\nnip = 'x'", "zona = 'x'", "bobot_skm = 1", "tunggu = 2026-01-01",
]  # fmt: skip


@pytest.mark.parametrize("isi", RUSAK)
def test_a_broken_configuration_is_explained_in_indonesian(contoh: Kantor, isi: str) -> None:
    berkas = contoh.folder / "kantor.toml"
    berkas.write_text(f"{isi}\n")
    periksa_galat(contoh("--konfig", str(berkas), "info", kode=3).galat)


@pytest.mark.parametrize(
    "isi",
    ["", "slug = 1", 'nama = "x', "nama = 3\ntugas = 'x'\nurutan = 'a'\nsasaran = [1]", "[[sasaran]]\nnomor = 1"],
)
def test_a_broken_position_is_explained_in_indonesian(contoh: Kantor, isi: str) -> None:
    folder = contoh.folder / "jabatan"
    folder.mkdir()
    (folder / "staf.toml").write_text(f"{isi}\n")
    (contoh.folder / "kantor.toml").write_text("")
    args = ("--konfig", str(contoh.folder / "kantor.toml"), "laporan", "--jabatan", "staf", "--periode", "2026-10")
    periksa_galat(contoh(*args, kode=3).galat)


@pytest.mark.parametrize(
    "isi", ["{% if %}", "{{ x", "{{ 'x", "{% raw %}\n", "{% for a in 3 %}{% endfor %}", "{{ 1 / 0 }}", "{{ 'a' + 1 }}",
            "{{ semua() }}", "{% if 1 is aneh %}{% endif %}", "{{ semua.x.y }}", "{% extends 3 %}"]
)  # fmt: skip
def test_a_broken_template_is_explained_in_indonesian(contoh: Kantor, isi: str) -> None:
    folder = contoh.folder / "templat"
    folder.mkdir()
    (folder / "lembar.md.j2").write_text(isi)
    args = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10", "-O", "md", "--templat", str(folder))
    periksa_galat(contoh(*args, kode=3).galat)


# Eighty columns


@pytest.mark.parametrize("jalur", SEMUA, ids=lambda jalur: " ".join(jalur) or "ikikec")
def test_help_fits_a_terminal_of_eighty_columns(kantor: Kantor, jalur: tuple[str, ...]) -> None:
    bantuan = kantor(*jalur, "--help", COLUMNS="80").keluar
    assert [baris for baris in bantuan.splitlines() if len(baris) > 80] == []
    assert not re.search("COMMAND|ARGS", bantuan)


@pytest.mark.parametrize(
    "perintah",
    [
        "info", "jabatan", "ringkasan", "lihat pgd-1", "lihat riz-1", "cari a", "libur daftar", "target daftar",
        "laporan --jabatan semua --periode 2026-10 -O layar --bandingkan --tren --rinci", "skm -O layar --bandingkan",
        *(f"daftar {nama} -O tabel" for nama in ("pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei",
                                                 "tindak-lanjut")),
    ],
)  # fmt: skip
def test_results_fit_a_terminal_of_eighty_columns(contoh: Kantor, perintah: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "120", "--periode", "2026")
    keluar = contoh(*perintah.split(), COLUMNS="80").keluar
    assert keluar
    assert [baris for baris in keluar.splitlines() if len(baris) > 80] == []
