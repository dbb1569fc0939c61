"""The one writer: every act on the ledger is one transaction that checks, numbers, dates, journals and stores."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from ikikec.buku import halaman, libur, pelupaan, penutupan, rtl, target
from ikikec.buku.aturan import IDENTITAS, Lengkap, ambil_langkah, langgar, terapkan_batal, terapkan_koreksi
from ikikec.buku.baca import Bacaan, buka_bacaan
from ikikec.buku.batas import batas_lain, batas_semula, beri_batas, fakta_batas, putusan
from ikikec.buku.bidang import Nilai
from ikikec.buku.butir_rtl import ButirRtl
from ikikec.buku.halaman import ENTRI, Tulisan
from ikikec.buku.jurnal import cap_waktu
from ikikec.buku.kelompok import Isi, Kelompok, susun_kelompok
from ikikec.buku.masuk import (
    Kemajuan,
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
from ikikec.buku.pelupaan import Lupa, Pilihan, tampak
from ikikec.buku.register import PENGADUAN, TINDAK_LANJUT, Langkah, Register
from ikikec.buku.silsilah import tolak_pindah, tolak_ujung_putus
from ikikec.buku.skema import pastikan_ada, siapkan_tulis
from ikikec.buku.terbuka import BERTENGGAT
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
class Ulang:
    """Open entries that would get another deadline, by their registers; how many a closed month holds to theirs."""

    rencana: list[tuple[str, Rencana]]
    tertutup: int


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
        tulisan = self._tulisan(register.slug, Aksi.TINDAK_LANJUT if lanjutan else Aksi.CATAT)

        def tulis(koneksi: sa.Connection) -> Isi:
            if lanjutan and halaman.ambil(koneksi, baca_nomor(isi["pengaduan"]))[0]["batal"]:
                raise AturanDilanggar(f"{isi['pengaduan']} sudah dibatalkan; tidak dapat ditindaklanjuti")
            return hitung(tambah(koneksi, register, siap, self.konfig, tulisan, _diam), {}).contoh[0]

        return self._menulis(tulis, harus_ada=lanjutan)

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

        def masuk(koneksi: sa.Connection) -> Masukan:
            baru = pilah(koneksi)
            tulisan = self._tulisan(register.slug, Aksi.IMPOR)
            return hitung(tambah(koneksi, register, baru, self.konfig, tulisan, kemajuan), baru.kembar)

        kosong = not any(siap)
        if salah or uji or kosong or not self._ada():
            with self._koneksi_bila_ada() as koneksi:
                baru = pilah(koneksi)
                salah += periksa_buku(koneksi, register, baru, self.konfig)
                tolak_pelanggaran(sorted(salah, key=lambda satu: satu.nomor_baris))
                if uji or kosong:
                    return libur.lengkapi_tahun(
                        lambda dicari: hitung(siapkan(koneksi, register, baru, self.konfig, dicari), baru.kembar)
                    )
        return self._menulis(masuk)

    def langkah(self, nomor: Nomor, aksi: Aksi, perubahan: Mapping[str, Nilai]) -> Rencana:
        """Take a later step of one entry, each only once; returns the entry before and after it.

        Raises EntriTidakAda, or AturanDilanggar where the entry is cancelled, the step was taken already, or the
        entry would break a rule.
        """
        return self._mengubah(nomor, aksi, lambda lama: ambil_langkah(nomor, lama, perubahan))

    def tolak_langkah(self, nomor: Nomor, langkah: Langkah, hari: date) -> None:
        """Raise what ``langkah`` would raise of its day alone, before anybody is asked for what goes with it."""
        with buka_bacaan(self.mesin) as bacaan:
            koneksi = bacaan.koneksi
            lama, _revisi = halaman.ambil(koneksi, nomor)
            baru = ambil_langkah(nomor, lama, {langkah.tanggal: hari})
            salah = langgar(nomor.register, baru, self.hari_ini)
            tolak_pelanggaran(satu for satu in salah if satu.bidang != langkah.pasangan)
            tutup = penutupan.tertutup(koneksi)
            penutupan.tolak_ubahan(koneksi, tutup, nomor.register, lama, baru, self.konfig.waktu_setempat)

    def rencana(self, nomor: Nomor, perubahan: Mapping[str, Nilai]) -> Rencana:
        """What ``koreksi`` would do, without doing it; raises what it would raise."""
        return self._rencanakan(nomor, lambda lama: terapkan_koreksi(nomor, lama, perubahan))

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
            raise AturanDilanggar(f"{nomor} baru saja diubah petugas lain", saran="Lihat entrinya, lalu ulangi.")
        self.lupakan(self.rencana_lupa([nomor], Pilihan(anonim=True)), alasan)
        return seluruhnya

    def rencana_batal(self, nomor: Nomor, alasan: str) -> Rencana:
        """What ``batalkan`` would do, without doing it; raises what it would raise."""
        return self._rencanakan(nomor, lambda lama: terapkan_batal(nomor, lama, alasan))

    def batalkan(self, nomor: Nomor, alasan: str, dilihat: int | None = None) -> Rencana:
        """Cancel an entry, its number staying used; before and after. Raises as ``koreksi`` does.

        The reason stands in the entry's state alone, where it can be forgotten.
        """
        return self._mengubah(nomor, Aksi.BATAL, lambda lama: terapkan_batal(nomor, lama, alasan), dilihat=dilihat)

    def rencana_lupa(self, nomor: Sequence[Nomor], pilihan: Pilihan) -> list[Lupa]:
        """What ``lupakan`` would let go of these entries; raises what it would raise."""
        with buka_bacaan(self.mesin) as bacaan:
            return [satu for milik in nomor for satu in pelupaan.rencanakan(bacaan.koneksi, milik, pilihan)]

    def lupakan(self, semua: Sequence[Lupa], alasan: str, kemajuan: Kemajuan = lambda _jumlah: None) -> None:
        """Forget what ``rencana_lupa`` told, all or nothing; raises AturanDilanggar where an entry changed since.

        What is left in the file is gone once ``Mesin.bersihkan`` wrote it anew.
        """

        def tulis(koneksi: sa.Connection) -> None:
            pelupaan.terapkan(koneksi, semua, lambda slug: self._tulisan(slug, Aksi.LUPA, alasan), kemajuan)
            self.mesin.tandai_sisa(koneksi)

        self._menulis(tulis, harus_ada=True)

    def tutup(self, bulan: Sequence[Periode], angka: Callable[[Bacaan, Periode], Any]) -> list[Periode]:
        """Close past months and keep the figures ``angka`` tells of each; returns those that were still open.

        Raises AturanDilanggar where a month is not over yet.
        """
        pastikan_ada(self.mesin)
        self._tolak_belum_berakhir(bulan)
        tulisan = self._tulisan(penutupan.REGISTER, Aksi.TUTUP)

        def tulis(koneksi: sa.Connection) -> list[Periode]:
            dihitung = lambda satu: angka(Bacaan(koneksi), satu)  # noqa: E731
            return penutupan.tutup(koneksi, bulan, dihitung, self.konfig.bobot_skm, tulisan)

        return self._menulis(tulis)

    def buka(self, bulan: Sequence[Periode], alasan: str) -> list[Periode]:
        """Open closed months again; returns those that were closed. Raises AturanDilanggar where none was."""
        tulisan = self._tulisan(penutupan.REGISTER, Aksi.BUKA, alasan)
        return self._menulis(lambda koneksi: penutupan.buka(koneksi, bulan, tulisan), harus_ada=True)

    def tetapkan_target(self, baru: target.Target) -> bool:
        """Set a target, or replace it; False, and nothing written, where it stands so already.

        Raises AturanDilanggar where its period touches a closed month.
        """
        tulisan = self._tulisan(target.REGISTER, Aksi.TARGET)
        zona = self.konfig.waktu_setempat
        return self._menulis(lambda koneksi: target.tetapkan(koneksi, baru, tulisan, zona))

    def hapus_target(self, kunci: target.Kunci, alasan: str) -> target.Target:
        """Take a target out of force; returns it. Raises EntriTidakAda, or AturanDilanggar as above."""
        tulisan = self._tulisan(target.REGISTER, Aksi.HAPUS_TARGET, alasan)
        zona = self.konfig.waktu_setempat
        return self._menulis(lambda koneksi: target.hapus(koneksi, kunci, tulisan, zona), harus_ada=True)

    def tambah_rtl(self, baru: ButirRtl) -> ButirRtl:
        """Add a line to a survey's plan; returns it with its number. Raises AturanDilanggar as ``ubah_rtl`` does."""
        konteks = self._tulisan(rtl.REGISTER, Aksi.RTL), self.konfig.waktu_setempat, self.hari_ini
        return self._menulis(lambda koneksi: rtl.tambah(koneksi, baru, *konteks))

    def ubah_rtl(self, nomor: str, perubahan: Mapping[str, Nilai], alasan: str | None) -> ButirRtl:
        """Correct a plan line, or without ``alasan`` tell that it was carried out; returns it as it is now.

        Raises EntriTidakAda, or AturanDilanggar where a rule or a closed month forbids it.
        """
        tulisan = self._tulisan(rtl.REGISTER, Aksi.RTL if alasan else Aksi.RTL_SELESAI, alasan)
        konteks = tulisan, self.konfig.waktu_setempat, self.hari_ini
        ubah = lambda koneksi: rtl.ubah(koneksi, nomor, perubahan, *konteks, sekali=not alasan)  # noqa: E731
        return self._menulis(ubah, harus_ada=True)

    def hapus_rtl(self, nomor: str, alasan: str) -> ButirRtl:
        """Take a plan line back; returns it. Raises as ``ubah_rtl`` does."""
        tulisan = self._tulisan(rtl.REGISTER, Aksi.HAPUS_RTL, alasan)
        zona = self.konfig.waktu_setempat
        return self._menulis(lambda koneksi: rtl.hapus(koneksi, nomor, tulisan, zona), harus_ada=True)

    def terapkan_rtl(self, semua: Sequence[ButirRtl]) -> int:
        """Write plan lines as another ledger has them, all or none; returns how many did not stand so already."""
        konteks = self._tulisan(rtl.REGISTER, Aksi.RTL), self.konfig.waktu_setempat, self.hari_ini
        return self._menulis(lambda koneksi: rtl.terapkan(koneksi, semua, *konteks))

    def muat_libur(self, tahun: int) -> list[tuple[libur.HariLibur | None, libur.HariLibur]]:
        """Copy a year's national free days into the ledger; returns what is known otherwise of one that is there."""

        def tulis(koneksi: sa.Connection) -> None:
            if tahun not in libur.tahun_dimuat(koneksi):
                raise TahunBelumDimuat(tahun)

        self._menulis(tulis)
        resmi = libur.libur_resmi(tahun)
        with buka_bacaan(self.mesin) as bacaan:
            return libur.beda(bacaan.koneksi, tahun, resmi)

    def perbarui_libur(self, tahun: int) -> None:
        """Take over what is known by now of a year's national free days; deadlines already written stay."""
        resmi, tulisan = libur.libur_resmi(tahun), self._tulisan(libur.REGISTER, Aksi.LIBUR)
        self._menulis(lambda koneksi: libur.perbarui(koneksi, tahun, resmi, tulisan), harus_ada=True)

    def ubah_libur(self, tanggal: date, nama: str | None, alasan: str | None) -> libur.HariLibur:
        """Make a day free, or with ``nama`` None take it back; deadlines already written stay.

        Raises AturanDilanggar where the day is as wanted already.
        """
        tulisan = self._tulisan(libur.REGISTER, Aksi.LIBUR, alasan)
        return self._menulis(lambda koneksi: libur.ubah(koneksi, tanggal, nama, tulisan))

    def terapkan_libur(self, semua: Sequence[libur.HariLibur]) -> int:
        """Make the calendars of those years just so; returns how many days changed."""
        tulisan = self._tulisan(libur.REGISTER, Aksi.LIBUR)
        return self._menulis(lambda koneksi: libur.terapkan(koneksi, semua, tulisan))

    def tetapkan_semua(self, semua: Sequence[target.Target]) -> int:
        """Set targets one after the other, all or none; returns how many did not stand so already."""
        tulisan, zona = self._tulisan(target.REGISTER, Aksi.TARGET), self.konfig.waktu_setempat
        return self._menulis(lambda koneksi: sum(target.tetapkan(koneksi, satu, tulisan, zona) for satu in semua))

    def tutup_seperti(self, semua: Sequence[penutupan.PenutupanAsal]) -> int:
        """Close months as they were in another ledger; returns how many were open. Raises as ``tutup`` does."""
        self._tolak_belum_berakhir(satu.bulan for satu in semua)
        tulisan = self._tulisan(penutupan.REGISTER, Aksi.TUTUP)
        return self._menulis(lambda koneksi: penutupan.tutup_seperti(koneksi, semua, tulisan))

    def _tolak_belum_berakhir(self, bulan: Iterable[Periode]) -> None:
        for satu in bulan:
            if satu.akhir >= self.hari_ini:
                raise AturanDilanggar(f"{satu.label} belum berakhir; baru dapat ditutup sesudah {satu.akhir}")

    def rencana_ulang(self) -> Ulang:
        """What ``hitung_ulang`` would do, without doing it."""
        with buka_bacaan(self.mesin) as bacaan:
            return libur.lengkapi_tahun(lambda dicari: self._ulang(bacaan.koneksi, dicari))

    def hitung_ulang(self, dilihat: Ulang) -> None:
        """Reckon the deadlines of the open entries anew, each with its journal line; others keep theirs.

        Raises AturanDilanggar where what ``dilihat`` told is not so any more.
        """

        def tulis(koneksi: sa.Connection) -> None:
            if self._ulang(koneksi) != dilihat:
                raise AturanDilanggar("buku baru saja berubah; tidak ada yang dihitung ulang", saran="Ulangi.")
            for slug, satu in dilihat.rencana:
                tulisan = self._tulisan(slug, Aksi.HITUNG_ULANG)
                halaman.tulis(koneksi, ENTRI[slug], tulisan, satu.baru["nomor"], satu.baru)

        self._menulis(tulis, harus_ada=True)

    def _ulang(self, koneksi: sa.Connection, tahun_lain: Mapping[int, Iterable[date]] = libur.TIDAK_ADA) -> Ulang:
        kalender = libur.kalender(koneksi, self.konfig.indeks_hari_kerja, tahun_lain)
        tutup, tertutup = penutupan.tertutup(koneksi), 0
        rencana: list[tuple[str, Rencana]] = []
        for register in BERTENGGAT:
            for lama, baru, revisi in batas_lain(koneksi, register, self.konfig, kalender):
                try:
                    penutupan.tolak_ubahan(koneksi, tutup, register, lama, baru, self.konfig.waktu_setempat)
                except AturanDilanggar:
                    tertutup += 1
                else:
                    rencana.append((register.slug, Rencana(lama, baru, revisi, (None, None))))
        return Ulang(rencana, tertutup)

    def _ada(self) -> bool:
        return self.mesin.versi() is not None

    @contextmanager
    def _koneksi_bila_ada(self) -> Iterator[sa.Connection | None]:
        """The ledger for reading, None where there is none yet."""
        if not self._ada():
            yield None
            return
        with buka_bacaan(self.mesin) as bacaan:
            yield bacaan.koneksi

    def _mengubah(
        self,
        nomor: Nomor,
        aksi: Aksi,
        ubah: Callable[[Isi], Isi],
        alasan: str | None = None,
        dilihat: int | None = None,
    ) -> Rencana:
        """Bring one entry into its next state."""

        def tulis(koneksi: sa.Connection) -> Rencana:
            rencana = self._rencana(koneksi, nomor, ubah)
            if dilihat not in (None, rencana.revisi):
                raise AturanDilanggar(f"{nomor} baru saja diubah petugas lain", saran="Lihat entrinya, lalu ulangi.")
            with self._jaga(koneksi, [nomor.induk] if nomor.register in (PENGADUAN, TINDAK_LANJUT) else ()):
                tulisan = self._tulisan(nomor.register.slug, aksi, alasan)
                halaman.tulis(koneksi, ENTRI[nomor.register.slug], tulisan, str(nomor), rencana.baru)
            return rencana

        return self._menulis(tulis, harus_ada=True)

    def _rencanakan(self, nomor: Nomor, ubah: Callable[[Isi], Isi]) -> Rencana:
        """What an act would make of an entry, reading only: a year not loaded yet is looked up, not written."""
        with buka_bacaan(self.mesin) as bacaan:
            return libur.lengkapi_tahun(lambda dicari: self._rencana(bacaan.koneksi, nomor, ubah, dicari))

    def _rencana(
        self,
        koneksi: sa.Connection,
        nomor: Nomor,
        ubah: Callable[[Isi], Isi],
        tahun_lain: Mapping[int, Iterable[date]] = libur.TIDAK_ADA,
    ) -> Rencana:
        """The entry before and after an act, with its deadline, once all rules and closed months allow it.

        ``tahun_lain`` adds free days of years that the ledger does not hold.
        """
        lama, revisi = halaman.ambil(koneksi, nomor)
        baru = ubah(lama)
        register = nomor.register
        if not baru["batal"]:
            tolak_pelanggaran(langgar(register, baru, self.hari_ini))
            tolak_pelanggaran(periksa_tautan(koneksi, register, baru))
        tutup = penutupan.tertutup(koneksi)
        # Asked before the deadline is, since that may need a year to be loaded, and again with it.
        penutupan.tolak_ubahan(koneksi, tutup, register, tampak(lama, baru), baru, self.konfig.waktu_setempat)
        if fakta_batas(register, lama) != fakta_batas(register, baru):
            baru = self._dengan_batas(koneksi, nomor, baru, tahun_lain)
            penutupan.tolak_ubahan(koneksi, tutup, register, tampak(lama, baru), baru, self.konfig.waktu_setempat)
        return Rencana(lama, baru, revisi, (putusan(koneksi, register, lama), putusan(koneksi, register, baru)))

    def _dengan_batas(
        self, koneksi: sa.Connection, nomor: Nomor, isi: Isi, tahun_lain: Mapping[int, Iterable[date]]
    ) -> Isi:
        """The entry with the deadline that its facts gave before, or else give today."""
        if semula := batas_semula(koneksi, nomor.register, str(nomor), isi):
            return {**isi, "batas": semula[1]}
        kalender = libur.kalender(koneksi, self.konfig.indeks_hari_kerja, tahun_lain)
        kelompok = [susun_kelompok(nomor.register, [{**isi, "batas": None}])]
        ((baru,),) = (satu.isi() for satu in beri_batas(nomor.register, kelompok, self.konfig, kalender))
        return baru

    def _jaga(self, koneksi: sa.Connection, pengaduan: Iterable[str]) -> Any:
        tutup = penutupan.tertutup(koneksi)
        return penutupan.jaga_tindak_lanjut_terawal(koneksi, tutup, pengaduan, self.konfig.waktu_setempat)

    def _menulis(self, kerja: Callable[[sa.Connection], T], *, harus_ada: bool = False) -> T:
        """Run one act in a transaction, and before it there the free days of the years it turns out to need.

        So an act that fails leaves nothing, and one that needs an unknown year is undone, and run again with it.
        """
        siapkan_tulis(self.mesin, boleh_migrasi=self.boleh_migrasi, baru=None if harus_ada else self.baru)

        def tulis(dicari: Mapping[int, libur.Resmi]) -> T:
            with self._transaksi() as koneksi:
                libur.muat(koneksi, dicari, self._tulisan(libur.REGISTER, Aksi.LIBUR))
                return kerja(koneksi)

        return libur.lengkapi_tahun(tulis)

    @contextmanager
    def _transaksi(self) -> Iterator[sa.Connection]:
        """One write transaction; raises AturanDilanggar in a moved ledger, BukuRusak behind a broken line."""
        with self.mesin.tulis() as koneksi:
            tolak_ujung_putus(koneksi)
            tolak_pindah(koneksi, self.konfig.waktu_setempat)
            yield koneksi

    def _tulisan(self, register: str, aksi: Aksi, alasan: str | None = None) -> Tulisan:
        return Tulisan(register, aksi, self.petugas, cap_waktu(self.jam()), alasan)


def _diam(_jumlah: int) -> None:
    """Progress nobody listens to."""
