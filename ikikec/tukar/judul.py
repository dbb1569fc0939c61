"""What a foreign table's columns mean: which row heads it, which field each fills, what its words and dates say.

An office tells what the program cannot know by a mapping, a TOML file beside an export of Google Forms or the like:

urutan_tanggal = "hari-bulan-tahun"          # or "bulan-hari-tahun", as sheets with American settings write
formulir = ["judul pertanyaan 1", …]         # the nine questions of the survey in the form's order
abaikan = ["Alamat email"]
[kolom]
"Timestamp" = "tanggal"
[tetap]
layanan = "KTP"
[kata.jenis_kelamin]
"Laki-laki" = "L"
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from itertools import chain, islice
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from ikikec.bahasa import rapi, terdekat
from ikikec.berkas_toml import Bagian, baca_toml, susun, tak_terpakai
from ikikec.buku.bidang import Nilai
from ikikec.buku.kelompok import tersimpan
from ikikec.buku.register import SURVEI, Register
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran, kutip
from ikikec.istilah import CIRI_UNSUR, UNSUR, UNSUR_URUTAN_FORMULIR
from ikikec.tukar.sel import pembaca_sel, rata, rata_judul
from ikikec.tukar.sumber import BARIS_AWAL, Baris, kosong

# What a question about one of the two that programs swap would hardly leave out.
_TANDA = {"sarana": "sarana", "penanganan_pengaduan": "pengaduan"}


class Peta(Bagian):
    """The headings of a file by the fields they fill, and what its words mean."""

    urutan_tanggal: Literal["hari-bulan-tahun", "bulan-hari-tahun"] = "hari-bulan-tahun"
    formulir: Annotated[tuple[str, ...], Field(max_length=9)] = ()
    abaikan: tuple[str, ...] = ()
    kolom: dict[str, str] = Field(default_factory=dict)
    tetap: dict[str, str] = Field(default_factory=dict)
    kata: dict[str, dict[str, str]] = Field(default_factory=dict)

    @property
    def bulan_dulu(self) -> bool:
        """Whether dates in figures have the month first."""
        return self.urutan_tanggal == "bulan-hari-tahun"

    def judul(self) -> dict[str, str]:
        """The field of each evened-out heading, blank for one that is left out."""
        formulir = dict(zip(map(rata_judul, self.formulir), UNSUR_URUTAN_FORMULIR, strict=False))
        abaikan = {rata_judul(satu): "" for satu in self.abaikan}
        return abaikan | formulir | {rata_judul(satu): nama for satu, nama in self.kolom.items()}

    def nilai_tetap(self, register: Register) -> dict[str, Nilai]:
        """What every row has that does not say otherwise."""
        return {nama: register[nama].baca(teks) for nama, teks in self.tetap.items()}

    def arti(self, nama: str) -> dict[str, str]:
        """What the file's words for field ``nama`` mean, by ``rata``."""
        return {rata(satu): isi for satu, isi in self.kata.get(nama, {}).items()}


TANPA_PETA = Peta()


def muat_peta(berkas: Path, register: Register) -> Peta:
    """Read a mapping for ``register``.

    Raises SalahPakai where the file cannot be read, AturanDilanggar naming every wrong key.
    """
    peta = susun(Peta, baca_toml(berkas), berkas)
    if salah := list(_salah_peta(peta, register)):
        raise tak_terpakai(berkas, salah)
    return peta


def _salah_peta(peta: Peta, register: Register) -> Iterator[Pelanggaran]:
    """Fields that the register does not have, an odd form, and values that fields do not take."""
    dipakai = [(f"kolom.{judul}", nama) for judul, nama in peta.kolom.items()]
    dipakai += [(f"tetap.{nama}", nama) for nama in peta.tetap] + [(f"kata.{nama}", nama) for nama in peta.kata]
    for kunci, nama in dipakai:
        if nama not in register.nama_bidang:
            mirip = terdekat(nama, register.nama_bidang)
            yield Pelanggaran(kunci, f"{nama!r} bukan isian {register.slug}{mirip}")
    yield from _formulir_janggal(peta.formulir, register) if peta.formulir else ()
    nilai = [(f"tetap.{nama}", nama, teks) for nama, teks in peta.tetap.items()]
    nilai += [(f"kata.{nama}.{asal}", nama, teks) for nama, kata in peta.kata.items() for asal, teks in kata.items()]
    for kunci, nama, teks in nilai:
        try:
            if nama in register.nama_bidang:
                register[nama].baca(teks)
        except NilaiSalah as galat:
            yield Pelanggaran(kunci, galat.pesan)


def _formulir_janggal(formulir: Sequence[str], register: Register) -> Iterator[Pelanggaran]:
    """The nine questions must be nine, and the two that are often swapped must not look so."""
    if register.slug != SURVEI.slug:
        yield Pelanggaran("formulir", f"hanya untuk register {SURVEI.slug}")
    elif len(set(map(rata_judul, formulir))) != len(UNSUR):
        urutan = ", ".join(UNSUR_URUTAN_FORMULIR)
        yield Pelanggaran("formulir", f"harus sembilan judul yang berbeda, menurut urutan formulir: {urutan}")
    else:
        tanya = dict(zip(UNSUR_URUTAN_FORMULIR, map(str.casefold, formulir), strict=True))
        for nama, lain in (tuple(_TANDA), tuple(_TANDA)[::-1]):
            if _TANDA[lain] in tanya[nama] and _TANDA[nama] not in tanya[nama]:
                pesan = f"pertanyaan {nama} tampak menanyakan {lain}; sarana ke-8, penanganan pengaduan ke-9"
                yield Pelanggaran("formulir", pesan)


# Texts of one column that are remembered before all are forgotten: what repeats does so within fewer.
DIINGAT = 10_000

# Letters of a heading that a message shows: two long questions must still be told apart.
JUDUL_TAMPIL = 60

# Columns of running numbers, which are no numbers of entries.
_URUT = frozenset(map(rata_judul, ("no", "nomor", "no urut", "nomor urut", "#")))
# What forms ask of a respondent or add by themselves; a survey keeps nobody's name.
_LEWAT_SURVEI = (
    *("nama", "nama responden", "nama lengkap", "nama anda", "username", "nama pengguna", "score", "skor"),
    *("email", "email address", "alamat email", "no hp", "nomor hp", "no telepon", "nomor telepon"),
)
_BARIS_TAMPIL = 3
_BILANGAN = re.compile(r"\d{1,9}", re.ASCII)


class KolomBerkas(dict[str, Any]):
    """A column of the file: the field it fills, blank for one left out, and the stored value of each text so far.

    ``judul``: its heading, where that is not the field's name.
    """

    def __init__(self, nama: str, baca: Callable[[str], Nilai] | None = None, judul: str = "") -> None:
        super().__init__()
        self.nama = nama
        self.dibaca = baca is not None
        self.baca = baca or str
        self.judul = judul

    def __missing__(self, teks: str) -> Nilai:
        nilai = self[teks] = tersimpan(self.baca(teks))
        return nilai

    def semua(self, teks: Sequence[str]) -> list[Any]:
        """The stored values of many texts; raises NilaiSalah where one has none."""
        if len(self) > DIINGAT:
            self.clear()
        return list(map(self.__getitem__, teks))

    @property
    def sebutan(self) -> str:
        """The column as messages name it: the field, and the heading where it is another."""
        return f'{self.nama} (kolom "{self.judul}")' if self.judul else self.nama


@dataclass(frozen=True, slots=True)
class Kepala:
    """A table's headings: the row they stand in, its cells, the columns, and the rows below.

    ``urut``: where a column of running numbers stands; ``lewat``: the headings of columns left out unasked.
    """

    nomor_baris: int
    sel: Sequence[str]
    kolom: tuple[KolomBerkas, ...]
    bawah: Iterator[Baris]
    urut: int | None
    lewat: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PengenalJudul:
    """What a register's columns may be called: by its own words, and by a mapping."""

    register: Register
    peta: Peta
    arti: Mapping[str, str]

    def nama(self, judul: str) -> str | None:
        """The field of a heading, blank for one to leave out, None for one that is not known."""
        polos = rata_judul(judul)
        if polos in self.arti:
            return self.arti[polos]
        return _unsur(judul) if self.register.slug == SURVEI.slug else None

    def banyak(self, sel: Sequence[str]) -> int:
        """How many of a row's cells head a field."""
        return sum(1 for satu in sel if len(satu) <= 1000 and not kosong(satu) and self.nama(satu))

    def kurang(self, sel: Sequence[str]) -> list[str]:
        """The required fields that a row does not head."""
        ada = {self.nama(satu) for satu in sel if not kosong(satu)} | set(self.peta.tetap)
        return [bidang.nama for bidang in self.register.bidang if bidang.wajib and bidang.nama not in ada]


def pengenal_judul(register: Register, peta: Peta) -> PengenalJudul:
    """A register's headings; those of the mapping come before the register's own."""
    lewat = _LEWAT_SURVEI if register.slug == SURVEI.slug else ()
    arti = dict.fromkeys(map(rata_judul, lewat), "")
    for bidang in register.bidang:
        lain = (bidang.arti, *bidang.judul_lain, *([UNSUR[bidang.nama]] if bidang.nama in UNSUR else []))
        arti |= {rata_judul(satu): bidang.nama for satu in lain if rata_judul(satu) not in arti}
    arti |= {rata_judul(bidang.nama): bidang.nama for bidang in register.bidang}
    return PengenalJudul(register, peta, arti | peta.judul())


def _unsur(judul: str) -> str | None:
    """The one of the nine elements that a question names."""
    tanya = rapi(judul).casefold()
    cocok = [nama for nama, ciri in CIRI_UNSUR.items() if " " in tanya.strip() and re.search(ciri, tanya)]
    return cocok[0] if len(cocok) == 1 else None


def baca_kepala(baris: Iterator[Baris], pengenal: PengenalJudul, zona: tzinfo | None, *, kutip_isi: bool) -> Kepala:
    """Find the row that names the required fields, and tell its columns.

    ``kutip_isi``: whether a message may show what stands in the file's first rows. Raises AturanDilanggar.
    """
    awal = list(islice(baris, BARIS_AWAL))
    letak = _cari(awal, pengenal)
    if letak is None:
        raise _tanpa_judul(awal, pengenal, kutip_isi=kutip_isi)
    nomor_baris, sel = awal[letak]
    judul = [" ".join(rapi(satu).split()) for satu in sel]
    while judul and not judul[-1]:
        judul.pop()
    bawah = awal[letak + 1 :]
    urut = _kolom_urut(judul, bawah)
    nama = ["" if letak == urut else None if not satu else pengenal.nama(satu) for letak, satu in enumerate(judul)]
    arti = list(zip(judul, nama, strict=True))
    if salah := [replace(satu, nomor_baris=nomor_baris) for satu in _salah_judul(pengenal, arti)]:
        pesan = f"judul kolom tidak sesuai register {pengenal.register.slug}:"
        raise AturanDilanggar(pesan, tuple(salah), _saran_judul(pengenal.register))
    dipetakan = pengenal.peta.judul()
    lewat = tuple(satu for satu, milik in arti if milik == "" and rata_judul(satu) not in dipetakan)
    kolom = tuple(_kolom(pengenal, *satu, zona) for satu in arti)
    return Kepala(nomor_baris, list(sel)[: len(judul)], kolom, chain(bawah, baris), urut, lewat)


def _cari(awal: Sequence[Baris], pengenal: PengenalJudul) -> int | None:
    """Where among the first rows the headings stand: required ones first, then as many as can be."""
    nilai = [(not pengenal.kurang(sel), pengenal.banyak(sel)) for _nomor, sel in awal]
    terbaik = max(nilai, default=(False, 0))
    return nilai.index(terbaik) if terbaik[1] else None


def _kolom_urut(judul: Sequence[str], bawah: Iterable[Baris]) -> int | None:
    """The column that only numbers the rows: headed so, and its first cell below holds no more than figures."""
    for letak, satu in enumerate(judul):
        if rata_judul(satu) in _URUT:
            isi = (sel[letak].strip().rstrip(".") for _nomor, sel in bawah if len(sel) >= len(judul))
            return letak if _BILANGAN.fullmatch(next(filter(None, isi), "")) else None
    return None


def _kolom(pengenal: PengenalJudul, judul: str, nama: str | None, zona: tzinfo | None) -> KolomBerkas:
    if nama is None:
        return KolomBerkas("", _harus_kosong)
    if not nama:
        return KolomBerkas("")
    peta = pengenal.peta
    baca = pembaca_sel(pengenal.register[nama], peta.arti(nama), bulan_dulu=peta.bulan_dulu, zona=zona)
    tampil = judul if len(judul) <= JUDUL_TAMPIL else f"{judul[:JUDUL_TAMPIL]}…"
    return KolomBerkas(nama, baca, "" if rata_judul(judul) == rata_judul(nama) else tampil)


def _harus_kosong(teks: str) -> Nilai:
    if not kosong(teks):
        raise NilaiSalah("kolom ini berisi, tetapi tidak berjudul")
    return None


def _salah_judul(pengenal: PengenalJudul, arti: Sequence[tuple[str, str | None]]) -> Iterator[Pelanggaran]:
    """Every heading that is unknown, twice there, or missing; ``arti``: the headings with their fields."""
    for judul, nama in arti:
        if judul and nama is None:
            mirip = terdekat(judul, pengenal.register.nama_bidang)
            yield Pelanggaran(judul[:JUDUL_TAMPIL], f"kolom ini tidak dikenal{mirip}")
    for satu, banyak in sorted(Counter(nama for _judul, nama in arti if nama).items()):
        if banyak > 1:
            yield Pelanggaran(satu, "kolom ini tertulis dua kali")
    for satu in pengenal.kurang([judul for judul, _nama in arti]):
        yield Pelanggaran(satu, "kolom wajib ini tidak ada")


def _tanpa_judul(awal: Sequence[Baris], pengenal: PengenalJudul, *, kutip_isi: bool) -> AturanDilanggar:
    """No row heads the table: what was looked for, and the first rows where they may be shown."""
    wajib = pengenal.kurang([])
    if not awal:
        kurang = tuple(Pelanggaran(satu, "kolom wajib ini tidak ada", 1) for satu in wajib)
        return AturanDilanggar("berkas ini kosong:", kurang)
    tampil = (
        Pelanggaran("terbaca", " | ".join(kutip(satu) for satu in sel if not kosong(satu)), nomor)
        for nomor, sel in awal[:_BARIS_TAMPIL]
    )
    dicari = ", ".join(wajib or pengenal.register.nama_bidang)
    return AturanDilanggar(
        f"tidak ada baris judul kolom di {len(awal)} baris pertama; yang dicari kolom {dicari}",
        tuple(tampil) if kutip_isi else (),
        _saran_judul(pengenal.register),
    )


def _saran_judul(register: Register) -> str:
    return f"Kolom yang dikenal: {', '.join(register.nama_bidang)}. Judul lain dapat dipetakan dengan --peta."
