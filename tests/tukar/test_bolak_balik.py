"""The round trip: what is exported and imported into an empty ledger is the same ledger, figure by figure."""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ikikec.bahasa import rapi
from ikikec.buku.aturan import susun
from ikikec.buku.bidang import Bidang, Jenis, Nilai
from ikikec.buku.buku import Buku
from ikikec.buku.mesin.sqlite import MesinSqlite
from ikikec.buku.nomor import baca_nomor
from ikikec.buku.register import PENGADUAN, SEMUA, TINDAK_LANJUT, Register
from ikikec.galat import AturanDilanggar
from ikikec.istilah import IZIN_BAWAAN
from ikikec.konfigurasi import Konfigurasi
from tests.conftest import HARI_INI, REGISTER, Kantor

AWAL = date(2026, 7, 1)
HARI = st.integers(0, 140).map(lambda n: AWAL + timedelta(days=n))
AWKWARD = [
    "=1+1", "'=1+1", "''", "'", "+62 811", "-", "@a", "a;b", "a,b", '"', '""a"', "a\nb", "a\r\nb", "a\rb", "'\ta",
    "😀", "כתב \u202eabc", "\ufeffa", "_x000D_", "\x01\x1b[31m", "ya", "1", "2026-01-05", "NULL", "#N/A", "a\u2028b",
    "0812", "+62 812", "5 Mei", "1/9", "Rp5", "benar", "x" * 30_000, "\ufffe\uffff", "1e5", "00123", "<a>&amp;", "TRUE", "\x0b.", "é", "é",
]  # fmt: skip
TEKS = (st.sampled_from(AWKWARD) | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))).map(
    lambda teks: rapi(teks).strip() or "A"
)


def nilai(register: Register, bidang: Bidang) -> st.SearchStrategy[Nilai]:
    """What a clerk or a file may put into a field."""
    if bidang.nama == "jenis" and bidang.jenis is Jenis.TEKS:
        return st.sampled_from(list(IZIN_BAWAAN))
    ada: st.SearchStrategy[Any] = {
        Jenis.TEKS: TEKS,
        Jenis.TANGGAL: HARI,
        Jenis.BILANGAN: st.integers(1, min(bidang.terbesar, 9)),
        Jenis.PILIHAN: st.sampled_from(bidang.kata or ("",)),
        Jenis.YA_TIDAK: st.booleans(),
    }[bidang.jenis]
    return ada if bidang.wajib else st.none() | ada


def entri(register: Register) -> st.SearchStrategy[dict[str, Nilai]]:
    kosong = {"nomor", "pengaduan", "alasan_batal"}
    return st.fixed_dictionaries(
        {bidang.nama: nilai(register, bidang) for bidang in register.bidang if bidang.nama not in kosong}
    ).flatmap(lambda isi: TEKS.map(lambda alasan: isi | ({"alasan_batal": alasan} if isi["batal"] else {})))


CATATAN = st.lists(st.sampled_from([*SEMUA.values()]).flatmap(lambda r: st.tuples(st.just(r), entri(r))), max_size=25)
# As workbook and as CSV, for programs and for a double click.
CARA = ("csv", "xlsx", "excel")
# Later acts: which entry, what kind, on what day, with what text.
ACARA = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["batal", "koreksi"]), HARI, TEKS), max_size=8)


def isi_buku(buku: Buku, catatan: list[tuple[Register, dict[str, Nilai]]], acara: list[Any]) -> None:
    """Record what the rules allow."""
    nomor: list[str] = []
    for register, isi in catatan:
        lengkap = _rapikan(register, isi, [satu for satu in nomor if satu.startswith("PGD") and "/" not in satu])
        isian = susun(register, lengkap)
        if isinstance(isian, dict):
            with suppress(AturanDilanggar):
                nomor.append(str(buku.catat(register, isian)["nomor"]))
    for pilih, jenis, hari, teks in acara if nomor else ():
        pilihan = baca_nomor(nomor[pilih % len(nomor)])
        with suppress(AturanDilanggar):
            if jenis == "batal":
                buku.batalkan(pilihan, teks)
            else:
                buku.koreksi(pilihan, {"tanggal": hari}, teks)


def _rapikan(register: Register, isi: dict[str, Nilai], pengaduan: list[str]) -> dict[str, Nilai]:
    """Fewer refusals: pairs stand together, the anonymous have no name, a follow-up has a complaint."""
    hasil = dict(isi)
    for langkah in register.langkah:
        if langkah.pasangan and (hasil[langkah.tanggal] is None or hasil[langkah.pasangan] is None):
            hasil[langkah.tanggal] = hasil[langkah.pasangan] = None
    if hasil.get("anonim"):
        hasil.update(pelapor=None, kontak=None, alamat=None)
    if register is TINDAK_LANJUT and pengaduan:
        hasil["pengaduan"] = pengaduan[len(pengaduan) // 2]
    return hasil


@pytest.fixture(scope="module")
def kosong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the free days of the year and no entry: making one takes longer than filling it."""
    kantor = Kantor(tmp_path_factory.mktemp("kosong"))
    kantor("libur", "muat", "2026")
    return kantor.buku


def angka(kantor: Kantor) -> list[Any]:
    laporan = [
        kantor("laporan", "--jabatan", "semua", "--periode", periode, "-O", "json").json
        for periode in ("2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-T3", "2026")
    ]
    skm = [kantor("skm", "--periode", periode, "-O", "json").json for periode in ("2026-10", "2026")]
    return [[satu["indikator"] for satu in lap] for lap in laporan] + [
        {nama: satu[nama] for nama in ("responden", "puas", "ikm", "mutu", "unsur")} for satu in skm
    ]


@settings(
    max_examples=int(os.environ.get("IKIKEC_UJI_MODEL", "6")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(catatan=CATATAN, acara=ACARA, cara=st.sampled_from(CARA))
@example(
    catatan=[(PENGADUAN, {"tanggal": AWAL, "anonim": True, "uraian": rapi(teks).strip()}) for teks in AWKWARD],
    acara=[],
    cara="csv",
)
@example(
    catatan=[(PENGADUAN, {"tanggal": AWAL, "anonim": True, "uraian": rapi(teks).strip()}) for teks in AWKWARD],
    acara=[],
    cara="xlsx",
)
@example(
    catatan=[(PENGADUAN, {"tanggal": AWAL, "anonim": True, "uraian": rapi(teks).strip()}) for teks in AWKWARD],
    acara=[],
    cara="excel",
)
def test_the_round_trip_is_exact(kosong: Path, catatan: list[Any], acara: list[Any], cara: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="ikikec-bolak-balik-"))
    try:
        asal, tiba = Kantor(folder / "asal"), Kantor(folder / "tiba")
        for kantor in (asal, tiba):
            kantor.folder.mkdir()
            shutil.copy(kosong, kantor.buku)
        jam = lambda: datetime(2026, 11, 22, 3, tzinfo=UTC)  # noqa: E731
        buku = Buku(MesinSqlite(asal.buku, 10), Konfigurasi(), "Siti", date.fromisoformat(HARI_INI), jam)
        isi_buku(buku, catatan, acara)
        asal("ekspor", "-o", f"{folder}/csv/")
        asal("ekspor", "-o", f"{folder}/excel/", "--untuk-excel")
        asal("ekspor", "-o", f"{folder}/semua.xlsx")
        for register in REGISTER:
            berkas = f"{folder}/semua.xlsx" if cara == "xlsx" else f"{folder}/{cara}/{register}.csv"
            tiba("impor", register, berkas)
            kembali = tiba("impor", register, berkas, "--lewati-duplikat").keluar
            assert kembali.startswith(f"0 entri tercatat di register {register}; ")
        assert tiba("ekspor", "-O", "json").json == asal("ekspor", "-O", "json").json
        assert angka(tiba) == angka(asal)
        tiba("periksa")
    finally:
        shutil.rmtree(folder)


def test_a_cancelled_follow_up_does_not_hold_its_complaint(kantor: Kantor) -> None:
    """The complaint was moved past a follow-up that was cancelled before; both come in again."""
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-02")
    kantor("tindaklanjuti", "PGD-2026-0001", "--tindakan", "X", "--tanggal", "2026-11-03")
    kantor("batalkan", "PGD-2026-0001/1", "--alasan", "keliru", "--ya")
    kantor("koreksi", "PGD-2026-0001", "--tanggal", "2026-11-05", "--alasan", "keliru", "--ya")
    kantor("ekspor", "-o", f"{kantor.folder}/csv")
    tiba = Kantor(kantor.folder / "csv")
    for register in ("pengaduan", "tindak-lanjut"):
        tiba("impor", register, str(tiba.folder / f"{register}.csv"))
    assert tiba("ekspor", "-O", "json").json == kantor("ekspor", "-O", "json").json
