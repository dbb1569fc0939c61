"""The survey's follow-up plan: lines of a period, each with its journal lines (``RTL-2026-1``).

A plan is made when its period is over or nearly so, and is part of the report that is signed: once all months of the
period are closed it is neither set, changed nor removed. That it was carried out is told later, and guarded by the
day of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku import penutupan
from ikikec.buku.bidang import Nilai
from ikikec.buku.butir_rtl import AWALAN, BIDANG, PELAKSANAAN, ButirRtl
from ikikec.buku.halaman import JenisHalaman, Tulisan, tulis
from ikikec.buku.kelompok import tersimpan
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import RTL
from ikikec.galat import AturanDilanggar, EntriTidakAda, Pelanggaran, tolak_pelanggaran
from ikikec.periode import Periode, periode_hari
from ikikec.tanggal import tanggal_panjang

REGISTER = "rtl"
JENIS = JenisHalaman(REGISTER, RTL)

_R = RTL.c
_LAMPAU = frozenset(satu.nama for satu in PELAKSANAAN)


def tambah(koneksi: sa.Connection, baru: ButirRtl, tulisan: Tulisan, zona: ZoneInfo, hari_ini: date) -> ButirRtl:
    """Add a line to its period's plan; returns it with its number. Raises AturanDilanggar as ``ubah`` does."""
    awalan = f"{AWALAN}{baru.periode.kode}-"
    cari = sa.select(_R.nomor).where(_R.awal == baru.periode.awal, _R.akhir == baru.periode.akhir)
    urut = max((int(nomor.removeprefix(awalan)) for nomor in koneksi.scalars(cari)), default=0) + 1
    bernomor = replace(baru, nomor=f"{awalan}{urut}")
    _tulis(koneksi, None, bernomor, tulisan, zona, hari_ini)
    return bernomor


def ubah(
    koneksi: sa.Connection,
    nomor: str,
    perubahan: Mapping[str, Nilai],
    tulisan: Tulisan,
    zona: ZoneInfo,
    hari_ini: date,
    *,
    sekali: bool = False,
) -> ButirRtl:
    """Change fields of a line in force; ``sekali``: carry it out, which is done once.

    Raises EntriTidakAda, or AturanDilanggar where a rule or a closed month forbids it or nothing would change.
    """
    lama = ambil(koneksi, nomor)
    if sekali and lama.tanggal_selesai is not None:
        raise AturanDilanggar(
            f"{nomor} sudah dilaksanakan {tanggal_panjang(lama.tanggal_selesai)}",
            saran=f"Kesalahan di dalamnya dikoreksi: ikikec rtl tetapkan --nomor {nomor} --alasan …",
        )
    baru = replace(lama, **perubahan)  # type: ignore[arg-type]
    if baru == lama:
        raise AturanDilanggar(f"{nomor} sudah demikian; tidak ada yang dicatat")
    _tulis(koneksi, lama, baru, tulisan, zona, hari_ini)
    return baru


def hapus(koneksi: sa.Connection, nomor: str, tulisan: Tulisan, zona: ZoneInfo) -> ButirRtl:
    """Take a line out of the plan, its number staying used; returns it. Raises as ``ubah`` does."""
    lama = ambil(koneksi, nomor)
    _tulis(koneksi, lama, replace(lama, berlaku=False), tulisan, zona, date.max)
    return lama


def terapkan(
    koneksi: sa.Connection, semua: Iterable[ButirRtl], tulisan: Tulisan, zona: ZoneInfo, hari_ini: date
) -> int:
    """Write lines as another ledger has them; returns how many did not stand so already."""
    banyak = 0
    for satu in semua:
        lama = _baca(koneksi, sa.select(RTL).where(_R.nomor == satu.nomor))
        if lama != [satu]:
            _tulis(koneksi, next(iter(lama), None), satu, tulisan, zona, hari_ini)
            banyak += 1
    return banyak


def ambil(koneksi: sa.Connection, nomor: str) -> ButirRtl:
    """A line in force; raises EntriTidakAda."""
    for satu in _baca(koneksi, sa.select(RTL).where(_R.nomor == nomor, _R.berlaku)):
        return satu
    raise EntriTidakAda(f"tidak ada rencana tindak lanjut {nomor}", "Yang ada: ikikec rtl daftar.")


def daftar(koneksi: sa.Connection, menyentuh: Periode | None = None) -> list[ButirRtl]:
    """The lines in force by period and number; those of periods that share a day with ``menyentuh``."""
    cari = sa.select(RTL).where(_R.berlaku)
    if menyentuh is not None:
        cari = cari.where(_R.awal <= menyentuh.akhir, _R.akhir >= menyentuh.awal)
    return _baca(koneksi, cari)


def milik(koneksi: sa.Connection, periode: Periode) -> list[ButirRtl]:
    """The plan of just this period."""
    return _baca(koneksi, sa.select(RTL).where(_R.berlaku, _R.awal == periode.awal, _R.akhir == periode.akhir))


def _baca(koneksi: sa.Connection, cari: sa.Select[Any]) -> list[ButirRtl]:
    urut = cari.order_by(_R.awal, _R.akhir, sa.func.length(_R.nomor), _R.nomor)
    with jelaskan_isi("halaman rtl"):
        return [_butir(dict(baris)) for baris in koneksi.execute(urut).mappings()]


def _butir(baris: dict[str, Any]) -> ButirRtl:
    periode = periode_hari(baris.pop("awal"), baris.pop("akhir"))
    del baris["revisi"]
    return ButirRtl(periode=periode, **baris)


def _tulis(
    koneksi: sa.Connection, lama: ButirRtl | None, baru: ButirRtl, tulisan: Tulisan, zona: ZoneInfo, hari_ini: date
) -> None:
    tolak_pelanggaran(baru.langgar(hari_ini) if baru.berlaku else ())
    beda = {nama for nama in (*BIDANG, "berlaku") if lama is None or getattr(lama, nama) != getattr(baru, nama)}
    if beda - _LAMPAU:
        _tolak_tertutup(koneksi, baru.periode, zona)
    selesai = [satu.tanggal_selesai for satu in (lama, baru) if satu and satu.tanggal_selesai and beda]
    penutupan.tolak(penutupan.tertutup(koneksi), [("tanggal_selesai", hari) for hari in selesai], zona)
    isi = {nama: tersimpan(nilai) for nama, nilai in asdict(baru).items() if nama != "periode"}
    rentang = {"awal": baru.periode.awal.isoformat(), "akhir": baru.periode.akhir.isoformat()}
    tulis(koneksi, JENIS, tulisan, baru.nomor, isi | rentang)


def _tolak_tertutup(koneksi: sa.Connection, periode: Periode, zona: ZoneInfo) -> None:
    tutup = penutupan.semua_tertutup(koneksi, periode)
    kabar = [f"{periode.label} sudah ditutup seluruhnya: {satu.penolakan(zona)}" for satu in tutup[-1:]]
    tolak_pelanggaran(Pelanggaran("periode", satu) for satu in kabar)
