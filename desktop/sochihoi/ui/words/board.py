"""Words of the board of a level above: where a unit stands, what is missing, the reminder that goes to it. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sochihoi.i18n import _, ngettext, number, short_date
from sochihoi.services.board import BoardRow, BoardSheet, State
from sochihoi.ui.words import Message
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.refusals import refusal

if TYPE_CHECKING:
    from sochihoi.storage.consolidated import FileLine

_NAMED = 6  # numbers and months that a line names

ACTS: dict[str, Callable[[], str]] = {"above.due": lambda: _("Day on which reports are due changed")}


def state_words(state: State) -> str:
    """A badge."""
    return {
        State.LATE: _("Late"),
        State.REFUSED: _("File refused"),
        State.HELD: _("Waits for a decision"),
        State.WAITING: _("Not sent yet"),
        State.SENT: _("Has sent"),
    }[state]


def due_words(row: BoardRow) -> str:
    """``quá hạn 3 ngày``, ``còn 4 ngày``; of what came ``trễ 3 ngày`` or ``đúng hạn``."""
    if row.sent:
        if row.days <= 0:
            return _("in time")
        return ngettext("came {count} day late", "came {count} days late", row.days).format(count=number(row.days))
    if row.days > 0:
        return ngettext("{count} day past it", "{count} days past it", row.days).format(count=number(row.days))
    if row.days == 0:
        return _("due today")
    return ngettext("{count} day still to go", "{count} days still to go", -row.days).format(count=number(-row.days))


def newest_words(row: BoardRow) -> str:
    """``10/2026, số 7``: the newest file that counts."""
    if row.newest is None:
        return _("no file yet")
    return _("{period}, number {seq}").format(period=period_name(row.newest.period), seq=number(row.newest.seq))


def age_words(row: BoardRow) -> str:
    """``nhận 02/11/2026, 3 ngày trước``."""
    if row.newest is None or row.age is None:
        return ""
    day = short_date(row.newest.received_on)
    if row.age <= 0:
        return _("received on {day}, today").format(day=day)
    told = ngettext("received on {day}, {count} day ago", "received on {day}, {count} days ago", row.age)
    return told.format(day=day, count=number(row.age))


def gap_words(row: BoardRow) -> str:
    """``thiếu tệp số 3, 4; số liệu tháng 8/2026``; empty when nothing is missing."""
    return _("missing: {what}").format(what=_missing(row)) if row.has_gap else ""


def _trouble(file: FileLine | None) -> Message:
    """Why the newest file does not count, and what to do; nothing when it does."""
    if file is None:
        return Message("", "")
    if file.verdict == "REFUSED":
        return refusal(file.code)
    return Message(_("The file waits for a decision in the inbox."), "")


def remarks(row: BoardRow) -> str:
    """What is wrong beside the state, in one line."""
    no_key = _("Its key was revoked, and it has no new one yet.") if row.no_key else ""
    told = [no_key, _trouble(row.trouble).what, gap_words(row)]
    return " ".join(_sentence(one) for one in told if one)


def todo(row: BoardRow) -> str:
    """What is to be done about a refused file."""
    return _trouble(row.trouble).todo


def headline(sheet: BoardSheet) -> str:
    """``12/34 đơn vị đã gửi tháng 10/2026, hạn 02/11/2026; 3 đơn vị quá hạn``."""
    late = sheet.count(State.LATE)
    told = _("{sent} of {known} units have sent {period}, due on {day}").format(
        sent=number(sheet.count(State.SENT)),
        known=number(len(sheet.rows)),
        period=period_name(sheet.period),
        day=short_date(sheet.due),
    )
    if not late:
        return told
    return f"{told}; " + ngettext("{count} unit is late", "{count} units are late", late).format(count=number(late))


def reminder(row: BoardRow, sheet: BoardSheet, above: str) -> str:
    """What is written to a unit, ready to be pasted into a message; empty when there is nothing to remind of."""
    if row.in_order:
        return ""
    lines = [_("To {unit},").format(unit=row.unit_name)]
    facts = {
        "above": above,
        "period": period_name(sheet.period),
        "due": short_date(row.due),
        "today": short_date(sheet.today),
        "count": number(abs(row.days)),
    }
    if not row.sent:
        lines.append(_asked(row).format(**facts))
    if row.no_key:
        lines.append(
            _("The key of your unit was revoked: please make a new one first, and send us its file and signed slip.")
        )
    if row.trouble is not None and row.trouble.verdict == "REFUSED":
        said = _("File {file}, received on {day}, could not be taken in. {why} Please send it once more.")
        day, why = short_date(row.trouble.received_on), refusal(row.trouble.code).what
        lines.append(said.format(file=row.trouble.file_name, day=day, why=why))
    if row.has_gap:
        lines.append(
            _("{above} still lacks of your unit: {what}. Please look for the files and send them, or tell us.").format(
                above=above, what=_missing(row)
            )
        )
    lines.append(_("Should the file be on its way already, please overlook this message. Thank you."))
    return "\n".join(lines)


def _asked(row: BoardRow) -> str:
    if row.days > 0:
        return ngettext(
            "by {today}, {above} has not received the report file of {period} of your unit; it was due on {due},"
            " {count} day ago. Please close the figures, write the file and send it as soon as you can.",
            "by {today}, {above} has not received the report file of {period} of your unit; it was due on {due},"
            " {count} days ago. Please close the figures, write the file and send it as soon as you can.",
            row.days,
        )
    if row.days == 0:
        return _("the report file of {period} is due at {above} today, {due}. Please close the figures and send it.")
    return ngettext(
        "the report file of {period} is due at {above} on {due}, in {count} day. Please close the figures and send it"
        " in time.",
        "the report file of {period} is due at {above} on {due}, in {count} days. Please close the figures and send it"
        " in time.",
        -row.days,
    )


def _missing(row: BoardRow) -> str:
    parts = []
    if row.numbers:
        told = ngettext("file number {numbers}", "file numbers {numbers}", len(row.numbers))
        parts.append(told.format(numbers=_some([number(one) for one in row.numbers])))
    if row.periods:
        named = _some([period_name(one) for one in row.periods])
        parts.append(_("figures of {periods}").format(periods=named))
    return "; ".join(parts)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")


def _sentence(text: str) -> str:
    first = text[:1].upper() + text[1:]
    return first if first.endswith((".", "…")) else f"{first}."
