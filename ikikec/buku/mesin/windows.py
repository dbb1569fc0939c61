"""What Windows tells about the disk a ledger is on and who may open its file; elsewhere there is nothing to ask.

Straight from the system's libraries, since no command of Windows answers in a language one can rely on.
"""

import re
import sys
from pathlib import Path

# Everyone, anonymous, guests, all who logged in, all users: in the two-letter words of a security descriptor.
_SIAPA_SAJA = ("WD", "AN", "BG", "AU", "BU", "IU", "NU")
_BOLEH = re.compile(r"\(A;([^;]*);([^;]*);[^;]*;[^;]*;([^;)]*)")
# Rights that hold reading or writing what is in a file, as words and as bits.
_KATA_ISI = ("GA", "GR", "GW", "FA", "FR", "FW", "CC", "DC")
_BIT_ISI = 0xF0000003
_JARINGAN = 4


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

    jenis: int = ctypes.windll.kernel32.GetDriveTypeW(letak.anchor)
    return jenis == _JARINGAN
