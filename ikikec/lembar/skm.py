"""The survey's report as JSON, in the shape the contract fixes for scripts, with more keys beside."""

from dataclasses import asdict
from typing import Any

from ikikec.kinerja.skm import Golongan, LaporanSurvei, NilaiSurvei


def susun_survei_json(laporan: LaporanSurvei) -> dict[str, Any]:
    """The object of ``skm -O json``; ``sampel`` and ``sebelumnya`` are null where they were not asked for.

    ``saran`` is there only where it was; ``jumlah_saran`` always.
    """
    lama = laporan.perbandingan
    return {
        **_nilai(laporan.nilai),
        "sampel": laporan.sampel and asdict(laporan.sampel),
        "sebelumnya": lama and _nilai(lama.dulu) | {"selisih": {satu.nama: satu.selisih for satu in lama.baris}},
        "demografi": {
            satu.bidang: [
                {"nama": isi.nama, "jumlah": isi.banyak.pembilang, "persen": isi.banyak.nilai}
                for isi in satu.golongan
            ]
            for satu in laporan.sebaran
        },
        "jumlah_saran": laporan.jumlah_saran,
        **({} if laporan.saran is None else {"saran": [_saran(satu) for satu in laporan.saran]}),
        "buku": {"entri": laporan.entri, "sidik": laporan.sidik},
    }


def _saran(satu: Golongan) -> dict[str, Any]:
    return {"saran": satu.nama, "jumlah": satu.banyak.pembilang}


def _nilai(nilai: NilaiSurvei) -> dict[str, Any]:
    hasil = nilai.hasil
    return {
        "periode": nilai.periode,
        "responden": nilai.responden,
        "puas": nilai.puas.pembilang,
        "persen_puas": nilai.puas.nilai,
        "indeks": hasil.indeks,
        "ikm": hasil.ikm,
        "mutu": hasil.mutu and hasil.mutu.huruf,
        "kinerja": hasil.mutu and hasil.mutu.kinerja,
        "halangan": nilai.halangan or None,
        "bobot": hasil.bobot,
        "unsur": [
            {"nama": satu.nama, "kode": satu.kode, "judul": satu.judul, "terjawab": satu.terjawab, "nrr": satu.nrr,
             "nrr_tertimbang": satu.tertimbang}
            for satu in hasil.unsur
        ],
        "peringkat": [satu.nama for satu in hasil.peringkat],
    }  # fmt: skip
