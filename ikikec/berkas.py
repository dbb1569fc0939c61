"""Writing files: whole, for their owner alone, and never over what an office keeps.

Everything is written into a hidden file (or folder) beside its target and moved into place, so that a reader or a
crash sees the old one or the new one, never half of it. What a killed run leaves hidden is swept by the next one.
"""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from ikikec.galat import BerkasTakTertulis, SalahPakai, sebab

# How a hidden file of ours ends, so that a later run knows it whatever was to become of it; before, it had no ending.
_TANDA = ".ikikec"
# A hidden file not touched for so many seconds is nobody's any more.
_USANG = 3600
# A hidden name tells whose it is with so many letters, since a name has an end (255 bytes on most disks).
_PANJANG_NAMA = 50

# What a database, its journal and its log begin with.
_KEPALA = (b"SQLite format 3\x00", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_AKHIRAN = {
    "basis data (buku, cadangan, atau jurnalnya)": (
        ".db", ".db3", ".sqlite", ".sqlite3", "-journal", "-wal", "-shm"
    ),
    "konfigurasi (ikikec.toml, peta, daftar kantor, atau jabatan)": (".toml",),
    "templat": (".j2",),
}  # fmt: skip

# Names of devices of Windows, whatever ending is behind them; "nul" alone, where output goes nowhere, may be meant.
_PERANGKAT = re.compile(r"(con|prn|aux|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?|nul\s*\..*", re.IGNORECASE)
_TERLARANG = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')

Isi = Iterable[bytes]
TIDAK_ADA: Mapping[Path, str] = MappingProxyType({})


def tulis_berkas(berkas: Path, isi: Isi, dibaca: Mapping[Path, str] = TIDAK_ADA, boleh: Collection[str] = ()) -> None:
    """Write ``isi``, piece by piece as it comes, into ``berkas`` with mode 0600.

    A symlink is followed; a device or pipe is written to directly. Raises BerkasTakTertulis, and SalahPakai as
    ``tolak_timpa`` does.
    """
    tolak_timpa(berkas, dibaca, boleh)
    with _sebut(f"berkas {berkas} tidak dapat ditulis"):
        if _perangkat(berkas):
            with berkas.open("wb") as aliran:
                aliran.writelines(isi)
            return
        tujuan = _letak(berkas)
        with _di_sisi(tujuan) as baru:
            _isi_berkas(baru, isi)
            tempatkan(baru, tujuan)


def tulis_folder(
    folder: Path, isi: Mapping[str, Isi], dibaca: Mapping[Path, str] = TIDAK_ADA, boleh: Collection[str] = ()
) -> None:
    """Write files by their names (which may lead into folders below) into ``folder``: all of them or none.

    A new folder appears with all of them in it, for its owner alone. One that is there keeps what else it holds.
    Raises as ``tulis_berkas`` does.
    """
    tolak_timpa_folder(folder, isi, dibaca, boleh)
    letak = _letak(folder)
    with _sebut(f"folder {folder} tidak dapat dibuat atau diisi"):
        if letak.is_dir():
            _isi_folder(letak, isi)
            return
        buat_folder(letak.parent)
        baru = Path(tempfile.mkdtemp(prefix=_awalan(letak), suffix=_TANDA, dir=letak.parent))
        try:
            _sapu(letak, baru)
            for nama, potongan in isi.items():
                buat_folder((baru / nama).parent)
                _isi_berkas(baru / nama, potongan)
            tempatkan(baru, letak)
        finally:
            shutil.rmtree(baru, ignore_errors=True)


@contextmanager
def sementara(tujuan: Path) -> Iterator[Path]:
    """A private, empty file beside ``tujuan``, its folder made; gone afterwards unless it was moved into place."""
    with _sebut(f"berkas {tujuan} tidak dapat ditulis"):
        buat_folder(tujuan.parent)
        with _di_sisi(tujuan) as baru:
            yield baru


def tempatkan(baru: Path, tujuan: Path) -> None:
    """Move a finished file or folder to its place beside it, for good. Raises OSError."""
    _pastikan_lepas(tujuan)
    baru.replace(tujuan)
    teguhkan(tujuan.parent)


def _pastikan_lepas(berkas: Path) -> None:
    """Raise the OSError that names the reason where Windows keeps a file from being replaced since it is open.

    Only asked for a file's own name does Windows say so; a replace is just "not allowed".
    """
    if os.name == "nt" and berkas.is_file():
        berkas.rename(berkas)


def teguhkan(folder: Path) -> None:
    """Make what was moved, linked or made in a folder outlast a power cut, where the system can be asked for that."""
    with suppress(OSError):
        pegangan = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(pegangan)
        finally:
            os.close(pegangan)


def tautkan(asal: Path, nama: Iterable[Path]) -> Path:
    """Give a file a further name, the first of ``nama`` that is free, nothing being overwritten; returns it."""
    for satu in nama:
        try:
            _tautkan(asal, satu)
        except FileExistsError:
            continue
        teguhkan(satu.parent)
        return satu
    raise AssertionError


def _tautkan(asal: Path, nama: Path) -> None:
    try:
        os.link(asal, nama)
    except OSError as galat:
        if galat.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EINVAL):
            raise
        # A file system without links (a USB stick, a network share), which Windows calls an invalid argument.
        with _di_sisi(nama) as baru:
            salin_isi(asal, baru)
            if nama.exists():
                raise FileExistsError(errno.EEXIST, "") from None
            tempatkan(baru, nama)


def salin_isi(asal: Path, tujuan: Path) -> None:
    """Copy a file's content over that of another. Raises OSError.

    Not for a database that this process has open: closing the file here would take SQLite's locks away on Unix.
    """
    with asal.open("rb") as sumber:
        _isi_berkas(tujuan, iter(lambda: sumber.read(1 << 20), b""))


def buat_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, every one of them for its owner alone. Raises OSError."""
    if folder.is_dir():
        return
    if folder.parent == folder:
        # A drive or a share of Windows that is not there.
        raise FileNotFoundError(errno.ENOENT, "", str(folder))
    buat_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700)
        teguhkan(folder.parent)
    except FileExistsError:
        if not folder.is_dir():
            raise


def tolak_timpa(berkas: Path, dibaca: Mapping[Path, str] = TIDAK_ADA, boleh: Collection[str] = ()) -> None:
    """Raise SalahPakai where an output would take the place of what an office keeps.

    That is a ledger or any other database, its journal, a backup, a configuration or template, by content or by name,
    and whatever the command itself reads: the files of ``dibaca``, each with what it is, and what stands in the
    folders of it. Endings in ``boleh`` are what is being written. Raises BerkasTakTertulis where it cannot be told
    what is there.
    """
    if os.name == "nt":
        # A name that leads to what the office keeps, as "buku.db." does, is refused as that.
        tolak_nama(_polos(berkas.name))
    if _perangkat(berkas) or berkas.is_dir():
        return
    for satu, apa in dibaca.items():
        if _sama(berkas, satu) or _di_dalam(berkas, satu):
            _tolak(f"{berkas} adalah {apa}")
    if _kepala(berkas).startswith(_KEPALA):
        _tolak(f"isi {berkas} basis data: buku, cadangan, atau jurnalnya")
    for apa, akhiran in _AKHIRAN.items():
        for nama in (_polos(berkas.name), _polos(_letak(berkas).name)):
            cocok = next((satu for satu in akhiran if nama.endswith(satu) and satu not in boleh), None)
            if cocok is not None:
                _tolak(f"akhiran {cocok} dari {berkas} milik {apa}")
    if os.name == "nt":
        tolak_nama(berkas.name)


def tolak_nama(nama: str) -> None:
    """Raise SalahPakai for a file's name that Windows takes for a device or part of a file, or cannot keep."""
    if _PERANGKAT.fullmatch(nama):
        raise SalahPakai(f"nama {nama} dipakai Windows sendiri untuk perangkat", "Sebut nama lain untuk hasilnya.")
    if _TERLARANG.search(nama):
        raise SalahPakai(
            f"nama {nama!r} tidak dapat dipakai di Windows",
            'Tanpa < > : " | ? * dan tanpa titik atau spasi di ujungnya.',
        )


def tolak_timpa_folder(
    folder: Path, nama: Iterable[str], dibaca: Mapping[Path, str] = TIDAK_ADA, boleh: Collection[str] = ()
) -> None:
    """The same for a folder and the files that are to be written into it."""
    tolak_timpa(folder, dibaca)
    for satu in nama:
        tolak_timpa(folder / satu, dibaca, boleh)


def _tolak(alasan: str) -> None:
    raise SalahPakai(f"{alasan}; tidak ditimpa", "Tidak ada yang berubah. Sebut nama lain untuk hasilnya.")


def _perangkat(berkas: Path) -> bool:
    """Whether it is a device or a pipe, which nothing can be moved onto."""
    return berkas.exists() and not berkas.is_file() and not berkas.is_dir()


def _letak(berkas: Path) -> Path:
    """The place itself, whatever links lead there."""
    return Path(os.path.realpath(berkas))


def _polos(nama: str) -> str:
    """A name as Windows takes it: in either case, without a stream behind it and blanks and dots at its end."""
    return nama.partition(":")[0].rstrip(" .").casefold()


def _sama(satu: Path, lain: Path) -> bool:
    """Whether two paths are one file, or would be where names have no case."""
    with suppress(OSError):
        if satu.samefile(lain):
            return True
    a, b = _letak(satu), _letak(lain)
    return _polos(a.name) == _polos(b.name) and str(a.parent).casefold() == str(b.parent).casefold()


def _di_dalam(berkas: Path, folder: Path) -> bool:
    """Whether it is a file that is there already, in a folder."""
    return berkas.is_file() and folder.is_dir() and _letak(folder) in _letak(berkas).parents


def _kepala(berkas: Path) -> bytes:
    try:
        with berkas.open("rb") as aliran:
            return aliran.read(16)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    except OSError as galat:
        raise BerkasTakTertulis(
            f"berkas {berkas} tidak dapat dibaca ({sebab(galat)}), jadi tidak ditimpa", "Sebut nama lain."
        ) from None


@contextmanager
def _sebut(apa: str) -> Iterator[None]:
    """What the system refuses becomes BerkasTakTertulis."""
    try:
        yield
    except OSError as galat:
        raise BerkasTakTertulis(f"{apa}: {sebab(galat)}", "Periksa folder, izin, dan ruang cakramnya.") from None


@contextmanager
def _di_sisi(tujuan: Path) -> Iterator[Path]:
    if tujuan.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    # mkstemp makes the file 0600, whatever the umask.
    pegangan, nama = tempfile.mkstemp(prefix=_awalan(tujuan), suffix=_TANDA, dir=tujuan.parent)
    try:
        os.close(pegangan)
        _sapu(tujuan, Path(nama))
        yield Path(nama)
    finally:
        for sisa in (nama, f"{nama}-journal"):
            Path(sisa).unlink(missing_ok=True)


def _awalan(tujuan: Path) -> str:
    return f".{tujuan.name[:_PANJANG_NAMA]}."


def _isi_berkas(berkas: Path, isi: Isi) -> None:
    with open(berkas, "wb", opener=lambda nama, cara: os.open(nama, cara, 0o600)) as aliran:
        aliran.writelines(isi)
        aliran.flush()
        os.fsync(aliran.fileno())


def _sapu(tujuan: Path, baru: Path) -> None:
    """Remove what killed runs left hidden in the folder of ``tujuan`` an hour or more before ``baru`` was made.

    Names of an earlier version, which had no ending of their own, count where they were made for a target that
    differs from this one in digits only, as dated ones do.
    """
    lama = re.sub(r"\d+", r"\\d+", re.escape(tujuan.name))
    pola = re.compile(rf"\..*{re.escape(_TANDA)}(-journal)?|\.{lama}\.[a-z0-9_]{{8}}(-journal)?", re.DOTALL)
    with suppress(OSError):
        for satu in [satu for satu in tujuan.parent.iterdir() if pola.fullmatch(satu.name)]:
            with suppress(OSError):
                folder = satu.is_dir() and not satu.is_symlink()
                tersentuh = max(isi.lstat().st_mtime for isi in (satu, *(satu.rglob("*") if folder else ())))
                if baru.stat().st_mtime - tersentuh < _USANG:
                    continue
                if folder:
                    shutil.rmtree(satu, ignore_errors=True)
                else:
                    satu.unlink()


def _isi_folder(folder: Path, isi: Mapping[str, Isi]) -> None:
    """Write into a folder that is there, each file beside its place, and move them when all are written."""
    with ExitStack() as tumpukan:
        baru: dict[Path, Path] = {}
        for nama, potongan in isi.items():
            tujuan = _letak(folder / nama)
            buat_folder(tujuan.parent)
            baru[tujuan] = tumpukan.enter_context(_di_sisi(tujuan))
            _isi_berkas(baru[tujuan], potongan)
        _pindahkan(baru)


def _pindahkan(baru: Mapping[Path, Path]) -> None:
    """Move all into place; where one cannot be (open in a spreadsheet on Windows), what was there comes back."""
    tersimpan = {tujuan: satu.with_name(f"{satu.name}-lama{_TANDA}") for tujuan, satu in baru.items()}
    ada = {tujuan for tujuan in baru if tujuan.exists()}
    try:
        for tujuan in ada:
            _pastikan_lepas(tujuan)
            with suppress(OSError):  # a file system without links
                os.link(tujuan, tersimpan[tujuan])
        for tujuan, satu in baru.items():
            tempatkan(satu, tujuan)
    except BaseException:
        for tujuan, lama in tersimpan.items():
            # Of one that was not moved yet it is still the second name, which Windows will not move onto itself.
            if lama.exists() and not lama.samefile(tujuan):
                lama.replace(tujuan)
            elif tujuan not in ada:
                tujuan.unlink(missing_ok=True)
        raise
    finally:
        for lama in tersimpan.values():
            lama.unlink(missing_ok=True)
