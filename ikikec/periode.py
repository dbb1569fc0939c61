"""Reporting periods: the grammar users type, and the labels an office writes above a sheet. Pure.

Inside, a period is half open: ``awal <= tanggal < sesudah``. Outside, both ends are included.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ikikec.galat import NilaiSalah
from ikikec.tanggal import BULAN, baca_bulan, baca_tanggal, tahun_wajar, tanggal_panjang, tanggal_pendek

ROMAWI = ("I", "II", "III", "IV")
# The parts of a year that have a name, by how many months each has.
_BAGIAN = {3: "Triwulan", 6: "Semester", 12: "Tahun"}
_SATUAN = {"bulan": 1} | {nama.lower(): panjang for panjang, nama in _BAGIAN.items()}
KATA = tuple(f"{satuan}-{kapan}" for satuan in _SATUAN for kapan in ("ini", "lalu"))
_BERKODE = re.compile(r"(\d{4})(?:-(\d{2}|t[1-4]|s[12]))?", re.ASCII)
_CONTOH = (
    "2026-10, oktober 2026, 2026-T3, tw3 2026, 2026-S1, semester 1 2026, 2026, 2026-01..2026-03,"
    " 2026-10-01..2026-10-15, atau bulan-lalu"
)
# Periods in words; a year that is left out is the latest in which the period has begun.
_BERNAMA = re.compile(r"([a-z]+)(?: (\d{4}))?", re.ASCII)
_BULAN_TAHUN = re.compile(r"(\d{1,2})[/.-](\d{4})", re.ASCII)
_BERURUT = re.compile(r"(tw|triwulan|smt|semester) ?([1-4]|i{1,3}|iv)(?: (\d{4}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Periode:
    """Days from ``awal`` to ``akhir``, both included, with the label an office writes for them.

    ``sampai``: the day up to which a report of a period that is not over yet can tell; None where it is over.
    """

    awal: date
    akhir: date
    label: str
    sampai: date | None = field(default=None, compare=False)

    def pada(self, hari_ini: date) -> "Periode":
        """The same as a report made on ``hari_ini`` tells of it."""
        return replace(self, sampai=hari_ini) if self.akhir >= hari_ini else self

    @property
    def keterangan(self) -> str:
        """The label, and that the period is not over where it is not."""
        if self.sampai is None:
            return self.label
        return f"{self.label} (sampai {tanggal_panjang(self.sampai)}; periode belum berakhir)"

    @property
    def bagian(self) -> str:
        """The label, and up to which day where the period is not over: what its figures are a part of."""
        return self.label if self.sampai is None else f"{self.label} (s.d. {tanggal_pendek(self.sampai)})"

    @property
    def sesudah(self) -> date:
        """The first day after the period."""
        return self.akhir + timedelta(days=1)

    def memuat(self, hari: date) -> bool:
        """Whether ``hari`` lies in the period."""
        return self.awal <= hari <= self.akhir

    @property
    def hari(self) -> int:
        """How many days it has."""
        return (self.sesudah - self.awal).days

    @property
    def bulan(self) -> int:
        """How many months it is made of; 0 where it does not begin and end with one."""
        if self.awal.day != 1 or self.sesudah.day != 1:
            return 0
        return _indeks(self.sesudah) - _indeks(self.awal)

    @property
    def bagian_tahun(self) -> bool:
        """Whether it is a quarter, a half year or a year of the calendar."""
        return _berbagian(self.awal, self.bulan)

    @property
    def kode(self) -> str:
        """Its shortest written form (``2026-10``, ``2026-T3``, ``2026``), the same for the same days."""
        if self.bulan == 1:
            return f"{self.awal:%Y-%m}"
        if self.bagian_tahun:
            urut = f"-{_BAGIAN[self.bulan][0]}{(self.awal.month - 1) // self.bulan + 1}"
            return f"{self.awal:%Y}{'' if self.bulan == 12 else urut}"
        pola = "%Y-%m" if self.bulan else "%Y-%m-%d"
        return f"{self.awal:{pola}}..{self.akhir:{pola}}"

    def sebelumnya(self) -> "Periode":
        """The period of the same length just before it: months before months, days before days.

        Raises NilaiSalah where it would begin before the first year a ledger takes.
        """
        if self.bulan:
            return self._geser(-self.bulan)
        awal = self.awal - timedelta(days=self.hari)
        tahun_wajar(awal.year)
        return periode_hari(awal, self.awal - timedelta(days=1))

    def tahun_lalu(self) -> "Periode":
        """The same months, or days, of the year before; 29 February becomes the 28th."""
        if self.bulan:
            return self._geser(-12)
        return periode_hari(_setahun_lalu(self.awal), _setahun_lalu(self.akhir))

    def _geser(self, bulan: int) -> "Periode":
        """As many months, moved by ``bulan``; a span that was typed as one keeps being called so."""
        indeks = _indeks(self.awal) + bulan
        tahun_wajar(indeks // 12)
        lain = _bulan_ke(indeks, self.bulan)
        rentang = self.label == _label_rentang_bulan(self.awal, self.akhir)
        return replace(lain, label=_label_rentang_bulan(lain.awal, lain.akhir)) if rentang else lain


def _indeks(hari: date) -> int:
    """The months since the year 0."""
    return hari.year * 12 + hari.month - 1


def _bulan_ke(indeks: int, panjang: int) -> Periode:
    awal, sesudah = (date(satu // 12, satu % 12 + 1, 1) for satu in (indeks, indeks + panjang))
    akhir = sesudah - timedelta(days=1)
    if not _berbagian(awal, panjang):
        return Periode(awal, akhir, _label_rentang_bulan(awal, akhir))
    urut = "" if panjang == 12 else f"{ROMAWI[(awal.month - 1) // panjang]} "
    return Periode(awal, akhir, f"{_BAGIAN[panjang]} {urut}{awal.year}")


def _berbagian(awal: date, panjang: int) -> bool:
    """Whether so many months from there are a part of a year with a name of its own."""
    return panjang in _BAGIAN and (awal.month - 1) % panjang == 0


def _setahun_lalu(hari: date) -> date:
    kabisat = (hari.month, hari.day) == (2, 29)
    return hari.replace(year=hari.year - 1, day=28 if kabisat else hari.day)


def periode_hari(awal: date, akhir: date) -> Periode:
    """The period from ``awal`` to ``akhir``, called by its months where it is made of such."""
    periode = Periode(awal, akhir, _label_hari(awal, akhir))
    return _bulan_ke(_indeks(awal), periode.bulan) if periode.bulan else periode


def dua_belas_bulan(akhir: date) -> Periode:
    """The twelve months that end with the month of ``akhir``."""
    return _bulan_ke(_indeks(akhir) - 11, 12)


def periode_bulan(tahun: int, bulan: int, panjang: int) -> Periode:
    """The ``panjang`` months that begin with month ``bulan`` (1 to 12) of ``tahun``."""
    return _bulan_ke(tahun * 12 + bulan - 1, panjang)


def bulan_bulan(periode: Periode) -> list[Periode]:
    """The months a period is made of; raises NilaiSalah where it does not begin and end with one."""
    if not periode.bulan:
        raise NilaiSalah(f"{periode.label} bukan bulan utuh; tulis misalnya 2026-10, 2026-T3, atau bulan-lalu")
    return [_bulan_ke(_indeks(periode.awal) + urut, 1) for urut in range(periode.bulan)]


def _label_rentang_bulan(awal: date, akhir: date) -> str:
    ujung = f"{BULAN[akhir.month - 1]} {akhir.year}"
    if (awal.year, awal.month) == (akhir.year, akhir.month):
        return ujung
    tahun = "" if awal.year == akhir.year else f" {awal.year}"
    return f"{BULAN[awal.month - 1]}{tahun}–{ujung}"


def _label_hari(awal: date, akhir: date) -> str:
    ujung = tanggal_panjang(akhir)
    if awal == akhir:
        return ujung
    if (awal.year, awal.month) == (akhir.year, akhir.month):
        return f"{awal.day}–{ujung}"
    pangkal = f"{awal.day} {BULAN[awal.month - 1]}" if awal.year == akhir.year else tanggal_panjang(awal)
    return f"{pangkal}–{ujung}"


def baca_periode(teks: str, hari_ini: date) -> Periode:
    """Read a period as users type it; the words (``bulan-lalu`` …) count from ``hari_ini``.

    Raises NilaiSalah, showing the known forms, where ``teks`` is none of them or ends before it begins.
    """
    bersih = " ".join(teks.lower().split())
    if bersih.replace(" ", "-") in KATA:
        return _periode_kata(bersih.replace(" ", "-"), hari_ini)
    if ".." in bersih:
        return _periode_rentang(bersih)
    return _periode_ketikan(bersih, hari_ini) or _periode_bulanan(bersih.removeprefix("tahun "))


def _periode_kata(kata: str, hari_ini: date) -> Periode:
    satuan, letak = kata.split("-")
    panjang = _SATUAN[satuan]
    indeks = _indeks(hari_ini) // panjang * panjang
    return _bulan_ke(indeks - panjang if letak == "lalu" else indeks, panjang)


def _periode_ketikan(teks: str, hari_ini: date) -> Periode | None:
    """A month or a part of the year in words; None where ``teks`` is neither."""
    bernama, angka, bagian = (pola.fullmatch(teks) for pola in (_BERNAMA, _BULAN_TAHUN, _BERURUT))
    if bagian:
        nomor = ROMAWI.index(bagian[2].upper()) + 1 if bagian[2].isalpha() else int(bagian[2])
        panjang = 3 if bagian[1].startswith("t") else 6
        return _terakhir(bagian[3], (nomor - 1) * panjang + 1, panjang, hari_ini) if nomor * panjang <= 12 else None
    if angka and 1 <= int(angka[1]) <= 12:
        return _terakhir(angka[2], int(angka[1]), 1, hari_ini)
    bulan = baca_bulan(bernama[1]) if bernama else None
    return _terakhir(bernama[2], bulan, 1, hari_ini) if bernama and bulan else None


def _terakhir(tahun: str | None, bulan: int, panjang: int, hari_ini: date) -> Periode:
    terakhir = hari_ini.year - (bulan > hari_ini.month)
    return periode_bulan(terakhir if tahun is None else tahun_wajar(int(tahun)), bulan, panjang)


def _periode_bulanan(teks: str) -> Periode:
    cocok = _BERKODE.fullmatch(teks)
    if cocok is None:
        raise NilaiSalah(f"periode {teks!r} tidak dikenali; contoh: {_CONTOH}")
    tahun, bagian = tahun_wajar(int(cocok[1])), cocok[2]
    if bagian is None:
        return periode_bulan(tahun, 1, 12)
    panjang = {"t": 3, "s": 6}.get(bagian[0], 1)
    nomor = int(bagian.lstrip("ts"))
    if not 1 <= nomor <= 12:
        raise NilaiSalah(f"periode {teks}: tidak ada bulan {bagian}; tulis 01 sampai 12")
    return periode_bulan(tahun, (nomor - 1) * panjang + 1, panjang)


def _periode_rentang(teks: str) -> Periode:
    pangkal, _, ujung = (bagian.strip() for bagian in teks.partition(".."))
    if len(pangkal) == len(ujung) == len("2026-10"):
        awal, akhir = _periode_bulanan(pangkal).awal, _periode_bulanan(ujung).akhir
        periode = Periode(awal, akhir, _label_rentang_bulan(awal, akhir))
    else:
        awal, akhir = baca_tanggal(pangkal), baca_tanggal(ujung)
        periode = Periode(awal, akhir, _label_hari(awal, akhir))
    if periode.akhir < periode.awal:
        raise NilaiSalah(f"periode {teks}: akhirnya mendahului awalnya; tulis yang lebih awal di depan")
    return periode
