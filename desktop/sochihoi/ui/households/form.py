"""Entering and correcting a household, and saying who lives there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.households import HouseholdGroup, Relation
from sochihoi.domain.members import MemberDetails
from sochihoi.domain.people import Sex
from sochihoi.i18n import _
from sochihoi.services.households import HouseholdDetails
from sochihoi.ui import style
from sochihoi.ui import words as all_words
from sochihoi.ui.households.presenter import HouseholdsPresenter
from sochihoi.ui.shared.buttons import button, icon_button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import WIDE, Dialog
from sochihoi.ui.shared.forms import (
    ChoiceField,
    DateField,
    DraftKeeper,
    Form,
    LongTextField,
    NumberField,
    PlainCombo,
    TextField,
    scrolled,
)
from sochihoi.ui.words import households as words
from sochihoi.ui.words.people import branch_hint, field_name, field_problem, partial_date, sex_name
from sochihoi.ui.words.people import phones as phone_words


class HouseholdDialog(Dialog):
    """A new household (``household_id`` is ``None``) or one to be corrected. ``saved`` gets its id."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        presenter: HouseholdsPresenter,
        household_id: str | None,
        saved: Callable[[str], None],
    ) -> None:
        title = _("New household") if household_id is None else _("Correct what is known of this household")
        super().__init__(parent, title)
        self._office, self._id, self._saved = context.office, household_id, saved
        self._head_id: str | None = None
        self.form = Form()
        branches = [(value, name) for value, name in presenter.branches() if value is not None]
        title, hint = field_name("branch_id"), branch_hint(branches)
        self.form.add(ChoiceField("branch_id", title, branches, required=True, search=True, letters=32, hint=hint))
        self.form.add(TextField("head_name", _("Head of the household"), required=True, letters=36))
        self.form.add(TextField("address", field_name("address"), letters=44))
        self.form.add(TextField("phone", field_name("phone"), letters=24))
        groups = [(g.name, words.group_name(g) or _("None of these")) for g in HouseholdGroup]
        self.form.add(ChoiceField("household_group", field_name("household_group"), groups, letters=22))
        hint = _("Everyone who lives there, entered or not. Empty: not known.")
        self.form.add(NumberField("residents", _("People in the household"), least=1, most=50, letters=6, hint=hint))
        self.form.add(LongTextField("note", field_name("note"), lines=2))
        self.body.addWidget(self.form)
        self._load()
        self.keeper = DraftKeeper(context, f"household/{household_id or 'new'}", self.form)
        self.add_button(_("&Drop the changes"), self._drop)
        self.save_button = self.add_button(_("&Save the household"), self.save, "primary", default=True)
        self.keeper.offer(lambda text, actions: self.message.say("info", text, self._closing(actions)))

    def _load(self) -> None:
        if self._id is None:
            self.form.set_values({"household_group": HouseholdGroup.NONE.name})
            return
        told = self._office.households.detail(self._id)
        home = told.household
        self._head_id = None if told.row.head_died else home.head_id
        values = {name: getattr(home, name) for name in ("branch_id", "address", "residents", "note")}
        values |= {"household_group": home.household_group.name, "head_name": told.row.head}
        self.form.set_values(values | {"phone": phone_words(home.phone)})
        head = self.form["head_name"]
        if told.row.head_died:
            head.set_hint(_("The head has died: type who it is now."), "warn")
            head.editor.setFocus()
        elif self._head_id is not None:
            head.set_read_only(read_only=True)
            head.set_hint(_("She or he is entered as a person: change it under “Residents”."))

    def save(self) -> None:
        """Save; a problem is shown under its field or in the bar, and nothing is lost."""
        if not self.form.check():
            self.message.say("bad", self.form.count_of_errors())
            return
        told = self.form.values()
        details = HouseholdDetails(
            told["branch_id"],
            "" if self._head_id is not None else told["head_name"] or "",
            self._head_id,
            told["address"] or "",
            HouseholdGroup[told["household_group"] or "NONE"],
            told["residents"],
            told["phone"] or "",
            told["note"] or "",
        )
        try:
            saved = self._id
            if saved is None:
                saved = self._office.households.add(details)
            else:
                self._office.households.edit(saved, details)
        except FieldProblem as problem:
            self.form.set_errors({problem.field: field_problem(problem)})
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.keeper.done()
            self.accept()
            self._saved(saved)

    def _drop(self) -> None:
        self.keeper.done()
        self.reject()

    def _closing(self, actions: list[tuple[str, Callable[[], None]]]) -> list[tuple[str, Callable[[], None]]]:
        def press(act: Callable[[], None]) -> None:
            act()
            self.message.clear()

        return [(text, partial(press, act)) for text, act in actions]


def _small(made: QPushButton) -> QPushButton:
    """At the left, no wider than its words."""
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class _Line:
    """One resident in the dialog: entered already, or new."""

    def __init__(self, name: str, relation: Relation | None, person_id: str | None, new: MemberDetails | None) -> None:
        self.name, self.person_id, self.new = name, person_id, new
        self.combo = PlainCombo()
        self.combo.setAccessibleName(_("Relation of {name} to the head").format(name=name))
        self.combo.addItem("—", None)
        for one in Relation:
            self.combo.addItem(words.relation_name(one), one.name)
        self.combo.setCurrentIndex(max(self.combo.findData(relation.name if relation is not None else None), 0))

    @property
    def relation(self) -> Relation | None:
        """What is chosen."""
        value = self.combo.currentData()
        return Relation[value] if value else None


class ResidentsDialog(Dialog):
    """Who lives there: persons of the book by name, or new ones. Saved as one act."""

    def __init__(
        self, context: Context, parent: QWidget | None, household_id: str, saved: Callable[[str], None]
    ) -> None:
        self._office, self._id, self._saved = context.office, household_id, saved
        told = self._office.households.detail(household_id)
        super().__init__(parent, _("Who lives in the household of {head}?").format(head=told.row.head), width=WIDE)
        if told.row.head_died:
            text = _("{name} has died. Say of one of those who live here that she or he is the head.")
            self.message.say("info", text.format(name=told.row.head))
        self.lines = [_Line(one.full_name, one.relation, one.person_id, None) for one in told.residents]
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, style.sizes().space_3, 0)
        self._grid.setColumnStretch(0, 1)
        area = scrolled(holder)
        area.setMinimumHeight(round(150 * style.sizes().body / 14))
        self.body.addWidget(area, 1)
        self.form = Form()
        here = {one.person_id for one in told.residents}
        self._names = {i: n for i, n in self._known(told.row.branch_id) if i not in here}
        options = list(self._names.items())
        self.known = self.form.add(
            ChoiceField("known", _("Someone who is in the book"), options, search=True, letters=52)
        )
        self.form.add_widget(_small(button(_("&Add to the household"), self.add_known, "quiet", "plus")))
        self.form.add(TextField("full_name", _("Someone new, who is no member"), letters=36))
        today = lambda: self._office.today  # noqa: E731 - the field asks for the day when it is read
        self.form.add(
            DateField("birth", field_name("birth"), today=today, exact=False, hint=_("A year alone is enough."))
        )
        sexes = [(sex.name, sex_name(sex)) for sex in Sex]
        self.form.add(ChoiceField("sex", field_name("sex"), sexes, letters=10))
        self.form.add_widget(_small(button(_("Add this &person"), self.add_new, "quiet", "user-plus")))
        self.body.addWidget(self.form)
        self.add_button(_("&Drop the changes"), self.reject)
        self.save_button = self.add_button(_("&Save the residents"), self.save, "primary")
        self._show()

    def _known(self, branch_id: str) -> list[tuple[str, str]]:
        """Everyone without a household: members of the branch first, then other members, then other persons."""
        members = sorted(self._office.households.members_without(), key=lambda m: m.branch_id != branch_id)
        found = [(m.person_id, f"{m.full_name} · {m.birth_year or '—'} · {m.branch} · {m.code}") for m in members]
        others = [p for p in self._office.people.others() if p.household_id is None]
        return [*found, *((p.person_id, f"{p.full_name} · {partial_date(p.birth)}") for p in others)]

    def _show(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                if not isinstance(old, PlainCombo):
                    old.deleteLater()
        for at, line in enumerate(self.lines):
            self._grid.addWidget(label(line.name, wrap=True), at, 0)
            line.combo.show()
            self._grid.addWidget(line.combo, at, 1)
            name = _("Take {name} out of the household").format(name=line.name)
            self._grid.addWidget(icon_button("x", name, partial(self.take_out, at)), at, 2)
        if not self.lines:
            self._grid.addWidget(label(_("Nobody is entered yet."), tone="muted"), 0, 0)
        self._grid.setRowStretch(len(self.lines), 1)

    def add_known(self) -> None:
        """The chosen person comes to live there."""
        person_id = self.known.value()
        if person_id is None:
            self.known.set_error(_("Choose someone of the list first."))
            return
        name = self._names.pop(person_id)
        self.lines.append(_Line(name.split(" · ")[0], None, person_id, None))
        self.known.set_options(list(self._names.items()))
        self.known.set_value(None)
        self._show()

    def add_new(self) -> None:
        """Someone who is not in the book comes to live there."""
        name = self.form["full_name"].value()
        if not name or not self.form.check():
            if not name:
                self.form["full_name"].set_error(_("Type the name first."))
            return
        new = MemberDetails(name, birth=self.form["birth"].value(), sex=Sex[self.form["sex"].value()])
        self.lines.append(_Line(name, None, None, new))
        self.form.set_values({"full_name": None, "birth": None})
        self._show()

    def take_out(self, at: int) -> None:
        """She or he no longer lives there."""
        gone = self.lines.pop(at)
        gone.combo.hide()
        self._show()

    def save(self) -> None:
        """One act for all of them."""
        entered = [(line.person_id, line.relation) for line in self.lines if line.person_id is not None]
        new = [(line.new, line.relation) for line in self.lines if line.new is not None]
        try:
            self._office.households.set_residents(self._id, entered, new)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.accept()
            self._saved(self._id)


class JoinHouseholdDialog(Dialog):
    """A member without a household is entered into one that is there."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        presenter: HouseholdsPresenter,
        person: tuple[str, str, str],
        saved: Callable[[str], None],
    ) -> None:
        person_id, name, branch_id = person
        super().__init__(parent, _("In which household does {name} live?").format(name=name))
        self._office, self._person_id, self._saved = context.office, person_id, saved
        self.form = Form()
        rows = sorted(presenter.rows, key=lambda h: h.branch_id != branch_id)
        homes = [(h.id, " · ".join(p for p in (h.head, h.branch, h.address, h.code) if p)) for h in rows]
        self.form.add(ChoiceField("household_id", _("Household"), homes, required=True, search=True))
        relations = [("", "—"), *((r.name, words.relation_name(r)) for r in Relation)]
        self.form.add(ChoiceField("relation_to_head", field_name("relation_to_head"), relations, letters=22))
        self.body.addWidget(self.form)
        self.add_button(_("&Not now"), self.reject)
        self.save_button = self.add_button(_("&Enter her there"), self.save, "primary", default=True)

    def save(self) -> None:
        """Enter her into the household."""
        if not self.form.check():
            return
        told = self.form.values()
        try:
            self._office.people.live_in(self._person_id, told["household_id"], told["relation_to_head"] or "")
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.accept()
            self._saved(told["household_id"])
