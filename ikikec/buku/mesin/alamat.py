"""Where a ledger is, as it is written: a file's path, or a server's URL. Needs no third party."""

import re
from pathlib import Path

# A file, or the URL of a database on a server.
Alamat = Path | str

_PELADEN = re.compile(r"(?i)postgres(?:ql)?://")
# Up to the last @: a password written without the escapes a URL asks for may hold any letter.
_SANDI_DI_DEPAN = re.compile(r"(?<=://)([^:@/?#]*):.*(?=@)")
_SANDI_DI_BELAKANG = re.compile(r"(?i)([?&](?:ssl)?password=)[^&]*")


def alamat_peladen(teks: str) -> bool:
    """Whether an address means a database on a server."""
    return _PELADEN.match(teks) is not None


def sebut_alamat(alamat: Alamat) -> str:
    """An address as it may be shown: whatever is a password in a URL replaced by dots."""
    if isinstance(alamat, Path):
        return str(alamat)
    return _SANDI_DI_BELAKANG.sub(r"\1…", _SANDI_DI_DEPAN.sub(r"\1:…", alamat))
