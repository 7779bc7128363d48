"""The card at the right: what must be mended, what needs a reason, what is only said; each with its button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sochihoi.domain.months import CheckLevel, Finding
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import button, label, rule
from sochihoi.ui.shared.forms import scrolled
from sochihoi.ui.words.findings import button_words, finding_hint, finding_text
from sochihoi.ui.words.month import level_name, reason_line

_LOOK = {
    CheckLevel.ERROR: ("circle-x", "bad"),
    CheckLevel.WARNING: ("triangle-alert", "warn"),
    CheckLevel.NOTE: ("info", "info"),
}


class ChecksCard(QFrame):
    """``go(finding)``: the page concerned; ``reason(finding)``: write why."""

    go = Signal(object)
    reason = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        size = style.sizes()
        self.setAccessibleName(_("Checks before closing"))
        column = QVBoxLayout(self)
        column.setContentsMargins(size.space_4, size.space_3, size.space_2, size.space_3)
        column.setSpacing(size.space_2)
        self._title = label(_("Checks before closing"), "head")
        column.addWidget(self._title)
        self._counts = label("", "small", wrap=True)
        column.addWidget(self._counts)
        self._body = QWidget()
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, size.space_2, 0)
        self._list.setSpacing(size.space_2)
        column.addWidget(scrolled(self._body), 1)

    def show_findings(
        self, groups: Sequence[tuple[CheckLevel, Sequence[Finding]]], counts: str, *, closed: bool, may_write: bool
    ) -> None:
        """Replace what is shown; of a closed month what was found when it was closed, without buttons."""
        self._title.setText(_("Found when it was closed") if closed else _("Checks before closing"))
        self._counts.setText(counts)
        self._counts.setVisible(bool(counts))
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not groups:
            text = _("Nothing was found.") if closed else _("All is in order. The month can be closed.")
            self._list.addWidget(label(text, tone="ok", wrap=True))
        for level, findings in groups:
            self._list.addWidget(rule())
            self._list.addWidget(label(level_name(level), "caption", _LOOK[level][1]))
            for one in findings:
                self._list.addWidget(self._line(one, closed=closed, may_write=may_write))
        self._list.addStretch(1)

    def _line(self, one: Finding, *, closed: bool, may_write: bool) -> QWidget:
        size = style.sizes()
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, size.space_1)
        row.setSpacing(size.space_2)
        icon = QLabel()
        style.put_icon(icon, *_LOOK[one.level])
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(finding_text(one), wrap=True))
        is_warning = one.level is CheckLevel.WARNING
        under = reason_line(one) if is_warning else finding_hint(one)
        if under:
            words.addWidget(label(under, "small", wrap=True))
        row.addLayout(words, 1)
        if not closed:
            if is_warning and may_write:
                row.addWidget(self._button(one, button_words(one), self.reason), 0, Qt.AlignmentFlag.AlignTop)
            elif one.page and not is_warning:
                row.addWidget(self._button(one, button_words(one), self.go), 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _button(self, one: Finding, text: str, press: object) -> QWidget:
        made = button(text, lambda: press.emit(one), "quiet")  # type: ignore[attr-defined]
        made.setAccessibleName(f"{text}: {finding_text(one)}")
        made.setObjectName(one.code)
        return made
