"""What belongs together on paper stays together, in both programs that print: page by page, at many heights."""

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from ikikec.istilah import UNSUR
from tests.conftest import Kantor
from tests.lembar.test_bentuk import berkas
from tests.lembar.test_cetak import halaman_chromium, halaman_weasyprint

Cetak = Callable[[Path], list[str]]
DUA = pytest.mark.parametrize("cetak", [halaman_weasyprint, halaman_chromium])
# From high up on the page to far down, in as many steps as there is time for.
TINGGI = range(1, 40, 3 if os.environ.get("IKIKEC_UJI_SEMUA") else 13)


def jabatan(tugas: int, sasaran: list[int]) -> str:
    """A position with so many lines of duties above the table, and goals of so many indicators each."""
    isi = [f"tugas = {[f'Tugas {urut}' for urut in range(tugas)]}".replace("'", '"'), 'nama = "Jabatan"']
    isi += ["[tanda_tangan]", 'mengetahui = { pejabat = "camat", sebutan = "Camat" }']
    isi += ['pembuat = { pejabat = "x", sebutan = "Staf" }']
    for n, banyak in enumerate(sasaran, 1):
        isi += ["[[sasaran]]", f'nomor = "{n}"', f'uraian = "Sasaran ke-{n}"']
        for m in range(1, banyak + 1):
            isi += ["[[sasaran.indikator]]", f'nomor = "{n}.{m}"', f'uraian = "Butir {n}.{m} ada"']
            isi += ['formulasi = "Jumlah"', 'sumber = "Buku"', 'ukuran = "pengaduan-teragenda"']
    return "\n".join(isi)


def lembar(kantor: Kantor, cetak: Cetak, nama: str, isi: str, *args: str) -> list[str]:
    """A position's pages as one line each, its foot left out."""
    folder = kantor.folder / "config" / "ikikec" / "jabatan"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{nama}.toml").write_text(isi)
    halaman = cetak(berkas(kantor, f"{nama}.html", "laporan", "--jabatan", nama, "--periode", "2026-10", *args))
    return [re.sub(r"Jabatan · Oktober 2026|hal\. \d+ dari \d+", "", rapi(satu)) for satu in halaman]


def rapi(halaman: str) -> str:
    """A page's text as one line, joined letters (ﬁ) told apart."""
    return unicodedata.normalize("NFKC", " ".join(halaman.split()))


def letak(halaman: list[str], kata: str) -> list[int]:
    """The pages that hold these words, however a reader of PDF sets blanks."""
    return [nomor for nomor, isi in enumerate(halaman) if "".join(kata.split()) in "".join(isi.split())]


@DUA
@pytest.mark.parametrize("sasaran", [[3, 4, 3], [1] * 9, [2, 9]], ids=str)
def test_a_goal_that_fits_on_a_page_is_on_one_and_nobody_signs_a_page_without_a_row(
    contoh: Kantor, cetak: Cetak, sasaran: list[int], weasyprint: None
) -> None:
    for tugas in TINGGI:
        halaman = lembar(contoh, cetak, f"a{tugas}", jabatan(tugas, sasaran))
        for n, banyak in enumerate(sasaran, 1):
            tempat = {satu for m in range(1, banyak + 1) for satu in letak(halaman, f"Butir {n}.{m} ada")}
            assert [*tempat] == letak(halaman, f"Sasaran ke-{n}"), (tugas, n)
            assert len(tempat) == 1
        assert letak(halaman, "(lanjutan)") == []
        for isi in halaman:
            assert isi.count("Mengetahui,") == isi.count("NIP.") / 2 == isi.count("sidik") <= 1
            # With its signatures stands a row, with a row the heading, with the heading a row.
            assert ("Mengetahui," in isi) <= ("Butir" in isi) == ("SASARAN KINERJA" in isi)
            assert len(isi) > 20


@DUA
@pytest.mark.parametrize("sasaran", [[2, 17, 2], [31], [1, 18]], ids=str)
def test_a_goal_longer_than_a_page_begins_where_it_stands_and_is_named_again(
    contoh: Kantor, cetak: Cetak, sasaran: list[int], weasyprint: None
) -> None:
    nomor, banyak = max(enumerate(sasaran, 1), key=lambda satu: satu[1])
    for tugas in TINGGI[:2]:
        halaman = lembar(contoh, cetak, f"b{tugas}", jabatan(tugas, sasaran))
        tempat = sorted({satu for m in range(1, banyak + 1) for satu in letak(halaman, f"Butir {nomor}.{m} ada")})
        assert tempat[0] == 0
        assert len(tempat) >= 2
        # A browser may leave the name out on the last of three pages.
        disebut = letak(halaman, "(lanjutan)")
        assert disebut == tempat[1:] or (cetak is halaman_chromium and disebut == tempat[1:-1] != [])
        assert letak(halaman, f"Sasaran ke-{nomor}") == tempat[: len(disebut) + 1]
        # Its number too, which a row of it would not tell.
        for lanjut in disebut:
            assert re.search(rf"(?<![\d.]){nomor}\.(?! ?\d)", halaman[lanjut].replace("Butir", "")), halaman[lanjut]
        akhir = letak(halaman, "Mengetahui,")
        assert len(akhir) == 1
        assert "Butir" in halaman[akhir[0]]


@DUA
def test_a_goal_s_name_taller_than_its_rows_is_printed_whole(contoh: Kantor, cetak: Cetak, weasyprint: None) -> None:
    nama = " ".join(f"Bagian ke-{urut}." for urut in range(40))
    isi = jabatan(1, [1, 2, 1]).replace("Sasaran ke-2", nama).replace("Sasaran ke-3", nama)
    halaman = "".join("".join(lembar(contoh, cetak, "nama", isi)).split())
    assert [halaman.count(f"ke-{urut}.") for urut in range(40)] == [2] * 40
    assert "(lanjutan)" not in halaman


@DUA
@pytest.mark.parametrize("args", [("--tren",), ("--bandingkan",), ("--bandingkan", "--tren")], ids=" ".join)
def test_signatures_stay_with_what_stands_before_them(
    contoh: Kantor, cetak: Cetak, args: tuple[str, ...], weasyprint: None
) -> None:
    for tugas in TINGGI:
        halaman = lembar(contoh, cetak, f"c{tugas}", jabatan(tugas, [2, 2]), *args)
        for isi in halaman:
            assert isi.count("Mengetahui,") == isi.count("NIP.") / 2 == isi.count("sidik") <= 1
            assert ("Mengetahui," in isi) <= ("Butir" in isi)
            # No heading without what it heads.
            assert not re.search(r"(Tren|Perbandingan)\s*$", isi)


@DUA
def test_evidence_over_several_pages_tells_whose_it_is_on_each(
    contoh: Kantor, cetak: Cetak, weasyprint: None
) -> None:
    html = berkas(contoh, "r.html", "laporan", "--jabatan", "pengolah-pip", "--periode", "2026", "--rinci")
    halaman = [rapi(satu) for satu in cetak(html)]
    judul = ("Jumlah data/bahan responden", "Jumlah data/bahan layanan informasi yang teragenda",
             "Jumlah data/bahan pengaduan yang tercatat dan teragenda")  # fmt: skip
    for sebutan, kode in zip(judul, ("SKM", "INF", "PGD"), strict=True):
        tempat = letak(halaman, f"{kode}-2026-")
        assert len(tempat) >= 2
        assert set(tempat) <= set(letak(halaman, sebutan))
    for nomor, isi in enumerate(halaman):
        kode = {satu for satu in ("SKM", "INF", "PGD") if f"{satu}-2026-" in isi}
        mulai = [
            satu
            for satu, awal in zip(("SKM", "INF", "PGD"), judul, strict=True)
            if letak(halaman, f"{satu}-2026-")[0] == nomor
        ]
        # What does not begin on a page goes on there, and is called so.
        assert isi.count("(lanjutan)") == len(kode - set(mulai))
        assert (
            not re.search(r"(Entri di balik angka|\d [\w/ ]+|Tidak terhitung)\s*$", re.sub(r"hal\. .*", "", isi))
            or kode
        )


@DUA
@pytest.mark.parametrize("kop", ["", '[kop]\nbaris = ["KECAMATAN BATUI SELATAN"]'], ids=["polos", "kop"])
def test_a_new_sheet_goes_nothing_on(contoh: Kantor, cetak: Cetak, kop: str, weasyprint: None) -> None:
    (contoh.folder / "k.toml").write_text(f'kecamatan = "Batui Selatan"\n{kop}')
    args = ("laporan", "--jabatan", "semua", "--periode", "2026-T1", "--rinci")
    halaman = cetak(berkas(contoh, "n.html", "--konfig", str(contoh.folder / "k.toml"), *args))
    mulai = letak(halaman, "INDIKATOR KINERJA INDIVIDU")
    lanjut = letak(halaman, "(lanjutan)")
    assert len(mulai) == 3
    assert lanjut
    assert set(mulai).isdisjoint(lanjut)


@DUA
def test_the_nine_unsur_are_on_one_page(contoh: Kantor, cetak: Cetak, weasyprint: None) -> None:
    args = ("skm", "--periode", "2026-S1", "--bandingkan", "--dengan-saran", "--populasi", "900")
    for panjang in TINGGI:
        (contoh.folder / "k.toml").write_text(f'kecamatan = "{"Batui Selatan " * panjang}"\nkabupaten = "Banggai"')
        html = berkas(contoh, f"s{panjang}.html", "--konfig", str(contoh.folder / "k.toml"), *args)
        halaman = [rapi(satu) for satu in cetak(html)]
        # The table of them, their chart, their order, and how they were before.
        for kepala in ("NRR TERTIMBANG", "Grafik NRR", "Urutan unsur", "Perbandingan dengan"):
            tempat = letak(halaman, kepala)
            assert len(tempat) == 1
            for unsur in UNSUR.values():
                assert tempat[0] in letak(halaman, unsur), (panjang, kepala)
        for isi in halaman:
            assert isi.count("Mengetahui,") == isi.count("NIP.") / 2 == isi.count("sidik") <= 1
            assert ("Mengetahui," in isi) <= ("SARAN" in isi)


@DUA
def test_a_row_taller_than_a_page_begins_where_it_stands(kantor: Kantor, cetak: Cetak, weasyprint: None) -> None:
    for urut, panjang in enumerate((20, 9_000, 20)):
        teks = "kata " * (panjang // 5)
        kantor("catat", "pengaduan", "--uraian", teks, "--pelapor", "A", "--tanggal", f"2026-10-0{urut + 1}")
    halaman = cetak(berkas(kantor, "d.html", "daftar", "pengaduan", "--dengan-identitas"))
    assert letak(halaman, "PGD-2026-0002")[0] == 0
    assert all(satu.count("kata") > 20 for satu in halaman)
    assert "3 entri" in halaman[-1]
    assert "PGD-2026-0003" in halaman[-1]
