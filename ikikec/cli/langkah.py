"""The step commands: follow a complaint up, finish, complete, issue, refuse, put to use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import typer

from ikikec.buku.bidang import Nilai
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import INFORMASI, PENGADUAN, REKOMENDASI, SURAT_KABAR, TINDAK_LANJUT, Register
from ikikec.buku.usulan import HIDUP, PENGADUAN_TERBUKA, belum_diambil
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import bertanda_tangan, opsi_bidang, parameter_keluaran, parameter_nomor
from ikikec.cli.sesi import Sesi
from ikikec.galat import SalahPakai
from ikikec.istilah import Aksi


@dataclass(frozen=True, slots=True)
class Langkah:
    """One step command: the date it sets and the one field it needs besides, if any."""

    nama: str
    register: Register
    aksi: Aksi
    tanggal: str
    isi: str
    kabar: str
    bantuan: str
    contoh: str
    opsi: str = ""


LANGKAH = (
    Langkah(
        "selesaikan",
        INFORMASI,
        Aksi.SELESAI,
        "tanggal_selesai",
        "hasil",
        "selesai",
        "Selesaikan satu layanan informasi.",
        "ikikec selesaikan INF-2026-0001 --hasil terlaksana",
    ),
    Langkah(
        "lengkapi",
        REKOMENDASI,
        Aksi.LENGKAP,
        "tanggal_lengkap",
        "",
        "berkas lengkap",
        "Berkas permohonan izin sudah lengkap; batas waktunya mulai berjalan.",
        "ikikec lengkapi RIZ-2026-0001 --tanggal 2026-11-20",
    ),
    Langkah(
        "terbitkan",
        REKOMENDASI,
        Aksi.TERBIT,
        "tanggal_terbit",
        "nomor_surat",
        "terbit",
        "Terbitkan satu rekomendasi izin.",
        "ikikec terbitkan RIZ-2026-0001 --nomor-surat 503/12/KBS",
    ),
    Langkah(
        "tolak",
        REKOMENDASI,
        Aksi.TOLAK,
        "tanggal_tolak",
        "alasan_tolak",
        "ditolak",
        "Tolak satu permohonan izin.",
        'ikikec tolak RIZ-2026-0002 --alasan "Lahan sengketa"',
        opsi="--alasan",
    ),
    Langkah(
        "manfaatkan",
        SURAT_KABAR,
        Aksi.MANFAAT,
        "tanggal_dimanfaatkan",
        "dimanfaatkan",
        "dimanfaatkan",
        "Catat eksemplar surat kabar atau majalah yang dimanfaatkan.",
        "ikikec manfaatkan KRN-2026-0001 --dimanfaatkan 2",
    ),
)


def daftarkan(app: typer.Typer) -> None:
    """Add the six step commands to the program."""
    app.command(
        "tindaklanjuti",
        cls=Perintah,
        help="Catat tindak lanjut satu pengaduan.",
        epilog='ikikec tindaklanjuti PGD-2026-0001 --tindakan "Ditinjau" --status selesai',
    )(_perintah_tindak_lanjut())
    for langkah in LANGKAH:
        app.command(langkah.nama, cls=Perintah, help=langkah.bantuan, epilog=langkah.contoh)(_perintah(langkah))


def _perintah_tindak_lanjut() -> Callable[..., None]:
    def tindaklanjuti(ctx: typer.Context, nomor: Nomor, keluaran: str | None, **nilai: Any) -> None:
        _tindaklanjuti(ctx.obj, ctx.obj.nomor(nomor), nilai, keluaran)

    opsi = [opsi_bidang(TINDAK_LANJUT[nama]) for nama in ("tindakan", "status", "tanggal")]
    return bertanda_tangan(
        tindaklanjuti,
        [parameter_nomor(PENGADUAN, PENGADUAN_TERBUKA, HIDUP), *opsi, parameter_keluaran(("teks", "json"))],
    )


def _tindaklanjuti(sesi: Sesi, nomor: Nomor, nilai: Mapping[str, Nilai], keluaran: str | None) -> None:
    from ikikec.cli.catat import susun_isi
    from ikikec.cli.tampil import cetak_entri

    lengkap = {**nilai, "pengaduan": str(nomor)}
    if nilai["tindakan"] is None and sesi.bertanya:
        from ikikec.cli.formulir import isi_formulir

        kosong = [nama for nama, isi in nilai.items() if isi is None]
        diberi = {nama: isi for nama, isi in lengkap.items() if isi is not None}
        lengkap |= isi_formulir(sesi, TINDAK_LANJUT, kosong, diberi, tinjau=False)
    elif nilai["tindakan"] is None:
        raise _belum_diisi("tindaklanjuti", "--tindakan")
    lengkap["tanggal"] = lengkap["tanggal"] or sesi.hari_ini
    isi = sesi.buku().catat(TINDAK_LANJUT, susun_isi(TINDAK_LANJUT, lengkap))
    cetak_entri(TINDAK_LANJUT, isi, keluaran, "tercatat")


def _perintah(langkah: Langkah) -> Callable[..., None]:
    def jalankan(ctx: typer.Context, nomor: Nomor, keluaran: str | None, **nilai: Any) -> None:
        _ambil_langkah(ctx.obj, langkah, ctx.obj.nomor(nomor), nilai, keluaran)

    tanggal = opsi_bidang(langkah.register[langkah.tanggal], nama="tanggal", nama_opsi="--tanggal")
    isi = [opsi_bidang(langkah.register[langkah.isi], nama_opsi=langkah.opsi)] if langkah.isi else []
    keluaran = parameter_keluaran(("teks", "json"))
    nomor = parameter_nomor(langkah.register, belum_diambil(langkah.register, langkah.tanggal))
    return bertanda_tangan(jalankan, [nomor, *isi, tanggal, keluaran])


def _ambil_langkah(
    sesi: Sesi, langkah: Langkah, nomor: Nomor, nilai: Mapping[str, Nilai], keluaran: str | None
) -> None:
    from ikikec.cli.tampil import cetak_entri

    perubahan: dict[str, Nilai] = {langkah.tanggal: nilai["tanggal"] or sesi.hari_ini}
    if langkah.isi:
        perubahan[langkah.isi] = _isi(
            sesi, langkah.register, langkah.isi, langkah.nama, nilai[langkah.isi], langkah.opsi
        )
    isi = sesi.buku().langkah(nomor, langkah.aksi, perubahan)
    cetak_entri(langkah.register, isi, keluaran, langkah.kabar, langkah.tanggal)


def _isi(sesi: Sesi, register: Register, nama: str, perintah: str, nilai: Nilai, opsi: str = "") -> Nilai:
    """The one field a step needs, asked for at a terminal where it was not given."""
    if nilai is not None:
        return nilai
    bidang = register[nama]
    if not sesi.bertanya:
        raise _belum_diisi(perintah, opsi or bidang.opsi)
    from ikikec.cli.tanya import tanya

    return tanya(bidang, lambda: sesi.hari_ini)


def _belum_diisi(perintah: str, opsi: str) -> SalahPakai:
    return SalahPakai(f"belum diisi: {opsi}", f"Bantuan: ikikec {perintah} --help")
