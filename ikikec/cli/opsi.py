"""Options made from the registers' fields, so that a field is described once and parsed the same everywhere."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from inspect import Parameter
from typing import Annotated, Any

import typer

from ikikec.bahasa import deret, tampak_kontak
from ikikec.buku.bidang import Bidang, Jenis, Nilai, pilih_kata
from ikikec.buku.nomor import Nomor, NomorPendek, baca_nomor_ketikan
from ikikec.buku.register import SEMUA, Register
from ikikec.buku.usulan import SEMUA as SEMUA_ENTRI
from ikikec.cli import lengkapi
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import YA_TIDAK, get_current_context, pembaca
from ikikec.galat import NilaiSalah, SalahPakai
from ikikec.tanggal import baca_ketikan

_METAVAR = {Jenis.TEKS: "TEKS", Jenis.TANGGAL: "TANGGAL", Jenis.BILANGAN: "ANGKA", Jenis.YA_TIDAK: YA_TIDAK}
# Longer lists of words would not fit a terminal's line; they stand in the help text instead.
_LEBAR_METAVAR = 60
CONTOH_PERIODE = "Misalnya 2026-10, 2026-T3, 2026, bulan-ini."

Baca = Callable[[str], Any]


def opsi(
    nama: str, metavar: str, bantuan: str, baca: Baca | None = None, usul: lengkapi.Pelengkap | None = None
) -> Any:
    """An option: its names, what its value is called, what it means, what reads it, and what completes it."""
    return typer.Option(
        *nama.split(),
        parser=pembaca(baca) if baca else None,
        metavar=metavar,
        help=bantuan,
        show_default=False,
        autocompletion=usul,
    )


def argumen(metavar: str, bantuan: str, baca: Baca | None = None, usul: lengkapi.Pelengkap | None = None) -> Any:
    """An argument, likewise."""
    return typer.Argument(
        parser=pembaca(baca) if baca else None,
        metavar=metavar,
        help=bantuan,
        show_default=False,
        autocompletion=usul,
    )


def saklar(nama: str, bantuan: str) -> Any:
    """An option without a value."""
    return typer.Option(nama, help=bantuan)


def parameter(nama: str, jenis: Any, isi: Any, bawaan: Any = None) -> Parameter:
    """The parameter of a command that is made from data: its Python type, and its option or argument."""
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=bawaan, annotation=Annotated[jenis, isi])


def baca_opsi(sesi: Sesi, bidang: Bidang, teks: str) -> Nilai:
    """A field's value where its option could be read only now; an error names the option."""
    try:
        return bidang.baca(teks, lambda: sesi.hari_ini)
    except NilaiSalah as galat:
        raise NilaiSalah(f"opsi {bidang.opsi}: {galat.pesan}") from None


def bidang_tersebut(sesi: Sesi, register: Register, nama: str) -> Bidang:
    """The office's field an option stands for; raises SalahPakai where this register has none of that name."""
    if nama not in register.nama_bidang:
        raise SalahPakai(f"opsi --{nama.replace('_', '-')} bukan isian {register.sebutan}")
    return sesi.bidang(register, nama)


def isyarat(sesi: Sesi, nama: str, nilai: Nilai) -> str:
    """Why a field's value, taken all the same, may be a slip; blank where it is none."""
    teks = str(nilai or "")
    if nama == "kontak" and teks and not tampak_kontak(teks):
        return "kontak ini tampaknya bukan nomor telepon atau alamat surel"
    if nama == "layanan" and teks and sesi.konfig.layanan:
        from ikikec.kinerja.sebaran import isyarat_layanan

        return isyarat_layanan(teks, sesi.konfig.nama_layanan)
    return ""


def kabarkan_isyarat(sesi: Sesi, nilai: Mapping[str, Nilai]) -> None:
    """Say so of what was just written."""
    for nama, isi in nilai.items():
        if pesan := isyarat(sesi, nama, isi):
            sesi.kabar(f"Perhatian: {pesan}.")


def _hari_ini() -> date:
    """Today of the session whose command line is being read."""
    hari: date = get_current_context().find_root().obj.hari_ini
    return hari


def baca_hari(teks: str) -> date:
    """A date as people type it."""
    return baca_ketikan(teks, _hari_ini)


def baca_wajib(bidang: Bidang) -> Baca:
    """What reads a value of this field where a blank one will not do."""

    def baca(teks: str) -> Nilai:
        nilai = bidang.baca(teks)
        if nilai is None:
            raise NilaiSalah("tidak boleh kosong")
        return nilai

    return baca


# A text that may not be blank.
baca_terisi = baca_wajib(Bidang("teks", "teks"))


def opsi_bidang(bidang: Bidang, nama: str = "", nama_opsi: str = "") -> Parameter:
    """The option of one field; blank where it is not given."""
    metavar = "|".join(bidang.kata) if bidang.jenis is Jenis.PILIHAN else _METAVAR[bidang.jenis]
    pilihan = ""
    if len(metavar) > _LEBAR_METAVAR:
        metavar, pilihan = "KATA", f": {deret(bidang.kata)}"
    petunjuk = f" ({bidang.petunjuk})" if bidang.petunjuk else ""
    bawaan = f" [bawaan: {bidang.bawaan}]" if bidang.bawaan else ""
    wajib = " [wajib]" if bidang.wajib and bidang.jenis is not Jenis.TANGGAL else ""
    isi = opsi(
        nama_opsi or bidang.opsi,
        metavar,
        bidang.arti + pilihan + petunjuk + bawaan + wajib,
        baca=lambda teks: bidang.baca(teks, _hari_ini),
        usul=lengkapi.bidang(bidang),
    )
    return parameter(nama or bidang.nama, str | None, isi)


def opsi_bersama(nama: str, metavar: str) -> Parameter:
    """The option of a field that registers share; its value is read once the line tells which one is meant."""
    milik = [satu for satu in SEMUA.values() if nama in satu.nama_bidang]
    bidang = milik[0][nama]
    arti = deret(dict.fromkeys(satu[nama].arti for satu in milik))
    isi = opsi(
        bidang.opsi,
        YA_TIDAK if bidang.jenis is Jenis.YA_TIDAK else metavar,
        f"{arti} ({', '.join(satu.slug for satu in milik)})",
        usul=lengkapi.isian(milik, nama),
    )
    return parameter(nama, str | None, isi)


def opsi_bilangan(nama: str, bantuan: str, terkecil: int, terbesar: int = 999_999) -> Any:
    """An option whose value is a whole number within bounds."""
    bidang = Bidang(nama, bantuan, Jenis.BILANGAN, terkecil=terkecil, terbesar=terbesar)
    return opsi(nama, "N", bantuan, baca=baca_wajib(bidang))


def opsi_pilihan(nama: str, kata: Sequence[str], bantuan: str, metavar: str = "") -> Any:
    """An option that takes one of some words, which stand in the help where ``metavar`` is another."""
    return opsi(
        nama,
        metavar or "|".join(kata),
        f"{bantuan}: {deret(kata)}." if metavar else bantuan,
        baca=lambda teks: pilih_kata(teks, kata),
        usul=lengkapi.kata(kata),
    )


def opsi_periode(bantuan: str) -> Any:
    """The option ``--periode``."""
    return opsi("--periode", "PERIODE", bantuan, usul=lengkapi.periode)


def opsi_tanggal(nama: str, bantuan: str) -> Any:
    """An option that takes a date as people type it."""
    return opsi(nama, "TANGGAL", bantuan, baca=baca_hari)


def opsi_teks(nama: str, bantuan: str) -> Any:
    """An option that takes a text which is not blank."""
    return opsi(nama, "TEKS", bantuan, baca=baca_terisi)


def opsi_keluaran(kata: Sequence[str]) -> Any:
    """The option ``-O`` with the formats a command knows."""
    return opsi_pilihan("-O --keluaran", kata, "Bentuk keluaran.")


# Of the commands whose answer is a line or two: as text, or as JSON.
TeksAtauJson = Annotated[str | None, opsi_keluaran(("teks", "json"))]
# Of acts that change what was recorded, and of those that ask before they are done.
ALASAN = opsi_teks("--alasan", "Alasan; tercatat di riwayat.")
Alasan = Annotated[str, ALASAN]
Ya = Annotated[bool, saklar("--ya", "Lakukan tanpa bertanya.")]


def argumen_nomor(register: Register | None = None, *syarat: str) -> Any:
    """The argument NOMOR; with ``register`` only its numbers are taken.

    ``syarat``: which entries are suggested, as in ``usulan.nomor_terakhir``.
    """

    def baca(teks: str) -> Nomor | NomorPendek:
        nomor = baca_nomor_ketikan(teks)
        if register is not None and nomor.register is not register:
            raise NilaiSalah(f"{nomor} bukan nomor {register.sebutan} ({register.kode}-TAHUN-URUT)")
        return nomor

    usul = lengkapi.nomor(register, syarat or (SEMUA_ENTRI,))
    return argumen("NOMOR", "Nomor entri; pgd-12 cukup bila jelas.", baca, usul)


def argumen_register(lain: Sequence[str] = ()) -> Any:
    """The argument REGISTER; what is ``lain`` than a register stays a word."""
    kata = (*SEMUA, *lain)

    def baca(teks: str) -> Register | str:
        pilihan = pilih_kata(teks, kata)
        return SEMUA.get(pilihan, pilihan)

    return argumen("REGISTER", f"Pilihan: {', '.join(kata)}.", baca, lengkapi.kata(kata))
