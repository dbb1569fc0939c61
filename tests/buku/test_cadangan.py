"""Backups that are known to be good, and ledgers put back without losing the one they replace."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ikikec.buku.skema import VERSI
from tests.buku.test_periksa import rusak
from tests.cli.test_tanya import di_terminal
from tests.conftest import AKAR, Kantor, perintah
from tests.unix import pribadi

BERIKUT = f"{int(VERSI) + 1:04d}"


@pytest.fixture
def jam(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """A clock that is a minute further each time it is looked at."""
    awal = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    menit = iter(range(10**6))
    monkeypatch.setattr("ikikec.cli.sesi.jam", lambda: awal + timedelta(minutes=next(menit)))
    monkeypatch.setattr("ikikec.cli.perawatan.jam", lambda: awal + timedelta(minutes=next(menit)))
    return awal


def isi(berkas: Path) -> list[str]:
    with closing(sqlite3.connect(berkas)) as buku:
        return list(buku.iterdump())


def test_a_backup_is_dated_private_and_equal(contoh: Kantor, jam: datetime) -> None:
    berkas = Path(contoh("cadangkan").keluar.strip())
    assert berkas.parent == contoh.folder / "cadangan"
    assert berkas.name.startswith("buku-cadangan-2026-11-22T14")
    assert pribadi(berkas)
    assert isi(berkas) == isi(contoh.buku)
    assert [satu.name for satu in berkas.parent.iterdir()] == [berkas.name]


def test_only_the_newest_are_kept(contoh: Kantor, jam: datetime) -> None:
    folder = contoh.folder / "lain"
    folder.mkdir()
    for nama in ("catatan.txt", "buku-cadangan-lama.db", "buku-diganti-2026-01-01T000000.db"):
        (folder / nama).touch()
    nama = [Path(contoh("cadangkan", "-o", str(folder), "--simpan", "2").keluar.strip()).name for _ in range(4)]
    assert sorted(satu.name for satu in folder.iterdir()) == sorted(
        [*nama[2:], "catatan.txt", "buku-cadangan-lama.db", "buku-diganti-2026-01-01T000000.db"]
    )


def test_a_backup_into_a_named_file(contoh: Kantor) -> None:
    tujuan = contoh.folder / "salinan.db"
    for _ in range(2):
        assert contoh("cadangkan", "-o", str(tujuan)).keluar.strip() == str(tujuan)
        assert isi(tujuan) == isi(contoh.buku)
        contoh("catat", "survei", "--kepuasan", "4")


@pytest.mark.unix
def test_a_symlink_is_followed(contoh: Kantor) -> None:
    tautan, tujuan = contoh.folder / "tautan.db", contoh.folder / "salinan.db"
    tautan.symlink_to(tujuan)
    contoh("cadangkan", "-o", str(tautan))
    assert tautan.is_symlink()
    assert isi(tujuan) == isi(contoh.buku)


def test_nothing_but_a_copy_is_written_over(contoh: Kantor) -> None:
    surat, pipa = contoh.folder / "surat.txt", contoh.folder / "pipa"
    surat.write_text("penting")
    if os.name != "nt":
        os.mkfifo(pipa)
    for tujuan in (surat, *([pipa] if pipa.exists() else []), "-"):
        contoh("cadangkan", "-o", str(tujuan), kode=2)
    assert surat.read_text() == "penting"
    assert os.name == "nt" or pipa.is_fifo()


def test_two_ledgers_of_one_name_and_one_folder(contoh: Kantor, jam: datetime) -> None:
    """Each keeps its own copies; the other's are named and left."""
    folder, rumah = contoh.folder / "cadangan-bersama", contoh.folder / "lain"
    folder.mkdir()
    rumah.mkdir()
    lain = Kantor(rumah)
    lain("catat", "survei", "--kepuasan", "4")
    (folder / "buku-cadangan-2026-01-01T000000.db").write_bytes(b"x")
    milik = [Path(satu("cadangkan", "-o", str(folder)).keluar.strip()) for satu in (contoh, lain)]
    for giliran, satu in enumerate((contoh, lain)):
        jawab = satu("cadangkan", "-o", str(folder), "--simpan", "1")
        assert f"dibiarkan: {milik[1 - giliran]}" in jawab.galat
        assert "buku-cadangan-2026-01-01T000000.db (tidak dikenali" in jawab.galat
        milik[giliran] = Path(jawab.keluar.strip())
    assert sorted(folder.iterdir()) == sorted([*milik, folder / "buku-cadangan-2026-01-01T000000.db"])
    for satu, berkas in zip((contoh, lain), milik, strict=True):
        assert isi(berkas) == isi(satu.buku)


def test_two_copies_of_one_second_are_two_files(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ikikec.cli.perawatan.jam", lambda: datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
    nama = [Path(contoh("cadangkan").keluar.strip()).name for _ in range(3)]
    pokok = "buku-cadangan-2026-11-22T140000"
    assert nama == [f"{pokok}.db", f"{pokok}-2.db", f"{pokok}-3.db"]


def test_a_clock_that_ran_ahead_does_not_cost_the_newest(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the journal's length and the file's own moment; the copy just made always stays."""
    saat = iter(
        [datetime(2027, 5, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)]
    )
    monkeypatch.setattr("ikikec.cli.perawatan.jam", lambda: next(saat))
    berkas = []
    for _ in range(3):
        contoh("catat", "survei", "--kepuasan", "4")
        berkas.append(Path(contoh("cadangkan", "--simpan", "2").keluar.strip()))
    assert sorted(berkas[0].parent.iterdir()) == sorted(berkas[1:])


def test_after_a_restore_the_copies_of_what_was_replaced_are_left(contoh: Kantor, jam: datetime) -> None:
    awal = contoh("cadangkan").keluar.strip()
    contoh("catat", "survei", "--kepuasan", "4")
    lepas = contoh("cadangkan").keluar.strip()
    contoh("pulihkan", awal, "--ya")
    jawab = contoh("cadangkan", "--simpan", "1")
    assert f"dibiarkan: {lepas} (memuat baris jurnal yang tidak ada di buku ini)" in jawab.galat
    assert sorted(map(str, Path(awal).parent.iterdir())) == sorted([lepas, jawab.keluar.strip()])
    contoh("cadangkan", "-o", lepas, kode=2)


@pytest.mark.parametrize("apa", ["kantor-lain", "lebih-jauh", "asing", "kosong", "rusak"])
def test_only_an_older_copy_of_this_ledger_is_written_over(contoh: Kantor, apa: str) -> None:
    tujuan = contoh.folder / "tujuan.db"
    if apa == "kantor-lain":
        lain = Kantor(contoh.folder)
        lain.env["IKIKEC_BUKU"] = str(tujuan)
        lain("catat", "survei", "--kepuasan", "4")
    elif apa == "lebih-jauh":
        tujuan.write_bytes(contoh.buku.read_bytes())
        contoh("--buku", str(tujuan), "catat", "survei", "--kepuasan", "4")
    elif apa == "asing":
        with closing(sqlite3.connect(tujuan)) as asing, asing:
            asing.execute("CREATE TABLE penting (a)")
    else:
        tujuan.write_bytes(b"" if apa == "kosong" else contoh.buku.read_bytes()[:8192])
    sebelum = tujuan.read_bytes()
    assert "tidak ditimpa" in contoh("cadangkan", "-o", str(tujuan), kode=2).galat
    assert tujuan.read_bytes() == sebelum


def test_a_ledger_s_name_is_no_pattern(contoh: Kantor, jam: datetime) -> None:
    buku = contoh.folder / "buku [2026].db"
    contoh.buku.rename(buku)
    lain = contoh.folder / "cadangan" / "buku 2-cadangan-2026-01-01T000000.db"
    lain.parent.mkdir()
    lain.touch()
    for _ in range(3):
        berkas = contoh("--buku", str(buku), "cadangkan", "--simpan", "1").keluar.strip()
    assert sorted(satu.name for satu in lain.parent.iterdir()) == sorted([Path(berkas).name, lain.name])


def test_restores_in_the_same_second_keep_every_replaced_ledger(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ikikec.cli.perawatan.jam", lambda: datetime(2026, 11, 22, 6, 0, tzinfo=UTC))
    cadangan = contoh("cadangkan").keluar.strip()
    contoh("catat", "survei", "--kepuasan", "4", "--saran", "ASLI")
    for _ in range(3):
        contoh("pulihkan", cadangan, "--ya")
    diganti = sorted(contoh.folder.glob("buku-diganti-*.db"))
    assert len(diganti) == 3
    assert sum("ASLI" in "".join(isi(satu)) for satu in diganti) == 1


@pytest.mark.parametrize(
    ("args", "kode"),
    [
        (["-o", "{buku}"], 2),
        (["-o", "{folder}/x.db", "--simpan", "2"], 2),
        (["--simpan", "0"], 2),
        (["--simpan", "x"], 2),
        (["-o", "/proc/tidak/ada.db"], 9),
    ],
)
def test_a_backup_that_cannot_be(contoh: Kantor, args: list[str], kode: int) -> None:
    sebelum = contoh.buku.read_bytes()
    contoh("cadangkan", *(satu.format(buku=contoh.buku, folder=contoh.folder) for satu in args), kode=kode)
    assert contoh.buku.read_bytes() == sebelum


def test_a_bad_ledger_gives_no_backup_and_removes_none(contoh: Kantor, jam: datetime) -> None:
    baik = Path(contoh("cadangkan").keluar.strip())
    rusak(contoh, "UPDATE jurnal SET petugas = 'x' WHERE seq = 9")
    contoh("cadangkan", "--simpan", "1", kode=8)
    assert [satu.name for satu in baik.parent.iterdir()] == [baik.name]


def test_a_backup_while_others_write(contoh: Kantor) -> None:
    penulis = [
        subprocess.Popen(
            perintah(["catat", "survei", "--kepuasan", "4"]),
            env={**os.environ, **contoh.env},
            stdout=subprocess.DEVNULL,
        )
        for _ in range(3)
    ]
    berkas = contoh.proses("cadangkan").keluar.strip()
    assert [satu.wait() for satu in penulis] == [0] * 3
    contoh("--buku", berkas, "periksa")


def test_a_backup_is_put_back_and_the_replaced_ledger_kept(contoh: Kantor, jam: datetime) -> None:
    cadangan = contoh("cadangkan").keluar.strip()
    contoh("catat", "survei", "--kepuasan", "4")
    diganti = isi(contoh.buku)
    assert "--ya" in contoh("pulihkan", cadangan, kode=2).galat
    assert isi(contoh.buku) == diganti
    keluar = contoh("pulihkan", cadangan, "--ya").keluar
    disimpan = Path(keluar.strip().rsplit(" ", 1)[1])
    assert isi(disimpan) == diganti
    with closing(sqlite3.connect(contoh.buku)) as buku:
        assert buku.execute("SELECT register, nomor FROM jurnal WHERE seq = 482").fetchone() == ("pemulihan", "PULIH")
    assert [satu for satu in isi(contoh.buku) if "PULIH" not in satu] == isi(Path(cadangan))
    assert pribadi(disimpan)
    assert pribadi(contoh.buku)
    contoh("periksa")
    assert contoh("catat", "survei", "--kepuasan", "4").keluar.startswith("SKM-2026-0142")


@pytest.mark.unix
@pytest.mark.parametrize(("jawaban", "kode"), [(b"y\n", 0), (b"\n", 130)])
def test_at_a_terminal_it_asks(contoh: Kantor, jawaban: bytes, kode: int) -> None:
    cadangan = contoh("cadangkan").keluar.strip()
    contoh("catat", "survei", "--kepuasan", "4")
    assert di_terminal(contoh, f"pulihkan {cadangan}", jawaban).kode == kode
    assert contoh("info", "-O", "json").json["register"]["survei"] == (140 if kode == 0 else 141)


def test_it_restores_where_there_is_no_ledger_or_a_ruined_one(contoh: Kantor, jam: datetime) -> None:
    cadangan = contoh("cadangkan").keluar.strip()
    contoh.buku.unlink()
    contoh("pulihkan", cadangan, "--ya")
    contoh("periksa")
    contoh.buku.chmod(0o600)
    contoh.buku.write_bytes(b"rusak" * 1000)
    # A journal that belonged to the ruined file would be played into the new one.
    contoh.buku.with_name("buku.db-journal").write_bytes(b"sisa" * 1000)
    contoh("pulihkan", cadangan, "--ya")
    contoh("periksa")
    (disimpan,) = contoh.folder.glob("buku-diganti-*.db")
    assert disimpan.read_bytes() == b"rusak" * 1000


@pytest.mark.parametrize(
    ("berkas", "kode"),
    [("tidak-ada.db", 2), (".", 2), ("teks.txt", 6), ("rusak.db", 8), ("buku.db", 2), ("baru.db", 7)],
)
def test_a_file_that_is_not_put_back(contoh: Kantor, berkas: str, kode: int) -> None:
    (contoh.folder / "teks.txt").write_text("bukan buku" * 500)
    lain = Kantor(contoh.folder)
    for nama in ("rusak.db", "baru.db"):
        lain.buku = contoh.folder / nama
        lain.buku.write_bytes(contoh.buku.read_bytes())
    lain.buku = contoh.folder / "rusak.db"
    rusak(lain, "UPDATE jurnal SET petugas = 'x' WHERE seq = 9")
    with closing(sqlite3.connect(contoh.folder / "baru.db")) as baru, baru:
        baru.execute("UPDATE alembic_version SET version_num = '9999'")
    sebelum = contoh.buku.read_bytes()
    contoh("pulihkan", str(contoh.folder / berkas), "--ya", kode=kode)
    assert contoh.buku.read_bytes() == sebelum
    assert not list(contoh.folder.glob("*diganti*"))


MENUNGGU = """
import sys, sqlite3
from ikikec.buku.mesin import sqlite
asli = sqlite._mulai_tulis
def mulai(k):
    print("menunggu", flush=True)
    sys.stdin.readline()
    asli(k)
sqlite._mulai_tulis = mulai
from ikikec.cli.app import app
app(["catat", "survei", "--kepuasan", "2"], prog_name="ikikec")
"""


def test_a_writer_that_waited_during_a_restore_writes_into_the_new_ledger(contoh: Kantor, jam: datetime) -> None:
    cadangan = contoh("cadangkan").keluar.strip()
    contoh("catat", "survei", "--kepuasan", "4")
    penulis = subprocess.Popen(
        [sys.executable, "-c", MENUNGGU],
        env={**os.environ, **contoh.env},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert penulis.stdout is not None
    assert penulis.stdout.readline() == "menunggu\n"
    contoh("pulihkan", cadangan, "--ya")
    keluar, _ = penulis.communicate("\n\n")
    assert penulis.returncode == 0
    assert keluar.splitlines()[-1].startswith("SKM-2026-0142")
    assert contoh("lihat", "SKM-2026-0142", "-O", "json").json["kepuasan"] == 2


def _migrasi_kedua(folder: Path, isi: str) -> Path:
    """The program's migrations and one more."""
    import shutil

    migrasi = folder / "migrations"
    shutil.copytree(AKAR / "migrations", migrasi)
    (migrasi / "versions" / "0005_berikut.py").write_text(
        f'from alembic import op\nrevision = "{BERIKUT}"\ndown_revision = "{VERSI}"\n\n\ndef upgrade():\n    {isi}\n'
    )
    return migrasi


def _program_baru(monkeypatch: pytest.MonkeyPatch, migrasi: Path) -> None:
    monkeypatch.setattr("ikikec.buku.skema.bawaan", lambda nama: migrasi if nama == "migrations" else AKAR / nama)
    monkeypatch.setattr("ikikec.buku.skema.VERSI", BERIKUT)


def test_an_upgrade_keeps_a_copy_and_the_triggers(contoh: Kantor, monkeypatch: pytest.MonkeyPatch) -> None:
    lama = isi(contoh.buku)
    migrasi = _migrasi_kedua(contoh.folder, "op.create_index('ix_surat_kabar_media', 'surat_kabar', ['media'])")
    _program_baru(monkeypatch, migrasi)
    seharusnya = json.loads((migrasi / "skema_sqlite.json").read_text())
    seharusnya["index ix_surat_kabar_media"] = "surat_kabar: CREATE INDEX ix_surat_kabar_media ON surat_kabar (media)"
    (migrasi / "skema_sqlite.json").write_text(json.dumps(seharusnya))
    assert "berskema lama" in contoh("info", kode=7).galat
    assert "--boleh-migrasi" in contoh("catat", "survei", "--kepuasan", "4", kode=7).galat
    assert isi(contoh.buku) == lama
    contoh("--boleh-migrasi", "catat", "survei", "--kepuasan", "4")
    (cadangan,) = contoh.folder.glob("buku-sebelum-skema-*.db")
    assert isi(cadangan) == lama
    assert pribadi(cadangan)
    contoh("periksa")
    assert contoh("info", "-O", "json").json["register"]["survei"] == 141


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
def test_an_upgrade_that_rebuilds_a_table_keeps_rows_and_triggers(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    badan = (
        "with op.batch_alter_table('pengaduan', recreate='always') as b:\n"
        "        b.create_index('ix_pengaduan_lokasi', ['lokasi'])"
    )
    _program_baru(monkeypatch, _migrasi_kedua(contoh.folder, badan))
    contoh("--boleh-migrasi", "catat", "survei", "--kepuasan", "4")
    with closing(sqlite3.connect(contoh.buku)) as buku:
        assert buku.execute("SELECT count(*) FROM tindak_lanjut").fetchone() == (80,)
        assert buku.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (37,)
        with pytest.raises(sqlite3.IntegrityError):
            buku.execute("DELETE FROM pengaduan")


def test_an_upgrade_that_fails_leaves_the_old_ledger_as_it_was(
    contoh: Kantor, monkeypatch: pytest.MonkeyPatch
) -> None:
    lama = isi(contoh.buku)
    badan = "op.create_index('ix_surat_kabar_media', 'surat_kabar', ['media']); op.execute('SELECT tidak_ada FROM survei')"
    _program_baru(monkeypatch, _migrasi_kedua(contoh.folder, badan))
    contoh("--boleh-migrasi", "catat", "survei", "--kepuasan", "4", kode=6)
    assert isi(contoh.buku) == lama
    monkeypatch.undo()
    contoh("catat", "survei", "--kepuasan", "4")
