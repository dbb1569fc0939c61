"""Batches of entries set aside until a whole file is known to be good: few in memory, more in a file without a name.

The file is private and gone with the process, however that ends. Its form is Python's own marshal, read back only by
the very process that wrote it.
"""

import marshal
from collections.abc import Iterator
from io import SEEK_END, BytesIO
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Self

from ikikec.buku.kelompok import Kelompok
from ikikec.galat import BerkasTakTertulis, sebab

# Bytes kept in memory before the file is made.
DI_INGATAN = 1 << 20


class Titipan:
    """Batches in the order they were put in; can be gone through as often as one likes. To be closed."""

    def __init__(self) -> None:
        self._berkas: IO[bytes] = BytesIO()
        self._panjang: list[int] = []
        self.banyak = 0

    def taruh(self, kelompok: Kelompok) -> None:
        """Put one batch behind the others; raises BerkasTakTertulis where there is no room for it."""
        isi = marshal.dumps((list(kelompok.baris), dict(kelompok.kolom)))
        try:
            self._pastikan_muat(sum(self._panjang) + len(isi))
            self._berkas.seek(0, SEEK_END)
            self._berkas.write(isi)
            self._berkas.flush()
        except OSError as galat:
            raise BerkasTakTertulis(
                f"berkas sementara tidak dapat ditulis: {sebab(galat)}",
                "Tidak ada yang tercatat. Kosongkan ruang cakram, lalu ulangi.",
            ) from None
        self._panjang.append(len(isi))
        self.banyak += len(kelompok)

    def _pastikan_muat(self, panjang: int) -> None:
        if panjang > DI_INGATAN and isinstance(self._berkas, BytesIO):
            di_ingatan, self._berkas = self._berkas.getvalue(), TemporaryFile()  # noqa: SIM115  # closed by tutup
            self._berkas.write(di_ingatan)

    def __iter__(self) -> Iterator[Kelompok]:
        letak = 0
        for panjang in self._panjang:
            self._berkas.seek(letak)
            yield Kelompok(*marshal.loads(self._berkas.read(panjang)))  # noqa: S302  # what taruh wrote
            letak += panjang

    def tutup(self) -> None:
        """Let go of what was put in."""
        self._berkas.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _jenis: type[BaseException] | None, _galat: BaseException | None, _jejak: TracebackType | None
    ) -> None:
        self.tutup()
