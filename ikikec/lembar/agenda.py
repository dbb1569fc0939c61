"""The entries of one register as a table on the terminal, and as the printed register."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Nilai
from ikikec.buku.register import Register
from ikikec.tanggal import tanggal_panjang

if TYPE_CHECKING:
    from rich.table import Table

    from ikikec.konfigurasi import Konfigurasi


@dataclass(frozen=True, slots=True)
class Daftar:
    """What a list shows: the entries of a register, read as they are written, and what they were narrowed to."""

    register: Register
    entri: Iterable[Mapping[str, Nilai]]
    konfig: "Konfigurasi"
    saringan: str
    dengan_identitas: bool


def daftar_layar(daftar: Daftar) -> "Table":
    """The register's main columns as a rich console prints them, cancelled entries struck through."""
    from rich.table import Table
    from rich.text import Text

    register = daftar.register
    tabel = Table(box=None, pad_edge=False, header_style="bold")
    for nama in register.ringkas:
        tabel.add_column(nama.replace("_", " "), overflow="fold", no_wrap=nama == "nomor")
    for isi in daftar.entri:
        tertulis = register.tulis(isi)
        gaya = "dim strike" if isi["batal"] else ""
        tabel.add_row(*(Text(bersih(tertulis[nama]), style=gaya) for nama in register.ringkas))
    return tabel


@dataclass(frozen=True, slots=True)
class Agenda:
    """A printed register: its heading, what it was narrowed to, column names, and cells row by row."""

    konfig: "Konfigurasi"
    judul: str
    saringan: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[str, ...], ...]


def susun_agenda(daftar: Daftar) -> Agenda:
    """The entries under the main columns; those that identify citizens, or hold their words, only where asked for."""
    register = daftar.register
    nama = [
        bidang.nama
        for bidang in register.bidang
        if (bidang.nama in register.ringkas or bidang.pribadi)
        and register.boleh_keluar(bidang.nama, diminta=daftar.dengan_identitas)
    ]
    baris = []
    for isi in daftar.entri:
        tertulis = register.tulis(isi) | {
            satu: tanggal_panjang(nilai) for satu, nilai in isi.items() if isinstance(nilai, date)
        }
        tanda = " (batal)" if isi["batal"] else ""
        baris.append(tuple(tertulis[satu] + (tanda if satu == "nomor" else "") for satu in nama))
    return Agenda(
        konfig=daftar.konfig,
        judul=f"Register {register.sebutan}",
        saringan=daftar.saringan,
        kolom=tuple(satu.replace("_", " ") for satu in nama),
        baris=tuple(baris),
    )


def agenda_markdown(daftar: Daftar, templat: Path | None) -> str:
    """The register as Markdown; ``templat`` is the folder of the office's own templates."""
    from ikikec.lembar.templat import isi_templat

    return isi_templat("agenda.md.j2", templat, agenda=susun_agenda(daftar))


def agenda_html(daftar: Daftar, templat: Path | None) -> str:
    """The register as one HTML page for A4 landscape."""
    from ikikec.lembar.templat import isi_templat

    return isi_templat("agenda.html.j2", templat, agenda=susun_agenda(daftar))
