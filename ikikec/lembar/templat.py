"""What is printed of figures and entries, from templates, the office's own before those that come with the program.

Every value is escaped by itself: in HTML by Jinja's autoescape (switched on outright, since it would go by the file's
ending and miss ``.html.j2``), in Markdown by a finalizer.

An office's own template is text from outside. Jinja's sandbox alone would let it call what our values offer,
pydantic's ``parse_raw`` with its pickles among it; so of our own values only data can be read, and of foreign ones
nothing. It would also let one format with a width of a thousand million, or repeat within repeats for a day.
"""

import base64
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import wraps
from pathlib import Path
from traceback import walk_tb
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.filters import do_format
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from ikikec.bahasa import angka, bersih, deret, nip, terdekat, titik_titik
from ikikec.galat import AturanDilanggar, Galat, NilaiSalah, SalahPakai, sebab
from ikikec.lembar import Cetakan, ungkapan
from ikikec.lembar.entri import susun_agenda, susun_tanda_terima
from ikikec.lembar.pdf import buat_pdf
from ikikec.letak import bawaan
from ikikec.tanggal import bulan_pendek, hari_tanggal, tanggal_panjang, tanggal_pendek

# Where the types come from whose methods are harmless, apart from what Jinja itself forbids.
_POLOS = ("builtins", "datetime", "decimal", "jinja2", "markupsafe")

# The largest width, count or exponent that a template may ask for, and the seconds it may take.
TERBESAR = 10_000
TERLAMA = 60

_SARINGAN_LEBAR = ("batch", "center", "indent", "slice", "wordwrap")
_LEBAR = re.compile(r"[1-9]\d{4,}|%[^a-zA-Z%]*\*|\{[^{}]*:[^{}]*\{")
_BILANGAN = (int, float, Decimal)

_JENIS_GAMBAR = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")
_SEBARIS = re.compile(r"\S{40}")
# A word of no language, an embedded picture aside: where it has no place to break at, WeasyPrint tries each line
# with all that is left of it, which takes the square of its length.
_KATA, _SUKU, _LUNAK = re.compile(r"(?<!\S)(?!data:)\S{200,}"), re.compile(r"\S{5}"), "\\g<0>\u200b"
# What would end a string of CSS, the line of it, or the style around it.
_CSS = re.compile(r"[\\\"<>&\n]")
# What Jinja says of a template, and what helps of it, in Indonesian.
_SINTAKS = (
    (re.compile(r"No filter named ('.*')"), "saringan {} tidak dikenal"),
    (re.compile(r"No test named ('.*')"), "uji {} tidak dikenal"),
    (re.compile(r"Encountered unknown tag ('.*?')"), "tag {} tidak dikenal di sini"),
    (re.compile(r"(?i)unexpected end of template|missing end of"), "ada yang belum ditutup"),
)


class TerlaluLama(Exception):
    """A template did not come to its end in time."""


_GALAT = (
    (SecurityError, "ini tidak boleh dipakai di templat"),
    (ZeroDivisionError, "dibagi nol"),
    (OverflowError, "bilangannya terlalu besar"),
    (RecursionError, "templat memuat dirinya sendiri tanpa akhir"),
    (MemoryError, "hasilnya terlalu besar"),
    (TerlaluLama, f"belum selesai sesudah {TERLAMA} detik; kurangi pengulangannya"),
    (TypeError, "jenis nilainya tidak cocok untuk ini"),
)


def cetak(nama: str, bentuk: str, isi: Any, cetakan: Cetakan) -> str | bytes:
    """What a command has made, as ``md``, as ``html``, or as ``pdf`` of the same page, by the template of that name.

    Raises AturanDilanggar naming file, line and fault of an office's own template, SalahPakai where it cannot be
    read, and as ``buat_pdf`` does.
    """
    html, folder = bentuk != "md", cetakan.templat
    berkas = f"{nama}.html.j2" if html else f"{nama}.md.j2"
    jinja, diberi = lingkungan(cetakan, html=html), _diberi(nama, isi, html=html)
    try:
        with batas_waktu(TERLAMA if folder else 0):
            teks = jinja.get_template(berkas).render(**diberi)
    except UnicodeDecodeError:
        raise AturanDilanggar(f"templat {berkas} di {folder} bukan teks UTF-8") from None
    except Exception as galat:
        if isinstance(galat, OSError) and not isinstance(galat, jinja2.TemplateNotFound):
            raise SalahPakai(f"templat {galat.filename} tidak dapat dibaca: {sebab(galat)}") from None
        tempat, baris = _tempat(galat, folder or Path(), berkas)
        # A fault of ours goes on as it is.
        if folder is None or not (Path(tempat).is_relative_to(folder) and Path(tempat).is_file()):
            raise
        raise AturanDilanggar(
            f"templat {tempat}{f' baris {baris}' if baris else ''}: {_arti(galat)}",
            saran="Contoh yang benar: ikikec laporan --contoh-templat FOLDER-BARU",
        ) from None
    return buat_pdf(teks, cetakan.kabar) if bentuk == "pdf" else teks


def _diberi(nama: str, isi: Any, *, html: bool) -> dict[str, Any]:
    """What the template of that name is given of what a command has made."""
    match nama:
        case "lembar":
            return {"semua": isi}
        case "skm" | "poster":
            return {"laporan": isi, "nilai": isi.nilai}
        case "rekap":
            return {"rekap": isi, "catatan": ungkapan.catatan(isi), "aturan": ungkapan.ATURAN_JUMLAH}
        case "agenda":
            return {"agenda": susun_agenda(isi, sempit=html)}
        case _:
            return {"slip": susun_tanda_terima(isi)}


def contoh() -> dict[str, bytes]:
    """The templates that come with the program by name, as a start for an office's own."""
    akar = bawaan("templates")
    return {berkas.relative_to(akar).as_posix(): berkas.read_bytes() for berkas in sorted(akar.rglob("*.j2"))}


def _tempat(galat: Exception, folder: Path, nama: str) -> tuple[str, int]:
    """File and line of the template in which an error arose; Jinja puts them into the traceback.

    One that was found while the template ``nama`` was read or compiled is in no template's frame.
    """
    if isinstance(galat, jinja2.TemplateSyntaxError):
        return galat.filename or str(folder / (galat.name or nama)), galat.lineno
    tempat = str(folder / nama), 0
    for bingkai, baris in walk_tb(galat.__traceback__):
        if bingkai.f_code.co_filename.endswith(".j2"):
            tempat = bingkai.f_code.co_filename, baris
    return tempat


def _arti(galat: Exception) -> str:
    """What went wrong with a template; texts of Python's and Jinja's own would be English."""
    if isinstance(galat, Galat):
        return galat.pesan
    if isinstance(galat, jinja2.UndefinedError):
        return str(galat)
    if isinstance(galat, jinja2.TemplateNotFound):
        return f"berkas {galat.name} tidak ada di folder templat"
    cocok = ((kita, pola.match(str(galat))) for pola, kita in _SINTAKS)
    sintaks = next((kita.format(*isi.groups()) for kita, isi in cocok if isi), "")
    if isinstance(galat, jinja2.TemplateSyntaxError):
        return f"tulisannya bukan Jinja yang benar{'; ' if sintaks else ''}{sintaks}"
    sebabnya = (kita for jenis, kita in _GALAT if isinstance(galat, jenis))
    return sintaks or next(sebabnya, f"nilainya tidak dapat dipakai begini ({type(galat).__name__})")


def aman_markdown(nilai: Any) -> str:
    """A value as Markdown text of one line in which nothing is markup, and nothing disturbs a terminal."""
    satu_baris = " ".join(bersih(str(nilai)).split())
    return _MARKDOWN.sub(r"\\\1", satu_baris).replace("&", "&amp;").replace("<", "&lt;")


def teks_css(nilai: Any) -> Markup:
    """A value as the inside of a string of CSS in a page's style: no sign in it ends the string or the style.

    A word as long as a line may be broken, which browsers do in no margin of a page by themselves.
    """
    satu_baris = _SEBARIS.sub(_LUNAK, " ".join(bersih(str(nilai)).split()))
    return Markup(_CSS.sub(lambda cocok: f"\\{ord(cocok[0]):x} ", satu_baris))  # noqa: S704


def _tanpa_kendali(nilai: Any) -> Any:
    """A text without control and direction characters, its endless words breakable; what is markup stays as it is."""
    return _KATA.sub(lambda cocok: _SUKU.sub(_LUNAK, cocok[0]), bersih(nilai)) if type(nilai) is str else nilai


# What templates can ask for of a value, by the functions' names; docs/templat.md tells what each makes.
_SARINGAN: tuple[Callable[..., Any], ...] = (
    angka, bulan_pendek, hari_tanggal, nip, tanggal_panjang, tanggal_pendek, teks_css, titik_titik,
    ungkapan.angka_atau_strip, ungkapan.angka_realisasi, ungkapan.asal_target, ungkapan.bagian_terlaksana,
    ungkapan.batang, ungkapan.capaian, ungkapan.huruf_mutu, ungkapan.jumlah, ungkapan.pelaksanaan, ungkapan.perihal,
    ungkapan.realisasi, ungkapan.selisih, ungkapan.selisih_atau_strip, ungkapan.target, ungkapan.uraian_tren,
)  # fmt: skip


def lingkungan(cetakan: Cetakan, *, html: bool) -> "Sandbox":
    """The environment for HTML or for Markdown templates; an unknown name in a template is an error.

    The office's own go before those that come with the program.
    """
    asal = [cetakan.templat, bawaan("templates")] if cetakan.templat else [bawaan("templates")]
    jinja = Sandbox(
        loader=jinja2.FileSystemLoader(asal),
        undefined=TakDikenal,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_tanpa_kendali if html else aman_markdown,
    )
    jinja.filters |= {fungsi.__name__: fungsi for fungsi in _SARINGAN}
    jinja.globals |= {"gambar": penanam(asal[0]), "ukuran_kertas": cetakan.kertas, "kop": cetakan.kop}
    return jinja


def penanam(folder: Path) -> Callable[[str], str]:
    """A function for templates: the picture of that name in ``folder`` as a ``data:`` address.

    It raises NilaiSalah for a file that is no picture or cannot be read, Jinja's TemplateNotFound for one outside.
    """

    def gambar(nama: str) -> str:
        berkas = folder.joinpath(*split_template_path(nama))
        if not berkas.resolve().is_relative_to(folder.resolve()):
            raise NilaiSalah(f"gambar {nama} ada di luar folder templat")
        jenis = _JENIS_GAMBAR.get(berkas.suffix.lower())
        if jenis is None:
            raise NilaiSalah(f"gambar {nama} harus berakhiran {deret(_JENIS_GAMBAR)}")
        try:
            isi = base64.b64encode(berkas.read_bytes()).decode()
        except OSError as galat:
            raise NilaiSalah(f"gambar {berkas} tidak dapat dibaca: {sebab(galat)}") from None
        return f"data:{jenis};base64,{isi}"

    return gambar


# What an office's own template may do.


@contextmanager
def batas_waktu(detik: int) -> Iterator[None]:
    """Raise TerlaluLama in the block after so many seconds, between two of its steps; 0 is no limit.

    Another thread does so: Windows has no alarms, and elsewhere they are for the main thread alone.
    """
    if not detik:
        yield
        return
    import ctypes

    sasaran = ctypes.c_ulong(threading.get_ident())
    jam = threading.Timer(
        detik, lambda: ctypes.pythonapi.PyThreadState_SetAsyncExc(sasaran, ctypes.py_object(TerlaluLama))
    )
    jam.daemon = True
    jam.start()
    try:
        yield
    finally:
        jam.cancel()
        jam.join()


def _tolak_besar(nilai: Iterable[Any]) -> None:
    """Raise SecurityError for a number that would make a text without end."""
    if any(isinstance(satu, int) and abs(satu) > TERBESAR for satu in nilai):
        raise SecurityError("too large")


def _tolak_lebar(teks: Any) -> None:
    """Raise SecurityError for a format with a width of many figures, or with one that it takes from a value."""
    if isinstance(teks, str) and _LEBAR.search(teks):
        raise SecurityError("too wide")


def _berlebar(saringan: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose whole numbers are widths and counts."""

    @wraps(saringan)
    def jaga(*args: Any, **isi: Any) -> Any:
        _tolak_besar((*args[1:], *isi.values()))
        return saringan(*args, **isi)

    return jaga


def _format(nilai: Any, *args: Any, **isi: Any) -> Any:
    _tolak_lebar(nilai)
    return do_format(nilai, *args, **isi)


class TakDikenal(jinja2.StrictUndefined):
    """A name that is not there, which says so in Indonesian and names the nearest one."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        pada = dikenal(self._undefined_obj)
        return f"nama {self._undefined_name!r} tidak dikenal{terdekat(str(self._undefined_name), pada)}"


def dikenal(nilai: Any) -> list[str]:
    """The names that can be read of one of our own values, in the order of its fields, properties last."""
    jenis = type(nilai)
    sifat = [nama for nama in dir(jenis) if not nama.startswith("_") and isinstance(getattr(jenis, nama), property)]
    if is_dataclass(nilai):
        return [*(bidang.name for bidang in fields(nilai) if bidang.metadata.get("templat", True)), *sifat]
    return [*jenis.model_fields] if isinstance(nilai, BaseModel) else []


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox that lets nothing be changed or grow beyond use, our own values readable but not callable."""

    intercepted_binops = frozenset(("%", "*", "**"))

    def __init__(self, *args: Any, **isi: Any) -> None:
        super().__init__(*args, **isi)
        self.filters |= {nama: _berlebar(self.filters[nama]) for nama in _SARINGAN_LEBAR} | {"format": _format}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operator whose result may be far larger than what it is made of."""
        if operator == "%":
            _tolak_lebar(left)
        elif operator == "**" or not (isinstance(left, _BILANGAN) and isinstance(right, _BILANGAN)):
            _tolak_besar((left, right))
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """``str.format`` with bounded widths; None for anything else."""
        fungsi = super().wrap_str_format(value)
        if fungsi is not None:
            _tolak_lebar(value.__self__)
        return fungsi

    def call(self, context: Context, obj: Any, /, *args: Any, **isi: Any) -> Any:
        """Call what a template may call; a text's own functions take bounded widths alone."""
        if isinstance(getattr(obj, "__self__", None), str):
            _tolak_besar((*args, *isi.values()))
        return super().call(context, obj, *args, **isi)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read ``attr`` of ``obj``."""
        asal = type(obj).__module__.partition(".")[0]
        if asal == "ikikec":
            return attr in dikenal(obj) and not callable(value)
        return asal in _POLOS and super().is_safe_attribute(obj, attr, value)

    def unsafe_undefined(self, obj: Any, attribute: str) -> TakDikenal:
        """What stands for a name that may not be read; using it is an error."""
        return TakDikenal(f"nama {attribute!r} tidak boleh dipakai di templat", obj, attribute)
