"""What the database itself refuses, even from a stranger's shell, so that nothing is lost or rewritten.

Stated once; each engine words it, with SQL of its own for the words in braces: ``beda`` asks whether two differ,
``register`` is the journal's name for the table, ``terisi`` and ``rowid_lain`` are what only SQLite must be told,
where REPLACE takes another's place. All hold with a database's defaults, in SQLite with foreign keys and recursive
triggers off. They are made anew at head after every migration, since rebuilding a table drops its triggers without a
word; until the next one their SQL stays to the letter what ledgers hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ikikec.buku.register import SEMUA


@dataclass(frozen=True, slots=True)
class Pemicu:
    """A row's INSERT, UPDATE or DELETE that is refused, where ``syarat`` is given only where that holds."""

    nama: str
    saat: str
    pesan: str
    syarat: str = ""


@dataclass(frozen=True, slots=True)
class Terjaga:
    """Tables that are guarded alike, what they are called together, and their key."""

    nama: str
    tabel: tuple[str, ...]
    kunci: str
    pemicu: tuple[Pemicu, ...]


# The register too: a follow-up's or another register's line must not vouch for a page of this one.
_BARIS_ADA = (
    "EXISTS (SELECT 1 FROM {jurnal} WHERE {j}nomor = NEW.nomor AND {j}revisi = NEW.revisi"
    " AND {j}register = {register})"
)
_LIBUR_ADA = (
    "EXISTS (SELECT 1 FROM {jurnal} WHERE {j}nomor = 'LIBUR-' || {tahun} AND {j}revisi = NEW.revisi"
    " AND {letak_hari} > 0)"
)
_SUDAH_PINDAH = "EXISTS (SELECT 1 FROM {pindahan})"
_LIBUR = "hari libur harus tercatat di jurnal; ubah lewat ikikec"
_PINDAHAN = "tanda pindah tidak boleh diubah"

JURNAL = Terjaga(
    "jurnal",
    ("jurnal",),
    "seq",
    (
        Pemicu("ubah", "UPDATE", "jurnal tidak boleh diubah"),
        Pemicu("hapus", "DELETE", "jurnal tidak boleh dihapus"),
        Pemicu(
            "tambah",
            "INSERT",
            "baris jurnal harus menyambung baris terakhir",
            "NEW.seq {beda} (SELECT coalesce(max({j}seq), 0) + 1 FROM {jurnal})"
            " OR NEW.revisi {beda} (SELECT coalesce(max({j}revisi), 0) + 1 FROM {jurnal}"
            " WHERE {j}nomor = NEW.nomor)",
        ),
        # A ledger that was moved takes no further line.
        Pemicu("pindah", "INSERT", "buku ini sudah dipindahkan", _SUDAH_PINDAH),
    ),
)
HALAMAN = Terjaga(
    "halaman",
    (*(register.tabel for register in SEMUA.values()), "penutupan", "target"),
    "nomor",
    (
        Pemicu("hapus", "DELETE", "entri tidak boleh dihapus; batalkan lewat ikikec"),
        Pemicu(
            "tambah",
            "INSERT",
            "entri baru harus bernomor baru dan tercatat di jurnal",
            f"NEW.revisi {{beda}} 1 OR NOT {_BARIS_ADA}{{terisi}}",
        ),
        Pemicu(
            "ubah",
            "UPDATE",
            "perubahan entri harus tercatat di jurnal; koreksi lewat ikikec",
            f"NEW.nomor {{beda}} OLD.nomor{{rowid_lain}} OR NEW.revisi {{beda}} OLD.revisi + 1 OR NOT {_BARIS_ADA}",
        ),
    ),
)
HARI_LIBUR = Terjaga(
    "libur",
    ("hari_libur",),
    "tanggal",
    (
        Pemicu("hapus", "DELETE", _LIBUR),
        Pemicu("tambah", "INSERT", _LIBUR, f"NOT {_LIBUR_ADA}{{terisi}}"),
        Pemicu(
            "ubah",
            "UPDATE",
            _LIBUR,
            "NEW.tanggal {beda} OLD.tanggal{rowid_lain}" + f" OR NEW.revisi <= OLD.revisi OR NOT {_LIBUR_ADA}",
        ),
    ),
)
PINDAHAN = Terjaga(
    "pindahan",
    ("pindahan",),
    "urut",
    (
        Pemicu("ubah", "UPDATE", _PINDAHAN),
        Pemicu("hapus", "DELETE", _PINDAHAN),
        Pemicu("tambah", "INSERT", _PINDAHAN, _SUDAH_PINDAH),
    ),
)


def semua_pemicu() -> Iterator[tuple[Terjaga, str, Pemicu]]:
    """Every trigger on every table."""
    for terjaga in (JURNAL, HALAMAN, HARI_LIBUR, PINDAHAN):
        for tabel in terjaga.tabel:
            yield from ((terjaga, tabel, pemicu) for pemicu in terjaga.pemicu)
