"""What the sending and the receiving page have in common: the keys of this PC, a key that is offered, one file looked
at, files dropped on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.exchange import Direction
from sochihoi.domain.keys import BadScope, KeyState, SecondPersonNeeded
from sochihoi.i18n import _, number, short_date
from sochihoi.storage.errors import CannotRead
from sochihoi.ui import words
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.dialogs import WIDE, Dialog, choose_folder, choose_target
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.shared.forms import Form, TextField
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.preview import show_preview
from sochihoi.ui.shared.renew_dialog import RenewDialog
from sochihoi.ui.shared.typed_digits import Digits, TypedDigits
from sochihoi.ui.words.keys import for_the_others
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import also_answers, answer_words, kind_words, level_words

if TYPE_CHECKING:
    from sochihoi.services.inspecting import Inspected
    from sochihoi.services.trusting import Offer
    from sochihoi.ui.shared.context import Context

KEY_FILES = "*.hpnkey"
SIGNED_FILES = "*.hpn *.zip"


def kinds(words_: str, patterns: str) -> str:
    """A filter of a file dialog."""
    return f"{words_} ({patterns})"


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
        self.pair_button = button(_("Write &both to a stick"), self.save_pair, "quiet", "usb")
        self.renew_button = button(_("Make &new keys…"), self.renew, "quiet", "refresh-cw")
        for one in (self.save_button, self.slip_button, self.pair_button, self.renew_button):
            row.addWidget(one)
        self.body.addLayout(row)
        self.renew_button.setVisible(not context.read_only)  # in its place: before, it would be a window

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

    def save_pair(self) -> None:
        """Write key file and slip together: the level above needs both."""
        from sochihoi.services.enrolling import write_pair

        folder = choose_folder(self, _("Where key file and slip are written"))
        if folder is None:
            return
        try:
            file, paper = write_pair(self._context.office, folder, overwrite=True)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            told = _("Written: {file} and {paper}. Let the slip be signed and stamped.")
            self._context.shell.toast(told.format(file=file.name, paper=paper.name))

    def renew(self) -> None:
        """New keys, after the password; then the pair for the level above."""
        if RenewDialog(self._context, self).exec() == Dialog.DialogCode.Accepted:
            self.refresh()
            self.save_pair()
            store = self._context.office.store
            if store.server:
                self._context.shell.message("info", for_the_others(str(store.folder.identity)))

    def slip(self) -> None:
        """Show the enrolment slip."""
        from sochihoi.services.sync_papers import key_slip

        office = self._context.office
        show_preview(self._context, self, key_slip(office), f"{Path(office.sending.key_name()).stem}-phieu-khoa.pdf")


class TrustDialog(Dialog):
    """A key that is offered: whose, and the digits. It is accepted only when those of the paper agree; one that the
    key before signed for needs no paper. ``later``: keep it until the paper is here.
    """

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
        self.body.addWidget(label(_how(offer), wrap=True))
        self.later = False
        self.typed = TypedDigits(keys.digits)
        self.digits = self.typed.digits
        self.body.addWidget(self.typed)
        self.form = Form()
        hint = _("Only of a unit that receives files itself; two digits are a whole province. Empty: itself alone.")
        self.scope = self.form.add(TextField("scope", _("Signs also for units whose code begins with"), hint=hint))
        standing = offer.here or (offer.replaces if offer.vouched else None)
        self.scope.set_value(standing.scope if standing is not None else "")
        self.asks_scope = offer.asks_scope
        self.form.setVisible(self.asks_scope)
        self._offer = offer
        self.body.addWidget(self.form)
        self.typed.field.setVisible(not offer.vouched)
        self.typed.told.setVisible(not offer.vouched)
        self.body.addStretch(1)
        if offer.replaces is not None and not offer.vouched:
            told = _("It takes the place of the key accepted on {day}; that one will no longer count.")
            self.message.say("warn", told.format(day=short_date(offer.replaces.trusted_on)))
        self.add_button(_("Do not accept"), self.reject)
        if offer.direction is Direction.SENDER and offer.here is None and not offer.vouched:
            self.later_button = self.add_button(_("Keep it until the slip is here"), self._keep)
        deed = _("Approve as the first person") if offer.second else _("Approve as the second person")
        usual = not (offer.second or offer.approved)
        self.accept_button: QPushButton = self.add_button(
            _("Accept this key") if usual else deed, self.accept, "primary", default=True
        )
        self.accept_button.setEnabled(offer.vouched)
        if not offer.vouched:
            self.typed.changed.connect(self.accept_button.setEnabled)
            self.typed.field.setFocus()

    def accept(self) -> None:
        """Only with a scope that codes can begin with."""
        from sochihoi.services import trusting

        try:
            trusting.check_scope(self._offer, str(self.scope.value() or "") if self.asks_scope else "")
        except BadScope as problem:
            self.scope.set_error(words.say(problem).todo)
            return
        super().accept()

    def _keep(self) -> None:
        self.later = True
        self.accept()


def _how(offer: Offer) -> str:
    """What the officer does before she accepts."""
    if offer.vouched:
        return _("The key accepted before signed for this one: it is the same unit, with new keys. No slip is needed.")
    told = _(
        "Type these 12 groups from the signed key slip of that unit, or as they are read to you over the"
        " telephone. A key file alone proves nobody's name."
    )
    if offer.second:
        return told + " " + _("Two persons approve here: after you another one does, with her own password.")
    if offer.approved:
        names = ", ".join(one.name for one in offer.approved)
        return told + " " + _("Approved first by {names}.").format(names=names)
    return told


def offer_key(context: Context, parent: QWidget, file: Path, done: Callable[[], None]) -> None:
    """Read a key file, show it, accept it when the digits agree."""
    from sochihoi.storage.files import read_bytes

    try:
        data = read_bytes(file)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
    else:
        offer_key_bytes(context, parent, data, done)


def offer_key_bytes(context: Context, parent: QWidget, data: bytes, done: Callable[[], None]) -> None:
    """The same of a key file that is here."""
    from sochihoi.services import trusting

    try:
        offer = trusting.offer(context.office, data)
        name, me = offer.keys.name, context.office.account
        if offer.known:
            context.shell.toast(_("This key of {name} is accepted already.").format(name=name))
            return
        if any(one.id == me.id for one in offer.approved):
            raise SecondPersonNeeded(name, me.name)
        dialog = TrustDialog(parent, offer)
        if dialog.exec() != Dialog.DialogCode.Accepted:
            return
        if dialog.later:
            key = trusting.request(context.office, data)
        else:
            scope = str(dialog.scope.value() or "") if dialog.asks_scope else None
            key = trusting.accept(context.office, data, scope=scope)
    except (UserError, OSError) as problem:
        context.shell.show_error(problem)
        return
    context.shell.clear_message()
    told = {
        KeyState.REQUESTED: _("Kept until its slip is here: {name}."),
        KeyState.APPROVED_ONCE: _(
            "First approval of the key of {name}. It counts once another person approves it too."
        ),
    }
    context.shell.toast(told.get(key.state, _("Accepted: {name}.")).format(name=name))
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
        also = also_answers(len(told["answered"]))
        rows += [(_("Note"), also)] if also else []
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
