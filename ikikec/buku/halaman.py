"""Pages and their journal lines: the only code that inserts or updates, always the line first and then the page.

What identifies a citizen or is told freely the journal only commits to; a table of its own holds the value. A
commitment is SHA-256 over a salt of 16 random bytes and the value in UTF-8. In a line it stands where the value
would, as ``{"sha256": "<64 hex>"}``, which no text can be taken for. Whoever has salt and value can show that the
line means them; whoever has not learns nothing from it, not even that two entries name the same person. So a citizen
can be forgotten (UU 27/2022 art. 43 and 44), and the chain still holds.

The table has one row for each line that commits to anything: ``{"kontak": ["<salt in hex>", "<value>"], …}``. A row
for each field would cost an import of complaints twice the time.
"""

import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain, islice, repeat
from typing import Any, NamedTuple

import sqlalchemy as sa

from ikikec.buku.jurnal import KOLOM, SIDIK_AWAL, kanonik, kanonik_kolom, rantai
from ikikec.buku.kelompok import Isi, Kelompok, susun_kelompok, tersimpan
from ikikec.buku.mesin.dasar import jelaskan_isi, mesin_dari
from ikikec.buku.model import HALAMAN, ISIAN, JURNAL, PRIBADI
from ikikec.buku.nomor import Nomor
from ikikec.buku.penomoran import celah, kunci_nomor, potong
from ikikec.buku.register import DIHAPUS, LUPA, SEMUA, Register
from ikikec.buku.terbuka import segarkan
from ikikec.galat import BukuRusak, EntriTidakAda
from ikikec.istilah import Aksi

# Rows of one INSERT: some five thousand values, far below the 32 766 that a statement may have in SQLite.
SEKALI_TULIS = 250
KOLOM_JURNAL = (*KOLOM, "sidik")
BYTE_GARAM = 16
KUNCI = "sha256"

Simpanan = tuple[str, int, str]
"""A row of the table: number, revision, and salts and values by field as canonical JSON."""


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

    ``uraikan`` tells, of a journal line's number and state, the pages it stands for, in stored values; what an act
    forgot stands in its line alone.
    """

    register: str
    tabel: sa.Table
    kunci: str = "nomor"
    uraikan: Callable[[str, Isi], Iterable[Isi]] = lambda _nomor, isi: (
        {nama: nilai for nama, nilai in isi.items() if nama != LUPA},
    )


ENTRI = {slug: JenisHalaman(slug, tabel) for slug, tabel in HALAMAN.items()}


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


def sisip(
    koneksi: sa.Connection, register: Register, tulisan: Tulisan, sesudah: tuple[int, str], kelompok: Kelompok
) -> tuple[int, str]:
    """Append one batch of numbered entries, each a journal line and a page of revision 1, behind ``sesudah``.

    That is the seq and fingerprint of the journal's last line; returns those of the last one now.
    """
    nomor, banyak = kelompok.kolom["nomor"], len(kelompok)
    tertutup, pribadi = tutup_kelompok(register, kelompok)
    acara = zip(nomor, repeat(1), kanonik_kolom(kelompok.kolom, tertutup, KUNCI), strict=False)
    jurnal = list(rantai(sesudah, tulisan.sama, tulisan.alasan, acara))
    halaman = zip(*(kelompok.kolom[nama] for nama in register.nama_bidang), repeat(1), strict=False)
    _sisip(koneksi, "jurnal", KOLOM_JURNAL, jurnal, banyak)
    _sisip(koneksi, HALAMAN[register.slug].name, (*register.nama_bidang, "revisi"), halaman, banyak)
    _sisip(koneksi, PRIBADI.name, PRIBADI.c.keys(), pribadi, len(pribadi))
    segarkan(koneksi, register.slug, nomor)
    return sesudah[0] + banyak, str(jurnal[-1][-1])


def tulis(koneksi: sa.Connection, jenis: JenisHalaman, tulisan: Tulisan, nomor: str, isi: Mapping[str, Any]) -> None:
    """Append one journal line, the next revision of ``nomor``, then write the pages that it makes or changes."""
    revisi = revisi_terakhir(koneksi, nomor) + 1
    tertutup, pribadi = tutup_isi(jenis.register, nomor, revisi, isi)
    tambah_jurnal(koneksi, tulisan, nomor, revisi, tertutup)
    _sisip(koneksi, PRIBADI.name, PRIBADI.c.keys(), pribadi, len(pribadi))
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


def tambah_jurnal(koneksi: sa.Connection, tulisan: Tulisan, nomor: str, revisi: int, isi: Isi) -> None:
    """Append one journal line, chained to the line before it."""
    baris = rantai(ujung(koneksi)[:2], tulisan.sama, tulisan.alasan, [(nomor, revisi, kanonik(isi))])
    _sisip(koneksi, "jurnal", KOLOM_JURNAL, baris, 1)


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


def komitmen(garam: bytes, nilai: str) -> str:
    """The commitment to ``nilai`` in hex."""
    return sha256(garam + nilai.encode()).hexdigest()


def tutup_isi(slug: str, nomor: str, revisi: int, isi: Isi) -> tuple[Isi, list[Simpanan]]:
    """A state as its line holds it, and what the table keeps of it, if it is an entry's."""
    if slug not in SEMUA:
        return isi, []
    kelompok = susun_kelompok(SEMUA[slug], [{**isi, "nomor": nomor}])
    tertutup, simpanan = tutup_kelompok(SEMUA[slug], kelompok, revisi)
    return {**isi, **{nama: {KUNCI: satu} for nama, (satu,) in tertutup.items() if satu is not None}}, simpanan


def tutup_kelompok(
    register: Register, kelompok: Kelompok, revisi: int = 1
) -> tuple[dict[str, list[str | None]], list[Simpanan]]:
    """The commitments of many entries by field, and what the table keeps of them."""
    bidang = register.rahasia
    simpanan: list[Simpanan] = []
    tertutup: dict[str, list[str | None]] = {nama: [] for nama in bidang}
    acak = os.urandom(BYTE_GARAM * len(bidang) * len(kelompok))
    letak = 0
    for nomor, nilai in zip(kelompok.kolom["nomor"], kelompok.ambil(*bidang), strict=True) if bidang else ():
        milik: dict[str, tuple[str, str]] = {}
        for nama, isi in zip(bidang, nilai, strict=True):
            if isi is None:
                tertutup[nama].append(None)
                continue
            garam = acak[letak : letak + BYTE_GARAM]
            letak += BYTE_GARAM
            tertutup[nama].append(komitmen(garam, isi))
            milik[nama] = (garam.hex(), isi)
        if milik:
            simpanan.append((nomor, revisi, kanonik(milik)))
    return tertutup, simpanan


def bertutup(nilai: Any) -> bool:
    """Whether a value of a line is a commitment; one from before there were any is the text itself."""
    return isinstance(nilai, dict)


def sesuai(isi: str, simpanan: str | None) -> bool:
    """Whether a line's text commits to just what the table keeps of it, seen without reading the line as JSON.

    A quote within a value is escaped there, so that a commitment's letters stand nowhere else. False is no verdict:
    that takes a closer look.
    """
    try:
        ada = json.loads(simpanan or "{}").items()
        anggota = [
            f'"{nama}":{{"{KUNCI}":"{komitmen(bytes.fromhex(garam), nilai)}"}}' for nama, (garam, nilai) in ada
        ]
        return isi.count(f'{{"{KUNCI}":"') == len(anggota) and all(satu in isi for satu in anggota)
    except (TypeError, ValueError, AttributeError):
        return False


def buka_baris(koneksi: sa.Connection, baris: Sequence[tuple[str, int, str]]) -> Iterator[dict[str, Any]]:
    """The state that each journal line of an entry (number, revision, ``isi``) tells, commitments opened.

    What was forgotten is ``DIHAPUS``; the line of an act that forgets has the fields it forgot under ``LUPA``.
    """
    simpanan = _simpanan(koneksi, sorted({nomor for nomor, _revisi, _isi in baris}))
    for nomor, revisi, isi in baris:
        ada = simpanan.get((nomor, revisi), {})
        yield {
            bidang: ada.get(bidang, ("", DIHAPUS))[1] if bertutup(nilai) else nilai
            for bidang, nilai in json.loads(isi).items()
        }


def _simpanan(koneksi: sa.Connection, nomor: Sequence[str]) -> dict[tuple[str, int], Mapping[str, Any]]:
    """Salts and values by number and revision."""
    return {
        (satu.nomor, satu.revisi): json.loads(satu.isi)
        for bagian in potong(nomor)
        for satu in koneksi.execute(sa.select(PRIBADI).where(PRIBADI.c.nomor.in_(bagian)))
    }


def hapus_pribadi(koneksi: sa.Connection, nomor: str, bidang: Collection[str], sebelum: int) -> None:
    """Let salts and values of an entry's fields go, of all revisions before ``sebelum``; the others stay."""
    for (_nomor, revisi), isi in _simpanan(koneksi, [nomor]).items():
        sisa = {nama: satu for nama, satu in isi.items() if nama not in bidang}
        if revisi < sebelum and len(sisa) < len(isi):
            koneksi.execute(sa.delete(PRIBADI).where(PRIBADI.c.nomor == nomor, PRIBADI.c.revisi == revisi))
            if sisa:
                koneksi.execute(sa.insert(PRIBADI).values(nomor=nomor, revisi=revisi, isi=kanonik(sisa)))
