"""Chấm điểm: the sheet of one branch, criterion by criterion, with total, conditions and reasons at the right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.rubric import Answer, Title
from sochihoi.domain.rubric_records import OWN, ScoreSheet
from sochihoi.domain.scoring import ScoreState
from sochihoi.i18n import _, ngettext, number
from sochihoi.ui import style
from sochihoi.ui.rubric import presenter
from sochihoi.ui.rubric.dialogs import TextDialog
from sochihoi.ui.rubric.grid import ScoreGrid
from sochihoi.ui.rubric.papers import show_score_sheet
from sochihoi.ui.rubric.side import ConditionsCard, TotalCard, WhyCard
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.behind import BehindDialog
from sochihoi.ui.shared.buttons import icon_button
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context, Kind
from sochihoi.ui.shared.deeds import Deeds
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.typed import read_number
from sochihoi.ui.words.rubric import said, state_name, title_name

_CORRECTABLE = (ScoreState.COMMUNE_VERIFIED, ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED)


class ScorePage(Page):
    """``back``: to the list of the year; ``step(±1)``: the sheet before or after; ``chosen(branch)``: another one."""

    back = Signal()
    step = Signal(int)
    chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.year, self.branch_id = 0, ""
        self.sheet: ScoreSheet | None = None
        self._rubric = context.office.rubric
        self._deeds = Deeds(context, self.refresh, lambda: context.office.rubric.last_batch)
        self.state = pill("", "info")
        self.title_extras.addWidget(self.state)
        self.branches = PlainCombo()
        self.branches.setAccessibleName(_("Branch"))
        self.branches.setMinimumWidth(round(160 * size.body / 14))
        self.branches.activated.connect(lambda _at: self.chosen.emit(self.branches.currentData()))
        self.title_actions.addWidget(self.branches)
        self.title_actions.addWidget(
            icon_button("chevron-left", _("Previous branch"), lambda: self.step.emit(-1), "Ctrl+PgUp")
        )
        self.title_actions.addWidget(
            icon_button("chevron-right", _("Next branch"), lambda: self.step.emit(1), "Ctrl+PgDn")
        )
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        self.grid = ScoreGrid()
        self.total = TotalCard()
        self.why = WhyCard()
        self.conditions = ConditionsCard()
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)
        column.addWidget(self.total)
        column.addWidget(self.why)
        column.addWidget(self.conditions)
        column.addStretch(1)
        self.side = scrolled(cards)
        self.side.setFixedWidth(round(288 * size.body / 14))
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        row.addWidget(self.grid, 1)
        row.addWidget(self.side)
        self.content.addLayout(row, 1)
        self._make_bar()
        for one in (self.own_button, self.take_button, self.refuse_button, self.best_button, self.model_button):
            one.hide()  # which of them belong to a state is known once a sheet is shown
        self.grid.typed.connect(self._typed)
        self.grid.moved.connect(self._show_why)
        self.grid.evidence_wanted.connect(self.write_evidence)
        self.conditions.answered.connect(self._answer)
        self.conditions.rest.connect(self._answer_rest)
        self.why.list_wanted.connect(self.open_list)
        self.why.evidence_wanted.connect(self.write_evidence)

    def _make_bar(self) -> None:
        bar = self.action_bar()
        self.own_button = bar.add(_("Correct the &own score"), self._back_to_own, "", "undo-2")
        self.print_button = bar.add(_("&Print the score sheet"), self.on_print, "", "printer")
        self.take_button = bar.add(_("&Take proposed points into blank cells"), self.take)
        self.refuse_button = bar.add(_("Do &not recognise"), self._refuse)
        self.best_button = bar.add(_("Out&standing model branch"), lambda: self._recognise(Title.MODEL_OUTSTANDING))
        self.model_button = bar.add(
            _("Recognise as &model branch"), lambda: self._recognise(Title.MODEL), "primary", "award"
        )
        self.finish_button = bar.add(_("&Finish the own score"), self.on_finish, "primary", "check")

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(self, year: int, branch_id: str, branches: Sequence[tuple[str, str]]) -> None:
        """Show a branch; ``branches`` are the registered ones (id, name) to go through. Raises ``NotFound``."""
        self.year, self.branch_id = year, branch_id
        self.branches.clear()
        for one, name in branches:
            self.branches.addItem(name, one)
        self.refresh()
        self.grid.go_to_blank()

    def refresh(self) -> None:
        sheet = self.sheet = self._rubric.sheet(self.year, self.branch_id)
        read_only = self.context.read_only
        scale = _("Year {year} · scale of {maximum} points").format(
            year=self.year, maximum=number(sheet.rubric.max_points)
        )
        self.set_breadcrumb([(_("Model branches"), self.back.emit), (scale, None)])
        self.set_title(_("Scoring: branch {branch}").format(branch=sheet.branch))
        set_pill(self.state, state_name(sheet.score.state), presenter.state_tone(sheet.score.state))
        self.branches.setCurrentIndex(self.branches.findData(self.branch_id))
        self.grid.set_sheet(sheet, read_only=read_only)
        self.total.show_sheet(sheet)
        self.conditions.show_sheet(sheet, read_only=read_only)
        if sheet.column is None:
            again = sheet.score.state in _CORRECTABLE and not read_only
            actions = [(_("Open again to correct"), self.correct)] if again else []
            self.notice.say("info", presenter.finished_words(sheet), actions)
        else:
            self.notice.clear()
        self._show_why()
        self._show_bar(sheet)

    def _show_bar(self, sheet: ScoreSheet) -> None:
        state, may = sheet.score.state, not self.context.read_only
        missing = presenter.missing_words(sheet) if sheet.column is not None else ""
        bar = self.action_bar()
        if missing and may:
            bar.set_hint(f"{presenter.suggestion(sheet.rubric)} {missing}".strip())
        elif state is ScoreState.COMMUNE_VERIFIED and sheet.blocked:
            bar.set_missing(_("A blocking condition has come true: no title this year."))
        else:
            bar.set_hint(presenter.suggestion(sheet.rubric))
        self.finish_button.setVisible(may and sheet.column is not None)
        words = _("&Finish the own score") if sheet.column == OWN else _("&Finish the verification")
        self.finish_button.setText(f"  {words}")
        self.finish_button.setAccessibleName(words.replace("&", ""))
        self.finish_button.setEnabled(not missing)
        self.take_button.setVisible(may and sheet.column is not None)
        self.own_button.setVisible(may and state is ScoreState.SELF_SCORED)
        self.refuse_button.setVisible(may and state is ScoreState.COMMUNE_VERIFIED)
        titles = presenter.may_have(sheet) if may else ()
        self.model_button.setVisible(Title.MODEL in titles)
        self.best_button.setVisible(Title.MODEL_OUTSTANDING in titles)

    def _show_why(self) -> None:
        line = self.grid.current()
        if self.sheet is not None and line is not None:
            self.why.show_line(self.sheet, line, read_only=self.context.read_only)
            self._order_keys()

    def _order_keys(self) -> None:
        """Tab goes through the cards as they stand: what was made anew would otherwise come after everything."""
        order: list[QWidget] = [self.grid.view, *self.why.buttons, *self.conditions.answer_buttons.values()]
        order += [self.conditions.rest_button, *self.action_bar().buttons()]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # -- writing -----------------------------------------------------------------------------------------------------

    def _typed(self, code: str, column: str, text: str) -> None:
        if column == "reason":
            self._deeds.do(lambda: self._rubric.put_reason(self.year, self.branch_id, code, text))
            return
        value = read_number(text, 1) if text else None
        if text and value is None:
            told = _("“{text}” is no number of points. Type for example 8 or 8,5.").format(text=text)
            self.context.shell.message(Kind.BAD, told)
            return
        self._deeds.do(lambda: self._rubric.put_points(self.year, self.branch_id, code, column, value))

    def _answer(self, condition: str, answer: Answer | None) -> None:
        self._deeds.do(lambda: self._rubric.answer(self.year, self.branch_id, condition, answer))

    def _answer_rest(self) -> None:
        self._deeds.do(
            lambda: self._rubric.answer_rest(self.year, self.branch_id, Answer.NOT_MET),
            _("All open conditions are answered with no."),
        )

    def take(self) -> None:
        """Proposed points into the blank cells of the column being scored."""
        taken = 0

        def act() -> None:
            nonlocal taken
            taken = self._rubric.take_proposals(self.year, [self.branch_id])

        def told() -> str:
            if not taken:
                return _("No blank cell has a proposal: what is left is scored by hand.")
            return ngettext("{count} cell was filled.", "{count} cells were filled.", taken).format(count=taken)

        if self._deeds.do(act, told):
            self.grid.go_to_blank()

    def write_evidence(self) -> None:
        """What the points of the current criterion rest on."""
        sheet, line = self.sheet, self.grid.current()
        if sheet is None or line is None or self.context.read_only or sheet.column is None:
            return
        year, branch_id = self.year, self.branch_id

        def save(text: str) -> bool:
            return self._deeds.do(lambda: self._rubric.put_evidence(year, branch_id, line.code, text))

        TextDialog(
            self.context,
            self.window(),
            _("Evidence: {criterion}").format(criterion=said(line.criterion.label)),
            _("What do the points rest on?"),
            line.evidence,
            _("Save the evidence"),
            f"rubric/{year}/{branch_id}/{line.code}",
            save,
        ).exec()

    def on_finish(self) -> None:
        sheet = self.sheet
        if sheet is None or sheet.column is None or self.context.read_only:
            return
        missing = presenter.missing_words(sheet)
        if missing:
            self.context.shell.message(Kind.WARN, missing)
            self.grid.go_to_blank()
            return
        if sheet.column == OWN:
            self._deeds.do(
                lambda: self._rubric.finish_own(self.year, self.branch_id),
                _("The own score of {branch} is finished.").format(branch=sheet.branch),
            )
        elif ask(
            self.window(),
            _("Finish the verification of {branch}?").format(branch=sheet.branch),
            _(
                "The points no longer change afterwards. To correct them, the sheet is opened again and the reason"
                " stays on it."
            ),
            _("Finish the verification"),
            _("Go on verifying"),
        ):
            self._deeds.do(
                lambda: self._rubric.verify(self.year, self.branch_id),
                _("{branch} is verified.").format(branch=sheet.branch),
            )

    def _back_to_own(self) -> None:
        self._deeds.do(
            lambda: self._rubric.back_to_own(self.year, self.branch_id), _("The own score can be corrected again.")
        )

    def correct(self) -> None:
        """Open a settled sheet again; the reason stays on it."""
        if self.sheet is None:
            return
        year, branch_id = self.year, self.branch_id

        def save(text: str) -> bool:
            return self._deeds.do(lambda: self._rubric.correct(year, branch_id, text), _("The sheet is open again."))

        TextDialog(
            self.context,
            self.window(),
            _("Open the sheet of {branch} again?").format(branch=self.sheet.branch),
            _("Why? The reason stays on the sheet; band and title fall until it is verified again."),
            "",
            _("Open the sheet again"),
            f"rubric/{year}/{branch_id}/correct",
            save,
            required=True,
        ).exec()

    def _recognise(self, title: Title) -> None:
        if self.sheet is not None:
            told = _("{branch}: {title}.").format(branch=self.sheet.branch, title=title_name(title))
            self._deeds.do(lambda: self._rubric.recognise(self.year, self.branch_id, title), told)

    def _refuse(self) -> None:
        if self.sheet is not None:
            told = _("{branch} gets no title this year.").format(branch=self.sheet.branch)
            self._deeds.do(lambda: self._rubric.refuse(self.year, self.branch_id), told)

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def open_list(self, source: str) -> None:
        """The records behind a measure of the current criterion."""
        line = self.grid.current()
        if line is None or self.sheet is None:
            return
        indicator = next(one for one in line.indicators if one.code == source)
        lines = self._rubric.list_behind(self.year, self.branch_id, source)
        title = _("{label}: {branch}, {year}").format(
            label=said(indicator.label), branch=self.sheet.branch, year=self.year
        )
        BehindDialog(self.context, self.window(), title, lines).exec()

    def on_why(self) -> None:
        if self.why.list_buttons:
            self.open_list(self.why.list_buttons[0])

    def on_print(self) -> None:
        show_score_sheet(self.context, self, self.year, self.branch_id)

    def on_next(self, step: int) -> None:
        self.step.emit(step)

    def on_escape(self) -> bool:
        self.back.emit()
        return True

    def first_focus(self) -> QWidget | None:
        return self.grid.view

    def areas(self) -> Sequence[QWidget]:
        return [self.grid.view, self.why, self.conditions, self.action_bar()]

    def help_text(self) -> str:
        return _(
            "Type the points in the boxed column; Enter goes down, Delete empties. F2 writes the evidence, Ctrl+I opens"
            " the list behind the proposal, Ctrl+PgDn goes to the next branch, Ctrl+Enter finishes."
        )
