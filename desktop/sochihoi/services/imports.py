"""A list in Excel: looked at first, then brought in as one act that can be taken back whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.members import MEMBER_PREFIX, Membership, NewMember, NothingToImport, Person
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.services.enrolment import enrol
from sochihoi.services.import_columns import forget, remember, remembered
from sochihoi.services.import_matching import LEFT_BEFORE, OF_MEMBERSHIP, Known, Match, details_from, merged, with_clubs
from sochihoi.services.import_places import Places

if TYPE_CHECKING:
    from sochihoi.intake.annotating import CellNote
    from sochihoi.intake.columns import Choices
    from sochihoi.intake.draft import Draft, MemberRow, OtherCommune, Reason, SkippedRow
    from sochihoi.intake.interpret import Opened
    from sochihoi.intake.shown import ShownHeader
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

_AT_ONCE = 250


class Fate(StrEnum):
    """What becomes of a row: it comes in, comes in marked for review, corrects someone who is there, is there already,
    or stays out."""

    NEW = "NEW"
    DOUBTFUL = "DOUBTFUL"
    CHANGED = "CHANGED"
    PRESENT = "PRESENT"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list and what becomes of it. ``known`` says who is there already, and which values the list would
    fill or correct; ``review``: codes for which she is marked; ``code``: the short code that someone new
    keeps, since nobody here has it."""

    row: MemberRow
    fate: Fate
    review: tuple[str, ...] = ()
    known: Match | None = None
    code: str = ""

    @property
    def changes(self) -> tuple[str, ...]:
        """The fields that the list would fill or correct."""
        return tuple(c.field for c in self.known.changes) if self.fate is Fate.CHANGED and self.known else ()

    @property
    def namesake(self) -> bool:
        """Whether she comes in though a woman of another row has her name and year of birth: to be told apart later."""
        noted = any(reason.code.value == "NAMESAKE" for reason in self.reasons)
        return noted and self.fate in (Fate.NEW, Fate.DOUBTFUL)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What was found in the row, with its column."""
        return self.row.reasons


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would bring. ``branches`` and ``cells`` (branch, cell) are those that would be made;
    ``choices``: what the officer said of the columns for this file."""

    path: Path
    draft: Draft
    lines: tuple[Line, ...]
    branches: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    opened: Opened
    choices: Choices = field(default_factory=dict)

    @property
    def headers(self) -> tuple[ShownHeader, ...]:
        """The columns with what is read from them."""
        from sochihoi.intake.shown import shown_headers

        return shown_headers(self.opened.workbook, self.draft.mappings, self.draft.conversions)

    def of(self, fate: Fate) -> tuple[Line, ...]:
        """The rows of one fate, in the order of the list."""
        return tuple(line for line in self.lines if line.fate is fate)

    def count(self, fate: Fate) -> int:
        """How many rows have it."""
        return sum(line.fate is fate for line in self.lines)

    @property
    def skipped(self) -> tuple[SkippedRow, ...]:
        """Rows that are no members: totals, headings, signatures."""
        return self.draft.skipped

    @property
    def warnings(self) -> tuple[OtherCommune, ...]:
        """The list names another commune."""
        return self.draft.warnings

    def coming(self, *, skip_doubtful: bool = False) -> int:
        """How many persons would come in or be corrected: the number on the button."""
        doubtful = 0 if skip_doubtful else self.count(Fate.DOUBTFUL)
        return self.count(Fate.NEW) + self.count(Fate.CHANGED) + doubtful


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was brought in. ``batch`` takes it back (``office.history.undo(batch)``); empty when nothing changed."""

    batch: str
    lines: tuple[Line, ...]
    branches: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    skipped_doubtful: bool = False

    def count(self, fate: Fate) -> int:
        """How many rows had it."""
        return sum(line.fate is fate for line in self.lines)


class Imports:
    """Lists of members."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def preview(
        self,
        path: Path,
        mapping: Path | None = None,
        *,
        skip_doubtful: bool = False,
        choices: Choices | None = None,
        opened: Opened | None = None,
        guess: bool = False,
        progress: Progress | None = None,
    ) -> Preview:
        """Read a list and say what it would bring; nothing is written.

        ``mapping``: a file that says which column is which. With ``skip_doubtful`` the branches and cells that only
        doubtful rows name are not counted as new. ``choices``: what the officer says of the columns, beside what is
        remembered of lists with the same titles; ``opened``: the file read already. ``guess``: unknown titles are no
        problem, they are chosen then. Raises ``ListNotRead``, ``HeaderNotFound``, ``HouseholdsListed``,
        ``MappingNotUsable``, ``Cancelled``.
        """
        from sochihoi.intake.columns import map_workbook, read_mapping_file
        from sochihoi.intake.interpret import interpret, open_list
        from sochihoi.services.household_lists import HouseholdsListed

        office = self._office
        commune = office.commune
        names = tuple(name for name in (commune.name, commune.short_name) if name)
        override = read_mapping_file(mapping) if mapping else None
        opened = opened or open_list(path)
        if not guess and mapping is None and office.household_lists.recognises(opened):
            raise HouseholdsListed(path.name)
        with office.read() as work:
            said = {} if mapping else {**remembered(work), **(choices or {})}
            mappings = map_workbook(opened.workbook, override, said, guess=guess)
            draft = interpret(
                opened.workbook, mappings, office.today, names, commune.minimum_age, opened.conversions, progress
            )
            lines = _judge(self._office, work, draft, progress)
            wanted = (Fate.NEW,) if skip_doubtful else (Fate.NEW, Fate.DOUBTFUL)
            branches, cells = Places(office, work).missing(line.row for line in lines if line.fate in wanted)
        return Preview(path, draft, lines, branches, cells, opened, choices or {})

    def annotated(self, preview: Preview, words: Callable[[Line], Iterable[CellNote]], title: str) -> bytes:
        """The file again as .xlsx, for the branch head to mend: cells coloured, and why in a last column ``title``."""
        from sochihoi.intake.annotating import annotated

        notes = [note for line in preview.lines for note in words(line)]
        return annotated(preview.path, preview.opened.workbook, preview.draft.mappings, notes, title)

    def forget_columns(self, fingerprint: str) -> None:
        """Forget what was said of the columns of lists with these titles."""
        forget(self._office, fingerprint)

    def commit(
        self, preview: Preview, *, skip_doubtful: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Bring the list in: one transaction, one act. Rows are looked at again, so that nobody is entered twice.

        ``skip_doubtful`` leaves doubtful rows out. Raises ``NothingToImport`` when no row can come in or is there
        already, ``Cancelled`` when the officer stopped (nothing is stored then).
        """
        told = progress or Unwatched()
        if preview.choices:
            remember(self._office, preview.choices)
        with self._office.write("member.import") as work:
            lines = _judge(self._office, work, preview.draft, _AtStart(told, len(preview.draft.rows)))
            if all(line.fate is Fate.REFUSED for line in lines):
                raise NothingToImport(preview.path.name)
            wanted = (Fate.NEW,) if skip_doubtful else (Fate.NEW, Fate.DOUBTFUL)
            coming = [line for line in lines if line.fate in wanted]
            changed = [line for line in lines if line.fate is Fate.CHANGED]
            places = Places(self._office, work)
            branches, cells = places.missing(line.row for line in coming)
            places.make(branches, cells)
            total = len(coming) + len(changed)
            told.step(0, total)
            done = 0
            for part in _parts(coming):
                self._enter(work, places, part)
                done += len(part)
                told.step(done, total)
            _correct(work, changed)
            told.step(total, total)
            batch = work.batch if total else ""
        return ImportResult(batch, lines, branches, cells, skip_doubtful)

    def _enter(self, work: Work, places: Places, part: Sequence[Line]) -> None:
        people = work.people.people(line.known.person_id for line in part if line.known is not None and line.known.join)
        new = []
        for line in part:
            branch_id, cell_id = places.of(line.row)
            told = details_from(line.row)
            if line.known is not None and line.known.join:
                told = merged(people[line.known.person_id], line.row, told)
                new.append(NewMember(told, branch_id, cell_id, line.review, line.known.person_id, line.known.code))
            else:
                new.append(NewMember(told, branch_id, cell_id, line.review, code=line.code))
        enrol(self._office, work, new, late=True)


class _AtStart:
    """What is looked at again before the first row comes in: the bar stands at its beginning, and she may stop."""

    def __init__(self, progress: Progress, rows: int) -> None:
        self._progress, self._rows = progress, rows

    def step(self, _done: int, _total: int) -> None:
        self._progress.step(0, self._rows)


def _parts(coming: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """So many at once; those who keep a code first, so that no code is made that one of them has."""
    for lines in ([line for line in coming if line.code], [line for line in coming if not line.code]):
        for start in range(0, len(lines), _AT_ONCE):
            yield lines[start : start + _AT_ONCE]


_CODE = re.compile(rf"{MEMBER_PREFIX}\d{{5,}}", re.ASCII)


def _judge(office: Office, work: Work, draft: Draft, progress: Progress | None = None) -> tuple[Line, ...]:
    """What becomes of each row, beside what is in the register now. Each person there is matched at most once."""
    from sochihoi.intake.draft import Verdict

    known = Known(work, office.duplicates.renamed(work))
    codes = {*known.codes, ""}
    lines = []
    for at, row in enumerate(draft.rows, 1):
        if progress is not None and at % _AT_ONCE == 0:
            progress.step(len(draft.rows), len(draft.rows))  # all is read; she may still stop
        if row.verdict is Verdict.REFUSED:
            lines.append(Line(row, Fate.REFUSED))
            continue
        review = tuple(r.code.value for r in row.reasons if r.code.severity is Verdict.DOUBTFUL)
        match = known.match(row)
        if match is None:
            code = row.code if _CODE.fullmatch(row.code) and row.code not in codes else ""
            codes.add(code)
            lines.append(Line(row, Fate.DOUBTFUL if review else Fate.NEW, review, code=code))
        elif match.join:
            review = (*review, LEFT_BEFORE) if match.code else review
            lines.append(Line(row, Fate.DOUBTFUL if review else Fate.NEW, review, match))
        elif match.elsewhere is not None:
            lines.append(Line(row, Fate.DOUBTFUL, (*review, match.elsewhere), match))
        else:
            lines.append(Line(row, Fate.CHANGED if match.changes else Fate.PRESENT, (), match))
    return tuple(lines)


def _correct(work: Work, changed: Iterable[Line]) -> None:
    """Fill and correct what the list knows better; what it does not say stays. A list never changes the branch."""
    matches = [(line.known, line) for line in changed if line.known is not None]
    people = work.people.people(known.person_id for known, _line in matches)
    work.people.save([_filled(people[known.person_id], line.row, line.changes) for known, line in matches])
    told = {known.membership_id or "": line for known, line in matches if set(line.changes) & _OF_MEMBERSHIP}
    members = work.people.memberships(told).values()
    work.people.save(memberships=[_told_of(m, told[m.id]) for m in members])


def _filled(person: Person, row: MemberRow, changes: Sequence[str]) -> Person:
    told = details_from(row)
    return replace(person, **{f: getattr(told, f) for f in changes if f not in _OF_MEMBERSHIP})


def _told_of(member: Membership, line: Line) -> Membership:
    said = {f: getattr(line.row.further, f) for f in OF_MEMBERSHIP if f in line.changes}
    known = replace(member, **said)
    if "joined" in line.changes:
        known = replace(known, joined=line.row.joined)
    return with_clubs(known, line.row)


_OF_MEMBERSHIP = {"joined", "clubs", *OF_MEMBERSHIP}
