"""``init``, ``open``, ``backup``, ``restore``: the data folder as a whole."""

from __future__ import annotations

from pathlib import Path

from sochihoi.cli.frame import DONE, USAGE, Call, Commands
from sochihoi.i18n import _

LEVELS = ("CENTRAL", "PROVINCE", "COMMUNE", "AFFILIATED")


def register(commands: Commands) -> None:
    """Hang the commands."""
    init = commands.add("init", _init, _("make a commune, or a unit that receives"))
    which = init.add_mutually_exclusive_group(required=True)
    which.add_argument("--commune", metavar="CODE", help=_("official five-digit code of the commune"))
    which.add_argument("--unit", metavar="CODE", help=_("code of a unit that receives, of any level"))
    init.add_argument("--above", metavar="NAME", help=_("name of the level above"))
    init.add_argument("--above-level", choices=LEVELS, default="PROVINCE", help=_("which level that is"))
    init.add_argument("--name", metavar="NAME", help=_("name of the receiving unit, where the list does not have it"))
    commands.add("open", open_window, _("open the window"))
    backup = commands.add("backup", _backup, _("write one verified backup file"))
    backup.add_argument("--out", metavar="FILE", required=True, help=_("where it goes"))
    backup.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))
    restore = commands.add("restore", _restore, _("bring a backup back; present data are set aside"))
    restore.add_argument("file", metavar="FILE")


def _init(call: Call) -> int:
    from sochihoi.services import opening
    from sochihoi.services.official_units import commune, provinces
    from sochihoi.services.setup import check_password

    options = call.options
    if options.commune:
        if not options.above:
            call.say(_("init --commune also needs --above, the name of the level above."))
            return USAGE
        found = commune(options.commune)
        password = call.password()
        check_password(password)
        made = opening.make_commune(
            call.data,
            found,
            above=options.above,
            above_level=options.above_level,
            password=password,
            officer=options.user or "",
            around=call.around,
        )
    else:
        names = {p.code: p.full_name for p in provinces()}
        name = options.name or names.get(options.unit) or commune(options.unit).full_name
        password = call.password()
        check_password(password)
        made = opening.make_receiver(
            call.data,
            code=options.unit,
            name=name,
            level=opening.level_of_code(options.unit),
            password=password,
            officer=options.user or "",
            around=call.around,
        )
    with_name = made.office.commune.union_name
    made.office.close()
    call.say(_("Made: {name}, in {folder}.").format(name=with_name, folder=call.data))
    call.say(
        _("Recovery code, shown only once; print it and keep it in the safe: {code}").format(code=made.recovery_code)
    )
    return DONE


def open_window(call: Call) -> int:
    """The window, on the folder of ``--data`` or on the last one."""
    from sochihoi import app

    options = call.options
    return app.main(call.data, options.lang or "", options.user)


def _backup(call: Call) -> int:
    with call.office() as office:
        info = office.backups.make(Path(call.options.out), overwrite=call.options.force)
    told = _("Backup written and checked: {file}, {count} rows.")
    call.say(told.format(file=call.options.out, count=sum(info.rows.values())))
    return DONE


def _restore(call: Call) -> int:
    from sochihoi.services.backups import restore

    done = restore(Path(call.options.file), call.data, call.password(), call.options.user, call.around)
    call.say(_("Restored the state of {moment}.").format(moment=done.info.made_at))
    if done.aside is not None:
        call.say(_("What was here before lies in {folder}; nothing was deleted.").format(folder=done.aside))
    return DONE
