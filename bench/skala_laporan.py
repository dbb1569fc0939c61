"""docs/skala.md from what ``bench.skala`` measured: tables, and the figures its sentences need (see skala.md)."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from bench.data import KERJA
from bench.isi import BANYAK
from bench.ukur import AKAR
from tests.peladen import letak_program

DOKUMEN = AKAR / "docs" / "skala.md"
_NASKAH = Path(__file__).with_name("skala.md")
_SIMPANAN = KERJA / "skala.json"

# What is assumed: entries a day at one counter, days a year; what share of a day falls into its busiest hour.
SEHARI, HARI_KERJA, PUNCAK = 40, 240, 0.25
# Acts after the first, per entry: four of five services, permits and papers get one, two of a hundred a correction.
LANGKAH = 0.8 * (BANYAK["informasi"] + BANYAK["rekomendasi"] + BANYAK["surat-kabar"]) / 100 + 0.02
KANTOR = {"one office": 1, "a regency": 25, "a province": 150}
PROVINSI = KANTOR["a province"]
# Years after which the checks of one chain are told.
TAHUN = 5
MESIN = ("SQLite", "PostgreSQL")

Ukuran = dict[str, float]


@dataclass(slots=True)
class Hasil:
    """What was measured on this machine: each part's figures by key, and the day."""

    mesin: dict[str, str]
    bagian: dict[str, dict[str, Ukuran]] = field(default_factory=dict)
    hari: dict[str, str] = field(default_factory=dict)

    def terima(self, nama: str, isi: dict[str, Ukuran], hari: date) -> None:
        """Keep a part in place of what was before."""
        self.bagian[nama], self.hari[nama] = isi, hari.isoformat()

    def tiap_entri(self, mesin: str) -> float:
        """Bytes of an entry with its first journal line: what the tenfold ledger has more."""
        kecil, besar = (self.bagian["isi"][f"{mesin} {entri}"] for entri in (10_000, 100_000))
        return (besar["bita"] - kecil["bita"]) / (besar["baris"] - kecil["baris"])

    def tiap_baris(self, mesin: str) -> float:
        """Bytes of a journal line alone, its indexes included."""
        isi = self.bagian["isi"][f"{mesin} 100000"]
        return isi["bita_jurnal"] / isi["baris"]

    def terbesar(self, mesin: str) -> Ukuran:
        """The largest ledger that was measured."""
        return max((isi for kunci, isi in self.bagian["isi"].items() if kunci.startswith(mesin)), key=_baris)


def _baris(isi: Ukuran) -> float:
    return isi["baris"]


def muat() -> Hasil:
    """What earlier runs on this machine left; what another machine or version measured does not count."""
    if _SIMPANAN.exists():
        lama = Hasil(**json.loads(_SIMPANAN.read_text()))
        if lama.mesin == _mesin():
            return lama
    return Hasil(_mesin())


def simpan(hasil: Hasil) -> None:
    """Keep all of it for later runs."""
    _SIMPANAN.write_text(json.dumps(asdict(hasil), indent=1))


def _mesin() -> dict[str, str]:
    ram = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    program = letak_program()
    assert program is not None
    versi = subprocess.run((program / "postgres", "--version"), capture_output=True, check=True, text=True).stdout
    return {
        "System": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {ram:.0f} GiB",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": versi.split()[2],
    }


def tulis_dokumen(hasil: Hasil) -> None:
    """Write docs/skala.md."""
    bagian = {
        "HARI": " to ".join(sorted({min(hasil.hari.values()), max(hasil.hari.values())})),
        "MESIN": "\n".join(f"- {nama}: {isi}" for nama, isi in hasil.mesin.items()),
        "SETAHUN": _setahun(hasil),
        "ISI": _isi(hasil),
        "PENULIS": _penulis(hasil),
        "IMPOR": _impor(hasil),
        "JARAK": _jarak(hasil),
        "REKAP": _rekap(hasil),
        **_angka(hasil),
    }
    naskah = _NASKAH.read_text(encoding="utf-8")
    for nama, isi in bagian.items():
        naskah = naskah.replace(f"{{{nama}}}", isi)
    DOKUMEN.write_text(naskah, encoding="utf-8")


def _tabel(kepala: Sequence[str], baris: Iterable[Sequence[str]]) -> str:
    garis = "|---|" + "--:|" * (len(kepala) - 1)
    return "\n".join((_deret(kepala), garis, *(_deret(satu) for satu in baris)))


def _deret(sel: Sequence[str]) -> str:
    return f"| {' | '.join(sel)} |"


def _bulat(nilai: float, angka: int = 3) -> str:
    """A figure to so many digits, thousands apart."""
    if nilai >= 10 ** (angka - 1):
        kelipatan = 10 ** (len(str(int(nilai))) - angka) if nilai >= 10**angka else 1
        return f"{round(nilai / kelipatan) * kelipatan:,}".replace(",", " ")
    return f"{nilai:.{angka}g}"


def _lama(detik: float) -> str:
    if detik < 1:
        return f"{detik * 1000:.2g} ms" if detik < 0.1 else f"{detik * 1000:.0f} ms"
    return f"{detik:.2g} s" if detik < 10 else f"{detik:.0f} s" if detik < 120 else f"{detik / 60:.0f} min"


def _mb(bita: float) -> str:
    return _bulat(bita / 1e6, 2 if bita < 1e8 else 3)


def _disk(hasil: Hasil, mesin: str, entri: float) -> float:
    return entri * (hasil.tiap_entri(mesin) + LANGKAH * hasil.tiap_baris(mesin))


def _setahun(hasil: Hasil) -> str:
    def baris() -> Iterator[Sequence[str]]:
        for nama, kantor in KANTOR.items():
            entri = kantor * SEHARI * HARI_KERJA
            disk = [f"{_mb(_disk(hasil, mesin, entri))} MB" for mesin in MESIN]
            puncak = kantor * SEHARI * PUNCAK * (1 + LANGKAH) / 3600
            yield f"{nama} ({kantor})", _bulat(entri), _bulat(entri * (1 + LANGKAH)), *disk, f"{puncak:.2g} /s"

    return _tabel(("in a year", "entries", "journal lines", *MESIN, "acts in the busiest hour"), baris())


def _isi(hasil: Hasil) -> str:
    nama = {
        "catat": "`catat`",
        "bulan": "a month",
        "tahun": "a year",
        "cari": "`cari`",
        "periksa": "`periksa`",
        "cadangan": "backup",
        "pindah": "`pindahkan`",
    }

    def baris() -> Iterator[Sequence[str]]:
        for kunci, isi in sorted(hasil.bagian["isi"].items(), key=lambda satu: satu[0].split()[0], reverse=True):
            mesin, entri = kunci.split()
            yield (
                f"{mesin}, {_bulat(int(entri))}",
                f"{_mb(isi['bita'])} MB",
                *(_lama(isi[satu]) if satu in isi else "" for satu in nama),
            )

    return _tabel(("entries", "on disk", *nama.values()), baris())


def _penulis(hasil: Hasil) -> str:
    isi = hasil.bagian["penulis"]
    nama = {"SQLite": "one SQLite file", "PostgreSQL": "one PostgreSQL ledger", "rantai": "a ledger each"}
    banyak = sorted({int(kunci.split()[1]) for kunci in isi})
    baris = ([str(satu), *(_laju(isi[f"{mesin} {satu}"]) for mesin in nama)] for satu in banyak)
    return _tabel(("clerks at once", *nama.values()), baris)


def _laju(isi: Ukuran) -> str:
    return f"{_bulat(isi['per_detik'], 2)} /s ({_lama(isi['tengah'])}, {_lama(isi['terlama'])})"


def _impor(hasil: Hasil) -> str:
    isi = hasil.bagian["impor"].items()
    baris = ([mesin, *(_lama(satu[nama]) for nama in ("impor", "catat", "baca"))] for mesin, satu in isi)
    return _tabel(("", "the import", "another clerk's `catat`, at worst", "a month's figures, at worst"), baris)


def _jarak(hasil: Hasil) -> str:
    nama = {"satu": "one clerk", "bersama": "eight in one ledger", "sendiri": "eight with a ledger each"}
    isi = hasil.bagian["jarak"]
    jarak = sorted({int(kunci.split()[0]) for kunci in isi})
    baris = ([f"{satu} ms", *(_laju(isi[f"{satu} {siapa}"]) for siapa in nama)] for satu in jarak)
    return _tabel(("an answer takes", *nama.values()), baris)


def _rekap(hasil: Hasil) -> str:
    nama = {"SQLite": "files beside the reader", "PostgreSQL": "a server nearby", "jauh": "a server 60 ms away"}
    isi = hasil.bagian["rekap"]
    baris = (
        [kata, *(_lama(isi[mesin][satu]) for satu in ("berurut", "serentak", "perintah"))]
        for mesin, kata in nama.items()
    )
    return _tabel(("25 ledgers", "one after the other", "16 at a time", "`ikikec rekap`, whole process"), baris)


def _angka(hasil: Hasil) -> Mapping[str, str]:
    """The figures within sentences."""
    return {
        "SEHARI": str(SEHARI),
        "HARI_KERJA": str(HARI_KERJA),
        "PUNCAK": f"{PUNCAK:.0%}",
        "LANGKAH": f"{LANGKAH:.2f}",
        "TAHUN": str(TAHUN),
        "BITA_SQLITE": f"{_bulat(hasil.tiap_entri('SQLite'))} and {_bulat(hasil.tiap_baris('SQLite'))}",
        "BITA_POSTGRES": f"{_bulat(hasil.tiap_entri('PostgreSQL'))} and {_bulat(hasil.tiap_baris('PostgreSQL'))}",
        **_angka_berkas(hasil.terbesar("SQLite")),
        **_angka_laju(hasil),
        **_angka_lima(hasil),
    }


def _angka_berkas(isi: Ukuran) -> Mapping[str, str]:
    """How the largest file does."""
    return {
        "ENTRI_BERKAS": _bulat(isi["baris"], 1),
        "TAHUN_BERKAS": _bulat(isi["baris"] / (SEHARI * HARI_KERJA), 2),
        "CATAT_BERKAS": _lama(isi["catat"]),
        "BULAN_BERKAS": _lama(isi["bulan"]),
    }


def _angka_laju(hasil: Hasil) -> Mapping[str, str]:
    """What a chain takes, near and far, and what a province needs of it."""
    jauh, sendiri = (hasil.bagian["jarak"][f"60 {siapa}"]["per_detik"] for siapa in ("bersama", "sendiri"))
    laju = hasil.bagian["penulis"]["PostgreSQL 8"]["per_detik"]
    puncak = SEHARI * PUNCAK * (1 + LANGKAH) / 3600
    return {
        "LAJU_PUNCAK": f"{puncak * PROVINSI:.2g}",
        "LAJU_KANTOR": f"{puncak:.2g}",
        "LAJU_RANTAI": _bulat(laju, 2),
        "LAJU_JAUH": f"{jauh:.2g}",
        "KALI_RANTAI": _bulat(laju / puncak / PROVINSI, 2),
        "SIBUK": f"{puncak * PROVINSI / jauh:.0%}",
        "SIBUK_KANTOR": f"{puncak / jauh:.1%}",
        "JAWAB": f"{1 / jauh / 0.060:.0f}",
        "KALI_SENDIRI": f"{sendiri / jauh:.2g}",
        "IMPOR_LAMA": _lama(hasil.bagian["impor"]["PostgreSQL"]["catat"]),
    }


def _angka_lima(hasil: Hasil) -> Mapping[str, str]:
    """Five years of a province and of an office on a server; ``periksa`` as in the largest ledger there."""
    isi = hasil.terbesar("PostgreSQL")
    entri = TAHUN * SEHARI * HARI_KERJA
    baris = entri * (1 + LANGKAH)
    periksa = isi["periksa"] / isi["baris"] * baris
    bita = _disk(hasil, "PostgreSQL", entri)
    return {
        "BARIS_LIMA": _bulat(baris * PROVINSI / 1e6, 2),
        "BARIS_KANTOR": _bulat(baris, 2),
        "PERIKSA_LIMA": _lama(periksa * PROVINSI),
        "PERIKSA_KANTOR": _lama(periksa),
        "DISK_LIMA": f"{_bulat(bita * PROVINSI / 1e9, 2)} GB",
        "DISK_KANTOR": f"{_mb(bita)} MB",
    }
