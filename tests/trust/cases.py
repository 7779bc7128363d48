"""An operation that was once done without a fault: its states are known, so what a fault left can be judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.trust.conftest import Workshop
from tests.trust.operations import NEW_PASSWORD, OPERATIONS

Fresh = Callable[[Path], Path]


@dataclass
class Case:
    """An operation with its base, its states in order, and how many calls it makes."""

    name: str
    workshop: Workshop
    fresh: Fresh
    base: Path
    states: list[str] = field(default_factory=list)
    calls: int = 0

    @classmethod
    def made(cls, name: str, workshop: Workshop, fresh: Fresh, memory: Path) -> Case:
        """The base made and the operation done once: its calls counted, the states after each act known."""
        case, snapshots = cls(name, workshop, fresh, memory / "base"), memory / "snapshots"
        workshop.order("prepare", operation=name, root=case.base)
        work = fresh(case.base)
        told = workshop.order("operate", operation=name, root=work, snapshots=snapshots)
        assert "done" in told["said"], told
        case.calls = next(int(one.split()[1]) for one in told["said"] if one.startswith("calls "))
        after = workshop.look(name, work)
        before = workshop.look(name, fresh(case.base))
        between = [workshop.look(name, one) for one in sorted(snapshots.iterdir())]
        assert [one["wrong"] for one in (before, *between, after)] == [[]] * (2 + len(between))
        case.states = [before["state"], *(one["after"] for one in between)]
        assert case.states[-1] == after["after"]
        return case

    def judged(self, said: list[str], found: dict[str, Any]) -> tuple[list[str], int]:
        """What is wrong in what an operation said and a look found, and at which state the book is."""
        wrong = [one for one in said if one.startswith("crash")] + found["wrong"]
        acknowledged = sum(one.startswith("ack ") for one in said)
        where = max((n for n, state in enumerate(self.states) if state == found["state"]), default=-1)
        if OPERATIONS[self.name].two_files and found["state"].split() == [self.states[0].split()[0], NEW_PASSWORD]:
            where = 0
        if where < 0:
            wrong.append(f"a state between: {found['state']}, known are {self.states}")
        elif where < acknowledged:
            wrong.append(f"{acknowledged} acts were acknowledged, the book is at {where}")
        return wrong, where

    def repeatable(self, where: int) -> bool:
        """Whether the operation can be done again on a book in this state."""
        return OPERATIONS[self.name].repeats or (where == 0 and not OPERATIONS[self.name].two_files)

    def judged_again(self, where: int, said: list[str], found: dict[str, Any]) -> list[str]:
        """The same after it was done again: from the old state it comes to the new one, as if nothing had been."""
        if "done" not in said:
            return [f"again: {said}"]
        wrong = [f"again: {one}" for one in found["wrong"]]
        if where == 0 and found["after"] != self.states[-1]:
            wrong.append("again: another state")
        return wrong


def told(answer: dict[str, Any]) -> dict[str, Any]:
    """What a look said; a look that failed is something wrong."""
    (said,) = answer["said"] or [f"killed: {answer['signal']}"]
    return dict(json.loads(said)) if said.startswith("{") else {"state": "", "after": "", "wrong": [said]}
