"""Reading: a month's sheet, the computation alone, searching, and a sheet beside hledger's."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench import data
from bench.isi import LANGKA
from bench.tolok import Syarat, Tempat, Tolok
from bench.ukur import GagalJalan, Pasangan, Pekerja, Perintah, berpasangan, ikikec, lingkungan, python
from ikikec.buku.bidang import Jenis
from ikikec.buku.register import SEMUA


def laporan(buku: Path, periode: str = data.BULAN) -> Perintah:
    """All positions' sheets of a period, all ten indicators, as one process."""
    return ikikec("laporan", "--jabatan", "semua", "--periode", periode, "-O", "json", buku=buku)


def cari(buku: Path) -> Perintah:
    """The search for a text that a handful of entries hold."""
    return ikikec("cari", LANGKA, buku=buku)


def _angka(buku: Path) -> list[object]:
    hasil = subprocess.run(laporan(buku).kata, capture_output=True, check=True, env=lingkungan())
    return [satu["indikator"] for satu in json.loads(hasil.stdout)]


def _laporan(tempat: Tempat) -> Iterator[Pasangan]:
    besar, kecil = tempat.buku("tumbuh-1000000"), tempat.buku("bulan")
    if _angka(besar) != _angka(kecil):
        raise GagalJalan("both ledgers should hold the same entries of that month")
    yield berpasangan(laporan(besar), laporan(kecil), anggaran=10)


def _hitung(tempat: Tempat) -> Iterator[Pasangan]:
    buku = str(tempat.buku("setahun"))
    sql = tempat.folder / "ukuran.sql"
    kata = (*python("-m", "bench.pekerja", "sql", buku, data.SETAHUN).kata,)
    sql.write_bytes(subprocess.run(kata, capture_output=True, check=True, env=lingkungan()).stdout)
    with Pekerja("hitung", buku, data.SETAHUN) as hitung:
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
    buku = tempat.buku("tumbuh-1000000")
    sql = tempat.folder / "like.sql"
    sql.write_text(_sql_like())
    pindai = Perintah(("sqlite3", "-readonly", str(buku)), masukan=sql)
    impor = python("-c", "import typer, sqlmodel")
    yield berpasangan(cari(buku), lambda: pindai() + impor(), anggaran=15)


TOLOK = (
    Tolok(
        "laporan",
        (
            Syarat(
                "laporan",
                "`laporan` of a month, 1 000 000 entries in the ledger, warm",
                "a ledger that holds that month alone",
                1.15,
                "whole processes, all positions; the month holds the same 4 000 entries in both",
            ),
        ),
        _laporan,
    ),
    Tolok(
        "hitung",
        (
            Syarat(
                "hitung",
                "a year with 1 000 000 entries in it, computation only",
                "the same ten SELECTs by the sqlite3 shell",
                1.2,
                "ours: open the ledger, compute, close, in a warm process; the shell's: its whole process, the "
                "SELECTs as SQLite traced them from ours",
            ),
        ),
        _hitung,
        ("sqlite3",),
    ),
    Tolok(
        "hledger",
        (
            Syarat(
                "hledger",
                "monthly balance of 100 000 transactions by hledger",
                "`laporan` of a month in a ledger of 100 000, whole process",
                6,
                "the ratio is hledger's time to ours; its journal lies within one year, hence twelve columns",
                sekurangnya=True,
            ),
        ),
        _hledger,
        ("hledger",),
    ),
    Tolok(
        "cari",
        (
            Syarat(
                "cari",
                "`cari`, 1 000 000 entries",
                "a LIKE scan by the sqlite3 shell plus a bare `import typer, sqlmodel`",
                1.5,
                "both look at every text field of every register; fourteen entries are found",
            ),
        ),
        _cari,
        ("sqlite3",),
    ),
)
