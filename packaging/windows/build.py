"""Makes the Windows package on Linux: a folder that runs from anywhere, as a zip, and an installer of it.

``python packaging/windows/build.py`` writes both and their SHA256SUMS into ``dist``; the same bytes from the same
commit. ``… build.py lock`` pins the libraries anew. PYTHON_WINDOWS names another embeddable package of CPython's.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import parts
from wine import Wine

WORK = parts.ROOT / "build" / "windows"
DIST = parts.ROOT / "dist"
LIMIT = 25_000_000

# Of the interpreter: sound, processes of its own, what Windows says of itself (slowly), a catalogue of signatures.
UNUSED_PYTHON = ("winsound.pyd", "_wmi.pyd", "_multiprocessing.pyd", "python.cat")
# Of the libraries, by their folders: what no command of ikikec loads. Each of them must be there, or the list is old.
UNUSED = (
    "pygments", "markdown_it", "mdurl",
    "sqlalchemy/testing", "sqlalchemy/ext/asyncio", "sqlalchemy/**/*.pxd",
    "alembic/testing", "alembic/templates", "mako/testing", "mako/ext", "sqlmodel/ext",
    "pydantic/v1", "pydantic/mypy.py", "prompt_toolkit/contrib", "dateutil/zoneinfo",
    "holidays/financial", "*.data", "**/*.pyi", "**/py.typed",
    "**/*.dist-info/RECORD", "**/*.dist-info/WHEEL", "**/*.dist-info/sboms",
)  # fmt: skip
# Of what has something for every country, what stays: Indonesia's free days, and the zones of this continent.
ONLY = {
    "holidays/countries": ("__init__.py", "indonesia.py"),
    "holidays/locale": ("id",),
    "tzdata/zoneinfo": ("__init__.py", "Asia", "Etc", "UTC"),
}

# Whose sources go along: ours, which migrations are read from, and what the LGPL lets anybody replace.
SOURCES = ("ikikec", "psycopg", "psycopg_binary")


def epoch() -> int:
    """The moment that everything in the package bears: SOURCE_DATE_EPOCH, or that of the commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    command = ["git", "-C", str(parts.ROOT), "log", "-1", "--format=%ct"]
    return int(given or subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def version() -> str:
    """The program's version."""
    found = re.search(r'__version__ = "([^"]+)"', (parts.ROOT / "ikikec" / "__init__.py").read_text())
    assert found
    return found[1]


def unpack(wheel: Path, site: Path) -> None:
    """A wheel's files, its data folder included."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)


def prune(site: Path, patterns: Iterable[str]) -> None:
    """Remove what is not used."""
    for pattern in patterns:
        found = sorted(site.glob(pattern))
        if not found:
            raise SystemExit(f"{pattern}: nothing of that name is there any more")
        for one in found:
            remove(one)


def prune_countries(site: Path) -> None:
    """Leave what ONLY says. The free days' package would else load every country that it knows."""
    for folder, kept in ONLY.items():
        for one in [one for one in (site / folder).iterdir() if one.name not in kept]:
            remove(one)
    (site / "holidays" / "countries" / "__init__.py").write_text("")


def remove(one: Path) -> None:
    """A file, or a folder with all that is in it."""
    if one.is_dir():
        shutil.rmtree(one)
    else:
        one.unlink(missing_ok=True)


def launcher(stub: bytes, interpreter: str, script: bytes, moment: int) -> bytes:
    """A program that starts an interpreter with a script: pip's stub, the interpreter's place, a zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(entry("__main__.py", moment), script)
    return stub + f"#!{interpreter}\n".encode() + packed.getvalue()


def entry(name: str, moment: int) -> zipfile.ZipInfo:
    """A file's place in a zip, the same each time."""
    from datetime import UTC, datetime

    info = zipfile.ZipInfo(name, datetime.fromtimestamp(moment, UTC).timetuple()[:6])
    info.external_attr, info.create_system, info.compress_type = 0o644 << 16, 3, zipfile.ZIP_DEFLATED
    return info


def guide(folder: Path) -> None:
    """The documents as pages, leading to each other."""
    from markdown_it import MarkdownIt

    folder.mkdir()
    page = (parts.HERE / "guide.html").read_text()
    for document in sorted((parts.ROOT / "docs").glob("*.md")):
        text = document.read_text()
        body = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
        body = re.sub(r'href="(\w[\w-]*)\.md(#[^"]*)?"', r'href="\1.html\2"', body)
        title = text.partition("\n")[0].lstrip("# ")
        (folder / f"{document.stem}.html").write_text(page.replace("{title}", title).replace("{body}", body))


def assemble(tree: Path, moment: int) -> None:
    """The folder with all that runs."""
    shutil.rmtree(tree, ignore_errors=True)
    python, site = tree / "python", tree / "site"
    python.mkdir(parents=True)
    given = parts.tools(WORK / "tools")
    interpreter = parts.version_of(given)
    stubs = {name: given.pop(name) for name in ("t64.exe", "w64.exe")}
    for name, content in given.items():
        (python / name).write_bytes(content)
    print(f"{parts.check_signatures(python)} programs and libraries of the interpreter are as they were signed")
    for name in UNUSED_PYTHON:
        (python / name).unlink(missing_ok=True)
    (pth,) = python.glob("python*._pth")
    pth.write_text(f"{pth.stem}.zip\n.\n..\\site\n")
    for wheel in parts.wheels(WORK / "wheels", interpreter):
        unpack(wheel, site)
    prune(site, UNUSED)
    prune_countries(site)
    unpack(program_wheel(tree.parent / "own", moment), site)
    start = (parts.HERE / "start.py").read_bytes()
    for name, stub, program in (("ikikec", "t64.exe", "python.exe"), ("ikikecw", "w64.exe", "pythonw.exe")):
        beside = f"<launcher_dir>\\python\\{program}"
        (tree / f"{name}.exe").write_bytes(launcher(stubs[stub], beside, start, moment))
    for one in (parts.ROOT / "LICENSE", parts.HERE / "user_path.py"):
        shutil.copy(one, tree)
    guide(tree / "panduan")
    compile_all(tree)
    for one in [tree, *tree.rglob("*")]:
        os.utime(one, (moment, moment))


def program_wheel(folder: Path, moment: int) -> Path:
    """Our own wheel."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=parts.ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


def compile_all(tree: Path) -> None:
    """By the interpreter that will load it."""
    wine = Wine(tree.parent / "wine")
    script = wine.path(parts.HERE / "compile.py")
    wine.run(str(tree / "python" / "python.exe"), script, wine.path(tree / "site"), *SOURCES)
    wine.stop()


def pack(tree: Path, target: Path, moment: int) -> None:
    """The folder as a zip."""
    with zipfile.ZipFile(target, "w", compresslevel=9) as archive:
        for one in sorted(tree.rglob("*")):
            if one.is_file():
                archive.writestr(entry(f"{tree.name}/{one.relative_to(tree).as_posix()}", moment), one.read_bytes())


def installer(tree: Path, target: Path, moment: int) -> None:
    """The same as a program that installs it."""
    lines: list[str] = []
    for folder in sorted({one.parent for one in tree.rglob("*") if one.is_file()}):
        inside = "\\".join(("$INSTDIR", *folder.relative_to(tree).parts))
        lines.append(f'SetOutPath "{inside}"')
        lines += [f'File "{one}"' for one in sorted(folder.iterdir()) if one.is_file()]
    files = tree.parent / "files.nsh"
    files.write_text("\n".join(lines) + "\n")
    define = {"VERSION": version(), "OUT": str(target), "FILES": str(files)}
    subprocess.run(
        ["makensis", "-V2", *(f"-D{name}={value}" for name, value in define.items()), str(parts.HERE / "setup.nsi")],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
        check=True,
    )


def make(work: Path, target: Path) -> list[Path]:
    """Make the zip and the installer in ``target``, with their SHA256SUMS, by way of ``work``."""
    moment, named = epoch(), f"ikikec-{version()}"
    tree = work / named
    assemble(tree, moment)
    target.mkdir(exist_ok=True)
    made = [target / f"{named}-windows.zip", target / f"{named}-setup.exe"]
    pack(tree, made[0], moment)
    installer(tree, made[1], moment)
    (target / "SHA256SUMS").write_text("".join(f"{parts.digest(one)}  {one.name}\n" for one in made))
    return made


def main() -> None:
    """Make everything, and say how large it is."""
    made = make(WORK, DIST)
    for one in made:
        print(f"{one.relative_to(parts.ROOT)}: {one.stat().st_size / 1e6:.1f} MB")
    if made[1].stat().st_size > LIMIT:
        raise SystemExit(f"the installer is larger than {LIMIT / 1e6:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:] == ["lock"]:
        parts.lock(WORK / "lock")
    else:
        main()
