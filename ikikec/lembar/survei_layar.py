"""The survey's report on the terminal."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ikikec.bahasa import angka
from ikikec.kinerja.skm import Golongan, LaporanSurvei, NilaiSurvei, Perbandingan, Sampel
from ikikec.lembar.ungkapan import angka_atau_strip, realisasi, selisih_atau_strip


def susun_survei_layar(laporan: LaporanSurvei) -> Group:
    """The report as something a rich console prints."""
    nilai = laporan.nilai
    bagian: list[RenderableType] = [
        Rule(Text("SURVEI KEPUASAN MASYARAKAT", style="bold")),
        Text(f"Periode: {nilai.periode.label}\n"),
        _pokok(nilai, laporan.sampel),
        Text(f"\n{nilai.halangan}\n" if nilai.halangan else "", style="bold"),
        _unsur(nilai),
        *_banding(laporan.perbandingan, nilai),
        *_responden(laporan),
        Text(f"\n{laporan.aturan} {laporan.aturan_puas}", style="dim"),
        Text("Grafik dan tanda tangan ada di lembar cetak: tambahkan -o skm.html", style="dim"),
        Text(f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}", style="dim"),
    ]
    return Group(*bagian)


def _pokok(nilai: NilaiSurvei, sampel: Sampel | None) -> Table:
    hasil, mutu = nilai.hasil, nilai.hasil.mutu
    isi = [
        ("IKM", angka_atau_strip(hasil.ikm)),
        ("Mutu", f"{mutu.huruf} ({mutu.kinerja})" if mutu else "–"),
        ("Responden", angka(nilai.responden)),
        ("Puas", f"{realisasi(nilai.puas)} ({angka(nilai.puas.pembilang)} dari {angka(nilai.responden)})"),
    ]
    if sampel:
        banyak = f"{angka(sampel.minimum)} / tercapai {angka(sampel.tercapai)}"
        isi.append(("Sampel minimum", f"{banyak} (untuk {angka(sampel.populasi)} orang yang dilayani)"))
    tabel = Table.grid(padding=(0, 2))
    for nama, teks in isi:
        tabel.add_row(Text(nama), Text(teks, style="bold"))
    return tabel


def _unsur(nilai: NilaiSurvei) -> Table:
    urutan = {satu.nama: angka(urut) for urut, satu in enumerate(nilai.hasil.peringkat, 1)}
    baris = [
        (
            satu.kode,
            satu.judul,
            angka(satu.terjawab),
            angka_atau_strip(satu.nrr),
            angka_atau_strip(satu.tertimbang),
            urutan.get(satu.nama, "–"),
        )
        for satu in nilai.hasil.unsur
    ]
    indeks = ("", f"Indeks (bobot {nilai.hasil.bobot})", "", "", angka_atau_strip(nilai.hasil.indeks), "")
    kepala = ("Kode", "Unsur", "Terjawab", "NRR", "Tertimbang", "Dari\nterendah")
    return _tabel(kepala, [*baris, indeks], kiri=2)


def _banding(banding: Perbandingan | None, nilai: NilaiSurvei) -> Iterator[RenderableType]:
    if banding is None:
        return
    baris = [
        (satu.judul, angka_atau_strip(satu.dulu), angka_atau_strip(satu.kini), selisih_atau_strip(satu.selisih))
        for satu in banding.baris
    ]
    yield Text("")
    yield _tabel(("Perbandingan", banding.dulu.periode.label, nilai.periode.label, "Selisih"), baris)


def _responden(laporan: LaporanSurvei) -> Iterator[RenderableType]:
    if not laporan.nilai.responden:
        return
    for sebaran in laporan.sebaran:
        yield Text("")
        yield _tabel((sebaran.judul, "Jumlah", "Persen"), _golongan(sebaran.golongan))
    sisanya = " (isinya: tambahkan --dengan-saran)" if laporan.saran is None and laporan.jumlah_saran else ""
    yield Text(f"\nBanyaknya saran: {angka(laporan.jumlah_saran)}{sisanya}")
    if laporan.saran:
        yield Text("")
        yield _tabel(("Saran", "Banyaknya"), [(satu.nama, angka(satu.banyak.pembilang)) for satu in laporan.saran])


def _golongan(isi: Iterable[Golongan]) -> list[tuple[str, ...]]:
    return [(satu.nama, angka(satu.banyak.pembilang), realisasi(satu.banyak)) for satu in isi]


def _tabel(kepala: tuple[str, ...], baris: Iterable[tuple[str, ...]], kiri: int = 1) -> Table:
    """A plain table: the first ``kiri`` columns are words and may be folded, the others numbers."""
    tabel = Table(box=None, pad_edge=False, header_style="bold")
    for letak, judul in enumerate(kepala):
        if letak < kiri:
            tabel.add_column(judul, overflow="fold", min_width=4)
        else:
            tabel.add_column(judul, justify="right", no_wrap=True)
    for satu in baris:
        tabel.add_row(*(Text(teks) for teks in satu))
    return tabel
