"""The rules no entry may break, by any way in, and what an act makes of an entry. Pure: values in, values out.

The contract's "Rules that no entry may break". The schema's CHECKs say most of this again, as the second wall.
Each rule is stated once, on the few stored values it looks at (dates as ISO text, which compare as dates do), so that
the counter asks it of one entry and an import of each combination that a batch of entries holds.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from pydantic import ValidationError

from ikikec.buku.bidang import Nilai
from ikikec.buku.kelompok import Isi, Kelompok
from ikikec.buku.model import ISIAN
from ikikec.buku.nomor import URUT_TERBESAR, Nomor, baca_nomor
from ikikec.buku.register import DIHAPUS, PENGADUAN, REKOMENDASI, SURAT_KABAR, SURVEI, TINDAK_LANJUT, Register
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran
from ikikec.istilah import UNSUR
from ikikec.tanggal import tanggal_panjang

JAWABAN = ("kepuasan", *UNSUR)
IDENTITAS = ("pelapor", "kontak", "alamat")


@dataclass(frozen=True, slots=True)
class Aturan:
    """One rule: the fields it looks at, and what it has to say of their stored values, given in that order.

    ``tabu`` is the same in SQL, a condition that no page may meet, and ``pesan`` what ``periksa`` says of one that
    does; blank where the schema and other checks see to it.
    """

    bidang: tuple[str, ...]
    langgar: Callable[..., Iterator[Pelanggaran]]
    tabu: str = ""
    pesan: str = ""


def susun(register: Register, nilai: Mapping[str, Nilai]) -> dict[str, Any] | tuple[Pelanggaran, ...]:
    """An entry's state from read values, defaults filled in; or which values it cannot be made from."""
    lengkap: dict[str, Nilai] = {nama: isi for nama, isi in nilai.items() if isi is not None}
    for bidang in register.bidang:
        if bidang.bawaan and bidang.nama not in lengkap:
            lengkap[bidang.nama] = bidang.baca(bidang.bawaan)
    kurang = (satu for satu in register.bidang if satu.wajib and satu.nama not in lengkap)
    salah = tuple(Pelanggaran(satu.nama, f"wajib diisi ({satu.arti})") for satu in kurang)
    return salah or bentuk(register, lengkap)


def bentuk(register: Register, nilai: Mapping[str, Any]) -> dict[str, Any] | tuple[Pelanggaran, ...]:
    """An entry's state from typed values through its input model, or which of them that refuses."""
    try:
        return ISIAN[register.slug].model_validate(nilai).isi()
    except ValidationError as galat:
        return tuple(Pelanggaran(str(satu["loc"][0]), "nilainya tidak dapat dipakai") for satu in galat.errors())


def langgar(register: Register, isi: Isi, hari_ini: date) -> tuple[Pelanggaran, ...]:
    """Every rule this entry breaks by itself, without looking at other entries."""
    return tuple(
        pelanggaran
        for satu in semua_aturan(register, hari_ini)
        for pelanggaran in satu.langgar(*(isi[nama] for nama in satu.bidang))
    )


def semua_aturan(register: Register, hari_ini: date) -> tuple[Aturan, ...]:
    """The rules of a register's entries, in the order they are told."""
    return (
        *(Aturan((nama,), partial(_masa_depan, nama, hari_ini.isoformat())) for nama in register.bertanggal),
        *(_aturan_langkah(satu.tanggal) for satu in register.langkah),
        *(_aturan_pasangan(satu.tanggal, satu.pasangan) for satu in register.langkah if satu.pasangan),
        Aturan(
            ("batal", "alasan_batal"),
            _alasan_batal,
            "alasan_batal IS NOT NULL AND NOT batal",
            "alasan_batal terisi pada entri yang tidak batal",
        ),
        *_aturan_nomor(register),
        *_KHUSUS.get(register.slug, ()),
    )


def _aturan_langkah(nama: str) -> Aturan:
    return Aturan((nama, "tanggal"), partial(_mendahului, nama), f"{nama} < tanggal", f"{nama} mendahului tanggal")


def _aturan_pasangan(satu: str, dua: str) -> Aturan:
    tabu = f"({satu} IS NULL) <> ({dua} IS NULL)"
    return Aturan((satu, dua), partial(_pasangan, satu, dua), tabu, f"{dua} tidak berpasangan")


def _aturan_nomor(register: Register) -> Iterator[Aturan]:
    if register is TINDAK_LANJUT:
        yield Aturan(("nomor", "pengaduan"), _nomor_tindak_lanjut)
        return
    yield Aturan(
        ("nomor", "tanggal"),
        partial(_nomor, register),
        "substr(nomor, 5, 4) <> substr(CAST(tanggal AS varchar), 1, 4)",
        "nomor tidak setahun dengan tanggalnya",
    )
    asing = f"substr(nomor, 1, 4) <> '{register.kode}-'"
    yield Aturan(("nomor",), _tanpa, asing, "nomor bukan milik register ini")


def _tanpa(*_nilai: Nilai) -> Iterator[Pelanggaran]:
    """What another rule refuses on the way in, and only ``periksa`` tells apart."""
    return iter(())


def _masa_depan(nama: str, hari_ini: str, hari: str | None) -> Iterator[Pelanggaran]:
    if hari is not None and hari > hari_ini:
        yield Pelanggaran(nama, f"{hari} ada di masa depan (hari ini {hari_ini})")


def _mendahului(nama: str, hari: str | None, tanggal: str) -> Iterator[Pelanggaran]:
    if hari is not None and hari < tanggal:
        yield Pelanggaran(nama, f"{hari} mendahului tanggal entri {tanggal}")


def _pasangan(satu: str, dua: str, nilai_satu: Nilai, nilai_dua: Nilai) -> Iterator[Pelanggaran]:
    if (nilai_satu is None) != (nilai_dua is None):
        kosong, isi = (satu, dua) if nilai_satu is None else (dua, satu)
        yield Pelanggaran(kosong, f"harus diisi bersama {isi}")


def _alasan_batal(batal: bool, alasan: str | None) -> Iterator[Pelanggaran]:
    if alasan is not None and not batal:
        yield Pelanggaran("alasan_batal", "hanya untuk entri yang batal")


def _nomor(register: Register, teks: str | None, tanggal: str) -> Iterator[Pelanggaran]:
    if teks is None:
        return
    try:
        nomor = baca_nomor(teks)
    except NilaiSalah as galat:
        yield Pelanggaran("nomor", galat.pesan)
        return
    if nomor.register is not register or str(nomor) != teks:
        yield Pelanggaran("nomor", f"{teks} bukan nomor {register.slug} ({register.kode}-TAHUN-URUT)")
    elif nomor.tahun != int(tanggal[:4]):
        yield Pelanggaran("nomor", f"{nomor} tidak setahun dengan tanggal {tanggal}")
    yield from _terlalu_besar(nomor)


def _terlalu_besar(nomor: Nomor) -> Iterator[Pelanggaran]:
    if max(nomor.urut, nomor.langkah) > URUT_TERBESAR:
        yield Pelanggaran("nomor", f"{nomor} terlalu besar; paling besar urut {URUT_TERBESAR}")


def _nomor_tindak_lanjut(nomor: str | None, pengaduan: str) -> Iterator[Pelanggaran]:
    try:
        if str(baca_nomor(pengaduan)) != pengaduan or not pengaduan.startswith("PGD-") or "/" in pengaduan:
            yield Pelanggaran("pengaduan", f"{pengaduan} bukan nomor pengaduan (PGD-TAHUN-URUT)")
        if nomor is not None and (str(baca_nomor(nomor)) != nomor or not nomor.startswith(f"{pengaduan}/")):
            yield Pelanggaran("nomor", f"{nomor} bukan nomor tindak lanjut {pengaduan} ({pengaduan}/URUT)")
        yield from _terlalu_besar(baca_nomor(nomor or pengaduan))
    except NilaiSalah as galat:
        yield Pelanggaran("nomor", galat.pesan)


def _pelapor(anonim: bool, pelapor: str | None) -> Iterator[Pelanggaran]:
    if not anonim and pelapor is None:
        yield Pelanggaran("pelapor", "wajib diisi, kecuali pengaduan anonim")


def _anonim(anonim: bool, *identitas: str | None) -> Iterator[Pelanggaran]:
    for nama, isi in zip(IDENTITAS, identitas, strict=True):
        if anonim and isi is not None:
            yield Pelanggaran(nama, "harus kosong pada pengaduan anonim; identitas tidak boleh tersimpan")


def _terbit_lengkap(terbit: str | None, lengkap: str | None) -> Iterator[Pelanggaran]:
    if terbit is not None and lengkap is not None and terbit < lengkap:
        yield Pelanggaran("tanggal_terbit", f"{terbit} mendahului berkas lengkap {lengkap}")


def _terbit_tolak(terbit: str | None, tolak: str | None) -> Iterator[Pelanggaran]:
    if terbit is not None and tolak is not None:
        hari = tanggal_panjang(date.fromisoformat(terbit))
        yield Pelanggaran("tanggal_tolak", f"sudah diterbitkan {hari}; tidak bisa juga ditolak")


def _dimanfaatkan(dimanfaatkan: int | None, eksemplar: int) -> Iterator[Pelanggaran]:
    if dimanfaatkan is not None and dimanfaatkan > eksemplar:
        yield Pelanggaran("dimanfaatkan", f"{dimanfaatkan} melebihi {eksemplar} eksemplar yang diterima")


def _terjawab(*jawaban: int | None) -> Iterator[Pelanggaran]:
    if not any(jawaban):
        yield Pelanggaran("kepuasan", "formulir tanpa jawaban; isi kepuasan atau sedikitnya satu dari sembilan unsur")


_KHUSUS: dict[str, tuple[Aturan, ...]] = {
    PENGADUAN.slug: (
        Aturan(("anonim", "pelapor"), _pelapor, "(pelapor IS NULL) <> anonim", "pelapor dan anonim tidak cocok"),
        Aturan(
            ("anonim", *IDENTITAS),
            _anonim,
            "anonim AND (kontak IS NOT NULL OR alamat IS NOT NULL)",
            "anonim, tetapi memuat identitas",
        ),
    ),
    REKOMENDASI.slug: (
        Aturan(
            ("tanggal_terbit", "tanggal_lengkap"),
            _terbit_lengkap,
            "tanggal_terbit < tanggal_lengkap",
            "terbit mendahului berkas lengkap",
        ),
        Aturan(
            ("tanggal_terbit", "tanggal_lengkap"),
            _tanpa,
            "tanggal_terbit IS NOT NULL AND tanggal_lengkap IS NULL",
            "terbit tanpa tanggal lengkap",
        ),
        Aturan(
            ("tanggal_terbit", "tanggal_tolak"),
            _terbit_tolak,
            "tanggal_terbit IS NOT NULL AND tanggal_tolak IS NOT NULL",
            "terbit dan ditolak sekaligus",
        ),
    ),
    SURAT_KABAR.slug: (
        Aturan(
            ("dimanfaatkan", "eksemplar"),
            _dimanfaatkan,
            "dimanfaatkan > eksemplar",
            "dimanfaatkan melebihi eksemplar",
        ),
    ),
    SURVEI.slug: (Aturan(JAWABAN, _terjawab, f"coalesce({', '.join(JAWABAN)}) IS NULL", "formulir tanpa jawaban"),),
}


@dataclass(frozen=True, slots=True)
class Lengkap:
    """Entries with what follows from them filled in; can be gone through again and again.

    A permit issued without a complete date counts as complete on its ``tanggal`` (contract, "Deadlines").
    """

    register: Register
    semua: Iterable[Kelompok]

    def __iter__(self) -> Iterator[Kelompok]:
        if self.register is not REKOMENDASI:
            yield from self.semua
            return
        for kelompok in self.semua:
            nilai = kelompok.ambil("tanggal", "tanggal_lengkap", "tanggal_terbit")
            yield kelompok.ganti("tanggal_lengkap", [_lengkap(*satu) for satu in nilai])


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
    if perubahan.get("anonim") and not lama["anonim"]:
        perubahan = {**dict.fromkeys(IDENTITAS), **perubahan}
    baru = _dengan(nomor.register, lama, perubahan)
    if baru == lama:
        raise AturanDilanggar(f"{nomor} sudah berisi seperti itu; tidak ada yang dikoreksi")
    tahun = baru["tanggal"][:4]
    if tahun != lama["tanggal"][:4] and not nomor.langkah:
        raise AturanDilanggar(
            f"{nomor} tidak dapat dipindah ke tahun {tahun}, karena nomornya memuat tahun",
            saran=f"Batalkan entri ini (ikikec batalkan {nomor} --alasan …), lalu catat lagi di tahun yang benar.",
        )
    return baru


def terapkan_batal(nomor: Nomor, lama: Isi, alasan: str) -> Isi:
    """The entry after its cancellation; nothing in it changes but that."""
    _tolak_batal(nomor, lama)
    return {**lama, "batal": True, "alasan_batal": alasan}


def terapkan_lupa(register: Register, lama: Isi, bidang: Collection[str], *, anonim: bool = False) -> Isi:
    """The entry after some of its fields were forgotten: empty, or visibly forgotten where they must not be.

    With ``anonim`` a complaint becomes one that never had a name.
    """
    tetap = {"pelapor", "alasan_batal", *(langkah.pasangan for langkah in register.langkah)}
    dihapus = {nama: DIHAPUS if register[nama].wajib or nama in tetap else None for nama in bidang}
    if anonim:
        return {**lama, **dihapus, **dict.fromkeys(IDENTITAS), "anonim": True}
    return {**lama, **dihapus}


def _dengan(register: Register, lama: Isi, perubahan: Mapping[str, Nilai]) -> Isi:
    hasil = bentuk(register, {**lama, **perubahan})
    if isinstance(hasil, tuple):
        raise AturanDilanggar("nilai tidak dapat dipakai:", hasil)
    if register is REKOMENDASI:
        hasil["tanggal_lengkap"] = _lengkap(hasil["tanggal"], hasil["tanggal_lengkap"], hasil["tanggal_terbit"])
    return hasil


def _tolak_batal(nomor: Nomor, lama: Isi) -> None:
    if lama["batal"]:
        perintah = f"tindaklanjuti {nomor.induk} --tindakan …" if nomor.langkah else f"catat {nomor.register.slug}"
        raise AturanDilanggar(
            f"{nomor} sudah dibatalkan; tidak dapat diubah lagi",
            saran=f"Bila dibatalkan karena keliru, catat lagi sebagai entri baru: ikikec {perintah}",
        )
