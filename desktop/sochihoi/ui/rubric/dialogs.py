"""Dialogs of model branches: who is registered, titles of earlier years, evidence, why a sheet is opened again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from sochihoi.domain.rubric import Title
from sochihoi.domain.rubric_records import BranchLine
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.drafts import DraftKeeper
from sochihoi.ui.shared.forms import Form, LongTextField, scrolled
from sochihoi.ui.words.rubric import title_name


class RegisterDialog(Dialog):
    """Branches that are not registered yet, all ticked."""

    def __init__(self, parent: QWidget | None, year: int, lines: Sequence[BranchLine]) -> None:
        super().__init__(parent, _("Which branches are scored in {year}?").format(year=year))
        self.setObjectName("register")
        self.body.addWidget(label(_("Their sheets open for the branch's own score."), tone="muted", wrap=True))
        self.branches = QListWidget()
        self.branches.setObjectName("card")
        self.branches.setAccessibleName(_("Branches"))
        self.branches.setMinimumHeight(style.sizes().row * 8)
        for one in lines:
            item = QListWidgetItem(one.branch)
            item.setData(Qt.ItemDataRole.UserRole, one.branch_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.branches.addItem(item)
        self.branches.itemChanged.connect(lambda _item: self._name_deed())
        self.body.addWidget(self.branches, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("Tick all"), lambda: self._tick(Qt.CheckState.Checked), "quiet"))
        row.addWidget(button(_("Tick none"), lambda: self._tick(Qt.CheckState.Unchecked), "quiet"))
        row.addStretch(1)
        self.body.addLayout(row)
        self.add_button(_("Leave it"), self.reject)
        self.deed: QPushButton = self.add_button("", self.accept, "primary", default=True)
        self._name_deed()
        self.branches.setFocus()

    def chosen(self) -> list[str]:
        """Ids of the ticked branches."""
        items = [self.branches.item(at) for at in range(self.branches.count())]
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _tick(self, state: Qt.CheckState) -> None:
        for at in range(self.branches.count()):
            self.branches.item(at).setCheckState(state)

    def _name_deed(self) -> None:
        count = len(self.chosen())
        text = ngettext("Register {count} branch", "Register {count} branches", count).format(count=number(count))
        self.deed.setText(text)
        self.deed.setAccessibleName(text)
        self.deed.setEnabled(count > 0)


class TitlesDialog(Dialog):
    """The title that each branch held before the program was used, one choice a branch."""

    def __init__(self, parent: QWidget | None, year: int, lines: Sequence[BranchLine]) -> None:
        super().__init__(parent, _("Which titles did the branches hold in {year}?").format(year=year))
        self.setObjectName("titles")
        text = _("Only a branch that is a model branch already can become an outstanding one this year.")
        self.body.addWidget(label(text, tone="muted", wrap=True))
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, style.sizes().space_2, 0)
        grid.setColumnStretch(0, 1)
        self.choices: dict[str, PlainCombo] = {}
        self._before = {one.branch_id: one.held for one in lines}
        for at, one in enumerate(lines):
            combo = PlainCombo()
            combo.setAccessibleName(_("Title of branch {branch}").format(branch=one.branch))
            for title in (None, *Title):
                combo.addItem(title_name(title) if title else _("No title"), title)
            combo.setCurrentIndex((None, *Title).index(one.held))
            combo.setMinimumWidth(round(190 * style.sizes().body / 14))
            grid.addWidget(label(one.branch, wrap=True), at, 0)
            grid.addWidget(combo, at, 1)
            self.choices[one.branch_id] = combo
        area = scrolled(place)
        area.setMinimumHeight(style.sizes().row * 8)
        self.body.addWidget(area, 1)
        self.add_button(_("Leave it"), self.reject)
        self.add_button(_("Save the titles"), self.accept, "primary", default=True)

    def chosen(self) -> dict[str, Title | None]:
        """Branch to its title, only those that were changed."""
        told = {branch: combo.currentData() for branch, combo in self.choices.items()}
        return {branch: title for branch, title in told.items() if title != self._before[branch]}


class TextDialog(Dialog):
    """One text of a few lines. ``save`` gives true when it was kept; what was typed is never lost."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        title: str,
        about: str,
        text: str,
        deed: str,
        draft_key: str,
        save: Callable[[str], bool],
        *,
        required: bool = False,
    ) -> None:
        super().__init__(parent, title)
        self.setObjectName("text")
        self._save = save
        self.form = Form()
        self.field = self.form.add(LongTextField("text", about, required=required, lines=4))
        self.field.set_value(text)
        self.body.addWidget(self.form)
        self._keeper = DraftKeeper(context, draft_key, self.form)
        self._keeper.offer(lambda words, actions: self.message.say("info", words, self._closing(actions)))
        self.add_button(_("Leave it"), self._leave)
        self.add_button(deed, self.accept_text, "primary", default=True)
        self.field.editor.setFocus()

    def _closing(self, actions: list[tuple[str, Callable[[], None]]]) -> list[tuple[str, Callable[[], None]]]:
        def both(press: Callable[[], None]) -> Callable[[], None]:
            def act() -> None:
                press()
                self.message.clear()

            return act

        return [(words, both(press)) for words, press in actions]

    def accept_text(self) -> None:
        """Keep it and close; stay open with the reason when it cannot be kept."""
        if self.form.check() and self._save(self.field.value() or ""):
            self._keeper.done()
            self.accept()

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()
