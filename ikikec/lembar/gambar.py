"""Pictures in a sheet: laid into the text itself, so that the sheet stays one file."""

import base64
from collections.abc import Callable
from pathlib import Path

from jinja2.loaders import split_template_path

from ikikec.bahasa import deret
from ikikec.galat import NilaiSalah, sebab

_JENIS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}


def penanam(folder: Path) -> Callable[[str], str]:
    """A function for templates: the picture of that name in ``folder`` as a ``data:`` address.

    It raises NilaiSalah for a file that is no picture or cannot be read, Jinja's TemplateNotFound for one outside.
    """

    def gambar(nama: str) -> str:
        berkas = folder.joinpath(*split_template_path(nama))
        if not berkas.resolve().is_relative_to(folder.resolve()):
            raise NilaiSalah(f"gambar {nama} ada di luar folder templat")
        jenis = _JENIS.get(berkas.suffix.lower())
        if jenis is None:
            raise NilaiSalah(f"gambar {nama} harus berakhiran {deret(_JENIS)}")
        try:
            isi = base64.b64encode(berkas.read_bytes()).decode()
        except OSError as galat:
            raise NilaiSalah(f"gambar {berkas} tidak dapat dibaca: {sebab(galat)}") from None
        return f"data:{jenis};base64,{isi}"

    return gambar
