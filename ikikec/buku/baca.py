"""Reading the ledger: everything one command shows comes from one read transaction, hence from one moment.

What a list is narrowed to and how it is ordered, what an entry went through, and which fields hold a text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from ikikec.bahasa import kunci_teks, setara
from ikikec.buku import halaman, libur
from ikikec.buku.batas import JatuhTempo, jatuh_tempo
from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.buku.halaman import buka_baris
from ikikec.buku.mesin.dasar import SEKALI_BACA, Mesin, jelaskan_isi, mesin_dari
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.nomor import Nomor, NomorPendek
from ikikec.buku.penomoran import menurut_nomor, potong, urutan_nomor
from ikikec.buku.register import LUPA, SEMUA, TINDAK_LANJUT, Register
from ikikec.buku.silsilah import Tanda, baca_tanda
from ikikec.buku.skema import siapkan_baca
from ikikec.buku.terbuka import terbuka
from ikikec.galat import SalahPakai
from ikikec.istilah import Aksi
from ikikec.kalender import Kalender
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode
from ikikec.tanggal import TAHUN_TERAWAL

T = TypeVar("T")

# How many of the latest entries are looked through for words, so that it costs the same in a large ledger.
DITENGOK = 500

# As far as an engine compares (SQLite refuses patterns of over 50,000 bytes); the whole text is compared after it.
POLA_TERPANJANG = 1_000


@dataclass(frozen=True, slots=True)
class Saringan:
    """What a list is narrowed to; ``jatuh_tempo`` holds first and last day, both included."""

    periode: Periode | None = None
    belum_selesai: bool = False
    terlambat_pada: date | None = None
    jatuh_tempo: tuple[date, date] | None = None
    batal: bool = False
    sama: Mapping[str, Nilai] = field(default_factory=dict)
    nomor: Sequence[str] | None = None
    urut: str = ""
    maks: int | None = None


def _kueri(register: Register, saringan: Saringan) -> sa.Select[Any]:
    """A register's entries that ``saringan`` lets through, in its order; raises SalahPakai where it cannot be."""
    kolom = HALAMAN[register.slug].c
    kueri = sa.select(HALAMAN[register.slug])
    if saringan.periode is not None:
        kueri = kueri.where(kolom.tanggal >= saringan.periode.awal, kolom.tanggal < saringan.periode.sesudah)
    if saringan.belum_selesai or saringan.terlambat_pada or saringan.jatuh_tempo:
        kueri = kueri.where(terbuka(register))
    if saringan.terlambat_pada is not None:
        kueri = kueri.where(kolom.batas < saringan.terlambat_pada)
    if saringan.jatuh_tempo is not None:
        kueri = kueri.where(kolom.batas.between(*saringan.jatuh_tempo))
    if saringan.batal:
        kueri = kueri.where(kolom.batal)
    if saringan.nomor is not None:
        kueri = kueri.where(kolom.nomor.in_(saringan.nomor))
    for nama, nilai in saringan.sama.items():
        kueri = kueri.where(kolom[nama] == nilai)
    return kueri.order_by(*_urutan(register, saringan.urut)).limit(saringan.maks)


def _urutan(register: Register, nama: str) -> tuple[Any, ...]:
    """The order by field ``nama``, backwards with ``-`` before it, blank ones last; by number where it is blank.

    Numbers stand by year and sequence, and entries that are alike in a field by their numbers.
    """
    bawaan = urutan_nomor(register)
    if not nama:
        return bawaan
    bidang = nama.removeprefix("-").replace("-", "_")
    if bidang not in register.nama_bidang:
        raise SalahPakai(f"register {register.slug} tidak punya isian {bidang!r} untuk --urut")
    kolom = HALAMAN[register.slug].c[bidang]
    urut = bawaan if bidang == "nomor" else menurut_nomor(kolom) if bidang == "pengaduan" else (kolom,)
    return (kolom.is_(None), *(satu.desc() if nama.startswith("-") else satu for satu in urut), *bawaan)


@dataclass(frozen=True, slots=True)
class Riwayat:
    """One act in an entry's history: when (ISO, UTC), who, what, why, and the whole state after it.

    ``perubahan`` holds old and new value of every field the act changed; an entry's first act changes none. ``lupa``:
    the fields that it forgot.
    """

    seq: int
    waktu: str
    petugas: str
    aksi: str
    nomor: str
    revisi: int
    alasan: str | None
    isi: dict[str, Any]
    perubahan: dict[str, tuple[Any, Any]]
    lupa: tuple[str, ...] = ()


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
        terjaga = (Jenis.TANGGAL, Jenis.PILIHAN)
        pengawas = [_Pengawas(satu, urut) for urut, satu in enumerate(bidang) if satu.jenis in terjaga]
        with jelaskan_isi(f"register {self.register.slug}"):
            for bagian in self._bagian([_teks(kolom[satu.nama], satu) for satu in bidang]):
                for satu in pengawas:
                    satu.periksa(bagian)
                yield bagian

    def _bagian(self, kolom: Sequence[Any]) -> Iterator[Sequence[Any]]:
        kueri = self.kueri.with_only_columns(*kolom)
        return self.koneksi.execution_options(yield_per=SEKALI_BACA).execute(kueri).partitions()


@dataclass(frozen=True, slots=True)
class IsiRegister:
    """Entries of a register, read as they are written, and in words what they were narrowed to."""

    register: Register
    entri: Iterable[Mapping[str, Nilai]]
    saringan: str

    def tertulis(self) -> Iterator[Sequence[str | int | None]]:
        """Each entry's values in order, as files show them but whole numbers and None."""
        if isinstance(self.entri, Entri):
            return chain.from_iterable(self.entri.tertulis())
        bidang = self.register.bidang
        return (tuple(_tulis(satu, isi[satu.nama]) for satu in bidang) for isi in self.entri)


def _tulis(bidang: Bidang, nilai: Any) -> str | int | None:
    return nilai if nilai is None or bidang.jenis is Jenis.BILANGAN else bidang.tulis(nilai)


def _teks(kolom: Any, bidang: Bidang) -> Any:
    """The column's text as it is stored; yes and no are made by the database."""
    if bidang.jenis is Jenis.YA_TIDAK:
        return sa.case((kolom, "ya"), else_="tidak")
    if bidang.jenis is Jenis.TANGGAL:
        return sa.cast(kolom, sa.String)
    return sa.type_coerce(kolom, sa.String)


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


@dataclass(frozen=True, slots=True)
class Bacaan:
    """An open read transaction on a ledger."""

    koneksi: sa.Connection

    def ujung(self) -> tuple[int, str]:
        """How many journal lines there are, and the last one's fingerprint.

        The mark of a move does not count: what rests on such a ledger must be found again where it lives now.
        """
        tanda = self.tanda_pindah()
        return (tanda.seq, tanda.sidik) if tanda else halaman.ujung(self.koneksi)[:2]

    def tanda_pindah(self) -> Tanda | None:
        """Where the ledger was moved; None where it lives here."""
        return baca_tanda(self.koneksi)

    def entri_pertama(self) -> tuple[str, str] | None:
        """The first entry's journal line, fingerprint and content; None where no entry was ever recorded."""
        awal = sa.select(JURNAL.c.sidik, JURNAL.c.isi).where(JURNAL.c.register.in_(list(SEMUA)))
        baris = self.koneksi.execute(awal.order_by(JURNAL.c.seq).limit(1)).first()
        return (baris.sidik, baris.isi) if baris else None

    def baris_bersidik(self, sidik: str) -> sa.Row[Any] | None:
        """The journal line (seq, waktu, nomor, aksi) whose fingerprint begins so, the first where several do."""
        kolom = [JURNAL.c[nama] for nama in ("seq", "waktu", "nomor", "aksi")]
        cari = sa.select(*kolom).where(JURNAL.c.sidik.startswith(sidik)).order_by(JURNAL.c.seq)
        return self.koneksi.execute(cari.limit(1)).first()

    def entri(self, nomor: Nomor) -> dict[str, Nilai]:
        """One entry's values by field, in the contract's order; raises EntriTidakAda."""
        return nomor.register.nilai(halaman.ambil(self.koneksi, nomor)[0])

    def jatuh_tempo(self, nomor: Nomor, hari_ini: date, konfig: Konfigurasi) -> JatuhTempo | None:
        """How an entry stands against its deadline, None where it has none; raises EntriTidakAda."""
        isi, _revisi = halaman.ambil(self.koneksi, nomor)
        return self.dengan_kalender(
            konfig, lambda kalender: jatuh_tempo(self.koneksi, nomor.register, isi, hari_ini, konfig, kalender)
        )

    def cari_nomor(self, pendek: NomorPendek, tahun: int) -> list[Nomor]:
        """The entries a short number can mean, of ``tahun`` and the years before it, the newest first."""
        calon = {
            str(nomor): nomor for nomor in (pendek.di_tahun(satu) for satu in range(tahun, TAHUN_TERAWAL - 1, -1))
        }
        kolom = HALAMAN[pendek.register.slug].c.nomor
        ada = set(self.koneksi.scalars(sa.select(kolom).where(kolom.in_(list(calon)))))
        return [nomor for teks, nomor in calon.items() if teks in ada]

    def sebab_celah(self, nomor: Nomor) -> str:
        """Why a number that was given once is not there any more; blank where it never was."""
        return halaman.sebab_celah(self.koneksi, nomor)

    def riwayat(self, nomor: Nomor, terakhir: int | None = None) -> tuple[list[Riwayat], int]:
        """The acts on an entry and its follow-ups, oldest first, and how many older ones are left out.

        ``terakhir``: how many of the latest are read; None reads all.
        """
        teks = str(nomor)
        # "0" is the character after "/": the range holds exactly the numbers PGD-…/N.
        milik = sa.or_(JURNAL.c.nomor == teks, sa.and_(JURNAL.c.nomor >= f"{teks}/", JURNAL.c.nomor < f"{teks}0"))
        cari = sa.select(JURNAL.c.seq, JURNAL.c.nomor, JURNAL.c.revisi).where(milik).order_by(JURNAL.c.seq)
        semua = self.koneksi.execute(cari).all()
        awal = 0 if terakhir is None else max(len(semua) - terakhir, 0)
        letak = {(satu.nomor, satu.revisi): satu.seq for satu in semua}
        dibaca = {satu.seq for satu in semua[awal:]}
        # What a line changed shows against the one before it, which may be among those left out.
        lama = {letak.get((satu.nomor, satu.revisi - 1), satu.seq) for satu in semua[awal:]} - dibaca
        with jelaskan_isi(f"jurnal {nomor}"):
            bagian = potong(sorted(lama | dibaca))
            baris = (satu for seq in bagian for satu in self._baris_jurnal(JURNAL.c.seq.in_(seq)))
            return list(_bandingkan(baris))[len(lama) :], awal

    def _baris_jurnal(self, syarat: sa.ColumnElement[bool]) -> Iterator[dict[str, Any]]:
        kolom = [JURNAL.c[nama] for nama in ("seq", "waktu", "petugas", "aksi", "nomor", "revisi", "alasan", "isi")]
        baris = self.koneksi.execute(sa.select(*kolom).where(syarat).order_by(JURNAL.c.seq)).mappings()
        semua = [dict(satu) for satu in baris]
        terbuka = buka_baris(self.koneksi, [(satu["nomor"], satu["revisi"], satu["isi"]) for satu in semua])
        for satu, isi in zip(semua, terbuka, strict=True):
            lupa = tuple(isi.pop(LUPA, ()))
            # Why an entry was cancelled stands in its state, and goes when that is forgotten.
            alasan = isi["alasan_batal"] if satu["aksi"] == Aksi.BATAL else satu["alasan"]
            yield {**satu, "isi": isi, "alasan": alasan, "lupa": lupa}

    def pencatat(self, nomor: Nomor) -> str:
        """Who recorded an entry; blank where there is none of that number."""
        awal = sa.select(JURNAL.c.petugas).where(JURNAL.c.nomor == str(nomor), JURNAL.c.revisi == 1)
        return self.koneksi.scalar(awal) or ""

    def lanjutan(self, nomor: Nomor, terakhir: int | None = None) -> tuple[Entri, int]:
        """A complaint's follow-ups by number, and how many are left out; ``terakhir`` as above."""
        tabel = HALAMAN[TINDAK_LANJUT.slug]
        kueri = sa.select(tabel).where(tabel.c.pengaduan == str(nomor)).order_by(*urutan_nomor(TINDAK_LANJUT))
        banyak = self.koneksi.scalar(sa.select(sa.func.count()).select_from(kueri.subquery())) or 0
        awal = 0 if terakhir is None else max(banyak - terakhir, 0)
        return Entri(self.koneksi, TINDAK_LANJUT, kueri.offset(awal or None)), awal

    def daftar(self, register: Register, saringan: Saringan | None = None) -> Entri:
        """A register's entries, in number order unless ``saringan`` says otherwise; those it asks for, or all."""
        return Entri(self.koneksi, register, _kueri(register, saringan or Saringan()))

    def dengan_kalender(self, konfig: Konfigurasi, kerja: Callable[[Kalender], T]) -> T:
        """What ``kerja`` answers with the office's working calendar; a year not in the ledger is looked up."""
        return libur.lengkapi_tahun(
            lambda tahun_lain: kerja(libur.kalender(self.koneksi, konfig.indeks_hari_kerja, tahun_lain))
        )

    def libur(self, tahun: int) -> list[libur.HariLibur] | None:
        """A year's free days, those taken back included; None where the year was not loaded yet."""
        return libur.daftar_libur(self.koneksi, tahun) if tahun in libur.tahun_dimuat(self.koneksi) else None

    def jumlah(self) -> dict[str, int]:
        """How many entries each register holds, cancelled ones included."""
        return {
            slug: self.koneksi.scalar(sa.select(sa.func.count()).select_from(HALAMAN[slug])) or 0 for slug in SEMUA
        }


def _bandingkan(baris: Iterable[dict[str, Any]]) -> Iterator[Riwayat]:
    """Each line with what it changed against the line before it of the same number."""
    terakhir: dict[str, dict[str, Any]] = {}
    for satu in baris:
        isi = satu["isi"]
        lama = terakhir.get(satu["nomor"], isi)
        # A line from before a field came to be has nothing in it.
        beda = {nama: (lama.get(nama), isi[nama]) for nama in isi if lama.get(nama) != isi[nama]}
        yield Riwayat(**satu, perubahan=beda)
        terakhir[satu["nomor"]] = isi


@contextmanager
def buka_bacaan(mesin: Mesin) -> Iterator[Bacaan]:
    """Open a ledger for reading; raises BukuTidakTerbaca, BukuSibuk or VersiBukuLain where that cannot be."""
    siapkan_baca(mesin)
    with mesin.baca() as koneksi:
        yield Bacaan(koneksi)


def terakhir(koneksi: sa.Connection, register: Register) -> dict[str, Nilai]:
    """What the entry of the highest number holds in the fields proposed again; nothing where there is none."""
    tabel = HALAMAN[register.slug]
    kolom = [tabel.c[bidang.nama] for bidang in register.isian if bidang.ulang]
    if not kolom:
        return {}
    cari = sa.select(*kolom).where(~tabel.c.batal).order_by(*(satu.desc() for satu in urutan_nomor(register)))
    baris = koneksi.execute(cari.limit(1)).mappings().first()
    return dict(baris) if baris else {}


def dikenal(koneksi: sa.Connection, register: Register) -> dict[str, tuple[str, ...]]:
    """The words lately written in each field that offers them again, in the alphabet's order."""
    tabel = HALAMAN[register.slug]
    nama = [bidang.nama for bidang in register.isian if bidang.dikenal]
    baru = (
        sa.select(*(tabel.c[satu] for satu in nama))
        .where(~tabel.c.batal)
        .order_by(tabel.c.tanggal.desc())
        .limit(DITENGOK)
    )
    baris = koneksi.execute(baru).all() if nama else []
    return {satu: tuple(sorted({isi[urut] for isi in baris} - {None})) for urut, satu in enumerate(nama)}


class Temu(NamedTuple):
    """One field that holds the text: its entry's number and date, the field, all of it, whether it is cancelled."""

    register: str
    nomor: str
    tanggal: date
    isian: str
    teks: str
    batal: bool


def cari_teks(koneksi: sa.Connection, teks: str) -> Iterator[Temu]:
    """Every text field that holds ``teks``, register by register, the newest entry first.

    Letters in either case; blanks, quotes and hyphens of every form are one, also in what earlier versions took in as
    it came. Nothing in ``teks`` is a wild card.
    """
    for pola in _pola(teks):
        temu = (satu for register in SEMUA.values() for satu in _cari(koneksi, register, teks, pola))
        if pertama := next(temu, None):
            yield pertama
            yield from temu
            return


def _cari(koneksi: sa.Connection, register: Register, teks: str, pola: str) -> Iterator[Temu]:
    tabel = HALAMAN[register.slug]
    nama = [bidang.nama for bidang in register.bidang if bidang.jenis is Jenis.TEKS]
    mesin = mesin_dari(koneksi)
    cocok = [mesin.mirip(tabel.c[satu], pola) for satu in nama]
    # No index can give this order: one would be followed from row to row all over the register.
    tanggal = sa.func.coalesce(tabel.c.tanggal, tabel.c.tanggal)
    kueri = (
        sa.select(tabel)
        .where(sa.or_(*cocok))
        .order_by(tanggal.desc(), *(satu.desc() for satu in urutan_nomor(register)))
    )
    with jelaskan_isi(f"register {register.slug}"):
        for baris in koneksi.execute(kueri).mappings():
            for satu in nama:
                isi = baris[satu]
                if isi is not None and (kunci_teks(teks) in kunci_teks(isi) or teks.lower() in isi.lower()):
                    yield Temu(register.slug, baris["nomor"], baris["tanggal"], satu, isi, baris["batal"])


def _pola(teks: str) -> tuple[str, str]:
    """LIKE patterns (``/`` before what is plain) that texts meet that hold ``teks``, and some others.

    The second finds it also where marks that nobody sees stand between the letters, as they may in what earlier
    versions took in; it takes five times as long, and is for a text that the first does not find.
    """
    huruf = [
        "%" if satu.isspace() else "_" if satu in "-'\"" else f"/{satu}" if satu in "%_/" else satu
        for satu in setara(teks).strip()[:POLA_TERPANJANG]
    ]
    return f"%{''.join(huruf)}%", f"%{'%'.join(huruf)}%"
