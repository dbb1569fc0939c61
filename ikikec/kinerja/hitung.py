"""The figure of a measure in a period, beside earlier ones and by month, and the entries behind it.

All come from the measure's own SELECTs, so they cannot disagree and an inspector can follow each entry; days between
two dates are counted with the ledger's calendar. A field of an entry that may not leave the office is not even read
unless it is asked for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat
from ikikec.buku import libur
from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.dasar import SEKALI_BACA, jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.penomoran import menurut_nomor
from ikikec.buku.penutupan import bobot_tertutup, semua_tertutup
from ikikec.kalender import Kalender
from ikikec.kinerja.definisi import Hitungan
from ikikec.kinerja.indeks import kolom_indeks, susun_indeks
from ikikec.kinerja.ukuran import TERTUTUP, DaftarUkuran, Ejaan, Pilih, Ukuran
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode, bulan_bulan, dua_belas_bulan


@dataclass(frozen=True, slots=True)
class Takaran:
    """A figure that is no count: exact or None, the decimals it is shown with, and of how many entries it is."""

    tepat: Fraction | None
    desimal: int
    banyak: int


@dataclass(frozen=True, slots=True)
class Realisasi:
    """A figure: ``pembilang`` alone for a count, over ``penyebut`` for a ratio; ``takaran`` for all else.

    ``terjumlah`` is false for what cannot be told of several offices together.
    """

    pembilang: int
    penyebut: int | None = None
    takaran: Takaran | None = field(default=None, metadata=TERTUTUP)
    terjumlah: bool = True

    @property
    def tepat(self) -> Fraction | None:
        """The count, percentage or measure, exact; None where there is nothing to divide by."""
        if self.takaran is not None:
            return self.takaran.tepat
        if self.penyebut is None:
            return Fraction(self.pembilang)
        return Fraction(self.pembilang * 100, self.penyebut) if self.penyebut else None

    @property
    def nilai(self) -> int | Decimal | None:
        """The count, or what it is rounded half up to its decimals; None where there is nothing to divide by."""
        tepat = self.tepat
        if tepat is None or (self.takaran is None and self.penyebut is None):
            return None if tepat is None else self.pembilang
        desimal = self.takaran.desimal if self.takaran else 2
        return bagi_bulat(tepat.numerator, tepat.denominator, desimal)

    @property
    def banyak(self) -> int | None:
        """Of how many entries a mean, median or index is; None for counts and ratios."""
        return None if self.takaran is None else self.takaran.banyak

    def simpan(self) -> list[int | None]:
        """As a closing keeps it: [pembilang, penyebut]."""
        if self.takaran is None:
            return [self.pembilang, self.penyebut]
        tepat = self.takaran.tepat
        return [0, 0] if tepat is None else [tepat.numerator, tepat.denominator]


def hitung(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, konfig: Konfigurasi) -> Realisasi:
    """The figure that a measure's entries of ``periode`` come to."""
    return hitung_semua(bacaan, ukuran, [periode], konfig)[0]


def hitung_semua(bacaan: Bacaan, ukuran: Ukuran, semua: Sequence[Periode], konfig: Konfigurasi) -> list[Realisasi]:
    """The figure of each of several periods, all asked for at once."""
    if ukuran.bagian:
        atas, bawah = (hitung_semua(bacaan, satu, semua, konfig) for satu in ukuran.bagian)
        return [Realisasi(satu.pembilang, lain.pembilang) for satu, lain in zip(atas, bawah, strict=True)]
    kata = ejaan(bacaan, ukuran, semua)
    pilih = (_peroleh(ukuran, urut, ukuran.dalam(satu, kata)) for urut, satu in enumerate(semua))
    baris: list[list[Sequence[Any]]] = [[] for _ in semua]
    for satu in bacaan.koneksi.execute(sa.union_all(*pilih)):
        baris[satu[0]].append(satu[1:])
    return [_susun(bacaan, ukuran, konfig, *satu) for satu in zip(semua, baris, strict=True)]


def ejaan(bacaan: Bacaan, ukuran: Ukuran, semua: Sequence[Periode]) -> Ejaan:
    """What was written in the periods in a field of free words, for conditions that name some; each asked once."""
    halaman, tanggal = HALAMAN[ukuran.register].c, ukuran.definisi.tanggal
    milik: list[Any] = []
    if tanggal in halaman:
        awal, sesudah = min(satu.awal for satu in semua), max(satu.sesudah for satu in semua)
        milik = [halaman[tanggal] >= awal, halaman[tanggal] < sesudah]

    @cache
    def tertulis(bidang: str) -> Sequence[str]:
        cari = sa.select(halaman[bidang]).where(halaman[bidang].is_not(None), *milik).distinct()
        return bacaan.koneksi.scalars(cari).all()

    return tertulis


_BERENTANG = (Hitungan.RERATA, Hitungan.MEDIAN)


def _peroleh(ukuran: Ukuran, urut: int, pilih: Pilih) -> Pilih:
    """What to ask of the entries in ``pilih``: ``urut``, and what the figure is made of."""
    if ukuran.hitung is Hitungan.IKM:
        return peroleh_indeks(urut, pilih)
    tanda: sa.ColumnElement[int] = sa.literal_column(str(urut))
    baris = pilih.subquery()
    if ukuran.hitung in _BERENTANG:
        kolom = (baris.c.dari, baris.c.sampai)
        return sa.select(tanda, *kolom, sa.func.count()).group_by(*kolom)
    jumlah = sa.func.coalesce(sa.func.sum(baris.c.nilai), 0)
    return sa.select(tanda, jumlah, sa.func.count()).select_from(baris)


def peroleh_indeks(urut: int, pilih: Pilih) -> Pilih:
    """Of the survey's forms in ``pilih``: ``urut``, how many there are, and what an index is made of."""
    return pilih.with_only_columns(sa.literal_column(str(urut)), sa.func.count(), *kolom_indeks())


def _susun(
    bacaan: Bacaan, ukuran: Ukuran, konfig: Konfigurasi, periode: Periode, baris: list[Sequence[Any]]
) -> Realisasi:
    """The figure of a period from the rows that ``_peroleh`` asks for."""
    if ukuran.hitung in _BERENTANG:
        hari = Counter[int]()
        lama = lama_hari(bacaan, ukuran, periode, konfig, [(dari, sampai) for dari, sampai, _banyak in baris])
        for satu, (_dari, _sampai, banyak) in zip(lama, baris, strict=True):
            hari[satu] += int(banyak)
        return Realisasi(0, takaran=Takaran(_tengah(ukuran.hitung, hari), 1, hari.total()))
    awal, *sisa = map(int, baris[0])
    if ukuran.hitung is Hitungan.IKM:
        pasti = susun_indeks(sisa, bobot_berlaku(bacaan, periode, konfig)).pasti
        return Realisasi(0, takaran=Takaran(None if pasti is None else pasti * 25, 2, awal))
    return Realisasi(awal, sisa[0] if ukuran.hitung is Hitungan.RASIO else None)


def _tengah(hitungan: Hitungan, hari: Counter[int]) -> Fraction | None:
    """The mean, or the middle one; of an even number the mean of the middle two."""
    banyak = hari.total()
    if not banyak:
        return None
    if hitungan is Hitungan.RERATA:
        return Fraction(sum(lama * kali for lama, kali in hari.items()), banyak)
    urut = sorted(hari.elements())
    return Fraction(urut[(banyak - 1) // 2] + urut[banyak // 2], 2)


def bobot_berlaku(bacaan: Bacaan, periode: Periode, konfig: Konfigurasi) -> str:
    """The index's weight in a period; what was signed when its months were closed stays as it was signed."""
    return bobot_tertutup(bacaan.koneksi, periode) or konfig.bobot_skm


def lama_hari(
    bacaan: Bacaan, ukuran: Ukuran, periode: Periode, konfig: Konfigurasi, semua: Sequence[tuple[date, date]]
) -> list[int]:
    """How many days each span has, the first not counted: days of the calendar, or working days.

    Of closed months by the calendar as it was when they were closed.
    """
    if ukuran.definisi.hari == "kalender":
        return [(sampai - dari).days for dari, sampai in semua]

    def kerja(kalender: Kalender) -> list[int]:
        return [kalender.sisa(dari, sampai) for dari, sampai in semua]

    tutup = semua_tertutup(bacaan.koneksi, periode)
    if not tutup:
        return bacaan.dengan_kalender(konfig, kerja)
    tahun, hari = libur.menurut_jurnal(bacaan.koneksi, max(satu.seq for satu in tutup))
    return libur.lengkapi_tahun(
        lambda lain: kerja(
            Kalender(konfig.indeks_hari_kerja, tahun.union(lain), frozenset(hari).union(*lain.values()))
        )
    )


def angka_semua(
    bacaan: Bacaan, periode: Periode, semua: DaftarUkuran, konfig: Konfigurasi
) -> dict[str, list[int | None]]:
    """Every measure's figure in ``periode`` by name, as [pembilang, penyebut]; kept when a month is closed.

    By measure and not by position, since an office may change its positions.
    """
    return {nama: hitung(bacaan, ukuran, periode, konfig).simpan() for nama, ukuran in semua.items()}


@dataclass(frozen=True, slots=True)
class Pembanding:
    """An earlier figure, and what the present one is more than it.

    ``selisih`` is in the measure's unit, percentage points for a percentage, taken between the figures as they are
    shown, so that it can be checked on paper; None where either has no data.
    """

    periode: Periode
    realisasi: Realisasi
    selisih: int | Decimal | None


@dataclass(frozen=True, slots=True)
class Banding:
    """The two earlier figures; for a year they are the same."""

    sebelumnya: Pembanding
    tahun_lalu: Pembanding

    @property
    def kolom(self) -> tuple[Pembanding, ...]:
        """Those that differ in their days."""
        sama = self.sebelumnya.periode.awal == self.tahun_lalu.periode.awal
        return (self.sebelumnya,) if sama else (self.sebelumnya, self.tahun_lalu)


def bandingkan(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, kini: Realisasi, konfig: Konfigurasi) -> Banding:
    """Compare ``kini``, the figure of ``periode``, with the two earlier ones."""
    lama = periode.sebelumnya(), periode.tahun_lalu()
    angka = hitung_semua(bacaan, ukuran, lama, konfig)
    selisih = [None if kini.nilai is None or satu.nilai is None else kini.nilai - satu.nilai for satu in angka]
    return Banding(*map(Pembanding, lama, angka, selisih))


@dataclass(frozen=True, slots=True)
class Titik:
    """One month's figure; ``belum``: the month has not begun."""

    bulan: Periode
    realisasi: Realisasi
    belum: bool = False


def tren(bacaan: Bacaan, ukuran: Ukuran, periode: Periode, konfig: Konfigurasi) -> tuple[Titik, ...]:
    """A measure's figure in every month of a quarter, half year or year, else in the twelve to the period's last one.

    Each is as that month's own sheet has it; one without entries counts 0 of 0, and so does one that has not begun.
    """
    kini = periode.sampai or date.max
    bulan = bulan_bulan(periode if periode.bagian_tahun else dua_belas_bulan(periode.akhir))
    mulai = [satu.pada(kini) for satu in bulan if satu.awal <= kini]
    angka = hitung_semua(bacaan, ukuran, mulai, konfig) if mulai else []
    kosong = Realisasi(0, 0 if ukuran.hitung is Hitungan.RASIO else None)
    belum = (Titik(satu, kosong, belum=True) for satu in bulan[len(mulai) :])
    return (*map(Titik, bulan[: len(mulai)], angka), *belum)


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
