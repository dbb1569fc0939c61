"""What an act makes of an entry: a step, a correction, a cancellation. Pure: the state in, the state after it out.

Each raises AturanDilanggar where the act itself is not allowed; whether the entry that comes out keeps the rules is
for ``aturan`` to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ikikec.buku.aturan import bentuk
from ikikec.buku.bidang import Nilai
from ikikec.buku.kelompok import Isi, Kelompok
from ikikec.buku.nomor import Nomor
from ikikec.buku.register import REKOMENDASI, Register
from ikikec.galat import AturanDilanggar, Pelanggaran

_SARAN_ANONIM = (
    "Namanya sudah tertulis di jurnal dan tidak dapat dihapus. Untuk menyembunyikannya dari pihak lain, pakai"
    " ikikec ekspor --samarkan."
)


@dataclass(frozen=True, slots=True)
class Lengkap:
    """Entries with what follows from them filled in; can be gone through again and again.

    A permit issued without a complete date counts as complete on its ``tanggal`` (contract, "Deadlines").
    """

    register: Register
    semua: Iterable[Kelompok]

    def __iter__(self) -> Iterator[Kelompok]:
        for kelompok in self.semua:
            if self.register is REKOMENDASI:
                nilai = kelompok.ambil("tanggal", "tanggal_lengkap", "tanggal_terbit")
                yield kelompok.ganti("tanggal_lengkap", [_lengkap(*satu) for satu in nilai])
            else:
                yield kelompok


def _lengkap(tanggal: str, lengkap: str | None, terbit: str | None) -> str | None:
    return lengkap or (tanggal if terbit else None)


def ambil_langkah(nomor: Nomor, lama: Isi, perubahan: Mapping[str, Nilai]) -> Isi:
    """The entry after a later step; each step is taken once."""
    _tolak_batal(nomor, lama)
    if nomor.register is REKOMENDASI and lama["tanggal_tolak"] is not None and "tanggal_tolak" not in perubahan:
        raise AturanDilanggar(f"{nomor} sudah ditolak {lama['tanggal_tolak']}; tidak ada langkah lagi")
    for nama in perubahan:
        if lama[nama] is not None:
            raise AturanDilanggar(
                f"{nomor} sudah memuat {nomor.register[nama].arti} ({lama[nama]})",
                saran=f"Setiap langkah hanya sekali; kekeliruan diperbaiki dengan: ikikec koreksi {nomor} --alasan …",
            )
    return _dengan(nomor.register, lama, perubahan)


def terapkan_koreksi(nomor: Nomor, lama: Isi, perubahan: Mapping[str, Nilai]) -> Isi:
    """The entry after a correction; None clears a field that may be empty."""
    _tolak_batal(nomor, lama)
    kosong = [
        Pelanggaran(nama, "tidak boleh dikosongkan")
        for nama, isi in perubahan.items()
        if isi is None and (nomor.register[nama].wajib or nomor.register[nama].bawaan)
    ]
    if kosong:
        raise AturanDilanggar(f"{nomor} tidak dikoreksi:", tuple(kosong))
    baru = _dengan(nomor.register, lama, perubahan)
    if baru == lama:
        raise AturanDilanggar(f"{nomor} sudah berisi seperti itu; tidak ada yang dikoreksi")
    tahun = baru["tanggal"][:4]
    if tahun != lama["tanggal"][:4] and not nomor.langkah:
        raise AturanDilanggar(
            f"{nomor} tidak dapat dipindah ke tahun {tahun}, karena nomornya memuat tahun",
            saran=f"Batalkan entri ini (ikikec batalkan {nomor} --alasan …), lalu catat lagi di tahun yang benar.",
        )
    if baru.get("anonim") and not lama["anonim"]:
        raise AturanDilanggar(f"{nomor} dicatat dengan nama; tidak dapat dijadikan anonim", saran=_SARAN_ANONIM)
    return baru


def terapkan_batal(nomor: Nomor, lama: Isi, alasan: str) -> Isi:
    """The entry after its cancellation; nothing in it changes but that."""
    _tolak_batal(nomor, lama)
    return {**lama, "batal": True, "alasan_batal": alasan}


def _dengan(register: Register, lama: Isi, perubahan: Mapping[str, Nilai]) -> Isi:
    hasil = bentuk(register, {**lama, **perubahan})
    if isinstance(hasil, tuple):
        raise AturanDilanggar("nilai tidak dapat dipakai:", hasil)
    if register is REKOMENDASI:
        hasil["tanggal_lengkap"] = _lengkap(hasil["tanggal"], hasil["tanggal_lengkap"], hasil["tanggal_terbit"])
    return hasil


def _tolak_batal(nomor: Nomor, lama: Isi) -> None:
    if lama["batal"]:
        raise AturanDilanggar(f"{nomor} sudah dibatalkan; tidak dapat diubah lagi")
