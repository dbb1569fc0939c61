"""The survey's report: its index (PermenPAN-RB 14/2017), by service and over the years, and what follows from it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import angka, bagi_bulat
from ikikec.buku import rtl
from ikikec.buku.baca import Bacaan
from ikikec.buku.butir_rtl import ButirRtl
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.register import SURVEI
from ikikec.galat import NilaiSalah
from ikikec.istilah import PEMBULATAN, UNSUR
from ikikec.kinerja.hitung import Realisasi, bobot_berlaku, hitung, peroleh_indeks
from ikikec.kinerja.indeks import Indeks, Unsur, kolom_indeks, susun_indeks
from ikikec.kinerja.jabatan import TandaTangan
from ikikec.kinerja.sebaran import (
    BIDANG,
    KOSONG,
    BarisSurvei,
    Golongan,
    JawabanSurvei,
    Penyebut,
    RataLayanan,
    Sebaran,
    jumlahkan,
    penyebut,
    rata_layanan,
    susun_layanan,
    susun_saran,
    susun_sebaran,
)
from ikikec.kinerja.susun import Tertanda, tertanda
from ikikec.kinerja.ukuran import TERTUTUP, DaftarUkuran, Pilih, ukuran_bawaan
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode

_ATURAN = (
    "NRR adalah jumlah nilai jawaban dibagi jumlah formulir yang menjawab unsur itu; jawaban kosong tidak dihitung."
    " Indeks adalah jumlah kesembilan NRR tertimbang (NRR × bobot); IKM adalah indeks × 25. {cara}"
    " Mutu menurut IKM yang sudah dibulatkan: A mulai 88,31; B mulai 76,61; C"
    " mulai 65,00; D di bawahnya (PermenPAN-RB 14/2017)."
)
_CARA = {
    "tepat": "Semua dihitung dari pecahan utuh dan dibulatkan sekali.",
    "nrr2": (
        "Di laporan ini setiap NRR dibulatkan dulu ke dua desimal, seperti hitungan tangan (--pembulatan nrr2),"
        " sehingga IKM-nya dapat berbeda sedikit dari hitungan tanpa pembulatan."
    ),
}


def sampel_minimum(populasi: int) -> int:
    """The smallest sample for so many people served (at least 1), after Krejcie and Morgan, rounded half up.

    S = 3,841·N·¼ / (0,0025·(N−1) + 3,841·¼), both parts taken times 4000 so that they are whole.
    """
    return int(bagi_bulat(3841 * populasi, 10 * (populasi - 1) + 3841, 0))


# What counts as satisfied, and which forms count, whatever an office makes of these names for its sheets.
PUAS, RESPONDEN = "responden-puas", "responden"
# How many periods before this one a trend shows.
SEBELUM = 4
_TANPA_JAWABAN = [0] * 2 * len(UNSUR)


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
class AngkaBanding:
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
    baris: tuple[AngkaBanding, ...]


@dataclass(frozen=True, slots=True)
class Sampel:
    """How many had to be asked of the people served, and how many were."""

    populasi: int
    minimum: int
    tercapai: int


# How many of the lowest unsur a report proposes a line for.
TERENDAH = 2


@dataclass(frozen=True, slots=True)
class ButirLalu:
    """A line of the last period's plan as it stood on a day: carried out, late, or neither."""

    butir: ButirRtl
    terlaksana: bool
    terlambat: bool


@dataclass(frozen=True, slots=True)
class RencanaSurvei:
    """``usul``: the lowest unsur that the plan does not know yet; ``lalu`` is the plan of ``periode_lalu``."""

    usul: tuple[Unsur, ...]
    kini: tuple[ButirRtl, ...]
    periode_lalu: Periode | None
    lalu: tuple[ButirLalu, ...]

    @property
    def terlaksana(self) -> Realisasi:
        """How many lines of the last plan were carried out, of all."""
        return Realisasi(sum(satu.terlaksana for satu in self.lalu), len(self.lalu))


@dataclass(frozen=True, slots=True)
class LaporanSurvei:
    """The whole report, and which state of the ledger it was made from.

    ``layanan``: a line per service, ``rata``: the mean of their indexes; ``tren``: a line per period, this one last;
    ``rencana``: what follows from it, and what became of the last plan.
    ``jumlah_saran``: how many wished for something; ``saran``: what, None unless it was asked for.
    """

    nilai: NilaiSurvei
    layanan: tuple[BarisSurvei, ...]
    rata: RataLayanan
    tren: tuple[BarisSurvei, ...]
    rencana: RencanaSurvei
    sampel: Sampel | None
    perbandingan: Perbandingan | None
    sebaran: tuple[Sebaran, ...]
    jawaban: JawabanSurvei = field(metadata=TERTUTUP)
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

    @property
    def unit(self) -> BarisSurvei:
        """The index of all respondents as a line below those of the services."""
        return BarisSurvei("IKM unit: seluruh responden (angka utama)", self.nilai.responden, self.nilai.hasil)

    @property
    def berlayanan(self) -> bool:
        """Whether anybody named a service."""
        return any(satu.nama != KOSONG for satu in self.layanan)

    @property
    def catatan(self) -> tuple[str, ...]:
        """What a reader of the services' table must know."""
        return tuple(_catatan(self)) if self.berlayanan else ()


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
    pembulatan: str = PEMBULATAN[0],
) -> LaporanSurvei:
    """Compute the report of one period.

    ``populasi`` is the number of people served, for the smallest sample; with ``bandingkan`` the period before is
    computed too; with ``dengan_saran`` the wishes are told, not only how many there are.
    """
    hitungan = _Hitungan(bacaan, konfig, ukuran_bawaan(), pembulatan)
    per_layanan = hitungan.per_isi(periode, "layanan", *kolom_indeks())
    nilai = hitungan.nilai(periode, jumlahkan(isi for _, _, *isi in per_layanan))
    entri, sidik = bacaan.ujung()
    with jelaskan_isi("register survei"):
        isi = hitungan.semua_isi(periode, per_layanan)
        sebut = hitungan.sebutan(isi)
        sebaran = tuple(susun_sebaran(bidang, baris, sebut[bidang]) for bidang, baris in isi.items())
        saran = susun_saran(hitungan.per_isi(periode, "saran"))
    layanan = susun_layanan(per_layanan, sebut["layanan"], konfig.layanan, hitungan.indeks(periode))
    return LaporanSurvei(
        nilai=nilai,
        layanan=layanan,
        rata=rata_layanan(layanan),
        tren=(*hitungan.tren(periode), BarisSurvei(periode.bagian, nilai.responden, nilai.hasil)),
        rencana=susun_rencana(bacaan.koneksi, periode, next(_sebelumnya(periode), None), nilai.hasil),
        sampel=None if populasi is None else Sampel(populasi, sampel_minimum(populasi), nilai.responden),
        perbandingan=_bandingkan(nilai, hitungan.nilai(periode.sebelumnya())) if bandingkan else None,
        sebaran=sebaran,
        jawaban=JawabanSurvei(bacaan.koneksi, hitungan.formulir(periode), sebut, dengan_saran=dengan_saran),
        jumlah_saran=sum(satu.banyak.pembilang for satu in saran),
        saran=saran if SURVEI.boleh_keluar("saran", diminta=dengan_saran) else None,
        aturan=_ATURAN.format(cara=_CARA[pembulatan]),
        aturan_puas=hitungan.ukuran[PUAS].aturan,
        entri=entri,
        sidik=sidik,
        kecamatan=konfig.kecamatan,
        kabupaten=konfig.kabupaten,
        tempat=konfig.tempat or konfig.kecamatan,
        tanggal=hari_ini,
        mengetahui=tertanda(tanda_tangan.mengetahui, konfig),
        pembuat=tertanda(tanda_tangan.pembuat, konfig),
    )


@dataclass(frozen=True, slots=True)
class _Hitungan:
    """What is asked of one ledger for a report."""

    bacaan: Bacaan
    konfig: Konfigurasi
    ukuran: DaftarUkuran
    pembulatan: str

    def formulir(self, periode: Periode) -> Pilih:
        """The forms of a period."""
        return self.ukuran[RESPONDEN].dalam(periode)

    def indeks(self, periode: Periode) -> Callable[[Sequence[int]], Indeks]:
        """What makes an index of a period."""
        bobot = bobot_berlaku(self.bacaan, periode, self.konfig)
        return lambda isi: susun_indeks(isi or _TANPA_JAWABAN, bobot, self.pembulatan)

    def nilai(self, periode: Periode, isi: Sequence[int] | None = None) -> NilaiSurvei:
        """The figures of a period; ``isi`` where what makes its index is known already."""
        puas = hitung(self.bacaan, self.ukuran[PUAS], periode, self.konfig)
        if isi is None:
            isi = self.bacaan.koneksi.execute(self.formulir(periode).with_only_columns(*kolom_indeks())).one()
        return NilaiSurvei(periode, puas, self.indeks(periode)(isi))

    def per_isi(self, periode: Periode, bidang: str, *lagi: Any) -> Sequence[Any]:
        """What stands in a field, in how many forms, and what else is asked of these."""
        kolom = HALAMAN[SURVEI.slug].c[bidang]
        kueri = self.formulir(periode).with_only_columns(kolom, sa.func.count(), *lagi).group_by(kolom)
        return self.bacaan.koneksi.execute(kueri).all()

    def semua_isi(self, periode: Periode, layanan: Sequence[Any]) -> dict[str, Sequence[Any]]:
        """The same of every field that may be shown; of the services it is known already."""
        boleh = [bidang for bidang in BIDANG if SURVEI.boleh_keluar(bidang, diminta=False)]
        per_nama = [baris[:2] for baris in layanan]
        return {satu: per_nama if satu == "layanan" else self.per_isi(periode, satu) for satu in boleh}

    def sebutan(self, isi: Mapping[str, Sequence[Any]]) -> dict[str, Penyebut]:
        """What the values of each field are called; services as the office names them."""
        tetap = {"layanan": self.konfig.nama_layanan}
        return {bidang: penyebut(bidang, baris, tetap.get(bidang, {})) for bidang, baris in isi.items()}

    def tren(self, periode: Periode) -> Iterator[BarisSurvei]:
        """The periods of the same length before this one, the oldest first, all asked for at once."""
        semua = list(_sebelumnya(periode))[::-1]
        pilih = [peroleh_indeks(urut, self.formulir(satu)) for urut, satu in enumerate(semua)]
        baris = self.bacaan.koneksi.execute(sa.union_all(*pilih)) if pilih else ()
        for urut, jumlah, *isi in sorted(map(tuple, baris)):
            yield BarisSurvei(semua[urut].label, int(jumlah), self.indeks(semua[urut])(isi))


def _sebelumnya(periode: Periode) -> Iterator[Periode]:
    """The four periods before, from the nearest; fewer where a ledger takes no such year."""
    for _ in range(SEBELUM):
        try:
            periode = periode.sebelumnya()
        except NilaiSalah:
            return
        yield periode


def _catatan(laporan: LaporanSurvei) -> Iterator[str]:
    if asing := [f"{satu.nama} ({angka(satu.responden)})" for satu in laporan.layanan if satu.asing]:
        yield f"Bukan nama atau alias di daftar layanan kantor ([layanan]): {'; '.join(asing)}."
    if laporan.rata.tanpa:
        yield (
            "Tidak ikut rata-rata IKM layanan, karena ada unsur yang tidak dijawab seorang pun:"
            f" {'; '.join(laporan.rata.tanpa)}."
        )
    kosong = sum(satu.responden for satu in laporan.layanan if satu.nama == KOSONG)
    if kosong:
        yield (
            f"{angka(kosong)} responden tidak menyebut layanan; ikut dalam IKM seluruh responden, tidak dalam"
            " rata-rata IKM layanan."
        )


def _bandingkan(kini: NilaiSurvei, dulu: NilaiSurvei) -> Perbandingan:
    return Perbandingan(
        dulu,
        (
            AngkaBanding("responden", "Responden", dulu.responden, kini.responden),
            AngkaBanding("ikm", "IKM", dulu.hasil.ikm, kini.hasil.ikm),
            *(
                AngkaBanding(baru.nama, f"NRR {baru.kode} {baru.judul}", lama.nrr, baru.nrr)
                for lama, baru in zip(dulu.hasil.unsur, kini.hasil.unsur, strict=True)
            ),
        ),
    )


def susun_rencana(koneksi: sa.Connection, periode: Periode, lalu: Periode | None, hasil: Indeks) -> RencanaSurvei:
    """The plans of a period and the one before (if any), the latter as it stood at the end of ``periode``."""
    kini = tuple(rtl.milik(koneksi, periode))
    terencana = {satu.unsur for satu in kini}
    usul = tuple(satu for satu in hasil.peringkat[:TERENDAH] if satu.nama not in terencana)
    hari = periode.sampai or periode.akhir
    semua = [(satu, satu.terlaksana(hari)) for satu in (rtl.milik(koneksi, lalu) if lalu else ())]
    nasib = (ButirLalu(satu, sudah, not sudah and satu.tenggat < hari) for satu, sudah in semua)
    return RencanaSurvei(usul, kini, lalu, tuple(nasib))
