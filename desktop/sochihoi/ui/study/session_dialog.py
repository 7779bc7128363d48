"""A session of a campaign: when, where, for whom, who spoke, by which channels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.study import Channel, SessionForm, StudySession
from sochihoi.i18n import _
from sochihoi.ui import style, words
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.fields import Field
from sochihoi.ui.shared.forms import ChoiceField, DateField, DraftKeeper, Form, NumberField, TextField, scrolled
from sochihoi.ui.words.study import channel_name, form_name

_TEXTS = ("starts_at", "place", "speaker", "material", "note")
_WHOLE = ""  # value of the choice "the whole commune"


class ChannelsField(Field):
    """Ticks; ``value()`` is a list of the channels' names."""

    def __init__(self, name: str, title: str) -> None:
        self.list = QListWidget()
        self.list.setObjectName("card")
        super().__init__(name, title, self.list)
        for channel in Channel:
            item = QListWidgetItem(channel_name(channel))
            item.setData(Qt.ItemDataRole.UserRole, channel.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setMinimumHeight(style.sizes().row_dense * 6)
        self.list.itemChanged.connect(lambda _item: self._typed())

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def value(self) -> Any:
        checked = Qt.CheckState.Checked
        return [i.data(Qt.ItemDataRole.UserRole) for i in self._items() if i.checkState() == checked]

    def set_value(self, value: Any) -> None:
        self.list.blockSignals(True)  # noqa: FBT003 - Qt
        for item in self._items():
            there = item.data(Qt.ItemDataRole.UserRole) in (value or ())
            item.setCheckState(Qt.CheckState.Checked if there else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt

    def restore(self, draft: Any) -> None:
        self.set_value(draft)
        self._dirty = True

    def problem(self) -> str:
        return ""


class SessionDialog(Dialog):
    """``session_id`` is that of the session planned or changed after it was accepted.

    ``marked``: people are marked already, so the branch stays: its list is the roster that they stand on.
    """

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        campaign_id: str,
        session: StudySession | None = None,
        *,
        marked: bool = False,
        day: date | None = None,
    ) -> None:
        title = _("When, where and for whom is the session?") if session is None else _("What changes in this session?")
        super().__init__(parent, title, width=WIDE)
        self.setObjectName("session")
        self._context, self._campaign_id, self._session, self._marked = context, campaign_id, session, marked
        self.session_id = ""
        self.form = self._fields()
        area = scrolled(self.form)
        area.setMinimumHeight(min(self.form.sizeHint().height(), round(430 * style.sizes().body / 14)))
        self.body.addWidget(area, 1)
        if session is None:
            self.form.set_values({"branch": _WHOLE, "form": SessionForm.IN_PERSON.name, "held_on": day})
        else:
            self.form.set_values({name: getattr(session, name) for name in (*_TEXTS, "held_on")})
            self.form.set_values(
                {
                    "branch": session.branch_id or _WHOLE,
                    "form": session.form.name,
                    "venue_nodes": session.venue_nodes or None,
                    "channels": [channel.name for channel in session.channels],
                }
            )
        self._show_nodes()
        self.form.changed.connect(lambda name: self._show_nodes() if name == "form" else None)
        key = f"study/session/{session.id}" if session is not None else f"study/session/new/{campaign_id}"
        self._keeper = DraftKeeper(context, key, self.form)
        self._keeper.offer(lambda text, actions: self.message.say("info", text, actions))
        self._keeper.restored.connect(self.message.clear)
        self._keeper.restored.connect(self._show_nodes)
        self.add_button(_("Leave it") if session is None else _("Drop the changes"), self._leave)
        deed = _("Add the session") if session is None else _("Keep the change")
        self.deed = self.add_button(deed, self.accept_form, "primary", default=True)
        self.form["held_on"].editor.setFocus()

    def _fields(self) -> Form:
        form = Form()
        known = self._session.held_on if self._session is not None else None
        branches = [(one.id, one.name) for one in self._context.office.setup.branches(known or self._context.today())]
        branch = ChoiceField(
            "branch",
            _("For &whom"),
            [(_WHOLE, _("The whole commune")), *branches],
            hint=_("People are marked already, so this stays.") if self._marked else "",
        )
        branch.set_read_only(read_only=self._marked)
        left = (
            DateField("held_on", _("&Day"), today=self._context.today, required=True),
            TextField("starts_at", _("&Time"), hint=_("For example 14h or 7h30."), letters=8),
            branch,
            TextField("place", _("&Place")),
            ChoiceField("form", _("Fo&rm"), [(form.name, form_name(form)) for form in SessionForm]),
            NumberField("venue_nodes", _("P&laces connected online"), least=0, most=999, letters=6),
        )
        right = (
            TextField("speaker", _("&Speaker")),
            TextField("material", _("&Material")),
            ChannelsField("channels", _("&Channels of communication")),
            TextField("note", _("N&ote")),
        )
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, style.sizes().space_2, 0)
        row.setSpacing(style.sizes().space_5)
        for side in (left, right):
            column = QVBoxLayout()
            column.setSpacing(style.sizes().space_3)
            for field in side:
                column.addWidget(form.add(field))
            column.addStretch(1)
            row.addLayout(column, 1)
        form.add_widget(box)
        return form

    def _show_nodes(self) -> None:
        self.form["venue_nodes"].setVisible(self.form["form"].value() != SessionForm.IN_PERSON.name)

    def _leave(self) -> None:
        self._keeper.done()
        self.reject()

    def accept_form(self) -> None:
        """Save, or say under the field why it cannot be."""
        if not self.form.check():
            return
        told: dict[str, Any] = self.form.values()
        form = SessionForm[told["form"]]
        session = replace(
            self._session if self._session is not None else StudySession("", self._campaign_id),
            branch_id=told["branch"] or None,
            held_on=told["held_on"],
            form=form,
            venue_nodes=0 if form is SessionForm.IN_PERSON else told["venue_nodes"] or 0,
            channels=tuple(Channel[name] for name in told["channels"]),
            **{name: told[name] or "" for name in _TEXTS},
        )
        study = self._context.office.study
        try:
            if self._session is None:
                self.session_id = study.plan_session(session)
            else:
                study.change_session(session)
                self.session_id = session.id
        except FieldProblem as problem:
            if not self.form.show_problem(problem):
                self.message.say("bad", str(words.say(problem)))
        except UserError as problem:
            self.message.say("bad", str(words.say(problem)))
        else:
            self._keeper.done()
            self.accept()
