"""Checks that need positions and measures: figures of closed months, and an office's configuration."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from ikikec.bahasa import periksa_nip, terdekat
from ikikec.berkas_toml import tak_terpakai
from ikikec.buku.baca import Bacaan
from ikikec.buku.keutuhan import Pemeriksaan, Temuan
from ikikec.buku.mesin.alamat import Alamat
from ikikec.buku.penutupan import tertutup
from ikikec.galat import AturanDilanggar, Galat, NilaiSalah, Pelanggaran
from ikikec.gambar import baca_gambar
from ikikec.kinerja.hitung import angka_semua
from ikikec.kinerja.jabatan import Jabatan, muat_satu
from ikikec.kinerja.ukuran import DaftarUkuran, Ukuran, baca_ukuran, salah_ukuran, ukuran_program
from ikikec.konfigurasi import Konfigurasi, muat
from ikikec.letak import berkas_jabatan, berkas_ukuran


def bulan_tertutup(semua: DaftarUkuran, konfig: Konfigurasi) -> Pemeriksaan:
    """The check that the figures of closed months are still those that were kept.

    A measure of the office's own may have been defined anew since: of such a difference is only a note.
    """

    def periksa(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
        for bulan in tertutup(bacaan.koneksi):
            # A measure that is no longer there cannot be held against anything.
            ada = {nama: semua[nama] for nama in bulan.angka if nama in semua}
            for nama, kini in angka_semua(bacaan, bulan.bulan, ada, konfig).items():
                if kini != bulan.angka[nama]:
                    milik = not semua[nama].bawaan
                    pesan = f"waktu ditutup {_tulis(bulan.angka[nama])}, sekarang {_tulis(kini)}"
                    sebab = f"; definisinya di {semua[nama].berkas} mungkin berubah" if milik else ""
                    yield Temuan(f"{bulan.bulan.label}, {nama}", f"{pesan}{sebab}", catatan=milik)

    return Pemeriksaan(
        "bulan-tertutup",
        "Angka bulan yang sudah ditutup masih sama dengan yang disimpan waktu ditutup.",
        "Bandingkan dengan lembar yang ditandatangani; lihat riwayat entri yang berubah.",
        periksa,
    )


def _tulis(angka: list[int | None]) -> str:
    pembilang, penyebut = angka
    return str(pembilang) if penyebut is None else f"{pembilang} dari {penyebut}"


def periksa_berkas(berkas: Path) -> tuple[Konfigurasi, list[Temuan]]:
    """The configuration with its faults; where it has any, the defaults stand for it."""
    if not os.path.isfile(berkas):
        return Konfigurasi(), [Temuan(str(berkas), "belum ada; semua nilai bawaan", catatan=True)]
    try:
        return muat(berkas), []
    except Galat as galat:
        return Konfigurasi(), list(_uraikan(berkas, galat))


def periksa_ukuran(konfig: Konfigurasi, folder_konfig: Path) -> tuple[DaftarUkuran, list[Temuan]]:
    """The measures by name, and all that is wrong with those of the office; where anything is, none can be used."""
    semua, temuan = ukuran_program(), list[Temuan]()
    terbaca: dict[Path, tuple[dict[str, Ukuran], list[Pelanggaran]]] = {}
    for berkas in berkas_ukuran(folder_konfig):
        try:
            terbaca[berkas] = baca_ukuran(berkas)
        except Galat as galat:
            temuan += _uraikan(berkas, galat)
        else:
            semua |= terbaca[berkas][0]
    for berkas, (baik, salah) in terbaca.items():
        for satu in (*salah, *salah_ukuran(baik.values(), semua | baik, konfig)):
            temuan.append(Temuan(f"{berkas.name}, {satu.tempat}", satu.pesan))
    return semua, temuan


def periksa_berkas_ukuran(berkas: Path, konfig: Konfigurasi, folder_konfig: Path) -> int:
    """How many measures a file of definitions has; those of the office's other files count as being there.

    Raises AturanDilanggar naming every mistake, SalahPakai where the file cannot be read.
    """
    semua = ukuran_program()
    for satu in berkas_ukuran(folder_konfig):
        if satu.resolve() != berkas.resolve():
            with suppress(Galat):
                semua |= baca_ukuran(satu)[0]
    baik, salah = baca_ukuran(berkas)
    if salah := [*salah, *salah_ukuran(baik.values(), semua | baik, konfig)]:
        raise tak_terpakai(berkas, salah)
    return len(baik)


def periksa_jabatan(konfig: Konfigurasi, folder: Path, ukuran: DaftarUkuran) -> tuple[list[Jabatan], list[Temuan]]:
    """The positions that can be used, and the faults of those that cannot; ``ukuran``: the measures there are."""
    baik: list[Jabatan] = []
    temuan: list[Temuan] = []
    for slug, berkas in berkas_jabatan(folder).items():
        try:
            baik.append(muat_satu(slug, berkas, konfig, ukuran))
        except Galat as galat:
            temuan += _uraikan(berkas, galat)
    return sorted(baik, key=lambda satu: (satu.urutan, satu.slug)), temuan


def periksa_kop(gambar: Path | None) -> Iterator[Temuan]:
    """What is wrong with the letterhead's emblem."""
    try:
        _ = gambar and baca_gambar(gambar)
    except Galat as galat:
        yield Temuan("kop.gambar", galat.pesan)


def periksa_pejabat(konfig: Konfigurasi, jabatan: Iterable[Jabatan]) -> Iterator[Temuan]:
    """Notes: who signs without a name, whose NIP looks mistyped, and who is named but signs nothing."""
    penanda = para_penanda(jabatan)
    for nama, sebutan in penanda.items():
        if nama not in konfig.pejabat or not konfig.pejabat[nama].nama:
            yield Temuan(f"pejabat.{nama}.nama", f"{sebutan} belum bernama; tercetak titik-titik", catatan=True)
    for nama, pejabat in konfig.pejabat.items():
        if nama not in penanda:
            pesan = f"tidak menandatangani lembar mana pun{terdekat(nama, penanda)}"
            yield Temuan(f"pejabat.{nama}", pesan, catatan=True)
        try:
            if pejabat.nip:
                periksa_nip(pejabat.nip)
        except NilaiSalah as galat:
            yield Temuan(f"pejabat.{nama}.nip", galat.pesan, catatan=True)


def para_penanda(jabatan: Iterable[Jabatan]) -> dict[str, str]:
    """Who signs the sheets of these positions: the key in ``[pejabat]`` and the title, in the order of the sheets."""
    hasil: dict[str, str] = {}
    for satu in jabatan:
        for tanda in (satu.tanda_tangan.mengetahui, satu.tanda_tangan.pembuat):
            hasil.setdefault(tanda.pejabat, tanda.sebutan)
    return hasil


def periksa_buku(berkas: Alamat) -> Iterator[Temuan]:
    """A note where the ledger's file, or the nearest folder it would be made in, may not be written."""
    if isinstance(berkas, str):
        return
    ada = berkas
    while not os.access(ada, os.F_OK) and ada != ada.parent:
        ada = ada.parent
    if not os.access(ada, os.W_OK) or (ada != berkas and not ada.is_dir()):
        yield Temuan("buku", f"{berkas} tidak dapat ditulis: {ada} tidak mengizinkannya", catatan=True)


def _uraikan(berkas: Path, galat: Galat) -> Iterator[Temuan]:
    """One finding for each wrong key; the whole message where it names none."""
    pelanggaran = galat.pelanggaran if isinstance(galat, AturanDilanggar) else ()
    for satu in pelanggaran:
        yield Temuan(f"{berkas.name}, {satu.bidang}", satu.pesan)
    if not pelanggaran:
        yield Temuan(str(berkas), galat.pesan)
