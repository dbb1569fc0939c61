"""The survey: its index (PermenPAN-RB 14/2017, exact until it is shown), who answered, what they wished for."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import bagi_bulat, bersih, kunci_teks
from ikikec.buku.baca import Bacaan
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN
from ikikec.buku.penutupan import bobot_tertutup
from ikikec.buku.register import SURVEI
from ikikec.istilah import JenisKelamin
from ikikec.kinerja.hitung import Realisasi, hitung
from ikikec.kinerja.indeks import Indeks, kolom_indeks, susun_indeks
from ikikec.kinerja.jabatan import TandaTangan
from ikikec.kinerja.susun import Tertanda, tertanda
from ikikec.kinerja.ukuran import DaftarUkuran, Pilih, ukuran_bawaan
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode

ATURAN = (
    "NRR adalah jumlah nilai jawaban dibagi jumlah formulir yang menjawab unsur itu; jawaban kosong tidak dihitung."
    " Indeks adalah jumlah kesembilan NRR tertimbang (NRR × bobot); IKM adalah indeks × 25. Semua dihitung dari"
    " pecahan utuh dan dibulatkan sekali. Mutu menurut IKM yang sudah dibulatkan: A mulai 88,31; B mulai 76,61; C"
    " mulai 65,00; D di bawahnya (PermenPAN-RB 14/2017)."
)


def sampel_minimum(populasi: int) -> int:
    """The smallest sample for so many people served (at least 1), after Krejcie and Morgan, rounded half up.

    S = 3,841·N·¼ / (0,0025·(N−1) + 3,841·¼), both parts taken times 4000 so that they are whole.
    """
    return int(bagi_bulat(3841 * populasi, 10 * (populasi - 1) + 3841, 0))


KOSONG = "tidak diisi"

_KELAMIN = {JenisKelamin.L: "Laki-laki", JenisKelamin.P: "Perempuan"}
# The regulation leaves the age groups to the office; these, by ten years, are what published reports mostly use.
_USIA = {
    20: "20 tahun ke bawah",
    30: "21–30 tahun",
    40: "31–40 tahun",
    50: "41–50 tahun",
    60: "51–60 tahun",
    150: "61 tahun ke atas",
}


@dataclass(frozen=True, slots=True)
class Golongan:
    """One line of a table: what was filled in, and how many forms of all say so."""

    nama: str
    banyak: Realisasi


@dataclass(frozen=True, slots=True)
class Sebaran:
    """How the respondents are spread over one field."""

    bidang: str
    judul: str
    golongan: tuple[Golongan, ...]


def _sebut_usia(usia: int) -> str:
    return _USIA[min(atas for atas in _USIA if usia <= atas)]


def _sebut_teks(teks: str) -> str:
    return " ".join(bersih(teks).split())


# Per field of the form: the table's title, and what a value is called in it.
BIDANG: dict[str, tuple[str, Callable[[Any], str]]] = {
    "jenis_kelamin": ("Jenis kelamin", _KELAMIN.__getitem__),
    "usia": ("Usia", _sebut_usia),
    "pendidikan": ("Pendidikan", _sebut_teks),
    "pekerjaan": ("Pekerjaan", _sebut_teks),
    "layanan": ("Layanan", _sebut_teks),
}


def susun_sebaran(bidang: str, baris: Iterable[tuple[Any, int]]) -> Sebaran:
    """One field's table from (value, number of forms): the most frequent first, ages in their order, blanks last."""
    judul, sebut = BIDANG[bidang]
    tetap = tuple(_USIA.values()) if bidang == "usia" else ()
    jumlah = _gabung((KOSONG if isi is None else sebut(isi), banyak) for isi, banyak in baris)
    total = sum(jumlah.values())
    urut = sorted(_urut(jumlah), key=lambda nama: (nama == KOSONG, tetap.index(nama) if nama in tetap else 0))
    return Sebaran(bidang, judul, tuple(Golongan(nama, Realisasi(jumlah[nama], total)) for nama in urut))


def susun_saran(baris: Iterable[tuple[str | None, int]]) -> tuple[Golongan, ...]:
    """The wishes from (text, number of forms), the most frequent first.

    Equal ones are one line and the order is not that of the forms, so that no wish leads back to who wrote it.
    """
    jumlah = _gabung((_sebut_teks(isi), banyak) for isi, banyak in baris if isi is not None)
    return tuple(Golongan(nama, Realisasi(jumlah[nama])) for nama in _urut(jumlah) if nama != KOSONG)


def _gabung(baris: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The number of forms per text; what differs in capitals, quotes or hyphens alone is one, as most wrote it."""
    ejaan: dict[str, Counter[str]] = {}
    for teks, banyak in baris:
        ejaan.setdefault(kunci_teks(teks or KOSONG), Counter())[teks or KOSONG] += banyak
    return {min(satu, key=lambda teks: (-satu[teks], teks)): satu.total() for satu in ejaan.values()}


def _urut(jumlah: dict[str, int]) -> list[str]:
    return sorted(jumlah, key=lambda nama: (-jumlah[nama], nama.casefold()))


# What counts as satisfied, and which forms count, whatever an office makes of these names for its sheets.
PUAS, RESPONDEN = "responden-puas", "responden"


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
    ukuran = ukuran_bawaan()
    nilai = _nilai(bacaan, periode, konfig, ukuran)
    entri, sidik = bacaan.ujung()
    with jelaskan_isi("register survei"):
        terbuka = [bidang for bidang in BIDANG if SURVEI.boleh_keluar(bidang, diminta=False)]
        formulir = ukuran[RESPONDEN].dalam(periode)
        sebaran = tuple(susun_sebaran(bidang, _per_isi(bacaan, formulir, bidang)) for bidang in terbuka)
        saran = susun_saran(_per_isi(bacaan, formulir, "saran"))
    return LaporanSurvei(
        nilai=nilai,
        sampel=None if populasi is None else Sampel(populasi, sampel_minimum(populasi), nilai.responden),
        perbandingan=_bandingkan(nilai, _nilai(bacaan, periode.sebelumnya(), konfig, ukuran)) if bandingkan else None,
        sebaran=sebaran,
        jumlah_saran=sum(satu.banyak.pembilang for satu in saran),
        saran=saran if SURVEI.boleh_keluar("saran", diminta=dengan_saran) else None,
        aturan=ATURAN,
        aturan_puas=ukuran[PUAS].aturan,
        entri=entri,
        sidik=sidik,
        kecamatan=konfig.kecamatan,
        kabupaten=konfig.kabupaten,
        tempat=konfig.tempat or konfig.kecamatan,
        tanggal=hari_ini,
        mengetahui=tertanda(tanda_tangan.mengetahui, konfig),
        pembuat=tertanda(tanda_tangan.pembuat, konfig),
    )


def _nilai(bacaan: Bacaan, periode: Periode, konfig: Konfigurasi, ukuran: DaftarUkuran) -> NilaiSurvei:
    puas = hitung(bacaan, ukuran[PUAS], periode, konfig)
    # What was signed when its months were closed stays as it was signed.
    bobot = bobot_tertutup(bacaan.koneksi, periode) or konfig.bobot_skm
    formulir = ukuran[RESPONDEN].dalam(periode)
    unsur = bacaan.koneksi.execute(formulir.with_only_columns(*kolom_indeks())).one()
    return NilaiSurvei(periode, puas, susun_indeks(unsur, bobot))


def _per_isi(bacaan: Bacaan, formulir: Pilih, bidang: str) -> list[tuple[Any, int]]:
    """What stands in a field, and in how many forms."""
    kolom = HALAMAN[SURVEI.slug].c[bidang]
    kueri = formulir.with_only_columns(kolom, sa.func.count()).group_by(kolom)
    return [(isi, int(jumlah)) for isi, jumlah in bacaan.koneksi.execute(kueri)]


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
