"""``part``: branches go to a new commune, as a file says it; ``init --from-part`` begins the book there."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, USAGE, Call, Commands
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.parting import PartRehearsed
    from sochihoi.storage.joining import BranchLine


def register(commands: Commands) -> None:
    """Hang the command."""
    made = commands.add("part", _part, _("branches go to a new commune, whose book begins with the file made here"))
    made.add_argument("file", metavar=_("FILE"))
    made.add_argument("--out", metavar=_("FILE"), help=_("the file for the new commune, ending in .hpnpart"))
    made.add_argument("--dry-run", action="store_true", help=_("only try it on a copy and say what would be"))
    made.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def part_password() -> str:
    """Of the file between the two communes: from the environment or a prompt. Raises ``NoPassword``."""
    from sochihoi.storage.errors import NoPassword

    given = os.environ.get("SOCHIHOI_PART_PASSWORD")
    if given:
        return given
    if not sys.stdin.isatty():
        raise NoPassword
    import getpass

    return getpass.getpass(_("Password of the file for the new commune: "))


def _part(call: Call) -> int:
    from sochihoi.services.parting_files import read_parting

    options = call.options
    if options.out is None and not options.dry_run:
        call.say(_("part needs --out, the file for the new commune; --dry-run only tries it."))
        return USAGE
    with call.records() as office:
        desk = office.setup.parting
        plan = read_parting(office, Path(options.file))
        told = desk.rehearse(plan)
        done = told.whole and not options.dry_run
        if done:
            desk.part(plan, Path(options.out), part_password(), around=call.around)
    if options.json:
        call.json(_as_json(told, options.out if done else None))
    _say(call, told, done=done)
    return DONE if told.whole else MENDABLE


def _as_json(told: PartRehearsed, out: str | None) -> dict[str, Any]:
    return {
        "name": told.plan.name,
        "code": told.plan.code,
        "on": told.plan.on.isoformat(),
        "decision": told.plan.decision,
        "before": [_line(one) for one in told.before],
        "stay": [_line(one) for one in told.stay],
        "go": [_line(one) for one in told.go],
        "offices_end": [{"name": name, "title": title} for name, title in told.offices],
        "on_both": [{"noun": one.noun, "code": one.code, "name": one.name, "branch": one.branch} for one in told.both],
        "file": out,
        "stored": out is not None,
    }


def _line(one: BranchLine) -> dict[str, Any]:
    return {"name": one.name, "members": one.members, "households": one.households, "meetings": one.meetings}


def _say(call: Call, told: PartRehearsed, *, done: bool) -> None:
    from sochihoi.ui.words import joining, parting

    for title, lines in (
        (_("Before:"), told.before),
        (_("What stays:"), told.stay),
        (_("What goes to {name}:").format(name=told.plan.name), told.go),
    ):
        call.say(f"{title} {joining.counts(lines)}")
        for one in lines:
            call.say(f"  {one.name}: {joining.line(one)}")
    for sentence in parting.findings(told):
        call.say(sentence)
    if told.both:
        call.say(f"{parting.on_both(told)} {parting.todo_on_both()}")
        for who in told.both:
            call.say(f"  {parting.who(who)}")
    if done:
        text = _("The branches went to {name}; the file for it is {file}.")
        call.say(text.format(name=told.plan.name, file=call.options.out))
    else:
        call.say(_("Nothing was stored: it was only tried on a copy."))
