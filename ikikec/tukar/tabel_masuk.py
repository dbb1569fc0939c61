"""Rows of a foreign table (CSV or workbook) become entries: merged cells spread, every bad line named.

A batch of rows is read column by column, each text that stands there more than once only once.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import Any

from ikikec.bahasa import angka
from ikikec.buku.aturan import susun
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.kelompok import SEKALI, Kelompok, Titipan, tersimpan
from ikikec.buku.register import REKOMENDASI, Register
from ikikec.galat import NilaiSalah, Pelanggaran
from ikikec.tukar.judul import TANPA_PETA, Kepala, KolomBerkas, Peta, baca_kepala, pengenal_judul
from ikikec.tukar.sel import SelBukanTeks, SelTakTerbaca
from ikikec.tukar.sumber import PENYANDIAN, Baris, Lembar, TabelRusak, baris_csv, buka, kosong
from ikikec.tukar.xlsx_masuk import buku_kerja, lembar_xlsx

# How many lines a warning names.
TERSEBUT = 5

# A mobile number whose first figure a spreadsheet has dropped.
_TANPA_NOL = re.compile(r"8\d{8,11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CaraBaca:
    """How a file is to be read: its words, its encoding, its tab, the office's zone, and who reads the messages.

    ``zona``: where a moment that tells its offset has its day; ``kutip_isi``: whether a message may show rows.
    """

    peta: Peta = TANPA_PETA
    penyandian: str = PENYANDIAN[0]
    lembar: str = ""
    zona: tzinfo | None = None
    kutip_isi: bool = False


@dataclass(frozen=True, slots=True)
class HasilBaca:
    """The rows that could be read, to be closed; what was wrong with the others; and what to look at."""

    titipan: Titipan
    cacat: tuple[Pelanggaran, ...]
    peringatan: tuple[str, ...]


class Perhatian:
    """What is taken as it stands but may not be meant: how often, and where first."""

    def __init__(self) -> None:
        self._letak: defaultdict[str, list[int]] = defaultdict(list)
        self._banyak = Counter[str]()

    def tandai(self, pesan: str, baris: Sequence[int]) -> None:
        """Note that lines, if any, have what ``pesan`` says."""
        if baris:
            self._letak[pesan] += baris[: TERSEBUT - len(self._letak[pesan])]
            self._banyak[pesan] += len(baris)

    def kalimat(self) -> Iterator[str]:
        """One sentence for each."""
        for pesan, letak in self._letak.items():
            lebih = ", …" if self._banyak[pesan] > len(letak) else ""
            yield f"{pesan}: {angka(self._banyak[pesan])} (baris {', '.join(map(str, letak))}{lebih})"


@dataclass(frozen=True, slots=True)
class Pembaca:
    """What a file's columns mean, and what stands in every row that does not say otherwise."""

    register: Register
    kolom: Sequence[KolomBerkas]
    tetap: dict[str, Nilai]
    perhatian: Perhatian

    def baca(self, isi: Sequence[Baris]) -> tuple[Kelompok, list[Pelanggaran]]:
        """The entries of a batch of rows, and what is wrong with the rows that are none."""
        self._perhatikan(isi)
        nomor, sel = zip(*isi, strict=True)
        lebar, cacat = len(self.kolom), defaultdict[int, list[Pelanggaran]](list)
        if {*map(len, sel)} != {lebar}:
            panjang = {urut: len(satu) for urut, satu in enumerate(sel) if len(satu) != lebar}
            for urut, banyak in panjang.items():
                cacat[urut].append(Pelanggaran("bentuk", f"ada {banyak} kolom, padahal judulnya {lebar}"))
            sel = tuple([""] * lebar if urut in panjang else satu for urut, satu in enumerate(sel))
        terbaca = {
            satu.nama: self._baca_kolom(letak, teks, cacat)
            for letak, (satu, teks) in enumerate(zip(self.kolom, zip(*sel, strict=True), strict=True))
            if satu.dibaca
        }
        kolom = {bidang.nama: terbaca.get(bidang.nama, [None] * len(isi)) for bidang in self.register.bidang}
        for nama, bawaan in self._bawaan().items():
            kolom[nama] = [bawaan if nilai is None else nilai for nilai in kolom[nama]]
        self._periksa_wajib(kolom, cacat)
        kelompok = Kelompok(nomor, kolom)
        sebutan = {satu.nama: satu.sebutan for satu in self.kolom if satu.nama}
        salah = [
            replace(satu, bidang=sebutan.get(satu.bidang, satu.bidang), nomor_baris=nomor[urut])
            for urut in sorted(cacat)
            for satu in cacat[urut]
        ]
        return kelompok.tanpa(cacat) if cacat else kelompok, salah

    def _perhatikan(self, isi: Sequence[Baris]) -> None:
        """Note cells that are taken as they stand, but may not be what is meant."""
        for letak, satu in enumerate(self.kolom):
            if not satu.nama or self.register[satu.nama].jenis is not Jenis.TEKS:
                continue
            sel = [(nomor, baris[letak]) for nomor, baris in isi if letak < len(baris)]
            if satu.nama == "kontak":
                hilang = [nomor for nomor, teks in sel if _TANPA_NOL.fullmatch(teks.strip())]
                self.perhatian.tandai(f"{satu.sebutan} diawali 8, tampaknya kehilangan angka 0 di depannya", hilang)
            lain = [nomor for nomor, teks in sel if isinstance(teks, SelBukanTeks)]
            pesan = "berupa tanggal, jam, atau pecahan, bukan teks; cocokkan bacaannya"
            self.perhatian.tandai(f"{satu.sebutan} {pesan}", lain)

    def _baca_kolom(self, letak: int, teks: Sequence[str], cacat: dict[int, list[Pelanggaran]]) -> list[Any]:
        """The stored values of a column's cells, None for one that has none, which is noted by its place."""
        kolom, hasil = self.kolom[letak], list[Any]()
        try:
            return kolom.semua(teks)
        except NilaiSalah:
            from xlsxwriter.utility import xl_col_to_name

            nama = kolom.nama or f"kolom {xl_col_to_name(letak)}"
        for urut, satu in enumerate(teks):
            try:
                hasil.append(kolom[satu])
            except NilaiSalah as galat:
                hasil.append(None)
                cacat[urut].append(Pelanggaran(nama, galat.pesan))
        return hasil

    def _periksa_wajib(self, kolom: dict[str, list[Any]], cacat: dict[int, list[Pelanggaran]]) -> None:
        """Note what is missing in rows that are otherwise good."""
        wajib = [kolom[satu.nama] for satu in self.register.bidang if satu.wajib]
        kurang = {urut for isi in wajib if None in isi for urut, nilai in enumerate(isi) if nilai is None}
        for urut in kurang - cacat.keys():
            salah = susun(self.register, {nama: nilai[urut] for nama, nilai in kolom.items()})
            assert isinstance(salah, tuple)
            cacat[urut] += salah

    def _bawaan(self) -> dict[str, Nilai]:
        """The values of blank cells: those of this file, else the register's own."""
        biasa = {satu.nama: satu.baca(satu.bawaan) for satu in self.register.bidang if satu.bawaan}
        return biasa | {nama: tersimpan(nilai) for nama, nilai in self.tetap.items() if nilai is not None}


def baca_berkas(
    berkas: Path, register: Register, kemajuan: Callable[[int], None], cara: CaraBaca | None = None
) -> HasilBaca:
    """Make entries of a whole file, a workbook or a text as its first bytes say; ``kemajuan`` hears of the rows read.

    Raises SalahPakai where it cannot be opened, AturanDilanggar for its encoding, form, or headings,
    BerkasTakTertulis where there is no room to set the rows aside.
    """
    cara = cara or CaraBaca()
    pengenal = pengenal_judul(register, cara.peta)
    with buka(berkas) as aliran:
        if buku_kerja(aliran):
            lembar = lembar_xlsx(berkas, aliran, register, cara.lembar)
        else:
            lembar = Lembar(baris_csv(aliran, pengenal.banyak, cara.penyandian))
        return baca_lembar(register, lembar, kemajuan, cara)


def baca_lembar(register: Register, lembar: Lembar, kemajuan: Callable[[int], None], cara: CaraBaca) -> HasilBaca:
    """Make entries of a table; ``kemajuan`` hears how many rows more were read. Raises as ``baca_berkas``."""
    titipan, perhatian = Titipan(), Perhatian()
    cacat: list[Pelanggaran] = []
    catatan: list[str] = []
    tersembunyi = 0
    try:
        pengenal = pengenal_judul(register, cara.peta)
        kepala = baca_kepala(lembar.baris, pengenal, cara.zona, kutip_isi=cara.kutip_isi)
        catatan += _catatan(kepala)
        pembaca = Pembaca(register, kepala.kolom, cara.peta.nilai_tetap(register), perhatian)
        for bagian in _potong(_rapikan(kepala, lembar)):
            kelompok, salah = pembaca.baca(bagian)
            titipan.taruh(kelompok)
            cacat += salah
            tersembunyi += sum(nomor in lembar.tersembunyi for nomor, _sel in bagian)
            kemajuan(len(bagian))
        catatan += _sebut_tersembunyi(tersembunyi, kepala, lembar)
    except TabelRusak as rusak:
        cacat.append(rusak.pelanggaran)
    except BaseException:
        titipan.tutup()
        raise
    if register.slug == REKOMENDASI.slug:
        _perhatikan_lengkap(titipan, perhatian)
    return HasilBaca(titipan, tuple(cacat), (*catatan, *perhatian.kalimat()))


def _catatan(kepala: Kepala) -> Iterator[str]:
    """Where the table begins, and which of its columns were passed over."""
    if kepala.nomor_baris > 1:
        yield f"judul kolom dibaca dari baris {kepala.nomor_baris}"
    if kepala.lewat:
        yield f"kolom yang tidak dicatat: {', '.join(kepala.lewat)}"


def _sebut_tersembunyi(baris: int, kepala: Kepala, lembar: Lembar) -> Iterator[str]:
    """That what the file hides was read too."""
    kolom = sum(
        1
        for letak, satu in enumerate(kepala.kolom)
        if satu.nama and any(kiri <= letak <= kanan for kiri, kanan in lembar.kolom_tersembunyi)
    )
    banyak = [f"{angka(satu)} {kata}" for satu, kata in ((baris, "baris"), (kolom, "kolom")) if satu]
    if banyak:
        yield f"yang tersembunyi ikut dibaca: {' dan '.join(banyak)}"


def _perhatikan_lengkap(titipan: Titipan, perhatian: Perhatian) -> None:
    """A permit issued without the day its file was complete is taken for complete when it came in."""
    for kelompok in titipan:
        terbit = zip(kelompok.baris, kelompok.kolom["tanggal_terbit"], kelompok.kolom["tanggal_lengkap"], strict=True)
        baris = [nomor for nomor, ada, lengkap in terbit if ada and not lengkap]
        perhatian.tandai("terbit tanpa tanggal_lengkap, berkas dianggap lengkap pada tanggal diterima", baris)


def _rapikan(kepala: Kepala, lembar: Lembar) -> Iterator[Baris]:
    """The rows below the headings that hold more than a running number, all as wide, and merged cells spread."""
    lebar, berlaku = len(kepala.kolom), dict[int, tuple[int, str]]()
    mulai: dict[int, list[tuple[int, int, int, int]]] = {}
    for satu in lembar.gabungan:
        mulai.setdefault(satu[0], []).append(satu)
    for nomor, sel in kepala.bawah:
        if kepala.urut is not None and all(kosong(satu) for letak, satu in enumerate(sel) if letak != kepala.urut):
            continue
        isi = list(sel)
        for area in mulai.pop(nomor, ()):
            _mulai_gabungan(area, isi, berlaku)
        for letak, (akhir, teks) in list(berlaku.items()):
            if nomor > akhir:
                del berlaku[letak]
            elif letak < len(isi):
                isi[letak] = teks
        while len(isi) > lebar and kosong(isi[-1]):
            isi.pop()
        if isi != kepala.sel:
            yield nomor, isi


def _mulai_gabungan(area: tuple[int, int, int, int], isi: list[str], berlaku: dict[int, tuple[int, str]]) -> None:
    awal, kiri, akhir, kanan = area
    if kiri >= len(isi) or kosong(isi[kiri]):
        return
    if kanan > kiri:
        from xlsxwriter.utility import xl_range

        nama = xl_range(awal - 1, kiri, akhir - 1, kanan)
        isi[kiri] = SelTakTerbaca(f"sel gabungan {nama} melintasi kolom; pisahkan selnya, lalu ulangi")
    else:
        berlaku[kiri] = (akhir, isi[kiri])


def _potong(isi: Iterator[Baris]) -> Iterator[Sequence[Baris]]:
    """The rows in batches; where the table breaks off, those before come first."""
    bagian: list[Baris] = []
    try:
        for satu in isi:
            bagian.append(satu)
            if len(bagian) == SEKALI:
                yield bagian
                bagian = []
    except TabelRusak:
        if bagian:
            yield bagian
        raise
    if bagian:
        yield bagian
