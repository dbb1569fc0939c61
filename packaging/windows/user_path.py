"""Runs in the installed interpreter: puts the program's folder on the user's PATH, or takes it off.

Not done by the installer itself, which would cut a long PATH at 1024 letters.
"""

import ctypes
import sys
import winreg

assert sys.platform == "win32"
action, folder = sys.argv[1:3]
with winreg.OpenKey(winreg.HKEY_CURRENT_USER, "Environment", 0, winreg.KEY_ALL_ACCESS) as key:
    try:
        old, kind = winreg.QueryValueEx(key, "Path")
    except FileNotFoundError:
        old, kind = "", winreg.REG_EXPAND_SZ
    parts = [part for part in old.split(";") if part and part.rstrip("\\").casefold() != folder.casefold()]
    new = ";".join([*parts, folder] if action == "add" else parts)
    if new != old:
        winreg.SetValueEx(key, "Path", 0, kind, new)
# Windows that are opened from now on know it: WM_SETTINGCHANGE to all, without waiting for who does not answer.
ctypes.windll.user32.SendMessageTimeoutW(0xFFFF, 0x001A, 0, "Environment", 0x0002, 1000, None)
