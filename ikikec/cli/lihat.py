"""What stands in the ledger: one entry with its history, a register's entries, where a text is, today's desk."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from ikikec.bahasa import angka
from ikikec.buku.bidang import Jenis
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import BERTENGGAT, PENGADUAN, SEMUA, Register
from ikikec.cli import lengkapi
from ikikec.cli.keluaran import CSV, Bentuk, Olah, bertemplat, layar, opsi_cetak, pilih_tujuan
from ikikec.cli.opsi import (
    argumen,
    argumen_nomor,
    argumen_register,
    baca_opsi,
    baca_terisi,
    bidang_tersebut,
    opsi,
    opsi_bersama,
    opsi_bilangan,
    opsi_periode,
    saklar,
)
from ikikec.cli.sesi import Sesi
from ikikec.cli.typer_dalam import terurai
from ikikec.periode import baca_periode
from ikikec.tanggal import tanggal_panjang

if TYPE_CHECKING:
    from ikikec.buku.baca import Bacaan, Saringan
    from ikikec.lembar.ringkas import Ringkasan, Tenggat

# On a terminal as into a pipe: the card.
_TEKS = Bentuk("teks", "lembar.entri:susun_kartu", (".txt",), Olah.LAYAR)
BENTUK = (
    _TEKS,
    _TEKS,
    Bentuk("json", "lembar.entri:kartu_json", (".json",), Olah.NILAI),
    *bertemplat("tanda-terima", "html", "md"),
    Bentuk("xlsx", "lembar.entri:tabel_kartu", (".xlsx",), Olah.BUKU, biner=True),
)

# Acts and follow-ups that a card shows, but in these forms; an entry may have thousands.
TERAKHIR = 50
SELURUHNYA = ("json", "xlsx")


@terurai(cetak=opsi_cetak(BENTUK, "buka"))
def lihat(
    sesi: Sesi,
    *,
    nomor: Annotated[Nomor, argumen_nomor()],
    cetak: dict[str, Any],
    dengan_identitas: Annotated[
        bool, saklar("--dengan-identitas", "Di html dan md: cetak uraian warga, bukan jenisnya saja.")
    ] = False,
    semua: Annotated[
        bool, saklar("--semua", f"Semua riwayat dan tindak lanjut, bukan {TERAKHIR} yang terakhir saja.")
    ] = False,
) -> None:
    """Show one entry."""
    tujuan = pilih_tujuan(sesi, BENTUK, **cetak)
    from ikikec.lembar.entri import Kartu

    nomor = sesi.nomor(nomor)
    with sesi.bacaan() as bacaan:
        entri = bacaan.entri(nomor)
        # JSON and workbooks hold the whole history; the slips show none of it.
        terakhir = None if semua or tujuan.bentuk.nama in SELURUHNYA else TERAKHIR
        dibaca, lebih_lanjut = bacaan.lanjutan(nomor, terakhir) if nomor.register is PENGADUAN else ((), 0)
        lanjut = list(dibaca)
        tempo = bacaan.jatuh_tempo(nomor, sesi.hari_ini, sesi.konfig)
        riwayat, lebih_riwayat = bacaan.riwayat(nomor, terakhir)
        petugas = bacaan.pencatat(nomor)
    lebih = lebih_lanjut, lebih_riwayat
    kartu = Kartu(nomor.register, entri, lanjut, riwayat, tempo, sesi.konfig, petugas, dengan_identitas, lebih)
    pokok = nomor.register.pokok
    if tujuan.bentuk.nama in ("html", "md") and not nomor.register.boleh_keluar(pokok, diminta=dengan_identitas):
        sesi.kabar(f"Isian {pokok} tidak dicetak di tanda terima; sertakan dengan --dengan-identitas.")
    tujuan.kirim(kartu)


_CARI = Bentuk("teks", "lembar.entri:cari_layar", (".txt",), Olah.LAYAR)
BENTUK_CARI = (
    _CARI,
    _CARI,
    Bentuk("json", "lembar.entri:cari_json", (".json",), Olah.NILAI),
    Bentuk(CSV, "lembar.entri:tabel_cari", (".csv",), Olah.TABEL),
    Bentuk("xlsx", "lembar.entri:tabel_cari", (".xlsx",), Olah.BUKU, biner=True),
)


@terurai(cetak=opsi_cetak(BENTUK_CARI, "kertas", "untuk_excel"))
def cari(
    sesi: Sesi,
    *,
    teks: Annotated[str, argumen("TEKS", "Yang dicari.", baca_terisi)],
    cetak: dict[str, Any],
) -> None:
    """Find a text."""
    tujuan = pilih_tujuan(sesi, BENTUK_CARI, **cetak)
    from ikikec.buku.baca import cari_teks
    from ikikec.lembar.entri import HasilCari

    with sesi.bacaan() as bacaan:
        temu = list(cari_teks(bacaan.koneksi, teks))
    tujuan.kirim(HasilCari(teks, temu))
    if tujuan.di_layar:
        sesi.kabar(f"{angka(len({satu.nomor for satu in temu}))} entri")


BENTUK_DAFTAR = (
    Bentuk("tabel", "lembar.entri:daftar_layar", (".txt",), Olah.LAYAR),
    Bentuk(CSV, "lembar.entri:tabel_register", (".csv",), Olah.TABEL),
    Bentuk("json", "tukar.json:tulis_register", (".json",)),
    *bertemplat("agenda", "md", "html"),
    Bentuk("xlsx", "lembar.entri:tabel_register", (".xlsx",), Olah.BUKU, biner=True),
)

# Those that hold every field of the entries, as ``ekspor`` writes them.
SEUTUHNYA = (CSV, "xlsx", "json")

# The coded fields of all registers, by which a list can be narrowed.
BERKODE = dict.fromkeys(
    bidang.nama
    for register in SEMUA.values()
    for bidang in register.isian
    if bidang.jenis in (Jenis.PILIHAN, Jenis.YA_TIDAK) or bidang.nama == "jenis"
)
_JATUH_TEMPO = opsi_bilangan("--jatuh-tempo", "Yang batasnya dalam N hari kerja ke depan.", 0, 1_000)
_URUT = opsi("--urut", "[-]ISIAN", "Urut menurut isian; - dari yang terbesar.", usul=lengkapi.nama_isian)


@terurai(
    sama=lambda: [opsi_bersama(nama, "KATA") for nama in BERKODE],
    cetak=opsi_cetak(BENTUK_DAFTAR, "buka", "kertas", "untuk_excel"),
)
def daftar(
    sesi: Sesi,
    *,
    register: Annotated[Register, argumen_register()],
    periode: Annotated[str | None, opsi_periode("Menurut tanggal entri.")] = None,
    belum_selesai: Annotated[bool, saklar("--belum-selesai", "Yang belum selesai saja.")] = False,
    terlambat: Annotated[bool, saklar("--terlambat", "Yang belum selesai dan lewat batas.")] = False,
    batal: Annotated[bool, saklar("--batal", "Yang dibatalkan saja.")] = False,
    dengan_identitas: Annotated[
        bool, saklar("--dengan-identitas", "Di md dan html: sertakan nama, kontak, alamat, dan uraian warga.")
    ] = False,
    jatuh_tempo: Annotated[int | None, _JATUH_TEMPO] = None,
    sama: dict[str, str | None],
    urut: Annotated[str | None, _URUT] = None,
    maks: Annotated[int | None, opsi_bilangan("--maks", "Paling banyak N entri.", 0)] = None,
    cetak: dict[str, Any],
) -> None:
    """List the entries of a register."""
    tujuan = pilih_tujuan(sesi, BENTUK_DAFTAR, **cetak)
    from ikikec.buku.baca import Saringan
    from ikikec.lembar.entri import Daftar, sebut_jumlah

    with sesi.bacaan() as bacaan:
        # A word a list is narrowed to is one of those that the office has today.
        saringan = Saringan(
            periode=None if periode is None else baca_periode(periode, sesi.hari_ini),
            belum_selesai=belum_selesai,
            terlambat_pada=sesi.hari_ini if terlambat else None,
            jatuh_tempo=(None if jatuh_tempo is None else (sesi.hari_ini, sesi.hari_kerja_ke(bacaan, jatuh_tempo))),
            batal=batal,
            sama={
                nama: baca_opsi(sesi, bidang_tersebut(sesi, register, nama), isi)
                for nama, isi in sama.items()
                if isi is not None
            },
            urut=urut or "",
            maks=maks,
        )
        isi = Daftar(
            register, bacaan.daftar(register, saringan), _sebut(saringan, sama), sesi.konfig, dengan_identitas
        )
        if tujuan.di_layar:
            # The table, none where it is empty, and how many entries there are.
            entri = list(isi.entri)
            if entri:
                tujuan.kirim(replace(isi, entri=entri))
            sesi.kabar(sebut_jumlah(entri))
        else:
            tujuan.kirim([isi] if tujuan.bentuk.nama in SEUTUHNYA else isi)


def _sebut(saringan: "Saringan", sama: dict[str, str | None]) -> str:
    """What the list was narrowed to, in words for its heading."""
    kata = [saringan.periode.label] if saringan.periode else []
    kata += ["belum selesai"] if saringan.belum_selesai else []
    kata += ["terlambat"] if saringan.terlambat_pada else []
    kata += ["batal"] if saringan.batal else []
    if saringan.jatuh_tempo:
        kata.append(f"jatuh tempo sampai {tanggal_panjang(saringan.jatuh_tempo[1])}")
    kata += [f"{nama.replace('_', ' ')} {sama[nama]}" for nama in saringan.sama]
    return ", ".join(kata) or "semua entri"


# Due within this many working days is soon.
SEGERA = 3


_MEJA = Bentuk("teks", "lembar.ringkas:susun_ringkasan", (".txt",), Olah.LAYAR)
BENTUK_RINGKASAN = (
    _MEJA,
    _MEJA,
    Bentuk("json", "lembar.ringkas:ringkasan_json", (".json",), Olah.NILAI),
    Bentuk("xlsx", "lembar.ringkas:tabel_ringkasan", (".xlsx",), Olah.BUKU, biner=True),
)


@terurai(cetak=opsi_cetak(BENTUK_RINGKASAN, "kertas"))
def ringkasan(sesi: Sesi, *, cetak: dict[str, Any]) -> None:
    """Show today's desk."""
    tujuan = pilih_tujuan(sesi, BENTUK_RINGKASAN, **cetak)
    if not tujuan.di_layar:
        tujuan.kirim(_susun(sesi, None))
        return
    from ikikec.lembar.ringkas import susun_ringkasan

    konsol = layar()
    konsol.print(susun_ringkasan(_susun(sesi, konsol.height), konsol.width, konsol.height))


def _susun(sesi: Sesi, paling_banyak: int | None) -> "Ringkasan":
    """Today's desk, its lists no longer than can be shown."""
    from ikikec.buku.pelupaan import banyak_lewat
    from ikikec.buku.terbuka import beban
    from ikikec.cli.lupa import sebelum_retensi
    from ikikec.kinerja.susun import Permintaan, susun_laporan
    from ikikec.lembar.ringkas import Ringkasan

    bulan = baca_periode("bulan-ini", sesi.hari_ini)
    with sesi.bacaan() as bacaan:
        segera = sesi.hari_kerja_ke(bacaan, SEGERA)
        return Ringkasan(
            hari_ini=sesi.hari_ini,
            kantor=sesi.konfig.kecamatan,
            segera=segera,
            keadaan=beban(bacaan.koneksi, sesi.hari_ini, segera),
            terlambat=_tenggat(sesi, bacaan, date.min, sesi.hari_ini - timedelta(days=1), paling_banyak),
            jatuh_tempo=_tenggat(sesi, bacaan, sesi.hari_ini, segera, paling_banyak),
            lembar=[
                susun_laporan(bacaan, satu, bulan, sesi.konfig, sesi.hari_ini, Permintaan())
                for satu in sesi.jabatan.values()
            ],
            lewat_simpan=sum(
                banyak_lewat(bacaan.koneksi, SEMUA[slug], hari) for slug, hari in sebelum_retensi(sesi).items()
            ),
        )


def _tenggat(sesi: Sesi, bacaan: "Bacaan", sejak: date, sampai: date, paling_banyak: int | None) -> "list[Tenggat]":
    """The first open entries of all registers due from ``sejak`` to ``sampai``, the most urgent first."""
    from ikikec.buku.baca import Saringan
    from ikikec.buku.penomoran import potong
    from ikikec.buku.terbuka import mendesak
    from ikikec.lembar.ringkas import Tenggat

    semua = mendesak(bacaan.koneksi, sejak, sampai, paling_banyak)
    isi = {
        satu["nomor"]: satu
        for register in BERTENGGAT
        for bagian in potong(nomor for _batas, miliknya, nomor in semua if miliknya is register)
        for satu in bacaan.daftar(register, Saringan(nomor=bagian))
    }
    sisa = bacaan.dengan_kalender(
        sesi.konfig, lambda kalender: [kalender.sisa(sesi.hari_ini, batas) for batas, _register, _nomor in semua]
    )
    return [Tenggat(register, isi[nomor], hari) for (_batas, register, nomor), hari in zip(semua, sisa, strict=True)]
