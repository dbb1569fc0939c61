"""Where a ledger is, as it is written: a file's path, or a server's URL; and a quick look there, without SQLAlchemy.

What looks like an address and is none of ours is refused, never taken for a file: a folder would be made that has
the password in its name. Of what is refused nothing is shown but its scheme: nobody knows where in it a password is.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from ikikec.galat import SalahPakai

# A file, or the URL of a database on a server.
Alamat = Path | str

SARAN_SANDI = "Simpan sandi di ~/.pgpass (Windows: %APPDATA%\\postgresql\\pgpass.conf), dan hapus dari alamatnya."
_BENTUK = "Bentuknya: postgresql://peran@peladen/basis-data, atau jalur berkas."
# One letter and a colon is a drive of Windows.
_SKEMA = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/", re.ASCII)
_SKEMA_TANPA_GARIS = re.compile(r"((?:postgres|mysql|mariadb|sqlite)[a-z0-9+]*):", re.ASCII | re.IGNORECASE)
_KATA_KUNCI = re.compile(
    r"(host|hostaddr|port|dbname|user|password|passfile|service|sslmode|options)\s*=", re.IGNORECASE
)
_SANDI_TANPA_SKEMA = re.compile(r"[^/\\:@]+:[^/\\]*@")
_SQLITE = re.compile(r"sqlite:///([^?#]+)", re.IGNORECASE)
_PELADEN = re.compile(r"postgres(?:ql)?://([^/?#]*)(/[^?#@]*)?(?:\?([^#]*))?", re.IGNORECASE)
_TUAN = re.compile(r"(\[[0-9A-Fa-f:.%]+\]|[^:\[\]@]*)(:\d*)?", re.ASCII)
_RAHASIA = ("password", "sslpassword")

# A look waits so many seconds for a lock, and SQLite may do a hundred thousand steps so often before it is stopped.
_TUNGGU = 0.2
_LANGKAH, _PUTARAN = 100_000, 20
# Seconds for the server to be reached, and milliseconds for it to answer.
_SAMBUNG, _JAWAB = 2, 1000
_KENDALI = re.compile("[\x00-\x1f\x7f-\x9f]")


def baca_alamat(teks: str) -> Alamat:
    """A ledger's place as a user writes it; ``postgres://`` is ``postgresql://``, ``sqlite:///x.db`` the file.

    Raises SalahPakai where it looks like an address and is none of ours.
    """
    bersih = teks.strip()
    if _KENDALI.search(bersih):
        raise SalahPakai(f"alamat buku memuat huruf kendali: {bersih!a}", "Ganti nama berkas atau foldernya dulu.")
    if re.match(r"postgres(ql)?://", bersih, re.IGNORECASE):
        return _baca_peladen(bersih)
    if sqlite := _SQLITE.fullmatch(bersih):
        return Path(unquote(sqlite[1]))
    skema = _SKEMA.match(bersih) or _SKEMA_TANPA_GARIS.match(bersih)
    if skema:
        raise SalahPakai(f"alamat buku berawalan {skema[1]}: tidak dikenal", _BENTUK)
    if _KATA_KUNCI.match(bersih) or _SANDI_TANPA_SKEMA.match(bersih):
        raise SalahPakai(
            "alamat buku tidak dapat dibaca", f"{_BENTUK} Bila memang nama berkas, tulis ./ di depannya."
        )
    return Path(os.path.expanduser(bersih))


def alamat_di(folder: Path, teks: str) -> Alamat:
    """Where a ledger is by what a file in ``folder`` says; a path is relative to that folder."""
    letak = baca_alamat(teks)
    return letak if isinstance(letak, str) else folder / letak


def _baca_peladen(teks: str) -> str:
    cocok = _PELADEN.fullmatch(teks)
    tuan = cocok[1].rpartition("@")[2] if cocok else ""
    if cocok is None or not all(_TUAN.fullmatch(satu) for satu in tuan.split(",")):
        raise SalahPakai(
            "alamat buku postgresql:// tidak dapat dibaca",
            f"{_BENTUK} Di dalam sandi, tanda / ? # @ : ditulis %2F %3F %23 %40 %3A.",
        )
    return f"postgresql://{teks.partition('://')[2]}"


def sebut_alamat(alamat: Alamat) -> str:
    """An address as it may be shown: whatever is a password in a URL replaced by dots."""
    if isinstance(alamat, Path):
        return str(alamat)
    depan, tanda, isi = alamat.partition("?")
    skema, _, sisa = depan.partition("://")
    tuan, garis, basis = sisa.partition("/")
    peran, di, peladen = tuan.rpartition("@")
    if ":" in peran:
        peran = f"{peran.partition(':')[0]}:…"
    return f"{skema}://{peran}{di}{peladen}{garis}{basis}{tanda}{'&'.join(map(_sebut_isian, isi.split('&')))}"


def _sebut_isian(isian: str) -> str:
    nama, _, _nilai = isian.partition("=")
    return f"{nama}=…" if unquote(nama).strip().lower() in _RAHASIA else isian


def bersandi(alamat: Alamat) -> bool:
    """Whether a password stands in an address."""
    return sebut_alamat(alamat) != str(alamat)


def tautan(berkas: Path) -> str:
    """The URI of an existing database file, as SQLite takes it; the file is never made by opening it."""
    return f"file:{quote(os.fsencode(berkas.absolute()))}?mode=rw"


_Jalankan = Callable[[str, Sequence[Any]], Iterable[Any]]


def intip(alamat: Alamat, kueri: str, nilai: Sequence[Any]) -> Iterator[Any]:
    """The rows of one SELECT, its values marked by ``?``, as they are found; whatever goes wrong ends them.

    For completion, a courtesy: a ledger that is missing, busy, damaged or slow to answer yields nothing, or less.
    """
    with suppress(Exception), _berkas(alamat) if isinstance(alamat, Path) else _peladen(alamat) as jalankan:
        yield from jalankan(kueri, nilai)


@contextmanager
def _berkas(berkas: Path) -> Iterator[_Jalankan]:
    import sqlite3

    with closing(sqlite3.connect(tautan(berkas), uri=True, timeout=_TUNGGU)) as koneksi:
        koneksi.execute("PRAGMA query_only = ON")
        hitung = count()
        koneksi.set_progress_handler(lambda: next(hitung) >= _PUTARAN, _LANGKAH)
        yield koneksi.execute


@contextmanager
def _peladen(url: str) -> Iterator[_Jalankan]:
    from ikikec.buku.mesin.sambungan import sambung

    with sambung(url, _SAMBUNG, menulis=False, jawab=_JAWAB) as koneksi:
        yield lambda kueri, nilai: koneksi.execute(kueri.replace("?", "%s").encode(), nilai)
