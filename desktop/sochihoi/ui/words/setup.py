"""Words of the set-up: roles, levels, acts, and what cannot be saved. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sochihoi.domain.accounts import Role
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.opening import BadUnitCode
from sochihoi.services.paper_settings import NoEndMark, OutsideTheDecree
from sochihoi.services.setup import BadNumberPattern, LastChair, NameEmpty, NameTaken, PasswordTooShort, UnitInUse
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "commune.make": lambda: _("Book made"),
    "commune.settings": lambda: _("Settings of the unit changed"),
    "paper.settings": lambda: _("Form of the papers changed"),
    "commune.restore": lambda: _("Book restored from a copy"),
    "backup.drill": lambda: _("Restoring a copy was tried"),
    "unit.add": lambda: _("Branches or cells added"),
    "unit.rename": lambda: _("Branch or cell renamed"),
    "unit.end": lambda: _("Branch or cell ended"),
    "account.add": lambda: _("Account added"),
    "account.end": lambda: _("Account ended"),
    "account.password": lambda: _("Password changed"),
    "account.recovery": lambda: _("New recovery sheet made"),
    "account.recover": lambda: _("Password given anew by the recovery sheet"),
}


def role_name(role: Role) -> str:
    """Cán bộ nhập sổ, …"""
    return {
        Role.OFFICER: _("Officer: enters and reports"),
        Role.CHAIR: _("Chair: also closes, sends, manages accounts"),
        Role.VIEWER: _("Viewer: only looks"),
    }[role]


def role_short(role: Role) -> str:
    """The same in one or two words."""
    return {Role.OFFICER: _("Officer"), Role.CHAIR: _("Chair"), Role.VIEWER: _("Viewer")}[role]


@register(UnitInUse)
def _in_use(error: UnitInUse) -> Message:
    return Message(
        ngettext(
            "{count} member still belongs here on that day.",
            "{count} members still belong here on that day.",
            error.members,
        ).format(count=number(error.members)),
        _("Transfer them first, or choose a later day."),
    )


@register(NameEmpty)
def _empty(_error: NameEmpty) -> Message:
    return Message(_("The name is still empty."), _("Type a name."))


@register(BadUnitCode)
def _code(error: BadUnitCode) -> Message:
    return Message(
        _("“{code}” cannot be the code of a unit.").format(code=error.value),
        _("Use digits and letters without marks, no blanks, at most 32."),
    )


@register(NameTaken)
def _taken(error: NameTaken) -> Message:
    return Message(
        _("“{name}” is there already.").format(name=error.value), _("Choose a name by which they can be told apart.")
    )


@register(PasswordTooShort)
def _short(error: PasswordTooShort) -> Message:
    return Message(
        ngettext(
            "The password has fewer than {count} character.",
            "The password has fewer than {count} characters.",
            error.least,
        ).format(count=error.least),
        _("Four words in a row are long enough and easy to remember."),
    )


@register(OutsideTheDecree)
def _outside(error: OutsideTheDecree) -> Message:
    tenths = error.field == "first_line_tenths"
    shown = [number(Decimal(n) / 10, 1) if tenths else number(n) for n in (error.least, error.most)]
    return Message(
        _("The decree on official papers does not allow this."),
        _("Choose a number from {least} to {most}.").format(least=shown[0], most=shown[1]),
    )


@register(NoEndMark)
def _mark(error: NoEndMark) -> Message:
    return Message(
        _("“{mark}” is no mark that ends a paper.").format(mark=error.value),
        _("Choose one of the marks in the list."),
    )


@register(LastChair)
def _last(error: LastChair) -> Message:
    return Message(
        _("{name} is the only one who can manage accounts.").format(name=error.value),
        _("Give another account the role of chair first."),
    )


@register(BadNumberPattern)
def _pattern(error: BadNumberPattern) -> Message:
    return Message(
        _("No report number can be made from “{pattern}”.").format(pattern=error.value),
        _("Write it as {example}: the part in braces becomes the number.").format(example="{number:02}/BC-BTV"),
    )
