"""The pack of definitions of the level above: which one is in force, what is announced, a newer one applied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from sochihoi.domain.errors import UserError
from sochihoi.i18n import _
from sochihoi.services import unit_trees
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_file
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.signed_files import SIGNED_FILES, kinds
from sochihoi.ui.sync.pack_look import show_pack
from sochihoi.ui.words import packs as words


class PackCard(Card):
    """``done``: called after a pack was applied."""

    def __init__(self, context: Context, done: Callable[[], None]) -> None:
        super().__init__(_("Pack of definitions"))
        self._context, self._done = context, done
        self.standing = label("", wrap=True)
        self.add(self.standing)
        self.announced = label("", "small", wrap=True)
        self.add(self.announced)
        self.apply_button = button(_("Look &at a pack, apply it…"), self.choose, "quiet", "file-check")
        line = QHBoxLayout()
        line.addWidget(self.apply_button)
        self.history_button = button(_("History…"), self.history, "quiet", "history")
        line.addWidget(self.history_button)
        line.addStretch(1)
        self.body.addLayout(line)

    def refresh(self) -> None:
        """Read it again."""
        office, today = self._context.office, self._context.today()
        newest, in_force = office.packs.applied(), office.packs.in_force()
        if newest is None:
            self.standing.setText(_("None yet: the definitions that came with the program are in force."))
        else:
            told = [f"{words.title(newest)}, {words.days(newest)}."]
            if newest.has_expired(today):
                told.append(_("Ask the level above for a newer one."))
            if in_force is not None and in_force.id != newest.id:
                told.append(_("Until then number {number} stays in force.").format(number=in_force.number))
            self.standing.setText(" ".join(told))
        ours = [one for one in unit_trees.naming(office, office.commune.code) if one.effective >= today]
        self.announced.setText("\n".join(words.tree_words(unit_trees.named(office, one), here=True) for one in ours))
        self.announced.setVisible(bool(ours))
        self.apply_button.setVisible(not self._context.read_only)
        self.history_button.setVisible(newest is not None)

    def history(self) -> None:
        """Who took the newest pack in, and when."""
        newest = self._context.office.packs.applied()
        if newest is not None:
            history_of(self._context, self, newest.file_name, "carried_file", newest.id)

    def choose(self) -> None:
        """A file of the level above."""
        file = choose_file(self, _("Pack of definitions"), kinds(_("Signed files"), SIGNED_FILES))
        if file is not None:
            self.apply(file)

    def apply(self, file: Path) -> None:
        """Show what it would change; apply it when the officer says so."""
        from sochihoi.storage.files import read_bytes

        office = self._context.office
        try:
            data = read_bytes(file)
            look = office.packs.look(data)
            if not show_pack(self.window(), look, self._context.today()):
                return
            office.packs.apply(data)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return
        self._context.shell.toast(_("The pack is applied; it takes effect on its day."))
        self._done()
