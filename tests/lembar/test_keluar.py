"""What leaves the office: no form tells what identifies a citizen or was told freely, unless that is asked for.

Every field so marked holds a word of its own, in entries of every kind; every form that the command line offers is read
for all of them. A new form or field belongs into the tables here.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from ikikec.buku.bidang import Jenis
from ikikec.buku.register import SEMUA, TINDAK_LANJUT, Register
from ikikec.cli.app import app
from ikikec.kinerja.hitung import CERITA
from tests.conftest import Kantor
from tests.lembar.test_cetak import teks_halaman

Isian = tuple[str, str]
TERTUTUP = [(satu.slug, b.nama) for satu in SEMUA.values() for b in satu.bidang if b.pribadi or b.bebas]
RAHASIA: dict[Isian, str] = {isian: f"zq{urut:03d}" for urut, isian in enumerate(TERTUTUP)}
# The texts that may leave: what the office words itself, or what is counted. Any other text field is marked.
TERBUKA = {
    ("informasi", "topik"), ("rekomendasi", "jenis"), ("rekomendasi", "nomor_surat"), ("surat-kabar", "media"),
    ("surat-kabar", "edisi"), ("survei", "layanan"), ("survei", "pendidikan"), ("survei", "pekerjaan"),
    ("tindak-lanjut", "pengaduan"), *((slug, "nomor") for slug in SEMUA),
}  # fmt: skip

# Entries that stand behind a figure, miss one, were refused or cancelled; what is not said is a word of its own.
HARI = {"tanggal": "2026-10-05"}
BATAL = {"batal": "ya"}
ENTRI: dict[str, list[dict[str, str]]] = {
    "pengaduan": [HARI, HARI | BATAL],
    "informasi": [
        HARI | {"topik": "KTP", "tanggal_selesai": selesai, "hasil": "terlaksana"} | lain
        for selesai, lain in (("2026-10-06", {}), ("2026-11-20", {}), ("2026-10-06", BATAL))
    ],
    "rekomendasi": [
        HARI | {"jenis": "domisili", "tanggal_lengkap": "2026-10-05"} | lain
        for lain in (
            {"tanggal_terbit": "2026-10-05", "nomor_surat": "1"}, {"tanggal_terbit": "2026-11-05", "nomor_surat": "2"},
            {"tanggal_tolak": "2026-10-06"}, BATAL,
        )
    ],
    "surat-kabar": [
        HARI | {"media": "Luwuk Post", "eksemplar": "3", "tanggal_dimanfaatkan": "2026-10-06", "dimanfaatkan": "1"} | lain
        for lain in ({}, BATAL)
    ],
    "survei": [HARI | {"kepuasan": nilai} | lain for nilai, lain in (("4", {}), ("1", {}), ("4", BATAL))],
    "tindak-lanjut": [HARI | {"pengaduan": "PGD-2026-0001"} | lain for lain in ({}, BATAL)],
}  # fmt: skip


# What the positions that come with the program do not open into its entries: follow-ups, and what is open still.
UKURAN = """
[a]
satuan = "tindakan"
aturan = "A"
hitung = "cacah"
register = "tindak-lanjut"
tanggal = "tanggal"
syarat = [{ bidang = "tindakan", isi = "terisi" }, { bidang = "status", bukan = "selesai" }]

[b]
satuan = "rekomendasi"
aturan = "A"
hitung = "sisa"
register = "rekomendasi"
syarat = [{ bidang = "pemohon", isi = "kosong" }, { bidang = "alasan_tolak", isi = "kosong" }]
"""
JABATAN = """
nama = "X"
tugas = ["T"]
[tanda_tangan]
mengetahui = { pejabat = "camat", sebutan = "C" }
pembuat = { pejabat = "x", sebutan = "X" }
[[sasaran]]
nomor = "1"
uraian = "S"
indikator = [
    { nomor = "1", uraian = "U", formulasi = "F", sumber = "S", ukuran = "a" },
    { nomor = "2", uraian = "U", formulasi = "F", sumber = "S", ukuran = "b" },
]
"""


def lengkap(register: Register, entri: dict[str, str]) -> dict[str, str]:
    """An entry with a word of its own in every field that can hold one."""
    tanpa = {satu.pasangan for satu in register.langkah if satu.tanggal not in entri}
    tanpa |= set() if "batal" in entri else {"alasan_batal"}
    kata = {nama: isi for (slug, nama), isi in RAHASIA.items() if slug == register.slug and nama not in tanpa}
    return entri | kata


@pytest.fixture(scope="module")
def bertanda(tmp_path_factory: pytest.TempPathFactory) -> Kantor:
    """An office in whose ledger every word stands; it is only read."""
    kantor = Kantor(tmp_path_factory.mktemp("bertanda"))
    for register in SEMUA.values():
        berkas = kantor.folder / f"{register.slug}.csv"
        with berkas.open("w", newline="") as isi:
            penulis = csv.DictWriter(isi, register.nama_bidang)
            penulis.writeheader()
            penulis.writerows(lengkap(register, entri) for entri in ENTRI[register.slug])
        kantor("impor", register.slug, str(berkas))
    kantor(
        "rtl", "tetapkan", "--unsur", "waktu", "--rencana", "A", "--penanggung-jawab", "B", "--tenggat", "2027-01-05"
    )
    for folder in (kantor.folder, kantor.folder / "config" / "ikikec"):
        (folder / "jabatan").mkdir(parents=True)
        (folder / "ukuran.toml").write_text(UKURAN)
        (folder / "jabatan" / "x.toml").write_text(JABATAN)
    kantor("target", "tetapkan", "kasi-pip", "2.1", "12", "--periode", "2026")
    kantor("ekspor", "survei", "-o", f"{kantor.buku}.csv")
    return kantor


# What shows all, since it is the books themselves: to the clerk at the counter, or for other programs.
PETUGAS = {
    *(("lihat", bentuk) for bentuk in ("teks", "json", "xlsx")),
    *(("daftar", bentuk) for bentuk in ("tabel", "csv", "json", "xlsx")),
    *((perintah, bentuk) for perintah in ("cari", "ringkasan") for bentuk in ("teks", "json", "xlsx")), ("cari", "csv"),
    *(("ekspor", bentuk) for bentuk in ("csv", "json", "jsonl", "xlsx")),
    *(
        (perintah, bentuk)
        for perintah in (
            *(f"catat {slug}" for slug in SEMUA if slug != "tindak-lanjut"), "tindaklanjuti", "selesaikan", "lengkapi",
            "terbitkan", "tolak", "manfaatkan", "koreksi", "batalkan", "rtl tetapkan", "rtl selesai",
        )
        for bentuk in ("teks", "json")
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Lembar:
    """A command whose forms leave: its lines, what asks for more, and the fields that this then shows."""

    baris: tuple[str, ...]
    diminta: str = ""
    tampak: frozenset[Isian] = frozenset()
    tanpa_bukti: tuple[str, ...] = ()


def tertutup(*isian: Isian) -> frozenset[Isian]:
    return frozenset(isian) & set(RAHASIA)


LAPORAN = Lembar(
    ("laporan --jabatan semua --periode 2026 --rinci --bandingkan --tren",),
    "--dengan-identitas",
    tertutup(
        *((slug, nama) for slug, satu in CERITA.items() for nama in (*satu.perihal, satu.nama, satu.uraian)),
    ),
    tanpa_bukti=("csv",),
)
NOMOR = [f"{satu.kode}-2026-0001" for satu in SEMUA.values() if satu is not TINDAK_LANJUT] + ["PGD-2026-0001/1"]
LEMBAR = {
    "laporan": LAPORAN,
    "report": LAPORAN,
    "rekap": Lembar(("rekap --buku {buku} --periode 2026",)),
    "skm": Lembar(
        ("skm --periode 2026 --bandingkan --populasi 9",),
        "--dengan-saran",
        tertutup(("survei", "saran")),
        tanpa_bukti=("csv",),
    ),
    "daftar": Lembar(
        tuple(f"daftar {slug}" for slug in SEMUA),
        "--dengan-identitas",
        tertutup(
            *((satu.slug, nama) for satu in SEMUA.values() for nama in satu.ringkas),
            *((satu.slug, bidang.nama) for satu in SEMUA.values() for bidang in satu.bidang if bidang.pribadi),
        ),
    ),
    "lihat": Lembar(
        tuple(f"lihat {nomor}" for nomor in NOMOR),
        "--dengan-identitas",
        tertutup(*((satu.slug, satu.pokok) for satu in SEMUA.values())),
    ),
    "periksa": Lembar(("periksa --jelaskan",)),
    "impor": Lembar(("impor survei {buku}.csv --uji --lewati-duplikat",)),
    **{
        satu: Lembar((satu,))
        for satu in ("jabatan", "ukuran", "info", "libur daftar", "target daftar", "rtl daftar", "atur lihat")
    },
}


def bentuk_keluaran(perintah: Any, jalur: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every command that knows formats, and each of them, as the command line has it."""
    for nama, anak in getattr(perintah, "commands", {}).items():
        yield from bentuk_keluaran(anak, (*jalur, nama))
    for param in perintah.params:
        if param.name == "keluaran":
            yield from ((" ".join(jalur), bentuk) for bentuk in param.metavar.split("|"))


SEMUA_BENTUK = list(bentuk_keluaran(typer.main.get_command(app)))


def baca(berkas: Path) -> str:
    """All that stands in a file, blanks and line ends left out: a table may break a line anywhere."""
    isi = berkas.read_bytes()
    if isi.startswith(b"%PDF"):
        teks = "".join(teks_halaman(berkas))
    elif isi.startswith(b"PK"):
        with zipfile.ZipFile(berkas) as arsip:
            teks = "".join(arsip.read(nama).decode() for nama in arsip.namelist())
    else:
        teks = isi.decode()
    return "".join(teks.split())


def terbaca(kantor: Kantor, baris: Iterable[str], bentuk: str, *args: str) -> set[Isian]:
    """The marked fields whose words stand in what the commands make."""
    teks = ""
    for satu in baris:
        perintah = [*satu.format(buku=kantor.buku).split(), *args, "-O", bentuk]
        if perintah[0] in ("laporan", "report", "rekap", "skm", "daftar", "lihat", "ekspor"):
            berkas = kantor.folder / "keluar"
            kantor(*perintah, "-o", str(berkas))
            teks += baca(berkas)
        else:
            jawab = kantor(*perintah)
            teks += jawab.keluar + jawab.galat
    assert teks
    return {isian for isian, kata in RAHASIA.items() if kata in teks}


@pytest.mark.parametrize(("perintah", "bentuk"), [satu for satu in SEMUA_BENTUK if satu not in PETUGAS])
def test_no_form_tells_what_is_not_asked_for(
    bertanda: Kantor, perintah: str, bentuk: str, request: pytest.FixtureRequest
) -> None:
    if bentuk == "pdf":
        request.getfixturevalue("weasyprint")
    lembar = LEMBAR[perintah]
    assert terbaca(bertanda, lembar.baris, bentuk) == set()
    if lembar.diminta and bentuk in lembar.tanpa_bukti:
        galat = bertanda(*lembar.baris[0].split(), lembar.diminta, "-O", bentuk, kode=2).galat
        assert f"{lembar.diminta} tidak berlaku untuk bentuk {bentuk}" in galat
    elif lembar.diminta:
        assert terbaca(bertanda, lembar.baris, bentuk, lembar.diminta) == lembar.tampak


@pytest.mark.parametrize("bentuk", ["csv", "json", "jsonl", "xlsx"])
def test_nor_does_an_export_behind_pseudonyms(bertanda: Kantor, bentuk: str) -> None:
    assert terbaca(bertanda, [f"ekspor {slug} --samarkan" for slug in SEMUA], bentuk) == set()


def test_the_books_themselves_hold_every_word(bertanda: Kantor) -> None:
    assert terbaca(bertanda, ["ekspor"], "json") == set(RAHASIA)
    assert terbaca(bertanda, [f"lihat {nomor}" for nomor in NOMOR], "json") >= LEMBAR["lihat"].tampak


@pytest.mark.parametrize(
    ("templat", "nilai", "perintah"),
    [("lembar", "semua", "laporan"), ("skm", "laporan", "skm"), ("agenda", "agenda", "daftar"),
     ("tanda-terima", "slip", "lihat")],
)  # fmt: skip
def test_an_office_s_own_template_is_not_even_given_it(
    bertanda: Kantor, templat: str, nilai: str, perintah: str
) -> None:
    folder = bertanda.folder / "templat"
    folder.mkdir(exist_ok=True)
    (folder / f"{templat}.md.j2").write_text(f"{{{{ {nilai} }}}}")
    (bertanda.folder / "k.toml").write_text('templat = "templat"\n')
    baris = [f"--konfig {bertanda.folder}/k.toml {satu}" for satu in LEMBAR[perintah].baris]
    assert terbaca(bertanda, baris, "md") == set()
    assert terbaca(bertanda, baris, "md", LEMBAR[perintah].diminta) == LEMBAR[perintah].tampak


def test_every_text_is_marked_or_may_leave_for_a_reason() -> None:
    teks = {(satu.slug, b.nama) for satu in SEMUA.values() for b in satu.bidang if b.jenis is Jenis.TEKS}
    assert teks - set(RAHASIA) == TERBUKA
    assert set(RAHASIA) <= teks
