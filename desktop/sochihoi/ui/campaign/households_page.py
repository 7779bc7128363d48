"""Households of a year: who registered, who was mobilised, what was found, who has a plaque."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QWidget

from sochihoi.domain.campaign_records import HouseholdLine
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.certificates import of_households
from sochihoi.ui import style
from sochihoi.ui.campaign import household_words, presenter
from sochihoi.ui.campaign.dialogs import DayDialog, PlaqueDialog, accepted
from sochihoi.ui.campaign.household_columns import household_columns
from sochihoi.ui.shared.choices import PlainCombo
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.deeds import Deeds
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.certificates import print_certificates
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.table import MenuItem, Table
from sochihoi.ui.words.campaign import in_words

WAIT_MS = 200  # UniKey rewrites what was typed


class HouseholdsPage(Page):
    """``back``: to the year; ``assess(branch_id, household_id)``: the grid at a household."""

    back = Signal()
    assess = Signal(str, str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        size = style.sizes()
        self.year, self.branch_id = context.period.year, ""
        self._lines: tuple[HouseholdLine, ...] = ()
        self._deeds = Deeds(context, self.refresh, lambda: context.office.campaign.last_batch)
        self.plaque_button = self.add_action(_("&Plaque…"), self.give_plaque)
        self.mobilise_button = self.add_action(_("&Mobilised…"), self.mobilise)
        self.register_button = self.add_action(_("&Register…"), self.register, "primary")
        row = QHBoxLayout()
        row.setSpacing(size.space_2)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Head, code or branch… (Ctrl+F)"))
        self.filter.setAccessibleName(_("Filter households"))
        self.filter.setFixedWidth(round(230 * size.body / 14))
        self.branches = PlainCombo()
        self.branches.setAccessibleName(_("Branch"))
        self.branches.setMinimumWidth(round(150 * size.body / 14))
        row.addWidget(self.filter)
        row.addWidget(self.branches)
        self.chips = Chips()
        for name, text in (
            (household_words.MEMBER, _("Member household")),
            (household_words.NOT_REGISTERED, _("Not registered")),
            (household_words.NOT_MOBILISED, _("Not mobilised")),
            (household_words.CONFIRMED, _("Passing")),
            (household_words.FAILED, _("Not passing")),
            (household_words.NEWLY, _("Newly passing")),
            (household_words.PLAQUE, _("Plaque given")),
        ):
            self.chips.add(name, text)
        row.addWidget(self.chips, 1)
        self.content.addLayout(row)
        self.table: Table[HouseholdLine] = Table(
            context,
            "campaign.households",
            household_columns(),
            key=lambda line: line.household_id,
            noun=lambda count: ngettext("household", "households", count),
            menu=self._menu,
            accessible=_("Households of the year"),
        )
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.set_empty(
            "house",
            _("No household is entered yet. Enter the households of the branches first."),
            (_("Open the households"), lambda: context.shell.go("households")),
        )
        about = About[HouseholdLine](
            lambda: _("Households of the campaign"),
            (self.branches, self.chips, self.filter),
            where=lambda: _("Year {year}").format(year=self.year),
            order=lambda: pgettext("order", "branch, then given name of the head"),
        )
        passing = MenuItem(_("Certificates of the households shown that pass…"), self.print_shown_certificates, "award")
        self.paper = ListPaper(context, self.table, about, (passing,), _("Print the list, &certificates…"))
        self.content.addWidget(self.table, 1)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WAIT_MS)
        self._clock.timeout.connect(self._filter)
        self.filter.textEdited.connect(lambda _text: self._clock.start())
        self.filter.returnPressed.connect(self._into_list)
        self.chips.changed.connect(self._filter)
        self.branches.activated.connect(lambda _at: self._pick_branch())
        self.table.opened.connect(lambda line: self.assess.emit(line.branch_id, line.household_id))
        self.table.view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        context.narrow_changed.connect(self._lay)
        self._lay(narrow=context.narrow)

    def _lay(self, narrow: bool) -> None:
        self.table.view.setColumnHidden(1, narrow)

    # -- showing -----------------------------------------------------------------------------------------------------

    def open(self, year: int, branch_id: str = "", trait: str = "") -> None:
        """All households of the commune or of a branch, perhaps only those with a trait."""
        self.year, self.branch_id = year, branch_id
        self.filter.clear()
        self.chips.set_chosen({trait} if trait else set())
        self.refresh()

    def refresh(self) -> None:
        campaign = self.context.office.campaign
        own = campaign.set_in_use(self.year)
        self._lines = campaign.households(self.year)
        self.set_breadcrumb(
            [(in_words(own.name), self.back.emit), (presenter.year_note(self.year, own), None)],
        )
        self.set_title(_("Households of {year}").format(year=self.year))
        self.branches.clear()
        self.branches.addItem(_("All branches"), "")
        for branch_id, name in {line.branch_id: line.branch for line in self._lines}.items():
            self.branches.addItem(name, branch_id)
        self.branches.setCurrentIndex(max(self.branches.findData(self.branch_id), 0))
        for button in (self.plaque_button, self.mobilise_button, self.register_button):
            button.setVisible(not self.context.read_only)
        self._filter()

    def _here(self) -> list[HouseholdLine]:
        return [line for line in self._lines if self.branch_id in ("", line.branch_id)]

    def _filter(self) -> None:
        here = self._here()
        for name, count in household_words.chip_counts(here).items():
            self.chips.set_count(name, count)
        text = self.filter.text()
        rows = household_words.filtered(here, self.chips.chosen(), text)
        if self.chips.chosen() or text.strip():
            self.table.set_no_match(_("No household fits this filter."), self._clear)
        else:
            self.table.set_no_match(None)
        self.table.view.setColumnHidden(2, bool(self.branch_id))
        self.table.set_rows(rows)
        self._enable()

    def _clear(self) -> None:
        self.filter.clear()
        self.chips.set_chosen(set())
        self._filter()

    def _pick_branch(self) -> None:
        self.branch_id = self.branches.currentData() or ""
        self._filter()

    def _into_list(self) -> None:
        self._clock.stop()
        self._filter()
        if self.table.model.rows:
            if self.table.current() is None:
                self.table.step(0)
            self.table.view.setFocus()

    def chosen(self) -> list[HouseholdLine]:
        """The lines that are marked, in order."""
        return self.table.marked()

    def _enable(self) -> None:
        lines = self.chosen()
        self.plaque_button.setEnabled(len(lines) == 1 and lines[0].confirmed)
        self.register_button.setEnabled(bool(self._here()))
        self.mobilise_button.setEnabled(bool(self._here()))

    # -- acts --------------------------------------------------------------------------------------------------------

    def _scopes(self, missing: str) -> list[tuple[str, tuple[str, ...]]]:
        """The marked lines, and all member households here that still lack it."""
        marked = tuple(line.household_id for line in self.chosen() if self._lacks(line, missing))
        every = tuple(line.household_id for line in self._here() if missing in household_words.traits(line))
        where = next((line.branch for line in self._here()), "") if self.branch_id else ""
        words = _("All member households of {branch} that are not yet").format(branch=where)
        if not where:
            words = _("All member households of the commune that are not yet")
        scopes = [(_("The households marked in the list"), marked)] if len(marked) > 1 else []
        if len(marked) == 1:
            scopes = [(self.chosen()[0].head, marked)]
        return scopes + ([(words, every)] if every else [])

    @staticmethod
    def _lacks(line: HouseholdLine, missing: str) -> bool:
        day = line.registered_on if missing == household_words.NOT_REGISTERED else line.mobilised_on
        return day is None

    def _with_day(self, missing: str, question: str, deed: str, act: str) -> None:
        scopes = self._scopes(missing)
        if not scopes:
            self.context.shell.toast(_("Every member household here has it already."))
            return
        dialog = DayDialog(self, question, deed, scopes, self.context.today)
        if not accepted(dialog):
            return
        counted: list[int] = []
        do: Callable[..., int] = getattr(self.context.office.campaign, act)
        self._deeds.do(
            lambda: counted.append(do(dialog.household_ids(), self.year, dialog.day.value())),
            lambda: household_words.written(counted[0], act),
        )

    def register(self) -> None:
        """The marked households, or all that are not registered."""
        question = _("Which households register for {year}?").format(year=self.year)
        self._with_day(household_words.NOT_REGISTERED, question, _("Register"), "register")

    def mobilise(self) -> None:
        """The same for being told of the campaign."""
        question = _("Which households were told of the campaign and mobilised?")
        self._with_day(household_words.NOT_MOBILISED, question, _("Write it down"), "mobilise")

    def _take_back(self, act: str) -> None:
        ids = [line.household_id for line in self.chosen()]
        counted: list[int] = []
        do: Callable[..., int] = getattr(self.context.office.campaign, act)
        self._deeds.do(
            lambda: counted.append(do(ids, self.year)),
            lambda: household_words.written(counted[0], act) if counted[0] else "",
        )

    def give_plaque(self) -> None:
        """Number and day of the plaque of the marked household."""
        line = next(iter(self.chosen()), None)
        if line is None:
            return
        dialog = PlaqueDialog(self, line.head, line.plaque_no, line.plaque_on, self.context.today)
        if accepted(dialog):
            campaign = self.context.office.campaign
            self._deeds.do(
                lambda: campaign.give_plaque(
                    line.household_id, self.year, dialog.number.value() or "", dialog.day.value()
                ),
                _("The plaque of {head} is written down.").format(head=line.head),
            )

    def _take_plaque_back(self, line: HouseholdLine) -> None:
        campaign = self.context.office.campaign
        self._deeds.do(lambda: campaign.take_plaque_back(line.household_id, self.year), _("The plaque is taken back."))

    def _menu(self, line: HouseholdLine) -> Sequence[MenuItem | None]:
        items: list[MenuItem | None] = [
            MenuItem(
                _("Assess this household"),
                lambda: self.assess.emit(line.branch_id, line.household_id),
                "clipboard-check",
            ),
            history_item(self.context, self, line.head, "household", line.household_id),
        ]
        lines = self.chosen() or [line]
        items.append(
            MenuItem(
                _("Print the certificate…"),
                lambda: self._certificates(lines),
                "award",
                enabled=any(one.confirmed for one in lines),
            )
        )
        if self.context.read_only:
            return items
        items += [
            None,
            MenuItem(_("Register…"), self.register, enabled=any(one.registered_on is None for one in lines)),
            MenuItem(_("Mobilised…"), self.mobilise, enabled=any(one.mobilised_on is None for one in lines)),
            MenuItem(_("Plaque…"), self.give_plaque, enabled=len(lines) == 1 and line.confirmed),
            None,
            MenuItem(
                _("Take the registration back"),
                lambda: self._take_back("unregister"),
                enabled=any(one.registered_on for one in lines),
            ),
            MenuItem(
                _("Not mobilised after all"),
                lambda: self._take_back("unmobilise"),
                enabled=any(one.mobilised_on for one in lines),
            ),
            MenuItem(
                _("Take the plaque back"),
                lambda: self._take_plaque_back(line),
                enabled=len(lines) == 1 and line.plaque_on is not None,
            ),
        ]
        return items

    def print_shown_certificates(self) -> None:
        """Of every household of the list that the commune confirmed."""
        self._certificates(self.table.model.rows)

    def _certificates(self, lines: Sequence[HouseholdLine]) -> None:
        office, year = self.context.office, self.year
        ids = [one.household_id for one in lines if one.confirmed]
        if not ids:
            self.context.shell.toast(_("No household shown here is confirmed as passing."))
            return
        print_certificates(
            self.context,
            self,
            len(ids),
            lambda decision, progress: of_households(office, year, ids, decision, progress),
            f"GiayChungNhan_Ho_{year}",
        )

    # -- what the shell asks -----------------------------------------------------------------------------------------

    def on_find(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def on_next(self, step: int) -> None:
        at = (max(self.branches.currentIndex(), 0) + step) % self.branches.count()
        self.branches.setCurrentIndex(at)
        self._pick_branch()

    def on_escape(self) -> bool:
        self.back.emit()
        return True

    def first_focus(self) -> QWidget | None:
        return self.filter

    def areas(self) -> Sequence[QWidget]:
        return [self.filter, self.table.view, self.register_button]

    def help_text(self) -> str:
        return _(
            "<p>Every household of the commune in the year: whether it registered, was told of the campaign, what its "
            "furthest finished round found, and its plaque.</p>"
            "<p>Mark one line or several (Shift or Ctrl with the arrows or the mouse), then press Register or "
            "Mobilised; without a mark, all member households shown are meant. Enter opens the grid at the "
            "household.</p><p>Households without a member are not counted in the share.</p>"
        )
