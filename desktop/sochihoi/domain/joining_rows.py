"""How a record of the other commune stands in this one: what lasts on the day goes on in what came of its branch."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sochihoi.domain.reorganisation import Kind, stay_reason
from sochihoi.domain.scoring import ScoreState
from sochihoi.domain.units import Level, Unit

Row = Mapping[str, Any]
_DECIDED = frozenset(s.name for s in (ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED, ScoreState.REPORTED))


@dataclass(frozen=True, slots=True)
class Rewriting:
    """``on``: the day. ``heir``: old unit to the one that goes on. ``codes``: new codes by table and record.
    ``left``: membership to the first day on which it was no more. ``taken_years``: years (and whether beside) for which
    this commune chose its criteria itself. ``reason``: why stays in the units that go on began.
    """

    on: date
    heir: Mapping[str, str]
    units: Sequence[Unit]
    codes: Mapping[str, Mapping[str, str]]
    left: Mapping[str, date]
    taken_years: Collection[tuple[int, int]]
    new_id: Callable[[], str]
    reason: str = stay_reason(Kind.MERGE, "")

    def edits(self) -> dict[str, Callable[[Row], Iterable[Row]]]:
        """Table to what becomes of a row of it: none, one or two rows. Tables that are not named stay as they are."""
        return {
            "membership": lambda row: [self._coded("membership", row)],
            "household": self._household,
            "meeting": self._meeting,
            "placement": self._placement,
            "position": self._position,
            "study_session": self._session,
            "campaign_year": lambda row: [] if (row["year"], row["beside"]) in self.taken_years else [row],
            "branch_score": self._score,
            # who joined the other commune before came here with it
            "joined_book": lambda row: [{**row, "joined_on": self.on}],
        }

    def _coded(self, name: str, row: Row) -> Row:
        new = self.codes.get(name, {}).get(row["id"])
        return row if new is None else {**row, "code": new}

    def _household(self, row: Row) -> list[Row]:
        told = self._coded("household", row)
        return [{**told, "branch_id": self.heir.get(row["branch_id"], row["branch_id"])}]

    def _meeting(self, row: Row) -> list[Row]:
        told = self._coded("meeting", row)
        later = row["held_on"] is None or row["held_on"] >= self.on
        return [{**told, "branch_id": self.heir.get(row["branch_id"], row["branch_id"])} if later else told]

    def _placement(self, row: Row) -> list[Row]:
        moved = {"branch_id": self._of(row["branch_id"]), "cell_id": self._of(row["cell_id"])}
        told = {**moved, "reason": self.reason}
        ends = [day for day in (row["to_on"], self.left.get(row["membership_id"])) if day is not None]
        return self._parted(row, moved, told, min(ends, default=None))

    def _position(self, row: Row) -> list[Row]:
        moved = {"unit_id": self._of(row["unit_id"])}
        ends = [day for day in (row["to_on"], self.left.get(row["membership_id"])) if day is not None]
        return self._parted(row, moved, moved, min(ends, default=None))

    def _parted(self, row: Row, moved: Row, begun: Row, ends: date | None) -> list[Row]:
        """A stay or an office: over before the day, begun on it or later, or lasting over it. An office of the commune
        itself has no heir and ends.
        """
        if row["deleted_on"] is not None or (ends is not None and ends <= self.on):
            return [row]
        if row["from_on"] is not None and row["from_on"] >= self.on:
            return [{**row, **moved}]
        unit = row["branch_id"] if "branch_id" in row else row["unit_id"]
        over = {**row, "to_on": self.on}
        if unit not in self.heir:
            return [over if self._ends(unit) else row]
        return [over, {**row, "id": self.new_id(), "from_on": self.on, **begun}]

    def _ends(self, unit_id: str) -> bool:
        """Whether it is the other commune itself."""
        return any(one.id == unit_id and one.level is Level.COMMUNE for one in self.units)

    def _of(self, unit_id: str | None) -> str | None:
        return None if unit_id is None else self.heir.get(unit_id, unit_id)

    def _session(self, row: Row) -> list[Row]:
        """A session for the whole commune was one for its branches: it is not one of the commune that they joined."""
        day = row["held_on"] or self.on
        branches = [row["branch_id"], *row["further_branches"]] if row["branch_id"] is not None else self._branches(day)
        if day >= self.on:
            branches = [self.heir.get(one, one) for one in branches]
        if not branches:
            return [row]
        return [{**row, "branch_id": branches[0], "further_branches": list(branches[1:])}]

    def _branches(self, day: date) -> list[str]:
        day = min(day, self.on)
        every = [one for one in self.units if one.level is Level.BRANCH]
        there = [one.id for one in every if one.valid_on(day) or one.id in self.heir]
        return there or [one.id for one in every]

    def _score(self, row: Row) -> list[Row]:
        open_still = row["year"] >= self.on.year and row["state"] not in _DECIDED and row["deleted_on"] is None
        return [{**row, "branch_id": self.heir.get(row["branch_id"], row["branch_id"])} if open_still else row]
