"""Help: every command has one, in Indonesian, with an example that runs."""

import re
import shlex
import shutil
from collections.abc import Iterator

import pytest
import typer

from ikikec.cli.app import app
from tests.conftest import AKAR, Kantor

ASING = re.compile(r"\b(Usage|Options|Arguments|Commands|Show|this|message|exit|default|required|env var|TEXT)\b")


def semua() -> Iterator[tuple[str, ...]]:
    akar = typer.main.get_command(app)
    for nama, perintah in akar.commands.items():
        yield (nama,)
        yield from ((nama, anak) for anak in getattr(perintah, "commands", {}))


@pytest.mark.parametrize("jalur", list(semua()), ids=" ".join)
def test_every_command_s_help_is_indonesian_and_shows_an_example(kantor: Kantor, jalur: tuple[str, ...]) -> None:
    bantuan = kantor(*jalur, "--help").keluar
    assert bantuan.startswith("Pemakaian: ikikec")
    assert "\nContoh:\n  ikikec" in bantuan
    assert not ASING.search(bantuan), ASING.search(bantuan)


def test_the_program_s_help_lists_the_commands(kantor: Kantor) -> None:
    bantuan = kantor("--help").keluar
    assert not ASING.search(bantuan)
    for jalur in semua():
        assert jalur[0] == "report" or f"\n  {jalur[0]} " in bantuan


def test_the_program_alone_shows_the_daily_commands_on_a_small_terminal(kantor: Kantor) -> None:
    layar = kantor(COLUMNS="80").keluar.splitlines()
    # One line is left for the prompt that comes back.
    assert len(layar) <= 23
    assert max(map(len, layar)) <= 80
    assert not any(baris.endswith("…") for baris in layar[1:])
    bagian = [baris for baris in layar if baris.endswith(":")]
    assert bagian == ["Sehari-hari:", "Lembar:", "Masuk dan keluar:", "Buku:", "Kantor:"]
    bantuan = kantor("--help").keluar.splitlines()
    assert [baris for baris in bantuan if baris in bagian] == bagian
    assert {baris for baris in layar if baris.startswith("  ")} < set(bantuan)


def test_the_reference_of_commands_is_what_help_says(kantor: Kantor, request: pytest.FixtureRequest) -> None:
    """``docs/perintah.md``, made of every command's help; written anew with ``--tulis-emas``."""
    bagian = [
        "# Semua perintah\n\nDibuat dari `ikikec PERINTAH --help`; caranya bekerja: [panduan.md](panduan.md).\n"
    ]
    for jalur in [(), *semua()]:
        if jalur != ("report",):
            bantuan = kantor(*jalur, "--help", COLUMNS="80").keluar
            bagian.append(f"\n## {' '.join(('ikikec', *jalur))}\n\n```text\n{bantuan.strip()}\n```\n")
    berkas = AKAR / "docs" / "perintah.md"
    if request.config.getoption("--tulis-emas"):
        berkas.write_text("".join(bagian))
    assert berkas.read_text() == "".join(bagian), "make golden writes it anew"


def contoh_perintah() -> list[str]:
    akar = typer.main.get_command(app)
    isi = [
        akar,
        *akar.commands.values(),
        *(anak for satu in akar.commands.values() for anak in getattr(satu, "commands", {}).values()),
    ]
    return sorted({baris for perintah in isi for baris in (perintah.epilog or "").splitlines()})


SEGAR = {
    "INF-2026-0001": "informasi --pemohon A --topik B",
    "RIZ-2026-0001": "rekomendasi --pemohon A --jenis lainnya",
    "RIZ-2026-0002": "rekomendasi --pemohon A --jenis lainnya",
    "KRN-2026-0001": "surat-kabar --media A --eksemplar 3",
}


def sesuaikan(contoh: Kantor, perintah: str, kata: str) -> str:
    """A word of an example, as it must be for the sample office: a fresh entry, a file that is there."""
    if kata in SEGAR and perintah != "lihat":
        belum = ["--belum-lengkap"] if perintah == "lengkapi" else []
        return contoh("catat", *SEGAR[kata].split(), *belum, "--tanggal", "2026-11-02").keluar.split()[0]
    if perintah == "rekap" and kata.endswith(".db"):
        shutil.copy(contoh.buku, contoh.folder / kata)
    elif kata.endswith(".db"):
        return contoh("cadangkan").keluar.strip()
    if re.fullmatch("[0-9a-f]{32}", kata):
        return str(contoh("info", "-O", "json").json["buku"]["sidik"])
    return kata


@pytest.mark.parametrize("baris", contoh_perintah())
def test_the_examples_run(
    contoh: Kantor, baris: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(contoh.folder)
    (contoh.folder / "survei-oktober.csv").write_text("tanggal,kepuasan\n2026-10-05,4\n")
    (contoh.folder / "jawaban-formulir.csv").write_text("Timestamp,Puas?\n5/10/2026 14.22.10,4\n")
    (contoh.folder / "peta.toml").write_text('[kolom]\nTimestamp = "tanggal"\n"Puas?" = "kepuasan"\n')
    (contoh.folder / "kantor.toml").write_text('[[kantor]]\nnama = "Batui"\nbuku = "buku.db"\n')
    (contoh.folder / "ukuran.toml").write_text("")
    program, perintah, *args = shlex.split(baris)
    assert program == "ikikec"
    if perintah == "buka":
        contoh("tutup", args[0])
    if args[:1] == ["hapus"] and perintah == "target":
        contoh("target", "tetapkan", args[1], args[2], "9", "--periode", args[4])
    if "RTL-2026-1" in args:
        rencana = ("--unsur", "waktu", "--rencana", "A", "--penanggung-jawab", "B", "--tenggat", "2027-01-05")
        contoh("rtl", "tetapkan", *rencana, "--periode", "2026")
    if "postgresql://" in baris:
        args = [request.getfixturevalue("basis_data")() if "://" in kata else kata for kata in args]
    if perintah in ("koreksi", "batalkan", "lupakan", "pulihkan", "pindahkan") and "--ya" not in args:
        args.append("--ya")
    if "--batal" in args:
        alamat, args[0] = contoh.alamat, contoh.alamat
        contoh("pindahkan", alamat, str(contoh.folder / "tujuan.db"), "--ya")
        (contoh.folder / "tujuan.db").unlink()
    contoh(perintah, *(sesuaikan(contoh, perintah, kata) for kata in args))
