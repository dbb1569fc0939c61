"""Asking at the terminal: one question after the other, each answer checked at once, with a way back.

Questions go to stderr, results alone belong on stdout. Where stdin and stderr are a terminal a line can be edited and
known words are completed (prompt_toolkit, which also knows Windows); else a line is simply read.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ikikec.bahasa import angka, bersih
from ikikec.buku.bidang import Bidang, Jenis, Nilai, pilih_singkat
from ikikec.cli.aliran import Diakhiri, ada_pengetik, beri_tahu, lipat
from ikikec.galat import NilaiSalah, SalahPakai, Terputus
from ikikec.tanggal import BENTUK, HariIni, hari_tanggal

KEMBALI, CUKUP, TOLONG, KOSONG = "<", ".", "?", "-"
PETUNJUK = f"Enter: nilai di dalam [ ] · {KEMBALI} mundur · {CUKUP} cukup · {TOLONG} bantuan · Ctrl-C buang"

# Columns that a question leaves for its answer.
_RUANG = 12

DIBUANG = "entri ini dibuang; tidak ada yang dicatat"
BATAL = "dibatalkan; tidak ada yang diubah"

Jawaban = Mapping[str, Nilai]


@dataclass(frozen=True, slots=True)
class Soal:
    """One question. ``bawaan``: what Enter stands for, from the answers so far; ``usul``: known values to complete.

    ``lewati`` tells from the answers so far that it need not be asked. ``sekaligus`` reads one line that answers
    several questions, and returns None where the line is none of those. ``isyarat``: what to say of an answer that is
    taken but looks odd.
    """

    bidang: Bidang
    wajib: bool = False
    bawaan: Callable[[Jawaban], Nilai] = lambda _jawaban: None
    usul: Sequence[str] = ()
    lewati: Callable[[Jawaban], bool] = lambda _jawaban: False
    sekaligus: Callable[[str], Jawaban | None] = lambda _teks: None
    isyarat: Callable[[Nilai], str] = lambda _nilai: ""


# What is wrong with the field of that name, given all answers so far; an empty text where nothing is.
Periksa = Callable[[str, Jawaban], str]


class EntriDibuang(Terputus):
    """The clerk stopped in the middle of an entry, which is dropped."""


class MasukanHabis(Terputus):
    """The clerk closed the input (Ctrl-D) instead of answering."""


class Kembali(Exception):
    """The clerk wants the question before this one."""


class _Cukup(Exception):
    """The clerk wants the rest left as it is proposed."""


def tanya_semua(
    soal: Sequence[Soal],
    hari_ini: HariIni,
    periksa: Periksa = lambda _nama, _jawaban: "",
    mulai: Jawaban | None = None,
    ulang: str = "",
) -> dict[str, Nilai]:
    """Ask all questions in order; returns the answers by field, those of ``mulai`` included.

    With ``ulang`` only that field is asked, and those that its answer makes necessary. Raises EntriDibuang on Ctrl-C
    after the first answer, Terputus before it.
    """
    jawaban: dict[str, Nilai] = dict(mulai or {})
    ditanya: list[tuple[int, frozenset[str]]] = []
    urut = 0
    while urut < len(soal):
        nama = soal[urut].bidang.nama
        if soal[urut].lewati(jawaban):
            jawaban.pop(nama, None)
        elif not (
            any(nama in sekaligus for _, sekaligus in ditanya) or (ulang and nama != ulang and nama in jawaban)
        ):
            try:
                baru = _tanya_satu(soal[urut], hari_ini, periksa, _sampai(soal, urut, jawaban))
            except Kembali:
                if ulang and not ditanya:
                    return dict(mulai or {})
                urut = ditanya.pop()[0] if ditanya else urut
                continue
            except _Cukup:
                baru = _sisanya(soal[urut:], jawaban)
                if not baru:
                    keluhkan(f"{nama.replace('_', ' ')} wajib diisi")
                    continue
            except Terputus as galat:
                raise EntriDibuang(DIBUANG) if ditanya else galat from None
            jawaban |= baru
            ditanya.append((urut, frozenset(baru)))
        urut += 1
    return jawaban


def _sampai(soal: Sequence[Soal], urut: int, jawaban: Jawaban) -> dict[str, Nilai]:
    """The answers that stand before a question, and its own of before: what follows may still change."""
    nanti = {satu.bidang.nama for satu in soal[urut + 1 :]}
    return {nama: nilai for nama, nilai in jawaban.items() if nama not in nanti}


def _sisanya(soal: Sequence[Soal], jawaban: Jawaban) -> Jawaban:
    """What the questions that are left propose, up to the first that must be answered and proposes nothing."""
    sisa: dict[str, Nilai] = {}
    for satu in soal:
        lengkap = {**jawaban, **sisa}
        if not satu.lewati(lengkap):
            sisa[satu.bidang.nama] = _bawaan(satu, lengkap)
            if satu.wajib and sisa[satu.bidang.nama] is None:
                del sisa[satu.bidang.nama]
                break
    return sisa


def _bawaan(soal: Soal, jawaban: Jawaban) -> Nilai:
    """What Enter stands for: the answer given before, else what the question proposes."""
    nama = soal.bidang.nama
    return jawaban[nama] if nama in jawaban else soal.bawaan(jawaban)


def tanya(bidang: Bidang, hari_ini: HariIni) -> Nilai:
    """Ask for one field alone, which must be filled in. Raises Terputus on Ctrl-C or end of input."""
    return tanya_semua([Soal(bidang, wajib=True)], hari_ini)[bidang.nama]


def _tanya_satu(soal: Soal, hari_ini: HariIni, periksa: Periksa, jawaban: Jawaban) -> Jawaban:
    bawaan, salah = _bawaan(soal, jawaban), 0
    while True:
        pertanyaan, usul = _pertanyaan(soal, bawaan), soal.usul or soal.bidang.kata
        teks = baca_baris(pertanyaan, usul, panjang=soal.bidang.bebas).strip()
        try:
            baru = _baca(soal, teks, bawaan, hari_ini)
        except NilaiSalah as galat:
            # How a date may be typed is told once.
            keluhkan(galat.pesan.replace(f"; {BENTUK}", "") if salah else galat.pesan)
            salah += teks != TOLONG
            continue
        keluhan = next(filter(None, (periksa(nama, {**jawaban, **baru}) for nama in baru)), "")
        if baru.get(soal.bidang.nama) is None and soal.wajib:
            keluhan = keluhan or "wajib diisi"
        if keluhan:
            keluhkan(keluhan)
            continue
        if len(baru) > 1:
            keluhkan(" · ".join(f"{nama.replace('_', ' ')} {nilai or '–'}" for nama, nilai in baru.items()))
        if isinstance(hari := baru[soal.bidang.nama], date):
            keluhkan(hari_tanggal(hari))
        if isyarat := soal.isyarat(baru[soal.bidang.nama]):
            keluhkan(isyarat)
        return baru


def _baca(soal: Soal, teks: str, bawaan: Nilai, hari_ini: HariIni) -> Jawaban:
    if teks == KEMBALI:
        raise Kembali
    if teks == CUKUP:
        raise _Cukup
    if teks == TOLONG:
        raise NilaiSalah(_bantuan(soal.bidang))
    if sekaligus := soal.sekaligus(teks):
        return sekaligus
    bidang = soal.bidang
    if not teks:
        return {bidang.nama: bawaan}
    if teks == KOSONG:
        return {bidang.nama: None}
    return {bidang.nama: bidang.baca(pilih_singkat(teks, bidang.kata) if bidang.kata else teks, hari_ini)}


def _pertanyaan(soal: Soal, bawaan: Nilai) -> str:
    bidang = soal.bidang
    petunjuk = f" ({bidang.petunjuk})" if bidang.petunjuk and bawaan is None else ""
    kata = "  ".join(f"{nomor}\xa0{kata}" for nomor, kata in enumerate(bidang.kata, 1))
    pilihan = lipat(f"  {kata}", sys.stderr, "  ") if kata else ""
    kosong = "" if soal.wajib else " [lewati]"
    tawaran = kosong if bawaan is None else f" [{tulis_jawaban(bidang, bawaan)}]"
    judul = f"{bidang.nama.replace('_', ' ')} – {bidang.arti}{petunjuk}"
    if pilihan:
        return f"{judul}\n{pilihan}\n {tawaran or ' jawab'}: "
    # A question that fills the line leaves no room to answer on it.
    sela = "\n " if len(judul + tawaran) + _RUANG > shutil.get_terminal_size().columns else ""
    return f"{judul}{sela}{tawaran or (sela and ' jawab')}: "


def tulis_jawaban(bidang: Bidang, nilai: Nilai) -> str:
    """An answer as questions and summary show it: a date with its weekday."""
    return hari_tanggal(nilai) if isinstance(nilai, date) else bersih(bidang.tulis(nilai))


def _bantuan(bidang: Bidang) -> str:
    bentuk = {
        Jenis.TANGGAL: "hari ini, kemarin, senin, 5, 5/3, 5 Maret 2026",
        Jenis.PILIHAN: "nomor pilihan, awal katanya, atau kata lengkap",
        Jenis.YA_TIDAK: "y atau t",
        Jenis.BILANGAN: f"bilangan bulat {angka(bidang.terkecil)} sampai {angka(bidang.terbesar)}",
        Jenis.TEKS: "teks bebas; Tab melengkapi yang pernah dipakai" if bidang.dikenal else "teks bebas",
    }[bidang.jenis]
    return f"{bidang.arti}: {bentuk}; {KOSONG} mengosongkan\n  {PETUNJUK}"


def baca_baris(pertanyaan: str, usul: Sequence[str] = (), *, panjang: bool = False) -> str:
    """One line typed at the terminal; with ``panjang`` several that were pasted, as one text.

    Raises Terputus on Ctrl-C or end of input.
    """
    try:
        baris = baca_polos(pertanyaan) if polos_saja() else _sunting(pertanyaan, usul, panjang=panjang)
    except Diakhiri:
        raise
    except KeyboardInterrupt:
        raise Terputus("dihentikan; tidak ada yang dicatat") from None
    except EOFError:
        raise MasukanHabis("masukan berakhir; tidak ada yang dicatat") from None
    return baris


def polos_saja() -> bool:
    """Whether lines are read without an editor: questions go to no terminal, or to one that knows no escape codes."""
    if os.name == "nt" and not sys.stdout.isatty():
        # What draws there knows one console alone, that of stdout.
        return True
    return not sys.stderr.isatty() or os.environ.get("TERM", "") in ("dumb", "unknown")


def baca_polos(pertanyaan: str) -> str:
    """One line as the terminal itself lets it be typed; raises EOFError at the end of input."""
    print(pertanyaan, end="", file=sys.stderr, flush=True)
    baris = sys.stdin.readline()
    if not baris:
        raise EOFError
    return baris


def _sunting(pertanyaan: str, usul: Sequence[str], *, panjang: bool) -> str:
    from ikikec.cli.penyunting import baca_suntingan, baris_tempelan, pelengkap_kata, penyunting

    # Only the last line is edited; the lines above it stay as they are when the words of a choice are completed.
    atas, _, bawah = pertanyaan.rpartition("\n")
    if atas:
        print(atas, file=sys.stderr, flush=True)
    editor = penyunting()
    baris = baca_suntingan(editor, bawah, completer=pelengkap_kata(usul), complete_while_typing=False)
    lanjutan = baris_tempelan(editor) if panjang and baris.strip() not in (KEMBALI, CUKUP, TOLONG, KOSONG, "") else []
    if not lanjutan:
        return baris
    keluhkan("\n".join(["Beberapa baris ditempel:", baris, *lanjutan]))
    if baca_baris("Pakai semuanya sebagai satu isian? [Y/t]: ").strip().lower() in ("", "y", "ya"):
        return "\n".join([baris, *lanjutan])
    return _sunting(pertanyaan, usul, panjang=panjang)


def buang_saja() -> bool:
    """Whether a full form is to be dropped, asked once; a second Ctrl-C or Ctrl-D says so too."""
    try:
        return baca_baris("\nBuang yang sudah diisi? [y/T]: ").strip().lower() in ("y", "ya")
    except Terputus:
        return True


def pastikan(pertanyaan: str, *, ya: bool) -> None:
    """Let an act be confirmed that is not easily undone.

    Raises Terputus where the answer is no, SalahPakai where nobody can be asked and ``--ya`` was not given.
    """
    if ya:
        return
    if not ada_pengetik():
        raise SalahPakai("tindakan ini perlu kepastian, dan tidak ada yang dapat ditanya", "Tambahkan --ya.")
    if not setuju(f"{pertanyaan} [y/T]: ", bawaan="t"):
        raise Terputus(BATAL)


def setuju(pertanyaan: str, *, bawaan: str) -> bool:
    """A yes or a no, asked until it is one of them; ``bawaan`` (y or t) is what Enter stands for."""
    while (jawab := baca_baris(pertanyaan).strip().lower() or bawaan) not in ("y", "ya", "t", "tidak"):
        keluhkan("jawab y atau t")
    return jawab in ("y", "ya")


def keluhkan(pesan: str) -> None:
    """Say something about the answer just given."""
    beri_tahu(lipat("\n".join(f"  {baris}" for baris in pesan.splitlines()), sys.stderr, "  "))


def tanya_teks(pertanyaan: str, bawaan: str, periksa: Callable[[str], str]) -> str:
    """Ask for one text; Enter keeps ``bawaan``. What ``periksa`` refuses with NilaiSalah is asked again.

    Returns what ``periksa`` made of the answer. Raises Kembali for ``<``, Terputus on Ctrl-C or end of input.
    """
    kini = f" [{bawaan}]" if bawaan else ""
    while True:
        jawab = baca_baris(f"{pertanyaan}{kini}: ").strip()
        if not jawab:
            return bawaan
        if jawab == KEMBALI:
            raise Kembali
        try:
            return periksa(jawab)
        except NilaiSalah as galat:
            keluhkan(galat.pesan)
