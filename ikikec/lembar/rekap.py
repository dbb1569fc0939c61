"""Several offices side by side: what every form says in the same words, and the table as JSON."""

from typing import Any

from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.rekap import AngkaKantor, Lajur, Rekap

JUDUL = "REKAPITULASI INDIKATOR KINERJA INDIVIDU"
ATURAN_JUMLAH = (
    "Persentase di baris jumlah dihitung dari jumlah pembilang dan jumlah penyebut semua kantor, bukan rata-rata"
    " persentasenya; kantor tanpa data tidak mengubahnya."
)
# Of a fingerprint, what a table has room for; periksa --sidik finds the line by it.
_SIDIK_PENDEK = 16


def catatan(rekap: Rekap) -> list[str]:
    """What a reader of the sum must know: who is left out of it, what is old, what may be in it twice."""
    return [
        *(f"kantor {satu.nama} tidak ikut dijumlah: {satu.kendala.pesan}" for satu in rekap.kantor if satu.kendala),
        *(
            f"buku {satu.nama} sudah dipindahkan; entri sesudah itu ada di buku lain dan tidak terhitung"
            for satu in rekap.kantor
            if satu.isi and satu.isi.pindah
        ),
        *(
            f"buku {', '.join(nama)} bermula dari entri yang sama; bila salinan satu buku, terjumlah berulang"
            for nama in rekap.salinan
        ),
    ]


def jumlah_kantor(rekap: Rekap) -> str:
    """How many offices are in the sum: ``3 kantor``, ``2 dari 3 kantor``."""
    terbaca, semua = len(rekap.terbaca), len(rekap.kantor)
    return f"{terbaca} kantor" if terbaca == semua else f"{terbaca} dari {semua} kantor"


def sidik_pendek(isi: AngkaKantor) -> str:
    """The beginning of a ledger's fingerprint."""
    return isi.sidik[:_SIDIK_PENDEK]


def susun_rekap_json(rekap: Rekap) -> dict[str, Any]:
    """The object of ``rekap -O json``; each indicator's offices stand in the order of ``kantor``."""
    return {
        "periode": rekap.periode,
        "indikator": [
            {
                **_indikator(lajur),
                "jumlah": _angka(rekap.jumlah[letak]),
                "kantor": [{"nama": satu.nama, **_angka(satu.isi.angka[letak])} for satu in rekap.kantor if satu.isi],
            }
            for letak, lajur in enumerate(rekap.lajur)
        ],
        "kantor": [
            {"nama": satu.nama, "alamat": satu.alamat, "buku": {"entri": satu.isi.entri, "sidik": satu.isi.sidik},
             "dipindahkan": satu.isi.pindah}
            for satu in rekap.kantor if satu.isi
        ],
        "dilewati": [
            {"nama": satu.nama, "alamat": satu.alamat, "kode": satu.kendala.kode, "galat": satu.kendala.pesan}
            for satu in rekap.kantor if satu.kendala
        ],
        "salinan": rekap.salinan,
    }  # fmt: skip


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
    rasio = {} if satu.penyebut is None else {"pembilang": satu.pembilang, "penyebut": satu.penyebut}
    return {"realisasi": satu.nilai, **rasio}
