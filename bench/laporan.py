"""The table on the terminal, what is kept between runs, and docs/kinerja.md made from it."""

import json
import os
import platform
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from bench import alat
from bench.data import KERJA
from bench.gambar import gambar
from bench.tolok import Syarat, Tolok
from bench.ukur import AKAR, Pasangan

DOKUMEN = AKAR / "docs" / "kinerja.md"
GAMBAR = AKAR / "docs" / "kinerja-tumbuh.svg"
PENJELASAN = Path(__file__).with_name("penjelasan.toml")
_NASKAH = Path(__file__).with_name("kinerja.md")
_SIMPANAN = KERJA / "hasil.json"


@dataclass(slots=True)
class Hasil:
    """All that was measured on this machine: rows by key, rows left out with their reason, growth."""

    mesin: dict[str, str]
    baris: dict[str, dict[str, Any]] = field(default_factory=dict)
    absen: dict[str, str] = field(default_factory=dict)
    tumbuh: dict[str, dict[str, float]] = field(default_factory=dict)

    def terima(self, syarat: Syarat, pasangan: Pasangan, hari: date) -> None:
        """Keep what was measured for a row, in place of what was before."""
        nisbah = [1 / satu if syarat.sekurangnya else satu for satu in pasangan.nisbah]
        self.absen.pop(syarat.kunci, None)
        self.baris[syarat.kunci] = {
            "kita": median(pasangan.kita),
            "mereka": median(pasangan.mereka),
            "nisbah": median(nisbah),
            "terkecil": min(nisbah),
            "terbesar": max(nisbah),
            "pasang": len(nisbah),
            "hari": hari.isoformat(),
        }

    def tinggalkan(self, tolok: Tolok, sebab: str) -> None:
        """Keep why a benchmark's rows could not be measured."""
        for syarat in tolok.syarat:
            self.baris.pop(syarat.kunci, None)
            self.absen[syarat.kunci] = sebab

    def simpan(self) -> None:
        """Keep all of it for later runs."""
        isi = {nama: getattr(self, nama) for nama in self.__slots__}
        _SIMPANAN.write_text(json.dumps(isi, indent=1))


def muat(mesin: dict[str, str]) -> Hasil:
    """What earlier runs on this machine left; what another machine or version measured does not count."""
    if _SIMPANAN.exists():
        lama = Hasil(**json.loads(_SIMPANAN.read_text()))
        if lama.mesin == mesin:
            return lama
    return Hasil(mesin)


def mesin(fakta: dict[str, Any]) -> dict[str, str]:
    """What the figures were measured on."""
    ram = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    tentang = {
        "System": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {ram:.0f} GiB",
        "Python": platform.python_version(),
        "SQLite in Python": str(fakta["sqlite"]),
        "sqlite3 shell": alat.versi(("sqlite3", "--version"))[:6],
        "hledger": alat.versi(("hledger", "--version")),
    }
    return {nama: isi for nama, isi in tentang.items() if isi}


def terpenuhi(syarat: Syarat, nisbah: float) -> bool:
    """Whether a ratio keeps the row's limit."""
    return nisbah >= syarat.batas if syarat.sekurangnya else nisbah <= syarat.batas


def tabel(hasil: Hasil, syarat: Iterable[Syarat]) -> str:
    """The rows as text for a terminal."""
    return "\n".join(_baris_layar(hasil, satu) for satu in syarat)


def _baris_layar(hasil: Hasil, syarat: Syarat) -> str:
    if syarat.kunci in hasil.absen:
        return f"left out  {syarat.apa}: {hasil.absen[syarat.kunci]}"
    isi = hasil.baris.get(syarat.kunci)
    if isi is None:
        return f"unknown   {syarat.apa}: not measured yet"
    tanda = "met" if terpenuhi(syarat, isi["nisbah"]) else "NOT MET"
    rentang = f"{isi['terkecil']:.2f}–{isi['terbesar']:.2f}, {isi['pasang']} pairs"
    angka = f"{_jumlah(isi['kita'], syarat)} : {_jumlah(isi['mereka'], syarat)}"
    return f"{tanda:8}  {isi['nisbah']:.3g} × ({rentang}) {_batas(syarat)}  {angka}  {syarat.apa} | {syarat.banding}"


def _batas(syarat: Syarat) -> str:
    return f"{'≥' if syarat.sekurangnya else '≤'} {syarat.batas:g} ×"


def _jumlah(nilai: float, syarat: Syarat) -> str:
    if syarat.satuan == "s":
        return f"{nilai * 1000:.3g} ms" if nilai < 1 else f"{nilai:.3g} s"
    return f"{nilai:.0f} {syarat.satuan}"


def tulis_dokumen(hasil: Hasil, syarat: Sequence[Syarat]) -> None:
    """Write docs/kinerja.md and its plot."""
    GAMBAR.write_text(gambar(_kurva(hasil), "Whole command against ledger size"), encoding="utf-8")
    hari = sorted({isi["hari"] for isi in hasil.baris.values()})
    bagian = {
        "HARI": " to ".join(sorted({hari[0], hari[-1]})),
        "MESIN": "\n".join(f"- {nama}: {isi}" for nama, isi in hasil.mesin.items()),
        "TABEL": "\n".join(_tabel_dokumen(hasil, syarat)),
        "DIHITUNG": "\n".join(f"- {satu.apa} | {satu.banding}: {satu.dihitung}." for satu in syarat if satu.dihitung),
        "PENJELASAN": "\n\n".join(_penjelasan(hasil, syarat)) or "Every limit is met.",
        "TUMBUH": "\n".join(_tabel_tumbuh(hasil)),
    }
    naskah = _NASKAH.read_text(encoding="utf-8")
    for nama, isi in bagian.items():
        naskah = naskah.replace(f"{{{nama}}}", isi)
    DOKUMEN.write_text(naskah, encoding="utf-8")


def belum_lengkap(hasil: Hasil, syarat: Iterable[Syarat]) -> list[str]:
    """What the document still lacks."""
    kurang = [satu.kunci for satu in syarat if satu.kunci not in hasil.baris and satu.kunci not in hasil.absen]
    return kurang if hasil.tumbuh else [*kurang, "tumbuh"]


def _tabel_dokumen(hasil: Hasil, syarat: Iterable[Syarat]) -> Iterator[str]:
    yield "| what | against | ours | theirs | ratio | limit | met? |"
    yield "|---|---|--:|--:|--:|--:|---|"
    for satu in syarat:
        isi = hasil.baris.get(satu.kunci)
        if isi is None:
            yield f"| {satu.apa} | {satu.banding} | | | | {_batas(satu)} | left out |"
            continue
        met = "yes" if terpenuhi(satu, isi["nisbah"]) else "**no**"
        nisbah = f"{isi['nisbah']:.3g} × ({isi['terkecil']:.2f}–{isi['terbesar']:.2f})"
        angka = f"{_jumlah(isi['kita'], satu)} | {_jumlah(isi['mereka'], satu)} | {nisbah} | {_batas(satu)}"
        yield f"| {satu.apa} | {satu.banding} | {angka} | {met} |"


def _penjelasan(hasil: Hasil, syarat: Iterable[Syarat]) -> Iterator[str]:
    """Why a row is missing or above its limit; the words for the latter are written by hand and survive a new run."""
    tertulis: dict[str, str] = tomllib.loads(PENJELASAN.read_text(encoding="utf-8"))
    for satu in syarat:
        isi = hasil.baris.get(satu.kunci)
        if isi is None:
            yield f"**{satu.apa} | {satu.banding}** was left out: {hasil.absen[satu.kunci]}."
        elif not terpenuhi(satu, isi["nisbah"]):
            belum = f"No explanation yet; it belongs into `bench/penjelasan.toml` as `{satu.kunci}`."
            yield f"**{satu.apa} | {satu.banding}**: {tertulis.get(satu.kunci, belum).strip()}"


def _kurva(hasil: Hasil) -> dict[str, dict[int, float]]:
    return {nama: {int(entri): detik for entri, detik in isi.items()} for nama, isi in hasil.tumbuh.items()}


def _tabel_tumbuh(hasil: Hasil) -> Iterator[str]:
    kurva = _kurva(hasil)
    ukuran = sorted({satu for isi in kurva.values() for satu in isi})
    yield "| entries | " + " | ".join(f"{satu:,}".replace(",", " ") for satu in ukuran) + " |"
    yield "|---|" + "--:|" * len(ukuran)
    for nama, isi in kurva.items():
        yield f"| `{nama}` | " + " | ".join(f"{isi[satu]:.3g} s" for satu in ukuran) + " |"
