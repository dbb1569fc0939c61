"""The study of docs/skala.md: how far one ledger carries, as a file and on a server that keeps what it commits."""

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import psycopg

from bench import data
from bench.data import BULAN, KERJA, SETAHUN, kabar
from bench.hasil import SKALA
from bench.isi import LANGKA
from bench.ukur import Pekerja, Perintah, Ukur, ikikec, lingkungan, python
from ikikec.buku.skema import VERSI
from ikikec.kinerja.antarkantor import PALING_BANYAK
from tests.peladen import Peladen, letak_program

UKURAN = {10_000: "tumbuh-10000", 100_000: "tumbuh-100000", 1_000_000: "tumbuh-1000000", 3_000_000: "besar-3000000"}
# A server is asked to hold no more: what comes after is told by the file.
TERBESAR_PELADEN = 1_000_000
PETUGAS = (1, 2, 4, 8, 16, 32)
KANTOR = 25
# Milliseconds that an answer from the server takes longer.
JARAK = (5, 20, 60)
# Seconds that clerks write at once, and that one act is measured again and again.
LAMA, ANGGARAN = 5.0, 2.0

Ukuran = dict[str, float]


@dataclass(frozen=True, slots=True)
class Lapangan:
    """Where is measured: a folder and a server, both new."""

    folder: Path
    peladen: Peladen

    def berkas(self, entri: int, sebutan: str = "buku") -> str:
        """A copy of a ledger of that size, as a file to write in."""
        return str(data.salin(data.buku(UKURAN[entri], VERSI), self.folder / f"{sebutan}{entri}.db"))

    def basis(self, nama: str, templat: str) -> str:
        """A new database made from another; returns its address."""
        with psycopg.connect(self.peladen.url("postgres"), autocommit=True) as koneksi:
            koneksi.execute(f'CREATE DATABASE "{nama}" TEMPLATE "{templat}" STRATEGY file_copy'.encode())
        return self.peladen.url(nama)

    def di_peladen(self, entri: int, sebutan: str = "") -> tuple[str, float]:
        """The same ledger moved into a database of its own; returns its address, and how long moving took."""
        url = self.basis(f"{sebutan}{entri}", "template0")
        berkas = self.berkas(entri, "pindah")
        detik = ikikec("--hening", "pindahkan", berkas, url, "--ya")()
        Path(berkas).unlink()
        with psycopg.connect(url, autocommit=True) as koneksi:
            # What the server would do by itself some time later.
            koneksi.execute("VACUUM ANALYZE")
            koneksi.execute("CHECKPOINT")
        return url, detik

    def kantor(self, sebutan: str, banyak: int) -> list[str]:
        """The ledgers of so many offices, a database each; returns their addresses."""
        self.di_peladen(10_000, sebutan)
        return [self.basis(f"{sebutan}-{urut}", f"{sebutan}10000") for urut in range(banyak)]


@contextmanager
def kabel(porta: int, milidetik: int) -> Iterator[int]:
    """A long line to the server; tells the port at its near end."""
    kata = (*python("-m", "bench.kabel", str(porta), str(milidetik)).kata,)
    with subprocess.Popen(kata, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=lingkungan()) as proses:
        assert proses.stdout
        yield int(proses.stdout.readline())


def _tengah(ukur: Ukur) -> float:
    """The median of what an act takes once it is warm; one that is slow is not asked twice."""
    pertama = ukur()
    if pertama > 5 * ANGGARAN:
        return pertama
    hasil = [ukur()]
    while sum(hasil) < ANGGARAN and len(hasil) < 50:
        hasil.append(ukur())
    return median(hasil)


def _di_pekerja(*kata: str) -> float:
    with Pekerja(*kata) as pekerja:
        return _tengah(pekerja)


def _ukur_buku(letak: str) -> Ukuran:
    return {
        "bulan": _di_pekerja("hitung", "1", BULAN, letak),
        "tahun": _di_pekerja("hitung", "1", SETAHUN, letak),
        "cari": _di_pekerja("cari", letak, LANGKA),
        "periksa": _di_pekerja("periksa", letak),
        "catat": _di_pekerja("catat", letak),
    }


def _isi(tempat: Lapangan) -> Iterator[tuple[str, Ukuran]]:
    """Every size on both engines: what it takes on the disk, and what each act takes."""
    for entri in UKURAN:
        berkas = tempat.berkas(entri)
        kabar(f"file of {entri:,} entries")
        salinan = _di_pekerja("salin", berkas, str(tempat.folder / "cadangan.db"))
        yield f"SQLite {entri}", _besar_berkas(berkas) | {"cadangan": salinan} | _ukur_buku(berkas)
        Path(berkas).unlink()
        if entri <= TERBESAR_PELADEN:
            kabar(f"database of {entri:,} entries")
            url, pindah = tempat.di_peladen(entri)
            dump = Perintah((str(_pg("pg_dump")), "-Fc", "-f", str(tempat.folder / "cadangan.dump"), url))
            lain = {"pindah": pindah, "cadangan": _tengah(dump)}
            yield f"PostgreSQL {entri}", _besar_basis(url) | lain | _ukur_buku(url)


def _besar_berkas(berkas: str) -> Ukuran:
    jurnal = "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = 'jurnal')"
    with closing(sqlite3.connect(berkas)) as koneksi:
        ((baris,), (bita,)) = (koneksi.execute(sql).fetchone() for sql in ("SELECT max(seq) FROM jurnal", jurnal))
    return {"bita": Path(berkas).stat().st_size, "bita_jurnal": bita, "baris": baris}


def _besar_basis(url: str) -> Ukuran:
    sql = "SELECT pg_database_size(current_database()), pg_total_relation_size('jurnal'), max(seq) FROM jurnal"
    with psycopg.connect(url) as koneksi:
        bita, bita_jurnal, baris = koneksi.execute(sql).fetchone() or (0, 0, 0)
    return {"bita": bita, "bita_jurnal": bita_jurnal, "baris": baris}


def _pg(nama: str) -> Path:
    folder = letak_program()
    assert folder is not None
    return folder / nama


@contextmanager
def _petugas(letak: Sequence[str]) -> Iterator[list[Pekerja]]:
    """A clerk at each address, a warm process each."""
    with ExitStack() as tumpukan, ThreadPoolExecutor(len(letak)) as kolam:
        semua = [tumpukan.enter_context(Pekerja("catat", satu)) for satu in letak]
        list(kolam.map(lambda satu: satu(), semua))
        yield semua


def _sampai(habis: Callable[[], bool], pekerja: Pekerja) -> list[float]:
    """What each act took, one after the other until it is time."""
    hasil: list[float] = []
    while not habis():
        hasil.append(pekerja())
    return hasil


def _serentak(petugas: Sequence[Pekerja]) -> Ukuran:
    """All clerks at once, none of whom ever pauses: entries per second, and what one act takes until it is kept."""
    mulai = time.perf_counter()
    with ThreadPoolExecutor(len(petugas)) as kolam:
        kerja = partial(_sampai, lambda: time.perf_counter() - mulai > LAMA)
        semua = [lama for hasil in kolam.map(kerja, petugas) for lama in hasil]
    detik = time.perf_counter() - mulai
    return {"per_detik": len(semua) / detik, "tengah": median(semua), "terlama": max(semua)}


def _penulis(tempat: Lapangan) -> Iterator[tuple[str, Ukuran]]:
    """Ever more clerks in one ledger, then each in the ledger of an office."""
    for mesin, letak in (("SQLite", tempat.berkas(10_000)), ("PostgreSQL", tempat.di_peladen(10_000, "ramai")[0])):
        kabar(f"clerks on {mesin}")
        with _petugas([letak] * max(PETUGAS)) as semua:
            for banyak in PETUGAS:
                yield f"{mesin} {banyak}", _serentak(semua[:banyak])
    kabar("clerks in ledgers of their own")
    with _petugas(tempat.kantor("meja", max(PETUGAS))) as semua:
        for banyak in PETUGAS:
            yield f"rantai {banyak}", _serentak(semua[:banyak])


def _impor(tempat: Lapangan) -> Iterator[tuple[str, Ukuran]]:
    """One clerk imports a file; what another's act and a reader's month take meanwhile, at worst."""
    csv = str(data.csv_survei(10_000))
    for mesin, letak in (("SQLite", tempat.berkas(10_000)), ("PostgreSQL", tempat.di_peladen(10_000, "impor")[0])):
        kabar(f"import on {mesin}")
        kata = (Pekerja("catat", letak), Pekerja("hitung", "1", BULAN, letak))
        with kata[0] as penulis, kata[1] as pembaca, ThreadPoolExecutor(3) as kolam:
            for satu in (penulis, pembaca):
                satu()
            impor = kolam.submit(ikikec("--hening", "impor", "survei", csv, "--catat-duplikat", buku=letak))
            tunggu = [kolam.submit(_sampai, impor.done, satu) for satu in (penulis, pembaca)]
            catat, baca = (max(satu.result()) for satu in tunggu)
            yield mesin, {"impor": impor.result(), "catat": catat, "baca": baca}


def _jarak(tempat: Lapangan) -> Iterator[tuple[str, Ukuran]]:
    """Clerks far from the server: one, then eight in one ledger, then eight with a ledger each."""
    dekat = tempat.kantor("jauh", 8)
    for milidetik in JARAK:
        kabar(f"{milidetik} ms away")
        with kabel(tempat.peladen.porta, milidetik) as porta:
            jauh = [satu.replace(str(tempat.peladen.porta), str(porta)) for satu in dekat]
            with _petugas(jauh[:1] * len(jauh)) as semua:
                yield f"{milidetik} satu", _serentak(semua[:1])
                yield f"{milidetik} bersama", _serentak(semua)
            with _petugas(jauh) as semua:
                yield f"{milidetik} sendiri", _serentak(semua)


def _rekap(tempat: Lapangan) -> Iterator[tuple[str, Ukuran]]:
    """The figures of a month from the ledgers of a regency: beside the reader, on a server, on one far away."""
    di_peladen = tempat.kantor("kantor", KANTOR)
    with kabel(tempat.peladen.porta, max(JARAK)) as porta:
        semua = {
            "SQLite": [tempat.berkas(10_000, f"kantor{urut}") for urut in range(KANTOR)],
            "PostgreSQL": di_peladen,
            "jauh": [satu.replace(str(tempat.peladen.porta), str(porta)) for satu in di_peladen],
        }
        for mesin, letak in semua.items():
            buku = [kata for satu in letak for kata in ("--buku", satu)]
            yield (
                mesin,
                {
                    "berurut": _di_pekerja("hitung", "1", BULAN, *letak),
                    "serentak": _di_pekerja("hitung", str(PALING_BANYAK), BULAN, *letak),
                    "perintah": _tengah(ikikec("--hening", "rekap", "--periode", BULAN, *buku)),
                },
            )


_UKUR = dict(zip(SKALA, (_isi, _penulis, _impor, _jarak, _rekap), strict=True))


def ukur_bagian(nama: str) -> dict[str, Ukuran]:
    """Measure one part on a new server and print it."""
    hasil: dict[str, Ukuran] = {}
    with tempfile.TemporaryDirectory(dir=KERJA) as folder:
        peladen = Peladen(Path(folder) / "klaster", tahan=True)
        try:
            for kunci, satu in _UKUR[nama](Lapangan(Path(folder), peladen)):
                hasil[kunci] = satu
                angka = ", ".join(f"{apa} {nilai:.4g}" for apa, nilai in satu.items())
                print(f"{nama} {kunci}: {angka}", flush=True)
        finally:
            peladen.buang()
    return hasil
