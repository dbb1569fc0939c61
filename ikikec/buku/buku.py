"""The one writer: every act on the ledger is one transaction that checks, numbers, dates, journals and stores."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa

from ikikec.buku import halaman, libur, pelupaan, penutupan
from ikikec.buku.aturan import IDENTITAS, Lengkap, ambil_langkah, langgar, terapkan_batal, terapkan_koreksi
from ikikec.buku.baca import Bacaan, buka_bacaan
from ikikec.buku.batas import batas_semula, beri_batas, fakta_batas, putusan
from ikikec.buku.bidang import Nilai
from ikikec.buku.halaman import ENTRI
from ikikec.buku.jurnal import cap_waktu
from ikikec.buku.kelompok import Isi, Kelompok, Kemajuan, susun_kelompok
from ikikec.buku.masuk import (
    Kembar,
    Masukan,
    Pilahan,
    hitung,
    periksa_buku,
    periksa_kembar,
    periksa_sendiri,
    periksa_tautan,
    pilah_kembar,
    siapkan,
    tambah,
    tolak_kembar,
)
from ikikec.buku.mesin.dasar import Mesin
from ikikec.buku.nomor import Nomor, baca_nomor
from ikikec.buku.pelupaan import Pilihan, tampak
from ikikec.buku.penutupan import Tindakan
from ikikec.buku.register import TINDAK_LANJUT, Langkah, Register
from ikikec.buku.silsilah import tolak_pindah, tolak_ujung_putus
from ikikec.buku.skema import pastikan_ada, siapkan_tulis
from ikikec.galat import AturanDilanggar, Pelanggaran, tolak_pelanggaran
from ikikec.istilah import Aksi
from ikikec.kalender import TahunBelumDimuat
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rencana:
    """What an act makes of an entry, and the revision it was worked out from.

    ``terlambat``: whether it was done after its deadline, before and after the act; None while it is open.
    """

    lama: Isi
    baru: Isi
    revisi: int
    terlambat: tuple[bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class Buku:
    """A ledger to write in. ``jam`` tells the moment for the journal; ``hari_ini`` is the office's day.

    ``boleh_migrasi``: whether a ledger of an older schema may be upgraded first. ``baru``: what one that is not there
    yet is made inside; it may refuse.
    """

    mesin: Mesin
    konfig: Konfigurasi
    petugas: str
    hari_ini: date
    jam: Callable[[], datetime]
    boleh_migrasi: bool = True
    baru: Callable[[], AbstractContextManager[None]] = nullcontext

    def catat(self, register: Register, isi: Isi) -> Isi:
        """Append one entry; returns it with number and deadline.

        Raises AturanDilanggar, or EntriTidakAda where the complaint of a follow-up is unknown.
        """
        siap = Lengkap(register, [susun_kelompok(register, [isi])])
        tolak_pelanggaran(periksa_sendiri(register, siap, self.hari_ini, self.konfig))
        lanjutan = register is TINDAK_LANJUT

        def tulis(tindakan: Tindakan) -> Isi:
            if lanjutan and halaman.ambil(tindakan.koneksi, baca_nomor(isi["pengaduan"]))[0]["batal"]:
                raise AturanDilanggar(f"{isi['pengaduan']} sudah dibatalkan; tidak dapat ditindaklanjuti")
            aksi = Aksi.TINDAK_LANJUT if lanjutan else Aksi.CATAT
            return hitung(tambah(tindakan, register, siap, aksi), {}).contoh[0]

        return self.lakukan(tulis, harus_ada=lanjutan)

    def impor(
        self,
        register: Register,
        semua: Iterable[Kelompok],
        *,
        cacat: Sequence[Pelanggaran] = (),
        uji: bool = False,
        kembar: Kembar = Kembar.TOLAK,
        kemajuan: Kemajuan,
    ) -> Masukan:
        """Append all rows of a file, or none; ``kembar`` says what becomes of those that are in the ledger already.

        ``semua`` is gone through several times. ``cacat`` is what was wrong with rows that could not even be read;
        with ``uji`` nothing is written. Raises AturanDilanggar naming every bad line, AdaKembar where the rows are
        good and some are there. ``kemajuan`` hears how many rows more are written.
        """
        siap = Lengkap(register, semua)
        salah = [*cacat, *periksa_sendiri(register, siap, self.hari_ini, self.konfig), *periksa_kembar(siap)]

        def pilah(koneksi: sa.Connection | None) -> Pilahan:
            if kembar is Kembar.CATAT or koneksi is None:
                return Pilahan(siap, {})
            pilahan = pilah_kembar(koneksi, register, siap)
            if kembar is Kembar.TOLAK and not salah:
                tolak_kembar(koneksi, pilahan, self.konfig.waktu_setempat)
            return pilahan

        def masuk(tindakan: Tindakan) -> Masukan:
            baru = pilah(tindakan.koneksi)
            return hitung(tambah(tindakan, register, baru, Aksi.IMPOR, kemajuan), baru.kembar)

        kosong = not any(siap)
        ada = self.mesin.versi() is not None
        if salah or uji or kosong or not ada:
            dibaca: AbstractContextManager[Bacaan | None] = buka_bacaan(self.mesin) if ada else nullcontext()
            with dibaca as bacaan:
                koneksi = bacaan.koneksi if bacaan else None
                baru = pilah(koneksi)
                salah += periksa_buku(koneksi, register, baru, self.konfig)
                tolak_pelanggaran(sorted(salah, key=lambda satu: satu.nomor_baris))
                if uji or kosong:
                    return libur.lengkapi_tahun(
                        lambda dicari: hitung(siapkan(koneksi, register, baru, self.konfig, dicari), baru.kembar)
                    )
        return self.lakukan(masuk)

    def langkah(self, nomor: Nomor, aksi: Aksi, perubahan: Mapping[str, Nilai]) -> Rencana:
        """Take a later step of one entry, each only once; returns the entry before and after it.

        Raises EntriTidakAda, or AturanDilanggar where the entry is cancelled, the step was taken already, or the
        entry would break a rule.
        """
        return self._mengubah(nomor, aksi, lambda lama: ambil_langkah(nomor, lama, perubahan))

    def tolak_langkah(self, nomor: Nomor, langkah: Langkah, hari: date) -> None:
        """Raise what ``langkah`` would raise of its day alone, before anybody is asked for what goes with it."""

        def periksa(tindakan: Tindakan) -> None:
            lama, _revisi = halaman.ambil(tindakan.koneksi, nomor)
            baru = ambil_langkah(nomor, lama, {langkah.tanggal: hari})
            salah = langgar(nomor.register, baru, self.hari_ini)
            tolak_pelanggaran(satu for satu in salah if satu.bidang != langkah.pasangan)
            tindakan.tolak_ubahan(nomor.register, lama, baru)

        self.melihat(periksa)

    def rencana(self, nomor: Nomor, perubahan: Mapping[str, Nilai]) -> Rencana:
        """What ``koreksi`` would do, without doing it; raises what it would raise."""
        return self.melihat(
            lambda tindakan: _rencana(tindakan, nomor, lambda lama: terapkan_koreksi(nomor, lama, perubahan))
        )

    def koreksi(
        self, nomor: Nomor, perubahan: Mapping[str, Nilai], alasan: str, dilihat: int | None = None
    ) -> Rencana:
        """Correct an entry, its deadline computed again where the facts behind it changed; before and after.

        ``dilihat`` is the revision the clerk decided on. Raises EntriTidakAda, or AturanDilanggar where the act is
        not allowed, the entry would break a rule, a month is closed, or another clerk was quicker.
        """
        ubah = lambda lama: terapkan_koreksi(nomor, lama, perubahan)  # noqa: E731
        if perubahan.get("anonim") is True:
            return self._jadikan_anonim(nomor, perubahan, alasan, dilihat)
        return self._mengubah(nomor, Aksi.KOREKSI, ubah, alasan, dilihat)

    def _jadikan_anonim(
        self, nomor: Nomor, perubahan: Mapping[str, Nilai], alasan: str, dilihat: int | None
    ) -> Rencana:
        """Make a named complaint anonymous: who it was goes from all revisions; what else changes is a correction."""
        lain = {nama: nilai for nama, nilai in perubahan.items() if nama not in ("anonim", *IDENTITAS)}
        seluruhnya = self.rencana(nomor, perubahan)
        if lain:
            self._mengubah(nomor, Aksi.KOREKSI, lambda lama: terapkan_koreksi(nomor, lama, lain), alasan, dilihat)
        elif dilihat not in (None, seluruhnya.revisi):
            raise _didahului(nomor)

        def tulis(tindakan: Tindakan) -> None:
            semua = pelupaan.rencanakan(tindakan.koneksi, [nomor], Pilihan(anonim=True))
            pelupaan.terapkan(tindakan, semua, alasan)

        self.lakukan(tulis, harus_ada=True)
        return seluruhnya

    def rencana_batal(self, nomor: Nomor, alasan: str) -> Rencana:
        """What ``batalkan`` would do, without doing it; raises what it would raise."""
        return self.melihat(
            lambda tindakan: _rencana(tindakan, nomor, lambda lama: terapkan_batal(nomor, lama, alasan))
        )

    def batalkan(self, nomor: Nomor, alasan: str, dilihat: int | None = None) -> Rencana:
        """Cancel an entry, its number staying used; before and after. Raises as ``koreksi`` does.

        The reason stands in the entry's state alone, where it can be forgotten.
        """
        return self._mengubah(nomor, Aksi.BATAL, lambda lama: terapkan_batal(nomor, lama, alasan), dilihat=dilihat)

    def tutup(self, bulan: Sequence[Periode], angka: Callable[[Bacaan, Periode], Any]) -> list[Periode]:
        """Close past months and keep the figures ``angka`` tells of each; returns those that were still open.

        Raises AturanDilanggar where a month is not over yet.
        """
        pastikan_ada(self.mesin)
        self._tolak_belum_berakhir(bulan)

        def tulis(tindakan: Tindakan) -> list[Periode]:
            dihitung = partial(angka, Bacaan(tindakan.koneksi))
            return penutupan.tutup(tindakan, bulan, dihitung, self.konfig.bobot_skm)

        return self.lakukan(tulis)

    def tutup_seperti(self, semua: Sequence[penutupan.PenutupanAsal]) -> int:
        """Close months as they were in another ledger; returns how many were open. Raises as ``tutup`` does."""
        self._tolak_belum_berakhir(satu.bulan for satu in semua)
        return self.lakukan(lambda tindakan: penutupan.tutup_seperti(tindakan, semua))

    def _tolak_belum_berakhir(self, bulan: Iterable[Periode]) -> None:
        for satu in bulan:
            if satu.akhir >= self.hari_ini:
                raise AturanDilanggar(f"{satu.label} belum berakhir; baru dapat ditutup sesudah {satu.akhir}")

    def muat_libur(self, tahun: int) -> list[tuple[libur.HariLibur | None, libur.HariLibur]]:
        """Copy a year's national free days into the ledger; returns what is known otherwise of one that is there."""

        def tulis(tindakan: Tindakan) -> None:
            if tahun not in libur.tahun_dimuat(tindakan.koneksi):
                raise TahunBelumDimuat(tahun)

        self.lakukan(tulis)
        resmi = libur.libur_resmi(tahun)
        with buka_bacaan(self.mesin) as bacaan:
            return libur.beda(bacaan.koneksi, tahun, resmi)

    def perbarui_libur(self, tahun: int) -> None:
        """Take over what is known by now of a year's national free days; deadlines already written stay."""
        resmi = libur.libur_resmi(tahun)
        self.lakukan(lambda tindakan: libur.perbarui(tindakan, tahun, resmi), harus_ada=True)

    def _mengubah(
        self,
        nomor: Nomor,
        aksi: Aksi,
        ubah: Callable[[Isi], Isi],
        alasan: str | None = None,
        dilihat: int | None = None,
    ) -> Rencana:
        """Bring one entry into its next state."""

        def tulis(tindakan: Tindakan) -> Rencana:
            rencana = _rencana(tindakan, nomor, ubah)
            if dilihat not in (None, rencana.revisi):
                raise _didahului(nomor)
            with tindakan.jaga_tindak_lanjut_terawal(nomor.induk):
                tindakan.tulis(ENTRI[nomor.register.slug], aksi, str(nomor), rencana.baru, alasan)
            return rencana

        return self.lakukan(tulis, harus_ada=True)

    def melihat(self, kerja: Callable[[Tindakan], T]) -> T:
        """Look ahead at an act, reading only: a year not loaded yet is looked up, not written."""
        with buka_bacaan(self.mesin) as bacaan:
            tindakan = self._tindakan(bacaan.koneksi)
            return libur.lengkapi_tahun(lambda dicari: kerja(replace(tindakan, tahun_lain=dicari)))

    def lakukan(self, kerja: Callable[[Tindakan], T], *, harus_ada: bool = False) -> T:
        """Run one act in a transaction, and before it there the free days of the years it turns out to need.

        So an act that fails leaves nothing, and one that needs an unknown year is undone, and run again with it.
        ``harus_ada``: it begins no ledger. Raises AturanDilanggar in a moved ledger, BukuRusak behind a broken line.
        """
        siapkan_tulis(self.mesin, boleh_migrasi=self.boleh_migrasi, baru=None if harus_ada else self.baru)

        def tulis(dicari: Mapping[int, libur.Resmi]) -> T:
            with self.mesin.tulis() as koneksi:
                tolak_ujung_putus(koneksi)
                tolak_pindah(koneksi, self.konfig.waktu_setempat)
                tindakan = self._tindakan(koneksi)
                libur.muat(tindakan, dicari)
                return kerja(tindakan)

        return libur.lengkapi_tahun(tulis)

    def _tindakan(self, koneksi: sa.Connection) -> Tindakan:
        return Tindakan(koneksi, self.petugas, cap_waktu(self.jam()), self.hari_ini, self.konfig)


def _didahului(nomor: Nomor) -> AturanDilanggar:
    return AturanDilanggar(f"{nomor} baru saja diubah petugas lain", saran="Lihat entrinya, lalu ulangi.")


def _rencana(tindakan: Tindakan, nomor: Nomor, ubah: Callable[[Isi], Isi]) -> Rencana:
    """The entry before and after an act, with its deadline, once all rules and closed months allow it."""
    koneksi, register = tindakan.koneksi, nomor.register
    lama, revisi = halaman.ambil(koneksi, nomor)
    baru = ubah(lama)
    if not baru["batal"]:
        tolak_pelanggaran(langgar(register, baru, tindakan.hari_ini))
        tolak_pelanggaran(periksa_tautan(koneksi, register, baru))
    # Asked before the deadline is, since that may need a year to be loaded, and again with it.
    tindakan.tolak_ubahan(register, tampak(lama, baru), baru)
    if fakta_batas(register, lama) != fakta_batas(register, baru):
        baru = _dengan_batas(tindakan, nomor, baru)
        tindakan.tolak_ubahan(register, tampak(lama, baru), baru)
    return Rencana(lama, baru, revisi, (putusan(koneksi, register, lama), putusan(koneksi, register, baru)))


def _dengan_batas(tindakan: Tindakan, nomor: Nomor, isi: Isi) -> Isi:
    """The entry with the deadline that its facts gave before, or else give today."""
    if semula := batas_semula(tindakan.koneksi, nomor.register, str(nomor), isi):
        return {**isi, "batas": semula[1]}
    kelompok = [susun_kelompok(nomor.register, [{**isi, "batas": None}])]
    berbatas = beri_batas(nomor.register, kelompok, tindakan.konfig, libur.kalender_tindakan(tindakan))
    ((baru,),) = (satu.isi() for satu in berbatas)
    return baru
