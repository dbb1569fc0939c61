"""Questions at a real terminal (a pseudo-terminal), and silence elsewhere."""

import os
import re
import select
import signal
import subprocess

import pytest

from tests.conftest import Jawaban, Kantor, perintah
from tests.skema_lama import buku_pertama
from tests.unix import perlu_pty, pty


def di_terminal(kantor: Kantor, args: str, ketikan: bytes) -> Jawaban:
    """Run a command whose stdin is a terminal somebody types on."""
    perlu_pty()
    tuan, budak = pty.openpty()
    proses = subprocess.Popen(
        perintah(args.split()),
        env={**os.environ, **kantor.env},
        stdin=budak,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(budak)
    os.write(tuan, ketikan + b"\x04")  # whoever asks more than was foreseen ends here instead of waiting
    keluar, galat = proses.communicate(timeout=60)
    os.close(tuan)
    return Jawaban(proses.returncode, keluar.decode(), galat.decode())


@pytest.mark.parametrize(
    ("jawaban", "kode", "jadi"), [(b"l\n", 0, 2), (b"catat\n", 0, 3), (b"\n", 130, 1), (b"", 130, 1)]
)
def test_rows_that_stand_already_are_asked_about(kantor: Kantor, jawaban: bytes, kode: int, jadi: int) -> None:
    kantor("impor", "survei", kantor.csv("a.csv", "tanggal,kepuasan", "2026-10-05,4"))
    berkas = kantor.csv("b.csv", "tanggal,kepuasan", "2026-10-05,4", "2026-10-05,3")
    jawab = di_terminal(kantor, f"impor survei {berkas}", jawaban)
    assert jawab.kode == kode, jawab.galat
    assert "1 dari 2 baris sudah ada di buku" in jawab.galat
    assert "lewati, catat lagi, atau berhenti" in jawab.galat
    assert len(kantor("daftar", "survei", "-O", "json").json) == jadi


def test_missing_required_fields_are_asked_in_order(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat pengaduan --kanal surat -O json", b"Siti\nLampu padam\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["pelapor"], jawab.json["uraian"], jawab.json["kanal"]) == ("Siti", "Lampu padam", "surat")
    assert jawab.galat.index("pelapor") < jawab.galat.index("uraian")
    assert "lokasi" not in jawab.galat


def test_with_no_field_given_all_are_asked_each_with_its_meaning_and_default(kantor: Kantor) -> None:
    ketikan = b"kemarin\nSiti\n\n\n2\nber\n\nPasar\nLampu padam\ny\n"
    jawab = di_terminal(kantor, "catat pengaduan -O json", ketikan)
    assert jawab.kode == 0, jawab.galat
    isi = jawab.json
    assert (isi["tanggal"], isi["kanal"], isi["klasifikasi"]) == ("2026-11-21", "surat", "berkadar")
    assert (isi["kontak"], isi["lokasi"], isi["anonim"]) == (None, "Pasar", False)
    assert "Sabtu, 21 November 2026" in jawab.galat
    assert "jalan masuknya" in jawab.galat
    assert "1 tatap-muka" in jawab.galat
    assert "pelapor tidak ingin disebut" not in jawab.galat, "a named reporter is not asked about anonymity"


def test_without_a_name_anonymity_must_be_said_and_identity_is_not_asked(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat pengaduan -O json", b"\n\n\nt\ny\n\n\n\n\nPungli\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["anonim"], jawab.json["pelapor"]) == (True, None)
    assert "nama pelapor wajib diisi bila tidak anonim" in jawab.galat
    assert "nomor telepon" not in jawab.galat


def test_an_answer_is_checked_at_once(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat surat-kabar --jenis majalah -O json", b"\nTempo\nnol\n0\n3\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["media"], jawab.json["eksemplar"]) == ("Tempo", 3)
    assert "wajib diisi" in jawab.galat
    assert jawab.galat.count("tulis bilangan bulat") == 2


@pytest.mark.parametrize(
    ("salah", "keluhan"),
    [
        (b"besok", "tidak dikenali"),
        (b"25/11/2026", "masa depan"),
        (b"31/11/2026", "tanggal itu tidak ada"),
        (b"5/10/2026", "bulan tertutup"),
        (b"?", "hari ini, kemarin, senin"),
    ],
)
def test_a_wrong_date_is_refused_where_it_is_typed(contoh: Kantor, salah: bytes, keluhan: str) -> None:
    contoh("tutup", "2026-10")
    jawab = di_terminal(contoh, "catat informasi -O json", salah + b"\n2/11/2026\nA\n\n\n\nKTP\n.\n\n")
    assert jawab.kode == 0, jawab.galat
    assert keluhan in " ".join(jawab.galat.split())
    assert (jawab.json["tanggal"], jawab.json["topik"]) == ("2026-11-02", "KTP")


def test_the_way_back_keeps_what_was_typed(kantor: Kantor) -> None:
    ketikan = b"5/11\nTempo\n<\nKompas\n<\n<\n6/11\n\n\n\n3\n.\n\n"
    jawab = di_terminal(kantor, "catat surat-kabar -O json", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["tanggal"], jawab.json["media"], jawab.json["eksemplar"]) == ("2026-11-06", "Kompas", 3)
    assert "[Kompas]" in jawab.galat


def test_enough_leaves_the_rest_as_proposed_but_asks_what_must_be_filled_in(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat surat-kabar -O json", b".\n.\nTempo\n.\n.\n2\n.\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["media"], jawab.json["jenis"], jawab.json["eksemplar"]) == ("Tempo", "surat-kabar", 2)
    assert "media wajib diisi" in jawab.galat


def test_the_summary_lets_a_field_be_changed_before_it_is_written(kantor: Kantor) -> None:
    ketikan = b"\nTempo\n\n\n3\n.\neksemplar\n5\n9\n99\nmed\n<\n\n"
    jawab = di_terminal(kantor, "catat surat-kabar -O json", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["media"], jawab.json["eksemplar"]) == ("Tempo", 5)
    assert "'99' tidak dikenal" in jawab.galat


def test_the_summary_checks_the_whole_entry(kantor: Kantor) -> None:
    ketikan = b"20/11\nA\n\n\ndomisili\n21/11\n.\ntanggal\n22/11\n\ntanggal_lengkap\n22/11\ny\n"
    jawab = di_terminal(kantor, "catat rekomendasi -O json", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert "mendahului tanggal entri" in " ".join(jawab.galat.split())


def test_a_named_complaint_can_become_anonymous_and_back_in_the_summary(kantor: Kantor) -> None:
    ketikan = b"\nSiti\n0812\n\n\n\n\n\nLampu\npelapor\n-\ny\npelapor\nWati\n\n\n\n"
    jawab = di_terminal(kantor, "catat pengaduan -O json", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["pelapor"], jawab.json["anonim"], jawab.json["kontak"]) == ("Wati", False, None)


def test_refusing_the_summary_drops_the_entry(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat surat-kabar --jenis majalah", b"Tempo\n3\nt\n")
    assert jawab.kode == 130
    assert "dibuang" in jawab.galat
    assert not kantor.buku.exists()


def test_the_last_entry_and_the_configuration_propose_answers(kantor: Kantor) -> None:
    kantor("catat", "surat-kabar", "--media", "Luwuk Post", "--eksemplar", "7")
    (kantor.folder / "config" / "ikikec").mkdir(parents=True)
    (kantor.folder / "config" / "ikikec" / "ikikec.toml").write_text("[bawaan.surat-kabar]\njenis = 'majalah'\n")
    jawab = di_terminal(kantor, "catat surat-kabar -O json", b"\n\n\n\n\n\n\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["media"], jawab.json["jenis"], jawab.json["eksemplar"]) == ("Luwuk Post", "majalah", 7)


@pytest.mark.parametrize(
    ("isi", "keluhan"), [("jenes = 'x'", "maksudnya jenis?"), ("jenis = 'koran'", "'koran' tidak dikenal")]
)
def test_a_wrong_proposal_in_the_configuration_is_named(kantor: Kantor, isi: str, keluhan: str) -> None:
    berkas = kantor.folder / "k.toml"
    berkas.write_text(f"[bawaan.surat-kabar]\n{isi}\n")
    jawab = di_terminal(kantor, f"--konfig {berkas} catat surat-kabar", b"")
    assert jawab.kode == 3
    assert keluhan in jawab.galat
    assert "bawaan.surat-kabar" in jawab.galat


def test_the_kind_of_a_permit_is_checked_against_the_office_s_list(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat rekomendasi --alamat X -O json", b"Wati\nnikah\ndo\n\n")
    assert jawab.kode == 0, jawab.galat
    assert jawab.json["jenis"] == "domisili"
    assert "dispensasi-nikah" in jawab.galat


def test_a_permit_s_file_can_be_said_to_be_incomplete(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat rekomendasi -O json", b"\nWati\n\n\n1\n-\n.\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["tanggal_lengkap"], jawab.json["batas"]) == (None, None)


def test_a_survey_is_asked_in_the_paper_form_s_order(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat survei --usia 30 -O json", b"4\n1\n2\n3\n4\n\n2\n3\n1\n4\n\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["kepuasan"], jawab.json["produk"]) == (4, None)
    assert (jawab.json["sarana"], jawab.json["penanganan_pengaduan"]) == (1, 4)


def test_a_stack_of_forms_is_nine_digits_and_enter_each(kantor: Kantor) -> None:
    ketikan = b"111111142\n43334\n555555555\n444444403\n"
    jawab = di_terminal(kantor, "catat survei --berulang --layanan KTP --tanggal kemarin", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert "sarana 4 · penanganan pengaduan 2" in " ".join(jawab.galat.split())
    assert "Selesai: 2 entri tercatat" in jawab.galat
    assert "43334: 5 angka" in jawab.galat
    satu, dua = kantor("daftar", "survei", "-O", "json").json
    assert (satu["sarana"], satu["penanganan_pengaduan"], satu["layanan"]) == (4, 2, "KTP")
    assert (dua["sarana"], dua["penanganan_pengaduan"], dua["tanggal"]) == (None, 3, "2026-11-21")


def test_repeating_asks_for_the_next_entry_after_a_dropped_one(kantor: Kantor) -> None:
    ketikan = b"\nTempo\n\n\n1\n.\nt\n\nKompas\n\n\n2\n.\ny\n"
    jawab = di_terminal(kantor, "catat surat-kabar --berulang", ketikan)
    assert jawab.kode == 0, jawab.galat
    assert "0 entri sebelumnya tercatat" in jawab.galat
    assert [satu["media"] for satu in kantor("daftar", "surat-kabar", "-O", "json").json] == ["Kompas"]


def test_repeating_needs_a_terminal(kantor: Kantor) -> None:
    assert "terminal" in kantor.proses("catat", "survei", "--berulang", kode=2).galat


def test_a_step_asks_for_what_it_needs(kantor: Kantor) -> None:
    kantor("catat", "informasi", "--pemohon", "A", "--topik", "B")
    jawab = di_terminal(kantor, "selesaikan INF-2026-0001 -O json", b"mungkin\nterl\n")
    assert jawab.kode == 0, jawab.galat
    assert jawab.json["hasil"] == "terlaksana"


def test_a_follow_up_is_asked_for(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-10")
    jawab = di_terminal(kantor, "tindaklanjuti pgd-1 -O json", b"Ditinjau\n9/11\n12/11\nsel\n")
    assert jawab.kode == 0, jawab.galat
    assert (jawab.json["tanggal"], jawab.json["status"]) == ("2026-11-12", "selesai")


def test_how_a_date_is_typed_is_told_once(kantor: Kantor) -> None:
    jawab = di_terminal(kantor, "catat surat-kabar -O json", b"besok\nlusa\n32\n5/11\nTempo\n.\n3\n.\n\n")
    assert jawab.kode == 0, jawab.galat
    assert jawab.galat.count("hari ditulis dulu") == 1
    assert ("'lusa' tidak dikenali" in jawab.galat, "hari ke-32" in jawab.galat) == (True, True)


def test_what_was_done_is_asked_first_and_a_cancelled_complaint_refused_before(kantor: Kantor) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-10")
    galat = di_terminal(kantor, "tindaklanjuti pgd-1", b"x\n\n\n").galat
    assert galat.index("tindakan –") < galat.index("tanggal –")
    kantor("batalkan", "pgd-1", "--alasan", "x", "--ya")
    jawab = di_terminal(kantor, "tindaklanjuti pgd-1", b"")
    assert jawab.kode == 3
    assert "tindakan –" not in jawab.galat


def test_a_step_refuses_what_it_must_before_it_asks(kantor: Kantor) -> None:
    kantor("catat", "rekomendasi", "--pemohon", "A", "--jenis", "domisili", "--tanggal", "2026-10-05")
    for args in ("terbitkan riz-1 --tanggal 2026-10-04", "terbitkan riz-1 --tanggal 2026-12-01"):
        jawab = di_terminal(kantor, args, b"")
        assert (jawab.kode, "nomor surat" in jawab.galat) == (3, False), jawab.galat
    kantor("tutup", "2026-10")
    assert di_terminal(kantor, "terbitkan riz-1 --tanggal 2026-10-06", b"").kode == 3
    kantor("terbitkan", "riz-1", "--nomor-surat", "1")
    jawab = di_terminal(kantor, "terbitkan riz-1", b"")
    assert (jawab.kode, "sudah memuat" in jawab.galat, "nomor surat –" in jawab.galat) == (3, True, False)


def test_the_review_shows_the_deadline_and_a_full_form_is_not_lost_unasked(kantor: Kantor) -> None:
    for henti in (b"\x04", b"\x03"):
        ketikan = b"Siti\nLampu padam\n" + henti + b"t\n\n"
        kode, terbaca = di_layar(kantor, "catat pengaduan --kanal surat", ketikan, TERM="xterm")
        assert kode == 0, terbaca
        assert "Buang yang sudah diisi?" in terbaca
        assert "Kamis, 10 Desember 2026" in terbaca
    for jawab in (b"y\n", b"\x03", b"\x04"):
        kode, terbaca = di_layar(kantor, "catat pengaduan --kanal surat", b"Siti\nLampu\n\x03" + jawab, TERM="xterm")
        assert kode == 130, terbaca
    assert len(kantor("daftar", "pengaduan", "-O", "json").json) == 2


@pytest.mark.parametrize(
    ("kontak", "isyarat"), [("budi di pasar", True), ("0812-3456 789", False), ("a@b.id", False)]
)
def test_a_contact_that_reaches_nobody_gets_a_hint_and_is_taken(kantor: Kantor, kontak: str, isyarat: bool) -> None:
    galat = kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--kontak", kontak).galat
    assert ("tampaknya bukan nomor telepon" in galat) is isyarat
    ketikan = f"\nSiti\n{kontak}\n.\nLampu\n\n".encode()
    jawab = di_terminal(kantor, "catat pengaduan -O json", ketikan)
    assert jawab.json["kontak"] == kontak
    assert ("tampaknya bukan nomor telepon" in jawab.galat) is isyarat


@pytest.mark.parametrize("kurung", [True, False], ids=["bracketed", "plain"])
def test_several_pasted_lines_are_one_text(kantor: Kantor, kurung: bool) -> None:
    tempel = b"\x1b[200~baris satu\rbaris dua\r\x1b[201~\n" if kurung else b"baris satu\rbaris dua\n"
    ketikan = [b"Siti\r", tempel.replace(b"\n", b"\r"), *([] if kurung else [b"\r"]), b"\r"]
    kode, terbaca = di_layar(kantor, "catat pengaduan --kanal surat", ketikan, TERM="xterm")
    assert kode == 0, terbaca
    (isi,) = kantor("daftar", "pengaduan", "-O", "json").json
    assert isi["uraian"] == "baris satu\nbaris dua"
    assert kurung or "Beberapa baris ditempel" in terbaca


@pytest.mark.parametrize(
    "args", ["catat pengaduan --kanal surat", "batalkan PGD-2026-0001 --alasan x", "atur", "meja"]
)
def test_a_dumb_terminal_gets_no_escape_codes(kantor: Kantor, args: str) -> None:
    kantor("catat", "pengaduan", "--pelapor", "A", "--uraian", "B", "--tanggal", "2026-11-10")
    ketikan = [b"daftar pengaduan\r", b"keluar\r"] if args == "meja" else [b"Siti\r", b"\x04"]
    _kode, terbaca = di_layar(kantor, args, ketikan, TERM="dumb", akhir=b">" if args == "meja" else b":")
    assert "\x1b" not in terbaca
    assert len(terbaca) > 60


@pytest.mark.parametrize(
    ("ketikan", "term"),
    [
        (b"Siti\n\x03", "xterm"), (b"Siti\n\x03", "dumb"), (b"Siti\n\x04", "xterm"), (b"Siti\n\x04", "dumb"),
        # As on Windows; a terminal without an editor takes it as the system does.
        (b"Siti\n\x1a\r", "xterm"),
    ],
)  # fmt: skip
def test_leaving_a_question_records_nothing(kantor: Kantor, ketikan: bytes, term: str) -> None:
    kode, terbaca = di_layar(kantor, "catat pengaduan --kanal surat", ketikan, TERM=term)
    assert kode == 130
    assert "tidak ada yang dicatat" in terbaca
    assert not kantor.buku.exists()


def test_on_a_screen_answers_are_edited_and_known_words_completed(contoh: Kantor) -> None:
    ketikan = b"Tempoo\x7f\n4\n\n"
    kode, terbaca = di_layar(contoh, "catat surat-kabar --jenis majalah", ketikan, TERM="xterm")
    assert kode == 0, terbaca
    assert "tercatat" in terbaca
    (baru,) = contoh(
        "daftar", "surat-kabar", "-O", "json", "--jenis", "majalah", "--urut", "-nomor", "--maks", "1"
    ).json
    assert (baru["media"], baru["eksemplar"]) == ("Tempo", 4)
    kode, terbaca = di_layar(contoh, "catat informasi --kanal surat", b"Budi\nJadw\t\n\n", TERM="xterm")
    assert kode == 0, terbaca
    (baru,) = contoh("daftar", "informasi", "-O", "json", "--urut", "-nomor", "--maks", "1").json
    assert baru["topik"] == "Jadwal pelayanan"


def test_on_a_screen_the_office_s_services_are_completed(kantor: Kantor) -> None:
    konfig = kantor.folder / "k.toml"
    konfig.write_text('[layanan]\n"Surat Keterangan Usaha" = ["SKU"]\n')
    ketikan = [b"\n", b"sur\t\n", b"4\n", b".\n", b"\n"]
    kode, terbaca = di_layar(kantor, "catat survei --semua-isian", ketikan, TERM="xterm", IKIKEC_KONFIG=str(konfig))
    assert kode == 0, terbaca
    (baru,) = kantor("daftar", "survei", "-O", "json").json
    assert (baru["layanan"], baru["kepuasan"]) == ("Surat Keterangan Usaha", 4)


def polos(terbaca: bytes) -> bytes:
    """What a terminal received, without the sequences that move its cursor and without blanks at its end."""
    return re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\r", b"", terbaca).rstrip(b" ")


def di_layar(
    kantor: Kantor, args: str, ketikan: bytes | list[bytes], akhir: bytes = b":", **env: str
) -> tuple[int, str]:
    """Run a command on a terminal of its own; answers each question as it comes. Returns exit code and screen text."""
    perlu_pty()
    pid, tuan = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a background job would hand it down ignored
        os.execve(perintah([])[0], perintah(args.split()), {**os.environ, **kantor.env, **env})
    if isinstance(ketikan, bytes):
        ketikan = [satu for satu in re.split(rb"(?<=[\n\x03\x04])", ketikan) if satu]
    potongan = list(ketikan)
    terbaca, dijawab = b"", 0
    try:
        while select.select([tuan], [], [], 30)[0]:
            terbaca += os.read(tuan, 4096)
            if potongan and polos(terbaca[dijawab:]).endswith(akhir):
                dijawab = len(terbaca)
                os.write(tuan, potongan.pop(0).replace(b"\n", b"\r"))
    except OSError:
        pass
    os.kill(pid, signal.SIGTERM)
    _, status = os.waitpid(pid, 0)
    os.close(tuan)
    return os.waitstatus_to_exitcode(status), terbaca.decode()


@pytest.mark.unix
def test_on_a_terminal_the_sheet_is_shown(contoh: Kantor) -> None:
    pid, tuan = pty.fork()
    if pid == 0:
        args = perintah(["laporan", "--jabatan", "kasi-pip", "--periode", "2026-10"])
        os.execve(args[0], args, {**os.environ, **contoh.env})
    terbaca = b""
    try:
        while potong := os.read(tuan, 65536):
            terbaca += potong
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(tuan)
    assert "┏".encode() in terbaca
    assert b"36,36 %" in terbaca


def test_without_a_terminal_nothing_is_asked(kantor: Kantor) -> None:
    assert "--pelapor, --uraian" in kantor.proses("catat", "pengaduan", kode=2, masukan="Siti\nLampu\n").galat


def test_a_clerk_at_the_terminal_may_upgrade_an_older_ledger(kantor: Kantor) -> None:
    kantor("catat", "survei", "--kepuasan", "4")
    asal = kantor.buku.rename(kantor.folder / "asal.db")
    buku_pertama(asal, kantor.buku)
    assert "--boleh-migrasi" in kantor.proses("catat", "survei", "--kepuasan", "3", kode=7).galat
    jawab = di_terminal(kantor, "catat survei --kepuasan 3", b"")
    assert jawab.kode == 0, jawab.galat
    kantor("periksa")
