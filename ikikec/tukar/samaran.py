"""Pseudonyms: the same person is told apart without being named.

A pseudonym is cut from HMAC-SHA-256 of the text, letter case, blanks, quotes and hyphens evened out. The key comes
from the ledger's first entry, its content and its fingerprint, through scrypt: it stays the same as the ledger grows,
and whoever has only the export can neither look names up in a prepared list nor try them one by one. It does not
protect against somebody who holds the ledger or a backup, nor against a guess from what is left in the rows (a date,
a place, a rare age); people of the same name share a pseudonym.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping

from ikikec.bahasa import kunci_teks
from ikikec.buku.bidang import Nilai
from ikikec.buku.register import DIHAPUS, Register

_SEBUTAN = {"kontak": "Kontak", "alamat": "Alamat"}
# Twelve hex digits: among a hundred thousand people two share one by chance once in fifty thousand exports.
_PANJANG = 12


def kunci_samaran(bahan: str) -> bytes:
    """The key made from what only the ledger tells; slow on purpose, so that guessing ``bahan`` is too."""
    return hashlib.scrypt(bahan.encode(), salt=b"ikikec ekspor --samarkan", n=2**14, r=8, p=1)


def samarkan_entri(
    register: Register, entri: Iterable[Mapping[str, Nilai]], kunci: bytes
) -> Iterator[dict[str, Nilai]]:
    """The entries with pseudonyms of one key for what identifies a citizen, and without what was told freely."""
    bebas = {bidang.nama: None for bidang in register.bidang if bidang.bebas}
    pribadi = [bidang.nama for bidang in register.bidang if bidang.pribadi]
    for isi in entri:
        yield {**isi, **bebas, **{nama: _ganti(nama, isi[nama], kunci) for nama in pribadi}}


def _ganti(nama: str, nilai: Nilai, kunci: bytes) -> str | None:
    if nilai is None or nilai == DIHAPUS:
        return None if nilai is None else DIHAPUS
    sebutan = _SEBUTAN.get(nama, "Orang")
    sidik = hmac.digest(kunci, f"{sebutan}:{kunci_teks(str(nilai))}".encode(), "sha256")
    return f"{sebutan}-{sidik.hex()[:_PANJANG]}"
