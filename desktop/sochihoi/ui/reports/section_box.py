"""One section of the report: whose words these are, the field, its figures, and what can be done about a stale text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from sochihoi.i18n import _
from sochihoi.services.reporting.narrative import SectionText
from sochihoi.ui import style
from sochihoi.ui.reports.traces import Trace, TraceList, now_said
from sochihoi.ui.shared.badges import pill, set_pill
from sochihoi.ui.shared.buttons import button, label, strong
from sochihoi.ui.shared.forms import LongTextField

LEAST_LINES, MOST_LINES, LETTERS = 2, 16, 88


class SectionBox(QWidget):
    """One section: numeral and heading, whose words these are, the field, and what can be done about a stale text.

    ``traces`` gives the drafted sentences with what they rest on. ``phrases_wanted(code)``: its menu of phrases.
    """

    written = Signal(str, str)
    restored = Signal(str)
    kept = Signal(str)
    phrases_wanted = Signal(str)

    def __init__(
        self, section: SectionText, traces: Callable[[SectionText], Sequence[Trace]], *, may_write: bool
    ) -> None:
        super().__init__()
        size = style.sizes()
        self.code, self._traces = section.section.code, traces
        self.section = section
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
        self.field.left.connect(lambda: self.written.emit(self.code, str(self.field.value() or "")))
        self.field.text.textChanged.connect(self._mark)
        column.addWidget(self.field)
        column.addWidget(self._below())
        self.figures = TraceList()
        self.figures.hide()
        column.addWidget(self.figures)
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
        self._may_write = may_write
        self.show_section(section)

    def _below(self) -> QWidget:
        """Under the field: the figures of the draft, phrases, back to the draft."""
        self._deeds = QWidget()
        row = QHBoxLayout(self._deeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.sizes().space_1)
        self.figures_button = button("", self._turn, "quiet", "info")
        row.addWidget(self.figures_button)
        self.phrases_button = button(_("Phrases"), lambda: self.phrases_wanted.emit(self.code), "quiet", "list")
        row.addWidget(self.phrases_button)
        self._back = button(_("Back to the draft"), lambda: self.restored.emit(self.code), "quiet", "undo-2")
        row.addWidget(self._back)
        row.addStretch(1)
        return self._deeds

    def set_may_write(self, *, may_write: bool) -> None:
        """Whether the words can be changed."""
        self._may_write = may_write
        self.show_section(self.section)

    def show_section(self, section: SectionText, *, anew: bool = False) -> None:
        """Other words, or the same ones with another state; what is being typed stays unless ``anew``."""
        self.section = section
        numeral = f"{section.numeral}. " if section.numeral else ""
        words = f"{numeral}{section.heading}"
        self.heading.setText(words if section.section.level == 1 else strong(escape(words)))
        # a part that only gathers the ones below it has no words
        is_heading = not section.section.sentences and not section.section.prompt and not section.content
        self.field.setVisible(not is_heading)
        self.state.setVisible(not is_heading and self._may_write)
        self.field.set_read_only(read_only=not self._may_write)
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
        self._stale_words.setText(stale_words(section))
        self._stale.setVisible(section.stale and self._may_write)
        self._back.setVisible(section.edited and not section.stale and self._may_write)
        self.phrases_button.setVisible(self._may_write and not is_heading)
        self.figures_button.setVisible(bool(section.sentences))
        self._deeds.setVisible(bool(section.sentences) or (self._may_write and not is_heading))
        self._mark()
        self._show_figures()

    # ------------------------------------------------------------------ its figures

    def _turn(self) -> None:
        self.figures.setVisible(self.figures.isHidden())
        self._show_figures()

    def _show_figures(self) -> None:
        open_ = not self.figures.isHidden()
        words = _("Hide the figures") if open_ else _("Figures")
        self.figures_button.setText(f"  {words}")
        self.figures_button.setAccessibleName(_("{deed}: {section}").format(deed=words, section=self.section.heading))
        if open_:
            self.figures.show_traces(self._traces(self.section))

    def _mark(self) -> None:
        """Numbers that the figures no longer bear out are marked in her words."""
        tokens, marks = style.tokens(), []
        document = self.field.text.document()
        for said in self.section.doubtful:
            at = QTextCursor(document)
            while not (at := document.find(said, at)).isNull():
                if is_whole(document.toPlainText(), at.selectionStart(), at.selectionEnd()):
                    one = QTextEdit.ExtraSelection()
                    look = QTextCharFormat()
                    look.setBackground(QColor(tokens.warn_soft))
                    look.setForeground(QColor(tokens.warn))
                    look.setFontUnderline(True)
                    one.format, one.cursor = look, at  # type: ignore[attr-defined]
                    marks.append(one)
        self.field.text.setExtraSelections(marks)

    def insert(self, text: str) -> None:
        """Put a phrase where the cursor stands, and save the section."""
        cursor = self.field.text.textCursor()
        before = self.field.text.toPlainText()[: cursor.selectionStart()]
        cursor.insertText(text if not before or before[-1].isspace() else f" {text}")
        self.field.text.setTextCursor(cursor)
        self.field.text.setFocus()
        self.written.emit(self.code, str(self.field.value() or ""))

    def selection(self) -> str:
        """The words that are chosen in the field."""
        return self.field.text.textCursor().selectedText().replace("\u2029", "\n").strip()


def stale_words(section: SectionText) -> str:
    """What no longer agrees: the very numbers where they are known, otherwise the new draft."""
    draft = section.draft.replace("\n", " ") or _("nothing")
    if not section.doubtful:
        return _("Figures in this section changed after you wrote it. The draft now says: {draft}").format(draft=draft)
    return _("These numbers no longer agree with the figures: {numbers}. The draft now says: {draft}").format(
        numbers="; ".join(now_said(section)), draft=draft
    )


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a number found in a text is not a part of a longer one: 42 is not in 420, nor in 42,5."""
    before, after = text[:start], text[end:]
    left = before[-1:].isdigit() or (before[-1:] in tuple(".,/") and before[-2:-1].isdigit())
    right = after[:1].isdigit() or (after[:1] in tuple(".,/") and after[1:2].isdigit())
    return not (left or right)


def lines_for(text: str) -> int:
    """How high a field is: as its words need, within bounds."""
    wrapped = sum(1 + len(line) // LETTERS for line in text.split("\n"))
    return max(LEAST_LINES, min(MOST_LINES, wrapped + 1))
