"""The ledgers that are measured: made from fixed seeds through the program's own ``impor``, and kept."""

import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from bench.isi import BANYAK, Bagian, hari_merata, isi, survei, tulis_csv
from bench.ukur import AKAR, ikikec

KERJA = AKAR / "build" / "bench"
# Raise it when what a ledger holds changes: ledgers of another recipe are made anew.
RESEP = 1
UKURAN = (100, 1_000, 10_000, 100_000, 1_000_000)
BULAN = "2026-10"
SETAHUN = "2025"


_DULU = (date(2007, 1, 1), date(2026, 8, 31))
_OKTOBER = Bagian(4_000, date(2026, 10, 1), date(2026, 10, 31))
_SURVEI = (date(2026, 1, 1), date(2026, 11, 30))

# The parts of each ledger in the order they come in; after a part with a name the ledger is kept under it.
# Growth is the ledger's, not the month's: 2026-11 holds the same 100 entries at every size, 2026-10 the same 4 000.
RENCANA: dict[str, tuple[tuple[str, Bagian], ...]] = {
    "tumbuh": (
        ("tumbuh-100", Bagian(100, date(2026, 11, 1), date(2026, 11, 30))),
        ("tumbuh-1000", Bagian(900, *_DULU)),
        ("", _OKTOBER),
        ("tumbuh-10000", Bagian(5_000, *_DULU)),
        ("tumbuh-100000", Bagian(90_000, *_DULU)),
        ("tumbuh-1000000", Bagian(900_000, *_DULU)),
    ),
    "bulan": (("bulan", _OKTOBER),),
    "besar": (("", _OKTOBER), ("besar-3000000", Bagian(2_996_000, *_DULU))),
    "setahun": (("setahun", Bagian(1_000_000, date(2025, 1, 1), date(2025, 12, 31))),),
    "terbuka": (
        ("terbuka-100", Bagian(100, date(2026, 1, 1), date(2026, 9, 30), terbuka=True)),
        ("terbuka-100000", Bagian(99_900, date(2026, 1, 1), date(2026, 9, 30), terbuka=True)),
    ),
    "survei": (
        ("survei-100000", Bagian(100_000, *_SURVEI, hanya_survei=True)),
        ("survei-1000000", Bagian(900_000, *_SURVEI, hanya_survei=True)),
    ),
}


def buku(nama: str, skema: str) -> Path:
    """The ledger of that name, for reading; made first, with all of its plan, where it is not there or is stale."""
    (rencana,) = (satu for satu, bagian in RENCANA.items() if nama in dict(bagian))
    cap = KERJA / f"{rencana}.json"
    resep = {"resep": RESEP, "skema": skema}
    if not cap.exists() or json.loads(cap.read_text()) != resep:
        cap.unlink(missing_ok=True)
        _bangun(rencana)
        cap.write_text(json.dumps(resep))
    return KERJA / f"{nama}.db"


def salin(asal: Path, tujuan: Path) -> Path:
    """A copy to write in, flushed, so that no write measured later waits for it."""
    shutil.copyfile(asal, tujuan)
    os.sync()
    return tujuan


def csv_survei(jumlah: int) -> Path:
    """A file of survey responses to import."""
    tujuan = KERJA / f"survei-{jumlah}-resep{RESEP}.csv"
    if not tujuan.exists():
        baru = tujuan.with_suffix(".baru")
        tulis_csv(baru, "survei", survei(jumlah, Bagian(jumlah, *_SURVEI), Random(jumlah)))
        baru.replace(tujuan)
    return tujuan


def jurnal_hledger(jumlah: int) -> Path:
    """A journal of so many transactions within one year, one account per register."""
    tujuan = KERJA / f"hledger-{jumlah}.journal"
    if not tujuan.exists():
        akun = list(BANYAK)
        hari = Bagian(jumlah, date(2025, 1, 1), date(2025, 12, 31))
        transaksi = (
            f"{tanggal} Warga {urut:07}\n    pelayanan:{akun[urut % len(akun)]}  1\n    kantor\n\n"
            for urut, tanggal in enumerate(hari_merata(jumlah, hari))
        )
        tujuan.write_text("".join(transaksi))
    return tujuan


@dataclass(slots=True)
class _Pembangun:
    """A ledger while it is made: where it is, and the last number of each year's complaints."""

    folder: Path
    urut: Counter[int] = field(default_factory=Counter)

    @property
    def buku(self) -> Path:
        return self.folder / "buku.db"

    def tambah(self, bagian: Bagian) -> None:
        """Import one part, register by register."""
        for slug, baris in isi(bagian, self.urut):
            berkas = self.folder / f"{slug}.csv"
            tulis_csv(berkas, slug, baris)
            ikikec("--hening", "impor", slug, str(berkas), "--catat-duplikat", buku=self.buku)()


def _bangun(nama: str) -> None:
    """Make every ledger of a plan."""
    KERJA.mkdir(parents=True, exist_ok=True)
    mulai = time.monotonic()
    with tempfile.TemporaryDirectory(dir=KERJA) as folder:
        pembangun, jumlah = _Pembangun(Path(folder)), 0
        for simpan, bagian in RENCANA[nama]:
            for satu in bagian.pecah():
                pembangun.tambah(satu)
                jumlah += satu.jumlah
                kabar(f"ledger {nama}: {jumlah:,} entries, {time.monotonic() - mulai:.0f} s")
            if simpan:
                salin(pembangun.buku, KERJA / f"{simpan}.db")


def kabar(kata: str) -> None:
    """Tell on stderr what is going on."""
    print(f"  … {kata}", file=sys.stderr, flush=True)
