"""Standard tools that our files must agree with, and the closing table of the gates."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.trust.closing_table import PROPERTY

NeedTool = Callable[[str], str]
CloseGate = Callable[[str, int, int], None]


@pytest.fixture
def need_tool() -> NeedTool:
    """The path of a program. Absent: the test fails, or is skipped by name when the environment allows that."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is not None:
            return path
        if os.environ.get("SOCHIHOI_ALLOW_MISSING_TOOLS") == "1":
            pytest.skip(f"{name} is not installed")
        pytest.fail(f"{name} is not installed; set SOCHIHOI_ALLOW_MISSING_TOOLS=1 to go on without it")

    return find


@pytest.fixture
def close_gate(record_property: Callable[[str, object], None]) -> CloseGate:
    """``close(name, refused, cases)``: every case must have been refused; the line goes into the closing table."""

    began = time.monotonic()

    def close(name: str, refused: int, cases: int) -> None:
        record_property(PROPERTY, (name, refused, cases, time.monotonic() - began, ""))
        assert refused == cases

    return close


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Nightly gates run only when they are asked for by ``-m``."""
    if "nightly" in (config.option.markexpr or ""):
        return
    mine = [item for item in items if item.get_closest_marker("nightly") and Path(__file__).parent in item.path.parents]
    if mine:
        items[:] = [item for item in items if item not in mine]
        config.hook.pytest_deselected(items=mine)
