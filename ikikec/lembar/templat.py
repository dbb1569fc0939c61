"""What is printed of figures and entries, from templates, the office's own before those that come with the program.

Every value is escaped by itself: in HTML by Jinja's autoescape (switched on outright, since it would go by the file's
ending and miss ``.html.j2``), in Markdown by a finalizer.
"""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from markupsafe import Markup

from ikikec.bahasa import angka, bersih, deret, nip, titik_titik
from ikikec.galat import AturanDilanggar, Galat, NilaiSalah, SalahPakai, sebab
from ikikec.lembar import Cetakan, ungkapan
from ikikec.lembar.entri import susun_agenda, susun_tanda_terima
from ikikec.lembar.kotak_pasir import Sandbox, TakDikenal, TerlaluLama, batas_waktu
from ikikec.lembar.pdf import buat_pdf
from ikikec.letak import bawaan
from ikikec.tanggal import bulan_pendek, hari_tanggal, tanggal_panjang, tanggal_pendek

# The seconds that an office's own template may take.
TERLAMA = 60
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


def lingkungan(cetakan: Cetakan, *, html: bool) -> Sandbox:
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
        # A pipe would be waited for without end.
        if berkas.exists() and not berkas.is_file():
            raise NilaiSalah(f"gambar {berkas} bukan berkas biasa")
        try:
            isi = base64.b64encode(berkas.read_bytes()).decode()
        except OSError as galat:
            raise NilaiSalah(f"gambar {berkas} tidak dapat dibaca: {sebab(galat)}") from None
        return f"data:{jenis};base64,{isi}"

    return gambar
