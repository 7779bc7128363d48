"""Words for problems that belong to no noun: a closed month, no screen, a full disk."""

from __future__ import annotations

import errno
from pathlib import Path

from sochihoi.domain.errors import FieldProblem, MonthClosed, NoDisplay, NoRecordsHere, NotAllowed
from sochihoi.i18n import _, short_date
from sochihoi.storage.errors import WrongPassword
from sochihoi.ui.words import Message, register


@register(FieldProblem)
def _field(error: FieldProblem) -> Message:
    if error.value:
        return Message(
            _("“{value}” cannot be saved here.").format(value=error.value), _("Check this field and type it again.")
        )
    return Message(_("This field is still empty or not right."), _("Check this field and type it again."))


@register(MonthClosed)
def _closed(error: MonthClosed) -> Message:
    return Message(
        _("The month {month} was closed on {day}.").format(
            month="/".join(reversed(error.period.split("-"))), day=short_date(error.closed_on)
        ),
        _("To correct it, make a supplementary edition."),
    )


@register(NotAllowed)
def _not_allowed(_error: NotAllowed) -> Message:
    return Message(
        _("This account may look at the book but not do this."),
        _("Ask the officer in charge, or unlock with another account."),
    )


@register(NoRecordsHere)
def _no_records(_error: NoRecordsHere) -> Message:
    return Message(
        _("This unit receives reports: it keeps no members, meetings or figures of its own."),
        _("Open the book of the commune; with a command, name its folder with --data."),
    )


@register(NoDisplay)
def _no_display(_error: NoDisplay) -> Message:
    return Message(
        _("The window cannot be opened: this session has no screen that can be reached."),
        _("Start the program on the desktop of the PC, or use its commands; sochihoi --help lists them."),
    )


def last_is_gone(folder: Path) -> Message:
    """The window opens on another folder than last time: why."""
    return Message(
        _("The book that was open last, in {folder}, is not there now.").format(folder=folder),
        _("If it lies on a stick or another disk, plug that in and start the program again."),
    )


@register(WrongPassword)
def _wrong_password(_error: WrongPassword) -> Message:
    return Message(_("The password is not right."), _("Look at Caps Lock and the typing program, then type it again."))


@register(OSError)
def _file(error: OSError) -> Message:
    name = str(error.filename or "")
    where = _("“{name}”").format(name=name) if name else _("the file")
    if error.errno == errno.ENOSPC or getattr(error, "winerror", None) in (39, 112):
        return Message(
            _("{file} could not be written: no room is left.").format(file=where),
            _("Delete something there, or choose another place, then try again."),
        )
    if isinstance(error, FileNotFoundError):
        return Message(
            _("{file} is not there.").format(file=where),
            _("Check that the stick is plugged in and the name is right, then try again."),
        )
    if getattr(error, "winerror", None) in (32, 33) or error.errno in (errno.EBUSY, errno.EAGAIN):
        return Message(_("{file} is open in another program.").format(file=where), _("Close it there, then try again."))
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return Message(
            _("{file} may not be written.").format(file=where),
            _("Take off the write protection, or choose another place, then try again."),
        )
    return Message(
        _("{file} could not be read or written.").format(file=where), _("Check the disk or the stick, then try again.")
    )
