"""A ledger in a database on a PostgreSQL server: how it is opened and spoken to, and what the server's errors mean.

One ledger per schema, one writer at a time. A writer's first statement takes an advisory lock, under READ COMMITTED:
each later statement then sees all that earlier writers committed, so numbers have no gaps and no repeats. A stricter
level would keep the view from before the lock was there and fail. A reader sees one moment (REPEATABLE READ, READ
ONLY) and waits for nobody. A server's copies are made by pg_dump, and a migration that fails changes nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.pool import NullPool

from ikikec.buku.jurnal import Baris, larik
from ikikec.buku.mesin.alamat import sebut_alamat
from ikikec.buku.mesin.dasar import SEKALI_BACA, BagianSkema, BarisPolos, Mesin
from ikikec.buku.mesin.skema_peladen import BAGIAN, BEDA, HAK_LEBIH, perintah_pemicu
from ikikec.buku.register import Register
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

# Any two numbers that no other program is likely to use; the second is the schema's.
KUNCI = 0x494B494B

# A writer or its line that dies must not hold the lock for hours; server and client look after the line alike.
_DETAK = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
_SETELAN = {"idle_in_transaction_session_timeout": "5min", **{f"tcp_{nama}": isi for nama, isi in _DETAK.items()}}
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


@dataclass(frozen=True, slots=True)
class MesinPostgres(Mesin):
    """A ledger at a URL; ``tunggu`` is how many seconds server and lock are waited for."""

    nama = "postgresql"
    tanda = "%s"
    beda = BEDA
    galat_pengemudi = (psycopg.Error,)
    sisipan = staticmethod(insert)
    cari_tabel = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    cari_skema = BAGIAN

    url: str
    tunggu: int

    @property
    def sebutan(self) -> str:
        """The URL without its password."""
        return sebut_alamat(self.url)

    def jati_diri(self) -> tuple[str, ...]:
        """The server's own number, the database and the schema, the same by whatever name the server is reached."""
        with self.jelaskan(), self.sambung(menulis=False) as koneksi:
            ini = "SELECT system_identifier::text, current_database(), current_schema() FROM pg_control_system()"
            return koneksi.execute(ini).fetchone() or ()

    def versi(self) -> str | None:
        """The schema version, None where the schema holds no table yet."""
        with self.jelaskan(), self.sambung(menulis=False) as koneksi:
            return self._versi(lambda sql: koneksi.execute(sql.encode()))

    def engine(self, *, menulis: bool) -> sa.Engine:
        """One that connects anew for each transaction."""
        return _engine(self, menulis=menulis)

    def sambung(self, *, menulis: bool) -> "psycopg.Connection":
        """A connection of its own, its level set for one transaction."""
        try:
            isi: dict[str, Any] = conninfo.conninfo_to_dict(self.url)
        except psycopg.ProgrammingError:
            raise SalahPakai(
                f"alamat {self.sebutan} tidak dapat dibaca", "Bentuknya: postgresql://peran@peladen/basis-data"
            ) from None
        # 0 would mean to wait for ever.
        setelan = _SETELAN | {"lock_timeout": f"{max(self.tunggu * 1000, 1)}ms"}
        isi |= {
            "options": " ".join([isi.get("options", ""), *(f"-c {nama}={nilai}" for nama, nilai in setelan.items())]),
            "connect_timeout": isi.get("connect_timeout", str(max(self.tunggu, 2))),
            "application_name": isi.get("application_name", "ikikec"),
        }
        koneksi = psycopg.connect(conninfo.make_conninfo("", **({"client_encoding": "utf8"} | _DETAK | isi)))
        koneksi.isolation_level = (
            psycopg.IsolationLevel.READ_COMMITTED if menulis else psycopg.IsolationLevel.REPEATABLE_READ
        )
        koneksi.read_only = not menulis
        return koneksi

    def arti_galat(self, galat: BaseException, *, menulis: bool) -> Galat:
        """Which of our errors an error of the server is, by its SQLSTATE."""
        kode = getattr(galat, "sqlstate", None) or ""
        kode = kode or next((kode for kode, pola in _KODE.items() if re.search(pola, str(galat))), "")
        if not kode and (sebab := self._sebab_sambungan(galat)):
            return sebab
        if kode in ("55P03", "57014"):
            return BukuSibuk(f"buku {self.sebutan} sedang dipakai meja lain", "Tunggu sebentar, lalu ulangi.")
        if kode.startswith("53"):
            return BerkasTakTertulis(
                f"buku {self.sebutan}: peladen kehabisan ruang atau sambungan",
                "Hubungi pengelola peladen; tidak ada yang tercatat.",
            )
        if kode in ("42501", "25006"):
            return self._tidak_boleh(menulis=menulis)
        if kode in ("42P01", "42703", "3F000"):
            return BukuRusak(f"buku {self.sebutan} rusak", "Jalankan ikikec periksa untuk melihat kerusakannya.")
        # The line is down: the server says so, or says nothing at all.
        if kode.startswith(("08", "57P")) or (not kode and isinstance(galat, psycopg.OperationalError)):
            return self._terputus(menulis=menulis)
        return Galat(f"buku {self.sebutan}: galat basis data yang tak terduga ({type(galat).__name__} {kode})")

    def _sebab_sambungan(self, galat: BaseException) -> Galat | None:
        """Why a connection did not come about; None where that is not known."""
        for pola, pesan, saran in _SAMBUNGAN:
            if re.search(pola, str(galat), re.IGNORECASE):
                return BukuTidakTerbaca(pesan.format(self.sebutan), f"{saran} Lihat docs/banyak-meja.md.")
        return None

    def _tidak_boleh(self, *, menulis: bool) -> Galat:
        if menulis:
            return BerkasTakTertulis(
                f"buku {self.sebutan} tidak boleh ditulis oleh peran ini",
                "Tidak ada yang tercatat. Masuk sebagai petugas; membuat atau memindahkan buku: sebagai pemiliknya.",
            )
        return BukuTidakTerbaca(
            f"buku {self.sebutan} tidak boleh dibaca oleh peran ini", "Minta haknya kepada pengelola peladen."
        )

    def _terputus(self, *, menulis: bool) -> Galat:
        if menulis:
            return BerkasTakTertulis(
                f"hubungan ke {self.sebutan} terputus; catatan terakhir mungkin belum tersimpan",
                f"Sesudah tersambung, lihat dengan ikikec daftar sebelum mengulang. {_SARAN_SAMBUNGAN}",
            )
        return BukuTidakTerbaca(f"peladen {self.sebutan} tidak dapat dihubungi", _SARAN_SAMBUNGAN)

    def baris(self, koneksi: sa.Connection, sql: str) -> Iterator[Any]:
        """Through a cursor of the server's, since the driver would fetch all rows at once."""
        with _sambungan(koneksi).cursor(f"baris_{uuid4().hex}") as kursor:
            kursor.itersize = SEKALI_BACA
            yield from kursor.execute(sql.encode())

    def skema_di_sini(self, koneksi: sa.Connection, umum: BagianSkema) -> BagianSkema:
        """Functions name the ledger's schema."""
        skema = _skema(koneksi)
        return {nama: isi and isi.replace("{skema}", skema) for nama, isi in umum.items()}

    def hak_lebih(self, koneksi: sa.Connection) -> Iterator[tuple[str, str]]:
        """Rights, and owners other than the journal's."""
        return self.baris(koneksi, HAK_LEBIH)

    def perintah_pemicu(self, koneksi: sa.Connection) -> Iterator[str]:
        """Functions and triggers, harmless where they are there already."""
        return perintah_pemicu(_skema(koneksi))

    def larik_jurnal(self, koneksi: sa.Connection, syarat: str) -> Iterator[tuple[int, str, str]]:
        """Made here: the server's JSON has blanks in it."""
        kolom = ", ".join((*Baris._fields, "sidik"))
        for *isi, sidik in self.baris(koneksi, f"SELECT {kolom} FROM jurnal{syarat} ORDER BY seq"):
            yield isi[0], larik(isi), sidik

    def halaman_sama(self, halaman: str, register: Register, *, teliti: bool) -> str:
        """Both as JSON values."""
        return f"j.isi::jsonb IS NOT DISTINCT FROM to_jsonb({halaman}) - 'revisi'"

    def mirip(self, kolom: sa.ColumnElement[str], pola: str) -> sa.ColumnElement[bool]:
        """ILIKE."""
        return kolom.ilike(pola, escape="/")

    def polos(self, kolom: "sa.Column[Any]") -> str:
        """Dates as ISO text, yes and no as numbers."""
        if isinstance(kolom.type, sa.Date):
            return f"to_char({kolom.name}, 'YYYY-MM-DD')"
        return f"{kolom.name}::integer" if isinstance(kolom.type, sa.Boolean) else kolom.name

    def tuang(self, koneksi: sa.Connection, tabel: sa.Table, baris: Iterable[BarisPolos]) -> None:
        """Copy rows in, then count them, so that the planner knows the table from the first question on."""
        with _sambungan(koneksi).cursor() as kursor:
            with kursor.copy(f"COPY {tabel.name} ({', '.join(tabel.c.keys())}) FROM STDIN".encode()) as salinan:
                for satu in baris:
                    salinan.write_row(satu)
            kursor.execute(f"ANALYZE {tabel.name}".encode())


def _sambungan(koneksi: sa.Connection) -> psycopg.Connection:
    sambungan: psycopg.Connection = koneksi.connection.driver_connection  # type: ignore[assignment]
    return sambungan


def _skema(koneksi: sa.Connection) -> str:
    """The schema the ledger is in, quoted where it must be."""
    return str(koneksi.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one())


@lru_cache(maxsize=8)
def _engine(mesin: MesinPostgres, *, menulis: bool) -> sa.Engine:
    engine = sa.create_engine(
        "postgresql+psycopg://",
        creator=lambda: mesin.sambung(menulis=menulis),
        poolclass=NullPool,
        hide_parameters=True,
        use_native_hstore=False,
        execution_options={"mesin": mesin},
    )
    if menulis:
        sa.event.listen(engine, "begin", _kunci)
    return engine


def _kunci(koneksi: sa.Connection) -> None:
    koneksi.exec_driver_sql(f"SELECT pg_advisory_xact_lock({KUNCI}, hashtext(current_schema()))")
