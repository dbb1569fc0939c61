"""``ikikec catat``, and what happens to an entry afterwards: a follow-up, a step, a correction, a cancellation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

from ikikec.bahasa import angka, bersih
from ikikec.buku.bidang import Nilai
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import LANGKAH, PENGADUAN, REKOMENDASI, SEMUA, SURVEI, TINDAK_LANJUT, Langkah, Register
from ikikec.buku.usulan import HIDUP, PENGADUAN_TERBUKA, belum_diambil
from ikikec.cli.aliran import beri_tahu, tampilkan_galat
from ikikec.cli.keluaran import cetak_entri
from ikikec.cli.opsi import (
    Alasan,
    TeksAtauJson,
    Ya,
    argumen_nomor,
    baca_opsi,
    bidang_tersebut,
    kabarkan_isyarat,
    opsi_bersama,
    opsi_bidang,
    parameter,
    saklar,
)
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import terurai
from ikikec.galat import AturanDilanggar, SalahPakai
from ikikec.istilah import UNSUR_URUTAN_FORMULIR
from ikikec.tanggal import hari_tanggal

if TYPE_CHECKING:
    from ikikec.buku.buku import Rencana
    from ikikec.buku.kelompok import Isi


JAWABAN = ("kepuasan", *UNSUR_URUTAN_FORMULIR)


_BELUM_LENGKAP = saklar("--belum-lengkap", "Berkas belum lengkap; batas waktu belum berjalan.")


def perintah_catat(slug: str) -> Callable[..., None]:
    """The command that records in one register."""
    register = SEMUA[slug]
    isian = [opsi_bidang(bidang) for bidang in register.isian]
    if register is REKOMENDASI:
        isian.append(parameter("belum_lengkap", bool, _BELUM_LENGKAP, bawaan=False))

    @terurai(nilai=lambda: isian)
    def catat(
        sesi: Sesi,
        *,
        nilai: dict[str, Any],
        berulang: Annotated[
            bool, saklar("--berulang", "Terus bertanya untuk entri berikutnya; Ctrl-D selesai.")
        ] = False,
        semua_isian: Annotated[
            bool, saklar("--semua-isian", "Tanyakan semua isian yang belum ditulis, bukan yang wajib saja.")
        ] = False,
        keluaran: TeksAtauJson = None,
    ) -> None:
        cara = Cara(register, nilai.pop("belum_lengkap", False), semua_isian, berulang, keluaran)
        (_catat_berulang if berulang else _catat)(sesi, cara, nilai)

    return catat


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
            sesi.kabar(f"\nSelesai: {angka(jumlah)} entri tercatat.")
            return
        except EntriDibuang as galat:
            keluhkan(f"{galat.pesan}; {angka(jumlah)} entri sebelumnya tercatat. Ctrl-D untuk selesai.")
        except AturanDilanggar as galat:
            tampilkan_galat(galat)


def _catat(sesi: Sesi, cara: Cara, nilai: Mapping[str, Nilai]) -> None:
    register = cara.register
    jawaban = _tanyakan(sesi, cara, nilai)
    lengkap = _dengan_tanggal(sesi, register, {**nilai, **jawaban}, belum_lengkap=cara.belum_lengkap) | jawaban
    if register is REKOMENDASI:
        lengkap["jenis"] = baca_opsi(sesi, sesi.bidang(register, "jenis"), str(lengkap["jenis"]))
    isi = _tulis(sesi, register, lengkap)
    kabarkan_isyarat(sesi, nilai)
    dianggap = _lengkap_dianggap(isi, lengkap) if register is REKOMENDASI else ""
    cetak_entri(register, isi, cara.keluaran, "tercatat", catatan=[dianggap] if dianggap else [])


def _tulis(sesi: Sesi, register: Register, nilai: Mapping[str, Nilai]) -> "Isi":
    """Record an entry of values read at the counter; raises AturanDilanggar where it cannot be made of them."""
    from ikikec.buku.aturan import susun

    buku, isi = sesi.buku(), susun(register, nilai)
    if isinstance(isi, tuple):
        raise AturanDilanggar("tidak ada yang dicatat:", isi)
    return buku.catat(register, isi)


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
            raise SalahPakai(f"belum diisi: {', '.join(cara.register[nama].opsi for nama in kurang)}")
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


@terurai(nilai=lambda: [opsi_bidang(TINDAK_LANJUT[nama]) for nama in ("tindakan", "status", "tanggal")])
def tindaklanjuti(
    sesi: Sesi,
    *,
    nomor: Annotated[Nomor, argumen_nomor(PENGADUAN, PENGADUAN_TERBUKA, HIDUP)],
    nilai: dict[str, Any],
    keluaran: TeksAtauJson = None,
) -> None:
    """Follow a complaint up."""
    nomor = sesi.nomor(nomor)
    lengkap = {**nilai, "pengaduan": str(nomor)}
    if nilai["tindakan"] is None and sesi.bertanya:
        from ikikec.cli.formulir import isi_formulir

        kosong = [nama for nama, isi in nilai.items() if isi is None]
        diberi = {nama: isi for nama, isi in lengkap.items() if isi is not None}
        lengkap |= isi_formulir(sesi, TINDAK_LANJUT, kosong, diberi, tinjau=False)
    elif nilai["tindakan"] is None:
        raise SalahPakai("belum diisi: --tindakan")
    lengkap["tanggal"] = lengkap["tanggal"] or sesi.hari_ini
    isi = _tulis(sesi, TINDAK_LANJUT, lengkap)
    with sesi.bacaan() as bacaan:
        batas = bacaan.entri(nomor)["batas"]
    catatan = []
    if isinstance(batas, date) and isi["tanggal"] > batas.isoformat():
        catatan = [f"terlambat, batasnya {hari_tanggal(batas)}"]
    cetak_entri(TINDAK_LANJUT, isi, keluaran, "tercatat", catatan=catatan)


def perintah_langkah(nama: str) -> Callable[..., None]:
    """The command of one later step, as its register declares it."""
    register, langkah = LANGKAH[nama]
    isian = [opsi_bidang(register[langkah.pasangan], nama_opsi=langkah.opsi)] if langkah.pasangan else []
    isian.append(opsi_bidang(register[langkah.tanggal], nama="tanggal", nama_opsi="--tanggal"))

    @terurai(nilai=lambda: isian)
    def ambil(
        sesi: Sesi,
        *,
        nomor: Annotated[Nomor, argumen_nomor(register, belum_diambil(register, langkah.tanggal))],
        nilai: dict[str, Any],
        keluaran: TeksAtauJson = None,
    ) -> None:
        _ambil_langkah(sesi, langkah, sesi.nomor(nomor), nilai, keluaran)

    return ambil


def _ambil_langkah(
    sesi: Sesi, langkah: Langkah, nomor: Nomor, nilai: Mapping[str, Any], keluaran: str | None
) -> None:
    hari = nilai["tanggal"] or sesi.hari_ini
    perubahan: dict[str, Nilai] = {langkah.tanggal: hari}
    if langkah.pasangan:
        isi = nilai[langkah.pasangan]
        perubahan[langkah.pasangan] = _tanya_pasangan(sesi, langkah, nomor, hari) if isi is None else isi
    hasil = sesi.buku().langkah(nomor, langkah.aksi, perubahan)
    catatan = [lengkap] if (lengkap := _lengkap_dianggap(hasil.baru, hasil.lama)) else []
    if hasil.terlambat == (None, True):
        catatan.append("terlambat")
    cetak_entri(nomor.register, hasil.baru, keluaran, langkah.kabar, langkah.tanggal, catatan)


def _tanya_pasangan(sesi: Sesi, langkah: Langkah, nomor: Nomor, hari: date) -> Nilai:
    """The one field a step needs, asked for at a terminal, if the step can be taken that day at all."""
    bidang = nomor.register[langkah.pasangan]
    if not sesi.bertanya:
        raise SalahPakai(f"belum diisi: {langkah.opsi or bidang.opsi}")
    from ikikec.cli.tanya import tanya

    sesi.buku().tolak_langkah(nomor, langkah, hari)
    return tanya(bidang, lambda: sesi.hari_ini)


def _lengkap_dianggap(baru: "Isi", diberi: Mapping[str, Any]) -> str:
    """That a permit is taken for complete on the day it came in, since it was issued (contract, "Deadlines")."""
    if baru.get("tanggal_terbit") is None or diberi["tanggal_lengkap"] is not None:
        return ""
    return f"berkas dianggap lengkap {hari_tanggal(date.fromisoformat(baru['tanggal_lengkap']))}"


# A follow-up's number holds its complaint's, so that one cannot be corrected.
TETAP = "pengaduan"


def _opsi_koreksi() -> list[Parameter]:
    """Every field that can be corrected, of whichever register."""
    nama = dict.fromkeys(bidang.nama for register in SEMUA.values() for bidang in register.isian)
    return [opsi_bersama(satu, "NILAI") for satu in nama if satu != TETAP]


@terurai(teks=_opsi_koreksi)
def koreksi(
    sesi: Sesi,
    *,
    nomor: Annotated[Nomor, argumen_nomor(None, HIDUP)],
    alasan: Alasan,
    teks: dict[str, str | None],
    ya: Ya = False,
    keluaran: TeksAtauJson = None,
) -> None:
    """Correct one entry."""
    from ikikec.cli.tanya import pastikan

    nomor = sesi.nomor(nomor)
    perubahan = _baca(sesi, nomor.register, {nama: isi for nama, isi in teks.items() if isi is not None})
    buku = sesi.buku()
    dilihat = None
    if not ya:
        rencana = buku.rencana(nomor, perubahan)
        _tunjukkan(nomor, rencana)
        pastikan("Simpan koreksi ini?", ya=ya)
        dilihat = rencana.revisi
    hasil = buku.koreksi(nomor, perubahan, alasan, dilihat)
    if perubahan.get("anonim") is True:
        from ikikec.cli.lupa import bereskan

        bereskan(sesi)
    kabarkan_isyarat(sesi, perubahan)
    cetak_entri(nomor.register, hasil.baru, keluaran, "dikoreksi", catatan=_putusan_berubah(hasil))


def _putusan_berubah(rencana: "Rencana") -> list[str]:
    """That a correction turns what stands against the deadline: ``terlambat → tepat waktu``."""
    lama, baru = rencana.terlambat
    return [f"{_PUTUSAN[lama]} → {_PUTUSAN[baru]}"] if lama != baru and None not in (lama, baru) else []


_PUTUSAN = {True: "terlambat", False: "tepat waktu", None: ""}


def _baca(sesi: Sesi, register: Register, teks: dict[str, str]) -> dict[str, Nilai]:
    """The values given, read as the fields of this register; raises SalahPakai for a field it has not."""
    if not teks:
        raise SalahPakai(
            "belum ada isian yang dikoreksi", f"Sebut isiannya, misalnya: {register.isian[1].opsi} NILAI."
        )
    bidang = {nama: bidang_tersebut(sesi, register, nama) for nama in teks}
    return {nama: baca_opsi(sesi, bidang[nama], isi) for nama, isi in teks.items()}


def _tunjukkan(nomor: Nomor, rencana: "Rencana") -> None:
    """Before and after, on stderr: results alone belong on stdout."""
    register = nomor.register
    lama, baru = register.tulis(rencana.lama), register.tulis(rencana.baru)
    beri_tahu(f"{nomor}:")
    for nama in register.nama_bidang:
        if lama[nama] != baru[nama]:
            isi = f"{lama[nama] or '(kosong)'} → {baru[nama] or '(kosong)'}"
            beri_tahu(f"  {nama.replace('_', ' ')}: {bersih(isi)}")
    beri_tahu(*(f"  {satu}" for satu in _putusan_berubah(rencana)))


def batalkan(
    sesi: Sesi,
    nomor: Annotated[Nomor, argumen_nomor(None, HIDUP)],
    alasan: Alasan,
    ya: Ya = False,
    keluaran: TeksAtauJson = None,
) -> None:
    """Cancel one entry."""
    from ikikec.cli.tanya import pastikan

    nomor = sesi.nomor(nomor)
    buku = sesi.buku()
    dilihat = None
    if not ya:
        rencana = buku.rencana_batal(nomor, alasan)
        tertulis = nomor.register.tulis(rencana.lama)
        for nama in nomor.register.ringkas:
            beri_tahu(f"  {nama.replace('_', ' ')}: {bersih(tertulis[nama]) or '(kosong)'}")
        beri_tahu("  batal: tidak → ya")
        pastikan(f"Batalkan {nomor}?", ya=ya)
        dilihat = rencana.revisi
    cetak_entri(nomor.register, buku.batalkan(nomor, alasan, dilihat).baru, keluaran, "dibatalkan")
