"""Whether a file is the last one of a unit that was merged or split: asked only where a pack said that it ended."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.i18n import _, short_date
from sochihoi.services.ending import ended, ending
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask


def is_last(context: Context, parent: QWidget) -> bool:
    """True for the last file, also when it was made already and goes once more."""
    office = context.office
    change = ending(office)
    if change is None:
        return False
    with office.read() as work:
        if ended(office, work):
            return True
    return ask(
        parent,
        _("Is this the last file of {unit}?").format(unit=office.commune.union_name),
        _(
            "From {day} its members belong to {units}. After the last file nothing more is taken from this unit; what"
            " was reported stays under its name."
        ).format(day=short_date(change.effective), units=", ".join(change.to_units)),
        _("Yes, the last one"),
        _("No, a usual file"),
    )
