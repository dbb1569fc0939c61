"""Entries that come in many at a time, from a file: checked whole, those that are in the ledger already told apart.

Equal entries count as often as they are there: two respondents may answer alike, so of three equal rows against two
entries one is new. A row that has a number is the entry of that number or none. What an entry went through since does
not make it another: an imported one is also known by what its file gave, before it was corrected.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from enum import Enum
from functools import partial
from itertools import islice, pairwise
from typing import Any

import sqlalchemy as sa

from ikikec.bahasa import angka, setara
from ikikec.buku import halaman, libur, penutupan
from ikikec.buku.aturan import Aturan, semua_aturan
from ikikec.buku.batas import beri_batas, jenis_tidak_dikenal
from ikikec.buku.halaman import buka_baris
from ikikec.buku.kelompok import DIAM, Isi, Kelompok, Kemajuan, susun_kelompok, tersimpan
from ikikec.buku.mesin.dasar import jelaskan_isi
from ikikec.buku.model import HALAMAN, JURNAL
from ikikec.buku.penomoran import beri_nomor, menurut_nomor, nomor_terlalu_jauh, nomor_tertinggi, potong, urutan_nomor
from ikikec.buku.penutupan import Tindakan
from ikikec.buku.register import PENGADUAN, REKOMENDASI, TINDAK_LANJUT, Register
from ikikec.galat import AturanDilanggar, Pelanggaran, tolak_pelanggaran
from ikikec.istilah import Aksi
from ikikec.konfigurasi import Konfigurasi
from ikikec.tanggal import saat_setempat

# How many of the entries an act tells of.
CONTOH = 3


@dataclass(frozen=True, slots=True)
class Masukan:
    """What came in: how many entries, the first few of them, and the rows of the file left out.

    ``kembar``: the number of the entry that each row left out is there by, by the row's line.
    """

    banyak: int
    contoh: tuple[dict[str, Any], ...]
    kembar: Mapping[int, str]


def periksa_sendiri(
    register: Register, semua: Iterable[Kelompok], hari_ini: date, konfig: Konfigurasi
) -> Iterator[Pelanggaran]:
    """The rules each entry breaks by itself."""
    aturan = semua_aturan(register, hari_ini)
    if register is REKOMENDASI:
        aturan = (*aturan, Aturan(("jenis",), partial(_jenis, konfig)))
    for kelompok in semua:
        yield from terapkan_aturan(aturan, kelompok)


def terapkan_aturan(aturan: Sequence[Aturan], kelompok: Kelompok) -> Iterator[Pelanggaran]:
    """What rules say of a batch, entry by entry; each is asked once of values that stand together more than once."""
    if all(_patuh(satu, kelompok) for satu in aturan):
        return
    baris_aturan = zip(*(kelompok.ambil(*satu.bidang) for satu in aturan), strict=True)
    for nomor_baris, nilai in zip(kelompok.baris, baris_aturan, strict=True):
        for satu, isi in zip(aturan, nilai, strict=True):
            for pelanggaran in satu.langgar(*isi):
                yield replace(pelanggaran, nomor_baris=nomor_baris)


def _patuh(aturan: Aturan, kelompok: Kelompok) -> bool:
    return not any(True for nilai in set(kelompok.ambil(*aturan.bidang)) for _ in aturan.langgar(*nilai))


def _jenis(konfig: Konfigurasi, jenis: str) -> Iterator[Pelanggaran]:
    if jenis not in konfig.izin:
        yield jenis_tidak_dikenal(jenis, konfig)


def periksa_kembar(semua: Iterable[Kelompok]) -> Iterator[Pelanggaran]:
    """Numbers that stand twice in one file."""
    # A list in its order, as an export is, needs no memory of the numbers before.
    if all(satu < dua for satu, dua in pairwise(map(_urutan, _bernomor(semua)))):
        return
    pertama: dict[str, int] = {}
    for nomor, nomor_baris in _bernomor(semua):
        if pertama.setdefault(nomor, nomor_baris) != nomor_baris:
            yield Pelanggaran("nomor", f"{nomor} sudah dipakai baris {pertama[nomor]} berkas ini", nomor_baris)


def _bernomor(semua: Iterable[Kelompok]) -> Iterator[tuple[str, int]]:
    for kelompok in semua:
        for nomor, nomor_baris in zip(kelompok.kolom["nomor"], kelompok.baris, strict=True):
            if nomor is not None:
                yield nomor, nomor_baris


def _urutan(bernomor: tuple[str, int]) -> tuple[str | int, ...]:
    """Where a number stands in a list: by year, complaint and sequence, a longer one being greater."""
    nomor, _baris = bernomor
    induk = nomor.partition("/")[0]
    return nomor[4:8], len(induk), induk, len(nomor), nomor


def periksa_buku(
    koneksi: sa.Connection | None, register: Register, semua: Iterable[Kelompok], konfig: Konfigurasi
) -> list[Pelanggaran]:
    """What the ledger says against entries, by their lines; None stands for one not there yet, hence empty."""
    if koneksi is None and register is not TINDAK_LANJUT:
        return []
    tutup = penutupan.tertutup(koneksi) if koneksi is not None else []
    aturan = _bulan_terbuka(register, tutup, konfig) if tutup else ()
    salah: list[Pelanggaran] = []
    for kelompok in semua:
        salah += _nomor_terpakai(koneksi, register, kelompok)
        if register is TINDAK_LANJUT:
            salah += _pengaduan_tindak_lanjut(koneksi, kelompok)
        salah += terapkan_aturan(aturan, kelompok)
    if koneksi is not None:
        salah += [
            Pelanggaran("nomor", f"{teks} terlalu jauh melewati nomor terakhir ({angka(terakhir)})", baris)
            for teks, baris, terakhir in nomor_terlalu_jauh(koneksi, register, semua)
        ]
    if koneksi is not None and tutup and register is TINDAK_LANJUT:
        salah += penutupan.geseran(koneksi, tutup, semua, konfig.waktu_setempat)
    return sorted(salah, key=lambda satu: satu.nomor_baris)


def _bulan_terbuka(
    register: Register, tutup: Sequence[penutupan.KeadaanBulan], konfig: Konfigurasi
) -> tuple[Aturan, ...]:
    """That no date lies in a closed month, as rules."""

    def langgar(nama: str, hari: str | None) -> Iterator[Pelanggaran]:
        if hari is not None:
            sentuhan = [(nama, date.fromisoformat(hari))]
            yield from penutupan.pelanggaran(tutup, sentuhan, konfig.waktu_setempat)

    return tuple(Aturan((nama,), partial(langgar, nama)) for nama in register.bertanggal)


def periksa_tautan(koneksi: sa.Connection, register: Register, isi: Isi) -> Iterator[Pelanggaran]:
    """What a changed complaint and its follow-ups say against each other's dates."""
    if register is TINDAK_LANJUT:
        yield from _pengaduan_tindak_lanjut(koneksi, susun_kelompok(TINDAK_LANJUT, [isi]))
        induk = HALAMAN[PENGADUAN.slug].c
        if koneksi.scalar(sa.select(induk.batal).where(induk.nomor == isi["pengaduan"], induk.revisi == 1)):
            yield Pelanggaran("pengaduan", f"{isi['pengaduan']} sudah dibatalkan")
    if register is PENGADUAN:
        lanjut = HALAMAN[TINDAK_LANJUT.slug].c
        milik = sa.select(sa.func.min(lanjut.tanggal)).where(lanjut.pengaduan == isi["nomor"], ~lanjut.batal)
        terawal = koneksi.scalar(milik)
        if terawal is not None and str(terawal) < isi["tanggal"]:
            yield Pelanggaran("tanggal", f"{isi['tanggal']} melewati tindak lanjutnya yang bertanggal {terawal}")


def _nomor_terpakai(koneksi: sa.Connection | None, register: Register, kelompok: Kelompok) -> Iterator[Pelanggaran]:
    kolom = HALAMAN[register.slug].c.nomor
    dicari = [nomor for nomor, _baris in _bernomor([kelompok])]
    terpakai = {ada.nomor for ada in _cari(koneksi, [kolom], kolom, dicari)}
    for nomor, nomor_baris in _bernomor([kelompok]) if terpakai else ():
        if nomor in terpakai:
            yield Pelanggaran("nomor", f"{nomor} sudah ada di buku", nomor_baris)


def _pengaduan_tindak_lanjut(koneksi: sa.Connection | None, kelompok: Kelompok) -> Iterator[Pelanggaran]:
    tabel = HALAMAN["pengaduan"]
    kolom = [tabel.c.nomor, tabel.c.tanggal, tabel.c.batal, tabel.c.revisi]
    dicari = sorted(set(kelompok.kolom["pengaduan"]))
    ada = {pengaduan.nomor: pengaduan for pengaduan in _cari(koneksi, kolom, tabel.c.nomor, dicari)}
    lanjutan = kelompok.ambil("pengaduan", "tanggal", "batal")
    for (nomor, tanggal, batal), nomor_baris in zip(lanjutan, kelompok.baris, strict=True):
        pesan = _salah_pengaduan(nomor, tanggal, batal, ada.get(nomor))
        if pesan:
            yield Pelanggaran(pesan[0], pesan[1], nomor_baris)


def _salah_pengaduan(nomor: str, tanggal: str, batal: bool, pengaduan: Any) -> tuple[str, str] | None:
    if pengaduan is None:
        return "pengaduan", f"tidak ada pengaduan bernomor {nomor}"
    # One that was cancelled before it came in with a file keeps the follow-ups of that file.
    if pengaduan.batal and pengaduan.revisi > 1:
        return "pengaduan", f"{nomor} sudah dibatalkan"
    # A cancelled follow-up holds no complaint to its date: the complaint may have been moved past it since.
    if tanggal < str(tersimpan(pengaduan.tanggal)) and not batal:
        return "tanggal", f"{tanggal} mendahului tanggal pengaduan {pengaduan.tanggal}"
    return None


def _cari(
    koneksi: sa.Connection | None, kolom: Sequence[Any], kunci: Any, nilai: Iterable[str]
) -> Iterator[sa.Row[Any]]:
    if koneksi is None:
        return
    for bagian in potong(nilai):
        yield from koneksi.execute(sa.select(*kolom).where(kunci.in_(bagian)))


def siapkan(
    koneksi: sa.Connection | None,
    register: Register,
    semua: Iterable[Kelompok],
    konfig: Konfigurasi,
    tahun_lain: Mapping[int, Iterable[date]] = libur.TIDAK_ADA,
) -> Iterator[Kelompok]:
    """The entries with number and deadline, as they are written; the ledger is asked at once, not as they come.

    ``tahun_lain`` adds free days of years that the ledger does not hold. What it returns raises TahunBelumDimuat.
    """
    siap = beri_nomor(register, semua, nomor_tertinggi(koneksi, register, semua))
    if register.tenggat:
        kalender = libur.kalender(koneksi, konfig.indeks_hari_kerja, tahun_lain)
        siap = beri_batas(register, siap, konfig, kalender)
    return siap


def tambah(
    tindakan: Tindakan, register: Register, semua: Iterable[Kelompok], aksi: Aksi, kemajuan: Kemajuan = DIAM
) -> Iterator[Kelompok]:
    """Check entries against the ledger, then append them batch by batch; each is told once it is written.

    ``kemajuan`` hears how many more are. Raises AturanDilanggar naming every bad line before the first is written.
    """
    koneksi, tulisan = tindakan.koneksi, tindakan.tulisan(register.slug, aksi)
    tolak_pelanggaran(periksa_buku(koneksi, register, semua, tindakan.konfig))
    akhir = halaman.ujung(koneksi)[:2]
    for kelompok in siapkan(koneksi, register, semua, tindakan.konfig):
        akhir = halaman.sisip(koneksi, register, tulisan, akhir, kelompok)
        kemajuan(len(kelompok))
        yield kelompok


def hitung(semua: Iterable[Kelompok], kembar: Mapping[int, str]) -> Masukan:
    """Go through all batches; returns what they were."""
    banyak, contoh = 0, list[dict[str, Any]]()
    for kelompok in semua:
        banyak += len(kelompok)
        contoh += islice(kelompok.isi(), CONTOH - len(contoh))
    return Masukan(banyak, tuple(contoh), kembar)


# What the ledger holds, by what an entry has in common with a row that is the same.
Simpanan = dict[tuple[Any, ...], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Pilahan:
    """The rows of a file without those that are in the ledger already; can be gone through again and again.

    ``kembar``: the number of the entry that each row left out is there by, by the row's line.
    """

    semua: Iterable[Kelompok]
    kembar: dict[int, str]

    def __iter__(self) -> Iterator[Kelompok]:
        for kelompok in self.semua:
            letak = [urut for urut, baris in enumerate(kelompok.baris) if baris in self.kembar]
            if len(letak) < len(kelompok):
                yield kelompok.tanpa(letak) if letak else kelompok


class Kembar(Enum):
    """What becomes of rows that the ledger holds already."""

    TOLAK = "tolak"
    LEWATI = "lewati"
    CATAT = "catat"


class AdaKembar(AturanDilanggar):
    """Rows of a file equal entries that stand, and nobody said what to do with them."""


def tolak_kembar(koneksi: sa.Connection, pilahan: Pilahan, zona: tzinfo) -> None:
    """Raise AdaKembar where rows were set apart: how many, the first of them, and when they came in last."""
    if not pilahan.kembar:
        return
    banyak, semua = len(pilahan.kembar), sum(map(len, pilahan.semua))
    pesan = f"{angka(banyak)} dari {angka(semua)} baris sudah ada di buku"
    lalu = (_impor_terakhir(koneksi, bagian) for bagian in potong(pilahan.kembar.values()))
    if terakhir := max(filter(None, lalu), default=None):
        pesan += f", terakhir diimpor {saat_setempat(terakhir[0], zona)} oleh {terakhir[1]}"
    contoh = [
        Pelanggaran("nomor", f"sama dengan {nomor}", baris) for baris, nomor in islice(pilahan.kembar.items(), CONTOH)
    ]
    raise AdaKembar(
        f"{pesan}; tidak ada yang dicatat. Yang pertama:",
        tuple(contoh),
        "Ulangi dengan --lewati-duplikat (hanya baris baru dicatat) atau --catat-duplikat (semua dicatat lagi).",
    )


def _impor_terakhir(koneksi: sa.Connection, nomor: Sequence[str]) -> tuple[str, str] | None:
    cari = sa.select(JURNAL.c.waktu, JURNAL.c.petugas).where(JURNAL.c.nomor.in_(nomor), JURNAL.c.revisi == 1)
    baris = koneksi.execute(cari.where(JURNAL.c.aksi == Aksi.IMPOR).order_by(JURNAL.c.waktu.desc()).limit(1)).first()
    return (baris.waktu, baris.petugas) if baris else None


def pilah_kembar(koneksi: sa.Connection | None, register: Register, semua: Iterable[Kelompok]) -> Pilahan:
    """Set the rows that the ledger holds already apart; None stands for an empty ledger."""
    if koneksi is None:
        return Pilahan(semua, {})
    longgar = {langkah for satu in register.langkah for langkah in (satu.tanggal, satu.pasangan) if langkah}
    longgar |= {"batas", "batal", "alasan_batal"} & set(register.nama_bidang)
    tegas = [nama for nama in register.nama_bidang if nama not in longgar and nama != "nomor"]
    ada = _entri(koneksi, register, tegas, semua)
    kembar: dict[int, str] = {}
    terpakai = set[str]()
    # Rows with a number take their entries before those without can.
    for bernomor in (True, False) if ada else ():
        for baris, isi in _baris(semua):
            calon = ada.get(_kunci(isi, tegas))
            if calon and (isi["nomor"] is not None) is bernomor:
                cocok = _terdekat(isi, [satu for satu in calon if satu["nomor"] not in terpakai], longgar)
                if cocok is not None:
                    terpakai.add(cocok["nomor"])
                    kembar[baris] = cocok["nomor"]
    return Pilahan(semua, dict(sorted(kembar.items())))


def _baris(semua: Iterable[Kelompok]) -> Iterator[tuple[int, dict[str, Any]]]:
    for kelompok in semua:
        yield from zip(kelompok.baris, kelompok.isi(), strict=True)


def _entri(koneksi: sa.Connection, register: Register, tegas: Sequence[str], semua: Iterable[Kelompok]) -> Simpanan:
    """The ledger's entries of the rows' days, in stored values."""
    tabel = HALAMAN[register.slug]
    hasil = defaultdict(list)
    tanggal = sorted({satu for kelompok in semua for satu in kelompok.kolom["tanggal"]})
    for hari in potong(map(date.fromisoformat, tanggal)):
        cari = sa.select(tabel).where(tabel.c.tanggal.in_(hari)).order_by(*urutan_nomor(register))
        for baris in koneksi.execute(cari).mappings():
            isi = {nama: tersimpan(nilai) for nama, nilai in baris.items()}
            hasil[_kunci(isi, tegas)].append(isi)
    for isi in _seperti_diimpor(koneksi, register):
        hasil[_kunci(isi, tegas)].append(isi)
    return hasil


# The acts after which an entry is no longer what its file gave.
_MENGGANTI = (Aksi.KOREKSI, Aksi.HITUNG_ULANG)


def _seperti_diimpor(koneksi: sa.Connection, register: Register) -> Iterator[dict[str, Any]]:
    """What the file gave of each entry that came from one and was corrected since."""
    tabel, koreksi = HALAMAN[register.slug], JURNAL.alias()
    dikoreksi = sa.exists().where(koreksi.c.nomor == tabel.c.nomor, koreksi.c.aksi.in_(_MENGGANTI))
    cari = (
        sa.select(JURNAL.c.nomor, JURNAL.c.revisi, JURNAL.c.isi)
        .join(tabel, tabel.c.nomor == JURNAL.c.nomor)
        .where(tabel.c.revisi > 1, JURNAL.c.revisi == 1, JURNAL.c.aksi == Aksi.IMPOR, dikoreksi)
    )
    kosong = dict.fromkeys(register.nama_bidang)
    semua = [
        (satu.nomor, satu.revisi, satu.isi) for satu in koneksi.execute(cari.order_by(*menurut_nomor(JURNAL.c.nomor)))
    ]
    with jelaskan_isi(f"jurnal register {register.slug}"):
        yield from (kosong | isi for isi in buka_baris(koneksi, semua))


def _kunci(isi: dict[str, Any], tegas: Sequence[str]) -> tuple[Any, ...]:
    """What two entries that are the same have in common, whatever form their quotes and hyphens have."""
    nilai = (isi[nama] for nama in tegas)
    return tuple(setara(satu) if type(satu) is str else satu for satu in nilai)


def _terdekat(baris: dict[str, Any], calon: Sequence[dict[str, Any]], longgar: set[str]) -> dict[str, Any] | None:
    """Of the candidates that nothing in the row contradicts, the first that differs least; None without any."""
    tersebut = [nama for nama in longgar if baris[nama]]
    bernomor = [isi for isi in calon if baris["nomor"] in (None, isi["nomor"])]
    sama = (isi for isi in bernomor if all(baris[nama] == isi[nama] for nama in tersebut))
    return min(sama, key=lambda isi: sum(baris[nama] != isi[nama] for nama in longgar), default=None)
