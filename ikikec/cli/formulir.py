"""The questions of one new entry: which are asked, what each proposes, and the summary before it is written."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ikikec.bahasa import terdekat
from ikikec.buku.bidang import Bidang, Nilai, pilih_singkat
from ikikec.buku.nomor import baca_nomor
from ikikec.buku.register import PENGADUAN, SURVEI, TINDAK_LANJUT, Register
from ikikec.cli.aliran import beri_tahu, lipat
from ikikec.cli.opsi import isyarat
from ikikec.cli.sesi import Sesi
from ikikec.cli.tanya import (
    CUKUP,
    DIBUANG,
    KEMBALI,
    EntriDibuang,
    Jawaban,
    Soal,
    baca_baris,
    buang_saja,
    keluhkan,
    tanya_semua,
    tulis_jawaban,
)
from ikikec.galat import AturanDilanggar, NilaiSalah, Pelanggaran, Terputus, tolak_pelanggaran
from ikikec.istilah import UNSUR_URUTAN_FORMULIR
from ikikec.tanggal import hari_tanggal

if TYPE_CHECKING:
    from ikikec.buku.penutupan import KeadaanBulan

IDENTITAS = ("kontak", "alamat")


@dataclass(frozen=True, slots=True)
class Ingatan:
    """What ledger and configuration know beforehand: proposals, words used lately, closed months.

    ``sejak`` is the day of the complaint that a follow-up may not precede.
    """

    usulan: Mapping[str, Nilai]
    dikenal: Mapping[str, Sequence[str]]
    tutup: "Sequence[KeadaanBulan]"
    sejak: date | None = None


def _ingat(sesi: Sesi, register: Register, diberi: Jawaban) -> Ingatan:
    """Look up what the questions of a register can propose; nothing but configuration where there is no ledger.

    Raises EntriTidakAda where the complaint of a follow-up is unknown, AturanDilanggar where it is cancelled.
    """
    usulan = {bidang.nama: bidang.baca(bidang.bawaan) for bidang in register.isian if bidang.bawaan}
    if register is not TINDAK_LANJUT and sesi.mesin.versi() is None:
        sesi.penjaga.jaga_isian()
        return Ingatan(usulan | _usulan_kantor(sesi, register), {}, ())
    from ikikec.buku import baca, penutupan

    with sesi.bacaan() as bacaan:
        terakhir = {
            nama: nilai for nama, nilai in baca.terakhir(bacaan.koneksi, register).items() if nilai is not None
        }
        dikenal = baca.dikenal(bacaan.koneksi, register)
        tutup = penutupan.tertutup(bacaan.koneksi)
        induk = bacaan.entri(baca_nomor(str(diberi["pengaduan"]))) if register is TINDAK_LANJUT else {}
    if induk.get("batal"):
        tolak_pelanggaran([Pelanggaran("pengaduan", f"{diberi['pengaduan']} sudah dibatalkan")])
    return Ingatan(usulan | terakhir | _usulan_kantor(sesi, register), dikenal, tutup, _hari(induk.get("tanggal")))


def _hari(nilai: Nilai) -> date | None:
    return nilai if isinstance(nilai, date) else None


def _usulan_kantor(sesi: Sesi, register: Register) -> dict[str, Nilai]:
    """What ``[bawaan.REGISTER]`` of the configuration proposes; raises AturanDilanggar for what it may not."""
    usulan: dict[str, Nilai] = {}
    for nama, isi in sesi.konfig.bawaan.get(register.slug, {}).items():
        try:
            usulan[nama] = _baca_usulan(sesi, register, nama, str(isi))
        except NilaiSalah as galat:
            salah = Pelanggaran(f"bawaan.{register.slug}.{nama}", galat.pesan)
            raise AturanDilanggar(f"isi {sesi.berkas_konfig} tidak dapat dipakai:", (salah,)) from None
    return usulan


def _baca_usulan(sesi: Sesi, register: Register, nama: str, teks: str) -> Nilai:
    dikenal = [bidang.nama for bidang in register.isian]
    if nama not in dikenal:
        raise NilaiSalah(f"isian ini tidak dikenal{terdekat(nama, dikenal)}")
    return sesi.bidang(register, nama).baca(teks)


def _urutan(register: Register) -> list[str]:
    """The fields in the order a form has them."""
    nama = [bidang.nama for bidang in register.isian]
    if register is TINDAK_LANJUT:
        # What was done is what the clerk came to write down.
        nama.sort(key=lambda satu: satu != register.pokok)
    if register is SURVEI:
        awal = nama.index(UNSUR_URUTAN_FORMULIR[0])
        nama[awal : awal + len(UNSUR_URUTAN_FORMULIR)] = UNSUR_URUTAN_FORMULIR
    return nama


def _soal(sesi: Sesi, register: Register, bidang: Bidang, ingatan: Ingatan) -> Soal:
    nama = bidang.nama
    pasangan = {langkah.pasangan: langkah.tanggal for langkah in register.langkah if langkah.pasangan}
    khusus: dict[str, Any] = {}
    if nama in pasangan:
        khusus = {"wajib": True, "lewati": lambda jawaban: jawaban.get(pasangan[nama]) is None}
    elif nama == "tanggal":
        khusus = {"bawaan": lambda _jawaban: sesi.hari_ini}
    elif nama == "tanggal_lengkap":
        khusus = {"bawaan": lambda jawaban: jawaban.get("tanggal")}
    elif nama == "tanggal_tolak":
        khusus = {"lewati": lambda jawaban: bool(jawaban.get("tanggal_terbit"))}
    elif register is PENGADUAN and nama in IDENTITAS:
        khusus = {"lewati": lambda jawaban: bool(jawaban.get("anonim"))}
    elif nama == "anonim":
        # Asked only where no name was given; then it must be said, so that a slip of Enter makes nobody anonymous.
        khusus = {
            "wajib": True,
            "bawaan": lambda _jawaban: None,
            "lewati": lambda jawaban: bool(jawaban.get("pelapor")),
        }
    elif nama == UNSUR_URUTAN_FORMULIR[0]:
        petunjuk = "atau sembilan angka sekaligus, urut formulir"
        khusus = {"bidang": replace(bidang, petunjuk=petunjuk), "sekaligus": _sembilan}
    soal = Soal(
        bidang,
        wajib=bidang.wajib,
        bawaan=lambda _jawaban: ingatan.usulan.get(nama),
        usul=_usul(sesi, bidang, ingatan),
        isyarat=partial(isyarat, sesi, nama),
    )
    return replace(soal, **khusus)


def _usul(sesi: Sesi, bidang: Bidang, ingatan: Ingatan) -> Sequence[str]:
    """What Tab completes: words used lately, of services the office's own names first."""
    bernama = sesi.konfig.layanan if bidang is SURVEI["layanan"] else ()
    return list(dict.fromkeys([*bernama, *ingatan.dikenal.get(bidang.nama, ())]))


def _sembilan(teks: str) -> Jawaban | None:
    """Nine digits in the order of the paper form, 0 for a question left blank."""
    angka = "".join(teks.split())
    if len(angka) < 2 or not (angka.isascii() and angka.isdecimal()):
        return None
    if len(angka) != len(UNSUR_URUTAN_FORMULIR) or not set(angka) <= set("01234"):
        raise NilaiSalah(
            f"{angka}: {len(angka)} angka; tulis sembilan angka 1 sampai 4, 0 bila kosong, urut formulir:"
            f" {', '.join(nama.replace('_', ' ') for nama in UNSUR_URUTAN_FORMULIR)}"
        )
    return {nama: int(satu) or None for nama, satu in zip(UNSUR_URUTAN_FORMULIR, angka, strict=True)}


def _salah(sesi: Sesi, register: Register, ingatan: Ingatan, jawaban: Jawaban) -> list[Pelanggaran]:
    """Every rule that the answers so far break, closed months included."""
    from ikikec.buku import penutupan
    from ikikec.buku.aturan import langgar

    isi: dict[str, Nilai] = dict.fromkeys(register.nama_bidang)
    isi |= {"tanggal": sesi.hari_ini, "batal": False, "anonim": False, **jawaban}
    hari = [(nama, nilai) for nama, nilai in jawaban.items() if isinstance(nilai, date)]
    tertutup = penutupan.pelanggaran(ingatan.tutup, hari, sesi.konfig.waktu_setempat)
    tersimpan = {nama: nilai.isoformat() if isinstance(nilai, date) else nilai for nama, nilai in isi.items()}
    salah = [*langgar(register, tersimpan, sesi.hari_ini), *tertutup]
    if ingatan.sejak and (tanggal := _hari(jawaban.get("tanggal"))) and tanggal < ingatan.sejak:
        salah.append(Pelanggaran("tanggal", f"{tanggal} mendahului tanggal pengaduan {ingatan.sejak}"))
    return salah


def _periksa(sesi: Sesi, register: Register, ingatan: Ingatan, nama: str, jawaban: Jawaban) -> str:
    """What is wrong with one answer given those before it: a blank one is wrong only where it must be filled in."""
    if nama == "anonim" and not jawaban[nama] and jawaban.get("pelapor", "") is None:
        return "nama pelapor wajib diisi bila tidak anonim; ketik < untuk kembali"
    if jawaban[nama] is None:
        return ""
    return next((satu.pesan for satu in _salah(sesi, register, ingatan, jawaban) if satu.bidang == nama), "")


def isi_formulir(
    sesi: Sesi, register: Register, nama: Sequence[str], diberi: Jawaban, *, tinjau: bool
) -> dict[str, Nilai]:
    """Ask for the named fields and, with ``tinjau``, let the clerk look the entry over before it is written.

    ``diberi`` holds what the command line gave. Raises EntriDibuang where the entry is dropped once begun, Terputus
    before that.
    """
    ingatan = _ingat(sesi, register, diberi)
    urutan = [satu for satu in _urutan(register) if satu in nama]
    soal = [_soal(sesi, register, sesi.bidang(register, satu), ingatan) for satu in urutan]
    tanya = partial(tanya_semua, soal, lambda: sesi.hari_ini, partial(_periksa, sesi, register, ingatan))
    jawaban = tanya(diberi)
    while tinjau:
        _tunjukkan(sesi, register, soal, jawaban)
        for salah in _salah(sesi, register, ingatan, jawaban):
            keluhkan(f"{salah.bidang}: {salah.pesan}")
        dipilih = _pilih(urutan)
        if dipilih:
            jawaban = tanya(jawaban, ulang=dipilih)
        elif not _salah(sesi, register, ingatan, jawaban):
            break
    return jawaban


def _pilih(nama: Sequence[str]) -> str:
    """The field the clerk wants to change before the entry is saved, blank where it is to be saved as it is.

    A full form is never lost unasked: Ctrl-C or Ctrl-D asks once.
    """
    while True:
        try:
            jawab = baca_baris("Simpan? [Y] · t buang · nomor atau nama isian untuk mengubahnya: ", nama)
            pilihan = jawab.strip().lower()
            if pilihan in ("", "y", "ya", CUKUP):
                return ""
            if pilihan in ("t", "tidak"):
                break
            return nama[-1] if pilihan == KEMBALI else pilih_singkat(pilihan.replace(" ", "_"), nama)
        except NilaiSalah as galat:
            keluhkan(galat.pesan)
        except Terputus:
            if buang_saja():
                break
    raise EntriDibuang(DIBUANG)


def _tunjukkan(sesi: Sesi, register: Register, soal: Sequence[Soal], jawaban: Jawaban) -> None:
    """The answers, numbered, and the deadline that they give."""
    nama = [satu.bidang.nama for satu in soal]
    lebar = max(map(len, nama))
    isian = enumerate(nama, 1)
    baris = [(str(nomor), satu, tulis_jawaban(register[satu], jawaban.get(satu))) for nomor, satu in isian]
    if batas := _batas(sesi, register, jawaban):
        baris.append(("", "batas", hari_tanggal(batas)))
    teks = [f"\n{register.sebutan}:"]
    for nomor, satu, isi in baris:
        polos = f"  {nomor:>2} {satu.replace('_', ' '):<{lebar}}  {isi or '–'}"
        teks.append(lipat(polos, sys.stderr, " " * (lebar + 7)))
    beri_tahu(*teks)


def _batas(sesi: Sesi, register: Register, jawaban: Jawaban) -> date | None:
    """The deadline that an entry of these answers gets; None where it has none, or they are not enough for one."""
    from ikikec.buku.batas import tenggat
    from ikikec.buku.kelompok import tersimpan

    isi = {"tanggal": sesi.hari_ini, **jawaban}
    fakta = tuple(tersimpan(isi.get(nama)) for nama in register.tenggat)
    if not fakta or None in fakta:
        return None
    ketentuan = tenggat(register, fakta, sesi.konfig)
    return None if ketentuan is None else sesi.jatuh_tempo(*ketentuan)
