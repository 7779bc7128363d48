"""Thời hạn lưu: how long things are kept, what is due, and doing it. Nothing happens by itself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from sochihoi.domain.duties import Retention
from sochihoi.domain.errors import FieldProblem
from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _, ngettext, number, pgettext, short_date
from sochihoi.services.privacy.retention import DueList
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.forms import Form, NumberField, scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.table import Column, Table


def build(context: Context) -> Part:
    """How long things are kept."""
    return RetentionPart(context)


class RetentionPart(Part):
    """The chair chooses and does; others see what is chosen and due."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.due: DueList | None = None
        self._chair = context.office.account.role.may_manage
        self.column.addWidget(scrolled(self._choices()), 3)  # in a low window this scrolls, the list stays in sight
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.told = label("", tone="muted", wrap=True)
        row.addWidget(self.told, 1)
        self.anonymise_button = button(_("Make all of them anonymous…"), self.anonymise, "danger", "user-minus")
        row.addWidget(self.anonymise_button)
        self.column.addLayout(row)
        self.anonymise_button.hide()
        columns = (
            Column[MemberRow](lambda: _("Code"), lambda one: one.code, 80, key="code"),
            Column[MemberRow](lambda: _("Full name"), lambda one: one.full_name, 220, strong=True, key="name"),
            Column[MemberRow](lambda: _("Branch"), lambda one: one.branch, 160, stretch=True, key="branch"),
            Column[MemberRow](lambda: _("Left on"), lambda one: short_date(one.left_on), 110, key="left"),
        )
        self.table: Table[MemberRow] = Table(
            context,
            "retention",
            columns,
            key=lambda one: one.membership_id,
            noun=lambda n: ngettext("member who left", "members who left", n),
            accessible=_("Members who left long ago"),
        )
        self.table.set_empty("check", _("Nobody is due to be made anonymous."))
        about = About[MemberRow](lambda: _("Members who left long ago"), order=lambda: pgettext("order", "given name"))
        self.paper = ListPaper(context, self.table, about)
        self.column.addWidget(self.table, 3)

    def _choices(self) -> QWidget:
        card = Card(_("How long"))
        self.history_button = button(_("History…"), self._history, "quiet", "history")
        card.head.addWidget(self.history_button)
        self.form = Form()
        self.left_years = self._years(
            "left_years",
            _("Name members who left, for"),
            _("Empty: for ever. After that they stand in the list below."),
        )
        self.attendance_years = self._years(
            "attendance_years", _("Keep who came to meetings, for"), _("Empty: for ever. How many came is always kept.")
        )
        self.study_years = self._years(
            "study_years",
            _("Keep who came to study, for"),
            _("Empty: for ever. Whole years; all counts are kept."),
        )
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.sizes().space_5)
        for field in (self.left_years, self.attendance_years, self.study_years):
            row.addWidget(self.form.add(field), 1, Qt.AlignmentFlag.AlignTop)
        self.form.add_widget(beside)
        self.form.left.connect(self._choose)
        self.form.set_read_only(read_only=not self._chair)
        card.add(self.form)
        self.forget_button = button(_("Forget who came…"), self.forget, "danger", "eye-off")
        self.rosters = self._line(card, self.forget_button)
        self.forget_study_button = button(_("Forget who studied…"), self.forget_study, "danger", "eye-off")
        self.studied = self._line(card, self.forget_study_button)
        card.body.addStretch(1)
        return card

    def _history(self) -> None:
        history_of(self.context, self, _("How long"), "setting", "privacy.retention")

    @staticmethod
    def _line(card: Card, deed: QPushButton) -> QLabel:
        under = QHBoxLayout()
        told = label("", wrap=True)
        under.addWidget(told, 1)
        under.addWidget(deed)
        card.body.addLayout(under)
        deed.hide()
        return told

    @staticmethod
    def _years(name: str, title: str, hint: str) -> NumberField:
        unit = pgettext("duration", "years")
        return NumberField(name, title, unit=unit, least=1, most=99, letters=6, hint=hint)

    def refresh(self) -> None:
        service = self.context.office.privacy.retention
        chosen = service.chosen()
        self.form.set_values(asdict(chosen))
        due = self.due = service.due()
        self.table.set_rows(due.left)
        self.told.setText(self._left_words(due, chosen))
        self.anonymise_button.setVisible(self._chair and bool(due.left))
        self.rosters.setText(self._roster_words(due))
        self.forget_button.setVisible(self._chair and bool(due.marks))
        self.studied.setText(self._study_words(due))
        self.forget_study_button.setVisible(self._chair and bool(due.study_marks))

    @staticmethod
    def _left_words(due: DueList, chosen: Retention) -> str:
        if chosen.left_years is None:
            return _("Members who left are named for ever: no time is chosen.")
        return ngettext(
            "{count} member who left is named longer than chosen.",
            "{count} members who left are named longer than chosen.",
            len(due.left),
        ).format(count=number(len(due.left)))

    @staticmethod
    def _roster_words(due: DueList) -> str:
        if due.meetings_before is None:
            return _("Who came to meetings is kept for ever: no time is chosen.")
        told = ngettext(
            "{count} meeting before {day} still says who came, in {marks} lines.",
            "{count} meetings before {day} still say who came, in {marks} lines.",
            due.meetings,
        )
        return told.format(count=number(due.meetings), day=short_date(due.meetings_before), marks=number(due.marks))

    @staticmethod
    def _study_words(due: DueList) -> str:
        if due.study_before is None:
            return _("Who came to study is kept for ever: no time is chosen.")
        told = ngettext(
            "{count} study session of years that ended before {day} still says who came, in {marks} lines.",
            "{count} study sessions of years that ended before {day} still say who came, in {marks} lines.",
            due.study_sessions,
        )
        return told.format(
            count=number(due.study_sessions), day=short_date(due.study_before), marks=number(due.study_marks)
        )

    def _choose(self, _name: str) -> None:
        if not self.form.check():
            return
        chosen = Retention(**self.form.values())
        service = self.context.office.privacy.retention
        if chosen == service.chosen():
            return
        try:
            service.choose(chosen)
        except FieldProblem as problem:
            self.form.show_problem(problem)
        else:
            self.acted(_("It is chosen how long things are kept."))

    def anonymise(self) -> None:
        """Ẩn danh những người đã đến hạn."""
        if self.due is None or not self.due.left:
            return
        rows, service = self.due.left, self.context.office.privacy.retention
        question = ngettext("Make {count} member anonymous?", "Make {count} members anonymous?", len(rows)).format(
            count=number(len(rows))
        )
        told = _(
            "Names, births, numbers, addresses and notes are taken out of the book and of its history; all counts stay."
            " This cannot be taken back."
        )
        if not ask(self.window(), question, told, _("Make anonymous"), _("Leave it"), danger=True):
            return

        def work(progress: Any) -> int:
            return service.anonymise(rows, progress)

        def done(count: int) -> None:
            said = ngettext("{count} member is anonymous.", "{count} members are anonymous.", count)
            self.acted(said.format(count=number(count)), undo=False)

        self.context.shell.run_job(
            work, done, title=_("Making members anonymous…"), stop_says=_("Who is anonymous already stays so.")
        )

    def forget(self) -> None:
        """Bỏ tên trong điểm danh cũ."""
        if self.due is None or self.due.meetings_before is None:
            return
        told = _(
            "The lines of these rosters and their marks stay, without names and notes; so do all figures. This cannot"
            " be taken back."
        )
        question = _("Forget who came to meetings before {day}?").format(day=short_date(self.due.meetings_before))
        if not ask(self.window(), question, told, _("Forget who came"), _("Leave it"), danger=True):
            return
        service = self.context.office.privacy.retention
        if self.attempt(service.forget_attendance):
            self.acted(_("Who came to those meetings is forgotten; how many came is kept."), undo=False)

    def forget_study(self) -> None:
        """Bỏ tên người học nghị quyết của các năm cũ."""
        if self.due is None or self.due.study_before is None:
            return
        told = _(
            "How many came, each woman counted once, and how far each campaign was stay as they are. Who came and who"
            " did not is forgotten, and these sessions can no longer be changed. This cannot be taken back."
        )
        question = _("Forget who came to study in years that ended before {day}?").format(
            day=short_date(self.due.study_before)
        )
        if not ask(self.window(), question, told, _("Forget who studied"), _("Leave it"), danger=True):
            return
        service = self.context.office.privacy.retention

        def done(_count: int) -> None:
            self.acted(_("Who came to study in those years is forgotten; every count is kept."), undo=False)

        self.context.shell.run_job(lambda _progress: service.forget_study(), done, title=_("Forgetting who studied…"))

    def first_focus(self) -> QWidget | None:
        return self.left_years.editor
