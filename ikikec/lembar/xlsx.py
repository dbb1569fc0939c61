"""Workbooks (.xlsx) by XlsxWriter: sheets, several offices, whole registers.

A text stays a text whatever it begins with, figures are numbers, dates dates; the same values make the same bytes.
"""

import io
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import chain, count
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from xlsxwriter import Workbook

from ikikec.bahasa import angka, bersih, nip, titik_titik
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar
from ikikec.kertas import Kertas
from ikikec.kinerja.antarkantor import Lajur, Rekap
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.susun import Laporan, Tertanda
from ikikec.lembar.cetakan import Cetakan
from ikikec.lembar.nilai import semua_indikator
from ikikec.lembar.tabel import Kolom, Sel, Tabel
from ikikec.lembar.ungkapan import ATURAN_JUMLAH, JUDUL, TIADA, catatan, jumlah_kantor, perihal, sidik_pendek, target
from ikikec.tanggal import tanggal_panjang, tanggal_pendek

Sifat = Mapping[str, Any]

SEL_TERPANJANG, BARIS_TERBANYAK = 32_767, 1_048_576
_POKOK = {"font_name": "Arial", "font_size": 10}
_TANGGAL = {"num_format": "[$-421]d mmmm yyyy"}
TEBAL = {"bold": True}
BESAR = {"bold": True, "font_size": 14}
_KIRI_ATAS = {"valign": "top", "text_wrap": True}
_ATAS = {**_KIRI_ATAS, "align": "center"}
_KANAN = {**_KIRI_ATAS, "align": "right"}
TENGAH = {"align": "center", "valign": "vcenter", "text_wrap": True}
GARIS = {"border": 1, "border_color": "#444444"}
KEPALA: dict[str, Any] = {**TENGAH, **GARIS, "bold": True, "bg_color": "#E4E8EE"}
TEKS = {"quote_prefix": True}
RUMUS = ("=", "+", "-", "@", "'")
_TERLARANG = re.compile(r"[\[\]:*?/\\']")
# Excel takes 31 letters; a few are left for the number that tells two alike names apart.
_PANJANG_NAMA = 28
# Points: a line, the highest row a spreadsheet takes, a row left as it is.
_TINGGI_BARIS, _TINGGI_TERBESAR, _TINGGI_BIASA = 13.5, 409, 15
# Inches of margin, and to which part a page may be shrunk and still be legible.
_TEPI_ATAS, _TEPI_BAWAH, _TERKECIL = 0.6, 0.7, 0.59


class BukuKerja:
    """A workbook in the making that bears ``tanggal`` as its date, and no moment of its making."""

    def __init__(self, wadah: Any, judul: str, tanggal: date, kertas: Kertas, **pilihan: Any) -> None:
        self.kertas = kertas
        self.buku = Workbook(wadah, {**pilihan, "default_format_properties": dict(_POKOK)})
        self.buku.set_properties({"author": "ikikec", "title": judul, "created": datetime.combine(tanggal, time())})
        self._bentuk: dict[frozenset[tuple[str, Any]], Any] = {}

    def siapkan_cetak(self, tab: Any) -> None:
        """Make a tab print on the office's paper on its side, one page wide."""
        tab.set_paper(self.kertas.nomor)
        tab.set_landscape()
        tab.fit_to_pages(1, 0)

    def bentuk(self, sifat: Sifat) -> Any:
        """The cell format with these properties; there is one of each."""
        kunci = frozenset(sifat.items())
        if kunci not in self._bentuk:
            self._bentuk[kunci] = self.buku.add_format(_POKOK | dict(sifat))
        return self._bentuk[kunci]


def tulis_sel(tab: Any, baris: int, kolom: int, nilai: Sel, bentuk: Any) -> None:
    """Write a cell, a text always as one."""
    if nilai is None or nilai == "":
        tab.write_blank(baris, kolom, None, bentuk)
    elif isinstance(nilai, date):
        tab.write_datetime(baris, kolom, nilai, bentuk)
    elif not isinstance(nilai, str):
        tab.write_number(baris, kolom, nilai, bentuk)
    elif nilai.startswith("<r>") and nilai.endswith("</r>"):
        # XlsxWriter takes such a text for its own markup of several fonts, which it must therefore be given in.
        tab.write_rich_string(baris, kolom, nilai[:1], bentuk, nilai[1:], bentuk)
    else:
        tab.write_string(baris, kolom, nilai, bentuk)


class Tab:
    """A tab for paper on its side, one page wide, its name cut down to what spreadsheets take; rows count from 0."""

    def __init__(self, buku: BukuKerja, nama: str, lebar: Sequence[int]) -> None:
        dasar = _TERLARANG.sub("-", nama)[:_PANJANG_NAMA]
        terpakai = {satu.casefold() for satu in buku.buku.sheetnames}
        semua = chain([dasar], (f"{dasar}{urut}" for urut in count(1)))
        self.buku, self.lebar = buku, lebar
        self.tab = buku.buku.add_worksheet(next(satu for satu in semua if satu.casefold() not in terpakai))
        buku.siapkan_cetak(self.tab)
        self.tab.set_margins(left=0.6, right=0.6, top=_TEPI_ATAS, bottom=_TEPI_BAWAH)
        self.tab.center_horizontally()
        self.tab.set_footer("&CHalaman &P dari &N")
        for nomor, satu in enumerate(lebar):
            self.tab.set_column(nomor, nomor, satu)
        self.tinggi: dict[int, float] = {}

    def isi(self, baris: int, kolom: int, nilai: Sel, sampai: int = 0, **sifat: Any) -> None:
        """Write a value into a cell, merged with those up to column ``sampai``."""
        semua = _KIRI_ATAS | (_TANGGAL if isinstance(nilai, date) else {}) | sifat
        if isinstance(nilai, str):
            nilai = bersih(nilai)
            semua |= TEKS if nilai.startswith(RUMUS) else {}
        bentuk = self.buku.bentuk(semua)
        if sampai > kolom:
            self.tab.merge_range(baris, kolom, baris, sampai, "", bentuk)
        tulis_sel(self.tab, baris, kolom, nilai, bentuk)

    def rumus(self, baris: int, kolom: int, rumus: str, nilai: str | float, **sifat: Any) -> None:
        """Write a table's cell that a spreadsheet computes; ``nilai`` is what programs that do not will show."""
        bentuk = self.buku.bentuk({**_ATAS, **GARIS, **sifat})
        self.tab.write_formula(baris, kolom, rumus, bentuk, nilai)

    def judul(self, baris: int, teks: str, sampai: int) -> None:
        """Write a sheet's title over all its columns."""
        self.isi(baris, 0, teks, sampai, **TENGAH, **BESAR)

    def gabung(self, baris: int, kolom: int, sampai: int, teks: str) -> None:
        """Write a text over several columns, the row as high as it needs."""
        self.isi(baris, kolom, teks, sampai)
        self.tinggikan(baris, [(teks, sum(self.lebar[kolom : sampai + 1]))])

    def setinggi(self, baris: int, tinggi: float) -> None:
        """Make a row so many points high."""
        self.tinggi[baris] = tinggi
        self.tab.set_row(baris, tinggi)

    def tinggikan(self, baris: int, isi: Iterable[tuple[Sel, int]]) -> None:
        """Make a row as high as its texts need, each given with its width; no spreadsheet does so by itself.

        A width counts digits; letters are narrower on the whole.
        """
        banyak = [len(textwrap.wrap(str(teks), int(lebar * 1.1))) for teks, lebar in isi]
        self.setinggi(baris, min(_TINGGI_TERBESAR, _TINGGI_BARIS * max(1, *banyak) + 2))

    def kepala(self, baris: int, judul: Iterable[str]) -> None:
        """Write a table's row of headings."""
        for kolom, satu in enumerate(judul):
            self.isi(baris, kolom, satu, **KEPALA)

    def sel(self, baris: int, kolom: int, nilai: Sel, **sifat: Any) -> None:
        """Write a table's cell, a figure in the middle with the decimals it has."""
        bentuk: dict[str, Any] = {}
        if not isinstance(nilai, str | date | None):
            bentuk = {**_ATAS, "num_format": _POLA[min(_desimal(nilai), 2)]}
        self.isi(baris, kolom, nilai, **{**GARIS, **bentuk, **sifat})


_POLA = ("#,##0", "#,##0.0", "#,##0.00")


def _desimal(nilai: Any) -> int:
    """How many decimals a figure has."""
    return max(0, -int(nilai.as_tuple().exponent)) if isinstance(nilai, Decimal) else 0


def _daftar(buku: BukuKerja, tabel: Tabel) -> None:
    """A plain table on a tab of its own: headings with widths, a filter, the heading row on every page."""
    tab = Tab(buku, tabel.judul, [satu.lebar for satu in tabel.kolom])
    tab.kepala(0, [satu.judul for satu in tabel.kolom])
    akhir = 0
    for akhir, isi in enumerate(tabel.baris, 1):
        for letak, nilai in enumerate(isi):
            tab.sel(akhir, letak, nilai)
    tab.tab.freeze_panes(1, 0)
    tab.tab.autofilter(0, 0, akhir, len(tabel.kolom) - 1)
    tab.tab.repeat_rows(0)
    tab.tab.print_area(0, 0, akhir, len(tabel.kolom) - 1)


# A position's sheet.

_KOLOM = (
    ("NO", 6, "nomor"), ("SASARAN KINERJA", 24, "sasaran"), ("INDIKATOR KINERJA", 26, "indikator"),
    ("FORMULASI PERHITUNGAN/PENJELASAN", 46, "formulasi"), ("TARGET", 12, "target"), ("REALISASI", 12, "realisasi"),
    ("SATUAN", 13, "satuan"), ("PEMBILANG", 12, "pembilang"), ("PENYEBUT", 12, "penyebut"),
    ("CAPAIAN (%)", 12, "capaian"), ("SUMBER DATA", 18, "sumber"),
)  # fmt: skip
_AKHIR = len(_KOLOM) - 1
_INDIKATOR = (Kolom("JABATAN", 24), Kolom("NO", 6), Kolom("INDIKATOR KINERJA", 50))


def laporan_xlsx(laporan: Sequence[Laporan], cetakan: Cetakan) -> bytes:
    """The sheets, a tab each; what was asked for beside the figures on tabs of its own."""
    wadah = io.BytesIO()
    judul = f"Indikator Kinerja Individu, {laporan[0].periode.label}"
    buku = BukuKerja(wadah, judul, laporan[0].tanggal, cetakan.kertas, in_memory=True)
    with buku.buku:
        for satu in laporan:
            _lembar(buku, satu)
        if any(satu.minta.bandingkan for satu in laporan):
            _daftar(buku, _perbandingan(laporan))
        if any(satu.minta.tren for satu in laporan):
            _daftar(buku, _tren(laporan))
        if any(satu.rinci for satu in laporan):
            _daftar(buku, _bukti(laporan))
    return wadah.getvalue()


def _perbandingan(laporan: Sequence[Laporan]) -> Tabel:
    """A row per indicator and earlier period."""
    baris = [
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], _angka(satu.realisasi), lama.periode.label,
         lama.realisasi.nilai, lama.selisih)
        for lap in laporan for isi, satu in semua_indikator(lap) if satu.banding for lama in satu.banding.kolom
    ]  # fmt: skip
    sampai = laporan[0].periode.sampai
    kini = "REALISASI" if sampai is None else f"REALISASI S.D. {tanggal_pendek(sampai).upper()}"
    kolom = (Kolom(kini, 12), Kolom("PEMBANDING", 24), Kolom("REALISASI PEMBANDING", 14), Kolom("SELISIH", 12))
    return Tabel("perbandingan", [*_INDIKATOR, *kolom], baris)


def _tren(laporan: Sequence[Laporan]) -> Tabel:
    """A row per indicator and month."""
    baris = [
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], titik.bulan.label,
         "belum" if titik.belum else _angka(titik.realisasi))
        for lap in laporan for isi, satu in semua_indikator(lap) for titik in satu.tren or ()
    ]  # fmt: skip
    return Tabel("tren", [*_INDIKATOR, Kolom("BULAN", 20), Kolom("REALISASI", 12)], baris)


def _bukti(laporan: Sequence[Laporan]) -> Tabel:
    """A row per entry behind an indicator, and per entry that just missed it, whose outcome is the reason."""
    bernama = any(lap.minta.dengan_identitas for lap in laporan)
    nama = [Kolom("NAMA", 28)] if bernama else []
    baris = (
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], entri.nomor, entri.tanggal, perihal(entri), entri.batas,
         entri.hasil, entri.nilai, *([entri.nama] if bernama else []))
        for lap in laporan for isi, satu in semua_indikator(lap) if satu.rincian
        for entri in (*satu.rincian.bukti, *satu.rincian.luput)
    )  # fmt: skip
    kolom = (Kolom("ENTRI", 18), Kolom("TANGGAL", 13), Kolom("PERIHAL", 40), Kolom("BATAS", 13), Kolom("HASIL", 28))
    return Tabel("bukti", [*_INDIKATOR, *kolom, Kolom("NILAI", 9), *nama], baris)


def _angka(satu: Realisasi) -> Sel:
    if satu.nilai is not None:
        return satu.nilai
    return "tidak ada data" if satu.terjumlah else TIADA


def _lembar(buku: BukuKerja, laporan: Laporan) -> None:
    tab = Tab(buku, laporan.jabatan.slug, [lebar for _, lebar, _ in _KOLOM])
    kepala = _judul(tab, laporan)
    akhir = _tabel(tab, laporan, kepala) + 2
    tempat = f"{titik_titik(laporan.tempat)}, {tanggal_panjang(laporan.tanggal)}"
    _penanda(tab, akhir, (0, 3), "Mengetahui,", laporan.mengetahui)
    _penanda(tab, akhir, (4, _AKHIR), tempat, laporan.pembuat)
    tab.setinggi(akhir + 2, 60)
    akhir += 6
    tab.gabung(akhir, 0, _AKHIR, f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}")
    tab.tab.repeat_rows(kepala)
    tab.tab.print_area(0, 0, akhir, _AKHIR)
    # A spreadsheet cannot be told to keep the signatures together; a sheet not much over a page is shrunk onto one.
    if sum(tab.tinggi.get(nomor, _TINGGI_BIASA) for nomor in range(akhir + 1)) <= _muat(buku.kertas):
        tab.tab.fit_to_pages(1, 1)


def _muat(kertas: Kertas) -> float:
    """How many points of rows a page on its side still holds legibly."""
    return 72 * (kertas.lebar / 25.4 - _TEPI_ATAS - _TEPI_BAWAH) / _TERKECIL


def _judul(tab: Tab, laporan: Laporan) -> int:
    """Title, position, period, duties; returns the row the table begins in."""
    tab.judul(0, "INDIKATOR KINERJA INDIVIDU", _AKHIR)
    tab.isi(1, 0, laporan.periode.keterangan, _AKHIR, **TENGAH)
    tab.isi(3, 0, "Jabatan", 1, **TEBAL)
    tab.isi(3, 2, laporan.jabatan.nama, _AKHIR)
    for nomor, (nama, hari) in enumerate((("Dari", laporan.periode.awal), ("Sampai", laporan.periode.akhir)), 4):
        tab.isi(nomor, 0, nama, 1, **TEBAL)
        tab.isi(nomor, 2, hari, align="left", text_wrap=False)
    nomor = 6
    for nama, isi in (("Tugas", laporan.jabatan.tugas), ("Fungsi", laporan.jabatan.fungsi)):
        tab.isi(nomor, 0, nama, 1, **TEBAL)
        for satu in [f"{urut}. {satu}" for urut, satu in enumerate(isi, 1)] or ["–"]:
            tab.gabung(nomor, 2, _AKHIR, satu)
            nomor += 1
    return nomor + 1


def _tabel(tab: Tab, laporan: Laporan, kepala: int) -> int:
    """The table; returns its last row."""
    tab.kepala(kepala, [judul for judul, _, _ in _KOLOM])
    pertama = [urut == 0 for sasaran in laporan.sasaran for urut in range(len(sasaran.indikator))]
    nomor = kepala
    for nomor, (isi, satu) in enumerate(semua_indikator(laporan), kepala + 1):
        tercetak = isi | {"formulasi": f"{isi['formulasi']}. {isi['aturan']}", "realisasi": _angka(satu.realisasi)}
        if satu.realisasi.banyak is not None:
            tercetak["satuan"] = f"{isi['satuan']} (dari {angka(satu.realisasi.banyak)} {satu.ukuran.sebutan})"
        if satu.target is not None and satu.target.atas is not None:
            tercetak["target"] = target(satu.target)
        if not pertama[nomor - kepala - 1]:
            tercetak["sasaran"] = None
        baris = [tercetak[nama] for _, _, nama in _KOLOM]
        for letak, nilai in enumerate(baris):
            tab.sel(nomor, letak, nilai)
        tab.tinggikan(nomor, zip(baris, tab.lebar, strict=True))
    return nomor


def _penanda(tab: Tab, awal: int, lajur: tuple[int, int], atas: str, tertanda: Tertanda) -> None:
    nama = {**TEBAL, "underline": 1 if tertanda.nama else 0}
    isi: tuple[tuple[Sel, Sifat], ...] = (
        (atas, {}),
        (tertanda.judul, TEBAL),
        (None, {}),
        (titik_titik(tertanda.nama), nama),
        (f"NIP. {titik_titik(nip(tertanda.nip))}", {}),
    )
    for nomor, (teks, sifat) in enumerate(isi, awal):
        tab.isi(nomor, lajur[0], teks, lajur[1], **TENGAH, **sifat)


# Several offices.

_DEPAN = (("NO", 6), ("KANTOR", 30))
_BELAKANG = (("BARIS JURNAL", 11), ("SIDIK", 19))
_KEPALA_REKAP = 4


def rekap_xlsx(rekap: Rekap, cetakan: Cetakan) -> bytes:
    """The table with its sum, what its columns mean, and the ledgers it was made from."""
    wadah = io.BytesIO()
    judul = f"Rekapitulasi Indikator Kinerja Individu, {rekap.periode.label}"
    buku = BukuKerja(wadah, judul, rekap.tanggal, cetakan.kertas, in_memory=True)
    with buku.buku:
        _rekap(buku, rekap)
        judul_indikator = {
            "JABATAN": 24,
            "NAMA JABATAN": 40,
            "NO": 6,
            "INDIKATOR KINERJA": 50,
            "SATUAN": 14,
            "ATURAN": 60,
        }
        indikator = [
            (satu.jabatan.slug, satu.jabatan.nama, satu.butir.nomor, satu.butir.uraian, satu.ukuran.satuan,
             satu.ukuran.aturan)
            for satu in rekap.lajur
        ]  # fmt: skip
        _daftar(buku, Tabel("indikator", [Kolom(*satu) for satu in judul_indikator.items()], indikator))
        judul_kantor = {"KANTOR": 30, "BUKU": 50, "BARIS JURNAL": 11, "SIDIK": 70, "CATATAN": 50}
        kantor = [
            (satu.nama, satu.alamat, satu.isi and satu.isi.entri, satu.isi and satu.isi.sidik,
             satu.kendala and satu.kendala.pesan)
            for satu in rekap.kantor
        ]  # fmt: skip
        _daftar(buku, Tabel("kantor", [Kolom(*satu) for satu in judul_kantor.items()], kantor))
    return wadah.getvalue()


def _rekap(buku: BukuKerja, rekap: Rekap) -> None:
    kolom = [*_DEPAN, *(judul for lajur in rekap.lajur for judul in _judul_lajur(lajur)), *_BELAKANG]
    tab, ujung = Tab(buku, "rekap", [lebar for _, lebar in kolom]), len(kolom) - 1
    tab.judul(0, JUDUL, ujung)
    kabupaten = f"Kabupaten {rekap.kabupaten}, " if rekap.kabupaten else ""
    tab.isi(1, 0, f"{kabupaten}{rekap.periode.keterangan}", ujung, **TENGAH)
    _jabatan(tab, rekap)
    tab.kepala(_KEPALA_REKAP, [judul for judul, _ in kolom])
    tab.setinggi(_KEPALA_REKAP, 30)
    akhir = _kantor(tab, rekap) + 1
    for satu in (*(f"Catatan: {satu}" for satu in catatan(rekap)), ATURAN_JUMLAH):
        akhir += 1
        tab.gabung(akhir, 0, ujung, satu)
    tab.tab.freeze_panes(_KEPALA_REKAP + 1, len(_DEPAN))
    tab.tab.repeat_rows(_KEPALA_REKAP - 1, _KEPALA_REKAP)
    tab.tab.print_area(0, 0, akhir, ujung)


def _judul_lajur(lajur: Lajur) -> tuple[tuple[str, int], ...]:
    """The headings of one indicator with their widths: a ratio's parts stand beside it."""
    nomor = lajur.butir.nomor
    bagian = ((f"{nomor} pembilang", 11), (f"{nomor} penyebut", 11)) if lajur.ukuran.penyebut else ()
    return ((f"{nomor} {lajur.ukuran.satuan}", 13), *bagian)


def _jabatan(tab: Tab, rekap: Rekap) -> None:
    """The positions above their columns."""
    tab.kepala(_KEPALA_REKAP - 1, [""] * len(tab.lebar))
    awal = len(_DEPAN)
    for kelompok in rekap.kelompok:
        akhir = awal + sum(len(_judul_lajur(satu)) for satu in kelompok.lajur) - 1
        tab.isi(_KEPALA_REKAP - 1, awal, kelompok.jabatan.nama, akhir, **KEPALA)
        awal = akhir + 1
    tab.setinggi(_KEPALA_REKAP - 1, 45)


def _kantor(tab: Tab, rekap: Rekap) -> int:
    """The offices and their sum; returns the last row."""
    tiada = [TIADA] * sum(len(_judul_lajur(satu)) for satu in rekap.lajur)
    baris: list[Sequence[Sel]] = [
        (urut, satu.nama, *_bagian(satu.isi.angka), satu.isi.entri, sidik_pendek(satu.isi))
        if satu.isi
        else (urut, satu.nama, *tiada, TIADA, TIADA)
        for urut, satu in enumerate(rekap.kantor, 1)
    ]
    baris.append((None, f"JUMLAH ({jumlah_kantor(rekap)})", *_bagian(rekap.jumlah), None, None))
    akhir = _KEPALA_REKAP + len(baris)
    for nomor, isi in enumerate(baris, _KEPALA_REKAP + 1):
        tebal = TEBAL if nomor == akhir else {}
        for kolom, nilai in enumerate(isi):
            tab.sel(nomor, kolom, nilai, **tebal, **({} if kolom == 1 else _KANAN))
        tab.tinggikan(nomor, [(isi[1], tab.lebar[1])])
    return akhir


def _bagian(semua: Sequence[Realisasi]) -> Iterator[Sel]:
    for satu in semua:
        yield _angka(satu)
        if satu.penyebut is not None:
            yield satu.pembilang
            yield satu.penyebut


# Whole registers.

_LEBAR = {Jenis.TANGGAL: 12, Jenis.BILANGAN: 12, Jenis.PILIHAN: 16, Jenis.YA_TIDAK: 9, Jenis.TEKS: 24}


def register_xlsx(
    kumpulan: Sequence[tuple[Register, Iterable[Mapping[str, Nilai]]]], cetakan: Cetakan
) -> Iterator[bytes]:
    """The workbook's bytes piece by piece, a tab per register; of any size in the same memory.

    Raises AturanDilanggar where a text or a register is longer than a spreadsheet takes.
    """
    with TemporaryDirectory() as folder, TemporaryFile() as wadah:
        buku = BukuKerja(wadah, "", date(1980, 1, 1), cetakan.kertas, constant_memory=True, tmpdir=folder)
        with buku.buku:
            for register, entri in kumpulan:
                _register(buku, register, entri)
        wadah.seek(0)
        yield from iter(partial(wadah.read, 1 << 16), b"")


def _register(buku: BukuKerja, register: Register, entri: Iterable[Mapping[str, Nilai]]) -> None:
    """A table under its heading, which stays in sight."""
    polos, tebal, teks = buku.bentuk({}), buku.bentuk(TEBAL), buku.bentuk(TEKS)
    hari = buku.bentuk({"num_format": "yyyy-mm-dd"})
    tab = buku.buku.add_worksheet(register.slug)
    buku.siapkan_cetak(tab)
    tab.freeze_panes(1, 0)
    for kolom, bidang in enumerate(register.bidang):
        tab.set_column(kolom, kolom, _LEBAR[bidang.jenis])
        tulis_sel(tab, 0, kolom, bidang.nama, tebal)
    for baris, isi in enumerate(entri, 1):
        tolak_banyak(baris, f"register {register.slug}")
        for kolom, bidang in enumerate(register.bidang):
            nilai = isi[bidang.nama]
            bentuk = hari if isinstance(nilai, date) else polos
            if isinstance(nilai, bool | str):
                nilai = bidang.tulis(nilai)
                if len(nilai) > SEL_TERPANJANG // 2:
                    tolak_panjang(nilai, f"{isi['nomor']}: {bidang.nama}")
                bentuk = teks if nilai.startswith(RUMUS) else polos
            if nilai is not None:
                tulis_sel(tab, baris, kolom, nilai, bentuk)


def tolak_banyak(baris: int, apa: str) -> None:
    """Raise AturanDilanggar where there are more rows than a sheet takes; ``baris`` counts from 0."""
    if baris == BARIS_TERBANYAK:
        raise AturanDilanggar(
            f"{apa} lebih panjang dari yang muat di lembar kerja ({BARIS_TERBANYAK} baris)",
            saran="Batasi dengan --periode, atau pakai -O csv.",
        )


def tolak_panjang(teks: str, di: str) -> None:
    """Raise AturanDilanggar where a text is longer than a cell takes."""
    if len(teks.encode("utf-16-le")) > 2 * SEL_TERPANJANG:
        raise AturanDilanggar(
            f"{di} lebih panjang dari yang muat di satu sel lembar kerja ({SEL_TERPANJANG} huruf)",
            saran="Pakai -O csv, json, atau jsonl.",
        )
