"""What the tests of the package stand on, and what they tell of what they saw: sizes, times, how many tests ran."""

import shutil
from collections.abc import Callable, Iterator

import pytest

from build import WORK
from office import Office
from wine import Wine

Tell = Callable[[str], None]


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Says something at the end of the run, from whatever process."""
    return lambda text: record_property("told", text)


@pytest.fixture(scope="module")
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """The computer, new, with ikikec on it."""
    folder = WORK / request.module.__name__
    shutil.rmtree(folder, ignore_errors=True)
    wine = Wine(folder)
    there = Office(wine)
    assert there.setup() == 0
    yield there
    wine.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print it."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == "told" and report.when == "call":
                    terminalreporter.write_line(str(text))
