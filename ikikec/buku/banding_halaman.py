"""The check that every page is what its last journal line says, made inside the database; and how checks search."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from ikikec.buku.bacaan import Bacaan
from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.kelompok import tersimpan
from ikikec.buku.mesin.pilih import dialek
from ikikec.buku.periksa import Temuan, mulai_lagi
from ikikec.buku.register import SEMUA, Register

_HALAMAN_ADA = "EXISTS (SELECT 1 FROM {0} AS h WHERE h.nomor = jurnal.nomor)"


def kueri(bacaan: Bacaan, sql: str) -> Iterator[Any]:
    """Rows as the database holds them, without any type being put on them."""
    return dialek(bacaan.koneksi).baris(bacaan.koneksi, sql)


def mungkin_ada(bacaan: Bacaan, sql: str) -> bool:
    """Whether a search could find anything, by one pass that stops at the first row.

    A register that is good, as nearly all are, is passed by this alone. Where it cannot even be searched, it could.
    """
    dbapi = bacaan.koneksi.dialect.dbapi
    assert dbapi is not None
    try:
        return any(hasil for (hasil,) in kueri(bacaan, f"SELECT EXISTS ({sql})"))
    except dbapi.Error:
        mulai_lagi(bacaan)
        return True


def halaman_menurut_jurnal(bacaan: Bacaan, _hari_ini: date) -> Iterator[Temuan]:
    """Pages that differ from their line, have none, or are missing."""
    berhalaman = " ".join(
        f"WHEN '{register.slug}' THEN {_HALAMAN_ADA.format(register.tabel)}" for register in SEMUA.values()
    )
    ada_hilang = mungkin_ada(
        bacaan, f"SELECT 1 FROM jurnal WHERE revisi = 1 AND NOT CASE register {berhalaman} ELSE true END"
    )
    for register in SEMUA.values():
        if mungkin_ada(bacaan, _beda_cepat(bacaan, register)):
            yield from _halaman_berbeda(bacaan, register)
        hilang = (
            f"SELECT nomor FROM jurnal WHERE register = '{register.slug}' AND revisi = 1"
            f" AND NOT {_HALAMAN_ADA.format(register.tabel)}"
        )
        for (nomor,) in kueri(bacaan, hilang) if ada_hilang else ():
            yield Temuan(nomor, "ada di jurnal, tetapi halamannya hilang")


_BARISNYA = "LEFT JOIN jurnal AS j ON j.nomor = h.nomor AND j.revisi = h.revisi AND j.register = '{0.slug}'"


def _beda_cepat(bacaan: Bacaan, register: Register) -> str:
    """The pages that differ from their line, or are not its last; may give up at what is no value at all."""
    sama = dialek(bacaan.koneksi).halaman_sama("h", register, teliti=False)
    return (
        f"SELECT 1 FROM {register.tabel} AS h {_BARISNYA.format(register)} WHERE NOT ({sama})"
        " OR EXISTS (SELECT 1 FROM jurnal AS t WHERE t.nomor = h.nomor AND t.revisi > h.revisi)"
    )


def _halaman_berbeda(bacaan: Bacaan, register: Register) -> Iterator[Temuan]:
    """Compared inside the database; what differs there is compared again by value before it is told."""
    bahasa = dialek(bacaan.koneksi)
    kolom = ", ".join(f"h.{nama}" for nama in register.nama_bidang)
    terakhir = "(SELECT max(revisi) FROM jurnal AS t WHERE t.nomor = h.nomor)"
    sql = (
        f"SELECT {kolom}, h.revisi, {terakhir}, j.isi FROM {register.tabel} AS h {_BARISNYA.format(register)}"
        f" WHERE NOT ({bahasa.halaman_sama('h', register, teliti=True)}) OR {terakhir} {bahasa.beda} h.revisi"
    )
    for *nilai, revisi, revisi_jurnal, isi in kueri(bacaan, sql):
        halaman = {bidang.nama: _nilai(bidang, satu) for bidang, satu in zip(register.bidang, nilai, strict=True)}
        if isi is None:
            yield Temuan(str(halaman["nomor"]), "halaman ini tidak punya baris jurnal")
        elif revisi != revisi_jurnal:
            yield Temuan(str(halaman["nomor"]), f"halaman revisi {revisi}, padahal jurnal sampai {revisi_jurnal}")
        elif json.loads(isi) != halaman:
            beda = [nama for nama, satu in json.loads(isi).items() if halaman.get(nama) != satu]
            yield Temuan(str(halaman["nomor"]), f"{', '.join(beda)} tidak sama dengan jurnal")


def _nilai(bidang: Bidang, satu: Any) -> Any:
    return bool(satu) if bidang.jenis is Jenis.YA_TIDAK and satu in (0, 1) else tersimpan(satu)
