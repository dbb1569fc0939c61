"""The survey's workbook: what stands on "Data", and that "Rekap", computed anew by LibreOffice, says what we say."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from ikikec.istilah import UNSUR
from tests.conftest import Kantor
from tests.kinerja.test_layanan import tiga_layanan
from tests.kinerja.test_skm import isi
from tests.lembar_kerja import lewat_libreoffice, tanpa_hasil

NAMA = tuple(UNSUR)
SEMBARANG = [
    {"layanan": "<i>", "pendidikan": "=1+1", "pekerjaan": ">5*", "usia": 20, "jenis_kelamin": "L", "persyaratan": 3},
    {"layanan": "?~", "pendidikan": "S1", "pekerjaan": "5", "usia": 70, "jenis_kelamin": "P", "persyaratan": 4},
    {"layanan": "?~", "pendidikan": "s1", "pekerjaan": "petani  ikan", "disabilitas": "ya", "kepuasan": 2},
    {"pekerjaan": "Petani ikan", "disabilitas": "tidak", "sarana": 1, "saran": "=HYPERLINK(1)"},
]


def tabel(berkas: Path, nama: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(berkas)).get_sheet_by_name(nama).to_python()


def tulis(kantor: Kantor, *args: str) -> Path:
    berkas = kantor.folder / "skm.xlsx"
    kantor(*args, "-o", str(berkas))
    return berkas


def hitung_ulang(berkas: Path) -> Path:
    """The workbook after LibreOffice computed it, all results that we wrote taken out before."""
    (hasil,) = lewat_libreoffice(berkas.parent, [tanpa_hasil(berkas)])
    return hasil


def sama(kita: Sequence[Sequence[Any]], mereka: Sequence[Sequence[Any]]) -> None:
    """Every cell the same; a mean, which is not rounded, as near as a spreadsheet reckons."""
    assert len(kita) == len(mereka)
    for satu, lain in zip(kita, mereka, strict=True):
        for sel, hitung in zip(satu, lain, strict=True):
            if isinstance(sel, float) and isinstance(hitung, float) and round(sel, 3) != sel:
                assert hitung == pytest.approx(sel, abs=1e-12)
            else:
                assert hitung == sel, (satu, lain)


@pytest.mark.parametrize("cara", ["tepat", "nrr2"])
@pytest.mark.parametrize("bobot", ["1/9", "0,111"])
def test_libreoffice_computes_what_we_say(kantor: Kantor, cara: str, bobot: str) -> None:
    _opsi, konfig = tiga_layanan(kantor)
    Path(konfig).write_text(f'bobot_skm = "{bobot}"\n' + Path(konfig).read_text())
    isi(kantor, SEMBARANG, "2026-11-03")
    berkas = tulis(kantor, "--konfig", konfig, "skm", "--pembulatan", cara)
    kita, mereka = tabel(berkas, "Rekap"), tabel(hitung_ulang(berkas), "Rekap")
    sama(kita, mereka)
    # And what we say is what the report says.
    hasil = kantor("--konfig", konfig, "skm", "--pembulatan", cara, "-O", "json").json
    # The summary stands above the respondents' tables, which name the services too.
    baris = {satu[1]: satu for satu in reversed(mereka) if satu[1]}
    for satu in hasil["layanan"]:
        angka = [satu["responden"], *satu["unsur"].values(), satu["ikm"], satu["mutu"]]
        assert baris[satu["nama"]][2:] == ["–" if nilai is None else nilai for nilai in angka]
    unit = baris["IKM unit: seluruh responden (angka utama)"]
    assert (unit[2], unit[12], unit[13]) == (hasil["responden"], hasil["ikm"], hasil["mutu"])
    (rata,) = [satu for satu in mereka if str(satu[0]).startswith("IKM unit: rata-rata")]
    assert rata[12:] == [hasil["rata_layanan"]["ikm"], hasil["rata_layanan"]["mutu"]]
    for bidang in hasil["demografi"].values():
        for satu in bidang:
            assert [satu["nama"], satu["jumlah"], satu["persen"]] in [lajur[1:4] for lajur in mereka]


@pytest.mark.parametrize("kosong", [False, True])
def test_libreoffice_agrees_on_the_sample_office_and_on_a_year_without_answers(contoh: Kantor, kosong: bool) -> None:
    berkas = tulis(contoh, "skm", "--periode", "2030" if kosong else "2026")
    sama(tabel(berkas, "Rekap"), tabel(hitung_ulang(berkas), "Rekap"))


def test_rekap_is_formulas_that_a_person_can_follow(kantor: Kantor) -> None:
    konfig = tiga_layanan(kantor)
    with zipfile.ZipFile(tulis(kantor, *konfig, "skm")) as arsip:
        rekap = arsip.read("xl/worksheets/sheet2.xml").decode()
    rumus = [satu.replace("&gt;", ">") for satu in re.findall(r"<f>([^<]*)</f>", rekap)]
    assert "1/9" in rumus
    assert 'COUNTIFS(Data!$A$6:$A$13,1,Data!$D$6:$D$13,">0")' in rumus
    assert 'IFERROR(AVERAGEIFS(Data!$D$6:$D$13,Data!$A$6:$A$13,3),"–")' in rumus
    assert 'IFERROR(AVERAGE(Data!$D$6:$D$13),"–")' in rumus
    assert "COUNTIFS(Data!$A$6:$A$13,2)" in rumus
    assert any("COUNTIFS(Data!" in satu and "SUMPRODUCT" not in satu for satu in rumus)


def test_data_holds_a_row_per_respondent_without_who_or_when(kantor: Kantor) -> None:
    isi(kantor, SEMBARANG, "2026-11-03")
    judul, *baris = tabel(tulis(kantor, "skm"), "Data")[4:]
    assert judul == [
        "Kode layanan", "Layanan", "Kepuasan", *(f"U{urut} {satu}" for urut, satu in enumerate(UNSUR.values(), 1)),
        "Jenis kelamin", "Usia", "Pendidikan", "Pekerjaan", "Penyandang disabilitas",
    ]  # fmt: skip
    kosong = [""] * 9
    assert baris == [
        [3, "tidak diisi", "", *kosong[:8], 1, "tidak diisi", "tidak diisi", "tidak diisi", "Petani ikan", "Tidak"],
        [2, "<i>", "", 3, *kosong[:8], "Laki-laki", "20 tahun ke bawah", "=1+1", ">5*", "tidak diisi"],
        [1, "?~", "", 4, *kosong[:8], "Perempuan", "61 tahun ke atas", "S1", "5", "tidak diisi"],
        [1, "?~", 2, *kosong, "tidak diisi", "tidak diisi", "S1", "Petani ikan", "Ya"],
    ]
    dengan, *isinya = tabel(tulis(kantor, "skm", "--dengan-saran"), "Data")[4:]
    assert dengan == [*judul, "Saran"]
    assert [satu[-1] for satu in isinya] == ["=HYPERLINK(1)", "", "", ""]


def test_the_order_of_the_rows_tells_nothing_of_that_of_the_forms(tmp_path: Path) -> None:
    hasil = []
    for urut in (1, -1):
        kantor = Kantor(tmp_path / str(urut))
        kantor.folder.mkdir()
        isi(kantor, SEMBARANG[::urut], "2026-11-03")
        hasil.append(tabel(tulis(kantor, "skm"), "Data"))
    assert hasil[0] == hasil[1]


def test_the_same_ledger_makes_the_same_bytes(contoh: Kantor) -> None:
    berkas = tulis(contoh, "skm", "--periode", "2026-10")
    lama = berkas.read_bytes()
    assert tulis(contoh, "skm", "--periode", "2026-10").read_bytes() == lama
    with zipfile.ZipFile(io.BytesIO(lama)) as arsip:
        assert b"SKM-2026" not in b"".join(map(arsip.read, arsip.namelist()))


def test_csv_has_a_line_for_the_unit_and_one_per_service(kantor: Kantor) -> None:
    konfig = tiga_layanan(kantor)
    judul, *baris = kantor(*konfig, "skm", "--periode", "2026-11", "-O", "csv").keluar.splitlines()
    kolom = judul.split(",")
    assert kolom[4:7] + kolom[7:16] == ["lingkup", "layanan", "responden", *NAMA]
    isi_baris = [dict(zip(kolom, satu.split(","), strict=True)) for satu in baris]
    assert [(satu["lingkup"], satu["layanan"], satu["responden"], satu["ikm"], satu["mutu"]) for satu in isi_baris] == [
        ("unit", "", "8", "82.29", "B"), ("layanan", "Surat Keterangan", "4", "87.50", "B"),
        ("layanan", "KTP-el", "3", "72.22", "C"), ("layanan", "Nikah", "1", "91.67", "A"),
    ]  # fmt: skip
    assert (isi_baris[0]["prosedur"], isi_baris[0]["periode_sampai"]) == ("84.38", "2026-11-22")
