"""Options made from the registers' fields, so that a field is described once and parsed the same everywhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from inspect import Parameter, Signature
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
from ikikec.galat import AturanDilanggar, NilaiSalah, SalahPakai
from ikikec.kertas import SEMUA_KERTAS
from ikikec.tanggal import HariIni, baca_ketikan

_METAVAR = {Jenis.TEKS: "TEKS", Jenis.TANGGAL: "TANGGAL", Jenis.BILANGAN: "ANGKA", Jenis.YA_TIDAK: YA_TIDAK}
# Longer lists of words would not fit a terminal's line; they stand in the help text instead.
_LEBAR_METAVAR = 60


def baca_opsi(bidang: Bidang, teks: str, hari_ini: HariIni | None = None) -> Nilai:
    """A field's value where its option could be read only now; an error names the option."""
    try:
        return bidang.baca(teks, hari_ini)
    except NilaiSalah as galat:
        raise NilaiSalah(f"opsi {bidang.opsi}: {galat.pesan}") from None


def isyarat(sesi: Sesi, nama: str) -> Callable[[Nilai], str]:
    """What tells why a value of this field, taken all the same, may be a slip; it says nothing where it is none."""
    semua: dict[str, Callable[[Nilai], str]] = {
        "kontak": _isyarat_kontak,
        "layanan": partial(_isyarat_layanan, sesi),
    }
    return semua.get(nama, _tanpa_isyarat)


def kabarkan_isyarat(sesi: Sesi, nilai: Mapping[str, Nilai]) -> None:
    """Say so of what was just written."""
    for nama, isi in nilai.items():
        if pesan := isyarat(sesi, nama)(isi):
            sesi.kabar(f"Perhatian: {pesan}.")


def _tanpa_isyarat(_nilai: Nilai) -> str:
    return ""


def _isyarat_kontak(nilai: Nilai) -> str:
    """A contact by which nobody can be reached."""
    teks = str(nilai or "")
    return "" if not teks or tampak_kontak(teks) else "kontak ini tampaknya bukan nomor telepon atau alamat surel"


def _isyarat_layanan(sesi: Sesi, nilai: Nilai) -> str:
    """A service that the office's own list has no name for."""
    if not nilai or not sesi.konfig.layanan:
        return ""
    from ikikec.kinerja.sebaran import isyarat_layanan

    return isyarat_layanan(str(nilai), sesi.konfig.nama_layanan)


def susun_isi(register: Register, nilai: Mapping[str, Nilai]) -> dict[str, Any]:
    """An entry's state from values read at the counter; raises AturanDilanggar where it cannot be made."""
    from ikikec.buku import aturan

    hasil = aturan.susun(register, nilai)
    if isinstance(hasil, tuple):
        raise AturanDilanggar("tidak ada yang dicatat:", hasil)
    return hasil


def bidang_tersebut(register: Register, nama: str) -> Bidang:
    """The field an option stands for; raises SalahPakai where this register has none of that name."""
    if nama not in register.nama_bidang:
        raise SalahPakai(f"opsi --{nama.replace('_', '-')} bukan isian {register.sebutan}")
    return register[nama]


def parameter_bersama(nama: str, milik: Sequence[Register], metavar: str) -> Parameter:
    """The option of a field that several registers have; its value is read once the line tells which one is meant."""
    bidang = milik[0][nama]
    arti = deret(dict.fromkeys(satu[nama].arti for satu in milik))
    opsi = typer.Option(
        bidang.opsi,
        metavar=YA_TIDAK if bidang.jenis is Jenis.YA_TIDAK else metavar,
        help=f"{arti} ({', '.join(satu.slug for satu in milik)})",
        show_default=False,
        autocompletion=lengkapi.isian(milik, nama),
    )
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, opsi])


def opsi_bilangan(nama: str, bantuan: str, terkecil: int, terbesar: int = 999_999) -> Any:
    """An option whose value is a whole number within bounds."""
    bidang = Bidang(nama, bantuan, Jenis.BILANGAN, terkecil=terkecil, terbesar=terbesar)
    return typer.Option(nama, parser=pembaca(baca_wajib(bidang)), metavar="N", help=bantuan, show_default=False)


def saklar(nama: str, bantuan: str) -> Parameter:
    """A switch for a command whose signature is made from data."""
    anotasi = Annotated[bool, typer.Option(f"--{nama.replace('_', '-')}", help=bantuan)]
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=False, annotation=anotasi)


CONTOH_PERIODE = "Misalnya 2026-10, 2026-T3, 2026, bulan-ini."


def opsi_periode(bantuan: str) -> Any:
    """The option ``--periode``."""
    return typer.Option(
        "--periode", metavar="PERIODE", help=bantuan, show_default=False, autocompletion=lengkapi.periode
    )


def baca_wajib(bidang: Bidang) -> Callable[[str], Any]:
    """What reads a value of this field where a blank one will not do."""

    def baca(teks: str) -> Nilai:
        nilai = bidang.baca(teks)
        if nilai is None:
            raise NilaiSalah("tidak boleh kosong")
        return nilai

    return baca


# A text that may not be blank.
baca_terisi = baca_wajib(Bidang("teks", "teks"))


def _hari_ini() -> date:
    """Today of the session whose command line is being read."""
    hari: date = get_current_context().find_root().obj.hari_ini
    return hari


def parser_tanggal(teks: str) -> date:
    """A date as people type it, for Typer."""
    hari: date = pembaca(lambda isi: baca_ketikan(isi, _hari_ini))(teks)
    return hari


def opsi_bidang(bidang: Bidang, nama: str = "", nama_opsi: str = "") -> Parameter:
    """The option of one field; blank where it is not given."""
    metavar = "|".join(bidang.kata) if bidang.jenis is Jenis.PILIHAN else _METAVAR[bidang.jenis]
    pilihan = ""
    if len(metavar) > _LEBAR_METAVAR:
        metavar, pilihan = "KATA", f": {deret(bidang.kata)}"
    bawaan = f" [bawaan: {bidang.bawaan}]" if bidang.bawaan else ""
    petunjuk = f" ({bidang.petunjuk})" if bidang.petunjuk else ""
    wajib = " [wajib]" if bidang.wajib and bidang.jenis is not Jenis.TANGGAL else ""
    opsi = typer.Option(
        nama_opsi or bidang.opsi,
        parser=pembaca(lambda teks: bidang.baca(teks, _hari_ini)),
        metavar=metavar,
        help=bidang.arti + pilihan + petunjuk + bawaan + wajib,
        show_default=False,
        autocompletion=lengkapi.bidang(bidang),
    )
    return Parameter(
        nama or bidang.nama, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, opsi]
    )


def opsi_pilihan(*nama: str, kata: Sequence[str], bantuan: str, metavar: str = "") -> Any:
    """An option that takes one of some words, which stand in the help where ``metavar`` is another."""
    return typer.Option(
        *nama,
        parser=pembaca(lambda teks: pilih_kata(teks, kata)),
        metavar=metavar or "|".join(kata),
        help=f"{bantuan}: {deret(kata)}." if metavar else bantuan,
        show_default=False,
        autocompletion=lengkapi.kata(kata),
    )


def opsi_keluaran(kata: Sequence[str]) -> Any:
    """The option ``-O`` with the formats a command knows."""
    return opsi_pilihan("-O", "--keluaran", kata=kata, bantuan="Bentuk keluaran.")


def parameter_keluaran(kata: Sequence[str]) -> Parameter:
    """``-O`` for a command whose signature is made from data."""
    anotasi = Annotated[str | None, opsi_keluaran(kata)]
    return Parameter("keluaran", Parameter.KEYWORD_ONLY, default=None, annotation=anotasi)


def opsi_berkas() -> Any:
    """The option ``-o``: a file instead of stdout."""
    return typer.Option(
        "-o",
        "--berkas",
        metavar="BERKAS",
        help="Tulis ke berkas, bentuknya menurut akhirannya; - berarti keluaran baku.",
    )


def opsi_kertas() -> Any:
    """The option ``--kertas``: which paper, where it is not the configuration's."""
    arti = "Kertas untuk mencetak; F4 = folio, 215 × 330 mm. [bawaan: konfigurasi, lalu A4]"
    return opsi_pilihan("--kertas", kata=tuple(SEMUA_KERTAS), bantuan=arti)


def opsi_untuk_excel() -> Any:
    """The option ``--untuk-excel``: which of the two ways of CSV."""
    return typer.Option(
        "--untuk-excel", help="CSV untuk klik dua kali di Excel: titik koma, koma desimal, nol di depan tetap."
    )


def opsi_buka() -> Any:
    """The option ``--buka``: the page in the browser, whence it is printed."""
    return typer.Option("--buka", help="Buka sebagai halaman di peramban, untuk dibaca atau dicetak.")


def argumen_nomor(register: Register | None = None, *syarat: str) -> Any:
    """The argument NOMOR; with ``register`` only its numbers are taken.

    ``syarat``: which entries are suggested, as in ``usulan.nomor_terakhir``.
    """

    def baca(teks: str) -> Nomor | NomorPendek:
        nomor = baca_nomor_ketikan(teks)
        if register is not None and nomor.register is not register:
            raise NilaiSalah(f"{nomor} bukan nomor {register.sebutan} ({register.kode}-TAHUN-URUT)")
        return nomor

    return typer.Argument(
        parser=pembaca(baca),
        metavar="NOMOR",
        help="Nomor entri; pgd-12 cukup bila jelas.",
        show_default=False,
        autocompletion=lengkapi.nomor(register, syarat or (SEMUA_ENTRI,)),
    )


def parameter_nomor(register: Register, *syarat: str) -> Parameter:
    """NOMOR for a command whose signature is made from data."""
    anotasi = Annotated[Nomor, argumen_nomor(register, *syarat)]
    return Parameter("nomor", Parameter.POSITIONAL_OR_KEYWORD, annotation=anotasi)


def argumen_register(lain: Sequence[str] = ()) -> Any:
    """The argument REGISTER; what is ``lain`` than a register stays a word."""
    kata = (*SEMUA, *lain)

    def baca(teks: str) -> Register | str:
        pilihan = pilih_kata(teks, kata)
        return SEMUA.get(pilihan, pilihan)

    return typer.Argument(
        parser=pembaca(baca),
        metavar="REGISTER",
        help=f"Pilihan: {', '.join(kata)}.",
        show_default=False,
        autocompletion=lengkapi.kata(kata),
    )


def opsi_alasan() -> Any:
    """The option ``--alasan`` of acts that change what was recorded."""
    return opsi_teks("--alasan", "Alasan; tercatat di riwayat.")


def opsi_teks(nama: str, arti: str) -> Any:
    """An option that takes a text which is not blank."""
    return typer.Option(nama, parser=pembaca(baca_terisi), metavar="TEKS", help=arti, show_default=False)


def opsi_ya() -> Any:
    """The option ``--ya`` of acts that ask before they are done."""
    return typer.Option("--ya", help="Lakukan tanpa bertanya.")


def bertanda_tangan(fungsi: Callable[..., None], parameter: Iterable[Parameter]) -> Callable[..., None]:
    """Give ``fungsi`` the signature Typer reads its options from: the context, then ``parameter``."""
    ctx = Parameter("ctx", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    urut = sorted([ctx, *parameter], key=lambda satu: satu.kind)
    fungsi.__signature__ = Signature(urut)  # type: ignore[attr-defined]
    return fungsi
