"""How one entry stands against its deadline: days left, how it ended, and the free days the deadline skipped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.libur import nama_libur
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI, Register
from ikikec.buku.tabel import HALAMAN, Isian
from ikikec.buku.tenggat import tenggat
from ikikec.istilah import Status
from ikikec.kalender import Kalender
from ikikec.konfigurasi import Konfigurasi

FINAL = (Status.SELESAI, Status.DITOLAK)


@dataclass(frozen=True, slots=True)
class JatuhTempo:
    """``batas``: the last day in time. ``selesai``: the day the entry was done, None while it is open.

    ``sisa``: working days from ``selesai``, or else from today, to ``batas``; negative where it was missed.
    ``libur``: the named free days on the way from ``mulai``; ``akhir_pekan``: how many other free days there were.
    """

    mulai: date
    batas: date
    selesai: date | None
    sisa: int
    libur: Mapping[date, str]
    akhir_pekan: int


def jatuh_tempo(
    koneksi: sa.Connection, register: Register, isian: Isian, hari_ini: date, konfig: Konfigurasi, kalender: Kalender
) -> JatuhTempo | None:
    """How an entry stands, None where it has no deadline. Raises TahunBelumDimuat."""
    batas = getattr(isian, "batas", None)
    if batas is None:
        return None
    ketentuan = tenggat(isian, konfig) if register is not REKOMENDASI or _jenis_dikenal(isian, konfig) else None
    mulai = ketentuan[0] if ketentuan else isian.tanggal
    selesai = _SELESAI[register.slug](koneksi, isian)
    bebas = kalender.bebas(mulai, batas)
    bernama = {hari: nama for hari, nama in nama_libur(koneksi, mulai, batas).items() if hari in bebas}
    sisa = kalender.sisa(selesai or hari_ini, batas)
    return JatuhTempo(mulai, batas, selesai, sisa, bernama, len(bebas) - len(bernama))


def _jenis_dikenal(isian: Any, konfig: Konfigurasi) -> bool:
    """A kind that was taken out of the configuration since has no rule any more, but its deadline stands."""
    return isian.jenis in konfig.izin


def _pengaduan_selesai(koneksi: sa.Connection, isian: Any) -> date | None:
    lanjut = HALAMAN["tindak-lanjut"].c
    terakhir = (
        sa.select(lanjut.tanggal, lanjut.status)
        .where(lanjut.pengaduan == isian.nomor, ~lanjut.batal)
        .order_by(lanjut.tanggal.desc(), sa.func.length(lanjut.nomor).desc(), lanjut.nomor.desc())
        .limit(1)
    )
    baris = koneksi.execute(terakhir).first()
    return baris.tanggal if baris is not None and baris.status in FINAL else None


_SELESAI: Mapping[str, Callable[[sa.Connection, Any], date | None]] = {
    PENGADUAN.slug: _pengaduan_selesai,
    INFORMASI.slug: lambda _koneksi, isian: isian.tanggal_selesai,
    REKOMENDASI.slug: lambda _koneksi, isian: isian.tanggal_terbit or isian.tanggal_tolak,
}
