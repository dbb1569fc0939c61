"""Random definitions: the engine against a plain Python reading of the same definition, on both engines.

IKIKEC_UJI_MODEL sets how many are tried (``make test-long``).
"""

import csv
import os
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikikec.berkas_toml import coba_susun
from ikikec.buku.baca import Bacaan, buka_bacaan
from ikikec.buku.mesin import mesin_di
from ikikec.buku.mesin.alamat import baca_alamat
from ikikec.buku.register import SEMUA, SURVEI
from ikikec.kinerja.definisi import Definisi, periksa
from ikikec.kinerja.hitung import hitung, rinci, tren
from ikikec.kinerja.syarat import KEADAAN, MEDAN
from ikikec.kinerja.ukuran import Ukuran, susun_ukuran
from ikikec.konfigurasi import Konfigurasi
from ikikec.periode import Periode, baca_periode
from tests.conftest import HARI_INI, REGISTER, Kantor, isi_contoh
from tests.kinerja.pembaca import Pembaca
from tests.kinerja.test_acak import Kalender

DUA_MESIN = True
KINI = date.fromisoformat(HARI_INI)
BANYAK = int(os.environ.get("IKIKEC_UJI_MODEL", "1")) * 60
PERIODE = (
    "2026-01",
    "2026-03",
    "2026-08",
    "2026-10",
    "2026-11",
    "2026-T1",
    "2026-S2",
    "2026",
    "2026-02-10..2026-06-05",
)
KATA = {
    ("informasi", "topik"): ["KTP", "ktp ", "Jadwal pelayanan"], ("survei", "layanan"): ["Rekomendasi  Izin", "informasi"],
    ("rekomendasi", "jenis"): ["domisili", "usaha-mikro", "bangunan"], ("survei", "pendidikan"): ["sma", "SMP"],
    ("survei", "pekerjaan"): ["NELAYAN"], ("surat-kabar", "media"): ["tempo", "Mercusuar"],
}  # fmt: skip


def nama(register: str, jenis: str) -> list[str]:
    """The fields of a register that a test of that kind suits."""
    medan = MEDAN[register]
    return {
        "tanggal": [satu for satu, b in medan.items() if b.jenis.value == "tanggal"],
        "bilangan": [satu for satu, b in medan.items() if b.jenis.value == "bilangan"],
        "kata": [satu for satu, b in medan.items() if b.kata or (register, satu) in KATA],
        "semua": list(medan),
    }[jenis]


def uji_tanggal(register: str) -> st.SearchStrategy[dict[str, Any]]:
    dua = st.permutations(nama(register, "tanggal")).map(lambda satu: satu[:2])
    kata = st.sampled_from(["paling_lambat", "sesudah", "sebelum", "paling_awal"])
    return st.builds(lambda isi, uji: {"bidang": isi[0], uji: isi[1]}, dua, kata)


def uji_kata(register: str, uji: str) -> st.SearchStrategy[dict[str, Any]]:
    def isi(bidang: str) -> st.SearchStrategy[dict[str, Any]]:
        kata = KATA.get((register, bidang)) or list(MEDAN[register][bidang].kata)
        return st.lists(st.sampled_from(kata), min_size=1, max_size=2).map(lambda satu: {"bidang": bidang, uji: satu})

    return st.sampled_from(nama(register, "kata")).flatmap(isi)


def uji_satu(register: str) -> st.SearchStrategy[dict[str, Any]]:
    """One condition without others in it."""
    bidang = st.sampled_from(nama(register, "semua"))
    semua = [
        st.builds(lambda b, isi: {"bidang": b, "isi": isi}, bidang, st.sampled_from(["terisi", "kosong"])),
        uji_kata(register, "adalah"),
        uji_kata(register, "bukan"),
    ]
    if len(nama(register, "tanggal")) > 1:
        semua.append(uji_tanggal(register))
    if bilangan := nama(register, "bilangan"):
        uji = st.sampled_from(["paling_sedikit", "paling_banyak"])
        semua.append(
            st.builds(lambda b, u, n: {"bidang": b, u: n}, st.sampled_from(bilangan), uji, st.integers(0, 5))
        )
    if register in KEADAAN:
        kata = st.lists(st.sampled_from(list(KEADAAN[register])), min_size=1, max_size=2)
        semua.append(st.builds(lambda isi: {"keadaan": isi}, kata))
    if register == "survei":
        semua.append(st.sampled_from([{"puas": "ya"}, {"puas": "tidak"}]))
    return st.one_of(semua)


def syarat(register: str) -> st.SearchStrategy[dict[str, Any]]:
    gabung = st.sampled_from(["salah_satu", "semua"])
    return st.recursive(
        uji_satu(register),
        lambda anak: st.builds(lambda u, isi: {u: isi}, gabung, st.lists(anak, min_size=1, max_size=3)),
        max_leaves=4,
    )


@st.composite
def definisi(draw: st.DrawFn) -> dict[str, Any]:
    """One sound definition, as it would be read from its file."""
    hitung = draw(st.sampled_from(["cacah", "jumlah", "rasio", "rerata", "median", "sisa", "ikm"]))
    cocok = {"jumlah": ["surat-kabar", "survei"], "sisa": list(KEADAAN), "ikm": ["survei"],
             "rerata": list(KEADAAN), "median": list(KEADAAN)}  # fmt: skip
    register = draw(st.sampled_from(cocok.get(hitung, list(REGISTER))))
    isi: dict[str, Any] = {"aturan": "x", "hitung": hitung, "register": register}
    isi |= {} if hitung in ("rasio", "rerata", "median") else {"satuan": "entri"}
    isi |= {} if hitung == "sisa" else {"tanggal": draw(st.sampled_from(nama(register, "tanggal")))}
    isi["syarat"] = draw(st.lists(syarat(register), min_size=hitung == "rasio", max_size=3))
    if hitung == "rasio":
        isi["syarat_penyebut"] = draw(st.lists(syarat(register), max_size=2))
    if hitung == "jumlah":
        isi["bidang"] = draw(st.sampled_from(nama(register, "bilangan")))
    if hitung in ("rerata", "median"):
        isi["dari"], isi["sampai"] = draw(st.permutations(nama(register, "tanggal")))[:2]
        isi["hari"] = draw(st.sampled_from(["kerja", "kalender"]))
    return isi


def kacaukan(kantor: Kantor, acak: Random) -> None:
    """What the sample office lacks: complaints reopened and ended again, refusals, entries cancelled."""
    with Path(f"{kantor.folder}/t.csv").open("w") as berkas:
        berkas.write("pengaduan,tanggal,tindakan,status\n")
        for _ in range(120):
            hari = date(2026, 8, 1) + timedelta(acak.randrange((KINI - date(2026, 8, 1)).days + 1))
            status = acak.choice(["diproses", "diteruskan", "selesai", "selesai", "ditolak"])
            berkas.write(f"PGD-2026-{acak.randint(1, 30):04d},{hari},x {acak.random()},{status}\n")
    kantor("impor", "tindak-lanjut", berkas.name)
    for nomor in (
        "PGD-2026-0004",
        "INF-2026-0007",
        "RIZ-2026-0003",
        "SKM-2026-0005",
        "KRN-2026-0002",
        "PGD-2026-0037",
    ):
        kantor("batalkan", nomor, "--alasan", "x", "--ya")
    for nomor in ("RIZ-2026-0040", "RIZ-2026-0041", "RIZ-2026-0042", "RIZ-2026-0043"):
        kantor.bebas("tolak", nomor, "--alasan", "x", "--tanggal", HARI_INI)


def baca_buku(kantor: Kantor) -> dict[str, list[dict[str, str]]]:
    hasil = {}
    for slug in REGISTER:
        with Path(f"{kantor.folder}/{slug}.csv").open("w") as berkas:
            berkas.write(kantor("ekspor", slug, "-O", "csv").keluar)
        with Path(berkas.name).open(newline="") as berkas:
            hasil[slug] = list(csv.DictReader(berkas))
    return hasil


def cocokkan(bacaan: Bacaan, pembaca: Pembaca, isi: dict[str, Any], periode: Periode) -> None:
    """The engine's figure, the entries behind it, those that missed and the trend are those of the plain reading."""
    konfig = Konfigurasi()
    satu = coba_susun(Definisi, isi)
    assert isinstance(satu, Definisi), satu
    assert list(periksa("acak", satu, {"acak": satu}, konfig)) == []
    agenda = SEMUA.get(satu["register"], SURVEI)
    ukuran = susun_ukuran({"acak": Ukuran("acak", False, satu, Path("acak.toml"), agenda)})["acak"]
    awal, akhir = periode.awal.isoformat(), (periode.sampai or periode.akhir).isoformat()
    realisasi = hitung(bacaan, ukuran, periode, konfig)
    assert realisasi.nilai == pembaca.angka(isi, awal, akhir)
    rincian = rinci(bacaan, ukuran, periode, realisasi, konfig, identitas=False)
    terhitung = pembaca.terhitung(isi, awal, akhir)
    harus = sorted((baris["nomor"], hari, pembaca.nilai(isi, baris, akhir)) for baris, hari in terhitung)
    assert sorted((baris.nomor, str(baris.tanggal), baris.nilai) for baris in rincian.bukti) == harus
    if isi["hitung"] != "rasio":
        luput = {baris["nomor"] for baris, _ in pembaca.dasar(isi, awal, akhir)} - {nomor for nomor, *_ in harus}
        assert {baris.nomor for baris in rincian.luput} == luput
        assert all(baris.hasil for baris in rincian.luput)
    for titik in tren(bacaan, ukuran, periode, konfig)[-2:]:
        akhir_bulan = min(titik.bulan.akhir, KINI).isoformat()
        angka = None if titik.belum else pembaca.angka(isi, titik.bulan.awal.isoformat(), akhir_bulan)
        assert titik.belum or titik.realisasi.nilai == angka


def test_every_definition_counts_what_a_plain_reading_of_it_counts(kantor: Kantor) -> None:
    isi_contoh(kantor)
    kacaukan(kantor, Random(14))
    kalender = Kalender()

    def kerja(dari: date, sampai: date) -> int:
        awal, akhir = sorted((dari, sampai))
        hari = sum(kalender.kerja(awal + timedelta(n)) for n in range(1, (akhir - awal).days + 1))
        return hari if sampai >= dari else -hari

    pembaca = Pembaca(baca_buku(kantor), kerja)
    with buka_bacaan(mesin_di(baca_alamat(kantor.alamat), 10)) as bacaan:

        @settings(max_examples=BANYAK, deadline=None, suppress_health_check=list(HealthCheck))
        @given(definisi(), st.sampled_from(PERIODE))
        def periksa_satu(isi: dict[str, Any], periode: str) -> None:
            cocokkan(bacaan, pembaca, isi, baca_periode(periode, KINI))

        periksa_satu()
