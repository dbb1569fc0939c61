"""Hostile and awkward texts, streams and surroundings: nothing crashes, nothing leaks, nothing is taken as markup."""

import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Kantor, perintah
from tests.unix import ROOT, pribadi, pty

GANJIL = (
    "<script>alert(1)</script> | \"kutip\" 'tunggal' [/x] [bold]tebal[/bold] `kode` {{ 7*7 }} =1+1 \x1b[31m \x9b1m 😀"
)


@pytest.fixture
def ganjil(kantor: Kantor) -> Kantor:
    teks = f"baris satu\nbaris dua {GANJIL}"
    kantor("catat", "pengaduan", "--pelapor", teks, "--uraian", teks, "--lokasi", teks)
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", teks)
    biasa = json.dumps("".join(huruf for huruf in GANJIL if huruf.isprintable()), ensure_ascii=False)
    (kantor.folder / "k.toml").write_text(f"kecamatan = {biasa}\n[pejabat.camat]\nnama = {biasa}\n", "utf-8")
    return kantor


def test_awkward_text_is_kept_to_the_letter(ganjil: Kantor) -> None:
    isi = ganjil("lihat", "PGD-2026-0001", "-O", "json").json
    assert isi["uraian"] == f"baris satu\nbaris dua {GANJIL}"
    berkas = ganjil.csv("a.csv", ganjil("daftar", "pengaduan", "-O", "csv").keluar.replace("PGD-2026-0001", ""))
    ganjil("impor", "pengaduan", berkas, "--catat-duplikat")
    assert ganjil("lihat", "PGD-2026-0002", "-O", "json").json["uraian"] == isi["uraian"]


@pytest.mark.parametrize(
    "args", ["lihat PGD-2026-0001", "daftar pengaduan -O tabel", "daftar tindak-lanjut -O tabel"]
)
def test_awkward_text_does_not_harm_the_terminal(ganjil: Kantor, args: str) -> None:
    keluar = ganjil(*args.split()).keluar
    assert "\x1b" not in keluar
    assert "\x9b" not in keluar
    assert "[/x]" in keluar.replace("\n", "")


def test_awkward_text_does_not_harm_the_sheets(ganjil: Kantor) -> None:
    args = (
        "--konfig",
        str(ganjil.folder / "k.toml"),
        "laporan",
        "--jabatan",
        "kasi-pip",
        "--periode",
        "2026-11",
        "-O",
    )
    html = ganjil(*args, "html").keluar
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "{{ 7*7 }}" in html
    md = ganjil(*args, "md").keluar
    assert "<script" not in md
    tabel = [baris for baris in md.splitlines() if baris.startswith("| 2.")]
    assert len(tabel) == 1
    assert tabel[0].replace("\\|", "").count("|") == 7
    ganjil(*args, "layar")


@pytest.mark.parametrize("teks", ["\ud800", "a\udcff"])
def test_text_that_is_no_text_is_refused(kantor: Kantor, teks: str) -> None:
    assert "rusak" in kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", teks, kode=2).galat


@pytest.mark.unix
def test_broken_bytes_on_a_real_command_line(kantor: Kantor) -> None:
    args = [*map(os.fsencode, perintah(["catat", "pengaduan", "--pelapor", "A", "--uraian"])), b"caf\xe9"]
    hasil = subprocess.run(args, env={**os.environ, **kantor.env}, capture_output=True, check=False)
    assert hasil.returncode == 2
    assert b"rusak" in hasil.stderr


@pytest.mark.parametrize(
    "env", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_terminals_that_know_few_letters(ganjil: Kantor, env: dict[str, str]) -> None:
    for args in ("lihat PGD-2026-0001", "daftar pengaduan -O tabel", "laporan --jabatan kasi-pip -O layar", "--help",
                 "laporan --jabatan kasi-pip"):  # fmt: skip
        hasil = subprocess.run(
            perintah(args.split()), env={**os.environ, **ganjil.env, **env}, capture_output=True, check=False
        )
        assert hasil.returncode == 0, hasil.stderr


def test_files_are_utf8_whatever_the_terminal(contoh: Kantor) -> None:
    tujuan = contoh.folder / "a.md"
    contoh.proses("laporan", "--jabatan", "kasi-pip", "-o", str(tujuan), env={"PYTHONIOENCODING": "ascii"})
    assert "–" in tujuan.read_text("utf-8")


def test_a_reader_that_goes_away_is_no_error(contoh: Kantor) -> None:
    for args in ("daftar survei -O csv", "laporan --jabatan semua -O html", "--help"):
        proses = subprocess.Popen(
            perintah(args.split()), env={**os.environ, **contoh.env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert proses.stdout is not None
        assert proses.stderr is not None
        proses.stdout.close()
        galat = proses.stderr.read()
        proses.stderr.close()
        assert (proses.wait(), b"Galat" in galat, b"Traceback" in galat) == (0, False, False), galat


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_stdout_is_told(contoh: Kantor) -> None:
    with Path("/dev/full").open("wb") as penuh:
        hasil = subprocess.run(
            perintah(["daftar", "survei", "-O", "csv"]),
            env={**os.environ, **contoh.env},
            stdout=penuh,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert hasil.returncode == 9
    assert b"Traceback" not in hasil.stderr
    assert b"Exception ignored" not in hasil.stderr


@pytest.mark.unix
def test_no_home_no_terminal_closed_stdin_and_a_read_only_folder(contoh: Kantor) -> None:
    env = {nama: nilai for nama, nilai in contoh.env.items() if not nama.startswith("XDG")} | {
        "PATH": os.environ["PATH"]
    }
    for args, kode in (("laporan --jabatan semua", 0), ("catat survei --kepuasan 4", 0), ("catat survei", 3),
                       ("catat pengaduan", 2), ("info", 0)):  # fmt: skip
        hasil = subprocess.run(
            ["sh", "-c", 'exec "$@" <&-', "sh", *perintah(args.split())],
            env=env,
            cwd="/proc",
            capture_output=True,
            check=False,
        )
        assert hasil.returncode == kode, hasil.stderr
        assert b"Traceback" not in hasil.stderr


def test_errors_name_no_citizen(contoh: Kantor) -> None:
    contoh("tindaklanjuti", "PGD-2026-0001", "--tindakan", "x", "--tanggal", "2020-01-01", kode=3)
    jawab = contoh("lihat", "PGD-2026-9999", kode=4)
    assert "Warga" not in jawab.galat


def test_reports_and_lists_of_the_sheet_carry_no_personal_data(contoh: Kantor) -> None:
    for bentuk in ("md", "html", "json", "layar"):
        keluar = contoh("laporan", "--jabatan", "semua", "--periode", "2026", "--rinci", "-O", bentuk).keluar
        assert "Warga" not in keluar
        assert "0800" not in keluar


@pytest.mark.unix
def test_the_ledger_may_be_a_symlink(contoh: Kantor) -> None:
    tautan = contoh.folder / "tautan.db"
    tautan.symlink_to(contoh.buku)
    contoh("--buku", str(tautan), "catat", "survei", "--kepuasan", "4")
    assert tautan.is_symlink()
    assert contoh("info", "-O", "json").json["register"]["survei"] == 141


def test_odd_paths(kantor: Kantor) -> None:
    folder = kantor.folder / ("a b%20#é" if os.name == "nt" else "a b%20#?é")
    buku = str(folder / "buku 50%.db")
    kantor("--buku", buku, "catat", "survei", "--kepuasan", "4")
    kantor("--buku", buku, "catat", "informasi", "--pemohon", "A", "--topik", "B")
    assert [satu.name for satu in folder.iterdir()] == ["buku 50%.db"]


@pytest.mark.unix
@pytest.mark.parametrize(
    ("args", "tutup", "kode", "keluar", "galat"),
    [
        ("catat survei --kepuasan 4", ">&-", 0, "", ""),
        ("daftar survei -O csv", ">&-", 0, "", ""),
        ("laporan --jabatan kasi-pip -O json", "2>&-", 0, "[", ""),
        ("catat survei --kepuasan 9", "2>&-", 2, "", ""),
        ("catat survei --kepuasan 9", ">&- 2>&- <&-", 2, "", ""),
    ],
)  # fmt: skip
def test_closed_streams(contoh: Kantor, args: str, tutup: str, kode: int, keluar: str, galat: str) -> None:
    hasil = subprocess.run(
        ["sh", "-c", f'exec "$@" {tutup}', "sh", *perintah(args.split())],
        env={**os.environ, **contoh.env, "COVERAGE_PROCESS_CONFIG": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (hasil.returncode, hasil.stdout[:1], hasil.stderr) == (kode, keluar, galat)


@pytest.mark.parametrize("pengodean", ["ascii", "cp1252"])
def test_what_goes_into_a_pipe_is_utf8(kantor: Kantor, pengodean: str) -> None:
    kantor("catat", "survei", "--kepuasan", "4", "--saran", "Né – 😀")
    for bentuk in ("json", "csv"):
        hasil = subprocess.run(
            perintah(["daftar", "survei", "-O", bentuk]),
            env={**os.environ, **kantor.env, "PYTHONIOENCODING": pengodean}, capture_output=True, check=False,
        )  # fmt: skip
        assert "Né – 😀" in hasil.stdout.decode("utf-8")


@pytest.mark.unix
def test_a_sheet_into_a_device_or_pipe(contoh: Kantor) -> None:
    assert contoh.proses("laporan", "--jabatan", "kasi-pip", "-O", "md", "-o", "/dev/stdout").keluar.startswith(
        "# IND"
    )


@pytest.mark.parametrize("opsi", ["--buku", "--konfig"])
def test_paths_that_name_nobody_s_folder_or_are_too_long(kantor: Kantor, opsi: str) -> None:
    for jalur in ("~takdikenal/x.db", "x" * 300, *([] if ROOT or os.name == "nt" else ["/proc/1/root/x"])):
        jawab = kantor(opsi, jalur, "info", kode=6 if opsi == "--buku" else 2)
        assert "No such" not in jawab.galat


@pytest.mark.parametrize("nama", ["a\x7fb", "a\x1b[2Jb", "a\nb", "a\x9bb"])
@pytest.mark.parametrize("args", ["--buku {} info", "--konfig {} info", "info -O json --buku {}", "impor survei {}",
                                  "cadangkan -o {}", "pindahkan {} x.db --ya", "pindahkan x.db {} --ya"])  # fmt: skip
def test_names_of_files_with_control_characters_are_refused(kantor: Kantor, args: str, nama: str) -> None:
    jawab = kantor(*(nama if satu == "{}" else satu for satu in args.split(" ")), kode=2)
    assert nama not in jawab.galat


@pytest.mark.unix
@pytest.mark.parametrize("args", ["atur tetapkan kecamatan", "pindahkan buku.db", "cari", "batalkan --alasan"])
def test_bytes_that_are_no_letters_are_refused_everywhere(kantor: Kantor, args: str) -> None:
    hasil = subprocess.run(
        [*map(os.fsencode, perintah(args.split())), b"caf\xe9"],
        env={**os.environ, **kantor.env}, capture_output=True, check=False, cwd=kantor.folder,
    )  # fmt: skip
    assert (hasil.returncode, b"rusak" in hasil.stderr) == (2, True), hasil.stderr


@pytest.mark.unix
def test_a_ledger_whose_name_is_no_utf8(kantor: Kantor) -> None:
    buku = os.fsencode(kantor.folder) + b"/b\xff.db"
    for args in ("catat survei --kepuasan 4", "info"):
        hasil = subprocess.run(
            [*map(os.fsencode, perintah(["--buku"])), buku, *map(os.fsencode, args.split())],
            env={**os.environ, **kantor.env}, capture_output=True, check=False,
        )  # fmt: skip
        assert hasil.returncode == 0, hasil.stderr
    assert os.path.isfile(buku)


def test_an_empty_file_that_is_there_becomes_a_private_ledger(kantor: Kantor) -> None:
    kantor.buku.touch(0o644)
    kantor("catat", "survei", "--kepuasan", "4")
    assert pribadi(kantor.buku)


def di_layar(kantor: Kantor, *args: str) -> str:
    """What a command writes to a terminal."""
    tuan, budak = pty.openpty()
    subprocess.run(
        perintah(args), stdin=budak, stdout=budak, stderr=budak, env={**os.environ, **kantor.env}, check=True
    )
    os.close(budak)
    keluar = b""
    with suppress(OSError):
        while bagian := os.read(tuan, 65536):
            keluar += bagian
    os.close(tuan)
    return keluar.decode()


@pytest.mark.unix
@pytest.mark.parametrize("bentuk", ["csv", "json"])
@pytest.mark.parametrize("perintah_lihat", ["daftar pengaduan", "ekspor pengaduan", "lihat pgd-1"])
def test_data_on_a_terminal_are_harmless_and_in_a_pipe_to_the_letter(
    kantor: Kantor, bentuk: str, perintah_lihat: str
) -> None:
    if (bentuk, perintah_lihat) == ("csv", "lihat pgd-1"):
        return
    jahat = "awas \x1b]52;c;aGFsbw==\x07 \x9b2J \x7f akhir"
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", jahat, "--tanggal", "2026-11-02")
    args = (*perintah_lihat.split(), "-O", bentuk)
    layar = di_layar(kantor, *args)
    assert not {"\x1b", "\x07", "\x9b", "\x7f"} & set(layar)
    assert "\\x9b2J" in layar
    pipa = kantor(*args).keluar
    assert (jahat in pipa) if bentuk == "csv" else "\x9b2J \x7f akhir" in pipa
