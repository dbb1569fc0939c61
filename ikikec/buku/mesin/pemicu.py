"""What the database itself refuses, even from a stranger's shell, so that nothing is lost or rewritten.

Stated once; each engine words it, with SQL of its own for the words in braces: ``beda`` asks whether two differ,
``register`` is the journal's name for the table, ``terisi`` and ``rowid_lain`` are what only SQLite must be told,
where REPLACE takes another's place, ``sidik_salah`` what only an engine can ask that reckons SHA-256 by itself. All
hold with a database's defaults, in SQLite with foreign keys and recursive triggers off. They are made anew at head
after every migration, since rebuilding a table drops its triggers without a word; until the next one their SQL stays
to the letter what ledgers hold.
"""

from dataclasses import dataclass

from ikikec.buku.register import SEMUA
from ikikec.istilah import Aksi


@dataclass(frozen=True, slots=True)
class Terjaga:
    """Tables that are guarded alike, what they are called together, and their key."""

    nama: str
    tabel: tuple[str, ...]
    kunci: str


@dataclass(frozen=True, slots=True)
class Pemicu:
    """What is done to a row of these tables (a word of ``SAAT``) and refused: always, or where ``syarat`` holds."""

    pada: Terjaga
    nama: str
    pesan: str
    syarat: str = ""


SAAT = {"tambah": "INSERT", "pindah": "INSERT", "ubah": "UPDATE", "hapus": "DELETE"}

JURNAL = Terjaga("jurnal", ("jurnal",), "seq")
HALAMAN = Terjaga(
    "halaman", (*(register.tabel for register in SEMUA.values()), "penutupan", "target", "rtl"), "nomor"
)
HARI_LIBUR = Terjaga("libur", ("hari_libur",), "tanggal")

PRIBADI = Terjaga("pribadi", ("pribadi",), "nomor")

# The register too: a follow-up's or another register's line must not vouch for a page of this one.
_BARIS_ADA = (
    "EXISTS (SELECT 1 FROM {jurnal} WHERE {j}nomor = NEW.nomor AND {j}revisi = NEW.revisi"
    " AND {j}register = {register})"
)
_LIBUR_ADA = (
    "EXISTS (SELECT 1 FROM {jurnal} WHERE {j}nomor = 'LIBUR-' || {tahun} AND {j}revisi = NEW.revisi"
    " AND {letak_hari} > 0)"
)
_LIBUR = "hari libur harus tercatat di jurnal; ubah lewat ikikec"

PEMICU = (
    Pemicu(JURNAL, "ubah", "jurnal tidak boleh diubah"),
    Pemicu(JURNAL, "hapus", "jurnal tidak boleh dihapus"),
    Pemicu(
        JURNAL,
        "tambah",
        "baris jurnal harus menyambung baris terakhir",
        "NEW.seq {beda} (SELECT coalesce(max({j}seq), 0) + 1 FROM {jurnal})"
        " OR NEW.revisi {beda} (SELECT coalesce(max({j}revisi), 0) + 1 FROM {jurnal} WHERE {j}nomor = NEW.nomor)"
        "{sidik_salah}",
    ),
    Pemicu(HALAMAN, "hapus", "entri tidak boleh dihapus; batalkan lewat ikikec"),
    Pemicu(
        HALAMAN,
        "tambah",
        "entri baru harus bernomor baru dan tercatat di jurnal",
        f"NEW.revisi {{beda}} 1 OR NOT {_BARIS_ADA}{{terisi}}",
    ),
    Pemicu(
        HALAMAN,
        "ubah",
        "perubahan entri harus tercatat di jurnal; koreksi lewat ikikec",
        f"NEW.nomor {{beda}} OLD.nomor{{rowid_lain}} OR NEW.revisi {{beda}} OLD.revisi + 1 OR NOT {_BARIS_ADA}",
    ),
    Pemicu(HARI_LIBUR, "hapus", _LIBUR),
    Pemicu(HARI_LIBUR, "tambah", _LIBUR, f"NOT {_LIBUR_ADA}{{terisi}}"),
    Pemicu(
        HARI_LIBUR,
        "ubah",
        _LIBUR,
        f"NEW.tanggal {{beda}} OLD.tanggal{{rowid_lain}} OR NEW.revisi <= OLD.revisi OR NOT {_LIBUR_ADA}",
    ),
    # What a line commits to comes in with that line, and goes only with a later act that forgets it.
    Pemicu(
        PRIBADI,
        "tambah",
        "isi pribadi harus tercatat di jurnal",
        "NOT EXISTS (SELECT 1 FROM {jurnal} WHERE {j}nomor = NEW.nomor AND {j}revisi = NEW.revisi)"
        " OR EXISTS (SELECT 1 FROM {pribadi} WHERE {p}nomor = NEW.nomor AND {p}revisi = NEW.revisi)",
    ),
    Pemicu(PRIBADI, "ubah", "isi pribadi tidak boleh diubah; koreksi lewat ikikec"),
    Pemicu(
        PRIBADI,
        "hapus",
        "isi pribadi hanya hilang lewat ikikec lupakan",
        "NOT EXISTS (SELECT 1 FROM {jurnal} WHERE {j}nomor = OLD.nomor AND {j}revisi > OLD.revisi"
        f" AND {{j}}aksi = '{Aksi.LUPA}')",
    ),
    # A ledger that was moved takes no further line but the one that takes the move back.
    Pemicu(
        JURNAL,
        "pindah",
        "buku ini sudah dipindahkan",
        f"NEW.aksi <> '{Aksi.BATAL_PINDAH}'"
        f" AND (SELECT {{j}}aksi FROM {{jurnal}} ORDER BY {{j}}seq DESC LIMIT 1) = '{Aksi.PINDAH}'",
    ),
)
