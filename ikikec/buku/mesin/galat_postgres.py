"""What PostgreSQL's own errors mean to a user. Its texts may quote what is stored, so none of them is shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import sqlalchemy as sa

from ikikec.galat import BerkasTakTertulis, BukuRusak, BukuSibuk, BukuTidakTerbaca, Galat

# The SQLSTATE of a connection that was refused: the driver has only the server's words for it.
_KODE = {
    "42501": r"FATAL: +permission denied",
    "53300": r"FATAL: +(sorry, too many clients|remaining connection slots)",
}
# Why no connection came about: what the driver's text says, what a user is told, and what to do.
_SAMBUNGAN = (
    (
        r"failed to resolve host|could not translate host name",
        "nama peladen di {} tidak dikenal",
        "Periksa ejaan nama peladen, lalu jaringannya.",
    ),
    (
        r"connection refused",
        "tidak ada PostgreSQL yang menjawab di {}",
        "Periksa nomor gerbang (port), dan minta pengelola melihat apakah peladennya berjalan.",
    ),
    (
        r"timeout expired|timed out|no route to host|network is unreachable",
        "peladen {} tidak menjawab pada waktunya",
        "Periksa jaringan, VPN, dan tembok api, lalu ulangi.",
    ),
    (
        r"password authentication failed|no password supplied",
        "peladen menolak masuk ke {}: peran atau sandinya salah, atau sandinya belum ada",
        "Periksa peran dan sandinya di ~/.pgpass (Windows: %APPDATA%\\postgresql\\pgpass.conf).",
    ),
    (
        r"role .* does not exist",
        "peran di {} tidak dikenal peladen",
        "Periksa nama perannya, atau minta pengelola peladen membuatnya.",
    ),
    (
        r"no pg_hba.conf entry",
        "peladen menolak komputer atau peran ini di {}",
        "Minta pengelola mengizinkannya di pg_hba.conf; bila ia meminta TLS, tambahkan ?sslmode=require.",
    ),
    (
        r"database .* does not exist",
        "basis data {} belum ada",
        "Minta pengelola peladen membuatnya (createdb).",
    ),
    (
        r"does not support SSL",
        "peladen {} tidak menawarkan TLS, padahal alamatnya memintanya",
        "Minta pengelola menyalakannya (ssl = on).",
    ),
    (
        r"certificate",
        "sertifikat peladen {} tidak dapat dipercaya",
        "Minta berkas sertifikat penerbitnya kepada pengelola, dan sebut di alamat: sslrootcert=BERKAS.",
    ),
    (r"SSL", "TLS dengan peladen {} gagal", "Minta pengelola memeriksa setelan TLS-nya."),
)
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
    kode = galat.sqlstate or next((kode for kode, pola in _KODE.items() if re.search(pola, str(galat))), "")
    if not kode and (sebab := _sebab_sambungan(galat, sebutan)):
        return sebab
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
    if _putus(galat, kode):
        return _terputus(sebutan, menulis=menulis)
    return Galat(f"buku {sebutan}: galat basis data yang tak terduga ({type(galat).__name__} {kode})")


def _sebab_sambungan(galat: psycopg.Error, sebutan: str) -> Galat | None:
    """Why a connection did not come about; None where that is not known."""
    for pola, pesan, saran in _SAMBUNGAN:
        if re.search(pola, str(galat), re.IGNORECASE):
            return BukuTidakTerbaca(pesan.format(sebutan), f"{saran} Lihat docs/banyak-meja.md.")
    return None


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
