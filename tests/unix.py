"""What only Unix has; empty elsewhere, where the marker ``unix`` keeps the tests from running that need it."""

import os
import signal
from pathlib import Path

import pytest

try:
    import fcntl
    import pty
    import resource
except ImportError:
    fcntl = pty = resource = None

SIGHUP = getattr(signal, "SIGHUP", signal.SIGTERM)
# Whether the tests are run by root, who may write everything and be anybody.
ROOT = getattr(os, "geteuid", lambda: None)() == 0

# What ends a process at once, whatever it does, and the exit code it then has; on Windows os.kill does so with any.
SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)
KODE_TERBUNUH = SIGKILL if os.name == "nt" else -SIGKILL
TANPA_UNIX = "needs Unix: a pseudo-terminal, its signals, modes or folders"


def pribadi(berkas: Path) -> bool:
    """Whether a file is its owner's alone by its mode; on Windows its folder's list of rights says so."""
    return os.name == "nt" or berkas.stat().st_mode & 0o777 == 0o600


def perlu_pty() -> None:
    """Skip what asks for a pseudo-terminal where there is none."""
    if pty is None:
        pytest.skip(TANPA_UNIX)


__all__ = [
    "KODE_TERBUNUH",
    "ROOT",
    "SIGHUP",
    "SIGKILL",
    "TANPA_UNIX",
    "fcntl",
    "perlu_pty",
    "pribadi",
    "pty",
    "resource",
]
