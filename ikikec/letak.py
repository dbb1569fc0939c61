"""Where the files that travel with the program are: migrations, templates, positions."""

from pathlib import Path

_PAKET = Path(__file__).parent


def bawaan(nama: str) -> Path:
    """The folder ``migrations``, ``templates`` or ``jabatan`` of this program.

    A wheel carries all three inside the package; an editable install finds the first two at the top of the
    repository.
    """
    dalam = _PAKET / nama
    return dalam if dalam.is_dir() else _PAKET.parent / nama
