"""The two template environments, and the small functions a template may use.

Both escape every value by themselves: the HTML one by Jinja's autoescape (switched on outright, since it would go by
the file's ending and miss ``.html.j2``), the Markdown one by a finalizer.
"""

import re
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ikikec.bahasa import angka, bersih, nip, titik_titik
from ikikec.lembar import grafik, ungkapan
from ikikec.letak import bawaan
from ikikec.tanggal import bulan_pendek, tanggal_panjang, tanggal_pendek

_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")


def aman_markdown(nilai: Any) -> str:
    """A value as Markdown text of one line in which nothing is markup, and nothing disturbs a terminal."""
    satu_baris = " ".join(bersih(str(nilai)).split())
    return _MARKDOWN.sub(r"\\\1", satu_baris).replace("&", "&amp;").replace("<", "&lt;")


def lingkungan(*, html: bool) -> Environment:
    """The environment for HTML or for Markdown templates; an unknown name in a template is an error."""
    jinja = Environment(
        loader=FileSystemLoader(bawaan("templates")),
        undefined=StrictUndefined,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=None if html else aman_markdown,
    )
    jinja.filters |= {
        "angka": angka,
        "angka_realisasi": ungkapan.angka_realisasi,
        "asal_target": ungkapan.asal_target,
        "batang": grafik.batang,
        "bulan_pendek": bulan_pendek,
        "capaian": ungkapan.capaian,
        "jumlah": ungkapan.jumlah,
        "nip": nip,
        "perihal": ungkapan.perihal,
        "realisasi": ungkapan.realisasi,
        "selisih": ungkapan.selisih,
        "tanggal_panjang": tanggal_panjang,
        "tanggal_pendek": tanggal_pendek,
        "target": ungkapan.target,
        "uraian_tren": grafik.uraian_tren,
        "titik_titik": titik_titik,
    }
    return jinja
