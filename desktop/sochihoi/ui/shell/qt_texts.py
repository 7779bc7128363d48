"""Qt's own texts (file dialogs, context menus of fields) in our language: Qt ships no Vietnamese, so gettext speaks
for it.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QTranslator

from sochihoi.i18n import pgettext


class QtTexts(QTranslator):
    """The catalogue's entries with Qt's class name as context; what the catalogue lacks stays as Qt has it."""

    def translate(
        self,
        context: bytes | bytearray | memoryview | str,
        source_text: bytes | bytearray | memoryview | str,
        disambiguation: bytes | bytearray | memoryview | str | None = None,
        n: int = -1,
    ) -> str:
        where, text = str(context), str(source_text)
        found = pgettext(where, text) if text else ""
        # an empty answer makes Qt use its own text
        return found if found != text else ""

    def isEmpty(self) -> bool:
        return False


def install(app: QCoreApplication) -> QtTexts:
    """Let the catalogue speak for Qt. Keep what it gives: Qt does not own it."""
    texts = QtTexts(app)
    app.installTranslator(texts)
    return texts
