"""What an act makes of an entry: a step, a correction, a cancellation. Pure: the entry in, the entry after it out.

Each raises AturanDilanggar where the act itself is not allowed; whether the entry that comes out keeps the rules is
for ``aturan`` to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ikikec.buku.aturan import bentuk
from ikikec.buku.bidang import Nilai
from ikikec.buku.kelompok import Kelompok
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import REKOMENDASI, Register
from ikikec.buku.tabel import Isian, PengaduanIsian, RekomendasiIsian
from ikikec.galat import AturanDilanggar, Pelanggaran

# A day, as a date or as its ISO text.
H = TypeVar("H", date, str)

_SARAN_ANONIM = (
    "Namanya sudah tertulis di jurnal dan tidak dapat dihapus. Untuk menyembunyikannya dari pihak lain, pakai"
    " ikikec ekspor --samarkan."
)


def lengkapi_otomatis(isian: Isian) -> Isian:
    """A permit issued without a complete date counts as complete on its ``tanggal`` (contract, "Deadlines")."""
    if isinstance(isian, RekomendasiIsian):
        lengkap = _lengkap(isian.tanggal, isian.tanggal_lengkap, isian.tanggal_terbit)
        return isian.model_copy(update={"tanggal_lengkap": lengkap})
    return isian


@dataclass(frozen=True, slots=True)
class Lengkap:
    """The same for batches of a register's entries, which can be gone through again and again."""

    register: Register
    semua: Iterable[Kelompok]

    def __iter__(self) -> Iterator[Kelompok]:
        for kelompok in self.semua:
            if self.register is REKOMENDASI:
                nilai = kelompok.ambil("tanggal", "tanggal_lengkap", "tanggal_terbit")
                yield kelompok.ganti("tanggal_lengkap", [_lengkap(*satu) for satu in nilai])
            else:
                yield kelompok


def _lengkap(tanggal: H, lengkap: H | None, terbit: H | None) -> H | None:
    return lengkap or (tanggal if terbit else None)


def ambil_langkah(nomor: Nomor, lama: Isian, perubahan: Mapping[str, Nilai]) -> Isian:
    """The entry after a later step; each step is taken once."""
    _tolak_batal(nomor, lama)
    if isinstance(lama, RekomendasiIsian) and lama.tanggal_tolak is not None and "tanggal_tolak" not in perubahan:
        raise AturanDilanggar(f"{nomor} sudah ditolak {lama.tanggal_tolak}; tidak ada langkah lagi")
    for nama in perubahan:
        isi = getattr(lama, nama)
        if isi is not None:
            raise AturanDilanggar(
                f"{nomor} sudah memuat {nomor.register[nama].arti} ({isi})",
                saran=f"Setiap langkah hanya sekali; kekeliruan diperbaiki dengan: ikikec koreksi {nomor} --alasan …",
            )
    return lengkapi_otomatis(_dengan(lama, perubahan))


def terapkan_koreksi(nomor: Nomor, lama: Isian, perubahan: Mapping[str, Nilai]) -> Isian:
    """The entry after a correction; None clears a field that may be empty."""
    _tolak_batal(nomor, lama)
    kosong = [
        Pelanggaran(nama, "tidak boleh dikosongkan")
        for nama, isi in perubahan.items()
        if isi is None and (nomor.register[nama].wajib or nomor.register[nama].bawaan)
    ]
    if kosong:
        raise AturanDilanggar(f"{nomor} tidak dikoreksi:", tuple(kosong))
    baru = lengkapi_otomatis(_dengan(lama, perubahan))
    if baru == lama:
        raise AturanDilanggar(f"{nomor} sudah berisi seperti itu; tidak ada yang dikoreksi")
    if baru.tanggal.year != lama.tanggal.year and not nomor.langkah:
        raise AturanDilanggar(
            f"{nomor} tidak dapat dipindah ke tahun {baru.tanggal.year}, karena nomornya memuat tahun",
            saran=f"Batalkan entri ini (ikikec batalkan {nomor} --alasan …), lalu catat lagi di tahun yang benar.",
        )
    if isinstance(lama, PengaduanIsian) and isinstance(baru, PengaduanIsian) and baru.anonim and not lama.anonim:
        raise AturanDilanggar(f"{nomor} dicatat dengan nama; tidak dapat dijadikan anonim", saran=_SARAN_ANONIM)
    return baru


def terapkan_batal(nomor: Nomor, lama: Isian, alasan: str) -> Isian:
    """The entry after its cancellation; nothing in it changes but that."""
    _tolak_batal(nomor, lama)
    return lama.model_copy(update={"batal": True, "alasan_batal": alasan})


def _dengan(lama: Isian, perubahan: Mapping[str, Nilai]) -> Isian:
    hasil = bentuk(type(lama), dict(lama) | dict(perubahan))
    if not isinstance(hasil, Isian):
        raise AturanDilanggar("nilai tidak dapat dipakai:", hasil)
    return hasil


def _tolak_batal(nomor: Nomor, lama: Isian) -> None:
    if lama.batal:
        raise AturanDilanggar(f"{nomor} sudah dibatalkan; tidak dapat diubah lagi")
