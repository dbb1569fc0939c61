"""A page in the user's own browser, from a private passing place: to be read or printed without knowing files."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ikikec.berkas import tulis_berkas
from ikikec.galat import BerkasTakTertulis

_AWALAN = "ikikec-halaman-"
# A page is nobody's any more after so many seconds; until then a browser may load it anew.
_USANG = 24 * 3600
# Seconds in which what opens a page says that it cannot; later it is the browser itself that runs.
_SEBENTAR = 3


def buka_halaman(isi: Iterable[bytes]) -> Path:
    """Write a page where only its owner may read it, and open it; returns its place. Raises BerkasTakTertulis."""
    _sapu()
    halaman = Path(tempfile.mkdtemp(prefix=_AWALAN), "lembar.html")
    tulis_berkas(halaman, isi)
    if sys.platform == "win32":
        try:
            os.startfile(halaman)  # noqa: S606
        except OSError:
            raise _gagal(halaman) from None
    elif not _jalankan("open" if sys.platform == "darwin" else "xdg-open", halaman):
        raise _gagal(halaman)
    return halaman


def _jalankan(program: str, halaman: Path) -> bool:
    """Whether the system's opener took the page; one that is still there after a while has."""
    letak = shutil.which(program)
    if letak is None:
        return False
    tanpa = subprocess.DEVNULL
    proses = subprocess.Popen([letak, str(halaman)], stdin=tanpa, stdout=tanpa, stderr=tanpa, start_new_session=True)  # noqa: S603
    try:
        return proses.wait(_SEBENTAR) == 0
    except subprocess.TimeoutExpired:
        return True


def _gagal(halaman: Path) -> BerkasTakTertulis:
    return BerkasTakTertulis(
        f"peramban tidak dapat dibuka di komputer ini; halamannya ada di {halaman}",
        "Buka sendiri berkas itu, atau tulis ke tempat lain dengan -o lembar.html.",
    )


def _sapu() -> None:
    """Remove earlier pages, which may hold names of citizens."""
    for satu in Path(tempfile.gettempdir()).glob(f"{_AWALAN}*"):
        with suppress(OSError):
            if not satu.is_symlink() and time.time() - satu.stat().st_mtime > _USANG:
                shutil.rmtree(satu)
