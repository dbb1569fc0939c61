"""``python -m bench.skala [PART …]``: how far one ledger carries, on SQLite and on PostgreSQL; writes docs/skala.md.

The server is a cluster of its own on loopback, which keeps what it commits (fsync). What was measured is kept in
``build/bench/skala.json``, so that parts can be measured again.
"""

import argparse
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

import psycopg

from bench import data
from bench.data import BULAN, KERJA, SETAHUN, kabar
from bench.isi import LANGKA
from bench.skala_laporan import Ukuran, muat, simpan, tulis_dokumen
from bench.skala_tempat import UKURAN, Tempat, kabel
from bench.ukur import Pekerja, Perintah, Ukur, ikikec
from ikikec.kinerja.antarkantor import PALING_BANYAK
from tests.peladen import Peladen, letak_program

# A server is asked to hold no more: what comes after is told by the file.
TERBESAR_PELADEN = 1_000_000
PETUGAS = (1, 2, 4, 8, 16, 32)
KANTOR = 25
# Milliseconds that an answer from the server takes longer.
JARAK = (5, 20, 60)
# Seconds that clerks write at once, and that one act is measured again and again.
LAMA, ANGGARAN = 5.0, 2.0


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
        "bulan": _di_pekerja("hitung", letak, BULAN),
        "tahun": _di_pekerja("hitung", letak, SETAHUN),
        "cari": _di_pekerja("cari", letak, LANGKA),
        "periksa": _di_pekerja("periksa", letak),
        "catat": _di_pekerja("catat", letak),
    }


def _isi(tempat: Tempat) -> Iterator[tuple[str, Ukuran]]:
    """Every size on both engines: what it takes on the disk, and what each act takes."""
    for entri in (satu for satu in UKURAN if satu <= tempat.maks):
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


def _penulis(tempat: Tempat) -> Iterator[tuple[str, Ukuran]]:
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


def _impor(tempat: Tempat) -> Iterator[tuple[str, Ukuran]]:
    """One clerk imports a file; what another's act and a reader's month take meanwhile, at worst."""
    csv = str(data.csv_survei(10_000))
    for mesin, letak in (("SQLite", tempat.berkas(10_000)), ("PostgreSQL", tempat.di_peladen(10_000, "impor")[0])):
        kabar(f"import on {mesin}")
        kata = (Pekerja("catat", letak), Pekerja("hitung", letak, BULAN))
        with kata[0] as penulis, kata[1] as pembaca, ThreadPoolExecutor(3) as kolam:
            for satu in (penulis, pembaca):
                satu()
            impor = kolam.submit(ikikec("--hening", "impor", "survei", csv, buku=letak))
            tunggu = [kolam.submit(_sampai, impor.done, satu) for satu in (penulis, pembaca)]
            catat, baca = (max(satu.result()) for satu in tunggu)
            yield mesin, {"impor": impor.result(), "catat": catat, "baca": baca}


def _jarak(tempat: Tempat) -> Iterator[tuple[str, Ukuran]]:
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


def _rekap(tempat: Tempat) -> Iterator[tuple[str, Ukuran]]:
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
                    "berurut": _di_pekerja("rekap", "1", BULAN, *letak),
                    "serentak": _di_pekerja("rekap", str(PALING_BANYAK), BULAN, *letak),
                    "perintah": _tengah(ikikec("--hening", "rekap", "--periode", BULAN, *buku)),
                },
            )


BAGIAN = {"isi": _isi, "penulis": _penulis, "impor": _impor, "jarak": _jarak, "rekap": _rekap}


def main() -> None:
    """Measure what the command line names, or everything, and write the document once nothing is missing."""
    kata = argparse.ArgumentParser(prog="python -m bench.skala", description=__doc__)
    kata.add_argument("bagian", nargs="*", help=f"one or more of: {', '.join(BAGIAN)}")
    kata.add_argument(
        "--maks", type=int, default=max(UKURAN), metavar="N", help="a trial: no larger ledger, nothing kept"
    )
    kata.add_argument("--tulis", action="store_true", help="measure nothing, only write the document anew")
    pilihan = kata.parse_args()
    if asing := sorted(set(pilihan.bagian) - set(BAGIAN)):
        kata.error(f"no such part: {', '.join(asing)}")
    if letak_program() is None:
        sys.exit("no PostgreSQL server found (Debian: apt-get install postgresql)")
    # So that a run that is told to stop takes its server with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    hasil = muat()
    for nama in () if pilihan.tulis else pilihan.bagian or BAGIAN:
        isi = _ukur(nama, pilihan.maks)
        if pilihan.maks == max(UKURAN):
            hasil.terima(nama, isi, date.today())
            simpan(hasil)
    if pilihan.maks < max(UKURAN):
        return
    if kurang := [nama for nama in BAGIAN if nama not in hasil.bagian]:
        sys.exit(f"docs/skala.md not written; not measured yet: {', '.join(kurang)}")
    tulis_dokumen(hasil)


def _ukur(nama: str, maks: int) -> dict[str, Ukuran]:
    """Measure one part on a new server and print it."""
    KERJA.mkdir(parents=True, exist_ok=True)
    mulai = time.monotonic()
    isi: dict[str, Ukuran] = {}
    with tempfile.TemporaryDirectory(dir=KERJA) as folder:
        peladen = Peladen(Path(folder) / "klaster", tahan=True)
        try:
            for kunci, satu in BAGIAN[nama](Tempat(Path(folder), peladen, maks)):
                isi[kunci] = satu
                angka = ", ".join(f"{apa} {nilai:.4g}" for apa, nilai in satu.items())
                print(f"{nama} {kunci}: {angka}", flush=True)
        finally:
            peladen.buang()
    kabar(f"{nama}: {time.monotonic() - mulai:.0f} s")
    return isi


if __name__ == "__main__":
    main()
