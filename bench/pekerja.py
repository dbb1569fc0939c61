"""What is measured inside one warm Python process: ``python -m bench.pekerja ACT LEDGER …``.

Each line on stdin asks for the act once; the answer is the seconds it took. Two acts answer once and end: ``fakta``
with what the document tells of this program, ``sql`` with the statements behind all measures.
"""

import json
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

Kerja = Callable[[str], None]


def main(kata: list[str]) -> None:
    """Do what the command line names."""
    nama, *sisa = kata
    if nama == "fakta":
        print(json.dumps(_fakta()))
    elif nama == "sql":
        print("\n".join(f"{satu};" for satu in _sql(*sisa)))
    else:
        _layani(_KERJA[nama](*sisa))


def _layani(kerja: Kerja) -> None:
    for baris in sys.stdin:
        mulai = time.perf_counter()
        kerja(baris.strip())
        print(time.perf_counter() - mulai, flush=True)


def _fakta() -> dict[str, Any]:
    from typer.main import get_command

    from ikikec.buku.skema import VERSI
    from ikikec.cli.app import app

    program: Any = get_command(app)
    catat = program.commands["catat"]
    return {
        "skema": VERSI,
        "sqlite": sqlite3.sqlite_version,
        "perintah": sum(len(getattr(satu, "commands", [satu])) for satu in program.commands.values()),
        "perintah_catat": list(catat.commands),
        "opsi_pengaduan": [param.opts[0] for param in catat.commands["pengaduan"].params],
    }


def _hitung(berkas: str, periode: str) -> Kerja:
    """Open the ledger, compute all measures of a period, close it."""
    from ikikec.buku.bacaan import buka_bacaan
    from ikikec.buku.mesin.sqlite import MesinSqlite
    from ikikec.kinerja.realisasi import angka_semua
    from ikikec.periode import baca_periode

    rentang = baca_periode(periode, date.max)

    def hitung(_kata: str) -> None:
        with buka_bacaan(MesinSqlite(Path(berkas), 10)) as bacaan:
            angka_semua(bacaan, rentang)

    return hitung


def _sql(berkas: str, periode: str) -> list[str]:
    """The SELECTs behind all measures of a period, as SQLite itself tells them: values filled in."""
    from ikikec.buku.bacaan import buka_bacaan
    from ikikec.buku.mesin.sqlite import MesinSqlite
    from ikikec.kinerja.realisasi import angka_semua
    from ikikec.periode import baca_periode

    terdengar: list[str] = []
    sambung = sqlite3.connect

    def dengar(*args: Any, **opsi: Any) -> sqlite3.Connection:
        koneksi: sqlite3.Connection = sambung(*args, **opsi)
        koneksi.set_trace_callback(terdengar.append)
        return koneksi

    sqlite3.connect = dengar  # type: ignore[assignment]
    with buka_bacaan(MesinSqlite(Path(berkas), 10)) as bacaan:
        terdengar.clear()
        angka_semua(bacaan, baca_periode(periode, date.max))
        return [satu for satu in terdengar if satu.lstrip().upper().startswith(("SELECT", "WITH"))]


def _penulis(berkas: str) -> Kerja:
    """Append complaints: ``8 25`` means eight threads at once, each with its own ledger object, 25 entries each."""
    from ikikec.buku.aturan import susun
    from ikikec.buku.buku import Buku
    from ikikec.buku.mesin.sqlite import MesinSqlite
    from ikikec.buku.register import PENGADUAN
    from ikikec.buku.tabel import Isian
    from ikikec.konfigurasi import Konfigurasi

    hari = date(2026, 12, 1)
    isian = susun(PENGADUAN, {"tanggal": hari, "pelapor": "Siti", "uraian": "Lampu jalan padam"})
    assert isinstance(isian, Isian)

    def satu(jumlah: int, galat: list[Exception]) -> None:
        mesin = MesinSqlite(Path(berkas), 60)
        buku = Buku(mesin, Konfigurasi(), "Petugas", hari, lambda: datetime.now(UTC))
        try:
            for _ in range(jumlah):
                buku.catat(PENGADUAN, isian)
        except Exception as salah:
            galat.append(salah)

    def tulis(kata: str) -> None:
        utas, jumlah = map(int, kata.split())
        galat: list[Exception] = []
        semua = [threading.Thread(target=satu, args=(jumlah, galat)) for _ in range(utas)]
        for benang in semua:
            benang.start()
        for benang in semua:
            benang.join()
        if galat:
            raise galat[0]

    return tulis


_KERJA: dict[str, Callable[..., Kerja]] = {"hitung": _hitung, "penulis": _penulis}

if __name__ == "__main__":
    main(sys.argv[1:])
