"""Closing and reports at a level above: what its units sent, frozen with its files, reported, sent onward."""

from __future__ import annotations

from collections.abc import Container

from sochihoi.domain.periods import Period
from sochihoi.i18n import _
from sochihoi.ui.reports.figures_view import FiguresView
from sochihoi.ui.reports.presenter import ALL, FigureRow, ReportsPresenter
from sochihoi.ui.shared.context import Context


class AbovePresenter(ReportsPresenter):
    """Nothing is entered here, and every figure of every unit is of interest."""

    def rows(self, which: str, asked: Container[str] = ()) -> list[FigureRow]:
        """Of the short list, or all that a unit sent."""
        rows = super().rows(which, asked)
        shown = [one for one in rows if one.row is None or which != ALL or one.row.now.known]
        return [FigureRow(one.key, one.label, one.row) for one in shown]

    def state_words(self, period: Period) -> tuple[str, str]:
        """A closed month says when units sent since."""
        kind, text = super().state_words(period)
        if any(one.check == "above.newer" for one in self.checks.findings):
            return "warn", _("{state} Units have sent since: a supplement takes their figures in.").format(state=text)
        return kind, text


class AboveFigures(FiguresView):
    """The figures of all units together: Enter leads to each unit and its file."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = AbovePresenter(context.office)

    def open_list(self, code: str) -> None:
        """The units behind a figure, on their page."""
        self.context.shell.go("upper", tab="figures", code=code)

    def open_entry(self, code: str) -> None:
        """Figures come with the files of the units."""

    def _is_plain(self, code: str) -> bool:
        return False

    def help_text(self) -> str:
        parts = (
            _("The figures of all units that sent, beside the month before and the sum from January."),
            _("Ctrl+I says why a figure is what it is and leads to each unit, its branches and its signed file."),
            _("Closing freezes the figures with the list of files; a file that comes later needs a supplement."),
            _("A level above of your own gets the closed month under “Sending and receiving”."),
        )
        return "".join(f"<p>{part}</p>" for part in parts)
