"""Sổ khóa: every key of the units below with its state, who approved it, from when and until where it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.keys import KeyState
from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.services import register_view, registering
from sochihoi.services.register_view import Line, View
from sochihoi.ui import words
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_folder
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.signed_files import offer_key_bytes
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.upper.register_dialogs import KeyDialog, RevokeDialog, SafeKeyDialog
from sochihoi.ui.words.keys import role_words, state_words

_TONES = {
    KeyState.REQUESTED: "warn",
    KeyState.APPROVED_ONCE: "warn",
    KeyState.ACTIVE: "ok",
    KeyState.REVOKED: "none",
}


def badges(line: Line) -> tuple[Badge, ...]:
    """Where a key stands; and when one person alone approved it."""
    state = Badge(state_words(line.state), _TONES[line.state])
    return (state, Badge(_("One person"), "info")) if line.one_person and line.role == "SENDER" else (state,)


def approved(line: Line) -> str:
    """Who approved it, or which key vouched."""
    if line.role != "SENDER":
        return ""
    names = ", ".join(line.approved_by) or "—"
    if line.replaces and line.state is not KeyState.REQUESTED:
        return _("{names}; the key before signed for it").format(names=names)
    return names


def counts(line: Line) -> str:
    """From which version of the register, and until where."""
    if line.from_version is None:
        return _("not in the register yet")
    begun = _("from version {number}").format(number=number(line.from_version))
    if line.revoked_version is None:
        return begun
    return _("revoked in version {number}").format(number=number(line.revoked_version))


def until(line: Line) -> str:
    """Of a revoked key: the last file that counts, and why."""
    if line.state is not KeyState.REVOKED:
        return ""
    if line.last is None:
        return line.why
    last = _("counts up to file {seq}").format(seq=number(line.last[1]))
    return f"{last}. {line.why}" if line.why else last


_COLUMNS: tuple[Column[Line], ...] = (
    Column(lambda: _("Code"), lambda r: r.unit, width=72, key="code", sort=lambda r: r.unit),
    Column(
        lambda: _("Unit"),
        lambda r: r.name,
        width=270,
        strong=True,
        key="name",
        sort=lambda r: text_key(r.name),
        small=lambda r: role_words(r.role),
    ),
    Column(lambda: _("State"), lambda _r: "", width=216, key="state", badges=badges, sort=lambda r: r.state.value),
    Column(
        lambda: _("Approved by"),
        approved,
        stretch=True,
        key="approved",
        small=lambda r: short_date(r.approved_on) if r.approved_on and r.role == "SENDER" else "",
    ),
    Column(lambda: _("Counts"), counts, width=260, key="counts", small=until, tip=until),
)


class KeyRegister(QWidget):
    """The register of this level above. ``changed``: what else on the page shows keys."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self.seen: View | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        self.chips = Chips()
        self.chips.add("waits", _("Waiting for approval"))
        self.chips.add("revoked", pgettext("key", "Revoked"))
        self.chips.changed.connect(self._show)
        head.addWidget(self.chips, 1)
        self.standing = label("", "small")
        head.addWidget(self.standing)
        self.safe_button = button(_("Make the key for the safe…"), self.make_safe_key, "quiet", "key-round")
        head.addWidget(self.safe_button)
        column.addLayout(head)
        self.table: Table[Line] = Table(
            context,
            "upper.register",
            _COLUMNS,
            key=lambda r: f"{r.unit}/{r.fingerprint}",
            noun=lambda count: ngettext("key", "keys", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Register of keys"),
        )
        self.table.opened.connect(self.open)
        self.table.add_footer_action(_("Write the signed register…"), self.export, "usb")
        about = About[Line](lambda: _("Register of keys"), (self.chips,), order=lambda: pgettext("order", "name"))
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read it again."""
        self.seen = register_view.view(self._context.office)
        self.table.set_empty("key-round", _("No key is in the register yet. Accept the key file of each unit first."))
        self.chips.set_count("waits", sum(1 for one in self.seen.lines if one.waits) or None)
        version = _("Version {number}").format(number=number(self.seen.number)) if self.seen.number else ""
        safe = _("a key lies in the safe") if self.seen.safe_key else _("no key lies in the safe yet")
        self.standing.setText(f"{version}; {safe}" if version else "")
        self.safe_button.setVisible(not self._context.read_only and not self.seen.safe_key)
        self._show()

    def _show(self) -> None:
        if self.seen is None:
            return
        chosen = self.chips.chosen()
        rows = self.seen.lines
        if chosen:
            revoked = KeyState.REVOKED
            rows = tuple(
                one
                for one in rows
                if ("waits" in chosen and one.waits) or ("revoked" in chosen and one.state is revoked)
            )
        self.table.set_no_match(_("No key of this kind.") if chosen else None, lambda: self.chips.set_chosen(set()))
        self.table.set_rows(sorted(rows, key=lambda one: (not one.waits, one.role != "SENDER", text_key(one.name))))

    # ------------------------------------------------------------------ deeds

    def _menu(self, line: Line) -> Sequence[MenuItem | None]:
        can = not self._context.read_only and line.role == "SENDER"
        ends = _("Take it off the list…") if line.waits else _("Revoke this key…")
        return (
            MenuItem(_("Compare and approve…"), lambda: self.open(line), "key-round", enabled=can and line.waits),
            MenuItem(_("Digits of this key"), lambda: self.show_digits(line), "search"),
            history_item(self._context, self, line.name, "trusted_key", line.fingerprint),
            None,
            MenuItem(ends, lambda: self.revoke(line), "circle-x", enabled=can),
        )

    def open(self, line: Line) -> None:
        """One that waits is compared and approved; of the others the digits are shown."""
        if line.waits and not self._context.read_only:
            offer_key_bytes(self._context, self, line.key_file, self._after)
        else:
            self.show_digits(line)

    def show_digits(self, line: Line) -> None:
        """Whose key, where it stands, its digits."""
        KeyDialog(self, line).exec()

    def revoke(self, line: Line) -> None:
        """The key counts no further; one that waits goes away."""
        if RevokeDialog(self._context, self, line).exec() == RevokeDialog.DialogCode.Accepted:
            self._after()

    def make_safe_key(self) -> None:
        """The second key: its file and paper go into the safe."""
        if SafeKeyDialog(self._context, self).exec() == SafeKeyDialog.DialogCode.Accepted:
            self._after()

    def export(self) -> None:
        """The signed file for the communes, and ``allowed_signers`` for whoever has OpenSSH."""
        folder = choose_folder(self, _("Where the register is written"))
        if folder is None:
            return
        try:
            file, _signers, made = registering.export(self._context.office, folder, overwrite=True)
        except (UserError, OSError) as problem:
            self._context.shell.message("bad", str(words.say(problem)))
            return
        told = _("Register version {number} written: {file}")
        self._context.shell.toast(told.format(number=number(made.number), file=file.name))
        self._after()

    def _after(self) -> None:
        self.refresh()
        self._changed()
