"""Writing a result file whole: a reader or a crash sees the old file or the new one, never half of it."""

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ikikec.galat import BerkasTakTertulis, sebab


def tulis_berkas(berkas: Path, isi: Iterable[bytes]) -> None:
    """Write ``isi``, piece by piece as it comes, beside ``berkas`` with mode 0600, then move it into place.

    A symlink is followed; a device or pipe is written to directly. Raises BerkasTakTertulis.
    """
    try:
        if berkas.exists() and not berkas.is_file() and not berkas.is_dir():
            with berkas.open("wb") as aliran:
                aliran.writelines(isi)
        else:
            _ganti(berkas.resolve(), isi)
    except OSError as galat:
        raise BerkasTakTertulis(
            f"berkas {berkas} tidak dapat ditulis: {sebab(galat)}", "Periksa folder, izin, dan ruang cakramnya."
        ) from None


def _ganti(tujuan: Path, isi: Iterable[bytes]) -> None:
    if tujuan.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    # mkstemp makes the file 0600, whatever the umask.
    pegangan, nama = tempfile.mkstemp(prefix=f".{tujuan.name}.", dir=tujuan.parent)
    try:
        with os.fdopen(pegangan, "wb") as aliran:
            aliran.writelines(isi)
            aliran.flush()
            os.fsync(aliran.fileno())
        Path(nama).replace(tujuan)
    except BaseException:
        Path(nama).unlink(missing_ok=True)
        raise
