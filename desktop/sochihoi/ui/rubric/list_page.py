"""Chi hội mẫu: the branches of a year with state, points, band and title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.rubric import Title
from sochihoi.domain.rubric_records import BranchLine, YearList
from sochihoi.domain.scoring import ScoreState
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.services.certificates import of_branches, titled
from sochihoi.ui import style
from sochihoi.ui.rubric import presenter
from sochihoi.ui.rubric.dialogs import RegisterDialog, TitlesDialog
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import Card, label
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.columns import Column
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.deeds import Deeds
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.certificates import print_certificates
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.words.rubric import said, state_name, title_name


class YearPage(Page):
    """``opened(branch)``: its sheet."""

    opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Model branches"))
        self._rubric = context.office.rubric
        self._deeds = Deeds(context, self.refresh, lambda: context.office.rubric.last_batch)
        self.found: YearList | None = None
        self.year = context.period.year
        size = style.sizes()
        self.years = PlainCombo()
        self.years.setAccessibleName(_("Year"))
        self.years.setMinimumWidth(round(112 * size.body / 14))
        self.years.activated.connect(lambda _at: self.open_year(self.years.currentData()))
        self.title_actions.addWidget(self.years)
        self.titles_button = self.add_action(_("&Titles of earlier years"), self.record_titles)
        self.register_button = self.add_action(_("&Register branches"), self.on_new, "primary", "plus")
        card = Card()
        card.body.setContentsMargins(size.space_4, size.space_3, size.space_4, size.space_3)
        row = QHBoxLayout()
        self.share = label("", wrap=True)
        row.addWidget(self.share, 1)
        card.body.addLayout(row)
        self.suggestion = label("", "small", wrap=True)
        card.add(self.suggestion)
        self.content.addWidget(card)
        self.table: Table[BranchLine] = Table(
            context,
            "rubric",
            self._columns(),
            key=lambda one: one.branch_id,
            noun=lambda count: ngettext("branch", "branches", count),
            menu=self._menu,
            accessible=_("Model branches"),
        )
        self.table.opened.connect(self._open)
        about = About[BranchLine](
            lambda: _("Model branches of {year}").format(year=self.year),
            where=self._rubric_title,
            order=lambda: pgettext("order", "branch"),
        )
        titles = MenuItem(_("Certificates of the branches with a title…"), self.print_certificates, "award")
        self.paper = ListPaper(context, self.table, about, (titles,), _("Print the list, &certificates…"))
        self.content.addWidget(self.table, 1)

    def _columns(self) -> Sequence[Column[BranchLine]]:
        def state(line: BranchLine) -> ScoreState | None:
            return line.score.state if line.score else None

        def order(line: BranchLine) -> int:
            found = state(line)
            return 0 if found is None else found.value

        def badges(line: BranchLine) -> Sequence[Badge]:
            return (Badge(state_name(state(line)), presenter.state_tone(state(line))),)

        def blocked(line: BranchLine) -> Sequence[Badge]:
            return (Badge(_("condition met"), "bad"),) if line.blocked else ()

        return (
            Column(lambda: _("Branch"), lambda one: one.branch, 190, strong=True, stretch=True, key="branch"),
            Column(lambda: _("State"), lambda _one: "", 148, sort=order, badges=badges, key="state"),
            Column(
                lambda: _("Points"),
                presenter.points_words,
                104,
                align="right",
                sort=lambda one: one.tally.total if one.tally is not None and one.tally.scored_max else None,
                key="points",
            ),
            Column(lambda: _("Band"), self._band, 100, key="band"),
            Column(
                lambda: _("Blocking conditions"),
                lambda one: "" if one.blocked else "—",
                136,
                badges=blocked,
                key="blocked",
            ),
            Column(
                lambda: _("Title before"),
                lambda one: title_name(one.held),
                178,
                tone=lambda _one: "muted",
                sort=lambda one: one.held.value if one.held else 0,
                key="held",
            ),
            Column(
                lambda: _("Title now"),
                presenter.title_words,
                178,
                sort=lambda one: one.title.value if one.title else 0,
                key="title",
            ),
        )

    def _rubric_title(self) -> str:
        return "" if self.found is None else said(self.found.rubric.title)

    def _band(self, line: BranchLine) -> str:
        return "—" if self.found is None else presenter.band_name(self.found.rubric, line.band)

    # -- showing -----------------------------------------------------------------------------------------------------

    def open_year(self, year: int) -> None:
        """Another year."""
        self.year = year
        self.refresh()

    def refresh(self) -> None:
        years = sorted({*self._rubric.years(), self.year}, reverse=True)
        today = self._rubric.measures.of_today().year
        years = [one for one in years if one <= today]
        self.year = min(self.year, today)
        self.years.clear()
        for one in years:
            self.years.addItem(_("Year {year}").format(year=one), one)
        self.years.setCurrentIndex(self.years.findData(self.year))
        found = self.found = self._rubric.year(self.year)
        may = not self.context.read_only
        self.set_title(_("Model branches"), presenter.year_note(found) if found.lines else "")
        self.share.setText(presenter.outstanding_words(found))
        self.suggestion.setText(presenter.suggestion(found.rubric))
        self.suggestion.setVisible(found.rubric.suggested)
        self.register_button.setVisible(may and any(one.score is None for one in found.lines))
        self.titles_button.setVisible(may and bool(found.lines))
        if may:
            text = _("There is no branch yet. Set up the branches first, then score them.")
            go = (_("Set up the branches"), lambda: self.context.shell.go("setup"))
            self.table.set_empty("award", text, go)
        else:
            self.table.set_empty("award", _("There is no branch yet."))
        self.table.set_rows(found.lines)

    def registered(self) -> list[tuple[str, str]]:
        """Branches with a sheet that can be opened, in the order of the list: id and name."""
        return [(one.branch_id, one.branch) for one in self.table.model.rows if one.score is not None]

    # -- doing -------------------------------------------------------------------------------------------------------

    def _open(self, line: BranchLine) -> None:
        if line.score is not None:
            self.opened.emit(line.branch_id)
        elif not self.context.read_only:
            told = _("{branch} is registered for {year}.").format(branch=line.branch, year=self.year)
            if self._deeds.do(lambda: self._rubric.register(self.year, [line.branch_id]), told):
                self.opened.emit(line.branch_id)

    def on_new(self) -> None:
        if self.found is None or self.context.read_only:
            return
        free = [one for one in self.found.lines if one.score is None]
        if not free:
            return
        dialog = RegisterDialog(self.window(), self.year, free)
        if dialog.exec():
            chosen = dialog.chosen()
            told = ngettext("{count} branch is registered.", "{count} branches are registered.", len(chosen))
            self._deeds.do(lambda: self._rubric.register(self.year, chosen), told.format(count=number(len(chosen))))

    def record_titles(self) -> None:
        """Which titles the branches held in the year before."""
        before = self.year - 1
        try:
            lines = self._rubric.year(before).lines
        except UserError as problem:
            self.context.shell.show_error(problem)
            return
        # what a score sheet decided is not typed over
        free = [one for one in lines if one.score is None or (not one.score.rows and one.score.recognised_on)]
        shown = [
            BranchLine(one.branch_id, one.branch, one.score, held=one.score.title if one.score else None)
            for one in free
        ]
        dialog = TitlesDialog(self.window(), before, shown)
        if dialog.exec():
            chosen = dialog.chosen()
            if chosen:
                self._deeds.do(
                    lambda: self._rubric.record_titles(before, chosen),
                    _("The titles of {year} are saved.").format(year=before),
                )

    def _menu(self, line: BranchLine) -> Sequence[MenuItem | None]:
        if line.score is None:
            words = _("Register and open the sheet")
            return [] if self.context.read_only else [MenuItem(words, lambda: self._open(line), "plus")]
        items: list[MenuItem | None] = [MenuItem(_("Open the sheet"), lambda: self._open(line), "pencil")]
        history = history_item(self.context, self, line.branch, "branch_score", line.score.id)
        own = MenuItem(_("Print the certificate…"), lambda: self._certificates([line]), "award")
        certificate = [own] if titled([line]) else []
        if self.context.read_only:
            return [*items, *certificate, history]
        state, branch = line.score.state, line.branch_id
        if state is ScoreState.COMMUNE_VERIFIED:
            items.append(None)
            if not line.blocked:
                items.append(self._title_item(branch, line, Title.MODEL))
                if line.held is not None:
                    items.append(self._title_item(branch, line, Title.MODEL_OUTSTANDING))
            items.append(MenuItem(_("Do not recognise"), lambda: self._refuse(line), "circle-x"))
        if state in (ScoreState.RECOGNISED, ScoreState.NOT_RECOGNISED):
            told = _("The result of {branch} is marked as reported.").format(branch=line.branch)
            items.append(
                MenuItem(
                    _("Mark the result as reported"),
                    lambda: self._do(lambda: self._rubric.report(self.year, [branch]), told),
                    "send",
                )
            )
        if state is ScoreState.REGISTERED and not line.score.rows:
            told_off = _("The registration of {branch} is taken back.").format(branch=line.branch)
            items.append(
                MenuItem(
                    _("Take the registration back"),
                    lambda: self._do(lambda: self._rubric.unregister(self.year, branch), told_off),
                    "undo-2",
                )
            )
        return [*items, *certificate, history]

    def _title_item(self, branch: str, line: BranchLine, title: Title) -> MenuItem:
        told = _("{branch}: {title}.").format(branch=line.branch, title=title_name(title))
        words = _("Recognise: {title}").format(title=title_name(title))
        return MenuItem(
            words, lambda: self._do(lambda: self._rubric.recognise(self.year, branch, title), told), "award"
        )

    def _refuse(self, line: BranchLine) -> None:
        told = _("{branch} gets no title this year.").format(branch=line.branch)
        self._do(lambda: self._rubric.refuse(self.year, line.branch_id), told)

    def _do(self, act: Any, told: str) -> None:
        self._deeds.do(act, told)

    def print_certificates(self) -> None:
        """Of every branch that got a title in this year."""
        self._certificates(self.table.model.rows)

    def _certificates(self, lines: Sequence[BranchLine]) -> None:
        office, year = self.context.office, self.year
        ids = [one.branch_id for one in titled(lines)]
        if not ids:
            self.context.shell.toast(_("No branch got a title in {year}.").format(year=year))
            return
        print_certificates(
            self.context,
            self,
            len(ids),
            lambda decision, progress: of_branches(office, year, ids, decision, progress),
            f"GiayChungNhan_ChiHoi_{year}",
        )

    def first_focus(self) -> QWidget | None:
        return self.table.view

    def help_text(self) -> str:
        return _(
            "Register the branches of the year, then open a sheet with Enter. The menu of a line gives titles once the"
            " sheet is verified; only a model branch can become an outstanding one."
        )
