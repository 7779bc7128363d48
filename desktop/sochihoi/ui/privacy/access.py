"""Ai đã xem, in, xuất: the log of access, for the chair."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from sochihoi.domain.access import Access
from sochihoi.domain.vietnamese import fold
from sochihoi.i18n import _, clock, ngettext, number, pgettext, short_date
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.forms import PlainCombo
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.part import Part
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words import privacy as words

SENSITIVE, VIEWED, LEFT = "sensitive", "viewed", "left"


def build(context: Context) -> Part:
    """The log."""
    return AccessPart(context)


class AccessPart(Part):
    """The newest rows first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: tuple[Access, ...] = ()
        self._names: dict[str, str] = {}
        row = QHBoxLayout()
        row.setSpacing(style.sizes().space_2)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a name or a list…"))
        self.search.setAccessibleName(_("Find a name or a list…"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())
        row.addWidget(self.search, 2)
        self.who = PlainCombo()
        self.who.setAccessibleName(_("Account"))
        self.who.activated.connect(lambda _at: self._filter())
        row.addWidget(self.who, 1)
        self.chips = Chips()
        self.chips.add(SENSITIVE, _("Sensitive fields"))
        self.chips.add(VIEWED, _("Looked at"))
        self.chips.add(LEFT, _("Printed or exported"))
        self.chips.changed.connect(self._filter)
        row.addWidget(self.chips, 3)
        self.column.addLayout(row)
        self.told = label("", "small", wrap=True)
        self.column.addWidget(self.told)
        columns = (
            Column[Access](lambda: _("When"), self._when, 140, sort=lambda one: one.n, key="when"),
            Column[Access](lambda: _("Who"), self._who, 150, sort=self._who, key="who"),
            Column[Access](lambda: _("What"), words.look_words, 190, key="what"),
            Column[Access](lambda: _("Whom or what about"), words.subject_words, 200, stretch=True, key="whom"),
            Column[Access](lambda: _("Fields"), words.fields_words, 220, key="fields"),
            Column[Access](
                lambda: _("Lines"),
                lambda one: number(one.count),
                70,
                sort=lambda one: one.count,
                align="right",
                key="n",
            ),
        )
        self.table: Table[Access] = Table(
            context,
            "access",
            columns,
            key=lambda one: one.n,
            noun=lambda n: ngettext("entry of the log", "entries of the log", n),
            accessible=_("Log of access"),
        )
        self.table.set_empty("eye", _("Nobody looked at sensitive data yet, and nothing was printed or exported."))
        about = About[Access](
            lambda: _("Log of access to personal data"),
            (self.search, self.who, self.chips),
            where=lambda: self.told.text().rstrip("."),
            order=lambda: pgettext("order", "the moment, the newest first"),
        )
        self.paper = ListPaper(context, self.table, about)
        self.column.addWidget(self.table, 1)

    def refresh(self) -> None:
        office = self.context.office
        self._rows = office.privacy.access.log()
        accounts = office.setup.accounts()
        self._names = {one.id: one.name for one in accounts}
        kept = self.who.currentData()
        self.who.clear()
        self.who.addItem(_("All accounts"), None)
        for one in accounts:
            self.who.addItem(one.name, one.id)
        self.who.setCurrentIndex(max(self.who.findData(kept), 0))
        self.told.setText(_("Journal code {code}.").format(code=office.privacy.access.head()))
        self._filter()

    def _filter(self) -> None:
        wanted, who, chips = fold(self.search.text()).split(), self.who.currentData(), self.chips.chosen()
        shown = [
            one
            for one in self._rows
            if who in (None, one.account_id)
            and (SENSITIVE not in chips or one.sensitive)
            and (not chips & {VIEWED, LEFT} or (VIEWED if one.looked else LEFT) in chips)
            and all(part in fold(f"{one.subject} {one.which} {self._who(one)}") for part in wanted)
        ]
        self.table.set_no_match(_("No entry of the log matches these filters.") if self._rows else None, self._clear)
        self.table.set_rows(shown)

    def _clear(self) -> None:
        self.search.clear()
        self.who.setCurrentIndex(0)
        self.chips.set_chosen(set())
        self._filter()

    def _who(self, one: Access) -> str:
        return self._names.get(one.account_id, "—")

    def _when(self, one: Access) -> str:
        local = one.at.astimezone()
        return f"{short_date(local.date())} {clock(local.time())}"

    def first_focus(self) -> QWidget | None:
        return self.search
