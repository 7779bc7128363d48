"""One section of the report: whose words these are, the field, and what can be done about a stale text."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.ui import style
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.buttons import button, label, strong
from sochihoi.ui.shared.forms import LongTextField

LEAST_LINES, MOST_LINES, LETTERS = 2, 16, 88


class SectionBox(QWidget):
    """One section: numeral and heading, whose words these are, the field, and what can be done about a stale text."""

    written = Signal(str, str)
    restored = Signal(str)
    kept = Signal(str)

    def __init__(self, section: SectionText, *, may_write: bool) -> None:
        super().__init__()
        size = style.sizes()
        self.code = section.section.code
        column = QVBoxLayout(self)
        indent = size.space_4 if section.section.level == 2 else 0
        column.setContentsMargins(indent, 0, 0, 0)
        column.setSpacing(size.space_1)
        head = QHBoxLayout()
        self.heading = label("", "" if section.section.level == 2 else "head", wrap=True)
        head.addWidget(self.heading, 1)
        self.state = pill("")
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.field = LongTextField(
            self.code, section.heading, hint=section.section.prompt, lines=lines_for(section.content)
        )
        self.field.label.hide()
        self.field.set_read_only(read_only=not may_write)
        self.field.left.connect(lambda: self.written.emit(self.code, str(self.field.value() or "")))
        column.addWidget(self.field)
        is_heading = not section.section.sentences and not section.section.prompt and not section.content
        self.field.setVisible(not is_heading)  # a part that only gathers the ones below it
        self.state.setVisible(not is_heading)
        self._stale = QWidget()
        row = QHBoxLayout(self._stale)
        row.setContentsMargins(0, 0, 0, 0)
        self._stale_words = label("", "small", "warn", wrap=True)
        row.addWidget(self._stale_words, 1)
        self.keep_button = button(_("My words are right"), lambda: self.kept.emit(self.code), "quiet")
        self.draft_button = button(_("Take the new draft"), lambda: self.restored.emit(self.code), "quiet")
        row.addWidget(self.keep_button)
        row.addWidget(self.draft_button)
        column.addWidget(self._stale)
        self._back = button(_("Back to the draft"), lambda: self.restored.emit(self.code), "quiet", "undo-2")
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._may_write = may_write
        self.show_section(section)

    def show_section(self, section: SectionText, *, anew: bool = False) -> None:
        """Other words, or the same ones with another state; what is being typed stays unless ``anew``."""
        numeral = f"{section.numeral}. " if section.numeral else ""
        words = f"{numeral}{section.heading}"
        self.heading.setText(words if section.section.level == 1 else strong(escape(words)))
        if (anew or not self.field.text.hasFocus()) and self.field.value() != (section.content or None):
            self.field.set_value(section.content)
            space = 2 * style.sizes().space_2 + 2
            line = self.field.text.fontMetrics().lineSpacing()
            self.field.text.setFixedHeight(line * lines_for(section.content) + space)
        if section.stale:
            set_pill(self.state, _("figures changed"), "warn")
        elif section.edited:
            set_pill(self.state, _("your words"), "info")
        elif section.content:
            set_pill(self.state, _("draft from the figures"), "none")
        else:
            set_pill(self.state, _("left out while empty"), "none")
        self._stale_words.setText(
            _("Figures in this section changed after you wrote it. The draft now says: {draft}").format(
                draft=section.draft.replace("\n", " ") or _("nothing")
            )
        )
        self._stale.setVisible(section.stale and self._may_write)
        self._back.setVisible(section.edited and not section.stale and self._may_write)


def lines_for(text: str) -> int:
    """How high a field is: as its words need, within bounds."""
    wrapped = sum(1 + len(line) // LETTERS for line in text.split("\n"))
    return max(LEAST_LINES, min(MOST_LINES, wrapped + 1))
