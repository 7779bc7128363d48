"""Sự đồng ý: who agreed to what; recording it for many after a meeting; slips for those chosen or for a branch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from sochihoi.domain.consent import ConsentState, Purpose
from sochihoi.domain.member_lists import MemberRow, Search
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.privacy.consent import ConsentRow
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.consents import GiveDialog, WithdrawDialog, print_slips, whom
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.filter_row import FilterRow
from sochihoi.ui.shared.history_view import history_item
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words import privacy as words


def build(context: Context) -> Part:
    """The register of consent."""
    return ConsentsPart(context)


def _standing(purpose: Purpose) -> Column[ConsentRow]:
    def badges(row: ConsentRow) -> Sequence[Badge]:
        text, tone = words.standing_words(row.standing, purpose)
        badge = Badge(text, tone or "ok")
        if purpose is Purpose.SENSITIVE and row.kept_against:
            return (badge, Badge(_("still kept"), "bad"))
        return (badge,)

    return Column(
        lambda: words.purpose_name(purpose),
        lambda _row: "",
        196 if purpose is Purpose.BASIC else 256,
        badges=badges,
        sort=lambda row: (row.standing.state(purpose).value, row.member.sort_key),
        key=purpose.name,
    )


def _stands(row: ConsentRow, state: ConsentState) -> bool:
    """Withdrawn is whoever took anything back; the other two ask for the basic data."""
    withdrawn = state is ConsentState.WITHDRAWN and row.standing.state(Purpose.SENSITIVE) is state
    return withdrawn or row.standing.state(Purpose.BASIC) is state


def _proof(row: ConsentRow) -> str:
    entry = row.standing.basic or row.standing.sensitive
    return words.proof_words(entry) if entry is not None else "—"


def _columns() -> tuple[Column[ConsentRow], ...]:
    return (
        Column(lambda: _("Code"), lambda row: row.member.code, 80, sort=lambda row: row.member.code, key="code"),
        Column(
            lambda: _("Full name"),
            lambda row: row.member.full_name,
            196,
            sort=lambda row: row.member.sort_key,
            strong=True,
            key="name",
        ),
        Column(
            lambda: _("Branch"),
            lambda row: row.member.branch,
            130,
            sort=lambda row: (row.member.branch_key, row.member.sort_key),
            key="branch",
        ),
        *(_standing(purpose) for purpose in Purpose),
        Column(lambda: _("Proof"), _proof, 120, stretch=True, key="proof"),
    )


class ConsentsPart(Part):
    """What is done is done for the lines that are marked, else for all that are shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: list[ConsentRow] = []
        self.filter_row = FilterRow()
        self.filter_row.say(_("Name or code…"), _("Filter the register of consent"))
        self.filter_row.changed.connect(self._filter)
        self.chips = self.filter_row.chips
        for state in ConsentState:
            self.chips.add(state.name, words.state_name(state))
        self.chips.changed.connect(self._filter)
        self.column.addWidget(self.filter_row)
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.told = label("", "small", wrap=True)
        row.addWidget(self.told, 1)
        self.slip_button = button(_("&Slips to sign…"), self.slips, "", "printer")
        self.give_button = button(_("Record &consent…"), self.give, "primary", "check")
        for one in (self.slip_button, self.give_button):
            row.addWidget(one)
        self.column.addLayout(row)
        self.give_button.setVisible(not context.read_only)
        self.table: Table[ConsentRow] = Table(
            context,
            "consents",
            _columns(),
            key=lambda one: one.member.membership_id,
            noun=lambda n: ngettext("active member", "active members", n),
            menu=self._menu,
            accessible=_("Register of consent"),
        )
        self.table.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.view.selectionModel().selectionChanged.connect(lambda *_args: self._say())
        self.table.set_empty("shield-check", _("There is no member yet."))
        about = About[ConsentRow](
            lambda: _("Register of consent"), (self.filter_row,), order=lambda: pgettext("order", "given name")
        )
        self.paper = ListPaper(context, self.table, about)
        self.table.opened.connect(lambda one: context.shell.go("people", member=one.member.membership_id))
        self.column.addWidget(self.table, 1)

    def refresh(self) -> None:
        office = self.context.office
        self._rows = office.privacy.consent.rows()
        branches = [(None, _("All branches")), *((unit.id, unit.name) for unit in office.setup.branches())]
        self.filter_row.fill_branches(branches)
        for state in ConsentState:
            count = sum(_stands(row, state) for row in self._rows)
            self.chips.set_count(state.name, count or None)
        self._filter()

    def _filter(self) -> None:
        search, branch = Search.of(self.filter_row.search.text()), self.filter_row.branch.currentData()
        states = self.chips.chosen()
        self.table.set_rows(
            [
                row
                for row in self._rows
                if search.finds(row.member.search_key, fold(row.member.code))
                and branch in (None, row.member.branch_id)
                and (not states or any(_stands(row, ConsentState[name]) for name in states))
            ]
        )
        narrowed = bool(self._rows)
        self.table.set_no_match(_("No member matches these filters.") if narrowed else None, self.filter_row.clear)
        self._say()

    def members(self) -> list[MemberRow]:
        """Whom the buttons mean."""
        return [row.member for row in (self._marked() or self.table.model.rows)]

    def _marked(self) -> list[ConsentRow]:
        marked = self.table.marked()
        return marked if len(marked) > 1 else []  # one line is always the current one: that alone marks nobody

    def _say(self) -> None:
        rows = self.members()
        for one in (self.slip_button, self.give_button):
            one.setEnabled(bool(rows))
        if not rows:
            self.told.setText("")
        elif self._marked():
            self.told.setText(_("The buttons mean the lines that are marked: {whom}.").format(whom=whom(rows)))
        else:
            told = _("The buttons mean all lines shown: {whom}. Mark some with Ctrl or Shift, or use the menu of one.")
            self.told.setText(told.format(whom=whom(rows)))

    def _menu(self, row: ConsentRow) -> list[MenuItem | None]:
        one = [row.member]
        items: list[MenuItem | None] = [
            MenuItem(_("Slip to sign…"), lambda: print_slips(self.context, self, one), "printer")
        ]
        told = history_item(self.context, self, row.member.full_name, "person", row.member.person_id)
        if not self.context.read_only:
            items += [
                MenuItem(_("Record consent…"), lambda: self._give(one), "check"),
                MenuItem(_("Withdrawn…"), lambda: self._withdraw(one), "undo-2"),
            ]
            if row.kept_against:
                items += [None, MenuItem(_("Clear what is still kept…"), lambda: self._clear(row), "eye-off")]
        return [*items, told]

    def _clear(self, row: ConsentRow) -> None:
        question = _("Clear the sensitive information of {name}?").format(name=row.member.full_name)
        told = _(
            "Ethnic group, religion, Party and health insurance are emptied. Figures of closed months stay as they are."
        )
        if not ask(self.window(), question, told, _("&Clear it"), _("&Not now")):
            return
        if self.attempt(lambda: self.context.office.privacy.consent.clear_sensitive([row.member.person_id])):
            self.acted(_("The sensitive information of {name} is cleared.").format(name=row.member.full_name))

    def give(self) -> None:
        """Ghi đồng ý cho nhiều chị một lượt."""
        self._give(self.members())

    def slips(self) -> None:
        """In phiếu."""
        print_slips(self.context, self, self.members())

    def _give(self, rows: Sequence[MemberRow]) -> None:
        if rows:
            GiveDialog(self.context, self.window(), rows, self.acted).open()

    def _withdraw(self, rows: Sequence[MemberRow]) -> None:
        if rows:
            WithdrawDialog(self.context, self.window(), rows, self.acted).open()

    def first_focus(self) -> QWidget | None:
        return self.filter_row.search
