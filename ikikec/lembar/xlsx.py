"""Sheets and several offices as workbooks."""

from collections.abc import Iterable, Iterator, Sequence

from ikikec.bahasa import angka, nip, titik_titik
from ikikec.kertas import Kertas
from ikikec.kinerja.antarkantor import Lajur, Rekap
from ikikec.kinerja.hitung import Realisasi
from ikikec.kinerja.susun import Laporan, Tertanda
from ikikec.lembar import Cetakan
from ikikec.lembar.buku_kerja import (
    KEPALA,
    KIRI_ATAS,
    TEBAL,
    TENGAH,
    TEPI,
    BukuKerja,
    Sifat,
    Tab,
    tuang,
    tulis_tabel,
)
from ikikec.lembar.nilai import semua_indikator
from ikikec.lembar.tabel import Kolom, Sel, Tabel
from ikikec.lembar.ungkapan import (
    ATURAN_JUMLAH,
    JUDUL,
    TIADA,
    catatan,
    jumlah_kantor,
    nilai_realisasi,
    perihal,
    sidik_pendek,
    target,
)
from ikikec.tanggal import tanggal_panjang, tanggal_pendek

_KANAN = {**KIRI_ATAS, "align": "right"}
# Points of a row left as it is; to which part a page may be shrunk and still be legible.
_TINGGI_BIASA, _TERKECIL = 15, 0.59

# A position's sheet.

_KOLOM = (
    ("NO", 6, "nomor"), ("SASARAN KINERJA", 24, "sasaran"), ("INDIKATOR KINERJA", 26, "indikator"),
    ("FORMULASI PERHITUNGAN/PENJELASAN", 46, "formulasi"), ("TARGET", 12, "target"), ("REALISASI", 12, "realisasi"),
    ("SATUAN", 13, "satuan"), ("PEMBILANG", 12, "pembilang"), ("PENYEBUT", 12, "penyebut"),
    ("CAPAIAN (%)", 12, "capaian"), ("SUMBER DATA", 18, "sumber"),
)  # fmt: skip
_AKHIR = len(_KOLOM) - 1
_INDIKATOR = ("JABATAN", "NO", "INDIKATOR KINERJA")


def laporan_xlsx(laporan: Sequence[Laporan], cetakan: Cetakan) -> Iterator[bytes]:
    """The sheets, a tab each; what was asked for beside the figures on tabs of its own."""

    def isi(buku: BukuKerja) -> None:
        for satu in laporan:
            _lembar(buku, satu)
        if any(satu.minta.bandingkan for satu in laporan):
            tulis_tabel(buku, _perbandingan(laporan))
        if any(satu.minta.tren for satu in laporan):
            tulis_tabel(buku, _tren(laporan))
        if any(satu.rinci for satu in laporan):
            tulis_tabel(buku, _bukti(laporan))

    judul = f"Indikator Kinerja Individu, {laporan[0].periode.label}"
    return tuang(judul, laporan[0].tanggal, cetakan, isi, urut=False)


def _tabel_indikator(
    laporan: Sequence[Laporan], judul: str, kolom: Iterable[str], baris: Iterable[Sequence[Sel]]
) -> Tabel:
    semua = [Kolom(satu) for satu in (*_INDIKATOR, *kolom)]
    return Tabel(judul.lower(), semua, baris, (judul, laporan[0].periode.keterangan))


def _perbandingan(laporan: Sequence[Laporan]) -> Tabel:
    """A row per indicator and earlier period."""
    baris = [
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], nilai_realisasi(satu.realisasi), lama.periode.label,
         lama.realisasi.nilai, lama.selisih)
        for lap in laporan for isi, satu in semua_indikator(lap) if satu.banding for lama in satu.banding.kolom
    ]  # fmt: skip
    sampai = laporan[0].periode.sampai
    kini = "REALISASI" if sampai is None else f"REALISASI S.D. {tanggal_pendek(sampai).upper()}"
    kolom = (kini, "PEMBANDING", "REALISASI PEMBANDING", "SELISIH")
    return _tabel_indikator(laporan, "Perbandingan", kolom, baris)


def _tren(laporan: Sequence[Laporan]) -> Tabel:
    """A row per indicator and month."""
    baris = [
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], titik.bulan.label,
         "belum" if titik.belum else nilai_realisasi(titik.realisasi))
        for lap in laporan for isi, satu in semua_indikator(lap) for titik in satu.tren or ()
    ]  # fmt: skip
    return _tabel_indikator(laporan, "Tren", ("BULAN", "REALISASI"), baris)


def _bukti(laporan: Sequence[Laporan]) -> Tabel:
    """A row per entry behind an indicator, and per entry that just missed it, whose outcome is the reason."""
    bernama = any(lap.minta.dengan_identitas for lap in laporan)
    nama = ["NAMA"] if bernama else []
    baris = (
        (lap.jabatan.slug, isi["nomor"], isi["indikator"], entri.nomor, entri.tanggal, perihal(entri), entri.batas,
         entri.hasil, entri.nilai, *([entri.nama] if bernama else []))
        for lap in laporan for isi, satu in semua_indikator(lap) if satu.rincian
        for entri in (*satu.rincian.bukti, *satu.rincian.luput)
    )  # fmt: skip
    kolom = ("ENTRI", "TANGGAL", "PERIHAL", "BATAS", "HASIL", "NILAI", *nama)
    return _tabel_indikator(laporan, "Bukti", kolom, baris)


def _lembar(buku: BukuKerja, laporan: Laporan) -> None:
    kaki = (laporan.jabatan.nama, buku.kantor, laporan.periode.keterangan)
    tab = Tab(buku, laporan.jabatan.slug, kaki, [lebar for _, lebar, _ in _KOLOM])
    kepala = _judul(tab, laporan)
    akhir = _tabel(tab, laporan, kepala) + 2
    tempat = f"{titik_titik(laporan.tempat)}, {tanggal_panjang(laporan.tanggal)}"
    _penanda(tab, akhir, (0, 3), "Mengetahui,", laporan.mengetahui)
    _penanda(tab, akhir, (4, _AKHIR), tempat, laporan.pembuat)
    tab.setinggi(akhir + 2, 60)
    akhir += 6
    tab.gabung(akhir, 0, _AKHIR, f"Buku: {angka(laporan.entri)} baris jurnal, sidik {laporan.sidik}")
    tab.tab.repeat_rows(kepala)
    tab.tab.print_area(0, 0, akhir, _AKHIR)
    # A spreadsheet cannot be told to keep the signatures together; a sheet not much over a page is shrunk onto one.
    if sum(tab.tinggi.get(nomor, _TINGGI_BIASA) for nomor in range(akhir + 1)) <= _muat(buku.cetakan.kertas):
        tab.tab.fit_to_pages(1, 1)


def _muat(kertas: Kertas) -> float:
    """How many points of rows a page on its side still holds legibly."""
    return 72 * (kertas.lebar / 25.4 - sum(TEPI)) / _TERKECIL


def _judul(tab: Tab, laporan: Laporan) -> int:
    """Title, position, period, duties; returns the row the table begins in."""
    tab.judul(0, "INDIKATOR KINERJA INDIVIDU", _AKHIR)
    tab.isi(1, 0, laporan.periode.keterangan, _AKHIR, **TENGAH)
    tab.isi(2, 0, tab.buku.kantor, _AKHIR, **TENGAH)
    tab.isi(3, 0, "Jabatan", 1, **TEBAL)
    tab.isi(3, 2, laporan.jabatan.nama, _AKHIR)
    for nomor, (nama, hari) in enumerate((("Dari", laporan.periode.awal), ("Sampai", laporan.periode.akhir)), 4):
        tab.isi(nomor, 0, nama, 1, **TEBAL)
        tab.isi(nomor, 2, hari, align="left", text_wrap=False)
    nomor = 6
    for nama, isi in (("Tugas", laporan.jabatan.tugas), ("Fungsi", laporan.jabatan.fungsi)):
        tab.isi(nomor, 0, nama, 1, **TEBAL)
        for satu in [f"{urut}. {satu}" for urut, satu in enumerate(isi, 1)] or ["–"]:
            tab.gabung(nomor, 2, _AKHIR, satu)
            nomor += 1
    return nomor + 1


def _tabel(tab: Tab, laporan: Laporan, kepala: int) -> int:
    """The table; returns its last row."""
    tab.kepala(kepala, [judul for judul, _, _ in _KOLOM])
    pertama = [urut == 0 for sasaran in laporan.sasaran for urut in range(len(sasaran.indikator))]
    nomor = kepala
    for nomor, (isi, satu) in enumerate(semua_indikator(laporan), kepala + 1):
        tercetak = isi | {
            "formulasi": f"{isi['formulasi']}. {isi['aturan']}",
            "realisasi": nilai_realisasi(satu.realisasi),
        }
        if satu.realisasi.banyak is not None:
            tercetak["satuan"] = f"{isi['satuan']} (dari {angka(satu.realisasi.banyak)} {satu.ukuran.sebutan})"
        if satu.target is not None and satu.target.atas is not None:
            tercetak["target"] = target(satu.target)
        if not pertama[nomor - kepala - 1]:
            tercetak["sasaran"] = None
        baris = [tercetak[nama] for _, _, nama in _KOLOM]
        for letak, nilai in enumerate(baris):
            tab.sel(nomor, letak, nilai)
        tab.tinggikan(nomor, zip(baris, tab.lebar, strict=True))
    return nomor


def _penanda(tab: Tab, awal: int, lajur: tuple[int, int], atas: str, tertanda: Tertanda) -> None:
    nama = {**TEBAL, "underline": 1 if tertanda.nama else 0}
    isi: tuple[tuple[Sel, Sifat], ...] = (
        (atas, {}),
        (tertanda.judul, TEBAL),
        (None, {}),
        (titik_titik(tertanda.nama), nama),
        (f"NIP. {titik_titik(nip(tertanda.nip))}", {}),
    )
    for nomor, (teks, sifat) in enumerate(isi, awal):
        tab.isi(nomor, lajur[0], teks, lajur[1], **TENGAH, **sifat)


# Several offices.

_DEPAN = (("NO", 6), ("KANTOR", 30))
_BELAKANG = (("BARIS JURNAL", 11), ("SIDIK", 19))
_KEPALA_REKAP = 4


def rekap_xlsx(rekap: Rekap, cetakan: Cetakan) -> Iterator[bytes]:
    """The table with its sum, what its columns mean, and the ledgers it was made from."""

    def isi(buku: BukuKerja) -> None:
        buku.kantor = f"Kabupaten {rekap.kabupaten}" if rekap.kabupaten else ""
        _rekap(buku, rekap)
        tulis_tabel(buku, _daftar_indikator(rekap))
        tulis_tabel(buku, _daftar_kantor(rekap))

    judul = f"Rekapitulasi Indikator Kinerja Individu, {rekap.periode.label}"
    return tuang(judul, rekap.tanggal, cetakan, isi, urut=False)


def _daftar_indikator(rekap: Rekap) -> Tabel:
    baris = [
        (satu.jabatan.slug, satu.jabatan.nama, satu.butir.nomor, satu.butir.uraian, satu.ukuran.satuan,
         satu.ukuran.aturan)
        for satu in rekap.lajur
    ]  # fmt: skip
    kolom = [Kolom(nama) for nama in ("JABATAN", "NAMA JABATAN", "NO", "INDIKATOR KINERJA", "SATUAN", "ATURAN")]
    return Tabel("indikator", kolom, baris, ("Indikator", rekap.periode.keterangan))


def _daftar_kantor(rekap: Rekap) -> Tabel:
    baris = [
        (satu.nama, satu.alamat, satu.isi and satu.isi.entri, satu.isi and satu.isi.sidik,
         satu.kendala and satu.kendala.pesan)
        for satu in rekap.kantor
    ]  # fmt: skip
    kolom = [Kolom(nama) for nama in ("KANTOR", "BUKU", "BARIS JURNAL", "SIDIK", "CATATAN")]
    return Tabel("kantor", kolom, baris, ("Kantor", rekap.periode.keterangan))


def _rekap(buku: BukuKerja, rekap: Rekap) -> None:
    kolom = [*_DEPAN, *(judul for lajur in rekap.lajur for judul in _judul_lajur(lajur)), *_BELAKANG]
    tempat = ", ".join(satu for satu in (buku.kantor, rekap.periode.keterangan) if satu)
    tab, ujung = Tab(buku, "rekap", (JUDUL, tempat), [lebar for _, lebar in kolom]), len(kolom) - 1
    tab.judul(0, JUDUL, ujung)
    tab.isi(1, 0, tempat, ujung, **TENGAH)
    _jabatan(tab, rekap)
    tab.kepala(_KEPALA_REKAP, [judul for judul, _ in kolom])
    tab.setinggi(_KEPALA_REKAP, 30)
    akhir = _kantor(tab, rekap) + 1
    for satu in (*(f"Catatan: {satu}" for satu in catatan(rekap)), ATURAN_JUMLAH):
        akhir += 1
        tab.gabung(akhir, 0, ujung, satu)
    tab.tab.freeze_panes(_KEPALA_REKAP + 1, len(_DEPAN))
    tab.tab.autofilter(_KEPALA_REKAP, 0, _KEPALA_REKAP + len(rekap.kantor), ujung)
    tab.tab.repeat_rows(_KEPALA_REKAP - 1, _KEPALA_REKAP)
    tab.tab.print_area(0, 0, akhir, ujung)


def _judul_lajur(lajur: Lajur) -> tuple[tuple[str, int], ...]:
    """The headings of one indicator with their widths: a ratio's parts stand beside it."""
    nomor = lajur.butir.nomor
    bagian = ((f"{nomor} pembilang", 11), (f"{nomor} penyebut", 11)) if lajur.ukuran.penyebut else ()
    return ((f"{nomor} {lajur.ukuran.satuan}", 13), *bagian)


def _jabatan(tab: Tab, rekap: Rekap) -> None:
    """The positions above their columns."""
    tab.kepala(_KEPALA_REKAP - 1, [""] * len(tab.lebar))
    awal = len(_DEPAN)
    for kelompok in rekap.kelompok:
        akhir = awal + sum(len(_judul_lajur(satu)) for satu in kelompok.lajur) - 1
        tab.isi(_KEPALA_REKAP - 1, awal, kelompok.jabatan.nama, akhir, **KEPALA)
        awal = akhir + 1
    tab.setinggi(_KEPALA_REKAP - 1, 45)


def _kantor(tab: Tab, rekap: Rekap) -> int:
    """The offices and their sum; returns the last row."""
    tiada = [TIADA] * sum(len(_judul_lajur(satu)) for satu in rekap.lajur)
    baris: list[Sequence[Sel]] = [
        (urut, satu.nama, *_bagian(satu.isi.angka), satu.isi.entri, sidik_pendek(satu.isi))
        if satu.isi
        else (urut, satu.nama, *tiada, TIADA, TIADA)
        for urut, satu in enumerate(rekap.kantor, 1)
    ]
    baris.append((None, f"JUMLAH ({jumlah_kantor(rekap)})", *_bagian(rekap.jumlah), None, None))
    akhir = _KEPALA_REKAP + len(baris)
    for nomor, isi in enumerate(baris, _KEPALA_REKAP + 1):
        tebal = TEBAL if nomor == akhir else {}
        for kolom, nilai in enumerate(isi):
            tab.sel(nomor, kolom, nilai, **tebal, **({} if kolom == 1 else _KANAN))
        tab.tinggikan(nomor, [(isi[1], tab.lebar[1])])
    return akhir


def _bagian(semua: Sequence[Realisasi]) -> Iterator[Sel]:
    for satu in semua:
        yield nilai_realisasi(satu)
        if satu.penyebut is not None:
            yield satu.pembilang
            yield satu.penyebut
