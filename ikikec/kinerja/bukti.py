"""The entries behind a figure, and those that just missed it.

From the measure's own SELECTs, so that an inspector can follow each entry. A field that may not leave the office is
not even read unless it is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.dasar import SEKALI_BACA, jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.penomoran import menurut_nomor
from ikikec.kinerja.hitung import Realisasi, ejaan, lama_hari
from ikikec.kinerja.ukuran import Pilih, Ukuran
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
    baca = partial(_baca, bacaan, periode=periode, konfig=konfig, identitas=identitas)
    semua, bukti = ukuran.bagian or (ukuran,), list[BarisBukti]()
    for satu, sebagai in zip(semua, ("pembilang", "penyebut"), strict=False):
        kata = ejaan(bacaan, satu, [periode])
        hasil = sa.literal(sebagai) if ukuran.bagian else satu.hasil_dalam(periode, kata)
        bukti += baca(satu, satu.dalam(periode, kata), hasil)
    luput = ukuran.luput_dalam(periode, ejaan(bacaan, ukuran, [periode]))
    return Rincian(
        tuple(bukti),
        () if luput is None else tuple(baca(ukuran, luput)),
        realisasi,
        berbatas=any("batas" in HALAMAN[satu.agenda.slug].c for satu in semua),
        berhasil=hasil is not None,
        bernama=identitas and any(CERITA[satu.agenda.slug].nama for satu in semua),
    )


def _baca(
    bacaan: Bacaan,
    ukuran: Ukuran,
    pilih: Pilih,
    hasil: Any = None,
    *,
    periode: Periode,
    konfig: Konfigurasi,
    identitas: bool,
) -> Iterator[BarisBukti]:
    """One query: the entries of ``pilih``, by date and then by number, with what their page says of them.

    ``hasil`` is their outcome; of those that just missed it is the reason.
    """
    register, baris = ukuran.agenda, pilih.subquery()
    halaman, cerita = HALAMAN[register.slug], CERITA[register.slug]

    def kolom(nama: str) -> Any:
        """A field as it stands on the page; nothing where there is none, or where it may not leave."""
        ada = nama in register.nama_bidang and register.boleh_keluar(nama, diminta=identitas)
        return halaman.c[nama] if ada else sa.null()

    akibat = baris.c.get("alasan", sa.null() if hasil is None else hasil)
    nilai = baris.c.get("nilai", sa.literal_column("0"))
    rentang = [baris.c.get(nama, sa.null()) for nama in ("dari", "sampai")]
    tentang = [kolom(nama) for nama in ("batas", cerita.nama, cerita.uraian, *cerita.perihal)]
    kueri = (
        sa.select(baris.c.nomor, baris.c.tanggal, akibat, nilai, *rentang, *tentang)
        .join_from(baris, halaman, halaman.c.nomor == baris.c.nomor)
        .order_by(baris.c.tanggal, *menurut_nomor(baris.c.nomor))
    )
    with jelaskan_isi(f"register {register.slug}"):
        for bagian in bacaan.koneksi.execute(kueri.execution_options(yield_per=SEKALI_BACA)).partitions():
            hari = [(satu[4], satu[5]) for satu in bagian if "dari" in baris.c]
            yield from map(_bukti, bagian, lama_hari(bacaan, ukuran, periode, konfig, hari) if hari else repeat(None))


def _bukti(baris: Any, lama: int | None) -> BarisBukti:
    nomor, tanggal, hasil, nilai, _dari, _sampai, batas, nama, uraian, *perihal = baris
    tentang = ", ".join(str(isi) for isi in perihal if isi is not None)
    telah = None if hasil is None else str(hasil)
    return BarisBukti(nomor, tanggal, tentang, batas, telah, nilai if lama is None else lama, nama, uraian)
