"""Entries inside the ledger: one as its stored state, many as columns of stored values.

Every way in works on batches, which at the counter hold one entry. While a whole file is not yet known to be good
its batches are set aside (``Titipan``): few in memory, more in a private file without a name, gone with the process
however that ends. Its form is Python's own marshal, read back only by the very process that wrote it.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any, Self

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register
from ikikec.galat import BerkasTakTertulis, sebab

# An entry's state as journal and page keep it: every field of its register, dates as ISO text.
Isi = Mapping[str, Any]

# Hears how many entries more are done.
Kemajuan = Callable[[int], None]
DIAM: Kemajuan = lambda _banyak: None  # noqa: E731  # nobody listens

# Entries of one batch: enough that what is done once per batch costs nothing per entry, and little to hold.
SEKALI = 1000

# Bytes of set aside batches kept in memory before the file is made.
DI_INGATAN = 1 << 20


def tersimpan(nilai: Nilai) -> Nilai:
    """A value as page and journal keep it: a date as ISO text, everything else as it is."""
    return nilai.isoformat() if isinstance(nilai, date) else nilai


@dataclass(frozen=True, slots=True)
class Kelompok:
    """A batch of entries: the stored values of each field side by side, all fields of the register.

    ``baris`` holds the line of the file each entry came from (0 at the counter).
    """

    baris: Sequence[int]
    kolom: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.baris)

    def ambil(self, *nama: str) -> Iterator[tuple[Any, ...]]:
        """The values of some fields, entry by entry."""
        return zip(*(self.kolom[satu] for satu in nama), strict=True)

    def isi(self) -> Iterator[dict[str, Any]]:
        """Each entry's state."""
        return (dict(zip(self.kolom, nilai, strict=True)) for nilai in self.ambil(*self.kolom))

    def ganti(self, nama: str, nilai: Sequence[Any]) -> "Kelompok":
        """The same entries with other values in one field."""
        return replace(self, kolom={**self.kolom, nama: nilai})

    def tanpa(self, letak: Iterable[int]) -> "Kelompok":
        """The entries but those at these places of the batch."""
        buang = set(letak)
        tinggal = [urut for urut in range(len(self)) if urut not in buang]
        kolom = {nama: [nilai[urut] for urut in tinggal] for nama, nilai in self.kolom.items()}
        return Kelompok([self.baris[urut] for urut in tinggal], kolom)


def susun_kelompok(register: Register, isi: Sequence[Isi], baris: Sequence[int] = (0,)) -> Kelompok:
    """A batch of entries given one by one."""
    return Kelompok(baris, {nama: [satu[nama] for satu in isi] for nama in register.nama_bidang})


class Titipan:
    """Batches in the order they were put in; can be gone through as often as one likes. To be closed."""

    def __init__(self) -> None:
        self._berkas = SpooledTemporaryFile(DI_INGATAN)  # noqa: SIM115  # closed by tutup
        self._panjang: list[int] = []
        self.banyak = 0

    def taruh(self, kelompok: Kelompok) -> None:
        """Put one batch behind the others; raises BerkasTakTertulis where there is no room for it."""
        isi = marshal.dumps((list(kelompok.baris), dict(kelompok.kolom)))
        try:
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

    def __exit__(self, *_galat: object) -> None:
        self.tutup()
