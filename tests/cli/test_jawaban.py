"""Every JSON answer against docs/jawaban.schema.json, and its entries against the registers."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from jsonschema import Draft202012Validator

from ikikec.cli.app import app
from tests.conftest import AKAR, CONTOH, Kantor
from tests.skema_json import entri_skema, tata

DOKUMEN = AKAR / "docs" / "jawaban.schema.json"
SKEMA = json.loads(DOKUMEN.read_text())
NOMOR = {"pengaduan": "pgd-20", "informasi": "inf-20", "rekomendasi": "riz-20", "surat-kabar": "krn-20",
         "survei": "skm-20", "tindak-lanjut": "PGD-2026-0003/1"}  # fmt: skip
SHEET = "laporan --jabatan semua --periode 2026-10"

JAWABAN = [
    *((f"daftar {register}", "daftar") for register in NOMOR),
    *((f"lihat {nomor}", "lihat") for nomor in NOMOR.values()),
    *((f"ekspor {register}", "ekspor") for register in NOMOR),
    ("ekspor", "ekspor"), ("ekspor pengaduan survei --samarkan", "ekspor"),
    ("catat pengaduan --pelapor A --uraian B", "entri"), ("catat pengaduan --anonim --uraian B", "entri"),
    ("catat informasi --pemohon A --topik B", "entri"), ("catat rekomendasi --pemohon A --jenis domisili", "entri"),
    ("catat surat-kabar --media A --eksemplar 2", "entri"), ("catat survei --kepuasan 4", "entri"),
    ("tindaklanjuti pgd-20 --tindakan A", "entri"), ("batalkan pgd-20 --alasan A --ya", "entri"),
    ("koreksi pgd-20 --alasan A --lokasi B --ya", "entri"),
    (f"impor surat-kabar {CONTOH}/surat-kabar.csv --lewati-duplikat", "impor"),
    (f"impor surat-kabar {CONTOH}/surat-kabar.csv --lewati-duplikat --uji", "impor"),
    ("cari padam", "cari"), ("info", "info"), ("libur daftar 2026", "libur"), ("libur daftar 2030", "libur"),
    ("jabatan", "jabatan"), ("ukuran", "ukuran"), ("ringkasan", "ringkasan"), ("periksa", "periksa"), ("atur lihat", "atur"),
    ("target daftar", "target"), ("rtl daftar", "rtl"), ("rtl selesai RTL-2026-1 --keterangan A --bukti B", "rtl-butir"),
    ("rtl tetapkan --unsur waktu --rencana A --penanggung-jawab B --tenggat 2027-01-05", "rtl-butir"), (SHEET, "laporan"), (f"{SHEET} --rinci", "laporan"),
    (f"{SHEET} --rinci --dengan-identitas --bandingkan --tren", "laporan"),
    ("laporan --jabatan kasi-pip --periode 2030", "laporan"),
    ("rekap --buku {buku} --buku {buku}.tiada --lewati-galat", "rekap"), ("rekap --buku {buku} --periode 2030", "rekap"),
    ("skm", "skm"), ("skm --dengan-saran", "skm"), ("skm --periode 2026-10 --populasi 1000 --bandingkan", "skm"), ("skm --periode 2030", "skm"), ("skm --pembulatan nrr2", "skm"),
]  # fmt: skip
# Answers whose command needs an entry of its own first.
LANGKAH = [
    ("catat informasi --pemohon A --topik B", "selesaikan {} --hasil terlaksana"),
    ("catat rekomendasi --pemohon A --jenis domisili --belum-lengkap", "lengkapi {}"),
    ("catat rekomendasi --pemohon A --jenis domisili", "terbitkan {} --nomor-surat 5"),
    ("catat rekomendasi --pemohon A --jenis domisili", "tolak {} --alasan B"),
    ("catat surat-kabar --media A --eksemplar 2", "manfaatkan {} --dimanfaatkan 1"),
]


def periksa(jawaban: Any, nama: str) -> None:
    pemeriksa = Draft202012Validator(
        {**SKEMA, "$ref": f"#/$defs/{nama}"}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    galat = sorted(pemeriksa.iter_errors(jawaban), key=str)
    assert not galat, galat[0].message


def test_the_document_is_a_schema_and_knows_the_registers_golden(request: pytest.FixtureRequest) -> None:
    """What it says of entries is made from the registers, and written anew with ``--tulis-emas``."""
    Draft202012Validator.check_schema(SKEMA)
    isi = tata(
        {**SKEMA, "$defs": entri_skema() | {k: v for k, v in SKEMA["$defs"].items() if k not in entri_skema()}}
    )
    if request.config.getoption("--tulis-emas"):
        DOKUMEN.write_text(f"{isi}\n")
    assert DOKUMEN.read_text() == f"{isi}\n", "make golden writes it anew"


@pytest.mark.parametrize(("perintah", "nama"), JAWABAN)
def test_every_answer_is_as_the_document_says(contoh: Kantor, perintah: str, nama: str) -> None:
    contoh("target", "tetapkan", "kasi-pip", "2.1", "24", "--periode", "2026")
    for periode in ("2026", "2026-09"):
        contoh("rtl", "tetapkan", "--unsur", "biaya", "--rencana", "A", "--penanggung-jawab", "B", "--tenggat", "2027-01-05",
               "--periode", periode)  # fmt: skip
    periksa(contoh(*perintah.format(buku=contoh.buku).split(), "-O", "json").json, nama)


@pytest.mark.parametrize(("catat", "langkah"), LANGKAH)
def test_the_steps_answer_with_the_entry(contoh: Kantor, catat: str, langkah: str) -> None:
    nomor = contoh(*catat.split()).keluar.split()[0]
    periksa(contoh(*langkah.format(nomor).split(), "-O", "json").json, "entri")


def test_a_fingerprint_looked_up(contoh: Kantor) -> None:
    sidik = contoh("info", "-O", "json").json["buku"]["sidik"]
    periksa(contoh("periksa", "--sidik", sidik, "-O", "json").json, "periksa-sidik")


def test_the_schema_can_fail(contoh: Kantor) -> None:
    isi = contoh("info", "-O", "json").json
    with pytest.raises(AssertionError):
        periksa({**isi, "baru": 1}, "info")


@pytest.mark.parametrize(("perintah", "nama"), [("lihat {}", "lihat"), ("daftar {}", "daftar")])
@pytest.mark.parametrize("register", NOMOR)
def test_an_entry_with_more_less_or_other_in_it_is_refused(
    contoh: Kantor, register: str, perintah: str, nama: str
) -> None:
    jawaban = contoh(*perintah.format(NOMOR[register] if nama == "lihat" else register).split(), "-O", "json").json
    entri = jawaban if nama == "lihat" else jawaban[0]
    kurang = {kunci: isi for kunci, isi in entri.items() if kunci != "batal"}
    for rusak in ({**entri, "baru": 1}, kurang, {**entri, "batal": "ya"}, {**entri, "tanggal": "5/10/2026"}):
        with pytest.raises(AssertionError):
            periksa(rusak if nama == "lihat" else [rusak], nama)


def berkeluaran(perintah: Any, jalur: tuple[str, ...] = ()) -> Iterator[str]:
    for nama, anak in getattr(perintah, "commands", {}).items():
        yield from berkeluaran(anak, (*jalur, nama))
    if any("json" in str(param.metavar) for param in perintah.params):
        yield " ".join(jalur)


def test_no_command_with_json_is_left_out() -> None:
    dicoba = [perintah for perintah, _nama in JAWABAN] + [langkah for _catat, langkah in LANGKAH]
    for jalur in berkeluaran(typer.main.get_command(app)):
        assert jalur == "report" or any(satu.startswith(jalur) for satu in dicoba), jalur
