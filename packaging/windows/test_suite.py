"""The tests of the program itself, in the package's own interpreter with the package's own libraries, under Wine.

Those that say by the marker ``unix`` that they need more than Windows has are skipped.
"""

import re
import shutil
import zipfile

import pytest
from parts import ROOT, libraries_of_tests
from wine import Wine

from build import WORK, version


@pytest.fixture(scope="module")
def wine() -> Wine:
    """The Windows that the package was compiled in."""
    return Wine(WORK / "wine")


def test_all_tests_that_need_no_unix(wine: Wine, capsys: pytest.CaptureFixture[str]) -> None:
    folder = WORK / "suite"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(WORK / f"ikikec-{version()}", folder)
    for wheel in libraries_of_tests(WORK / "test-wheels"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder / "tests")
    # Wine 8 has no CopyFile2, by which shutil copies where the system has it.
    (folder / "tests" / "sitecustomize.py").write_text("import _winapi\ndel _winapi.CopyFile2\n")
    # The surroundings say where things are, as they do for the processes that tests start.
    (pth,) = (folder / "python").glob("python*._pth")
    pth.unlink()
    places = (folder / "site", folder / "tests", ROOT)
    done = wine.run(
        wine.path(folder / "python" / "python.exe"), "-m", "pytest", "-p", "no:cacheprovider", "-n", "2",
        "--rootdir", wine.path(ROOT), "-c", wine.path(ROOT / "pyproject.toml"), wine.path(ROOT / "tests"),
        env={
            "PYTHONPATH": ";".join(map(wine.path, places)), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1",
        },
        ok=(), patience=540,
    )  # fmt: skip
    answer = done.stdout.decode()
    with capsys.disabled():
        print(f"\nunder Wine: {answer.strip().splitlines()[-1]}", flush=True)
    assert done.returncode == 0, answer[-6000:]
    assert re.search(r"\d{3,} passed", answer)
