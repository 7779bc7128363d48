"""What the first page says of a new book, and to a level above. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sochihoi.i18n import _, ngettext, number, percent, weekday_date
from sochihoi.services.overview_facts import Beginning, Below, Share
from sochihoi.ui.overview.presenter import Line, joined, month_name
from sochihoi.ui.words.packs import tree_words

if TYPE_CHECKING:
    from sochihoi.services.unit_trees import NamedChange


def first_lines(begun: Beginning) -> list[tuple[Line, bool]]:
    """The first things to do, and whether each is done."""

    def have(count: int, words: Callable[[int], str], none: str) -> str:
        return words(count).format(count=number(count)) if count else none

    return [
        (
            Line(
                "building-2",
                "accent",
                _("Write down the branches"),
                have(
                    begun.branches,
                    lambda n: ngettext("{count} branch", "{count} branches", n),
                    _("Paste the list of names, one a line."),
                ),
                _("Add branches"),
                "setup",
                {"tab": "branches"},
            ),
            begun.branches > 0,
        ),
        (
            Line(
                "file-spreadsheet",
                "accent",
                _("Bring in the members"),
                have(
                    begun.members,
                    lambda n: ngettext("{count} member", "{count} members", n),
                    _("From the Excel list that you have, or one by one. Nothing is written before you have seen it."),
                ),
                _("Import from Excel"),
                "people",
                {"intake": True},
            ),
            begun.members > 0,
        ),
        (
            Line(
                "hard-drive",
                "accent",
                _("Choose where copies go"),
                _("Copies are made in a second place at every closing.")
                if begun.backup_place
                else _("A stick or another disk keeps the book when this computer breaks."),
                _("Choose the place"),
                "setup",
                {"tab": "backup"},
            ),
            begun.backup_place,
        ),
        (
            Line(
                "key",
                "accent",
                _("Take in the key of the level above"),
                _("The key is accepted: reports can be sent.")
                if begun.parent_known
                else _("Its key file comes from the level above; without it no report can be sent."),
                _("Sending and receiving"),
                "sync",
            ),
            begun.parent_known,
        ),
    ]


def below_note(below: Below, today: date) -> str:
    """``Thứ Hai 26/10/2026 · 12/34 đơn vị đã gửi tháng 10``."""
    known = len(below.sent) + len(below.missing)
    told = _("{sent}/{known} units have sent {month}").format(
        sent=number(len(below.sent)), known=number(known), month=month_name(below.period)
    )
    return f"{weekday_date(today)} · {told}"


def key_words(names: Sequence[str]) -> str:
    """Whose keys wait: how many, and the first of them."""
    told = ngettext(
        "{count} key waits for approval: {names}. Files of its unit are refused until then.",
        "{count} keys wait for approval: {names}. Files of their units are refused until then.",
        len(names),
    )
    return told.format(count=number(len(names)), names=joined(names))


def ticket_line(count: int) -> Line:
    """Tickets of members on their way that somebody has to ask about, and the way to their list."""
    told = ngettext(
        "{count} transfer ticket between units is open for more than 60 days",
        "{count} transfer tickets between units are open for more than 60 days",
        count,
    ).format(count=number(count))
    return Line(
        "circle-alert", "bad", told, _("The board says who has to do what."), _("Look"), "upper", {"tab": "board"}
    )


def tree_line(one: NamedChange) -> Line:
    """Which units change on which day, and the way to the pack that says so."""
    reason = one.change.reason
    basis = _("Basis: {reason}.").format(reason=reason.rstrip(".")) if reason else ""
    return Line("network", "info", tree_words(one, basis=False), basis, _("Look"), "upper", {"tab": "packs"})


def below_facts(below: Below) -> list[tuple[str, str]]:
    """The few figures of all units together."""

    def share(one: Share | None) -> str:
        if one is None:
            return _("none yet")
        return f"{percent(one.ratio)} ({number(one.numerator)}/{number(one.denominator)})"

    return [
        (_("Members of the units that sent"), "—" if below.members is None else number(below.members)),
        (_("Mean attendance of meetings"), share(below.attendance)),
        (_("Member households that pass"), share(below.passing)),
    ]
