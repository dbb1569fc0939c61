"""``ikikec catat``: append one entry to one of the five registers."""

from collections.abc import Callable, Mapping
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.buku.bidang import Bidang, Nilai
from ikikec.buku.register import LIMA, PENGADUAN, REKOMENDASI, SURVEI, Register
from ikikec.cli.akar import Kelompok, Perintah
from ikikec.cli.opsi import baca_opsi, bertanda_tangan, opsi_bidang, parameter_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.galat import SalahPakai
from ikikec.istilah import UNSUR_URUTAN_FORMULIR

if TYPE_CHECKING:
    from ikikec.buku.tabel import Isian

JAWABAN = ("kepuasan", *UNSUR_URUTAN_FORMULIR)

app = typer.Typer(
    cls=Kelompok,
    name="catat",
    help="Catat satu entri baru: pengaduan, informasi, rekomendasi, surat-kabar, atau survei.",
    epilog='ikikec catat pengaduan --pelapor "Siti" --uraian "Lampu jalan padam"',
    rich_markup_mode=None,
    no_args_is_help=False,
)

_CONTOH = {
    "pengaduan": 'ikikec catat pengaduan --pelapor "Siti" --uraian "Lampu jalan padam"\n'
    'ikikec catat pengaduan --anonim --kanal kotak-saran --uraian "Pungutan liar"',
    "informasi": 'ikikec catat informasi --pemohon "Budi" --topik "Syarat KTP"',
    "rekomendasi": 'ikikec catat rekomendasi --pemohon "Wati" --jenis usaha-mikro\n'
    'ikikec catat rekomendasi --pemohon "Wati" --jenis bangunan --belum-lengkap',
    "surat-kabar": 'ikikec catat surat-kabar --media "Luwuk Post" --eksemplar 3',
    "survei": "ikikec catat survei --kepuasan 4\n"
    "ikikec catat survei --persyaratan 4 --prosedur 3 --waktu 4 --jenis-kelamin P --usia 34",
}


def _perintah(register: Register) -> Callable[..., None]:
    def catat(ctx: typer.Context, keluaran: str | None, **nilai: Any) -> None:
        belum_lengkap = bool(nilai.pop("belum_lengkap", False))
        _catat(ctx.obj, register, nilai, belum_lengkap=belum_lengkap, keluaran=keluaran)

    parameter = [opsi_bidang(bidang) for bidang in register.isian]
    if register is REKOMENDASI:
        parameter.append(_belum_lengkap())
    return bertanda_tangan(catat, [*parameter, parameter_keluaran(("teks", "json"))])


def _belum_lengkap() -> Parameter:
    opsi = typer.Option("--belum-lengkap", help="Berkas belum lengkap; batas waktu belum berjalan.")
    anotasi = Annotated[bool, opsi]
    return Parameter("belum_lengkap", Parameter.KEYWORD_ONLY, default=False, annotation=anotasi)


for _register in LIMA:
    app.command(
        _register.slug,
        cls=Perintah,
        help=f"Catat {_register.sebutan} baru. Di terminal, isian wajib yang belum ditulis akan ditanyakan.",
        epilog=_CONTOH[_register.slug],
    )(_perintah(_register))


def _catat(
    sesi: Sesi, register: Register, nilai: Mapping[str, Nilai], *, belum_lengkap: bool, keluaran: str | None
) -> None:
    from ikikec.cli.tampil import cetak_entri

    lengkap = _dengan_tanggal(sesi, register, nilai, belum_lengkap=belum_lengkap)
    lengkap |= _tanyakan(sesi, register, lengkap)
    if register is REKOMENDASI:
        lengkap["jenis"] = baca_opsi(sesi.bidang(register, "jenis"), str(lengkap["jenis"]))
    isian = sesi.buku().catat(register, susun_isian(register, lengkap))
    cetak_entri(register, dict(isian), keluaran, "tercatat")


def _dengan_tanggal(
    sesi: Sesi, register: Register, nilai: Mapping[str, Nilai], *, belum_lengkap: bool
) -> dict[str, Nilai]:
    """Today where no date was given; a permit's file counts as complete that day unless said otherwise."""
    tanggal = nilai["tanggal"] or sesi.hari_ini
    lengkap = {**nilai, "tanggal": tanggal}
    if register is REKOMENDASI:
        if belum_lengkap and nilai["tanggal_lengkap"]:
            raise SalahPakai("opsi --belum-lengkap dan --tanggal-lengkap tidak dapat dipakai bersama")
        lengkap["tanggal_lengkap"] = None if belum_lengkap else nilai["tanggal_lengkap"] or tanggal
    return lengkap


def _kurang(register: Register, nilai: Mapping[str, Nilai]) -> list[Bidang]:
    kurang = [bidang for bidang in register.isian if bidang.wajib and nilai[bidang.nama] is None]
    if register is PENGADUAN and nilai["pelapor"] is None and not nilai["anonim"]:
        kurang.insert(0, register["pelapor"])
    return kurang


def _tanyakan(sesi: Sesi, register: Register, nilai: Mapping[str, Nilai]) -> dict[str, Nilai]:
    """Answers for the required fields that were not given; a usage error where nobody can be asked."""
    kurang = [sesi.bidang(register, satu.nama) for satu in _kurang(register, nilai)]
    if kurang and not sesi.bertanya:
        opsi = ", ".join(bidang.opsi for bidang in kurang)
        raise SalahPakai(f"belum diisi: {opsi}", f"Bantuan: ikikec catat {register.slug} --help")
    from ikikec.cli.tanya import tanya, tanya_semua

    jawaban = {bidang.nama: tanya(bidang, lambda: sesi.hari_ini) for bidang in kurang}
    if register is SURVEI and sesi.bertanya and all(nilai[nama] is None for nama in JAWABAN):
        jawaban |= tanya_semua((register[nama] for nama in JAWABAN), lambda: sesi.hari_ini, wajib=False)
    return jawaban


def susun_isian(register: Register, nilai: Mapping[str, Nilai]) -> "Isian":
    """The input model of values read at the counter; raises AturanDilanggar where it cannot be made."""
    from ikikec.buku.aturan import susun
    from ikikec.buku.tabel import Isian
    from ikikec.galat import AturanDilanggar

    hasil = susun(register, nilai)
    if not isinstance(hasil, Isian):
        raise AturanDilanggar("tidak ada yang dicatat:", hasil)
    return hasil
