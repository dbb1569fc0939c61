"""A register as it is printed: its rows, how wide each column is, and which rows may go on on the next page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ikikec.konfigurasi import Konfigurasi
from ikikec.lembar.cetakan import Cetakan
from ikikec.lembar.entri import BATAL, Daftar, sebut_jumlah
from ikikec.lembar.templat import isi_templat
from ikikec.tanggal import tanggal_panjang, tanggal_pendek


@dataclass(frozen=True, slots=True)
class Agenda:
    """A printed register: its heading, what it was narrowed to, column names, cells row by row, and how many.

    ``lebar``: the widths of the columns in millimetres, 0 for the one that takes what is left; ``setinggi``: the
    places of the rows that may be as tall as a page.
    """

    konfig: Konfigurasi
    judul: str
    saringan: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[str, ...], ...]
    jumlah: str
    lebar: tuple[int, ...]
    setinggi: frozenset[int]


def susun_agenda(daftar: Daftar, hari: Callable[[date], str]) -> Agenda:
    """The entries under the main columns, dates as ``hari`` writes them.

    Columns that identify citizens, or hold their words, are there only where asked for.
    """
    register = daftar.register
    nama = [
        bidang.nama
        for bidang in register.bidang
        if (bidang.nama in register.ringkas or bidang.pribadi)
        and register.boleh_keluar(bidang.nama, diminta=daftar.dengan_identitas)
    ]
    baris, entri = [], [*daftar.entri]
    for isi in entri:
        tertulis = register.tulis(isi) | {satu: hari(nilai) for satu, nilai in isi.items() if isinstance(nilai, date)}
        tanda = BATAL if isi["batal"] else ""
        baris.append(tuple(tertulis[satu] + (tanda if satu == "nomor" else "") for satu in nama))
    lebar = _lebar(nama, baris)
    return Agenda(
        konfig=daftar.konfig,
        judul=f"Register {register.sebutan}",
        saringan=daftar.saringan,
        kolom=tuple(satu.replace("_", " ") for satu in nama),
        baris=tuple(baris),
        jumlah=sebut_jumlah(entri),
        lebar=lebar,
        setinggi=_setinggi(baris, lebar),
    )


# A cell of so many letters is short; the millimetres that a letter takes, a column's edges, all short ones may, a
# long one must, and the narrowest paper has. Lines that a page has.
_PENDEK, _HURUF, _TEPI, _RUANG, _TERSEMPIT, _KERTAS, _BARIS = 17, 2.05, 4, 130, 20, 244, 38


def _lebar(judul: Sequence[str], baris: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """Millimetres for each column, 0 for the one with most letters, which takes what is left of the paper.

    Short texts stay on a line; where that leaves too little, only their longest words stay whole, then none.
    """
    # Headings are bold, hence wider; what is said behind a number may stand below it.
    sel = [
        [f"{nama.replace('_', ' ')}xx", *(satu[letak].removesuffix(BATAL) for satu in baris)]
        for letak, nama in enumerate(judul)
    ]
    panjang = [letak for letak, isi in enumerate(sel) if max(map(len, isi)) > _PENDEK]
    panjang.sort(key=lambda letak: sum(map(len, sel[letak])))
    utuh = [0 if letak in panjang else _milimeter(isi) for letak, isi in enumerate(sel)]
    if sum(utuh) > _RUANG:
        utuh = [min(satu, _milimeter(" ".join(isi).split(" "))) for satu, isi in zip(utuh, sel, strict=True)]
    skala = min(1, (_KERTAS - _TERSEMPIT * len(panjang)) / max(1, sum(utuh)))
    lebar = [int(satu * skala) for satu in utuh]
    bagian = 2 * (_KERTAS - sum(lebar)) // (2 * len(panjang) + 1)
    return tuple(bagian if letak in panjang[:-1] else satu for letak, satu in enumerate(lebar))


def _milimeter(teks: Iterable[str]) -> int:
    return round(max(map(len, teks)) * _HURUF + _TEPI)


def _setinggi(baris: Sequence[tuple[str, ...]], lebar: Sequence[int]) -> frozenset[int]:
    muat = [_BARIS * (satu or _KERTAS - sum(lebar)) / _HURUF for satu in lebar]
    return frozenset(
        urut for urut, isi in enumerate(baris) if any(len(sel) > m for sel, m in zip(isi, muat, strict=True))
    )


def agenda_markdown(daftar: Daftar, cetakan: Cetakan) -> str:
    """The register as Markdown, printed as ``cetakan`` says."""
    return isi_templat("agenda.md.j2", cetakan, agenda=susun_agenda(daftar, tanggal_panjang))


def agenda_html(daftar: Daftar, cetakan: Cetakan) -> str:
    """The register as one HTML page on its side; no date is broken."""
    return isi_templat(
        "agenda.html.j2", cetakan, agenda=susun_agenda(daftar, lambda hari: tanggal_pendek(hari).replace(" ", "\xa0"))
    )
