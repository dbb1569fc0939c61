"""Random offices: what every surface tells of them against a calculation of its own, on both engines.

The calculation is plain Python that knows the contract, not the program. It follows the acts (which deadline an entry
must get, what is closed) and reads the exported CSV files (figures, lists, the survey's index). IKIKEC_UJI_MODEL sets
how many offices are tried (``make test-long``).
"""

import csv
import os
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random
from typing import Any

import holidays
import pytest

from ikikec.istilah import UNSUR
from tests.conftest import HARI_INI, REGISTER, Kantor
from tests.lembar.test_bentuk import PEMBACA, tercetak

DUA_MESIN = True
KINI = date.fromisoformat(HARI_INI)
AWAL = date(2026, 1, 1)
BANYAK = max(1, int(os.environ.get("IKIKEC_UJI_MODEL", "2")) // 6 or 1)
ACARA = 45

LAMA = {"tidak-berkadar": 14, "berkadar": 60, "permintaan-informasi": 5, "aspirasi": None}
IZIN = {"keramaian": 0, "domisili": 0, "fasilitas-umum": 1, "usaha-mikro": 2, "bangunan": 5}
PERIODE = {
    "2026-03": ("2026-03-01", "2026-03-31"), "2026-T1": ("2026-01-01", "2026-03-31"),
    "2026-S2": ("2026-07-01", "2026-12-31"), "2026": ("2026-01-01", "2026-12-31"),
    "2026-02-10..2026-06-05": ("2026-02-10", "2026-06-05"), "2026-11": ("2026-11-01", "2026-11-30"),
}  # fmt: skip
Baris = dict[str, str]


class Kalender:
    """The office's free days as its acts made them."""

    def __init__(self) -> None:
        self.bebas = {
            hari
            for tahun in (2026, 2027)
            for hari in holidays.country_holidays("ID", years=tahun, categories=("public", "government"))
        }

    def jatuh(self, mulai: date, hari: int) -> date:
        """The ``hari``-th working day after ``mulai``; for 0 that day, or the next one that is worked on."""
        while hari or not self.kerja(mulai):
            mulai += timedelta(1)
            hari -= self.kerja(mulai) and hari > 0
        return mulai

    def kerja(self, hari: date) -> bool:
        return hari.weekday() < 5 and hari not in self.bebas


def batas(kalender: Kalender, slug: str, isi: dict[str, Any]) -> tuple[tuple[Any, ...], str | None]:
    """The facts behind an entry's deadline, and the deadline by today's calendar."""
    if slug == "pengaduan":
        fakta, lama = (isi["tanggal"], isi["klasifikasi"]), LAMA[isi["klasifikasi"]]
    elif slug == "informasi":
        fakta, lama = (isi["tanggal"],), 10
    else:
        fakta, lama = (isi["tanggal_lengkap"], isi["jenis"]), IZIN[isi["jenis"]]
    if fakta[0] is None or lama is None:
        return fakta, None
    return fakta, kalender.jatuh(date.fromisoformat(fakta[0]), lama).isoformat()


class Kecamatan:
    """An office at work: does random acts, and holds each deadline against what it must be."""

    def __init__(self, kantor: Kantor, acak: Random) -> None:
        self.kantor, self.acak, self.kalender = kantor, acak, Kalender()
        self.ada: dict[str, list[str]] = defaultdict(list)
        self.tenggat: dict[str, list[tuple[tuple[Any, ...], str | None]]] = defaultdict(list)

    def hari(self, awal: date = AWAL) -> str:
        return (awal + timedelta(self.acak.randrange((KINI - awal).days + 1))).isoformat()

    def jalan(self, *args: str) -> Any:
        """Run a command that the rules may refuse; its JSON, None where they did."""
        jawab = self.kantor.bebas(*args)
        assert jawab.kode in (0, 3), (args, jawab)
        return jawab.json if jawab.kode == 0 and "json" in args else None

    def setelah(self, slug: str, isi: dict[str, Any] | None) -> None:
        """Hold the deadline of an entry just written against the acts so far."""
        if isi is None or slug not in ("pengaduan", "informasi", "rekomendasi"):
            return
        fakta, kini = batas(self.kalender, slug, isi)
        riwayat = self.tenggat[isi["nomor"]]
        if not riwayat or riwayat[-1][0] != fakta:
            semula = [satu for satu in riwayat if satu[0] == fakta]
            riwayat.append(semula[-1] if semula else (fakta, kini))
        assert isi["batas"] == riwayat[-1][1], isi

    def catat(self) -> None:
        slug = self.acak.choice(("pengaduan", "informasi", "rekomendasi", "surat-kabar", "survei", "survei"))
        pilih = self.acak.choice
        opsi = {
            "pengaduan": ["--anonim", "--uraian", "x", "--klasifikasi", pilih([*LAMA])],
            "informasi": ["--pemohon", "A", "--topik", pilih("ab")],
            "rekomendasi": ["--pemohon", "A", "--jenis", pilih([*IZIN]), *pilih(([], ["--belum-lengkap"]))],
            "surat-kabar": ["--media", "A", "--eksemplar", str(self.acak.randint(1, 9))],
            "survei": self.jawaban(),
        }[slug]
        isi = self.jalan("catat", slug, *opsi, "--tanggal", self.hari(), "-O", "json")
        if isi:
            self.ada[slug].append(isi["nomor"])
        self.setelah(slug, isi)

    def jawaban(self) -> list[str]:
        nama = [satu for satu in ("kepuasan", *UNSUR) if self.acak.random() < 0.7] or ["kepuasan"]
        return [kata for satu in nama for kata in (f"--{satu.replace('_', '-')}", str(self.acak.randint(1, 4)))]

    def nomor(self, slug: str) -> str:
        return self.acak.choice(self.ada[slug] or ["PGD-2026-9999"])

    def langkah(self) -> None:
        slug, kata = self.acak.choice((
            ("informasi", ["selesaikan", "--hasil", self.acak.choice(("terlaksana", "tidak-terlaksana"))]),
            ("rekomendasi", ["terbitkan", "--nomor-surat", "1"]), ("rekomendasi", ["tolak", "--alasan", "x"]),
            ("rekomendasi", ["lengkapi"]), ("surat-kabar", ["manfaatkan", "--dimanfaatkan", "1"]),
        ))  # fmt: skip
        if self.ada[slug]:
            isi = self.jalan(kata[0], self.nomor(slug), *kata[1:], "--tanggal", self.hari(), "-O", "json")
            self.setelah(slug, isi)

    def tindak(self) -> None:
        if self.ada["pengaduan"]:
            status = self.acak.choice(("diproses", "diteruskan", "selesai", "ditolak"))
            args = ("--tindakan", "x", "--status", status, "--tanggal", self.hari())
            isi = self.jalan("tindaklanjuti", self.nomor("pengaduan"), *args, "-O", "json")
            if isi:
                self.ada["tindak-lanjut"].append(isi["nomor"])

    def koreksi(self) -> None:
        slug, opsi = self.acak.choice((
            ("pengaduan", ["--klasifikasi", self.acak.choice([*LAMA])]), ("informasi", ["--tanggal", self.hari()]),
            ("pengaduan", ["--tanggal", self.hari()]), ("rekomendasi", ["--jenis", self.acak.choice([*IZIN])]),
            ("survei", ["--kepuasan", str(self.acak.randint(1, 4))]), ("tindak-lanjut", ["--tanggal", self.hari()]),
        ))  # fmt: skip
        if self.ada[slug]:
            args = (self.nomor(slug), *opsi, "--alasan", "x", "--ya", "-O", "json")
            self.setelah(slug, self.jalan("koreksi", *args))

    def batal(self) -> None:
        slug = self.acak.choice(REGISTER)
        if self.ada[slug]:
            self.jalan("batalkan", self.nomor(slug), "--alasan", "x", "--ya")

    def libur(self) -> None:
        hari = self.hari()
        jawab = self.kantor.bebas("libur", "tambah", hari, "--nama", "x")
        assert jawab.kode in (0, 3), jawab
        if jawab.kode == 0:
            self.kalender.bebas.add(date.fromisoformat(hari))

    def tutup(self) -> None:
        bulan = f"2026-{self.acak.randint(1, 10):02}"
        self.jalan("tutup", bulan)
        if self.acak.random() < 0.7:
            self.jalan("buka", bulan, "--alasan", "x")

    def impor(self) -> None:
        baris = [f"{self.hari()},{self.acak.randint(1, 4)},{self.acak.choice(['', *'01234'])}" for _ in range(4)]
        self.jalan("impor", "survei", self.kantor.csv("a.csv", "tanggal,kepuasan,biaya", *baris), "--catat-duplikat")

    def bekerja(self) -> None:
        self.kantor("catat", "survei", "--kepuasan", "4")
        acara = (self.catat,) * 9 + (self.langkah,) * 4 + (self.tindak,) * 4 + (self.koreksi,) * 3
        for _ in range(ACARA):
            self.acak.choice((*acara, self.batal, self.libur, self.tutup, self.impor))()


def rasio(atas: int, bawah: int, tempat: str = "0.01") -> Decimal | None:
    nilai = Fraction(atas * 100, bawah) if bawah else None
    return None if nilai is None else bulat(nilai, tempat)


def bulat(nilai: Fraction, tempat: str) -> Decimal:
    tepat = Decimal(nilai.numerator) / Decimal(nilai.denominator)
    return tepat.quantize(Decimal(tempat), ROUND_HALF_UP)


def puas(satu: Baris) -> bool:
    if satu["kepuasan"]:
        return int(satu["kepuasan"]) >= 3
    nilai = [int(satu[nama]) for nama in UNSUR if satu[nama]]
    return sum(nilai) >= 3 * len(nilai)


class Hitungan:
    """The figures of an office, from its exported files alone."""

    def __init__(self, kantor: Kantor) -> None:
        kantor("ekspor", "-o", f"{kantor.folder}/ekspor/")
        self.semua: dict[str, list[Baris]] = {}
        for slug in REGISTER:
            with (kantor.folder / "ekspor" / f"{slug}.csv").open(newline="", encoding="utf-8") as isi:
                self.semua[slug] = [satu for satu in csv.DictReader(isi) if satu["batal"] == "tidak"]
        hidup = {satu["nomor"] for satu in self.semua["pengaduan"]}
        self.lanjut: dict[str, list[Baris]] = defaultdict(list)
        for satu in self.semua["tindak-lanjut"]:
            if satu["pengaduan"] in hidup:
                self.lanjut[satu["pengaduan"]].append(satu)
        for milik in self.lanjut.values():
            milik.sort(key=lambda satu: (satu["tanggal"], int(satu["nomor"].partition("/")[2])))

    def di(self, slug: str, nama: str, awal: str, akhir: str) -> list[Baris]:
        return [satu for satu in self.semua[slug] if awal <= satu[nama] <= akhir]

    def indikator(self, awal: str, akhir: str) -> dict[str, dict[str, Any]]:
        survei = self.di("survei", "tanggal", awal, akhir)
        selesai = self.di("informasi", "tanggal_selesai", awal, akhir)
        terbit = self.di("rekomendasi", "tanggal_terbit", awal, akhir)
        dipakai = self.di("surat-kabar", "tanggal_dimanfaatkan", awal, akhir)
        tindak = sum(awal <= milik[0]["tanggal"] <= akhir for milik in self.lanjut.values())
        return {
            "kasi-pip": {
                "1": rasio(sum(map(puas, survei)), len(survei)),
                "2.1": sum(s["hasil"] == "terlaksana" and s["tanggal_selesai"] <= s["batas"] for s in selesai),
                "2.2": tindak,
                "2.3": sum(satu["tanggal_terbit"] <= satu["batas"] for satu in terbit),
                "3": sum(int(satu["dimanfaatkan"]) for satu in dipakai),
            },
            "pengolah-perizinan": {
                "1": len(terbit),
                "2": sum(int(satu["eksemplar"]) for satu in self.di("surat-kabar", "tanggal", awal, akhir)),
            },
            "pengolah-pip": {
                "1": len(survei),
                "2.1": len(self.di("informasi", "tanggal", awal, akhir)),
                "2.2": len(self.di("pengaduan", "tanggal", awal, akhir)),
            },
        }

    def skm(self, awal: str, akhir: str) -> dict[str, Any]:
        survei = self.di("survei", "tanggal", awal, akhir)
        nilai = {nama: [int(satu[nama]) for satu in survei if satu[nama]] for nama in UNSUR}
        ikm = None
        if all(nilai.values()):
            ikm = bulat(sum(Fraction(sum(isi), len(isi)) for isi in nilai.values()) / 9 * 25, "0.01")
        mutu = (
            None
            if ikm is None
            else next(
                huruf
                for huruf, batas in (("A", "88.31"), ("B", "76.61"), ("C", "65.00"), ("D", "0"))
                if ikm >= Decimal(batas)
            )
        )
        nrr = [bulat(Fraction(sum(isi), len(isi)), "0.001") if isi else None for isi in nilai.values()]
        return {
            "responden": len(survei), "puas": sum(map(puas, survei)), "ikm": ikm, "mutu": mutu,
            "terjawab": [len(isi) for isi in nilai.values()], "nrr": nrr,
        }  # fmt: skip

    def terbuka(self, slug: str) -> list[Baris]:
        if slug == "pengaduan":
            akhir = {nomor: milik[-1]["status"] for nomor, milik in self.lanjut.items()}
            return [s for s in self.semua[slug] if akhir.get(s["nomor"]) not in ("selesai", "ditolak")]
        ujung = {"informasi": ("tanggal_selesai",), "rekomendasi": ("tanggal_terbit", "tanggal_tolak")}[slug]
        return [satu for satu in self.semua[slug] if not any(satu[nama] for nama in ujung)]


def desimal(nilai: Any) -> Any:
    return Decimal(str(nilai)) if isinstance(nilai, float) else nilai


@pytest.mark.parametrize("benih", range(BANYAK))
def test_every_surface_tells_what_a_calculation_of_its_own_tells(kantor: Kantor, benih: int) -> None:
    acak = Random(f"kecamatan {benih}")
    Kecamatan(kantor, acak).bekerja()
    hitungan = Hitungan(kantor)
    for periode, (awal, akhir) in acak.sample(sorted(PERIODE.items()), 2):
        harap = hitungan.indikator(awal, akhir)
        lembar = kantor("laporan", "--jabatan", "semua", "--periode", periode, "-O", "json", "--rinci").json
        nyata = {satu["jabatan"]: {i["nomor"]: desimal(i["realisasi"]) for i in satu["indikator"]} for satu in lembar}
        assert nyata == harap, periode
        bukti = lembar[-1]["indikator"][0]["bukti"]
        assert sorted(bukti) == sorted(s["nomor"] for s in hitungan.di("survei", "tanggal", awal, akhir))
        tertulis = [tercetak(None if n is None else float(n) if isinstance(n, Decimal) else n)
                    for milik in harap.values() for n in milik.values()]  # fmt: skip
        for akhiran, baca in PEMBACA.items():
            if akhiran != "pdf":
                tujuan = kantor.folder / f"lembar.{akhiran}"
                kantor("laporan", "--jabatan", "semua", "--periode", periode, "-o", str(tujuan))
                assert baca(tujuan) == tertulis, (periode, akhiran)
        skm = kantor("skm", "--periode", periode, "-O", "json").json
        skm |= {nama: [desimal(u[nama]) for u in skm["unsur"]] for nama in ("terjawab", "nrr")}
        assert {n: desimal(skm[n]) for n in hitungan.skm(awal, akhir)} == hitungan.skm(awal, akhir), periode
    target = acak.randint(1, 20)
    kantor("target", "tetapkan", "pengolah-pip", "2.2", str(target), "--periode", "2026-S2")
    (lembar,) = kantor("laporan", "--jabatan", "pengolah-pip", "--periode", "2026-S2", "-O", "json").json
    capaian = rasio(hitungan.indikator(*PERIODE["2026-S2"])["pengolah-pip"]["2.2"], target)
    assert (lembar["indikator"][2]["target"], desimal(lembar["indikator"][2]["capaian"])) == (target, capaian)
    ringkas = kantor("ringkasan", "-O", "json").json["register"]
    for slug in ("pengaduan", "informasi", "rekomendasi"):
        buka = hitungan.terbuka(slug)
        lambat = [satu["nomor"] for satu in buka if satu["batas"] and satu["batas"] < HARI_INI]
        for opsi, nomor in (("--belum-selesai", [s["nomor"] for s in buka]), ("--terlambat", lambat)):
            daftar = kantor("daftar", slug, opsi, "-O", "json").json
            assert Counter(satu["nomor"] for satu in daftar) == Counter(nomor), (slug, opsi)
        assert (ringkas[slug]["terbuka"], ringkas[slug]["terlambat"]) == (len(buka), len(lambat))
    kantor("periksa")
