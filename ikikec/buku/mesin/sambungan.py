"""The line to a PostgreSQL server: how it is made, what is settled on it whatever the server says, and its errors.

A role's, a database's or a server's settings are not ours: how dates are written, where names are looked up, whether
a commit waits for the disk. All that bears on what we read or promise is told with the connection itself, which
comes before the first statement and after every ALTER ROLE or ALTER DATABASE.
"""

import re
from typing import Any

from ikikec.galat import BerkasTakTertulis, BukuRusak, BukuSibuk, BukuTidakTerbaca, Galat, SalahPakai
from ikikec.letak import cara_pasang

try:
    import psycopg
    from psycopg import conninfo
except ImportError:
    raise SalahPakai(
        "buku di peladen memerlukan psycopg, yang belum terpasang",
        "Pasang dengan: " + cara_pasang('"psycopg[binary]"'),
    ) from None

# Whoever speaks to a server takes the driver from here, where its absence is told.
__all__ = ["MULAI_MUTAKHIR", "MULAI_TULIS", "arti_galat", "psycopg", "sambung"]

# A writer or its line that dies must not hold the lock for hours; server and client look after the line alike.
_DETAK = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
_SETELAN = {
    "idle_in_transaction_session_timeout": "5min",
    **{f"tcp_{nama}": isi for nama, isi in _DETAK.items()},
    # What is read back must look as it always does.
    "DateStyle": "ISO",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "quote_all_identifiers": "off",
    # What we write must mean what it always does.
    "standard_conforming_strings": "on",
    "transform_null_equals": "off",
    "array_nulls": "on",
    "check_function_bodies": "on",
    # A hidden row must be an error, not a lower figure.
    "row_security": "off",
}
_SKEMA_DI_ALAMAT = re.compile(r"(?:-c\s*|--)search[_-]path=((?:\\.|[^\s\\])*)")

# Of a writing transaction, in the one round trip that takes its lock: triggers fire, and a commit is on the disk
# (and, where the server says so, on its standby's too) before it is acknowledged. The lock is a table's, which who
# may only read cannot take; who makes or upgrades a ledger may meet none yet, and takes an advisory one for it.
_TULIS = """
DO $$ BEGIN
  IF current_setting('session_replication_role') <> 'origin' THEN
    RAISE EXCEPTION USING ERRCODE = '{tanpa_pemicu}', MESSAGE = 'session_replication_role';
  END IF;
  IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
    PERFORM set_config('synchronous_commit', 'on', true);
  END IF;
  {kunci}
END $$
"""
_KUNCI = "LOCK TABLE penutupan IN EXCLUSIVE MODE;"
# Any two numbers that no other program is likely to use; the second is the schema's.
_KUNCI_BARU = f"""
  IF to_regclass('penutupan') IS NULL THEN
    PERFORM pg_advisory_xact_lock({0x494B494B}, hashtext(current_schema()));
  END IF;
  IF to_regclass('penutupan') IS NOT NULL THEN {_KUNCI} END IF;"""
_TANPA_PEMICU = "IK001"
MULAI_TULIS = _TULIS.format(kunci=_KUNCI, tanpa_pemicu=_TANPA_PEMICU)
MULAI_MUTAKHIR = _TULIS.format(kunci=_KUNCI_BARU, tanpa_pemicu=_TANPA_PEMICU)


def sambung(url: str, tunggu: int, *, menulis: bool, jawab: int = 0) -> psycopg.Connection:
    """A connection for one transaction; ``tunggu``: seconds for server and lock, ``jawab``: milliseconds an answer.

    The schema is the one the address names (``options=-csearch_path=…``), else ``public``, whatever the role's
    search path; a session's own temporary tables are found last. Raises psycopg.Error, ProgrammingError where the
    address cannot be read.
    """
    isi: dict[str, Any] = conninfo.conninfo_to_dict(url)
    pilihan = isi.get("options", "")
    skema = (_SKEMA_DI_ALAMAT.findall(pilihan) or ["public"])[-1]
    setelan = _SETELAN | {
        "search_path": f"{skema},pg_temp",
        # 0 would mean to wait for ever.
        "lock_timeout": f"{max(tunggu * 1000, 1)}ms",
        "statement_timeout": f"{jawab}ms",
    }
    isi |= {
        "options": " ".join([pilihan, *(f"-c {nama}={nilai}" for nama, nilai in setelan.items())]),
        "connect_timeout": isi.get("connect_timeout", str(max(tunggu, 2))),
        "application_name": isi.get("application_name", "ikikec"),
        "client_encoding": "utf8",
    }
    koneksi = psycopg.connect(conninfo.make_conninfo("", **(_DETAK | isi)))
    koneksi.isolation_level = (
        psycopg.IsolationLevel.READ_COMMITTED if menulis else psycopg.IsolationLevel.REPEATABLE_READ
    )
    koneksi.read_only = not menulis
    koneksi.deferrable = False
    return koneksi


# The SQLSTATE of a connection that was refused: the driver has only the server's words for it.
_KODE = {
    "42501": r"FATAL: +permission denied",
    "53300": r"FATAL: +(sorry, too many clients|remaining connection slots|too many connections)",
    "57P03": r"FATAL: +the database system is ",
}
# Why no connection came about: what the driver's text says, what a user is told, and what to do.
_SAMBUNGAN = (
    (
        r"session is read-only|server is in hot standby mode",
        "tidak ada peladen di {} yang boleh ditulis",
        "Peladen utama mati, atau siaganya belum dinaikkan. Hubungi pengelola.",
    ),
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
    (r"database .* does not exist", "basis data {} belum ada", "Minta pengelola peladen membuatnya (createdb)."),
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
# What a server that only reads, or is another's standby, says to a writer.
_HANYA_BACA = ("25006", "0A000", "55000")
_TIDAK_TERCATAT = "Tidak ada yang tercatat. "
# What an error of the server is, by its SQLSTATE or that one's class: which of ours, what is told, what to do.
_ARTI: dict[str, tuple[type[Galat], str, str]] = {
    "55P03": (BukuSibuk, "buku {} sedang dipakai meja lain", "Tunggu sebentar, lalu ulangi."),
    "57014": (
        BukuSibuk,
        "peladen menghentikan perintah ini di {}: terlalu lama, atau dibatalkan pengelola",
        "Ulangi; bila berulang, minta pengelola melihat log dan beban peladennya.",
    ),
    "53": (
        BerkasTakTertulis,
        "peladen {} kehabisan sumber daya",
        f"{_TIDAK_TERCATAT}Hubungi pengelola peladen.",
    ),
    "53100": (
        BerkasTakTertulis,
        "cakram peladen {} penuh",
        f"{_TIDAK_TERCATAT}Minta pengelola peladen mengosongkan ruang.",
    ),
    "53200": (BerkasTakTertulis, "peladen {} kehabisan memori", f"{_TIDAK_TERCATAT}Hubungi pengelola peladen."),
    "53300": (
        BerkasTakTertulis,
        "peladen {} kehabisan sambungan: terlalu banyak meja atau program tersambung",
        f"{_TIDAK_TERCATAT}Tutup yang tidak dipakai, atau minta pengelola menaikkan max_connections.",
    ),
    "57P03": (
        BerkasTakTertulis,
        "peladen {} belum menerima sambungan: sedang dinyalakan, dimatikan, atau dipulihkan",
        f"{_TIDAK_TERCATAT}Tunggu sebentar, lalu ulangi.",
    ),
    "40": (BukuSibuk, "buku {} sedang dipakai meja lain", "Tunggu sebentar, lalu ulangi."),
    _TANPA_PEMICU: (
        BerkasTakTertulis,
        "peran di {} mematikan pemicu yang menjaga buku (session_replication_role)",
        f"{_TIDAK_TERCATAT}Minta pengelola: ALTER ROLE … RESET session_replication_role.",
    ),
    **dict.fromkeys(
        ("42P01", "42703", "3F000"),
        (BukuRusak, "buku {} rusak", "Jalankan ikikec periksa untuk melihat kerusakannya."),
    ),
}


def arti_galat(galat: BaseException, sebutan: str, *, menulis: bool) -> Galat:
    """Which of our errors an error of the server is, by its SQLSTATE; ``sebutan`` is what the ledger is called."""
    kode = getattr(galat, "sqlstate", None) or ""
    kode = kode or next((kode for kode, pola in _KODE.items() if re.search(pola, str(galat))), "")
    if not kode and (sebab := _sebab_sambungan(galat, sebutan)):
        return sebab
    if menulis and kode in _HANYA_BACA:
        return BerkasTakTertulis(
            f"buku {sebutan} hanya dapat dibaca: peladennya siaga, atau dijadikan hanya-baca",
            f"{_TIDAK_TERCATAT}Pakai alamat peladen utamanya, atau alamat kedua peladen dengan"
            " target_session_attrs=read-write.",
        )
    if kode == "42501":
        return _tidak_boleh(galat, sebutan, menulis=menulis)
    for awalan in (kode, kode[:2]):
        if awalan in _ARTI:
            jenis, pesan, saran = _ARTI[awalan]
            return jenis(pesan.format(sebutan), saran)
    # The line is down: the server says so, or says nothing at all.
    if kode.startswith(("08", "57P", "25P")) or (not kode and isinstance(galat, psycopg.OperationalError)):
        return _terputus(sebutan, menulis=menulis)
    return Galat(f"buku {sebutan}: galat basis data yang tak terduga ({type(galat).__name__} {kode})")


def _sebab_sambungan(galat: BaseException, sebutan: str) -> Galat | None:
    """Why a connection did not come about; None where that is not known."""
    for pola, pesan, saran in _SAMBUNGAN:
        if re.search(pola, str(galat), re.IGNORECASE):
            return BukuTidakTerbaca(pesan.format(sebutan), f"{saran} Lihat docs/banyak-meja.md.")
    return None


def _tidak_boleh(galat: BaseException, sebutan: str, *, menulis: bool) -> Galat:
    if "row-level security" in str(galat):
        return BukuRusak(
            f"sebagian baris buku {sebutan} disembunyikan dari peran ini (row-level security)",
            "Angkanya akan kurang, jadi tidak ada yang dihitung. Jalankan ikikec periksa, dan minta pengelola"
            " menghapus saringannya.",
        )
    if menulis:
        return BerkasTakTertulis(
            f"buku {sebutan} tidak boleh ditulis oleh peran ini",
            f"{_TIDAK_TERCATAT}Masuk sebagai petugas; membuat atau memindahkan buku: sebagai pemiliknya.",
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
