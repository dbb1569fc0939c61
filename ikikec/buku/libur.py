"""The year's free days: copied once from the ``holidays`` package into the ledger, then read from there."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from ikikec.buku.halaman import JenisHalaman
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HARI_LIBUR, JURNAL
from ikikec.buku.penutupan import Tindakan
from ikikec.galat import AturanDilanggar
from ikikec.istilah import Aksi, JenisLibur
from ikikec.kalender import Kalender, TahunBelumDimuat
from ikikec.tanggal import tanggal_panjang


class HariLibur(NamedTuple):
    """A free day; one taken back is kept with ``berlaku`` false."""

    tanggal: date
    nama: str
    jenis: JenisLibur
    berlaku: bool


T = TypeVar("T")
Resmi = Mapping[date, tuple[str, JenisLibur]]

TIDAK_ADA: Mapping[int, Iterable[date]] = {}
REGISTER = "libur"
AWALAN = "LIBUR-"
LIBUR = JenisHalaman(REGISTER, HARI_LIBUR, "tanggal", lambda _nomor, isi: isi["hari"])


def libur_resmi(tahun: int) -> Resmi:
    """Indonesia's national holidays and cuti bersama of one year, by date, with their Indonesian names.

    Importing ``holidays`` costs a quarter of a second, so this is never called while the ledger is locked.
    """
    from holidays.constants import GOVERNMENT, PUBLIC
    from holidays.countries.indonesia import Indonesia

    resmi: dict[date, tuple[str, JenisLibur]] = {}
    for golongan, jenis in ((GOVERNMENT, JenisLibur.CUTI_BERSAMA), (PUBLIC, JenisLibur.NASIONAL)):
        hari = Indonesia(years=tahun, categories=golongan, language="id")
        resmi |= {tanggal: (nama, jenis) for tanggal, nama in hari.items()}
    return dict(sorted(resmi.items()))


def tahun_dimuat(koneksi: sa.Connection) -> frozenset[int]:
    """The years whose free days the ledger holds."""
    kunci = sa.select(JURNAL.c.nomor).where(JURNAL.c.nomor >= AWALAN, JURNAL.c.nomor < "LIBUR.").distinct()
    return frozenset(int(nomor.removeprefix(AWALAN)) for nomor in koneksi.scalars(kunci))


def kalender(
    koneksi: sa.Connection | None, hari_kerja: frozenset[int], tahun_lain: Mapping[int, Iterable[date]] = TIDAK_ADA
) -> Kalender:
    """The working calendar the ledger holds; ``tahun_lain`` adds free days of years that it does not.

    None stands for a ledger that is not there yet.
    """
    tahun, hari = frozenset(tahun_lain), frozenset[date]().union(*tahun_lain.values())
    if koneksi is not None:
        tahun |= tahun_dimuat(koneksi)
        hari = hari.union(koneksi.scalars(sa.select(HARI_LIBUR.c.tanggal).where(HARI_LIBUR.c.berlaku)))
    return Kalender(hari_kerja, tahun, hari)


def kalender_tindakan(tindakan: Tindakan) -> Kalender:
    """The calendar an act goes by."""
    return kalender(tindakan.koneksi, tindakan.konfig.indeks_hari_kerja, tindakan.tahun_lain)


def lengkapi_tahun(kerja: Callable[[Mapping[int, Resmi]], T]) -> T:
    """Run ``kerja``, which is given the official free days of every year it asked for by raising TahunBelumDimuat.

    They are looked up between two runs, when ``kerja`` holds no lock.
    """
    dicari: dict[int, Resmi] = {}
    while True:
        try:
            return kerja(dicari)
        except TahunBelumDimuat as belum:
            dicari[belum.tahun] = libur_resmi(belum.tahun)


def daftar_libur(koneksi: sa.Connection, tahun: int) -> list[HariLibur]:
    """A year's free days by date, those taken back included."""
    kolom = HARI_LIBUR.c
    cari = sa.select(kolom.tanggal, kolom.nama, kolom.jenis, kolom.berlaku).order_by(kolom.tanggal)
    setahun = kolom.tanggal.between(date(tahun, 1, 1), date(tahun, 12, 31))
    return [HariLibur(*baris) for baris in koneksi.execute(cari.where(setahun))]


def menurut_jurnal(koneksi: sa.Connection, sampai: int | None = None) -> tuple[frozenset[int], dict[date, str]]:
    """The years that were loaded by journal line ``sampai``, and the free days in force then, with their names."""
    cari = sa.select(JURNAL.c.isi).where(JURNAL.c.nomor >= AWALAN, JURNAL.c.nomor < "LIBUR.").order_by(JURNAL.c.seq)
    if sampai is not None:
        cari = cari.where(JURNAL.c.seq <= sampai)
    with jelaskan_isi("hari libur"):
        tahun = {isi["tahun"]: isi["hari"] for isi in map(json.loads, koneksi.scalars(cari))}
        semua = (satu for hari in tahun.values() for satu in hari if satu["berlaku"])
        return frozenset(tahun), {date.fromisoformat(satu["tanggal"]): satu["nama"] for satu in semua}


def muat(tindakan: Tindakan, dicari: Mapping[int, Resmi]) -> None:
    """Write the free days of years, each with its journal line; a year that is there by now stays as it is."""
    for tahun in sorted(dicari.keys() - tahun_dimuat(tindakan.koneksi)) if dicari else ():
        hari = [HariLibur(tanggal, nama, jenis, berlaku=True) for tanggal, (nama, jenis) in dicari[tahun].items()]
        _tulis_tahun(tindakan, tahun, hari)


def ubah(tindakan: Tindakan, tanggal: date, nama: str | None, alasan: str | None = None) -> HariLibur:
    """Make ``tanggal`` a free day called ``nama``, or with None take it back; returns the day after the change.

    Raises TahunBelumDimuat, or AturanDilanggar where the day is as wanted already.
    """
    if tanggal.year not in tahun_dimuat(tindakan.koneksi):
        raise TahunBelumDimuat(tanggal.year)
    hari = {satu.tanggal: satu for satu in daftar_libur(tindakan.koneksi, tanggal.year)}
    lama = hari.get(tanggal)
    if (nama is not None) == (lama is not None and lama.berlaku):
        keadaan = f"sudah libur ({lama.nama})" if lama and lama.berlaku else "bukan hari libur"
        raise AturanDilanggar(f"{tanggal_panjang(tanggal)} {keadaan}")
    jenis = lama.jenis if lama else JenisLibur.KANTOR
    baru = HariLibur(tanggal, nama or (lama.nama if lama else ""), jenis, berlaku=nama is not None)
    _tulis_tahun(tindakan, tanggal.year, {**hari, tanggal: baru}.values(), alasan)
    return baru


def beda(koneksi: sa.Connection, tahun: int, resmi: Resmi) -> list[tuple[HariLibur | None, HariLibur]]:
    """What ``resmi`` says otherwise of a year that was loaded, each day before and after.

    The office's own days stay, and so does what it took back.
    """
    ada = {satu.tanggal: satu for satu in daftar_libur(koneksi, tahun)}
    hasil: list[tuple[HariLibur | None, HariLibur]] = []
    for tanggal, (nama, jenis) in resmi.items():
        lama = ada.get(tanggal)
        berlaku = lama is None or lama.berlaku or lama.jenis is JenisLibur.KANTOR
        hasil.append((lama, HariLibur(tanggal, nama, jenis, berlaku)))
    dicabut = (satu for satu in ada.values() if satu.jenis != JenisLibur.KANTOR and satu.tanggal not in resmi)
    hasil += [(satu, satu._replace(berlaku=False)) for satu in dicabut]
    return sorted(((lama, baru) for lama, baru in hasil if lama != baru), key=lambda satu: satu[1].tanggal)


def perbarui(tindakan: Tindakan, tahun: int, resmi: Resmi) -> None:
    """Take ``resmi`` over for a year that was loaded."""
    hari = {satu.tanggal: satu for satu in daftar_libur(tindakan.koneksi, tahun)}
    hari |= {baru.tanggal: baru for _lama, baru in beda(tindakan.koneksi, tahun, resmi)}
    _tulis_tahun(tindakan, tahun, hari.values())


def terapkan(tindakan: Tindakan, semua: Iterable[HariLibur]) -> int:
    """Make the calendars of the years of ``semua`` just so; returns how many days changed.

    A day that a year has here and ``semua`` has not is none any more. Deadlines already written stay.
    """
    baru = list(semua)
    banyak = 0
    for tahun in sorted({satu.tanggal.year for satu in baru}):
        lama = {satu.tanggal: satu for satu in daftar_libur(tindakan.koneksi, tahun)}
        hari = {tanggal: satu._replace(berlaku=False) for tanggal, satu in lama.items()}
        hari |= {satu.tanggal: satu for satu in baru if satu.tanggal.year == tahun}
        if hari != lama or tahun not in tahun_dimuat(tindakan.koneksi):
            banyak += sum(lama.get(tanggal) != satu for tanggal, satu in hari.items())
            _tulis_tahun(tindakan, tahun, hari.values())
    return banyak


def _tulis_tahun(tindakan: Tindakan, tahun: int, hari: Iterable[HariLibur], alasan: str | None = None) -> None:
    isi = [
        {**satu._asdict(), "tanggal": satu.tanggal.isoformat(), "jenis": satu.jenis.value} for satu in sorted(hari)
    ]
    tindakan.tulis(LIBUR, Aksi.LIBUR, f"{AWALAN}{tahun:04d}", {"tahun": tahun, "hari": isi}, alasan)
