"""A sheet as JSON, in the shape the contract fixes for scripts."""

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ikikec.kinerja.hitung import Indikator, Laporan, Tertanda
    from ikikec.periode import Periode


def susun_json(laporan: "Laporan") -> dict[str, Any]:
    """One position's object of ``laporan -O json``."""
    return {
        "jabatan": laporan.jabatan.slug,
        "nama": laporan.jabatan.nama,
        "periode": susun_periode(laporan.periode),
        "indikator": [_indikator(sasaran.uraian, satu) for sasaran in laporan.sasaran for satu in sasaran.indikator],
        "tanda_tangan": {
            "tempat": laporan.tempat,
            "tanggal": laporan.tanggal.isoformat(),
            "mengetahui": _tertanda(laporan.mengetahui),
            "pembuat": _tertanda(laporan.pembuat),
        },
        "buku": {"entri": laporan.entri, "sidik": laporan.sidik},
    }


def susun_periode(periode: "Periode") -> dict[str, str]:
    """A period's label and both its ends."""
    return {"label": periode.label, "awal": periode.awal.isoformat(), "akhir": periode.akhir.isoformat()}


def _indikator(sasaran: str, indikator: "Indikator") -> dict[str, Any]:
    realisasi = indikator.realisasi
    nilai = realisasi.nilai
    isi: dict[str, Any] = {
        "nomor": indikator.butir.nomor,
        "sasaran": sasaran,
        "indikator": indikator.butir.uraian,
        "formulasi": indikator.butir.formulasi,
        "aturan": indikator.ukuran.aturan,
        "sumber": indikator.butir.sumber,
        "satuan": indikator.ukuran.satuan,
        "realisasi": float(nilai) if isinstance(nilai, Decimal) else nilai,
    }
    if realisasi.penyebut is not None:
        isi |= {"pembilang": realisasi.pembilang, "penyebut": realisasi.penyebut}
    if indikator.bukti is not None:
        isi["bukti"] = list(indikator.bukti)
    return isi


def _tertanda(tertanda: "Tertanda") -> dict[str, str]:
    return {"jabatan": tertanda.judul, "nama": tertanda.nama, "nip": tertanda.nip}


def tulis_json(isi: Any) -> str:
    """``isi`` as the program writes JSON everywhere: indented, letters as they are, a line end at the end."""
    return json.dumps(isi, ensure_ascii=False, indent=2) + "\n"
