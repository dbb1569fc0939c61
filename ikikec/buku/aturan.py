"""The rules no entry may break, by any way in. Pure: an entry and today in, what is wrong with it out.

The contract's "Rules that no entry may break". The schema's CHECKs say most of this again, as the second wall.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from ikikec.buku.bidang import Jenis, Nilai
from ikikec.buku.nomor import URUT_TERBESAR, Nomor, baca_nomor
from ikikec.buku.register import TINDAK_LANJUT, Register
from ikikec.buku.tabel import (
    ISIAN,
    Isian,
    PengaduanIsian,
    RekomendasiIsian,
    SuratKabarIsian,
    SurveiIsian,
)
from ikikec.galat import NilaiSalah, Pelanggaran
from ikikec.istilah import UNSUR
from ikikec.tanggal import tanggal_panjang

JAWABAN = ("kepuasan", *UNSUR)


def susun(register: Register, nilai: Mapping[str, Nilai]) -> Isian | tuple[Pelanggaran, ...]:
    """Make the input model from read values, defaults filled in; or say which values it cannot be made from."""
    lengkap: dict[str, Nilai] = {nama: isi for nama, isi in nilai.items() if isi is not None}
    for bidang in register.bidang:
        if bidang.bawaan and bidang.nama not in lengkap:
            lengkap[bidang.nama] = bidang.baca(bidang.bawaan)
    kurang = tuple(_wajib(register, lengkap))
    if kurang:
        return kurang
    return bentuk(ISIAN[register.slug], lengkap)


def bentuk(jenis: type[Isian], nilai: Mapping[str, Any]) -> Isian | tuple[Pelanggaran, ...]:
    """The input model of typed values, or which of them it refuses."""
    try:
        return jenis.model_validate(nilai)
    except ValidationError as galat:
        return tuple(Pelanggaran(str(satu["loc"][0]), "nilainya tidak dapat dipakai") for satu in galat.errors())


def _wajib(register: Register, nilai: Mapping[str, Nilai]) -> Iterator[Pelanggaran]:
    for bidang in register.bidang:
        if bidang.wajib and bidang.nama not in nilai:
            yield Pelanggaran(bidang.nama, f"wajib diisi ({bidang.arti})")


def langgar(register: Register, isian: Isian, hari_ini: date) -> tuple[Pelanggaran, ...]:
    """Every rule this entry breaks by itself, without looking at other entries."""
    nilai = isian.__dict__
    umum = (
        *_masa_depan(register, nilai, hari_ini),
        *_mendahului(register, nilai),
        *_pasangan(register, nilai),
        *_nomor(register, nilai),
    )
    khusus = _KHUSUS.get(register.slug)
    return (*umum, *khusus(isian)) if khusus else umum


def _masa_depan(register: Register, nilai: Mapping[str, Any], hari_ini: date) -> Iterator[Pelanggaran]:
    for bidang in register.bidang:
        if bidang.jenis is Jenis.TANGGAL and not bidang.sistem:
            hari = nilai[bidang.nama]
            if hari is not None and hari > hari_ini:
                yield Pelanggaran(bidang.nama, f"{hari} ada di masa depan (hari ini {hari_ini})")


def _mendahului(register: Register, nilai: Mapping[str, Any]) -> Iterator[Pelanggaran]:
    for langkah in register.langkah:
        hari = nilai[langkah.tanggal]
        if hari is not None and hari < nilai["tanggal"]:
            yield Pelanggaran(langkah.tanggal, f"{hari} mendahului tanggal entri {nilai['tanggal']}")


def _pasangan(register: Register, nilai: Mapping[str, Any]) -> Iterator[Pelanggaran]:
    pasangan = [(langkah.tanggal, langkah.pasangan) for langkah in register.langkah if langkah.pasangan]
    for satu, dua in pasangan:
        if (nilai[satu] is None) != (nilai[dua] is None):
            kosong, isi = (satu, dua) if nilai[satu] is None else (dua, satu)
            yield Pelanggaran(kosong, f"harus diisi bersama {isi}")
    if nilai["alasan_batal"] is not None and not nilai["batal"]:
        yield Pelanggaran("alasan_batal", "hanya untuk entri yang batal")


def _nomor(register: Register, nilai: Mapping[str, Any]) -> Iterator[Pelanggaran]:
    if register is TINDAK_LANJUT:
        yield from _nomor_tindak_lanjut(nilai)
        return
    if nilai["nomor"] is None:
        return
    try:
        nomor = baca_nomor(nilai["nomor"])
    except NilaiSalah as galat:
        yield Pelanggaran("nomor", galat.pesan)
        return
    if nomor.register is not register or str(nomor) != nilai["nomor"]:
        yield Pelanggaran("nomor", f"{nilai['nomor']} bukan nomor {register.slug} ({register.kode}-TAHUN-URUT)")
    elif nomor.tahun != nilai["tanggal"].year:
        yield Pelanggaran("nomor", f"{nomor} tidak setahun dengan tanggal {nilai['tanggal']}")
    yield from _terlalu_besar(nomor)


def _terlalu_besar(nomor: Nomor) -> Iterator[Pelanggaran]:
    if max(nomor.urut, nomor.langkah) > URUT_TERBESAR:
        yield Pelanggaran("nomor", f"{nomor} terlalu besar; paling besar urut {URUT_TERBESAR}")


def _nomor_tindak_lanjut(nilai: Mapping[str, Any]) -> Iterator[Pelanggaran]:
    pengaduan, nomor = nilai["pengaduan"], nilai["nomor"]
    try:
        if str(baca_nomor(pengaduan)) != pengaduan or not pengaduan.startswith("PGD-") or "/" in pengaduan:
            yield Pelanggaran("pengaduan", f"{pengaduan} bukan nomor pengaduan (PGD-TAHUN-URUT)")
        if nomor is not None and (str(baca_nomor(nomor)) != nomor or not nomor.startswith(f"{pengaduan}/")):
            yield Pelanggaran("nomor", f"{nomor} bukan nomor tindak lanjut {pengaduan} ({pengaduan}/URUT)")
        yield from _terlalu_besar(baca_nomor(nomor or pengaduan))
    except NilaiSalah as galat:
        yield Pelanggaran("nomor", galat.pesan)


def _pengaduan(isian: Isian) -> Iterator[Pelanggaran]:
    assert isinstance(isian, PengaduanIsian)
    if not isian.anonim and isian.pelapor is None:
        yield Pelanggaran("pelapor", "wajib diisi, kecuali pengaduan anonim")
    if isian.anonim:
        for nama in ("pelapor", "kontak", "alamat"):
            if getattr(isian, nama) is not None:
                yield Pelanggaran(nama, "harus kosong pada pengaduan anonim; identitas tidak boleh tersimpan")


def _rekomendasi(isian: Isian) -> Iterator[Pelanggaran]:
    assert isinstance(isian, RekomendasiIsian)
    terbit, lengkap = isian.tanggal_terbit, isian.tanggal_lengkap
    if terbit is not None and lengkap is not None and terbit < lengkap:
        yield Pelanggaran("tanggal_terbit", f"{terbit} mendahului berkas lengkap {lengkap}")
    if terbit is not None and isian.tanggal_tolak is not None:
        yield Pelanggaran("tanggal_tolak", f"sudah diterbitkan {tanggal_panjang(terbit)}; tidak bisa juga ditolak")


def _surat_kabar(isian: Isian) -> Iterator[Pelanggaran]:
    assert isinstance(isian, SuratKabarIsian)
    if isian.dimanfaatkan is not None and isian.dimanfaatkan > isian.eksemplar:
        yield Pelanggaran("dimanfaatkan", f"{isian.dimanfaatkan} melebihi {isian.eksemplar} eksemplar yang diterima")


def _survei(isian: Isian) -> Iterator[Pelanggaran]:
    assert isinstance(isian, SurveiIsian)
    if all(getattr(isian, nama) is None for nama in JAWABAN):
        yield Pelanggaran("kepuasan", "formulir tanpa jawaban; isi kepuasan atau sedikitnya satu dari sembilan unsur")


_KHUSUS: dict[str, Callable[[Isian], Iterator[Pelanggaran]]] = {
    "pengaduan": _pengaduan,
    "rekomendasi": _rekomendasi,
    "surat-kabar": _surat_kabar,
    "survei": _survei,
}
