"""Which figures and lists each drafted sentence of a section rests on; a click on one says why it is so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label
from sochihoi.ui.shared.flow import FlowLayout
from sochihoi.ui.words.month import figure_text, in_language

if TYPE_CHECKING:
    from sochihoi.services.reporting.narrative import SectionText
    from sochihoi.services.reporting.report import Report

_NUMBER = re.compile(r"(?<![\w.,/])(\d+(?:[.,/]\d+)*)(?:\s?%)?\s+([^\W\d]+)")
# the page that a list lies on
LISTS = {
    "proposals": "meetings",
    "meetings": "meetings",
    "studies": "study",
    "targets": "targets",
    "scores": "rubric",
    "criteria": "campaign",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """A sentence with its figures and lists: (words, what a press does)."""

    text: str
    rests_on: tuple[tuple[str, Callable[[], None]], ...]


def list_name(code: str) -> str:
    """What a list is called."""
    return {
        "proposals": _("Members' proposals"),
        "meetings": _("Meetings"),
        "studies": _("Study sessions"),
        "targets": _("Targets"),
        "scores": _("Scores of branches"),
        "criteria": _("Criteria of the year"),
    }[code]


def traces_of(
    report: Report, section: SectionText, why: Callable[[str], None], go: Callable[[str], None]
) -> tuple[Trace, ...]:
    """The drafted sentences of a section; figures are those of the report's unit."""
    found = []
    for said in section.sentences:
        parts: list[tuple[str, Callable[[], None]]] = []
        for code in said.figures:
            row = report.sheet.cells.get((code, report.branch_id))
            if row is None:
                continue
            words = _("{label}: {figure}").format(
                label=in_language(row.indicator.label), figure=figure_text(row.indicator, row.now)
            )
            parts.append((words, _bound(why, code)))
        parts += [(list_name(one), _bound(go, LISTS[one])) for one in said.lists if one in LISTS]
        found.append(Trace(said.text, tuple(parts)))
    return tuple(found)


def _bound(act: Callable[[str], None], what: str) -> Callable[[], None]:
    return lambda: act(what)


def now_said(section: SectionText) -> list[str]:
    """``420 nay là 431`` where the draft says one other number of the same thing, otherwise only the number."""
    hers, new = _with_words(section.content), _with_words(section.draft)
    told, out = _("{old} is now {new}"), []
    for old in section.doubtful:
        words = {word for number, word in hers if number == old}
        found = {number for number, word in new if word in words and (number, word) not in hers}
        out.append(told.format(old=old, new=found.pop()) if len(found) == 1 else old)
    return out


def _with_words(text: str) -> set[tuple[str, str]]:
    """Every number with the word behind it."""
    return {(found[1], found[2].lower()) for found in _NUMBER.finditer(text)}


class TraceList(QWidget):
    """Sentence by sentence; ``buttons`` are the figures and lists in order."""

    def __init__(self) -> None:
        super().__init__()
        size = style.sizes()
        self.setAccessibleName(_("Sentences of the draft and their figures"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(size.space_3, 0, 0, size.space_2)
        self._column.setSpacing(size.space_1)
        self.buttons: list[QPushButton] = []

    def show_traces(self, traces: Sequence[Trace]) -> None:
        """Replace what is shown."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.buttons = []
        for one in traces:
            self._column.addWidget(label(one.text, "small", wrap=True))
            if not one.rests_on:
                self._column.addWidget(label(_("It rests on no figure."), "small", "muted"))
                continue
            row = QWidget()
            flow = FlowLayout(row, style.sizes().space_1)
            for words, press in one.rests_on:
                made = button(words, press, "quiet")
                flow.addWidget(made)
                self.buttons.append(made)
            self._column.addWidget(row)
