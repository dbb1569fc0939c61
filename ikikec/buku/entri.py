"""A register's entries out of the ledger, read only as they are gone through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.buku.mesin.dasar import SEKALI_BACA, jelaskan_isi
from ikikec.buku.register import Register
from ikikec.buku.tabel import HALAMAN


@dataclass(frozen=True, slots=True)
class Entri:
    """The entries that ``kueri`` on a register's page asks for, in its order; its columns are chosen here."""

    koneksi: sa.Connection
    register: Register
    kueri: sa.Select[Any]

    def __iter__(self) -> Iterator[dict[str, Nilai]]:
        """Each entry's values by field."""
        kolom = HALAMAN[self.register.slug].c
        nama = self.register.nama_bidang
        with jelaskan_isi(f"register {self.register.slug}"):
            for bagian in self._bagian([kolom[satu] for satu in nama]):
                yield from (dict(zip(nama, baris, strict=True)) for baris in bagian)

    def tertulis(self) -> Iterator[Sequence[Sequence[str | int | None]]]:
        """The same in batches, each value as files show it but whole numbers and None; far quicker."""
        kolom = HALAMAN[self.register.slug].c
        bidang = self.register.bidang
        pengawas = [_Pengawas(satu, urut) for urut, satu in enumerate(bidang) if _terjaga(satu)]
        with jelaskan_isi(f"register {self.register.slug}"):
            for bagian in self._bagian([_teks(kolom[satu.nama], satu) for satu in bidang]):
                for satu in pengawas:
                    satu.periksa(bagian)
                yield bagian

    def _bagian(self, kolom: Sequence[Any]) -> Iterator[Sequence[Any]]:
        kueri = self.kueri.with_only_columns(*kolom)
        return self.koneksi.execution_options(yield_per=SEKALI_BACA).execute(kueri).partitions()


def _teks(kolom: Any, bidang: Bidang) -> Any:
    """The column's text as it is stored; yes and no are made by the database."""
    if bidang.jenis is Jenis.YA_TIDAK:
        return sa.case((kolom, "ya"), else_="tidak")
    if bidang.jenis is Jenis.TANGGAL:
        return sa.cast(kolom, sa.String)
    return sa.type_coerce(kolom, sa.String)


def _terjaga(bidang: Bidang) -> bool:
    return bidang.jenis in (Jenis.TANGGAL, Jenis.PILIHAN)


class _Pengawas:
    """Looks whether a column holds dates, or words of its list; each once, however often it stands there."""

    def __init__(self, bidang: Bidang, letak: int) -> None:
        self._ambil = itemgetter(letak)
        self._tanggal = bidang.jenis is Jenis.TANGGAL
        self._dikenal: set[str | None] = {None, *bidang.kata}

    def periksa(self, bagian: Sequence[Any]) -> None:
        """Raise ValueError where the ledger was tampered with."""
        for satu in set(map(self._ambil, bagian)) - self._dikenal:
            if not self._tanggal:
                raise ValueError(satu)
            date.fromisoformat(satu)
            self._dikenal.add(satu)
