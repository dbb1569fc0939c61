"""Checks of entries on their way in: each by the rules, then against each other and against the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku.aturan import langgar
from ikikec.buku.penomoran import potong
from ikikec.buku.register import TINDAK_LANJUT, Register
from ikikec.buku.tabel import HALAMAN, Isian, PengaduanIsian, RekomendasiIsian, TindakLanjutIsian
from ikikec.buku.tenggat import jenis_tidak_dikenal
from ikikec.galat import Pelanggaran
from ikikec.konfigurasi import Konfigurasi


@dataclass(frozen=True, slots=True)
class Baris:
    """One entry on its way in, and the line of the file it came from (0 at the counter)."""

    isian: Isian
    nomor_baris: int = 0


def periksa_sendiri(
    register: Register, baris: Iterable[Baris], hari_ini: date, konfig: Konfigurasi
) -> Iterator[Pelanggaran]:
    """The rules each entry breaks by itself."""
    for satu in baris:
        for pelanggaran in langgar(register, satu.isian, hari_ini):
            yield replace(pelanggaran, nomor_baris=satu.nomor_baris)
        if isinstance(satu.isian, RekomendasiIsian) and satu.isian.jenis not in konfig.izin:
            yield replace(jenis_tidak_dikenal(satu.isian.jenis, konfig), nomor_baris=satu.nomor_baris)


def periksa_kembar(baris: Iterable[Baris]) -> Iterator[Pelanggaran]:
    """Numbers that stand twice in one file."""
    pertama: dict[str, int] = {}
    for satu in baris:
        nomor = satu.isian.nomor
        if nomor is not None and pertama.setdefault(nomor, satu.nomor_baris) != satu.nomor_baris:
            pesan = f"{nomor} sudah dipakai baris {pertama[nomor]} berkas ini"
            yield Pelanggaran("nomor", pesan, satu.nomor_baris)


def periksa_buku(koneksi: sa.Connection | None, register: Register, baris: Sequence[Baris]) -> Iterator[Pelanggaran]:
    """What the ledger says against the entries; None stands for a ledger that is not there yet, hence empty."""
    yield from _nomor_terpakai(koneksi, register, baris)
    if register is TINDAK_LANJUT:
        yield from _pengaduan_tindak_lanjut(koneksi, baris)


def periksa_tautan(koneksi: sa.Connection, isian: Isian) -> Iterator[Pelanggaran]:
    """What a changed complaint and its follow-ups say against each other's dates."""
    if isinstance(isian, TindakLanjutIsian):
        yield from _pengaduan_tindak_lanjut(koneksi, [Baris(isian)])
        induk = HALAMAN["pengaduan"].c
        if koneksi.scalar(sa.select(induk.batal).where(induk.nomor == isian.pengaduan, induk.revisi == 1)):
            yield Pelanggaran("pengaduan", f"{isian.pengaduan} sudah dibatalkan")
    if isinstance(isian, PengaduanIsian):
        lanjut = HALAMAN[TINDAK_LANJUT.slug].c
        terawal = koneksi.scalar(
            sa.select(sa.func.min(lanjut.tanggal)).where(lanjut.pengaduan == isian.nomor, ~lanjut.batal)
        )
        if terawal is not None and terawal < isian.tanggal:
            yield Pelanggaran("tanggal", f"{isian.tanggal} melewati tindak lanjutnya yang bertanggal {terawal}")


def _nomor_terpakai(
    koneksi: sa.Connection | None, register: Register, baris: Sequence[Baris]
) -> Iterator[Pelanggaran]:
    nomor = (satu.isian.nomor for satu in baris if satu.isian.nomor is not None)
    kolom = HALAMAN[register.slug].c.nomor
    terpakai = {ada.nomor for ada in _cari(koneksi, [kolom], kolom, nomor)}
    for satu in baris if terpakai else ():
        if satu.isian.nomor in terpakai:
            yield Pelanggaran("nomor", f"{satu.isian.nomor} sudah ada di buku", satu.nomor_baris)


def _pengaduan_tindak_lanjut(koneksi: sa.Connection | None, baris: Sequence[Baris]) -> Iterator[Pelanggaran]:
    tabel = HALAMAN["pengaduan"]
    kolom = [tabel.c.nomor, tabel.c.tanggal, tabel.c.batal, tabel.c.revisi]
    dicari = sorted({satu.isian.pengaduan for satu in baris if isinstance(satu.isian, TindakLanjutIsian)})
    ada = {pengaduan.nomor: pengaduan for pengaduan in _cari(koneksi, kolom, tabel.c.nomor, dicari)}
    for satu in baris:
        isian = satu.isian
        assert isinstance(isian, TindakLanjutIsian)
        pesan = _salah_pengaduan(isian, ada.get(isian.pengaduan))
        if pesan:
            yield Pelanggaran(pesan[0], pesan[1], satu.nomor_baris)


def _salah_pengaduan(isian: TindakLanjutIsian, pengaduan: Any) -> tuple[str, str] | None:
    if pengaduan is None:
        return "pengaduan", f"tidak ada pengaduan bernomor {isian.pengaduan}"
    # One that was cancelled before it came in with a file keeps the follow-ups of that file.
    if pengaduan.batal and pengaduan.revisi > 1:
        return "pengaduan", f"{isian.pengaduan} sudah dibatalkan"
    # A cancelled follow-up holds no complaint to its date: the complaint may have been moved past it since.
    if isian.tanggal < pengaduan.tanggal and not isian.batal:
        return "tanggal", f"{isian.tanggal} mendahului tanggal pengaduan {pengaduan.tanggal}"
    return None


def _cari(
    koneksi: sa.Connection | None, kolom: Sequence[Any], kunci: Any, nilai: Iterable[str]
) -> Iterator[sa.Row[Any]]:
    if koneksi is None:
        return
    for bagian in potong(nilai):
        yield from koneksi.execute(sa.select(*kolom).where(kunci.in_(bagian)))
