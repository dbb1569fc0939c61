"""Closed months: which they are, and which dates an act may therefore not touch.

A closing is a journal line of its own (``TUTUP-2026-10``) that keeps the month's figures, handed in by whoever
computes them. From then on no date in that month is written, changed or displaced: displaced, because an earlier
follow-up, back-dated into an open month, would take its complaint out of the closed one.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku.bidang import Jenis
from ikikec.buku.halaman import JenisHalaman, Tulisan, tulis
from ikikec.buku.kelompok import Isi
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN, JURNAL, PENUTUPAN
from ikikec.buku.penomoran import potong
from ikikec.buku.register import PENGADUAN, Register
from ikikec.galat import AturanDilanggar, Pelanggaran, tolak_pelanggaran
from ikikec.periode import Periode, periode_bulan
from ikikec.tanggal import saat_setempat

REGISTER = "penutupan"
AWALAN = "TUTUP-"
TUTUP = JenisHalaman(REGISTER, PENUTUPAN, uraikan=lambda nomor, isi: ({"nomor": nomor, "ditutup": isi["ditutup"]},))

# A date an act touches, and the field it is told by.
Sentuhan = tuple[str, date]


@dataclass(frozen=True, slots=True)
class KeadaanBulan:
    """What the journal last says of a month: closed or open, by whom and when (ISO, UTC), and the figures kept.

    ``seq`` is that line's place in the journal.
    """

    seq: int
    bulan: Periode
    ditutup: bool
    petugas: str
    waktu: str
    revisi: int
    angka: Mapping[str, Any]
    bobot: str

    def kabar(self, zona: ZoneInfo) -> str:
        """That the month is closed, when and by whom."""
        return f"{self.bulan.label} sudah ditutup {saat_setempat(self.waktu, zona)} oleh {self.petugas}"

    def penolakan(self, zona: ZoneInfo) -> str:
        """The same, and how to open the month."""
        return f"{self.kabar(zona)}; bila memang perlu: ikikec buka {self.bulan.awal:%Y-%m} --alasan …"


@dataclass(frozen=True, slots=True)
class PenutupanAsal:
    """A closing as another ledger has it: the figures and the survey's weight kept then, and where it comes from."""

    bulan: Periode
    angka: Mapping[str, Any]
    bobot: str
    asal: str


def kunci(bulan: Periode) -> str:
    """The journal number of a month's closing: ``TUTUP-2026-10``."""
    return f"{AWALAN}{bulan.awal:%Y-%m}"


def keadaan(koneksi: sa.Connection) -> dict[str, KeadaanBulan]:
    """Every month that was ever closed, by its journal number, as its last line says."""
    kolom = [JURNAL.c[nama] for nama in ("seq", "nomor", "petugas", "waktu", "revisi", "isi")]
    cari = sa.select(*kolom).where(JURNAL.c.nomor >= AWALAN, JURNAL.c.nomor < "TUTUP.")
    terakhir = {baris.nomor: baris for baris in koneksi.execute(cari.order_by(JURNAL.c.nomor, JURNAL.c.revisi))}
    with jelaskan_isi("penutupan bulan"):
        return {nomor: _keadaan(baris) for nomor, baris in terakhir.items()}


def tutup(
    koneksi: sa.Connection, bulan: Sequence[Periode], angka: Callable[[Periode], Any], bobot: str, tulisan: Tulisan
) -> list[Periode]:
    """Close months with the figures ``angka`` tells of each; returns those that were still open.

    ``bobot``, the survey's weight in force, is kept beside them.
    """
    lama = keadaan(koneksi)
    sasaran = [satu for satu in bulan if not _ditutup(lama, satu)]
    for satu, isi in [(satu, angka(satu)) for satu in sasaran]:
        tulis(koneksi, TUTUP, tulisan, kunci(satu), {"ditutup": True, "angka": isi, "bobot_skm": bobot})
    return sasaran


def tutup_seperti(koneksi: sa.Connection, semua: Iterable[PenutupanAsal], tulisan: Tulisan) -> int:
    """Close months with the figures kept in another ledger; returns how many were still open.

    Whether this ledger gives the same figures is what ``periksa`` tells, of these as of any closed month.
    """
    lama, banyak = keadaan(koneksi), 0
    for satu in semua:
        if not _ditutup(lama, satu.bulan):
            isi = {"ditutup": True, "angka": satu.angka, "bobot_skm": satu.bobot}
            tulis(koneksi, TUTUP, replace(tulisan, alasan=satu.asal), kunci(satu.bulan), isi)
            banyak += 1
    return banyak


def buka(koneksi: sa.Connection, bulan: Sequence[Periode], tulisan: Tulisan) -> list[Periode]:
    """Open closed months; returns those that were closed. Raises AturanDilanggar where none was."""
    lama = keadaan(koneksi)
    sasaran = [satu for satu in bulan if _ditutup(lama, satu)]
    if not sasaran:
        raise AturanDilanggar(f"{', '.join(satu.label for satu in bulan)} tidak sedang ditutup")
    for satu in sasaran:
        tulis(koneksi, TUTUP, tulisan, kunci(satu), {"ditutup": False, "angka": {}})
    return sasaran


def _ditutup(lama: Mapping[str, KeadaanBulan], bulan: Periode) -> bool:
    satu = lama.get(kunci(bulan))
    return satu is not None and satu.ditutup


def _keadaan(baris: sa.Row[Any]) -> KeadaanBulan:
    tahun, bulan = baris.nomor.removeprefix(AWALAN).split("-")
    isi = json.loads(baris.isi)
    return KeadaanBulan(
        baris.seq,
        periode_bulan(int(tahun), int(bulan), 1),
        isi["ditutup"],
        baris.petugas,
        baris.waktu,
        baris.revisi,
        isi["angka"],
        isi.get("bobot_skm", ""),
    )


def tertutup(koneksi: sa.Connection) -> list[KeadaanBulan]:
    """The months that are closed now."""
    return [satu for satu in keadaan(koneksi).values() if satu.ditutup]


def semua_tertutup(koneksi: sa.Connection, periode: Periode) -> list[KeadaanBulan]:
    """The months of a period where all of them are closed; else none."""
    tutup = {satu.bulan.awal: satu for satu in tertutup(koneksi)}
    hasil, awal = list[KeadaanBulan](), periode.awal.replace(day=1)
    while awal < periode.sesudah:
        if awal not in tutup:
            return []
        hasil.append(tutup[awal])
        awal = tutup[awal].bulan.sesudah
    return hasil


def bobot_tertutup(koneksi: sa.Connection, periode: Periode) -> str:
    """The survey's weight kept of a period, all of whose months were closed with the same; else blank."""
    bobot = {satu.bobot for satu in semua_tertutup(koneksi, periode)}
    return bobot.pop() if len(bobot) == 1 else ""


def bidang_bertanggal(register: Register) -> list[str]:
    """The dates an entry counts by or is stepped on; its deadline is none of them."""
    return [bidang.nama for bidang in register.bidang if _bertanggal(register, bidang.nama)]


def _bertanggal(register: Register, nama: str) -> bool:
    return register[nama].jenis is Jenis.TANGGAL and not register[nama].sistem


def tanggal_tersentuh(register: Register, lama: Isi, baru: Isi) -> list[Sentuhan]:
    """The dates that a change of an entry touches.

    A changed date itself, before and after; of the field that stands with a step, that step's; of the deadline all
    steps, since it decides whether they were in time; of any other field every date, since the sheets of those months
    print it of the entries behind their figures.
    """
    sentuhan: list[Sentuhan] = []
    pasangan = {langkah.pasangan: langkah.tanggal for langkah in register.langkah}
    for nama in register.nama_bidang:
        if lama[nama] == baru[nama]:
            continue
        if nama == "batas":
            ikut = [langkah.tanggal for langkah in register.langkah]
        elif _bertanggal(register, nama) or nama in pasangan:
            ikut = [pasangan.get(nama, nama)]
        else:
            ikut = bidang_bertanggal(register)
        sentuhan += [(satu, date.fromisoformat(isi[satu])) for satu in ikut for isi in (lama, baru) if isi[satu]]
    return list(dict.fromkeys(sentuhan))


def pelanggaran(tutup: Iterable[KeadaanBulan], sentuhan: Iterable[Sentuhan], zona: ZoneInfo) -> Iterator[Pelanggaran]:
    """What to say of each touched date that lies in a closed month."""
    tutup = list(tutup)
    for nama, hari in sentuhan:
        for bulan in tutup:
            if bulan.bulan.memuat(hari):
                yield Pelanggaran(nama, f"{hari} ada di bulan tertutup: {bulan.penolakan(zona)}")


def tolak(tutup: list[KeadaanBulan], sentuhan: Iterable[Sentuhan], zona: ZoneInfo) -> None:
    """Raise AturanDilanggar where a touched date lies in a closed month."""
    tolak_pelanggaran(pelanggaran(tutup, sentuhan, zona))


def tolak_ubahan(
    koneksi: sa.Connection, tutup: list[KeadaanBulan], register: Register, lama: Isi, baru: Isi, zona: ZoneInfo
) -> None:
    """Raise AturanDilanggar where a change of an entry touches a closed month, or what its sheet prints.

    A complaint stands there by its earliest follow-up too.
    """
    tolak(tutup, tanggal_tersentuh(register, lama, baru), zona)
    if tutup and register is PENGADUAN and lama != baru:
        hari = _terawal(koneksi, [lama["nomor"]]).values()
        tolak(tutup, [("tindak lanjut terawal", satu) for satu in hari], zona)


def geseran(
    koneksi: sa.Connection, tutup: Iterable[KeadaanBulan], baris: Iterable[tuple[str, date, int]], zona: ZoneInfo
) -> Iterator[Pelanggaran]:
    """What added follow-ups, each as (complaint, date, line of the file), take out of a closed month.

    A complaint counts by its earliest follow-up: one that is earlier still displaces that date.
    """
    tutup = list(tutup)
    baru: dict[str, tuple[date, int]] = {}
    for nomor, hari, nomor_baris in baris if tutup else ():
        baru[nomor] = min(baru.get(nomor, (hari, nomor_baris)), (hari, nomor_baris))
    terawal = _terawal(koneksi, sorted(baru)) if baru else {}
    for nomor, (hari, nomor_baris) in baru.items():
        lama = terawal.get(nomor)
        if lama is not None and hari < lama:
            for satu in pelanggaran(tutup, [("tanggal", lama)], zona):
                pesan = f"{hari} mendahului tindak lanjut terawal {nomor}; {satu.pesan}"
                yield Pelanggaran("tanggal", pesan, nomor_baris)


@contextmanager
def jaga_tindak_lanjut_terawal(
    koneksi: sa.Connection, tutup: list[KeadaanBulan], pengaduan: Iterable[str], zona: ZoneInfo
) -> Iterator[None]:
    """Refuse what happens inside where it moves the day a complaint counts by out of or into a closed month.

    Looks before and after; raising rolls the act back with its transaction.
    """
    if not tutup:
        yield
        return
    nomor = sorted(set(pengaduan))
    sebelum = _terawal(koneksi, nomor)
    yield
    sesudah = _terawal(koneksi, nomor)
    geser = [
        ("tindak lanjut terawal", hari)
        for satu in nomor
        if sebelum.get(satu) != sesudah.get(satu)
        for hari in (sebelum.get(satu), sesudah.get(satu))
        if hari is not None
    ]
    tolak(tutup, geser, zona)


def _terawal(koneksi: sa.Connection, pengaduan: list[str]) -> dict[str, date]:
    lanjut, induk = HALAMAN["tindak-lanjut"].c, HALAMAN["pengaduan"].c
    cari = (
        sa.select(lanjut.pengaduan, sa.func.min(lanjut.tanggal))
        .join_from(lanjut.pengaduan.table, induk.nomor.table, induk.nomor == lanjut.pengaduan)
        .where(~lanjut.batal, ~induk.batal)
        .group_by(lanjut.pengaduan)
    )
    return {
        nomor: hari
        for bagian in potong(pengaduan)
        for nomor, hari in koneksi.execute(cari.where(lanjut.pengaduan.in_(bagian)))
    }
