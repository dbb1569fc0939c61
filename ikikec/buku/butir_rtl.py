"""A line of the survey's follow-up plan (RTL) as data: its fields and its number. Needs no third party."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ikikec.buku.bidang import Bidang, Jenis
from ikikec.galat import NilaiSalah, Pelanggaran, kutip
from ikikec.istilah import UNSUR, sebut_unsur
from ikikec.periode import Periode
from ikikec.tanggal import tanggal_panjang

RENCANA = (
    Bidang("unsur", "unsur yang diperbaiki", Jenis.PILIHAN, wajib=True, kata=tuple(UNSUR)),
    Bidang("rencana", "apa yang akan dilakukan", wajib=True),
    Bidang("penanggung_jawab", "jabatan yang mengerjakan", wajib=True),
    Bidang("tenggat", "paling lambat selesai", Jenis.TANGGAL, wajib=True),
)
# What became of it; a date and what was done stand together.
PELAKSANAAN = (
    Bidang("tanggal_selesai", "tanggal selesai dilaksanakan", Jenis.TANGGAL),
    Bidang("keterangan", "apa yang sudah dilakukan"),
    Bidang("bukti", "buktinya: nomor surat, foto, tautan"),
)
BIDANG = {satu.nama: satu for satu in (*RENCANA, *PELAKSANAAN)}
AWALAN = "RTL-"
_NOMOR = re.compile(r"RTL-\d{4}[\d.TS-]*-[1-9]\d{0,8}")


@dataclass(frozen=True, slots=True)
class ButirRtl:
    """One line of the plan made of a survey of ``periode``; the number is blank before it has one."""

    nomor: str
    periode: Periode
    unsur: str
    rencana: str
    penanggung_jawab: str
    tenggat: date
    tanggal_selesai: date | None = None
    keterangan: str | None = None
    bukti: str | None = None
    berlaku: bool = True

    @property
    def judul_unsur(self) -> str:
        """The unsur as reports call it: ``U3 Waktu Penyelesaian``."""
        return sebut_unsur(self.unsur)

    def terlaksana(self, hari: date) -> bool:
        """Whether it was carried out by the end of ``hari``."""
        return self.tanggal_selesai is not None and self.tanggal_selesai <= hari

    def langgar(self, hari_ini: date) -> Iterator[Pelanggaran]:
        """What is wrong with it."""
        awal = self.periode.awal
        for nama in ("tenggat", "tanggal_selesai"):
            hari: date | None = getattr(self, nama)
            if hari is not None and hari < awal:
                yield Pelanggaran(
                    nama, f"{tanggal_panjang(hari)} mendahului periode surveinya ({self.periode.label})"
                )
        if self.tanggal_selesai is not None and self.tanggal_selesai > hari_ini:
            yield Pelanggaran("tanggal_selesai", f"{tanggal_panjang(self.tanggal_selesai)} ada di masa depan")
        if (self.tanggal_selesai is None) != (self.keterangan is None):
            kurang = "keterangan" if self.keterangan is None else "tanggal_selesai"
            yield Pelanggaran(kurang, "tanggal_selesai dan keterangan diisi bersama")
        elif self.tanggal_selesai is None and self.bukti is not None:
            yield Pelanggaran("bukti", "hanya untuk rencana yang sudah dilaksanakan")


def baca_nomor_rtl(teks: str) -> str:
    """The number of a plan line as it is typed, ``rtl-2026-1``; raises NilaiSalah where it is none."""
    nomor = teks.strip().upper()
    if not _NOMOR.fullmatch(nomor):
        raise NilaiSalah(f"{kutip(teks)} bukan nomor rencana tindak lanjut; contoh: RTL-2026-1, RTL-2026-S1-2")
    return nomor
