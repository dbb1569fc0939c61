"""Several offices side by side as JSON."""

from typing import Any

from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.rekap import AngkaKantor, BarisRekap, Lajur, Rekap
from ikikec.lembar.json import bilangan, periode_json


def susun_rekap_json(rekap: Rekap) -> dict[str, Any]:
    """The object of ``rekap -O json``; each indicator's offices stand in the order of ``kantor``."""
    return {
        "periode": periode_json(rekap.periode),
        "indikator": [
            {
                **_indikator(lajur),
                "jumlah": _angka(rekap.jumlah[letak]),
                "kantor": [{"nama": satu.nama, **_angka(satu.isi.angka[letak])} for satu in rekap.kantor if satu.isi],
            }
            for letak, lajur in enumerate(rekap.lajur)
        ],
        "kantor": [_kantor(satu, satu.isi) for satu in rekap.kantor if satu.isi],
        "dilewati": [_dilewati(satu) for satu in rekap.dilewati],
        "salinan": [list(nama) for nama in rekap.salinan],
    }


def _indikator(lajur: Lajur) -> dict[str, str]:
    return {
        "jabatan": lajur.jabatan.slug,
        "nama": lajur.jabatan.nama,
        "nomor": lajur.butir.nomor,
        "indikator": lajur.butir.uraian,
        "aturan": lajur.ukuran.aturan,
        "satuan": lajur.ukuran.satuan,
    }


def _angka(satu: Realisasi) -> dict[str, Any]:
    isi: dict[str, Any] = {"realisasi": bilangan(satu.nilai)}
    return isi if satu.penyebut is None else isi | {"pembilang": satu.pembilang, "penyebut": satu.penyebut}


def _kantor(satu: BarisRekap, isi: AngkaKantor) -> dict[str, Any]:
    buku = {"entri": isi.entri, "sidik": isi.sidik}
    return {"nama": satu.nama, "alamat": satu.alamat, "buku": buku, "dipindahkan": isi.pindah}


def _dilewati(satu: BarisRekap) -> dict[str, Any]:
    assert satu.kendala is not None
    return {"nama": satu.nama, "alamat": satu.alamat, "kode": satu.kendala.kode, "galat": satu.kendala.pesan}
