"""The units below: who is known, who has sent, who not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochihoi.domain.errors import UserError
from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.receiving import UnitBelow
from sochihoi.services.totals import Totals
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.dialogs import choose_target
from sochihoi.ui.shared.flow import Chips
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.table import Column, MenuItem, Table
from sochihoi.ui.upper import presenter
from sochihoi.ui.upper.deeds import InboxDeeds
from sochihoi.ui.upper.presenter import UnitRow
from sochihoi.ui.words.month import period_name
from sochihoi.ui.words.sync import level_words

_COLUMNS: tuple[Column[UnitRow], ...] = (
    Column(lambda: _("Code"), lambda r: r.code, width=84, key="code", sort=lambda r: r.code),
    Column(lambda: _("Unit"), lambda r: r.name, stretch=True, strong=True, key="name", sort=lambda r: text_key(r.name)),
    Column(lambda: _("Level of the Union"), lambda r: level_words(r.level), width=130, key="level"),
    Column(
        lambda: _("This month"),
        lambda _r: "",
        width=130,
        key="state",
        badges=lambda r: (Badge(r.state, r.tone),),
        sort=lambda r: r.state,
    ),
    Column(lambda: _("Newest file"), lambda r: r.last, width=256, key="last"),
    Column(
        lambda: _("Key"),
        lambda r: r.key,
        width=256,
        key="accepted",
        small=lambda r: r.before,
        tone=lambda r: "text" if r.has_key else "bad",
        tip=lambda r: r.before,
    ),
)


class Units(QWidget):
    """One line a unit whose key was accepted, also once it was revoked."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: list[UnitRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.chips = Chips()
        self.chips.add("missing", _("Has not sent"))
        self.chips.add("ended", _("Key revoked or replaced"))
        self.chips.changed.connect(self._show)
        column.addWidget(self.chips)
        self.table: Table[UnitRow] = Table(
            context,
            "upper.units",
            _COLUMNS,
            key=lambda r: r.code,
            noun=lambda count: ngettext("unit known", "units known", count),
            menu=self._menu,
            two_lines=True,
            accessible=_("Units below"),
        )
        self.deeds = InboxDeeds(context, self, lambda: None)
        self.table.add_footer_action(_("Save the keys for ssh-keygen"), self.save_signers, "download")
        about = About[UnitRow](
            lambda: _("Units below"),
            (self.chips,),
            where=lambda: period_name(context.period),
            order=lambda: pgettext("order", "name"),
        )
        self.paper = ListPaper(context, self.table, about)
        column.addWidget(self.table, 1)

    def refresh(self, totals: Totals, units: Sequence[UnitBelow], *, due: bool) -> None:
        """Show these units. ``due``: the files of the period should be here."""
        sent = frozenset(one.unit_code for one in totals.sent)
        self._rows = [presenter.of_unit(unit, sent, due=due) for unit in units]
        self.table.set_empty("building-2", _("No unit is known yet. Accept the key file of each unit first."))
        self.chips.set_count("missing", sum(1 for row in self._rows if row.owes and not row.sent) or None)
        self.chips.set_count("ended", sum(1 for row in self._rows if row.ended) or None)
        self._show()

    def _show(self) -> None:
        chosen = self.chips.chosen()
        rows = [row for row in self._rows if "missing" not in chosen or (row.owes and not row.sent)]
        told = _("Every known unit has sent this month.") if chosen == {"missing"} else None
        if "ended" in chosen:
            rows = [row for row in rows if row.ended]
            told = _("No key of this kind.")
        self.table.set_no_match(told, lambda: self.chips.set_chosen(set()))
        self.table.set_rows(rows)

    def _menu(self, row: UnitRow) -> Sequence[MenuItem | None]:
        period, deeds, can = self._context.period, self.deeds, not self._context.read_only
        return (
            MenuItem(_("Code for the missing months…"), lambda: deeds.missing(row.code, row.name, period), "qr-code"),
            MenuItem(
                _("Ask the unit to look at a figure…"),
                lambda: deeds.ask_unit(row.code, row.name, [period.code]),
                "pencil",
                enabled=can,
            ),
            MenuItem(_("Write its return file…"), lambda: deeds.write_returns([row.code]), "file-check", enabled=can),
        )

    def save_signers(self) -> None:
        """``allowed_signers``: whoever has OpenSSH can verify files with it."""
        target = choose_target(self, _("Save the keys for ssh-keygen"), "allowed_signers", _("All files (*)"))
        if target is None:
            return
        try:
            self._context.office.receiving.write_allowed_signers(target, overwrite=True)
        except (UserError, OSError) as problem:
            self._context.shell.show_error(problem)
        else:
            self._context.shell.toast(_("Saved: {file}").format(file=target))
