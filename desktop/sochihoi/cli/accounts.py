"""``account``: who works with this book."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sochihoi.cli.frame import DONE, Call, Commands
from sochihoi.i18n import _

if TYPE_CHECKING:
    from sochihoi.domain.accounts import Account

ROLES = ("officer", "chair", "viewer")
NEW_PASSWORD = "SOCHIHOI_NEW_PASSWORD"  # noqa: S105 - the name of a variable


def register(commands: Commands) -> None:
    """Hang the command."""
    whole = commands.add("account", _list, _("who works with this book"))
    acts = whole.add_subparsers(dest="act", required=True, metavar=_("ACT"))
    listed = acts.add_parser("list", help=_("names, roles, and whether they may still come in"))
    listed.set_defaults(handler=_list)
    add = acts.add_parser("add", help=_("another person; only the chair does it"))
    add.set_defaults(handler=_add)
    add.add_argument("name", metavar=_("NAME"))
    add.add_argument("--role", type=str.lower, choices=ROLES, default=ROLES[0], help=_("what she may do"))
    add.add_argument(
        "--new-password-stdin",
        action="store_true",
        help=_("read her password from standard input, after that of --user"),
    )
    for one in (listed, add):
        one.add_argument("--json", action="store_true", help=_("the result as JSON on standard output"))


def _list(call: Call) -> int:
    from sochihoi.ui.words.setup import role_name

    with call.office() as office:
        found = office.setup.accounts()
    if call.options.json:
        call.json([_facts(one) for one in found])
        return DONE
    for one in found:
        call.say(f"{one.name}  {role_name(one.role)}" + ("" if one.active else f"  {_('ended')}"))
    return DONE


def _add(call: Call) -> int:
    from sochihoi.domain.accounts import Role

    with call.office() as office:
        made = office.setup.add_account(call.options.name, Role(call.options.role), _new_password(call), call.around)
    call.say(_("Account made: {name}.").format(name=made.name))
    if call.options.json:
        call.json(_facts(made))
    return DONE


def _facts(one: Account) -> dict[str, object]:
    return {"name": one.name, "role": one.role.value, "active": one.active}


def _new_password(call: Call) -> str:
    """From the environment, standard input, or a prompt at a terminal. Raises ``NoPassword``."""
    from sochihoi.storage.errors import NoPassword

    given = os.environ.get(NEW_PASSWORD)
    if given:
        return given
    if call.options.new_password_stdin:
        line = sys.stdin.readline().rstrip("\r\n")
        if line:
            return line
    elif sys.stdin.isatty():
        import getpass

        return getpass.getpass(_("Her password: "))
    raise NoPassword
