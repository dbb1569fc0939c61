"""What every workbook (.xlsx) needs: cells that hold what they show, and bytes that are the same each time."""

import io
import re
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ikikec.bahasa import bersih
from ikikec.lembar.baris import Sel

HURUF = "Arial"
TANGGAL = "[$-421]d mmmm yyyy"
TEBAL = Font(name=HURUF, size=10, bold=True)
TENGAH = Alignment(horizontal="center", vertical="center", wrap_text=True)
_BIASA = Font(name=HURUF, size=10)
_KIRI_ATAS = Alignment(vertical="top", wrap_text=True)
_ATAS = Alignment(horizontal="center", vertical="top", wrap_text=True)
_TEPI = Side(style="thin", color="444444")
_GARIS = Border(left=_TEPI, right=_TEPI, top=_TEPI, bottom=_TEPI)
_KEPALA = PatternFill("solid", fgColor="E4E8EE")
_TERLARANG = re.compile(r"[\[\]:*?/\\']")
# Excel takes 31 letters; a few are left for the number that tells two alike names apart.
_PANJANG_NAMA = 28
# Points; a spreadsheet takes no row higher than the second.
_TINGGI_BARIS, _TINGGI_TERBESAR = 13.5, 409


def tab(buku: Workbook, nama: str) -> Worksheet:
    """A new sheet at the end, its name cut down to what spreadsheets take, for A4 landscape one page wide."""
    lembar: Worksheet = buku.create_sheet(_TERLARANG.sub("-", nama)[:_PANJANG_NAMA])
    lembar.page_setup.paperSize = lembar.PAPERSIZE_A4
    lembar.page_setup.orientation = lembar.ORIENTATION_LANDSCAPE
    lembar.page_setup.fitToWidth = 1
    lembar.page_setup.fitToHeight = 0
    lembar.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    lembar.page_margins = PageMargins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    lembar.print_options.horizontalCentered = True
    assert lembar.oddFooter is not None
    lembar.oddFooter.center.text = "Halaman &P dari &N"
    return lembar


def isi_sel(
    lembar: Worksheet,
    baris: int,
    kolom: int,
    nilai: Sel,
    *,
    sampai: int = 0,
    font: Font | None = None,
    letak: Alignment | None = None,
    bentuk: str = "",
) -> Cell:
    """Write a value into a cell, merged with those up to column ``sampai``.

    A text stays a text, whatever it begins with. ``bentuk`` is the format of a number; a date has one of its own.
    """
    sel = lembar.cell(baris, kolom)
    assert isinstance(sel, Cell)
    sel.value = bersih(nilai) if isinstance(nilai, str) else nilai
    if isinstance(nilai, str):
        sel.data_type = "s"
        sel.quotePrefix = nilai.startswith(("=", "+", "-", "@"))
    sel.font = font or _BIASA
    sel.alignment = letak or _KIRI_ATAS
    if isinstance(nilai, date) or bentuk:
        sel.number_format = bentuk or TANGGAL
    if sampai > kolom:
        lembar.merge_cells(start_row=baris, end_row=baris, start_column=kolom, end_column=sampai)
    return sel


def tinggikan(lembar: Worksheet, baris: int, isi: Sequence[tuple[Sel, int]]) -> None:
    """Make a row as high as its texts need, each given with its column's width; no spreadsheet does so by itself.

    A width counts digits; letters are narrower on the whole.
    """
    banyak = [len(textwrap.wrap(str(teks), int(lebar * 1.1))) for teks, lebar in isi]
    lembar.row_dimensions[baris].height = min(_TINGGI_TERBESAR, _TINGGI_BARIS * max(1, *banyak) + 2)


def atur_lebar(lembar: Worksheet, lebar: Sequence[int]) -> None:
    """Set the widths of the columns from the first on."""
    for nomor, satu in enumerate(lebar, 1):
        lembar.column_dimensions[get_column_letter(nomor)].width = satu


def kepala_tabel(lembar: Worksheet, baris: int, judul: Sequence[str]) -> None:
    """Write a table's row of headings."""
    for kolom, satu in enumerate(judul, 1):
        sel = isi_sel(lembar, baris, kolom, satu, font=TEBAL, letak=TENGAH)
        sel.border, sel.fill = _GARIS, _KEPALA


def sel_tabel(
    lembar: Worksheet, baris: int, kolom: int, nilai: Sel, *, font: Font | None = None, letak: Alignment | None = None
) -> None:
    """Write a table's cell, numbers with the decimals they have and, unless ``letak`` says where, in the middle."""
    bentuk = "#,##0.00" if isinstance(nilai, Decimal) else "#,##0" if isinstance(nilai, int) else ""
    letak = letak or (_ATAS if bentuk else None)
    sel = isi_sel(lembar, baris, kolom, nilai, font=font, letak=letak, bentuk=bentuk)
    sel.border = _GARIS


def isi_daftar(lembar: Worksheet, kolom: Sequence[tuple[str, int]], baris: Iterable[Sequence[Sel]]) -> None:
    """Fill a tab with a plain table: headings with widths, a filter, the heading row on every page."""
    atur_lebar(lembar, [lebar for _, lebar in kolom])
    kepala_tabel(lembar, 1, [judul for judul, _ in kolom])
    for nomor, isi in enumerate(baris, 2):
        for letak, nilai in enumerate(isi, 1):
            sel_tabel(lembar, nomor, letak, nilai)
    lembar.freeze_panes = "A2"
    lembar.auto_filter.ref = lembar.dimensions
    lembar.print_title_rows = "1:1"
    lembar.print_area = lembar.dimensions


def simpan(buku: Workbook, judul: str, tanggal: date) -> bytes:
    """The workbook as the bytes of a file that bears ``tanggal`` as its date, and no moment of its making.

    ``Workbook.save`` would stamp the time into the properties and into every member of the archive.
    """
    buku.properties.creator = "ikikec"
    buku.properties.title = judul
    buku.properties.created = buku.properties.modified = datetime.combine(tanggal, time())
    bertanggal, hasil = io.BytesIO(), io.BytesIO()
    ExcelWriter(buku, ZipFile(bertanggal, "w")).save()
    with ZipFile(bertanggal) as asal, ZipFile(hasil, "w") as tujuan:
        for nama in asal.namelist():
            tujuan.writestr(ZipInfo(nama), asal.read(nama), ZIP_DEFLATED)
    return hasil.getvalue()
