"""What is shown of entries: a register's list and its printed form, a card and its citizen's slip, found texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import angka, bersih, setara
from ikikec.buku.baca import IsiRegister
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.nomor import baca_nomor
from ikikec.buku.register import DIHAPUS, PENGADUAN, TINDAK_LANJUT, Register
from ikikec.lembar.tabel import Kolom, Tabel, pasangan
from ikikec.tanggal import hari_tanggal, saat_setempat, tanggal_panjang, tanggal_pendek

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table

    from ikikec.buku.baca import Riwayat, Temu
    from ikikec.buku.batas import JatuhTempo
    from ikikec.konfigurasi import Konfigurasi


# Behind the number of a cancelled entry.
BATAL = " (batal)"


@dataclass(frozen=True, slots=True)
class Daftar(IsiRegister):
    """What a list shows; ``dengan_identitas``: of citizens too, where it is printed."""

    konfig: "Konfigurasi"
    dengan_identitas: bool


def tabel_register(kumpulan: Sequence[IsiRegister]) -> list[Tabel]:
    """Registers as tables, with every field."""
    return [
        Tabel(
            satu.register.slug,
            [Kolom(bidang.nama, jenis=bidang.jenis) for bidang in satu.register.bidang],
            satu.tertulis(),
            (f"Register {satu.register.sebutan}", satu.saringan),
        )
        for satu in kumpulan
    ]


def daftar_layar(daftar: Daftar) -> "Table":
    """The register's main columns as a rich console prints them, cancelled entries marked and struck through."""
    from rich.table import Table
    from rich.text import Text

    register = daftar.register
    tabel = Table(box=None, pad_edge=False, header_style="bold")
    for nama in register.ringkas:
        tabel.add_column(nama.replace("_", " "), overflow="fold", no_wrap=nama == "nomor")
    for isi in daftar.entri:
        tertulis = register.tulis(isi)
        tertulis["nomor"] += BATAL if isi["batal"] else ""
        gaya = "dim strike" if isi["batal"] else ""
        tabel.add_row(*(Text(bersih(tertulis[nama]), style=gaya) for nama in register.ringkas))
    return tabel


def sebut_jumlah(entri: Sequence[Mapping[str, Nilai]]) -> str:
    """How many entries a list holds, and how many of them are cancelled."""
    batal = sum(satu["batal"] is True for satu in entri)
    return f"{angka(len(entri))} entri" + (f", {angka(batal)} dibatalkan" if batal else "")


@dataclass(frozen=True, slots=True)
class Agenda:
    """A printed register: its heading, what it was narrowed to, column names, cells row by row, and how many.

    ``lebar``: the widths of the columns in millimetres, 0 for the one that takes what is left; ``setinggi``: the
    places of the rows that may be as tall as a page.
    """

    konfig: "Konfigurasi"
    judul: str
    saringan: str
    kolom: tuple[str, ...]
    baris: tuple[tuple[str, ...], ...]
    jumlah: str
    lebar: tuple[int, ...]
    setinggi: frozenset[int]


def susun_agenda(daftar: Daftar, *, sempit: bool) -> Agenda:
    """The entries under the main columns; where these are ``sempit``, dates are short and not broken.

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
        tertulis = register.tulis(isi) | {
            satu: tanggal_pendek(nilai).replace(" ", "\xa0") if sempit else tanggal_panjang(nilai)
            for satu, nilai in isi.items()
            if isinstance(nilai, date)
        }
        tertulis["nomor"] += BATAL if isi["batal"] else ""
        baris.append(tuple(tertulis[satu] for satu in nama))
    kolom = tuple(satu.replace("_", " ") for satu in nama)
    lebar = _lebar(kolom, baris)
    muat = [_BARIS * (satu or _KERTAS - sum(lebar)) / _HURUF for satu in lebar]
    return Agenda(
        konfig=daftar.konfig,
        judul=f"Register {register.sebutan}",
        saringan=daftar.saringan,
        kolom=kolom,
        baris=tuple(baris),
        jumlah=sebut_jumlah(entri),
        lebar=lebar,
        setinggi=frozenset(
            urut for urut, isi in enumerate(baris) if any(len(sel) > m for sel, m in zip(isi, muat, strict=True))
        ),
    )


# A cell of so many letters is short; the millimetres that a letter takes, a column's edges, all short ones may, a
# long one must, and the narrowest paper has. Lines that a page has.
_PENDEK, _HURUF, _TEPI, _RUANG, _TERSEMPIT, _KERTAS, _BARIS = 17, 2.05, 4, 130, 20, 244, 38


def _lebar(judul: Sequence[str], baris: Sequence[tuple[str, ...]]) -> tuple[int, ...]:
    """Millimetres for each column, 0 for the one with most letters, which takes what is left of the paper.

    Short texts stay on a line; where that leaves too little, only their longest words stay whole, then none.
    """
    # Headings are bold, hence wider; what is said behind a number may stand below it.
    sel = [[f"{nama}xx", *(satu[letak].removesuffix(BATAL) for satu in baris)] for letak, nama in enumerate(judul)]
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


@dataclass(frozen=True, slots=True)
class Kartu:
    """What is known of one entry, and of the office it is in; ``dengan_identitas``: the slip tells all of it.

    ``petugas`` recorded it. ``lebih_lama``: how many follow-ups, and how many lines of its history, are left out.
    """

    register: Register
    isi: Mapping[str, Any]
    lanjut: Sequence[Mapping[str, Nilai]]
    riwayat: "Sequence[Riwayat]"
    tempo: "JatuhTempo | None"
    konfig: "Konfigurasi"
    petugas: str
    dengan_identitas: bool = False
    lebih_lama: tuple[int, int] = (0, 0)


def kartu_json(kartu: Kartu) -> dict[str, Any]:
    """The card as JSON has it: the entry's fields, and beside them its deadline, follow-ups and history."""
    isi: dict[str, Any] = kartu.register.json(kartu.isi)
    if kartu.register is PENGADUAN:
        isi["tindak_lanjut"] = [TINDAK_LANJUT.json(satu) for satu in kartu.lanjut]
    isi["tenggat"] = _tempo_json(kartu.tempo) if kartu.tempo else None
    isi["riwayat"] = [asdict(satu) for satu in kartu.riwayat]
    return isi


def tabel_kartu(kartu: Kartu) -> list[Tabel]:
    """The card as tables: the entry, its follow-ups, its history, a row per field that an act changed."""
    nomor = str(kartu.isi["nomor"])
    isi = [(satu.nama.replace("_", " "), _polos(kartu.isi[satu.nama])) for satu in kartu.register.bidang]
    judul = f"{kartu.register.sebutan.capitalize()} {nomor}"
    batas = [("batas waktu", satu) for satu in tenggat_teks(kartu.tempo)] if kartu.tempo else []
    riwayat = [
        (datetime.fromisoformat(satu.waktu).astimezone(kartu.konfig.waktu_setempat).replace(tzinfo=None), satu.nomor,
         satu.aksi, satu.petugas, satu.alasan, *perubahan)
        for satu in kartu.riwayat for perubahan in _perubahan(satu)
    ]  # fmt: skip
    kolom = ("waktu", "nomor", "aksi", "petugas", "alasan", "isian", "lama", "baru")
    return [
        Tabel("entri", [Kolom("isian"), Kolom("isi")], [*isi, *batas], [judul]),
        *(tabel_register([IsiRegister(TINDAK_LANJUT, kartu.lanjut, nomor)]) if kartu.lanjut else ()),
        Tabel("riwayat", [Kolom(satu) for satu in kolom], riwayat, (f"Riwayat {nomor}",)),
    ]


def _perubahan(satu: "Riwayat") -> Iterator[tuple[Any, ...]]:
    """Each field that an act changed with its old and new value; what it forgot by its name alone."""
    bidang = baca_nomor(satu.nomor).register
    for nama in satu.lupa:
        yield nama.replace("_", " "), DIHAPUS, DIHAPUS
    for nama, nilai in satu.perubahan.items():
        if nama not in satu.lupa:
            tanggal = bidang[nama].jenis is Jenis.TANGGAL
            yield nama.replace("_", " "), *(date.fromisoformat(x) if x and tanggal else _polos(x) for x in nilai)
    if not (satu.lupa or satu.perubahan):
        yield None, None, None


def _polos(nilai: Nilai) -> str | int | date | None:
    return ("tidak", "ya")[nilai] if isinstance(nilai, bool) else nilai


def _tempo_json(tempo: "JatuhTempo") -> dict[str, Any]:
    lewat = tempo.dilewati
    return {
        "mulai": tempo.mulai,
        "batas": tempo.batas,
        "selesai": tempo.selesai,
        "terlambat": tempo.terlambat,
        "sisa_hari_kerja": tempo.sisa,
        "libur": [{"tanggal": hari, "nama": nama} for hari, nama in lewat.libur.items()] if lewat else None,
        "akhir_pekan": lewat.akhir_pekan if lewat else None,
        "kalender_berubah": lewat is None or lewat.berubah,
    }


def susun_kartu(kartu: Kartu) -> "Group":
    """The card as something a rich console prints."""
    from rich.console import Group
    from rich.text import Text

    tertulis = kartu.register.tulis(kartu.isi)
    bagian: list[RenderableType] = [pasangan((nama.replace("_", " "), nilai) for nama, nilai in tertulis.items())]
    if kartu.tempo:
        bagian += [Text("\nBatas waktu", style="bold"), *(Text(f"  {baris}") for baris in tenggat_teks(kartu.tempo))]
    if kartu.lanjut:
        bagian.append(Text(f"\nTindak lanjut{_lebih(kartu.lebih_lama[0])}", style="bold"))
        bagian.append(pasangan((str(satu["nomor"]), _tindakan(satu)) for satu in kartu.lanjut))
    bagian.append(Text(f"\nRiwayat{_lebih(kartu.lebih_lama[1])}", style="bold"))
    bagian.append(pasangan(pasang for satu in kartu.riwayat for pasang in _acara(satu, kartu.konfig)))
    return Group(*bagian)


def _lebih(banyak: int) -> str:
    return f" ({angka(banyak)} yang lebih lama: --semua)" if banyak else ""


def tenggat_teks(tempo: "JatuhTempo") -> list[str]:
    """The deadline in sentences: until when, how it stands, which days it skipped, and what has changed since."""
    baris = [f"{hari_tanggal(tempo.batas)}: {_keadaan(tempo)}"]
    if tempo.dilewati is None:
        return [*baris, "hari kerja, hari libur, atau aturannya sudah lain daripada saat batas ini ditulis"]
    lewat = [f"{tanggal_panjang(hari)} ({bersih(nama)})" for hari, nama in tempo.dilewati.libur.items()]
    if tempo.dilewati.akhir_pekan:
        lewat.append(f"{tempo.dilewati.akhir_pekan} hari di luar hari kerja")
    if lewat:
        baris.append(f"dihitung sejak {tanggal_panjang(tempo.mulai)}, dilewati: {'; '.join(lewat)}")
    if tempo.dilewati.berubah:
        baris.append("kalender sudah berubah sejak batas ini dihitung; batasnya tetap")
    return baris


def _keadaan(tempo: "JatuhTempo") -> str:
    if tempo.selesai is not None:
        return f"selesai {tanggal_panjang(tempo.selesai)}, {_lambat(tempo) if tempo.terlambat else 'tepat waktu'}"
    if tempo.terlambat:
        return _lambat(tempo)
    return f"sisa {tempo.sisa} hari kerja" if tempo.sisa else "hari terakhir"


def _lambat(tempo: "JatuhTempo") -> str:
    # A Friday's deadline is missed on Sunday, and no working day has gone by.
    return f"terlambat {-tempo.sisa} hari kerja" if tempo.sisa else "terlambat, belum sehari kerja"


def _tindakan(satu: Mapping[str, Nilai]) -> str:
    tertulis = TINDAK_LANJUT.tulis(satu)
    batal = " (dibatalkan)" if satu["batal"] else ""
    return f"{tertulis['tanggal']}  {tertulis['status']}: {tertulis['tindakan']}{batal}"


def _acara(satu: "Riwayat", konfig: "Konfigurasi") -> Iterator[tuple[str, str]]:
    """What was done and by whom; below it why, and old and new of every field that changed."""
    yield saat_setempat(satu.waktu, konfig.waktu_setempat), f"{satu.nomor}  {satu.aksi} oleh {satu.petugas}"
    if satu.alasan:
        yield "", f"  alasan: {satu.alasan}"
    if satu.lupa:
        yield "", f"  hilang: {', '.join(nama.replace('_', ' ') for nama in satu.lupa)}"
    for nama, (lama, baru) in satu.perubahan.items():
        if nama in satu.lupa:
            continue
        yield "", f"  {nama.replace('_', ' ')}: {_isi(lama)} → {_isi(baru)}"


def _isi(nilai: Nilai) -> str:
    return "(kosong)" if nilai is None else str(_polos(nilai))


@dataclass(frozen=True, slots=True)
class TandaTerima:
    """What stands on the slip; ``petugas`` recorded the entry and is whom to ask."""

    konfig: "Konfigurasi"
    layanan: str
    nomor: str
    tanggal: date
    pokok: str
    batas: date | None
    petugas: str
    batal: bool


def susun_tanda_terima(kartu: Kartu) -> TandaTerima:
    """The slip of one entry; whom to ask is the clerk of its first journal line.

    Words that may not leave the office unasked are told by what the entry is: its coded words.
    """
    register, isi = kartu.register, kartu.isi
    pokok = [register.pokok]
    if not register.boleh_keluar(register.pokok, diminta=kartu.dengan_identitas):
        pokok = [nama for nama in register.ringkas if register[nama].jenis is Jenis.PILIHAN]
    return TandaTerima(
        konfig=kartu.konfig,
        layanan=register.sebutan,
        nomor=isi["nomor"],
        tanggal=isi["tanggal"],
        pokok=", ".join(str(isi[nama]) for nama in pokok if isi[nama]) or "–",
        batas=isi.get("batas"),
        petugas=kartu.petugas,
        batal=isi["batal"],
    )


@dataclass(frozen=True, slots=True)
class HasilCari:
    """Where a text was found."""

    dicari: str
    temu: "Sequence[Temu]"


# Letters of context on either side of what was found.
SISI = 30


def cari_layar(hasil: HasilCari) -> "Table":
    """Number, date and field of every place, with some letters around it."""
    isi = []
    for satu in hasil.temu:
        batal = " (dibatalkan)" if satu.batal else ""
        kutipan = _kutip(satu.teks, hasil.dicari)
        isi.append((satu.nomor, f"{satu.tanggal}  {satu.isian.replace('_', ' ')}: {kutipan}{batal}"))
    return pasangan(isi)


def _kutip(isi: str, teks: str) -> str:
    """What was found with some letters around it."""
    rata = bersih(isi)
    letak = max(setara(rata).lower().find(setara(bersih(teks)).lower()), 0)
    awal, akhir = max(letak - SISI, 0), letak + len(teks) + SISI
    return f"{'…' if awal else ''}{rata[awal:akhir]}{'…' if akhir < len(rata) else ''}"


def cari_json(hasil: HasilCari) -> list[dict[str, Any]]:
    """The same for scripts, the fields whole."""
    return [satu._asdict() for satu in hasil.temu]


def tabel_cari(hasil: HasilCari) -> list[Tabel]:
    """The same as a table."""
    kolom = [Kolom(nama) for nama in ("nomor", "tanggal", "register", "isian", "teks", "batal")]
    baris = [
        (satu.nomor, satu.tanggal, satu.register, satu.isian.replace("_", " "), satu.teks, _polos(satu.batal))
        for satu in hasil.temu
    ]
    return [Tabel("cari", kolom, baris, ("Pencarian", f"Yang dicari: {hasil.dicari}"))]
