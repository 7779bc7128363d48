"""Words of households: groups, relations, problems, acts. No Qt."""

from __future__ import annotations

from collections.abc import Callable

from sochihoi.domain.households import (
    GroupsExclude,
    HouseholdGroup,
    NobodyMoves,
    NobodyStays,
    Relation,
    ResidentTwice,
    SameHousehold,
    SeveralHeads,
)
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "household.add": lambda: _("Household added"),
    "household.edit": lambda: _("Household corrected"),
    "household.residents": lambda: _("Residents of a household changed"),
    "household.group": lambda: _("Household group changed"),
    "household.split": lambda: _("Household parted"),
    "household.merge": lambda: _("Households merged"),
    "household.import": lambda: _("Households brought in from a list"),
    "household.remove": lambda: _("Household taken off the list"),
}


def group_name(group: HouseholdGroup) -> str:
    """Hộ nghèo, …; empty for none."""
    return {
        HouseholdGroup.NONE: "",
        HouseholdGroup.POOR: _("Poor household"),
        HouseholdGroup.NEAR_POOR: _("Near-poor household"),
        HouseholdGroup.POLICY: _("Policy household"),
        HouseholdGroup.HARDSHIP: _("In hardship"),
    }[group]


def relation_name(relation: Relation) -> str:
    """Chủ hộ, vợ hoặc chồng, con, …"""
    return {
        Relation.HEAD: _("Head of the household"),
        Relation.SPOUSE: _("Wife or husband"),
        Relation.CHILD: pgettext("relation", "Child"),
        Relation.CHILD_IN_LAW: _("Child-in-law"),
        Relation.PARENT: pgettext("relation", "Parent"),
        Relation.PARENT_IN_LAW: _("Parent-in-law"),
        Relation.GRANDPARENT: _("Grandparent"),
        Relation.GRANDCHILD: _("Grandchild"),
        Relation.SIBLING: _("Sister or brother"),
        Relation.OTHER: pgettext("relation", "Other"),
    }[relation]


def household_words(head: str, size: int | None) -> str:
    """``Hộ Thạch Sô Phia, 4 người``."""
    if size is None:
        return head
    return ngettext("{head}, {count} person", "{head}, {count} people", size).format(head=head, count=number(size))


def people_words(size: int | None) -> str:
    """``4 người``, ``—``."""
    if size is None:
        return "—"
    return ngettext("{count} person", "{count} people", size).format(count=number(size))


@register(SeveralHeads)
def _heads(error: SeveralHeads) -> Message:
    return Message(
        ngettext(
            "{count} person is named head of this household.",
            "{count} people are named head of this household.",
            len(error.person_ids),
        ).format(count=len(error.person_ids)),
        _("Keep one of them as the head."),
    )


@register(ResidentTwice)
def _twice(_error: ResidentTwice) -> Message:
    return Message(_("The same person is listed twice in this household."), _("Take one of the two lines away."))


@register(GroupsExclude)
def _groups(error: GroupsExclude) -> Message:
    names = ", ".join(group_name(group) for group in error.groups)
    return Message(_("A household cannot be all of these: {groups}.").format(groups=names), _("Keep one of them."))


@register(NobodyMoves)
def _nobody_moves(_error: NobodyMoves) -> Message:
    return Message(_("Nobody was chosen for the new household."), _("Tick those who live in it."))


@register(NobodyStays)
def _nobody_stays(_error: NobodyStays) -> Message:
    return Message(
        _("Nobody would stay in the old household."), _("Leave at least one person, or correct its address instead.")
    )


@register(SameHousehold)
def _same_household(error: SameHousehold) -> Message:
    return Message(_("{code} cannot be merged with itself.").format(code=error.code), _("Choose another household."))
