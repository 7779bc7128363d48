"""Hội viên: the list, the panel of one member, and the ways to enter, correct, transfer and let go."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QMenu, QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.member_lists import MemberRow
from sochihoi.i18n import _, pgettext
from sochihoi.ui import style
from sochihoi.ui.people.cards import print_cards
from sochihoi.ui.people.columns import columns, columns_more
from sochihoi.ui.people.consent_card import ConsentCard
from sochihoi.ui.people.deeds import MemberDeeds
from sochihoi.ui.people.duplicates_view import DuplicatesView
from sochihoi.ui.people.intake_view import IntakeView
from sochihoi.ui.people.panel import MemberPanel
from sochihoi.ui.people.paper import save_list
from sochihoi.ui.people.presenter import CORE, CURRENT, LEFT, MOVING, NO_BIRTH, PARTY, REVIEW, Filters, PeoplePresenter
from sochihoi.ui.people.sensitive_card import SensitiveCard
from sochihoi.ui.shared.buttons import icon_button
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.filter_row import FilterRow
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About, filters_told
from sochihoi.ui.shared.page import Page
from sochihoi.ui.shared.panel import PanelHost
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import MenuItem, Table, fill_menu


def build(context: Context) -> Page:
    """The page of members."""
    return PeoplePage(context)


class PeoplePage(MemberDeeds):
    """``refresh(member=…)`` opens a member's panel; ``refresh(intake=True)`` the import."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, _("Members"), PeoplePresenter(context.office))
        self.alike_button = self.add_action(_("May be entered t&wice"), self.open_alike, "", "users")
        self.import_button = self.add_action(_("&Import from Excel"), self.open_intake, "", "upload")
        self.add_button = self.add_action(_("A&dd a member"), self.on_new, "primary", "plus")
        for one in (self.import_button, self.add_button):
            one.setVisible(not context.read_only)
        self.places = Stack()
        self.content.addWidget(self.places, 1)
        self.panel = MemberPanel(context, self.presenter, [SensitiveCard(context), ConsentCard(context, self.acted)])
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_3)
        column.addWidget(self._filter_row())
        self.table: Table[MemberRow] = Table(
            context,
            "people",
            columns(self.presenter),
            key=lambda m: m.membership_id,
            noun=lambda n: self.presenter.noun(n, self.chips.chosen()),
            menu=self.menu,
            accessible=_("Members"),
        )
        column.addWidget(self.table, 1)
        self.table.add_footer_action(_("E&xport to Excel"), self.export, "download")
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.paper = ListPaper(
            context,
            self.table,
            About(
                lambda: _("List of members"),
                (self.filter_row,),
                order=lambda: pgettext("order", "given name"),
                more=columns_more(),
            ),
            (MenuItem(_("Membership cards…"), self.print_cards, "user"),),
            _("&Print the list, cards…"),
        )
        self.table.opened.connect(self.open_member)
        self.table.selected.connect(self._follow)
        self.host = PanelHost(context, main, self.panel)
        self.panel.closed.connect(self.table.view.setFocus)
        self._panel_actions()
        self.places.addWidget(self.host)
        self.intake = IntakeView(context)
        self.intake.left.connect(self.close_intake)
        self.places.addWidget(self.intake)
        self.alike = DuplicatesView(context)
        self.places.addWidget(self.alike)
        edit = QShortcut(QKeySequence("F2"), self.table)
        edit.activated.connect(lambda: self._with_current(self.edit))

    def _filter_row(self) -> FilterRow:
        row = self.filter_row = FilterRow()
        row.say(_("Name, phone, code…"), _("Filter the list of members"))
        row.changed.connect(self.show_rows)
        self.search, self.branch, self.chips = row.search, row.branch, row.chips
        self.chips.add(CURRENT, _("Active"), on=True)
        self.chips.add(CORE, _("Core"))
        self.chips.add(NO_BIRTH, _("No year of birth"))
        self.chips.add(REVIEW, _("To be looked at"))
        self.chips.add(PARTY, _("Party members"))
        self.chips.add(MOVING, _("On her way"))
        self.chips.add(LEFT, _("Left the Union"))
        self._chosen = self.chips.chosen()
        self.chips.changed.connect(self._chip)
        return row

    def _panel_actions(self) -> None:
        if self.context.read_only:
            return
        self.edit_button = self.panel.add_action(_("&Correct"), lambda: self._with_panel(self.edit), "", "pencil")
        self.transfer_button = self.panel.add_action(
            _("&Transfer"), lambda: self._with_panel(self.transfer), "", "arrow-left-right"
        )
        row = self.panel.action_row
        row.addStretch(1)
        self.more_button = icon_button("ellipsis", _("More actions"), self._more)
        row.addWidget(self.more_button)

    # ------------------------------------------------------------------ what the frame asks

    def refresh(
        self,
        *,
        member: str = "",
        person: str = "",
        search: str = "",
        chip: str = "",
        intake: bool = False,
        alike: bool = False,
    ) -> None:
        if person:  # someone who is no member stands in a list of the page of households
            self.context.shell.go("households", person=person)
            return
        self.presenter.load()
        self.filter_row.fill_branches(self.presenter.branches())
        if search:
            self.search.setText(search)
        if chip:
            self.search.clear()
            self.branch.setCurrentIndex(0)
            self._chosen = {CURRENT, chip}
            self.chips.set_chosen(self._chosen)
        self.show_rows()
        if member:
            self.close_intake()
            self._open_id(member)
        elif intake:
            self.open_intake()
        elif alike or self.places.currentWidget() is self.alike:
            self.open_alike()
        elif not self.panel.isHidden() and self.panel.detail is not None:
            self._reopen(self.panel.detail.membership.id)

    def marked(self) -> list[MemberRow]:
        """The lines that are marked in the list."""
        return self.table.marked()

    def print_cards(self) -> None:
        """Thẻ hội viên."""
        print_cards(self.context, self, self.table.marked(), self.table.model.rows, self.presenter.branches)

    def export(self) -> None:
        """Xuất Excel: all that is known."""
        told = ", ".join(filters_told((self.filter_row,)))
        save_list(self.context, self, self.table.model.rows, f"{told}." if told else "", self.presenter.remarks)

    def on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def on_escape(self) -> bool:
        if self.places.currentWidget() is not self.host:
            self.close_intake()
            return True
        shown = not self.panel.isHidden()
        self.panel.close_panel()
        return shown

    def first_focus(self) -> QWidget | None:
        return self.search

    def help_text(self) -> str:
        parts = (
            _("The list of everyone in the Union, by given name. Type a name without marks, a phone number or a code."),
            _("Enter opens the chosen member at the right, F2 corrects her, Ctrl+N adds a new one."),
            _("Whoever leaves the Union stays in the book: the filter “Left the Union” shows her."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)

    # ------------------------------------------------------------------ the list

    def filters(self) -> Filters:
        """What is chosen above the list."""
        return Filters(self.search.text(), self.branch.currentData(), frozenset(self.chips.chosen()))

    def show_rows(self) -> None:
        """Filter again."""
        filters = self.filters()
        if not self.presenter.rows:
            text = _("There is no member yet. Import the Excel list that you have, or add one by one.")
            action = None if self.context.read_only else (_("Import from Excel"), self.open_intake)
            self.table.set_empty("users", text, action)
            self.table.set_no_match(None)
        else:
            self.table.set_no_match(self.presenter.no_match(filters), self.clear_filters)
        rows = self.presenter.visible(filters)
        if PARTY in filters.chips:
            self.context.office.privacy.access.listed(_("Party members"), len(rows), ["party_member"])
        self.table.set_rows(rows)
        for name, count in self.presenter.counts(filters.branch_id).items():
            self.chips.set_count(name, count or None)

    def clear_filters(self) -> None:
        """Everyone active again."""
        self.filter_row.clear({CURRENT})
        self.show_rows()

    def _chip(self) -> None:
        chosen = self.chips.chosen()
        if {CURRENT, LEFT} <= chosen:  # one of the two: the one pressed last
            newer = (chosen - self._chosen) & {CURRENT, LEFT}
            chosen -= {CURRENT, LEFT} - newer
            self._chosen = chosen
            self.chips.set_chosen(chosen)
            return
        self._chosen = chosen
        self.show_rows()

    # ------------------------------------------------------------------ the panel

    def open_member(self, row: MemberRow) -> None:
        """Show a member at the right."""
        self._show(row.membership_id)

    def _follow(self, row: MemberRow | None) -> None:
        if row is not None and not self.panel.isHidden():
            self._show(row.membership_id)

    def _open_id(self, membership_id: str) -> None:
        if not self.table.choose(membership_id):
            row = next((r for r in self.presenter.rows if r.membership_id == membership_id), None)
            left = row is not None and self.presenter.is_left(row)
            self._chosen = {LEFT if left else CURRENT}
            self.filter_row.clear(self._chosen)
            self.show_rows()
            self.table.choose(membership_id)
        self._show(membership_id)

    def _reopen(self, membership_id: str) -> None:
        if any(row.membership_id == membership_id for row in self.presenter.rows):
            self._show(membership_id)
        else:  # taken back
            self.panel.close_panel()

    def _show(self, membership_id: str) -> None:
        try:
            told = self.context.office.people.detail(membership_id, self.context.period.start.year)
        except UserError as problem:
            self.context.shell.show_error(problem)
            return
        self.panel.show_member(told)
        if not self.context.read_only:
            self.transfer_button.setEnabled(not self.presenter.is_left(told.row))

    def _more(self) -> None:
        if self.panel.detail is None:
            return
        menu = QMenu(self)
        fill_menu(menu, self.menu(self.panel.detail.row))
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().topLeft()))

    def _with_current(self, act: Any) -> None:
        row = self.table.current()
        if row is not None and not self.context.read_only:
            act(row)

    def _with_panel(self, act: Any) -> None:
        if self.panel.detail is not None:
            act(self.panel.detail.row)

    # ------------------------------------------------------------------ the import

    def open_intake(self) -> None:
        """The import in the place of the list."""
        self.set_title(_("Import from Excel"))
        self.set_breadcrumb([(_("Members"), self.close_intake), (_("Import from Excel"), None)])
        self._show_actions(shown=False)
        self.places.setCurrentWidget(self.intake)
        self.intake.start()

    def open_alike(self) -> None:
        """Entries that may be one woman, in the place of the list."""
        self.set_title(_("May be entered twice"))
        self.set_breadcrumb([(_("Members"), self.close_intake), (_("May be entered twice"), None)])
        self._show_actions(shown=False)
        self.places.setCurrentWidget(self.alike)
        self.alike.start()

    def close_intake(self) -> None:
        """Back to the list."""
        if self.places.currentWidget() is not self.host:
            self.places.setCurrentWidget(self.host)
            self.set_title(_("Members"))
            self.set_breadcrumb([])
            self._show_actions(shown=True)
            self.presenter.load()
            self.filter_row.fill_branches(self.presenter.branches())
            self.show_rows()
            self.search.setFocus()

    def _show_actions(self, *, shown: bool) -> None:
        for one in (self.import_button, self.add_button):
            one.setVisible(shown and not self.context.read_only)
        self.alike_button.setVisible(shown)
