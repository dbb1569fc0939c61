"""Completion: what each place of the command line suggests, in every shell's form, and silence when something is wrong."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import typer

from ikikec.cli.app import app
from ikikec.cli.lengkapi import skrip
from ikikec.cli.typer_dalam import lengkapi
from tests.conftest import Kantor


def usul(kantor: Kantor, kata: str, belum: str = "", cangkang: str = "fish", **env: str) -> list[str]:
    """The lines a shell's script gets for the words before the unfinished one, and that one."""
    jawab = kantor(*kata.split(), IKIKEC_LENGKAPI=cangkang, IKIKEC_BELUM=belum, **env)
    assert jawab.galat == ""
    return jawab.keluar.splitlines()


def nilai(kantor: Kantor, kata: str, belum: str = "", **env: str) -> list[str]:
    return [satu.split("\t")[0] for satu in usul(kantor, kata, belum, **env)]


@pytest.mark.parametrize(
    ("kata", "belum", "harap"),
    [
        ("", "ca", ["catat", "cari", "cadangkan"]),
        ("", "rep", []),
        ("", "--ver", ["--version", "--versi"]),
        ("--version", "inf", ["info"]),
        ("catat", "", ["pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei"]),
        ("catat pengaduan", "--ka", ["--kanal", "--kategori"]),
        ("catat pengaduan --kanal surat", "--ka", ["--kategori"]),
        ("catat pengaduan --kanal", "s", ["surat", "sp4n-lapor"]),
        ("catat pengaduan --kanal", "S", ["Surat", "Sp4n-lapor"]),
        ("catat pengaduan", "--kanal=su", ["--kanal=surat"]),
        ("catat pengaduan --anonim", "", ["ya", "tidak"]),
        ("catat pengaduan --anonim", "--lo", ["--lokasi"]),
        ("catat pengaduan --tanggal", "k", ["kemarin", "kamis"]),
        ("catat pengaduan --pelapor", "", []),
        ("catat pengaduan --hari-ini salah --tanggal xx --kanal", "t", ["tatap-muka", "telepon"]),
        ("catat rekomendasi --jenis", "d", ["domisili", "dispensasi-nikah"]),
        ("catat surat-kabar --jenis", "", ["surat-kabar", "majalah", "peraturan"]),
        ("catat survei --jenis-kelamin", "", ["L", "P"]),
        ("catat survei --disabilitas", "", ["ya", "tidak"]),
        ("rtl", "", ["tetapkan", "selesai", "daftar", "hapus"]),
        ("rtl tetapkan --unsur", "pe", ["persyaratan", "perilaku", "penanganan_pengaduan"]),
        ("skm --pembulatan", "", ["tepat", "nrr2"]),
        ("catat survei -O", "", ["teks", "json"]),
        ("atur tetapkan", "kop", ["kop.baris", "kop.gambar"]),
        ("laporan --kertas", "", ["A4", "F4", "Legal", "Letter"]),
        ("daftar pengaduan --kertas", "l", ["legal", "letter"]),
        ("info", "-O", ["-O"]),
        ("selesaikan INF-2026-0001 --hasil", "", ["terlaksana", "tidak-terlaksana"]),
        ("daftar", "s", ["surat-kabar", "survei"]),
        ("daftar informasi --urut", "t", ["tanggal", "topik", "tanggal_selesai"]),
        ("daftar --urut", "t", []),
        ("daftar surat-kabar --jenis", "m", ["majalah"]),
        ("daftar pengaduan --jenis", "l", ["lainnya"]),
        ("koreksi RIZ-2026-0001 --jenis", "k", ["keramaian"]),
        ("koreksi krn-1 --jenis", "p", ["peraturan"]),
        ("koreksi krn-1 --tanggal-dimanfaatkan", "h", ["hari-ini"]),
        ("laporan --jabatan", "", ["kasi-pip", "pengolah-perizinan", "pengolah-pip", "semua"]),
        ("laporan --periode", "2025", ["2025-12"]),
        ("laporan --periode", "2026-T", ["2026-T4", "2026-T3", "2026-T2", "2026-T1"]),
        ("tutup", "bulan-", ["bulan-ini", "bulan-lalu"]),
        ("libur", "ta", ["tambah"]),
        ("libur tambah", "se", ["senin", "selasa"]),
        ("pelengkapan", "", ["bash", "zsh", "fish", "powershell"]),
        ("impor survei", "", [":berkas"]),
        ("--buku", "a", [":berkas"]),
        ("laporan -o", "", [":berkas"]),
        ("rekap --buku a.db --buku", "", [":berkas"]),
        ("rekap --daftar", "", [":berkas"]),
        ("lihat", "XYZ", []),
        ("lihat", "pgd-2026-0002/", ["pgd-2026-0002/2", "pgd-2026-0002/1"]),
        ("tindaklanjuti", "INF", []),
    ],
)  # fmt: skip
def test_every_place_of_the_line_has_its_words(contoh: Kantor, kata: str, belum: str, harap: list[str]) -> None:
    assert nilai(contoh, kata, belum) == harap


def test_after_all_values_the_options_are_suggested(contoh: Kantor) -> None:
    opsi = ["--keluaran", "--berkas", "--buka", "--dengan-identitas", "--semua", "--help"]
    assert nilai(contoh, "lihat PGD-2026-0001") == opsi


def test_suggestions_say_what_they_mean(contoh: Kantor) -> None:
    assert "catat\tCatat satu entri baru." in usul(contoh, "")
    assert "--lokasi\ttempat kejadian" in usul(contoh, "catat pengaduan", "--")
    assert "usaha-mikro\t2 hari kerja" in usul(contoh, "catat rekomendasi --jenis")
    assert "2026-10\tOktober 2026" in usul(contoh, "laporan --periode")
    assert "PGD-2026-0060\t2026-10-28 Air bersih; tidak mengalir" in usul(contoh, "lihat", "PGD-2026-006")


def test_open_entries_come_first_as_the_list_of_open_ones_has_them(contoh: Kantor) -> None:
    terbuka = [satu["nomor"] for satu in contoh("daftar", "pengaduan", "--belum-selesai", "-O", "json").json][::-1]
    assert nilai(contoh, "tindaklanjuti") == terbuka[:20]
    sembilan = nilai(contoh, "tindaklanjuti", "PGD-2026-000")
    awal = [satu for satu in terbuka if satu.startswith("PGD-2026-000")]
    assert 0 < len(awal) < len(sembilan) == 9
    assert sembilan == [*awal, *sorted(set(sembilan) - set(awal), reverse=True)]
    izin = [satu["nomor"] for satu in contoh("daftar", "rekomendasi", "--belum-selesai", "-O", "json").json][::-1]
    assert nilai(contoh, "terbitkan") == nilai(contoh, "tolak") == izin


def test_a_step_is_suggested_only_where_it_can_be_taken(kantor: Kantor) -> None:
    for _ in range(3):
        kantor("catat", "informasi", "--pemohon", "Budi Rahasia", "--topik", "KTP")
    kantor("selesaikan", "inf-1", "--hasil", "terlaksana")
    kantor("batalkan", "inf-2", "--alasan", "salah", "--ya")
    assert usul(kantor, "selesaikan") == ["INF-2026-0003\t2026-11-22 KTP"]
    assert nilai(kantor, "koreksi") == ["INF-2026-0003", "INF-2026-0001"]
    assert nilai(kantor, "lihat") == ["INF-2026-0003", "INF-2026-0002", "INF-2026-0001"]
    kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "lainnya", "--belum-lengkap")
    assert nilai(kantor, "lengkapi") == nilai(kantor, "terbitkan") == ["RIZ-2026-0001"]
    kantor("lengkapi", "riz-1")
    assert (nilai(kantor, "lengkapi"), nilai(kantor, "tolak")) == ([], ["RIZ-2026-0001"])


def test_at_most_twenty_numbers_the_latest_first(contoh: Kantor) -> None:
    assert nilai(contoh, "lihat", "S") == [f"SKM-2026-{urut:04d}" for urut in range(140, 120, -1)]
    assert len(nilai(contoh, "lihat")) == 20


def test_numbers_beyond_9999_are_the_latest(kantor: Kantor) -> None:
    isi = kantor.csv("s.csv", "nomor,tanggal,kepuasan", *(f"SKM-2026-{n},2026-10-05,4" for n in (9999, 10000, 10001)))
    kantor("impor", "survei", isi)
    assert nilai(kantor, "lihat", "skm") == ["skm-2026-10001", "skm-2026-10000", "skm-2026-9999"]


def test_the_office_s_own_permits_services_positions_and_ledger_are_used(contoh: Kantor) -> None:
    (contoh.folder / "jabatan").mkdir()
    (contoh.folder / "jabatan" / "pramu.toml").write_text("")
    (contoh.folder / "buku2.db").write_bytes(contoh.buku.read_bytes())
    konfig = contoh.folder / "kantor.toml"
    konfig.write_text('buku = "buku2.db"\n[izin]\n"izin reklame: besar" = 3\ntambang = 0\n'
                      '[layanan]\n"Surat Keterangan" = ["SK"]\nIzin = []\n')  # fmt: skip
    env = {"IKIKEC_KONFIG": str(konfig), "IKIKEC_BUKU": ""}
    assert usul(contoh, "catat rekomendasi --jenis", **env) == [
        "izin reklame: besar\t3 hari kerja",
        "tambang\thari yang sama",
    ]
    for perintah in ("catat survei", "koreksi skm-1"):
        assert nilai(contoh, f"{perintah} --layanan", "", **env) == ["Surat Keterangan", "Izin"]
    assert nilai(contoh, "laporan --jabatan", "p", **env) == ["pengolah-perizinan", "pengolah-pip", "pramu"]
    assert len(nilai(contoh, "lihat", "PGD", **env)) == 20
    assert len(nilai(contoh, f"--buku {contoh.buku} lihat", "PGD", IKIKEC_BUKU="")) == 20
    assert usul(contoh, "catat rekomendasi --jenis", "izin", "bash", **env) == ["'izin reklame: besar'"]
    assert usul(contoh, "catat rekomendasi --jenis", "", "zsh", **env)[0] == "izin reklame\\: besar:3 hari kerja"
    assert usul(contoh, "catat rekomendasi --jenis", "t", "powershell", **env) == ["tambang\thari yang sama"]


@pytest.mark.parametrize("kata", ["lihat", "terbitkan", "tindaklanjuti", "koreksi"])
@pytest.mark.parametrize(
    "keadaan", ["tidak ada", "bukan buku", "folder", "dikunci", "konfigurasi rusak", "konfigurasi tak ada"]
)
def test_whatever_is_wrong_there_is_no_suggestion_and_no_message(contoh: Kantor, kata: str, keadaan: str) -> None:
    env = {}
    kunci = sqlite3.connect(contoh.buku)
    with closing(kunci):
        if keadaan == "tidak ada":
            env["IKIKEC_BUKU"] = str(contoh.folder / "lain.db")
        elif keadaan == "bukan buku":
            contoh.buku.write_text("bukan buku")
        elif keadaan == "folder":
            env["IKIKEC_BUKU"] = str(contoh.folder)
        elif keadaan == "dikunci":
            kunci.execute("BEGIN EXCLUSIVE")
        else:
            env = {"IKIKEC_BUKU": "", "IKIKEC_KONFIG": str(contoh.folder / "k.toml")}
            if keadaan == "konfigurasi rusak":
                (contoh.folder / "k.toml").write_bytes(b"\xff buku = ")
        assert usul(contoh, kata, **env) == []
    assert not (contoh.folder / "lain.db").exists()


def test_control_characters_of_a_meddled_file_reach_no_terminal(contoh: Kantor) -> None:
    konfig = contoh.folder / "kantor.toml"
    konfig.write_text('[izin]\n"a\\u001b[31m" = 1\nb = 2\n')
    assert nilai(contoh, "catat rekomendasi --jenis", IKIKEC_KONFIG=str(konfig)) == ["b"]


def test_an_unknown_shell_or_word_is_no_error(contoh: Kantor) -> None:
    assert usul(contoh, "lihat", "PGD", "tcsh") == []
    assert usul(contoh, "takada --takada", "x") == []


def test_a_ledger_being_read_is_not_changed(contoh: Kantor) -> None:
    sebelum = contoh.buku.read_bytes()
    assert usul(contoh, "lihat")
    assert contoh.buku.read_bytes() == sebelum


def test_a_warm_program_can_ask_too(contoh: Kantor) -> None:
    akar = typer.main.get_command(app)
    opsi = ["--buku", str(contoh.buku), "--hari-ini", "2026-11-22"]
    [satu] = lengkapi(akar, ["lihat"], "PGD-2026-006", opsi)
    assert (satu.value, satu.help) == ("PGD-2026-0060", "2026-10-28 Air bersih; tidak mengalir")
    assert [satu.type for satu in lengkapi(akar, ["impor", "survei"], "")] == ["file"]
    assert [satu.value for satu in lengkapi(akar, ["catat"], "sur")] == ["surat-kabar", "survei"]
    assert akar.main(["lihat", "pgd-1", "--hari-ini"], standalone_mode=False) == 2, "the program itself is as it was"


def test_completion_loads_nothing_heavy(contoh: Kantor) -> None:
    program = (
        "import sys\n"
        "from ikikec.cli.app import app\n"
        "try:\n    app(['tindaklanjuti'], prog_name='ikikec')\n"
        "except SystemExit as selesai:\n"
        "    berat = [n for n in ('sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'jinja2', 'holidays', 'rich')"
        " if n in sys.modules]\n"
        "    sys.exit(str(berat) if selesai.code or berat else 0)\n"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **contoh.env, "IKIKEC_LENGKAPI": "fish"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (hasil.returncode, hasil.stderr) == (0, "")
    assert hasil.stdout.startswith("PGD-2026-")


def test_each_shell_has_its_script(kantor: Kantor) -> None:
    for cangkang in ("bash", "zsh", "fish", "powershell"):
        isi = kantor("pelengkapan", cangkang).keluar
        assert isi == skrip(cangkang)
        assert "IKIKEC_LENGKAPI" in isi
        assert cangkang in isi.lower()
    assert "pilihannya bash, zsh, fish, atau powershell" in kantor("pelengkapan", "tcsh", kode=2).galat
    bantuan = kantor("pelengkapan", "--help").keluar
    for tempat in (
        "bash-completion/completions/ikikec",
        "~/.zfunc/_ikikec",
        "fish/completions/ikikec.fish",
        "$PROFILE",
    ):
        assert tempat in bantuan


def test_the_script_of_powershell_is_sound_as_far_as_its_text_tells() -> None:
    """Also for Windows' own PowerShell 5, which reads a pipe in the console's code page."""
    isi = skrip("powershell")
    assert isi.isascii()
    polos = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|(?m:^\s*#.*$)", "", isi)
    assert not set("'\"#") & set(polos)
    terbuka = []
    for tanda in re.findall(r"[][(){}]", polos):
        if tanda in "([{":
            terbuka.append(tanda)
        else:
            assert terbuka.pop() + tanda in ("()", "[]", "{}")
    assert terbuka == []
    assert not re.search(r"&&|\|\||\?\?|\?\.|\s\?\s", polos), "only newer ones know these"
    diberi = set(re.findall(r"\$(\w+)(?:, \$\w+)* =", polos)) | set(re.findall(r", \$(\w+) =", polos))
    diberi |= set(re.findall(r"\w+", re.search(r"param\(([^)]*)\)", polos)[1])) | {"_", "null", "env"}
    assert set(re.findall(r"[$@](\w+)", polos)) <= diberi
    assert set(re.findall(r"\$env:(\w+)", polos)) == {"IKIKEC_LENGKAPI", "IKIKEC_BELUM"}
    assert set(re.findall(r"Env:(\w+)", polos.partition("finally")[2])) == {"IKIKEC_LENGKAPI", "IKIKEC_BELUM"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
@pytest.mark.parametrize(
    ("kata", "harap"),
    [
        (["catat", ""], ["pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei"]),
        (["catat", "pengaduan", "--kanal", "=", "su"], ["surat"]),
        (["catat", "pengaduan", "--pelapor", ""], []),
        (["catat", "survei", "--jenis-kelamin", "="], ["L", "P"]),
        (["catat", "pengaduan", "--pelapor", "'Bu Siti'", "--lok"], ["--lokasi"]),
        (["catat", "pengaduan", "--pelapor", "\"Bu 'Siti", "--lok"], ["--lokasi"]),
        (["lihat", "pgd-2026-006"], ["pgd-2026-0060"]),
        (["impor", "survei", ""], []),
    ],
)
def test_the_script_works_in_bash(contoh: Kantor, kata: list[str], harap: list[str]) -> None:
    program = contoh.folder / "ikikec"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m ikikec "$@"\n')
    program.chmod(0o755)
    (contoh.folder / "skrip.bash").write_text(skrip("bash"))
    uji = 'source ./skrip.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ikikec "$1"; printf "%s\\n" "${COMPREPLY[@]}"'
    hasil = subprocess.run(
        ["bash", "-c", uji, "bash", str(program), *kata],
        env={**os.environ, **contoh.env},
        cwd=contoh.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert hasil.stdout.split() == harap
    assert hasil.stderr == ""
