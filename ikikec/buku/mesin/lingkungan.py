"""What around a ledger file endangers it: who else may read it, and programs or disks that change it behind our back.

A few looks at names and modes, no third party: asked at the counter, too. What Windows tells is asked straight of its
libraries, since no command of Windows answers in a language one can rely on.
"""

import os
import platform
import re
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

# How programs that keep a folder the same on several computers name it, or mark it with a file of theirs.
_NAMA = {
    "OneDrive": r"onedrive( - .*)?",
    "Dropbox": r"dropbox( \(.*\))?",
    "Google Drive": r"google ?drive|googledrivefs|drivefs|my drive|drive saya",
    "iCloud": r"icloud ?drive|mobile documents|com~apple~clouddocs",
    "Nextcloud": r"nextcloud|owncloud",
    # Not "mega" alone: people bear that name, and so do their home folders.
    "MEGA": r"mega ?sync.*",
    "pCloud": r"pcloud ?drive|pcloudsync",
    "Syncthing": r"syncthing",
    "program awan": r"cloudstorage",
}
# A home folder has a .dropbox too, but that is a folder with settings; the synced folder has a file of this name.
_TANDA = {
    "Dropbox": (".dropbox", ".dropbox.cache/"),
    "Syncthing": (".stfolder/", ".stfolder", ".stignore"),
    "Google Drive": (".tmp.driveupload/", ".tmp.drivedownload/"),
    "Nextcloud": (".sync_*.db", "._sync_*.db", ".owncloudsync.log", ".nextcloudsync.log"),
    "MEGA": (".megaignore",),
    "Resilio Sync": (".sync/",),
}
_JARINGAN = ("cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "9p", "fuse.sshfs", "davfs", "fuse.davfs2",
             "fuse.rclone", "fuse.gvfsd-fuse")  # fmt: skip
# Disks where a file has no mode of its own: those of sticks and of Windows, and what is shared from there.
_TANPA_IZIN = ("vfat", "exfat", "msdos", "ntfs", "ntfs3", "fuseblk", "cifs", "smb3", "smbfs", "davfs", "fuse.davfs2")
# Everyone, anonymous, guests, all who logged in, all users: in the two-letter words of a security descriptor.
_SIAPA_SAJA = ("WD", "AN", "BG", "AU", "BU", "IU", "NU")
_BOLEH = re.compile(r"\(A;([^;]*);([^;]*);[^;]*;[^;]*;([^;)]*)")
# Rights that hold reading or writing what is in a file, as words and as bits.
_KATA_ISI = ("GA", "GR", "GW", "FA", "FR", "FW", "CC", "DC")
_BIT_ISI = 0xF0000003
_SARAN_PINDAH = "Pindahkan bukunya ke cakram komputer ini sendiri: ikikec pindahkan."


def sekitar(berkas: Path) -> list[str]:
    """Everything worth a warning around a ledger file, each with what to do."""
    return [*terbuka(berkas), *bersama(berkas), *kembaran(berkas)]


def terbuka(berkas: Path) -> Iterator[str]:
    """That others on this computer may read or write the ledger or its journal."""
    for satu in (berkas, berkas.with_name(f"{berkas.name}-journal")):
        with suppress(OSError):
            # Windows has no modes but lists of who may what.
            if boleh_siapa_saja(penjaga_berkas(satu)) if os.name == "nt" else satu.stat().st_mode & 0o077:
                yield f"{satu} dapat dibuka pengguna lain di komputer ini. {_saran_tutup(satu)}"


def _saran_tutup(berkas: Path) -> str:
    if os.name == "nt":
        return f'Tutup dengan: icacls "{berkas}" /inheritance:r /grant:r *S-1-3-4:F'
    jenis = _jenis_cakram(Path(os.path.realpath(berkas)))
    if jenis in _TANPA_IZIN:
        return f"Cakramnya ({jenis}) tidak mengenal izin berkas. {_SARAN_PINDAH}"
    return f"Tutup dengan: chmod 600 {shlex.quote(str(berkas))}"


def bersama(berkas: Path) -> Iterator[str]:
    """That another program or computer has a hand on the folder: one that syncs it, or one that shares it."""
    letak = Path(os.path.realpath(berkas))
    program = _penyelaras(letak)
    if program:
        yield (
            f"{letak.parent} diselaraskan {program}, yang dapat mengganti buku di tengah pencatatan atau"
            f" menghilangkan entri. {_SARAN_PINDAH}"
        )
    if str(berkas).startswith(("\\\\", "//")) or di_jaringan(letak) or _jenis_cakram(letak) in _JARINGAN:
        yield f"{letak.parent} ada di jaringan, tempat kunci berkas tidak dapat diandalkan. {_SARAN_PINDAH}"


def kembaran(berkas: Path) -> Iterator[str]:
    """Conflict copies that such a program left beside the ledger: two computers wrote, and each may hold entries."""
    pokok, akhiran = re.escape(berkas.stem), re.escape(berkas.suffix)
    # OneDrive puts the computer's name behind, which is this one's or what Windows calls a new one.
    komputer = rf"(?:{re.escape(platform.node()) or 'PC'}|(?:DESKTOP|LAPTOP|WIN)-[A-Z0-9]+)"
    pola = re.compile(
        rf"{pokok}(?: \([^)]*(?:conflict|konflik)[^)]*\)|\.sync-conflict-[\w-]+|[ ._-]*conflict[\w -]*"
        rf"|-{komputer}(?:-\d+)?| ?\(\d+\)){akhiran}",
        re.IGNORECASE,
    )
    with suppress(OSError):
        ada = sorted(satu.name for satu in berkas.parent.iterdir() if pola.fullmatch(satu.name))
        if ada:
            yield (
                f"di sisi buku ada salinan berselisih ({', '.join(ada)}): dua komputer pernah menulis bersamaan."
                " Bandingkan jumlahnya dengan ikikec --buku SALINAN info: entri yang hanya ada di sana tidak ada di"
                " buku ini."
            )


def _penyelaras(letak: Path) -> str:
    """Which program keeps the ledger's folder, or one above it, the same elsewhere; blank where none does."""
    for program, pola in _NAMA.items():
        if any(re.fullmatch(pola, bagian, re.IGNORECASE) for bagian in letak.parts[:-1]):
            return program
    for folder in letak.parents:
        for program, tanda in _TANDA.items():
            if _ada_tanda(folder, tanda):
                return program
    return ""


def _ada_tanda(folder: Path, tanda: Iterable[str]) -> bool:
    """Whether a file of one of these names is in the folder; a name that ends in ``/`` is a folder's."""
    with suppress(OSError):
        for satu in tanda:
            cocok = folder.glob(satu.rstrip("/")) if "*" in satu else [folder / satu.rstrip("/")]
            if any(ini.is_dir() if satu.endswith("/") else ini.is_file() for ini in cocok):
                return True
    return False


def _jenis_cakram(letak: Path) -> str:
    """The kind of disk that a file stands on, as Linux names it; blank elsewhere."""
    terdalam, jenis = "", ""
    with suppress(OSError), Path("/proc/self/mounts").open(encoding="utf-8", errors="replace") as semua:
        for baris in semua:
            _asal, tempat, macam, *_ = baris.split(" ")
            tempat = tempat.replace("\\040", " ")
            if len(tempat) >= len(terdalam) and letak.is_relative_to(tempat):
                terdalam, jenis = tempat, macam
    return jenis


def boleh_siapa_saja(penjaga: str) -> bool:
    """Whether a file's security descriptor lets others than its owner and the system read or write it."""
    for saklar, hak, siapa in _BOLEH.findall(penjaga.partition("D:")[2]):
        # What is only handed on to files below says nothing of this one.
        if siapa in _SIAPA_SAJA and "IO" not in saklar:
            bit = int(hak, 16) & _BIT_ISI if hak.startswith("0x") else 0
            if bit or any(hak[awal : awal + 2] in _KATA_ISI for awal in range(0, len(hak), 2)):
                return True
    return False


def penjaga_berkas(berkas: Path) -> str:
    """A file's security descriptor (SDDL) with its list of who may what; blank where it cannot be told."""
    if sys.platform != "win32":
        return ""
    import ctypes

    aman, huruf = ctypes.c_void_p(), ctypes.c_wchar_p()
    tabel = ctypes.windll.advapi32
    # 1: a file's name; 4: its list of rights.
    if tabel.GetNamedSecurityInfoW(str(berkas), 1, 4, None, None, None, None, ctypes.byref(aman)):
        return ""
    try:
        jadi = tabel.ConvertSecurityDescriptorToStringSecurityDescriptorW(aman, 1, 4, ctypes.byref(huruf), None)
        teks = huruf.value if jadi else ""
    finally:
        ctypes.windll.kernel32.LocalFree(aman)
        ctypes.windll.kernel32.LocalFree(huruf)
    return teks or ""


def di_jaringan(letak: Path) -> bool:
    """Whether the drive of a path is another computer's."""
    if sys.platform != "win32":
        return False
    import ctypes

    # 4: another computer's.
    return bool(ctypes.windll.kernel32.GetDriveTypeW(letak.anchor) == 4)
