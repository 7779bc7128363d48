"""Under the grid: whose cell the frame is on, what the criterion asks, and its note."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from sochihoi.domain.campaign import Criterion
from sochihoi.domain.campaign_records import SheetRow
from sochihoi.domain.vietnamese import nfc
from sochihoi.i18n import _
from sochihoi.ui import style
from sochihoi.ui.campaign import presenter
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.words.campaign import in_words


class Below(QFrame):
    """``noted(row, criterion, text)`` when a changed note is left or Enter is pressed; ``left`` back to the grid."""

    noted = Signal(object, object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._shown: tuple[SheetRow, Criterion] | None = None
        self._low = self._read_only = False
        size = style.sizes()
        row = QHBoxLayout(self)
        row.setContentsMargins(size.space_3, size.space_3, size.space_3, size.space_3)
        row.setSpacing(size.space_5)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.household = label("", "small")
        self.title = label("", "head", wrap=True)
        self.guidance = label("", tone="muted", wrap=True)
        for one in (self.household, self.title, self.guidance):
            words.addWidget(one)
        words.addStretch(1)
        row.addLayout(words, 1)
        side = QVBoxLayout()
        side.setSpacing(size.space_1)
        caption = label(_("&Note (F2)"), "caption")
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("Why it is not met, what help is needed…"))
        self.note.setAccessibleName(_("Note on this criterion"))
        self.note.setFixedWidth(round(340 * size.body / 14))
        caption.setBuddy(self.note)
        side.addWidget(caption)
        side.addWidget(self.note)
        side.addStretch(1)
        row.addLayout(side)
        self.note.editingFinished.connect(self.flush)
        self.note.installEventFilter(self)

    def set_narrow(self, *, narrow: bool) -> None:
        """A shorter note field where the window is narrow."""
        self.note.setFixedWidth(round((240 if narrow else 340) * style.sizes().body / 14))

    def set_low(self, *, low: bool) -> None:
        """Household and criterion on one line where the window is low: the grid gets a row more."""
        self._low = low
        self.household.setVisible(not low)
        self.show_cell(self._shown, read_only=self._read_only)

    def show_cell(self, found: tuple[SheetRow, Criterion] | None, *, read_only: bool) -> None:
        """Another cell; a note that was being typed is saved first."""
        same = self._same(found)
        if not same:
            self.flush()
        self._shown, self._read_only = found, read_only
        self.note.setEnabled(found is not None)
        if found is None:
            for one in (self.household, self.title, self.guidance, self.note):
                one.setText("")
            return
        row, criterion = found
        self.household.setText(presenter.household_words(row))
        title = in_words(criterion.label)
        self.title.setText(f"{row.line.head} · {title}" if self._low else title)
        self.guidance.setText(presenter.guidance(criterion))
        self.note.setReadOnly(read_only or row.done_on is not None)
        if not (same and self.note.hasFocus() and self.note.isModified()):
            self.note.setText(row.note(criterion.code))

    def _same(self, found: tuple[SheetRow, Criterion] | None) -> bool:
        if found is None or self._shown is None:
            return False
        return (found[0].household_id, found[1].code) == (self._shown[0].household_id, self._shown[1].code)

    def flush(self) -> None:
        """Save what stands in the field, if it was changed."""
        if self._shown is None or not self.note.isModified():
            return
        self.note.setModified(False)
        row, criterion = self._shown
        text = nfc(self.note.text())
        if text != row.note(criterion.code):
            self.noted.emit(row, criterion, text)

    def edit(self) -> None:
        """F2."""
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.note.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.note and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
                Qt.KeyboardModifier.ControlModifier
            ):
                self.flush()
                self.left.emit()
                return True
            if event.key() == Qt.Key.Key_Escape:
                if self._shown is not None:
                    self.note.setText(self._shown[0].note(self._shown[1].code))
                self.left.emit()
                return True
        return super().eventFilter(watched, event)
