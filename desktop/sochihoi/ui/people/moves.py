"""Dialogs of a member's way: transferred, left, back again, elected."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.domain.member_lists import MemberRow
from sochihoi.domain.people import JoinKind, LeaveReason, PositionTitle
from sochihoi.i18n import _, short_date
from sochihoi.ui import words as all_words
from sochihoi.ui.people.presenter import PeoplePresenter
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import ChoiceField, DateField, Form, TextField
from sochihoi.ui.words import people as words


class MoveDialog(Dialog):
    """A small form about one member with one deed. ``done`` gets what happened in words, after it was saved."""

    def __init__(
        self,
        context: Context,
        parent: QWidget | None,
        presenter: PeoplePresenter,
        row: MemberRow,
        done: Callable[[str], None],
    ) -> None:
        super().__init__(parent, self.question().format(name=row.full_name))
        self.context, self.presenter, self.row, self.done_with = context, presenter, row, done
        self.office = context.office
        self.form = Form()
        self.body.addWidget(self.form)
        self.fill()

    @staticmethod
    def question() -> str:
        """The title, with a place ``{name}``."""
        raise NotImplementedError

    def fill(self) -> None:
        """The fields and the two buttons."""
        raise NotImplementedError

    def add_day(self, name: str, title: str, hint: str = "", *, required: bool = True) -> DateField:
        """A day, today unless changed."""
        field = self.form.add(DateField(name, title, today=lambda: self.office.today, required=required, hint=hint))
        if required:
            field.set_value(self.office.today)
        return field

    def add_place(self, branch_id: str | None = None) -> None:
        """Branch and cell."""
        choices = [(value, name) for value, name in self.presenter.branches() if value is not None]
        branch = ChoiceField(
            "branch_id", words.field_name("branch_id"), choices, required=True, search=True, letters=32
        )
        cell = ChoiceField("cell_id", words.field_name("cell_id"), letters=16)
        self.form.add(branch)
        self.form.add(cell)
        branch.changed.connect(lambda: cell.set_options(self.presenter.choices_of_cells(branch.value())))
        branch.set_value(branch_id)
        cell.set_options(self.presenter.choices_of_cells(branch_id))
        cell.set_value("")

    def add_deed(self, deed: str, stay: str, role: str = "primary") -> None:
        """The two buttons."""
        self.add_button(stay, self.reject, default=role == "danger")
        self.deed = self.add_button(deed, self.act, role, default=role != "danger")

    def value(self, name: str) -> Any:
        """What a field holds."""
        return self.form[name].value()

    def write(self) -> str:
        """Do it, and say it in one sentence for the toast. Raises ``UserError``."""
        raise NotImplementedError

    def act(self) -> None:
        """Check, do, close; a problem stays in the dialog."""
        if not self.form.check():
            return
        try:
            said = self.write()
        except FieldProblem as problem:
            if problem.field in self.form.fields:
                self.form.set_errors({problem.field: words.field_problem(problem)})
            else:
                self.message.say("bad", words.field_problem(problem))
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.accept()
            self.done_with(said)


class TransferDialog(MoveDialog):
    """Chuyển chi hội hoặc tổ."""

    @staticmethod
    def question() -> str:
        return _("To which branch is {name} transferred?")

    def fill(self) -> None:
        now = _("She is in {place} now.").format(place=words.place(self.row))
        self.form.add_widget(label(now, tone="muted", wrap=True))
        self.add_place()
        self.add_day("on", _("From which day"), _("The first day in the new branch."))
        self.form.add(TextField("reason", words.field_name("reason"), letters=40))
        self.add_deed(_("&Transfer"), _("&Not now"))

    def write(self) -> str:
        self.office.people.transfer(
            [self.row.membership_id],
            self.value("branch_id"),
            self.value("cell_id") or None,
            on=self.value("on"),
            reason=self.value("reason") or "",
        )
        where = dict(self.presenter.branches())[self.value("branch_id")]
        return _("{name} is transferred to {branch}.").format(name=self.row.full_name, branch=where)


class LeaveDialog(MoveDialog):
    """Ra khỏi Hội: with reason and day. Her past stays."""

    @staticmethod
    def question() -> str:
        return _("Why does {name} leave the Union?")

    def fill(self) -> None:
        text = _("From that day she is no longer counted. What she took part in stays, and she can come back.")
        self.form.add_widget(label(text, tone="muted", wrap=True))
        reasons = [(one.name, words.leave_name(one)) for one in LeaveReason if one.is_told]
        field = ChoiceField("left_reason", words.field_name("left_reason"), reasons, required=True, letters=20)
        self.form.add(field)
        field.set_value(LeaveReason.TRANSFER_OUT.name if self.row.is_moving else None)  # chosen, never left as it stood
        self.add_day("on", _("From which day"), _("The first day on which she is no longer a member."))
        where = self.form.add(
            TextField("left_to", words.field_name("left_to"), letters=40, hint=_("If she moved away."))
        )
        if self.row.is_moving:
            where.set_value(self.office.people.detail(self.row.membership_id).membership.moving_to)
        self.form.add(TextField("decision_no", words.field_name("decision_no"), letters=16))
        self.add_deed(_("&Leaves the Union"), _("&Stays a member"))

    def write(self) -> str:
        day, reason = self.value("on"), LeaveReason[self.value("left_reason")]
        home = self.office.people.detail(self.row.membership_id).household
        self.office.people.leave(
            self.row.membership_id,
            reason,
            on=day,
            to=self.value("left_to") or "",
            decision_no=self.value("decision_no") or "",
        )
        said = _("{name} is no longer a member from {day}.").format(name=self.row.full_name, day=short_date(day))
        if (
            home is None
            or reason is not LeaveReason.DECEASED
            or not self.office.households.detail(home.id).row.head_died
        ):
            return said
        text = _("Household {code} has no head now: choose another on the page of households.")
        return f"{said} {text.format(code=home.code)}"


class ReturnDialog(MoveDialog):
    """Trở lại Hội."""

    @staticmethod
    def question() -> str:
        return _("To which branch does {name} come back?")

    def fill(self) -> None:
        self.add_place(self.row.branch_id)
        kinds = [(kind.name, words.join_name(kind)) for kind in JoinKind]
        self.form.add(ChoiceField("join_kind", words.field_name("join_kind"), kinds, letters=16))
        self.add_day("on", _("From which day"))
        self.form.add(TextField("joined_from", words.field_name("joined_from"), letters=40))
        self.add_deed(_("&Came back"), _("&Not now"))

    def write(self) -> str:
        self.office.people.come_back(
            self.row.person_id,
            self.value("branch_id"),
            self.value("cell_id") or None,
            on=self.value("on"),
            kind=JoinKind[self.value("join_kind")],
            joined_from=self.value("joined_from") or "",
        )
        return _("{name} is a member again.").format(name=self.row.full_name)


class PositionsDialog(MoveDialog):
    """Positions with their terms: those that she holds can be ended, one can be given."""

    @staticmethod
    def question() -> str:
        return _("Which position does {name} get?")

    def fill(self) -> None:
        self._units = {u.id: u.name for u in self.office.setup.units()}
        for held in self.office.people.detail(self.row.membership_id).positions:
            if held.to_on is None or held.to_on > self.office.today:
                name, unit = words.position_name(held.title), self._units.get(held.unit_id, "")
                text = _("{position}, {unit}, since {day}").format(
                    position=name, unit=unit, day=short_date(held.from_on)
                )
                self.form.add_widget(label(text, wrap=True))
                press = partial(self._end, held.id, name)
                end = button(_("This position ends today"), press, "quiet")
                end.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
                self.form.add_widget(end)
        titles = [(one.name, words.position_name(one)) for one in PositionTitle]
        field = self.form.add(ChoiceField("title", words.field_name("title"), titles, required=True, letters=34))
        field.changed.connect(lambda: self._units_for(field.value()))
        field.set_value(None)
        self.form.add(ChoiceField("unit_id", words.field_name("unit_id"), required=True, letters=34))
        self.add_day("from_on", words.field_name("from_on"))
        self.add_day("to_on", words.field_name("to_on"), _("End of the term, if it is known."), required=False)
        self.add_day("trained_on", words.field_name("trained_on"), _("Empty: not trained yet."), required=False)
        self.add_deed(_("&Give the position"), _("&Not now"))
        field.editor.setFocus()

    def _units_for(self, title: str | None) -> None:
        if title is None:
            return
        wanted = [self.row.branch_id]
        if title.startswith("CELL"):
            wanted = [self.row.cell_id or self.row.branch_id]
        elif not title.startswith("BRANCH"):
            wanted = [self.office.commune.unit_id]
        unit = self.form["unit_id"]
        assert isinstance(unit, ChoiceField)  # noqa: S101 - made above
        unit.set_options([(i, self._units.get(i, "")) for i in wanted])
        unit.set_value(wanted[0])

    def _end(self, position_id: str, name: str) -> None:
        try:
            self.office.people.end_position(position_id, on=self.office.today)
        except (UserError, OSError) as problem:
            self.message.say("bad", str(all_words.say(problem)))
        else:
            self.accept()
            said = _("{position} of {name} has ended.").format(position=name, name=self.row.full_name)
            self.done_with(said)

    def write(self) -> str:
        title = PositionTitle[self.value("title")]
        self.office.people.appoint(
            self.row.membership_id,
            title,
            self.value("unit_id"),
            from_on=self.value("from_on"),
            to_on=self.value("to_on"),
            trained_on=self.value("trained_on"),
        )
        given = words.position_name(title)
        return _("{name} has the position: {position}.").format(name=self.row.full_name, position=given)
