"""A computer of Windows, under Wine, on which ikikec was installed as a user does it, and its windows."""

import os
import pty
import re
import select
import termios
from collections.abc import Callable, Mapping
from pathlib import Path

from build import DIST, version
from wine import PATIENCE, PRIVATE, Wine

SETUP = DIST / f"ikikec-{version()}-setup.exe"
TODAY = ("--hari-ini", "2026-11-22", "--petugas", "Siti")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\s")

Run = Callable[..., str]


class Office:
    """The computer. ``setup`` has to be run before anything else."""

    def __init__(self, wine: Wine) -> None:
        self.wine = wine
        (profile,) = [one for one in (wine.drive / "users").iterdir() if one.name != "Public"]
        self.local = profile / "AppData" / "Local"
        self.programs = self.local / "Programs" / "ikikec"
        self.menu = profile / "AppData" / "Roaming/Microsoft/Windows/Start Menu/Programs/ikikec"

    def setup(self) -> int:
        """Run the installer without its windows."""
        return self.wine.run_window(str(SETUP), "/S")

    def program(self, name: str = "ikikec.exe") -> str:
        """A file of the installed program."""
        return self.wine.path(self.programs / name)

    def data(self, name: str) -> dict[str, str]:
        """A user's folders of their own."""
        return {"WIN_PD_OVERRIDE_LOCAL_APPDATA": f"C:\\data {name}"}

    def folder(self, name: str) -> Path:
        """Where ledger and configuration of that user are."""
        return self.wine.drive / f"data {name}" / "ikikec"

    def running(self, name: str) -> Run:
        """What runs a command in these folders and returns its answer; ``code`` is the exit code it must have."""

        def run(*args: str, code: int = 0, stdin: str = "") -> str:
            done = self.wine.run(self.program(), *args, env=self.data(name), stdin=stdin.encode(), ok=())
            assert done.returncode == code, (args, done.stdout.decode(), done.stderr.decode())
            assert b"Traceback" not in done.stderr
            return done.stdout.decode() if code == 0 else done.stderr.decode()

        return run

    def window(self, name: str, *command: str, **env: str) -> "Window":
        """A window in which a command runs, as a double click or a shell opens it."""
        return Window(self.wine, command, {**self.data(name), **env})


class Window:
    """A console of Wine's, on a pseudo-terminal: ``wait`` reads until a text appears, ``type`` types a line.

    Wine draws it in its own way, so texts are compared without their blanks and line ends.
    """

    def __init__(self, wine: Wine, command: tuple[str, ...], env: Mapping[str, str]) -> None:
        self.shown = ""
        self.pid, self.screen = pty.fork()
        if self.pid == 0:
            os.umask(PRIVATE)
            os.chdir(wine.folder)
            # Enter is no line feed, and Ctrl-Z a letter; here it would stop the whole of it.
            keys = termios.tcgetattr(0)
            keys[0] &= ~termios.ICRNL
            keys[6][termios.VSUSP] = b"\0"
            termios.tcsetattr(0, termios.TCSANOW, keys)
            os.execvpe("wine", ["wine", *command], {**wine.environment(env), "TERM": "xterm"})

    def _read(self) -> bool:
        """Read on; returns whether there was more."""
        assert select.select([self.screen], [], [], PATIENCE)[0], self.shown
        try:
            more = os.read(self.screen, 65536)
        except OSError:
            return False
        self.shown = _ESCAPES.sub("", self.shown + more.decode(errors="replace"))
        return bool(more)

    def wait(self, text: str) -> str:
        """What was shown since the last wait, up to ``text``; fails where it does not come."""
        sought = text.replace(" ", "")
        while sought not in self.shown:
            assert self._read(), (text, self.shown)
        before, _, self.shown = self.shown.partition(sought)
        return before

    def type(self, text: str) -> None:
        """Type a line; Ctrl-C alone needs no Enter."""
        os.write(self.screen, (text if text == "\x03" else text + "\r").encode())

    def end(self) -> int:
        """Wait for the program's end; returns its exit code."""
        while self._read():
            pass
        os.close(self.screen)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
