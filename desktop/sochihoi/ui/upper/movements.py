"""Members on their way between the units below: their open tickets, by number, each with what it waits for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from sochihoi.domain.movements import Movement
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.board import BoardSheet
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import Dialog
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words import movements as words

_WIDTH = 1120


class MovementsDialog(Dialog):
    """One line a ticket, the late ones first."""

    def __init__(self, context: Context, parent: QWidget | None, sheet: BoardSheet) -> None:
        super().__init__(parent, _("Members on their way"), width=_WIDTH)
        text = _(
            "The units tell of their transfer tickets without a name. A woman counts where she was until the other unit"
            " has accepted her, then there, and in the totals once. Name the ticket number to the unit: it finds her."
        )
        self.body.addWidget(label(text, wrap=True))
        self.table: Table[Movement] = Table(
            context,
            "upper.movements",
            _columns(sheet),
            key=lambda one: f"{one.ticket}{one.from_unit}{one.to_unit}",
            noun=lambda count: ngettext("open ticket", "open tickets", count),
            two_lines=True,
            accessible=_("Members on their way"),
        )
        self.table.setMinimumHeight(320)
        about = About[Movement](
            lambda: _("Members on their way"), order=lambda: pgettext("order", "the late ones first")
        )
        self.paper = ListPaper(context, self.table, about)
        self.table.set_rows(words.in_order(sheet))
        self.body.addWidget(self.table, 1)
        self.add_button(_("Close"), self.accept, "primary", default=True)


def _columns(sheet: BoardSheet) -> tuple[Column[Movement], ...]:
    return (
        Column(
            lambda: pgettext("of a transfer", "From"),
            lambda one: sheet.name_of(one.from_unit),
            width=220,
            key="from",
            small=lambda one: words.number_words(one.ticket),
        ),
        Column(
            lambda: pgettext("of a transfer", "To"),
            lambda one: sheet.name_of(one.to_unit),
            width=220,
            key="to",
            small=lambda one: words.age_words(one, sheet),
        ),
        Column(
            lambda: _("State"),
            lambda _one: "",
            width=124,
            key="state",
            badges=lambda one: (
                Badge(_("Over 60 days"), "bad")
                if one.is_late(sheet.today)
                else Badge(pgettext("of a ticket", "Open"), "none"),
            ),
        ),
        Column(
            lambda: _("What it waits for"),
            lambda one: words.waits_words(one).what,
            stretch=True,
            key="waits",
            small=lambda one: words.waits_words(one).todo,
            tip=lambda one: str(words.waits_words(one)),
        ),
    )
