"""What the measured ledgers hold: rows of CSV files, made from a part's size and days, always the same.

An entry's number apart, equal parts hold equal entries, whatever else their ledger holds.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

# What ``cari`` looks for; a handful of entries hold it.
LANGKA = "Jembatan gantung"
# Of each hundred entries; the ten that are left follow up every second complaint.
BANYAK = {"survei": 40, "pengaduan": 20, "informasi": 15, "rekomendasi": 10, "surat-kabar": 5}
_SEKALI = 100_000
_KANAL = ("tatap-muka", "whatsapp", "telepon", "sp4n-lapor", "surat")
_KLASIFIKASI = ("tidak-berkadar", "tidak-berkadar", "permintaan-informasi", "aspirasi", "berkadar")
_URAIAN = ("Lampu jalan padam", "Jalan rusak dekat pasar", "Air bersih tidak mengalir", "Sampah menumpuk di parit")
_TOPIK = ("Syarat KTP", "Jadwal pelayanan", "IUMK", "Bantuan sosial")
_IZIN = ("keramaian", "domisili", "dispensasi-nikah", "usaha-mikro", "bangunan")
_UNSUR = "persyaratan prosedur waktu biaya produk kompetensi perilaku penanganan_pengaduan sarana"
_KEPALA = {
    "pengaduan": "nomor tanggal pelapor kontak alamat kanal klasifikasi kategori lokasi uraian",
    "informasi": "tanggal pemohon alamat kanal topik tanggal_selesai hasil",
    "rekomendasi": "tanggal pemohon alamat jenis tanggal_lengkap tanggal_terbit nomor_surat",
    "surat-kabar": "tanggal media eksemplar tanggal_dimanfaatkan dimanfaatkan",
    "survei": f"tanggal layanan kepuasan {_UNSUR} jenis_kelamin usia pendidikan saran",
    "tindak-lanjut": "pengaduan tanggal tindakan status",
}


@dataclass(frozen=True, slots=True)
class Bagian:
    """So many entries spread evenly over the days from ``awal`` to ``akhir``; later dates of theirs end there too."""

    jumlah: int
    awal: date
    akhir: date
    hanya_survei: bool = False

    def pecah(self) -> Iterator["Bagian"]:
        """The same as parts of a size that one file may have, the earlier days first."""
        potong = max(1, self.jumlah // _SEKALI)
        hari = (self.akhir - self.awal).days + 1
        for letak in range(potong):
            awal = self.awal + timedelta(letak * hari // potong)
            akhir = self.awal + timedelta((letak + 1) * hari // potong - 1)
            yield Bagian(self.jumlah // potong, awal, akhir, self.hanya_survei)


def tulis_csv(berkas: Path, slug: str, baris: Iterator[Sequence[object]]) -> None:
    """Write rows of a register under its heading."""
    with berkas.open("w", encoding="utf-8", newline="") as tulis:
        penulis = csv.writer(tulis)
        penulis.writerow(_KEPALA[slug].split())
        penulis.writerows(baris)


def isi(bagian: Bagian, urut: Counter[int]) -> Iterator[tuple[str, Iterator[Sequence[object]]]]:
    """Every register's rows, complaints before their follow-ups."""
    acak = Random(f"{bagian.jumlah} {bagian.awal}")
    if bagian.hanya_survei:
        yield "survei", survei(bagian.jumlah, bagian, acak)
        return
    banyak = {slug: bagian.jumlah * persen // 100 for slug, persen in BANYAK.items()}
    pengaduan = list(_pengaduan(banyak["pengaduan"], bagian, acak, urut))
    yield "pengaduan", iter(pengaduan)
    yield "informasi", _informasi(banyak["informasi"], bagian, acak)
    yield "rekomendasi", _rekomendasi(banyak["rekomendasi"], bagian, acak)
    yield "surat-kabar", _surat_kabar(banyak["surat-kabar"], bagian, acak)
    yield "survei", survei(banyak["survei"], bagian, acak)
    yield "tindak-lanjut", _tindak_lanjut(pengaduan[::2], bagian, acak)


def hari_merata(jumlah: int, bagian: Bagian) -> Iterator[date]:
    """So many days, evenly spread over those of a part."""
    banyak = (bagian.akhir - bagian.awal).days + 1
    semua = [bagian.awal + timedelta(satu) for satu in range(banyak)]
    return (semua[urut * banyak // jumlah] for urut in range(jumlah))


def _sesudah(tanggal: date, hari: int, bagian: Bagian) -> date:
    return min(tanggal + timedelta(hari), bagian.akhir)


def _pengaduan(jumlah: int, bagian: Bagian, acak: Random, urut: Counter[int]) -> Iterator[tuple[object, ...]]:
    for letak, tanggal in enumerate(hari_merata(jumlah, bagian)):
        urut[tanggal.year] += 1
        uraian = LANGKA if letak % 20_000 == 17 else acak.choice(_URAIAN)
        yield (
            f"PGD-{tanggal.year}-{urut[tanggal.year]:04}",
            tanggal,
            f"Warga {acak.randrange(100_000):05}",
            f"08{acak.randrange(10**9):09}",
            f"Dusun {acak.randrange(1, 9)}",
            acak.choice(_KANAL),
            acak.choice(_KLASIFIKASI),
            "non-perizinan",
            f"Dusun {acak.randrange(1, 9)}",
            f"{uraian} sejak {acak.randrange(2, 30)} hari",
        )


def _informasi(jumlah: int, bagian: Bagian, acak: Random) -> Iterator[tuple[object, ...]]:
    for tanggal in hari_merata(jumlah, bagian):
        selesai = acak.randrange(10) < 8
        yield (
            tanggal,
            f"Warga {acak.randrange(100_000):05}",
            f"Dusun {acak.randrange(1, 9)}",
            acak.choice(_KANAL),
            acak.choice(_TOPIK),
            _sesudah(tanggal, acak.randrange(20), bagian) if selesai else "",
            acak.choice(("terlaksana", "terlaksana", "tidak-terlaksana")) if selesai else "",
        )


def _rekomendasi(jumlah: int, bagian: Bagian, acak: Random) -> Iterator[tuple[object, ...]]:
    for letak, tanggal in enumerate(hari_merata(jumlah, bagian)):
        terbit = acak.randrange(10) < 8
        yield (
            tanggal,
            f"Warga {acak.randrange(100_000):05}",
            f"Dusun {acak.randrange(1, 9)}",
            acak.choice(_IZIN),
            tanggal,
            _sesudah(tanggal, acak.randrange(8), bagian) if terbit else "",
            f"503/{letak}/KBS" if terbit else "",
        )


def _surat_kabar(jumlah: int, bagian: Bagian, acak: Random) -> Iterator[tuple[object, ...]]:
    for tanggal in hari_merata(jumlah, bagian):
        eksemplar = acak.randrange(1, 8)
        dipakai = acak.randrange(10) < 8
        yield (
            tanggal,
            acak.choice(("Luwuk Post", "Mercusuar", "Tempo")),
            eksemplar,
            _sesudah(tanggal, acak.randrange(10), bagian) if dipakai else "",
            acak.randrange(1, eksemplar + 1) if dipakai else "",
        )


def survei(jumlah: int, bagian: Bagian, acak: Random) -> Iterator[tuple[object, ...]]:
    """Survey responses."""
    for tanggal in hari_merata(jumlah, bagian):
        jawaban = [acak.choice((2, 3, 3, 4, 4, "")) for _ in range(8)]
        yield (
            tanggal,
            acak.choice(("informasi", "pengaduan", "rekomendasi izin")),
            acak.choice((2, 3, 4, 4)) if acak.randrange(4) else "",
            3,
            *jawaban,
            acak.choice("LP"),
            acak.randrange(17, 80),
            acak.choice(("SD", "SMP", "SMA", "S1")),
            "Tambah loket" if acak.randrange(20) == 0 else "",
        )


def _tindak_lanjut(
    pengaduan: Sequence[tuple[object, ...]], bagian: Bagian, acak: Random
) -> Iterator[tuple[object, ...]]:
    for nomor, tanggal, *_ in pengaduan:
        assert isinstance(tanggal, date)
        status = acak.choice(("diproses", "diteruskan", "selesai"))
        yield nomor, _sesudah(tanggal, acak.randrange(14), bagian), "Diteruskan ke desa", status
