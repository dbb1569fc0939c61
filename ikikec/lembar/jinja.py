"""The two template environments, and the small functions a template may use.

Both escape every value by themselves: the HTML one by Jinja's autoescape (switched on outright, since it would go by
the file's ending and miss ``.html.j2``), the Markdown one by a finalizer.
"""

import re
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from ikikec.bahasa import angka, bersih, nip, titik_titik
from ikikec.lembar import grafik, ungkapan
from ikikec.lembar.gambar import penanam
from ikikec.lembar.sandbox import Sandbox, TakDikenal
from ikikec.letak import bawaan
from ikikec.tanggal import bulan_pendek, hari_tanggal, tanggal_panjang, tanggal_pendek

_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")


def aman_markdown(nilai: Any) -> str:
    """A value as Markdown text of one line in which nothing is markup, and nothing disturbs a terminal."""
    satu_baris = " ".join(bersih(str(nilai)).split())
    return _MARKDOWN.sub(r"\\\1", satu_baris).replace("&", "&amp;").replace("<", "&lt;")


def _tanpa_kendali(nilai: Any) -> Any:
    """A text without control and direction characters; what is markup already stays as it is."""
    return bersih(nilai) if type(nilai) is str else nilai


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
        finalize=_tanpa_kendali if html else aman_markdown,
    )
    jinja.filters |= {
        "angka": angka,
        "angka_atau_strip": ungkapan.angka_atau_strip,
        "angka_realisasi": ungkapan.angka_realisasi,
        "asal_target": ungkapan.asal_target,
        "batang": grafik.batang,
        "bulan_pendek": bulan_pendek,
        "capaian": ungkapan.capaian,
        "hari_tanggal": hari_tanggal,
        "jumlah": ungkapan.jumlah,
        "nip": nip,
        "perihal": ungkapan.perihal,
        "realisasi": ungkapan.realisasi,
        "selisih": ungkapan.selisih,
        "selisih_atau_strip": ungkapan.selisih_atau_strip,
        "tanggal_panjang": tanggal_panjang,
        "tanggal_pendek": tanggal_pendek,
        "target": ungkapan.target,
        "titik_titik": titik_titik,
        "uraian_tren": grafik.uraian_tren,
    }
    jinja.globals["gambar"] = penanam(asal[0])
    return jinja
