"""The level above's register on the page of a commune: which version is here, whether it has this PC's key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.keys import NoRegister
from sochihoi.i18n import _, number
from sochihoi.services import register_view, registering
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file
from sochihoi.ui.shared.signed_files import SIGNED_FILES, kinds


def standing_words(context: Context) -> str:
    """Version, key in the safe, and whether the present key of this PC stands in it."""
    office = context.office
    try:
        seen = register_view.above(office)
    except NoRegister:
        return _("Its register of keys is not here yet.")
    with office.read() as work:
        listed = register_view.listed_here(office, work)
    told = [_("Register of keys, version {number}.").format(number=number(seen.number))]
    told.append(
        _("The key of this PC stands in it.") if listed else _("The present key of this PC does not stand in it.")
    )
    if seen.safe_key:
        told.append(_("Files are locked for its key in the safe, too."))
    return " ".join(told)


class RegisterLine(QWidget):
    """Says it, and takes a newer one in."""

    def __init__(self, context: Context, done: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._done = context, done
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.told = label("", "small", wrap=True)
        column.addWidget(self.told)
        row = QHBoxLayout()
        self.take_button = button(_("Take in its re&gister of keys"), self.choose, "quiet", "list")
        row.addWidget(self.take_button)
        row.addStretch(1)
        column.addLayout(row)

    def refresh(self) -> None:
        """Read it again."""
        accepted = self._context.office.sending.parent() is not None
        self.setVisible(accepted)
        if accepted:
            self.told.setText(standing_words(self._context))
            self.take_button.setVisible(not self._context.read_only)

    def choose(self) -> None:
        """A register that the level above gave."""
        file = choose_file(self, _("Register of keys"), kinds(_("Signed files"), SIGNED_FILES))
        if file is not None:
            self.take_file(file)

    def take_file(self, file: Path) -> None:
        """Read and take it in. Problems are shown."""
        from sochihoi.storage.files import read_bytes

        try:
            data = read_bytes(file)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            take_register(self._context, data, self._done)


def take_register(context: Context, data: bytes, done: Callable[[], None]) -> None:
    """Take a register in; what it changes for this PC stands on the page then."""
    try:
        taken = registering.apply(context.office, data)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    context.shell.clear_message()
    told = (
        _("This register is here already: version {number}.")
        if taken.known
        else _("Register version {number} taken in.")
    )
    context.shell.toast(told.format(number=number(taken.register.number)))
    done()


def is_register(data: bytes) -> bool:
    """Whether these bytes are a whole register."""
    from sochihoi.services.inspecting import inspect

    try:
        return inspect(data).kind == "register"
    except UserError:
        return False
