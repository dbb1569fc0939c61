"""One entry: its deadline in words, the citizen's receipt; printable registers; today's desk; quiet."""

import pytest

from tests.conftest import CONTOH, Kantor
from tests.unix import pribadi

DUA_MESIN = True


@pytest.mark.parametrize(
    ("hari_ini", "keadaan", "sisa"),
    [
        ("2026-03-17", "sisa 3 hari kerja", 3), ("2026-03-26", "sisa 1 hari kerja", 1),
        ("2026-03-27", "hari terakhir", 0), ("2026-03-28", "terlambat, belum sehari kerja", 0), ("2026-03-30", "terlambat 1 hari kerja", -1),
        ("2026-04-06", "terlambat 5 hari kerja", -5),
    ],
)  # fmt: skip
def test_the_deadline_with_days_left_and_the_days_it_skipped(
    kantor: Kantor, hari_ini: str, keadaan: str, sisa: int
) -> None:
    (kantor.folder / "k.toml").write_text("[batas]\ninformasi = 3\n")
    konfig = ("--konfig", str(kantor.folder / "k.toml"))
    kantor(*konfig, "catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-03-17")
    layar = kantor(*konfig, "--hari-ini", hari_ini, "lihat", "inf-1").keluar
    assert f"Jumat, 27 Maret 2026: {keadaan}" in layar
    rapat = " ".join(layar.split())
    assert "dihitung sejak 17 Maret 2026, dilewati: 18 Maret 2026 (" in rapat
    tenggat = kantor(*konfig, "--hari-ini", hari_ini, "lihat", "inf-1", "-O", "json").json["tenggat"]
    assert (tenggat["mulai"], tenggat["batas"], tenggat["sisa_hari_kerja"]) == ("2026-03-17", "2026-03-27", sisa)
    assert [libur["tanggal"][8:] for libur in tenggat["libur"]] == ["18", "19", "20", "21", "22", "23", "24"]
    assert (tenggat["akhir_pekan"], tenggat["kalender_berubah"]) == (0, False)
    assert tenggat["terlambat"] is keadaan.startswith("terlambat")


def test_the_days_that_were_skipped_stay_what_they_were(kantor: Kantor) -> None:
    """The card tells the calendar that the deadline was computed with, and that it is another one by now."""
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02")
    kantor("libur", "tambah", "2026-11-10", "--nama", "Hari jadi")
    rapat = " ".join(kantor("lihat", "inf-1").keluar.split())
    assert "dilewati: 4 hari di luar hari kerja kalender sudah berubah sejak batas ini dihitung" in rapat
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02")
    rapat = " ".join(kantor("lihat", "inf-2").keluar.split())
    assert "10 November 2026 (Hari jadi); 4 hari" in rapat
    assert "sudah berubah" not in rapat
    # With another rule, neither calendar gives the deadline that was kept: nothing is told of the way to it.
    (kantor.folder / "k.toml").write_text("[batas]\ninformasi = 3\n")
    rapat = " ".join(kantor("--konfig", str(kantor.folder / "k.toml"), "lihat", "inf-1").keluar.split())
    assert "aturannya sudah lain daripada saat batas ini ditulis" in rapat
    assert "dilewati" not in rapat


def test_a_cancelled_entry_is_not_late(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-09-01")
    assert "terlambat" in kantor("lihat", "inf-1").keluar
    kantor("batalkan", "inf-1", "--alasan", "x", "--ya")
    assert "terlambat" not in kantor("lihat", "inf-1").keluar
    assert kantor("lihat", "inf-1", "-O", "json").json["tenggat"] is None


def test_weekends_on_the_way_are_counted(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B", "--tanggal", "2026-11-02")
    assert "dilewati: 4 hari di luar hari kerja" in " ".join(kantor("lihat", "inf-1").keluar.split())


@pytest.mark.parametrize(
    ("tanggal", "keadaan"),
    [("2026-11-10", "selesai 10 November 2026, tepat waktu"), ("2026-11-20", "selesai 20 November 2026, terlambat")],
)
@pytest.mark.parametrize("register", ["pengaduan", "informasi", "rekomendasi"])
def test_how_a_finished_entry_met_its_deadline(kantor: Kantor, register: str, tanggal: str, keadaan: str) -> None:
    catat = {
        "pengaduan": "pengaduan --pelapor A --uraian B --klasifikasi permintaan-informasi --tanggal 2026-11-05",
        "informasi": "informasi --pemohon A --topik B --tanggal 2026-11-02",
        "rekomendasi": "rekomendasi --pemohon A --jenis bangunan --tanggal 2026-11-05",
    }[register]
    selesai = {
        "pengaduan": "tindaklanjuti {} --tindakan C --status selesai",
        "informasi": "selesaikan {} --hasil terlaksana",
        "rekomendasi": "terbitkan {} --nomor-surat 5",
    }[register]
    nomor = kantor("catat", *catat.split()).keluar.split()[0]
    kantor(*selesai.format(nomor).split(), "--tanggal", tanggal)
    assert keadaan in kantor("lihat", nomor).keluar


def test_an_entry_without_a_deadline_has_no_such_lines(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--klasifikasi", "aspirasi")
    assert "Batas waktu" not in kantor("lihat", "pgd-1").keluar
    assert kantor("lihat", "pgd-1", "-O", "json").json["tenggat"] is None


def test_the_receipt_tells_a_citizen_what_matters_and_names_nobody(kantor: Kantor) -> None:
    (kantor.folder / "k.toml").write_text('kecamatan = "Batui <Selatan>"\nkabupaten = "Banggai"\nkontak = "0461-1"\n')
    konfig = ("--konfig", str(kantor.folder / "k.toml"))
    kantor(*konfig, "catat", "pengaduan", "--pelapor", "Budi", "--kontak", "0812", "--uraian", "Lampu <b> | padam",
           "--tanggal", "2026-11-02")  # fmt: skip
    berkas = kantor.folder / "slip.html"
    kantor(*konfig, "lihat", "pgd-1", "--dengan-identitas", "-o", str(berkas))
    assert pribadi(berkas)
    html = berkas.read_text()
    for teks in ("BATUI &lt;SELATAN&gt;", "PGD-2026-0001", "Senin, 2 November 2026", "Lampu &lt;b&gt; | padam",
                 "Jumat, 20 November 2026", "Siti Petugas", "0461-1", '<html lang="id">', "A5 landscape"):  # fmt: skip
        assert teks in html, teks
    md = kantor(*konfig, "lihat", "pgd-1", "--dengan-identitas", "-O", "md").keluar
    assert r"Lampu &lt;b> \| padam" in md
    for teks in ("Budi", "0812"):
        assert teks not in html + md


def test_a_receipt_repeats_a_citizen_s_words_only_where_that_is_asked_for(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "Budi", "--uraian", "Pak Amir memungut liar")
    kantor("tindaklanjuti", "pgd-1", "--tindakan", "memanggil Pak Amir")
    kantor("catat", "informasi", "--pemohon", "Budi", "--topik", "KTP", "--uraian", "kata Pak Amir")
    for nomor, pokok in (("pgd-1", "tidak-berkadar"), ("PGD-2026-0001/1", "diproses"), ("inf-1", "KTP")):
        jawab = kantor("lihat", nomor, "-O", "md")
        assert f"| Pokok | {pokok} |" in jawab.keluar
        assert "Amir" not in jawab.keluar
        assert ("--dengan-identitas" in jawab.galat) == (nomor != "inf-1")
    assert "| Pokok | Pak Amir memungut liar |" in kantor("lihat", "pgd-1", "-O", "md", "--dengan-identitas").keluar
    assert "Amir" in kantor("lihat", "pgd-1").keluar


def test_the_receipt_of_a_cancelled_entry_says_so(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    kantor("batalkan", "inf-1", "--alasan", "x", "--ya")
    for bentuk in ("html", "md"):
        assert "dibatalkan" in kantor("lihat", "inf-1", "-O", bentuk).keluar


def test_the_office_s_own_receipt(kantor: Kantor) -> None:
    (kantor.folder / "templat").mkdir()
    (kantor.folder / "templat" / "tanda-terima.md.j2").write_text("Nomor {{ slip.nomor }}")
    (kantor.folder / "k.toml").write_text('templat = "templat"\n')
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    konfig = ("--konfig", str(kantor.folder / "k.toml"))
    assert kantor(*konfig, "lihat", "inf-1", "-O", "md").keluar == r"Nomor INF-2026-0001"
    (kantor.folder / "templat" / "tanda-terima.md.j2").write_text("Nomor {{ slip.nomer }}")
    assert "baris 1" in kantor(*konfig, "lihat", "inf-1", "-O", "md", kode=3).galat


@pytest.mark.parametrize("bentuk", ["md", "html"])
def test_a_printable_register_has_the_office_s_heading(contoh: Kantor, bentuk: str) -> None:
    konfig = ("--konfig", str(CONTOH / "ikikec.toml"))
    args = ("daftar", "pengaduan", "--periode", "2026", "--kanal", "surat", "-O", bentuk)
    isi = contoh(*konfig, *args).keluar
    assert "BATUI SELATAN" in isi.upper()
    assert "REGISTER PENGADUAN" in isi
    assert "Tahun 2026, kanal surat" in isi
    banyak = len(contoh("daftar", "pengaduan", "--periode", "2026", "--kanal", "surat", "-O", "json").json)
    assert f"{banyak} entri" in isi
    assert isi.count("PGD-2026-") == banyak
    assert "Warga" not in isi
    assert "Warga" in contoh(*konfig, *args, "--dengan-identitas").keluar
    assert isi == contoh(*konfig, *args).keluar


def test_a_cancelled_entry_is_marked_in_the_printed_register(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    kantor("batalkan", "inf-1", "--alasan", "x", "--ya")
    assert "INF-2026-0001 (batal)" in kantor("daftar", "informasi", "-O", "md").keluar


@pytest.mark.parametrize("lebar", ["80", "200"])
def test_today_s_desk_fits_its_screen(contoh: Kantor, lebar: str) -> None:
    layar = contoh("ringkasan", COLUMNS=lebar, LINES="24").keluar.splitlines()
    assert len(layar) < 24
    assert max(map(len, layar)) <= int(lebar)
    isi = "\n".join(layar)
    for teks in (
        "Minggu, 22 November 2026",
        "pengaduan",
        "Terlambat (",
        "Jatuh tempo",
        "November 2026 sampai hari ini",
    ):
        assert teks in isi
    if lebar == "200":
        assert "Jumlah layanan informasi yang dapat dilaksanakan dengan baik" in isi


def test_today_s_desk_agrees_with_the_lists_and_the_sheets(contoh: Kantor) -> None:
    contoh("catat", "informasi", "--pemohon", "A", "--topik", "Besok", "--tanggal", "2026-11-11")
    contoh("catat", "informasi", "--pemohon", "A", "--topik", "Nanti", "--tanggal", "2026-11-12")
    isi = contoh("ringkasan", "-O", "json").json
    assert (isi["hari_ini"], isi["segera"]) == ("2026-11-22", "2026-11-25")
    assert [(satu["pokok"], satu["batas"], satu["sisa_hari_kerja"]) for satu in isi["jatuh_tempo"]] == [
        ("Besok", "2026-11-25", 3)
    ]
    for register, jumlah in isi["register"].items():
        for nama, opsi in (("terbuka", "--belum-selesai"), ("terlambat", "--terlambat")):
            assert jumlah[nama] == len(contoh("daftar", register, opsi, "-O", "json").json)
        dekat = contoh("daftar", register, "--jatuh-tempo", "3", "-O", "json").json
        assert jumlah["jatuh_tempo"] == len(dekat)
    lambat = [satu["batas"] for satu in isi["terlambat"]]
    assert lambat == sorted(lambat)
    assert len(lambat) == sum(jumlah["terlambat"] for jumlah in isi["register"].values())
    for jabatan in ("kasi-pip", "pengolah-pip"):
        assert isi["angka"][jabatan] == contoh.angka(jabatan, "2026-11")


def test_quiet_leaves_results_and_errors_alone(contoh: Kantor) -> None:
    ramai, hening = contoh("laporan", "--jabatan", "kasi-pip"), contoh("-q", "laporan", "--jabatan", "kasi-pip")
    assert (ramai.galat, hening.galat) == ("Periode: Oktober 2026 (bulan lalu)\n", "")
    assert ramai.keluar == hening.keluar
    assert contoh("-q", "cari", "Warga").galat == ""
    assert contoh("-q", "lihat", "pgd-999", kode=4).galat.startswith("Galat: ")
    assert "ditulis sebelum perintahnya" in contoh("cari", "x", "-q", kode=2).galat


@pytest.mark.parametrize("lebar", ["60", "80", "120", "200"])
def test_a_long_text_never_shortens_number_or_deadline(kantor: Kantor, lebar: str) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "Lampu jalan padam " * 20, "--tanggal", "2026-10-01")
    layar = kantor("ringkasan", COLUMNS=lebar, LINES="24").keluar
    (baris,) = [satu for satu in layar.splitlines() if satu.startswith("PGD-")]
    assert baris.startswith("PGD-2026-0001  21 Okt 2026  −22 hk  Lampu jalan")


def test_control_and_direction_characters_reach_no_page(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "KTP \x1b[31m\u202emerah")
    for args in (("lihat", "inf-1"), ("daftar", "informasi")):
        for bentuk in ("html", "md"):
            isi = kantor(*args, "-O", bentuk).keluar
            assert "KTP [31mmerah" in isi.replace("\\", "")
            assert not set("\x1b\u202e") & set(isi)


def test_a_long_history_shows_its_end_and_how_to_see_all(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "awal", "--tanggal", "2026-11-02")
    baris = [f"PGD-2026-0001,2026-11-03,tindakan {n}" for n in range(1, 61)]
    kantor("impor", "tindak-lanjut", kantor.csv("a.csv", "pengaduan,tanggal,tindakan", *baris))
    for n in range(1, 4):
        kantor("koreksi", "PGD-2026-0001", "--uraian", f"isi {n}", "--alasan", "x", "--ya")
    pendek = kantor("lihat", "PGD-2026-0001").keluar
    assert "Tindak lanjut (10 yang lebih lama: --semua)" in pendek
    assert "Riwayat (14 yang lebih lama: --semua)" in pendek
    assert ("tindakan 11\n" in pendek.replace(" \n", "\n"), "tindakan 10" in pendek) == (True, False)
    assert "uraian: awal → isi 1" in pendek
    panjang = kantor("lihat", "PGD-2026-0001", "--semua").keluar
    assert "lebih lama" not in panjang
    assert panjang.count("impor oleh") == 60
    isi = kantor("lihat", "PGD-2026-0001", "-O", "json").json
    assert (len(isi["tindak_lanjut"]), len(isi["riwayat"])) == (60, 64)
    assert "Siti Petugas" in kantor("lihat", "PGD-2026-0001", "-O", "md").keluar
