"""``pack``: definitions as one signed file, made at a level above, looked at and applied at a commune."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.leaving import Leaving
    from sochihoi.services.office import Office
    from sochihoi.services.packs import Look


def register(commands: Commands) -> None:
    """Hang the command."""
    whole = commands.add("pack", _show, _("definitions of the level above as one signed file"))
    acts = whole.add_subparsers(dest="act", required=True, metavar=_("ACT"))
    make = acts.add_parser("make", help=_("make the next pack of a folder with definitions"))
    make.set_defaults(handler=_make)
    make.add_argument("folder", metavar=_("DIR"))
    make.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes"))
    make.add_argument("--effective", metavar=_("DAY"), type=_day, help=_("the day it takes effect; today when absent"))
    make.add_argument("--expires", metavar=_("DAY"), type=_day, help=_("when a newer one should be there; only warns"))
    make.add_argument("--id", metavar=_("CODE"), default="", help=_("the name of the line, with the first pack only"))
    make.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    show = acts.add_parser("show", help=_("what a pack holds and what it would change here"))
    show.set_defaults(handler=_show)
    apply = acts.add_parser("apply", help=_("apply a pack of the level above"))
    apply.set_defaults(handler=_apply)
    for one in (show, apply):
        one.add_argument("file", metavar=_("FILE"))
    for one in (make, show, apply):
        one.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is not a day such as 2026-10-31").format(text=text)) from None


def _make(call: Call) -> int:
    options = call.options
    out = Path(options.out)
    with call.office() as office:
        if out.exists() and not out.is_dir() and not options.force:
            from sochihoi.storage.errors import FileExists

            raise FileExists(str(out))  # before a number is given away
        look, _data = office.packs.make(
            Path(options.folder), effective=options.effective, expires=options.expires, code=options.id
        )
        target = office.packs.write(look.pack.id, out, overwrite=options.force)
        _say(call, office, look)
    call.say(_("Pack written: {file}").format(file=target))
    _json(call, look, target)
    return DONE


def _show(call: Call) -> int:
    from sochihoi.storage.files import read_bytes

    with call.office() as office:
        look = office.packs.look(read_bytes(Path(call.options.file)))
        _say(call, office, look)
    _json(call, look, Path(call.options.file))
    return DONE


def _apply(call: Call) -> int:
    from sochihoi.storage.files import read_bytes

    with call.office() as office:
        look = office.packs.apply(read_bytes(Path(call.options.file)))
        _say(call, office, look)
    if not look.known:
        call.say(_("Applied."))
    _json(call, look, Path(call.options.file))
    return DONE


def _say(call: Call, office: Office, look: Look) -> None:
    from sochihoi.ui.words import packs as words

    pack = look.pack
    told = _("{title} of {name}, {days}. Files: {files}.")
    files = ", ".join(pack.files)
    call.say(told.format(title=words.title(pack), name=look.signer, days=words.days(pack), files=files))
    call.say(words.headline(look, office.today))
    for one in look.changes:
        call.say(f"- {words.change_words(one)}")
    for line in words.warnings(look, office.today):
        call.say(line)
    if look.changes:
        call.say(words.promise())


def _json(call: Call, look: Look, file: Path) -> None:
    if not call.options.json:
        return
    from sochihoi.ui.words import packs as words

    pack = look.pack
    facts: dict[str, Any] = {
        "file": str(file),
        "id": pack.code,
        "version": pack.number,
        "unit": pack.unit,
        "effective": pack.effective.isoformat(),
        "expires": None if pack.expires is None else pack.expires.isoformat(),
        "manifest_hash": pack.sha256,
        "files": list(pack.files),
        "known": look.known,
        "skipped": look.skipped,
        "changes": [
            {"what": one.what.name, "code": one.code, "here": one.here, "words": words.change_words(one)}
            for one in look.changes
        ],
    }
    call.json(facts)


def say_leaving(call: Call, parts: Leaving) -> None:
    """What leaves this PC in a file, before it is sealed."""
    from sochihoi.ui.words import leaving as words

    for line in words.lines(parts):
        call.say(line)


def leaving_json(parts: Leaving) -> dict[str, Any]:
    """The same for a program."""
    return {
        "profile": parts.profile,
        "columns": list(parts.columns),
        "members": parts.members,
        "withdrawn": parts.withdrawn,
        "kept_back": dict(parts.kept_back),
        "rows": parts.kinds,
    }
