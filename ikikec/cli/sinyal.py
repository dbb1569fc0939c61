"""What ends a run from outside: SIGTERM, and SIGHUP or SIGBREAK as a terminal closes. They end it as Ctrl-C does."""

import signal
from types import FrameType

# Those of them that this system has.
SINYAL = tuple(getattr(signal, nama) for nama in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, nama))


class Diakhiri(KeyboardInterrupt):
    """The whole run is to end. Ctrl-C's class, so that all is undone as it is then, but no question may take it."""


def tangani_sinyal() -> None:
    """Let the signals end this process in order. One that its starter has it ignore (nohup) stays ignored."""
    for satu in SINYAL:
        if signal.getsignal(satu) == signal.SIG_DFL:
            signal.signal(satu, _akhiri)


def _akhiri(_nomor: int, _bingkai: FrameType | None) -> None:
    """A closing terminal tells several times over: whatever comes after the first must not disturb the undoing."""
    for satu in SINYAL:
        signal.signal(satu, _lewatkan)
    raise Diakhiri


def _lewatkan(_nomor: int, _bingkai: FrameType | None) -> None:
    """Not SIG_IGN: Python complains of a signal that had come by the time it was set."""
