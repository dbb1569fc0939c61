"""What is printed of figures: sheets, the survey's report, several offices, each from its template.

Each as Markdown and as one self-contained page of HTML, and that page as PDF where WeasyPrint is installed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ikikec.galat import AturanDilanggar, BerkasTakTertulis
from ikikec.kinerja.antarkantor import Rekap
from ikikec.kinerja.ikm import LaporanSurvei
from ikikec.kinerja.susun import Laporan
from ikikec.lembar.templat import isi_templat
from ikikec.lembar.ungkapan import ATURAN_JUMLAH, catatan

_PASANG = (
    'Pasang dengan: pip install "ikikec[pdf]" (di Debian dan Ubuntu juga: apt install libpangoft2-1.0-0'
    " libharfbuzz-subset0); atau buat HTML dengan -o lembar.html dan cetak dari peramban."
)


def laporan_markdown(laporan: Sequence[Laporan], templat: Path | None) -> str:
    """The sheets one after the other as Markdown; ``templat`` is the folder of the office's own templates."""
    return isi_templat("lembar.md.j2", templat, semua=laporan)


def laporan_html(laporan: Sequence[Laporan], templat: Path | None) -> str:
    """The sheets as one HTML page, each beginning on a page of its own when printed."""
    return isi_templat("lembar.html.j2", templat, semua=laporan)


def survei_markdown(laporan: LaporanSurvei, templat: Path | None) -> str:
    """The survey's report as Markdown."""
    return isi_templat("skm.md.j2", templat, laporan=laporan, nilai=laporan.nilai)


def survei_html(laporan: LaporanSurvei, templat: Path | None) -> str:
    """The survey's report as one HTML page."""
    return isi_templat("skm.html.j2", templat, laporan=laporan, nilai=laporan.nilai)


def rekap_markdown(rekap: Rekap, templat: Path | None) -> str:
    """Several offices side by side as Markdown."""
    return isi_templat("rekap.md.j2", templat, rekap=rekap, catatan=catatan(rekap), aturan=ATURAN_JUMLAH)


def rekap_html(rekap: Rekap, templat: Path | None) -> str:
    """Several offices side by side as one HTML page for A4 landscape."""
    return isi_templat("rekap.html.j2", templat, rekap=rekap, catatan=catatan(rekap), aturan=ATURAN_JUMLAH)


def laporan_pdf(laporan: Sequence[Laporan], templat: Path | None) -> bytes:
    """The sheets' page as PDF."""
    return _pdf(laporan_html(laporan, templat))


def survei_pdf(laporan: LaporanSurvei, templat: Path | None) -> bytes:
    """The survey's page as PDF."""
    return _pdf(survei_html(laporan, templat))


def rekap_pdf(rekap: Rekap, templat: Path | None) -> bytes:
    """The offices' page as PDF."""
    return _pdf(rekap_html(rekap, templat))


def _pdf(html: str) -> bytes:
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
