"""SQLModel classes of the ledger: an input model per register, and the table that adds what the writer knows.

Only the input models validate (a class with ``table=True`` does not), so everything that reaches the writer is an
``Isian``. Field order is the contract's. The schema itself comes from ``migrations/`` alone; a test holds the two
against each other.
"""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import sqlalchemy as sa
from pydantic import StringConstraints
from sqlmodel import Field, SQLModel

from ikikec.istilah import (
    Hasil,
    JenisBacaan,
    JenisKelamin,
    JenisLibur,
    Kanal,
    Kategori,
    Klasifikasi,
    Status,
)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Teks = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
TeksAda = Teks | None
Jawaban = Annotated[int, Field(ge=1, le=4)]


def _kata(jenis: type[StrEnum]) -> Any:
    """Stores the word itself, not the member's name; the CHECK stands in the migration."""
    return sa.Enum(jenis, native_enum=False, create_constraint=False, values_callable=list, length=None)


class Isian(SQLModel):
    """Base of the input models: unknown fields are refused, whatever comes in is checked."""

    # Most commands use one of these models: each is built when it is first used.
    model_config = {"extra": "forbid", "defer_build": True}

    # Promised here, declared last in each register, where the contract has them.
    if TYPE_CHECKING:
        nomor: str | None
        tanggal: date
        batal: bool
        alasan_batal: str | None

    def isi(self) -> dict[str, Any]:
        """The entry's state as the journal and the page keep it: ISO dates, coded words, in field order."""
        return self.model_dump(mode="json")


class PengaduanIsian(Isian):
    """A complaint."""

    nomor: TeksAda = None
    tanggal: date
    pelapor: TeksAda = None
    anonim: bool = False
    kontak: TeksAda = None
    alamat: TeksAda = None
    kanal: Kanal = Field(sa_type=_kata(Kanal))
    klasifikasi: Klasifikasi = Field(sa_type=_kata(Klasifikasi))
    kategori: Kategori = Field(sa_type=_kata(Kategori))
    lokasi: TeksAda = None
    uraian: Teks
    batas: date | None = None
    batal: bool = False
    alasan_batal: TeksAda = None


class InformasiIsian(Isian):
    """A request for information."""

    nomor: TeksAda = None
    tanggal: date
    pemohon: Teks
    kontak: TeksAda = None
    alamat: TeksAda = None
    kanal: Kanal = Field(sa_type=_kata(Kanal))
    topik: Teks
    uraian: TeksAda = None
    batas: date | None = None
    tanggal_selesai: date | None = None
    hasil: Hasil | None = Field(default=None, sa_type=_kata(Hasil))
    keterangan: TeksAda = None
    batal: bool = False
    alasan_batal: TeksAda = None


class RekomendasiIsian(Isian):
    """An application for a permit recommendation."""

    nomor: TeksAda = None
    tanggal: date
    pemohon: Teks
    kontak: TeksAda = None
    alamat: TeksAda = None
    jenis: Teks
    tanggal_lengkap: date | None = None
    batas: date | None = None
    tanggal_terbit: date | None = None
    nomor_surat: TeksAda = None
    tanggal_tolak: date | None = None
    alasan_tolak: TeksAda = None
    keterangan: TeksAda = None
    batal: bool = False
    alasan_batal: TeksAda = None


class SuratKabarIsian(Isian):
    """A delivery of newspapers, magazines or regulations."""

    nomor: TeksAda = None
    tanggal: date
    media: Teks
    jenis: JenisBacaan = Field(sa_type=_kata(JenisBacaan))
    edisi: TeksAda = None
    eksemplar: int = Field(ge=1)
    tanggal_dimanfaatkan: date | None = None
    dimanfaatkan: int | None = Field(default=None, ge=1)
    keterangan: TeksAda = None
    batal: bool = False
    alasan_batal: TeksAda = None


class SurveiIsian(Isian):
    """A survey response; an answer that was left blank is None, never a number."""

    nomor: TeksAda = None
    tanggal: date
    layanan: TeksAda = None
    kepuasan: Jawaban | None = None
    persyaratan: Jawaban | None = None
    prosedur: Jawaban | None = None
    waktu: Jawaban | None = None
    biaya: Jawaban | None = None
    produk: Jawaban | None = None
    kompetensi: Jawaban | None = None
    perilaku: Jawaban | None = None
    penanganan_pengaduan: Jawaban | None = None
    sarana: Jawaban | None = None
    jenis_kelamin: JenisKelamin | None = Field(default=None, sa_type=_kata(JenisKelamin))
    usia: int | None = Field(default=None, ge=1, le=150)
    pendidikan: TeksAda = None
    pekerjaan: TeksAda = None
    saran: TeksAda = None
    batal: bool = False
    alasan_batal: TeksAda = None


class TindakLanjutIsian(Isian):
    """A follow-up of a complaint."""

    nomor: TeksAda = None
    pengaduan: Teks
    tanggal: date
    tindakan: Teks
    status: Status = Field(sa_type=_kata(Status))
    batal: bool = False
    alasan_batal: TeksAda = None


class Pengaduan(PengaduanIsian, table=True):
    """The page of complaints."""

    nomor: str = Field(primary_key=True)
    revisi: int


class Informasi(InformasiIsian, table=True):
    """The page of information services."""

    nomor: str = Field(primary_key=True)
    revisi: int


class Rekomendasi(RekomendasiIsian, table=True):
    """The page of permit recommendations."""

    nomor: str = Field(primary_key=True)
    revisi: int


class SuratKabar(SuratKabarIsian, table=True):
    """The page of deliveries."""

    __tablename__ = "surat_kabar"

    nomor: str = Field(primary_key=True)
    revisi: int


class Survei(SurveiIsian, table=True):
    """The page of survey responses."""

    nomor: str = Field(primary_key=True)
    revisi: int


class TindakLanjut(TindakLanjutIsian, table=True):
    """The page of follow-ups."""

    __tablename__ = "tindak_lanjut"

    nomor: str = Field(primary_key=True)
    pengaduan: str = Field(foreign_key="pengaduan.nomor")
    revisi: int


class Halaman(SQLModel):
    """Base of the tables without an input model. They check nothing, so no checker is built for them."""

    model_config = {"defer_build": True}


class Jurnal(Halaman, table=True):
    """The journal: one line per act, never changed; ``waktu`` is UTC, ``isi`` the state after the act."""

    seq: int = Field(primary_key=True)
    waktu: str
    petugas: str
    aksi: str
    # The attribute cannot be called register: pydantic's metaclass has a method of that name.
    nama_register: str = Field(sa_column=sa.Column("register", sa.String(), nullable=False))
    nomor: str
    revisi: int
    alasan: str | None = None
    isi: str
    sidik: str


class HariLibur(Halaman, table=True):
    """Free days; one taken back stays with ``berlaku`` false. ``revisi`` is that of its year's last change."""

    __tablename__ = "hari_libur"

    tanggal: date = Field(primary_key=True)
    nama: str
    jenis: JenisLibur = Field(sa_type=_kata(JenisLibur))
    berlaku: bool
    revisi: int


class Penutupan(Halaman, table=True):
    """Which months were ever closed (``TUTUP-2026-10``) and whether they are; the figures stand in the journal."""

    nomor: str = Field(primary_key=True)
    ditutup: bool
    revisi: int


class Target(Halaman, table=True):
    """What was set for an indicator in a period; one taken back stays with ``berlaku`` false.

    ``nilai`` is a whole number of ``satuan``, of hundredths where that is ``%``.
    """

    nomor: str = Field(primary_key=True)
    jabatan: str
    indikator: str
    awal: date
    akhir: date
    nilai: int
    satuan: str
    berlaku: bool
    revisi: int


class Pindahan(SQLModel, table=True):
    """Where this ledger was moved, one line at most: when (UTC), by whom, and its journal's end at that moment."""

    urut: int = Field(primary_key=True)
    waktu: str
    petugas: str
    tujuan: str
    seq: int
    sidik: str


ISIAN: dict[str, type[Isian]] = {
    "pengaduan": PengaduanIsian,
    "informasi": InformasiIsian,
    "rekomendasi": RekomendasiIsian,
    "surat-kabar": SuratKabarIsian,
    "survei": SurveiIsian,
    "tindak-lanjut": TindakLanjutIsian,
}

JURNAL: sa.Table = SQLModel.metadata.tables["jurnal"]
HARI_LIBUR: sa.Table = SQLModel.metadata.tables["hari_libur"]
PENUTUPAN: sa.Table = SQLModel.metadata.tables["penutupan"]
PINDAHAN: sa.Table = SQLModel.metadata.tables["pindahan"]
TARGET: sa.Table = SQLModel.metadata.tables["target"]
HALAMAN: dict[str, sa.Table] = {slug: SQLModel.metadata.tables[slug.replace("-", "_")] for slug in ISIAN}
