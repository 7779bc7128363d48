"""One household becomes two, two become one: both results are seen before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import ResidentRow
from sochihoi.i18n import _
from sochihoi.services.household_shapes import Parting, Shape
from sochihoi.ui import style
from sochihoi.ui import words as all_words
from sochihoi.ui.households.presenter import HouseholdsPresenter
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import ChoiceField, Form, TextField
from sochihoi.ui.words import households as words


class _ShapeCard(QFrame):
    """A household as it would be."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        size = style.sizes()
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_3, size.space_2, size.space_3, size.space_2)
        column.setSpacing(size.space_1)
        column.addWidget(label(title, "caption"))
        self.text = label("", wrap=True)
        column.addWidget(self.text)
        column.addStretch(1)

    def show_shape(self, shape: Shape | None) -> None:
        """Its head, address, group and people; nothing while it cannot be."""
        self.text.setText("—" if shape is None else "\n".join(_lines(shape)))


def _lines(shape: Shape) -> list[str]:
    home = shape.household
    group = words.group_name(home.household_group)
    told = [
        _("Head: {name}").format(name=shape.head or "—"),
        home.address,
        ", ".join(part for part in (words.people_words(shape.size), group) if part),
    ]
    return [line for line in told if line] + [f"– {_resident(one)}" for one in shape.residents]


def _resident(one: ResidentRow) -> str:
    told = [one.full_name]
    if one.relation is not None:
        told.append(words.relation_name(one.relation))
    if one.membership_id is not None:
        told.append(_("member {code}").format(code=one.code))
    return ", ".join(told)


def _beside(*cards: QWidget) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(style.sizes().space_3)
    for card in cards:
        row.addWidget(card, 1)
    return box


class SplitDialog(Dialog):
    """Tách hộ: who goes, under whom, where to. ``done`` gets the new household's id."""

    def __init__(
        self, context: Context, parent: QWidget | None, household_id: str, done: Callable[[str], None]
    ) -> None:
        self._office, self._id, self._done = context.office, household_id, done
        told = context.office.households.detail(household_id)
        head = told.row.head or told.row.code
        super().__init__(
            parent, _("Who of the household of {head} lives by themselves now?").format(head=head), width=WIDE
        )
        self.ticks: dict[str, QCheckBox] = {}
        self._names = {one.person_id: one.full_name for one in told.residents}
        for one in told.residents:
            tick = QCheckBox(_resident(one).replace("&", "&&"))
            tick.toggled.connect(lambda _on: self._ticked())
            self.ticks[one.person_id] = tick
            self.body.addWidget(tick)
        if not told.residents:
            self.message.say("info", _("Nobody is entered in this household yet. Enter its residents first."))
        self.form = Form()
        self.form.add(ChoiceField("new_head", _("Head of the new household"), [], letters=32))
        self.form.add(TextField("address", _("Address of the new household"), letters=44, hint=_("Empty: the same.")))
        self.form.add(ChoiceField("old_head", _("Head of the old household"), [], letters=32))
        self.form.changed.connect(lambda _name: self._preview())
        self.body.addWidget(self.form)
        self.old, self.new = _ShapeCard(_("The old household afterwards")), _ShapeCard(_("The new household"))
        self.body.addWidget(_beside(self.old, self.new))
        note = _("What the household was registered and assessed for stays with the old one.")
        self.body.addWidget(label(note, "small", wrap=True))
        self.reason = label("", "small", wrap=True)
        self.buttons.insertWidget(0, self.reason, 1)
        self.add_button(_("&Not now"), self.reject)
        self.deed = self.add_button(_("&Part the household"), self.split, "primary", default=True)
        self._ticked()

    def _going(self) -> tuple[str, ...]:
        return tuple(person for person, tick in self.ticks.items() if tick.isChecked())

    def _ticked(self) -> None:
        going = self._going()
        staying = [person for person in self.ticks if person not in going]
        for name, people, empty in (("new_head", going, ""), ("old_head", staying, _("As it is"))):
            field = self.form[name]
            assert isinstance(field, ChoiceField)  # noqa: S101 - made above
            kept = field.value()
            none = [("", empty)] if empty else []
            field.set_options([*none, *((person, self._names[person]) for person in people)])
            field.set_value(kept if kept in people else "" if empty else (people[0] if people else None))
        self._preview()

    def how(self) -> Parting:
        """What was chosen."""
        told = self.form.values()
        return Parting(self._going(), told["new_head"] or None, told["address"] or "", told["old_head"] or None)

    def _preview(self) -> None:
        try:
            old, new = self._office.household_shapes.split_preview(self._id, self.how())
        except UserError as problem:
            self.old.show_shape(None)
            self.new.show_shape(None)
            self.deed.setEnabled(False)
            self.reason.setText(str(all_words.say(problem)))
        else:
            self.old.show_shape(old)
            self.new.show_shape(new)
            self.deed.setEnabled(True)
            self.reason.setText("")

    def split(self) -> None:
        """Do it."""
        try:
            made = self._office.household_shapes.split(self._id, self.how())
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
            return
        self.accept()
        self._done(made)


class MergeHouseholdsDialog(Dialog):
    """Gộp hộ: the other one goes, its people live here. ``done`` gets the id of the one that stays."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        presenter: HouseholdsPresenter,
        household_id: str,
        done: Callable[[str], None],
    ) -> None:
        self._office, self._id, self._done = context.office, household_id, done
        told = context.office.households.detail(household_id)
        head = told.row.head or told.row.code
        super().__init__(parent, _("Which household becomes one with that of {head}?").format(head=head), width=WIDE)
        homes = [(h.id, f"{h.code} · {h.head} · {h.branch}") for h in presenter.rows if h.id != household_id]
        self.form = Form()
        self.form.add(ChoiceField("other", _("The household that goes"), homes, required=True, search=True, letters=44))
        self.form.changed.connect(lambda _name: self._preview())
        self.body.addWidget(self.form)
        self.after, self.gone = _ShapeCard(_("The household afterwards")), _ShapeCard(_("Goes off the list"))
        self.body.addWidget(_beside(self.after, self.gone))
        text = _(
            "What the other household was registered and assessed for goes over, where this one has nothing of it."
        )
        self.body.addWidget(label(text, "small", wrap=True))
        self.add_button(_("&Not now"), self.reject)
        self.deed = self.add_button(_("&Merge the households"), self.merge, "primary", default=True)
        self._preview()

    def _preview(self) -> None:
        other = self.form["other"].value()
        if not other:
            for card in (self.after, self.gone):
                card.show_shape(None)
            self.deed.setEnabled(False)
            return
        told = self._office.households.detail(other)
        self.gone.show_shape(Shape(told.household, told.row.head, told.residents))
        self.after.show_shape(self._office.household_shapes.merge_preview(self._id, other))
        self.deed.setEnabled(True)

    def merge(self) -> None:
        """Do it."""
        other = self.form["other"].value()
        if not other:
            return
        try:
            self._office.household_shapes.merge(self._id, other)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
            return
        self.accept()
        self._done(self._id)
