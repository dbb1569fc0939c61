"""The journal's arithmetic: canonical text of an entry and the fingerprint (sidik) that chains the lines. Pure.

A line's sidik is SHA-256 over the previous line's sidik in hex (64 zeros before the first), a line feed, and the
compact UTF-8 JSON array [seq, waktu, petugas, aksi, register, nomor, revisi, alasan, isi], ``isi`` being its text.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

SIDIK_AWAL = "0" * 64


class Baris(NamedTuple):
    """One journal line without its fingerprint, fields in the order that is hashed."""

    seq: int
    waktu: str
    petugas: str
    aksi: str
    register: str
    nomor: str
    revisi: int
    alasan: str | None
    isi: str

    def sidik(self, sebelum: str) -> str:
        """The fingerprint of this line when it follows the line whose fingerprint is ``sebelum``."""
        larik = json.dumps(self, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(f"{sebelum}\n{larik}".encode()).hexdigest()


def kanonik(isi: Mapping[str, Any]) -> str:
    """The one text an entry's state is kept as: compact JSON, keys sorted, letters as they are."""
    return json.dumps(isi, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def cap_waktu(saat: datetime) -> str:
    """An aware moment as the journal keeps it: ISO text in UTC to the second, ``2026-11-22T03:00:00Z``."""
    return saat.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
