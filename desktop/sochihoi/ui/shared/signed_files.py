"""What the sending and the receiving page have in common: the keys of this PC, a key that is offered, one file looked
at, files dropped on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QPushButton, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, number, short_date
from sochihoi.storage.errors import CannotRead
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_target
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import answer_words, kind_words, level_words

if TYPE_CHECKING:
    from sochihoi.services.inspecting import Inspected
    from sochihoi.services.trusting import Offer
    from sochihoi.ui.shared.context import Context

KEY_FILES = "*.hpnkey"
SIGNED_FILES = "*.hpn *.zip"


def kinds(words_: str, patterns: str) -> str:
    """A filter of a file dialog."""
    return f"{words_} ({patterns})"


class Digits(QFrame):
    """12 groups of 5 digits, four in a row, in figures of one width; can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("12 groups of digits"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.sizes().space_4)
        self._grid.setVerticalSpacing(style.sizes().space_1)
        self._cells = [label("", "head") for _at in range(12)]
        for at, cell in enumerate(self._cells):
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(cell, at // 4, at % 4)
        self._grid.setColumnStretch(4, 1)

    def show_groups(self, groups: Sequence[str]) -> None:
        """Show them."""
        for cell, group in zip(self._cells, groups, strict=True):
            cell.setText(group)
        self.setAccessibleDescription(" ".join(groups))


class KeyCard(Card):
    """The keys of this PC: digits, the file to hand over, the slip to sign."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Key of this PC"))
        self._context = context
        self.add(
            label(_("The other side compares these digits with the key file before it accepts it."), "small", wrap=True)
        )
        self.digits = Digits()
        self.add(self.digits)
        row = FlowLayout(spacing=0)  # the second goes below the first where the card is narrow for both
        self.save_button = button(_("Save the &key file"), self.save, "quiet", "download")
        self.slip_button = button(_("Print the ke&y slip"), self.slip, "quiet", "printer")
        row.addWidget(self.save_button)
        row.addWidget(self.slip_button)
        self.body.addLayout(row)

    def refresh(self) -> None:
        """Read the keys."""
        self.digits.show_groups(self._context.office.sending.keys().digits)

    def save(self) -> None:
        """Write the key file where the officer says."""
        sending = self._context.office.sending
        target = choose_target(self, _("Save the key file"), sending.key_name(), kinds(_("Key file"), KEY_FILES))
        if target is None:
            return
        try:
            sending.write_keys(target, overwrite=True)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("Key file written: {file}").format(file=target))

    def slip(self) -> None:
        """Show the enrolment slip."""
        from sochihoi.services.sync_papers import key_slip

        office = self._context.office
        show_preview(self._context, self, key_slip(office), f"{Path(office.sending.key_name()).stem}-phieu-khoa.pdf")


class TrustDialog(Dialog):
    """A key that is offered: whose, and the digits. It is accepted only after the officer says that they agree."""

    def __init__(self, parent: QWidget | None, offer: Offer) -> None:
        keys = offer.keys
        super().__init__(parent, _("Accept the key of {name}?").format(name=keys.name), width=WIDE)
        facts = Facts()
        facts.set_facts(
            [
                (_("Unit"), keys.name),
                (_("Code"), keys.unit),
                (_("Level of the Union"), level_words(keys.level)),
            ]
        )
        self.body.addWidget(facts)
        self.body.addWidget(
            label(
                _(
                    "Compare these 12 groups with the signed key slip of that unit, or let them be read to you over the"
                    " telephone. A key file alone proves nobody's name."
                ),
                wrap=True,
            )
        )
        self.digits = Digits()
        self.digits.show_groups(keys.digits)
        self.body.addWidget(self.digits)
        if offer.replaces is not None:
            told = _("It takes the place of the key accepted on {day}; that one will no longer count.")
            self.message.say("warn", told.format(day=short_date(offer.replaces.trusted_on)))
        self.compared = QCheckBox(_("All 12 groups &agree"))
        self.body.addWidget(self.compared)
        self.add_button(_("Do not accept"), self.reject)
        self.accept_button: QPushButton = self.add_button(_("Accept this key"), self.accept, "primary", default=True)
        self.accept_button.setEnabled(False)
        self.compared.toggled.connect(self.accept_button.setEnabled)
        self.compared.setFocus()


def offer_key(context: Context, parent: QWidget, file: Path, done: Callable[[], None]) -> None:
    """Read a key file, show it, accept it when the officer says so."""
    from sochihoi.services import trusting
    from sochihoi.storage.files import read_bytes

    try:
        data = read_bytes(file)
        offer = trusting.offer(context.office, data)
        if offer.known:
            context.shell.toast(_("This key of {name} is accepted already.").format(name=offer.keys.name))
            return
        if TrustDialog(parent, offer).exec() != Dialog.DialogCode.Accepted:
            return
        trusting.accept(context.office, data)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    context.shell.clear_message()
    context.shell.toast(_("Accepted: {name}.").format(name=offer.keys.name))
    done()


class InspectDialog(Dialog):
    """One file: whole or not, from whom, which period, which number. Nothing is taken in."""

    def __init__(self, parent: QWidget | None, name: str, found: Inspected) -> None:
        super().__init__(parent, _("{kind}, whole and unchanged").format(kind=kind_words(found.kind)), width=WIDE)
        facts = Facts()
        facts.set_facts([(_("File"), name), *file_facts(found)])
        self.body.addWidget(facts)
        if not found.known:
            self.message.say(
                "info",
                _("No accepted key proves who made this file: the name is only what it says of itself.")
                if found.keys is None
                else _("A key file shows its own name; the digits must be compared before it is accepted."),
            )
        if found.keys is not None:
            digits = Digits()
            digits.show_groups(found.keys.digits)
            self.body.addWidget(digits)
        self.add_button(_("Close"), self.accept, default=True).setFocus()


def file_facts(found: Inspected) -> list[tuple[str, str]]:
    """What a whole file says, in words."""
    told = found.facts()
    from_whom = found.name if found.known else _("not proven here")
    rows = [(_("From whom"), from_whom), (_("Unit code"), found.unit)]
    if found.keys is not None:
        rows += [(_("Says its name is"), found.keys.name), (_("Level of the Union"), level_words(found.keys.level))]
    elif "period" in told:
        rows += [(_("Period"), period_name(told["period"])), (_("File number"), number(told["seq"]))]
    else:
        rows.append((_("File number"), number(told["number"])))
    if "answer" in told:
        rows += [(_("About the file of"), told["about"]), (_("Answer"), answer_words(told["answer"]))]
    if told.get("to"):
        rows.append((_("Made for"), ", ".join(told["to"])))
    if told["demo"]:
        rows.append((_("Note"), _("Of a demonstration.")))
    groups = [told["sha256"][at : at + 4].upper() for at in range(0, 64, 4)]
    rows += [(_("Size"), _("{count} bytes").format(count=number(found.size))), ("SHA-256", " ".join(groups))]
    return rows


def inspect_file(context: Context, parent: QWidget, file: Path, data: bytes | None = None) -> None:
    """Show what a file says of itself, or why it is not whole."""
    from sochihoi.services.inspecting import inspect, register_here
    from sochihoi.storage.files import read_bytes

    try:
        found = inspect(read_bytes(file) if data is None else data, register_here(context.office))
    except CannotRead as problem:
        context.shell.show_error(problem)
    except UserError as problem:
        message = words.say(problem)
        context.shell.message(
            "bad", _("{file}: {what} {todo}").format(file=file.name, what=message.what, todo=message.todo)
        )
    else:
        InspectDialog(parent, file.name, found).exec()


class DropPage(Page):
    """A page that takes files dropped anywhere on it. Override ``dropped``."""

    def __init__(self, context: Context, title: str = "") -> None:
        super().__init__(context, title)
        self.setAcceptDrops(True)

    def dropped(self, files: Sequence[Path]) -> None:
        """Files or folders from the PC's own windows."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped(_paths(event))


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
