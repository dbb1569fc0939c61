"""A sheet on the terminal: what the section head checks before it is printed."""

import io

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ikikec.bahasa import angka
from ikikec.kinerja.hitung import Indikator, Laporan
from ikikec.lembar.jinja import realisasi


def susun_layar(laporan: Laporan) -> Group:
    """The sheet as something a rich console prints; duties are left to the printed forms."""
    bagian: list[RenderableType] = [
        Rule(Text("INDIKATOR KINERJA INDIVIDU", style="bold")),
        Text(f"Jabatan: {laporan.jabatan.nama}"),
        Text(f"Periode: {laporan.periode.label}\n"),
        _tabel(laporan),
        *_bukti(laporan),
        Text("\nTugas, fungsi, dan tanda tangan ada di lembar cetak: tambahkan -o lembar.html", style="dim"),
        Text(f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}", style="dim"),
    ]
    return Group(*bagian)


def sebagai_teks(isi: RenderableType, lebar: int = 100) -> str:
    """What a rich console would print, as plain text for a file."""
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
                _angka(indikator),
            )
    return tabel


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


def _bukti(laporan: Laporan) -> list[Text]:
    if not laporan.rinci:
        return []
    semua = [satu for sasaran in laporan.sasaran for satu in sasaran.indikator]
    return [
        Text(f"\n{satu.butir.nomor} {satu.butir.uraian}\n", style="bold").append(
            ", ".join(satu.bukti or ()) or "tidak ada", style="not bold"
        )
        for satu in semua
    ]
