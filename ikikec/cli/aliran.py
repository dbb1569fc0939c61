"""The edge of the process: its streams, the layout of every error, signs of life, and the signals that end it.

SIGTERM, and SIGHUP or SIGBREAK as a terminal closes, end a run as Ctrl-C does.
"""

import errno
import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path, PurePath
from types import FrameType
from typing import Any

from ikikec.bahasa import angka, bersih, jinak
from ikikec.galat import BerkasTakTertulis, Galat, sebab

# Those of them that this system has.
SINYAL = tuple(getattr(signal, nama) for nama in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, nama))


class Diakhiri(KeyboardInterrupt):
    """The whole run is to end. Ctrl-C's class, so that all is undone as it is then, but no question may take it."""


def tangani_sinyal() -> None:
    """Let the signals end this process in order. One that its starter has it ignore (nohup) stays ignored."""
    for satu in SINYAL:
        if signal.getsignal(satu) == signal.SIG_DFL:
            signal.signal(satu, _akhiri)
    sys.unraisablehook = _ingatkan


def _akhiri(_nomor: int, _bingkai: FrameType | None) -> None:
    """A closing terminal tells several times over: whatever comes after the first must not disturb the undoing."""
    for satu in SINYAL:
        signal.signal(satu, _lewatkan)
    raise Diakhiri


def _ingatkan(tertelan: "sys.UnraisableHookArgs") -> None:
    """A signal may come where Python drops what is raised (a weak reference's end, ``__del__``): it comes again."""
    if not isinstance(tertelan.exc_value, Diakhiri):
        sys.__unraisablehook__(tertelan)
        return
    import threading
    from _thread import interrupt_main

    def ulangi() -> None:
        # A real signal where there is one for a thread: it also ends whatever the main thread waits in.
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, SINYAL[0])
        else:
            interrupt_main(SINYAL[0])

    signal.signal(SINYAL[0], _akhiri)
    pengingat = threading.Timer(0.05, ulangi)
    pengingat.daemon = True
    pengingat.start()


def _lewatkan(_nomor: int, _bingkai: FrameType | None) -> None:
    """Not SIG_IGN: Python complains of a signal that had come by the time it was set."""


def konsol_sendiri() -> bool:
    """Whether a window of Windows was opened for this program alone, as a double click does, and closes with it."""
    if sys.platform != "win32" or sys.stdin is None or not sys.stdin.isatty():
        return False
    import ctypes

    # The starter (ikikec.exe) and this interpreter; from a command line its shell is in the window, too.
    return ctypes.windll.kernel32.GetConsoleProcessList((ctypes.c_uint * 4)(), 4) in (1, 2)


def ada_pengetik() -> bool:
    """Whether somebody at a terminal can be asked; Windows calls NUL a terminal, too, but none with a console."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform == "win32":
        import ctypes
        import msvcrt

        masukan = ctypes.c_void_p(msvcrt.get_osfhandle(sys.stdin.fileno()))
        return bool(ctypes.windll.kernel32.GetConsoleMode(masukan, ctypes.byref(ctypes.c_ulong())))
    return True


def tahan_jendela() -> None:
    """Keep a window that closes with the program until somebody has read what stands in it."""
    print("Tekan Enter untuk menutup jendela ini.", file=sys.stderr, flush=True)
    sys.stdin.readline()


def siapkan_aliran() -> None:
    """Make stdout and stderr fit for any letter and for being closed.

    A letter the terminal's encoding lacks shows as ``?``; files and pipes are UTF-8 with plain line ends whatever the
    system, going out and coming in, there with a byte-order mark or without. What goes to
    a stream that was closed before the start goes nowhere, never to the other one. Whatever is printed to a terminal
    is harmless there, wherever it came from; only what draws (``mentah``) writes past that.
    """
    sys.stdout = _siapkan(sys.stdout)
    sys.stderr = _siapkan(sys.stderr)
    if hasattr(sys.stdin, "reconfigure") and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")


def _siapkan(aliran: Any) -> Any:
    if aliran is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    if isinstance(aliran, _AliranJinak):
        return aliran
    reconfigure = getattr(aliran, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace", **({} if aliran.isatty() else {"encoding": "utf-8", "newline": "\n"}))
    return _AliranJinak(aliran) if aliran.isatty() else aliran


class _AliranJinak:
    """A terminal that is sent letters, lines and tabs; everything else it would obey is shown as a sign."""

    def __init__(self, asal: Any) -> None:
        self.asal = asal

    def write(self, teks: str) -> int:
        """Write ``teks``, made harmless."""
        self.asal.write(jinak(teks))
        return len(teks)

    def __getattr__(self, nama: str) -> Any:
        """Everything else is the terminal's own."""
        return getattr(self.asal, nama)


def mentah(aliran: Any) -> Any:
    """The stream itself, for what draws on a terminal and has made its texts harmless."""
    return aliran.asal if isinstance(aliran, _AliranJinak) else aliran


def tampilkan_galat(galat: Galat) -> int:
    """Write an error to stderr in the layout all errors have; returns its exit code."""
    pokok, *rinci = galat.baris()
    baris = [f"Galat: {bersih(pokok)}", *(f"  {bersih(satu)}" for satu in rinci)]
    try:
        print("\n".join(lipat(satu, sys.stderr, "  ") for satu in baris), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        _buang(sys.stderr)
    return galat.kode


def siram(kode: int) -> int:
    """Write out what stdout still holds; ``kode``, or the exit code of what went wrong there."""
    try:
        sys.stdout.flush()
    except OSError as galat:
        return aliran_putus(galat)
    return kode


def aliran_putus(galat: OSError) -> int:
    """The reader of a pipe that goes away is no error; anything else about a stream or file is told."""
    if galat.errno == errno.EPIPE or (os.name == "nt" and galat.errno == errno.EINVAL and galat.filename is None):
        # Windows calls it an invalid argument.
        _buang(sys.stdout)
        return 0
    if galat.filename is None:
        _buang(sys.stdout)
        pesan = f"hasil tidak dapat ditulis ke keluaran: {sebab(galat)}"
        return tampilkan_galat(BerkasTakTertulis(pesan, "Yang sudah tercatat tetap tercatat; jangan diulang."))
    return tampilkan_galat(BerkasTakTertulis(f"berkas {galat.filename} tidak dapat dipakai: {sebab(galat)}"))


def _buang(aliran: Any) -> None:
    """Send what is still in the stream's buffer nowhere, so that the interpreter's exit does not complain."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), aliran.fileno())


def tak_terduga(galat: Exception) -> Galat:
    """A fault of ours. Its text may hold what the clerk typed, so only its kind and place are told."""
    if os.environ.get("IKIKEC_LACAK"):
        raise galat
    jejak = galat.__traceback__
    while jejak is not None and jejak.tb_next is not None:
        jejak = jejak.tb_next
    tempat = f"{PurePath(jejak.tb_frame.f_code.co_filename).name}:{jejak.tb_lineno}" if jejak else "?"
    return Galat(
        f"kesalahan di dalam program ({type(galat).__name__} di {tempat})",
        "Ini bukan salah Anda. Ulangi dengan IKIKEC_LACAK=1 dan kirim hasilnya kepada pengembang.",
    )


def lipat(teks: str, aliran: Any, menjorok: str = "") -> str:
    """``teks`` as it is to be written to ``aliran``, each line that is folded going on behind ``menjorok``.

    A non-breaking blank holds words together and is shown as a blank.
    """
    if aliran is not None and aliran.isatty():
        import textwrap

        lebar = shutil.get_terminal_size().columns
        teks = "\n".join(
            textwrap.fill(baris, lebar, subsequent_indent=menjorok, break_on_hyphens=False, drop_whitespace=True)
            for baris in teks.splitlines()
        )
    return teks.replace("\xa0", " ")


def beri_tahu(*baris: str) -> None:
    """Print lines on stderr at once, since results alone belong on stdout."""
    if baris:
        print("\n".join(baris), file=sys.stderr)


# How many of a long list are told.
TERSEBUT = 20


def sebagian(semua: Collection[Any], tulis: Callable[[Any], str], apa: str = "") -> list[str]:
    """The first of ``semua`` as ``tulis`` writes them, and how many more there are of what is called ``apa``."""
    lebih = len(semua) - TERSEBUT
    sisanya = [f"… dan {angka(lebih)} {apa} lagi".replace("  ", " ")] if lebih > 0 else []
    return [*map(tulis, islice(semua, TERSEBUT)), *sisanya]


@contextmanager
def sebut_tahap(hening: bool) -> Iterator[Callable[[str, int], None]]:
    """Count rows stage by stage: the block calls what it is given with the stage and how many more are done."""
    if hening or not sys.stderr.isatty():
        yield lambda _tahap, _jumlah: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    kolom = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*kolom, console=Console(file=mentah(sys.stderr)), transient=True) as kemajuan:
        tugas = kemajuan.add_task("", total=None)
        kini, banyak = "", 0

        def kabar(tahap: str, jumlah: int) -> None:
            nonlocal kini, banyak
            kini, banyak = tahap, jumlah + (banyak if tahap == kini else 0)
            kemajuan.update(tugas, description=f"{kini} {angka(banyak)} baris")

        yield kabar


@contextmanager
def sebut_pekerjaan(kata: str, hening: bool) -> Iterator[Callable[[str], None]]:
    """Name what is being done: the block calls what it is given with the next piece of work."""
    if hening or not sys.stderr.isatty():
        yield lambda _kata: None
        return
    from rich.console import Console

    with Console(file=mentah(sys.stderr)).status(kata) as status:
        yield lambda berikut: status.update(f"{kata}: {berikut}")


@contextmanager
def tanpa_pemungut() -> Iterator[None]:
    """Millions of short-lived tuples and no cycle among them: looking for some would cost a fifth of the time."""
    menyala = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if menyala:
            gc.enable()
