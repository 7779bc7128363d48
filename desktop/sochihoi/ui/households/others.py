"""Persons who are no members: women who are briefed, residents. They are entered, corrected, and admitted here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.member_lists import PersonRow
from sochihoi.domain.members import MemberDetails, details_of
from sochihoi.domain.people import JoinKind, Sex
from sochihoi.i18n import _
from sochihoi.ui import words as all_words
from sochihoi.ui.households.presenter import HouseholdsPresenter
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, Form, TextField
from sochihoi.ui.shared.like_note import ASKED_BY, LikeNote
from sochihoi.ui.shared.table import Column
from sochihoi.ui.words.people import field_name, field_problem, join_name, partial_date, phones, sex_name


def person_columns(presenter: HouseholdsPresenter) -> tuple[Column[PersonRow], ...]:
    """Name, year, phone, address, household."""
    return (
        Column(lambda: _("Full name"), lambda p: p.full_name, 200, sort=lambda p: p.sort_key, strong=True, key="name"),
        Column(lambda: _("Born"), lambda p: partial_date(p.birth), 100, sort=lambda p: str(p.birth or ""), key="born"),
        Column(lambda: _("Phone"), lambda p: phones(p.phone) or "—", 120, key="phone"),
        Column(lambda: _("Household"), presenter.home_of, 240, key="household"),
        Column(lambda: _("Address"), lambda p: p.address or "—", 200, stretch=True, key="address"),
    )


class _PersonForm(Dialog):
    """A form about one person with one deed; problems stay under their fields."""

    form: Form

    def act(self) -> None:
        """Check, do, close."""
        if not self.form.check():
            return
        try:
            self.write()
        except FieldProblem as problem:
            self.form.set_errors({problem.field: field_problem(problem)})
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.accept()
            self.done_with()

    def write(self) -> None:
        """Do it. Raises ``UserError``."""
        raise NotImplementedError

    def done_with(self) -> None:
        """After it was saved."""
        raise NotImplementedError


class PersonDialog(_PersonForm):
    """A new person (``person_id`` is ``None``) or one to be corrected."""

    def __init__(
        self, context: Context, parent: QWidget | None, person_id: str | None, saved: Callable[[], None]
    ) -> None:
        title = _("Someone who is no member") if person_id is None else _("Correct what is known of this person")
        super().__init__(parent, title)
        self._office, self._id, self._saved = context.office, person_id, saved
        self.form = Form()
        self.form.add(TextField("full_name", field_name("full_name"), required=True, letters=36))
        self.like = LikeNote(context, self.details)
        self.like.person_id = person_id
        self.form.add_widget(self.like)
        today = lambda: self._office.today  # noqa: E731 - the field asks for the day when it is read
        self.form.add(
            DateField("birth", field_name("birth"), today=today, exact=False, hint=_("A year alone is enough."))
        )
        self.form.add(ChoiceField("sex", field_name("sex"), [(sex.name, sex_name(sex)) for sex in Sex], letters=10))
        self.form.add(TextField("phone", field_name("phone"), letters=24))
        self.form.add(TextField("address", field_name("address"), letters=44))
        self.form.add(TextField("hamlet", field_name("hamlet"), letters=28))
        self.body.addWidget(self.form)
        self._before = MemberDetails("") if person_id is None else details_of(self._office.people.person(person_id))
        told = self._before
        values = {"full_name": told.full_name, "birth": told.birth, "sex": told.sex.name}
        values |= {"address": told.address, "hamlet": told.hamlet}
        self.form.set_values(values | {"phone": phones(told.phone)})
        self.form.changed.connect(self.like.typed)
        self.form.left.connect(lambda name: self.like.look() if name in ASKED_BY else None)
        self.add_button(_("&Drop the changes"), self.reject)
        self.save_button = self.add_button(_("&Save the person"), self.act, "primary", default=True)

    def details(self) -> MemberDetails:
        """What stands in the form; what it does not show stays as it was."""
        told = self.form.values()
        return replace(
            self._before,
            full_name=told["full_name"] or "",
            birth=told["birth"],
            sex=Sex[told["sex"]],
            phone=told["phone"] or "",
            address=told["address"] or "",
            hamlet=told["hamlet"] or "",
        )

    def write(self) -> None:
        if self._id is None:
            self._office.people.add_person(self.details(), distinct_from=self.like.apart)
        else:
            self._office.people.edit_person(self._id, self.details())

    def done_with(self) -> None:
        self._saved()


class AdmitDialog(_PersonForm):
    """Kết nạp một người đã có trong sổ."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        presenter: HouseholdsPresenter,
        row: PersonRow,
        saved: Callable[[str], None],
    ) -> None:
        super().__init__(parent, _("Which branch does {name} join?").format(name=row.full_name))
        self._office, self._row, self._saved = context.office, row, saved
        self._made = ""
        self.form = Form()
        branches = [(value, name) for value, name in presenter.branches() if value is not None]
        branch = ChoiceField("branch_id", field_name("branch_id"), branches, required=True, search=True, letters=32)
        self.form.add(branch)
        cell = self.form.add(ChoiceField("cell_id", field_name("cell_id"), presenter.cells(None), letters=16))
        branch.changed.connect(lambda: cell.set_options(presenter.cells(branch.value())))
        kinds = [(kind.name, join_name(kind)) for kind in JoinKind]
        self.form.add(ChoiceField("join_kind", field_name("join_kind"), kinds, letters=16))
        day = DateField("on", field_name("joined"), today=lambda: self._office.today, required=True)
        self.form.add(day).set_value(self._office.today)
        self.body.addWidget(self.form)
        self.add_button(_("&Not now"), self.reject)
        self.save_button = self.add_button(_("&Joins the Union"), self.act, "primary", default=True)

    def write(self) -> None:
        told = self.form.values()
        self._made = self._office.people.come_back(
            self._row.person_id,
            told["branch_id"],
            told["cell_id"] or None,
            on=told["on"],
            kind=JoinKind[told["join_kind"]],
        )

    def done_with(self) -> None:
        self._saved(self._made)
