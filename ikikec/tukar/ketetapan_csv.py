"""What an office settled, as CSV, one file a kind: free days, targets and plan lines in force, closed months.

With them a ledger made anew from an export reckons deadlines and refuses dates as the old one did.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from ikikec.bahasa import bersih
from ikikec.berkas_csv import tulis_csv
from ikikec.buku import libur, penutupan, rtl, target
from ikikec.buku.butir_rtl import AWALAN, BIDANG, ButirRtl, baca_nomor_rtl
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran, SalahPakai, tolak_pelanggaran
from ikikec.istilah import JenisLibur
from ikikec.periode import Periode, periode_bulan, periode_hari
from ikikec.tanggal import baca_tanggal
from ikikec.tukar.sumber import Baris, TabelRusak, baris_csv, buka

# Every kind, by its register in the journal, and its columns.
KOLOM: dict[str, tuple[str, ...]] = {
    libur.REGISTER: ("tanggal", "nama", "jenis", "berlaku"),
    target.REGISTER: ("jabatan", "indikator", "awal", "akhir", "nilai", "satuan", "atas", "desimal"),
    rtl.REGISTER: ("nomor", "awal", "akhir", *BIDANG),
    penutupan.REGISTER: ("bulan", "petugas", "waktu", "bobot_skm", "angka"),
}
# Columns that files from before there were ranges do not have.
_BOLEH_TIADA = ("atas", "desimal")
_YA_TIDAK = {"ya": True, "tidak": False}

Sel = Mapping[str, str]
T = TypeVar("T")


def ketetapan_csv(koneksi: sa.Connection, *, untuk_excel: bool) -> dict[str, Iterable[bytes]]:
    """The files by their names: free days by date, targets as they were set, the rest by period.

    ``untuk_excel``: for a double click.
    """
    hari = [
        (satu.tanggal, satu.nama, satu.jenis, "ya" if satu.berlaku else "tidak")
        for tahun in sorted(libur.tahun_dimuat(koneksi))
        for satu in libur.daftar_libur(koneksi, tahun)
    ]
    semua = [
        (kunci.jabatan, kunci.indikator, kunci.periode.awal, kunci.periode.akhir, satu.nilai,
         satu.satuan, satu.atas, satu.desimal)
        for satu in target.menurut_penetapan(koneksi) for kunci in (satu.kunci,)
    ]  # fmt: skip
    rencana = [
        (satu.nomor, satu.periode.awal, satu.periode.akhir, *(getattr(satu, nama) for nama in BIDANG))
        for satu in rtl.daftar(koneksi)
    ]  # fmt: skip
    bulan = [
        (f"{satu.bulan.awal:%Y-%m}", satu.petugas, satu.waktu, satu.bobot, json.dumps(satu.angka, ensure_ascii=False))
        for satu in sorted(penutupan.tertutup(koneksi), key=lambda satu: satu.bulan.awal)
    ]
    isi: dict[str, Iterable[Sequence[Any]]] = dict(zip(KOLOM, (hari, semua, rencana, bulan), strict=True))
    return {
        f"{jenis}.csv": map(str.encode, tulis_csv(KOLOM[jenis], baris, untuk_excel=untuk_excel))
        for jenis, baris in isi.items()
    }


def baca_libur(berkas: Path) -> list[libur.HariLibur]:
    """The free days of a file, each day once.

    Raises, as the other two do, SalahPakai where it cannot be opened, AturanDilanggar naming every bad line.
    """

    def susun(sel: Sel) -> libur.HariLibur:
        return libur.HariLibur(
            nama=_terisi(sel, "nama"),
            tanggal=_hari(sel, "tanggal"),
            jenis=JenisLibur(_kata(sel, "jenis", list(JenisLibur))),
            berlaku=_YA_TIDAK[_kata(sel, "berlaku", _YA_TIDAK)],
        )

    return _baca(berkas, libur.REGISTER, susun, lambda satu: satu.tanggal)


def baca_target(berkas: Path, satuan: Callable[[str, str], str]) -> list[target.Target]:
    """The targets of a file; ``satuan`` knows the unit of a position's indicator, and raises where there is none."""

    def susun(sel: Sel) -> target.Target:
        jabatan, indikator = _terisi(sel, "jabatan"), _terisi(sel, "indikator")
        try:
            seharusnya = satuan(jabatan, indikator)
        except SalahPakai as galat:
            raise _Salah("indikator", galat.pesan) from None
        if _terisi(sel, "satuan") != seharusnya:
            raise _Salah("satuan", f"seharusnya {seharusnya}")
        periode = _periode(sel)
        nilai = _bulat(sel, "nilai", "bukan bilangan bulat (persentase: dalam perseratus)")
        pesan = f"bukan bilangan bulat di atas {nilai}"
        atas = _bulat(sel, "atas", pesan, terkecil=nilai + 1) if sel["atas"].strip() else None
        desimal = _bulat(sel, "desimal", "hanya 2, atau kosong", 2, 2) if sel["desimal"].strip() else None
        kunci = target.Kunci(jabatan, indikator, periode)
        return target.Target(kunci, nilai, seharusnya, atas, desimal)

    return _baca(berkas, target.REGISTER, susun, lambda satu: satu.kunci)


def baca_rtl(berkas: Path) -> list[ButirRtl]:
    """The plan lines of a file, each once; rules and closed months are looked at when they are written."""

    def susun(sel: Sel) -> ButirRtl:
        periode = _periode(sel)
        nomor = _terbaca("nomor", baca_nomor_rtl, _terisi(sel, "nomor"))
        if nomor.rpartition("-")[0] != f"{AWALAN}{periode.kode}":
            raise _Salah("nomor", f"bukan nomor rencana {periode.label}")
        isi: dict[str, Any] = {nama: _terbaca(nama, satu.baca, sel[nama]) for nama, satu in BIDANG.items()}
        for nama in (nama for nama, satu in BIDANG.items() if satu.wajib):
            _terisi(sel, nama)
        return ButirRtl(nomor, periode, **isi)

    return _baca(berkas, rtl.REGISTER, susun, lambda satu: satu.nomor)


def baca_penutupan(berkas: Path) -> list[penutupan.PenutupanAsal]:
    """The closings of a file, each month once."""

    def susun(sel: Sel) -> penutupan.PenutupanAsal:
        awal = _hari({"bulan": f"{_terisi(sel, 'bulan')}-01"}, "bulan")
        try:
            angka = json.loads(_terisi(sel, "angka"))
        except (ValueError, RecursionError):
            angka = None
        if not isinstance(angka, dict):
            raise _Salah("angka", "tidak seperti diekspor")
        bulan = periode_bulan(awal.year, awal.month, 1)
        asal = f"dari berkas: ditutup {bersih(sel['waktu'])} oleh {bersih(sel['petugas'])}"
        return penutupan.PenutupanAsal(bulan, angka, sel["bobot_skm"].strip(), asal)

    return _baca(berkas, penutupan.REGISTER, susun, lambda satu: satu.bulan)


class _Salah(Exception):
    """What is wrong with one cell: its column, and what to say."""

    def __init__(self, kolom: str, pesan: str) -> None:
        super().__init__(pesan)
        self.kolom, self.pesan = kolom, pesan


def _baca(berkas: Path, jenis: str, susun: Callable[[Sel], T], kunci: Callable[[T], object]) -> list[T]:
    hasil: dict[object, T] = {}
    salah: list[Pelanggaran] = []
    for nomor, sel in _sel(berkas, KOLOM[jenis]):
        try:
            satu = susun(sel)
        except _Salah as galat:
            salah.append(Pelanggaran(galat.kolom, galat.pesan, nomor))
            continue
        if kunci(satu) in hasil:
            salah.append(Pelanggaran(KOLOM[jenis][0], "sudah ada di baris sebelumnya", nomor))
        hasil[kunci(satu)] = satu
    tolak_pelanggaran(salah)
    return list(hasil.values())


def _sel(berkas: Path, kolom: Sequence[str]) -> Iterator[tuple[int, Sel]]:
    """Line number and cells by heading of every line below the headings, whose order is free."""
    with buka(berkas) as aliran:
        try:
            baris: Iterator[Baris] = baris_csv(aliran, lambda satu: len(set(satu) & set(kolom)))
            judul = [satu.strip() for satu in next(baris, (0, ()))[1]]
            if kurang := [satu for satu in kolom if satu not in (*judul, *_BOLEH_TIADA)]:
                raise AturanDilanggar(
                    f"tidak ada yang dicatat: kolom {', '.join(kurang)} tidak ada",
                    saran=f"Judulnya: {', '.join(kolom)}; lihat docs/data.md.",
                )
            for nomor, isi in baris:
                yield nomor, dict.fromkeys(kolom, "") | dict(zip(judul, isi, strict=False))
        except TabelRusak as galat:
            tolak_pelanggaran([galat.pelanggaran])


def _terisi(sel: Sel, kolom: str) -> str:
    if not sel[kolom].strip():
        raise _Salah(kolom, "wajib diisi")
    return bersih(sel[kolom].strip())


def _bulat(sel: Sel, kolom: str, pesan: str, terkecil: int = 0, terbesar: int = target.TERBESAR) -> int:
    teks = _terisi(sel, kolom)
    if not (teks.isascii() and teks.isdigit() and len(teks) <= 10 and terkecil <= int(teks) <= terbesar):
        raise _Salah(kolom, pesan)
    return int(teks)


def _periode(sel: Sel) -> Periode:
    awal, akhir = _hari(sel, "awal"), _hari(sel, "akhir")
    if akhir < awal:
        raise _Salah("akhir", "mendahului awal")
    return periode_hari(awal, akhir)


def _hari(sel: Sel, kolom: str) -> Any:
    return _terbaca(kolom, baca_tanggal, _terisi(sel, kolom))


def _terbaca(kolom: str, baca: Callable[[str], T], teks: str) -> T:
    try:
        return baca(teks)
    except NilaiSalah as galat:
        raise _Salah(kolom, galat.pesan) from None


def _kata(sel: Sel, kolom: str, dikenal: Iterable[str]) -> str:
    teks = _terisi(sel, kolom).lower()
    if teks not in dikenal:
        raise _Salah(kolom, f"bukan salah satu dari {', '.join(dikenal)}")
    return teks
