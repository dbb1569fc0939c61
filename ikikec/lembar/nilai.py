"""Sheets, the survey's report and several offices as plain values: what JSON, CSV and workbook make of them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ikikec.buku.butir_rtl import BIDANG, ButirRtl
from ikikec.istilah import UNSUR
from ikikec.kinerja.antarkantor import Rekap
from ikikec.kinerja.hitung import BarisBukti, Realisasi, Rincian
from ikikec.kinerja.ikm import LaporanSurvei, NilaiSurvei, RencanaSurvei
from ikikec.kinerja.sebaran import BarisSurvei
from ikikec.kinerja.susun import Indikator, Laporan, Tertanda
from ikikec.lembar.tabel import Kolom, Sel, Tabel

_PEMBANDING = ("sebelumnya", "tahun_lalu")
# Columns and keys that are there only where something stands in them.
_BILA_ADA = ("banyak", "target_atas")


def semua_indikator(laporan: Laporan) -> Iterator[tuple[dict[str, Sel], Indikator]]:
    """The rows of one sheet in its order, by the names that JSON and CSV give them, each with the indicator itself.

    Only a ratio has its two parts, only a mean, median or index ``banyak``, only a range ``target_atas``.
    """
    for sasaran in laporan.sasaran:
        for satu in sasaran.indikator:
            hasil, target = satu.realisasi, satu.target
            isi: dict[str, Sel] = {
                "nomor": satu.butir.nomor,
                "sasaran": sasaran.uraian,
                "indikator": satu.butir.uraian,
                "formulasi": satu.butir.formulasi,
                "aturan": satu.ukuran.aturan,
                "sumber": satu.butir.sumber,
                "satuan": satu.ukuran.satuan,
                "pembilang": None if hasil.penyebut is None else hasil.pembilang,
                "penyebut": hasil.penyebut,
                "banyak": hasil.banyak,
                "target": None if target is None else target.tertulis,
                "target_atas": None if target is None else target.tertulis_atas,
                "realisasi": hasil.nilai,
                "capaian": satu.capaian,
            }
            yield isi, satu


def tabel_laporan(laporan: Sequence[Laporan]) -> list[Tabel]:
    """The sheets as one table, a line per indicator, with all that stands on a sheet in every line."""
    isi = [_isi_penuh(lap, *satu) for lap in laporan for satu in semua_indikator(lap)]
    # Programs that read the sheets of 2019 find the columns they know.
    kolom = [nama for nama in isi[0] if nama not in _BILA_ADA or any(satu[nama] is not None for satu in isi)]
    return [Tabel("", [Kolom(nama) for nama in kolom], [[satu[nama] for nama in kolom] for satu in isi])]


def _isi_penuh(laporan: Laporan, baris: dict[str, Sel], satu: Indikator) -> dict[str, Sel]:
    periode = laporan.periode
    isi: dict[str, Sel] = {
        "jabatan": laporan.jabatan.slug,
        "nama": laporan.jabatan.nama,
        "periode_label": periode.label,
        "periode_awal": periode.awal,
        "periode_akhir": periode.akhir,
        "periode_sampai": periode.sampai,
        **baris,
        "tanggal_ttd": laporan.tanggal,
        "buku_entri": laporan.entri,
        "buku_sidik": laporan.sidik,
    }
    for nama in _PEMBANDING if satu.banding else ():
        lama = getattr(satu.banding, nama)
        isi |= {f"{nama}_label": lama.periode.label, f"{nama}_realisasi": lama.realisasi.nilai}
        isi[f"{nama}_selisih"] = lama.selisih
    isi |= {f"tren_{titik.bulan.kode}": None if titik.belum else titik.realisasi.nilai for titik in satu.tren or ()}
    return isi if satu.bukti is None else isi | {"bukti": " ".join(satu.bukti)}


def laporan_json(laporan: Sequence[Laporan]) -> list[dict[str, Any]]:
    """The list of ``laporan -O json``, an object per position."""
    return [
        {
            "jabatan": satu.jabatan.slug,
            "nama": satu.jabatan.nama,
            "periode": satu.periode,
            "indikator": [_json_indikator(*isi) for isi in semua_indikator(satu)],
            "tanda_tangan": {
                "tempat": satu.tempat,
                "tanggal": satu.tanggal,
                "mengetahui": _tertanda(satu.mengetahui),
                "pembuat": _tertanda(satu.pembuat),
            },
            "buku": {"entri": satu.entri, "sidik": satu.sidik},
        }
        for satu in laporan
    ]


def _json_indikator(baris: dict[str, Sel], satu: Indikator) -> dict[str, Any]:
    isi: dict[str, Any] = dict(baris)
    rasio = {nama: isi.pop(nama) for nama in ("pembilang", "penyebut")}
    if satu.realisasi.penyebut is not None:
        isi |= rasio
    isi |= {nama: nilai for nama in _BILA_ADA if (nilai := isi.pop(nama)) is not None}
    if satu.banding is not None:
        lama = {nama: getattr(satu.banding, nama) for nama in _PEMBANDING}
        isi["banding"] = {
            nama: {"periode": lain.periode, "realisasi": lain.realisasi.nilai, "selisih": lain.selisih}
            for nama, lain in lama.items()
        }
    if satu.tren is not None:
        isi["tren"] = [
            {"periode": titik.bulan.kode, "realisasi": None if titik.belum else titik.realisasi.nilai}
            for titik in satu.tren
        ]
    if satu.rincian is not None:
        rincian = satu.rincian
        isi |= {
            "bukti": list(satu.bukti or ()),
            "rincian": [_entri(rincian, entri, "hasil") | {"nilai": entri.nilai} for entri in rincian.bukti],
            "luput": [_entri(rincian, entri, "alasan") for entri in rincian.luput],
        }
    return isi


def _tertanda(tertanda: Tertanda) -> dict[str, str]:
    return {"jabatan": tertanda.judul, "nama": tertanda.nama, "nip": tertanda.nip}


def _entri(rincian: Rincian, entri: BarisBukti, hasil: str) -> dict[str, Any]:
    """An entry behind a figure; ``hasil`` is what its outcome is called."""
    identitas = {"nama": entri.nama, "uraian": entri.uraian} if rincian.bernama else {}
    if entri.uraian is not None:
        # A follow-up names nobody, and tells what was done.
        identitas["uraian"] = entri.uraian
    awal = {"nomor": entri.nomor, "tanggal": entri.tanggal, "perihal": entri.perihal}
    return {**awal, **identitas, "batas": entri.batas, hasil: entri.hasil}


def tabel_survei(laporan: LaporanSurvei) -> list[Tabel]:
    """A line for all respondents, and one per service: the nine unsur × 25, the index, its quality."""
    hasil, periode = laporan.nilai.hasil, laporan.nilai.periode
    pokok = ("lingkup", "layanan", "responden", *UNSUR, "indeks", "ikm", "mutu", "bobot", "pembulatan")
    kolom = ("periode_label", "periode_awal", "periode_akhir", "periode_sampai", *pokok, "buku_entri", "buku_sidik")
    baris = [
        (periode.label, periode.awal, periode.akhir, periode.sampai, lingkup, nama, satu.responden,
         *(unsur.nilai for unsur in satu.hasil.unsur), satu.hasil.indeks, satu.hasil.ikm,
         satu.hasil.mutu and satu.hasil.mutu.huruf, hasil.bobot, hasil.pembulatan, laporan.entri, laporan.sidik)
        for lingkup, nama, satu in [
            ("unit", None, laporan.unit), *(("layanan", satu.nama, satu) for satu in laporan.layanan)
        ]
    ]  # fmt: skip
    return [Tabel("", list(map(Kolom, kolom)), baris)]


def susun_survei_json(laporan: LaporanSurvei) -> dict[str, Any]:
    """The object of ``skm -O json``; ``sampel`` and ``sebelumnya`` are null where they were not asked for.

    ``saran`` is there only where it was; ``jumlah_saran`` always.
    """
    lama, rata = laporan.perbandingan, laporan.rata
    saran = [{"saran": satu.nama, "jumlah": satu.banyak.pembilang} for satu in laporan.saran or ()]
    return {
        **_nilai(laporan.nilai),
        "layanan": [_baris(satu) for satu in laporan.layanan],
        "rata_layanan": {"ikm": rata.ikm, "mutu": rata.mutu and rata.mutu.huruf, "layanan": rata.banyak},
        "tren": [_baris(satu) for satu in laporan.tren],
        "catatan": list(laporan.catatan),
        "rtl": _rencana(laporan.rencana),
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
        **({} if laporan.saran is None else {"saran": saran}),
        "buku": {"entri": laporan.entri, "sidik": laporan.sidik},
    }


def _baris(satu: BarisSurvei) -> dict[str, Any]:
    return {
        "nama": satu.nama,
        "responden": satu.responden,
        "ikm": satu.hasil.ikm,
        "mutu": satu.hasil.mutu and satu.hasil.mutu.huruf,
        "unsur": {unsur.nama: unsur.nilai for unsur in satu.hasil.unsur},
    }


def _rencana(rencana: RencanaSurvei) -> dict[str, Any]:
    hasil = rencana.terlaksana
    return {
        "usul": [satu.nama for satu in rencana.usul],
        "rencana": [butir_json(satu) for satu in rencana.kini],
        "sebelumnya": {
            "periode": rencana.periode_lalu,
            "rencana": [
                butir_json(satu.butir) | {"terlaksana": satu.terlaksana, "terlambat": satu.terlambat}
                for satu in rencana.lalu
            ],
            "terlaksana": hasil.pembilang,
            "persen": hasil.nilai,
        },
    }


def butir_json(satu: ButirRtl) -> dict[str, Any]:
    """A line of the follow-up plan, as ``rtl -O json`` has it."""
    return {"nomor": satu.nomor, "periode": satu.periode} | {nama: getattr(satu, nama) for nama in BIDANG}


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
        "pembulatan": hasil.pembulatan,
        "unsur": [
            {"nama": satu.nama, "kode": satu.kode, "judul": satu.judul, "terjawab": satu.terjawab, "nrr": satu.nrr,
             "nrr_tertimbang": satu.tertimbang}
            for satu in hasil.unsur
        ],
        "peringkat": [satu.nama for satu in hasil.peringkat],
    }  # fmt: skip


def susun_rekap_json(rekap: Rekap) -> dict[str, Any]:
    """The object of ``rekap -O json``; each indicator's offices stand in the order of ``kantor``."""
    return {
        "periode": rekap.periode,
        "indikator": [
            {
                "jabatan": lajur.jabatan.slug,
                "nama": lajur.jabatan.nama,
                "nomor": lajur.butir.nomor,
                "indikator": lajur.butir.uraian,
                "aturan": lajur.ukuran.aturan,
                "satuan": lajur.ukuran.satuan,
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


def _angka(satu: Realisasi) -> dict[str, Any]:
    rasio = {} if satu.penyebut is None else {"pembilang": satu.pembilang, "penyebut": satu.penyebut}
    banyak = {} if satu.banyak is None or not satu.terjumlah else {"banyak": satu.banyak}
    return {"realisasi": satu.nilai, **rasio, **banyak}
