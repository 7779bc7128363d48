"""Planning a meeting, freezing rosters, adding a late joiner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QRadioButton, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.meeting_records import BranchMember, Meeting, MeetingPlan
from sochihoi.domain.meetings import MeetingKind
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style, words
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import NARROW, WIDE, Dialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, DraftKeeper, Form, TextField
from sochihoi.ui.words.meetings import kind_name

Branch = tuple[str, str, bool]  # id, name, ticked


class PlanDialog(Dialog):
    """One meeting for one branch or many; or, with ``meeting``, its other day, time, place. ``save`` may refuse."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        branches: Sequence[Branch],
        save: Callable[[list[str], MeetingPlan], None],
        *,
        meeting: Meeting | None = None,
        day: date | None = None,
    ) -> None:
        title = _("When and where do the branches meet?") if meeting is None else _("When and where does it meet now?")
        many = meeting is None
        super().__init__(parent, title, width=WIDE if many else NARROW)
        self.setObjectName("plan")
        self._save = save
        self.form = Form()
        self.form.add(DateField("held_on", _("&Day"), today=context.today, required=True))
        self.form.add(TextField("starts_at", _("&Time"), hint=_("For example 14h or 7h30."), letters=8))
        self.form.add(TextField("place", _("&Place"), hint=_("Empty: where the branch met last time.") if many else ""))
        self.form.add(ChoiceField("kind", _("&Kind"), [(kind.name, kind_name(kind)) for kind in MeetingKind]))
        self.form.add(
            TextField(
                "topic", _("T&opic"), hint=_("Empty: what the last meeting said would come next.") if many else ""
            )
        )
        self.form["kind"].set_value(MeetingKind.REGULAR.name)
        self.form["held_on"].set_value(day)
        self.branches = QListWidget()
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_5)
        row.addWidget(self.form, 1)
        if many:
            row.addWidget(self._branch_side(branches), 1)
        self.body.addLayout(row)
        key = "meeting/new" if meeting is None else f"meeting/{meeting.id}"
        if meeting is not None:
            shown = {name: getattr(meeting, name) for name in ("held_on", "starts_at", "place", "topic")}
            self.form.set_values({**shown, "kind": meeting.kind.name})
        self._keeper = DraftKeeper(context, key, self.form)
        if meeting is None:
            self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self.add_button(_("Leave it"), self._leave)
        self.deed = self.add_button("", self.accept_form, "primary", default=True)
        self._name_deed()
        if meeting is not None:
            self.deed.setText(_("Keep the change"))
        self.form["held_on"].editor.setFocus()

    def _branch_side(self, branches: Sequence[Branch]) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_1)
        caption = label(_("&Branches"), "caption")
        caption.setBuddy(self.branches)
        column.addWidget(caption)
        self.branches.setAccessibleName(_("Branches"))
        self.branches.setObjectName("card")
        for branch_id, name, ticked in branches:
            item = QListWidgetItem(name)
            item.setData(Qt.ItemDataRole.UserRole, branch_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.branches.addItem(item)
        self.branches.itemChanged.connect(lambda _item: self._name_deed())
        column.addWidget(self.branches, 1)
        row = QHBoxLayout()
        row.addWidget(button(_("Tick all"), lambda: self._tick(Qt.CheckState.Checked), "quiet"))
        row.addWidget(button(_("Tick none"), lambda: self._tick(Qt.CheckState.Unchecked), "quiet"))
        row.addStretch(1)
        column.addLayout(row)
        return box

    def _tick(self, state: Qt.CheckState) -> None:
        for at in range(self.branches.count()):
            self.branches.item(at).setCheckState(state)

    def chosen(self) -> list[str]:
        """Ids of the ticked branches."""
        items = [self.branches.item(at) for at in range(self.branches.count())]
        return [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() == Qt.CheckState.Checked]

    def _name_deed(self) -> None:
        count = len(self.chosen())
        text = ngettext("Plan for {count} branch", "Plan for {count} branches", count).format(count=number(count))
        self.deed.setText(text)
        self.deed.setAccessibleName(text)

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()

    def accept_form(self) -> None:
        """Save, or say under the field why it cannot be."""
        if not self.form.check():
            return
        told: dict[str, Any] = self.form.values()
        plan = MeetingPlan(
            told["held_on"],
            told["starts_at"] or "",
            told["place"] or "",
            MeetingKind[told["kind"]],
            told["topic"] or "",
        )
        if self.branches.count() and not self.chosen():
            self.message.say("bad", _("No branch is ticked. Tick the branches that meet."))
            return
        try:
            self._save(self.chosen(), plan)
        except FieldProblem as problem:
            self.form.show_problem(problem)
        except UserError as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._keeper.done()
            self.accept()


def ask_freeze(parent: QWidget | None, count: int) -> bool | None:
    """Freeze so many rosters? ``True``: cell by cell, ``False``: by name, ``None``: not now."""
    question = ngettext("Freeze the roster of this meeting?", "Freeze the rosters of {count} meetings?", count).format(
        count=number(count)
    )
    dialog = Dialog(parent, question)
    dialog.setObjectName("freeze")
    dialog.body.addWidget(
        label(
            _("Everybody who is a member on the day gets a number. Numbers stay; who joins later comes at the end."),
            wrap=True,
        )
    )
    names, cells = QRadioButton(_("&By name")), QRadioButton(_("By &cell, then by name"))
    names.setChecked(True)
    dialog.body.addWidget(names)
    dialog.body.addWidget(cells)
    dialog.add_button(_("Not yet"), dialog.reject)
    go = dialog.add_button(_("Freeze the roster"), dialog.accept, "primary", default=True)
    go.setFocus()
    return cells.isChecked() if dialog.exec() == Dialog.DialogCode.Accepted else None


def choose_late_joiner(parent: QWidget | None, members: Sequence[BranchMember]) -> str | None:
    """Who comes onto the roster at its end: the id of a membership."""
    dialog = Dialog(parent, _("Who comes onto the roster?"))
    dialog.setObjectName("late_joiner")
    if not members:
        dialog.body.addWidget(
            label(
                _("Every member of the branch on this day is on the roster. Add a new member to the branch first."),
                wrap=True,
            )
        )
        dialog.add_button(_("Go back"), dialog.reject, default=True)
        dialog.exec()
        return None
    dialog.body.addWidget(label(_("She gets the number after the last; no other number changes."), wrap=True))
    people = QListWidget()
    people.setObjectName("card")
    people.setAccessibleName(_("Members who are not on the roster"))
    for one in members:
        item = QListWidgetItem(f"{one.full_name} · {one.cell}" if one.cell else one.full_name)
        item.setData(Qt.ItemDataRole.UserRole, one.membership_id)
        people.addItem(item)
    people.setCurrentRow(0)
    people.itemActivated.connect(lambda _item: dialog.accept())
    dialog.body.addWidget(people)
    dialog.add_button(_("Leave it"), dialog.reject)
    dialog.add_button(_("Add to the roster"), dialog.accept, "primary", default=True)
    people.setFocus()
    if dialog.exec() != Dialog.DialogCode.Accepted or people.currentItem() is None:
        return None
    return str(people.currentItem().data(Qt.ItemDataRole.UserRole))
