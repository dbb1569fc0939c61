"""Several offices on the terminal: a row each, the columns in as many tables as its width asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ikikec.bahasa import angka, bersih
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.rekap import Lajur, Rekap
from ikikec.lembar.rekap import ATURAN_JUMLAH, JUDUL, catatan, jumlah_kantor, sidik_pendek
from ikikec.lembar.ungkapan import TIADA, realisasi
from ikikec.tanggal import tanggal_panjang

_JARAK = 2
# The least room an office's name is given, however narrow the terminal.
_NAMA_TERSEMPIT = 12


@dataclass(frozen=True, slots=True)
class _Kolom:
    """A column: its heading, a cell per office, and what stands in the row of the sum."""

    judul: str
    sel: tuple[str, ...]
    jumlah: str

    @property
    def lebar(self) -> int:
        """How many letters its longest line has."""
        return max(len(baris) for teks in (self.judul, *self.sel, self.jumlah) for baris in teks.split("\n"))


def susun_rekap_layar(rekap: Rekap) -> Group:
    """The table as something a rich console prints, what its columns mean below it."""
    kabupaten = f"Kabupaten {bersih(rekap.kabupaten)} · " if rekap.kabupaten else ""
    bagian: list[RenderableType] = [
        Rule(Text(JUDUL, style="bold")),
        Text(f"{kabupaten}Periode: {rekap.periode.label} · {jumlah_kantor(rekap)}\n"),
        _Tabel(rekap),
        *(Text(f"Catatan: {satu}", style="bold") for satu in catatan(rekap)),
        Text(""),
        _keterangan(rekap.lajur),
        Text(f"\n{ATURAN_JUMLAH}", style="dim"),
        Text(f"Disusun {tanggal_panjang(rekap.tanggal)}", style="dim"),
    ]
    return Group(*bagian)


def _keterangan(lajur: Sequence[Lajur]) -> Table:
    tabel = Table.grid(padding=(0, _JARAK))
    for satu in lajur:
        tabel.add_row(
            Text(f"{satu.jabatan.slug} {satu.butir.nomor}"), Text(f"{satu.butir.uraian} ({satu.ukuran.satuan})")
        )
    return tabel


@dataclass(frozen=True, slots=True)
class _Tabel:
    """The offices' figures; a terminal too narrow for all columns gets several tables, each with all offices."""

    rekap: Rekap

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        semua = _kolom(self.rekap)
        nama = _Kolom("kantor", tuple(satu.nama for satu in self.rekap.kantor), "JUMLAH")
        lebar_nama = min(nama.lebar, max(_NAMA_TERSEMPIT, options.max_width // 4))
        for urut, isi in enumerate(_bagi(semua, options.max_width - lebar_nama)):
            if urut:
                yield Text("")
            yield _tabel(nama, lebar_nama, isi)


def _kolom(rekap: Rekap) -> list[_Kolom]:
    jumlah = rekap.jumlah
    angka_kantor = [
        _Kolom(
            _judul(lajur),
            tuple(_sel(satu.isi.angka[letak]) if satu.isi else TIADA for satu in rekap.kantor),
            _sel(jumlah[letak]),
        )
        for letak, lajur in enumerate(rekap.lajur)
    ]
    buku = tuple(f"{angka(satu.isi.entri)} {sidik_pendek(satu.isi)}" if satu.isi else TIADA for satu in rekap.kantor)
    return [*angka_kantor, _Kolom("buku: baris\njurnal, sidik", buku, "")]


def _judul(lajur: Lajur) -> str:
    """Position, number and unit under each other, a long name broken at its hyphens."""
    return "\n".join((lajur.jabatan.slug.replace("-", "-\n"), lajur.butir.nomor, lajur.ukuran.satuan))


def _sel(satu: Realisasi) -> str:
    return "tidak ada\ndata" if satu.nilai is None else realisasi(satu)


def _bagi(kolom: Sequence[_Kolom], lebar: int) -> Iterator[list[_Kolom]]:
    """The columns in groups that are no wider than ``lebar``, or of one column where that alone is."""
    isi: list[_Kolom] = []
    for satu in kolom:
        if isi and sum(lain.lebar + _JARAK for lain in (*isi, satu)) > lebar:
            yield isi
            isi = []
        isi.append(satu)
    yield isi


def _tabel(nama: _Kolom, lebar_nama: int, kolom: Sequence[_Kolom]) -> Table:
    tabel = Table(box=None, pad_edge=False, header_style="bold", show_footer=True, footer_style="bold")
    tabel.add_column(Text(nama.judul), Text(nama.jumlah), width=lebar_nama, overflow="fold", vertical="bottom")
    for satu in kolom:
        tabel.add_column(Text(satu.judul), Text(satu.jumlah), justify="right", vertical="bottom")
    for letak, sebutan in enumerate(nama.sel):
        tabel.add_row(Text(sebutan), *(Text(satu.sel[letak]) for satu in kolom))
    return tabel
