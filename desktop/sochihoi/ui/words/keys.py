"""Words of keys through their life and of the signed register. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sochihoi.domain.keys import (
    BadScope,
    Compared,
    Comparison,
    DigitsDiffer,
    KeysDoNotFit,
    KeysElsewhere,
    KeyState,
    KeyWasRevoked,
    NoRegister,
    NoSuchKey,
    RecoveryMade,
    RegisterRefused,
    SecondPersonNeeded,
)
from sochihoi.i18n import _, number, pgettext, short_date
from sochihoi.ui.words import Message, register

ACTS: dict[str, Callable[[], str]] = {
    "sync.request": lambda: _("Key asked for"),
    "sync.approve": lambda: _("Key approved by the first person"),
    "sync.register": lambda: _("Register of keys"),
    "sync.revoke": lambda: _("Key revoked"),
    "sync.renew": lambda: _("Keys of this PC renewed"),
    "sync.recovery": lambda: _("Key for the safe made"),
}


def state_words(state: KeyState) -> str:
    """Where a key stands, as a badge."""
    return {
        KeyState.REQUESTED: _("Asked for"),
        KeyState.APPROVED_ONCE: _("Approved once"),
        KeyState.ACTIVE: pgettext("key", "In force"),
        KeyState.REVOKED: pgettext("key", "Revoked"),
    }[state]


def role_words(role: str) -> str:
    """Whose key a line of the register is."""
    known = {"ABOVE": _("Level above"), "RECOVERY": _("Key in the safe"), "SENDER": _("Unit below")}
    return known.get(role, role)


def groups_words(wrong: Sequence[int]) -> str:
    """``7``, or ``7, 9``: which groups differ."""
    return ", ".join(number(one) for one in wrong)


def compared_words(found: Comparison) -> str:
    """What a comparison found, beside the field; empty before anything was typed."""
    if found.found is Compared.NOTHING:
        return ""
    if found.found is Compared.SO_FAR:
        typed = sum(len(one) == 5 for one in found.groups)
        return _("{count} of 12 groups agree so far.").format(count=number(typed))
    if found.found is Compared.AGREES:
        return _("All 12 groups agree.")
    if found.found is Compared.STRANGE:
        return _("Only digits belong here.")
    if found.found is Compared.TOO_MANY:
        return _("There are more than 12 groups.")
    told = _("Group {groups} differs.") if len(found.wrong) == 1 else _("Groups {groups} differ.")
    return told.format(groups=groups_words(found.wrong))


@register(DigitsDiffer)
def _digits(error: DigitsDiffer) -> Message:
    paper = _("Look at the paper again. If they still differ, do not accept this key, and telephone {name}.")
    todo = paper.format(name=error.name)
    if error.found in (Compared.NOTHING, Compared.SO_FAR):
        return Message(_("Not all 12 groups of digits were given."), _("Type all of them from the paper."))
    if error.found in (Compared.STRANGE, Compared.TOO_MANY):
        what = compared_words(Comparison(error.found))
        return Message(what, _("Type the 12 groups of 5 digits as the paper has them."))
    return Message(
        _("The digits are not those of this key file: {groups}.").format(
            groups=compared_words(Comparison(error.found, (), error.wrong)).rstrip(".").lower()
        ),
        todo,
    )


@register(SecondPersonNeeded)
def _second(error: SecondPersonNeeded) -> Message:
    return Message(
        _("{account} has approved the key of {name} already; the second approval is another person’s.").format(
            account=error.account, name=error.name
        ),
        _("Ask somebody else who works here to compare the paper and approve it with her own password."),
    )


@register(BadScope)
def _bad_scope(error: BadScope) -> Message:
    if error.own_alone:
        return Message(
            _("“{scope}”: {name} signs for its own unit alone.").format(scope=error.scope, name=error.name),
            _("Approve its key without further units."),
        )
    if error.standing is not None:
        own = _("The key of {name} was approved to sign for its own unit alone.")
        wide = _("The key of {name} was approved to sign also for codes that begin with “{scope}”.")
        return Message(
            (wide if error.standing else own).format(name=error.name, scope=error.standing),
            _("Leave that as it is, or revoke the key and have the unit enrol anew."),
        )
    return Message(
        _("No code of a unit begins with “{scope}”.").format(scope=error.scope),
        _("A code has letters and digits of the keyboard only, such as 92."),
    )


@register(KeyWasRevoked)
def _revoked(error: KeyWasRevoked) -> Message:
    return Message(
        _("This key of {name} was revoked, and a revoked key never counts again.").format(name=error.name),
        _("Ask the unit to make new keys and to enrol them with a signed paper."),
    )


@register(NoSuchKey)
def _no_key(error: NoSuchKey) -> Message:
    return Message(
        _("No key of unit {unit} stands in the register.").format(unit=error.unit),
        _("See the codes of the units in the register of keys."),
    )


@register(RegisterRefused)
def _register(error: RegisterRefused) -> Message:
    if error.why == "older":
        return Message(
            _("This is version {number} of the register; version {here} is here already.").format(
                number=number(error.number), here=number(error.here)
            ),
            _("Nothing needs to be done; an older register never takes the place of a newer one."),
        )
    if error.why == "chain":
        return Message(
            _("This register does not follow version {here}, which is here.").format(here=number(error.here)),
            _("Do not use it. Telephone the level above: it may have put back an older copy of its book."),
        )
    return Message(
        _("This register does not name the accepted key of the level above as the one that signs it."),
        _("Ask the level above for its key file and its newest register."),
    )


@register(RecoveryMade)
def _recovery(_error: RecoveryMade) -> Message:
    return Message(
        _("The key for the safe was made already."),
        _("Make another one only when the paper in the safe is lost or was seen by others."),
    )


@register(NoRegister)
def _no_register(_error: NoRegister) -> Message:
    return Message(
        _("There is no register of keys here yet."),
        _("At a level above accept a key first; at a commune take in the register that the level above gave."),
    )


@register(KeysElsewhere)
def _elsewhere(error: KeysElsewhere) -> Message:
    told = _("{name} renewed the keys of this unit on {day} on another PC; with the old ones here nothing is signed.")
    return Message(
        told.format(name=error.by, day=short_date(error.on)),
        _("Bring the file identity.sealed from the folder of that PC, then take it over in the set-up under “Server”."),
    )


@register(KeysDoNotFit)
def _do_not_fit(error: KeysDoNotFit) -> Message:
    return Message(
        _("{file} does not hold the keys of this unit that count now.").format(file=error.file),
        _("Take the file identity.sealed from the folder of the PC on which the keys were renewed last."),
    )


def for_the_others(file: str) -> str:
    """After the keys of a unit were renewed whose book is on a server: ``file`` is the sealed one in this folder."""
    told = _("The other officers' PCs still have the old keys: bring them the file {file} on a stick; it is sealed.")
    return told.format(file=file)
