"""``handover``: the book goes to another PC of the commune."""

from __future__ import annotations

from pathlib import Path

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.cli.spoken import UsageError
from sochihoi.i18n import _


def register(commands: Commands) -> None:
    """Hang the command."""
    made = commands.add("handover", _handover, _("hand the book to another PC of the commune, or take it there"))
    made.add_argument("--out", metavar=_("FILE"), help=_("write the file; this PC only reads from then on"))
    made.add_argument("--take", metavar=_("FILE"), help=_("take the book of such a file into the data folder"))
    made.add_argument("--back", action="store_true", help=_("nobody took it: this PC writes again"))
    made.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    made.add_argument("--other-unit", action="store_true", help=_("also when it is a copy of another unit"))
    made.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _handover(call: Call) -> int:
    options = call.options
    if sum((options.out is not None, options.take is not None, bool(options.back))) != 1:
        raise UsageError(_("One of --out, --take and --back."))
    if options.take is not None:
        return _take(call)
    return _back(call) if options.back else _write(call)


def _write(call: Call) -> int:
    from sochihoi.services.handing import HandingOver

    with call.office() as office:
        done = HandingOver(office).write(Path(call.options.out), overwrite=call.options.force)
    call.say(_("The book is in {file}. This PC only reads it from now on.").format(file=done.file))
    if call.options.json:
        call.json({"file": str(done.file), "number": done.number, "frozen_on": done.frozen_on.isoformat()})
    return DONE


def _take(call: Call) -> int:
    from sochihoi.services.handing import take

    options = call.options
    done = take(
        Path(options.take), call.data, call.password(), options.user, call.around, other_unit=options.other_unit
    )
    call.say(_("The book of {unit} is here, and this PC writes it.").format(unit=done.unit))
    if done.aside is not None:
        call.say(_("What was here before lies in {folder}; nothing was deleted.").format(folder=done.aside))
    if options.json:
        call.json({"unit": done.unit, "aside": None if done.aside is None else str(done.aside)})
    return DONE


def _back(call: Call) -> int:
    from sochihoi.services.handing import HandingOver

    with call.office() as office:
        HandingOver(office).take_back(call.password())
    call.say(_("The hand-over is taken back: this PC writes the book again."))
    if call.options.json:
        call.json({"frozen_on": None})
    return DONE
