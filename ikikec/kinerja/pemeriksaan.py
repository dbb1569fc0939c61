"""The check of closed months: their figures are still those that were kept when they were closed."""

from collections.abc import Iterator
from datetime import date

from ikikec.buku.baca import Bacaan
from ikikec.buku.penutupan import tertutup
from ikikec.buku.periksa import Pemeriksaan, Temuan
from ikikec.kinerja.realisasi import angka_semua


def _bulan_tertutup(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    for bulan in tertutup(bacaan.koneksi):
        kini = angka_semua(bacaan, bulan.bulan)
        for nama, angka in bulan.angka.items():
            # A measure that a newer program no longer has cannot be held against anything.
            if nama in kini and kini[nama] != angka:
                yield Temuan(
                    f"{bulan.bulan.label}, {nama}", f"waktu ditutup {_tulis(angka)}, sekarang {_tulis(kini[nama])}"
                )


def _tulis(angka: list[int | None]) -> str:
    pembilang, penyebut = angka
    return str(pembilang) if penyebut is None else f"{pembilang} dari {penyebut}"


BULAN_TERTUTUP = Pemeriksaan(
    "bulan-tertutup",
    "Angka bulan yang sudah ditutup masih sama dengan yang disimpan waktu ditutup.",
    "Bandingkan dengan lembar yang ditandatangani; lihat riwayat entri yang berubah.",
    _bulan_tertutup,
)
