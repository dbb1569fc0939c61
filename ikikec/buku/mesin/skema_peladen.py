"""What a ledger's schema on PostgreSQL is made of: its parts as they are compared, rights, functions and triggers.

Names alone say little there: a trigger may call another schema's function, a rule or a policy may hide rows, a table
may lose its content in a crash or have a child that nobody guards. So every part tells all that bears on what it
does.
"""

from collections.abc import Iterator

from ikikec.buku.mesin.pemicu import PEMICU, SAAT, Pemicu

BEDA = "IS DISTINCT FROM"
_SKEMA = "current_schema()::regnamespace"
# The server rewords conditions, not always alike in every version, so those are compared by name; the rest as it is.
BAGIAN = f"""
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
HAK_LEBIH = f"""
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
PERAN = f"""
SELECT current_user, (SELECT string_agg(relname, ', ' ORDER BY relname) FROM pg_class
                       WHERE relnamespace = {_SKEMA} AND relkind IN ('r', 'v', 'm', 'p', 'f')
                         AND NOT has_table_privilege(oid, 'SELECT'))
"""

# What the line's fingerprint must be, the array being the text that jurnal.larik makes.
_SIDIK = (
    "encode(sha256(convert_to(concat("
    "coalesce((SELECT j.sidik FROM {skema}.jurnal AS j ORDER BY j.seq DESC LIMIT 1), repeat('0', 64)),"
    " E'\\n[', NEW.seq, {kolom}, ']'), 'UTF8')), 'hex')"
)
_TEKS = ("waktu", "petugas", "aksi", "register", "nomor")


def perintah_pemicu(skema: str) -> Iterator[str]:
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
        beda=BEDA,
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
