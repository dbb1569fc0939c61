"""Several offices side by side: sums that are sums, percentages of sums, and offices that cannot be read."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ikikec.galat import BukuSibuk, Galat
from ikikec.kinerja.antarkantor import PALING_BANYAK, namai, serentak
from tests.conftest import CONTOH, REGISTER, Jawaban, Kantor, perintah
from tests.lembar_kerja import baca_tab
from tests.unix import pty

HARAPAN = json.loads((CONTOH / "harapan.json").read_text())
JABATAN = ("kasi-pip", "pengolah-perizinan", "pengolah-pip")
OKTOBER = ("--periode", "2026-10")
BAGIAN = 3


def isi_bagian(kantor: Kantor, letak: str, bagian: int) -> None:
    """Import every third entry of the sample office into one ledger, a complaint with its follow-ups."""
    for register in REGISTER:
        with (CONTOH / f"{register}.csv").open(newline="") as isi:
            kepala, *baris = csv.reader(isi)
        milik = [satu for satu in baris if int(re.findall(r"(\d+)(?:/\d+)?$", satu[0])[0]) % BAGIAN == bagian]
        with (kantor.folder / "bagian.csv").open("w", newline="") as isi:
            csv.writer(isi).writerows([kepala, *milik])
        kantor("--buku", letak, "impor", register, str(kantor.folder / "bagian.csv"))


@pytest.fixture(scope="session")
def folder_bagian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office's entries divided among three ledgers."""
    kantor = Kantor(tmp_path_factory.mktemp("bagian"))
    for bagian in range(BAGIAN):
        isi_bagian(kantor, str(kantor.folder / f"k{bagian}.db"), bagian)
    return kantor.folder


@pytest.fixture
def tiga(folder_bagian: Path) -> list[str]:
    """The command line's words for the three."""
    return [kata for bagian in range(BAGIAN) for kata in ("--buku", str(folder_bagian / f"k{bagian}.db"))]


def survei(kantor: Kantor, nama: str, *kepuasan: int) -> str:
    """A ledger with so many answers of October; returns its path."""
    berkas = kantor.csv("s.csv", "tanggal,kepuasan", *(f"2026-10-05,{nilai}" for nilai in kepuasan))
    letak = str(kantor.folder / f"{nama}.db")
    kantor("--buku", letak, "impor", "survei", berkas)
    return letak


def angka(jawab: Jawaban, jabatan: str = "kasi-pip", nomor: str = "1") -> dict[str, Any]:
    """One indicator of the JSON answer."""
    (isi,) = [satu for satu in jawab.json["indikator"] if (satu["jabatan"], satu["nomor"]) == (jabatan, nomor)]
    return dict(isi)


@pytest.mark.parametrize("periode", HARAPAN)
def test_the_parts_of_an_office_add_up_to_the_office(kantor: Kantor, tiga: list[str], periode: str) -> None:
    jawab = kantor("rekap", *tiga, "--periode", periode, "-O", "json")
    harap = {(jabatan, nomor): nilai for jabatan in JABATAN for nomor, nilai in HARAPAN[periode][jabatan].items()}
    assert {
        (satu["jabatan"], satu["nomor"]): satu["jumlah"]["realisasi"] for satu in jawab.json["indikator"]
    } == harap
    assert [(satu["jabatan"], satu["nomor"]) for satu in jawab.json["indikator"]] == list(harap)
    assert jawab.json["salinan"] == jawab.json["dilewati"] == []


def test_each_office_has_the_figures_of_its_own_sheets_and_tells_its_ledger_s_state(
    kantor: Kantor, tiga: list[str]
) -> None:
    jawab = kantor("rekap", *tiga, *OKTOBER, "-O", "json").json
    for letak, buku in enumerate(tiga[1::2]):
        kata = ("laporan", "--jabatan", "semua", *OKTOBER, "-O", "json")
        lembar = kantor("--buku", buku, *kata).json
        harap = [
            {
                "nama": f"k{letak}",
                **{nama: satu[nama] for nama in ("realisasi", "pembilang", "penyebut") if nama in satu},
            }
            for isi in lembar
            for satu in isi["indikator"]
        ]
        assert [satu["kantor"][letak] for satu in jawab["indikator"]] == harap
        assert jawab["kantor"][letak] == {
            "nama": f"k{letak}", "alamat": buku, "buku": lembar[0]["buku"], "dipindahkan": False,
        }  # fmt: skip


def test_a_percentage_of_the_sum_is_not_the_average(kantor: Kantor) -> None:
    besar, kecil = survei(kantor, "besar", *[4] * 1, *[1] * 8), survei(kantor, "kecil", 4)
    isi = angka(kantor("rekap", "--buku", besar, "--buku", kecil, *OKTOBER, "-O", "json"))
    assert [satu["realisasi"] for satu in isi["kantor"]] == [11.11, 100.0]
    assert isi["jumlah"] == {"realisasi": 20.0, "pembilang": 2, "penyebut": 10}


def test_an_office_without_respondents_changes_no_percentage(kantor: Kantor) -> None:
    ada, kosong = survei(kantor, "ada", 4, 4, 1), survei(kantor, "kosong", 4)
    kantor("--buku", kosong, "batalkan", "skm-1", "--alasan", "A", "--ya")
    args = ("rekap", "--buku", ada, "--buku", kosong)
    isi = angka(kantor(*args, *OKTOBER, "-O", "json"))
    assert isi["kantor"][1] == {"nama": "kosong", "realisasi": None, "pembilang": 0, "penyebut": 0}
    assert isi["jumlah"] == {"realisasi": 66.67, "pembilang": 2, "penyebut": 3}
    for bentuk in ("layar", "md", "html"):
        teks = kantor(*args, *OKTOBER, "-O", bentuk).keluar
        assert "tidak ada" in teks
        assert "66,67 %" in teks
    isi = angka(kantor(*args, "--periode", "2025", "-O", "json"))
    assert isi["jumlah"] == {"realisasi": None, "pembilang": 0, "penyebut": 0}


# The forms, each read back: an office's name and the figures behind it, the sum last.


def tercetak(satu: dict[str, Any]) -> str:
    nilai = satu["realisasi"]
    if nilai is None:
        return "tidak ada data"
    return f"{nilai:.2f} %".replace(".", ",") if isinstance(nilai, float) else f"{nilai:,}".replace(",", ".")


def dari_json(satu: Path) -> list[list[str]]:
    isi = json.loads(satu.read_text())
    kantor = [
        [nama["nama"], *(tercetak(lajur["kantor"][letak]) for lajur in isi["indikator"])]
        for letak, nama in enumerate(isi["kantor"])
    ]
    return [*kantor, ["JUMLAH", *(tercetak(lajur["jumlah"]) for lajur in isi["indikator"])]]


def dari_md(satu: Path) -> list[list[str]]:
    baris = [
        teks.strip("|").split("|") for teks in satu.read_text().split("| Jabatan")[0].splitlines() if "|" in teks
    ]
    return [[re.sub(r"\*\*| \(.*\)", "", sel).strip() for sel in isi[1:-2]] for isi in baris[2:]]


def dari_html(satu: Path) -> list[list[str]]:
    tubuh = satu.read_text().split("<tbody>")[1].split("</tbody>")[0]
    hasil = []
    for baris in tubuh.split("<tr")[1:]:
        sel = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", re.sub(r"<span>.*?</span>", "", baris))
        hasil.append([isi.strip() for isi in sel[1:-2]])
    return hasil


def dari_xlsx(satu: Path) -> list[list[str]]:
    lembar = openpyxl.load_workbook(satu)["rekap"]
    kepala = [str(sel.value) for sel in lembar[5]]
    dipakai = [letak for letak, judul in enumerate(kepala) if re.match(r"\d\S* (?!pembilang|penyebut)", judul)]
    hasil = []
    for baris in lembar.iter_rows(min_row=6):
        if not baris[1].border.left.style:
            break
        isi = [baris[letak].value for letak in dipakai]
        hasil.append([str(baris[1].value).split(" (")[0], *(nilai if isinstance(nilai, str) else tercetak({"realisasi": nilai}) for nilai in isi)])  # fmt: skip
    return hasil


def dari_layar(satu: Path) -> list[list[str]]:
    """The tables put side by side again."""
    hasil: dict[str, list[str]] = {}
    for baris in satu.read_text().split("kasi-pip 1 ")[0].splitlines():
        kata = baris.replace(" %", "_%").split()
        if kata and re.fullmatch(r"k\d|JUMLAH", kata[0]):
            sel = [teks.replace("_%", " %") for teks in kata[1:] if not re.fullmatch("[0-9a-f]{16}", teks)]
            hasil.setdefault(kata[0], [kata[0]]).extend(sel)
    return [isi[:11] for isi in hasil.values()]


PEMBACA: dict[str, Callable[[Path], list[list[str]]]] = {
    "json": dari_json, "md": dari_md, "html": dari_html, "xlsx": dari_xlsx, "layar": dari_layar,
}  # fmt: skip


@pytest.mark.parametrize("bentuk", PEMBACA)
def test_every_form_has_the_same_figures(kantor: Kantor, tiga: list[str], bentuk: str) -> None:
    args = ("rekap", *tiga, "--periode", "2026")
    harap, nyata = kantor.folder / "harap.json", kantor.folder / f"nyata.{bentuk}"
    kantor(*args, "-o", str(harap))
    kantor(*args, "-O", bentuk, "-o", str(nyata))
    assert len(dari_json(harap)) == BAGIAN + 1
    assert PEMBACA[bentuk](nyata) == dari_json(harap)


@pytest.mark.parametrize("lebar", ["40", "80", "200"])
def test_a_terminal_of_any_width_shows_all_columns_and_cuts_none(kantor: Kantor, tiga: list[str], lebar: str) -> None:
    keluar = kantor_layar(kantor, *tiga, lebar=lebar)
    assert max(map(len, keluar.splitlines())) <= int(lebar)
    (kantor.folder / "layar").write_text(keluar)
    kantor("rekap", *tiga, "--periode", "2026", "-o", str(kantor.folder / "a.json"))
    assert dari_layar(kantor.folder / "layar") == dari_json(kantor.folder / "a.json")
    assert "…" not in keluar.split("kasi-pip 1 ")[0].split("\n", 1)[1]


def kantor_layar(kantor: Kantor, *args: str, lebar: str) -> str:
    """What a terminal of that width shows."""
    from io import StringIO

    from rich.console import Console

    from ikikec.cli import keluaran

    sasaran = StringIO()
    with pytest.MonkeyPatch.context() as tukar:
        tukar.setattr(
            keluaran, "layar", lambda: Console(file=sasaran, width=int(lebar), markup=False, highlight=False)
        )
        kantor("rekap", *args, "--periode", "2026", "-O", "layar")
    return sasaran.getvalue()


@pytest.mark.parametrize("akhiran", ["md", "html", "json", "xlsx", "pdf"])
def test_the_same_ledgers_give_the_same_bytes(
    kantor: Kantor, tiga: list[str], akhiran: str, weasyprint: None
) -> None:
    hasil = []
    for nama in ("a", "b"):
        kantor.proses("rekap", *tiga, *OKTOBER, "-o", f"{nama}.{akhiran}")
        hasil.append((kantor.folder / f"{nama}.{akhiran}").read_bytes())
    assert hasil[0] == hasil[1]


def test_without_a_period_it_takes_last_month_and_says_so(kantor: Kantor, tiga: list[str]) -> None:
    jawab = kantor("rekap", *tiga, "-O", "json")
    assert jawab.json["periode"]["label"] == "Oktober 2026"
    assert jawab.galat == "Periode: Oktober 2026 (bulan lalu)\n"


# What keeps an office from being read, and the exit code of its error.


def rusak_isi(letak: Path) -> None:
    with closing(sqlite3.connect(letak)) as koneksi:
        koneksi.execute("DROP TABLE survei")
        koneksi.commit()


def skema_lain(versi: str) -> Callable[[Path], None]:
    def ubah(letak: Path) -> None:
        with closing(sqlite3.connect(letak)) as koneksi:
            koneksi.execute("UPDATE alembic_version SET version_num = ?", [versi])
            koneksi.commit()

    return ubah


def basis_lain(letak: Path) -> None:
    letak.unlink()
    with closing(sqlite3.connect(letak)) as koneksi:
        koneksi.execute("CREATE TABLE lain (a)")
        koneksi.commit()


RUSAK: dict[str, tuple[Callable[[Path], Any], int, str]] = {
    "tidak ada": (Path.unlink, 6, "belum ada buku di"),
    "kosong": (lambda letak: letak.write_bytes(b""), 6, "belum ada buku di"),
    "folder": (lambda letak: (letak.unlink(), letak.mkdir()), 6, "bukan berkas buku"),
    "bukan basis data": (lambda letak: letak.write_text("x" * 5000), 6, "bukan buku ikikec"),
    "buku lain": (basis_lain, 6, "bukan buku ikikec"),
    "terpotong": (lambda letak: os.truncate(letak, letak.stat().st_size // 2), 6, "rusak"),
    "tabel hilang": (rusak_isi, 6, "rusak"),
    "skema baru": (skema_lain("9999"), 7, "lebih baru"),
    "skema lama": (skema_lain("0001"), 7, "berskema lama"),
}


@pytest.mark.parametrize("keadaan", RUSAK)
def test_an_office_that_cannot_be_read_is_named_and_left_out_only_where_asked(kantor: Kantor, keadaan: str) -> None:
    ubah, kode, sebut = RUSAK[keadaan]
    baik, buruk, akhir = survei(kantor, "baik", 4, 1), survei(kantor, "buruk", 4), survei(kantor, "akhir", 4, 4)
    ubah(Path(buruk))
    args = ("rekap", "--buku", baik, "--buku", buruk, "--buku", akhir, *OKTOBER)
    galat = kantor(*args, kode=kode).galat
    assert re.search(rf"^Galat: kantor buruk: .*{sebut}", galat)
    assert "--lewati-galat" in galat
    jawab = kantor(*args, "--lewati-galat", "-O", "json")
    assert re.search(rf"^Peringatan: kantor buruk tidak ikut dijumlah: .*{sebut}", jawab.galat, re.MULTILINE)
    assert [satu["nama"] for satu in jawab.json["kantor"]] == ["baik", "akhir"]
    (luput,) = jawab.json["dilewati"]
    assert (luput["nama"], luput["alamat"], luput["kode"]) == ("buruk", buruk, kode)
    assert sebut in luput["galat"]
    assert angka(jawab)["jumlah"] == {"realisasi": 75.0, "pembilang": 3, "penyebut": 4}


def test_a_busy_office_is_waited_for_as_the_configuration_says(kantor: Kantor) -> None:
    baik, buruk = survei(kantor, "baik", 4, 1), survei(kantor, "buruk", 4)
    konfig = kantor.folder / "k.toml"
    konfig.write_text("tunggu = 0\n")
    args = ("--konfig", str(konfig), "rekap", "--buku", baik, "--buku", buruk, *OKTOBER)
    with closing(sqlite3.connect(buruk)) as kunci:
        kunci.execute("BEGIN EXCLUSIVE")
        assert "kantor buruk: " in kantor(*args, kode=5).galat
        assert kantor(*args, "--lewati-galat", "-O", "json").json["dilewati"][0]["kode"] == 5
    assert kantor(*args, "-O", "json").json["dilewati"] == []


def test_the_first_office_in_order_is_named_whichever_fails_first(kantor: Kantor) -> None:
    args = [kata for urut in range(40) for kata in ("--buku", str(kantor.folder / f"tiada{urut}.db"))]
    assert "Galat: kantor tiada0: " in kantor("rekap", *args, kode=6).galat


def test_with_no_office_left_there_is_no_table(kantor: Kantor) -> None:
    args = ("rekap", "--buku", "tiada.db", "--buku", "juga.db", "--lewati-galat")
    jawab = kantor(*args, "-o", str(kantor.folder / "a.html"), kode=6)
    assert "kantor tiada: belum ada buku" in jawab.galat
    assert "Tidak satu kantor pun terbaca" in jawab.galat
    assert not (kantor.folder / "a.html").exists()


@pytest.mark.parametrize("bentuk", ["layar", "md", "html", "xlsx"])
def test_an_office_left_out_keeps_its_row_and_is_noted(kantor: Kantor, bentuk: str) -> None:
    args = ("rekap", "--buku", "tiada.db", "--buku", survei(kantor, "ada", 4), *OKTOBER, "--lewati-galat")
    satu = kantor.folder / f"a.{bentuk}"
    kantor(*args, "-O", bentuk, "-o", str(satu))
    if bentuk == "xlsx":
        buku = openpyxl.load_workbook(satu)
        baris = [[str(sel.value) for sel in isi] for isi in buku["rekap"].iter_rows()]
        assert baris[5][:3] == ["1", "tiada", "–"]
        assert baris[7][1] == "JUMLAH (1 dari 2 kantor)"
        assert any("kantor tiada tidak ikut dijumlah" in isi[0] for isi in baris)
        assert "belum ada buku" in baca_tab(buku["kantor"])[2][0][4]
    else:
        teks = " ".join(satu.read_text().split())
        assert "kantor tiada tidak ikut dijumlah: belum ada buku di tiada.db" in teks
        assert re.search(r"tiada\W.{0,60}?–", teks)


# A server's ledgers among files.


def test_files_and_servers_together(
    kantor: Kantor, tiga: list[str], basis_data: Callable[[str], str], folder_bagian: Path
) -> None:
    url = basis_data()
    isi_bagian(kantor, url, 1)
    campur = [tiga[1], url, tiga[5]]
    args = [kata for satu in campur for kata in ("--buku", satu)]
    jawab = kantor("rekap", *args, "--periode", "2026", "-O", "json").json
    harap = kantor("rekap", *tiga, "--periode", "2026", "-O", "json").json
    assert [satu["jumlah"] for satu in jawab["indikator"]] == [satu["jumlah"] for satu in harap["indikator"]]
    basis = url.rpartition("/")[2]
    assert [satu["nama"] for satu in jawab["kantor"]] == ["k0", basis, "k2"]


@pytest.mark.parametrize("bentuk", ["layar", "md", "html", "json"])
def test_no_password_is_shown(kantor: Kantor, peladen: str, bentuk: str) -> None:
    rahasia = peladen.replace("ikikec@", "ikikec:rahasia@")
    ada = survei(kantor, "ada", 4)
    jawab = kantor(
        "rekap", "--buku", f"{rahasia}tiada-basis", "--buku", f"{rahasia}lain?sslpassword=rahasia", "--buku", ada,
        "--lewati-galat", *OKTOBER, "-O", bentuk,
    )  # fmt: skip
    assert "kantor tiada-basis tidak ikut dijumlah: " in jawab.galat
    assert not re.search("rahasia|raha|sia@", jawab.keluar + jawab.galat)


def test_a_server_that_is_not_there(kantor: Kantor) -> None:
    url = "postgresql://u:rahasia@127.0.0.1:1/batui?connect_timeout=2"
    jawab = kantor("rekap", "--buku", url, kode=6)
    assert (
        "Galat: kantor batui: tidak ada PostgreSQL yang menjawab di postgresql://u:…@127.0.0.1:1/batui" in jawab.galat
    )


# Names.


@pytest.mark.parametrize(
    ("alamat", "nama"),
    [
        ([Path("batui.db"), Path("toili.sqlite")], ["batui", "toili"]),
        ([Path("batui/buku.db"), Path("toili/buku.db"), Path("luwuk.db")],
         ["batui/buku.db", "toili/buku.db", "luwuk"]),
        ([Path("a/x (2).db"), Path("b/x.db"), Path("c/x.db")], ["x (2)", "b/x.db", "c/x.db"]),
        ([Path("a\x1b[31m.db"), Path("\u202e.db")], ["a[31m", ".db"]),
        (["postgresql://u@h/batui", "postgres://u:p@h:5432/toili?sslmode=require"], ["batui", "toili"]),
        (["postgresql://h/kab?options=-csearch_path%3Dbatui", "postgresql://h/kab?options=-csearch_path%3Dtoili"],
         ["postgresql://h/kab?options=-csearch_path%3Dbatui", "postgresql://h/kab?options=-csearch_path%3Dtoili"]),
        (["postgresql://satu/buku", "postgresql://u:p@dua:5433/buku"],
         ["postgresql://satu/buku", "postgresql://u:…@dua:5433/buku"]),
        (["postgresql://u:raha@sia@h/batui%20selatan", "postgresql://u:r@h"], ["batui selatan", "u:…@h"]),
    ],
)  # fmt: skip
def test_offices_are_called_after_their_ledgers_each_by_a_name_of_its_own(
    alamat: list[Path | str], nama: list[str]
) -> None:
    assert [satu.nama.replace("\\", "/") for satu in namai(alamat)] == nama


# The TOML list.


def daftar(kantor: Kantor, isi: str) -> str:
    letak = kantor.folder / "kantor.toml"
    letak.write_text(isi)
    return str(letak)


def test_a_list_gives_names_and_ledgers_relative_to_itself(kantor: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    mutlak = survei(kantor, "b", 4)
    survei(kantor, "a", 4, 1)
    letak = daftar(
        kantor,
        f'[[kantor]]\nnama = "Batui Selatan"\nbuku = "a.db"\n[[kantor]]\nnama = "<b>|Toili"\nbuku = \'{mutlak}\'',
    )
    jawab = kantor("rekap", "--daftar", letak, *OKTOBER, "-O", "json")
    assert [satu["nama"] for satu in jawab.json["kantor"]] == ["Batui Selatan", "<b>|Toili"]
    assert angka(jawab)["jumlah"] == {"realisasi": 66.67, "pembilang": 2, "penyebut": 3}
    assert "&lt;b>\\|Toili" in kantor("rekap", "--daftar", letak, "-O", "md").keluar
    assert "&lt;b&gt;|Toili" in kantor("rekap", "--daftar", letak, "-O", "html").keluar


@pytest.mark.parametrize(
    ("isi", "sebut"),
    [
        ("", "kantor: wajib diisi"),
        ("kantor = []", "kantor: tidak boleh kosong"),
        ('[[kantor]]\nnama = "A"', "kantor.0.buku: wajib diisi"),
        ('[[kantor]]\nnama = ""\nbuku = "a.db"', "kantor.0.nama: tidak boleh kosong"),
        ('[[kantor]]\nnama = "A"\nbuku = 3', "kantor.0.buku: harus teks"),
        ('[[kantor]]\nnama = "A"\nbuku = "a.db"\nbukku = "b"', "kantor.0.bukku: kunci ini tidak dikenal; maksudnya buku?"),
        ('[[kantr]]\nnama = "A"', "kantr: kunci ini tidak dikenal; maksudnya kantor?"),
        ('[[kantor]]\nnama = "A"\nbuku = "a.db"\n[[kantor]]\nnama = "A"\nbuku = "b.db"', "nama 'A' dipakai 2 kali"),
        ('[kantor]\nnama = "A"\nbuku = "a.db"', "kantor: harus berupa daftar"),
        ('[[kantor]]\nnama = "A\\u001b"\nbuku = "a.db"', "huruf kendali"),
        ("[[kantor]\n", "baris 1"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_explained(kantor: Kantor, isi: str, sebut: str) -> None:
    galat = kantor("rekap", "--daftar", daftar(kantor, isi), kode=3).galat
    assert sebut in galat
    assert "kantor.toml" in galat


@pytest.mark.parametrize(
    ("args", "sebut"),
    [
        ([], "kantornya belum disebut"),
        (["--buku", "a.db", "--daftar", "k.toml"], "tidak dipakai bersama"),
        (["--daftar", "tiada.toml"], "berkas tiada.toml tidak dapat dibaca"),
        (["--buku", "a.db", "--buku", "./a.db"], "buku a.db disebut dua kali"),
        (["--buku", "postgresql://u:rahasia@h/a", "--buku", "postgresql://u:rahasia@h/a"], "disebut dua kali"),
        (["--buku", "a.db", "-o", "a.csv"], "tidak dikenal dari akhirannya"),
        (["--buku", "a.db", "--periode", "2026-13"], "2026-13"),
    ],
)
def test_what_the_command_line_may_not_say(
    kantor: Kantor, args: list[str], sebut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kantor.folder)
    galat = kantor("rekap", *args, kode=2).galat
    assert sebut in galat.replace("./", "")
    assert "rahasia" not in galat
    if args[:1] != ["--daftar"]:
        assert "Traceback" not in galat


# Ledgers that would be added up twice, or are old.


def test_a_copy_of_a_ledger_is_noticed(contoh: Kantor, tiga: list[str]) -> None:
    contoh("cadangkan", "-o", str(contoh.folder / "salinan.db"))
    args = ("rekap", "--buku", str(contoh.buku), *tiga, "--buku", str(contoh.folder / "salinan.db"), *OKTOBER)
    jawab = contoh(*args, "-O", "json")
    assert jawab.json["salinan"] == [["buku", "salinan"]]
    assert "Peringatan: buku buku, salinan bermula dari entri yang sama" in jawab.galat
    assert "bermula dari entri yang sama" in contoh(*args, "-O", "md").keluar


def test_a_ledger_that_was_moved_is_noticed(contoh: Kantor) -> None:
    contoh("pindahkan", contoh.alamat, str(contoh.folder / "pindah.db"), "--ya")
    jawab = contoh("rekap", "--buku", str(contoh.buku), "-O", "json")
    assert jawab.json["kantor"][0]["dipindahkan"]
    assert "Peringatan: buku buku sudah dipindahkan" in jawab.galat


# Many.


def test_the_work_runs_at_the_same_time_and_ends_in_the_order_given() -> None:
    semua = range(PALING_BANYAK)
    bersama = threading.Barrier(PALING_BANYAK, timeout=30)
    sesudah = [threading.Event() for _ in (*semua, 0)]
    sesudah[-1].set()

    def kerja(satu: int) -> int:
        bersama.wait()
        # Each waits for the one behind it, so the first arrives last.
        assert sesudah[satu + 1].wait(30)
        sesudah[satu].set()
        if satu % 2:
            raise BukuSibuk(str(satu))
        return satu

    hasil = [satu.pesan if isinstance(satu, Galat) else satu for satu in serentak(semua, kerja)]
    assert hasil == [str(satu) if satu % 2 else satu for satu in semua]


def test_whoever_stops_listening_ends_what_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    mulai: list[int] = []
    lanjut = threading.Event()

    class Kumpulan(ThreadPoolExecutor):
        """Lets the work that has begun go on once the rest is called off."""

        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            super().shutdown(wait=False, cancel_futures=cancel_futures)
            lanjut.set()
            super().shutdown(wait=wait)

    def kerja(satu: int) -> int:
        mulai.append(satu)
        assert satu == 0 or lanjut.wait(30)
        return satu

    monkeypatch.setattr("ikikec.kinerja.antarkantor.ThreadPoolExecutor", Kumpulan)
    arus = serentak(range(1000), kerja)
    assert next(arus) == 0
    arus.close()
    assert len(mulai) <= PALING_BANYAK + 1


@pytest.fixture
def tiga_puluh(kantor: Kantor) -> tuple[str, int]:
    """A list of thirty small offices and how many satisfied respondents they have together."""
    isi, puas = "", 0
    for urut in range(30):
        jawaban = [4] * (urut % 4) + [1] * (urut % 3 + 1)
        puas += urut % 4
        survei(kantor, f"k{urut}", *jawaban)
        isi += f'[[kantor]]\nnama = "Kecamatan {30 - urut}"\nbuku = "k{urut}.db"\n'
    return daftar(kantor, isi), puas


def test_thirty_offices_stand_in_the_order_given(kantor: Kantor, tiga_puluh: tuple[str, int]) -> None:
    letak, puas = tiga_puluh
    jawab = kantor("rekap", "--daftar", letak, *OKTOBER, "-O", "json")
    urutan = [f"Kecamatan {30 - urut}" for urut in range(30)]
    assert [satu["nama"] for satu in jawab.json["kantor"]] == urutan
    isi = angka(jawab)
    assert [satu["pembilang"] for satu in isi["kantor"]] == [urut % 4 for urut in range(30)]
    assert isi["jumlah"]["pembilang"] == puas
    html = kantor.folder / "a.html"
    kantor("rekap", "--daftar", letak, *OKTOBER, "-o", str(html))
    assert [baris[0] for baris in dari_html(html)] == [*urutan, "JUMLAH"]


def test_nothing_is_written_and_no_name_is_told(contoh: Kantor) -> None:
    sebelum = contoh.buku.read_bytes()
    for bentuk in ("md", "html", "json", "layar"):
        teks = contoh("rekap", "--buku", str(contoh.buku), "-O", bentuk).keluar
        assert "Warga" not in teks
    assert contoh.buku.read_bytes() == sebelum


@pytest.mark.unix
def test_a_terminal_hears_which_office_is_waited_for(kantor: Kantor, tiga: list[str]) -> None:

    tuan, budak = pty.openpty()
    args = perintah(["rekap", *tiga, "-O", "json"])
    hasil = subprocess.run(args, env={**os.environ, **kantor.env}, stderr=budak, stdout=subprocess.PIPE, check=True)
    os.close(budak)
    kabar = os.read(tuan, 100_000).decode()
    os.close(tuan)
    assert "membaca buku" in kabar
    assert len(json.loads(hasil.stdout)["kantor"]) == BAGIAN
