"""Templates of an office's own: where they come from, what they may do, and how their faults are told."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from ikikec.lembar import Cetakan, Kop, templat
from ikikec.lembar.kotak_pasir import dikenal
from ikikec.lembar.templat import lingkungan
from tests.conftest import AKAR, Kantor

OKTOBER = ("laporan", "--jabatan", "kasi-pip", "--periode", "2026-10")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def tulis(kantor: Kantor, isi: str, nama: str = "lembar.md.j2", folder: str = "templat") -> str:
    """Write one template; returns its folder."""
    tujuan = kantor.folder / folder
    tujuan.mkdir(exist_ok=True)
    (tujuan / nama).write_text(isi)
    return str(tujuan)


def test_an_office_s_own_template_makes_the_sheet_and_the_missing_one_is_the_built_in(contoh: Kantor) -> None:
    folder = tulis(
        contoh, "{% for laporan in semua %}{{ laporan.jabatan.slug }} {{ laporan.sidik|length }}{% endfor %}"
    )
    assert contoh(*OKTOBER, "-O", "md", "--templat", folder).keluar == "kasi-pip 64"
    assert contoh(*OKTOBER, "-O", "html", "--templat", folder).keluar == contoh(*OKTOBER, "-O", "html").keluar


def test_the_configuration_names_the_folder_relative_to_itself_and_the_option_goes_first(contoh: Kantor) -> None:
    tulis(contoh, "dari konfigurasi")
    lain = tulis(contoh, "dari opsi", folder="lain")
    konfig = contoh.folder / "k.toml"
    konfig.write_text('templat = "templat"')
    assert contoh("--konfig", str(konfig), *OKTOBER).keluar == "dari konfigurasi"
    assert contoh("--konfig", str(konfig), *OKTOBER, "--templat", lain).keluar == "dari opsi"


def test_a_folder_that_is_not_there_is_named(contoh: Kantor) -> None:
    assert "folder templat tidak-ada tidak ada" in contoh(*OKTOBER, "--templat", "tidak-ada", kode=2).galat


@pytest.mark.parametrize(
    ("isi", "baris", "sebut"),
    [
        ("A\n{{ lapran }}", 2, "nama 'lapran' tidak dikenal"),
        ("{% for l in semua %}\n\n{{ l.periode.labl }}{% endfor %}", 3, "nama 'labl' tidak dikenal; maksudnya label?"),
        ("{{ semua[0].jabatan.nma }}", 1, "maksudnya nama?"),
        ("{{ semua[99].periode }}", 1, "99"),
        ("\n{% for l in semua %}", 2, "bukan Jinja yang benar"),
        ("\n\n{{ 1 +", 3, "bukan Jinja yang benar"),
        ("{{ semua|urutkan }}", 1, "saringan 'urutkan' tidak dikenal"),
        ("{% if semua is aneh %}{% endif %}", 1, "uji 'aneh' tidak dikenal"),
        ("\n{% endfor %}", 2, "tag 'endfor' tidak dikenal"),
        ("{% raw %}\n", 1, "ada yang belum ditutup"),
        ("\n{{ 1 / 0 }}", 2, "dibagi nol"),
        ("{{ semua + 1 }}", 1, "jenis nilainya tidak cocok"),
        ("{% include '../rahasia.j2' %}", 1, "berkas ../rahasia.j2 tidak ada di folder templat"),
        ("\n{% include 'kepala.j2' %}", 2, "kepala.j2 tidak ada"),
        ("{% include 'lembar.md.j2' %}", 1, "dirinya sendiri"),
        ("{{ gambar('../lambang.png') }}", 1, "../lambang.png tidak ada"),
        ("{{ gambar('lambang.png') }}", 1, "lambang.png tidak dapat dibaca: tidak ada"),
        ("{{ gambar('lembar.md.j2') }}", 1, "harus berakhiran .png"),
        # What a sandbox is for.
        ("{{ semua.__class__.__mro__ }}", 1, "'__class__' tidak boleh"),
        ("{{ ''.__class__ }}", 1, "'__class__' tidak boleh"),
        ("{{ semua[0].jabatan.parse_raw('x', allow_pickle=true, proto='pickle') }}", 1, "'parse_raw' tidak boleh"),
        ("{{ semua[0].jabatan.model_dump() }}", 1, "'model_dump' tidak boleh"),
        ("{{ semua[0].sasaran[0].indikator[0].ukuran.dalam() }}", 1, "'dalam' tidak boleh"),
        ("{{ semua[0].sasaran[0].indikator[0].ukuran.berkas.unlink() }}", 1, "'berkas' tidak boleh"),
        ("{{ semua.append(1) }}", 1, "'append' tidak boleh"),
        ("{{ semua[0]|attr('periode')|attr('memuat') }}", 1, "'memuat' tidak boleh"),
        ("{{ gambar.__globals__ }}", 1, "'__globals__' tidak boleh"),
        ("{{ range(10000000)|list }}", 1, "bilangannya terlalu besar"),
        # What would take memory without end.
        *((f"{{{{ {isi} }}}}", 1, "tidak boleh dipakai") for isi in (
            "'%1000000000d'|format(1)", "'%*d'|format(1000000000, 1)", "'%1000000000d' % 1", "'%*d' % (1000000000, 1)",
            "'{:1000000000}'.format(1)", "'{:{w}}'.format(1, w=1000000000)", "'x' * 1000000000", "1000000000 * 'x'",
            "[1] * 1000000000", "10 ** 1000000000", "'x'|center(1000000000)", "'x'|indent(1000000000, true)",
            "'x'.ljust(1000000000)", "'x'.zfill(width=1000000000)",
        )),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_name(contoh: Kantor, isi: str, baris: int, sebut: str) -> None:
    (contoh.folder / "rahasia.j2").write_text("rahasia")
    (contoh.folder / "lambang.png").write_bytes(PNG)
    folder = tulis(contoh, isi)
    tujuan = contoh.folder / "a.md"
    galat = contoh(*OKTOBER, "--templat", folder, "-o", str(tujuan), kode=3).galat
    assert f"templat {Path(folder, 'lembar.md.j2')} baris {baris}: " in galat
    assert sebut in galat
    assert not tujuan.exists()


def test_formats_that_fit_a_sheet_are_taken(contoh: Kantor) -> None:
    isi = "{{ '%05d|%s'|format(1234567, 'a') }} {{ '{:>8}'.format('b') }} {{ 200000 * 3 }} {{ 7 % 3 }} {{ '='*80 }}"
    keluar = contoh(*OKTOBER, "--templat", tulis(contoh, isi)).keluar
    assert keluar.split() == ["1234567\\|a", "b", "600000", "1", "=" * 80]


@pytest.mark.unix
def test_a_pipe_in_a_picture_s_place_is_not_waited_for(contoh: Kantor) -> None:
    folder = tulis(contoh, "{{ gambar('lambang.png') }}")
    os.mkfifo(Path(folder) / "lambang.png")
    assert "lambang.png bukan berkas biasa" in contoh(*OKTOBER, "--templat", folder, kode=3).galat


def test_a_template_without_end_is_stopped(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templat, "TERLAMA", 1)
    isi = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    assert "belum selesai sesudah" in contoh(*OKTOBER, "--templat", tulis(contoh, isi), kode=3).galat


def test_a_fault_in_a_file_that_is_included_names_that_file(contoh: Kantor) -> None:
    tulis(contoh, "\n\n{{ tidak_ada }}", "kepala.j2")
    folder = tulis(contoh, "{% include 'kepala.j2' %}")
    assert (
        f"{Path(folder, 'kepala.j2')} baris 3: nama 'tidak_ada'"
        in contoh(*OKTOBER, "--templat", folder, kode=3).galat
    )


def test_a_template_that_cannot_be_read(contoh: Kantor) -> None:
    folder = tulis(contoh, "")
    (Path(folder) / "lembar.md.j2").write_bytes(b"\xff\xfe")
    assert "bukan teks UTF-8" in contoh(*OKTOBER, "--templat", folder, kode=3).galat


def test_values_are_escaped_and_pictures_laid_into_the_page(contoh: Kantor) -> None:
    (contoh.folder / "k.toml").write_text('[pejabat.camat]\nnama = "<b>|X</b>"')
    nama = "{{ semua[0].mengetahui.nama }}"
    tulis(contoh, nama)
    folder = tulis(contoh, f'{nama}<img src="{{{{ gambar("lambang.png") }}}}">', "lembar.html.j2")
    (Path(folder) / "lambang.png").write_bytes(PNG)
    args = ("--konfig", str(contoh.folder / "k.toml"), *OKTOBER, "--templat", folder, "-O")
    html = contoh(*args, "html").keluar
    assert html.startswith('&lt;b&gt;|X&lt;/b&gt;<img src="data:image/png;base64,iVBOR')
    assert contoh(*args, "md").keluar == "&lt;b>\\|X&lt;/b>"


def test_a_page_that_asks_for_another_file_makes_no_pdf(contoh: Kantor, weasyprint: None) -> None:
    (contoh.folder / "templat").mkdir()
    (contoh.folder / "templat" / "lambang.png").write_bytes(PNG)
    for isi in ('<img src="lambang.png">', '<img src="https://contoh.invalid/lambang.png">',
                '<link rel="stylesheet" href="/etc/passwd">'):  # fmt: skip
        folder = tulis(contoh, isi, "lembar.html.j2")
        galat = contoh(*OKTOBER, "--templat", folder, "-O", "pdf", kode=3).galat
        assert "lembar meminta berkas lain" in galat
    folder = tulis(contoh, "<img src=\"{{ gambar('lambang.png') }}\">", "lembar.html.j2")
    tujuan = contoh.folder / "a.pdf"
    contoh(*OKTOBER, "--templat", folder, "-o", str(tujuan))
    assert b"/Subtype /Image" in tujuan.read_bytes() or b"/Subtype/Image" in tujuan.read_bytes()


def isi_folder(folder: Path) -> dict[str, str]:
    return {satu.relative_to(folder).as_posix(): satu.read_text() for satu in folder.rglob("*.j2")}


def test_the_built_in_ones_are_written_out_as_a_start_and_nothing_is_overwritten(contoh: Kantor) -> None:
    folder = contoh.folder / "baru" / "templat"
    jawab = contoh("laporan", "--contoh-templat", str(folder))
    bawaan = isi_folder(AKAR / "templates")
    assert isi_folder(folder) == bawaan
    assert jawab.keluar.splitlines() == [str(folder / nama) for nama in sorted(bawaan)]
    for bentuk in ("md", "html"):
        args = (*OKTOBER, "--rinci", "-O", bentuk)
        assert contoh(*args, "--templat", str(folder)).keluar == contoh(*args).keluar
    (folder / "lembar.md.j2").write_text("milik kantor")
    (folder / "lembar.html.j2").unlink()
    assert (
        "sudah ada berkas templat (agenda.html.j2, "
        in contoh("laporan", "--contoh-templat", str(folder), kode=2).galat
    )
    assert (folder / "lembar.md.j2").read_text() == "milik kantor"
    assert not (folder / "lembar.html.j2").exists()


def test_a_folder_that_cannot_be_made(contoh: Kantor) -> None:
    (contoh.folder / "berkas").write_text("")
    galat = contoh("laporan", "--contoh-templat", str(contoh.folder / "berkas" / "x"), kode=9).galat
    assert "folder" in galat


# Values that stand in several places, and members of lists, are told once under a name of their own.
SENDIRI = {
    "Periode": "periode", "Realisasi": "realisasi", "Tertanda": "tertanda", "Pembanding": "pembanding",
    "KelompokSasaran": "sasaran", "Indikator": "indikator", "BarisBukti": "entri", "Titik": "titik",
    "Ukuran": "ukuran",
}  # fmt: skip


def nama_terbaca(nilai: Any, awalan: str) -> set[str]:
    """Every name a template can read of a value, those of the values inside it included."""
    hasil = set()
    for nama in dikenal(nilai):
        isi, penuh = getattr(nilai, nama), f"{awalan}.{nama}"
        contoh = isi[0] if isinstance(isi, tuple) and isi else isi
        sendiri = SENDIRI.get(type(contoh).__name__)
        if callable(isi) or type(isi).__module__.startswith("sqlalchemy"):
            continue
        if sendiri or not dikenal(isi):
            hasil.add(penuh)
        if sendiri != awalan and (sendiri or dikenal(isi)):
            hasil |= nama_terbaca(contoh, sendiri or penuh)
    return hasil


def test_the_document_names_all_that_a_template_can_read_and_nothing_else(contoh: Kantor) -> None:
    from datetime import date

    from ikikec.buku.baca import buka_bacaan
    from ikikec.buku.mesin.sqlite import MesinSqlite
    from ikikec.kinerja.jabatan import muat_jabatan
    from ikikec.kinerja.susun import Permintaan, susun_laporan
    from ikikec.kinerja.ukuran import ukuran_bawaan
    from ikikec.konfigurasi import Konfigurasi
    from ikikec.periode import baca_periode

    contoh("target", "tetapkan", "kasi-pip", "1", "80", "--periode", "2026")
    jabatan = muat_jabatan(Konfigurasi(), contoh.folder, ukuran_bawaan())["kasi-pip"]
    hari = date(2026, 11, 22)
    with buka_bacaan(MesinSqlite(contoh.buku, 1)) as bacaan:
        laporan = susun_laporan(
            bacaan,
            jabatan,
            baca_periode("2026-10", hari),
            Konfigurasi(),
            hari,
            Permintaan(rinci=True, bandingkan=True, tren=True, dengan_identitas=True),
        )
    naskah = (AKAR / "docs" / "templat.md").read_text()
    tertulis = set(re.findall(r"^\| `([a-z]+\.[a-z_.]+)` \|", naskah, re.MULTILINE))
    assert nama_terbaca(laporan, "laporan") == tertulis
    tertulis = set(re.findall(r"^\| `(ukuran_kertas\.[a-z]+)` \|", naskah, re.MULTILINE))
    assert nama_terbaca(Cetakan().kertas, "ukuran_kertas") == tertulis
    assert nama_terbaca(Kop((), ""), "kop") <= set(re.findall(r"`([a-z.]+)`", naskah))
    jinja = lingkungan(Cetakan(), html=False)
    from jinja2 import Environment

    penyaring = set(jinja.filters) - set(Environment().filters)
    assert penyaring == set(re.findall(r"^\| `([a-z_]+)` \|", naskah, re.MULTILINE))
    assert set(jinja.globals) - set(Environment().globals) == {"gambar", "kop", "ukuran_kertas"}


@pytest.mark.unix
def test_a_picture_may_not_lead_out_of_the_folder(contoh: Kantor) -> None:
    (contoh.folder / "rahasia.png").write_bytes(b"rahasia")
    folder = contoh.folder / "templat"
    folder.mkdir()
    (folder / "a.png").symlink_to(contoh.folder / "rahasia.png")
    (folder / "lembar.md.j2").write_text("{{ gambar('a.png') }}")
    galat = contoh(*OKTOBER, "-O", "md", "--templat", str(folder), kode=3).galat
    assert "gambar a.png ada di luar folder templat" in galat


@pytest.mark.parametrize("isi", ["{{ 10**5000 }}", "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}"])
def test_a_fault_found_while_compiling_names_the_template(contoh: Kantor, isi: str) -> None:
    folder = contoh.folder / "templat"
    folder.mkdir()
    (folder / "lembar.md.j2").write_text(isi)
    assert "lembar.md.j2" in contoh(*OKTOBER, "-O", "md", "--templat", str(folder), kode=3).galat
