"""What the fault tests share: the shim, the process below it, a place in memory, and the counts for the table."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FindTool
from tests.trust.closing_table import PROPERTY

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
SHIM_TESTS = ("test_file_calls", "test_killed", "test_power_cut", "test_full_disk")

Counted = Callable[..., None]


def pytest_configure(config: pytest.Config) -> None:
    """The gates of the test plan have names: ``-m R8``."""
    for mark in ("R8", "R9", "R10", "R11", "R12", "R19"):
        config.addinivalue_line("markers", f"{mark}: a gate of desktop/docs/trust-tests.md")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The shim is Linux'; on Windows the same is tried by hand before a release."""
    if sys.platform != "linux":
        for item in items:
            if any(name in item.nodeid for name in SHIM_TESTS):
                item.add_marker(pytest.mark.skip(reason="the shim is for Linux"))


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Counted:
    """``counted(gate, tried, failures, least=…)``: into the table, and judged: all held, and none fewer than before.

    ``failures``: what was wrong, by case.
    """
    began = time.monotonic()

    def count(gate: str, tried: int, failures: Mapping[Any, Any], *, least: int, remark: str = "") -> None:
        record_property(PROPERTY, (gate, tried - len(failures), tried, time.monotonic() - began, remark))
        shown = json.dumps(dict(list(failures.items())[:20]), ensure_ascii=False, indent=1, default=str)
        assert not failures, f"{gate}: {len(failures)} of {tried} did not hold: {shown}"
        assert tried >= least, f"{gate}: only {tried} cases, there were {least}"

    return count


@pytest.fixture(scope="session")
def shim(tool: FindTool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shim, compiled by the system's compiler."""
    out = tmp_path_factory.mktemp("shim") / "faults.so"
    command = [tool("gcc"), "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(out)]
    subprocess.run([*command, str(HERE / "faults.c"), "-ldl"], check=True)
    return out


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has one: thousands of books are copied and thrown away."""
    place = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if not os.access(place, os.W_OK):
        yield tmp_path
        return
    made = Path(tempfile.mkdtemp(prefix="sochihoi-", dir=place))
    yield made
    shutil.rmtree(made)


class Workshop:
    """The process below the shim: an order out, its answer back."""

    def __init__(self, shim: Path, home: Path) -> None:
        paths = os.pathsep.join((str(PROJECT / "desktop"), str(PROJECT)))
        more = {"LD_PRELOAD": str(shim), "PYTHONPATH": paths, "SOCHIHOI_HOME": str(home), "PYTHONHASHSEED": "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.trust.workshop"],
            cwd=PROJECT,
            env={**os.environ, **more},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def order(self, do: str, **told: Any) -> dict[str, Any]:
        """One order. Paths may be given as such."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"do": do, **told}, default=str) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, "the workshop ended"
        return dict(json.loads(answer))

    def look(self, operation: str, root: Path) -> dict[str, Any]:
        """The book as the officer finds it: its state, and what is wrong. A crash is something wrong."""
        from tests.trust.cases import told

        return told(self.order("look", operation=operation, root=root))

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()


@pytest.fixture(scope="session")
def workshop(shim: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """One for all tests of a worker: starting it costs a second."""
    made = Workshop(shim, tmp_path_factory.mktemp("workshop"))
    yield made
    made.close()


@pytest.fixture
def fresh(memory: Path) -> Callable[[Path], Path]:
    """A copy of a base to break: the one before is thrown away."""

    def copy(base: Path) -> Path:
        work = memory / "work"
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(base, work)
        return work

    return copy
