"""One field of a register: what may stand in it, and how its text is read and written. Needs no third party."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ikikec.bahasa import angka, deret, rapi, terdekat
from ikikec.galat import NilaiSalah, kutip
from ikikec.tanggal import HariIni, baca_ketikan, baca_tanggal

Nilai = str | int | bool | date | None


class Jenis(Enum):
    """How a field's text is read and written."""

    TEKS = "teks"
    TANGGAL = "tanggal"
    PILIHAN = "pilihan"
    BILANGAN = "bilangan"
    YA_TIDAK = "ya/tidak"


@dataclass(frozen=True, slots=True)
class Bidang:
    """One field: its column name, what it means to the clerk, and what may stand in it.

    ``wajib``: an entry without it is refused. ``pribadi``: it identifies a citizen. ``bebas``: told as somebody
    likes, so it may name anybody (``Register.boleh_keluar`` says what follows from either). ``sistem``: the program
    fills it, no option of the counter does. ``kata``: the words that may stand in it, blank where it is free.
    ``bawaan``: taken where nothing is given. ``petunjuk``: a hint that belongs into help and questions alone.
    ``dikenal``: what was written here lately is offered again. ``ulang``: the last entry's value is proposed.
    ``rujukan``: the table whose entry it names. ``sejak``: the schema version that brought it, where that is not the
    first; journal lines from before do not have it. ``judul_lain``: what else files call it, besides name and
    meaning.
    """

    nama: str
    arti: str
    jenis: Jenis = Jenis.TEKS
    wajib: bool = False
    kata: tuple[str, ...] = ()
    terkecil: int = 1
    terbesar: int = 2_000_000_000
    bawaan: str = ""
    petunjuk: str = ""
    pribadi: bool = False
    bebas: bool = False
    sistem: bool = False
    dikenal: bool = False
    ulang: bool = False
    rujukan: str = ""
    sejak: str = ""
    judul_lain: tuple[str, ...] = ()

    @property
    def opsi(self) -> str:
        """The name of the command-line option: ``--tanggal-selesai``."""
        return "--" + self.nama.replace("_", "-")

    def baca(self, teks: str, hari_ini: HariIni | None = None) -> Nilai:
        """The value written as ``teks``; None where it is blank. Raises NilaiSalah saying what would be right.

        With ``hari_ini`` a date may be typed as people do (``kemarin``, ``5/3``); files give only full ones.
        """
        bersih = rapi(teks).strip()
        if not bersih:
            return None
        if self.jenis is Jenis.TANGGAL and hari_ini is not None:
            return baca_ketikan(bersih, hari_ini)
        return _PEMBACA[self.jenis](self, bersih)

    def tulis(self, nilai: Nilai) -> str:
        """``nilai`` as files and lists show it; the reverse of ``baca``."""
        if nilai is None:
            return ""
        if self.jenis is Jenis.YA_TIDAK:
            return "ya" if nilai else "tidak"
        return nilai.isoformat() if isinstance(nilai, date) else str(nilai)


_BERIBUAN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+", re.ASCII)


def _baca_teks(_bidang: Bidang, teks: str) -> str:
    try:
        # Half a surrogate pair is no letter, and what no encoding knows.
        teks.encode()
    except UnicodeEncodeError:
        rusak = True
    else:
        rusak = "\x00" in teks
    if rusak:
        raise NilaiSalah("memuat huruf yang rusak; ketik ulang teksnya")
    return teks


def pilih_kata(teks: str, kata: Sequence[str]) -> str:
    """The one of ``kata`` that ``teks`` is, in either case; raises NilaiSalah naming them and the nearest."""
    for satu in kata:
        if satu.lower() == teks.strip().lower():
            return satu
    raise NilaiSalah(f"{kutip(teks)} tidak dikenal; pilihannya {deret(kata)}{terdekat(teks, kata)}")


def pilih_singkat(teks: str, kata: Sequence[str]) -> str:
    """The one of ``kata`` meant by its place (1 for the first), its beginning, or the whole word.

    Raises NilaiSalah where it is none of them, or could be several.
    """
    dicari = teks.strip().lower()
    if dicari.isascii() and dicari.isdecimal() and 1 <= int(dicari[:9]) <= len(kata):
        return kata[int(dicari) - 1]
    cocok = [satu for satu in kata if satu.lower().startswith(dicari)]
    if len(cocok) > 1 and dicari not in (satu.lower() for satu in cocok):
        raise NilaiSalah(f"{kutip(teks)} kurang jelas: {deret(cocok)}?")
    return cocok[0] if len(cocok) == 1 else pilih_kata(teks, kata)


def _baca_bilangan(bidang: Bidang, teks: str) -> int:
    # As every message writes them.
    if _BERIBUAN.fullmatch(teks):
        teks = teks.replace(".", "")
    rentang = f"tulis bilangan bulat {angka(bidang.terkecil)} sampai {angka(bidang.terbesar)}"
    tanda = teks[1:] if teks[0] in "+-" else teks
    if not (tanda.isascii() and tanda.isdecimal()) or len(tanda) > 18:
        raise NilaiSalah(f"{kutip(teks)} bukan bilangan yang dikenal; {rentang}")
    nilai = int(teks)
    if not bidang.terkecil <= nilai <= bidang.terbesar:
        raise NilaiSalah(f"{angka(nilai)} di luar rentang; {rentang}")
    return nilai


_PEMBACA: dict[Jenis, Callable[[Bidang, str], Nilai]] = {
    Jenis.TEKS: _baca_teks,
    Jenis.TANGGAL: lambda _bidang, teks: baca_tanggal(teks),
    Jenis.PILIHAN: lambda bidang, teks: pilih_kata(teks, bidang.kata),
    Jenis.BILANGAN: _baca_bilangan,
    Jenis.YA_TIDAK: lambda bidang, teks: pilih_kata(teks, bidang.kata) == "ya",
}
