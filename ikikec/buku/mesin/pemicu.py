"""What the database itself refuses, even from a stranger's shell, so that nothing is lost or rewritten.

Stated once, and worded for each engine, with SQL of its own for the words in braces: ``beda`` asks whether two
differ, ``register`` is the journal's name for the table, ``terisi`` and ``rowid_lain`` are what only SQLite must be
told, where REPLACE takes another's place, ``sidik_salah`` what only an engine can ask that reckons SHA-256 by itself.
All hold with a database's defaults, in SQLite with foreign keys and recursive triggers off. They are made anew at
head after every migration, since rebuilding a table drops its triggers without a word; until the next one their SQL
stays to the letter what ledgers hold.
"""

from collections.abc import Iterator
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

# What the line's fingerprint must be, the array being the text that jurnal.larik makes.
_SIDIK = (
    "encode(sha256(convert_to(concat("
    "coalesce((SELECT j.sidik FROM {skema}.jurnal AS j ORDER BY j.seq DESC LIMIT 1), repeat('0', 64)),"
    " E'\\n[', NEW.seq, {kolom}, ']'), 'UTF8')), 'hex')"
)
_TEKS = ("waktu", "petugas", "aksi", "register", "nomor")


def pemicu_sqlite() -> dict[str, str]:
    """Every trigger of a ledger: its name and the statement that makes it."""
    return dict(_pemicu(satu, tabel) for satu in PEMICU for tabel in satu.pada.tabel)


def _pemicu(pemicu: Pemicu, tabel: str) -> tuple[str, str]:
    lain = (
        f" OR EXISTS (SELECT 1 FROM {tabel} WHERE {kolom} = NEW.{kolom})" for kolom in (pemicu.pada.kunci, "rowid")
    )
    syarat = pemicu.syarat.format(
        jurnal="jurnal",
        j="",
        sidik_salah="",
        beda="IS NOT",
        register=f"'{tabel.replace('_', '-')}'",
        terisi="".join(lain),
        rowid_lain=" OR NEW.rowid IS NOT OLD.rowid",
        tahun="substr(NEW.tanggal, 1, 4)",
        letak_hari="instr(isi, '\"' || NEW.tanggal || '\"')",
        pribadi="pribadi",
        p="",
    )
    nama, kapan = f"{tabel}_{pemicu.nama}", f" WHEN {syarat}" if syarat else ""
    return nama, (
        f"CREATE TRIGGER {nama} BEFORE {SAAT[pemicu.nama]} ON {tabel} FOR EACH ROW{kapan}"
        f" BEGIN SELECT RAISE(ABORT, '{pemicu.pesan}'); END"
    )


def pemicu_peladen(skema: str) -> Iterator[str]:
    """The statements that make every function and trigger of a ledger in ``skema`` (quoted where it must be) anew.

    The functions name the tables with the schema, and find all else in the server's own: neither a temporary table of
    a clerk's session nor a function that somebody planted is found before it. What no row may leave by DELETE, no
    table may by TRUNCATE.
    """
    badan = {"ikikec_tolak": "BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0]; END"}
    pasang = []
    for pemicu in PEMICU:
        panggilan, saat = f"ikikec_tolak('{pemicu.pesan}')", SAAT[pemicu.nama]
        if pemicu.syarat:
            nama = f"ikikec_{pemicu.pada.nama}_{pemicu.nama}"
            badan[nama], panggilan = _badan(skema, pemicu), f"{nama}()"
        for tabel in pemicu.pada.tabel:
            pasang.append((tabel, pemicu.nama, saat, "ROW", panggilan))
            if saat == "DELETE":
                pasang.append((tabel, "kosongkan", "TRUNCATE", "STATEMENT", f"ikikec_tolak('{pemicu.pesan}')"))
    for nama, isi in badan.items():
        yield (
            f"CREATE OR REPLACE FUNCTION {skema}.{nama}() RETURNS trigger LANGUAGE plpgsql"
            f" SET search_path = pg_catalog, pg_temp AS $badan$ {isi} $badan$"
        )
    for tabel, nama, saat, tiap, panggilan in pasang:
        yield (
            f"CREATE OR REPLACE TRIGGER {tabel}_{nama} BEFORE {saat} ON {skema}.{tabel}"
            f" FOR EACH {tiap} EXECUTE FUNCTION {skema}.{panggilan}"
        )


def _badan(skema: str, pemicu: Pemicu) -> str:
    """What a trigger's function does, in PL/pgSQL."""
    syarat = pemicu.syarat.format(
        jurnal=f"{skema}.jurnal AS j",
        j="j.",
        beda="IS DISTINCT FROM",
        register="replace(TG_TABLE_NAME, '_', '-')",
        terisi="",
        rowid_lain="",
        sidik_salah=f" OR NEW.sidik IS DISTINCT FROM {_sidik(skema)}",
        tahun="to_char(NEW.tanggal, 'YYYY')",
        letak_hari="position('\"' || to_char(NEW.tanggal, 'YYYY-MM-DD') || '\"' IN j.isi)",
        pribadi=f"{skema}.pribadi AS p",
        p="p.",
    )
    baris = "OLD" if SAAT[pemicu.nama] == "DELETE" else "NEW"
    return f"BEGIN IF {syarat} THEN RAISE EXCEPTION '{pemicu.pesan}'; END IF; RETURN {baris}; END"


def _sidik(skema: str) -> str:
    teks = [f"to_json(NEW.{nama})" for nama in _TEKS]
    semua = [*teks, "NEW.revisi", "coalesce(to_json(NEW.alasan)::text, 'null')", "to_json(NEW.isi)"]
    return _SIDIK.format(skema=skema, kolom=", ".join(f"',', {satu}" for satu in semua))
