"""Workbooks as the tests read them: what stands on a tab, and what LibreOffice makes of files in Indonesian."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

# How LibreOffice opens a text after a double click: semicolons, UTF-8, Indonesian, every kind of cell looked for.
_CSV_INDONESIA = "CSV:59,34,76,1,,1057,false,true"


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


def lewat_libreoffice(folder: Path, berkas: Sequence[Path], saringan: str = "") -> list[Path]:
    """The files as LibreOffice saves them anew as workbooks, all in one run; CSV read as in an Indonesian one."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice-calc)")
    hasil = folder / "hasil"
    perintah = [program, f"-env:UserInstallation=file://{folder}/profil", "--headless"]
    masuk = [f"--infilter={saringan}"] if saringan else []
    subprocess.run(
        [*perintah, *masuk, "--convert-to", "xlsx", "--outdir", str(hasil), *map(str, berkas)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return [hasil / f"{satu.stem}.xlsx" for satu in berkas]


def csv_lewat_libreoffice(folder: Path, berkas: Sequence[Path]) -> list[Path]:
    """The same of CSV as it is opened in Indonesian."""
    return lewat_libreoffice(folder, berkas, _CSV_INDONESIA)


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
