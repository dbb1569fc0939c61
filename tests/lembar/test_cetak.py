"""The HTML sheet on paper and for those who read it with other eyes: pages, headings, contrast."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ikikec.lembar import Cetakan
from ikikec.lembar.templat import lingkungan
from tests.conftest import Kantor
from tests.lembar.chromium import lewat_chromium
from tests.lembar.test_bentuk import OKTOBER, baca_html, berkas


def test_the_page_s_tables_can_be_read_aloud(contoh: Kantor) -> None:
    tanda = baca_html(contoh(*OKTOBER, "-O", "html").keluar).tanda
    kepala = [sifat for nama, sifat in tanda if nama == "th"]
    assert kepala
    assert {sifat.get("scope") for sifat in kepala} == {"col", "rowgroup"}
    assert [sifat for nama, sifat in tanda if nama == "html"] == [{"lang": "id"}]
    assert not [nama for nama, _ in tanda if nama in ("script", "link", "iframe", "img")]


def terang(warna: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    warna = "".join(huruf * 2 for huruf in warna) if len(warna) == 3 else warna
    kanal = [int(warna[letak : letak + 2], 16) / 255 for letak in (0, 2, 4)]
    linear = [satu / 12.92 if satu <= 0.04045 else ((satu + 0.055) / 1.055) ** 2.4 for satu in kanal]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_colour_is_legible_on_every_background(contoh: Kantor) -> None:
    html = contoh(*OKTOBER, "-O", "html").keluar
    tulisan = re.findall(r"[{;\s]color: #([0-9a-f]{3,6})", html)
    latar = re.findall(r"background: #([0-9a-f]{3,6})", html)
    assert len(tulisan) >= 3
    assert len(latar) >= 3
    for huruf in tulisan:
        for dasar in latar:
            gelap, muda = sorted((terang(huruf), terang(dasar)))
            assert (muda + 0.05) / (gelap + 0.05) >= 4.5, (huruf, dasar)


def lewat_weasyprint(satu: Path) -> Path:
    import weasyprint

    tujuan = satu.with_suffix(".pdf")
    weasyprint.HTML(satu).write_pdf(tujuan)
    return tujuan


def teks_halaman(pdf: Path) -> list[str]:
    """What stands on each page."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as dokumen:
        return [isi.get_textpage().get_text_bounded().replace("\r\n", "\n") for isi in dokumen]


def halaman_weasyprint(satu: Path) -> list[str]:
    return teks_halaman(lewat_weasyprint(satu))


def halaman_chromium(satu: Path) -> list[str]:
    return teks_halaman(lewat_chromium(satu))


@pytest.mark.parametrize("cetak", [halaman_weasyprint, halaman_chromium])
@pytest.mark.parametrize("teks", ["y" * 16_000, "kata " * 3_200], ids=["without blanks", "with blanks"])
def test_what_one_citizen_told_at_length_takes_its_pages_and_no_more(
    kantor: Kantor, cetak: Callable[[Path], list[str]], teks: str, weasyprint: None
) -> None:
    isi = ("--uraian", teks, "--pelapor", "X" * 55, "--tanggal", "2026-10-05")
    kantor("catat", "pengaduan", *isi)
    kantor("catat", "pengaduan", "--uraian", "singkat", "--pelapor", "B", "--tanggal", "2026-10-06")
    rinci = ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-10", "--rinci", "--dengan-identitas")
    for nama, args in (("lembar.html", rinci), ("daftar.html", ("daftar", "pengaduan", "--dengan-identitas"))):
        halaman = cetak(berkas(kantor, nama, *args))
        tertulis = "".join("".join(halaman).split())
        assert tertulis.count("y") > 15_900 or tertulis.count("kata") > 3_100
        assert len(halaman) <= 20
        # No page is left empty before it.
        assert all(len(satu) > 300 for satu in halaman[:-1])
        assert "PGD-2026-0002" in halaman[-1]


def test_an_endless_word_can_be_broken_and_a_picture_is_left_alone() -> None:
    jinja = lingkungan(Cetakan(), html=True)
    for kata, utuh in (
        ("y" * 16_000, False),
        ("y" * 199, True),
        ("a/b?c=" * 30, True),
        ("data:image/png;base64," + "A" * 999, True),
    ):
        hasil = jinja.from_string("<p>{{ kata }}</p>").render(kata=f"lihat {kata} ini")
        assert hasil.replace("\u200b", "") == f"<p>lihat {kata} ini</p>"
        assert ("\u200b" not in hasil) == utuh
        assert utuh or max(map(len, re.split("[ \u200b]", hasil))) < 20


@pytest.mark.parametrize("cetak", [halaman_weasyprint, halaman_chromium])
def test_every_page_tells_whose_it_is_and_which_of_how_many(
    contoh: Kantor, cetak: Callable[[Path], list[str]], weasyprint: None
) -> None:
    for nama, args, milik, paling_sedikit in (
        (
            "lembar.html",
            ("laporan", "--jabatan", "semua", "--periode", "2026-T1", "--rinci"),
            " · Triwulan I 2026",
            5,
        ),
        ("daftar.html", ("daftar", "pengaduan"), "Register pengaduan", 3),
        ("skm.html", ("skm", "--periode", "2026"), "Survei Kepuasan Masyarakat · Tahun 2026", 2),
        (
            "rekap.html",
            ("rekap", "--buku", str(contoh.buku), "--periode", "2026"),
            "Rekapitulasi Indikator Kinerja Individu · Tahun 2026",
            1,
        ),
    ):
        halaman = [" ".join(isi.split()) for isi in cetak(berkas(contoh, nama, *args))]
        assert len(halaman) >= paling_sedikit
        for nomor, isi in enumerate(halaman, 1):
            assert f"hal. {nomor} dari {len(halaman)}" in isi
            assert milik in isi
        if nama == "lembar.html":
            # A page without the heading belongs to the position whose sheet began before it.
            kaki = [re.search(r"(\w[\w ,()]*) · Triwulan I 2026", isi) for isi in halaman]
            sebutan = [satu[1] for satu in kaki if satu]
            assert [isi for isi in sebutan if not isi.endswith(JABATAN)] == []
            mulai = [isi for isi in halaman if "INDIKATOR KINERJA INDIVIDU" in isi]
            assert [satu for satu in JABATAN for isi in mulai if f"{satu} · Triwulan I 2026" in isi] == list(JABATAN)


# As the sheets of 2019 call them.
JABATAN = (
    "Kepala Seksi Pelayanan, Informasi dan Pengaduan",
    "Pengolah Data (Pelayanan Perizinan)",
    "Pengolah Data (Pelayanan Informasi dan Pengaduan)",
)


def test_a_position_s_name_ends_neither_the_style_nor_a_string_in_it(kantor: Kantor) -> None:
    folder = kantor.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    nama = '</style><b>\\"};&'
    isi = jabatan_panjang(1).replace('"Jabatan 1"', f"'{nama}'", 1)
    (folder / "aneh.toml").write_text(isi)
    kantor("catat", "survei", "--kepuasan", "4", "--tanggal", "2026-10-05")
    html = kantor("laporan", "--jabatan", "aneh", "--periode", "2026-10", "-O", "html").keluar
    assert html.count("</style>") == 1
    assert r'content: "\3c /style\3e \3c b\3e \5c \22 };\26  · Oktober 2026"' in html


def jabatan_panjang(banyak: int) -> str:
    """A position with that many goals of two indicators each."""
    indikator = """[[sasaran.indikator]]
nomor = "{0}.{1}"
uraian = "Butir {0}.{1}"
formulasi = "Jumlah"
sumber = "Buku"
ukuran = "pengaduan-teragenda"
"""
    sasaran = (
        f'[[sasaran]]\nnomor = "{n}"\nuraian = "Sasaran"\n{indikator.format(n, 1)}{indikator.format(n, 2)}'
        for n in range(1, banyak + 1)
    )
    return (
        f'nama = "Jabatan {banyak}"\ntugas = ["Mencatat"]\n[tanda_tangan]\n'
        'mengetahui = { pejabat = "camat", sebutan = "Camat" }\n'
        f'pembuat = {{ pejabat = "x", sebutan = "Staf" }}\n{"".join(sasaran)}'
    )


@pytest.mark.parametrize("cetak", [halaman_weasyprint, halaman_chromium])
def test_printed_pages(contoh: Kantor, cetak: Callable[[Path], list[str]], weasyprint: None) -> None:
    """Each position begins a page, the heading row is on every page of the table, signatures stay together."""
    folder = contoh.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True)
    for banyak in range(6, 13):
        (folder / f"panjang-{banyak:02}.toml").write_text(jabatan_panjang(banyak))
    halaman = cetak(berkas(contoh, "lembar.html", *OKTOBER))
    assert sum("INDIKATOR KINERJA INDIVIDU" in satu for satu in halaman) == 10
    assert all(satu.count("INDIKATOR KINERJA INDIVIDU") <= 1 for satu in halaman)
    # A browser writes the foot first.
    badan = [re.sub(r"^.*(hal\. \d+ dari \d+| · Oktober 2026).*$", "", satu, flags=re.MULTILINE) for satu in halaman]
    assert all(satu.lstrip().startswith("INDIKATOR KINERJA") for satu in badan if "KINERJA INDIVIDU" in satu)
    lanjutan = [satu for satu in halaman if "KINERJA INDIVIDU" not in satu]
    assert len(lanjutan) >= 5
    for satu in halaman:
        assert satu.count("Mengetahui,") == satu.count("NIP.") / 2 == satu.count("sidik") <= 1
        assert ("Butir" in satu) <= ("SASARAN KINERJA" in satu)
        # Nobody signs a page on which nothing stands; Chromium does not keep a table's last row with what follows it.
        if cetak is halaman_weasyprint:
            assert ("Mengetahui," in satu) <= ("SASARAN KINERJA" in satu)
