"""The tests of the program itself, in the package's own interpreter with the package's own libraries, under Wine.

Those that say by the marker ``unix`` that they need more than Windows has are skipped. PILIH chooses among the
others, by files and options of pytest.
"""

import os
import re
import shlex
import shutil
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build import WORK, version
from parts import ROOT, libraries_of_tests, version_of
from wine import Wine

# Seconds; on two cores that do nothing else it takes less than half of them.
PATIENCE = 1400


@pytest.fixture(scope="module")
def wine() -> Iterator[Wine]:
    """The Windows that the package was compiled in."""
    there = Wine(WORK / "wine")
    yield there
    there.stop()


def chosen(wine: Wine) -> list[str]:
    """Which tests: all of them, or those of PILIH, whose files are named from the project's folder."""
    words = shlex.split(os.environ.get("PILIH", "tests"))
    return [wine.path(ROOT / word) if word.startswith("tests") else word for word in words]


def test_all_tests_that_need_no_unix(wine: Wine, tell: Callable[[str], None]) -> None:
    folder = WORK / "suite"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(WORK / f"ikikec-{version()}", folder)
    shutil.rmtree(WORK / "test-wheels", ignore_errors=True)
    interpreter = version_of(one.name for one in (folder / "python").iterdir())
    for wheel in libraries_of_tests(WORK / "test-wheels", interpreter):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / "tests")
    # Wine 8 has no CopyFile2, by which shutil copies where the system has it.
    (folder / "tests" / "sitecustomize.py").write_text("import _winapi\ndel _winapi.CopyFile2\n")
    # The surroundings say where things are, as they do for the processes that tests start.
    (pth,) = (folder / "python").glob("python*._pth")
    pth.unlink()
    places = (folder / "site", folder / "tests", ROOT)
    # In memory, where there is one to write to: a disk is waited for at every entry.
    memory = Path("/dev/shm")  # noqa: S108
    passing = Path(tempfile.mkdtemp(prefix="ikikec-", dir=memory if memory.is_dir() else None))
    done = wine.run(
        wine.path(folder / "python" / "python.exe"), "-m", "pytest", "-p", "no:cacheprovider", "-n", "2",
        "--basetemp", wine.path(passing / "tests"), "--tb=short", "-rsfE",
        # Python 3.13 minds a test that leaves a database to be closed with its last name.
        "-W", "ignore:unclosed database:ResourceWarning",
        "--rootdir", wine.path(ROOT), "-c", wine.path(ROOT / "pyproject.toml"), *chosen(wine),
        env={
            "PYTHONPATH": ";".join(map(wine.path, places)), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1",
        },
        ok=(), patience=PATIENCE,
    )  # fmt: skip
    shutil.rmtree(passing, ignore_errors=True)
    answer = done.stdout.decode()
    tell(f"the program's own tests under Wine: {answer.strip().splitlines()[-1].strip('= ')}")
    skipped: Counter[str] = Counter()
    for many, why in re.findall(r"^SKIPPED \[(\d+)\] [^:]*(?::\d+)?: (.*)$", answer.replace("\r", ""), re.MULTILINE):
        skipped[why] += int(many)
    for why, many in skipped.most_common():
        tell(f"  {many} skipped: {why}")
    assert done.returncode == 0, answer[-6000:]
    assert re.search(r"\d+ passed" if "PILIH" in os.environ else r"\d{4} passed", answer)
