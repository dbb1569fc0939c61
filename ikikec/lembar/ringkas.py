"""Today's desk on one screen: what is late, what is due soon, this month's figures, open entries per register."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ikikec.bahasa import angka, bersih, selisih
from ikikec.buku.register import Register
from ikikec.buku.terbuka import Beban
from ikikec.kinerja.susun import Laporan
from ikikec.lembar.tabel import Kolom, Tabel, susun_tabel
from ikikec.lembar.ungkapan import nilai_realisasi, realisasi
from ikikec.tanggal import hari_tanggal, tanggal_pendek

# From this many columns on, figures stand beside the lists with their full wording.
LEBAR = 140
# Lines that are no list entries: heading, registers, headings of the lists, figures, and the prompt below.
TETAP = 15


@dataclass(frozen=True, slots=True)
class Tenggat:
    """An open entry with a deadline, and how many working days are left (negative: late)."""

    register: Register
    isi: Mapping[str, Any]
    sisa: int


@dataclass(frozen=True, slots=True)
class Ringkasan:
    """The desk today; ``segera`` is the last day that counts as soon, ``lembar`` this month's sheets so far.

    ``terlambat`` and ``jatuh_tempo`` may hold only the most urgent; ``keadaan`` counts all. ``lewat_simpan``: how
    many entries still tell who the citizen is after the time that the office keeps it.
    """

    hari_ini: date
    kantor: str
    segera: date
    keadaan: Sequence[Beban]
    terlambat: Sequence[Tenggat]
    jatuh_tempo: Sequence[Tenggat]
    lembar: Sequence[Laporan]
    lewat_simpan: int = 0


def ringkasan_json(ringkasan: Ringkasan) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "hari_ini": ringkasan.hari_ini,
        "segera": ringkasan.segera,
        "register": {
            satu.register.slug: {nama: getattr(satu, nama) for nama in ("terbuka", "terlambat", "jatuh_tempo")}
            for satu in ringkasan.keadaan
        },
        "terlambat": [_tenggat_json(satu) for satu in ringkasan.terlambat],
        "jatuh_tempo": [_tenggat_json(satu) for satu in ringkasan.jatuh_tempo],
        "lewat_simpan": ringkasan.lewat_simpan,
        "angka": {
            lembar.jabatan.slug: {satu.butir.nomor: satu.realisasi.nilai for satu in lembar.indikator}
            for lembar in ringkasan.lembar
        },
    }


def tabel_ringkasan(ringkasan: Ringkasan) -> list[Tabel]:
    """The same as tables."""
    hari = hari_tanggal(ringkasan.hari_ini)
    kolom = [Kolom(nama) for nama in ("nomor", "register", "batas", "sisa hari kerja", "perihal")]
    tenggat = [
        Tabel(
            nama.lower(), kolom,
            [(satu.isi["nomor"], satu.register.sebutan, satu.isi["batas"], satu.sisa, satu.isi[satu.register.pokok])
             for satu in isi], (nama, hari),
        )
        for nama, isi in (("Terlambat", ringkasan.terlambat), ("Jatuh tempo", ringkasan.jatuh_tempo))
    ]  # fmt: skip
    angka_bulan = [
        (lembar.jabatan.nama, satu.butir.nomor, satu.butir.uraian, nilai_realisasi(satu.realisasi),
         satu.ukuran.satuan)
        for lembar in ringkasan.lembar for satu in lembar.indikator
    ]  # fmt: skip
    judul = [Kolom(nama) for nama in ("jabatan", "nomor", "indikator", "realisasi", "satuan")]
    atas = ("Angka bulan ini", ringkasan.lembar[0].periode.keterangan if ringkasan.lembar else hari)
    return [_tabel_keadaan(ringkasan), *tenggat, Tabel("angka", judul, angka_bulan, atas)]


def _tenggat_json(satu: Tenggat) -> dict[str, Any]:
    return {
        "nomor": satu.isi["nomor"],
        "batas": satu.isi["batas"],
        "sisa_hari_kerja": satu.sisa,
        "pokok": satu.isi[satu.register.pokok],
    }


def susun_ringkasan(ringkasan: Ringkasan, lebar: int = 100, tinggi: int = 1_000_000) -> Group:
    """The desk as something a rich console prints, cut to ``tinggi`` lines where the lists are long."""
    luas = lebar >= LEBAR
    ruang = max(tinggi - TETAP + (len(ringkasan.lembar) if luas else 0), 4)
    banyak_lambat = sum(satu.terlambat for satu in ringkasan.keadaan)
    banyak_segera = sum(satu.jatuh_tempo for satu in ringkasan.keadaan)
    lambat, segera = _bagi(ruang, banyak_lambat, banyak_segera)
    sampai = f"Jatuh tempo s.d. {hari_tanggal(ringkasan.segera)}"
    daftar: list[RenderableType] = [
        *_daftar("Terlambat", banyak_lambat, ringkasan.terlambat[:lambat], "--terlambat", nol="lewat"),
        *_daftar(sampai, banyak_segera, ringkasan.jatuh_tempo[:segera], "--jatuh-tempo 3", nol="0 hk"),
    ]
    judul = Text(hari_tanggal(ringkasan.hari_ini), style="bold")
    if ringkasan.kantor:
        judul.append(f" · Kecamatan {bersih(ringkasan.kantor)}", style="not bold")
    if ringkasan.lewat_simpan:
        daftar.append(Text(f"{angka(ringkasan.lewat_simpan)} entri lewat masa simpan: ikikec lupakan --retensi"))
    kiri = Group(susun_tabel(_tabel_keadaan(ringkasan)), *daftar)
    bulan = ringkasan.lembar[0].periode.label if ringkasan.lembar else ""
    angka_bulan = (_angka_luas if luas else _angka_sempit)(ringkasan.lembar)
    kanan = Group(Text(f"{bulan} sampai hari ini", style="bold"), *angka_bulan)
    if not luas:
        return Group(judul, kiri, kanan)
    sisi = Table.grid(padding=(0, 4), expand=True)
    sisi.add_column(ratio=1)
    sisi.add_column(ratio=1)
    sisi.add_row(kiri, kanan)
    return Group(judul, sisi)


def _bagi(ruang: int, satu: int, dua: int) -> tuple[int, int]:
    """How many lines each of two lists gets of ``ruang``: the first at least half, all where the other needs none."""
    pertama = min(satu, max(ruang - dua, (ruang + 1) // 2))
    return pertama, min(dua, ruang - pertama)


def _tabel_keadaan(ringkasan: Ringkasan) -> Tabel:
    bilangan = (Kolom(nama, ungkap=angka) for nama in ("terbuka", "terlambat", "segera jatuh tempo"))
    baris = [(satu.register.sebutan, satu.terbuka, satu.terlambat, satu.jatuh_tempo) for satu in ringkasan.keadaan]
    atas = ("Meja hari ini", hari_tanggal(ringkasan.hari_ini))
    return Tabel("register", [Kolom("register"), *bilangan], baris, atas)


def _daftar(judul: str, banyak: int, isi: Sequence[Tenggat], opsi: str, *, nol: str) -> Iterator[RenderableType]:
    """The first entries of a list of ``banyak``; ``nol`` says that no working day is left, or has gone by yet."""
    sisa = banyak - len(isi)
    lagi = f", {angka(sisa)} lagi: ikikec daftar … {opsi}" if sisa > 0 else ""
    yield Text(f"{judul} ({angka(banyak)}{lagi}); hk: hari kerja", style="bold")
    baris = [
        (satu.isi["nomor"], tanggal_pendek(satu.isi["batas"]), f"{selisih(satu.sisa)} hk" if satu.sisa else nol,
         bersih(satu.isi[satu.register.pokok] or ""))
        for satu in isi
    ]  # fmt: skip
    if not baris:
        return
    # Number, deadline and days stay whole; only the matter is shortened to the room that is left.
    tabel = Table.grid(padding=(0, 2), expand=True)
    for kolom in range(3):
        tabel.add_column(
            no_wrap=True, justify="right" if kolom == 2 else "left", min_width=max(len(satu[kolom]) for satu in baris)
        )
    tabel.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
    for satu in baris:
        tabel.add_row(*map(Text, satu))
    yield tabel


def _angka_sempit(semua: Sequence[Laporan]) -> Iterator[RenderableType]:
    tabel = Table.grid(padding=(0, 2))
    for lembar in semua:
        isi = " · ".join(f"{satu.butir.nomor}: {realisasi(satu.realisasi)}" for satu in lembar.indikator)
        tabel.add_row(Text(lembar.jabatan.slug), Text(isi))
    yield tabel


def _angka_luas(semua: Sequence[Laporan]) -> Iterator[RenderableType]:
    for lembar in semua:
        yield Text(lembar.jabatan.nama, style="italic")
        tabel = Table.grid(padding=(0, 2), expand=True)
        tabel.add_column(no_wrap=True)
        tabel.add_column(ratio=1)
        tabel.add_column(justify="right", no_wrap=True)
        for satu in lembar.indikator:
            nilai = Text(realisasi(satu.realisasi), style="bold")
            tabel.add_row(f"  {satu.butir.nomor}", Text(satu.butir.uraian), nilai)
        yield tabel
