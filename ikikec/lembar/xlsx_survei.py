"""The survey as a workbook that offices work with: "Data", a row per respondent, and "Rekap" in formulas over it.

What a formula comes to is written beside it, so that a program that computes nothing shows the same.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from ikikec.buku.bidang import Jenis
from ikikec.buku.register import SURVEI
from ikikec.istilah import UNSUR, sebut_unsur
from ikikec.kinerja.ikm import LaporanSurvei
from ikikec.kinerja.indeks import MUTU, Indeks
from ikikec.kinerja.sebaran import BIDANG, KOSONG, BarisSurvei, Sebaran
from ikikec.lembar.buku_kerja import TEBAL, BukuKerja, Sifat, Tab, tuang, tulis_tabel
from ikikec.lembar.cetakan import Cetakan
from ikikec.lembar.tabel import Kolom, Tabel
from ikikec.lembar.ungkapan import TIADA, huruf_mutu

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


def _judul_data(nama: str) -> str:
    if nama in UNSUR:
        return sebut_unsur(nama)
    return BIDANG[nama][0] if nama in BIDANG else SURVEI[nama].nama.capitalize()


def _data(laporan: LaporanSurvei) -> Tabel:
    """A row per respondent."""
    kode = {satu.nama: urut for urut, satu in enumerate(laporan.layanan, 1)}
    kolom = [
        Kolom(_judul_data(nama), jenis=Jenis.BILANGAN if nama == "kepuasan" or nama in UNSUR else Jenis.TEKS)
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
            ("Mutu pelayanan", _mutu(ikm), huruf_mutu(hasil.mutu), {}),
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
            self.tab.rumus(nomor, 13, f"={huruf}", huruf_mutu(satu.hasil.mutu), **TEBAL)
        self._rata_layanan(pertama + len(semua), blok)
        self.baris = pertama + len(semua) + 2

    def _rata_layanan(self, nomor: int, blok: Sequence[int]) -> None:
        rata = self.laporan.rata
        bernama = [letak for satu, letak in zip(self.laporan.layanan, blok, strict=True) if satu.nama != KOSONG]
        indeks = ",".join(xl_rowcol_to_cell(letak + 2 + len(UNSUR), 5) for letak in bernama)
        self.tab.isi(nomor, 0, rata.nama, 11, **TEBAL)
        rumus = f'=IFERROR(ROUND(AVERAGE({indeks})*25,2),"{TIADA}")'
        self.tab.rumus(nomor, 12, rumus, _angka(rata.ikm), **TEBAL, **_DUA)
        self.tab.rumus(nomor, 13, _mutu(xl_rowcol_to_cell(nomor, 12)), huruf_mutu(rata.mutu), **TEBAL)

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
