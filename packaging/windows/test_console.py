"""What a clerk types into a window of Windows, and what ends it: under Wine, on a console of its own."""

import json
import re

import pytest

from office import TODAY, Office

DAY = {"IKIKEC_HARI_INI": "2026-11-22"}
PROMPT = "22 Nov >"
# Starts a desk, has it record, and ends it as Windows tells a program of Ctrl-Break and of its window's end: by a
# thread in it that runs the system's own routine. Ctrl-Break itself goes to no console of Wine 8.
ENDED = r"""
import ctypes, subprocess, sys
from ctypes import wintypes
system = ctypes.WinDLL("kernel32")
system.GetProcAddress.restype, system.GetProcAddress.argtypes = ctypes.c_void_p, [wintypes.HMODULE, ctypes.c_char_p]
system.GetModuleHandleW.restype = wintypes.HMODULE
place = ctypes.c_void_p
system.CreateRemoteThread.argtypes = wintypes.HANDLE, place, ctypes.c_size_t, place, place, wintypes.DWORD, place
routine = system.GetProcAddress(system.GetModuleHandleW("kernel32"), b"CtrlRoutine")
event, kept = map(int, sys.argv[1:3])
pipe = subprocess.PIPE
desk = subprocess.Popen([sys.executable, "-m", "ikikec", *sys.argv[3:]], stdin=pipe, stdout=pipe, stderr=pipe)
desk.stdin.write(b"catat survei --kepuasan 4\n" * 40)
desk.stdin.flush()
for _ in range(kept):
    print(desk.stdout.readline().decode().split()[0])
assert system.CreateRemoteThread(int(desk._handle), None, 0, routine, event, 0, None)
print(*(line.split()[0].decode() for line in desk.stdout if line.endswith(b"\n")), sep="\n")
desk.wait()
"""


def test_a_double_click_opens_the_desk_and_ctrl_z_closes_it(office: Office) -> None:
    window = office.window("klik", office.program(), **DAY)
    window.wait("keluar menutup meja")
    window.wait(PROMPT)
    window.type("catat survei --kepuasan 4")
    window.wait("SKM-2026-0001")
    window.wait(PROMPT)
    window.type("\x1a")
    window.wait("Meja ditutup")
    assert window.end() == 0
    assert office.running("klik")("periksa") == ""


def test_on_a_command_line_the_same_name_shows_the_commands(office: Office) -> None:
    window = office.window("baris", "cmd", "/c", office.program(), **DAY)
    window.wait("Pemakaian: ikikec")
    window.wait("Semua perintah: ikikec --help")
    assert window.end() == 0


def test_a_window_of_its_own_waits_until_an_error_was_read(office: Office) -> None:
    window = office.window("galat", office.program(), IKIKEC_HARI_INI="besok lusa")
    window.wait("Galat:")
    window.wait("Tekan Enter untuk menutup jendela ini")
    window.type("")
    assert window.end() == 2


@pytest.mark.parametrize("page", ["437", "850", "1252"])
def test_every_code_page_shows_what_it_can_and_a_pipe_is_utf8(office: Office, page: str) -> None:
    entry = ("catat", "pengaduan", "--pelapor", "Á – 😀", "--uraian", "x", "--tanggal", "2026-11-02")
    number = office.running(page)(*TODAY, *entry).split()[0]
    lines = (f"@chcp {page}", f"@ikikec daftar pengaduan -O csv >C:\\{page}.csv", f"@ikikec lihat {number}")
    (office.wine.drive / f"{page}.cmd").write_text("\r\n".join(lines))
    window = office.window(page, "cmd", "/c", f"C:\\{page}.cmd")
    window.wait(page)
    window.wait("Á –")
    assert window.end() == 0
    assert ",Á – 😀," in (office.wine.drive / f"{page}.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "said"), [("\x1a", "masukan berakhir; tidak ada yang dicatat"), ("\x03", "dihentikan; tidak ada")]
)
def test_ctrl_z_and_ctrl_c_drop_the_form(office: Office, typed: str, said: str) -> None:
    window = office.window("isian", office.program(), *TODAY, "catat", "pengaduan")
    window.wait("diterima [")
    window.type(typed)
    window.wait(said)
    assert window.end() == 130
    assert not (office.folder("isian") / "buku.db").exists()


def test_ctrl_c_at_the_desk_drops_a_form_and_the_desk_stays(office: Office) -> None:
    window = office.window("meja", office.program(), *TODAY, "meja")
    window.wait(PROMPT)
    window.type("catat pengaduan")
    window.wait("diterima [")
    window.type("\x03")
    window.wait("tidak ada yang dicatat")
    window.wait(PROMPT)
    window.type("catat survei --kepuasan 4")
    window.wait("SKM-2026-0001")
    window.wait(PROMPT)
    window.type("keluar")
    assert window.end() == 0


@pytest.mark.parametrize(("event", "kept"), [("1", "3"), ("1", "7"), ("2", "5")])
def test_ctrl_break_and_a_closed_window_lose_nothing_acknowledged(office: Office, event: str, kept: str) -> None:
    run = office.running("terputus")
    script = office.wine.drive / "ended.py"
    script.write_text(ENDED)
    python = office.program("python\\python.exe")
    done = office.wine.run(python, r"C:\ended.py", event, kept, *TODAY, "meja", env=office.data("terputus"))
    acknowledged = re.findall(r"^SKM-\S+", done.stdout.decode(), re.MULTILINE)
    assert int(kept) <= len(acknowledged) < 40
    run("periksa")
    there = [one["nomor"] for one in json.loads(run(*TODAY, "daftar", "survei", "-O", "json"))]
    assert set(acknowledged) <= set(there)
    assert len(there) == max(int(one.rpartition("-")[2]) for one in there)
