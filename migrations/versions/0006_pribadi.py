"""What citizens told stands beside the journal, not in it: a line holds a commitment, this table salt and value.

Lines from before stay as they are, letter by letter: they were signed and printed with their fingerprints.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; nothing already written changes."""
    teks = sa.String(collation="C") if op.get_context().dialect.name == "postgresql" else sa.String()
    op.create_table(
        "pribadi",
        sa.Column("nomor", teks, nullable=False),
        sa.Column("revisi", sa.Integer(), nullable=False),
        sa.Column("isi", teks, nullable=False),
        sa.PrimaryKeyConstraint("nomor", "revisi", name=op.f("pk_pribadi")),
        sqlite_with_rowid=False,
    )
