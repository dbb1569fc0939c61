"""The rows of docs/kinerja.md: what is measured for each (its words are in ``baris.toml``), and how commands grow."""

import json
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from bench import data
from bench.alat import jalankan_polos, jrnl, program, typer_polos
from bench.data import BULAN, SETAHUN
from bench.isi import LANGKA
from bench.ukur import (
    GagalJalan,
    Pasangan,
    Pekerja,
    Perintah,
    Selisih,
    bergiliran,
    berpasangan,
    ikikec,
    lingkungan,
    memori,
    python,
)
from ikikec.buku.bidang import Jenis
from ikikec.buku.register import SEMUA
from ikikec.istilah import UNSUR

_ENTRI = ("catat", "pengaduan", "--pelapor", "Siti", "--uraian", "Lampu jalan padam")
_SALAH = ("catat", "pengaduan", "--zzz")
_BELUM = ("catat", "pengaduan", "--ka")
# Lines the desk gets beyond the first; what they cost more, divided by their number, is what one costs.
_LEBIH = 100


@dataclass(frozen=True, slots=True)
class Baris:
    """One row: what is measured against what, and how large the ratio of ours to theirs may be.

    ``sekurangnya``: the ratio is theirs to ours instead, and must reach ``batas``. ``dihitung`` says what exactly is
    counted, ``penjelasan`` why the limit is not met; ``perlu`` names programs of the system.
    """

    kunci: str
    apa: str
    banding: str
    batas: float
    dihitung: str = ""
    satuan: str = "s"
    sekurangnya: bool = False
    perlu: Sequence[str] = ()
    penjelasan: str = ""

    def kurang(self) -> str:
        """Why it cannot be measured here; blank where it can."""
        tiada = [satu for satu in self.perlu if not shutil.which(satu)]
        return f"{', '.join(tiada)} not found (Debian: apt-get install {' '.join(tiada)})" if tiada else ""


@dataclass(frozen=True, slots=True)
class Tempat:
    """Where a benchmark works: an empty folder of its own, and facts of the program (see ``pekerja``)."""

    folder: Path
    fakta: Mapping[str, Any]

    def buku(self, nama: str) -> Path:
        """A ledger for reading."""
        return data.buku(nama, self.fakta["skema"])

    def salinan(self, nama: str, sebutan: str = "") -> Path:
        """A copy of a ledger for writing."""
        return data.salin(self.buku(nama), self.folder / f"{sebutan or nama}.db")


def laporan(buku: Path, periode: str = BULAN) -> Perintah:
    """All positions' sheets of a period, all ten indicators, as one process."""
    return ikikec("laporan", "--jabatan", "semua", "--periode", periode, "-O", "json", buku=buku)


def _bantuan(_tempat: Tempat) -> Iterator[Pasangan]:
    typer = python("-c", "import typer")
    for perintah in (ikikec("--help"), ikikec("--version"), ikikec("cattat", kode=2)):
        yield berpasangan(perintah, typer)


def _salah(tempat: Tempat) -> Iterator[Pasangan]:
    bentuk = [tempat.fakta[nama] for nama in ("perintah", "perintah_catat", "opsi_pengaduan")]
    lengkapi = replace(ikikec(*_BELUM[:-1]), env={"IKIKEC_LENGKAPI": "bash", "IKIKEC_BELUM": _BELUM[-1]})
    for rich in (True, False):
        polos = typer_polos(tempat.folder, *bentuk, rich=rich)
        yield berpasangan(ikikec(*_SALAH, kode=2), jalankan_polos(polos, *_SALAH, kode=2))
        yield berpasangan(lengkapi, jalankan_polos(polos, lengkapi=_BELUM))


def _catat(tempat: Tempat) -> Iterator[Pasangan]:
    buku = tempat.salinan("tumbuh-10000")
    yield berpasangan(ikikec(*_ENTRI, buku=buku), python("-c", "import typer, sqlmodel"))


def _catat_juta(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kosong = tempat.salinan("tumbuh-1000000"), tempat.folder / "kosong.db"
    # A ledger whose schema and calendar are there, and one entry.
    ikikec(*_ENTRI, buku=kosong)()
    yield berpasangan(ikikec(*_ENTRI, buku=besar), ikikec(*_ENTRI, buku=kosong), anggaran=12)


def _satu_di_meja(tempat: Tempat) -> Selisih:
    buku = tempat.salinan("tumbuh-10000")
    baris = " ".join(f'"{kata}"' if " " in kata else kata for kata in _ENTRI)
    sedikit, banyak = tempat.folder / "sedikit.txt", tempat.folder / "banyak.txt"
    sedikit.write_text(f"{baris}\n")
    banyak.write_text(f"{baris}\n" * (1 + _LEBIH))
    lama, sebentar = (ikikec("meja", buku=buku, masukan=isi) for isi in (banyak, sedikit))
    return Selisih(lama, sebentar, _LEBIH)


def _meja(tempat: Tempat) -> Iterator[Pasangan]:
    satu = _satu_di_meja(tempat)
    baris = tempat.folder / "baris.json"
    baris.write_text('{"tanggal": "2026-12-01", "pelapor": "Siti", "uraian": "Lampu jalan padam"}')
    lain = str(tempat.folder / "lain.db")
    yield berpasangan(satu, program("sqlite-utils", "insert", lain, "pengaduan", "-", masukan=baris), anggaran=10)
    yield berpasangan(satu, jrnl(tempat.folder, "Lampu jalan padam. Siti"), anggaran=10)


def _penulis(tempat: Tempat) -> Iterator[Pasangan]:
    ramai, sendiri = (str(tempat.salinan("tumbuh-10000", nama)) for nama in ("ramai", "sendiri"))
    with Pekerja("catat", ramai) as banyak, Pekerja("catat", sendiri) as satu:
        yield berpasangan(lambda: banyak("8 25"), lambda: satu("1 200"), anggaran=15)


def _terbuka(tempat: Tempat) -> Iterator[Pasangan]:
    banyak, sedikit = (str(tempat.salinan(f"terbuka-{satu}")) for satu in (100_000, 100))
    with Pekerja("tengok", banyak) as ramai, Pekerja("tengok", sedikit) as sepi:
        yield berpasangan(lambda: ramai(""), lambda: sepi(""))
    besar, kecil = (tempat.buku(f"terbuka-{satu}") for satu in (100_000, 100))
    yield berpasangan(ikikec("ringkasan", buku=besar), ikikec("ringkasan", buku=kecil))


def _angka(buku: Path) -> list[object]:
    hasil = subprocess.run(laporan(buku).kata, capture_output=True, check=True, env=lingkungan())
    return [satu["indikator"] for satu in json.loads(hasil.stdout)]


def _laporan(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("tumbuh-1000000"), tempat.buku("bulan")
    if _angka(besar) != _angka(kecil):
        raise GagalJalan("both ledgers should hold the same entries of that month")
    yield berpasangan(laporan(besar), laporan(kecil), anggaran=10)


def _hitung(tempat: Tempat) -> Iterator[Pasangan]:
    buku, sql = str(tempat.buku("setahun")), tempat.folder / "ukuran.sql"
    kata = python("-m", "bench.pekerja", "sql", buku, SETAHUN).kata
    sql.write_bytes(subprocess.run(kata, capture_output=True, check=True, env=lingkungan()).stdout)
    with Pekerja("hitung", "1", SETAHUN, buku) as hitung:
        yield berpasangan(hitung, Perintah(("sqlite3", "-readonly", buku), masukan=sql), anggaran=15)


def _hledger(tempat: Tempat) -> Iterator[Pasangan]:
    jurnal = str(data.jurnal_hledger(100_000))
    kita = laporan(tempat.buku("tumbuh-100000"))
    yield berpasangan(kita, Perintah(("hledger", "--file", jurnal, "balance", "--monthly")))


def _sql_like() -> str:
    """Every text field of every register, as ``cari`` looks at them."""
    kueri = []
    for register in SEMUA.values():
        kolom = [satu.nama for satu in register.bidang if satu.jenis is Jenis.TEKS]
        syarat = " OR ".join(f"{nama} LIKE '%{LANGKA}%'" for nama in kolom)
        kueri.append(f"SELECT * FROM {register.tabel} WHERE {syarat};")
    return "\n".join(kueri)


def _cari(tempat: Tempat) -> Iterator[Pasangan]:
    buku, sql = tempat.buku("tumbuh-1000000"), tempat.folder / "like.sql"
    sql.write_text(_sql_like())
    pindai = Perintah(("sqlite3", "-readonly", str(buku)), masukan=sql)
    impor = python("-c", "import typer, sqlmodel")
    yield berpasangan(ikikec("cari", LANGKA, buku=buku), lambda: pindai() + impor(), anggaran=15)


def _impor(tempat: Tempat) -> Iterator[Pasangan]:
    banyak, sedikit = str(data.csv_survei(100_000)), str(data.csv_survei(10_000))
    kita, lain, polos = (tempat.folder / f"{nama}.db" for nama in ("kita", "lain", "polos"))
    impor = replace(ikikec("impor", "survei", banyak, buku=kita), hapus=kita)
    utils = replace(program("sqlite-utils", "insert", str(lain), "survei", banyak, "--csv"), hapus=lain)
    cangkang = Perintah(("sqlite3", str(polos), f".import --csv {banyak} survei"), hapus=polos)
    yield berpasangan(impor, utils)
    yield berpasangan(impor, cangkang)
    yield memori(impor, replace(ikikec("impor", "survei", sedikit, buku=kita), hapus=kita))


def _ekspor(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("survei-1000000"), tempat.buku("survei-100000")
    kita, sedikit = (ikikec("ekspor", "survei", "-O", "csv", buku=satu) for satu in (besar, kecil))
    cangkang = Perintah(("sqlite3", "-readonly", "-csv", "-header", str(besar), "SELECT * FROM survei"))
    yield berpasangan(kita, cangkang)
    yield memori(kita, sedikit, kali=1)
    buku_kerja = tempat.folder / "survei.xlsx"
    yield berpasangan(
        replace(ikikec("ekspor", "survei", "-o", str(buku_kerja), buku=kecil), hapus=buku_kerja), sedikit
    )


def _sql_skm() -> str:
    """What the survey's report asked before it told services, periods and plans: its sums, and six groups."""
    dari = "FROM survei WHERE NOT batal AND tanggal >= '2026-01-01' AND tanggal < '2027-01-01'"
    angka = ", ".join(f"sum({nama}), count({nama})" for nama in UNSUR)
    bidang = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan", "layanan", "saran")
    kelompok = [f"SELECT {nama}, count(*) {dari} GROUP BY {nama};" for nama in bidang]
    return "\n".join([f"SELECT {angka} {dari};", f"SELECT sum(kepuasan >= 3), count(*) {dari};", *kelompok])


def _skm(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("survei-1000000"), tempat.buku("survei-100000")
    sql = tempat.folder / "skm.sql"
    sql.write_text(_sql_skm())
    tanya = Perintah(("sqlite3", "-readonly", str(kecil)), masukan=sql)
    impor = python("-c", "import typer, sqlmodel")
    banyak, sedikit = (ikikec("skm", "--periode", "2026", "-O", "json", buku=satu) for satu in (besar, kecil))
    yield berpasangan(sedikit, lambda: tanya() + impor(), anggaran=15)
    yield memori(banyak, sedikit, kali=1)


def _periksa(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("tumbuh-1000000"), tempat.buku("tumbuh-100000")
    rantai = str(Path(__file__).with_name("rantai.py"))
    yield berpasangan(ikikec("periksa", buku=besar), python(rantai, str(besar)))
    yield memori(ikikec("periksa", buku=besar), ikikec("periksa", buku=kecil), kali=1)


# What one citizen may tell at length, with and without blanks.
_PANJANG = 16_000
_HALAMAN = "import pypdf, sys; print(len(pypdf.PdfReader(sys.argv[1]).pages))"


def _pdf(tempat: Tempat, *, peramban: bool = False) -> Iterator[Pasangan]:
    for nama, kata in (("kata", "kata "), ("sambung", "katas")):
        panjang = _pdf_dari(tempat, nama, [kata * (_PANJANG // 5)], peramban=peramban)
        halaman, banyak = _cetak(panjang), 200
        while (
            terisi := _cetak(pendek := _pdf_dari(tempat, nama, ["Lampu padam"] * banyak, peramban=peramban))
        ) != halaman:
            banyak = banyak * halaman // terisi + (1 if terisi < halaman else -1)
        yield berpasangan(panjang, pendek, anggaran=15)


def _pdf_dari(tempat: Tempat, nama: str, uraian: Sequence[str], *, peramban: bool) -> Perintah:
    """The sheet with its evidence of a ledger of complaints that tell this; by a browser without WeasyPrint."""
    folder = tempat.folder / f"{nama}-{len(uraian)}"
    folder.mkdir(exist_ok=True)
    isi = folder / "pengaduan.csv"
    isi.write_text(
        "tanggal,pelapor,uraian\n" + "".join(f"2026-10-05,Siti,{satu} {n}\n" for n, satu in enumerate(uraian))
    )
    buku = folder / "buku.db"
    buku.unlink(missing_ok=True)
    ikikec("--hening", "impor", "pengaduan", str(isi), buku=buku)()
    rinci = ("laporan", "--jabatan", "pengolah-pip", "--periode", BULAN, "--rinci", "--dengan-identitas")
    perintah = ikikec(*rinci, "-o", str(folder / "lembar.pdf"), buku=buku)
    if not peramban:
        return perintah
    (folder / "weasyprint.py").write_text("raise ImportError")
    return replace(perintah, env={"PYTHONPATH": str(folder)})


def _cetak(perintah: Perintah) -> int:
    """Print once; returns how many pages that are."""
    perintah()
    hitung = (*python("-c", _HALAMAN).kata, perintah.kata[-1])
    return int(subprocess.run(hitung, capture_output=True, check=True, env=lingkungan()).stdout)


# Each yields what it measured for its rows, in their order.
UKUR: dict[str, Callable[[Tempat], Iterator[Pasangan]]] = {
    "bantuan": _bantuan,
    "salah-pakai": _salah,
    "catat": _catat,
    "meja": _meja,
    "catat-juta": _catat_juta,
    "terbuka": _terbuka,
    "penulis": _penulis,
    "laporan": _laporan,
    "hitung": _hitung,
    "hledger": _hledger,
    "cari": _cari,
    "impor": _impor,
    "ekspor": _ekspor,
    "skm": _skm,
    "periksa": _periksa,
    "pdf": _pdf,
    "pdf-peramban": partial(_pdf, peramban=True),
}
BARIS: dict[str, list[Baris]] = {
    nama: [Baris(**satu) for satu in isi]
    for nama, isi in tomllib.loads(Path(__file__).with_name("baris.toml").read_text(encoding="utf-8")).items()
}


def ukur_tumbuh(tempat: Tempat) -> dict[str, dict[str, float]]:
    """Whole commands in ledgers of 10² to 10⁶ entries: the median seconds of each by size, the sizes in turn.

    The month reported holds the same 100 entries in every ledger, so that what grows is the ledger alone.
    """
    perintah: dict[str, Callable[[str], Perintah]] = {
        "catat": lambda nama: ikikec(*_ENTRI, buku=tempat.salinan(nama)),
        "laporan": lambda nama: laporan(tempat.buku(nama), "2026-11"),
        "cari": lambda nama: ikikec("cari", LANGKA, buku=tempat.buku(nama)),
        "periksa": lambda nama: ikikec("periksa", buku=tempat.buku(nama)),
    }
    hasil = {}
    for nama, buat in perintah.items():
        hasil[nama] = bergiliran({str(ukuran): buat(f"tumbuh-{ukuran}") for ukuran in data.UKURAN})
        data.kabar(f"{nama}: " + ", ".join(f"{ukuran} {detik:.2f} s" for ukuran, detik in hasil[nama].items()))
    return hasil
