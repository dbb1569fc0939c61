"""``ikikec lihat``: one entry with its whole history."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.buku.bidang import Nilai
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import PENGADUAN, TINDAK_LANJUT
from ikikec.cli.akar import Perintah
from ikikec.cli.opsi import argumen_nomor, opsi_keluaran
from ikikec.cli.sesi import Sesi

if TYPE_CHECKING:
    from ikikec.buku.bacaan import Riwayat


def daftarkan(app: typer.Typer) -> None:
    """Add ``lihat`` to the program."""
    app.command(
        "lihat",
        cls=Perintah,
        help="Tampilkan satu entri dengan seluruh riwayatnya.",
        epilog="ikikec lihat PGD-2026-0001\nikikec lihat RIZ-2026-0001 -O json",
    )(lihat)


def lihat(
    ctx: typer.Context,
    nomor: Annotated[Nomor, argumen_nomor()],
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """Show one entry."""
    from ikikec.buku.saringan import Saringan

    sesi: Sesi = ctx.obj
    nomor = sesi.nomor(nomor)
    with sesi.bacaan() as bacaan:
        entri = bacaan.entri(nomor)
        riwayat = bacaan.riwayat(nomor)
        lanjut = []
        if nomor.register is PENGADUAN:
            lanjut = list(bacaan.daftar(TINDAK_LANJUT, Saringan(sama={"pengaduan": str(nomor)})))
    if keluaran == "json":
        _json(nomor, entri, lanjut, riwayat)
    else:
        _teks(sesi, nomor, entri, lanjut, riwayat)


def _json(nomor: Nomor, entri: dict[str, Nilai], lanjut: list[dict[str, Nilai]], riwayat: "list[Riwayat]") -> None:
    from dataclasses import asdict

    from ikikec.cli.tampil import entri_json
    from ikikec.lembar.json import tulis_json

    isi: dict[str, Any] = entri_json(nomor.register, entri)
    if nomor.register is PENGADUAN:
        isi["tindak_lanjut"] = [entri_json(TINDAK_LANJUT, satu) for satu in lanjut]
    isi["riwayat"] = [asdict(satu) for satu in riwayat]
    print(tulis_json(isi), end="")


def _teks(
    sesi: Sesi, nomor: Nomor, entri: dict[str, Nilai], lanjut: list[dict[str, Nilai]], riwayat: "list[Riwayat]"
) -> None:
    from ikikec.cli.tampil import pasangan

    pasangan([(nama.replace("_", " "), nilai) for nama, nilai in nomor.register.tulis(entri).items()])
    if lanjut:
        print("\nTindak lanjut")
        pasangan([(str(satu["nomor"]), _tindakan(satu)) for satu in lanjut])
    print("\nRiwayat")
    for satu in riwayat:
        saat = sesi.saat(satu.waktu)
        pasangan([(saat if urut == 0 else " " * len(saat), baris) for urut, baris in enumerate(_acara(satu))])


def _tindakan(satu: dict[str, Nilai]) -> str:
    tertulis = TINDAK_LANJUT.tulis(satu)
    batal = " (dibatalkan)" if satu["batal"] else ""
    return f"{tertulis['tanggal']}  {tertulis['status']}: {tertulis['tindakan']}{batal}"


def _acara(satu: "Riwayat") -> list[str]:
    """What was done and by whom; below it why, and old and new of every field that changed."""
    alasan = [f"  alasan: {satu.alasan}"] if satu.alasan else []
    ubah = [
        f"  {nama.replace('_', ' ')}: {_isi(lama)} → {_isi(baru)}" for nama, (lama, baru) in satu.perubahan.items()
    ]
    return [f"{satu.nomor}  {satu.aksi} oleh {satu.petugas}", *alasan, *ubah]


def _isi(nilai: Any) -> str:
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    return "(kosong)" if nilai is None else str(nilai)
