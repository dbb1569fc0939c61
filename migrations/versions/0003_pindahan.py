"""Where a ledger was moved to; and on PostgreSQL, texts compared letter by letter as in SQLite.

Numbers sort by their letters (``/`` and ``-`` count), whatever language the database was made for.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEKS = (
    ("jurnal", "waktu petugas aksi register nomor alasan isi sidik"),
    ("pengaduan", "nomor pelapor kontak alamat kanal klasifikasi kategori lokasi uraian alasan_batal"),
    ("informasi", "nomor pemohon kontak alamat kanal topik uraian hasil keterangan alasan_batal"),
    ("rekomendasi", "nomor pemohon kontak alamat jenis nomor_surat alasan_tolak keterangan alasan_batal"),
    ("surat_kabar", "nomor media jenis edisi keterangan alasan_batal"),
    ("survei", "nomor layanan jenis_kelamin pendidikan pekerjaan saran alasan_batal"),
    ("tindak_lanjut", "nomor pengaduan tindakan status alasan_batal"),
    ("hari_libur", "nama jenis"),
    ("penutupan", "nomor"),
    ("target", "nomor jabatan indikator satuan"),
)


def upgrade() -> None:
    """Add the mark of a moved ledger; nothing already written changes."""
    op.create_table(
        "pindahan",
        sa.Column("urut", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("waktu", sa.String(), nullable=False),
        sa.Column("petugas", sa.String(), nullable=False),
        sa.Column("tujuan", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sidik", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("urut", name=op.f("pk_pindahan")),
        # A ledger is moved once.
        sa.CheckConstraint(sa.text("urut = 1"), name=op.f("ck_pindahan_urut")),
    )
    if op.get_context().dialect.name == "postgresql":
        for tabel, kolom in TEKS:
            ubah = ", ".join(f'ALTER COLUMN {satu} TYPE varchar COLLATE "C"' for satu in kolom.split())
            op.execute(f"ALTER TABLE {tabel} {ubah}")
