"""A target may be a range (``atas`` is its upper end), and have decimals in any unit (``desimal``)."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns that are empty in all that is already written."""
    op.execute(
        "ALTER TABLE target ADD COLUMN atas INTEGER"
        " CONSTRAINT ck_target_atas CHECK (atas > nilai AND atas <= 2000000000)"
    )
    op.execute("ALTER TABLE target ADD COLUMN desimal INTEGER CONSTRAINT ck_target_desimal CHECK (desimal = 2)")
