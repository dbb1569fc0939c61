"""How the office has it: its configuration (asked, set, shown, checked), positions, measures, the shells' Tab."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ikikec.bahasa import angka, bersih, deret, periksa_nip
from ikikec.buku.bidang import pilih_kata
from ikikec.buku.mesin.alamat import SARAN_SANDI, baca_alamat, bersandi, sebut_alamat
from ikikec.cli import lengkapi
from ikikec.cli.aliran import beri_tahu
from ikikec.cli.keluaran import cetak_json, pasangan
from ikikec.cli.opsi import TeksAtauJson, argumen
from ikikec.cli.sesi import Sesi, jalur
from ikikec.cli.tanya import BATAL, Kembali, buang_saja, setuju, tanya_teks
from ikikec.cli.typer_dalam import Context
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran, SalahPakai, Terputus
from ikikec.kertas import SEMUA_KERTAS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ikikec.kinerja.jabatan import Jabatan
    from ikikec.konfigurasi import Konfigurasi
    from ikikec.ubahan import Kunci, Ubahan


KUNCI_BUKU = ("buku",)

_KANTOR = {
    "kecamatan": "Nama kecamatan",
    "kabupaten": "Nama kabupaten",
    "tempat": "Tempat di atas tanda tangan, bila bukan nama kecamatan",
    "zona": "Zona waktu",
    "petugas": "Nama petugas yang biasa mencatat",
    "kertas": f"Kertas untuk mencetak: {deret(SEMUA_KERTAS)}",
}


_KUNCI = argumen(
    "KUNCI",
    "Misalnya kecamatan, pejabat.camat.nama, izin.bangunan; semuanya: ikikec atur lihat.",
    usul=lengkapi.kunci_konfig,
)


def atur(ctx: typer.Context) -> None:
    """Ask where no subcommand follows."""
    if ctx.invoked_subcommand is None:
        _tanyakan(ctx.obj)


def tetapkan(
    sesi: Sesi,
    kunci: Annotated[str, _KUNCI],
    nilai: Annotated[str, argumen("NILAI", "Nilainya.")],
) -> None:
    """Set one key."""
    from ikikec.ubahan import baca_kunci, daun, mulai_ubah

    dikenal, asal = baca_kunci(kunci), mulai_ubah(sesi.letak_konfig)
    if dikenal == KUNCI_BUKU and nilai not in ("", "-"):
        baca_alamat(nilai)
    ubahan = asal.tetapkan(dikenal, nilai)
    nama = ".".join(dikenal)
    if ubahan.isi == asal.isi:
        print(f"{nama} tidak berubah")
        return
    ubahan.simpan()
    baru = daun(ubahan.isi).get(dikenal)
    # A kind of permit is gone with its line: the table replaces the whole default list.
    hapus = f"{nama} dihapus" if dikenal[0] in ("izin", "layanan") else f"{nama} dihapus; bawaannya berlaku"
    tampak = sebut_alamat(baca_alamat(str(baru))) if dikenal == KUNCI_BUKU and baru else tulis_nilai(baru)
    print(hapus if baru is None else f"{nama} = {tampak}")
    beri_tahu(f"Ditulis ke {ubahan.berkas}.")
    _ingatkan(dikenal, str(baru or ""), izin_baru="izin" in ubahan.isi and "izin" not in asal.isi)


def _ingatkan(kunci: "Kunci", nilai: str, *, izin_baru: bool) -> None:
    """What a change means beyond its own key."""
    if kunci == KUNCI_BUKU and nilai and bersandi(baca_alamat(nilai)):
        beri_tahu(f"Catatan: sandi di konfigurasi terbaca siapa pun yang membukanya. {SARAN_SANDI}")
    if izin_baru:
        beri_tahu("Jenis izin bawaan ikut ditulis, karena tabel [izin] menggantikan semuanya.")
    if kunci[-1] != "nip" or not nilai:
        return
    try:
        periksa_nip(nilai)
    except NilaiSalah as galat:
        beri_tahu(f"Catatan: {galat.pesan}.")


def tulis_nilai(nilai: Any) -> str:
    """A value of the configuration as people read it."""
    if nilai is None or nilai in ("", (), []):
        return "(kosong)"
    return bersih(", ".join(map(str, nilai)) if isinstance(nilai, list | tuple) else str(nilai))


def _tanyakan(sesi: Sesi) -> None:
    """The questions, one after another, then the summary; written only after a yes."""
    if not sesi.bertanya:
        raise SalahPakai(
            "tidak ada terminal untuk bertanya", "Pakai ikikec atur tetapkan KUNCI NILAI; bantuan: ikikec atur --help"
        )
    from ikikec.ubahan import mulai_ubah

    asal = ubahan = mulai_ubah(sesi.letak_konfig)
    folder = sesi.letak_konfig.parent / "jabatan"
    # Read once before the first question, so that no answer is lost over a position that cannot be read.
    _jabatan(ubahan, folder)
    petunjuk = "Enter membiarkan isi di dalam [ ]; - mengosongkan; < mundur."
    beri_tahu(f"Konfigurasi: {ubahan.berkas}\n{petunjuk}\n")
    ubahan = _tanya_semua(ubahan, folder)
    beda = _beda(asal, ubahan, _soal(ubahan, folder))
    if not beda:
        beri_tahu("Tidak ada yang berubah.")
        return
    beri_tahu("", *beda)
    _pastikan_simpan()
    ubahan.simpan()
    print(f"Konfigurasi ditulis ke {ubahan.berkas}")


def _jabatan(ubahan: "Ubahan", folder: Path) -> "dict[str, Jabatan]":
    """The positions by the configuration as it would be."""
    from ikikec.kinerja.jabatan import muat_jabatan
    from ikikec.kinerja.ukuran import muat_ukuran

    return muat_jabatan(ubahan.konfig, folder, muat_ukuran(ubahan.konfig, folder.parent))


def _soal(ubahan: "Ubahan", folder: Path) -> "dict[Kunci, str]":
    """The questions by their keys; what the officials are called rests on the answers so far."""
    from ikikec.kinerja.periksa_kantor import para_penanda

    soal: dict[Kunci, str] = {(nama,): pertanyaan for nama, pertanyaan in _KANTOR.items()}
    for nama, sebutan in para_penanda(_jabatan(ubahan, folder).values()).items():
        soal |= {("pejabat", nama, "nama"): f"Nama {sebutan}", ("pejabat", nama, "nip"): f"NIP {sebutan}"}
    return soal


def _tanya_semua(ubahan: "Ubahan", folder: Path) -> "Ubahan":
    """Ask for one key after the other, ``<`` going back; for a NIP only where there is a name."""
    ditanya, urut = list[int](), 0
    while urut < len(soal := _soal(ubahan, folder)):
        kunci = list(soal)[urut]
        if kunci[-1] != "nip" or _nilai_kini(ubahan, (*kunci[:-1], "nama")):
            try:
                ubahan = _tanya_kunci(ubahan, kunci, soal[kunci])
            except Kembali:
                urut = ditanya.pop() if ditanya else urut
                continue
            ditanya.append(urut)
        urut += 1
    return ubahan


def _pastikan_simpan() -> None:
    """Raise Terputus where the answers are not to be kept; they are never lost unasked."""
    simpan = False
    while not simpan:
        with suppress(Terputus):
            simpan = setuju("Simpan? [Y/t]: ", bawaan="y")
        if not simpan and buang_saja():
            raise Terputus(BATAL)


def _tanya_kunci(ubahan: "Ubahan", kunci: "Kunci", pertanyaan: str) -> "Ubahan":
    """Ask for one key, its present value being what Enter keeps; an odd NIP can still be set with ``tetapkan``."""

    def periksa(jawab: str) -> str:
        ubahan.tetapkan(kunci, jawab)
        if jawab == "-":
            return ""
        return periksa_nip(jawab) if kunci[-1] == "nip" else jawab

    kini = _nilai_kini(ubahan, kunci)
    jawab = tanya_teks(pertanyaan, kini, periksa)
    return ubahan if jawab == kini else ubahan.tetapkan(kunci, jawab)


def _nilai_kini(ubahan: "Ubahan", kunci: "Kunci") -> str:
    nilai = _berlaku(ubahan.konfig).get(kunci)
    return tulis_nilai(nilai) if nilai else ""


def _berlaku(konfig: "Konfigurasi") -> "dict[Kunci, Any]":
    """Every value of a configuration by its key."""
    from ikikec.ubahan import daun

    return daun(konfig.model_dump(by_alias=True))


def _beda(asal: "Ubahan", ubahan: "Ubahan", sebutan: "Mapping[Kunci, str]") -> list[str]:
    """What the answers come to, one line a question: old and new value."""
    lama, baru = _berlaku(asal.konfig), _berlaku(ubahan.konfig)
    beda = [kunci for kunci in sebutan if (lama.get(kunci) or "") != (baru.get(kunci) or "")]
    return [f"  {sebutan[kunci]}: {tulis_nilai(lama.get(kunci))} → {tulis_nilai(baru.get(kunci))}" for kunci in beda]


def lihat(ctx: typer.Context, keluaran: TeksAtauJson = None) -> None:
    """Show every value with its source."""
    berlaku = nilai_berlaku(ctx.find_root(), ctx.obj)
    if keluaran == "json":
        cetak_json([satu._asdict() for satu in berlaku])
        return
    for satu in berlaku:
        # Only a deadline has no value at all.
        nilai = "tanpa" if satu.nilai is None else tulis_nilai(satu.nilai)
        print(f"{satu.kunci} = {nilai}  ({' '.join(filter(None, (satu.sumber, satu.rincian)))})")


def periksa(sesi: Sesi) -> None:
    """Check the configuration."""
    from ikikec.kinerja import periksa_kantor as semua

    berkas = sesi.berkas_konfig
    konfig, temuan = semua.periksa_berkas(berkas)
    ukuran, temuan_ukuran = semua.periksa_ukuran(konfig, berkas.parent)
    jabatan, temuan_jabatan = semua.periksa_jabatan(konfig, berkas.parent / "jabatan", ukuran)
    temuan += [*temuan_ukuran, *temuan_jabatan, *semua.periksa_pejabat(konfig, jabatan)]
    temuan += semua.periksa_kop(sesi.letak_gambar(konfig.kop.gambar))
    temuan += semua.periksa_buku(sesi.letak_buku(konfig.buku))
    for satu in temuan:
        if satu.catatan:
            print(bersih(f"catatan {satu.tempat}: {satu.pesan}"))
    salah = tuple(Pelanggaran(satu.tempat, satu.pesan) for satu in temuan if not satu.catatan)
    if salah:
        raise AturanDilanggar("konfigurasi perlu diperbaiki:", salah, f"Ubah berkasnya di {berkas.parent}.")
    print("Konfigurasi baik.")


# The root options, and the variables that stand for them.
_AKAR = ("konfig", "buku", "petugas", "hari_ini")
_SUMBER = {"COMMANDLINE": "opsi", "ENVIRONMENT": "lingkungan"}


class Nilai(NamedTuple):
    """One value in force; ``sumber`` is opsi, lingkungan, berkas or bawaan, ``rincian`` tells more about it."""

    kunci: str
    nilai: Any
    sumber: str
    rincian: str = ""


def nilai_berlaku(akar: Context, sesi: Sesi) -> list[Nilai]:
    """Every value in force: the surroundings of this run, then the configuration's keys.

    Raises SalahPakai or AturanDilanggar where the configuration cannot be read.
    """
    from ikikec.berkas_toml import baca_toml
    from ikikec.ubahan import daun

    berkas = sesi.berkas_konfig
    dari_berkas = daun(baca_toml(berkas)) if os.path.isfile(berkas) else {}
    konfig = [
        Nilai(".".join(kunci), nilai, "berkas" if kunci in dari_berkas else "bawaan")
        for kunci, nilai in _berlaku(sesi.konfig).items()
        if kunci[0] not in _AKAR
    ]
    sekitar = {
        "konfig": berkas,
        "buku": sebut_alamat(sesi.alamat_buku),
        "petugas": sesi.petugas,
        "hari_ini": sesi.hari_ini,
    }
    return [*(_sekitar(akar, nama, str(nilai), (nama,) in dari_berkas) for nama, nilai in sekitar.items()), *konfig]


def _sekitar(akar: Context, nama: str, nilai: str, di_berkas: bool) -> Nilai:
    asal = akar.get_parameter_source(nama)
    param = next(satu for satu in akar.command.params if satu.name == nama)
    sumber = _SUMBER.get(asal.name if asal else "", "berkas" if di_berkas else "bawaan")
    rincian = {"opsi": param.opts[0], "lingkungan": str(param.envvar)}
    return Nilai(nama, nilai, sumber, rincian.get(sumber, ""))


def jabatan(sesi: Sesi, keluaran: TeksAtauJson = None) -> None:
    """List the positions."""
    if keluaran == "json":
        cetak_json([{"jabatan": satu.slug, "nama": satu.nama} for satu in sesi.jabatan.values()])
        return

    for satu in sesi.jabatan.values():
        pasangan([(satu.slug, satu.nama), *((f"  {isi.nomor}", isi.uraian) for isi in satu.butir)])


def ukuran(ctx: typer.Context, keluaran: TeksAtauJson = None) -> None:
    """List the measures in force."""
    if ctx.invoked_subcommand is not None:
        return
    from ikikec.lembar.ungkapan import baris_ukuran, ukuran_json

    sesi: Sesi = ctx.obj
    if keluaran == "json":
        cetak_json([ukuran_json(satu) for satu in sesi.ukuran.values()])
        return
    for satu in sesi.ukuran.values():
        print(bersih(f"{satu.nama} ({satu.satuan})"))
        pasangan(baris_ukuran(satu))


def periksa_ukuran(
    sesi: Sesi,
    berkas: Annotated[str, argumen("BERKAS", "Berkas definisi (TOML).")],
) -> None:
    """Check a file of definitions."""
    from ikikec.kinerja.periksa_kantor import periksa_berkas_ukuran

    banyak = periksa_berkas_ukuran(jalur(berkas), sesi.konfig, sesi.berkas_konfig.parent)
    print(f"{angka(banyak)} ukuran baik")


_CANGKANG = argumen(
    "|".join(lengkapi.CANGKANG),
    "Nama cangkangnya.",
    lambda teks: pilih_kata(teks, lengkapi.CANGKANG),
    lengkapi.kata(lengkapi.CANGKANG),
)


def pelengkapan(cangkang: Annotated[str, _CANGKANG]) -> None:
    """Print one shell's script."""
    print(lengkapi.skrip(cangkang), end="")
