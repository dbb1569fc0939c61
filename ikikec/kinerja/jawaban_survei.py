"""The survey's forms one by one, without who wrote them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ikikec.buku.mesin.dasar import SEKALI_BACA
from ikikec.buku.model import HALAMAN
from ikikec.buku.register import SURVEI
from ikikec.istilah import UNSUR
from ikikec.kinerja.sebaran import Penyebut, sebut_teks
from ikikec.kinerja.ukuran import Pilih


@dataclass(frozen=True, slots=True)
class JawabanSurvei:
    """The forms of ``formulir``, read only as they are gone through, as long as the ledger is open.

    Neither number nor day is told, and their order is that of what they say, so that no line leads back to a form.
    ``sebut`` tells what a value is called, by field.
    """

    koneksi: sa.Connection
    formulir: Pilih
    sebut: Mapping[str, Penyebut]
    dengan_saran: bool

    @property
    def kolom(self) -> tuple[str, ...]:
        """The fields that stand in each: the answers, who answered, and what was wished for where that was asked."""
        saran = ("saran",) if SURVEI.boleh_keluar("saran", diminta=self.dengan_saran) else ()
        siapa = (nama for nama in self.sebut if nama != "layanan")
        return ("layanan", "kepuasan", *UNSUR, *siapa, *saran)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        kolom = [HALAMAN[SURVEI.slug].c[nama] for nama in self.kolom]
        kueri = self.formulir.with_only_columns(*kolom).order_by(*map(sa.nulls_first, kolom))
        sebut: list[Penyebut] = [self.sebut.get(nama, _rapi) for nama in self.kolom]
        for baris in self.koneksi.execute(kueri.execution_options(yield_per=SEKALI_BACA)):
            yield tuple(satu(isi) for satu, isi in zip(sebut, baris, strict=True))


def _rapi(isi: Any) -> Any:
    """A wish in one line; an answer as it is."""
    return sebut_teks(isi) if isinstance(isi, str) else isi
