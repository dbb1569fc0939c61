"""What PostgreSQL's own errors mean to a user. Its texts may quote what is stored, so none of them is shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa

from ikikec.galat import BerkasTakTertulis, BukuRusak, BukuSibuk, BukuTidakTerbaca, Galat

_SAMBUNGAN = {
    "3D000": r'FATAL: +database ".*" does not exist',
    "28000": r"password authentication failed|role .* does not exist|no pg_hba.conf entry|no password supplied",
    "42501": r"FATAL: +permission denied",
    "53300": r"FATAL: +(sorry, too many clients|remaining connection slots)",
}
_SARAN_SAMBUNGAN = "Periksa jaringan dan peladennya, lalu ulangi; lihat docs/banyak-meja.md."


@contextmanager
def jelaskan(sebutan: str, *, menulis: bool) -> Iterator[None]:
    """Turn the server's errors into those a user can act on; ``menulis``: whether something was to be recorded."""
    try:
        yield
    except sa.exc.DBAPIError as galat:
        if isinstance(galat.orig, psycopg.Error):
            raise arti_galat(galat.orig, sebutan, menulis=menulis) from galat
        raise
    except psycopg.Error as galat:
        raise arti_galat(galat, sebutan, menulis=menulis) from galat


def arti_galat(galat: psycopg.Error, sebutan: str, *, menulis: bool) -> Galat:
    """Which of our errors an error of the server is, by its SQLSTATE."""
    kode = galat.sqlstate or _kode_sambungan(galat)
    if kode in ("55P03", "57014"):
        return BukuSibuk(f"buku {sebutan} sedang dipakai meja lain", "Tunggu sebentar, lalu ulangi.")
    if kode.startswith("53"):
        return BerkasTakTertulis(
            f"buku {sebutan}: peladen kehabisan ruang atau sambungan",
            "Hubungi pengelola peladen; tidak ada yang tercatat.",
        )
    if kode in ("42501", "25006"):
        return _tidak_boleh(sebutan, menulis=menulis)
    if kode in ("42P01", "42703", "3F000"):
        return BukuRusak(f"buku {sebutan} rusak", "Jalankan ikikec periksa untuk melihat kerusakannya.")
    if kode == "3D000":
        return BukuTidakTerbaca(f"basis data {sebutan} belum ada", "Minta pengelola peladen membuatnya (createdb).")
    if kode.startswith("28"):
        return BukuTidakTerbaca(f"peladen menolak masuk ke {sebutan}", "Periksa nama peran dan sandinya.")
    if _putus(galat, kode):
        return _terputus(sebutan, menulis=menulis)
    return Galat(f"buku {sebutan}: galat basis data yang tak terduga ({type(galat).__name__} {kode})")


def _kode_sambungan(galat: psycopg.Error) -> str:
    """The SQLSTATE of a connection that was refused: the driver has only the server's words for it."""
    pesan = str(galat)
    return next((kode for kode, pola in _SAMBUNGAN.items() if re.search(pola, pesan)), "")


def _putus(galat: psycopg.Error, kode: str) -> bool:
    """Whether the line is down: the server says so, or says nothing at all."""
    return kode.startswith(("08", "57P")) or (not kode and isinstance(galat, psycopg.OperationalError))


def _tidak_boleh(sebutan: str, *, menulis: bool) -> Galat:
    if menulis:
        return BerkasTakTertulis(
            f"buku {sebutan} tidak boleh ditulis oleh peran ini",
            "Tidak ada yang tercatat. Masuk sebagai petugas; membuat atau memindahkan buku: sebagai pemiliknya.",
        )
    return BukuTidakTerbaca(
        f"buku {sebutan} tidak boleh dibaca oleh peran ini", "Minta haknya kepada pengelola peladen."
    )


def _terputus(sebutan: str, *, menulis: bool) -> Galat:
    if menulis:
        return BerkasTakTertulis(
            f"hubungan ke {sebutan} terputus; catatan terakhir mungkin belum tersimpan",
            f"Sesudah tersambung, lihat dengan ikikec daftar sebelum mengulang. {_SARAN_SAMBUNGAN}",
        )
    return BukuTidakTerbaca(f"peladen {sebutan} tidak dapat dihubungi", _SARAN_SAMBUNGAN)
