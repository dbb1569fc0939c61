"""The bare loop that ``periksa`` is measured beside: read the journal's lines and hash them, nothing else."""

import hashlib
import json
import sqlite3
import sys

sebelum = "0" * 64
jurnal = sqlite3.connect(sys.argv[1]).execute(
    "SELECT seq, waktu, petugas, aksi, register, nomor, revisi, alasan, isi, sidik FROM jurnal ORDER BY seq"
)
for *baris, sidik in jurnal:
    larik = json.dumps(baris, ensure_ascii=False, separators=(",", ":"))
    if hashlib.sha256(f"{sebelum}\n{larik}".encode()).hexdigest() != sidik:
        sys.exit(f"line {baris[0]} does not fit")
    sebelum = sidik
