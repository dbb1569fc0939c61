"""Where the files that travel with the program are: migrations, templates, an office's own positions too."""

from pathlib import Path

_PAKET = Path(__file__).parent


def bawaan(nama: str) -> Path:
    """The folder ``migrations``, ``templates`` or ``jabatan`` of this program.

    A wheel carries all three inside the package; an editable install finds the first two at the top of the
    repository.
    """
    dalam = _PAKET / nama
    return dalam if dalam.is_dir() else _PAKET.parent / nama


SEMUA_JABATAN = "semua"


def berkas_jabatan(folder_kantor: Path) -> dict[str, Path]:
    """The position files by slug: the program's, and those of the office's folder, which need not exist.

    An office's file replaces one of the same name. ``semua`` means all of them and can be no position.
    """
    folder = (bawaan("jabatan"), folder_kantor)
    berkas = {toml.stem: toml for satu in folder if satu.is_dir() for toml in sorted(satu.glob("*.toml"))}
    berkas.pop(SEMUA_JABATAN, None)
    return berkas
