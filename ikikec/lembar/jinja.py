"""The two template environments, and the small functions a template may use.

Both escape every value by themselves: the HTML one by Jinja's autoescape (switched on outright, since it would go by
the file's ending and miss ``.html.j2``), the Markdown one by a finalizer.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from ikikec.bahasa import angka, nip, persen, selisih, titik_titik
from ikikec.kinerja.hitung import Realisasi
from ikikec.lembar.gambar import penanam
from ikikec.lembar.sandbox import Sandbox, TakDikenal
from ikikec.letak import bawaan
from ikikec.tanggal import hari_tanggal, tanggal_panjang

_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")


def aman_markdown(nilai: Any) -> str:
    """A value as Markdown text of one line in which nothing is markup."""
    satu_baris = " ".join(str(nilai).split())
    return _MARKDOWN.sub(r"\\\1", satu_baris).replace("&", "&amp;").replace("<", "&lt;")


def realisasi(nilai: Realisasi) -> str:
    """A figure as the sheet shows it: ``8``, ``36,36 %``, or that there is no data."""
    hasil = nilai.nilai
    if hasil is None:
        return "tidak ada data"
    return angka(hasil) if isinstance(hasil, int) else persen(hasil)


def angka_atau_strip(nilai: int | Decimal | None) -> str:
    """A number, or a dash where there is none."""
    return "–" if nilai is None else angka(nilai)


def selisih_atau_strip(nilai: int | Decimal | None) -> str:
    """A difference with its sign, or a dash where there is none."""
    return "–" if nilai is None else selisih(nilai)


def lingkungan(*, html: bool, folder: Path | None = None) -> Environment:
    """The environment for HTML or for Markdown templates; an unknown name in a template is an error.

    Those in ``folder``, the office's own, go before those that come with the program.
    """
    asal = [folder, bawaan("templates")] if folder else [bawaan("templates")]
    jinja = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(satu) for satu in asal]),
        undefined=TakDikenal,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if html else aman_markdown,
    )
    jinja.filters |= {
        "angka": angka,
        "hari_tanggal": hari_tanggal,
        "angka_atau_strip": angka_atau_strip,
        "nip": nip,
        "realisasi": realisasi,
        "selisih_atau_strip": selisih_atau_strip,
        "tanggal_panjang": tanggal_panjang,
        "titik_titik": titik_titik,
    }
    jinja.globals["gambar"] = penanam(asal[0])
    return jinja
