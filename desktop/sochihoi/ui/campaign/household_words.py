"""What the list of households of a year says and filters by, without a window."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sochihoi.domain.campaign import Round
from sochihoi.domain.campaign_records import HouseholdLine
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, day_month, ngettext, number
from sochihoi.ui.campaign.presenter import Shown
from sochihoi.ui.words.campaign import mark_name

MEMBER, NOT_REGISTERED, NOT_MOBILISED = "member", "not_registered", "not_mobilised"
CONFIRMED, FAILED, NEWLY, PLAQUE = "confirmed", "failed", "newly", "plaque"


def household_result(line: HouseholdLine) -> Shown:
    """What the furthest round said."""
    if line.round is None:
        return Shown(mark_name(None), "none", badge=False)
    name = {
        Round.SELF: (_("Own assessment: passed"), _("Own assessment: not passed")),
        Round.BRANCH_REVIEW: (_("Branch review: passed"), _("Branch review: not passed")),
        Round.COMMUNE_CONFIRM: (_("Confirmed: passed"), _("Confirmed: not passed")),
    }[line.round]
    if line.passed:
        return Shown(name[0], "ok" if line.confirmed else "info")
    return Shown(name[1], "bad")


def plaque(line: HouseholdLine) -> str:
    """ "Số 12 · 20/10", or nothing."""
    if line.plaque_on is None:
        return ""
    day = day_month(line.plaque_on)
    return _("No. {number} · {day}").format(number=line.plaque_no, day=day) if line.plaque_no else day


def traits(line: HouseholdLine) -> set[str]:
    """Which filter chips a household answers to."""
    found = set()
    for name, has in (
        (MEMBER, line.member),
        (NOT_REGISTERED, line.member and line.registered_on is None),
        (NOT_MOBILISED, line.member and line.mobilised_on is None),
        (CONFIRMED, line.confirmed),
        (FAILED, line.passed is False),
        (NEWLY, line.newly),
        (PLAQUE, line.plaque_on is not None),
    ):
        if has:
            found.add(name)
    return found


def filtered(lines: Iterable[HouseholdLine], chosen: set[str], text: str) -> list[HouseholdLine]:
    """Households that have all chosen traits and whose head, code or branch has the words typed."""
    parts = fold(text).split()

    def fits(line: HouseholdLine) -> bool:
        shown = f"{line.search_key} {fold(line.code)} {fold(line.branch)}"
        return all(part in shown for part in parts) and chosen <= traits(line)

    return [line for line in lines if fits(line)]


def chip_counts(lines: Sequence[HouseholdLine]) -> dict[str, int]:
    """How many households each chip would show."""
    counts = dict.fromkeys((MEMBER, NOT_REGISTERED, NOT_MOBILISED, CONFIRMED, FAILED, NEWLY, PLAQUE), 0)
    for line in lines:
        for name in traits(line):
            counts[name] += 1
    return counts


def written(count: int, act: str) -> str:
    """The toast after registering, mobilising or taking either back."""
    texts = {
        "register": ngettext("{count} household registered.", "{count} households registered.", count),
        "mobilise": ngettext("{count} household mobilised.", "{count} households mobilised.", count),
        "unregister": ngettext("{count} registration taken back.", "{count} registrations taken back.", count),
        "unmobilise": ngettext(
            "{count} household no longer counts as mobilised.",
            "{count} households no longer count as mobilised.",
            count,
        ),
    }
    return texts[act].format(count=number(count))
