"""The desk: the same commands in one process, from a terminal and from a pipe."""

import os
import re
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from ikikec.cli.meja import pecah
from ikikec.galat import SalahPakai
from tests.conftest import Kantor, perintah
from tests.unix import SIGHUP, perlu_pty, pty

CATAT = 'catat pengaduan --pelapor Siti --uraian "Lampu padam" --tanggal 1/9/2026'
# Seconds that an answer at the desk may take on a machine that does much else.
SABAR = 60


@pytest.mark.parametrize(
    ("baris", "kata"),
    [
        ("", []), ("   ", []), ("# catatan", []), ("lihat pgd-1", ["lihat", "pgd-1"]),
        ("ikikec lihat pgd-1", ["lihat", "pgd-1"]), ('cari "lampu jalan"', ["cari", "lampu jalan"]),
        ("cari 'RT#3'", ["cari", "RT#3"]), ("cari RT#3", ["cari", "RT#3"]),
        (r"impor survei C:\data\x.csv", ["impor", "survei", r"C:\data\x.csv"]),
        ("?", ["--help"]), ("? catat", ["catat", "--help"]), ("catat pengaduan ?", ["catat", "pengaduan", "--help"]),
        ('cari "apa ?"', ["cari", "apa ?"]), ("cari ''", ["cari", ""]),
    ],
)  # fmt: skip
def test_a_line_is_split_as_people_write_it(baris: str, kata: list[str]) -> None:
    assert pecah(baris) == kata


def test_an_open_quote_is_told() -> None:
    with pytest.raises(SalahPakai, match="tanda kutip"):
        pecah('cari "lampu')


def test_commands_come_from_a_pipe(kantor: Kantor) -> None:
    masukan = (
        f"{CATAT}\n\n# selesai hari ini\nikikec tindaklanjuti pgd-1 --tindakan Ditinjau --status selesai\ninfo\n"
    )
    jawab = kantor.proses("meja", masukan=masukan)
    assert jawab.galat == f"Buku baru dibuat di {kantor.buku}\n"
    assert [baris.split()[0] for baris in jawab.keluar.splitlines()[:2]] == ["PGD-2026-0001", "PGD-2026-0001/1"]


def test_a_pipe_may_close_the_desk(kantor: Kantor) -> None:
    for kata in ("keluar", " exit "):
        jawab = kantor.proses("meja", masukan=f"{CATAT}\n{kata}\n{CATAT}\n")
        assert jawab.keluar.count("tercatat") == 1


def test_a_pipe_stops_at_the_first_error_and_says_where(kantor: Kantor) -> None:
    jawab = kantor.proses("meja", masukan=f"{CATAT}\nlihat pgd-9\n{CATAT}\n", kode=4)
    assert "baris 2; berhenti di sini" in jawab.galat
    assert kantor("info", "-O", "json").json["register"]["pengaduan"] == 1


def test_going_on_after_an_error_keeps_the_first_exit_code(kantor: Kantor) -> None:
    masukan = f'{CATAT}\nlihat pgd-9\ncatat pengaduan\ncari "x\nmeja\n{CATAT}\n'
    jawab = kantor.proses("meja", "--lanjut", masukan=masukan, kode=4)
    assert [int(nomor) for nomor in re.findall(r"\(baris (\d)\)", jawab.galat)] == [2, 3, 4, 5]
    assert "meja sudah terbuka" in jawab.galat
    assert kantor("info", "-O", "json").json["register"]["pengaduan"] == 2


def test_every_command_inherits_the_desk_s_ledger_clerk_and_day(kantor: Kantor) -> None:
    lain = kantor.folder / "lain.db"
    args = ("--buku", str(lain), "--petugas", "Budi", "--hari-ini", "2026-05-05", "meja")
    kantor.proses(*args, masukan='catat pengaduan --pelapor A --uraian "B"\n')
    entri = kantor("--buku", str(lain), "lihat", "PGD-2026-0001", "-O", "json").json
    assert (entri["tanggal"], entri["riwayat"][0]["petugas"]) == ("2026-05-05", "Budi")
    assert not kantor.buku.exists()


def test_an_empty_input_is_no_error(kantor: Kantor) -> None:
    kantor.proses("meja")


@pytest.mark.unix
def test_a_closed_input_is_no_error(kantor: Kantor) -> None:
    tutup = f"{perintah([])[0]} -m ikikec meja <&-"
    assert os.system(f"env {' '.join(f'{nama}={nilai!r}' for nama, nilai in kantor.env.items())} {tutup}") == 0


class Layar:
    """A desk on a terminal of its own: ``ketik`` types a line, ``tunggu`` reads until a text appears."""

    def __init__(self, kantor: Kantor, *args: str, **env: str) -> None:
        self.pid, self.tuan = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            lingkungan = {**os.environ, **kantor.env, "TERM": "xterm", **env}
            os.execve(perintah([])[0], perintah([*args, "meja"]), lingkungan)
        self.terbaca = ""

    def tunggu(self, teks: str) -> str:
        """What was shown since the last wait, up to ``teks``; fails where it does not come."""
        # The prompt line looks again every 20 seconds, which is no answer.
        akhir = time.monotonic() + SABAR
        while teks not in self.terbaca:
            siap, _, _ = select.select([self.tuan], [], [], max(0, akhir - time.monotonic()))
            assert siap, f"{teks!r} tidak muncul: {self.terbaca!r}"
            potong = os.read(self.tuan, 65536).decode(errors="replace")
            self.terbaca = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r", "", self.terbaca + potong)
        tampak, _, self.terbaca = self.terbaca.partition(teks)
        return tampak

    def ketik(self, teks: str) -> None:
        """Type a line, or a control character alone."""
        os.write(self.tuan, (teks if teks in ("\x03", "\x04") else teks + "\r").encode())

    def selesai(self) -> int:
        """Close the desk and return its exit code."""
        try:
            akhir = time.monotonic() + SABAR
            while select.select([self.tuan], [], [], max(0, akhir - time.monotonic()))[0]:
                os.read(self.tuan, 65536)
            os.kill(self.pid, signal.SIGKILL)
        except OSError:
            pass
        _, status = os.waitpid(self.pid, 0)
        os.close(self.tuan)
        return os.waitstatus_to_exitcode(status)


@pytest.fixture
def layar(kantor: Kantor) -> Iterator[Callable[..., Layar]]:
    """Opens desks, and ends those a failed test leaves open."""
    perlu_pty()
    terbuka: list[Layar] = []

    def buka(*args: str, **env: str) -> Layar:
        terbuka.append(Layar(kantor, *args, **env))
        return terbuka[-1]

    yield buka
    for satu in terbuka:
        try:
            os.kill(satu.pid, signal.SIGKILL)
            os.waitpid(satu.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


@pytest.mark.sqlite
def test_the_prompt_counts_late_entries_only_so_far(kantor: Kantor, layar: Callable[..., Layar]) -> None:
    baris = [f"2026-01-05,Ibu A,Keluhan {urut}" for urut in range(1_000)]
    kantor("impor", "pengaduan", kantor.csv("lama.csv", "tanggal,pelapor,uraian", *baris))
    meja = layar()
    meja.tunggu("Min 22 Nov · 999+ terlambat >")
    meja.ketik("keluar")


def test_a_day_at_the_desk(kantor: Kantor, layar: Callable[..., Layar]) -> None:
    meja = layar()
    meja.tunggu("Minggu, 22 November 2026")
    meja.tunggu("Min 22 Nov >")
    meja.ketik(CATAT)
    meja.tunggu("PGD-2026-0001  pengaduan tercatat")
    meja.tunggu("Min 22 Nov · 1 terlambat >")
    meja.ketik("lihat pgd-9")
    meja.tunggu("Galat: tidak ada pengaduan bernomor PGD-9")
    meja.ketik("? lihat")
    meja.tunggu("Pemakaian: ikikec lihat")
    meja.ketik("lihat pgd-\t")
    meja.tunggu("Riwayat")  # Tab completes the only number there is
    meja.tunggu("1 terlambat >")
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    meja.ketik("tindaklanjuti pgd-1 --tindakan Selesai --status selesai")
    meja.tunggu("1 catatan baru dari petugas lain")
    meja.tunggu("PGD-2026-0001/1")
    meja.tunggu("Min 22 Nov >")
    meja.ketik("keluar")
    meja.tunggu("Meja ditutup")
    assert meja.selesai() == 0


def test_ctrl_c_ends_the_question_or_the_line_but_never_the_desk(kantor: Kantor, layar: Callable[..., Layar]) -> None:
    meja = layar()
    meja.tunggu("Nov >")
    meja.ketik("catat surat-kabar")
    meja.tunggu("tanggal diterima")
    meja.ketik("\x03")
    meja.tunggu("tidak ada yang dicatat")
    meja.tunggu("Nov >")
    os.write(meja.tuan, b"salah ketik\x03")
    meja.tunggu("Nov >")
    meja.ketik("info")
    meja.tunggu("belum ada buku")
    meja.tunggu("Nov >")
    meja.ketik("\x04")
    meja.tunggu("Meja ditutup")
    assert meja.selesai() == 0
    assert not kantor.buku.exists()


def test_the_desk_holds_no_lock_between_commands(kantor: Kantor, layar: Callable[..., Layar]) -> None:
    meja = layar()
    meja.tunggu("Nov >")
    meja.ketik(CATAT)
    meja.tunggu("terlambat >")
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    kantor("periksa")
    meja.ketik("keluar")
    assert meja.selesai() == 0


def test_midnight_is_noticed(kantor: Kantor, layar: Callable[..., Layar]) -> None:
    """The office's zone is configuration, read anew: moving it by a day is as good as waiting for midnight."""
    berkas = kantor.folder / "k.toml"
    berkas.write_text('zona = "Pacific/Pago_Pago"\n')
    del kantor.env["IKIKEC_HARI_INI"]
    meja = layar("--konfig", str(berkas))
    meja.tunggu("menutup meja.")
    meja.tunggu(" >")
    berkas.write_text('zona = "Pacific/Kiritimati"\n')
    meja.ketik("jabatan")
    meja.tunggu("Hari sudah berganti")
    meja.tunggu("kasi-pip")
    meja.ketik("keluar")
    assert meja.selesai() == 0


@pytest.mark.parametrize("sinyal", [signal.SIGTERM, SIGHUP], ids=lambda satu: satu.name)
@pytest.mark.parametrize("ketikan", ["", "catat pengaduan"], ids=["at the prompt", "at a question"])
def test_a_signal_ends_the_desk_where_ctrl_c_only_clears_the_line(
    kantor: Kantor, layar: Callable[..., Layar], ketikan: str, sinyal: signal.Signals
) -> None:
    meja = layar()
    meja.tunggu("Min 22 Nov >")
    meja.ketik("\x03")
    meja.tunggu("Min 22 Nov >")
    if ketikan:
        meja.ketik(ketikan)
        meja.tunggu("tanggal")
    os.kill(meja.pid, sinyal)
    meja.tunggu("dihentikan")
    assert meja.selesai() == 130
    assert not kantor.buku.exists()


@pytest.mark.parametrize("ketikan", ["", "catat pengaduan"], ids=["at the prompt", "at a question"])
def test_a_closed_terminal_ends_the_desk(kantor: Kantor, layar: Callable[..., Layar], ketikan: str) -> None:
    meja = layar()
    meja.tunggu("Min 22 Nov >")
    if ketikan:
        meja.ketik(ketikan)
        meja.tunggu("tanggal")
    os.close(meja.tuan)
    _, status = os.waitpid(meja.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 130


@pytest.mark.unix
def test_a_signal_ends_a_desk_that_reads_a_pipe(kantor: Kantor) -> None:
    with subprocess.Popen(
        perintah(["meja", "--lanjut"]), env={**os.environ, **kantor.env},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as meja:  # fmt: skip
        assert meja.stdin is not None
        assert meja.stderr is not None
        meja.stdin.write(b"lihat pgd-9\n")
        meja.stdin.flush()
        assert meja.stderr.readline()
        meja.send_signal(signal.SIGTERM)
        meja.wait()
    assert meja.returncode == 130
