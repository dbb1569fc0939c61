"""A register as a printable table under the office's heading, in HTML and Markdown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register
from ikikec.konfigurasi import Konfigurasi
from ikikec.lembar.templat import isi_templat
from ikikec.tanggal import tanggal_panjang


@dataclass(frozen=True, slots=True)
class Agenda:
    """A printed register: its heading, what it was narrowed to, column names, and cells row by row."""

    konfig: Konfigurasi
    judul: str
    saringan: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[str, ...], ...]


def susun_agenda(
    register: Register,
    entri: Iterable[Mapping[str, Nilai]],
    konfig: Konfigurasi,
    saringan: str,
    *,
    dengan_identitas: bool,
) -> Agenda:
    """The entries under the main columns; those that identify citizens, or hold their words, only where asked for."""
    nama = [
        bidang.nama
        for bidang in register.bidang
        if (bidang.nama in register.ringkas or bidang.pribadi)
        and register.boleh_keluar(bidang.nama, diminta=dengan_identitas)
    ]
    baris = []
    for isi in entri:
        tertulis = register.tulis(isi) | {
            satu: tanggal_panjang(nilai) for satu, nilai in isi.items() if isinstance(nilai, date)
        }
        tanda = " (batal)" if isi["batal"] else ""
        baris.append(tuple(tertulis[satu] + (tanda if satu == "nomor" else "") for satu in nama))
    return Agenda(
        konfig=konfig,
        judul=f"Register {register.sebutan}",
        saringan=saringan,
        kolom=tuple(satu.replace("_", " ") for satu in nama),
        baris=tuple(baris),
    )


def cetak_agenda(agenda: Agenda, templat: Path | None, *, html: bool) -> str:
    """The register as one HTML page for A4 landscape, or as Markdown."""
    nama = "agenda.{}.j2".format("html" if html else "md")
    return isi_templat(nama, templat, agenda=agenda)
