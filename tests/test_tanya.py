"""Questions at a real terminal (a pseudo-terminal), and silence elsewhere."""

import os
import pty
import signal
import subprocess

import pytest

from tests.conftest import Jawaban, Kantor, perintah


def di_terminal(kantor: Kantor, args: str, ketikan: bytes) -> Jawaban:
    """Run a command whose stdin is a terminal somebody types on."""
    tuan, budak = pty.openpty()
    proses = subprocess.Popen(
        perintah(args.split()),
        env={**os.environ, **kantor.env},
        stdin=budak,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(budak)
    os.write(tuan, ketikan)
    keluar, galat = proses.communicate(timeout=60)
    os.close(tuan)
    return Jawaban(proses.returncode, keluar.decode(), galat.decode())


def test_missing_required_fields_are_asked_in_order(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat pengaduan --kanal surat -O json", b"Siti\nLampu padam\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["pelapor"], jawab.json["uraian"], jawab.json["kanal"]) == ("Siti", "Lampu padam", "surat")
    assert jawab.galat.index("pelapor") < jawab.galat.index("uraian")


def test_an_answer_is_checked_at_once(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat surat-kabar -O json", b"\nTempo\nnol\n0\n3\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["media"], jawab.json["eksemplar"]) == ("Tempo", 3)
    assert "wajib diisi" in jawab.galat
    assert jawab.galat.count("tulis bilangan bulat") == 2


def test_the_kind_of_a_permit_is_checked_against_the_office_s_list(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat rekomendasi -O json", b"Wati\nnikah\ndomisili\n")
    assert jawab.kode == 0, jawab.galat
    assert jawab.json["jenis"] == "domisili"
    assert "dispensasi-nikah" in jawab.galat


def test_a_survey_is_asked_in_the_paper_form_s_order(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat survei -O json", b"4\n1\n2\n3\n4\n\n2\n3\n1\n4\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["kepuasan"], jawab.json["produk"]) == (4, None)
    assert (jawab.json["sarana"], jawab.json["penanganan_pengaduan"]) == (1, 4)


def test_a_step_asks_for_what_it_needs(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    jawab = di_terminal(kantor, "selesaikan INF-2026-0001 -O json", b"mungkin\nterlaksana\n")
    assert jawab.kode == 0, jawab.galat
    assert jawab.json["hasil"] == "terlaksana"


@pytest.mark.parametrize("ketikan", [b"Siti\n\x03", b"Siti\n\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_a_question_records_nothing(kantor: Kantor, ketikan: bytes) -> None:
    proses_kode = di_terminal_terkendali(kantor, "catat pengaduan", ketikan)
    assert proses_kode == 130
    assert not kantor.buku.exists()


def di_terminal_terkendali(kantor: Kantor, args: str, ketikan: bytes) -> int:
    """Run a command on a terminal of its own, so that Ctrl-C reaches it; answers each question as it comes."""
    pid, tuan = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job would hand it down ignored
        os.execve(perintah([])[0], perintah(args.split()), {**os.environ, **kantor.env})
    potongan = [ketikan[: ketikan.index(b"\n") + 1], ketikan[ketikan.index(b"\n") + 1 :]]
    terbaca = b""
    try:
        while True:
            terbaca += os.read(tuan, 1024)
            if terbaca.endswith(b": ") and potongan:
                os.write(tuan, potongan.pop(0))
    except OSError:
        pass
    _, status = os.waitpid(pid, 0)
    os.close(tuan)
    assert b"tidak ada yang dicatat" in terbaca
    return os.waitstatus_to_exitcode(status)


def test_on_a_terminal_the_sheet_is_shown(contoh: Kantor) -> None:
    pid, tuan = pty.fork()
    if pid == 0:
        args = perintah(["laporan", "--jabatan", "kasi-pip", "--periode", "2026-10"])
        os.execve(args[0], args, {**os.environ, **contoh.env})
    terbaca = b""
    try:
        while potong := os.read(tuan, 65536):
            terbaca += potong
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(tuan)
    assert "┏".encode() in terbaca
    assert b"36,36 %" in terbaca


def test_without_a_terminal_nothing_is_asked(kantor: Kantor) -> None:
    assert "--pelapor, --uraian" in kantor.proses("catat", "pengaduan", kode=2, masukan="Siti\nLampu\n").galat
