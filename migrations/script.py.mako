"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What changes, and what becomes of the ledgers already written."""
    ${upgrades if upgrades else "raise NotImplementedError"}
