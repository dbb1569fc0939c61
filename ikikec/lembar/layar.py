"""Sheets, the survey's report and several offices on the terminal: what is looked at before it is printed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ikikec.bahasa import angka, bersih, titik_titik
from ikikec.kinerja.antarkantor import Rekap
from ikikec.kinerja.hitung import BarisBukti, Realisasi, Rincian, Titik
from ikikec.kinerja.ikm import LaporanSurvei, NilaiSurvei, Perbandingan, RencanaSurvei, Sampel
from ikikec.kinerja.sebaran import BarisSurvei, RataLayanan
from ikikec.kinerja.susun import Indikator, Laporan
from ikikec.lembar import ungkapan
from ikikec.lembar.tabel import Kolom, Tabel, susun_tabel
from ikikec.lembar.ungkapan import TIADA, angka_atau_strip, angka_realisasi, capaian, huruf_mutu, realisasi, target
from ikikec.tanggal import bulan_pendek, tanggal_panjang, tanggal_pendek


def susun_layar(laporan: Sequence[Laporan]) -> Group:
    """The sheets as something a rich console prints; duties are left to the printed forms."""
    return Group(*map(_lembar, laporan))


def _lembar(laporan: Laporan) -> Group:
    bagian: list[RenderableType] = [
        Rule(Text("INDIKATOR KINERJA INDIVIDU", style="bold")),
        Text(f"Jabatan: {laporan.jabatan.nama}"),
        Text(f"Periode: {laporan.periode.keterangan}\n"),
        _indikator(laporan),
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


def _indikator(laporan: Laporan) -> Table:
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
    asal = ungkapan.asal_target(indikator.target, laporan.periode)
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
    elif hasil.nilai is not None:
        teks.append(f"\n{indikator.ukuran.satuan}", style="not bold")
    if hasil.banyak is not None:
        teks.append(f"\n(dari {angka(hasil.banyak)} {indikator.ukuran.sebutan})", style="not bold")
    return teks


def _judul(indikator: Indikator, awalan: str = "") -> Text:
    return Text(f"\n{awalan}{indikator.butir.nomor} {indikator.butir.uraian}", style="bold")


def _banding(laporan: Laporan) -> Iterator[RenderableType]:
    isi = [(satu, satu.banding.kolom) for satu in laporan.indikator if satu.banding is not None]
    if not isi:
        return
    tabel = Table(title="\nPerbandingan", title_justify="left", title_style="bold")
    tabel.add_column("No.", no_wrap=True)
    tabel.add_column(laporan.periode.bagian, justify="right")
    for lama in isi[0][1]:
        tabel.add_column(lama.periode.label, justify="right")
        tabel.add_column("Selisih", justify="right", no_wrap=True)
    for satu, kolom in isi:
        lain = [kata for lama in kolom for kata in (angka_realisasi(lama.realisasi), ungkapan.selisih(lama))]
        tabel.add_row(*map(Text, (satu.butir.nomor, angka_realisasi(satu.realisasi), *lain)))
    yield tabel


@dataclass(frozen=True, slots=True)
class _Percik:
    """A trend in one line; in plain letters where the terminal's encoding has no blocks."""

    titik: tuple[Titik, ...]

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        garis = ungkapan.percik(self.titik, ungkapan.PERCIK_ASCII if options.ascii_only else ungkapan.PERCIK)
        awal, akhir = (bulan_pendek(satu.bulan.awal) for satu in (self.titik[0], self.titik[-1]))
        nilai = "; ".join(map(ungkapan.angka_titik, self.titik))
        yield Text(f"{awal} [{garis}] {akhir}: {nilai}")


def _tren(laporan: Laporan) -> Iterator[RenderableType]:
    for satu in laporan.indikator:
        if satu.tren is not None:
            yield _judul(satu, "Tren ")
            yield _Percik(satu.tren)


def _rincian(laporan: Laporan) -> Iterator[RenderableType]:
    """Plain lines: a table would measure every cell of what may be a year's respondents."""
    for satu in laporan.indikator:
        if (rincian := satu.rincian) is not None:
            yield _judul(satu)
            yield from (_baris(rincian, baris, f"nilai {angka(baris.nilai)}") for baris in rincian.bukti)
            yield Text(f"Jumlah: {ungkapan.jumlah(rincian, satu.ukuran)}" if rincian.bukti else "tidak ada")
            if rincian.luput:
                yield Text("Tidak terhitung:", style="bold")
                yield from (_baris(rincian, baris) for baris in rincian.luput)


def _baris(rincian: Rincian, baris: BarisBukti, nilai: str = "") -> Text:
    bagian = [
        ungkapan.perihal(baris),
        baris.nama if rincian.bernama else None,
        f"batas {tanggal_pendek(baris.batas)}" if baris.batas else None,
        baris.hasil,
        nilai,
    ]
    isi = " | ".join(satu for satu in bagian if satu)
    return Text(f"{baris.nomor}  {tanggal_pendek(baris.tanggal):>11}  {bersih(isi)}")


# The survey's report.


def susun_survei_layar(laporan: LaporanSurvei) -> Group:
    """The report as something a rich console prints."""
    nilai = laporan.nilai
    bagian: list[RenderableType] = [
        Rule(Text("SURVEI KEPUASAN MASYARAKAT", style="bold")),
        Text(f"Periode: {nilai.periode.keterangan}\n"),
        _pokok(nilai, laporan.sampel),
        Text(f"\n{nilai.halangan}\n" if nilai.halangan else "", style="bold"),
        _unsur(nilai),
        *_layanan(laporan),
        *_tabel_survei("Tren", laporan.tren),
        *(_banding_survei(laporan.perbandingan, nilai) if laporan.perbandingan else ()),
        *(_responden(laporan) if nilai.responden else ()),
        *_rencana(laporan.rencana),
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
    urutan = {satu.nama: urut for urut, satu in enumerate(nilai.hasil.peringkat, 1)}
    baris = [
        (satu.kode, satu.judul, satu.terjawab, satu.nrr, satu.tertimbang, urutan.get(satu.nama))
        for satu in nilai.hasil.unsur
    ]
    indeks = ("", f"Indeks (bobot {nilai.hasil.bobot})", "", "", nilai.hasil.indeks, "")
    bilangan = ("Terjawab", "NRR", "Tertimbang", "Dari\nterendah")
    return susun_tabel(Tabel("", [Kolom("Kode"), Kolom("Unsur"), *map(_bilangan, bilangan)], [*baris, indeks]))


def _layanan(laporan: LaporanSurvei) -> Iterator[RenderableType]:
    if laporan.berlayanan:
        yield from _tabel_survei("Layanan", [*laporan.layanan, laporan.unit], laporan.rata)
    yield from (Text(satu) for satu in laporan.catatan)


def _tabel_survei(
    judul: str, semua: Sequence[BarisSurvei], rata: RataLayanan | None = None
) -> Iterator[RenderableType]:
    """A line per service or period, the nine unsur × 25 in a table of their own: a terminal has no room for all."""
    pokok = [(satu.nama, angka(satu.responden), satu.hasil.ikm, huruf_mutu(satu.hasil.mutu)) for satu in semua]
    if rata is not None:
        pokok.append((rata.nama, "", rata.ikm, huruf_mutu(rata.mutu)))
    yield from _tabel([Kolom(judul), _bilangan("Responden"), _bilangan("IKM"), Kolom("Mutu")], pokok)
    kode = [_bilangan(satu.kode) for satu in semua[0].hasil.unsur]
    unsur = [(satu.nama, *(bagian.nilai for bagian in satu.hasil.unsur)) for satu in semua]
    yield from _tabel([Kolom(f"{judul}, NRR × 25"), *kode], unsur)


def _bilangan(judul: str) -> Kolom:
    return Kolom(judul, ungkap=angka_atau_strip)


def _tabel(kolom: Sequence[Kolom], baris: Iterable[Sequence[Any]]) -> Iterator[RenderableType]:
    """A table below a blank line."""
    yield Text("")
    yield susun_tabel(Tabel("", kolom, baris))


def _banding_survei(banding: Perbandingan, nilai: NilaiSurvei) -> Iterator[RenderableType]:
    kolom = [
        Kolom("Perbandingan"),
        *map(_bilangan, (banding.dulu.periode.label, nilai.periode.bagian)),
        Kolom("Selisih", ungkap=ungkapan.selisih_atau_strip),
    ]
    yield from _tabel(kolom, [(satu.judul, satu.dulu, satu.kini, satu.selisih) for satu in banding.baris])


def _responden(laporan: LaporanSurvei) -> Iterator[RenderableType]:
    persen = Kolom("Persen", ungkap=realisasi)
    for sebaran in laporan.sebaran:
        isi = [(satu.nama, satu.banyak.pembilang, satu.banyak) for satu in sebaran.golongan]
        yield from _tabel([Kolom(sebaran.judul), _bilangan("Jumlah"), persen], isi)
    sisanya = " (isinya: tambahkan --dengan-saran)" if laporan.saran is None and laporan.jumlah_saran else ""
    yield Text(f"\nBanyaknya saran: {angka(laporan.jumlah_saran)}{sisanya}")
    if laporan.saran:
        saran = [(satu.nama, satu.banyak.pembilang) for satu in laporan.saran]
        yield from _tabel([Kolom("Saran"), _bilangan("Banyaknya")], saran)


def _rencana(rencana: RencanaSurvei) -> Iterator[RenderableType]:
    kolom = [Kolom(nama) for nama in ("Rencana tindak lanjut", "Rencana", "Penanggung jawab", "Tenggat")]
    kini = [
        *(
            (satu.judul_unsur, satu.rencana, satu.penanggung_jawab, tanggal_pendek(satu.tenggat))
            for satu in rencana.kini
        ),
        *((f"{satu.kode} {satu.judul}", "(usul; belum ada)", "", "") for satu in rencana.usul),
    ]
    if kini:
        yield from _tabel(kolom, kini)
    if rencana.periode_lalu and rencana.lalu:
        judul = f"Rencana {rencana.periode_lalu.label}"
        lalu = [(satu.butir.judul_unsur, satu.butir.rencana, ungkapan.pelaksanaan(satu)) for satu in rencana.lalu]
        yield from _tabel([Kolom(judul), Kolom("Rencana"), Kolom("Pelaksanaan")], lalu)
        yield Text(f"Terlaksana: {ungkapan.bagian_terlaksana(rencana)}")


# Several offices.

_JARAK = 2
# The least room an office's name is given, however narrow the terminal.
_NAMA_TERSEMPIT = 12


# A column: its heading, a cell per office, and what stands in the row of the sum.
_KolomRekap = tuple[str, ...]


def susun_rekap_layar(rekap: Rekap) -> Group:
    """The table as something a rich console prints, what its columns mean below it."""
    kabupaten = f"Kabupaten {bersih(rekap.kabupaten)} · " if rekap.kabupaten else ""
    keterangan = Table.grid(padding=(0, _JARAK))
    for satu in rekap.lajur:
        lajur = f"{satu.jabatan.slug} {satu.butir.nomor}", f"{satu.butir.uraian} ({satu.ukuran.satuan})"
        keterangan.add_row(*map(Text, lajur))
    bagian: list[RenderableType] = [
        Rule(Text(ungkapan.JUDUL, style="bold")),
        Text(f"{kabupaten}Periode: {rekap.periode.keterangan} · {ungkapan.jumlah_kantor(rekap)}\n"),
        _TabelRekap(rekap),
        *(Text(f"Catatan: {satu}", style="bold") for satu in ungkapan.catatan(rekap)),
        Text(""),
        keterangan,
        Text(f"\n{ungkapan.ATURAN_JUMLAH}", style="dim"),
        Text(f"Disusun {tanggal_panjang(rekap.tanggal)}", style="dim"),
    ]
    return Group(*bagian)


@dataclass(frozen=True, slots=True)
class _TabelRekap:
    """The offices' figures; a terminal too narrow for all columns gets several tables, each with all offices."""

    rekap: Rekap

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        nama: _KolomRekap = ("kantor", *(satu.nama for satu in self.rekap.kantor), "JUMLAH")
        lebar_nama = min(_lebar(nama), max(_NAMA_TERSEMPIT, options.max_width // 4))
        for urut, isi in enumerate(_bagi(_susun_kolom(self.rekap), options.max_width - lebar_nama)):
            if urut:
                yield Text("")
            tabel = Table(box=None, pad_edge=False, header_style="bold", show_footer=True, footer_style="bold")
            tabel.add_column(Text(nama[0]), Text(nama[-1]), width=lebar_nama, overflow="fold", vertical="bottom")
            for judul, *_, jumlah in isi:
                tabel.add_column(Text(judul), Text(jumlah), justify="right", vertical="bottom")
            for baris in [*zip(nama, *isi, strict=True)][1:-1]:
                tabel.add_row(*map(Text, baris))
            yield tabel


def _susun_kolom(rekap: Rekap) -> Iterator[_KolomRekap]:
    jumlah = rekap.jumlah
    for letak, lajur in enumerate(rekap.lajur):
        # Position, number and unit under each other, a long name broken at its hyphens.
        judul = "\n".join((lajur.jabatan.slug.replace("-", "-\n"), lajur.butir.nomor, lajur.ukuran.satuan))
        sel = (_sel(satu.isi.angka[letak]) if satu.isi else TIADA for satu in rekap.kantor)
        yield judul, *sel, _sel(jumlah[letak])
    buku = (
        f"{angka(satu.isi.entri)} {ungkapan.sidik_pendek(satu.isi)}" if satu.isi else TIADA for satu in rekap.kantor
    )
    yield "buku: baris\njurnal, sidik", *buku, ""


def _sel(satu: Realisasi) -> str:
    return "tidak ada\ndata" if satu.nilai is None else realisasi(satu)


def _lebar(kolom: _KolomRekap) -> int:
    """How many letters its longest line has."""
    return max(len(baris) for teks in kolom for baris in teks.split("\n"))


def _bagi(kolom: Iterable[_KolomRekap], lebar: int) -> Iterator[list[_KolomRekap]]:
    """The columns in groups that are no wider than ``lebar``, or of one column where that alone is."""
    isi: list[_KolomRekap] = []
    for satu in kolom:
        if isi and sum(_lebar(lain) + _JARAK for lain in (*isi, satu)) > lebar:
            yield isi
            isi = []
        isi.append(satu)
    yield isi
