"""Nghi trùng: women whom two communes list under one identification number. The two are asked; nothing is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.cross_duplicates import Pair, Side
from sochihoi.domain.errors import UserError
from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, number, pgettext
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import ask
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.words.leaving import pair_words


def _told(pair: Pair, side: Side) -> str:
    """Where she is listed there, and whether that unit was told."""
    told = _("told in its receipt") if side.unit_code in pair.told else _("not told yet")
    return " · ".join(part for part in (side.branch, told) if part)


_COLUMNS: tuple[Column[Pair], ...] = (
    Column(
        lambda: _("Full name"),
        lambda r: r.one.full_name,
        stretch=True,
        strong=True,
        key="one",
        small=lambda r: " · ".join(part for part in (r.one.code, r.one.birth) if part),
        sort=lambda r: text_key(r.one.full_name),
    ),
    Column(
        lambda: pgettext("of a pair", "In the unit"),
        lambda r: r.one.unit_name,
        width=270,
        key="unit",
        small=lambda r: _told(r, r.one),
        sort=lambda r: text_key(r.one.unit_name),
    ),
    Column(
        lambda: pgettext("of a pair", "And there as"),
        lambda r: r.other.full_name,
        width=220,
        strong=True,
        key="other",
        small=lambda r: " · ".join(part for part in (r.other.code, r.other.birth) if part),
    ),
    Column(
        lambda: pgettext("of a pair", "In the second unit"),
        lambda r: r.other.unit_name,
        width=270,
        key="second",
        small=lambda r: _told(r, r.other),
    ),
)


class TwiceTab(QWidget):
    """One line a pair that nobody has looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.note = label("", "small", wrap=True)
        column.addWidget(self.note)
        self.table: Table[Pair] = Table(
            context,
            "upper.twice",
            _COLUMNS,
            key=lambda r: r.key,
            noun=lambda count: ngettext("pair", "pairs", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Women on two lists"),
        )
        self.table.opened.connect(self.ask)
        self.deeds = [
            self.table.add_footer_action(_("Ask both units now…"), lambda: self._chosen(self.ask), "message-square"),
            self.table.add_footer_action(_("They are two women"), lambda: self._chosen(self.say_distinct), "users"),
        ]
        about = About[Pair](lambda: _("Women on two lists"), order=lambda: pgettext("order", "unit"))
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def refresh(self) -> None:
        """Read them again."""
        service = self._context.office.cross_duplicates
        listed = service.listed()
        if listed:
            units = ngettext("{count} unit", "{count} units", len(listed)).format(count=number(len(listed)))
            told = _("Lists of members came from {units}. Each pair is told to its two units alone, in their receipts.")
            self.note.setText(told.format(units=units))
            empty = _("No woman is on the lists of two units.")
        else:
            self.note.setText("")
            empty = _("No list of members has come. Units send one only when a pack of definitions asks for it.")
        self.table.set_empty("users", empty)
        pairs = service.pairs()
        self.table.set_rows(pairs)
        for one in self.deeds:
            one.setVisible(bool(pairs) and not self._context.read_only)

    def _menu(self, pair: Pair) -> Sequence[MenuItem | None]:
        can = not self._context.read_only
        return (
            MenuItem(_("Ask both units now…"), lambda: self.ask(pair), "message-square", enabled=can),
            MenuItem(_("They are two women"), lambda: self.say_distinct(pair), "users", enabled=can),
        )

    def _chosen(self, deed: Callable[[Pair], None]) -> None:
        pair = self.table.current()
        if pair is not None:
            deed(pair)

    def ask(self, pair: Pair) -> None:
        """Each unit gets a new receipt about its own entry."""
        if self._context.read_only:
            return
        told = _("Each gets a new receipt that names its own entry and the other unit, nothing more of the other side.")
        if not ask(
            self, _("Ask both units about this woman?"), f"{pair_words(pair)} {told}", _("Ask both"), _("Leave it")
        ):
            return
        try:
            self._context.office.cross_duplicates.ask(pair)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("Both units are asked in a new receipt."))
        self._context.shell.refresh_page()

    def say_distinct(self, pair: Pair) -> None:
        """They are not asked about again."""
        try:
            self._context.office.cross_duplicates.say_distinct(pair)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
            return
        self._context.shell.toast(_("Remembered: they are two women."), self._undo)
        self.refresh()

    def _undo(self) -> None:
        try:
            self._context.office.history.undo()
        except UserError as problem:
            self._context.shell.show_error(problem)
        self.refresh()
