"""Backups: a copy of a ledger that is known to be good, keeping the newest of them, and putting one in its place.

A copy comes to be under a passing name and gets its own only when it has been verified. The ledger that one replaces
is kept beside the new one, whose first line after the backup's says what was replaced and how far its numbers had
come; numbering goes on behind them (``penomoran.celah``).
"""

import glob
import itertools
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ikikec.berkas import salin_isi, sementara, tautkan, tempatkan
from ikikec.buku.halaman import Tulisan, Ujung, revisi_terakhir, tambah_jurnal, ujung
from ikikec.buku.jurnal import cap_waktu
from ikikec.buku.mesin.dasar import Mesin, jelaskan_isi
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.nomor import baca_nomor
from ikikec.buku.penomoran import PEMULIHAN, PULIH, celah, kunci_nomor
from ikikec.buku.register import SEMUA
from ikikec.buku.silsilah import Hubungan, baca_tanda, baris_bersama, hubungan
from ikikec.buku.skema import berskema_lama, mutakhirkan, pastikan_ada, siapkan_baca
from ikikec.galat import BukuTidakTerbaca, Galat, NilaiSalah, SalahPakai, sebab
from ikikec.istilah import Aksi

# Looks a copy over and raises where something is wrong with it.
Verifikasi = Callable[[Path], None]

_POLA_SAAT = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]"
_BUKAN_SALINAN = {
    Hubungan.LEBIH_JAUH: "memuat baris jurnal yang tidak ada di buku ini",
    Hubungan.BERCABANG: "memuat baris jurnal yang tidak ada di buku ini",
    Hubungan.LAIN: "buku lain, bukan cadangan buku ini",
}


def nama_bertanggal(buku: Path, sebutan: str, saat: datetime) -> str:
    """``buku-cadangan-2026-11-22T140500.db``: which ledger, what kind of copy, and when (in the zone of ``saat``)."""
    return f"{buku.stem}-{sebutan}-{saat:%Y-%m-%dT%H%M%S}{buku.suffix}"


def nama_bebas(nama: Path) -> Iterator[Path]:
    """``nama``, then the same with a number behind it, as many as it takes to find one that is free."""
    yield nama
    for urut in itertools.count(2):
        yield nama.with_name(f"{nama.stem}-{urut}{nama.suffix}")


def cadangkan(mesin: MesinSqlite, tujuan: Path, verifikasi: Verifikasi, *, bertanggal: bool) -> Path:
    """Copy a ledger to ``tujuan`` once the copy is verified; returns where it is.

    One that is ``bertanggal`` has a number behind its name where that is taken. Any other replaces an earlier copy
    in one stroke, a symlink being followed. Raises SalahPakai where ``tujuan`` is anything else than an older copy of
    this very ledger, BerkasTakTertulis where it cannot be written, and what opening the ledger or ``verifikasi``
    raises.
    """
    siapkan_baca(mesin)
    tempat = tujuan if bertanggal else tujuan.resolve()
    if tempat.exists() and not bertanggal:
        _tolak_timpa(mesin, tempat)
    with sementara(tempat) as salinan:
        mesin.salin(salinan)
        verifikasi(salinan)
        if bertanggal:
            return tautkan(salinan, nama_bebas(tempat))
        tempatkan(salinan, tempat)
    return tujuan


def _tolak_timpa(mesin: MesinSqlite, tujuan: Path) -> None:
    """Nothing but an older copy of this ledger may be written over."""
    if tujuan.samefile(mesin.berkas):
        alasan = "buku itu sendiri"
    elif not tujuan.is_file():
        alasan = "bukan berkas"
    else:
        alasan = _bukan_salinan(mesin, tujuan)
    if alasan:
        raise SalahPakai(f"{tujuan} tidak ditimpa: {alasan}", "Pilih berkas atau folder lain dengan -o.")


def _bukan_salinan(mesin: MesinSqlite, berkas: Path) -> str:
    """Why a file is no copy of this ledger that may go; blank where it is one."""
    salinan = replace(mesin, berkas=berkas)
    try:
        pastikan_ada(salinan)
        with mesin.tengok() as ini, salinan.tengok() as itu:
            return _BUKAN_SALINAN.get(hubungan(ini, itu), "")
    except Galat as galat:
        return f"tidak dikenali sebagai cadangan buku ini ({galat.pesan})"


def sisakan(mesin: MesinSqlite, baru: Path, sebutan: str, banyak: int) -> list[tuple[Path, str]]:
    """Remove all but ``banyak`` dated copies of this ledger beside ``baru``, which stays whatever its name says.

    The others go by the length of their journal, then by their own moment: a clock may have run ahead. Returns what
    is named like one of them and stays all the same, each with the reason: it is no copy of this ledger, or is open.
    """
    buku = mesin.berkas
    pola = f"{glob.escape(buku.stem)}-{sebutan}-{_POLA_SAAT}*{glob.escape(buku.suffix)}"
    asing: list[tuple[Path, str]] = []
    milik: list[tuple[int, float, str, Path]] = []
    for satu in sorted(baru.parent.glob(pola)):
        if satu == baru:
            continue
        alasan = _bukan_salinan(mesin, satu)
        if alasan:
            asing.append((satu, alasan))
        else:
            milik.append((_panjang(mesin, satu), satu.stat().st_mtime, satu.name, satu))
    for *_, satu in sorted(milik, reverse=True)[banyak - 1 :]:
        # Another run of the same job may be quicker.
        try:
            satu.unlink(missing_ok=True)
        except OSError as galat:
            asing.append((satu, sebab(galat)))
    return asing


def _panjang(mesin: MesinSqlite, berkas: Path) -> int:
    with replace(mesin, berkas=berkas).tengok() as koneksi:
        return ujung(koneksi).seq


def sebelum_lupa(mesin: Mesin, buku: Path) -> Iterator[Path]:
    """The copies of a ledger, beside it and in its folder ``cadangan``, from before something was last forgotten."""
    with mesin.tengok() as koneksi:
        terakhir = koneksi.scalar(sa.select(sa.func.max(JURNAL.c.seq)).where(JURNAL.c.aksi == Aksi.LUPA))
    pola = f"{glob.escape(buku.stem)}-*{glob.escape(buku.suffix)}"
    calon = [*sorted(buku.parent.glob(pola)), *sorted((buku.parent / "cadangan").glob(pola))]
    if terakhir is None or not isinstance(mesin, MesinSqlite):
        return
    for satu in calon:
        if not _bukan_salinan(mesin, satu) and _panjang(mesin, satu) < terakhir:
            yield satu


@dataclass(frozen=True, slots=True)
class Penggantian:
    """What a restore would replace.

    ``sekarang`` is None where no ledger is there, or where ``kendala`` says why it cannot be read. ``entri_keluar``
    are the numbers that the backup does not have, ``ubahan_keluar`` the earlier entries of which later acts are not
    in it.
    """

    cadangan: Ujung
    sekarang: Ujung | None = None
    kendala: str = ""
    entri_keluar: tuple[str, ...] = ()
    ubahan_keluar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HasilPulih:
    """What a restore did: where the replaced ledger is kept, if there was one, and what of it stayed unknown."""

    disimpan: Path | None
    kurang: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pemulihan:
    """A restore of the copy ``asal`` over ``buku``. ``saat`` and ``petugas`` are for the journal.

    ``lanjut``: numbers known to have been given, by ``kunci_nomor``. ``kantor_lain``: the copy may be another
    office's.
    """

    asal: MesinSqlite
    buku: MesinSqlite
    petugas: str
    saat: datetime
    lanjut: Mapping[str, int]
    kantor_lain: bool

    def rencana(self) -> Penggantian:
        """What ``pulihkan`` would replace, without doing it.

        Raises SalahPakai where the copy is the ledger itself or, unasked, another office's; BukuSibuk,
        BukuTidakTerbaca where the copy is no ledger.
        """
        if self.buku.berkas.exists() and self.buku.berkas.samefile(self.asal.berkas):
            raise SalahPakai(f"{self.asal.berkas} adalah buku yang sedang dipakai")
        if self.buku.berkas.is_dir():
            raise SalahPakai(
                f"{self.buku.berkas} adalah folder, bukan berkas buku", "Tunjuk berkas bukunya dengan --buku."
            )
        if not berskema_lama(self.asal):
            siapkan_baca(self.asal)
        with self.asal.tengok() as cadangan:
            ini = ujung(cadangan)
            try:
                if self.buku.versi() is None:
                    return Penggantian(ini)
                with self.buku.tengok() as sekarang:
                    return self._bandingkan(ini, cadangan, sekarang)
            except BukuTidakTerbaca as galat:
                return Penggantian(ini, kendala=galat.pesan)

    def _bandingkan(self, ini: Ujung, cadangan: sa.Connection, sekarang: sa.Connection) -> Penggantian:
        if hubungan(sekarang, cadangan) is Hubungan.LAIN and not self.kantor_lain:
            raise SalahPakai(
                f"{self.asal.berkas} bukan cadangan buku ini, tetapi buku kantor lain; tidak ada yang diganti",
                "Bila memang itu yang dimaksud: --dari-kantor-lain. Buku lain dibuka dengan --buku.",
            )
        lepas = JURNAL.c.seq > baris_bersama(sekarang, cadangan), JURNAL.c.register.in_(list(SEMUA))
        cari = sa.select(JURNAL.c.nomor, JURNAL.c.revisi).where(*lepas).order_by(JURNAL.c.seq)
        baris = sekarang.execute(cari).all()
        baru = dict.fromkeys(nomor for nomor, revisi in baris if revisi == 1)
        berubah = dict.fromkeys(nomor for nomor, _ in baris if nomor not in baru)
        return Penggantian(ini, ujung(sekarang), "", tuple(baru), tuple(berubah))

    def pulihkan(self, disimpan: Path, verifikasi: Verifikasi) -> HasilPulih:
        """Put a verified copy in the place of the ledger, the replaced one kept as ``disimpan``.

        A copy of an older schema is brought to today's, ``asal`` itself staying as it is. Whoever waits for the old
        ledger's lock meanwhile finds the new one. The kept one has a number behind its name where ``disimpan`` was
        taken. Raises what ``rencana`` does, BukuSibuk where the old one is in use, BerkasTakTertulis.
        """
        self.rencana()
        tempat = self.buku.berkas.resolve()
        with sementara(tempat) as salinan:
            self.asal.salin(salinan)
            baru = MesinSqlite(salinan, self.buku.tunggu)
            if berskema_lama(baru):
                mutakhirkan(baru)
            verifikasi(salinan)
            with ExitStack() as kunci:
                buku = MesinSqlite(tempat, self.buku.tunggu)
                kunci.enter_context(buku.terkunci())
                pernah, kurang = nomor_diberi(self.buku)
                self._catat(baru, pernah)
                _serupakan(salinan, tempat)
                if not tempat.exists():
                    tempatkan(salinan, tempat)
                    return HasilPulih(None, kurang)
                with _disimpan(buku, disimpan) as simpanan:
                    buku.gantikan(salinan, kunci.close)
        simpanan.chmod(0o600)
        return HasilPulih(simpanan, kurang)

    def _catat(self, baru: MesinSqlite, pernah: dict[str, int]) -> None:
        """The journal line of the restore; none in a ledger that was moved, which is only read.

        It tells what is there and was given of every register and year, and of complaints whose follow-ups had come
        further.
        """
        ada, _kurang = nomor_diberi(baru)
        _naikkan(pernah, self.lanjut.items())
        nomor = {
            kunci: {"ada": ada.get(kunci, 0), "sampai": urut}
            for kunci, urut in pernah.items()
            if urut > ada.get(kunci, 0) or kunci.count("-") == 1
        }
        with baru.tulis() as koneksi:
            if baca_tanda(koneksi) is not None:
                return
            isi = {"diganti": self._diganti(), "nomor": nomor}
            tulisan = Tulisan(PEMULIHAN, Aksi.PULIH, self.petugas, cap_waktu(self.saat))
            tambah_jurnal(koneksi, tulisan, PULIH, revisi_terakhir(koneksi, PULIH) + 1, isi)

    def _diganti(self) -> dict[str, Any] | None:
        """The replaced journal's end; None where there is none to be read."""
        with suppress(BukuTidakTerbaca):
            if self.buku.versi() is not None:
                with self.buku.tengok() as koneksi:
                    akhir = ujung(koneksi)
                    return {"baris": akhir.seq, "sidik": akhir.sidik if akhir.seq else ""}
        return None


def nomor_diberi(mesin: MesinSqlite) -> tuple[dict[str, int], tuple[str, ...]]:
    """How far a ledger's numbers have come, by ``kunci_nomor``, and the registers of which maybe not all is known.

    Its journal tells, or else its pages, as far as they can be read.
    """
    tertinggi: dict[str, int] = {}
    try:
        if mesin.versi() is None:
            return tertinggi, ()
        with mesin.tengok() as koneksi:
            tertulis = sa.select(JURNAL.c.nomor).where(JURNAL.c.revisi == 1, JURNAL.c.register.in_(list(SEMUA)))
            _naikkan(tertinggi, _terurai(koneksi.scalars(tertulis)))
            _naikkan(tertinggi, ((satu.kunci, satu.sampai) for satu in celah(koneksi)))
    except BukuTidakTerbaca:
        return tertinggi, tuple(_dari_halaman(mesin, tertinggi))
    return tertinggi, ()


def _dari_halaman(mesin: MesinSqlite, tertinggi: dict[str, int]) -> Iterator[str]:
    """Raise ``tertinggi`` by what the pages tell; yields the registers whose page cannot be read either."""
    for register in SEMUA.values():
        try:
            with mesin.tengok() as koneksi:
                _naikkan(tertinggi, _terurai(koneksi.scalars(sa.select(HALAMAN[register.slug].c.nomor))))
        except Galat:
            yield register.sebutan


def _terurai(nomor: Iterable[Any]) -> Iterator[tuple[str, int]]:
    with jelaskan_isi("nomor"):
        for satu in nomor:
            # What is no number was not given by this program.
            with suppress(NilaiSalah):
                yield kunci_nomor(baca_nomor(satu))


def _naikkan(tertinggi: dict[str, int], nomor: Iterable[tuple[str, int]]) -> None:
    for kunci, urut in nomor:
        tertinggi[kunci] = max(urut, tertinggi.get(kunci, 0))


def _serupakan(salinan: Path, tempat: Path) -> None:
    """Give the new file the old one's mode and owner, else the folder's owner: root may restore for a clerk."""
    lama = tempat.stat() if tempat.exists() else tempat.parent.stat()
    if tempat.exists():
        salinan.chmod(stat.S_IMODE(lama.st_mode))
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(salinan, lama.st_uid, lama.st_gid)


@contextmanager
def _disimpan(buku: MesinSqlite, disimpan: Path) -> Iterator[Path]:
    """Keep a copy of the ledger while the block replaces it, so that at no moment there is none.

    A copy, since a second name would be one of the living ledger wherever the replace fails. A journal that a killed
    writer left goes with it: beside the new file it would ruin that one. Where the block fails, everything is as
    before.
    """
    lama = buku.berkas.stat()
    simpanan = _simpan_salinan(buku, disimpan)
    jurnal, jurnal_simpanan = (satu.with_name(f"{satu.name}-journal") for satu in (buku.berkas, simpanan))
    with suppress(FileNotFoundError):
        jurnal.replace(jurnal_simpanan)
    try:
        yield simpanan
    except BaseException:
        # Ctrl-C may come when it is replaced, or written, already; then this is all that is left of the old one.
        kini = buku.berkas.stat()
        utuh = (lama.st_size, lama.st_mtime_ns) == (kini.st_size, kini.st_mtime_ns)
        if utuh and os.path.samestat(lama, kini):
            with suppress(FileNotFoundError):
                jurnal_simpanan.replace(jurnal)
            simpanan.unlink()
        raise


def _simpan_salinan(buku: MesinSqlite, disimpan: Path) -> Path:
    """The copy, with the ledger's own mode and owner, under the first name that is free."""
    with sementara(disimpan) as salinan:
        try:
            buku.salin(salinan)
        except Galat:
            # Too damaged to be copied as a ledger, and so for a lock that a plain look at the file would end.
            salin_isi(buku.berkas, salinan)
        _serupakan(salinan, buku.berkas)
        return tautkan(salinan, nama_bebas(disimpan))
