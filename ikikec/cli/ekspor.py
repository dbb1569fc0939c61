"""``ikikec ekspor``: registers as files for other programs, whole or for a period."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.buku.register import SEMUA, Register
from ikikec.cli.keluaran import CSV, Bentuk, Olah, pilih_tujuan, susun_cetakan, yang_dibaca
from ikikec.cli.kemajuan import tanpa_pemungut
from ikikec.cli.opsi import argumen_register, opsi_keluaran, opsi_kertas, opsi_periode, opsi_untuk_excel
from ikikec.cli.sesi import Sesi, jalur
from ikikec.galat import SalahPakai
from ikikec.periode import Periode, baca_periode
from ikikec.tukar.json import Kumpulan

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan

    Pengirim = Callable[[Bacaan, Kumpulan], None]

BENTUK = (
    Bentuk(CSV, "lembar.entri:tabel_register", (".csv",), Olah.TABEL),
    Bentuk("json", "tukar.json:tulis_register", (".json",)),
    Bentuk("jsonl", "tukar.json:tulis_jsonl", (".jsonl", ".ndjson")),
    Bentuk("xlsx", "lembar.entri:tabel_register", (".xlsx",), Olah.BUKU, biner=True),
)


def ekspor(
    ctx: typer.Context,
    register: Annotated[list[Register] | None, argumen_register()] = None,
    periode: Annotated[str | None, opsi_periode("Menurut tanggal entri. [bawaan: semuanya]")] = None,
    keluaran: Annotated[str | None, opsi_keluaran([satu.nama for satu in BENTUK])] = None,
    berkas: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--berkas",
            metavar="BERKAS|FOLDER",
            help="Tulis ke berkas, bentuknya menurut akhirannya, atau ke folder, satu berkas tiap register.",
        ),
    ] = None,
    kertas: Annotated[str | None, opsi_kertas()] = None,
    untuk_excel: Annotated[bool, opsi_untuk_excel()] = False,
    ketetapan: Annotated[
        bool,
        typer.Option(
            "--ketetapan", help="Ke folder juga: hari libur, target, rencana tindak lanjut, bulan tertutup (CSV)."
        ),
    ] = False,
    samarkan: Annotated[
        bool,
        typer.Option(
            "--samarkan",
            help="Ganti nama, kontak, dan alamat dengan samaran; kosongkan isian yang diceritakan bebas.",
        ),
    ] = False,
) -> None:
    """Export registers."""
    sesi: Sesi = ctx.obj
    terpilih = [satu for satu in SEMUA.values() if not register or satu in register]
    folder = _folder(berkas, keluaran, banyak=len(terpilih) > 1)
    if folder is None and ketetapan:
        raise SalahPakai("--ketetapan ditulis ke folder", "Sebut foldernya, misalnya -o ekspor/.")
    kirim = (
        _kirim_berkas(sesi, keluaran, berkas, terpilih, kertas=kertas, untuk_excel=untuk_excel)
        if folder is None
        else _kirim_folder(
            sesi, keluaran, folder, terpilih, ketetapan=ketetapan, kertas=kertas, untuk_excel=untuk_excel
        )
    )
    rentang = None if periode is None else baca_periode(periode, sesi.hari_ini)
    with tanpa_pemungut(), sesi.bacaan() as bacaan:
        kirim(bacaan, _kumpulkan(bacaan, terpilih, rentang, samarkan=samarkan))
    if len(terpilih) == len(SEMUA) and not ketetapan:
        sesi.kabar(
            "Hari libur, target, rencana tindak lanjut, dan bulan tertutup tetap di buku; ikut ditulis dengan:"
            " --ketetapan -o FOLDER"
        )


def _kirim_berkas(
    sesi: Sesi, keluaran: str | None, berkas: str | None, terpilih: Sequence[Register], **cetak: Any
) -> "Pengirim":
    """What writes all registers into one file or stdout, once nothing is in its way."""
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran or _bawaan(berkas), berkas, **cetak)
    if tujuan.bentuk.nama == CSV and len(terpilih) > 1:
        raise SalahPakai(
            "satu CSV hanya memuat satu register",
            "Sebut satu register, atau tulis ke folder (-o ekspor/), atau pakai -O json, jsonl, atau xlsx.",
        )
    return lambda _bacaan, kumpulan: tujuan.kirim(kumpulan)


def _kirim_folder(
    sesi: Sesi,
    keluaran: str | None,
    folder: Path,
    terpilih: Sequence[Register],
    *,
    ketetapan: bool,
    **cetak: Any,
) -> "Pengirim":
    """What writes a file per register into a folder, all of them or none, and names them."""
    from ikikec.berkas import tolak_timpa_folder, tulis_folder
    from ikikec.tukar.ketetapan_csv import KOLOM, ketetapan_csv

    bentuk = next(satu for satu in BENTUK if satu.nama == (keluaran or CSV))
    dibaca, cetakan = yang_dibaca(sesi), susun_cetakan(sesi, BENTUK, bentuk, **cetak)
    nama = {satu.slug: f"{satu.slug}{bentuk.akhiran[0]}" for satu in terpilih}
    semua = [*nama.values(), *(f"{satu}.csv" for satu in KOLOM if ketetapan)]
    tolak_timpa_folder(folder, semua, dibaca)

    def kirim(bacaan: "Bacaan", kumpulan: Kumpulan) -> None:
        isi: dict[str, Iterable[bytes]] = {
            nama[satu.register.slug]: bentuk.bita([satu], cetakan) for satu in kumpulan
        }
        if ketetapan:
            isi |= ketetapan_csv(bacaan.koneksi, untuk_excel=cetakan.untuk_excel)
        tulis_folder(folder, isi, dibaca)
        for berkas in semua:
            print(folder / berkas)

    return kirim


def _bawaan(berkas: str | None) -> str | None:
    """Without a word on the format, CSV to stdout; a file's ending says it."""
    return CSV if berkas in (None, "-") else None


def _folder(berkas: str | None, keluaran: str | None, *, banyak: bool) -> Path | None:
    """The folder that ``-o`` names: one that is there, one written so, or where several registers need one."""
    if berkas is None or berkas == "-":
        return None
    akhiran = PurePath(berkas).suffix.lower()
    milik_berkas = any(akhiran in satu.akhiran for satu in BENTUK)
    perlu = banyak and (not milik_berkas if keluaran == CSV else not (keluaran or akhiran))
    tertulis = berkas.endswith(("/", os.sep))
    return jalur(berkas) if tertulis or perlu or os.path.isdir(jalur(berkas)) else None


def _kumpulkan(
    bacaan: "Bacaan", terpilih: Iterable[Register], periode: Periode | None, *, samarkan: bool
) -> Kumpulan:
    """Each register with its entries, which are read only as they are written."""
    from ikikec.buku.baca import IsiRegister
    from ikikec.buku.saring import Saringan
    from ikikec.tukar.samaran import kunci_samaran, samarkan_entri

    sebutan = periode.label if periode else "semua entri"
    kumpulan = [IsiRegister(satu, bacaan.daftar(satu, Saringan(periode)), sebutan) for satu in terpilih]
    pertama = bacaan.entri_pertama() if samarkan else None
    if pertama is None:
        return kumpulan
    kunci = kunci_samaran("\n".join(pertama))
    return [replace(satu, entri=samarkan_entri(satu.register, satu.entri, kunci)) for satu in kumpulan]
