"""Words of branches that go to a new commune: who goes, who is on both sides, what cannot be. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.parting import BelongsToBoth, ChangedSince, NotAPart, NothingParted
from sochihoi.domain.people import PositionTitle
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.joining import counts
from sochihoi.ui.words.people import position_name

if TYPE_CHECKING:
    from sochihoi.services.founding import Handed
    from sochihoi.services.parting import OnBoth, Parted, PartRehearsed

ACTS: dict[str, Callable[[], str]] = {"unit.part": lambda: _("Branches went to a new commune")}


@register(NothingParted)
def _nothing(error: NothingParted) -> Message:
    if error.everything:
        return Message(
            _("All branches are chosen: nothing would be left in this commune."),
            _("Choose only those that go. A commune that only has another name is renamed."),
        )
    return Message(_("It is not said which branches go."), _("Choose at least one branch."))


@register(ChangedSince)
def _changed(error: ChangedSince) -> Message:
    return Message(
        _("In {name} somebody came, left, met or studied up to {newest}, so it cannot have gone on {day}.").format(
            name=error.name, newest=short_date(error.newest), day=short_date(error.on)
        ),
        _("Choose a day after that."),
    )


@register(BelongsToBoth)
def _both(error: BelongsToBoth) -> Message:
    return Message(_on_both(error.members, error.households), todo_on_both())


@register(NotAPart)
def _not_a_part(error: NotAPart) -> Message:
    return Message(
        _("{file} is not a file of branches for a new commune.").format(file=error.file),
        _("Ask the old commune for the file that ends in .hpnpart. A copy of a book is brought back under “Copies”."),
    )


def _on_both(members: int, households: int) -> str:
    people = ngettext("{count} member", "{count} members", members).format(count=number(members))
    homes = ngettext("{count} household", "{count} households", households).format(count=number(households))
    said = [text for text, count in ((people, members), (homes, households)) if count]
    return _("These would be in both communes: {who}.").format(who=", ".join(said))


def todo_on_both() -> str:
    """What to do about those on both sides."""
    return _("Split the household, or move it or the member to the branch where they are, then try again.")


def on_both(told: PartRehearsed) -> str:
    """How many are on both sides; empty when nobody is."""
    members = sum(one.noun == "membership" for one in told.both)
    return _on_both(members, len(told.both) - members) if told.both else ""


def who(one: OnBoth) -> str:
    """``Nguyễn Thị Mẫu, HP00012, Ấp An Hòa``."""
    return ", ".join(part for part in (one.name, one.code, one.branch) if part)


def findings(told: PartRehearsed) -> list[str]:
    """What the officer ought to know before she does it."""
    said = []
    if told.whole:
        said.append(_("Nobody is lost and nobody is in both: {counts} go.").format(counts=counts(told.go)))
    elif not told.both:
        said.append(_("The sums before and after differ. Do not do it, and ask for help."))
    said.append(
        _(
            "What was before {day} stays in this commune's figures; closed months and issued reports do not change."
        ).format(day=short_date(told.plan.on))
    )
    if told.offices:
        held = ", ".join(f"{name} ({position_name(PositionTitle[title])})" for name, title in told.offices)
        said.append(_("Offices in this commune end on that day: {who}.").format(who=held))
    return said


def handed(told: Handed) -> str:
    """``xã Hòa Tân (99005), from 1/11/2026: 2 branches of xã Hòa Phú, 20 members, 20 households.``"""
    branches, members, homes = len(told.branches), told.members, told.households
    return _("{name} ({code}), from {day}: {branches} of {old}, {members}, {households}.").format(
        name=told.name,
        code=told.code,
        day=short_date(told.on),
        branches=ngettext("{count} branch", "{count} branches", branches).format(count=number(branches)),
        old=told.from_name,
        members=ngettext("{count} member", "{count} members", members).format(count=number(members)),
        households=ngettext("{count} household", "{count} households", homes).format(count=number(homes)),
    )


def done(made: Parted) -> str:
    """What the toast says."""
    return _("{members} went to {name}; their file: {file}.").format(
        members=ngettext("{count} member", "{count} members", made.members).format(count=number(made.members)),
        name=made.plan.name,
        file=made.file.name,
    )
