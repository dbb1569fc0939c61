"""From measures to a sheet: a position's figures for a period as one value, and what of its targets was reached.

Pure but for the reading; exact until the one rounding at the end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ikikec.bahasa import bagi_bulat
from ikikec.buku.baca import Bacaan
from ikikec.buku.target import TERBESAR, Target, meliputi
from ikikec.galat import NilaiSalah
from ikikec.istilah import Arah
from ikikec.kinerja.bukti import Rincian, rinci
from ikikec.kinerja.definisi import PERSEN
from ikikec.kinerja.hitung import Banding, Realisasi, Titik, bandingkan, hitung, tren
from ikikec.kinerja.jabatan import Butir, Jabatan, Penanda
from ikikec.kinerja.ukuran import Ukuran
from ikikec.konfigurasi import Konfigurasi, Pejabat
from ikikec.periode import Periode

_BULAT = re.compile(r"\d{1,10}", re.ASCII)
_PERSEN = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


def baca_nilai(teks: str, ukuran: Ukuran) -> int:
    """A target as typed, as the whole number the ledger keeps; raises NilaiSalah.

    A count is a whole number from 0. A percentage is 0 to 100 with up to two decimals (``85``, ``85,5``, ``85.5``),
    kept in hundredths.
    """
    bersih = teks.strip()
    if ukuran.satuan == PERSEN:
        cocok = _PERSEN.fullmatch(bersih.removesuffix("%").strip())
        nilai = int(cocok[1]) * 100 + int((cocok[2] or "").ljust(2, "0")) if cocok else -1
        if not 0 <= nilai <= 100_00:
            raise NilaiSalah(f"target {teks!r} bukan persentase; tulis 0 sampai 100, misalnya 85 atau 85,5")
        return nilai
    if not _BULAT.fullmatch(bersih) or int(bersih) > TERBESAR:
        raise NilaiSalah(
            f"target {teks!r} bukan jumlah {ukuran.satuan}; tulis bilangan bulat 0 sampai {TERBESAR} tanpa titik"
        )
    return int(bersih)


def tulis_nilai(nilai: Fraction) -> int | Decimal:
    """A target as sheets and JSON show it: whole, or with up to two decimals, half up."""
    bulat = bagi_bulat(nilai.numerator, nilai.denominator, 2)
    return int(bulat) if bulat == int(bulat) else bulat.normalize()


def nilai_utuh(target: Target) -> Fraction:
    """What was set, for the whole of its own period."""
    return Fraction(target.nilai, 100 if target.satuan == PERSEN else 1)


@dataclass(frozen=True, slots=True)
class TargetBerlaku:
    """The target of a sheet's period; ``nilai`` is exact, ``asal`` the target it is, or is a part of."""

    nilai: Fraction
    asal: Target

    def persis(self, periode: Periode) -> bool:
        """Whether it was set for ``periode`` itself."""
        utuh = self.asal.kunci.periode
        return (utuh.awal, utuh.akhir) == (periode.awal, periode.akhir)

    @property
    def tertulis(self) -> int | Decimal:
        """As sheets and JSON show it."""
        return tulis_nilai(self.nilai)

    @property
    def utuh(self) -> int | Decimal:
        """What was set for the period of ``asal``."""
        return tulis_nilai(nilai_utuh(self.asal))


def pilih_target(semua: Sequence[Target], indikator: str, ukuran: Ukuran, periode: Periode) -> TargetBerlaku | None:
    """The target that serves an indicator in ``periode``: the one of the shortest period that covers it.

    ``semua`` are the position's targets that cover ``periode``, the one set last first; it wins among equally
    long ones. One in another unit was set for another measure and serves no longer.
    """
    milik = [satu for satu in semua if satu.kunci.indikator == indikator and satu.satuan == ukuran.satuan]
    if not milik:
        return None
    asal = min(milik, key=lambda satu: satu.kunci.periode.hari)
    return TargetBerlaku(nilai_utuh(asal) * _bagian(asal, periode), asal)


def _bagian(asal: Target, periode: Periode) -> Fraction:
    """Which part of a target falls to ``periode``: all of a percentage, a count by months, else by days."""
    utuh = asal.kunci.periode
    if asal.satuan == PERSEN:
        return Fraction(1)
    if utuh.bulan and periode.bulan:
        return Fraction(periode.bulan, utuh.bulan)
    return Fraction(periode.hari, utuh.hari)


def capaian(realisasi: Realisasi, target: TargetBerlaku | None, arah: Arah) -> Decimal | None:
    """Realisasi / target × 100, or where smaller is better (2 − realisasi / target) × 100; two decimals half up.

    None where there is no target, a target of 0, or no realisasi.
    """
    tepat = realisasi.tepat
    if target is None or target.nilai == 0 or tepat is None:
        return None
    rasio = tepat / target.nilai
    hasil = 100 * (2 - rasio if arah is Arah.KECIL else rasio)
    return bagi_bulat(hasil.numerator, hasil.denominator, 2)


@dataclass(frozen=True, slots=True)
class Permintaan:
    """What a sheet shows beside its figures; ``dengan_identitas`` adds citizens' names to ``rinci``."""

    rinci: bool = False
    bandingkan: bool = False
    tren: bool = False
    dengan_identitas: bool = False


@dataclass(frozen=True, slots=True)
class Indikator:
    """One line of the sheet with its figure; ``target`` is None where none is set, the rest where not asked for."""

    butir: Butir
    ukuran: Ukuran
    realisasi: Realisasi
    target: TargetBerlaku | None
    banding: Banding | None
    tren: tuple[Titik, ...] | None
    rincian: Rincian | None

    @property
    def capaian(self) -> Decimal | None:
        """How much of the target was reached, in percent; None where that is undefined."""
        return capaian(self.realisasi, self.target, self.butir.arah)

    @property
    def bukti(self) -> tuple[str, ...] | None:
        """The numbers of the entries behind the figure."""
        return None if self.rincian is None else tuple(satu.nomor for satu in self.rincian.bukti)


@dataclass(frozen=True, slots=True)
class KelompokSasaran:
    """A goal with its indicators, as the sheet groups them."""

    nomor: str
    uraian: str
    indikator: tuple[Indikator, ...]


@dataclass(frozen=True, slots=True)
class Tertanda:
    """One half of the signature block; blank name or number prints as dots. ``plt``: acts for a vacant post."""

    sebutan: str
    nama: str
    nip: str
    plt: bool = False

    @property
    def judul(self) -> str:
        """The title as it stands above the name: ``CAMAT BATUI SELATAN``, ``Plt. CAMAT BATUI SELATAN``."""
        return f"{'Plt. ' if self.plt else ''}{self.sebutan.upper()}"


@dataclass(frozen=True, slots=True)
class Laporan:
    """The sheet of one position for one period, and which state of the ledger it was made from.

    ``tempat`` and ``tanggal`` stand above the signatures.
    """

    jabatan: Jabatan
    periode: Periode
    sasaran: tuple[KelompokSasaran, ...]
    entri: int
    sidik: str
    tempat: str
    tanggal: date
    mengetahui: Tertanda
    pembuat: Tertanda
    minta: Permintaan

    @property
    def indikator(self) -> tuple[Indikator, ...]:
        """Every line in order."""
        return tuple(satu for sasaran in self.sasaran for satu in sasaran.indikator)

    @property
    def bertarget(self) -> bool:
        """Whether any line has a target."""
        return any(satu.target is not None for satu in self.indikator)

    @property
    def rinci(self) -> bool:
        """Whether the entries behind the figures are told."""
        return self.minta.rinci


def susun_laporan(
    bacaan: Bacaan,
    jabatan: Jabatan,
    periode: Periode,
    konfig: Konfigurasi,
    tanggal: date,
    minta: Permintaan,
) -> Laporan:
    """Compute every indicator of a position, its target, and what else ``minta`` asks for.

    ``tanggal`` is the date above the signatures.
    """
    entri, sidik = bacaan.ujung()
    target = meliputi(bacaan.koneksi, jabatan.slug, periode)
    sasaran = tuple(
        KelompokSasaran(
            satu.nomor,
            satu.uraian,
            tuple(_indikator(bacaan, butir, periode, target, konfig, minta) for butir in satu.indikator),
        )
        for satu in jabatan.sasaran
    )
    return Laporan(
        jabatan=jabatan,
        periode=periode,
        sasaran=sasaran,
        entri=entri,
        sidik=sidik,
        tempat=konfig.tempat or konfig.kecamatan,
        tanggal=tanggal,
        mengetahui=tertanda(jabatan.tanda_tangan.mengetahui, konfig),
        pembuat=tertanda(jabatan.tanda_tangan.pembuat, konfig),
        minta=minta,
    )


def tertanda(penanda: Penanda, konfig: Konfigurasi) -> Tertanda:
    """Who signs, with the name and number the configuration has for them."""
    pejabat = konfig.pejabat.get(penanda.pejabat, Pejabat())
    return Tertanda(penanda.sebutan, pejabat.nama, pejabat.nip, pejabat.plt)


def _indikator(
    bacaan: Bacaan,
    butir: Butir,
    periode: Periode,
    target: Sequence[Target],
    konfig: Konfigurasi,
    minta: Permintaan,
) -> Indikator:
    ukuran = butir.ukuran
    realisasi = hitung(bacaan, ukuran, periode, konfig)
    identitas = minta.dengan_identitas
    return Indikator(
        butir,
        ukuran,
        realisasi,
        pilih_target(target, butir.nomor, ukuran, periode),
        bandingkan(bacaan, ukuran, periode, realisasi, konfig) if minta.bandingkan else None,
        tren(bacaan, ukuran, periode, konfig) if minta.tren else None,
        rinci(bacaan, ukuran, periode, realisasi, konfig, identitas=identitas) if minta.rinci else None,
    )
