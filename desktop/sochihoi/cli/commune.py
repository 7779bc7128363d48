"""``init``, ``open``: the data folder as a whole."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sochihoi import paths
from sochihoi.cli.frame import DONE, USAGE, Call, Commands
from sochihoi.domain.errors import NoDisplay
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.services.official_units import UnitList
    from sochihoi.services.opening import Made

LEVELS = ("CENTRAL", "PROVINCE", "COMMUNE", "AFFILIATED")


def register(commands: Commands) -> None:
    """Hang the commands."""
    init = commands.add("init", _init, _("make a commune, or a unit that receives"))
    which = init.add_mutually_exclusive_group(required=True)
    which.add_argument("--commune", metavar=_("CODE"), help=_("official five-digit code of the commune"))
    which.add_argument("--unit", metavar=_("CODE"), help=_("code of a unit that receives, of any level"))
    which.add_argument(
        "--from-part", metavar=_("FILE"), help=_("the file of another commune whose branches begin this one")
    )
    init.add_argument("--above", metavar=_("NAME"), help=_("name of the level above"))
    init.add_argument("--above-level", type=str.upper, choices=LEVELS, help=_("which level that is"))
    init.add_argument(
        "--level", type=str.upper, choices=LEVELS, help=_("level of the receiving unit, where its code does not say it")
    )
    init.add_argument(
        "--name", metavar=_("NAME"), help=_("name of the receiving unit, where the list does not have it")
    )
    init.add_argument(
        "--database-url",
        metavar=_("URL"),
        default=argparse.SUPPRESS,  # otherwise what stands before the command would be forgotten
        help=_("keep the records of a unit that receives on this PostgreSQL server, for several officers at once"),
    )
    commands.add("open", open_window, _("open the window"))


def _init(call: Call) -> int:
    from sochihoi.services.setup import check_password

    wrong = _wrong_options(call)
    if wrong:
        call.say(wrong)
        return USAGE
    if call.options.from_part is not None:
        make = _from_part(call)
    else:
        make = _commune(call) if call.options.commune is not None else _receiver(call)
    password = call.password()
    check_password(password)
    made = make(password)
    with_name = made.office.commune.union_name
    server = made.office.store.server
    made.office.close()
    call.say(_("Made: {name}, in {folder}.").format(name=with_name, folder=call.data))
    if server:
        from sochihoi.ui.words.servers import at_rest

        call.say(_("Its records are on {server}.").format(server=server) + " " + at_rest())
    call.say(
        _("Recovery code, shown only once; print it and keep it in the safe: {code}").format(code=made.recovery_code)
    )
    return DONE


def _wrong_options(call: Call) -> str:
    """What argparse cannot see: a blank name, and options of the other kind of unit."""
    from sochihoi.domain.vietnamese import nfc

    options = call.options
    if options.from_part is not None:
        if options.database_url or options.name is not None or options.level is not None:
            return _("--from-part says the name and the level; the book of a commune stays in its folder.")
        return ""
    if options.commune is None:
        if options.name is not None and not nfc(options.name):
            return _("--name is blank: it takes the name of the receiving unit.")
        return ""
    if options.database_url:
        return _("--database-url goes with --unit: the book of a commune stays in its folder.")
    if not nfc(options.above or ""):
        return _("init --commune also needs --above, the name of the level above.")
    if options.name is not None or options.level not in (None, "COMMUNE"):
        return _("--name and --level go with --unit: a commune has both from the official list.")
    return ""


def _commune(call: Call) -> Callable[[str], Made]:
    """Making a commune of the official list, once the password is there. Raises ``NotFound``."""
    from sochihoi.services import opening

    options = call.options
    found = _units(call).commune(options.commune)
    return lambda password: opening.make_commune(
        call.data,
        found,
        above=options.above,
        above_level=options.above_level or "PROVINCE",
        password=password,
        officer=options.user or "",
        around=call.around,
    )


def _from_part(call: Call) -> Callable[[str], Made]:
    """Making a commune of the branches that another handed over. Raises as ``founding.look``."""
    from sochihoi.cli.parting import part_password
    from sochihoi.services import founding
    from sochihoi.ui.words.parting import handed

    options, file, file_password = call.options, Path(call.options.from_part), part_password()
    call.say(handed(founding.look(file, file_password, call.around)))
    return lambda password: founding.found_commune(
        call.data,
        file,
        file_password,
        above=options.above or "",
        above_level=options.above_level or "",
        password=password,
        officer=options.user or "",
        around=call.around,
    )


def _units(call: Call) -> UnitList:
    """The official list, as a pack beside the data corrects it; a list that cannot be used is told."""
    from sochihoi.services.official_units import in_force
    from sochihoi.ui.words import say

    found, broken = in_force(paths.pack(call.data), call.around.now().astimezone().date())
    for problem in broken:
        call.say(str(say(problem)))
    return found


def _receiver(call: Call) -> Callable[[str], Made]:
    """Making a unit that receives, once the password is there. Raises ``NotFound`` for a nameless unknown one."""
    from sochihoi.domain.units import Level
    from sochihoi.services import opening
    from sochihoi.services.official_units import CENTRE

    options = call.options
    code = options.unit.strip()
    level = Level[options.level] if options.level else opening.level_of_code(code)
    name = options.name or (CENTRE.full_name if level is Level.CENTRAL else _units(call).unit_name(code))
    return lambda password: opening.make_receiver(
        call.data,
        code=code,
        name=name,
        level=level,
        above=options.above or "",
        above_level=options.above_level or "CENTRAL",
        password=password,
        officer=options.user or "",
        server=call.server,
        around=call.around,
    )


def open_window(call: Call) -> int:
    """The window, on the folder of ``--data`` or on the one that was open last. Raises ``NoDisplay``."""
    if call.options.database_url:
        call.say(_("The window goes to the address that the book keeps; server --keep changes it."))
        return USAGE
    if not _has_display():
        raise NoDisplay
    from sochihoi import app

    options = call.options
    last = None if options.data else paths.last_opened()
    if last is None or paths.holds_book(last):
        return app.main(last or call.data, options.lang or "", options.user)
    return app.main(call.data, options.lang or "", options.user, gone=last)


def _has_display() -> bool:
    """Windows and macOS have one; elsewhere X11 or Wayland must be named, or Qt be told which other way to take."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
