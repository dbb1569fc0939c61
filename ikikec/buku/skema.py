"""A ledger's schema: what version it is, and how a new or older one is brought to head.

Only Alembic makes or changes tables; it is imported only for that, since it costs a counter command 140 ms.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import sqlalchemy as sa

from ikikec.buku.mesin.dasar import Mesin, mesin_dari
from ikikec.galat import BukuRusak, BukuTidakTerbaca, VersiBukuLain
from ikikec.letak import bawaan

VERSI_PERTAMA = "0001"
VERSI = "0007"


def pastikan_ada(mesin: Mesin) -> str:
    """The schema version of an existing ledger; raises BukuTidakTerbaca, saying how to begin, where there is none."""
    versi = mesin.versi()
    if versi is None:
        raise BukuTidakTerbaca(
            f"belum ada buku di {mesin.sebutan}",
            "Bila pernah ada, pasang lagi cakram atau foldernya. Buku baru dibuat oleh catatan pertama, misalnya:"
            " ikikec catat pengaduan. Buku di tempat lain: --buku.",
        )
    return versi


def siapkan_baca(mesin: Mesin) -> None:
    """Raise unless ``mesin`` holds a ledger of today's schema."""
    tolak_versi_lain(mesin, pastikan_ada(mesin))


def tolak_versi_lain(mesin: Mesin, versi: str) -> None:
    """Raise VersiBukuLain where ``versi`` is not today's, BukuRusak where it is none at all."""
    if _lama(versi):
        raise VersiBukuLain(
            f"buku {mesin.sebutan} berskema lama ({versi}; program ini memakai {VERSI})",
            "Mutakhirkan dengan satu perintah yang menulis di terminal (misalnya ikikec catat), atau dengan"
            " ikikec --boleh-migrasi di depan perintah itu; salinannya disimpan lebih dulu.",
        )
    if versi.isdecimal() and versi > VERSI:
        raise VersiBukuLain(
            f"buku {mesin.sebutan} berskema {versi}, lebih baru daripada yang dikenal program ini ({VERSI})",
            "Pasang ikikec terbaru di komputer ini.",
        )
    if versi != VERSI:
        raise BukuRusak(
            f"buku {mesin.sebutan} tidak menyebut versi skema yang dikenal", "Pakai cadangan dengan ikikec pulihkan."
        )


def _lama(versi: str) -> bool:
    """Whether a migration leads from that version to today's."""
    return versi.isdecimal() and VERSI_PERTAMA <= versi < VERSI


def berskema_lama(mesin: Mesin) -> bool:
    """Whether ``mesin`` holds a ledger that a migration brings to today's schema; a damaged one is none."""
    with suppress(BukuRusak):
        return _lama(mesin.versi() or "")
    return False


def siapkan_tulis(
    mesin: Mesin, *, boleh_migrasi: bool, baru: Callable[[], AbstractContextManager[None]] | None
) -> None:
    """Create or upgrade the ledger, so that it is at head when this returns; before an upgrade a copy is kept.

    One that is not there yet is created inside ``baru``, which may refuse; None refuses always: BukuTidakTerbaca.

    Both happen in one transaction: one that fails leaves the old ledger as it was. Raises VersiBukuLain for an older
    ledger where ``boleh_migrasi`` is false.
    """
    versi = pastikan_ada(mesin) if baru is None else mesin.versi()
    if versi == VERSI:
        return
    if versi is None:
        assert baru is not None
        with baru():
            mesin.buat()
            mutakhirkan(mesin)
        return
    if not (boleh_migrasi and _lama(versi)):
        tolak_versi_lain(mesin, versi)
    mesin.simpan_sebelum_mutakhir(versi, VERSI)
    mutakhirkan(mesin)


def mutakhirkan(mesin: Mesin) -> None:
    """Bring a ledger to head in one transaction, no copy being kept."""
    with mesin.mutakhirkan() as koneksi:
        # Harmless at head, where another first writer may have been quicker.
        pasang_tabel(koneksi)
        pasang_jaga(koneksi)


def pasang_tabel(koneksi: sa.Connection) -> None:
    """Bring tables and indexes to head; what is written into them before ``pasang_jaga`` nothing guards."""
    from alembic import command
    from alembic.config import Config

    pengaturan = Config()
    pengaturan.set_main_option("script_location", str(bawaan("migrations")).replace("%", "%%"))
    pengaturan.attributes["connection"] = koneksi
    command.upgrade(pengaturan, "head")


def pasang_jaga(koneksi: sa.Connection) -> None:
    """Make the triggers anew, and raise Galat where a row refers to none."""
    mesin = mesin_dari(koneksi)
    for perintah in mesin.perintah_pemicu(koneksi):
        koneksi.exec_driver_sql(perintah)
    mesin.tolak_putus(koneksi)


def berkas_skema(mesin: Mesin) -> Path:
    """Every part of the schema that the migrations lead to; a test builds a ledger and writes it."""
    return bawaan("migrations") / f"skema_{mesin.nama}.json"


def beda_skema(koneksi: sa.Connection) -> Iterator[tuple[str, str]]:
    """Every part of the schema that is not as the program makes it: which one, and what is wrong with it."""
    mesin = mesin_dari(koneksi)
    seharusnya = mesin.skema_di_sini(koneksi, json.loads(berkas_skema(mesin).read_text(encoding="utf-8")))
    ada = mesin.bagian_skema(koneksi)
    for bagian in sorted(seharusnya.keys() | ada.keys()):
        if bagian not in ada:
            yield bagian, "hilang"
        elif bagian not in seharusnya:
            yield bagian, "bukan bagian buku"
        elif ada[bagian] != seharusnya[bagian]:
            yield bagian, "berbeda dari seharusnya"
