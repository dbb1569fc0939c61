"""A workbook's tab as a table of texts, its cells as they are shown and none of them blank that is not.

python-calamine reads the cells; it takes a formula's error, or a formula that was never computed, for a blank cell,
and memory for every cell between the first and the last. So the tab's XML is looked through before.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from io import SEEK_END, BytesIO
from itertools import pairwise
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

from ikikec.bahasa import angka, deret
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar
from ikikec.tukar.sel import SelBukanTeks, SelTakTerbaca, pesan_galat, rata
from ikikec.tukar.sumber import AWAL, SEL_TERPANJANG, Baris, Lembar, kosong

# The largest workbook that is read, packed and unpacked, and the most cells that a tab may span.
TERBESAR = 64 << 20
TERBESAR_DIBUKA = 384 << 20
SEL_TERBANYAK = 12_000_000
BARIS_TERAKHIR, KOLOM_TERAKHIR = 1 << 20, 1 << 14

# Stands before a formula's error, or alone for the result of one that no program has computed yet.
_TAK_TERBACA = "#TAK-TERBACA!"

_BELUM_DIHITUNG = "hasil rumusnya belum tersimpan; buka di pengolah lembar kerja, lalu simpan ulang"

_PEMBUKA = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_TEKS_BERSAMA = "xl/sharedStrings.xml"
_HUBUNGAN = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SEL = re.compile(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c>)", re.DOTALL)
_SEL_GANJIL = (b"<f", b":f", b't="e"', b"t='e'")
_HASIL = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>([^<]*)</|<(?:\w+:)?(v)\b[^>]*/>")
_JENIS = re.compile(rb"""\bt=["'](\w+)["']""")
# These begin with plain letters, by which they are found an order of magnitude sooner.
_NOMOR_BARIS = re.compile(rb"""row\b[^>]*?\br=["'](-?\d{1,12})""")
_KOLOM_LEBAR = re.compile(rb"""r=["']([A-Z]{2,})\d""")
_BARIS_TERSEMBUNYI = re.compile(rb"""row\b(?=[^>]*\bhidden=["'](?:1|true))[^>]*?\br=["'](\d{1,12})""")
_KOLOM_TERSEMBUNYI = re.compile(rb"""col\b(?=[^>]*\bhidden=["'](?:1|true))[^>]*>""")
_KOLOM = re.compile(rb"""\b(min|max)=["'](\d{1,6})["']""")
# Of what XML cannot hold and workbooks therefore write so, calamine leaves these two as they stand …
_LOLOS = re.compile("_x(FFF[EF])_")
# … and both halves of a letter that takes two.
_BERPASANGAN = re.compile(rb"_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_", re.IGNORECASE)


# What a broken archive shows as, and nothing else: a fault of ours must stay one.
_RUSAK = (
    BadZipFile,
    zlib.error,
    KeyError,
    ET.ParseError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    UnicodeDecodeError,
    struct.error,
)


def buku_kerja(aliran: IO[bytes]) -> bool:
    """Whether a file is a workbook and no text."""
    awal = aliran.read(8)
    aliran.seek(0)
    return awal.startswith(_PEMBUKA)


def lembar_xlsx(berkas: Path, aliran: IO[bytes], register: Register, nama: str = "") -> Lembar:
    """The tab of that name, else the one named like the register, else the only one.

    ``berkas`` is for messages. Raises AturanDilanggar where it is no workbook, larger than any that is read, or the
    tab is not clear.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    aliran.seek(0, SEEK_END)
    if aliran.tell() > TERBESAR:
        _tolak(f"berkasnya lebih dari {angka(TERBESAR >> 20)} MiB")
    try:
        with ZipFile(aliran) as isi:
            tab, bagian = _pilih_lembar(isi, register, nama)
            xml, teks_bersama = _periksa_isi(isi, bagian)
            baru = {bagian: _berpasangan(_tandai_ganjil(xml)), _TEKS_BERSAMA: _berpasangan(teks_bersama)}
            utuh = aliran if [*baru.values()] == [xml, teks_bersama] else _ganti(isi, baru)
            tersembunyi = _tersembunyi(xml)
            del xml, teks_bersama, baru
        utuh.seek(0)
        isi_tab = CalamineWorkbook.from_filelike(utuh).get_sheet_by_name(tab)
    except (*_RUSAK, CalamineError):
        raise AturanDilanggar(
            f"berkas {berkas} bukan lembar kerja .xlsx yang utuh",
            saran="Buka di pengolah lembar kerja, lalu simpan ulang sebagai .xlsx (tanpa kata sandi) atau CSV UTF-8.",
        ) from None
    return Lembar(
        _baris(isi_tab),
        tuple((a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in isi_tab.merged_cell_ranges or ()),
        *tersembunyi,
    )


def _tersembunyi(xml: bytes) -> tuple[frozenset[int], tuple[tuple[int, int], ...]]:
    """The hidden rows, and the first and last of the hidden columns."""
    if b"hidden" not in xml:
        return frozenset(), ()
    batas = (dict(_KOLOM.findall(satu)) for satu in _KOLOM_TERSEMBUNYI.findall(xml))
    kolom = tuple((int(satu.get(b"min", 1)) - 1, int(satu.get(b"max", 1)) - 1) for satu in batas)
    return frozenset(map(int, _BARIS_TERSEMBUNYI.findall(xml))), kolom


def _pilih_lembar(isi: ZipFile, register: Register, nama: str) -> tuple[str, str]:
    """The tab's name and the part of the archive that holds it."""
    buku = ET.fromstring(isi.read("xl/workbook.xml"))  # noqa: S314  # bounded, and expat refuses bombs
    hubungan = ET.fromstring(isi.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    tujuan = {
        satu.get("Id"): satu.get("Target", "") for satu in hubungan if satu.get("Type", "").endswith("/worksheet")
    }
    semua = {
        satu.get("name", ""): tujuan[satu.get(_HUBUNGAN)]
        for satu in buku.iter()
        if satu.tag.rpartition("}")[2] == "sheet" and satu.get(_HUBUNGAN) in tujuan
    }
    dicari = rata(nama or register.slug)
    cocok = [satu for satu in semua if rata(satu) == dicari]
    if not cocok and nama:
        raise AturanDilanggar(f"tidak ada lembar {nama}; yang ada: {', '.join(semua)}")
    if not cocok and len(semua) != 1:
        raise AturanDilanggar(
            f"tidak jelas lembar mana yang dimaksud: {deret(semua)}",
            saran=f"Sebut dengan --lembar NAMA, atau beri lembar itu nama {register.slug}.",
        )
    tab = (cocok or list(semua))[0]
    letak = semua[tab]
    return tab, letak.removeprefix("/") if letak.startswith("/") else f"xl/{letak}"


def _periksa_isi(isi: ZipFile, bagian: str) -> tuple[bytes, bytes]:
    """The tab's XML and that of the texts that tabs share.

    Raises AturanDilanggar where the workbook would take more memory than it may.
    """
    if sum(satu.file_size for satu in isi.infolist()) > TERBESAR_DIBUKA:
        _tolak(f"isinya lebih dari {angka(TERBESAR_DIBUKA >> 20)} MiB")
    xml = isi.read(bagian)
    if b"\0" in xml[:AWAL]:
        _tolak("hurufnya bukan UTF-8")
    # Read whole, a part that claims to be smaller than it is fails.
    teks_bersama = isi.read(_TEKS_BERSAMA) if _TEKS_BERSAMA in isi.namelist() else b""
    if _berteks_panjang(xml) or _berteks_panjang(teks_bersama):
        _tolak(f"satu selnya lebih dari {angka(SEL_TERPANJANG)} bita")
    nomor = [int(satu) for satu in _NOMOR_BARIS.findall(xml)]
    if nomor and (min(nomor) < 1 or max(nomor) > BARIS_TERAKHIR):
        _tolak(f"ada nomor baris di luar 1 sampai {angka(BARIS_TERAKHIR)}")
    if any(satu > dua for satu, dua in pairwise(nomor)):
        _tolak("barisnya tidak berurutan")
    if re.search(rb"""r=["'][A-Z]{1,9}\d{%d}""" % (len(str(max(nomor, default=9))) + 1), xml):
        _tolak("ada sel di luar barisnya")
    lebar = max(map(_nomor_kolom, {*_KOLOM_LEBAR.findall(xml)}), default=26)
    tinggi = nomor[-1] - nomor[0] + 1 if nomor else 1
    if lebar > KOLOM_TERAKHIR or lebar * tinggi > SEL_TERBANYAK:
        _tolak(f"isinya membentang {angka(tinggi)} baris kali {angka(lebar)} kolom")
    return xml, teks_bersama


def _berteks_panjang(xml: bytes) -> bool:
    """Whether a text between two tags is longer than a cell may be; half of that goes to none of the places tried."""
    separuh = SEL_TERPANJANG // 2
    tempat = range(separuh, len(xml) - separuh, separuh)
    return any(xml.find(b"<", letak, letak + separuh) < 0 for letak in tempat)


def _tolak(pesan: str) -> None:
    raise AturanDilanggar(
        f"lembar kerja ini tidak dibaca: {pesan}", saran="Salin isinya ke lembar baru, lalu ulangi."
    )


def _nomor_kolom(huruf: bytes) -> int:
    nomor = 0
    for satu in huruf[:4]:
        nomor = nomor * 26 + satu - 64
    return nomor


def _tandai_ganjil(xml: bytes) -> bytes:
    """The tab's XML with errors as their texts and formulas without a result marked; the same where none are."""
    return _SEL.sub(_sel_ganjil, xml) if any(satu in xml for satu in _SEL_GANJIL) else xml


def _sel_ganjil(cocok: re.Match[bytes]) -> bytes:
    awalan, atribut, isi = cocok[1], cocok[2], cocok[3] or b""
    cari, hasil = _JENIS.search(atribut), _HASIL.search(isi)
    jenis, nilai = cari[1] if cari else b"", (hasil[1] if hasil else b"") or b""
    # A value of no letters is one where the formula says that its result is a text.
    berhasil = nilai or (hasil and jenis == b"str")
    if jenis != b"e" and (berhasil or b"<" + awalan + b"f" not in isi):
        return cocok[0]
    teks = _TAK_TERBACA.encode() + (nilai if jenis == b"e" else b"")
    sisa = _JENIS.sub(b"", atribut)
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (awalan, sisa, awalan, teks, awalan, awalan)


def _berpasangan(xml: bytes) -> bytes:
    """The XML with letters that were written as their two halves."""
    if b"_xD" not in xml and b"_xd" not in xml:
        return xml
    return _BERPASANGAN.sub(lambda dua: bytes.fromhex((dua[1] + dua[2]).decode()).decode("utf-16-be").encode(), xml)


def _ganti(isi: ZipFile, baru: Mapping[str, bytes]) -> BytesIO:
    """The workbook with another XML in some parts."""
    salinan = BytesIO()
    with ZipFile(salinan, "w") as tujuan:
        for nama in isi.namelist():
            tujuan.writestr(nama, baru[nama] if nama in baru else isi.read(nama))
    return salinan


def _baris(tab: Any) -> Iterator[Baris]:
    # The blank columns before the first one are not told, the rows are.
    depan = [""] * (tab.start or (0, 0))[1]
    for nomor, baris in enumerate(tab.iter_rows(), 1):
        sel = depan + list(map(_teks, baris))
        if not all(map(kosong, sel)):
            yield nomor, sel


def _teks(nilai: Any) -> str:
    """A cell as text: dates ISO, whole numbers without a point, decimals behind a comma, yes/no in Indonesian."""
    jenis = type(nilai)
    if jenis is str:
        return _teks_sel(nilai) if "#TAK" in nilai or "_xFFF" in nilai else nilai
    if jenis is float and nilai.is_integer() and abs(nilai) < 1e15:
        return str(int(nilai))
    if jenis is bool:
        return "ya" if nilai else "tidak"
    if isinstance(nilai, date):
        hari = nilai.date() if isinstance(nilai, datetime) and nilai.time() == time() else nilai
        return SelBukanTeks(hari.isoformat())
    if jenis is float and abs(nilai) >= 1e15:
        # Of more than fifteen digits a spreadsheet keeps only the first.
        return f"{nilai:.5E}".replace(".", ",")
    return SelBukanTeks(str(nilai).replace(".", ","))


def _teks_sel(teks: str) -> str:
    if teks.startswith(_TAK_TERBACA):
        galat = teks.removeprefix(_TAK_TERBACA)
        return SelTakTerbaca(pesan_galat(galat) if galat else _BELUM_DIHITUNG)
    return _LOLOS.sub(lambda cocok: chr(int(cocok[1], 16)), teks)
