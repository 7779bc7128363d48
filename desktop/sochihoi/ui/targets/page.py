"""Chỉ tiêu: what was set for the year and the term, how far it is, why, and how many are missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.targets import Direction
from sochihoi.i18n import _, ngettext
from sochihoi.services.targets import TargetRow
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.behind import BehindDialog
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import PanelHost
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.targets import presenter
from sochihoi.ui.targets.bars import PROGRESS, BarDelegate
from sochihoi.ui.targets.dialogs import EnterDialog, GoalDialog
from sochihoi.ui.words.month import in_language, period_name


def build(context: Context) -> Page:
    """The page of the navigation."""
    return TargetsPage(context)


def _badges(row: TargetRow) -> Sequence[Badge]:
    return (Badge(*presenter.badge(row)),)


_COLUMNS: tuple[Column[TargetRow], ...] = (
    Column(
        lambda: _("Target"),
        lambda one: presenter.said(one.target.title),
        260,
        stretch=True,
        strong=True,
        small=presenter.title_line,
        tip=lambda one: presenter.said(one.target.title) + "\n" + presenter.title_line(one),
        key="target",
    ),
    Column(lambda: _("Reached so far"), presenter.reached, 104, align="right", key="reached"),
    Column(lambda: _("Share"), presenter.share, 74, align="right", strong=True, key="share"),
    Column(lambda: _("To be reached"), presenter.goal, 122, small=presenter.goal_line, key="goal"),
    Column(lambda: _("Progress"), lambda _one: "", 88, spoken=presenter.spoken_progress, key=PROGRESS, on_paper=False),
    Column(
        lambda: _("Standing"),
        lambda _one: "",
        122,
        badges=_badges,
        sort=lambda one: one.light.value,
        key="standing",
    ),
)


def _is_entered(row: TargetRow) -> bool:
    """Whether there is anything to enter: here, or with the figures of the month."""
    return row.indicator is None or row.indicator.source.startswith("entered")


class TargetsPage(Page):
    """``refresh(target=…)`` chooses one. Figures are those of the working month's year, up to its last day."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Targets"))
        self._targets = context.office.targets
        self._rows: tuple[TargetRow, ...] = ()
        self.goal_button = self.add_action(_("Set the &value"), self.set_goal)
        self.enter_button = self.add_action(_("&Enter figures"), self.enter, "primary", "pencil")
        self.chips = Chips()
        self.chips.add(presenter.BEHIND, _("Not met"))
        self.chips.add(presenter.UNKNOWN, _("No figures yet"))
        self.chips.add(presenter.OFF, _("Switched off"))
        self.chips.changed.connect(self._filter)
        self.content.addWidget(self.chips)
        self.table: Table[TargetRow] = Table(
            context,
            "targets",
            _COLUMNS,
            key=lambda one: one.target.id,
            noun=lambda count: ngettext("target", "targets", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Targets"),
        )
        self.table.view.setItemDelegate(BarDelegate(self.table.view))
        self.table.footer.setStretch(0, 1)  # the count changes while the list is laid out: it keeps room for that
        self.table.set_empty("target", _("No target is in force."))
        about = About[TargetRow](lambda: _("List of targets"), (self.chips,), where=lambda: period_name(context.period))
        self.paper = ListPaper(context, self.table, about)
        self.panel = WhyPanel()
        self.host = PanelHost(context, self.table, self.panel)
        self.content.addWidget(self.host, 1)
        self.table.opened.connect(self._open)
        self.table.selected.connect(self._selected)

    # -- showing -----------------------------------------------------------------------------------------------------

    def refresh(self, *, target: str = "") -> None:
        try:
            self._rows = self._targets.rows(self.context.period, everything=True)
        except UserError as problem:  # a working month that has not begun holds nothing to count
            self.context.shell.show_error(problem)
            self._rows = ()
        self.set_title(_("Targets"), presenter.note(self._rows) if self._rows else "")
        for name in (presenter.BEHIND, presenter.UNKNOWN, presenter.OFF):
            self.chips.set_count(name, presenter.count(self._rows, name) or None)
        if target and not any(one.target.id == target and one.shown for one in self._rows):
            self.chips.set_chosen({presenter.OFF})
        self._filter()
        if target:
            self.table.choose(target)
        self._selected(self.table.current())

    def _filter(self, *_args: Any) -> None:
        chips = set(self.chips.chosen())
        if chips & {presenter.BEHIND, presenter.UNKNOWN}:
            self.table.set_no_match(_("No target matches what was chosen."), self._clear)
        else:
            self.table.set_no_match(None)
        self.table.set_rows(presenter.chosen(self._rows, chips))

    def _clear(self) -> None:
        self.chips.set_chosen(set())
        self._filter()

    def _selected(self, row: TargetRow | None) -> None:
        may = not self.context.read_only and row is not None
        self.goal_button.setVisible(may)
        self.enter_button.setVisible(may and row is not None and _is_entered(row))
        if row is None:
            self.panel.close_panel()
            return
        self.enter_button.setAccessibleName(_("Enter figures"))
        if not self.panel.isHidden():
            self._show_why(row)

    def _show_why(self, row: TargetRow) -> None:
        figure = presenter.figure(row)
        computed = row.indicator is not None and row.standing.numerator is not None
        self.panel.show_why(
            Why(
                presenter.said(row.target.title),
                figure,
                presenter.definition(row),
                presenter.how(row),
                presenter.left_out(row),
                _("Open the list"),
                (lambda: self._open_list(row)) if computed else None,
            )
        )

    # -- doing -------------------------------------------------------------------------------------------------------

    def _open(self, row: TargetRow) -> None:
        """Enter: the figures of a target that is entered by hand; of a computed one, why it is what it is."""
        if row.indicator is None and not self.context.read_only:
            self.enter()
        else:
            self._show_why(row)

    def _open_list(self, row: TargetRow) -> None:
        lines = self._targets.list_behind(row.target.id, self.context.period)
        BehindDialog(self.context, self.window(), presenter.said(row.target.title), lines).exec()

    def enter(self) -> None:
        """The figures of the chosen target; what an indicator counts from entries is entered with the month."""
        row = self.table.current()
        if row is None or self.context.read_only:
            return
        if row.indicator is not None:
            if row.indicator.source.startswith("entered"):
                self.context.shell.go("reports", enter=row.indicator.code)
            else:
                told = _("“{target}” is counted from the records; there is nothing to enter.")
                self.context.shell.toast(told.format(target=presenter.said(row.target.title)))
                self._show_why(row)
            return

        def save(numerator: int | None, denominator: int | None, note: str) -> bool:
            return self._do(
                lambda: self._targets.enter(row.target.id, self.context.period, numerator, denominator, note),
                _("The figures of “{target}” are saved.").format(target=presenter.said(row.target.title)),
                dialog,
            )

        dialog = EnterDialog(self.context, self.window(), row, save)
        dialog.exec()

    def set_goal(self) -> None:
        """The commune's own value of the chosen target."""
        row = self.table.current()
        if row is None or self.context.read_only:
            return

        def save(value: Decimal | int | None, direction: Direction | None) -> bool:
            return self._do(
                lambda: self._targets.set_goal(row.target.id, self.context.period, value, direction),
                _("The value of “{target}” is saved.").format(target=presenter.said(row.target.title)),
                dialog,
            )

        dialog = GoalDialog(self.context, self.window(), row, save)
        dialog.exec()

    def _switch(self, row: TargetRow, *, on: bool) -> None:
        words = _("“{target}” is in the list again.") if on else _("“{target}” is switched off.")
        told = words.format(target=presenter.said(row.target.title))
        self._do(lambda: self._targets.show(row.target.id, on=on), told)

    def _do(self, act: Callable[[], None], told: str, dialog: EnterDialog | GoalDialog | None = None) -> bool:
        """Do it; a refusal is said in the dialog that asked, else in the bar."""
        try:
            act()
        except UserError as problem:
            if dialog is None:
                self.context.shell.show_error(problem)
            else:
                from sochihoi.ui import words

                dialog.message.say("bad", str(words.say(problem)))
            return False
        batch = self._targets.last_batch
        self.context.shell.clear_message()
        self.context.shell.saved_at(self.context.office.now)
        self.refresh()
        self.context.shell.toast(told, lambda: self._undo(batch))
        return True

    def _undo(self, batch: str) -> None:
        try:
            self.context.office.history.undo(batch)
        except UserError as problem:
            self.context.shell.show_error(problem)
            return
        self.refresh()

    def _menu(self, row: TargetRow) -> Sequence[MenuItem | None]:
        name, key = in_language(row.target.title), f"{row.target.id}/{row.period}"
        items: list[MenuItem | None] = [
            MenuItem(_("Why this number?"), lambda: self._show_why(row), "info"),
            history_item(self.context, self, name, "target_setting", key),
        ]
        if self.context.read_only:
            return items
        if _is_entered(row):
            items.append(MenuItem(_("Enter figures"), self.enter, "pencil"))
        items.append(MenuItem(_("Set the value"), self.set_goal, "target"))
        items.append(None)
        if row.shown:
            items.append(MenuItem(_("Switch off"), lambda: self._switch(row, on=False), "eye-off"))
        else:
            items.append(MenuItem(_("Switch on"), lambda: self._switch(row, on=True), "eye"))
        return items

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def on_why(self) -> None:
        row = self.table.current()
        if row is not None:
            self._show_why(row)

    def on_escape(self) -> bool:
        if self.panel.isHidden():
            return False
        self.panel.close_panel()
        self.table.view.setFocus()
        return True

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def areas(self) -> Sequence[QWidget]:
        return [self.table.view, *([self.panel] if not self.panel.isHidden() else [])]

    def help_text(self) -> str:
        return _(
            "Each line is a target of the year or the term. Ctrl+I says how its number came about; Enter enters the"
            " figures of a target that the records do not hold. The menu of a line sets the commune's own value."
        )
