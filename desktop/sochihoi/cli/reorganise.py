"""``reorganise``: branches merge, split, are renamed, cells move, as a file says it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.rehearsing import Rehearsal, UnitLine


def register(commands: Commands) -> None:
    """Hang the command."""
    made = commands.add("reorganise", _reorganise, _("merge, split or rename branches, move a cell, as a file says"))
    made.add_argument("file", metavar=_("FILE"))
    made.add_argument("--dry-run", action="store_true", help=_("only try it on a copy and say what would be"))
    made.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _reorganise(call: Call) -> int:
    from sochihoi.services.reorganisation_files import read_plan

    with call.records() as office:
        plan = read_plan(office, Path(call.options.file))
        told = office.setup.reorganising.rehearse(plan)
        done = told.whole and not call.options.dry_run
        if done:
            office.setup.reorganising.commit(plan)
    if call.options.json:
        call.json(_as_json(told, stored=done))
    _say(call, told, done=done)
    return DONE if told.whole else MENDABLE


def _as_json(told: Rehearsal, *, stored: bool) -> dict[str, Any]:
    return {
        "kind": told.plan.kind.value,
        "on": told.plan.on.isoformat(),
        "decision": told.plan.decision,
        "before": [_line(one) for one in told.before],
        "after": [_line(one) for one in told.after],
        "unplaced": [{"by": one.by.value, "name": one.name, "cell": one.cell} for one in told.unplaced],
        "offices_end": [{"name": name, "title": title, "unit": unit} for name, title, unit in told.offices],
        "meetings_called_off": told.planned,
        "stored": stored,
    }


def _line(one: UnitLine) -> dict[str, Any]:
    return {"name": one.name, "members": one.members, "households": one.households, "cells": one.cells}


def _say(call: Call, told: Rehearsal, *, done: bool) -> None:
    from sochihoi.ui.words import reorganise as words

    for title, lines in ((_("Before:"), told.before), (_("After:"), told.after)):
        call.say(title)
        for one in lines:
            text = _("  {name}: {members} members, {households} households, {cells} cells")
            call.say(text.format(name=one.name, members=one.members, households=one.households, cells=one.cells))
    for sentence in words.findings(told):
        call.say(sentence)
    if told.unplaced:
        call.say(words.waiting(told))
        for who in told.unplaced:
            call.say("  " + " · ".join(part for part in (who.name, who.cell, who.hamlet) if part))
    if done:
        moved_to = [one.name for one in told.after if one.id == told.plan.target]
        call.say(words.done(told.plan.kind, ", ".join(moved_to or told.plan.names)))
    else:
        call.say(_("Nothing was stored: it was only tried on a copy."))
