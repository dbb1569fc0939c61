"""Wine, in which the package's own interpreter runs on Linux: to compile what is packed, and to test it.

``python packaging/windows/wine.py ready`` says what is missing. Three things are not as on Windows: Wine 8 lacks the
source of random numbers that pydantic-core asks for, so a stand-in is built; it dies of being asked for its version
by WMI; and a program's three streams must be pipes or a terminal.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PACKAGES = {
    "wine": "wine wine64",
    "makensis": "nsis",
    "osslsigncode": "osslsigncode",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
}
# A user's files are the user's alone on Windows; Wine makes of it what this system's mask says.
PRIVATE = 0o077
# Seconds after which a program that does not end is given up.
PATIENCE = 300
RANDOM = """
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE to, SIZE_T many) { return RtlGenRandom(to, (ULONG)many); }
"""


def missing() -> list[str]:
    """The Debian packages that are not there."""
    return [package for program, package in PACKAGES.items() if not shutil.which(program)]


def ready() -> None:
    """Say what to install, and end there, where something is missing."""
    if missing():
        raise SystemExit(f"Needed: apt-get install --no-install-recommends {' '.join(missing())}")


class Wine:
    """A Windows of its own in ``folder``."""

    def __init__(self, folder: Path) -> None:
        ready()
        self.folder = folder.absolute()
        self.drive = self.folder / "drive_c"
        self.folder.mkdir(parents=True, exist_ok=True)
        # Kept running, so that not every command waits for a Windows that starts.
        none = subprocess.DEVNULL
        subprocess.run(
            ["wineserver", "-p"], env=self.environment(), stdout=none, stderr=none, umask=PRIVATE, check=False
        )
        # Its services are started here, with no streams: those of a command they would hold open for ever.
        self.run_window("wineboot")
        if not (self.drive / "windows" / "system32" / "bcryptprimitives.dll").exists():
            self._make()

    def _make(self) -> None:
        source = self.folder / "random.c"
        source.write_text(RANDOM)
        target = self.drive / "windows" / "system32" / "bcryptprimitives.dll"
        subprocess.run(
            ["x86_64-w64-mingw32-gcc", "-shared", "-s", "-o", str(target), str(source), "-ladvapi32"], check=True
        )

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a program is started with: nothing of this system's own but where programs are."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {
            "WINEPREFIX": str(self.folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "wbemprox=;mscoree=;mshtml=;winemenubuilder.exe=",
        }
        return {**kept, **own, **(more or {})}

    def start(self, *command: str, env: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
        """Start a program, its streams being pipes."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ["wine", *command], stdin=pipe, stdout=pipe, stderr=pipe, env=self.environment(env), cwd=self.folder,
            umask=PRIVATE,
        )  # fmt: skip

    def run(
        self,
        *command: str,
        env: Mapping[str, str] | None = None,
        stdin: bytes = b"",
        ok: Sequence[int] = (0,),
        patience: int = PATIENCE,
    ) -> "subprocess.CompletedProcess[bytes]":
        """Run a program to its end; raises SystemExit where its exit code is none of ``ok``, if any are given."""
        process = self.start(*command, env=env)
        try:
            out, err = process.communicate(stdin, timeout=patience)
        except subprocess.TimeoutExpired as late:
            process.kill()
            raise SystemExit(f"{command}: no end within {patience} s\n{(late.output or b'').decode()}") from None
        if ok and process.returncode not in ok:
            raise SystemExit(f"{command}: exit code {process.returncode}\n{out.decode()}\n{err.decode()}")
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def run_window(self, *command: str, env: Mapping[str, str] | None = None) -> int:
        """Run a program with windows, which needs no streams; returns its exit code.

        The desktop that Wine starts for it would hold them open for ever.
        """
        none = subprocess.DEVNULL
        return subprocess.run(
            ["wine", *command], stdin=none, stdout=none, stderr=none, env=self.environment(env),
            timeout=PATIENCE, check=False, umask=PRIVATE,
        ).returncode  # fmt: skip

    def path(self, place: Path) -> str:
        """A place in the prefix as Windows writes it; any other place is on drive Z."""
        place = place.absolute()
        inside = place.is_relative_to(self.drive)
        rest = place.relative_to(self.drive if inside else "/")
        return f"{'C' if inside else 'Z'}:\\" + str(rest).replace("/", "\\")

    def stop(self) -> None:
        """End what is left running in this Windows, and only there."""
        subprocess.run(["wineserver", "-k"], env=self.environment(), check=False)


if __name__ == "__main__" and sys.argv[1:] == ["ready"]:
    ready()
