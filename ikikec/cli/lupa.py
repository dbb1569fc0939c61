"""``ikikec lupakan``: what tells who a citizen is goes, the entry and the chain stay."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ikikec.bahasa import angka
from ikikec.buku.bidang import pilih_kata
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import SEMUA
from ikikec.cli import lengkapi
from ikikec.cli.aliran import beri_tahu, sebagian, sebut_pekerjaan
from ikikec.cli.opsi import Ya, argumen_nomor, opsi, opsi_tanggal, opsi_teks, saklar
from ikikec.cli.sesi import Sesi
from ikikec.cli.tanya import pastikan
from ikikec.galat import Galat, SalahPakai

if TYPE_CHECKING:
    from ikikec.buku.pelupaan import Lupa, Pilihan

_BERSIHKAN = "ikikec lupakan --bersihkan"

# Every field that can be forgotten, of whichever register.
BIDANG = tuple(dict.fromkeys(nama for register in SEMUA.values() for nama in register.rahasia))


_BIDANG = opsi(
    "--bidang",
    "ISIAN",
    "Hanya isian ini; boleh berulang.",
    baca=lambda teks: pilih_kata(teks.replace("-", "_"), BIDANG),
    usul=lengkapi.kata(BIDANG),
)
_REGISTER = opsi(
    "--register",
    "REGISTER",
    "Bersama --sebelum: hanya itu.",
    baca=lambda teks: pilih_kata(teks, tuple(SEMUA)),
    usul=lengkapi.kata(tuple(SEMUA)),
)


def lupakan(
    sesi: Sesi,
    nomor: Annotated[Nomor | None, argumen_nomor()] = None,
    alasan: Annotated[str | None, opsi_teks("--alasan", "Alasan; tercatat di riwayat. Tanpa nama.")] = None,
    bidang: Annotated[list[str] | None, _BIDANG] = None,
    semua: Annotated[bool, saklar("--semua", "Juga teks bebas, seperti uraian.")] = False,
    tindak_lanjut: Annotated[
        bool, saklar("--tindak-lanjut", "Juga tindakan di tindak lanjut pengaduan itu.")
    ] = False,
    sebelum: Annotated[date | None, opsi_tanggal("--sebelum", "Semua entri yang berakhir sebelum hari ini.")] = None,
    register: Annotated[str | None, _REGISTER] = None,
    retensi: Annotated[
        bool, saklar("--retensi", "Semua yang lewat masa simpan di tabel [retensi] konfigurasi.")
    ] = False,
    bersihkan: Annotated[bool, saklar("--bersihkan", "Hanya bersihkan sisa di berkas, bila dulu terputus.")] = False,
    ya: Ya = False,
) -> None:
    """Forget a citizen."""
    from ikikec.buku.pelupaan import Pilihan

    if sum((nomor is not None, sebelum is not None, retensi, bersihkan)) != 1:
        raise SalahPakai(
            "sebut satu nomor, --sebelum TANGGAL, atau --retensi",
            'Misalnya: ikikec lupakan PGD-2026-0001 --alasan "diminta"',
        )
    if register is not None and sebelum is None:
        raise SalahPakai("--register hanya berlaku bersama --sebelum")
    if bersihkan:
        _bersihkan(sesi)
        return
    if nomor is not None and alasan is None:
        raise SalahPakai("opsi --alasan wajib diisi", 'Misalnya: --alasan "diminta warga, surat 12/2026"')
    pilihan = Pilihan(tuple(bidang or ()), semua, tindak_lanjut)
    if nomor is not None:
        _lupakan(sesi, [sesi.nomor(nomor)], pilihan, alasan or "", ya=ya)
        return
    if retensi and not sesi.konfig.retensi.tahun:
        raise SalahPakai(
            "masa simpan belum diatur", "Misalnya: ikikec atur tetapkan retensi.pengaduan 5 (tahun sesudah berakhir)"
        )
    batas = sebelum_retensi(sesi) if sebelum is None else _sebelum(sebelum, register, pilihan)
    _lupakan(sesi, _lewat_waktu(sesi, batas, pilihan), pilihan, alasan or "masa simpan berakhir", ya=ya)


def _sebelum(hari: date, register: str | None, pilihan: "Pilihan") -> dict[str, date]:
    """The registers that are meant, each with that day."""
    from ikikec.buku.pelupaan import register_bernama

    if register is not None:
        return {register: hari}
    bebas = pilihan.semua or pilihan.bidang
    return dict.fromkeys(SEMUA if bebas else [satu.slug for satu in register_bernama()], hari)


def sebelum_retensi(sesi: Sesi) -> dict[str, date]:
    """The day before which entries of each register are past their retention; none where the office has none."""
    kini = sesi.hari_ini
    return {
        slug: date(kini.year - tahun, kini.month, min(kini.day, 28))
        for slug, tahun in sesi.konfig.retensi.tahun.items()
    }


def _lewat_waktu(sesi: Sesi, batas: "Mapping[str, date]", pilihan: "Pilihan") -> list[Nomor]:
    """The entries that ended before their register's day; told first how many of each."""
    from ikikec.buku.pelupaan import lewat_waktu

    with sesi.bacaan() as bacaan, sebut_pekerjaan("mencari entri", sesi.hening):
        hasil = [
            nomor for slug, hari in batas.items() for nomor in lewat_waktu(bacaan.koneksi, SEMUA[slug], hari, pilihan)
        ]
    jumlah = Counter(nomor.register.sebutan for nomor in hasil)
    beri_tahu(*(f"  {angka(banyak)} {sebutan}" for sebutan, banyak in jumlah.items()))
    return hasil


def _lupakan(sesi: Sesi, sasaran: Sequence[Nomor], pilihan: "Pilihan", alasan: str, *, ya: bool) -> None:
    from ikikec.buku.pelupaan import rencanakan

    buku = sesi.buku()
    with sebut_pekerjaan("menyusun yang dilupakan", sesi.hening):
        semua = buku.melihat(lambda tindakan: rencanakan(tindakan.koneksi, sasaran, pilihan))
    if not semua:
        print("Tidak ada yang dilupakan: isiannya kosong, atau sudah dilupakan.")
        return
    contoh = sebagian(semua, lambda lupa: f"{lupa.nomor}: {', '.join(lupa.bidang)}")
    beri_tahu(*(f"  {satu}" for satu in contoh))
    tanya = "Isinya hilang untuk selamanya, dari semua riwayatnya; nomor dan angkanya tetap. Lupakan?"
    pastikan(tanya, ya=ya)
    _kerjakan(sesi, semua, alasan)


def _kerjakan(sesi: Sesi, semua: "Sequence[Lupa]", alasan: str) -> None:
    """Forget, clean the ledger of remnants, and tell what still holds them."""
    from ikikec.buku.pelupaan import terapkan

    with sebut_pekerjaan("melupakan", sesi.hening) as kabar:
        selesai = 0

        def maju(jumlah: int) -> None:
            nonlocal selesai
            selesai += jumlah
            kabar(f"{angka(selesai)} dari {angka(len(semua))} entri")

        sesi.buku().lakukan(lambda tindakan: terapkan(tindakan, semua, alasan, maju), harus_ada=True)
    for satu in sebagian(semua, lambda lupa: f"{lupa.nomor}  dilupakan: {', '.join(lupa.bidang)}", "entri"):
        print(satu)
    bereskan(sesi)


def bereskan(sesi: Sesi) -> None:
    """Clean the ledger of what was forgotten, and tell which copies still hold it."""
    _bersihkan(sesi)
    for berkas in masih_memuat(sesi):
        sesi.kabar(f"Cadangan yang lebih lama masih memuatnya: {berkas}")


def _bersihkan(sesi: Sesi) -> None:
    """Write the ledger's file anew, or say what a server's owner has to do."""
    try:
        with sebut_pekerjaan("membersihkan berkas buku", sesi.hening):
            sisanya = sesi.mesin.bersihkan()
    except Galat as galat:
        galat.saran = (
            f"{galat.saran} Isinya sudah dilupakan, sisanya di berkas belum dibersihkan: {_BERSIHKAN}".strip()
        )
        raise
    if sisanya:
        sesi.kabar(f"Sisanya hilang dari peladen setelah pemiliknya menjalankan: {sisanya}")


def masih_memuat(sesi: Sesi) -> list[str]:
    """The copies beside the ledger that were made before something was last forgotten."""
    from ikikec.buku.cadangan import sebelum_lupa

    alamat = sesi.alamat_buku
    return [str(satu) for satu in sebelum_lupa(sesi.mesin, alamat)] if isinstance(alamat, Path) else []
