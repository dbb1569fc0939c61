"""Several offices as a workbook: the table with its sum, what its columns mean, and the ledgers it was made from."""

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.rekap import BarisRekap, Lajur, Rekap
from ikikec.lembar.baris import Sel
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
from ikikec.lembar.rekap import ATURAN_JUMLAH, JUDUL, catatan, jumlah_kantor, sidik_pendek
from ikikec.lembar.ungkapan import TIADA

_KANAN = Alignment(horizontal="right", vertical="top", wrap_text=True)
_DEPAN = (("NO", 6), ("KANTOR", 30))
_BELAKANG = (("BARIS JURNAL", 11), ("SIDIK", 19))
_KEPALA = 5


def susun_rekap_xlsx(rekap: Rekap) -> bytes:
    """The offices as one workbook."""
    buku = Workbook()
    buku.remove(buku.worksheets[0])
    _rekap(tab(buku, "rekap"), rekap)
    isi_daftar(
        tab(buku, "indikator"),
        (("JABATAN", 24), ("NAMA JABATAN", 40), ("NO", 6), ("INDIKATOR KINERJA", 50), ("SATUAN", 14), ("ATURAN", 60)),
        (
            (satu.jabatan.slug, satu.jabatan.nama, satu.butir.nomor, satu.butir.uraian, satu.ukuran.satuan,
             satu.ukuran.aturan)
            for satu in rekap.lajur
        ),
    )  # fmt: skip
    isi_daftar(
        tab(buku, "kantor"),
        (("KANTOR", 30), ("BUKU", 50), ("BARIS JURNAL", 11), ("SIDIK", 70), ("CATATAN", 50)),
        map(_kantor, rekap.kantor),
    )
    return simpan(buku, f"Rekapitulasi Indikator Kinerja Individu, {rekap.periode.label}", rekap.tanggal)


def _kantor(satu: BarisRekap) -> tuple[Sel, ...]:
    keadaan = (satu.isi.entri, satu.isi.sidik) if satu.isi else (None, None)
    return (satu.nama, satu.alamat, *keadaan, satu.kendala.pesan if satu.kendala else None)


def _rekap(lembar: Worksheet, rekap: Rekap) -> None:
    kolom = [*_DEPAN, *(judul for lajur in rekap.lajur for judul in _judul(lajur)), *_BELAKANG]
    atur_lebar(lembar, [lebar for _, lebar in kolom])
    besar = Font(name=HURUF, size=14, bold=True)
    isi_sel(lembar, 1, 1, JUDUL, sampai=len(kolom), font=besar, letak=TENGAH)
    kabupaten = f"Kabupaten {rekap.kabupaten}, " if rekap.kabupaten else ""
    isi_sel(lembar, 2, 1, f"{kabupaten}{rekap.periode.label}", sampai=len(kolom), letak=TENGAH)
    _kelompok(lembar, rekap, len(kolom))
    kepala_tabel(lembar, _KEPALA, [judul for judul, _ in kolom])
    lembar.row_dimensions[_KEPALA].height = 30
    akhir = _isi(lembar, rekap)
    for nomor, satu in enumerate((*(f"Catatan: {satu}" for satu in catatan(rekap)), ATURAN_JUMLAH), akhir + 2):
        isi_sel(lembar, nomor, 1, satu, sampai=len(kolom))
        tinggikan(lembar, nomor, [(satu, sum(lebar for _, lebar in kolom))])
    lembar.freeze_panes = f"C{_KEPALA + 1}"
    lembar.print_title_rows = f"{_KEPALA - 1}:{_KEPALA}"
    lembar.print_area = f"A1:{get_column_letter(len(kolom))}{lembar.max_row}"


def _judul(lajur: Lajur) -> tuple[tuple[str, int], ...]:
    """The headings of one indicator with their widths: a ratio's parts stand beside it."""
    nomor = lajur.butir.nomor
    judul = (f"{nomor} {lajur.ukuran.satuan}", 13)
    if not lajur.ukuran.penyebut:
        return (judul,)
    return judul, (f"{nomor} pembilang", 11), (f"{nomor} penyebut", 11)


def _kelompok(lembar: Worksheet, rekap: Rekap, banyak: int) -> None:
    """The positions above their columns."""
    kepala_tabel(lembar, _KEPALA - 1, [""] * banyak)
    awal = len(_DEPAN) + 1
    for kelompok in rekap.kelompok:
        akhir = awal + sum(len(_judul(satu)) for satu in kelompok.lajur) - 1
        isi_sel(lembar, _KEPALA - 1, awal, kelompok.jabatan.nama, sampai=akhir, font=TEBAL, letak=TENGAH)
        awal = akhir + 1
    lembar.row_dimensions[_KEPALA - 1].height = 45


def _isi(lembar: Worksheet, rekap: Rekap) -> int:
    """The offices and their sum; returns the last row."""
    tiada = [TIADA] * sum(len(_judul(satu)) for satu in rekap.lajur)
    baris: list[Sequence[Sel]] = [
        (urut, satu.nama, *_angka(satu.isi.angka), satu.isi.entri, sidik_pendek(satu.isi))
        if satu.isi
        else (urut, satu.nama, *tiada, TIADA, TIADA)
        for urut, satu in enumerate(rekap.kantor, 1)
    ]
    baris.append((None, f"JUMLAH ({jumlah_kantor(rekap)})", *_angka(rekap.jumlah), None, None))
    for nomor, isi in enumerate(baris, _KEPALA + 1):
        for kolom, nilai in enumerate(isi, 1):
            sel_tabel(
                lembar, nomor, kolom, nilai, font=TEBAL if nomor == _KEPALA + len(baris) else None,
                letak=None if kolom == len(_DEPAN) else _KANAN,
            )  # fmt: skip
        tinggikan(lembar, nomor, [(isi[1], _DEPAN[1][1])])
    return _KEPALA + len(baris)


def _angka(angka: Sequence[Realisasi]) -> Iterator[Sel]:
    for satu in angka:
        nilai = satu.nilai
        yield "tidak ada data" if nilai is None else nilai
        if satu.penyebut is not None:
            yield satu.pembilang
            yield satu.penyebut
