"""What is different on Windows, as far as it can be held on any system; "make test-windows" sees it there."""

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ikikec.berkas import tolak_nama
from ikikec.buku.mesin.lingkungan import bersama, boleh_siapa_saja
from ikikec.buku.mesin.sqlite import MesinSqlite, _hitungan
from ikikec.galat import BukuSibuk, SalahPakai, _sebab_windows, sebab
from tests.cli.test_tulis import potret
from tests.conftest import Kantor
from tests.skema_lama import buku_pertama


@pytest.mark.parametrize("nama", ["con.html", "CON", "Aux.csv", "com1.md", "LPT9.x.json", "nul.html", "prn .pdf"])
def test_names_of_devices_are_refused(nama: str) -> None:
    with pytest.raises(SalahPakai, match="perangkat"):
        tolak_nama(nama)


@pytest.mark.parametrize("nama", ["a:b.html", "a?.md", "a*.md", 'a".md', "a|b", "lembar.", "lembar ", "a\tb"])
def test_letters_that_windows_forbids_are_refused(nama: str) -> None:
    with pytest.raises(SalahPakai, match="tidak dapat dipakai di Windows"):
        tolak_nama(nama)


@pytest.mark.parametrize("nama", ["nul", "konsep.html", "comal.csv", "lembar Oktober – é.html", ".tersembunyi"])
def test_other_names_are_taken(nama: str) -> None:
    tolak_nama(nama)


def test_our_own_file_names_can_be_kept_on_windows(contoh: Kantor) -> None:
    contoh("cadangkan")
    contoh("ekspor", "-o", str(contoh.folder / "semua"))
    contoh("laporan", "--contoh-templat", str(contoh.folder / "templat"))
    contoh("pulihkan", contoh("cadangkan").keluar.strip(), "--ya")
    semua = [satu for letak in potret(contoh.folder) for satu in Path(letak).parts]
    assert len(semua) > 20
    for satu in semua:
        tolak_nama(satu)


def galat_windows(nomor: int, kode: int, nama: str = "") -> OSError:
    galat = OSError(nomor, "x", nama)
    galat.winerror = kode  # type: ignore[attr-defined,unused-ignore]
    return galat


def test_what_windows_says_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dibuka, berkas = "sedang dibuka program lain, mungkin Excel; tutup dulu", tmp_path / "a.xlsx"
    berkas.touch()
    assert sebab(galat_windows(errno.EACCES, 32, str(berkas))) == dibuka
    assert sebab(galat_windows(errno.EACCES, 33)) == dibuka
    assert sebab(galat_windows(errno.ENOENT, 206)) == "namanya terlalu panjang"
    # What opening a file says there, without the system's own number.
    assert _sebab_windows(PermissionError(errno.EACCES, "", str(tmp_path))) == "itu sebuah folder"
    assert _sebab_windows(PermissionError(errno.EACCES, "", str(berkas))) == "tidak diizinkan"
    monkeypatch.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(galat_windows(errno.EACCES, 32)))
    assert _sebab_windows(PermissionError(errno.EACCES, "", str(berkas))) == dibuka


@pytest.mark.parametrize(
    ("penjaga", "boleh"),
    [
        ("D:P(A;;FA;;;OW)", False),
        ("D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;S-1-5-21-1-2-3-1001)", False),
        ("D:AI(A;ID;FA;;;SY)(A;ID;0x1200a9;;;BU)", True),
        ("D:AI(A;ID;0x1301bf;;;AU)", True),
        ("D:(A;;FR;;;WD)", True),
        ("D:(A;;RCCC;;;WD)", True),
        # The right to look at the list alone, one that is only handed on, one that is denied.
        ("D:(A;;RC;;;WD)", False),
        ("D:(A;OICIIO;FA;;;BU)", False),
        ("D:(D;;FA;;;WD)(A;;FA;;;OW)", False),
        ("", False),
    ],
)
def test_a_list_of_rights_tells_who_else_may_open_a_file(penjaga: str, boleh: bool) -> None:
    assert boleh_siapa_saja(penjaga) is boleh


@pytest.mark.parametrize(
    "buku", [r"\\peladen\bagi\buku.db", "//peladen/bagi/buku.db", r"\\10.0.0.2\d$\kantor é\buku.db"]
)
def test_a_share_is_warned_of(buku: str) -> None:
    assert "ada di jaringan, tempat kunci berkas tidak dapat diandalkan" in " ".join(bersama(Path(buku)))


@pytest.mark.sqlite
def test_an_upgrade_keeps_its_copy_while_another_program_has_the_ledger_open(contoh: Kantor) -> None:
    asal = contoh.buku.rename(contoh.folder / "asal.db")
    buku_pertama(asal, contoh.buku)
    with closing(sqlite3.connect(contoh.buku)) as pembaca:
        pembaca.execute("SELECT * FROM jurnal LIMIT 1").fetchone()
        pembaca.rollback()
        contoh("--boleh-migrasi", "catat", "survei", "--kepuasan", "4")
    (salinan,) = contoh.folder.glob("buku-sebelum-skema-*-dari-0001.db")
    with closing(sqlite3.connect(salinan)) as lama:
        assert lama.execute("SELECT count(*) FROM survei").fetchone() == (140,)
    assert contoh("info", "-O", "json").json["register"]["survei"] == 141
    contoh("periksa")


def test_where_a_file_is_not_replaced_its_content_is_in_one_stroke(contoh: Kantor) -> None:
    """The way of Windows, which replaces no file that anybody has open."""
    lain = Kantor(contoh.folder / "lain")
    lain("catat", "survei", "--kepuasan", "4")
    buku = MesinSqlite(contoh.buku, 1)
    with closing(sqlite3.connect(contoh.buku)) as pembaca:
        pembaca.execute("SELECT * FROM jurnal LIMIT 1").fetchone()
        pembaca.rollback()
        buku._isi_dari(lain.buku, _hitungan(contoh.buku))
        assert pembaca.execute("SELECT count(*) FROM survei").fetchone() == (1,)
    contoh("periksa")
    assert contoh("info", "-O", "json").json["buku"]["sidik"] == lain("info", "-O", "json").json["buku"]["sidik"]


def test_an_entry_that_came_meanwhile_stops_it(contoh: Kantor) -> None:
    lain = Kantor(contoh.folder / "lain")
    lain("catat", "survei", "--kepuasan", "4")
    tercatat = _hitungan(contoh.buku)
    contoh("catat", "survei", "--kepuasan", "4")
    isi = contoh.buku.read_bytes()
    with pytest.raises(BukuSibuk, match="baru saja ditulis"):
        MesinSqlite(contoh.buku, 1)._isi_dari(lain.buku, tercatat)
    assert contoh.buku.read_bytes() == isi
    contoh("periksa")


def test_a_desk_takes_a_file_as_notepad_writes_it(kantor: Kantor) -> None:
    baris = "﻿catat pengaduan --pelapor Á --uraian x\r\nlihat pgd-1 -O json\r\n"
    assert '"pelapor": "Á"' in kantor.proses("meja", masukan=baris).keluar
