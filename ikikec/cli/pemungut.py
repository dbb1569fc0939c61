"""Bulk work without Python's cycle collector."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def tanpa_pemungut() -> Iterator[None]:
    """Millions of short-lived tuples and no cycle among them: looking for some would cost a fifth of the time."""
    menyala = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if menyala:
            gc.enable()
