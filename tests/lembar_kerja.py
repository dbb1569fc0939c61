"""Workbooks as the tests read them: what stands on a tab, and what LibreOffice makes of files in Indonesian."""

import csv
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

TANPA_LIBREOFFICE = "LibreOffice is not installed (Debian: apt-get install libreoffice-calc)"
# How LibreOffice opens a text after a double click: semicolons, UTF-8, Indonesian, every kind of cell looked for.
_CSV_INDONESIA = "CSV:59,34,76,1,,1057,false,true"
_SEBAGAIMANA_TAMPIL = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1057,false,true"


def baca_tab(tab: Worksheet) -> tuple[list[Any], list[Any], list[list[Any]]]:
    """What stands above a tab's table, its headings, and its rows."""
    letak = kepala(tab)
    atas, isi = [], [[sel.value for sel in baris] for baris in tab.iter_rows()]
    for baris in isi[: letak - 1]:
        atas += [sel for sel in baris if sel is not None]
    return atas, isi[letak - 1], isi[letak:]


def kepala(tab: Worksheet) -> int:
    """The row of a tab's headings, which stands on every page."""
    return int(str(tab.print_title_rows).split(":")[1].strip("$"))


def lewat_libreoffice(folder: Path, berkas: Sequence[Path], saringan: str = "", ke: str = "xlsx") -> list[Path]:
    """The files as LibreOffice in Indonesian saves them anew, all in one run."""
    program = shutil.which("soffice")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(TANPA_LIBREOFFICE)
    hasil = folder / "hasil"
    perintah = [program, f"-env:UserInstallation=file://{folder}/profil", "--headless"]
    masuk = [f"--infilter={saringan}"] if saringan else []
    subprocess.run(
        [*perintah, *masuk, "--convert-to", ke, "--outdir", str(hasil), *map(str, berkas)],
        check=True, capture_output=True, timeout=240, env={**os.environ, "LC_ALL": "id_ID.UTF-8"},
    )  # fmt: skip
    return [hasil / f"{satu.stem}.{ke.partition(':')[0]}" for satu in berkas]


def csv_lewat_libreoffice(folder: Path, berkas: Sequence[Path]) -> list[Path]:
    """The same of CSV as it is opened in Indonesian."""
    return lewat_libreoffice(folder, berkas, _CSV_INDONESIA)


def tampil_di_libreoffice(folder: Path, berkas: Path) -> list[list[str]]:
    """The cells of a workbook's first tab as LibreOffice shows them."""
    (hasil,) = lewat_libreoffice(folder, [berkas], ke=_SEBAGAIMANA_TAMPIL)
    with hasil.open(newline="", encoding="utf-8") as isi:
        return list(csv.reader(isi, delimiter=";"))


def tanpa_hasil(berkas: Path) -> Path:
    """A copy of a workbook without what its formulas come to, so that whoever opens it must compute."""
    kosong = berkas.with_name(f"kosong-{berkas.name}")
    with zipfile.ZipFile(berkas) as asal, zipfile.ZipFile(kosong, "w") as baru:
        for satu in asal.namelist():
            isi = asal.read(satu)
            if satu.startswith("xl/worksheets/sheet"):
                isi = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", isi)
            baru.writestr(satu, isi)
    return kosong
