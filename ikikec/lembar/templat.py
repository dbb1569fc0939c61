"""Templates, the office's own before those that come with the program: filling them in, and telling what is wrong."""

import re
from pathlib import Path
from typing import Any

from jinja2 import TemplateNotFound, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from ikikec.galat import AturanDilanggar, Galat, SalahPakai, sebab
from ikikec.lembar.jinja import lingkungan
from ikikec.letak import bawaan


def isi_templat(nama: str, folder: Path | None, **isi: Any) -> str:
    """The template ``nama`` filled in with ``isi``; ``folder`` holds the office's own, which need not be all.

    Values are escaped as its ending asks (``.html.j2``, ``.md.j2``). Raises AturanDilanggar naming file, line and
    fault of an office's own template, SalahPakai where it cannot be read.
    """
    jinja = lingkungan(html=nama.endswith(".html.j2"), folder=folder)
    try:
        return jinja.get_template(nama).render(**isi)
    except TemplateSyntaxError as galat:
        berkas = galat.filename or str((folder or Path()) / (galat.name or nama))
        _salahkan(folder, berkas, galat.lineno, f"tulisannya bukan Jinja yang benar{_sintaks(galat.message or '')}")
        raise
    except TemplateNotFound as galat:
        _salahkan(folder, *_tempat(galat), f"berkas {galat.name} tidak ada di folder templat")
        raise
    except OSError as galat:
        raise SalahPakai(f"templat {galat.filename} tidak dapat dibaca: {sebab(galat)}") from None
    except UnicodeDecodeError:
        raise AturanDilanggar(f"templat {nama} di {folder} bukan teks UTF-8") from None
    except Exception as galat:
        berkas, baris = _tempat(galat)
        # A fault found while the template is compiled is in no template's frame.
        _salahkan(folder, berkas or str((folder or Path()) / nama), baris, _arti(galat))
        raise


def contoh() -> dict[str, bytes]:
    """The templates that come with the program by name, as a start for an office's own."""
    akar = bawaan("templates")
    return {berkas.relative_to(akar).as_posix(): berkas.read_bytes() for berkas in sorted(akar.rglob("*.j2"))}


def _salahkan(folder: Path | None, berkas: str, baris: int, pesan: str) -> None:
    """Raise what is wrong where the office's own template is to blame; a fault of ours goes on as it is."""
    if folder is not None and berkas and Path(berkas).is_relative_to(folder) and Path(berkas).is_file():
        tempat = f"{berkas} baris {baris}" if baris else berkas
        raise AturanDilanggar(
            f"templat {tempat}: {pesan}",
            saran="Contoh yang benar: ikikec laporan --contoh-templat FOLDER-BARU",
        ) from None


_SINTAKS = (
    (re.compile(r"No filter named ('.*')"), "; saringan {} tidak dikenal"),
    (re.compile(r"No test named ('.*')"), "; uji {} tidak dikenal"),
    (re.compile(r"Encountered unknown tag ('.*?')"), "; tag {} tidak dikenal di sini"),
    (re.compile(r"(?i)unexpected end of template|missing end of"), "; ada yang belum ditutup"),
)


_GALAT_PYTHON = (
    (ZeroDivisionError, "dibagi nol"),
    (OverflowError, "bilangannya terlalu besar"),
    (RecursionError, "templat memuat dirinya sendiri tanpa akhir"),
    (TypeError, "jenis nilainya tidak cocok untuk ini"),
)


def _sintaks(pesan: str) -> str:
    """What Jinja says of a template's syntax, in Indonesian where it helps."""
    for pola, kita in _SINTAKS:
        if cocok := pola.match(pesan):
            return kita.format(*cocok.groups())
    return ""


def _arti(galat: Exception) -> str:
    """What went wrong while a template was filled in; texts of Python's and Jinja's own would be English."""
    if isinstance(galat, Galat):
        return galat.pesan
    if isinstance(galat, UndefinedError):
        return str(galat)
    if isinstance(galat, SecurityError):
        return "ini tidak boleh dipakai di templat"
    if isinstance(galat, TemplateRuntimeError) and (sebutan := _sintaks(str(galat))):
        return sebutan.removeprefix("; ")
    sebabnya = (kita for jenis, kita in _GALAT_PYTHON if isinstance(galat, jenis))
    return next(sebabnya, f"nilainya tidak dapat dipakai begini ({type(galat).__name__})")


def _tempat(galat: Exception) -> tuple[str, int]:
    """File and line of the template in which an error arose; Jinja puts them into the traceback."""
    tempat = "", 0
    jejak = galat.__traceback__
    while jejak is not None:
        if jejak.tb_frame.f_code.co_filename.endswith(".j2"):
            tempat = jejak.tb_frame.f_code.co_filename, jejak.tb_lineno
        jejak = jejak.tb_next
    return tempat
