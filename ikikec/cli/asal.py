"""Where each value that is in force comes from: option, environment, file, or default."""

import os
from typing import Any, NamedTuple

from typer._click.core import Context

from ikikec.berkas_toml import baca_toml
from ikikec.buku.mesin.alamat import sebut_alamat
from ikikec.cli.sesi import Sesi
from ikikec.tukar.konfig_toml import daun

# The root options, and the variables that stand for them.
_AKAR = ("konfig", "buku", "petugas", "hari_ini")
_SUMBER = {"COMMANDLINE": "opsi", "ENVIRONMENT": "lingkungan"}


class Nilai(NamedTuple):
    """One value in force; ``sumber`` is opsi, lingkungan, berkas or bawaan, ``rincian`` tells more about it."""

    kunci: str
    nilai: Any
    sumber: str
    rincian: str = ""


def nilai_berlaku(akar: Context, sesi: Sesi) -> list[Nilai]:
    """Every value in force: the surroundings of this run, then the configuration's keys.

    Raises SalahPakai or AturanDilanggar where the configuration cannot be read.
    """
    berkas = sesi.berkas_konfig
    dari_berkas = daun(baca_toml(berkas)) if os.path.isfile(berkas) else {}
    semua = daun(sesi.konfig.model_dump(by_alias=True))
    konfig = [
        Nilai(".".join(kunci), nilai, "berkas" if kunci in dari_berkas else "bawaan")
        for kunci, nilai in semua.items()
        if kunci[0] not in _AKAR
    ]
    sekitar = {
        "konfig": berkas,
        "buku": sebut_alamat(sesi.alamat_buku),
        "petugas": sesi.petugas,
        "hari_ini": sesi.hari_ini,
    }
    return [*(_sekitar(akar, nama, str(nilai), (nama,) in dari_berkas) for nama, nilai in sekitar.items()), *konfig]


def _sekitar(akar: Context, nama: str, nilai: str, di_berkas: bool) -> Nilai:
    asal = akar.get_parameter_source(nama)
    param = next(satu for satu in akar.command.params if satu.name == nama)
    sumber = _SUMBER.get(asal.name if asal else "", "berkas" if di_berkas else "bawaan")
    rincian = {"opsi": param.opts[0], "lingkungan": str(param.envvar)}
    return Nilai(nama, nilai, sumber, rincian.get(sumber, ""))
