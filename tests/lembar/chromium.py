"""One Chromium a process for all pages that tests print: it is told over its pipes what to print, and stays.

Starting it takes ten times as long as printing a page. That the program itself starts one is tested where it does.
"""

import atexit
import base64
import functools
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unix import fcntl

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PILIHAN = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
           "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe")  # fmt: skip
# Where Chromium reads what it is told, and writes its answers.
PERINTAH, JAWABAN = 3, 4


def lewat_chromium(satu: Path) -> Path:
    """Print an HTML page to a PDF beside it."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    tujuan = satu.with_suffix(".pdf")
    tujuan.write_bytes(_peramban(CHROMIUM).cetak(satu.as_uri()))
    return tujuan


@functools.cache
def _peramban(program: str) -> "_Peramban":
    return _Peramban(program)


class _Peramban:
    """A running browser, spoken to in the DevTools protocol: JSON, each message ended by a zero byte."""

    def __init__(self, program: str) -> None:
        folder = tempfile.mkdtemp(prefix="ikikec-chromium-")
        sana_baca, sini_tulis = map(_tinggi, os.pipe())
        sini_baca, sana_tulis = map(_tinggi, os.pipe())
        self._proses = subprocess.Popen(
            [program, *PILIHAN, f"--user-data-dir={folder}"],
            preexec_fn=_pasang(sana_baca, sana_tulis),
            pass_fds=(PERINTAH, JAWABAN),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(sana_baca)
        os.close(sana_tulis)
        self._tulis, self._baca = os.fdopen(sini_tulis, "wb"), os.fdopen(sini_baca, "rb")
        self._sisa, self._urut = b"", 0
        # Which page has come how far, told whenever it happens.
        self._kejadian = set[tuple[str, str]]()
        atexit.register(self._tutup, folder)

    def cetak(self, alamat: str) -> bytes:
        """The page as PDF, on the paper that it asks for."""
        sasaran = self._suruh("Target.createTarget", url="about:blank")["targetId"]
        sesi = self._suruh("Target.attachToTarget", targetId=sasaran, flatten=True)["sessionId"]
        self._suruh("Page.enable", sesi)
        self._suruh("Page.setLifecycleEventsEnabled", sesi, enabled=True)
        muat = self._suruh("Page.navigate", sesi, url=alamat)["loaderId"]
        while (muat, "load") not in self._kejadian:
            self._dengar()
        self._kejadian.clear()
        hasil = self._suruh("Page.printToPDF", sesi, preferCSSPageSize=True)["data"]
        self._suruh("Target.closeTarget", targetId=sasaran)
        return base64.b64decode(hasil)

    def _suruh(self, apa: str, sesi: str = "", **isi: Any) -> dict[str, Any]:
        self._urut += 1
        pesan = {"id": self._urut, "method": apa, "params": isi} | ({"sessionId": sesi} if sesi else {})
        self._tulis.write(json.dumps(pesan).encode() + b"\0")
        self._tulis.flush()
        while (jawab := self._dengar()).get("id") != self._urut:
            pass
        assert "result" in jawab, jawab
        hasil: dict[str, Any] = jawab["result"]
        return hasil

    def _dengar(self) -> dict[str, Any]:
        while b"\0" not in self._sisa:
            potong = self._baca.read1(1 << 20)
            assert potong, "Chromium ended"
            self._sisa += potong
        pesan, _, self._sisa = self._sisa.partition(b"\0")
        hasil: dict[str, Any] = json.loads(pesan)
        if hasil.get("method") == "Page.lifecycleEvent":
            self._kejadian.add((hasil["params"]["loaderId"], hasil["params"]["name"]))
        return hasil

    def _tutup(self, folder: str) -> None:
        self._proses.kill()
        self._proses.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _tinggi(nomor: int) -> int:
    """The same file under a number that is none of those the browser expects."""
    tinggi = fcntl.fcntl(nomor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(nomor)
    return tinggi


def _pasang(baca: int, tulis: int) -> Callable[[], None]:
    def pasang() -> None:
        os.dup2(baca, PERINTAH)
        os.dup2(tulis, JAWABAN)

    return pasang
