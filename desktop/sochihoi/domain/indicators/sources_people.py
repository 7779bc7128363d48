"""Figures of members, officers, branches and cells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sochihoi.domain.facts import Facts, MemberFact
from sochihoi.domain.indicators.items import Item, Items
from sochihoi.domain.indicators.parameters import Parameters
from sochihoi.domain.indicators.sources_entered import branches_known, latest_entries
from sochihoi.domain.people import LeaveReason
from sochihoi.domain.periods import Window
from sochihoi.domain.rubric import Title
from sochihoi.domain.scoring import Holdings, holdings


def members(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Distinct persons who are members on the last day. ``flag`` names a mark they must carry."""
    return Items(_persons(_flagged(facts.members_on(window.end), parameters), window.end))


def members_share(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Members with the mark ``flag`` among all members on the last day."""
    return Items(members(facts, window, parameters).numerator, members(facts, window, Parameters()).numerator)


def joined(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Memberships whose joining date lies in the window."""
    return Items(tuple(_joining(facts, window, excluded=True)))


def left(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Memberships whose leaving date lies in the window."""
    return Items(tuple(_leaving(facts, window, excluded=True)))


def net_growth(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Joined less left. ``counted = 1`` leaves out, on both sides, members whom the target excludes.

    Source: Sóc Trăng action programme, 2021, footnote on net growth.
    """
    everyone = not parameters.number("counted", 0)
    gains = [Item(i.branch, f"+{i.record}", 1) for i in _joining(facts, window, excluded=everyone)]
    losses = [Item(i.branch, f"-{i.record}", -1) for i in _leaving(facts, window, excluded=everyone)]
    return Items((*gains, *losses))


def gathering(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Members without honorary ones against the women of 18 and over, as last entered.

    While only some branches have entered their women, only the members of these branches are in the numerator.
    """
    women = latest_entries(facts, window.end, parameters.text("women"))
    known = branches_known(facts, window.end, parameters.text("women"))
    mine = _persons((m for m in facts.members_on(window.end) if not m.honorary), window.end)
    counted = mine if None in known else tuple(item for item in mine if item.branch in known)
    return Items(counted, women)


def branches(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Branches that exist on the last day."""
    return Items(tuple(Item(branch.id, branch.id) for branch in facts.branches_on(window.end)))


def cells(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Cells that exist on the last day."""
    return Items(tuple(Item(cell.parent, cell.id) for cell in facts.cells if cell.exists(window.end)))


def heads(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Holders of the post ``title`` on the last day; the numerator holds those who are ``party`` or ``trained``."""
    having: list[Item] = []
    everyone: list[Item] = []
    for position in facts.positions:
        member = facts.member_of.get(position.membership)
        if member is None or position.title != parameters.text("title") or not member.is_member(window.end):
            continue
        since, until = position.from_on, position.to_on
        if (since is not None and since > window.end) or (until is not None and until <= window.end):
            continue
        item = Item(position.unit, member.person)
        everyone.append(item)
        trained = position.trained_on is not None and position.trained_on <= window.end
        if member.party if parameters.text("having") == "party" else trained:
            having.append(item)
    return Items(tuple(having), tuple(everyone))


def graded(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Branches whose verified score of the year lies in the band ``name``."""
    return Items(
        tuple(
            Item(score.branch, score.branch)
            for score in facts.scores
            if score.year == window.end.year
            and score.band == parameters.text("name")
            and score.verified_on is not None
            and score.verified_on <= window.end
        )
    )


def models(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Branches that hold the title of model branch on the last day, outstanding ones among them."""
    return Items(_branch_items(_titles(facts, window.end).model))


def outstanding(facts: Facts, window: Window, parameters: Parameters) -> Items:
    """Outstanding model branches among the existing model branches, not among all (Khánh Hòa plan, 2021)."""
    held = _titles(facts, window.end)
    return Items(_branch_items(held.outstanding), _branch_items(held.model))


def _titles(facts: Facts, day: date) -> Holdings:
    return holdings(
        (score.year, score.branch, Title[score.title] if score.title else None)
        for score in facts.scores
        if score.decided_on is not None and score.decided_on <= day and _goes_on(facts, score.branch, day)
    )


def _goes_on(facts: Facts, branch: str, day: date) -> bool:
    """Whether a branch is there on a day, if under another name. A title ends with a merger or a split."""
    there = facts.standing(branch, day)
    return there == (branch,) or (bool(there) and {*there} <= {*facts.only_renamed(branch)})


def _branch_items(ids: Iterable[str]) -> tuple[Item, ...]:
    return tuple(Item(one, one) for one in sorted(ids))


def _persons(found: Iterable[MemberFact], day: date) -> tuple[Item, ...]:
    return tuple(Item(member.branch_on(day), member.person) for member in found)


def _flagged(found: Iterable[MemberFact], parameters: Parameters) -> Iterable[MemberFact]:
    match parameters.text("flag", ""):
        case "honorary":
            return (m for m in found if m.honorary)
        case "core":
            return (m for m in found if m.core)
        case "party":
            return (m for m in found if m.party)
        case "ethnic_minority":
            return (m for m in found if m.ethnic_minority)
        case "religious":
            return (m for m in found if m.religious)
        case "bhyt":
            return (m for m in found if m.bhyt)
        case _:
            return found


def _joining(facts: Facts, window: Window, *, excluded: bool) -> Iterable[Item]:
    for member in facts.members:
        if member.joined_on and window.contains(member.joined_on) and (excluded or not member.excluded_from_growth):
            yield Item(member.branch_on(member.joined_on), member.membership)


def _leaving(facts: Facts, window: Window, *, excluded: bool) -> Iterable[Item]:
    for member in facts.members:
        if member.left_reason == LeaveReason.WITH_BRANCH.name:
            continue  # her branch is another commune's: nobody left the Union, and nobody joined it there
        if member.last_day and window.contains(member.left_on) and (excluded or not member.excluded_from_growth):
            yield Item(member.branch_on(member.last_day), member.membership)
