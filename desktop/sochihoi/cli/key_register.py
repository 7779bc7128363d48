"""``register``: the signed register of keys, made at a level above, taken in at a commune."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _, number

if TYPE_CHECKING:
    from sochihoi.services.register_view import View

_PLACE = re.compile(r"([1-9]\d{0,5})/(0|[1-9]\d{0,8})", re.ASCII)


def register(commands: Commands) -> None:
    """Hang the command."""
    whole = commands.add("register", _show, _("the signed register of keys"))
    acts = whole.add_subparsers(dest="act", required=True, metavar=_("ACT"))
    show = acts.add_parser("show", help=_("what stands in it"))
    show.set_defaults(handler=_show)
    export = acts.add_parser("export", help=_("write the signed file and allowed_signers beside it"))
    export.set_defaults(handler=_export)
    safe = acts.add_parser("safe-key", help=_("make the second key, whose secret half goes into the safe"))
    safe.set_defaults(handler=_safe_key)
    safe.add_argument(
        "--again", action="store_true", help=_("make another one, which takes the place of the one there is")
    )
    for one in (export, safe):
        one.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes"))
        one.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    apply = acts.add_parser("apply", help=_("take in the register of the level above"))
    apply.set_defaults(handler=_apply)
    apply.add_argument("file", metavar=_("FILE"))
    revoke = acts.add_parser("revoke", help=_("the key of a unit no longer counts"))
    revoke.set_defaults(handler=_revoke)
    revoke.add_argument("unit", metavar=_("UNIT"))
    revoke.add_argument(
        "--last", metavar=_("EPOCH/SEQ"), type=_place, help=_("the last file that still counts, such as 1/7")
    )
    revoke.add_argument("--reason", metavar=_("TEXT"), required=True, help=_("why, in words"))
    for one in (show, export, safe, apply, revoke):
        one.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _place(text: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(_("“{text}” is not a place such as 1/7").format(text=text))
    return int(found[1]), int(found[2])


def _show(call: Call) -> int:
    from sochihoi.services import register_view
    from sochihoi.ui.words.keys import role_words, state_words

    with call.office() as office:
        seen = register_view.view(office)
    if call.options.json:
        call.json(_json(seen))
        return DONE
    call.say(_("Register of {unit}, version {number}.").format(unit=seen.unit, number=number(seen.number)))
    for one in seen.lines:
        approved = ", ".join(one.approved_by) or "—"
        told = f"{one.unit}  {one.name}  {role_words(one.role)}, {state_words(one.state)}"
        by = _("approved by {names}").format(names=approved)
        call.say(f"{told}  {by}" if one.role == "SENDER" else told)
    return DONE


def _json(seen: View) -> dict[str, Any]:
    return {
        "unit": seen.unit,
        "number": seen.number,
        "key": seen.key,
        "manifest_hash": seen.manifest_hash,
        "keys": [
            {
                "unit": one.unit,
                "name": one.name,
                "level": one.level,
                "role": one.role,
                "state": one.state.name,
                "one_person": one.one_person,
                "approved_by": list(one.approved_by),
                "key": one.fingerprint,
                "digits": one.digits.split(),
                "scope": one.scope or None,
                "from_version": one.from_version,
                "revoked_version": one.revoked_version,
                "last": None if one.last is None else {"epoch_no": one.last[0], "seq": one.last[1]},
                "why": one.why or None,
                "replaces": one.replaces or None,
            }
            for one in seen.lines
        ],
    }


def _export(call: Call) -> int:
    from sochihoi.services import registering

    with call.office() as office:
        file, signers, made = registering.export(office, Path(call.options.out), overwrite=call.options.force)
    call.say(_("Register version {number} written: {file}").format(number=number(made.number), file=file))
    call.say(_("The keys for ssh-keygen: {file}").format(file=signers))
    if call.options.json:
        facts = {"file": str(file), "allowed_signers": str(signers), "unit": made.unit, "number": made.number}
        call.json({**facts, "manifest_hash": made.manifest_hash})
    return DONE


def _safe_key(call: Call) -> int:
    from sochihoi.services.renewing import make_safe_key

    options = call.options
    with call.office() as office:
        made = make_safe_key(office, Path(options.out), again=options.again, overwrite=options.force)
    call.say(_("The key for the safe is written; it is not kept here: {file}").format(file=made.file))
    call.say(_("Its paper: {file}").format(file=made.paper))
    call.say(_("Give the communes the new register; from then on their files are locked for both keys."))
    if options.json:
        call.json({"file": str(made.file), "paper": str(made.paper), "age": made.age_key})
    return DONE


def _apply(call: Call) -> int:
    from sochihoi.services import registering
    from sochihoi.storage.files import read_bytes

    with call.office() as office:
        done = registering.apply(office, read_bytes(Path(call.options.file)))
    told = (
        _("This register is here already: version {number}.")
        if done.known
        else _("Register version {number} taken in.")
    )
    call.say(told.format(number=number(done.register.number)))
    if call.options.json:
        facts = {"unit": done.register.unit, "number": done.register.number, "known": done.known}
        call.json({**facts, "keys": len(done.register.rows)})
    return DONE


def _revoke(call: Call) -> int:
    from sochihoi.services import registering

    options = call.options
    with call.office() as office:
        key = registering.revoke(office, options.unit, options.last, options.reason)
    call.say(_("The key of {name} no longer counts.").format(name=key.unit_name))
    if key.last_trusted is not None:
        epoch, seq = key.last_trusted
        told = _("The last file of it that counts is number {seq} of epoch {epoch}.")
        call.say(told.format(seq=number(seq), epoch=number(epoch)))
    if options.json:
        last = None if key.last_trusted is None else {"epoch_no": key.last_trusted[0], "seq": key.last_trusted[1]}
        call.json({"unit": key.unit_code, "key": key.fingerprint, "state": key.state.name, "last": last})
    return DONE
