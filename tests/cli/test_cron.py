"""Jobs at night: every line of docs/cron.md, run as cron and systemd run it."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import AKAR, CONTOH, HARI_INI, Kantor
from tests.unix import pribadi

DOKUMEN = (AKAR / "docs" / "cron.md").read_text()
TANPA_APA_APA = {
    "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    "LANG": "C",
    "IKIKEC_HARI_INI": HARI_INI,
}


def bagian(bahasa: str) -> list[str]:
    return re.findall(rf"```{bahasa}\n(.*?)```", DOKUMEN, re.DOTALL)


def isi_lingkungan(baris: str) -> dict[str, str]:
    return dict(satu.split("=", 1) for satu in shlex.split(baris))


def pekerjaan() -> list[tuple[str, dict[str, str]]]:
    """Every command the document lets run by itself, with the environment it is given there."""
    (tabel,) = bagian("crontab")
    baris = [satu for satu in tabel.splitlines() if satu and not satu.startswith("#")]
    env = isi_lingkungan(" ".join(satu for satu in baris if re.match(r"[A-Z_]+=", satu)))
    cron = [(satu.split(None, 5)[5], env) for satu in baris if not re.match(r"[A-Z_]+=", satu)]
    layanan = "\n".join(bagian("ini"))
    mulai = re.findall(r"^ExecStart=(.*)$", layanan, re.MULTILINE)
    (sekitar,) = re.findall(r"^Environment=(.*)$", layanan, re.MULTILINE)
    return [*cron, *((satu, isi_lingkungan(sekitar)) for satu in mulai)]


@pytest.fixture
def srv(contoh: Kantor) -> Path:
    """The office's server folder, with ledger and configuration."""
    srv = contoh.folder / "srv"
    for nama in ("cadangan", "lembar", "ekspor"):
        (srv / nama).mkdir(parents=True)
    shutil.move(contoh.buku, srv / "buku.db")
    shutil.copy(CONTOH / "ikikec.toml", srv / "ikikec.toml")
    return srv


def jalankan(srv: Path, perintah: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    teks = perintah.replace("/srv/ikikec", str(srv)).replace("\\%", "%")
    lingkungan = {nama: isi.replace("/srv/ikikec", str(srv)) for nama, isi in env.items()} | TANPA_APA_APA
    return subprocess.run(
        ["/bin/sh", "-c", f"{teks} <&-"], env=lingkungan, capture_output=True, text=True, cwd="/proc", check=False
    )


@pytest.mark.unix
@pytest.mark.parametrize(("perintah", "env"), pekerjaan())
def test_every_job_runs_with_nothing_around_it_and_is_quiet(srv: Path, perintah: str, env: dict[str, str]) -> None:
    hasil = jalankan(srv, perintah, env)
    assert hasil.returncode == 0, hasil.stderr
    assert hasil.stderr == ""
    # What a service prints, the name of its backup, goes to its journal; cron would mail it.
    assert hasil.stdout == "" or (perintah.endswith("--simpan 30") and hasil.stdout.startswith(str(srv)))
    tujuan = re.search(r"-o /srv/ikikec/(\S+)", perintah)
    if tujuan:
        letak = srv / tujuan[1]
        (berkas,) = letak.iterdir() if letak.is_dir() else [letak]
        assert pribadi(berkas)


@pytest.mark.unix
def test_a_failing_job_tells_it_on_stderr(srv: Path) -> None:
    (srv / "buku.db").write_text("bukan buku")
    for perintah, env in pekerjaan():
        hasil = jalankan(srv, perintah, env)
        assert hasil.returncode == 6, perintah
        assert hasil.stderr.startswith("Galat: ")


def test_the_commands_of_the_task_scheduler_run_too(contoh: Kantor) -> None:
    pola = r'schtasks /create /tn "[^"]+" /sc [^^]+ \^\n  /tr "\\"%LOCALAPPDATA%\\Programs\\ikikec\\ikikecw\.exe\\" ([^"]+)"'
    baris = re.findall(pola, DOKUMEN)
    assert len(baris) == DOKUMEN.count("schtasks /create") == 2
    for satu in baris:
        jawab = contoh(*satu.replace(r"D:\lembar.html", str(contoh.folder / "lembar.html")).split())
        assert jawab.galat == ""
    assert (contoh.folder / "lembar.html").is_file()


def test_backup_sheets_export_and_check_are_all_there() -> None:
    nama = {re.search(r"ikikec (?:-q )?(\w+)", perintah)[1] for perintah, _env in pekerjaan()}
    assert nama == {"cadangkan", "laporan", "ekspor", "periksa"}
