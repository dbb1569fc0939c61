"""A sheet on the terminal: what the section head checks before it is printed."""

import io
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ikikec.bahasa import angka, bersih, titik_titik
from ikikec.kinerja.bukti import BarisBukti, Rincian
from ikikec.kinerja.hitung import Titik
from ikikec.kinerja.susun import Indikator, Laporan
from ikikec.lembar.grafik import PERCIK, PERCIK_ASCII, percik
from ikikec.lembar.ungkapan import (
    angka_realisasi,
    asal_target,
    capaian,
    jumlah,
    perihal,
    realisasi,
    selisih,
    target,
)
from ikikec.tanggal import bulan_pendek, tanggal_panjang, tanggal_pendek


def susun_layar(laporan: Laporan) -> Group:
    """The sheet as something a rich console prints; duties are left to the printed forms."""
    bagian: list[RenderableType] = [
        Rule(Text("INDIKATOR KINERJA INDIVIDU", style="bold")),
        Text(f"Jabatan: {laporan.jabatan.nama}"),
        Text(f"Periode: {laporan.periode.label}\n"),
        _tabel(laporan),
        *_banding(laporan),
        *_tren(laporan),
        *_rincian(laporan),
        Text("\nTugas, fungsi, dan tanda tangan ada di lembar cetak: tambahkan -o lembar.html", style="dim"),
        Text(
            f"Tempat dan tanggal tanda tangan: {titik_titik(laporan.tempat)}, {tanggal_panjang(laporan.tanggal)}",
            style="dim",
        ),
        Text(f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}", style="dim"),
    ]
    return Group(*bagian)


def teks_layar(laporan: Laporan) -> str:
    """The same as plain text, for a file."""
    return teks_polos(susun_layar(laporan))


def teks_polos(isi: RenderableType, lebar: int = 100) -> str:
    """What a rich console would print, as plain text."""
    sasaran = io.StringIO()
    Console(file=sasaran, width=lebar, markup=False, emoji=False, highlight=False).print(isi)
    return sasaran.getvalue()


def _tabel(laporan: Laporan) -> Table:
    tabel = Table(show_lines=True, expand=True)
    tabel.add_column("No.", no_wrap=True)
    tabel.add_column("Sasaran kinerja", ratio=3)
    tabel.add_column("Indikator kinerja", ratio=4)
    tabel.add_column("Realisasi", justify="right", min_width=13)
    for sasaran in laporan.sasaran:
        for urut, indikator in enumerate(sasaran.indikator):
            tabel.add_row(
                Text(indikator.butir.nomor),
                Text("" if urut else sasaran.uraian),
                _penjelasan(indikator),
                _angka(indikator).append(_target(laporan, indikator)),
            )
    return tabel


def _target(laporan: Laporan, indikator: Indikator) -> Text:
    """Target and achievement below the figure: columns of their own would leave no room for words."""
    if indikator.target is None:
        return Text()
    asal = asal_target(indikator.target, laporan.periode)
    asal = f"\n({asal})" if asal else ""
    return Text(f"\ntarget {target(indikator.target)}{asal}\ncapaian {capaian(indikator.capaian)}", style="not bold")


def _penjelasan(indikator: Indikator) -> Text:
    butir = indikator.butir
    teks = Text(butir.uraian, style="bold").append(f"\n{butir.formulasi}", style="not bold italic")
    return teks.append(f"\n{indikator.ukuran.aturan}\nSumber: {butir.sumber}", style="not bold dim")


def _angka(indikator: Indikator) -> Text:
    hasil = indikator.realisasi
    teks = Text(realisasi(hasil), style="bold")
    if hasil.penyebut is not None:
        teks.append(f"\n({angka(hasil.pembilang)} dari {angka(hasil.penyebut)})", style="not bold")
    else:
        teks.append(f"\n{indikator.ukuran.satuan}", style="not bold")
    return teks


def _judul(teks: str) -> Text:
    return Text(f"\n{teks}", style="bold")


def _sebutan(indikator: Indikator) -> str:
    return f"{indikator.butir.nomor} {indikator.butir.uraian}"


def _banding(laporan: Laporan) -> list[RenderableType]:
    isi = [(satu, satu.banding.kolom) for satu in laporan.indikator if satu.banding is not None]
    if not isi:
        return []
    tabel = Table(title="\nPerbandingan", title_justify="left", title_style="bold")
    tabel.add_column("No.", no_wrap=True)
    tabel.add_column(laporan.periode.label, justify="right")
    for lama in isi[0][1]:
        tabel.add_column(lama.periode.label, justify="right")
        tabel.add_column("Selisih", justify="right", no_wrap=True)
    for satu, kolom in isi:
        lain = [kata for lama in kolom for kata in (angka_realisasi(lama.realisasi), selisih(lama))]
        tabel.add_row(*map(Text, (satu.butir.nomor, angka_realisasi(satu.realisasi), *lain)))
    return [tabel]


@dataclass(frozen=True, slots=True)
class _Percik:
    """A trend in one line; in plain letters where the terminal's encoding has no blocks."""

    titik: tuple[Titik, ...]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        garis = percik(self.titik, PERCIK_ASCII if options.ascii_only else PERCIK)
        awal, akhir = (bulan_pendek(satu.bulan.awal) for satu in (self.titik[0], self.titik[-1]))
        nilai = "; ".join(angka_realisasi(satu.realisasi) for satu in self.titik)
        yield Text(f"{awal} [{garis}] {akhir}: {nilai}")


def _tren(laporan: Laporan) -> list[RenderableType]:
    isi: list[RenderableType] = []
    for satu in laporan.indikator:
        if satu.tren is not None:
            isi += [_judul(f"Tren {_sebutan(satu)}"), _Percik(satu.tren)]
    return isi


def _rincian(laporan: Laporan) -> list[RenderableType]:
    """Plain lines: a table would measure every cell of what may be a year's respondents."""
    isi: list[RenderableType] = []
    for satu in laporan.indikator:
        if satu.rincian is not None:
            rincian = satu.rincian
            isi.append(_judul(_sebutan(satu)))
            isi += [_baris(rincian, baris, f"nilai {angka(baris.nilai)}") for baris in rincian.bukti]
            isi.append(Text(f"Jumlah: {jumlah(rincian, satu.ukuran)}" if rincian.bukti else "tidak ada"))
            if rincian.luput:
                isi.append(Text("Tidak terhitung:", style="bold"))
                isi += [_baris(rincian, baris) for baris in rincian.luput]
    return isi


def _baris(rincian: Rincian, baris: BarisBukti, nilai: str = "") -> Text:
    bagian = [
        perihal(baris),
        baris.nama if rincian.bernama else None,
        f"batas {tanggal_pendek(baris.batas)}" if baris.batas else None,
        baris.hasil,
        nilai,
    ]
    isi = " | ".join(satu for satu in bagian if satu)
    return Text(f"{baris.nomor}  {tanggal_pendek(baris.tanggal):>11}  {bersih(isi)}")
