"""What leaves this PC with a report, in words: before it is sealed, and in the log afterwards. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sochihoi.domain.cross_duplicates import NoSuchPair, Pair
from sochihoi.domain.member_columns import SENSITIVE_COLUMNS
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui.words import Message, register
from sochihoi.ui.words.movements import leaving_words
from sochihoi.ui.words.packs import column_words, columns_words

if TYPE_CHECKING:
    from sochihoi.services.leaving import Leaving

ACTS = {"duplicates.distinct": lambda: _("Two entries said to be two women")}


def lines(parts: Leaving) -> list[str]:
    """A sentence each: whether members go along, which columns, who stays out, what stays here."""
    tickets = leaving_words(parts.kinds.get("ticket", 0))
    if not parts.columns:
        if tickets:
            return [_("Figures leave this PC, and no name."), tickets]
        return [_("Only figures leave this PC; no line of the file is about anybody.")]
    members = ngettext("{count} member", "{count} members", parts.members).format(count=number(parts.members))
    told = [_("Besides the figures a list of {members} leaves this PC, with these columns: {columns}.")]
    found = [told[0].format(members=members, columns=columns_words(parts.columns))]
    sensitive = [code for code in parts.columns if code in SENSITIVE_COLUMNS]
    if sensitive:
        words = _("Sensitive: {columns}. Of a member they go only where she agreed to it.")
        found.append(words.format(columns=columns_words(sensitive)))
    found += [
        ngettext(
            "{column}: stays here of {count} member who has not agreed.",
            "{column}: stays here of {count} members who have not agreed.",
            count,
        ).format(column=_capital(column_words(code)), count=number(count))
        for code, count in parts.kept_back.items()
    ]
    if tickets:
        found.append(tickets)
    if parts.withdrawn:
        words = ngettext(
            "{count} member is not on the list: she took her consent back.",
            "{count} members are not on the list: they took their consent back.",
            parts.withdrawn,
        )
        found.append(words.format(count=number(parts.withdrawn)))
    return found


def of_log(told: Mapping[str, Any]) -> str:
    """One line about a file that was made: what of people was in it."""
    columns = told.get("columns")
    if not columns:
        return _("figures only")
    count = int(told.get("members", 0))
    words = ngettext("list of {count} member: {columns}", "list of {count} members: {columns}", count)
    return words.format(count=number(count), columns=columns_words(columns))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def pair_words(pair: Pair) -> str:
    """One pair as a sentence, for the dialog that asks."""
    return _("{one} in {unit}, and {other} in {second}: the same personal identification number.").format(
        one=pair.one.full_name or pair.one.code,
        unit=pair.one.unit_name,
        other=pair.other.full_name or pair.other.code,
        second=pair.other.unit_name,
    )


@register(NoSuchPair)
def _no_such_pair(error: NoSuchPair) -> Message:
    return Message(
        _("No pair “{asked}” waits to be looked at.").format(asked=error.asked),
        _("Use the key that “twice” shows at the head of its line."),
    )
