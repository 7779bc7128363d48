"""``join``: the book of another commune becomes part of this one."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands, period_option
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.joining import Rehearsed
    from sochihoi.storage.joining import BranchLine


def register(commands: Commands) -> None:
    """Hang the command."""
    made = commands.add("join", _join, _("the book of another commune joins this one, from its copy"))
    made.add_argument("file", metavar=_("FILE"))
    made.add_argument("--on", type=_day, metavar="YYYY-MM-DD", help=_("the first day on which both are one commune"))
    made.add_argument("--other-user", metavar=_("NAME"), help=_("whose password of the other book is given"))
    made.add_argument("--dry-run", action="store_true", help=_("only try it on a copy and say what would be"))
    made.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))

    made = commands.add("joined", _joined, _("the books that joined, and what each had closed"))
    made.add_argument(
        "--period", metavar=_("P"), type=period_option, help=_("the figures of this month, as each commune closed them")
    )
    made.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _joined(call: Call) -> int:
    from sochihoi.services.figures import json_row
    from sochihoi.ui.words import joining as words
    from sochihoi.ui.words.month import figure_text, in_language

    told = []
    with call.records() as office:
        desk = office.setup.joining
        for book in desk.every():
            closed = desk.closed(book.id)
            line: dict[str, Any] = {"name": book.name, "code": book.code, "on": book.on.isoformat(), "head": book.head}
            line |= {"backup": str(book.file), "rows": dict(book.rows), "closed": list(closed)}
            call.say(f"{words.joined(book)}: {', '.join(closed)}")
            if call.options.period is not None and call.options.period.code in closed:
                figures = desk.closed_figures(book.id, call.options.period.code)
                line["figures"] = [
                    json_row(one.indicator.code, one.indicator.label.vi, (one.now, one.before, one.so_far))
                    for one in figures
                ]
                for one in figures:
                    call.say(f"  {in_language(one.indicator.label)}: {figure_text(one.indicator, one.now)}")
            told.append(line)
    if call.options.json:
        call.json(told)
    return DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(_("“{text}” is not a day such as 2026-10-15").format(text=text)) from problem


def _join(call: Call) -> int:
    options = call.options
    with call.records() as office:
        password = _other_password()
        desk = office.setup.joining
        on = options.on or desk.proposed_day()
        file = Path(options.file)
        told = desk.rehearse(file, password, on, options.other_user)
        done = told.whole and not options.dry_run
        if done:
            desk.join(file, password, on, options.other_user)
    if options.json:
        call.json(_as_json(told, stored=done))
    _say(call, told, done=done)
    return DONE if told.whole else MENDABLE


def _other_password() -> str:
    """Of the other book: from the environment or a prompt. Raises ``NoPassword``."""
    from sochihoi.storage.errors import NoPassword

    given = os.environ.get("SOCHIHOI_OTHER_PASSWORD")
    if given:
        return given
    if not sys.stdin.isatty():
        raise NoPassword
    import getpass

    return getpass.getpass(_("Password of the other book: "))


def _as_json(told: Rehearsed, *, stored: bool) -> dict[str, Any]:
    return {
        "name": told.name,
        "code": told.code,
        "on": told.on.isoformat(),
        "made_at": told.made_at,
        "before": [_line(one) for one in told.ours],
        "other": [_line(one) for one in told.theirs],
        "after": [_line(one) for one in told.after],
        "rows": dict(told.rows),
        "left_in_backup": dict(told.stayed),
        "codes": [{"noun": noun, "old": old, "new": new} for noun, old, new in told.codes],
        "renamed": [{"old": old, "new": new} for old, new in told.renamed],
        "offices_end": [{"name": name, "title": title} for name, title in told.offices],
        "alike": [
            {"one": pair.one.code, "other": pair.other.code, "names": [pair.one.full_name, pair.other.full_name]}
            for pair in told.alike
        ],
        "last_closed": told.last_closed or None,
        "stored": stored,
    }


def _line(one: BranchLine) -> dict[str, Any]:
    return {"name": one.name, "members": one.members, "households": one.households, "meetings": one.meetings}


def _say(call: Call, told: Rehearsed, *, done: bool) -> None:
    from sochihoi.ui.words import joining as words

    for title, lines in (
        (_("This commune:"), told.ours),
        (_("{name}:").format(name=told.name), told.theirs),
        (_("Both together:"), told.after),
    ):
        call.say(f"{title} {words.counts(lines)}")
        for one in lines:
            call.say(f"  {one.name}: {words.line(one)}")
    for sentence in words.findings(told):
        call.say(sentence)
    for pair in told.alike:
        call.say(f"  {pair.one.full_name} {pair.one.code} · {pair.other.full_name} {pair.other.code}")
    if done:
        call.say(_("The book of {name} joined.").format(name=told.name))
    else:
        call.say(_("Nothing was stored: it was only tried on a copy."))
