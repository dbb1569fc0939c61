"""What a register is to the libraries: the model that checks an entry's input, and the table of its pages.

Only the input models validate, so everything that reaches the writer has been one. The schema itself comes from
``migrations/`` alone; a test holds the tables against it.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import Field, StringConstraints, create_model
from sqlmodel import SQLModel

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
    """A field's type and default."""
    jenis = _jenis(bidang)
    if bidang.jenis is Jenis.YA_TIDAK:
        return jenis, False
    return (jenis, ...) if bidang.wajib or bidang.bawaan else (jenis | None, None)


def _isian(register: Register) -> type[Isian]:
    medan: dict[str, Any] = {bidang.nama: _medan(bidang) for bidang in register.bidang}
    return create_model(f"{register.tabel}_isian", __base__=Isian, __doc__=f"Input: {register.sebutan}.", **medan)


def _tabel(nama: str, *kolom: sa.Column[Any]) -> sa.Table:
    return sa.Table(nama, SQLModel.metadata, *kolom)


def _kunci(nama: str, tipe: Any = sa.String) -> sa.Column[Any]:
    return sa.Column(nama, tipe, primary_key=True)


def _wajib(tipe: Any, *nama: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(satu, tipe, nullable=False) for satu in nama)


def _kata(*kata: Any, **pilihan: Any) -> sa.Enum:
    """One of these words, stored as it is; the CHECK stands in the migration."""
    return sa.Enum(*kata, native_enum=False, create_constraint=False, length=None, **pilihan)


def _kolom(bidang: Bidang) -> sa.Column[Any]:
    if bidang.nama == "nomor":
        return _kunci("nomor")
    tipe: dict[Jenis, Any] = {Jenis.TANGGAL: sa.Date, Jenis.BILANGAN: sa.Integer, Jenis.YA_TIDAK: sa.Boolean}
    isi = _kata(*bidang.kata) if bidang.jenis is Jenis.PILIHAN else tipe.get(bidang.jenis, sa.String)
    rujukan = [sa.ForeignKey(f"{bidang.rujukan}.nomor")] if bidang.rujukan else []
    return sa.Column(bidang.nama, isi, *rujukan, nullable=not (bidang.wajib or bidang.bawaan))


ISIAN: dict[str, type[Isian]] = {slug: _isian(register) for slug, register in SEMUA.items()}
# The pages: the current state of each entry by its number, and which revision that is.
HALAMAN: dict[str, sa.Table] = {
    slug: _tabel(register.tabel, *map(_kolom, register.bidang), *_wajib(sa.Integer, "revisi"))
    for slug, register in SEMUA.items()
}
# The journal: one line per act, never changed; ``waktu`` is UTC, ``isi`` the state after the act.
JURNAL = _tabel(
    "jurnal",
    _kunci("seq", sa.Integer),
    *_wajib(sa.String, "waktu", "petugas", "aksi", "register", "nomor"),
    *_wajib(sa.Integer, "revisi"),
    sa.Column("alasan", sa.String),
    *_wajib(sa.String, "isi", "sidik"),
)
# What the journal line of an entry's revision only commits to: salt and value by field, as JSON.
PRIBADI = _tabel("pribadi", _kunci("nomor"), _kunci("revisi", sa.Integer), *_wajib(sa.String, "isi"))
# Free days; one taken back stays with ``berlaku`` false. ``revisi`` is that of its year's last change.
HARI_LIBUR = _tabel(
    "hari_libur",
    _kunci("tanggal", sa.Date),
    *_wajib(sa.String, "nama"),
    *_wajib(_kata(JenisLibur, values_callable=list), "jenis"),
    *_wajib(sa.Boolean, "berlaku"),
    *_wajib(sa.Integer, "revisi"),
)
# Which months were ever closed (``TUTUP-2026-10``) and whether they are; the figures stand in the journal.
PENUTUPAN = _tabel("penutupan", _kunci("nomor"), *_wajib(sa.Boolean, "ditutup"), *_wajib(sa.Integer, "revisi"))
# What was set for an indicator in a period; one taken back stays with ``berlaku`` false. ``nilai`` is a whole number
# of ``satuan``, of hundredths where that is ``%`` or ``desimal`` says so; ``atas`` is the upper end of a range.
TARGET = _tabel(
    "target",
    _kunci("nomor"),
    *_wajib(sa.String, "jabatan", "indikator"),
    *_wajib(sa.Date, "awal", "akhir"),
    *_wajib(sa.Integer, "nilai"),
    *_wajib(sa.String, "satuan"),
    *_wajib(sa.Boolean, "berlaku"),
    *_wajib(sa.Integer, "revisi"),
    sa.Column("atas", sa.Integer),
    sa.Column("desimal", sa.Integer),
)
# A line of the plan made of the survey of a period; one taken back stays with ``berlaku`` false.
RTL = _tabel(
    "rtl",
    _kunci("nomor"),
    *_wajib(sa.Date, "awal", "akhir"),
    *_wajib(sa.String, "unsur", "rencana", "penanggung_jawab"),
    *_wajib(sa.Date, "tenggat"),
    sa.Column("tanggal_selesai", sa.Date),
    sa.Column("keterangan", sa.String),
    sa.Column("bukti", sa.String),
    *_wajib(sa.Boolean, "berlaku"),
    *_wajib(sa.Integer, "revisi"),
)
# Which entries are open, and by when: what the registers say, kept so that nobody must look through them. An entry
# that was never open since this table came to be has no row; ``terbuka`` is 1 or 0.
KEADAAN = _tabel(
    "keadaan",
    _kunci("nomor"),
    *_wajib(sa.String, "register"),
    sa.Column("batas", sa.Date),
    *_wajib(sa.Integer, "terbuka"),
)
