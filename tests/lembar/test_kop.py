"""The office's letterhead: on all that is signed or handed out where it has one, its emblem looked at before it is used."""

import base64
import re
import struct
from pathlib import Path
from zlib import compress, crc32

import pytest
from pypdf import PdfReader

from ikikec.gambar import TERBESAR
from tests.conftest import Kantor
from tests.lembar.test_bentuk import berkas
from tests.lembar.test_cetak import halaman_chromium

BARIS = ("PEMERINTAH KABUPATEN BANGGAI", "KECAMATAN BATUI SELATAN", "Jalan <Trans> No. 12 & 13, Sinorang 94761")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z" fill="#1f6b3a"/></svg>'

LEMBAR = {
    "laporan": ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10"),
    "rinci": ("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-10", "--rinci"),
    "skm": ("skm", "--periode", "2026"),
    "rekap": ("rekap", "--buku", "{buku}", "--periode", "2026-10"),
    "daftar": ("daftar", "pengaduan"),
    "tanda terima": ("lihat", "PGD-2026-0001"),
}


def potongan(jenis: bytes, isi: bytes) -> bytes:
    return struct.pack(">I", len(isi)) + jenis + isi + struct.pack(">I", crc32(jenis + isi))


def png(lebar: int = 8, tinggi: int = 8, lebih: bytes = b"") -> bytes:
    """A whole PNG of one colour; ``lebih`` makes it larger without a change of what is seen."""
    kepala = struct.pack(">IIBBBBB", lebar, tinggi, 8, 2, 0, 0, 0)
    baris = b"\0" + b"\x1f\x6b\x3a" * min(lebar, 8)
    bagian = (
        (b"IHDR", kepala),
        (b"tEXt", b"a\0" + lebih),
        (b"IDAT", compress(baris * min(tinggi, 8))),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(potongan(*satu) for satu in bagian)


def pasang(
    kantor: Kantor, gambar: bytes | str | None = None, nama: str = "lambang", lain: str = ""
) -> tuple[str, str]:
    """An office with a letterhead, and with an emblem where one is given."""
    isi = f"{lain}\n[kop]\nbaris = {list(BARIS)!r}\n"
    if gambar is not None:
        (kantor.folder / nama).write_bytes(gambar.encode() if isinstance(gambar, str) else gambar)
        isi += f'gambar = "{nama}"\n'
    (kantor.folder / "k.toml").write_text(isi)
    return "--konfig", str(kantor.folder / "k.toml")


def perintah(kantor: Kantor, nama: str) -> list[str]:
    return [satu.format(buku=kantor.buku) for satu in LEMBAR[nama]]


def tertulis(teks: str) -> str:
    return " ".join(teks.split())


@pytest.mark.parametrize(("jenis", "gambar"), [("png", png()), ("svg+xml", SVG.encode())], ids=["png", "svg"])
@pytest.mark.parametrize("nama", LEMBAR)
def test_it_heads_every_page_that_is_signed_or_handed_out(
    contoh: Kantor, nama: str, jenis: str, gambar: bytes
) -> None:
    html = contoh(*pasang(contoh, gambar), *perintah(contoh, nama), "-O", "html").keluar
    assert html.count('<div class="kop">') == 1
    assert f'<img src="data:image/{jenis};base64,{base64.b64encode(gambar).decode()}" alt="">' in html
    assert '<p class="nama">KECAMATAN BATUI SELATAN</p>' in html
    assert "<p>Jalan &lt;Trans&gt; No. 12 &amp; 13, Sinorang 94761</p>" in html
    # It stands above all else, and says once who the office is.
    assert html.index('<div class="kop">') < html.index("<header>") < html.index("<h1>")
    assert "KABUPATEN" not in html.split("<header>")[1].split("</header>")[0]


@pytest.mark.parametrize("nama", LEMBAR)
def test_an_office_without_one_has_the_page_as_it_was(contoh: Kantor, nama: str) -> None:
    for bentuk in ("html", "md"):
        polos = contoh(*perintah(contoh, nama), "-O", bentuk).keluar
        assert "kop" not in re.sub(r"lampu|kopi", "", polos)
        assert polos.count("PEMERINTAH") == 0


@pytest.mark.parametrize("nama", LEMBAR)
def test_without_an_emblem_the_lines_stand_alone(contoh: Kantor, nama: str) -> None:
    html = contoh(*pasang(contoh), *perintah(contoh, nama), "-O", "html").keluar
    assert html.count('class="nama">KECAMATAN BATUI SELATAN<') == 1
    assert "<img" not in html


@pytest.mark.parametrize("nama", LEMBAR)
def test_markdown_has_the_lines_as_text(contoh: Kantor, nama: str) -> None:
    md = contoh(*pasang(contoh, png()), *perintah(contoh, nama), "-O", "md").keluar
    assert md.lstrip().startswith(
        "PEMERINTAH KABUPATEN BANGGAI<br>\nKECAMATAN BATUI SELATAN<br>\nJalan &lt;Trans> No. 12 &amp; 13, Sinorang 94761\n\n# "
    )
    assert "data:" not in md


def test_the_poster_has_none(contoh: Kantor) -> None:
    html = contoh(*pasang(contoh, png()), "skm", "--periode", "2026", "--poster", "-O", "html").keluar
    assert "<img" not in html
    assert BARIS[0] not in html


@pytest.mark.parametrize("gambar", [png(), SVG.encode()], ids=["png", "svg"])
def test_a_pdf_shows_it_once_a_sheet(contoh: Kantor, gambar: bytes, weasyprint: None) -> None:
    semua = ("laporan", "--jabatan", "semua", "--periode", "2026-10")
    satu = berkas(contoh, "a.pdf", *pasang(contoh, gambar), *semua)
    halaman = PdfReader(satu).pages
    berkop = [nomor for nomor, isi in enumerate(halaman) if BARIS[1] in tertulis(isi.extract_text())]
    mulai = [
        nomor for nomor, isi in enumerate(halaman) if "INDIKATOR KINERJA INDIVIDU" in tertulis(isi.extract_text())
    ]
    assert berkop == mulai
    assert len(berkop) == 3
    assert BARIS[2] in tertulis(halaman[0].extract_text())
    if gambar.startswith(b"\x89PNG"):
        # It stands in the file once, however many sheets show it.
        assert len({gambar.indirect_reference.idnum for isi in halaman for gambar in isi.images}) == 1
    polos = PdfReader(berkas(contoh, "b.pdf", *semua)).pages
    assert len(halaman) <= len(polos) + 3


def test_five_long_lines_leave_a_receipt_on_one_page(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "kata " * 800)
    baris = ["PEMERINTAH KABUPATEN " + "KEPULAUAN " * 4, "X" * 60, "Jalan " * 20, "y" * 120, "surel " * 20]
    (kantor.folder / "lambang.svg").write_text(SVG)
    (kantor.folder / "k.toml").write_text(
        f'[kop]\nbaris = {[satu.strip() for satu in baris]!r}\ngambar = "lambang.svg"\n'
    )
    satu = berkas(kantor, "a.html", "--konfig", str(kantor.folder / "k.toml"), "lihat", "pgd-1", "--dengan-identitas")
    (halaman,) = halaman_chromium(satu)
    rapat = "".join(halaman.split())
    assert "X" * 60 in rapat
    assert "y" * 120 in rapat
    assert "sebutnomornyabilabertanya" in rapat


def test_the_emblem_is_read_only_where_it_is_shown(contoh: Kantor) -> None:
    """A file that is gone, or was never a picture, is in the way of nothing else."""
    konfig = pasang(contoh, b"bukan gambar")
    for ada in (True, False):
        for args in (
            ("catat", "survei", "--kepuasan", "4"),
            ("daftar", "pengaduan"),
            ("daftar", "pengaduan", "-O", "json"),
            ("lihat", "PGD-2026-0001"),
            ("ringkasan",),
            ("info",),
            ("ekspor", "-o", str(contoh.folder / "a.xlsx")),
            *((*perintah(contoh, "laporan"), "-O", bentuk) for bentuk in ("layar", "md", "csv", "json")),
            ("laporan", "--jabatan", "semua", "-o", str(contoh.folder / "a.xlsx")),
            ("skm", "-o", str(contoh.folder / "a.xlsx")),
        ):
            contoh(*konfig, *args)
        if ada:
            (contoh.folder / "lambang").unlink()


RUSAK = {
    "nothing": (b"", "bukan PNG atau SVG"),
    "a text": (b"halo", "bukan PNG atau SVG"),
    "a JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "bukan PNG atau SVG"),
    "a JPEG's bytes behind a PNG's mark": (b"\x89PNG\r\n\x1a\n" + b"\xff\xd8\xff\xe0" * 9, "rusak"),
    "a page": (b"<html><svg/></html>", "bukan awal sebuah SVG"),
    "too large a PNG": (png(lebih=b"x" * TERBESAR), "terlalu besar (200 kB); paling besar 200 kB"),
    "too large an SVG": (SVG + " " * TERBESAR * 2, "terlalu besar (400 kB)"),
    "half a PNG": (png()[:40], "PNG-nya terpotong"),
    "a PNG without its end": (png()[:-12], "PNG-nya terpotong"),
    "a damaged PNG": (png().replace(b"tEXta", b"tEXtb"), "bukan PNG yang utuh"),
    "a PNG that is a wall": (png(40_000, 40_000), "berukuran 40.000 × 40.000 titik; paling besar 4.000 × 4.000"),
    "a PNG of no width": (png(0, 8), "berukuran 0 × 8 titik"),
    "half an SVG": (SVG[:-8], "bukan SVG yang benar: rusak di baris 1"),
    "an SVG nobody will draw": ("<svg/>", 'tidak menyebut xmlns="http://www.w3.org/2000/svg"'),
    "an encoding": ('<?xml version="1.0" encoding="utf-7"?>' + SVG, "pengodeannya tidak dikenal"),
    "a script": (SVG.replace("<path", "<script>alert(1)</script><path"), "memuat <script>"),
    "a script of another space": (
        SVG.replace("<path", '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/><path'), "memuat <script>",
    ),
    "a page inside": (SVG.replace("<path", "<foreignObject/><path"), "memuat <foreignObject>"),
    "an act": (SVG.replace("<path", '<path onload="x()"'), "memuat onload"),
    "an act of the whole": (SVG.replace("<svg", '<svg onLoad="x()"'), "memuat onload"),
    "another file": (SVG.replace("<path", '<image href="a.png"/><path'), "menunjuk ke luar: a.png"),
    "another file by its old name": (
        SVG.replace("<path", '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="http://x/a.svg#b"/><path'),
        "menunjuk ke luar: http://x/a.svg#b",
    ),
    "a file of this computer": (SVG.replace("<path", '<image href="file:///etc/passwd"/><path'), "menunjuk ke luar"),
    "an SVG inside": (SVG.replace("<path", '<image href="data:image/svg+xml,x"/><path'), "menunjuk ke luar"),
    "a link": (SVG.replace("<path", '<a href="javascript:x()"/><path'), "menunjuk ke luar: javascript:x()"),
    "a fill": (SVG.replace("#1f6b3a", "url(http://x/a)"), "menunjuk ke luar: url(http://x/a)"),
    "a quoted fill": (SVG.replace("#1f6b3a", "url( 'http://x/a')"), "menunjuk ke luar"),
    "a style": (SVG.replace("<path", "<style>@import 'http://x/a.css';</style><path"), "menunjuk ke luar: @import"),
    "a style sheet": ('<?xml-stylesheet href="a.css"?>' + SVG, "memuat <?xml-stylesheet"),
    "an entity": ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "memuat ENTITY"),
    "a file as an entity": ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG, "memuat ENTITY"),
}  # fmt: skip


@pytest.mark.parametrize("nama", RUSAK)
def test_what_is_no_emblem_is_refused_before_anything_is_written(contoh: Kantor, nama: str) -> None:
    gambar, sebut = RUSAK[nama]
    tujuan = contoh.folder / "lembar.html"
    jawab = contoh(*pasang(contoh, gambar), *perintah(contoh, "laporan"), "-o", str(tujuan), kode=3)
    assert f"gambar kop {contoh.folder / 'lambang'} " in jawab.galat
    assert sebut in jawab.galat
    assert "ubah gambar di [kop]; tanpa gambar: ikikec atur tetapkan kop.gambar -" in jawab.galat
    assert not tujuan.exists()


def test_what_is_not_there_is_named(contoh: Kantor) -> None:
    konfig = pasang(contoh, png())
    (contoh.folder / "lambang").unlink()
    for nama in LEMBAR:
        galat = contoh(*konfig, *perintah(contoh, nama), "-O", "html", kode=2).galat
        assert f"gambar kop {contoh.folder / 'lambang'} tidak ada" in galat
    (contoh.folder / "lambang").mkdir()
    assert "tidak ada" in contoh(*konfig, *perintah(contoh, "skm"), "-O", "html", kode=2).galat


def test_emblems_as_drawing_programs_save_them_are_taken(contoh: Kantor) -> None:
    rumit = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:cc="http://creativecommons.org/ns#"
  xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1.2" width="9mm" height="9mm" viewBox="0 0 9 9">
  <metadata><cc:Work cc:about="http://example.org/"/></metadata>
  <style>.a { fill: url( "#g" ); } @font-face { font-family: x; src: url(data:font/woff;base64,d09G); }</style>
  <defs><linearGradient id="g"><stop stop-color="#123456"/></linearGradient></defs>
  <a xlink:href="#p"><path id="p" class="a" d="M1 1h7v7z" style="stroke:url('#g')"/></a>
  <use xlink:href="#p"/><image href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>
  <text>Kantor Camat</text>
</svg>"""
    for gambar in (rumit, rumit.replace("UTF-8", "UTF-16").encode("utf-16"), "\ufeff" + SVG):
        assert (
            '<img src="data:image/svg+xml;'
            in contoh(*pasang(contoh, gambar), *perintah(contoh, "skm"), "-O", "html").keluar
        )
    terbesar = png(lebih=b"x" * (TERBESAR - len(png())))
    assert len(terbesar) == TERBESAR
    assert (
        '<img src="data:image/png;'
        in contoh(*pasang(contoh, terbesar), *perintah(contoh, "skm"), "-O", "html").keluar
    )


def test_a_browser_draws_it_too(contoh: Kantor) -> None:
    satu = berkas(contoh, "a.html", *pasang(contoh, png()), *perintah(contoh, "laporan"))
    assert BARIS[2] in tertulis(halaman_chromium(satu)[0])
    assert len(PdfReader(satu.with_suffix(".pdf")).pages[0].images) == 1


def test_an_office_s_own_template_can_use_it(contoh: Kantor) -> None:
    folder = contoh.folder / "templat"
    folder.mkdir()
    konfig = pasang(contoh, png(), lain='templat = "templat"')
    (folder / "lembar.html.j2").write_text(
        '{% if kop %}{{ kop.baris|join("|") }} {{ kop.gambar[:21] }}.{% endif %}\n{% include "bagian/kop.html.j2" %}'
    )
    html = contoh(*konfig, *perintah(contoh, "laporan"), "-O", "html").keluar
    assert html.startswith("PEMERINTAH KABUPATEN BANGGAI|KECAMATAN BATUI SELATAN|Jalan &lt;Trans&gt;")
    assert " data:image/png;base64." in html
    assert html.count('<div class="kop">') == 1
    (contoh.folder / "k.toml").write_text('templat = "templat"\n')
    assert contoh(*konfig, *perintah(contoh, "laporan"), "-O", "html").keluar.strip() == ""


def test_nothing_is_written_over_it(contoh: Kantor) -> None:
    konfig = pasang(contoh, SVG, "lambang.svg")
    tujuan = str(contoh.folder / "lambang.svg")
    assert "gambar kop" in contoh(*konfig, *perintah(contoh, "laporan"), "-O", "md", "-o", tujuan, kode=2).galat
    assert Path(tujuan).read_text() == SVG


def test_it_can_be_set_key_by_key_and_is_looked_at_when_asked(kantor: Kantor) -> None:
    assert "kunci kop.gambar: gambar tanpa baris" in kantor("atur", "tetapkan", "kop.gambar", "a.png", kode=2).galat
    kantor("atur", "tetapkan", "kop.baris", "KECAMATAN BATUI SELATAN | Jalan Trans, No. 12")
    assert kantor("atur", "tetapkan", "kop.gambar", "a.png").keluar == "kop.gambar = a.png\n"
    folder = kantor.folder / "config" / "ikikec"
    assert 'baris = ["KECAMATAN BATUI SELATAN", "Jalan Trans, No. 12"]' in (folder / "ikikec.toml").read_text()
    assert f"kop.gambar: gambar kop {folder / 'a.png'} tidak ada" in kantor("atur", "periksa", kode=3).galat
    (folder / "a.png").write_bytes(png())
    assert "Konfigurasi baik." in kantor("atur", "periksa").keluar
    assert "kop.baris = KECAMATAN BATUI SELATAN, Jalan Trans, No. 12" in kantor("atur", "lihat").keluar


def test_the_same_letterhead_makes_the_same_bytes(contoh: Kantor, weasyprint: None) -> None:
    konfig = pasang(contoh, png())
    for nama in ("a.pdf", "a.html", "a.md"):
        satu, dua = (berkas(contoh, f"{urut}{nama}", *konfig, *perintah(contoh, "laporan")) for urut in (1, 2))
        assert satu.read_bytes() == dua.read_bytes()
