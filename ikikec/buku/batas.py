"""The deadline (batas) of an entry: which day it counts from, how long it is, and how the entry stands against it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import deret, terdekat
from ikikec.buku.halaman import ENTRI
from ikikec.buku.kelompok import Isi, Kelompok, tersimpan
from ikikec.buku.libur import kalender_tindakan, menurut_jurnal
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.penomoran import menurut_nomor, urutan_nomor
from ikikec.buku.penutupan import Tindakan
from ikikec.buku.register import BERTENGGAT, PENGADUAN, REKOMENDASI, Register
from ikikec.buku.terbuka import BERAKHIR, terbuka
from ikikec.galat import AturanDilanggar, Pelanggaran, kutip
from ikikec.istilah import Aksi, Klasifikasi
from ikikec.kalender import Kalender, TahunBelumDimuat
from ikikec.konfigurasi import Konfigurasi


def fakta_batas(register: Register, isi: Isi) -> tuple[Any, ...]:
    """What an entry's deadline rests on; the deadline is computed again where this changes, and only there."""
    return tuple(isi[nama] for nama in register.tenggat)


def tenggat(register: Register, fakta: tuple[Any, ...], konfig: Konfigurasi) -> tuple[date, int] | None:
    """The start day and the working days of a deadline that rests on ``fakta``; None where there is none.

    Contract, "Deadlines": a complaint and an information service count from ``tanggal``, a permit from the day
    its file was complete. Raises AturanDilanggar for a permit kind the configuration does not know.
    """
    if not fakta:
        return None
    lama: int | None = konfig.batas.informasi
    if register is PENGADUAN:
        lama = konfig.batas.pengaduan.lama(Klasifikasi(fakta[1]))
    if register is REKOMENDASI:
        if fakta[1] not in konfig.izin:
            raise AturanDilanggar("entri tidak dapat dicatat:", (jenis_tidak_dikenal(fakta[1], konfig),))
        lama = konfig.izin[fakta[1]]
    return None if fakta[0] is None or lama is None else (date.fromisoformat(fakta[0]), lama)


def jenis_tidak_dikenal(jenis: str, konfig: Konfigurasi) -> Pelanggaran:
    """What to say of a permit kind that stands in no ``[izin]`` table."""
    return Pelanggaran(
        "jenis",
        f"{kutip(jenis)} tidak ada di tabel [izin]; pilihannya {deret(konfig.izin)}{terdekat(jenis, konfig.izin)}",
    )


def beri_batas(
    register: Register, semua: Iterable[Kelompok], konfig: Konfigurasi, kalender: Kalender
) -> Iterator[Kelompok]:
    """The entries with deadlines filled in where they have none yet; one that came with a file is kept.

    Raises TahunBelumDimuat.
    """

    @cache
    def hari(*fakta: str | None) -> str | None:
        ketentuan = tenggat(register, fakta, konfig)
        return None if ketentuan is None else kalender.jatuh_tempo(*ketentuan).isoformat()

    for kelompok in semua:
        nilai = kelompok.ambil("batas", *register.tenggat)
        yield kelompok.ganti("batas", [ada or hari(*fakta) for ada, *fakta in nilai])


def batas_semula(koneksi: sa.Connection, register: Register, nomor: str, isi: Isi) -> tuple[int, str | None] | None:
    """The deadline an entry had when last it rested on the facts of ``isi``, and the journal line that set it.

    Contract, "Deadlines": where the facts are again those of an earlier revision, that revision's deadline returns.
    None where it never rested on them.
    """
    fakta, ketemu = fakta_batas(register, isi), None
    cari = sa.select(JURNAL.c.seq, JURNAL.c.isi).where(JURNAL.c.nomor == nomor).order_by(JURNAL.c.revisi)
    with jelaskan_isi(f"jurnal {nomor}"):
        for seq, teks in koneksi.execute(cari):
            lama = json.loads(teks)
            sama = tuple(lama.get(nama) for nama in register.tenggat) == fakta
            if sama and (ketemu is None or ketemu[1] != lama.get("batas")):
                ketemu = seq, lama.get("batas")
    return ketemu


def putusan(koneksi: sa.Connection, register: Register, isi: Isi) -> bool | None:
    """Whether an entry was done after its deadline; None while it is open, and where it has no deadline."""
    if isi.get("batas") is None or isi["batal"]:
        return None
    selesai = _selesai(koneksi, register, isi)
    return None if selesai is None else selesai > str(isi["batas"])


@dataclass(frozen=True, slots=True)
class Ulang:
    """Open entries that would get another deadline: register, before and after; how many a closed month holds."""

    rencana: list[tuple[Register, Isi, Isi]]
    tertutup: int


def rencana_ulang(tindakan: Tindakan) -> Ulang:
    """The open entries whose deadline today's calendar and rule make another. Raises TahunBelumDimuat."""
    kalender, tertutup = kalender_tindakan(tindakan), 0
    rencana: list[tuple[Register, Isi, Isi]] = []
    for register in BERTENGGAT:
        for lama in _terbuka(tindakan.koneksi, register):
            if register is REKOMENDASI and lama["jenis"] not in tindakan.konfig.izin:
                continue
            ketentuan = tenggat(register, fakta_batas(register, lama), tindakan.konfig)
            baru = lama if ketentuan is None else {**lama, "batas": kalender.jatuh_tempo(*ketentuan).isoformat()}
            if baru["batas"] == lama["batas"]:
                continue
            try:
                tindakan.tolak_ubahan(register, lama, baru)
            except AturanDilanggar:
                tertutup += 1
            else:
                rencana.append((register, lama, baru))
    return Ulang(rencana, tertutup)


def _terbuka(koneksi: sa.Connection, register: Register) -> Iterator[Isi]:
    tabel = HALAMAN[register.slug]
    cari = sa.select(tabel).where(terbuka(register), tabel.c.batas.is_not(None)).order_by(*urutan_nomor(register))
    with jelaskan_isi(f"register {register.slug}"):
        for baris in koneksi.execute(cari).mappings():
            yield {nama: tersimpan(baris[nama]) for nama in register.nama_bidang}


def hitung_ulang(tindakan: Tindakan, dilihat: Ulang) -> None:
    """Reckon the deadlines of the open entries anew, each with its journal line; others keep theirs.

    Raises AturanDilanggar where what ``dilihat`` told is not so any more.
    """
    if rencana_ulang(tindakan) != dilihat:
        raise AturanDilanggar("buku baru saja berubah; tidak ada yang dihitung ulang", saran="Ulangi.")
    for register, _lama, baru in dilihat.rencana:
        tindakan.tulis(ENTRI[register.slug], Aksi.HITUNG_ULANG, baru["nomor"], baru)


@dataclass(frozen=True, slots=True)
class JatuhTempo:
    """``batas``: the last day in time. ``selesai``: the day the entry was done, None while it is open.

    ``terlambat``: done, or still open today, after ``batas``. ``sisa``: working days from ``selesai``, or else from
    today, to ``batas``; negative where it was missed. ``dilewati``: what was skipped from ``mulai`` to ``batas``, by
    the calendar it was computed with; None where neither that nor today's calendar and rule give this deadline.
    """

    mulai: date
    batas: date
    selesai: date | None
    terlambat: bool
    sisa: int
    dilewati: "Dilewati | None"


@dataclass(frozen=True, slots=True)
class Dilewati:
    """``libur``: named free days; ``akhir_pekan``: how many others nobody worked on; ``berubah``: not today's."""

    libur: Mapping[date, str]
    akhir_pekan: int
    berubah: bool


def jatuh_tempo(
    koneksi: sa.Connection, register: Register, isi: Isi, hari_ini: date, konfig: Konfigurasi, kalender: Kalender
) -> JatuhTempo | None:
    """How an entry stands, None where it has no deadline or is cancelled. Raises TahunBelumDimuat."""
    if isi.get("batas") is None or isi["batal"]:
        return None
    batas = date.fromisoformat(isi["batas"])
    # A kind that was taken out of the configuration since has no rule any more, but its deadline stands.
    dikenal = register is not REKOMENDASI or isi["jenis"] in konfig.izin
    ketentuan = tenggat(register, fakta_batas(register, isi), konfig) if dikenal else None
    mulai = ketentuan[0] if ketentuan else date.fromisoformat(isi["tanggal"])
    teks = _selesai(koneksi, register, isi)
    selesai = None if teks is None else date.fromisoformat(teks)
    sampai = selesai or hari_ini
    dilewati = None if ketentuan is None else _dilewati(koneksi, register, isi, ketentuan, kalender)
    return JatuhTempo(mulai, batas, selesai, sampai > batas, kalender.sisa(sampai, batas), dilewati)


def _dilewati(
    koneksi: sa.Connection, register: Register, isi: Isi, ketentuan: tuple[date, int], kalender: Kalender
) -> Dilewati | None:
    mulai, batas = ketentuan[0], date.fromisoformat(isi["batas"])
    kini = kalender.jatuh_tempo(*ketentuan), kalender.bebas(mulai, batas)
    semula = batas_semula(koneksi, register, isi["nomor"], isi)
    tahun, bernama = menurut_jurnal(koneksi, None if semula is None else semula[0])
    dulu = Kalender(kalender.hari_kerja, tahun, frozenset(bernama))
    with suppress(TahunBelumDimuat):
        if dulu.jatuh_tempo(*ketentuan) == batas:
            bebas = dulu.bebas(mulai, batas)
            libur = {hari: bernama[hari] for hari in bebas if hari in bernama}
            return Dilewati(libur, len(bebas) - len(libur), kini != (batas, bebas))
    if kini[0] != batas:
        return None
    _tahun, bernama = menurut_jurnal(koneksi)
    libur = {hari: bernama[hari] for hari in kini[1] if hari in bernama}
    return Dilewati(libur, len(kini[1]) - len(libur), berubah=False)


def _selesai(koneksi: sa.Connection, register: Register, isi: Isi) -> str | None:
    """The day an entry was done; None while it is open."""
    if register.akhir:
        return next((isi[nama] for nama in register.akhir if isi[nama]), None)
    lanjut = HALAMAN["tindak-lanjut"].c
    terakhir = (
        sa.select(lanjut.tanggal, lanjut.status)
        .where(lanjut.pengaduan == isi["nomor"], ~lanjut.batal)
        .order_by(lanjut.tanggal.desc(), *(satu.desc() for satu in menurut_nomor(lanjut.nomor)[1:]))
        .limit(1)
    )
    baris = koneksi.execute(terakhir).first()
    return baris.tanggal.isoformat() if baris is not None and baris.status in BERAKHIR else None
