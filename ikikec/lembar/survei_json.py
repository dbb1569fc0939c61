"""The survey's report as JSON, in the shape the contract fixes for scripts, with more keys beside."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ikikec.kinerja.skm import Golongan, LaporanSurvei, NilaiSurvei, Perbandingan, Unsur
from ikikec.lembar.json import periode_json


def susun_survei_json(laporan: LaporanSurvei) -> dict[str, Any]:
    """The object of ``skm -O json``; ``sampel`` and ``sebelumnya`` are null where they were not asked for.

    ``saran`` is there only where it was; ``jumlah_saran`` always.
    """
    sampel = laporan.sampel
    return {
        **_nilai(laporan.nilai),
        "sampel": sampel
        and {
            "populasi": sampel.populasi,
            "minimum": sampel.minimum,
            "tercapai": sampel.tercapai,
        },
        "sebelumnya": laporan.perbandingan and _sebelumnya(laporan.perbandingan),
        "demografi": {satu.bidang: _golongan(satu.golongan) for satu in laporan.sebaran},
        "jumlah_saran": laporan.jumlah_saran,
        **_saran(laporan.saran),
        "buku": {"entri": laporan.entri, "sidik": laporan.sidik},
    }


def _nilai(nilai: NilaiSurvei) -> dict[str, Any]:
    hasil = nilai.hasil
    return {
        "periode": periode_json(nilai.periode),
        "responden": nilai.responden,
        "puas": nilai.puas.pembilang,
        "persen_puas": _angka(nilai.puas.nilai),
        "indeks": _angka(hasil.indeks),
        "ikm": _angka(hasil.ikm),
        "mutu": hasil.mutu and hasil.mutu.huruf,
        "kinerja": hasil.mutu and hasil.mutu.kinerja,
        "halangan": nilai.halangan or None,
        "bobot": hasil.bobot,
        "unsur": [_unsur(satu) for satu in hasil.unsur],
        "peringkat": [satu.nama for satu in hasil.peringkat],
    }


def _unsur(unsur: Unsur) -> dict[str, Any]:
    return {
        "nama": unsur.nama,
        "kode": unsur.kode,
        "judul": unsur.judul,
        "terjawab": unsur.terjawab,
        "nrr": _angka(unsur.nrr),
        "nrr_tertimbang": _angka(unsur.tertimbang),
    }


def _sebelumnya(perbandingan: Perbandingan) -> dict[str, Any]:
    """The period before with its own figures, and by how much this one differs from it."""
    return {
        **_nilai(perbandingan.dulu),
        "selisih": {satu.nama: _angka(satu.selisih) for satu in perbandingan.baris},
    }


def _golongan(isi: Iterable[Golongan]) -> list[dict[str, Any]]:
    return [{"nama": satu.nama, "jumlah": satu.banyak.pembilang, "persen": _angka(satu.banyak.nilai)} for satu in isi]


def _saran(isi: Iterable[Golongan] | None) -> dict[str, Any]:
    return {} if isi is None else {"saran": [{"saran": satu.nama, "jumlah": satu.banyak.pembilang} for satu in isi]}


def _angka(nilai: int | Decimal | None) -> int | float | None:
    return float(nilai) if isinstance(nilai, Decimal) else nilai
