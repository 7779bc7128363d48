"""``stick``: what lies on a stick; ``unite``: the book of the other PC put together with this one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, MENDABLE, Call, Commands
from sochihoi.cli.spoken import UsageError
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.domain.reuniting import Question, Side
    from sochihoi.services.reuniting import Plan, Reuniting

OTHER_PASSWORD = "SOCHIHOI_OTHER_PASSWORD"  # noqa: S105 - the name of the variable that holds one


def register(commands: Commands) -> None:
    """Hang the commands."""
    stick = commands.add("stick", _stick, _("what lies on a stick, and what can be done with each file"))
    stick.add_argument("places", metavar=_("FILE|FOLDER"), nargs="*", help=_("the sticks plugged in without any"))
    unite = commands.add("unite", _unite, _("put the book of the other PC together with this one"))
    unite.add_argument("file", metavar=_("FILE"), help=_("its copy (.hpnbak) or hand-over file"))
    unite.add_argument("--dry-run", action="store_true", help=_("only say what would come in and what is asked"))
    unite.add_argument("--all", choices=("ours", "theirs"), help=_("one answer to whatever --answers leaves open"))
    unite.add_argument("--answers", metavar=_("FILE"), help=_("JSON: the key of each question with ours or theirs"))
    for one in (stick, unite):
        one.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


# ---------------------------------------------------------------------- what lies there


def _stick(call: Call) -> int:
    from sochihoi.services import drives
    from sochihoi.services.sticks import look
    from sochihoi.ui.words import custody as words

    places = [Path(text) for text in call.options.places] or [one.path for one in drives.removable()]
    if not places:
        call.say(_("No stick is plugged in. Plug one in, or name a folder."))
        return MENDABLE
    with call.office() as office:
        found = look(office, places)
    for one in found:
        state, deed = words.lying_state(one), words.deed(one.deed)
        call.say("  ".join(part for part in (words.lying_title(one), one.name, state, deed) if part))
    told = ngettext("{count} file of this program.", "{count} files of this program.", len(found))
    call.say(told.format(count=number(len(found))))
    if call.options.json:
        call.json(
            [
                {
                    "path": str(one.path),
                    "name": one.name,
                    "what": one.what.name,
                    "deed": one.deed.name,
                    "foreign": one.foreign,
                    "done": one.done,
                    "state": None if one.own is None else one.own.state.name,
                    "problem": None if one.problem is None else words.lying_state(one),
                    "facts": None if one.found is None else one.found.facts(),
                }
                for one in found
            ]
        )
    return DONE


# ---------------------------------------------------------------------- two books


def _unite(call: Call) -> int:
    from sochihoi.services.reuniting import Reuniting
    from sochihoi.ui.words import reuniting as words
    from sochihoi.ui.words.month import period_name

    options = call.options
    said = {} if options.answers is None else _answers(Path(options.answers))
    with call.office() as office:
        desk = Reuniting(office)
        plan = desk.look(Path(options.file), os.environ.get(OTHER_PASSWORD) or call.password())
        given = _given(plan, said, options.all)
        call.say(_("Comes in from the other PC by itself:"))
        for line in words.brought(plan.brought) or [_("nothing")]:
            call.say(f"  {line}")
        if plan.closed:
            told = _("What comes in counts in closed months: {months}. Make a supplement for each afterwards.")
            call.say(told.format(months=", ".join(period_name(period) for period in plan.closed)))
        call.say(words.asked(len(plan.questions)))
        for one in plan.questions:
            values = f"{words.value_words(one.ours)} | {words.value_words(one.theirs)}"
            call.say(f"  {_key(one)}  {words.question_words(one, desk.whose(one))}: {values}")
        facts = _json(desk, plan, given)
        open_ = [one for one in plan.questions if one.key not in given]
        if options.dry_run:
            if options.json:
                call.json(facts)
            return MENDABLE if open_ else DONE
        done = desk.apply(plan, given)
    call.say(_("The two books are one: {count} records came in.").format(count=number(done.records)))
    for before, after in done.renumbered:
        call.say(_("Member code {before} is {after} now.").format(before=before, after=after))
    if options.json:
        call.json({**facts, "records": done.records, "batch": done.batch, "renumbered": dict(done.renumbered)})
    return DONE


def _answers(file: Path) -> Mapping[str, str]:
    from sochihoi.storage.files import read_bytes

    try:
        told = json.loads(read_bytes(file))
    except ValueError:
        told = None
    if not isinstance(told, dict) or not set(told.values()) <= {"ours", "theirs"}:
        raise UsageError(_("The file of answers is one JSON object: the key of each question with ours or theirs."))
    return told


def _given(plan: Plan, said: Mapping[str, str], otherwise: str | None) -> dict[tuple[str, str, str], Side]:
    from sochihoi.domain.reuniting import Side

    found = {one.key: said.get(_key(one), otherwise) for one in plan.questions}
    return {key: Side[answer.upper()] for key, answer in found.items() if answer is not None}


def _key(one: Question) -> str:
    """``person/018bcfe5-…/phone``; nothing behind the last stroke where a whole record is asked about."""
    return "/".join(one.key)


def _json(desk: Reuniting, plan: Plan, given: Mapping[tuple[str, str, str], Side]) -> dict[str, Any]:
    return {
        "file": plan.name,
        "forked_at": plan.forked_at,
        "brought": dict(plan.brought),
        "closed": list(plan.closed),
        "questions": [
            {
                "key": _key(one),
                "whose": desk.whose(one),
                "ours": one.ours,
                "theirs": one.theirs,
                "answer": given[one.key].name.lower() if one.key in given else None,
            }
            for one in plan.questions
        ],
    }
