"""One act on the ledger, and the months that are closed to it: which they are, and which dates it may not touch.

A closing is a journal line of its own (``TUTUP-2026-10``) that keeps the month's figures, handed in by whoever
computes them. From then on no date in that month is written, changed or displaced: displaced, because an earlier
follow-up, back-dated into an open month, would take its complaint out of the closed one.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ikikec.buku import halaman
from ikikec.buku.halaman import JenisHalaman, Tulisan
from ikikec.buku.kelompok import Isi, Kelompok
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN, JURNAL, PENUTUPAN
from ikikec.buku.penomoran import potong
from ikikec.buku.register import PENGADUAN, Register
from ikikec.galat import AturanDilanggar, Pelanggaran, tolak_pelanggaran
from ikikec.istilah import Aksi
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode, periode_bulan
from ikikec.tanggal import saat_setempat

REGISTER = "penutupan"
AWALAN = "TUTUP-"
TUTUP = JenisHalaman(REGISTER, PENUTUPAN, uraikan=lambda nomor, isi: ({"nomor": nomor, "ditutup": isi["ditutup"]},))

# A date an act touches, and the field it is told by.
Sentuhan = tuple[str, date]


@dataclass(frozen=True, slots=True)
class KeadaanBulan:
    """A closed month: by whom and when (ISO, UTC), and the figures and the survey's weight kept then.

    ``seq`` is the place of that line in the journal.
    """

    seq: int
    bulan: Periode
    petugas: str
    waktu: str
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


def tertutup(koneksi: sa.Connection) -> list[KeadaanBulan]:
    """The months that are closed now, as the last journal line of each says."""
    kolom = [JURNAL.c[nama] for nama in ("seq", "nomor", "petugas", "waktu", "isi")]
    cari = sa.select(*kolom).where(JURNAL.c.nomor >= AWALAN, JURNAL.c.nomor < "TUTUP.")
    terakhir = {baris.nomor: baris for baris in koneksi.execute(cari.order_by(JURNAL.c.nomor, JURNAL.c.revisi))}
    with jelaskan_isi("penutupan bulan"):
        semua = [(baris, json.loads(baris.isi)) for baris in terakhir.values()]
        return [_tertutup(baris, isi) for baris, isi in semua if isi["ditutup"]]


def _tertutup(baris: sa.Row[Any], isi: Mapping[str, Any]) -> KeadaanBulan:
    tahun, bulan = map(int, baris.nomor.removeprefix(AWALAN).split("-"))
    milik = periode_bulan(tahun, bulan, 1)
    return KeadaanBulan(baris.seq, milik, baris.petugas, baris.waktu, isi["angka"], isi.get("bobot_skm", ""))


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


@dataclass(frozen=True)
class Tindakan:
    """One act: its transaction, who does it at which moment (ISO, UTC) and on which day, and the office's rules.

    ``tahun_lain`` adds free days of years that the ledger does not hold, where an act is only looked ahead at.
    """

    koneksi: sa.Connection
    petugas: str
    waktu: str
    hari_ini: date
    konfig: Konfigurasi
    tahun_lain: Mapping[int, Iterable[date]] = field(default_factory=dict)

    @cached_property
    def tutup(self) -> list[KeadaanBulan]:
        """The months that were closed when the act began."""
        return tertutup(self.koneksi)

    @property
    def zona(self) -> ZoneInfo:
        """The zone that moments are told in."""
        return self.konfig.waktu_setempat

    def tulisan(self, register: str, aksi: Aksi, alasan: str | None = None) -> Tulisan:
        """What its journal lines in a register have in common."""
        return Tulisan(register, aksi, self.petugas, self.waktu, alasan)

    def tulis(
        self, jenis: JenisHalaman, aksi: Aksi, nomor: str, isi: Mapping[str, Any], alasan: str | None = None
    ) -> None:
        """Append one journal line, and write the pages that it makes or changes."""
        halaman.tulis(self.koneksi, jenis, self.tulisan(jenis.register, aksi, alasan), nomor, isi)

    def tolak(self, sentuhan: Iterable[Sentuhan]) -> None:
        """Raise AturanDilanggar where a touched date lies in a closed month."""
        tolak_pelanggaran(pelanggaran(self.tutup, sentuhan, self.zona))

    def tolak_ubahan(self, register: Register, lama: Isi, baru: Isi) -> None:
        """Raise AturanDilanggar where a change of an entry touches a closed month, or what its sheet prints.

        A complaint stands there by its earliest follow-up too.
        """
        self.tolak(tanggal_tersentuh(register, lama, baru))
        if self.tutup and register is PENGADUAN and lama != baru:
            hari = _terawal(self.koneksi, [lama["nomor"]]).values()
            self.tolak(("tindak lanjut terawal", satu) for satu in hari)

    @contextmanager
    def jaga_tindak_lanjut_terawal(self, pengaduan: str) -> Iterator[None]:
        """Refuse what happens inside where it moves the day the complaint counts by out of or into a closed month.

        Looks before and after; raising rolls the act back with its transaction.
        """
        sebelum = _terawal(self.koneksi, [pengaduan]) if self.tutup else {}
        yield
        sesudah = _terawal(self.koneksi, [pengaduan]) if self.tutup else {}
        if sebelum != sesudah:
            self.tolak(("tindak lanjut terawal", hari) for hari in (*sebelum.values(), *sesudah.values()))


def tutup(
    tindakan: Tindakan, bulan: Iterable[Periode], angka: Callable[[Periode], Any], bobot: str, asal: str | None = None
) -> list[Periode]:
    """Close months with the figures ``angka`` tells of each; returns those that were still open.

    ``bobot``, the survey's weight in force, is kept beside them.
    """
    sudah = {satu.bulan for satu in tertutup(tindakan.koneksi)}
    sasaran = [(satu, angka(satu)) for satu in bulan if satu not in sudah]
    for satu, isi in sasaran:
        _tulis(tindakan, Aksi.TUTUP, satu, {"ditutup": True, "angka": isi, "bobot_skm": bobot}, asal)
    return [satu for satu, _isi in sasaran]


def tutup_seperti(tindakan: Tindakan, semua: Iterable[PenutupanAsal]) -> int:
    """Close months with the figures kept in another ledger; returns how many were still open.

    Whether this ledger gives the same figures is what ``periksa`` tells, of these as of any closed month.
    """
    return sum(
        len(tutup(tindakan, [satu.bulan], {satu.bulan: satu.angka}.get, satu.bobot, satu.asal)) for satu in semua
    )


def buka(tindakan: Tindakan, bulan: Sequence[Periode], alasan: str) -> list[Periode]:
    """Open closed months; returns those that were closed. Raises AturanDilanggar where none was."""
    sudah = {satu.bulan for satu in tindakan.tutup}
    sasaran = [satu for satu in bulan if satu in sudah]
    if not sasaran:
        raise AturanDilanggar(f"{', '.join(satu.label for satu in bulan)} tidak sedang ditutup")
    for satu in sasaran:
        _tulis(tindakan, Aksi.BUKA, satu, {"ditutup": False, "angka": {}}, alasan)
    return sasaran


def _tulis(tindakan: Tindakan, aksi: Aksi, bulan: Periode, isi: Mapping[str, Any], alasan: str | None) -> None:
    tindakan.tulis(TUTUP, aksi, f"{AWALAN}{bulan.awal:%Y-%m}", isi, alasan)


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
        elif nama in register.bertanggal or nama in pasangan:
            ikut = [pasangan.get(nama, nama)]
        else:
            ikut = list(register.bertanggal)
        sentuhan += [(satu, date.fromisoformat(isi[satu])) for satu in ikut for isi in (lama, baru) if isi[satu]]
    return list(dict.fromkeys(sentuhan))


def pelanggaran(tutup: Sequence[KeadaanBulan], sentuhan: Iterable[Sentuhan], zona: ZoneInfo) -> Iterator[Pelanggaran]:
    """What to say of each touched date that lies in a closed month."""
    for nama, hari in sentuhan:
        for bulan in tutup:
            if bulan.bulan.memuat(hari):
                yield Pelanggaran(nama, f"{hari} ada di bulan tertutup: {bulan.penolakan(zona)}")


def geseran(
    koneksi: sa.Connection, tutup: Sequence[KeadaanBulan], semua: Iterable[Kelompok], zona: ZoneInfo
) -> Iterator[Pelanggaran]:
    """What added follow-ups take out of a closed month.

    A complaint counts by its earliest follow-up: one that is earlier still displaces that date.
    """
    baru: dict[str, tuple[str, int]] = {}
    for kelompok in semua:
        for (nomor, hari), nomor_baris in zip(kelompok.ambil("pengaduan", "tanggal"), kelompok.baris, strict=True):
            baru[nomor] = min(baru.get(nomor, (hari, nomor_baris)), (hari, nomor_baris))
    terawal = _terawal(koneksi, sorted(baru))
    for nomor, (hari, nomor_baris) in baru.items():
        lama = terawal.get(nomor)
        if lama is not None and hari < lama.isoformat():
            for satu in pelanggaran(tutup, [("tanggal", lama)], zona):
                pesan = f"{hari} mendahului tindak lanjut terawal {nomor}; {satu.pesan}"
                yield Pelanggaran("tanggal", pesan, nomor_baris)


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
