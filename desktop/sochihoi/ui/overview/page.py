"""Tổng quan, as the page: what is due, what is missing, plain charts; for a new book, what comes first."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.services.overview_facts import Beginning, Below, Glance
from sochihoi.ui import style
from sochihoi.ui.overview import figures, others, presenter
from sochihoi.ui.overview.parts import ListCard, StepsCard
from sochihoi.ui.overview.presenter import Line
from sochihoi.ui.shared.beside import Reading, focus_late, takes_time
from sochihoi.ui.shared.buttons import Card, button, label
from sochihoi.ui.shared.chart_card import ChartCard
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts


def build(context: Context) -> Page:
    """The first page: of a commune, or of a level above."""
    return BelowPage(context) if context.office.is_receiver else OverviewPage(context)


class OverviewPage(Page):
    """Of a commune."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Overview"))
        self._reading = Reading(context, self)
        self._shown: Period | None = None
        size = style.sizes()
        self.steps = StepsCard()
        self.due = ListCard(_("What is due"), self.follow)
        self.missing = ListCard(" ", self.follow)
        self.attendance = ChartCard()
        self.passing = ChartCard()
        self.first = ListCard(_("Begin here"), self.follow, shown=9)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)
        column.addWidget(self.steps)
        column.addWidget(self.first)
        self._lists = QWidget()
        lists = QHBoxLayout(self._lists)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(size.space_3)
        lists.addWidget(self.due, 11)
        lists.addWidget(self.missing, 9)
        column.addWidget(self._lists)
        self._charts = QWidget()
        charts = QHBoxLayout(self._charts)
        charts.setContentsMargins(0, 0, 0, 0)
        charts.setSpacing(size.space_3)
        charts.addWidget(self.attendance, 9)
        charts.addWidget(self.passing, 11)
        column.addWidget(self._charts)
        column.addStretch(1)
        self.content.addWidget(scrolled(whole))
        for one in (self.due, self.missing):
            one.more.clicked.connect(lambda _on=False: self._order_keys())  # its buttons were made anew
        context.look_changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.attendance.chart.update()
        self.passing.chart.update()

    # ------------------------------------------------------------------ what it shows

    def refresh(self) -> None:
        overview, period = self.context.office.overview, self.context.period

        def look() -> Beginning | Glance:
            begun = overview.beginning()
            return overview.of(period) if begun.members else begun

        self._reading.read(
            look,
            self._show,
            title=_("Looking through month {month}/{year}…").format(month=period.index, year=period.year),
            failed=self._cannot_show,
            waiting=self._wait,
            slow=takes_time(self.context, period),
        )

    def _wait(self) -> None:
        """It is being read: the same month stays as it is, another one goes."""
        if self._shown != self.context.period:
            self._show_nothing(_("Looking through the books…"))

    def _cannot_show(self, problem: UserError) -> None:
        self._show_nothing("")
        self.context.shell.show_error(problem)

    def _show_nothing(self, note: str) -> None:
        self._shown = None
        for widget in (self.steps, self._lists, self._charts, self.first):
            widget.setVisible(False)
        self.set_title(_("Overview"), note)

    def _show(self, seen: Beginning | Glance) -> None:
        known = isinstance(seen, Glance)
        for widget in (self.steps, self._lists, self._charts):
            widget.setVisible(known)
        self.first.setVisible(not known)
        if isinstance(seen, Glance):
            self._shown = seen.period
            self._show_month(seen)
            self._order_keys()
            focus_late(self)
            return
        self._shown = None
        self.set_title(_("Overview"), _("The book is still empty. These are the first things to do, in this order."))
        self.first.show_steps(others.first_lines(seen))
        focus_late(self)

    def _show_month(self, glance: Glance) -> None:
        today = self.context.today()
        self.set_title(_("Overview"), presenter.note(glance, today))
        deed = presenter.deed(glance)
        if deed is None:
            done = _("{month} is finished.").format(month=_in_front(presenter.month_name(glance.period)))
            self.steps.show_steps(presenter.steps(glance), done, "", None)
        else:
            press = deed
            self.steps.show_steps(
                presenter.steps(glance),
                deed.words,
                deed.icon,
                lambda: self.context.shell.go(press.page, **press.args),
            )
        above = self.context.office.commune.above_name
        self.due.show_lines(
            [presenter.due_line(one, today, above) for one in glance.due], _("Nothing is due in the next days.")
        )
        month = presenter.month_name(glance.period)
        self.missing.title.setText(_in_front(_("{month} still lacks").format(month=month)))
        self.missing.show_lines(
            [presenter.missing_line(one, glance) for one in glance.missing],
            _("Every branch has met, every meeting is marked and has its minutes."),
        )
        self.attendance.draw(
            _("Mean attendance of meetings"),
            figures.attendance_chart(glance),
            figures.month_rows(glance),
            _("No meeting has been finished in these six months."),
        )
        self.passing.draw(
            figures.passing_title(glance),
            figures.passing_chart(glance),
            figures.chart_rows(glance.lowest),
            _("No branch has member households yet."),
        )

    def _order_keys(self) -> None:
        """Tab goes through the cards as they stand: what was made anew would otherwise come after the navigation."""
        order: list[QWidget] = [self.steps.button] if self.steps.button is not None else []
        for card in (self.due, self.missing):
            order += [card.more, *card.buttons]
        order += [self.attendance.turn, self.passing.turn]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # ------------------------------------------------------------------ what it does

    def follow(self, line: Line) -> None:
        """Go where a line points, in its month."""
        if line.period is not None:
            self.context.shell.set_period(line.period)
        self.context.shell.go(line.page, **line.args)

    def first_focus(self) -> QWidget | None:
        if self.first.isVisibleTo(self) and self.first.buttons:
            return self.first.buttons[0]
        return self.steps.button

    def help_text(self) -> str:
        return _(
            "<p>This page says what is due and what the month still lacks. Every line has a button that opens the page"
            " where it is done.</p><p>The steps at the top are those of a month: enter the books, check, close the"
            " figures, print the report, send it. Closing comes first, sending afterwards.</p>"
        )


class BelowPage(Page):
    """Of a level above: who has sent, who has not."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Overview"))
        self._reading = Reading(context, self)
        size = style.sizes()
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_3)
        self.missing = Card(_("Not sent yet"))
        self._missing = label("", wrap=True)
        self.missing.add(self._missing)
        self.open_button = button(
            _("Open the units below"), lambda: context.shell.go("upper", tab="board"), "primary", "inbox"
        )
        self.keys = Card(_("Keys"))
        self._keys = label("", wrap=True)
        self.keys.add(self._keys)
        self.keys_button = button(
            _("Open the register of keys"), lambda: context.shell.go("upper", tab="keys"), "quiet", "key-round"
        )
        self.keys.head.addWidget(self.keys_button)
        self.tree = ListCard(_("Units that change"), lambda line: context.shell.go(line.page, **line.args))
        self.moving = ListCard(_("Members on their way"), lambda line: context.shell.go(line.page, **line.args))
        self.totals = Card(_("All units that sent"))
        self._facts = Facts()
        self.totals.add(self._facts)
        self.lowest = ChartCard(180)
        for card in (self.keys, self.tree, self.moving, self.missing, self.totals, self.lowest):
            column.addWidget(card)
        column.addStretch(1)
        self.title_actions.addWidget(self.open_button)
        self.content.addWidget(scrolled(whole))

    def refresh(self) -> None:
        overview, period = self.context.office.overview, self.context.period
        self._reading.read(
            lambda: overview.below(period),
            self.show_below,
            title=_("Looking through month {month}/{year}…").format(month=period.index, year=period.year),
            failed=self.context.shell.show_error,
            waiting=lambda: None,
        )

    def show_below(self, below: Below) -> None:
        """Put the month of the units below on the page."""
        self.set_title(_("Overview"), others.below_note(below, self.context.today()))
        if not below.sent and not below.missing:
            text = _("No unit is known here yet. Take in their key files first, under “Units below”.")
        elif below.missing:
            text = ", ".join(key.unit_name for key in below.missing) + "."
        else:
            text = _("Every unit has sent this month.")
        self._missing.setText(text)
        self.keys.setVisible(bool(below.keys))
        self._keys.setText(others.key_words(below.keys) if below.keys else "")
        self.tree.setVisible(bool(below.changes))
        self.tree.show_lines([others.tree_line(one) for one in below.changes], "")
        self.moving.setVisible(bool(below.late_tickets))
        self.moving.show_lines([others.ticket_line(below.late_tickets)] if below.late_tickets else [], "")
        self._facts.set_facts(others.below_facts(below))
        chart = figures.lowest_chart(below)
        self.lowest.setVisible(bool(chart.bars))
        self.lowest.draw(chart.title, chart, figures.chart_rows(below.lowest), "")

    def first_focus(self) -> QWidget | None:
        return self.open_button

    def help_text(self) -> str:
        return _("<p>This page says which units have sent their month and which have not.</p>")


def _in_front(text: str) -> str:
    """A phrase at the head of a line."""
    return text[:1].upper() + text[1:]
