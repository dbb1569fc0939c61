"""The models of the ledger, made from the registers: one that checks an entry's input, and one that is its page.

Only the input models validate (a class with ``table=True`` does not), so everything that reaches the writer has been
one. The schema itself comes from ``migrations/`` alone; a test holds the two against each other.
"""

from datetime import date
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import StringConstraints, create_model
from sqlmodel import Field, SQLModel

from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.register import SEMUA, Register
from ikikec.istilah import JenisLibur

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

Teks = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Isian(SQLModel):
    """Base of the input models: unknown fields are refused, whatever comes in is checked."""

    # Most commands use one of these models: each is built when it is first used.
    model_config = {"extra": "forbid", "defer_build": True}

    def isi(self) -> dict[str, Any]:
        """The entry's state as the journal and the page keep it: ISO dates, coded words, in field order."""
        return self.model_dump(mode="json")


def _jenis(bidang: Bidang) -> Any:
    """What a field's value is to pydantic."""
    if bidang.jenis is Jenis.PILIHAN:
        return Literal[bidang.kata]
    if bidang.jenis is Jenis.BILANGAN:
        return Annotated[int, Field(ge=bidang.terkecil, le=bidang.terbesar)]
    return {Jenis.TEKS: Teks, Jenis.TANGGAL: date, Jenis.YA_TIDAK: bool}[bidang.jenis]


def _medan(bidang: Bidang) -> tuple[Any, Any]:
    """A field's type, and its default with what the table needs to know of its column."""
    jenis = _jenis(bidang)
    isi: dict[str, Any] = {}
    if bidang.jenis is Jenis.PILIHAN:
        # Stores the word itself; the CHECK stands in the migration.
        isi["sa_type"] = sa.Enum(*bidang.kata, native_enum=False, create_constraint=False, length=None)
    if bidang.rujukan:
        isi["foreign_key"] = f"{bidang.rujukan}.nomor"
    if bidang.jenis is Jenis.YA_TIDAK:
        return jenis, Field(default=False, **isi)
    if bidang.wajib or bidang.bawaan:
        return jenis, Field(**isi)
    return jenis | None, Field(default=None, **isi)


def _isian(register: Register) -> type[Isian]:
    medan: dict[str, Any] = {bidang.nama: _medan(bidang) for bidang in register.bidang}
    return create_model(f"{register.tabel}_isian", __base__=Isian, __doc__=f"Input: {register.sebutan}.", **medan)


def _halaman(register: Register) -> sa.Table:
    """The page: the current state of each entry by its number, and which revision that is."""
    create_model(
        register.tabel,
        __base__=ISIAN[register.slug],
        __doc__=f"Page: {register.sebutan}.",
        __cls_kwargs__={"table": True},
        nomor=(str, Field(primary_key=True)),
        revisi=(int, ...),
    )
    return SQLModel.metadata.tables[register.tabel]


class DasarTabel(SQLModel):
    """Base of the tables without an input model. They check nothing, so no checker is built for them."""

    model_config = {"defer_build": True}


class Jurnal(DasarTabel, table=True):
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


class HalamanLibur(DasarTabel, table=True):
    """Free days; one taken back stays with ``berlaku`` false. ``revisi`` is that of its year's last change."""

    __tablename__ = "hari_libur"

    tanggal: date = Field(primary_key=True)
    nama: str
    jenis: JenisLibur = Field(
        sa_type=sa.Enum(JenisLibur, native_enum=False, create_constraint=False, values_callable=list, length=None)
    )
    berlaku: bool
    revisi: int


class Penutupan(DasarTabel, table=True):
    """Which months were ever closed (``TUTUP-2026-10``) and whether they are; the figures stand in the journal."""

    nomor: str = Field(primary_key=True)
    ditutup: bool
    revisi: int


class HalamanTarget(DasarTabel, table=True):
    """What was set for an indicator in a period; one taken back stays with ``berlaku`` false.

    ``nilai`` is a whole number of ``satuan``, of hundredths where that is ``%`` or ``desimal`` says so; ``atas`` is
    the upper end of a range.
    """

    __tablename__ = "target"

    nomor: str = Field(primary_key=True)
    jabatan: str
    indikator: str
    awal: date
    akhir: date
    nilai: int
    satuan: str
    berlaku: bool
    revisi: int
    atas: int | None = None
    desimal: int | None = None


class Pribadi(DasarTabel, table=True):
    """What the journal line of an entry's revision only commits to: salt and value by field, as JSON."""

    nomor: str = Field(primary_key=True)
    revisi: int = Field(primary_key=True)
    isi: str


class HalamanRtl(DasarTabel, table=True):
    """A line of the plan made of the survey of a period; one taken back stays with ``berlaku`` false."""

    __tablename__ = "rtl"

    nomor: str = Field(primary_key=True)
    awal: date
    akhir: date
    unsur: str
    rencana: str
    penanggung_jawab: str
    tenggat: date
    tanggal_selesai: date | None = None
    keterangan: str | None = None
    bukti: str | None = None
    berlaku: bool
    revisi: int


class Keadaan(DasarTabel, table=True):
    """Which entries are open, and by when: what the registers say, kept so that nobody must look through them.

    An entry that was never open since this table came to be has no row; ``terbuka`` is 1 or 0.
    """

    nomor: str = Field(primary_key=True)
    nama_register: str = Field(sa_column=sa.Column("register", sa.String(), nullable=False))
    batas: date | None = None
    terbuka: int


ISIAN: dict[str, type[Isian]] = {slug: _isian(register) for slug, register in SEMUA.items()}
HALAMAN: dict[str, sa.Table] = {slug: _halaman(register) for slug, register in SEMUA.items()}
KEADAAN: sa.Table = SQLModel.metadata.tables["keadaan"]
PRIBADI: sa.Table = SQLModel.metadata.tables["pribadi"]
JURNAL: sa.Table = SQLModel.metadata.tables["jurnal"]
HARI_LIBUR: sa.Table = SQLModel.metadata.tables["hari_libur"]
PENUTUPAN: sa.Table = SQLModel.metadata.tables["penutupan"]
TARGET: sa.Table = SQLModel.metadata.tables["target"]
RTL: sa.Table = SQLModel.metadata.tables["rtl"]
