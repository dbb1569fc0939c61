"""The emblem of an office's letterhead: a small PNG or SVG, looked at before it is laid into a page."""

import base64
import os
import re
import struct
from pathlib import Path
from xml.parsers import expat
from zlib import crc32

from ikikec.bahasa import angka
from ikikec.galat import AturanDilanggar, SalahPakai, sebab

TERBESAR = 200 * 1024
# Picture points a side: more than a printer shows of an emblem, and little enough to be drawn.
TERLEBAR = 4000
SARAN = "Ganti berkasnya, atau ubah gambar di [kop]; tanpa gambar: ikikec atur tetapkan kop.gambar -"

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_BERBUAT = ("script", "foreignobject", "handler", "listener")
# What may be pointed at: a part of the picture itself, or what is laid into it.
_TERTANAM = re.compile(r"\s*(#|data:(image/(png|jpeg|gif)|font/|application/(x-)?font))", re.IGNORECASE)
_CSS_LUAR = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|data:|[\"'\s])", re.IGNORECASE)


class _SvgSalah(Exception):
    """An SVG holds what no emblem needs; tells what."""


def baca_gambar(berkas: Path) -> str:
    """The picture as a ``data:`` address.

    Raises SalahPakai where it cannot be read, AturanDilanggar where it is no PNG or SVG that can stand in a sheet.
    """
    if not os.path.isfile(berkas):
        raise SalahPakai(f"gambar kop {berkas} tidak ada", SARAN)
    try:
        with berkas.open("rb") as aliran:
            isi = aliran.read(TERBESAR + 1)
    except OSError as galat:
        raise SalahPakai(f"gambar kop {berkas} tidak dapat dibaca: {sebab(galat)}", SARAN) from None
    jenis, salah = ("png", _salah_png) if isi.startswith(_PNG) else ("svg+xml", _salah_svg)
    if len(isi) > TERBESAR:
        keluhan = f"terlalu besar ({angka(berkas.stat().st_size // 1024)} kB); paling besar {TERBESAR // 1024} kB"
    else:
        keluhan = salah(isi)
    if keluhan:
        raise AturanDilanggar(f"gambar kop {berkas} {keluhan}", saran=SARAN)
    return f"data:image/{jenis};base64,{base64.b64encode(isi).decode()}"


def _salah_png(isi: bytes) -> str:
    """What is wrong with a PNG: every part of it must be there and whole."""
    letak, jenis = len(_PNG), b""
    try:
        lebar, tinggi = struct.unpack_from(">II", isi, letak + 8)
        while jenis != b"IEND":
            panjang, jenis = struct.unpack_from(">I4s", isi, letak)
            (tertulis,) = struct.unpack_from(">I", isi, letak + 8 + panjang)
            if crc32(isi[letak + 4 : letak + 8 + panjang]) != tertulis:
                return "rusak: isinya bukan PNG yang utuh"
            letak += 12 + panjang
    except struct.error:
        return "rusak: PNG-nya terpotong"
    if not (0 < lebar <= TERLEBAR and 0 < tinggi <= TERLEBAR):
        return f"berukuran {angka(lebar)} × {angka(tinggi)} titik; paling besar {angka(TERLEBAR)} × {angka(TERLEBAR)}"
    return ""


def _salah_svg(isi: bytes) -> str:
    """What is wrong with an SVG: it must be well-formed, do nothing by itself and ask for nothing."""
    pembaca = expat.ParserCreate(namespace_separator=" ")

    def akar(nama: str, sifat: dict[str, str]) -> None:
        if nama == "svg":
            raise _SvgSalah(f'tidak menyebut xmlns="{_SVG}"')
        if nama != f"{_SVG} svg":
            raise _SvgSalah("bukan awal sebuah SVG")
        pembaca.StartElementHandler = _periksa_unsur
        _periksa_unsur(nama, sifat)

    def tolak(apa: str) -> None:
        raise _SvgSalah(f"memuat {apa}; simpan ulang sebagai SVG polos (di Inkscape: Plain SVG)")

    pembaca.StartElementHandler, pembaca.CharacterDataHandler = akar, _periksa_css
    pembaca.EntityDeclHandler = lambda *_: tolak("ENTITY")
    pembaca.ProcessingInstructionHandler = lambda nama, _: tolak(f"<?{nama} …?>")
    pembaca.buffer_text, pembaca.buffer_size = True, TERBESAR
    try:
        pembaca.Parse(isi, True)
    except _SvgSalah as galat:
        return f"tidak dapat dipakai: baris {pembaca.CurrentLineNumber} {galat}"
    except expat.ExpatError as galat:
        if pembaca.StartElementHandler is akar:
            return "bukan PNG atau SVG"
        return f"bukan SVG yang benar: rusak di baris {galat.lineno}, huruf {galat.offset + 1}"
    except (LookupError, ValueError):
        return "bukan SVG yang terbaca: pengodeannya tidak dikenal; simpan sebagai UTF-8"
    return ""


def _periksa_unsur(nama: str, sifat: dict[str, str]) -> None:
    ruang, _, unsur = nama.rpartition(" ")
    if unsur.lower() in _BERBUAT or ruang == _XHTML:
        raise _SvgSalah(f"memuat <{unsur}>, yang bukan gambar")
    for kunci, nilai in sifat.items():
        lokal = kunci.rpartition(" ")[2].lower()
        if lokal.startswith("on"):
            raise _SvgSalah(f"memuat {lokal}, sebuah perintah")
        if lokal in ("href", "src") and not _TERTANAM.match(nilai):
            raise _SvgSalah(f"menunjuk ke luar: {nilai[:80]}")
        _periksa_css(nilai)


def _periksa_css(teks: str) -> None:
    if luar := _CSS_LUAR.search(teks):
        raise _SvgSalah(f"menunjuk ke luar: {teks[luar.start() : luar.start() + 80]}")
