"""Chấm hộ: the grid of a branch in one round, with the criterion under the frame explained below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from sochihoi.domain.campaign import Assessment, Criterion, Result, Round
from sochihoi.domain.campaign_records import RoundDone, RoundIncomplete, Sheet, SheetRow
from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, ngettext, number
from sochihoi.services.campaign_rounds import Finished
from sochihoi.ui import style, words
from sochihoi.ui.campaign import presenter
from sochihoi.ui.campaign.below import Below
from sochihoi.ui.campaign.desk import GridDesk
from sochihoi.ui.campaign.grid import Grid
from sochihoi.ui.campaign.papers import show_scoring_sheet
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context, Kind
from sochihoi.ui.shared.deeds import Deeds
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.empty import EmptyState
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import MenuItem
from sochihoi.ui.words.campaign import in_words, round_name, round_short

_LOW = 560  # px at text size "Vừa"


class GridPage(Page):
    """``back``: to the year; ``step(±1)``: the branch beside this one."""

    back = Signal()
    step = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.desk = GridDesk(context.office)
        self._deeds = Deeds(context, self.refresh, lambda: context.office.campaign.last_batch)
        self.progress_words = label("", tone="muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(round(140 * size.body / 14))
        self.sets = PlainCombo()
        self.sets.setAccessibleName(_("Criteria set"))
        self.rounds = PlainCombo()
        self.rounds.setAccessibleName(_("Round"))
        self.rounds.setMinimumWidth(round(210 * size.body / 14))
        for which in Round:
            self.rounds.addItem(round_name(which), which)
        for widget in (self.progress_words, self.progress, self.sets, self.rounds):
            self.title_actions.addWidget(widget)
        self.notice = MessageBar(closable=False)
        self.content.addWidget(self.notice)
        self.grid = Grid(context)
        self.grid.menu = self._menu
        self.empty = EmptyState()
        place = Card(tight=True)
        place.add(self.empty)
        self.stack = Stack()
        self.stack.addWidget(self.grid)
        self.stack.addWidget(place)
        self.content.addWidget(self.stack, 1)
        self.below = Below()
        self.content.addWidget(self.below)
        bar = self.action_bar()
        self.print_button = bar.add(_("&Print a blank sheet"), self.on_print, "", "printer")
        self.reopen_button = bar.add(_("&Open the round again"), self.reopen, "", "lock-open")
        self.finish_button = bar.add(presenter.finish_words(Round.SELF), self.finish, "primary", "check")
        self.next_button = bar.add(_("&Next round"), self._next_round, "primary")
        self.rounds.activated.connect(lambda _at: self._choose(round_=self.rounds.currentData()))
        self.sets.activated.connect(lambda _at: self._choose(set_code=self.sets.currentData()))
        self.grid.typed.connect(self._mark)
        self.grid.note_wanted.connect(self.below.edit)
        self.grid.moved.connect(self._show_cell)
        self.below.noted.connect(self._keep_note)
        self.below.left.connect(self.grid.view.setFocus)
        context.narrow_changed.connect(self._lay)
        self._lay(narrow=context.narrow)

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(
        self, year: int, branch_id: str, which: Round | None = None, household_id: str = "", set_code: str = ""
    ) -> None:
        """Show another branch; the round that is under way unless one is named."""
        self.below.flush()
        self.desk.open(year, branch_id, which, set_code or None)
        self.refresh()
        if household_id:
            self.grid.choose(household_id)

    def refresh(self) -> None:
        self.below.flush()
        sets = self.context.office.campaign.sets(self.desk.year)
        sheet = self.desk.read()
        crumb = in_words(sets.own.name)
        self.set_breadcrumb([(crumb, self.back.emit), (presenter.year_note(sheet.year, sheet.criteria), None)])
        self.set_title(_("Assessing: branch {branch}").format(branch=sheet.branch))
        self.sets.clear()
        for one in sets.in_use:
            self.sets.addItem(in_words(one.name), one.code)
        self.sets.setCurrentIndex(self.sets.findData(sheet.criteria.code))
        self.sets.setVisible(len(sets.in_use) > 1)
        self.rounds.setCurrentIndex(self.rounds.findData(self.desk.round))
        self.grid.read_only = self.context.read_only
        self.grid.set_sheet(sheet)
        self._show_place(sheet)
        self._show_bar(sheet)
        self._show_cell()

    def _show_place(self, sheet: Sheet) -> None:
        """The grid, or why there is none."""
        waits = self.desk.round.before is not None and not sheet.begun
        self.stack.setCurrentIndex(1 if waits or not sheet.rows else 0)
        self.below.setVisible(self.stack.currentIndex() == 0)
        self.notice.clear()
        if not sheet.rows:
            text = _("This branch has no member household yet. Enter its households first.")
            self.empty.say("house", text, (_("Open the households"), lambda: self.context.shell.go("households")))
        elif waits:
            before, ready = self.desk.round.before or self.desk.round, bool(sheet.startable)
            go = (_("Go to {round}").format(round=round_short(before)), lambda: self._choose(round_=before))
            start = (_("Start {round}").format(round=round_short(self.desk.round)), self.start)
            action = start if ready and not self.context.read_only else None if ready else go
            self.empty.say("list-checks", presenter.start_words(sheet), action)
        elif sheet.startable and not self.context.read_only:
            count = len(sheet.startable)
            text = ngettext(
                "{count} more household has finished the round before.",
                "{count} more households have finished the round before.",
                count,
            )
            self.notice.say("info", text.format(count=number(count)), [(_("Copy their results"), self.start)])

    def _show_bar(self, sheet: Sheet) -> None:
        total, done = len(sheet.rows), len(sheet.finished)
        shown = self.stack.currentIndex() == 0
        self.progress_words.setText(presenter.progress_words(sheet))
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(sheet.complete)
        self.progress.setAccessibleName(presenter.progress_words(sheet))
        style.set_property(self.progress, "tone", "ok" if total and sheet.complete == total else None)
        may = not self.context.read_only and shown
        self.finish_button.setVisible(may and (not done or bool(sheet.to_finish)))
        self.finish_button.setText(f"  {presenter.finish_words(self.desk.round)}")
        self.finish_button.setAccessibleName(presenter.finish_words(self.desk.round).replace("&", ""))
        why_not = presenter.not_yet(sheet)
        self.finish_button.setEnabled(not why_not)
        self.reopen_button.setVisible(may and bool(done))
        self.next_button.setVisible(may and bool(done) and not sheet.to_finish and self.desk.later is not None)
        hint = presenter.keys_hint() if may else ""
        if done == total:
            hint = presenter.finished_note(sheet)
        if may and why_not and not self.finish_button.isHidden():
            hint = f"{hint}<br>{why_not}"
        self.action_bar().set_hint(hint if shown else "")

    def _show_cell(self) -> None:
        self.below.show_cell(self.grid.current(), read_only=self.context.read_only)

    def _lay(self, narrow: bool) -> None:
        self.below.set_narrow(narrow=narrow)
        self.progress.setVisible(not narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.below.set_low(low=self.height() < _LOW * style.sizes().body / 14)

    def _choose(self, *, round_: Round | None = None, set_code: str | None = None) -> None:
        self.below.flush()
        self.desk.round = round_ or self.desk.round
        self.desk.set_code = set_code or self.desk.set_code
        self.context.shell.clear_message()
        self.refresh()
        self.focus_grid()

    def focus_grid(self) -> None:
        """To the cells, or to the one button in their place."""
        button = self.empty.action
        if self.stack.currentIndex() == 0:
            self.grid.view.setFocus()
        elif button is not None:
            button.setFocus()

    # -- cells -------------------------------------------------------------------------------------------------------

    def _save(self, row: SheetRow, act: Callable[[], Assessment]) -> bool:
        """One cell or row: saved at once, shown at once, nothing else is read again."""
        if self.context.read_only:
            return False
        try:
            found = act()
        except UserError as problem:
            self._refused(row, problem)
            return False
        self.context.shell.clear_message()
        self.context.shell.saved_at(self.context.office.now)
        changed = self.desk.with_assessment(row, found)
        sheet = self.desk.sheet
        if sheet is not None:
            self.grid.set_row(changed, sheet)
            self._show_bar(sheet)
        self._show_cell()
        return True

    def _refused(self, row: SheetRow, problem: UserError) -> None:
        if isinstance(problem, RoundDone):
            again = [(_("Open this household again"), lambda: self._reopen([row]))]
            self.context.shell.message(Kind.BAD, str(words.say(problem)), again)
        else:
            self.context.shell.show_error(problem)

    def _mark(self, row: SheetRow, criterion: Criterion, result: Result | None) -> None:
        self._save(row, lambda: self.desk.mark(row, criterion.code, result))

    def _keep_note(self, row: SheetRow, criterion: Criterion, text: str) -> None:
        self._save(row, lambda: self.desk.note(row, criterion.code, text))

    def pass_row(self) -> None:
        """Ctrl+Enter: every blank cell of the household is met; then the next household."""
        found = self.grid.current()
        if found is None or self.stack.currentIndex() != 0:
            return
        row = found[0]
        if row.complete:
            self.grid.next_household()
            return
        if self._save(row, lambda: self.desk.pass_row(row)):
            self.grid.next_household()

    def _menu(self, row: SheetRow, _criterion: Criterion) -> Sequence[MenuItem | None]:
        told = history_item(self.context, self, row.line.head, "household", row.line.household_id)
        if self.context.read_only:
            return (told,)
        if row.done_on is not None:
            return (MenuItem(_("Open this household again"), lambda: self._reopen([row]), "lock-open"), told)
        return (
            MenuItem(_("Met (1)"), lambda: self.grid.type_mark("1"), "check"),
            MenuItem(_("Not met (0)"), lambda: self.grid.type_mark("0"), "x"),
            MenuItem(_("Not applicable (2)"), lambda: self.grid.type_mark("2"), "minus", enabled=_criterion.na_allowed),
            MenuItem(_("Blank (Delete)"), lambda: self.grid.type_mark("")),
            None,
            MenuItem(_("Whole row met (Ctrl+Enter)"), self.pass_row, "check"),
            MenuItem(_("Note (F2)"), self.below.edit, "pencil"),
            told,
        )

    # -- rounds ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Copy what the round before found."""
        said = _("The results of the round before are copied. Change them where they differ.")
        self._deeds.do(self.desk.start, said)
        self.focus_grid()

    def finish(self) -> None:
        """Finish the round; households without any mark stay out only when she says so."""
        self.below.flush()
        sheet = self.desk.sheet
        if sheet is None:
            return
        leave_out = bool(sheet.blank) and not sheet.half and bool(sheet.complete)
        if leave_out and not ask(
            self, *presenter.leave_out_question(sheet), _("Finish the round"), _("Go on assessing")
        ):
            return
        ended: list[Finished] = []
        self._deeds.do(
            lambda: ended.append(self.desk.finish(leave_out=leave_out)),
            lambda: presenter.finished_words(sheet.round, ended[0].households, ended[0].passed),
            refused=self._to_gap,
        )
        self.focus_grid()

    def _to_gap(self, problem: UserError) -> bool:
        if not isinstance(problem, RoundIncomplete):
            return False
        self.context.shell.message(
            Kind.BAD, str(words.say(problem)), [(_("Go to the first blank cell"), self._first_blank)]
        )
        return True

    def _first_blank(self) -> None:
        self.context.shell.clear_message()
        self.grid.first_blank()
        self.grid.view.setFocus()

    def reopen(self) -> None:
        """Open the finished households of this round again."""
        if self.desk.sheet is not None:
            self._reopen(self.desk.sheet.finished)

    def _reopen(self, rows: Sequence[SheetRow]) -> None:
        count = len(rows)
        said = ngettext(
            "{count} household can be corrected again.", "{count} households can be corrected again.", count
        ).format(count=number(count))
        self._deeds.do(lambda: self.desk.reopen(rows), said)
        self.focus_grid()

    def _next_round(self) -> None:
        if self.desk.later is not None:
            self._choose(round_=self.desk.later)

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def on_finish(self) -> None:
        self.pass_row()

    def on_print(self) -> None:
        self.below.flush()
        show_scoring_sheet(self.context, self, self.desk.year, self.desk.branch_id, self.desk.set_code)

    def on_next(self, step: int) -> None:
        self.below.flush()
        self.step.emit(step)

    def on_escape(self) -> bool:
        self.back.emit()
        return True

    def first_focus(self) -> QWidget | None:
        return self.grid.view if self.stack.currentIndex() == 0 else self.empty.action

    def areas(self) -> Sequence[QWidget]:
        return [self.grid.view, self.below.note, self.rounds, self.action_bar()]

    def help_text(self) -> str:
        return _(
            "<p>One row is a household, one column a criterion. A digit marks the cell with the frame and goes to the "
            "next one; every mark is saved at once.</p>"
            "<p>1: met. 0: not met. 2: not applicable, only where the set allows it. Delete: blank again. "
            "F2: note. Enter: next household. Ctrl+Enter: every blank cell of the household is met. "
            "Ctrl+Page Up, Ctrl+Page Down: the branch before or after.</p>"
            "<p>A household passes only when all criteria are met. Its own assessment comes first, then the branch "
            "reviews, then the Union confirms: only the confirmation counts.</p>"
        )
