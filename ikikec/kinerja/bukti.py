"""The entries behind a figure, and those that just missed it.

From the measure's own SELECTs, so that an inspector can follow each entry. A field that may not leave the office is
not even read unless it is asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, repeat
from typing import Any

import sqlalchemy as sa

from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.dasar import SEKALI_BACA, jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.penomoran import menurut_nomor
from ikikec.kinerja.hitung import Realisasi, Rentang, ejaan, lama_hari
from ikikec.kinerja.ukuran import Ejaan, Pilih, Ukuran
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode


@dataclass(frozen=True, slots=True)
class Cerita:
    """Which fields tell what an entry is about, whom it concerns, and in which words; each where it may leave."""

    perihal: tuple[str, ...]
    nama: str = ""
    uraian: str = ""


CERITA: Mapping[str, Cerita] = {
    "pengaduan": Cerita(("klasifikasi", "kategori", "lokasi"), "pelapor", "uraian"),
    "informasi": Cerita(("topik",), "pemohon", "uraian"),
    "rekomendasi": Cerita(("jenis",), "pemohon"),
    "surat-kabar": Cerita(("media", "edisi")),
    "survei": Cerita(("layanan",)),
    "tindak-lanjut": Cerita(("status",), uraian="tindakan"),
}


@dataclass(frozen=True, slots=True)
class BarisBukti:
    """One entry: the date it counts by, its matter, deadline, outcome (or why it missed), and what it adds.

    ``nilai`` is 0 for one that missed; ``nama`` and ``uraian`` are None unless identities were asked for.
    """

    nomor: str
    tanggal: date
    perihal: str
    batas: date | None
    hasil: str | None
    nilai: int
    nama: str | None = None
    uraian: str | None = None


@dataclass(frozen=True, slots=True)
class Rincian:
    """All entries behind a figure, by date, and those that just missed it.

    ``realisasi`` is that figure. ``berbatas``, ``berhasil``, ``bernama``: whether such a column can hold anything.
    """

    bukti: tuple[BarisBukti, ...]
    luput: tuple[BarisBukti, ...]
    realisasi: Realisasi
    berbatas: bool
    berhasil: bool
    bernama: bool

    @property
    def jumlah(self) -> int:
        """What the values of the entries add up to."""
        return sum(satu.nilai for satu in self.bukti)


def rinci(
    bacaan: Bacaan, ukuran: Ukuran, periode: Periode, realisasi: Realisasi, konfig: Konfigurasi, *, identitas: bool
) -> Rincian:
    """The entries behind ``realisasi``, a measure's figure of ``periode``, and those that just missed it.

    Of a ratio of two other measures the entries of both; ``identitas`` adds citizens' names and words.
    """
    tilik = partial(_Tilikan, bacaan, periode=periode, konfig=konfig, identitas=identitas)
    bukti: Iterable[BarisBukti]
    luput: Iterable[BarisBukti]
    if ukuran.bagian:
        isi = [tilik(satu).bukti(sebagai) for satu, sebagai in zip(ukuran.bagian, _BAGIAN, strict=True)]
        bukti, luput = chain(*isi), ()
    else:
        bukti, luput = tilik(ukuran).bukti(), tilik(ukuran).luput()
    semua = ukuran.bagian or (ukuran,)
    return Rincian(
        tuple(bukti),
        tuple(luput),
        realisasi,
        berbatas=any("batas" in HALAMAN[satu.agenda.slug].c for satu in semua),
        berhasil=bool(ukuran.bagian) or ukuran.hasil_dalam(periode, lambda _bidang: ()) is not None,
        bernama=identitas and any(CERITA[satu.agenda.slug].nama for satu in semua),
    )


_BAGIAN = ("pembilang", "penyebut")


@dataclass(frozen=True, slots=True)
class _Tilikan:
    """One measure looked into in one period."""

    bacaan: Bacaan
    ukuran: Ukuran
    periode: Periode
    konfig: Konfigurasi
    identitas: bool

    @property
    def _ejaan(self) -> Ejaan:
        return ejaan(self.bacaan, self.ukuran, [self.periode])

    def bukti(self, sebagai: str = "") -> Iterator[BarisBukti]:
        """The entries that count; ``sebagai`` names the part of a ratio that they are."""
        pilih = self.ukuran.dalam(self.periode, self._ejaan)
        hasil = sa.literal(sebagai) if sebagai else self.ukuran.hasil_dalam(self.periode, self._ejaan)
        berentang = bool(self.ukuran.definisi.dari)
        return self._baris(pilih, sa.null() if hasil is None else hasil, berentang=berentang)

    def luput(self) -> Iterator[BarisBukti]:
        """The entries that just missed, each with the reason as its outcome."""
        pilih = self.ukuran.luput_dalam(self.periode, self._ejaan)
        return iter(()) if pilih is None else self._baris(pilih, None)

    def _baris(self, pilih: Pilih, hasil: Any, *, berentang: bool = False) -> Iterator[BarisBukti]:
        """One query: the entries of ``pilih``, by date and then by number, with what their page says of them."""
        slug = self.ukuran.agenda.slug
        halaman, cerita, baris = HALAMAN[slug], CERITA[slug], pilih.subquery()
        hasil = baris.c.alasan if hasil is None else hasil
        nilai = baris.c.get("nilai", sa.literal_column("0"))
        rentang = (baris.c.dari, baris.c.sampai) if berentang else (sa.null(), sa.null())
        kolom = [self._kolom(nama) for nama in ("batas", cerita.nama, cerita.uraian, *cerita.perihal)]
        kueri = (
            sa.select(baris.c.nomor, baris.c.tanggal, hasil, nilai, *rentang, *kolom)
            .join_from(baris, halaman, halaman.c.nomor == baris.c.nomor)
            .order_by(baris.c.tanggal, *menurut_nomor(baris.c.nomor))
        )
        with jelaskan_isi(f"register {slug}"):
            for bagian in self.bacaan.koneksi.execute(kueri.execution_options(yield_per=SEKALI_BACA)).partitions():
                lama = self._lama([(satu[4], satu[5]) for satu in bagian]) if berentang else repeat(None)
                yield from map(_bukti, bagian, lama)

    def _lama(self, rentang: list[Rentang]) -> list[int]:
        return lama_hari(self.bacaan, self.ukuran, self.periode, self.konfig, rentang)

    def _kolom(self, nama: str) -> Any:
        """A field as it stands on the page; nothing where there is none, or where it may not leave."""
        register = self.ukuran.agenda
        ada = nama in register.nama_bidang and register.boleh_keluar(nama, diminta=self.identitas)
        return HALAMAN[register.slug].c[nama] if ada else sa.null()


def _bukti(baris: Any, lama: int | None) -> BarisBukti:
    nomor, tanggal, hasil, nilai, _dari, _sampai, batas, nama, uraian, *perihal = baris
    tentang = ", ".join(str(isi) for isi in perihal if isi is not None)
    telah = None if hasil is None else str(hasil)
    return BarisBukti(nomor, tanggal, tentang, batas, telah, nilai if lama is None else lama, nama, uraian)
