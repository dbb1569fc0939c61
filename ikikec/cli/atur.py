"""``ikikec atur``: write the office's configuration by answering questions, set one key, show it, check it."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.bahasa import bersih
from ikikec.cli import pelengkap
from ikikec.cli.akar import Kelompok, Perintah
from ikikec.cli.opsi import opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.galat import AturanDilanggar, Pelanggaran, SalahPakai

if TYPE_CHECKING:
    from ikikec.cli.ubahan import Ubahan
    from ikikec.tukar.konfig_toml import Kunci

app = typer.Typer(
    cls=Kelompok,
    name="atur",
    help="Atur konfigurasi kantor. Di terminal, tanpa perintah di belakangnya, isinya ditanyakan satu per satu.",
    epilog='ikikec atur tetapkan kecamatan "Batui Selatan"\nikikec atur lihat\nikikec atur periksa',
    rich_markup_mode=None,
    invoke_without_command=True,
    no_args_is_help=False,
    subcommand_metavar="[PERINTAH …]",
)

_KANTOR = {
    "kecamatan": "Nama kecamatan",
    "kabupaten": "Nama kabupaten",
    "tempat": "Tempat di atas tanda tangan, bila bukan nama kecamatan",
    "zona": "Zona waktu",
    "petugas": "Nama petugas yang biasa mencatat",
}


@app.callback()
def atur(ctx: typer.Context) -> None:
    """Ask where no subcommand follows."""
    if ctx.invoked_subcommand is None:
        _tanyakan(ctx.obj)


@app.command(
    "tetapkan",
    cls=Perintah,
    help="Tetapkan satu kunci konfigurasi. Nilai kosong atau - menghapusnya, sehingga bawaannya berlaku lagi.",
    epilog='ikikec atur tetapkan kecamatan "Batui Selatan"\n'
    "ikikec atur tetapkan pejabat.camat.nip 197001011995031001\n"
    "ikikec atur tetapkan batas.pengaduan.aspirasi tanpa\n"
    "ikikec atur tetapkan izin.usaha-mikro 2\n"
    "ikikec atur tetapkan hari_kerja senin,selasa,rabu,kamis,jumat,sabtu",
)
def tetapkan(
    ctx: typer.Context,
    kunci: Annotated[
        str,
        typer.Argument(
            metavar="KUNCI",
            help="Misalnya kecamatan, pejabat.camat.nama, izin.bangunan; semuanya: ikikec atur lihat.",
            show_default=False,
            autocompletion=pelengkap.kunci_konfig,
        ),
    ],
    nilai: Annotated[str, typer.Argument(metavar="NILAI", help="Nilainya.", show_default=False)],
) -> None:
    """Set one key."""
    from ikikec.cli.ubahan import baca_kunci, mulai_ubah

    dikenal = baca_kunci(kunci)
    ubahan = mulai_ubah(ctx.obj.letak_konfig)
    lama = ubahan.isi
    ubahan.tetapkan(dikenal, nilai)
    if ubahan.isi == lama:
        print(f"{'.'.join(dikenal)} tidak berubah")
        return
    ubahan.simpan()
    for baris in _beda(ubahan):
        print(baris)
    print(f"ditulis ke {ubahan.berkas}", file=sys.stderr)


def _beda(ubahan: "Ubahan") -> list[str]:
    """What the change comes to, one line a key: old and new value."""
    from ikikec.tukar.konfig_toml import daun

    lama, baru = daun(ubahan.asal), daun(ubahan.isi)
    kunci = [satu for satu in (*baru, *(set(lama) - set(baru))) if lama.get(satu) != baru.get(satu)]
    return [f"{'.'.join(satu)}: {tulis_nilai(lama.get(satu))} → {tulis_nilai(baru.get(satu))}" for satu in kunci]


def tulis_nilai(nilai: Any) -> str:
    """A value of the configuration as people read it."""
    if nilai is None or nilai in ("", (), []):
        return "(kosong)"
    return bersih(", ".join(map(str, nilai)) if isinstance(nilai, list | tuple) else str(nilai))


def _tanyakan(sesi: Sesi) -> None:
    """The questions, one after another, then the summary; written only after a yes."""
    if not sesi.bertanya:
        raise SalahPakai(
            "tidak ada terminal untuk bertanya", "Pakai ikikec atur tetapkan KUNCI NILAI; bantuan: ikikec atur --help"
        )
    from ikikec.cli.tanya import pastikan
    from ikikec.cli.ubahan import mulai_ubah
    from ikikec.kinerja.jabatan import muat_jabatan
    from ikikec.kinerja.pemeriksaan_konfig import para_penanda

    ubahan = mulai_ubah(sesi.letak_konfig)
    folder = sesi.letak_konfig.parent / "jabatan"
    # Read once before the first question, so that no answer is lost over a position that cannot be read.
    muat_jabatan(ubahan.konfig, folder)
    print(f"Konfigurasi: {ubahan.berkas}\nEnter membiarkan isi di dalam [ ]; - mengosongkan.\n", file=sys.stderr)
    for nama, pertanyaan in _KANTOR.items():
        _tanya_kunci(ubahan, (nama,), pertanyaan)
    for nama, sebutan in para_penanda(muat_jabatan(ubahan.konfig, folder).values()).items():
        if _tanya_kunci(ubahan, ("pejabat", nama, "nama"), f"Nama {sebutan}"):
            _tanya_kunci(ubahan, ("pejabat", nama, "nip"), f"NIP {sebutan}")
    beda = _beda(ubahan)
    if not beda:
        print("Tidak ada yang berubah.", file=sys.stderr)
        return
    print("\n".join(["", *beda]), file=sys.stderr)
    pastikan("Simpan?", bertanya=True, ya=False)
    ubahan.simpan()
    print(f"Konfigurasi ditulis ke {ubahan.berkas}")


def _tanya_kunci(ubahan: "Ubahan", kunci: "Kunci", pertanyaan: str) -> str:
    """Ask for one key with its present value; returns the value it has then, blank where there is none."""
    from ikikec.cli.tanya import tanya_teks

    kini = _nilai_kini(ubahan, kunci)
    jawab = tanya_teks(pertanyaan, kini, _pemeriksa(ubahan, kunci))
    if jawab != kini:
        ubahan.tetapkan(kunci, jawab)
    return _nilai_kini(ubahan, kunci)


def _pemeriksa(ubahan: "Ubahan", kunci: "Kunci") -> "Callable[[str], str]":
    """The check of an answer: fit for its key, and a NIP that can be one. An odd NIP can still be set by a script."""
    from dataclasses import replace

    from ikikec.nip import periksa_nip

    def periksa(jawab: str) -> str:
        replace(ubahan).tetapkan(kunci, jawab)
        if jawab == "-":
            return ""
        return periksa_nip(jawab) if kunci[-1] == "nip" else jawab

    return periksa


def _nilai_kini(ubahan: "Ubahan", kunci: "Kunci") -> str:
    from ikikec.tukar.konfig_toml import daun

    nilai = daun(ubahan.konfig.model_dump(by_alias=True)).get(kunci)
    return "" if nilai is None else str(nilai)


@app.command(
    "lihat",
    cls=Perintah,
    help="Tampilkan setiap nilai yang berlaku dan asalnya: opsi, lingkungan, berkas, atau bawaan.",
    epilog="ikikec atur lihat\nikikec atur lihat -O json",
)
def lihat(ctx: typer.Context, keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None) -> None:
    """Show every value with its source."""
    from ikikec.cli.asal import nilai_berlaku
    from ikikec.cli.tampil import pasangan
    from ikikec.lembar.json import tulis_json

    berlaku = nilai_berlaku(ctx.find_root(), ctx.obj)
    if keluaran == "json":
        print(tulis_json([satu._asdict() for satu in berlaku]), end="")
        return
    pasangan([(satu.kunci, f"{tulis_nilai(satu.nilai)}  ({satu.sumber}{satu.rincian})") for satu in berlaku])


@app.command(
    "periksa",
    cls=Perintah,
    help="Periksa konfigurasi, jabatan, NIP, dan letak buku. Kode keluar 3 bila ada yang harus diperbaiki.",
    epilog="ikikec atur periksa",
)
def periksa(ctx: typer.Context) -> None:
    """Check the configuration."""
    from ikikec.kinerja import pemeriksaan_konfig as semua

    sesi: Sesi = ctx.obj
    berkas = sesi.berkas_konfig
    konfig, temuan = semua.periksa_berkas(berkas)
    jabatan, temuan_jabatan = semua.periksa_jabatan(konfig, berkas.parent / "jabatan")
    temuan += [*temuan_jabatan, *semua.periksa_pejabat(konfig, jabatan)]
    temuan += semua.periksa_buku(sesi.letak_buku("" if sesi.opsi_buku else konfig.buku))
    for satu in temuan:
        if satu.catatan:
            print(bersih(f"catatan {satu.tempat}: {satu.pesan}"))
    salah = tuple(Pelanggaran(satu.tempat, satu.pesan) for satu in temuan if not satu.catatan)
    if salah:
        raise AturanDilanggar("konfigurasi perlu diperbaiki:", salah, f"Ubah berkasnya di {berkas.parent}.")
    print("Konfigurasi baik.")
