"""``ikikec lihat`` and ``cari``: one entry with its history or the citizen's receipt, and where a text stands."""

from typing import TYPE_CHECKING, Annotated

import typer

from ikikec.bahasa import angka, bersih
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import PENGADUAN, TINDAK_LANJUT
from ikikec.cli.keluaran import Bentuk, Olah, cetak_json, pasangan, pilih_tujuan
from ikikec.cli.opsi import argumen_nomor, baca_terisi, opsi_berkas, opsi_keluaran
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import pembaca

if TYPE_CHECKING:
    from ikikec.buku.saring import Temu


# On a terminal as into a pipe: the card.
_TEKS = Bentuk("teks", "lembar.entri:susun_kartu", (".txt",), Olah.LAYAR)
BENTUK = (
    _TEKS,
    _TEKS,
    Bentuk("json", "lembar.entri:kartu_json", (".json",), Olah.NILAI),
    Bentuk("html", "lembar.entri:tanda_terima_html", (".html", ".htm"), Olah.TEMPLAT),
    Bentuk("md", "lembar.entri:tanda_terima_markdown", (".md",), Olah.TEMPLAT),
)

_DENGAN_IDENTITAS = typer.Option(
    "--dengan-identitas", help="Di html dan md: cetak uraian warga, bukan jenisnya saja."
)


def lihat(
    ctx: typer.Context,
    nomor: Annotated[Nomor, argumen_nomor()],
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json", "html", "md"))] = None,
    berkas: Annotated[str | None, opsi_berkas()] = None,
    dengan_identitas: Annotated[bool, _DENGAN_IDENTITAS] = False,
) -> None:
    """Show one entry."""
    sesi: Sesi = ctx.obj
    tujuan = pilih_tujuan(sesi, BENTUK, keluaran, berkas)
    from ikikec.buku.saring import Saringan
    from ikikec.lembar.entri import Kartu

    nomor = sesi.nomor(nomor)
    with sesi.bacaan() as bacaan:
        entri = bacaan.entri(nomor)
        lanjut = []
        if nomor.register is PENGADUAN:
            lanjut = list(bacaan.daftar(TINDAK_LANJUT, Saringan(sama={"pengaduan": str(nomor)})))
        tempo = bacaan.jatuh_tempo(nomor, sesi.hari_ini, sesi.konfig)
        riwayat = bacaan.riwayat(nomor)
    kartu = Kartu(nomor.register, entri, lanjut, riwayat, tempo, sesi.konfig, dengan_identitas)
    pokok = nomor.register.pokok
    if tujuan.bentuk.nama in ("html", "md") and not nomor.register.boleh_keluar(pokok, diminta=dengan_identitas):
        sesi.kabar(f"Isian {pokok} tidak dicetak di tanda terima; sertakan dengan --dengan-identitas.")
    tujuan.kirim(kartu, sesi.templat(None))


# Letters of context on either side of what was found.
SISI = 30


def cari(
    ctx: typer.Context,
    teks: Annotated[
        str, typer.Argument(parser=pembaca(baca_terisi), metavar="TEKS", help="Yang dicari.", show_default=False)
    ],
    keluaran: Annotated[str | None, opsi_keluaran(("teks", "json"))] = None,
) -> None:
    """Find a text."""
    from ikikec.buku.saring import cari_teks

    sesi: Sesi = ctx.obj
    with sesi.bacaan() as bacaan:
        temu = list(cari_teks(bacaan.koneksi, teks))
    if keluaran == "json":
        isi = [satu._asdict() for satu in temu]
        cetak_json(isi)
        return
    _cetak_temu(temu, teks)
    sesi.kabar(f"{angka(len({satu.nomor for satu in temu}))} entri")


def _cetak_temu(temu: "list[Temu]", teks: str) -> None:
    isi = []
    for satu in temu:
        batal = " (dibatalkan)" if satu.batal else ""
        isi.append((satu.nomor, f"{satu.tanggal}  {satu.isian.replace('_', ' ')}: {_kutip(satu.teks, teks)}{batal}"))
    pasangan(isi)


def _kutip(isi: str, teks: str) -> str:
    """What was found with some letters around it."""
    rata = bersih(isi)
    letak = max(rata.lower().find(bersih(teks).lower()), 0)
    awal, akhir = max(letak - SISI, 0), letak + len(teks) + SISI
    return f"{'…' if awal else ''}{rata[awal:akhir]}{'…' if akhir < len(rata) else ''}"
