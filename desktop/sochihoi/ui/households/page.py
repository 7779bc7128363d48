"""Hộ gia đình: the list of households, who lives there, and the members whose household is not entered yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QTabBar, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import HouseholdRow, MemberRow, PersonRow
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui import style
from sochihoi.ui.households.deeds import HouseholdDeeds
from sochihoi.ui.households.lists import home_columns, home_columns_more, member_columns
from sochihoi.ui.households.others import person_columns
from sochihoi.ui.households.paper import offer_export
from sochihoi.ui.households.presenter import GROUPS, NO_HEAD, NO_MEMBER, TWO_BRANCHES, Filters, HouseholdsPresenter
from sochihoi.ui.shared.buttons import icon_button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.filter_row import FilterRow
from sochihoi.ui.shared.history_view import HistoryView
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About, filters_told
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import Facts, Panel, PanelHost
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import Table, fill_menu
from sochihoi.ui.words.households import group_name
from sochihoi.ui.words.story import story


def build(context: Context) -> Page:
    """The page of households."""
    return HouseholdsPage(context)


class HouseholdsPage(HouseholdDeeds):
    """``refresh(household=…)`` opens one; ``refresh(without=True)`` the members without a household;
    ``refresh(person=…)`` shows someone who is no member.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Households"), HouseholdsPresenter(context.office))
        self.household_id: str | None = None
        bring = self.add_action(_("&Import from Excel"), lambda: context.shell.go("people", intake=True), "", "upload")
        bring.setVisible(not context.read_only)
        self.add_button = self.add_action(_("A&dd a household"), self.on_new, "primary", "plus")
        self.add_button.setVisible(not context.read_only)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(_("Lists of this page"))
        self.tabs.addTab(_("Households"))
        self.tabs.addTab(_("Members without a household"))
        self.tabs.addTab(_("Persons who are no members"))
        self.tabs.currentChanged.connect(lambda _at: self.show_rows())
        self.content.addWidget(self.tabs)
        self.panel = Panel()
        self.facts = Facts()
        self.panel.add_tab(_("Household"), self.facts)
        self.history = HistoryView(context)
        self.panel.add_tab(_("History"), self.history)
        self.panel.tab_changed.connect(lambda _at: self._tell())
        self.host = PanelHost(context, self._main(), self.panel)
        self.panel.closed.connect(self.table.view.setFocus)
        self.content.addWidget(self.host, 1)
        if not context.read_only:
            self.panel.add_action(_("&Correct"), lambda: self._with_panel(self.edit), "", "pencil")
            self.panel.add_action(_("&Residents"), lambda: self._with_panel(self.residents), "", "users")
            row = self.panel.action_row
            row.addStretch(1)
            self.more_button = icon_button("ellipsis", _("More actions"), self._more)
            row.addWidget(self.more_button)
        edit = QShortcut(QKeySequence("F2"), self.table)
        edit.activated.connect(self._edit_current)

    def _main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        column.addWidget(self._filter_row())
        self.lists = Stack()
        self.table: Table[HouseholdRow] = Table(
            self.context,
            "households",
            home_columns(),
            key=lambda h: h.id,
            noun=self.presenter.noun,
            menu=self.menu,
            accessible=_("Households"),
        )
        self.table.opened.connect(lambda row: self.open_household(row.id))
        self.table.selected.connect(self._follow)
        self.lists.addWidget(self.table)
        self.members: Table[MemberRow] = Table(
            self.context,
            "households/without",
            member_columns(),
            key=lambda m: m.membership_id,
            noun=lambda n: ngettext("member without a household", "members without a household", n),
            menu=self.member_menu,
            accessible=_("Members without a household"),
        )
        self.make_all = self.members.add_footer_action(_("A household for each"), self._make_for_shown, "plus")
        self.members.opened.connect(lambda row: None if self.context.read_only else self.join(row))
        self.lists.addWidget(self.members)
        self.others: Table[PersonRow] = Table(
            self.context,
            "households/others",
            person_columns(self.presenter),
            key=lambda p: p.person_id,
            noun=lambda n: ngettext("person who is no member", "persons who are no members", n),
            menu=self.person_menu,
            accessible=_("Persons who are no members"),
        )
        new_person = self.others.add_footer_action(_("Add a &person"), self.new_person, "user-plus")
        new_person.setVisible(not self.context.read_only)
        self._offer_papers()
        self.others.opened.connect(lambda row: None if self.context.read_only else self.edit_person(row))
        self.lists.addWidget(self.others)
        column.addWidget(self.lists, 1)
        return main

    def _offer_papers(self) -> None:
        """Each of the three lists on paper, as it is filtered."""
        row, by_name = self.filter_row, lambda: pgettext("order", "branch, then given name")
        homes = About[HouseholdRow](lambda: _("List of households"), (row,), order=by_name, more=home_columns_more())
        offer_export(self.context, self.table, lambda: ", ".join(filters_told((row,))))
        ListPaper(self.context, self.table, homes)
        members = About[MemberRow](lambda: _("Members without a household"), (row.branch, row.search), order=by_name)
        ListPaper(self.context, self.members, members)
        others = About[PersonRow](
            lambda: _("Persons who are no members"), (row.search,), order=lambda: pgettext("order", "given name")
        )
        ListPaper(self.context, self.others, others)

    def _filter_row(self) -> FilterRow:
        row = self.filter_row = FilterRow(34)
        row.changed.connect(self.show_rows)
        self.search, self.branch, self.chips = row.search, row.branch, row.chips
        for group in GROUPS[:2]:
            self.chips.add(group.name, group_name(group))
        self.chips.add(NO_MEMBER, _("No member"))
        self.chips.add(TWO_BRANCHES, _("Two branches"))
        self.chips.add(NO_HEAD, _("Head has died"))
        for group in GROUPS[2:]:
            self.chips.add(group.name, group_name(group))
        self.chips.changed.connect(self.show_rows)
        return row

    # ------------------------------------------------------------------ what the frame asks

    def refresh(self, *, household: str = "", person: str = "", without: bool = False) -> None:
        self.presenter.load()
        self.filter_row.fill_branches(self.presenter.branches())
        if without:
            self.tabs.setCurrentIndex(1)
        self.show_rows()
        if person:
            self.tabs.setCurrentIndex(2)
            self.search.clear()
            self.show_rows()
            self.others.choose(person)
        elif household:
            self.tabs.setCurrentIndex(0)
            if not self.table.choose(household):
                self.clear_filters()
                self.table.choose(household)
            self.open_household(household)
        elif not self.panel.isHidden() and self.household_id is not None:
            if any(row.id == self.household_id for row in self.presenter.rows):
                self.open_household(self.household_id)
            else:
                self.panel.close_panel()

    def on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def on_escape(self) -> bool:
        shown = not self.panel.isHidden()
        self.panel.close_panel()
        return shown

    def first_focus(self) -> QWidget | None:
        return self.search

    def help_text(self) -> str:
        parts = (
            _("Households and who lives there. A household counts while a member of the Union lives in it."),
            _("Enter opens the chosen household at the right, F2 corrects it, Ctrl+N adds a new one."),
            _("The second list shows members whose household is not entered: Enter puts her into one that is there."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)

    # ------------------------------------------------------------------ the lists

    def filters(self) -> Filters:
        """What is chosen above the list."""
        return Filters(self.search.text(), self.branch.currentData(), frozenset(self.chips.chosen()))

    def show_rows(self) -> None:
        """Filter again, in the list that is shown."""
        filters = self.filters()
        at = self.tabs.currentIndex()
        self.lists.setCurrentIndex(at)
        self.chips.setVisible(at == 0)
        self.branch.setVisible(at < 2)
        self.filter_row.say(*self._searched(at))
        if at:
            self.panel.close_panel()
        self._say_empty(filters)
        self.table.set_rows(self.presenter.visible(filters))
        members = self.presenter.visible_members(filters)
        self.members.set_rows(members)
        self.others.set_rows(self.presenter.visible_others(filters))
        self.make_all.setVisible(bool(members) and not self.context.read_only)
        text = ngettext(
            "A household for {count} member shown", "A household for each of {count} members shown", len(members)
        )
        self.make_all.setText("  " + text.format(count=number(len(members))))
        self.chips.set_count(NO_MEMBER, self.presenter.count_without_member(filters.branch_id) or None)
        self.chips.set_count(NO_HEAD, self.presenter.count_headless(filters.branch_id) or None)
        self.chips.set_count(TWO_BRANCHES, self.presenter.count_over(filters.branch_id) or None)
        self.tabs.setTabText(
            1, _("Members without a household ({count})").format(count=number(len(self.presenter.without)))
        )

    @staticmethod
    def _searched(at: int) -> tuple[str, str]:
        """What the search of a list finds, and its name."""
        return (
            (_("Head, address, phone, code…"), _("Filter the list of households")),
            (_("Name, address, phone, code…"), _("Filter the members without a household")),
            (_("Name, address, phone…"), _("Filter the persons who are no members")),
        )[at]

    def on_new(self) -> None:
        """Ctrl+N adds what the shown list holds: a person among persons, else a household."""
        if self.tabs.currentIndex() == 2 and not self.context.read_only:
            self.new_person()
        else:
            super().on_new()

    def _say_empty(self, filters: Filters) -> None:
        read_only = self.context.read_only
        if self.presenter.rows:
            self.table.set_no_match(self.presenter.no_match(filters), self.clear_filters)
        else:
            self.table.set_no_match(None)
            text = _("There is no household yet. Begin with the members, or add one by one.")
            open_members = (_("See the members without a household"), lambda: self.tabs.setCurrentIndex(1))
            self.table.set_empty("house", text, None if read_only else open_members)
        if self.presenter.without:
            self.members.set_no_match(_("No member matches these filters."), self.clear_filters)
        else:
            self.members.set_no_match(None)
            some = bool(self.presenter.rows)  # a household at least: else nobody is entered at all
            text = _("Every member stands in a household.") if some else _("There is no member yet.")
            self.members.set_empty("circle-check" if some else "users", text)
        if self.presenter.others:
            self.others.set_no_match(_("Nobody matches this search."), self.clear_filters)
        else:
            self.others.set_no_match(None)
            text = _("Nobody is entered who is no member: women who were briefed, residents of households.")
            self.others.set_empty("user", text, None if read_only else (_("Add a person"), self.new_person))

    def clear_filters(self) -> None:
        """All households again."""
        self.filter_row.clear()
        self.show_rows()

    def _make_for_shown(self) -> None:
        self.make_for(self.members.model.rows)

    # ------------------------------------------------------------------ the panel

    def open_household(self, household_id: str) -> None:
        """Show a household at the right."""
        try:
            told = self.context.office.households.detail(household_id)
        except UserError as problem:
            self.context.shell.show_error(problem)
            return
        self.household_id = told.household.id
        under = f"{told.row.code} · {_('Branch {branch}').format(branch=told.row.branch)}"
        self.panel.set_head(told.row.head or told.row.code, under)
        self.facts.set_facts(self.presenter.facts(told))
        self._tell()
        self.panel.show()

    def _tell(self) -> None:
        """The history is read when its tab is open."""
        if self.household_id is not None and self.panel.tabs.currentIndex() == 1:
            self.history.show_story(story(self.context.office, "household", self.household_id))

    def _follow(self, row: HouseholdRow | None) -> None:
        if row is not None and not self.panel.isHidden():
            self.open_household(row.id)

    def _with_panel(self, act: Callable[[str], None]) -> None:
        if self.household_id is not None:
            act(self.household_id)

    def _edit_current(self) -> None:
        row = self.table.current()
        if row is not None and not self.context.read_only:
            self.edit(row.id)

    def _more(self) -> None:
        row = next((r for r in self.presenter.rows if r.id == self.household_id), None)
        if row is not None:
            menu = QMenu(self)
            fill_menu(menu, self.menu(row))
            menu.popup(self.more_button.mapToGlobal(self.more_button.rect().topLeft()))
