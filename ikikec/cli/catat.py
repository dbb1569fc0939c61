"""``ikikec catat``: append one entry to one of the five registers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import typer

from ikikec.buku.bidang import Nilai
from ikikec.buku.register import PENGADUAN, REKOMENDASI, SEMUA, SURVEI, Register
from ikikec.cli.aliran import tampilkan_galat
from ikikec.cli.keluaran import cetak_entri
from ikikec.cli.opsi import baca_opsi, bertanda_tangan, opsi_bidang, parameter_keluaran, saklar, susun_isi
from ikikec.cli.sesi import Sesi
from ikikec.galat import AturanDilanggar, SalahPakai
from ikikec.istilah import UNSUR_URUTAN_FORMULIR

JAWABAN = ("kepuasan", *UNSUR_URUTAN_FORMULIR)


def perintah_catat(slug: str) -> Callable[..., None]:
    """The command that records in one register."""
    register = SEMUA[slug]

    def catat(
        ctx: typer.Context,
        keluaran: str | None,
        berulang: bool,
        semua_isian: bool,
        belum_lengkap: bool = False,
        **nilai: Any,
    ) -> None:
        sesi: Sesi = ctx.obj
        cara = Cara(register, belum_lengkap=belum_lengkap, semua=semua_isian, berulang=berulang, keluaran=keluaran)
        if berulang:
            _catat_berulang(sesi, cara, nilai)
        else:
            _catat(sesi, cara, nilai)

    parameter = [opsi_bidang(bidang) for bidang in register.isian]
    if register is REKOMENDASI:
        parameter.append(saklar("belum_lengkap", "Berkas belum lengkap; batas waktu belum berjalan."))
    parameter.append(saklar("berulang", "Terus bertanya untuk entri berikutnya; Ctrl-D selesai."))
    parameter.append(saklar("semua_isian", "Tanyakan semua isian yang belum ditulis, bukan yang wajib saja."))
    return bertanda_tangan(catat, [*parameter, parameter_keluaran(("teks", "json"))])


@dataclass(frozen=True, slots=True)
class Cara:
    """How the entries of one command are recorded."""

    register: Register
    belum_lengkap: bool
    semua: bool
    berulang: bool
    keluaran: str | None


def _catat_berulang(sesi: Sesi, cara: Cara, nilai: Mapping[str, Nilai]) -> None:
    """Record one entry after the other until the input ends; Ctrl-C drops the one that was begun."""
    from ikikec.cli.tanya import PETUNJUK, EntriDibuang, MasukanHabis, keluhkan

    if not sesi.bertanya:
        raise SalahPakai("--berulang bertanya di terminal; di sini tidak ada terminal", "Pakai ikikec impor.")
    sesi.kabar(f"{PETUNJUK}\nCtrl-D selesai")
    jumlah = 0
    while True:
        try:
            _catat(sesi, cara, nilai)
            jumlah += 1
        except MasukanHabis:
            sesi.kabar(f"\nSelesai: {jumlah} entri tercatat.")
            return
        except EntriDibuang as galat:
            keluhkan(f"{galat.pesan}; {jumlah} entri sebelumnya tercatat. Ctrl-D untuk selesai.")
        except AturanDilanggar as galat:
            tampilkan_galat(galat)


def _catat(sesi: Sesi, cara: Cara, nilai: Mapping[str, Nilai]) -> None:
    register = cara.register
    jawaban = _tanyakan(sesi, cara, nilai)
    lengkap = _dengan_tanggal(sesi, register, {**nilai, **jawaban}, belum_lengkap=cara.belum_lengkap) | jawaban
    if register is REKOMENDASI:
        lengkap["jenis"] = baca_opsi(sesi.bidang(register, "jenis"), str(lengkap["jenis"]))
    cetak_entri(register, sesi.buku().catat(register, susun_isi(register, lengkap)), cara.keluaran, "tercatat")


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


def _kurang(register: Register, nilai: Mapping[str, Nilai]) -> list[str]:
    """The fields without which the entry cannot be made; its date is today where it is not given."""
    wajib = [bidang.nama for bidang in register.isian if bidang.wajib and bidang.nama != "tanggal"]
    if register is PENGADUAN and not nilai["anonim"]:
        wajib.insert(0, "pelapor")
    return [nama for nama in wajib if nilai[nama] is None]


def _ditanya(cara: Cara, nilai: Mapping[str, Nilai]) -> list[str]:
    """The fields to ask for at a terminal."""
    register = cara.register
    if register is SURVEI and cara.berulang and not cara.semua:
        return [nama for nama in UNSUR_URUTAN_FORMULIR if nilai[nama] is None]
    if cara.semua or all(isi is None for isi in nilai.values()):
        kosong = [bidang.nama for bidang in register.isian if nilai[bidang.nama] is None]
        return [nama for nama in kosong if not (nama == "tanggal_lengkap" and cara.belum_lengkap)]
    if register is SURVEI and all(nilai[nama] is None for nama in JAWABAN):
        return list(JAWABAN)
    return _kurang(register, nilai)


def _tanyakan(sesi: Sesi, cara: Cara, nilai: Mapping[str, Nilai]) -> dict[str, Nilai]:
    """What the clerk answers at the terminal; a usage error where nobody can be asked for what is needed."""
    if not sesi.bertanya:
        kurang = _kurang(cara.register, nilai)
        if kurang:
            opsi = ", ".join(cara.register[nama].opsi for nama in kurang)
            raise SalahPakai(f"belum diisi: {opsi}", f"Bantuan: ikikec catat {cara.register.slug} --help")
        return {}
    ditanya = _ditanya(cara, nilai)
    if not ditanya:
        return {}
    from ikikec.cli.formulir import isi_formulir
    from ikikec.cli.tanya import PETUNJUK

    if not cara.berulang:
        sesi.kabar(PETUNJUK)
    diberi = {nama: isi for nama, isi in nilai.items() if isi is not None}
    # A stack of survey forms is nine digits and Enter each; what was read is shown before the number.
    tinjau = not (cara.register is SURVEI and cara.berulang and not cara.semua)
    return isi_formulir(sesi, cara.register, ditanya, diberi, tinjau=tinjau)
