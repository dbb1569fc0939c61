"""A ledger in a database on a PostgreSQL server: how it is opened and spoken to.

One ledger per schema, one writer at a time. A writer's first statement takes the lock, under READ COMMITTED:
each later statement then sees all that earlier writers committed, so numbers have no gaps and no repeats. A stricter
level would keep the view from before the lock was there and fail. A reader sees one moment (REPEATABLE READ, READ
ONLY) and waits for nobody. A server's copies are made by pg_dump, and a migration that fails changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.pool import NullPool

from ikikec.buku.jurnal import KOLOM, larik
from ikikec.buku.mesin.alamat import sebut_alamat
from ikikec.buku.mesin.dasar import SEKALI_BACA, BagianSkema, BarisPolos, Cara, Mesin
from ikikec.buku.mesin.pemicu import pemicu_peladen
from ikikec.buku.mesin.sambungan import MULAI_MUTAKHIR, MULAI_TULIS, arti_galat, psycopg, sambung
from ikikec.buku.register import LUPA, Register
from ikikec.galat import Galat, SalahPakai

_SKEMA = "current_schema()::regnamespace"
# Every part of a ledger's schema. Names alone say little: a trigger may call another schema's function, a rule or a
# policy may hide rows, a table may lose its content in a crash or have a child that nobody guards. So every part
# tells all that bears on what it does.
# The server rewords conditions, not always alike in every version, so those are compared by name; the rest as it is.
_BAGIAN = f"""
WITH milik AS (SELECT * FROM pg_class WHERE relnamespace = {_SKEMA})
SELECT 'tabel', c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || CASE WHEN a.attcollation IN (0, 100) THEN '' ELSE ' ' || (SELECT collname::text FROM pg_collation o
                                                                     WHERE o.oid = a.attcollation) END
       || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
       || coalesce(' DEFAULT ' || (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                                    WHERE d.adrelid = c.oid AND d.adnum = a.attnum), '')
       || a.attidentity::text || a.attgenerated::text, ', ' ORDER BY a.attnum)
       || CASE WHEN c.relkind = 'r' THEN '' ELSE ' jenis ' || c.relkind::text END
       || CASE WHEN c.relpersistence = 'p' THEN '' ELSE ' hilang bila peladen mati' END
       || CASE WHEN c.relrowsecurity OR c.relforcerowsecurity THEN ' tersaring per baris' ELSE '' END
  FROM milik c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f', 'c', 'S')
 GROUP BY c.relname, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity
UNION ALL
SELECT 'turunan', c.relname || ' ' || i.inhrelid::regclass::text, NULL
  FROM pg_inherits i JOIN milik c ON c.oid = i.inhparent
UNION ALL
SELECT 'ketentuan', c.relname || ' ' || n.conname,
       n.contype::text || CASE WHEN n.convalidated AND NOT n.condeferrable THEN '' ELSE ' belum berlaku' END
  FROM pg_constraint n JOIN milik c ON c.oid = n.conrelid WHERE n.contype <> 'n'
UNION ALL
SELECT 'indeks', i.relname, pg_get_indexdef(i.oid) || CASE WHEN x.indisvalid THEN '' ELSE ' tidak berlaku' END
  FROM pg_index x JOIN milik i ON i.oid = x.indexrelid
 WHERE NOT EXISTS (SELECT 1 FROM pg_constraint n WHERE n.conindid = i.oid AND n.contype IN ('p', 'u'))
UNION ALL
SELECT 'pemicu', c.relname || ' ' || t.tgname, concat_ws(' ', t.tgtype, n.nspname || '.' || p.proname,
         nullif(encode(t.tgargs, 'escape'), ''), 'kolom ' || nullif(t.tgattr::text, ''),
         CASE WHEN t.tgenabled <> 'O' THEN 'mati' END, CASE WHEN t.tgqual IS NOT NULL THEN 'bersyarat' END,
         CASE WHEN t.tgdeferrable OR t.tgconstraint <> 0 OR t.tgoldtable IS NOT NULL OR t.tgnewtable IS NOT NULL
              THEN 'lain' END)
  FROM pg_trigger t JOIN milik c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_namespace n ON n.oid = p.pronamespace WHERE NOT t.tgisinternal OR t.tgenabled <> 'O'
UNION ALL
SELECT 'perintah pengganti', c.relname || ' ' || r.rulename, pg_get_ruledef(r.oid)
  FROM pg_rewrite r JOIN milik c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
UNION ALL
SELECT 'saringan baris', c.relname || ' ' || k.polname, NULL FROM pg_policy k JOIN milik c ON c.oid = k.polrelid
UNION ALL
SELECT 'fungsi', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', concat_ws(' ', p.prokind,
         l.lanname, p.prorettype::regtype, CASE WHEN p.prosecdef THEN 'sebagai pemilik' END, p.proconfig::text,
         btrim(p.prosrc))
  FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.pronamespace = {_SKEMA}
UNION ALL
SELECT 'operator', o.oid::regoperator::text, NULL FROM pg_operator o WHERE o.oprnamespace = {_SKEMA}
UNION ALL
SELECT 'tipe', t.typname, NULL FROM pg_type t
 WHERE t.typnamespace = {_SKEMA} AND t.typtype IN ('b', 'd', 'e', 'r', 'm') AND t.typelem = 0
"""

# Beyond what docs/banyak-meja.md grants: where, and what. The owner of the journal may do everything, as any owner.
_HAK_LEBIH = f"""
WITH milik AS (SELECT * FROM pg_class WHERE relnamespace = {_SKEMA} AND relkind IN ('r', 'v', 'm', 'p', 'f', 'S')),
     pemilik AS (SELECT relowner FROM milik WHERE relname = 'jurnal'),
     hak AS (SELECT c.relname, a.grantee, a.privilege_type AS nama, a.is_grantable
               FROM milik c, aclexplode(c.relacl) a WHERE a.grantee NOT IN (SELECT relowner FROM pemilik)),
     nama_peran AS (SELECT oid, rolname FROM pg_roles UNION ALL SELECT 0, 'PUBLIC')
SELECT 'tabel ' || h.relname, 'peran ' || r.rolname || ' boleh ' || string_agg(h.nama, ', ' ORDER BY h.nama)
  FROM hak h JOIN nama_peran r ON r.oid = h.grantee
 WHERE h.grantee = 0 OR h.is_grantable OR h.nama NOT IN ('SELECT', 'INSERT', 'UPDATE')
    OR (h.nama <> 'SELECT' AND h.relname = 'alembic_version') OR (h.nama = 'UPDATE' AND h.relname = 'jurnal')
 GROUP BY h.relname, r.rolname
UNION ALL
SELECT 'tabel ' || c.relname, 'hak atas kolom ' || a.attname || ' diberikan tersendiri'
  FROM milik c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL
UNION ALL
SELECT 'skema ' || n.nspname, 'peran ' || r.rolname || ' boleh CREATE'
  FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  JOIN nama_peran r ON r.oid = a.grantee
 WHERE n.oid = {_SKEMA} AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
   AND a.grantee NOT IN (SELECT relowner FROM pemilik)
UNION ALL
SELECT CASE WHEN relkind IS NULL THEN 'fungsi ' ELSE 'tabel ' END || nama, 'milik peran ' || rolname
  FROM (SELECT relname AS nama, relkind, relowner AS punya FROM milik
        UNION ALL SELECT proname, NULL, proowner FROM pg_proc WHERE pronamespace = {_SKEMA}) AS bagian
  JOIN nama_peran r ON r.oid = punya WHERE punya NOT IN (SELECT relowner FROM pemilik)
UNION ALL
SELECT 'peran ' || r.rolname, 'anggota peran yang memiliki buku'
  FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member JOIN pemilik ON m.roleid = pemilik.relowner
 WHERE NOT r.rolsuper
"""

# As which role a session looks, and which tables it may not read: of those nothing can be checked.
_PERAN = f"""
SELECT current_user, (SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
                       WHERE relnamespace = {_SKEMA} AND relkind IN ('r', 'v', 'm', 'p', 'f')
                         AND NOT has_table_privilege(oid, 'SELECT'))
"""


@dataclass(frozen=True, slots=True)
class MesinPostgres(Mesin):
    """A ledger at a URL; ``tunggu`` is how many seconds server and lock are waited for."""

    nama = "postgresql"
    tanda = "%s"
    beda = "IS DISTINCT FROM"
    galat_pengemudi = (psycopg.Error,)
    sisipan = staticmethod(insert)
    cari_tabel = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    cari_skema = _BAGIAN
    rahasia_sama = (
        "j.isi::jsonb -> '{nama}' IS NOT NULL"
        " AND h.{nama} IS NOT DISTINCT FROM CASE jsonb_typeof(j.isi::jsonb -> '{nama}') WHEN 'object'"
        " THEN (SELECT p.isi::jsonb -> '{nama}' ->> 1 FROM pribadi AS p"
        " WHERE p.nomor = h.nomor AND p.revisi = h.revisi) ELSE j.isi::jsonb ->> '{nama}' END"
    )

    url: str
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The URL without its password."""
        return sebut_alamat(self.url)

    def jati_diri(self) -> tuple[str, ...]:
        """The server's own number, the database and the schema, the same by whatever name the server is reached."""
        with self.jelaskan(), self.sambung(menulis=False) as koneksi:
            ini = "SELECT system_identifier::text, current_database(), current_schema() FROM pg_control_system()"
            return koneksi.execute(ini).fetchone() or ()

    def versi(self) -> str | None:
        """The schema version, None where the schema holds no table yet."""
        with self.jelaskan(), self.sambung(menulis=False) as koneksi:
            return self._versi(lambda sql: koneksi.execute(sql.encode()))

    def engine(self, cara: Cara) -> sa.Engine:
        """One that connects anew for each transaction."""
        return _engine(self, {"baca": "", "tulis": MULAI_TULIS, "mutakhirkan": MULAI_MUTAKHIR}[cara])

    def sambung(self, *, menulis: bool) -> psycopg.Connection:
        """A connection of its own, its level set for one transaction."""
        try:
            return sambung(self.url, self.tunggu, menulis=menulis)
        except psycopg.ProgrammingError:
            raise SalahPakai(
                f"alamat {self.sebutan} tidak dapat dibaca", "Bentuknya: postgresql://peran@peladen/basis-data"
            ) from None

    def arti_galat(self, galat: BaseException, *, menulis: bool) -> Galat:
        """Which of our errors an error of the server is."""
        return arti_galat(galat, self.sebutan, menulis=menulis)

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Through a cursor of the server's, since the driver would fetch all rows at once."""
        with _sambungan(koneksi).cursor(f"baris_{uuid4().hex}") as kursor:
            kursor.itersize = SEKALI_BACA
            yield from kursor.execute(sql.encode())

    def skema_di_sini(self, koneksi: sa.Connection, umum: BagianSkema) -> BagianSkema:
        """Functions name the ledger's schema."""
        skema = _skema(koneksi)
        return {nama: isi and isi.replace("{skema}", skema) for nama, isi in umum.items()}

    def hak(self, koneksi: sa.Connection) -> Iterator[tuple[str, str, bool]]:
        """Rights, owners other than the journal's, and the tables that the session's own role may not read."""
        for tempat, pesan in self.baris(koneksi, _HAK_LEBIH):
            yield tempat, pesan, False
        peran, tertutup = next(self.baris(koneksi, _PERAN))
        if tertutup:
            yield f"peran {peran}", f"tidak boleh melihat {tertutup}, jadi isinya tidak diperiksa", False
        else:
            yield f"peran {peran}", "buku diperiksa sebagai peran ini, yang melihat seluruh isinya", True

    def perintah_pemicu(self, koneksi: sa.Connection) -> Iterator[str]:
        """Functions and triggers, harmless where they are there already."""
        return pemicu_peladen(_skema(koneksi))

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Made here: the server's JSON has blanks in it."""
        kolom = ", ".join((*KOLOM, "sidik"))
        for *isi, sidik in self.baris(koneksi, f"SELECT {kolom} FROM jurnal{syarat} ORDER BY seq"):
            yield isi[0], larik(isi), sidik

    def _terbuka_sama(self, register: Register, *, teliti: bool) -> str:
        """Both as JSON values."""
        tertutup = ", ".join(f"'{nama}'" for nama in (*register.rahasia, LUPA, "revisi"))
        return f"j.isi::jsonb - ARRAY[{tertutup}] IS NOT DISTINCT FROM to_jsonb(h) - ARRAY[{tertutup}]"

    def bersihkan(self) -> str:
        """A server keeps rows that are gone until they are vacuumed, which only the tables' owner may do."""
        return "VACUUM (FULL) pribadi, pengaduan, informasi, rekomendasi, surat_kabar, survei, tindak_lanjut;"

    def mirip(self, kolom: sa.ColumnElement[str], pola: str) -> sa.ColumnElement[bool]:
        """ILIKE."""
        return kolom.ilike(pola, escape="/")

    def polos(self, kolom: "sa.Column[Any]") -> str:
        """Dates as ISO text, yes and no as numbers."""
        if isinstance(kolom.type, sa.Date):
            return f"to_char({kolom.name}, 'YYYY-MM-DD')"
        return f"{kolom.name}::integer" if isinstance(kolom.type, sa.Boolean) else kolom.name

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Copy rows in, then count them, so that the planner knows the table from the first question on."""
        with _sambungan(koneksi).cursor() as kursor:
            with kursor.copy(f"COPY {tabel.name} ({', '.join(tabel.c.keys())}) FROM STDIN".encode()) as salinan:
                for satu in baris:
                    salinan.write_row(satu)
            kursor.execute(f"ANALYZE {tabel.name}".encode())


def _sambungan(koneksi: sa.Connection) -> psycopg.Connection:
    sambungan: psycopg.Connection = koneksi.connection.driver_connection  # type: ignore[assignment]
    return sambungan


def _skema(koneksi: sa.Connection) -> str:
    """The schema the ledger is in, quoted where it must be."""
    return str(koneksi.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())


@lru_cache(maxsize=8)
def _engine(mesin: MesinPostgres, mulai: str) -> sa.Engine:
    """Connections whose transactions begin with the statement ``mulai``; those without one only read."""
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=lambda: mesin.sambung(menulis=bool(mulai)),
        poolclass=NullPool,
        hide_parameters=True,
        use_native_hstore=False,
        execution_options={"mesin": mesin},
    )
    if mulai:
        sa.event.listen(engine, "begin", lambda koneksi: koneksi.exec_driver_sql(mulai))
    return engine
