"""Forgetting citizens (UU 27/2022 art. 43 and 44): what goes of an entry, which entries are due, the act itself.

Figures, deadlines, numbers and evidence do not change, so closed months allow it. What lines from before schema 0006
hold in plain text cannot be forgotten: they are part of the chain as it was signed.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from ikikec.buku import halaman
from ikikec.buku.aturan import IDENTITAS, terapkan_lupa
from ikikec.buku.halaman import ENTRI
from ikikec.buku.kelompok import DIAM, Isi, Kemajuan
from ikikec.buku.mesin.dasar import mesin_dari
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.nomor import Nomor, baca_nomor
from ikikec.buku.penomoran import urutan_nomor
from ikikec.buku.penutupan import Tindakan
from ikikec.buku.register import DIHAPUS, LUPA, PENGADUAN, SEMUA, TINDAK_LANJUT, Register
from ikikec.buku.terbuka import terbuka, tindak_lanjut_penutup
from ikikec.galat import AturanDilanggar, SalahPakai
from ikikec.istilah import Aksi


@dataclass(frozen=True, slots=True)
class Pilihan:
    """Which fields go: those named, else all that identify a citizen, with ``semua`` what is told freely too.

    ``tindak_lanjut``: of a complaint's follow-ups too. ``anonim``: a complaint becomes one without a name.
    """

    bidang: tuple[str, ...] = ()
    semua: bool = False
    tindak_lanjut: bool = False
    anonim: bool = False

    def dari(self, register: Register) -> tuple[str, ...]:
        """The fields of a register that are meant; raises SalahPakai for one that it does not keep that way."""
        if self.anonim:
            return IDENTITAS
        asing = [nama for nama in self.bidang if nama not in register.rahasia]
        if asing and register is not TINDAK_LANJUT:
            raise SalahPakai(
                f"isian {asing[0]} tidak dapat dilupakan di register {register.slug}",
                f"Yang dapat: {', '.join(register.rahasia)}.",
            )
        if self.bidang:
            return tuple(nama for nama in self.bidang if nama in register.rahasia)
        if self.semua or register is TINDAK_LANJUT:
            return register.rahasia
        return tuple(bidang.nama for bidang in register.bidang if bidang.pribadi)


@dataclass(frozen=True, slots=True)
class Lupa:
    """What goes of one entry: the fields, its state before and after, and the revision that was looked at."""

    nomor: Nomor
    bidang: tuple[str, ...]
    lama: Isi
    baru: Isi
    revisi: int


def rencanakan(koneksi: sa.Connection, nomor: Iterable[Nomor], pilihan: Pilihan) -> list[Lupa]:
    """What goes of entries, and where asked of their follow-ups; nothing of what is empty or forgotten already.

    Raises EntriTidakAda, and AturanDilanggar where an old line holds some of it in plain text.
    """
    semua = (
        _rencana(koneksi, satu, pilihan) for pokok in nomor for satu in _dengan_lanjutan(koneksi, pokok, pilihan)
    )
    return [lupa for lupa in semua if lupa.bidang or (pilihan.anonim and not lupa.lama["anonim"])]


def _dengan_lanjutan(koneksi: sa.Connection, nomor: Nomor, pilihan: Pilihan) -> Iterator[Nomor]:
    yield nomor
    if pilihan.tindak_lanjut and nomor.register is PENGADUAN:
        kolom = HALAMAN[TINDAK_LANJUT.slug].c
        milik = sa.select(kolom.nomor).where(kolom.pengaduan == str(nomor)).order_by(*urutan_nomor(TINDAK_LANJUT))
        yield from map(baca_nomor, koneksi.scalars(milik).all())


def _rencana(koneksi: sa.Connection, nomor: Nomor, pilihan: Pilihan) -> Lupa:
    lama, revisi = halaman.ambil(koneksi, nomor)
    anonim = pilihan.anonim and nomor.register is PENGADUAN
    bidang = tuple(nama for nama in pilihan.dari(nomor.register) if lama[nama] not in (None, DIHAPUS))
    # A value that was corrected away stands in earlier revisions still.
    bidang += tuple(nama for nama in _pernah(koneksi, str(nomor), pilihan.dari(nomor.register)) if nama not in bidang)
    ada = [nama for nama in bidang if lama[nama] is not None]
    return Lupa(nomor, bidang, lama, terapkan_lupa(nomor.register, lama, ada, anonim=anonim), revisi)


def _pernah(koneksi: sa.Connection, nomor: str, bidang: Sequence[str]) -> list[str]:
    """The fields of which some revision's value can still be read; raises AturanDilanggar for one in plain text."""
    baris = koneksi.execute(sa.select(JURNAL.c.revisi, JURNAL.c.isi).where(JURNAL.c.nomor == nomor)).all()
    isi = [json.loads(satu.isi) for satu in baris]
    for nama in bidang:
        if any(isinstance(satu.get(nama), str) for satu in isi):
            raise AturanDilanggar(
                f"{nomor} dicatat sebelum buku ini dapat melupakan: {nama} tertulis di jurnal lama, yang tidak dapat"
                " diubah tanpa memutus rantainya",
                saran="Pindahkan isinya ke buku baru (ikikec ekspor, lalu impor di buku baru); di sana ia dapat"
                " dilupakan. Lihat docs/janji.md.",
            )
    semua = list(halaman.buka_baris(koneksi, [(nomor, satu.revisi, satu.isi) for satu in baris]))
    return [nama for nama in bidang if any(satu.get(nama) not in (None, DIHAPUS) for satu in semua)]


def terapkan(tindakan: Tindakan, semua: Iterable[Lupa], alasan: str, kemajuan: Kemajuan = DIAM) -> None:
    """Forget: of each one journal line, then the page, then salts and values of all revisions before.

    Raises AturanDilanggar where an entry changed since it was looked at. What is left in the file is gone once
    ``Mesin.bersihkan`` wrote it anew.
    """
    koneksi = tindakan.koneksi
    for satu in semua:
        slug, nomor = satu.nomor.register.slug, str(satu.nomor)
        if halaman.ambil(koneksi, satu.nomor)[1] != satu.revisi:
            raise AturanDilanggar(f"{nomor} baru saja diubah petugas lain", saran="Lihat entrinya, lalu ulangi.")
        isi = {**satu.baru, LUPA: sorted(satu.bidang)}
        tindakan.tulis(ENTRI[slug], Aksi.LUPA, nomor, isi, alasan)
        halaman.hapus_pribadi(koneksi, nomor, satu.bidang, halaman.revisi_terakhir(koneksi, nomor))
        kemajuan(1)
    mesin_dari(koneksi).tandai_sisa(koneksi)


def tampak(lama: Isi, baru: Isi) -> Isi:
    """``lama`` as sheets show it where it becomes anonymous: without a name, so that a closed month may allow it."""
    if not baru.get("anonim") or lama["anonim"]:
        return lama
    return {**lama, **{nama: baru[nama] for nama in (*IDENTITAS, "anonim")}}


def berakhir_sebelum(register: Register, hari: date) -> sa.ColumnElement[bool]:
    """The condition that an entry ended, or was cancelled, before ``hari``; one that never ends, that it came in."""
    kolom = HALAMAN[register.slug].c
    masuk: sa.ColumnElement[bool] = kolom.tanggal < hari
    if register is PENGADUAN:
        tutup = tindak_lanjut_penutup("tanggal", kolom.nomor, date.max)
        return sa.and_(masuk, sa.or_(kolom.batal, sa.and_(~terbuka(register), tutup < hari)))
    if register.akhir:
        return sa.and_(masuk, sa.or_(kolom.batal, *(kolom[nama] < hari for nama in register.akhir)))
    return masuk


def lewat_waktu(koneksi: sa.Connection, register: Register, hari: date, pilihan: Pilihan) -> list[Nomor]:
    """The entries that ended before ``hari`` and still hold what would go."""
    cari = _lewat(register, hari, pilihan)
    return [baca_nomor(nomor) for nomor in koneksi.scalars(cari.order_by(*urutan_nomor(register)))]


def banyak_lewat(koneksi: sa.Connection, register: Register, hari: date) -> int:
    """How many entries that ended before ``hari`` still tell who the citizen is."""
    cari = _lewat(register, hari, Pilihan()).subquery()
    return koneksi.scalar(sa.select(sa.func.count()).select_from(cari)) or 0


def _lewat(register: Register, hari: date, pilihan: Pilihan) -> sa.Select[Any]:
    kolom = HALAMAN[register.slug].c
    ada = [sa.and_(kolom[nama].is_not(None), kolom[nama] != DIHAPUS) for nama in pilihan.dari(register)]
    return sa.select(kolom.nomor).where(berakhir_sebelum(register, hari), sa.or_(sa.false(), *ada))


def register_bernama() -> list[Register]:
    """The registers that name citizens."""
    return [satu for satu in SEMUA.values() if any(bidang.pribadi for bidang in satu.bidang)]
