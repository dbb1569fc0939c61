"""``python -m bench [NAME …]``: measure, print the table, write docs/kinerja.md."""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from bench import awal, baca, catat, laporan, massal, tumbuh
from bench.data import KERJA, kabar
from bench.laporan import Hasil
from bench.tolok import Tempat, Tolok
from bench.ukur import BANDING, GagalJalan, lingkungan, python

# In the order of the table.
SEMUA: tuple[Tolok, ...] = (*awal.TOLOK, *catat.TOLOK, *baca.TOLOK, *massal.TOLOK)


def main() -> None:
    """Run what the command line names, or everything."""
    nama = [*(satu.nama for satu in SEMUA), tumbuh.NAMA]
    pilihan = _pilihan(nama)
    if pilihan.daftar:
        print("\n".join(nama))
        return
    # So that a run that is told to stop takes its copies of ledgers with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    KERJA.mkdir(parents=True, exist_ok=True)
    fakta = _fakta()
    terpilih = pilihan.nama or nama
    if pilihan.banding:
        os.environ[BANDING] = str(pilihan.banding.resolve())
        for tolok in SEMUA:
            if tolok.nama in terpilih:
                _bandingkan(tolok, fakta)
        return
    hasil = laporan.muat(laporan.mesin(fakta))
    for tolok in SEMUA:
        if tolok.nama in terpilih:
            _jalankan(tolok, fakta, hasil, pilihan.tanggal)
    if tumbuh.NAMA in terpilih:
        _tumbuh(fakta, hasil)
    _tulis(hasil, terpilih)


def _pilihan(nama: Sequence[str]) -> argparse.Namespace:
    baca_kata = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    baca_kata.add_argument("nama", nargs="*", metavar="NAME", help=f"one or more of: {', '.join(nama)}")
    baca_kata.add_argument("--daftar", action="store_true", help="list the names and stop")
    baca_kata.add_argument(
        "--tanggal", type=date.fromisoformat, default=date.today(), metavar="DATE", help="the day the document names"
    )
    baca_kata.add_argument(
        "--banding",
        type=Path,
        metavar="FOLDER",
        help="compare with another checkout, installed in its .venv, in turn; nothing is written",
    )
    pilihan = baca_kata.parse_args()
    if asing := sorted(set(pilihan.nama) - set(nama)):
        baca_kata.error(f"no such benchmark: {', '.join(asing)}")
    return pilihan


def _bandingkan(tolok: Tolok, fakta: dict[str, Any]) -> None:
    """Print the medians of the other checkout and of this one for each row that runs the program as a process."""
    with tempfile.TemporaryDirectory(dir=KERJA) as folder:
        for syarat, pasangan in zip(tolok.syarat, tolok.ukur(Tempat(Path(folder), fakta)), strict=True):
            if not pasangan.kita:
                print(f"{syarat.kunci:<20} no process of its own; not compared", flush=True)
                continue
            lama, baru = median(pasangan.mereka), median(pasangan.kita)
            beda = 100 * (baru / lama - 1)
            print(f"{syarat.kunci:<20} {lama:9.3f} -> {baru:9.3f} {syarat.satuan:<4} {beda:+6.1f} %", flush=True)


def _fakta() -> dict[str, Any]:
    kata = python("-m", "bench.pekerja", "fakta").kata
    fakta: dict[str, Any] = json.loads(subprocess.run(kata, capture_output=True, check=True, env=lingkungan()).stdout)
    return fakta


def _jalankan(tolok: Tolok, fakta: dict[str, Any], hasil: Hasil, hari: date) -> None:
    """Run one benchmark and print its rows; one that cannot be run is left out with its reason."""
    kabar(tolok.nama)
    sebab = tolok.kurang()
    try:
        with tempfile.TemporaryDirectory(dir=KERJA) as folder:
            if not sebab:
                ukuran = tolok.ukur(Tempat(Path(folder), fakta))
                for syarat, pasangan in zip(tolok.syarat, ukuran, strict=True):
                    hasil.terima(syarat, pasangan, hari)
    except (GagalJalan, OSError, subprocess.CalledProcessError) as galat:
        print(f"{tolok.nama}: {galat}", file=sys.stderr)
        sebab = str(galat).splitlines()[0].replace(str(KERJA), "build/bench")
    if sebab:
        hasil.tinggalkan(tolok, sebab)
    hasil.simpan()
    print(laporan.tabel(hasil, tolok.syarat), flush=True)


def _tumbuh(fakta: dict[str, Any], hasil: Hasil) -> None:
    kabar(tumbuh.NAMA)
    with tempfile.TemporaryDirectory(dir=KERJA) as folder:
        isi = tumbuh.ukur_tumbuh(Tempat(Path(folder), fakta))
    hasil.tumbuh = {nama: {str(entri): detik for entri, detik in satu.items()} for nama, satu in isi.items()}
    hasil.simpan()


def _tulis(hasil: Hasil, terpilih: Sequence[str]) -> None:
    semua = [syarat for tolok in SEMUA for syarat in tolok.syarat]
    kurang = laporan.belum_lengkap(hasil, semua)
    if kurang:
        print(f"docs/kinerja.md not written; not measured yet: {', '.join(kurang)}", file=sys.stderr)
        return
    laporan.tulis_dokumen(hasil, semua)
    if len(terpilih) > 1:
        print(f"\n{laporan.tabel(hasil, semua)}")


if __name__ == "__main__":
    main()
