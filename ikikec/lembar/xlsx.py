"""Sheets, several offices, and the survey as workbooks.

The survey's is one that offices work with: "Data", a row per respondent, and "Rekap" in formulas over it. What a
formula comes to is written beside it, so that a program that computes nothing shows the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ikikec.bahasa import angka, nip, titik_titik
from ikikec.buku.bidang import Jenis
from ikikec.istilah import UNSUR, sebut_unsur
from ikikec.kinerja.antarkantor import Lajur, Rekap
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.ikm import LaporanSurvei
from ikikec.kinerja.indeks import MUTU, Indeks
from ikikec.kinerja.sebaran import BIDANG, KOSONG, BarisSurvei, Sebaran
from ikikec.kinerja.susun import Laporan, Tertanda
from ikikec.lembar import Cetakan, ungkapan
from ikikec.lembar.buku_kerja import KANAN, KEPALA, TEBAL, TENGAH, TEPI, BukuKerja, Sifat, Tab, tuang, tulis_tabel
from ikikec.lembar.nilai import semua_indikator
from ikikec.lembar.tabel import Kolom, Sel, Tabel
from ikikec.lembar.ungkapan import TIADA
from ikikec.tanggal import tanggal_panjang, tanggal_pendek

# Points of a row left as it is; to which part a page may be shrunk and still be legible.
_TINGGI_BIASA, _TERKECIL = 15, 0.59

# A position's sheet.

_KOLOM = (
    ("NO", 6, "nomor"), ("SASARAN KINERJA", 24, "sasaran"), ("INDIKATOR KINERJA", 26, "indikator"),
    ("FORMULASI PERHITUNGAN/PENJELASAN", 46, "formulasi"), ("TARGET", 12, "target"), ("REALISASI", 12, "realisasi"),
    ("SATUAN", 13, "satuan"), ("PEMBILANG", 12, "pembilang"), ("PENYEBUT", 12, "penyebut"),
    ("CAPAIAN (%)", 12, "capaian"), ("SUMBER DATA", 18, "sumber"),
)  # fmt: skip
_AKHIR = len(_KOLOM) - 1
_INDIKATOR = ("JABATAN", "NO", "INDIKATOR KINERJA")


def laporan_xlsx(laporan: Sequence[Laporan], cetakan: Cetakan) -> Iterator[bytes]:
    """The sheets, a tab each; what was asked for beside the figures on tabs of its own."""

    def isi(buku: BukuKerja) -> None:
        for satu in laporan:
            _lembar(buku, satu)
        if any(satu.minta.bandingkan for satu in laporan):
            tulis_tabel(buku, _perbandingan(laporan))
        if any(satu.minta.tren for satu in laporan):
            tulis_tabel(buku, _tren(laporan))
        if any(satu.rinci for satu in laporan):
            tulis_tabel(buku, _bukti(laporan))

    judul = f"Indikator Kinerja Individu, {laporan[0].periode.label}"
    return tuang(judul, laporan[0].tanggal, cetakan, isi, urut=False)


def _tabel_indikator(
    laporan: Sequence[Laporan], judul: str, kolom: Iterable[str], baris: Iterable[Sequence[Sel]]
) -> Tabel:
    semua = [Kolom(satu) for satu in (*_INDIKATOR, *kolom)]
    return Tabel(judul.lower(), semua, baris, (judul, laporan[0].periode.keterangan))


def _perbandingan(laporan: Sequence[Laporan]) -> Tabel:
    """A row per indicator and earlier period."""
    baris = [
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], ungkapan.nilai_realisasi(satu.realisasi),
         lama.periode.label, lama.realisasi.nilai, lama.selisih)
        for lap in laporan for isi, satu in semua_indikator(lap) if satu.banding for lama in satu.banding.kolom
    ]  # fmt: skip
    sampai = laporan[0].periode.sampai
    kini = "REALISASI" if sampai is None else f"REALISASI S.D. {tanggal_pendek(sampai).upper()}"
    kolom = (kini, "PEMBANDING", "REALISASI PEMBANDING", "SELISIH")
    return _tabel_indikator(laporan, "Perbandingan", kolom, baris)


def _tren(laporan: Sequence[Laporan]) -> Tabel:
    """A row per indicator and month."""
    baris = [
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], titik.bulan.label,
         "belum" if titik.belum else ungkapan.nilai_realisasi(titik.realisasi))
        for lap in laporan for isi, satu in semua_indikator(lap) for titik in satu.tren or ()
    ]  # fmt: skip
    return _tabel_indikator(laporan, "Tren", ("BULAN", "REALISASI"), baris)


def _bukti(laporan: Sequence[Laporan]) -> Tabel:
    """A row per entry behind an indicator, and per entry that just missed it, whose outcome is the reason."""
    bernama = any(lap.minta.dengan_identitas for lap in laporan)
    nama = ["NAMA"] if bernama else []
    baris = (
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], entri.nomor, entri.tanggal, ungkapan.perihal(entri),
         entri.batas, entri.hasil, entri.nilai, *([entri.nama] if bernama else []))
        for lap in laporan for isi, satu in semua_indikator(lap) if satu.rincian
        for entri in (*satu.rincian.bukti, *satu.rincian.luput)
    )  # fmt: skip
    kolom = ("ENTRI", "TANGGAL", "PERIHAL", "BATAS", "HASIL", "NILAI", *nama)
    return _tabel_indikator(laporan, "Bukti", kolom, baris)


def _lembar(buku: BukuKerja, laporan: Laporan) -> None:
    kaki = (laporan.jabatan.nama, buku.kantor, laporan.periode.keterangan)
    tab = Tab(buku, laporan.jabatan.slug, kaki, [lebar for _, lebar, _ in _KOLOM])
    kepala = _judul(tab, laporan)
    akhir = _tabel(tab, laporan, kepala) + 2
    tempat = f"{titik_titik(laporan.tempat)}, {tanggal_panjang(laporan.tanggal)}"
    _penanda(tab, akhir, (0, 3), "Mengetahui,", laporan.mengetahui)
    _penanda(tab, akhir, (4, _AKHIR), tempat, laporan.pembuat)
    tab.setinggi(akhir + 2, 60)
    akhir += 6
    tab.gabung(akhir, 0, _AKHIR, f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}")
    tab.tab.repeat_rows(kepala)
    tab.tab.print_area(0, 0, akhir, _AKHIR)
    # A spreadsheet cannot be told to keep the signatures together; a sheet not much over a page is shrunk onto one.
    muat = 72 * (buku.cetakan.kertas.lebar / 25.4 - sum(TEPI)) / _TERKECIL
    if sum(tab.tinggi.get(nomor, _TINGGI_BIASA) for nomor in range(akhir + 1)) <= muat:
        tab.tab.fit_to_pages(1, 1)


def _judul(tab: Tab, laporan: Laporan) -> int:
    """Title, position, period, duties; returns the row the table begins in."""
    tab.judul(0, "INDIKATOR KINERJA INDIVIDU", _AKHIR)
    tab.isi(1, 0, laporan.periode.keterangan, _AKHIR, **TENGAH)
    tab.isi(2, 0, tab.buku.kantor, _AKHIR, **TENGAH)
    tab.isi(3, 0, "Jabatan", 1, **TEBAL)
    tab.isi(3, 2, laporan.jabatan.nama, _AKHIR)
    for nomor, (nama, hari) in enumerate((("Dari", laporan.periode.awal), ("Sampai", laporan.periode.akhir)), 4):
        tab.isi(nomor, 0, nama, 1, **TEBAL)
        tab.isi(nomor, 2, hari, align="left", text_wrap=False)
    nomor = 6
    for nama, isi in (("Tugas", laporan.jabatan.tugas), ("Fungsi", laporan.jabatan.fungsi)):
        tab.isi(nomor, 0, nama, 1, **TEBAL)
        for satu in [f"{urut}. {satu}" for urut, satu in enumerate(isi, 1)] or ["–"]:
            tab.gabung(nomor, 2, _AKHIR, satu)
            nomor += 1
    return nomor + 1


def _tabel(tab: Tab, laporan: Laporan, kepala: int) -> int:
    """The table; returns its last row."""
    tab.kepala(kepala, [judul for judul, _, _ in _KOLOM])
    pertama = [urut == 0 for sasaran in laporan.sasaran for urut in range(len(sasaran.indikator))]
    nomor = kepala
    for nomor, (isi, satu) in enumerate(semua_indikator(laporan), kepala + 1):
        tercetak = isi | {
            "formulasi": f"{isi['formulasi']}. {isi['aturan']}",
            "realisasi": ungkapan.nilai_realisasi(satu.realisasi),
        }
        if satu.realisasi.banyak is not None:
            tercetak["satuan"] = f"{isi['satuan']} (dari {angka(satu.realisasi.banyak)} {satu.ukuran.sebutan})"
        if satu.target is not None and satu.target.atas is not None:
            tercetak["target"] = ungkapan.target(satu.target)
        if not pertama[nomor - kepala - 1]:
            tercetak["sasaran"] = None
        baris = [tercetak[nama] for _, _, nama in _KOLOM]
        for letak, nilai in enumerate(baris):
            tab.sel(nomor, letak, nilai)
        tab.tinggikan(nomor, zip(baris, tab.lebar, strict=True))
    return nomor


def _penanda(tab: Tab, awal: int, lajur: tuple[int, int], atas: str, tertanda: Tertanda) -> None:
    nama = {**TEBAL, "underline": 1 if tertanda.nama else 0}
    isi: tuple[tuple[Sel, Sifat], ...] = (
        (atas, {}),
        (tertanda.judul, TEBAL),
        (None, {}),
        (titik_titik(tertanda.nama), nama),
        (f"NIP. {titik_titik(nip(tertanda.nip))}", {}),
    )
    for nomor, (teks, sifat) in enumerate(isi, awal):
        tab.isi(nomor, lajur[0], teks, lajur[1], **TENGAH, **sifat)


# Several offices.

_DEPAN = (("NO", 6), ("KANTOR", 30))
_BELAKANG = (("BARIS JURNAL", 11), ("SIDIK", 19))
_KEPALA_REKAP = 4


def rekap_xlsx(rekap: Rekap, cetakan: Cetakan) -> Iterator[bytes]:
    """The table with its sum, what its columns mean, and the ledgers it was made from."""

    def isi(buku: BukuKerja) -> None:
        buku.kantor = f"Kabupaten {rekap.kabupaten}" if rekap.kabupaten else ""
        _rekap(buku, rekap)
        tulis_tabel(buku, _daftar_indikator(rekap))
        tulis_tabel(buku, _daftar_kantor(rekap))

    judul = f"Rekapitulasi Indikator Kinerja Individu, {rekap.periode.label}"
    return tuang(judul, rekap.tanggal, cetakan, isi, urut=False)


def _daftar_indikator(rekap: Rekap) -> Tabel:
    baris = [
        (satu.jabatan.slug, satu.jabatan.nama, satu.butir.nomor, satu.butir.uraian, satu.ukuran.satuan,
         satu.ukuran.aturan)
        for satu in rekap.lajur
    ]  # fmt: skip
    kolom = [Kolom(nama) for nama in ("JABATAN", "NAMA JABATAN", "NO", "INDIKATOR KINERJA", "SATUAN", "ATURAN")]
    return Tabel("indikator", kolom, baris, ("Indikator", rekap.periode.keterangan))


def _daftar_kantor(rekap: Rekap) -> Tabel:
    baris = [
        (satu.nama, satu.alamat, satu.isi and satu.isi.entri, satu.isi and satu.isi.sidik,
         satu.kendala and satu.kendala.pesan)
        for satu in rekap.kantor
    ]  # fmt: skip
    kolom = [Kolom(nama) for nama in ("KANTOR", "BUKU", "BARIS JURNAL", "SIDIK", "CATATAN")]
    return Tabel("kantor", kolom, baris, ("Kantor", rekap.periode.keterangan))


def _rekap(buku: BukuKerja, rekap: Rekap) -> None:
    kolom = [*_DEPAN, *(judul for lajur in rekap.lajur for judul in _judul_lajur(lajur)), *_BELAKANG]
    tempat = ", ".join(satu for satu in (buku.kantor, rekap.periode.keterangan) if satu)
    tab, ujung = Tab(buku, "rekap", (ungkapan.JUDUL, tempat), [lebar for _, lebar in kolom]), len(kolom) - 1
    tab.judul(0, ungkapan.JUDUL, ujung)
    tab.isi(1, 0, tempat, ujung, **TENGAH)
    _jabatan(tab, rekap)
    tab.kepala(_KEPALA_REKAP, [judul for judul, _ in kolom])
    tab.setinggi(_KEPALA_REKAP, 30)
    akhir = _kantor(tab, rekap) + 1
    for satu in (*(f"Catatan: {satu}" for satu in ungkapan.catatan(rekap)), ungkapan.ATURAN_JUMLAH):
        akhir += 1
        tab.gabung(akhir, 0, ujung, satu)
    tab.tab.freeze_panes(_KEPALA_REKAP + 1, len(_DEPAN))
    tab.tab.autofilter(_KEPALA_REKAP, 0, _KEPALA_REKAP + len(rekap.kantor), ujung)
    tab.tab.repeat_rows(_KEPALA_REKAP - 1, _KEPALA_REKAP)
    tab.tab.print_area(0, 0, akhir, ujung)


def _judul_lajur(lajur: Lajur) -> tuple[tuple[str, int], ...]:
    """The headings of one indicator with their widths: a ratio's parts stand beside it."""
    nomor = lajur.butir.nomor
    bagian = ((f"{nomor} pembilang", 11), (f"{nomor} penyebut", 11)) if lajur.ukuran.penyebut else ()
    return ((f"{nomor} {lajur.ukuran.satuan}", 13), *bagian)


def _jabatan(tab: Tab, rekap: Rekap) -> None:
    """The positions above their columns."""
    tab.kepala(_KEPALA_REKAP - 1, [""] * len(tab.lebar))
    awal = len(_DEPAN)
    for kelompok in rekap.kelompok:
        akhir = awal + sum(len(_judul_lajur(satu)) for satu in kelompok.lajur) - 1
        tab.isi(_KEPALA_REKAP - 1, awal, kelompok.jabatan.nama, akhir, **KEPALA)
        awal = akhir + 1
    tab.setinggi(_KEPALA_REKAP - 1, 45)


def _kantor(tab: Tab, rekap: Rekap) -> int:
    """The offices and their sum; returns the last row."""
    tiada = [TIADA] * sum(len(_judul_lajur(satu)) for satu in rekap.lajur)
    baris: list[Sequence[Sel]] = [
        (urut, satu.nama, *_bagian(satu.isi.angka), satu.isi.entri, ungkapan.sidik_pendek(satu.isi))
        if satu.isi
        else (urut, satu.nama, *tiada, TIADA, TIADA)
        for urut, satu in enumerate(rekap.kantor, 1)
    ]
    baris.append((None, f"JUMLAH ({ungkapan.jumlah_kantor(rekap)})", *_bagian(rekap.jumlah), None, None))
    akhir = _KEPALA_REKAP + len(baris)
    for nomor, isi in enumerate(baris, _KEPALA_REKAP + 1):
        tebal = TEBAL if nomor == akhir else {}
        for kolom, nilai in enumerate(isi):
            tab.sel(nomor, kolom, nilai, **tebal, **({} if kolom == 1 else KANAN))
        tab.tinggikan(nomor, [(isi[1], tab.lebar[1])])
    return akhir


def _bagian(semua: Sequence[Realisasi]) -> Iterator[Sel]:
    for satu in semua:
        yield ungkapan.nilai_realisasi(satu)
        if satu.penyebut is not None:
            yield satu.pembilang
            yield satu.penyebut


# The survey.

_LEBAR = (8, 44, 13, 11, 11, 13, *[9] * 8)
_UJUNG = len(_LEBAR) - 1
_DUA, _TIGA, _EMPAT = ({"num_format": f"0.{'0' * angka}"} for angka in (2, 3, 4))
# A name that COUNTIFS takes as it stands; it would read signs in others as conditions.
_LUGAS = re.compile(r"[^\W\d_][^*?~]{0,200}")
_BOBOT = "$C$5"


def survei_xlsx(laporan: LaporanSurvei, cetakan: Cetakan) -> Iterator[bytes]:
    """The workbook's bytes piece by piece, however many answered; raises AturanDilanggar where they do not fit."""

    def isi(buku: BukuKerja) -> None:
        _Rekap(buku, laporan, tulis_tabel(buku, _data(laporan))).tulis()

    judul = f"Survei Kepuasan Masyarakat, {laporan.nilai.periode.label}"
    return tuang(judul, laporan.tanggal, cetakan, isi)


def _kolom_data(laporan: LaporanSurvei) -> dict[str, int]:
    """Where each field stands on "Data"; the service's number in "Rekap" goes before all."""
    return {nama: urut for urut, nama in enumerate(laporan.jawaban.kolom, 1)}


def _data(laporan: LaporanSurvei) -> Tabel:
    """A row per respondent."""
    kode = {satu.nama: urut for urut, satu in enumerate(laporan.layanan, 1)}
    nilai = {"kepuasan": "Kepuasan"} | {nama: sebut_unsur(nama) for nama in UNSUR}
    lain = {nama: judul for nama, (judul, _) in BIDANG.items()}
    kolom = [
        Kolom(nilai[nama], jenis=Jenis.BILANGAN) if nama in nilai else Kolom(lain.get(nama, nama.capitalize()))
        for nama in _kolom_data(laporan)
    ]
    baris = ((kode[satu[0]], *satu) for satu in laporan.jawaban)
    atas = ("Jawaban survei", laporan.nilai.periode.keterangan)
    return Tabel("Data", [Kolom("Kode layanan", jenis=Jenis.BILANGAN), *kolom], baris, atas)


class _Rekap:
    """The sheet of formulas, written from the top down; ``baris`` is the next row, counted from 0.

    ``data``: where the answers begin and end on "Data".
    """

    def __init__(self, buku: BukuKerja, laporan: LaporanSurvei, data: tuple[int, int]) -> None:
        self.atas = ("REKAPITULASI SURVEI KEPUASAN MASYARAKAT", buku.kantor, laporan.nilai.periode.keterangan)
        self.laporan, self.tab, self.baris = laporan, Tab(buku, "Rekap", self.atas, _LEBAR), 0
        self.kolom = {nama: xl_col_to_name(letak) for nama, letak in _kolom_data(laporan).items()}
        self.awal, self.akhir = data[0] + 1, max(data) + 1

    def tulis(self) -> None:
        """The unit's table, the services side by side, a table each, and the respondents' tables."""
        laporan = self.laporan
        self._kepala()
        unit = self._blok(laporan.unit, "")
        if laporan.berlayanan:
            # The tables behind the summary stand below it, at places that are known beforehand.
            tinggi, awal = len(UNSUR) + 6, self.baris + len(laporan.layanan) + 5
            self._ringkasan([awal + urut * tinggi for urut in range(len(laporan.layanan))], unit)
            for urut, satu in enumerate(laporan.layanan, 1):
                self._blok(satu, f"{self._rentang('A')},{urut}")
        for sebaran in laporan.sebaran:
            self._sebaran(sebaran)

    def _rentang(self, kolom: str) -> str:
        return f"Data!${kolom}${self.awal}:${kolom}${self.akhir}"

    def _kepala(self) -> None:
        hasil = self.laporan.nilai.hasil
        self.tab.judul(0, self.atas[0], _UJUNG)
        for nomor, teks in enumerate(self.atas[1:], 1):
            self.tab.isi(nomor, 0, teks, _UJUNG)
        self.tab.isi(4, 0, "Bobot tiap unsur", 1)
        self.tab.rumus(4, 2, f"={hasil.bobot.replace(',', '.')}", float(hasil.unsur[0].bobot), num_format="0.0000")
        self.baris = 6

    def _blok(self, satu: BarisSurvei, syarat: str) -> int:
        """One table of the nine unsur, of all forms or of those that meet ``syarat``; returns its first row."""
        awal, hasil = self.baris, satu.hasil
        self.tab.isi(awal, 0, satu.nama, _UJUNG, **TEBAL)
        self.tab.kepala(awal + 1, ("KODE", "UNSUR PELAYANAN", "TERJAWAB", "NRR", "NRR × 25", "TERTIMBANG"))
        pertama = awal + 2
        for nomor, unsur in enumerate(hasil.unsur, pertama):
            rata = self._rata(self._rentang(self.kolom[unsur.nama]), syarat, hasil)
            nrr = xl_rowcol_to_cell(nomor, 3)
            self.tab.sel(nomor, 0, unsur.kode)
            self.tab.sel(nomor, 1, unsur.judul)
            self.tab.rumus(nomor, 2, self._terjawab(unsur.nama, syarat), unsur.terjawab)
            self.tab.rumus(nomor, 3, rata, _angka(unsur.rata), **_TIGA)
            self.tab.rumus(nomor, 4, f'=IFERROR(ROUND({nrr}*25,2),"{TIADA}")', _angka(unsur.nilai), **_DUA)
            tertimbang = f'=IFERROR(ROUND({nrr}*{_BOBOT},3),"{TIADA}")'
            self.tab.rumus(nomor, 5, tertimbang, _angka(unsur.tertimbang), **_TIGA)
        self._hasil(pertama, hasil)
        self.baris = pertama + len(UNSUR) + 4
        return awal

    def _hasil(self, pertama: int, hasil: Indeks) -> None:
        """Index, IKM and quality below a table whose rows of unsur begin with ``pertama``."""
        akhir = pertama + len(UNSUR)
        nrr = f"{xl_rowcol_to_cell(pertama, 3)}:{xl_rowcol_to_cell(akhir - 1, 3)}"
        indeks, ikm = (xl_rowcol_to_cell(akhir + urut, 5) for urut in range(2))
        rumus = f'=IF(COUNT({nrr})={len(UNSUR)},SUM({nrr})*{_BOBOT},"{TIADA}")'
        isi: tuple[tuple[str, str, str | float, Sifat], ...] = (
            ("Indeks", rumus, _angka(hasil.pasti), _EMPAT),
            ("IKM (indeks × 25)", _ikm(indeks), _angka(hasil.ikm), _DUA),
            ("Mutu pelayanan", _mutu(ikm), ungkapan.huruf_mutu(hasil.mutu), {}),
        )
        for nomor, (nama, satu, nilai, sifat) in enumerate(isi, akhir):
            self.tab.isi(nomor, 0, nama, 4, **TEBAL)
            self.tab.rumus(nomor, 5, satu, nilai, **TEBAL, **sifat)

    def _ringkasan(self, blok: Sequence[int], unit: int) -> None:
        """The services side by side, each figure that of its own table, and both indices of the unit."""
        laporan, awal = self.laporan, self.baris
        self.tab.isi(awal, 0, "Nilai per layanan (NRR × 25)", _UJUNG, **TEBAL)
        kode = [satu.kode for satu in laporan.nilai.hasil.unsur]
        self.tab.kepala(awal + 1, ("KODE", "LAYANAN", "RESPONDEN", *kode, "IKM", "MUTU"))
        pertama = awal + 2
        semua = [*zip(laporan.layanan, blok, strict=True), (laporan.unit, unit)]
        for urut, (satu, asal) in enumerate(semua, 1):
            nomor = pertama + urut - 1
            jumlah = f"=COUNTIFS({self._rentang('A')},{urut})" if asal != unit else f"=COUNT({self._rentang('A')})"
            self.tab.sel(nomor, 0, urut if asal != unit else None)
            self.tab.sel(nomor, 1, satu.nama)
            self.tab.rumus(nomor, 2, jumlah, satu.responden)
            nilai = [_angka(unsur.nilai) for unsur in satu.hasil.unsur]
            for letak, isi in enumerate(nilai):
                self.tab.rumus(nomor, 3 + letak, f"={xl_rowcol_to_cell(asal + 2 + letak, 4)}", isi, **_DUA)
            ikm, huruf = (xl_rowcol_to_cell(asal + 2 + len(UNSUR) + letak, 5) for letak in (1, 2))
            self.tab.rumus(nomor, 12, f"={ikm}", _angka(satu.hasil.ikm), **TEBAL, **_DUA)
            self.tab.rumus(nomor, 13, f"={huruf}", ungkapan.huruf_mutu(satu.hasil.mutu), **TEBAL)
        self._rata_layanan(pertama + len(semua), blok)
        self.baris = pertama + len(semua) + 2

    def _rata_layanan(self, nomor: int, blok: Sequence[int]) -> None:
        rata = self.laporan.rata
        bernama = [letak for satu, letak in zip(self.laporan.layanan, blok, strict=True) if satu.nama != KOSONG]
        indeks = ",".join(xl_rowcol_to_cell(letak + 2 + len(UNSUR), 5) for letak in bernama)
        self.tab.isi(nomor, 0, rata.nama, 11, **TEBAL)
        rumus = f'=IFERROR(ROUND(AVERAGE({indeks})*25,2),"{TIADA}")'
        self.tab.rumus(nomor, 12, rumus, _angka(rata.ikm), **TEBAL, **_DUA)
        self.tab.rumus(nomor, 13, _mutu(xl_rowcol_to_cell(nomor, 12)), ungkapan.huruf_mutu(rata.mutu), **TEBAL)

    def _sebaran(self, sebaran: Sebaran) -> None:
        self.tab.kepala(self.baris, ("NO", sebaran.judul.upper(), "JUMLAH", "PERSEN"))
        rentang = self._rentang(self.kolom[sebaran.bidang])
        for urut, satu in enumerate(sebaran.golongan, 1):
            nomor = self.baris + urut
            nama, banyak = (xl_rowcol_to_cell(nomor, letak) for letak in (1, 2))
            lugas = _LUGAS.fullmatch(satu.nama)
            jumlah = f"=COUNTIFS({rentang},{nama})" if lugas else f"=SUMPRODUCT(--({rentang}={nama}))"
            self.tab.sel(nomor, 0, urut)
            self.tab.sel(nomor, 1, satu.nama)
            self.tab.rumus(nomor, 2, jumlah, satu.banyak.pembilang)
            persen = f"=ROUND({banyak}*100/COUNT({self._rentang('A')}),2)"
            self.tab.rumus(nomor, 3, persen, _angka(satu.banyak.nilai), **_DUA)
        self.baris += len(sebaran.golongan) + 2

    def _terjawab(self, nama: str, syarat: str) -> str:
        rentang = self._rentang(self.kolom[nama])
        return f'=COUNTIFS({syarat},{rentang},">0")' if syarat else f"=COUNT({rentang})"

    def _rata(self, rentang: str, syarat: str, hasil: Indeks) -> str:
        rata = f"AVERAGEIFS({rentang},{syarat})" if syarat else f"AVERAGE({rentang})"
        desimal = hasil.unsur[0].desimal
        return f'=IFERROR({rata if desimal is None else f"ROUND({rata},{desimal})"},"{TIADA}")'


def _angka(nilai: int | Decimal | Fraction | None) -> str | float:
    """What a formula comes to, as a cell keeps it."""
    return TIADA if nilai is None else float(nilai)


def _ikm(indeks: str) -> str:
    return f'=IF(ISNUMBER({indeks}),ROUND({indeks}*25,2),"{TIADA}")'


def _mutu(ikm: str) -> str:
    """The letter of an index, by the table of the regulation."""
    rumus = f'"{MUTU[-1].huruf}"'
    for satu in reversed(MUTU[:-1]):
        rumus = f'IF({ikm}>={satu.mulai},"{satu.huruf}",{rumus})'
    return f'=IF(ISNUMBER({ikm}),{rumus},"{TIADA}")'
