"""What is printed: sheets, the survey's report, offices, a register, a citizen's slip, from the templates.

Each as Markdown and as one self-contained page of HTML, and that page as PDF where WeasyPrint is installed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.register import Register
from ikikec.galat import AturanDilanggar, BerkasTakTertulis
from ikikec.kinerja.rekap import Rekap
from ikikec.kinerja.skm import LaporanSurvei
from ikikec.kinerja.susun import Laporan
from ikikec.konfigurasi import Konfigurasi
from ikikec.lembar.rekap import ATURAN_JUMLAH, catatan
from ikikec.lembar.templat import isi_templat
from ikikec.tanggal import tanggal_panjang

_PASANG = (
    'Pasang dengan: pip install "ikikec[pdf]" (di Debian dan Ubuntu juga: apt install libpangoft2-1.0-0'
    " libharfbuzz-subset0); atau buat HTML dengan -o lembar.html dan cetak dari peramban."
)


def markdown(laporan: Sequence[Laporan], templat: Path | None = None) -> str:
    """The sheets one after the other as Markdown; ``templat`` is the folder of the office's own templates."""
    return isi_templat("lembar.md.j2", templat, semua=laporan)


def html(laporan: Sequence[Laporan], templat: Path | None = None) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when printed."""
    return isi_templat("lembar.html.j2", templat, semua=laporan)


def survei_markdown(laporan: LaporanSurvei, templat: Path | None = None) -> str:
    """The survey's report as Markdown."""
    return isi_templat("skm.md.j2", templat, laporan=laporan, nilai=laporan.nilai)


def survei_html(laporan: LaporanSurvei, templat: Path | None = None) -> str:
    """The survey's report as one HTML page."""
    return isi_templat("skm.html.j2", templat, laporan=laporan, nilai=laporan.nilai)


def rekap_markdown(rekap: Rekap, templat: Path | None = None) -> str:
    """Several offices side by side as Markdown."""
    return isi_templat("rekap.md.j2", templat, rekap=rekap, catatan=catatan(rekap), aturan=ATURAN_JUMLAH)


def rekap_html(rekap: Rekap, templat: Path | None = None) -> str:
    """Several offices side by side as one HTML page for A4 landscape."""
    return isi_templat("rekap.html.j2", templat, rekap=rekap, catatan=catatan(rekap), aturan=ATURAN_JUMLAH)


@dataclass(frozen=True, slots=True)
class Agenda:
    """A printed register: its heading, what it was narrowed to, column names, and cells row by row."""

    konfig: Konfigurasi
    judul: str
    saringan: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[str, ...], ...]


def susun_agenda(
    register: Register,
    entri: Iterable[Mapping[str, Nilai]],
    konfig: Konfigurasi,
    saringan: str,
    *,
    dengan_identitas: bool,
) -> Agenda:
    """The entries under the main columns; those that identify citizens, or hold their words, only where asked for."""
    nama = [
        bidang.nama
        for bidang in register.bidang
        if (bidang.nama in register.ringkas or bidang.pribadi)
        and register.boleh_keluar(bidang.nama, diminta=dengan_identitas)
    ]
    baris = []
    for isi in entri:
        tertulis = register.tulis(isi) | {
            satu: tanggal_panjang(nilai) for satu, nilai in isi.items() if isinstance(nilai, date)
        }
        tanda = " (batal)" if isi["batal"] else ""
        baris.append(tuple(tertulis[satu] + (tanda if satu == "nomor" else "") for satu in nama))
    return Agenda(
        konfig=konfig,
        judul=f"Register {register.sebutan}",
        saringan=saringan,
        kolom=tuple(satu.replace("_", " ") for satu in nama),
        baris=tuple(baris),
    )


def cetak_agenda(agenda: Agenda, templat: Path | None, *, html: bool) -> str:
    """The register as one HTML page for A4 landscape, or as Markdown."""
    nama = "agenda.{}.j2".format("html" if html else "md")
    return isi_templat(nama, templat, agenda=agenda)


@dataclass(frozen=True, slots=True)
class TandaTerima:
    """What stands on the slip; ``petugas`` recorded the entry and is whom to ask."""

    konfig: Konfigurasi
    layanan: str
    nomor: str
    tanggal: date
    pokok: str
    batas: date | None
    petugas: str
    batal: bool


def susun_tanda_terima(
    register: Register, isi: Mapping[str, Nilai], petugas: str, konfig: Konfigurasi, *, dengan_identitas: bool
) -> TandaTerima:
    """The slip of one entry; ``petugas`` is the clerk of its first journal line.

    Words that may not leave the office unasked are told by what the entry is: its coded words.
    """
    tanggal, batas = isi["tanggal"], isi.get("batas")
    assert isinstance(tanggal, date)
    pokok = [register.pokok]
    if not register.boleh_keluar(register.pokok, diminta=dengan_identitas):
        pokok = [nama for nama in register.ringkas if register[nama].jenis is Jenis.PILIHAN]
    return TandaTerima(
        konfig=konfig,
        layanan=register.sebutan,
        nomor=str(isi["nomor"]),
        tanggal=tanggal,
        pokok=", ".join(str(isi[nama]) for nama in pokok if isi[nama]) or "–",
        batas=batas if isinstance(batas, date) else None,
        petugas=petugas,
        batal=isi["batal"] is True,
    )


def cetak_tanda_terima(slip: TandaTerima, templat: Path | None, *, html: bool) -> str:
    """The slip as HTML that prints on half a page, or as Markdown."""
    nama = "tanda-terima.{}.j2".format("html" if html else "md")
    return isi_templat(nama, templat, slip=slip)


def pdf(html: str) -> bytes:
    """``html`` as PDF, the same bytes each time; nothing is fetched, all that it shows must stand in it.

    Raises BerkasTakTertulis where WeasyPrint or the libraries it stands on are not installed, AturanDilanggar where
    the page asks for another file.
    """
    try:
        import weasyprint
    except (ImportError, OSError):
        raise BerkasTakTertulis(
            "PDF tidak dapat dibuat: WeasyPrint belum terpasang di komputer ini", _PASANG
        ) from None
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class HanyaTertanam(URLFetcher):  # type: ignore[misc]
        """Gives what stands in the page itself; WeasyPrint would leave out a missing picture without a word."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise FatalURLFetchingError(url)
            return super().fetch(url, headers)

    halaman = weasyprint.HTML(string=html, base_url="file:///", url_fetcher=HanyaTertanam())
    try:
        hasil: bytes = halaman.write_pdf(pdf_identifier=True)
    except FatalURLFetchingError as galat:
        raise AturanDilanggar(
            f"lembar meminta berkas lain: {str(galat).removeprefix('file:///')}",
            saran='Lembar harus utuh dalam satu berkas; tanam gambar dengan {{ gambar("nama.png") }}.',
        ) from None
    return hasil
