"""Pages and their journal lines: the only code that inserts or updates, always the line first and then the page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from ikikec.buku.jurnal import SIDIK_AWAL, Baris, kanonik
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.mesin.pilih import dialek
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import Register
from ikikec.buku.tabel import HALAMAN, ISIAN, JURNAL, Isian
from ikikec.galat import EntriTidakAda
from ikikec.istilah import Aksi

SEKALI_TULIS = 2000


@dataclass(frozen=True, slots=True)
class Tulisan:
    """What all journal lines of one act have in common."""

    register: str
    aksi: Aksi
    petugas: str
    waktu: str
    alasan: str | None = None


def ujung(koneksi: sa.Connection) -> tuple[int, str]:
    """The journal's last seq and fingerprint; 0 and 64 zeros before the first line."""
    terakhir = sa.select(JURNAL.c.seq, JURNAL.c.sidik).order_by(JURNAL.c.seq.desc()).limit(1)
    baris = koneksi.execute(terakhir).first()
    return (baris.seq, baris.sidik) if baris else (0, SIDIK_AWAL)


def ambil(koneksi: sa.Connection, nomor: Nomor) -> tuple[Isian, int]:
    """An entry as its page has it, and its revision; raises EntriTidakAda or BukuRusak."""
    tabel = HALAMAN[nomor.register.slug]
    with jelaskan_isi(str(nomor)):
        baris = koneksi.execute(sa.select(tabel).where(tabel.c.nomor == str(nomor))).mappings().first()
        if baris is not None:
            nilai = dict(baris)
            revisi = nilai.pop("revisi")
            return ISIAN[nomor.register.slug].model_validate(nilai), revisi
    raise EntriTidakAda(f"tidak ada {nomor.register.sebutan} bernomor {nomor}")


def sisip(
    koneksi: sa.Connection,
    register: Register,
    tulisan: Tulisan,
    isian: Iterable[Isian],
    kemajuan: Callable[[int], None],
) -> None:
    """Append numbered entries, each as a journal line and a page of revision 1, in batches."""
    kolom = (*register.nama_bidang, "revisi")
    perintah = _perintah_sisip(koneksi, HALAMAN[register.slug].name, kolom)
    urutan = iter(isian)
    while bagian := [satu.isi() for satu in islice(urutan, SEKALI_TULIS)]:
        tambah_jurnal(koneksi, tulisan, [(isi["nomor"], 1, isi) for isi in bagian])
        koneksi.exec_driver_sql(perintah, [(*(isi[nama] for nama in kolom[:-1]), 1) for isi in bagian])
        kemajuan(len(bagian))


def ubah(koneksi: sa.Connection, register: Register, tulisan: Tulisan, isian: Isian, revisi: int) -> None:
    """Write an entry's next state as a journal line and over its page."""
    isi = isian.isi()
    tambah_jurnal(koneksi, tulisan, [(isi["nomor"], revisi, isi)])
    tabel = HALAMAN[register.slug].name
    kolom = [*(nama for nama in register.nama_bidang if nama != "nomor"), "revisi"]
    tanda = dialek(koneksi).tanda
    atur = ", ".join(f"{nama} = {tanda}" for nama in kolom)
    nilai = {**isi, "revisi": revisi}
    koneksi.exec_driver_sql(
        f"UPDATE {tabel} SET {atur} WHERE nomor = {tanda}", (*(nilai[nama] for nama in kolom), isi["nomor"])
    )


def tambah_jurnal(koneksi: sa.Connection, tulisan: Tulisan, acara: Sequence[tuple[str, int, Any]]) -> None:
    """Append one journal line per (nomor, revisi, state) in ``acara``, chained to the line before it."""
    perintah = _perintah_sisip(koneksi, "jurnal", (*Baris._fields, "sidik"))
    koneksi.exec_driver_sql(perintah, list(_rantai(ujung(koneksi), tulisan, acara)))


def _rantai(
    sesudah: tuple[int, str], tulisan: Tulisan, acara: Sequence[tuple[str, int, Any]]
) -> Iterator[tuple[str | int | None, ...]]:
    seq, sidik = sesudah
    t = tulisan
    for nomor, revisi, isi in acara:
        seq += 1
        baris = Baris(seq, t.waktu, t.petugas, t.aksi.value, t.register, nomor, revisi, t.alasan, kanonik(isi))
        sidik = baris.sidik(sidik)
        yield (*baris, sidik)


def _perintah_sisip(koneksi: sa.Connection, tabel: str, kolom: Sequence[str]) -> str:
    tanda = ", ".join([dialek(koneksi).tanda] * len(kolom))
    return f"INSERT INTO {tabel} ({', '.join(kolom)}) VALUES ({tanda})"
