"""Sheets as CSV (RFC 4180, lines ending in a line feed): one line per indicator, for a spreadsheet or a script."""

import csv
import io
from collections.abc import Callable, Sequence

from ikikec.kinerja.susun import Laporan
from ikikec.lembar.baris import Baris, Sel, baris

Kolom = tuple[str, Callable[[Baris], Sel]]

# Names are those of the JSON; dates are ISO, decimals have a point, no value is empty.
KOLOM: tuple[Kolom, ...] = (
    ("jabatan", lambda satu: satu.laporan.jabatan.slug),
    ("nama", lambda satu: satu.laporan.jabatan.nama),
    ("periode_label", lambda satu: satu.laporan.periode.label),
    ("periode_awal", lambda satu: satu.laporan.periode.awal),
    ("periode_akhir", lambda satu: satu.laporan.periode.akhir),
    ("nomor", lambda satu: satu.indikator.butir.nomor),
    ("sasaran", lambda satu: satu.sasaran.uraian),
    ("indikator", lambda satu: satu.indikator.butir.uraian),
    ("formulasi", lambda satu: satu.indikator.butir.formulasi),
    ("aturan", lambda satu: satu.indikator.ukuran.aturan),
    ("sumber", lambda satu: satu.indikator.butir.sumber),
    ("satuan", lambda satu: satu.indikator.ukuran.satuan),
    ("pembilang", lambda satu: satu.pembilang),
    ("penyebut", lambda satu: satu.penyebut),
    ("target", lambda satu: satu.target),
    ("realisasi", lambda satu: satu.indikator.realisasi.nilai),
    ("capaian", lambda satu: satu.indikator.capaian),
    ("tanggal_ttd", lambda satu: satu.laporan.tanggal),
    ("buku_entri", lambda satu: satu.laporan.entri),
    ("buku_sidik", lambda satu: satu.laporan.sidik),
)
BUKTI: Kolom = ("bukti", lambda satu: " ".join(satu.indikator.bukti or ()))
BANDING: tuple[Kolom, ...] = (
    ("sebelumnya_label", lambda satu: satu.banding.sebelumnya.periode.label),
    ("sebelumnya_realisasi", lambda satu: satu.banding.sebelumnya.realisasi.nilai),
    ("sebelumnya_selisih", lambda satu: satu.banding.sebelumnya.selisih),
    ("tahun_lalu_label", lambda satu: satu.banding.tahun_lalu.periode.label),
    ("tahun_lalu_realisasi", lambda satu: satu.banding.tahun_lalu.realisasi.nilai),
    ("tahun_lalu_selisih", lambda satu: satu.banding.tahun_lalu.selisih),
)

_RUMUS = ("=", "+", "-", "@", "\t", "\r")


def susun_csv(laporan: Sequence[Laporan]) -> str:
    """The sheets as one table with a header, earlier figures and the entries' numbers behind it where asked for."""
    kolom = list(KOLOM)
    if any(satu.minta.bandingkan for satu in laporan):
        kolom += BANDING
    if any(satu.rinci for satu in laporan):
        kolom.append(BUKTI)
    sangga = io.StringIO()
    penulis = csv.writer(sangga, lineterminator="\n")
    penulis.writerow(judul for judul, _ in kolom)
    for satu in laporan:
        penulis.writerows([_aman(ambil(isi)) for _, ambil in kolom] for isi in baris(satu))
    return sangga.getvalue()


def _aman(nilai: Sel) -> Sel:
    """A text that a spreadsheet would run as a formula gets the apostrophe that makes it text."""
    return f"'{nilai}" if isinstance(nilai, str) and nilai.startswith(_RUMUS) else nilai
