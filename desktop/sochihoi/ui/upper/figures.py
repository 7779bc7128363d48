"""Tổng hợp: the figures of all units together, why each is what it is, and each unit's part with its file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.domain.vietnamese import text_key
from sochihoi.i18n import _, ngettext, pgettext
from sochihoi.services.totals import Share, Totals
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.context import Context
from sochihoi.ui.shared.listing.offer import ListPaper
from sochihoi.ui.shared.listing.reading import About
from sochihoi.ui.shared.message_bar import MessageBar
from sochihoi.ui.shared.panel import PanelHost
from sochihoi.ui.shared.signed_files import inspect_file
from sochihoi.ui.shared.stack import Stack
from sochihoi.ui.shared.table import Column, Table
from sochihoi.ui.shared.why import Why, WhyPanel
from sochihoi.ui.upper import presenter
from sochihoi.ui.upper.presenter import TotalLine
from sochihoi.ui.words.month import in_language, period_name


class TotalFigures(QWidget):
    """The list of figures, or each unit's part of one of them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._totals: Totals | None = None
        self._line: TotalLine | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = Stack()
        column.addWidget(self._stack)
        self._stack.addWidget(self._whole())
        self._stack.addWidget(self._parts())

    def _whole(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        self.notice = MessageBar(closable=False)
        column.addWidget(self.notice)
        self.known_only = QCheckBox(_("Only figures that a unit has sent"))
        self.known_only.setChecked(True)
        self.known_only.toggled.connect(lambda _on: self._show())
        row = QHBoxLayout()
        row.addWidget(self.known_only)
        row.addStretch(1)
        column.addLayout(row)
        columns: tuple[Column[TotalLine], ...] = (
            Column(
                lambda: _("Figure"),
                lambda t: in_language(t.row.indicator.label) if t.row else "",
                stretch=True,
                key="figure",
            ),
            Column(lambda: _("This month"), presenter.now_text, width=106, align="right", strong=True, key="now"),
            Column(lambda: _("Month before"), presenter.previous_text, width=102, align="right", key="before"),
            Column(
                lambda: _("Change"), presenter.change, width=80, align="right", key="change", tone=lambda _t: "muted"
            ),
            Column(lambda: _("From January"), presenter.so_far_text, width=106, align="right", key="so_far"),
            Column(
                lambda: _("Units"),
                lambda t: f"{t.units}/{self._totals.known}" if t.row and self._totals else "",
                width=54,
                align="right",
                key="units",
                tone=lambda _t: "muted",
            ),
            Column(
                lambda: _("Why?"),
                lambda _t: "",
                width=56,
                align="centre",
                key="why",
                icon=lambda t: ("info", "info") if t.row else None,
                on_paper=False,
                spoken=lambda _t: _("Why this number?"),
            ),
        )
        self.table: Table[TotalLine] = Table(
            self._context,
            "upper.totals",
            columns,
            key=lambda t: t.code,
            section=lambda t: t.band or None,
            dense=True,
            cells=True,
            accessible=_("Figures of all units"),
        )
        self.table.opened.connect(lambda _row: self.why())
        about = About[TotalLine](lambda: _("Figures of all units"), where=lambda: period_name(self._context.period))
        self.paper = ListPaper(self._context, self.table, about)
        self.table.view.clicked.connect(self._clicked)
        self.panel = WhyPanel()
        self.host = PanelHost(self._context, self.table, self.panel)
        column.addWidget(self.host, 1)
        return box

    def _parts(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.sizes().space_2)
        head = QHBoxLayout()
        self.back_button = button(_("Back to all figures"), self.back, "quiet", "arrow-left")
        head.addWidget(self.back_button)
        self.parts_title = label("", "head")
        head.addWidget(self.parts_title)
        head.addStretch(1)
        column.addLayout(head)
        columns: tuple[Column[Share], ...] = (
            Column(
                lambda: _("Unit"),
                lambda s: s.unit_name,
                width=260,
                strong=True,
                key="unit",
                sort=lambda s: text_key(s.unit_name),
            ),
            Column(
                lambda: _("This month"),
                lambda s: self._words(s, "now"),
                width=170,
                align="right",
                key="now",
                sort=lambda s: s.now.measure,
            ),
            Column(lambda: _("Change"), self._change, width=96, align="right", key="change"),
            Column(lambda: _("From January"), lambda s: self._words(s, "so_far"), width=170, align="right", key="far"),
            Column(lambda: _("Edition"), lambda s: str(s.edition), width=72, align="right", key="edition"),
            Column(lambda: _("From the file"), lambda s: s.file.file_name, stretch=True, key="file", cut="middle"),
        )
        self.parts: Table[Share] = Table(
            self._context,
            "upper.parts",
            columns,
            key=lambda s: s.unit_code,
            noun=lambda count: ngettext("unit", "units", count),
            accessible=_("Part of each unit"),
        )
        self.parts.opened.connect(self._open_file)
        parts = About[Share](
            lambda: _("Part of each unit"), where=self.parts_title.text, order=lambda: pgettext("order", "name")
        )
        ListPaper(self._context, self.parts, parts)
        column.addWidget(self.parts, 1)
        return box

    # ------------------------------------------------------------------ showing

    def refresh(self, totals: Totals) -> None:
        """Show these totals."""
        self._totals = totals
        missing = presenter.missing_words(totals)
        if missing:
            self.notice.say("warn", missing)
        else:
            self.notice.clear()
        self.table.set_empty("chart-column", _("No unit has sent the figures of this month yet."))
        self._show()
        if self._stack.currentIndex() == 1 and self._line is not None:
            self.open_parts(self._line.code)

    def _show(self) -> None:
        if self._totals is not None:
            lines = presenter.total_lines(self._totals, known_only=self.known_only.isChecked())
            self.table.set_rows(lines if self._totals.sent or not self.known_only.isChecked() else ())

    def _clicked(self) -> None:
        column = self.table.current_column()
        if column is not None and column.key == "why":
            self.why()

    def why(self) -> None:
        """Open "Vì sao" for the chosen figure."""
        line = self.table.current()
        if line is None or line.row is None or self._totals is None:
            return
        indicator = line.row.indicator
        self.panel.show_why(
            Why(
                title=in_language(indicator.label),
                figure=presenter.now_text(line),
                definition=in_language(indicator.definition),
                how=presenter.how(line, self._totals),
                left_out=in_language(indicator.left_out),
                list_words=_("Each unit and its file"),
                open_list=(lambda: self.open_parts(indicator.code)) if line.units else None,
            )
        )

    def open_parts(self, code: str) -> None:
        """Each unit's part of a figure."""
        if self._totals is None:
            return
        row = next(one for one in self._totals.rows if one.indicator.code == code)
        self._line = TotalLine("", row, self._totals.counts.get(code, 0))
        self.parts_title.setText(in_language(row.indicator.label))
        self.parts.set_rows(self._context.office.receiving.totals.split(code, self._context.period))
        self._stack.setCurrentIndex(1)
        self.parts.view.setFocus()

    def back(self) -> None:
        """The list of all figures."""
        self._stack.setCurrentIndex(0)
        self.table.view.setFocus()

    def escape(self) -> bool:
        """Close what is open; false when nothing was."""
        if self._stack.currentIndex() == 1:
            self.back()
            return True
        if not self.panel.isHidden():
            self.panel.close_panel()
            return True
        return False

    def _words(self, share: Share, which: str) -> str:
        if self._line is None or self._line.row is None:
            return ""
        return presenter.share_text(self._line.row, share.now if which == "now" else share.year_to_date)

    def _change(self, share: Share) -> str:
        return "" if self._line is None or self._line.row is None else presenter.share_change(self._line.row, share)

    def _open_file(self, share: Share) -> None:
        data = self._context.office.receiving.file_bytes(share.file.id)
        inspect_file(self._context, self, Path(share.file.file_name), data)
