"""``backup``, ``restore``, ``check``: whether the book is whole, its copies, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, MENDABLE, USAGE, Call, Commands
from sochihoi.i18n import _, ngettext, number

if TYPE_CHECKING:
    from sochihoi.domain.months import Finding
    from sochihoi.services.office import Office


def register(commands: Commands) -> None:
    """Hang the commands."""
    backup = commands.add("backup", _backup, _("write one verified backup file"))
    backup.add_argument("--out", metavar=_("FILE"), required=True, help=_("where it goes"))
    backup.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    restore = commands.add("restore", _restore, _("bring a backup back; present data are set aside"))
    restore.add_argument("file", metavar=_("FILE"), nargs="?")
    restore.add_argument(
        "--drill",
        action="store_true",
        help=_("only try it in a temporary folder; without FILE the newest automatic copy"),
    )
    restore.add_argument("--other-unit", action="store_true", help=_("also when it is a copy of another unit"))
    commands.add("check", _check, _("check the data and the month that is open"))


def _backup(call: Call) -> int:
    with call.office() as office:
        info = office.backups.make(Path(call.options.out), overwrite=call.options.force)
    told = _("Backup written and checked: {file}, {count} rows.")
    call.say(told.format(file=call.options.out, count=number(sum(info.rows.values()))))
    return DONE


def _restore(call: Call) -> int:
    from sochihoi.services.restoring import restore
    from sochihoi.ui.words.copies import moment_text

    options = call.options
    if options.drill:
        return _drill(call)
    if options.file is None:
        call.say(_("restore needs the file of a backup; --drill alone tries the newest automatic copy."))
        return USAGE
    file = Path(options.file)
    done = restore(file, call.data, call.password(), options.user, call.around, other_unit=options.other_unit)
    call.say(_("Restored the state of {moment}.").format(moment=moment_text(done.info.made_at)))
    if done.aside is not None:
        call.say(_("What was here before lies in {folder}; nothing was deleted.").format(folder=done.aside))
    return DONE


def _drill(call: Call) -> int:
    from sochihoi.services.drilling import drill, newest
    from sochihoi.storage.errors import CopiedOnServer
    from sochihoi.storage.folder import DataFolder
    from sochihoi.ui.words.copies import drilled_text

    options = call.options
    folder = DataFolder(call.data)
    if options.file is None and folder.server.exists():
        raise CopiedOnServer
    file = Path(options.file) if options.file is not None else newest(folder.backups)
    call.say(_("Trying {file}…").format(file=file))
    found = drill(file, call.around.now, password=call.password(), user=options.user)
    call.say("\n".join(drilled_text(found)))
    return DONE


def _check(call: Call) -> int:
    """The integrity of the data; when it is whole, what stands against closing the newest open month."""
    from sochihoi.domain.months import CheckLevel
    from sochihoi.storage.errors import DatabaseDamaged
    from sochihoi.ui import words
    from sochihoi.ui.words.storage import damage_text

    with call.office() as office:
        damage = office.store.findings()
        for one in damage:
            call.say(damage_text(one))
        if damage:  # no figures from damaged records
            call.say(str(words.say(DatabaseDamaged(damage))))
            return MENDABLE
        found = _month(call, office)
    standing = [one for one in found if one.level is not CheckLevel.NOTE and not one.reason]
    if standing:
        told = ngettext("{count} finding.", "{count} findings.", len(standing))
        call.say(told.format(count=number(len(standing))))
        return MENDABLE
    call.say(_("All is in order."))
    return DONE


def _month(call: Call, office: Office) -> tuple[Finding, ...]:
    from sochihoi.cli.month import say_findings
    from sochihoi.domain.months import NothingRecorded
    from sochihoi.ui.words.month import period_name

    if office.is_receiver:
        return ()
    try:
        period = office.figures.open_period()
    except NothingRecorded:
        return ()
    found = office.months.checks(period)
    call.say(_("Checks of the {period}:").format(period=period_name(period)))
    say_findings(call, found)
    return found
