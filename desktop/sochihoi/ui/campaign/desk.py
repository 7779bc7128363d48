"""One grid on the desk: which year, branch, round and set, and what is done to it. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from sochihoi.domain.campaign import Assessment, Result, Round
from sochihoi.domain.campaign_records import Sheet, SheetRow

if TYPE_CHECKING:
    from sochihoi.services.campaign_rounds import Finished
    from sochihoi.services.office import Office


class GridDesk:
    """Reads and changes the sheet of one branch; ``sheet`` is how it stands."""

    def __init__(self, office: Office) -> None:
        self._book = office.campaign.rounds
        self.year, self.branch_id, self.round = 0, "", Round.SELF
        self.set_code: str | None = None
        self.sheet: Sheet | None = None

    def open(self, year: int, branch_id: str, which: Round | None = None, set_code: str | None = None) -> None:
        """Another grid; the round that is under way unless one is named."""
        self.year, self.branch_id, self.set_code, self.sheet = year, branch_id, set_code, None
        self.round = which or self._under_way()

    def _under_way(self) -> Round:
        """The last round that has begun."""
        found = Round.SELF
        for which in Round:
            sheet = self._book.sheet(self.branch_id, self.year, which, self.set_code)
            if not sheet.begun:
                break
            found = which
        return found

    def read(self) -> Sheet:
        """The sheet as it stands now."""
        self.sheet = self._book.sheet(self.branch_id, self.year, self.round, self.set_code)
        return self.sheet

    @property
    def later(self) -> Round | None:
        """The round after this one."""
        return next((one for one in Round if one.before is self.round), None)

    def with_assessment(self, row: SheetRow, found: Assessment) -> SheetRow:
        """The row after a change, in its place in the sheet; nothing is read again."""
        sheet = self.sheet or self.read()
        changed = SheetRow.of(row.number, replace(row.line, assessment=found), sheet.criteria)
        rows = list(sheet.rows)
        rows[row.number - 1] = changed
        self.sheet = replace(sheet, rows=tuple(rows))
        return changed

    def mark(self, row: SheetRow, code: str, result: Result | None) -> Assessment:
        """One cell."""
        return self._book.mark(row.household_id, self.year, self.round, code, result, set_code=self.set_code)

    def note(self, row: SheetRow, code: str, text: str) -> Assessment:
        """The note of a cell."""
        return self._book.note(row.household_id, self.year, self.round, code, text, set_code=self.set_code)

    def pass_row(self, row: SheetRow) -> Assessment:
        """Every blank cell of the row is met."""
        return self._book.pass_row(row.household_id, self.year, self.round, set_code=self.set_code)

    def start(self) -> int:
        """Copy what the round before found."""
        return self._book.start(self.branch_id, self.year, self.round, set_code=self.set_code)

    def finish(self, *, leave_out: bool) -> Finished:
        """Finish the round for the branch."""
        return self._book.finish(self.branch_id, self.year, self.round, leave_out=leave_out, set_code=self.set_code)

    def reopen(self, rows: Iterable[SheetRow]) -> int:
        """Open the round of these households again."""
        ids = [row.household_id for row in rows]
        return self._book.reopen(ids, self.year, self.round, set_code=self.set_code)
