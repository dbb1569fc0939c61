"""Pages and their journal lines: the only code that inserts or updates, always the line first and then the page."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, repeat
from typing import Any, NamedTuple

import sqlalchemy as sa

from ikikec.buku.jurnal import SIDIK_AWAL, Baris, kanonik, kanonik_kolom, rantai
from ikikec.buku.kelompok import Isi, Kelompok, tersimpan
from ikikec.buku.mesin.dasar import jelaskan_isi, mesin_dari
from ikikec.buku.model import HALAMAN, ISIAN, JURNAL, PRIBADI
from ikikec.buku.nomor import Nomor
from ikikec.buku.penomoran import celah, kunci_nomor
from ikikec.buku.rahasia import KOLOM as KOLOM_PRIBADI
from ikikec.buku.rahasia import KUNCI, Simpanan, tutup_isi, tutup_kelompok
from ikikec.buku.register import LUPA, Register
from ikikec.buku.terbuka import segarkan
from ikikec.galat import BukuRusak, EntriTidakAda
from ikikec.istilah import Aksi

# Rows of one INSERT: some five thousand values, far below the 32 766 that a statement may have in SQLite.
SEKALI_TULIS = 250
KOLOM_JURNAL = (*Baris._fields, "sidik")


@dataclass(frozen=True, slots=True)
class Tulisan:
    """What all journal lines of one act have in common."""

    register: str
    aksi: Aksi
    petugas: str
    waktu: str
    alasan: str | None = None

    @property
    def sama(self) -> tuple[str, ...]:
        """The columns from ``waktu`` to ``register``."""
        return self.waktu, self.petugas, self.aksi.value, self.register


@dataclass(frozen=True, slots=True)
class JenisHalaman:
    """One kind of page: its register in the journal, its table, the column that names a page.

    ``uraikan`` tells, of a journal line's number and state, the pages it stands for, in stored values.
    """

    register: str
    tabel: sa.Table
    kunci: str = "nomor"
    uraikan: Callable[[str, Any], Iterable[Mapping[str, Any]]] = lambda _nomor, isi: (isi,)


def _tanpa_lupa(_nomor: str, isi: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """An entry's page from its state; what an act forgot stands in its line alone."""
    return ({nama: nilai for nama, nilai in isi.items() if nama != LUPA},)


ENTRI = {slug: JenisHalaman(slug, tabel, uraikan=_tanpa_lupa) for slug, tabel in HALAMAN.items()}


@dataclass(frozen=True, slots=True)
class Susunan:
    """One batch of entries, ready to be written: journal lines, pages and what the lines only commit to."""

    kelompok: Kelompok
    pribadi: Sequence[Simpanan]
    jurnal: Iterable[tuple[Any, ...]]
    halaman: Iterable[tuple[Any, ...]]


class Ujung(NamedTuple):
    """A journal's end: seq, fingerprint and moment (ISO, UTC) of its last line; 0, 64 zeros and blank before one."""

    seq: int
    sidik: str
    waktu: str


def ujung(koneksi: sa.Connection) -> Ujung:
    """Where the journal ends."""
    terakhir = sa.select(JURNAL.c.seq, JURNAL.c.sidik, JURNAL.c.waktu).order_by(JURNAL.c.seq.desc()).limit(1)
    baris = koneksi.execute(terakhir).first()
    return Ujung(*baris) if baris else Ujung(0, SIDIK_AWAL, "")


def ambil(koneksi: sa.Connection, nomor: Nomor) -> tuple[Isi, int]:
    """An entry's state as its page has it, and its revision; raises EntriTidakAda or BukuRusak."""
    tabel = HALAMAN[nomor.register.slug]
    with jelaskan_isi(str(nomor)):
        baris = koneksi.execute(sa.select(tabel).where(tabel.c.nomor == str(nomor))).mappings().first()
        if baris is not None:
            nilai = dict(baris)
            revisi = nilai.pop("revisi")
            return ISIAN[nomor.register.slug].model_validate(nilai).isi(), revisi
    raise EntriTidakAda(f"tidak ada {nomor.register.sebutan} bernomor {nomor}", sebab_celah(koneksi, nomor))


def sebab_celah(koneksi: sa.Connection, nomor: Nomor) -> str:
    """Why a number that was given once is not there any more; blank where it never was."""
    kunci, urut = kunci_nomor(nomor)
    for satu in celah(koneksi):
        if satu.memuat(kunci, urut):
            return (
                f"Nomor itu pernah diberikan, sebelum buku dipulihkan dari cadangan (jurnal baris {satu.seq});"
                " entrinya ada di buku yang diganti, di sisi buku ini. Nomornya tidak diberikan lagi."
            )
    return ""


def susun_tulisan(
    register: Register, tulisan: Tulisan, sesudah: tuple[int, str], semua: Iterable[Kelompok]
) -> Iterator[Susunan]:
    """Numbered entries as the rows of both tables, each a journal line and a page of revision 1. Pure."""
    for kelompok in semua:
        tertutup, pribadi = tutup_kelompok(register, kelompok)
        isi = kanonik_kolom(kelompok.kolom, tertutup, KUNCI)
        acara = zip(kelompok.kolom["nomor"], repeat(1), isi, strict=False)
        jurnal = list(rantai(sesudah, tulisan.sama, tulisan.alasan, acara))
        sesudah = sesudah[0] + len(jurnal), str(jurnal[-1][-1])
        halaman = zip(*(kelompok.kolom[nama] for nama in register.nama_bidang), repeat(1), strict=False)
        yield Susunan(kelompok, pribadi, jurnal, halaman)


def sisip(koneksi: sa.Connection, register: Register, susunan: Susunan) -> None:
    """Append one batch of entries, the journal lines first and then the pages."""
    banyak = len(susunan.kelompok)
    _sisip(koneksi, "jurnal", KOLOM_JURNAL, susunan.jurnal, banyak)
    _sisip(koneksi, HALAMAN[register.slug].name, (*register.nama_bidang, "revisi"), susunan.halaman, banyak)
    _sisip(koneksi, PRIBADI.name, KOLOM_PRIBADI, susunan.pribadi, len(susunan.pribadi))
    segarkan(koneksi, register.slug, susunan.kelompok.kolom["nomor"])


def tulis(koneksi: sa.Connection, jenis: JenisHalaman, tulisan: Tulisan, nomor: str, isi: Mapping[str, Any]) -> None:
    """Append one journal line, the next revision of ``nomor``, then write the pages that it makes or changes."""
    revisi = revisi_terakhir(koneksi, nomor) + 1
    tertutup, pribadi = tutup_isi(jenis.register, nomor, revisi, isi)
    tambah_jurnal(koneksi, tulisan, [(nomor, revisi, tertutup)])
    _sisip(koneksi, PRIBADI.name, KOLOM_PRIBADI, pribadi, len(pribadi))
    halaman = {satu[jenis.kunci]: dict(satu) for satu in jenis.uraikan(nomor, isi)}
    for kunci, lama in _tertulis(koneksi, jenis, halaman).items():
        baru = halaman.pop(kunci)
        if any(lama[nama] != nilai for nama, nilai in baru.items()):
            _ganti(koneksi, jenis, {**baru, "revisi": revisi})
    baris = [{**satu, "revisi": revisi} for satu in halaman.values()]
    if baris:
        _sisip(koneksi, jenis.tabel.name, tuple(baris[0]), (satu.values() for satu in baris), len(baris))
    segarkan(koneksi, jenis.register, [nomor])


def _tertulis(koneksi: sa.Connection, jenis: JenisHalaman, kunci: Iterable[Any]) -> dict[Any, dict[str, Any]]:
    """Pages as they are now, in stored values, by their key."""
    kolom = jenis.tabel.c[jenis.kunci]
    dicari = [date.fromisoformat(satu) if isinstance(kolom.type, sa.Date) else satu for satu in kunci]
    baris = koneksi.execute(sa.select(jenis.tabel).where(kolom.in_(dicari))).mappings()
    ada = ({nama: tersimpan(nilai) for nama, nilai in satu.items()} for satu in baris)
    return {satu[jenis.kunci]: satu for satu in ada}


def _ganti(koneksi: sa.Connection, jenis: JenisHalaman, baris: Mapping[str, Any]) -> None:
    tanda = mesin_dari(koneksi).tanda
    kolom = [nama for nama in baris if nama != jenis.kunci]
    atur = ", ".join(f"{nama} = {tanda}" for nama in kolom)
    hasil = koneksi.exec_driver_sql(
        f"UPDATE {jenis.tabel.name} SET {atur} WHERE {jenis.kunci} = {tanda}",
        (*(baris[nama] for nama in kolom), baris[jenis.kunci]),
    )
    _pastikan_tertulis(jenis.tabel.name, hasil, 1)


def revisi_terakhir(koneksi: sa.Connection, nomor: str) -> int:
    """The last revision the journal has of ``nomor``; 0 before the first."""
    return koneksi.scalar(sa.select(sa.func.max(JURNAL.c.revisi)).where(JURNAL.c.nomor == nomor)) or 0


def tambah_jurnal(koneksi: sa.Connection, tulisan: Tulisan, acara: Sequence[tuple[str, int, Any]]) -> None:
    """Append one journal line per (nomor, revisi, state) in ``acara``, chained to the line before it."""
    kanon = ((nomor, revisi, kanonik(isi)) for nomor, revisi, isi in acara)
    jurnal = rantai(ujung(koneksi)[:2], tulisan.sama, tulisan.alasan, kanon)
    _sisip(koneksi, "jurnal", KOLOM_JURNAL, jurnal, len(acara))


def _sisip(
    koneksi: sa.Connection, tabel: str, kolom: Sequence[str], baris: Iterable[Iterable[Any]], banyak: int
) -> None:
    """Append rows, many with one statement: with triggers every statement keeps a copy of the pages it touches."""
    nilai = chain.from_iterable(baris)
    penuh, sisa = divmod(banyak, SEKALI_TULIS)
    for kali, sekaligus in ((penuh, SEKALI_TULIS), (1, sisa)):
        if kali and sekaligus:
            satu = f"({', '.join([mesin_dari(koneksi).tanda] * len(kolom))})"
            tanda = ", ".join([satu] * sekaligus)
            hasil = koneksi.exec_driver_sql(
                f"INSERT INTO {tabel} ({', '.join(kolom)}) VALUES {tanda}",
                [tuple(islice(nilai, sekaligus * len(kolom))) for _ in range(kali)],
            )
            _pastikan_tertulis(tabel, hasil, kali * sekaligus)


def _pastikan_tertulis(tabel: str, hasil: sa.CursorResult[Any], banyak: int) -> None:
    """Raise BukuRusak where the database took less than it was given without a word: nothing is there then."""
    if hasil.rowcount != banyak:
        raise BukuRusak(
            f"buku diam-diam tidak menerima isi {tabel}; tidak ada yang tercatat",
            "Ada pemicu atau aturan basis data yang bukan milik program. Jalankan ikikec periksa.",
        )
