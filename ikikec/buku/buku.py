"""The one writer: every act on the ledger is one transaction that checks, numbers, dates, journals and stores."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from ikikec.buku import halaman, libur
from ikikec.buku.aturan import langgar
from ikikec.buku.halaman import Tulisan
from ikikec.buku.jurnal import cap_waktu
from ikikec.buku.koneksi import mesin, transaksi
from ikikec.buku.nomor import Nomor, baca_nomor
from ikikec.buku.pemeriksaan import Baris, periksa_buku, periksa_kembar, periksa_sendiri
from ikikec.buku.penomoran import beri_nomor
from ikikec.buku.register import TINDAK_LANJUT, Nilai, Register
from ikikec.buku.skema import pastikan_ada, siapkan_baca, siapkan_tulis, versi_berkas
from ikikec.buku.tabel import Isian, RekomendasiIsian, TindakLanjutIsian
from ikikec.buku.tenggat import batas
from ikikec.galat import AturanDilanggar, Pelanggaran
from ikikec.istilah import Aksi
from ikikec.kalender import Kalender, TahunBelumDimuat
from ikikec.konfigurasi import Konfigurasi

T = TypeVar("T")
Kemajuan = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Buku:
    """A ledger to write in. ``jam`` tells the moment for the journal; ``hari_ini`` is the office's day."""

    berkas: Path
    konfig: Konfigurasi
    petugas: str
    hari_ini: date
    jam: Callable[[], datetime]

    def catat(self, register: Register, isian: Isian) -> Isian:
        """Append one entry; returns it with number and deadline.

        Raises AturanDilanggar, or EntriTidakAda where the complaint of a follow-up is unknown.
        """
        baris = [Baris(_lengkapi_otomatis(isian))]
        _tolak(periksa_sendiri(register, baris, self.hari_ini, self.konfig))
        if isinstance(isian, TindakLanjutIsian):
            return self._tindaklanjuti(isian)
        return self._menulis(lambda koneksi: self._tambah(koneksi, register, baris, Aksi.CATAT, _diam))[0]

    def impor(
        self,
        register: Register,
        baris: Sequence[Baris],
        *,
        cacat: Sequence[Pelanggaran] = (),
        uji: bool = False,
        kemajuan: Kemajuan,
    ) -> int:
        """Append all rows of a file, or none; returns how many.

        ``cacat`` is what was wrong with rows that could not even be read; with ``uji`` nothing is written.
        Raises AturanDilanggar naming every bad line. ``kemajuan`` hears how many rows more are written.
        """
        siap = [Baris(_lengkapi_otomatis(satu.isian), satu.nomor_baris) for satu in baris]
        salah = [*cacat, *periksa_sendiri(register, siap, self.hari_ini, self.konfig), *periksa_kembar(siap)]
        if salah or uji or not self._ada():
            salah += self._periksa_tanpa_kunci(register, siap)
            _tolak(sorted(salah, key=lambda satu: satu.nomor_baris))
        if uji or not siap:
            return len(siap)
        return len(self._menulis(lambda koneksi: self._tambah(koneksi, register, siap, Aksi.IMPOR, kemajuan)))

    def langkah(self, nomor: Nomor, aksi: Aksi, perubahan: Mapping[str, Nilai]) -> Isian:
        """Take a later step of one entry, each only once; returns the entry after it.

        Raises EntriTidakAda, or AturanDilanggar where the entry is cancelled, the step was taken already, or the
        entry would break a rule.
        """
        pastikan_ada(self.berkas, self.konfig.tunggu)
        return self._menulis(lambda koneksi: self._langkah(koneksi, nomor, aksi, perubahan))

    def _tindaklanjuti(self, isian: TindakLanjutIsian) -> Isian:
        pastikan_ada(self.berkas, self.konfig.tunggu)

        def tulis(koneksi: sa.Connection) -> Isian:
            pengaduan, _revisi = halaman.ambil(koneksi, baca_nomor(isian.pengaduan))
            if pengaduan.batal:
                raise AturanDilanggar(f"{isian.pengaduan} sudah dibatalkan; tidak dapat ditindaklanjuti")
            return self._tambah(koneksi, TINDAK_LANJUT, [Baris(isian)], Aksi.TINDAK_LANJUT, _diam)[0]

        return self._menulis(tulis)

    def _ada(self) -> bool:
        return versi_berkas(self.berkas, self.konfig.tunggu) is not None

    def _periksa_tanpa_kunci(self, register: Register, baris: Sequence[Baris]) -> list[Pelanggaran]:
        if not self._ada():
            return list(periksa_buku(None, register, baris))
        siapkan_baca(self.berkas, self.konfig.tunggu)
        engine = mesin(self.berkas, tunggu=self.konfig.tunggu, baca_saja=True)
        with transaksi(engine, self.berkas) as koneksi:
            return list(periksa_buku(koneksi, register, baris))

    def _tambah(
        self, koneksi: sa.Connection, register: Register, baris: Sequence[Baris], aksi: Aksi, kemajuan: Kemajuan
    ) -> list[Isian]:
        _tolak(periksa_buku(koneksi, register, baris))
        kalender = self._kalender(koneksi)
        bernomor = beri_nomor(koneksi, register, [satu.isian for satu in baris])
        siap = [self._beri_batas(satu, kalender) for satu in bernomor]
        halaman.sisip(koneksi, register, self._tulisan(register.slug, aksi), siap, kemajuan)
        return siap

    def _langkah(self, koneksi: sa.Connection, nomor: Nomor, aksi: Aksi, perubahan: Mapping[str, Nilai]) -> Isian:
        lama, revisi = halaman.ambil(koneksi, nomor)
        _tolak_langkah(nomor, lama, perubahan)
        baru = _lengkapi_otomatis(type(lama).model_validate(dict(lama) | dict(perubahan)))
        _tolak(langgar(nomor.register, baru, self.hari_ini))
        if isinstance(lama, RekomendasiIsian) and lama.tanggal_lengkap is None:
            baru = self._beri_batas(baru, self._kalender(koneksi))
        halaman.ubah(koneksi, nomor.register, self._tulisan(nomor.register.slug, aksi), baru, revisi + 1)
        return baru

    def _menulis(self, kerja: Callable[[sa.Connection], T]) -> T:
        """Run one act in a transaction; where it needs an unknown year's free days, load that year and run again.

        Loading happens between the two transactions, since looking the days up is slow and the lock is not for that.
        """
        siapkan_tulis(self.berkas, self.konfig.tunggu)
        engine = mesin(self.berkas, tunggu=self.konfig.tunggu, baca_saja=False)
        while True:
            try:
                with transaksi(engine, self.berkas) as koneksi:
                    return kerja(koneksi)
            except TahunBelumDimuat as belum:
                resmi = libur.libur_resmi(belum.tahun)
                with transaksi(engine, self.berkas) as koneksi:
                    libur.muat(koneksi, belum.tahun, resmi, self._tulisan(libur.REGISTER, Aksi.LIBUR))

    def _kalender(self, koneksi: sa.Connection) -> Kalender:
        return Kalender(self.konfig.indeks_hari_kerja, libur.tahun_dimuat(koneksi), libur.hari_libur(koneksi))

    def _beri_batas(self, isian: Isian, kalender: Kalender) -> Isian:
        """Fill the deadline in where the entry has none yet; one that came with a file is kept."""
        if getattr(isian, "batas", None) is not None:
            return isian
        hari = batas(isian, self.konfig, kalender)
        return isian if hari is None else isian.model_copy(update={"batas": hari})

    def _tulisan(self, register: str, aksi: Aksi) -> Tulisan:
        return Tulisan(register, aksi, self.petugas, cap_waktu(self.jam()))


def _diam(_jumlah: int) -> None:
    """Progress nobody listens to."""


def _lengkapi_otomatis(isian: Isian) -> Isian:
    """A permit issued without a complete date counts as complete on its ``tanggal`` (contract, "Deadlines")."""
    if isinstance(isian, RekomendasiIsian) and isian.tanggal_terbit and not isian.tanggal_lengkap:
        return isian.model_copy(update={"tanggal_lengkap": isian.tanggal})
    return isian


def _tolak(pelanggaran: Iterable[Pelanggaran]) -> None:
    """Raise AturanDilanggar naming every broken rule, if there is one."""
    semua = tuple(pelanggaran)
    if semua:
        raise AturanDilanggar("tidak ada yang dicatat:", semua)


def _tolak_langkah(nomor: Nomor, lama: Isian, perubahan: Mapping[str, Nilai]) -> None:
    """Raise AturanDilanggar where the entry is cancelled or one of the step's fields is filled already."""
    if lama.batal:
        raise AturanDilanggar(f"{nomor} sudah dibatalkan; tidak dapat diubah lagi")
    for nama in perubahan:
        isi = getattr(lama, nama)
        if isi is not None:
            arti = nomor.register[nama].arti
            raise AturanDilanggar(
                f"{nomor} sudah memuat {arti} ({isi})",
                saran="Setiap langkah hanya sekali; kekeliruan diperbaiki dengan koreksi.",
            )
