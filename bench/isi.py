"""What the measured ledgers hold: rows of CSV files, made from a part's size and days, always the same.

An entry's number apart, equal parts hold equal entries, whatever else their ledger holds.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

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
    """So many entries spread evenly over the days from ``awal`` to ``akhir``; later dates of theirs end there too.

    ``terbuka``: complaints alone, and nobody followed one up.
    """

    jumlah: int
    awal: date
    akhir: date
    hanya_survei: bool = False
    terbuka: bool = False

    def pecah(self) -> Iterator["Bagian"]:
        """The same as parts of a size that one file may have, the earlier days first."""
        potong = max(1, self.jumlah // _SEKALI)
        hari = (self.akhir - self.awal).days + 1
        for letak in range(potong):
            awal = self.awal + timedelta(letak * hari // potong)
            akhir = self.awal + timedelta((letak + 1) * hari // potong - 1)
            yield replace(self, jumlah=self.jumlah // potong, awal=awal, akhir=akhir)


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
    nomor = list[tuple[str, date]]()
    for slug, buat in _BARIS.items() if not bagian.terbuka else [("pengaduan", _pengaduan)]:
        banyak = bagian.jumlah if bagian.terbuka else bagian.jumlah * BANYAK[slug] // 100
        semua = [buat(satu, acak) for satu in _hari(banyak, bagian)]
        if slug == "pengaduan":
            for urutan, baris in enumerate(semua):
                urut[baris[0].year] += 1
                nomor.append((f"PGD-{baris[0].year}-{urut[baris[0].year]:04}", baris[0]))
                semua[urutan] = (nomor[-1][0], *baris)
        yield slug, iter(semua)
    if bagian.terbuka:
        return
    yield "survei", survei(bagian.jumlah * BANYAK["survei"] // 100, bagian, acak)
    yield "tindak-lanjut", _tindak_lanjut(nomor[::2], bagian, acak)


@dataclass(frozen=True, slots=True)
class _Hari:
    """An entry's place in its part, and its day; later days of it end with the part."""

    letak: int
    tanggal: date
    akhir: date

    def sesudah(self, hari: int) -> date:
        return min(self.tanggal + timedelta(hari), self.akhir)


def _hari(jumlah: int, bagian: Bagian) -> Iterator[_Hari]:
    return (_Hari(letak, hari, bagian.akhir) for letak, hari in enumerate(hari_merata(jumlah, bagian)))


def hari_merata(jumlah: int, bagian: Bagian) -> Iterator[date]:
    """So many days, evenly spread over those of a part."""
    banyak = (bagian.akhir - bagian.awal).days + 1
    semua = [bagian.awal + timedelta(satu) for satu in range(banyak)]
    return (semua[urut * banyak // jumlah] for urut in range(jumlah))


def _warga(acak: Random) -> str:
    return f"Warga {acak.randrange(100_000):05}"


def _dusun(acak: Random) -> str:
    return f"Dusun {acak.randrange(1, 9)}"


def _pengaduan(satu: _Hari, acak: Random) -> tuple[Any, ...]:
    uraian = LANGKA if satu.letak % 20_000 == 17 else acak.choice(_URAIAN)
    orang = (satu.tanggal, _warga(acak), f"08{acak.randrange(10**9):09}", _dusun(acak))
    sifat = (acak.choice(_KANAL), acak.choice(_KLASIFIKASI), "non-perizinan", _dusun(acak))
    return (*orang, *sifat, f"{uraian} sejak {acak.randrange(2, 30)} hari")


def _informasi(satu: _Hari, acak: Random) -> tuple[Any, ...]:
    selesai = acak.randrange(10) < 8
    minta = (satu.tanggal, _warga(acak), _dusun(acak), acak.choice(_KANAL), acak.choice(_TOPIK))
    if not selesai:
        return (*minta, "", "")
    hari = satu.sesudah(acak.randrange(20))
    return (*minta, hari, acak.choice(("terlaksana", "terlaksana", "tidak-terlaksana")))


def _rekomendasi(satu: _Hari, acak: Random) -> tuple[Any, ...]:
    terbit = acak.randrange(10) < 8
    minta = (satu.tanggal, _warga(acak), _dusun(acak), acak.choice(_IZIN), satu.tanggal)
    return (*minta, satu.sesudah(acak.randrange(8)), f"503/{satu.letak}/KBS") if terbit else (*minta, "", "")


def _surat_kabar(satu: _Hari, acak: Random) -> tuple[Any, ...]:
    eksemplar = acak.randrange(1, 8)
    dipakai = acak.randrange(10) < 8
    terima = (satu.tanggal, acak.choice(("Luwuk Post", "Mercusuar", "Tempo")), eksemplar)
    if not dipakai:
        return (*terima, "", "")
    return (*terima, satu.sesudah(acak.randrange(10)), acak.randrange(1, eksemplar + 1))


_BARIS: dict[str, Callable[[_Hari, Random], tuple[Any, ...]]] = {
    "pengaduan": _pengaduan,
    "informasi": _informasi,
    "rekomendasi": _rekomendasi,
    "surat-kabar": _surat_kabar,
}


def survei(jumlah: int, bagian: Bagian, acak: Random) -> Iterator[tuple[object, ...]]:
    """Survey responses."""
    for tanggal in hari_merata(jumlah, bagian):
        jawaban = [acak.choice((2, 3, 3, 4, 4, "")) for _ in range(8)]
        layanan = acak.choice(("informasi", "pengaduan", "rekomendasi izin"))
        kepuasan = acak.choice((2, 3, 4, 4)) if acak.randrange(4) else ""
        orang = (acak.choice("LP"), acak.randrange(17, 80), acak.choice(("SD", "SMP", "SMA", "S1")))
        yield tanggal, layanan, kepuasan, 3, *jawaban, *orang, "Tambah loket" if acak.randrange(20) == 0 else ""


def _tindak_lanjut(nomor: Sequence[tuple[str, date]], bagian: Bagian, acak: Random) -> Iterator[tuple[object, ...]]:
    for satu, tanggal in nomor:
        status = acak.choice(("diproses", "diteruskan", "selesai"))
        yield satu, min(tanggal + timedelta(acak.randrange(14)), bagian.akhir), "Diteruskan ke desa", status
