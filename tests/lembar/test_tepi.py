"""Nothing leaves the paper: words as long as no blank ends them, in every column of every form, against the margins."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REGISTER, Kantor
from tests.lembar.chromium import lewat_chromium
from tests.lembar.test_bentuk import berkas
from tests.lembar.test_cetak import lewat_weasyprint

# It is not among the libraries of the tests that run on Windows.
pypdfium2 = pytest.importorskip("pypdfium2")

# The widest letter there is.
KATA = "W" * 120
KONFIG = f"""kecamatan = "{KATA}"
kabupaten = "{KATA}"
kontak = "{KATA}"
[pejabat.camat]
nama = "{KATA}"
[pejabat.kasi-pip]
nama = "{KATA}"
"""
_INDIKATOR = f"""[[sasaran.indikator]]
nomor = "{{}}"
uraian = "{KATA}"
formulasi = "{KATA}"
sumber = "{KATA}"
ukuran = "{{}}"
"""
POSISI = f"""nama = "{KATA}"
tugas = ["{KATA}"]
fungsi = ["{KATA}"]
[tanda_tangan]
mengetahui = {{ pejabat = "camat", sebutan = "{KATA}" }}
pembuat = {{ pejabat = "kasi-pip", sebutan = "{KATA}" }}
[[sasaran]]
nomor = "1"
uraian = "{KATA}"
{_INDIKATOR.format("1.1", "pengaduan-teragenda")}{_INDIKATOR.format("1.2", "informasi-teragenda")}[[sasaran]]
nomor = "2"
uraian = "{KATA}"
{_INDIKATOR.format("2.1", "rekomendasi-terbit")}{_INDIKATOR.format("2.2", "responden-puas")}"""

LAPORAN = ("laporan", "--jabatan", "panjang", "--periode", "2026-10", "--dengan-identitas", "--rinci")
SKM = ("skm", "--periode", "2026")
# Each form, and the margins at its left and right in millimetres.
BENTUK: dict[str, tuple[tuple[str, ...], float]] = {
    "laporan": (LAPORAN, 15),
    "bertarget": ((*LAPORAN, "--tren", "--bandingkan"), 15),
    "skm": ((*SKM, "--dengan-saran", "--bandingkan"), 15),
    "poster": ((*SKM, "--poster"), 12),
    "rekap": (("rekap", "--buku", f"{{folder}}/{KATA}.db", "--periode", "2026"), 12),
    "tanda-terima": (("lihat", "PGD-2026-0001", "--dengan-identitas"), 14),
    **{satu: (("daftar", satu, "--dengan-identitas"), 12) for satu in REGISTER},
}


@pytest.fixture
def panjang(kantor: Kantor) -> Kantor:
    """An office all of whose words have 120 letters."""
    config = kantor.folder / "config" / "ikikec"
    (config / "jabatan").mkdir(parents=True)
    (config / "ikikec.toml").write_text(KONFIG)
    (config / "jabatan" / "panjang.toml").write_text(POSISI)
    kantor.seperti(_isi_panjang)
    return kantor


def _isi_panjang(kantor: Kantor) -> None:
    hari = ("--tanggal", "2026-10-05")
    orang = ("--kontak", KATA, "--alamat", KATA)
    kantor("catat", "pengaduan", "--uraian", KATA, "--pelapor", KATA, *orang, "--lokasi", KATA, *hari)
    kantor("catat", "informasi", "--topik", KATA, "--pemohon", KATA, *orang, "--uraian", KATA, *hari)
    kantor("catat", "rekomendasi", "--jenis", "domisili", "--pemohon", KATA, *orang, *hari)
    kantor("terbitkan", "RIZ-2026-0001", "--nomor-surat", KATA, *hari)
    kantor("catat", "surat-kabar", "--media", KATA, "--eksemplar", "123456789", "--edisi", KATA, *hari)
    kantor("catat", "survei", "--layanan", KATA, "--pekerjaan", KATA, "--saran", KATA, "--kepuasan", "4", *hari)
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", KATA, *hari)
    rencana = ("--rencana", KATA, "--penanggung-jawab", KATA, "--tenggat", "2026-12-31")
    for periode in ("2025", "2026"):
        kantor("rtl", "tetapkan", "--periode", periode, "--unsur", "waktu", *rencana)


@pytest.mark.parametrize("cetak", [lewat_weasyprint, lewat_chromium])
@pytest.mark.parametrize(("args", "tepi"), BENTUK.values(), ids=BENTUK)
def test_no_letter_is_beyond_the_margins(
    panjang: Kantor, cetak: Callable[[Path], Path], args: tuple[str, ...], tepi: float, weasyprint: None
) -> None:
    if "--bandingkan" in args:
        panjang("target", "tetapkan", "panjang", "1.1", "9", "--periode", "2026")
    if "rekap" in args:
        shutil.copy(panjang.buku, panjang.folder / f"{KATA}.db")
    with pypdfium2.PdfDocument(
        cetak(berkas(panjang, "a.html", *(a.format(folder=panjang.folder) for a in args)))
    ) as pdf:
        huruf = 0
        for halaman in pdf:
            kiri, kanan = tepi / 25.4 * 72, halaman.get_width() - tepi / 25.4 * 72
            teks = halaman.get_textpage()
            for letak in range(teks.count_chars()):
                awal, bawah, akhir, atas = teks.get_charbox(letak)
                if akhir > awal:
                    assert kiri - 1 <= awal < akhir <= kanan + 1, (halaman, teks.get_text_range(letak, 1))
                    assert 0 <= bawah < atas <= halaman.get_height()
                huruf += teks.get_text_range(letak, 1) == "W"
    # What a form leaves out cannot leave the paper.
    assert huruf >= len(KATA)
