"""The ledger file's schema: what version it is, and how a new or older one is brought to head.

Only Alembic makes or changes tables; it is imported only for that, since it costs a counter command 140 ms.
"""

import os
import sqlite3
import stat
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from ikikec.buku.koneksi import jelaskan, mesin, transaksi
from ikikec.buku.pemicu import pemicu_sqlite
from ikikec.buku.salinan import salin, sementara
from ikikec.buku.tautan import tautan
from ikikec.galat import BerkasTakTertulis, BukuRusak, BukuTidakTerbaca, Galat, VersiBukuLain, sebab
from ikikec.letak import bawaan

VERSI_PERTAMA = "0001"
VERSI = "0002"


def versi_berkas(berkas: Path, tunggu: int) -> str | None:
    """The schema version of a ledger file, None where there is no ledger yet (no file, or an empty one).

    Raises BukuTidakTerbaca where the file is something else, BukuSibuk where it is locked too long.
    """
    try:
        keadaan = berkas.stat()
    except FileNotFoundError:
        return None
    except OSError as galat:
        raise BukuTidakTerbaca(f"buku {berkas} tidak dapat dibuka: {sebab(galat)}", "Periksa letaknya.") from None
    if not stat.S_ISREG(keadaan.st_mode):
        raise BukuTidakTerbaca(f"{berkas} bukan berkas buku", "Tunjuk berkasnya dengan --buku.")
    with jelaskan(berkas):
        koneksi = sqlite3.connect(tautan(berkas), uri=True, timeout=tunggu)
        try:
            koneksi.execute("BEGIN")
            versi = _versi(koneksi, berkas)
            _tolak_terpotong(koneksi, berkas)
            return versi
        finally:
            koneksi.close()


def _tolak_terpotong(koneksi: sqlite3.Connection, berkas: Path) -> None:
    """SQLite itself notices a missing page, but not one whose end is missing; asked under the lock of a reading."""
    (halaman,), (ukuran,) = (
        koneksi.execute("PRAGMA page_count").fetchone(),
        koneksi.execute("PRAGMA page_size").fetchone(),
    )
    if berkas.stat().st_size < halaman * ukuran:
        raise BukuRusak(f"buku {berkas} terpotong", "Pakai cadangan dengan ikikec pulihkan.")


def _versi(koneksi: sqlite3.Connection, berkas: Path) -> str | None:
    tabel = {nama for (nama,) in koneksi.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tabel:
        return None
    # A ledger that somebody dropped a table from is still one, for periksa to find; another program's file is not.
    if "alembic_version" not in tabel or not {"jurnal", "pengaduan"} & tabel:
        raise BukuTidakTerbaca(f"{berkas} bukan buku ikikec", "Tunjuk berkas bukunya dengan --buku.")
    (versi,) = koneksi.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    return str(versi)


def pastikan_ada(berkas: Path, tunggu: int) -> str:
    """The schema version of an existing ledger; raises BukuTidakTerbaca, saying how to begin, where there is none."""
    versi = versi_berkas(berkas, tunggu)
    if versi is None:
        raise BukuTidakTerbaca(
            f"belum ada buku di {berkas}",
            "Buku dibuat oleh catatan pertama, misalnya: ikikec catat pengaduan. Buku di tempat lain: --buku.",
        )
    return versi


def siapkan_baca(berkas: Path, tunggu: int) -> None:
    """Raise unless ``berkas`` is a ledger of today's schema."""
    tolak_versi_lain(berkas, pastikan_ada(berkas, tunggu))


def tolak_versi_lain(berkas: Path, versi: str) -> None:
    """Raise VersiBukuLain where ``versi`` is not today's."""
    if _lama(versi):
        raise VersiBukuLain(
            f"buku {berkas} berskema lama ({versi}; program ini memakai {VERSI})",
            "Mutakhirkan dengan satu perintah yang menulis di terminal (misalnya ikikec catat), atau dengan"
            " ikikec --boleh-migrasi di depan perintah itu; salinannya disimpan lebih dulu.",
        )
    _tolak_tak_dikenal(berkas, versi)


def _lama(versi: str) -> bool:
    """Whether a migration leads from that version to today's."""
    return versi.isdecimal() and VERSI_PERTAMA <= versi < VERSI


def berskema_lama(berkas: Path, tunggu: int) -> bool:
    """Whether ``berkas`` is a ledger that a migration brings to today's schema; a damaged one is none."""
    with suppress(BukuRusak):
        versi = versi_berkas(berkas, tunggu)
        return versi is not None and _lama(versi)
    return False


def siapkan_tulis(berkas: Path, tunggu: int, *, boleh_migrasi: bool) -> None:
    """Create or upgrade the ledger, so that it is at head when this returns; before an upgrade a copy is kept.

    Both happen in one transaction: one that fails leaves the old ledger as it was. Raises VersiBukuLain for an older
    ledger where ``boleh_migrasi`` is false.
    """
    versi = versi_berkas(berkas, tunggu)
    if versi == VERSI:
        return
    if versi is None:
        _buat_berkas(berkas)
    else:
        if not _lama(versi):
            _tolak_tak_dikenal(berkas, versi)
        if not boleh_migrasi:
            tolak_versi_lain(berkas, versi)
        _simpan_sebelum_mutakhir(berkas, versi, tunggu)
    mutakhirkan(berkas, tunggu)


def mutakhirkan(berkas: Path, tunggu: int) -> None:
    """Bring a ledger file to head in one transaction, no copy being kept."""
    engine = mesin(berkas, tunggu=tunggu, baca_saja=False, kunci_asing=False)
    with transaksi(engine, berkas) as koneksi:
        pasang(koneksi)


def _tolak_tak_dikenal(berkas: Path, versi: str) -> None:
    if versi.isdecimal() and versi > VERSI:
        raise VersiBukuLain(
            f"buku {berkas} berskema {versi}, lebih baru daripada yang dikenal program ini ({VERSI})",
            "Pasang ikikec terbaru di komputer ini.",
        )
    if versi != VERSI:
        raise BukuRusak(
            f"buku {berkas} tidak menyebut versi skema yang dikenal", "Pakai cadangan dengan ikikec pulihkan."
        )


def _simpan_sebelum_mutakhir(berkas: Path, versi: str, tunggu: int) -> None:
    buku = berkas.resolve()
    tujuan = buku.with_name(f"{buku.stem}-sebelum-skema-{VERSI}-dari-{versi}{buku.suffix}")
    if not tujuan.exists():
        with sementara(tujuan) as salinan:
            salin(buku, salinan, tunggu)
            salinan.replace(tujuan)


def _buat_berkas(berkas: Path) -> None:
    try:
        berkas.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        pegangan = os.open(berkas, os.O_CREAT | os.O_RDWR, 0o600)
        os.fchmod(pegangan, 0o600)
        os.close(pegangan)
    except OSError as galat:
        raise BerkasTakTertulis(
            f"buku {berkas} tidak dapat dibuat: {sebab(galat)}", "Pilih tempat lain dengan --buku."
        ) from None


def pasang(koneksi: sa.Connection) -> None:
    """Bring the ledger behind ``koneksi`` to head, inside the transaction it is in.

    Harmless at head, where another first writer may have been quicker.
    """
    from alembic import command
    from alembic.config import Config

    pengaturan = Config()
    pengaturan.set_main_option("script_location", str(bawaan("migrations")).replace("%", "%%"))
    pengaturan.attributes["connection"] = koneksi
    command.upgrade(pengaturan, "head")
    for nama, perintah in pemicu_sqlite().items():
        koneksi.exec_driver_sql(f"DROP TRIGGER IF EXISTS {nama}")
        koneksi.exec_driver_sql(perintah)
    if koneksi.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Galat("pemutakhiran skema memutus hubungan antartabel; tidak ada yang diubah")


def skema_seharusnya() -> dict[tuple[str, str], str | None]:
    """Every table, index and trigger of a ledger at head, by type and name, as the statement that makes it."""
    engine = sa.create_engine("sqlite://")
    with engine.begin() as koneksi:
        pasang(koneksi)
        isi = koneksi.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    engine.dispose()
    return {(jenis, nama): sql for jenis, nama, sql in isi if not nama.startswith("sqlite_")}
