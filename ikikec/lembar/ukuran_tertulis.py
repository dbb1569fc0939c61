"""The measures in force as a list: what each counts, where it comes from, what it costs."""

from typing import Any

from ikikec.kinerja.definisi import Hitungan, sebut_tanggal
from ikikec.kinerja.syarat import sebut
from ikikec.kinerja.ukuran import Ukuran

BAWAAN = "bawaan"


def ukuran_json(satu: Ukuran) -> dict[str, Any]:
    """The object of ``ukuran -O json``; ``asal`` is the file of an office's own."""
    return {
        "ukuran": satu.nama,
        "satuan": satu.satuan,
        "aturan": satu.aturan,
        "hitung": satu.hitung,
        "cara": cara(satu),
        "asal": BAWAAN if satu.bawaan else str(satu.berkas),
        "seluruh_register": not satu.lewat_indeks,
    }


def baris_ukuran(satu: Ukuran) -> list[tuple[str, str]]:
    """What a terminal shows below its name, each a name and a value."""
    return [
        ("  aturan", satu.aturan),
        ("  dihitung", cara(satu)),
        ("  asal", BAWAAN if satu.bawaan else str(satu.berkas)),
        ("  biaya", "" if satu.lewat_indeks else f"membaca seluruh register {satu.register} setiap kali"),
    ]


def cara(satu: Ukuran) -> str:
    """The definition in words."""
    if satu.bagian:
        return f"rasio {satu.bagian[0].nama} per {satu.bagian[1].nama}" if satu.definisi.pembilang else _bagi(satu)
    definisi = satu.definisi
    apa = f" {definisi.bidang}" if definisi.bidang else ""
    rentang = f" {satu.satuan} dari {definisi.dari} sampai {definisi.sampai}" if definisi.dari else ""
    bagian = [f"{satu.hitung}{apa}{rentang} register {satu.register}, {sebut_tanggal(definisi)}", *_syarat(satu)]
    return "; ".join(bagian)


def _bagi(satu: Ukuran) -> str:
    return f"rasio dari {satu.bagian[1].nama}: {cara(satu.bagian[0])}"


def _syarat(satu: Ukuran) -> list[str]:
    syarat = [f"syarat: {', '.join(map(sebut, satu.definisi.syarat))}"] if satu.definisi.syarat else []
    semua = satu.definisi.syarat_penyebut
    dari = [f"dibagi yang {', '.join(map(sebut, semua))}"] if semua else []
    return [*syarat, *dari] if satu.hitung is not Hitungan.RASIO or dari else [*syarat, "dibagi semuanya"]
