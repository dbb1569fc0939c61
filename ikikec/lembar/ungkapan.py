"""Figures as a sheet words and draws them, the same in every form, and the measures that make them in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from ikikec import bahasa
from ikikec.bahasa import angka, persen
from ikikec.kinerja.definisi import PERSEN, Hitungan, sebut_tanggal
from ikikec.kinerja.syarat import sebut
from ikikec.tanggal import BULAN, bulan_pendek, tanggal_pendek

if TYPE_CHECKING:
    from ikikec.kinerja.antarkantor import AngkaKantor, Rekap
    from ikikec.kinerja.capaian import TargetBerlaku
    from ikikec.kinerja.hitung import BarisBukti, Pembanding, Realisasi, Rincian, Titik
    from ikikec.kinerja.ikm import ButirLalu, RencanaSurvei
    from ikikec.kinerja.indeks import Mutu
    from ikikec.kinerja.ukuran import Ukuran
    from ikikec.periode import Periode

TIADA = "–"


def realisasi(nilai: "Realisasi") -> str:
    """A figure: ``8``, ``36,36 %``, ``3,5``, or that there is no data; a dash for a sum that there cannot be."""
    return angka_realisasi(nilai) if nilai.nilai is not None or not nilai.terjumlah else "tidak ada data"


def angka_realisasi(nilai: "Realisasi") -> str:
    """A figure where there is little room: ``8``, ``36,36 %``, or a dash."""
    hasil = nilai.nilai
    if hasil is None:
        return TIADA
    return angka(hasil) if nilai.penyebut is None else persen(hasil)


def nilai_realisasi(nilai: "Realisasi") -> int | Decimal | str:
    """A figure as a number, and the words for none."""
    return realisasi(nilai) if nilai.nilai is None else nilai.nilai


def target(nilai: "TargetBerlaku | None") -> str:
    """What was to be reached: ``10``, ``3,33``, ``85,5 %``, ``80–90 %``, or a dash."""
    if nilai is None:
        return TIADA
    isi = _rentang(nilai.tertulis, nilai.tertulis_atas)
    return f"{isi} %" if nilai.asal.satuan == PERSEN else isi


def _rentang(bawah: int | Decimal, atas: int | Decimal | None) -> str:
    return angka(bawah) if atas is None else f"{angka(bawah)}–{angka(atas)}"


def asal_target(nilai: "TargetBerlaku | None", periode: "Periode") -> str:
    """Of which wider target it is a part: ``dari 120, Tahun 2026``; for all but a count only of which period.

    For a period that is not over also up to which day its figure is. Blank where there is no target, or where it was
    set for ``periode`` itself and that is over.
    """
    if nilai is None:
        return ""
    label = nilai.asal.kunci.periode.label
    asal = f"dari {_rentang(nilai.utuh, nilai.utuh_atas)}, {label}" if nilai.terbagi else label
    bagian = "" if periode.sampai is None else f"realisasi baru s.d. {tanggal_pendek(periode.sampai)}"
    return "; ".join(filter(None, ("" if nilai.persis(periode) else asal, bagian)))


def capaian(nilai: Decimal | None) -> str:
    """How much of a target was reached: ``106,67 %``, or a dash."""
    return TIADA if nilai is None else persen(nilai)


def selisih(pembanding: "Pembanding") -> str:
    """What the present figure is more: ``+3``, ``−32,39 poin`` (percentage points), or a dash."""
    poin = "" if pembanding.selisih is None or pembanding.realisasi.penyebut is None else " poin"
    return selisih_atau_strip(pembanding.selisih) + poin


def angka_atau_strip(nilai: int | Decimal | None) -> str:
    """A number, or a dash where there is none."""
    return TIADA if nilai is None else angka(nilai)


def selisih_atau_strip(nilai: int | Decimal | None) -> str:
    """A difference with its sign, or a dash where there is none."""
    return TIADA if nilai is None else bahasa.selisih(nilai)


def pelaksanaan(lalu: "ButirLalu") -> str:
    """What became of a line of the last plan: ``terlaksana 3 Mar 2027: loket dibuka (bukti: SK 12)``, ``belum``."""
    butir = lalu.butir
    if not lalu.terlaksana or butir.tanggal_selesai is None:
        return "belum, lewat tenggat" if lalu.terlambat else "belum"
    bukti = f" (bukti: {butir.bukti})" if butir.bukti else ""
    return f"terlaksana {tanggal_pendek(butir.tanggal_selesai)}: {butir.keterangan}{bukti}"


def bagian_terlaksana(rencana: "RencanaSurvei") -> str:
    """How much of the last plan was carried out: ``1 dari 2 rencana (50,00 %)``."""
    hasil = rencana.terlaksana
    return f"{angka(hasil.pembilang)} dari {angka(len(rencana.lalu))} rencana ({realisasi(hasil)})"


def huruf_mutu(mutu: "Mutu | None") -> str:
    """The letter of a quality, or a dash."""
    return TIADA if mutu is None else mutu.huruf


def perihal(baris: "BarisBukti") -> str:
    """What an entry is about, with the citizen's own words where identities were asked for."""
    return ": ".join(satu for satu in (baris.perihal, baris.uraian) if satu) or TIADA


def jumlah(rincian: "Rincian", ukuran: "Ukuran") -> str:
    """What the entries behind a figure add up to: ``8 pengaduan``, ``4 dari 11 responden``."""
    hasil = rincian.realisasi
    if hasil.penyebut is not None:
        return f"{angka(hasil.pembilang)} dari {angka(hasil.penyebut)} {ukuran.penyebut}"
    if hasil.banyak is not None:
        return f"{ukuran.hitung} {realisasi(hasil)} {ukuran.satuan} dari {angka(hasil.banyak)} {ukuran.sebutan}"
    return f"{angka(hasil.pembilang)} {ukuran.satuan}"


JUDUL = "REKAPITULASI INDIKATOR KINERJA INDIVIDU"
ATURAN_JUMLAH = (
    "Persentase di baris jumlah dihitung dari jumlah pembilang dan jumlah penyebut semua kantor, bukan rata-rata"
    " persentasenya; kantor tanpa data tidak mengubahnya."
)
# Of a fingerprint, what a table has room for; periksa --sidik finds the line by it.
_SIDIK_PENDEK = 16


def catatan(rekap: "Rekap") -> list[str]:
    """What a reader of the sum must know: who is left out of it, what is old, what may be in it twice."""
    return [
        *(f"kantor {satu.nama} tidak ikut dijumlah: {satu.kendala.pesan}" for satu in rekap.kantor if satu.kendala),
        *(
            f"buku {satu.nama} sudah dipindahkan; entri sesudah itu ada di buku lain dan tidak terhitung"
            for satu in rekap.kantor
            if satu.isi and satu.isi.pindah
        ),
        *(
            f"{satu.jabatan.slug} {satu.butir.nomor} tidak dijumlah: {satu.ukuran.hitung} semua kantor tidak dapat"
            " dihitung dari angka masing-masing"
            for satu in rekap.tak_terjumlah
        ),
        *(
            f"buku {', '.join(nama)} bermula dari entri yang sama; bila salinan satu buku, terjumlah berulang"
            for nama in rekap.salinan
        ),
    ]


def jumlah_kantor(rekap: "Rekap") -> str:
    """How many offices are in the sum: ``3 kantor``, ``2 dari 3 kantor``."""
    terbaca, semua = len(rekap.terbaca), len(rekap.kantor)
    return f"{terbaca} kantor" if terbaca == semua else f"{terbaca} dari {semua} kantor"


def sidik_pendek(isi: "AngkaKantor") -> str:
    """The beginning of a ledger's fingerprint."""
    return isi.sidik[:_SIDIK_PENDEK]


LANGKAH = 53
LEBAR_BATANG = 31
ALAS = 112
TERTINGGI = 94
PERCIK = "▁▂▃▄▅▆▇█"
PERCIK_ASCII = "_.-:=+*#"


@dataclass(frozen=True, slots=True)
class Batang:
    """One month's bar: its middle, height, figure and month; the year where it is told."""

    tengah: int
    tinggi: int
    nilai: str
    bulan: str
    tahun: str

    @property
    def kiri(self) -> int:
        """Its left side."""
        return self.tengah - LEBAR_BATANG // 2

    @property
    def atas(self) -> int:
        """Its upper side; drawings count downwards."""
        return ALAS - self.tinggi


def angka_titik(titik: "Titik") -> str:
    """A month's figure in a trend; one that has not begun has none."""
    return "belum" if titik.belum else angka_realisasi(titik.realisasi)


def batang(titik: "Sequence[Titik]") -> list[Batang]:
    """A bar per month, as high as its part of the highest figure (of 100 for a percentage)."""
    tinggi = bagian(titik, TERTINGGI)
    return [
        Batang(
            LANGKAH * urut + LANGKAH // 2,
            tinggi[urut] or 0,
            angka_titik(satu),
            BULAN[satu.bulan.awal.month - 1][:3],
            str(satu.bulan.awal.year) if urut == 0 or satu.bulan.awal.month == 1 else "",
        )
        for urut, satu in enumerate(titik)
    ]


def bagian(titik: "Sequence[Titik]", tertinggi: int) -> list[int | None]:
    """Each month's figure on a scale of 0 to ``tertinggi``, at least 1 where it is above 0; None without data."""
    tepat = [None if satu.belum else satu.realisasi.tepat for satu in titik]
    persen = any(satu.realisasi.penyebut is not None for satu in titik)
    skala = Fraction(100) if persen else max([Fraction(1), *(satu for satu in tepat if satu is not None)])
    return [None if satu is None else max(int(satu * tertinggi / skala), int(satu > 0)) for satu in tepat]


def percik(titik: "Sequence[Titik]", huruf: str = PERCIK) -> str:
    """The trend as one letter per month, the eight of ``huruf`` from low to high; a blank without data."""
    return "".join(" " if satu is None else huruf[satu] for satu in bagian(titik, len(huruf) - 1))


def uraian_tren(titik: "Sequence[Titik]") -> str:
    """The trend in words, for whoever cannot see the drawing."""
    return "; ".join(f"{bulan_pendek(satu.bulan.awal)}: {angka_titik(satu)}" for satu in titik)


def ukuran_json(satu: "Ukuran") -> dict[str, Any]:
    """A measure in force, as ``ukuran -O json`` has it; ``asal`` is the file of an office's own."""
    return {
        "ukuran": satu.nama,
        "satuan": satu.satuan,
        "aturan": satu.aturan,
        "hitung": satu.hitung,
        "cara": cara(satu),
        "asal": "bawaan" if satu.bawaan else str(satu.berkas),
        "seluruh_register": not satu.lewat_indeks,
    }


def baris_ukuran(satu: "Ukuran") -> list[tuple[str, str]]:
    """What a terminal shows below its name, each a name and a value."""
    isi = ukuran_json(satu)
    biaya = f"membaca seluruh register {satu.register} setiap kali" if isi["seluruh_register"] else ""
    return [("  aturan", satu.aturan), ("  dihitung", isi["cara"]), ("  asal", isi["asal"]), ("  biaya", biaya)]


def cara(satu: "Ukuran") -> str:
    """The definition in words."""
    definisi = satu.definisi
    if satu.bagian:
        atas, bawah = satu.bagian
        lain = f"rasio dari {bawah.nama}: {cara(atas)}"
        return f"rasio {atas.nama} per {bawah.nama}" if definisi.pembilang else lain
    apa = f" {definisi.bidang}" if definisi.bidang else ""
    rentang = f" {satu.satuan} dari {definisi.dari} sampai {definisi.sampai}" if definisi.dari else ""
    bagian = [f"{satu.hitung}{apa}{rentang} register {satu.register}, {sebut_tanggal(definisi)}"]
    if definisi.syarat:
        bagian.append(f"syarat: {', '.join(map(sebut, definisi.syarat))}")
    if definisi.syarat_penyebut:
        bagian.append(f"dibagi yang {', '.join(map(sebut, definisi.syarat_penyebut))}")
    elif satu.hitung is Hitungan.RASIO:
        bagian.append("dibagi semuanya")
    return "; ".join(bagian)
