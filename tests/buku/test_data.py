"""docs/data.md: the dictionary is what the tables are, the queries and the verification of the chain run."""

import re
import shutil
import sqlite3
import subprocess
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from ikikec.buku.bidang import Bidang, Jenis
from ikikec.buku.register import SEMUA, SURVEI, TINDAK_LANJUT
from ikikec.tukar.judul import muat_peta
from tests.conftest import AKAR, HARI_INI, Kantor

BERKAS = AKAR / "docs" / "data.md"
AWAL, AKHIR = '<!-- kamus: written by "pytest tests/buku/test_data.py --tulis-emas" -->\n', "<!-- akhir kamus -->"
JENIS = {
    Jenis.TEKS: "text",
    Jenis.TANGGAL: "date",
    Jenis.PILIHAN: "word",
    Jenis.BILANGAN: "whole number",
    Jenis.YA_TIDAK: "yes/no",
}
# The tables beside the registers, column by column.
LAIN = {
    "jurnal": {
        "seq": "place in the chain, from 1 without gaps",
        "waktu": "when, UTC, ISO",
        "petugas": "who",
        "aksi": "what was done",
        "register": "where: a register, or libur, penutupan, target, rtl, pemulihan, pindahan",
        "nomor": "the entry, or LIBUR-2026, TUTUP-2026-10, PULIH, PINDAH and the like",
        "revisi": "which state of it, from 1",
        "alasan": "why, for corrections and cancellations",
        "isi": "its whole state after the act, JSON",
        "sidik": "fingerprint of this line and the chain before it",
    },
    "hari_libur": {
        "tanggal": "the free day",
        "nama": "its name",
        "jenis": "nasional, cuti-bersama or kantor",
        "berlaku": "0 where it was taken back",
        "revisi": "of its year's last change",
    },
    "penutupan": {"nomor": "TUTUP-YEAR-MONTH", "ditutup": "whether the month is closed now", "revisi": "last change"},
    "pribadi": {
        "nomor": "the entry",
        "revisi": "which journal line of it",
        "isi": "what that line commits to: salt (hex) and value by field, JSON",
    },
    "keadaan": {
        "nomor": "an entry that is or was open",
        "register": "its register",
        "batas": "its deadline",
        "terbuka": "1 while it is open; made of the registers, and no part of the record",
    },
    "target": {
        "nomor": "its key in the journal",
        "jabatan": "the position's slug",
        "indikator": "the indicator's number",
        "awal": "first day",
        "akhir": "last day",
        "nilai": "whole number of satuan, of hundredths for % or where desimal is 2",
        "satuan": "unit",
        "berlaku": "0 where it was removed",
        "revisi": "last change",
        "atas": "of a range the upper end, a whole number as nilai is, which is the lower; else empty",
        "desimal": "2 where nilai and atas have two decimals and satuan is not %; else empty",
    },
    "rtl": {
        "nomor": "RTL-PERIOD-SEQUENCE, its key in the journal",
        "awal": "first day of the survey's period",
        "akhir": "last day",
        "unsur": "which of the nine",
        "rencana": "what is to be done",
        "penanggung_jawab": "by whom",
        "tenggat": "by when",
        "tanggal_selesai": "when it was done; empty before",
        "keterangan": "what was done",
        "bukti": "its evidence",
        "berlaku": "0 where it was removed",
        "revisi": "last change",
    },
}


def kamus() -> str:
    bagian = []
    for register in SEMUA.values():
        kolom = SQLModel.metadata.tables[register.tabel].c
        assert [satu.name for satu in kolom if satu.name != "revisi"] == list(register.nama_bidang)
        baris = [f"| `{b.nama}` | {_jenis(b)} | {_sifat(b)} | {_arti(b)} |" for b in register.bidang]
        baris.append("| `revisi` | whole number | required | which state of the entry this is, as in `jurnal` |")
        judul = f"### `{register.tabel}`: {register.sebutan}\n\n| column | holds | | meaning |\n|---|---|---|---|\n"
        bagian.append(judul + "\n".join(baris))
    for tabel, arti in LAIN.items():
        assert [satu.name for satu in SQLModel.metadata.tables[tabel].c] == list(arti)
        isi = "\n".join(f"| `{nama}` | {teks} |" for nama, teks in arti.items())
        bagian.append(f"### `{tabel}`\n\n| column | meaning |\n|---|---|\n{isi}")
    return "\n" + "\n\n".join(bagian) + "\n\n"


def _jenis(bidang: Bidang) -> str:
    return "whole number 1 to 4" if bidang.terbesar == 4 else JENIS[bidang.jenis]


def _sifat(bidang: Bidang) -> str:
    sifat = {"required": bidang.wajib or bidang.nama == "nomor", "personal": bidang.pribadi, "free": bidang.bebas}
    return ", ".join(nama for nama, benar in sifat.items() if benar)


def _arti(bidang: Bidang) -> str:
    kata = f": {', '.join(bidang.kata)}" if bidang.jenis is Jenis.PILIHAN else ""
    return bidang.arti + kata


def test_the_dictionary_is_what_the_tables_are(request: pytest.FixtureRequest, contoh: Kantor) -> None:
    teks = BERKAS.read_text("utf-8")
    kepala, sisa = teks.split(AWAL)
    isi, ekor = sisa.split(AKHIR)
    if request.config.getoption("--tulis-emas"):
        BERKAS.write_text(kepala + AWAL + kamus() + AKHIR + ekor, "utf-8")
        return
    assert isi == kamus()
    with closing(sqlite3.connect(contoh.buku)) as koneksi, koneksi:
        tabel = {nama for (nama,) in koneksi.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    koneksi.close()
    assert tabel - {"alembic_version"} == {*LAIN, *(satu.tabel for satu in SEMUA.values())}


def blok(bahasa: str) -> list[str]:
    return re.findall(rf"^```{bahasa}\n(.*?)^```$", BERKAS.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def jawab(kantor: Kantor, kueri: str) -> list[tuple[Any, ...]]:
    koneksi = sqlite3.connect(f"file:{kantor.buku}?mode=ro", uri=True)
    try:
        return koneksi.execute(kueri).fetchall()
    finally:
        koneksi.close()


def test_the_queries_say_what_the_program_says(contoh: Kantor) -> None:
    terlambat, layanan, sarana = (jawab(contoh, satu) for satu in blok("sql"))
    assert HARI_INI in blok("sql")[0]
    harap = contoh("daftar", "pengaduan", "--terlambat", "--urut", "batas", "-O", "json").json
    assert [satu[0] for satu in terlambat] == [satu["nomor"] for satu in harap]
    assert terlambat
    for bulan, banyak, _tepat in layanan:
        assert contoh.angka("pengolah-pip", bulan)["2.1"] == banyak
    assert sum(satu[2] for satu in layanan) == contoh.angka("kasi-pip", "2026")["2.1"] > 0
    unsur = {satu["nama"]: satu for satu in contoh("skm", "--periode", "2026", "-O", "json").json["unsur"]}
    assert sum(satu[1] for satu in sarana) == unsur["sarana"]["terjawab"]
    assert sum(satu[1] * satu[2] for satu in sarana) / unsur["sarana"]["terjawab"] == pytest.approx(
        unsur["sarana"]["nrr"], abs=0.002
    )


@pytest.mark.parametrize(("bahasa", "program"), [("sh", ["sh"]), ("js", ["node"])])
def test_the_chain_is_verified_in_other_languages(kantor: Kantor, bahasa: str, program: list[str]) -> None:
    if not all(shutil.which(nama) for nama in (*program, "sqlite3", "sha256sum")):
        pytest.skip(f"no {program[0]}, sqlite3 or sha256sum here")
    for teks in ("biasa", "\"kutip\" \\ 'a' \x01\x1b\x7f \b\f\n\r\t / 😀 \u2028 é", "כתב"):
        kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", teks)
    kantor("koreksi", "PGD-2026-0001", "--lokasi", "x", "--alasan", 'sebab "ini"', "--ya")
    naskah = kantor.folder / f"rantai.{bahasa}"
    naskah.write_text(blok(bahasa)[0], "utf-8")

    def periksa() -> tuple[int, str]:
        kueri = ["sqlite3", "-readonly", "-json", str(kantor.buku), "SELECT * FROM jurnal ORDER BY seq"]
        masukan = subprocess.run(kueri, capture_output=True, check=True).stdout if bahasa == "js" else b""
        perintah = [*program, str(naskah), str(kantor.buku)]
        hasil = subprocess.run(perintah, input=masukan, capture_output=True, check=False)
        return hasil.returncode, hasil.stdout.decode() + hasil.stderr.decode()

    kode, keluar = periksa()
    assert (kode, keluar.startswith("rantai utuh")) == (0, True), keluar
    if bahasa == "js":
        assert kantor("info", "-O", "json").json["buku"]["sidik"] in keluar
    with closing(sqlite3.connect(kantor.buku)) as koneksi, koneksi:
        koneksi.execute("DROP TRIGGER " + _pemicu(koneksi))
        koneksi.execute("UPDATE jurnal SET petugas = 'lain' WHERE seq = 3")
    koneksi.close()
    kode, keluar = periksa()
    assert kode == 1
    assert "rantai putus di baris" in keluar
    assert keluar.strip().endswith("3")


def _pemicu(koneksi: sqlite3.Connection) -> str:
    """The trigger that refuses a change of the journal."""
    kueri = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'jurnal' AND sql LIKE '%BEFORE UPDATE%'"
    )
    return str(koneksi.execute(kueri).fetchone()[0])


def test_the_mapping_shown_is_one(tmp_path: Path) -> None:
    (tmp_path / "peta.toml").write_text(blok("toml")[0], "utf-8")
    peta = muat_peta(tmp_path / "peta.toml", SURVEI)
    assert peta.bulan_dulu
    assert tomllib.loads(blok("toml")[0])["formulir"][7] == "Sarana"
    assert peta.judul()["penangananpengaduan"] == "penanganan_pengaduan"


def test_what_is_told_freely_is_marked() -> None:
    bebas = {(satu.slug, bidang.nama) for satu in SEMUA.values() for bidang in satu.bidang if bidang.bebas}
    assert (TINDAK_LANJUT.slug, "tindakan") in bebas
    assert not any(bidang.bebas and bidang.pribadi for satu in SEMUA.values() for bidang in satu.bidang)
