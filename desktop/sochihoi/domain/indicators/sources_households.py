"""Figures of the family campaign. A year is counted only with the set that was chosen for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sochihoi.domain.campaign import Round, newly_passing
from sochihoi.domain.facts import AssessmentFact, Facts, HouseholdFact
from sochihoi.domain.indicators.items import Item, Items
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.periods import Window


def member_households(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Households in which a member lives on the last day."""
    return Items(_items(facts.member_households(window.end)))


def registered(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Households registered for the year by the last day."""
    end = window.end
    return Items(_items(h for h in facts.households if _by(h.in_year(end.year).registered_on, end)))


def mobilised(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Member households that were told of the campaign this year, out of all member households."""
    everyone = facts.member_households(window.end)
    told = (h for h in everyone if _by(h.in_year(window.end.year).mobilised_on, window.end))
    return Items(_items(told), _items(everyone))


def plaques(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Households that were given a plaque in the window."""
    return Items(_items(h for h in facts.households if any(window.contains(one.plaque_on) for one in h.registrations)))


def assessed(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Member households with at least one finished round of the year."""
    done = {one.household for one in _rounds(facts, window.end.year, window.end)}
    return Items(_items(h for h in facts.member_households(window.end) if h.id in done))


def passing(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Member households that the commune confirmed as meeting all criteria of the year's set."""
    confirmed = _passed(facts, window.end.year, window.end)
    return Items(_items(h for h in facts.member_households(window.end) if h.id in confirmed))


def passing_share(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """``passing`` out of all member households (Khánh Hòa plan, 2021), or of the ``assessed`` ones."""
    only_assessed = parameters.text("of", "all") == "assessed"
    whole = (assessed if only_assessed else member_households)(facts, window, parameters)
    return Items(passing(facts, window, parameters).numerator, whole.numerator)


def newly(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Member households confirmed this year and not confirmed last year (each year by its own set)."""
    year, end = window.end.year, window.end
    new = newly_passing(_passed(facts, year, end), _passed(facts, year - 1, end))
    return Items(_items(h for h in facts.member_households(end) if h.id in new))


def failed(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Member households that failed the criterion ``name`` in their latest finished round of the year."""
    latest: dict[str, AssessmentFact] = {}
    for one in _rounds(facts, window.end.year, window.end):
        known = latest.get(one.household)
        if known is None or known.round.value < one.round.value:
            latest[one.household] = one
    name = parameters.text("name")
    here = facts.member_households(window.end)
    return Items(_items(h for h in here if h.id in latest and name in latest[h.id].failed))


def _rounds(facts: Facts, year: int, day: date) -> tuple[AssessmentFact, ...]:
    chosen = facts.set_codes.get(year)
    return tuple(a for a in facts.assessments if a.year == year and a.set_code == chosen and a.done_on <= day)


def _passed(facts: Facts, year: int, day: date) -> frozenset[str]:
    confirmed = (one for one in _rounds(facts, year, day) if one.round is Round.COMMUNE_CONFIRM)
    return frozenset(one.household for one in confirmed if one.passed)


def _by(happened: date | None, day: date) -> bool:
    return happened is not None and happened <= day


def _items(found: Iterable[HouseholdFact]) -> tuple[Item, ...]:
    return tuple(Item(household.branch, household.id) for household in found)
