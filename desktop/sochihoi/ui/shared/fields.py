"""The fields of a form: label above, hint below, "(bắt buộc)" in words, error under the field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sochihoi.domain.vietnamese import nfc, nfc_lines
from sochihoi.i18n import _, phone
from sochihoi.ui import style
from sochihoi.ui.shared.buttons import label
from sochihoi.ui.shared.typed import read_number, read_phone, show_number


class Field(QWidget):
    """One named value. ``changed``: it was typed in; ``left``: it was changed and then left (the moment to save).

    ``value()`` is what it means (``None`` when empty), ``problem()`` why it cannot be read (``""`` when it can),
    ``draft()``
    what was typed, as JSON can keep it.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, name: str, title: str, editor: QWidget, *, hint: str = "", required: bool = False) -> None:
        super().__init__()
        self.name, self.title, self.required, self.editor = name, title, required, editor
        size = style.sizes()
        self._dirty = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(size.space_1)
        self.label = label("", "caption")
        required_word = _("(required)")
        shown = title.replace("&&", "\0").replace("&", "").replace("\0", "&")
        must = f" {required_word}" if required else ""
        self.label.setText(title + must)
        self.label.setBuddy(editor)
        editor.setAccessibleName(shown + must)
        editor.setAccessibleDescription(hint)
        column.addWidget(self.label)
        self.row = QHBoxLayout()  # the editor, and what stands at its right
        self.row.setSpacing(size.space_1)
        self.row.addWidget(editor, 100)  # up to its own width; the stretch after it takes the rest
        column.addLayout(self.row)
        self._hint = label(hint, "small", wrap=True)
        column.addWidget(self._hint)
        self._hint.setVisible(bool(hint))
        self._error = QLabel()
        self._error.setWordWrap(True)
        self._error.setProperty("role", "error")
        self._error.hide()
        column.addWidget(self._error)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        editor.installEventFilter(self)

    def value(self) -> Any:
        """What was typed, understood; ``None`` when nothing was."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value; this is not "typed"."""
        raise NotImplementedError

    def draft(self) -> Any:
        """What stands in the field, as JSON keeps it."""
        return self.value()

    def restore(self, draft: Any) -> None:
        """Put a draft back; it counts as typed."""
        self.set_value(draft)

    def problem(self) -> str:
        """Why the field cannot be saved as it stands; ``""`` when it can."""
        return _("Fill in this field.") if self.required and self.value() in (None, "") else ""

    def set_error(self, text: str) -> None:
        """The sentence under the field; ``""`` takes it away."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        style.set_property(self.editor, "state", "bad" if text else None)
        self.editor.setAccessibleDescription(text or self._hint.text())

    def error(self) -> str:
        """The sentence that stands under the field."""
        return self._error.text()

    def set_hint(self, text: str, tone: str = "") -> None:
        """Change the line below the field; ``tone``: ``warn`` where it is a doubt about what was typed."""
        style.set_property(self._hint, "tone", tone)
        if not self.error():
            self.editor.setAccessibleDescription(text)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    def set_read_only(self, *, read_only: bool) -> None:
        """Show without editing (closed month, role "viewer")."""
        self.editor.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self._leave()
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._dirty = True
        if self.error():
            self.set_error("")
        self.changed.emit()

    def _leave(self) -> None:
        if self._dirty:
            self._dirty = False
            self.left.emit()


class TextField(Field):
    """One line of text, in NFC, without blanks at the ends. ``letters`` is the expected length: it sets the width."""

    def __init__(
        self, name: str, title: str, *, hint: str = "", required: bool = False, letters: int = 0, placeholder: str = ""
    ) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        super().__init__(name, title, self.line, hint=hint, required=required)
        if letters:
            self.line.setMaximumWidth(width_of(self, letters))
            self.row.addStretch(1)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.editingFinished.connect(self._leave)

    def value(self) -> Any:
        return nfc(self.line.text()) or None

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else str(value))

    def draft(self) -> Any:
        return self.line.text()

    def restore(self, draft: Any) -> None:
        self.line.setText("" if draft is None else str(draft))
        self._dirty = True

    def set_read_only(self, *, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        style.set_property(self.line, "state", None)


class NumberField(TextField):
    """A number without arrows. ``value()`` is an ``int`` (no decimals) or a ``Decimal``; ``unit`` stands at its
    right.
    """

    def __init__(
        self,
        name: str,
        title: str,
        *,
        hint: str = "",
        required: bool = False,
        decimals: int = 0,
        least: int | None = None,
        most: int | None = None,
        unit: str = "",
        letters: int = 10,
    ) -> None:
        super().__init__(name, title, hint=hint, required=required, letters=letters)
        self.decimals, self.least, self.most = decimals, least, most
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if unit:
            self.row.insertWidget(1, label(unit, tone="muted"))

    def value(self) -> Any:
        found = read_number(self.line.text(), self.decimals)
        return found if found is None or self.decimals else int(found)

    def set_value(self, value: Any) -> None:
        self.line.setText(show_number(value, self.decimals))

    def problem(self) -> str:
        if self.line.text().strip() and self.value() is None:
            return _("This is not a number. Type digits only, for example {example}.").format(
                example=show_number(Decimal("72.5") if self.decimals else 12, self.decimals)
            )
        found = self.value()
        if found is not None and self.least is not None and found < self.least:
            return _("The least is {least}. Type it again.").format(least=show_number(self.least, self.decimals))
        if found is not None and self.most is not None and found > self.most:
            return _("The most is {most}. Type it again.").format(most=show_number(self.most, self.decimals))
        return super().problem()


class MoneyField(NumberField):
    """Dong, whole."""

    def __init__(self, name: str, title: str, *, hint: str = "", required: bool = False) -> None:
        super().__init__(name, title, hint=hint, required=required, least=0, unit=_("dong"), letters=14)


class PhoneField(TextField):
    """``value()`` is the digits ``0912345678``."""

    def __init__(self, name: str, title: str, *, hint: str = "", required: bool = False) -> None:
        super().__init__(name, title, hint=hint, required=required, letters=15)
        self.left.connect(lambda: self.set_value(self.value()) if not self.problem() else None)

    def value(self) -> Any:
        return read_phone(self.line.text())

    def set_value(self, value: Any) -> None:
        self.line.setText(phone(value or ""))

    def problem(self) -> str:
        if self.line.text().strip() and self.value() is None:
            return _("A phone number has 10 digits and begins with 0. Count the digits again.")
        return super().problem()


class LongTextField(Field):
    """Several lines. Tab leaves it. ``lines`` is its height."""

    def __init__(self, name: str, title: str, *, hint: str = "", required: bool = False, lines: int = 4) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        super().__init__(name, title, self.text, hint=hint, required=required)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * lines + 2 * style.sizes().space_2 + 2)
        self._quiet = False
        self.text.textChanged.connect(self._text_changed)

    def _text_changed(self) -> None:
        if not self._quiet:
            self._typed()

    def value(self) -> Any:
        return nfc_lines(self.text.toPlainText()) or None

    def set_value(self, value: Any) -> None:
        self._quiet = True
        self.text.setPlainText("" if value is None else str(value))
        self._quiet = False

    def restore(self, draft: Any) -> None:
        self.set_value(draft)
        self._dirty = True

    def set_read_only(self, *, read_only: bool) -> None:
        self.text.setReadOnly(read_only)
        style.set_property(self.text, "shown", "only" if read_only else "")  # restyles: the sheet asks for readOnly


class CheckField(Field):
    """Yes or no, the words at the right of the box."""

    def __init__(self, name: str, title: str, *, hint: str = "") -> None:
        self.box = QCheckBox(title)
        super().__init__(name, title, self.box, hint=hint)
        self.label.hide()
        self.box.clicked.connect(self._ticked)

    def _ticked(self) -> None:
        self._typed()
        self._leave()

    def value(self) -> Any:
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        self.box.setChecked(bool(value))

    def problem(self) -> str:
        return ""


def width_of(field: QWidget, letters: int) -> int:
    """Pixels for so many letters, the frame included."""
    return field.fontMetrics().averageCharWidth() * letters + 2 * style.sizes().space_3
