"""Moving a ledger to another place, on the same engine or another: journal, pages and all.

The target's one transaction holds everything, verified before it is committed; only then does the source's, in which
the source is marked as moved and under whose lock nobody wrote meanwhile. A program that dies between the two leaves
two equal ledgers of which none is marked: the same act, done again, sees that and finishes the mark.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, starmap, zip_longest
from operator import eq
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku.baca import Bacaan, buka_bacaan
from ikikec.buku.halaman import Tulisan
from ikikec.buku.jurnal import cap_waktu
from ikikec.buku.mesin.dasar import BarisPolos, Mesin, mesin_dari
from ikikec.buku.model import HALAMAN, HARI_LIBUR, JURNAL, KEADAAN, PENUTUPAN, PRIBADI, RTL, TARGET
from ikikec.buku.silsilah import (
    REGISTER,
    Hubungan,
    Tanda,
    baca_tanda,
    hubungan,
    sidik_di,
    tandai,
    tolak_pindah,
    tolak_ujung_putus,
)
from ikikec.buku.skema import VERSI, pasang_jaga, pasang_tabel, siapkan_baca
from ikikec.galat import AturanDilanggar, BerkasTakTertulis, BukanBuku, BukuRusak, Galat, SalahPakai
from ikikec.istilah import Aksi

# A follow-up refers to a complaint, which stands before it.
TABEL = (JURNAL, PRIBADI, *HALAMAN.values(), KEADAAN, HARI_LIBUR, PENUTUPAN, TARGET, RTL)
SEKALI_BANDING = 2000


# Hears what is being done, and how many rows of it more are done.
Kabar = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Pindah:
    """What is moved: entries and journal lines; ``tinggal_tanda``: all of it is there already but for the mark."""

    entri: int
    baris: int
    tinggal_tanda: bool


@dataclass(frozen=True, slots=True)
class Pemindahan:
    """A move from one place to another."""

    asal: Mesin
    tujuan: Mesin
    petugas: str
    jam: Callable[[], datetime]
    zona: ZoneInfo

    def rencana(self) -> Pindah:
        """What ``pindahkan`` would do, without doing it and without the long comparison; raises what it would raise.

        SalahPakai where the target is not empty, AturanDilanggar where the source was moved already.
        """
        ada = self._ada_buku()
        with buka_bacaan(self.asal) as bacaan:
            tolak_pindah(bacaan.koneksi, self.zona)
            if ada:
                with buka_bacaan(self.tujuan) as lain:
                    self._tolak_lain(bacaan, lain)
            return _banyaknya(bacaan, tinggal_tanda=ada)

    def pindahkan(self, kabar: Kabar) -> Pindah:
        """Do it, all or nothing; raises further BukuRusak where the copy does not equal its source."""
        tersalin = False
        try:
            ada = self._ada_buku()
            with self.asal.tulis() as sumber:
                hasil = self._coba_tandai(sumber, tinggal_tanda=ada)
                (self._cocokkan if ada else self._salin)(sumber, kabar)
                tersalin = True
                self._tandai(sumber)
        except Galat as galat:
            if tersalin:
                raise self._belum_bertanda(galat) from galat
            if isinstance(galat, BerkasTakTertulis):
                saran = f"{galat.saran} Buku asal tidak berubah; perintah yang sama dapat diulang."
                raise BerkasTakTertulis(galat.pesan, saran) from galat
            raise
        return hasil

    def _ada_buku(self) -> bool:
        """Whether the target holds a ledger; raises SalahPakai where it holds anything else."""
        siapkan_baca(self.asal)
        if self.asal.jati_diri() == self.tujuan.jati_diri():
            raise SalahPakai(f"{self.tujuan.sebutan} adalah buku itu sendiri")
        try:
            versi = self.tujuan.versi()
        except BukanBuku:
            raise self._tidak_kosong("sudah berisi hal lain") from None
        if versi not in (None, VERSI):
            raise self._tidak_kosong("sudah berisi buku berskema lain")
        return versi is not None

    def _tidak_kosong(self, sebab: str) -> SalahPakai:
        return SalahPakai(
            f"{self.tujuan.sebutan} {sebab}; tidak ada yang dipindahkan",
            "Pilih tujuan yang kosong: berkas yang belum ada, atau skema peladen tanpa tabel.",
        )

    def _tolak_lain(self, sumber: Bacaan, sasaran: Bacaan) -> None:
        """Raise SalahPakai unless the ledger at the target ends as the source does and lives there."""
        sini, sana = sumber.ujung(), sasaran.ujung()
        tanda = baca_tanda(sasaran.koneksi)
        if tanda is not None:
            raise self._tidak_kosong(f"berisi buku yang sudah dipindahkan ke {tanda.kabar(self.zona)}")
        if sini == sana:
            return
        if hubungan(sasaran.koneksi, sumber.koneksi) is Hubungan.SALINAN:
            raise SalahPakai(
                f"{self.tujuan.sebutan} sudah berisi buku ini dan sudah lebih jauh: {sana[0]} baris jurnal,"
                f" {self.asal.sebutan} baru {sini[0]}",
                "Pakai buku di tujuan itu, dan jangan mencatat lagi di buku asal.",
            )
        if hubungan(sumber.koneksi, sasaran.koneksi) is Hubungan.SALINAN:
            raise SalahPakai(
                f"{self.tujuan.sebutan} berisi salinan lama: {sana[0]} baris jurnal, sedangkan {self.asal.sebutan}"
                f" sudah {sini[0]}",
                "Pilih tujuan lain yang kosong. Bila salinan itu sisa pemindahan yang terputus, bukan cadangan,"
                " kosongkan dulu tempatnya.",
            )
        raise self._tidak_kosong("sudah berisi buku lain")

    def _coba_tandai(self, sumber: sa.Connection, *, tinggal_tanda: bool) -> Pindah:
        """See that the source can be marked before anything is copied, and take that back: it is not to be copied."""
        tolak_ujung_putus(sumber)
        tolak_pindah(sumber, self.zona)
        coba = sumber.begin_nested()
        self._tandai(sumber)
        coba.rollback()
        return _banyaknya(Bacaan(sumber), tinggal_tanda=tinggal_tanda)

    def _tandai(self, sumber: sa.Connection) -> None:
        tandai(sumber, Tulisan(REGISTER, Aksi.PINDAH, self.petugas, cap_waktu(self.jam())), self.tujuan.sebutan)

    def _salin(self, sumber: sa.Connection, kabar: Kabar) -> None:
        """Fill the target, triggers last since they refuse a page that was changed before they came; verify it."""
        with self.tujuan.tempati(), self.tujuan.mutakhirkan() as sasaran:
            if sa.inspect(sasaran).get_table_names():
                raise self._tidak_kosong("baru saja diisi program lain")
            pasang_tabel(sasaran)
            dbapi = sasaran.dialect.dbapi
            assert dbapi is not None
            for tabel in TABEL:
                baris = _hitung(self._alir(sumber, tabel), f"menyalin {tabel.name}", kabar)
                try:
                    mesin_dari(sasaran).tuang(sasaran, tabel, baris)
                except (dbapi.DataError, dbapi.IntegrityError) as galat:
                    # A row that columns or rules do not take can only be one that no program of ours wrote.
                    raise _rusak(f"isi {tabel.name} di buku asal rusak") from galat
            kabar("memasang penjaga", 0)
            pasang_jaga(sasaran)
            self._samakan(sumber, sasaran, kabar)

    def _cocokkan(self, sumber: sa.Connection, kabar: Kabar) -> None:
        """Make sure that the target holds the same ledger, under its lock."""
        with self.tujuan.tulis() as sasaran:
            self._tolak_lain(Bacaan(sumber), Bacaan(sasaran))
            self._samakan(sumber, sasaran, kabar)

    def _samakan(self, sumber: sa.Connection, sasaran: sa.Connection, kabar: Kabar) -> None:
        """Raise BukuRusak unless both are equal row by row, and the chain is whole."""
        from ikikec.buku.keutuhan import baris_putus

        for tabel in TABEL:
            salinan = mesin_dari(sasaran).alir(sasaran, tabel)
            asli = _hitung(self._alir(sumber, tabel), f"membandingkan {tabel.name}", kabar)
            if not all(starmap(eq, zip_longest(asli, salinan))):
                beda = f"{tabel.name} di {self.tujuan.sebutan} tidak sama dengan di {self.asal.sebutan}"
                raise BukuRusak(f"{beda}; tidak ada yang dipindahkan", "Periksa buku asal dengan ikikec periksa.")
        kabar("memeriksa rantai", 0)
        putus = baris_putus(Bacaan(sasaran))
        if putus is not None:
            raise _rusak(f"rantai jurnal putus di baris {putus[0]}")

    def _alir(self, sumber: sa.Connection, tabel: sa.Table) -> Iterator[BarisPolos]:
        with self.asal.jelaskan():
            yield from mesin_dari(sumber).alir(sumber, tabel)

    def _belum_bertanda(self, galat: Galat) -> BerkasTakTertulis:
        return BerkasTakTertulis(
            f"isi buku sudah utuh di {self.tujuan.sebutan}, tetapi {self.asal.sebutan} mungkin belum bertanda pindah:"
            f" {galat.pesan}",
            "Jangan mencatat di keduanya dulu; ulangi perintah yang sama, yang lalu hanya membubuhkan tandanya.",
        )


@dataclass(frozen=True, slots=True)
class Pembatalan:
    """Taking back the mark of a ledger whose place to be holds no such ledger; a journal line tells that and why.

    ``cari`` makes the ledger of an address, as the mark has it.
    """

    asal: Mesin
    cari: Callable[[str], Mesin]
    petugas: str
    alasan: str
    jam: Callable[[], datetime]
    zona: ZoneInfo

    def rencana(self) -> tuple[Tanda, str]:
        """The mark, and why its target could not be looked at (blank: it could); raises what ``batalkan`` does."""
        siapkan_baca(self.asal)
        with self.asal.baca() as koneksi:
            return self._periksa(koneksi)

    def batalkan(self) -> None:
        """Take the mark back; raises AturanDilanggar where there is none, or where the ledger lives at its target."""
        siapkan_baca(self.asal)
        with self.asal.tulis() as koneksi:
            tolak_ujung_putus(koneksi)
            tanda, _kendala = self._periksa(koneksi)
            tulisan = Tulisan(REGISTER, Aksi.BATAL_PINDAH, self.petugas, cap_waktu(self.jam()), self.alasan)
            tandai(koneksi, tulisan, tanda.tujuan)

    def _periksa(self, koneksi: sa.Connection) -> tuple[Tanda, str]:
        """The mark, and why its target could not be looked at; that it has this ledger's lines is refused."""
        tanda = baca_tanda(koneksi)
        if tanda is None:
            raise AturanDilanggar(f"buku {self.asal.sebutan} tidak bertanda pindah; tidak ada yang dibatalkan")
        try:
            lain = self.cari(tanda.tujuan)
            if lain.versi() is None:
                return tanda, ""
            with lain.tengok() as sana:
                ada = not tanda.seq or sidik_di(sana, tanda.seq) == tanda.sidik
        except BukanBuku:
            return tanda, ""
        except Galat as galat:
            return tanda, galat.pesan
        if ada:
            raise AturanDilanggar(
                f"buku ini memang ada di {tanda.kabar(self.zona)}; tanda pindahnya tetap",
                saran=f"Pakai buku di sana; untuk kembali: ikikec pindahkan {tanda.tujuan} BERKAS-BARU.",
            )
        return tanda, ""


def _rusak(apa: str) -> BukuRusak:
    return BukuRusak(
        f"{apa}; tidak ada yang dipindahkan",
        "Jalankan ikikec periksa pada buku asal; pakai cadangan dengan ikikec pulihkan.",
    )


def _banyaknya(bacaan: Bacaan, *, tinggal_tanda: bool) -> Pindah:
    return Pindah(sum(bacaan.jumlah().values()), bacaan.ujung()[0], tinggal_tanda)


def _hitung(baris: Iterator[BarisPolos], apa: str, kabar: Kabar) -> Iterator[BarisPolos]:
    kabar(apa, 0)
    while bagian := list(islice(baris, SEKALI_BANDING)):
        yield from bagian
        kabar(apa, len(bagian))
