"""Targets: what an office set for an indicator in a period, in whole numbers (hundredths for a percentage)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the page of targets; nothing already written changes."""
    op.create_table(
        "target",
        sa.Column("nomor", sa.String(), nullable=False),
        sa.Column("jabatan", sa.String(), nullable=False),
        sa.Column("indikator", sa.String(), nullable=False),
        sa.Column("awal", sa.Date(), nullable=False),
        sa.Column("akhir", sa.Date(), nullable=False),
        sa.Column("nilai", sa.Integer(), nullable=False),
        sa.Column("satuan", sa.String(), nullable=False),
        sa.Column("berlaku", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("revisi", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nomor", name=op.f("pk_target")),
        *(_periksa(f"{nama}_berisi", f"{nama} <> ''") for nama in ("nomor", "jabatan", "indikator", "satuan")),
        *(_di_sqlite(f"{nama}_ada", f"{nama} IS date({nama}, '+0 days')") for nama in ("awal", "akhir")),
        _periksa("akhir", "akhir >= awal"),
        _periksa("nilai", "nilai BETWEEN 0 AND 2000000000"),
        _di_sqlite("berlaku", "berlaku IN (0, 1)"),
        _periksa("revisi", "revisi >= 1"),
    )


def _periksa(nama: str, aturan: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(sa.text(aturan), name=op.f(f"ck_target_{nama}"))


def _di_sqlite(nama: str, aturan: str) -> sa.CheckConstraint:
    """A rule that other databases hold by the column's type."""
    satu: sa.CheckConstraint = _periksa(nama, aturan).ddl_if(dialect="sqlite")
    return satu
