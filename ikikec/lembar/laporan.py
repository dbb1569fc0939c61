"""A position's sheet as plain values: a row per indicator, and what CSV, JSON and workbook make of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from ikikec.kinerja.bukti import BarisBukti, Rincian
from ikikec.kinerja.hitung import Pembanding
from ikikec.kinerja.susun import Indikator, Laporan, Tertanda
from ikikec.lembar.tabel import Kolom, Sel, Tabel

_PEMBANDING = ("sebelumnya", "tahun_lalu")


def isi_indikator(sasaran: str, satu: Indikator) -> dict[str, Sel]:
    """An indicator's values by the names that JSON and CSV give them; only a ratio has its two parts."""
    hasil = satu.realisasi
    return {
        "nomor": satu.butir.nomor,
        "sasaran": sasaran,
        "indikator": satu.butir.uraian,
        "formulasi": satu.butir.formulasi,
        "aturan": satu.ukuran.aturan,
        "sumber": satu.butir.sumber,
        "satuan": satu.ukuran.satuan,
        "pembilang": None if hasil.penyebut is None else hasil.pembilang,
        "penyebut": hasil.penyebut,
        "target": None if satu.target is None else satu.target.tertulis,
        "realisasi": hasil.nilai,
        "capaian": satu.capaian,
    }


def semua_indikator(laporan: Laporan) -> Iterator[tuple[dict[str, Sel], Indikator]]:
    """The rows of one sheet in its order, each with the indicator itself."""
    for sasaran in laporan.sasaran:
        for satu in sasaran.indikator:
            yield isi_indikator(sasaran.uraian, satu), satu


def tabel_laporan(laporan: Sequence[Laporan]) -> Tabel:
    """The sheets as one table, a line per indicator, with all that stands on a sheet in every line."""
    isi = [_isi_penuh(lap, *satu) for lap in laporan for satu in semua_indikator(lap)]
    return Tabel("", [Kolom(nama) for nama in isi[0]], [[*satu.values()] for satu in isi])


def _isi_penuh(laporan: Laporan, baris: dict[str, Sel], satu: Indikator) -> dict[str, Sel]:
    periode = laporan.periode
    isi: dict[str, Sel] = {
        "jabatan": laporan.jabatan.slug,
        "nama": laporan.jabatan.nama,
        "periode_label": periode.label,
        "periode_awal": periode.awal,
        "periode_akhir": periode.akhir,
        **baris,
        "tanggal_ttd": laporan.tanggal,
        "buku_entri": laporan.entri,
        "buku_sidik": laporan.sidik,
    }
    for nama in _PEMBANDING if satu.banding else ():
        lama = getattr(satu.banding, nama)
        isi |= {f"{nama}_label": lama.periode.label, f"{nama}_realisasi": lama.realisasi.nilai}
        isi[f"{nama}_selisih"] = lama.selisih
    return isi if satu.bukti is None else isi | {"bukti": " ".join(satu.bukti)}


def susun_json(laporan: Laporan) -> dict[str, Any]:
    """One position's object of ``laporan -O json``."""
    return {
        "jabatan": laporan.jabatan.slug,
        "nama": laporan.jabatan.nama,
        "periode": laporan.periode,
        "indikator": [_json_indikator(*satu) for satu in semua_indikator(laporan)],
        "tanda_tangan": {
            "tempat": laporan.tempat,
            "tanggal": laporan.tanggal,
            "mengetahui": _tertanda(laporan.mengetahui),
            "pembuat": _tertanda(laporan.pembuat),
        },
        "buku": {"entri": laporan.entri, "sidik": laporan.sidik},
    }


def _json_indikator(baris: dict[str, Sel], satu: Indikator) -> dict[str, Any]:
    isi: dict[str, Any] = dict(baris)
    rasio = {nama: isi.pop(nama) for nama in ("pembilang", "penyebut")}
    if satu.realisasi.penyebut is not None:
        isi |= rasio
    if satu.banding is not None:
        isi["banding"] = {nama: _pembanding(getattr(satu.banding, nama)) for nama in _PEMBANDING}
    if satu.tren is not None:
        isi["tren"] = [{"periode": titik.bulan.kode, "realisasi": titik.realisasi.nilai} for titik in satu.tren]
    if satu.rincian is not None:
        rincian = satu.rincian
        isi |= {
            "bukti": [entri.nomor for entri in rincian.bukti],
            "rincian": [_entri(rincian, entri, "hasil") | {"nilai": entri.nilai} for entri in rincian.bukti],
            "luput": [_entri(rincian, entri, "alasan") for entri in rincian.luput],
        }
    return isi


def _tertanda(tertanda: Tertanda) -> dict[str, str]:
    return {"jabatan": tertanda.judul, "nama": tertanda.nama, "nip": tertanda.nip}


def _pembanding(lama: Pembanding) -> dict[str, Any]:
    return {"periode": lama.periode, "realisasi": lama.realisasi.nilai, "selisih": lama.selisih}


def _entri(rincian: Rincian, entri: BarisBukti, hasil: str) -> dict[str, Any]:
    """An entry behind a figure; ``hasil`` is what its outcome is called."""
    identitas = {"nama": entri.nama, "uraian": entri.uraian} if rincian.bernama else {}
    awal = {"nomor": entri.nomor, "tanggal": entri.tanggal, "perihal": entri.perihal}
    return {**awal, **identitas, "batas": entri.batas, hasil: entri.hasil}
