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
        text = str(source_text)
        # an empty answer would be shown as such: what the catalogue lacks is answered with Qt's own text
        return pgettext(str(context), text) if text else ""

    def isEmpty(self) -> bool:
        return False


def install(app: QCoreApplication) -> QtTexts:
    """Let the catalogue speak for Qt. Keep what it gives: Qt does not own it."""
    texts = QtTexts(app)
    app.installTranslator(texts)
    return texts
