"""Several offices: what each is called and where its ledger is, as a command line or a TOML list names them."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

from pydantic import AfterValidator, Field

from ikikec.bahasa import bersih
from ikikec.berkas_toml import Bagian, baca_toml, susun
from ikikec.buku.mesin.alamat import Alamat, sebut_alamat
from ikikec.galat import SalahPakai
from ikikec.kinerja.jabatan import Terisi

_URL = re.compile(r"\w+://(?:.*@)?(?P<peladen>[^/?]*)/?(?P<basis>[^?]*)")
_SKEMA = re.compile(r"search_path(?:=|%3[dD])([\w-]+)")


@dataclass(frozen=True, slots=True)
class Kantor:
    """One office; ``nama`` is its own among all that are named together."""

    nama: str
    alamat: Alamat


class KantorTertulis(Bagian):
    """One office of a TOML list."""

    nama: Annotated[Terisi, AfterValidator(bersih)]
    buku: Terisi


def _nama_berbeda(kantor: tuple[KantorTertulis, ...]) -> tuple[KantorTertulis, ...]:
    for nama, banyak in Counter(satu.nama for satu in kantor).items():
        if banyak > 1:
            raise ValueError(f"nama {nama!r} dipakai {banyak} kali; setiap kantor perlu nama sendiri")
    return kantor


class _Daftar(Bagian):
    kantor: Annotated[tuple[KantorTertulis, ...], Field(min_length=1), AfterValidator(_nama_berbeda)]


def baca_daftar(berkas: Path) -> tuple[KantorTertulis, ...]:
    """The offices of a TOML list, in its order.

    Raises SalahPakai where the file cannot be read, AturanDilanggar naming every wrong key otherwise.
    """
    return susun(_Daftar, baca_toml(berkas), berkas).kantor


def namai(alamat: Sequence[Alamat]) -> list[Kantor]:
    """Offices called after their ledgers; where that would be one name for two, after the folder or server too."""
    pendek = [_pendek(satu) for satu in alamat]
    nama = [
        satu if pendek.count(satu) == 1 else _panjang(letak, satu) for satu, letak in zip(pendek, alamat, strict=True)
    ]
    hasil: list[Kantor] = []
    for satu, letak in zip(nama, alamat, strict=True):
        calon = chain([satu], (f"{satu} ({ke})" for ke in count(2)))
        terpakai = {lain.nama for lain in hasil}
        hasil.append(Kantor(next(teks for teks in calon if teks not in terpakai), letak))
    return hasil


def tolak_kembar(kantor: Sequence[Kantor]) -> None:
    """Raise SalahPakai where two offices have the same ledger: it would be added up twice."""
    letak: dict[str, str] = {}
    for satu in kantor:
        kunci = os.path.realpath(satu.alamat) if isinstance(satu.alamat, Path) else satu.alamat
        if kunci in letak:
            raise SalahPakai(
                f"buku {sebut_alamat(satu.alamat)} disebut dua kali ({letak[kunci]} dan {satu.nama})",
                "Sebut setiap buku sekali saja, supaya tidak terhitung dua kali.",
            )
        letak[kunci] = satu.nama


def _pendek(alamat: Alamat) -> str:
    """The file's stem; the database's name (else the server's), with the schema where one is set."""
    if isinstance(alamat, Path):
        return bersih(alamat.stem) or "buku"
    _peladen, basis = _bagian(alamat)
    skema = _SKEMA.search(alamat)
    return f"{basis}.{skema[1]}" if skema else basis


def _panjang(alamat: Alamat, pendek: str) -> str:
    if isinstance(alamat, Path):
        return bersih(f"{alamat.absolute().parent.name}/{pendek}")
    return f"{pendek} di {_bagian(alamat)[0]}"


def _bagian(alamat: str) -> tuple[str, str]:
    """Server and database of a URL, taken from what of it may be shown."""
    url = _URL.match(sebut_alamat(alamat))
    peladen = bersih(url["peladen"] if url else "") or "peladen"
    return peladen, bersih(unquote(url["basis"] if url else "")) or peladen
