"""The clerk's guide: every command line in it runs, in its order, and answers as it says."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from datetime import date

import pytest
from openpyxl import Workbook

from tests.conftest import AKAR, Kantor, perintah
from tests.unix import pty

PANDUAN = (AKAR / "docs" / "panduan.md").read_text(encoding="utf-8")
PAGAR = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# A line of a session on which something is typed: the question, and the answer behind it.
TANYA = re.compile(r"^((?:.* – [^:…]*|.*\]|.*mengubahnya|Nama [^:]*|Tempat [^:]*):)(.*)$")
MEJA = "Sen 2 Nov > "

# On a terminal these show a table; in a pipe they write a file's format, so it is asked for by name.
DI_LAYAR = {"daftar": ("-O", "tabel"), "laporan": ("-O", "layar"), "rekap": ("-O", "layar")}


def blok() -> Iterator[tuple[str, str]]:
    """The fenced blocks in their order: kind and content."""
    for cocok in PAGAR.finditer(PANDUAN):
        yield cocok[1], cocok[2].rstrip()


def cocokkan(tertulis: str, nyata: str) -> None:
    """What the guide shows is what came, but for what it leaves out and how blanks and lines are set."""
    pola = ".*".join(r"\s+".join(map(re.escape, satu.split())) for satu in tertulis.split("…"))
    assert re.fullmatch(rf"\s*{pola}\s*", nyata, re.DOTALL), f"{tertulis}\n---\n{nyata}"


def jalankan(kantor: Kantor, baris: str) -> str:
    program, *kata = shlex.split(baris)
    assert program == "ikikec"
    layar = () if {"-o", "-O"} & set(kata) else DI_LAYAR.get(kata[0], ())
    jawab = kantor(*kata, *layar)
    return jawab.keluar + jawab.galat


def sesi(kantor: Kantor, baris: str, isi: list[str]) -> None:
    """A session: what it shows as typed is typed at a terminal, the rest is what the program says."""
    kata = shlex.split(baris)[1:]
    if kata == ["meja"]:
        ketikan = [satu.removeprefix(MEJA) for satu in isi if satu.startswith(MEJA)]
        jawab = kantor.proses("meja", masukan="\n".join(ketikan).removesuffix("keluar"))
        cocokkan("\n".join(satu for satu in isi if not satu.startswith(MEJA)), jawab.keluar + jawab.galat)
        return
    dijawab = [cocok[2].strip() for satu in isi if (cocok := TANYA.match(satu))]
    assert dijawab
    cocokkan("\n".join(TANYA.sub(r"\1", satu) for satu in isi), di_terminal(kantor, kata, dijawab))


def di_terminal(kantor: Kantor, kata: list[str], ketikan: list[str]) -> str:
    tuan, budak = pty.openpty()
    proses = subprocess.Popen(
        perintah(kata),
        env={**os.environ, **kantor.env, "PYTHONUNBUFFERED": "1"},
        cwd=kantor.folder,
        stdin=budak,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    os.close(budak)
    os.write(tuan, "".join(f"{satu}\n" for satu in ketikan).encode() + b"\x04")
    keluar, _ = proses.communicate(timeout=60)
    os.close(tuan)
    assert proses.returncode == 0, keluar.decode()
    return keluar.decode()


def buku_kantor(kantor: Kantor) -> None:
    """The workbook that the guide takes in, as an office keeps it."""
    buku = Workbook()
    tab = buku["Sheet"]
    tab.title = "Pengaduan"
    for satu in (
        ["BUKU PENGADUAN MASYARAKAT TAHUN 2025"],
        [],
        ["No.", "Tanggal", "Nama Pelapor", "No. HP", "Melalui", "Isi Pengaduan"],
        [1, date(2025, 3, 10), "Hasan", 81240001111, "Tatap muka", "Saluran air tersumbat"],
        [2, None, "Mina", "0812-4000-2222", "WA", "Lampu jalan padam"],
        [3, None, "Rukmini", None, "Tatap muka", "Jembatan rusak"],
        [4, date(2025, 7, 2), "Yusuf", 81240003333, "Telp", "Sampah menumpuk"],
        [5],
    ):
        tab.append(satu)
    tab.merge_cells("A1:F1")
    tab.merge_cells("B4:B6")
    tab = buku.create_sheet("Survei")
    for satu in (
        ["No", "Stempel waktu", "Jenis layanan", "Kepuasan", "Kesesuaian persyaratan", "Kewajaran biaya"],
        [1, "10/3/2025 9.12.33", "KTP", "Puas", "Sesuai", "Gratis"],
        [2, "10/3/2025 10.40.02", "KTP elektronik", "Sangat puas", "Sangat sesuai", "4 (Gratis)"],
        [3, "2/7/2025 11.05.47", "Surat pindah", "Kurang puas", "Kurang sesuai", "Murah"],
    ):
        tab.append(satu)
    buku.save(kantor.folder / "buku-2025.xlsx")


def test_the_office_s_workbook_comes_in_as_the_guide_says(kantor: Kantor) -> None:
    buku_kantor(kantor)
    berkas = str(kantor.folder / "buku-2025.xlsx")
    (toml,) = (isi for jenis, isi in blok() if jenis == "toml" and isi.startswith("# layanan.toml"))
    (kantor.folder / "layanan.toml").write_text(toml, "utf-8")
    kantor("impor", "pengaduan", berkas)
    kantor("impor", "survei", berkas, "--peta", str(kantor.folder / "layanan.toml"))
    pengaduan = kantor("daftar", "pengaduan", "-O", "json").json
    assert [(satu["tanggal"], satu["kanal"], satu["kontak"]) for satu in pengaduan] == [
        ("2025-03-10", "tatap-muka", "81240001111"),
        ("2025-03-10", "whatsapp", "0812-4000-2222"),
        ("2025-03-10", "tatap-muka", None),
        ("2025-07-02", "telepon", "81240003333"),
    ]
    survei = kantor("daftar", "survei", "-O", "json").json
    assert [(satu["layanan"], satu["kepuasan"], satu["persyaratan"], satu["biaya"]) for satu in survei] == [
        ("KTP", 3, 3, 4),
        ("KTP", 4, 4, 4),
        ("Surat pindah", 2, 2, 3),
    ]
    assert kantor.angka("pengolah-pip", "2025") == {"1": 3, "2.1": 0, "2.2": 4}
    kantor("periksa")


@pytest.mark.unix
def test_every_command_line_of_the_guide_runs_and_answers_as_shown(
    kantor: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kantor.folder)
    kantor.env |= {"IKIKEC_HARI_INI": "2026-11-02", "COLUMNS": "80"}
    buku_kantor(kantor)
    keluar, dijalankan = "", 0
    for jenis, isi in blok():
        baris = isi.splitlines()
        if jenis == "sh":
            keluar = "".join(jalankan(kantor, satu) for satu in baris)
            dijalankan += len(baris)
        elif jenis == "toml":
            (kantor.folder / baris[0].removeprefix("# ")).write_text(isi)
        elif baris[0].startswith("$ "):
            sesi(kantor, baris[0].removeprefix("$ "), baris[1:])
        else:
            assert keluar, f"an output without its command: {isi}"
            cocokkan(isi, keluar)
            keluar = ""
    assert dijalankan > 30


def test_what_the_prose_names_is_there(kantor: Kantor) -> None:
    prosa = PAGAR.sub("", PANDUAN)
    disebut = re.findall(r"`ikikec ([a-z ]+?)(?: --help)?`", prosa)
    assert disebut
    for satu in disebut:
        kantor(*satu.split(), "--help")


def test_all_that_a_clerk_does_is_in_the_guide() -> None:
    import typer

    from ikikec.cli.app import app

    for nama, satu in typer.main.get_command(app).commands.items():
        assert satu.hidden or f"ikikec {nama}" in PANDUAN, nama
