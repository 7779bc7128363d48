"""What an officer does with the family campaign: choose the set, register households, see results, give plaques.

Assessing stands in ``services.campaign_rounds``, reached as ``office.campaign.rounds``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from sochihoi.domain.campaign import (
    CampaignYear,
    CriteriaSet,
    HouseholdRegistration,
    Round,
    SetAlreadyUsed,
    check_choice,
    newly_passing,
)
from sochihoi.domain.campaign_records import (
    HouseholdLine,
    NotConfirmed,
    SetNotForYear,
    Standing,
    YearResults,
    YearSets,
)
from sochihoi.domain.errors import FieldProblem, NotFound
from sochihoi.domain.units import Level
from sochihoi.domain.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochihoi.services.campaign_rounds import RoundBook
    from sochihoi.services.office import Office
    from sochihoi.storage.work import Work

Change = Callable[[HouseholdRegistration], HouseholdRegistration]
Furthest = tuple[Round, bool, tuple[str, ...]]  # the furthest finished round, whether it passed, what it failed


class CampaignService:
    """The family campaign. ``last_batch`` is the batch of the newest act here, for its undo."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.last_batch = ""

    @cached_property
    def rounds(self) -> RoundBook:
        """Grids: marks, notes, rounds."""
        from sochihoi.services.campaign_rounds import RoundBook

        return RoundBook(self._office, self)

    @contextmanager
    def writing(self, act: str, dates: Iterable[date | None] = ()) -> Iterator[Work]:
        """A unit of work whose batch becomes ``last_batch`` once it is committed."""
        with self._office.write(act, dates=dates) as work:
            yield work
        self.last_batch = work.batch

    def day_of(self, year: int) -> date:
        """The day on which member households of a year are counted: today, or the last day of a year gone by."""
        return min(self._office.today, date(year, 12, 31))

    # ------------------------------------------------------------------ sets

    def years(self) -> tuple[int, ...]:
        """Years that hold something, and this one; newest first."""
        with self._office.read() as work:
            return tuple(sorted({*work.campaigns.years(), self._office.today.year}, reverse=True))

    def sets(self, year: int) -> YearSets:
        """The sets of a year. Raises ``NotFound`` for a year before the campaign."""
        with self._office.read() as work:
            return self.sets_in(work, year)

    def set_in_use(self, year: int) -> CriteriaSet:
        """The set that the commune judges a year with: what was chosen, else the default one."""
        return self.sets(year).own

    def sets_in(self, work: Work, year: int) -> YearSets:
        """``sets`` within a unit of work."""
        stored = work.campaigns.of_year(year)
        used = work.campaigns.used(year)
        own, beside = self._of_year(work, year, stored)
        return YearSets(
            year,
            own,
            beside,
            any(not one.beside for one in stored) or bool(used.get((own.code, own.version))),
            used.get((own.code, own.version), 0),
            self._office.definitions.criteria_sets_for(year),
        )

    def criteria_in(self, work: Work, year: int, set_code: str | None = None) -> CriteriaSet:
        """The year's own set, or the one of that code beside it. Raises ``SetNotForYear``, ``NotFound``."""
        return YearSets(year, *self._of_year(work, year, work.campaigns.of_year(year))).pick(set_code)

    def _of_year(self, work: Work, year: int, stored: Sequence[CampaignYear]) -> tuple[CriteriaSet, CriteriaSet | None]:
        definitions = self._office.definitions
        found = {one.beside: definitions.criteria_set(one.set_code, one.set_version) for one in stored}
        beside = found.get(1)
        if 0 in found:
            return found[0], beside
        # nobody chose: what the year was assessed with, else the default; never another set than the one used
        used = work.campaigns.used(year)
        left = {pair: n for pair, n in used.items() if beside is None or pair != (beside.code, beside.version)}
        if left:
            return definitions.criteria_set(*max(left, key=lambda pair: left[pair])), beside
        return definitions.criteria_set_for(year), beside

    def choose_set(self, year: int, code: str) -> None:
        """Judge a year with this set. Only before the first assessment of the year.

        Raises ``SetAlreadyUsed`` afterwards, ``SetNotForYear`` for a set that does not cover the year.
        """
        with self.writing("campaign.choose_set") as work:
            now = self.sets_in(work, year)
            wanted = self._wanted(now, code)
            stored = work.campaigns.of_year(year)
            kept = next((one for one in stored if not one.beside), None)
            current = kept or CampaignYear("", year, now.own.code, now.own.version)
            check_choice(year, current, wanted, now.assessed)
            for one in stored:
                if one.beside and one.set_code == wanted.code:
                    work.campaigns.drop_year(one.id)
            work.campaigns.put_year(self._year_record(kept, year, wanted, 0))

    def put_beside(self, year: int, code: str) -> None:
        """Score a second set beside the year's own; figures count only the own one.

        Raises ``SetAlreadyUsed`` when it is the own one, or when another one beside has assessments already.
        """
        with self.writing("campaign.beside") as work:
            now = self.sets_in(work, year)
            wanted = self._wanted(now, code)
            if wanted.code == now.own.code:
                raise SetAlreadyUsed(year, wanted.code)
            kept = self._beside(work, now)
            work.campaigns.put_year(self._year_record(kept, year, wanted, 1))

    def drop_beside(self, year: int) -> None:
        """Give the second set up. Raises ``SetAlreadyUsed`` once somebody was assessed with it."""
        with self.writing("campaign.beside") as work:
            kept = self._beside(work, self.sets_in(work, year))
            if kept is not None:
                work.campaigns.drop_year(kept.id)

    @staticmethod
    def _beside(work: Work, now: YearSets) -> CampaignYear | None:
        """The record of the set beside, which nobody was assessed with yet."""
        kept = next((one for one in work.campaigns.of_year(now.year) if one.beside), None)
        if kept is not None and work.campaigns.used(now.year).get((kept.set_code, kept.set_version)):
            raise SetAlreadyUsed(now.year, kept.set_code)
        return kept

    @staticmethod
    def _wanted(now: YearSets, code: str) -> CriteriaSet:
        for one in now.choices:
            if one.code == code:
                return one
        raise SetNotForYear(now.year, code)

    def _year_record(self, kept: CampaignYear | None, year: int, wanted: CriteriaSet, beside: int) -> CampaignYear:
        return CampaignYear(
            kept.id if kept else self._office.new_id(), year, wanted.code, wanted.version, beside, self._office.today
        )

    def fix_set(self, work: Work, year: int) -> None:
        """Write the year's set down with its first assessment, so that no later definition changes it."""
        if not any(not one.beside for one in work.campaigns.of_year(year)):
            work.campaigns.put_year(self._year_record(None, year, self.criteria_in(work, year), 0))

    # ------------------------------------------------------------------ registration

    def register(self, household_ids: Sequence[str], year: int, on: date | None = None) -> int:
        """Households register for a year; those registered already stay as they are. How many are new."""
        day = self._day(on, "registered_on")

        def change(one: HouseholdRegistration) -> HouseholdRegistration:
            return one if one.registered_on else replace(one, registered_on=day)

        return self._save("campaign.register", household_ids, year, change)

    def register_branch(self, branch_id: str, year: int, on: date | None = None) -> int:
        """All member households of a branch register. How many are new."""
        return self.register(self._members_of(branch_id, year), year, on)

    def mobilise(self, household_ids: Sequence[str], year: int, on: date | None = None) -> int:
        """Households were told of the campaign and mobilised; those told already stay. How many are new."""
        day = self._day(on, "mobilised_on")

        def change(one: HouseholdRegistration) -> HouseholdRegistration:
            return one if one.mobilised_on else replace(one, mobilised_on=day)

        return self._save("campaign.mobilise", household_ids, year, change)

    def mobilise_branch(self, branch_id: str, year: int, on: date | None = None) -> int:
        """All member households of a branch were mobilised. How many are new."""
        return self.mobilise(self._members_of(branch_id, year), year, on)

    def unregister(self, household_ids: Sequence[str], year: int) -> int:
        """Take registrations back. How many there were."""
        return self._save("campaign.unregister", household_ids, year, lambda r: replace(r, registered_on=None))

    def unmobilise(self, household_ids: Sequence[str], year: int) -> int:
        """Take "mobilised" back. How many there were."""
        return self._save("campaign.unmobilise", household_ids, year, lambda r: replace(r, mobilised_on=None))

    def give_plaque(self, household_id: str, year: int, number: str, on: date | None = None) -> None:
        """A household was given its plaque. Raises ``NotConfirmed`` unless the commune confirmed it this year."""
        day = self._day(on, "plaque_on")
        line = self.household(household_id, year)
        if not line.confirmed:
            raise NotConfirmed(line.head, year)
        self._save("campaign.plaque", [household_id], year, lambda r: replace(r, plaque_no=nfc(number), plaque_on=day))

    def take_plaque_back(self, household_id: str, year: int) -> None:
        """It was written down by mistake."""
        self._save("campaign.plaque", [household_id], year, lambda r: replace(r, plaque_no="", plaque_on=None))

    def _day(self, on: date | None, field: str) -> date:
        day = on or self._office.today
        if day > self._office.today:
            raise FieldProblem(field, "FUTURE", f"{day:%d/%m/%Y}")
        return day

    def _members_of(self, branch_id: str, year: int) -> list[str]:
        with self._office.read() as work:
            lines = work.campaigns.household_lines(year, self.day_of(year), branch_id)
        return [line.household_id for line in lines if line.member]

    def _save(self, act: str, household_ids: Sequence[str], year: int, change: Change) -> int:
        with self._office.read() as work:
            known = work.campaigns.registrations(year, household_ids)
        before = [known.get(i) or HouseholdRegistration(self._office.new_id(), i, year) for i in household_ids]
        pairs = [(old, change(old)) for old in before]
        changed = [(old, new) for old, new in pairs if old != new]
        if changed:
            days = [day for pair in changed for one in pair for day in _days(one)]
            same = {day for old, new in changed for day in _days(old) if day in _days(new)}
            with self.writing(act, [day for day in days if day not in same]) as work:
                work.campaigns.put_registrations([new for _old, new in changed])
        return len(changed)

    # ------------------------------------------------------------------ results

    def household(self, household_id: str, year: int) -> HouseholdLine:
        """One household in a year. Raises ``NotFound``."""
        found = self.households(year, household_ids=[household_id])
        if not found:
            raise NotFound("household", household_id)
        return found[0]

    def households(
        self, year: int, branch_id: str | None = None, household_ids: Sequence[str] | None = None
    ) -> tuple[HouseholdLine, ...]:
        """Every household of the commune (or a branch) in a year: registration, furthest round, plaque."""
        with self._office.read() as work:
            lines = work.campaigns.household_lines(year, self.day_of(year), branch_id, household_ids)
            latest = self._latest(work, year, branch_id, household_ids)
            begun = work.campaigns.begun(year, self.criteria_in(work, year).code)
            passing_before = _confirmed(self._latest(work, year - 1, branch_id, household_ids))
        fresh = newly_passing(_confirmed(latest), passing_before)
        return tuple(
            replace(
                _with(line, latest.get(line.household_id)),
                newly=line.household_id in fresh,
                begun=line.household_id in begun,
            )
            for line in lines
        )

    def results(self, year: int) -> YearResults:
        """A year by branch: every branch of that day, and any other that has households."""
        sets = self.sets(year)
        by_branch: dict[str, list[HouseholdLine]] = {}
        names: dict[str, str] = {}
        with self._office.read() as work:
            for unit in work.units.of_level(Level.BRANCH, self.day_of(year)):
                by_branch[unit.id], names[unit.id] = [], unit.name
        lines = self.households(year)
        for line in lines:
            by_branch.setdefault(line.branch_id, []).append(line)
            names.setdefault(line.branch_id, line.branch)
        failed = dict.fromkeys(sets.own.codes, 0)
        for line in lines:
            for code in line.failed if line.member else ():
                failed[code] += 1
        return YearResults(sets, tuple(Standing.of(one, names[one], found) for one, found in by_branch.items()), failed)

    def _latest(
        self, work: Work, year: int, branch_id: str | None, household_ids: Sequence[str] | None
    ) -> dict[str, Furthest]:
        """The furthest finished round of each household, judged by the set it was made with."""
        try:
            own = self.criteria_in(work, year)
        except NotFound:  # a year before the campaign
            return {}
        found = {}
        for one in work.campaigns.latest(year, own.code, branch_id=branch_id, household_ids=household_ids):
            made_with = own
            if one.set_version != own.version:
                made_with = self._office.definitions.criteria_set(one.set_code, one.set_version)
            verdict = one.check_done(made_with)
            found[one.household_id] = (one.round, bool(verdict.passed), verdict.failed)
        return found


def _confirmed(latest: Mapping[str, Furthest]) -> frozenset[str]:
    return frozenset(i for i, (which, passed, _f) in latest.items() if which is Round.COMMUNE_CONFIRM and passed)


def _with(line: HouseholdLine, furthest: Furthest | None) -> HouseholdLine:
    if furthest is None:
        return line
    which, passed, failed = furthest
    return replace(line, round=which, passed=passed, failed=failed)


def _days(record: HouseholdRegistration) -> tuple[date, ...]:
    return tuple(day for day in (record.registered_on, record.mobilised_on, record.plaque_on) if day is not None)
