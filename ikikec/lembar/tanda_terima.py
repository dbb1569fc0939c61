"""The slip a citizen takes home: office, number, date, matter, deadline, whom to ask. It names nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.register import Register
from ikikec.konfigurasi import Konfigurasi
from ikikec.lembar.templat import isi_templat


@dataclass(frozen=True, slots=True)
class TandaTerima:
    """What stands on the slip; ``petugas`` recorded the entry and is whom to ask."""

    konfig: Konfigurasi
    layanan: str
    nomor: str
    tanggal: date
    pokok: str
    batas: date | None
    petugas: str
    batal: bool


def susun_tanda_terima(
    register: Register, isi: Mapping[str, Nilai], petugas: str, konfig: Konfigurasi, *, dengan_identitas: bool
) -> TandaTerima:
    """The slip of one entry; ``petugas`` is the clerk of its first journal line.

    Words that may not leave the office unasked are told by what the entry is: its coded words.
    """
    tanggal, batas = isi["tanggal"], isi.get("batas")
    assert isinstance(tanggal, date)
    pokok = [register.pokok]
    if not register.boleh_keluar(register.pokok, diminta=dengan_identitas):
        pokok = [nama for nama in register.ringkas if register[nama].jenis is Jenis.PILIHAN]
    return TandaTerima(
        konfig=konfig,
        layanan=register.sebutan,
        nomor=str(isi["nomor"]),
        tanggal=tanggal,
        pokok=", ".join(str(isi[nama]) for nama in pokok if isi[nama]) or "–",
        batas=batas if isinstance(batas, date) else None,
        petugas=petugas,
        batal=isi["batal"] is True,
    )


def cetak_tanda_terima(slip: TandaTerima, templat: Path | None, *, html: bool) -> str:
    """The slip as HTML that prints on half a page, or as Markdown."""
    nama = "tanda-terima.{}.j2".format("html" if html else "md")
    return isi_templat(nama, templat, slip=slip)
