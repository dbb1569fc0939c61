"""Random sequences of all commands against a small model of the ledger: figures, history and ``periksa`` agree.

The model knows entries only as what the commands answered, and computes the ten figures by the contract's words alone.
IKIKEC_UJI_MODEL sets how many sequences are tried (``make test-long``).
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from typer.testing import CliRunner

from ikikec.cli.app import app
from ikikec.istilah import UNSUR
from tests.conftest import REGISTER, Jawaban, Kantor

HARI = st.sampled_from(
    ["2026-08-20", "2026-09-01", "2026-09-15", "2026-09-30", "2026-10-01", "2026-10-20", "2026-11-02", "2026-11-20"]
)
BULAN = ["2026-08", "2026-09", "2026-10", "2026-11"]
NILAI = st.integers(1, 4)
TEKS = st.sampled_from(["biasa", "koma, titik;", '"kutip"', "=1+1", "é😀\nbaris", "[/x]|<b>"])
PILIH = st.integers(0, 10**6)


class Buku(RuleBasedStateMachine):
    """The office's ledger and, beside it, the model."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="ikikec-model-"))
        self.kantor = Kantor(self.folder)
        self.entri: dict[str, dict[str, Any]] = {}
        self.revisi: dict[str, int] = {}
        self.ditutup: dict[str, dict[str, Any]] = {}
        self.berubah = False

    def teardown(self) -> None:
        if self.entri:
            self._bandingkan()
            self._periksa()
            self._pindahkan()
        shutil.rmtree(self.folder)

    def _pindahkan(self) -> None:
        """All entries come into an empty ledger as they are, whatever was done to them before."""
        tiba = Kantor(self.folder / "tiba")
        tiba.folder.mkdir()
        self.kantor("ekspor", "-o", str(tiba.folder))
        for register in REGISTER:
            tiba("impor", register, str(tiba.folder / f"{register}.csv"))
        assert tiba("ekspor", "-O", "json").json == self.kantor("ekspor", "-O", "json").json

    def _coba(self, *args: str) -> Jawaban:
        """Run a command that may be refused by a rule; one that is refused changes nothing."""
        hasil = CliRunner().invoke(app, list(args), env=self.kantor.env, prog_name="ikikec")
        assert hasil.exit_code in (0, 3, 4, 6), (args, hasil.output, hasil.stderr)
        self.berubah |= hasil.exit_code == 0
        return Jawaban(hasil.exit_code, hasil.stdout, hasil.stderr)

    def _tulis(self, *args: str) -> None:
        jawab = self._coba(*args, "-O", "json")
        if jawab.kode == 0:
            isi = jawab.json
            self.entri[isi["nomor"]] = isi
            self.revisi[isi["nomor"]] = self.revisi.get(isi["nomor"], 0) + 1

    def _nomor(self, pilih: int, awalan: str = "") -> str:
        ada = sorted(nomor for nomor in self.entri if nomor.startswith(awalan))
        return ada[pilih % len(ada)] if ada else f"{awalan or 'PGD-'}2026-0001"

    @rule(hari=HARI, teks=TEKS, anonim=st.booleans())
    def catat_pengaduan(self, hari: str, teks: str, anonim: bool) -> None:
        identitas = ["--anonim"] if anonim else ["--pelapor", teks]
        self._tulis("catat", "pengaduan", "--tanggal", hari, "--uraian", teks, *identitas)

    @rule(hari=HARI, teks=TEKS)
    def catat_informasi(self, hari: str, teks: str) -> None:
        self._tulis("catat", "informasi", "--tanggal", hari, "--pemohon", "A", "--topik", teks)

    @rule(hari=HARI, jenis=st.sampled_from(["domisili", "bangunan"]), lengkap=st.booleans())
    def catat_rekomendasi(self, hari: str, jenis: str, lengkap: bool) -> None:
        belum = [] if lengkap else ["--belum-lengkap"]
        self._tulis("catat", "rekomendasi", "--tanggal", hari, "--pemohon", "A", "--jenis", jenis, *belum)

    @rule(hari=HARI, banyak=st.integers(1, 5))
    def catat_surat_kabar(self, hari: str, banyak: int) -> None:
        self._tulis("catat", "surat-kabar", "--tanggal", hari, "--media", "M", "--eksemplar", str(banyak))

    @rule(
        hari=HARI, kepuasan=st.none() | NILAI, unsur=st.dictionaries(st.sampled_from(list(UNSUR)), NILAI, max_size=9)
    )
    def catat_survei(self, hari: str, kepuasan: int | None, unsur: dict[str, int]) -> None:
        jawaban = unsur | ({"kepuasan": kepuasan} if kepuasan else {})
        opsi = [kata for nama, nilai in jawaban.items() for kata in (f"--{nama.replace('_', '-')}", str(nilai))]
        self._tulis("catat", "survei", "--tanggal", hari, *opsi)

    @rule(pilih=PILIH, hari=HARI, teks=TEKS)
    def tindaklanjuti(self, pilih: int, hari: str, teks: str) -> None:
        pengaduan = self._nomor(pilih, "PGD-").partition("/")[0]
        self._tulis("tindaklanjuti", pengaduan, "--tindakan", teks, "--tanggal", hari)

    @rule(pilih=PILIH, hari=HARI, hasil=st.sampled_from(["terlaksana", "tidak-terlaksana"]))
    def selesaikan(self, pilih: int, hari: str, hasil: str) -> None:
        self._tulis("selesaikan", self._nomor(pilih, "INF-"), "--hasil", hasil, "--tanggal", hari)

    @rule(
        pilih=PILIH, hari=HARI, langkah=st.sampled_from(["lengkapi", "terbitkan --nomor-surat 1", "tolak --alasan x"])
    )
    def langkah_izin(self, pilih: int, hari: str, langkah: str) -> None:
        perintah, *opsi = langkah.split()
        self._tulis(perintah, self._nomor(pilih, "RIZ-"), *opsi, "--tanggal", hari)

    @rule(bulan=st.sampled_from([*BULAN, "2026-T3", "2026"]), nilai=st.none() | st.integers(0, 3))
    def target(self, bulan: str, nilai: int | None) -> None:
        """Set or removed at random; a month's figures are the same with any target."""
        acara = ["hapus", "kasi-pip", "2.1", "--alasan", "x"]
        if nilai is not None:
            acara = ["tetapkan", "kasi-pip", "2.1", str(nilai)]
        self._coba("target", *acara, "--periode", bulan)

    @rule(pilih=PILIH, hari=HARI, banyak=st.integers(1, 5))
    def manfaatkan(self, pilih: int, hari: str, banyak: int) -> None:
        self._tulis("manfaatkan", self._nomor(pilih, "KRN-"), "--dimanfaatkan", str(banyak), "--tanggal", hari)

    @rule(pilih=PILIH, hari=HARI)
    def koreksi_tanggal(self, pilih: int, hari: str) -> None:
        self._tulis("koreksi", self._nomor(pilih), "--alasan", "x", "--ya", "--tanggal", hari)

    @rule(pilih=PILIH, nilai=NILAI)
    def koreksi_jawaban(self, pilih: int, nilai: int) -> None:
        self._tulis("koreksi", self._nomor(pilih, "SKM-"), "--alasan", "x", "--ya", "--kepuasan", str(nilai))

    @rule(pilih=PILIH, hari=HARI | st.just(""))
    def koreksi_lengkap(self, pilih: int, hari: str) -> None:
        self._tulis("koreksi", self._nomor(pilih, "RIZ-"), "--alasan", "x", "--ya", "--tanggal-lengkap", hari)

    @rule(pilih=PILIH)
    def batalkan(self, pilih: int) -> None:
        self._tulis("batalkan", self._nomor(pilih), "--alasan", "x", "--ya")

    @rule(hari=HARI, nilai=NILAI, teks=TEKS, batal=st.booleans())
    def impor(self, hari: str, nilai: int, teks: str, batal: bool) -> None:
        import csv
        import io

        sangga = io.StringIO()
        csv.writer(sangga).writerows(
            [
                ["tanggal", "kepuasan", "saran", "batal", "alasan_batal"],
                [hari, nilai, teks, "ya" if batal else "", "x" if batal else ""],
            ]
        )
        jawab = self._coba("impor", "survei", self.kantor.csv("a.csv", sangga.getvalue()))
        if jawab.kode == 0:
            isi = max(
                self.kantor("daftar", "survei", "-O", "json").json,
                key=lambda satu: (len(satu["nomor"]), satu["nomor"]),
            )
            assert isi["nomor"] not in self.entri
            self.entri[isi["nomor"]], self.revisi[isi["nomor"]] = isi, 1

    @rule(bulan=st.sampled_from(BULAN[:3]))
    def tutup(self, bulan: str) -> None:
        if self._coba("tutup", bulan).kode == 0:
            self.ditutup.setdefault(bulan, self._angka(bulan))

    @rule(bulan=st.sampled_from(BULAN[:3]))
    def buka(self, bulan: str) -> None:
        if self._coba("buka", bulan, "--alasan", "x").kode == 0:
            del self.ditutup[bulan]

    @rule()
    def cadangkan_lalu_pulihkan(self) -> None:
        salinan = str(self.folder / "salinan.db")
        if self._coba("cadangkan", "-o", salinan).kode == 0:
            self._coba("catat", "survei", "--kepuasan", "1", "--tanggal", "2026-11-20")
            self.kantor("pulihkan", salinan, "--ya")

    @invariant()
    def bulan_tertutup_tetap(self) -> None:
        """Whatever was allowed, no figure of a closed month moved."""
        for bulan, angka in self.ditutup.items():
            assert self._angka(bulan) == angka, bulan

    @rule()
    def _bandingkan(self) -> None:
        """The sheets of every month say what the model computes; every entry and its history are as told."""
        if not self.berubah or not self.entri:
            return
        self.berubah = False
        for bulan in BULAN:
            laporan = self.kantor("laporan", "--jabatan", "semua", "--periode", bulan, "-O", "json").json
            angka = {f"{satu['jabatan']} {i['nomor']}": i["realisasi"] for satu in laporan for i in satu["indikator"]}
            assert angka == self._angka(bulan), bulan
        for nomor, isi in self.entri.items():
            jawab = self.kantor("lihat", nomor, "-O", "json").json
            assert {nama: jawab[nama] for nama in isi} == isi
            assert sum(satu["nomor"] == nomor for satu in jawab["riwayat"]) == self.revisi[nomor]

    def _periksa(self) -> None:
        assert self.kantor("periksa").keluar == ""

    def _angka(self, bulan: str) -> dict[str, Any]:
        """The ten figures of a month, from the contract's table."""
        hidup = [isi for isi in self.entri.values() if not isi["batal"]]

        def milik(awalan: str) -> list[dict[str, Any]]:
            return [isi for isi in hidup if isi["nomor"].startswith(awalan) and "/" not in isi["nomor"]]

        def kena(isi: dict[str, Any], bidang: str) -> bool:
            return str(isi[bidang] or "").startswith(bulan)

        survei = [isi for isi in milik("SKM") if kena(isi, "tanggal")]
        puas = sum(_puas(isi) for isi in survei)
        lanjut: dict[str, str] = {}
        for isi in hidup:
            if "/" in isi["nomor"] and not self.entri[isi["pengaduan"]]["batal"]:
                lanjut[isi["pengaduan"]] = min(isi["tanggal"], lanjut.get(isi["pengaduan"], "9999"))
        terbit = [isi for isi in milik("RIZ") if kena(isi, "tanggal_terbit")]
        selesai = [isi for isi in milik("INF") if kena(isi, "tanggal_selesai") and isi["hasil"] == "terlaksana"]
        return {
            "kasi-pip 1": round(puas * 100 / len(survei) + 1e-9, 2) if survei else None,
            "kasi-pip 2.1": sum(isi["tanggal_selesai"] <= isi["batas"] for isi in selesai),
            "kasi-pip 2.2": sum(hari.startswith(bulan) for hari in lanjut.values()),
            "kasi-pip 2.3": sum(isi["tanggal_terbit"] <= isi["batas"] for isi in terbit),
            "kasi-pip 3": sum(isi["dimanfaatkan"] for isi in milik("KRN") if kena(isi, "tanggal_dimanfaatkan")),
            "pengolah-perizinan 1": len(terbit),
            "pengolah-perizinan 2": sum(isi["eksemplar"] for isi in milik("KRN") if kena(isi, "tanggal")),
            "pengolah-pip 1": len(survei),
            "pengolah-pip 2.1": sum(kena(isi, "tanggal") for isi in milik("INF")),
            "pengolah-pip 2.2": sum(kena(isi, "tanggal") for isi in milik("PGD")),
        }


def _puas(isi: dict[str, Any]) -> bool:
    if isi["kepuasan"] is not None:
        return bool(isi["kepuasan"] >= 3)
    jawaban = [isi[nama] for nama in UNSUR if isi[nama] is not None]
    return sum(jawaban) >= 3 * len(jawaban)


TestBuku = Buku.TestCase
TestBuku.settings = settings(
    max_examples=int(os.environ.get("IKIKEC_UJI_MODEL", "8")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
