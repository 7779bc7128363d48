"""A fault at every call that changes a file: the book is in the state before or the state after, never between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.trust.cases import Case, Fresh
from tests.trust.conftest import Counted, Workshop
from tests.trust.operations import OPERATIONS

pytestmark = pytest.mark.R8

# How a call fails: the process is killed there, the write is torn and the process killed, the disk is full (at this
# call, from it on), the disk answers with an error (at this call, from it on)
MODES = {
    "kill": {"mode": "kill"},
    "torn": {"mode": "torn"},
    "enospc": {"mode": "enospc"},
    "enospc on": {"mode": "enospc", "onwards": True},
    "eio": {"mode": "eio"},
    "eio on": {"mode": "eio", "onwards": True},
}

# The calls of each operation when this was written; a gate that shrinks has lost its grip
LEAST = {
    "save": 85,
    "import": 105,
    "rewrap": 55,
    "backup": 430,
    "restore": 145,
    "migrate": 420,
    "close": 115,
    "send": 76,
    "receive": 190,
}
EVERY = 5  # in the small twin the operation is done again after each so many faults


@pytest.fixture
def case(request: pytest.FixtureRequest, workshop: Workshop, fresh: Fresh, memory: Path) -> Case:
    return Case.made(request.param, workshop, fresh, memory)


def _tried(case: Case, at: int, how: dict[str, Any], *, again: bool) -> list[str]:
    """What is wrong after a fault at call ``at``; nothing."""
    work = case.fresh(case.base)
    told = case.workshop.order("operate", operation=case.name, root=work, at=at, **how)
    found = case.workshop.look(case.name, work)
    wrong, where = case.judged(told["said"], found)
    if (how["mode"] in ("kill", "torn")) != bool(told["signal"]):
        wrong.append(f"signal {told['signal']}")
    if again and not wrong and case.repeatable(where):
        once_more = case.workshop.order("operate", operation=case.name, root=work)
        wrong += case.judged_again(where, once_more["said"], case.workshop.look(case.name, work))
    return wrong


def _gate(case: Case, mode: str, counted: Counted, every: int, at: Sequence[int] = (), least: int = 0) -> None:
    """At each call, or only ``at`` some; done again after ``every`` so many."""
    failures, tried = {}, at or range(1, case.calls + 1)
    for number, call in enumerate(tried, 1):
        wrong = _tried(case, call, MODES[mode], again=number % every == 0)
        if wrong:
            failures[call] = wrong
    part = f", {len(tried)} of {case.calls}" if at else ""
    counted(f"R8 {case.name}: {mode}{part}", len(tried), failures, least=least or LEAST[case.name])


@pytest.mark.parametrize("mode", ["kill", "enospc"])
@pytest.mark.parametrize("case", ["save", "import"], indirect=True)
def test_old_or_new(case: Case, mode: str, counted: Counted) -> None:
    _gate(case, mode, counted, EVERY)


@pytest.mark.parametrize("case", ["restore"], indirect=True)
def test_a_restoring_that_breaks_off(case: Case, counted: Counted) -> None:
    """The last calls, where the copy takes the place of the book: either that or the book before, with its epoch."""
    _gate(case, "kill", counted, EVERY, range(case.calls - 29, case.calls + 1), least=30)


@pytest.mark.parametrize("case", ["receive"], indirect=True)
def test_a_full_disk_is_no_fault_of_the_file(case: Case, counted: Counted) -> None:
    """A file that could not be stored is not called refused; it is taken in when there is room."""
    _gate(case, "enospc", counted, EVERY, range(4, case.calls + 1, 6), least=20)


@pytest.mark.nightly
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("case", OPERATIONS, indirect=True)
def test_old_or_new_everywhere(case: Case, mode: str, counted: Counted) -> None:
    _gate(case, mode, counted, 1)
