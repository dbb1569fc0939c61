"""``python -m bench [NAME …]``: measure, print what came out, and write the documents that lack nothing.

``kinerja`` (the rows of docs/kinerja.md, the default) and ``skala`` (the parts of docs/skala.md) name them all.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from bench.data import KERJA, kabar
from bench.dokumen import baris_layar, tulis
from bench.hasil import SKALA, TUMBUH, Hasil, muat, susun_baris
from bench.kinerja import BARIS, UKUR, Tempat, ukur_tumbuh
from bench.ukur import BANDING, GagalJalan, lingkungan, python

KELOMPOK = {"kinerja": [*BARIS, TUMBUH], "skala": list(SKALA)}
NAMA = [satu for isi in KELOMPOK.values() for satu in isi]


def main() -> None:
    """Run what the command line names."""
    pilihan = _pilihan()
    terpilih = [satu for nama in pilihan.nama or ["kinerja"] for satu in KELOMPOK.get(nama, [nama])]
    # So that a run that is told to stop takes its copies of ledgers, and its server, with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    KERJA.mkdir(parents=True, exist_ok=True)
    if pilihan.banding:
        os.environ[BANDING] = str(pilihan.banding.resolve())
        for nama in filter(BARIS.__contains__, terpilih):
            _bandingkan(nama)
        return
    hasil = muat()
    for nama in () if pilihan.tulis else terpilih:
        mulai = time.monotonic()
        _jalankan(nama, hasil, pilihan.tanggal)
        kabar(f"{nama}: {time.monotonic() - mulai:.0f} s")
    tulis(hasil)


def _pilihan() -> argparse.Namespace:
    kata = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    kata.add_argument("nama", nargs="*", metavar="NAME", help=f"{', '.join(KELOMPOK)}, or of: {', '.join(NAMA)}")
    kata.add_argument("--tulis", action="store_true", help="measure nothing, only write the documents anew")
    kata.add_argument(
        "--tanggal", type=date.fromisoformat, default=date.today(), metavar="DATE", help="the day the documents name"
    )
    kata.add_argument(
        "--banding",
        type=Path,
        metavar="FOLDER",
        help="compare rows with another checkout, installed in its .venv, in turn; nothing is written",
    )
    pilihan = kata.parse_args()
    if asing := sorted(set(pilihan.nama) - {*NAMA, *KELOMPOK}):
        kata.error(f"no such benchmark: {', '.join(asing)}")
    return pilihan


@contextmanager
def _tempat() -> Iterator[Tempat]:
    kata = python("-m", "bench.pekerja", "fakta").kata
    fakta: dict[str, Any] = json.loads(subprocess.run(kata, capture_output=True, check=True, env=lingkungan()).stdout)
    with tempfile.TemporaryDirectory(dir=KERJA) as folder:
        yield Tempat(Path(folder), fakta)


def _bandingkan(nama: str) -> None:
    """Print the medians of the other checkout and of this one for each row that runs the program as a process."""
    with _tempat() as tempat:
        for baris, pasangan in zip(BARIS[nama], UKUR[nama](tempat), strict=True):
            if not pasangan.kita:
                print(f"{baris.kunci:<20} no process of its own; not compared", flush=True)
                continue
            lama, baru = median(pasangan.mereka), median(pasangan.kita)
            beda = 100 * (baru / lama - 1)
            print(f"{baris.kunci:<20} {lama:9.3f} -> {baru:9.3f} {baris.satuan:<4} {beda:+6.1f} %", flush=True)


def _jalankan(nama: str, hasil: Hasil, hari: date) -> None:
    kabar(nama)
    if nama in SKALA:
        from bench.skala import ukur_bagian

        hasil.terima(nama, ukur_bagian(nama), hari)
    elif nama == TUMBUH:
        with _tempat() as tempat:
            hasil.terima(nama, ukur_tumbuh(tempat), hari)
    else:
        _ukur_baris(nama, hasil, hari)


def _ukur_baris(nama: str, hasil: Hasil, hari: date) -> None:
    """Measure a benchmark's rows and print them; one that cannot be run is left out with its reason."""
    sebab = BARIS[nama][0].kurang()
    try:
        with _tempat() as tempat:
            for baris, pasangan in zip(() if sebab else BARIS[nama], UKUR[nama](tempat), strict=False):
                hasil.terima(baris.kunci, susun_baris(baris, pasangan), hari)
    except (GagalJalan, OSError, subprocess.CalledProcessError) as galat:
        print(f"{nama}: {galat}", file=sys.stderr)
        sebab = str(galat).splitlines()[0].replace(str(KERJA), "build/bench")
    for baris in BARIS[nama]:
        if sebab:
            hasil.terima(baris.kunci, {"absen": sebab}, hari)
        print(baris_layar(hasil, baris), flush=True)


if __name__ == "__main__":
    main()
