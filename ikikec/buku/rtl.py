"""The survey's follow-up plan: lines of a period, each with its journal lines (``RTL-2026-1``).

A plan is made when its period is over or nearly so, and is part of the report that is signed: once all months of the
period are closed it is neither set, changed nor removed. That it was carried out is told later, and guarded by the
day of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.bidang import Nilai
from ikikec.buku.butir_rtl import AWALAN, BIDANG, PELAKSANAAN, ButirRtl
from ikikec.buku.halaman import JenisHalaman
from ikikec.buku.kelompok import tersimpan
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import RTL
from ikikec.buku.penutupan import Tindakan, semua_tertutup
from ikikec.galat import AturanDilanggar, EntriTidakAda, Pelanggaran, tolak_pelanggaran
from ikikec.istilah import Aksi
from ikikec.periode import Periode, periode_hari
from ikikec.tanggal import tanggal_panjang

REGISTER = "rtl"
JENIS = JenisHalaman(REGISTER, RTL)

_R = RTL.c
_LAMPAU = frozenset(satu.nama for satu in PELAKSANAAN)


def tambah(tindakan: Tindakan, baru: ButirRtl) -> ButirRtl:
    """Add a line to its period's plan; returns it with its number. Raises AturanDilanggar as ``ubah`` does."""
    awalan = f"{AWALAN}{baru.periode.kode}-"
    cari = sa.select(_R.nomor).where(_R.awal == baru.periode.awal, _R.akhir == baru.periode.akhir)
    semua = tindakan.koneksi.scalars(cari)
    urut = max((int(nomor.removeprefix(awalan)) for nomor in semua), default=0) + 1
    bernomor = replace(baru, nomor=f"{awalan}{urut}")
    _tulis(tindakan, Aksi.RTL, None, bernomor)
    return bernomor


def ubah(tindakan: Tindakan, nomor: str, perubahan: Mapping[str, Nilai], alasan: str | None) -> ButirRtl:
    """Correct a line in force, or without ``alasan`` carry it out, which is done once; returns it as it is now.

    Raises EntriTidakAda, or AturanDilanggar where a rule or a closed month forbids it or nothing would change.
    """
    lama = ambil(tindakan.koneksi, nomor)
    if alasan is None and lama.tanggal_selesai is not None:
        raise AturanDilanggar(
            f"{nomor} sudah dilaksanakan {tanggal_panjang(lama.tanggal_selesai)}",
            saran=f"Kesalahan di dalamnya dikoreksi: ikikec rtl tetapkan --nomor {nomor} --alasan …",
        )
    baru = replace(lama, **perubahan)  # type: ignore[arg-type]
    if baru == lama:
        raise AturanDilanggar(f"{nomor} sudah demikian; tidak ada yang dicatat")
    _tulis(tindakan, Aksi.RTL_SELESAI if alasan is None else Aksi.RTL, lama, baru, alasan)
    return baru


def hapus(tindakan: Tindakan, nomor: str, alasan: str) -> ButirRtl:
    """Take a line out of the plan, its number staying used; returns it. Raises as ``ubah`` does."""
    lama = ambil(tindakan.koneksi, nomor)
    _tulis(tindakan, Aksi.HAPUS_RTL, lama, replace(lama, berlaku=False), alasan)
    return lama


def terapkan(tindakan: Tindakan, semua: Iterable[ButirRtl]) -> int:
    """Write lines as another ledger has them; returns how many did not stand so already."""
    banyak = 0
    for satu in semua:
        lama = _baca(tindakan.koneksi, sa.select(RTL).where(_R.nomor == satu.nomor))
        if lama != [satu]:
            _tulis(tindakan, Aksi.RTL, next(iter(lama), None), satu)
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
        return [_butir(**baris) for baris in koneksi.execute(urut).mappings()]


def _butir(awal: date, akhir: date, revisi: int, **isi: Any) -> ButirRtl:
    return ButirRtl(periode=periode_hari(awal, akhir), **isi)


def _tulis(tindakan: Tindakan, aksi: Aksi, lama: ButirRtl | None, baru: ButirRtl, alasan: str | None = None) -> None:
    tolak_pelanggaran(baru.langgar(tindakan.hari_ini) if baru.berlaku else ())
    beda = {nama for nama in (*BIDANG, "berlaku") if lama is None or getattr(lama, nama) != getattr(baru, nama)}
    periode = baru.periode
    # The last of its months tells that all are closed.
    tutup = semua_tertutup(tindakan.koneksi, periode)[-1:] if beda - _LAMPAU else ()
    pesan = f"{periode.label} sudah ditutup seluruhnya: "
    tolak_pelanggaran(Pelanggaran("periode", pesan + satu.penolakan(tindakan.zona)) for satu in tutup)
    selesai = [satu.tanggal_selesai for satu in (lama, baru) if satu and satu.tanggal_selesai and beda]
    tindakan.tolak(("tanggal_selesai", hari) for hari in selesai)
    isi = {nama: tersimpan(nilai) for nama, nilai in asdict(baru).items() if nama != "periode"}
    rentang = {"awal": periode.awal.isoformat(), "akhir": periode.akhir.isoformat()}
    tindakan.tulis(JENIS, aksi, baru.nomor, isi | rentang, alasan)
