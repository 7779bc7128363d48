"""``history``: what was done, by whom and when, and of each record what it was and what it became."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sochihoi.cli.frame import DONE, USAGE, Call, Commands, count_option
from sochihoi.i18n import _, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sochihoi.services.history import Act
    from sochihoi.services.office import Office
    from sochihoi.storage.journal import Entry
    from sochihoi.ui.words.records.changes import RecordChange

# What a person calls a kind of record, and its table; a table's own name is taken as well
KINDS: Final = {
    "member": "membership",
    "branch": "unit",
    "cell": "unit",
    "session": "study_session",
    "study": "study_campaign",
    "score": "branch_score",
    "target": "target_setting",
    "figure": "entered_figure",
    "settings": "setting",
    "key": "trusted_key",
    "ticket": "transfer_ticket",
    "month": "month",
}
_MOST = 100_000


def register(commands: Commands) -> None:
    """Hang the command."""
    told = commands.add("history", _history, _("what was done, by whom, and what each record was before and after"))
    told.add_argument("kind", metavar=_("KIND"), nargs="?", help=_("member, household, meeting, branch, session…"))
    told.add_argument("key", metavar=_("CODE"), nargs="?", help=_("its code, name, day or id"))
    told.add_argument("--act", metavar=_("ID"), help=_("all that one act changed"))
    told.add_argument(
        "--limit", metavar=_("N"), type=count_option(1, _MOST), default=50, help=_("how many acts, the newest first")
    )
    told.add_argument("--sensitive", action="store_true", help=_("sensitive values too; that is noted"))
    told.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _history(call: Call) -> int:
    options = call.options
    if options.kind is not None and (options.key is None or options.act):
        call.say(_("history takes a kind with a code, or --act, or neither."))
        return USAGE
    with call.office() as office:
        who = {one.id: one.name for one in office.setup.accounts()}
        if options.act:
            act = office.history.act(options.act)
            found = [_told(call, office, act, who, _of_act(office, act.batch))]
        elif options.kind is not None:
            entries = office.history.of_called(KINDS.get(options.kind, options.kind), options.key)
            found = [
                _told(call, office, office.history.act(own[0].batch), who, _changes(office, own[::-1]))
                for own in _by_act(entries)[: options.limit]
            ]
        else:
            found = [_told(call, office, act, who, None) for act in office.history.acts(options.limit)]
    if options.json:
        call.json(found)
    return DONE


def _by_act(entries: Iterable[Entry]) -> list[list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.batch, []).append(entry)
    return list(found.values())


def _of_act(office: Office, batch: str) -> list[RecordChange]:
    found: list[RecordChange] = []
    last: int | None = 0
    while last is not None:
        piece = office.history.piece(batch, last)
        found += _changes(office, piece.entries)
        last = piece.last
    return found


def _changes(office: Office, entries: Sequence[Entry]) -> list[RecordChange]:
    from sochihoi.ui.words.records.changes import speech_of, told

    names = office.history.names_in(entries)
    return told(entries, names, speech_of(office, names))


def _told(
    call: Call, office: Office, act: Act, who: dict[str, str], changes: list[RecordChange] | None
) -> dict[str, Any]:
    """One act: said to the person, unless JSON is wanted, and as JSON."""
    from sochihoi.ui.words.acts import act_words
    from sochihoi.ui.words.incidents import moment_words
    from sochihoi.ui.words.story import undone_words

    what, name = act_words(act.act), who.get(act.account_id, "")
    told: dict[str, Any] = {"id": act.batch, "act": act.act, "what": what, "at": act.at, "who": name}
    told |= {"entries": act.changes, "undone": act.undone, "can_undo": act.undoable and office.may_write}
    if changes is not None:
        told["records"] = [_record(call, office, one) for one in changes]
    if not call.options.json:
        entries = "" if changes is not None else f" · {number(act.changes)}"
        when = moment_words(datetime.fromisoformat(act.at))
        call.say(f"{when} · {name} · {undone_words(what, undone=act.undone)}{entries} · {act.batch}")
        for one in told.get("records", ()):
            call.say(f"  {one['title']}" + (f" ({one['became']})" if one["became"] else ""))
            for field in one["fields"]:
                call.say(f"    {field['label']}: {field['from']} → {field['to']}")
    return told


def _record(call: Call, office: Office, one: RecordChange) -> dict[str, Any]:
    from sochihoi.ui.words.records.changes import became_words

    shown = call.options.sensitive
    if shown and one.person_id:
        office.privacy.access.viewed(one.person_id, one.watched)
    fields = [
        {"field": f.field, "label": f.label, **dict(zip(("from", "to"), f.told(revealed=shown), strict=True))}
        for f in one.fields
    ]
    became = became_words(one.became)
    return {"kind": one.noun, "id": one.record_id, "title": one.title, "became": became, "fields": fields}
