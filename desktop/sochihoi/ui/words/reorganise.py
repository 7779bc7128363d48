"""Words of reorganisations: what happens, and what cannot be. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sochihoi.domain.late_records import SeveralThen
from sochihoi.domain.people import PositionTitle
from sochihoi.domain.reorganisation import (
    By,
    DayToCome,
    GoesRoundInRing,
    Kind,
    NotThatDay,
    RecordsFromThen,
    StillUnplaced,
    TooFewUnits,
    UnitNameEmpty,
    UnitNameTaken,
    reorganised_by,
)
from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.commune_changes import BadCommuneCode, PapersSince, SameCommune
from sochihoi.services.reorganisation_files import BadPlanFile
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.people import position_name

if TYPE_CHECKING:
    from sochihoi.services.rehearsing import Rehearsal
    from sochihoi.services.reorganising import Origin

ACTS: dict[str, Callable[[], str]] = {
    "unit.merge": lambda: _("Branches merged"),
    "unit.split": lambda: _("Branch split"),
    "unit.renamed_from": lambda: _("Branch or cell renamed from a day"),
    "unit.commune": lambda: _("Commune renamed or merged"),
    "unit.move_cell": lambda: _("Cell moved to another branch"),
}


@register(UnitNameEmpty)
def _empty(_error: UnitNameEmpty) -> Message:
    return Message(_("A new unit has no name yet."), _("Type a name."))


@register(UnitNameTaken)
def _taken(error: UnitNameTaken) -> Message:
    return Message(
        _("“{name}” is there already.").format(name=error.value), _("Choose a name by which they can be told apart.")
    )


@register(TooFewUnits)
def _few(error: TooFewUnits) -> Message:
    if error.kind is Kind.SPLIT:
        return Message(
            _("One branch is not split into fewer than two."), _("Type the names of the new branches, one a line.")
        )
    return Message(_("One branch alone is not merged."), _("Choose the branches that become one."))


@register(NotThatDay)
def _not_that_day(error: NotThatDay) -> Message:
    day = short_date(error.on)
    if not error.name:
        return Message(_("It is not said which branch it is about."), _("Choose it in the list."))
    return Message(
        _("{name} does not yet exist before {day}, or is no more afterwards.").format(name=error.name, day=day),
        _("Choose another day, or another branch."),
    )


@register(DayToCome)
def _to_come(_error: DayToCome) -> Message:
    return Message(
        _("This day has not come yet, and members may still move until then."), _("Do it on the day itself or later.")
    )


@register(GoesRoundInRing)
def _ring(error: GoesRoundInRing) -> Message:
    return Message(
        _("{name} is there already, or would become part of itself.").format(name=error.name),
        _("Choose another branch for it."),
    )


@register(StillUnplaced)
def _unplaced(error: StillUnplaced) -> Message:
    members = ngettext("{count} member", "{count} members", error.members).format(count=number(error.members))
    homes = ngettext("{count} household", "{count} households", error.households).format(count=number(error.households))
    said = [text for text, count in ((members, error.members), (homes, error.households)) if count]
    return Message(
        _("Nobody said yet where these belong: {who}.").format(who=", ".join(said)),
        _("Give each of them a branch in the list."),
    )


@register(RecordsFromThen)
def _records(error: RecordsFromThen) -> Message:
    return Message(
        _("{name} still met on {newest}, so it cannot have ended on {day}.").format(
            name=error.name, newest=short_date(error.newest), day=short_date(error.on)
        ),
        _("Choose a day after that meeting, or correct its day."),
    )


@register(SeveralThen)
def _several(error: SeveralThen) -> Message:
    return Message(
        _("On {day} {name} was: {names}.").format(
            day=short_date(error.on), name=error.name, names=", ".join(error.names)
        ),
        _("Say which of them is meant."),
    )


@register(BadCommuneCode)
def _code(_error: BadCommuneCode) -> Message:
    return Message(_("The code of a commune has five digits."), _("Look it up in the official list."))


@register(SameCommune)
def _same(_error: SameCommune) -> Message:
    return Message(_("Nothing differs from what the commune is called now."), _("Type what is new."))


@register(PapersSince)
def _papers(error: PapersSince) -> Message:
    return Message(
        _("A paper with the old name went out on {newest}, so the new one cannot begin on {day}.").format(
            newest=short_date(error.newest), day=short_date(error.on)
        ),
        _("Choose a day after that paper."),
    )


@register(BadPlanFile)
def _plan_file(error: BadPlanFile) -> Message:
    if error.problem == "unknown":
        what = _("{file} names what is not there on that day: {place}.").format(file=error.file, place=error.place)
    elif error.problem == "unreadable":
        what = _("{file} cannot be read as a plan.").format(file=error.file)
    else:
        what = _("{file} does not say all that is needed, at {place}.").format(file=error.file, place=error.place)
    return Message(what, _("Mend the file and try again."))


KINDS: dict[Kind, Callable[[], str]] = {
    Kind.MERGE: lambda: _("Branches become one"),
    Kind.SPLIT: lambda: _("One branch becomes several"),
    Kind.RENAME: lambda: _("A branch has another name"),
    Kind.MOVE_CELL: lambda: _("A cell belongs to another branch"),
}
WAYS: dict[By, Callable[[], str]] = {
    By.CELL: lambda: _("By cell"),
    By.HAMLET: lambda: _("By the hamlet where they live"),
    By.MEMBER: lambda: _("One by one"),
}


def reason_words(reason: str) -> str:
    """Why a stay began: what was reorganised, with its decision, or what a person typed."""
    kind, told = reorganised_by(reason)
    return told if kind is None else " · ".join(part for part in (_STAYS[kind](), told) if part)


_STAYS: dict[Kind, Callable[[], str]] = {
    Kind.MERGE: lambda: _("The branch was merged"),
    Kind.SPLIT: lambda: _("The branch was split"),
    Kind.RENAME: lambda: _("The branch was renamed"),
    Kind.MOVE_CELL: lambda: _("Her cell was moved"),
    Kind.PART: lambda: _("The branch went to this commune"),
}


def deed(kind: Kind, count: int, name: str) -> str:
    """What the last button says. ``name``: of the new branch, or of what moves."""
    if kind is Kind.MERGE:
        return ngettext("Merge {count} branch", "Merge {count} branches", count).format(count=number(count))
    if kind is Kind.SPLIT:
        return ngettext("Split into {count} branch", "Split into {count} branches", count).format(count=number(count))
    if kind is Kind.RENAME:
        return _("Rename to {name}").format(name=name)
    return _("Move {name}").format(name=name)


def done(kind: Kind, name: str) -> str:
    """What the toast says."""
    said = {
        Kind.MERGE: _("The branches are one: {name}."),
        Kind.SPLIT: _("The branch was split: {name}."),
        Kind.RENAME: _("The branch is called {name} now."),
        Kind.MOVE_CELL: _("The cell belongs to {name} now."),
    }
    return said[kind].format(name=name)


def findings(told: Rehearsal) -> list[str]:
    """What a rehearsal found beside the figures, a sentence each; who is lost would be said first."""
    said = []
    if told.all_before == told.all_after and not told.unplaced:
        said.append(
            ngettext(
                "Everybody has her place: {count} member before, {count} after.",
                "Everybody has her place: {count} members before, {count} after.",
                told.all_after,
            ).format(count=number(told.all_after))
        )
    for name, title, unit in told.offices:
        said.append(
            _("{name} is no longer {title} of {unit} from that day.").format(
                name=name, title=position_name(PositionTitle[title]).lower(), unit=unit
            )
        )
    if told.planned:
        said.append(
            ngettext(
                "{count} meeting that was only planned is called off.",
                "{count} meetings that were only planned are called off.",
                told.planned,
            ).format(count=number(told.planned))
        )
    return said


def waiting(told: Rehearsal) -> str:
    """How many have no place yet; empty when all have one."""
    people = sum(one.by is By.MEMBER for one in told.unplaced)
    homes = len(told.unplaced) - people
    return words_of(StillUnplaced(people, homes)) if told.unplaced else ""


def words_of(error: StillUnplaced) -> str:
    """As a sentence beside a button."""
    return _unplaced(error).what


def compared_with(origin: Origin) -> str:
    """What the figures of a new branch are compared with, as a sentence."""
    day, names = short_date(origin.on), ", ".join(origin.names)
    if origin.part:
        return _(
            "Before {day} it was a part of {names}: only persons and households can be told apart for that time."
        ).format(day=day, names=names)
    return _("Before {day} the figures are those of {names}.").format(day=day, names=names)
