"""How SQLite is told which file a ledger is. Needs no SQLAlchemy, so that completion can use it."""

import os
from pathlib import Path
from urllib.parse import quote


def tautan(berkas: Path) -> str:
    """The URI of an existing database file; it is never made by opening it."""
    return f"file:{quote(os.fsencode(berkas.absolute()))}?mode=rw"
