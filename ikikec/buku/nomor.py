"""Entry numbers: CODE-YEAR-SEQUENCE, and ``/N`` behind a complaint's number for its follow-ups. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ikikec.buku.register import LIMA, PENGADUAN, TINDAK_LANJUT, Register
from ikikec.galat import NilaiSalah, kutip

_POLA = re.compile(r"([A-Z]{3})-(\d{4})-(\d{4}|[1-9]\d{4,14})(?:/([1-9]\d{0,14}))?", re.ASCII)
_PENDEK = re.compile(r"([A-Z]{3})-?(?:(\d{4})-)?0*([1-9]\d{0,8})(?:/([1-9]\d{0,8}))?", re.ASCII)
# A number of a file must leave room for those that follow it.
URUT_TERBESAR = 999_999_999
_REGISTER = {register.kode: register for register in LIMA}


@dataclass(frozen=True, slots=True)
class Nomor:
    """A number taken apart; ``langkah`` is the follow-up's place behind its complaint, 0 for an entry."""

    register: Register
    tahun: int
    urut: int
    langkah: int = 0

    def __str__(self) -> str:
        pokok = f"{self.register.kode}-{self.tahun:04d}-{self.urut:04d}"
        return f"{pokok}/{self.langkah}" if self.langkah else pokok

    @property
    def induk(self) -> str:
        """The number of the complaint a follow-up belongs to; an entry's own number."""
        return str(self).partition("/")[0]


def baca_nomor(teks: str) -> Nomor:
    """Take a number apart, letters in either case; raise NilaiSalah where it is not well formed."""
    cocok = _POLA.fullmatch(teks.strip().upper())
    register = _REGISTER.get(cocok[1]) if cocok else None
    if cocok is None or register is None or cocok[3] == "0000" or (cocok[4] and register is not PENGADUAN):
        raise NilaiSalah(f"nomor {kutip(teks)} tidak dikenali; contoh: PGD-2026-0001, tindak lanjut PGD-2026-0001/1")
    if cocok[4]:
        return Nomor(TINDAK_LANJUT, int(cocok[2]), int(cocok[3]), int(cocok[4]))
    return Nomor(register, int(cocok[2]), int(cocok[3]))


@dataclass(frozen=True, slots=True)
class NomorPendek:
    """A number typed without its year, ``pgd-12``; only the ledger can tell which entry it means."""

    register: Register
    urut: int
    langkah: int = 0

    def __str__(self) -> str:
        return f"{self.register.kode}-{self.urut}{f'/{self.langkah}' if self.langkah else ''}"

    def di_tahun(self, tahun: int) -> Nomor:
        """The whole number it stands for in that year."""
        return Nomor(self.register, tahun, self.urut, self.langkah)


def baca_nomor_ketikan(teks: str) -> Nomor | NomorPendek:
    """A number as clerks type it: whole, with fewer zeros (``PGD-2026-12``), or without its year (``pgd-12``).

    Raises NilaiSalah.
    """
    cocok = _PENDEK.fullmatch(teks.strip().upper())
    register = _REGISTER.get(cocok[1]) if cocok else None
    if cocok is None or register is None or (cocok[4] and register is not PENGADUAN):
        return baca_nomor(teks)
    pendek = NomorPendek(TINDAK_LANJUT if cocok[4] else register, int(cocok[3]), int(cocok[4] or 0))
    return pendek.di_tahun(int(cocok[2])) if cocok[2] else pendek


def rentang_nomor(semua: Iterable[str]) -> list[str]:
    """Numbers for people, those that follow each other told by the first and the last: ``PGD-2026-0001–0003``.

    Raises NilaiSalah where one is not well formed.
    """
    rentang: list[list[Nomor]] = []
    for nomor in sorted(map(baca_nomor, semua), key=lambda satu: (satu.induk[:8], satu.urut, satu.langkah)):
        if rentang and nomor in (rentang[-1][-1], _berikut(rentang[-1][-1])):
            rentang[-1].append(nomor)
        else:
            rentang.append([nomor])
    # The last is told by what it ends with: its sequence, or a follow-up's place.
    return [
        str(satu[0]) if len(satu) == 1 else f"{satu[0]}–{satu[-1].langkah or f'{satu[-1].urut:04d}'}"
        for satu in rentang
    ]


def _berikut(nomor: Nomor) -> Nomor:
    if nomor.langkah:
        return replace(nomor, langkah=nomor.langkah + 1)
    return replace(nomor, urut=nomor.urut + 1)
