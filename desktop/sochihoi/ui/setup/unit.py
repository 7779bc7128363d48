"""Đơn vị và báo cáo: the unit, the level above, days. A field is saved when it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import FieldProblem, UserError
from sochihoi.i18n import _, ngettext
from sochihoi.ui import style
from sochihoi.ui.setup import presenter
from sochihoi.ui.setup.commune_change import ChangeCommune
from sochihoi.ui.setup.joined import JoinedDialog
from sochihoi.ui.setup.joining import JoinDialog
from sochihoi.ui.setup.parting import PartDialog
from sochihoi.ui.shared.buttons import Card, button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.forms import CheckField, ChoiceField, DateField, Form, NumberField, TextField, scrolled
from sochihoi.ui.shared.history_view import history_of
from sochihoi.ui.shared.panel import Facts
from sochihoi.ui.shared.part import Part
from sochihoi.ui.words.joining import joined as joined_words


def build(context: Context) -> Part:
    """The settings of the unit."""
    return UnitPart(context)


class UnitPart(Part):
    """Two columns of cards: the unit and who is above it; its days."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.dialog: Dialog | None = None
        receiver = context.office.is_receiver
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.sizes().space_3)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(style.sizes().space_3)
            row.addLayout(side, 1)
        self.facts = Facts()
        unit = Card(_("The unit"))
        self.history_button = button(_("History…"), self.history, "quiet", "history")
        unit.head.addWidget(self.history_button)
        unit.add(self.facts)
        self.change_button = button(_("Renamed or merged…"), self.change, "", "network")
        self.join_button = button(_("Bring in another commune's book…"), self.join, "", "folder-open")
        self.part_button = button(_("Branches go to a new commune…"), self.part, "", "upload")
        self.joined_button = button(_("Their closed months…"), self.show_joined, "", "history")
        for one in (self.change_button, self.join_button, self.part_button, self.joined_button):
            unit.body.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(unit)
        for one in (self.change_button, self.join_button, self.part_button):
            one.setVisible(not receiver and not context.read_only)  # only in its place
        self.forms: list[Form] = []
        left.addWidget(self._card(_("The level above"), self._above()))
        right.addWidget(self._card(_("Days and rhythm"), self._days(receiver=receiver)))
        if not receiver:
            left.addWidget(self._card(_("The register"), self._register()))
        left.addStretch(1)
        right.addStretch(1)
        self.column.addWidget(scrolled(whole))

    def history(self) -> None:
        """Who changed which settings of the unit and its papers, and when."""
        history_of(self.context, self, _("Set-up"), "setting", "commune.")

    def change(self) -> None:
        """Another name from a day on."""
        self.dialog = ChangeCommune(self.context, self.window(), self._changed)
        self.dialog.open()

    def join(self) -> None:
        """Another commune became part of this one: its book comes in."""
        self.dialog = JoinDialog(self.context, self.window(), self._changed)
        self.dialog.open()

    def part(self) -> None:
        """Some branches are another commune's from a day: its book begins with the file that is made."""
        self.dialog = PartDialog(self.context, self.window(), self._changed)
        self.dialog.open()

    def show_joined(self) -> None:
        """What communes that joined had closed before."""
        self.dialog = JoinedDialog(self.context, self.window())
        self.dialog.open()

    def _changed(self, said: str) -> None:
        self.acted(said)
        self.context.shell.refresh_frame()

    def _card(self, title: str, form: Form) -> Card:
        card = Card(title)
        card.add(form)
        form.left.connect(lambda name: self._save(form, name))
        form.set_read_only(read_only=self.context.read_only)
        self.forms.append(form)
        return card

    @staticmethod
    def _above() -> Form:
        form = Form()
        form.add(TextField("above_name", _("Name of the level above"), hint=_("As it stands in the report.")))
        form.add(TextField("above_email", _("E-mail for the report files"), letters=32))
        return form

    @staticmethod
    def _register() -> Form:
        form = Form()
        hint = _("Only if the Union needs it. Numbers that a list brought in are kept all the same, and shown masked.")
        form.add(CheckField("national_id_entry", _("The form of a member asks for her national id"), hint=hint))
        return form

    def _days(self, *, receiver: bool) -> Form:
        form = Form()
        if not receiver:
            form.add(
                NumberField(
                    "close_day",
                    _("Figures are closed on day"),
                    least=1,
                    most=31,
                    letters=4,
                    hint=_("Of the month itself; 31 is its last day."),
                )
            )
        form.add(
            NumberField(
                "send_day",
                _("The report goes out by day"),
                least=1,
                most=31,
                letters=4,
                hint=_("Of the month after."),
            )
        )
        if receiver:
            return form
        every = [(n, ngettext("every month", "every {count} months", n).format(count=n)) for n in (1, 2, 3)]
        form.add(ChoiceField("meeting_every_months", _("Branches meet"), every, letters=16))
        hint = _("The first month that is closed in this book. Empty: the month in which it was begun.")
        today = lambda: self.context.office.today  # noqa: E731 - the field asks for the day when it is read
        first = form.add(DateField("first_month", _("First month"), today=today, exact=False, hint=hint))
        first.line.setPlaceholderText(_("month/year"))
        return form

    # ------------------------------------------------------------------ what it does

    def refresh(self) -> None:
        commune = self.context.office.commune
        facts = [(_("Name"), commune.union_name or "—"), (_("Code"), commune.code or "—")]
        if commune.province:
            facts.insert(1, (_("Province"), commune.province))
        books = () if commune.receiver else self.context.office.setup.joining.every()
        self.joined_button.setVisible(bool(books))
        facts += [(_("Book that joined"), joined_words(book)) for book in books]
        self.facts.set_facts(facts)
        values = presenter.commune_values(commune)
        for form in self.forms:
            form.set_values(values)
            form.set_errors({})

    def _save(self, form: Form, name: str) -> None:
        field = form[name]
        problem = field.problem()
        field.set_error(problem)
        if problem:
            return
        office = self.context.office
        try:
            changed = presenter.changed_commune(office.commune, name, field.value())
            if changed == office.commune:
                return
            office.setup.save_commune(changed)
        except FieldProblem as refused:
            if not form.show_problem(refused):
                self.context.shell.show_error(refused)
        except (UserError, OSError) as refused:
            self.context.shell.show_error(refused)
        else:
            self.context.shell.saved_at(office.now)
            self.context.shell.refresh_frame()

    def first_focus(self) -> QWidget | None:
        return next(iter(self.forms[0].fields.values())).editor if self.forms else None
