"""Chỉ tiêu: the targets of all units, how many have reached theirs, and each unit's own with its file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.target_totals import TargetPart, TargetTotal
from sochihoi.services.totals import Totals
from sochihoi.ui import style
from sochihoi.ui.shared.badges import Badge
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.signed_files import inspect_file
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.words import upper as words
from sochihoi.ui.words.month import period_name

_TONES = {True: "ok", False: "warn", None: "none"}

_COLUMNS: tuple[Column[TargetTotal], ...] = (
    Column(lambda: _("Target"), words.target_title, stretch=True, strong=True, key="target"),
    Column(lambda: _("Year or term"), lambda t: words.span_words(t.span), width=104, key="span"),
    Column(lambda: _("To be reached"), words.goals_of, width=290, key="goal"),
    Column(
        lambda: _("Reached together"),
        lambda t: words.figure_words(t.numerator, t.denominator, share=t.is_share),
        width=150,
        align="right",
        key="reached",
    ),
    Column(
        lambda: _("Units at their goal"),
        lambda t: f"{t.count(met=True)}/{len(t.parts)}",
        width=136,
        align="right",
        key="met",
        sort=lambda t: (t.count(met=True), len(t.parts)),
    ),
)

_PARTS: tuple[Column[TargetPart], ...] = (
    Column(
        lambda: _("Unit"),
        lambda p: p.unit_name,
        width=230,
        strong=True,
        key="unit",
        sort=lambda p: text_key(p.unit_name),
    ),
    Column(lambda: _("To be reached"), lambda p: words.goal_of(p.target), width=130, key="goal"),
    Column(
        lambda: _("Reached so far"),
        lambda p: words.figure_words(p.target.figure, p.target.whole, share=p.target.is_share),
        width=160,
        align="right",
        key="reached",
        sort=lambda p: (
            None if p.target.figure is None else p.target.figure / p.target.whole if p.target.whole else p.target.figure
        ),
    ),
    Column(
        lambda: _("Standing"),
        lambda _p: "",
        width=130,
        key="standing",
        badges=lambda p: (Badge(words.met_words(p.target.met), _TONES[p.target.met]),),
    ),
    Column(lambda: _("From the file"), lambda p: p.file.file_name, stretch=True, key="file", cut="middle"),
)


class TotalTargets(QWidget):
    """The list of targets, or each unit's part of one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = Stack()
        column.addWidget(self._stack)
        self.table: Table[TargetTotal] = Table(
            context,
            "upper.targets",
            _COLUMNS,
            key=lambda t: f"{t.code}/{t.span}",
            noun=lambda count: ngettext("target", "targets", count),
            accessible=_("Targets of all units"),
        )
        self.table.opened.connect(self.open_parts)
        month = lambda: period_name(context.period)  # noqa: E731
        self.paper = ListPaper(context, self.table, About[TargetTotal](lambda: _("Targets of all units"), where=month))
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._parts())

    def _parts(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        head = QHBoxLayout()
        self.back_button = button(_("Back to all targets"), self.back, "quiet", "arrow-left")
        self.parts_title = label("", "head")
        head.addWidget(self.back_button)
        head.addWidget(self.parts_title, 1)
        column.addLayout(head)
        self.parts: Table[TargetPart] = Table(
            self._context,
            "upper.target_parts",
            _PARTS,
            key=lambda p: p.target.unit_code,
            noun=lambda count: ngettext("unit", "units", count),
            accessible=_("Part of each unit"),
        )
        self.parts.opened.connect(self._open_file)
        about = About[TargetPart](
            lambda: _("Part of each unit"), where=self.parts_title.text, order=lambda: pgettext("order", "name")
        )
        ListPaper(self._context, self.parts, about)
        column.addWidget(self.parts, 1)
        return box

    def refresh(self, totals: Totals) -> None:
        """Show these."""
        self.table.set_empty("target", _("No unit has sent its targets for this month yet."))
        self.table.set_rows(totals.targets)
        again = next((one for one in totals.targets if (one.code, one.span) == self._shown), None)
        if self._stack.currentIndex() == 1:
            if again is None:
                self.back()
            else:
                self.open_parts(again)

    def open_parts(self, total: TargetTotal) -> None:
        """Each unit's own standing."""
        self._shown = (total.code, total.span)
        self.parts_title.setText(words.target_title(total))
        self.parts.set_rows(total.parts)
        self._stack.setCurrentIndex(1)
        self.parts.view.setFocus()

    def back(self) -> None:
        """The list of all targets."""
        self._stack.setCurrentIndex(0)
        self.table.view.setFocus()

    def escape(self) -> bool:
        """Close what is open; false when nothing was."""
        if self._stack.currentIndex() == 1:
            self.back()
            return True
        return False

    def _open_file(self, part: TargetPart) -> None:
        data = self._context.office.receiving.file_bytes(part.file.id)
        inspect_file(self._context, self, Path(part.file.file_name), data)
