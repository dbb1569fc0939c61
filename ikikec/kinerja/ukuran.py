"""The measures: each a definition, and one SELECT of the entries behind it.

Every SELECT yields ``nomor``, ``tanggal`` (the date the entry counts by) and what the figure is made of: ``nilai``
(1, the number to add up, or for a ratio whether the entry belongs to its upper part), or the days ``dari`` and
``sampai``; never a cancelled entry. The figure, the list of entries behind it and any later view of it are made from
that one SELECT, so they cannot disagree. What just missed it comes from the same conditions: ``nomor``, ``tanggal``
and ``alasan``, the reason in words.
"""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ikikec.berkas_toml import baca_toml, baris_kunci, coba_susun, tak_terpakai
from ikikec.buku.model import HALAMAN
from ikikec.buku.register import PENGADUAN, SEMUA, SURVEI, TINDAK_LANJUT, Register
from ikikec.buku.terbuka import terbuka, tindak_lanjut_penutup, tindak_lanjut_pertama
from ikikec.galat import Pelanggaran
from ikikec.kinerja.definisi import HARI, PERSEN, TEMPAT, Definisi, Hitungan, periksa
from ikikec.kinerja.syarat import PENUTUP, PERTAMA, Sudut, Syarat, sebab_pertama, sebut, sql
from ikikec.konfigurasi import Konfigurasi
from ikikec.letak import bawaan, berkas_ukuran
from ikikec.periode import Periode

Pilih = sa.Select[Any]
Ejaan = Callable[[str], Iterable[str]]
_LANJUT = HALAMAN[TINDAK_LANJUT.slug].c
_SATU: sa.ColumnElement[int] = sa.literal_column("1")


def _tanpa_ejaan(bidang: str) -> Iterable[str]:
    raise LookupError(bidang)


# Fields that are not for an office's templates.
TERTUTUP = {"templat": False}


@dataclass(frozen=True, slots=True)
class Ukuran:
    """One measure: its definition, the file that stands in, the register it counts, and for a ratio of others these.

    ``bawaan``: whether it came with the program.
    """

    nama: str
    bawaan: bool
    definisi: Definisi = field(metadata=TERTUTUP)
    berkas: Path = field(metadata=TERTUTUP)
    agenda: Register = field(metadata=TERTUTUP)
    bagian: tuple["Ukuran", ...] = field(default=(), metadata=TERTUTUP)

    def __str__(self) -> str:
        return self.nama

    @property
    def hitung(self) -> Hitungan:
        """What is computed."""
        return self.definisi.hitung

    @property
    def aturan(self) -> str:
        """The rule in words, as it is printed on the sheet."""
        return self.definisi.aturan

    @property
    def satuan(self) -> str:
        """The unit of the figure."""
        biasa = PERSEN if self.hitung is Hitungan.RASIO else HARI.get(self.definisi.hari, "")
        return self.definisi.satuan or biasa

    @property
    def register(self) -> str:
        """The slug of the register whose entries count; of a ratio of two others, that of its upper part."""
        return self.agenda.slug

    @property
    def sebutan(self) -> str:
        """What its entries are called."""
        return self.definisi.sebutan or (self.bagian[1].satuan if self.bagian else self.agenda.sebutan)

    @property
    def penyebut(self) -> str:
        """What a ratio is taken of; blank for all else."""
        return self.sebutan if self.hitung is Hitungan.RASIO else ""

    @property
    def terbagi(self) -> bool:
        """Whether a part of a period has its part of the figure, as counts have."""
        return self.hitung in (Hitungan.CACAH, Hitungan.JUMLAH)

    @property
    def berdesimal(self) -> bool:
        """Whether the figure has decimals."""
        return self.hitung not in (Hitungan.CACAH, Hitungan.JUMLAH, Hitungan.SISA)

    @property
    def lewat_indeks(self) -> bool:
        """Whether a period costs its own entries; else the whole register is read."""
        if self.bagian:
            return all(satu.lewat_indeks for satu in self.bagian)
        return (self.agenda.slug, self.definisi.tanggal) in BERINDEKS

    def dalam(self, periode: Periode, ejaan: Ejaan = _tanpa_ejaan) -> Pilih:
        """The entries that count in ``periode``; of a ratio all of its denominator.

        ``ejaan`` tells what was ever written in a field of free words that a condition names.
        """
        sudut, satu = self._sudut(periode, ejaan), self.definisi
        asal = self._asal(sudut, periode)
        if self.hitung is Hitungan.RASIO:
            nilai = sa.case((sa.and_(*(sql(syarat, sudut) for syarat in satu.syarat)), 1), else_=0)
            return asal.where(*(sql(syarat, sudut) for syarat in satu.syarat_penyebut)).add_columns(
                nilai.label("nilai")
            )
        pilih = asal.where(*(sql(syarat, sudut) for syarat in self._syarat(sudut)))
        if satu.dari:
            return pilih.add_columns(*(sudut.kolom(satu[nama]).label(nama) for nama in ("dari", "sampai")))
        return pilih.add_columns((sudut.kolom(satu.bidang) if satu.bidang else _SATU).label("nilai"))

    def luput_dalam(self, periode: Periode, ejaan: Ejaan = _tanpa_ejaan) -> Pilih | None:
        """The entries that just missed in ``periode``; None where this measure knows no such."""
        sudut = self._sudut(periode, ejaan)
        syarat = self._syarat(sudut)
        if self.hitung is Hitungan.RASIO or not syarat:
            return None
        asal = self._asal(sudut, periode)
        alasan = sebab_pertama(syarat, sudut)
        return asal.where(alasan.is_not(None)).add_columns(alasan.label("alasan"))

    def hasil_dalam(self, periode: Periode, ejaan: Ejaan = _tanpa_ejaan) -> Any:
        """An entry's outcome as a column on the register's page; None where this measure tells none.

        What the definition wants to be shown; of a ratio else that the entry belongs to its upper part, or why not.
        """
        sudut, satu = self._sudut(periode, ejaan), self.definisi
        if satu.hasil:
            return _tulisan(satu.hasil, sudut)
        if self.hitung is Hitungan.RASIO:
            return sa.func.coalesce(sebab_pertama(satu.syarat, sudut), " dan ".join(map(sebut, satu.syarat)))
        return None

    def _sudut(self, periode: Periode, ejaan: Ejaan) -> Sudut:
        return Sudut(self.agenda, periode.sampai or periode.akhir, self.definisi.tanggal, ejaan)

    def _syarat(self, sudut: Sudut) -> tuple[Syarat, ...]:
        """The conditions, and that what is added up or counted from and to is filled in."""
        perlu = (self.definisi.bidang, self.definisi.dari, self.definisi.sampai)
        belum = (satu for satu in perlu if satu and not sudut.pasti(satu))
        return (*self.definisi.syarat, *(Syarat(bidang=satu, isi="terisi") for satu in belum))

    def _asal(self, sudut: Sudut, periode: Periode) -> Pilih:
        """The entries that are looked at: those of the period by their date, or those open at its end."""
        kolom, menurut = HALAMAN[self.agenda.slug].c, self.definisi.tanggal
        tanggal: Any
        if self.hitung is Hitungan.SISA:
            tanggal = kolom.tanggal
            milik = [terbuka(self.agenda, sudut.hari), tanggal <= sudut.hari]
        elif self.agenda is PENGADUAN and menurut in (PERTAMA, PENUTUP):
            # Asked for each follow-up of the period; grouping by complaint would read the whole register.
            tanggal, milik = _LANJUT.tanggal, [_LANJUT.pengaduan == kolom.nomor, ~_LANJUT.batal, ~kolom.batal]
            pertama = tindak_lanjut_pertama("nomor", _LANJUT.pengaduan)
            penutup = tindak_lanjut_penutup("nomor", _LANJUT.pengaduan, sudut.hari)
            milik.append(_LANJUT.nomor == (pertama if menurut == PERTAMA else penutup))
        else:
            tanggal, milik = kolom[menurut], [~kolom.batal]
        if self.agenda is TINDAK_LANJUT:
            # Contract: a cancelled complaint's follow-ups count nowhere.
            induk = HALAMAN[PENGADUAN.slug].c
            milik.append(sa.exists().where(induk.nomor == kolom.pengaduan, ~induk.batal))
        if self.hitung is not Hitungan.SISA:
            milik += [tanggal >= periode.awal, tanggal < periode.sesudah]
        return sa.select(kolom.nomor, tanggal.label("tanggal")).where(*milik)


def _tulisan(teks: str, sudut: Sudut) -> Any:
    """A text with fields in it as a column; a field stands there as it is today, the status as it counts."""
    halaman = HALAMAN[sudut.register.slug].c

    def isi(nama: str) -> Any:
        if nama in halaman:
            return halaman[nama]
        return sudut.status_terhitung() if nama == "status" else sudut.kolom(nama)

    potong = [(urut % 2, kata) for urut, kata in enumerate(TEMPAT.split(teks)) if kata]
    kolom = [isi(kata) if medan else kata for medan, kata in potong]
    if len(kolom) == 1:
        return kolom[0]
    return reduce(operator.add, (sa.cast(satu, sa.String) for satu in kolom), sa.literal(""))


# The dates by which the schema keeps an index.
BERINDEKS = frozenset(
    {
        *((slug, "tanggal") for slug in SEMUA),
        ("informasi", "tanggal_selesai"),
        ("rekomendasi", "tanggal_terbit"),
        ("surat-kabar", "tanggal_dimanfaatkan"),
        ("pengaduan", PERTAMA),
        ("pengaduan", PENUTUP),
    }
)

DaftarUkuran = Mapping[str, Ukuran]


def baca_ukuran(berkas: Path, *, dari_program: bool = False) -> tuple[dict[str, Ukuran], list[Pelanggaran]]:
    """The measures of one file, and what keeps others in it from being read at all.

    A ratio of others still lacks these. Raises SalahPakai where the file cannot be read, AturanDilanggar where it is
    no TOML.
    """
    baik: dict[str, Ukuran] = {}
    salah: list[Pelanggaran] = []
    for nama, isi in baca_toml(berkas).items():
        hasil = coba_susun(Definisi, isi)
        if isinstance(hasil, tuple):
            salah += [_salah(berkas, nama, satu.bidang, satu.pesan) for satu in hasil]
        else:
            baik[nama] = Ukuran(nama, dari_program, hasil, berkas, SEMUA.get(hasil["register"], SURVEI))
    return baik, salah


def salah_ukuran(milik: Iterable[Ukuran], semua: DaftarUkuran, konfig: Konfigurasi) -> list[Pelanggaran]:
    """Every mistake in the definitions of some measures among ``semua``."""
    definisi = {nama: satu.definisi for nama, satu in semua.items()}
    return [
        _salah(satu.berkas, satu.nama, kunci, pesan)
        for satu in milik
        for kunci, pesan in periksa(satu.nama, satu.definisi, definisi, konfig)
    ]


def _salah(berkas: Path, nama: str, kunci: str, pesan: str) -> Pelanggaran:
    return Pelanggaran(f"{nama}.{kunci}" if kunci else nama, pesan, baris_kunci(berkas, nama, kunci))


def susun_ukuran(semua: DaftarUkuran) -> DaftarUkuran:
    """Sound measures, each ratio with those it is made of."""
    return {nama: _lengkapi(satu, semua) for nama, satu in semua.items()}


def _lengkapi(satu: Ukuran, semua: DaftarUkuran) -> Ukuran:
    """A ratio with the measures it is made of; one that names only its denominator has an upper part of its own."""
    definisi = satu.definisi
    if not definisi.penyebut:
        return satu
    isi = {nama: definisi[nama] for nama in ("aturan", "register", "tanggal", "syarat", "hasil")}
    sendiri = replace(satu, definisi=Definisi(hitung=Hitungan.CACAH, satuan="entri", **isi))
    atas = semua[definisi.pembilang] if definisi.pembilang else sendiri
    return replace(satu, agenda=atas.agenda, bagian=(atas, semua[definisi.penyebut]))


def muat_ukuran(konfig: Konfigurasi, folder_konfig: Path) -> DaftarUkuran:
    """Every measure in force: the program's, and those in ``ukuran.toml`` and ``ukuran/`` of ``folder_konfig``.

    An office's may replace one of the program's. Raises AturanDilanggar naming file, line and key of every mistake,
    or SalahPakai where a file cannot be read.
    """
    milik: dict[str, Ukuran] = {}
    for berkas in berkas_ukuran(folder_konfig):
        baik, salah = baca_ukuran(berkas)
        salah += [_salah(berkas, nama, "", f"sudah ada di {milik[nama].berkas}") for nama in baik if nama in milik]
        if salah:
            raise tak_terpakai(berkas, salah)
        milik |= baik
    semua = ukuran_program() | milik
    for berkas, isi in groupby(milik.values(), lambda satu: satu.berkas):
        if salah := salah_ukuran(isi, semua, konfig):
            raise tak_terpakai(berkas, salah)
    return susun_ukuran(semua)


def ukuran_program() -> dict[str, Ukuran]:
    """Those of the office's own sheets of 2019, which come with the program, as ``baca_ukuran`` has them."""
    semua: dict[str, Ukuran] = {}
    for berkas in sorted(bawaan("ukuran").glob("*.toml")):
        semua |= baca_ukuran(berkas, dari_program=True)[0]
    return semua


def ukuran_bawaan() -> DaftarUkuran:
    """The same, ratios complete."""
    return susun_ukuran(ukuran_program())
