"""What a ledger's schema on PostgreSQL consists of: as it is there, and as the program makes it.

The server rewords what it is told, so constraints and indexes are compared by name; columns, triggers and the
functions behind them as they are.
"""

import re
from collections.abc import Iterator

from ikikec.buku.mesin.dasar import BagianSkema
from ikikec.buku.mesin.pemicu_postgres import fungsi_pemicu, pemicu_postgres

_MILIK = "relnamespace = current_schema()::regnamespace"
# Kind, name and definition of every part that is there. Not-null constraints have names only on newer servers.
BAGIAN_SKEMA = f"""
SELECT 'tabel', c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'v', 'm', 'p') AND c.{_MILIK} GROUP BY c.relname
UNION ALL
SELECT 'aturan', n.conname, CASE WHEN n.convalidated THEN NULL ELSE 'belum berlaku' END
  FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid WHERE n.contype <> 'n' AND c.{_MILIK}
UNION ALL
SELECT 'indeks', i.relname, CASE WHEN x.indisvalid THEN NULL ELSE 'tidak berlaku' END
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
 WHERE i.{_MILIK} AND NOT EXISTS (SELECT 1 FROM pg_constraint n WHERE n.conindid = i.oid AND n.contype IN ('p', 'u'))
UNION ALL
SELECT 'pemicu', t.tgname, c.relname || ' ' || t.tgtype || ' ' || p.proname || ' ' || encode(t.tgargs, 'escape')
       || CASE WHEN t.tgenabled = 'O' AND t.tgqual IS NULL THEN '' ELSE ' mati' END
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
 WHERE NOT t.tgisinternal AND c.{_MILIK}
UNION ALL
SELECT 'fungsi', p.proname, btrim(p.prosrc) FROM pg_proc p
 WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype
"""

# How the server keeps when a trigger fires: bits for each row, before, insert, delete, update, truncate.
_SAAT = {"BEFORE INSERT": 7, "BEFORE DELETE": 11, "BEFORE UPDATE": 19, "BEFORE TRUNCATE": 34}
_JENIS = {"INTEGER": "integer", "VARCHAR": "character varying", "DATE": "date", "BOOLEAN": "boolean"}


def skema_postgres(pernyataan: str, skema: str) -> BagianSkema:
    """Every part of a ledger at head in the schema called ``skema``; ``pernyataan`` is what migrations would send."""
    bagian: BagianSkema = {("tabel", "alembic_version"): "version_num character varying(32) NOT NULL"}
    bagian |= {
        ("aturan", nama): None for nama in (*re.findall(r"CONSTRAINT (\w+)", pernyataan), "alembic_version_pkc")
    }
    bagian |= {("indeks", nama): None for nama in re.findall(r"CREATE INDEX (\w+)", pernyataan)}
    bagian |= {("tabel", nama): ", ".join(_kolom(isi)) for nama, isi in _TABEL.findall(pernyataan)}
    bagian |= {("pemicu", nama): _pemicu(tabel, saat, fungsi) for tabel, nama, saat, fungsi in pemicu_postgres()}
    return bagian | {("fungsi", nama): badan for nama, badan in fungsi_pemicu(skema).items()}


_KOLOM = re.compile(rf"^\s*(\w+) ({'|'.join(_JENIS)})( NOT NULL)?,?\s*$", re.MULTILINE)
_TABEL = re.compile(r"CREATE TABLE (\w+) \(\n(.*?)\n\);", re.DOTALL)


def _kolom(isi: str) -> Iterator[str]:
    for nama, jenis, wajib in _KOLOM.findall(isi):
        yield f"{nama} {_JENIS[jenis]}{wajib}"


def _pemicu(tabel: str, saat: str, fungsi: str) -> str:
    nama, _, isi = fungsi.partition("(")
    argumen = isi.removesuffix(")").strip("'")
    return f"{tabel} {_SAAT[saat]} {nama} {argumen + chr(92) + '000' if argumen else ''}"
