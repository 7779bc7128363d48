"""A list of households: looked at first, then brought in as one act. Found by code; what a list does not say stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.domain.errors import UserError
from sochihoi.domain.members import HOUSEHOLD_PREFIX, NothingToImport, Person, made_code
from sochihoi.domain.people import Sex
from sochihoi.services.import_columns import HOMES, forget, remember, remembered, remembered_homes
from sochihoi.services.imports import Fate

if TYPE_CHECKING:
    from sochihoi.intake.annotating import CellNote
    from sochihoi.intake.home_list import HomeChoices, HomeColumns, HomeField, HomeRow
    from sochihoi.intake.interpret import Opened
    from sochihoi.intake.shown import ShownHeader
    from sochihoi.services.household_matching import Plan
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work


class HomeTrouble(StrEnum):
    """Why a row of a list of households stays out."""

    CODE_OF_ANOTHER = "CODE_OF_ANOTHER"
    TWICE = "TWICE"
    HEAD_MISSING = "HEAD_MISSING"
    HEADS_DIFFER = "HEADS_DIFFER"
    BRANCH_MISSING = "BRANCH_MISSING"
    BRANCH_UNKNOWN = "BRANCH_UNKNOWN"
    GROUP_UNKNOWN = "GROUP_UNKNOWN"
    RESIDENTS_ODD = "RESIDENTS_ODD"
    MEMBER_UNKNOWN = "MEMBER_UNKNOWN"
    NOT_UNDERSTOOD = "NOT_UNDERSTOOD"
    NAMED_TWICE = "NAMED_TWICE"


@dataclass(frozen=True, slots=True)
class HomeReason:
    """One finding at a column; ``value`` is what stands there."""

    trouble: HomeTrouble
    field: HomeField
    value: str = ""


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One row of the list and what becomes of it: ``NEW``, ``CHANGED`` (``changes`` names the columns), ``PRESENT`` or
    ``REFUSED`` (``reasons`` says why). ``code``, ``head`` and ``branch`` as they would be afterwards."""

    row: HomeRow
    fate: Fate
    code: str
    head: str
    branch: str
    changes: tuple[HomeField, ...] = ()
    reasons: tuple[HomeReason, ...] = ()


@dataclass(frozen=True, slots=True)
class HomesPreview:
    """What a list of households would bring. ``opened``: the file as it was read, ``lists``: its columns; ``choices``:
    what the officer said of them for this file."""

    path: Path
    rows: tuple[HomeRow, ...]
    lines: tuple[HomeLine, ...]
    opened: Opened
    lists: tuple[HomeColumns, ...]
    choices: HomeChoices = field(default_factory=dict)

    @property
    def headers(self) -> tuple[ShownHeader, ...]:
        """The columns with what is read from them."""
        from sochihoi.intake.shown import shown_headers

        return shown_headers(self.opened.workbook, self.lists, self.opened.conversions)

    def of(self, fate: Fate) -> tuple[HomeLine, ...]:
        """The rows of one fate, in the order of the list."""
        return tuple(line for line in self.lines if line.fate is fate)

    def count(self, fate: Fate) -> int:
        """How many rows have it."""
        return len(self.of(fate))

    @property
    def coming(self) -> int:
        """How many households would come in or be changed."""
        return self.count(Fate.NEW) + self.count(Fate.CHANGED)


@dataclass(frozen=True, slots=True)
class HomesResult:
    """What was brought in. ``batch`` takes it back; empty when nothing changed."""

    batch: str
    lines: tuple[HomeLine, ...]

    def count(self, fate: Fate) -> int:
        """How many rows had it."""
        return sum(line.fate is fate for line in self.lines)


@dataclass(eq=False)
class HouseholdsListed(UserError):
    """A list of members was asked for, and the file lists households."""

    file: str


@dataclass(eq=False)
class NoHouseholdsListed(UserError):
    """No sheet of the file has the titles of a list of households."""

    file: str


class HouseholdLists:
    """Lists of households from Excel."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def recognises(self, opened: Opened) -> bool:
        """Whether a file lists households and not members: as its titles say, or as somebody chose for such titles."""
        from sochihoi.intake.columns import fingerprint
        from sochihoi.intake.home_list import home_headers

        with self._office.read() as work:
            homes, members = remembered_homes(work), remembered(work)
        found = (fingerprint(one.header.labels) for one in home_headers(opened.workbook, choices=homes))
        return any(key in homes or key not in members for key in found)

    def preview(
        self,
        path: Path,
        opened: Opened | None = None,
        mapping: Path | None = None,
        *,
        choices: HomeChoices | None = None,
        guess: bool = False,
    ) -> HomesPreview:
        """Read a list and say what it would bring; nothing is written. ``opened``: the file read already;
        ``mapping``: a file that says which column is which. ``choices``: what the officer says of the columns, beside
        what is remembered of lists with the same titles; ``guess``: unknown titles are no problem, they are chosen
        then.

        Raises ``ListNotRead``, ``NoHouseholdsListed``, ``MappingNotUsable``.
        """
        from sochihoi.intake.home_list import home_headers, read_home_mapping, read_homes
        from sochihoi.intake.interpret import open_list

        said = read_home_mapping(mapping) if mapping is not None else None
        opened = opened or open_list(path)
        with self._office.read() as work:
            told = {} if said is not None else {**remembered_homes(work), **(choices or {})}
            lists = home_headers(opened.workbook, said, told, guess=guess)
            if not lists:
                raise NoHouseholdsListed(path.name)
            rows = read_homes(opened.workbook, lists)
            lines = tuple(plan.line for plan in self._plans(work, rows))
        return HomesPreview(path, rows, lines, opened, lists, choices or {})

    def forget_columns(self, fingerprint: str) -> None:
        """Forget what was said of the columns of lists with these titles."""
        forget(self._office, fingerprint, HOMES)

    def annotated(self, preview: HomesPreview, notes: Iterable[CellNote], title: str) -> bytes:
        """The file again as .xlsx, to be mended: cells coloured, and why in a last column ``title``."""
        from sochihoi.intake.home_list import annotated_homes

        return annotated_homes(preview.path, preview.opened.workbook, preview.lists, tuple(notes), title)

    def commit(self, preview: HomesPreview) -> HomesResult:
        """Bring the list in: one transaction, one act. Rows are looked at again. Raises ``NothingToImport``."""
        remember(self._office, preview.choices, HOMES)
        with self._office.write("household.import") as work:
            plans = self._plans(work, preview.rows)
            if all(plan.line.fate is Fate.REFUSED for plan in plans):
                raise NothingToImport(preview.path.name)
            coming = [plan for plan in plans if plan.line.fate in (Fate.NEW, Fate.CHANGED)]
            self._bring_in(work, coming)
            return HomesResult(work.batch if coming else "", tuple(plan.line for plan in plans))

    def _plans(self, work: Work, rows: Iterable[HomeRow]) -> list[Plan]:
        from sochihoi.services.household_book import HomeBook
        from sochihoi.services.household_matching import plans

        made = plans(HomeBook(self._office, work), rows)
        taken = {*work.households.codes(), *(p.record.code for p in made if p.line.fate is Fate.NEW)}
        number = max(
            (int(c[len(HOUSEHOLD_PREFIX) :]) for c in taken if c[len(HOUSEHOLD_PREFIX) :].isdigit()), default=0
        )
        for plan in made:
            if plan.line.fate is Fate.NEW and not plan.record.code:
                number += 1
                plan.record = replace(plan.record, code=made_code(HOUSEHOLD_PREFIX, number))
        return made

    def _bring_in(self, work: Work, coming: list[Plan]) -> None:
        """New persons first, since a head is one; then the households, and who lives in them last."""
        new = [one for plan in coming for one in plan.living if one.is_new]
        people = {
            one.person_id: Person(
                id=one.person_id,
                full_name=one.name,
                birth=one.birth,
                sex=one.sex or Sex.FEMALE,
            )
            for one in new
        }
        work.people.add(list(people.values()))
        work.households.add([plan.record for plan in coming if plan.before is None])
        for plan in coming:
            if plan.before is not None and plan.record != plan.before:
                work.households.save(plan.record)
        homes = {one.person_id: (plan.record.id, one) for plan in coming for one in plan.living}
        leaving = {one for plan in coming for one in plan.leaving} - homes.keys()
        known = work.people.people({*homes, *leaving})
        changed = []
        for person_id, who in known.items():
            after = replace(who, household_id=None, relation_to_head="")
            if person_id in homes:
                home, one = homes[person_id]
                after = replace(
                    who,
                    household_id=home,
                    relation_to_head=one.relation.name if one.relation else "",
                    birth=one.birth or who.birth,
                    sex=one.sex or who.sex,
                )
            if after != who:
                changed.append((who, after))
        work.people.save([after for _who, after in changed])
        self._leave_heads(work, [who for who, after in changed if after.household_id != who.household_id])

    def _leave_heads(self, work: Work, moved: Iterable[Person]) -> None:
        """A head who moved out stays known by name until another is named."""
        gone = {who.id: who for who in moved if who.household_id is not None}
        for record in work.households.many({who.household_id for who in gone.values() if who.household_id}).values():
            if record.head_id in gone:
                named = gone[record.head_id].full_name
                work.households.save(replace(record, head_id=None, head_name=named))
