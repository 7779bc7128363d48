"""A list in Excel: looked at first, then brought in as one act that can be taken back whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.members import Membership, NewMember, NothingToImport, Person
from sochihoi.domain.progress import Progress, Unwatched
from sochihoi.domain.units import Level, Unit
from sochihoi.domain.vietnamese import match_key
from sochihoi.i18n import pgettext
from sochihoi.services.enrolment import enrol
from sochihoi.services.import_columns import forget, remember, remembered
from sochihoi.services.import_matching import LEFT_BEFORE, OF_MEMBERSHIP, Known, Match, details_from, merged, with_clubs

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
    """One row of the list and what becomes of it. ``known`` says who is there already; ``changes`` name the fields that
    the list would fill or correct. ``review``: codes for which she is marked."""

    row: MemberRow
    fate: Fate
    review: tuple[str, ...] = ()
    known: Match | None = None
    changes: tuple[str, ...] = ()

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
        before: Preview | None = None,
        guess: bool = False,
        progress: Progress | None = None,
    ) -> Preview:
        """Read a list and say what it would bring; nothing is written.

        ``mapping``: a file that says which column is which. With ``skip_doubtful`` the branches and cells that only
        doubtful rows name are not counted as new. ``choices``: what the officer says of the columns, beside what is
        remembered of lists with the same titles; ``before``: the same file read already. ``guess``: unknown titles are
        no problem, they are chosen then. Raises ``ListNotRead``, ``HeaderNotFound``, ``MappingNotUsable``,
        ``Cancelled``.
        """
        from sochihoi.intake.columns import map_workbook, read_mapping_file
        from sochihoi.intake.interpret import interpret, open_list

        office = self._office
        commune = office.commune
        names = tuple(name for name in (commune.name, commune.short_name) if name)
        override = read_mapping_file(mapping) if mapping else None
        opened = before.opened if before is not None else open_list(path)
        with office.read() as work:
            said = {} if mapping else {**remembered(work), **(choices or {})}
            mappings = map_workbook(opened.workbook, override, said, guess=guess)
            draft = interpret(
                opened.workbook, mappings, office.today, names, commune.minimum_age, opened.conversions, progress
            )
            lines = _judge(work, draft)
            coming = [line for line in lines if not (skip_doubtful and line.fate is Fate.DOUBTFUL)]
            branches, cells = _Places(office, work).missing(coming)
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
            lines = _judge(work, preview.draft)
            if all(line.fate is Fate.REFUSED for line in lines):
                raise NothingToImport(preview.path.name)
            wanted = (Fate.NEW,) if skip_doubtful else (Fate.NEW, Fate.DOUBTFUL)
            coming = [line for line in lines if line.fate in wanted]
            changed = [line for line in lines if line.fate is Fate.CHANGED]
            places = _Places(self._office, work)
            branches, cells = places.missing(coming)
            places.make(branches, cells)
            total = len(coming) + len(changed)
            told.step(0, total)
            for start in range(0, len(coming), _AT_ONCE):
                part = coming[start : start + _AT_ONCE]
                self._enter(work, places, part)
                told.step(start + len(part), total)
            _correct(work, changed)
            told.step(total, total)
            batch = work.batch if total else ""
        return ImportResult(batch, lines, branches, cells, skip_doubtful)

    def _enter(self, work: Work, places: _Places, part: Sequence[Line]) -> None:
        people = work.people.people(line.known.person_id for line in part if line.known is not None and line.known.join)
        new = []
        for line in part:
            branch_id, cell_id = places.of(line.row)
            told = details_from(line.row)
            if line.known is not None and line.known.join:
                told = merged(people[line.known.person_id], line.row, told)
                new.append(NewMember(told, branch_id, cell_id, line.review, line.known.person_id, line.known.code))
            else:
                new.append(NewMember(told, branch_id, cell_id, line.review))
        made = enrol(self._office, work, new, late=True)
        _keep_old_ids(work, [(one.person_id, line.row.old_id) for one, line in zip(made, part, strict=True)], people)


def _judge(work: Work, draft: Draft) -> tuple[Line, ...]:
    """What becomes of each row, beside what is in the register now. Each person there is matched at most once."""
    from sochihoi.intake.draft import Verdict

    known = Known(work)
    lines = []
    for row in draft.rows:
        if row.verdict is Verdict.REFUSED:
            lines.append(Line(row, Fate.REFUSED))
            continue
        review = tuple(r.code.value for r in row.reasons if r.code.severity is Verdict.DOUBTFUL)
        match = known.match(row)
        if match is None:
            lines.append(Line(row, Fate.DOUBTFUL if review else Fate.NEW, review))
        elif match.join:
            review = (*review, LEFT_BEFORE) if match.code else review
            lines.append(Line(row, Fate.DOUBTFUL if review else Fate.NEW, review, match))
        elif match.elsewhere is not None:
            lines.append(Line(row, Fate.DOUBTFUL, (*review, match.elsewhere), match))
        else:
            lines.append(Line(row, Fate.CHANGED if match.changes else Fate.PRESENT, (), match, match.changes))
    return tuple(lines)


def _keep_old_ids(work: Work, told: Sequence[tuple[str, str]], before: Mapping[str, Person]) -> None:
    """The nine digits are no detail that a form asks for: they are kept beside it."""
    known = {person_id: old or (before[person_id].old_id if person_id in before else "") for person_id, old in told}
    kept = work.people.people(person_id for person_id, old in known.items() if old)
    work.people.save([replace(person, old_id=known[person.id]) for person in kept.values()])


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
    said = {f: getattr(told, f) for f in changes if f not in (*_OF_MEMBERSHIP, "old_id")}
    return replace(person, **said, old_id=row.old_id if "old_id" in changes else person.old_id)


def _told_of(member: Membership, line: Line) -> Membership:
    said = {f: getattr(line.row.further, f) for f in OF_MEMBERSHIP if f in line.changes}
    known = replace(member, **said)
    if "joined" in line.changes:
        known = replace(known, joined=line.row.joined)
    return with_clubs(known, line.row)


_OF_MEMBERSHIP = {"joined", "clubs", *OF_MEMBERSHIP}


class _Places:
    """Branches and cells by name, and making those that are missing."""

    def __init__(self, office: Office, work: Work) -> None:
        self._office = office
        self._work = work
        self._branches = {_key(u.name): u.id for u in work.units.of_level(Level.BRANCH, office.today)}
        self._cells = {
            (u.parent_id or "", match_key(u.name)): u.id for u in work.units.of_level(Level.CELL, office.today)
        }

    def missing(self, lines: Iterable[Line]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Names that the rows coming in have and the commune lacks, in the order of the list."""
        branches: dict[str, str] = {}
        cells: dict[tuple[str, str], tuple[str, str]] = {}
        for line in lines:
            if line.fate not in (Fate.NEW, Fate.DOUBTFUL):
                continue
            branch = line.row.branch or unnamed_branch()
            branch_id = self._branches.get(_key(branch))
            if branch_id is None:
                branches.setdefault(_key(branch), branch)
            if line.row.cell and (branch_id or "", match_key(line.row.cell)) not in self._cells:
                key = (_key(branch), match_key(line.row.cell))
                cells.setdefault(key, (branches.get(_key(branch), branch), line.row.cell))
        return tuple(branches.values()), tuple(cells.values())

    def make(self, branches: Iterable[str], cells: Iterable[tuple[str, str]]) -> None:
        """Make them; they have been there since before this book (no first day)."""
        root = self._office.commune.unit_id
        new = [Unit(self._office.new_id(), Level.BRANCH, name, parent_id=root) for name in branches]
        self._branches |= {_key(u.name): u.id for u in new}
        for branch, cell in cells:
            parent = self._branches[_key(branch)]
            made = Unit(self._office.new_id(), Level.CELL, cell, parent_id=parent)
            self._cells[parent, match_key(cell)] = made.id
            new.append(made)
        if new:
            self._work.units.add(*new)

    def of(self, row: MemberRow) -> tuple[str, str | None]:
        """The ids of a row's branch and cell."""
        branch = self._branches[_key(row.branch or unnamed_branch())]
        return branch, self._cells[branch, match_key(row.cell)] if row.cell else None


def unnamed_branch() -> str:
    """The name of the branch where rows are put that name none, until an officer transfers them."""
    return pgettext("name of a branch", "Branch not stated")


def _key(name: str) -> str:
    """Equal for two spellings of a branch: ``Chi hội Ấp Hoà`` and ``Ấp Hòa``."""
    from sochihoi.intake.values import branch_name

    return match_key(branch_name(name))
