"""The year by branch: who registered, how far assessing is, who passed; the share and the criteria not met."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.domain.campaign_records import Standing, YearResults
from sochihoi.domain.errors import UserError
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui import style
from sochihoi.ui.campaign import household_words, presenter
from sochihoi.ui.campaign.dialogs import SetDialog, accepted
from sochihoi.ui.campaign.papers import show_scoring_sheet
from sochihoi.ui.campaign.year_side import YearSide
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.deeds import Deeds
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.words.campaign import in_words


def _columns() -> tuple[Column[Standing], ...]:
    return (
        Column(lambda: _("Branch"), lambda one: one.branch, stretch=True, strong=True, key="branch"),
        Column(
            lambda: _("Member households"),
            lambda one: number(one.households),
            width=96,
            sort=lambda one: one.households,
            align="right",
            key="households",
        ),
        Column(
            lambda: _("Registered"),
            lambda one: number(one.registered),
            width=76,
            sort=lambda one: one.registered,
            align="right",
            key="registered",
        ),
        Column(
            lambda: _("Assessed"),
            lambda one: number(one.assessed),
            width=76,
            sort=lambda one: one.assessed,
            align="right",
            key="assessed",
        ),
        Column(
            lambda: _("Confirmed as passing"),
            lambda one: number(one.passed) if one.confirmed else "—",
            width=98,
            sort=lambda one: one.passed,
            align="right",
            key="passed",
        ),
        Column(
            lambda: _("Share"),
            presenter.share,
            width=76,
            sort=lambda one: one.share if one.confirmed else None,
            align="right",
            strong=True,
            tone=presenter.share_tone,
            key="share",
        ),
        Column(
            lambda: _("Newly passing"),
            lambda one: number(one.newly) if one.confirmed else "—",
            width=76,
            sort=lambda one: one.newly,
            align="right",
            key="newly",
        ),
        Column(
            lambda: _("Where it stands"),
            lambda _one: "",
            width=156,
            sort=lambda one: (one.confirmed, one.reviewed, one.self_done),
            badges=_state,
            key="state",
        ),
    )


def _state(one: Standing) -> Sequence[Badge]:
    shown = presenter.branch_state(one)
    return (Badge(shown.text, shown.tone),)


class YearPage(Page):
    """``assess(branch_id)``: open the grid; ``households(branch_id, trait)``: the list; ``year_chosen(year)``."""

    assess = Signal(str)
    households = Signal(str, str)
    year_chosen = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.year = context.period.year
        self.results: YearResults | None = None
        self._deeds = Deeds(context, self.refresh, lambda: context.office.campaign.last_batch)
        self.years = PlainCombo()
        self.years.setAccessibleName(_("Year"))
        self.title_actions.addWidget(self.years)
        self.list_button = self.add_action(_("&Households and registration"), lambda: self.households.emit("", ""))
        self.assess_button = self.add_action(_("&Assess households"), self._assess, "primary")
        row = QHBoxLayout()
        row.setSpacing(size.space_4)
        self.table: Table[Standing] = Table(
            context,
            "campaign.branches",
            _columns(),
            key=lambda one: one.branch_id,
            noun=lambda count: ngettext("branch", "branches", count),
            menu=self._menu,
            accessible=_("Branches in the campaign"),
        )
        self.table.opened.connect(lambda one: self.assess.emit(one.branch_id))
        self.table.set_empty(
            "network",
            _("There is no branch yet. Add the branches of the commune first."),
            (_("Open the set-up"), lambda: context.shell.go("setup")),
        )
        about = About[Standing](
            lambda: _("Branches in the campaign"),
            where=lambda: _("Year {year}").format(year=self.year),
            order=lambda: pgettext("order", "branch"),
        )
        self.paper = ListPaper(context, self.table, about)
        row.addWidget(self.table, 1)
        self.side = YearSide(context)
        self._area = scrolled(self.side)
        self._area.setFixedWidth(size.panel)
        row.addWidget(self._area)
        self.why = WhyPanel()  # in the place of the side cards
        self.why.hide()
        self.why.closed.connect(self._area.show)
        row.addWidget(self.why)
        self.content.addLayout(row, 1)
        self.years.activated.connect(lambda _at: self.year_chosen.emit(self.years.currentData()))
        self.side.why.connect(self.on_why)
        self.side.set_wanted.connect(self.choose_set)
        context.narrow_changed.connect(self._lay)
        self._lay(narrow=context.narrow)

    def _lay(self, narrow: bool) -> None:
        """In a narrow window the side cards take less."""
        self._area.setFixedWidth(round(style.sizes().panel * (0.94 if narrow else 1)))
        for key in ("registered", "newly"):
            at = next(i for i, column in enumerate(self.table.model.columns) if column.key == key)
            self.table.view.setColumnHidden(at, narrow)

    def open(self, year: int) -> None:
        """Show another year."""
        self.year = year
        self.refresh()

    def refresh(self) -> None:
        campaign = self.context.office.campaign
        results = campaign.results(self.year)
        self.results = results
        own = results.sets.own
        self.set_title(in_words(own.name), presenter.criteria_count(own))
        self.years.clear()
        for year in sorted({*campaign.years(), self.year, self.context.period.year}, reverse=True):
            self.years.addItem(_("Year {year}").format(year=year), year)
        self.years.setCurrentIndex(self.years.findData(self.year))
        self.table.set_rows(results.branches)
        if results.branches and self.table.current() is None:
            self.table.choose(presenter.first_open(results.branches).branch_id)
        self.side.show_results(results, read_only=self.context.read_only)
        self.assess_button.setEnabled(bool(results.branches))
        self.list_button.setEnabled(bool(results.branches))
        if not self.why.isHidden():
            self.on_why()

    def _assess(self) -> None:
        one = self.table.current()
        if one is not None:
            self.assess.emit(one.branch_id)

    def _menu(self, one: Standing) -> Sequence[MenuItem | None]:
        items: list[MenuItem | None] = [
            MenuItem(_("Assess households"), lambda: self.assess.emit(one.branch_id), "clipboard-check"),
            MenuItem(_("Households and registration"), lambda: self.households.emit(one.branch_id, ""), "house"),
            MenuItem(_("Print a blank sheet"), lambda: self._print(one.branch_id), "printer"),
            history_item(self.context, self, str(self.year), "campaign_year", str(self.year)),
        ]
        if not self.context.read_only:
            items += [
                None,
                MenuItem(_("Register all its member households"), lambda: self._register(one), "check"),
            ]
        return items

    def _register(self, one: Standing) -> None:
        counted: list[int] = []
        campaign = self.context.office.campaign
        self._deeds.do(
            lambda: counted.append(campaign.register_branch(one.branch_id, self.year)),
            lambda: household_words.written(counted[0], "register"),
        )

    def _print(self, branch_id: str) -> None:
        show_scoring_sheet(self.context, self, self.year, branch_id, None)

    def choose_set(self) -> None:
        """The dialog of the year's set."""
        campaign = self.context.office.campaign
        sets = campaign.sets(self.year)
        dialog = SetDialog(self, sets)
        if not accepted(dialog):
            return
        wanted = dialog.choice()
        try:
            if wanted.own != sets.own.code:
                campaign.choose_set(self.year, wanted.own)
            now = campaign.sets(self.year)
            beside = now.beside.code if now.beside is not None else ""
            if wanted.beside and wanted.beside != beside:
                campaign.put_beside(self.year, wanted.beside)
            elif not wanted.beside and beside:
                campaign.drop_beside(self.year)
        except UserError as problem:
            self.context.shell.show_error(problem)
        self.refresh()
        self.context.shell.refresh_frame()

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def on_why(self) -> None:
        results = self.results
        if results is None:
            return
        self._area.hide()
        self.why.show_why(
            Why(
                _("Member households that pass, {year}").format(year=results.year),
                presenter.share(results.total),
                _("Member households that the Union confirmed as meeting all criteria, out of all member households."),
                presenter.share_how(results),
                _(
                    "Households without a member, the household's own assessment and the branch review are not "
                    "counted. The goal is over {goal}: exactly {goal} is not over."
                ).format(goal=presenter.goal()),
                _("Open the households that pass"),
                lambda: self.households.emit("", household_words.CONFIRMED),
            )
        )

    def on_print(self) -> None:
        one = self.table.current()
        if one is not None:
            self._print(one.branch_id)

    def on_next(self, step: int) -> None:
        self.table.step(step)

    def on_escape(self) -> bool:
        if self.why.isHidden():
            return False
        self.why.close_panel()
        return True

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def areas(self) -> Sequence[QWidget]:
        return [self.table.view, self.why if not self.why.isHidden() else self.side, self.assess_button]

    def help_text(self) -> str:
        return _(
            "<p>Each line is a branch in the year chosen. Enter opens its grid, where households are assessed.</p>"
            "<p>The year has its own criteria set; it can be changed until the first household is assessed. "
            "Old years keep the set they were assessed with and are never scored again.</p>"
            "<p>Ctrl+I: why the share is what it is. Ctrl+P: a blank sheet of the branch, to fill in by hand.</p>"
        )
