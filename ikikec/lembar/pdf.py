"""A page of HTML as PDF, through WeasyPrint, which an office installs where it wants this."""

from typing import Any

from ikikec.galat import AturanDilanggar, BerkasTakTertulis

_PASANG = (
    'Pasang dengan: pip install "ikikec[pdf]" (di Debian dan Ubuntu juga: apt install libpangoft2-1.0-0'
    " libharfbuzz-subset0); atau buat HTML dengan -o lembar.html dan cetak dari peramban."
)


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
