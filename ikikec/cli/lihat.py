"""``ikikec lihat``, ``daftar``, ``cari``: one entry with its history, the entries of a register, where a text is."""

from collections.abc import Callable
from dataclasses import replace
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.bahasa import angka
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import PENGADUAN, SEMUA, Register
from ikikec.cli import lengkapi
from ikikec.cli.keluaran import CSV, Bentuk, Olah, Tujuan, pilih_tujuan
from ikikec.cli.opsi import (
    argumen_nomor,
    argumen_register,
    baca_opsi,
    baca_terisi,
    bertanda_tangan,
    bidang_tersebut,
    opsi_berkas,
    opsi_bilangan,
    opsi_buka,
    opsi_keluaran,
    opsi_kertas,
    opsi_periode,
    opsi_untuk_excel,
    parameter_bersama,
    saklar,
)
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import pembaca
from ikikec.periode import baca_periode
from ikikec.tanggal import tanggal_panjang

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan
    from ikikec.buku.saring import Saringan
    from ikikec.lembar.entri import Daftar


# On a terminal as into a pipe: the card.
_TEKS = Bentuk("teks", "lembar.entri:susun_kartu", (".txt",), Olah.LAYAR)
BENTUK = (
    _TEKS,
    _TEKS,
    Bentuk("json", "lembar.entri:kartu_json", (".json",), Olah.NILAI),
    Bentuk("html", "tanda-terima", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("md", "tanda-terima", (".md",), Olah.TEMPLAT),
    Bentuk("xlsx", "lembar.entri:tabel_kartu", (".xlsx",), Olah.BUKU, biner=True),
)

# Acts and follow-ups that a card shows, but in these forms; an entry may have thousands.
TERAKHIR = 50
SELURUHNYA = ("json", "xlsx")

_DENGAN_IDENTITAS = typer.Option(
    "--dengan-identitas", help="Di html dan md: cetak uraian warga, bukan jenisnya saja."
)


def lihat(
    ctx: typer.Context,
    nomor: Annotated[Nomor, argumen_nomor()],
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK[1:]])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    buka: Annotated[bool, opsi_buka()] = False,
    dengan_identitas: Annotated[bool, _DENGAN_IDENTITAS] = False,
    semua: Annotated[
        bool, typer.Option("--semua", help=f"Semua riwayat dan tindak lanjut, bukan {TERAKHIR} yang terakhir saja.")
    ] = False,
) -> None:
    """Show one entry."""
    sesi: Sesi = ctx.obj
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas, buka=buka)
    from ikikec.lembar.entri import Kartu

    nomor = sesi.nomor(nomor)
    with sesi.bacaan() as bacaan:
        entri = bacaan.entri(nomor)
        # JSON and workbooks hold the whole history; the slips show none of it.
        terakhir = None if semua or tujuan.bentuk.nama in SELURUHNYA else TERAKHIR
        dibaca, lebih_lanjut = bacaan.lanjutan(nomor, terakhir) if nomor.register is PENGADUAN else ((), 0)
        lanjut = list(dibaca)
        tempo = bacaan.jatuh_tempo(nomor, sesi.hari_ini, sesi.konfig)
        riwayat, lebih_riwayat = bacaan.riwayat(nomor, terakhir)
        petugas = bacaan.pencatat(nomor)
    lebih = lebih_lanjut, lebih_riwayat
    kartu = Kartu(nomor.register, entri, lanjut, riwayat, tempo, sesi.konfig, petugas, dengan_identitas, lebih)
    pokok = nomor.register.pokok
    if tujuan.bentuk.nama in ("html", "md") and not nomor.register.boleh_keluar(pokok, diminta=dengan_identitas):
        sesi.kabar(f"Isian {pokok} tidak dicetak di tanda terima; sertakan dengan --dengan-identitas.")
    tujuan.kirim(kartu)


_CARI = Bentuk("teks", "lembar.entri:cari_layar", (".txt",), Olah.LAYAR)
BENTUK_CARI = (
    _CARI,
    _CARI,
    Bentuk("json", "lembar.entri:cari_json", (".json",), Olah.NILAI),
    Bentuk(CSV, "lembar.entri:tabel_cari", (".csv",), Olah.TABEL),
    Bentuk("xlsx", "lembar.entri:tabel_cari", (".xlsx",), Olah.BUKU, biner=True),
)


def cari(
    ctx: typer.Context,
    teks: Annotated[
        str, typer.Argument(parser=pembaca(baca_terisi), metavar="TEKS", help="Yang dicari.", show_default=False)
    ],
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK_CARI[1:]])] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    kertas: Annotated[str | None, opsi_kertas()] = None,
    untuk_excel: Annotated[bool, opsi_untuk_excel()] = False,
) -> None:
    """Find a text."""
    sesi: Sesi = ctx.obj
    tujuan = pilih_tujuan(sesi, BENTUK_CARI, keluaran, berkas, kertas=kertas, untuk_excel=untuk_excel)
    from ikikec.buku.saring import cari_teks
    from ikikec.lembar.entri import HasilCari

    with sesi.bacaan() as bacaan:
        temu = list(cari_teks(bacaan.koneksi, teks))
    tujuan.kirim(HasilCari(teks, temu))
    if tujuan.di_layar:
        sesi.kabar(f"{angka(len({satu.nomor for satu in temu}))} entri")


BENTUK_DAFTAR = (
    Bentuk("tabel", "lembar.entri:daftar_layar", (".txt",), Olah.LAYAR),
    Bentuk(CSV, "lembar.entri:tabel_register", (".csv",), Olah.TABEL),
    Bentuk("json", "tukar.json:tulis_register", (".json",)),
    Bentuk("md", "agenda", (".md",), Olah.TEMPLAT),
    Bentuk("html", "agenda", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("xlsx", "lembar.entri:tabel_register", (".xlsx",), Olah.BUKU, biner=True),
)

# Those that hold every field of the entries, as ``ekspor`` writes them.
SEUTUHNYA = (CSV, "xlsx", "json")

# The coded fields of all registers, by which a list can be narrowed, each with the registers that have it.
BERKODE: dict[str, list[Register]] = {
    bidang.nama: [satu for satu in SEMUA.values() if bidang.nama in satu.nama_bidang]
    for register in SEMUA.values()
    for bidang in register.isian
    if bidang.jenis in (Jenis.PILIHAN, Jenis.YA_TIDAK) or bidang.nama == "jenis"
}


def perintah_daftar(_nama: str) -> Callable[..., None]:
    """The command ``daftar``."""

    def daftar(
        ctx: typer.Context, register: Register, keluaran: str | None, berkas: str | None, **pilihan: Any
    ) -> None:
        _daftar(ctx.obj, register, keluaran, berkas, pilihan)

    register = Annotated[Register, argumen_register()]
    return bertanda_tangan(
        daftar,
        [
            Parameter("register", Parameter.POSITIONAL_OR_KEYWORD, annotation=register),
            _opsi("periode", str | None, opsi_periode("Menurut tanggal entri.")),
            *(saklar(nama, bantuan) for nama, bantuan in _SAKLAR.items()),
            _opsi("jatuh_tempo", int | None, _JATUH_TEMPO),
            *(parameter_bersama(nama, milik, "KATA") for nama, milik in BERKODE.items()),
            _opsi("urut", str | None, _URUT),
            _opsi("maks", int | None, opsi_bilangan("--maks", "Paling banyak N entri.", 0)),
            _opsi("keluaran", str | None, opsi_keluaran([satu.nama for satu in BENTUK_DAFTAR])),
            _opsi("berkas", str | None, opsi_berkas()),
            _opsi("buka", bool, opsi_buka(), bawaan=False),
            _opsi("kertas", str | None, opsi_kertas()),
            _opsi("untuk_excel", bool, opsi_untuk_excel(), bawaan=False),
        ],
    )


_JATUH_TEMPO = opsi_bilangan("--jatuh-tempo", "Yang batasnya dalam N hari kerja ke depan.", 0, 1_000)
_URUT = typer.Option(
    metavar="[-]ISIAN", help="Urut menurut isian; - dari yang terbesar.", autocompletion=lengkapi.nama_isian
)
_SAKLAR = {
    "belum_selesai": "Yang belum selesai saja.",
    "terlambat": "Yang belum selesai dan lewat batas.",
    "batal": "Yang dibatalkan saja.",
    "dengan_identitas": "Di md dan html: sertakan nama, kontak, alamat, dan uraian warga.",
}


def _opsi(nama: str, jenis: Any, opsi: Any, bawaan: Any = None) -> Parameter:
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=bawaan, annotation=Annotated[jenis, opsi])


def _daftar(
    sesi: Sesi, register: Register, keluaran: str | None, berkas: str | None, pilihan: dict[str, Any]
) -> None:
    cetak = {nama: pilihan[nama] for nama in ("buka", "kertas", "untuk_excel")}
    tujuan = pilih_tujuan(sesi, BENTUK_DAFTAR, keluaran, berkas, **cetak)
    from ikikec.lembar.entri import Daftar

    with sesi.bacaan() as bacaan:
        saringan = _saringan(sesi, register, pilihan, bacaan)
        isi = Daftar(
            register,
            bacaan.daftar(register, saringan),
            _sebut(pilihan, saringan),
            sesi.konfig,
            pilihan["dengan_identitas"],
        )
        if tujuan.di_layar:
            _tampilkan(sesi, tujuan, replace(isi, entri=list(isi.entri)))
        else:
            seutuhnya = tujuan.bentuk.nama in SEUTUHNYA
            tujuan.kirim([isi] if seutuhnya else isi)


def _tampilkan(sesi: Sesi, tujuan: Tujuan, isi: "Daftar") -> None:
    """The table on the terminal, none where it is empty, and how many entries there are."""
    from ikikec.lembar.entri import sebut_jumlah

    if any(True for _ in isi.entri):
        tujuan.kirim(isi)
    sesi.kabar(sebut_jumlah([*isi.entri]))


def _sebut(pilihan: dict[str, Any], saringan: "Saringan") -> str:
    """What the list was narrowed to, in words for its heading."""
    kata = [saringan.periode.label] if saringan.periode else []
    kata += [nama.replace("_", " ") for nama in ("belum_selesai", "terlambat", "batal") if pilihan[nama]]
    if saringan.jatuh_tempo:
        kata.append(f"jatuh tempo sampai {tanggal_panjang(saringan.jatuh_tempo[1])}")
    kata += [f"{nama.replace('_', ' ')} {pilihan[nama]}" for nama in saringan.sama]
    return ", ".join(kata) or "semua entri"


def _saringan(sesi: Sesi, register: Register, pilihan: dict[str, Any], bacaan: "Bacaan") -> "Saringan":
    from ikikec.buku.saring import Saringan

    periode, hari = pilihan["periode"], pilihan["jatuh_tempo"]
    berkode = {nama: isi for nama in BERKODE if (isi := pilihan[nama]) is not None}
    return Saringan(
        periode=None if periode is None else baca_periode(periode, sesi.hari_ini),
        belum_selesai=pilihan["belum_selesai"],
        terlambat_pada=sesi.hari_ini if pilihan["terlambat"] else None,
        jatuh_tempo=None if hari is None else (sesi.hari_ini, sesi.hari_kerja_ke(bacaan, hari)),
        batal=pilihan["batal"],
        sama={nama: _baca_berkode(sesi, register, nama, isi) for nama, isi in berkode.items()},
        urut=pilihan["urut"] or "",
        maks=pilihan["maks"],
    )


def _baca_berkode(sesi: Sesi, register: Register, nama: str, isi: str) -> Nilai:
    """The word a list is narrowed to, one of those that the office has today."""
    return baca_opsi(sesi.bidang(register, bidang_tersebut(register, nama).nama), isi)
