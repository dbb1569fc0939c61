"""A workbook (.xlsx) in the making by XlsxWriter, its tabs, and plain tables on them.

A text stays a text whatever it begins with and however it is edited, figures are numbers, dates dates; the same
values make the same bytes.
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from itertools import chain, count
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Jenis
from ikikec.galat import AturanDilanggar
from ikikec.lembar import Cetakan
from ikikec.lembar.tabel import Sel, Tabel

Sifat = Mapping[str, Any]

SEL_TERPANJANG, BARIS_TERBANYAK = 32_767, 1_048_576
_POKOK = {"font_name": "Arial", "font_size": 10}
_HARI: dict[str, Any] = {"num_format": "dd/mm/yyyy", "align": "center"}
_SAAT: dict[str, Any] = {"num_format": "dd/mm/yyyy hh:mm", "align": "center"}
TEBAL = {"bold": True}
BESAR = {"bold": True, "font_size": 14}
KIRI_ATAS = {"valign": "top", "text_wrap": True}
ATAS = {**KIRI_ATAS, "align": "center"}
KANAN = {**KIRI_ATAS, "align": "right"}
TENGAH = {"align": "center", "valign": "vcenter", "text_wrap": True}
GARIS = {"border": 1, "border_color": "#444444"}
KEPALA: dict[str, Any] = {**TENGAH, **GARIS, "bold": True, "bg_color": "#E4E8EE"}
_DI_ATAS: dict[str, Any] = {"valign": "top"}
# What is typed into such a cell stays as it was typed; what looks like a formula does so in every program.
_TEKS: dict[str, Any] = {"num_format": "@"}
_BERTANDA: dict[str, Any] = {**_TEKS, "quote_prefix": True}
_RUMUS = ("=", "+", "-", "@", "'")
_TERLARANG = re.compile(r"[\[\]:*?/\\']")
# Excel takes 31 letters of a name, of which a few are left for the number that tells two alike apart, and 255 of a
# page's foot, of which there is room for these on the smallest paper.
_PANJANG_NAMA, _PANJANG_KAKI = 28, 120
# Letters of a column before its texts, and before its heading is folded; what the heading's button takes; those of a
# day or figure, and of a moment.
_LEBAR_TERBESAR, _LEBAR_JUDUL, _TOMBOL, _LEBAR_ANGKA, _LEBAR_SAAT = 50, 12, 3, 11, 17
# Points: a line, a title, and the highest row a spreadsheet takes.
_TINGGI_BARIS, _TINGGI_JUDUL, _TINGGI_TERBESAR = 13.5, 20, 409
# Inches of margin above and below.
TEPI = (0.6, 0.7)


class BukuKerja:
    """A workbook in the making that bears ``tanggal`` as its date, and no moment of its making.

    ``kantor``: whose it is, as every tab tells. ``urut``: it is written row after row, so that one of any size takes
    the same memory.
    """

    def __init__(self, wadah: Any, judul: str, tanggal: date, cetakan: Cetakan, *, urut: bool, folder: str) -> None:
        self.cetakan, self.kantor, self.urut = cetakan, cetakan.kantor, urut
        cara = {"constant_memory": urut, "in_memory": not urut, "tmpdir": folder}
        self.buku = Workbook(wadah, {**cara, "default_format_properties": dict(_POKOK)})
        self.buku.set_properties({"author": "ikikec", "title": judul, "created": datetime.combine(tanggal, time())})
        self._bentuk: dict[frozenset[tuple[str, Any]], Any] = {}

    def bentuk(self, sifat: Sifat) -> Any:
        """The cell format with these properties; there is one of each."""
        kunci = frozenset(sifat.items())
        if kunci not in self._bentuk:
            self._bentuk[kunci] = self.buku.add_format(_POKOK | dict(sifat))
        return self._bentuk[kunci]


def tuang(
    judul: str, tanggal: date, cetakan: Cetakan, isi: Callable[[BukuKerja], None], *, urut: bool = True
) -> Iterator[bytes]:
    """The bytes, piece by piece, of a workbook that ``isi`` fills, ``urut`` or not."""
    with TemporaryDirectory() as folder, TemporaryFile() as wadah:
        buku = BukuKerja(wadah, judul, tanggal, cetakan, urut=urut, folder=folder)
        with buku.buku:
            isi(buku)
        wadah.seek(0)
        yield from iter(partial(wadah.read, 1 << 16), b"")


def sifat_sel(nilai: Sel) -> dict[str, Any]:
    """What a cell with this value looks like: a text stays one, a day is day/month/year, figures have decimals."""
    if isinstance(nilai, str):
        return _BERTANDA if nilai.startswith(_RUMUS) else _TEKS
    if isinstance(nilai, date):
        return _SAAT if isinstance(nilai, datetime) else _HARI
    desimal = max(0, -int(nilai.as_tuple().exponent)) if isinstance(nilai, Decimal) else 0
    return {} if nilai is None else {"num_format": ("#,##0", "#,##0.0", "#,##0.00")[min(desimal, 2)]}


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
    """A tab for the office's paper on its side, one page wide; ``kaki`` stands below every page. Rows count from 0.

    Its name is cut down to what spreadsheets take.
    """

    def __init__(self, buku: BukuKerja, nama: str, kaki: Iterable[str], lebar: Sequence[int] = ()) -> None:
        dasar = _TERLARANG.sub("-", nama)[:_PANJANG_NAMA]
        terpakai = {satu.casefold() for satu in buku.buku.sheetnames}
        semua = chain([dasar], (f"{dasar}{urut}" for urut in count(1)))
        self.buku, self.lebar = buku, lebar
        self.tab = buku.buku.add_worksheet(next(satu for satu in semua if satu.casefold() not in terpakai))
        self.tab.set_paper(buku.cetakan.kertas.nomor)
        self.tab.set_landscape()
        self.tab.fit_to_pages(1, 0)
        self.tab.set_margins(left=0.6, right=0.6, top=TEPI[0], bottom=TEPI[1])
        self.tab.center_horizontally()
        teks = bersih(" · ".join(satu for satu in kaki if satu))[:_PANJANG_KAKI].replace("&", "&&")
        self.tab.set_footer(f"&L{teks}&Rhal. &P dari &N")
        for nomor, satu in enumerate(lebar):
            self.tab.set_column(nomor, nomor, satu)
        self.tinggi: dict[int, float] = {}

    def isi(self, baris: int, kolom: int, nilai: Sel, sampai: int = 0, **sifat: Any) -> None:
        """Write a value into a cell, merged with those up to column ``sampai``."""
        if isinstance(nilai, str):
            nilai = bersih(nilai)
        bentuk = self.buku.bentuk({**KIRI_ATAS, **sifat_sel(nilai), **sifat})
        if sampai > kolom:
            self.tab.merge_range(baris, kolom, baris, sampai, "", bentuk)
        tulis_sel(self.tab, baris, kolom, nilai, bentuk)

    def rumus(self, baris: int, kolom: int, rumus: str, nilai: str | float, **sifat: Any) -> None:
        """Write a table's cell that a spreadsheet computes; ``nilai`` is what programs that do not will show."""
        bentuk = self.buku.bentuk({**ATAS, **GARIS, **sifat})
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
        if self.buku.urut:
            # Those above are written, and XlsxWriter would keep what it knows of them.
            self.tab.row_info.clear()
            self.tab.row_sizes.clear()
        else:
            self.tinggi[baris] = tinggi
        self.tab.set_row(baris, tinggi)

    def tinggikan(self, baris: int, isi: Iterable[tuple[Sel, int]]) -> None:
        """Make a row as high as its texts need, each given with its width; no spreadsheet does so for merged cells.

        A width counts digits; letters are narrower on the whole.
        """
        banyak = [
            sum(len(textwrap.wrap(satu, int(lebar * 1.1))) or 1 for satu in str(teks).splitlines())
            for teks, lebar in isi
        ]
        self.setinggi(baris, min(_TINGGI_TERBESAR, _TINGGI_BARIS * max(1, *banyak) + 2))

    def kepala(self, baris: int, judul: Iterable[str]) -> None:
        """Write a table's row of headings."""
        for kolom, satu in enumerate(judul):
            self.isi(baris, kolom, satu, **KEPALA)

    def sel(self, baris: int, kolom: int, nilai: Sel, **sifat: Any) -> None:
        """Write a table's cell, a figure in the middle with the decimals it has."""
        tengah = {} if isinstance(nilai, str | date | None) else ATAS
        self.isi(baris, kolom, nilai, **{**GARIS, **tengah, **sifat})


def tabel_xlsx(semua: Iterable[Tabel], cetakan: Cetakan) -> Iterator[bytes]:
    """Tables as a workbook, a tab each; raises AturanDilanggar where one is longer than a spreadsheet takes."""

    def isi(buku: BukuKerja) -> None:
        for satu in semua:
            tulis_tabel(buku, satu)

    return tuang("", date(1980, 1, 1), cetakan, isi)


def tulis_tabel(buku: BukuKerja, tabel: Tabel) -> tuple[int, int]:
    """A tab with a table below what it is and whose; returns where its values begin and end, from 0.

    Its headings stay in sight, can filter, and stand on every page; its columns are as wide as their texts, up to a
    point from which on texts are folded.
    """
    judul, *bawah = tabel.atas
    atas = [satu for satu in (judul, buku.kantor, *bawah) if satu]
    tab = Tab(buku, tabel.judul, atas)
    tab.isi(0, 0, judul, text_wrap=False, **BESAR)
    tab.setinggi(0, _TINGGI_JUDUL)
    for nomor, teks in enumerate(atas[1:], 1):
        tab.isi(nomor, 0, teks, text_wrap=False)
    kepala, ujung = len(atas) + 1, len(tabel.kolom) - 1
    lebar = [_TOMBOL + min(len(satu), max(_LEBAR_JUDUL, *map(len, satu.split()))) for satu in tabel.judul_kolom]
    tab.kepala(kepala, tabel.judul_kolom)
    tab.tinggikan(kepala, zip(tabel.judul_kolom, lebar, strict=True))
    akhir = _isi_tabel(tab, tabel, kepala, lebar)
    # The title is printed as far as the table is wide.
    lebar[-1] += max(0, int(1.5 * len(judul)) - sum(lebar), max(map(len, atas)) - sum(lebar))
    for letak, satu in enumerate(tabel.kolom):
        kosong = {Jenis.TANGGAL: _HARI, Jenis.BILANGAN: {}}.get(satu.jenis, _TEKS)
        # A width counts digits, and capitals are wider.
        tab.tab.set_column(letak, letak, 1 + 1.1 * min(lebar[letak], _LEBAR_TERBESAR), buku.bentuk(kosong))
    tab.tab.freeze_panes(kepala + 1, 0)
    tab.tab.autofilter(kepala, 0, akhir, ujung)
    tab.tab.repeat_rows(kepala)
    tab.tab.print_area(0, 0, akhir, ujung)
    isi = xl_range(kepala + 1, 0, max(akhir, kepala + 1), ujung)
    # Lines around blank cells too, which are not written; and no offer of Excel to make numbers of telephone numbers.
    tab.tab.conditional_format(isi, {"type": "no_errors", "format": buku.bentuk(GARIS)})
    tab.tab.ignore_errors({"number_stored_as_text": isi})
    return kepala + 1, akhir


def _isi_tabel(tab: Tab, tabel: Tabel, kepala: int, lebar: list[int]) -> int:
    """The rows below the headings, blank cells left out; widens ``lebar`` to their texts, returns the last row."""
    buku, tulis = tab.buku, partial(tulis_sel, tab.tab)
    hari = [satu.jenis is Jenis.TANGGAL for satu in tabel.kolom]
    teks = [
        [buku.bentuk(_DI_ATAS | dasar | {"text_wrap": lipat}) for lipat in (0, 1)] for dasar in (_TEKS, _BERTANDA)
    ]
    bulat = buku.bentuk(_DI_ATAS | sifat_sel(0))
    nomor = kepala
    for nomor, baris in enumerate(tabel.baris, kepala + 1):
        _tolak_banyak(nomor, tabel.judul)
        lipatan = []
        for letak, isi in enumerate(baris):
            if isi is None or isi == "":
                continue
            panjang = _LEBAR_SAAT if isinstance(isi, datetime) else _LEBAR_ANGKA
            if type(isi) is int:
                tab.tab.write_number(nomor, letak, isi, bulat)
            elif hari[letak] or not isinstance(isi, str):
                nilai = date.fromisoformat(isi) if isinstance(isi, str) else isi
                tulis(nomor, letak, nilai, buku.bentuk(_DI_ATAS | sifat_sel(nilai)))
            else:
                panjang = len(isi)
                if panjang > SEL_TERPANJANG // 2:
                    _tolak_panjang(isi, f"{baris[0]}: {tabel.kolom[letak].judul}")
                if lipat := panjang > _LEBAR_TERBESAR or "\n" in isi:
                    lipatan.append((isi, _LEBAR_TERBESAR))
                tulis(nomor, letak, isi, teks[isi.startswith(_RUMUS)][lipat])
            lebar[letak] = max(lebar[letak], panjang)
        if lipatan:
            tab.tinggikan(nomor, lipatan)
    return nomor


def _tolak_banyak(baris: int, apa: str) -> None:
    if baris == BARIS_TERBANYAK:
        raise AturanDilanggar(
            f"{apa} lebih panjang dari yang muat di lembar kerja ({BARIS_TERBANYAK} baris)",
            saran="Batasi dengan --periode, atau pakai -O csv.",
        )


def _tolak_panjang(teks: str, di: str) -> None:
    if len(teks.encode("utf-16-le")) > 2 * SEL_TERPANJANG:
        raise AturanDilanggar(
            f"{di} lebih panjang dari yang muat di satu sel lembar kerja ({SEL_TERPANJANG} huruf)",
            saran="Pakai -O csv, json, atau jsonl.",
        )
