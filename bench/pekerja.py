"""What is measured inside one warm Python process: ``python -m bench.pekerja ACT LEDGER …``.

Each line on stdin asks for the act once; the answer is the seconds it took. Two acts answer once and end: ``fakta``
with what the document tells of this program, ``sql`` with the statements behind all measures.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from typer.main import get_command

from ikikec.berkas import sementara
from ikikec.buku.aturan import susun
from ikikec.buku.baca import buka_bacaan, cari_teks
from ikikec.buku.buku import Buku
from ikikec.buku.keutuhan import PEMERIKSAAN, buka_periksa, jalankan
from ikikec.buku.mesin import mesin_di
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.buku.mesin.dasar import Mesin
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.register import PENGADUAN
from ikikec.buku.skema import VERSI
from ikikec.buku.terbuka import banyak_terlambat
from ikikec.cli.app import app
from ikikec.cli.meja import TERBANYAK
from ikikec.kinerja.hitung import angka_semua
from ikikec.kinerja.periksa_kantor import bulan_tertutup
from ikikec.kinerja.ukuran import ukuran_bawaan
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import baca_periode

Kerja = Callable[[str], None]
# Seconds a lock is waited for: long, since a wait is to be measured and not to end in a refusal.
TUNGGU = 60
HARI = date(2026, 12, 1)


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

    program: Any = get_command(app)
    catat = program.commands["catat"]
    return {
        "skema": VERSI,
        "sqlite": sqlite3.sqlite_version,
        "perintah": sum(len(getattr(satu, "commands", [satu])) for satu in program.commands.values()),
        "perintah_catat": list(catat.commands),
        "opsi_pengaduan": [param.opts[0] for param in catat.commands["pengaduan"].params],
    }


def _mesin(letak: str) -> Mesin:
    return mesin_di(baca_alamat(letak), TUNGGU)


def _hitung(sekaligus: str, periode: str, *letak: str) -> Kerja:
    """Open each ledger, compute all measures of a period, close it; so many ledgers at a time."""
    ukuran, konfig = ukuran_bawaan(), Konfigurasi()
    rentang, semua = baca_periode(periode, date.max), [_mesin(satu) for satu in letak]
    kolam = ThreadPoolExecutor(int(sekaligus))

    def angka(mesin: Mesin) -> None:
        with buka_bacaan(mesin) as bacaan:
            angka_semua(bacaan, rentang, ukuran, konfig)

    return lambda _kata: list((map if sekaligus == "1" else kolam.map)(angka, semua)).clear()


def _cari(letak: str, teks: str) -> Kerja:
    """Find a text in every register."""

    def cari(_kata: str) -> None:
        with buka_bacaan(_mesin(letak)) as bacaan:
            assert list(cari_teks(bacaan.koneksi, teks))

    return cari


def _periksa(letak: str) -> Kerja:
    """Every check, none of which may find anything."""
    semua = (*PEMERIKSAAN, bulan_tertutup(ukuran_bawaan(), Konfigurasi()))

    def periksa(_kata: str) -> None:
        with buka_periksa(_mesin(letak)) as bacaan:
            kena = [satu for satu in jalankan(bacaan, semua, HARI, lambda _: None) if satu.temuan]
        if kena:
            raise AssertionError(f"{letak}: {kena[0].pemeriksaan.nama}: {kena[0].temuan[0]}")

    return periksa


def _salin(berkas: str, tujuan: str) -> Kerja:
    """A backup of a file by SQLite's backup API."""

    def buat(_kata: str) -> None:
        with sementara(Path(tujuan)) as salinan:
            MesinSqlite(Path(berkas), TUNGGU).salin(salinan)
            salinan.replace(tujuan)

    return buat


def _sql(berkas: str, periode: str) -> list[str]:
    """The SELECTs behind all measures of a period, as SQLite itself tells them: values filled in."""
    terdengar: list[str] = []
    sambung = sqlite3.connect

    def dengar(*args: Any, **opsi: Any) -> sqlite3.Connection:
        koneksi: sqlite3.Connection = sambung(*args, **opsi)
        koneksi.set_trace_callback(terdengar.append)
        return koneksi

    sqlite3.connect = dengar  # type: ignore[assignment]
    with buka_bacaan(MesinSqlite(Path(berkas), 10)) as bacaan:
        terdengar.clear()
        angka_semua(bacaan, baca_periode(periode, date.max), ukuran_bawaan(), Konfigurasi())
        return [satu for satu in terdengar if satu.lstrip().upper().startswith(("SELECT", "WITH"))]


def _pencatat(letak: str) -> Callable[[int], None]:
    """What appends so many complaints, through a ledger object of its own."""
    isian = susun(PENGADUAN, {"tanggal": HARI, "pelapor": "Siti", "uraian": "Lampu jalan padam"})
    assert isinstance(isian, dict)
    buku = Buku(_mesin(letak), Konfigurasi(), "Petugas", HARI, lambda: datetime.now(UTC))

    def catat(jumlah: int) -> None:
        for _ in range(jumlah):
            buku.catat(PENGADUAN, isian)

    return catat


def _catat(letak: str) -> Kerja:
    """Append a complaint; ``8 25`` means eight threads at once, each with its own ledger object, 25 entries each."""
    sendiri = _pencatat(letak)

    def catat(kata: str) -> None:
        if not kata:
            sendiri(1)
            return
        utas, jumlah = map(int, kata.split())
        with ThreadPoolExecutor(utas) as kolam:
            list(kolam.map(lambda _urut: _pencatat(letak)(jumlah), range(utas)))

    return catat


def _tengok(letak: str) -> Kerja:
    """Append a complaint, and look twice at what is late, as the desk does around a command."""
    catat, mesin = _pencatat(letak), _mesin(letak)

    def tengok(_kata: str) -> None:
        catat(1)
        for terhitung in (True, False):
            with buka_bacaan(mesin) as bacaan:
                bacaan.ujung()
                if not terhitung:
                    banyak_terlambat(bacaan.koneksi, HARI, TERBANYAK + 1)

    return tengok


_KERJA: dict[str, Callable[..., Kerja]] = {
    "cari": _cari,
    "catat": _catat,
    "hitung": _hitung,
    "periksa": _periksa,
    "salin": _salin,
    "tengok": _tengok,
}

if __name__ == "__main__":
    main(sys.argv[1:])
