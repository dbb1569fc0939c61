"""The journal's arithmetic: canonical text of an entry and the fingerprint (sidik) that chains the lines. Pure.

A line's sidik is SHA-256 over the previous line's sidik in hex (64 zeros before the first), a line feed, and the
compact UTF-8 JSON array [seq, waktu, petugas, aksi, register, nomor, revisi, alasan, isi], ``isi`` being its text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from json.encoder import encode_basestring as _teks
from typing import Any

SIDIK_AWAL = "0" * 64
# What of a line is hashed, in this order.
KOLOM = ("seq", "waktu", "petugas", "aksi", "register", "nomor", "revisi", "alasan", "isi")
# Made once: json.dumps with options makes an encoder per call.
_padat = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_terurut = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def sidik(sebelum: str, larik: str) -> str:
    """The fingerprint of a line, as its JSON array, when it follows the one whose fingerprint is ``sebelum``."""
    return sha256(f"{sebelum}\n{larik}".encode()).hexdigest()


def larik(baris: Sequence[str | int | None]) -> str:
    """A line (``KOLOM``) as the JSON array that is hashed."""
    return _padat(baris)


def rantai(
    sesudah: tuple[int, str], sama: Sequence[str], alasan: str | None, acara: Iterable[tuple[str, int, str]]
) -> Iterator[tuple[str | int | None, ...]]:
    """Lines and behind each its fingerprint, chained to the seq and fingerprint of the last line.

    ``sama`` is what all have in common from ``waktu`` to ``register``; ``acara`` tells nomor, revisi and isi of each.
    """
    seq, sebelum = sesudah
    kepala, ekor = _padat(sama)[1:-1], _padat(alasan)
    for nomor, revisi, isi in acara:
        seq += 1
        # What larik would make of it, without writing out again what all lines have in common.
        teks = f"[{seq},{kepala},{_teks(nomor)},{revisi},{ekor},{_teks(isi)}]"
        sebelum = sidik(sebelum, teks)
        yield (seq, *sama, nomor, revisi, alasan, isi, sebelum)


def kanonik(isi: Mapping[str, Any]) -> str:
    """The one text an entry's state is kept as: compact JSON, keys sorted, letters as they are."""
    return _terurut(isi)


def kanonik_kolom(
    kolom: Mapping[str, Sequence[Any]], tertutup: Mapping[str, Sequence[str | None]], kunci: str
) -> Iterator[str]:
    """``kanonik`` of many entries given as columns; what stands in a column more than once is written out once.

    A column holds values of one type, so that equal ones have equal texts. Of ``tertutup`` the commitments stand in
    the values' place, under ``kunci``; no two are equal.
    """
    bagian = (
        _anggota_tertutup(nama, tertutup[nama], kunci)
        if nama in tertutup
        else map(_Anggota(nama).__getitem__, kolom[nama])
        for nama in sorted(kolom)
    )
    return (f"{{{isi}}}" for isi in map(",".join, zip(*bagian, strict=True)))


def _anggota_tertutup(nama: str, nilai: Sequence[str | None], kunci: str) -> Iterator[str]:
    awal = f"{_padat(nama)}:"
    return (f"{awal}null" if satu is None else f'{awal}{{"{kunci}":"{satu}"}}' for satu in nilai)


class _Anggota(dict[Any, str]):
    """One member of a JSON object, ``"nama":nilai``, by its value."""

    def __init__(self, nama: str) -> None:
        super().__init__()
        self._awal = f"{_padat(nama)}:"

    def __missing__(self, nilai: Any) -> str:
        teks = self[nilai] = self._awal + _padat(nilai)
        return teks


def cap_waktu(saat: datetime) -> str:
    """An aware moment as the journal keeps it: ISO text in UTC to the second, ``2026-11-22T03:00:00Z``."""
    return saat.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
