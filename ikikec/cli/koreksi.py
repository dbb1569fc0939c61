"""``ikikec koreksi`` and ``ikikec batalkan``: change or cancel what was recorded, nothing being lost."""

import sys
from collections.abc import Callable
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ikikec.bahasa import bersih
from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import SEMUA, Register
from ikikec.buku.usulan import HIDUP
from ikikec.cli import pelengkap
from ikikec.cli.akar import YA_TIDAK, Perintah
from ikikec.cli.opsi import (
    argumen_nomor,
    baca_opsi,
    bertanda_tangan,
    opsi_alasan,
    opsi_keluaran,
    opsi_ya,
    parameter_keluaran,
)
from ikikec.cli.sesi import Sesi
from ikikec.galat import SalahPakai

if TYPE_CHECKING:
    from ikikec.buku.buku import Rencana

# A follow-up's number holds its complaint's, so that one cannot be corrected.
TETAP = "pengaduan"


def daftarkan(app: typer.Typer) -> None:
    """Add both commands to the program."""
    app.command(
        "koreksi",
        cls=Perintah,
        help="Koreksi satu entri atau tindak lanjut. Keadaan lama tetap ada di riwayat; isian kosong mengosongkan.",
        epilog='ikikec koreksi PGD-2026-0001 --alasan "salah ketik" --lokasi "Pasar Sinorang"\n'
        'ikikec koreksi SKM-2026-0001 --alasan "keliru" --kepuasan 3 --saran "" --ya',
    )(_perintah_koreksi())
    app.command(
        "batalkan",
        cls=Perintah,
        help="Batalkan satu entri atau tindak lanjut; nomornya tetap terpakai dan tidak dihitung lagi.",
        epilog='ikikec batalkan INF-2026-0001 --alasan "tercatat dua kali"',
    )(batalkan)


def _perintah_koreksi() -> Callable[..., None]:
    def koreksi(ctx: typer.Context, nomor: Nomor, alasan: str, ya: bool, keluaran: str | None, **nilai: Any) -> None:
        _koreksi(ctx.obj, ctx.obj.nomor(nomor), nilai, alasan, ya=ya, keluaran=keluaran)

    parameter = [
        Parameter("nomor", Parameter.POSITIONAL_OR_KEYWORD, annotation=Annotated[Nomor, argumen_nomor(None, HIDUP)]),
        Parameter("alasan", Parameter.KEYWORD_ONLY, annotation=Annotated[str, opsi_alasan()]),
        *(_opsi(nama, milik) for nama, milik in _bidang_semua().items()),
        Parameter("ya", Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, opsi_ya()]),
        parameter_keluaran(("teks", "json")),
    ]
    return bertanda_tangan(koreksi, parameter)


def _bidang_semua() -> dict[str, list[Register]]:
    """Every field that can be corrected, with the registers that have it."""
    semua: dict[str, list[Register]] = {}
    for register in SEMUA.values():
        for bidang in register.isian:
            if bidang.nama != TETAP:
                semua.setdefault(bidang.nama, []).append(register)
    return semua


def _opsi(nama: str, milik: list[Register]) -> Parameter:
    """An option whose value is read only once the number tells which register's field it is."""
    bidang = milik[0][nama]
    metavar = YA_TIDAK if bidang.jenis is Jenis.YA_TIDAK else "NILAI"
    bantuan = f"{bidang.arti} ({', '.join(register.slug for register in milik)})"
    usul = pelengkap.isian(milik, nama)
    opsi = typer.Option(bidang.opsi, metavar=metavar, help=bantuan, show_default=False, autocompletion=usul)
    return Parameter(nama, Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, opsi])


def _koreksi(
    sesi: Sesi, nomor: Nomor, teks: dict[str, str | None], alasan: str, *, ya: bool, keluaran: str | None
) -> None:
    from ikikec.cli.tampil import cetak_entri
    from ikikec.cli.tanya import pastikan

    perubahan = _baca(sesi, nomor.register, {nama: isi for nama, isi in teks.items() if isi is not None})
    buku = sesi.buku()
    dilihat = None
    if not ya:
        rencana = buku.rencana(nomor, perubahan)
        _tunjukkan(nomor, rencana)
        pastikan("Simpan koreksi ini?", bertanya=sesi.bertanya, ya=ya)
        dilihat = rencana.revisi
    cetak_entri(nomor.register, buku.koreksi(nomor, perubahan, alasan, dilihat), keluaran, "dikoreksi")


def _baca(sesi: Sesi, register: Register, teks: dict[str, str]) -> dict[str, Nilai]:
    """The values given, read as the fields of this register; raises SalahPakai for a field it has not."""
    if not teks:
        raise SalahPakai(
            "belum ada isian yang dikoreksi", f"Sebut isiannya, misalnya: {register.isian[1].opsi} NILAI."
        )
    nilai: dict[str, Nilai] = {}
    for nama, isi in teks.items():
        if nama not in register.nama_bidang:
            raise SalahPakai(f"opsi --{nama.replace('_', '-')} bukan isian {register.sebutan}")
        nilai[nama] = baca_opsi(sesi.bidang(register, nama), isi, lambda: sesi.hari_ini)
    return nilai


def _tunjukkan(nomor: Nomor, rencana: "Rencana") -> None:
    """Before and after, on stderr: results alone belong on stdout."""
    register = nomor.register
    lama, baru = register.tulis(rencana.lama), register.tulis(rencana.baru)
    print(f"{nomor}:", file=sys.stderr)
    for nama in register.nama_bidang:
        if lama[nama] != baru[nama]:
            isi = f"{lama[nama] or '(kosong)'} → {baru[nama] or '(kosong)'}"
            print(f"  {nama.replace('_', ' ')}: {bersih(isi)}", file=sys.stderr)


def batalkan(
    ctx: typer.Context,
    nomor: Annotated[Nomor, argumen_nomor(None, HIDUP)],
    alasan: Annotated[str, opsi_alasan()],
    ya: Annotated[bool, opsi_ya()] = False,
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """Cancel one entry."""
    from ikikec.cli.tampil import cetak_entri
    from ikikec.cli.tanya import pastikan

    sesi: Sesi = ctx.obj
    nomor = sesi.nomor(nomor)
    buku = sesi.buku()
    dilihat = None
    if not ya:
        rencana = buku.rencana_batal(nomor, alasan)
        _ringkas(nomor.register, rencana)
        pastikan(f"Batalkan {nomor}?", bertanya=sesi.bertanya, ya=ya)
        dilihat = rencana.revisi
    cetak_entri(nomor.register, buku.batalkan(nomor, alasan, dilihat), keluaran, "dibatalkan")


def _ringkas(register: Register, rencana: "Rencana") -> None:
    tertulis = register.tulis(rencana.lama)
    for nama in register.ringkas:
        print(f"  {nama.replace('_', ' ')}: {bersih(tertulis[nama]) or '(kosong)'}", file=sys.stderr)
    print("  batal: tidak → ya", file=sys.stderr)
