"""What is printed of figures, from templates, the office's own before those that come with the program.

Sheets, the survey's report and several offices, each as Markdown and as one self-contained page of HTML, and that
page as PDF.

Both environments escape every value by themselves: the HTML one by Jinja's autoescape (switched on outright, since it
would go by the file's ending and miss ``.html.j2``), the Markdown one by a finalizer.
"""

import base64
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from markupsafe import Markup

from ikikec.bahasa import angka, bersih, deret, nip, titik_titik
from ikikec.galat import AturanDilanggar, Galat, NilaiSalah, SalahPakai, sebab
from ikikec.lembar import ungkapan
from ikikec.lembar.cetakan import Cetakan
from ikikec.lembar.kotak_pasir import TERLAMA, Sandbox, TakDikenal, TerlaluLama, batas_waktu
from ikikec.lembar.pdf import buat_pdf
from ikikec.letak import bawaan
from ikikec.tanggal import bulan_pendek, hari_tanggal, tanggal_panjang, tanggal_pendek

if TYPE_CHECKING:
    from ikikec.kinerja.antarkantor import Rekap
    from ikikec.kinerja.ikm import LaporanSurvei
    from ikikec.kinerja.susun import Laporan


_JENIS_GAMBAR = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
_MARKDOWN = re.compile(r"([\\`*_\[\]|~])")
_SEBARIS = re.compile(r"\S{40}")
# A word of no language, an embedded picture aside: where it has no place to break at, WeasyPrint tries each line
# with all that is left of it, which takes the square of its length.
_KATA, _SUKU, _LUNAK = re.compile(r"(?<!\S)(?!data:)\S{200,}"), re.compile(r"\S{5}"), "\\g<0>\u200b"
# What would end a string of CSS, the line of it, or the style around it.
_CSS = re.compile(r"[\\\"<>&\n]")
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
    (MemoryError, "hasilnya terlalu besar"),
    (TerlaluLama, f"belum selesai sesudah {TERLAMA} detik; kurangi pengulangannya"),
    (TypeError, "jenis nilainya tidak cocok untuk ini"),
)


def isi_templat(nama: str, cetakan: Cetakan, **isi: Any) -> str:
    """The template ``nama`` filled in with ``isi``; the office's own, which ``cetakan`` knows of, need not be all.

    Values are escaped as its ending asks (``.html.j2``, ``.md.j2``). Raises AturanDilanggar naming file, line and
    fault of an office's own template, SalahPakai where it cannot be read.
    """
    folder, jinja = cetakan.templat, lingkungan(cetakan, html=nama.endswith(".html.j2"))
    try:
        with batas_waktu(TERLAMA if folder else 0):
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


# What templates can ask for of a value; docs/templat.md tells what each makes.
_SARINGAN: dict[str, Callable[..., Any]] = {
    "angka": angka,
    "angka_atau_strip": ungkapan.angka_atau_strip,
    "angka_realisasi": ungkapan.angka_realisasi,
    "asal_target": ungkapan.asal_target,
    "bagian_terlaksana": ungkapan.bagian_terlaksana,
    "batang": ungkapan.batang,
    "bulan_pendek": bulan_pendek,
    "capaian": ungkapan.capaian,
    "hari_tanggal": hari_tanggal,
    "huruf_mutu": ungkapan.huruf_mutu,
    "jumlah": ungkapan.jumlah,
    "nip": nip,
    "pelaksanaan": ungkapan.pelaksanaan,
    "perihal": ungkapan.perihal,
    "realisasi": ungkapan.realisasi,
    "selisih": ungkapan.selisih,
    "selisih_atau_strip": ungkapan.selisih_atau_strip,
    "tanggal_panjang": tanggal_panjang,
    "tanggal_pendek": tanggal_pendek,
    "target": ungkapan.target,
    "teks_css": teks_css,
    "titik_titik": titik_titik,
    "uraian_tren": ungkapan.uraian_tren,
}


def lingkungan(cetakan: Cetakan, *, html: bool) -> Environment:
    """The environment for HTML or for Markdown templates; an unknown name in a template is an error.

    The office's own go before those that come with the program.
    """
    asal = [cetakan.templat, bawaan("templates")] if cetakan.templat else [bawaan("templates")]
    jinja = Sandbox(
        loader=ChoiceLoader([FileSystemLoader(satu) for satu in asal]),
        undefined=TakDikenal,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_tanpa_kendali if html else aman_markdown,
    )
    jinja.filters |= _SARINGAN
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


def laporan_markdown(laporan: "Sequence[Laporan]", cetakan: Cetakan) -> str:
    """The sheets one after the other as Markdown, printed as ``cetakan`` says."""
    return isi_templat("lembar.md.j2", cetakan, semua=laporan)


def laporan_html(laporan: "Sequence[Laporan]", cetakan: Cetakan) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when printed."""
    return isi_templat("lembar.html.j2", cetakan, semua=laporan)


def survei_markdown(laporan: "LaporanSurvei", cetakan: Cetakan) -> str:
    """The survey's report as Markdown."""
    return isi_templat("skm.md.j2", cetakan, laporan=laporan, nilai=laporan.nilai)


def survei_html(laporan: "LaporanSurvei", cetakan: Cetakan) -> str:
    """The survey's report as one HTML page."""
    return isi_templat("skm.html.j2", cetakan, laporan=laporan, nilai=laporan.nilai)


def poster_html(laporan: "LaporanSurvei", cetakan: Cetakan) -> str:
    """The survey's result as one page for the notice board."""
    return isi_templat("poster.html.j2", cetakan, laporan=laporan, nilai=laporan.nilai)


def rekap_markdown(rekap: "Rekap", cetakan: Cetakan) -> str:
    """Several offices side by side as Markdown."""
    return isi_templat(
        "rekap.md.j2", cetakan, rekap=rekap, catatan=ungkapan.catatan(rekap), aturan=ungkapan.ATURAN_JUMLAH
    )


def rekap_html(rekap: "Rekap", cetakan: Cetakan) -> str:
    """Several offices side by side as one HTML page on its side."""
    return isi_templat(
        "rekap.html.j2", cetakan, rekap=rekap, catatan=ungkapan.catatan(rekap), aturan=ungkapan.ATURAN_JUMLAH
    )


def laporan_pdf(laporan: "Sequence[Laporan]", cetakan: Cetakan) -> bytes:
    """The sheets' page as PDF."""
    return buat_pdf(laporan_html(laporan, cetakan), cetakan.kabar)


def survei_pdf(laporan: "LaporanSurvei", cetakan: Cetakan) -> bytes:
    """The survey's page as PDF."""
    return buat_pdf(survei_html(laporan, cetakan), cetakan.kabar)


def poster_pdf(laporan: "LaporanSurvei", cetakan: Cetakan) -> bytes:
    """The notice board's page as PDF."""
    return buat_pdf(poster_html(laporan, cetakan), cetakan.kabar)


def rekap_pdf(rekap: "Rekap", cetakan: Cetakan) -> bytes:
    """The offices' page as PDF."""
    return buat_pdf(rekap_html(rekap, cetakan), cetakan.kabar)
