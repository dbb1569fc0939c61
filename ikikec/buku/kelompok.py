"""Many entries at once, as columns of stored values: what bulk paths work on instead of an object per entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register

# Entries of one batch: enough that what is done once per batch costs nothing per entry, and little to hold.
SEKALI = 1000


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
        """Each entry's state as the journal keeps it."""
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


def susun_kelompok(register: Register, isi: Sequence[Mapping[str, Any]], baris: Sequence[int] = (0,)) -> Kelompok:
    """A batch of entries given one by one, each as ``Isian.isi`` tells it."""
    return Kelompok(baris, {nama: [satu[nama] for satu in isi] for nama in register.nama_bidang})
