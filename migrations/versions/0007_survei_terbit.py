"""What the published report of the survey needs: disability as an answer, and the follow-up plan (RTL)."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UNSUR = "persyaratan prosedur waktu biaya produk kompetensi perilaku penanganan_pengaduan sarana"


def upgrade() -> None:
    """Add a column that is empty in all that is already written, and the page of plan lines."""
    peladen = op.get_context().dialect.name == "postgresql"
    jenis = 'varchar COLLATE "C"' if peladen else "VARCHAR"
    op.execute(
        f"ALTER TABLE survei ADD COLUMN disabilitas {jenis}"
        " CONSTRAINT ck_survei_disabilitas CHECK (disabilitas IN ('ya', 'tidak'))"
    )
    teks = sa.String(collation="C") if peladen else sa.String()
    wajib = ("nomor", "unsur", "rencana", "penanggung_jawab")
    op.create_table(
        "rtl",
        sa.Column("nomor", teks, nullable=False),
        sa.Column("awal", sa.Date(), nullable=False),
        sa.Column("akhir", sa.Date(), nullable=False),
        sa.Column("unsur", teks, nullable=False),
        sa.Column("rencana", teks, nullable=False),
        sa.Column("penanggung_jawab", teks, nullable=False),
        sa.Column("tenggat", sa.Date(), nullable=False),
        sa.Column("tanggal_selesai", sa.Date(), nullable=True),
        sa.Column("keterangan", teks, nullable=True),
        sa.Column("bukti", teks, nullable=True),
        sa.Column("berlaku", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("revisi", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nomor", name=op.f("pk_rtl")),
        *(_periksa(f"{nama}_berisi", f"{nama} <> ''") for nama in (*wajib, "keterangan", "bukti")),
        *(
            _di_sqlite(f"{nama}_ada", f"{nama} IS date({nama}, '+0 days')")
            for nama in ("awal", "akhir", "tenggat", "tanggal_selesai")
        ),
        _periksa("unsur", f"unsur IN ({', '.join(repr(satu) for satu in UNSUR.split())})"),
        _periksa("akhir", "akhir >= awal"),
        _periksa("tenggat", "tenggat >= awal"),
        _periksa("tanggal_selesai", "tanggal_selesai >= awal"),
        _periksa("selesai", "(tanggal_selesai IS NULL) = (keterangan IS NULL)"),
        _periksa("bukti", "bukti IS NULL OR tanggal_selesai IS NOT NULL"),
        _di_sqlite("berlaku", "berlaku IN (0, 1)"),
        _periksa("revisi", "revisi >= 1"),
    )


def _periksa(nama: str, aturan: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.text(aturan), name=op.f(f"ck_rtl_{nama}"))


def _di_sqlite(nama: str, aturan: str) -> sa.CheckConstraint:
    """A rule that other databases hold by the column's type."""
    satu: sa.CheckConstraint = _periksa(nama, aturan).ddl_if(dialect="sqlite")
    return satu
