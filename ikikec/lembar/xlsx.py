"""Sheets as a workbook: one tab per position, laid out as the printed sheet, figures as numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ikikec.bahasa import angka, nip, titik_titik
from ikikec.kinerja.bukti import BarisBukti
from ikikec.kinerja.hitung import Pembanding
from ikikec.kinerja.susun import Indikator, Laporan, Tertanda
from ikikec.lembar.baris import Baris, Sel, baris
from ikikec.lembar.buku_kerja import (
    HURUF,
    TEBAL,
    TENGAH,
    atur_lebar,
    isi_daftar,
    isi_sel,
    kepala_tabel,
    sel_tabel,
    simpan,
    tab,
    tinggikan,
)
from ikikec.lembar.ungkapan import perihal
from ikikec.tanggal import tanggal_panjang

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column of the table: its heading, its width in letters, and what stands in it."""

    judul: str
    lebar: int
    ambil: Callable[[Baris], Sel]


KOLOM = (
    Kolom("NO", 6, lambda satu: satu.indikator.butir.nomor),
    Kolom("SASARAN KINERJA", 24, lambda satu: satu.sasaran.uraian if satu.pertama else None),
    Kolom("INDIKATOR KINERJA", 26, lambda satu: satu.indikator.butir.uraian),
    Kolom("FORMULASI PERHITUNGAN/PENJELASAN", 46, lambda satu: _penjelasan(satu.indikator)),
    Kolom("TARGET", 12, lambda satu: satu.target),
    Kolom("REALISASI", 12, lambda satu: _angka(satu.indikator)),
    Kolom("SATUAN", 13, lambda satu: satu.indikator.ukuran.satuan),
    Kolom("PEMBILANG", 12, lambda satu: satu.pembilang),
    Kolom("PENYEBUT", 12, lambda satu: satu.penyebut),
    Kolom("CAPAIAN (%)", 12, lambda satu: satu.indikator.capaian),
    Kolom("SUMBER DATA", 18, lambda satu: satu.indikator.butir.sumber),
)
# The evidence: a row per entry behind an indicator, and per entry that just missed it, whose outcome is the reason.
KOLOM_BUKTI: tuple[tuple[str, int, Callable[[Baris, BarisBukti], Sel]], ...] = (
    ("JABATAN", 24, lambda satu, _entri: satu.laporan.jabatan.slug),
    ("NO", 6, lambda satu, _entri: satu.indikator.butir.nomor),
    ("INDIKATOR KINERJA", 50, lambda satu, _entri: satu.indikator.butir.uraian),
    ("ENTRI", 18, lambda _satu, entri: entri.nomor),
    ("TANGGAL", 13, lambda _satu, entri: entri.tanggal),
    ("PERIHAL", 40, lambda _satu, entri: perihal(entri)),
    ("BATAS", 13, lambda _satu, entri: entri.batas),
    ("HASIL", 28, lambda _satu, entri: entri.hasil),
    ("NILAI", 9, lambda _satu, entri: entri.nilai),
)
NAMA_BUKTI: tuple[str, int, Callable[[Baris, BarisBukti], Sel]] = ("NAMA", 28, lambda _satu, entri: entri.nama)
# The comparison: a row per indicator and earlier period.
KOLOM_BANDING: tuple[tuple[str, int, Callable[[Baris, Pembanding], Sel]], ...] = (
    ("JABATAN", 24, lambda satu, _lama: satu.laporan.jabatan.slug),
    ("NO", 6, lambda satu, _lama: satu.indikator.butir.nomor),
    ("INDIKATOR KINERJA", 50, lambda satu, _lama: satu.indikator.butir.uraian),
    ("REALISASI", 12, lambda satu, _lama: _angka(satu.indikator)),
    ("PEMBANDING", 24, lambda _satu, lama: lama.periode.label),
    ("REALISASI PEMBANDING", 14, lambda _satu, lama: lama.realisasi.nilai),
    ("SELISIH", 12, lambda _satu, lama: lama.selisih),
)

_AKHIR = len(KOLOM)
# Points: a row left as it is, and what a page still holds legibly, shrunk by about a third.
_TINGGI_BIASA = 15
_TINGGI_SEHALAMAN = 850


def susun_xlsx(laporan: Sequence[Laporan]) -> bytes:
    """The sheets as one workbook; the entries behind the figures, where asked for, on a tab of their own."""
    buku = Workbook()
    buku.remove(buku.worksheets[0])
    for satu in laporan:
        _lembar(tab(buku, satu.jabatan.slug), satu)
    if any(satu.minta.bandingkan for satu in laporan):
        semua = [(satu, lama) for lap in laporan for satu in baris(lap) for lama in satu.banding.kolom]
        _daftar(tab(buku, "perbandingan"), KOLOM_BANDING, semua)
    if any(satu.rinci for satu in laporan):
        _bukti(tab(buku, "bukti"), laporan)
    return simpan(buku, f"Indikator Kinerja Individu, {laporan[0].periode.label}", laporan[0].tanggal)


def _lembar(lembar: Worksheet, laporan: Laporan) -> None:
    atur_lebar(lembar, [kolom.lebar for kolom in KOLOM])
    kepala = _judul(lembar, laporan)
    akhir = _tabel(lembar, laporan, kepala)
    akhir = _tanda_tangan(lembar, laporan, akhir + 2)
    _gabung(lembar, akhir + 2, 1, _AKHIR, f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}")
    lembar.print_title_rows = f"{kepala}:{kepala}"
    lembar.print_area = f"A1:{get_column_letter(_AKHIR)}{akhir + 2}"
    # A spreadsheet cannot be told to keep the signatures together; a sheet not much over a page is shrunk onto one.
    if (
        sum(lembar.row_dimensions[nomor].height or _TINGGI_BIASA for nomor in range(1, akhir + 3))
        <= _TINGGI_SEHALAMAN
    ):
        lembar.page_setup.fitToHeight = 1


def _gabung(lembar: Worksheet, nomor: int, awal: int, akhir: int, teks: str) -> None:
    isi_sel(lembar, nomor, awal, teks, sampai=akhir)
    tinggikan(lembar, nomor, [(teks, sum(kolom.lebar for kolom in KOLOM[awal - 1 : akhir]))])


def _judul(lembar: Worksheet, laporan: Laporan) -> int:
    """Title, position, period, duties; returns the row the table begins in."""
    besar = Font(name=HURUF, size=14, bold=True)
    isi_sel(lembar, 1, 1, "INDIKATOR KINERJA INDIVIDU", sampai=_AKHIR, font=besar, letak=TENGAH)
    isi_sel(lembar, 2, 1, laporan.periode.label, sampai=_AKHIR, letak=TENGAH)
    isi_sel(lembar, 4, 1, "Jabatan", sampai=2, font=TEBAL)
    isi_sel(lembar, 4, 3, laporan.jabatan.nama, sampai=_AKHIR)
    for nomor, (nama, hari) in enumerate((("Dari", laporan.periode.awal), ("Sampai", laporan.periode.akhir)), 5):
        isi_sel(lembar, nomor, 1, nama, sampai=2, font=TEBAL)
        isi_sel(lembar, nomor, 3, hari, letak=Alignment(horizontal="left", vertical="top"))
    nomor = 7
    for nama, isi in (("Tugas", laporan.jabatan.tugas), ("Fungsi", laporan.jabatan.fungsi)):
        isi_sel(lembar, nomor, 1, nama, sampai=2, font=TEBAL)
        for satu in _bernomor(isi):
            _gabung(lembar, nomor, 3, _AKHIR, satu)
            nomor += 1
    return nomor + 1


def _bernomor(isi: Sequence[str]) -> Iterator[str]:
    yield from (f"{urut}. {satu}" for urut, satu in enumerate(isi, 1)) if isi else ("–",)


def _tabel(lembar: Worksheet, laporan: Laporan, kepala: int) -> int:
    """The table; returns its last row."""
    kepala_tabel(lembar, kepala, [kolom.judul for kolom in KOLOM])
    nomor = kepala
    for nomor, satu in enumerate(baris(laporan), kepala + 1):
        isi = [kolom.ambil(satu) for kolom in KOLOM]
        for letak, nilai in enumerate(isi, 1):
            sel_tabel(lembar, nomor, letak, nilai)
        tinggikan(lembar, nomor, [(nilai, kolom.lebar) for nilai, kolom in zip(isi, KOLOM, strict=True)])
    return nomor


def _penjelasan(indikator: Indikator) -> str:
    return f"{indikator.butir.formulasi}. {indikator.ukuran.aturan}"


def _angka(indikator: Indikator) -> Sel:
    nilai = indikator.realisasi.nilai
    return "tidak ada data" if nilai is None else nilai


def _tanda_tangan(lembar: Worksheet, laporan: Laporan, awal: int) -> int:
    """The two halves side by side; returns the last row."""
    tempat = f"{titik_titik(laporan.tempat)}, {tanggal_panjang(laporan.tanggal)}"
    _penanda(lembar, awal, (1, 4), "Mengetahui,", laporan.mengetahui)
    _penanda(lembar, awal, (5, _AKHIR), tempat, laporan.pembuat)
    lembar.row_dimensions[awal + 2].height = 60
    return awal + 4


def _penanda(lembar: Worksheet, awal: int, lajur: tuple[int, int], atas: str, tertanda: Tertanda) -> None:
    nama = Font(name=HURUF, size=10, bold=True, underline="single" if tertanda.nama else None)
    isi: tuple[tuple[Sel, Font | None], ...] = (
        (atas, None),
        (tertanda.judul, TEBAL),
        (None, None),
        (titik_titik(tertanda.nama), nama),
        (f"NIP. {titik_titik(nip(tertanda.nip))}", None),
    )
    for nomor, (teks, font) in enumerate(isi, awal):
        isi_sel(lembar, nomor, lajur[0], teks, sampai=lajur[1], font=font, letak=TENGAH)


def _semua_bukti(laporan: Sequence[Laporan]) -> Iterator[tuple[Baris, BarisBukti]]:
    for lap in laporan:
        for satu in baris(lap):
            rincian = satu.indikator.rincian
            if rincian is not None:
                yield from ((satu, entri) for entri in (*rincian.bukti, *rincian.luput))


def _bukti(lembar: Worksheet, laporan: Sequence[Laporan]) -> None:
    bernama = any(lap.minta.dengan_identitas for lap in laporan)
    semua_kolom = (*KOLOM_BUKTI, NAMA_BUKTI) if bernama else KOLOM_BUKTI
    _daftar(lembar, semua_kolom, _semua_bukti(laporan))


def _daftar(
    lembar: Worksheet,
    semua_kolom: Sequence[tuple[str, int, Callable[[Baris, T], Sel]]],
    isi: Iterable[tuple[Baris, T]],
) -> None:
    """A plain table on a tab of its own, a row per indicator and what goes with it."""
    kolom = [(judul, lebar) for judul, lebar, _ in semua_kolom]
    isi_daftar(lembar, kolom, ([ambil(satu, nilai) for _, _, ambil in semua_kolom] for satu, nilai in isi))
