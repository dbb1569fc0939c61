"""The mark of a moved ledger becomes its last journal line; which entries are open, and by when, is kept.

The mark stood in a table of its own, where it could be removed or put without a trace.
"""

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TERBUKA = {
    "pengaduan": """coalesce((SELECT t.status FROM tindak_lanjut AS t WHERE t.pengaduan = e.nomor AND NOT t.batal
        ORDER BY t.tanggal DESC, length(t.nomor) DESC, t.nomor DESC LIMIT 1), '') NOT IN ('selesai', 'ditolak')""",
    "informasi": "e.tanggal_selesai IS NULL",
    "rekomendasi": "e.tanggal_terbit IS NULL AND e.tanggal_tolak IS NULL",
}


def upgrade() -> None:
    """Nothing already written changes; a moved ledger gets the line that says so."""
    _jadikan_baris()
    op.drop_table("pindahan")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS ikikec_pindahan_tambah()")
    teks = sa.String(collation="C") if op.get_context().dialect.name == "postgresql" else sa.String()
    op.create_table(
        "keadaan",
        sa.Column("nomor", teks, nullable=False),
        sa.Column("register", teks, nullable=False),
        sa.Column("batas", sa.Date(), nullable=True),
        sa.Column("terbuka", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nomor", name=op.f("pk_keadaan")),
        sa.CheckConstraint(sa.text("terbuka IN (0, 1)"), name=op.f("ck_keadaan_terbuka")),
    )
    for tabel, syarat in TERBUKA.items():
        op.execute(
            "INSERT INTO keadaan (nomor, register, batas, terbuka)"
            f" SELECT e.nomor, '{tabel}', e.batas, 1 FROM {tabel} AS e WHERE NOT e.batal AND {syarat}"
        )
    buka = sa.text("terbuka = 1")
    op.create_index(
        op.f("ix_keadaan_register"),
        "keadaan",
        ["register", "batas", "nomor"],
        sqlite_where=buka,
        postgresql_where=buka,
    )


def _jadikan_baris() -> None:
    """Append the mark to the journal; the trigger that closed the journal to it is made anew at head."""
    koneksi = op.get_bind()
    tanda = koneksi.execute(sa.text("SELECT waktu, petugas, tujuan, seq, sidik FROM pindahan")).first()
    if tanda is None:
        return
    if koneksi.dialect.name == "postgresql":
        op.execute("DROP TRIGGER IF EXISTS jurnal_pindah ON jurnal")
    else:
        op.execute("DROP TRIGGER IF EXISTS jurnal_pindah")
    waktu, petugas, tujuan, _seq, _sidik = tanda
    # The line follows the one that is the last now, whatever the mark says of it.
    terakhir = koneksi.execute(sa.text("SELECT seq, sidik FROM jurnal ORDER BY seq DESC LIMIT 1")).first()
    seq, sebelum = (terakhir[0] + 1, terakhir[1]) if terakhir else (1, "0" * 64)
    isi = _padat({"tujuan": tujuan})
    baris = [seq, waktu, petugas, "pindah", "pindahan", "PINDAH", 1, None, isi]
    kolom = ("seq", "waktu", "petugas", "aksi", "register", "nomor", "revisi", "alasan", "isi")
    sidik = sha256(f"{sebelum}\n{_padat(baris)}".encode()).hexdigest()
    isian = {**dict(zip(kolom, baris, strict=True)), "sidik": sidik}
    tanda_isian = ", ".join(f":{nama}" for nama in isian)
    koneksi.execute(sa.text(f"INSERT INTO jurnal ({', '.join(isian)}) VALUES ({tanda_isian})"), isian)


def _padat(isi: object) -> str:
    return json.dumps(isi, ensure_ascii=False, separators=(",", ":"))
