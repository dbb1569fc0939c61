"""A sheet as JSON, in the shape the contract fixes for scripts."""

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ikikec.kinerja.bukti import BarisBukti, Rincian
    from ikikec.kinerja.hitung import Pembanding
    from ikikec.kinerja.susun import Indikator, Laporan, Tertanda
    from ikikec.periode import Periode


def susun_json(laporan: "Laporan") -> dict[str, Any]:
    """One position's object of ``laporan -O json``."""
    return {
        "jabatan": laporan.jabatan.slug,
        "nama": laporan.jabatan.nama,
        "periode": periode_json(laporan.periode),
        "indikator": [_indikator(sasaran.uraian, satu) for sasaran in laporan.sasaran for satu in sasaran.indikator],
        "tanda_tangan": {
            "tempat": laporan.tempat,
            "tanggal": laporan.tanggal.isoformat(),
            "mengetahui": _tertanda(laporan.mengetahui),
            "pembuat": _tertanda(laporan.pembuat),
        },
        "buku": {"entri": laporan.entri, "sidik": laporan.sidik},
    }


def periode_json(periode: "Periode") -> dict[str, str]:
    """A period as JSON has it everywhere."""
    return {"label": periode.label, "awal": periode.awal.isoformat(), "akhir": periode.akhir.isoformat()}


def bilangan(nilai: int | Decimal | None) -> int | float | None:
    """A figure as a JSON number; None is no data."""
    return float(nilai) if isinstance(nilai, Decimal) else nilai


def _indikator(sasaran: str, indikator: "Indikator") -> dict[str, Any]:
    realisasi, target = indikator.realisasi, indikator.target
    isi: dict[str, Any] = {
        "nomor": indikator.butir.nomor,
        "sasaran": sasaran,
        "indikator": indikator.butir.uraian,
        "formulasi": indikator.butir.formulasi,
        "aturan": indikator.ukuran.aturan,
        "sumber": indikator.butir.sumber,
        "satuan": indikator.ukuran.satuan,
        "target": None if target is None else bilangan(target.tertulis),
        "realisasi": bilangan(realisasi.nilai),
        "capaian": bilangan(indikator.capaian),
    }
    if realisasi.penyebut is not None:
        isi |= {"pembilang": realisasi.pembilang, "penyebut": realisasi.penyebut}
    if indikator.banding is not None:
        banding = indikator.banding
        isi["banding"] = {
            "sebelumnya": _pembanding(banding.sebelumnya),
            "tahun_lalu": _pembanding(banding.tahun_lalu),
        }
    if indikator.tren is not None:
        isi["tren"] = [
            {"periode": satu.bulan.kode, "realisasi": bilangan(satu.realisasi.nilai)} for satu in indikator.tren
        ]
    if indikator.rincian is not None:
        isi |= _rincian(indikator.rincian)
    return isi


def _tertanda(tertanda: "Tertanda") -> dict[str, str]:
    return {"jabatan": tertanda.judul, "nama": tertanda.nama, "nip": tertanda.nip}


def _pembanding(pembanding: "Pembanding") -> dict[str, Any]:
    return {
        "periode": periode_json(pembanding.periode),
        "realisasi": bilangan(pembanding.realisasi.nilai),
        "selisih": bilangan(pembanding.selisih),
    }


def _rincian(rincian: "Rincian") -> dict[str, Any]:
    return {
        "bukti": [satu.nomor for satu in rincian.bukti],
        "rincian": [{**_baris(rincian, satu), "hasil": satu.hasil, "nilai": satu.nilai} for satu in rincian.bukti],
        "luput": [{**_baris(rincian, satu), "alasan": satu.hasil} for satu in rincian.luput],
    }


def _baris(rincian: "Rincian", baris: "BarisBukti") -> dict[str, Any]:
    identitas = {"nama": baris.nama, "uraian": baris.uraian} if rincian.bernama else {}
    return {
        "nomor": baris.nomor,
        "tanggal": baris.tanggal.isoformat(),
        "perihal": baris.perihal,
        **identitas,
        "batas": baris.batas.isoformat() if baris.batas else None,
    }


def tulis_json(isi: Any) -> str:
    """``isi`` as the program writes JSON everywhere: indented, letters as they are, a line end at the end."""
    return json.dumps(isi, ensure_ascii=False, indent=2) + "\n"
