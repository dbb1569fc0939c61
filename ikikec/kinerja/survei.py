"""The survey's report (SKM): the index of a period, who answered, and what they wished for, as one frozen value.

Who counts is what the measure ``responden`` selects, and who is satisfied what ``responden-puas`` does, so that the
report and the performance sheets cannot disagree.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from ikikec.buku.bacaan import Bacaan
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.register import SURVEI
from ikikec.buku.tabel import HALAMAN
from ikikec.istilah import UNSUR
from ikikec.kinerja.hitung import Tertanda, tertanda
from ikikec.kinerja.ikm import ATURAN, Indeks, Unsur, sampel_minimum
from ikikec.kinerja.jabatan import TandaTangan
from ikikec.kinerja.realisasi import Realisasi, hitung
from ikikec.kinerja.sebaran import BIDANG, Golongan, Sebaran, susun_saran, susun_sebaran
from ikikec.kinerja.ukuran import UKURAN
from ikikec.konfigurasi import BOBOT_SKM, Konfigurasi
from ikikec.periode import Periode

_SURVEI = HALAMAN["survei"].c
_PUAS = UKURAN["responden-puas"]


@dataclass(frozen=True, slots=True)
class NilaiSurvei:
    """The figures of one period; ``puas`` is the satisfied over all respondents."""

    periode: Periode
    puas: Realisasi
    hasil: Indeks

    @property
    def responden(self) -> int:
        """How many answered."""
        return self.puas.penyebut or 0

    @property
    def halangan(self) -> str:
        """Why there is no index, as the sheet says it; blank where there is one."""
        if not self.responden:
            return "Tidak ada responden pada periode ini, maka tidak ada IKM."
        kosong = "; ".join(f"{satu.kode} {satu.judul}" for satu in self.hasil.tak_terjawab)
        return f"Tidak ada IKM, karena ada unsur yang tidak dijawab seorang pun: {kosong}." if kosong else ""


@dataclass(frozen=True, slots=True)
class Banding:
    """One figure of this period beside the one before; None where there is none."""

    nama: str
    judul: str
    dulu: int | Decimal | None
    kini: int | Decimal | None

    @property
    def selisih(self) -> int | Decimal | None:
        """The difference of the two as they are printed, so that a reader can check it."""
        return None if self.dulu is None or self.kini is None else self.kini - self.dulu


@dataclass(frozen=True, slots=True)
class Perbandingan:
    """The period of the same length before, and each figure of both."""

    dulu: NilaiSurvei
    baris: tuple[Banding, ...]


@dataclass(frozen=True, slots=True)
class Sampel:
    """How many had to be asked of the people served, and how many were."""

    populasi: int
    minimum: int
    tercapai: int


@dataclass(frozen=True, slots=True)
class LaporanSurvei:
    """The whole report, and which state of the ledger it was made from.

    ``jumlah_saran``: how many wished for something; ``saran``: what, None unless it was asked for.
    """

    nilai: NilaiSurvei
    sampel: Sampel | None
    perbandingan: Perbandingan | None
    sebaran: tuple[Sebaran, ...]
    jumlah_saran: int
    saran: tuple[Golongan, ...] | None
    aturan: str
    aturan_puas: str
    entri: int
    sidik: str
    kecamatan: str
    kabupaten: str
    tempat: str
    tanggal: date
    mengetahui: Tertanda
    pembuat: Tertanda


def susun_survei(
    bacaan: Bacaan,
    periode: Periode,
    konfig: Konfigurasi,
    tanda_tangan: TandaTangan,
    hari_ini: date,
    *,
    populasi: int | None = None,
    bandingkan: bool = False,
    dengan_saran: bool = False,
) -> LaporanSurvei:
    """Compute the report of one period.

    ``populasi`` is the number of people served, for the smallest sample; with ``bandingkan`` the period before is
    computed too; with ``dengan_saran`` the wishes are told, not only how many there are.
    """
    nilai = _nilai(bacaan, periode, konfig)
    entri, sidik = bacaan.ujung()
    with jelaskan_isi("register survei"):
        terbuka = [bidang for bidang in BIDANG if SURVEI.boleh_keluar(bidang, diminta=False)]
        sebaran = tuple(susun_sebaran(bidang, _per_isi(bacaan, periode, bidang)) for bidang in terbuka)
        saran = susun_saran(_per_isi(bacaan, periode, "saran"))
    return LaporanSurvei(
        nilai=nilai,
        sampel=None if populasi is None else Sampel(populasi, sampel_minimum(populasi), nilai.responden),
        perbandingan=_bandingkan(nilai, _nilai(bacaan, periode.sebelumnya(), konfig)) if bandingkan else None,
        sebaran=sebaran,
        jumlah_saran=sum(satu.banyak.pembilang for satu in saran),
        saran=saran if SURVEI.boleh_keluar("saran", diminta=dengan_saran) else None,
        aturan=ATURAN,
        aturan_puas=_PUAS.aturan,
        entri=entri,
        sidik=sidik,
        kecamatan=konfig.kecamatan,
        kabupaten=konfig.kabupaten,
        tempat=konfig.tempat or konfig.kecamatan,
        tanggal=hari_ini,
        mengetahui=tertanda(tanda_tangan.mengetahui, konfig),
        pembuat=tertanda(tanda_tangan.pembuat, konfig),
    )


def _nilai(bacaan: Bacaan, periode: Periode, konfig: Konfigurasi) -> NilaiSurvei:
    puas = hitung(bacaan, _PUAS, periode)
    return NilaiSurvei(periode, puas, Indeks(_unsur(bacaan, periode, konfig.bobot_skm), konfig.bobot_skm))


def _unsur(bacaan: Bacaan, periode: Periode, bobot: str) -> tuple[Unsur, ...]:
    jumlah = [sa.func.coalesce(sa.func.sum(_SURVEI[nama]), 0) for nama in UNSUR]
    terjawab = [sa.func.count(_SURVEI[nama]) for nama in UNSUR]
    baris = bacaan.koneksi.execute(_formulir(periode, *jumlah, *terjawab)).one()
    return tuple(
        Unsur(nama, f"U{urut + 1}", judul, int(baris[urut]), int(baris[urut + len(UNSUR)]), BOBOT_SKM[bobot])
        for urut, (nama, judul) in enumerate(UNSUR.items())
    )


def _per_isi(bacaan: Bacaan, periode: Periode, bidang: str) -> list[tuple[Any, int]]:
    """What stands in a field, and in how many forms."""
    kolom = _SURVEI[bidang]
    kueri = _formulir(periode, kolom, sa.func.count()).group_by(kolom)
    return [(isi, int(jumlah)) for isi, jumlah in bacaan.koneksi.execute(kueri)]


def _formulir(periode: Periode, *kolom: Any) -> sa.Select[Any]:
    # ``kolom`` of the forms that count in the period.
    return UKURAN["responden"].dalam(periode).with_only_columns(*kolom)


def _bandingkan(kini: NilaiSurvei, dulu: NilaiSurvei) -> Perbandingan:
    return Perbandingan(
        dulu,
        (
            Banding("responden", "Responden", dulu.responden, kini.responden),
            Banding("ikm", "IKM", dulu.hasil.ikm, kini.hasil.ikm),
            *(
                Banding(baru.nama, f"NRR {baru.kode} {baru.judul}", lama.nrr, baru.nrr)
                for lama, baru in zip(dulu.hasil.unsur, kini.hasil.unsur, strict=True)
            ),
        ),
    )
